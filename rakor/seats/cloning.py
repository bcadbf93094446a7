"""What invitations bring into a copied event: who is invited by rule, and the words of the letter."""

from sqlalchemy import select

from rakor.db import db
from rakor.events.cloning import Copying
from rakor.seats.letter_models import InvitationLetter
from rakor.seats.models import InvitationRule

WORDS = (
    "nature", "attachments", "subject", "place", "addressees", "basis", "time_note", "dress", "bring", "lodging", "cc",
    "with_list", "with_agenda", "with_form",
)  # fmt: skip


def copy_rules(copying: Copying) -> None:
    """Copy the invitation rules; seats are made when the organiser invites."""
    rules = select(InvitationRule).where(InvitationRule.event_id == copying.source.id)
    for rule in db.session.scalars(rules).all():
        kept = ("institution_id", "office_level", "quota", "modes", "required", "position")
        values = {name: getattr(rule, name) for name in kept}
        db.session.add(InvitationRule(event_id=copying.target.id, role_id=copying.roles[rule.role_id], **values))


def copy_letter(copying: Copying) -> None:
    """Copy what the letter says; its number, its date, the signed paper and who has seen it stay behind."""
    letter = db.session.get(InvitationLetter, copying.source.id)
    if letter is not None:
        words = {name: getattr(letter, name) for name in WORDS}
        db.session.add(InvitationLetter(event_id=copying.target.id, updated_at=copying.now, **words))
