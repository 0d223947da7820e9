"""What a newer fact says of a recorded grade or value, and what a test says against a recorded "no"."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.vocabulary.concepts import table


class Bounded(NamedTuple):
    """Between which grades or numbers a measure lies where the check (canonical wording) holds."""

    least: str
    most: str
    check: str


@cache
def _bounded() -> dict[str, tuple[Bounded, ...]]:
    found: dict[str, tuple[Bounded, ...]] = {}
    for measure, least, most, check, *_ in table("overtaken.tsv"):
        found[measure] = (*found.get(measure, ()), Bounded(least, most, check))
    return found


def bounded_by(measure: str) -> tuple[Bounded, ...]:
    """The facts of other measures and diseases that bound a measure, by its id."""
    return _bounded().get(measure, ())


@cache
def proofs() -> dict[str, tuple[str, ...]]:
    """The checks that speak against a recorded "no", by what is denied: "pregnant no", "smoking never", a condition's label."""
    found: dict[str, tuple[str, ...]] = {}
    for denied, check, *_ in table("proofs.tsv"):
        found[denied] = (*found.get(denied, ()), check)
    return found
