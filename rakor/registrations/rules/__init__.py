"""Decisions about people and their registrations; pure.

``phones``, ``email`` and ``numbers`` are imported as modules, because each has its own ``masked``.
"""

from rakor.registrations.rules import email, names, numbers, phones
from rakor.registrations.rules.email import Email, EmailProblem, parse_email
from rakor.registrations.rules.names import NameProblem, PersonName, check_name, read_name
from rakor.registrations.rules.numbers import Level, NumberCheck, NumberReason, check_nik, check_nip
from rakor.registrations.rules.offers import OfferState, Silence, offer_ends, offer_state, silence
from rakor.registrations.rules.phones import Phone, PhoneProblem, parse_phone, wa_link
from rakor.registrations.rules.pools import Claim, PoolProblem, PoolShape, check_borrow, check_shape, pool_for
from rakor.registrations.rules.quota import Placement, Window, place, registration_open
from rakor.registrations.rules.search import fold, matches, matching, rank, search_key
from rakor.registrations.rules.states import HOLDS_PLACE, Act, Mode, Refusal, RegistrationState, can
from rakor.registrations.rules.text import TextProblem, check_text, clean_text

__all__ = [
    "HOLDS_PLACE",
    "Act",
    "Claim",
    "Email",
    "EmailProblem",
    "Level",
    "Mode",
    "NameProblem",
    "NumberCheck",
    "NumberReason",
    "OfferState",
    "PersonName",
    "Phone",
    "PhoneProblem",
    "Placement",
    "PoolProblem",
    "PoolShape",
    "Refusal",
    "RegistrationState",
    "Silence",
    "TextProblem",
    "Window",
    "can",
    "check_borrow",
    "check_name",
    "check_nik",
    "check_nip",
    "check_shape",
    "check_text",
    "clean_text",
    "email",
    "fold",
    "matches",
    "matching",
    "names",
    "numbers",
    "offer_ends",
    "offer_state",
    "parse_email",
    "parse_phone",
    "phones",
    "place",
    "pool_for",
    "rank",
    "read_name",
    "registration_open",
    "search_key",
    "silence",
    "wa_link",
]
