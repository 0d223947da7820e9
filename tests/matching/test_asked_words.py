"""States stand where a nurse would say them, and what is borne in the body is not said to be done."""

from __future__ import annotations

from rows import each_row

from matcher.matching.states import described
from matcher.matching.words import having_now


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
        ("catheter ablation", "Is the patient having catheter ablation now?"),
    ],
)
def test_what_is_borne_in_the_body_is_had(label: str, asked: str) -> None:
    assert having_now(label) == asked
