"""What is asked where something is missing: of what is recorded already, only what else there is."""

from __future__ import annotations

from datetime import date

import pytest
from judging import EX, Facts, condition, drug, judge, merged
from rows import each_row

from matcher.matching.words import besides, no_other, worded_before

TODAY = date(2026, 11, 21)
NOW = drug("prednisolone", start="2026-01-10", dose=5, unit="mg/day", route="oral")
ASKED: list[tuple[str, Facts, str]] = [
    ("any use of glucocorticoids dose > 20 mg/day", {}, "Has the patient ever taken glucocorticoids?"),
    (
        "any use of glucocorticoids dose > 20 mg/day",
        NOW,
        "Has the patient ever taken glucocorticoids, other than the recorded prednisolone 5 mg/day (current, since 2026-01-10)?",
    ),
    ("history of malignancy", {}, "Has the patient ever had a malignancy?"),
]


def test_what_is_recorded_is_not_asked_for_again() -> None:
    wrong = []
    for check, facts, question in ASKED:
        found = [ask.question for ask in judge(check, EX, facts).missing]
        if question not in found:
            wrong.append((check, found))
    assert wrong == []


def test_a_suspected_disease_is_asked_about_itself() -> None:
    found = judge("lupus nephritis", EX, merged(condition("lupus nephritis", status="suspected"))).missing
    assert "Is the suspected lupus nephritis confirmed?" in [ask.question for ask in found]


@each_row(
    ("check", "listed", "since"),
    [
        ("active seizure", "conditions", TODAY),
        ("seizure within 6 months", "conditions", date(2026, 5, 21)),
        ("current use of rituximab", "medications", TODAY),
        ("use of rituximab within 6 months", "medications", date(2026, 5, 21)),
        ("underwent kidney biopsy within 12 months", "procedures", date(2025, 11, 21)),
        ("seizure over 6 months ago", "conditions", None),
        ("history of seizure", "conditions", None),
        ("any use of rituximab", "medications", None),
    ],
)
def test_a_no_since_the_day_asked_about_settles_it(check: str, listed: str, since: date | None) -> None:
    (ask,) = judge(check, EX, {}).missing
    assert (ask.list, ask.since) == (listed, since)
    if since is not None:
        no = {"name": ask.name, "status": "absent", {"conditions": "since", "medications": "start", "procedures": "date"}[listed]: since}
        assert judge(check, EX, {listed: [no]}).verdict == "pass"


CANCER = condition("breast cancer", since="2025")
OTHERS, FIVE_YEARS = "malignancy other than (breast cancer)", "malignancy other than (breast cancer) within 5 years"
STEROIDS = "any use of glucocorticoids dose > 20 mg/day"


@each_row(
    ("asked", "ever", "facts", "check", "now"),
    [
        (FIVE_YEARS, False, CANCER, FIVE_YEARS, "pass"),
        (FIVE_YEARS, False, CANCER, f"history of {OTHERS}", "unknown"),
        (f"active {OTHERS}", False, CANCER, f"active {OTHERS}", "pass"),
        (f"active {OTHERS}", False, CANCER, FIVE_YEARS, "unknown"),
        (OTHERS, False, CANCER, OTHERS, "unknown"),  # "has" leaves open what she had
        (OTHERS, True, CANCER, OTHERS, "pass"),
        (OTHERS, True, CANCER, FIVE_YEARS, "pass"),
        (OTHERS, True, CANCER, "malignancy", "fail"),
        (OTHERS, True, CANCER, "metastatic breast cancer", "unknown"),  # which kind the recorded one is stays open
        (OTHERS, True, CANCER, "lung cancer", "unknown"),  # asked of its own
        (OTHERS, True, merged(CANCER, condition("melanoma")), OTHERS, "fail"),
        (OTHERS, True, condition("breast cancer", status="resolved", until="2019"), OTHERS, "unknown"),  # another entry than when it was answered
        (STEROIDS, True, NOW, STEROIDS, "pass"),
        (STEROIDS, True, NOW, "any use of prednisolone dose > 20 mg/day", "unknown"),
    ],
)
def test_there_is_no_other_than_recorded(asked: str, ever: bool, facts: Facts, check: str, now: str) -> None:
    first = NOW if asked == STEROIDS else CANCER
    (ask,) = [one for one in judge(asked, EX, first).missing if "other than the recorded" in one.question]
    statement = no_other(ask, ever=ever)
    found = judge(check, EX, merged(facts, {"answers": [{"statement": statement, "holds": False}]}))
    assert found.verdict == now
    assert judge(check, EX, merged(facts, {"answers": [{"statement": worded_before(statement), "holds": False}]})).verdict == now
    if now == "pass":
        assert statement in " ".join(fact.fact for fact in found.evidence)


@pytest.mark.parametrize(
    ("recorded", "question"),
    [
        ((), "Has she?"),
        (("a",), "Has she, other than the recorded a?"),
        (("a", "b"), "Has she, other than the recorded a and b?"),
        (("a", "b", "c", "d"), "Has she, other than the recorded a, b, c and others?"),
    ],
)
def test_besides(recorded: tuple[str, ...], question: str) -> None:
    assert besides("Has she?", recorded) == question
