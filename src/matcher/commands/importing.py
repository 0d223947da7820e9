"""`import`: saved pages and registry files → the library, with a report of every problem."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from matcher.commands.changes import told_together
from matcher.commands.common import put_json, say
from matcher.commands.listing import NO_TITLE
from matcher.commands.progress import Progress
from matcher.model.trial import Trial
from matcher.reading import read_eligibility
from matcher.session.bringing import bring_in
from matcher.session.importing import MOST, Imported
from matcher.sources.importing import imported
from matcher.sources.opening import Meter, total_size
from matcher.sources.values import Problem
from matcher.storage.changes import difference
from matcher.storage.digests import text_digest
from matcher.storage.folders import folders
from matcher.storage.library import Library
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import read_trials
from matcher.storage.trial_store import is_library

_TOLD = 5
_SHOWN = 20
_OUTCOMES = {"new": "new", "changed": "changed", "reread": "read anew", "unchanged": "unchanged", "older": "older than what is kept, left out", "bare": "without criteria, left out beside the fuller record that is kept"}


def run_import(options: argparse.Namespace) -> int:
    """Import paths into the library; with --dry-run nothing is written and every record is shown."""
    if not all(path.strip() for path in options.paths):
        raise InputError("import", "", "expected files or folders; an empty name would be the folder you are in")
    return _tried(options) if options.dry_run else _kept(options)


def _tried(options: argparse.Namespace) -> int:
    records: list[Trial] = []
    problems: list[Problem] = []
    paths = [Path(path) for path in options.paths]
    meter = Meter(total_size(paths))
    with Progress("read") as progress:
        for found in imported(paths, read_eligibility, date.today(), meter):
            if isinstance(found, Trial):
                records.append(replace(found, officials=[]) if options.no_contacts else found)
            else:
                problems.append(found)
            progress.told(len(records), meter.share)
            if progress.stopped():
                break
    code = 130 if progress.stopped() else 1 if any(one.refused for one in problems) else 0
    if options.format == "json":
        put_json({"records": [one.known() for one in records], "problems": [one.plain() for one in problems]})
        return code
    for one in records:
        _show(one)
    print(f"{len(records):,} read: nothing written (dry run{', stopped before the end' if progress.stopped() else ''})")
    _say_problems(problems, Counter(one.kind for one in problems))
    return code


def _kept(options: argparse.Namespace) -> int:
    path = _library_path(options.into)
    with Progress("read") as progress:
        brought = bring_in(
            path, options.paths, folders(), date.today(), lambda done: progress.told(done.settled, done.share), progress.stopped, contacts=not options.no_contacts
        )
    done, changed = brought.done, brought.changed
    with Library(path) as library:
        shown = [trial for name in done.ids[:_SHOWN] if (trial := library.trial(name))]
    if options.format == "json":
        outcome = {name: done.outcome[name] for name in _OUTCOMES if done.outcome[name]}
        problems = {"problems": [one.plain() for one in done.problems], "problem_counts": dict(done.counts)}
        put_json({"read": done.read, **outcome, "stopped": done.stopped, "changed_since_match": [one.plain() for one in changed], **problems})
        return _code(done)
    for one in shown:
        _show(one)
    if len(done.ids) > _SHOWN:
        print(f"… and {done.outcome['new'] + done.outcome['changed'] - _SHOWN:,} more")
    told = ", ".join(f"{done.outcome[name]:,} {words}" for name, words in _OUTCOMES.items() if done.outcome[name])
    print(f"{done.settled if done.stopped else done.read:,} read: {told or 'nothing written'}")
    for line in told_together(changed):
        print(line)
    _compare_with_curated(done, path)
    _say_problems(done.problems, done.counts)
    if done.stopped:
        say("stopped before the end: every record that was kept is whole; the same import again goes on from there")
    return _code(done)


def _library_path(into: str | None) -> Path:
    path = Path(into) if into else folders().library
    if path.is_dir() or not is_library(path):
        raise InputError(str(path), "--into", "expected the file of a library, such as trials.db")
    return path


def _compare_with_curated(done: Imported, path: Path) -> None:
    """A curated record stands before the imported one: what the source says otherwise is shown, and nothing overwritten."""
    places = folders()
    above = {one.id: one for one in read_trials(places.trial_paths).trials}
    with Library(path) as library:
        for name in done.ids:
            known, record = above.get(name), library.trial(name) if name in above else None
            if known and record and any(one.curated for one in known.criteria):
                say(f"{name}: a record whose checks a person confirmed stands before the imported one; {_difference(known, record)}")


def _difference(known: Trial, record: Trial) -> str:
    """What a record that is kept says otherwise than the source read now, criterion by criterion."""
    if known.source and known.source.paraphrased:
        return "its criteria are restated, so compare them with the page"
    was, now = ({text_digest(one.text): one for one in trial.criteria} for trial in (known, record))
    said = difference(known, record)
    said += [
        f'{was[text].id} is "{was[text].check}" in the record and read as "{now[text].check}"'
        for text in was
        if text in now and was[text].check != now[text].check
    ]
    return "; ".join(said[:_TOLD]) + (f"; and {len(said) - _TOLD} more" if len(said) > _TOLD else "") or "no criterion differs"


def _show(one: Trial) -> None:
    kinds = Counter(criterion.kind for criterion in one.criteria)
    read = sum(1 for criterion in one.criteria if criterion.check)
    print(f"{one.id}  {one.title or one.official_title or NO_TITLE}")
    if not one.criteria:
        print("    no criteria were found: the trial is kept, but there is nothing to judge; read its page yourself")
        return
    print(f"    {kinds['inclusion']} inclusion, {kinds['exclusion']} exclusion, {kinds['registry']} registry; {read} of {len(one.criteria)} with a check")


def _say_problems(problems: Sequence[Problem], counts: Mapping[str, int]) -> None:
    """The problems by kind, the first of each kind with file and place."""
    left = dict.fromkeys(counts, _SHOWN)
    for problem in problems:
        if left[problem.kind] > 0:
            left[problem.kind] -= 1
            say(str(problem))
    for kind, count in counts.items():
        if count > _SHOWN:
            say(f"… and {count - _SHOWN:,} more of the kind '{kind}' (with --format json: {'all' if count <= MOST else f'the first {MOST:,}'})")
    if counts:
        print(f"problems by kind: {', '.join(f'{count:,} {kind}' for kind, count in counts.items())}")


def _code(done: Imported) -> int:
    return 130 if done.stopped else 1 if done.refused else 0


__all__ = ["run_import"]
