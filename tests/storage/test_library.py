"""The library file: whole batches, earlier versions, one import at a time, damage said in a line."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from matcher.model.trial import Criterion, Source, Trial
from matcher.storage.library import Kept, Library, import_lock, merged
from matcher.storage.refusal import InputError


def _kept(number: int, digest: str = "sha256:a", versions: str = "1") -> Kept:
    criterion = Criterion(id="I1", kind="inclusion", text="Age ≥ 18", check="age ≥ 18 years", spans=[(0, 8)])
    source = Source(site="S", digest=digest, read=date(2026, 11, 21))
    return Kept(Trial(id=f"N{number}", title="Ä", source=source, min_age=18.5, criteria=[criterion]), (("both", "Age ≥ 18"),), versions)


def test_records_come_back_as_they_were_put(tmp_path: Path) -> None:
    batch = [_kept(number) for number in range(5)]
    with Library(tmp_path / "a.db", create=True) as library:
        assert library.put(batch) == {"new": 5}
        assert library.put(batch) == {"unchanged": 5}
        assert list(library.trials()) == [one.trial for one in batch]
        assert library.put([_kept(1, "sha256:b")]) == {"changed": 1}
        assert [one.source.digest for one in library.earlier("N1") if one.source] == ["sha256:a"]
        assert library.put([_kept(2, versions="2")]) == {"reread": 1}
        assert [one.trial.id for one in library.outdated("2")] == ["N0", "N1", "N3", "N4"]
        assert next(iter(library.outdated("2"))).sections == (("both", "Age ≥ 18"),)
        assert list(library.faults()) == []
        assert library.counts()["records"] == len(library) == 5


def test_a_batch_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        with pytest.raises(AttributeError):
            library.put([_kept(1), None])  # type: ignore[list-item]
        assert len(library) == 0
        assert library.put([_kept(1)]) == {"new": 1}


def test_a_damaged_record_and_a_strange_file_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Library(path, create=True) as library:
        library.put([_kept(1), _kept(2)])
    with sqlite3.connect(path) as base:
        base.execute("UPDATE record SET trial = x'00' WHERE id = 'N1'")
    base.close()
    with Library(path) as library:
        (fault,) = library.faults()
        assert "N1: the record is damaged" in fault
        assert library.trial("N2") is not None
    with sqlite3.connect(path) as base:
        base.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    base.close()
    with pytest.raises(InputError, match="another version"):
        Library(path)


def test_a_library_that_may_only_be_read_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    with Library(path, create=True) as library:
        library.put([_kept(1)])
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Library(path) as library:
        assert [trial.id for trial in library.trials()] == ["N1"]
    with pytest.raises(InputError, match="may not write"):
        Library(path, create=True)
    with pytest.raises(InputError, match="may not write"), import_lock(path, "process 1"):
        pass


def test_two_imports_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with import_lock(path, "process 1"), pytest.raises(InputError, match="process 1 is importing"), import_lock(path, "process 2"):
        pass
    with import_lock(path, "process 3"):
        pass


def test_a_curated_record_stands_before_the_librarys() -> None:
    mine, other = Trial(id="A", title="mine"), Trial(id="A", title="imported")
    assert merged([mine], [other, Trial(id="B")]) == [mine, Trial(id="B")]


_IMPORT = """
import sys, json
from datetime import date
from pathlib import Path
from matcher.session.importing import import_into
from matcher.storage.library import Library, import_lock
with import_lock(Path(sys.argv[1]), "test"), Library(Path(sys.argv[1]), create=True) as library:
    import_into(library, [sys.argv[2]], date(2026, 11, 21), lambda done: print(done.read, flush=True))
"""


@pytest.mark.parametrize("stop_after", [0, 1])
def test_a_killed_import_leaves_whole_records_and_the_next_one_completes_it(tmp_path: Path, stop_after: int) -> None:
    lines = "\n".join(f'{{"nct_id": "NCT9100{n:04}", "title": "T", "criteria": "Inclusion Criteria:\\n* Age > {n % 60} years"}}' for n in range(180))
    source, path = tmp_path / "many.jsonl", tmp_path / "a.db"
    source.write_text(lines, encoding="utf-8")
    with subprocess.Popen([sys.executable, "-c", _IMPORT, str(path), str(source)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for _ in range(stop_after):
            running.stdout.readline()
        deadline = time.monotonic() + 20
        while not path.exists() and running.poll() is None and time.monotonic() < deadline:
            pass
        running.kill()
    subprocess.run([sys.executable, "-c", _IMPORT, str(path), str(source)], check=True, stdout=subprocess.DEVNULL)
    with Library(path) as library:
        assert len(library) == 180
        assert list(library.faults()) == []
