"""A question answered in place, from the first key to what is then in the profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from app_support import (
    MALIGNANCY,
    fill,
    opened,
    page,
    patient,
    press,
    session_in,
    settled,
    write,
)

from matcher.app.screens.replies import Replies
from matcher.app.widgets.ask_bar import AskBar
from matcher.model.profile import Condition
from matcher.model.verdict import Question


async def test_answer_a_question_and_see_a_trial_move(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "a", "p")
        assert session.profile is not None
        assert session.profile.labs[-1].value == "positive"
        assert session.profile.labs[-1].date is None
        assert "3 trials: 1 possible · 2 excluded" in page(pilot)
        assert "now excluded: Biomarkers" in page(pilot)
        await press(pilot, "escape", "u")
        assert "3 trials: 2 possible · 1 excluded" in page(pilot)


async def test_an_answer_with_its_date(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "a", "d")
        await write(pilot, "2026-11-31")
        await press(pilot, "enter")
        assert "no such day" in page(pilot)
        await press(pilot, "backspace", "backspace", "1", "0", "enter", "n")
        assert session.profile is not None
        assert (session.profile.labs[-1].value, str(session.profile.labs[-1].date)) == ("negative", "2026-11-10")


async def test_a_skipped_question_gives_way_to_the_next_and_comes_again(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "a", "k")
        assert "How much protein" in page(pilot)
        for _ in range(3):
            assert session.question is not None
            session.skip(session.question.question)
        assert session.question is not None
        assert session.question.question.name == "HBsAg"


async def test_a_value_typed_in_place(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "a", "k", "a")
        await write(pilot, "2,100")
        await press(pilot, "enter")
        assert "may be 2100 or 2.100" in page(pilot)
        await press(pilot, "backspace", "backspace")
        assert "may be 2100" not in page(pilot)  # what was wrong is mended
        await press(pilot, "tab", "tab", "tab", *"x", "tab", "tab", "enter")  # Tab goes round in the fields
        assert "cannot be read as" in page(pilot)
        await press(pilot, "2", "comma", "1", "tab", *"g/24h", "tab")  # what was wrong was the value, so it is typed over
        await write(pilot, "today")
        await press(pilot, "enter")
        assert "after the day of the facts" in page(pilot)
        await fill(pilot, "2026-11-18")
        await press(pilot, "enter")
        assert session.profile is not None
        lab = session.profile.labs[-1]
        assert (lab.test, lab.value, lab.unit, str(lab.date)) == (
            "24-hour protein",
            Decimal("2.1"),
            "g/24h",
            "2026-11-18",
        )
        await press(pilot, "k", "n")  # the question takes the keys again, not a field that is hidden
        assert "never in the patient's whole life" in page(pilot)


async def test_no_about_a_disease_asks_for_how_long(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "left", "end", "up", "enter", "n")
        assert "never in the patient's whole life" in page(pilot)
        await press(pilot, "n")  # the key of the question, held down too long, says no more
        assert not session.dirty
        await press(pilot, "l")
        assert session.profile is not None
        assert (session.profile.conditions[-1].name, session.profile.conditions[-1].status) == ("malignancy", "absent")
        session.ask(Question("profile", "childbearing_potential", "yesno", None, "Is the patient of childbearing potential?"))
        assert isinstance(pilot.app.screen, Replies)
        pilot.app.screen.show_question()
        await press(pilot, "a", "y")
        assert "Recorded: childbearing potential: yes" in page(pilot)


async def test_a_plain_no_holds_for_now_and_may_become_never(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        for letter, since in (("w", "2026-11-18"), ("l", "None")):
            session.ask(Question("conditions", "gout", "yesno", None, "Does the patient have gout?"))
            assert isinstance(pilot.app.screen, Replies)
            pilot.app.screen.show_question()
            await press(pilot, "a", "n")
            assert "not now: none since 2026-11-18, earlier is left open" in page(pilot)
            await press(pilot, letter)
            assert session.profile is not None
            assert [(one.status, str(one.since)) for one in session.profile.conditions if one.name == "gout"] == [("absent", since)]


async def test_no_beside_a_recorded_one_says_what_it_declares(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient(conditions=[Condition(name="breast cancer", status="resolved")]))
    async with opened(session) as pilot:
        await press(pilot, "left", "end", "up", "enter", "n")
        assert "complete for all time: every condition of any kind" in page(pilot)
        await press(pilot, "enter")
        assert not session.dirty
        assert "the question waits" in page(pilot)
        session.ask(replace(MALIGNANCY, question="Has the patient had a malignancy within 6 months?", since=date(2026, 5, 18)))
        assert isinstance(pilot.app.screen, Replies)
        pilot.app.screen.show_question()
        await press(pilot, "a", "n")
        assert "not in the time asked about: none since 2026-05-18" in page(pilot)
        assert "never" not in page(pilot)
        await press(pilot, "enter")
        assert session.profile is not None
        assert (session.profile.conditions[-1].status, str(session.profile.conditions[-1].since)) == ("absent", "2026-05-18")


async def test_yes_about_a_disease_opens_its_row(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "left", "end", "up", "enter", "p", "r", "enter")
        assert session.profile is not None
        assert (session.profile.conditions[-1].name, session.profile.conditions[-1].status) == (
            "malignancy",
            "resolved",
        )


async def test_what_is_not_recorded_is_asked_for_from_the_patient_pane(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "left", "end", "enter")
        assert "able to read and write" in page(pilot).splitlines()[-3]
        await press(pilot, "p")
        assert session.profile is not None
        assert session.profile.answers[-1].holds


async def test_an_answered_question_is_not_answered_again_before_the_trials_are_judged(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        bar = pilot.app.screen.query_one(AskBar)
        asked = session.questions[0]
        bar.show_question(asked)
        bar.taken()
        before = session.profile
        bar.action_say_no()
        bar.show_question(asked)
        bar.action_say_no()
        await settled(pilot)
        assert session.profile == before
        assert "judged again" in page(pilot)
        bar.show_question(replace(asked))
        assert "judged again" not in page(pilot)
