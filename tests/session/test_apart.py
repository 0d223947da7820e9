"""Matching in a process of its own: the same answer, progress on the way, and an end where it is not wanted any more."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from matcher.model.profile import Condition, Profile
from matcher.session import Outcome, Session
from matcher.session.apart import Apart, serve
from matcher.session.outcome import Progress, Stopped
from matcher.session.ward import Bed, WardAsked
from matcher.storage.folders import Folders
from matcher.storage.search import Filters

TODAY = date(2026, 11, 22)


class _InAThread(Apart):
    """The same, with a thread in the place of the process."""

    def __init__(self) -> None:
        super().__init__()
        ours, theirs = multiprocessing.Pipe()
        self._line: Any = ours
        Thread(target=serve, args=(theirs,), daemon=True).start()

    def _begun(self) -> Any:
        return self._line


def _none() -> Any:
    raise OSError("no more processes")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Session]:
    page = tmp_path / "trials.jsonl"
    trials = [{"nct_id": f"NCT9000{n:04}", "title": f"Air {n} in asthma", "conditions": ["Asthma"], "status": "Recruiting", "criteria": "Inclusion Criteria:\n- Asthma"} for n in range(25)]
    trials += [{"nct_id": "NCT90000100", "title": "Rest in gout", "conditions": ["Gout"], "status": "Completed", "criteria": "Inclusion Criteria:\n- Gout"}]
    page.write_text("\n".join(json.dumps(one) for one in trials), encoding="utf-8")
    found = Session(Folders(tmp_path / "data", tmp_path / "config"), TODAY)
    found.bring_in(page, lambda _: None, lambda: False)
    found.hold(Profile(id="A-1", age=Decimal(40), sex="female", as_of=TODAY, conditions=[Condition(name="asthma")]))
    yield found
    found.answering.end_apart()


def test_the_answer_is_the_same_and_told_as_it_goes_on(desk: Session) -> None:
    here = desk.matching()()
    told: list[Progress | Outcome] = []
    apart = _InAThread()
    desk.answering._apart = apart
    there = desk.matching(told.append)()
    assert there.profile is desk.profile
    assert (there.matches, there.trials, there.funnel) == (here.matches, here.trials, here.funnel)
    assert Progress(20, 25, reasons=True) in told
    assert [len(one.matches) for one in told if isinstance(one, Outcome)] == [25]
    assert desk.adopt(there)

    with pytest.raises(Stopped):
        desk.matching(told.append, lambda: True)()
    job = desk.seeking("gout", Filters(all_statuses=True))
    assert job is not None
    desk.take_found(job())
    assert [one.trial_id for one in desk.found] == ["NCT90000100"]
    desk.choose("NCT90000100")
    assert desk.chosen is not None
    desk.mark("NCT90000100", "watch")
    desk.take_found(None)
    assert desk.chosen is not None
    assert len(desk.matches) == 26


def test_a_ward_is_judged_there_as_here_and_stops(desk: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.profile is not None
    others = replace(desk.profile, id="B-2"), replace(desk.profile, id="C-3", conditions=[Condition(name="gout")])
    asked = WardAsked(tuple((one, TODAY) for one in (desk.profile, *others)), 2, desk.folders)

    def judged(stop_after: int = 9) -> list[Bed]:
        found: list[Bed] = []
        with suppress(Stopped):
            desk.answering.each(asked, lambda one: found.append(one) if isinstance(one, Bed) else None, lambda: len(found) >= stop_after)
        return found

    here = judged()
    assert [(one.profile.id, len(one.best), one.open["eligible"]) for one in here] == [("A-1", 2, 25), ("B-2", 2, 25), ("C-3", 1, 0)]
    assert judged(1) == here[:1]
    desk.answering._apart = _InAThread()
    assert judged() == here
    assert judged(1)[:1] == here[:1]
    monkeypatch.setattr(desk.answering._apart, "_begun", _none)
    assert judged() == here


def test_what_goes_wrong_there_is_told_here(desk: Session) -> None:
    desk.answering._apart = _InAThread()
    desk.folders.library.write_bytes(b"not a database")
    outcome = desk.matching()()
    assert "not a library" in outcome.problems[0]


def test_without_a_process_the_same_is_done_here(desk: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    apart = Apart()
    monkeypatch.setattr(apart, "_begun", _none)
    desk.answering._apart = apart
    assert len(desk.matching()().matches) == 25
