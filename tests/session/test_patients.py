"""The patients in the folders: copied, put away, deleted, brought back, purged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from matcher.intake.guard import objections
from matcher.model.profile import Profile
from matcher.session import Session
from matcher.session.patients import archive, copied, delete, listed, purge, put_away, restore
from matcher.session.resuming import Left, leave, left_off
from matcher.storage.folders import Folders
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_profile, save_profile

TODAY = date(2026, 11, 22)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    found = Folders(tmp_path / "data", tmp_path / "config", None, tmp_path / "shipped")
    for code, folder in (("A-1", found.profiles), ("S-1", tmp_path / "shipped")):
        save_profile(Profile(id=code, age=Decimal(40), as_of=TODAY), folder / f"{code}.toml", expected=None, guard=objections)
    return found


def codes(folders: Folders) -> list[str]:
    return [one.id for one in listed(folders)]


def test_a_copy_has_another_code_and_the_same_facts(folders: Folders) -> None:
    path = copied(folders, load_profile(folders.profile_path("A-1")), "A-2")
    assert codes(folders) == ["A-1", "A-2", "S-1"]
    assert load_profile(path) == Profile(id="A-2", age=Decimal(40), as_of=TODAY)
    with pytest.raises(InputError, match="already"):
        copied(folders, load_profile(path), "S-1")


def test_a_patient_put_away_is_in_the_archive_only_and_comes_back(folders: Folders) -> None:
    away = archive(folders, folders.profile_path("A-1"))
    assert (codes(folders), [one.id for one in put_away(folders)]) == (["S-1"], ["A-1"])
    restore(folders, away)
    assert (codes(folders), put_away(folders)) == (["A-1", "S-1"], [])


def test_a_deleted_patient_comes_back_unless_the_code_is_taken(folders: Folders) -> None:
    gone = delete(folders, folders.profile_path("A-1"))
    assert codes(folders) == ["S-1"]
    save_profile(Profile(id="A-1"), folders.profile_path("A-1"), expected=None, guard=objections)
    with pytest.raises(InputError, match="already"):
        restore(folders, gone)
    delete(folders, folders.profile_path("A-1"))
    restore(folders, gone)
    assert codes(folders) == ["A-1", "S-1"]


def test_a_shipped_patient_stays(folders: Folders) -> None:
    assert folders.shipped_profiles is not None
    for move in (archive, delete):
        with pytest.raises(InputError, match="comes with matcher"):
            move(folders, folders.shipped_profiles / "S-1.toml")


def test_a_purge_leaves_nothing_of_one_patient_and_all_of_another(folders: Folders) -> None:
    desk = Session(folders, TODAY, trials=())
    for code in ("A-1", "A-10"):
        if code not in codes(folders):
            desk.new_profile(code)
            desk.save_profile()
        desk.open_profile(folders.profile_path(code))
        desk.mark("NCT1", "watch")
        desk.set_fact(age=Decimal(41))
        folders.exports.mkdir(parents=True, exist_ok=True)
        (folders.exports / f"{code}-shortlist-2026-11-22.toml").write_text("", encoding="utf-8")
        (folders.exports / f"{code}-checklist-NCT1-2026-11-22.html").write_text("", encoding="utf-8")
    leave(folders, Left(patient="A-1", trial="NCT1", theme="light"))
    assert purge(folders, "A-1") == 6
    assert left_off(folders) == Left(theme="light")
    left = {path.name for path in folders.data.rglob("*") if path.is_file() and path.suffix != ".lock"}  # A-10 is in hand
    assert left == {"last.toml", "A-10.toml", "A-10.jsonl", "A-10-shortlist-2026-11-22.toml", "A-10-checklist-NCT1-2026-11-22.html"}
    assert purge(folders, "A-1") == 0
