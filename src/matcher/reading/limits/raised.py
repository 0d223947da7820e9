""" "ALT elevated > 2.5 × ULN": the word says on which side the limit is, and is no limit of its own."""

from __future__ import annotations

from decimal import Decimal

from matcher.model.language import ULN, Ambiguous, Bound, Check, Measurement, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_HIGH = r"(?:elevat\w+|raised|increased?|abnormal\w*|high|rise|above (?:the )?normal)"
_MORE = r"(?:[>≥]\s*=?|(?:more|greater|higher) than|over|above|at least|exceeding)"
_TIMES = r"(?:\d+(?:\.\d+)?|two|three|four|five|six|ten)(?:\s*[-x×*]|\s*(?:times|fold)\b|\s*-fold\b|\s*ULN\b)"
_RAISED = Caseless(rf"\b(?:is |are |levels? )?(?P<word>elevated|raised|increased)\s+(?=(?:to |by |at |of )?{_MORE}\s*{_TIMES}[^.;]{{0,20}}\b(?:ULN|upper|normal)\b)", needs=("elevated", "raised", "increased"))
_TOLD = Caseless(rf"\b{_HIGH}\b[^.;]{{0,60}}?(?:{_MORE}\s*\d|{_TIMES}|\btwice\b)", needs=("levat", "raise", "increas", "abnormal", "high", "rise", "above"))
_SINGLE = (Bound(">", Decimal(1), ULN),)


def without_raised(tokens: list[Token], text: str) -> list[Token]:
    """The tokens without the "elevated" directly before a multiple of the upper limit."""
    words: set[int] = set()
    found = _RAISED.search(text)
    while found is not None:
        words.add(found.start("word"))
        found = _RAISED.search(text, found.end())
    return [token for token in tokens if token.start not in words] if words else tokens


def with_raised(read: Read, text: str) -> Read:
    """A reading whose bare "elevated" is in doubt where the words go on to say how much is meant."""
    asked = any(isinstance(leaf, Measurement) and leaf.bounds == _SINGLE for leaf in leaves(read.check))
    return rewritten(read, _how_much) if asked and _TOLD.search(text) else read


def _how_much(leaf: Check) -> Check | None:
    """A value above the upper limit itself, that may be meant to be above another."""
    return Ambiguous((Unread(leaf.term), leaf)) if isinstance(leaf, Measurement) and leaf.bounds == _SINGLE else None
