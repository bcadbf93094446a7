"""Levels of offices, and the patterns that make them."""

from enum import StrEnum


class OfficeLevel(StrEnum):
    """Where an office stands."""

    NATIONAL = "national"
    PROVINCE = "province"
    REGENCY = "regency"
    UNIT = "unit"
