"""Procedures: what was done, in the window and with the finding that the criterion says, and what of it still goes on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from matcher.matching import truth as t
from matcher.matching.articles import with_article
from matcher.matching.elsewhere import doubtful, procedures_elsewhere
from matcher.matching.entries import (
    APART,
    SATISFIED,
    Closure,
    Part,
    Tested,
    concept_part,
    covers,
    denies,
    judge,
    relevant,
)
from matcher.matching.finding import Finding
from matcher.matching.findings import finding_part, of_the_last
from matcher.matching.parts import asked_since, days_of, exempt_part, window_part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.people import of_its_mother, of_other_sex
from matcher.matching.periods import Period, period
from matcher.matching.speaking import spoken_for
from matcher.matching.states import described, state_part, timed
from matcher.matching.still import taken_away
from matcher.matching.words import capital, having_now, listed, when, window_words
from matcher.model.dates import PartialDate
from matcher.model.language import Procedure
from matcher.model.patterns import later
from matcher.model.verdict import Evidence, Question
from matcher.vocabulary import Concept

_RESULT = later(r"(?:with|showing|demonstrating|revealing|suggesti(?:ve|ng)|suspicious|consistent|compatible|patholog|abnormal|positive|significant)", re.IGNORECASE)
_UNSUSPICIOUS = frozenset(("normal", "negative", "unremarkable", "benign", "clear"))


def _to_be_asked(leaf: Procedure, patient: Patient, asked: Concept | None) -> bool:
    """Whether what was not done says nothing of what is asked: of a test, or of an examination that is to be without a finding."""
    return (asked is not None and patient.vocabulary.a_test(asked)) or any(one.casefold() in _UNSUSPICIOUS for one in leaf.findings)


def judge_procedure(leaf: Procedure, patient: Patient) -> Finding:
    """Whether the procedure was done, in the window and with the finding the leaf says."""
    asked = patient.concept("procedure", leaf.term)
    label = asked.label if asked else leaf.term
    done = [one for one in patient.procedures if one.entry.status != "absent"]
    tested = [_test_procedure(leaf, patient, one, asked, label) for one in done]
    tested += [doubtful(_test_procedure(leaf, patient, one.one, asked, label), one, "procedures") for one in procedures_elsewhere(patient)]
    seen = bool(relevant(tested))
    tested = tested if seen else spoken_for(patient, "procedure", asked, leaf.window)
    found = f"{window_words(leaf.window)}{f' showing {listed(leaf.findings)}' if leaf.findings else ''}"
    text = having_now(label) if leaf.current else f"Has the patient had {with_article(label)}{found}?"
    said = f"{'current ' if leaf.current else ''}{described(listed(leaf.states), label)}{found}"
    question = Question("procedures", label, "yesno", None, text, asked_since(patient, leaf.window, now=leaf.current))
    closure = Closure(False) if (leaf.findings or any(map(_RESULT.match, leaf.states))) and not seen and _to_be_asked(leaf, patient, asked) else _procedure_closure(leaf, patient, asked)
    if seen and leaf.findings and all(map(of_the_last, leaf.findings)):
        tested, closure = _the_last(tested), replace(closure, once=True)
    return judge(tested, closure, question, said, patient)


_WHOLE_DAY = len("2026-11-21")


def _the_last(tested: list[Tested]) -> list[Tested]:
    """Of examinations that tell how the patient is, the last; all of them where a day is not recorded."""
    days = [one.evidence.date or "" for one in tested if one is not APART]
    return [one for one in tested if one is not APART and one.evidence.date == max(days)] if days and all(len(day) == _WHOLE_DAY for day in days) else tested


def _test_procedure(leaf: Procedure, patient: Patient, one: Resolved, asked: Concept | None, label: str) -> Tested:
    entry = one.entry
    concept = concept_part(patient, one, "procedure", leaf.term, asked)
    if concept.truth == t.VIOLATED:
        return APART
    if concept.truth == t.HOLDS and of_its_mother(patient, one.wording, one.concept) and not of_its_mother(patient, leaf.term, asked):
        concept = Part(t.OPEN, "ambiguous", "in the record of a small child it is what was done to its mother")
    fact = Evidence("procedures: " + one.wording, entry.finding or entry.status, None, str(entry.date) if entry.date else None)
    shown = f"{one.wording}{when(entry.date)}" + (f" ({entry.finding})" if entry.finding else "")
    until = entry.until or _end(entry, label, one)
    during = _during(entry, until, patient.as_of) if patient.as_of else None
    parts = (
        concept,
        state_part(patient, timed(leaf.states, leaf.window), label),
        exempt_part(patient, one, "procedure", leaf.other_than, until, True, asked),
        window_part(patient, leaf.window, during),
        finding_part(patient, leaf.findings, entry.finding, label),
        _current_part(patient, one, label) if leaf.current else _still_part(leaf, patient, one, label),
    )
    return Tested(parts, shown, fact)


# Treatments that go on for a time, and those given as a course: what is recorded of one without an end may still go on.
_GOES_ON = later(
    r"dialysis|renal replacement|filtration|ventilation|cpap|oxygen|ecmo|circulatory support|intubation|nutrition|feeding"
    r"|plasma exchange|pheresis|immunoadsorption|insulin pump|catheter$|chest tube|hospitali", re.IGNORECASE,
)  # fmt: skip
_COURSE = later(r"phototherapy|puva|psychotherapy|counsel|behavio\w+ therapy|physiotherapy|rehabilitation|exercise|training|massage|electroconvulsive", re.IGNORECASE)
_STAYS = later(r"intrauterine device", re.IGNORECASE)  # put in on a day, and used until it is taken out
_RADIATION = later(r"radio(?:chemo)?therapy|irradiation|proton therapy", re.IGNORECASE)
_LONGEST_RADIATION = timedelta(days=120)
# What is said of a date that is itself the end.
_LAST = later(r"\b(?<!not )(?:last|final|single|complet(?:ed|ion)|ended|finished|end of)\b", re.IGNORECASE)


def _during(entry: Any, until: PartialDate | None, as_of: date) -> Period:
    """From its day to its end; what has no recorded end may go on beyond the day itself."""
    found = period(entry.date, until, ongoing=False, as_of=as_of)
    if entry.date is None or entry.until is not None or until == entry.date:
        return found
    return Period(found.begins, PartialDate(entry.date.first, until.last if until else date.max))


def _end(entry: Any, label: str, one: Resolved) -> PartialDate | None:
    """When a procedure without a recorded end was over: on its day, but for those that last a time."""
    names = f"{label} | {one.concept.label if one.concept else one.wording}"
    if entry.date is None or _LAST.search(f"{one.wording} {entry.finding or ''}"):
        return entry.date  # type: ignore[no-any-return]
    if any(kind.search(names) for kind in (_GOES_ON, _COURSE, _STAYS)):
        return None
    return PartialDate(entry.date.first, entry.date.last + _LONGEST_RADIATION) if _RADIATION.search(names) else entry.date


def _still_part(leaf: Procedure, patient: Patient, one: Resolved, label: str) -> Part:
    """Of a treatment that goes on for a time ("dialysis"), or leaves something in place, whether one that is over counts is not said without a window."""
    if leaf.window is None and (_GOES_ON.search(label) or taken_away(patient, one, label)):
        return Part(t.OPEN, "ambiguous", "the criterion does not say whether one that is over counts")
    return SATISFIED


def _current_part(patient: Patient, one: Resolved, label: str) -> Part:
    """Whether it goes on now: what has a recorded end before the day is over, anything else is asked."""
    until = one.entry.until
    if until is not None and patient.as_of is not None and until.last < patient.as_of:
        return Part(t.VIOLATED, why=f"it ended{when(until)}")
    ask = Question("procedures", label, "yesno", None, having_now(one.wording))
    return Part(t.OPEN, "not-recorded", "whether it still goes on is not recorded", ask)


def _procedure_closure(leaf: Procedure, patient: Patient, asked: Concept | None) -> Closure:
    days = days_of(patient, leaf.window)
    now = leaf.current and leaf.window is None
    other = of_other_sex(patient, asked)
    if other:
        return Closure(True, other)
    apart = asked is not None and patient.vocabulary.apart(asked) and not any(one.concept == asked for one in patient.procedures)
    complete = covers(patient.profile.complete.procedures, now=now, days=days) and not apart and not of_its_mother(patient, " ".join((*leaf.states, leaf.term)), asked)
    for one in patient.procedures:
        if one.entry.status == "absent" and denies(patient, one, "procedure", leaf.term, asked):
            since = one.entry.date
            if since is None or covers(since, now=now, days=days):
                return Closure(complete, f"{capital(one.wording)} is recorded as not done")
    return Closure(complete)
