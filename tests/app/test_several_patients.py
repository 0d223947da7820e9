"""The other way round: the patients for a trial, and the ward; Enter opens the patient with the trial chosen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest
from app_support import lines, opened, page, press, settled
from test_library_screen import session_with_library

from matcher.app.widgets.long_list import LongList
from matcher.intake.guard import objections
from matcher.model.profile import Condition, Profile
from matcher.session import Session
from matcher.storage.toml_files import save_profile


def _ward_of_three(place: Path) -> Session:
    session = session_with_library(place)
    others = [
        Profile(id="AS-1", as_of=date(2026, 11, 1), age=Decimal(50), sex="male", conditions=[Condition(name="asthma")]),
        Profile(id="XX-9", as_of=date(2026, 11, 1), age=Decimal(7), sex="male", conditions=[Condition(name="migraine")]),
    ]
    for one in others:
        save_profile(one, session.folders.profile_path(one.id), expected=None, guard=objections)
    (session.folders.profiles / "broken.toml").write_text("id = 5\n", encoding="utf-8")
    return session


async def test_the_ward_and_a_patient_opened_from_it(tmp_path: Path) -> None:
    session = _ward_of_three(tmp_path)
    async with opened(session) as pilot:
        await press(pilot, "W")
        text = page(pilot)
        assert "3 patients" in lines(pilot)[0]
        assert text.index("AS-1") < text.index("Asthma inhaler") < text.index("LN-0042")
        assert "broken.toml" in text
        assert "1 closed" in text
        await press(pilot, "down", "enter")
        assert session.profile is not None
        assert (session.profile.id, session.chosen_id) == ("AS-1", "NCT10000004")
        assert "Asthma inhaler" in page(pilot)
        await press(pilot, "v")
        assert "NCT10000004" in lines(pilot)[0]
        text = page(pilot)
        assert text.index("AS-1") < text.index("LN-0042")
        assert "other condition" in text
        await press(pilot, "end", "enter")
        assert session.profile.id in ("LN-0042", "XX-9")
        assert session.chosen_id == "NCT10000004"


async def test_unsaved_changes_are_asked_about_and_escape_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = _ward_of_three(tmp_path)
    go_on = Event()
    async with opened(session) as pilot:
        session.set_fact(age=Decimal(35))
        await press(pilot, "W")
        await press(pilot, "enter")
        assert "Unsaved changes" in page(pilot)
        await press(pilot, "c")
        pilot.app.screen.query_one(LongList).go_to("LN-0042")
        await press(pilot, "enter")
        assert "Ask next" in page(pilot)
        assert session.profile is not None
        assert session.profile.age == 35
        await press(pilot, "W")

        def slow(screen: object, *asked: object) -> None:
            go_on.wait(20)

        monkeypatch.setattr("matcher.app.screens.ward.WardScreen.judge", slow)
        await pilot.press("r")
        await pilot.pause()
        assert "Esc stops" in lines(pilot)[0]
        await pilot.press("escape")
        await pilot.pause()
        assert "Esc stops" not in lines(pilot)[0]
        go_on.set()
        await settled(pilot)
        await press(pilot, "escape")
        assert "Ask next" in page(pilot)
