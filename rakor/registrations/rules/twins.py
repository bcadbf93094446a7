"""Who on a list may be one person twice: one name without titles, one office or phone. Never more than a question."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

Pair = tuple[UUID, UUID]


@dataclass(frozen=True)
class Somebody:
    """A person as twins are looked for: ``name`` is folded; empty office or phone is like nobody's."""

    id: UUID
    name: str
    office: Hashable
    phone: Hashable


def pair_of(one: UUID, other: UUID) -> Pair:
    """Return two ids in the one order in which a pair is remembered."""
    return (one, other) if one.int < other.int else (other, one)


def twins(people: Iterable[Somebody], known_as_two: Collection[Pair]) -> Iterator[Pair]:
    """Yield the pairs that may be one person, but those that somebody said are two; in the order of ``people``."""
    named: dict[str, list[Somebody]] = {}
    for one in people:
        named.setdefault(one.name, []).append(one)
    for name, group in named.items():
        for one, other in combinations(group, 2) if name else ():
            together = (one.office and one.office == other.office) or (one.phone and one.phone == other.phone)
            if together and pair_of(one.id, other.id) not in known_as_two:
                yield one.id, other.id
