"""Receptors whose sentence says from what share on they are positive: "triple negative (ER and PR < 10 %)", not the usual 1 %."""

from __future__ import annotations

from matcher.model.language import Ambiguous, Check, Condition, Measurement, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary.markers import marked_diseases

_RECEPTORS = frozenset(("estrogen receptor status", "progesterone receptor status", "hormone receptor status"))
_SHARE = Caseless(
    r"\b(?:er|pr|pgr|hr|o?estrogen|progesterone|hormone receptors?|receptors?|negative|positive)\b(?:(?!ki-?\s?67|pd-?l1|ejection|lvef|\.\s)[^;%]){0,60}?(?:[<>≤≥=]|less than|more than|at least|up to|below|under|over|to|-)\s*=?\s*(?!1\s*(?:%|p))\d+(?:\.\d+)?\s*(?:%|percent)",
    needs=("%", "percent"),
)


def with_receptor_limits(read: Read, text: str) -> Read:
    """A reading in which a result in words of a receptor is in doubt where the sentence has a limit of its own for it."""
    told = {id(leaf) for leaf in leaves(read.check) if _of_receptors(leaf)}
    found = _SHARE.search(text) if told else None
    if found is None:
        return read
    certain = told - {id(leaf) for part in nodes(read.check) if isinstance(part, Ambiguous) for leaf in leaves(part)}
    said = clean(text[found.start() : found.end()])
    return rewritten(read, lambda leaf: Ambiguous((leaf, Unread(said))) if id(leaf) in certain else None)


def _of_receptors(leaf: Check) -> bool:
    if isinstance(leaf, Measurement):
        return leaf.term in _RECEPTORS and bool(leaf.words)
    return isinstance(leaf, Condition) and any(marker in _RECEPTORS for marker, _ in marked_diseases().get(leaf.term, ("", ()))[1])
