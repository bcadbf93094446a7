"""What an event still lacks before it is announced, and who sees a way of following it."""

from dataclasses import dataclass
from enum import StrEnum

from rakor.events.rules import ChannelKind, EventMode, Stage


class StepState(StrEnum):
    """How one step of setting an event up stands."""

    DONE = "done"
    NEEDED = "needed"
    """Without it the event cannot be announced."""
    ADVISED = "advised"
    """People will ask for it."""
    SPARE = "spare"
    """Good to have."""


@dataclass(frozen=True)
class SetupFacts:
    """What the steps are judged by."""

    mode: EventMode
    has_place: bool
    has_online_link: bool
    has_contact: bool
    has_letterhead: bool
    open_registration: bool
    capacity: int | None


def place_state(facts: SetupFacts) -> StepState:
    """A place to come to, unless the event is online only."""
    return StepState.DONE if facts.has_place or facts.mode is EventMode.ONLINE else StepState.NEEDED


def channel_state(facts: SetupFacts) -> StepState:
    """A link to follow by, where it can be followed online; it may come later than the announcement."""
    if facts.mode is EventMode.ONSITE or facts.has_online_link:
        return StepState.DONE
    return StepState.ADVISED


def entry_state(facts: SetupFacts) -> StepState:
    """A way in: the open form, or invitations (whose own step says so)."""
    return StepState.DONE if facts.open_registration else StepState.SPARE


def contact_state(facts: SetupFacts) -> StepState:
    """Somebody to ask."""
    return StepState.DONE if facts.has_contact else StepState.ADVISED


def identity_state(facts: SetupFacts) -> StepState:
    """A letterhead for letters and lists."""
    return StepState.DONE if facts.has_letterhead else StepState.SPARE


class StageProblem(StrEnum):
    """Why an event's stage cannot change."""

    ALREADY = "already"
    NOT_READY = "not_ready"


def judge_publication(stage: Stage, states: tuple[StepState, ...]) -> StageProblem | None:
    """May the event be announced? Once is enough; a cancelled one may be announced again."""
    if stage is Stage.PUBLISHED:
        return StageProblem.ALREADY
    return StageProblem.NOT_READY if StepState.NEEDED in states else None


def judge_cancellation(stage: Stage) -> StageProblem | None:
    """May the event be cancelled?"""
    return StageProblem.ALREADY if stage is Stage.CANCELLED else None


class Audience(StrEnum):
    """Who looks at an event's channels."""

    PUBLIC = "public"
    ONSITE = "onsite"
    ONLINE = "online"
    STAFF = "staff"


def channel_visible(kind: ChannelKind, is_public: bool, audience: Audience) -> bool:
    """True where the audience may see a channel's link: what is public, and what one follows by oneself."""
    if is_public or audience is Audience.STAFF:
        return True
    if audience is Audience.ONSITE:
        return kind is ChannelKind.ONSITE
    return audience is Audience.ONLINE and kind is not ChannelKind.ONSITE
