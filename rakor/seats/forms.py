"""An office's contact, and what an office sends for its seats."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from rakor.offices.store import ContactDraft
from rakor.registrations.fields import EmailField, PhoneField, WordsField
from rakor.seats.rules import Input
from rakor.web.forms import Form

Posted = Mapping[str, str]


class ContactForm(Form):
    """A person or desk through whom an office is reached."""

    contact_id = HiddenField()
    name = WordsField(_l("Nama narahubung"), required=True, max=120)
    post = WordsField(_l("Jabatan"), max=120)
    phone = PhoneField(_l("Nomor WhatsApp"))
    email = EmailField(_l("Email"))

    def draft(self) -> ContactDraft:
        """What a valid form says."""
        return ContactDraft(self.name.data or "", self.post.data or "", self.phone.number, self.email.address)


def inputs_of(posted: Posted, seat_ids: Sequence[UUID]) -> dict[UUID, Input]:
    """Return what was sent for each of the office's seats; fields of other seats are not looked at."""
    return {
        seat_id: Input(
            name=posted.get(f"name-{seat_id.hex}", ""),
            choice=posted.get(f"choice-{seat_id.hex}", ""),
            reason=posted.get(f"reason-{seat_id.hex}", ""),
            seen=posted.get(f"seen-{seat_id.hex}", ""),
            who=posted.get(f"who-{seat_id.hex}", ""),
            same_as=posted.get(f"as-{seat_id.hex}"),
            acting=posted.get(f"acting-{seat_id.hex}"),
        )
        for seat_id in seat_ids
    }
