"""Checks as trees: their parts, their leaves, and several joined into one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter

from matcher.model.language import All, Ambiguous, Any, AtLeast, Check, Leaf, Not, Unless, When

# By class, the parts of a node in reading order; what has no such entry is a leaf.
_PARTS: dict[type, Callable[..., tuple[Check, ...]]] = {
    All: attrgetter("parts"), Any: attrgetter("parts"), AtLeast: attrgetter("parts"), Ambiguous: attrgetter("readings"),
    Not: lambda check: (check.part,), When: lambda check: (check.scope, check.rule), Unless: lambda check: (check.rule, check.state),
}  # fmt: skip


def children(check: Check) -> tuple[Check, ...]:
    """The parts of a node in reading order; none for a leaf."""
    parts = _PARTS.get(check.__class__)
    return () if parts is None else parts(check)


def leaves(check: Check) -> Iterator[Leaf]:
    """Every leaf in reading order."""
    if check.__class__ not in _PARTS:
        return iter((check,))  # type: ignore[arg-type]
    found: list[Leaf] = []
    waiting = [check]
    while waiting:
        one = waiting.pop()
        parts = _PARTS.get(one.__class__)
        if parts is None:
            found.append(one)  # type: ignore[arg-type]
        else:
            waiting += reversed(parts(one))
    return iter(found)


def all_of(parts: list[Check]) -> Check:
    """The conjunction of one or more checks."""
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def any_of(parts: list[Check]) -> Check:
    """The disjunction of one or more checks."""
    return parts[0] if len(parts) == 1 else Any(tuple(parts))
