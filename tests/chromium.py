"""Where Debian's Chromium lies, and how it starts without calls home."""

from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
