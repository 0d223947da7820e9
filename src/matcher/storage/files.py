"""Reading files within a size limit, and writing them whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from matcher.storage.digests import Digest, digest_of_bytes
from matcher.storage.refusal import ChangedOnDisk, InputError

SIZE_LIMIT = 5_000_000
_ROOM = "make room on the disk, then do it again"
_LEAVE = "choose a folder you may write in"
_TO_DO = {errno.ENOSPC: _ROOM, errno.EDQUOT: _ROOM, errno.EFBIG: _ROOM, errno.EROFS: _LEAVE, errno.EACCES: _LEAVE, errno.EPERM: _LEAVE}


def read_bytes(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """The bytes of a file of at most `limit` bytes; InputError where there is no such file, or a larger one."""
    try:
        if not path.exists():
            raise InputError(str(path), "", "there is no such file")
        if not path.is_file():
            raise InputError(str(path), "", "this is not a file")
        with path.open("rb") as source:
            data = source.read(limit + 1)
    except (OSError, ValueError) as error:
        raise InputError(str(path), "", f"cannot be read: {_why(error)}") from None
    if len(data) > limit:
        raise InputError(str(path), "", f"larger than {limit / 1e6:g} MB, which no such file should be")
    return data


def file_digest(path: Path) -> Digest | None:
    """The digest of what the file holds now; None where there is no such file."""
    try:
        return digest_of_bytes(path.read_bytes())
    except FileNotFoundError:
        return None
    except IsADirectoryError:
        raise InputError(str(path), "", "cannot be a folder: give the name of a file") from None
    except (OSError, ValueError) as error:
        raise InputError(str(path), "", f"cannot be read: {_why(error)}") from None


def write_text(path: Path, text: str, *, expected: Digest | None) -> Digest:
    """Write a file whole, readable by its owner only, and return its digest.

    `expected` is the digest of what was read from it before, None for a new file. Where the file on disk is another
    one by now, ChangedOnDisk is raised and nothing is written.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        raise InputError(str(path), "", "the text holds a broken character; nothing was written") from None
    target = Path(os.path.realpath(path))
    _still(target, expected)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = _draft(target.parent, data)
        try:
            _still(target, expected)
            os.replace(draft, target)
        finally:
            with contextlib.suppress(OSError):
                os.unlink(draft)
    except OSError as error:
        raise not_written(path, error) from None
    return digest_of_bytes(data)


def not_written(path: Path, error: OSError) -> InputError:
    """Why a file cannot be written, and what to do about it."""
    to_do = _TO_DO.get(error.errno or 0)
    return InputError(str(path), "", f"cannot be written: {_why(error)}{f'; {to_do}' if to_do else ''}")


def made_folder(folder: Path) -> None:
    """Make a folder that may be written in; InputError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(folder), "", f"the folder cannot be made ({(error.strerror or 'the system refuses').lower()})") from None
    if not os.access(folder, os.W_OK):
        raise InputError(str(folder), "", "you may not write in this folder; choose another with --into or MATCHER_DATA")


def _still(path: Path, expected: Digest | None) -> None:
    found = file_digest(path)
    if found == expected:
        return
    if expected is None:
        raise ChangedOnDisk(str(path), "", "this file exists already; nothing was written over it")
    what = "was removed" if found is None else "was changed"
    raise ChangedOnDisk(str(path), "", f"the file {what} since it was read; open it again, nothing was written")


def _draft(folder: Path, data: bytes) -> str:
    import tempfile  # loaded only where something is written

    # mkstemp creates the file with mode 0600 wherever the system knows modes.
    handle, name = tempfile.mkstemp(prefix=".matcher-", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as draft:
            draft.write(data)
            draft.flush()
            os.fsync(draft.fileno())
    except OSError:
        os.unlink(name)
        raise
    return name


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return (error.strerror or "the system refuses").lower()
    return "not a file name"
