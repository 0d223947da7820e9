"""The reading room: eligibility text → criteria → checks. It knows no patient, file or screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.reading.version import READER

if TYPE_CHECKING:
    from matcher.reading.eligibility import ReadCriterion, read_criterion, read_eligibility
    from matcher.reading.reader import Reader

__all__ = ["READER", "ReadCriterion", "Reader", "read_criterion", "read_eligibility"]

_PLACES = {
    "ReadCriterion": "matcher.reading.eligibility",
    "Reader": "matcher.reading.reader",
    "read_criterion": "matcher.reading.eligibility",
    "read_eligibility": "matcher.reading.eligibility",
}


def __getattr__(name: str) -> Any:
    """The public names, loaded when first asked for: matching needs the reader's version, not its rules."""
    if name not in _PLACES:
        raise AttributeError(f"module 'matcher.reading' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_PLACES[name]), name)
