"""The versions of a record, removing what was typed by hand, and what is said to whoever helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from command_support import PROFILE, run
from test_changes_since_a_match import LATER, NOW_SAYS, TYPED

if TYPE_CHECKING:
    from conftest import Desk


def test_the_versions_of_a_record_with_the_criteria_that_changed(desk: Desk) -> None:
    run("import", desk.file("air.txt", TYPED))
    assert "1 version, the newest first" in run("library", "versions", "AIR-1").out
    run("import", desk.file("air.txt", LATER))
    done = run("library", "versions", "AIR-1")
    assert "2 versions, the newest first" in done.out
    assert f"    {NOW_SAYS}" in done.out
    newest, first = run("library", "versions", "AIR-1", "--format", "json").json
    assert NOW_SAYS in newest["changes"]
    assert first["changes"] == []
    assert "holds no such trial" in run("library", "versions", "AIR-2").err
    assert "expected the id of a trial" in run("library", "versions").err


def test_a_record_is_shown_whole(desk: Desk) -> None:
    run("import", desk.file("air.txt", TYPED))
    assert 'title = "Air one"' in run("library", "show", "AIR-1").out
    assert run("library", "show", "AIR-1", "--format", "json").json["conditions"] == ["lupus nephritis"]
    desk.file("data/trials/AIR-1.toml", 'schema = 1\nid = "AIR-1"\ntitle = "Confirmed"\n')
    assert 'title = "Confirmed"' in run("library", "show", "AIR-1").out
    assert "there is no such trial" in run("library", "show", "AIR-2").err
    assert "expected the id" in run("library", "show").err


def test_only_what_was_typed_by_hand_is_removed(desk: Desk) -> None:
    assert "no such library" in run("library", "remove", "AIR-1").err
    run("import", desk.file("air.txt", TYPED), desk.file("one.jsonl", '{"nct_id": "NCT90000001", "title": "Air", "criteria": "Inclusion Criteria:\\n- Asthma"}'))
    assert "not a trial typed by hand" in run("library", "remove", "NCT90000001").err
    assert "AIR-1: removed" in run("library", "remove", "AIR-1").out
    assert run("library", "remove", "AIR-1").code == 1
    assert "1 record, 0 earlier versions" in run("library", "info").out
    assert "0 found" in run("search", "--all", "AIR-1").err
    assert "all whole" in run("library", "check").out
    run("import", desk.file("air.txt", TYPED))
    assert "1 found" in run("search", "--all", "AIR-1").err


def test_what_is_said_to_whoever_helps_is_nothing_of_patients(desk: Desk) -> None:
    desk.file("data/profiles/T-1.toml", PROFILE)
    run("import", desk.file("air.txt", TYPED))
    done = run("doctor")
    assert done.code == 0
    for words in ("matcher 0.1.0", "textual 8", "patients: 1", "1 records, 0 earlier versions", "matcher.toml (not written yet)"):
        assert words in done.out
    assert "T-1" not in done.out
    assert "lupus" not in done.out
    assert set(run("doctor", "--format", "json").json) == {"Versions", "Folders", "Trials", "Terminal", "Settings"}
    desk.file("data/library.db", "no library" * 100)
    assert "not a library of matcher" in run("doctor").out
