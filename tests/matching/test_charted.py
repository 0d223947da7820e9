"""Names as hospitals export them: what an entry is, what is left open, and what it is not, each decided as far as it goes."""

from __future__ import annotations

from pathlib import Path

from judging import judge

from matcher.model.language import Condition, Medication, Procedure

_TABLE = Path(__file__).with_name("charted.tsv")
_COMPLETE = {"complete": {"conditions": True, "medications": True, "procedures": True, "allergies": True}}


def _rows() -> list[list[str]]:
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [[*line.split("\t"), "", "", ""][:5] for line in lines[1:]]


def _verdict(listed: str, entry: str, asked: str) -> str:
    leaf = Condition(asked, "past") if listed == "conditions" else Medication(asked, "any") if listed == "medications" else Procedure(asked)
    return str(judge(leaf, "inclusion", {listed: [{"name": entry}], **_COMPLETE}).verdict)


def test_what_an_entry_is_what_may_be_besides_and_what_it_is_not() -> None:
    found = [
        (entry, asked, wanted, verdict)
        for listed, entry, *cells in _rows()
        for wanted, cell in zip(("pass", "unknown", "fail"), cells, strict=True)
        for asked in filter(None, cell.split("|"))
        if (verdict := _verdict(listed, entry, asked)) != wanted and not (wanted == "pass" and verdict == "review")
    ]
    assert found == []
