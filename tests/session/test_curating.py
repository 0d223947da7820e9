"""A typed check is read back with what it does for the patient, saved into the user's folder, and what waits is counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rows import each_row

from matcher.matching import prepare
from matcher.model.profile import Lab, Profile
from matcher.model.trial import Criterion, Trial
from matcher.session import Session
from matcher.session.curating import read_back, save_check, starting_wording, waiting
from matcher.storage.folders import Folders
from matcher.storage.record_log import read_log
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_trial
from matcher.vocabulary import load

DAY = date(2026, 11, 21)
PROFILE = Profile(id="P-1", as_of=DAY, labs=[Lab(test="platelets", value=Decimal(45), unit="10^9/L")])
LOST = Criterion(id="E1", kind="exclusion", text="Platelets = 50×10^9/L", check="platelets ≥? 50 ×10⁹/L", spans=[(0, 21)])
TRIAL = Trial(
    id="NCT1",
    criteria=[
        Criterion(id="I1", kind="inclusion", text="Signs", check='consent "signs"'),
        Criterion(id="I2", kind="inclusion", text="Adult", check="age ≥ 18 years"),
        Criterion(id="I3", kind="inclusion", text="Fit", check='judgement "fit"'),
        LOST,
        Criterion(id="E2", kind="exclusion", text="Something [/b]"),
        Criterion(id="E3", kind="exclusion", text="No biologic", check="ambiguous (not use of biologics; use of biologics)"),
    ],
)  # fmt: skip


@each_row(
    ("typed", "said"),
    [
        ("platelets < 50 ×10⁹/L", ["reads: platelets < 50 ×10⁹/L", "verdict: review → excludes. Platelets 45 ×10⁹/L, undated is below 50 ×10⁹/L."]),
        ("  platelets  >=\n 50 x10^9/L ", ["reads: platelets ≥ 50 x10^9/L", "verdict: review → met. Platelets 45"]),
        ("plateletz < 50", ["reads: plateletz < 50", "“plateletz” is no test", "did you mean “platelets”?", "verdict: review → ask"]),
        ("age ≥ 12 years", ["reads: age ≥ 12 years", "Nothing in the criterion's words speaks of what is checked here"]),
        ("platelets ≥? 50 ×10⁹/L", ["verdict: review, as before"]),
        ("platelets < ", ["expected a number"]),
        ("", ["at 0: expected"]),
    ],
)
def test_a_wording_is_read_back(typed: str, said: list[str]) -> None:
    told = "\n".join(read_back(typed, LOST, prepare(PROFILE, load(), DAY)).lines())
    assert [one for one in said if one not in told] == [], told


def test_what_waits_for_a_person_comes_in_order_and_leaves_once_it_is_curated(tmp_path: Path) -> None:
    assert [(one.criterion.id, one.why) for one in waiting([TRIAL])] == [
        ("E2", "unread"), ("E1", "lost-operator"), ("E3", "ambiguous"), ("I3", "judgement"), ("I1", "consent"),
    ]  # fmt: skip
    assert starting_wording(TRIAL.criteria[4]) == 'unread "Something [/b]"'
    places = Folders(tmp_path / "data", tmp_path / "config")
    record = save_check(places, TRIAL, LOST, "platelets < 50 ×10⁹/L", "RN")
    kept = load_trial(places.trial_path("NCT1"))
    assert kept == record
    now = record.criteria[3]
    assert (now.check, now.curated, now.spans) == ("platelets < 50 ×10⁹/L", True, [])
    assert "E1" not in [one.criterion.id for one in waiting([record])]
    again = save_check(places, TRIAL, TRIAL.criteria[1], TRIAL.criteria[1].check)
    assert [one.curated for one in again.criteria] == [False, True, False, True, False, False]
    assert [(one.what, one.by, one.was) for one in read_log(places.log / "trials", "NCT1")] == [
        ("check", "RN", "platelets ≥? 50 ×10⁹/L"), ("check", "", "age ≥ 18 years"),
    ]  # fmt: skip


def test_what_cannot_be_saved_is_refused(tmp_path: Path) -> None:
    places = Folders(tmp_path / "data", tmp_path / "config")
    with pytest.raises(InputError, match="expected a number"):
        save_check(places, TRIAL, LOST, "platelets <")
    save_check(places, TRIAL, LOST, "platelets < 50 ×10⁹/L")
    with pytest.raises(InputError, match="no longer holds"):
        save_check(places, TRIAL, Criterion(id="E1", kind="exclusion", text="Other words"), "asthma")


def test_the_session_judges_by_the_new_check_at_once(tmp_path: Path) -> None:
    places = Folders(tmp_path / "data", tmp_path / "config")
    session = Session(places, DAY, [TRIAL, Trial(id="NCT2")])
    session.hold(PROFILE)
    session.rematch()
    assert session.matches[0].tier == "possible"
    session.decided(save_check(places, TRIAL, LOST, "platelets < 50 ×10⁹/L"))
    assert {one.trial_id: one.tier for one in session.matches} == {"NCT1": "excluded", "NCT2": "possible"}
    session.rematch()
    assert {one.trial_id: one.tier for one in session.matches} == {"NCT1": "excluded", "NCT2": "possible"}
