"""The processes that read for an import: they are gone when it is, however it ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_KILLED = """
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from matcher.session.importing import deaf

if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=deaf)
    print(pool.submit(abs, -7).result(), flush=True)
    os._exit(9)  # as where it is killed: nothing is tidied up
"""


def test_a_killed_import_leaves_no_process_behind(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(_KILLED, encoding="utf-8")
    # What is printed to ends only when every process that has it is gone.
    found = subprocess.run([sys.executable, str(script)], stdout=subprocess.PIPE, timeout=60, check=False)
    assert (found.returncode, found.stdout.split()) == (9, [b"7"])
