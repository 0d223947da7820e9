"""Recorded facts that can hardly be true together: told, so that a person looks; no verdict is changed by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from matcher.matching.derived import Value, computed, values_of
from matcher.matching.overtaken import UNLIKE, unlike
from matcher.matching.patient import Patient
from matcher.matching.words import with_unit
from matcher.model.dates import PartialDate
from matcher.model.profile import Profile, dated_facts
from matcher.model.values import value
from matcher.vocabulary import unit_label
from matcher.vocabulary.measures import load_measures

# Of measures that follow from others by a formula, those of which a gross difference is told.
_COMPUTED = ("egfr", "egfr-ckd-epi", "egfr-mdrd", "creatinine-clearance", "bmi", "bsa", "corrected-calcium", "ldl", "non-hdl", "qtcf", "fib-4")
_BY_FORMULA_OF = {"egfr-mdrd": "egfr"}
_DAYS = 14  # between a recorded value and those it is compared with
# A part, the whole of which it is one, and by what it may be more, since both are rounded.
_PARTS = (
    ("ldl", "total-cholesterol", "5"), ("hdl", "total-cholesterol", "2"), ("direct-bilirubin", "total-bilirubin", "0.1"),
    ("albumin", "total-protein", "0.2"), ("neutrophils", "wbc", "0.2"), ("lymphocytes", "wbc", "0.2"), ("monocytes", "wbc", "0.2"),
    ("eosinophils", "wbc", "0.2"), ("diastolic", "systolic", "0"),
)  # fmt: skip
_LAST_PREGNANCY = 60  # years


@value(frozen=True, slots=True)
class Contradiction:
    """Facts that do not go together, in words, and the rows they stand in: "labs:2", "who:age"."""

    rows: tuple[str, ...]
    words: str


def contradictions(patient: Patient) -> list[Contradiction]:
    """What of a patient's facts does not go together, each told once."""
    found: dict[str, Contradiction] = {}
    for look in (_computed_otherwise, _larger_than_whole, _of_person, _of_dates, _before_birth):
        for one in look(patient):
            found.setdefault(one.words, one)
    return list(found.values())


def _computed_otherwise(patient: Patient) -> Iterator[Contradiction]:
    """A value that those it follows from by a formula contradict grossly: all of the time around it do."""
    measures = {one.id: one for one in load_measures()}
    for name in _COMPUTED:
        factor, least = map(Fraction, UNLIKE[name])
        recorded = values_of(patient, name)
        others = list(computed(measures[_BY_FORMULA_OF.get(name, name)], patient)) if recorded else []
        for one in recorded:
            beside = [other for other in others if _near(one.date, other.entry.date)]
            if beside and all(unlike(one.number, other.span or (Fraction(other.entry.value),) * 2, factor, least) for other in beside):
                other = beside[0]
                number = with_unit(other.entry.value, unit_label(measures[name].unit))
                body = ("who:weight_kg", "who:height_cm") if name in ("bmi", "bsa") else ()
                yield Contradiction((*_rows(patient, one), *body), f"{one} does not go with {number}, {other.basis}: is each of them right?")


def _near(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two values may be of the same time; one without a date may be of any."""
    return one is None or other is None or abs(one.first - other.last) <= timedelta(_DAYS) or abs(one.last - other.first) <= timedelta(_DAYS)


def _larger_than_whole(patient: Patient) -> Iterator[Contradiction]:
    """A part of the same day that is larger than its whole."""
    for part, whole, more in _PARTS:
        for one in values_of(patient, part):
            for other in values_of(patient, whole):
                if one.date is not None and one.date == other.date and one.date.exact and one.number > other.number + Fraction(more):
                    asked = "were they changed over?" if part == "diastolic" else "it is a part of that: is each of them right?"
                    yield Contradiction((*_rows(patient, one), *_rows(patient, other)), f"{one} is more than {other}; {asked}")


def _of_person(patient: Patient) -> Iterator[Contradiction]:
    """What is recorded of the person herself."""
    profile = patient.profile
    pregnancy = patient.concept("condition", "pregnancy")
    says = {one.entry.status: f"conditions:{place}" for place, one in enumerate(patient.conditions) if pregnancy is not None and one.concept == pregnancy}
    if profile.sex == "male" and "active" in says:
        yield Contradiction(("who:sex", says["active"]), "pregnancy is recorded as active, and the sex as male: is it right?")
    if profile.pregnant and "absent" in says:
        yield Contradiction(("who:pregnant", says["absent"]), "pregnant is recorded, and pregnancy as absent: which is right?")
    if profile.pregnant is False and "active" in says:
        yield Contradiction(("who:pregnant", says["active"]), "not pregnant is recorded, and pregnancy as active: which is right?")
    if profile.sex == "male" and profile.childbearing_potential:
        yield Contradiction(("who:sex", "who:childbearing_potential"), "childbearing potential is recorded, and the sex as male: is it right?")
    if profile.pregnant and profile.childbearing_potential is False:
        yield Contradiction(("who:pregnant", "who:childbearing_potential"), "pregnant is recorded, and no childbearing potential: which is right?")
    if profile.pregnant and profile.age is not None and (isinstance(profile.age, str) or profile.age >= _LAST_PREGNANCY):
        yield Contradiction(("who:pregnant", "who:age"), f"pregnant is recorded at the age of {profile.age}: is it right?")
    yield from _of_habits(profile)
    if profile.healthy:
        ill = next((place for place, one in enumerate(profile.conditions) if one.status == "active"), None)
        if ill is not None:
            yield Contradiction(("who:healthy", f"conditions:{ill}"), f"healthy volunteer is recorded, and “{profile.conditions[ill].name}” as active: which is right?")


def _of_habits(profile: Profile) -> Iterator[Contradiction]:
    if profile.smoking in ("never", "current") and profile.smoking_stopped:
        yield Contradiction(("who:smoking", "who:smoking_stopped"), f"smoking is recorded as {profile.smoking}, and as stopped {profile.smoking_stopped}: which is right?")
    for place, lab in enumerate(profile.labs):
        if profile.smoking == "never" and lab.test.casefold().replace("-", " ") in ("pack years", "packyears") and isinstance(lab.value, Decimal) and lab.value > 0:
            yield Contradiction(("who:smoking", f"labs:{place}"), f"smoking is recorded as never, with {lab.value} pack-years: which is right?")


def _of_dates(patient: Patient) -> Iterator[Contradiction]:
    """What is over by its date and goes on by its status, and days in an order that cannot be."""
    profile, day = patient.profile, patient.facts_day
    for place, one in enumerate(profile.conditions):
        row = (f"conditions:{place}",)
        if one.status == "active" and one.until and day and one.until.last < day:
            yield Contradiction(row, f"“{one.name}” is recorded as active, and until {one.until}: which is right?")
        if one.since and one.diagnosed and one.diagnosed.last < one.since.first:
            yield Contradiction(row, f"“{one.name}” is diagnosed {one.diagnosed}, before it began {one.since}: is it right?")
    for place, drug in enumerate(profile.medications):
        row = (f"medications:{place}",)
        if drug.status in ("current", "absent") and drug.stop and day and drug.stop.last < day:
            yield Contradiction(row, f"“{drug.name}” is recorded as {drug.status}, and as stopped {drug.stop}: which is right?")
        if drug.start and drug.stable_since and drug.stable_since.last < drug.start.first:
            yield Contradiction(row, f"the dose of “{drug.name}” is stable since {drug.stable_since}, before its start {drug.start}: is it right?")
        if drug.stop and drug.stable_since and drug.stop.last < drug.stable_since.first:
            yield Contradiction(row, f"the dose of “{drug.name}” is stable since {drug.stable_since}, after its stop {drug.stop}: is it right?")


def _before_birth(patient: Patient) -> Iterator[Contradiction]:
    """A fact from before the patient was born."""
    profile, day = patient.profile, patient.facts_day
    if not isinstance(profile.age, Decimal) or day is None:
        return
    days = timedelta(float(profile.age + 1) * 365.25 + 300)  # the months before birth are no slip
    if days.days >= day.toordinal():
        return
    earliest = day - days
    for place, found in dated_facts(profile):
        if found.last < earliest:
            listed, _, rest = place.partition("[")
            row = f"{listed}:{int(rest.partition(']')[0]) - 1}" if rest else f"who:{place}"
            yield Contradiction((row, "who:age"), f"{_what(profile, row)} is dated {found}, before the birth of a patient of {profile.age}: is it right?")


def _what(profile: Profile, row: str) -> str:
    listed, _, place = row.partition(":")
    entry = getattr(profile, listed)[int(place)] if place.isdecimal() else None
    name = next((getattr(entry, key) for key in ("name", "test", "statement") if getattr(entry, key, None)), place.replace("_", " "))
    return f"“{name}”"


def _rows(patient: Patient, one: Value) -> Iterator[str]:
    entry, listed = one.reading.entry, one.reading.list
    yield from (f"{listed}:{place}" for place, other in enumerate(getattr(patient.profile, listed, ())) if other is entry)


__all__ = ["Contradiction", "contradictions"]
