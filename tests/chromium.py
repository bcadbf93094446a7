"""Where Debian's Chromium lies, and how it starts without calls home; the shell without a window takes half as much."""

from pathlib import Path

WHOLE, SHELL = Path("/usr/bin/chromium"), Path("/usr/bin/chromium-headless-shell")
CHROMIUM = SHELL if SHELL.exists() else WHOLE
QUIET = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
