"""How often a password may be tried (security.md T13)."""

from datetime import timedelta

from rakor.accounts import store
from rakor.web import access, limits

WINDOW = timedelta(minutes=15)
# ten desks share one account behind one hotel address; a guesser gets no further than they do
PER_ACCOUNT_AND_NETWORK = 20
# the same account from many networks: a guesser who moves about
PER_ACCOUNT = 100
# a hall of 500 phones is one network: this stops a flood, not a crowd
PER_NETWORK = 1000


def may_try(email: str) -> bool:
    """Count one try of an account's password and return False where there were too many."""
    network = limits.client_network()
    return (
        limits.allowed("login.network", network, limit=PER_NETWORK, per=WINDOW)
        and limits.allowed("login", f"{email}\x00{network}", limit=PER_ACCOUNT_AND_NETWORK, per=WINDOW)
        and limits.allowed("login.account", email, limit=PER_ACCOUNT, per=timedelta(hours=1))
    )


def shows_password(known: access.User, password: str) -> bool:
    """True where the person has shown the password lately, or ``password`` is it; a wrong one counts as a try."""
    if known.proved_recently:
        return True
    user = store.user(known.id)
    if user is None or not password or not may_try(user.email):
        return False
    return store.password_fits(store.user(known.id), password)
