"""`import`: saved pages and registry files → trial records in the user's folder, with a report of every problem."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date
from pathlib import Path

from matcher.commands.common import put_json, say
from matcher.model.trial import Trial
from matcher.reading import read_eligibility
from matcher.sources.importing import ImportReport, import_paths
from matcher.storage.folders import file_stem, folders
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import read_trial, save_trial, trial_text


def run_import(options: argparse.Namespace) -> int:
    """Import paths; without --dry-run every new record is written, and one that differs is left for a person to compare."""
    report = import_paths(options.paths, read_eligibility, date.today())
    records = [one.model_copy(update={"officials": []}) if options.no_contacts else one for one in report.records]
    outcome: Counter[str] = Counter()
    if not options.dry_run:
        folder = Path(options.into) if options.into else folders().trials
        for record in records:
            outcome[_written(record, folder)] += 1
    if options.format == "json":
        put_json({"records": [_plain(one) for one in records], "problems": _problems(report)})
    else:
        _table(records, report, outcome, options.dry_run)
    return 1 if report.problems and not records else 0


def _written(record: Trial, folder: Path) -> str:
    path = folder / f"{file_stem(record.id)}.toml"
    if not path.exists():
        save_trial(record, path, expected=None)
        return "new"
    try:
        known, digest = read_trial(path)
    except InputError as problem:
        say(f"{problem}: kept as it is; move it away to import {record.id}")
        return "kept"
    if _same(known, record):
        return "unchanged"
    if any(criterion.curated for criterion in known.criteria):
        say(f"{path}: has curated checks and is kept; what was read now differs")
        return "kept"
    save_trial(record, path, expected=digest)
    return "changed"


def _same(known: Trial, record: Trial) -> bool:
    if known.source and record.source:
        known = known.model_copy(update={"source": known.source.model_copy(update={"read": record.source.read})})
    return trial_text(known) == trial_text(record)


def _plain(record: Trial) -> dict[str, object]:
    return {"schema": 1, **record.model_dump(mode="json", exclude_none=True, by_alias=True)}


def _problems(report: ImportReport) -> list[dict[str, str]]:
    return [{"file": p.file, "place": p.place, "kind": p.kind, "message": p.message} for p in report.problems]


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
