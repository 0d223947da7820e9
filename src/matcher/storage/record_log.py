"""Who changed what for a patient: one file per profile, one line per change, only ever added to."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from matcher.storage.files import not_written, read_bytes
from matcher.storage.folders import file_stem

_LARGEST = 100_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the record: when (local time, ISO), by whom (initials), what was done, to what, from what to what, why."""

    at: str
    what: str
    by: str = ""
    trial: str = ""
    criterion: str = ""
    was: str = ""
    now: str = ""
    why: str = ""

    def plain(self) -> dict[str, str]:
        """The change as plain values, what is empty left out."""
        return {name: value for name, value in asdict(self).items() if value}


def log_path(folder: Path, profile_id: str) -> Path:
    """The file that holds the record for a profile."""
    return folder / f"{file_stem(profile_id)}.jsonl"


def add_to_log(folder: Path, profile_id: str, change: Change) -> None:
    """Add a line at the end of the record; InputError where it cannot be written."""
    path = log_path(folder, profile_id)
    line = json.dumps(change.plain(), ensure_ascii=True) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # One write at the end of the file: two windows that add in the same moment do not mix their lines.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        try:
            os.write(handle, line.encode("ascii"))
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise not_written(path, error) from None


def read_log(folder: Path, profile_id: str) -> list[Change]:
    """The record for a profile, oldest first; a line that was damaged is told as it stands."""
    path = log_path(folder, profile_id)
    if not path.exists():
        return []
    text = read_bytes(path, _LARGEST).decode("utf-8", "replace")
    return [_change(line) for line in text.splitlines() if line.strip()]


_KEYS = {field.name for field in fields(Change)}


def _change(line: str) -> Change:
    try:
        plain = json.loads(line)
        if isinstance(plain, dict) and {"at", "what"} <= plain.keys() <= _KEYS and all(isinstance(one, str) for one in plain.values()):
            return Change(**plain)
    except (ValueError, RecursionError):
        pass
    return Change(at="", what="damaged line", why=line[:500])


__all__ = ["Change", "add_to_log", "log_path", "read_log"]
