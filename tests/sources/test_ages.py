"""Age groups as registries word them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.model.wording import parse, wording
from matcher.sources.ages import NO_AGES, read_age, read_ages

GROUPS = [
    ("18 Years to 60 Years", "18 years to 60 years", "age 18 to 60 years"),
    ("18 to 80 years old", "18 years to 80 years", "age 18 to 80 years"),
    ("18 - 65 Years", "18 years to 65 years", "age 18 to 65 years"),
    ("6 Months to 17 Years", "6 months to 17 years", "age ≥ 6 months and age ≤ 17 years"),
    ("1 Day to 28 Days", "1 day to 28 days", "age 1 to 28 days"),
    ("18 Years and older", "18 years and older", "age ≥ 18 years"),
    ("18 Years and older (Adult, Older Adult)", "18 years and older", "age ≥ 18 years"),
    ("18+ years old", "18 years and older", "age ≥ 18 years"),
    ("≥ 40 years", "40 years and older", "age ≥ 40 years"),
    ("N/A to 65 Years", "up to 65 years", "age ≤ 65 years"),
    ("up to 18 Years", "up to 18 years", "age ≤ 18 years"),
    ("65 Years and younger", "up to 65 years", "age ≤ 65 years"),
    ("Under 18 years old", "under 18 years", "age < 18 years"),
    ("18 Years to N/A", "18 years and older", "age ≥ 18 years"),
    ("12 Hours to 2 Days", "12 hours to 2 days", ""),
    ("0.5 Years to 1.0833333333333333 Years", "6 months to 13 months", "age 6 to 13 months"),
    ("0.4423076923076923 Years to 2 Years", "23 weeks to 2 years", "age ≥ 23 weeks and age ≤ 2 years"),
    ("0.00821917808219178 Years and older", "3 days and older", "age ≥ 3 days"),
    ("11.5 Years to 65 Years", "11.5 years to 65 years", "age 11.5 to 65 years"),
    ("18 years to <65 years", "18 years to under 65 years", "age ≥ 18 years and age < 65 years"),
]


@each_row(("group", "text", "check"), GROUPS)
def test_an_age_group_is_read_in_its_own_units(group: str, text: str, check: str) -> None:
    ages = read_ages(group)
    assert ages is not None
    assert (ages.text, ages.check) == (text, check)


@each_row("group", ["All", "N/A and older", "N/A", "N/A to N/A", "Child, Adult, Older Adult"])
def test_no_bound_is_no_bound(group: str) -> None:
    assert read_ages(group) == NO_AGES


@each_row("group", ["adults", "see below", "18 Years to the end of study", "twelve"])
def test_other_words_are_not_understood(group: str) -> None:
    assert read_ages(group) is None


@each_row(
    ("bound", "years"), [("18 Years", 18.0), ("6 Months", 0.5), ("28 Days", 28 / 365.25), ("1 Year", 1.0)]
)
def test_a_bound_in_years(bound: str, years: float) -> None:
    age = read_age(bound)
    assert age is not None
    assert age.years == pytest.approx(years)


@given(low=st.integers(1, 90), span=st.integers(1, 30), unit=st.sampled_from(["Years", "Months", "Weeks", "Days"]))
def test_every_group_gives_a_wording_of_the_language(low: int, span: int, unit: str) -> None:
    ages = read_ages(f"{low} {unit} to {low + span} {unit}")
    assert ages is not None
    assert wording(parse(ages.check)) == f"age {low} to {low + span} {unit.lower()}"
