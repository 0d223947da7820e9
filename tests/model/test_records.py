"""The direct way from plain values to a record: it takes only what pydantic takes, and makes the same of it."""

from __future__ import annotations

from typing import Any

import strategies as some
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from pydantic import TypeAdapter, ValidationError
from rows import each_row

from matcher.model.profile import Profile
from matcher.model.records import Record, directly
from matcher.model.trial import Trial

_ODD: list[Any] = [
    None, True, 0, 1, -3, 1.5, float("nan"), "", " ", "x", "90+", "2024-13", "current", "\ud800", [], [1], [[1, 2]], [[1]],
    {}, {"x": 1}, {"name": "x"}, [{}], [{"name": "x"}], [{"name": "x", "status": "absent"}], ["x"], [None],
]
_TRIAL: dict[str, Any] = {
    "id": "N1", "title": "T", "status": "recruiting", "min_age": 18, "conditions": ["lupus"], "start": "2024-03", "enrollment": 10,
    "source": {"site": "S", "read": "2026-11-21"}, "interventions": [{"name": "x"}], "healthy_volunteers": False,
    "criteria": [{"id": "I1", "kind": "inclusion", "text": "Age ≥ 18", "check": "age ≥ 18 years", "spans": [[0, 8]]}],
}


_BY_PYDANTIC: dict[type[Record], TypeAdapter[Any]] = {kind: TypeAdapter(kind) for kind in (Profile, Trial)}


def agrees(kind: type[Record], values: dict[str, Any]) -> bool:
    """Whether the direct way made the record, after checking it against pydantic."""
    found = directly(kind, values)
    if found is None:
        return False
    assert found == _BY_PYDANTIC[kind].validate_python(values)
    assert kind.checked(found.plain()) == found
    return True


@given(some.plain_profiles)
@examples(30)
def test_a_profile_that_is_plainly_right_is_taken_up_directly(values: dict[str, Any]) -> None:
    try:
        Profile.checked(values)
    except ValidationError:
        assert directly(Profile, values) is None
    else:
        assert agrees(Profile, values)


@given(some.plain_profiles, st.data())
@examples(40)
def test_the_direct_way_takes_nothing_that_pydantic_refuses(values: dict[str, Any], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([*values, "unknown", "as_of", "labs", "complete"]))
    agrees(Profile, {**values, key: data.draw(st.sampled_from(_ODD))})


@each_row("inside", [False, True])
def test_no_odd_value_of_a_trial_is_taken_that_pydantic_refuses(inside: bool) -> None:
    assert agrees(Trial, _TRIAL)
    criterion = _TRIAL["criteria"][0]
    for key in (criterion if inside else _TRIAL):
        for odd in _ODD:
            agrees(Trial, {**_TRIAL, "criteria": [{**criterion, key: odd}]} if inside else {**_TRIAL, key: odd})
