"""Where the vocabulary's own data files lie."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from matcher.model.kept import kept

Made = TypeVar("Made")

_DATA = Path(__file__).parent / "data"


def data_file(name: str) -> Path:
    """The data file of this name; the package is always installed as files."""
    return _DATA / name


@cache
def _code() -> tuple[object, ...]:
    """The size and time of every module of the vocabulary: any of them may have a part in what is made of a table."""
    with os.scandir(_DATA.parent) as found:
        return tuple(sorted((one.name, one.stat().st_size, one.stat().st_mtime_ns) for one in found if one.name.endswith(".py")))


def of_tables(*tables: str, name: str = "") -> Callable[[Callable[[], Made]], Callable[[], Made]]:
    """A function that makes plain values of nothing but data files is called once, and what it finds is kept for the next process too: by its own name, or the one given."""

    def kept_too(make: Callable[[], Made]) -> Callable[[], Made]:
        called = name or f"{make.__module__.rpartition('.')[2]}-{make.__name__.strip('_')}"
        return cache(lambda: kept(called, [str(_DATA / table) for table in tables], make, _code))

    return kept_too
