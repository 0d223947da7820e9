"""An import into the library: records are read by several processes and kept batch by batch."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import chain, islice
from multiprocessing.synchronize import Event
from pathlib import Path
from threading import Thread
from typing import TypeVar
from zlib import crc32

from matcher.reading import read_eligibility
from matcher.session.processes import ready_to_spawn
from matcher.session.versions import READ_WITH
from matcher.sources.assemble import assemble, criteria_of
from matcher.sources.identifiers import made_up_id
from matcher.sources.lost_signs import Signs
from matcher.sources.opening import Meter, total_size
from matcher.sources.records import read_paths
from matcher.sources.values import Draft, Problem, SourceReading
from matcher.sources.version import SOURCES
from matcher.storage.library import Beside, Library
from matcher.storage.rows import Kept, Row, row, stated

Item = TypeVar("Item")
Ended = Callable[[], bool]
Work = Callable[[list[Item], Sequence[Beside], Ended], list[Row | Problem]]
MADE_WITH = f"{READ_WITH}, sources {SOURCES}"
MOST = 10_000  # problems of one kind, and records, that are named; more are counted only
_BATCH = 64
_FIRST = 4  # records of the first batch; each after it is twice as large, so that something is told soon
_LOOK = 0.1  # seconds between two looks whether she ends it, while others read
_FEW = 200  # records: so few are read here, since a process takes a second to start
_ROUND = 10_000  # records: then the processes are started anew, so that an import of any size stays as small
_GARBAGE = 100_000  # objects: reading makes no circles, and what it lets go of needs not be looked for at every few hundred
_MOST_WORKERS = 3  # each holds the vocabulary and what it has read of late, some 140 MB


@dataclass(slots=True)
class Imported:
    """What an import did so far: of problems and of the records it kept, the first are here, and all are counted.

    `part` is how much of the files was gone through, from 0 to 1.
    """

    read: int = 0
    outcome: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    refused: bool = False
    ids: list[str] = field(default_factory=list)
    stopped: bool = False
    part: float = 0.0

    @property
    def settled(self) -> int:
        """The records of which it is known what they are."""
        return self.outcome.total()

    @property
    def share(self) -> float:
        """How much of the whole is done, from 0 to 1: records that wait to be read do not count yet."""
        return self.part * min(1.0, self.settled / self.read) if self.read else self.part

    def found(self, problems: Iterable[Problem]) -> None:
        """Take up problems."""
        for one in problems:
            self.counts[one.kind] += 1
            self.refused = self.refused or one.refused
            if self.counts[one.kind] <= MOST:
                self.problems.append(one)

    def kept(self, outcome: Sequence[tuple[str, str]]) -> None:
        """Take up what became of records, by id."""
        self.outcome.update(what for _, what in outcome)
        if len(self.ids) < MOST:
            self.ids += [name for name, what in outcome if what in ("new", "changed")][: MOST - len(self.ids)]


def import_into(
    library: Library, paths: Iterable[str | Path], read_on: date, told: Callable[[Imported], None], *, contacts: bool = True, stop: Callable[[], bool] = bool
) -> Imported:
    """Import files, folders and zips; `told` hears of the progress all along, and where `stop` says so it ends after the record in hand."""
    given = [Path(path) for path in paths]
    meter = Meter(total_size(given))
    return _Import(library, told, stop, meter, contacts=contacts).run(read_paths(given, read_on, meter))


class _Import:
    """One run of an import into a library."""

    def __init__(self, library: Library, told: Callable[[Imported], None], stop: Callable[[], bool], meter: Meter, *, contacts: bool) -> None:
        self._library, self._told, self._stop, self._meter, self._contacts = library, told, stop, meter, contacts
        self._done = Imported()
        self._seen: dict[str, bool] = {}  # every id met, and whether what stands in the library is of this import
        self._titles: dict[str, str] = {}  # of the records whose ids were made of them
        self._put_off: dict[str, str] = {}  # the digests that stood in the library before, by id

    def run(self, readings: Iterator[SourceReading]) -> Imported:
        """Keep what is new or changed."""
        self._keep(_by_workers(self._fresh(self._drafts(readings)), _rows, self._library.beside, self._stop))
        self._keep(_by_workers(self._again(), _reread_rows, self._library.beside, self._stop))
        return self._done

    def _keep(self, batches: Generator[list[Row | Problem], None, None]) -> None:
        with closing(batches):  # where it is ended, what is not begun yet is let go of
            for results in batches:
                self._done.found(one for one in results if isinstance(one, Problem))
                outcome = self._library.put([one for one in results if isinstance(one, Row)])
                self._seen.update((name, True) for name, _ in outcome)
                self._done.kept(outcome)
                self._told(self._done)
        self._done.stopped = self._done.stopped or self._stop()

    def _drafts(self, readings: Iterator[SourceReading]) -> Iterator[tuple[Draft, str]]:
        signs = Signs("")
        for reading in readings:
            if self._stop():
                self._done.stopped = True
                return
            if reading.file != signs.file:
                self._done.found(signs.problems())
                signs = Signs(reading.file)
            self._done.found(reading.problems)
            for draft in reading.drafts:
                signs.see(draft)
                yield self._met(draft, reading.file)
            self._done.part = self._meter.share
            self._told(self._done)
        self._done.found(signs.problems())

    def _met(self, draft: Draft, file: str) -> tuple[Draft, str]:
        draft = self._named_apart(draft, file)
        name = draft.trial.id
        self._done.read += 1
        if name in self._seen:
            self._done.found([Problem(file, name, "duplicate", "a record with this id was read before in this import; the later one is kept, unless it says that it is the older one")])
        self._seen.setdefault(name, False)
        return (draft if self._contacts else replace(draft, trial=replace(draft.trial, officials=[]))), file

    def _named_apart(self, draft: Draft, file: str) -> Draft:
        """The draft; under a longer id where its own was made of a title that begins like another trial's."""
        trial = draft.trial
        if trial.source is None or not trial.title or trial.id != made_up_id(trial.source.site, trial.title, trial.source.digest or ""):
            return draft
        there = self._titles.setdefault(trial.id, self._library.title(trial.id) or trial.title)
        if there.casefold() == trial.title.casefold():
            return draft
        name = f"{trial.id}-{crc32(trial.title.casefold().encode('utf-8', 'surrogatepass')):08x}"
        message = f"the title of “{there[:80]}” begins in the same way, so this trial has the id {name}; if they are one and the same, remove one"
        self._done.found([Problem(file, trial.id, "duplicate", message)])
        return replace(draft, trial=replace(trial, id=name, ids=[name, *(one for one in trial.ids if one != trial.id)]))

    def _fresh(self, drafts: Iterator[tuple[Draft, str]]) -> Iterator[tuple[Draft, str]]:
        """The drafts that are not in the library as they are, read with these versions.

        One that stood there before is put off: it is kept only if what stands there now does not come again, or two
        files with one trial would take turns at every import.
        """
        for draft, file in drafts:
            name, digest = draft.trial.id, draft.trial.source.digest or "" if draft.trial.source else ""
            known = self._library.known(name)
            if known == (digest, MADE_WITH, len(draft.trial.officials)):
                self._seen[name] = True
                self._done.outcome["unchanged"] += 1
            elif known and known[0] != digest and self._library.is_older(name, stated(draft.trial)):
                self._done.outcome["older"] += 1
            elif known and known[0] != digest and self._library.had(name, digest):
                self._put_off[name] = digest
            else:
                yield draft, file

    def _again(self) -> Iterator[tuple[Kept, str]]:
        """The versions that stood in the library before and alone came again."""
        for name, digest in self._put_off.items():
            kept = None if self._seen[name] else self._library.had(name, digest)
            if kept is None:
                self._done.outcome["unchanged"] += 1
            elif not self._done.stopped:
                yield (kept if self._contacts else replace(kept, trial=replace(kept.trial, officials=[]))), ""


def reread(library: Library, told: Callable[[int], None], stop: Callable[[], bool] = bool) -> int:
    """Read again what was read with other versions; the number of records."""
    count = 0
    kept = ((one, "") for one in library.outdated(READ_WITH) if not stop())
    for results in _by_workers(kept, _reread_rows, library.beside, stop):
        library.put([one for one in results if isinstance(one, Row)])
        count += len(results)
        told(count)
    return count


def _by_workers(items: Iterator[Item], work: Work[Item], beside: Sequence[Beside], stop: Ended) -> Generator[list[Row | Problem], None, None]:
    """What `work` makes of the items, a batch at a time, in order: a few here, many in several processes; no more once `stop` says so."""
    first = list(islice(items, _FEW))
    if len(first) < _FEW:
        yield from (work(batch, beside, stop) for batch in _batched(iter(first), _BATCH))
        return
    waiting = chain(first, items)
    while not stop() and (begun := list(islice(waiting, 1))):
        yield from _round(_batched(chain(begun, islice(waiting, _ROUND - 1)), _BATCH), work, beside, stop)


def _round(batches: Iterator[list[Item]], work: Work[Item], beside: Sequence[Beside], stop: Ended) -> Generator[list[Row | Problem], None, None]:
    """The same of as many as processes are started for: what they remember goes with them."""
    workers = min(os.cpu_count() or 1, _MOST_WORKERS)
    ready_to_spawn()
    # Processes are spawned, never forked: a fork under a running app would copy its threads' locks. Ctrl+C is for the
    # process that keeps the records: it tells the others to end, and does not wait until they have.
    context = multiprocessing.get_context("spawn")
    ended = context.Event()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=deaf, initargs=(ended,))
    try:
        waiting: deque[Future[list[Row | Problem]]] = deque()
        sent = (_sent(pool, work, batch, beside) for batch in batches)
        here = next(batches)  # read here while the processes start
        waiting.extend(islice(sent, workers))
        yield work(here, beside, stop)
        for one in sent:
            waiting.append(one)
            while len(waiting) > 2 * workers and not stop():
                yield from _ready(waiting)
        while waiting and not stop():
            yield from _ready(waiting)
    finally:
        ended.set()
        ending = Thread(target=pool.shutdown, kwargs={"cancel_futures": True})  # which holds what they were begun with until they are gone
        ending.start()
        if stop():  # what they read is let go of: nothing of it is kept yet
            for one in list((getattr(pool, "_processes", None) or {}).values()):
                one.terminate()
        else:
            ending.join()


def _sent(pool: ProcessPoolExecutor, work: Work[Item], batch: list[Item], beside: Sequence[Beside]) -> Future[list[Row | Problem]]:
    """A batch on its way to be read; a process that is begun for it never hears Ctrl+C, however early it comes."""
    with undisturbed():
        return pool.submit(_elsewhere, work, batch, tuple(map(type, beside)))


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep Ctrl+C waiting, where the system can: what is begun inside keeps it so for good."""
    masked = getattr(signal, "pthread_sigmask", None)
    before = masked(signal.SIG_BLOCK, {signal.SIGINT}) if masked else None
    try:
        yield
    finally:
        if masked:
            masked(signal.SIG_SETMASK, before)


def _ready(waiting: deque[Future[list[Row | Problem]]]) -> Iterator[list[Row | Problem]]:
    """The next batch, if it is there in a moment."""
    if wait([waiting[0]], _LOOK).done:
        yield waiting.popleft().result()


_ended_by: list[Event] = []  # in a process that reads: what tells it to end


def deaf(ended: Event | None = None) -> None:
    """Begin a process that reads: Ctrl+C is not for it, and it ends with the import, or when it is told that this has `ended`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_GARBAGE)
    _ended_by.extend([ended] if ended is not None else [])
    Thread(target=_end_with_the_import, daemon=True).start()


def _end_with_the_import() -> None:
    """Where the import is killed nobody tells this process to end, and it would wait for work for ever."""
    importer = multiprocessing.parent_process()
    if importer is not None:
        importer.join()
        os._exit(1)


def _elsewhere(work: Work[Item], batch: list[Item], beside: tuple[type, ...]) -> list[Row | Problem]:
    """The same work in another process, with tables of its own that stand beside the records: only their kinds are sent."""
    return work(batch, _tables(beside), lambda: any(one.is_set() for one in _ended_by))


@cache
def _tables(kinds: tuple[type, ...]) -> tuple[Beside, ...]:
    return tuple(kind() for kind in kinds)


def _rows(batch: list[tuple[Draft, str]], beside: Sequence[Beside], stop: Ended) -> list[Row | Problem]:
    return [_row(draft, file, beside) for draft, file in batch if not stop()]


def _row(draft: Draft, file: str, beside: Sequence[Beside]) -> Row | Problem:
    try:
        trial = assemble(draft, read_eligibility)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        message = f"its eligibility text could not be read ({type(error).__name__}); the record was left out"
        return Problem(file, draft.trial.id, "invalid", message)
    return row(Kept(trial, tuple((section.kind, section.text) for section in draft.eligibility), MADE_WITH), beside)


def _reread_rows(batch: list[tuple[Kept, str]], beside: Sequence[Beside], stop: Ended) -> list[Row | Problem]:
    return [row(_read_again(kept), beside) for kept, _ in batch if not stop()]


def _read_again(kept: Kept) -> Kept:
    own = [one for one in kept.trial.criteria if one.kind == "registry"]
    return Kept(replace(kept.trial, criteria=[*criteria_of(kept.sections, read_eligibility, kept.trial.conditions), *own]), kept.sections, _versions_again(kept.versions))


def _versions_again(versions: str) -> str:
    """The versions of a record whose kept text was read again: what its file was taken apart with stays."""
    _, comma, sources = versions.partition(", sources ")
    return READ_WITH + comma + sources


def advised(versions: str) -> str:
    """What to do about records that were made with these versions, behind a colon; empty where they are today's."""
    if versions == MADE_WITH:
        return ""
    reads_alike = versions == READ_WITH or versions.startswith(f"{READ_WITH}, ")
    return ": import their files again" if reads_alike else ": `matcher library reread` reads them again"


def _batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest, now = iter(items), min(size, _FIRST)
    while batch := list(islice(rest, now)):
        yield batch
        now = min(size, 2 * now)
