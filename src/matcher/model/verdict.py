"""Verdicts on criteria and what they rest on."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum

from matcher.model.values import value


class Verdict(StrEnum):
    """A criterion's effect on this patient's eligibility."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    REVIEW = "review"
    NA = "n/a"


# The order in which criteria are told: what decides against the patient and what is to be asked come first.
BY_CONCERN = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.REVIEW, Verdict.PASS, Verdict.NA)
SHOWN = {
    Verdict.PASS: ("✓", "met"),
    Verdict.FAIL: ("✗", "excludes"),
    Verdict.UNKNOWN: ("?", "ask"),
    Verdict.REVIEW: ("⚑", "review"),
    Verdict.NA: ("–", "n/a"),
}

ADVICE = "Decision support only: every verdict is to be checked against the protocol by qualified staff."
ASKABLE = (
    "conflict", "no-unit", "no-limit", "stale", "partial-date", "suspected", "imprecise", "similar", "not-recorded",
)
FOR_A_PERSON = ("unread", "lost-operator", "ambiguous", "judgement", "consent")
CODES = ("holds", "violated", *ASKABLE, *FOR_A_PERSON, "not-concerned")


@value(frozen=True, slots=True)
class Evidence:
    """A recorded fact that was used, as recorded; `as_` after conversion, `limit` where one was applied.

    `told` is how its date is told where that is no day of its own: "since" or "until".
    """

    fact: str
    value: str
    unit: str | None = None
    date: str | None = None
    as_: str | None = None
    limit: str | None = None
    told: str = ""

    def plain(self) -> dict[str, str | None]:
        """The JSON form."""
        return {
            "fact": self.fact, "value": self.value, "unit": self.unit, "date": self.date,
            "as": self.as_, "limit": self.limit,
        }


@value(frozen=True, slots=True)
class Question:
    """A missing fact as a question: the profile list and name it belongs to, and the kind of answer.

    `answer` is one of number, yesno, posneg, word, date, dose, text, choice. `since` is the first day that a yes-or-no
    question asks about, where it does not ask about all time: a "no" since then answers it.
    """

    list: str
    name: str
    answer: str
    unit: str | None
    question: str
    since: date | None = None

    def plain(self) -> dict[str, str | None]:
        """The JSON form."""
        return {
            "list": self.list, "name": self.name, "answer": self.answer, "unit": self.unit, "question": self.question,
        }


@value(frozen=True, slots=True)
class Judged:
    """The verdict on one check for one patient.

    `presumed` is the verdict if every list were complete, `likely` the same if a sentence that was read in part means what
    was read of it. `clears` are the days on which a window that now decides against the patient stops doing so; None where
    something else would have to change.
    """

    verdict: Verdict
    presumed: Verdict
    code: str
    reason: str
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Question, ...] = ()
    clears: tuple[date, ...] = field(default=())
    likely: Verdict | None = None
