"""rakor user add, rakor user password: the first administrator, and whoever forgot the password, by command."""

import sys
from argparse import Namespace
from getpass import getpass

from rakor import clock
from rakor.accounts import second_store
from rakor.accounts import store as accounts
from rakor.accounts.rules import MAX_PASSWORD, MIN_PASSWORD
from rakor.app import create_app
from rakor.db import transaction


def add(chosen: Namespace) -> int:
    """Add a person with a login; exit status 1 where the e-mail is taken or the password unfit."""
    password = _password()
    if password is None:
        return 1
    with create_app().app_context(), transaction():
        if accounts.user_by_email(chosen.email) is not None:
            print(f"{chosen.email} has an account already; nothing was changed.", file=sys.stderr)
            taken = True
        else:
            accounts.create_user(chosen.email, chosen.name, password, now=clock.now(), is_admin=chosen.admin)
            taken = False
    if taken:
        return 1
    print(f"{chosen.name} <{chosen.email}> can log in{' and administers this installation' if chosen.admin else ''}.")
    return 0


def password(chosen: Namespace) -> int:
    """Give a known person a new password and end every session; exit status 1 where there is no such person."""
    new = _password()
    if new is None:
        return 1
    with create_app().app_context(), transaction(unaudited="somebody unknown stays unknown"):
        user = accounts.user_by_email(chosen.email)
        if user is not None:
            accounts.set_password(user.id, new)
            accounts.end_sessions_of(user.id, now=clock.now())
    if user is None:
        print(f"Nobody has the e-mail {chosen.email}; nothing was changed.", file=sys.stderr)
        return 1
    print(f"{chosen.email} has a new password; every session has ended.")
    return 0


def second_off(chosen: Namespace) -> int:
    """Take the second step from somebody who lost phone and codes; exit status 1 where there is no such person."""
    with create_app().app_context(), transaction(unaudited="somebody unknown stays unknown"):
        user = accounts.user_by_email(chosen.email)
        if user is not None:
            second_store.end(user.id)
            accounts.end_sessions_of(user.id, now=clock.now())
    if user is None:
        print(f"Nobody has the e-mail {chosen.email}; nothing was changed.", file=sys.stderr)
        return 1
    print(f"{chosen.email} logs in with the password alone; every session has ended.")
    return 0


def _password() -> str | None:
    """Ask twice at a terminal; take the first line of what is piped in."""
    if sys.stdin.isatty():
        password = getpass("Password: ")
        if getpass("Again: ") != password:
            print("The two passwords differ; nothing was changed.", file=sys.stderr)
            return None
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        print(f"A password has {MIN_PASSWORD} to {MAX_PASSWORD} characters; nothing was changed.", file=sys.stderr)
        return None
    return password
