"""The shared registry file: its records by id, and a sample of them by a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from matcher.commands.stats import records

REGISTRY = Path(__file__).resolve().parents[2] / "../shared/data/registry/trials.jsonl.gz"


def every(path: Path = REGISTRY) -> Iterator[dict[str, Any]]:
    """All records, in the order of the file."""
    for record in records(str(path)):
        if isinstance(record, str):
            raise SystemExit(record)
        yield record


def sample(size: int, seed: int, path: Path = REGISTRY) -> list[dict[str, Any]]:
    """A number of records drawn by the seed, in the order of the file."""
    held = list(every(path))
    chosen = random.Random(seed).sample(range(len(held)), min(size, len(held)))
    return [held[place] for place in sorted(chosen)]


def here(path: Path = REGISTRY) -> bool:
    """Whether the file is beside the project; says so where it is not."""
    if not path.is_file():
        print(f"{path} is not here: nothing measured")
    return path.is_file()
