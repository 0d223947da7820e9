"""What is made anew by every process alike, kept beside the bytecode, in the same folder and on the same terms as that.

For one version of Python, as long as the files that it was made of are the same (by size and time, as Python tells it of a
module), and never where Python itself keeps no bytecode. Where it cannot be read or written, it is made as ever.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, TypeVar

Made = TypeVar("Made")
_CACHED = __spec__.cached  # where Python keeps the bytecode of this module; none where it runs from an archive


def made_of(files: Iterable[str]) -> tuple[Any, ...]:
    """The version of Python, and the size and time of each file."""
    return (sys.version, *((found.st_size, found.st_mtime_ns) for found in map(os.stat, files)))


def read(name: str, made_by: tuple[Any, ...]) -> Any:
    """What is kept by a name; None where nothing is, or it was made of something else."""
    try:
        with open(_path(name), "rb") as kept:
            by, found = marshal.loads(kept.read())
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return found if by == made_by else None


def write(name: str, made_by: tuple[Any, ...], what: Any) -> None:
    """Keep what consists of plain values, whole or not at all."""
    if _CACHED is None or sys.dont_write_bytecode:
        return
    written = f"{_path(name)}.{os.getpid()}"
    try:
        with open(written, "wb") as kept:
            kept.write(marshal.dumps((made_by, what)))
        os.replace(written, _path(name))
    except OSError:  # a folder in which nothing may be written, or a file that another process has open
        with suppress(OSError):
            os.unlink(written)


def kept(name: str, files: Iterable[str], make: Callable[[], Made], code: Callable[[], tuple[Any, ...]] = tuple) -> Made:
    """What `make` finds of data files, by code that `code` tells the version of: plain values, which nobody may change."""
    try:
        made_by = (*made_of(files), *code())
    except OSError:  # in an archive
        return make()
    found: Made | None = read(name, made_by)
    if found is None:
        found = make()
        write(name, made_by, found)
    return found


def _path(name: str) -> str:
    return f"{(_CACHED or '').removesuffix('.pyc')}.{name}"


__all__ = ["kept", "made_of", "read", "write"]
