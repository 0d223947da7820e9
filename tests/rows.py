"""A whole table as one test: every row is tried, and every row that fails is shown."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from traceback import format_tb
from typing import Any

import pytest

Test = Callable[..., None]
_LONGEST_NAME = 160


def each_row(names: str | Sequence[str], table: Iterable[Any], ids: Callable[[Any], Any] | Iterable[Any] | None = None) -> Callable[[Test], Test]:
    """Run a test once for each row of a table, as `pytest.mark.parametrize` does, but as one item.

    An item of its own costs several milliseconds, which thousands of rows add up to minutes. Fixtures are shared by all
    rows of the table; a test whose rows must not see each other's files stays parametrised.
    """
    wanted = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    rows = [row if len(wanted) > 1 else (row,) for row in table]
    named = _named(rows, ids)

    def whole_table(test: Test) -> Test:
        @wraps(test)
        def tried(**fixtures: Any) -> None:
            if not rows:
                pytest.skip("the table has no rows")
            wrong = [_failure(test, {**fixtures, **dict(zip(wanted, row, strict=True))}) for row in rows]
            shown = [f"{name}\n{_indented(said)}" for name, said in zip(named, wrong, strict=True) if said is not None]
            if shown:
                pytest.fail("\n\n".join([f"{len(shown)} of {len(rows)} rows fail:", *shown]), pytrace=False)

        signature = inspect.signature(test)
        kept = [parameter for name, parameter in signature.parameters.items() if name not in wanted]
        tried.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
        return tried

    return whole_table


def _named(rows: Sequence[Sequence[Any]], ids: Callable[[Any], Any] | Iterable[Any] | None) -> list[str]:
    """What each row is called in the message: its given name, else its values."""
    if ids is None:
        found = [" | ".join(str(value) for value in row) for row in rows]
    elif callable(ids):
        found = [" | ".join(str(ids(value)) for value in row) for row in rows]
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


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
