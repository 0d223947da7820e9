"""Lists whose members let somebody in, or whose first line refuses: what they take back, and what stands."""

from __future__ import annotations

from rows import each_row

from matcher.model.wording import wording
from matcher.reading.eligibility import as_read as read_criterion

ROWS = [
    ("inclusion", "Histologically confirmed melanoma\n- Measured by an elder\n- No odd spots",
     'melanoma confirmed by histology and unread "- Measured by an elder - No odd spots"'),
    ("inclusion", "Histologically confirmed melanoma\n- Any of two kinds\n- May be small",
     'ambiguous (unread "Histologically confirmed melanoma - Any of two kinds - May be small"; melanoma confirmed by histology)'),
    ("inclusion", "Adequate organ function as defined below:\n- Hemoglobin > 8 g/dL\n- Platelets > 90 x 10^9/L\n- Total bilirubin < 2 mg/dL (except in Gilbert syndrome)",
     "hemoglobin > 8 g/dL and platelets > 90 ×10⁹/L and (total bilirubin < 2 mg/dL or Gilbert syndrome)"),
    ("inclusion", "Adequate organ function as defined below:\n- Hemoglobin > 8 g/dL\n- Platelets > 90 x 10^9/L\n- Lower hemoglobin is allowed by the sponsor",
     'ambiguous (unread "Hemoglobin > 8 g/dL"; hemoglobin > 8 g/dL) and platelets > 90 ×10⁹/L and unread "Lower hemoglobin is allowed by the sponsor"'),
    ("inclusion", "Subjects with one or more of the following conditions will be excluded:\n- Gout\n- Odd humours\n- Epilepsy",
     'not (gout or statement "Odd humours" or epilepsy)'),
    ("inclusion", "All of the following will be excluded:\n- Gout\n- Epilepsy", 'unread "All of the following will be excluded: - Gout - Epilepsy"'),
    ("exclusion", "Any of the following:\n- Gout\n- Epilepsy\n- Odd humours may be allowed", 'gout or epilepsy or unread "Odd humours may be allowed"'),
    ("exclusion", "Any of the following:\n- Gout\n- Epilepsy\n- Patients with gout may be eligible",
     'ambiguous (unread "Any of the following: - Gout - Epilepsy - Patients with gout may be eligible"; gout; epilepsy)'),
 # a rule for those whom the first line names
    ("inclusion", "Patients with liver metastases must:\n- Have stable odd images",
     'ambiguous (when liver metastases then ambiguous (statement "stable odd images"; liver metastases and statement "stable odd images"); ambiguous (statement "stable odd images"; liver metastases and statement "stable odd images"))'),
    ("inclusion", "HIV positive subjects:\n- CD4 count > 200",
     "ambiguous (when HIV infection then ambiguous (CD4 count > 200; HIV infection and CD4 count > 200); ambiguous (CD4 count > 200; HIV infection and CD4 count > 200))"),
    ("inclusion", "People treated with warfarin should have:\n- INR < 3",
     "ambiguous (when use of warfarin then ambiguous (INR < 3; use of warfarin and INR < 3); ambiguous (INR < 3; use of warfarin and INR < 3))"),
    ("inclusion", "All patients must have:\n- INR < 3\n- CD4 count > 200", "INR < 3 and CD4 count > 200"),
]  # fmt: skip


@each_row(("kind", "text", "expected"), ROWS, ids=[row[1].split("\n", 1)[0] for row in ROWS])
def test_a_member_takes_back_what_it_speaks_of(kind: str, text: str, expected: str) -> None:
    assert wording(read_criterion(text, kind).check) == expected
