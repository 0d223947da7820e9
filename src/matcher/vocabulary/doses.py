"""Doses: an amount with a frequency as the amount of one day."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from matcher.model.patterns import later
from matcher.vocabulary.unit_text import Unit, read_unit

_NUMBERS: Final = {
    "once": 1,
    "one": 1,
    "twice": 2,
    "two": 2,
    "thrice": 3,
    "three": 3,
    "four": 4,
    "other": 2,
    "second": 2,
    "third": 3,
}
_COUNT: Final = r"(\d+|once|one|twice|two|thrice|three|four)"
_DAYS: Final = {
    "h": Fraction(1, 24),
    "d": Fraction(1),
    "w": Fraction(7),
    "m": Fraction(487, 16),
    "y": Fraction(1461, 4),
}
_PERIOD: Final = r"(h|hr|hrs|hour|hours|d|day|days|w|wk|wks|week|weeks|mo|month|months|y|yr|year|years)\b"
_ADVERB: Final = {"daily": "d", "weekly": "w", "monthly": "m", "yearly": "y", "hourly": "h"}
_LATIN: Final[dict[str, Fraction]] = {
    latin: Fraction(times)
    for times, names in (
        ("1", "qd od qam qhs qpm nocte mane"),
        ("1/2", "qod eod"),
        ("2", "bid bd"),
        ("3", "tid tds"),
        ("4", "qid qds"),
        ("1/7", "qw qwk"),
        ("2/7", "biw"),
        ("3/7", "tiw"),
    )
    for latin in names.split()
}
_EVERY: Final = later(rf"\s*(?:every|each|q|/)\s*(\d+|other|second|third|two|three|four|one)?[\s-]*{_PERIOD}\s*$")
_TIMES_A: Final = later(rf"(?:\s+|^|\s*x\s*){_COUNT}\s*(?:x|times)?\s*(?:/|per|an?|each|every)\s*{_PERIOD}\s*$")
_ADVERBIAL: Final = later(rf"\s*(?:{_COUNT}[\s-]*(?:x|times)?\s*|/\s*)?(daily|weekly|monthly|yearly)\s*$")
_BY_LATIN: Final = later(rf"[\s/]*\b({'|'.join(sorted(_LATIN, key=len, reverse=True))})\s*$")
_AN: Final = later(rf"\s*(?:\bper\b|\ban?\b|/|\bin\b)\s*{_PERIOD}\s*$")
_AT_A_TIME: Final = later(r"\s+(?:in the (?:morning|evening)|at (?:night|noon|bedtime))\s*$")
# Morning, noon, evening and night, as prescriptions give them: "1-0-1"; of units of insulin the numbers may be the units themselves.
_TABLETS: Final = r"(0[.,]5|½|[0-4](?:[.,]5)?)"
_SCHEME: Final = later(rf"(?<!iu)(?<!ie)(?<!unit)(?<!units)[\s,:]+(?!1-2-3){_TABLETS}\s*[-–]\s*{_TABLETS}\s*[-–]\s*{_TABLETS}(?:\s*[-–]\s*{_TABLETS})?\s*$")
_ROUTE: Final = later(r"\s+(?:orally|oral|po|iv|sc|im|by mouth|intravenously|subcutaneously)\b")
_BASES: Final = {
    "mass": ("mg", Fraction(1, 1000)),
    "activity": ("IU", Fraction(1)),
    "amount": ("mmol", Fraction(1, 1000)),
}
_BELOW: Final = {(): ("", Fraction(1)), ("mass",): ("/kg", Fraction(1, 1000)), ("area",): ("/m²", Fraction(1))}


def dose_per_day(number: Decimal, unit: str) -> tuple[Fraction, str] | None:
    """The amount of one day and its unit ("2 g/day" → 2000 mg/day); None where the unit does not say how often."""
    found = _daily(unit)
    if found is None or not number.is_finite():
        return None
    factor, label = found
    return Fraction(number) * factor, label


@lru_cache(maxsize=1024)
def _daily(unit: str) -> tuple[Fraction, str] | None:
    text = re.sub(r"(?<=[a-z])\.|\\", "", unit.casefold().strip()).replace("×", "x")
    frequency = _frequency(_ROUTE.sub("", text))
    if frequency is None:
        return None
    times, amount = frequency
    readings = read_unit(amount)
    return _label(readings[0], times) if readings else None


def _frequency(text: str) -> tuple[Fraction, str] | None:
    """Doses in a day, and what is left of the text: the amount of one dose."""
    if found := _TIMES_A.search(text):
        return _number(found[1]) / _DAYS[found[2][0]], text[: found.start()]
    if found := _ADVERBIAL.search(text):
        return _number(found[1]) / _DAYS[_ADVERB[found[2]]], text[: found.start()]
    if found := _BY_LATIN.search(text):
        return _LATIN[found[1]], text[: found.start()]
    if found := _EVERY.search(text):
        return 1 / (_number(found[1]) * _DAYS[found[2][0]]), text[: found.start()]
    if found := _SCHEME.search(text):
        return sum((_tablets(part) for part in found.groups() if part), Fraction(0)), text[: found.start()]
    if found := _AT_A_TIME.search(text):
        return Fraction(1), text[: found.start()]
    if found := _AN.search(text):
        return 1 / _DAYS[found[1][0]], text[: found.start()]
    return None


def _number(word: str | None) -> Fraction:
    if word is None:
        return Fraction(1)
    return Fraction(_NUMBERS.get(word) or int(word))


def _tablets(part: str) -> Fraction:
    return Fraction(part.replace("½", "0.5").replace(",", "."))


def _label(amount: Unit, times: Fraction) -> tuple[Fraction, str] | None:
    base, below = _BASES.get(amount.above), _BELOW.get(amount.below)
    if base is None or below is None or amount.log10 or not times:
        return None
    (name, size), (per, per_size) = base, below
    return times * amount.size / size * per_size**-1, f"{name}{per}/day"
