"""The pages behind a person's own link."""

from rakor.portal import me, me_answers, me_certificate, me_name, me_origin, me_photo, me_presence, me_sign, me_work
from rakor.portal.me_base import blueprint

__all__ = [
    "blueprint", "me", "me_answers", "me_certificate", "me_name", "me_origin", "me_photo", "me_presence",
    "me_sign", "me_work",
]  # fmt: skip
