"""A few trials by their ids, judged for one patient."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matcher.commands.common import unknown_trial
from matcher.matching import match
from matcher.model.match import TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.session.judging import with_decisions
from matcher.session.records import files_of, records_of
from matcher.storage.folders import Folders
from matcher.storage.marks import load_marks


def judged_trials(
    wanted: Sequence[str], profile: Profile, day: date, places: Folders, paths: Sequence[str] | None
) -> tuple[list[Trial], list[TrialMatch]]:
    """The records and matches of these ids in the order asked for, with what people decided; InputError names an unknown id."""
    found = records_of(wanted, places, paths)
    for name in wanted:
        if name not in found:
            raise unknown_trial(name, files_of(places, paths))
    trials = list(found.values())
    matches = with_decisions(match(profile, trials, day), trials, load_marks(places.marks, profile.id), profile, day)
    return trials, sorted(matches, key=lambda one: list(found).index(one.trial_id))


__all__ = ["judged_trials"]
