"""Partial dates, spans in every unit, month-end clamps, and the edges of windows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.model.dates import UNITS, PartialDate, Span, check_number, partial_date, whole_day

DAY = date(2026, 11, 21)


def span(number: str, unit: str) -> Span:
    return Span(Decimal(number), unit)


@each_row(("written", "first", "last", "text"), [
    ("2024", date(2024, 1, 1), date(2024, 12, 31), "2024"),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
    ("2023-2", date(2023, 2, 1), date(2023, 2, 28), "2023-02"),
    ("2024-03-05", date(2024, 3, 5), date(2024, 3, 5), "2024-03-05"),
    (" 2024-3-5 ", date(2024, 3, 5), date(2024, 3, 5), "2024-03-05"),
    ("2024-12", date(2024, 12, 1), date(2024, 12, 31), "2024-12"),
    (date(2024, 3, 5), date(2024, 3, 5), date(2024, 3, 5), "2024-03-05"),
    (datetime(2024, 3, 5, 23, 59), date(2024, 3, 5), date(2024, 3, 5), "2024-03-05"),
    ("0001", date(1, 1, 1), date(1, 12, 31), "0001"),
    ("9999-12", date(9999, 12, 1), date(9999, 12, 31), "9999-12"),
])
def test_a_partial_date_is_an_interval(written: object, first: date, last: date, text: str) -> None:
    found = partial_date(written)
    assert (found.first, found.last, str(found)) == (first, last, text)
    assert found.exact == (first == last)
    assert partial_date(str(found)) == found
    assert partial_date(found) is found


@each_row("written", [
    "", "spring", "24", "2024-13", "2024-00", "2023-02-29", "2024-02-30", "2024-1-1-1", "2024-03-05T00:00",
    "05.03.2024", "2024-", "-2024", "0000", "2024\n-03", "２０２４-13", 2024, 20.24, None, True, [], {"year": 2024},
])
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="expected a date such as 2024-03-05, 2024-03 or 2024"):
        partial_date(written)


def test_a_whole_day_is_not_a_month() -> None:
    assert whole_day("2026-11-21") == DAY
    with pytest.raises(ValueError, match="expected a whole date"):
        whole_day("2026-11")


def test_a_date_known_not_to_lie_after_a_day() -> None:
    assert partial_date("2026").until(DAY) == PartialDate(date(2026, 1, 1), DAY)
    assert partial_date("2025").until(DAY) == partial_date("2025")
    assert partial_date("2027").until(DAY) == PartialDate(date(2027, 1, 1), date(2027, 1, 1))


@each_row(("day", "number", "unit", "before", "after"), [
    (date(2026, 11, 21), "1", "day", date(2026, 11, 20), date(2026, 11, 22)),
    (date(2026, 11, 21), "0", "day", date(2026, 11, 21), date(2026, 11, 21)),
    (date(2026, 11, 21), "2", "week", date(2026, 11, 7), date(2026, 12, 5)),
    (date(2026, 11, 21), "1.5", "week", date(2026, 11, 10), date(2026, 12, 2)),
    (date(2026, 11, 21), "1", "hour", date(2026, 11, 20), date(2026, 11, 22)),
    (date(2026, 11, 21), "24", "hour", date(2026, 11, 20), date(2026, 11, 22)),
    (date(2026, 11, 21), "25", "hour", date(2026, 11, 19), date(2026, 11, 23)),
    (date(2026, 11, 21), "72", "hour", date(2026, 11, 18), date(2026, 11, 24)),
    (date(2026, 11, 21), "1", "month", date(2026, 10, 21), date(2026, 12, 21)),
    (date(2026, 3, 31), "1", "month", date(2026, 2, 28), date(2026, 4, 30)),
    (date(2024, 3, 31), "1", "month", date(2024, 2, 29), date(2024, 4, 30)),
    (date(2026, 1, 31), "13", "month", date(2024, 12, 31), date(2027, 2, 28)),
    (date(2026, 12, 31), "6", "month", date(2026, 6, 30), date(2027, 6, 30)),
    (date(2024, 2, 29), "1", "year", date(2023, 2, 28), date(2025, 2, 28)),
    (date(2024, 2, 29), "4", "year", date(2020, 2, 29), date(2028, 2, 29)),
    (date(2026, 11, 21), "0.5", "year", date(2026, 5, 21), date(2027, 5, 21)),
    (date(2026, 11, 21), "1.5", "month", date(2026, 10, 6), date(2027, 1, 5)),
    (date(2026, 11, 21), "3000", "year", date.min, date(5026, 11, 21)),
    (date(2026, 11, 21), "99999999999", "day", date.min, date.max),
    (date(2026, 11, 21), "99999999999", "year", date.min, date.max),
])
def test_spans_in_calendar_units(day: date, number: str, unit: str, before: date, after: date) -> None:
    assert span(number, unit).before(day) == before
    assert span(number, unit).after(day) == after


@each_row(("number", "unit"), [
    ("-1", "day"), ("NaN", "day"), ("Infinity", "day"), ("1", "days"), ("1", "fortnight"),
])
def test_what_is_no_span_is_refused(number: str, unit: str) -> None:
    with pytest.raises(ValueError, match="not a span of time"):
        span(number, unit)


@each_row(("number", "unit", "text"), [
    ("1", "day", "1 day"), ("2", "week", "2 weeks"), ("0.5", "year", "0.5 years"),
])
def test_spans_in_words(number: str, unit: str, text: str) -> None:
    assert str(span(number, unit)) == text


@each_row(("event", "number", "unit", "first"), [
    (date(2026, 1, 10), "30", "day", date(2026, 2, 10)),
    (date(2026, 1, 31), "1", "month", date(2026, 3, 1)),
    (date(2026, 1, 28), "1", "month", date(2026, 3, 1)),
    (date(2024, 2, 29), "1", "year", date(2025, 3, 1)),
    (date(2026, 1, 10), "0", "day", date(2026, 1, 11)),
    (date(9999, 12, 1), "1", "year", date.max),
])
def test_the_first_day_beyond(event: date, number: str, unit: str, first: date) -> None:
    assert span(number, unit).first_day_beyond(event) == first


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 400), st.sampled_from(UNITS))
def test_the_first_day_beyond_is_the_first(event: date, number: int, unit: str) -> None:
    length = Span(Decimal(number), unit)
    first = length.first_day_beyond(event)
    assert length.before(first) > event
    assert length.before(date.fromordinal(first.toordinal() - 1)) <= event


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 400), st.sampled_from(UNITS))
def test_a_longer_span_never_ends_later(day: date, number: int, unit: str) -> None:
    shorter, longer = Span(Decimal(number), unit), Span(Decimal(number + 1), unit)
    assert longer.before(day) <= shorter.before(day) <= day
    assert longer.after(day) >= shorter.after(day) >= day
    assert shorter.days < longer.days


@each_row(("value", "read"), [
    (3, Decimal(3)), (0.1, Decimal("0.1")), (Decimal("1.50"), Decimal("1.50")), (" 1:160 ", "1:160"), ("12", "12"),
])
def test_measured_values_are_kept_exactly(value: object, read: object) -> None:
    assert check_number(value) == read


@each_row("value", [True, None, "", "  ", float("nan"), float("inf"), [], {}])
def test_what_is_no_measured_value_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="expected a"):
        check_number(value)
