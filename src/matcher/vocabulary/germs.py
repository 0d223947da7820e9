"""Tests for germs: the words by which a test or its result names them, and the infections that it may tell of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from matcher.vocabulary.concepts import table, worded

Words = tuple[str, ...]


class GermTest(NamedTuple):
    """The infections of a row (label, and whether kinds of it are meant), from which number on, and how the test tells of them.

    `how` is "past" where antibodies tell of long ago, "site" of a place of samples, "any" of a test that does not say for what.
    """

    infections: tuple[tuple[str, bool], ...]
    least: Decimal | None
    how: str
    unless: tuple[Words, ...]


@cache
def _by_first_word() -> dict[str, list[tuple[Words, GermTest]]]:
    found: dict[str, list[tuple[Words, GermTest]]] = {}
    for names, labels, least, how, unless in ((*row, "", "", "")[:5] for row in table("germ_tests.tsv")):
        infections = tuple((label.removeprefix("="), not label.startswith("=")) for label in labels.split("|"))
        row = GermTest(infections, Decimal(least) if least else None, how, tuple(worded(unless)) if unless else ())
        for name in worded(names):
            found.setdefault(name[0], []).append((name, row))
    return found


def germ_tests(said: Sequence[Words]) -> Iterator[GermTest]:
    """The rows of which a name stands in one of the texts, and none of the words beside which they say nothing."""
    rows = (row for words in said for at, word in enumerate(words) for name, row in _by_first_word().get(word, ()) if words[at : at + len(name)] == name)
    for row in dict.fromkeys(rows):
        if not any(_stands(name, words) for name in row.unless for words in said):
            yield row


def _stands(name: Words, words: Words) -> bool:
    return any(words[at : at + len(name)] == name for at in range(len(words) - len(name) + 1))
