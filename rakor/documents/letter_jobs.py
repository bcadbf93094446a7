"""What the worker does for a letter of invitation: set it, and keep the file."""

import re
from uuid import UUID

from rakor import clock
from rakor.db import db, transaction
from rakor.documents.letter_paper import TEMPLATE, letter_content, letter_images
from rakor.documents.rules.letter import LetterFacts
from rakor.documents.store.letters import letter_facts
from rakor.events import store as events
from rakor.outbox import Progress, job
from rakor.regions.rules.folding import plain
from rakor.seats.store import letters
from rakor.typeset import compile_pdf


@job(letters.JOB)
def make_letter(payload: dict[str, str], progress: Progress) -> None:
    """Make the PDF of a letter; a paper that is gone with its event needs nothing."""
    event_id, paper_id = UUID(payload["event_id"]), UUID(payload["paper_id"])
    row, event = letters.paper_by_id(event_id, paper_id), events.event(event_id)
    if row is None or event is None:
        return
    facts = letter_facts(event, row.office_id, now=clock.now())
    db.session.rollback()
    content = compile_pdf(TEMPLATE, letter_content(facts), images=letter_images(facts))
    with transaction(unaudited="a paper that is gone needs no file"):
        row = letters.paper_by_id(event_id, paper_id)
        if row is not None:
            letters.fill_paper(row, content, name=file_name(facts), now=clock.now())
    progress(1, 1)


def file_name(facts: LetterFacts) -> str:
    """Return "undangan-2026-11-24-kantor-kabupaten-asmat.pdf": small ASCII letters, digits and hyphens."""
    words = f"undangan {facts.starts_on.isoformat()} {plain(facts.office)[:60]}"
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") + ".pdf"
