"""Regions: values, the map of a day, and free text to a code; pure."""

from rakor.regions.rules.distance import apart_km
from rakor.regions.rules.folding import plain, squash
from rakor.regions.rules.naming import Ambiguous, Doubt, Exact, Match, Unknown, resolve
from rakor.regions.rules.places import Province, Regency, Region, RegionKind, Regions, show_code
from rakor.regions.rules.reading import ZONE_LABELS, reference

__all__ = [
    "ZONE_LABELS",
    "Ambiguous",
    "Doubt",
    "Exact",
    "Match",
    "Province",
    "Regency",
    "Region",
    "RegionKind",
    "Regions",
    "Unknown",
    "apart_km",
    "plain",
    "reference",
    "resolve",
    "show_code",
    "squash",
]
