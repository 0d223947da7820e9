"""Age groups as registries word them ("6 Months to 17 Years", "18 Years and older", "18+ years old")."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from decimal import Decimal

from matcher.model.patterns import pattern_of

_PER_YEAR = {
    "year": Decimal(1),
    "month": Decimal(12),
    "week": Decimal("52.1786"),
    "day": Decimal("365.25"),
    "hour": Decimal("8766"),
    "minute": Decimal("525960"),
}
_NUMBER = r"(\d+(?:\.\d+)?)"
_UNIT = r"(years?|yrs?|y/?o|y|months?|mos?|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?)\b"
_AGE = rf"{_NUMBER}\s*[-]?\s*(?:{_UNIT})?(?:\s+old|\s+of\s+age)?"
_NONE = r"(?:n/?a|no limit|no minimum|no maximum|none|any|birth|-)"
_RANGE = pattern_of(rf"(?:between\s+|from\s+)?(?:{_AGE}|{_NONE})\s*(?:to|through|and|[-–—~])\s*(<|under\s|below\s)?\s*(?:{_AGE}|{_NONE})")
_MIN = pattern_of(
    rf"(?:at least|from|minimum(?: age)?:?|≥|>=)\s*{_AGE}"
    rf"|{_AGE}\s*(?:(?:and|or|&)\s*(?:older|over|above|up|more)|plus)(?:\s*{_UNIT})?(?:\s+old)?"
)
_PLUS = pattern_of(rf"{_NUMBER}\s*\+\s*(?:{_UNIT})?(?:\s+old|\s+of\s+age)?")
_MAX = pattern_of(
    rf"(?:up to|at most|maximum(?: age)?:?|≤|<=|till|until)\s*{_AGE}"
    rf"|{_AGE}\s*(?:and|or|&)\s*(?:younger|under|below|less)"
)
_BELOW = pattern_of(rf"(?:under|below|younger than|less than|<)\s*{_AGE}")
_NO_BOUND = pattern_of(
    rf"all(?: ages)?|{_NONE}(?:\s*(?:to|and)\s*(?:{_NONE}|older|over))?|child,? adult,? (?:and )?older adult"
    r"|not (?:specified|provided|available|applicable|stated)"
)


_FRACTION = Decimal("1e-6")  # a year's part is written with that many digits at least


@dataclass(frozen=True, slots=True)
class Age:
    """An age in the unit its source uses: `number` of `unit` ("year", "month", "week", "day", "hour", "minute")."""

    number: Decimal
    unit: str
    written: Decimal | None = field(default=None, compare=False)  # years, where the source gave a part of one

    @property
    def years(self) -> float:
        """The age in years, fractions for smaller units."""
        return float(self.number / _PER_YEAR[self.unit] if self.written is None else self.written)

    @property
    def amount(self) -> str:
        """The number as written, without needless zeros."""
        return f"{self.number.normalize():f}"

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class AgeRange:
    """The ages a registry admits, both bounds included, or the upper one excluded (`below`); absent = no bound."""

    lowest: Age | None = None
    highest: Age | None = None
    below: bool = False

    @property
    def text(self) -> str:
        """The range in words: "18 years to 80 years", "6 months and older", "up to 17 years"; "" without bounds."""
        if self.lowest and self.highest:
            return f"{self.lowest} to {'under ' if self.below else ''}{self.highest}"
        if self.lowest:
            return f"{self.lowest} and older"
        if self.highest:
            return f"{'under' if self.below else 'up to'} {self.highest}"
        return ""

    @property
    def check(self) -> str:
        """The range in canonical wording; "" where it has no bounds or an age is given in hours or minutes."""
        bounds = [age for age in (self.lowest, self.highest) if age]
        if not bounds or any(age.unit in ("hour", "minute") for age in bounds):
            return ""
        if self.lowest and self.highest and self.lowest.unit == self.highest.unit and not self.below:
            return f"age {self.lowest.amount} to {self.highest.amount} {self.lowest.unit}s"
        sign = "<" if self.below else "≤"
        low = [f"age ≥ {self.lowest.amount} {self.lowest.unit}s"] if self.lowest else []
        high = [f"age {sign} {self.highest.amount} {self.highest.unit}s"] if self.highest else []
        return " and ".join(low + high)


NO_AGES = AgeRange()


def ages(lowest: str | None, highest: str | None) -> str | None:
    """Two age bounds as the one range that is read."""
    low, high = (one.strip() if one and one.strip() and one.strip().upper() != "N/A" else "" for one in (lowest, highest))
    if low and high:
        return f"{low} to {high}"
    return f"{low} and older" if low else high if high.startswith("<") else f"up to {high}" if high else None


def ages_of_groups(groups: Set[str]) -> str | None:
    """What the registry's age groups leave out: below 18, or 65 and above; None where that is nobody."""
    low = "" if "child" in groups else "18 Years" if "adult" in groups else "65 Years"
    high = "" if "older adult" in groups else "64 Years" if "adult" in groups else "17 Years"
    return ages(low, high)


def read_ages(text: str) -> AgeRange | None:
    """Read an age group; `NO_AGES` where it says there is no bound, None where it was not understood."""
    wording = " ".join(text.replace("\\", "").replace("(s)", "s").casefold().replace("\xa0", " ").split()).strip(" .;")
    wording = re.sub(r"\s*\((?:child|adult|older adult)[^()]*\)$", "", wording)
    if _NO_BOUND.fullmatch(wording):
        return NO_AGES
    if found := _RANGE.fullmatch(wording):
        low, low_unit, below, high, high_unit = found.groups()
        return AgeRange(_age(low, low_unit or high_unit), _age(high, high_unit or low_unit), below=bool(below and high))
    if found := re.fullmatch(rf"{_NONE}\s*(?:to|and|-|–)\s*{_AGE}", wording):
        return AgeRange(None, _age(*found.groups()))
    return _one_sided(wording)


def read_age(text: str | None) -> Age | None:
    """Read one age bound such as "18 Years" or "6 Months"; None where there is none."""
    found = re.fullmatch(_AGE, " ".join((text or "").casefold().split()))
    return _age(*found.groups()) if found else None


def _one_sided(wording: str) -> AgeRange | None:
    if found := _PLUS.fullmatch(wording):
        return AgeRange(_age(*found.groups()), None)
    if found := _MIN.fullmatch(wording):
        first, first_unit, second, second_unit, late_unit = found.groups()
        return AgeRange(_age(first or second, first_unit or second_unit or late_unit), None)
    if found := _MAX.fullmatch(wording):
        first, first_unit, second, second_unit = found.groups()
        return AgeRange(None, _age(first or second, first_unit or second_unit))
    if found := _BELOW.fullmatch(wording):
        return AgeRange(None, _age(*found.groups()), below=True)
    return None


def _age(number: str | None, unit: str | None) -> Age | None:
    return _whole(Age(Decimal(number), _unit(unit))) if number else None


def _whole(age: Age) -> Age:
    """An age that was put into fractions of a year as the months, weeks or days that it came from: 0.5 years are 6 months."""
    if age.unit == "year" and age.number != age.number.to_integral_value() and (age.number < 2 or len(str(age.number)) > 6):
        for per, unit in ((12, "month"), (52, "week"), (365, "day")):
            if abs(age.number * per - (near := round(age.number * per))) < _FRACTION:
                return Age(Decimal(near), unit, age.number)
    return age


def _unit(wording: str | None) -> str:
    starts = {"mo": "month", "w": "week", "d": "day", "h": "hour", "mi": "minute"}
    return next((unit for start, unit in starts.items() if (wording or "y").startswith(start)), "year")
