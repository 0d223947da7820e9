"""Running a command inside the test or as a process of its own, and a small patient and trial to run it on."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from matcher.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "tests/sources/pages/medpath-several-sites.txt"
OWN = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
BROKEN = "went wrong inside the program"

PROFILE = """\
schema = 1
id = "T-1"
as_of = 2026-11-21
age = 34
sex = "female"
pregnant = false

[complete]
medications = "current"

[[conditions]]
name = "lupus nephritis"
stage = "IV"

[[labs]]
test = "platelets"
value = 182
unit = "10^9/L"
date = 2026-11-10
"""
TRIAL = """\
schema = 1
id = "NCT00000017"
title = "A made-up trial"
status = "recruiting"
conditions = ["lupus nephritis"]

[[criteria]]
id = "I1"
kind = "inclusion"
text = "Adults."
check = "age ≥ 18 years"

[[criteria]]
id = "I2"
kind = "inclusion"
text = "Platelets of at least 100 in the last 14 days."
check = "platelets ≥ 100 ×10⁹/L within 14 days"

[[criteria]]
id = "E1"
kind = "exclusion"
text = "Hepatitis B."
check = "HBsAg positive"
"""
OTHER_TRIAL = TRIAL.replace("NCT00000017", "NCT00000025").replace("Adults.", "Old age.").replace("≥ 18", "≥ 75")


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def run(*arguments: object, given: str = "") -> Done:
    """Run a command in this process, with `given` on standard input."""
    out, err = io.StringIO(), io.StringIO()
    with _standard_input(given), redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


def refused(*arguments: object, given: str = "") -> str:
    """The one line that a command refuses its input with."""
    done = run(*arguments, given=given)
    said = done.err.splitlines()
    assert done.code == 1, done
    assert len(said) == 1, done.err
    assert not done.out, done.out
    assert BROKEN not in said[0], said[0]
    return said[0].removeprefix("matcher: ")


def process(*arguments: object, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m matcher` with these arguments, as a nurse's shell does."""
    return subprocess.run(
        [sys.executable, "-m", "matcher", *map(str, arguments)],
        env={**os.environ, **environment}, input=given, capture_output=True, timeout=120, check=False,
    )


@contextmanager
def own_folders(folder: Path) -> Iterator[Path]:
    """The user's folders under `folder`, while the block runs."""
    with pytest.MonkeyPatch.context() as patch:
        for name in OWN:
            patch.setenv(name, str(folder))
        patch.setenv("MATCHER_DATA", str(folder / "data"))
        patch.setenv("MATCHER_CONFIG", str(folder / "config"))
        patch.delenv("MATCHER_DEBUG", raising=False)
        yield folder


@contextmanager
def _standard_input(text: str) -> Iterator[None]:
    before = sys.stdin
    sys.stdin = io.StringIO(text)
    try:
        yield
    finally:
        sys.stdin = before
