"""A row that was being typed when the app was lost is offered where it was, and not recorded by itself."""

from __future__ import annotations

from pathlib import Path

from app_support import opened, page, patient, press, session_in, write
from rows import each_row

from matcher.app.screens.editor import RowEditor
from matcher.app.text.typed_row import typed_words
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
        await press(pilot, "escape")
        assert session.typed_row() is None
