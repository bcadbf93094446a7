"""Campaigns as an editor writes them, and what became of them."""

import re
from datetime import timedelta
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor import clock, outbox
from rakor.db import db
from rakor.messages.campaign_models import Campaign
from rakor.messages.models import Message
from rakor.messages.rules import Kind
from rakor.messages.rules.campaigns import CampaignState

TEXT = {
    "audience": "people", "subject": "Kabar untuk {nama}", "nature": "service", "timing": "now", "lead_hours": "24",
    "body": "Yth. {nama},\n\nSampai jumpa di {kegiatan}\n{tautan}",
}  # fmt: skip


def work(app: Flask) -> int:
    """Run every job that is ready within the next minute (a campaign leaves in step); how many."""
    count = 0
    with app.app_context(), clock.freeze(clock.now() + timedelta(minutes=1), everywhere=True):
        while outbox.run_next():
            count += 1
    return count


def draft(sari: FlaskClient, event_id: UUID, **values: str) -> str:
    """Write a campaign by the form; its path."""
    answer = sari.post(f"/events/{event_id}/messages/new", data=TEXT | values)
    assert answer.status_code == 303, re.findall(r'class="small error.*?</span></span>', answer.text)
    return str(answer.location)


def send(sari: FlaskClient, path: str) -> None:
    assert sari.post(f"{path}/schedule").status_code == 303


def letters(app: Flask, kind: Kind = Kind.CAMPAIGN) -> list[Message]:
    with app.app_context():
        query = select(Message).where(Message.kind == str(kind)).order_by(Message.created_at, Message.id)
        return list(db.session.scalars(query))


def state_of(app: Flask) -> CampaignState:
    with app.app_context():
        return db.session.scalars(select(Campaign)).one().state
