"""An import into the library: records are read by several processes and kept batch by batch."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TypeVar

from matcher.reading import READER, read_eligibility
from matcher.sources.assemble import assemble, criteria_of
from matcher.sources.lost_signs import Signs
from matcher.sources.records import read_paths
from matcher.sources.values import Draft, Problem
from matcher.storage.library import Kept, Library
from matcher.vocabulary import Vocabulary

Item = TypeVar("Item")
WORDING = "1"
VERSIONS = f"reader {READER}, wording {WORDING}, vocabulary {Vocabulary.version}"
_BATCH = 64
_FEW = 200  # records: so few are read here, since a process takes a second to start


@dataclass(slots=True)
class Imported:
    """What an import did so far."""

    read: int = 0
    outcome: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


def import_into(library: Library, paths: Iterable[str | Path], read_on: date, told: Callable[[Imported], None], *, contacts: bool = True) -> Imported:
    """Import files, folders and zips; `told` hears of the progress after each batch."""
    done = Imported()
    drafts = _fresh(library, _drafts(paths, read_on, done, contacts=contacts), done)
    for results in _assembled(drafts):
        kept = [one for one in results if isinstance(one, Kept)]
        done.problems += [one for one in results if isinstance(one, Problem)]
        done.outcome.update(library.put(kept))
        done.ids += [one.trial.id for one in kept]
        told(done)
    return done


def reread(library: Library, told: Callable[[int], None]) -> int:
    """Read again what was read with other versions; the number of records."""
    count = 0
    for batch in _batched(library.outdated(VERSIONS), _BATCH):
        library.put([_read_again(one) for one in batch])
        count += len(batch)
        told(count)
    return count


def _drafts(paths: Iterable[str | Path], read_on: date, done: Imported, *, contacts: bool) -> Iterator[tuple[Draft, str]]:
    signs = Signs("")
    seen: set[str] = set()
    for reading in read_paths(paths, read_on):
        if reading.file != signs.file:
            done.problems += signs.problems()
            signs = Signs(reading.file)
        done.problems += reading.problems
        for draft in reading.drafts:
            signs.see(section.text for section in draft.eligibility)
            done.read += 1
            if draft.trial.id in seen:
                done.problems.append(Problem(reading.file, draft.trial.id, "duplicate", "a record with this id was read before in this import; the later one is kept"))
            seen.add(draft.trial.id)
            yield (draft if contacts else replace(draft, trial=replace(draft.trial, officials=[]))), reading.file
    done.problems += signs.problems()


def _fresh(library: Library, drafts: Iterator[tuple[Draft, str]], done: Imported) -> Iterator[tuple[Draft, str]]:
    """The drafts whose source is not in the library as it is, read with these versions."""
    for draft, file in drafts:
        digest = draft.trial.source.digest if draft.trial.source else None
        if library.known(draft.trial.id) == (digest, VERSIONS):
            done.outcome["unchanged"] += 1
        else:
            yield draft, file


def _assembled(drafts: Iterator[tuple[Draft, str]]) -> Iterator[list[Kept | Problem]]:
    """The drafts with their criteria read, a batch at a time, in order."""
    first = list(islice(drafts, _FEW))
    for batch in _batched(iter(first), _BATCH):
        yield [_kept(one) for one in batch]
    if len(first) < _FEW:
        return
    workers = min(os.cpu_count() or 1, 8)
    # Processes are spawned, never forked: a fork under a running app would copy its threads' locks.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting: list[Future[list[Kept | Problem]]] = []
        for batch in _batched(drafts, _BATCH):
            waiting.append(pool.submit(_all_kept, batch))
            if len(waiting) > 2 * workers:
                yield waiting.pop(0).result()
        for one in waiting:
            yield one.result()


def _all_kept(batch: list[tuple[Draft, str]]) -> list[Kept | Problem]:
    return [_kept(one) for one in batch]


def _kept(one: tuple[Draft, str]) -> Kept | Problem:
    draft, file = one
    try:
        trial = assemble(draft, read_eligibility)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        message = f"its eligibility text could not be read ({type(error).__name__}); the record was left out"
        return Problem(file, draft.trial.id, "invalid", message)
    return Kept(trial, tuple((section.kind, section.text) for section in draft.eligibility), VERSIONS)


def _read_again(kept: Kept) -> Kept:
    own = [one for one in kept.trial.criteria if one.kind == "registry"]
    return Kept(replace(kept.trial, criteria=[*criteria_of(kept.sections, read_eligibility), *own]), kept.sections, VERSIONS)


def _batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
