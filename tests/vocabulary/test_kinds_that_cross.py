"""Kinds of one condition that are told apart by different things do not rule each other out, and what narrows a name is no other name for it."""

from __future__ import annotations

from pathlib import Path

from rows import each_row

from matcher.vocabulary import Relation, load

LINES = (Path(__file__).parent / "kinds_that_cross.tsv").read_text(encoding="utf-8").splitlines()[2:]


@each_row(("have", "asked", "relation"), [tuple(line.split("\t")) for line in LINES])
def test_how_one_stands_to_the_other(have: str, asked: str, relation: str) -> None:
    one, other = load().condition(have), load().condition(asked)
    assert one is not None
    assert other is not None
    assert load().relation(one, other) is Relation(relation)
