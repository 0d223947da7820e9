"""Germs that were not found: how small a number that is at most, and which infections such a result says are over."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from matcher.vocabulary.concepts import table
from matcher.vocabulary.measures import Measure


@cache
def _table() -> dict[str, Fraction]:
    return {one: Fraction(below) for one, below, _ in table("undetected.tsv")}


def detected_from(measure: Measure | None) -> Fraction | None:
    """The number, in the measure's own unit, below which a result is "not detected"; None where that is no number."""
    return _table().get(measure.id) if measure is not None else None


@cache
def refuted() -> tuple[tuple[str, str], ...]:
    """Infections, each with the check that says that they do not go on."""
    return tuple((label, check) for label, check, *_ in table("refuted.tsv"))
