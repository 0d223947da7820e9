"""A trial matched to a patient: one judged criterion after another, and what they add up to."""

from __future__ import annotations

from datetime import date
from typing import Any

from matcher.model.values import value
from matcher.model.verdict import Evidence, Question, Verdict

TIERS = ("eligible", "possible", "excluded")


@value(frozen=True, slots=True)
class Decision:
    """What a person decided of a criterion: her verdict in place of the one worked out (`was`), or the same, confirmed.

    `stale` says in words what changed since; then it does not count until it is decided again. `agreed` says so where by
    that change what is worked out has come to be the verdict which she put in place of another.
    """

    verdict: Verdict
    was: Verdict
    why: str
    by: str
    on: date
    stale: str = ""
    agreed: str = ""

    @property
    def confirms(self) -> bool:
        """Whether it said the same as what was worked out."""
        return self.verdict is self.was

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "verdict": self.verdict.value, "was": self.was.value, "why": self.why, "by": self.by,
            "on": self.on.isoformat(), **({"stale": self.stale} if self.stale else {}), **({"agreed": self.agreed} if self.agreed else {}),
        }


@value(frozen=True, slots=True)
class CriterionMatch:
    """One criterion of a trial with its verdict: a person's where one stands, else the one worked out.

    Code and evidence are always those of the verdict worked out; the reason begins with the person's. `remark` is her note,
    `likely` the verdict presumed if a sentence that was read in part means what was read of it.
    """

    id: str
    kind: str
    text: str
    group: str
    check: str
    read: str
    spans: tuple[tuple[int, int], ...]
    verdict: Verdict
    presumed: Verdict
    code: str
    reason: str
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Question, ...] = ()
    note: str = ""
    decision: Decision | None = None
    remark: str = ""
    likely: Verdict | None = None

    @property
    def overruled(self) -> bool:
        """Whether a person's verdict stands in place of the one worked out."""
        one = self.decision
        return one is not None and not (one.stale or one.confirms or one.agreed)

    @property
    def worked_out(self) -> Verdict:
        """The verdict that was worked out."""
        return self.decision.was if self.decision is not None and self.overruled else self.verdict

    def plain(self) -> dict[str, Any]:
        """The JSON form; what a person said only where she said something."""
        said: dict[str, Any] = {"override": self.decision.plain()} if self.decision else {}
        if self.remark:
            said["remark"] = self.remark
        return {
            "id": self.id, "kind": self.kind, "text": self.text, "group": self.group, "check": self.check,
            "read": self.read, "spans": [list(span) for span in self.spans], "verdict": self.verdict.value,
            "presumed": self.presumed.value, "code": self.code, "reason": self.reason,
            "evidence": [fact.plain() for fact in self.evidence], "missing": [ask.plain() for ask in self.missing],
            **said,
        }


@value(frozen=True, slots=True)
class ScorePart:
    """One named contribution to the score: value in [0, 1] times weight."""

    name: str
    value: float
    weight: float
    why: str

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {"name": self.name, "value": self.value, "weight": self.weight, "why": self.why}


@value(frozen=True, slots=True)
class TrialMatch:
    """One trial matched to one patient."""

    trial_id: str
    title: str
    status: str
    rank: int
    tier: str
    score: float
    condition_relation: str
    score_parts: tuple[ScorePart, ...]
    counts: dict[str, int]
    eligible_from: date | None
    criteria: tuple[CriterionMatch, ...]

    def plain(self) -> dict[str, Any]:
        """The JSON form of one element of `trials`."""
        return {
            "trial_id": self.trial_id, "title": self.title, "status": self.status, "rank": self.rank,
            "tier": self.tier, "score": self.score, "condition_relation": self.condition_relation,
            "score_parts": [part.plain() for part in self.score_parts], "counts": dict(self.counts),
            "eligible_from": self.eligible_from.isoformat() if self.eligible_from else None,
            "criteria": [criterion.plain() for criterion in self.criteria],
        }

    @property
    def excluding(self) -> tuple[CriterionMatch, ...]:
        """The criteria that exclude the patient."""
        return tuple(one for one in self.criteria if one.verdict is Verdict.FAIL)


@value(frozen=True, slots=True)
class AskNext:
    """A question with the trials it bears on, how many it could exclude and how many criteria it could settle."""

    question: Question
    trials: tuple[str, ...]
    could_exclude: int
    could_settle: int

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            **self.question.plain(), "trials": list(self.trials),
            "could_exclude": self.could_exclude, "could_settle": self.could_settle,
        }
