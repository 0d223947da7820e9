"""What a procedure's recorded finding says of what a criterion asks: yes, no, or open."""

from __future__ import annotations

from rows import each_row

from matcher.matching import truth as t
from matcher.matching.findings import says

YES, NO, OPEN = t.HOLDS, t.VIOLATED, t.OPEN


@each_row(
    ("recorded", "asked", "expected"),
    [
        ("abnormal: 24% of the meal retained", "abnormal", YES),
        ("normal", "abnormal", OPEN),
        ("not normal", "normal", NO),
        ("no infiltrate; endotracheal tube in place", "infiltrate", NO),
        ("no infiltrate", "new infiltrate", NO),
        ("no new infiltrate", "infiltrate", OPEN),
        ("no change in the infiltrate", "infiltrate", OPEN),
        ("no improvement of infiltrate", "infiltrate", OPEN),
        ("infiltrate not seen", "infiltrate", NO),
        ("infiltrate: absent", "infiltrate", NO),
        ("infiltrate was ruled out", "infiltrate", NO),
        ("infiltrate not resolved", "infiltrate", OPEN),
        ("infiltrate in the left lobe", "infiltrate", YES),
        ("resolved infiltrate", "infiltrate", OPEN),
        ("possible infiltrate", "infiltrate", OPEN),
        ("infiltrate?", "infiltrate", OPEN),
        ("no consolidation, effusion or pneumothorax", "pneumothorax", NO),
        ("no consolidation, effusion or pneumothorax", "effusion", OPEN),
        ("no pleural effusion or infiltrate", "infiltrate", NO),
        ("no effusion but infiltrate present", "infiltrate", YES),
        ("no effusion but infiltrate present", "effusion", NO),
        ("no evidence of malignancy", "malignancy", NO),
        ("no evidence of progression; measurable lesion", "measurable lesion", YES),
        ("fracture without displacement", "fracture", OPEN),
        ("history of fracture", "fracture", OPEN),
        ("no lesion larger than 1 cm", "lesion", OPEN),
        ("adenoma", "carcinoma", OPEN),
        ("class IV lupus nephritis", "IV", YES),
        ("class IV lupus nephritis", "class IV", YES),
        ("class IV lupus nephritis", "III", NO),
        ("class III+V", "V", YES),
        ("class III and class V", "V", YES),
        ("class III and class V", "IV", NO),
        ("class IV-G (A/C)", "IV", YES),
        ("no class V; class IV", "V", OPEN),
        ("not class V", "V", OPEN),
        ("class II (previously class IV)", "IV", OPEN),
        ("possible class IV", "IV", OPEN),
        ("class III or IV", "III", OPEN),
        ("stage 3 fibrosis, class II", "class III", NO),
        ("stage 3 fibrosis, class II", "III", OPEN),
        ("minimal change disease", "IV", OPEN),
    ],
)
def test_what_a_finding_says(recorded: str, asked: str, expected: t.Truth) -> None:
    assert says(recorded, asked) == expected
