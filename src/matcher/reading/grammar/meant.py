"""Names of measures that stand for several things: what is meant is told by the unit, the size or the words around."""

from __future__ import annotations

import re
from decimal import Decimal

from matcher.model.language import Bound
from matcher.model.patterns import pattern_of
from matcher.reading.grammar.rules import Context
from matcher.reading.tagging.caseless import Caseless

_LITERS = ("L", "mL")
_LETTERS = pattern_of(r"letter|ETDRS", re.IGNORECASE)
_OF_MARROW = Caseless(r"myelodysplas|\bMDS\b|\bAML\b|\bCMML\b|leuk[ae]?emi|prognostic|IPSS-R|int(?:ermediate)?-[12]|cytopeni")
_CLASS = Caseless(r"class|grade|stage|classification")


def meant(label: str, bounds: tuple[Bound, ...], context: Context) -> tuple[str, tuple[Bound, ...]] | None:
    """The measure and its limits that a name with these limits stands for; None where that cannot be told."""
    if label == "FEV1 % predicted":
        return _breath(label, bounds)
    if label == "visual acuity letters":
        return (label, bounds) if _in_letters(bounds, context) else None
    if label == "International Prostate Symptom Score":
        whole = all(bound.number == bound.number.to_integral_value() for bound in bounds)
        return (label, bounds) if whole and not _OF_MARROW.search(context.text) else None
    if label == "IgA" and _GLOBAL.search(context.text) and all(bound.unit == "" and bound.number <= _GRAVEST for bound in bounds):
        return "Investigator Global Assessment", bounds
    if any(bound.unit in ("k", "K", "µmol/L") for bound in bounds):
        bounds = in_thousands(label, bounds, context)
    if any(bound.unit == "×10⁹/L" for bound in bounds) and _IN_GRAMS.search(context.text):
        bounds = _in_grams(label, bounds, context)
    return (label, bounds) if _on_its_scale(label, bounds, context) and not _half_a_unit(label, bounds, context) else None


_PER_VOLUME = pattern_of(r"(?:×10[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?/\w?L")


def _half_a_unit(label: str, bounds: tuple[Bound, ...], context: Context) -> bool:
    """ "Hemoglobin ≥ 9.0/dL": of a mass or an amount in a volume, what was weighed is lost; only cells are counted."""
    if not any(_PER_VOLUME.fullmatch(bound.unit) for bound in bounds):
        return False
    measure = context.vocabulary.measure(label)
    return measure is not None and bool(measure.unit) and _PER_VOLUME.fullmatch(measure.unit) is None


_GLOBAL, _GRAVEST = pattern_of(r"\bv?IGA\b"), 5  # "IGA 3" is a grade of the skin, as small as no immunoglobulin


def in_thousands(label: str, bounds: tuple[Bound, ...], context: Context) -> tuple[Bound, ...]:
    """ "Platelets ≥ 100K": thousands of cells in a microliter; "thickness ≥ 300 uM" is a length."""
    measure = context.vocabulary.measure(label)
    if measure is not None and measure.unit == "µm":
        return tuple(Bound(bound.op, bound.number, "µm" if bound.unit == "µmol/L" else bound.unit) for bound in bounds)
    cells = measure is not None and measure.unit == "×10⁹/L"
    return tuple(Bound(bound.op, bound.number, "×10⁹/L" if bound.unit.casefold() == "k" else bound.unit) for bound in bounds) if cells else bounds


_IN_GRAMS = pattern_of(r"\d\s*G/L\b")


def _in_grams(label: str, bounds: tuple[Bound, ...], context: Context) -> tuple[Bound, ...]:
    """ "Hb < 90 G/L": of a mass the letter stands for grams, of cells for 10⁹."""
    measure = context.vocabulary.measure(label)
    mass = measure is not None and measure.unit.startswith(("g/", "mg/", "µg/"))
    return tuple(Bound(bound.op, bound.number, "g/L" if bound.unit == "×10⁹/L" else bound.unit) for bound in bounds) if mass else bounds


def _breath(label: str, bounds: tuple[Bound, ...]) -> tuple[str, tuple[Bound, ...]]:
    """The breath of one second: in liters where the unit or so small a number says so, else in per cent of what is expected."""
    if all(bound.unit in _LITERS or (not bound.unit and bound.number < 8) for bound in bounds):
        unit = next((bound.unit for bound in bounds if bound.unit), "L")
        return "FEV1 in liters", tuple(Bound(bound.op, bound.number, bound.unit or unit) for bound in bounds)
    return label, bounds


def _in_letters(bounds: tuple[Bound, ...], context: Context) -> bool:
    """Whether an acuity is counted in letters; fractions and logarithms are smaller, or no whole numbers."""
    if re.search(r"log\s?MAR|decimal|Snellen|\d\s?/\s?\d", context.text, re.IGNORECASE):
        return all(bound.unit == "letters" for bound in bounds)
    whole = all(bound.number == bound.number.to_integral_value() for bound in bounds)
    return all(bound.unit == "letters" for bound in bounds) or (whole and (bool(_LETTERS.search(context.text)) or all(bound.number > 2 for bound in bounds)))


def _on_its_scale(label: str, bounds: tuple[Bound, ...], context: Context) -> bool:
    """Whether the limits of a score with grades lie on its own scale: "Child-Pugh 2" is no number of its points."""
    measure = context.vocabulary.measure(label)
    if measure is None or not measure.order or any(bound.unit for bound in bounds):
        return True
    return all(measure.low <= bound.number <= measure.high for bound in bounds)


def numbered_grade(number: Decimal, order: tuple[str, ...], said: str) -> str | None:
    """The grade in letters that a number of a class stands for: "class 2" of A, B and C is B."""
    lettered = all(len(grade) == 1 and grade.isalpha() and grade not in "IVX" for grade in order)
    if not lettered or number != number.to_integral_value() or not _CLASS.search(said):
        return None
    return order[int(number) - 1] if 1 <= number <= len(order) else None
