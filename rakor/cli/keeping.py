"""rakor backup, rakor restore."""

import sys
from argparse import Namespace
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from rakor.app import create_app
from rakor.cli.restoring import Refusal, restore_archive
from rakor.config import place_from_environment
from rakor.upkeep import backup as backups
from rakor.upkeep.archive import DamagedArchiveError
from rakor.upkeep.tables import UnsoundDatabaseError

REFUSALS = {
    Refusal.SERVING: "something serves this instance and does not rest. Stop it first; nothing was changed.",
    Refusal.NOT_EMPTY: "this instance is in use; nothing was changed. With --replace it is set aside and replaced.",
    Refusal.OTHER_DATABASE: "this backup is of the other kind of database (SQLite, PostgreSQL); nothing was changed.",
}


def backup(chosen: Namespace) -> int:
    """Save this installation; exit status 1 where that was not possible."""
    with create_app().app_context():
        folder: Path = chosen.folder or backups.default_folder()
        try:
            made = backups.make(folder.resolve(), keep=chosen.keep)
        except (OSError, SQLAlchemyError, UnsoundDatabaseError) as failure:
            print(f"no backup was made: {failure}", file=sys.stderr)
            return 1
        kept = backups.kept(folder)
    print(
        f"{made.path}: {made.byte_count / 1e6:,.1f} MB, {made.row_count:,} rows, {made.took_s:.1f} s; "
        f"{kept} kept, {made.dropped} older dropped.\n"
        "Whoever has this file has everything in it, the secret too: keep it as you keep the server, and elsewhere."
    )
    return 0


def restore(chosen: Namespace) -> int:
    """Put a backup back; exit status 1 where it was refused."""
    instance, database_url = place_from_environment()
    try:
        done = restore_archive(chosen.archive, instance, database_url, replace=chosen.replace)
    except DamagedArchiveError as failure:
        print(f"{failure}. Nothing was changed.", file=sys.stderr)
        return 1
    if isinstance(done, Refusal):
        print(REFUSALS[done], file=sys.stderr)
        return 1
    print(f"{done.row_count:,} rows as they were at {done.made_at:%Y-%m-%d %H:%M:%S} UTC.")
    if done.former is not None:
        print(f"What was here before lies in {done.former}.")
    print("rakor serves again." if done.goes_on else "Start rakor now.", end=" ")
    print("The desks offer again what they keep, so scans since the backup come back by themselves.")
    return 0
