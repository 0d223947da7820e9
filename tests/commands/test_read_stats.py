"""`read --stats`: shares of what was read over any number of files of records."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from command_support import ROOT, refused, run
from rows import each_row

from matcher.commands.stats import Shares, how_read
from matcher.model.wording import parse

if TYPE_CHECKING:
    from conftest import Desk

TEXT = "Inclusion Criteria:\n\n- Age 18 years or older\n\n- Likes the sea\n\nExclusion Criteria:\n\n- Platelets < 50×10^9/L\n"
PLAIN = {"nct_id": "NCT90000201", "criteria": TEXT}
STUDY = {"protocolSection": {"eligibilityModule": {"eligibilityCriteria": TEXT}}}
KEYS = {
    "records", "records_without_text", "criteria", "judgement", "consent", "full", "at_least_one_leaf", "leaves_in_doubt_only",
    "statement", "unread", "criteria_with_leaf_kind",
}  # fmt: skip
REGISTRY = ROOT / "../shared/data/registry"


def lines(*records: object) -> str:
    return "".join(json.dumps(one) + "\n" for one in records)


def stats(*files: object) -> Any:
    done = run("read", "--stats", "--format", "json", *files)
    assert done.code == 0, done
    return done.json


def test_shares_have_their_keys_and_count_criteria(desk: Desk) -> None:
    found = stats(desk.file("one.jsonl", lines(PLAIN)))
    assert found.keys() == KEYS
    assert (found["records"], found["criteria"]) == (1, 3)
    assert found["full"] == found["at_least_one_leaf"] == pytest.approx(2 / 3, abs=1e-3)
    assert found["criteria_with_leaf_kind"]["age"] == pytest.approx(1 / 3, abs=1e-3)


@each_row(("form", "packed"), [("lines", False), ("lines", True), ("page", False), ("page", True), ("list", True)])
def test_every_form_of_the_same_records_gives_the_same_shares(desk: Desk, form: str, packed: bool) -> None:
    text = {"lines": lines(PLAIN, STUDY), "page": lines({"studies": [PLAIN, STUDY]}), "list": lines([PLAIN, STUDY])}[form]
    content = gzip.compress(text.encode()) if packed else text.encode()
    expected = stats(desk.file("expected.jsonl", lines(PLAIN, PLAIN)))
    assert stats(desk.file("records", content)) == expected


def test_any_number_of_files_is_counted_together(desk: Desk) -> None:
    one = desk.file("one.jsonl", lines(PLAIN))
    two = desk.file("two.jsonl.gz", gzip.compress(lines(STUDY, PLAIN).encode()))
    assert (stats(one, two, one)["records"], stats(one, two, one)["criteria"]) == (4, 12)


def test_standard_input_and_text_for_reading(desk: Desk) -> None:
    done = run("read", "--stats", "-", given=lines(PLAIN))
    assert done.code == 0
    assert "66.7%" in done.out
    assert "criteria with leaf kind:" in done.out


def test_a_record_without_text_is_counted_as_such(desk: Desk) -> None:
    found = stats(desk.file("bare.jsonl", lines({"nct_id": "x"}, {"protocolSection": {}}, {"protocolSection": 3}, {"criteria": None}, PLAIN)))
    assert (found["records"], found["records_without_text"], found["criteria"]) == (5, 4, 3)


def test_a_bad_line_is_said_and_the_rest_goes_on(desk: Desk) -> None:
    path = desk.file("bad.jsonl", "{\n\n7\n" + lines(PLAIN) + "[" * 5000 + "\n")
    done = run("read", "--stats", "--format", "json", path)
    assert done.code == 1
    assert done.json["records"] == 1
    assert [line.split(": ")[2] for line in done.err.splitlines()] == ["line 1", "line 3", "line 5"]


def test_damaged_gzip_is_said(desk: Desk) -> None:
    whole = gzip.compress(lines(*[{**PLAIN, "nct_id": str(number)} for number in range(60)]).encode())
    for name, content in (("cut", whole[: len(whole) // 2]), ("spoilt", whole[:-8] + b"12345678")):
        done = run("read", "--stats", desk.file(name, content))
        assert done.code == 1
        assert "breaks off or is damaged" in done.err
        assert len(done.err.splitlines()) == 1


@each_row("content", [b"", b"\n\n", b"\x1f\x8b", b"\x00\xff\xfe"])
def test_a_file_without_records_is_refused(desk: Desk, content: bytes) -> None:
    done = run("read", "--stats", desk.file("empty", content))
    assert (done.code, done.out) == (1, "")
    assert "expected JSON lines" in done.err.splitlines()[-1]


def test_files_that_cannot_be_opened_are_refused_in_one_line(desk: Desk) -> None:
    refused("read", "--stats", desk.home / "no-such.jsonl")
    refused("read", "--stats", desk.home)
    assert "goes with --stats" in refused("read", desk.file("a", "x"), desk.file("b", "y"))


@each_row(
    ("wording", "expected"),
    [
        ("age ≥ 18 years", "full"),
        ('age ≥ 18 years and judgement "able"', "full"),
        ('age ≥ 18 years and unread "x"', "part"),
        ('asthma or statement "x"', "part"),
        ('statement "x" and unread "y"', "statement"),
        ('statement "x" and judgement "y"', "statement"),
        ('unread "y"', "unread"),
        ('unread "y" or consent "x"', "unread"),
        ('judgement "y" and consent "x"', "judgement"),
        ('consent "x"', "consent"),
    ],
)
def test_how_a_criterion_counts(wording: str, expected: str) -> None:
    assert how_read(parse(wording)) == expected


def test_shares_of_nothing_are_nothing() -> None:
    assert Shares().plain()["full"] == 0.0


@pytest.mark.skipif(not REGISTRY.is_dir(), reason="../shared/data/registry is not beside the project")
def test_the_registry_forms_are_counted(desk: Desk) -> None:
    with gzip.open(REGISTRY / "trials.jsonl.gz", "rt", encoding="utf-8") as packed:
        some = desk.file("some.jsonl", "".join(next(packed) for _ in range(10)))
    with gzip.open(REGISTRY / "ctgov-v2/studies.jsonl.gz", "rt", encoding="utf-8") as packed:
        studies = desk.file("studies.jsonl", "".join(next(packed) for _ in range(10)))
    found = stats(some, studies)
    assert found["records"] == 20
    assert found["criteria"] > 100
