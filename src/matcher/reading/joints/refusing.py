"""Sentences among inclusions that refuse somebody: "Patients requiring dialysis are not eligible"."""

from __future__ import annotations

from matcher.model.language import Not, Unless, Unread, When
from matcher.model.trees import leaves
from matcher.reading.certain.kept import beside
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_REFUSES = Caseless(
    r"\b(?:is|are|was|were|will|shall|should|must|may|can|cannot)\s+(?:\w+\s+){0,2}?(?:not\s+(?:be\s+)?(?:\w+\s+)?(?:eligible|allowed|permitted|included|enrolled|considered|accepted|admitted|enter\w*|participate)|(?:be\s+)?(?:excluded|ineligible|disqualified|rejected))\b"
    r"|\bcannot\s+(?:be\s+(?:included|enrolled)|participate|enter|enroll?)\b",
    needs=("not", "rejected", "excluded", "ineligible", "disqualified"),
)


def with_refusal(read: Read, text: str) -> Read:
    """An inclusion that refuses, in doubt where nothing of its reading is denied."""
    refused = _REFUSES.search(text)
    if refused is None or _stays_unread(read, text, refused.start()) or all(isinstance(leaf, Unread) for leaf in leaves(read.check)) or any(isinstance(node, Not | Unless | When) for node in nodes(read.check)):
        return read
    return beside(Read(Unread(" ".join(text.split())), ((0, len(text)),)), [read])


def _stays_unread(read: Read, text: str, place: int) -> bool:
    """Whether the sentence that refuses stands unread by itself behind another."""
    begins = max(text.rfind(". ", 0, place), text.rfind(";", 0, place))
    placed = list(zip(leaves(read.check), read.spans, strict=False))
    return begins > 0 and any(isinstance(leaf, Unread) and begins < start <= place < end for leaf, (start, end) in placed) and all(end <= begins for leaf, (_, end) in placed if not isinstance(leaf, Unread))
