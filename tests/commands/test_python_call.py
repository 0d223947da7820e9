"""The Python call: `from matcher import match` and its companions, pure and without a clock."""

from __future__ import annotations

import builtins
import io
import os
from copy import deepcopy
from pathlib import Path

import pytest
from command_support import PROFILE, ROOT, TRIAL

import matcher
from matcher import Profile, Trial, TrialMatch, load_profile, load_trials, match

PATIENT = load_profile(ROOT / "profiles/LN-0042.toml")
TRIALS = load_trials(ROOT / "trials")


def test_every_public_name_is_there() -> None:
    assert {"Profile", "Trial", "load_profile", "load_trials", "match"} <= set(matcher.__all__)
    assert all(hasattr(matcher, name) for name in matcher.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = matcher.no_such_name


def test_the_call_of_the_contract() -> None:
    assert isinstance(PATIENT, Profile)
    assert all(isinstance(one, Trial) for one in TRIALS)
    found = match(PATIENT, TRIALS)
    assert [one.rank for one in found] == [1, 2, 3, 4, 5]
    assert all(isinstance(one, TrialMatch) for one in found)
    assert match(profile=PATIENT, trials=iter(TRIALS), as_of=PATIENT.as_of) == found


def test_match_is_pure(monkeypatch: pytest.MonkeyPatch) -> None:
    patient, trials = deepcopy(PATIENT), deepcopy(TRIALS)
    first = match(PATIENT, TRIALS)

    def touched(*_: object, **__: object) -> None:
        raise AssertionError("matching reads and writes nothing")

    for owner, name in ((builtins, "open"), (io, "open"), (os, "open"), (builtins, "print"), (Path, "open"), (Path, "read_text")):
        monkeypatch.setattr(owner, name, touched)
    again = match(PATIENT, list(reversed(TRIALS)))
    monkeypatch.undo()
    assert again == first, "neither the order of the trials nor an earlier call changes the result"
    assert patient == PATIENT
    assert trials == TRIALS


def test_without_a_day_windows_stay_open(tmp_path: Path) -> None:
    (tmp_path / "undated.toml").write_text(PROFILE.replace("as_of = 2026-11-21\n", ""), encoding="utf-8")
    (tmp_path / "trial.toml").write_text(TRIAL, encoding="utf-8")
    (found,) = match(load_profile(tmp_path / "undated.toml"), load_trials(tmp_path / "trial.toml"))
    verdicts = {one.id: one.verdict.value for one in found.criteria}
    assert verdicts["I1"] == "pass"
    assert verdicts["I2"] == "unknown"
