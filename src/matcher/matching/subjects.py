"""What a trial is about: the conditions of its record, else those that they or its title name, else what its criteria ask for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from matcher.matching.compiled import checked
from matcher.matching.patient import resolve
from matcher.model.language import Check, Condition, Not
from matcher.model.trees import children
from matcher.model.trial import Trial
from matcher.vocabulary import conditions_in, kinds_above, load


class Subjects(NamedTuple):
    """The conditions that a trial is about, and what told them where it is not the record's list alone."""

    conditions: list[str]
    told_by: str = ""


def subjects_of(trial: Trial) -> Subjects:
    """The record's conditions; where none of them is understood, with those named inside them or in the title; else what is asked for."""
    if any(map(_understood, trial.conditions)):
        return Subjects(trial.conditions)
    texts = (*trial.conditions, trial.title or trial.official_title or "")
    named = [one for text in texts for one in conditions_in(load(), text)]
    if named:
        return Subjects(list(dict.fromkeys((*trial.conditions, *named))), "by its title" if not trial.conditions else "by what its conditions or its title name")
    return Subjects(trial.conditions) if trial.conditions else Subjects(_asked_for(trial), "by its criteria")


def conditions_of(trial: Trial) -> list[str]:
    """The conditions that a trial is about."""
    return subjects_of(trial).conditions


@lru_cache(maxsize=1 << 14)
def _understood(text: str) -> bool:
    return resolve(load(), "condition", text) is not None or bool(kinds_above(load(), "condition", text))


def _asked_for(trial: Trial) -> list[str]:
    found = [
        leaf.term for criterion in trial.criteria if criterion.kind == "inclusion" and not criterion.group
        for leaf in _wanted(checked(criterion)) if isinstance(leaf, Condition)
    ]
    return list(dict.fromkeys(found))


def _wanted(check: Check) -> Iterator[Check]:
    """The leaves of what is asked for: what must not be there is nothing that a trial is about."""
    if isinstance(check, Not):
        return
    parts = children(check)
    if not parts:
        yield check
    for part in parts:
        yield from _wanted(part)


__all__ = ["Subjects", "conditions_of", "subjects_of"]
