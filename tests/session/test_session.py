"""The session without any screen: answers become facts, changes can be taken back, nothing is recorded unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rows import each_row

from matcher.model.dates import PartialDate, partial_date
from matcher.model.match import AskNext, TrialMatch
from matcher.model.profile import Condition, Lab, Profile
from matcher.model.trial import Trial
from matcher.model.verdict import Question
from matcher.session import Matching, NeedsEntry, Reply, Session, moved, row_for, settle, starter
from matcher.session.outcome import asked_first
from matcher.storage.folders import Folders
from matcher.storage.refusal import ChangedOnDisk, InputError

DAY = date(2026, 11, 21)


def _ask(listed: str, name: str, answer: str) -> Question:
    return Question(listed, name, answer, None, f"{name}?")


def _tier(profile: Profile, trials: Sequence[Trial], as_of: date) -> list[TrialMatch]:
    tier = "excluded" if profile.pregnant else "possible"
    return [TrialMatch(one.id, one.title, one.status, 1, tier, 0.5, "same", (), {}, None, ()) for one in trials]


def _session(place: Path, **facts: Any) -> Session:
    asks = [
        AskNext(_ask("profile", "pregnant", "yesno"), ("NCT1",), 1, 1),
        AskNext(_ask("labs", "HBsAg", "posneg"), ("NCT1",), 1, 1),
    ]
    matching = Matching(_tier, lambda matches: asks)
    session = Session(Folders(place / "data", place / "config"), DAY, [Trial(id="NCT1")], matching=matching)
    session.hold(Profile.checked({"id": "P-1", **facts}))
    session.rematch()
    return session


@each_row(
    ("question", "reply", "key", "recorded"),
    [
        (_ask("profile", "pregnant", "yesno"), Reply(yes=False), "pregnant", False),
        (_ask("profile", "age", "number"), Reply(value=Decimal(34)), "age", Decimal(34)),
        (_ask("profile", "sex", "choice"), Reply(value="male"), "sex", "male"),
        (_ask("labs", "HBsAg", "posneg"), Reply(yes=False), "labs", [Lab(test="HBsAg", value="negative")]),
        (
            _ask("conditions", "cancer", "yesno"),
            Reply(yes=False, ever=True),
            "conditions",
            [Condition(name="cancer", status="absent")],
        ),
        (
            _ask("conditions", "seizure", "yesno"),
            Reply(yes=False, since=DAY),
            "conditions",
            [Condition(name="seizure", status="absent", since=PartialDate(DAY, DAY))],
        ),
    ],
)
def test_a_reply_becomes_a_fact(question: Question, reply: Reply, key: str, recorded: object) -> None:
    assert getattr(settle(Profile(id="P-1"), question, reply, DAY), key) == recorded


@each_row(
    ("question", "reply"),
    [
        (_ask("conditions", "cancer", "yesno"), Reply(yes=True)),
        (_ask("conditions", "cancer", "yesno"), Reply(yes=False)),
        (_ask("medications", "rituximab", "yesno"), Reply(yes=False)),
        (_ask("medications", "rituximab", "dose"), Reply(value=Decimal(5))),
        (_ask("family_history", "cancer", "yesno"), Reply(yes=False)),
    ],
)
def test_a_reply_that_does_not_say_enough_needs_the_row(question: Question, reply: Reply) -> None:
    with pytest.raises(NeedsEntry):
        settle(Profile(id="P-1"), question, reply, DAY)


def test_a_limit_is_never_recorded_as_a_value() -> None:
    profile = Profile(id="P-1", labs=[Lab(test="made-up test", value=Decimal(40))])
    limit = Question("labs", "made-up test", "number", None, "What is the report's upper limit of normal for it?")
    with pytest.raises(NeedsEntry):
        settle(profile, limit, Reply(value=Decimal(45)), DAY)
    assert row_for(profile, limit) == 0


def test_an_undated_result_gives_way_to_a_dated_one() -> None:
    question = _ask("labs", "HBsAg", "posneg")
    first = settle(Profile(id="P-1"), question, Reply(yes=False), DAY)
    second = settle(first, question, Reply(yes=False, date=partial_date("2026-10")), DAY)
    assert [str(lab.date) for lab in second.labs] == ["2026-10"]


def test_starter_keeps_what_was_said() -> None:
    assert starter(_ask("conditions", "cancer", "yesno"), Reply(yes=False)) == {"name": "cancer", "status": "absent"}
    asked = {"Does the patient have active asthma?": "active", "Has the patient ever had asthma?": None, "Does the patient have asthma, known or suspected?": None}
    for text, status in asked.items():
        assert starter(Question("conditions", "asthma", "yesno", None, text), Reply(yes=True)).get("status") == status


def test_changes_can_be_taken_back(tmp_path: Path) -> None:
    session = _session(tmp_path)
    assert not session.dirty
    session.set_fact(age=Decimal(40))
    assert session.dirty
    assert session.undo()
    assert not session.dirty
    assert not session.undo()


def test_a_fact_that_does_not_fit_changes_nothing(tmp_path: Path) -> None:
    session = _session(tmp_path, sex="male")
    with pytest.raises(ValueError, match="pregnant"):
        session.set_fact(pregnant=True)
    assert session.profile is not None
    assert session.profile.pregnant is None


def test_an_answer_moves_a_trial(tmp_path: Path) -> None:
    session = _session(tmp_path)
    before = session.matches
    assert session.question is not None
    session.answer(session.question.question, Reply(yes=True))
    session.rematch()
    assert moved(before, session.matches) == {"NCT1": ("possible", "excluded")}


def test_a_match_of_an_earlier_profile_is_not_taken_up(tmp_path: Path) -> None:
    session = _session(tmp_path)
    late = session.matching()()
    session.set_fact(pregnant=True)
    assert not session.adopt(late)


def test_trials_for_her_disease_are_asked_about_first() -> None:
    relations = {"other": "unrelated", "hers": "broader", "unknown": "unknown"}
    matches = [TrialMatch(trial, trial, "recruiting", 1, "possible", 0.5, relation, (), {}, None, ()) for trial, relation in relations.items()]

    def asks(of: Sequence[TrialMatch]) -> list[AskNext]:
        bears = {"ALT": ("other", "unknown", "hers"), "AST": ("other", "unknown"), "GGT": ("hers",), "LDH": ("hers",)}
        there = {one.trial_id for one in of}
        found = [AskNext(_ask("labs", name, "number"), tuple(one for one in trials if one in there), 0, 0) for name, trials in bears.items()]
        return sorted((one for one in found if one.trials), key=lambda one: (-len(one.trials), one.question.name == "ALT"))

    assert [one.question.name for one in asked_first(asks, matches)] == ["GGT", "LDH", "ALT", "AST"]
    assert [one.question.name for one in asked_first(asks, matches[:1])] == ["AST", "ALT"]


def test_skipped_questions_come_round_again(tmp_path: Path) -> None:
    session = _session(tmp_path)
    asked = []
    for _ in range(3):
        assert session.question is not None
        asked.append(session.question.question.name)
        session.skip(session.question.question)
    assert asked == ["pregnant", "HBsAg", "pregnant"]


def test_saving_asks_before_it_writes_over_a_changed_file(tmp_path: Path) -> None:
    session = _session(tmp_path)
    path = session.save_profile()
    session.set_fact(age=Decimal(41))
    path.write_text('schema = 1\nid = "P-1"\nage = 30\n', encoding="utf-8")
    with pytest.raises(ChangedOnDisk):
        session.save_profile()
    session.save_profile(over=True)
    assert "age = 41" in path.read_text(encoding="utf-8")


def test_a_new_code_is_saved_to_a_file_of_its_own(tmp_path: Path) -> None:
    session = _session(tmp_path)
    first = session.save_profile()
    session.set_fact(id="P-2")
    assert session.save_profile() != first


def test_identifiers_keep_a_profile_and_a_note_from_being_saved(tmp_path: Path) -> None:
    session = _session(tmp_path, note="jane.doe@example.org")
    assert session.identifiers()
    with pytest.raises(InputError):
        session.save_profile()
    with pytest.raises(InputError):
        session.mark("NCT1", "watch", "jane.doe@example.org")
    assert session.marks == {}


def test_without_a_patient_there_is_nothing_to_do(tmp_path: Path) -> None:
    session = Session(Folders(tmp_path / "data", tmp_path / "config"), DAY, [])
    with pytest.raises(InputError, match="choose a patient"):
        session.rematch()
