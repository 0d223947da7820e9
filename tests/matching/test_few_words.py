"""A reason says each kind of thing once, and nothing of it is lost."""

from __future__ import annotations

from rows import each_row

from matcher.matching.few_words import beside_text, in_few_words

SAID = [
    ("Not recorded: ALT. Not recorded: AST.", "Not recorded: ALT and AST."),
    ("Not recorded: ALT. Not recorded: AST. Not recorded: INR.", "Not recorded: ALT, AST and INR."),
    ("Not recorded: nausea and vomiting. Not recorded: fever.", "Not recorded: nausea and vomiting; fever."),
    ("Not recorded: “asks, and waits”. Not recorded: fever.", "Not recorded: “asks, and waits”; fever."),
    ("No gout is recorded, and the list is complete. No ulcer is recorded, and the list is complete.", "No gout and no ulcer is recorded, and the list is complete."),
    (
        "No gout is recorded, and the list is complete. No ulcer is recorded, and the list is complete. No pain is recorded, and the list is complete.",
        "No gout, no ulcer and no pain is recorded, and the list is complete.",
    ),
    (
        "Not recorded: bleeding. 24-hour urine protein 1.4 g/24h in 2026-08: whether that is recent enough cannot be told from the recorded date. Not recorded: fever.",
        "Not recorded: bleeding and fever. 24-hour urine protein 1.4 g/24h in 2026-08: whether that is recent enough cannot be told from the recorded date.",
    ),
    ("No gout is recorded, and the list is complete. eGFR 78 on 2026-11-10 is not below 60.", "No gout is recorded, and the list is complete. eGFR 78 on 2026-11-10 is not below 60."),
    ("Not recorded: use of St. John's wort. Not recorded: fever.", "Not recorded: use of St. John's wort and fever."),
    (
        "History of gout: recorded gout (active). History of arthritis: recorded gout (active). Use of NSAIDs: recorded ibuprofen (current).",
        "History of gout and history of arthritis: recorded gout (active). Use of NSAIDs: recorded ibuprofen (current).",
    ),
    ("The patient is not of childbearing potential. Recorded: not of childbearing potential.", "The patient is not of childbearing potential."),
    (
        "Losartan (current): it is for heart failure among others, of which nothing is recorded. Losartan (current): it is for hypertension among others, of which nothing is recorded.",
        "Losartan (current): it is for heart failure or hypertension among others, of which nothing is recorded.",
    ),
    (
        "Gout (active): whether this counts as pain is not known. Asthma (active, stage II): whether this counts as pain is not known.",
        "Gout; Asthma (stage II): whether one of these counts as pain is not known.",
    ),
    (
        "Gout (active): whether this counts as pain is not known; whether this is “severe pain” is not recorded. Gout (active): whether this counts as pain is not known.",
        "Gout (active): whether this counts as pain is not known; whether this is “severe pain” is not recorded.",
    ),
    (
        "Gout (active): whether it is A is not recorded. Ulcer (resolved): whether it is A is not recorded; the criterion does not say whether a resolved one counts.",
        "Gout; Ulcer (resolved): whether one of these is A is not recorded. Ulcer (resolved): the criterion does not say whether a resolved one counts.",
    ),
    ("Gout (active): it speaks for pain, of which nothing is recorded. Ulcer (active): it speaks for pain, of which nothing is recorded.", "Gout; Ulcer: each speaks for pain, of which nothing is recorded."),
    (
        "Gout (active): whether this is “A” is not recorded. Gout (active): whether this is “A” is not recorded; it may be one of the exceptions: whether this is B is not known.",
        "Gout (active): whether this is “A” is not recorded; it may be one of the exceptions: whether this is B is not known.",
    ),
    (
        "Gout (active): its stage is not recorded. Ulcer (active): its stage is not recorded. Asthma (resolved): it is excepted.",
        "Gout; Ulcer: their stage is not recorded. Asthma (resolved): it is excepted.",
    ),
    ("Recorded: not pregnant. Recorded: not breastfeeding.", "Recorded: not pregnant and not breastfeeding."),
    ("The patient is female. Recorded: not pregnant.", "The patient is female. Recorded: not pregnant."),
    ("Not recorded: gout. Not recorded: severe active gout. Not recorded: severe asthma.", "Not recorded: gout and severe asthma."),
    ("No gout is recorded, and the list is complete. No acute or chronic gout is recorded, and the list is complete.", "No gout is recorded, and the list is complete."),
    (
        "Gout (active): whether this counts as pain is not known. Gout (active): whether this counts as fever is not known. Gout (active): whether this counts as cough is not known.",
        "Gout (active): whether this counts as pain, fever or cough is not known.",
    ),
    (
        "Gout (active): not understood, it could be pain; whether this is “A” is not recorded. Ulcer (active): not understood, it could be pain; whether this is “A” is not recorded."
        " Gout (active): not understood, it could be fever; whether this is “B” is not recorded. Ulcer (active): not understood, it could be fever; whether this is “B” is not recorded.",
        "Gout; Ulcer: not understood, it could be pain or fever; whether one of these is “A” or “B” is not recorded.",
    ),
    ("Not understood: “for two weeks”. Not recorded: fever.", "Not recorded: fever. Not understood: “for two weeks”."),
    ("Not understood: “fever for two weeks”. Not understood: “for two weeks”. Not understood: “chills”.", "Not understood: “fever for two weeks”; “chills”."),
    ("Not understood: “for two weeks”. Not understood: “fever for two weeks”.", "Not understood: “fever for two weeks”."),
    ("Not understood: “It hurts. Not recorded: by day”. Not recorded: fever.", "Not recorded: fever. Not understood: “It hurts. Not recorded: by day”."),
    ("Age 58 is not below 18 years. Age 58 is not above 95 years.", "Age 58 is not below 18 years. Age 58 is not above 95 years."),
    ("Platelets 182 ×10⁹/L on 2026-11-10 is not below 50 ×10⁹/L.", "Platelets 182 ×10⁹/L on 2026-11-10 is not below 50 ×10⁹/L."),
    ("", ""),
]  # fmt: skip


@each_row(("reason", "said"), SAID)
def test_each_kind_of_thing_is_said_once(reason: str, said: str) -> None:
    """And what can be asked stands before what was not understood."""
    assert in_few_words(reason) == said


def test_of_many_entries_the_first_are_named_and_the_others_counted() -> None:
    """The facts used name them all."""
    reason = " ".join(f"Disease {number} (active): whether this counts as pain is not known." for number in range(9))
    assert in_few_words(reason) == "Disease 0; Disease 1; Disease 2 and 6 more: whether one of these counts as pain is not known."


def test_said_again_it_stays() -> None:
    """What is in few words already is left as it is, but for the entries of several."""
    assert all(in_few_words(said) == said for _, said in SAID)


@each_row(
    ("reason", "beside"),
    [
        ("Not understood: “for two weeks”.", ""),
        ("Not recorded: fever. Not understood: “for two weeks”; “It hurts. By day”.", "Not recorded: fever."),
        ("Not recorded: fever.", "Not recorded: fever."),
        ("Seen by AB. Worked out: Not understood: “fever”.", "Seen by AB. Worked out: Not understood: “fever”."),
    ],
)
def test_beside_its_text_a_reason_does_not_quote_it(reason: str, beside: str) -> None:
    assert beside_text(reason) == beside


def test_beside_its_text_what_is_all_for_a_person_is_said_in_one_word() -> None:
    assert beside_text("For the consent visit: “Signs, and dates”.", "Signs, and dates") == "For the consent visit."
    assert beside_text("For the consent visit: “Signs”.", "Signs, and dates") == "For the consent visit: “Signs”."
