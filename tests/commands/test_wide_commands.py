"""`match` over a library, `search`, `patients` and `match --all-profiles`: the same verdicts, however they are asked for."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_support import run
from rows import each_row

from matcher.model.trial import OPEN_STATUSES, Trial
from matcher.storage.folders import folders
from matcher.storage.index import Index
from matcher.storage.library import Library
from matcher.storage.rows import Kept, row
from matcher.storage.toml_files import read_trials

if TYPE_CHECKING:
    from conftest import Desk


@pytest.fixture
def library(desk: Desk) -> str:
    """A library of the two trials on the desk, one about something else and one for children."""
    path = desk.home / "many.db"
    records = [
        *read_trials([desk.trials]).trials,
        Trial.checked({"id": "NCT9", "title": "Of gout", "status": "recruiting", "conditions": ["gout"], "criteria": [
            {"id": "I1", "kind": "inclusion", "text": "Adults", "check": "age ≥ 18 years"}]}),
        Trial.checked({"id": "NCT8", "title": "Of children", "status": "recruiting", "conditions": ["lupus nephritis"], "max_age": 17, "criteria": [
            {"id": "R1", "kind": "registry", "text": "Ages: up to 17 years", "check": "age ≤ 17 years"}]}),
    ]  # fmt: skip
    with Library(path, create=True, beside=[Index()]) as made:
        made.put([row(Kept(one, (), "1"), made.beside) for one in records])
    return str(path)


def test_a_library_gives_the_same_trials_as_its_records_in_files(desk: Desk, library: str) -> None:
    few = run("match", str(desk.profile), "--trials", str(desk.trials), "--format", "json").json
    many = run("match", str(desk.profile), "--trials", library, "--format", "json").json
    assert many["trials"] == few["trials"]
    assert many["ask_next"] == few["ask_next"]
    steps = {one["step"]: one["removed"] for one in many["funnel"]}
    assert (steps["all trials"], steps["too young or too old"], steps["unrelated conditions"]) == (0, 1, 1)
    assert many["funnel"][-1]["left"] == sum(one["tier"] != "excluded" for one in many["trials"])


@each_row(("options", "expected"), [((), set()), (("--any-condition",), {"NCT9"}), (("--exhaustive",), {"NCT8", "NCT9"})])
def test_what_is_left_out_can_be_asked_for(desk: Desk, library: str, options: tuple[str, ...], expected: set[str]) -> None:
    found = run("match", str(desk.profile), "--trials", library, "--format", "json", *options).json
    assert {one["trial_id"] for one in found["trials"]} & {"NCT8", "NCT9"} == expected


def test_the_table_tells_the_steps_and_how_many_are_not_shown(desk: Desk, library: str) -> None:
    shown = run("match", str(desk.profile), "--trials", library, "--top", "1").out
    assert "4  all trials" in shown
    assert "without 1: unrelated conditions" in shown
    assert all("without" in line or "all trials" in line for line in shown.splitlines() if line.startswith("         "))
    assert "… and 1 more: --top N shows them" in shown


def test_many_trials_as_data_are_said_to_take_long(desk: Desk, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.commands.wide._IN_FULL", 1)
    match = ("match", str(desk.profile), "--trials", library, "--format", "json")
    assert "each of 2 trials is judged in full and written at once; --top N" in run(*match).err
    assert not run(*match, "--top", "1").err


def test_one_trial_of_a_library_is_explained_even_where_it_was_left_out(desk: Desk, library: str) -> None:
    assert "Of children" in run("explain", str(desk.profile), "NCT8", "--trials", library).out
    refused = run("explain", str(desk.profile), "NCT0", "--trials", library)
    assert (refused.code, "no trial of the library has this id" in refused.err) == (1, True)


def test_the_patients_of_a_trial_have_the_verdicts_of_their_own_match(desk: Desk, library: str) -> None:
    found = run("patients", "NCT06167174", "--format", "json").json
    assert len(found["patients"]) >= 10
    for one in found["patients"]:
        own = next(each for each in run("match", one["profile"], "--format", "json").json["trials"] if each["trial_id"] == "NCT06167174")
        assert {**one, "rank": 0} == {"profile": one["profile"], "as_of": one["as_of"], **own, "rank": 0}
    tiers = [("eligible", "possible", "excluded").index(one["tier"]) for one in found["patients"]]
    assert tiers == sorted(tiers)
    desk.file("ward/T-1.toml", desk.profile.read_bytes())
    desk.file("ward/broken.toml", b"schema = 2")
    ours = run("patients", "NCT00000017", "--profiles", str(desk.home / "ward"), "--trials", library)
    assert ("1 patient:" in ours.out, "broken.toml" in ours.err) == (True, True)


def test_a_screening_log_has_a_row_for_each_patient(desk: Desk) -> None:
    desk.file("ward/T-1.toml", desk.profile.read_bytes())
    desk.file("ward/T-2.toml", desk.profile.read_text(encoding="utf-8").replace("T-1", "T-2").encode())
    run("mark", "LN-0042", "NCT06167174", "watch", "--note", "calls back")
    given = ("patients", "NCT06167174", "--profiles", str(desk.home / "ward"))
    path = desk.home / "log.csv"
    assert run(*given, "-o", path).code == 0
    printed = run(*given, "--format", "csv").out
    assert path.read_bytes().decode("utf-8-sig") == printed
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert [(row["patient"], row["trial"]) for row in rows] == [("T-1", "NCT06167174"), ("T-2", "NCT06167174")]
    assert all(row["screened on"] and row["standing"] and (row["what excludes"] or row["what to ask"]) for row in rows)
    assert "exists already" in run(*given, "-o", path).err
    marked = csv.DictReader(io.StringIO(run("patients", "NCT06167174", "--format", "csv").out))
    assert next((row["mark"], row["note"]) for row in marked if row["patient"] == "LN-0042") == ("watch", "calls back")


def test_the_ward_has_each_patients_best_trials(desk: Desk, library: str) -> None:
    found = run("match", "--all-profiles", "--top", "2", "--format", "json").json
    for one in found["patients"]:
        every = [each for each in run("match", one["profile"], "--format", "json").json["trials"] if each["tier"] != "excluded"]
        own = sorted(every, key=lambda each: (each["status"] not in OPEN_STATUSES, each["condition_relation"] == "unknown"))
        assert one["trials"] == own[:2]
    assert "LN-0042" in run("match", "--all-profiles", "--trials", library).out


@each_row("words", [("match",), ("match", "LN-0042", "--all-profiles")])
def test_a_match_is_of_one_patient_or_of_all(desk: Desk, words: tuple[str, ...]) -> None:
    assert run(*words).code == 2


@each_row(("words", "there", "not_there"), [
    (("made-up",), {"NCT00000017"}, {"NCT8", "NCT9"}), (("gout", "--status", "completed"), set(), {"NCT9"}), (("gout", "--status", "Active, not recruiting", "--status", "RECRUITING"), {"NCT9"}, set()),
    (("--condition", "kidney disease", "--age", "12"), {"NCT8"}, {"NCT9"}), (("of gout",), {"NCT9"}, {"NCT8"}), (("of*",), {"NCT8", "NCT9"}, set()),
])  # fmt: skip
def test_search_finds_trials_of_a_library(desk: Desk, library: str, words: tuple[str, ...], there: set[str], not_there: set[str]) -> None:
    found = {one["id"] for one in run("search", *words, "--trials", library, "--format", "json").json["trials"]}
    assert (there - found, not_there & found) == (set(), set())
    assert len(run("search", *words, "--limit", "1", "--trials", library).out.splitlines()) == min(1, len(found))


def test_a_trial_of_the_library_is_marked_and_exported_even_where_it_is_left_out(desk: Desk, library: str) -> None:
    places = folders()
    places.data.mkdir(parents=True, exist_ok=True)
    places.library.write_bytes(Path(library).read_bytes())
    for name in ("NCT9", "NCT00000017"):
        assert run("mark", str(desk.profile), name).code == 0
    assert run("mark", str(desk.profile), "NCT0").code == 1
    shown = tomllib.loads(run("export", str(desk.profile)).out)
    assert [one["id"] for one in shown["trials"]] == ["NCT00000017", "NCT9"]
    assert len(tomllib.loads(run("export", str(desk.profile), "--all").out)["trials"]) >= 3


def test_a_status_that_is_none_is_refused(desk: Desk, library: str) -> None:
    refused = run("search", "x", "--status", "open", "--trials", library)
    assert (refused.code, "expected one of not-yet-recruiting" in refused.err) == (1, True)


@each_row(("phase", "code"), [("2", 0), ("III", 0), ("phase 4", 0), ("early phase 1", 0), ("banana", 1), ("5", 1)])
def test_a_phase_that_is_none_is_refused(desk: Desk, library: str, phase: str, code: int) -> None:
    found = run("search", "x", "--phase", phase, "--trials", library)
    assert (found.code, "expected 1, 2, 3, 4 or early phase 1" in found.err) == (code, bool(code))
