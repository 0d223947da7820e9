"""What a library holds for one patient: records that nothing certain excludes, with their conditions and programs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from matcher.matching.ranking import TermInfo
from matcher.storage.index import SEXES, TERM_KIND, known_concepts, known_condition
from matcher.vocabulary import Concept


@dataclass(frozen=True, slots=True)
class Gate:
    """What is certain of a patient: sex, the ages she may be (the upper one excluded), and whether she is a healthy volunteer."""

    sex: str | None = None
    youngest: float = float("-inf")
    oldest: float = float("inf")
    healthy: bool = False


Facet = tuple[int, int, str, str, int | None, bytes]
"""A record's place, its number, id and status, whether it takes healthy volunteers, and its conditions' numbers."""

_SEX = "(:sex <> 0 AND sure_sex <> 0 AND sure_sex <> :sex)"
_AGE = "(sure_from >= :oldest OR sure_below <= :youngest)"
_WELL = "(:healthy AND sure_ill)"
_BLOCK = 256  # leaves that are looked up at once: trials kept together use the same ones
_COLUMNS = "n, number, id, status, healthy, conditions"


class Shelf:
    """The tables beside the records, as matching reads them (see `matching.quick.Leaves`)."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._leaves: dict[int, tuple[int, int]] = {}

    def removed(self, gate: Gate) -> dict[str, int]:
        """How many records each certain exclusion takes away, the first one that does."""
        steps = f"CASE WHEN {_AGE} THEN 'age' WHEN {_SEX} THEN 'sex' WHEN {_WELL} THEN 'healthy volunteers' ELSE '' END"
        return dict(self._base.execute(f"SELECT {steps}, count(*) FROM facet GROUP BY 1", _values(gate)))

    def facets(self, gate: Gate | None) -> Iterator[Facet]:
        """The records that nothing certain excludes; every record without a gate."""
        where = f" WHERE NOT ({_AGE} OR {_SEX} OR {_WELL})" if gate else ""
        return self._base.execute(f"SELECT {_COLUMNS} FROM facet{where}", _values(gate or Gate()))

    def program(self, n: int) -> bytes:
        """The criteria of a record, ready to be judged."""
        (data,) = self._base.execute("SELECT program FROM compiled WHERE n = ?", (n,)).fetchone()
        return data  # type: ignore[no-any-return]

    def programs(self, numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """The criteria of many records, in the order of the file."""
        for n in sorted(numbers):
            yield n, self.program(n)

    def leaf(self, number: int) -> tuple[int, int]:
        """The numbers of a leaf's term (0 = none) and of its shape."""
        if number not in self._leaves:
            block = number - number % _BLOCK
            for n, term, shape in self._base.execute("SELECT n, term, shape FROM leaf WHERE n BETWEEN ? AND ?", (block, block + _BLOCK - 1)):
                self._leaves[n] = term, shape
        return self._leaves[number]

    def term(self, number: int) -> str:
        """The words of a term."""
        return self._term(number)[1]

    def shape(self, number: int) -> str:
        """The wording of a shape."""
        return str(self._base.execute("SELECT wording FROM shape WHERE n = ?", (number,)).fetchone()[0])

    def condition(self, number: int) -> TermInfo:
        """What the vocabulary made of a trial's condition."""
        _, text, known = self._term(number)
        return known_condition(text, known)

    def concepts(self, number: int) -> Iterator[tuple[str, str, Concept | None]]:
        """What the vocabulary made of a leaf's term: kind, wording and concept."""
        return self._concepts(*self._term(number))

    def excepted(self, kind: int, text: str) -> Iterator[tuple[str, str, Concept | None]]:
        """The same of a term that a leaf of this kind excepts."""
        found = self._base.execute("SELECT known FROM term WHERE kind = ? AND text = ?", (TERM_KIND[kind], text)).fetchone()
        return self._concepts(TERM_KIND[kind], text, found[0]) if found else iter(())

    @staticmethod
    def _concepts(kind: str, text: str, known: str) -> Iterator[tuple[str, str, Concept | None]]:
        if kind == "condition":
            yield kind, text, known_condition(text, known).concept
        elif kind == "allergy":
            yield from zip(("treatment", "condition"), (text, text), known_concepts(known), strict=True)
        elif known:
            yield kind, text, known_concepts(known)[0]

    @cached_property
    def size(self) -> int:
        """How many records there are."""
        return int(self._base.execute("SELECT count(*) FROM facet").fetchone()[0])

    def _term(self, number: int) -> tuple[str, str, str]:
        kind, text, known = self._base.execute("SELECT kind, text, known FROM term WHERE n = ?", (number,)).fetchone()
        return kind, text, known


def _values(gate: Gate) -> dict[str, object]:
    return {"sex": SEXES.get(gate.sex or "", 0), "youngest": gate.youngest, "oldest": gate.oldest, "healthy": int(gate.healthy)}


__all__ = ["Facet", "Gate", "Shelf"]
