"""Each thing a nurse does in the app, from the first key to what is then on the screen and on the disk."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

from app_support import (
    TODAY,
    folders_in,
    opened,
    page,
    patient,
    press,
    session_in,
    settled,
    trials,
    write,
)

from matcher.app.app import MatcherApp
from matcher.export.formats import FORMATS
from matcher.intake.guard import objections
from matcher.session import Session
from matcher.session.shortlists import shortlist_path
from matcher.storage.toml_files import load_profile, save_profile


def _on_disk(place: Path, **more: object) -> Path:
    profile = patient(**more)
    path = folders_in(place).profile_path(profile.id)
    save_profile(profile, path, expected=None, guard=objections)
    return path


def _opened_from_disk(place: Path) -> Session:
    session = session_in(place)
    session.open_profile(_on_disk(place))
    return session


async def test_choose_patient_and_see_the_ranks(tmp_path: Path) -> None:
    _on_disk(tmp_path)
    async with opened(session_in(tmp_path)) as pilot:
        assert "Choose a patient" in page(pilot)
        assert "LN-0042" in page(pilot)
        await press(pilot, "enter")
        assert "3 trials: 2 possible · 1 excluded" in page(pilot)
        assert "✗ E4 Biologic within 6 months" in page(pilot)


async def test_begin_a_new_patient_under_a_code(tmp_path: Path) -> None:
    session = session_in(tmp_path)
    async with opened(session) as pilot:
        await write(pilot, "AB-7")
        await press(pilot, "enter")
        assert session.profile is not None
        assert session.profile.id == "AB-7"
        assert "unsaved" in page(pilot)
        await press(pilot, "s")
        assert (tmp_path / "data/profiles/AB-7.toml").exists()
        assert "unsaved" not in page(pilot)


async def test_a_profile_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    path = _on_disk(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("age = 34", 'age = "old"'), encoding="utf-8")
    session = session_in(tmp_path)
    async with opened(session) as pilot:
        assert "expected an age" in page(pilot)
        await press(pilot, "enter")
        assert session.profile is None


async def test_open_the_criteria_and_one_criterion(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient())) as pilot:
        await press(pilot, "enter")
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "criteria"
        await press(pilot, "end", "enter")
        assert "Facts used" in page(pilot)
        assert "labs: platelets: 182 10^9/L on 2026-11-10" in page(pilot)
        await press(pilot, "escape")
        assert "Ask next" in page(pilot)


async def test_criteria_as_written(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient())) as pilot:
        await press(pilot, "w")
        text = page(pilot)
        assert text.index("I2 24-hour") > text.index("I1 Lupus")
        await press(pilot, "w")
        text = page(pilot)
        assert text.index("I2 24-hour") < text.index("I1 Lupus")


async def test_the_cursor_chooses_the_trial(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "down")
        assert session.chosen_id == "NCT00000002"
        assert "NCT00000002" in page(pilot)


async def test_edit_save_and_reload(tmp_path: Path) -> None:
    session = _opened_from_disk(tmp_path)
    async with opened(session) as pilot:
        await press(pilot, "e", "right", "right", "end", "enter")
        await write(pilot, "ALT")
        await press(pilot, "tab")
        await write(pilot, "41")
        await press(pilot, "tab")
        await write(pilot, "U/L")
        await press(pilot, "enter")
        assert "ALT" in page(pilot)
        assert "unsaved" in page(pilot)
        await press(pilot, "s", "escape")
        assert "unsaved" not in page(pilot)
        assert session.path is not None
        assert "Saved: " in page(pilot)
        assert load_profile(session.path).labs[-1].test == "ALT"


async def test_what_another_window_saved_and_what_she_changed_can_both_stand(tmp_path: Path) -> None:
    session = _opened_from_disk(tmp_path)
    async with opened(session) as pilot:
        assert session.path is not None
        session.set_fact(weight_kg=Decimal(70))
        session.path.write_text(session.path.read_text(encoding="utf-8").replace("age = 34", "age = 35"), encoding="utf-8")
        await press(pilot, "e", "s")
        assert "b  save both: what you changed, and what the file says now" in page(pilot)
        await press(pilot, "b")
        assert "Saved: " in page(pilot)
        assert [line for line in page(pilot).splitlines() if "age " in line and " 35 " in line]
        assert (load_profile(session.path).age, load_profile(session.path).weight_kg) == (Decimal(35), Decimal(70))
        session.set_fact(age=Decimal(40))
        session.path.write_text(session.path.read_text(encoding="utf-8").replace("age = 35", "age = 36"), encoding="utf-8")
        await press(pilot, "s")
        assert "write over it" in page(pilot)
        assert "save both" not in page(pilot)


async def test_a_row_says_what_is_wrong_beside_the_field(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "e", "right", "right", "enter", "tab", "tab", "tab")
        await write(pilot, "9")
        await press(pilot, "tab")
        assert "expected a date" in page(pilot) or "no such day" in page(pilot)
        await press(pilot, "enter")
        assert "Lab value" in page(pilot)
        assert not session.dirty


async def test_facts_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "e", "right", "right", "enter", "tab", "tab", "tab", "end", "ctrl+u")
        await write(pilot, "2026-11-20")
        await press(pilot, "enter")
        assert "after" in page(pilot)
        assert not session.dirty
        await press(pilot, "escape", "escape", "left", "a")
        await write(pilot, "asthma")
        await press(pilot, *["tab"] * 5)
        await write(pilot, "2024")
        await press(pilot, "tab", "tab")
        await write(pilot, "1066")
        await press(pilot, "shift+tab", "enter", "enter")
        assert " until: ends (1066) before it begins (2024)" in page(pilot)  # no number of the row
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "field-until"


async def test_not_recorded_is_not_no(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "e", *(["down"] * 7))
        assert session.profile is not None
        assert session.profile.pregnant is False
        await press(pilot, "delete")
        assert session.profile.pregnant is None
        await press(pilot, "y")
        assert session.profile.pregnant is True
        await press(pilot, "u")
        assert session.profile.pregnant is None


async def test_delete_a_row_and_take_it_back(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "e", "right", "right", "delete")
        assert session.profile is not None
        assert [lab.test for lab in session.profile.labs] == ["eGFR"]
        await press(pilot, "u")
        assert [lab.test for lab in session.profile.labs] == ["platelets", "eGFR"]


async def test_saving_is_refused_while_something_identifies_the_patient(tmp_path: Path) -> None:
    session = _opened_from_disk(tmp_path)
    async with opened(session) as pilot:
        session.set_fact(note="call jane.doe@example.org")
        await press(pilot, "s")
        assert "Not saved" in page(pilot)
        assert "jane.doe@example.org" in page(pilot)
        assert session.path is not None
        assert "jane" not in session.path.read_text(encoding="utf-8")


async def test_a_file_changed_by_another_asks_first(tmp_path: Path) -> None:
    session = _opened_from_disk(tmp_path)
    assert session.path is not None
    async with opened(session) as pilot:
        session.set_fact(age=Decimal(35))
        session.path.write_text(session.path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        await press(pilot, "s")
        assert "changed" in page(pilot)
        await press(pilot, "c")
        assert load_profile(session.path).age == 34
        await press(pilot, "s", "o")
        assert load_profile(session.path).age == 35


async def test_mark_and_export(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "x")
        assert "No trial is marked yet" in page(pilot)
        await press(pilot, "m", "s", "enter", "down", "m", "w")
        await write(pilot, "ring in May")
        await press(pilot, "enter")
        assert "★ shortlist" in page(pilot)
        assert session.marks["NCT00000002"].note == "ring in May"
        await press(pilot, "x", "t", "enter")
        path = shortlist_path(session, FORMATS[0])
        assert [one["mark"] for one in tomllib.loads(path.read_text(encoding="utf-8"))["trials"]] == [
            "shortlist",
            "watch",
        ]
        assert "Exported 2 trials" in page(pilot)
        await press(pilot, "x", "t", "enter")
        assert "already" in page(pilot)
        await press(pilot, "o", "m", "n", "enter")
        assert list(session.marks) == ["NCT00000001"]


async def test_filter_and_funnel(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "slash")
        await write(pilot, "siro")
        await press(pilot, "enter")
        assert "Biomarkers" not in page(pilot)
        assert session.chosen_id == "NCT00000002"
        await press(pilot, "escape")
        assert "Biomarkers" in page(pilot)
        await press(pilot, "f", "f")
        assert "Low-dose" not in page(pilot)
        assert "[possible 2]" in page(pilot)


async def test_help(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient())) as pilot:
        for key in ("question_mark", "f1"):
            await press(pilot, key, "end")
            assert "Signs" in page(pilot)
            assert "only a person can judge" in page(pilot)
            await press(pilot, "escape")
            assert "Ask next" in page(pilot)


async def test_every_command_is_in_the_palette(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient())) as pilot:
        app = pilot.app
        assert isinstance(app, MatcherApp)
        names = [one.name for one in app.offers(app.screen)]
        assert "Trial: mark" in names
        await press(pilot, "ctrl+p", *["down"] * 3)
        await write(pilot, "as written")
        assert "Criteria: order as written" in page(pilot)
        assert "Trial: mark" not in page(pilot)
        await press(pilot, "enter")
        assert "as written" in page(pilot)
        await press(pilot, "ctrl+p")
        await write(pilot, "washout")
        assert "Criteria: what would change this" in page(pilot)  # a word of what it does


async def test_what_a_command_of_the_palette_does_is_read_whole_in_a_small_window(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient()), 80, 24) as pilot:
        await press(pilot, "ctrl+p")
        assert "Versions, folders, the library, the terminal; nothing about patients." in " ".join(page(pilot).replace("│", " ").split())
        assert "Enter gives it   Esc back" in page(pilot)
        await write(pilot, "judge several")
        assert "Tick several criteria, then give them one verdict, or confirm each." in page(pilot)
        await press(pilot, "down")
        assert "then give them one verdict" in page(pilot)


async def test_quit_with_unsaved_changes(tmp_path: Path) -> None:
    session = _opened_from_disk(tmp_path)
    async with opened(session) as pilot:
        session.set_fact(age=Decimal(35))
        await press(pilot, "q")
        assert "Unsaved changes" in page(pilot)
        await press(pilot, "c")
        assert pilot.app.is_running
        await press(pilot, "q", "s")
        assert not pilot.app.is_running or pilot.app._exit
    assert session.path is not None
    assert load_profile(session.path).age == 35


async def test_narrow_shows_one_step_at_a_time(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient()), 80, 24) as pilot:
        assert "platelets" not in page(pilot)
        await press(pilot, "enter")
        assert "Hepatitis B infection" in page(pilot)
        assert "Ask next" in page(pilot)
        await press(pilot, "left", "d")
        assert "[what would change this]" in page(pilot)  # brought into sight
        await press(pilot, "d", "d", "left", "left")
        assert "platelets" in page(pilot)
        await pilot.resize_terminal(140, 40)
        await settled(pilot)
        assert "platelets" in page(pilot)
        assert "Hepatitis B infection" in page(pilot)


async def test_a_window_too_small_says_so(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient()), 80, 24) as pilot:
        await pilot.resize_terminal(59, 24)
        await settled(pilot)
        assert "at least 60 columns" in page(pilot)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "Ask next" in page(pilot)


async def test_what_goes_wrong_becomes_a_dialog(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient(), lambda *given: 1 / 0)  # type: ignore[arg-type]
    app = MatcherApp(session)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert "That did not work" in page(pilot)
        assert "ZeroDivisionError" in page(pilot)
        await press(pilot, "enter")
        session.undo = lambda: 1 / 0  # type: ignore[method-assign, assignment, return-value]
        await press(pilot, "u")
        assert "That did not work" in page(pilot)
        await press(pilot, "enter")
        assert "Ask next" in page(pilot)
    assert len(app.errors) == 2
    assert session.trials == tuple(trials())
    assert session.as_of.year == TODAY.year


async def test_a_trial_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    _on_disk(tmp_path)
    folder = folders_in(tmp_path).trials
    folder.mkdir(parents=True)
    (folder / "BT.toml").write_text('schema = 1\nid = "BT"\ntitle = 5\n', encoding="utf-8")
    async with opened(Session(folders_in(tmp_path), TODAY)) as pilot:
        await press(pilot, "enter")
        assert "Left out: " in page(pilot)  # the notice, over as many lines as the path is long
        pilot.app.clear_notifications()
        await press(pilot, "left")
        assert "1 file of trials left out: it cannot be read;" in page(pilot)
        await press(pilot, "exclamation_mark")
        assert "BT.toml: title: found 5, expected text" in " ".join(page(pilot).replace("│", " ").split())
