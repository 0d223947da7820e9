"""How long the commands take to start, measured against the interpreter doing nothing: python bench/startup.py [ROUNDS].

Compiled files are present, as they are on any machine after the first run. What is compared is measured in turns, so
that a busy machine slows all of it alike, and the medians are compared; the shortest runs stand beside them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENT = "LN-0042"
COMMANDS = {
    "python -c pass": (["-c", "pass"], 0),
    "matcher --help": (["-m", "matcher", "--help"], 8),
    f"matcher match {PATIENT}": (["-m", "matcher", "match", PATIENT], 20),
}
FOLDERS = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "MATCHER_DATA", "MATCHER_CONFIG")
SCREENS = """
import sys
from matcher.cli import main
try:
    main()
except SystemExit:
    pass
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"textual", "rich"}), file=sys.stderr)
"""


def environment(folder: str) -> dict[str, str]:
    """The environment of a fresh user whose compiled files lie in `folder` too."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "MATCHER_DEBUG")}
    return {**kept, **dict.fromkeys(FOLDERS, folder), "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}


def seconds(arguments: list[str], env: dict[str, str]) -> float:
    """How long the interpreter takes from its start to its end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def measured(rounds: int, env: dict[str, str]) -> dict[str, list[float]]:
    """The times of every command, taken in turns after two rounds that do not count."""
    found: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 2):
        for name, (arguments, _) in COMMANDS.items():
            taken = seconds(arguments, env)
            if number >= 2:
                found[name].append(taken)
    return found


def screens_loaded(arguments: list[str], env: dict[str, str]) -> str:
    """The toolkits of the screens that a command loads: none may be."""
    done = subprocess.run([sys.executable, "-c", SCREENS, *arguments], env=env, capture_output=True, text=True, check=True)
    return done.stderr.strip()


def main() -> int:
    """Measure, print the table, and return 1 where a limit is not kept."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        env = environment(folder)
        times = measured(rounds, env)
        bare_shortest, bare_middle = min(times["python -c pass"]), statistics.median(times["python -c pass"])
        print(f"{'':<24}{'shortest':>10}{'× bare':>8}{'median':>10}{'× bare':>8}{'limit':>7}")
        for name, (arguments, limit) in COMMANDS.items():
            shortest, middle = min(times[name]), statistics.median(times[name])
            ratio = middle / bare_middle
            verdict = "" if not limit else "PASS" if ratio <= limit else "FAIL"
            failed += verdict == "FAIL"
            least = f"{shortest * 1000:>7.0f} ms{shortest / bare_shortest:8.1f}"
            print(f"{name:<24}{least}{middle * 1000:>7.0f} ms{ratio:8.1f}{limit or '':>7}  {verdict}".rstrip())
            if limit and (loaded := screens_loaded(arguments[2:], env)):
                failed += 1
                print(f"{name}: FAIL, loads {loaded}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
