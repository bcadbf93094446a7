"""libpq's pipeline mode, for the door: statements go to PostgreSQL together and their answers come back together.

The driver has it too, but turns to the server's socket some twenty times in a transaction of the door, where two are
enough.
"""

from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from select import POLLIN, POLLOUT, poll
from typing import Any

from psycopg import Error, OperationalError
from psycopg.errors import FeatureNotSupported, InvalidSqlStatementName, error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError

from rakor.lean.driver import Lean, risen

Text = bytes | None
"""A value in PostgreSQL's text format; None is NULL."""
PLANNED_ONCE = (
    "SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)"
)
"""For one transaction: plans are made once and go by the indexes. Left alone, the server plans anew whatever names a
list, half of its work at the door; and it keeps walking through a table that was empty when the first scan came.
"""
GOOD = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)
FORGOTTEN = (FeatureNotSupported, InvalidSqlStatementName)
"""What is prepared here fits no more: a table has changed since, or somebody let go of it."""


class Asked:
    """A statement on its way; ``prepares`` is its text, where it only makes the server know another's."""

    __slots__ = ("_pipeline", "prepares", "result", "sql")

    def __init__(self, pipeline: "Pipeline", sql: str, *, prepares: bool = False) -> None:
        self._pipeline, self.sql, self.prepares = pipeline, sql, prepares
        self.result: Any = None

    def rows(self) -> list[tuple[Text, ...]]:
        """Return the rows of its result."""
        if self.result is None:
            self._pipeline.settle()
        value, columns = self.result.get_value, range(self.result.nfields)
        return [tuple([value(row, column) for column in columns]) for row in range(self.result.ntuples)]


class Pipeline(Lean):
    """A connection in pipeline mode; values are text, in the order of $1, $2, ….

    ``prepared`` names the statements that the server knows on this connection, and lives as long as it. What is refused
    rises where the answers are waited for; what was sent after it was not done.
    """

    def __init__(self, dialect: Dialect, driver: Any, prepared: dict[str, bytes]) -> None:
        super().__init__(dialect, driver)
        self.tongue = "wire"
        self._pg, self._prepared = driver.pgconn, prepared
        self._due: deque[Asked] = deque()
        self._spoilt = False
        self._pg.enter_pipeline_mode()

    def send(self, sql: str, values: Sequence[Text]) -> Asked:
        """Put a statement on the way."""
        try:
            name = self._prepared.get(sql)
            if name is None:
                name = b"rakor_" + blake2b(sql.encode(), digest_size=12).hexdigest().encode()
                self._pg.send_prepare(name, sql.encode())
                self._due.append(Asked(self, sql, prepares=True))
                self._prepared[sql] = name
            self._pg.send_query_prepared(name, values)
        except Error as error:
            raise risen(error, sql, self.dialect) from error
        asked = Asked(self, sql)
        self._due.append(asked)
        return asked

    def send_many(self, sql: str, values: Sequence[Sequence[Text]]) -> None:
        """Put a statement on the way once for each of ``values``."""
        for one in values:
            self.send(sql, one)

    def begin(self) -> None:
        """Open a transaction with the statements that follow."""
        self.send("BEGIN", ())
        self.send(PLANNED_ONCE, ())

    def commit(self) -> None:
        """Commit, and wait until it is done."""
        self.send("COMMIT", ())
        self.settle()

    def rollback(self) -> None:
        """Let go of the transaction, and of what is still on its way."""
        with suppress(DBAPIError):
            self.settle()
        if self._pg.transaction_status != TransactionStatus.IDLE:
            self.send("ROLLBACK", ())
            self.settle()

    def leave(self) -> bool:
        """Be as the pool's other connections are; False where it cannot."""
        try:
            self.rollback()
            self._pg.exit_pipeline_mode()
        except (Error, DBAPIError):
            return False
        return not self._spoilt

    def settle(self) -> None:
        """Wait for all answers that are due; raises the first refusal among them."""
        if not self._due:
            return
        refused: tuple[Asked, Exception] | None = None
        try:
            self._pg.pipeline_sync()
            while self._due:
                asked = self._due.popleft()
                asked.result = self._next()
                if asked.result.status not in GOOD:
                    refused = refused or (asked, error_from_result(asked.result))
                    self._spoilt = self._spoilt or isinstance(refused[1], FORGOTTEN)
                    if asked.prepares:
                        del self._prepared[asked.sql]
                self._next()  # the end of this answer
            self._next()  # the mark that ends them all
        except Error as error:
            self._due.clear()
            raise risen(error, "", self.dialect) from error
        if refused is not None:
            raise risen(refused[1], refused[0].sql, self.dialect) from refused[1]

    def _next(self) -> Any:
        """Wait for the next result, or for the end of one (None)."""
        pg = self._pg
        while pg.flush():
            self._wait(POLLIN | POLLOUT)
            pg.consume_input()  # or both sides wait for the other to read
        while pg.is_busy():
            self._wait(POLLIN)
            pg.consume_input()
        found = pg.get_result()
        if pg.status == ConnStatus.BAD:
            raise OperationalError(pg.get_error_message())
        return found

    def _wait(self, what: int) -> None:
        waiting = poll()
        waiting.register(self._pg.socket, what)
        waiting.poll()
