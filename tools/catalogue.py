"""The English catalogue: every feature writes its own fragment, all are merged into one compiled file."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")


class Contradiction(Exception):
    """Two fragments say different English for one Indonesian sentence, or a placeholder went missing."""


def merged(fragments: list[Path]) -> Catalog:
    """One catalogue out of all fragments; the same sentence twice is fine, two meanings of it are not."""
    whole, origin = Catalog(locale="en"), dict[tuple[str | None, str], Path]()
    for path in fragments:
        with path.open("rb") as file:
            fragment = read_po(file, locale="en", abort_invalid=True)
        for message in fragment:
            if message.id == "" or message.fuzzy or not _said(message):
                continue
            key = (message.context, _first(message.id))
            known = whole.get(key[1], key[0])
            if known is not None and known.string != message.string:
                raise Contradiction(
                    f"{key[1]!r}: {known.string!r} in {origin[key].name}, {message.string!r} in {path.name}"
                )
            _check_placeholders(message, path)
            whole.add(message.id, message.string, context=message.context)
            origin.setdefault(key, path)
    return whole


def compile_to(target: Path, fragments: list[Path]) -> int:
    """Write `messages.mo` at `target`; returns how many sentences it holds."""
    whole = merged(fragments)
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part")
    with half.open("wb") as file:
        write_mo(file, whole)
    half.replace(target)
    return len(whole)


def _said(message: Message) -> bool:
    return all(_strings(message))


def _strings(message: Message) -> list[str]:
    one_or_more = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return [text or "" for text in one_or_more]


def _first(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _check_placeholders(message: Message, path: Path) -> None:
    wanted = set(PLACEHOLDER.findall(_first(message.id)))
    for string in _strings(message):
        found = set(PLACEHOLDER.findall(string))
        # "one person" may leave the number out, where there is a plural beside it
        if found - wanted or (wanted - found and len(_strings(message)) == 1):
            raise Contradiction(f"{path.name}: {string!r} has other placeholders than {_first(message.id)!r}")
