"""Builders for exports: three trials matched to one patient, two of them marked, one criterion decided by a person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from matcher.export.dossier import Dossier, dossier
from matcher.export.shortlist import Shortlist, Versions, shortlist
from matcher.model.match import CriterionMatch, Decision, ScorePart, TrialMatch
from matcher.model.profile import Lab, Profile
from matcher.model.trial import Criterion, Trial
from matcher.model.verdict import Evidence, Verdict
from matcher.storage.marks import Mark, Marks

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


DECISION = Decision(Verdict.PASS, Verdict.UNKNOWN, "negative by phone", "RN", DAY)
PLATELETS = Evidence("labs: platelets", "182000", "/µL", "2026-11-10", "182 ×10⁹/L", None)
CRITERIA = (
    criterion(
        "E1",
        "Platelets < 50.",
        Verdict.PASS,
        evidence=(PLATELETS, Evidence("conditions: SLE", "active", None, "2024-03")),
    ),
    criterion("E2", "Active\nhepatitis B", Verdict.PASS, decision=DECISION),
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


def made_dossier(**changes: Any) -> Dossier:
    given: dict[str, Any] = {"profile": PROFILE, "trials": TRIALS, "matches": MATCHES, "marks": MARKS, "versions": VERSIONS}
    return dossier(**{**given, "as_of": DAY, **changes})
