"""A profile made ready to be judged: its wordings resolved once, its windows measured back from one day."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from matcher.matching.measured_findings import measured_in
from matcher.matching.named_results import named_results
from matcher.matching.readings import Reading, with_results
from matcher.matching.stages import hedged
from matcher.model.dates import PartialDate
from matcher.model.patterns import pattern_of
from matcher.model.profile import Answer, Lab, Profile, Score
from matcher.model.values import value
from matcher.vocabulary import (
    Concept,
    Measure,
    Relation,
    Told,
    Vocabulary,
    about,
    all_of,
    as_printed,
    asked_as,
    bounds,
    causes_in,
    headed,
    normal,
    operated,
    staged_name,
    understood,
    without_reaction,
)
from matcher.vocabulary.severities import severity_of

# What a list of allergies says where it has none.
_NO_ALLERGY = pattern_of(r"n\.?k\.?d?\.?a\.?|none(?: known)?|no (?:known )?(?:drug |medication |food |drug or food )?allerg(?:y|ies)(?: known)?|keine(?: bekannt)?", re.IGNORECASE)
_SIGNS = pattern_of(r"[<>≤≥=≠+−-](?:(?<=[<>≤≥=≠])[<>≤≥=≠]*|(?<![^\s(].)(?=\d))")  # of both kinds first the sign, which is looked for fast


@lru_cache(maxsize=1 << 14)
def spelled(text: str) -> tuple[str, ...]:
    """What makes two wordings the same one: their normalised words, and the signs of comparison and of numbers among them."""
    return (*_SIGNS.findall(text), *normal(text)) or (text.strip().casefold(),)


@value(frozen=True, slots=True)
class Resolved:
    """One entry of a profile's list with the concept its wording stands for; None where it was not understood.

    `also` are further concepts it is at once ("bronchoscopy with biopsy"); `exact` is false where the wording says
    more than the name, so that the entry is narrower than its concept. `perhaps` are causes that it names too, each with
    how far that reaches; `about`, of what was not understood or has a concept of which little is known, all that it may have
    to do with (None: anything).
    """

    entry: Any
    wording: str
    concept: Concept | None
    also: tuple[Concept, ...] = ()
    exact: bool = True
    perhaps: Told = ()
    about: Told | None = None


@value(frozen=True, slots=True)
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
    _kept: dict[Hashable, tuple[Any, ...]] = field(default_factory=dict)

    def answered(self, statement: str) -> bool | None:
        """What a person answered to a statement; None where nobody did, or where the answers contradict each other."""
        return self.answers.get(spelled(statement))

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

    def kept(self, name: Hashable, make: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
        """What `make` finds of the whole record, found once; while it is being found there is nothing of it."""
        if name not in self._kept:
            self._kept[name] = ()
            self._kept[name] = make()
        return self._kept[name]

    def has_kept(self, name: Hashable) -> bool:
        """Whether that was found before."""
        return name in self._kept

    def learn(self, kind: str, term: str, concept: Concept | None) -> None:
        """Take up what a term was found to stand for before, with this vocabulary."""
        self._terms.setdefault((kind, term), concept)


def resolve(vocabulary: Vocabulary, kind: str, wording: str) -> Concept | None:
    """The concept of a wording, also where it is a certain misspelling of one."""
    look: Callable[[str], Concept | None] = getattr(vocabulary, kind)
    return look(wording) or vocabulary.misspelt(kind, wording)


def prepare(profile: Profile, vocabulary: Vocabulary, as_of: date | None) -> Patient:
    """The profile, ready to be judged on `as_of`."""

    def all_of(kind: str, entries: Iterable[Any]) -> tuple[Resolved, ...]:
        return tuple(_resolved(vocabulary, kind, one, one.name) for one in entries)

    def condition(one: Any) -> Resolved:
        found = _graded(_as_named(vocabulary, _resolved(vocabulary, "condition", one, one.name)))
        return replace(found, concept=_as_detailed(vocabulary, found)) if found.entry.stage or found.entry.severity else found

    def allergy(one: Any) -> Resolved:
        drug = _resolved(vocabulary, "treatment", one, without_reaction(one.substance))
        return replace(drug, wording=one.substance) if drug.concept is not None else _resolved(vocabulary, "condition", one, one.substance)

    readings = _body(profile, vocabulary, profile.as_of or as_of)
    readings += [Reading(one, one.test, vocabulary.recorded_measure(one.test), "labs") for one in profile.labs]
    readings += [_score(one, vocabulary.recorded_measure(one.name)) for one in profile.scores]
    readings += measured_in(profile, vocabulary)
    conditions = tuple(map(condition, profile.conditions))
    going_on = ((one.wording, one.concept) for one in conditions if one.entry.status == "active" and one.concept is not None)
    readings += named_results(going_on, readings, vocabulary)
    return Patient(
        profile, as_of or profile.as_of, vocabulary,
        conditions, all_of("treatment", profile.medications),
        all_of("procedure", profile.procedures), tuple(allergy(one) for one in profile.allergies if not _NO_ALLERGY.fullmatch(one.substance.strip())),
        all_of("condition", profile.family_history), tuple(with_results(readings, vocabulary)),
        _answers(given_answers(profile, vocabulary)),
    )


def _score(one: Score, measure: Measure | None) -> Reading:
    return Reading(replace(one, value=as_printed(measure, one.value)), one.name, measure, "scores")


def later(patient: Patient, day: date) -> Patient:
    """The same patient with the same facts, judged on a later day."""
    return replace(patient, as_of=day, profile=replace(patient.profile, as_of=patient.facts_day))


def _resolved(vocabulary: Vocabulary, kind: str, entry: Any, wording: str) -> Resolved:
    if "?" in wording:
        return Resolved(entry, wording, None, exact=False, about=all_of(understood(vocabulary, kind, wording.replace("?", " "))) or None)
    exact = resolve(vocabulary, kind, wording)
    if exact is not None:
        return Resolved(entry, wording, exact, about=bounds(vocabulary, exact))
    found = operated(vocabulary, wording) if kind == "procedure" else understood(vocabulary, kind, wording)
    if not found:
        head, rest = headed(vocabulary, wording) if kind == "condition" else ((), ())
        if head:
            return Resolved(entry, wording, head[0], head[1:], exact=False, perhaps=(*rest, *causes_in(vocabulary, wording, head)))
        return Resolved(entry, wording, None, exact=False, about=about(vocabulary, kind, wording))
    perhaps = causes_in(vocabulary, wording, found) if kind == "condition" else ()
    return Resolved(entry, wording, found[0], found[1:], exact=False, perhaps=perhaps, about=bounds(vocabulary, found[0]) if len(found) == 1 else None)


def _as_named(vocabulary: Vocabulary, found: Resolved) -> Resolved:
    """A disease with the stage and the severity that its name holds, where none is recorded beside it: "COPD GOLD 3", "moderate asthma"."""
    entry = found.entry
    named = None if entry.stage or entry.severity or "?" in found.wording else staged_name(found.wording)
    if named is None:
        return _as_spread(vocabulary, found)
    rest = _resolved(vocabulary, "condition", entry, named.rest)
    if rest.concept is None or rest.also or (found.exact and found.concept is not None and vocabulary.relation(found.concept, rest.concept) not in (Relation.SAME, Relation.NARROWER)):
        return found
    if not found.exact and found.concept is not None and (found.also or vocabulary.relation(found.concept, rest.concept) not in (Relation.SAME, Relation.BROADER)):
        return found  # the stage or the severity is that of another part of the name: "severe asthma exacerbation"
    told = replace(entry, stage=named.stage or None, severity=named.severity or None)
    return replace(found, entry=told) if found.exact else replace(rest, entry=told, wording=found.wording)


_METASTATIC = "metastatic "


def _as_spread(vocabulary: Vocabulary, found: Resolved) -> Resolved:
    """A cancer that is metastatic by its name, of the fourth stage where that is the same: no stage I to III breast cancer is metastatic."""
    entry, label = found.entry, found.concept.label if found.concept is not None and found.exact else ""
    if entry.stage or not label.startswith(_METASTATIC) or vocabulary.curated("condition", f"stage iv {label.removeprefix(_METASTATIC)}") != found.concept:
        return found
    return replace(found, entry=replace(entry, stage="IV"))


def _graded(found: Resolved) -> Resolved:
    """A disease with the severity that its recorded stage stands for, where no other is recorded."""
    entry = found.entry
    if found.concept is None or not entry.stage or entry.severity or hedged(entry.stage):
        return found
    severity = severity_of(found.concept.label, entry.stage)
    return replace(found, entry=replace(entry, severity=severity)) if severity else found


def _as_detailed(vocabulary: Vocabulary, found: Resolved) -> Concept | None:
    """The concept that a disease of its recorded stage and severity is: a breast cancer of stage IV is a metastatic one."""
    if found.concept is None:
        return None
    stage = re.sub(r"^(?:stage|class|grade)\s+", "", (found.entry.stage or "").strip(), flags=re.IGNORECASE)
    severity = (found.entry.severity or "").strip()
    for detail in (*((f"stage {stage}", f"class {stage}") if stage else ()), *((severity,) if severity else ())):
        named = vocabulary.curated("condition", f"{detail} {found.concept.label}")
        if named is not None and vocabulary.relation(named, found.concept) is Relation.NARROWER:
            return named
    return found.concept


def _body(profile: Profile, vocabulary: Vocabulary, day: date | None) -> list[Reading]:
    """Weight and height as values of the day the facts describe."""
    when = PartialDate(day, day) if day else None
    found: list[Reading] = []
    for name, number, unit in (("body weight", profile.weight_kg, "kg"), ("height", profile.height_cm, "cm")):
        if number is not None:
            found.append(Reading(Lab(test=name, value=number, unit=unit, date=when), name, vocabulary.measure(name), "profile"))
    return found


def given_answers(profile: Profile, vocabulary: Vocabulary) -> list[Answer]:
    """The recorded answers, each of them also to the statement by which the vocabulary knows its wording."""
    found = list(profile.answers)
    for one in profile.answers:
        asked = asked_as(one.statement, vocabulary)
        if asked is not None and asked.label != one.statement:
            found.append(replace(one, statement=asked.label, holds=one.holds is asked.holds))
    return found


def _answers(given: Sequence[Answer]) -> dict[tuple[str, ...], bool]:
    """Statements with their answer: the later one of two that differ, none where that is not certain."""
    held: dict[tuple[str, ...], list[Answer]] = {}
    for one in given:
        held.setdefault(spelled(one.statement), []).append(one)
    found = ((key, _latest_answer(answers)) for key, answers in held.items())
    return {key: holds for key, holds in found if holds is not None}


def _latest_answer(answers: Sequence[Answer]) -> bool | None:
    if len({one.holds for one in answers}) == 1:
        return answers[0].holds
    dated = [(one.date, one.holds) for one in answers if one.date is not None]
    if len(dated) < len(answers):
        return None
    newest = max(day.first for day, _ in dated)
    last = {holds for day, holds in dated if day.last >= newest}
    return last.pop() if len(last) == 1 else None
