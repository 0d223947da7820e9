"""Marks of lists as they come out of protocols, and what only looks like one."""

from __future__ import annotations

from rows import each_row

from matcher.reading import read_eligibility
from matcher.reading.layout.laid_out import laid_out
from matcher.reading.layout.usual_marks import with_usual_marks

SAID = ("Female patients", "Age 18-65 years", "Type 2 diabetes")


def _texts(text: str, kind: str = "inclusion") -> list[str]:
    return [one.text for one in laid_out([(kind, text)])]


@each_row(
    "marks",
    [
        *(tuple(f"{count}{mark}" for count in "123") for mark in ("- ", " - ", "-", " – ", ": ", ":", "/ ", ".) ", ")", ".- ", "\\. ", "° ", " ")),
        *(tuple(f"{count}{mark}" for count in "678") for mark in ("- ", " - ", ": ")),
        *(tuple(f"{count}{mark}" for count in "ABC") for mark in (". ", ") ", "- ", " - ", ": ")),
        *(tuple(f"{count}{mark}" for count in "abc") for mark in (".", "- ", " - ", ": ")),
        *(tuple(f"{opens}{count}{closes}" for count in "123") for opens, closes in (("[", "] "), ("[", "]"), ("#", " "), ("#", ". "), ("No. ", " "), ("IC", ". "), ("EC", " "), ("I", ". "), ("IC-", ": "), ("Criterion ", ": "), ("1.", " "), ("2.", ". "), ("4.1.", " "))),
        ("(A) ", "(B) ", "(C) "), ("I. ", "II. ", "III. "), ("① ", "② ", "③ "), ("①", "②", "③"),
        *((sign, sign, sign) for sign in ("☐ ", "☐", "✓ ", "➢ ", "\uf0b7 ", "+ ", "> ", "-", "–", "§ ", "v ", "Ø ", "→ ", "‚Ä¢ ")),
        ("* A- ", "* B- ", "* C- "),
    ],
)  # fmt: skip
def test_lines_with_marks_of_one_kind_are_each_a_criterion(marks: tuple[str, ...]) -> None:
    found = read_eligibility([("both", "Inclusion Criteria:\n" + "\n".join(mark + said for mark, said in zip(marks, SAID, strict=True)))])
    assert [one.check for one in found] == ["sex female", "age 18 to 65 years", "type 2 diabetes"]


@each_row(
    "text",
    [
        # one mark alone, marks that do not follow each other, and what is a range, a value, a name or a ratio
        "Gout treated for\n1-2 weeks before\n2-3 visits",
        "Gout and a washout of\n1-week or a\n2-week rest",
        "Infection with\nA. baumannii or\nB. fragilis",
        "Aged\n> 18 years\n> 40 kg",
        "Gout of\n> Grade 1 or\n> Grade 2",
        "A titer of\n3: 1 or\n4: 1",
        "A temperature of\n-5 degrees or\n-7 degrees",
        "Creatinine of\n1.1 mg or\n1.2 mg",
        "Gout, on dialysis\n+/- steroids\n+/- acarbose",
        "Gout in stage\nA- or\nC- of it",
        "Gout\n1- Asthma\nStroke",
        "Gout\nB. Asthma\nC. Stroke",
        "- Gout\n- 12-lead ECG\n- 24-hour urine",
        "- Gout\n- 5-fluorouracil\n- 6-mercaptopurine",
        "Gout with\n-OR- Asthma\n-OR- Stroke",
        "Stroke\n\n3.1 Gout\n\nTwo further findings\n\n3.2 Asthma",
        "1. Gout\n2. Asthma",
        "a. Gout\nb. Asthma",
    ],
)
def test_what_only_looks_like_a_mark_is_left_as_it_stands(text: str) -> None:
    assert "\n".join(with_usual_marks(text.split("\n"))) == text


@each_row(
    ("text", "expected"),
    [
        ("Any of these:\nA. Gout\nB. Asthma\nC. Stroke", ["Any of these:\n(A) Gout\n(B) Asthma\n(C) Stroke"]),
        ("Any of these:\n1- Gout\n2- Asthma\n3- Stroke", ["Any of these:\n1. Gout\n2. Asthma\n3. Stroke"]),
        ("1. Any of these:\n① gout\n② asthma\n2. Stroke", ["Any of these:\n① gout\n② asthma", "Stroke"]),
        ("A. Gout\n1. Asthma\n2. Stroke\nB. Epilepsy", ["Gout", "Asthma", "Stroke", "Epilepsy"]),
        ("-  1: Gout\n\n   2: Asthma\n\n   3: Stroke", ["Gout", "Asthma", "Stroke"]),
        ("1. Disease\n  1.1 Gout\n  1.2 Asthma\n2. Stroke", ["Disease", "Gout", "Asthma", "Stroke"]),
    ],
)
def test_marks_open_lists_as_the_usual_ones_do(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected
