"""The profile: what schema 1 takes, what it refuses and where, and that its plain form loads again."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import strategies as some
import tomli_w
from hypothesis import given
from laws import examples
from pydantic import ValidationError
from rows import each_row

from matcher.model.dates import partial_date
from matcher.model.profile import LISTS, Profile, dated_facts
from matcher.model.records import entries_in, keys

DAY = date(2026, 11, 21)


def profile(**keys: Any) -> Profile:
    return Profile.checked({"schema": 1, "id": "LN-0042", **keys})


def refusal(**keys: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        profile(**keys)
    problem = refused.value.errors()[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"


EVERYTHING = """
schema = 1
id = "LN-0042"
as_of = 2026-11-21
age = 34
sex = "female"
weight_kg = 61.5
height_cm = 165
healthy = false
pregnant = false
breastfeeding = false
childbearing_potential = true
contraception = true
smoking = "former"
smoking_stopped = "2024-03"
note = "free text"
[complete]
conditions = true
medications = "current"
procedures = 2020-01-01
allergies = "2020"
[[conditions]]
name = "lupus nephritis"
stage = "IV"
severity = "severe"
confirmed_by = ["biopsy"]
since = "2024-03"
diagnosed = "2024-05"
[[conditions]]
name = "sepsis"
status = "resolved"
until = "2025-01"
[[labs]]
test = "platelets"
value = 182
unit = "10^9/L"
uln = 400
lln = 150.5
date = 2026-11-10
[[labs]]
test = "HBsAg"
value = "negative"
[[scores]]
name = "SLEDAI-2K"
value = 10
date = 2026-11-01
[[medications]]
name = "MMF"
status = "past"
dose = 2
unit = "g/day"
route = "oral"
start = 2026-01-10
stop = 2026-09-01
stable_since = 2026-06-01
response = "inadequate"
indication = "lupus nephritis"
setting = "maintenance"
stop_reason = "progression"
[[procedures]]
name = "kidney biopsy"
date = 2026-08-01
until = 2026-08-02
finding = "class IV"
[[allergies]]
substance = "macrolides"
status = "absent"
[[trials]]
kind = "drug"
start = "2025-05"
stop = "2026-02"
[[family_history]]
name = "breast cancer"
relation = "mother"
[[answers]]
statement = "able to read"
holds = true
date = 2026-11-21
"""


def test_every_key_is_read_and_written_back() -> None:
    written = tomllib.loads(EVERYTHING)
    found = Profile.checked(written)
    assert found.plain() == written
    assert tomllib.loads(tomli_w.dumps(found.plain())) == written
    assert found.complete.procedures == partial_date("2020-01-01")
    assert found.conditions[0].since == partial_date("2024-03")
    assert found.labs[0].lln == Decimal("150.5")


def test_the_smallest_profile() -> None:
    assert profile().plain() == {"schema": 1, "id": "LN-0042"}
    assert Profile.checked({"id": "x"}).plain() == {"schema": 1, "id": "x"}
    assert profile().pregnant is None


@each_row("given_id", ["LN-0042", "a", "0", "A.b_c-d", "x" * 40])
def test_codes_a_site_may_make_up(given_id: str) -> None:
    assert Profile.checked({"schema": 1, "id": given_id}).id == given_id


@each_row("given_id", ["", "-a", ".a", "a b", "é", "x" * 41, "a/b", "a\n", 42, None])
def test_other_codes_are_refused(given_id: object) -> None:
    with pytest.raises(ValidationError):
        Profile.checked({"schema": 1, "id": given_id})


@each_row(("keys", "expected"), [
    ({"schema": 2}, "schema: Input should be 1"),
    ({"name": "x"}, "name: Unexpected keyword argument"),
    ({"birth_date": "1990"}, "birth_date: Unexpected keyword argument"),
    ({"complete": {"labs": True}}, "complete.labs: Unexpected keyword argument"),
    ({"complete": {"trials": "yes"}}, 'complete.trials: Value error, expected true, false, "current" or a date'),
    ({"complete": {"trials": 2020}}, 'complete.trials: Value error, expected true, false, "current" or a date'),
    ({"conditions": [{"name": "x", "code": "y"}]}, "conditions.0.code: Unexpected keyword argument"),
    ({"conditions": [{"name": "x"}, {}]}, "conditions.1.name: Field required"),
    ({"conditions": [{"name": " "}]}, "conditions.0.name: Value error, expected some text"),
    ({"conditions": [{"name": "x" * 501}]}, "conditions.0.name: Value error, expected at most 500 characters"),
    ({"conditions": [{"name": "x", "status": "cured"}]}, "conditions.0.status: Input should be 'active', 'resolved'"),
    ({"conditions": [{"name": "x", "since": "spring"}]}, "conditions.0.since: Value error, expected a date such as"),
    ({"conditions": [{"name": "x", "since": "2023-02-29"}]}, "conditions.0.since: Value error, no such day"),
    ({"conditions": {"name": "x"}}, "conditions: Input should be a valid list"),
    ({"age": -1}, "age: Value error, expected an age between 0 and 130 years"),
    ({"age": 131}, "age: Value error, expected an age between 0 and 130 years"),
    ({"age": "34"}, 'age: Value error, expected an age in years such as 34, or "90+"'),
    ({"age": True}, 'age: Value error, expected an age in years such as 34, or "90+"'),
    ({"age": float("nan")}, 'age: Value error, expected an age in years such as 34, or "90+"'),
    ({"sex": "F"}, "sex: Input should be 'female' or 'male'"),
    ({"weight_kg": "61"}, "weight_kg: Value error, expected a number"),
    ({"weight_kg": float("inf")}, "weight_kg: Value error, expected a finite number"),
    ({"weight_kg": 6150}, "weight_kg: Value error, expected at most 700"),
    ({"weight_kg": 0}, "weight_kg: Value error, expected at least 0.2"),
    ({"height_cm": 1.65}, "height_cm: Value error, expected at least 20"),
    ({"pregnant": "no"}, "pregnant: Value error, expected true or false"),
    ({"pregnant": 0}, "pregnant: Value error, expected true or false"),
    ({"smoking": "sometimes"}, "smoking: Input should be 'never', 'former' or 'current'"),
    ({"as_of": "2026-11"}, "as_of: Value error, expected a whole date such as 2026-11-21"),
    ({"labs": [{"test": "x"}]}, "labs.0.value: Field required"),
    ({"labs": [{"test": "x", "value": True}]}, "labs.0.value: Value error, expected a number, or words"),
    ({"labs": [{"test": "x", "value": ""}]}, "labs.0.value: Value error, expected a number or words"),
    ({"labs": [{"test": "x", "value": 1, "uln": "high"}]}, "labs.0.uln: Value error, expected a number"),
    ({"medications": [{"name": "x", "response": "good"}]}, "medications.0.response: Input should be 'complete'"),
    ({"trials": [{"kind": "gene"}]}, "trials.0.kind: Input should be 'drug'"),
    ({"answers": [{"statement": "x"}]}, "answers.0.holds: Field required"),
    ({"sex": "male", "pregnant": True}, ": Value error, pregnant or breastfeeding does not go with the sex"),
    (
        {"as_of": "2026-11-21", "labs": [{"test": "x", "value": 1, "date": "2026-11-22"}]},
        ": Value error, labs[1].date = 2026-11-22 is after as_of = 2026-11-21",
    ),
    ({"as_of": "2026-11-21", "smoking_stopped": "2027"}, ": Value error, smoking_stopped = 2027 is after as_of"),
    (
        {"medications": [{"name": "x", "start": "2026-02", "stop": "2026-01"}]},
        ": Value error, medications[1].stop: ends (2026-01) before it begins (2026-02)",
    ),
])
def test_what_does_not_belong_is_refused_with_its_place(keys: dict[str, Any], expected: str) -> None:
    assert refusal(**keys).startswith(expected)


@each_row(("keys", "state"), [
    ({}, "current"), ({"stop": "2026"}, "past"), ({"status": "absent"}, "absent"),
    ({"stop": "2026", "status": "current"}, "current"),
])
def test_a_drug_with_a_stop_is_past_unless_it_says_otherwise(keys: dict[str, Any], state: str) -> None:
    assert profile(medications=[{"name": "x", **keys}]).medications[0].state == state


def test_a_date_in_the_month_of_as_of_is_taken() -> None:
    found = profile(as_of=DAY, labs=[{"test": "x", "value": 1, "date": "2026-11"}], smoking_stopped="2026")
    assert dated_facts(found) == [("smoking_stopped", partial_date("2026")), ("labs[1].date", partial_date("2026-11"))]


def test_json_takes_dates_as_text() -> None:
    found = profile(as_of="2026-11-21", labs=[{"test": "x", "value": 1.0, "date": "2026-11-10"}])
    assert found == profile(as_of=DAY, labs=[{"test": "x", "value": 1, "date": date(2026, 11, 10)}])
    assert found.plain()["labs"] == [{"test": "x", "value": 1, "date": date(2026, 11, 10)}]
    assert json.loads(json.dumps(found.plain(), default=str))["as_of"] == "2026-11-21"


def test_the_lists_are_the_schema_s() -> None:
    assert set(LISTS) == {key for key in keys(Profile) if entries_in(Profile, key) and key != "complete"}


@given(some.profiles)
@examples(30)
def test_the_plain_form_loads_again(found: Profile) -> None:
    assert Profile.checked(found.plain()) == found


@given(some.profiles)
@examples(20)
def test_toml_carries_the_plain_form(found: Profile) -> None:
    assert Profile.checked(tomllib.loads(tomli_w.dumps(found.plain()))) == found


@given(some.profiles)
@examples(20)
def test_json_carries_the_plain_form(found: Profile) -> None:
    assert Profile.checked(json.loads(json.dumps(found.plain(), default=str))) == found
