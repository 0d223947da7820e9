"""What changed in trials since patients were matched against them, as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.commands.common import say
from matcher.storage.folders import Folders
from matcher.storage.trial_store import is_library

if TYPE_CHECKING:
    from matcher.session.changed import Changed, Stands

_TRIALS, _LINES = 20, 5


def standing_libraries(paths: Sequence[str] | None, places: Folders) -> Stands:
    """How far the libraries are that a match is going to use; nothing where it uses none."""
    libraries = [Path(path) for path in paths if is_library(Path(path))] if paths else [places.library] if places.library.exists() else []
    if not libraries:
        return {}
    from matcher.session.changed import standing  # its database is loaded only where there is a library

    return standing(libraries)


def tell_changes(stands: Stands, places: Folders, profile: str, ranked: Sequence[str], *, shown: int) -> None:
    """Say what changed in the trials shown since the patient was matched before, and note that she is matched now."""
    from matcher.session.changed import after_match

    first = set(ranked[:shown])
    for one in after_match(stands, places, profile, ranked, date.today()):
        if one.trial in first:
            say(f"{one.trial} changed since {profile} was matched on {one.day}: {'; '.join(_first(one.lines))}")


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
    yield from (f"    {line}" for line in _first(lines))


def _first(lines: Iterable[str]) -> list[str]:
    every = list(lines)
    return every if len(every) <= _LINES else [*every[:_LINES], f"and {len(every) - _LINES} more"]


def _listed(patients: list[str]) -> str:
    first = ", ".join(patients[:3])
    return first if len(patients) <= 3 else f"{first} and {len(patients) - 3} more patients were"


__all__ = ["standing_libraries", "tell_changes", "told", "told_together"]
