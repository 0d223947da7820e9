"""`check`: one criterion, and a file of cases answered line by line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from command_support import process, refused, run
from rows import each_row

if TYPE_CHECKING:
    from conftest import Desk

ANSWER = {"id", "verdict", "presumed", "code", "reason", "check", "read", "missing"}
PATIENT = {"schema": 1, "id": "CASE", "as_of": "2026-11-21", "age": 34, "sex": "female"}


def case(name: Any, criterion: Any = "Age 18 years or older", kind: Any = "inclusion", **profile: Any) -> str:
    return json.dumps({"id": name, "kind": kind, "criterion": criterion, "profile": {**PATIENT, **profile}})


@each_row(("kind", "text", "shown", "verdict"), [
    ("inclusion", "Age 18 to 80 years", "✓ met", "pass"),
    ("inclusion", "Men only", "✗ excludes", "fail"),
    ("exclusion", "Platelets < 50×10^9/L", "✓ met", "pass"),
    ("exclusion", "Hepatitis B surface antigen positive", "? ask", "unknown"),
    ("inclusion", "Has signed the informed consent form", "⚑ review", "review"),
])
def test_one_criterion(desk: Desk, kind: str, text: str, shown: str, verdict: str) -> None:
    arguments = ("check", "--kind", kind, "--profile", desk.profile)
    assert run(*arguments, text).out.startswith(f"{shown}: ")
    found = run(*arguments, "--format", "json", text).json
    assert found.keys() == ANSWER
    assert found["verdict"] == verdict


def test_an_open_criterion_is_said_as_a_question(desk: Desk) -> None:
    done = run("check", "--kind", "exclusion", "--profile", desk.profile, "HBsAg positive")
    assert "  ask: " in done.out
    assert "?" in done.out


def test_as_of_moves_the_window_of_one_criterion(desk: Desk) -> None:
    arguments = ("check", "--kind", "inclusion", "--profile", desk.profile, "--format", "json", "Platelets > 100×10^9/L within 14 days")
    assert run(*arguments, "--as-of", "2026-11-24").json["verdict"] == "pass"
    assert run(*arguments, "--as-of", "2026-11-25").json["verdict"] == "unknown"


@each_row("missing", [("--kind", "inclusion"), ("--profile", "T-1.toml"), ()])
def test_half_a_question_is_wrong_usage(desk: Desk, missing: tuple[str, ...]) -> None:
    assert run("check", *missing, "Age over 18").code == 2


def test_cases_are_answered_in_their_order(desk: Desk) -> None:
    names = ["c", "a", "b", "7", "ä"]
    done = run("check", "--cases", desk.file("cases.jsonl", "\n".join(case(name) for name in names) + "\n"))
    assert done.code == 0
    assert not done.err
    assert [one["id"] for one in done.lines] == names
    assert all(one.keys() == ANSWER for one in done.lines)


BAD = {
    "no JSON": "{not json",
    "no object": "[1, 2]",
    "no kind": json.dumps({"id": "x", "criterion": "Age over 18", "profile": PATIENT}),
    "wrong kind": case("x", kind="registry"),
    "no criterion": json.dumps({"id": "x", "kind": "inclusion", "profile": PATIENT}),
    "criterion no text": case("x", criterion=7),
    "no profile": json.dumps({"id": "x", "kind": "inclusion", "criterion": "Age over 18"}),
    "unknown key": case("x", agee=34),
    "wrong type": case("x", age=[34]),
    "no day": case("x", as_of="2026-02-30"),
    "later fact": case("x", labs=[{"test": "ALT", "value": 1, "date": "2027-01-01"}]),
    "not a number": case("x").replace("34", "NaN"),
    "endless number": case("x").replace("34", "1e999"),
    "deep": "[" * 100_000,
}


@each_row("bad", BAD.values(), ids=BAD.keys())
def test_a_bad_line_is_an_error_in_its_place_and_the_rest_goes_on(desk: Desk, bad: str) -> None:
    done = run("check", "--cases", desk.file("cases.jsonl", "\n".join([case("first"), bad, case("last")])))
    first, middle, last = done.lines
    assert done.code == 1
    assert middle.keys() == {"id", "error"}
    assert middle["id"] in ("x", None)
    assert "line 2" in middle["error"]
    assert "\n" not in middle["error"]
    assert (first["id"], last["id"]) == ("first", "last")
    assert first["verdict"] == last["verdict"] == "pass"


def test_any_plain_id_comes_back(desk: Desk) -> None:
    names = ["", "a\nb", 7, 1.5, None, True]
    done = run("check", "--cases", "-", given="\n".join(case(name) for name in names))
    assert [one["id"] for one in done.lines] == names


def test_cases_come_from_standard_input_whatever_its_bytes(desk: Desk) -> None:
    done = process("check", "--cases", "-", given=case("first").encode() + b"\n\xff\xfe\n" + case("last").encode())
    first, middle, last = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 1
    assert (first["id"], middle["id"], last["id"]) == ("first", None, "last")


def test_missing_cases_file_is_refused_in_one_line(desk: Desk) -> None:
    assert "no-such.jsonl" in refused("check", "--cases", desk.home / "no-such.jsonl")
    assert "cannot be read" in refused("check", "--cases", desk.home)
