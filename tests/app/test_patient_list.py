"""The list of patients, and what is asked when one is opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from app_support import TODAY, lines, opened, page, patient, press, session_in, write

from matcher.intake.guard import objections
from matcher.model.profile import Profile
from matcher.session import Session
from matcher.session.patients import examples_words
from matcher.session.ward import saved_profiles
from matcher.storage.folders import Folders
from matcher.storage.toml_files import save_profile


def kept(where: Path, *profiles: Profile) -> Path:
    folder = where / "data" / "profiles"
    for one in profiles:
        save_profile(one, folder / f"{one.id}.toml", expected=None, guard=objections)
    return folder


async def test_copy_archive_and_bring_back_by_keys(tmp_path: Path) -> None:
    folder = kept(tmp_path, patient())
    async with opened(session_in(tmp_path), 80, 24) as pilot:
        await press(pilot, "down")
        assert "c copy" in page(pilot)
        await press(pilot, "c", "enter")
        assert "Copied to LN-0042-2" in page(pilot)
        await press(pilot, "z")
        assert "Put away: LN-0042." in page(pilot)
        await press(pilot, "v")
        assert "These are in the archive" in page(pilot)
        await press(pilot, "z")
        assert "Brought back: LN-0042." in page(pilot)
    assert sorted(path.stem for path in folder.glob("*.toml")) == ["LN-0042", "LN-0042-2"]


async def test_the_cursor_stays_with_the_patient_or_in_her_place(tmp_path: Path) -> None:
    folder = kept(tmp_path, *(patient(id=f"LN-{number}") for number in range(1, 6)))
    async with opened(session_in(tmp_path), 80, 24) as pilot:
        await press(pilot, "down", "down", "c", "enter")  # a copy of the third
        await press(pilot, "z")
        assert "Put away: LN-3." in page(pilot)
        await press(pilot, "o", "d")
        assert not (folder / "LN-3-2.toml").exists()  # it came into her place
        await press(pilot, "u", "d")
        assert not (folder / "LN-3-2.toml").exists()  # and is brought back under the cursor
    assert sorted(path.stem for path in folder.glob("*.toml")) == ["LN-1", "LN-2", "LN-4", "LN-5"]


async def test_up_from_the_first_patient_is_the_line_again(tmp_path: Path) -> None:
    kept(tmp_path, patient(), patient(id="LN-0043"))
    async with opened(session_in(tmp_path), 80, 24) as pilot:
        await press(pilot, "down", "f1")
        assert "The list  c  " in page(pilot)
        await press(pilot, "escape", "up")
        assert "c copy" in page(pilot)
        await press(pilot, "up")
        assert "type to find   Enter open" in page(pilot)
        await write(pilot, "0043")
        assert "LN-0042" not in page(pilot)


async def test_delete_has_an_undo_and_purge_asks(tmp_path: Path) -> None:
    folder = kept(tmp_path, patient())
    async with opened(session_in(tmp_path), 80, 24) as pilot:
        await press(pilot, "down", "d")
        assert "Deleted: LN-0042." in page(pilot)
        assert not list(folder.glob("*.toml"))
        await press(pilot, "u")
        assert "Brought back: LN-0042." in page(pilot)
        await press(pilot, "d", "escape", "p", "down", "u")  # what was deleted before is not lost either
        assert "v goes on to those deleted before" in page(pilot)
        await press(pilot, "v")
        assert "the archive is empty" in page(pilot)
        await press(pilot, "v")
        assert "These were deleted; z brings one back, X purges." in page(pilot)
        await press(pilot, "d", "z")
        assert "Brought back: LN-0042." in page(pilot)
        await press(pilot, "v", "X", "enter")
        assert "nothing is purged: expected LN-0042" in page(pilot)
        await press(pilot, "escape")
        assert list(folder.glob("*.toml"))
        await press(pilot, "home", "enter", "p", "down", "home", "X")
        await write(pilot, "LN-0042")
        await press(pilot, "enter")
        assert "Purged: LN-0042." in page(pilot)
        await press(pilot, "escape")
        assert "no patient chosen" in page(pilot)
        await press(pilot, "s", "enter", "m", "r", "l", "escape")
    assert [path.name for path in (tmp_path / "data").rglob("*") if path.is_file()] == ["last.toml"]
    assert "LN-0042" not in (tmp_path / "data/last.toml").read_text(encoding="utf-8")


async def test_a_code_that_is_taken_or_no_code_makes_no_copy(tmp_path: Path) -> None:
    kept(tmp_path, patient(), patient(id="LN-0042-2"))
    async with opened(session_in(tmp_path), 80, 24) as pilot:
        await press(pilot, "down", "home", "c", "enter")
        assert "already" in page(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, "Jane Hill")
        await press(pilot, "enter")
        assert "never a name" in page(pilot)


async def test_a_code_that_cannot_be_one_or_is_taken_is_told_where_it_is_typed(tmp_path: Path) -> None:
    kept(tmp_path, patient())
    session = session_in(tmp_path)
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "ctrl+n")
        assert "Type a code first" in page(pilot)
        await write(pilot, "OV/117")
        assert "Enter begins a new one" not in page(pilot)
        assert "this cannot be a code of one" in page(pilot)
        await press(pilot, "enter")
        assert "“OV/117” cannot be a code: expected up to 40 letters" in page(pilot)
        await press(pilot, "ctrl+u", *"ln-0042", "ctrl+n")
        assert "there is a patient with the code LN-0042 already" in page(pilot)
        assert session.profile is None
        await press(pilot, "ctrl+u", *"ov-1")
        assert "Enter begins a new one under this code" in page(pilot)
        await press(pilot, "enter")
        assert session.profile is not None
        assert session.profile.id == "ov-1"


async def test_without_a_patient_it_is_a_patient_that_is_to_be_chosen_first(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path), 80, 24) as pilot:
        await press(pilot, "escape")
        for key in "mxlCvonOELrsuUhy":
            pilot.app.clear_notifications()
            await press(pilot, key)
            assert "Choose a patient first: p." in page(pilot), key


async def test_made_up_examples_stand_apart_and_give_way_to_her_own_patients(tmp_path: Path) -> None:
    places = Folders(tmp_path / "data", tmp_path / "config", shipped_profiles=tmp_path / "shipped")
    save_profile(patient(id="EX-1"), tmp_path / "shipped" / "EX-1.toml", expected=None, guard=objections)
    async with opened(Session(places, TODAY, trials=()), 80, 24) as pilot:
        assert "1 made-up example from matcher" in page(pilot)
        assert "EX-1" in page(pilot)
        assert "left out once a patient of your own is saved" in examples_words(places)
        kept(tmp_path, patient())
        await press(pilot, "down", "v", "v", "v")
        assert "LN-0042" in page(pilot)
        assert "in the list h shows them" in page(pilot)
        assert "EX-1" not in page(pilot)
        await press(pilot, "h")
        assert "EX-1" in page(pilot)
        await press(pilot, "h", "left")
        await write(pilot, "ex")
        assert "EX-1" in page(pilot)
    assert [one.id for one in saved_profiles(places) if isinstance(one, Profile)] == ["LN-0042"]
    assert examples_words(places) == "left out: 1 made-up example from matcher"


async def test_unsaved_changes_are_offered_again(tmp_path: Path) -> None:
    kept(tmp_path, patient())
    other, session = session_in(tmp_path), session_in(tmp_path)
    other.open_profile(other.profiles()[0].path)
    other.set_fact(pregnant=True)
    async with opened(session) as pilot:
        await press(pilot, "enter")
        assert "in another window" in page(pilot)
        assert "pregnant: no → yes" in page(pilot)
        await press(pilot, "o")
        other._claim.release()  # as a lost window leaves it
        await press(pilot, "p", "enter")
        assert "never saved" in page(pilot)
        assert "pregnant: no → yes" in page(pilot)
        await press(pilot, "r")
        assert session.profile is not None
        assert session.profile.pregnant is True
        assert "unsaved" in page(pilot)
        await press(pilot, "u")
        assert session.profile.pregnant is False
        await press(pilot, "U", "s")
        assert session.profile.pregnant is True
    assert session.unsaved() is None


async def test_who_stays_with_a_patient_after_all_has_her_changes_kept_and_is_told_what_is_saved(tmp_path: Path) -> None:
    kept(tmp_path, patient())
    session = session_in(tmp_path)
    session.open_profile(session.profiles()[0].path)
    async with opened(session) as pilot:
        session.set_fact(pregnant=True)
        await press(pilot, "p", "d")
        assert list((tmp_path / "data" / "drafts").glob("LN-0042*")) == []
        await press(pilot, "escape")
        assert list((tmp_path / "data" / "drafts").glob("LN-0042*")) != []
        await press(pilot, "u", "U", "p")
        assert "unsaved" in lines(pilot)[0]
        await press(pilot, "s", "escape")
        assert "unsaved" not in lines(pilot)[0]


async def test_old_facts_are_told_and_given_a_new_day_only_when_said(tmp_path: Path) -> None:
    kept(tmp_path, replace(patient(), as_of=date(2026, 10, 10), labs=[]))
    rounds: tuple[tuple[list[str], str, date], ...] = ((["enter"], "k", date(2026, 10, 10)), ([], "t", date(2026, 11, 21)))  # the second time she is in hand at once
    for chosen, key, day in rounds:
        session = session_in(tmp_path)
        async with opened(session) as pilot:
            await press(pilot, *chosen)
            assert "42 days ago" in page(pilot)
            await press(pilot, key)
            assert session.profile is not None
            assert session.profile.as_of == day
