"""Bahan rilis: the facts of an event as text to copy. Names, titles, topics and order as the programme has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Via(StrEnum):
    """How the reader's office followed."""

    ONLINE = "online"
    ONSITE = "onsite"


@dataclass(frozen=True)
class PressPerson:
    """Somebody on the programme: name with titles, post, organisation."""

    name: str
    post: str = ""
    organization: str = ""

    def shown(self) -> str:
        """Return name, post and organisation, the organisation only where the post does not name it already."""
        parts = [self.name, self.post]
        if self.organization and self.organization.casefold() not in self.post.casefold():
            parts.append(self.organization)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class PressItem:
    """One item of the programme, in its order."""

    title: str
    topic: str
    people: tuple[PressPerson, ...]
    moderators: tuple[PressPerson, ...] = ()


@dataclass(frozen=True)
class PressFacts:
    """What a news item may say; ``dates`` and ``place`` are written out in Indonesian."""

    organizer: str
    title: str
    theme: str
    dates: str
    place: str
    channel: str
    items: tuple[PressItem, ...]
    counted: str = ""


def lead(facts: PressFacts, office: str = "", via: Via = Via.ONLINE) -> str:
    """Return the first sentence: what the organiser held, or what the reader's own ``office`` followed."""
    theme = f" bertema “{facts.theme}”" if facts.theme else ""
    place = f" di {facts.place}" if facts.place else ""
    if not office:
        also = f" dan secara daring melalui {facts.channel}" if facts.channel else ""
        return f"{facts.organizer} menyelenggarakan {facts.title}{theme}{place}{also}, {facts.dates}."
    how = f" melalui {facts.channel}" if via is Via.ONLINE and facts.channel else place
    held = f" yang diselenggarakan {facts.organizer}" if facts.organizer else ""
    return f"{office} mengikuti {facts.title}{theme}{held}{how}, {facts.dates}."


def paragraphs(facts: PressFacts, office: str = "", via: Via = Via.ONLINE) -> list[str]:
    """Return the whole text: the lead, one sentence per item with people, and the counted numbers with their time."""
    told = [sentence for item in facts.items if (sentence := _sentence(item))]
    return [lead(facts, office, via), *told, *([facts.counted] if facts.counted else [])]


def _sentence(item: PressItem) -> str:
    said = [
        f"{verb} {_joined([person.shown() for person in people])}"
        for verb, people in (("disampaikan", item.people), ("dipandu", item.moderators))
        if people
    ]
    if not said:
        return ""
    subject = f"{item.title}, “{item.topic}”," if item.topic else item.title
    return f"{subject} {', '.join(said)}."


def _joined(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return "; ".join(names[:-1]) + f"; dan {names[-1]}"
