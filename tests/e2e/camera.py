"""A video for the fake camera: a picture of a QR held still before it. The file loops."""

from io import BytesIO
from pathlib import Path

from PIL import Image

WIDTH, HEIGHT, SIDE, FRAMES = 640, 480, 300, 10
HEADER = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
COLOURLESS = bytes([128]) * (WIDTH * HEIGHT // 2)


def film(picture: bytes, path: Path) -> Path:
    """Write ``picture`` (a PNG) as a y4m video of one second and return its path."""
    ground = Image.new("L", (WIDTH, HEIGHT), 235)
    shown = Image.open(BytesIO(picture)).convert("L").resize((SIDE, SIDE))
    ground.paste(shown, ((WIDTH - SIDE) // 2, (HEIGHT - SIDE) // 2))
    path.write_bytes(HEADER + (b"FRAME\n" + ground.tobytes() + COLOURLESS) * FRAMES)
    return path


def lens(path: Path) -> list[str]:
    """The switches that make Chromium's camera play the video."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={path}",
    ]
