"""Progress of work that takes more than a second: a bar on a terminal, plain lines elsewhere, and Ctrl+C to end it."""

from __future__ import annotations

import shutil
import signal
import sys
import time
from types import FrameType, TracebackType
from typing import Any

from matcher.commands.common import say

_FIRST, _BAR_EVERY, _LINE_EVERY = 1.0, 0.2, 10.0  # seconds
_WIDTH = 24


class Progress:
    """What is said while one piece of work goes on; `stopped` is asked between two steps of it."""

    def __init__(self, verb: str) -> None:
        """Nothing is said yet; `verb` is what is done with the records: "read", "checked"."""
        self._verb = verb
        self._begun = self._last = time.monotonic()
        self._terminal = sys.stderr.isatty()
        self._drawn = 0
        self._done = 0
        self._stop = False
        self._before: Any = None

    def __enter__(self) -> Progress:
        """From here on Ctrl+C ends the work after the step in hand, and at once while nothing is done yet."""
        try:
            self._before = signal.signal(signal.SIGINT, self._asked)
        except ValueError:  # only the first thread of a program may
            self._before = None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Wipe the bar and give Ctrl+C back."""
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        self._wipe()

    def stopped(self) -> bool:
        """Whether Ctrl+C was pressed."""
        return self._stop

    def _asked(self, number: int, frame: FrameType | None) -> None:
        at_once = self._stop or not self._done  # before anything is kept there is nothing to end well
        self._stop = True
        if at_once:
            raise KeyboardInterrupt
        self._wipe()
        say("stopping; what is kept stays (Ctrl+C again stops at once)")

    def told(self, count: int, share: float) -> None:
        """Say how many records are done and which part of the whole that is, from 0 to 1; 0 where it is not known."""
        self._done = count
        now = time.monotonic()
        every = _BAR_EVERY if self._terminal else _LINE_EVERY
        if self._stop or now - self._begun < _FIRST or now - self._last < every:
            return
        self._last = now
        line = self._line(count, share, now - self._begun)
        if self._terminal:
            width = shutil.get_terminal_size((80, 24)).columns - 1
            line = f"{_bar(share)} {line}  (Ctrl+C stops)"[:width] if share else f"{line}  (Ctrl+C stops)"[:width]
            print("\r" + line.ljust(self._drawn), end="", file=sys.stderr, flush=True)
            self._drawn = len(line)
        else:
            say(line)

    def _line(self, count: int, share: float, seconds: float) -> str:
        parts = [f"{100 * share:.0f} %"] if share else []
        parts += [f"{count:,} {self._verb}", f"{count / seconds:,.0f} a second"]
        if share > 0.01:
            parts.append(f"{_clock(seconds * (1 - share) / share)} left")
        return " · ".join(parts)

    def _wipe(self) -> None:
        if self._drawn:
            print("\r" + " " * self._drawn + "\r", end="", file=sys.stderr, flush=True)
            self._drawn = 0


def _bar(share: float) -> str:
    full, empty = ("█", "░") if "utf" in (sys.stderr.encoding or "").casefold() else ("#", "-")
    done = round(share * _WIDTH)
    return full * done + empty * (_WIDTH - done)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


__all__ = ["Progress"]
