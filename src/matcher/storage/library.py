"""The library: every imported trial record in one SQLite file, its criteria read once, earlier versions kept."""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from matcher.model.trial import Trial
from matcher.storage.refusal import InputError

SCHEMA = 1
Outcome = Literal["new", "changed", "unchanged", "reread"]
Sections = tuple[tuple[str, str], ...]
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS record (
  id TEXT PRIMARY KEY, source TEXT NOT NULL, versions TEXT NOT NULL, title TEXT NOT NULL, status TEXT NOT NULL,
  trial BLOB NOT NULL, sections BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS earlier (id TEXT NOT NULL, source TEXT NOT NULL, trial BLOB NOT NULL, PRIMARY KEY (id, source)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as it is kept: the trial, its eligibility text by section, and the versions it was read with."""

    trial: Trial
    sections: Sections
    versions: str

    @property
    def source(self) -> str:
        """The digest of what was read."""
        return (self.trial.source.digest if self.trial.source else None) or ""


class Library:
    """An open library; reading never waits for an import, and an import is whole batch by batch."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the file; InputError where it is none, is damaged, or is of a later matcher."""
        self.path = path
        if not create and not path.exists():
            raise InputError(str(path), "", "there is no such library; `matcher import` makes one")
        writable = os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)
        if create:
            _made(path.parent)
            if path.exists() and not os.access(path, os.W_OK):
                raise InputError(str(path), "", "the library cannot be written: you may only read it")
        try:
            # Without leave to write, the file is read as it stands: no import by somebody else can be followed.
            place = f"{path.absolute().as_uri()}?mode=ro&immutable=1" if not create and not writable else path
            self._base = sqlite3.connect(place, timeout=30, isolation_level=None, uri=isinstance(place, str))
            if create:
                self._prepare()
            found = self._base.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        except (sqlite3.Error, OSError) as error:
            raise InputError(str(path), "", f"not a library of matcher, or damaged ({error}); move it away and import again") from None
        if found is None or found[0] != str(SCHEMA):
            raise InputError(str(path), "", f"a library of another version ({found[0] if found else 'none'}), expected {SCHEMA}; import again into a new one")

    def _prepare(self) -> None:
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.executescript(_TABLES)
        self._base.execute("INSERT OR IGNORE INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
        with suppress(OSError):
            self.path.chmod(0o600)

    def __enter__(self) -> Library:
        """The library itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._base.close()

    def __len__(self) -> int:
        """The number of records."""
        return int(self._base.execute("SELECT count(*) FROM record").fetchone()[0])

    def known(self, trial_id: str) -> tuple[str, str] | None:
        """The digest of the source and the versions a record was read with; None where there is none."""
        found = self._base.execute("SELECT source, versions FROM record WHERE id = ?", (trial_id,)).fetchone()
        return (str(found[0]), str(found[1])) if found else None

    def put(self, batch: Sequence[Kept]) -> Counter[Outcome]:
        """Keep records, all or none of the batch; one that changed goes to the earlier versions."""
        outcome: Counter[Outcome] = Counter()
        self._base.execute("BEGIN IMMEDIATE")
        try:
            for one in batch:
                outcome[self._put(one)] += 1
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")
        return outcome

    def _put(self, one: Kept) -> Outcome:
        known = self.known(one.trial.id)
        if known == (one.source, one.versions):
            return "unchanged"
        outcome: Outcome = "new" if known is None else "reread" if known[0] == one.source else "changed"
        if outcome == "changed":
            self._base.execute("INSERT OR REPLACE INTO earlier SELECT id, source, trial FROM record WHERE id = ?", (one.trial.id,))
        trial = one.trial
        self._base.execute(
            "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?, ?, ?)",
            (trial.id, one.source, one.versions, trial.title, trial.status, _packed(trial.plain()), _packed(one.sections)),
        )
        return outcome

    def trials(self) -> Iterator[Trial]:
        """Every record, by id."""
        for name, packed in self._base.execute("SELECT id, trial FROM record ORDER BY id"):
            yield self._trial(name, packed)

    def trial(self, trial_id: str) -> Trial | None:
        """The record of an id, None where there is none."""
        found = self._base.execute("SELECT trial FROM record WHERE id = ?", (trial_id,)).fetchone()
        return self._trial(trial_id, found[0]) if found else None

    def earlier(self, trial_id: str) -> list[Trial]:
        """The versions of a record that later imports replaced."""
        return [self._trial(trial_id, packed) for (packed,) in self._base.execute("SELECT trial FROM earlier WHERE id = ?", (trial_id,))]

    def outdated(self, versions: str) -> Iterator[Kept]:
        """The records read with other versions, with the text to read again."""
        rows = self._base.execute("SELECT id, versions, trial, sections FROM record WHERE versions <> ? ORDER BY id", (versions,))
        for name, read_with, packed, sections in rows.fetchall():
            yield Kept(self._trial(name, packed), tuple((kind, text) for kind, text in _unpacked(sections)), read_with)

    def counts(self) -> dict[str, Any]:
        """How many records there are, by status and by the versions they were read with, and how many earlier ones."""
        grouped = {name: dict(self._base.execute(f"SELECT {name}, count(*) FROM record GROUP BY 1 ORDER BY 2 DESC")) for name in ("status", "versions")}
        return {"records": len(self), "earlier": self._base.execute("SELECT count(*) FROM earlier").fetchone()[0], "bytes": self.path.stat().st_size, **grouped}

    def faults(self) -> Iterator[str]:
        """What is wrong with the file or its records, a line each."""
        try:
            for (line,) in self._base.execute("PRAGMA integrity_check"):
                if line != "ok":
                    yield str(line)
            for (name,) in self._base.execute("SELECT id FROM record").fetchall():
                try:
                    self.trial(name)
                except InputError as error:
                    yield str(error)
        except sqlite3.Error as error:
            yield str(error)

    def _trial(self, name: str, packed: bytes) -> Trial:
        try:
            return Trial.checked(_unpacked(packed))
        except (ValueError, TypeError, zlib.error) as error:
            raise InputError(str(self.path), name, f"the record is damaged ({type(error).__name__}); import it again") from None


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(folder), "", f"the folder cannot be made ({(error.strerror or 'the system refuses').lower()})") from None
    if not os.access(folder, os.W_OK):
        raise InputError(str(folder), "", "you may not write in this folder; choose another with --into or MATCHER_DATA")


def _packed(plain: object) -> bytes:
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8"), 6)


def _unpacked(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed))


@contextmanager
def import_lock(path: Path, holder: str) -> Iterator[None]:
    """Keep two imports into one library apart; InputError says who holds it. A killed import holds nothing."""
    _made(path.parent)
    guard, said = path.with_name(f"{path.name}.lock"), path.with_name(f"{path.name}.importing")
    try:
        base = sqlite3.connect(guard, timeout=0, isolation_level=None)
        base.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise InputError(str(path), "", f"cannot be written here ({error}); choose a folder you may write in") from None
        who = said.read_text(encoding="utf-8").strip() if said.exists() else "another import"
        raise InputError(str(path), "", f"{who} is importing into it; wait until it has ended") from None
    try:
        said.write_text(holder, encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            said.unlink()
        base.rollback()
        base.close()


def merged(above: Iterable[Trial], library: Iterable[Trial]) -> list[Trial]:
    """The curated records with those of the library that none of them stands for."""
    curated = list(above)
    ids = {one.id for one in curated}
    return [*curated, *(one for one in library if one.id not in ids)]


__all__ = ["Kept", "Library", "Outcome", "Sections", "import_lock", "merged"]
