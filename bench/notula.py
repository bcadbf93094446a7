"""Minutes written by four at once, in real browsers, with a network that comes and goes and tabs that are closed."""

from random import Random
from typing import Any

from bench._minutes import Weather, desks, drill

WHAT = "4 writers, 200 edits each, random cuts of the network, closed tabs, real browsers: sentences lost"
WRITERS, EDITS, QUICK_EDITS, SOWN_EDITS = 4, 200, 20, 8
SEED = 20_261_130

UNREAD = """const send = window.fetch; window.fetch = async (address, how = {}) => {
  if (how.method !== 'POST') return send(address, how);
  const told = await (await send(location.href.split('?')[0] + '/notes')).text().catch(() => '');
  const page = new DOMParser().parseFromString(told, 'text/html');
  const note = page.querySelector(`[data-note="${how.body.get('note')}"]`);
  if (note) how.body.set('parents', note.dataset.parents);
  return send(address, how); };"""
"""A fault: what stands on the server is named as read, as though the last to come were right."""
FORGETS = "IDBObjectStore.prototype.put = function () { return {}; };"
"""A fault: what is typed is not on the disk when the tab is closed."""


def run(quick: bool) -> dict[str, Any]:
    """Write, lose the network, close tabs, come back; then look for every sentence. Twice more with a fault sown."""
    faults = {"unread texts overwritten: lost": UNREAD, "nothing on the disk: lost": FORGETS}
    with desks(WRITERS, 1 + len(faults)) as (where, *others):
        weather = Weather(cut=0.12, closed=0.06, shared=4) if quick else Weather()
        figures = drill(where, QUICK_EDITS if quick else EDITS, Random(SEED), weather)
        sown = zip(faults.items(), others, strict=True)
        storm = Weather(cut=0.2, closed=0.08, shared=3)
        bites = {words: drill(desk, SOWN_EDITS, Random(SEED), storm, fault)["lost"] for (words, fault), desk in sown}
    rough = figures["cuts"] > 0 and figures["closed_tabs"] > 0 and figures["conflicts_seen"] > 0
    good = figures["lost"] == 0 and rough and all(lost > 0 for lost in bites.values())
    return {"ok": good, **figures, "bites": bites, "seed": SEED}
