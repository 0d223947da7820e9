"""What several commands share: the profile and trials meant, the day, and JSON on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

from matcher.model.dates import whole_day
from matcher.model.profile import Profile, dated_facts
from matcher.model.trial import Trial
from matcher.storage.folders import Folders, folders
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_profile, read_trials


def profile_of(reference: str, places: Folders | None = None) -> Profile:
    """The profile that a path or an id means."""
    return load_profile((places or folders()).find_profile(reference))


def trials_of(paths: Sequence[str] | None, places: Folders | None = None) -> list[Trial]:
    """The trials in the paths given, else in the user's folder and the shipped one; bad files are said on standard error."""
    found = read_trials(list(paths) if paths else (places or folders()).trial_paths)
    for problem in found.problems:
        say(str(problem))
    if paths and found.problems and not found.trials:
        raise InputError(", ".join(paths), "", "no trial record could be read")
    if paths and not found.trials:
        raise InputError(", ".join(paths), "", "holds no trial records; expected .toml files of schema 1")
    return list(found.trials)


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


def put_json(data: Any, indent: int | None = 1) -> None:
    """Data on standard output."""
    print(json.dumps(data, ensure_ascii=False, indent=indent))


def say(message: str) -> None:
    """A message, which is not data."""
    print(f"matcher: {message}", file=sys.stderr)
