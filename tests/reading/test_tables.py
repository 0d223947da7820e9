"""Criteria in our own words, by class of language, each with the check that a careful protocol reader would write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rows import each_row

from matcher.model.language import Ambiguous, Judgement, Statement, Unread
from matcher.model.trees import children, leaves
from matcher.model.wording import parse, wording
from matcher.reading.eligibility import as_read as read_criterion
from matcher.reading.tagging.simpler_words import simpler

TABLES = Path(__file__).parent / "tables"
SAID_OTHERWISE = "never.tsv"


def _lines(name: str) -> list[str]:
    text = (TABLES / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]


def _rows() -> Iterator[tuple[str, str, str, str]]:
    """class, kind, text, wording of every row of every table of readings."""
    for path in sorted(TABLES.glob("*.tsv")):
        if path.name == SAID_OTHERWISE:
            continue
        kind_of_language = ""
        for line in _lines(path.name):
            if line.startswith("## "):
                kind_of_language = line[3:]
                continue
            kind, text, expected = line.split("\t")
            yield kind_of_language, kind, text, expected


def _never() -> list[tuple[str, ...]]:
    return [tuple(line.split("\t")) for line in _lines(SAID_OTHERWISE)]


ROWS = list(_rows())
NEVER = _never()


def _named(rows: list[tuple[str, str, str, str]]) -> list[str]:
    return [f"{kind[:2]}: {text}" for _, kind, text, _ in rows]


# Twice half of the rows, so that both cores may read them: they are the longest table by far.
@each_row(("language", "kind", "text", "expected"), ROWS[::2], ids=_named(ROWS[::2]))
def test_reads_as_a_careful_reader_would(language: str, kind: str, text: str, expected: str) -> None:
    assert wording(read_criterion(text, kind).check) == expected, language


@each_row(("language", "kind", "text", "expected"), ROWS[1::2], ids=_named(ROWS[1::2]))
def test_reads_the_other_half_so_too(language: str, kind: str, text: str, expected: str) -> None:
    assert wording(read_criterion(text, kind).check) == expected, language


@each_row(("kind", "text", "right", "wrong"), NEVER, ids=[row[1] for row in NEVER])
def test_a_misreading_does_not_come_back(kind: str, text: str, right: str, wrong: str) -> None:
    check = read_criterion(text, kind).check
    assert wording(check) != wrong
    left_open = any(isinstance(leaf, Unread | Statement | Judgement) for leaf in leaves(check))
    if right and not left_open:
        assert wording(check) == right


@each_row("expected", sorted({row[3] for row in ROWS} | {row[2] for row in NEVER if row[2]}))
def test_every_expectation_is_a_canonical_wording(expected: str) -> None:
    assert wording(parse(expected)) == expected


def test_no_class_of_language_is_named_twice() -> None:
    names = [line for path in sorted(TABLES.glob("*.tsv")) for line in _lines(path.name) if line.startswith("## ")]
    assert len(names) == len(set(names))


def test_no_text_has_two_expectations() -> None:
    found = [(kind, text) for _, kind, text, _ in ROWS]
    assert len(found) == len(set(found))


@each_row(
    ("inclusion", "exclusion"),
    [
        ("AST and ALT ≤ 3 × ULN", "AST and ALT > 3 × ULN"),
        ("Asthma and gout", "Asthma and gout"),
        ("No rituximab within 6 months", "Has not received rituximab within 6 months"),
    ],
)
def test_and_and_not_are_certain_in_inclusions_only(inclusion: str, exclusion: str) -> None:
    def open_(text: str, kind: str) -> bool:
        check = read_criterion(text, kind).check
        return any(isinstance(node, Ambiguous) for node in (check, *children(check)))

    assert not open_(inclusion, "inclusion")
    assert open_(exclusion, "exclusion")


def test_plainer_words_come_to_rest() -> None:
    """A row whose words are said again by itself would be read without end."""
    def moves(text: str, kind: str) -> bool:
        once = simpler(text, kind)
        if once == text:
            return False
        thrice = simpler(simpler(once, kind), kind)
        return simpler(thrice, kind) != thrice

    assert [text for _, kind, text, _ in ROWS if moves(text, kind)] == []
