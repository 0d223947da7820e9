"""Criteria read in step: each stage of reading for all of them before the next, so that what a stage needs is at hand for all.

A reading is a generator that pauses between its stages. What one stage runs through, its rules, patterns and tables, is
more than a processor keeps close by for all stages together.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TypeVar

Made = TypeVar("Made")
InStages = Generator[None, None, Made]


def alone(work: InStages[Made]) -> Made:
    """What a work in stages makes, one stage right after the other."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def in_step(works: Iterable[InStages[Made]]) -> list[Made]:
    """What several works make, each stage for all of them before the next."""
    going = list(enumerate(works))
    made: dict[int, Made] = {}
    while going:
        going = [(place, work) for place, work in going if not _ended(work, place, made)]
    return [made[place] for place in sorted(made)]


def _ended(work: InStages[Made], place: int, made: dict[int, Made]) -> bool:
    """Go through the next stage; whether it was the last."""
    try:
        next(work)
    except StopIteration as end:
        made[place] = end.value
        return True
    return False
