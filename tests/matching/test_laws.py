"""Laws of judging: nothing raises, what is decided stays so whatever is filled in, and order and units do not matter."""

from __future__ import annotations

import copy
import random
from datetime import date

import strategies as shared
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from small_world import LISTS, Plain, checks, completions, leaves, plains

from matcher.matching import judge_check, prepare
from matcher.model.language import Check
from matcher.model.profile import Profile
from matcher.model.verdict import CODES, Judged, Verdict
from matcher.vocabulary import load

KINDS = st.sampled_from(["inclusion", "exclusion"])
MANY, FEWER = examples(60), examples(30)
OPPOSITE = {Verdict.PASS: (Verdict.FAIL,), Verdict.FAIL: (Verdict.PASS, Verdict.NA), Verdict.NA: (Verdict.PASS, Verdict.FAIL)}


def judged(check: Check, kind: str, plain: Plain) -> Judged:
    """The verdict on a check for a plain profile."""
    return judge_check(check, kind, prepare(Profile.checked(plain), load(), None))


@examples(50)
@given(shared.checks, KINDS, shared.profiles, st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_no_check_and_no_profile_raises(check: Check, kind: str, profile: Profile, day: date | None) -> None:
    found = judge_check(check, kind, prepare(profile, load(), day))
    assert found.code in CODES
    assert found.reason
    assert (found.verdict in (Verdict.UNKNOWN, Verdict.REVIEW)) or not found.missing


@MANY
@given(st.data(), KINDS)
def test_what_is_decided_agrees_with_every_completion(data: st.DataObject, kind: str) -> None:
    plain, check = data.draw(plains()), data.draw(checks)
    before = judged(check, kind, plain)
    after = judged(check, kind, data.draw(completions(plain)))
    assert after.verdict not in OPPOSITE.get(before.verdict, ()), f"{before}\n{after}"


@MANY
@given(st.data(), KINDS)
def test_a_single_leaf_that_is_decided_agrees_with_every_completion(data: st.DataObject, kind: str) -> None:
    plain, leaf = data.draw(plains()), data.draw(leaves)
    before = judged(leaf, kind, plain)
    after = judged(leaf, kind, data.draw(completions(plain)))
    assert after.verdict not in OPPOSITE.get(before.verdict, ()), f"{before}\n{after}"


@FEWER
@given(checks, KINDS, plains())
def test_presumed_is_the_verdict_with_every_list_complete(check: Check, kind: str, plain: Plain) -> None:
    closed = {**plain, "complete": dict.fromkeys(LISTS, True)}
    full = judged(check, kind, closed)
    assert judged(check, kind, plain).presumed == full.verdict
    assert full.presumed == full.verdict


@FEWER
@given(checks, KINDS, plains())
def test_what_is_decided_is_likely_and_what_is_presumed_is_not_contradicted(check: Check, kind: str, plain: Plain) -> None:
    found = judged(check, kind, plain)
    assert found.likely == found.verdict or found.verdict in (Verdict.UNKNOWN, Verdict.REVIEW)
    assert found.likely not in OPPOSITE.get(found.presumed, ())


@FEWER
@given(checks, KINDS, plains(), st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(check: Check, kind: str, plain: Plain, chance: random.Random) -> None:
    mixed = copy.deepcopy(plain)
    for name in (*LISTS, "labs", "scores", "answers"):
        chance.shuffle(mixed[name])
    one, other = judged(check, kind, plain), judged(check, kind, mixed)
    assert (one.verdict, one.code, one.presumed) == (other.verdict, other.code, other.presumed)


@FEWER
@given(checks, KINDS, plains())
def test_the_unit_of_a_value_does_not_matter(check: Check, kind: str, plain: Plain) -> None:
    turned = copy.deepcopy(plain)
    for value in turned["labs"]:
        unit, factor = {"platelets": ("/µL", 1000), "hemoglobin": ("g/L", 10)}.get(value["test"], (None, 1))
        if unit and not isinstance(value["value"], str):
            value["unit"], value["value"] = unit, value["value"] * factor
    one, other = judged(check, kind, plain), judged(check, kind, turned)
    assert (one.verdict, one.code) == (other.verdict, other.code)
