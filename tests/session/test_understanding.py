"""What a recorded name was understood as, in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.session.understanding import understood_as

ROWS = [
    ("medications", "CellCept", "→ mycophenolate mofetil"),
    ("medications", "prednisone", "counts as glucocorticoids"),
    ("medications", "lisinopril/HCTZ", "→ lisinopril and hydrochlorothiazide · counts as ACE inhibitors"),
    ("conditions", "SLE", "→ systemic lupus erythematosus"),
    ("conditions", "MS", "may be multiple sclerosis or mitral stenosis"),
    ("conditions", "frobnitis", ""),
    ("conditions", "poor dentition", "held for something of oral disease"),
    ("conditions", "Encounter for immunization", "names nothing that a criterion of this list asks for"),
    ("labs", "K", "→ potassium"),
    ("labs", "potassium", ""),
    ("allergies", "penicillin", "beta-lactams"),
    ("units", "mg/dL", ""),
    ("conditions", " ", ""),
]


@each_row("listed, wording, words", ROWS)
def test_what_a_name_was_understood_as(listed: str, wording: str, words: str) -> None:
    said = understood_as(listed, wording)
    assert words in said
    assert bool(words) is bool(said)


@given(st.text(max_size=20), st.sampled_from(["conditions", "medications", "labs", "scores", "procedures", "allergies", "units"]))
def test_any_name_is_understood_or_not(wording: str, listed: str) -> None:
    assert understood_as(listed, wording) is not None
