"""What a library holds for one patient: records that nothing certain excludes, with their conditions and programs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from matcher.matching.programs import packed
from matcher.matching.ranking import TermInfo
from matcher.model.values import value
from matcher.storage.index import SEXES, TERM_KIND, known_concepts, known_condition, known_disease
from matcher.vocabulary import Concept


@value(frozen=True, slots=True)
class Gate:
    """What is certain of a patient: sex, the ages she may be (the upper one excluded), and whether she is a healthy volunteer."""

    sex: str | None = None
    youngest: float = float("-inf")
    oldest: float = float("inf")
    healthy: bool = False


Facet = tuple[int, str, int | None, bytes]
"""A record's place, what certainly excludes ("" = nothing), whether it takes healthy volunteers, and its conditions' numbers."""
Candidate = tuple[int, int, str, str, bytes]
"""A record's place, its number, id and status, and its program."""

_SEX = "(:sex <> 0 AND sure_sex <> 0 AND sure_sex <> :sex)"
_AGE = "(sure_from >= :oldest OR sure_below <= :youngest)"
_WELL = "(:healthy AND sure_ill)"
_REMOVED = f"CASE WHEN {_AGE} THEN 'age' WHEN {_SEX} THEN 'sex' WHEN {_WELL} THEN 'healthy volunteers' ELSE '' END"
_AT_ONCE = 500  # conditions in one question: the database takes a thousand
_GIVEN = "(SELECT value FROM json_each(:given))"
_EACH = "json_each(:given) AS given CROSS JOIN"  # each number looked up as it comes, which is quicker than by IN


class Shelf:
    """The tables beside the records, as matching reads them (see `matching.quick.Rules`)."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def conditions(self) -> Iterator[tuple[int, str, str]]:
        """Every condition that trials are about: its number, its words, and what the vocabulary made of them."""
        return self._base.execute("SELECT n, text, known FROM term WHERE EXISTS (SELECT 1 FROM about WHERE term = term.n)")

    def condition(self, text: str) -> TermInfo | None:
        """What the vocabulary made of a condition; None where no trial names it."""
        found = self._base.execute("SELECT known FROM term WHERE kind = 'condition' AND text = ?", (text,)).fetchone()
        return known_condition(text, found[0]) if found else None

    def facets(self, gate: Gate) -> Iterator[Facet]:
        """Every record."""
        return self._base.execute(f"SELECT n, {_REMOVED}, healthy, conditions FROM facet", _values(gate))

    def facets_about(self, gate: Gate, terms: Collection[int], *, healthy: bool) -> Iterator[Facet]:
        """The records about any of these conditions that nothing certain excludes, and with `healthy` those that take healthy volunteers."""
        some = "OR healthy" if healthy else ""
        where = f"(n IN (SELECT n FROM about WHERE term IN {_GIVEN}) {some}) AND {_REMOVED} = ''"
        return self._base.execute(f"SELECT n, '', healthy, conditions FROM facet WHERE {where} ORDER BY n", {**_values(gate), "given": json.dumps([*terms])})

    def places(self, ids: Collection[str]) -> set[int]:
        """The places of records with these ids."""
        if not ids:
            return set()
        found = self._base.execute(f"SELECT n FROM facet JOIN record USING (number) WHERE record.id IN {_GIVEN}", {"given": json.dumps([*ids])})
        return {n for (n,) in found}

    def candidates(self, places: Iterable[int]) -> list[Candidate]:
        """The records at these places, in their order."""
        return self._given("SELECT facet.n, number, facet.id, status, rules FROM {} facet ON facet.n = given.value JOIN program ON program.n = facet.n", sorted(places))

    def marked(self, places: Iterable[int], marks: Sequence[int]) -> set[int]:
        """Those of these records that hold any of these marks of words (or, by a rare chance, seem to)."""
        held = [f"instr(marks, x'{packed([one]).hex()}')" for one in marks]
        parts = (" OR ".join(held[at : at + _AT_ONCE]) for at in range(0, len(held), _AT_ONCE))
        return {n for part in parts for (n,) in self._given(f"SELECT n FROM {{}} program ON n = given.value WHERE {part}", places)}

    def rules(self, numbers: Iterable[int]) -> list[tuple[int, bytes]]:
        """Rules by their numbers."""
        return self._given("SELECT n, code FROM {} rule ON n = given.value", numbers)

    def leaves(self, numbers: Iterable[int]) -> list[tuple[int, int, int]]:
        """Leaves by their numbers: the numbers of their term (0 = none) and of their shape."""
        return self._given("SELECT n, term, shape FROM {} leaf ON n = given.value", numbers)

    def terms(self, numbers: Iterable[int]) -> Iterator[tuple[int, str, tuple[tuple[str, str, Concept | None], ...]]]:
        """Terms by their numbers: the words, and what the vocabulary made of them."""
        for n, kind, text, known in self._given("SELECT n, kind, text, known FROM {} term ON n = given.value", numbers):
            yield n, text, tuple(self._concepts(kind, text, known))

    def shapes(self, numbers: Iterable[int]) -> list[tuple[int, str]]:
        """Shapes by their numbers: their wordings."""
        return self._given("SELECT n, wording FROM {} shape ON n = given.value", numbers)

    def excepted(self, kind: int, text: str) -> Iterator[tuple[str, str, Concept | None]]:
        """What the vocabulary made of a term that a leaf of this kind excepts."""
        found = self._base.execute("SELECT known FROM term WHERE kind = ? AND text = ?", (TERM_KIND[kind], text)).fetchone()
        return self._concepts(TERM_KIND[kind], text, found[0]) if found else iter(())

    @staticmethod
    def _concepts(kind: str, text: str, known: str) -> Iterator[tuple[str, str, Concept | None]]:
        if kind == "condition":
            yield kind, text, known_disease(known)
        elif kind == "allergy":
            yield from zip(("treatment", "condition"), (text, text), known_concepts(known), strict=True)
        elif known:
            yield kind, text, known_concepts(known)[0]

    @cached_property
    def size(self) -> int:
        """How many records there are."""
        return int(self._base.execute("SELECT count(*) FROM facet").fetchone()[0])

    def _given(self, question: str, numbers: Iterable[int]) -> list[tuple[Any, ...]]:
        return self._base.execute(question.format(_EACH), {"given": json.dumps([*numbers])}).fetchall()


def _values(gate: Gate) -> dict[str, object]:
    return {"sex": SEXES.get(gate.sex or "", 0), "youngest": gate.youngest, "oldest": gate.oldest, "healthy": int(gate.healthy)}


__all__ = ["Candidate", "Facet", "Gate", "Shelf"]
