"""Where the vocabulary's own data files lie."""

from __future__ import annotations

from pathlib import Path

_DATA = Path(__file__).parent / "data"


def data_file(name: str) -> Path:
    """The data file of this name; the package is always installed as files."""
    return _DATA / name
