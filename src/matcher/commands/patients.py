"""`patients`: which saved patients may fit a trial; and `match --all-profiles`: every saved patient with her best trials."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from matcher import __version__
from matcher.commands.common import day_of, put_json, say, unknown_trial
from matcher.commands.wide import made
from matcher.export.text import left_words, patients_table, ward_table
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.session.patients import examples_words
from matcher.session.versions import WRITTEN_WITH
from matcher.session.ward import Fit, fits, saved_profiles, ward
from matcher.session.wide import Sources, opened
from matcher.storage.files import file_digest, write_text
from matcher.storage.folders import Folders, folders
from matcher.storage.marks import load_marks
from matcher.storage.refusal import InputError
from matcher.vocabulary import Vocabulary

_BEST = 3  # trials a patient, unless told otherwise


def run_patients(options: argparse.Namespace) -> int:
    """Rank the saved patients for one trial."""
    places = folders()
    patients = list(_patients(options, places))
    with opened(options.trials, places, made) as sources:
        _say(sources)
        trial = _trial(sources, options.trial)
    found = fits(trial, patients, places)
    if options.format == "csv" or options.output:
        _put_log(trial, found, options, places)
    elif options.format == "json":
        put_json({**_head(), "trial_id": trial.id, "patients": [one.plain() for one in found]})
    else:
        print(patients_table(trial, [(one.profile, one.day, one.match) for one in found]))
    return 0


def _put_log(trial: Trial, found: Sequence[Fit], options: argparse.Namespace, places: Folders) -> None:
    """The screening log of a trial: in the file asked for, else on standard output."""
    from matcher.export.dossier import dossier  # loaded only where a log is written
    from matcher.export.formats import SCREENING, format_of

    screened = [dossier(one.profile, [trial], [one.match], load_marks(places.marks, one.profile.id), WRITTEN_WITH, one.day, every=True) for one in found]
    form, said = format_of(options.output or "", SCREENING), (screened, date.today())
    if options.output in (None, "-"):
        print(form.text(said), end="")
        return
    path = Path(options.output)
    write_text(path, form.written(said), expected=file_digest(path) if options.over else None)
    say(f"{len(screened)} patients written to {path.resolve()}")


def run_ward(options: argparse.Namespace) -> int:
    """Every saved patient with her best trials."""
    if options.format == "toml":
        raise InputError("--format toml", "", "is for one profile; expected table or json with --all-profiles")
    places = folders()
    patients = list(_patients(options, places))
    with opened(options.trials, places, made) as sources:
        _say(sources)
        beds = list(ward(patients, sources, options.top or _BEST, places))
    if options.format == "json":
        put_json({**_head(), "patients": [one.plain() for one in beds]})
    else:
        print(ward_table([(one.profile, one.day, left_words(one.tiers, one.open), one.best) for one in beds]))
    return 0


def _patients(options: argparse.Namespace, places: Folders) -> Iterator[tuple[Profile, date]]:
    """The saved patients with the day each is matched on; one that cannot be is said, and what of them are made-up examples."""
    if not options.profiles and (words := examples_words(places)):
        say(words)
    for one in saved_profiles(places, Path(options.profiles) if options.profiles else None):
        try:
            if isinstance(one, InputError):
                raise one
            yield one, day_of(options.as_of, one)
        except InputError as error:
            say(str(error))


def _trial(sources: Sources, trial_id: str) -> Trial:
    found = next((one for one in sources.files if one.id == trial_id), None)
    found = found or next((one for library in sources.libraries if (one := library.trial(trial_id))), None)
    if found is None:
        raise unknown_trial(trial_id, (one.id for one in sources.files))
    return found


def _say(sources: Sources) -> None:
    for problem in sources.problems:
        say(problem)


def _head() -> dict[str, object]:
    return {"schema": 1, "matcher": __version__, "vocabulary": Vocabulary.version}
