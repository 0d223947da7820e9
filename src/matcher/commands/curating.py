"""`curate` and `review`: a person's check for a criterion, and what still waits for one."""

from __future__ import annotations

import argparse

from matcher.commands.common import day_of, profile_of, put_json, say, unknown_trial
from matcher.matching import prepare
from matcher.model.trial import Criterion, Trial
from matcher.session.curating import read_back, save_check, starting_wording, waiting
from matcher.session.records import records_of
from matcher.storage.folders import Folders, folders
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import read_trials
from matcher.vocabulary import load


def run_curate(options: argparse.Namespace) -> int:
    """Read a wording back, say what it does for a patient, and save it as the check of a criterion."""
    places = folders()
    trial = _trial(options.trial, places)
    criterion = _criterion(trial, options.criterion)
    profile = profile_of(options.profile, places) if options.profile else None
    patient = prepare(profile, load(), day_of(options.as_of, profile)) if profile else None
    typed = options.wording if options.wording is not None else starting_wording(criterion)
    found = read_back(typed, criterion, patient)
    if found.problem:
        raise InputError("wording", "", found.problem)
    print(f"{trial.id} {criterion.id}: {' '.join(criterion.text.split())}", *(f"  {line}" for line in found.lines()), sep="\n")
    if not options.dry_run:
        save_check(places, trial, criterion, typed, options.by)
        say(f"{places.trial_path(trial.id)}: saved and confirmed")
    return 0


def run_review(options: argparse.Namespace) -> int:
    """The criteria of the curated trials that no fact can decide as they are read."""
    places = folders()
    trials = [_trial(options.trial, places)] if options.trial else list(read_trials(places.trial_paths).trials)
    found = waiting(trials)
    if options.format == "json":
        put_json([
            {"trial": one.trial.id, "id": one.criterion.id, "why": one.why, "curated": one.criterion.curated, "text": one.criterion.text, "check": one.criterion.check}
            for one in found
        ])  # fmt: skip
        return 0
    for one in found:
        print(f"{one.trial.id} {one.criterion.id}  {one.words}: {' '.join(one.criterion.text.split())}")
        print(f"    {one.criterion.check or 'not read'}")
    say(f"{len(found)} left")
    return 0


def _trial(asked: str, places: Folders) -> Trial:
    found = records_of([asked], places)
    if asked not in found:
        raise unknown_trial(asked, (one.id for one in read_trials(places.trial_paths).trials))
    return found[asked]


def _criterion(trial: Trial, asked: str) -> Criterion:
    found = next((one for one in trial.criteria if one.id.casefold() == asked.casefold()), None)
    if found is None:
        raise InputError(asked[:40], "", f"no criterion of {trial.id} has this id; expected one of {', '.join(one.id for one in trial.criteria)}")
    return found
