"""Bringing trials in: a file typed, its trials judged, a wrong name said, an import stopped between two records."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from app_support import TODAY, folders_in, opened, page, patient, press, settled, write

from matcher.app.app import MatcherApp
from matcher.app.screens.bringing import BringIn
from matcher.session import Session
from matcher.session.bringing import Brought
from matcher.session.importing import Imported
from matcher.storage.library import Library

TYPED = "Title: Air one\nID: AIR-1\nStatus: recruiting\nCondition: lupus nephritis\n\nInclusion criteria:\n- Lupus nephritis\n"


def _session(place: Path) -> Session:
    session = Session(folders_in(place), TODAY)
    session.hold(patient())
    session.save_profile(over=True)
    return session


async def test_a_file_is_brought_in_and_what_changed_since_a_match_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "air.txt"
    source.write_text(TYPED, encoding="utf-8")
    session = _session(tmp_path)
    async with opened(session) as pilot:
        await press(pilot, "i")
        await write(pilot, "ear.txt")
        await press(pilot, "enter")
        assert "There is no such file" in page(pilot)
        await press(pilot, *["backspace"] * 7)
        await write(pilot, "air.txt")
        await press(pilot, "enter")
        assert "1 read: 1 new" in page(pilot)
        assert [one.trial_id for one in session.matches] == ["AIR-1"]
        source.write_text(f"{TYPED}- Age 18 years or older\n", encoding="utf-8")
        await press(pilot, "i")
        await write(pilot, "air.txt")
        await press(pilot, "enter")
        assert "AIR-1 changed since LN-0042 was matched" in page(pilot)
        assert "I2 is new" in page(pilot)
        await press(pilot, "escape")
        source.write_text(TYPED.replace("AIR-1", "AIR-2"), encoding="utf-8")
        Session(session.folders, TODAY).bring_in(source, lambda _: None, lambda: False)  # as another window does
        assert isinstance(pilot.app, MatcherApp)
        pilot.app.look_for_news()
        await settled(pilot)
        assert "Another window changed the trials: 1 trial new or changed. r on the list" in page(pilot)
        assert "1 trial new or changed: r judges again" in page(pilot)
        await press(pilot, "r")
        assert "judges again" not in page(pilot)
        assert {one.trial_id for one in session.matches} == {"AIR-1", "AIR-2"}


async def test_escape_ends_an_import_and_closes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def slow(path: Path, told: Callable[[Imported], None], stop: Callable[[], bool]) -> Brought:
        told(Imported(read=7, outcome=Counter(new=7), part=0.5))
        begun.set()
        waited = threading.Event()
        while not stop():
            waited.wait(0.01)
        return Brought(Imported(read=7, outcome=Counter(new=3), stopped=True), ())

    session = _session(tmp_path)
    monkeypatch.setattr(session, "bring_in", slow)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.zip").write_bytes(b"")
    async with opened(session) as pilot:
        await press(pilot, "i")
        await write(pilot, "a.zip")
        await pilot.press("enter")
        begun.wait(10)
        await pilot.pause()
        assert "50 %   7 read" in page(pilot)
        assert "Esc stops" in page(pilot)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, BringIn)
        assert "Stopped: 3 new kept; the same import again goes on from there." in page(pilot)
        await settled(pilot)


async def test_a_file_of_which_nothing_comes_is_told_where_another_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    (tmp_path / "air.txt").write_text(TYPED, encoding="utf-8")
    for number in range(3):
        (tmp_path / "letters").mkdir(exist_ok=True)
        (tmp_path / "letters" / f"{number}.txt").write_text("Dear nurse", encoding="utf-8")
    session = _session(tmp_path)
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "i")
        await write(pilot, "a.txt")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, BringIn)
        assert "a.txt: the file is empty" in page(pilot)
        await press(pilot, *["backspace"] * 4)
        await write(pilot, "ir.txt")
        await press(pilot, "enter")
        assert "1 read: 1 new" in page(pilot)
        await press(pilot, "i")
        await write(pilot, "letters")
        await press(pilot, "enter")
        text = " ".join(page(pilot).replace("│", " ").split())
        assert "Problems of the import: 3" in text
        assert "0 read: nothing to keep not a trial that matcher can read: 3 no trial that matcher can read: expected" in text
        assert "Inclusion criteria letters/0.txt letters/1.txt letters/2.txt" in text  # what is wrong with all of them is said once


async def test_a_library_that_another_import_holds_is_said_in_the_dialog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    session = _session(tmp_path)
    session.folders.library.write_bytes(b"no library" * 100)
    (tmp_path / "air.txt").write_text(TYPED, encoding="utf-8")
    async with opened(session) as pilot:
        await press(pilot, "i")
        await write(pilot, "air.txt")
        await press(pilot, "enter")
        assert "not a library of matcher" in " ".join(page(pilot).split())
        await press(pilot, "escape")
        session.folders.library.unlink()
        with Library(session.folders.library, create=True) as library:
            assert len(library) == 0


async def test_a_refusal_on_a_low_screen_names_the_file_and_ends_in_sight(tmp_path: Path) -> None:
    letter = tmp_path / "a letter from the sponsor.txt"
    letter.write_text("Dear nurse", encoding="utf-8")
    async with opened(_session(tmp_path), 61, 20) as pilot:
        await press(pilot, "i")
        await write(pilot, str(letter))
        await press(pilot, "enter")
        said = " ".join(page(pilot).replace("│", " ").split())
        assert "a letter from the sponsor.txt: no trial that matcher can read" in said
        assert "the heading Inclusion criteria" in said
