"""A long day's comforts: keys of her own, copying, full screen, diagnostics, and being back where she left off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from app_support import TODAY, folders_in, lines, opened, page, patient, press, session_in, settled, trials, write
from rows import each_row

from matcher.app.app import MatcherApp
from matcher.app.commands import COMMANDS, bound
from matcher.intake.guard import objections
from matcher.session import Session
from matcher.session.preferences import PRESETS, Preferences, preferences, preferences_path, write_preferences
from matcher.session.resuming import left_off
from matcher.storage.folders import Folders
from matcher.storage.toml_files import save_profile


def _with_settings(place: Path, text: str) -> Preferences:
    places = folders_in(place)
    places.config.mkdir(parents=True, exist_ok=True)
    preferences_path(places).write_text(text, encoding="utf-8")
    return preferences(places, bound())


def test_the_file_of_settings_says_nothing_until_it_is_changed(tmp_path: Path) -> None:
    places = folders_in(tmp_path)
    path = write_preferences(places, bound())
    assert path is not None
    assert write_preferences(places, bound()) is None
    assert preferences(places, bound()) == Preferences()
    uncommented = [line.removeprefix("# ") for line in path.read_text(encoding="utf-8").splitlines()[3:]]
    path.write_text("\n".join(uncommented), encoding="utf-8")
    found = preferences(places, bound())
    assert found.problems == ()
    assert (found.theme, found.copying, found.mouse) == ("dark", "terminal", True)


@each_row(
    ("text", "told"),
    [
        ("theme = 5", "theme: expected dark or light, not 5"),
        ('theme = "Dark"', "theme: expected dark or light"),
        ("mouse = 1", "mouse: expected true or false"),
        ('preset = "emacs"', "preset: expected vim"),
        ("colour = true", "colour: no such setting"),
        ("keys = 3", "expected [keys]"),
        ('[keys]\n"main.mak" = "m"', "no such command; did you mean main.mark?"),
        ('[keys]\n"main.foo" = "m"', "no such command; passed over"),
        ('[keys]\n"main.mark" = "nosuchkey"', "expected a key such as m, ctrl+k or f5"),
        ('[keys]\n"main.mark" = "two words"', "expected a key such as"),
        ('[keys]\n"main.mark" = "x"', "main.export already"),
        ('[keys]\n"main.mark" = "q"', "app.quit already"),
        ('[keys]\n"main.mark" = 5', "expected a key such as"),
        ('[keys]\n"editor.record" = "r"', "words are typed there, and r is a key to type with"),
        ('[keys]\n"typed.save" = "f5,delete"', "delete is a key to type with"),
        ('[keys]\n"check.save" = "shift+left"', "shift+left is a key to type with"),
        ('[keys]\n"several.tick" = "g"', "g is the key of several.tick-group already"),
        ('[keys]\n"results.give-day" = "f1"', "f1 is the key of app.help already"),
        ('[keys]\n"results.give-day" = "ctrl+s"', "results.record already"),
        ('[keys]\n"list.down" = "d"', "already"),
        ('[keys]\n"dialog.close" = "ctrl+s"', "already"),
        ('[keys]\n"several.tik" = "t"', "no such command; did you mean several.tick?"),
        ("theme = ", "no setting was taken from it"),
        ("\x00", "no setting was taken from it"),
    ],
)
def test_a_wrong_setting_is_told_in_one_line_and_passed_over(text: str, told: str, tmp_path: Path) -> None:
    found = _with_settings(tmp_path, text)
    assert len(found.problems) == 1
    assert told in found.problems[0]
    assert "\n" not in found.problems[0]
    assert (found.theme, found.mouse, dict(found.keys)) == ("", True, {})


def test_two_keys_may_change_places(tmp_path: Path) -> None:
    found = _with_settings(tmp_path, '[keys]\n"main.mark" = "x"\n"main.export" = "m,ctrl+e"\n')
    assert found.problems == ()
    assert dict(found.keys) == {"main.mark": "x", "main.export": "m,ctrl+e"}


@each_row(
    "text",
    [
        '"several.tick" = "q"',  # the app cannot be left from a dialog
        '"results.give-day" = "g"',
        '"editor.record" = "f5,ctrl+r"',
        '"check.save" = "enter,f5"',
        '"typed.save" = "shift+f5"',
        '"list.down" = "down,j"\n"dialog.next" = "down,ctrl+j"',
        '"dialog.close" = "escape,ctrl+g"',
    ],
)
def test_a_key_may_do_other_things_in_another_place(text: str, tmp_path: Path) -> None:
    assert _with_settings(tmp_path, f"[keys]\n{text}\n").problems == ()


@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_of_a_preset_has_two_meanings(preset: str, tmp_path: Path) -> None:
    found = _with_settings(tmp_path, f'preset = "{preset}"\n')
    assert found.problems == ()
    keys = {one.id: set(found.keys.get(one.id, one.keys).split(",")) for one in bound()}
    before = {one.id: set(one.keys.split(",")) for one in bound()}
    moving = set().union(*(keys[name] - before[name] for name in PRESETS[preset]))
    assert {name: keys[name] & moving for name in keys if name not in PRESETS[preset] and keys[name] & moving} == {}
    assert keys["several.tick-group"] == {"ctrl+g"}


def test_every_key_of_a_screen_has_one_meaning() -> None:
    for scope in {one.scope for one in COMMANDS}:
        here = [key for one in COMMANDS if one.scope in (scope, "app") for key in one.key.split(",") if key]
        assert sorted(here) == sorted(set(here)), scope


async def test_her_own_keys_work_and_are_named(tmp_path: Path) -> None:
    settings = _with_settings(tmp_path, 'preset = "vim"\ntheme = "light"\n[keys]\n"main.mark" = "f6"\n"main.funnel" = "f5"\n"main.choose-compared" = "f7"\n"main.export" = "f8"\n"main.answer" = "f9"\n"ask.say-no" = "f4"\n')
    app = MatcherApp(session_in(tmp_path, patient()), preferences=settings)
    async with app.run_test(size=(140, 40), notifications=True) as pilot:
        await settled(pilot)
        assert app.theme == "matcher-light"
        assert "f6 mark" in lines(pilot)[-1]
        await press(pilot, "j")
        assert app.session.chosen_id == "NCT00000002"
        await press(pilot, "f6")
        assert "Mark this trial" in page(pilot)
        await press(pilot, "escape", "m")
        assert "Mark this trial" not in page(pilot)
        await press(pilot, "slash")
        await write(pilot, "job")
        assert app.main.place()["filter"] == "job"
        await press(pilot, "escape", "question_mark")
        assert "Mark the trial" in next(line for line in lines(pilot) if " f6  " in line)
        await press(pilot, "escape", "f8")
        assert "Mark one with f6, then export." in page(pilot)
        await press(pilot, "C")
        assert "f7 on each of them. Then C compares." in page(pilot)
        assert "f9 answer" in page(pilot)
        await press(pilot, "f9")
        assert "f4 negative" in page(pilot)
        await press(pilot, "escape", "G", "l", "enter")
        assert app.main.place()["pane"] == "criteria"
        assert "f6 mark" in page(pilot)
        await press(pilot, "m")
        assert "Mark this trial" not in page(pilot)
        await press(pilot, "f6")
        assert "Mark this trial" in page(pilot)
    assert app.errors == []


async def test_keys_of_dialogs_of_her_own_work_and_are_named(tmp_path: Path) -> None:
    keys = {"several.tick": "t", "several.tick-group": "f2", "editor.record": "f5", "dialog.close": "f10,escape", "dialog.next": "f7", "app.help": "f9", "find.begin": "f6"}
    settings = _with_settings(tmp_path, "[keys]\n" + "\n".join(f'"{name}" = "{key}"' for name, key in keys.items()))
    assert settings.problems == ()
    app = MatcherApp(session_in(tmp_path, patient()), preferences=settings)
    async with app.run_test(size=(140, 40), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "right", "O")
        assert "t tick   f2 the group   Enter judge those   f10 back" in page(pilot)
        await press(pilot, "space", "g")
        assert "[x]" not in page(pilot)
        await press(pilot, "t")
        assert page(pilot).count("[x]") == 1
        await press(pilot, "f9")
        assert any("Tick the criterion" in line and " t  " in line for line in lines(pilot))
        await press(pilot, "f9", "ctrl+p")
        assert "Criteria: tick the group" in page(pilot)
        assert "App: quit" not in page(pilot)
        await press(pilot, "f10", "enter", "f7", "f7")
        assert "› m  " not in page(pilot)
        await press(pilot, "f10", "f10", "e", "enter")
        assert "f9 help" in page(pilot)
        await press(pilot, "f5")
        assert "f5" not in page(pilot)
        await press(pilot, "escape", "p")
        assert "f6 new code" in page(pilot)
        await write(pilot, "X-1")
        await press(pilot, "ctrl+n")
        assert app.session.profile is not None
        assert app.session.profile.id == "LN-0042"
        await press(pilot, "f6")
        assert app.session.profile.id == "X-1"
    assert app.errors == []


async def test_copy_full_screen_and_diagnostics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        app = pilot.app
        assert isinstance(app, MatcherApp)
        await press(pilot, "y", "t")
        assert app.clipboard == "NCT00000001 Biomarkers for response in lupus nephritis"
        await press(pilot, "enter", "end", "y")
        assert "the reason" in page(pilot)
        await press(pilot, "r")
        assert "Platelets 182" in app.clipboard
        monkeypatch.setenv("TERM_PROGRAM", "Apple_Terminal")
        await press(pilot, "y", "c")
        assert "Copied the criterion E2 to" in page(pilot)
        assert (session.folders.data / "copied.txt").read_text(encoding="utf-8") == "Platelet count < 50×10^9/L\n"
        await press(pilot, "z")
        assert "Sirolimus" not in page(pilot)
        assert "Ask next" not in page(pilot)
        assert "Platelet count" in page(pilot)
        await press(pilot, "a")
        assert "Ask next" in page(pilot)
        await press(pilot, "escape", "escape")
        assert "Sirolimus" in page(pilot)
        app.action_settings()
        await settled(pilot)
        assert "matcher.toml" in page(pilot)
        await press(pilot, "enter")
        app.action_diagnostics()
        await settled(pilot)
        text = page(pilot)
        assert "Versions" in text
        assert "140 columns by 40 lines" in text
        assert "LN-0042" not in text


async def test_back_where_she_left_off(tmp_path: Path) -> None:
    places = folders_in(tmp_path)
    save_profile(patient(), places.profile_path("LN-0042"), expected=None, guard=objections)
    session = session_in(tmp_path)
    session.open_profile(places.profile_path("LN-0042"))
    async with opened(session) as pilot:
        await press(pilot, "slash")
        await write(pilot, "lupus")
        await press(pilot, "enter", "down", "m", "w", "tab", "R", "N", "enter", "right", "ctrl+p")
        await write(pilot, "light or dark")
        await press(pilot, "enter", "q")
    left = left_off(places)
    assert (left.patient, left.trial, left.pane, left.filter, left.theme) == ("LN-0042", "NCT00000002", "criteria", "lupus", "light")
    again = session_in(tmp_path)
    async with opened(again) as pilot:
        assert pilot.app.theme == "matcher-light"
        assert again.profile is not None
        assert (again.profile.id, again.chosen_id) == ("LN-0042", "NCT00000002")
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "criteria"
        assert "where you left off" in page(pilot)
        await press(pilot, "m")
        assert "initials   RN" in page(pilot)
        assert again.initials == ""  # proposed, and not given
    places.profile_path("LN-0042").unlink()
    gone = Session(places, TODAY, trials())
    async with opened(gone) as pilot:
        assert "Choose a patient" in page(pilot)


@each_row("text", ["patient = 5", "\x00\xff", "patient = [", 'patient = "../../etc/passwd"', 'theme = "x"', ""])
def test_a_broken_note_of_the_place_is_passed_over(text: str, tmp_path: Path) -> None:
    places = Folders(tmp_path, tmp_path)
    (tmp_path / "last.toml").write_bytes(text.encode("latin-1"))
    found: Any = left_off(places)
    assert found.trial == ""
    assert Session(places, TODAY).known_profile(found.patient) is None
