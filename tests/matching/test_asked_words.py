"""States stand where a nurse would say them, and what is borne in the body is not said to be done."""

from __future__ import annotations

from judging import Facts, judge, lab
from rows import each_row

from matcher.matching.articles import relative, with_article
from matcher.matching.states import described
from matcher.matching.words import having_now, worded_before


@each_row(
    ("state", "label", "said"),
    [
        ("severe", "asthma", "severe asthma"),
        ("of lower limb", "fracture", "fracture of lower limb"),
        ("changed within 2 weeks", "diuretics", "diuretics changed within 2 weeks"),
        ("started during pregnancy", "statins", "statins started during pregnancy"),
        ("increased since the last visit", "insulins", "insulins increased since the last visit"),
        ("severe since childhood", "eczema", "severe eczema since childhood"),
        ("changed", "moles", "changed moles"),
        ("not amenable to surgery", "breast cancer", "breast cancer not amenable to surgery"),
        ("major", "major depressive disorder", "major depressive disorder"),
    ],
)
def test_a_state_stands_where_it_is_said(state: str, label: str, said: str) -> None:
    assert described(state, label) == said


@each_row(
    ("label", "asked"),
    [
        ("hemodialysis", "Is the patient having hemodialysis now?"),
        ("pacemaker", "Does the patient have a pacemaker now?"),
        ("indwelling catheter", "Does the patient have an indwelling catheter now?"),
        ("tracheostomy", "Does the patient have a tracheostomy now?"),
        ("catheter ablation", "Is the patient having a catheter ablation now?"),
    ],
)
def test_what_is_borne_in_the_body_is_had(label: str, asked: str) -> None:
    assert having_now(label) == asked


@each_row(
    ("name", "said"),
    [
        ("seizure", "a seizure"),
        ("pneumonia", "pneumonia"),
        ("heart disease", "heart disease"),
        ("active infection", "an active infection"),
        ("HIV infection", "an HIV infection"),
        ("HER2-positive tumor", "a HER2-positive tumor"),
        ("urinary tract infection", "a urinary tract infection"),
        ("umbilical hernia", "an umbilical hernia"),
        ("uninfected wound", "an uninfected wound"),
        ("unilateral hernia", "a unilateral hernia"),
        ("psychiatric disorder", "a psychiatric disorder"),
        ("bipolar disorder", "bipolar disorder"),
        ("brain metastases", "brain metastases"),
        ("local recurrence of cancer", "a local recurrence of cancer"),
        ("kidney transplant (living donor)", "a kidney transplant (living donor)"),
        ("splenectomy", "a splenectomy"),
        ("ostomy", "an ostomy"),
        ("any infection", "any infection"),
        ("immunocompromised", "an immunocompromised state"),
        ("surgery", "surgery"),
    ],
)
def test_what_is_counted_takes_its_article(name: str, said: str) -> None:
    assert with_article(name) == said


@each_row(("name", "said"), [("mother", "the mother"), ("sister", "a sister"), ("uncle", "an uncle"), ("parents", "parents")])
def test_a_relative_takes_its_article(name: str, said: str) -> None:
    assert relative(name) == said


def test_an_answer_kept_before_questions_had_articles_is_found() -> None:
    asked = "Has the patient had a stroke within 5 years, other than the recorded stroke of the brainstem?"
    assert worded_before(asked) == "Has the patient had stroke within 5 years, other than the recorded stroke of the brainstem?"


@each_row(
    ("check", "facts", "said"),
    [
        ("age 18 to 65 years", {"age": 34}, "Age 34 is between 18 and 65 years."),
        ("age > 1 day", {"age": 34}, "Age 34 is above 1 day."),
        ("age 18 to 65 years", {}, "The age is not recorded (asked: between 18 and 65 years)."),
        ("age 18 to 65 years", {"age": 70}, "Age 70 is not at most 65 years."),
        ("platelets 50 to 500 ×10⁹/L", lab("platelets", 182, "10^9/L"), "Platelets 182 ×10⁹/L on 2026-11-10 is between 50 and 500 ×10⁹/L."),
        ("eGFR 30 to 60", lab("eGFR", 45, "mL/min/1.73m2"), "eGFR 45 mL/min/1.73m² on 2026-11-10 is between 30 and 60 (the limits are taken as mL/min/1.73m²)."),
        ("HBsAg is positive", lab("HBsAg", "positive"), "Hepatitis B surface antigen was positive on 2026-11-10."),
        ("HBsAg is negative", lab("HBsAg", "positive"), "Hepatitis B surface antigen positive on 2026-11-10 is not negative."),
    ],
)
def test_values_are_said_as_a_nurse_says_them(check: str, facts: Facts, said: str) -> None:
    assert judge(check, "inclusion", facts).reason == said
