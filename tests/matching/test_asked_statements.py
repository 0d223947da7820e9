"""A recorded answer to a statement in the words of one trial settles it in every trial that means it."""

from __future__ import annotations

from judging import EX, Row, answer, complete, condition, verdict
from rows import each_row

STATEMENTS: list[Row] = [
    ('statement "planning a pregnancy"', EX, answer("planning a pregnancy", True), "fail holds"),
    ('statement "planning a pregnancy"', EX, answer("Plans to become pregnant during the study", False), "pass violated"),
    ('statement "planning a pregnancy"', EX, answer("planning a party", True), "unknown not-recorded"),
    ('not statement "able to swallow tablets"', EX, answer("unable to swallow capsules", True), "fail holds"),
    ('not statement "able to swallow tablets"', EX, answer("unable to swallow capsules", False), "pass violated"),
    ('statement "a child"', EX, {"age": 8}, "fail holds"),
    ('statement "a child"', EX, {"age": 15}, "unknown not-recorded"),
    ('statement "a child"', EX, {"age": 44}, "pass violated"),
    ('statement "an adolescent"', EX, {"age": 44}, "pass violated"),
    ('not statement "of legal age"', EX, {"age": 44}, "pass violated"),
    ('not statement "of legal age"', EX, {"age": 18}, "unknown not-recorded"),
    ("infection that is requiring antibiotics", EX, {**condition("infection"), **answer("infection requiring antibiotics", True)}, "fail holds"),
    ('malignancy that is "other than the one of the trial"', EX, {**condition("malignancy"), **complete(conditions=True), **answer("malignancy other than the one of the trial", False)}, "pass violated"),
    ('malignancy that is "other than the one of the trial"', EX, condition("malignancy"), "unknown not-recorded"),
    ('statement "of the graft before the visit"', EX, {}, "review unread"),  # torn words are nothing that can be asked
    ('statement "history of chronic"', EX, {}, "review unread"),
    ('statement "planned) operation"', EX, {}, "review unread"),
    ('statement "history of chronic"', EX, answer("history of chronic", True), "fail holds"),
    ('statement "able to log in"', EX, {}, "unknown not-recorded"),
    ('statement "of full age"', EX, {}, "unknown not-recorded"),
]


@each_row(("check", "kind", "facts", "expected"), STATEMENTS)
def test_a_statement_is_answered_once(check: str, kind: str, facts: dict[str, object], expected: str) -> None:
    assert verdict(check, kind, facts) == expected
