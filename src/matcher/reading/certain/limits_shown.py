"""Limits in what stayed unread of a criterion that was read in part: each unread text shows the limits that it speaks of.

"Heart failure, with an LVEF < 40 % at any time of the year" needs heart failure; the rest is unread, and says 40 % to a nurse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    AtLeast,
    Bound,
    Check,
    Judgement,
    Measurement,
    Not,
    Unless,
    Unread,
    When,
)
from matcher.model.trees import leaves
from matcher.reading.certain.kept import limits_spoken_of
from matcher.reading.certain.limits_kept import speaks_of_limits
from matcher.reading.certain.limits_named import AMOUNTS
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.tokens import Token

_Seen = set[tuple[str, tuple[Bound, ...]]]


def with_limits(read: Read, tokens: Sequence[Token], context: Context) -> Read:
    """The read with every unread text in it beside the limits that its words bear out and that were not read yet."""
    known = list(leaves(read.check))
    if not any(isinstance(leaf, (Unread, Judgement)) for leaf in known) or len(known) != len(read.spans):
        return read
    amounts = not AMOUNTS.isdisjoint([token.tag for token in tokens]) or any(speaks_of_limits(token) for token in tokens if token.tag == "check")
    if not amounts and not _stacked(read.check):
        return read
    seen = {(leaf.term, leaf.bounds) for leaf in known if isinstance(leaf, Measurement)}
    places = iter(read.spans)
    shown = _shown(read.check, places, tokens, context, seen)
    return Read(shown.check, shown.spans)


def _stacked(check: Check) -> bool:
    """Whether a reading of an unclear sentence is unclear itself: the readings of both are then shown side by side."""
    return any(isinstance(node, Ambiguous) and any(isinstance(one, Ambiguous) for one in node.readings) for node in nodes(check))


def _shown(check: Check, places: Iterator[tuple[int, int]], tokens: Sequence[Token], context: Context, seen: _Seen) -> Read:
    """A part with its places, its unread texts beside their limits."""
    match check:
        case Unread() | Judgement():
            return _unread(check, next(places), tokens, context, seen)
        case All(parts) | Any(parts) | AtLeast(_, parts):
            reads = [_shown(part, places, tokens, context, seen) for part in parts]
            return Read(replace(check, parts=tuple(one.check for one in reads)), _spans(reads))
        case Ambiguous(readings):
            reads = [_shown(part, places, tokens, context, seen) for part in readings]
            flat: list[Check] = []
            for one in reads:
                flat += one.check.readings if isinstance(one.check, Ambiguous) else (one.check,)
            return Read(Ambiguous(tuple(flat)), _spans(reads))
        case Not(part):
            inner = _shown(part, places, tokens, context, seen)
            return Read(Not(inner.check), inner.spans)
        case When(scope, rule):
            reads = [_shown(part, places, tokens, context, seen) for part in (scope, rule)]
            return Read(When(reads[0].check, reads[1].check), _spans(reads))
        case Unless(rule, state):
            reads = [_shown(part, places, tokens, context, seen) for part in (rule, state)]
            return Read(Unless(reads[0].check, reads[1].check), _spans(reads))
        case _:
            return Read(check, (next(places),))


def _spans(reads: Sequence[Read]) -> tuple[tuple[int, int], ...]:
    return tuple(span for read in reads for span in read.spans)


def _unread(leaf: Unread | Judgement, place: tuple[int, int], tokens: Sequence[Token], context: Context, seen: _Seen) -> Read:
    """An unread text, or words that ask for an opinion, beside the limits that they bear out."""
    start, end = place
    inside = [token for token in tokens if start <= token.start and token.end <= end]
    new: list[Read] = []
    for piece in _pieces(inside):
        for limit in limits_spoken_of(piece, (), context):
            named = {(one.term, one.bounds) for one in leaves(limit.check) if isinstance(one, Measurement)}
            if not named <= seen:
                seen |= named
                new.append(limit)
    if not new:
        return Read(leaf, (place,))
    return Read(Ambiguous((leaf, *(one.check for one in new))), (place, *_spans(new)))


def _pieces(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens between semicolons and sentence ends."""
    piece: list[Token] = []
    for token in tokens:
        if token.tag in ("semicolon", "stop"):
            yield piece
            piece = []
        else:
            piece.append(token)
    yield piece
