"""How quick the app is, and that it does not grow: python bench/app.py [DATA_FOLDER] [ACTIONS].

First paint is the time from the start of `matcher` to the first frame that holds the question, in a terminal of its own,
for a nurse who had a patient in hand when she left; the shortest of several, and the least processor time. Compiled
files are present, as they are on any machine after the first run. What a key costs is told in `app_steps.py`, how long
it waits while a library is matched in `key_delay.py`. The actions are keys drawn by a fixed seed from those a nurse
uses; memory is looked at after a tenth of them and at the end. With a data folder of one's own (a library of many
trials) its opening and the keys during its first match are measured too.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
from contextlib import chdir
from pathlib import Path

from app_steps import press, settled, steps
from key_delay import all_but_one_in_twenty, key_delays
from session_over import app_over, left_with_patient
from terminals import Terminal

PAINT, OPENING, STEP, DELAY, GROWTH = 1.2, 1.0, 100, 50, 10  # seconds, seconds, milliseconds, milliseconds, per cent
ROUNDS = 7
KEYS = ("down", "up", "left", "right", "enter", "escape", "w", "f", "k", "m", "e", "tab", "a", "n", "u", "slash", "x", "home", "end", "question_mark")


def first_paint(data: Path, own: str) -> tuple[float, float]:
    """Seconds from the start of the process to the first frame that holds the question at the bottom, and those of a processor; `own` is a folder to write in."""
    left_with_patient(data)
    with Terminal(data, own) as app:
        took = app.wait_for("Ask next") - app.begun
    return took, app.spent


async def growth(data: Path, actions: int) -> tuple[int, int]:
    """The memory in use after a tenth of so many keys and after all of them, in kilobytes."""
    chance, app, early = random.Random(7), app_over(data), 0
    async with app.run_test(size=(100, 30)):
        await settled(app)
        for number in range(actions):
            await press(app, chance.choice(KEYS))
            if number == actions // 10:
                early = memory()
        await settled(app)
        if app.errors:
            print(f"bench/app: {len(app.errors)} faults were told on the way, the first: {app.errors[0]!r}")
        return early, memory()


def painted(data: Path, own: str, limit: float) -> tuple[float, float, str, str]:
    """The first paints of a data folder as a figure: the shortest, its limit, its unit, and what else is to be told."""
    first_paint(data, own)
    took, spent = zip(*(first_paint(data, own) for _ in range(ROUNDS)), strict=True)
    return min(took), limit, "s", f"median {statistics.median(took):.2f}; of a processor {min(spent):.2f}"


def delayed(data: Path, own: str) -> tuple[float, float, str, str]:
    """The delays of the keys during the first match of a library as a figure."""
    left_with_patient(data)
    delays = key_delays(data, own)
    return all_but_one_in_twenty(delays), DELAY, "ms", (
        f"for 19 of 20 of {len(delays)} keys; median {statistics.median(one.waited for one in delays):.0f}; longest {delays[0].waited:.0f}; "
        f"of a processor {statistics.median(one.spent for one in delays):.0f}"
    )


def memory() -> int:
    """The memory of this process in kilobytes, where the system tells (/proc); else 0."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def main() -> int:
    """Measure, print a line for each figure, and return 1 where a limit is not kept."""
    asked = argparse.ArgumentParser(description="How quick the app is, and that it does not grow.")
    asked.add_argument("data", nargs="?", default="-", help="a data folder with a library (- for none)")
    asked.add_argument("actions", nargs="?", type=int, default=5000, help="how many keys")
    given = asked.parse_args()
    library, actions = None if given.data == "-" else Path(given.data).absolute(), given.actions
    failed = False

    def told(name: str, value: float, limit: float, unit: str, more: str = "") -> None:
        nonlocal failed
        failed = failed or value > limit
        print(f"{name:<28}{value:>9.2f} {unit:<3} limit {limit:g}  {'PASS' if value <= limit else 'FAIL'}  {more}".rstrip(), flush=True)

    with tempfile.TemporaryDirectory() as folder, chdir(folder):  # the keys of the actions may write a name into an export
        told("first paint, shipped trials", *painted(Path(folder), folder, PAINT))
        slow = asyncio.run(steps(Path(folder)))
        told("longest step", slow[0].spent, STEP, "ms", f"median {slow[len(slow) // 2].spent:.0f} of {len(slow)}; the longest: {'; '.join(map(str, slow[:5]))}")
        if library is not None:
            told("first paint, own library", *painted(library, folder, OPENING))
            told("key delay, first match", *delayed(library, folder))
        early, late = asyncio.run(growth(Path(folder), actions)) if actions else (0, 0)
        if early:
            told(f"growth over {actions} actions", 100 * (late - early) / early, GROWTH, "%", f"{early // 1024} to {late // 1024} MB")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
