"""The shortlist: the schema's keys in its order, the same bytes for the same inputs, and what changed since."""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rows import each_row

from matcher.export.recheck import recheck
from matcher.export.shortlist import ADVICE, Shortlist, Versions, load_shortlist, shortlist, shortlist_text
from matcher.model.match import CriterionMatch, ScorePart, TrialMatch
from matcher.model.profile import Lab, Profile
from matcher.model.trial import Criterion, Trial
from matcher.model.verdict import Evidence, Verdict
from matcher.storage.digests import text_digest
from matcher.storage.files import write_text
from matcher.storage.marks import Mark, Marks, Override
from matcher.storage.refusal import InputError

DAY = date(2026, 11, 21)
VERSIONS = Versions("0.1.0", "2026.11", "1")
PROFILE = Profile(id="LN-0042", as_of=DAY, labs=[Lab(test="platelets", value=Decimal(182), unit="10^9/L")])


def criterion(name: str, text: str, verdict: Verdict, reason: str = "Because.", **more: Any) -> CriterionMatch:
    fields: dict[str, Any] = {
        "id": name,
        "kind": "exclusion",
        "text": text,
        "group": "",
        "check": f"check of {name}",
        "read": "full",
        "spans": ((0, 3),),
        "verdict": verdict,
        "presumed": verdict,
        "code": "violated",
        "reason": reason,
    }
    return CriterionMatch(**{**fields, **more})


PLATELETS = Evidence("labs: platelets", "182000", "/µL", "2026-11-10", "182 ×10⁹/L", None)
CRITERIA = (
    criterion(
        "E1",
        "Platelets < 50.",
        Verdict.PASS,
        evidence=(PLATELETS, Evidence("conditions: SLE", "active", None, "2024-03")),
    ),
    criterion("E2", "Active\nhepatitis B", Verdict.UNKNOWN),
    criterion("E3", "Same words", Verdict.NA),
    criterion("E4", "same  words", Verdict.FAIL),
)


def match(name: str, rank: int, **more: Any) -> TrialMatch:
    fields: dict[str, Any] = {
        "trial_id": name,
        "title": f"Trial [/b] {name}",
        "status": "recruiting",
        "rank": rank,
        "tier": "possible",
        "score": 0.83,
        "condition_relation": "same",
        "score_parts": (ScorePart("condition", 1.0, 0.4, "the trial's condition"),),
        "counts": {"pass": 1, "fail": 1, "unknown": 1, "review": 0, "n/a": 1},
        "eligible_from": None,
        "criteria": CRITERIA,
    }
    return TrialMatch(**{**fields, **more})


TRIALS = [Trial(id=name, criteria=[Criterion(id="E1", kind="exclusion", text="x")]) for name in ("A", "B", "C")]
MATCHES = [match("B", 2, eligible_from=date(2026, 12, 5)), match("A", 1), match("C", 3)]
MARKS = Marks(
    profile="LN-0042",
    marks=[Mark(trial_id="A", mark="shortlist", note="call"), Mark(trial_id="B", mark="watch")],
    overrides=[
        Override(
            trial_id="A",
            text_digest=text_digest("active hepatitis b"),
            verdict="pass",
            was="unknown",
            why="negative by phone",
            by="RN",
            on=DAY,
        )
    ],
)


def made(**changes: Any) -> Shortlist:
    given: dict[str, Any] = {
        "profile": PROFILE,
        "trials": TRIALS,
        "matches": MATCHES,
        "marks": MARKS,
        "versions": VERSIONS,
    }
    return shortlist(**{**given, "as_of": DAY, **changes})


def test_the_text_is_the_schema_to_the_letter() -> None:
    text = shortlist_text(made())
    plain = tomllib.loads(text)
    assert list(plain) == [
        "schema",
        "profile",
        "profile_digest",
        "as_of",
        "matcher",
        "vocabulary",
        "reader",
        "advice",
        "trials",
    ]
    assert plain["advice"] == ADVICE
    assert plain["as_of"] == DAY
    first, second = plain["trials"]
    assert list(first) == [
        "id",
        "record_digest",
        "title",
        "status",
        "rank",
        "tier",
        "score",
        "score_parts",
        "counts",
        "mark",
        "note",
        "criteria",
    ]
    assert list(first["counts"]) == ["pass", "fail", "unknown", "review", "na"]
    assert (first["id"], second["id"]) == ("A", "B")
    assert second["eligible_from"] == date(2026, 12, 5)
    assert "note" not in second
    assert list(first["criteria"][0]) == ["id", "text_digest", "text", "check", "verdict", "code", "reason", "evidence"]
    assert list(first["criteria"][1]) == [
        "id",
        "text_digest",
        "text",
        "check",
        "verdict",
        "code",
        "reason",
        "evidence",
        "override",
    ]
    assert first["criteria"][0]["evidence"] == [
        {"fact": "labs: platelets", "value": "182000", "unit": "/µL", "date": date(2026, 11, 10), "as": "182 ×10⁹/L"},
        {"fact": "conditions: SLE", "value": "active", "date": "2024-03"},
    ]
    assert first["criteria"][1]["override"] == {
        "verdict": "pass",
        "was": "unknown",
        "why": "negative by phone",
        "by": "RN",
        "on": DAY,
    }
    assert "counts = { pass = 1, fail = 1, unknown = 1, review = 0, na = 1 }" in text
    assert "[[trials.criteria]]" in text


def test_the_same_inputs_give_the_same_bytes_in_any_order() -> None:
    assert shortlist_text(made()) == shortlist_text(made(trials=TRIALS[::-1], matches=MATCHES[::-1]))


def test_every_trial_is_listed_on_request() -> None:
    listed = made(every=True)
    assert [(trial.id, trial.mark) for trial in listed.trials] == [("A", "shortlist"), ("B", "watch"), ("C", None)]
    assert made(marks=Marks(profile="LN-0042")).trials == []


def test_it_loads_again_equal(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    for listed in (made(every=True), made(as_of=None, profile=Profile(id="X")), made(marks=Marks(profile="LN-0042"))):
        path.unlink(missing_ok=True)
        write_text(path, shortlist_text(listed), expected=None)
        assert load_shortlist(path) == listed
        assert shortlist_text(load_shortlist(path)) == shortlist_text(listed)


@each_row(
    ("old", "new", "place"),
    [
        ('mark = "watch"', 'mark = "maybe"', "trials[2].mark"),
        ("rank = 1\n", 'rank = "first"\n', "trials[1].rank"),
        ("code = ", "codes = ", "trials[1].criteria[1].codes"),
        ("na = 1", "nn = 1", "trials[1].counts.nn"),
    ],
)
def test_a_damaged_shortlist_is_refused_with_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    path = tmp_path / "s.toml"
    write_text(path, shortlist_text(made()).replace(old, new), expected=None)
    with pytest.raises(InputError) as refused:
        load_shortlist(path)
    assert refused.value.place.startswith(place)


NOW = {match.trial_id: match for match in MATCHES}


def changed(number: int, **fields: Any) -> list[TrialMatch]:
    criteria = list(CRITERIA)
    criteria[number] = dataclasses.replace(criteria[number], **fields)
    return [match("A", 1, criteria=tuple(criteria)), NOW["B"]]


RECHECKED: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"profile": Profile(id="LN-9")}, ["This shortlist is for LN-0042, not for LN-9."]),
    ({"profile": Profile(id="LN-0042", as_of=DAY)}, ["Facts: what is recorded of LN-0042 has changed."]),
    (
        {"versions": Versions("0.2.0", "2027.01", "2")},
        [
            "Matcher: version 0.1.0 then, 0.2.0 now.",
            "Reader: version 1 then, 2 now.",
            "Vocabulary: 2026.11 then, 2027.01 now.",
        ],
    ),
    ({"trials": TRIALS[1:]}, ["A: the record is no longer here."]),
    ({"trials": [Trial(id="A"), *TRIALS[1:]]}, ["A: the record has changed."]),
    ({"matches": [NOW["B"]]}, ["A: the trial is no longer matched."]),
    (
        {"matches": [match("A", 1, tier="excluded", status="completed"), NOW["B"]]},
        ["A: was recruiting, is now completed.", "A: was possible, is now excluded."],
    ),
    ({"matches": [match("A", 1), match("B", 2)]}, ["B: eligible from 2026-12-05 then, no known day now."]),
    ({"matches": [match("A", 1, criteria=(CRITERIA[1], CRITERIA[0], *CRITERIA[2:])), NOW["B"]]}, []),
    (
        {"matches": [match("A", 1, criteria=(*CRITERIA[1:], criterion("E9", "New words", Verdict.REVIEW))), NOW["B"]]},
        ["A E1: the criterion is gone: Platelets < 50.", "A E9: a new criterion, review: New words"],
    ),
    (
        {"matches": changed(0, verdict=Verdict.FAIL, reason="Platelets 40.")},
        ["A E1: was pass, is now fail: Platelets 40."],
    ),
    ({"matches": changed(0, reason="Platelets 60.")}, ["A E1: still pass, for another reason: Platelets 60."]),
    ({"matches": changed(0, check="")}, ["A E1: read as check of E1 then, as nothing now."]),
    (
        {"matches": changed(1, verdict=Verdict.FAIL)},
        ["A E2: was unknown, is now fail: Because.", "A E2: RN overrode unknown with pass; look at it again."],
    ),
    ({"matches": changed(3, verdict=Verdict.NA)}, ["A E4: was fail, is now n/a: Because."]),
]


@each_row(("changes", "said"), RECHECKED, ids=[str(number) for number in range(len(RECHECKED))])
def test_a_second_look_says_what_changed(changes: dict[str, Any], said: list[str]) -> None:
    now: dict[str, Any] = {"profile": PROFILE, "trials": TRIALS, "matches": MATCHES, "versions": VERSIONS}
    assert recheck(made(), **{**now, **changes}) == said
