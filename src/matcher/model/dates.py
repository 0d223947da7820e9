"""Dates as people record them (a day, a month, a year) and calendar spans measured back from a day."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any

from matcher.model.patterns import pattern_of
from matcher.model.records import Reads
from matcher.model.values import value

_PARTIAL = pattern_of(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
UNITS = ("hour", "day", "week", "month", "year")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, or the whole month or year it is known to lie in: the closed interval `first` to `last`."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    def plain(self) -> date | str:
        """The date as a file holds it: a day, or the words of a month or year."""
        return self.first if self.exact else str(self)

    def until(self, latest: date) -> PartialDate:
        """The same date, knowing that it is not after `latest`."""
        return PartialDate(self.first, max(self.first, min(self.last, latest)))

    def __str__(self) -> str:
        if self.exact:
            return self.first.isoformat()
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first.year:04d}-{self.first.month:02d}"
        return f"{self.first.year:04d}"


def partial_date(value: object) -> PartialDate:
    """Read a date, "2024", "2024-03" or "2024-03-05"; ValueError says what was expected."""
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, date):
        day = date(value.year, value.month, value.day)
        return PartialDate(day, day)
    found = _PARTIAL.match(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError("expected a date such as 2024-03-05, 2024-03 or 2024")
    year, month, day_text = found.groups()
    try:
        if day_text:
            day = date(int(year), int(month), int(day_text))
            return PartialDate(day, day)
        if month:
            return PartialDate(date(int(year), int(month), 1), _month_end(int(year), int(month)))
        return PartialDate(date(int(year), 1, 1), date(int(year), 12, 31))
    except ValueError:
        raise ValueError("no such day: expected a date such as 2024-03-05, 2024-03 or 2024") from None


def whole_day(value: object) -> date:
    """Read a day that must be known exactly; ValueError says what was expected."""
    found = partial_date(value)
    if not found.exact:
        raise ValueError("expected a whole date such as 2026-11-21")
    return found.first


AnyDate = Annotated[PartialDate, Reads(partial_date)]
Day = Annotated[date, Reads(whole_day)]


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year < 1:
        return date.min
    if year > 9999:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _add_days(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


@value(frozen=True, slots=True)
class Span:
    """A length of time; months and years are calendar months and years, clamped to the month's end."""

    number: Decimal
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS or not self.number.is_finite() or self.number < 0:
            raise ValueError(f"not a span of time: {self.number} {self.unit}")

    def __str__(self) -> str:
        return f"{self.number:f} {self.unit}{'' if self.number == 1 else 's'}"

    @property
    def days(self) -> float:
        """The approximate length in days, for ordering and display only."""
        return float(self.number) * {"hour": 1 / 24, "day": 1, "week": 7, "month": 30.4375, "year": 365.25}[self.unit]

    def before(self, day: date) -> date:
        """The day this long before `day` (hours count as started days)."""
        return self._shift(day, -1)

    def after(self, day: date) -> date:
        """The day this long after `day`."""
        return self._shift(day, 1)

    def first_day_beyond(self, event: date) -> date:
        """The first day on which `event` lies more than this span back."""
        return _search(event, lambda day: self.before(day) > event, self.after(event))

    def _shift(self, day: date, sign: int) -> date:
        months = {"month": 1, "year": 12}.get(self.unit)
        if months is None:
            per_unit = {"hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7)}[self.unit]
            return _add_days(day, sign * _ceil(min(self.number, Decimal(10**7)) * per_unit))
        exact = min(self.number, Decimal(10**5)) * months
        whole = int(exact)
        moved = _add_months(day, sign * whole)
        return moved if whole == exact else _add_days(moved, sign * round(float(exact - whole) * 30.4375))


def _ceil(number: Decimal) -> int:
    whole = int(number)
    return whole if whole == number else whole + 1


def _search(event: date, beyond: Callable[[date], bool], guess: date) -> date:
    day = max(event, _add_days(guess, -5))
    while not beyond(day):
        if day == date.max:
            return day
        day = _add_days(day, 1)
    return day


def check_number(value: Any) -> Decimal | str:
    """A measured value as recorded: a finite number kept exactly, or words; ValueError says what was expected."""
    if isinstance(value, bool) or value is None:
        raise ValueError('expected a number, or words such as "positive"')
    if isinstance(value, str):
        if not value.strip():
            raise ValueError("expected a number or words, not an empty text")
        return value.strip()
    if isinstance(value, (int, float, Decimal)):
        return finite_number(value)
    raise ValueError('expected a number, or words such as "positive"')


def finite_number(value: int | float | Decimal) -> Decimal:
    """The number kept exactly; ValueError where it is not finite or no measurement could have its size."""
    number = Decimal(value) if isinstance(value, int) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError("expected a finite number")
    if number and (abs(number.adjusted()) > 30 or len(number.as_tuple().digits) > 40):
        raise ValueError("expected a number of ordinary size")
    return number
