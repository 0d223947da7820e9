"""Criteria of one record that contradict each other decide nothing alone."""

from __future__ import annotations

from rows import each_row

from matcher.reading import read_eligibility

STROKE = "acute ischemic stroke"


@each_row(
    ("included", "excluded", "expected"),
    [
        # an exclusion that would keep out those who are looked for
        ("Acute ischemic stroke within 24 hours", "History of stroke", {"E1": f"ambiguous (history of stroke; history of stroke other than ({STROKE}))"}),
        ("Rheumatoid arthritis", "Autoimmune disease", {"E1": "ambiguous (autoimmune disease; autoimmune disease other than (rheumatoid arthritis))"}),
        ("Taking methotrexate", "Use of immunosuppressants", {"E1": "ambiguous (use of immunosuppressants; use of immunosuppressants other than (methotrexate))"}),
        ("HIV infection", "Asthma, HIV infection or gout", {"E1": 'asthma or ambiguous (HIV infection; unread "HIV infection") or gout'}),
        ("Current smokers", "Smokers", {"I1": "smoking current", "E1": 'ambiguous (unread "Smokers"; smoking current)'}),
        # groups that one person is not in
        ("Rheumatoid arthritis\n- Healthy controls", "Gout", {"I1": 'ambiguous (unread "Rheumatoid arthritis"; rheumatoid arthritis)', "E1": "gout"}),
        ("Non-smokers\n- Current smokers", "Gout", {"I1": 'ambiguous (unread "Non-smokers"; smoking never or former)'}),
        ("Women with gout\n- Men with asthma", "Scurvy", {"I2": 'ambiguous (unread "Men with asthma"; sex male and asthma)'}),
        ("Age 18 to 30 years\n- Age 60 to 80 years", "Gout", {"I2": 'ambiguous (unread "Age 60 to 80 years"; age 60 to 80 years)'}),
        ("Gout\n- No gout", "Asthma", {"I1": 'ambiguous (unread "Gout"; gout)', "I2": 'ambiguous (unread "No gout"; not gout)'}),
        # a limit that another line sets for some
        ("AST ≤ 3 x ULN\n- For patients with liver metastases: AST ≤ 6 x ULN", "Gout", {"I1": "AST ≤ 3 × ULN or liver metastases"}),
        ("AST ≤ 3 x ULN\n- Subjects with known liver metastases: AST ≤ 6 x ULN", "Gout", {"I1": 'AST ≤ 3 × ULN or unread "Subjects with known liver metastases: AST ≤ 6 x ULN"'}),
        ("AST ≤ 3 x ULN\n- People with liver metastases: ≤ 6 x ULN", "Gout", {"I1": 'AST ≤ 3 × ULN or unread "People with liver metastases: ≤ 6 x ULN"'}),
        ("AST ≤ 3 x ULN\n- ≤ 6 x ULN for participants with liver metastases", "Gout", {"I1": 'AST ≤ 3 × ULN or unread "≤ 6 x ULN for participants with liver metastases"'}),
        ("INR ≤ 1.5\n- Those on warfarin: INR ≤ 3.5", "Gout", {"I1": 'INR ≤ 1.5 or unread "Those on warfarin: INR ≤ 3.5"'}),
        ("INR ≤ 1.5\n- Those with asthma: FEV1 ≥ 60%", "Gout", {"I1": "INR ≤ 1.5"}),
        ("INR ≤ 1.5\n- Those with asthma: no fever within < 3 months", "Gout", {"I1": "INR ≤ 1.5"}),
        ("AST ≤ 3 x ULN\n- Patients with liver metastases may have AST ≤ 6 x ULN", "Gout", {"I1": 'AST ≤ 3 × ULN or unread "Patients with liver metastases may have AST ≤ 6 x ULN"'}),
        ("AST ≤ 3 x ULN\n- ALT ≤ 3 x ULN", "Gout", {"I1": "AST ≤ 3 × ULN", "I2": "ALT ≤ 3 × ULN"}),
        # limits, stages and words that leave nobody
        ("BMI 25 to 30\n- BMI above 30", "Gout", {"I1": 'ambiguous (unread "BMI 25 to 30"; body mass index 25 to 30)', "I2": 'ambiguous (unread "BMI above 30"; body mass index > 30)'}),
        ("BMI 25 or more\n- BMI below 40", "Gout", {"I1": "body mass index ≥ 25", "I2": "body mass index < 40"}),
        ("Melanoma stage II\n- Melanoma stage III", "Gout", {"I1": 'ambiguous (unread "Melanoma stage II"; melanoma stage II)'}),
        ("NYHA class II\n- NYHA class IV", "Gout", {"I2": 'ambiguous (unread "NYHA class IV"; "NYHA class" is IV)'}),
        ("Melanoma stage III\n- Metastatic melanoma", "Gout", {"I2": 'ambiguous (unread "Metastatic melanoma"; metastatic melanoma)'}),
        # no contradiction
        ("Age over 18\n- Age under 65", "Gout", {"I1": "age > 18 years", "I2": "age < 65 years"}),
        ("Rheumatoid arthritis", "Severe autoimmune disease", {"E1": "autoimmune disease that is severe"}),
        ("Rheumatoid arthritis", "Gout", {"I1": "rheumatoid arthritis", "E1": "gout"}),
        ("History of stroke", "Stroke", {"E1": "stroke"}),
        ("Prior cisplatin", "Chemotherapy within 4 weeks", {"E1": "use of cytotoxic chemotherapy within 4 weeks"}),
        ("Women\n- Rheumatoid arthritis", "Pregnancy", {"I1": "sex female", "I2": "rheumatoid arthritis", "E1": "pregnant"}),
        ("Healthy volunteers\n- Postmenopausal women", "Gout", {"I1": "healthy volunteer", "I2": "sex female and menopause"}),
        ("Lethargy\n- Diminished head control", "Gout", {"I1": "lethargy"}),
    ],
)
def test_what_nobody_can_meet_is_not_certain(included: str, excluded: str, expected: dict[str, str]) -> None:
    text = f"Inclusion Criteria:\n\n- {included}\n\nExclusion Criteria:\n\n- {excluded}"
    found = {one.id: one.check for one in read_eligibility([("both", text)])}
    assert {name: found[name] for name in expected} == expected
