"""`read` and `import`: eligibility text and saved pages, as text, as JSON, and as records in the library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from command_support import PAGE, ROOT, process, refused, run
from rows import each_row

from matcher.model.records import keys
from matcher.model.trial import Trial
from matcher.storage.library import Library
from matcher.storage.toml_files import load_trial

if TYPE_CHECKING:
    from conftest import Desk

READ = {"id", "kind", "text", "group", "note", "check", "read", "spans"}
PROBLEM = {"file", "place", "kind", "message"}
TEXT = "Inclusion Criteria:\n- Age 18 years or older\n- Likes the sea\n\nExclusion Criteria:\n- Platelets < 50×10^9/L\n"


def test_read_gives_each_criterion_its_place_its_check_and_its_share(desk: Desk) -> None:
    found = run("read", desk.file("eligibility.txt", TEXT), "--format", "json").json
    assert found.keys() == {"criteria"}
    assert all(one.keys() == READ for one in found["criteria"])
    assert [(one["id"], one["kind"]) for one in found["criteria"]] == [("I1", "inclusion"), ("I2", "inclusion"), ("E1", "exclusion")]
    assert [one["read"] for one in found["criteria"]] == ["full", "none", "full"]
    for one in found["criteria"]:
        assert all(0 <= start < end <= len(one["text"]) for start, end in one["spans"])


def test_read_takes_a_file_a_dash_or_nothing(desk: Desk) -> None:
    by_file = run("read", desk.file("eligibility.txt", TEXT)).out
    assert run("read", "-", given=TEXT).out == run("read", given=TEXT).out == by_file
    assert "E1 Platelets < 50×10^9/L" in by_file
    assert "full: platelets < 50 ×10⁹/L" in by_file


def test_read_says_which_words_each_leaf_was_read_from(desk: Desk) -> None:
    said = run("read", given="Exclusion Criteria:\n- Epilepsy or   HbA1c above 9 %\n- Gout\n").out
    assert "      0-8 “Epilepsy” → epilepsy\n" in said
    assert "“HbA1c above 9 %” → HbA1c > 9 %\n" in said
    assert said.count("→") == 2  # a criterion of one leaf has one place: all of it


def test_read_shows_the_trials_of_a_page_or_a_registry_file(desk: Desk) -> None:
    lines = "".join(json.dumps({"nct_id": f"NCT0000000{n}", "title": f"Study {n}", "criteria": TEXT}) + "\n" for n in (1, 2))
    file = desk.file("records.jsonl", lines)
    found = run("read", file, "--format", "json").json
    assert [(one["id"], one["title"], [each["id"] for each in one["criteria"]]) for one in found["trials"]] == [
        (f"NCT0000000{n}", f"Study {n}", ["I1", "I2", "E1"]) for n in (1, 2)
    ]
    shown = run("read", file).out
    assert shown.splitlines()[0] == "NCT00000001 Study 1"
    assert shown.count("full: platelets < 50 ×10⁹/L") == 2
    assert "Inclusion Criteria" not in run("read", PAGE).out


def test_read_refuses_records_that_are_broken_off(desk: Desk) -> None:
    refused("read", desk.file("broken.json", '{"nct_id": "NCT00000001", "criteria": '))
    assert "full: platelets" in run("read", desk.file("cohorts.txt", "[Cohort A]\n- Platelets < 50×10^9/L\n")).out


def test_read_refuses_a_table_without_criteria_and_takes_marks_for_what_they_mean(desk: Desk) -> None:
    table = desk.home / "found.csv"
    table.write_text("NCT Number,Study Title,Study Status,Conditions,Sex\nNCT90000001,Air,RECRUITING,Asthma,ALL\n", encoding="utf-8")
    done = run("read", table)
    assert (done.code, "without eligibility criteria" in done.err) == (1, True)
    read = run("read", "-", given="Inclusion criteria:<br>* Age &ge; 18 years<br>* Platelets &gt; 100 x 10<sup>9</sup>/L")
    assert "age ≥ 18 years" in read.out
    assert "platelets > 100 ×10⁹/L" in read.out


def test_read_takes_other_encodings_and_says_so(desk: Desk) -> None:
    utf16 = run("read", desk.file("utf16.txt", TEXT.encode("utf-16")), "--format", "json")
    latin = run("read", desk.file("latin.txt", TEXT.replace("×", " x ").replace("sea", "caf\xe9").encode("cp1252")), "--format", "json")
    assert [one["id"] for one in utf16.json["criteria"]] == [one["id"] for one in latin.json["criteria"]] == ["I1", "I2", "E1"]
    assert "Windows-1252" in latin.err


def test_read_of_standard_input_takes_any_bytes(desk: Desk) -> None:
    done = process("read", "-", "--format", "json", given=b"Inclusion Criteria:\n- Age \xff 18\n", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode())["criteria"]


def test_read_refuses_in_one_line(desk: Desk) -> None:
    assert "check that it is there" in refused("read", desk.home / "no-such.txt")
    assert "not a text file" in refused("read", desk.file("binary", b"\x00\x01\x02"))
    refused("read", desk.home)


def test_a_dry_run_writes_nothing_and_prints_records_and_problems(desk: Desk) -> None:
    done = run("import", PAGE, "--dry-run", "--format", "json")
    assert done.code == 0
    assert done.json.keys() == {"records", "problems"}
    (record,) = done.json["records"]
    assert record["schema"] == 1
    assert record.keys() <= set(keys(Trial))
    assert Trial.checked(record).id == "NCT90000101"
    assert not (desk.home / "data").exists()


def test_problems_have_a_file_a_place_a_kind_and_a_message(desk: Desk) -> None:
    strange = desk.file("strange.txt", "A page of no known kind.\n")
    done = run("import", PAGE, strange, desk.home / "no-such.txt", "--dry-run", "--format", "json")
    assert done.code == 1
    assert len(done.json["records"]) == 1
    assert all(one.keys() == PROBLEM for one in done.json["problems"])
    assert [one["file"] for one in done.json["problems"]] == [str(strange), str(desk.home / "no-such.txt")]
    assert "a text with lines for Title: and Condition: and the heading Inclusion criteria" in done.json["problems"][0]["message"]
    assert all(one["message"].strip() and "\n" not in one["message"] for one in done.json["problems"])


def test_an_empty_name_imports_nothing(desk: Desk) -> None:
    assert "an empty name" in refused("import", "")


def test_an_import_is_kept_and_the_same_again_is_unchanged(desk: Desk) -> None:
    first = run("import", PAGE)
    again = run("import", PAGE)
    assert (first.code, again.code) == (0, 0)
    assert "1 read: 1 new" in first.out
    assert "1 read: 1 unchanged" in again.out
    assert "NCT90000101" in run("trials").out
    assert "1 record, all whole" in run("library", "check").out
    assert run("library", "info", "--format", "json").json["records"] == 1


def test_a_changed_page_replaces_the_record_and_the_former_one_is_kept(desk: Desk) -> None:
    page, mine = desk.file("page.txt", PAGE.read_text(encoding="utf-8")), desk.home / "mine.db"
    run("import", page, "--into", mine)
    page.write_text(page.read_text(encoding="utf-8").replace("Wheezing", "Coughing"), encoding="utf-8")
    assert "1 read: 1 changed" in run("import", page, "--into", mine).out
    with Library(mine) as library:
        now, (before,) = library.trial("NCT90000101"), library.earlier("NCT90000101")
    assert now is not None
    assert "Coughing" in str(now)
    assert "Wheezing" in str(before)
    assert "NCT90000101" in run("trials", "--trials", mine).out


def test_a_curated_record_stands_before_the_imported_one_and_the_difference_is_shown(desk: Desk) -> None:
    run("import", PAGE)
    assert run("library", "curate", "NCT90000101").code == 0
    path = desk.home / "data/trials/NCT90000101.toml"
    record = load_trial(path)
    number, one = next((number, one) for number, one in enumerate(record.criteria) if one.check and one.kind == "inclusion")
    text = path.read_text(encoding="utf-8").replace(f'id = "{one.id}"\n', f'id = "{one.id}"\ncurated = true\n')
    path.write_text(text.replace("check = ", 'check = "age ≥ 3 years" # ', number + 1), encoding="utf-8")
    kept = path.read_bytes()
    done = run("import", desk.file("page.txt", PAGE.read_text(encoding="utf-8") + " "))
    assert f'{one.id} is "age ≥ 3 years" in the record' in done.err
    assert path.read_bytes() == kept
    assert "age ≥ 3 years" in run("explain", desk.profile, "NCT90000101", "--format", "json").out
    assert "exists already" in refused("library", "curate", "NCT90000101")


def test_a_shipped_record_is_not_hidden_by_an_import_of_its_page(desk: Desk) -> None:
    run("import", desk.file("page.txt", PAGE.read_text(encoding="utf-8").replace("NCT90000101", "NCT06167174")))
    (found,) = [one for one in run("trials", "--format", "json").json if one["id"] == "NCT06167174"]
    assert found["conditions"] == load_trial(ROOT / "trials/NCT06167174.toml").conditions


@each_row(
    ("words", "said"),
    [
        (("import", PAGE, "--into", "folder"), "expected the file of a library"),
        (("library", "info"), "there is no such library"),
        (("library", "check", "--into", "bad.db"), "not a library of matcher"),
    ],
)
def test_what_is_no_library_is_said_in_one_line(desk: Desk, words: tuple[str, ...], said: str) -> None:
    (desk.home / "folder").mkdir(exist_ok=True)
    desk.file("bad.db", b"not a database at all, but long enough to be looked at" * 100)
    assert said in refused(*(desk.home / word if word in ("folder", "bad.db") else word for word in words))


def test_trial_staff_are_left_out_on_request(desk: Desk) -> None:
    pages = sorted((ROOT / "tests/sources/pages").glob("*.txt"))
    found = run("import", *pages, "--dry-run", "--no-contacts", "--format", "json").json
    assert len(found["records"]) == len(pages)
    assert not any(one.get("officials") for one in found["records"])


@pytest.mark.skipif(not (ROOT / "../shared/pages").is_dir(), reason="../shared/pages is not beside the project")
def test_the_five_shared_pages_are_all_read(desk: Desk) -> None:
    done = run("import", ROOT / "../shared/pages", "--dry-run", "--format", "json")
    assert done.code == 0
    assert len(done.json["records"]) == 5
    assert not [one for one in done.json["problems"] if one["kind"] in ("unknown-format", "unreadable", "invalid")]
