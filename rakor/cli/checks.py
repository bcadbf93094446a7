"""rakor check and rakor audit: is this installation fit, and has anybody touched its log."""

import sys
from argparse import Namespace
from typing import TextIO

from flask_babel import force_locale
from sqlalchemy import select

from rakor import audit as chains
from rakor.app import create_app
from rakor.db import db
from rakor.upkeep import observing, words
from rakor.upkeep.rules import Level, judge, worst


def check(chosen: Namespace) -> int:
    """Print what was found; exit status 1 where anything is bad, with ``--strict`` also where somebody should look."""
    app = create_app()
    with app.app_context(), force_locale("en"):
        found = judge(observing.observe(lan=chosen.lan))
        for one in found:
            mark = {Level.OK: "well", Level.WARN: "look at", Level.BAD: "not well"}[one.level]
            print(f"{mark}: {words.NAMES[one.check]}: {words.sentence(one)}", file=_stream(one.level))
    if worst(found) is not Level.BAD:
        print("rakor is fit to serve.")
    return 1 if worst(found) is Level.BAD or (chosen.strict and worst(found) is not Level.OK) else 0


def _stream(level: Level) -> TextIO:
    return sys.stdout if level is Level.OK else sys.stderr


def audit(chosen: Namespace) -> int:
    """Walk every chain; exit status 1 at the first one that does not hold."""
    with create_app().app_context():
        ids = list(db.session.scalars(select(chains.AuditChain.chain_id).order_by(chains.AuditChain.chain_id)))
        broken = [found for chain_id in ids if (found := chains.verify(db.session(), chain_id))]
        entries = sum(db.session.scalars(select(chains.AuditChain.length)))
    for found in broken:
        print(f"chain {found.chain_id}: entry {found.number} is {found.reason}", file=sys.stderr)
    if not broken:
        print(f"{len(ids)} chains with {entries} entries hold.")
    return 1 if broken else 0
