"""`override` and `log`: a person's verdict counts in every command, and is on record."""

from __future__ import annotations

from command_support import refused, run
from rows import each_row

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
    assert run("override", *one, "confirm", "--by", "MK", *trials).code == 0
    changes = run("log", profile, "--format", "json").json
    assert [(one["by"], one["what"]) for one in changes] == [("RN", "override"), ("MK", "take back"), ("MK", "confirm")]
    assert "met → excludes" in run("log", profile).out


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
