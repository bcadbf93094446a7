"""The pages behind a speaker's own link."""

from rakor.portal import speaker_certificate, speaker_materials, speaker_page, speaker_uploads, stage
from rakor.portal.speaker_base import blueprint

__all__ = ["blueprint", "speaker_certificate", "speaker_materials", "speaker_page", "speaker_uploads", "stage"]
