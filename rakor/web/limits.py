"""Counters of tries, shared by all servers through the database (security.md T13)."""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from flask import request
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from rakor import clock, crypto
from rakor.db import Base, db, insert_missing, transaction
from rakor.prepared import Prepared


class TryCount(Base):
    """How often one key was tried in one window; the key is a keyed hash of who and what."""

    __tablename__ = "try_count"
    key: Mapped[bytes] = mapped_column(primary_key=True)
    window_start_at: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


_MORE = Prepared(
    update(TryCount)
    .where(TryCount.key == bindparam("of_key"), TryCount.window_start_at == bindparam("from_at"))
    .values(count=TryCount.count + bindparam("times"))
    .returning(TryCount.count)
)


def client_network() -> str:
    """Return the network of the caller: the IPv4 address, or the /64 of an IPv6 one."""
    try:
        address = ip_address(request.remote_addr or "0.0.0.0")
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ip_network(f"{address}/64", strict=False))
    return str(address)


def allowed(what: str, who: str, *, limit: int, per: timedelta) -> bool:
    """Count one try of ``what`` by ``who`` and return False where it is over ``limit`` in the present window."""
    with transaction(unaudited="a counter of tries"):
        return count_within(what, who, per=per) <= limit


def count_within(what: str, who: str, *, per: timedelta, times: int = 1) -> int:
    """Count tries inside the transaction that is open, and return how many the present window holds with them."""
    now = clock.now()
    start = datetime.fromtimestamp(now.timestamp() // per.total_seconds() * per.total_seconds(), tz=now.tzinfo)
    key = crypto.blind_index("limit", f"{what}\x00{who}")
    connection = db.session.connection()
    found = _MORE.rows(connection, of_key=key, from_at=start, times=times)
    if not found:  # the first of its window; two at once meet in the insert, and both count
        db.session.execute(insert_missing(TryCount).values(key=key, window_start_at=start, count=0))
        db.session.execute(delete(TryCount).where(TryCount.window_start_at < now - timedelta(days=2)))
        found = _MORE.rows(connection, of_key=key, from_at=start, times=times)
    count: int = found[0][0]
    return count


def peek(what: str, who: str, *, per: timedelta) -> int:
    """Return how many tries of ``what`` by ``who`` the present window holds, counting none."""
    now = clock.now()
    start = datetime.fromtimestamp(now.timestamp() // per.total_seconds() * per.total_seconds(), tz=now.tzinfo)
    key = crypto.blind_index("limit", f"{what}\x00{who}")
    query = select(TryCount.count).where(TryCount.key == key, TryCount.window_start_at == start)
    return db.session.scalar(query) or 0
