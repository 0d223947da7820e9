"""`match` and `explain` where there is a library: what certainly excludes and what is unrelated is left out unjudged."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice

from matcher import __version__
from matcher.commands.common import has_marks, say, unknown_trial
from matcher.export.text import survey_table
from matcher.matching import ask_next
from matcher.matching.trials import Said
from matcher.model.match import TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.session.survey import EXCLUDED, Survey
from matcher.session.wide import opened
from matcher.storage.folders import Folders
from matcher.storage.refusal import InputError
from matcher.vocabulary import Vocabulary

_SHOWN = 20  # trials of a table, unless told otherwise
_ASKED = 50  # trials whose open questions are asked next
_MANY = 50_000  # trials of which judging all takes longer than one waits in silence
_IN_FULL = 1000  # trials of which judging all in full does too
_FIRST_SAID, _TITLE = 5, 70  # trials said before the others, and letters of a title


def match_wide(options: argparse.Namespace, profile: Profile, day: date, places: Folders) -> list[str]:
    """Rank the trials for one profile and show them; the ids of the first, in order."""
    with surveyed(options, profile, day, places) as survey:
        if options.format == "json":
            _put(survey, profile, day, options.top)
        elif options.format == "toml":
            _toml(survey, profile, day, places, options.top)
        else:
            shown = list(survey.matches(options.top or _SHOWN))
            print(survey_table(profile, day, survey.tiers(), [(one.name, one.removed, one.left) for one in survey.funnel], shown, ask_next(shown)))
        return survey.noted()


def one_wide(options: argparse.Namespace, profile: Profile, day: date, places: Folders, *, ranked: bool) -> TrialMatch:
    """One trial of a library or of the files, criterion by criterion; only where it is to be `ranked` are the others judged."""
    with _to_survey(options, profile, day, places) as survey:
        found = survey.run().match_of(options.trial) if ranked else survey.match_of(options.trial)
        if found is None:
            raise unknown_trial(options.trial, (one.id for one in (survey if ranked else survey.run()).standings))
    return found


def listed_wide(
    options: argparse.Namespace, profile: Profile, day: date, places: Folders, wanted: Collection[str] | None
) -> tuple[list[Trial], list[TrialMatch]]:
    """The records and matches of these ids, or of every trial that was judged."""
    with surveyed(options, profile, day, places) as survey:
        pairs = list(survey.of({one.id for one in survey.standings} if wanted is None else wanted))
    return [trial for trial, _ in pairs], [match for _, match in pairs]


def is_known(trial_id: str, places: Folders) -> bool:
    """Whether a file or the library of the user holds a trial."""
    with opened(None, places, made) as sources:
        return any(one.id == trial_id for one in sources.files) or any(one.known(trial_id) for one in sources.libraries)


@contextmanager
def surveyed(options: argparse.Namespace, profile: Profile, day: date, places: Folders) -> Iterator[Survey]:
    """The profile's standing among the trials asked for."""
    with _to_survey(options, profile, day, places) as survey:
        survey.run(_first_said if sys.stderr.isatty() else lambda _: None)
        gc.freeze()  # what was judged stays to the end of the command
        yield survey


@contextmanager
def _to_survey(options: argparse.Namespace, profile: Profile, day: date, places: Folders) -> Iterator[Survey]:
    """The same before anything is judged."""
    with opened(options.trials, places, made) as sources:
        for problem in sources.problems:
            say(problem)
        if options.trials and not sources.files and not sources.libraries:
            raise InputError(", ".join(options.trials), "", "no trial record could be read")
        exhaustive, any_condition = getattr(options, "exhaustive", False), getattr(options, "any_condition", False)
        said, decided = _people(profile, places)
        yield Survey(profile, day, sources.files, sources.libraries, exhaustive=exhaustive, any_condition=any_condition, said=said, decided=decided)


def _first_said(survey: Survey) -> None:
    """Say which trials stand first before all of a very large library are judged."""
    first = [one for one in survey.best(_FIRST_SAID) if one.tier != EXCLUDED]
    if survey.total < _MANY or not first:
        return
    say(f"first among the {survey.judged:,} most closely related trials; the others are still judged:")
    for one in first:
        trial = survey.trial(one)
        say(f"  {one.id}  {trial.title[:_TITLE] if trial else ''}")


def _people(profile: Profile, places: Folders) -> tuple[Callable[[str], Said] | None, set[str]]:
    """What people decided for this patient, and of which trials."""
    if not has_marks(profile, places):
        return None, set()
    from matcher.session.judging import decisions_for  # loaded only where somebody has marked something

    return decisions_for(places, profile.id)


def made(done: int) -> None:
    """Say how far a library is made ready that was not."""
    if done % 5000 == 0:
        say(f"making the library ready to be matched: {done:,} records")


def _put(survey: Survey, profile: Profile, day: date, top: int | None) -> None:
    """The match as JSON, written trial by trial: there may be any number."""
    head = {"schema": 1, "profile": profile.id, "as_of": day.isoformat(), "matcher": __version__, "vocabulary": Vocabulary.version}
    head |= {"funnel": [one.plain() for one in survey.funnel], "tiers": survey.tiers()}
    if (count := min(survey.judged, top or survey.judged)) > _IN_FULL:
        say(f"each of {count:,} trials is judged in full and written at once; --top N writes only the first")
    out = sys.stdout
    out.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "trials": [')
    matches, first = survey.matches(top), list[TrialMatch]()
    for number, one in enumerate(matches):
        if number < _ASKED:
            first.append(one)
        out.write((",\n" if number else "\n") + json.dumps(one.plain(), ensure_ascii=False, indent=1, default=str))
    asks = json.dumps([ask.plain() for ask in ask_next(first)], ensure_ascii=False, indent=1, default=str)
    out.write(f'\n ],\n "ask_next": {asks}\n}}\n')


def _toml(survey: Survey, profile: Profile, day: date, places: Folders, top: int | None) -> None:
    from matcher.commands.exporting import listed_text  # costs time that a table need not take

    trials = [trial for one in islice(survey.standings, top) if (trial := survey.trial(one))]
    print(listed_text(profile, trials, list(survey.matches(top)), places, day, every=True), end="")
