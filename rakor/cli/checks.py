"""rakor check and rakor audit: is this installation fit, and has anybody touched its log."""

import sys
from argparse import Namespace

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from rakor import audit as chains
from rakor import upgrade
from rakor.app import create_app
from rakor.db import db
from rakor.upkeep.address import problem_of


def check(chosen: Namespace) -> int:
    """Print what stands in the way of serving; exit status 1 where anything does."""
    app = create_app()
    with app.app_context():
        found = [*_problems_of_address(), *_problems_of_schema(), *_problems_of_folder()]
    for problem in found:
        print(f"not well: {problem}", file=sys.stderr)
    if not found:
        print("rakor is fit to serve.")
    return 1 if found else 0


def _problems_of_address() -> list[str]:
    problem = problem_of(current_app.config["RAKOR"].base_url)
    return [problem] if problem else []


def _problems_of_schema() -> list[str]:
    try:
        different = upgrade.differences(db.engine)
    except SQLAlchemyError as failure:
        return [f"the database does not answer ({type(failure).__name__})"]
    return [f"the schema is not the newest ({len(different)} differences); run `rakor upgrade`"] if different else []


def _problems_of_folder() -> list[str]:
    secret = current_app.config["RAKOR"].instance / "secret.key"
    if secret.exists() and secret.stat().st_mode & 0o077:
        return [f"{secret} can be read by others; run `chmod 600 {secret}`"]
    return []


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
