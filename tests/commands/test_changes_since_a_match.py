"""What an import, a match and `library changes` tell of criteria that changed since a patient was matched."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from command_support import PROFILE, run

if TYPE_CHECKING:
    from conftest import Desk

TYPED = "Title: Air one\nID: AIR-1\nStatus: recruiting\nCondition: lupus nephritis\n\nInclusion criteria:\n- Lupus nephritis\n- SLEDAI-2K of 8 or more\nExclusion criteria:\n- Smokers\n"
LATER = TYPED.replace("8 or more", "6 or more").replace("- Smokers", "- Pregnancy")
NOW_SAYS = "I2 now says “SLEDAI-2K of 6 or more”; it said “SLEDAI-2K of 8 or more”"


def _patient(desk: Desk) -> Path:
    """The patient's file in her own folder: only a patient who is kept there is noted."""
    return desk.file("data/profiles/T-1.toml", PROFILE)


def test_what_changed_since_a_match_is_told_by_the_import_by_the_next_match_and_on_request(desk: Desk) -> None:
    _patient(desk)
    run("import", desk.file("air.txt", TYPED))
    assert "changed since" not in run("match", "T-1").err
    done = run("import", desk.file("air.txt", LATER))
    assert "AIR-1 changed since T-1 was matched on" in done.out
    assert f"    {NOW_SAYS}" in done.out
    assert "E1 is new among the exclusion criteria: “Pregnancy”" in done.out
    assert "the former E1 is gone" in done.out
    again = run("match", "T-1")
    assert NOW_SAYS in again.err
    assert NOW_SAYS not in again.out
    assert NOW_SAYS in run("library", "changes", "T-1").out
    (found,) = run("library", "changes", "T-1", "--format", "json").json
    assert (found["profile"], found["trial"], found["changes"][0]) == ("T-1", "AIR-1", NOW_SAYS)
    (told,) = run("import", desk.file("air.txt", TYPED.replace("8", "9")), "--format", "json").json["changed_since_match"]
    assert told["trial"] == "AIR-1"


def test_nothing_is_told_of_a_trial_whose_criteria_say_the_same(desk: Desk) -> None:
    _patient(desk)
    run("import", desk.file("air.txt", TYPED))
    run("match", "T-1")
    done = run("import", desk.file("air.txt", TYPED.replace("recruiting", "suspended")))
    assert "1 read: 1 changed" in done.out
    assert "since" not in done.out
    assert "no criterion changed" in run("library", "changes", "T-1").out


def test_a_patient_who_is_kept_nowhere_or_no_longer_leaves_nothing(desk: Desk) -> None:
    kept = _patient(desk)
    run("import", desk.file("air.txt", TYPED))
    run("match", "T-1")
    run("match", desk.file("elsewhere.toml", PROFILE.replace("T-1", "T-2")))
    assert _noted(desk) == ["T-1"]
    kept.unlink()
    run("import", desk.file("air.txt", LATER))
    assert _noted(desk) == []


def _noted(desk: Desk) -> list[str]:
    base = sqlite3.connect(desk.home / "data/library.db")
    try:
        return [name for (name,) in base.execute("SELECT profile FROM matched")]
    finally:
        base.close()


def test_two_files_of_one_trial_do_not_take_turns(desk: Desk) -> None:
    desk.file("both/a.txt", TYPED)
    desk.file("both/b.txt", LATER)
    assert "2 read: 1 new, 1 changed" in run("import", desk.home / "both").out
    assert "2 read: 2 unchanged" in run("import", desk.home / "both").out
    assert "1 read: 1 changed" in run("import", desk.home / "both/a.txt").out


def test_a_mistyped_check_and_a_file_called_otherwise_are_said(desk: Desk) -> None:
    desk.file("data/profiles/other.toml", PROFILE)
    assert 'this is the patient "T-1", not "other"' in run("match", "other").err
    run("import", desk.file("air.txt", TYPED))
    run("library", "curate", "AIR-1")
    path = desk.home / "data/trials/AIR-1.toml"
    text = path.read_text(encoding="utf-8").replace('check = "smoking current"', 'check = "plateletts < 50"\ncurated = true')
    path.write_text(text, encoding="utf-8")
    assert "AIR-1: E1: “plateletts” is no test that matcher knows" in (done := run("match", "T-1", "--trials", path.parent)).err or done
    said = run("trials").err
    assert "did you mean “platelets”?" in said
