"""What was being typed when the app was lost is offered where it was, and not recorded by itself."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from app_support import (
    PROTEIN,
    TODAY,
    fill,
    folders_in,
    opened,
    page,
    patient,
    press,
    session_in,
    stand_in,
    stand_in_questions,
    trials,
    write,
)
from rows import each_row
from textual.pilot import Pilot

from matcher.app.app import MatcherApp
from matcher.app.screens.curating import CheckEditor
from matcher.app.screens.editor import RowEditor
from matcher.app.screens.typed_trial import TypeTrial
from matcher.app.text.typed_row import typed_words
from matcher.model.trial import Criterion, Trial
from matcher.session import Matching, Session
from matcher.session.typed_before import typed_before
from matcher.session.typed_trials import Typed
from matcher.storage.typed_rows import NEW, TypedRow, kept_row

LAB = {"test": "", "value": "", "unit": "", "uln": "", "lln": "", "date": ""}
TYPED = TypedRow(listed="labs", place=NEW, field="value", was=LAB, texts={**LAB, "test": "ALT", "value": "4"})


@each_row(
    "typed, words",
    [
        (TYPED, ["a new lab value:", "test  ALT", "value  4"]),
        (TypedRow(listed="conditions", place=0, field="stage", was={"name": "SLE", "stage": "IV"}, texts={"name": "SLE", "stage": ""}), ["condition:", "condition  SLE", "class, grade, stage  nothing"]),
        (TypedRow(listed="notes", place=0, field="note", was={"note": ""}, texts={"note": "calls"}), ["note:", "note  calls"]),
        (TypedRow(listed="who", place=0, field="age", was={"age": "34", "sex": "female"}, texts={"sex": "male"}), ["who:", "sex  male"]),
        (
            TypedRow(listed="judge", place=0, field="why", was={}, texts={"answer": "fail", "why": "too fr", "by": "AB"}, about=("NCT1", "I1", "E2")),
            ["your verdict on NCT1 I1 E2:", "verdict  excludes", "reason  too fr", "initials  AB"],
        ),
        (TypedRow(listed="ask", place=0, field="", was={}, texts={"value": "2", "date": ""}, about=("labs", "ALT", "How much?")), ["the answer to How much?:", "value  2"]),
        (TypedRow(listed="paste", place=0, field="", was={}, texts={"lines": "a\n" * 9}), ["lines of a laboratory report:", *"aaaaaa", "and 3 more"]),
        (TypedRow(listed="elsewhere", place=0, field="", was={}, texts={"a": "b"}), ["elsewhere:"]),
    ],
)
def test_a_typed_row_in_words(typed: TypedRow, words: list[str]) -> None:
    assert typed_words(typed) == words


async def test_a_row_typed_at_a_crash_is_offered_and_goes_on(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    session.keep_typed(TYPED)
    facts = session.profile
    async with opened(session) as pilot:
        assert "A row that was being typed" in page(pilot)
        await press(pilot, "o")
        editor = pilot.app.screen
        assert isinstance(editor, RowEditor)
        assert [line for line in page(pilot).splitlines() if "ALT" in line]
        assert session.profile is facts
        await write(pilot, "1")
        editor.keep_typed()
        kept = kept_row(session.folders, "LN-0042")
        assert kept is not None
        assert (kept.texts["value"], kept.field) == ("41", "value")
        await press(pilot, "tab")
        await write(pilot, "U/L")
        await press(pilot, "enter")
        assert session.profile is not None
        assert [str(one.value) for one in session.profile.labs if one.test == "ALT"] == ["41"]
        assert session.typed_row() is None
        await press(pilot, "a")
        await write(pilot, "AST")
        keep_typed(pilot)
        await press(pilot, "escape")  # lets go of the names offered
        assert session.typed_row() is not None
        await press(pilot, "escape")
        assert "What you typed is not recorded: Enter records it, Esc again throws it away." in page(pilot)
        await press(pilot, "escape")
        assert session.typed_row() is None


async def test_a_row_typed_is_thrown_away_only_by_a_second_esc(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "e", "right", "a", "escape")
        assert not isinstance(pilot.app.screen, RowEditor)  # nothing was typed
        await press(pilot, "a")
        await write(pilot, "gouty attack")
        await press(pilot, "escape")
        assert "throws it away" in page(pilot)
        await write(pilot, "s")  # another thing typed is told of again
        assert "throws it away" not in page(pilot)
        await press(pilot, "escape")
        assert "throws it away" in page(pilot)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, RowEditor)
        assert session.profile is not None
        assert len(session.profile.conditions) == 1


async def test_a_reason_and_a_note_typed_at_a_crash_are_offered_and_go_on(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "right", "o", "x")
        await write(pilot, "no room")
        keep_typed(pilot)
        await press(pilot, "escape")
        assert "What you typed is not recorded" in page(pilot)
        await press(pilot, "escape", "left", "m", "w")
        await write(pilot, "ask again")
        keep_typed(pilot)
        assert kept_row(folders_in(tmp_path), "LN-0042", "judge") is None  # left by Esc
        await press(pilot, "enter", "right", "o", "x")
        await write(pilot, "no room")
        keep_typed(pilot)
    session.put_down()  # a killed window has no claim any more
    again = session_in(tmp_path, patient())
    async with opened(again) as pilot:
        assert "Words that were being typed" in page(pilot)
        assert "reason  no room" in page(pilot)
        await press(pilot, "l", "down", "down", "right", "o")
        assert "no room" not in page(pilot)  # of another criterion
        await press(pilot, "escape")
        assert again.typed_row("judge") is not None
    again.put_down()
    async with opened(session_in(tmp_path, patient())) as pilot:
        await press(pilot, "o")
        assert "This was typed when matcher broke off" in page(pilot)
        await write(pilot, " left")
        await press(pilot, "tab")
        await write(pilot, "AB")
        await press(pilot, "enter")
        judged = cast("MatcherApp", pilot.app).session
        assert [(one.trial, one.now, one.why) for one in judged.judging.changes() if one.criterion] == [("NCT00000001", "excludes", "no room left")]
        assert judged.typed_rows() == []


async def test_an_answer_a_check_and_lines_typed_at_a_crash_are_offered_and_go_on(tmp_path: Path) -> None:
    criteria = [Criterion(id=id, kind="inclusion", text="Lupus nephritis") for id in ("I1", "I2", "E1", "E2", "E3")]
    records = [Trial(id="NCT00000001", criteria=criteria), *trials()[1:]]
    session = Session(folders_in(tmp_path), TODAY, records, matching=Matching(stand_in, stand_in_questions))
    session.hold(patient())
    async with opened(session) as pilot:
        session.ask(PROTEIN)
        cast("MatcherApp", pilot.app).main.show_question()
        await press(pilot, "a")
        await write(pilot, "2.5")
        keep_typed(pilot)
        await press(pilot, "escape", "escape", "right", "E")
        await fill(pilot, "lupus neph")
        keep_typed(pilot)
        assert session.typed_row("ask") is None  # left by Esc
        await press(pilot, "escape", "escape", "left", "a")
        await write(pilot, "2.5")
        keep_typed(pilot)
        session.keep_typed(TypedRow(listed="check", place=0, field="check", was={}, texts={"check": "lupus neph"}, about=("NCT00000001", "I2")))
        session.keep_typed(TypedRow(listed="paste", place=0, field="lines", was={"lines": ""}, texts={"lines": "Platelets 150 10^9/L"}))
    session.put_down()
    again = Session(folders_in(tmp_path), TODAY, records, matching=Matching(stand_in, stand_in_questions))
    again.hold(patient())
    async with opened(again) as pilot:
        assert "value  2.5" in page(pilot)
        await press(pilot, "o")
        assert again.question is not None
        assert again.question.question == PROTEIN
        await press(pilot, "tab")
        await write(pilot, "g/24h")
        await press(pilot, "enter")
        assert again.profile is not None
        assert str(again.profile.labs[-1].value) == "2.5"
        assert again.typed_row("ask") is None
        await press(pilot, "escape", "right", "n", "E")
        assert "lupus neph" in page(pilot)
        assert "This was typed when matcher broke off" in page(pilot)
        await press(pilot, "escape", "escape", "e", "b")
        assert "Platelets 150" in page(pilot)
        await press(pilot, "ctrl+s", "enter")
        assert str(again.profile.labs[-1].value) == "150"
        assert again.typed_rows() == []


async def test_what_is_thrown_away_is_not_kept_by_a_clock_that_ran_out_meanwhile(tmp_path: Path) -> None:
    criteria = [Criterion(id=id, kind="inclusion", text="Lupus nephritis") for id in ("I1", "I2", "E1", "E2", "E3")]
    session = Session(folders_in(tmp_path), TODAY, [Trial(id="NCT00000001", criteria=criteria), *trials()[1:]], matching=Matching(stand_in, stand_in_questions))
    session.hold(patient())
    async with opened(session) as pilot:
        await press(pilot, "n", "E")
        await fill(pilot, "lupus neph")
        editor = cast("CheckEditor", pilot.app.screen)
        editor.dismiss(None)
        editor.keep_typed()  # its turn comes before the dialog is taken down
        assert session.typed_rows() == []
        typed = TypeTrial(Typed())
        await pilot.app.push_screen(typed)
        await write(pilot, "A trial")
        typed.dismiss(None)
        typed.keep_typed()
        assert typed_before(session.folders, "") is None


def keep_typed(pilot: Pilot[None]) -> None:
    """What the half second after the last key does."""
    cast("MatcherApp", pilot.app).keep_all()
