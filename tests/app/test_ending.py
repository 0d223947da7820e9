"""The app ends where nobody is there any more, and keeps what is in hand."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from threading import Event

import pytest
from app_support import opened, patient, press, session_in

from matcher.app import ending
from matcher.app.app import MatcherApp
from matcher.app.ending import terminal_gone, watch
from matcher.session.resuming import left_off


def test_a_terminal_is_there_until_its_other_end_is_closed() -> None:
    pty = pytest.importorskip("pty", reason="this system has no such terminals")
    ours, theirs = pty.openpty()
    assert not terminal_gone(theirs)
    os.close(ours)
    assert terminal_gone(theirs)
    os.close(theirs)


async def test_without_a_terminal_the_place_is_kept_and_the_app_ends(tmp_path: Path) -> None:
    session, ended = session_in(tmp_path, patient()), Event()
    async with opened(session) as pilot:
        app = pilot.app
        assert isinstance(app, MatcherApp)
        await press(pilot, "down")
        assert left_off(session.folders).trial != session.chosen_id
        await asyncio.to_thread(watch, app, Event(), lambda: True, ended.set)
        assert ended.is_set()
        assert left_off(session.folders).trial == session.chosen_id


async def test_asked_to_end_it_leaves_as_by_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "EVERY", 0)
    asked, looks = Event(), [False, True]
    asked.set()
    async with opened(session_in(tmp_path, patient())) as pilot:
        app = pilot.app
        assert isinstance(app, MatcherApp)
        await asyncio.to_thread(watch, app, asked, lambda: looks.pop(0), lambda: None)
        assert app._exit
