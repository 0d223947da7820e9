"""Numbers against limits: intervals, units and limits of normal, all in exact fractions."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from matcher.matching import truth as t
from matcher.matching.precision import carried, told_apart
from matcher.matching.words import number_text, with_unit
from matcher.model.language import LLN, ULN, Bound
from matcher.model.patterns import later
from matcher.model.values import value
from matcher.model.verdict import Question
from matcher.vocabulary import (
    Measure,
    assumed_unit,
    between,
    canonical,
    exact,
    grade_span,
    limit_units,
    points_span,
    restate,
    same_unit,
    slips,
    unit_label,
)
from matcher.vocabulary.units import logmar_of

_ROUNDED = Decimal("0.01")  # of a value, at most: "2 mg/dL" may be typed for 2.0
LOST = "the page lost whether it says at least or at most"
# A comma before exactly three figures may group thousands ("45,000"): such a text is no number.
_COMPARED = later(r"(<=|>=|≤|≥|<|>)?\s*([-+]?(?:0[.,]\d+|\d+(?:\.\d+|,(?!\d{3}$)\d+)?))\s*(\+)?$")

# "55-60", "30 to 35": somewhere between.
_RANGE = later(r"(\d+(?:\.\d+)?)\s*(?:-|\u2013|to)\s*(\d+(?:\.\d+)?)$", re.IGNORECASE)


@value(frozen=True, slots=True)
class Interval:
    """Where a number is known to lie; None is no limit on that side, `open` ends are excluded."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @staticmethod
    def point(value: Fraction) -> Interval:
        """A number known exactly."""
        return Interval(value, value)


@value(frozen=True, slots=True)
class Compared:
    """A comparison: its truth, why it is undecided, the value as compared and the limit that was applied."""

    truth: t.Truth
    cause: str = ""
    why: str = ""
    question: Question | None = None
    as_: str | None = None
    limit: str | None = None


def meets(value: Interval, op: str, limit: Fraction) -> t.Truth:
    """Whether a number known to lie in an interval keeps a limit; a lost operator only where both readings agree."""
    if op == "≥?":
        both = {meets(value, "≥", limit), meets(value, "≤", limit)}
        return both.pop() if len(both) == 1 else t.OPEN
    if op == "=":
        return t.conjoin([meets(value, "≥", limit), meets(value, "≤", limit)])
    if op in (">", "≤"):
        over = _over(value, limit, strict=True)
        return over if op == ">" else t.negate(over)
    over = _over(value, limit, strict=False)
    return over if op == "≥" else t.negate(over)


def _over(value: Interval, limit: Fraction, *, strict: bool) -> t.Truth:
    above = -1 if value.low is None else _beyond(value.low, limit)
    if above > 0 or (above == 0 and (value.low_open or not strict)):
        return t.HOLDS
    below = 1 if value.high is None else _beyond(value.high, limit)
    if below < 0 or (below == 0 and (value.high_open or strict)):
        return t.VIOLATED
    return t.OPEN


def _beyond(value: Fraction, limit: Fraction) -> int:
    """Above 0 where the value is greater, below where it is less: Fraction itself takes many times as long to compare."""
    return value.numerator * limit.denominator - limit.numerator * value.denominator


# "1:160", "< 1/40": what is told of a titre is how far it was diluted.
_TITER = later(r"(?<![\d.,])1\s*[:/]\s*(\d+)$")


# "3+4", "4+3=7", "Gleason 3 + 4": two grades whose sum is the score.
_SUMMED = later(r"(?:gleason\s*)?([1-5])\s*\+\s*([1-5])(?:\s*[=(]\s*\d+\)?)?$", re.IGNORECASE)


def interval_of(value: Decimal | str, measure: Measure | None) -> Interval | None:
    """A recorded value as a number or interval of numbers; None where it is words ("<0.02" is one, "2+" a grade)."""
    if isinstance(value, Decimal):
        return Interval.point(exact(value))
    summed = _SUMMED.match(value.strip()) if measure is not None and measure.id == "gleason" else None
    if summed is not None:
        return Interval.point(Fraction(int(summed[1]) + int(summed[2])))
    sharpness = logmar_of(value) if measure is not None and measure.id == "visual-acuity-in-logmar" else None
    if sharpness is not None:
        return Interval.point(exact(sharpness))
    points = points_span(measure, value) if measure is not None else None
    if points is not None:
        return Interval(*points)
    ends = _RANGE.match(value.strip()) if measure is not None and measure.answer == "number" and not measure.order else None
    if ends is not None and (low := Fraction(ends[1])) < (high := Fraction(ends[2])):
        return Interval(low, high)
    found = _COMPARED.match(_TITER.sub(r"\1", value.strip()) if measure is not None and measure.unit == "titer" else value.strip())
    if found is None or (found[3] and measure is not None and not measure.order):
        return None
    number = Fraction(Decimal(found[2].replace(",", ".")))
    match found[1]:
        case "<":
            return Interval(None, number, high_open=True)
        case "<=" | "≤":
            return Interval(None, number)
        case ">":
            return Interval(number, None, low_open=True)
        case ">=" | "≥":
            return Interval(number, None)
        case _:
            return Interval.point(number)


def by_grade(measure: Measure, value: Decimal | str, bound: Bound) -> t.Truth | None:
    """An ordered grade against a limit in grades ("II" against ≥ 3); None where the two are not both grades."""
    number = number_text(bound.number)
    have, limit = grade_span(measure, number_text(value)), grade_span(measure, number)
    if have is None or limit is None or points_span(measure, number) is not None:
        return None
    steps = Interval(Fraction(have[0]), Fraction(have[1]))
    edge = {"≥": limit[0], "<": limit[0], "≤": limit[1], ">": limit[1]}
    if bound.op in edge:
        return meets(steps, bound.op, Fraction(edge[bound.op]))
    within, over = meets(steps, "≤", Fraction(limit[1])), meets(steps, "≥", Fraction(limit[0]))
    if bound.op == "=":
        return t.conjoin([within, over])
    return over if over == within else t.OPEN


def compare(measure: Measure | None, entry_value: Interval | None, entry: object, bound: Bound, *, said: bool = True) -> Compared:
    """A recorded value against one limit: same unit, converted, against a limit of normal, or undecided with its cause.

    Where nothing is `said` of it, a converted value is not told.
    """
    unit: str | None = getattr(entry, "unit", None)
    if entry_value is not None and bound.unit in (ULN, LLN):
        return _against_normal(measure, entry_value, entry, unit, bound)
    graded = by_grade(measure, entry.value, bound) if measure is not None and measure.order else None  # type: ignore[attr-defined]
    if graded is not None:
        why = LOST if bound.op == "≥?" else "the recorded grade is not exact enough"
        cause = "lost-operator" if bound.op == "≥?" else "imprecise"
        return Compared(graded, cause, why, None) if graded == t.OPEN else Compared(graded)
    if entry_value is None:
        return Compared(t.OPEN, "imprecise", "recorded in words, and the criterion asks for a number", _unit_question(entry, measure))
    limit_unit, assumed = _limit_unit(measure, bound, unit)
    if limit_unit is None:
        return _in_any_unit(measure, entry_value, entry, bound, said=said)
    limit: Fraction | None = exact(bound.number)
    value: Interval | None = entry_value
    note: str | None = None
    if unit is None or not same_unit(unit, limit_unit):
        limit = _canonical(measure, bound.number, limit_unit)
        value, note = _canonical_interval(measure, entry_value, unit, limit_unit)
    if value is None or limit is None:
        return Compared(t.OPEN, "no-unit", _unit_trouble(unit, limit_unit), _unit_question(entry, measure))
    if _slipped(measure, value, bound, limit, limit_unit):
        why = f"{with_unit(bound.number, bound.unit)} is so far from usual that its unit may be misprinted"
        return Compared(t.OPEN, "ambiguous", why)
    truth = meets(value, bound.op, limit)
    as_ = _restated(measure, entry, entry_value, value, limit_unit, bound) if said else None
    limits = "; ".join(filter(None, (assumed, note))) or None
    if t.decided(truth) and _rounding_decides(measure, entry, value, bound, limit, limit_unit):
        why = f"so near {with_unit(bound.number, unit_label(limit_unit))} that the rounding of one unit to the other decides"
        return Compared(t.OPEN, "imprecise", why, _in_unit_question(entry, measure, limit_unit), as_, limits)
    if truth == t.OPEN:
        cause = "lost-operator" if bound.op == "≥?" else "imprecise"
        why = LOST if bound.op == "≥?" else "the recorded value is not exact enough"
        return Compared(truth, cause, why, None if bound.op == "≥?" else _unit_question(entry, measure), as_, limits)
    return Compared(truth, as_=as_, limit=limits)


def _in_any_unit(measure: Measure | None, entry_value: Interval, entry: object, bound: Bound, *, said: bool) -> Compared:
    """A recorded value against a limit without a unit, of which several are plausible: decided where it is the same in each."""
    units = limit_units(measure, bound.number) if measure is not None else ()
    found = [compare(measure, entry_value, entry, replace(bound, unit=unit), said=said) for unit in units]
    if found and t.decided(found[0].truth) and all(one.truth == found[0].truth for one in found):
        return replace(found[0], limit="; ".join(filter(None, (found[0].limit, f"the limit may be in {' or in '.join(map(unit_label, units))}"))))
    return Compared(t.OPEN, "ambiguous", f"the criterion gives no unit for {bound.number:f}")


def in_limit_unit(measure: Measure | None, value: Fraction, entry: object, bound: Bound) -> Fraction | None:
    """A recorded number in the unit of a limit, or as so many times the report's own limit of normal; None where neither can be told."""
    unit: str | None = getattr(entry, "unit", None)
    if bound.unit in (ULN, LLN):
        printed: Decimal | None = getattr(entry, "uln" if bound.unit == ULN else "lln", None)
        return value / Fraction(printed) if printed else None
    limit_unit, _ = _limit_unit(measure, bound, unit)
    if limit_unit is None or (unit is not None and same_unit(unit, limit_unit)):
        return value if limit_unit is not None else None
    own, _ = _canonical_interval(measure, Interval.point(value), unit, limit_unit)
    if own is None or own.low is None or measure is None or not measure.unit:
        return own.low if own else None
    return restate(measure, own.low, limit_unit)


def _rounding_decides(measure: Measure | None, entry: object, value: Interval, bound: Bound, limit: Fraction, limit_unit: str) -> bool:
    """Whether the last digit of a recorded number, converted by more than a power of ten, puts it on another side of the limit than the number itself."""
    number, unit = getattr(entry, "value", None), getattr(entry, "unit", None)
    if not isinstance(number, Decimal) or unit is None or not number or not bound.number or same_unit(unit, limit_unit) or value.low is None or value.low == limit:
        return False
    if _is_power_of_ten(value.low / Fraction(number) / (limit / Fraction(bound.number))):
        return False
    half = min(Decimal(5).scaleb(min(int(number.as_tuple().exponent), 0) - 1), abs(number) * _ROUNDED)
    around, _ = _canonical_interval(measure, Interval(Fraction(number - half), Fraction(number + half)), unit, limit_unit)
    if around is None or meets(around, bound.op, limit) != t.OPEN:
        return False
    truth = meets(value, bound.op, limit)
    return any(meets(Interval.point(one), bound.op, limit) != truth for one in _rounded(measure, value.low, number, limit_unit)) if measure is not None else True


def _rounded(measure: Measure, value: Fraction, number: Decimal, limit_unit: str) -> list[Fraction]:
    """A converted number as reports in the other unit print it: with two digits, and with as many as were recorded."""
    there = restate(measure, value, limit_unit)
    if not there:
        return []
    shown = Decimal(there.numerator) / Decimal(there.denominator)
    printed = (shown.quantize(Decimal(1).scaleb(shown.adjusted() - digits + 1)) for digits in {2, max(len(number.as_tuple().digits), 2)})
    return [own for one in printed if (own := canonical(measure, one, limit_unit)) is not None]


def _is_power_of_ten(ratio: Fraction) -> bool:
    large, small = max(ratio.numerator, ratio.denominator), min(ratio.numerator, ratio.denominator)
    return small == 1 and str(large).strip("0") == "1"


def _slipped(measure: Measure | None, value: Interval, bound: Bound, limit: Fraction, limit_unit: str) -> bool:
    """Whether the limit may be a misprint of another power of ten, and that would change the answer."""
    if measure is not None and not measure.unit and bound.unit == "":
        return not between(measure.low, limit, measure.high)
    if measure is None or not measure.unit or not limit_unit:
        return False
    own = canonical(measure, bound.number, limit_unit)
    if not own or not limit:
        return False
    slipped = slips(measure, own, bound.number)
    if not slipped:
        return not between(measure.low, own, measure.high)
    truth = meets(value, bound.op, limit)
    return any(meets(value, bound.op, limit * (meant / own)) != truth for meant in slipped)


def _limit_unit(measure: Measure | None, bound: Bound, unit: str | None) -> tuple[str | None, str | None]:
    if bound.unit or measure is None or not measure.unit:
        return bound.unit, None
    units = limit_units(measure, bound.number)
    assumed = units[0] if len(units) == 1 else None
    return assumed, f"the limit is taken as {with_unit(bound.number, assumed)}" if assumed else None


def _canonical(measure: Measure | None, number: Decimal, unit: str) -> Fraction | None:
    return exact(number) if measure is None else canonical(measure, number, unit)


def _canonical_interval(measure: Measure | None, value: Interval, unit: str | None, limit_unit: str) -> tuple[Interval | None, str | None]:
    """The value in the measure's own unit, and which unit was assumed where none is recorded."""
    if measure is None:
        same = same_unit(unit or "", limit_unit)
        return (value if same else None), None
    note = None
    if unit is None and not measure.unit:
        unit = ""
    if unit is None:
        number = value.low if value.low is not None else value.high
        unit = assumed_unit(measure, _decimal(number)) if number is not None else None
        if unit is None:
            return None, None
        note = f"the value is taken as {unit}"
    low = canonical(measure, _decimal(value.low), unit) if value.low is not None else None
    high = canonical(measure, _decimal(value.high), unit) if value.high is not None else None
    if (low is None) != (value.low is None) or (high is None) != (value.high is None):
        return None, None
    return Interval(low, high, value.low_open, value.high_open), note


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _restated(measure: Measure | None, entry: object, raw: Interval, value: Interval, limit_unit: str, bound: Bound) -> str | None:
    """A value in the unit of the limit, as exactly as it was typed, and so that it stands on its side of the limit."""
    typed, unit = getattr(entry, "value", None), getattr(entry, "unit", None)
    if measure is None or not measure.unit or unit is None or same_unit(unit, limit_unit) or raw.low is None or raw.low != raw.high:
        return None
    assert value.low is not None
    shown = restate(measure, value.low, limit_unit)
    if shown is None or not isinstance(typed, Decimal):
        return with_unit(shown, unit_label(limit_unit)) if shown is not None else None
    following = canonical(measure, typed + Decimal(1).scaleb(min(int(typed.as_tuple().exponent), 0)), unit)
    step = restate(measure, following, limit_unit) if following is not None else None
    return with_unit(told_apart(shown, carried(abs(step - shown)) if step is not None else 0, [exact(bound.number)]), unit_label(limit_unit))


def _against_normal(measure: Measure | None, value: Interval, entry: object, unit: str | None, bound: Bound) -> Compared:
    upper = bound.unit == ULN
    printed: Decimal | None = getattr(entry, "uln" if upper else "lln", None)
    name = "upper" if upper else "lower"
    usual = (measure.uln if upper else measure.lln) if measure is not None else None
    if printed is not None and unlike_usual(measure, printed, unit, usual):
        why = f"the report's {name} limit {with_unit(printed, unit and unit_label(unit))} is so far from usual that its unit may be another"
        return Compared(t.OPEN, "no-limit", why, _limit_question(entry, measure, name))
    if printed is not None:
        truth = meets(value, bound.op, exact(bound.number) * exact(printed))
        return _settled(truth, bound, f"{name} limit {with_unit(printed, unit and unit_label(unit))} from the report")
    ask = _limit_question(entry, measure, name)
    if usual is None or measure is None:
        return Compared(t.OPEN, "no-limit", f"the report's {name} limit of normal is not recorded", ask)
    own, note = _canonical_interval(measure, value, unit, measure.unit)
    if own is None:
        return Compared(t.OPEN, "no-unit", _unit_trouble(unit, measure.unit), _unit_question(entry, measure))
    truths = {meets(own, bound.op, exact(bound.number) * edge) for edge in usual}
    shown = f"{with_unit(usual[0], None)}–{with_unit(usual[1], measure.unit)}" if usual[0] != usual[1] else with_unit(usual[0], measure.unit)
    limit = "; ".join(filter(None, (f"usual {name} limit {shown} assumed", note)))
    if len(truths) == 1 and t.decided(truth := truths.pop()):
        return _settled(truth, bound, limit)
    if bound.op == "≥?":
        return Compared(t.OPEN, "lost-operator", LOST, limit=limit)
    return Compared(t.OPEN, "no-limit", f"the answer depends on the report's {name} limit of normal (usual: {shown})", ask, limit=limit)


# Laboratories' limits of one analyte lie closer together than this, most of its units further apart.
_FAR = 8


def unlike_usual(measure: Measure | None, printed: Decimal, unit: str | None, usual: tuple[Fraction, Fraction] | None) -> bool:
    """Whether a printed limit is so far from the usual ones that it must be in another unit than the value."""
    own = canonical(measure, printed, unit) if measure is not None and unit else None
    return own is not None and usual is not None and not usual[0] / _FAR <= own <= usual[1] * _FAR


def _settled(truth: t.Truth, bound: Bound, limit: str) -> Compared:
    if truth == t.OPEN:
        cause = "lost-operator" if bound.op == "≥?" else "imprecise"
        return Compared(truth, cause, LOST if bound.op == "≥?" else "the value is not exact enough", limit=limit)
    return Compared(truth, limit=limit)


def _name(entry: object, measure: Measure | None) -> str:
    return measure.label if measure else str(getattr(entry, "test", None) or getattr(entry, "name", "the value"))


def _unit_trouble(unit: str | None, limit_unit: str) -> str:
    if unit is None:
        return "its unit is not recorded, and more than one is plausible"
    return f"{unit_label(unit)} cannot be compared with {unit_label(limit_unit) or 'a limit without a unit'}"


def _unit_question(entry: object, measure: Measure | None) -> Question:
    name = _name(entry, measure)
    return Question("labs", name, "number", measure.unit if measure and measure.unit else None, f"In which unit, and exactly how much, is the {name}?")


def _in_unit_question(entry: object, measure: Measure | None, unit: str) -> Question:
    name = _name(entry, measure)
    return Question("labs", name, "number", unit, f"How much is the {name} in {unit_label(unit)}, if the report says so?")


def _limit_question(entry: object, measure: Measure | None, name: str) -> Question:
    label = _name(entry, measure)
    return Question("labs", label, "number", getattr(entry, "unit", None), f"What is the report's {name} limit of normal for {label}?")
