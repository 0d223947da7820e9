"""How far recorded numbers are from the limits of a criterion, in the criterion's own unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from matcher.matching import truth as t
from matcher.matching.doses import dose_margin, dose_part
from matcher.matching.entries import concept_part
from matcher.matching.measurements import latest_value
from matcher.matching.patient import Patient
from matcher.matching.people import judge_age
from matcher.matching.precision import told_apart
from matcher.matching.quantities import by_grade, compare, in_limit_unit, interval_of
from matcher.matching.words import RELATIONS, with_unit
from matcher.model.language import AGE_UNITS, LLN, ULN, Age, Bound, Leaf, Measurement, Medication
from matcher.model.values import value
from matcher.vocabulary import unit_label

_OTHERWISE = {"<": "≥", "≤": ">", ">": "≤", "≥": "<"}
_PER_YEAR = {"years": Fraction(1), "months": Fraction(12), "weeks": Fraction(36525, 700), "days": Fraction(36525, 100)}


@value(frozen=True, slots=True)
class Margin:
    """A recorded number beside a limit: `have` in the limit's unit, and whether it keeps the limit."""

    name: str
    have: Fraction
    bound: Bound
    kept: bool

    @property
    def distance(self) -> Fraction:
        """How far the number is from the limit, never negative, in the limit's unit."""
        return abs(self.have - Fraction(self.bound.number))

    @property
    def narrow(self) -> bool:
        """Whether the number lies within a tenth of the limit; an age within a year of an upper one."""
        if self.bound.unit in AGE_UNITS:
            return self.bound.op in ("<", "≤") and self.distance <= _PER_YEAR[self.bound.unit]
        return self.distance * 10 <= abs(Fraction(self.bound.number))

    @property
    def unit(self) -> str:
        """The limit's unit as it is shown."""
        return self.bound.unit if self.bound.unit in (*AGE_UNITS, ULN, LLN) else unit_label(self.bound.unit)

    def turned(self) -> str:
        """What it would take to be on the other side: "platelets 45 ×10⁹/L, at least 50 ×10⁹/L is needed: 5 ×10⁹/L short"."""
        needed = Bound(_OTHERWISE[self.bound.op], self.bound.number, self.bound.unit) if self.kept else self.bound
        return f"{self._have()}, {self._limit(needed)} is needed: {self._apart('short', 'too high')}"

    def spare(self) -> str:
        """How much is left until the limit: "platelets 52 ×10⁹/L, not at least 50 …: 2 ×10⁹/L to spare"."""
        lost = Bound(_OTHERWISE[self.bound.op], self.bound.number, self.bound.unit) if self.kept else self.bound
        return f"{self._have()}, {self._limit(lost)} would not do: {self._apart('to spare', 'to spare')}"

    def _have(self) -> str:
        shown, limit = self._shown(self.have), Fraction(self.bound.number)
        if self.distance and shown == self._shown(limit):
            shown = with_unit(told_apart(self.have, 0, [limit]), self.unit)
        return f"{self.name} {shown}"

    def _limit(self, bound: Bound) -> str:
        return f"{RELATIONS[bound.op]} {with_unit(bound.number, self.unit)}"

    def _shown(self, number: Fraction) -> str:
        """The number in the limit's unit; one that was worked out in three figures."""
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        rounded = Decimal(f"{exact:.3g}") if abs(exact) < 1000 else exact.quantize(Decimal(1))
        if exact == 1 and self.bound.unit in AGE_UNITS:
            return f"1 {self.bound.unit[:-1]}"
        return with_unit(exact if -2 <= _exponent(exact) <= 0 else rounded, self.unit)

    def _apart(self, below: str, above: str) -> str:
        if not self.distance:
            return "it lies exactly on the limit"
        return f"{self._shown(self.distance)} {below if self.have < self.bound.number else above}"


def _exponent(number: Decimal) -> int:
    found = number.as_tuple().exponent
    return found if isinstance(found, int) else 0


def margins(leaf: Leaf, patient: Patient) -> tuple[Margin, ...]:
    """The numbers that decide a leaf, each beside its limit; none where no number decides it."""
    match leaf:
        case Measurement():
            return tuple(_measured(leaf, patient))
        case Age():
            return tuple(_age(leaf, patient))
        case Medication():
            return tuple(_doses(leaf, patient))
    return ()


def _measured(leaf: Measurement, patient: Patient) -> Iterator[Margin]:
    found = latest_value(leaf, patient) if leaf.times == 1 else None
    if found is None:
        return
    entry, value, measure = found
    point = interval_of(entry.value, measure)  # a computed value is compared by its span, and shown as it is
    if value is None or point is None or point.low is None or point.low != point.high:
        return
    for bound in leaf.bounds:
        graded = measure is not None and measure.order and by_grade(measure, entry.value, bound) is not None
        truth = compare(measure, value, entry, bound).truth
        have = None if graded else in_limit_unit(measure, point.low, entry, bound)
        same = compare(measure, point, entry, bound).truth == truth  # rounded to be shown, it may lie on the other side
        if have is not None and same and t.decided(truth) and bound.op in _OTHERWISE:
            yield Margin(measure.label if measure else leaf.term, have, bound, truth == t.HOLDS)


def _age(leaf: Age, patient: Patient) -> Iterator[Margin]:
    age = patient.profile.age
    for bound in leaf.bounds if isinstance(age, Decimal) else ():
        truth = judge_age(Age((bound,)), patient).truth
        if isinstance(age, Decimal) and t.decided(truth) and bound.op in _OTHERWISE:
            yield Margin("age", Fraction(age) * _PER_YEAR[bound.unit], bound, truth == t.HOLDS)


def _doses(leaf: Medication, patient: Patient) -> Iterator[Margin]:
    asked = patient.concept("treatment", leaf.term)
    name = f" as {leaf.equivalent}" if leaf.equivalent else ""
    for one in patient.medications if leaf.dose else ():
        if one.entry.state == "current" and concept_part(patient, one, "treatment", leaf.term, asked).truth == t.HOLDS:
            for bound in leaf.dose:
                have = dose_margin(patient, one, bound, leaf.equivalent, asked) if bound.op in _OTHERWISE else None
                if have is not None:
                    kept = dose_part(patient, one, (bound,), leaf.equivalent, asked).truth == t.HOLDS
                    yield Margin(f"{one.wording}{name}", have, bound, kept)


__all__ = ["Margin", "margins"]
