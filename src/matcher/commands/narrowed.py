"""`match --only … --sort …`: the ranked trials narrowed and sorted as the app does it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from matcher.commands.changes import standing_libraries
from matcher.commands.common import as_decided, day_of, put_json, trials_of
from matcher.commands.matching import match_plain
from matcher.export.text import ranking_table
from matcher.matching import ask_next, match
from matcher.model.match import TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.session.narrowing import asked
from matcher.session.results import ordered, results
from matcher.storage.folders import Folders
from matcher.storage.marks import load_marks
from matcher.storage.places import chosen_places

_BEST = 300  # trials of a library among which is looked, as in the app


def run_narrowed(options: argparse.Namespace, profile: Profile, places: Folders) -> int:
    """Show the trials that hold the words and facts asked for, in the order asked for."""
    day = day_of(options.as_of, profile)
    trials, matches = _matched(options, profile, day, places)
    line, marks = asked(options.only or ""), load_marks(places.marks, profile.id).marks
    every = results(matches, trials, {one.trial_id: one for one in marks}, chosen_places(places))
    kept = ordered([one for one in every if line.keeps(one)], options.sort or line.sort)
    found = [one.match for one in kept]
    shown, asks = found[: options.top] if options.top else found, ask_next(found)
    if options.format == "json":
        put_json(match_plain(profile, day, shown, asks))
    elif options.format == "toml":
        from matcher.commands.exporting import listed_text

        print(listed_text(profile, trials, shown, places, day, every=True), end="")
    else:
        print(ranking_table(profile, day, found, shown, asks))
    return 0


def _matched(options: argparse.Namespace, profile: Profile, day: date, places: Folders) -> tuple[Sequence[Trial], Sequence[TrialMatch]]:
    """The trials with their matches: every one of files, the best of a library."""
    if standing_libraries(options.trials, places):
        from matcher.commands.wide import surveyed  # its database is loaded only where there is a library

        with surveyed(options, profile, day, places) as survey:
            pairs = list(survey.of({one.id for one in survey.standings[:_BEST]}))
        return [trial for trial, _ in pairs], [found for _, found in pairs]
    trials = trials_of(options.trials, places)
    return trials, as_decided(match(profile, trials, day), trials, profile, day, places)


__all__ = ["run_narrowed"]
