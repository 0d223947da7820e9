"""What never happens: a connection that leaves the machine, a traceback on the screen."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from app_support import opened, page, patient, press, session_in, write
from textual.pilot import Pilot

from matcher.app import shortlisting
from matcher.app.app import MatcherApp
from matcher.app.columns.criteria import CriteriaColumn
from matcher.app.columns.trials import TrialsColumn
from matcher.app.screens.main import MainScreen
from matcher.cli import main
from matcher.session import Session

_REFUSED: list[str] = []
_WATCHING: list[bool] = []
_AWAY = {"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not _WATCHING or event not in _AWAY:
        return
    of = arguments[0]
    if isinstance(of, socket.socket) and of.family not in (socket.AF_INET, socket.AF_INET6):
        return
    _REFUSED.append(event)
    raise OSError(f"no network here: {event}")


@contextmanager
def no_network() -> Iterator[list[str]]:
    """Refuse every connect, bind and look-up, and list what was tried."""
    if _watch not in _HOOKED:
        sys.addaudithook(_watch)
        _HOOKED.append(_watch)
    _REFUSED.clear()
    _WATCHING.append(True)
    try:
        yield _REFUSED
    finally:
        _WATCHING.clear()


_HOOKED: list[Callable[..., None]] = []


def test_the_refusal_itself_works() -> None:
    with no_network() as tried:
        with pytest.raises(OSError, match="no network here"):
            socket.create_connection(("127.0.0.1", 9), timeout=1)
        assert tried
    assert not _WATCHING


async def test_the_app_connects_to_nothing(tmp_path: Path) -> None:
    session = session_in(tmp_path, patient())
    session.mark("NCT00000001", "watch")
    with no_network() as tried:
        async with opened(session) as pilot:
            await press(pilot, "a", "n", "escape", "slash")
            await write(pilot, "lupus")
            await press(pilot, "enter", "enter", "end", "enter", "escape", "e", "right", "escape", "x", "t", "enter", "s")
        assert tried == []


def test_matching_and_importing_connect_to_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MATCHER_DATA", str(tmp_path))
    typed = tmp_path / "typed.txt"
    typed.write_text("Title: A trial\nCondition: asthma\n\nInclusion Criteria:\n- Age 18 or over\n", encoding="utf-8")
    with no_network() as tried:
        main(["match", "LN-0042"])
        main(["import", str(typed)])
        main(["match", "LN-0042"])
        assert tried == []
    assert "Traceback" not in "".join(capsys.readouterr())


def _broken(*_: object, **__: object) -> Any:
    raise RuntimeError("a fault inside\nTraceback (most recent call last)")


_FAULTS: list[tuple[object, str, list[str]]] = [
    (Session, "matching", ["r"]),
    (Session, "adopt", ["r"]),
    (Session, "profiles", ["p", "s"]),
    (Session, "save_profile", ["s"]),
    (Session, "answer", ["a", "n"]),
    (Session, "undo", ["u"]),
    (shortlisting, "shortlist_path", ["x", "t"]),
    (TrialsColumn, "show", ["f"]),
    (CriteriaColumn, "show", ["w"]),
    (MainScreen, "show_session", ["u"]),
]


async def test_no_fault_shows_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_in(tmp_path, patient())
    session.mark("NCT00000001", "watch")
    async with opened(session) as pilot:
        app = pilot.app
        assert isinstance(app, MatcherApp)
        for whose, name, keys in _FAULTS:
            with monkeypatch.context() as patched:
                patched.setattr(whose, name, _broken)
                session.set_fact(pregnant=not session.profile.pregnant if session.profile else None)
                await press(pilot, *keys)
                assert "That did not work" in page(pilot), name
                assert "Traceback" not in page(pilot), name
            assert app.errors, name
            app.errors.clear()
            await press(pilot, "enter", "escape")
            assert isinstance(app.screen, MainScreen), name
            assert "Ask next" in page(pilot), name


async def test_a_full_disk_is_told_once_and_nothing_entered_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    session = session_in(tmp_path, patient())
    async with opened(session, 80, 24) as pilot:
        monkeypatch.setattr(os, "fsync", full)
        await press(pilot, "a", "n")
        assert "What you enter is in this window only, and would be lost with it." in words_on(pilot)
        assert "make room on the disk, then do it again" in words_on(pilot)
        await press(pilot, "o", "escape", "u")
        await press(pilot, "a", "n")
        assert "in this window only" in words_on(pilot)  # it was kept no more in between
        await press(pilot, "o", "escape", "s")
        assert "no space left on device; make room on the disk, then do it again" in words_on(pilot)
        await press(pilot, "o")
        assert session.dirty
        monkeypatch.undo()
        await press(pilot, "s")
        assert not session.dirty


def words_on(pilot: Pilot[None]) -> str:
    """What is on the screen, without its lines."""
    return " ".join(page(pilot).replace("│", " ").split())
