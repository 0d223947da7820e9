"""How quick the app is, and that it does not grow: python bench/app.py [DATA_FOLDER] [ACTIONS].

First paint is the time from the start of `matcher` to the first frame that holds the question, in a terminal of its own,
for a nurse who had a patient in hand when she left; the shortest of several, and the least processor time. Compiled
files are present, as they are on any machine after the first run. A step is one key on the shipped trials until all it set going is drawn, in processor time,
since the harness sleeps between keys. The actions are keys
drawn by a fixed seed from those a nurse uses; memory is looked at after a tenth of them and at the end. With a data
folder of one's own (a library of many trials) its opening is measured too.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pty
import random
import resource
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast

from startup import environment
from textual.pilot import Pilot

from matcher.app.app import MatcherApp
from matcher.app.run import collect_less
from matcher.session import Session
from matcher.session.resuming import Left, leave
from matcher.storage.folders import folders

PATIENT = "LN-0042"
PAINT, OPENING, STEP, GROWTH = 1.2, 1.0, 100, 10  # seconds, seconds, milliseconds, per cent
ROUNDS = 7
STEPS = ("down", "up", "enter", "end", "left", "right", "w", "f", "f", "f", "escape", "k", "u", "slash", "l", "u", "p", "escape", "escape")
KEYS = ("down", "up", "left", "right", "enter", "escape", "w", "f", "k", "m", "e", "tab", "a", "n", "u", "slash", "x", "home", "end", "question_mark")
_WIDE, _HIGH = 140, 40


def first_paint(data: Path, own: str) -> tuple[float, float]:
    """Seconds from the start of the process to the first frame that holds the question at the bottom, and those of a processor; `own` is a folder to write in."""
    leave(folders(data), Left(patient=PATIENT))
    ours, theirs = pty.openpty()
    env = {**environment(own), "MATCHER_DATA": str(data), "TERM": "xterm-256color", "COLUMNS": str(_WIDE), "LINES": str(_HIGH)}
    before, begun = _spent(), time.perf_counter()
    app = subprocess.Popen([sys.executable, "-m", "matcher"], stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True)
    seen = b""
    try:
        while b"Ask next" not in seen:
            if not select.select([ours], [], [], 30)[0]:
                raise SystemExit(f"bench/app: nothing was drawn within 30 s; seen: {seen[-400:]!r}")
            seen += os.read(ours, 65536)
        took = time.perf_counter() - begun
    finally:
        app.kill()
        app.wait()
        os.close(ours)
        os.close(theirs)
    return took, _spent() - before


def _spent() -> float:
    """The processor seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def session_in(data: Path) -> Session:
    """A session over the shipped trials, or over the library in a data folder, with the shipped patient."""
    os.environ["MATCHER_DATA"] = str(data)
    session = Session(folders(), date.today(), as_of=date(2026, 11, 21))
    session.open_profile(folders().profile_files()[PATIENT])
    return session


def app_over(data: Path) -> MatcherApp:
    """An app as `matcher` opens it."""
    app = MatcherApp(session_in(data))
    collect_less(app)
    return app


async def settled(pilot: Pilot[None]) -> None:
    """Wait until every key is taken, no work is under way and all is drawn."""
    await cast(MatcherApp, pilot.app).caught_up()
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def steps(data: Path, keys: Sequence[str]) -> list[tuple[float, str]]:
    """The milliseconds of processor time of every key, the longest first."""
    app, taken = app_over(data), []
    async with app.run_test(size=(_WIDE, _HIGH)) as pilot:
        await settled(pilot)
        for number, key in enumerate(keys):
            begun = time.process_time()
            await pilot.press(key)
            await settled(pilot)
            taken.append(((time.process_time() - begun) * 1000, f"{number} {key}"))
    return sorted(taken, reverse=True)


async def growth(data: Path, actions: int) -> tuple[int, int]:
    """The memory in use after a tenth of so many keys and after all of them, in kilobytes."""
    chance, app, early = random.Random(7), app_over(data), 0
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        for number in range(actions):
            await pilot.press(chance.choice(KEYS))
            if number == actions // 10:
                early = memory()
        await settled(pilot)
        if app.errors:
            print(f"bench/app: {len(app.errors)} faults were told on the way, the first: {app.errors[0]!r}")
        return early, memory()


def painted(data: Path, own: str, limit: float) -> tuple[float, float, str, str]:
    """The first paints of a data folder as a figure: the shortest, its limit, its unit, and what else is to be told."""
    first_paint(data, own)
    took, spent = zip(*(first_paint(data, own) for _ in range(ROUNDS)), strict=True)
    return min(took), limit, "s", f"median {statistics.median(took):.2f}; of a processor {min(spent):.2f}"


def memory() -> int:
    """The memory of this process in kilobytes, where the system tells (/proc); else 0."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def main() -> int:
    """Measure, print a line for each figure, and return 1 where a limit is not kept."""
    library = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 and sys.argv[1] != "-" else None
    actions = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    failed = False

    def told(name: str, value: float, limit: float, unit: str, more: str = "") -> None:
        nonlocal failed
        failed = failed or value > limit
        print(f"{name:<28}{value:>9.2f} {unit:<3} limit {limit:g}  {'PASS' if value <= limit else 'FAIL'}  {more}".rstrip())

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):  # a path typed by chance is one in there
        told("first paint, shipped trials", *painted(Path(folder), folder, PAINT))
        slow = asyncio.run(steps(Path(folder), STEPS))
        told("longest step", slow[0][0], STEP, "ms", f"key {slow[0][1]}; median {slow[len(slow) // 2][0]:.0f}")
        if library is not None:
            told("first paint, own library", *painted(library, folder, OPENING))
        early, late = asyncio.run(growth(Path(folder), actions))
        if early:
            told(f"growth over {actions} actions", 100 * (late - early) / early, GROWTH, "%", f"{early // 1024} to {late // 1024} MB")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
