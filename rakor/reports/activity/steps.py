"""What this room knows of the preparation: how many seats answered, and how far the report is."""

from rakor import clock
from rakor.events.models import Event
from rakor.minutes.rules.preparation import Tally
from rakor.reports.activity import store
from rakor.reports.activity.rules import AnnexKind
from rakor.reports.summary import snapshot


def tallies(event: Event) -> dict[str, Tally]:
    """Return the steps' counts by their keys; the answers are those of every other page."""
    count = snapshot(event, now=clock.now(), today=clock.today(event.zone)).count
    papers = store.annex_counts(event.id)
    return {
        "answers": Tally(count.confirmed + count.declined, count.invited),
        "terms": Tally(papers.get(AnnexKind.TERMS, 0), 1),
        "decree": Tally(papers.get(AnnexKind.DECREE, 0), 1),
        "report": Tally(int(store.was_made(event.id)), 1),
    }
