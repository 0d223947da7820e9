"""How long a key waits for its answer on the screen while a library is matched for the first time.

As soon as matcher shows a frame over the library, the filter is opened and signs are typed that stand nowhere else, as
quickly as somebody types, until the match is done. A delay is the time from the key to the output that shows its sign.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from terminals import Terminal

SIGNS = "ĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŔŖŘŚŜŞŢŤŦŨŪŬŮŰŲŴŶŹŻŽǍǏǑǓ"
_BETWEEN = 0.1  # seconds between two keys
_DONE = b" trials: "  # what the line on top says once all are judged


@dataclass(frozen=True, slots=True, order=True)
class Delay:
    """The milliseconds that a key waited, and those of a processor that drawing its answer took."""

    waited: float
    spent: float


def key_delays(data: Path, own: str) -> list[Delay]:
    """How long each key waited, the longest first; `own` is a folder to write in."""
    found = []
    with Terminal(data, own) as app:
        app.wait_for("Ask next")
        app.press("/")
        app.wait_for("ype to narrow")
        for sign in SIGNS:
            next_key = time.perf_counter() + _BETWEEN
            before = app.drawing()
            app.press(sign)
            pressed = time.perf_counter()
            waited = (app.wait_for(sign) - pressed) * 1000
            found.append(Delay(waited, app.drawing() - before))
            done = _DONE in app.seen
            while (left := next_key - time.perf_counter()) > 0:
                app.read(left)
                done = done or _DONE in app.seen
            if done:
                break
    return sorted(found, reverse=True)


def all_but_one_in_twenty(delays: list[Delay]) -> float:
    """The milliseconds that nineteen of twenty keys keep within."""
    return delays[len(delays) // 20].waited


__all__ = ["Delay", "all_but_one_in_twenty", "key_delays"]
