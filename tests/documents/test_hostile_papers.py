"""No paper is forgotten where hostile words and pictures are tried (bench/hostile_papers.py)."""

import pytest

from bench import _papers, hostile_papers


def test_every_paper_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hostile_papers.forgotten() == []
    monkeypatch.delitem(_papers.MAKERS, "letter.typ")
    assert hostile_papers.forgotten() == ["letter.typ"]
