"""A score's grade that a condition's stage holds."""

from __future__ import annotations

from judging import EX, IN, condition, judge, merged, procedure, score, verdict

NYHA = '"NYHA class" is III or IV'
ROWS = [
    # a grade by the disease's name, until an operation has ended it
    ('"CKD stage" is 4 or 5', EX, condition("end-stage renal disease", since="2016"), "fail holds"),
    ('"CKD stage" is 4 or 5', EX, merged(condition("end-stage renal disease", since="2016"), procedure("kidney transplant", "2019")), "unknown not-recorded"),
    (NYHA, EX, condition("heart failure", stage="NYHA II"), "pass violated"),
    (NYHA, EX, condition("heart failure", stage="class III (NYHA)"), "fail holds"),
    (NYHA, EX, condition("heart failure", stage="NYHA II-III"), "unknown imprecise"),
    (NYHA, EX, condition("heart failure", stage="NYHA ≤ II"), "unknown not-recorded"),
    (NYHA, EX, condition("heart failure", stage="previously NYHA IV"), "unknown not-recorded"),
    (NYHA, EX, condition("heart failure", stage="II"), "unknown not-recorded"),
    (NYHA, EX, condition("heart failure", "resolved", stage="NYHA II"), "unknown not-recorded"),
    (f"{NYHA} within 30 days", EX, condition("heart failure", stage="NYHA II"), "unknown partial-date"),
    (NYHA, EX, merged(condition("heart failure", stage="NYHA II"), score("NYHA", "III")), "unknown conflict"),
    ('"NYHA class" ≥ 2', IN, condition("angina", stage="CCS II"), "unknown not-recorded"),
    ('"CKD stage" is 4 or 5', EX, condition("chronic kidney disease", stage="3a"), "pass violated"),
    ('"CKD stage" is 3a', IN, condition("chronic kidney disease", stage="stage 3"), "unknown imprecise"),
    ('"CKD stage" is 4 or 5', EX, condition("lung cancer", stage="IV"), "unknown not-recorded"),
    ('"Child-Pugh" is B or C', EX, condition("cirrhosis", stage="Child-Pugh A"), "pass violated"),
    ('"Child-Pugh" ≤ 6', IN, condition("cirrhosis", stage="Child-Pugh B"), "fail violated"),
    ('"GOLD grade" is 3 or 4', IN, condition("COPD", stage="GOLD III"), "pass holds"),
]


def test_verdicts() -> None:
    found = [(check, facts, verdict(check, kind, facts), wanted) for check, kind, facts, wanted in ROWS]
    assert [row for row in found if row[2] != row[3]] == []


def test_a_reason_names_the_condition() -> None:
    judged = judge(NYHA, EX, condition("heart failure", stage="NYHA II"))
    assert judged.reason == "NYHA class II, undated (the stage of heart failure) is not III or IV."
