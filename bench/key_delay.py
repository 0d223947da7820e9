"""How long a key waits for its answer on the screen while a library is matched for the first time.

As soon as matcher shows a frame over the library, the filter is opened and signs are typed that stand nowhere else, as
quickly as somebody types, until the match is done. A delay is the time from the key to the output that shows its sign.
"""

from __future__ import annotations

import time
from pathlib import Path

from terminals import Terminal

SIGNS = "ĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŔŖŘŚŜŞŢŤŦŨŪŬŮŰŲŴŶŹŻŽǍǏǑǓ"
_BETWEEN = 0.1  # seconds between two keys
_DONE = b" trials: "  # what the line on top says once all are judged


def key_delays(data: Path, own: str) -> list[float]:
    """The milliseconds that each key waited, the longest first; `own` is a folder to write in."""
    found = []
    with Terminal(data, own) as app:
        app.wait_for("Ask next")
        app.press("/")
        app.wait_for("ype to narrow")
        for sign in SIGNS:
            next_key = time.perf_counter() + _BETWEEN
            app.press(sign)
            pressed = time.perf_counter()
            found.append((app.wait_for(sign) - pressed) * 1000)
            done = _DONE in app.seen
            while (left := next_key - time.perf_counter()) > 0:
                app.read(left)
                done = done or _DONE in app.seen
            if done:
                break
    return sorted(found, reverse=True)


def all_but_one_in_twenty(delays: list[float]) -> float:
    """The delay that nineteen of twenty keys keep within."""
    return delays[len(delays) // 20]


__all__ = ["all_but_one_in_twenty", "key_delays"]
