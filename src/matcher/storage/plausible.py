"""Values that no patient has: a slip of the keyboard or a wrong unit, told apart by the vocabulary's bounds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from matcher.model.profile import Profile
from matcher.vocabulary import Measure, Vocabulary, canonical, restate, unit_label


def implausible(profile: Profile, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The place and the refusal of every value outside its measure's plausible bounds.

    A test the vocabulary does not know, a value without a unit where the measure has one, and a unit that is not one
    of the measure's are no slips: they are accepted here and left undecided when a criterion is judged.
    """
    found = []
    for number, lab in enumerate(profile.labs, 1):
        place = f"labs[{number}]"
        if lab.lln is not None and lab.uln is not None and lab.lln > lab.uln:
            found.append((f"{place}.lln", f"found {lab.lln}, expected at most the upper limit of normal, {lab.uln}"))
        measure = vocabulary.recorded_measure(lab.test)
        if measure:
            found += _outside(f"{place}.value", measure, lab.value, lab.unit or "")
    for number, score in enumerate(profile.scores, 1):
        measure = vocabulary.recorded_measure(score.name)
        if measure:
            found += _outside(f"scores[{number}].value", measure, score.value, "")
    return found


def _outside(place: str, measure: Measure, value: Decimal | str, unit: str) -> list[tuple[str, str]]:
    if isinstance(value, str) or bool(unit) != bool(measure.unit):
        return []
    if not measure.unit and measure.answer != "number" and measure.kind != "score":
        # A result that is usually given as a word may be recorded as a titre or a share, with bounds of its own.
        return []
    exact = canonical(measure, value, unit)
    if exact is None or measure.low <= exact <= measure.high:
        return []
    low, high = restate(measure, measure.low, unit), restate(measure, measure.high, unit)
    label = unit_label(unit)
    if low is None or high is None:
        low, high, label = measure.low, measure.high, measure.unit
    given = f"{value} {unit_label(unit)}".strip()
    expected = f"{measure.label} between {_rounded(low)} and {_rounded(high)} {label}".strip()
    return [(place, f"found {given}, expected {expected}; check the number and its unit")]


def _rounded(value: Fraction) -> str:
    return f"{float(value):.4g}" if abs(value) < 10_000 else f"{float(value):.0f}"
