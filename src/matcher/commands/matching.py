"""`match` and `explain`: trials ranked for one profile, and one trial criterion by criterion."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from matcher import __version__
from matcher.commands.changes import standing_libraries, tell_changes
from matcher.commands.common import as_decided, day_of, lost_words_of, profile_of, put_json, trials_of, unknown_trial
from matcher.export.text import explained, ranking_table
from matcher.matching import ask_next, match
from matcher.model.match import AskNext, TrialMatch
from matcher.model.profile import Profile
from matcher.storage.folders import Folders, folders
from matcher.vocabulary import Vocabulary

if TYPE_CHECKING:
    from matcher.session.changing import Changing


def run_match(options: argparse.Namespace) -> int:
    """Rank trials for one profile, or for every saved one."""
    if options.all_profiles:
        from matcher.commands.patients import run_ward  # its database is loaded only where it is asked for

        return run_ward(options)
    places = folders()
    profile = profile_of(options.profile, places)
    if options.only or options.sort:
        from matcher.commands.narrowed import run_narrowed  # the grammar of the line is loaded only where it is used

        return run_narrowed(options, profile, places)
    stands = standing_libraries(options.trials, places)
    if stands:
        from matcher.commands.wide import match_wide  # its database is loaded only where there is a library

        first = match_wide(options, profile, day_of(options.as_of, profile), places)
        tell_changes(stands, places, profile.id, first, shown=options.top or len(first))
        return 0
    trials = trials_of(options.trials, places)
    day = day_of(options.as_of, profile)
    matches = as_decided(match(profile, trials, day), trials, profile, day, places)
    shown = matches[: options.top] if options.top else matches
    asks = ask_next(matches)
    if options.format == "json":
        put_json(match_plain(profile, day, shown, asks))
    elif options.format == "toml":
        # Loaded here alone: the shortlist's own records cost time that a table need not take.
        from matcher.commands.exporting import listed_text

        print(listed_text(profile, trials, shown, places, day, every=True), end="")
    else:
        print(ranking_table(profile, day, matches, shown, asks))
    return 0


def match_plain(profile: Profile, day: date, shown: Sequence[TrialMatch], asks: Sequence[AskNext]) -> dict[str, object]:
    """The JSON form of a match."""
    return {
        "schema": 1,
        "profile": profile.id,
        "as_of": day.isoformat(),
        "matcher": __version__,
        "vocabulary": Vocabulary.version,
        "trials": [one.plain() for one in shown],
        "ask_next": [ask.plain() for ask in asks],
    }


def run_explain(options: argparse.Namespace) -> int:
    """One trial, criterion by criterion."""
    places = folders()
    profile = profile_of(options.profile, places)
    found = judged_one(options, profile, day_of(options.as_of, profile), places, ranked=options.format == "json" and not options.changes)
    if options.changes:
        told = _changing(options, profile, found, places)
        put_json(told.plain()) if options.format == "json" else print(*told.lines(), sep="\n")
    elif options.format == "json":
        put_json(found.plain())
    else:
        print(explained(found, lost_words_of(found, profile, places)))
        print("\nWhat would change this", *_changing(options, profile, found, places).lines(), sep="\n")
    return 0


def _changing(options: argparse.Namespace, profile: Profile, found: TrialMatch, places: Folders) -> Changing:
    """What would change the standing of a trial."""
    from matcher.session.changing import changing  # loaded only where one trial is explained
    from matcher.session.records import records_of

    record = records_of([found.trial_id], places, options.trials)[found.trial_id]
    return changing(profile, record, found, day_of(options.as_of, profile))


def judged_one(options: argparse.Namespace, profile: Profile, day: date, places: Folders, *, ranked: bool = False) -> TrialMatch:
    """The match of the trial asked for, of a library with its rank only where that is wanted; InputError names the nearest id where there is none."""
    if standing_libraries(options.trials, places):
        from matcher.commands.wide import one_wide  # its database is loaded only where there is a library

        return one_wide(options, profile, day, places, ranked=ranked)
    trials = trials_of(options.trials, places)
    matches = as_decided(match(profile, trials, day), trials, profile, day, places)
    found = next((one for one in matches if one.trial_id == options.trial), None)
    if found is None:
        raise unknown_trial(options.trial, (trial.id for trial in trials))
    return found
