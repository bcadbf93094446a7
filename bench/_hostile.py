"""The files of ``hostile_sheets``, made afresh for each run: none of them rests in the repository."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
def book_of(parts: dict[str, str | bytes], level: int = 6) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as book:
        for name, content in (PLAIN | parts).items():
            book.writestr(name, content)
    return target.getvalue()


PLAIN: dict[str, str | bytes] = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets><sheet name="Peserta" '
    'sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships><Relationship Id="rId1" Type="{RELATION}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is>'
    "<t>Nama</t></is></c></row></sheetData></worksheet>",
}
SHEET = "xl/worksheets/sheet1.xml"


def _rows(quick: bool, _port: int) -> bytes:
    """A million rows as Excel's own sheet holds them; written in pieces, the whole would be 80 MB."""
    count = 1_048_576
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
        for name in PLAIN:
            if name != SHEET:
                book.writestr(name, PLAIN[name])
        with book.open(SHEET, "w", force_zip64=True) as part:
            part.write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for start in range(1, count + 1, 8192):
                lines = (
                    f"<row><c><v>{n}</v></c><c><v>{n * 7919 % 97}</v></c></row>"
                    for n in range(start, min(start + 8192, count + 1))
                )
                part.write("".join(lines).encode())
            part.write(b"</sheetData></worksheet>")
    return target.getvalue()


def _columns(quick: bool, _port: int) -> bytes:
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(16_384))
    rows = f"<row>{cells}</row>" * 200
    return book_of({SHEET: f"{HEAD}<worksheet><sheetData>{rows}</sheetData></worksheet>"})


def _bomb(quick: bool, _port: int) -> bytes:
    """4 GB in one stream: a mebibyte of blanks, pressed once and repeated."""
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = press.compress(b" " * (1 << 20)) + press.flush(zlib.Z_FULL_FLUSH)
    repeats = 4096 if not quick else 256
    stream = piece * repeats + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    return _with_raw_part(SHEET, stream, repeats << 20)


def _lying(quick: bool, _port: int) -> bytes:
    """The same, with a directory that speaks of ten kilobytes."""
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = press.compress(b" " * (1 << 20)) + press.flush(zlib.Z_FULL_FLUSH)
    return _with_raw_part(SHEET, piece * 256 + zlib.compressobj(9, zlib.DEFLATED, -15).flush(), 10_000)


def _with_raw_part(name: str, stream: bytes, claimed: int) -> bytes:
    """A workbook whose part ``name`` is this deflated stream and claims that size."""
    whole = {other: content for other, content in PLAIN.items() if other != name}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for other, content in whole.items():
            book.writestr(other, content)
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.header_offset = target.tell()
        info.CRC, info.compress_size, info.file_size = 0, len(stream), min(claimed, 0xFFFFFFFE)
        target.write(info.FileHeader(zip64=False))
        target.write(stream)
        book.filelist.append(info)
        book.NameToInfo[name] = info
        book.start_dir = target.tell()
        book._didModify = True  # type: ignore[attr-defined]
    return target.getvalue()


def _overlapping(quick: bool, _port: int) -> bytes:
    """42 kB that would be 4 GB: two hundred names for one part of 21 MB."""
    book = bytearray(book_of({"xl/media/a.bin": b"\0" * (21 << 20)}, 9))
    at = book.rindex(b"PK\x05\x06")
    count, size, start = struct.unpack("<10xHII2x", bytes(book[at : at + 22]))
    directory = bytes(book[start : start + size])
    last = directory[directory.rindex(b"PK\x01\x02") :]
    more = b"".join(last.replace(b"a.bin", f"{n:05}".encode()) for n in range(200))
    whole = bytes(book[:start]) + directory + more
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count + 200, count + 200, size + len(more), start, 0)
    return whole + end


def _laughs(quick: bool, _port: int) -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{entities}]>'
    return book_of({SHEET: f"{HEAD}{dtd}<worksheet><sheetData><row><c><v>&l9;</v></c></row></sheetData></worksheet>"})


def _entity(quick: bool, port: int) -> bytes:
    dtd = f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/x"> %x;]>'
    return book_of({SHEET: f"{HEAD}{dtd}<worksheet><sheetData><row><c><v>&x;</v></c></row></sheetData></worksheet>"})


def _links(quick: bool, port: int) -> bytes:
    away = f"http://127.0.0.1:{port}"
    target = f'Target="{away}/a.xlsx" TargetMode="External"'
    relation = f'<Relationship Id="rId1" Type="{RELATION}/externalLinkPath" {target}/>'
    linked = f'<c t="str"><f>HYPERLINK(&quot;{away}&quot;)</f><v>klik</v></c>'
    formula = f"{linked}<c><f>WEBSERVICE(&quot;{away}&quot;)</f></c>"
    return book_of(
        {
            "xl/externalLinks/externalLink1.xml": f'{HEAD}<externalLink xmlns="{MAIN}"/>',
            "xl/externalLinks/_rels/externalLink1.xml.rels": f"{HEAD}<Relationships>{relation}</Relationships>",
            "xl/connections.xml": f'{HEAD}<connections><connection><webPr url="{away}"/></connection></connections>',
            SHEET: f"{HEAD}<worksheet><sheetData><row>{formula}</row></sheetData></worksheet>",
        }
    )


def _encrypted(quick: bool, _port: int) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1024 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4096


def _macro(quick: bool, _port: int) -> bytes:
    return book_of({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 2048})


def _duplicate(quick: bool, _port: int) -> bytes:
    book = bytearray(book_of({"xl/worksheets/sheet2.xml": PLAIN[SHEET]}))
    return bytes(book).replace(b"worksheets/sheet2.xml", b"worksheets/Sheet1.xml")


def _shared(quick: bool, _port: int) -> bytes:
    """A sheet of few rows that asks for the last of very many texts."""
    count = 1_000_000
    texts = "".join(f"<si><t>{n * 7919 % 1000003}</t></si>" for n in range(count))
    places = (7, count - 1, 99_999_999)
    cells = "<row>" + "".join(f'<c t="s"><v>{place}</v></c>' for place in places) + "</row>"
    sheet = f"{HEAD}<worksheet><sheetData>{cells}</sheetData></worksheet>"
    return book_of({SHEET: sheet, "xl/sharedStrings.xml": f"{HEAD}<sst>{texts}</sst>"}, 1)


FILES: dict[str, Callable[[bool, int], bytes]] = {
    "rows_1048576": _rows,
    "columns_16384": _columns,
    "bomb_4gb": _bomb,
    "bomb_42kb_4gb": _overlapping,
    "lying_size": _lying,
    "billion_laughs": _laughs,
    "external_entity": _entity,
    "external_links": _links,
    "encrypted": _encrypted,
    "macro_renamed": _macro,
    "duplicate_names": _duplicate,
    "shared_texts": _shared,
}
