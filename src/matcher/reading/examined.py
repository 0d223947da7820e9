"""What an inclusion denies by an examination: "no brain metastases by MRI" is not told by a record without them."""

from __future__ import annotations

from matcher.model.language import All, Check, Condition, Not, Unread
from matcher.model.trees import leaves
from matcher.reading.caseless import Caseless
from matcher.reading.rules import Read

_EXAMINATION = Caseless(
    r"\b(?:x-?rays?|radiograph\w*|ct|mri|imaging|pet|scans?|scintigra\w*|tomogra\w*|magnetic resonance|ultraso\w*|sonogra\w*|biops\w*|tests?|testing|pcr|cultures?|ecgs?|ekgs?|electrocardiogra\w*|"
    r"echo\w*|mammogra\w*|cytolog\w*|histolog\w*|endoscop\w*|colonoscop\w*|bronchoscop\w*|angiogra\w*|serolog\w*|smears?|elisa|laboratory)\b"
)


def with_examinations(read: Read, kind: str) -> Read:
    """A reading in which the examination by which a disease is denied is left to be seen: without one, nothing is known of it."""
    if kind != "inclusion" or not any(isinstance(leaf, Condition) and leaf.confirmed_by for leaf in leaves(read.check)):
        return read
    check = _seen(read.check)
    return read if check == read.check else Read(check, _spans(read, check))


def _seen(check: Check) -> Check:
    if isinstance(check, All):
        return All(tuple(map(_seen, check.parts)))
    if not isinstance(check, Not) or not all(isinstance(leaf, Condition) for leaf in leaves(check)):
        return check
    ways = list(dict.fromkeys(way for leaf in leaves(check) if isinstance(leaf, Condition) for way in leaf.confirmed_by if _EXAMINATION.search(way)))
    return All((check, *(Unread(f"by {way}") for way in ways))) if ways else check


def _spans(read: Read, check: Check) -> tuple[tuple[int, int], ...]:
    whole = (min(start for start, _ in read.spans), max(end for _, end in read.spans))
    return (whole,) * sum(1 for _ in leaves(check))
