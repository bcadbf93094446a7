"""Where a reader stands in a long list; ``ui.pager`` draws it."""

from dataclasses import dataclass

SIZE = 50


@dataclass(frozen=True)
class Pages:
    """Page ``page`` (from 1) of a list of ``total`` entries, ``size`` to a page."""

    page: int
    total: int
    size: int = SIZE

    @classmethod
    def read(cls, typed: str, total: int, size: int = SIZE) -> "Pages":
        """Take the page from a URL: what is no number is the first, what is too far is the last."""
        wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
        return cls(max(1, min(wanted, -(-total // size))), total, size)

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many entries stand before this page."""
        return (self.page - 1) * self.size

    @property
    def has_prev(self) -> bool:
        """True where a page comes before."""
        return self.page > 1

    @property
    def has_next(self) -> bool:
        """True where a page follows."""
        return self.page < self.pages

    @property
    def prev_num(self) -> int:
        """The page before."""
        return self.page - 1

    @property
    def next_num(self) -> int:
        """The page after."""
        return self.page + 1
