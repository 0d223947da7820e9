"""What of a patient's facts was saved otherwise, in a few words each: what it was, and what it is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from matcher.export.text import fact_name
from matcher.matching.words import number_text
from matcher.model.dates import PartialDate
from matcher.model.profile import LISTS, Complete, Entry, Profile
from matcher.model.records import keys
from matcher.session.answers import recorded_name

NEW_PATIENT = "new patient"
_LONGEST = 120
_AT_MOST = 3  # changes that are named
_UNTOLD = ("schema", "id", "complete", "note", *LISTS)
_NOTHING = "not recorded"
_ADDED, _REMOVED = " added", "removed"
_LIMITS = {"uln": "upper limit", "lln": "lower limit"}


def fact_changes(before: Profile | None, now: Profile) -> list[tuple[str, str]]:
    """What each fact was and is now; "" for what was not there, and one line for a patient that was never saved."""
    if before is None:
        return [("", NEW_PATIENT)]
    return [(was[:_LONGEST], is_[:_LONGEST]) for was, is_ in _changes(before, now)]


def change_words(before: Profile | None, now: Profile) -> list[str]:
    """The same as a line each: "age: 34 → 35"."""
    return [" → ".join(filter(None, pair)) for pair in fact_changes(before, now)]


def again_words(before: Profile, now: Profile) -> str:
    """What holds again once a change was taken back, or made again: "age: 34 again, not 35"."""
    said = [_again(*pair) for pair in _changes(before, now)]
    more = [f"{len(said) - _AT_MOST} more"] if len(said) > _AT_MOST else []
    return ", ".join([*said[:_AT_MOST], *more])


def _changes(before: Profile, now: Profile) -> Iterator[tuple[str, str]]:
    yield from _of_keys(before, now)
    yield from _of_completeness(before.complete, now.complete)
    for listed in LISTS:
        yield from _of_list(listed, getattr(before, listed), getattr(now, listed))
    if before.note != now.note:
        yield "", "note changed" if now.note else "note removed"


def _again(was: str, is_: str) -> str:
    if not was:
        return f"{is_.removesuffix(_ADDED)[:_LONGEST]} is recorded again" if is_.endswith(_ADDED) else is_
    if is_ == _REMOVED:
        return f"{was[:_LONGEST]} is not recorded any more"
    what, _, value = was.partition(": ")
    return f"{what}: {f'{is_[:_LONGEST]} again' if is_ != _NOTHING else 'again not recorded'}, not {value[:_LONGEST]}"


def _of_keys(before: Profile, now: Profile) -> Iterator[tuple[str, str]]:
    for key in keys(Profile):
        was, is_ = getattr(before, key), getattr(now, key)
        if key not in _UNTOLD and was != is_:
            yield f"{fact_name(key)}: {_words(was)}", _words(is_)


def _of_completeness(before: Complete, now: Complete) -> Iterator[tuple[str, str]]:
    for key in keys(Complete):
        was, is_ = getattr(before, key), getattr(now, key)
        if was != is_:
            yield f"list of {fact_name(key)} complete: {_complete(was)}", _complete(is_)


def _complete(value: object) -> str:
    return {True: "ever", False: "no"}.get(value, str(value)) if isinstance(value, bool) else f"since {value}" if isinstance(value, PartialDate) else str(value)


def _of_list(listed: str, before: list[Entry], now: list[Entry]) -> Iterator[tuple[str, str]]:
    """The rows of a list that are gone, other or new; rows of one name are the same row, changed."""
    gone = [one for one in before if one not in now]
    new = [one for one in now if one not in before]
    for was in gone:
        is_ = next((one for one in new if recorded_name(one, listed) == recorded_name(was, listed)), None)
        new = [one for one in new if one is not is_]
        yield f"{fact_name(listed)}: {_row(was)}", _row(is_) if is_ else _REMOVED
    for one in new:
        yield "", f"{fact_name(listed)}: {_row(one)}{_ADDED}"


def _row(entry: Entry) -> str:
    values: Mapping[str, Any] = {key: value for key in keys(type(entry)) if (value := getattr(entry, key)) not in (None, [])}
    said: list[str] = []
    for key, value in values.items():
        if key == "unit" and said:
            said[-1] += f" {value}"
        elif key in _LIMITS or isinstance(value, PartialDate):
            said.append(f"{_LIMITS.get(key) or fact_name(key)} {_words(value)}")
        else:
            said.append(_words(value))
    return ", ".join(said)


def _words(value: object) -> str:
    if value is None:
        return _NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return number_text(value) if isinstance(value, Decimal) else str(value)


__all__ = ["NEW_PATIENT", "again_words", "change_words", "fact_changes"]
