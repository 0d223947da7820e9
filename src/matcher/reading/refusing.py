"""Sentences among inclusions that refuse somebody: "Patients requiring dialysis are not eligible"."""

from __future__ import annotations

from matcher.model.language import Not, Unless, Unread, When
from matcher.model.trees import leaves
from matcher.reading.caseless import Caseless
from matcher.reading.kept import beside
from matcher.reading.pieces import nodes
from matcher.reading.rules import Read

_REFUSES = Caseless(
    r"\b(?:is|are|was|were|will|shall|should|must|may|can|cannot)\s+(?:\w+\s+){0,2}?(?:not\s+(?:be\s+)?(?:\w+\s+)?(?:eligible|allowed|permitted|included|enrolled|considered|accepted|admitted|enter\w*|participate)|(?:be\s+)?(?:excluded|ineligible|disqualified|rejected))\b"
    r"|\bcannot\s+(?:be\s+(?:included|enrolled)|participate|enter|enroll?)\b"
)


def with_refusal(read: Read, text: str) -> Read:
    """An inclusion that refuses, in doubt where nothing of its reading is denied."""
    if not _REFUSES.search(text) or all(isinstance(leaf, Unread) for leaf in leaves(read.check)) or any(isinstance(node, Not | Unless | When) for node in nodes(read.check)):
        return read
    return beside(Read(Unread(" ".join(text.split())), ((0, len(text)),)), [read])
