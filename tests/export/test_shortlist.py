"""The shortlist: the schema's keys in its order, the same bytes for the same inputs, and what changed since."""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from export_support import CRITERIA, DAY, DECISION, MARKS, MATCHES, PROFILE, TRIALS, VERSIONS, criterion, made, match
from rows import each_row

from matcher.export.recheck import recheck
from matcher.export.shortlist import Versions, load_shortlist, shortlist_text
from matcher.model.dates import partial_date
from matcher.model.match import Decision, TrialMatch
from matcher.model.profile import Lab, Profile
from matcher.model.trial import Trial
from matcher.model.verdict import ADVICE, Evidence, Verdict
from matcher.storage.files import write_text
from matcher.storage.marks import Mark, Marks
from matcher.storage.refusal import InputError


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


@each_row(
    ("text", "said"),
    [
        ("", "this is no shortlist: expected a TOML file that matcher exported"),
        ('id = "LN-0042"\nage = 34\n', "this is no shortlist"),
        ('schema = 1\nprofile = "LN-0', "export the shortlist again, since this file is damaged"),
    ],
)
def test_another_file_or_half_of_one_is_told(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        load_shortlist(tmp_path / "s.toml")


def test_only_the_toml_form_is_checked_again(tmp_path: Path) -> None:
    write_text(tmp_path / "s.html", "<!doctype html>", expected=None)
    with pytest.raises(InputError, match="only the TOML form of a shortlist can be checked again"):
        load_shortlist(tmp_path / "s.html")


def test_trials_stand_in_the_order_they_were_put_in() -> None:
    listed = made(marks=MARKS.model_copy(update={"order": ["B", "gone"]}), every=True)
    assert [one.id for one in listed.trials] == ["B", "A", "C"]


NOW = {match.trial_id: match for match in MATCHES}
FACT = Evidence("labs: platelets", "60", "10^9/L", "2026-11-20")
EGFR = Evidence("derived: eGFR computed by CKD-EPI 2021 from creatinine 106 µmol/L on 2026-11-20", "61", "mL/min/1.73m²", "2026-11-20")
SAME = Lab(test="platelets", value=Decimal(182000), unit="/µL", date=partial_date("2026-11-10"))


def changed(number: int, **fields: Any) -> list[TrialMatch]:
    criteria = list(CRITERIA)
    criteria[number] = dataclasses.replace(criteria[number], **fields)
    return [match("A", 1, criteria=tuple(criteria)), NOW["B"]]


RECHECKED: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"day": DAY}, []),
    ({"day": date(2026, 11, 30)}, ["Day: verdicts as of 2026-11-21 then, 2026-11-30 now."]),
    ({"profile": Profile(id="LN-9")}, ["This shortlist is for LN-0042, not for LN-9."]),
    (
        {"profile": Profile(id="LN-0042", as_of=DAY)},
        ["Facts: what is recorded of LN-0042 has changed, but nothing that these verdicts rest on."],
    ),
    (
        {"profile": Profile(id="LN-0042", as_of=DAY), "matches": [one for one in changed(0, evidence=(FACT,)) if one.trial_id == "A"]},
        [
            "Facts: labs: platelets: 182000 /µL on 2026-11-10 then, 60 10^9/L on 2026-11-20 now.",
            "Facts: conditions: SLE: active on 2024-03 then, not used now.",
            "B: the trial is no longer matched.",
        ],
    ),
    (
        {"profile": Profile(id="LN-0042", as_of=DAY, labs=[SAME]), "matches": [one for one in changed(0, evidence=(EGFR,)) if one.trial_id == "A"]},
        [
            "Facts: conditions: SLE: active on 2024-03 then, not used now.",
            "Facts: eGFR: not used then, 61 mL/min/1.73m² on 2026-11-20 (computed by CKD-EPI 2021 from creatinine 106 µmol/L on 2026-11-20) now.",
            "Facts: recorded as they were, but no verdict rests on them now: platelets.",
            "B: the trial is no longer matched.",
        ],
    ),
    (
        {"versions": Versions("0.2.0", "2027.01", "2")},
        ["Matcher: version 0.1.0 then, 0.2.0 now.", "Reader: version 1 then, 2 now.", "Vocabulary: 2026.11 then, 2027.01 now."],
    ),
    ({"trials": TRIALS[1:]}, ["A: the record is no longer here."]),
    ({"trials": [Trial(id="A"), *TRIALS[1:]]}, ["A: the record has changed, but not the words of its criteria."]),
    ({"matches": [NOW["B"]]}, ["A: the trial is no longer matched."]),
    (
        {"matches": [match("A", 1, tier="excluded", status="active-not-recruiting"), NOW["B"]]},
        ["A: recruitment was recruiting, is now active not recruiting.", "A: was possible, is now excluded."],
    ),
    ({"matches": [match("A", 1), match("B", 2)]}, ["B: eligible from 2026-12-05 then, no known day now."]),
    ({"matches": [match("A", 1, criteria=(CRITERIA[1], CRITERIA[0], *CRITERIA[2:])), NOW["B"]]}, []),
    (
        {"matches": [match("A", 1, criteria=(*CRITERIA[1:], criterion("E9", "New words", Verdict.REVIEW))), NOW["B"]]},
        [
            "A: E9 is new among the exclusion criteria: “New words”",
            "A: the former E1 is gone among the exclusion criteria: “Platelets < 50.”",
            "A: E9: is review: Because.",
        ],
    ),
    (
        {"matches": changed(0, text="Platelets < 75.")},
        ["A: E1 now says “Platelets < 75.”; it said “Platelets < 50.”", "A: E1: is met: Because."],
    ),
    ({"matches": changed(0, verdict=Verdict.FAIL, reason="Platelets 40.")}, ["A: E1: was met, is now excludes: Platelets 40."]),
    ({"matches": changed(0, reason="Platelets 60.")}, ["A: E1: still met, for another reason: Platelets 60."]),
    ({"matches": changed(0, check="")}, ["A: E1: read as “check of E1” then, as “nothing” now."]),
    (
        {"matches": changed(1, verdict=Verdict.UNKNOWN, decision=None)},
        ["A: E2: was met, is now ask: Because.", "A: E2: RN put “met” for “ask” on 2026-11-21: negative by phone; this was taken back."],
    ),
    (
        {"matches": changed(1, decision=dataclasses.replace(DECISION, agreed="the facts have changed"))},
        ["A: E2: RN put “met” for “ask” on 2026-11-21: negative by phone. Matcher says the same now: the facts have changed."],
    ),
    ({"matches": changed(1, decision=dataclasses.replace(DECISION, was=Verdict.PASS))}, ["A: E2: Confirmed by RN on 2026-11-21"]),
    ({"matches": changed(2, decision=Decision(Verdict.NA, Verdict.NA, "", "RN", DAY))}, ["A: E3: Confirmed by RN on 2026-11-21"]),
    (
        {"marks": Marks(profile="LN-0042", marks=[Mark(trial_id="A", mark="rejected"), Mark(trial_id="C", mark="watch")])},
        [
            "Marked since, not on this list: C (watch).",
            "A: your mark was shortlist, is now rejected.",
            "A: your note was “call”, is now none.",
            "B: your mark was watch, is now none.",
        ],
    ),
    (
        {"matches": changed(1, verdict=Verdict.FAIL, decision=dataclasses.replace(DECISION, stale="the facts have changed"))},
        [
            "A: E2: was met, is now excludes: Because.",
            "A: E2: RN put “met” for “ask” on 2026-11-21: negative by phone. It does not count now, look again: the facts have changed.",
        ],
    ),
    ({"matches": changed(3, verdict=Verdict.NA)}, ["A: E4: was excludes, is now n/a: Because."]),
    (
        {"matches": changed(3, verdict=Verdict.PASS, decision=dataclasses.replace(DECISION, was=Verdict.FAIL))},
        ["A: E4: was excludes, is now met: Because."],
    ),
]


@each_row(("changes", "said"), RECHECKED, ids=[str(number) for number in range(len(RECHECKED))])
def test_a_second_look_says_what_changed(changes: dict[str, Any], said: list[str]) -> None:
    now: dict[str, Any] = {"profile": PROFILE, "trials": TRIALS, "matches": MATCHES, "marks": MARKS, "versions": VERSIONS}
    assert recheck(made(), **{**now, **changes}).lines == said


@each_row(
    ("matches", "moved"),
    [
        (MATCHES, [False, False]),
        (changed(1, decision=dataclasses.replace(DECISION, agreed="the facts have changed")), [False, False]),
        (changed(1, reason="Another reason."), [False, False]),
        (changed(3, verdict=Verdict.NA), [True, False]),
        (MATCHES[:1], [True, False]),
    ],
)
def test_only_another_verdict_or_standing_counts_as_a_trial_that_moved(matches: Any, moved: list[bool]) -> None:
    assert [one.moved for one in recheck(made(), PROFILE, TRIALS, matches, MARKS, VERSIONS).trials] == moved


def test_a_confirmation_is_listed_and_told_when_it_is_gone(tmp_path: Path) -> None:
    confirmed = changed(2, decision=Decision(Verdict.NA, Verdict.NA, "", "RN", DAY))
    path = tmp_path / "s.toml"
    write_text(path, shortlist_text(made(matches=confirmed)), expected=None)
    assert tomllib.loads(path.read_text(encoding="utf-8"))["trials"][0]["criteria"][2]["confirmed"] == {"by": "RN", "on": DAY}
    listed = load_shortlist(path)
    assert recheck(listed, PROFILE, TRIALS, confirmed, MARKS, VERSIONS).lines == []
    said = recheck(listed, PROFILE, TRIALS, MATCHES, MARKS, VERSIONS).lines
    assert said == ["A: E3: Confirmed by RN on 2026-11-21; this was taken back."]
