"""What would have to be otherwise for a criterion's verdict to be another: single facts, and the day a window ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from matcher.matching import truth as t
from matcher.matching.evaluate import evaluate
from matcher.matching.margins import Margin, margins
from matcher.matching.patient import Patient, later
from matcher.matching.verdicts import judge_check
from matcher.model.language import Check, Leaf, Not
from matcher.model.trees import leaves, with_leaf
from matcher.model.values import value
from matcher.model.verdict import Evidence, Verdict

_MOST = 60  # leaves of a check: each is turned over, and all are judged again


@value(frozen=True, slots=True)
class Turn:
    """One fact that would turn a verdict: the leaf, whether it holds now, what the verdict would become, and how far off it is."""

    leaf: Leaf
    holds: bool
    becomes: Verdict
    margins: tuple[Margin, ...]
    evidence: tuple[Evidence, ...]
    clears: tuple[date, ...]


def turns(check: Check, kind: str, patient: Patient, *, narrow: bool = False) -> Iterator[Turn]:
    """The facts each of which alone would give the criterion another verdict, if it were the opposite of what is recorded.

    With `narrow`, only numbers that lie close to their limits.
    """
    now, every = judge_check(check, kind, patient).verdict, list(leaves(check))
    for place, leaf in enumerate(every if len(every) <= _MOST else ()):
        numbers = margins(leaf, patient)
        if narrow and not any(one.narrow for one in numbers):
            continue
        found = evaluate(leaf, patient)
        if not t.decided(found.truth) or found.truth == t.CONCERNS_NOT:
            continue
        becomes = judge_check(with_leaf(check, place, Not(leaf)), kind, patient).verdict
        if becomes is not now:
            holds = found.truth == t.HOLDS
            yield Turn(leaf, holds, becomes, _deciding(numbers, holds), found.evidence, found.clears)


def _deciding(found: Sequence[Margin], holds: bool) -> tuple[Margin, ...]:
    """The limits that are kept where the leaf holds, those that are not where it does not."""
    return tuple(one for one in found if one.kept == holds)


def turning_day(check: Check, kind: str, patient: Patient, clears: Sequence[date]) -> tuple[date, Verdict] | None:
    """The first of these days on which the criterion no longer excludes, and its verdict then."""
    for day in sorted({day for day in clears if patient.as_of is not None and day > patient.as_of}):
        found = judge_check(check, kind, later(patient, day)).verdict
        if found is not Verdict.FAIL:
            return day, found
    return None


__all__ = ["Turn", "turning_day", "turns"]
