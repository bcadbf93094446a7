"""What becomes of files that never arrived whole."""

from uuid import UUID

from sqlalchemy import select

from rakor import clock
from rakor.agenda import upload_store
from rakor.agenda.speaking_models import MaterialUpload
from rakor.db import db, transaction
from rakor.outbox import Progress, job


@job(upload_store.EXPIRED)
def expire(payload: dict[str, str], progress: Progress) -> None:
    """Throw away what arrived of a file whose sender did not come back."""
    event_id, upload_id = UUID(payload["event_id"]), UUID(payload["upload_id"])
    with transaction(unaudited="it arrived, or was given up"):
        mine = (MaterialUpload.event_id == event_id, MaterialUpload.id == upload_id)
        row = db.session.scalar(select(MaterialUpload).where(*mine, MaterialUpload.expires_at <= clock.now()))
        if row is not None:
            upload_store.give_up(event_id, upload_id)
