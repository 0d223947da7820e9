"""The shared cases, through the command's own function: what each criterion's text and profile may be judged as."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rows import each_row

from matcher.commands.checking import _case

CASES = Path(__file__).resolve().parents[2] / "../shared/cases"
DECIDED = ("pass", "fail", "n/a")
WRITTEN, DRAWN = "criterion-cases.jsonl", "registry-cases.jsonl"


def _lines(name: str) -> list[str]:
    path = CASES / name
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def _judged(line: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return json.loads(line), _case(line, "case")


def _id(line: str) -> str:
    return str(json.loads(line)["id"])


@pytest.mark.skipif(not _lines(WRITTEN), reason="the shared cases are not here")
@each_row("line", _lines(WRITTEN), ids=_id)
def test_a_written_case_is_judged_acceptably(line: str) -> None:
    case, found = _judged(line)
    assert found["verdict"] in case["accept"], f"{found['check']}: {found['reason']}"


@pytest.mark.skipif(not _lines(DRAWN), reason="the shared cases are not here")
@each_row("line", _lines(DRAWN), ids=_id)
def test_a_case_of_the_registry_is_never_decided_wrongly(line: str) -> None:
    case, found = _judged(line)
    assert found["verdict"] in case["accept"] or found["verdict"] not in DECIDED, f"{found['check']}: {found['reason']}"


@pytest.mark.skipif(not _lines(DRAWN), reason="the shared cases are not here")
def test_most_cases_of_the_registry_are_judged_acceptably(record_property: Any) -> None:
    results = [_judged(line) for line in _lines(DRAWN)]
    met = sum(1 for case, found in results if found["verdict"] in case["accept"])
    record_property("acceptable", f"{met} of {len(results)}")
    assert met * 2 > len(results)
