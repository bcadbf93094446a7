"""People of the programme as one types them: one a line, "Nama; jabatan; lembaga"."""

from collections.abc import Iterable

from rakor.agenda.rules.views import PersonDraft, PersonView


def written(people: Iterable[PersonView]) -> str:
    """Return people as lines to type on."""
    return "\n".join(_line(person) for person in people)


def _line(person: PersonView) -> str:
    parts = [person.name, person.post, person.organization]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return "; ".join(parts)


def people_of(text: str) -> tuple[PersonDraft, ...]:
    """Read one person a line; commas belong to titles, so semicolons divide."""
    people = []
    for line in filter(None, text.splitlines()):
        name, post, organization = ([part.strip() for part in line.split(";", 2)] + ["", ""])[:3]
        people.append(PersonDraft(name[:120], post[:160], organization[:200]))
    return tuple(people)
