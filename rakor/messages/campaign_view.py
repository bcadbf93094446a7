"""What the page of one campaign shows: values for the templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from rakor.attendance.store import checkpoints
from rakor.events import store as events
from rakor.events.models import Event
from rakor.messages import audience, campaigns, words
from rakor.messages.campaign_letters import sample_letter
from rakor.messages.campaign_models import Campaign
from rakor.messages.letters import config
from rakor.messages.models import MessageState
from rakor.messages.rules import Letter, as_text
from rakor.messages.rules.campaigns import Audience, CampaignState, Timing
from rakor.messages.sending import moment
from rakor.regions.rules import reference
from rakor.registrations import store as registrations
from rakor.registrations import words as people_words
from rakor.registrations.roster import Filters
from rakor.seats.letter_words import LINK_STATES
from rakor.seats.rules.ways import LinkState

SAMPLE = 50


@dataclass(frozen=True)
class Shown:
    """One campaign for its page. ``reached``: how many it would reach now; ``samples``: of whom it can be seen as."""

    event: Event
    row: Campaign
    chosen: str
    when: datetime | None
    reached: int
    unaddressed: int
    samples: list[tuple[UUID, str]]
    as_id: UUID | None
    letter: Letter | None
    text: str
    counts: dict[MessageState, int]
    written: int
    whole: int

    @property
    def moves(self) -> bool:
        """True while the page changes by itself."""
        begins = self.row.state is CampaignState.SCHEDULED and self.row.timing is Timing.NOW
        leaves = self.row.state is CampaignState.SENT and bool(self.counts.get(MessageState.QUEUED))
        return self.row.state is CampaignState.SENDING or begins or leaves

    @property
    def seen(self) -> str:
        """What a reader has seen: another value means something new."""
        return "-".join([self.row.state, str(self.written), *(f"{one}{n}" for one, n in sorted(self.counts.items()))])


def shown(event: Event, row: Campaign, as_typed: str) -> Shown:
    """Return a campaign as its page shows it, seen as one of its recipients."""
    samples = _samples(event, row)
    as_id = _one_of(event, row, samples, as_typed)
    said = sample_letter(event, row, as_id, f"{config().base_url}/e/{event.slug}") if as_id else None
    written, whole = campaigns.progress(row)
    people = row.audience is Audience.PEOPLE
    return Shown(
        event=event,
        row=row,
        chosen=chosen_words(row, names_of(event)),
        when=moment(event, row),
        reached=audience.count(event, row.audience, row.filters, row.nature),
        unaddressed=audience.without_address(event, row.filters, row.nature) if people else 0,
        samples=samples,
        as_id=as_id,
        letter=said,
        text=as_text(said) if said else "",
        counts=campaigns.counts(event.id, [row.id])[row.id],
        written=written,
        whole=whole,
    )


def _samples(event: Event, row: Campaign) -> list[tuple[UUID, str]]:
    if row.audience is Audience.OFFICES:
        return [(one.office_id, one.name) for one in audience.offices(event, row.filters)[:SAMPLE]]
    found = audience.sample(event.id, row.filters, row.nature, SAMPLE)
    return [(one.id, registrations.display_name(one)) for one in found]


def _one_of(event: Event, row: Campaign, samples: list[tuple[UUID, str]], typed: str) -> UUID | None:
    """The recipient asked for, where the campaign would reach it; else the first."""
    try:
        wanted = UUID(typed)
    except ValueError:
        return samples[0][0] if samples else None
    reached = any(one == wanted for one, _name in samples) or audience.still_reaches(event, row, wanted)
    return wanted if reached else samples[0][0] if samples else None


def names_of(event: Event) -> dict[str, str]:
    """Return the names of the event's roles and checkpoints by their ids; two queries."""
    roles = {str(role.id): role.name for role in events.roles(event.id)}
    return roles | {str(point.id): point.name for point in checkpoints.checkpoints(event.id)}


def chosen_words(row: Campaign, names: Mapping[str, str]) -> str:
    """Return whom a campaign is written to, in words; ``names`` are those of roles and checkpoints."""
    if row.audience is Audience.OFFICES:
        way = row.filters.get("way", "")
        state = str(LINK_STATES[LinkState(way)]) if way in set(LinkState) else ""
        return ", ".join(filter(None, (str(words.AUDIENCES[row.audience]), state, _province(row))))
    return ", ".join(filter(None, _people_words(row, names)))


def _people_words(row: Campaign, names: Mapping[str, str]) -> list[str]:
    filters, chosen = Filters.read(row.filters), row.filters
    presence, point = str(words.PRESENCES.get(chosen.get("presence", ""), "")), names.get(chosen.get("checkpoint", ""))
    return [
        str(people_words.STATES[filters.state].word) if filters.state else _("Terdaftar atau konfirmasi"),
        str(people_words.MODES[filters.mode]) if filters.mode else "",
        names.get(str(filters.role), ""),
        _province(row),
        str(words.SEATS.get(chosen.get("seat", ""), "")),
        _("belum diisi: %(what)s", what=people_words.MISSING[filters.missing]) if filters.missing else "",
        f"{presence} ({point})" if presence and point else presence,
    ]


def _province(row: Campaign) -> str:
    found = reference().find(row.filters.get("province", ""))
    return found.title if found else ""
