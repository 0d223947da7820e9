"""Which criteria of a trial changed since a patient was last matched, in words.

A match leaves one row for the patient in the library: the day, how far the library was, and the trials that stood
first. It holds a code and trial ids, no fact about the patient, and goes when the profile goes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.model.trial import Criterion, Trial
from matcher.storage.digests import text_digest
from matcher.storage.library import Library

FIRST = 500  # trials in the order of their rank that a patient's row names
_ALIKE = 55  # of 100: criteria so alike are one whose words changed
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Changed:
    """A trial whose criteria changed since a patient was matched on `day`: a line for each criterion."""

    profile: str
    day: str
    trial: str
    lines: tuple[str, ...]

    def plain(self) -> dict[str, object]:
        """The change as plain values for output."""
        return {"profile": self.profile, "matched": self.day, "trial": self.trial, "changes": list(self.lines)}


def note_match(library: Library, profile: str, ranked: Sequence[str], day: date, came: int) -> None:
    """Note that a patient was matched on a day against the library as it was after `came` batches.

    What changed is told against the last match of an earlier day, so that it is told all day long.
    """
    if not library.writable:
        return
    library.base.execute(
        "INSERT INTO matched VALUES (?1, ?2, ?3, ?2, ?3, ?4) ON CONFLICT (profile) DO UPDATE SET "
        "since_day = iif(day < ?2, day, since_day), since = iif(day < ?2, came, since), day = ?2, came = ?3, trials = ?4",
        (profile, day.isoformat(), came, json.dumps(list(ranked[:FIRST]))),
    )


def forget(library: Library, is_there: Callable[[str], bool]) -> int:
    """Drop the rows of the patients whose profile is no longer there; how many."""
    gone = [name for (name,) in library.base.execute("SELECT profile FROM matched").fetchall() if not is_there(name)]
    library.base.executemany("DELETE FROM matched WHERE profile = ?", [(name,) for name in gone])
    return len(gone)


def changes_for(library: Library, profile: str, day: date, asked: Collection[str] | None = None) -> list[Changed]:
    """The trials whose criteria changed since the patient was matched before `day`: those asked for, else those that stood first then."""
    found = library.base.execute(
        "SELECT iif(day < ?2, day, since_day), iif(day < ?2, came, since), trials FROM matched WHERE profile = ?1", (profile, day.isoformat())
    ).fetchone()
    return list(_changed(library, profile, found[0], found[1], set(json.loads(found[2]) if asked is None else asked))) if found else []


def changes_by_import(library: Library, came: int) -> Iterator[Changed]:
    """The trials among those that stood first for a patient whose criteria changed after `came` batches."""
    for profile, day, matched, trials in library.base.execute("SELECT profile, day, came, trials FROM matched ORDER BY profile").fetchall():
        new = set(library.changed_since(max(came, matched)))
        yield from _changed(library, profile, day, matched, new & set(json.loads(trials)))


def _changed(library: Library, profile: str, day: str, came: int, asked: set[str]) -> Iterator[Changed]:
    for name in library.changed_since(came):
        if name not in asked:
            continue
        was, now = library.as_of(name, came), library.trial(name)
        if was and now and (lines := tuple(difference(was, now))):
            yield Changed(profile, day, name, lines)


def difference(was: Trial, now: Trial) -> list[str]:
    """What the criteria of a record say otherwise than those of an earlier version, a line each."""
    before, after = _by_words(was), _by_words(now)
    gone = [one for words, one in before.items() if words not in after]
    new = [one for words, one in after.items() if words not in before]
    lines = []
    for one in new:
        like = _most_alike(one, gone)
        if like:
            gone.remove(like)
            lines.append(f"{one.id} now says {_quoted(one)}; it said {_quoted(like)}")
        else:
            lines.append(f"{one.id} is new{_kind(one)}: {_quoted(one)}")
    return [*lines, *(f"the former {one.id} is gone{_kind(one)}: {_quoted(one)}" for one in gone)]


def _by_words(trial: Trial) -> dict[tuple[str, str, str], Criterion]:
    return {(one.kind, one.group, text_digest(one.text)): one for one in trial.criteria}


def _most_alike(one: Criterion, among: Sequence[Criterion]) -> Criterion | None:
    from rapidfuzz import fuzz  # loaded only where a criterion changed

    same = [other for other in among if other.kind == one.kind]
    best = max(same, key=lambda other: fuzz.ratio(one.text.casefold(), other.text.casefold()), default=None)
    return best if best and fuzz.ratio(one.text.casefold(), best.text.casefold()) >= _ALIKE else None


def _kind(one: Criterion) -> str:
    return "" if one.kind == "registry" else f" among the {one.kind} criteria"


def _quoted(one: Criterion) -> str:
    text = " ".join(one.text.split())
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + '…'}”"


__all__ = ["Changed", "changes_by_import", "changes_for", "difference", "forget", "note_match"]
