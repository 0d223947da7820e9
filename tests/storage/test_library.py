"""The library file: whole batches, earlier versions, one import at a time, damage said in a line."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from matcher.model.dates import partial_date
from matcher.model.trial import Criterion, Official, Source, Trial
from matcher.storage.import_lock import import_lock
from matcher.storage.library import Library, merged
from matcher.storage.refusal import InputError
from matcher.storage.rows import Kept, Row, row, trial_in


def _row(number: int, digest: str = "sha256:a", versions: str = "1", staff: Sequence[str] = ()) -> Row:
    criterion = Criterion(id="I1", kind="inclusion", text="Age ≥ 18", check="age ≥ 18 years", spans=[(0, 8)])
    source = Source(site="S", digest=digest, read=date(2026, 11, 21))
    trial = Trial(id=f"N{number}", title="Ä", source=source, min_age=18.5, criteria=[criterion], officials=[Official(name=name) for name in staff])
    return row(Kept(trial, (("both", "Age ≥ 18"),), versions))


def test_records_come_back_as_they_were_put(tmp_path: Path) -> None:
    batch = [_row(number) for number in range(5)]
    with Library(tmp_path / "a.db", create=True) as library:
        assert library.put(batch) == [(f"N{number}", "new") for number in range(5)]
        assert {what for _, what in library.put(batch)} == {"unchanged"}
        assert list(library.trials()) == [trial_in(one.trial) for one in batch]
        assert library.put([_row(1, "sha256:b")]) == [("N1", "changed")]
        assert [one.source.digest for one in library.earlier("N1") if one.source] == ["sha256:a"]
        assert library.put([_row(2, versions="2")]) == [("N2", "reread")]
        assert [one.trial.id for one in library.outdated("2")] == ["N0", "N1", "N3", "N4"]
        library.put([_row(3, versions="2, made 1"), _row(4, versions="20")])
        assert [one.trial.id for one in library.outdated("2")] == ["N0", "N1", "N4"]
        assert next(iter(library.outdated("2"))).sections == (("both", "Age ≥ 18"),)
        assert [one for one in library.faults() if one] == []
        assert library.counts()["records"] == len(library) == 5


def test_each_version_of_a_record_is_known_by_when_it_stood(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        for digest in ("a", "b", "b", "c"):
            library.put([_row(1, digest)])
        stood = [library.as_of("N1", came) for came in range(5)]
        assert [one and one.source and one.source.digest for one in stood] == [None, "a", "b", "c", "c"]
        assert (library.came, list(library.changed_since(2)), list(library.changed_since(3))) == (3, ["N1"], [])
        assert library.had("N1", "b") is not None
        assert library.had("N1", "c") is None


def test_an_older_source_never_takes_the_place_of_a_newer_one(tmp_path: Path) -> None:
    def said(digest: str, day: str | None) -> Row:
        source = Source(site="S", digest=digest, current_as_of=partial_date(day) if day else None)
        return row(Kept(Trial(id="N1", source=source), (), "1"))

    with Library(tmp_path / "a.db", create=True) as library:
        days = ("2024-05-06", "2023-01-01", "2024-05", "2024-04", None, "2020-01-01")
        outcomes = [library.put([said(str(number), day)])[0][1] for number, day in enumerate(days)]
        assert outcomes == ["new", "older", "changed", "older", "changed", "changed"]


def test_a_record_without_criteria_never_takes_the_place_of_a_fuller_one(tmp_path: Path) -> None:
    def with_text(digest: str, text: str) -> Row:
        return row(Kept(Trial(id="N1", source=Source(site="S", digest=digest)), (("both", text),) if text else (), "1"))

    with Library(tmp_path / "a.db", create=True) as library:
        outcomes = [library.put([with_text(digest, text)])[0][1] for digest, text in (("a", ""), ("b", ""), ("c", "Age ≥ 18"), ("d", ""), ("d", ""), ("e", "Age ≥ 20"))]
        assert outcomes == ["new", "changed", "changed", "bare", "bare", "changed"]


def test_no_version_names_people_once_they_are_left_out(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        library.put([_row(1, "a", staff=["A Person"])])
        library.put([_row(1, "b", staff=["A Person"])])
        assert library.earlier("N1")[0].officials
        library.put([_row(1, "b")])
        assert [one.officials for one in [*library.trials(), *library.earlier("N1")]] == [[], []]


def test_a_library_of_the_former_schema_is_brought_up_to_this_one(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    one = _row(1)
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
        base.execute("INSERT INTO meta VALUES ('schema', '1')")
        base.execute("CREATE TABLE record (id TEXT PRIMARY KEY, source TEXT, versions TEXT, title TEXT, status TEXT, trial BLOB, sections BLOB) WITHOUT ROWID")
        base.execute("CREATE TABLE earlier (id TEXT, source TEXT, trial BLOB, PRIMARY KEY (id, source)) WITHOUT ROWID")
        base.execute("INSERT INTO record VALUES ('N1', 'sha256:a', '1', 'T', 'unknown', ?, ?)", (one.trial, one.sections))
        base.execute("INSERT INTO earlier VALUES ('N1', 'sha256:0', ?)", (one.trial,))
    base.close()
    with Library(path) as library:
        assert [trial.id for trial in library.trials()] == ["N1"]
        assert len(library.earlier("N1")) == 1
        assert [one for one in library.faults() if one] == []
        assert library.put([_row(1, "b")]) == [("N1", "changed")]
        assert (kept := library.had("N1", "sha256:0")) is not None
        assert kept.sections == ()


class _Titles:
    tables = "CREATE TABLE IF NOT EXISTS short_title (number INTEGER PRIMARY KEY, words TEXT NOT NULL);"

    def made(self, trial: Trial) -> str:
        return trial.title[:1]

    def kept(self, base: sqlite3.Connection, number: int, made: str) -> None:
        base.execute("INSERT OR REPLACE INTO short_title VALUES (?, ?)", (number, made))

    def dropped(self, base: sqlite3.Connection, number: int) -> None:
        base.execute("DELETE FROM short_title WHERE number = ?", (number,))

    def forgotten(self) -> None:
        pass


def test_tables_beside_the_records_are_kept_with_them_and_go_with_them(tmp_path: Path) -> None:
    titles = _Titles()
    kept = Kept(Trial(id="N1", title="Ä trial", source=Source(site="S", digest="a")), (), "1")
    with Library(tmp_path / "a.db", create=True, beside=[titles]) as library:
        library.put([row(kept, library.beside)])
        assert library.base.execute("SELECT record.id, words FROM record JOIN short_title USING (number)").fetchall() == [("N1", "Ä")]
        assert library.remove("N1")
        assert not library.remove("N1")
        assert (len(library), library.base.execute("SELECT count(*) FROM short_title").fetchone()) == (0, (0,))


def test_a_batch_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        with pytest.raises(AttributeError):
            library.put([_row(1), None])  # type: ignore[list-item]
        assert len(library) == 0
        assert library.put([_row(1)]) == [("N1", "new")]


def test_a_damaged_record_and_a_strange_file_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Library(path, create=True) as library:
        library.put([_row(1), _row(2)])
    with sqlite3.connect(path) as base:
        base.execute("UPDATE record SET trial = x'00' WHERE id = 'N1'")
    base.close()
    with Library(path) as library:
        (fault,) = [one for one in library.faults() if one]
        assert "N1: the record is damaged" in fault
        assert library.trial("N2") is not None
    with sqlite3.connect(path) as base:
        base.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    base.close()
    with pytest.raises(InputError, match=r"another version \(99\), expected \d; made by a later matcher: use that one, or move the file away"):
        Library(path)
    with sqlite3.connect(path) as base:
        base.execute("UPDATE meta SET value = 'x' WHERE key = 'schema'")
    base.close()
    with pytest.raises(InputError, match=r"another version \(x\), expected \d; import again into a new one"):
        Library(path)


def test_a_library_that_may_only_be_read_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    with Library(path, create=True) as library:
        library.put([_row(1)])
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Library(path) as library:
        assert [trial.id for trial in library.trials()] == ["N1"]
    with pytest.raises(InputError, match="may not write"):
        Library(path, create=True)
    with pytest.raises(InputError, match="may not write"), import_lock(path, "process 1"):
        pass


def test_a_full_disk_is_told_and_what_was_kept_before_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Library(path, create=True) as library:
        library.put([_row(1)])
        library.base.execute(f"PRAGMA max_page_count = {library.base.execute('PRAGMA page_count').fetchone()[0]}")
        with pytest.raises(InputError, match="the disk is full: make room, then import again; what was kept before stays"):
            library.put([_row(number) for number in range(2, 400)])
        assert len(library) == 1
    with Library(path) as library:
        assert [trial.id for trial in library.trials()] == ["N1"]


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
from matcher.storage.import_lock import import_lock
from matcher.storage.library import Library
with import_lock(Path(sys.argv[1]), "test"), Library(Path(sys.argv[1]), create=True) as library:
    import_into(library, [sys.argv[2]], date(2026, 11, 21), lambda done: print(done.read, flush=True))
"""


@pytest.mark.parametrize("stop_after", [1])
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
        assert [one for one in library.faults() if one] == []
