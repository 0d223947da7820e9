"""The processes that read for an import: they are gone when it is, however it ended."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from matcher.session.importing import Imported, import_into, undisturbed
from matcher.storage.library import Library

_KILLED = """
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from matcher.session.importing import deaf

if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=deaf)
    print(pool.submit(abs, -7).result(), flush=True)
    os._exit(9)  # as where it is killed: nothing is tidied up
"""


def test_a_killed_import_leaves_no_process_behind(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(_KILLED, encoding="utf-8")
    # What is printed to ends only when every process that has it is gone.
    found = subprocess.run([sys.executable, str(script)], stdout=subprocess.PIPE, timeout=60, check=False)
    assert (found.returncode, found.stdout.split()) == (9, [b"7"])


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="a signal cannot be kept waiting here")
def test_a_process_that_is_begun_to_read_never_hears_ctrl_c() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        with undisturbed():
            found = pool.submit(signal.pthread_sigmask, signal.SIG_BLOCK, [])
        assert signal.SIGINT in found.result()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_an_import_that_is_ended_waits_for_no_process_and_goes_on_from_there(tmp_path: Path) -> None:
    lines = [f'{{"nct_id": "NCT9200{n:04}", "title": "T", "criteria": "Inclusion Criteria:\\n* Age > {n % 60} years"}}' for n in range(203)]  # of which what is left is few
    source, day = tmp_path / "many.jsonl", date(2026, 11, 21)
    source.write_text("\n".join(lines), encoding="utf-8")
    heard: list[int] = []

    def told(done: Imported) -> None:
        heard.append(done.settled)

    with Library(tmp_path / "a.db", create=True) as library:
        done = import_into(library, [source], day, told, stop=lambda: bool(heard and heard[-1]))
        assert done.stopped
        assert done.outcome == {"new": 4}  # those that were read here, while the processes began
        again = import_into(library, [source], day, told)
        assert (again.stopped, dict(again.outcome)) == (False, {"unchanged": 4, "new": 199})


def test_no_record_is_begun_once_an_import_is_ended(tmp_path: Path) -> None:
    lines = [f'{{"nct_id": "NCT9300{n:04}", "title": "T", "criteria": "Inclusion Criteria:\\n* Age > {n} years"}}' for n in range(20)]
    source = tmp_path / "few.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    looks = iter(range(1000))
    with Library(tmp_path / "a.db", create=True) as library:
        done = import_into(library, [source], date(2026, 11, 21), lambda _: None, stop=lambda: next(looks) > 28)
        assert done.stopped
        assert 0 < done.settled < 20
        assert len(library) == done.settled


def test_trials_whose_titles_begin_alike_do_not_take_each_others_place(tmp_path: Path) -> None:
    begins = "A randomised double-blind placebo-controlled trial of"
    for name, title in (("a", f"{begins} air"), ("b", f"{begins} water"), ("c", "A short title")):
        (tmp_path / f"{name}.txt").write_text(f"Title: {title}\nCondition: asthma\nInclusion criteria:\n- Asthma\n", encoding="utf-8")
    day = date(2026, 11, 21)
    with Library(tmp_path / "a.db", create=True) as library:
        done = import_into(library, [tmp_path], day, lambda _: None)
        assert (dict(done.outcome), [one.kind for one in done.problems if one.kind == "duplicate"]) == ({"new": 3}, ["duplicate"])
        again = import_into(library, [tmp_path / "b.txt", tmp_path / "a.txt"], day, lambda _: None)
        assert dict(again.outcome) == {"unchanged": 2}
        assert sorted(one.title for one in library.trials()) == ["A randomised double-blind placebo-controlled trial of air", "A randomised double-blind placebo-controlled trial of water", "A short title"]
        (tmp_path / "b.txt").write_text(f"Title: {begins} water\nCondition: asthma\nInclusion criteria:\n- Asthma\n- Adults\n", encoding="utf-8")
        assert dict(import_into(library, [tmp_path / "b.txt"], day, lambda _: None).outcome) == {"changed": 1}
