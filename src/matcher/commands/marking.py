"""`mark` and `export`: the nurse's mark on a trial, and the shortlist as TOML."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from matcher import __version__
from matcher.commands.changes import standing_libraries
from matcher.commands.common import day_of, profile_of, say, trials_of, trials_said, unknown_trial
from matcher.export.shortlist import Shortlist, Versions, load_shortlist, shortlist, shortlist_text
from matcher.intake.guard import identifiers
from matcher.matching import match
from matcher.model.match import TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.reading import READER
from matcher.storage.digests import Digest
from matcher.storage.files import file_digest, write_text
from matcher.storage.folders import Folders, folders
from matcher.storage.marks import Mark, clear_mark, load_marks, set_mark
from matcher.storage.refusal import InputError
from matcher.vocabulary import Vocabulary

VERSIONS = Versions(__version__, Vocabulary.version, READER)


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


def run_export(options: argparse.Namespace) -> int:
    """Write the shortlist to a file, or to standard output."""
    places = folders()
    profile = profile_of(options.profile, places)
    day = day_of(options.as_of, profile)
    trials, matches = _matched(options, profile, day, places)
    listed = _listed(profile, trials, matches, places, day, options.all)
    if not listed.trials:
        say("no trial is marked: mark one (matcher mark), or export --all")
    text = shortlist_text(listed)
    if options.output is None:
        print(text, end="")
        return 0
    path = Path(options.output)
    write_text(path, text, expected=_shortlist_there(path, profile.id))
    say(f"{trials_said(len(listed.trials))} written to {path.resolve()}")
    return 0


def _matched(options: argparse.Namespace, profile: Profile, day: date, places: Folders) -> tuple[Sequence[Trial], Sequence[TrialMatch]]:
    """The trials that may be listed with their matches; of a library only what was judged, or the marked ones."""
    if standing_libraries(options.trials, places):
        from matcher.commands.wide import listed_wide  # its database is loaded only where there is a library

        wanted = None if options.all else {one.trial_id for one in load_marks(places.marks, profile.id).marks}
        return listed_wide(options, profile, day, places, wanted)
    trials = trials_of(options.trials, places)
    return trials, match(profile, trials, day)


def _shortlist_there(path: Path, profile_id: str) -> Digest | None:
    """The digest of an earlier shortlist of this patient, which may be written over; nothing else is."""
    digest = file_digest(path)
    if digest is None:
        return None
    try:
        earlier = load_shortlist(path).profile
    except InputError:
        earlier = ""
    if earlier != profile_id:
        holds = f"holds the shortlist of {earlier}" if earlier else "exists already and is no shortlist"
        raise InputError(str(path), "", f"this file {holds}; nothing was written over it, give another name")
    return digest


def listed_text(
    profile: Profile, trials: Sequence[Trial], matches: Sequence[TrialMatch], places: Folders, day: date, *, every: bool
) -> str:
    """The shortlist of matches, with the nurse's marks, as TOML text."""
    return shortlist_text(_listed(profile, trials, matches, places, day, every))


def _listed(
    profile: Profile, trials: Sequence[Trial], matches: Sequence[TrialMatch], places: Folders, day: date, every: bool
) -> Shortlist:
    marks = load_marks(places.marks, profile.id)
    return shortlist(profile, trials, matches, marks, VERSIONS, day, every=every)
