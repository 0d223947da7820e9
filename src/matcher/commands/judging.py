"""`override` and `log`: a person's verdict on criteria, and the record of who changed what for a patient."""

from __future__ import annotations

import argparse
from datetime import date

from matcher.commands.common import day_of, profile_of, put_json, say
from matcher.commands.matching import judged_one
from matcher.export.text import decision_words
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.verdict import SHOWN, Verdict
from matcher.session.judging import Judging, refuse_identifiers
from matcher.storage.folders import folders
from matcher.storage.record_log import Change, read_log
from matcher.storage.refusal import InputError

CONFIRM, NOTE, NONE = "confirm", "note", "none"


def run_override(options: argparse.Namespace) -> int:
    """Give, confirm, note or take back a person's verdict on one criterion, or on each of several."""
    refuse_identifiers(options.why, "--why")
    places = folders()
    profile = profile_of(options.profile, places)
    found = judged_one(options, profile, day_of(options.as_of, profile), places)
    criteria = [_criterion(found, asked.strip()) for asked in options.criterion.split(",")]
    judging = Judging(places, profile.id)
    for one in criteria:
        _judge(judging, found.trial_id, one, options)
    now = judged_one(options, profile, day_of(options.as_of, profile), places)
    for one in criteria:
        _tell(profile.id, now, _criterion(now, one.id))
    return 0


def _judge(judging: Judging, trial: str, one: CriterionMatch, options: argparse.Namespace) -> None:
    today = date.today()
    if options.verdict == CONFIRM:
        judging.confirm(trial, one, options.why, options.by, today)
    elif options.verdict == NOTE:
        judging.note(trial, one, options.why, options.by, today)
    elif options.verdict == NONE:
        judging.take_back(trial, one, options.by, options.why)
    else:
        judging.override(trial, one, Verdict(options.verdict), options.why, options.by, today)


def _criterion(found: TrialMatch, asked: str) -> CriterionMatch:
    one = next((one for one in found.criteria if one.id.casefold() == asked.casefold()), None)
    if one is None:
        ids = ", ".join(one.id for one in found.criteria)
        raise InputError(asked[:40], "", f"no criterion of {found.trial_id} has this id; expected one of {ids}")
    return one


def _tell(code: str, found: TrialMatch, one: CriterionMatch) -> None:
    say(f"{code}: {found.trial_id} {one.id} counts as “{SHOWN[one.verdict][1]}”; the trial is {found.tier}")
    if one.decision:
        say(decision_words(one.decision))


def run_log(options: argparse.Namespace) -> int:
    """Who changed what for a patient, oldest first."""
    profile = profile_of(options.profile)
    changes = read_log(folders().log, profile.id)  # also where the marks cannot be read
    if options.format == "json":
        put_json([one.plain() for one in changes])
        return 0
    for one in changes:
        print(change_line(one))
    if not changes:
        say(f"{profile.id}: nothing was marked or decided yet")
    return 0


def change_line(one: Change) -> str:
    """A change as one line of a table."""
    turned = f"{one.was} → {one.now}" if one.was and one.now else one.now or one.was
    what = " ".join(filter(None, (one.trial, one.criterion)))
    return "  ".join(filter(None, (one.at.replace("T", " "), f"{one.by:<4}", f"{one.what:<9}", what, turned, one.why)))
