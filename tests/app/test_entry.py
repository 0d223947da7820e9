"""Typing a fact: nonsense is refused, what is odd is asked about once, and nothing typed is lost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from app_support import burst, fill, lines, opened, page, patient, press, session_in, settled, write
from textual import events

from matcher.app.widgets import choice
from matcher.app.widgets.field_row import FieldRow, Fields
from matcher.model.dates import partial_date
from matcher.model.profile import Medication, Participation
from matcher.session.suggesting import prepare


async def test_an_odd_lab_value_is_not_taken_without_a_word(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", "right", "right", "end", "enter")
        await fill(pilot, "abc", "tab")
        await fill(pilot, "1 82", "enter")
        assert "neither a number nor a word" in page(pilot)
        assert not session.dirty
        await fill(pilot, "182", "tab")
        await fill(pilot, "mmol", "enter")
        assert "“abc” is no test that matcher knows" in page(pilot)
        assert "nearest known:" in page(pilot)
        assert "Enter again keeps it" in page(pilot)
        assert not session.dirty
        await fill(pilot, "platelets", "enter")
        assert "“mmol” is no unit of platelets: expected ×10⁹/L" in page(pilot)
        await press(pilot, "enter")
        assert not session.dirty
        await fill(pilot, "10^9/L", "enter")
        assert session.profile is not None
        assert [lab.test for lab in session.profile.labs] == ["platelets", "eGFR", "platelets"]
        assert "unsaved" in page(pilot)


async def test_facts_that_do_not_go_together_are_told_at_the_field_that_was_changed(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient(height_cm=Decimal(168)))
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", "down", "down", "down", "down", "enter")
        await fill(pilot, "61", "shift+tab", "shift+tab", "down", "down", "down", "down", "down", "down", "down", "down", "down", "down")
        await write(pilot, "1850")
        await press(pilot, "enter")
        assert "before the birth of a patient of 34" in page(pilot)
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "field-smoking_stopped"
        await fill(pilot, "", "up", "up", "up", "up", "up", "up", "up")
        await fill(pilot, "2008", "enter")
        assert "2008 cm cannot be" in page(pilot)
        assert "body mass index" not in page(pilot)
        assert not session.dirty


async def test_a_long_name_is_seen_from_its_beginning_once_it_is_left(tmp_path: Path) -> None:
    prepare()
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", "right", "end", "enter")
        await write(pilot, "high-grade serous ovarian cancer")
        assert "high-grade serous ovarian cancer" in page(pilot)  # whole, while it is typed
        await fill(pilot, "unspecified disease of the kidney, grown worse since", "tab")
        assert "  unspecified disease of the kidney, grown" in page(pilot)
        await press(pilot, "shift+tab")
        await fill(pilot, "high grade serous ovar", "down", "tab")
        assert "  high-grade serous ovarian cancer" in page(pilot)
        assert "counts as serous ovarian cancer" in page(pilot)


async def test_a_unit_typed_behind_the_value_goes_to_its_own_line(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", "right", "right", "end", "enter")
        await fill(pilot, "creatinine", "tab")
        await fill(pilot, "0.9 mg/dL", "enter")
        assert session.profile is not None
        assert (session.profile.labs[-1].value, session.profile.labs[-1].unit) == (Decimal("0.9"), "mg/dL")
        await press(pilot, "escape", "a", "k", "a")
        await write(pilot, "2,1 g/24h")
        await press(pilot, "enter")
        assert (session.profile.labs[-1].value, session.profile.labs[-1].unit) == (Decimal("2.1"), "g/24h")


async def test_the_rows_say_all_that_is_recorded_and_an_empty_or_future_one_is_refused(tmp_path: Path) -> None:
    drug = Medication(name="rituximab", stop=partial_date("2026-03"), setting="maintenance", indication="lupus", stop_reason="infection")
    study = Participation(name="AIR-1", drug="abatacept", start=partial_date("2025-02"), stop=partial_date("2025-04"))
    session = session_in(tmp_path, patient(medications=[drug], trials=[study]))
    async with opened(session, 100, 30) as pilot:
        await press(pilot, "e", "right", "right", "right", "right")
        assert "for lupus · maintenance · stopped because: infection" in page(pilot)
        await press(pilot, "left", "left", "left", "left", "left", "left", "left")
        assert "─ other studies" in page(pilot)
        assert "AIR-1 · abatacept · since Feb 2025 · until Apr 2025" in page(pilot)
        assert "─ answered statements" in page(pilot)
        await press(pilot, "a", "enter")
        assert "Nothing is typed yet" in page(pilot)
        await press(pilot, "escape", "right", "enter")
        for typed, said in (("2027", "conditions: 2027 is after the day of the facts, 2026-11-18"), ("3/4/2025", "may be day or month first")):
            await fill(pilot, typed, "enter")
            assert said in page(pilot)
        assert not session.dirty


async def test_a_free_test_is_kept_after_a_second_enter(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "e", "right", "right", "end", "enter")
        await fill(pilot, "abc", "tab", "7", "enter")
        assert not session.dirty
        await press(pilot, "enter")
        assert session.profile is not None
        assert session.profile.labs[-1].test == "abc"
        await press(pilot, "end", "enter")
        await burst(pilot, *"alt", "tab", *"45", "enter", "enter")
        assert (session.profile.labs[-1].test, session.profile.labs[-1].value) == ("alt", Decimal(45))


async def test_an_odd_answer_is_not_taken_without_a_word(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "a", "k", "a")
        assert "unit, such as g/24h" in page(pilot)
        refused = (("many", "cannot be read as 24-hour"), ("1 8", "cannot be read"), ("9999", "In which unit is it? Type it, such as g/24h."))
        for text, words in refused:
            await write(pilot, text)
            await press(pilot, "enter")
            assert words in page(pilot)
            assert not session.dirty
            await press(pilot, "ctrl+u")
        await fill(pilot, "g/24h", "enter")
        assert "9999 g/24h cannot be" in page(pilot)
        await fill(pilot, "52", "enter")
        assert "unusual" in page(pilot)
        assert "Enter again keeps it" in page(pilot)
        assert not session.dirty
        await press(pilot, "enter")
        assert session.dirty


async def test_a_refused_note_is_kept_to_be_mended(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "m")
        assert "s w r n choose   Tab next line   Enter record   Esc back" in page(pilot)
        await press(pilot, "w")
        await write(pilot, "ask jane.doe@example.org")
        await press(pilot, "enter")
        assert "looks like an e-mail" in page(pilot)
        assert "ask jane.doe@example.org" in page(pilot)
        assert not session.marks
        await fill(pilot, "ask sister", "enter")
        assert session.marks["NCT00000001"].note == "ask sister"
        assert "◎ watch" in page(pilot)
        await press(pilot, "m", "n", "enter")
        assert not session.marks


async def test_a_mark_has_a_note_and_initials_which_are_proposed_again(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "m", "s")
        await write(pilot, "ring in June")
        await press(pilot, "f1")
        assert "s w r n choose   Tab next line   Enter record   Esc back" in page(pilot)
        assert "@click" not in page(pilot)
        await press(pilot, "escape", "tab")
        await write(pilot, "RN")
        assert "note       ring in June" in page(pilot)  # what each line is for stays beside what is typed
        assert "initials   RN" in page(pilot)
        await press(pilot, "enter")
        mark = session.marks["NCT00000001"]
        assert (mark.mark, mark.note) == ("shortlist", "ring in June")
        await press(pilot, "m", "w", "enter")
        assert [(one.now, one.by) for one in session.judging.changes()] == [("shortlist", "RN"), ("watch", "RN")]


async def test_a_note_on_the_patient_has_lines_and_says_how_it_is_recorded(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", "left", "a")
        assert "Ctrl+S record" in page(pilot)
        await write(pilot, "comes by train")
        await press(pilot, "enter", *"alone 555-123-4567", "ctrl+s")
        assert "looks like a telephone number" in page(pilot)
        await press(pilot, *["backspace"] * 13, "ctrl+s")
        assert session.profile is not None
        assert session.profile.note == "comes by train\nalone"


async def test_a_hint_is_read_whole_on_a_narrow_screen(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient()), 80, 24) as pilot:
        await press(pilot, "e", "left", "left", "enter")
        hint = [line.split("│")[2][24:].strip() for line in page(pilot).splitlines() if line.count("│") > 3]
        beneath = hint.index("no") + 1
        assert " ".join(hint[beneath : beneath + 2]) == "no, current, ever (left and right turn them), or a date: complete since then"
        await press(pilot, "escape", *["right"] * 4, "enter", *["down"] * 3)
        assert "2026-03-05, 2026-03, 2026, 3 weeks ago, -10d" in page(pilot)


async def test_the_export_says_where_it_goes(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    session.mark("NCT00000001", "watch")
    async with opened(session, 80, 24) as pilot:
        session.folders.profiles.mkdir(parents=True)
        (session.folders.data / "file").write_text("", encoding="utf-8")
        await press(pilot, "x", "enter")
        await fill(pilot, str(session.folders.data / "file" / "list.toml"), "enter")
        assert "Not exported" in page(pilot)  # and the name is still there to be mended
        await press(pilot, "escape", "x", "enter")
        joined = "".join(line.strip(" │╭╮╰╯") for line in page(pilot).splitlines())
        assert f"folder{tmp_path}/data/exports".replace(" ", "") in joined.replace(" ", "")
        assert "file LN-0042-shortlist-2026-11-18.toml" in page(pilot)
        await press(pilot, "enter")
        assert "Exported 1 trial to" in page(pilot)


async def test_a_birth_date_is_counted_and_forgotten_and_feet_and_commas_are_taken(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "e", "enter", "tab", "tab")
        await fill(pilot, "1991-11-19")
        await press(pilot, "tab")
        assert "from a birth date that is not kept" in page(pilot)
        assert "1991-11-19" not in page(pilot)
        await press(pilot, "tab")
        await fill(pilot, "143 lb")
        await press(pilot, "tab")
        await write(pilot, "5 ft 4 in")
        await press(pilot, "tab")
        assert "from “143 lb”" in page(pilot)
        assert "64.9 " in page(pilot)
        await press(pilot, "ctrl+s")
        assert session.profile is not None
        profile = session.profile
        assert (str(profile.age), str(profile.weight_kg), str(profile.height_cm)) == ("34", "64.86370891", "162.56")
        await press(pilot, "enter", "ctrl+s")
        assert session.profile.weight_kg == profile.weight_kg


async def test_names_are_offered_while_one_is_typed_and_what_was_understood_is_said(tmp_path: Path) -> None:
    prepare()
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", "right", "right", "right", "right", "end", "enter")
        await write(pilot, "cellc")
        assert "mycophenolate mofetil  cellcept" in page(pilot)
        await press(pilot, "escape")
        assert "mofetil  cellcept" not in page(pilot)
        await write(pilot, "ep")
        await press(pilot, "down", "enter")
        assert not session.dirty
        await press(pilot, "tab")
        assert "counts as mycophenolic" in page(pilot)
        await press(pilot, "enter")
        assert session.profile is not None
        assert session.profile.medications[-1].name == "mycophenolate mofetil"


async def test_units_are_offered_by_test(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", "right", "right", "end", "enter")
        await write(pilot, "creatinine")
        await press(pilot, "tab")
        await fill(pilot, "1.2", "tab")
        assert "µmol/L" in page(pilot)
        await press(pilot, "down", "enter", "tab", "tab")
        await fill(pilot, "many", "enter")
        assert "expected a number" in page(pilot)
        await press(pilot, "ctrl+u")
        assert "expected a number" not in page(pilot)
        await press(pilot, "enter")
        assert session.profile is not None
        assert (session.profile.labs[-1].test, session.profile.labs[-1].unit) == ("creatinine", "mg/dL")


BLOCK = "Hemoglobin 11.2 g/dL (12.0-15.5) L\nSpecimen collected on 2026-11-17, fasting\nCreatinine 1.2 µmol/L\nALT 45 U/L [<40] H\nNa 141 mmol/L\nComment: haemolysed\nMRN: 00482913"


async def test_pasted_lines_become_rows_only_where_they_are_kept(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", "right", "right")
        pilot.app.post_message(events.Paste(BLOCK))
        await pilot.pause()
        shown = page(pilot)
        assert "[x] hemoglobin" in shown
        assert "[ ] creatinine" in shown
        assert "1.2 µmol/L cannot be" in shown
        assert "Comment: haemolysed" in shown
        assert "could tell who it is: 1" in shown
        assert "00482913" not in shown
        await press(pilot, "d")
        await write(pilot, "10.11.2026")
        await press(pilot, "enter", "down", "space", "down", "space", "enter")
        assert session.profile is not None
        assert [lab.test for lab in session.profile.labs[2:]] == ["hemoglobin", "sodium"]
        assert [str(lab.date) for lab in session.profile.labs[2:]] == ["2026-11-10", "2026-11-17"]
        assert str(session.profile.labs[2].uln) == "15.5"
        await press(pilot, "u")
        assert len(session.profile.labs) == 2


async def test_a_pasted_value_that_looks_odd_is_recorded_only_if_she_ticks_it(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient(labs=[]))
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", "right", "right")
        pilot.app.post_message(events.Paste("NT-proBNP 2.340 pg/ml\nSodium 141 mmol/l"))
        await pilot.pause()
        assert "[ ] NT-proBNP" in page(pilot)
        assert "1 result looks odd and is not ticked: Space ticks what is right." in page(pilot)
        await press(pilot, "enter")
        assert session.profile is not None
        assert [lab.test for lab in session.profile.labs] == ["sodium"]


async def test_lines_may_be_typed_and_left_again(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "e", "right", "right", "b")
        await write(pilot, "no results")
        await press(pilot, "ctrl+s")
        assert "no line was surely a result" in page(pilot)
        await press(pilot, "escape")
        assert "Record these results?" not in page(pilot)
        assert not session.dirty


async def test_a_row_of_drugs_takes_words_and_a_dose_with_its_unit_and_tells_what_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "PAUSE", 600)
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "e", "right", "right", "right", "right", "end", "enter")
        await fill(pilot, "prednisolone", "tab")
        await write(pilot, "past")
        await write(pilot, "x1 pa")  # words for another field turn nothing
        assert "expected current, past, absent" in page(pilot)
        monkeypatch.setattr(choice, "PAUSE", 0)
        await press(pilot, "x", "c")  # a letter after a pause begins anew
        assert "‹ current ›" in page(pilot)
        assert "expected current" not in page(pilot)
        await press(pilot, "tab")
        await fill(pilot, "2 g", "enter")
        assert "for a drug given once" in page(pilot)
        await fill(pilot, "g/day")
        assert "for a drug given once" not in page(pilot)
        await press(pilot, "tab", "tab")
        pilot.app.post_message(events.Paste("biopsy\nlupus"))
        await settled(pilot)
        assert "only the first" in page(pilot)
        await fill(pilot, "3 weeks ago")
        assert "= 2026-10-31" in page(pilot)
        assert "2026-03-05" not in page(pilot)  # what it means stands in place of the examples
        await press(pilot, "enter")
        assert session.profile is not None
        drug = session.profile.medications[-1]
        assert (drug.name, drug.status, str(drug.dose), drug.unit) == ("prednisolone", "current", "2", "g/day")
        await press(pilot, "end", "up", "delete")
        assert "Removed prednisolone. u brings it back." in page(pilot)
        assert len(session.profile.medications) == 1


async def test_down_and_up_go_from_field_to_field_where_the_form_is_longer_than_its_box(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", *["down"] * 5, "enter")
        await fill(pilot, "181 lb", *["down"] * 5)
        rows = {row.spec.key: row for row in pilot.app.screen.query(FieldRow)}
        assert rows["contraception"].control.has_focus
        await press(pilot, "down", "right", "up")
        await press(pilot, "down", "down", "down")
        assert rows["smoking_stopped"].control.has_focus  # and not round to the code, which a letter would replace
        assert "This is the last field: Enter to record." in page(pilot)
        await press(pilot, "up", "up")
        assert "This is the last field" not in page(pilot)
        held = {key: row.text for key, row in rows.items() if key in ("healthy", "pregnant", "smoking")}
        assert held == {"healthy": "", "pregnant": "no", "smoking": "never"}
        contraception = rows["contraception"].control
        assert contraception.has_focus
        rows["age"].say("what is said of a field makes the form longer than its box " * 3)
        await pilot.resize_terminal(80, 20)
        await settled(pilot)
        assert "effective contraception" in page(pilot)
        pilot.app.screen.query_one(Fields).scroll_home(animate=False, immediate=True)
        await settled(pilot)
        assert "effective contraception" not in page(pilot)
        await press(pilot, "right", "delete")
        assert rows["contraception"].text == ""
        assert "effective contraception  ‹ not recorded ›" in page(pilot)


async def test_a_row_that_waits_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", "right", "end", "enter")
        await fill(pilot, "Morbus Nullus", "tab", "tab")
        await fill(pilot, "GOLD 3", "enter")
        assert "Not recorded yet: Enter again keeps it as it is." in page(pilot)
        await write(pilot, "type 2 diabetes")
        await press(pilot, "enter")
        assert "Morbus Nullustype 2 diabetes" in page(pilot)
        assert not session.dirty
        await fill(pilot, "type 2 diabetes")
        said = " ".join(page(pilot).replace("│", " ").split())
        assert "is not recorded. Still as typed for it: class, grade, stage. Change them, or leave the row by Esc." in said


async def test_facts_that_do_not_go_together_are_asked_about_and_stay_in_sight(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 100, 30) as pilot:
        await press(pilot, "e", "right", "right", "end", "enter")
        await fill(pilot, "creatinine", "tab")
        await fill(pilot, "2.6", "tab")
        await fill(pilot, "mg/dL", "tab")
        await fill(pilot, "2026-11-10", "enter")
        assert "eGFR 72 (taken as mL/min/1.73m²) on 2026-11-10 does not go with 24" in " ".join(page(pilot).replace("│", " ").split())
        assert "Enter again keeps it" in page(pilot)
        assert not session.dirty
        await press(pilot, "enter")
        verdicts = [one.tier for one in session.matches]
        assert len(session.contradictions) == 1
        assert "does not go with 24" in page(pilot)  # beneath the row
        await press(pilot, "escape", "left")
        assert "to look at" in page(pilot)
        assert [one.tier for one in session.matches] == verdicts
        await press(pilot, *["down"] * 3, "enter", "enter")
        assert "eGFR" in page(pilot).split("╭─ Lab value")[1]


async def test_down_stays_on_the_last_row_and_what_is_taken_back_is_said(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session, 100, 30) as pilot:
        await press(pilot, "e", "right", "right", *["down"] * 5, "enter")
        assert "New lab value" in page(pilot)  # not the first row
        await press(pilot, "escape", *["up"] * 5, "delete", "u")
        assert "Taken back: labs: platelets, 182 10^9/L, date 2026-11-10 is recorded again" in page(pilot)
        await press(pilot, "U")
        assert "Made again: labs: platelets, 182 10^9/L, date 2026-11-10 is not recorded any more" in page(pilot)
        await press(pilot, *["left"] * 4, "enter", "right", "right")
        assert any("conditions " in line and " ever " in line for line in lines(pilot))
        await press(pilot, "right", "right", "enter")
        assert session.profile is not None
        assert session.profile.complete.conditions == "current"


async def test_what_a_name_means_is_said_while_it_is_typed(tmp_path: Path) -> None:
    prepare()
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", "right", "a")
        await write(pilot, "HFrEF NYHA III")
        assert "→ heart failure with reduced ejection" in page(pilot)
        await write(pilot, " qwertz")
        assert "→ heart failure" not in page(pilot)


async def test_a_dose_typed_behind_a_drug_goes_to_its_lines(tmp_path: Path) -> None:
    prepare()
    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        await press(pilot, "e", *["right"] * 4, "end", "enter")
        await write(pilot, "prednisolone 7,5 mg daily")
        await press(pilot, "enter")
        await press(pilot, "a")
        await write(pilot, "Metformin 1000 mg 1-0-1")
        await press(pilot, "tab")
        assert "mg 1-0-1" in next(line for line in lines(pilot) if " unit " in line)
        await press(pilot, "enter")
        assert session.profile is not None
        recorded = [(one.name, one.dose, one.unit) for one in session.profile.medications[1:]]
        assert recorded == [("prednisolone", Decimal("7.5"), "mg daily"), ("Metformin", Decimal(1000), "mg 1-0-1")]


async def test_coming_round_to_the_value_of_the_question_keeps_it(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient(labs=[]))) as pilot:
        await press(pilot, "k", "a")
        await write(pilot, "8")
        await press(pilot, "tab", "tab", "tab")
        await write(pilot, "1")
        assert "81" in lines(pilot)[-2]
