"""What a nurse types in a field, as the value it stands for: dates, numbers, weights and heights, an age from a birth date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

from matcher.model.dates import PartialDate, Span, partial_date, whole_day
from matcher.model.patterns import pattern_of

_EXPECTED = "expected a date such as 2026-11-05, 2026-11, 2026, 5 Nov 2026, -10d or 3 weeks ago"
_NEAR_YEARS = 4  # "Nov 26" may mean one of these, this year the last of them
TOP_AGE = 90  # from here on an age could tell who somebody is
_DAYS = {"today": 0, "now": 0, "yesterday": 1}
_MONTHS = {name: number for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
_MONTH_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_UNITS = {"d": "day", "w": "week", "m": "month", "mo": "month", "y": "year", "day": "day", "week": "week", "wk": "week", "month": "month", "year": "year", "yr": "year"}
_AGO = pattern_of(r"(?:-\s*(\d{1,4})\s*([a-z]+)|(\d{1,4}|an?|one|two|three|four|five|six)\s*([a-z]+)\s+ago)\.?")
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NAMED = pattern_of(r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s.-]*(?:of\s+)?)?([a-z]{3,9})\.?[\s,.-]*(\d{4})|([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_DAY_OF_MONTH = pattern_of(r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s.-]+)?([a-z]{3,9})\.?|([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?")
_DOTTED = pattern_of(r"(?:(\d{1,2})\.\s?)?(\d{1,2})\.\s?(\d{4})")
_SLASHED = pattern_of(r"(?:(\d{1,2})[/-])?(\d{1,2})[/-](\d{4})")
_YEAR_FIRST = pattern_of(r"(\d{4})(?:[./-](\d{1,2})(?:[./-](\d{1,2}))?|年(\d{1,2})月(?:(\d{1,2})日)?)")
_SHORT_YEAR = pattern_of(r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2}|\d{1,2}[\s.-]*[a-z]{3,9}[\s.,'’-]*\d{2}|[a-z]{3,9}\.?\s*['’]\s?\d{2}")
_NUMBER = pattern_of(r"([+-]?)(\d*)(?:([.,])(\d+))?")
# Thousands apart: by spaces or apostrophes, or by commas or points that cannot be those of decimals.
_SPACED = pattern_of(r"([+-]?)(\d{1,3}(?:([ '’\u00a0\u2009\u202f])\d{3})(?:\3\d{3})*)(?:[.,](\d+))?")
_MARKED = pattern_of(r"([+-]?)(\d{1,3}(?:,\d{3})+(?=\.)|\d{1,3}(?:\.\d{3})+(?=,)|\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:\.\d{3}){2,})(?:[.,](\d+))?")
_COMBINED = pattern_of(r"\s*[\d.,]+\s*[/+]\s*\d")  # 97/103 mg
_DOSE = pattern_of(r"([+-]?\d+(?:[.,]\d+)?)\s*((?:[^\W\d]|%).*)?")
_MASSES: Mapping[str, Decimal] = {"": Decimal(1), "kg": Decimal(1), "g": Decimal("0.001"), "lb": Decimal("0.45359237"), "lbs": Decimal("0.45359237"), "st": Decimal("6.35029318")}
_LENGTHS: Mapping[str, Decimal] = {
    "": Decimal(1), "cm": Decimal(1), "m": Decimal(100), "mm": Decimal("0.1"), "in": Decimal("2.54"), '"': Decimal("2.54"), "″": Decimal("2.54"), "ft": Decimal("30.48"), "'": Decimal("30.48"), "′": Decimal("30.48"),
}
_PARTS = pattern_of(r"""\s*(\d+(?:[.,]\d+)?)\s*([a-z]+|["'′″]|)""")
_SECOND = {"ft": "in", "'": '"', "′": "″", "st": "lb", "m": "cm"}


def typed_date(text: str, day: date) -> PartialDate:
    """A date as typed, seen from `day`; ValueError says what was expected.

    Days and weeks ago are that day; months ago that month and years ago that year, as people say them. A day or a month
    without its year is the last such day or month.
    """
    said = " ".join(text.casefold().split())
    if said in _DAYS:
        return _exactly(day - timedelta(days=_DAYS[said]))
    for read in (_ago, _named, _without_year, _numeric):
        found = read(said, day)
        if found is not None:
            return found
    if _SHORT_YEAR.fullmatch(said):
        raise ValueError(f"“{text.strip()}”: write the year with four digits, such as {day.year}")
    try:
        return partial_date(said)
    except ValueError as error:
        raise ValueError(str(error) if str(error).startswith("no such") else _EXPECTED) from None


def typed_number(text: str) -> Decimal:
    """A number with a decimal point or a decimal comma, its thousands apart or not; ValueError where a comma may part thousands instead."""
    said = text.strip()
    apart = _SPACED.fullmatch(said) or _MARKED.fullmatch(said)
    if apart is not None:
        digits, rest = re.sub(r"\D", "", apart[2]), apart[apart.re.groups]
        return Decimal(f"{apart[1]}{digits}.{rest}" if rest else f"{apart[1]}{digits}")
    found = _NUMBER.fullmatch(said)
    if found is None or not (found[2] or found[4]):
        raise ValueError("expected a number such as 182 or 1.5")
    sign, whole, mark, rest = found.groups()
    whole = whole or "0"
    if mark == "," and len(rest) == 3 and whole.strip("0"):
        raise ValueError(f"“{text.strip()}” may be {whole}{rest} or {whole}.{rest}: write one of them")
    return Decimal(f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}")


def typed_dose(text: str) -> tuple[Decimal, str]:
    """A dose and its unit where one is typed with it: "2", "2 g/day", "7,5mg/week"."""
    found = _DOSE.fullmatch(text.strip())
    if found is None:
        parts = "; of a combination give each drug a row of its own, or leave the dose out" if _COMBINED.match(text) else ""
        raise ValueError(f"expected a dose such as 2 or 2 g/day{parts}")
    return typed_number(found[1]), found[2] or ""


def typed_weight(text: str) -> Decimal:
    """Kilograms of "61.5", "61,5 kg", "135 lb" or "9 st 8 lb", exactly: a limit in pounds is compared with the pounds typed."""
    return _measured(text, _MASSES, "a weight such as 61.5, 135 lb or 9 st 8 lb")


def typed_height(text: str) -> Decimal:
    """Centimetres of "164", "1.64 m", "5 ft 4 in" or 5'4", exactly."""
    return _measured(text, _LENGTHS, "a height such as 164, 1.64 m or 5 ft 4 in")


def age_from_birth(text: str, day: date) -> Decimal | str:
    """Completed years on `day` of somebody born on the day typed, "90+" from ninety on; nothing of the day is kept."""
    born = _typed_day(text, day)
    if born > day:
        raise ValueError("the day of birth lies after the day of the facts")
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    if years > 130:
        raise ValueError("that is more than 130 years ago")
    return "90+" if years >= TOP_AGE else Decimal(years)


def _typed_day(text: str, day: date) -> date:
    found = typed_date(text, day)
    if not found.exact:
        raise ValueError("expected a whole date, such as 1991-04-30 or 30 Apr 1991")
    return whole_day(found)


def _exactly(day: date) -> PartialDate:
    return PartialDate(day, day)


def _ago(said: str, day: date) -> PartialDate | None:
    found = _AGO.fullmatch(said)
    if found is None:
        return None
    count, word = found[1] or found[3], found[2] or found[4]
    unit = _UNITS.get(word) or _UNITS.get(word.removesuffix("s"))
    if unit is None:
        return None
    then = Span(Decimal(_COUNTS.get(count) or count), unit).before(day)
    return partial_date({"month": f"{then:%Y-%m}", "year": f"{then:%Y}"}.get(unit, then.isoformat()))


def _named(said: str, day: date) -> PartialDate | None:
    """ "5 Nov 2026", "Nov 2026", "November 5, 2026"."""
    found = _NAMED.fullmatch(said)
    if found is None:
        return None
    number, name, year = (found[1], found[2], found[3]) if found[2] else (found[5], found[4], found[6])
    month = _MONTHS.get(name[:3])
    return None if month is None else _of_parts(year, month, number)


def _without_year(said: str, day: date) -> PartialDate | None:
    """ "20 Nov", "November 20", "March"."""
    found = _DAY_OF_MONTH.fullmatch(said)
    name = (found[2] or found[3]) if found is not None else ""
    month = next((number for number, month in enumerate(_MONTH_NAMES, 1) if month.startswith(name)), None)
    if found is None or month is None:
        return None
    number = found[1] or found[4]
    if found[4] and 0 <= day.year % 100 - int(found[4]) < _NEAR_YEARS:
        short = _MONTH_NAMES[month - 1][:3].capitalize()
        raise ValueError(f"“{said}” may be a day or a year: write {found[4]} {short} or {short} {day.year // 100}{found[4]}")
    for year in range(day.year, day.year - 5, -1):
        with suppress(ValueError):  # 29 February is not in every year
            then = _of_parts(str(year), month, number)
            if then.first <= day:
                return then
    return None


def _numeric(said: str, day: date) -> PartialDate | None:
    """ "2026/11/05", "05.11.2026", "11.2026", "11/2026"; "05/11/2026" and "05-11-2026" only where the order of its parts cannot be mistaken."""
    first = _YEAR_FIRST.fullmatch(said)
    if first is not None:
        return _of_parts(first[1], int(first[2] or first[4]), first[3] or first[5])
    dotted = _DOTTED.fullmatch(said)
    if dotted is not None:
        return _of_parts(dotted[3], int(dotted[2]), dotted[1])
    slashed = _SLASHED.fullmatch(said)
    if slashed is None:
        return None
    if slashed[1] is None:
        return _of_parts(slashed[3], int(slashed[2]), None)
    one, other = int(slashed[1]), int(slashed[2])
    if one != other and max(one, other) <= 12:
        raise ValueError(f"“{said}” may be day or month first: write {slashed[3]}-{other:02d}-{one:02d} or {slashed[3]}-{one:02d}-{other:02d}")
    return _of_parts(slashed[3], min(one, other), str(max(one, other)))


def _of_parts(year: str, month: int, number: str | None) -> PartialDate:
    return partial_date(f"{year}-{month:02d}" + (f"-{int(number):02d}" if number else ""))


def _measured(text: str, units: Mapping[str, Decimal], expected: str) -> Decimal:
    parts = list(_PARTS.finditer(text.casefold().strip().rstrip(".")))
    if not 1 <= len(parts) <= 2 or "".join(part[0] for part in parts) != text.casefold().strip().rstrip(".") or any(part[2] not in units for part in parts):
        raise ValueError(f"expected {expected}")
    first, unit = parts[0][1], parts[0][2]
    if len(parts) == 1:
        return (typed_number(first) * units[unit]).normalize()
    second = parts[1][2] or _SECOND.get(unit, "?")
    if second.removesuffix("s") != _SECOND.get(unit):
        raise ValueError(f"expected {expected}")
    return (typed_number(first) * units[unit] + typed_number(parts[1][1]) * units[second]).normalize()
