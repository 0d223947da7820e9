"""Ending where nobody is there to ask: the terminal is gone with its connection, or the system ends the program."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp

EVERY = 2.0  # seconds between two looks whether the terminal is still there
_KEEPING = 3.0  # seconds that keeping what is in hand may take
_SIGNALS = ("SIGHUP", "SIGTERM")


def end_with_terminal(app: MatcherApp) -> None:
    """From now on, once the terminal is gone or the system asks to end, keep what is in hand and end."""
    drawn = sys.__stderr__
    gone = partial(terminal_gone, drawn.fileno()) if drawn is not None and drawn.isatty() else bool
    asked = Event()
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda *_: asked.set())
    Thread(target=watch, args=(app, asked, gone, partial(os._exit, 1)), daemon=True, name="terminal").start()


def terminal_gone(number: int) -> bool:
    """Whether the terminal behind an open file is not there any more."""
    try:
        os.get_terminal_size(number)
    except OSError:
        return True
    return False


def watch(app: MatcherApp, asked: Event, gone: Callable[[], bool], end: Callable[[], object]) -> None:
    """Leave as by the key where that is asked; without a terminal nothing can be drawn, which leaving would wait for: end."""
    while True:
        wanted = asked.wait(EVERY)
        if gone():
            break
        if wanted:
            asked.clear()
            _do(app, app.leave)
    _do(app, app.keep_all)
    app.session.answering.end_apart()
    end()


def _do(app: MatcherApp, what: Callable[[], object]) -> None:
    """Do it where the app does everything, if that still answers."""

    async def done() -> None:
        what()

    if app._loop is not None:
        with suppress(Exception):
            asyncio.run_coroutine_threadsafe(done(), app._loop).result(_KEEPING)


__all__ = ["end_with_terminal", "terminal_gone", "watch"]
