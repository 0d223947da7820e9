"""What is typed in a field, and the value it stands for or what is said instead."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.intake.typed import age_from_birth, typed_date, typed_dose, typed_height, typed_number, typed_weight

DAY = date(2026, 11, 22)
DATES = [
    ("2026-11-05", "2026-11-05"), ("2026-11", "2026-11"), ("2026", "2026"), ("today", "2026-11-22"), ("Yesterday", "2026-11-21"),
    ("-10d", "2026-11-12"), ("- 2 w", "2026-11-08"), ("-3m", "2026-08"), ("-1y", "2025"), ("3 weeks ago", "2026-11-01"),
    ("a week ago", "2026-11-15"), ("two months ago", "2026-09"), ("10 days ago", "2026-11-12"), ("5 years ago", "2021"),
    ("5 Nov 2026", "2026-11-05"), ("Nov 2026", "2026-11"), ("november 5, 2026", "2026-11-05"), ("5. november 2026", "2026-11-05"),
    ("05.11.2026", "2026-11-05"), ("11.2026", "2026-11"), ("11/2026", "2026-11"), ("25/11/2025", "2025-11-25"), ("11/25/2025", "2025-11-25"),
    ("20 Nov", "2026-11-20"), ("Nov 20", "2026-11-20"), ("Nov 27", "2025-11-27"), ("25 Nov", "2025-11-25"), ("25. november", "2025-11-25"), ("March", "2026-03"), ("dec", "2025-12"),
    ("november", "2026-11"), ("29 Feb", "2024-02-29"), ("04/04/2025", "2025-04-04"), ("31 mar 2024", "2024-03-31"), ("-1 month", "2026-10"),
    ("2026/11/05", "2026-11-05"), ("2026.11.5", "2026-11-05"), ("2026/11", "2026-11"), ("2026年11月5日", "2026-11-05"), ("2026年11月", "2026-11"),
    ("25-11-2025", "2025-11-25"), ("11-2026", "2026-11"), ("5.Nov.2026", "2026-11-05"), ("5nov2026", "2026-11-05"), ("1st of March 2025", "2025-03-01"),
]  # fmt: skip
NO_DATES = [
    ("05/11/2026", "day or month first"), ("soon", "expected a date"), ("", "expected a date"), ("2026-02-30", "no such day"),
    ("30 Feb 2026", "no such day"), ("5 Foo 2026", "expected a date"), ("3 parsecs ago", "expected a date"), ("13/2026", "no such day"),
    ("decline", "expected a date"), ("40 Nov", "expected a date"), ("20 Foo", "expected a date"),
    ("Nov 25", "may be a day or a year: write 25 Nov or Nov 2025"), ("march 26", "write 26 Mar or Mar 2026"), ("11-05-2026", "day or month first"),
    ("12.11.26", "four digits"), ("12/11/26", "four digits"), ("5-Nov-26", "four digits"), ("March '23", "four digits"), ("2026/13/05", "no such day"),
]  # fmt: skip
NUMBERS = [("182", "182"), ("1.5", "1.5"), ("1,5", "1.5"), ("0,125", "0.125"), ("-2,5", "-2.5"), ("1,2345", "1.2345"), (" 7 ", "7"), ("1.500", "1.500")]
NUMBERS += [(".5", "0.5"), (",5", "0.5"), ("-.5", "-0.5"), ("182 000", "182000"), ("1 234 567,8", "1234567.8"), ("1'250", "1250"), ("1\u202f250", "1250"), ("1,250.5", "1250.5"), ("1.250,5", "1250.5"), ("1,250,000", "1250000"), ("1.250.000", "1250000")]
NO_NUMBERS = [("1,500", "may be 1500 or 1.500"), ("1.2.3", "expected a number"), ("", "expected a number"), ("five", "expected a number"), ("1,", "expected a number"), ("1 82", "expected a number"), ("1 250,500.5", "expected a number"), (".", "expected a number"), ("+", "expected a number"), ("1.250.00", "expected a number"), ("1250 000", "expected a number")]
WEIGHTS = [("61.5", "61.5"), ("61,5 kg", "61.5"), ("135 lb", "61.23496995"), ("135lbs", "61.23496995"), ("9 st 8 lb", "60.78137758"), ("3200 g", "3.2"), ("10 st", "63.5029318"), ("70 KG", "7E+1")]
DOSES = [("2", "2", ""), ("2 g/day", "2", "g/day"), ("7,5mg/week", "7.5", "mg/week"), ("500 mg twice a day", "500", "mg twice a day"), ("0.5 µg/kg/day", "0.5", "µg/kg/day")]
HEIGHTS = [("164", "164"), ("1.64 m", "164"), ("1,64m", "164"), ("5 ft 4 in", "162.56"), ("5'4\"", "162.56"), ("5'4", "162.56"), ("65 in", "165.1"), ("1 m 64", "164"), ("6 ft", "182.88")]
NO_SIZES = ["heavy", "5 ft 4 lb", "", "1 2 3", "60 kg 3 lb", "5 x"]
AGES = [("1992-11-22", "34"), ("1992-11-23", "33"), ("30 Apr 1991", "35"), ("1936-11-22", "90+"), ("1936-11-23", "89"), ("2026-11-22", "0"), ("29.02.2024", "2")]
NO_AGES = [("1992", "whole date"), ("2026-11-23", "after"), ("1801-01-01", "130"), ("Nov 1992", "whole date")]


@each_row("text, expected", DATES)
def test_a_date_as_typed(text: str, expected: str) -> None:
    assert str(typed_date(text, DAY)) == expected


@each_row("text, words", NO_DATES)
def test_what_is_no_date_is_said(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        typed_date(text, DAY)


@each_row("text, expected", NUMBERS)
def test_a_number_as_typed(text: str, expected: str) -> None:
    assert typed_number(text) == Decimal(expected)


@each_row("text, words", NO_NUMBERS)
def test_what_is_no_number_is_said(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        typed_number(text)


@each_row("text, expected", WEIGHTS)
def test_a_weight_is_in_kilograms(text: str, expected: str) -> None:
    assert typed_weight(text) == Decimal(expected)


@each_row("text, number, unit", DOSES)
def test_a_dose_is_taken_with_its_unit(text: str, number: str, unit: str) -> None:
    assert typed_dose(text) == (Decimal(number), unit)


@each_row("text", ["g/day", "2 3 g", "two", "1.2.3 g", "2-3 g"])
def test_what_is_no_dose_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="expected a dose"):
        typed_dose(text)


@each_row("text", ["97/103 mg", "97 / 103", "1.5+2 mg"])
def test_a_combination_is_no_dose_of_one_drug(text: str) -> None:
    with pytest.raises(ValueError, match="give each drug a row of its own, or leave the dose out"):
        typed_dose(text)


@each_row("text, expected", HEIGHTS)
def test_a_height_is_in_centimetres(text: str, expected: str) -> None:
    assert typed_height(text) == Decimal(expected)


@each_row("text", NO_SIZES)
def test_what_is_no_size_is_said(text: str) -> None:
    for read in (typed_weight, typed_height):
        with pytest.raises(ValueError, match="expected"):
            read(text)


@each_row("text, expected", AGES)
def test_an_age_is_reckoned_from_a_birth_date(text: str, expected: str) -> None:
    assert str(age_from_birth(text, DAY)) == expected


@each_row("text, words", NO_AGES)
def test_what_gives_no_age_is_said(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        age_from_birth(text, DAY)


@given(st.one_of(st.text(max_size=14), st.from_regex(r"[-+]?[0-9]{0,5}[.,/ -]?[a-z0-9'\"]{0,6}[., /-]?[0-9]{0,5}( ago)?", fullmatch=True)))
def test_any_text_is_a_value_or_refused(text: str) -> None:
    for read in (partial(typed_date, day=DAY), typed_number, typed_weight, typed_height, partial(age_from_birth, day=DAY)):
        with suppress(ValueError):
            read(text)
