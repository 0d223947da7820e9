"""What one sitting with one patient holds and can do: the only state of the app, free of any screen."""

from matcher.session.answers import CAN_BE_ABSENT, NeedsEntry, Reply, row_for, settle, starter, typed_in_place
from matcher.session.session import MARKS, Matching, Outcome, ProfileFile, Session, moved

__all__ = [
    "CAN_BE_ABSENT",
    "MARKS",
    "Matching",
    "NeedsEntry",
    "Outcome",
    "ProfileFile",
    "Reply",
    "Session",
    "moved",
    "row_for",
    "settle",
    "starter",
    "typed_in_place",
]
