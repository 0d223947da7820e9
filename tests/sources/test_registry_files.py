"""Registry files of every form: what each says becomes the same record, and a hostile or broken file one clear problem."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rows import each_row

from matcher.model.trial import Trial
from matcher.reading import read_eligibility
from matcher.sources import ImportReport, import_paths

READ_ON = date(2026, 11, 21)
SHARED = Path(__file__).resolve().parents[2] / "../shared/data/registry"
CRITERIA = "Inclusion Criteria:\n\n* Asthma\n* Age ≥ 20 years\n\nExclusion Criteria:\n\n* Smokers"
STUDY: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT90000701", "orgStudyIdInfo": {"id": "AIR-1"}, "briefTitle": "Air  one", "officialTitle": "A trial of air"},
        "statusModule": {
            "overallStatus": "RECRUITING", "startDateStruct": {"date": "2024-03"}, "completionDateStruct": {"date": "2026-01-31"},
            "studyFirstSubmitDate": "2024-01-02", "lastUpdatePostDateStruct": {"date": "2024-05-06"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Hill University", "class": "OTHER"}, "collaborators": [{"name": "Vale Clinic"}]},
        "oversightModule": {"isFdaRegulatedDrug": True},
        "descriptionModule": {"briefSummary": "About air."},
        "conditionsModule": {"conditions": ["Asthma"], "keywords": ["air"]},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE2", "PHASE3"], "designInfo": {"primaryPurpose": "TREATMENT", "interventionModel": "PARALLEL", "maskingInfo": {"masking": "DOUBLE"}}, "enrollmentInfo": {"count": 40}},
        "armsInterventionsModule": {"armGroups": [{"label": "A", "type": "EXPERIMENTAL"}], "interventions": [{"type": "DRUG", "name": "Air"}]},
        "outcomesModule": {"primaryOutcomes": [{"measure": "FEV1", "timeFrame": "week 12"}]},
        "eligibilityModule": {"eligibilityCriteria": CRITERIA, "healthyVolunteers": False, "sex": "FEMALE", "minimumAge": "18 Years", "maximumAge": "65 Years"},
        "contactsLocationsModule": {"locations": [{"facility": "Hill Clinic", "city": "Hill", "country": "Norway", "status": "RECRUITING"}], "overallOfficials": [{"name": "A Person", "role": "STUDY_CHAIR"}]},
    },
    "derivedSection": {"miscInfoModule": {"versionHolder": "2024-06-01"}},
}
XML = """<?xml version="1.0" encoding="UTF-8"?>
<clinical_study><required_header><download_date>ClinicalTrials.gov processed this data on June 1, 2024</download_date></required_header>
<id_info><nct_id>NCT90000701</nct_id><org_study_id>AIR-1</org_study_id></id_info><brief_title>Air one</brief_title>
<official_title>A trial of air</official_title><sponsors><lead_sponsor><agency>Hill University</agency><agency_class>Other</agency_class></lead_sponsor>
<collaborator><agency>Vale Clinic</agency></collaborator></sponsors><oversight_info><is_fda_regulated_drug>Yes</is_fda_regulated_drug></oversight_info>
<brief_summary><textblock>About air.</textblock></brief_summary><overall_status>Recruiting</overall_status><start_date>March 2024</start_date>
<completion_date>January 31, 2026</completion_date><phase>Phase 2/Phase 3</phase><study_type>Interventional</study_type>
<study_design_info><intervention_model>Parallel</intervention_model><primary_purpose>Treatment</primary_purpose><masking>Double</masking></study_design_info>
<primary_outcome><measure>FEV1</measure><time_frame>week 12</time_frame></primary_outcome><enrollment>40</enrollment><condition>Asthma</condition>
<arm_group><arm_group_label>A</arm_group_label><arm_group_type>Experimental</arm_group_type></arm_group>
<intervention><intervention_type>Drug</intervention_type><intervention_name>Air</intervention_name></intervention>
<eligibility><criteria><textblock>
        Inclusion Criteria:

          -  Asthma

          -  Age &#8805; 20 years

        Exclusion Criteria:

          -  Smokers
</textblock></criteria><gender>Female</gender><minimum_age>18 Years</minimum_age><maximum_age>65 Years</maximum_age><healthy_volunteers>No</healthy_volunteers></eligibility>
<overall_official><last_name>A Person</last_name><role>Study Chair</role></overall_official>
<location><facility><name>Hill Clinic</name><address><city>Hill</city><country>Norway</country></address></facility><status>Recruiting</status></location>
<keyword>air</keyword><study_first_submitted>January 2, 2024</study_first_submitted><last_update_posted>May 6, 2024</last_update_posted></clinical_study>
"""
ICTRP = """<?xml version="1.0" encoding="UTF-8"?><Trials_downloaded_from_ICTRP><Trial><TrialID>ChiCTR2000090701</TrialID>
<Last_Refreshed_on>17 February 2020</Last_Refreshed_on><Public_title>Air one</Public_title><Primary_sponsor>Hill University</Primary_sponsor>
<Date_registration>17/02/2020</Date_registration><Date_registration3>20200217</Date_registration3><Recruitment_Status>Recruiting</Recruitment_Status>
<Inclusion_agemin>18</Inclusion_agemin><Inclusion_agemax>65Y</Inclusion_agemax><Inclusion_gender>Female</Inclusion_gender><Target_size>A:20;B:20;</Target_size>
<Study_type>Interventional study</Study_type><Phase>2</Phase><Countries>Norway;Iceland</Countries><Condition>Asthma;Cough</Condition>
<Intervention>A:air;B:water;Drug: salt;</Intervention><Primary_outcome>FEV1;</Primary_outcome><Inclusion_Criteria>Inclusion criteria: 1. Asthma; &lt;br&gt;2. Age &amp;ge; 20 years</Inclusion_Criteria>
<Exclusion_Criteria>Exclusion criteria: Smokers</Exclusion_Criteria></Trial></Trials_downloaded_from_ICTRP>
"""
CSV = (
    "NCT Number,Study Title,Study Status,Conditions,Interventions,Sponsor,Collaborators,Sex,Age,Phases,Enrollment,Study Type,Study Design,Start Date\r\n"
    'NCT90000701,"Air, one",RECRUITING,Asthma|Cough,DRUG: Air,Hill University,Vale Clinic,FEMALE,"ADULT, OLDER_ADULT",PHASE2|PHASE3,40,INTERVENTIONAL,Allocation: RANDOMIZED|Masking: DOUBLE,2024-03\r\n'
)
PLAIN = {"nct_id": "NCT90000701", "title": "Air one", "conditions": ["Asthma"], "interventions": ["Drug: Air"], "phase": "Phase 2/Phase 3", "status": "Recruiting", "sex": "FEMALE", "min_age": "18 Years", "max_age": "65 Years", "healthy_volunteers": False, "criteria": CRITERIA}
TYPED = "Title: Air one\nCondition: asthma; cough\nSex: women\nAges: 18 to 65 years\nPhase: 2\n\nInclusion criteria:\n- Asthma\n- Age ≥ 20 years\nExclusion criteria:\n- Smokers\n"


def _report(*paths: Path) -> ImportReport:
    return import_paths(paths, read_eligibility, READ_ON)


def _write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def _one(path: Path) -> Trial:
    report = _report(path)
    assert [problem.message for problem in report.problems if problem.kind != "unread-value"] == []
    (record,) = report.records
    return record


def _zipped(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


FORMS: dict[str, str | bytes] = {
    "study.json": json.dumps(STUDY), "array.json": json.dumps([STUDY], indent=1), "page.json": json.dumps({"studies": [STUDY], "nextPageToken": "x"}),
    "lines.jsonl": json.dumps(STUDY) + "\n", "study.json.gz": gzip.compress(json.dumps(STUDY).encode()), "study.xml": XML,
    "dump.zip": _zipped(**{"a/NCT90000701.json": json.dumps(STUDY), "readme.md": "x"}), "unlike its name.txt": json.dumps(STUDY), "study.xml.gz": gzip.compress(XML.encode()),
}


@each_row("name", FORMS)
def test_every_form_of_the_registry_gives_the_whole_record(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    record = _one(_write(tmp_path_factory.mktemp("forms"), name, FORMS[name]))
    plain = record.plain()
    assert (record.id, record.ids, record.title, record.official_title) == ("NCT90000701", ["NCT90000701", "AIR-1"], "Air one", "A trial of air")
    assert (record.status, record.study_type, record.phases, record.enrollment) == ("recruiting", "interventional", ["phase 2", "phase 3"], 40)
    assert (record.sponsor, record.collaborators, record.funder, record.regulated) == ("Hill University", ["Vale Clinic"], "other", True)
    assert (record.purpose, record.model, record.masking) == ("treatment", "parallel", "double")
    assert [str(plain[key]) for key in ("start", "completion", "first_received", "last_updated")] == ["2024-03", "2026-01-31", "2024-01-02", "2024-05-06"]
    assert record.source is not None
    assert str(record.source.current_as_of) == "2024-06-01"
    assert (record.conditions, record.keywords, record.summary) == (["Asthma"], ["air"], "About air.")
    assert [(one.type, one.name) for one in record.interventions] == [("drug", "Air")]
    assert [(one.label, one.type) for one in record.arms] == [("A", "experimental")]
    assert [(one.kind, one.measure, one.time_frame) for one in record.outcomes] == [("primary", "FEV1", "week 12")]
    assert [(one.facility, one.city, one.country, one.status) for one in record.locations] == [("Hill Clinic", "Hill", "Norway", "recruiting")]
    assert [(one.name, one.role) for one in record.officials] == [("A Person", "study chair")]
    assert _checks(record) == ["asthma", "age ≥ 20 years", "smoking current", "sex female", "age 18 to 65 years", "not healthy volunteer"]


def _checks(record: Trial) -> list[str]:
    return [criterion.check for criterion in record.criteria]


def test_an_export_of_the_who_is_read(tmp_path: Path) -> None:
    record = _one(_write(tmp_path, "export.xml", ICTRP))
    assert (record.id, record.enrollment, record.phases, str(record.first_received)) == ("ChiCTR2000090701", 40, ["phase 2"], "2020-02-17")
    assert [(one.type, one.name) for one in record.interventions] == [("", "air"), ("", "water"), ("drug", "salt")]
    assert [one.country for one in record.locations] == ["Norway", "Iceland"]
    assert _checks(record) == ["asthma", "age ≥ 20 years", "smoking current", "sex female", "age 18 to 65 years"]


def test_a_line_of_an_export_goes_on_where_only_its_end_is_marked(tmp_path: Path) -> None:
    text = "Inclusion Criteria:&lt;br&gt;\n&lt;br&gt;   - Asthma that was first\n&lt;br&gt;     seen in childhood\n&lt;br&gt;\n&lt;br&gt;   - Adults"
    before, _, behind = ICTRP.partition("<Inclusion_Criteria>")
    record = _one(_write(tmp_path, "export.xml", f"{before}<Inclusion_Criteria>{text}</Inclusion_Criteria>{behind.partition('</Inclusion_Criteria>')[2]}"))
    assert [one.text for one in record.criteria if one.kind == "inclusion"] == ["Asthma that was first seen in childhood", "Adults"]


def test_a_table_says_that_it_holds_no_criteria(tmp_path: Path) -> None:
    report = _report(_write(tmp_path, "ctg-studies.csv", CSV))
    (record,) = report.records
    assert (record.title, record.conditions, record.phases, record.masking) == ("Air, one", ["Asthma", "Cough"], ["phase 2", "phase 3"], "double")
    assert "missing" in {problem.kind for problem in report.problems}


@each_row(("name", "content"), [("a.jsonl", json.dumps(PLAIN)), ("by hand.txt", TYPED), ("page.html", f"<!DOCTYPE html><html><head><title>x</title></head><body><p>{TYPED.replace(chr(10), '</p><p>')}</p><script>no</script></body></html>")])
def test_plain_records_and_typed_trials_are_read(name: str, content: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    record = _one(_write(tmp_path_factory.mktemp("plain"), name, content))
    assert record.title == "Air one"
    assert [one.name for one in record.interventions] == (["Air"] if name == "a.jsonl" else [])
    assert _checks(record)[:5] == ["asthma", "age ≥ 20 years", "smoking current", "sex female", "age 18 to 65 years"]


BARE = "Air one\nCondition: asthma; cough\n\nAn own paragraph.\n\nKey inclusion criteria\n- Asthma\n- Age ≥ 20 years\nKey exclusion criteria\n- Smokers\n"
BENEATH = "Title\nAir one\nCondition\nasthma\n\nEligibility\n- Asthma\n- Age ≥ 20 years\nExclusion\n- Smokers\n"
MARKED = "# Air one\n\n**Condition:** asthma\n\n## Inclusion criteria\n\n* Asthma\n* Age ≥ 20 years\n\n## Exclusion criteria\n\n* Smokers\n"


@each_row("text", [BARE, BENEATH, MARKED])
def test_a_trial_is_typed_in_many_ways(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    record = _one(_write(tmp_path_factory.mktemp("typed"), "typed.txt", text))
    assert (record.title, record.conditions[0]) == ("Air one", "asthma")
    assert [(one.kind, one.text) for one in record.criteria] == [("inclusion", "Asthma"), ("inclusion", "Age ≥ 20 years"), ("exclusion", "Smokers")]


TABBED = "NCT90000701\nTitle\tAir one\nCondition - asthma\nPhase: 2\nStatus: open\nGender: F\nContact: Ann Lee\nCountry: Norway\nInclusion criteria\n- Asthma\nExclusion criteria\n- Smokers\n"


def test_a_pasted_first_page_gives_its_fields_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    report = _report(_write(tmp_path, "typed.txt", TABBED))
    (record,) = report.records
    assert (record.id, record.title, record.conditions, record.phases, record.status, record.sex) == ("NCT90000701", "Air one", ["asthma"], ["phase 2"], "recruiting", "female")
    assert [one.country for one in record.locations] == ["Norway"]
    assert [(one.place, one.kind, "Ann" in one.message) for one in report.problems] == [("Contact", "unread-value", False)]


@each_row("text", ["Dear nurse,\nInclusion criteria: adults", "Air one\nNorth Clinic\nCondition: asthma\nInclusion criteria:\n- Asthma", "Air one\nInclusion criteria:\n- Asthma"])
def test_a_letter_is_no_typed_trial(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    report = _report(_write(tmp_path_factory.mktemp("letters"), "letter.txt", text))
    assert [problem.kind for problem in report.problems] == ["unknown-format"]


@each_row(("groups", "bounds"), [("ADULT, OLDER_ADULT", (18, None)), ("CHILD", (None, 17)), ("Child, Adult, Older Adult", (None, None)), ("OLDER_ADULT", (65, None)), ("20 Years to 60 Years   (Adult)", (20, 60))])
def test_age_groups_of_a_table_leave_out_whom_they_do_not_name(groups: str, bounds: tuple[int | None, int | None], tmp_path_factory: pytest.TempPathFactory) -> None:
    report = _report(_write(tmp_path_factory.mktemp("ages"), "ctg-studies.csv", CSV.replace("ADULT, OLDER_ADULT", groups)))
    (record,) = report.records
    assert (record.min_age, record.max_age) == bounds
    assert {problem.kind for problem in report.problems} == {"missing"}


def test_a_page_of_tables_is_read_as_its_site_sets_them(tmp_path: Path) -> None:
    rows = (("Status", "Recruiting"), ("Enrollment", "40"), ("Gender", "All"), ("Eligibility", "Inclusion Criteria:<br>1. Asthma<br>2. Age ≥ 20 years"))
    table = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in rows)
    page = f"<!doctype html><html><body><h1>Asthma Clinical Trial</h1><p>Official title:</p><p>Air one</p><table>{table}</table></body></html>"
    record = _one(_write(tmp_path, "page.html", page))
    assert (record.title, record.status, record.enrollment) == ("Air one", "recruiting", 40)
    assert [one.text for one in record.criteria] == ["Asthma", "Age ≥ 20 years"]


@each_row("around", ["<pre>{}</pre>", '<div style="white-space: pre-line"><div>{}</div></div>', '<p class="mt-2 whitespace-pre-wrap">{}</p>'])
def test_lines_that_a_page_sets_as_they_stand_are_kept(around: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    record = _one(_write(tmp_path_factory.mktemp("lines"), "page.html", f"<!doctype html><html><body><nav>Home</nav>{around.format(TYPED.replace('≥', '&ge;'))}<p>Foot</p></body></html>"))
    assert [one.text for one in record.criteria if one.kind == "inclusion"] == ["Asthma", "Age ≥ 20 years"]


@each_row(("text", "ids", "broken"), [
    ('[{"protocolSection": {"a": }},\n' + json.dumps({**PLAIN, "nct_id": "NCT90000702"}) + "]", ["NCT90000702"], ["line 1"]),
    ('{"totalCount": 2, "studies": [' + json.dumps(STUDY) + ', {"protocolSection": tru}], "nextPageToken": "x"}\n' + json.dumps({"studies": [STUDY]}), ["NCT90000701"], ["line 1"]),
    ('{"studies": [' + json.dumps(STUDY), ["NCT90000701"], ["line 1"]),
    ("[]", [], ["file"]),
])
def test_a_list_goes_on_past_a_bad_study_and_says_where_it_breaks_off(text: str, ids: list[str], broken: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    report = _report(_write(tmp_path_factory.mktemp("lists"), "studies.json", text))
    assert sorted({record.id for record in report.records}) == ids
    assert [problem.place for problem in report.problems if problem.refused] == broken


@each_row(("said", "phases"), [("II", ["phase 2"]), ("{'phase': 'I_II', 'other': None}", ["phase 1", "phase 2"]), ("{'phase': 'NA', 'other': None}", []), ("['Phase 1', 'Phase 2']", ["phase 1", "phase 2"])])
def test_a_phase_is_read_in_its_code(said: str, phases: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    assert _one(_write(tmp_path_factory.mktemp("phases"), "a.jsonl", json.dumps({**PLAIN, "phase": said}))).phases == phases


def test_one_bad_record_does_not_stop_the_rest(tmp_path: Path) -> None:
    lines = [json.dumps(STUDY), '{"nct_id": "NCT9", broken', '["x"]', json.dumps({**PLAIN, "nct_id": "NCT90000702"}), '{"protocolSection": {"designModule": 3}}', json.dumps({**PLAIN, "nct_id": "NCT90000703"})]
    report = _report(_write(tmp_path, "many.jsonl", "\n".join(lines)))
    assert {"NCT90000701", "NCT90000702", "NCT90000703"} <= {record.id for record in report.records}
    assert ("line 2", "invalid") in {(problem.place, problem.kind) for problem in report.problems}


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><clinical_study><brief_title>&b;</brief_title></clinical_study>'
HOSTILE: dict[str, str | bytes] = {
    "bomb.xml": BOMB, "utf16.xml": BOMB.encode("utf-16"), "cut.xml": XML[:900], "other.xml": "<svg></svg>", "deep.xml": "<clinical_study>" * 5000,
    "deep.json": "[" * 100_000, "cut.json": json.dumps(STUDY)[:400], "number.json": '{"nct_id": ' + "9" * 5000 + "}", "cut.gz": gzip.compress(b"x" * 1000)[:20],
    "damaged.zip": FORMS["dump.zip"][:120], "inner.zip": _zipped(**{"inner.zip": "x"}), "empty.zip": _zipped(**{"readme.md": "x"}),
    "strange.xml": "<?xml version='1.0' encoding='cp037'?><clinical_study/>", "quote.csv": 'NCT Number,a,b,c,d\n"' + "x" * 3_000_000,
    "preface.xml": f"<!--{'x' * 1_100_000}-->{BOMB.partition('?>')[2]}", "text.json": json.dumps({**PLAIN, "criteria": "Age > 18\n" * 30_000}),
    "path.zip": _zipped(**{"../../../etc/x.json": '{"a": 1}'}), "zeros.gz": gzip.compress(b"\0" * 10_000_000), "text.html": "<html><body>hello</body></html>",
}


@each_row("name", HOSTILE)
def test_a_hostile_file_gives_one_clear_line(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    report = _report(_write(folder, name, HOSTILE[name]))
    assert not report.records
    assert [problem.refused for problem in report.problems] == [True]
    assert "\n" not in report.problems[0].message
    assert len(report.problems[0].message) < 300
    assert sorted(path.name for path in folder.iterdir()) == [name]


def test_half_a_character_becomes_a_sign_that_a_file_can_hold(tmp_path: Path) -> None:
    text = json.dumps({**PLAIN, "title": "A\ud83d\ude00 b\ud800 c\udc00"})
    assert _one(_write(tmp_path, "a.json", text)).title == "A\U0001f600 b\ufffd c\ufffd"


def test_a_file_that_lost_its_signs_is_noticed_as_a_file(tmp_path: Path) -> None:
    lost = [{**PLAIN, "nct_id": f"NCT9000080{n}", "criteria": "Inclusion Criteria:\n* Age = 18 years\n* Hemoglobin ? 9 g/dL"} for n in range(5)]
    kept = [{**one, "criteria": CRITERIA} for one in lost]
    said = [*kept, {**PLAIN, "nct_id": "NCT90000810", "operators_lossy": True}, {**PLAIN, "nct_id": "NCT90000811", "operators_lossy": False}]
    gone = [{**one, "criteria": "Inclusion Criteria:\n* Age  18 years\n* Platelets (  100 x 10^9/L)"} for one in lost]
    for name, records, kinds in (("lost.jsonl", lost, ["lost-signs"]), ("gone.jsonl", gone, ["lost-signs"]), ("kept.jsonl", kept, []), ("said.jsonl", said, ["lost-signs"])):
        report = _report(_write(tmp_path, name, "\n".join(map(json.dumps, records))))
        assert [problem.kind for problem in report.problems] == kinds


def _sections_only(sections: Sequence[tuple[str, str]]) -> list[Any]:
    return []


@each_row(("name", "count"), [("ctgov-v2", 615), ("ctgov-xml", 58), ("ictrp", 200)])
def test_the_shared_files_import(name: str, count: int) -> None:
    if not SHARED.exists():
        pytest.skip("../shared/data is not here")
    report = import_paths([SHARED / name], _sections_only, READ_ON)
    assert len(report.records) == count
    assert {problem.kind for problem in report.problems} <= {"unread-value", "duplicate", "lost-signs", "missing"}
