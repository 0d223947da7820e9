"""How fast registry files are imported with their criteria read, and in how much memory: python bench/registry/imports.py [RECORDS]."""

from __future__ import annotations

import gzip
import itertools
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from matcher.session.importing import import_into
from matcher.storage.library import Library

SOURCE = Path(__file__).resolve().parents[2] / "../shared/data/registry/trials.jsonl.gz"
LIMIT, MEMORY = 300, 600  # trials a second, megabytes


def main() -> int:
    """Import the first records of the shared file and print the rate, the memory and the problems by kind."""
    if not SOURCE.exists():
        print(f"skipped: {SOURCE} is not beside the project")
        return 0
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.jsonl"
        with gzip.open(SOURCE, "rt", encoding="utf-8") as lines:
            part.write_text("".join(itertools.islice(lines, count)), encoding="utf-8")
        start = time.perf_counter()
        with Library(Path(folder) / "a.db", create=True) as library:
            done = import_into(library, [part], date.today(), lambda _: None)
        took = time.perf_counter() - start
    kinds = {kind: sum(1 for one in done.problems if one.kind == kind) for kind in sorted({one.kind for one in done.problems})}
    rate = done.read / took
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(f"{done.read} records, {dict(done.outcome)}, problems {kinds}")
    print(f"{rate:.0f} trials/s  limit {LIMIT}  {'PASS' if rate >= LIMIT else 'FAIL'}")
    print(f"{memory:.0f} MB at most in one process  limit {MEMORY}  {'PASS' if memory < MEMORY else 'FAIL'}")
    return 0 if rate >= LIMIT and memory < MEMORY else 1


if __name__ == "__main__":
    raise SystemExit(main())
