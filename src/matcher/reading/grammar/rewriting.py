"""Changing the leaves of a read check, with the places they were read from kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, repeat

from matcher.model.language import All, Ambiguous, Any, AtLeast, Check, Not, Unless, When
from matcher.model.trees import leaves
from matcher.reading.grammar.rules import Read

Change = Callable[[Check, tuple[int, int]], "Check | None"]


def rewritten(read: Read, change: Callable[[Check], Check | None]) -> Read:
    """The check with its leaves changed, each new leaf read from where the old one was."""
    return _with(read, [change(leaf) for leaf in leaves(read.check)])


def rewritten_there(read: Read, change: Change) -> Read:
    """The same by a change that looks at the place, too, from which a leaf was read."""
    return _with(read, list(map(change, leaves(read.check), _places(read))))


def _places(read: Read) -> Iterator[tuple[int, int]]:
    """Where the leaves were read from, each in its turn."""
    return chain(read.spans, repeat((0, 0)))


def _with(read: Read, anew: list[Check | None]) -> Read:
    """The read with others in the place of its leaves, in reading order; None keeps a leaf."""
    if anew.count(None) == len(anew):
        return read
    check = _put(read.check, iter(anew))
    if check == read.check:
        return read
    spans = [place for found, place in zip(anew, _places(read), strict=False) for _ in (leaves(found) if found is not None else (None,))]
    return Read(check, tuple(spans))


def _put(check: Check, anew: Iterator[Check | None]) -> Check:
    """The check with the next of the new leaves in the place of each of its own."""

    def put(part: Check) -> Check:
        return _put(part, anew)

    match check:
        case All(parts) | Any(parts):
            return type(check)(tuple(map(put, parts)))
        case AtLeast(n, parts):
            return AtLeast(n, tuple(map(put, parts)))
        case Ambiguous(readings):
            return Ambiguous(tuple(map(put, readings)))
        case Not(part):
            return Not(put(part))
        case When(scope, rule):
            return When(put(scope), put(rule))
        case Unless(rule, lifted):
            return Unless(put(rule), put(lifted))
    found = next(anew)
    return check if found is None else found
