"""Documents as their programs write them, made afresh: small, whole, and of the size that is asked for."""

import io
import os
import zipfile

from PIL import Image

TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{main}+xml"/></Types>'
)
MAINS = {
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main"),
    "ppsx": ("ppt/presentation.xml", "presentationml.slideshow.main"),
    "docx": ("word/document.xml", "wordprocessingml.document.main"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main"),
}
Parts = dict[str, str | bytes]


def office(kind: str = "pptx", more: Parts | None = None, *, size: int = 0, types: str = "") -> bytes:
    """A document with ``more`` parts, blown up with noise (as photos are) to about ``size`` bytes."""
    part, main = MAINS[kind]
    parts: Parts = {
        "[Content_Types].xml": types or TYPES.format(part=part, main=main),
        "_rels/.rels": "<Relationships/>",
        part: f"<p>{kind}</p>",
        **(more or {}),
    }
    return packed(parts, size)


def odp(more: Parts | None = None, mimetype: str = "application/vnd.oasis.opendocument.presentation") -> bytes:
    return packed({"mimetype": mimetype, "content.xml": "<office:document-content/>", **(more or {})}, 0)


def packed(parts: Parts, size: int = 0) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else None
            file.writestr(zipfile.ZipInfo(name), content, compress_type=kind or zipfile.ZIP_DEFLATED)
        if size:
            file.writestr("ppt/media/image1.jpeg", os.urandom(size), compress_type=zipfile.ZIP_STORED)
    return target.getvalue()


def pdf(inside: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + inside + b"\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (320, 200), place: bool = True) -> bytes:
    """A photo as a phone takes it: with its place and the camera's name."""
    image = Image.new("RGB", size, "#0b6b4b")
    exif = Image.Exif()
    if place:
        exif[0x010F] = "Kamera Contoh"
        exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 35.0, 1.0), 3: "E", 4: (106.0, 50.0, 1.0)})
    target = io.BytesIO()
    image.save(target, kind, exif=exif)
    return target.getvalue()
