"""The table of measures: laboratory values, vital signs, biomarkers and scores, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Measure:
    """A laboratory value, vital sign, biomarker or score, with all that reading, forms and matching ask of it."""

    id: str
    label: str
    kind: str
    unit: str
    low: Fraction
    high: Fraction
    shelf_days: int | None
    uln: tuple[Fraction, Fraction] | None
    lln: tuple[Fraction, Fraction] | None
    answer: str
    question: str
    order: tuple[str, ...]
    profile_key: str


def load_measures() -> tuple[Measure, ...]:
    """Every measure of the table, in the table's order."""
    return ()


def measure_aliases() -> Mapping[tuple[str, ...], str]:
    """Normal words of every label and alias, and the id of the measure they name."""
    return {}
