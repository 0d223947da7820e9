"""Who cannot bear a child, as age, menopause and operations on record tell: nobody need be asked then."""

from __future__ import annotations

import re
from datetime import timedelta

from matcher.matching.finding import Finding, known
from matcher.matching.patient import Patient, Resolved
from matcher.model.language import Condition
from matcher.model.patterns import later
from matcher.model.values import value
from matcher.model.verdict import Evidence
from matcher.vocabulary import Concept, Relation

_NEVER_YET, _NO_LONGER = 8, 60  # years: before the first and after the last a woman bears no child
_PAST_MENOPAUSE = 65  # years: after this no woman has her periods
_NURSES_NO_LONGER = 55  # years, of who is past her menopause
_TWELVE_MONTHS = timedelta(days=365)  # without a period: less is no menopause yet
_KIND = (Relation.SAME, Relation.NARROWER)
_WITHOUT_A_WOMB = "hysterectomy"
# After these a woman can bear no child of her own; without tubes one may still be helped to.
_STERILE = (_WITHOUT_A_WOMB, "bilateral oophorectomy", "bilateral salpingectomy")
_WITHOUT_TUBES_ONLY = "bilateral salpingectomy"
_PAST_IT = later(r"post-?\s?menopaus|\bmenopause\b", re.IGNORECASE)


@value(frozen=True, slots=True)
class BearsNone:
    """Why a woman bears no child, the fact that tells it, and what else follows."""

    why: str
    fact: Evidence
    not_pregnant: bool = True
    not_nursing: bool = False


def bears_none(patient: Patient, age: tuple[float, float] | None) -> BearsNone | None:
    """Why the patient cannot bear a child; None where nothing on record tells, or another fact says that she can."""
    profile = patient.profile
    if profile.sex != "female" or profile.pregnant or profile.childbearing_potential:
        return None
    if age is not None and (age[0] >= _NO_LONGER or age[1] <= _NEVER_YET):
        return BearsNone(f"The patient is {profile.age} years old.", Evidence("age", str(profile.age)), not_nursing=True)
    past = next((one for one in patient.conditions if _past_menopause(one, patient)), None)
    if past is not None:
        return BearsNone(f"Recorded: {past.wording}.", Evidence("conditions: " + past.wording, "active"), not_nursing=age is not None and age[0] >= _NURSES_NO_LONGER)
    told = [(one, label) for one in patient.procedures for label in _STERILE if _was_done(one, label, patient)]
    if not told:
        return None
    one, label = next(((one, label) for one, label in told if label != _WITHOUT_TUBES_ONLY), told[0])
    return BearsNone(f"Recorded: {one.wording}.", Evidence("procedures: " + one.wording, "done", None, str(one.entry.date) if one.entry.date else None), not_pregnant=label != _WITHOUT_TUBES_ONLY)


OF_AGE = {"menopause": True, "premenopause": False, "perimenopause": False}


def told_by_age(leaf: Condition, patient: Patient, asked: Concept) -> Finding | None:
    """Whether a woman is past her menopause, or still before it, as her age alone tells; None where it does not."""
    from matcher.matching.people import age_span

    age = age_span(patient)
    if patient.profile.sex != "female" or age is None or age[0] < _PAST_MENOPAUSE or leaf != Condition(leaf.term, leaf.phase) or leaf.phase not in ("", "active"):
        return None
    return known(OF_AGE[asked.label], f"The patient is {patient.profile.age} years old.", Evidence("age", str(patient.profile.age)))


def _past_menopause(one: Resolved, patient: Patient) -> bool:
    """Whether an entry says that her menopause is past, and does not say that it was less than a year ago."""
    menopause = patient.concept("condition", "menopause")
    if one.entry.status not in ("active", "resolved") or one.concept is None or one.also or menopause is None or not _PAST_IT.search(one.wording):
        return False
    since = one.entry.since
    lately = since is not None and (patient.as_of is None or since.last > patient.as_of - _TWELVE_MONTHS)
    return not lately and patient.vocabulary.relation(one.concept, menopause) in _KIND


def _was_done(one: Resolved, label: str, patient: Patient) -> bool:
    asked = patient.concept("procedure", label)
    return one.entry.status == "done" and one.concept is not None and not one.also and asked is not None and patient.vocabulary.relation(one.concept, asked) in _KIND
