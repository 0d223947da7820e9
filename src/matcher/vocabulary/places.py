"""Where the vocabulary's own data files lie."""

from __future__ import annotations

import sys
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


def of_tables(*tables: str, name: str = "") -> Callable[[Callable[[], Made]], Callable[[], Made]]:
    """A function that makes plain values of nothing but data files is called once, and what it finds is kept for the next process too: by its own name, or the one given."""

    def kept_too(make: Callable[[], Made]) -> Callable[[], Made]:
        module = sys.modules[make.__module__]
        called = name or f"{module.__name__.rpartition('.')[2]}-{make.__name__.strip('_')}"
        return cache(lambda: kept(called, (str(module.__file__), *(str(_DATA / table) for table in tables)), make))

    return kept_too
