"""`library`: what it holds, whether it is whole, reading it again after an update, what changed, and one trial as a file."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from matcher.commands.common import profile_of, put_json, say
from matcher.commands.progress import Progress
from matcher.model.trial import Trial
from matcher.session.browsing import versions_of
from matcher.session.changed import changed_for, standing
from matcher.session.importing import advised, reread
from matcher.session.records import records_of
from matcher.session.typed_trials import remove_typed
from matcher.session.versions import READ_WITH
from matcher.storage.folders import folders
from matcher.storage.import_lock import import_lock
from matcher.storage.index import Index
from matcher.storage.library import Library
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import save_trial, trial_text


def run_library(options: argparse.Namespace) -> int:
    """`info`, `check`, `reread`, `changes` for a patient, or `curate`, `show`, `versions` or `remove` for one trial."""
    path = Path(options.into) if options.into else folders().library
    if options.what == "changes":
        return _changes(path, options)
    if options.what == "show":
        return _show(options)
    if options.what == "remove":
        return _remove(path, options.name)
    with Library(path) as library:
        if options.what == "info":
            return _info(library, options.format)
        if options.what == "check":
            return _check(library)
        if options.what == "curate":
            return _curate(library, options.name)
        if options.what == "versions":
            return _versions(library, options.name, options.format)
    with import_lock(path, "a rereading"), Library(path, beside=[Index()]) as library, Progress("read again") as progress:
        every = library.count_outdated(READ_WITH)
        count = reread(library, lambda done: progress.told(done, done / every), progress.stopped)
    print(f"{_count(count, 'record')} read again with {READ_WITH}")
    if count < every:
        say(f"stopped: {_count(every - count, 'record')} still to be read again")
        return 130
    return 0


def _changes(path: Path, options: argparse.Namespace) -> int:
    """What changed since a patient was matched, in the trials that stood first then."""
    if options.name is None:
        raise InputError("library changes", "", "expected a patient: a path, or an id in the profile folder")
    profile = profile_of(options.name)
    stands = standing([path])
    if not stands:
        raise InputError(str(path), "", "there is no such library; `matcher import` makes one")
    found = changed_for(stands, profile.id, date.today())
    if options.format == "json":
        put_json([one.plain() for one in found])
        return 0
    for one in found:
        print(f"{one.trial} changed since {one.profile} was matched on {one.day}:")
        for line in one.lines:
            print(f"    {line}")
    if not found:
        print(f"{profile.id}: no criterion changed since the last match in the trials that stood first")
    return 0


def _info(library: Library, form: str) -> int:
    counts = library.counts()
    if form == "json":
        put_json({"library": str(library.path), **counts})
        return 0
    print(f"{library.path}: {_count(counts['records'], 'record')}, {_count(counts['earlier'], 'earlier version')}, {counts['bytes'] / 1e6:.1f} MB")
    for name, count in counts["status"].items():
        print(f"    {count:>9,}  {name}")
    for name, count in counts["versions"].items():
        print(f"    {count:>9,}  read with {name}" + advised(name))
    return 0


def _curate(library: Library, trial_id: str | None) -> int:
    """Write a record as a file of the user's folder, where its checks are confirmed; it then stands before the library's."""
    record = _record(library, trial_id, "library curate")
    path = folders().trial_path(record.id)
    save_trial(record, path, expected=None)
    print(f"{path}: written; set curated = true on each criterion whose check you confirm")
    return 0


def _show(options: argparse.Namespace) -> int:
    """One record whole, as it stands in a file before the library or in the library itself."""
    if options.name is None:
        raise InputError("library show", "", "expected the id of a trial")
    found = records_of([options.name], folders(), [options.into] if options.into else None).get(options.name)
    if found is None:
        raise InputError(options.name, "", "there is no such trial; `matcher search --all` and `matcher trials` list the ids")
    if options.format == "json":
        put_json(found.plain())
    else:
        print(trial_text(found), end="")
    return 0


def _versions(library: Library, trial_id: str | None, form: str) -> int:
    """What the criteria of each version of a trial say otherwise than those before."""
    record = _record(library, trial_id, "library versions")
    found = versions_of(library, record)
    if form == "json":
        put_json([one.plain() for one in found])
        return 0
    print(f"{record.id}  {record.title}: {_count(len(found), 'version')}, the newest first")
    for number, one in enumerate(found, 1):
        print(f"{one.day or 'no day stated'}{'' if number < len(found) else ' (the first that was kept)'}")
        for line in one.lines or (() if number == len(found) else ("no criterion differs",)):
            print(f"    {line}")
    return 0


def _remove(path: Path, trial_id: str | None) -> int:
    """Remove a trial that was typed by hand."""
    if trial_id is None:
        raise InputError("library remove", "", "expected the id of a trial")
    remove_typed(path, trial_id)
    print(f"{trial_id}: removed from {path}")
    return 0


def _record(library: Library, trial_id: str | None, command: str) -> Trial:
    record = library.trial(trial_id) if trial_id else None
    if record is None:
        what = "holds no such trial; `matcher trials` lists the ids, and those that come with matcher are confirmed already"
        raise InputError(trial_id or command, "", f"the library {what}" if trial_id else "expected the id of a trial")
    return record


def _check(library: Library) -> int:
    faults = done = 0
    every = max(1, len(library))
    with Progress("checked") as progress:
        for fault in library.faults():
            done += 1
            progress.told(done, done / every)
            if fault:
                faults += 1
                say(fault)
            if progress.stopped():
                say(f"stopped: {done:,} of {_count(every, 'record')} looked at")
                return 130
    print(f"{_count(len(library), 'record')}, {f'{faults} at fault' if faults else 'all whole'}")
    return 1 if faults else 0


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
