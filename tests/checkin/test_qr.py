"""The QR of a ticket: the smallest there is, drawn as one path, read back by a decoder."""

import re
from io import BytesIO
from uuid import UUID

import zxingcpp
from PIL import Image, ImageDraw

from rakor import codes, qr

CODE = codes.encode(codes.ticket_secret(b"k" * 32, UUID(int=1), 1))


def test_a_ticket_code_is_version_one() -> None:
    side, _ = qr.qr_path(CODE)
    assert side == 21 + 2 * qr.QUIET
    assert qr.qr_path(CODE + "0")[0] > side  # one character more would not fit


def test_the_png_reads_back() -> None:
    found = zxingcpp.read_barcodes(Image.open(BytesIO(qr.qr_png(CODE, 4))))
    assert [barcode.text for barcode in found] == [CODE]


def test_the_path_draws_the_same_symbol() -> None:
    side, path = qr.qr_path(CODE)
    image = Image.new("L", (side * 5, side * 5), 255)
    draw = ImageDraw.Draw(image)
    for x, y, width, back in re.findall(r"M(\d+) (\d+)h(\d+)v1H(\d+)z", path):
        assert x == back
        left, top = int(x) * 5, int(y) * 5
        draw.rectangle((left, top, left + int(width) * 5 - 1, top + 4), fill=0)
    assert [barcode.text for barcode in zxingcpp.read_barcodes(image)] == [CODE]


def test_the_svg_escapes_its_label() -> None:
    svg = qr.qr_svg(CODE, '"><script>')
    assert "<script>" not in svg
    assert "style=" not in svg
