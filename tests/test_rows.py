"""The rows of a table in one test: every row is tried, every one that fails is named with what it failed by."""

from __future__ import annotations

from pathlib import Path

import pytest
from rows import each_row


def test_every_row_that_fails_is_shown() -> None:
    tried: list[int] = []

    @each_row(("number", "square"), [(1, 1), (2, 5), (3, 9), (4, 15)], ids=["one", "two", "three", "four"])
    def squares(number: int, square: int) -> None:
        tried.append(number)
        assert number * number == square

    with pytest.raises(pytest.fail.Exception) as failed:
        squares()
    assert tried == [1, 2, 3, 4]
    said = str(failed.value).splitlines()
    assert said[0] == "2 of 4 rows fail:"
    assert [line for line in said[1:] if line.strip() and not line.startswith(" ")] == ["two", "four"]
    assert "assert (2 * 2) == 5" in str(failed.value)


def test_an_error_is_shown_with_its_place_and_the_rest_goes_on() -> None:
    @each_row("number", [0, 1, 0])
    def quotient(number: int) -> None:
        assert 1 / number == 1

    with pytest.raises(pytest.fail.Exception) as failed:
        quotient()
    assert "2 of 3 rows fail" in str(failed.value)
    assert "test_rows.py" in str(failed.value)
    assert "ZeroDivisionError: division by zero" in str(failed.value)


def test_what_was_to_be_refused_and_was_not_fails_its_row() -> None:
    @each_row("text", ["x", "1"])
    def refused(text: str) -> None:
        with pytest.raises(ValueError, match="invalid literal"):
            int(text)

    with pytest.raises(pytest.fail.Exception, match="1 of 2 rows fail:\n\n1\n    DID NOT RAISE"):
        refused()


def test_tables_may_be_crossed() -> None:
    met: list[tuple[int, str]] = []

    @each_row("number", [1, 2])
    @each_row("letter", "ab")
    def pairs(number: int, letter: str) -> None:
        met.append((number, letter))

    pairs()
    assert met == [(1, "a"), (1, "b"), (2, "a"), (2, "b")]


def test_an_empty_table_is_skipped() -> None:
    @each_row("number", [])
    def never(number: int) -> None:
        raise AssertionError(number)

    with pytest.raises(pytest.skip.Exception):
        never()


@each_row("name", ["one", "one", "two"])
def test_each_row_has_a_folder_of_its_own(tmp_path: Path, name: str) -> None:
    assert list(tmp_path.iterdir()) == []
    (tmp_path / name).write_text(name, encoding="utf-8")
