"""What changed in trials since patients were matched against them, as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.session.changed import Changed

_TRIALS, _LINES = 20, 5


def told_together(found: Iterable[Changed]) -> Iterator[str]:
    """A trial and what changed in it, once for all patients to whom it is the same."""
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in found:
        together.setdefault((one.trial, one.lines), []).append(f"{one.profile} was matched on {one.day}")
    for number, ((trial, lines), patients) in enumerate(together.items()):
        if number == _TRIALS:
            yield f"… and {len(together) - _TRIALS:,} more changed; `matcher library changes PROFILE` tells them"
            return
        yield f"{trial} changed since {_listed(patients)}:"
        yield from told(lines)


def told(lines: Iterable[str]) -> Iterator[str]:
    """The first lines of what changed in a trial, indented."""
    every = list(lines)
    yield from (f"    {line}" for line in every[:_LINES])
    if len(every) > _LINES:
        yield f"    and {len(every) - _LINES} more"


def _listed(patients: list[str]) -> str:
    first = ", ".join(patients[:3])
    return first if len(patients) <= 3 else f"{first} and {len(patients) - 3} more patients were"


__all__ = ["told", "told_together"]
