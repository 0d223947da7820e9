"""Each export as its reader opens it: nothing in a text is a formula, markup, a link or a control sign, and the same gives the same bytes."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from export_support import CRITERIA, DAY, DECISION, MATCHES, criterion, made_dossier, match
from rows import each_row

from matcher.export.checklist import checklist
from matcher.export.comparison import Compared
from matcher.export.dossier import Dossier
from matcher.export.formats import CHECKLISTS, COMPARISONS, FORMATS, format_named, format_of, refuse_ending
from matcher.export.markdown import markdown
from matcher.export.sheets import LONGEST, criteria_sheet, safe_cell, trials_sheet
from matcher.export.text import evidence_words
from matcher.matching.aligning import aligned
from matcher.model.match import TrialMatch
from matcher.model.verdict import Evidence, Question, Verdict
from matcher.storage.marks import Mark, Marks
from matcher.storage.refusal import InputError
from matcher.vocabulary import load

HOSTILE = {
    "formula": '=cmd|\'/c calc\'!A1 @SUM(1) +1 -1;=HYPERLINK("http://evil.example","x")',
    "html": "</td></table><script>alert(1)</script><img src=x onerror=alert(1)> & &lt; \" '",
    "markdown": "# x **b** _i_ `c` [a](javascript:1) ![i](http://evil.example/x.png) | cell | <b> www.evil.example http://evil.example $x$ ~~s~~",
    "control": "a\x00b\x07c\x1b[31md\u202ee\u2066f\x85g\u2028h\ud800i\ufeffj\r\n=k\tl",
    "long": "platelets " * 5_000,
    "blank": "   ",
}


def hostile(text: str) -> Dossier:
    """A shortlist whose every word is the hostile one."""
    ask = Question("labs", text, "number", text, text)
    fact = Evidence(text, text, text, text, text, text)
    judged = tuple(
        criterion(f"E{number}", text, verdict, text, group=text, note=text, remark=text, check=text, code="consent", evidence=(fact,), missing=(ask,))
        for number, verdict in enumerate(Verdict)
    )
    marks = Marks(profile="LN-0042", marks=[Mark(trial_id="A", mark="watch", note=text)])
    return made_dossier(matches=[match("A", 1, title=text, status=text, criteria=judged)], marks=marks)


def side(found: Dossier) -> Compared:
    """Its trial beside itself."""
    matches = (found.entries[0].match,) * 2
    return Compared(found.shortlist.profile, DAY, matches, tuple(aligned(matches, load())))


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


TAGS = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "footer", "bdi", "br",
}  # fmt: skip
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "scope"}


@each_row("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_is_more_than_text_in_html(text: str) -> None:
    found = hostile(text)
    for page in (format_named("html").written(found), CHECKLISTS[0].written(found), COMPARISONS[0].written(side(found))):
        tags = Tags()
        tags.feed(page)
        assert tags.tags <= TAGS
        assert tags.attributes <= ATTRIBUTES
        assert "default-src 'none'" in page
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)
        page.encode("utf-8")


@each_row("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_is_more_than_text_in_a_sheet(text: str) -> None:
    found = hostile(text)
    for form, rows in ((trials_sheet, 1), (criteria_sheet, 5)):
        written = form(found)
        head, *cells = list(csv.reader(io.StringIO(written)))
        assert len(cells) == rows
        assert all(len(row) == len(head) for row in cells)
        for cell in (cell for row in cells for cell in row):
            assert not re.search(r"(^|;)\s*[=+@\t\r]", cell)
            assert not re.match(r"\s*-(?!\d+(\.\d+)?$)", cell)
            assert "\n" not in cell
            assert len(cell) < 32_767


@each_row(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'@SUM(A1)"),
        ("-2.5", "-2.5"),
        ("-2+3", "'-2+3"),
        ("+49 30", "'+49 30"),
        ("\t=1", "'=1"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ("a; - b", "a; '- b"),
        ("a = 1; b", "a = 1; b"),
        ("- first\n- second", "'- first - second"),
        ("≥ 50 ×10⁹/L", "≥ 50 ×10⁹/L"),
        ("", ""),
        ("a\x00b", "a␀b"),
        ("x" * (LONGEST + 5), f"{'x' * LONGEST}… (5 more characters)"),
    ],
)
def test_a_cell_is_never_a_formula(text: str, cell: str) -> None:
    assert safe_cell(text) == cell


@each_row("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_marks_up_markdown(text: str) -> None:
    found = hostile(text)
    for page, columns in ((format_named("markdown").written(found), 9), (CHECKLISTS[1].written(found), 0), (COMPARISONS[1].written(side(found)), 4)):
        own = re.sub(r"\\.", "", page)
        assert not re.search(r"[<>`]|\]\(|!\[|://|www\.", own)
        assert all(line.count("|") == columns + 1 for line in own.splitlines() if line.startswith("|"))
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page)


def test_the_same_gives_the_same_bytes_in_every_form() -> None:
    for form in (*FORMATS, *CHECKLISTS):
        first = form.written(made_dossier())
        assert first == form.written(made_dossier(matches=MATCHES[::-1]))
        assert first.endswith("\n")
        assert "\r" not in first
        assert first.startswith("\ufeff") == (".csv" in form.ending)


def test_the_report_says_everything_a_reader_needs() -> None:
    asked = criterion("E5", "HBV", Verdict.UNKNOWN, missing=(Question("labs", "HBsAg", "posneg", None, "Is HBsAg positive?"),), remark="phoned")
    stale = criterion("E6", "HCV", Verdict.PASS, decision=replace(DECISION, stale="old"))
    tags = Tags()
    tags.feed(format_named("html").written(made_dossier(matches=[match("A", 1, criteria=(*CRITERIA, asked, stale)), MATCHES[0]])))
    for words in (
        "Shortlist for LN-0042", "Decision support only", "as of 2026-11-21", "vocabulary 2026.11", "Trial [/b] A", "possible, from 2026-12-05 on",
        "call", "✗ excludes (1)", "? ask (1)", "Ask: Is HBsAg positive?", "Platelets < 50.", "182000 /µL on 2026-11-10, taken as 182 ×10⁹/L",
        "RN put “met” for “ask” on 2026-11-21: negative by phone. It does not count now, look again: old.", "Note: phoned",
    ):  # fmt: skip
        assert words in tags.text, words


def _checked(one: TrialMatch) -> str:
    found = made_dossier(matches=[one], every=True)
    return markdown(checklist(found, found.entries[0]))


def test_a_checklist_asks_measures_judges_and_confirms() -> None:
    protein = Question("labs", "24-hour protein", "number", "g/24h", "How much protein is in the urine of 24 hours?")
    ever = Question("conditions", "malignancy", "yesno", None, "Has the patient ever had a malignancy?")
    text = _checked(match("A", 1, criteria=(
        criterion("I1", "Protein over 1 g", Verdict.UNKNOWN, missing=(protein,)),
        criterion("E1", "Any malignancy", Verdict.UNKNOWN, missing=(ever,)),
        criterion("E2", "Cancer", Verdict.UNKNOWN, missing=(ever,)),
        criterion("I2", "Consent given", Verdict.REVIEW, code="consent"),
        criterion("E3", "Unsuitable", Verdict.REVIEW, code="judgement"),
        *CRITERIA,
    )))  # fmt: skip
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == ["Ask", "Measure, or find the result", "Judge: only a person can", "Confirm: what excludes today", "Confirm: what is taken as met"]
    assert text.count("Has the patient ever had a malignancy?") == 1
    assert "for E1 Any malignancy; E2 Cancer" in text
    assert re.search(r"urine of 24 hours\? \(g/24h\)  \n.*\n  value _+   date _+", text)
    assert re.search(r"\*\*I2\*\* Consent given.*\n.*\n  ☐ yes   ☐ no   date _+   initials _+", text)
    assert "Same words" not in text.split("## Confirm: what is taken as met")[1]


def test_a_checklist_says_whose_verdict_is_to_be_confirmed() -> None:
    put = replace(DECISION, verdict=Verdict.FAIL, stale="")
    age = Evidence("age", "34", "years")
    text = _checked(match("A", 1, criteria=(criterion("I1", "Adults", Verdict.FAIL, "RN put it otherwise.", decision=put, evidence=(age,)),)))
    assert "recorded: age: 34 years" in text
    assert "RN put it otherwise" in text


@each_row(
    ("file", "name"),
    [("a.toml", "toml"), ("a.HTML", "html"), ("a.csv", "csv"), ("a-criteria.csv", "criteria-csv"), ("a.md", "markdown"), ("a", "toml"), ("", "toml")],
)
def test_the_ending_of_a_file_says_its_form(file: str, name: str) -> None:
    assert format_of(file, FORMATS).name == name


@each_row(
    ("file", "said"),
    [("a.pdf", "expected .toml or .html or .csv or -criteria.csv or .md"), ("a.XLSX", "a.XLSX: nothing is written in a form with this ending"), ("v1.2/a.docx", "this ending")],
)
def test_an_ending_that_no_form_has_is_refused(file: str, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        format_of(file, FORMATS)
    with pytest.raises(InputError, match=r"expected \.html or \.md"):
        format_of(file, COMPARISONS)


def test_a_name_of_another_form_is_refused() -> None:
    toml, _, _, by_criterion, _ = FORMATS
    for fitting in ("a.toml", "a", "a.v2", "LN-0042.2026-11-18", "a.TOML"):
        refuse_ending(fitting, toml)
    refuse_ending("a.csv", by_criterion)
    for file in ("a.html", "a.pdf"):
        with pytest.raises(InputError, match=f"{file}: what is written here is TOML: expected a name that ends in .toml"):
            refuse_ending(file, toml)


FACTS = [
    (Evidence("medications: rituximab", "1000 mg", None, "2026-08-01", told="until"), "medications: rituximab: 1000 mg until 2026-08-01"),
    (Evidence("conditions: lupus", "active", None, "2019-05"), "conditions: lupus: active since 2019-05"),
    (Evidence("labs: platelets", "45000", "/µL", "2026-11-10", "45 ×10⁹/L"), "labs: platelets: 45000 /µL on 2026-11-10, taken as 45 ×10⁹/L"),
    (Evidence("weight_kg", "74.84274105", "kg"), "weight, kg: 74.84 kg"),
    (Evidence("labs: HBV DNA", "not detected"), "labs: HBV DNA: not detected, no date"),
]


@each_row(("fact", "words"), FACTS)
def test_a_fact_says_what_its_date_is(fact: Evidence, words: str) -> None:
    assert evidence_words(fact) == words


def test_every_form_has_a_letter_and_a_name_of_its_own() -> None:
    for forms in (FORMATS, CHECKLISTS, COMPARISONS):
        assert len({one.key for one in forms}) == len({one.name for one in forms}) == len(forms)


def test_an_empty_shortlist_says_so() -> None:
    empty = made_dossier(marks=Marks(profile="LN-0042"))
    assert all(one.written(empty) for one in FORMATS)
    assert "No trial is marked" in format_named("html").written(empty)
