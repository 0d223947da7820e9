"""Importing files and folders: every record found becomes a trial or a problem, and nothing is raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matcher.model.trial import Trial
from matcher.sources.assemble import Reader, assemble
from matcher.sources.lost_signs import Signs
from matcher.sources.opening import Meter
from matcher.sources.records import LARGEST_PAGE, read_paths, read_text
from matcher.sources.values import Draft, Problem


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import gave: the records, and every problem met."""

    records: tuple[Trial, ...] = ()
    problems: tuple[Problem, ...] = ()


def import_paths(paths: Iterable[str | Path], reader: Reader, read_on: date) -> ImportReport:
    """Read every record in files and folders; `reader` reads eligibility text, `read_on` is noted in each record."""
    records: list[Trial] = []
    problems: list[Problem] = []
    for found in imported(paths, reader, read_on):
        if isinstance(found, Trial):
            records.append(found)
        else:
            problems.append(found)
    return ImportReport(tuple(records), tuple(problems))


def imported(paths: Iterable[str | Path], reader: Reader, read_on: date, meter: Meter | None = None) -> Iterator[Trial | Problem]:
    """The trials and problems one after the other, in bounded memory but for the ids already seen; a meter watches how far it is."""
    seen: dict[str, str] = {}
    signs = Signs("")
    for reading in read_paths(paths, read_on, meter):
        if reading.file != signs.file:
            yield from signs.problems()
            signs = Signs(reading.file)
        yield from reading.problems
        for draft in reading.drafts:
            signs.see(draft)
            name = draft.trial.id
            yield _assembled(draft, reader, reading.file)
            if name in seen:
                message = f"a record with this id was also read from {seen[name]}; compare the two before keeping one"
                yield Problem(reading.file, name, "duplicate", message)
            seen.setdefault(name, reading.file)
    yield from signs.problems()


def _assembled(draft: Draft, reader: Reader, name: str) -> Trial | Problem:
    try:
        return assemble(draft, reader)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        message = f"its eligibility text could not be read ({type(error).__name__}); the record was left out"
        return Problem(name, draft.trial.id, "invalid", message)


__all__ = ["LARGEST_PAGE", "ImportReport", "import_paths", "imported", "read_text"]
