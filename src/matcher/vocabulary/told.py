"""Statements that a recorded fact answers: a twin pregnancy is no singleton pregnancy."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.vocabulary.concepts import table


class Told(NamedTuple):
    """A check in canonical wording, and whether a statement is so of whoever it is true of."""

    so: bool
    check: str


@cache
def _table() -> dict[str, tuple[Told, ...]]:
    found: dict[str, tuple[Told, ...]] = {}
    for statement, so, check in table("statement_facts.tsv"):
        found[statement] = (*found.get(statement, ()), Told(so == "yes", check))
    return found


def told_by(statement: str) -> tuple[Told, ...]:
    """The facts that answer a statement, in the order of the table."""
    return _table().get(statement, ())
