"""What a library holds for one patient: records that nothing certain excludes, with their conditions and programs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from matcher.matching.programs import shape_in
from matcher.matching.ranking import TermInfo
from matcher.model.language import Leaf
from matcher.model.values import value
from matcher.storage.blocks import BITS, Blocks, Candidate, Records, Sure, most
from matcher.storage.index import SEXES, TERM_KIND, known_concepts, known_condition, known_disease
from matcher.storage.library import Library
from matcher.vocabulary import Concept


@value(frozen=True, slots=True)
class Gate:
    """What is certain of a patient: sex, the ages she may be (the upper one excluded), and whether she is a healthy volunteer."""

    sex: str | None = None
    youngest: float = float("-inf")
    oldest: float = float("inf")
    healthy: bool = False


_Known = tuple[str, str, Concept | None]
_GIVEN = "(SELECT value FROM json_each(:given))"


class Shelf:
    """The tables beside the records, as matching reads them (see `matching.quick.Rules`)."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._blocks = Blocks(base)
        self.rule, self.leaf = self._blocks.rule, self._blocks.leaf  # looked up by the ten thousand
        self._terms: dict[int, tuple[str, tuple[_Known, ...]]] = {}
        self._shapes: dict[tuple[int, int], tuple[Leaf, tuple[_Known, ...]]] = {}

    @contextmanager
    def still(self) -> Iterator[None]:
        """What is read inside stands as it is now, whatever is imported meanwhile."""
        self._blocks.renew()
        self._base.execute("BEGIN")
        try:
            yield
        finally:
            self._base.execute("ROLLBACK")  # nothing was written

    def conditions(self) -> dict[int, tuple[str, str]]:
        """Every condition that trials name, by its number: its words, and what the vocabulary made of them."""
        return {n: (text, known) for n, text, known in self._base.execute("SELECT n, text, known FROM term WHERE kind = 'condition'")}

    def condition(self, text: str) -> TermInfo | None:
        """What the vocabulary made of a condition; None where no trial names it."""
        found = self._base.execute("SELECT known FROM term WHERE kind = 'condition' AND text = ?", (text,)).fetchone()
        return known_condition(text, found[0]) if found else None

    def places(self, ids: Collection[str]) -> set[int]:
        """The numbers of records with these ids."""
        if not ids:
            return set()
        found = self._base.execute(f"SELECT n FROM facet JOIN record USING (number) WHERE record.id IN {_GIVEN}", {"given": json.dumps([*ids])})
        return {n for (n,) in found}

    @property
    def blocks(self) -> range:
        """The blocks that the records stand in."""
        return range((most(self._base, "facet") >> BITS) + 1)

    def records(self, block: int) -> Records:
        """The records of a block."""
        return self._blocks.records(block)

    def term(self, number: int) -> tuple[str, Sequence[_Known]]:
        """A term by its number: the words, and what the vocabulary made of them."""
        found = self._terms.get(number)
        if found is None:
            kind, text, known = self._blocks.term(number)
            found = self._terms[number] = text, tuple(self._concepts(kind, text, known))
        return found

    def shape(self, number: int, kind: int) -> tuple[Leaf, Sequence[_Known]]:
        """A shape by its number: the leaf, and what the vocabulary made of the terms it excepts."""
        found = self._shapes.get((number, kind))
        if found is None:
            leaf = shape_in(self._blocks.shape(number))
            excepted = (known for one in getattr(leaf, "other_than", ()) if one.term for known in self._excepted(kind, one.term))
            found = self._shapes[number, kind] = leaf, tuple(excepted)
        return found

    def _excepted(self, kind: int, text: str) -> Iterator[_Known]:
        found = self._base.execute("SELECT known FROM term WHERE kind = ? AND text = ?", (TERM_KIND[kind], text)).fetchone()
        return self._concepts(TERM_KIND[kind], text, found[0]) if found else iter(())

    @staticmethod
    def _concepts(kind: str, text: str, known: str) -> Iterator[_Known]:
        if kind == "condition":
            yield kind, text, known_disease(known)
        elif kind == "allergy":
            yield from zip(("treatment", "condition"), (text, text), known_concepts(known), strict=True)
        elif known:
            yield kind, text, known_concepts(known)[0]

    @property
    def size(self) -> int:
        """How many records there are."""
        return int(self._base.execute("SELECT count(*) FROM facet").fetchone()[0])


_SHELVES: WeakKeyDictionary[Library, Shelf] = WeakKeyDictionary()


def shelf_of(library: Library) -> Shelf:
    """The tables of a library: what was read of them for one patient serves the next."""
    if library not in _SHELVES:
        _SHELVES[library] = Shelf(library.base)
    return _SHELVES[library]


def excluded(gate: Gate, sure: Sure) -> str:
    """What certainly excludes a patient from a record: "age", "sex", "healthy volunteers" or nothing."""
    sex, start, below, ill = sure
    if start >= gate.oldest or below <= gate.youngest:
        return "age"
    if sex and gate.sex and sex != SEXES[gate.sex]:
        return "sex"
    return "healthy volunteers" if ill and gate.healthy else ""


__all__ = ["Candidate", "Gate", "Shelf", "excluded", "shelf_of"]
