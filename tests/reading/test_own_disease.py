"""What a criterion that keeps people out says of the trial's own disease."""

from __future__ import annotations

from rows import each_row

from matcher.reading.layout.own_disease import beside_own_disease, diseases_asked
from matcher.vocabulary import load

COPD = "chronic obstructive pulmonary disease"


@each_row(
    ("check", "conditions", "expected"),
    [
        ("lung disease", ["COPD"], f"ambiguous (lung disease; lung disease other than ({COPD}))"),
        ("gout or history of lung disease", ["COPD"], f"gout or ambiguous (history of lung disease; history of lung disease other than ({COPD}))"),
        ("lung disease", ["COPD", "Asthma"], f"ambiguous (lung disease; lung disease other than ({COPD}; asthma))"),
        ("lung disease that is severe", ["COPD"], f"ambiguous (lung disease that is severe; lung disease that is severe other than ({COPD}))"),
        ("history of malignancy that is invasive", ["breast cancer"], "ambiguous (history of malignancy that is invasive; history of malignancy that is invasive other than (breast cancer))"),
        ("history of myocardial infarction", ["acute myocardial infarction"], 'ambiguous (history of myocardial infarction; history of myocardial infarction that is "other than the one of the trial")'),
        ("history of myocardial infarction", ["COPD"], "history of myocardial infarction"),
        # its own disease, one of another kind, and what says already that another is meant
        (COPD, ["COPD"], COPD),
        ("type 2 diabetes", ["COPD"], "type 2 diabetes"),
        ('lung disease that is "other than the one of the trial"', ["COPD"], 'lung disease that is "other than the one of the trial"'),
        # another cancer than the trial's: those of the trial by their names, where they have some
        ('malignancy that is "other than the one of the trial" other than (skin cancer)', ["breast cancer"], 'ambiguous (malignancy that is "other than the one of the trial" other than (skin cancer); malignancy other than (skin cancer; breast cancer))'),
        ('malignancy that is "other than the one of the trial" within 5 years', ["psoriasis"], 'ambiguous (malignancy that is "other than the one of the trial" within 5 years; malignancy within 5 years)'),
        ('malignancy that is "other than the one of the trial"', ["solid tumor"], 'malignancy that is "other than the one of the trial"'),
        ('malignancy that is "other than the one of the trial"', ["a vaccine of no table"], 'ambiguous (malignancy that is "other than the one of the trial"; malignancy)'),
        (f"lung disease other than ({COPD})", ["COPD"], f"lung disease other than ({COPD})"),
        ("lung disease", ["a disease of no table"], "lung disease"),
        # exceptions of other diseases, and what an inclusion denies
        ("lung disease other than (asthma)", ["COPD"], f"ambiguous (lung disease other than (asthma); lung disease other than (asthma; {COPD}))"),
        ("inclusion: not lung disease", ["COPD"], f"not ambiguous (lung disease; lung disease other than ({COPD}))"),
        ("inclusion: lung disease", ["COPD"], "lung disease"),
        ("", ["COPD"], ""),
    ],
)
def test_what_is_broader_than_the_trials_disease_has_two_readings(check: str, conditions: list[str], expected: str) -> None:
    kind, check = ("inclusion", check.removeprefix("inclusion: ")) if check.startswith("inclusion: ") else ("exclusion", check)
    spans = ((0, 4), (5, 9)) if " or " in check else ((0, 4),) if check else ()
    found, places = beside_own_disease(check, kind, spans, conditions, load())
    assert found == expected
    assert len(places) == (len(spans) if found == check else len(spans) + 1)


@each_row(
    ("checks", "expected"),
    [
        (["asthma and age ≥ 18 years", "", "history of gout or asthma"], ["asthma", "gout"]),
        (["not lung disease", 'when pregnant then asthma', 'unread "x"'], []),
        (["ambiguous (asthma; gout)", "gout unless asthma"], []),
    ],
)
def test_what_inclusions_ask_for_is_the_trials_disease(checks: list[str], expected: list[str]) -> None:
    assert diseases_asked(checks) == expected
