"""Conditions that pass: how long one is there where no end of it is recorded."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.vocabulary import Vocabulary

_LASTS = "-"


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
    above = (vocabulary.condition(label) for label in vocabulary.kinds(concept))
    found = (passing(vocabulary, one) for one in above if one is not None)
    return next((one for one in found if one is not None), None)
