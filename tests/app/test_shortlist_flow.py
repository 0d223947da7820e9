"""Comparing trials, putting the marked ones in order, writing them out, and checking an old list again."""

from __future__ import annotations

from pathlib import Path

from app_support import TODAY, lines, opened, page, patient, press, session_in, trial_match, write
from test_nasty_text import EVERYTHING, NASTY, nasty_matches

from matcher.app.app import MatcherApp
from matcher.app.screens.compare import CompareScreen
from matcher.app.screens.main import MainScreen
from matcher.app.screens.shortlist import ShortlistScreen
from matcher.app.symbols import PLAIN, UNICODE
from matcher.app.text.comparison import comparison_rows, row_detail
from matcher.app.text.rows import Row
from matcher.app.text.shortlist import recheck_rows, shortlist_rows
from matcher.export.formats import CHECKLISTS, FORMATS
from matcher.export.recheck import Recheck, TrialChange
from matcher.matching.aligning import aligned
from matcher.session.judging import Judging
from matcher.session.shortlists import checklist_path, marked, shortlist_path
from matcher.storage.marks import Mark
from matcher.storage.toml_files import save_trial
from matcher.vocabulary import load

FIRST, SECOND, THIRD = ("NCT00000001", "NCT00000002", "NCT00000003")


async def test_trials_are_chosen_and_compared(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 140, 40) as pilot:
        await press(pilot, "c", "C")
        assert "Choose two to four trials first" in page(pilot)
        await press(pilot, "down", "c")
        assert "to compare: Biomarkers for…; Sirolimus in a…" in page(pilot)
        assert "To compare: Sirolimus in" in page(pilot)
        await press(pilot, "C")
        assert isinstance(pilot.app.screen, CompareScreen)
        text = page(pilot)
        assert "2 trials side by side · LN-0042" in text
        assert "· 24-hour urine protein  only one asks this" in text
        assert "does not ask this" in text
        await press(pilot, "enter")
        assert "Side by side" in page(pilot)
        assert "Read as" in page(pilot)
        await press(pilot, "escape", "d")
        assert "only what is not the same" in page(pilot)
        await press(pilot, "x", "h", "enter")
        assert (tmp_path / f"data/exports/LN-0042-comparison-{FIRST}-{SECOND}-2026-11-18.html").is_file()
        assert "esc back" in lines(pilot)[-1]
        await press(pilot, "escape", "down", "c")
        assert isinstance(pilot.app.screen, MainScreen)
        await press(pilot, "up", "c", "up", "c")
        assert "to compare: Low-dose interleukin" in page(pilot)
        await press(pilot, "C")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_an_order_an_export_and_a_second_look(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 100, 30) as pilot:
        await press(pilot, "l")
        assert "No trial is marked yet" in page(pilot)
        await press(pilot, "escape", "m", "s", "enter", "down", "m", "w")
        await write(pilot, "ring in May")
        await press(pilot, "enter", "l")
        assert isinstance(pilot.app.screen, ShortlistScreen)
        assert "ring in May" in page(pilot)
        await press(pilot, "K")
        assert [mark.trial_id for mark, _ in marked(session)] == [FIRST, SECOND]
        await press(pilot, "J")
        assert [mark.trial_id for mark, _ in marked(session)] == [SECOND, FIRST]
        await press(pilot, "r")
        assert "The TOML file of a shortlist" in page(pilot)
        await press(pilot, "enter")
        assert "expected a file name" in page(pilot)
        await press(pilot, "escape")
        for form in FORMATS:
            await press(pilot, "x", form.key, "enter")
            assert str(tmp_path)[:20] in page(pilot).replace("\n", "")
            assert shortlist_path(session, form).is_file()
        await press(pilot, "x", "t", *["backspace"] * len("toml"))
        await write(pilot, "pdf")
        await press(pilot, "enter")
        assert "what is written here is TOML: expected a name that ends in .toml" in " ".join(page(pilot).replace("│", " ").split())
        await press(pilot, "escape")
        await press(pilot, "v", "h", "enter")
        assert checklist_path(session, FIRST, CHECKLISTS[0]).is_file()
        for trial in session.trials or ():
            save_trial(trial, session.folders.trial_path(trial.id), expected=None)
        session.set_fact(pregnant=True)
        await press(pilot, "r", "enter")
        text = page(pilot)
        assert "Checked again · LN-0042" in text
        assert "Facts: " in text
        assert f"{SECOND}  Sirolimus in active lupus" in text
        await press(pilot, "escape", "m", "n", "enter")
        assert [mark.trial_id for mark, _ in marked(session)] == [SECOND]
        assert "1 marked" in lines(pilot)[0]
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MainScreen)
        assert session.chosen_id == SECOND


def test_every_row_fits_its_width() -> None:
    for text in (EVERYTHING, NASTY["long word"], NASTY["double width"]):
        matches = [*nasty_matches(text), trial_match("NCT3", text, "possible", [])]
        compared = aligned(matches, load())
        found = [(Mark(trial_id=one.trial_id, mark="watch", note=text), one) for one in matches]
        changes = Recheck(text, (text,), (TrialChange(text, text, (text,)),))
        for width, symbols in ((40, UNICODE), (40, PLAIN), (76, PLAIN), (130, UNICODE)):
            rows = comparison_rows(matches, compared, width, symbols)
            rows += [Row(row_detail(matches, row, width, symbols)) for row in compared]
            rows += shortlist_rows([*found, (found[0][0], None)], width, symbols, TODAY)
            rows += recheck_rows(changes, width, symbols)
            assert [line.plain for row in rows for line in row.content.split() if line.cell_length > width] == []


async def test_what_another_window_marks_is_shown_and_exported(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "m", "w", "enter")
        app = pilot.app
        assert isinstance(app, MatcherApp)
        app.look_for_news()
        await press(pilot)
        assert "Another window" not in page(pilot)
        other = Judging(session.folders, "LN-0042")
        other.mark(FIRST, "rejected", "no biopsy")
        app.look_for_news()
        await press(pilot)
        assert "Another window marked or judged a trial for this patient; it is shown here now." in " ".join(page(pilot).replace("▌", " ").split())
        assert [mark.mark for mark, _ in marked(session)] == ["rejected"]
        other.mark(SECOND, "watch")
        await press(pilot, "l")
        assert "2 marked" in lines(pilot)[0]
        other.mark(SECOND, "none")
        app.look_for_news()
        await press(pilot)
        assert "1 marked" in lines(pilot)[0]  # the open list follows


async def test_a_refused_reason_stays_in_sight_on_a_low_screen(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient()), 61, 20) as pilot:
        await press(pilot, "right", "n", "o", "m")
        await write(pilot, f"ask {'a-very-long-name.' * 6}hill@hospital.example.org")
        await press(pilot, "tab")
        await write(pilot, "RN")
        await press(pilot, "enter")
        shown_now = page(pilot)
        assert all(words in shown_now for words in ("reason  ", "initials  ", "Not recorded.", "leave it out"))
