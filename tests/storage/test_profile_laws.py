"""Laws of profile files: no bytes and no JSON do worse than be refused; what is saved loads again equal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from matcher.model.dates import partial_date
from matcher.model.profile import (
    Allergy,
    Answer,
    Complete,
    Condition,
    Lab,
    Medication,
    Participation,
    Procedure,
    Profile,
    Relative,
    Score,
)
from matcher.model.records import keys
from matcher.storage.refusal import InputError
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


@examples(100)
@given(data=st.binary(max_size=400))
def test_any_bytes_load_or_are_refused(tmp_path: Path, data: bytes) -> None:
    load_or_refuse(tmp_path, data)


FRAGMENTS = st.sampled_from(
    [
        "[[",
        "]]",
        "=",
        '"',
        '"""',
        "\n",
        "[labs]",
        "[[labs]]",
        "{",
        "}",
        "1e400",
        "-",
        "nan",
        "2024-02-30",
        "true",
        ".",
        "é",
        "\x00",
        "\ufffe",
        "#",
        "schema",
        "null",
        "0x",
        "'",
        "\\u0000",
        "\\ud800",
        "[1, [2]]",
        "07:32:00",
        "1979-05-27T00:32:00-07:00",
        "id",
    ]
)


@examples(150)
@given(cuts=st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 25), FRAGMENTS), min_size=1, max_size=4))
def test_a_mutilated_profile_loads_or_is_refused(tmp_path: Path, cuts: list[tuple[int, int, str]]) -> None:
    text = WHOLE
    for start, length, fragment in cuts:
        text = text[:start] + fragment + text[start + length :]
    load_or_refuse(tmp_path, text.encode("utf-8", "surrogatepass"))


def load_or_refuse(folder: Path, data: bytes) -> None:
    path = folder / "p.toml"
    path.write_bytes(data)
    loaded = outcome(lambda: load_profile(path))
    if isinstance(loaded, Profile):
        assert profile_from_plain(loaded.plain(), "again") == loaded
    else:
        assert "\n" not in loaded


def outcome(load_one: Callable[[], Profile]) -> Profile | str:
    try:
        return load_one()
    except InputError as refused:
        return str(refused)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.decimals(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*keys(Profile), *keys(Lab), "schema", "x\ny"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@examples(100)
@given(plain=PLAIN)
def test_any_json_is_a_profile_or_refused(plain: Any) -> None:
    named = {"schema": 1, "id": "X", **plain} if isinstance(plain, dict) else plain
    loaded = outcome(lambda: profile_from_plain(named, "line 3"))
    if isinstance(loaded, str):
        assert loaded.startswith("line 3")
        assert "\n" not in loaded


WORDS = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() == text and _plain_text(text))
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20).filter(
    lambda number: not number or (abs(number.adjusted()) <= 30 and len(number.as_tuple().digits) <= 40)
)
DATES = st.dates(min_value=date(1000, 1, 1)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}"]).map(partial_date)
)


def _plain_text(text: str) -> bool:
    return text.isprintable() or "\n" in text


def entry(kind: Any, /, **given_fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    needed = {one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING}
    required = {name: one for name, one in given_fields.items() if name in needed}
    optional = {name: one for name, one in given_fields.items() if name not in required}
    return st.lists(st.fixed_dictionaries(required, optional=optional).map(lambda fields: kind(**fields)), max_size=2)


COMPLETENESS: st.SearchStrategy[Any] = st.booleans() | st.just("current") | DATES
OPTIONAL: dict[str, st.SearchStrategy[Any]] = {
    "age": st.decimals(0, 130, places=3) | st.just("90+"),
    "sex": st.sampled_from(["female", "male"]),
    "weight_kg": st.decimals(1, 300, places=2),
    "healthy": st.booleans(),
    "contraception": st.booleans(),
    "smoking": st.sampled_from(["never", "former", "current"]),
    "smoking_stopped": DATES,
    "note": st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    "complete": st.fixed_dictionaries({}, optional=dict.fromkeys(keys(Complete), COMPLETENESS)).map(
        lambda fields: Complete(**fields)
    ),
    "conditions": entry(
        Condition,
        name=WORDS,
        status=st.sampled_from(["active", "resolved", "suspected", "absent"]),
        stage=WORDS,
        confirmed_by=st.lists(WORDS, max_size=3),
        since=DATES,
    ),
    "labs": entry(Lab, test=WORDS, value=NUMBERS | WORDS, unit=WORDS, uln=NUMBERS, date=DATES),
    "scores": entry(Score, name=WORDS, value=NUMBERS | WORDS, date=DATES),
    "medications": entry(
        Medication,
        name=WORDS,
        status=st.sampled_from(["current", "past", "absent"]),
        dose=NUMBERS,
        unit=WORDS,
        stop=DATES,
        response=st.sampled_from(["complete", "none"]),
    ),
    "procedures": entry(Procedure, name=WORDS, date=DATES, finding=WORDS),
    "allergies": entry(Allergy, substance=WORDS, status=st.sampled_from(["present", "absent"])),
    "trials": entry(Participation, name=WORDS, kind=st.sampled_from(["drug", "device"]), start=DATES),
    "family_history": entry(Relative, name=WORDS, relation=WORDS),
    "answers": entry(Answer, statement=WORDS, holds=st.booleans(), date=DATES),
}
PROFILES = st.fixed_dictionaries(
    {"id": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", fullmatch=True)},
    optional=OPTIONAL,
).map(Profile.checked)


class NoMeasures:
    """A vocabulary that knows no test, so that any number is plausible."""

    def recorded_measure(self, wording: str) -> None:
        return None


@examples(60)
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
