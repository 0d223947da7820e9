"""The session over a whole library: what is certainly out is counted, the rest is shown, and marked trials are kept."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from matcher.app.text.trials import funnel_words
from matcher.export.formats import FORMATS
from matcher.model.profile import Condition, Profile
from matcher.model.verdict import Verdict
from matcher.session import Outcome, Session
from matcher.session.shortlists import write_shortlist
from matcher.storage.folders import Folders

TODAY = date(2026, 11, 22)
TRIALS = [
    {"nct_id": "NCT90000001", "title": "Air in asthma", "conditions": ["Asthma"], "status": "Recruiting", "min_age": "18 Years", "criteria": "Inclusion Criteria:\n- Asthma\nExclusion Criteria:\n- Current smokers"},
    {"nct_id": "NCT90000002", "title": "Play in childhood asthma", "conditions": ["Asthma"], "status": "Recruiting", "max_age": "12 Years", "criteria": "Inclusion Criteria:\n- Asthma"},
    {"nct_id": "NCT90000003", "title": "Rest in gout", "conditions": ["Gout"], "status": "Recruiting", "criteria": "Inclusion Criteria:\n- Gout"},
]


@pytest.fixture
def desk(tmp_path: Path) -> Session:
    page = tmp_path / "trials.jsonl"
    page.write_text("\n".join(json.dumps(one) for one in TRIALS), encoding="utf-8")
    found = Session(Folders(tmp_path / "data", tmp_path / "config"), TODAY)
    found.bring_in(page, lambda _: None, lambda: False)
    found.hold(Profile(id="A-1", age=Decimal(40), sex="female", as_of=TODAY, conditions=[Condition(name="asthma")]))
    return found


def test_the_funnel_counts_what_is_left_out(desk: Session) -> None:
    desk.rematch()
    assert [one.trial_id for one in desk.matches] == ["NCT90000001"]
    assert [one.id for one in desk.trials or ()] == ["NCT90000001"]
    said = funnel_words(desk.funnel)
    assert said.startswith("3 trials · 1 too young or too old · 1 about an unrelated condition")
    assert said.endswith("1 not excluded · 1 shown, best first")
    one = next(one for one in desk.matches[0].criteria if one.id == "I1")
    desk.judging.override("NCT90000001", one, Verdict.FAIL, "no asthma any more", "RN", TODAY)
    desk.decided()
    assert "1 excluded by a criterion · 0 not excluded" in funnel_words(desk.funnel)
    desk.judging.take_back("NCT90000001", next(one for one in desk.matches[0].criteria if one.id == "I1"), "RN")
    desk.decided()
    assert funnel_words(desk.funnel) == said


def test_what_was_left_out_for_one_patient_is_not_said_of_the_next(desk: Session) -> None:
    desk.rematch()
    assert desk.funnel.total == 3
    desk.hold(Profile(id="A-2", age=Decimal(70), sex="male", as_of=TODAY, conditions=[Condition(name="gout")]))
    assert (desk.matches, desk.funnel.total) == ((), 0)
    desk.rematch()
    assert [one.trial_id for one in desk.matches] == ["NCT90000003"]
    assert desk.funnel.total == 3


def _news(desk: Session) -> str | None:
    job = desk.look_for_news()
    if job is None:
        return None
    desk.take_news(job())
    return desk.news


def test_what_came_since_a_match_is_noticed(desk: Session, tmp_path: Path) -> None:
    assert _news(desk) is None  # nothing was matched yet
    assert _news(Session(desk.folders, TODAY)) is None  # nor is there a patient it could be matched for
    desk.rematch()
    assert [_news(desk), _news(desk)] == ["", None]
    other = Session(desk.folders, TODAY)
    (tmp_path / "more.jsonl").write_text("\n".join(json.dumps({**one, "nct_id": f"NCT8000000{n}"}) for n, one in enumerate(TRIALS)), encoding="utf-8")
    other.bring_in(tmp_path / "more.jsonl", lambda _: None, lambda: False)
    assert _news(desk) == "3 trials new or changed"
    desk.folders.trials.mkdir()
    desk.folders.trial_path("AIR-1").write_text('id = "AIR-1"\n', encoding="utf-8")
    assert _news(desk) == "1 trial file new or changed and 3 trials new or changed"
    desk.folders.trial_path("AIR-2").write_text('id = "AIR-2"\n', encoding="utf-8")
    job = desk.look_for_news()
    assert job is not None
    late = job()
    desk.reload()
    desk.rematch()
    desk.take_news(late)  # it is of before the match
    assert desk.news == ""
    assert _news(Session(desk.folders, TODAY, trials=())) is None  # what was given stays


def test_what_she_brings_in_herself_is_no_news(desk: Session, tmp_path: Path) -> None:
    desk.rematch()
    heard: list[str | None] = []
    (tmp_path / "more.jsonl").write_text(json.dumps({**TRIALS[0], "nct_id": "NCT80000001"}), encoding="utf-8")
    desk.bring_in(tmp_path / "more.jsonl", lambda _: heard.append(_news(desk)), lambda: False)
    assert heard
    assert set(heard) == {None}


def test_the_trials_judged_first_do_not_say_how_far_the_library_is(desk: Session) -> None:
    told: list[object] = []
    desk.matching(told.append)()
    desk.adopt(next(one for one in told if isinstance(one, Outcome)))
    assert [_news(desk), _news(desk)] == ["", None]


def test_a_marked_trial_stays_in_sight_and_is_exported(desk: Session, tmp_path: Path) -> None:
    desk.rematch()
    desk.mark("NCT90000003", "watch")
    desk.rematch()
    assert [one.trial_id for one in desk.matches] == ["NCT90000001", "NCT90000003"]
    assert write_shortlist(desk, FORMATS[0], tmp_path / "list.toml") == 1


def test_a_fact_moves_what_the_library_gives(desk: Session) -> None:
    desk.rematch()
    first = desk.chosen_id
    desk.set_fact(age=Decimal(10))
    desk.rematch()
    assert [one.trial_id for one in desk.matches] == ["NCT90000002"] == [desk.chosen_id]  # that the other stood first chose it not
    desk.choose(first)
    desk.rematch()
    assert [one.trial_id for one in desk.matches] == ["NCT90000002", "NCT90000001"]  # the chosen one stays in sight
    assert desk.question is None or desk.question.trials == ("NCT90000002",)
