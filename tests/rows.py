"""A whole table as one test: every row is tried, and every row that fails is shown."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from textwrap import indent
from traceback import format_tb
from typing import Any

import pytest

Test = Callable[..., None]
Naming = Callable[[Any], Any] | Iterable[Any] | None
_LONGEST_NAME = 160


def each_row(names: str | Sequence[str], table: Iterable[Any], ids: Naming = None) -> Callable[[Test], Test]:
    """Run a test once for each row of a table, as `pytest.mark.parametrize` does, but as one item.

    An item of its own costs milliseconds, which thousands of rows make minutes. The rows share the test's fixtures, but
    for `tmp_path`, of which each has a folder; a test whose rows must not see each other's traces stays parametrised.
    """
    wanted = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    rows = [row if len(wanted) > 1 else (row,) for row in table]

    def whole_table(test: Test) -> Test:
        @wraps(test)
        def tried(**fixtures: Any) -> None:
            if not rows:
                pytest.skip("the table has no rows")
            wrong: dict[int, str] = {}
            for number, row in enumerate(rows):
                said = _failure(test, {**_own_folder(fixtures, number), **dict(zip(wanted, row, strict=True))})
                if said is not None:
                    wrong[number] = said
            if wrong:
                names_of_rows = _named(rows, ids)
                shown = [f"{names_of_rows[number]}\n{indent(said, '    ')}" for number, said in wrong.items()]
                pytest.fail("\n\n".join([f"{len(wrong)} of {len(rows)} rows fail:", *shown]), pytrace=False)

        signature = inspect.signature(test)
        kept = [parameter for name, parameter in signature.parameters.items() if name not in wanted]
        tried.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
        return tried

    return whole_table


def _own_folder(fixtures: dict[str, Any], number: int) -> dict[str, Any]:
    if "tmp_path" not in fixtures:
        return fixtures
    own = fixtures["tmp_path"] / f"row{number}"
    own.mkdir()
    return {**fixtures, "tmp_path": own}


def _named(rows: Sequence[Sequence[Any]], ids: Naming) -> list[str]:
    """What each row is called in the message: its given name, else its values."""
    if ids is None or callable(ids):
        one_name = ids or str
        found = [" | ".join(str(one_name(value)) for value in row) for row in rows]
    else:
        found = [str(one) for one in ids]
    return [f"{one[:_LONGEST_NAME]}…" if len(one) > _LONGEST_NAME else one for one in found]


def _failure(test: Test, arguments: dict[str, Any]) -> str | None:
    """What a row fails with, or None; an error that is no assertion is shown with its place."""
    try:
        test(**arguments)
    except (AssertionError, pytest.fail.Exception) as wrong:
        return str(wrong) or "assertion failed"
    except Exception as wrong:
        return "".join([*format_tb(wrong.__traceback__)[-2:], f"{type(wrong).__name__}: {wrong}"])
    return None
