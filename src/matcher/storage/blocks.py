"""Rows of a library packed by the hundred: what matching goes through whole is read at one stroke, not row by row.

A block holds rows of one table whose numbers follow each other. It is kept when its last row is made, and dropped when a
record in it changes; one that is not kept is made of the rows, so that blocks save time and decide nothing.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

from matcher.matching.programs import numbers_in, packed

BITS = 9
SIZE = 1 << BITS  # rows of a block
_AT = SIZE - 1
_WIDE = 4  # bytes of a number
TAKES_HEALTHY = 2
TABLES = "CREATE TABLE IF NOT EXISTS packed (n INTEGER PRIMARY KEY, data BLOB NOT NULL);"
_ROWS = {
    "facet": (
        "SELECT facet.n, facet.id, status, sure_sex, sure_from, sure_below, sure_ill, healthy, conditions, rules, marks "
        "FROM facet JOIN program USING (n) WHERE facet.n"
    ),
    "rule": "SELECT n, code FROM rule WHERE n",
    "leaf": "SELECT n, term, shape FROM leaf WHERE n",
    "term": "SELECT n, kind, text, known FROM term WHERE n",
    "shape": "SELECT n, wording FROM shape WHERE n",
}
_PLACE_OF = {table: place for place, table in enumerate(_ROWS)}

Sure = tuple[int, float, float, int]
"""What the registry's own criteria certainly exclude: the other sex, the younger, the older, the healthy."""


Candidate = tuple[str, str, "array[int]", "array[int]"]
"""A record's id and status, its program and the marks of its words."""
_read = json.JSONDecoder().raw_decode


def plain_in(text: str) -> Any:
    """Plain values of JSON as it is kept: without white space, which is looked for in no time but twice for thousands of values."""
    return _read(text)[0]


class Column:
    """Whole numbers of each row of a block, any number a row."""

    __slots__ = ("ends", "numbers")

    def __init__(self, data: bytes) -> None:
        """First where each row ends, then the numbers."""
        every = numbers_in(data)
        self.ends, self.numbers = every[: SIZE + 1], every[SIZE + 1 :]

    def __getitem__(self, at: int) -> array[int]:
        """The numbers of a row."""
        return self.numbers[self.ends[at] : self.ends[at + 1]]


class Records:
    """The records of a block by their places in it; each part is taken apart when it is first asked for."""

    def __init__(self, data: bytes) -> None:
        """First how long the parts are and what records have in common, then the parts."""
        head, _, rest = data.partition(b"\n")
        lengths, self._statuses, limits = json.loads(head)
        self.limits: list[Sure] = [*map(tuple, limits)]
        """What excludes for certain from some record."""
        self._parts = [rest[end - length : end] for length, end in zip(lengths, accumulate(lengths), strict=True)]

    @cached_property
    def limited(self) -> array[int]:
        """Which of the limits each record has; -1 where there is no record."""
        return numbers_in(self._parts[0])

    @cached_property
    def about(self) -> list[str]:
        """Whether each takes healthy volunteers (0 = not said, 1 = no, 2 = yes) and the numbers of its conditions."""
        return self._parts[1].decode("ascii").split("\n")

    def candidate(self, at: int) -> Candidate:
        """One record."""
        return self.ids[at], self._statuses[self._status[at]], self._rules[at], self._marks[at]

    @cached_property
    def ids(self) -> list[str]:
        """The id of each."""
        return list(json.loads(self._parts[2]))

    @cached_property
    def _status(self) -> array[int]:
        return numbers_in(self._parts[3])

    @cached_property
    def _rules(self) -> Column:
        return Column(self._parts[4])

    @cached_property
    def _marks(self) -> Column:
        return Column(self._parts[5])


def place_of(table: str, number: int) -> int:
    """The number of the block that holds a row."""
    return (number >> BITS) * len(_ROWS) + _PLACE_OF[table]


def is_last(number: int) -> bool:
    """Whether a row is the last one of its block."""
    return number & _AT == _AT


def keep(base: sqlite3.Connection, table: str, number: int) -> None:
    """Keep the block of a row, whose last row is made."""
    base.execute("INSERT OR REPLACE INTO packed VALUES (?, ?)", (place_of(table, number), _made(base, table, number >> BITS)))


def drop(base: sqlite3.Connection, number: int) -> None:
    """Drop the block of a record that changes or goes."""
    base.execute("DELETE FROM packed WHERE n = ?", (place_of("facet", number),))


def missing(base: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """The tables and last numbers of blocks that could be kept and are not."""
    kept = {n for (n,) in base.execute("SELECT n FROM packed")}
    for table in _ROWS:
        for end in range(_AT, most(base, table) + 1, SIZE):
            if place_of(table, end) not in kept:
                yield table, end


def most(base: sqlite3.Connection, table: str) -> int:
    """The last number of a table; 0 where it is empty."""
    if table == "facet":  # whose numbers are never given again
        table, column = "sqlite_sequence WHERE name = 'facet'", "seq"
    else:
        column = "n"
    return int(base.execute(f"SELECT max({column}) FROM {table}").fetchone()[0] or 0)


class Blocks:
    """The blocks of a library, as they are read."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._unfinished: list[tuple[str, int]] = []
        self._rules: dict[int, Column] = {}
        self._leaves: dict[int, array[int]] = {}
        self._terms: dict[int, list[str]] = {}
        self._shapes: dict[int, list[str]] = {}
        self._read: dict[str, dict[int, Any]] = {"rule": self._rules, "leaf": self._leaves, "term": self._terms, "shape": self._shapes}
        self.renew()

    def renew(self) -> None:
        """Forget the blocks that more rows may have come to."""
        self._kept = self._base.execute("SELECT 1 FROM sqlite_master WHERE name = 'packed'").fetchone() is not None
        for table, block in self._unfinished:
            self._read[table].pop(block, None)
        self._unfinished.clear()

    def records(self, block: int) -> Records:
        """The records of a block."""
        return Records(self._data("facet", block))

    def rule(self, number: int) -> array[int]:
        """A rule by its number: its head, and its check."""
        block = self._rules.get(number >> BITS)
        if block is None:
            block = self._rules[number >> BITS] = Column(self._data("rule", number >> BITS))
        return block[number & _AT]

    def leaf(self, number: int) -> tuple[int, int]:
        """A leaf by its number: the numbers of its term (0 = none) and of its shape."""
        block = self._leaves.get(number >> BITS)
        if block is None:
            block = self._leaves[number >> BITS] = numbers_in(self._data("leaf", number >> BITS))
        at = number & _AT
        return block[at], block[SIZE + at]

    def term(self, number: int) -> tuple[str, str, str]:
        """The kind of a term, its words, and what the vocabulary made of them."""
        kind, text, known = self._line("term", self._terms, number)
        return kind, text, known

    def shape(self, number: int) -> str:
        """The wording of a shape."""
        return str(self._line("shape", self._shapes, number)[0])

    def _line(self, table: str, blocks: dict[int, list[str]], number: int) -> Any:
        block = blocks.get(number >> BITS)
        if block is None:
            block = blocks[number >> BITS] = self._data(table, number >> BITS).decode("ascii").split("\n")
        return plain_in(block[number & _AT])

    def _data(self, table: str, block: int) -> bytes:
        found = self._base.execute("SELECT data FROM packed WHERE n = ?", (block * len(_ROWS) + _PLACE_OF[table],)).fetchone() if self._kept else None
        if found:
            return bytes(found[0])
        if table != "facet":
            self._unfinished.append((table, block))
        return _made(self._base, table, block)


def _made(base: sqlite3.Connection, table: str, block: int) -> bytes:
    """A block of the rows that are there."""
    first = block << BITS
    rows = {row[0] & _AT: row for row in base.execute(f"{_ROWS[table]} BETWEEN ? AND ?", (first, first + _AT))}
    if table == "facet":
        return _records(rows)
    if table == "rule":
        return _column(_blobs(rows, 1))
    if table == "leaf":
        return packed(rows[at][place] if at in rows else 0 for place in (1, 2) for at in range(SIZE))
    return b"\n".join(_plain(rows[at][1:]) if at in rows else b"" for at in range(SIZE))


def _records(rows: dict[int, tuple[Any, ...]]) -> bytes:
    statuses, limits = dict[object, int](), dict[object, int]()
    limited = packed(limits.setdefault(rows[at][3:7], len(limits)) if at in rows else -1 for at in range(SIZE))
    about = "\n".join(" ".join(map(str, (_taken(rows[at][7]), *numbers_in(rows[at][8])))) if at in rows else "" for at in range(SIZE))
    ids = [rows[at][1] if at in rows else "" for at in range(SIZE)]
    status = packed(statuses.setdefault(rows[at][2], len(statuses)) if at in rows else 0 for at in range(SIZE))
    parts = (limited, about.encode("ascii"), _plain(ids), status, _column(_blobs(rows, 9)), _column(_blobs(rows, 10)))
    return b"".join((_plain([[*map(len, parts)], [*statuses], [*limits]]), b"\n", *parts))


def _plain(values: object) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode("ascii")


def _blobs(rows: dict[int, tuple[Any, ...]], place: int) -> list[bytes]:
    return [rows[at][place] if at in rows else b"" for at in range(SIZE)]


def _taken(healthy: int | None) -> int:
    return 0 if healthy is None else healthy + 1


def _column(parts: Sequence[bytes]) -> bytes:
    return packed(accumulate((len(one) // _WIDE for one in parts), initial=0)) + b"".join(parts)


__all__ = ["BITS", "SIZE", "TABLES", "TAKES_HEALTHY", "Blocks", "Candidate", "Column", "Records", "Sure", "drop", "is_last", "keep", "missing", "most", "plain_in"]
