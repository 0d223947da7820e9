"""Lines of therapy: what makes two courses two lines for certain, and what makes them no more than one."""

from __future__ import annotations

from judging import EX, IN, Facts, Row, complete, condition, drug, merged, procedure, study, verdict
from rows import each_row

ALL = complete(medications=True)
MORE_THAN_ONE = 'any use of cytotoxic chemotherapy that is "in more than 1 line"'
DOXORUBICIN = drug("doxorubicin", start="2025-03-04", stop="2025-07-15")
METASTATIC = drug("doxorubicin", start="2025-03-04", stop="2025-07-15", setting="metastatic")
SECOND = drug("docetaxel", start="2025-09-01", stop="2025-12-01", setting="metastatic")
FAILED = drug("doxorubicin", start="2025-03-04", stop="2025-07-15", setting="metastatic", stop_reason="progression")
TWO_AT_ONCE = 'current use of antihypertensives that is "in at least 2 drugs"'
TWO = merged(drug("amlodipine"), drug("lisinopril"))
LINES: list[Row] = [
    (f"not {MORE_THAN_ONE}", IN, merged(ALL, DOXORUBICIN), "pass holds"),
    (f"not {MORE_THAN_ONE}", IN, DOXORUBICIN, "unknown not-recorded"),
    (f"not {MORE_THAN_ONE}", IN, merged(ALL, DOXORUBICIN, drug("docetaxel", start="2025-09-01", stop="2025-12-01")), "unknown not-recorded"),
    (f"not {MORE_THAN_ONE}", IN, merged(ALL, DOXORUBICIN, drug("qwxzumab", start="2025-09-01")), "unknown not-recorded"),
    (f"not {MORE_THAN_ONE}", IN, merged(ALL, drug("doxorubicin", status="past")), "unknown not-recorded"),
    (f"not {MORE_THAN_ONE}", IN, merged(ALL, drug("chemotherapy", start="2025-03-04", stop="2025-07-15")), "unknown not-recorded"),
    (f"not {MORE_THAN_ONE}", IN, merged(ALL, DOXORUBICIN, drug("cyclophosphamide", start="2025-03-04", stop="2025-07-15")), "pass holds"),
    (f"not {MORE_THAN_ONE}", IN, merged(ALL, drug("doxorubicin", start="2025-03", stop="2025-07"), drug("cyclophosphamide", start="2025-03", stop="2025-07")), "pass holds"),
    (f"not {MORE_THAN_ONE}", IN, merged(ALL, drug("doxorubicin", start="2025-03", stop="2025-03"), drug("docetaxel", start="2025-03", stop="2025-03")), "unknown not-recorded"),
    (f"not {MORE_THAN_ONE}", IN, merged(ALL, drug("doxorubicin", start="2024", stop="2024"), drug("docetaxel", start="2024", stop="2024")), "unknown not-recorded"),
    (f"not {MORE_THAN_ONE}", IN, merged(ALL, drug("doxorubicin", start="2023", stop="2025"), drug("docetaxel", start="2023", stop="2025")), "unknown not-recorded"),
    (f"not {MORE_THAN_ONE}", IN, merged(ALL, drug("doxorubicin", start="2024", stop="2024", stop_reason="progression"), drug("docetaxel", start="2024", stop="2024", stop_reason="progression")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(FAILED, SECOND), "fail holds"),
    (MORE_THAN_ONE, EX, merged(METASTATIC, SECOND), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(METASTATIC, drug("docetaxel", start="2025-10-01", stop="2025-12-01", setting="metastatic")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(METASTATIC, drug("docetaxel", start="2026-07-16", stop="2026-09-01", setting="metastatic")), "fail holds"),
    (MORE_THAN_ONE, EX, merged(METASTATIC, drug("docetaxel", start="2026-07", stop="2026-09", setting="metastatic")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(DOXORUBICIN, drug("docetaxel", start="2026-09-01", stop="2026-10-01")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(FAILED, drug("docetaxel", start="2025-09-01", setting="metastatic")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(FAILED, drug("docetaxel", start="2025-05-01", stop="2025-12-01", setting="metastatic")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(FAILED, drug("docetaxel", start="2025-09-01", stop="2025-12-01", setting="maintenance")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(FAILED, drug("docetaxel", start="2025-09-01", stop="2025-12-01", setting="conditioning before a transplant")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(FAILED, drug("docetaxel", start="2025-09-01", stop="2025-12-01", setting="second-line")), "fail holds"),
    (MORE_THAN_ONE, EX, merged(drug("paclitaxel", start="2025-03", stop="2025-07", stop_reason="progression"), SECOND), "fail holds"),
    (MORE_THAN_ONE, EX, merged(drug("paclitaxel", start="2025-03", stop="2025-07", response="inadequate"), SECOND), "fail holds"),
    (MORE_THAN_ONE, EX, merged(drug("paclitaxel", start="2025-03", stop="2025-07", stop_reason="toxicity"), SECOND), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(drug("paclitaxel", start="2025-03", stop="2025-07", stop_reason="completed"), SECOND), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(drug("doxorubicin", start="2025-03", stop="2025-07", setting="adjuvant", stop_reason="relapse"), SECOND), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(DOXORUBICIN, drug("docetaxel", start="2025-09-01", stop="2025-12-01")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(FAILED, drug("doxorubicin", start="2025-09-01", stop="2025-12-01", setting="metastatic")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(FAILED, drug("liposomal doxorubicin", start="2025-09-01", stop="2025-12-01", setting="metastatic")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(drug("FOLFOX", start="2025-03-04", stop="2025-07-15", stop_reason="progression"), drug("fluorouracil", start="2025-09-01", stop="2025-12-01", route="intravenous")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(drug("FOLFOX", start="2025-03-04", stop="2025-07-15", stop_reason="progression"), drug("FOLFIRI", start="2025-08-01", stop="2025-12-01")), "fail holds"),
    (MORE_THAN_ONE, EX, merged(drug("cisplatin", start="2025-03-04", stop="2025-07-15", route="intra-arterial", stop_reason="progression"), SECOND), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(drug("cisplatin", start="2025-03-04", stop="2025-07-15", route="iv", stop_reason="progression"), SECOND), "fail holds"),
    (MORE_THAN_ONE, EX, merged(drug("mitomycin", start="2025-03-04", stop="2025-07-15", stop_reason="relapse"), drug("cisplatin", start="2025-09-01", stop="2025-12-01")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(drug("FOLFOX", start="2025-03-04", stop="2025-07-15", stop_reason="progression", indication="colon cancer"), drug("docetaxel", start="2025-09-01", stop="2025-12-01", setting="metastatic", indication="breast cancer")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(drug("paclitaxel", start="2025-03-04", stop="2025-07-15", stop_reason="progression", indication="breast cancer"), drug("vinorelbine", start="2025-09-01", stop="2025-12-01", indication="metastatic breast cancer")), "fail holds"),
    (MORE_THAN_ONE, EX, merged(condition("breast cancer"), condition("colon cancer"), drug("paclitaxel", start="2025-03-04", stop="2025-07-15", stop_reason="progression"), drug("vinorelbine", start="2025-09-01", stop="2025-12-01")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(condition("breast cancer"), condition("brain metastases"), drug("paclitaxel", start="2025-03-04", stop="2025-07-15", stop_reason="progression"), drug("vinorelbine", start="2025-09-01", stop="2025-12-01")), "fail holds"),
    ('any use of cytotoxic chemotherapy that is "in at least 2 lines"', IN, merged(FAILED, SECOND), "pass holds"),
    ('any use of cytotoxic chemotherapy that is "in at least 3 lines"', IN, merged(FAILED, SECOND), "unknown not-recorded"),
    ('any use of cytotoxic chemotherapy that is "in at least 3 lines"', IN, merged(ALL, METASTATIC, SECOND), "fail violated"),
    ('any use of cytotoxic chemotherapy that is "in at least 3 courses"', EX, merged(FAILED, SECOND), "unknown not-recorded"),
    ('any use of taxanes that is "in at least 2 lines"', EX, merged(ALL, METASTATIC, SECOND), "pass violated"),
    ('any use of cytotoxic chemotherapy that is "in at least 2 lines" setting metastatic', EX, merged(FAILED, SECOND), "fail holds"),
    ('any use of cytotoxic chemotherapy that is "in at least 2 lines" setting "locally advanced or metastatic"', EX, merged(FAILED, SECOND), "fail holds"),
    ('any use of cytotoxic chemotherapy that is "in at least 2 lines" setting "locally advanced"', EX, merged(FAILED, SECOND), "unknown imprecise"),
    ('any use of cytotoxic chemotherapy that is "in more than 4 courses"', EX, merged(ALL, METASTATIC), "unknown not-recorded"),
    ('not any use of doxorubicin that is "in more than 4 courses"', IN, merged(ALL, METASTATIC), "unknown not-recorded"),
    ('any use of docetaxel that is "in at least 2 courses"', EX, merged(ALL, METASTATIC), "pass violated"),
    # what stands in other lists, or may be several courses
    (MORE_THAN_ONE, EX, merged(ALL, METASTATIC), "pass violated"),
    (MORE_THAN_ONE, EX, merged(ALL, METASTATIC, procedure("transarterial chemoembolization", "2026-01-01")), "unknown imprecise"),
    (MORE_THAN_ONE, EX, merged(ALL, METASTATIC, procedure("chemoradiotherapy", "2026-01-01")), "unknown imprecise"),
    (MORE_THAN_ONE, EX, merged(ALL, METASTATIC, procedure("autologous stem cell transplant", "2026-01-01")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(ALL, METASTATIC, procedure("HIPEC", "2026-01-01")), "unknown imprecise"),
    (MORE_THAN_ONE, EX, merged(ALL, METASTATIC, procedure("appendectomy", "2026-01-01")), "pass violated"),
    (MORE_THAN_ONE, EX, merged(ALL, METASTATIC, study(name="a study", start="2026-01-01")), "unknown not-recorded"),
    (MORE_THAN_ONE, EX, merged(ALL, METASTATIC, study(name="a study", kind="behavioural", start="2026-01-01")), "pass violated"),
    (MORE_THAN_ONE, EX, merged(ALL, drug("paclitaxel", start="2010", stop="2024")), "unknown not-recorded"),
    # a number alone
    ('any use of cytotoxic chemotherapy that is "in 1 line"', IN, merged(ALL, METASTATIC), "pass holds"),
    ('any use of cytotoxic chemotherapy that is "in 1 line"', IN, DOXORUBICIN, "unknown not-recorded"),
    ('any use of cytotoxic chemotherapy that is "in 1 line"', IN, merged(ALL, FAILED, SECOND), "unknown not-recorded"),
    ('any use of cytotoxic chemotherapy that is "in 2 lines"', IN, merged(ALL, FAILED, SECOND), "pass holds"),
    ('any use of cytotoxic chemotherapy that is "in 2 lines"', IN, merged(FAILED, SECOND), "unknown not-recorded"),
    ('any use of cytotoxic chemotherapy that is "in 2 lines"', IN, merged(ALL, DOXORUBICIN), "fail violated"),
    ('any use of cytotoxic chemotherapy that is "in 1 line"', IN, ALL, "fail violated"),
    # drugs of a class, of which none may be counted twice
    (TWO_AT_ONCE, EX, TWO, "fail holds"),
    (TWO_AT_ONCE, EX, merged(ALL, drug("amlodipine")), "pass violated"),
    (TWO_AT_ONCE, EX, drug("amlodipine"), "unknown not-recorded"),
    (TWO_AT_ONCE, EX, ALL, "pass violated"),
    (TWO_AT_ONCE, EX, merged(ALL, drug("amlodipine"), drug("Norvasc")), "pass violated"),
    (TWO_AT_ONCE, EX, merged(ALL, drug("amlodipine"), drug("lisinopril", status="past", stop="2020")), "pass violated"),
    (TWO_AT_ONCE, EX, merged(ALL, drug("lisinopril"), drug("ACE inhibitor")), "unknown not-recorded"),
    (TWO_AT_ONCE, EX, merged(ALL, drug("losartan/hydrochlorothiazide")), "unknown not-recorded"),
    (TWO_AT_ONCE, EX, merged(drug("losartan/hydrochlorothiazide"), drug("amlodipine")), "fail holds"),
    (TWO_AT_ONCE, EX, merged(ALL, drug("amlodipine"), drug("qwxzor")), "unknown not-recorded"),
    (f"not {TWO_AT_ONCE}", IN, TWO, "fail violated"),
    ('any use of antidepressants that is "in at least 2 drugs" response inadequate', IN, merged(drug("sertraline", response="inadequate"), drug("venlafaxine", status="past", response="none")), "pass holds"),
    ('any use of antidepressants that is "in at least 2 drugs" response inadequate', IN, merged(ALL, drug("sertraline", response="inadequate"), drug("venlafaxine", status="past")), "unknown not-recorded"),
]


@each_row(("check", "kind", "facts", "expected"), LINES)
def test_lines_are_counted(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, facts) == expected
