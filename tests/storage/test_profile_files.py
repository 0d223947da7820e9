"""Profiles as files: what is saved loads again equal, what is wrong is said in one line, no bytes do worse."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.model.dates import PartialDate, partial_date
from matcher.model.profile import (
    Allergy, Answer, Complete, Condition, Lab, Medication, Participation, Procedure, Profile, Relative, Score,
)  # fmt: skip
from matcher.storage import plausible
from matcher.storage.plausible import implausible
from matcher.storage.refusal import ChangedOnDisk, InputError
from matcher.storage.toml_files import load_profile, profile_from_plain, profile_text, read_profile, save_profile
from matcher.vocabulary import Measure, Vocabulary, load

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
        ("age = 34", 'agee = 34', "agee", 'unknown key; did you mean "age"?'),
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
        ("weight_kg = 61.5", "smoking = 2026-01-01", "smoking", 'found 2026-01-01, expected "never", "former" or "current"'),
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
        ("value = 182", "value = 182\nlln = 400\nuln = 150", "labs[1].lln", "expected at most the upper limit of normal, 150"),
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
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "words"), WRONG, ids=[f"{number}-{case[3][:30]}" for number, case in enumerate(WRONG)])
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    assert old in WHOLE
    refused = refusal(WHOLE.replace(old, new, 1), tmp_path)
    assert words in refused.message
    assert refused.place == place or not place


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'schema = 1\nid = "\xff"', "line 2: not UTF-8 text"),
        ("id = 1".encode("utf-16"), "not UTF-8 text"),
        (b"\x00", "not valid TOML"),
        (b"", "id: this key is missing"),
        pytest.param(b"x" * 5_000_001, "larger than 5 MB", id="large"),
        (b"agee = 1\nlabss = 2\nid = 3\n", "(and 2 more to correct)"),
    ],
)
def test_other_bytes_are_refused_too(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in str(refusal(data, tmp_path))


@pytest.mark.parametrize("part", [b"a.", b'"a".', b"a .", b"[", b"{a=", b"'", b'"', b"x" * 70 + b".", b"[[a]]\n", b"[a.a]\n"])
def test_a_hostile_file_is_refused_in_good_time(tmp_path: Path, part: bytes) -> None:
    begun = time.perf_counter()
    refusal(part * (500_000 // len(part)), tmp_path)
    assert time.perf_counter() - begun < 10


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400))
def test_any_bytes_load_or_are_refused(tmp_path: Path, data: bytes) -> None:
    load_or_refuse(tmp_path, data)


FRAGMENTS = st.sampled_from(
    ["[[", "]]", "=", '"', '"""', "\n", "[labs]", "[[labs]]", "{", "}", "1e400", "-", "nan", "2024-02-30", "true", ".", "é", "\x00",
     "\ufffe", "#", "schema", "null", "0x", "'", "\\u0000", "\\ud800", "[1, [2]]", "07:32:00", "1979-05-27T00:32:00-07:00", "id"]
)  # fmt: skip


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 25), FRAGMENTS), min_size=1, max_size=4))
def test_a_mutilated_profile_loads_or_is_refused(tmp_path: Path, cuts: list[tuple[int, int, str]]) -> None:
    text = WHOLE
    for start, length, fragment in cuts:
        text = text[:start] + fragment + text[start + length :]
    load_or_refuse(tmp_path, text.encode("utf-8", "surrogatepass"))


def load_or_refuse(folder: Path, data: bytes) -> None:
    path = folder / "p.toml"
    path.write_bytes(data)
    try:
        profile = load_profile(path)
    except InputError as refused:
        assert "\n" not in str(refused)
    else:
        assert profile_from_plain(profile.plain(), "again") == profile


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.decimals(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from([*Profile.model_fields, *Lab.model_fields, "schema", "x\ny"]), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(plain=PLAIN)
def test_any_json_is_a_profile_or_refused(plain: Any) -> None:
    named = {"schema": 1, "id": "X", **plain} if isinstance(plain, dict) else plain
    try:
        profile_from_plain(named, "line 3")
    except InputError as refused:
        assert str(refused).startswith("line 3")
        assert "\n" not in str(refused)


def test_json_profiles_carry_dates_as_text_and_exact_numbers() -> None:
    text = '{"schema": 1, "id": "X", "as_of": "2026-11-21", "labs": [{"test": "CRP", "value": 0.1, "unit": "mg/L", "date": "2026-11"}]}'
    profile = profile_from_plain(json.loads(text, parse_float=Decimal), "line 1")
    assert profile.as_of == date(2026, 11, 21)
    assert profile.labs[0].value == Decimal("0.1")


@pytest.mark.parametrize("plain", [None, [], 3, "x", {"id": "\ud800"}, {"id": "X", "labs": [{"test": "x", "value": "\ud800"}]}])
def test_json_that_is_no_profile_is_refused(plain: Any) -> None:
    with pytest.raises(InputError, match=r"^line 7"):
        profile_from_plain(plain, "line 7")


WORDS = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() == text and _plain_text(text))
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20).filter(
    lambda number: not number or abs(number.adjusted()) <= 30
)
DATES = st.dates(min_value=date(1000, 1, 1)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}"]).map(partial_date)
)


def _plain_text(text: str) -> bool:
    return text.isprintable() or "\n" in text


def entry(kind: Any, /, **given_fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    required = {name: one for name, one in given_fields.items() if kind.model_fields[name].is_required()}
    optional = {name: one for name, one in given_fields.items() if name not in required}
    return st.lists(st.fixed_dictionaries(required, optional=optional).map(lambda fields: kind(**fields)), max_size=2)


COMPLETENESS = st.booleans() | st.just("current") | DATES
PROFILES = st.fixed_dictionaries(
    {"id": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", fullmatch=True)},
    optional={
        "age": st.decimals(0, 130, places=3) | st.just("90+"),
        "sex": st.sampled_from(["female", "male"]),
        "weight_kg": st.decimals(1, 300, places=2),
        "healthy": st.booleans(),
        "contraception": st.booleans(),
        "smoking": st.sampled_from(["never", "former", "current"]),
        "smoking_stopped": DATES,
        "note": st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
        "complete": st.fixed_dictionaries({}, optional=dict.fromkeys(Complete.model_fields, COMPLETENESS)).map(
            lambda fields: Complete(**fields)
        ),
        "conditions": entry(
            Condition, name=WORDS, status=st.sampled_from(["active", "resolved", "suspected", "absent"]), stage=WORDS,
            confirmed_by=st.lists(WORDS, max_size=3), since=DATES,
        ),
        "labs": entry(Lab, test=WORDS, value=NUMBERS | WORDS, unit=WORDS, uln=NUMBERS, date=DATES),
        "scores": entry(Score, name=WORDS, value=NUMBERS | WORDS, date=DATES),
        "medications": entry(
            Medication, name=WORDS, status=st.sampled_from(["current", "past", "absent"]), dose=NUMBERS, unit=WORDS, stop=DATES,
            response=st.sampled_from(["complete", "none"]),
        ),
        "procedures": entry(Procedure, name=WORDS, date=DATES, finding=WORDS),
        "allergies": entry(Allergy, substance=WORDS, status=st.sampled_from(["present", "absent"])),
        "trials": entry(Participation, name=WORDS, kind=st.sampled_from(["drug", "device"]), start=DATES),
        "family_history": entry(Relative, name=WORDS, relation=WORDS),
        "answers": entry(Answer, statement=WORDS, holds=st.booleans(), date=DATES),
    },
).map(lambda fields: Profile(**fields))  # fmt: skip


class NoMeasures:
    """A vocabulary that knows no test, so that any number is plausible."""

    def measure(self, wording: str) -> None:
        return None


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(profile=PROFILES)
def test_what_is_saved_loads_again_equal(tmp_path: Path, profile: Profile) -> None:
    vocabulary: Any = NoMeasures()
    path = tmp_path / "round.toml"
    path.unlink(missing_ok=True)
    digest = save_profile(profile, path, expected=None, guard=no_objection)
    again, read = read_profile(path, vocabulary)
    assert again == profile
    assert read == digest
    assert profile_text(again) == profile_text(profile)


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


PLATELETS = Measure(
    id="lab:platelets", label="platelets", kind="lab", unit="×10⁹/L", low=Fraction(0), high=Fraction(5000), shelf_days=90,
    uln=None, lln=None, answer="number", question="What is the platelet count?", order=(), profile_key="",
)  # fmt: skip
ECOG = Measure(
    id="score:ecog", label="ECOG", kind="score", unit="", low=Fraction(0), high=Fraction(5), shelf_days=None,
    uln=None, lln=None, answer="number", question="What is the ECOG score?", order=(), profile_key="",
)  # fmt: skip


class TwoMeasures:
    """A vocabulary of platelets and ECOG."""

    def measure(self, wording: str) -> Measure | None:
        return {"platelets": PLATELETS, "ECOG": ECOG}.get(wording)


@pytest.fixture
def simple_units(monkeypatch: pytest.MonkeyPatch) -> None:
    factors = {"10^9/L": Fraction(1), "/µL": Fraction(1, 1000), "": Fraction(1)}

    def canonical(measure: Measure, number: Decimal, unit: str) -> Fraction | None:
        return Fraction(number) * factors[unit] if unit in factors else None

    def restate(measure: Measure, value: Fraction, unit: str) -> Fraction | None:
        return value / factors[unit]

    monkeypatch.setattr(plausible, "canonical", canonical)
    monkeypatch.setattr(plausible, "restate", restate)
    monkeypatch.setattr(plausible, "unit_label", str.strip)


@pytest.mark.usefixtures("simple_units")
@pytest.mark.parametrize(
    ("test", "value", "unit", "words"),
    [
        ("platelets", "182", "10^9/L", ""),
        ("platelets", "182000", "10^9/L", "found 182000 10^9/L, expected platelets between 0 and 5000 10^9/L"),
        ("platelets", "182000", "/µL", ""),
        ("platelets", "-1", "/µL", "expected platelets between 0 and 5000000 /µL"),
        ("platelets", "182000", None, ""),
        ("platelets", "182000", "mg/dL", ""),
        ("platelets", "low", "10^9/L", ""),
        ("unheard of", "1e20", "10^9/L", ""),
        ("ECOG", "7", None, "found 7, expected ECOG between 0 and 5"),
        ("ECOG", "2", None, ""),
    ],
)
def test_a_value_no_patient_has_is_a_slip(test: str, value: str, unit: str | None, words: str) -> None:
    vocabulary: Any = TwoMeasures()
    given_value = Decimal(value) if value[-1].isdigit() else value
    profile = Profile(id="A", labs=[Lab(test=test, value=given_value, unit=unit)])
    found = implausible(profile, vocabulary)
    assert [place for place, _ in found] == (["labs[1].value"] if words else [])
    assert all(words in message for _, message in found)


@pytest.mark.parametrize(
    ("lab", "refused"),
    [
        ({"test": "platelets", "value": 182, "unit": "10^9/L"}, False),
        ({"test": "platelets", "value": 182000, "unit": "/µL"}, False),
        ({"test": "PLT", "value": 182000, "unit": "10^9/L"}, True),
        ({"test": "platelets", "value": 182000}, False),
    ],
)
def test_the_vocabulary_tells_a_slip_on_loading(lab: dict[str, Any], refused: bool) -> None:
    vocabulary: Vocabulary = load()
    plain = {"schema": 1, "id": "A", "labs": [{"test": "unheard of", "value": 1}, lab]}
    if not refused:
        assert profile_from_plain(plain, "case", vocabulary).labs[1].test == lab["test"]
        return
    with pytest.raises(InputError, match=r"^case: labs\[2\]\.value: found 182000 .*expected .* between"):
        profile_from_plain(plain, "case", vocabulary)
