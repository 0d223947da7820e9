"""Procedures, allergies, the family's diseases and other studies."""

from __future__ import annotations

from judging import EX, IN, Facts, Row, allergy, complete, condition, merged, procedure, relative, study, verdict
from rows import each_row

DONE, FREE, FAMILY, STUDIES = (
    complete(procedures=True), complete(allergies=True), complete(family_history=True), complete(trials=True),
)
SHOWS = "kidney biopsy within 24 months showing III, IV or V"

PROCEDURES: list[Row] = [
    (SHOWS, IN, procedure("kidney biopsy", "2026-03-02", finding="class IV lupus nephritis"), "pass holds"),
    (SHOWS, IN, procedure("kidney biopsy", "2024-11-21", finding="class IV lupus nephritis"), "pass holds"),
    (SHOWS, IN, merged(DONE, procedure("kidney biopsy", "2024-11-20", finding="class IV lupus nephritis")), "fail violated"),
    (SHOWS, IN, merged(DONE, procedure("kidney biopsy", "2026-03-02", finding="class II lupus nephritis")), "fail violated"),
    (SHOWS, IN, merged(DONE, procedure("kidney biopsy", "2026-03-02")), "unknown not-recorded"),
    (SHOWS, IN, merged(DONE, procedure("kidney biopsy", "2026-03-02", finding="possible class IV")), "unknown imprecise"),
    (SHOWS, IN, merged(DONE, procedure("kidney biopsy", finding="class IV")), "unknown partial-date"),
    (SHOWS, IN, merged(DONE, procedure("kidney biopsy", "2024", finding="class IV")), "unknown partial-date"),
    (SHOWS, IN, DONE, "fail violated"),
    (SHOWS, IN, {}, "unknown not-recorded"),
    (SHOWS, IN, merged(DONE, procedure("biopsy", "2026-03-02", finding="class IV")), "unknown imprecise"),
    ("chest X-ray showing infiltrate", IN, merged(DONE, procedure("chest radiograph", "2026-11-20", finding="no infiltrate; tube in place")), "fail violated"),
    ("chest X-ray showing infiltrate", EX, merged(DONE, procedure("chest radiograph", "2026-11-20", finding="infiltrate not seen")), "pass violated"),
    ("chest X-ray showing infiltrate", EX, procedure("chest radiograph", "2026-11-20", finding="right basal infiltrate"), "fail holds"),
    ("chest X-ray showing infiltrate", EX, merged(DONE, procedure("chest radiograph", "2026-11-20", finding="normal")), "unknown imprecise"),
    ("underwent major surgery within 1 month", EX, merged(DONE, procedure("appendectomy", "2020-05-01")), "pass violated"),
    ("underwent surgery within 1 month", EX, procedure("appendectomy", "2026-11-01"), "fail holds"),
    ("underwent surgery within 1 month", EX, procedure("surgery", status="absent", date="2026-10-01"), "pass violated"),
    ("underwent surgery within 1 month", EX, procedure("surgery", status="absent", date="2026-11-01"), "unknown not-recorded"),
    ("underwent surgery within 1 month", EX, procedure("appendectomy", status="absent"), "unknown not-recorded"),
    ("underwent appendectomy", EX, procedure("appendectomy", status="absent"), "pass violated"),
    ("underwent radiotherapy within 30 days", EX, procedure("radiotherapy", "2026-09-01", until="2026-10-25"), "fail holds"),
    ("underwent intrauterine device insertion within 12 weeks", EX, merged(DONE, procedure("intrauterine device insertion", "2024-01-01")), "unknown partial-date"),
    ("underwent intrauterine device insertion within 12 weeks", EX, merged(DONE, procedure("intrauterine device insertion", "2024-01-01", until="2025-01-01")), "pass violated"),
    ("underwent intrauterine device insertion within 12 weeks", EX, procedure("intrauterine device insertion", "2026-11-01"), "fail holds"),
    ("underwent intrauterine device insertion", EX, procedure("intrauterine device insertion", "2024-01-01"), "fail holds"),
    ("underwent radiotherapy within 30 days", EX, merged(DONE, procedure("radiotherapy", "2026-09-01", until="2026-10-12")), "pass violated"),
    ("underwent lumbar puncture within 12 hours", EX, merged(DONE, procedure("lumbar puncture", "2026-11-20")), "unknown partial-date"),
    ("underwent lumbar puncture within 12 hours", EX, merged(DONE, procedure("lumbar puncture", "2026-11-19")), "pass violated"),
    ("underwent lumbar puncture within 12 hours", EX, merged(DONE, procedure("lumbar puncture", "2026-11-21")), "unknown partial-date"),
    ("underwent lumbar puncture within 48 hours", EX, procedure("lumbar puncture", "2026-11-20"), "fail holds"),
    ("underwent lumbar puncture within 48 hours", EX, merged(DONE, procedure("lumbar puncture", "2026-11-19")), "unknown partial-date"),
    ("underwent lumbar puncture over 12 hours ago", IN, merged(DONE, procedure("lumbar puncture", "2026-11-20")), "unknown partial-date"),
    ("underwent lumbar puncture over 12 hours ago", IN, procedure("lumbar puncture", "2026-11-19"), "pass holds"),
]

ALLERGIES: list[Row] = [
    ("allergy to tacrolimus", EX, allergy("tacrolimus"), "fail holds"),
    ("allergy to macrolides", EX, allergy("clarithromycin"), "fail holds"),
    ("allergy to clarithromycin", EX, allergy("macrolides"), "unknown imprecise"),
    ("allergy to tacrolimus", EX, merged(FREE, allergy("penicillin")), "pass violated"),
    ("allergy to tacrolimus", EX, allergy("penicillin"), "unknown not-recorded"),
    ("allergy to tacrolimus", EX, merged(FREE, allergy("qwxz")), "unknown not-recorded"),
    ("allergy to tacrolimus", EX, allergy("tacrolimus", "absent"), "pass violated"),
    ("allergy to clarithromycin", EX, allergy("macrolides", "absent"), "pass violated"),
    # What is no drug is none of the drugs, penicillin no protein and no part of another product; what may be in it is asked.
    ("allergy to paclitaxel", EX, merged(FREE, allergy("latex")), "pass violated"),
    ("allergy to paclitaxel", EX, allergy("latex"), "unknown not-recorded"),
    ("allergy to antibiotics", EX, merged(FREE, allergy("peanut allergy")), "pass violated"),
    ("allergy to NSAIDs", EX, merged(FREE, allergy("bee venom"), allergy("shellfish")), "pass violated"),
    ("allergy to propofol", EX, merged(FREE, allergy("egg")), "unknown not-recorded"),
    ("allergy to influenza vaccines", EX, merged(FREE, allergy("eggs")), "unknown not-recorded"),
    ("allergy to omega-3 fatty acids", EX, merged(FREE, allergy("fish")), "unknown not-recorded"),
    ("allergy to platinum compounds", EX, merged(FREE, allergy("nickel")), "unknown not-recorded"),
    ("allergy to investigational drugs", EX, merged(FREE, allergy("peanuts")), "unknown not-recorded"),
    ("allergy to investigational drugs", EX, merged(FREE, allergy("penicillin")), "unknown imprecise"),
    ("allergy to investigational drugs", EX, FREE, "pass violated"),
    ("allergy to latex", EX, merged(FREE, allergy("peanuts")), "pass violated"),
    ("allergy to peanuts", EX, merged(FREE, allergy("nuts")), "unknown not-recorded"),
    ("allergy to eggs", EX, allergy("egg allergy"), "fail holds"),
    ("allergy to any component of Gardasil", EX, merged(FREE, allergy("penicillin")), "pass violated"),
    ("allergy to any component of Gardasil", EX, merged(FREE, allergy("neomycin")), "unknown not-recorded"),
    ("allergy to any component of Gardasil", EX, merged(FREE, allergy("latex")), "unknown not-recorded"),
    ("allergy to any component of Augmentin", EX, merged(FREE, allergy("penicillin")), "unknown not-recorded"),
    ("allergy to any component of the study drug", EX, merged(FREE, allergy("penicillin")), "unknown not-recorded"),
    ("allergy to any of its excipients", EX, merged(FREE, allergy("ibuprofen")), "pass violated"),
    ("allergy to any of its excipients", EX, merged(FREE, allergy("lidocaine")), "unknown not-recorded"),
    ("allergy to yeast-derived products", EX, merged(FREE, allergy("codeine")), "pass violated"),
    ("allergy to murine proteins", EX, merged(FREE, allergy("amoxicillin")), "pass violated"),
    ("allergy to murine proteins", EX, merged(FREE, allergy("rituximab")), "unknown not-recorded"),
    ("allergy to macrolides", EX, allergy("clarithromycin", "absent"), "unknown not-recorded"),
    ("allergy to tacrolimus or allergy to \"qwxz\"", EX, merged(allergy("tacrolimus", "absent"), allergy("penicillin")), "unknown not-recorded"),
    ("allergy to tacrolimus", EX, merged(allergy("tacrolimus", "absent"), allergy("Prograf")), "unknown conflict"),
    ("allergy to macrolides other than (clarithromycin)", EX, merged(FREE, allergy("clarithromycin")), "pass violated"),
    ("allergy to macrolides other than (any by oral)", EX, merged(FREE, allergy("clarithromycin")), "unknown not-recorded"),
    ("allergy to macrolides other than (any dose ≤ 5 mg/day)", EX, merged(FREE, allergy("clarithromycin")), "unknown not-recorded"),
]

LASTING: list[Row] = [
    ("underwent dialysis within 4 weeks", EX, merged(DONE, procedure("hemodialysis", "2026-09-01")), "unknown partial-date"),
    ("undergoing dialysis", EX, DONE, "pass violated"),
    ("undergoing dialysis", EX, merged(DONE, procedure("hemodialysis", "2026-09-01")), "unknown not-recorded"),
    ("undergoing dialysis", EX, merged(DONE, procedure("hemodialysis", "2026-09-01", until="2026-09-20")), "pass violated"),
    ("undergoing dialysis", IN, merged(DONE, procedure("hemodialysis", "2026-09-01", until="2026-11-21")), "unknown not-recorded"),
    ("underwent surgery that is of hip", EX, DONE, "pass violated"),
    ("underwent surgery that is of hip", EX, merged(DONE, procedure("appendectomy", "2026-09-01")), "unknown not-recorded"),
    ("underwent dialysis within 4 weeks", EX, merged(DONE, procedure("hemodialysis", "2026-09-01", until="2026-09-20")), "pass violated"),
    ("underwent dialysis within 4 weeks", EX, procedure("hemodialysis", "2026-09-01", until="2026-11-01"), "fail holds"),
    ("underwent dialysis within 4 weeks", EX, procedure("hemodialysis", "2026-11-01"), "fail holds"),
    ("underwent mechanical ventilation within 1 year", EX, merged(DONE, procedure("mechanical ventilation", "2020-01-01")), "unknown partial-date"),
    ("underwent psychotherapy within 4 weeks", EX, merged(DONE, procedure("cognitive behavioral therapy", "2025")), "unknown partial-date"),
    ("underwent radiotherapy within 4 weeks", EX, merged(DONE, procedure("pelvic irradiation", "2026-09-01")), "unknown partial-date"),
    ("underwent radiotherapy within 4 weeks", EX, merged(DONE, procedure("pelvic irradiation", "2025")), "pass violated"),
    ("underwent radiotherapy within 4 weeks", EX, merged(DONE, procedure("radiotherapy", "2026-10-12", finding="30 Gy, last fraction")), "pass violated"),
    ("underwent radiotherapy within 4 weeks", EX, merged(DONE, procedure("radiotherapy", "2026-10-12", finding="not completed")), "unknown partial-date"),
    ("underwent surgery within 4 weeks", EX, merged(DONE, procedure("appendectomy", "2026-09-01")), "pass violated"),
]

ELSEWHERE: list[Row] = [
    ("allergy to penicillins", EX, merged(FREE, condition("penicillin allergy")), "fail holds"),
    ("allergy to penicillins", EX, merged(FREE, condition("hypersensitivity to amoxicillin")), "fail holds"),
    ("allergy to penicillins", EX, merged(FREE, condition("penicillin allergy", "suspected")), "unknown imprecise"),
    ("allergy to penicillins", EX, merged(FREE, condition("penicillin allergy", "absent")), "pass violated"),
    ("allergy to penicillins", EX, merged(FREE, condition("drug allergy")), "unknown imprecise"),
    ("allergy to penicillins", EX, merged(FREE, condition("allergic rhinitis")), "pass violated"),
    ("allergy to macrolides", EX, merged(FREE, condition("penicillin allergy")), "pass violated"),
    ("allergy to antibiotics other than (trimethoprim)", EX, allergy("co-trimoxazole"), "fail holds"),
]

RELATIVES: list[Row] = [
    ("family history of breast cancer", EX, relative("breast cancer", relation="mother"), "fail holds"),
    ("family history of breast cancer", EX, FAMILY, "pass violated"),
    ("family history of breast cancer", EX, {}, "unknown not-recorded"),
    ("family history of breast cancer", EX, relative("breast cancer", status="absent"), "pass violated"),
    ("family history of breast cancer", EX, relative("breast cancer", status="absent", relation="mother"), "unknown not-recorded"),
    ("family history of breast cancer in mother", IN, relative("breast cancer", relation="mother"), "pass holds"),
    ("family history of breast cancer in mother", IN, merged(FAMILY, relative("breast cancer")), "unknown imprecise"),
    ("family history of breast cancer in mother or sister", EX, relative("breast cancer", status="absent", relation="mother"), "unknown not-recorded"),
    (
        "family history of breast cancer in mother or sister", EX,
        merged(relative("breast cancer", status="absent", relation="mother"), relative("breast cancer", status="absent", relation="sister")),
        "pass violated",
    ),
    ("family history of breast cancer in first-degree relative", EX, relative("breast cancer", relation="mother"), "fail holds"),
    ("family history of breast cancer in first-degree relative", EX, relative("breast cancer", relation="aunt"), "unknown not-recorded"),
    ("family history of breast cancer in first-degree relative", EX, merged(FAMILY, relative("breast cancer", relation="aunt")), "pass violated"),
    ("family history of breast cancer in first-degree relative", IN, merged(FAMILY, relative("breast cancer", relation="paternal grandmother")), "fail violated"),
    ("family history of breast cancer in first-degree relative", EX, merged(FAMILY, relative("breast cancer", relation="half-sister")), "unknown imprecise"),
    ("family history of breast cancer in mother or sister", EX, merged(FAMILY, relative("breast cancer", relation="brother")), "pass violated"),
    ("family history of breast cancer in mother or sister", EX, merged(FAMILY, relative("breast cancer", relation="parent")), "unknown imprecise"),
    ("family history of breast cancer in sibling", EX, merged(FAMILY, relative("breast cancer", relation="relative")), "unknown imprecise"),
    ("family history of breast cancer in first-degree relative", EX, relative("breast cancer", relation="half-sister"), "unknown imprecise"),
    ("family history of breast cancer in second-degree relative", EX, relative("breast cancer", relation="maternal aunt"), "fail holds"),
    ("family history of breast cancer in parent or sibling", EX, relative("breast cancer", relation="brother"), "fail holds"),
    ("family history of breast cancer in first-degree relative", EX, relative("breast cancer", status="absent", relation="mother"), "unknown not-recorded"),
    ("breast cancer", EX, merged(complete(conditions=True), relative("breast cancer")), "pass violated"),
    ("family history of malignancy", EX, relative("breast cancer"), "fail holds"),
    *(("family history of breast cancer", EX, merged(FAMILY, relative("breast cancer", relation=one)), "unknown imprecise") for one in ("wife", "ex-husband", "mother-in-law", "stepsister", "adoptive mother", "foster parent", "husband's aunt", "brother's wife")),
    *(("family history of breast cancer", EX, merged(FAMILY, relative("breast cancer", relation=one)), "fail holds") for one in ("half-sister", "maternal aunt", "mother's sister", "cousin")),
]

TRIALS: list[Row] = [
    ("current participation in trial", EX, study(name="a", start="2026-05"), "fail holds"),
    ("current participation in trial", EX, merged(STUDIES, study(name="a", start="2026-05", stop="2026-08")), "pass violated"),
    ("current participation in trial", EX, merged(STUDIES, study(name="a")), "unknown not-recorded"),
    ("current participation in trial", EX, {}, "unknown not-recorded"),
    ("current participation in trial", EX, complete(trials="current"), "pass violated"),
    ("participation in trial", EX, study(name="a"), "fail holds"),
    ("participation in trial within 30 days", EX, study(name="a", start="2026-05", stop="2026-10-22"), "fail holds"),
    ("participation in trial within 30 days", EX, merged(STUDIES, study(name="a", start="2026-05", stop="2026-10-21")), "pass violated"),
    ("participation in trial within 30 days", EX, merged(STUDIES, study(name="a")), "unknown partial-date"),
    ("participation in trial within 30 days", EX, complete(trials="current"), "unknown not-recorded"),
    ("participation in drug trial", EX, study(name="a", kind="drug", start="2026-05"), "fail holds"),
    ("participation in drug trial", EX, merged(STUDIES, study(name="a", kind="observational", start="2026-05")), "pass violated"),
    ("participation in drug trial", EX, merged(STUDIES, study(name="a", start="2026-05")), "unknown not-recorded"),
    ("participation in drug or device trial", EX, study(kind="device", start="2026-05"), "fail holds"),
    ("participation in trial of tacrolimus", EX, study(drug="Prograf", start="2026-05"), "fail holds"),
    ("participation in trial of tacrolimus", EX, merged(STUDIES, study(drug="rituximab", start="2026-05")), "pass violated"),
    ("participation in trial of tacrolimus", EX, merged(STUDIES, study(name="a", start="2026-05")), "unknown not-recorded"),
    ("participation in behavioural trial", EX, study(name="iron", drug="ferric carboxymaltose", start="2026-09"), "unknown not-recorded"),
    ("participation in drug trial", EX, study(name="iron", drug="ferric carboxymaltose", start="2026-09"), "fail holds"),
    ("participation in interventional trial", EX, study(name="iron", drug="ferric carboxymaltose", start="2026-09"), "fail holds"),
    ("participation in interventional trial", EX, study(name="a", kind="device", start="2026-05"), "fail holds"),
    ("participation in interventional trial", EX, merged(STUDIES, study(name="a", kind="observational", start="2026-05")), "pass violated"),
    ("participation in interventional trial", EX, study(name="a", kind="observational", start="2026-05"), "unknown not-recorded"),
    ("participation in interventional trial", EX, merged(STUDIES, study(name="a", start="2026-05")), "unknown not-recorded"),
    ("current participation in trial", EX, merged(STUDIES, study(name="a", kind="observational", start="2026-05")), "review ambiguous"),
]

ROWS = PROCEDURES + LASTING + ALLERGIES + ELSEWHERE + RELATIVES + TRIALS


@each_row(("check", "kind", "facts", "expected"), ROWS)
def test_what_surrounds_a_patient_is_judged(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, facts) == expected
