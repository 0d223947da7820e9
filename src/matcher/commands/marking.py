"""`mark` and `export`: the nurse's mark on a trial, and the shortlist as TOML."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from matcher import __version__
from matcher.commands.common import day_of, profile_of, say, trials_of
from matcher.export.shortlist import Shortlist, Versions, shortlist, shortlist_text
from matcher.intake.guard import identifiers
from matcher.matching import match
from matcher.model.match import TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.reading import READER
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
    if options.trial not in {trial.id for trial in trials_of(None, places)}:
        raise InputError(options.trial, "", "no trial of the library has this id; `matcher trials` lists them")
    found = identifiers(options.note)
    if found:
        raise InputError("--note", "", f"{found[0].text!r} {found[0].advice}")
    if options.mark == "none":
        clear_mark(places.marks, profile.id, options.trial)
    else:
        set_mark(places.marks, profile.id, Mark(trial_id=options.trial, mark=options.mark, note=options.note))
    say(f"{profile.id}: {options.trial} {'unmarked' if options.mark == 'none' else 'marked ' + options.mark}")
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Write the shortlist to a file, or to standard output."""
    places = folders()
    profile = profile_of(options.profile, places)
    trials = trials_of(options.trials, places)
    day = day_of(options.as_of, profile)
    listed = _listed(profile, trials, match(profile, trials, day), places, day, options.all)
    if not listed.trials:
        say("no trial is marked: mark one (matcher mark), or export --all")
    text = shortlist_text(listed)
    if options.output is None:
        print(text, end="")
        return 0
    path = Path(options.output)
    write_text(path, text, expected=file_digest(path))
    say(f"{len(listed.trials)} trials written to {path.resolve()}")
    return 0


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
