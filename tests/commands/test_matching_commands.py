"""`match` and `explain`: the table, the JSON keys of the contract, the shortlist, and what --as-of moves."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from command_support import ROOT, TRIAL, process, refused, run
from rows import each_row

from matcher.model.verdict import CODES, Verdict

if TYPE_CHECKING:
    from conftest import Desk

TOP = {"schema", "profile", "as_of", "matcher", "vocabulary", "trials", "ask_next"}
TRIAL_KEYS = {
    "trial_id", "title", "status", "rank", "tier", "score", "condition_relation", "score_parts", "counts", "eligible_from", "criteria",
}  # fmt: skip
CRITERION_KEYS = {
    "id", "kind", "text", "group", "check", "read", "spans", "verdict", "presumed", "code", "reason", "evidence", "missing",
}  # fmt: skip
PART_KEYS = {"name", "value", "weight", "why"}
EVIDENCE_KEYS = {"fact", "value", "unit", "date", "as", "limit"}
QUESTION_KEYS = {"list", "name", "answer", "unit", "question"}
ASK_KEYS = QUESTION_KEYS | {"trials", "could_exclude", "could_settle"}
COUNTED = {"pass", "fail", "unknown", "review", "n/a"}
SHIPPED = sorted(path.stem for path in (ROOT / "profiles").glob("*.toml"))


def check_trial(one: dict[str, Any]) -> None:
    assert one.keys() == TRIAL_KEYS
    assert one["counts"].keys() == COUNTED
    assert sum(one["counts"].values()) == len(one["criteria"])
    assert all(part.keys() == PART_KEYS for part in one["score_parts"])
    assert sum(part["weight"] for part in one["score_parts"]) == pytest.approx(1)
    assert one["score"] == pytest.approx(sum(part["value"] * part["weight"] for part in one["score_parts"]), abs=1e-3)
    for criterion in one["criteria"]:
        assert criterion.keys() == CRITERION_KEYS
        assert all(fact.keys() == EVIDENCE_KEYS for fact in criterion["evidence"])
        assert all(question.keys() == QUESTION_KEYS for question in criterion["missing"])
        assert criterion["verdict"] in set(Verdict)
        assert criterion["presumed"] in set(Verdict)
        assert criterion["code"] in CODES
        assert criterion["read"] in ("full", "part", "none")
        assert criterion["reason"].strip()
        assert bool(criterion["missing"]) <= (criterion["verdict"] in ("unknown", "review"))


@each_row("profile", SHIPPED)
def test_every_shipped_patient_is_matched_in_the_keys_of_the_contract(desk: Desk, profile: str) -> None:
    found = run("match", profile, "--format", "json").json
    assert found.keys() == TOP
    assert (found["schema"], found["profile"], found["as_of"]) == (1, profile, "2026-11-21")
    for one in found["trials"]:
        check_trial(one)
    assert [one["rank"] for one in found["trials"]] == list(range(1, len(found["trials"]) + 1))
    tiers = [("eligible", "possible", "excluded").index(one["tier"]) for one in found["trials"]]
    assert tiers == sorted(tiers)
    assert all(ask.keys() == ASK_KEYS for ask in found["ask_next"])


def test_a_table_says_patient_day_tiers_reasons_and_what_to_ask(desk: Desk) -> None:
    done = run("match", desk.profile, "--trials", desk.trials)
    assert done.code == 0
    assert "T-1 as of 2026-11-21: 2 trials: 1 possible · 1 excluded" in done.out
    assert "✗ I1:" in done.out
    assert "Ask next" in done.out
    assert "Decision support only" in done.out
    assert not done.err


def test_top_shows_the_first_and_counts_all(desk: Desk) -> None:
    whole = run("match", desk.profile, "--trials", desk.trials, "--format", "json").json
    top = run("match", desk.profile, "--trials", desk.trials, "--format", "json", "--top", 1).json
    assert top["trials"] == whole["trials"][:1]
    assert top["ask_next"] == whole["ask_next"]
    assert "2 trials: 1 possible · 1 excluded" in run("match", desk.profile, "--trials", desk.trials, "--top", 1).out


def test_trials_may_be_given_more_than_once_and_replace_the_library(desk: Desk) -> None:
    files = (desk.trials / "first.toml", desk.trials / "second.toml")
    one = run("match", desk.profile, "--trials", files[0], "--format", "json").json
    both = run("match", desk.profile, "--trials", files[0], "--trials", files[1], "--format", "json").json
    assert [found["trial_id"] for found in one["trials"]] == ["NCT00000017"]
    assert {found["trial_id"] for found in both["trials"]} == {"NCT00000017", "NCT00000025"}


def test_toml_is_the_shortlist_of_every_trial_shown(desk: Desk) -> None:
    done = run("match", desk.profile, "--trials", desk.trials, "--format", "toml", "--top", 1)
    found = tomllib.loads(done.out)
    assert (found["schema"], found["profile"], len(found["trials"])) == (1, "T-1", 1)


def test_as_of_moves_the_edges_of_windows_and_nothing_else(desk: Desk) -> None:
    def verdicts(day: str) -> dict[str, tuple[str, str]]:
        arguments = ("match", desk.profile, "--trials", desk.trials / "first.toml", "--format", "json", "--as-of", day)
        found = run(*arguments).json
        assert found["as_of"] == day
        return {one["id"]: (one["verdict"], one["code"]) for one in found["trials"][0]["criteria"]}

    before, after = verdicts("2026-11-24"), verdicts("2026-11-25")
    assert before["I2"] == ("pass", "holds")
    assert after["I2"][0] == "unknown"
    assert {**before, "I2": None} == {**after, "I2": None}
    far = verdicts("2046-11-25")
    assert far["I1"] == before["I1"], "an age is not moved"


def test_without_a_day_today_is_used_and_said(desk: Desk) -> None:
    undated = desk.file("undated.toml", 'schema = 1\nid = "T-2"\nage = 34\n')
    done = run("match", undated, "--trials", desk.trials)
    assert done.code == 0
    assert "as of" in done.err
    assert "names no day" in done.err


def test_a_bad_trial_file_is_said_and_the_others_are_matched(desk: Desk) -> None:
    desk.file("trials/broken.toml", "schema = \n")
    done = run("match", desk.profile, "--trials", desk.trials, "--format", "json")
    assert done.code == 0
    assert len(done.json["trials"]) == 2
    assert len(done.err.splitlines()) == 1
    assert "broken.toml: line 1" in done.err


def test_a_users_record_stands_in_for_the_shipped_one(desk: Desk) -> None:
    desk.file("data/trials/mine.toml", TRIAL.replace("NCT00000017", "NCT06167174"))
    found = {one["trial_id"]: one["title"] for one in run("match", "LN-0042", "--format", "json").json["trials"]}
    assert len(found) == 5
    assert found["NCT06167174"] == "A made-up trial"


def test_explain_is_one_element_of_the_match(desk: Desk) -> None:
    whole = run("match", desk.profile, "--trials", desk.trials, "--format", "json").json
    one = run("explain", desk.profile, "NCT00000025", "--trials", desk.trials, "--format", "json").json
    assert one == next(found for found in whole["trials"] if found["trial_id"] == "NCT00000025")


def test_explain_in_words_gives_every_criterion_its_text_and_reason(desk: Desk) -> None:
    found = run("explain", "LN-0042", "NCT06167174", "--format", "json").json
    text = run("explain", "LN-0042", "NCT06167174").out
    for criterion in found["criteria"]:
        assert f"{criterion['id']} {criterion['text']}" in text
        assert criterion["reason"] in text
    for part in found["score_parts"]:
        assert part["why"] in text


def test_the_same_question_gets_the_same_bytes(desk: Desk) -> None:
    arguments = ("match", "LN-0042", "--format", "json")
    first, second = (process(*arguments, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout


@each_row(
    ("line", "sort", "kept"),
    [
        ("place:shenzhen", "rank", 1),
        ("status:open", "title", 3),
        ("status:open phase:4", "rank", 0),
        ("lupus tier:possible", "undecided", 4),
    ],
)
def test_the_ranked_trials_are_narrowed_and_sorted_as_in_the_app(desk: Desk, line: str, sort: str, kept: int) -> None:
    found = run("match", "LN-0042", "--only", line, "--sort", sort, "--format", "json").json
    assert len(found["trials"]) == kept
    titles = [one["title"].casefold() for one in found["trials"]]
    assert sort != "title" or titles == sorted(titles)
    assert f"{kept} trials" in run("match", "LN-0042", "--only", line).out


def test_a_fact_that_no_trial_can_have_is_refused() -> None:
    assert "--only: phase:banana: expected 1, 2, 3, 4, early, none or n/a" in refused("match", "LN-0042", "--only", "lupus phase:banana")
