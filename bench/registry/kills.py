"""Kill an import at random moments: python bench/registry/kills.py [KILLS] [SEED].

Each time, what is kept must be whole records, and running the import again must go on from there; at the end the library
must hold exactly what an undisturbed import holds.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from matcher.storage.library import Library
from matcher.storage.refusal import InputError

SOURCE = Path(__file__).resolve().parents[2] / "../shared/data/registry/ctgov-xml"
_LONGEST = 6.0  # seconds: an import is over well before


def imported(path: Path, kill_after: float | None) -> bool:
    """Import into the library; True where it ended by itself."""
    command = [sys.executable, "-m", "matcher", "import", str(SOURCE), "--into", str(path)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        running.wait(kill_after)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
        return False
    return True


def main() -> int:
    """Kill, look, go on; 1 where anything was lost or half."""
    if not SOURCE.exists():
        print(f"skipped: {SOURCE} is not beside the project")
        return 0
    kills, seed = (int(one) for one in [*sys.argv[1:], "200", "1"][:2]) if len(sys.argv) != 2 else (int(sys.argv[1]), 1)
    chance = random.Random(seed)
    faults = killed = rounds = 0
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.db"
        start = time.perf_counter()
        imported(whole, None)
        took = time.perf_counter() - start
        with Library(whole) as library:
            expected = {trial.id: trial for trial in library.trials()}
        path = Path(folder) / "killed.db"
        while killed < kills:
            ended = imported(path, chance.uniform(0, min(took * 1.1, _LONGEST)))
            killed += not ended
            faults += _faults(path)
            if ended and path.exists():
                rounds += 1
                with Library(path) as library:
                    faults += {trial.id: trial for trial in library.trials()} != expected
                for one in Path(folder).glob("killed.db*"):
                    one.unlink()
        imported(path, None)
        with Library(path) as library:
            faults += {trial.id: trial for trial in library.trials()} != expected
    print(f"{killed} kills, {rounds + 1} completed libraries of {len(expected)} records, {faults} faults  {'FAIL' if faults else 'PASS'}")
    return 1 if faults else 0


def _faults(path: Path) -> int:
    if not path.exists() or path.stat().st_size == 0:
        return 0
    try:
        with Library(path) as library:
            found = [one for one in library.faults() if one]
    except InputError:
        return 0  # killed before the tables were made: the next import makes them
    for one in found:
        print(one)
    return len(found)


if __name__ == "__main__":
    raise SystemExit(main())
