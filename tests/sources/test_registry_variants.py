"""The forms that real exports of the registries have: encodings, odd values, bad signs, broken rows; no record is lost by another's fault."""

from __future__ import annotations

import copy
import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from rows import each_row
from test_registry_files import CRITERIA, CSV, ICTRP, PLAIN, READ_ON, STUDY, XML

from matcher.sources.records import read_paths
from matcher.sources.values import Draft, Problem

Read = tuple[list[Draft], list[Problem]]


@pytest.fixture
def read(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Write a file and read it."""

    def reading(name: str, content: str | bytes) -> Read:
        path: Path = tmp_path_factory.mktemp("variants") / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        found = list(read_paths([path], READ_ON))
        return [draft for one in found for draft in one.drafts], [problem for one in found for problem in one.problems]

    return reading


def _study(**parts: Any) -> str:
    """The study with these parts of its protocol otherwise: `module__key=value`."""
    study = copy.deepcopy(STUDY)
    for path, value in parts.items():
        module, key = path.split("__")
        study["protocolSection"][module][key] = value
    return json.dumps(study, ensure_ascii=False)


def _export(**fields: str) -> str:
    """An export of one trial with these fields."""
    known = {"TrialID": "ChiCTR2000090701", "Public_title": "Air one", "Inclusion_Criteria": "Inclusion criteria: 1. Asthma"}
    inside = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in {**known, **fields}.items())
    return f"<Trials_downloaded_from_ICTRP><Trial>{inside}</Trial></Trials_downloaded_from_ICTRP>"


GREEK = _study(identificationModule__briefTitle="Aïr µ")
OLD = XML.replace("Air one", "Aïr µ")
TABLE = CSV.replace("Air, one", "Aïr µ")


@each_row(("name", "content", "kinds"), [
    ("le.json", GREEK.encode("utf-16-le"), []), ("be.json", GREEK.encode("utf-16-be"), []), ("marked.json", GREEK.encode("utf-16"), []),
    ("old.json", GREEK.encode("cp1252", "ignore"), ["encoding"]), ("says-other.xml", OLD.encode("utf-16"), []), ("windows.xml", OLD.encode("cp1252", "ignore"), ["encoding"]),
    ("declared.xml", OLD.replace("UTF-8", "windows-1252").encode("cp1252"), []), ("wide.csv", TABLE.encode("utf-16"), ["missing"]),
    ("excel.csv", "sep=;\r\n" + TABLE.replace(",", ";"), ["missing", "unread-value"]), ("old.csv", TABLE.encode("cp1252"), ["encoding", "missing"]),
])
def test_a_file_is_read_in_its_encoding(name: str, content: bytes, kinds: list[str], read: Any) -> None:
    drafts, problems = read(name, content)
    assert [one.trial.title for one in drafts] == ["Aïr µ"]
    assert sorted(one.kind for one in problems) == kinds


@each_row(("field", "value", "key", "read_as"), [
    ("conditionsModule__conditions", "Asthma", "conditions", ["Asthma"]), ("conditionsModule__conditions", "['Asthma', 'Cough']", "conditions", ["Asthma", "Cough"]),
    ("conditionsModule__conditions", None, "conditions", []), ("designModule__phases", "PHASE2", "phases", ["phase 2"]), ("designModule__phases", ["NA"], "phases", []),
    ("eligibilityModule__healthyVolunteers", "false", "healthy_volunteers", False), ("eligibilityModule__healthyVolunteers", "Yes", "healthy_volunteers", True),
    ("eligibilityModule__healthyVolunteers", None, "healthy_volunteers", None), ("identificationModule__nctId", "nct90000701", "id", "NCT90000701"),
    ("identificationModule__briefTitle", "A &amp; B in 10<sup>9</sup>", "title", "A & B in 10^9"), ("identificationModule__acronym", "AIRY", "ids", ["NCT90000701", "AIR-1", "AIRY"]),
    ("eligibilityModule__eligibilityCriteria", ["Inclusion criteria:", "- Asthma"], "min_age", 18.0), ("eligibilityModule__minimumAge", "0.5 Years", "min_age", 0.5),
])
def test_a_value_is_taken_in_each_of_its_forms(field: str, value: Any, key: str, read_as: object, read: Any) -> None:
    (draft,), problems = read("study.json", _study(**{field: value}))
    assert getattr(draft.trial, key) == read_as
    assert problems == []


@each_row(("text", "lines"), [
    ("Age &ge; 18 years<br>ALT &#8804; 3 &times; ULN", ["Age ≥ 18 years", "ALT ≤ 3 × ULN"]), ("<p>Platelets &lt; 100 x 10<sup>9</sup>/L</p><ul><li>Asthma</li></ul>", ["Platelets < 100 x 10^9/L", "", "* Asthma"]),
    ("AST <b>and</b> CO<sub>2</sub>", ["AST and CO2"]), ("AST < 3 and > 1, R&D", ["AST < 3 and > 1, R&D"]), ("Creatinine &le;1.5\x07 mg/dL", ["Creatinine ≤1.5  mg/dL"]),
])
def test_marks_of_html_in_eligibility_text_become_what_they_mean(text: str, lines: list[str], read: Any) -> None:
    (draft,), _ = read("study.json", _study(eligibilityModule__eligibilityCriteria=text))
    assert draft.eligibility[0].text.strip("\n").split("\n") == lines


TRIAL = ICTRP.partition("<Trials_downloaded_from_ICTRP>")[2].partition("</Trials_downloaded")[0]


@each_row(("second", "ids", "refused"), [
    (TRIAL.replace("Air one", "Air & < 5 one"), 3, []), (TRIAL.replace("Air one", "Air\x0b&#x1F;&nbsp;one"), 3, []), (TRIAL.replace("Smokers", "Smo<br>kers <![CDATA[& < 5]]>"), 3, []),
    (TRIAL.replace("</Trial>", ""), 2, ["record 2"]), (TRIAL.replace("<TrialID>", "<TrialID"), 2, ["record 2"]), (f"<Trial>{'<a>' * 300}{'</a>' * 300}</Trial>", 2, ["record 2"]), ("<Trial></Trial>", 2, ["record"]),
])
def test_a_bad_record_of_an_export_leaves_the_others(second: str, ids: int, refused: list[str], read: Any) -> None:
    numbered = second.replace("090701", "090702").replace("<TrialID>ChiCTR2000090702</TrialID>" if refused else "\0", "")
    export = f"<Trials_downloaded_from_ICTRP>\r\n{TRIAL}\n{numbered}{TRIAL.replace('090701', '090703')}</Trials_downloaded_from_ICTRP>"
    drafts, problems = read("export.xml", export)
    assert [one.trial.id for one in drafts] == ["ChiCTR2000090701", "ChiCTR2000090702", "ChiCTR2000090703"][:: 2 if ids == 2 else 1]
    assert [one.place for one in problems if one.refused] == refused


def test_a_record_in_two_documents_or_in_a_space_of_names_is_read(read: Any) -> None:
    drafts, problems = read("two.xml", "\n" + XML + XML.replace("0701", "0702").replace("<clinical_study>", '<clinical_study xmlns="http://a.b/c">'))
    assert ([one.trial.id for one in drafts], problems) == (["NCT90000701", "NCT90000702"], [])


@each_row(("lowest", "highest", "text"), [
    ("20years-old", "Not applicable", "20 years and older"), (">= 20age old", "<= 75age old", "20 years to 75 years"), (">= 12age 6month 0week old", "No limit", "150 months and older"),
    ("18.00 Year(s)", "99.00 Year(s)", "18 years to 99 years"), ("19(Year)", "No Limit", "19 years and older"), ("no minimum age", "18 Years", "up to 18 years"),
    ("18", "<65", "18 years to under 65 years"), ("6M", "2Y", "6 months to 2 years"), ("0", "0", ""), ("Newborn", "28D", "up to 28 days"),
])
def test_bounds_of_age_are_read_as_each_register_words_them(lowest: str, highest: str, text: str, read: Any) -> None:
    (draft,), problems = read("export.xml", _export(Inclusion_agemin=lowest, Inclusion_agemax=highest))
    assert (draft.ages.text, problems) == (text, [])


EUROPEAN = "Human pharmacology (Phase I): no\n<br>Therapeutic exploratory (Phase II): yes\n<br>Therapeutic confirmatory - (Phase III): yes\n<br>Therapeutic use (Phase IV): no"
FORM = "Inclusion criteria: 1. Asthma\n<br>Are the trial subjects under 18? no\n<br>Number of subjects for this age range: \n<br>F.1.2 Adults (18-64 years) yes\n<br>F.1.2.1 Number of subjects for this age range 90\n<br>F.1.3 Elderly (>=65 years) no"


@each_row(("tag", "said", "key", "read_as"), [
    ("TrialID", "NL8453", "id", "NL8453"), ("TrialID", "JPRN-JapicCTI-205238", "id", "JPRN-JapicCTI-205238"), ("Secondary_ID", "NCT01234567;AB-1", "id", "ChiCTR2000090701"),
    ("Inclusion_gender", "Female: yes\n<br>Male: no\n<br>", "sex", "female"), ("Inclusion_gender", "Female: no<br>Male: yes", "sex", "male"), ("Inclusion_gender", "F", "sex", "female"),
    ("Phase", EUROPEAN, "phases", ["phase 2", "phase 3"]), ("Phase", "1-2", "phases", ["phase 1", "phase 2"]), ("Phase", "Retrospective study", "phases", []), ("Phase", "II/III", "phases", ["phase 2", "phase 3"]),
    ("Study_type", "Epidemilogical research", "study_type", "observational"), ("Study_type", "Treatment study", "study_type", "interventional"),
    ("Recruitment_Status", "Ongoing, recruiting", "status", "recruiting"), ("Recruitment_Status", "Temporary halt", "status", "suspended"), ("Recruitment_Status", "Main results already published", "status", "completed"),
    ("Date_enrollement", "30/08/2007", "start", "2007-08-30"), ("Study_design", "Allocation: Randomized. Intervention model: Parallel Assignment. Masking: Double (Participant, Investigator).", "masking", "double (participant, investigator)"),
    ("Study_design", "Single arm", "model", "single arm"), ("Inclusion_Criteria", FORM, "max_age", 64.0),
])
def test_fields_of_an_export_are_read_as_each_register_words_them(tag: str, said: str, key: str, read_as: object, read: Any) -> None:
    (draft,), problems = read("export.xml", _export(**{tag: said}))
    found = getattr(draft.trial, key)
    assert (str(found) if key == "start" else found) == read_as
    assert problems == []


def test_the_form_of_the_european_register_is_no_criterion(read: Any) -> None:
    (draft,), _ = read("export.xml", _export(Inclusion_Criteria=FORM, Contact_Firstname="Ann", Contact_Lastname="Lee"))
    assert draft.eligibility[0].text == "Inclusion criteria: 1. Asthma"
    assert draft.ages.text == "18 years to 64 years"
    assert [(one.name, one.role) for one in draft.trial.officials] == [("Ann Lee", "contact")]


def test_the_names_among_what_the_european_register_says_are_taken(read: Any) -> None:
    product = "<br>Trade Name: AIRON 200 mg<br>Product Code: A-1<br>Pharmaceutical Form: Film-coated tablet<br>INN or Proposed INN: AIRINE<br>Concentration unit: mg<br>Concentration number: 200-<br>"
    condition = "Breathing badly at night <br>MedDRA version: 21.1 Level: PT Classification code 10003553 Term: Asthma System Organ Class: 10038738 - Lungs;Therapeutic area: Diseases [C]"
    (draft,), _ = read("export.xml", _export(Intervention=product, Condition=condition))
    assert [(one.type, one.name) for one in draft.trial.interventions] == [("drug", "AIRON 200 mg"), ("drug", "AIRINE")]
    assert draft.trial.conditions == ["Breathing badly at night", "Asthma"]


def test_bounds_that_leave_out_everybody_are_not_taken(read: Any) -> None:
    (draft,), problems = read("study.json", _study(eligibilityModule__minimumAge="65 Years", eligibilityModule__maximumAge="18 Years"))
    assert (draft.ages.text, draft.trial.min_age, [one.kind for one in problems]) == ("", None, ["unread-value"])


def test_of_a_bound_that_is_not_understood_the_other_stands(read: Any) -> None:
    (draft,), problems = read("export.xml", _export(Inclusion_agemin="18 years", Inclusion_agemax="??"))
    assert (draft.ages.text, [one.kind for one in problems]) == ("18 years and older", ["unread-value"])


HEADS = "NCT Number\tStudy Title\tAcronym\tStudy Status\tFunded Bys\tStudy Design\tLocations\n"
PLACES = "North Clinic, Building 3, Boston, Massachusetts, 02115, United States|Vale, Seoul, Korea, Republic of|Graz, Austria|Albany, New York, United States|Hill, Vale University, Leeds, LS1 3EX, United Kingdom"


def test_a_table_with_tabs_says_where_and_how(read: Any) -> None:
    (draft,), _ = read("table.tsv.txt", HEADS + f"NCT90000701\tAir\tAIRY\tRECRUITING\tOther|Industry\tMasking: DOUBLE (PARTICIPANT|INVESTIGATOR)|Allocation: NA\t{PLACES}\n\n\t\t\t\t\t\t\n")
    assert [(one.facility, one.city, one.state, one.country) for one in draft.trial.locations] == [
        ("North Clinic, Building 3", "Boston", "Massachusetts", "United States"), ("Vale", "Seoul", "", "Korea, Republic of"), ("", "Graz", "", "Austria"),
        ("", "Albany", "New York", "United States"), ("Hill, Vale University", "Leeds", "", "United Kingdom"),
    ]
    assert (draft.trial.funder, draft.trial.masking, draft.trial.allocation) == ("other", "double (participant|investigator)", None)
    assert "AIRY" in draft.trial.ids


@each_row(("row", "count", "refused"), [("NCT90000702,Short\r\n", 1, ["line 3"]), (f"NCT90000702,x{',y' * 20}\r\n", 1, ["line 3"]), (",,,,,,,,,,,,,\r\n", 1, []), ('NCT90000702,"cut off', 1, ["line 3"])])
def test_a_row_that_does_not_fit_its_table_is_left_out(row: str, count: int, refused: list[str], read: Any) -> None:
    drafts, problems = read("table.csv", CSV + row)
    assert len(drafts) == count
    assert [one.place for one in problems if one.refused] == refused


def test_a_table_says_once_that_it_holds_no_criteria(read: Any) -> None:
    drafts, problems = read("table.csv", CSV + CSV.partition("\r\n")[2].replace("0701", "0702"))
    assert (len(drafts), [(one.kind, one.place) for one in problems]) == (2, [("missing", "file")])
    assert [one.kind for one in read("empty.csv", CSV.partition("\r\n")[0])[1]] == ["empty"]


TWO = json.dumps({**PLAIN, "nct_id": "NCT90000702"})


@each_row(("content", "ids", "kinds"), [
    (json.dumps([STUDY]) + f"\n[{TWO}]", 2, []), (json.dumps({"studies": [STUDY], "nextPageToken": None}, indent=1) + TWO, 2, []), (json.dumps({"studies": []}), 0, ["empty"]),
    ("[" + " " * 20_000_000, 0, ["invalid"]), ('{"a": tru}\n' + TWO, 1, ["invalid"]), ('{"protocolSection": {}}\n' + TWO, 1, ["invalid"]),
])
def test_values_follow_each_other_in_any_arrangement(content: str, ids: int, kinds: list[str], read: Any) -> None:
    drafts, problems = read("studies.json", content)
    assert (len(drafts), [one.kind for one in problems]) == (ids, kinds)


def _zipped(**members: Any) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@each_row(("name", "content", "count", "refused"), [
    ("all.zip", _zipped(**{"a/b.xml": XML, "Contents.txt": "a list", "__MACOSX/._b.xml": b"\0\5"}), 1, []), ("packed.gz", gzip.compress(_zipped(**{"a.json": TWO})), 1, []),
    ("letter.docx", _zipped(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), 0, ["unreadable"]), ("letter.pdf", b"%PDF-1.4\n\0", 0, ["binary"]), ("nothing.zip", _zipped(), 0, ["no-file"]),
    ("more.json.gz", gzip.compress(TWO.encode()) + b"no gzip", 1, ["unreadable"]), ("many.jsonl.gz", gzip.compress(("\n".join([TWO] * 400)).encode())[:-9], 400, ["unreadable"]),
    ("blown.zip", _zipped(**{"a.xml": b"<clinical_study>" + b" " * 12_000_000}), 0, ["unreadable"]), ("blown.txt.gz", gzip.compress(b"{" + b" " * 12_000_000 + b"}"), 0, ["unreadable"]),
])
def test_a_packed_file_gives_what_is_whole_in_it(name: str, content: bytes, count: int, refused: list[str], read: Any) -> None:
    drafts, problems = read(name, content)
    assert len(drafts) == count
    assert [one.kind for one in problems if one.refused] == refused


def test_other_names_of_a_drug_stand_before_what_is_said_of_it(read: Any) -> None:
    drug = {"type": "DRUG", "name": "XY-1", "otherNames": ["etanercept", "Enbrel", "xy-1"], "description": "weekly"}
    (draft,), _ = read("study.json", _study(armsInterventionsModule__interventions=[drug]))
    assert [(one.names, one.description) for one in draft.trial.interventions] == [(["XY-1", "etanercept", "Enbrel"], "Also called: etanercept; Enbrel\nweekly")]
    (old,), _ = read("study.xml", XML.replace("<intervention_name>Air</intervention_name>", "<intervention_name>Air</intervention_name><other_name>Oxygen</other_name>"))
    assert old.trial.interventions[0].names == ["Air", "Oxygen"]


def test_the_eligibility_text_keeps_its_first_indentation(read: Any) -> None:
    (draft,), _ = read("study.json", _study(eligibilityModule__eligibilityCriteria=f"   {CRITERIA}"))
    assert draft.eligibility[0].text == f"   {CRITERIA}"
