"""What one sitting with one patient holds and can do: the only state of the app, free of any screen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matcher.session.answers import (
        CAN_BE_ABSENT,
        NeedsEntry,
        Reply,
        field_of,
        row_for,
        settle,
        starter,
        typed_in_place,
    )
    from matcher.session.clashes import holds_some
    from matcher.session.doubts import Doubt, body_doubts, entry_doubts, key_doubts
    from matcher.session.outcome import Funnel, Matching, Outcome, in_order, moved
    from matcher.session.patients import ProfileFile
    from matcher.session.session import MARKS, Session

# Where each name is: a command loads only the modules whose names it asks for.
_HOMES = {
    "answers": ("CAN_BE_ABSENT", "NeedsEntry", "Reply", "field_of", "row_for", "settle", "starter", "typed_in_place"),
    "clashes": ("holds_some",),
    "doubts": ("Doubt", "body_doubts", "entry_doubts", "key_doubts"),
    "patients": ("ProfileFile",),
    "outcome": ("Funnel", "Matching", "Outcome", "in_order", "moved"),
    "session": ("MARKS", "Session"),
}


def __getattr__(name: str) -> Any:
    """A name of the room, from its module, loaded when it is first asked for."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(name)


__all__ = [
    "CAN_BE_ABSENT",
    "MARKS",
    "Doubt",
    "Funnel",
    "Matching",
    "NeedsEntry",
    "Outcome",
    "ProfileFile",
    "Reply",
    "Session",
    "body_doubts",
    "entry_doubts",
    "field_of",
    "holds_some",
    "in_order",
    "key_doubts",
    "moved",
    "row_for",
    "settle",
    "starter",
    "typed_in_place",
]
