"""`export` in every form, `checklist`, `compare` and `recheck`: files as their readers open them, and what changed since."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from command_support import OTHER_TRIAL, PROFILE, TRIAL, process, refused, run
from rows import each_row

if TYPE_CHECKING:
    from conftest import Desk

ASKED = "Does the patient have HBsAg positive?"
BOTH = ("NCT00000017", "NCT00000025")


def test_every_form_is_written_by_its_ending_or_by_name(desk: Desk) -> None:
    given = ("export", desk.profile, "--trials", desk.trials, "--all")
    for ending, name in ((".toml", "toml"), (".html", "html"), (".csv", "csv"), ("-criteria.csv", "criteria-csv"), (".md", "markdown")):
        path = desk.home / f"list{ending}"
        assert run(*given, "-o", path).code == 0
        printed = run(*given, "--format", name).out
        assert path.read_bytes().decode("utf-8-sig") == printed
        assert path.read_bytes().startswith(b"\xef\xbb\xbf") == ("csv" in ending)
    assert run(*given, "--format", "toml", "-o", "-").out == run(*given, "--format", "toml").out
    with (desk.home / "list.csv").open(encoding="utf-8-sig", newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    assert [row["trial"] for row in rows] == list(BOTH)
    assert [row["standing"] for row in rows] == ["possible", "excluded"]
    assert rows[0]["what to ask"] == ASKED


def test_only_a_shortlist_of_the_same_patient_is_written_over_unasked(desk: Desk) -> None:
    given = ("export", desk.profile, "--trials", desk.trials, "--all", "-o")
    path = desk.home / "list.csv"
    run(*given, path)
    assert "exists already" in refused(*given, path)
    assert run(*given, path, "--over").code == 0


def test_a_checklist_is_blank_and_of_one_trial(desk: Desk) -> None:
    path = desk.home / "visit.md"
    assert run("checklist", desk.profile, BOTH[0], "--trials", desk.trials, "-o", path).code == 0
    text = path.read_text(encoding="utf-8")
    assert "# Visit checklist for T-1" in text
    assert ASKED in text
    assert "☐ yes   ☐ no" in text
    assert run("checklist", desk.profile, BOTH[0], "--trials", desk.trials).out.startswith("<!DOCTYPE html>")
    assert "did you mean" in refused("checklist", desk.profile, "NCT0000001", "--trials", desk.trials)


def test_trials_are_compared_side_by_side(desk: Desk) -> None:
    given = ("compare", desk.profile, *BOTH, "--trials", desk.trials)
    text = run(*given).out
    assert "≠ age: they differ\n   1  ✓ met      I1 Adults.\n   2  ✗ excludes I1 Old age." in text
    assert "= platelets: all ask the same" in text
    assert "platelets" not in run(*given, "--differences").out
    run(*given, "-o", desk.home / "both.md")
    assert "| ≠ | age | ✓ met I1 Adults. | ✗ excludes I1 Old age. |" in (desk.home / "both.md").read_text(encoding="utf-8")
    assert "exists already" in refused(*given, "-o", desk.home / "both.md")
    rows = run(*given, "--format", "json").json["rows"]
    assert {row["tests"]: row["standing"] for row in rows} == {"age": "differ", "platelets": "same", "hbsag positive": "same"}
    assert [one["id"] for one in rows[0]["trials"][1]["criteria"]] == ["I1"]


@each_row("ids", [BOTH[:1], BOTH[:1] * 2, ("A", "B", "C", "D", "E")])
def test_two_to_four_different_trials_are_compared(desk: Desk, ids: tuple[str, ...]) -> None:
    assert "two to four different trials" in refused("compare", desk.profile, *ids, "--trials", desk.trials)


@pytest.fixture
def exported(desk: Desk) -> Desk:
    """A shortlist of both trials that was exported, the patient being one of the user's."""
    desk.file("data/profiles/T-1.toml", PROFILE)
    run("export", "T-1", "--trials", desk.trials, "--all", "-o", desk.home / "list.toml")
    return desk


def rechecked(desk: Desk, *more: object) -> str:
    done = run("recheck", desk.home / "list.toml", "--trials", desk.trials, *more)
    assert done.code == 0, done.err
    return done.out


def test_nothing_has_changed(exported: Desk) -> None:
    assert rechecked(exported).count("nothing has changed.") == 2
    assert json.loads(rechecked(exported, "--format", "json"))["trials"][0]["lines"] == []


def test_a_changed_fact_a_changed_record_and_another_day_are_said(exported: Desk) -> None:
    exported.file("data/profiles/T-1.toml", PROFILE.replace("value = 182", "value = 82"))
    said = rechecked(exported)
    assert "Facts: labs: platelets: 182 10^9/L on 2026-11-10 then, 82 10^9/L on 2026-11-10 now." in said
    assert f"{BOTH[0]}  A made-up trial\n  was possible, is now excluded.\n  I2: was met, is now excludes: " in said
    exported.file("data/profiles/T-1.toml", PROFILE)
    exported.file("trials/first.toml", TRIAL.replace("Adults.", "Adults only."))
    (exported.trials / "second.toml").unlink()
    said = rechecked(exported)
    assert "I1 now says “Adults only.”; it said “Adults.”" in said
    assert f"{BOTH[1]}  A made-up trial\n  the record is no longer here." in said
    exported.file("trials/second.toml", OTHER_TRIAL)
    assert "Day: verdicts as of 2026-11-21 then, 2026-12-24 now." in rechecked(exported, "--as-of", "2026-12-24")


def test_what_cannot_be_rechecked_is_refused(exported: Desk) -> None:
    assert "there is no such file" in refused("recheck", exported.home / "none.toml")
    assert "this is no shortlist" in refused("recheck", exported.profile)
    assert "this is the shortlist of T-1, not of LN-0042" in refused("recheck", exported.home / "list.toml", "--profile", "LN-0042")


def test_the_new_commands_open_no_screen() -> None:
    for command in ("compare", "checklist", "recheck"):
        assert process(command, "--help").returncode == 0
