"""What the pages of the report show: each section with where it stands, the annexes, and what was asked for."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.documents.rules import PaperState, paper_state
from rakor.events.models import Event
from rakor.events.store.team import grants
from rakor.outbox import Job, JobState
from rakor.reports.activity import content, store
from rakor.reports.activity.models import ReportRun
from rakor.reports.activity.rules import Block, Facts, Grid, Missing, Points, Section, Words
from rakor.reports.activity.words import ANNEXES, HINTS, SHOWN
from rakor.reports.pages import counted
from rakor.reports.summary import EVER
from rakor.web.access import current_user, principal
from rakor.web.locale import number, when

LINES_SHOWN = 6


@dataclass(frozen=True)
class SectionView:
    """A section on the screen: what was typed, what the data says in a few lines, and where it stands."""

    section: Section
    title: str
    hint: str
    body: str
    version: int
    changed: str
    data: tuple[str, ...]
    is_empty: bool

    @property
    def look(self) -> tuple[str, str, str]:
        """Return the word, tone and icon of where it stands."""
        if self.is_empty:
            return str(_("Belum terisi")), "warn", "alert"
        return (str(_("Diketik")), "ok", "edit") if self.body else (str(_("Dari data")), "info", "check")


def sections(event: Event) -> list[SectionView]:
    """Return every section as it would stand in the report now; presence at any time of the event counts."""
    known = content.known(event, counted(event, EVER))
    texts, names = store.texts(event.id), {one.user_id: one.name for one in grants(event.id)}
    typed = {section: row.body for section, row in texts.items()}
    found = []
    for chapter, bare in zip(content.chapters(known, typed), content.chapters(known, {}), strict=True):
        row = texts.get(chapter.section)
        who = names.get(row.changed_by_id, "") if row and row.changed_by_id else ""
        changed = ", ".join(filter(None, (when(row.changed_at, event.zone), who))) if row else ""
        found.append(
            SectionView(
                section=chapter.section, title=str(SHOWN[chapter.section]), hint=str(HINTS[chapter.section]),
                body=row.body if row else "", version=row.version if row else 0, changed=changed,
                data=tuple(line for block in bare.blocks for line in said(block))[:LINES_SHOWN],
                is_empty=chapter.is_empty,
            )
        )  # fmt: skip
    return found


def said(block: Block) -> list[str]:
    """Return what a block says in a line or two: of a table, how long it is."""
    match block:
        case Words(text):
            return [text]
        case Points(items):
            return list(items)
        case Facts(pairs):
            return [f"{label}: {value}" for label, value in pairs]
        case Grid(head, _widths, rows):
            return [_("Tabel %(head)s: %(n)s baris", head=", ".join(head[1:4]).lower(), n=number(len(rows)))]
        case Missing():
            return [block.said]
    return []


def own_run(event_id: UUID, run_id: UUID) -> tuple[ReportRun, Job | None]:
    """Return what the person asked for; another's does not exist here."""
    found = store.runs_of(event_id, current_user().id, run_id)
    return found[0] if found else abort(404)


def shown(event: Event, row: ReportRun, job: Job | None) -> dict[str, Any]:
    """Return what the templates say of one run."""
    state = paper_state(
        made=row.made_at is not None,
        kept=row.docx_id is not None,
        failed=job is None or job.state is JobState.FAILED,
        tried_before=job is not None and job.error is not None,
    )
    done, total = (job.done_count, job.total_count) if job else (0, 0)
    return {
        "run": row, "state": state, "PaperState": PaperState, "done": done, "total": total, "seen": f"{state}-{done}",
        **whose(event),
    }  # fmt: skip


def whose(event: Event) -> dict[str, Any]:
    """Return what every page of the report needs."""
    return {
        "event": event, "event_title": event.short_title, "demo_notice": event.demo_world is not None,
        "may_edit": principal().may(EDITORS), "ANNEXES": ANNEXES, "now": clock.now(),
    }  # fmt: skip
