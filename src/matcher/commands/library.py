"""`library`: what the library holds, whether it is whole, and reading it again after an update."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from matcher.commands.common import put_json, say
from matcher.session.importing import VERSIONS, reread
from matcher.storage.folders import folders
from matcher.storage.library import Library, import_lock
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import save_trial


def run_library(options: argparse.Namespace) -> int:
    """`info`, `check`, `reread`, or `curate` one trial."""
    path = Path(options.into) if options.into else folders().library
    with Library(path) as library:
        if options.what == "info":
            return _info(library, options.format)
        if options.what == "check":
            return _check(library)
        if options.what == "curate":
            return _curate(library, options.trial)
    with import_lock(path, "a rereading"), Library(path) as library:
        count = reread(library, lambda done: print(f"matcher: {done:,} read again", file=sys.stderr) if sys.stderr.isatty() else None)
    print(f"{_count(count, 'record')} read again with {VERSIONS}")
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
        print(f"    {count:>9,}  read with {name}" + ("" if name == VERSIONS else ": `matcher library reread` reads them again"))
    return 0


def _curate(library: Library, trial_id: str | None) -> int:
    """Write a record as a file of the user's folder, where its checks are confirmed; it then stands before the library's."""
    record = library.trial(trial_id) if trial_id else None
    if record is None:
        what = "holds no such trial; `matcher trials` lists the ids, and those that come with matcher are confirmed already"
        raise InputError(trial_id or "library curate", "", f"the library {what}" if trial_id else "expected the id of a trial")
    path = folders().trial_path(record.id)
    save_trial(record, path, expected=None)
    print(f"{path}: written; set curated = true on each criterion whose check you confirm")
    return 0


def _check(library: Library) -> int:
    faults = 0
    for fault in library.faults():
        faults += 1
        say(fault)
    print(f"{_count(len(library), 'record')}, {f'{faults} at fault' if faults else 'all whole'}")
    return 1 if faults else 0


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
