"""Recorded values and grades against newer or stronger facts: where those say otherwise, what is recorded does not decide.

A creatinine that is newer than a recorded eGFR, a spirometry beside the recorded stage of a COPD, ascites beside Child-Pugh A.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from matcher.matching import truth as t
from matcher.matching.derived import child_pugh_parts, computed, rates_in_injury
from matcher.matching.patient import Patient
from matcher.matching.proofs import by_itself
from matcher.matching.readings import Reading
from matcher.matching.words import number_text
from matcher.model.dates import PartialDate, partial_date
from matcher.model.profile import Lab, Score
from matcher.model.values import value
from matcher.model.verdict import Evidence
from matcher.vocabulary import Measure, canonical, grade_span
from matcher.vocabulary.overtaken import bounded_by

# Measures that follow from others by a formula: how many times as large, and by how much in their own unit, a recorded
# value must be before it is gross; well beyond what formulas, methods and bodies differ by.
UNLIKE = {
    "egfr": ("1.4", "12"), "egfr-ckd-epi": ("1.3", "10"), "egfr-mdrd": ("1.5", "15"), "creatinine-clearance": ("1.8", "20"), "bmi": ("1.1", "2"),
    "bsa": ("1.15", "0.2"), "corrected-calcium": ("1.12", "0.8"), "ldl": ("1.7", "50"), "non-hdl": ("1.1", "8"), "qtcf": ("1.12", "40"),
    "qtc": ("1.12", "40"), "fib-4": ("1.3", "0.4"), "weight": ("1.1", "3"), "height": ("1.03", "4"),
}  # fmt: skip
_LATELY = timedelta(days=30)  # in which no weight changes grossly


@value(frozen=True, slots=True)
class Rival:
    """Another fact of the same measure, and whether it comes of a formula: such a one counts beside what is no older only if they differ grossly."""

    reading: Reading
    by_formula: bool = False


def rivals_of(measure: Measure, patient: Patient) -> tuple[Rival, ...]:
    """What else than the recorded values tells of a measure."""
    return patient.kept(("rivals", measure.id), lambda: tuple(_rivals(measure, patient)))


def against(one: Reading, measure: Measure, patient: Patient) -> Iterator[Reading]:
    """What counts against a recorded value: facts that are no older than it, by a formula only those that are newer or grossly another."""
    for rival in rivals_of(measure, patient) if one.list != "derived" else ():
        day, other = one.entry.date, rival.reading.entry.date
        if day is not None and other is not None and other.last < day.first:
            continue
        newer = day is not None and other is not None and other.first > day.last
        if newer or not rival.by_formula or _gross(one, rival.reading, measure):
            yield rival.reading
    if one.list == "profile":
        yield from (other for other in patient.readings if other is not one and other.measure == measure and _of_these_days(one, other) and _gross(one, other, measure))


def _of_these_days(one: Reading, other: Reading) -> bool:
    """Whether another value of the same is so new that a body cannot have changed grossly since."""
    day, before = one.entry.date, other.entry.date
    return before is not None and (day is None or before.first + _LATELY >= day.last)


def unlike(number: Fraction, span: tuple[Fraction, Fraction], factor: Fraction, least: Fraction) -> bool:
    """Whether a value is grossly another than one within a span."""
    low, high = span
    return (number > high * factor and number - high > least) or (number * factor < low and low - number > least)


def _gross(one: Reading, other: Reading, measure: Measure) -> bool:
    """Whether two values differ by more than methods and bodies do; any two of a measure of which nothing is known do."""
    if measure.id not in UNLIKE:
        return True
    number, beside = _span(one, measure), _span(other, measure)
    factor, least = map(Fraction, UNLIKE[measure.id])
    return number is not None and beside is not None and unlike(number[0], beside, factor, least)


def outside(one: Reading, other: Reading, measure: Measure) -> bool:
    """Whether a recorded value is none of those that another fact leaves possible."""
    if measure.order:
        have, possible = (grade_span(measure, number_text(each.entry.value)) for each in (one, other))
        return have is not None and possible is not None and (have[1] < possible[0] or possible[1] < have[0])
    number, span = _span(one, measure), _span(other, measure)
    return number is not None and span is not None and (number[1] < span[0] or span[1] < number[0])


def _span(one: Reading, measure: Measure) -> tuple[Fraction, Fraction] | None:
    if one.span is not None:
        return one.span
    number = canonical(measure, one.entry.value, getattr(one.entry, "unit", None) or measure.unit) if isinstance(one.entry.value, Decimal) else None
    return None if number is None else (number, number)


def _rivals(measure: Measure, patient: Patient) -> Iterator[Rival]:
    yield from (Rival(one, by_formula=True) for one in computed(measure, patient))
    if measure.id in _OF_KIDNEYS:
        yield from (Rival(one, by_formula=True) for one in rates_in_injury(measure, patient))
    if measure.id == _CHILD_PUGH:
        yield from map(Rival, _by_its_parts(measure, patient))
    yield from (Rival(_between(measure, least, most, fact)) for fact, (least, most) in _bounds_by_fact(measure, patient).items())


_OF_KIDNEYS = ("egfr", "egfr-ckd-epi")
_CHILD_PUGH = "child-pugh"


def _bounds_by_fact(measure: Measure, patient: Patient) -> dict[Evidence, tuple[str, str]]:
    """Between which grades or numbers a measure lies by each fact that bounds it."""
    found: dict[Evidence, tuple[str, str]] = {}
    place = measure.order.index if measure.order else Fraction
    for row in bounded_by(measure.id):
        told = by_itself(row.check, patient)
        fact = told.evidence[0] if told.truth == t.HOLDS and told.evidence else None
        if fact is not None:
            least, most = found.get(fact, (row.least, row.most))
            found[fact] = max(least, row.least, key=place), min(most, row.most, key=place)
    return found


def _between(measure: Measure, least: str, most: str, fact: Evidence) -> Reading:
    """A measure that lies between two grades or numbers, by a fact."""
    day = partial_date(fact.date) if fact.date else None
    name, value_, unit = fact.fact.partition(": ")[2] or fact.fact, fact.value, f" {fact.unit}" if fact.unit else ""
    return _spanning(measure, least, most, f"from {name} {value_}{unit}", day)


def _spanning(measure: Measure, least: str, most: str, basis: str, day: PartialDate | None) -> Reading:
    shown = least if least == most else f"{least} to {most}"
    if measure.order:
        steps = measure.order[measure.order.index(least) : measure.order.index(most) + 1]
        return Reading(Score(name=measure.label, value="-".join(steps), date=day), basis, measure, "derived", None, basis)
    entry = Lab(test=measure.label, value=shown, unit=measure.unit, date=day) if measure.unit else Score(name=measure.label, value=shown, date=day)
    return Reading(entry, basis, measure, "derived", (Fraction(least), Fraction(most)), basis)


def _by_its_parts(measure: Measure, patient: Patient) -> Iterator[Reading]:
    """The points that Child-Pugh has at least and at most by its newest parts: by the newest alone, by the two newest, and so on."""
    parts = sorted(child_pugh_parts(patient), key=lambda part: part.day.last if part.day else date.max, reverse=True)
    for count in range(1, len(parts) + 1):
        known = parts[:count]
        unknown = _PARTS - count
        least, most = sum(part.least for part in known) + unknown, sum(part.most for part in known) + 3 * unknown
        days = [part.day for part in known if part.day is not None]
        basis = f"from {' and '.join(part.shown for part in known)}"
        yield Reading(Score(name=measure.label, value=f"{least}-{most}", date=min(days, default=None)), basis, measure, "derived", (Fraction(least), Fraction(most)), basis)


_PARTS = 5  # bilirubin, albumin, INR, ascites, encephalopathy
