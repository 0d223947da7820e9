"""How exactly a number that was worked out is shown: as exactly as what it comes from, and enough to tell it from a limit."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

_MORE = 6  # places beyond its own that a number may need to be told from a limit
_MOST = 9
# Digits behind the point of a computed value: a laboratory prints no more of it.
_COMPUTED = {"egfr": 0, "egfr-ckd-epi": 0, "creatinine-clearance": 0, "ldl": 0, "non-hdl": 0, "qtc": 0, "qtcf": 0, "bmi": 1, "corrected-calcium": 1}
# Of a body measure: how many digits behind the point may have been measured, and how many of more stay after a conversion.
_MEASURED = {"body weight": (2, 1), "height": (1, 0)}


def told_apart(number: Fraction, places: int, limits: Iterable[Fraction]) -> str:
    """A number to so many digits behind the point; to more where fewer would put it on the wrong side of a limit."""
    sides = [(limit, (number > limit) - (number < limit)) for limit in limits]
    for more in range(places, min(places + _MORE, _MOST) + 1):
        rounded = round(number, more)
        if all((rounded > limit) - (rounded < limit) == side for limit, side in sides):
            return _text(rounded, more)
    return _text(round(number, places), places)


def carried(step: Fraction) -> int:
    """How many digits behind the point a number carries of which a step of the last digit that was typed is worth so much."""
    places = 0
    while places < _MOST and 0 < step * 10 <= Fraction(1, 10**places):
        places += 1
    return places


def computed_places(measure_id: str, number: Decimal) -> int:
    """How many digits behind the point of a computed value are shown."""
    return min(_COMPUTED.get(measure_id, _MOST), _places(number))


def body_places(name: str, number: Decimal) -> int:
    """How many digits behind the point of a weight or height are shown: one that was converted has no more than what was typed."""
    measured, converted = _MEASURED.get(name, (_MOST, _MOST))
    return _places(number) if _places(number) <= measured else converted


def body_text(name: str, number: Decimal) -> str:
    """A weight ("body weight") or height as it is shown; it is kept, and compared, exactly."""
    return told_apart(Fraction(number), body_places(name, number), ())


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _text(number: Fraction, places: int) -> str:
    text = f"{Decimal(number.numerator) / Decimal(number.denominator):.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


__all__ = ["body_places", "body_text", "carried", "computed_places", "told_apart"]
