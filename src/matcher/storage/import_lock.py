"""The lock that keeps two imports into one library apart."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from matcher.storage.files import made_folder
from matcher.storage.refusal import InputError


@contextmanager
def import_lock(path: Path, holder: str) -> Iterator[None]:
    """Keep two imports into one library apart; InputError says who holds it. A killed import holds nothing."""
    made_folder(path.parent)
    guard, said = path.with_name(f"{path.name}.lock"), path.with_name(f"{path.name}.importing")
    try:
        base = sqlite3.connect(guard, timeout=0, isolation_level=None)
        base.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            to_do = "make room on the disk, then import again" if error.sqlite_errorcode == sqlite3.SQLITE_FULL else "choose a folder you may write in"
            raise InputError(str(path), "", f"cannot be written here ({error}); {to_do}") from None
        who = (said.read_text(encoding="utf-8").strip() if said.exists() else "") or "another import"
        raise InputError(str(path), "", f"{who} is importing into it; wait until it has ended") from None
    try:
        with suppress(OSError):  # who it is is only told
            said.write_text(holder, encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            said.unlink()
        base.rollback()
        base.close()


__all__ = ["import_lock"]
