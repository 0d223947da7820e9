"""All trials: searched and narrowed, a record read, one typed by hand, edited, removed, and judged for the patient in hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app_support import TODAY, fill, folders_in, lines, opened, page, patient, press, settled, write
from textual import events

from matcher.app.app import MatcherApp
from matcher.app.screens.typed_trial import TypeTrial
from matcher.app.widgets.reader import Reader
from matcher.model.trial import Criterion, Location, Source, Trial
from matcher.session import Session
from matcher.session.importing import MADE_WITH
from matcher.session.typed_before import keep_typed, typed_before
from matcher.storage.index import Index
from matcher.storage.library import Library
from matcher.storage.rows import Kept, row
from matcher.storage.toml_files import save_trial


def _trial(number: int, title: str, *criteria: str, **more: object) -> Trial:
    facts = {"status": "recruiting", "conditions": ["lupus nephritis"], "source": Source(site="MedPath", digest=f"{title}{criteria}", read=date(2026, 1, 2))}
    checks = [Criterion(id=f"I{place}", kind="inclusion", text=text, check="") for place, text in enumerate(criteria, 1)]
    return Trial.checked({"id": f"NCT1000000{number}", "title": title, **facts, **more, "criteria": checks})


def session_with_library(place: Path) -> Session:
    """A patient in hand, a library of a few trials of which one has two versions, and one confirmed file."""
    session = Session(folders_in(place), TODAY)
    session.hold(patient())
    session.save_profile(over=True)
    kept = [
        _trial(1, "Belimumab in kidneys", "Lupus nephritis, class III", locations=[Location(city="Bonn", country="Germany")]),
        _trial(2, "Voclosporin in Spain", "Age 18 or older", phases=["phase 3"], locations=[Location(city="Vigo", country="Spain")]),
        _trial(3, "An old study", "Age 18 or older", status="completed"),
        _trial(4, "Asthma inhaler", "Asthma", conditions=["asthma"], min_age=40.0),
        _trial(1, "Belimumab in kidneys", "Lupus nephritis, class III or IV", locations=[Location(city="Bonn", country="Germany")]),
    ]
    with Library(session.folders.library, create=True, beside=[Index()]) as library:
        for one in kept:
            library.put([row(Kept(one, (("both", "text"),), MADE_WITH), library.beside)])
    confirmed = Trial(id="LOCAL-1", title="Kept by us", status="recruiting", criteria=[Criterion(id="I1", kind="inclusion", text="SLE", check="systemic lupus erythematosus", curated=True)])
    session.folders.trials.mkdir(parents=True)
    save_trial(confirmed, session.folders.trial_path("LOCAL-1"), expected=None)
    return session


async def test_search_narrow_read_and_judge(tmp_path: Path) -> None:
    session = session_with_library(tmp_path)
    async with opened(session) as pilot:
        await press(pilot, "t")
        text = page(pilot)
        assert "5 trials" in lines(pilot)[0]
        assert "4 found" in text
        assert "1 of 1 confirmed" in text
        assert "An old study" not in text
        assert "1 more of any status, without filters: Enter shows it" in text
        await write(pilot, "kid")
        assert "1 found" in page(pilot)
        await press(pilot, "enter", "enter")
        assert "Record NCT10000001" in page(pilot)
        assert "Versions (2, newest first)" in page(pilot)
        assert "I1 now says" in page(pilot)
        await press(pilot, "slash", "escape", "enter", "f", "tab", "tab", "tab", "right", "right", "right", "right", "tab", "tab")
        await write(pilot, "Spain")
        await press(pilot, "enter")
        assert "open to enrolment · phase 3 · in Spain" in page(pilot)
        assert "Voclosporin in Spain" in page(pilot)
        assert "1 found" in page(pilot)
        await press(pilot, "F", "p")
        assert "takes women · takes the age 34" in page(pilot)
        assert "Asthma inhaler" not in page(pilot)
        await press(pilot, "slash")
        await write(pilot, "voclosporin")
        await press(pilot, "enter", "enter")
        assert isinstance(pilot.app.focused, Reader)
        await press(pilot, "escape", "o")
        assert session.chosen_id == "NCT10000002"
        assert "Ask next" in page(pilot)
        assert "Voclosporin in Spain" in page(pilot)


async def test_what_is_found_beyond_the_filters_is_told_and_one_key_away(tmp_path: Path) -> None:
    async with opened(session_with_library(tmp_path), 100, 30) as pilot:
        await press(pilot, "t")
        await write(pilot, "old study")
        assert "none of these; 1 of any status, without filters: Enter shows it" in page(pilot)
        await press(pilot, "enter", "enter")
        assert "of any status" in page(pilot)
        assert "An old study" in page(pilot)
        await press(pilot, "slash")
        await fill(pilot, "nothing of it")
        assert "no such trial; nothing* finds every word that begins so" in page(pilot)


async def test_type_a_trial_edit_and_remove_it(tmp_path: Path) -> None:
    session = session_with_library(tmp_path)
    async with opened(session, 100, 30) as pilot:
        await press(pilot, "t", "enter", "n")
        await press(pilot, "ctrl+s")
        assert "give the trial a title" in page(pilot)
        assert "left empty, it is made of the title" in page(pilot)
        assert "18 to 75, from 18, up to 64" in page(pilot)
        assert pilot.app.focused is not None
        pilot.app.focused.post_message(events.Paste("Inclusion\n- Age over 18\n"))
        await settled(pilot)
        assert "Of the 2 lines pasted only the first is in this field: paste the eligibility text into the box beneath" in " ".join(page(pilot).replace("│", " ").split())
        await fill(pilot, "Our own [/b] protocol", "enter", "enter")
        await fill(pilot, "lupus nephritis", "tab", "tab", "tab", "tab")
        await write(pilot, "Exclusion:\n- Platelets < 50 x 10^9/L\n- dislikes cats\n")
        assert isinstance(pilot.app.screen, TypeTrial)
        pilot.app.screen.read_now()
        await settled(pilot)
        assert "platelets < 50 ×10⁹/L" in page(pilot)
        assert "2 criteria: 1 read, 1 not read" in page(pilot)
        await press(pilot, "escape")
        assert "not saved" in page(pilot)
        await press(pilot, "k")
        pilot.app.screen.keep_typed()
        before = typed_before(session.folders, "")
        assert before is not None
        assert (before.condition, typed_before(session.folders, "NCT10000001")) == ("lupus nephritis", None)
        await press(pilot, "ctrl+s")
        assert typed_before(session.folders, "") is None
        assert "1 found" in page(pilot)
        await press(pilot, "e")
        assert "dislikes cats" in page(pilot)
        await fill(pilot, "Renamed", "ctrl+s")
        assert "Renamed" in page(pilot)
        assert "1 found" in page(pilot)
        await press(pilot, "delete", "y")
        assert "Removed" in page(pilot)
        assert "0 found" in page(pilot)
        keep_typed(session.folders, before, "")  # as a crash leaves it
        await press(pilot, "n")
        assert "This was typed when matcher broke off, and is not saved" in page(pilot)
        assert "dislikes cats" in page(pilot)
        await press(pilot, "escape", "t")
        assert typed_before(session.folders, "") is None
        await press(pilot, "escape")
        app = pilot.app
        assert isinstance(app, MatcherApp)
        assert app.screen is app.main
    with Library(session.folders.library) as library:
        assert len(library) == 4


async def test_a_trial_just_typed_is_judged_though_all_are_judged_again(tmp_path: Path) -> None:
    session = session_with_library(tmp_path)
    async with opened(session, 100, 30) as pilot:
        await press(pilot, "t", "enter", "n")
        await fill(pilot, "About something else", "enter", "enter")
        await fill(pilot, "migraine", "tab", "tab", "tab", "tab")
        await write(pilot, "Exclusion:\n- Platelets < 50 x 10^9/L\n")
        await press(pilot, "ctrl+s", "o")
        assert "About something else" in lines(pilot)[4]
        assert session.chosen is not None
        assert session.chosen.title == "About something else"


async def test_only_a_typed_trial_can_be_removed_and_narrow_windows_show_one_pane(tmp_path: Path) -> None:
    session = session_with_library(tmp_path)
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "t", "enter", "delete", "e")
        assert "Remove this trial" not in page(pilot)
        await press(pilot, "enter")
        assert "Inclusion" in page(pilot)
        assert "found" not in page(pilot)
        await press(pilot, "y", "i")
        assert "Copied the trial's id" in page(pilot)
        await press(pilot, "escape", "v")
        assert "LN-0042" in page(pilot)
