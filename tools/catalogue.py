"""The English catalogue: every feature writes its own fragment, all are merged into one compiled file."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")


class Contradiction(Exception):
    """Two English sentences for one Indonesian, or a lost placeholder. In `whole` the first ones win."""

    def __init__(self, problems: list[str], whole: Catalog) -> None:
        super().__init__("\n".join(problems))
        self.whole = whole


def merged(fragments: list[Path]) -> Catalog:
    """One catalogue out of all fragments. The same sentence twice is fine; two meanings of it need a context."""
    whole, origin, problems = Catalog(locale="en"), dict[tuple[str | None, str], Path](), list[str]()
    for path in fragments:
        for message in _messages(path):
            key = (message.context, _first(message.id))
            known = whole.get(key[1], key[0])
            if known is None:
                whole.add(message.id, message.string, context=message.context)
                origin[key] = path
            elif known.string != message.string:
                problems.append(
                    f"{key[1]!r}: {known.string!r} in {origin[key].name}, {message.string!r} in {path.name}"
                )
            problems += _wrong_placeholders(message, path)
    if problems:
        raise Contradiction(problems, whole)
    return whole


def compile_to(target: Path, fragments: list[Path]) -> int:
    """Write `messages.mo` at `target`; returns how many sentences it holds. Raises Contradiction, having written it."""
    try:
        whole = merged(fragments)
    except Contradiction as contradiction:
        _write(target, contradiction.whole)
        raise
    _write(target, whole)
    return len(whole)


def _write(target: Path, whole: Catalog) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part")
    with half.open("wb") as file:
        write_mo(file, whole)
    half.replace(target)


def _messages(path: Path) -> list[Message]:
    """The sentences of a fragment that have their English."""
    with path.open("rb") as file:
        fragment = read_po(file, locale="en", abort_invalid=True)
    return [message for message in fragment if message.id != "" and not message.fuzzy and _said(message)]


def _said(message: Message) -> bool:
    return all(_strings(message))


def _strings(message: Message) -> list[str]:
    one_or_more = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return [text or "" for text in one_or_more]


def _first(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _wrong_placeholders(message: Message, path: Path) -> list[str]:
    wanted, strings = set(PLACEHOLDER.findall(_first(message.id))), _strings(message)
    # "one person" may leave the number out, where there is a plural beside it
    wrong = [
        text
        for text in strings
        if (found := set(PLACEHOLDER.findall(text))) - wanted or (wanted - found and len(strings) == 1)
    ]
    return [f"{path.name}: {text!r} has other placeholders than {_first(message.id)!r}" for text in wrong]
