"""rakor serve | worker | demo | upgrade | check: the commands of an installation."""

import argparse
import sys

from rakor import upgrade
from rakor.app import create_app


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = argparse.ArgumentParser(prog="rakor", description="Coordination meetings, from letter to attendance list.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("upgrade", help="bring the database to the newest schema")
    revise = commands.add_parser("migration", help="write a migration from the models (for developers)")
    revise.add_argument("number")
    revise.add_argument("message")
    chosen = parser.parse_args(arguments)
    app = create_app()
    with app.app_context():
        if chosen.command == "upgrade":
            upgrade.upgrade()
        else:
            upgrade.make_migration(chosen.message, chosen.number)
    return 0


if __name__ == "__main__":
    sys.exit(main())
