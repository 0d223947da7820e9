"""What two windows changed of one patient, put together where neither changed what the other did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.model.profile import LISTS, Complete, Entry, Profile
from matcher.model.records import keys


class _BothChanged(Exception):
    """The same fact was changed by both."""


def merged(base: Profile, here: Profile, there: Profile) -> Mapping[str, Any] | None:
    """The changes that bring `there` what was changed `here` since `base`; None where both changed the same fact."""
    try:
        plain = {key: _one(getattr(base, key), getattr(here, key), getattr(there, key)) for key in keys(Profile) if key not in ("complete", *LISTS)}
        complete = Complete(**{key: _one(*(getattr(one.complete, key) for one in (base, here, there))) for key in keys(Complete)})
        lists = {listed: _rows(getattr(base, listed), getattr(here, listed), getattr(there, listed)) for listed in LISTS}
    except _BothChanged:
        return None
    return {**plain, "complete": complete, **lists}


def _one(base: Any, here: Any, there: Any) -> Any:
    """One fact as the window says that changed it."""
    if here in (there, base):
        return there
    if there == base:
        return here
    raise _BothChanged


def _rows(base: list[Entry], here: list[Entry], there: list[Entry]) -> list[Entry]:
    """The rows of a list: those of the file, less those removed or changed here, and those added here."""
    if here in (there, base):
        return there
    if there == base:
        return here
    gone = [row for row in base if row not in here]
    twice = any(rows.count(row) > 1 for rows in (base, here, there) for row in rows)  # of equal rows nobody knows which is meant
    if twice or any(row not in there for row in gone):
        raise _BothChanged
    return [*(row for row in there if row not in gone), *(row for row in here if row not in base and row not in there)]


__all__ = ["merged"]
