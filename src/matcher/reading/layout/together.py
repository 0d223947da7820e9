"""Readings of the members of a list put together: all of them, any, at least so many."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import All, Ambiguous, Any, AtLeast, Check
from matcher.reading.certain.limits_kept import set_again_for_some
from matcher.reading.grammar.rules import Read


def spans_of(reads: Sequence[Read]) -> tuple[tuple[int, int], ...]:
    """The places of all leaves of some readings."""
    return tuple(span for read in reads for span in read.spans)


def checks_of(reads: Sequence[Read]) -> tuple[Check, ...]:
    """The checks of some readings."""
    return tuple(read.check for read in reads)


def all_read(reads: Sequence[Read]) -> Read:
    """All of them; a limit set again for some lifts the one before."""
    reads = set_again_for_some(reads)
    return Read(All(checks_of(reads)), spans_of(reads)) if len(reads) > 1 else reads[0]


def any_read(reads: Sequence[Read]) -> Read:
    """Any of them."""
    return Read(Any(checks_of(reads)), spans_of(reads)) if len(reads) > 1 else reads[0]


def either_read(reads: Sequence[Read]) -> Read:
    """One of them, nobody knows which."""
    return Read(Ambiguous(checks_of(reads)), spans_of(reads)) if len(reads) > 1 else reads[0]


def so_many_read(n: int, reads: Sequence[Read]) -> Read:
    """At least n of the members; of fewer members than n, all."""
    return Read(AtLeast(n, checks_of(reads)), spans_of(reads)) if len(reads) >= max(2, n) else all_read(reads)
