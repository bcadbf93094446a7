"""What a file is, by its content alone: more than a hundred made to hurt, and those that people really send."""

import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.agenda import pictures
from rakor.agenda.material_checks import judge
from rakor.agenda.material_rules import PICTURES, MaterialKind, MaterialProblem
from tests.agenda import hostile_files, making

CASES = hostile_files.cases()
ROOT = Path(__file__).resolve().parents[2]
MOST_S, MOST_MB = 5.0, 150.0


def taken(content: bytes) -> MaterialKind | MaterialProblem:
    """What becomes of a file: a picture counts when it could be drawn anew, and then nothing of the old one is left."""
    kind = judge(io.BytesIO(content))
    if kind not in PICTURES:
        return kind
    drawn = pictures.redrawn(io.BytesIO(content), MaterialKind(kind))
    if isinstance(drawn, MaterialProblem):
        return drawn
    assert b"<script" not in drawn
    assert b"PK\x05\x06" not in drawn
    return kind


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 80
    assert len({name for name, _content, _word in CASES}) == len(CASES)


@pytest.mark.parametrize(("name", "content", "word"), CASES, ids=[name for name, _c, _w in CASES])
def test_a_hostile_file_is_never_taken_for_something_else(name: str, content: bytes, word: object) -> None:
    began = time.monotonic()
    assert taken(content) == word
    assert time.monotonic() - began < MOST_S * 2  # two busy cores


GOOD = {
    "pptx": (making.office(), MaterialKind.PPTX),
    "pptx with photos": (making.office(size=300_000), MaterialKind.PPTX),
    "pptx with a linked film": (
        making.office(more={"ppt/slides/_rels/slide1.xml.rels": hostile_files.related("file:///C:/a.mp4", "video")}),
        MaterialKind.PPTX,
    ),
    "pptx with a web address": (
        making.office(more={"ppt/_rels/a.xml.rels": hostile_files.related("https://contoh.test/", "hyperlink")}),
        MaterialKind.PPTX,
    ),
    "pptx with a table": (making.office(more={"ppt/embeddings/a.xlsx": making.office("xlsx")}), MaterialKind.PPTX),
    "pptx with a formula": (
        making.office(more={"ppt/embeddings/oleObject1.bin": hostile_files.wide("Equation Native")}),
        MaterialKind.PPTX,
    ),
    "ppsx": (making.office("ppsx"), MaterialKind.PPSX),
    "docx": (making.office("docx"), MaterialKind.DOCX),
    "xlsx": (making.office("xlsx"), MaterialKind.XLSX),
    "odp": (making.odp(), MaterialKind.ODP),
    "pdf": (making.pdf(), MaterialKind.PDF),
    "pdf with packed objects": (making.pdf(hostile_files.stream_of(b"<< /Type /Page >>")), MaterialKind.PDF),
    "pdf with pictures": (
        making.pdf(b"<<>> stream\n" + os.urandom(200_000) + b"\nendstream"),
        MaterialKind.PDF,
    ),
    "jpg": (making.picture(), MaterialKind.JPG),
    "png": (making.picture("PNG"), MaterialKind.PNG),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_people_really_send_is_taken(name: str) -> None:
    content, kind = GOOD[name]
    assert taken(content) == kind


@given(cut=st.integers(0, 100), noise=st.binary(max_size=40))
def test_a_document_cut_or_patched_anywhere_never_breaks_us(cut: int, noise: bytes) -> None:
    for whole in (making.office(), making.pdf(), making.picture()):
        at = len(whole) * cut // 100
        for content in (whole[:at], whole[:at] + noise + whole[at:], whole[:at] + noise + whole[at + len(noise) :]):
            assert isinstance(taken(content), (MaterialKind, MaterialProblem))


PEAK = """
import io, re, sys
from rakor.agenda.material_checks import judge
content = sys.stdin.buffer.read()
before = int(re.search(r"VmRSS:\\s+([0-9]+)", open("/proc/self/status").read())[1])
judge(io.BytesIO(content))
print((int(re.search(r"VmHWM:\\s+([0-9]+)", open("/proc/self/status").read())[1]) - before) // 1024)
"""


@pytest.mark.parametrize("name", ["bomb 300 MB", "bomb of many", "pdf 14", "packed 2", "2,001 parts"])
def test_the_worst_of_them_take_little_memory(name: str) -> None:
    content = next(content for known, content, _word in CASES if known == name)
    done = subprocess.run([sys.executable, "-c", PEAK], input=content, capture_output=True, cwd=ROOT, check=True)
    assert re.fullmatch(rb"\d+\n", done.stdout)
    assert int(done.stdout) < MOST_MB
