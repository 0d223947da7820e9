"""How fast registry files are imported with their criteria read, and in how much memory: python bench/registry/imports.py [RECORDS].

The records are those of the shared file, drawn again and again under fresh ids with their numbers varied, so that no
memory of what was read before helps. Printed are the rate, the rate of all but the reading, the memory of all processes
together while the import goes on, and the problems by kind.
"""

from __future__ import annotations

import gzip
import itertools
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from matcher.session import importing
from matcher.session.importing import Imported, import_into
from matcher.storage.index import Index
from matcher.storage.library import Library

SOURCE = Path(__file__).resolve().parents[2] / "../shared/data/registry/trials.jsonl.gz"
LIMIT, MEMORY = 300, 600  # trials a second, megabytes
_NUMBER = re.compile(r"(?<![\w.])[1-9]\d?(?![\w.])")


def drawn(count: int, seed: int = 1) -> Iterator[str]:
    """So many records as JSON lines: first those of the file, then copies with other ids and numbers."""
    chance = random.Random(seed)
    for copy in itertools.count():
        with gzip.open(SOURCE, "rt", encoding="utf-8") as lines:
            for line in lines:
                if count == 0:
                    return
                count -= 1
                yield line if copy == 0 else _varied(json.loads(line), copy, chance)


def _varied(record: dict[str, Any], copy: int, chance: random.Random) -> str:
    record["nct_id"] = f"NCT{int(record['nct_id'][3:]) + copy * 10_000_000:08}"  # real ones are smaller: nine copies have ids of their own
    record["criteria"] = _NUMBER.sub(lambda found: str(max(1, int(found[0]) + chance.randint(-2, 2))), record["criteria"])
    return json.dumps(record, ensure_ascii=False) + "\n"


class Memory(threading.Thread):
    """Watches the memory of this process and of those it started, in megabytes, where the system tells (/proc)."""

    def __init__(self) -> None:
        """Nothing is seen yet."""
        super().__init__(daemon=True)
        self.seen: list[tuple[float, ...]] = []
        self.ended = threading.Event()

    def run(self) -> None:
        """Look twice a second."""
        while not self.ended.wait(0.5):
            workers = sorted(_megabytes(one.pid) for one in multiprocessing.active_children() if one.pid)
            self.seen.append((_megabytes(os.getpid()), *workers))

    def said(self) -> str:
        """The most of all together, and each process a quarter, half and all the way through."""
        places = [self.seen[int(part * (len(self.seen) - 1))] for part in (0.25, 0.5, 0.75, 1)] if self.seen else []
        return "; ".join("+".join(f"{one:.0f}" for one in place) for place in places)

    @property
    def most(self) -> float:
        """The most memory of all processes together."""
        return max(map(sum, self.seen), default=0.0)


def _megabytes(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def imported(source: Path, folder: Path, name: str) -> tuple[Imported, float]:
    """What an import gave, and the seconds it took."""
    start = time.perf_counter()
    with Library(folder / name, create=True, beside=[Index()]) as library:
        done = import_into(library, [source], date.today(), lambda _: None)
    return done, time.perf_counter() - start


def without_reading(source: Path, folder: Path) -> tuple[Imported, float]:
    """The same in this process alone, with no criterion read, in seconds of its work."""
    with mock.patch.object(importing, "read_eligibility", _unread), mock.patch.object(importing, "_FEW", sys.maxsize):
        start = time.process_time()
        done, _ = imported(source, folder, "unread.db")
    return done, time.process_time() - start


def _unread(sections: Sequence[tuple[str, str]]) -> list[Any]:
    return []


def main() -> int:
    """Import records like those of the shared file and print the figures."""
    if not SOURCE.exists():
        print(f"skipped: {SOURCE} is not beside the project")
        return 0
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = folder / "drawn.jsonl"
        with source.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(drawn(count))
        memory = Memory()
        memory.start()
        done, took = imported(source, folder, "a.db")
        memory.ended.set()
        again, took_again = imported(source, folder, "a.db")
        size = (folder / "a.db").stat().st_size / 1e6
        floor, work = without_reading(source, folder)
    rate = done.read / took
    print(f"{done.read:,} records: {dict(done.outcome)}, problems {dict(done.counts)}, library {size:.0f} MB")
    print(f"{rate:.0f} trials/s  limit {LIMIT}  {'PASS' if rate >= LIMIT else 'FAIL'}")
    print(f"{floor.read / work:.0f} trials/s of one core's work without the reading; the same again: {again.read / took_again:.0f} trials/s, {dict(again.outcome)}")
    print(f"{memory.most:.0f} MB at most in all processes together  limit {MEMORY}  {'PASS' if memory.most < MEMORY else 'FAIL'}")
    print(f"MB of this process and its workers after 1/4, 1/2, 3/4 and all of the time: {memory.said()}")
    return 0 if rate >= LIMIT and memory.most < MEMORY else 1


if __name__ == "__main__":
    raise SystemExit(main())
