"""E-mail addresses: a light check of the form; whether it exists, only a mail can tell."""

import re
from dataclasses import dataclass
from enum import StrEnum

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"({_LABEL}\.)+(?=[a-z0-9-]*[a-z]){_LABEL}")
_LONGEST = 254
_LONGEST_LOCAL = 64


class EmailProblem(StrEnum):
    """Why a text is no e-mail address."""

    EMPTY = "empty"
    NO_AT = "no_at"
    LOCAL_PART = "local_part"
    DOMAIN = "domain"
    SEVERAL = "several"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Email:
    """An address of the right form, its domain in lower case."""

    address: str


def parse_email(text: str) -> Email | EmailProblem:
    """The address that was typed, or what is wrong with it; never raises. Only ASCII, as most servers take.

    Addresses are not unique: an office's address is often shared by all its people (domain.md §2.5).
    """
    typed = text.strip().removeprefix("mailto:")
    local, at, domain = typed.rpartition("@")
    domain = domain.lower().rstrip(".")
    if not typed:
        return EmailProblem.EMPTY
    if not at:
        return EmailProblem.NO_AT
    if len(typed) > _LONGEST:
        return EmailProblem.TOO_LONG
    if "@" in local:
        return EmailProblem.SEVERAL
    if len(local) > _LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        return EmailProblem.LOCAL_PART
    return Email(f"{local}@{domain}") if _DOMAIN.fullmatch(domain) else EmailProblem.DOMAIN


def same_address(address: str) -> str:
    """The form to compare and index by: wholly lower case, for nobody tells people apart by capitals."""
    return address.lower()


def masked(address: str) -> str:
    """The first letter and the domain: "a•••@contoh.id"."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}" if at else "•••"
