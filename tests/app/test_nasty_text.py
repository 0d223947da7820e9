"""Foreign text is shown, never parsed, on every screen: markup, control characters, endless words, other scripts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from app_support import (
    criterion,
    opened,
    page,
    patient,
    press,
    session_in,
    stand_in_questions,
    trial_match,
    write,
)
from rows import each_row

from matcher.app.app import MatcherApp
from matcher.app.symbols import PLAIN, UNICODE, Symbols, shown, shown_with_spans
from matcher.app.text.criteria import criterion_detail, criterion_rows
from matcher.app.text.patient import patient_rows
from matcher.app.text.rows import Row
from matcher.app.text.trial_rows import TrialRows
from matcher.app.text.trials import trial_heading
from matcher.model.match import TrialMatch
from matcher.model.profile import Allergy, Answer, Condition, Lab, Medication, Participation, Procedure, Relative, Score
from matcher.model.trial import Location, Trial
from matcher.model.verdict import Evidence, Question, Verdict
from matcher.session.results import Result

NASTY = {
    "closing tag": "before [/b] after",
    "bracket": "[ [[ ] [bold red] [@click=app.quit]press[/] $error",
    "long word": "Pneumonoultramicroscopic" * 15,
    "right to left": "שלום \u202eevil\u202c مرحبا",
    "double width": "系統性紅斑狼瘡" * 8,
    "combining": "e\u0301" * 60 + "\u200d👩‍⚕️ ⚑️",
    "control": "bell \x07 escape \x1b[31m null \x00 delete \x7f c1 \x9b31m line\u2028end tab\there",
    "lines": "first\nsecond\r\nthird",
    "very long": "platelets below [/] limit " * 40,
    "blank": "   ",
}


def nasty_matches(text: str) -> list[TrialMatch]:
    """Two trials whose every word is the nasty one."""
    ask = Question("labs", text, "posneg", None, text)
    evidence = (Evidence(text, text, text, text, text, text),)
    judged = [
        criterion(
            f"{'EI'[number % 2]}{number}", text, verdict, text, group=text, note=text, missing=(ask,), evidence=evidence
        )
        for number, verdict in enumerate(Verdict)
    ]
    open_ones = [one for one in judged if one.verdict is not Verdict.FAIL]
    first = trial_match("NCT1", text, "possible", open_ones, condition_relation=text)
    return [
        first,
        replace(first, trial_id=f"{text}2", tier="excluded", criteria=tuple(judged), eligible_from=date(2027, 1, 1)),
    ]


def nasty_patient(text: str) -> Any:
    """A patient whose every free word is the nasty one."""
    words = text.strip()[:480] or "x"
    return patient(
        note=text,
        conditions=[Condition(name=words, stage=words, severity=words, confirmed_by=[words])],
        labs=[Lab(test=words, value=words, unit=words)],
        scores=[Score(name=words, value=words)],
        medications=[Medication(name=words, unit=words, route=words)],
        procedures=[Procedure(name=words, finding=words)],
        allergies=[Allergy(substance=words)],
        trials=[Participation(name=words, drug=words)],
        family_history=[Relative(name=words, relation=words)],
        answers=[Answer(statement=words, holds=True)],
    )


EVERYTHING = " ".join(text for name, text in NASTY.items() if name != "very long")


@pytest.mark.parametrize(
    ("text", "symbols", "lists"),
    [(EVERYTHING, UNICODE, 9), (NASTY["very long"], PLAIN, 2)],
    ids=["everything", "very long and plain"],
)
async def test_every_screen_survives(tmp_path: Path, text: str, symbols: Symbols, lists: int) -> None:
    session = session_in(tmp_path, nasty_patient(text), lambda *given: nasty_matches(text))
    async with opened(session, 100, 30, symbols) as pilot:
        app = pilot.app
        assert isinstance(app, MatcherApp)
        seen = [page(pilot)]
        for keys in (
            ["down"],
            ["enter"],
            ["end"],
            ["enter"],
            ["escape"],
            ["home"],
            ["enter"],
            ["escape"],
            ["w"],
            ["left"],
            ["left"],
            ["end"],
            ["right", "c", "up", "c", "C"],
            ["enter"],
            ["escape", "escape", "m", "s", "enter", "l"],
            ["escape", "left"],
        ):
            await press(pilot, *keys)
            seen.append(page(pilot))
        await press(pilot, "enter", "escape", "a", "n", "escape", "u")
        await press(pilot, "slash")
        await write(pilot, "[/b]")
        await press(pilot, "escape", "m", "escape")
        app.toast(text)
        app.tell(text, text)
        await press(pilot, "enter", "e")
        for _ in range(lists):
            await press(pilot, "enter", "escape", "right")
            seen.append(page(pilot))
        await press(pilot, "escape")
        app.report(ValueError(text))
        app.errors.clear()
        await press(pilot, "enter")
        assert "Ask next" in page(pilot)
        assert not any(sign in "".join(seen) for sign in ("\x07", "\x1b", "\x00", "\x7f", "\x9b", "\u202e"))


@each_row(("width", "symbols"), [(28, UNICODE), (28, PLAIN), (57, UNICODE)])
@each_row("text", NASTY.values(), ids=NASTY.keys())
def test_every_row_fits_its_width(text: str, symbols: Symbols, width: int) -> None:
    day = date(2026, 11, 21)
    matches = tuple(nasty_matches(text))
    rows = patient_rows(nasty_patient(text), tuple(stand_in_questions(matches)), width, symbols, day)
    listed = TrialRows(width, symbols, day)
    found = [Result(one, Trial(id="T", phases=[text], locations=[Location(city=text)]), mark, ((text, 2), (text, 1))[:near]) for one in matches for mark, near in (("", 0), ("watch", 2))]
    for row in map(listed.row, found):
        assert len(row.draw().split(allow_blank=True)) == row.height
        rows.append(Row(row.draw(), row.id))
    for match in matches:
        rows += criterion_rows(match, width, symbols, False) + criterion_rows(match, width, symbols, True)
        rows += [Row(trial_heading(match, width, symbols, day))]
        rows += [Row(criterion_detail(one, width, symbols)) for one in match.criteria]
    too_wide = [line for row in rows for line in row.content.split() if line.cell_length > width]
    assert too_wide == []


@each_row(
    ("text", "expected"),
    [
        ("a\x07b", "a␇b"),
        ("a\x7fb", "a␡b"),
        ("a\x9bb", "a‹009B›b"),
        ("a\u202eb", "a‹202E›b"),
        ("a\tb\nc", "a b c"),
        ("platelets ≥ 50×10⁹/L", "platelets ≥ 50×10⁹/L"),
    ],
)
def test_control_characters_become_placeholders(text: str, expected: str) -> None:
    assert shown(text, UNICODE) == expected


def test_plain_terminals_get_plain_spelling() -> None:
    assert shown("platelets ≥ 50×10⁹/L \x07", PLAIN) == "platelets >= 50x10^9/L <0007>"


def test_spans_move_with_the_placeholders() -> None:
    assert shown_with_spans("ALT \\> 2 or \\d", ((0, 3), (4, 8), (12, 14)), UNICODE) == ("ALT > 2 or \\d", ((0, 3), (4, 7), (11, 13)))
    assert shown_with_spans("a\u202eb≥c", ((2, 4), (4, 9), (7, 9)), PLAIN) == (
        "a<202E>b>=c",
        ((7, 10), (10, 11), (11, 11)),
    )
