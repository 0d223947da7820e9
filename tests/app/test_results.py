"""The list of trials: narrowed, sorted, grouped, by keys, dialogs and the mouse; long ones as quick as short ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from app_support import TODAY, folders_in, lines, opened, page, patient, press, session_in, settled, stand_in, write
from textual import events
from textual.content import Content
from textual.pilot import Pilot

from matcher.app.columns.trials import TrialsColumn
from matcher.app.text.rows import LongRow
from matcher.app.widgets.long_list import LongList
from matcher.model.match import TrialMatch
from matcher.model.profile import Condition, Profile
from matcher.model.trial import Location, Trial
from matcher.session import Session
from matcher.storage.places import chosen_places

PLACES = [Location(city="Chicago", country="United States"), Location(city="Graz", country="Austria")]


def _session(place: Path) -> Session:
    session = session_in(place, patient())
    session.trials = session._known = (
        Trial(id="NCT00000001", phases=["phase 1", "phase 2"], locations=[PLACES[0], PLACES[0], PLACES[1]]),
        Trial(id="NCT00000002", phases=["phase 3"], locations=PLACES[1:]),
        Trial(id="NCT00000003"),
    )
    return session


def _listed(pilot: Pilot[None]) -> list[str]:
    return [row.id for row in pilot.app.screen.query_one("#trials", LongList)._rows]


async def test_facts_narrow_as_words_do(tmp_path: Path) -> None:
    session = _session(tmp_path)
    async with opened(session) as pilot:
        assert "phase 1/2" in page(pilot)
        await press(pilot, "slash")
        assert "words, or status: phase: tier: mark: place:" in page(pilot)
        await write(pilot, "pha")
        await press(pilot, "tab")
        assert "Tab 1 (1)  2 (1)  3 (1)  none (1)" in lines(pilot)[2]
        await write(pilot, "3")
        assert _listed(pilot) == ["NCT00000002"]
        assert session.chosen_id == "NCT00000002"
        await press(pilot, "tab")
        await write(pilot, "lupus")
        await press(pilot, "enter")
        assert "/phase:3 lupus: 1" in page(pilot)
        await press(pilot, "escape")
        assert len(_listed(pilot)) == 3


async def test_sort_and_group(tmp_path: Path) -> None:
    async with opened(_session(tmp_path)) as pilot:
        assert "h why here" in page(pilot)
        await press(pilot, "h")
        assert "Place 1 of 3: possible" in page(pilot)
        assert "Beneath it Sirolimus in active lupus: it has as many" in page(pilot)
        await press(pilot, "escape", "S")
        assert "by open ones first" in page(pilot)
        await press(pilot, "S")
        assert "by title" in page(pilot)
        assert _listed(pilot) == ["NCT00000001", "NCT00000003", "NCT00000002"]
        await press(pilot, "S")
        assert _listed(pilot)[0] == "NCT00000003"
        await press(pilot, "b", "home")
        text = page(pilot)
        assert text.index("? possible · 2 ──") < text.index("✗ excluded · 1 ──")
        assert _listed(pilot) == ["", "NCT00000001", "NCT00000002", "", "NCT00000003"]
        await press(pilot, "down", "down")
        assert "NCT00000003" in page(pilot)
        await press(pilot, "down")
        assert pilot.app.screen.query_one("#trials", LongList).chosen_row == "NCT00000001"


async def test_the_dialog_writes_the_line(tmp_path: Path) -> None:
    async with opened(_session(tmp_path), 80, 24) as pilot:
        await press(pilot, "F", "o", "tab", "tab", "p", "enter")
        assert pilot.app.screen.query_one(TrialsColumn).filter == "status:open tier:possible"
        assert _listed(pilot) == ["NCT00000001", "NCT00000002"]
        await press(pilot, "F", "delete", "enter")
        assert pilot.app.screen.query_one(TrialsColumn).filter == "tier:possible"


async def test_sites_are_counted_in_her_places(tmp_path: Path) -> None:
    session = _session(tmp_path)
    async with opened(session) as pilot:
        await press(pilot, "P")
        await write(pilot, "Chicago, Nowhere")
        assert "Chicago: a site of 1 of these trials" in page(pilot)
        await press(pilot, "enter")
        assert "2 sites in Chicago" in page(pilot)
        assert chosen_places(session.folders) == ("Chicago", "Nowhere")
        await press(pilot, "slash")
        await write(pilot, "place:mine")
        assert _listed(pilot) == ["NCT00000001"]
    async with opened(_session(tmp_path), 80, 24) as pilot:
        assert "2 sites in Chicago" in page(pilot)


def _under(head: LongRow, rows: Sequence[LongRow], width: int) -> Sequence[LongRow]:
    return [head, *rows]


async def test_what_stands_above_the_first_row_stays_in_sight_when_it_grows(tmp_path: Path) -> None:
    async with opened(_session(tmp_path), 80, 24) as pilot:
        found = pilot.app.screen.query_one("#trials", LongList)
        rows = [LongRow(f"r{number}", 3, lambda: Content("a\nb\nc")) for number in range(20)]
        for height, told in ((1, "many"), (3, "many\nof them\nin all")):
            shown: Callable[[int], Sequence[LongRow]] = partial(_under, LongRow("", height, partial(Content, told)), rows)
            found.fill(shown, "Trials", chosen="r0")
            await settled(pilot)
            assert found.scroll_offset.y == 0
            assert "many" in page(pilot)


async def test_the_mouse_chooses_and_opens(tmp_path: Path) -> None:
    session = _session(tmp_path)
    async with opened(session) as pilot:
        place = next(number for number, line in enumerate(lines(pilot)) if "Sirolimus" in line)
        await pilot.click(offset=(50, place + 1))
        await press(pilot)
        assert session.chosen_id == "NCT00000002"
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "trials"
        await pilot.click(offset=(50, place), times=2)
        await press(pilot)
        assert pilot.app.focused.id == "criteria"
        row = next(number for number, line in enumerate(lines(pilot)) if "I1 Systemic" in line)
        await pilot.click(offset=(100, row))
        await press(pilot)
        assert "Why" not in page(pilot)
        await pilot.click(offset=(100, row), times=2)
        await press(pilot)
        assert "Why" in page(pilot)
        await press(pilot, "escape")
        await _click_on(pilot, "k skip")
        assert "How much protein" in page(pilot)
        await _click_on(pilot, "? help")
        assert "↑↓ scroll" in page(pilot)


async def _click_on(pilot: Pilot[None], words: str) -> None:
    seen = lines(pilot)
    place = max(number for number, line in enumerate(seen) if words in line)
    await pilot.click(offset=(seen[place].index(words), place))
    await press(pilot)


def _many(profile: Profile, trials: Sequence[Trial], as_of: date) -> list[TrialMatch]:
    three = stand_in(profile, trials, as_of)
    return [replace(three[number % 3], trial_id=f"NCT{number:08}", title=f"Trial {number}", rank=number + 1) for number in range(1000)]


async def test_of_a_thousand_trials_only_those_seen_are_drawn(tmp_path: Path, monkeypatch: Any) -> None:
    drawn: list[str] = []
    made = LongList._strips

    def strips(self: LongList, row: LongRow, style: Any) -> Any:
        drawn.append(row.id)
        return made(self, row, style)

    monkeypatch.setattr(LongList, "_strips", strips)
    session = session_in(tmp_path, patient(), _many)
    async with opened(session, 100, 30) as pilot:
        page(pilot)
        assert 0 < len(drawn) < 30
        await press(pilot, "end")
        assert "Trial 998" in page(pilot)
        assert session.chosen_id == "NCT00000998"
        await press(pilot, "pageup", "up", "home")
        assert "Trial 0" in page(pilot)
        drawn.clear()
        await press(pilot, "slash")
        await write(pilot, '"trial 77')
        page(pilot)
        assert '/"trial 77: 11' in page(pilot)
        assert 0 < len(drawn) < 60
        seen = page(pilot)
        for _ in range(3):
            await pilot._post_mouse_events([events.MouseScrollDown], offset=(40, 12))
        assert page(pilot) != seen


async def test_words_find_trials_of_the_library_beside_those_shown(tmp_path: Path) -> None:
    page_file = tmp_path / "trials.jsonl"
    kinds = [("Asthma", "Recruiting"), ("Gout", "Recruiting"), ("Gout", "Completed")]
    records = [
        {"nct_id": f"NCT9000000{number}", "title": f"Rest in {kind}", "conditions": [kind], "status": status, "criteria": f"Inclusion Criteria:\n- {kind}"}
        for number, (kind, status) in enumerate(kinds)
    ]
    page_file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    session = Session(folders_in(tmp_path), TODAY)
    session.bring_in(page_file, lambda _: None, lambda: False)
    session.hold(patient(conditions=[Condition(name="asthma")]))
    async with opened(session) as pilot:
        assert _listed(pilot) == ["", "NCT90000000"]
        await press(pilot, "slash")
        await write(pilot, "gout")
        await pilot.pause(0.3)
        await settled(pilot)
        assert "beside the best 1: 2 more of the 2" in page(pilot)
        assert _listed(pilot)[2:] == ["NCT90000001", "NCT90000002"]
        await write(pilot, " status:open")
        await pilot.pause(0.3)
        await settled(pilot)
        assert _listed(pilot)[2:] == ["NCT90000001"]
        await press(pilot, "enter")
        assert session.chosen is not None
        assert session.chosen.title == "Rest in Gout"
        await press(pilot, "m", "w", "enter", "escape")
        assert _listed(pilot) == ["", "NCT90000000", "NCT90000001"]


async def test_the_trials_follow_the_form(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    async with opened(session) as pilot:
        await press(pilot, "e", "right", "right", "a")
        await write(pilot, "HBsAg")
        await press(pilot, "tab")
        await write(pilot, "positive")
        await press(pilot, "enter")
        assert "now excluded: Biomarkers" in page(pilot)
        assert "3 trials: 1 possible · 2 excluded" in lines(pilot)[0]
        await press(pilot, "u")
        assert "now possible: Biomarkers" in page(pilot)
        assert "3 trials: 2 possible · 1 excluded" in lines(pilot)[0]
        await press(pilot, "U", "escape")
        assert "Facts changed" in page(pilot)
        assert "now excluded: Biomarkers" in page(pilot)
