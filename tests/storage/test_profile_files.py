"""Profiles as files: what is saved loads again equal, what is wrong is said in one line, no bytes do worse."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rows import each_row

from matcher.model.dates import PartialDate, partial_date
from matcher.model.profile import (
    Profile,
)
from matcher.storage.refusal import ChangedOnDisk, InputError
from matcher.storage.toml_files import load_profile, profile_from_plain, profile_text, read_profile, save_profile

WHOLE = """\
schema = 1
id = "LN-0042"
as_of = 2026-11-21
age = 34
sex = "female"
weight_kg = 61.5
note = "two\\nlines"

[complete]
conditions = true
medications = "current"
procedures = 2024-01-01

[[conditions]]
name = "lupus nephritis"
stage = "IV"
confirmed_by = ["biopsy", "2012 SLICC"]
since = "2024-03"

[[labs]]
test = "platelets"
value = 182
unit = "10^9/L"
date = 2026-11-10

[[labs]]
test = "HBsAg"
value = "negative"
"""


def no_objection(_: Profile) -> Sequence[str]:
    return ()


def refusal(text: str | bytes, folder: Path) -> InputError:
    path = folder / "p.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as refused:
        load_profile(path)
    assert refused.value.file == str(path)
    assert "\n" not in str(refused.value)
    return refused.value


def test_a_profile_loads_with_native_and_written_dates(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(WHOLE, encoding="utf-8")
    profile = load_profile(path)
    assert profile.weight_kg == Decimal("61.5")
    assert profile.labs[0].date == partial_date("2026-11-10")
    assert profile.conditions[0].since == PartialDate(date(2024, 3, 1), date(2024, 3, 31))
    assert load_profile(str(path)) == profile


def test_a_byte_order_mark_and_windows_line_ends_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert load_profile(path).id == "LN-0042"


WRONG = [
    ("age = 34", "agee = 34", "agee", 'unknown key; did you mean "age"?'),
    ("weight_kg", "weight", "weight", 'did you mean "weight_kg"?'),
    ("unit = ", "units = ", "labs[1].units", 'did you mean "unit"?'),
    ('id = "LN-0042"', 'id = "LN-0042"\nqqqq = 1', "qqqq", "expected one of: schema, id, as_of"),
    ("stage = ", "qqq = ", "conditions[1].qqq", "expected one of: name, status, stage"),
    ("medications =", "medication =", "complete.medication", 'did you mean "medications"?'),
    ("schema = 1", "schema_ = 1", "schema_", 'did you mean "schema"?'),
    ("schema = 1", "schema = 2", "schema", "found 2, expected 1"),
    ("value = 182", "value = true", "labs[1].value", "found true, expected a number, or words"),
    ("value = 182", "value = nan", "labs[1].value", "expected a finite number"),
    ("value = 182", "value = 1e999999999", "labs[1].value", "expected a number of ordinary size"),
    ('value = "negative"', 'value = " "', "labs[2].value", "expected a number or words"),
    ("age = 34", "age = 200", "age", "found 200, expected an age between 0 and 130 years"),
    ("age = 34", 'age = "old"', "age", 'found "old", expected an age in years such as 34, or "90+"'),
    ('"female"', '"f"', "sex", 'found "f", expected "female" or "male"'),
    ("weight_kg = 61.5", "weight_kg = 1000", "weight_kg", "found 1000, expected at most 700"),
    ("weight_kg = 61.5", "weight_kg = 0.1", "weight_kg", "found 0.1, expected at least 0.2"),
    ("weight_kg = 61.5", 'weight_kg = "61"', "weight_kg", 'found "61", expected a number'),
    ("weight_kg = 61.5", 'healthy = "no"', "healthy", 'found "no", expected true or false'),
    ("weight_kg = 61.5", "healthy = 1", "healthy", "found 1, expected true or false"),
    (
        "weight_kg = 61.5",
        "smoking = 2026-01-01",
        "smoking",
        'found 2026-01-01, expected "never", "former" or "current"',
    ),
    ('["biopsy", "2012 SLICC"]', '"biopsy"', "conditions[1].confirmed_by", 'found "biopsy", expected a list'),
    ('["biopsy", "2012 SLICC"]', "[1]", "conditions[1].confirmed_by[1]", "found 1, expected text in quotes"),
    ('"lupus nephritis"', '""', "conditions[1].name", "expected some text, not an empty one"),
    ('"lupus nephritis"', '"' + "x" * 501 + '"', "conditions[1].name", "expected at most 500 characters"),
    ('name = "lupus nephritis"\n', "", "conditions[1].name", "this key is missing"),
    ('id = "LN-0042"\n', "", "id", "this key is missing"),
    ('"LN-0042"', '"LN 42/1"', "id", "expected a code such as"),
    ('"2024-03"', '"March 2024"', "conditions[1].since", 'found "March 2024", expected a date such as 2024-03-05'),
    ('"2024-03"', '"2024-13"', "conditions[1].since", "no such day"),
    ('"2024-03"', "07:32:00", "conditions[1].since", "found 07:32:00, expected a date"),
    ("as_of = 2026-11-21", 'as_of = "2026-11"', "as_of", "expected a whole date"),
    ("date = 2026-11-10", "date = 2027-11-10", "labs[1].date", "2027-11-10 is after as_of = 2026-11-21"),
    ('since = "2024-03"', 'since = "2024-03"\nuntil = "2023"', "conditions[1].until", "ends (2023) before it begins"),
    ('"current"', '"now"', "complete.medications", 'expected true, false, "current" or a date'),
    (
        "value = 182",
        "value = 182\nlln = 400\nuln = 150",
        "labs[1].lln",
        "expected at most the upper limit of normal, 150",
    ),
    ("age = 34", "age = 34\nage = 35", "line 5, column 9", "this key stands here a second time"),
    ("age = 34", "age 34", "line 4, column 5", "expected = after the key"),
    ("age = 34", "age = old", "line 4, column 7", "expected a value: text in quotes"),
    ("2026-11-10", "2026-02-30", "line 24, column 8", "no such day"),
    ('"negative"\n', '"negative\n', "", "not valid TOML"),
    ("age = 34", "age = " + "9" * 5000, "", "a number is too long"),
    ("age = 34", "age = 0x" + "9" * 5000, "", "a number is too long"),
    ("age = 34", "age = 1e" + "9" * 50, "", "a number is too long"),
    ("age = 34", "age = " + "[" * 50_000, "", "nested too deeply"),
    ("age = 34", "age = " + "[" * 50 + "]" * 50, "", "nested too deeply"),
    ("age = 34", ".".join("a" * 100) + " = 1", "", "too many parts"),
]


@each_row(
    ("old", "new", "place", "words"), WRONG, ids=[f"{number}-{case[3][:30]}" for number, case in enumerate(WRONG)]
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    assert old in WHOLE
    refused = refusal(WHOLE.replace(old, new, 1), tmp_path)
    assert words in refused.message
    assert refused.place == place or not place


@each_row(
    ("data", "words"),
    [
        (b'schema = 1\nid = "\xff"', "line 2: not UTF-8 text"),
        ("id = 1".encode("utf-16"), "not UTF-8 text"),
        (b"\x00", "not valid TOML"),
        (b"", "id: this key is missing"),
        (b"x" * 5_000_001, "larger than 5 MB"),
        (b"agee = 1\nlabss = 2\nid = 3\n", "(and 2 more to correct)"),
    ],
)
def test_other_bytes_are_refused_too(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in str(refusal(data, tmp_path))


@each_row(
    "part", [b"a.", b'"a".', b"a .", b"[", b"{a=", b"'", b'"', b"x" * 70 + b".", b"[[a]]\n", b"[a.a]\n"]
)
def test_a_hostile_file_is_refused_in_good_time(tmp_path: Path, part: bytes) -> None:
    begun = time.process_time()
    refusal(part * (500_000 // len(part)), tmp_path)
    assert time.process_time() - begun < 10


def test_json_profiles_carry_dates_as_text_and_exact_numbers() -> None:
    lab = '{"test": "CRP", "value": 0.1, "unit": "mg/L", "date": "2026-11"}'
    text = '{"schema": 1, "id": "X", "as_of": "2026-11-21", "labs": [' + lab + "]}"
    profile = profile_from_plain(json.loads(text, parse_float=Decimal), "line 1")
    assert profile.as_of == date(2026, 11, 21)
    assert profile.labs[0].value == Decimal("0.1")


@each_row(
    "plain", [None, [], 3, "x", {"id": "\ud800"}, {"id": "X", "labs": [{"test": "x", "value": "\ud800"}]}]
)
def test_json_that_is_no_profile_is_refused(plain: Any) -> None:
    with pytest.raises(InputError, match=r"^line 7"):
        profile_from_plain(plain, "line 7")


def test_keys_are_written_in_the_order_of_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(WHOLE, encoding="utf-8")
    assert profile_text(load_profile(path)) == WHOLE.replace('"two\\nlines"', '"""\ntwo\nlines"""')


def test_a_profile_changed_on_disk_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    save_profile(Profile(id="A"), path, expected=None, guard=no_objection)
    profile, digest = read_profile(path)
    path.write_text('id = "B"\n', encoding="utf-8")
    with pytest.raises(ChangedOnDisk):
        save_profile(profile, path, expected=digest, guard=no_objection)
    assert load_profile(path).id == "B"


def test_a_guard_that_objects_stops_the_save(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    with pytest.raises(InputError, match="not saved: note: a name"):
        save_profile(Profile(id="A"), path, expected=None, guard=lambda profile: ["note: a name"])
    assert not path.exists()
