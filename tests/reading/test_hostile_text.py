"""Texts made to take long: the work of reading grows with their length, and no text raises."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from rows import each_row

from matcher.reading import read_criterion
from matcher.reading.people.ages_told import _ANY_AGE, _EVERYONE, _ONE, _ONLY_PEOPLE, _RANGE

_LENGTH = 800  # characters
_MOST = 2.9  # times the work for twice the length; with its square it would be four times


def _calls(text: str, kind: str) -> int:
    """How many calls reading takes: the same on every machine."""
    count = 0

    def called(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        read_criterion(text, kind)
    finally:
        sys.setprofile(before)
    return count


@each_row("part", ["1. ", "T1N0M0, ", "( ", "HbA1c > 7 % or ", "18 years or older ", "male and female, ", "diabetes; "])
def test_the_work_grows_with_the_length(part: str) -> None:
    for kind in ("inclusion", "exclusion"):
        half, whole = (f"Patients aged {part * (length // len(part))}" for length in (_LENGTH // 2, _LENGTH))
        read_criterion(whole, kind)  # what is worked out once is known
        assert _calls(whole, kind) < _MOST * _calls(half, kind)


# With two ways to take each word these would not end within anybody's life.
@each_row("part", ["male, female, ", "and/or ", "to , ", "race, gender, ", "of any race and ", "ethnic groups ", "). ", "at the time of consent and ", "18 to "])
def test_words_that_fit_in_two_ways_are_taken_in_one(part: str) -> None:
    for before in ("", "aged 18 to 65 years "):
        said = (before + part * 100)[:210] + " HIV"
        assert not any(pattern.fullmatch(said) for pattern in (_RANGE, _ONE, _ANY_AGE, _ONLY_PEOPLE, _EVERYONE))


@pytest.mark.parametrize("kind", ["inclusion", "exclusion"])
def test_an_exception_that_names_nothing_known_raises_nothing(kind: str) -> None:
    assert read_criterion("LVEF <45% except Ⅳ between ", kind)
