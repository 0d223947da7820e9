"""How long matching and searching take as a library grows: python bench/registry/scale.py LIBRARY.db…

Five patients, each matched twice by the command in a process of its own (`first`, `again`) and once more inside a warm
process (`warm`: the matching alone; `soon`: until the first trials could be shown). Processor seconds stand beside the
wall clock, since on a busy machine only they mean anything. `left` trials are neither excluded nor unrelated, `judged` are
the candidates. Libraries of any size are made by bench/registry/resample.py.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from matcher.model.profile import Profile
from matcher.session.searching import Filters, Searcher
from matcher.session.survey import Survey
from matcher.storage.index import completed
from matcher.storage.library import Library
from matcher.storage.toml_files import load_profile

_HEAD = 'schema = 1\nid = "{name}"\nas_of = 2026-11-21\nage = {age}\nsex = "{sex}"\n'
_ILL = '[[conditions]]\nname = "{one}"\n'
_LABS = '[[labs]]\ntest = "{test}"\nvalue = {value}\nunit = "{unit}"\ndate = 2026-11-10\n'
_DRUG = '[[medications]]\nname = "{one}"\nstart = 2025-03-01\n'
PATIENTS: dict[str, tuple[int, str, list[str], list[tuple[str, float, str]], list[str]]] = {
    "lupus-nephritis": (34, "female", ["lupus nephritis", "hypertension"], [("eGFR", 72, "mL/min/1.73m2"), ("platelets", 182, "10^9/L")], ["mycophenolate mofetil", "prednisone"]),
    "type-2-diabetes": (58, "male", ["type 2 diabetes", "hypertension", "obesity"], [("HbA1c", 8.1, "%"), ("eGFR", 68, "mL/min/1.73m2")], ["metformin", "lisinopril"]),
    "breast-cancer": (61, "female", ["breast cancer"], [("hemoglobin", 11.8, "g/dL"), ("neutrophils", 3.1, "10^9/L")], ["letrozole"]),
    "asthma": (27, "female", ["asthma", "allergic rhinitis"], [("eosinophils", 0.4, "10^9/L")], ["budesonide", "salbutamol"]),
    "healthy-volunteer": (25, "male", [], [("ALT", 22, "U/L")], []),
}
WORDS = ("lupus nephritis", "breast cancer", "diabetes", "asthma", "cancer", '"heart failure"', "pembrolizumab", "NCT90000", "chol*", "pain children")


def profile_text(name: str) -> str:
    """One of the patients as a file."""
    age, sex, ill, labs, drugs = PATIENTS[name]
    healthy = "" if ill else "healthy = true\n"
    parts = [_ILL.format(one=one) for one in ill] + [_LABS.format(test=test, value=value, unit=unit) for test, value, unit in labs]
    return _HEAD.format(name=name, age=age, sex=sex) + healthy + "".join(parts + [_DRUG.format(one=one) for one in drugs])


# What a process is said to have taken includes what the one that started it held: a small one starts each match.
_ALONE = """
import os, subprocess, sys, time
start = time.perf_counter()
_, _, used = os.wait4(subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid, 0)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def command(profile: Path, library: Path, compiled: Path) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and megabytes of one match by the command, its compiled files in a folder."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    words = [sys.executable, "-m", "matcher", "match", str(profile), "--trials", str(library), "--top", "20"]
    said = subprocess.run([sys.executable, "-c", _ALONE, *words], env={**kept, "PYTHONPYCACHEPREFIX": str(compiled)}, capture_output=True, text=True, check=True).stdout
    wall, used, most = map(float, said.split())
    return wall, used, most


def warm(profile: Profile, library: Library) -> tuple[Survey, float, float]:
    """A match in this process, with the processor seconds until the first trials stood, and until all did."""
    soon: list[float] = []
    start = time.process_time()
    survey = Survey(profile, date(2026, 11, 21), (), (library,)).run(lambda _: soon.append(time.process_time() - start))
    taken = time.process_time() - start
    return survey, soon[0] if soon else taken, taken


def matched(library: Path, folder: Path) -> None:
    """Match the patients and print a line each."""
    print(f"{'':<20}{'first':>9}{'again':>9}{'cpu':>8}{'warm cpu':>10}{'soon':>9}{'MB':>6}{'left':>9}{'judged':>9}")
    with Library(library) as opened:
        for name in PATIENTS:
            path = folder / f"{name}.toml"
            path.write_text(profile_text(name), encoding="utf-8")
            if not (folder / "compiled").exists():
                command(path, library, folder / "compiled")
            first, again = (command(path, library, folder / "compiled") for _ in range(2))
            profile = load_profile(path)
            Survey(profile, date(2026, 11, 21), (), (opened,)).run()
            survey, soon, taken = warm(profile, opened)
            times = f"{first[0]:>8.2f}s{again[0]:>8.2f}s{again[1]:>7.2f}s{taken:>9.2f}s{soon:>8.2f}s{again[2]:>6.0f}"
            print(f"{name:<20}{times}{survey.funnel[-1].left:>9,}{survey.judged:>9,}", flush=True)


def searched(library: Path) -> None:
    """Search as it is typed and print the times."""
    with Searcher.at([library]) as searcher:
        taken: dict[str, float] = {}
        for filters in (Filters(), Filters(all_statuses=True)):
            for words in WORDS:
                searcher.find(words, filters)
                start = time.process_time()
                searcher.find(words, filters, as_typed=True)
                taken[f"{words}{' (all)' if filters.all_statuses else ''}"] = (time.process_time() - start) * 1000
    slow = sorted(taken, key=taken.__getitem__)[-3:]
    print(f"search: median {statistics.median(taken.values()):.1f} ms; slowest " + ", ".join(f"{name!r} {taken[name]:.0f} ms" for name in slow))


def main() -> int:
    """Measure every library named."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:]:
            with Library(Path(name)) as library:
                completed(library)
                print(f"\n{name}: {len(library):,} records, {Path(name).stat().st_size / 1e6:.0f} MB")
            matched(Path(name), Path(folder))
            searched(Path(name))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
