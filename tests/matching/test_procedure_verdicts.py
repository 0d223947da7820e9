"""Procedures as a chart names them, against what criteria ask: which class they certainly are, may be, and are not."""

from __future__ import annotations

from pathlib import Path

from judging import complete, judge, merged, procedure
from rows import each_row

from matcher.reading import read_criterion

_TABLE = Path(__file__).with_name("procedure_verdicts.tsv")
_COMPLETE = complete(procedures=True, conditions=True, medications=True)
_ROWS = [line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")][1:]


@each_row(("kind", "criterion", "verdict", "entries"), [tuple(row) for row in _ROWS])
def test_a_procedure_counts_for_what_it_is(kind: str, criterion: str, verdict: str, entries: str) -> None:
    check = read_criterion(criterion, kind).check
    found = {entry: judge(check, kind, merged(_COMPLETE, procedure(entry, "2026-11-10"))).verdict for entry in entries.split("|")}
    assert {entry: got for entry, got in found.items() if got != verdict} == {}


def test_there_are_enough_of_each_verdict() -> None:
    counts = {verdict: sum(len(row[3].split("|")) for row in _ROWS if row[2] == verdict) for verdict in ("fail", "pass", "unknown")}
    assert counts["fail"] > 150
    assert counts["pass"] > 130
    assert counts["unknown"] >= 20
