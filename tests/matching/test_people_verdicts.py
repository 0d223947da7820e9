"""Age, sex, states such as pregnancy, smoking: what is recorded, what follows from it, what a birthday decides."""

from __future__ import annotations

from judging import EX, IN, Facts, Row, complete, condition, judge, merged, procedure, verdict
from rows import each_row

AGES: list[Row] = [
    ("age 18 to 80 years", IN, {"age": 34}, "pass holds"),
    ("age 16 to 60 years", IN, {"age": 60}, "pass holds"),
    ("age 16 to 60 years", IN, {"age": 61}, "fail violated"),
    ("age 16 to 60 years", IN, {"age": 15}, "fail violated"),
    ("age ≥ 18 years", IN, {"age": 18}, "pass holds"),
    ("age > 18 years", IN, {"age": 19}, "pass holds"),
    ("age > 18 years", IN, {"age": 18}, "unknown imprecise"),
    ("age > 18 years", IN, {"age": 17}, "fail violated"),
    ("age < 18 years", EX, {"age": 17}, "fail holds"),
    ("age < 18 years", EX, {"age": 18}, "pass violated"),
    ("age ≤ 18 years", IN, {"age": 18}, "pass holds"),
    ("age = 18 years", IN, {"age": 18}, "pass holds"),
    ("age = 18 years", IN, {"age": 19}, "fail violated"),
    ("age ≥ 18.5 years", IN, {"age": 18}, "unknown imprecise"),
    ("age ≥ 18 years", IN, {"age": "90+"}, "pass holds"),
    ("age ≤ 85 years", IN, {"age": "90+"}, "fail violated"),
    ("age ≤ 95 years", IN, {"age": "90+"}, "unknown imprecise"),
    ("age ≥ 6 months", IN, {"age": 0.5}, "pass holds"),
    ("age ≥ 6 months", IN, {"age": 0.4}, "fail violated"),
    ("age ≥ 6 months", IN, {"age": 0}, "unknown imprecise"),
    ("age < 24 months", IN, {"age": 1.5}, "pass holds"),
    ("age < 24 months", IN, {"age": 2}, "fail violated"),
    ("age < 28 days", IN, {"age": 0.05}, "pass holds"),
    ("age ≥ 2 weeks", IN, {"age": 1}, "pass holds"),
    ("age 18 to 75 years", IN, {}, "unknown not-recorded"),
]

NEWBORN = merged({"age": 0.02, "sex": "male"}, complete(conditions=True, medications=True, procedures=True), condition("prematurity"))
# What happened to the mother, or at the birth, no list of her child need name; what is the child's own it does.
MOTHERS: list[Row] = [
    ("chorioamnionitis", EX, NEWBORN, "unknown not-recorded"),
    ("preeclampsia", IN, NEWBORN, "unknown not-recorded"),
    ("history of placental abruption", EX, NEWBORN, "unknown not-recorded"),
    ("oligohydramnios", IN, merged(NEWBORN, {"age": 1.5}), "unknown not-recorded"),
    ("chorioamnionitis", EX, merged(NEWBORN, condition("chorioamnionitis")), "fail holds"),
    ("chorioamnionitis", EX, merged(NEWBORN, condition("chorioamnionitis", "absent")), "pass violated"),
    ("chorioamnionitis", EX, merged(NEWBORN, {"age": 31, "sex": "female"}), "pass violated"),
    ("any use of antenatal corticosteroids", IN, NEWBORN, "unknown not-recorded"),
    ("any use of antenatal magnesium sulfate", EX, NEWBORN, "unknown not-recorded"),
    ("any use of prenatal antibiotics", EX, NEWBORN, "unknown not-recorded"),
    ("any use of antibiotics", EX, NEWBORN, "pass violated"),
    ("any use of glucocorticoids", EX, NEWBORN, "pass violated"),
    ("underwent vaginal delivery", IN, NEWBORN, "unknown not-recorded"),
    ("underwent intrauterine transfusion", EX, NEWBORN, "unknown not-recorded"),
    ("underwent blood transfusion", EX, NEWBORN, "pass violated"),
    ("underwent surgery within 6 months", EX, merged(NEWBORN, procedure("cesarean delivery", "2026-11-14")), "review ambiguous"),
    ("underwent cesarean section", EX, merged(NEWBORN, procedure("cesarean delivery", "2026-11-14")), "fail holds"),
    ("underwent surgery within 6 months", EX, merged(NEWBORN, {"age": 30, "sex": "female"}, procedure("cesarean delivery", "2026-11-14")), "fail holds"),
    ("congenital heart disease", EX, NEWBORN, "pass violated"),
    ("necrotizing enterocolitis", EX, NEWBORN, "pass violated"),
]

WHO: list[Row] = [
    ("sex female", IN, {"sex": "male"}, "fail violated"),
    ("sex female", IN, {"sex": "female"}, "pass holds"),
    ("sex female", IN, {}, "unknown not-recorded"),
    ("pregnant or breastfeeding", EX, {"sex": "male"}, "pass violated"),
    ("pregnant or breastfeeding", EX, {"sex": "female", "pregnant": True}, "fail holds"),
    ("pregnant or breastfeeding", EX, {"sex": "female", "breastfeeding": True}, "fail holds"),
    ("pregnant or breastfeeding", EX, {"sex": "female", "pregnant": False}, "unknown not-recorded"),
    ("pregnant or breastfeeding", EX, {"sex": "female"}, "unknown not-recorded"),
    ("pregnant", IN, {"sex": "male"}, "fail violated"),
    ("pregnant", EX, {"sex": "female", "childbearing_potential": False}, "pass violated"),
    ("pregnant", EX, {"pregnant": False}, "pass violated"),
    ("childbearing potential", IN, {"sex": "male"}, "fail violated"),
    ("childbearing potential", IN, {"sex": "female", "pregnant": True}, "pass holds"),
    ("childbearing potential", IN, {"sex": "female"}, "unknown not-recorded"),
    ("breastfeeding", EX, {"sex": "female", "childbearing_potential": False}, "unknown not-recorded"),
    ("contraception", IN, {"sex": "male"}, "unknown not-recorded"),
    ("contraception", IN, {"contraception": True}, "pass holds"),
    ("contraception", IN, {"sex": "female", "age": 72, "contraception": False}, "review ambiguous"),
    ("contraception", IN, {"sex": "female", "age": 8, "contraception": False}, "review ambiguous"),
    ("contraception", IN, {"sex": "female", "age": 30, "contraception": False}, "fail violated"),
    ("not contraception", EX, {"contraception": False}, "fail holds"),
    ("healthy volunteer", IN, {"healthy": True}, "pass holds"),
    ("healthy volunteer", IN, {"healthy": False}, "fail violated"),
    ("healthy volunteer", IN, {}, "unknown not-recorded"),
    ("healthy volunteer", IN, condition("lupus nephritis"), "fail violated"),
    *((("healthy volunteer", IN, condition(one), "unknown not-recorded")) for one in ("myopia", "dental caries", "acne", "vitamin D deficiency", "tension headache", "varicose veins", "Gilbert syndrome", "fatty liver", "thalassemia minor", "hay fever")),
    *((("healthy volunteer", IN, condition(one), "fail violated")) for one in ("heart failure", "type 2 diabetes", "epilepsy", "Crohn disease", "breast cancer", "HIV infection", "COPD", "asthma", "hypertension", "chronic kidney disease", "schizophrenia")),
    ("healthy volunteer", IN, condition("pneumonia", "resolved"), "unknown not-recorded"),
    ("healthy volunteer", IN, condition("qwxz syndrome"), "unknown not-recorded"),
    ("healthy volunteer", IN, condition("stroke", since="2010"), "unknown not-recorded"),
    ("not healthy volunteer", IN, condition("no known disease"), "unknown not-recorded"),
    ("healthy volunteer", IN, condition("lupus nephritis", "absent"), "unknown not-recorded"),
    ("healthy volunteer", IN, merged({"healthy": True}, condition("myopia")), "pass holds"),
]

SMOKING: list[Row] = [
    ("smoking current", EX, {"smoking": "current"}, "fail holds"),
    ("smoking current", EX, {"smoking": "former"}, "pass violated"),
    ("smoking current or former", EX, {"smoking": "former"}, "fail holds"),
    ("smoking current or former", EX, {"smoking": "never"}, "pass violated"),
    ("smoking never", IN, {"smoking": "never"}, "pass holds"),
    ("smoking never", IN, {"smoking": "former", "smoking_stopped": "2010"}, "fail violated"),
    ("smoking never", IN, {}, "unknown not-recorded"),
]

ROWS = AGES + WHO + MOTHERS + SMOKING


@each_row(("check", "kind", "facts", "expected"), ROWS)
def test_a_person_is_judged(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, facts) == expected


@each_row("words", ["unread", "judgement", "consent"])
def test_a_reason_quotes_the_first_words_of_a_long_text_and_goes_on(words: str) -> None:
    long = "is one of those who " + "came by the river in spring and " * 20 + "stayed"
    reason = judge(f'{words} "{long}" and platelets ≥ 100 ×10⁹/L', IN, {}).reason
    assert "is one of those who came by the river" in reason
    assert "…”" in reason
    assert "stayed" not in reason
    assert "platelets" in reason.casefold()
    assert "stayed" in judge(f'{words} "came by the river and stayed"', IN, {}).reason
