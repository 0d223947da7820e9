"""The line of keys names what each key does now, wherever the cursor is; help and dialogs name theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any, cast

from app_support import lines, opened, page, patient, press, session_in, stand_in

from matcher.app.app import MatcherApp
from matcher.app.screens.main import MainScreen
from matcher.matching.words import besides
from matcher.model.profile import Condition
from matcher.model.verdict import Question


async def test_the_keys_named_are_the_keys_that_work(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        assert "s save" in lines(pilot)[-1]
        await press(pilot, "a")
        bar = lines(pilot)[-1]
        assert "esc back" in bar
        assert "s save" in bar
        assert "p patient" not in bar
        question = session.question
        await press(pilot, "s")
        assert session.question == question
        assert session.path is not None
        assert session.path.exists()
        await press(pilot, "k")
        assert session.question != question
        await press(pilot, "a", "d")
        bar = lines(pilot)[-1]
        assert "s save" not in bar
        assert "/ filter" not in bar
        assert "F1 help" in bar
        await press(pilot, "escape", "escape", "slash")
        assert "m mark" not in lines(pilot)[-1]


async def test_a_dialog_takes_only_the_keys_it_names(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient())) as pilot:
        await press(pilot, "enter", "end", "enter")
        assert "m mark   F1 help   Esc back" in page(pilot)
        assert "e edit" not in page(pilot)
        await press(pilot, "q", "e", "x")
        assert "Facts used" in page(pilot)
        await press(pilot, "question_mark")
        assert "Decision support only" in page(pilot)
        await press(pilot, "escape", "m")
        assert "Mark this trial" in page(pilot)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_help_is_short_and_begins_with_the_screen(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient()), 80, 74) as pilot:
        await press(pilot, "question_mark")
        text = page(pilot)
        headings = ("Question", "Patient", "Trial", "Criteria", "Panes", "App", "Signs")
        assert [sum(f"│  {name}  " in line for line in lines(pilot)) for name in headings[:5]] == [1] * 5
        assert "Form" not in text
        first = [next(name for line in lines(pilot) for name in headings if f"│  {name}  " in line)]
        await press(pilot, "escape", "right", "f1")
        first.append(next(name for line in lines(pilot) for name in headings if f"│  {name}  " in line))
        assert first == ["Trial", "Criteria"]  # those of the pane in use
        await press(pilot, "escape", "e", "f1")
        assert "tab on the left" in page(pilot)
        assert "Open the profile form" not in page(pilot)
        await press(pilot, "escape", "enter", "tab", "f1")
        assert "facts as of: 2026-11-21" in page(pilot)


async def test_the_help_of_a_dialog_names_its_keys_also_those_with_ctrl(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient()), 80, 40) as pilot:
        await press(pilot, "p", "f1")
        assert "type to find   Enter open   Ctrl+N new code   Esc back" in page(pilot)
        await press(pilot, "escape", "escape", "t", "enter", "n", "f1")
        assert "Tab next   Ctrl+S save   Esc back" in page(pilot)
        assert cast(MatcherApp, pilot.app).errors == []


async def test_one_notice_at_a_time(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient())) as pilot:
        await press(pilot, "u", "u", "u")
        told = " ".join(page(pilot).replace("▌", " ").split())
        assert told.count("No change of the facts is left to take back.") == 1
        assert "A verdict of yours is taken back on its criterion, with o; a mark on its trial, with m." in told


async def test_the_unsaved_sign_and_the_age_of_the_facts_stay_at_80_columns(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "a", "n")
        cast(MatcherApp, pilot.app)._read_at = 0  # the notice was read
        await press(pilot, "escape")
        top = "\n".join(lines(pilot)[:2])
        assert "● unsaved" in top
        assert "facts of 18 Nov, 3 days old" in top
        assert "3 trials: 2 possible · 1 excluded" in top
        await press(pilot, "e")
        assert "● unsaved" in lines(pilot)[0]
        assert "3 days old" in lines(pilot)[0]


async def test_what_is_not_open_stands_after_what_is_and_says_so(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient())) as pilot:
        assert "not open (completed)" in page(pilot)
        assert "E4 Biologic within 6 months: Belimumab" in page(pilot)


async def test_a_stopped_match_is_begun_again(tmp_path: Path) -> None:
    go_on = Event()

    def slow(*given: Any) -> Any:
        go_on.wait(20)
        return stand_in(*given)

    app = MatcherApp(session_in(tmp_path, patient(), slow))
    async with app.run_test(size=(140, 40), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert "stopped" in lines(pilot)[0]
        assert "no trial is judged yet" in page(pilot)
        assert "told once trials are judged" in page(pilot)
        go_on.set()
        await press(pilot, "o")
        assert "No trial is judged yet; r judges them." in page(pilot)
        await press(pilot, "r")
        assert "3 trials" in lines(pilot)[0]


async def test_a_question_of_one_field_opens_its_row_there(tmp_path: Path) -> None:
    ask = Question("conditions", "systemic lupus erythematosus", "text", None, "Was it confirmed by 1997 ACR?")
    session = session_in(tmp_path, patient(conditions=[Condition(name="SLE", stage="x")]))
    async with opened(session) as pilot:
        session.ask(ask)
        pilot.app.screen.show_session()  # type: ignore[attr-defined]
        await press(pilot, "a")
        assert "SLE" in page(pilot)
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "field-confirmed_by"


async def test_a_no_beside_recorded_drugs_is_an_answer_or_about_the_list(tmp_path: Path) -> None:
    ask = Question("medications", "immunosuppressants", "yesno", None, "Has the patient ever taken immunosuppressants?")
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        session.ask(replace(ask, question=besides(ask.question, ("mycophenolate",))))
        pilot.app.screen.show_session()  # type: ignore[attr-defined]
        await press(pilot, "a", "n", "r")
        assert session.profile is not None
        kept = session.profile.answers[-1]
        assert (kept.statement, kept.holds) == ("Has the patient ever taken immunosuppressants, other than the recorded mycophenolate?", False)
        session.ask(ask)
        pilot.app.screen.show_session()  # type: ignore[attr-defined]
        await press(pilot, "a", "n")
        assert "what does the “no” say?" in page(pilot)
        await press(pilot, "e")
        assert session.profile is not None
        assert session.profile.complete.medications is True
        assert len(session.profile.medications) == 1
