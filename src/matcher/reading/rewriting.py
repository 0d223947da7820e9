"""Changing the leaves of a read check, with the places they were read from kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matcher.model.language import All, Ambiguous, Any, AtLeast, Check, Not, Unless, When
from matcher.model.trees import leaves
from matcher.reading.rules import Read

Change = Callable[[Check, tuple[int, int]], "Check | None"]


def rewritten(read: Read, change: Callable[[Check], Check | None]) -> Read:
    """The check with its leaves changed, each new leaf read from where the old one was."""
    return rewritten_there(read, lambda leaf, _: change(leaf))


def rewritten_there(read: Read, change: Change) -> Read:
    """The same by a change that looks at the place, too, from which a leaf was read."""
    places, spans = iter(read.spans), list[tuple[int, int]]()
    check = _changed(read.check, places, spans, change)
    return Read(check, tuple(spans)) if check != read.check else read


def _changed(check: Check, places: Iterator[tuple[int, int]], spans: list[tuple[int, int]], change: Change) -> Check:
    """The check anew, its places put to `spans` in the order of its leaves."""

    def anew(part: Check) -> Check:
        return _changed(part, places, spans, change)

    match check:
        case All(parts) | Any(parts):
            return type(check)(tuple(map(anew, parts)))
        case AtLeast(n, parts):
            return AtLeast(n, tuple(map(anew, parts)))
        case Ambiguous(readings):
            return Ambiguous(tuple(map(anew, readings)))
        case Not(part):
            return Not(anew(part))
        case When(scope, rule):
            return When(anew(scope), anew(rule))
        case Unless(rule, lifted):
            return Unless(anew(rule), anew(lifted))
    place = next(places, (0, 0))
    found = change(check, place)
    spans += [place] * (sum(1 for _ in leaves(found)) if found is not None else 1)
    return found if found is not None else check
