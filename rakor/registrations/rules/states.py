"""The states a registration goes through, and which act leads from which to which."""

from enum import StrEnum


class Mode(StrEnum):
    """How a person follows the event."""

    ONSITE = "onsite"
    ONLINE = "online"


class RegistrationState(StrEnum):
    """Where a registration stands: pendaftar, menunggu, terdaftar, konfirmasi, berhalangan, ditolak, dibatalkan."""

    APPLIED = "applied"
    WAITING = "waiting"
    REGISTERED = "registered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Act(StrEnum):
    """What can be done to a registration."""

    APPROVE = "approve"
    """The organiser accepts an applicant, for whom there is a place."""
    REJECT = "reject"
    """The organiser does not accept an applicant, or somebody who waits."""
    QUEUE = "queue"
    """The organiser accepts an applicant, but every place is taken."""
    PROMOTE = "promote"
    """A place became free for someone on the waiting list."""
    CONFIRM = "confirm"
    DECLINE = "decline"
    """The person cannot come (berhalangan); the seat stays the office's."""
    WITHDRAW = "withdraw"
    """The person takes the confirmation back (cabut konfirmasi) and has then not answered."""
    CANCEL = "cancel"
    """The registration ends and frees its place."""
    RESTORE = "restore"
    """A cancelled registration comes back; whoever calls it must find it a place first."""


class Refusal(StrEnum):
    """Why an act is not allowed now."""

    ALREADY = "already"
    NOT_APPROVED = "not_approved"
    ON_WAITING_LIST = "on_waiting_list"
    NOT_APPLIED = "not_applied"
    NOT_WAITING = "not_waiting"
    NOT_CONFIRMED = "not_confirmed"
    NOT_CANCELLED = "not_cancelled"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    OFFER_OVER = "offer_over"
    """The place on offer was not taken in time, or there is none."""


_S = RegistrationState

LEADS_TO = {
    Act.APPROVE: _S.REGISTERED,
    Act.REJECT: _S.REJECTED,
    Act.QUEUE: _S.WAITING,
    Act.PROMOTE: _S.REGISTERED,
    Act.CONFIRM: _S.CONFIRMED,
    Act.DECLINE: _S.DECLINED,
    Act.WITHDRAW: _S.REGISTERED,
    Act.CANCEL: _S.CANCELLED,
    Act.RESTORE: _S.REGISTERED,
}
ALLOWED_FROM = {
    Act.APPROVE: {_S.APPLIED},
    Act.REJECT: {_S.APPLIED, _S.WAITING},
    Act.QUEUE: {_S.APPLIED},
    Act.PROMOTE: {_S.WAITING},
    Act.CONFIRM: {_S.REGISTERED, _S.DECLINED},
    Act.DECLINE: {_S.REGISTERED, _S.CONFIRMED},
    Act.WITHDRAW: {_S.CONFIRMED},
    Act.CANCEL: {_S.APPLIED, _S.WAITING, _S.REGISTERED, _S.CONFIRMED, _S.DECLINED},
    Act.RESTORE: {_S.CANCELLED},
}
_NEEDS = {
    Act.APPROVE: Refusal.NOT_APPLIED,
    Act.REJECT: Refusal.NOT_APPLIED,
    Act.QUEUE: Refusal.NOT_APPLIED,
    Act.PROMOTE: Refusal.NOT_WAITING,
    Act.WITHDRAW: Refusal.NOT_CONFIRMED,
    Act.RESTORE: Refusal.NOT_CANCELLED,
}
_STANDS = {
    _S.APPLIED: Refusal.NOT_APPROVED,
    _S.WAITING: Refusal.ON_WAITING_LIST,
    _S.REJECTED: Refusal.REJECTED,
    _S.CANCELLED: Refusal.CANCELLED,
}

HOLDS_PLACE = frozenset({_S.REGISTERED, _S.CONFIRMED})
"""States that take one place of a quota; a declined seat is the office's and is not counted here."""


def can(state: RegistrationState, act: Act) -> RegistrationState | Refusal:
    """The state that an act leads to, or why it is refused.

    Doing again what is done answers ``ALREADY``, so that a double click can be answered as a success.
    Withdrawing and restoring are the exceptions: what was not confirmed or cancelled says so.
    """
    if state in ALLOWED_FROM[act]:
        return LEADS_TO[act]
    if state is LEADS_TO[act] and act not in (Act.RESTORE, Act.WITHDRAW):
        return Refusal.ALREADY
    return _NEEDS.get(act) or _STANDS[state]
