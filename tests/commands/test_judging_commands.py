"""`override` and `log`: a person's verdict counts in every command, and is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from command_support import TRIAL, refused, run
from rows import each_row

if TYPE_CHECKING:
    from conftest import Desk


def test_an_override_counts_in_match_and_explain_and_is_on_record(desk: Desk) -> None:
    profile, trials = str(desk.profile), ["--trials", str(desk.trials)]
    one = [profile, "NCT00000017", "i1"]
    assert run("override", *one, "fail", "--by", "RN", "--why", "too frail", *trials).code == 0
    told = run("explain", profile, "NCT00000017", "--format", "json", *trials).json
    assert (told["tier"], told["criteria"][0]["verdict"], told["criteria"][0]["override"]["was"]) == ("excluded", "fail", "pass")
    ranked = run("match", profile, "--format", "json", *trials).json["trials"]
    assert next(one for one in ranked if one["trial_id"] == "NCT00000017")["tier"] == "excluded"
    assert "RN put “excludes” for “met”" in run("explain", profile, "NCT00000017", *trials).out
    assert run("override", *one, "none", "--by", "MK", *trials).code == 0
    assert run("override", profile, "NCT00000017", "i1, I2", "confirm", "--by", "MK", *trials).code == 0
    changes = run("log", profile, "--format", "json").json
    done = [(one["by"], one["what"], one["criterion"]) for one in changes]
    assert done == [("RN", "override", "I1"), ("MK", "take back", "I1"), ("MK", "confirm", "I1"), ("MK", "confirm", "I2")]
    assert "met → excludes" in run("log", profile).out
    (marks,) = (desk.home / "data/marks").glob("*.toml")
    marks.write_text("damaged = [", encoding="utf-8")
    assert "move it away" in run("match", profile, *trials).err
    assert "met → excludes" in run("log", profile).out  # who decided what is read all the same


@each_row(
    ("words", "said"),
    [
        (["NCT00000017", "I1", "fail", "--by", "RN"], "expected why"),
        (["NCT00000017", "X9", "fail", "--by", "RN", "--why", "x"], "no criterion of NCT00000017 has this id; expected one of I1"),
        (["NCT00000017", "I1", "none", "--by", "RN"], "nobody has decided anything"),
        (["NCT00000018", "I1", "fail", "--by", "RN", "--why", "x"], "no trial of the library has this id"),
        (["NCT00000017", "I1", "fail", "--by", "Mary Miller", "--why", "x"], "expected yours"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_one_line(desk: Desk, words: list[str], said: str) -> None:
    assert said in refused("override", desk.profile, *words, "--trials", desk.trials)


def test_explain_says_what_would_change(desk: Desk) -> None:
    asked = ["explain", str(desk.profile), "NCT00000025", "--trials", str(desk.trials)]
    assert "age 34 years, at least 75 years is needed: 41 years short → met" in run(*asked).out
    told = run(*asked, "--changes", "--format", "json").json
    assert told["summary"] == "One criterion excludes; it would have to change."
    assert told["changes"][0]["otherwise"] == [{"words": "age 34 years, at least 75 years is needed: 41 years short", "becomes": "pass"}]
    assert told["changes"][1]["asked"]


def test_a_check_is_read_back_saved_and_leaves_the_queue(desk: Desk) -> None:
    desk.file("data/trials/NCT00000017.toml", TRIAL)
    asked = ["curate", "NCT00000017", "E1", 'statement "hepatitis B [/b]" or judgement "ill"']
    assert "verdict: ask, as before" in run(*asked, "--profile", desk.profile, "--dry-run").out
    assert run("review", "NCT00000017").err.endswith("0 left\n")
    assert run(*asked, "--by", "RN").code == 0
    left = run("review", "NCT00000017", "--format", "json").json
    assert [(one["id"], one["why"], one["curated"]) for one in left] == [("E1", "judgement", True)]
    assert "expected" in refused("curate", "NCT00000017", "E1", "platelets <")
    assert "no criterion" in refused("curate", "NCT00000017", "X1")
