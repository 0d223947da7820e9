"""Numbers with units: exact conversion to and from a measure's own unit, and the unit a bare number is taken in."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from matcher.model.patterns import later
from matcher.vocabulary.doses import dose_per_day
from matcher.vocabulary.measures import Conversion, Measure, UnitRules, unit_rules
from matcher.vocabulary.unit_text import Unit, read_unit, same_unit, unit_label

__all__ = ["assumed_unit", "between", "canonical", "dose_per_day", "exact", "logmar_of", "restate", "same_unit", "unit_label", "units_of"]

# Powers of ten that are no whole number are irrational: they are taken to 40 significant digits, and a logarithm is
# rounded back to 12 places, so that a logarithm of up to 12 places comes back exactly.
_DIGITS = 40
_LOG_PLACES = Decimal("1e-12")
_LARGEST_LOG = 30
_SLIPS = tuple(Fraction(10) ** power for power in (-6, -3, -2, -1, 1, 2, 3, 6))  # what a prefix or a place of the point makes of a number
# Below which nobody sets a limit, though a value may be as low: "bilirubin ≤ 1.5 mg/L", "ALT < 2.5 U/L" (that many times the upper limit).
_NO_LIMIT_BELOW = {"total-bilirubin": Fraction(2, 5), "alt": Fraction(8), "ast": Fraction(8), "alp": Fraction(20), "ggt": Fraction(6)}
# Between which limits are set, where a number without its unit may be a value of several.
_LIMITS = {
    "alt": (Fraction(8), Fraction(1200)), "ast": (Fraction(8), Fraction(1200)), "alp": (Fraction(20), Fraction(1500)), "ggt": (Fraction(6), Fraction(1500)), "ldh": (Fraction(80), Fraction(4000)),
    "ck": (Fraction(20), Fraction(10000)), "amylase": (Fraction(10), Fraction(1500)), "lipase": (Fraction(8), Fraction(2000)), "hemoglobin": (Fraction(4), Fraction(72, 5)), "total-bilirubin": (Fraction(1, 2), Fraction(25)),
    "hba1c": (Fraction(4), Fraction(20)), "pao2": (Fraction(30), Fraction(150)), "insulin": (Fraction(8), Fraction(150)), "vas-pain": (Fraction(10), Fraction(100)),
}  # fmt: skip
_TIMES_NORMAL = frozenset(("alt", "ast", "alp", "ggt"))
_CARELESS = frozenset({"µL"})  # as some write "/µL": read, and not offered
_PURE_NUMBERS = frozenset({"points", "ratio", "titer"})


def canonical(measure: Measure, number: Decimal, unit: str) -> Fraction | None:
    """The value in the measure's own unit, exactly; None where the unit is not one of the measure's."""
    rule = _rule(measure.id, measure.unit, unit)
    if rule is None or not number.is_finite():
        return None
    if rule.log10:
        return _power_of_ten(number) if abs(number) <= _LARGEST_LOG else None
    value = exact(number) if rule.factor == 1 else rule.factor * exact(number)
    return value + rule.offset if rule.offset else value


@lru_cache(maxsize=4096)
def exact(number: Decimal) -> Fraction:
    """A number as a fraction; the same few are compared again and again."""
    return Fraction(number)


def between(low: Fraction, value: Fraction, high: Fraction) -> bool:
    """Whether a value lies between two others or is one of them: Fraction takes many times as long to compare."""
    above, below = value.numerator, value.denominator
    return low.numerator * below <= above * low.denominator and above * high.denominator <= high.numerator * below


def restate(measure: Measure, value: Fraction, unit: str) -> Fraction | None:
    """A value of the measure's own unit in another unit; None where that is not one of the measure's."""
    rule = _rule(measure.id, measure.unit, unit)
    if rule is None:
        return None
    if rule.log10:
        return _logarithm(value) if value > 0 else None
    return (value - rule.offset) / rule.factor


def units_of(measure: Measure) -> tuple[str, ...]:
    """The units a form offers for the measure, its own first."""
    rules = unit_rules(measure.id)
    return tuple(unit_label(unit) for unit in rules.offered if unit not in _CARELESS) if rules else (unit_label(measure.unit),)


def assumed_unit(measure: Measure, number: Decimal) -> str | None:
    """The one offered unit in which the number is a usual value of the measure; None where none or several are."""
    fitting = _fitting(measure, number)
    return next(iter(fitting)) if len(set(fitting.values())) == 1 else None


def limit_units(measure: Measure, number: Decimal) -> tuple[str, ...]:
    """The offered units in which a number without one may be a limit of the measure: "HbA1c > 10" is not of mmol/mol.

    None of enzymes with so small a number: "ALT > 3" is that many times the limit of normal.
    """
    fitting = _fitting(measure, number)
    if measure.id not in _LIMITS:
        return tuple(fitting)[:1] if len(set(fitting.values())) == 1 else ()
    if measure.id in _TIMES_NORMAL and len(fitting) > 1 and number < _NO_LIMIT_BELOW[measure.id]:
        return ()
    low, high = _LIMITS[measure.id]
    meant = {unit: value for unit, value in fitting.items() if between(low, value, high)} or fitting
    return tuple({value: unit for unit, value in reversed(meant.items())}.values())[::-1]


def _fitting(measure: Measure, number: Decimal) -> dict[str, Fraction]:
    """The offered units in which the number is a usual value of the measure, with that value in its own unit."""
    rules = unit_rules(measure.id)
    low, high = rules.usual if rules else (measure.low, measure.high)
    values = ((unit, canonical(measure, number, unit)) for unit in units_of(measure))
    return {unit: value for unit, value in values if value is not None and between(low, value, high)}


_SNELLEN = later(r"\s*(20|6)\s?/\s?(\d{1,4}(?:\.\d)?)\s*$")


def logmar_of(fraction: str) -> Decimal | None:
    """The logMAR of a fraction of Snellen, on the hundredth ("20/40" and "6/12" are 0.30); None for any other text."""
    found = _SNELLEN.match(fraction)
    far, seen = (Decimal(found[1]), Decimal(found[2])) if found is not None else (Decimal(0), Decimal(0))
    return (seen / far).log10().quantize(Decimal("0.01")) if seen else None


def slips(measure: Measure, value: Fraction, number: Decimal) -> tuple[Fraction, ...]:
    """What a limit far from usual values may have been meant to be: another unit, or a power of ten ("mmol" for "µmol").

    `value` is the limit in the measure's own unit, `number` as it is printed. Empty where the limit is a usual one; in a unit
    in which nobody reports the measure ("PSA > 4 ng/dL") ordinary patients have to have such values, or not in one in which it is.
    """
    rules = unit_rules(measure.id)
    low, high = rules.usual if rules else (measure.low, measure.high)
    low = max(low, _NO_LIMIT_BELOW.get(measure.id, low))
    if not measure.unit or value == 0:
        return ()
    units = [meant for unit in units_of(measure) if (meant := canonical(measure, number, unit)) is not None]
    others = [value * power for power in _SLIPS]
    if between(low, value, high):
        if rules is None or rules.ordinary is None or value in units or between(rules.ordinary[0], value, rules.ordinary[1]):
            return ()
        (low, high), others = rules.ordinary, []
    return tuple(dict.fromkeys(meant for meant in (*others, *units) if between(low, meant, high)))


@lru_cache(maxsize=8192)
def _rule(measure_id: str, own: str, unit: str) -> Conversion | None:
    """How a number in the unit becomes one in the measure's own unit."""
    if not unit.strip():
        return None if own else Conversion("", Fraction(1), Fraction(0), log10=False)
    rules = unit_rules(measure_id)
    readings = read_unit(unit)
    for reading in readings:
        found = _special(rules, reading) or _linear(rules, own, reading)
        if found is not None:
            return found
    return None


def _special(rules: UnitRules | None, unit: Unit) -> Conversion | None:
    """A conversion that the table states for this measure, or a decimal multiple of it."""
    for conversion in rules.conversions if rules else ():
        stated = read_unit(conversion.unit)[0]
        if conversion.log10 and unit.log10 and (unit.equals(stated) or not unit.above):
            return conversion
        if not conversion.log10 and unit.like(stated) and (unit.size == stated.size or not conversion.offset):
            factor = conversion.factor * unit.size / stated.size
            return Conversion(conversion.unit, factor, conversion.offset, log10=False)
    return None


def _linear(rules: UnitRules | None, own: str, unit: Unit) -> Conversion | None:
    """A conversion by size alone, or by the molar mass between a mass and an amount of substance."""
    if not own:
        factor = Fraction(1) if unit.above in _PURE_NUMBERS and not unit.below else None
    else:
        target = read_unit(own)[0]
        factor = unit.size / target.size if unit.like(target) else _by_molar_mass(rules, unit, target)
    return None if factor is None else Conversion(own, factor, Fraction(0), log10=False)


def _by_molar_mass(rules: UnitRules | None, unit: Unit, target: Unit) -> Fraction | None:
    if rules is None or rules.molar_mass is None or unit.log10 or target.log10:
        return None
    factor = unit.size / target.size
    if unit.below == target.below and {unit.above, target.above} == {"mass", "amount"}:
        return factor * rules.molar_mass if unit.above == "amount" else factor / rules.molar_mass
    if unit.above == target.above and {unit.below, target.below} == {("mass",), ("amount",)}:
        return factor / rules.molar_mass if unit.below == ("amount",) else factor * rules.molar_mass
    return None


def _power_of_ten(exponent: Decimal) -> Fraction:
    whole = exponent.to_integral_value()
    if exponent == whole:
        return Fraction(10) ** int(whole)
    with localcontext() as context:
        context.prec = _DIGITS
        return Fraction(Decimal(10) ** exponent)


def _logarithm(value: Fraction) -> Fraction:
    with localcontext() as context:
        context.prec = _DIGITS
        exact = (Decimal(value.numerator) / Decimal(value.denominator)).log10()
        return Fraction(exact.quantize(_LOG_PLACES))
