"""Unsaved changes of a profile, kept beside it so that a crash or a lost window loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from matcher.model.profile import Profile
from matcher.storage.digests import Digest, text_digest
from matcher.storage.files import file_digest
from matcher.storage.folders import Folders, file_stem, toml_files
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_profile, save_profile

Guard = Callable[[Profile], list[str]]


class Claim:
    """One window's claim on the draft of the patient it changes: no other has it while this one runs, and a killed one has none.

    A draft that this window neither wrote nor took up is another's: it is never written over or thrown away.
    """

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self.refused = ""  # why the draft could not be written the last time
        self._code = ""
        self._own: Digest | None = None
        self._path: Path | None = None
        self._base: sqlite3.Connection | None = None

    def take(self, code: str) -> bool:
        """Claim the draft of a patient; False where another window has it. Where nothing can be written everybody has it."""
        if self._base is not None and self._code == code:
            return True
        self.release()
        # The name of the file must not tell the code: it may outlive a patient who is purged.
        path = self._folders.data / "open" / f"{text_digest(file_stem(code))[-16:]}.lock"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error):
            return True
        try:
            base.execute("PRAGMA journal_mode = MEMORY")  # nothing is written, so no second file either
            base.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            base.close()
            return error.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        self._code, self._path, self._base = code, path, base
        return True

    def elsewhere(self, code: str) -> bool:
        """Whether another window is changing this patient just now."""
        if self._base is not None and self._code == code:
            return False
        found = not self.take(code)
        self.release()
        return found

    def keep(self, profile: Profile, guard: Guard) -> bool:
        """Write the draft of a profile; False where it cannot be kept, is another window's, or could tell who the patient is."""
        path = _path(self._folders, profile.id)
        if not self.take(profile.id):
            return False
        try:
            there = file_digest(path)
            if there is not None and there != self._own:
                return False
            self._own = save_profile(profile, path, expected=there, guard=guard)
        except (InputError, ValueError, OSError) as error:
            self.refused = str(error)
            return False
        self.refused = ""
        return True

    def take_up(self, code: str) -> None:
        """Make the draft that is there this window's own."""
        if self.take(code):
            with suppress(InputError):
                self._own = file_digest(_path(self._folders, code))

    def drop(self, code: str) -> None:
        """Throw away the draft of a patient, unless it is another window's."""
        path = _path(self._folders, code)
        if self.take(code):
            with suppress(InputError, OSError):  # then it is offered again, which loses nothing
                if self._own is not None and file_digest(path) == self._own:
                    path.unlink()
            self.release()

    def release(self) -> None:
        """Let go of what is claimed."""
        self._own = None
        if self._base is None or self._path is None:
            return
        with suppress(OSError):  # Windows deletes no open file; it stays, empty
            self._path.unlink()
        self._base.close()
        self._base = None


def draft_of(folders: Folders, code: str) -> Profile | None:
    """The draft of a profile; None where there is none that can be read."""
    path = _path(folders, code)
    if not path.exists():
        return None
    try:
        return load_profile(path)
    except InputError:
        return None


def draft_time(folders: Folders, code: str) -> datetime | None:
    """When the draft of a profile was written last; None where there is none."""
    try:
        return datetime.fromtimestamp(_path(folders, code).stat().st_mtime)
    except (OSError, ValueError, OverflowError):
        return None


def draft_files(folders: Folders) -> dict[str, Path]:
    """The drafts by the code their name shows."""
    return {path.stem: path for path in toml_files(folders.drafts)}


def _path(folders: Folders, code: str) -> Path:
    return folders.drafts / f"{file_stem(code)}.toml"
