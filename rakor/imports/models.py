"""An uploaded sheet of people, and each of its rows with what became of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, Word, key, personal, within_event
from rakor.imports.rules import ImportState, RowState

CELLS_KEPT = "7 days after the upload"


class SheetImport(Base):
    """One upload. The file and the cells are thrown away at ``expires_at``; until then the import can be undone.

    ``mapping`` is field → column (from 0), ``choices`` the answers to questions: key → id. ``revision`` counts what
    the rows were judged by, so a judgement that comes late for older columns changes nothing. ``sheet_place`` is which
    of the workbook's visible sheets (``sheet_names``) was read, from 0.
    """

    __tablename__ = "sheet_import"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        Index("ix_sheet_import_event", "event_id", "created_at"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    requested_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    file_id: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    state: Mapped[ImportState] = mapped_column(Word(ImportState))
    refusal: Mapped[str] = mapped_column(String(32), default="")
    sheet: Mapped[str] = mapped_column(String(120), default="")
    sheet_names: Mapped[list[str]] = mapped_column(JSON, default=list)
    sheet_place: Mapped[int] = mapped_column(default=0)
    cuts: Mapped[list[str]] = mapped_column(JSON, default=list)
    headings: Mapped[list[str]] = mapped_column(JSON, default=list)
    mapping: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    choices: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    default_mode: Mapped[str] = mapped_column(String(16), default="")
    revision: Mapped[int] = mapped_column(default=0)
    sends_mail: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class ImportRow(Base):
    """One row of an upload. ``registration_version`` is the person's as the saving left it: undoing compares it.

    ``with_seat_id`` is the seat whose person takes this row's seat too.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        within_event("import_id", "sheet_import"),
        Index("ix_import_row_state", "import_id", "state", "number"),
    )
    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[UUID]
    cells: Mapped[str | None] = mapped_column(Encrypted, info=personal("read, check and save a sheet", CELLS_KEPT))
    before: Mapped[str | None] = mapped_column(Encrypted, info=personal("undo an import", CELLS_KEPT))
    state: Mapped[RowState] = mapped_column(Word(RowState))
    act: Mapped[str] = mapped_column(String(16), default="")
    problems: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    asks: Mapped[str] = mapped_column(String(300), default="")
    choices: Mapped[list[str]] = mapped_column(JSON, default=list)
    seat_id: Mapped[UUID | None]
    with_seat_id: Mapped[UUID | None]
    has_email: Mapped[bool] = mapped_column(
        default=False, info=personal("say how many would be told by e-mail", CELLS_KEPT)
    )
    office_id: Mapped[UUID | None]
    registration_id: Mapped[UUID | None]
    registration_version: Mapped[int | None]
