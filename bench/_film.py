"""A video for the fake camera: pictures of QR codes held still before it, one after the other. The file loops."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

WIDTH, HEIGHT, SIDE, PER_SECOND = 480, 360, 260, 5
HEADER = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{PER_SECOND}:1 Ip A1:1 C420jpeg\n".encode()
COLOURLESS = bytes([128]) * (WIDTH * HEIGHT // 2)


def film(pictures: Sequence[bytes], path: Path, seconds: float = 1.0) -> Path:
    """Write a y4m video in which each picture (a PNG) is held for ``seconds``; returns its path."""
    with path.open("wb") as file:
        file.write(HEADER)
        for picture in pictures:
            file.write(_frame(picture) * round(PER_SECOND * seconds))
    return path


def _frame(picture: bytes) -> bytes:
    ground = Image.new("L", (WIDTH, HEIGHT), 235)
    shown = Image.open(BytesIO(picture)).convert("L").resize((SIDE, SIDE))
    ground.paste(shown, ((WIDTH - SIDE) // 2, (HEIGHT - SIDE) // 2))
    return b"FRAME\n" + ground.tobytes() + COLOURLESS


def lens(path: Path) -> list[str]:
    """The switches that make Chromium's camera play the video."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={path}",
    ]
