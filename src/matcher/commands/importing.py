"""`import`: saved pages and registry files → trial records in the user's folder, with a report of every problem."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from matcher.commands.common import put_json, say
from matcher.model.trial import Trial
from matcher.reading import read_eligibility
from matcher.sources.importing import ImportReport, import_paths
from matcher.storage.digests import text_digest
from matcher.storage.folders import file_stem, folders
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import read_trial, save_trial, trial_text

_TOLD = 5


def run_import(options: argparse.Namespace) -> int:
    """Import paths; without --dry-run every new record is written, and one with checks that a person confirmed is kept."""
    report = import_paths(options.paths, read_eligibility, date.today())
    records = [replace(one, officials=[]) if options.no_contacts else one for one in report.records]
    outcome: Counter[str] = Counter()
    if not options.dry_run:
        into, beneath = (Path(options.into), None) if options.into else (folders().trials, folders().shipped_trials)
        for record in records:
            outcome[_written(record, into, beneath)] += 1
    if options.format == "json":
        put_json({"records": [_plain(one) for one in records], "problems": [one.plain() for one in report.problems]})
    else:
        _table(records, report, outcome, options.dry_run)
    return 1 if any(problem.refused for problem in report.problems) else 0


def _written(record: Trial, into: Path, beneath: Path | None) -> str:
    """Write a record to its folder; a shipped one `beneath` would be hidden by it, so it counts as one that is there."""
    path, name = into / f"{file_stem(record.id)}.toml", f"{file_stem(record.id)}.toml"
    there = next((folder / name for folder in (into, beneath) if folder and (folder / name).exists()), None)
    if there is None:
        save_trial(record, path, expected=None)
        return "new"
    try:
        known, digest = read_trial(there)
    except InputError as problem:
        say(f"{problem}: kept as it is; move it away to import {record.id}")
        return "kept"
    if _same(known, record):
        return "unchanged"
    if any(criterion.curated for criterion in known.criteria):
        say(f"{there}: has checks that a person confirmed and is kept; {_difference(known, record)}")
        return "kept"
    save_trial(record, path, expected=digest if there == path else None)
    return "changed"


def _difference(known: Trial, record: Trial) -> str:
    """What a record that is kept says otherwise than the page read now, criterion by criterion."""
    if known.source and known.source.paraphrased:
        return "its criteria are restated, so compare them with the page"
    was, now = ({text_digest(one.text): one for one in trial.criteria} for trial in (known, record))
    said = [f"{was[text].id} is gone" for text in was if text not in now]
    said += [f"{now[text].id} is new" for text in now if text not in was]
    said += [
        f'{was[text].id} is "{was[text].check}" in the record and read as "{now[text].check}"'
        for text in was
        if text in now and was[text].check != now[text].check
    ]
    return "; ".join(said[:_TOLD]) + (f"; and {len(said) - _TOLD} more" if len(said) > _TOLD else "") or "no criterion differs"


def _same(known: Trial, record: Trial) -> bool:
    if known.source and record.source:
        known = replace(known, source=replace(known.source, read=record.source.read))
    return trial_text(known) == trial_text(record)


def _plain(record: Trial) -> dict[str, object]:
    return record.known()


def _table(records: list[Trial], report: ImportReport, outcome: Counter[str], dry: bool) -> None:
    for one in records:
        kinds = Counter(criterion.kind for criterion in one.criteria)
        read = sum(1 for criterion in one.criteria if criterion.check)
        print(f"{one.id}  {one.title}")
        print(f"    {kinds['inclusion']} inclusion, {kinds['exclusion']} exclusion, {kinds['registry']} registry; {read} of {len(one.criteria)} with a check")
    said = ", ".join(f"{count} {name}" for name, count in outcome.items()) or ("nothing written (dry run)" if dry else "nothing written")
    print(f"{len(records)} read: {said}")
    for problem in report.problems:
        say(f"{problem.file}: {problem.place + ': ' if problem.place else ''}{problem.message}")
