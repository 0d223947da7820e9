"""What several commands share: the profile and trials meant, the day, and JSON on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from matcher.model.dates import whole_day
from matcher.model.match import TrialMatch
from matcher.model.profile import Profile, dated_facts
from matcher.model.trial import Trial
from matcher.storage.folders import Folders, file_stem, folders, toml_files
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_profile
from matcher.storage.trial_store import trials_at, trials_of_user


def profile_of(reference: str, places: Folders | None = None) -> Profile:
    """The profile that a path or an id means; that a file of the folder is called otherwise than its patient is said."""
    places = places or folders()
    path = places.find_profile(reference)
    profile = load_profile(path)
    if path.stem != file_stem(profile.id) and path in places.profile_files().values():
        say(f'{path}: this is the patient "{profile.id}", not "{path.stem}" as the file is called; marks and exports go by the former')
    return profile


def trials_of(paths: Sequence[str] | None, places: Folders | None = None) -> list[Trial]:
    """The trials in the paths given, else in the user's folder, the shipped one and the library; bad files are said on standard error."""
    places = places or folders()
    found = trials_at(paths) if paths else trials_of_user(places)
    for problem in found.problems:
        say(str(problem))
    for doubt in edited_doubts(found.trials, None if paths else places):
        say(doubt)
    if paths and found.problems and not found.trials:
        raise InputError(", ".join(paths), "", "no trial record could be read")
    if paths and not found.trials:
        raise InputError(", ".join(paths), "", "holds no trial records; expected .toml files of schema 1, or a library")
    return list(found.trials)


def edited_doubts(trials: Iterable[Trial], places: Folders | None) -> list[str]:
    """What is odd about the checks in files that a person may have edited: those of the user's folder, else all."""
    files = None if places is None else {path.stem for path in toml_files(places.trials)}
    edited = [one for one in trials if (files is None or file_stem(one.id) in files) and any(criterion.curated for criterion in one.criteria)]
    if not edited:
        return []
    from matcher.session.check_doubts import check_doubts  # loaded only where a person has edited something

    return check_doubts(edited)


def day_of(option: str | None, profile: Profile) -> date:
    """The day windows are measured back from: the option's, else the profile's, else today, which is said."""
    if option is None and profile.as_of is not None:
        return profile.as_of
    if option is None:
        today = date.today()
        say(f"as of {today} (today: the profile names no day)")
        return today
    try:
        day = whole_day(option)
    except ValueError as error:
        raise InputError("--as-of", "", f"{option!r}: {error}") from None
    for place, when in dated_facts(profile):
        if when.first > day:
            raise InputError(profile.id, place, f"{when} is after --as-of {day}: expected a day on or after every fact")
    return day


def as_decided(matches: Sequence[TrialMatch], trials: Iterable[Trial], profile: Profile, day: date, places: Folders) -> list[TrialMatch]:
    """The matches with what people decided of their criteria for this patient."""
    if not has_marks(profile, places):
        return list(matches)
    from matcher.session.judging import with_decisions  # loaded only where somebody has marked something
    from matcher.storage.marks import load_marks

    return with_decisions(matches, trials, load_marks(places.marks, profile.id), profile, day)


def lost_words_of(found: TrialMatch, profile: Profile, places: Folders) -> list[str]:
    """The decisions on a trial whose criterion is no longer there, a sentence each."""
    if not has_marks(profile, places):
        return []
    from matcher.session.judging import lost_decisions, lost_words
    from matcher.storage.marks import load_marks

    return [lost_words(one) for one in lost_decisions(load_marks(places.marks, profile.id), found)]


def has_marks(profile: Profile, places: Folders) -> bool:
    """Whether anything was marked or decided for a patient."""
    return (places.marks / f"{file_stem(profile.id)}.toml").exists()


def unknown_trial(asked: str, known: Iterable[str]) -> InputError:
    """The refusal of an id that no trial has, with the nearest one that a trial has."""
    from rapidfuzz import fuzz, process, utils

    near = process.extractOne(asked[:80], list(known), scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=60)
    hint = f'did you mean "{near[0]}"?' if near else "`matcher trials` lists them"
    return InputError(asked[:80], "", f"no trial of the library has this id; {hint}")


def trials_said(count: int) -> str:
    """How many trials, in words."""
    return f"{count} trial{'' if count == 1 else 's'}"


def standard_input() -> str:
    """The text on standard input, whatever its bytes."""
    raw = getattr(sys.stdin, "buffer", None)
    return sys.stdin.read() if raw is None else str(raw.read().decode("utf-8-sig", "replace"))


def put_json(data: Any, indent: int | None = 1) -> None:
    """Data on standard output."""
    import json  # loaded only where programs are told

    print(json.dumps(data, ensure_ascii=False, indent=indent, default=str))


def say(message: str) -> None:
    """A message, which is not data."""
    print(f"matcher: {message}", file=sys.stderr)
