"""`export` and `checklist`: the shortlist in any of its forms, and the blank checklist of a visit."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from matcher.commands.changes import standing_libraries
from matcher.commands.common import day_of, profile_of, say, trials_of, trials_said
from matcher.commands.judged import judged_trials
from matcher.export.dossier import Dossier, dossier
from matcher.export.formats import CHECKLISTS, FORMATS, Format, format_named, format_of
from matcher.export.shortlist import Shortlist, load_shortlist, shortlist, shortlist_text
from matcher.matching import match
from matcher.model.match import TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.session.judging import with_decisions
from matcher.session.versions import WRITTEN_WITH
from matcher.storage.digests import Digest
from matcher.storage.files import file_digest, write_text
from matcher.storage.folders import Folders, folders
from matcher.storage.marks import load_marks
from matcher.storage.refusal import InputError


def run_export(options: argparse.Namespace) -> int:
    """Write the shortlist to a file, or to standard output."""
    places = folders()
    profile = profile_of(options.profile, places)
    day = day_of(options.as_of, profile)
    form = format_named(options.format) if options.format else format_of(options.output or "", FORMATS)
    trials, matches = _matched(options, profile, day, places)
    found = dossier(profile, trials, matches, load_marks(places.marks, profile.id), WRITTEN_WITH, day, every=options.all)
    if not found.entries:
        say("no trial is marked: mark one (matcher mark), or export --all")
    return _put(form, found, options, trials_said(len(found.entries)))


def run_checklist(options: argparse.Namespace) -> int:
    """Write the blank visit checklist of one trial for a patient."""
    places = folders()
    profile = profile_of(options.profile, places)
    day = day_of(options.as_of, profile)
    trials, matches = judged_trials([options.trial], profile, day, places, options.trials)
    found = dossier(profile, trials, matches, load_marks(places.marks, profile.id), WRITTEN_WITH, day, every=True)
    form = next((one for one in CHECKLISTS if one.name == options.format), None) or format_of(options.output or "", CHECKLISTS)
    return _put(form, found, options, "the checklist")


def _put(form: Format[Dossier], found: Dossier, options: argparse.Namespace, what: str) -> int:
    """A form of the dossier in the file asked for, else on standard output."""
    if options.output in (None, "-"):
        print(form.text(found), end="")
        return 0
    path = Path(options.output)
    expected = file_digest(path) if options.over else _shortlist_there(path, found.shortlist.profile, form)
    write_text(path, form.written(found), expected=expected)
    say(f"{what} written to {path.resolve()}")
    return 0


def _matched(options: argparse.Namespace, profile: Profile, day: date, places: Folders) -> tuple[Sequence[Trial], Sequence[TrialMatch]]:
    """The trials that may be listed with their matches; of a library only what was judged, or the marked ones."""
    marks = load_marks(places.marks, profile.id)
    if standing_libraries(options.trials, places):
        from matcher.commands.wide import listed_wide  # its database is loaded only where there is a library

        trials, matches = listed_wide(options, profile, day, places, None if options.all else {one.trial_id for one in marks.marks})
    else:
        trials = trials_of(options.trials, places)
        matches = match(profile, trials, day)
    return trials, with_decisions(matches, trials, marks, profile, day)


def _shortlist_there(path: Path, profile_id: str, form: Format[Dossier]) -> Digest | None:
    """The digest of an earlier TOML shortlist of this patient, which may be written over; nothing else is."""
    digest = file_digest(path)
    if digest is None:
        return None
    if form.name != "toml":
        raise InputError(str(path), "", "this file exists already; nothing was written over it: --over does, or give another name")
    try:
        earlier = load_shortlist(path).profile
    except InputError:
        earlier = ""
    if earlier != profile_id:
        holds = f"holds the shortlist of {earlier}" if earlier else "exists already and is no shortlist"
        raise InputError(str(path), "", f"this file {holds}; nothing was written over it, give another name")
    return digest


def listed_text(profile: Profile, trials: Sequence[Trial], matches: Sequence[TrialMatch], places: Folders, day: date, *, every: bool) -> str:
    """The shortlist of matches, with the nurse's marks, as TOML text."""
    listed: Shortlist = shortlist(profile, trials, matches, load_marks(places.marks, profile.id), WRITTEN_WITH, day, every=every)
    return shortlist_text(listed)
