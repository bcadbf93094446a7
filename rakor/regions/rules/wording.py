"""The words around a region's name: institutions, kinds, and the readings of a text that follow from them."""

from collections.abc import Iterator
from dataclasses import dataclass

from rakor.regions.rules.places import RegionKind

_PROVINCE = frozenset({RegionKind.PROVINCE})
_KABUPATEN = frozenset({RegionKind.KABUPATEN})
_KOTA = frozenset({RegionKind.KOTA})
_REGENCY = _KABUPATEN | _KOTA
_ANY: frozenset[RegionKind] = frozenset()

# word groups in plain form; an institution says nothing about the kind
_BEFORE: dict[str, frozenset[RegionKind]] = {
    "komisi independen pemilihan": _ANY,
    "komisi pemilihan umum daerah": _ANY,
    "komisi pemilihan umum": _ANY,
    "pemerintah daerah": _ANY,
    "pemerintah": _ANY,
    "sekretariat": _ANY,
    "pemda": _ANY,
    "kpud": _ANY,
    "kpu": _ANY,
    "kip": _ANY,
    "kabupaten kota": _REGENCY,
    "kab kota": _REGENCY,
    "kabupaten administrasi": _KABUPATEN,
    "kabupaten adm": _KABUPATEN,
    "kab administrasi": _KABUPATEN,
    "kab adm": _KABUPATEN,
    "kabupaten": _KABUPATEN,
    "kabup": _KABUPATEN,
    "kab": _KABUPATEN,
    "pemkab": _KABUPATEN,
    "kota administrasi": _KOTA,
    "kota adm": _KOTA,
    "kotamadya": _KOTA,
    "kodya": _KOTA,
    "kota": _KOTA,
    "pemkot": _KOTA,
    "provinsi": _PROVINCE,
    "propinsi": _PROVINCE,
    "pemprov": _PROVINCE,
    "prov": _PROVINCE,
    "daerah khusus ibukota": _PROVINCE,
    "daerah istimewa": _PROVINCE,
    "d i": _PROVINCE,
    "di": _PROVINCE,
}
_AFTER = frozenset(words for words in _BEFORE if not words.startswith(("d", "pem")))
_MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text: a squashed name, and the kinds it must be of (none given: any)."""

    name: str
    kinds: frozenset[RegionKind]


def readings(text: str) -> frozenset[Reading]:
    """All readings of a plain text, with and without each known word before and after the name.

    "kpu kota baru" can be the kota called "baru" and the regency called "kotabaru"; both are looked up.
    """
    return frozenset(Reading("".join(words), kinds) for words, kinds in _cuts(text))


def core(text: str) -> Reading:
    """The reading with the fewest words: what is left of a plain text to compare with known names."""
    words, kinds = min(_cuts(text), key=lambda cut: (len(cut[0]), -len(cut[1]), cut[0]))
    return Reading("" if " ".join(words) in _BEFORE else "".join(words), kinds)


_Cut = tuple[tuple[str, ...], frozenset[RegionKind]]


def _cuts(text: str) -> set[_Cut]:
    words = tuple(text.split())
    seen: set[_Cut] = set()
    waiting: list[_Cut] = [(words, _ANY)]
    while waiting:
        cut = waiting.pop()
        if cut not in seen:
            seen.add(cut)
            # a text of many words is no name, and its readings would be many
            waiting += _shorter(*cut) if len(words) <= _MOST_WORDS else ()
    return seen


def _shorter(words: tuple[str, ...], kinds: frozenset[RegionKind]) -> Iterator[_Cut]:
    for group, of_kinds in _BEFORE.items():
        size = group.count(" ") + 1
        # two words of different kinds contradict each other, and that reading ends
        if len(words) <= size or (kinds and of_kinds and not kinds & of_kinds):
            continue
        narrowed = kinds & of_kinds if kinds and of_kinds else kinds | of_kinds
        if " ".join(words[:size]) == group:
            yield words[size:], narrowed
        if group in _AFTER and " ".join(words[-size:]) == group:
            yield words[:-size], narrowed
