"""Keys typed in one go, quicker than any screen opens: each goes where the one before it led."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from app_support import burst, opened, page, patient, session_in
from textual import events
from textual.widgets import Input

from matcher.app.screens.form import ProfileForm
from matcher.app.screens.library import LibraryScreen
from matcher.app.screens.main import MainScreen
from matcher.app.screens.patients import ChoosePatient


async def test_a_row_is_typed_from_the_trials_in_one_go(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await burst(pilot, "e", "right", "right", "end", "enter", *"alt", "tab", *"45", "enter", "enter")
        assert session.profile is not None
        assert isinstance(pilot.app.screen, ProfileForm)
        assert (session.profile.labs[-1].test, session.profile.labs[-1].value) == ("alt", Decimal(45))
        await burst(pilot, "escape", "question_mark", "escape", "slash", *"low", "enter", "right")
        assert isinstance(pilot.app.screen, MainScreen)
        assert session.chosen_id == "NCT00000003"


async def test_the_question_is_answered_in_one_go(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await burst(pilot, "k", "a", *"25", "tab", *"g/24h", "tab", *"2026", "enter")
        assert session.profile is not None
        answered = session.profile.labs[-1]
        assert (answered.test, answered.value, answered.unit, str(answered.date)) == ("24-hour protein", Decimal(25), "g/24h", "2026")


async def test_what_opens_late_gets_what_is_typed_for_it(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient())) as pilot:
        await burst(pilot, "down", "right", "n", "enter")
        assert "Has the patient ever had a malignancy?" in page(pilot)
        await burst(pilot, "escape", "escape", "t", *"lupus")
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert [line.value for line in pilot.app.screen.query(Input)] == ["lupus"]
        await burst(pilot, "escape", "escape", "escape", "p", *"LN-7")
        assert isinstance(pilot.app.screen, ChoosePatient)
        assert pilot.app.screen.query_one(Input).value == "LN-7"
        pilot.app.post_message(events.Paste("7"))
        await burst(pilot, "end", "backspace", "8")
        assert pilot.app.screen.query_one(Input).value == "LN-78"
