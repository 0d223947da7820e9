"""A profile made ready to be judged: its wordings resolved once, its windows measured back from one day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matcher.model.profile import Profile
from matcher.vocabulary import Concept, Measure, Vocabulary, normal


@dataclass(frozen=True, slots=True)
class Resolved:
    """One entry of a profile's list with the concept its wording stands for; None where it was not understood."""

    entry: Any
    wording: str
    concept: Concept | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured value of a profile with the measure its wording stands for."""

    entry: Any
    wording: str
    measure: Measure | None
    list: str


@dataclass(frozen=True, slots=True)
class Patient:
    """A profile, the day its windows are measured back from, and its entries resolved through a vocabulary."""

    profile: Profile
    as_of: date | None
    vocabulary: Vocabulary
    conditions: tuple[Resolved, ...]
    medications: tuple[Resolved, ...]
    procedures: tuple[Resolved, ...]
    allergies: tuple[Resolved, ...]
    relatives: tuple[Resolved, ...]
    readings: tuple[Reading, ...]
    answers: dict[tuple[str, ...], bool]
    _terms: dict[tuple[str, str], Concept | None] = field(default_factory=dict)

    @property
    def facts_day(self) -> date | None:
        """The day the facts describe: shelf lives are measured from it, whatever day the windows are moved to."""
        return self.profile.as_of or self.as_of

    def concept(self, kind: str, term: str) -> Concept | None:
        """What a criterion's term stands for (kind "condition", "treatment" or "procedure"), certain misspellings included."""
        key = (kind, term)
        if key not in self._terms:
            self._terms[key] = resolve(self.vocabulary, kind, term)
        return self._terms[key]


def resolve(vocabulary: Vocabulary, kind: str, wording: str) -> Concept | None:
    """The concept of a wording, also where it is a certain misspelling of one."""
    look: Callable[[str], Concept | None] = getattr(vocabulary, kind)
    return look(wording) or vocabulary.misspelt(kind, wording)


def prepare(profile: Profile, vocabulary: Vocabulary, as_of: date | None) -> Patient:
    """The profile, ready to be judged on `as_of`."""

    def all_of(kind: str, entries: Iterable[Any], key: str = "name") -> tuple[Resolved, ...]:
        return tuple(Resolved(one, getattr(one, key), resolve(vocabulary, kind, getattr(one, key))) for one in entries)

    def allergy(one: Any) -> Resolved:
        concept = resolve(vocabulary, "treatment", one.substance) or resolve(vocabulary, "condition", one.substance)
        return Resolved(one, one.substance, concept)

    readings = [Reading(one, one.test, vocabulary.measure(one.test), "labs") for one in profile.labs]
    readings += [Reading(one, one.name, vocabulary.measure(one.name), "scores") for one in profile.scores]
    return Patient(
        profile, as_of or profile.as_of, vocabulary,
        all_of("condition", profile.conditions), all_of("treatment", profile.medications),
        all_of("procedure", profile.procedures), tuple(allergy(one) for one in profile.allergies),
        all_of("condition", profile.family_history), tuple(readings),
        {normal(one.statement): one.holds for one in profile.answers},
    )
