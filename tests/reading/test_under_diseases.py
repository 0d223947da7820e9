"""What stands under headings of unlike diseases is asked of some only."""

from __future__ import annotations

from rows import each_row

from matcher.reading import read_eligibility


@each_row(
    ("text", "opened"),
    [
        ("Age over 18 years\n\nFor leukemia:\n\nGout\n\nAsthma\n\nFor solid tumors:\n\nStroke", {"Gout", "Asthma", "Stroke"}),
        ("- Age over 18 years\n\nOvarian cancer:\n\n- Gout\n- Consent\n\nProstate cancer:\n\n- Stroke", {"Gout", "Stroke"}),
        ("A. Psoriasis:\n\n- Gout\n\nB. Asthma:\n\n- Stroke\n- Epilepsy", {"Gout", "Stroke", "Epilepsy"}),
        # the name of a disease alone, over bullets
        ("- Age over 18 years\n\nLeukemia\n\n- Gout\n- Stroke\n\nOvarian cancer\n\n- Asthma", {"Leukemia", "Gout", "Stroke", "Ovarian cancer", "Asthma"}),
        ("Epilepsy\n\n- Hemoglobin > 9 g/dL\n- Stroke", set()),
        # one heading, headings of one disease, and headings of none
        ("Ovarian cancer:\n\n- Gout\n- Stroke", set()),
        ("Diabetes:\n\n- Gout\n\nType 2 diabetes:\n\n- Stroke", set()),
        ("Demographics:\n\n- Gout\n\nHistory:\n\n- Stroke", set()),
    ],
)
def test_rules_under_unlike_diseases_keep_nobody_out(text: str, opened: set[str]) -> None:
    assert {one.text for one in read_eligibility([("inclusion", text)]) if one.check.endswith(f' or unread "{one.text}"')} == opened
