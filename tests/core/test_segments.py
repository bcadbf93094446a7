"""Long files in sealed segments: what arrived is what lies on the disk, and nothing else is ever read."""

import io
import os
import threading
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor import crypto, segments
from rakor.segments import SEALED, SEGMENT, DamagedFileError, Reader

CONTENT = os.urandom(SEGMENT * 3 + 777)


@pytest.fixture(autouse=True)
def secret() -> None:
    crypto.install(bytes(range(32)))


def sent(path: Path, file_id: UUID, content: bytes = CONTENT, step: int = SEGMENT) -> None:
    there = segments.arrived(path, file_id, len(content))
    while there < len(content):
        there = segments.append(path, file_id, len(content), there, content[there : there + step])


def read(path: Path, file_id: UUID, size: int = len(CONTENT)) -> bytes:
    with io.BufferedReader(Reader(path, file_id, size)) as file:
        return file.read()


@pytest.mark.parametrize("step", [SEGMENT, SEGMENT * 4])
def test_what_was_sent_in_parts_is_read_whole(tmp_path: Path, step: int) -> None:
    path, file_id = tmp_path / "a" / "file.part", uuid4()
    sent(path, file_id, step=step)
    assert read(path, file_id) == CONTENT
    assert CONTENT[:64] not in path.read_bytes()


def test_the_same_part_twice_is_written_once_and_answers_where_to_go_on(tmp_path: Path) -> None:
    path, file_id = tmp_path / "file", uuid4()
    first = CONTENT[:SEGMENT]
    assert segments.append(path, file_id, len(CONTENT), 0, first) == SEGMENT
    assert segments.append(path, file_id, len(CONTENT), 0, first) == SEGMENT
    assert segments.append(path, file_id, len(CONTENT), SEGMENT * 2, first) == SEGMENT  # a gap
    assert path.stat().st_size == SEALED


@pytest.mark.parametrize("length", [0, 1, SEGMENT - 1, SEGMENT + 1, SEGMENT * 5])
def test_a_part_of_odd_length_is_not_written(tmp_path: Path, length: int) -> None:
    path = tmp_path / "file"
    assert segments.append(path, uuid4(), SEGMENT * 8, 0, bytes(length)) == 0
    assert path.stat().st_size == 0


@pytest.mark.parametrize("cut", [1, 100, SEALED - 1])
def test_a_torn_end_is_dropped_and_sent_again(tmp_path: Path, cut: int) -> None:
    path, file_id = tmp_path / "file", uuid4()
    segments.append(path, file_id, len(CONTENT), 0, CONTENT[: SEGMENT * 2])
    os.truncate(path, SEALED * 2 - cut)
    assert segments.arrived(path, file_id, len(CONTENT)) == SEGMENT
    sent(path, file_id)
    assert read(path, file_id) == CONTENT


def test_a_hole_left_by_a_power_cut_is_seen(tmp_path: Path) -> None:
    path, file_id = tmp_path / "file", uuid4()
    segments.append(path, file_id, len(CONTENT), 0, CONTENT[: SEGMENT * 2])
    with path.open("r+b") as file:
        file.seek(SEALED)
        file.write(bytes(SEALED))
    assert segments.arrived(path, file_id, len(CONTENT)) == SEGMENT


def test_nothing_may_be_changed_moved_or_taken_from_another_file(tmp_path: Path) -> None:
    path, file_id, other = tmp_path / "file", uuid4(), uuid4()
    sent(path, file_id)
    sealed = path.read_bytes()
    with pytest.raises(DamagedFileError):
        read(path, other)
    for wrong in (
        sealed[:50] + bytes([sealed[50] ^ 1]) + sealed[51:],
        sealed[SEALED : SEALED * 2] + sealed[:SEALED] + sealed[SEALED * 2 :],
        sealed[:SEALED],
    ):
        path.write_bytes(wrong)
        with pytest.raises(DamagedFileError):
            read(path, file_id)


def test_two_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    path, file_id = tmp_path / "file", uuid4()
    racers = [threading.Thread(target=sent, args=(path, file_id)) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(30)
    assert read(path, file_id) == CONTENT


def test_a_stream_that_is_too_long_ends_right_after_its_limit(tmp_path: Path) -> None:
    size, _ = segments.write(tmp_path / "file", uuid4(), io.BytesIO(bytes(SEGMENT * 3)), SEGMENT)
    assert size == SEGMENT + 1


class Dribble(io.RawIOBase):
    """A stream that gives a little at a time."""

    def __init__(self, content: bytes) -> None:
        self.rest = content

    def read(self, size: int = -1) -> bytes:
        part, self.rest = self.rest[: min(size, 10_007)], self.rest[min(size, 10_007) :]
        return part


def test_a_stream_is_kept_whole_however_it_comes(tmp_path: Path) -> None:
    path, file_id = tmp_path / "file", uuid4()
    assert segments.write(path, file_id, Dribble(CONTENT), len(CONTENT)) == (len(CONTENT), sha256(CONTENT).digest())  # type: ignore[arg-type]
    assert read(path, file_id) == CONTENT


@given(places=st.lists(st.tuples(st.integers(0, len(CONTENT) + 10), st.integers(0, SEGMENT * 2)), max_size=8))
def test_any_place_reads_as_it_was_written(
    places: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path, file_id = tmp_path_factory.getbasetemp() / "any", UUID(int=7)
    if not path.exists():
        segments.write(path, file_id, io.BytesIO(CONTENT), len(CONTENT))
    with io.BufferedReader(Reader(path, file_id, len(CONTENT))) as file:
        for start, count in places:
            file.seek(start)
            assert file.read(count) == CONTENT[start : start + count]
