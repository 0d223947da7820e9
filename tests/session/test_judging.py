"""What people decide of criteria counts while what it rested on stands, is told when it does not, and is on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rows import each_row

from matcher.export.text import decision_words
from matcher.matching import match
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.profile import Lab, Profile
from matcher.model.trial import Criterion, Trial
from matcher.model.verdict import Evidence, Verdict
from matcher.session import Session
from matcher.session.judging import Judging, _since, decisions_for, lost_decisions, lost_words, with_decisions
from matcher.session.survey import Survey
from matcher.session.ward import fits
from matcher.storage.folders import Folders
from matcher.storage.marks import Override
from matcher.storage.record_log import add_to_log, log_path, read_log
from matcher.storage.refusal import InputError

DAY = date(2026, 11, 21)
PASS, FAIL, UNKNOWN, REVIEW, NA = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.REVIEW, Verdict.NA
LOW = Criterion(id="E1", kind="exclusion", text="Platelets < 50×10^9/L", check="platelets < 50 ×10⁹/L")
TRIAL = Trial(
    id="NCT1", title="A trial", status="recruiting",
    criteria=[
        LOW,
        Criterion(id="E2", kind="exclusion", text="Unfit, the investigator thinks", check='judgement "unfit"'),
        Criterion(id="I1", kind="inclusion", text="Something never read"),
        Criterion(id="I2", kind="inclusion", text="Signs the form", check='consent "signs the form"'),
    ],
)  # fmt: skip


def patient(platelets: int | None = 182) -> Profile:
    labs = [] if platelets is None else [Lab(test="platelets", value=Decimal(platelets), unit="10^9/L")]
    return Profile(id="P-1", as_of=DAY, labs=labs)


class Desk:
    """A patient and one trial; each change is judged anew, as after a restart."""

    def __init__(self, place: Path, profile: Profile | None = None, trial: Trial = TRIAL) -> None:
        self.places = Folders(place / "data", place / "config")
        self.profile, self.trial = profile or patient(), trial

    @property
    def judging(self) -> Judging:
        return Judging(self.places, "P-1", lambda: datetime(2026, 11, 21, 9, 30))

    @property
    def match(self) -> TrialMatch:
        found = match(self.profile, [self.trial], DAY)
        return with_decisions(found, [self.trial], self.judging.marks, self.profile, DAY)[0]

    def one(self, name: str = "E1") -> CriterionMatch:
        return next(one for one in self.match.criteria if one.id == name)

    def override(self, name: str, verdict: Verdict, why: str = "seen on paper", by: str = "RN") -> None:
        self.judging.override("NCT1", self.one(name), verdict, why, by, DAY)


def test_a_trial_becomes_eligible_by_what_people_judge_and_goes_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    before = desk.match
    assert before.tier == "possible"
    desk.override("E2", PASS)
    desk.override("I1", PASS)
    found = desk.match
    assert (found.tier, found.counts["review"], desk.one("I2").verdict) == ("eligible", 1, REVIEW)
    assert found.score > before.score
    one = desk.one("E2")
    assert (one.verdict, one.worked_out, one.code) == (PASS, REVIEW, "judgement")
    assert one.reason.startswith("RN put “met” for “review” on 2026-11-21: seen on paper. Worked out: For a clinician")
    assert one.plain()["override"] == {"verdict": "pass", "was": "review", "why": "seen on paper", "by": "RN", "on": "2026-11-21"}
    desk.override("E1", FAIL)
    assert desk.match.tier == "excluded"
    for name in ("E1", "E2", "I1"):
        desk.judging.take_back("NCT1", desk.one(name), "MK")
    assert desk.match == before


def test_the_verdict_worked_out_can_be_given_again_in_place_of_another(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.override("E1", FAIL)
    desk.override("E1", PASS, "", "MK")
    one = desk.one()
    assert (one.verdict, one.overruled) == (PASS, False)
    assert one.decision is not None
    assert (one.decision.by, one.decision.verdict) == ("MK", PASS)
    assert [(change.what, change.by, change.was, change.now) for change in read_log(desk.places.log, "P-1")][-1] == ("confirm", "MK", "excludes", "met")


@each_row(
    ("profile", "check", "given", "counts", "said"),
    [
        (patient(), LOW.check, FAIL, FAIL, ""),
        (patient(45), LOW.check, PASS, FAIL, "the facts have changed since: labs: platelets: 182 10^9/L then, labs: platelets: 45 10^9/L now"),
        (patient(45), LOW.check, FAIL, FAIL, "the facts have changed since: labs: platelets: 182 10^9/L then, labs: platelets: 45 10^9/L now"),
        (patient(None), LOW.check, NA, UNKNOWN, "the facts have changed since: labs: platelets: 182 10^9/L then, none now"),
        (patient(), "platelets < 40 ×10⁹/L", NA, PASS, "the check has changed since: “platelets < 50 ×10⁹/L” then, “platelets < 40 ×10⁹/L” now"),
    ],
)
def test_a_decision_counts_while_what_it_rested_on_stands(
    tmp_path: Path, profile: Profile, check: str, given: Verdict, counts: Verdict, said: str
) -> None:
    desk = Desk(tmp_path)
    if given is PASS:
        desk.judging.confirm("NCT1", desk.one(), "", "RN", DAY)
    else:
        desk.override("E1", given)
    desk.profile, desk.trial = profile, replace(TRIAL, criteria=[replace(LOW, check=check), *TRIAL.criteria[1:]])
    one = desk.one()
    assert one.decision is not None
    assert (one.verdict, one.decision.stale or one.decision.agreed) == (counts, said)
    assert bool(one.decision.agreed) == (given is FAIL and bool(said))  # her verdict, which matcher has come to
    if said:
        desk.judging.confirm("NCT1", one, "", "MK", DAY)
        again = desk.one().decision
        assert again is not None
        assert (again.stale, again.agreed, again.by) == ("", "", "MK")


def test_a_verdict_that_matcher_comes_to_was_never_a_confirmation(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.override("E1", FAIL, "she bleeds")
    desk.profile = patient(45)
    one = desk.one()
    assert one.decision is not None
    assert not one.overruled
    assert decision_words(one.decision) == (
        "RN put “excludes” for “met” on 2026-11-21: she bleeds. Matcher says the same now: "
        "the facts have changed since: labs: platelets: 182 10^9/L then, labs: platelets: 45 10^9/L now."
    )


def test_a_criterion_with_other_words_keeps_the_decision_on_the_old_ones_in_sight(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.override("E1", FAIL, "she bleeds")
    desk.trial = replace(TRIAL, criteria=[replace(LOW, text="Platelets below fifty"), *TRIAL.criteria[1:]])
    assert desk.one().decision is None
    lost = lost_decisions(desk.judging.marks, desk.match)
    assert [lost_words(one) for one in lost] == [
        "On 2026-11-21 RN put “excludes” (she bleeds) for E1 whose words have changed since: “Platelets < 50×10^9/L”. It no longer counts."
    ]
    desk.judging.drop(lost[0], "MK")
    assert lost_decisions(desk.judging.marks, desk.match) == []


@each_row(
    ("why", "by", "words"),
    [
        ("", "RN", "expected why"),
        ("seen", "", "expected yours, such as RN"),
        ("seen", "Mary Miller", '"Mary Miller": expected yours'),
        ("Mrs Mary Miller said so", "RN", "looks like a person's name"),
        ("call 555-123-4567", "RN", "telephone"),
    ],
)
def test_reasons_and_initials_are_looked_at(tmp_path: Path, why: str, by: str, words: str) -> None:
    desk = Desk(tmp_path)
    with pytest.raises(InputError) as refused:
        desk.override("E1", FAIL, why, by)
    assert words in str(refused.value)
    assert not desk.places.data.exists()


def test_every_change_is_on_record_and_a_damaged_line_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.judging.mark("NCT1", "watch", "call [/b]")
    desk.override("E1", FAIL, "two\nlines")
    desk.judging.note("NCT1", desk.one(), "ask again", "MK", DAY)
    desk.judging.take_back("NCT1", desk.one(), "MK")
    path = log_path(desk.places.log, "P-1")
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    desk.judging.mark("NCT1", "none")
    told = [(one.by, one.what, one.criterion, one.was, one.now, one.why) for one in desk.judging.changes()]
    assert told == [
        ("", "mark", "", "", "watch", "call [/b]"),
        ("RN", "override", "E1", "met", "excludes", "two\nlines"),
        ("MK", "note", "E1", "", "ask again", ""),
        ("MK", "take back", "E1", "excludes", "met", ""),
        ("", "damaged line", "", "", "", "{broken"),
        ("", "mark", "", "watch", "none", ""),
    ]
    assert {one.at for one in desk.judging.changes()} == {"2026-11-21T09:30:00", ""}
    assert desk.one().remark == "ask again"


def test_decisions_count_wherever_a_patient_is_matched(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    other = Trial(id="NCT2", status="recruiting", criteria=[LOW])
    trials = [TRIAL, other]
    found = match(desk.profile, trials, DAY)
    assert with_decisions(found, trials, desk.judging.marks, desk.profile, DAY) == found
    desk.override("E1", FAIL)
    decided = with_decisions(found, trials, desk.judging.marks, desk.profile, DAY)
    assert [(one.trial_id, one.rank, one.tier) for one in decided] == [("NCT2", 1, "eligible"), ("NCT1", 2, "excluded")]
    said, wanted = decisions_for(desk.places, "P-1")
    survey = Survey(desk.profile, DAY, trials, [], said=said, decided=wanted).run()
    assert list(survey.matches()) == decided
    assert fits(TRIAL, [(desk.profile, DAY)], desk.places)[0].match.tier == "excluded"
    assert fits(TRIAL, [(replace(desk.profile, id="P-2"), DAY)], desk.places)[0].match.tier == "possible"


def test_the_record_is_only_added_to(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    before = b""
    for number in range(3):
        desk.judging.mark("NCT1", "watch", str(number))
        now = log_path(desk.places.log, "P-1").read_bytes()
        assert now.startswith(before)
        assert len(now) > len(before)
        before = now
    assert [one.why for one in read_log(desk.places.log, "P-1")] == ["0", "1", "2"]
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(InputError):
        add_to_log(blocked, "P-1", desk.judging.changes()[0])


def test_the_session_lets_a_decision_count_at_once(tmp_path: Path) -> None:
    desk: Any = Desk(tmp_path)
    session = Session(desk.places, DAY, [TRIAL])
    session.hold(patient())
    session.rematch()
    one = session.matches[0].criteria[0]
    session.judging.override("NCT1", one, FAIL, "she bleeds", "RN", DAY)
    session.decided()
    assert session.matches[0].tier == "excluded"
    session.rematch()
    assert session.matches[0].tier == "excluded"
    session.set_fact(id="P-2")
    session.save_profile()
    assert [one.what for one in session.judging.changes()] == ["override", "code"]
    assert len(Judging(desk.places, "P-2").marks.overrides) == len(desk.judging.marks.overrides) == 1
    session.judging.take_back("NCT1", session.matches[0].criteria[0], "RN")
    session.decided()
    assert session.matches[0].tier == "possible"


def test_only_the_facts_that_changed_are_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path, patient(182))
    given = Override.model_validate({
        "trial_id": "NCT1", "text_digest": "x", "verdict": "pass", "was": "fail", "why": "seen", "by": "RN", "on": DAY,
        "facts": ["conditions: lupus: active", "labs: platelets: 45 10^9/L"], "check": LOW.check,
    })  # fmt: skip
    kept = Evidence("conditions: lupus", "active", "", "")
    found = replace(desk.one(), evidence=(kept, *desk.one().evidence))
    said = _since(given, FAIL, found)
    assert said == "the facts have changed since: labs: platelets: 45 10^9/L then, labs: platelets: 182 10^9/L now"
    assert _since(given, FAIL, replace(found, evidence=(kept,))).endswith("labs: platelets: 45 10^9/L then, not used now")
