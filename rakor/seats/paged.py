"""A page of a list that is in memory."""

from math import ceil
from typing import Generic, TypeVar

from flask import request

Row = TypeVar("Row")
PAGE_SIZE = 50


class Paged(Generic[Row]):
    """One page of a list that is in memory, in the shape ui.pager draws."""

    def __init__(self, rows: list[Row], size: int = PAGE_SIZE) -> None:
        self.total = len(rows)
        self.pages = max(1, ceil(self.total / size))
        asked = request.args.get("page", "1")
        wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
        self.page = min(max(wanted, 1), self.pages)
        self.rows = rows[(self.page - 1) * size : self.page * size]
        self.has_prev, self.has_next = self.page > 1, self.page < self.pages
        self.prev_num, self.next_num = self.page - 1, self.page + 1
