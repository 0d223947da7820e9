"""Smoking where it is asked for as a condition or a drug ("tobacco use"): it is recorded in a key of its own."""

from __future__ import annotations

import re

from matcher.matching.patient import Patient, Resolved
from matcher.model.patterns import later
from matcher.model.profile import Condition, Medication
from matcher.vocabulary import Concept

_HABIT, _SMOKED = "tobacco use", "tobacco smoking"
_PRODUCTS = ("tobacco products", "nicotine products", "nicotine")
_OF_TOBACCO = (_HABIT, "tobacco use disorder")


def is_habit(asked: Concept | None) -> bool:
    """Whether a condition is one of using tobacco."""
    return asked is not None and asked.label in _OF_TOBACCO


def speaks_against(status: str, one: Resolved) -> bool:
    """Whether an active entry says otherwise than the recorded smoking: a dependence stays on the list of who has stopped."""
    if status == "current" or one.entry.status != "active" or one.entry.until is not None:
        return False
    said = _SMOKES.fullmatch(one.wording.strip()) is not None
    return said or (is_habit(one.concept) if status == "never" else one.concept is not None and one.concept.label in (_HABIT, _SMOKED) and _PAST.search(one.wording) is None)


_SMOKES = later(r"(?:(?:current|active|heavy|light|daily|every ?day|some ?day|cigarettes?|tobacco)[\s,]+)*smoker(?:[,\s]+(?:current|active|heavy|light|daily|every day|some days?))?|smokes\b(?! (?:no|never)).*", re.IGNORECASE)
_PAST = later(r"\b(?:past|former|previous|prior|history|hx|ex|quit|stopped|remission|resolved|not|never|no)\b", re.IGNORECASE)


def smoking(patient: Patient, asked: Concept | None) -> list[Resolved]:
    """The recorded smoking as an entry, present or past, where the use of tobacco is asked for."""
    status = patient.profile.smoking
    if asked is None or asked.label not in (_HABIT, _SMOKED) or status not in ("current", "former"):
        return []
    entry = Condition(name="smoking", status="active" if status == "current" else "resolved", until=patient.profile.smoking_stopped)
    return [Resolved(entry, f"{status} smoker", asked)]


def tobacco(patient: Patient, asked: Concept | None) -> list[Resolved]:
    """The recorded smoking as a medication, present or past, where products with tobacco or nicotine are asked for."""
    status = patient.profile.smoking
    if asked is None or asked.label not in _PRODUCTS or status not in ("current", "former"):
        return []
    entry = Medication(name="smoking", status="current" if status == "current" else "past", stop=patient.profile.smoking_stopped)
    return [Resolved(entry, f"{status} smoker", asked)]


def never_smoked(patient: Patient, asked: Concept | None) -> bool:
    """Whether the use of tobacco is asked for of a patient who never smoked."""
    return is_habit(asked) and patient.profile.smoking == "never"


def smoking_is_told(patient: Patient, asked: Concept | None) -> bool:
    """Whether smoking itself is asked for, of which the patient's key tells everything."""
    return asked is not None and asked.label == _SMOKED and patient.profile.smoking is not None
