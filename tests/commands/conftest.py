"""Every test of the commands has folders of its own, with one patient and two trials in files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from command_support import OTHER_TRIAL, PROFILE, TRIAL, own_folders


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the nurse's desk: a patient's file, a folder of trials, and room for more."""

    home: Path
    profile: Path
    trials: Path

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with own_folders(tmp_path):
        made = Desk(tmp_path, tmp_path / "T-1.toml", tmp_path / "trials")
        made.file("T-1.toml", PROFILE)
        made.file("trials/first.toml", TRIAL)
        made.file("trials/second.toml", OTHER_TRIAL)
        yield made
