"""`mark`: the nurse's mark on a trial."""

from __future__ import annotations

import argparse

from matcher.commands.common import profile_of, say, trials_of, unknown_trial
from matcher.intake.guard import identifiers
from matcher.storage.folders import Folders, folders
from matcher.storage.marks import Mark, clear_mark, load_marks, set_mark
from matcher.storage.refusal import InputError


def run_mark(options: argparse.Namespace) -> int:
    """Set or clear a mark."""
    places = folders()
    profile = profile_of(options.profile, places)
    _refuse_unknown(options.trial, places)
    found = identifiers(options.note)
    if found:
        raise InputError("--note", "", f"{found[0].text!r} {found[0].advice}")
    if options.mark == "none":
        clear_mark(places.marks, profile.id, options.trial)
    else:
        note = options.note or _note_there(places, profile.id, options.trial)
        set_mark(places.marks, profile.id, Mark(trial_id=options.trial, mark=options.mark, note=note))
    say(f"{profile.id}: {options.trial} {'unmarked' if options.mark == 'none' else 'marked ' + options.mark}")
    return 0


def _refuse_unknown(trial_id: str, places: Folders) -> None:
    if places.library.exists():
        from matcher.commands.wide import is_known  # its database is loaded only where there is a library

        known = [trial_id] if is_known(trial_id, places) else []
    else:
        known = [trial.id for trial in trials_of(None, places)]
    if trial_id not in known:
        raise unknown_trial(trial_id, known)


def _note_there(places: Folders, profile_id: str, trial_id: str) -> str:
    """The note the trial has already: another mark without a note keeps it."""
    return next((one.note for one in load_marks(places.marks, profile_id).marks if one.trial_id == trial_id), "")
