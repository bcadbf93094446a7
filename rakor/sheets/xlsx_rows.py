"""Rows of an XLSX, streamed: the sheet first, then only those shared texts that its rows ask for."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from posixpath import join, normpath
from typing import IO
from xml.parsers import expat
from zlib import error as zlib_error

from rakor.sheets.cells import column_of, number_text, unescaped, whole
from rakor.sheets.reading import Cut, Refused
from rakor.sheets.rows import LONGEST, MOST_COLUMNS, MOST_SEEN, MOST_SHEETS, MOST_TEXTS, Enough, Found, RefusedFile
from rakor.sheets.zips import check_parts

STEP, MOST_INFLATED, MOST_OF_A_PART = 1 << 16, 160 << 20, 4 << 20


def read_xlsx(content: bytes, place: int = 0) -> Found:
    """Return the rows of a visible sheet, the first where there is no such place; raises RefusedFile."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as book:
            check_parts(book, len(content))
            return _Reading(book).read(place)
    except (zipfile.BadZipFile, NotImplementedError, KeyError, EOFError, OSError, zlib_error, ValueError) as trouble:
        raise RefusedFile(Refused.BROKEN) from trouble
    except expat.ExpatError as trouble:
        raise RefusedFile(Refused.BROKEN) from trouble


class _Reading:
    def __init__(self, book: zipfile.ZipFile) -> None:
        self.book, self.found = book, Found()
        self.inflated = 0

    def read(self, place: int) -> Found:
        names = self.book.namelist()
        if any("externallink" in name.lower() for name in names):
            self.found.cuts.add(Cut.LINKS)
        path = self._sheet(place)
        sheet = SheetParser(self.found)
        self._parse(path, sheet.parser)
        strings = next((name for name in names if name.lower() == "xl/sharedstrings.xml"), None)
        if sheet.wanted and strings:
            texts = StringsParser(sheet.wanted, self.found)
            self._parse(strings, texts.parser)
            sheet.fill(texts.texts)
        return self.found

    def _sheet(self, place: int) -> str:
        """The part of a visible worksheet."""
        sheets: list[tuple[str, str, str]] = []
        targets: dict[str, str] = {}

        def sheet(name: str, given: dict[str, str]) -> None:
            if name == "sheet":
                relation = next((v for k, v in given.items() if k.rpartition(":")[2] == "id" and ":" in k), "")
                sheets.append((given.get("name", ""), relation, given.get("state", "visible")))

        def relation(name: str, given: dict[str, str]) -> None:
            if name == "Relationship" and given.get("Type", "").endswith("/worksheet"):
                targets[given.get("Id", "")] = given.get("Target", "")
            elif given.get("TargetMode") == "External":
                self.found.cuts.add(Cut.LINKS)

        self._parse("xl/workbook.xml", _parser(sheet), MOST_OF_A_PART)
        self._parse("xl/_rels/workbook.xml.rels", _parser(relation), MOST_OF_A_PART)
        visible = [(name, targets[key]) for name, key, state in sheets if key in targets and state == "visible"]
        if not visible:
            raise RefusedFile(Refused.NO_ROWS)
        if len(visible) > MOST_SHEETS:
            self.found.cuts.add(Cut.SHEETS)
        self.found.sheets = [name[:120] for name, _target in visible[:MOST_SHEETS]]
        chosen, target = visible[place if 0 <= place < len(visible) else 0]
        self.found.sheet = chosen[:120]
        return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))

    def _parse(self, path: str, parser: expat.XMLParserType, most: int = MOST_INFLATED) -> None:
        try:
            with self.book.open(path) as part:
                for piece in self._pieces(part, most):
                    parser.Parse(piece, False)
                parser.Parse(b"", True)
        except Enough:
            return

    def _pieces(self, part: IO[bytes], most: int) -> Iterator[bytes]:
        inflated = 0
        while piece := part.read(STEP):
            inflated += len(piece)
            if inflated > most:
                self.found.cuts.add(Cut.ROWS)
                raise Enough
            yield piece


def _parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    words: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """A parser that knows no DTD: without one there are no entities, neither laughing nor external ones."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, given: start(name if ":" not in name else name.rpartition(":")[2], given)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name if ":" not in name else name.rpartition(":")[2])
    if words is not None:
        parser.CharacterDataHandler = words
    return parser


def _refuse(*_: object) -> None:
    raise RefusedFile(Refused.UNSAFE)


class SheetParser:
    """The cells of one worksheet, row by row."""

    def __init__(self, found: Found) -> None:
        self.found, self.parser = found, _parser(self._start, self._end, self._words)
        self.wanted: dict[int, list[tuple[list[str], int]]] = {}
        self.seen = self.row = self.column = self.held = 0
        self.kind, self.text, self.reading, self.phonetic = "", "", False, False
        self.cells: dict[int, str | int] = {}

    def _start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._look()
            self.column = column_of(given.get("r", "")) or self.column + 1
            self.kind, self.text = given.get("t", "n"), ""
        elif name == "row":
            self._look()
            self.row = whole(given.get("r", "")) or self.row + 1
            self.column, self.cells = 0, {}
        elif name == "rPh":
            self.phonetic = True
        elif name == "v" or (name == "t" and not self.phonetic):
            self.reading = True

    def _look(self) -> None:
        self.seen += 1
        if self.seen > MOST_SEEN:
            self.found.cuts.add(Cut.ROWS)
            raise Enough

    def _words(self, text: str) -> None:
        if self.reading and len(self.text) <= LONGEST:
            self.text += text

    def _end(self, name: str) -> None:
        if name in ("v", "t"):
            self.reading = False
        elif name == "rPh":
            self.phonetic = False
        elif name == "c" and self.text:
            self._keep()
        elif name == "row" and self.cells:
            self._end_row()
        elif name == "sheetData":
            raise Enough

    def _keep(self) -> None:
        if self.column > MOST_COLUMNS:
            self.found.cuts.add(Cut.COLUMNS)
        elif self.kind == "s":
            self.cells[self.column] = whole(self.text) or 0
        else:
            self.cells[self.column] = number_text(self.text) if self.kind == "n" else unescaped(self.text)

    def _end_row(self) -> None:
        wide = max(self.cells)
        # a shared text is not known yet: a mark that is no blank keeps the row until it is
        line = [_shown(self.cells.get(place, "")) for place in range(1, wide + 1)]
        self.found.add(self.row, line)
        kept = self.found.rows[-1][1] if self.found.rows and self.found.rows[-1][0] == self.row else None
        if kept is not None:
            for place, value in self.cells.items():
                if isinstance(value, int) and place <= len(kept):
                    self.wanted.setdefault(value, []).append((kept, place - 1))

    def fill(self, texts: dict[int, str]) -> None:
        """Put the shared texts where they belong, and let go of rows that turn out to be blank."""
        for index, places in self.wanted.items():
            for line, place in places:
                line[place] = texts.get(index, "")
        self.found.rows = [(number, line) for number, line in self.found.rows if any(c.strip() for c in line)]


def _shown(value: str | int) -> str:
    return "…" if isinstance(value, int) else value


class StringsParser:
    """Those of the shared texts that are asked for."""

    def __init__(self, wanted: dict[int, list[tuple[list[str], int]]], found: Found) -> None:
        self.wanted, self.found, self.last = wanted, found, max(wanted)
        self.parser = _parser(self._start, self._end, self._words)
        self.texts: dict[int, str] = {}
        self.index, self.reading, self.phonetic, self.text = -1, False, False, ""

    def _start(self, name: str, _given: dict[str, str]) -> None:
        if name == "si":
            self.index += 1
            self.text = ""
            if self.index > self.last:
                raise Enough
            if self.index > MOST_TEXTS:
                self.found.cuts.add(Cut.CELLS)
                raise Enough
        elif name == "rPh":
            self.phonetic = True
        elif name == "t":
            self.reading = not self.phonetic

    def _words(self, text: str) -> None:
        if self.reading and self.index in self.wanted and len(self.text) <= LONGEST:
            self.text += text

    def _end(self, name: str) -> None:
        if name == "t":
            self.reading = False
        elif name == "rPh":
            self.phonetic = False
        elif name == "si" and self.index in self.wanted:
            self.texts[self.index] = self.found.short(unescaped(self.text))
