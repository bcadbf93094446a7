"""The agenda in the database: ``items`` is the organisers' draft, ``programme`` what everybody else reads."""

from rakor.agenda.rules.views import EVERYTHING as EVERYTHING
from rakor.agenda.rules.views import PARTICIPANTS as PARTICIPANTS
from rakor.agenda.rules.views import PUBLIC as PUBLIC
from rakor.agenda.rules.views import ItemDraft as ItemDraft
from rakor.agenda.rules.views import ItemView as ItemView
from rakor.agenda.rules.views import PersonDraft as PersonDraft
from rakor.agenda.rules.views import PersonView as PersonView
from rakor.agenda.store.reading import item as item
from rakor.agenda.store.reading import items as items
from rakor.agenda.store.reading import rooms as rooms
from rakor.agenda.store.reading import speakers as speakers
from rakor.agenda.store.versions import programme as programme
from rakor.agenda.store.versions import publish as publish
from rakor.agenda.store.versions import published as published
from rakor.agenda.store.versions import sessions as sessions
from rakor.agenda.store.writing import add as add
from rakor.agenda.store.writing import add_all as add_all
from rakor.agenda.store.writing import change as change
from rakor.agenda.store.writing import held_by as held_by
from rakor.agenda.store.writing import is_held as is_held
from rakor.agenda.store.writing import remove as remove
