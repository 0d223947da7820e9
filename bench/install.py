"""How long a run-time install takes and how much room it needs: python bench/install.py.

The project is installed, with what it needs to run and nothing else, into a fresh virtual environment in a temporary
folder. The size is that of the whole environment, pip itself included.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST_SECONDS = 45
LARGEST_MB = 90
SHOWN = 8


def main() -> int:
    """Install, print the table, and return 1 where a limit is not kept."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "venv"
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "venv", str(made)], check=True)
        python = made / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", str(ROOT)], check=True)
        taken = time.perf_counter() - start
        runs = subprocess.run([str(python), "-m", "matcher", "match", "LN-0042"], cwd=folder, capture_output=True, check=False)
        sizes = room(made)
    total = sum(sizes.values())
    print(f"time {taken:6.1f} s   limit {LONGEST_SECONDS} s   {said(taken <= LONGEST_SECONDS)}")
    print(f"size {total:6.1f} MB  limit {LARGEST_MB} MB  {said(total <= LARGEST_MB)}")
    print(f"runs                        {said(runs.returncode == 0)}")
    for name, size in sorted(sizes.items(), key=lambda one: -one[1])[:SHOWN]:
        print(f"  {size:6.1f} MB  {name}")
    return 0 if taken <= LONGEST_SECONDS and total <= LARGEST_MB and runs.returncode == 0 else 1


def room(made: Path) -> dict[str, float]:
    """Megabytes by what lies in the folder of packages; everything else of the environment together."""
    sizes: dict[str, float] = defaultdict(float)
    for path in made.rglob("*"):
        if path.is_file() and not path.is_symlink():
            steps = path.relative_to(made).parts
            at = steps.index("site-packages") + 1 if "site-packages" in steps else None
            sizes[steps[at] if at else "the rest of the environment"] += path.stat().st_size / 1e6
    return sizes


def said(kept: bool) -> str:
    """PASS or FAIL."""
    return "PASS" if kept else "FAIL"


if __name__ == "__main__":
    raise SystemExit(main())
