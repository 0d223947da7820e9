"""Values computed from recorded ones by a named formula: only where all parts are recorded, and shown as computed.

A computed value bears the oldest date of its parts and lies in a `span`: a completed age is anywhere within its year,
so a limit that falls inside the span stays undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import exp, log, sqrt

from matcher.matching import truth as t
from matcher.matching.conditions import judge_condition
from matcher.matching.patient import Patient, Resolved
from matcher.matching.precision import body_text
from matcher.matching.readings import Reading
from matcher.matching.steady import IN_INJURY, fits_stage, unsteady
from matcher.matching.words import when, with_unit
from matcher.model.dates import PartialDate
from matcher.model.language import Condition
from matcher.model.profile import Lab
from matcher.model.values import value
from matcher.vocabulary import Measure, Relation, assumed_unit, canonical, unit_label

_ADULT = 18
_OLDEST = 120  # years: the end of "90+"
_YEAR = 365


@value(frozen=True, slots=True)
class Value:
    """One recorded number in its measure's own unit; `assumed` is the unit it was taken in where none is recorded."""

    reading: Reading
    measure: Measure
    number: Fraction
    assumed: str | None = None

    @property
    def date(self) -> PartialDate | None:
        """When it was measured."""
        found: PartialDate | None = self.reading.entry.date
        return found

    def limit(self, name: str) -> Decimal | None:
        """The report's own limit ("uln" or "lln") in the measure's own unit."""
        printed, unit = getattr(self.reading.entry, name, None), getattr(self.reading.entry, "unit", None)
        limit = canonical(self.measure, printed, unit) if printed is not None and unit else None
        return _decimal(limit, 4) if limit is not None else None

    def __str__(self) -> str:
        unit: str | None = getattr(self.reading.entry, "unit", None)
        taken = f" (taken as {self.assumed})" if self.assumed else ""
        return f"{self.measure.label} {with_unit(self.reading.entry.value, unit and unit_label(unit))}{taken}{when(self.date)}"


@value(frozen=True, slots=True)
class Ages:
    """The ages in years that a patient may have had on the day of a value, and the age as recorded."""

    youngest: Fraction
    oldest: Fraction
    recorded: Decimal | str

    @property
    def completed(self) -> Fraction:
        """The recorded age as a number."""
        return Fraction(90) if isinstance(self.recorded, str) else Fraction(self.recorded)


def computed(measure: Measure, patient: Patient) -> tuple[Reading, ...]:
    """The values of a measure that follow from recorded ones; none where a part is missing or a formula does not fit."""
    formula = _FORMULAS.get(measure.id)
    return tuple(formula(measure, patient)) if formula else ()


def kept_away(measure: Measure, patient: Patient) -> str:
    """Why a measure is not computed though its parts may be there, as the end of a sentence; "" where nothing keeps its formula away."""
    if _FORMULAS.get(measure.id) not in (_ckd_epi, _cockcroft_gault) or not values_of(patient, "creatinine"):
        return ""
    why = "in pregnancy" if patient.profile.pregnant else unsteady(patient)
    if not why and not all(fits_stage(patient, rate.span) for rate in _rates(patient)):
        return " (worked out from creatinine it does not fit the recorded stage of chronic kidney disease)"
    return f" (not worked out from creatinine {why})" if why else ""


def _body_mass_index(measure: Measure, patient: Patient) -> Iterator[Reading]:
    weight, height = patient.profile.weight_kg, patient.profile.height_cm
    if weight is not None and height is not None:
        value = Fraction(weight) / (Fraction(height) / 100) ** 2
        basis = f"computed from weight {body_text('body weight', weight)} kg and height {body_text('height', height)} cm"
        yield _made(measure, value, (value, value), basis, _facts_date(patient), places=2)


def _ckd_epi(measure: Measure, patient: Patient) -> Iterator[Reading]:
    """CKD-EPI 2021, from creatinine, age and sex alone (Inker 2021); of adults who are not pregnant."""
    for rate in _rates(patient):
        if _fits(patient, rate):
            basis = f"computed by CKD-EPI 2021 from {rate.creatinine}, age {rate.ages.recorded}, sex {rate.sex}"
            yield _made(measure, rate.at(rate.ages.completed), rate.span, basis, rate.creatinine.date)


def _cockcroft_gault(measure: Measure, patient: Patient) -> Iterator[Reading]:
    """Cockcroft and Gault 1976, with the actual body weight; of adults who are not pregnant."""
    weight = patient.profile.weight_kg
    for rate in _rates(patient) if weight is not None else ():
        creatinine, ages = rate.creatinine, rate.ages
        if _fits(patient, rate):
            factor = Fraction(weight or 0) / (72 * creatinine.number) * (Fraction(85, 100) if rate.sex == "female" else 1)
            span = (140 - ages.oldest) * factor, (140 - ages.youngest) * factor
            basis = f"computed by Cockcroft-Gault from {creatinine}, age {ages.recorded}, sex {rate.sex}, weight {body_text('body weight', weight or Decimal(0))} kg"
            yield _made(measure, (140 - ages.completed) * factor, span, basis, creatinine.date)


@value(frozen=True, slots=True)
class Rate:
    """The glomerular filtration rate by CKD-EPI 2021 that a value of creatinine stands for, at each age."""

    creatinine: Value
    ages: Ages
    sex: str

    def at(self, age: Fraction) -> Fraction:
        """The rate in mL/min/1.73 m² at an age in years."""
        kappa, alpha, factor = (0.7, -0.241, 1.012) if self.sex == "female" else (0.9, -0.302, 1.0)
        ratio = float(self.creatinine.number) / kappa
        return Fraction(142 * min(ratio, 1.0) ** alpha * max(ratio, 1.0) ** -1.2 * factor * 0.9938 ** float(age))

    @property
    def span(self) -> tuple[Fraction, Fraction]:
        """The lowest and the highest rate it may be."""
        return self.at(self.ages.oldest), self.at(self.ages.youngest)


def _rates(patient: Patient) -> list[Rate]:
    sex, found = patient.profile.sex, []
    for creatinine in values_of(patient, "creatinine"):
        ages = _ages(patient, creatinine.date)
        if sex is not None and ages is not None and not patient.profile.pregnant and creatinine.number > 0:
            found.append(Rate(creatinine, ages, sex))
    return found


def _fits(patient: Patient, rate: Rate) -> bool:
    """Whether creatinine may tell the kidney's function: nothing recorded speaks against it, and no other stage is recorded."""
    return not unsteady(patient, rate.creatinine.date) and fits_stage(patient, rate.span)


def rates_in_injury(measure: Measure, patient: Patient) -> Iterator[Reading]:
    """What creatinine would tell in an acute kidney injury or beside another recorded stage: too little to decide by, enough against an older value."""
    for rate in _rates(patient):
        if not _fits(patient, rate) and unsteady(patient, rate.creatinine.date) in ("", IN_INJURY):
            yield _made(measure, rate.at(rate.ages.completed), rate.span, f"from {rate.creatinine}", rate.creatinine.date)


def _corrected_calcium(measure: Measure, patient: Patient) -> Iterator[Reading]:
    """Payne 1973: 0.8 mg/dL for each g/dL of albumin below 4; above 4 not every laboratory corrects."""
    for calcium, albumin in _together(patient, ("calcium", "albumin"), days=7):
        value = calcium.number + Fraction(8, 10) * (4 - albumin.number)
        basis = f"computed from {calcium} and {albumin}"
        span = (value, max(value, calcium.number))
        entry = Lab(
            test=measure.label, value=_decimal(value, 2), unit=measure.unit, date=_oldest(calcium, albumin),
            uln=calcium.limit("uln"), lln=calcium.limit("lln"),
        )  # fmt: skip
        yield Reading(entry, f"{measure.label} {basis}", measure, "derived", span, basis)


def _friedewald(measure: Measure, patient: Patient) -> Iterator[Reading]:
    """Friedewald 1972, below 400 mg/dL of triglycerides; it errs the more, the more of them there are."""
    for total, hdl, fats in _together(patient, ("total-cholesterol", "hdl", "triglycerides"), days=0):
        value = total.number - hdl.number - fats.number / 5
        if fats.number < 400 and value > 0:
            error = Fraction(1, 10) if fats.number < 200 else Fraction(1, 5)
            basis = f"computed by Friedewald from {total}, {hdl} and {fats}"
            yield _made(measure, value, (value * (1 - error), value * (1 + error)), basis, _oldest(total, hdl, fats))


def _non_hdl(measure: Measure, patient: Patient) -> Iterator[Reading]:
    for total, hdl in _together(patient, ("total-cholesterol", "hdl"), days=0):
        value = total.number - hdl.number
        yield _made(measure, value, (value, value), f"computed from {total} and {hdl}", _oldest(total, hdl))


def _fridericia(measure: Measure, patient: Patient) -> Iterator[Reading]:
    """Fridericia 1920; the heart rate of the day may differ by 10 beats a minute from that of the tracing."""
    for qt, rate in _together(patient, ("qt", "heart-rate"), days=0):
        low, value, high = (Fraction(float(qt.number) * (float(beats) / 60) ** (1 / 3)) for beats in (rate.number - 10, rate.number, rate.number + 10))
        yield _made(measure, value, (low, high), f"computed by Fridericia from {qt} and {rate}", _oldest(qt, rate), places=0)


def _fib_4(measure: Measure, patient: Patient) -> Iterator[Reading]:
    """Sterling 2006."""
    for ast, alt, platelets in _together(patient, ("ast", "alt", "platelets"), days=7):
        ages = _ages(patient, _oldest(ast, alt, platelets))
        if ages is not None and alt.number > 0 and platelets.number > 0:
            factor = ast.number / platelets.number / Fraction(sqrt(alt.number))
            basis = f"computed from {ast}, {alt} and {platelets}, age {ages.recorded}"
            yield _made(measure, ages.completed * factor, (ages.youngest * factor, ages.oldest * factor), basis, _oldest(ast, alt, platelets), places=2)


def _child_pugh(measure: Measure, patient: Patient) -> Iterator[Reading]:
    """Pugh 1973: the points of bilirubin, albumin, INR, ascites and encephalopathy."""
    clinical = [_clinical_points(patient, term) for term in _DEGREES]
    if None in clinical or _cholestatic(patient) or _anticoagulated(patient):
        return
    for bilirubin, albumin, inr in _together(patient, ("total-bilirubin", "albumin", "inr"), days=30):
        measured = zip((bilirubin, albumin, inr), _PUGH.values(), strict=True)
        points = [*(_points(sign * one.number, second, third) for one, (sign, second, third) in measured), *(one or 0 for one in clinical)]
        basis = f"computed from {bilirubin}, {albumin}, {inr}, ascites ({clinical[0]} of 3 points) and encephalopathy ({clinical[1]} of 3 points)"
        entry = Lab(test=measure.label, value=Decimal(sum(points)), date=_oldest(bilirubin, albumin, inr))
        yield Reading(entry, f"{measure.label} {basis}", measure, "derived", None, basis)


# From where a part of Child-Pugh is worth two points, and three; of albumin the less is worth the more.
_PUGH = {
    "total-bilirubin": (1, Fraction(2), Fraction(3)), "albumin": (-1, Fraction(-35, 10), Fraction(-28, 10)), "inr": (1, Fraction(17, 10), Fraction(23, 10)),
}  # fmt: skip


@value(frozen=True, slots=True)
class PughPart:
    """One of the five parts of Child-Pugh: the points it is worth at least and at most, when, and in words."""

    least: int
    most: int
    day: PartialDate | None
    shown: str


def child_pugh_parts(patient: Patient) -> Iterator[PughPart]:
    """The parts of Child-Pugh that are known, each by its newest value or by what is recorded of it."""
    for name, (sign, second, third) in _PUGH.items():
        left_out = _cholestatic(patient) if name == "total-bilirubin" else name == "inr" and _anticoagulated(patient)
        dated = [one for one in values_of(patient, name) if one.date is not None] if not left_out else []
        newest = max(dated, key=_day, default=None)
        if newest is not None:
            points = _points(sign * newest.number, second, third)
            yield PughPart(points, points, newest.date, str(newest))
    for term in _DEGREES:
        found = judge_condition(Condition(term, phase="active"), patient).truth
        if found != t.OPEN:
            degree, begun = _clinical_points(patient, term), [one.entry.since for one in _entries(patient, term) if one.entry.since]
            yield PughPart(degree or 2, degree or 3, max(begun, default=None), term if found == t.HOLDS else f"no {term}")


def _cholestatic(patient: Patient) -> bool:
    """Whether the bilirubin is high by a disease of the bile ducts, for which the points are others."""
    return any(_has(patient, term) for term in ("primary biliary cholangitis", "primary sclerosing cholangitis"))


def _anticoagulated(patient: Patient) -> bool:
    """Whether a drug is taken that prolongs the clotting time, whatever the liver does."""
    asked = patient.concept("treatment", "anticoagulants")
    taken = (concept for one in patient.medications if one.entry.state == "current" for concept in (one.concept, *one.also) if concept is not None)
    return asked is not None and any(patient.vocabulary.relation(concept, asked) in (Relation.SAME, Relation.NARROWER) for concept in taken)


def _points(value: Fraction, second: Fraction, third: Fraction) -> int:
    """One point below the second limit, two between, three above the third."""
    return 1 if value < second else 2 if value <= third else 3


def _clinical_points(patient: Patient, term: str) -> int | None:
    """The points of a sign: one where it is certainly not there, else by its degree; None where that is not recorded."""
    found = judge_condition(Condition(term, phase="active"), patient).truth
    if found == t.VIOLATED:
        return 1
    degrees = [points for points, words in _DEGREES[term].items() for word in words if _has(patient, term, word)]
    return degrees[0] if found == t.HOLDS and len(set(degrees)) == 1 else None


# Degrees that are worth two points and three; of what lies between, such as grade 2 ascites, it is not said.
_DEGREES: dict[str, dict[int, tuple[str, ...]]] = {
    "ascites": {2: ("mild", "slight", "1", "I"), 3: ("moderate", "severe", "marked", "tense", "refractory", "3", "III")},
    "hepatic encephalopathy": {2: ("mild", "1", "2", "I", "II"), 3: ("severe", "3", "4", "III", "IV")},
}


def _has(patient: Patient, term: str, degree: str = "") -> bool:
    """Whether an entry is active and of that name, and of that degree where one is given."""
    entries = [one.entry for one in _entries(patient, term)]
    return any(not degree or degree.casefold() in _degree_words(entry.severity, entry.stage) for entry in entries)


def _entries(patient: Patient, term: str) -> list[Resolved]:
    """The active entries of that very name."""
    asked = patient.concept("condition", term)
    return [one for one in patient.conditions if one.concept == asked and one.entry.status == "active"]


def _degree_words(*texts: str | None) -> set[str]:
    return {word.casefold() for text in texts if text for word in text.split()}


def _mosteller(measure: Measure, patient: Patient) -> Iterator[Reading]:
    """Mosteller 1987; other formulas differ by some hundredths."""
    weight, height = patient.profile.weight_kg, patient.profile.height_cm
    if weight is not None and height is not None:
        value = Fraction(exp((log(weight) + log(height) - log(3600)) / 2))
        basis = f"computed by Mosteller from weight {body_text('body weight', weight)} kg and height {body_text('height', height)} cm"
        yield _made(measure, value, (value * Fraction(96, 100), value * Fraction(104, 100)), basis, _facts_date(patient), places=2)


def _never_smoked(measure: Measure, patient: Patient) -> Iterator[Reading]:
    """Who never smoked has smoked none, and smokes none."""
    if patient.profile.smoking == "never":
        yield _made(measure, Fraction(0), (Fraction(0), Fraction(0)), "as the patient never smoked", _facts_date(patient))


_FORMULAS: dict[str, Callable[[Measure, Patient], Iterator[Reading]]] = {
    "bmi": _body_mass_index, "bsa": _mosteller, "egfr": _ckd_epi, "egfr-ckd-epi": _ckd_epi, "creatinine-clearance": _cockcroft_gault,
    "corrected-calcium": _corrected_calcium, "ldl": _friedewald, "non-hdl": _non_hdl, "qtc": _fridericia, "qtcf": _fridericia,
    "fib-4": _fib_4, "child-pugh": _child_pugh, "pack-years": _never_smoked, "cigarettes-per-day": _never_smoked,
}  # fmt: skip


def values_of(patient: Patient, measure_id: str) -> list[Value]:
    """The recorded numbers of a measure whose unit is written or can only be one."""
    found = []
    for one in patient.readings:
        if one.measure is not None and one.measure.id == measure_id and isinstance(one.entry.value, Decimal):
            unit: str | None = getattr(one.entry, "unit", None)
            assumed = assumed_unit(one.measure, one.entry.value) if unit is None else None
            number = canonical(one.measure, one.entry.value, unit or assumed or "")
            if number is not None and one.measure.low <= number <= one.measure.high:
                found.append(Value(one, one.measure, number, assumed))
    return found


def _together(patient: Patient, measures: tuple[str, ...], *, days: int) -> list[tuple[Value, ...]]:
    """Values that belong together: of each measure those nearest to a value of the first, at most `days` from it.

    Of several sets with the same oldest date the one with the newest first value stands.
    """
    dated = [[one for one in values_of(patient, name) if one.date is not None and one.date.exact] for name in measures]
    found: dict[PartialDate | None, list[tuple[Value, ...]]] = {}
    for first in sorted(dated[0], key=_day):
        chosen = [_nearest(first, others, timedelta(days)) for others in dated[1:]]
        for values in product((first,), *chosen):
            oldest = _oldest(*values)
            newer = [kept for kept in found.get(oldest, ()) if _day(kept[0]) == _day(first)]
            found[oldest] = [*newer, values]
    return [values for sets in found.values() for values in sets]


def _nearest(first: Value, others: Iterable[Value], apart: timedelta) -> list[Value]:
    near = [(abs(_day(one) - _day(first)), one) for one in others]
    best = min((distance for distance, _ in near), default=None)
    return [one for distance, one in near if distance == best and distance <= apart]


def _day(value: Value) -> timedelta:
    assert value.date is not None
    return timedelta(value.date.first.toordinal())


def _oldest(*values: Value) -> PartialDate | None:
    return min((one.date for one in values if one.date is not None), default=None)


def _ages(patient: Patient, measured: PartialDate | None) -> Ages | None:
    """The ages an adult may have had when something was measured; None for a child and where the age is not recorded."""
    age, day = patient.profile.age, patient.facts_day
    if age is None:
        return None
    completed = Fraction(90) if isinstance(age, str) else Fraction(age)
    passed = (day - measured.first).days if day is not None and measured is not None else _YEAR
    youngest = completed - Fraction(max(passed, 0), _YEAR)
    oldest = Fraction(_OLDEST) if isinstance(age, str) else completed + 1
    return Ages(youngest, oldest, age) if youngest >= _ADULT else None


def _facts_date(patient: Patient) -> PartialDate | None:
    return PartialDate(patient.facts_day, patient.facts_day) if patient.facts_day else None


def _made(measure: Measure, value: Fraction, span: tuple[Fraction, Fraction], basis: str, date: PartialDate | None, *, places: int = 1) -> Reading:
    """A computed value as a reading: rounded to be shown, judged by its span."""
    entry = Lab(test=measure.label, value=_decimal(value, places), unit=measure.unit or None, date=date)
    return Reading(entry, f"{measure.label} {basis}", measure, "derived", span, basis)


def _decimal(value: Fraction, places: int) -> Decimal:
    return Decimal(str(round(float(value), places))).normalize() + 0
