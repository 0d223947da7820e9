"""Joints of a check: and, or, not, at least, when, unless, ambiguous; what is asked and what a person judges."""

from __future__ import annotations

from judging import EX, IN, Facts, Row, answer, condition, judge, lab, merged, verdict
from rows import each_row

from matcher.model.verdict import Verdict

NOTHING: Facts = {}
WOMAN: Facts = {"sex": "female"}
MAN: Facts = {"sex": "male"}
GOOD = lab("platelets", 182, "10^9/L")
LOW = lab("platelets", 40, "10^9/L")
ANEMIC = lab("hemoglobin", 7, "g/dL")
NOT_ANEMIC = lab("hemoglobin", 13, "g/dL")
PLATELETS, HEMOGLOBIN = "platelets < 50 ×10⁹/L", "hemoglobin < 8 g/dL"
BOTH, EITHER = f"{PLATELETS} and {HEMOGLOBIN}", f"{PLATELETS} or {HEMOGLOBIN}"
FERTILE = "when sex female and childbearing potential then contraception"

NODES: list[Row] = [
    (BOTH, EX, merged(LOW, ANEMIC), "fail holds"),
    (BOTH, EX, GOOD, "pass violated"),
    (BOTH, EX, LOW, "unknown not-recorded"),
    (BOTH, IN, merged(LOW, NOT_ANEMIC), "fail violated"),
    (BOTH, IN, merged(LOW, ANEMIC), "pass holds"),
    (BOTH, IN, NOTHING, "unknown not-recorded"),
    (EITHER, EX, LOW, "fail holds"),
    (EITHER, EX, GOOD, "unknown not-recorded"),
    (EITHER, EX, merged(GOOD, NOT_ANEMIC), "pass violated"),
    (EITHER, IN, merged(GOOD, ANEMIC), "pass holds"),
    (EITHER, IN, merged(GOOD, NOT_ANEMIC), "fail violated"),
    (EITHER, IN, NOTHING, "unknown not-recorded"),
    (f"not {PLATELETS}", IN, GOOD, "pass holds"),
    (f"not {PLATELETS}", IN, LOW, "fail violated"),
    (f"not {PLATELETS}", EX, LOW, "pass violated"),
    (f"not {PLATELETS}", EX, NOTHING, "unknown not-recorded"),
    (f"not not {PLATELETS}", EX, LOW, "fail holds"),
    (f"not ({EITHER})", IN, LOW, "fail violated"),
    (f"{PLATELETS} or not {PLATELETS}", IN, NOTHING, "pass holds"),
    (f"{PLATELETS} and not {PLATELETS}", EX, NOTHING, "pass violated"),
    (f"{PLATELETS} or not {HEMOGLOBIN}", IN, NOTHING, "unknown not-recorded"),
    (f"{FERTILE} or not ({FERTILE})", IN, MAN, "n/a not-concerned"),
    (f"at least 2 of ({PLATELETS}; {HEMOGLOBIN}; age > 60 years)", IN, merged(LOW, ANEMIC), "pass holds"),
    (f"at least 2 of ({PLATELETS}; {HEMOGLOBIN}; age > 60 years)", IN, merged(GOOD, NOT_ANEMIC), "fail violated"),
    (f"at least 2 of ({PLATELETS}; {HEMOGLOBIN}; age > 60 years)", IN, LOW, "unknown not-recorded"),
    (f"at least 2 of ({PLATELETS}; {HEMOGLOBIN}; age > 60 years)", EX, merged(LOW, {"age": 61}), "fail holds"),
    (f"at least 1 of ({PLATELETS}; {HEMOGLOBIN})", EX, GOOD, "unknown not-recorded"),
    (f"at least 2 of ({PLATELETS}; (when sex female then {HEMOGLOBIN}))", IN, merged(LOW, MAN), "fail violated"),
    (f"at least 2 of ({PLATELETS}; (when sex female then {HEMOGLOBIN}))", IN, merged(LOW, ANEMIC), "unknown not-recorded"),
]

SCOPES: list[Row] = [
    ("when sex female then not pregnant", IN, MAN, "n/a not-concerned"),
    ("when sex female then not pregnant", IN, {"sex": "female", "pregnant": False}, "pass holds"),
    ("when sex female then not pregnant", IN, {"sex": "female", "pregnant": True}, "fail violated"),
    ("when sex female then not pregnant", IN, WOMAN, "unknown not-recorded"),
    ("when sex female then not pregnant", IN, {"pregnant": False}, "pass holds"),
    ("when sex female then not pregnant", IN, {"pregnant": True}, "unknown not-recorded"),
    ("when sex female then pregnant", EX, {"pregnant": False}, "pass violated"),
    ("when sex female then pregnant", EX, {"pregnant": True}, "unknown not-recorded"),
    ("when sex female then pregnant", EX, MAN, "n/a not-concerned"),
    (FERTILE, IN, {"sex": "female", "childbearing_potential": False}, "n/a not-concerned"),
    (FERTILE, IN, {"sex": "female", "childbearing_potential": True, "contraception": False}, "fail violated"),
    (FERTILE, IN, WOMAN, "unknown not-recorded"),
    (FERTILE, IN, {"contraception": True}, "pass holds"),
    (f"(when sex female then not pregnant) and {PLATELETS}", IN, merged(MAN, LOW), "pass holds"),
    (f"(when sex female then not pregnant) and {PLATELETS}", IN, merged(MAN, GOOD), "fail violated"),
    (f"(when sex female then pregnant) or {PLATELETS}", EX, merged(MAN, GOOD), "pass violated"),
    (f"(when sex female then pregnant) or {PLATELETS}", EX, merged(MAN, LOW), "fail holds"),
    ("not (when sex female then pregnant)", IN, MAN, "n/a not-concerned"),
    ("(when sex female then pregnant) and (when sex female then breastfeeding)", EX, MAN, "n/a not-concerned"),
    ("(when sex female then pregnant) or (when sex female then breastfeeding)", EX, MAN, "n/a not-concerned"),
    ("at least 1 of ((when sex female then pregnant); (when sex female then breastfeeding))", EX, MAN, "n/a not-concerned"),
    (f"when {EITHER} then sex female", IN, merged(GOOD, NOT_ANEMIC, MAN), "n/a not-concerned"),
    ("when age 18 to 19 years then consent \"assent\"", IN, {"age": 16}, "n/a not-concerned"),
    ("when age 18 to 19 years then consent \"assent\"", IN, {"age": 18}, "review consent"),
    ("pregnant and age ≥ 20 years", IN, MAN, "fail violated"),
]

LIFTED: list[Row] = [
    (f"{PLATELETS} unless sex female", EX, merged(LOW, WOMAN), "pass violated"),
    (f"{PLATELETS} unless sex female", EX, merged(LOW, MAN), "fail holds"),
    (f"{PLATELETS} unless sex female", EX, LOW, "unknown not-recorded"),
    (f"{PLATELETS} unless sex female", EX, GOOD, "pass violated"),
    (f"{PLATELETS} unless sex female", EX, merged(GOOD, MAN), "pass violated"),
    (f"{PLATELETS} unless sex female", EX, WOMAN, "pass violated"),
    (f"{PLATELETS} unless sex female", EX, MAN, "unknown not-recorded"),
    (f'{PLATELETS} unless judgement "acceptable"', EX, LOW, "review judgement"),
]

READINGS: list[Row] = [
    (f"ambiguous ({PLATELETS}; {HEMOGLOBIN})", EX, merged(LOW, ANEMIC), "fail holds"),
    (f"ambiguous ({PLATELETS}; {HEMOGLOBIN})", EX, merged(GOOD, NOT_ANEMIC), "pass violated"),
    (f"ambiguous ({PLATELETS}; {HEMOGLOBIN})", EX, merged(GOOD, ANEMIC), "review ambiguous"),
    (f"ambiguous ({PLATELETS}; {HEMOGLOBIN})", EX, GOOD, "unknown not-recorded"),
    (f"ambiguous ({PLATELETS}; not {PLATELETS})", IN, GOOD, "review ambiguous"),
    (f"ambiguous ({PLATELETS}; when sex male then {PLATELETS})", EX, merged(LOW, WOMAN), "review ambiguous"),
    ("ambiguous (use of rituximab; not any use of rituximab)", EX, {"medications": [{"name": "rituximab"}]}, "review ambiguous"),
    (f"ambiguous ({PLATELETS}; not {PLATELETS}) and {HEMOGLOBIN}", EX, merged(LOW, NOT_ANEMIC), "pass violated"),
]

PERSONS: list[Row] = [
    ('consent "written consent"', IN, NOTHING, "review consent"),
    ('consent "written consent"', IN, answer("written consent", True), "review consent"),
    ('consent "written consent" and judgement "fit"', IN, NOTHING, "review judgement"),
    ('judgement "fit" and ambiguous (sex female; sex male)', IN, MAN, "review ambiguous"),
    ('SLEDAI ≥? 8 or ambiguous (sex female; sex male)', IN, merged(MAN, {"scores": [{"name": "SLEDAI", "value": 12, "date": "2026-11-10"}]}), "review lost-operator"),
    ('unread "x y" and SLEDAI ≥? 8', IN, {"scores": [{"name": "SLEDAI", "value": 12, "date": "2026-11-10"}]}, "review unread"),
    (f'unread "x y" and {PLATELETS}', IN, NOTHING, "unknown not-recorded"),
    (f'unread "x y" or {PLATELETS}', EX, LOW, "fail holds"),
    (f'unread "x y" and {PLATELETS}', EX, GOOD, "pass violated"),
    (f'consent "c" and {PLATELETS}', IN, GOOD, "fail violated"),
    ('judgement "fit"', IN, answer("Fit", True), "pass holds"),
    ('judgement "fit"', IN, answer("fit", False), "fail violated"),
    ('unread "the moon is full"', EX, answer("the moon is full", True), "fail holds"),
    ('unread "the moon is full"', EX, answer("the moon is full", False), "pass violated"),
    ('unread "the moon is full"', EX, answer("the moon is new", True), "review unread"),
    ('statement "planning a pregnancy"', EX, NOTHING, "unknown not-recorded"),
    ('statement "planning a pregnancy"', EX, answer("Planning a pregnancy.", True), "fail holds"),
    ('statement "planning a pregnancy"', EX, answer("planning a pregnancy", False), "pass violated"),
    ('statement "walks > 100 m"', IN, answer("walks < 100 m", True), "unknown not-recorded"),
    ('statement "walks > 100 m"', IN, answer("walks > 100 m", True), "pass holds"),
    ('statement "able to read"', IN, answer("unable to read", True), "unknown not-recorded"),
    ('statement "+5 diopters"', IN, answer("-5 diopters", True), "unknown not-recorded"),
    ('statement "-5 diopters"', IN, answer("-5 diopters", True), "pass holds"),
    ('statement "1-2 falls"', IN, answer("1 - 2 falls", True), "pass holds"),
    ('statement "s t"', IN, merged(answer("s t", True), answer("s t", False)), "unknown not-recorded"),
    ('statement "s t"', IN, merged(answer("s t", True, date="2026-01-02"), answer("s t", False, date="2026-05-02")), "fail violated"),
    ('statement "s t"', IN, merged(answer("s t", False, date="2026-05-02"), answer("s t", True, date="2026-01-02")), "fail violated"),
    ('statement "s t"', IN, merged(answer("s t", True, date="2026"), answer("s t", False, date="2026-05-02")), "unknown not-recorded"),
]

ROWS = NODES + SCOPES + LIFTED + READINGS + PERSONS


@each_row(("check", "kind", "facts", "expected"), ROWS)
def test_a_node_is_judged_by_its_parts(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, facts) == expected


def test_every_question_of_an_undecided_criterion_is_listed_once() -> None:
    found = judge(f"{BOTH} and {PLATELETS} and sex female", IN, {})
    assert [ask.name for ask in found.missing] == ["platelets", "hemoglobin", "sex"]


def test_a_decided_or_reviewed_criterion_asks_nothing() -> None:
    assert judge(BOTH, EX, GOOD).missing == ()
    assert judge('consent "c"', IN, {}).missing == ()


def test_both_readings_of_an_ambiguous_sentence_are_in_the_reason() -> None:
    reason = judge(f"ambiguous ({PLATELETS}; {HEMOGLOBIN})", EX, merged(GOOD, ANEMIC)).reason
    assert "182" in reason
    assert "Hemoglobin 7" in reason


def test_a_registry_criterion_has_the_polarity_of_an_inclusion() -> None:
    assert judge("sex female", "registry", WOMAN).verdict is Verdict.PASS
    assert judge("sex female", "registry", MAN).verdict is Verdict.FAIL


def test_a_certain_failure_is_not_hidden_by_what_is_undecided() -> None:
    found = judge(f'{PLATELETS} or diabetes or unread "x"', EX, merged(LOW, condition("asthma")))
    assert found.verdict is Verdict.FAIL


IN_PART = 'ambiguous (unread "some asthma"; asthma)'


@each_row(
    ("check", "kind", "facts", "likely"),
    [
        (IN_PART, EX, condition("asthma"), "fail"),  # it is taken for what was read of it
        (IN_PART, IN, condition("asthma"), "pass"),
        (IN_PART, EX, condition("asthma", "absent"), "pass"),
        (IN_PART, EX, NOTHING, "review"),  # nothing is presumed of what was read in part, but of what was read whole
        (IN_PART, IN, NOTHING, "review"),
        ("ambiguous (asthma; history of asthma)", EX, NOTHING, "pass"),
        (f"{IN_PART} and gout", EX, NOTHING, "pass"),
        (IN_PART, EX, condition("asthma", "suspected"), "unknown"),
        (f"not {IN_PART}", IN, condition("asthma"), "fail"),
        (f"when sex female then {IN_PART}", EX, merged(WOMAN, condition("asthma")), "fail"),
        (f"when sex female then {IN_PART}", EX, merged(MAN, condition("asthma")), "n/a"),
        (f"{IN_PART} and {PLATELETS}", EX, merged(LOW, condition("asthma")), "fail"),
        (f"{IN_PART} and {PLATELETS}", EX, merged(GOOD, condition("asthma")), "pass"),
        (f'{PLATELETS} and unread "bleeding"', EX, LOW, "review"),  # a part that was not read may still change it
        (f'{PLATELETS} or unread "bleeding"', IN, GOOD, "review"),
        ('unread "bleeding"', EX, NOTHING, "review"),
        (f"ambiguous ({PLATELETS}; {HEMOGLOBIN})", EX, merged(LOW, NOT_ANEMIC), "review"),  # both were read
        (f'ambiguous (unread "low counts"; {PLATELETS}; {HEMOGLOBIN})', EX, merged(LOW, ANEMIC), "fail"),
    ],
)
def test_what_is_likely_of_a_sentence_that_was_read_in_part(check: str, kind: str, facts: Facts, likely: str) -> None:
    assert judge(check, kind, facts).likely == likely
