"""The parts of an activity report (laporan kegiatan, domain.md §2.9) and of its annexes."""

from enum import StrEnum


class Section(StrEnum):
    """A section of the report, in its order."""

    BACKGROUND = "background"
    LEGAL_BASIS = "legal_basis"
    PURPOSE = "purpose"
    SCOPE = "scope"
    PARTICIPANTS = "participants"
    SPEAKERS = "speakers"
    TIME_PLACE = "time_place"
    MATERIALS = "materials"
    COST = "cost"
    DISCUSSION = "discussion"
    EVALUATION = "evaluation"
    CONCLUSIONS = "conclusions"
    RECOMMENDATIONS = "recommendations"


class AnnexKind(StrEnum):
    """What an attached paper is."""

    TERMS = "terms"  # KAK/TOR
    DECREE = "decree"  # SK panitia
    LETTER = "letter"  # surat undangan as it was signed elsewhere
    CV = "cv"
    EXPENSES = "expenses"  # SPJ
    OTHER = "other"
