"""The library: every imported trial record in one SQLite file, its criteria read once, earlier versions kept."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, Protocol

from matcher.model.trial import Trial
from matcher.storage.files import made_folder
from matcher.storage.refusal import InputError
from matcher.storage.rows import BARE, Kept, Row, sections_in, trial_in, without_staff

SCHEMA = 3
Outcome = Literal["new", "changed", "unchanged", "reread", "older", "bare"]
# `came` counts the batches that were kept: the one a version of a record came with. Long columns stand last, since
# reading a short one would go through them. A `matched` row says how far the library was when a patient was matched.
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS record (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, status TEXT NOT NULL, came INTEGER NOT NULL, staff INTEGER NOT NULL,
  versions TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL, trial BLOB NOT NULL, sections BLOB NOT NULL,
  stated TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS record_came ON record (came);
CREATE TABLE IF NOT EXISTS earlier (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, came INTEGER NOT NULL, versions TEXT NOT NULL, source TEXT NOT NULL,
  trial BLOB NOT NULL, sections BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS earlier_id ON earlier (id, source);
CREATE TABLE IF NOT EXISTS matched (
  profile TEXT PRIMARY KEY, day TEXT NOT NULL, came INTEGER NOT NULL, since_day TEXT NOT NULL, since INTEGER NOT NULL, trials TEXT NOT NULL
) WITHOUT ROWID;
"""
_FROM_1 = f"""
BEGIN;
ALTER TABLE record RENAME TO record_1;
ALTER TABLE earlier RENAME TO earlier_1;
{_TABLES}
INSERT INTO record SELECT NULL, id, status, 0, 1, versions, source, title, trial, sections, '' FROM record_1;
INSERT INTO earlier SELECT NULL, id, 0, '', source, trial, x'789c8b8e0500011500b9' FROM earlier_1;
DROP TABLE record_1;
DROP TABLE earlier_1;
UPDATE meta SET value = '{SCHEMA}' WHERE key = 'schema';
COMMIT;
"""
_FROM_2 = f"""
BEGIN;
ALTER TABLE record ADD COLUMN stated TEXT NOT NULL DEFAULT '';
UPDATE meta SET value = '{SCHEMA}' WHERE key = 'schema';
COMMIT;
"""
# With other versions than these, whatever follows a comma after them (what its file was taken apart with).
_OUTDATED = "versions <> :versions AND instr(versions, :versions || ', ') <> 1"
_UPWARD = {"1": _FROM_1, "2": _FROM_2}


_NO_ROOM = "the disk is full: make room, then import again; what was kept before stays"


class Beside(Protocol):
    """Tables that stand beside the records and are kept with them, all or nothing."""

    tables: str

    def made(self, trial: Trial) -> Any:
        """What is to be kept of a trial, made in the process that read it."""

    def kept(self, base: sqlite3.Connection, number: int, made: Any) -> None:
        """Keep it under the record's number, in place of what stood there."""

    def dropped(self, base: sqlite3.Connection, number: int) -> None:
        """Drop what is kept under a record's number: the record goes."""

    def forgotten(self) -> None:
        """Hear that the batch in hand is not kept after all."""


def _is_full(error: Exception) -> bool:
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_FULL


class Library:
    """An open library; reading never waits for an import, and an import is whole batch by batch."""

    def __init__(self, path: Path, *, create: bool = False, beside: Sequence[Beside] = ()) -> None:
        """Open the file; InputError where it is none, is damaged, or is of a later matcher."""
        self.path = path
        self.beside = tuple(beside)
        if not create and not path.exists():
            raise InputError(str(path), "", "there is no such library; `matcher import` makes one")
        self.writable = os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)
        if create:
            made_folder(path.parent)
            if path.exists() and not os.access(path, os.W_OK):
                raise InputError(str(path), "", "the library cannot be written: you may only read it")
        try:
            # Without leave to write, the file is read as it stands: no import by somebody else can be followed.
            place = f"{path.absolute().as_uri()}?mode=ro&immutable=1" if not create and not self.writable else path
            self.base = sqlite3.connect(place, timeout=30, isolation_level=None, uri=isinstance(place, str))
            found = self._prepared() if create or self.writable else self._schema()
        except (sqlite3.Error, OSError) as error:
            if _is_full(error):
                raise InputError(str(path), "", _NO_ROOM) from None
            raise InputError(str(path), "", f"not a library of matcher, or damaged ({error}); move it away and import again") from None
        if found != str(SCHEMA):
            to_do = "made by a later matcher: use that one, or move the file away and import again" if found and found.isdigit() and int(found) > SCHEMA else "import again into a new one"
            raise InputError(str(path), "", f"a library of another version ({found or 'none'}), expected {SCHEMA}; {to_do}")

    def _schema(self) -> str | None:
        found = self.base.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        return str(found[0]) if found else None

    def _prepared(self) -> str | None:
        """The tables of this version, made or brought up to it; the version found in the end."""
        new = not self.base.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
        if new and self.path.stat().st_size and self.base.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise sqlite3.DatabaseError("another program's file")
        if new or self._schema() is None:
            self.base.execute("PRAGMA journal_mode = WAL")
            self.base.executescript(f"BEGIN; {_TABLES} INSERT OR IGNORE INTO meta VALUES ('schema', '{SCHEMA}'), ('came', '0'); COMMIT;")
            with suppress(OSError):
                self.path.chmod(0o600)
        elif self._schema() in _UPWARD:
            self.base.executescript(_UPWARD[str(self._schema())])
        self.base.execute("PRAGMA synchronous = NORMAL")
        for one in self.beside:
            self.base.executescript(one.tables)
        return self._schema()

    def __enter__(self) -> Library:
        """The library itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.base.close()

    def __len__(self) -> int:
        """The number of records."""
        return int(self.base.execute("SELECT count(*) FROM record").fetchone()[0])

    @property
    def came(self) -> int:
        """The number of batches kept so far."""
        found = self.base.execute("SELECT value FROM meta WHERE key = 'came'").fetchone()
        return int(found[0]) if found else 0

    def known(self, trial_id: str) -> tuple[str, str, int] | None:
        """The digest of a record's source, the versions it was read with, and how many people it names; None where there is none."""
        found = self.base.execute("SELECT source, versions, staff FROM record WHERE id = ?", (trial_id,)).fetchone()
        return (str(found[0]), str(found[1]), int(found[2])) if found else None

    def title(self, trial_id: str) -> str | None:
        """The title of a record; None where there is none."""
        found = self.base.execute("SELECT title FROM record WHERE id = ?", (trial_id,)).fetchone()
        return str(found[0]) if found else None

    def is_older(self, trial_id: str, stated: str) -> bool:
        """Whether a day up to which a source speaks lies certainly before the one of the record that is kept."""
        found = self.base.execute("SELECT stated FROM record WHERE id = ?", (trial_id,)).fetchone()
        kept = str(found[0]) if found else ""
        return bool(stated) and stated < kept[: len(stated)]

    def put(self, batch: Sequence[Row]) -> list[tuple[str, Outcome]]:
        """Keep records, all or none of the batch, and say what each is; one that changed goes to the earlier versions."""
        try:
            with self.whole():
                came = self.came + 1
                outcome = [(one.id, self._put(one, came)) for one in batch]
                if any(found in ("new", "changed") for _, found in outcome):
                    self.base.execute("INSERT OR REPLACE INTO meta VALUES ('came', ?)", (str(came),))
        except sqlite3.OperationalError as error:
            if _is_full(error):
                raise InputError(str(self.path), "", _NO_ROOM) from None
            raise
        return outcome

    @contextmanager
    def whole(self) -> Iterator[None]:
        """What is done to the file inside is kept together or not at all."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self.base.in_transaction:  # of some errors the transaction is gone already
                self.base.execute("ROLLBACK")
            for one in self.beside:
                one.forgotten()
            raise
        self.base.execute("COMMIT")

    def _put(self, one: Row, came: int) -> Outcome:
        known = self.known(one.id)
        if known == (one.source, one.versions, one.staff):
            return "unchanged"
        if known and known[0] != one.source and self.is_older(one.id, one.stated):
            return "older"
        if known and one.sections == BARE and self._has_criteria(one.id):
            return "bare"
        outcome: Outcome = "new" if known is None else "reread" if known[0] == one.source and known[1] != one.versions else "changed"
        if known and known[0] != one.source:
            self._put_aside(one.id)
        if known and not one.staff:
            self._forget_staff(one.id)
        values = (one.status, one.staff, one.versions, one.source, one.title, one.trial, one.sections, one.stated)
        if known is None:
            self.base.execute("INSERT INTO record VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (one.id, values[0], came, *values[1:]))
        else:
            self.base.execute(
                "UPDATE record SET status = ?, staff = ?, versions = ?, source = ?, title = ?, trial = ?, sections = ?, stated = ?, came = iif(?, ?, came) WHERE id = ?",
                (*values, known[0] != one.source, came, one.id),
            )
        if one.beside:
            (number,) = self.base.execute("SELECT number FROM record WHERE id = ?", (one.id,)).fetchone()
            for table, made in zip(self.beside, one.beside, strict=True):
                table.kept(self.base, number, made)
        return outcome

    def _has_criteria(self, trial_id: str) -> bool:
        """Whether the record that is kept has eligibility text: one without, as a table gives it, does not take its place."""
        return bool(self.base.execute("SELECT 1 FROM record WHERE id = ? AND sections <> ?", (trial_id, BARE)).fetchone())

    def _put_aside(self, trial_id: str) -> None:
        """Copy a record to the earlier versions."""
        columns = "id, came, versions, source, trial, sections"
        self.base.execute(f"INSERT INTO earlier ({columns}) SELECT {columns} FROM record WHERE id = ?", (trial_id,))

    def _forget_staff(self, trial_id: str) -> None:
        """Leave out the people whom earlier versions name, since the one that is kept now names none."""
        for number, data in self.base.execute("SELECT number, trial FROM earlier WHERE id = ?", (trial_id,)).fetchall():
            with suppress(ValueError, TypeError, zlib.error):  # a damaged version names nobody
                self.base.execute("UPDATE earlier SET trial = ? WHERE number = ?", (without_staff(data), number))

    def remove(self, trial_id: str) -> bool:
        """Drop a record with its earlier versions; False where there is none."""
        found = self.base.execute("SELECT number FROM record WHERE id = ?", (trial_id,)).fetchone()
        if found is None:
            return False
        with self.whole():
            for table in self.beside:
                table.dropped(self.base, found[0])
            self.base.execute("DELETE FROM record WHERE id = ?", (trial_id,))
            self.base.execute("DELETE FROM earlier WHERE id = ?", (trial_id,))
        return True

    def trials(self) -> Iterator[Trial]:
        """Every record, by id."""
        for name, data in self.base.execute("SELECT id, trial FROM record ORDER BY id"):
            yield self._trial(name, data)

    def trial(self, trial_id: str) -> Trial | None:
        """The record of an id, None where there is none."""
        found = self.base.execute("SELECT trial FROM record WHERE id = ?", (trial_id,)).fetchone()
        return self._trial(trial_id, found[0]) if found else None

    def kept(self, trial_id: str) -> Kept | None:
        """A record with its eligibility text as it was read; None where there is none."""
        found = self.base.execute("SELECT trial, sections, versions FROM record WHERE id = ?", (trial_id,)).fetchone()
        return Kept(self._trial(trial_id, found[0]), sections_in(found[1]), found[2]) if found else None

    def earlier(self, trial_id: str) -> list[Trial]:
        """The versions of a record that later imports replaced, the oldest first."""
        found = self.base.execute("SELECT trial FROM earlier WHERE id = ? ORDER BY number", (trial_id,))
        return [self._trial(trial_id, data) for (data,) in found]

    def had(self, trial_id: str, source: str) -> Kept | None:
        """An earlier version of a record by the digest of its source; None where there is none."""
        found = self.base.execute("SELECT trial, sections, versions FROM earlier WHERE id = ? AND source = ? ORDER BY number DESC", (trial_id, source)).fetchone()
        return Kept(self._trial(trial_id, found[0]), sections_in(found[1]), found[2]) if found else None

    def as_of(self, trial_id: str, came: int) -> Trial | None:
        """The version of a record that stood when so many batches were kept; None where it was not there yet."""
        found = self.base.execute(
            "SELECT trial FROM (SELECT came, 0 AS number, trial FROM record WHERE id = ?1 UNION ALL SELECT came, -1.0 / number, trial FROM earlier WHERE id = ?1) "
            "WHERE came <= ?2 ORDER BY came DESC, number DESC LIMIT 1", (trial_id, came),
        ).fetchone()
        return self._trial(trial_id, found[0]) if found else None

    def changed_since(self, came: int) -> Iterator[str]:
        """The ids of the records that came, or came in another version, after so many batches."""
        # With the sign the few that came are put in order, instead of all being gone through in that of their ids.
        for (name,) in self.base.execute("SELECT id FROM record WHERE came > ? ORDER BY +id", (came,)):
            yield str(name)

    def outdated(self, versions: str) -> Iterator[Kept]:
        """The records read with other versions, with the text to read again; they may be put back meanwhile."""
        last = 0
        while rows := self.base.execute(
            f"SELECT number, id, versions, trial, sections FROM record WHERE {_OUTDATED} AND number > :last ORDER BY number LIMIT 200", {"versions": versions, "last": last}
        ).fetchall():
            last = rows[-1][0]
            for _, name, read_with, data, sections in rows:
                yield Kept(self._trial(name, data), sections_in(sections), read_with)

    def count_outdated(self, versions: str) -> int:
        """How many records were read with other versions."""
        return int(self.base.execute(f"SELECT count(*) FROM record WHERE {_OUTDATED}", {"versions": versions}).fetchone()[0])

    def counts(self) -> dict[str, Any]:
        """How many records there are, by status and by the versions they were read with, and how many earlier ones."""
        grouped = {name: dict(self.base.execute(f"SELECT {name}, count(*) FROM record GROUP BY 1 ORDER BY 2 DESC")) for name in ("status", "versions")}
        return {"records": len(self), "earlier": self.base.execute("SELECT count(*) FROM earlier").fetchone()[0], "bytes": self.path.stat().st_size, **grouped}

    def faults(self) -> Iterator[str | None]:
        """What is wrong with the file or its records, a line each; None for each record that is whole."""
        try:
            for (line,) in self.base.execute("PRAGMA integrity_check"):
                if line != "ok":
                    yield str(line)
            for name, data, sections in self.base.execute("SELECT id, trial, sections FROM record ORDER BY number"):
                yield self._fault(name, data, sections)
        except sqlite3.Error as error:
            yield str(error)

    def _fault(self, name: str, data: bytes, sections: bytes) -> str | None:
        try:
            if self._trial(name, data).id != name:
                return f"{self.path}: {name}: the record is another one's; import it again"
            sections_in(sections)
        except InputError as error:
            return str(error)
        except (ValueError, TypeError, zlib.error):
            return f"{self.path}: {name}: its text is damaged; import it again"
        return None

    def _trial(self, name: str, data: bytes) -> Trial:
        try:
            return trial_in(data)
        except (ValueError, TypeError, zlib.error) as error:
            raise InputError(str(self.path), name, f"the record is damaged ({type(error).__name__}); import it again") from None


def merged(above: Iterable[Trial], library: Iterable[Trial]) -> list[Trial]:
    """The curated records with those of the library that none of them stands for."""
    curated = list(above)
    ids = {one.id for one in curated}
    return [*curated, *(one for one in library if one.id not in ids)]


__all__ = ["Beside", "Library", "Outcome", "merged"]
