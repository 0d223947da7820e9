"""What is odd about a fact as it is typed: a name nobody knows, a value that is none, a unit of something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from matcher.matching.graded import in_words
from matcher.matching.quantities import interval_of, unlike_usual
from matcher.matching.words import number_text
from matcher.model.dates import PartialDate, partial_date
from matcher.model.patterns import pattern_of
from matcher.model.profile import Allergy, Condition, Entry, Lab, Medication, Procedure, Relative, Score
from matcher.model.verdict import Question
from matcher.session.suggesting import suggestions
from matcher.session.understanding import concepts_of, held_for
from matcher.vocabulary import (
    Measure,
    as_printed,
    assumed_unit,
    canonical,
    dose_per_day,
    grade_span,
    load,
    restate,
    same_unit,
    unit_label,
    units_of,
)
from matcher.vocabulary.measures import load_measures, measure_aliases, unit_rules

LONG_AGO_YEARS = 20
_AT_MOST_NAMES = 3
_ANY = Question("labs", "", "text", None, "")
_BODY_MASS = (Decimal(10), Decimal(45))  # a body mass index beyond these is asked about
_POUND = Decimal("0.45359237")
# The fields of words in which something else may come to stand, with what is expected there.
_WORDS: Mapping[type[Entry], Mapping[str, str]] = {
    Condition: {"stage": "a class, grade or stage such as IV", "severity": "a word such as mild or severe"},
    Medication: {"route": "a route such as oral", "indication": "what it is given for", "setting": "a setting such as adjuvant", "stop_reason": "a reason"},
    Procedure: {"finding": "what was found"},
}
_STATED_BY = pattern_of(r"criteria|\b(?:slicc|eular|acr|biopsy|histology)\b", re.IGNORECASE)
_PRESSURE = pattern_of(r"blood pressure|systol|diastol|^\W*(?:bp|nibp|rr|sbp|dbp)\W*$", re.IGNORECASE)
_TWO_PRESSURES = pattern_of(r"\d{2,3}\s*/\s*\d{2,3}")
_FREE = "no criterion will be compared with it"
# The list of a row with a name, the kind of name expected there, and the field it stands in.
_NAMED: Mapping[type[Entry], tuple[str, str, str]] = {
    Condition: ("conditions", "condition", "name"),
    Medication: ("medications", "treatment", "name"),
    Procedure: ("procedures", "procedure", "name"),
    Allergy: ("allergies", "treatment", "substance"),
    Relative: ("family_history", "condition", "name"),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is odd about one field of a row, in words; `final` where it cannot be kept by saying it once more."""

    field: str
    words: str
    final: bool = False


def entry_doubts(entry: Entry, as_of: date) -> list[Doubt]:
    """What is odd about a row as it is typed; a row may be kept all the same unless a doubt is final."""
    found: list[Doubt] = []
    match entry:
        case Lab():
            found = _measured("test", entry.test, entry, as_of)
        case Score():
            found = _measured("name", entry.name, entry, as_of)
        case Condition() | Medication() | Procedure() | Allergy() | Relative():
            listed, kind, field = _NAMED[type(entry)]
            found = _named(listed, kind, field, getattr(entry, field))
            if isinstance(entry, Medication):
                found += _dose(entry)
    return [*found, *_misplaced(entry)]


def body_doubts(weight: object, height: object) -> list[Doubt]:
    """What is odd about a weight and a height beside each other: pounds that were taken for kilograms."""
    if not isinstance(weight, Decimal) or not isinstance(height, Decimal) or height <= 0:
        return []
    index = weight / (height / 100) ** 2
    if _BODY_MASS[0] <= index <= _BODY_MASS[1]:
        return []
    pounds = f", or are these pounds ({weight:f} lb = {weight * _POUND:.1f} kg)" if index > _BODY_MASS[1] else ""
    said = f"{float(weight):.4g} kg with {float(height):.4g} cm is a body mass index of {index:.0f}"
    return [Doubt("weight_kg", f"{said}: is it right{pounds}?")]


def key_doubts(key: str, value: object) -> list[Doubt]:
    """What is odd about a key of the patient: a weight of 6150 kg."""
    measure = next((one for one in load_measures() if one.profile_key == key), None)
    return _size(key, measure, value, measure.unit) if measure is not None and isinstance(value, Decimal) else []


def nearest(wording: str) -> list[str]:
    """The names of the measures spelled most like a wording, best first."""
    from rapidfuzz import fuzz, process  # loaded once the first frame stands

    names = _measure_names()
    asked = wording.casefold()
    found = process.extract(asked, list(names), scorer=fuzz.ratio, limit=12, score_cutoff=60)
    if not found and " " in asked:
        found = process.extract(asked, list(names), scorer=fuzz.token_set_ratio, limit=12, score_cutoff=80)
    best: dict[str, str] = {}
    for name, _, _ in found:
        short = f" ({name.upper()})" if len(name) <= 5 < len(names[name]) else ""
        best.setdefault(names[name], f"{names[name]}{short}")
    return list(best.values())[:_AT_MOST_NAMES]


@lru_cache(maxsize=1)
def _measure_names() -> Mapping[str, str]:
    labels = {measure.id: measure.label for measure in load_measures()}
    return {label.casefold(): label for label in labels.values()} | {
        " ".join(words): labels[found] for words, found in measure_aliases().items()
    }


def _misplaced(entry: Entry) -> list[Doubt]:
    """A date in a field of words, or how a disease was confirmed in that of its class."""
    found = []
    for field, expected in _WORDS.get(type(entry), {}).items():
        text = getattr(entry, field) or ""
        if _is_date(text):
            found.append(Doubt(field, f"“{text}” is a date: expected {expected}; days have fields of their own"))
        elif isinstance(entry, Condition) and _STATED_BY.search(text):
            found.append(Doubt(field, f"“{text}” is how a disease was confirmed: expected {expected}; “confirmed by” takes the other"))
    return found


def _is_date(text: str) -> bool:
    try:
        partial_date(text)
    except ValueError:
        return False
    return True


def _named(listed: str, kind: str, field: str, wording: str) -> list[Doubt]:
    vocabulary, (known_kind, found) = load(), concepts_of(listed, wording)
    if "?" in wording:
        suspected = ", with the status suspected" if listed == "conditions" else ""
        return [Doubt(field, f"“{wording}” decides nothing, because of its question mark: write the name alone{suspected}")]
    if not found:
        like = vocabulary.similar(kind, wording)
        near = like.label if like else next((one.label for one in suggestions(listed, wording)), "")
        offer = f" Nearest known name: {near}." if near else ""
        held = held_for(listed, wording)
        open_to = f"It {held.replace('not known by this name:', 'is')}." if held else "It may be anything, so most criteria of this list stay open: try other words for it."
        return [Doubt(field, f"matcher does not know “{wording}”. {open_to}{offer}")]
    meant = vocabulary.misspelt(known_kind, wording)
    return [Doubt(field, f"“{wording}” is taken for {meant.label}: is it right?")] if meant else []


def _measured(field: str, wording: str, entry: Lab | Score, as_of: date) -> list[Doubt]:
    if both := _pressure(wording, entry.value):
        return both
    measure = load().recorded_measure(wording)
    unit = (entry.unit or "") if isinstance(entry, Lab) else ""
    found = []
    if measure is None:
        names = ", ".join(nearest(wording))
        offer = f"; nearest known: {names}" if names else ""
        found.append(Doubt(field, f"“{wording}” is no test that matcher knows, {_FREE}{offer}"))
    found += _value(measure, entry) or _thousands(measure, entry.value, unit) or _unit(measure, entry.value, unit) or _size("value", measure, entry.value, unit)
    found += _limits(measure, entry, unit) if isinstance(entry, Lab) else []
    return found + _old(entry.date, as_of)


def _pressure(wording: str, value: Decimal | str) -> list[Doubt]:
    """Both values of a blood pressure in one row."""
    if not isinstance(value, str) or _TWO_PRESSURES.fullmatch(value.strip()) is None or _PRESSURE.search(wording) is None:
        return []
    above, below = value.split("/")
    return [Doubt("value", f"“{value}” is two values: give systolic blood pressure, {above.strip()}, and diastolic blood pressure, {below.strip()}, a row each", True)]


def _thousands(measure: Measure | None, value: Decimal | str, unit: str) -> list[Doubt]:
    """Three places behind a point that may be thousands: "1.250" of a test of which 1250 is a usual value, too."""
    if measure is None or not isinstance(value, Decimal) or value.as_tuple().exponent != -3 or abs(value) < 1:
        return []
    whole, rules = canonical(measure, value * 1000, unit or measure.unit), unit_rules(measure.id)
    if whole is None or rules is None or not rules.usual[0] <= whole <= rules.usual[1]:
        return []
    return [Doubt("value", f"{value} is read with a decimal point; if {value * 1000:.0f} is meant, write it without the point: is it right?")]


def _value(measure: Measure | None, entry: Lab | Score) -> list[Doubt]:
    value = as_printed(measure, entry.value) if isinstance(entry, Score) else entry.value
    if isinstance(value, Decimal) or interval_of(value, measure) is not None:
        return []
    if measure is None:
        odd = any(sign.isdigit() for sign in value) and " " in value
        return [Doubt("value", f"“{value}” is neither a number nor a word: expected 182, <0.02 or positive", True)] if odd else []
    if grade_span(measure, value) is not None or _is_result(measure, entry):
        return []
    if measure.order:
        return [Doubt("value", f"“{value}” is no {measure.label}: expected one of {', '.join(measure.order)}", True)]
    if measure.answer == "word":
        return []
    kinds = "positive, negative or a number" if measure.answer == "posneg" else "a number such as 182, or <0.02"
    return [Doubt("value", f"“{value}” cannot be read as {measure.label}: expected {kinds}", True)]


def _is_result(measure: Measure, entry: Lab | Score) -> bool:
    """Whether the value is a result in words: positive, not detected, 1:160, normal."""
    if all(part.strip().isdigit() for part in str(entry.value).split(":")):
        return True
    return any(in_words(measure, entry, (word,), _ANY).truth in (1, 2) for word in ("positive", "normal"))


def _unit(measure: Measure | None, value: Decimal | str, unit: str) -> list[Doubt]:
    if measure is None or measure.kind == "score" or not isinstance(value, Decimal):
        return []
    offered = ", ".join(dict.fromkeys(one for one in units_of(measure) if one))
    if unit and canonical(measure, value, unit) is None and not any(same_unit(unit, one) for one in units_of(measure)):
        if not measure.unit:
            return [Doubt("unit", f"{measure.label} has no unit: leave it empty", True)] if measure.answer == "number" else []
        other = _with_that_unit(measure, value, unit)
        return [Doubt("unit", f"“{unit}” is no unit of {measure.label}: expected {offered}{f'; in {unit} it is “{other}”' if other else ''}", True)]
    if not unit and measure.unit and measure.answer == "number" and assumed_unit(measure, value) is None:
        return [Doubt("unit", f"without a unit no criterion can be compared with it: expected {offered}")]
    return []


def _with_that_unit(measure: Measure, value: Decimal, unit: str) -> str:
    """Another measure of the same thing that is given in a unit: FEV1 in liters beside FEV1 % predicted; "" where there is none."""
    begins = measure.label.split()[0]
    others = (one for one in load_measures() if one is not measure and one.label.split()[0] == begins)
    return next((one.label for one in others if one.unit and canonical(one, value, unit) is not None), "")


def _size(field: str, measure: Measure | None, value: object, unit: str) -> list[Doubt]:
    rules = unit_rules(measure.id) if measure is not None else None
    if measure is None or rules is None or not isinstance(value, Decimal) or bool(unit) != bool(measure.unit):
        return []
    exact = canonical(measure, value, unit)
    if exact is None or rules.usual[0] <= exact <= rules.usual[1]:
        return []
    usual = _span(measure, rules.usual[0], rules.usual[1], unit)
    if not usual:
        return []
    said = f"{value:f} {unit_label(unit)}".strip()
    if measure.kind == "score":
        return [Doubt(field, f"{said} cannot be: {measure.label} goes from {measure.low} to {measure.high}; check the number", True)] if not measure.low <= exact <= measure.high else []
    if not measure.low <= exact <= measure.high:
        possible = _span(measure, measure.low, measure.high, unit)
        return [Doubt(field, f"{said} cannot be: only {possible} is possible for {measure.label}; check the number and its unit", True)]
    return [Doubt(field, f"{said} is unusual for {measure.label}, hardly ever outside {usual}: is it right?")]


def _span(measure: Measure, least: Fraction, most: Fraction, unit: str) -> str:
    """Two bounds of a measure in another of its units; "" where they cannot be given in it."""
    low, high = restate(measure, least, unit), restate(measure, most, unit)
    return "" if low is None or high is None else f"{_about(low)} to {_about(high)} {unit_label(unit)}".strip()


def _about(number: Fraction) -> str:
    """A bound with no more digits than tell something: 195, 2000000."""
    return number_text(Decimal(f"{float(number):.3g}"))


def _limits(measure: Measure | None, entry: Lab, unit: str) -> list[Doubt]:
    """Limits left as they were when the value was typed anew in another unit."""
    of = measure and (("uln", "upper", entry.uln, measure.uln), ("lln", "lower", entry.lln, measure.lln))
    return [
        Doubt(field, f"the {name} limit, {limit:f} {unit_label(unit)}, is so far from usual that its unit may be another: is it right?")
        for field, name, limit, usual in of or ()
        if limit is not None and unlike_usual(measure, limit, unit, usual)
    ]


def _old(when: PartialDate | None, as_of: date) -> list[Doubt]:
    if when is None or as_of.year - when.last.year < LONG_AGO_YEARS:
        return []
    return [Doubt("date", f"{when} is {as_of.year - when.last.year} years ago: is it right?")]


def _dose(entry: Medication) -> list[Doubt]:
    if entry.dose is None:
        return [Doubt("dose", f"a unit, {entry.unit}, without a dose")] if entry.unit else []
    if not entry.unit:
        return [Doubt("unit", "a dose without a unit cannot be compared: expected mg/day, mg/week, g/day")]
    if dose_per_day(entry.dose, entry.unit) is None:
        once = "for a drug given once, leave it so and give the day as start and stop"
        return [Doubt("unit", f"“{entry.unit}” does not say how often: expected mg/day, mg/week, g/day; {once}")]
    return []
