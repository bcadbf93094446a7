"""What may show that something was done: a PDF or photo judged by its content, or an https address. Pure."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from rakor.seats.rules.papers import PaperKind

MOST_FILES = 5
"""With one answer; each is at most ``papers.MOST_PAPER_BYTES`` long."""
ENDINGS = {PaperKind.PDF: ("application/pdf", "pdf"), PaperKind.PICTURE: ("image/jpeg", "jpg")}


@dataclass(frozen=True)
class Proof:
    """A piece of evidence on its way in: a file by its kind and content, or an address."""

    name: str
    kind: PaperKind | None = None
    content: bytes = b""
    address: str = ""


def host_of(address: str) -> str:
    """Return the host of an https address, as it is shown beside a link: where it leads, whatever the words say."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def named(number: int, kind: PaperKind) -> str:
    """Return the name under which a file leaves: ours, never the one it came with."""
    return f"bukti-{number}.{ENDINGS[kind][1]}"
