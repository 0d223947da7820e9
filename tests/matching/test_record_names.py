"""Names as a record writes them: what an entry is or may be, which is never denied, and what it certainly is not."""

from __future__ import annotations

from pathlib import Path

from judging import judge

from matcher.model.language import Condition, Medication, Procedure

_TABLE = Path(__file__).with_name("record_names.tsv")
_COMPLETE = {"complete": {"conditions": True, "medications": True, "procedures": True, "allergies": True}}


def _rows() -> list[list[str]]:
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [[*line.split("\t"), "", ""][:4] for line in lines[1:]]


def _denied(listed: str, entry: str, asked: str) -> bool:
    """Whether a complete list that holds only this entry says "no" to what is asked."""
    leaf = Condition(asked, "past") if listed == "conditions" else Medication(asked, "any") if listed == "medications" else Procedure(asked)
    return judge(leaf, "inclusion", {listed: [{"name": entry}], **_COMPLETE}).verdict == "fail"


def test_what_an_entry_may_be_is_not_denied() -> None:
    assert [(entry, asked) for listed, entry, may_be, _ in _rows() for asked in may_be.split("|") if asked and _denied(listed, entry, asked)] == []


def test_what_an_entry_is_not_is_denied() -> None:
    assert [(entry, asked) for listed, entry, _, is_not in _rows() for asked in is_not.split("|") if asked and not _denied(listed, entry, asked)] == []


def test_there_are_enough_of_either() -> None:
    assert sum(len(row[2].split("|")) for row in _rows()) > 150
    assert sum(len(row[3].split("|")) for row in _rows()) > 150
