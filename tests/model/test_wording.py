"""The wording: printed examples, liberal readings, refusals with their places."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rows import each_row

from matcher.model.dates import Span
from matcher.model.language import (
    Age,
    All,
    Allergy,
    Ambiguous,
    Any,
    AtLeast,
    Bound,
    Check,
    Condition,
    Consent,
    Duration,
    Exempt,
    FamilyHistory,
    Judgement,
    Measurement,
    Medication,
    Not,
    Participation,
    Procedure,
    Sex,
    Smoking,
    State,
    Statement,
    Unless,
    Unread,
    When,
    Window,
)
from matcher.model.wording import DEEPEST, GRAMMAR, WordingError, parse, wording


def number(text: str) -> Decimal:
    return Decimal(text)


def span(length: int, unit: str) -> Span:
    return Span(Decimal(length), unit)


def bound(op: str, value: str, unit: str = "") -> Bound:
    return Bound(op, Decimal(value), unit)


A, B, C = Condition("a"), Condition("b"), Condition("c")
FEMALE, PREGNANT = Sex("female"), State("pregnant")
STAGED = Condition("lupus", stages=("III",))

LEAVES: list[tuple[str, Check]] = [
    ("age ≥ 18 years", Age((bound("≥", "18", "years"),))),
    ("age ≥ 1 year", Age((bound("≥", "1", "years"),))),
    ("age 18 to 65 years", Age((bound("≥", "18", "years"), bound("≤", "65", "years")))),
    ("age > 18 years to < 65 years", Age((bound(">", "18", "years"), bound("<", "65", "years")))),
    ("age ≥ 6 months to ≤ 5 years", Age((bound("≥", "6", "months"), bound("≤", "5", "years")))),
    ("sex female", FEMALE),
    ("sex male", Sex("male")),
    ("pregnant", PREGNANT),
    ("breastfeeding", State("breastfeeding")),
    ("childbearing potential", State("childbearing potential")),
    ("contraception", State("contraception")),
    ("healthy volunteer", State("healthy volunteer")),
    ("systemic lupus erythematosus", Condition("systemic lupus erythematosus")),
    ("history of malignancy", Condition("malignancy", "history")),
    ("active tuberculosis", Condition("tuberculosis", "active")),
    ("known or suspected sepsis", Condition("sepsis", "suspected")),
    (
        "malignancy other than (basal cell carcinoma of skin) within 5 years",
        Condition(
            "malignancy", other_than=(Exempt("basal cell carcinoma of skin"),), window=Window(span(5, "year"))
        ),
    ),
    (
        'asthma that is severe, moderate or "not controlled" stage IV confirmed by biopsy or "2012 SLICC, ACR" '
        "for ≥ 3 months",
        Condition(
            "asthma", "", ("severe", "moderate", "not controlled"), ("IV",), ("biopsy", "2012 SLICC, ACR"),
            lasting=Duration("≥", span(3, "month")),
        ),
    ),
    ("seizure over 5 years ago", Condition("seizure", window=Window(None, span(5, "year")))),
    (
        "seizure within 90 days but over 7 days ago",
        Condition("seizure", window=Window(span(90, "day"), span(7, "day"))),
    ),
    ("seizure within 0 days", Condition("seizure", window=Window(span(0, "day")))),
    ("type 2 diabetes", Condition("type 2 diabetes")),
    ('"trisomy 21"', Condition("trisomy 21")),
    ('"carcinoma, squamous cell"', Condition("carcinoma, squamous cell")),
    ('"active tuberculosis"', Condition("active tuberculosis")),
    ("history of active tuberculosis", Condition("active tuberculosis", "history")),
    ('"a \\"b\\" \\\\ \\n \\u0007 \\u00a0"', Condition('a "b" \\ \n \a \u00a0')),
    ("platelets < 50 ×10⁹/L", Measurement("platelets", (bound("<", "50", "×10⁹/L"),))),
    ("ALT > 1.5 × ULN", Measurement("ALT", (bound(">", "1.5", "× ULN"),))),
    ("SLEDAI ≥? 8", Measurement("SLEDAI", (bound("≥?", "8"),))),
    ("body weight 45 to 80 kg", Measurement("body weight", (bound("≥", "45", "kg"), bound("≤", "80", "kg")))),
    ("base excess ≥ -3.5 mmol/L", Measurement("base excess", (bound("≥", "-3.50", "mmol/L"),))),
    ("HBsAg is positive", Measurement("HBsAg", words=("positive",))),
    ('HER2 IHC is 0 or "1+"', Measurement("HER2 IHC", words=("0", "1+"))),
    (
        "proteinuria > 0.5 g/day within 14 days twice in 2 weeks",
        Measurement("proteinuria", (bound(">", "0.5", "g/day"),), (), Window(span(14, "day")), 2, span(2, "week")),
    ),
    ("SLEDAI ≥ 8 3 times", Measurement("SLEDAI", (bound("≥", "8"),), times=3)),
    ("rifampicin resistance is 0 3 times", Measurement("rifampicin resistance", words=("0",), times=3)),
    ("use of methotrexate", Medication("methotrexate")),
    ("any use of rituximab", Medication("rituximab", "any")),
    (
        "current use of prednisone dose > 10 mg/day to ≤ 20 mg/day as prednisone by oral or inhaled "
        "response inadequate setting adjuvant other than (budesonide by inhaled) within 3 months for ≥ 3 months "
        "stable for ≥ 4 weeks",
        Medication(
            "prednisone", "current", (bound(">", "10", "mg/day"), bound("≤", "20", "mg/day")), "prednisone",
            ("oral", "inhaled"), ("inadequate",), "adjuvant", (Exempt("budesonide", routes=("inhaled",)),),
            Window(span(3, "month")), Duration("≥", span(3, "month")), Duration("≥", span(4, "week")),
        ),
    ),
    ("past use of cyclophosphamide", Medication("cyclophosphamide", "past")),
    (
        "kidney biopsy within 24 months showing III, IV or V",
        Procedure("kidney biopsy", (), Window(span(24, "month")), ("III", "IV", "V")),
    ),
    ("underwent major surgery within 1 month", Procedure("major surgery", window=Window(span(1, "month")))),
    ("underwent surgery that is of hip or of knee", Procedure("surgery", states=("of hip", "of knee"))),
    ("kidney biopsy that is open showing III", Procedure("kidney biopsy", findings=("III",), states=("open",))),
    ("undergoing hemodialysis that is chronic", Procedure("hemodialysis", states=("chronic",), current=True)),
    ("use of prednisone that is chronic dose > 10 mg/day", Medication("prednisone", dose=(bound(">", "10", "mg/day"),), states=("chronic",))),
    ("allergy to macrolides", Allergy("macrolides")),
    ("allergy to macrolides other than (azithromycin)", Allergy("macrolides", (Exempt("azithromycin"),))),
    ("family history of breast cancer", FamilyHistory("breast cancer")),
    ("family history of breast cancer in mother or father", FamilyHistory("breast cancer", ("mother", "father"))),
    ("smoking former or current", Smoking(("former", "current"))),
    ("participation in trial", Participation()),
    (
        "current participation in drug or device trial of rituximab within 30 days",
        Participation(("drug", "device"), "rituximab", True, Window(span(30, "day"))),
    ),
    (
        "malignancy other than (any stage 0 or I by oral dose ≤ 10 mg/day as prednisone resolved over for 12 months "
        'if "x")',
        Condition("malignancy", other_than=(
            Exempt("", ("0", "I"), ("oral",), bound("≤", "10", "mg/day"), "prednisone", True, span(12, "month"), "x"),
        )),
    ),
    ('statement "planning a pregnancy"', Statement("planning a pregnancy")),
    ('judgement "in the opinion of the investigator"', Judgement("in the opinion of the investigator")),
    ('consent "signed"', Consent("signed")),
    ('unread "a \\"b\\""', Unread('a "b"')),
    ('unread ""', Unread("")),
]

JOINTS: list[tuple[str, Check]] = [
    ("a and b and c", All((A, B, C))),
    ("a and (b and c)", All((A, All((B, C))))),
    ("a and b or c", Any((All((A, B)), C))),
    ("a and (b or c)", All((A, Any((B, C))))),
    ("(a or b) or c", Any((Any((A, B)), C))),
    ("not a and b", All((Not(A), B))),
    ("not (a and b)", Not(All((A, B)))),
    ("not not a", Not(Not(A))),
    ("a or b unless c", Unless(Any((A, B)), C)),
    ("(a unless b) unless c", Unless(Unless(A, B), C)),
    ("when sex female then a or b unless pregnant", When(FEMALE, Unless(Any((A, B)), PREGNANT))),
    ("when a then (when b then c)", When(A, When(B, C))),
    ("(when a then b) and c", All((When(A, B), C))),
    ("at least 2 of (a; b and c; when a then b)", AtLeast(2, (A, All((B, C)), When(A, B)))),
    ("ambiguous (a; not a)", Ambiguous((A, Not(A)))),
    ("(lupus stage III) or a", Any((STAGED, A))),
    ("a or lupus stage III", Any((A, STAGED))),
    ("a and (lupus stage III) or not (lupus stage III) or b", Any((All((A, STAGED)), Not(STAGED), B))),
    ("lupus stage III and a", All((STAGED, A))),
    ("(a or lupus stage III) and b", All((Any((A, STAGED)), B))),
    ("(smoking never) or a", Any((Smoking(("never",)), A))),
    ("at least 1 of (lupus stage III; smoking never)", AtLeast(1, (STAGED, Smoking(("never",))))),
]


@each_row(("text", "check"), LEAVES + JOINTS)
def test_is_written_and_read_exactly(text: str, check: Check) -> None:
    assert wording(check) == text
    assert parse(text) == check


@each_row(("text", "canonical"), [
    ("  AGE >=  18\tYears AND Pregnant\n", "age ≥ 18 years and pregnant"),
    ("age ≥ 1 years", "age ≥ 1 year"),
    ("platelets<50×10^9/L", "platelets < 50 ×10^9/L"),
    ("weight <=80kg", "weight ≤ 80 kg"),
    ("HbA1c > 7%", "HbA1c > 7 %"),
    ("ALT >1.5x uln", "ALT > 1.5 × ULN"),
    ("ALT > 1.50 x ULN", "ALT > 1.5 × ULN"),
    ("SLEDAI >=? 8", "SLEDAI ≥? 8"),
    ("base excess > −3", "base excess > -3"),
    ("lupus stage III, IV, V", "lupus stage III, IV or V"),
    ("lupus within 5 years stage III", "lupus stage III within 5 years"),
    ("underwent kidney biopsy showing IV", "kidney biopsy showing IV"),
    ("SLEDAI ≥ 8 twice within 3 months", "SLEDAI ≥ 8 within 3 months twice"),
    ("SLEDAI ≥ 8 2 times", "SLEDAI ≥ 8 twice"),
    ("SLEDAI ≥ 8 1 times", "SLEDAI ≥ 8"),
    ('"lupus"', "lupus"),
    ("CD20+ lymphoma", '"CD20+ lymphoma"'),
    ("((a))", "a"),
    ("(a and b) or c", "a and b or c"),
    ("smoking Never", "smoking never"),
])
def test_is_read_liberally_and_written_strictly(text: str, canonical: str) -> None:
    assert wording(parse(text)) == canonical
    assert wording(parse(canonical)) == canonical


@each_row(("text", "place", "expected", "found"), [
    ("", 0, "expected a term", "the end"),
    ("  ", 2, "expected a term", "the end"),
    ("()", 1, "expected a term", "')'"),
    ("a and", 5, "expected a term", "the end"),
    ("a b)", 3, "expected 'and', 'or', 'unless' or the end", "')'"),
    ("(a", 2, "expected 'and', 'or', 'unless' or ')'", "the end"),
    ("x < and", 4, "expected a number after '<'", "'and'"),
    ("x < 1e5", 4, "expected a number after '<'", "'1e5'"),
    ("x < 10^9/L", 4, "expected a number after '<'", "'10^9/L'"),
    ("platelets 50 ×10⁹/L", 10, "expected an operator", "'50'"),
    ("age 18", 4, "expected an operator", "'18'"),
    ("age ≥ 18", 8, "expected years, months, weeks or days", "the end"),
    ("age ≥ 18 yeers", 9, "expected years, months, weeks or days", "'yeers'"),
    ("age ≥ 18 to 65 years", 12, "expected an operator", "'65'"),
    ("sex other", 4, "expected 'female' or 'male'", "'other'"),
    ("pregnant women", 9, "expected 'and', 'or', 'unless' or the end", "'women'"),
    ("known malignancy", 6, "expected 'or'", "'malignancy'"),
    ("any malignancy", 4, "expected 'use'", "'malignancy'"),
    ("current smoker", 8, "expected 'use of' or 'participation in'", "'smoker'"),
    ("lupus within 5", 14, "expected hours, days, weeks, months or years", "the end"),
    ("lupus within -5 days", 16, "expected hours, days, weeks, months or years", "'days'"),
    ("lupus within 5 days within 3 days", 20, "expected each part of a check only once", "'within'"),
    ("lupus over 5 years", 18, "expected 'ago'", "the end"),
    ("lupus for 3 months", 10, "expected an operator", "'3'"),
    ("lupus stage III or IV or V", 22, "expected parentheses", "'or'"),
    ("lupus stage III or not pregnant", 19, "expected parentheses", "'not'"),
    ("lupus stage III or pregnant", 19, "expected parentheses", "'pregnant'"),
    ("lupus stage III or active tuberculosis", 19, "expected parentheses", "'active'"),
    ("lupus stage", 11, "expected a word", "the end"),
    ("lupus stage IV showing IV", 6, "expected a procedure to have only", "'stage'"),
    ("cancer other than (any)", 19, "expected an exception that names something", "'any'"),
    ("at least 3 of (a; b)", 9, "expected a number from 1 to 2", "'3'"),
    ("at least 1 of (a)", 16, "expected ';' and a second check", "')'"),
    ("ambiguous (a; b", 15, "expected ';' or ')'", "the end"),
    ("a and when b then c", 6, "expected parentheses round 'when", "'when'"),
    ("when a b", 8, "expected 'then'", "the end"),
    ("statement x", 10, "expected a text in double quotes", "'x'"),
    ('unread "abc', 7, 'expected a closing "', "'\"abc'"),
    ('unread "a\\qb"', 7, 'expected a closing "', "'\"a\\qb\"'"),
    ('unread "\\U00110000"', 7, 'expected a closing "', "'\"\\U00110000\"'"),
    ('" "', 0, "expected a term, not an empty text", ""),
    ("use of x response awful", 0, "not a response", ""),
    ("participation in big trial", 0, "not a kind of trial", ""),
    ("smoking sometimes", 0, "not a smoking status", ""),
    ("SLEDAI ≥ 8 0 times", 0, "a measurement is repeated 1 to 999 times", ""),
])
def test_is_refused_with_place_and_expectation(text: str, place: int, expected: str, found: str) -> None:
    with pytest.raises(WordingError) as refusal:
        parse(text)
    assert refusal.value.place == place
    assert refusal.value.expected.startswith(expected)
    assert refusal.value.found == found
    assert str(refusal.value).startswith(f"at {place}: ")


def nested(times: int) -> Check:
    check: Check = A
    for turn in range(times):
        check = (Not(check), All((check, STAGED)), Any((check, B)), AtLeast(1, (B, check)), When(B, check))[turn % 5]
    return check


@each_row("depth", [0, 1, 20, DEEPEST])
def test_nests_as_deep_as_it_says(depth: int) -> None:
    assert parse(wording(nested(depth))) == nested(depth)


@each_row("text", [
    "(" * 100_000, "(" * 5000 + "a" + ")" * 5000, "not " * 5000 + "a", "ambiguous (a; " * 5000,
    "at least 1 of (a; " * 101 + "b" + ")" * 101, "(a unless (b or (c and " * 40 + "a" + ")))" * 40,
])
def test_deeper_nesting_is_refused(text: str) -> None:
    with pytest.raises(WordingError, match=r"deep|second"):
        parse(text)


def test_a_check_too_deep_to_read_is_not_written() -> None:
    with pytest.raises(WordingError, match="deeper"):
        wording(nested(DEEPEST + 1))


@each_row("text", ["a and " * 9000 + "a", "a " * 30_000, "x is " + "a, " * 9000 + "b"])
def test_long_checks_are_read(text: str) -> None:
    assert parse(wording(parse(text))) == parse(text)


@each_row("text", ['"\\"' * 30_000, '"' * 30_001, '\\"' * 30_001, ";" * 30_000, "a " * 30_000 + ","])
def test_long_texts_are_refused(text: str) -> None:
    with pytest.raises(WordingError):
        parse(text)


def test_the_grammar_has_a_version() -> None:
    assert GRAMMAR == 1
