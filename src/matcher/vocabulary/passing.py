"""Conditions that pass, and how long one is there where no end of it is recorded; those that everybody has had; those that no healthy volunteer has."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from matcher.model.patterns import later
from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.places import data_file
from matcher.vocabulary.vocabulary import Vocabulary

_LASTS = "-"
# Words by which a disease that is not curated lasts, whatever it is a kind of.
_LASTING = later(r"chronic|congenital|hereditary|familial|inherited|genetic|deficiency|linked|autosomal|autoimmune|syndrome|sclerosing", re.IGNORECASE)


class Passing(NamedTuple):
    """After how many days a condition is usually over, and the disease of which it is an episode ("" = of none)."""

    days: int
    of: str = ""


@cache
def _table() -> dict[str, Passing | None]:
    rows = ((label, days, "".join(of)) for label, days, *of in table("passing.tsv"))
    return {label: None if days == _LASTS else Passing(int(days), of) for label, days, of in rows}


@cache
def passing(vocabulary: Vocabulary, concept: Concept) -> Passing | None:
    """How a condition passes, as its own row says or that of a broader one; None where it lasts, or is not known to pass."""
    known = _table()
    if concept.label in known:
        return known[concept.label]
    above = (vocabulary.condition(label) for label in vocabulary.kinds(concept) or _wide(vocabulary, concept))
    found = (passing(vocabulary, one) for one in above if one is not None)
    return next((one for one in found if one is not None), None)


def _wide(vocabulary: Vocabulary, concept: Concept) -> list[str]:
    """The conditions of the table above one that is not curated itself."""
    if vocabulary.curated("condition", concept.label) is not None or _LASTING.search(concept.label):
        return []
    return sorted(label for label in vocabulary.broader(concept) if label in _table())


@cache
def _everyday() -> frozenset[str]:
    lines = data_file("everyday.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def everyday(vocabulary: Vocabulary, concept: Concept) -> bool:
    """Whether a condition is one that nearly everybody has had at some time, and that leaves nothing behind."""
    return not _everyday().isdisjoint(vocabulary.lineage(concept))


@cache
def _health(kind: str) -> frozenset[str]:
    return frozenset(label for of, labels in table("not_healthy.tsv") if of == kind for label in labels.split("|"))


def not_healthy(vocabulary: Vocabulary, concept: Concept) -> bool:
    """Whether nobody who has a condition is a healthy volunteer; of any other it is open."""
    above = vocabulary.lineage(concept)
    return not _health("ill").isdisjoint(above) and _health("well").isdisjoint(above)


@cache
def _operations() -> dict[str, frozenset[str]]:
    rows = [tuple(row[:2]) for row in table("removed.tsv")]
    return {label: frozenset(operation for of, operation in rows if of == label) for label, _ in rows}


def removed_by(condition: str) -> frozenset[str]:
    """The operations that remove a condition, by its label."""
    return _operations().get(condition, frozenset())
