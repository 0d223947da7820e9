"""`mark`: the nurse's mark on a trial."""

from __future__ import annotations

import argparse

from matcher.commands.common import profile_of, say, trials_of, unknown_trial
from matcher.session.judging import Judging, refuse_identifiers
from matcher.storage.folders import Folders, folders


def run_mark(options: argparse.Namespace) -> int:
    """Set or clear a mark."""
    places = folders()
    profile = profile_of(options.profile, places)
    _refuse_unknown(options.trial, places)
    refuse_identifiers(options.note, "--note")
    judging = Judging(places, profile.id)
    there = judging.marks.of(options.trial)
    # Another mark without a note keeps the one there was.
    judging.mark(options.trial, options.mark, options.note or (there.note if there and options.mark != "none" else ""), options.by)
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
