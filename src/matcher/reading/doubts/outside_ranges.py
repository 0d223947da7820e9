"""Ranges behind one "outside" that may rule all of them: "outside 90-140 mmHg for systolic or 50-90 mmHg for diastolic"."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import Ambiguous, Any, Check, Measurement
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_OUTSIDE = Caseless(r"\b(?:outside|out of|beyond|not within|not between|not in)\b", needs=("outside", "out of", "beyond", "not within", "not between", "not in"))
_BEYOND = {"≥": "<", ">": "≤", "≤": ">", "<": "≥"}


def with_all_outside(read: Read, text: str) -> Read:
    """A reading in which a range behind the word is inside or outside, nobody knows which."""
    found = _OUTSIDE.search(text) if any(map(_ranged, leaves(read.check))) else None
    if found is None:
        return read
    open_ = {id(leaf) for part in nodes(read.check) if isinstance(part, Ambiguous) for leaf in leaves(part)}
    return rewritten_there(read, lambda leaf, place: _either(leaf) if id(leaf) not in open_ and place[1] > found.end() and ";" not in text[found.end() : place[0]] else None)


def _ranged(leaf: Check) -> bool:
    """Whether a value is to be between two limits."""
    return isinstance(leaf, Measurement) and len(leaf.bounds) > 1 and leaf.bounds[0].op in ("≥", ">") and leaf.bounds[1].op in ("≤", "<")


def _either(leaf: Check) -> Check | None:
    if not isinstance(leaf, Measurement) or not _ranged(leaf) or len(leaf.bounds) != 2:
        return None
    return Ambiguous((leaf, Any(tuple(replace(leaf, bounds=(replace(one, op=_BEYOND[one.op]),)) for one in leaf.bounds))))
