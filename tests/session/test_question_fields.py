"""Which row and which field a question is about, and whether its "no" would contradict the record."""

from __future__ import annotations

from matcher.matching.words import besides
from matcher.model.profile import Condition, Medication, Profile
from matcher.model.verdict import Question
from matcher.session import field_of, holds_some, row_for

PATIENT = Profile(
    id="T",
    conditions=[Condition(name="SLE"), Condition(name="lupus nephritis", status="suspected")],
    medications=[Medication(name="prednisolone"), Medication(name="tacrolimus", status="absent")],
)
SLE, NEPHRITIS = "systemic lupus erythematosus", "lupus nephritis"
ROWS: list[tuple[Question, int | None, str, bool]] = [
    (Question("conditions", SLE, "text", None, f"Was {SLE} confirmed by biopsy?"), 0, "confirmed_by", True),
    (Question("conditions", SLE, "date", None, f"Since when has the patient had {SLE}?"), 0, "since", True),
    (Question("conditions", NEPHRITIS, "yesno", None, f"Is the suspected {NEPHRITIS} confirmed?"), 1, "status", False),
    (Question("conditions", "asthma", "yesno", None, "Does the patient have asthma?"), None, "", False),
    (Question("medications", "glucocorticoids", "yesno", None, "Has the patient ever taken them?"), None, "", True),
    (Question("medications", "tacrolimus", "yesno", None, "Has the patient ever taken it?"), 1, "", False),
    (Question("medications", "prednisolone", "yesno", None, besides("Taken?", ("prednisolone",))), None, "", True),
    (
        Question("medications", "prednisolone", "dose", None, "What was the dose of it before 2026?"),
        None,
        "another row",
        True,
    ),
    (Question("medications", "prednisolone", "word", None, "By which route is it given?"), 0, "route", True),
    (Question("answers", "able to read", "yesno", None, "Is it so?"), None, "", False),
]


def test_the_row_and_the_field_of_each_question() -> None:
    wrong = []
    for question, *expected in ROWS:
        found = [row_for(PATIENT, question), field_of(question), holds_some(PATIENT, question)]
        if found != expected:
            wrong.append((question.question, found, expected))
    assert wrong == []
