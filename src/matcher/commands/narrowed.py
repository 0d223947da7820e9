"""`match --only … --sort …`: the ranked trials narrowed and sorted as the app does it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from matcher.commands.changes import standing_libraries
from matcher.commands.common import as_decided, day_of, put_json, say, trials_of
from matcher.commands.matching import match_plain
from matcher.export.text import more_words, ranking_table
from matcher.matching import ask_next, match
from matcher.matching.ranking import RELATIONS
from matcher.model.match import TIERS, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.session.narrowing import asked, strange
from matcher.session.results import ordered, results
from matcher.storage.folders import Folders
from matcher.storage.marks import load_marks
from matcher.storage.places import chosen_places
from matcher.storage.refusal import InputError

if TYPE_CHECKING:
    from matcher.session.survey import Standing

_MOST = 300  # trials of a table, unless told otherwise
_MANY = 20_000  # trials of which looking through takes longer than one waits in silence


def run_narrowed(options: argparse.Namespace, profile: Profile, places: Folders) -> int:
    """Show the trials that hold the words and facts asked for, in the order asked for."""
    day = day_of(options.as_of, profile)
    line = asked(options.only or "")
    if refused := strange(line):
        raise InputError("--only", "", refused)
    marks = {one.trial_id: one for one in load_marks(places.marks, profile.id).marks}
    made = partial(results, marks=marks, places=chosen_places(places))
    trials, matches = _matched(options, profile, day, places, lambda trial, found: any(line.keeps(one) for one in made([found], [trial])), marks.keys())
    kept = ordered([one for one in made(matches, trials) if line.keeps(one)], options.sort or line.sort)
    found = [one.match for one in kept]
    most = options.top or (_MOST if options.format == "table" else len(found))
    shown, asks = found[:most], ask_next(found)
    if options.format == "json":
        put_json(match_plain(profile, day, shown, asks))
    elif options.format == "toml":
        from matcher.commands.exporting import listed_text

        print(listed_text(profile, trials, shown, places, day, every=True), end="")
    else:
        print(ranking_table(profile, day, found, shown, asks))
        if not found:
            say(f"no trial has all of this: {options.only}")
        if len(found) > len(shown) and not options.top:
            say(more_words(len(found) - len(shown)))
    return 0


def _matched(
    options: argparse.Namespace, profile: Profile, day: date, places: Folders, keeps: Callable[[Trial, TrialMatch], bool], marked: Collection[str]
) -> tuple[Sequence[Trial], Sequence[TrialMatch]]:
    """The trials with their matches: every one of files; of a library those that may be kept, wherever they rank, and the marked ones."""
    if standing_libraries(options.trials, places):
        from matcher.commands.wide import surveyed  # its database is loaded only where there is a library

        with surveyed(options, profile, day, places) as survey:
            if survey.judged > _MANY:
                say(f"looking through {survey.judged:,} trials")
            wanted = {one.id for one in survey.standings if (trial := survey.trial(one)) and keeps(trial, _outline(trial, one))}
            pairs = list(survey.of({*wanted, *marked}))
        return [trial for trial, _ in pairs], [found for _, found in pairs]
    trials = trials_of(options.trials, places)
    return trials, as_decided(match(profile, trials, day), trials, profile, day, places)


def _outline(trial: Trial, one: Standing) -> TrialMatch:
    """What of a match is known before a trial is judged with its reasons; it may stand in any relation."""
    return TrialMatch(trial.id, trial.title, trial.status, 0, TIERS[one.tier], -one.minus, " ".join(RELATIONS), (), {}, None, ())


__all__ = ["run_narrowed"]
