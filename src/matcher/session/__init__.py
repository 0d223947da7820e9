"""What one sitting with one patient holds and can do: the only state of the app, free of any screen."""

from matcher.session.answers import (
    CAN_BE_ABSENT,
    NeedsEntry,
    Reply,
    field_of,
    holds_some,
    row_for,
    settle,
    starter,
    typed_in_place,
)
from matcher.session.doubts import Doubt, entry_doubts, key_doubts
from matcher.session.session import MARKS, Matching, Outcome, ProfileFile, Session, in_order, moved

__all__ = [
    "CAN_BE_ABSENT",
    "MARKS",
    "Doubt",
    "Matching",
    "NeedsEntry",
    "Outcome",
    "ProfileFile",
    "Reply",
    "Session",
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
