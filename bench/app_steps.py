"""What each key costs in the app over the shipped trials, every screen of it opened at least once.

A step is one key until all it set going is drawn, in processor time of the thread that draws, which every key needs:
what is worked out beside it (the patients of a ward, the names to be offered) is not counted, and holds up no key.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from counting import Instructions
from session_over import app_over
from terminals import HIGH, WIDE
from textual import events

from matcher.app.app import MatcherApp

_SIGNS = {"slash": "/", "question_mark": "?"}
_TRIALS = ["down", "up", "enter", "end", "left", "right", "w", "f", "f", "f", "escape", "k", "u", "slash", "l", "u", "p", "escape", "escape", "S", "b", "z", "z", "r", "n", "d", "d", "d", "h", "escape"]
_PATIENT = ["left", "down", "enter", "escape", "right", "a", "escape", "escape", "e", "down", "enter", "down", "l", "u", "p", "escape", "right", "right", "end", "enter", "l", "u", "p", "escape", "escape", "escape", "p", "escape"]
_SCREENS = ["ctrl+p", "w", "a", "r", "d", "escape", "W", "escape", "v", "escape", "c", "down", "c", "C", "d", "escape", "t", "down", "right", "escape", "escape", "l", "escape", "i", "escape", "question_mark", "escape", "L", "escape", "F", "escape", "P", "escape"]
_JUDGING = ["m", "s", "enter", "l", "escape", "x", "escape", "right", "down", "o", "escape", "O", "escape", "E", "escape", "Q", "escape", "y", "escape", "escape"]
STEPS = (*_TRIALS, *_PATIENT, *_SCREENS, *_JUDGING)


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One key: its milliseconds, its millions of instructions (0 where they are not counted), and the screen it led to."""

    spent: float
    counted: float
    number: int
    key: str
    screen: str

    def __str__(self) -> str:
        return f"{self.number} {self.key} ({self.screen}) {self.spent:.0f} ms" + (f" {self.counted:.0f} M" if self.counted else "")


async def press(app: MatcherApp, key: str) -> None:
    """A key, and all it sets going."""
    sign = _SIGNS.get(key, key if len(key) == 1 else None)
    app.post_message(events.Key(key, sign))
    await app.caught_up()


async def settled(app: MatcherApp) -> None:
    """Wait until no work is under way beside the screen."""
    await app.caught_up()
    while any(not worker.is_finished for worker in app.workers):
        await app.workers.wait_for_complete()
        await app.caught_up()


async def steps(data: Path, keys: Sequence[str] = STEPS) -> list[Step]:
    """Every key with what it cost, the longest first."""
    app, taken, counted = app_over(data), [], Instructions()
    async with app.run_test(size=(WIDE, HIGH)):
        await settled(app)
        for number, key in enumerate(keys):
            before, begun = counted(), time.thread_time()
            await press(app, key)
            await settled(app)
            spent = (time.thread_time() - begun) * 1000
            taken.append(Step(spent, counted() - before, number, key, type(app.screen).__name__))
    return sorted(taken, reverse=True)


__all__ = ["STEPS", "Step", "press", "settled", "steps"]
