"""Segments of a criterion, between semicolons and sentence ends, joined into one check."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import (
    Statement,
    Unread,
    all_of,
    any_of,
)
from matcher.reading.kept import kept
from matcher.reading.narrowing import restricted
from matcher.reading.pieces import (
    LOOSE,
    PREPOSITIONS,
    turns,
    unread,
)
from matcher.reading.rules import Context, Read
from matcher.reading.segments import segment as read_segment
from matcher.reading.tokens import Token


def assembled(tokens: Sequence[Token], context: Context) -> Read:
    """Segments between semicolons and sentence ends, joined: an inclusion asks for all, an exclusion for any."""
    pieces = _spoken(_segments(tokens))
    reads = [read_segment(piece, context) for piece in pieces]
    if not reads:
        return unread(context, 0, len(context.text))
    if len(reads) == 1:
        return _with_pieces(reads[0], pieces[0], context)
    if any(turns(piece) and isinstance(read.check, Unread) for piece, read in zip(pieces, reads, strict=True)):
        return kept(pieces[0], context, 0, len(context.text))
    joined_ = _with_fragments(reads, pieces, context)
    if joined_ is None:
        return kept(pieces[0], context, 0, len(context.text))
    checks = [read.check for read in joined_]
    spans = tuple(span for read in joined_ for span in read.spans)
    return Read(any_of(checks) if context.exclusion else all_of(checks), spans)


def _with_pieces(read: Read, tokens: Sequence[Token], context: Context) -> Read:
    """A segment that was not read, with what can be read in it."""
    return kept(tokens, context, *read.spans[0]) if isinstance(read.check, Unread) else read


def _with_fragments(reads: Sequence[Read], segments: Sequence[Sequence[Token]], context: Context) -> list[Read] | None:
    """Segments with the fragments behind a stop that only restrict the one before ("…within 90 days. for the study eye.")."""
    found: list[Read] = []
    for read, segment in zip(reads, segments, strict=True):
        before = context.text[: segment[0].start].rstrip(" ([\n\t")
        fragment = before.endswith(".") and segment[0].tag in (*PREPOSITIONS, "open", "restrict", "during")
        if not (found and fragment and isinstance(read.check, Unread | Statement)):
            found.append(_with_pieces(read, segment, context))
            continue
        narrowed = restricted(found[-1], read.check, *read.spans)
        if narrowed is None:
            return None
        found[-1] = narrowed
    return found


def _spoken(segments: Sequence[Sequence[Token]]) -> list[Sequence[Token]]:
    return [segment for segment in segments if any(token.tag not in LOOSE for token in segment)]


def _segments(tokens: Sequence[Token]) -> list[list[Token]]:
    segments: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.tag, 0)
        if token.tag in ("semicolon", "stop") and depth <= 0:
            segments.append([])
        else:
            segments[-1].append(token)
    return segments
