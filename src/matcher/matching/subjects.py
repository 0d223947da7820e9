"""What a trial is about: the conditions of its record, else those that they or its title name, else what its criteria ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from matcher.matching.compiled import checked
from matcher.matching.patient import resolve
from matcher.model.language import Check, Condition, Not
from matcher.model.patterns import later
from matcher.model.trees import children
from matcher.model.trial import Trial
from matcher.vocabulary import Relation, conditions_in, kinds_above, load


class Subjects(NamedTuple):
    """The conditions that a trial is about, and what told them where it is not the record's list alone."""

    conditions: list[str]
    told_by: str = ""


def subjects_of(trial: Trial) -> Subjects:
    """The record's conditions, each with its kinds that the title names; where none is understood, with those named inside them or in the title; else what is asked for."""
    listed = [part for one in trial.conditions for part in _each(one)]
    if any(map(_understood, listed)):
        title = trial.title or trial.official_title or ""
        return Subjects(list(dict.fromkeys(_of_kinds(one, title) for one in listed)))
    texts = (*trial.conditions, trial.title or trial.official_title or "")
    named = [one for text in texts for one in conditions_in(load(), text)]
    if named:
        return Subjects(list(dict.fromkeys((*trial.conditions, *named))), "by its title" if not trial.conditions else "by what its conditions or its title name")
    return Subjects(trial.conditions) if trial.conditions else Subjects(_asked_for(trial), "by its criteria")


def conditions_of(trial: Trial) -> list[str]:
    """The conditions that a trial is about."""
    return subjects_of(trial).conditions


# People who have nothing, in the words of a condition: "Healthy Volunteers", "Normal adult subjects, healthy".
_HEALTHY = later(
    r"(?=.*(?:healthy|normal volunteer))(?:(?:healthy|normal|apparently|adults?|volunteers?|subjects?|participants?|controls?|people|persons?|individuals?|humans?|donors?|population|"
    r"m[ae]n|wom[ae]n|males?|females?|elderly|older|young|infants?|children|athletes|japanese|chinese|korean|caucasian|and|or|no evidence of disease)\W*)+", re.IGNORECASE
)


@lru_cache(maxsize=1 << 14)
def of_healthy(text: str) -> bool:
    """Whether a condition only says that people are healthy: nobody has it beside a disease."""
    return _HEALTHY.fullmatch(text.strip()) is not None


def takes_healthy(trial: Trial) -> bool:
    """Whether a trial takes healthy volunteers: as its record says, else where they are what it is about."""
    return trial.healthy_volunteers if trial.healthy_volunteers is not None else any(map(of_healthy, trial.conditions))


_LISTING = later(r"\s*(?:[,;/&]|\band/or\b|\band\b|\bor\b)\s*", re.IGNORECASE)


@lru_cache(maxsize=1 << 14)
def _each(text: str) -> tuple[str, ...]:
    """The conditions of a wording that lists several of them: "glaucoma and ocular hypertension"."""
    if resolve(load(), "condition", text) is not None:
        return (text,)
    parts = [part for part in _LISTING.split(text) if part]
    return tuple(parts) if all(resolve(load(), "condition", part) is not None for part in parts) else (text,)


_KINDS, _AND = ", by its title ", "; "
# "HER2-positive and triple-negative breast cancer": a kind whose name is not said in full.
_IN_PART = later(r"(?:positive|negative|early|advanced|metastatic|recurrent|(?:in)?operable|resectable|stage \w+|[+-])\W{0,2}(?:\s*[,/&]|\s+(?:and|or|and/or|to|versus|vs\.?)\s)", re.IGNORECASE)


def _of_kinds(text: str, title: str) -> str:
    """A condition with the kinds of it that a title names in its place: breast cancer of a trial in "triple-negative breast cancer"."""
    concept = resolve(load(), "condition", text) if title else None
    if concept is None:
        return text
    named = [one for label in _named_in(title) if (one := load().curated("condition", label)) is not None]
    stands = {one.label: load().relation(one, concept) for one in named}
    kinds = [label for label, relation in stands.items() if relation is Relation.NARROWER]
    plain = Relation.SAME in stands.values() or _IN_PART.search(title) is not None
    return f"{text}{_KINDS}{_AND.join(kinds)}" if kinds and not plain else text


@lru_cache(maxsize=256)
def _named_in(title: str) -> tuple[str, ...]:
    return conditions_in(load(), title)


def kinds_in(text: str) -> tuple[str, tuple[str, ...]]:
    """A condition that a trial is about apart from those kinds of it that its title names."""
    name, _, kinds = text.partition(_KINDS)
    return name, tuple(kinds.split(_AND)) if kinds else ()


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


__all__ = ["Subjects", "conditions_of", "kinds_in", "of_healthy", "subjects_of", "takes_healthy"]
