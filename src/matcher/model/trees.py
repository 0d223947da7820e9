"""Checks as trees: their parts, their leaves, and several joined into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def leaves(check: Check) -> Sequence[Leaf]:
    """Every leaf in reading order."""
    parts = _PARTS.get(check.__class__)
    if parts is None:
        return (check,)  # type: ignore[return-value]
    found: list[Leaf] = []
    for part in parts(check):
        if part.__class__ in _PARTS:
            found += leaves(part)
        else:
            found.append(part)  # type: ignore[arg-type]
    return found


def with_leaf(check: Check, place: int, new: Check) -> Check:
    """The check with another one in the place of its n-th leaf in reading order."""
    return _put(check, place, new)[0]


def _put(check: Check, place: int, new: Check) -> tuple[Check, int]:
    """The check with the leaf replaced, and how many leaves are still to be passed over (-1: done)."""
    parts = children(check)
    if not parts:
        return (new if place == 0 else check), place - 1
    found: list[Check] = []
    for part in parts:
        if place >= 0:
            part, place = _put(part, place, new)
        found.append(part)
    return _with_parts(check, found), place


def _with_parts(check: Check, parts: list[Check]) -> Check:
    match check:
        case Not():
            return Not(parts[0])
        case When():
            return When(*parts)
        case Unless():
            return Unless(*parts)
        case AtLeast(n):
            return AtLeast(n, tuple(parts))
        case All() | Any() | Ambiguous():
            return type(check)(tuple(parts))
    return check


def all_of(parts: list[Check]) -> Check:
    """The conjunction of one or more checks."""
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def any_of(parts: list[Check]) -> Check:
    """The disjunction of one or more checks."""
    return parts[0] if len(parts) == 1 else Any(tuple(parts))


def all_or_any(check: Check) -> tuple[Check, Check]:
    """All and any of the members of a list that may mean either; of any other check itself, twice."""
    if isinstance(check, Ambiguous) and len(check.readings) == 2:
        every, some = check.readings
        if isinstance(every, All) and isinstance(some, Any) and every.parts == some.parts:
            return every, some
    return check, check
