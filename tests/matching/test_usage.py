"""Routes that a drug has by itself, regular use, what one sex cannot have, statements that a fact answers, names and their parts."""

from __future__ import annotations

from judging import EX, IN, Facts, Row, complete, condition, drug, merged, procedure, verdict
from rows import each_row

ALL, MEDS, DONE = complete(conditions=True), complete(medications=True), complete(procedures=True)
MAN: Facts = {"sex": "male", "age": 40}
WOMAN: Facts = {"sex": "female", "age": 40}

ROUTES: list[Row] = [
    ("use of glucocorticoids by systemic", EX, drug("prednisone"), "fail holds"),
    ("use of glucocorticoids by oral", EX, drug("Medrol"), "fail holds"),
    ("use of glucocorticoids by topical", EX, merged(MEDS, drug("prednisone")), "pass violated"),
    ("use of antibiotics by systemic", EX, drug("amoxicillin"), "fail holds"),
    ("use of immunosuppressants by systemic", EX, drug("adalimumab"), "fail holds"),
    ("use of inhaled corticosteroids", EX, drug("Symbicort"), "fail holds"),
    ("use of inhaled corticosteroids", EX, merged(MEDS, drug("fluticasone", route="intranasal")), "pass violated"),
    ("use of glucocorticoids that is nasal", EX, drug("Nasonex"), "fail holds"),
    ("use of glucocorticoids other than (glucocorticoids by topical; glucocorticoids by inhaled)", EX, drug("prednisone"), "fail holds"),
    ("use of antibiotics by systemic", EX, drug("ciprofloxacin"), "unknown not-recorded"),
    ("use of antibiotics by intravenous", EX, drug("amoxicillin"), "unknown not-recorded"),
    ("use of glucocorticoids by systemic", EX, drug("prednisolone"), "unknown not-recorded"),
    ("use of inhaled corticosteroids", EX, drug("fluticasone"), "unknown not-recorded"),
    ("use of glucocorticoids by systemic", EX, drug("methylprednisolone"), "unknown not-recorded"),
]

BEGUN: list[Row] = [
    ('use of statins that is "started within 8 weeks" within 8 weeks', EX, drug("atorvastatin", start="2026-11-01"), "fail holds"),
    ('use of statins that is "started within 8 weeks" within 8 weeks', EX, merged(MEDS, drug("atorvastatin", start="2024-11-01")), "pass violated"),
    ('use of statins that is "started within 8 weeks" within 8 weeks', EX, merged(MEDS, drug("metformin", start="2026-11-01")), "pass violated"),
    ('use of statins that is "started within 8 weeks" within 8 weeks', EX, merged(MEDS, drug("atorvastatin")), "unknown not-recorded"),
    ('use of statins that is "changed within 4 weeks" within 4 weeks', EX, merged(MEDS, drug("atorvastatin", start="2024-11-01", stable_since="2026-11-10")), "fail holds"),
    ('use of statins that is "changed within 4 weeks" within 4 weeks', EX, merged(MEDS, drug("atorvastatin", start="2024-11-01", stable_since="2025-11-10")), "pass violated"),
    ('use of statins that is "changed within 4 weeks" within 4 weeks', EX, merged(MEDS, drug("atorvastatin", start="2024-11-01")), "unknown not-recorded"),
    ('use of statins that is "changed within 4 weeks" within 4 weeks', EX, merged(MEDS, drug("atorvastatin", start="2024-11-01", stable_since="2025-11-10", stop="2026-11-12")), "unknown not-recorded"),
    ("any use of cytotoxic chemotherapy setting breast cancer", EX, merged(ALL, condition("breast cancer"), drug("docetaxel", stop="2024-02-01")), "fail holds"),
    ('any use of cytotoxic chemotherapy that is "for breast cancer"', EX, merged(ALL, condition("breast cancer"), drug("docetaxel", stop="2024-02-01")), "fail holds"),
    ("any use of cytotoxic chemotherapy setting breast cancer", EX, merged(condition("breast cancer"), drug("docetaxel", stop="2024-02-01")), "unknown not-recorded"),
    ("any use of cytotoxic chemotherapy setting breast cancer", EX, merged(ALL, merged(condition("breast cancer"), condition("ovarian cancer")), drug("docetaxel", stop="2024-02-01")), "unknown not-recorded"),
    ("any use of cytotoxic chemotherapy setting metastatic breast cancer", EX, merged(ALL, condition("metastatic breast cancer"), drug("docetaxel", stop="2024-02-01")), "unknown not-recorded"),
    # a setting of one disease: the recorded setting, and the disease it was given for
    ("any use of cytotoxic chemotherapy setting metastatic breast cancer", EX, drug("docetaxel", stop="2024-02-01", setting="metastatic", indication="breast cancer"), "fail holds"),
    ("any use of cytotoxic chemotherapy setting MBC", EX, merged(ALL, condition("breast cancer"), drug("docetaxel", stop="2024-02-01", setting="metastatic")), "fail holds"),
    ('any use of cytotoxic chemotherapy setting "locally advanced or metastatic breast cancer"', EX, drug("docetaxel", stop="2024-02-01", setting="metastatic", indication="breast cancer"), "fail holds"),
    ("any use of cytotoxic chemotherapy setting metastatic breast cancer", EX, drug("docetaxel", stop="2024-02-01", setting="metastatic", indication="ovarian cancer"), "unknown imprecise"),
    ("any use of cytotoxic chemotherapy setting metastatic breast cancer", EX, merged(condition("breast cancer"), drug("docetaxel", stop="2024-02-01", setting="metastatic")), "unknown imprecise"),
    ("any use of cytotoxic chemotherapy setting metastatic breast cancer", EX, merged(MEDS, drug("docetaxel", stop="2024-02-01", setting="adjuvant", indication="breast cancer")), "pass violated"),
    ("any use of methotrexate setting breast cancer", EX, merged(ALL, condition("breast cancer"), drug("methotrexate", stop="2024-02-01")), "unknown not-recorded"),
    ("any use of PD-1 inhibitors that is discontinued due to toxicity", EX, drug("nivolumab", stop="2025-01-01", stop_reason="toxicity"), "fail holds"),
    ("any use of PD-1 inhibitors that is discontinued due to toxicity", EX, drug("nivolumab", stop="2025-01-01"), "unknown not-recorded"),
    ("any use of PD-1 inhibitors that is discontinued due to cardiac toxicity", EX, drug("nivolumab", stop="2025-01-01", stop_reason="toxicity"), "unknown not-recorded"),
    ("any use of PD-1 inhibitors that is discontinued due to toxicity", EX, merged(MEDS, drug("ibuprofen")), "pass violated"),
    ("use of drugs affecting body weight", EX, drug("olanzapine"), "fail holds"),
    ("use of drugs affecting body weight", EX, merged(MEDS, drug("amlodipine")), "unknown not-recorded"),
    ("use of drugs affecting body weight", EX, MEDS, "pass violated"),
    ("use of drugs affecting platelet function within 7 days", EX, merged(MEDS, drug("ibuprofen", start="2026-09-01", stop="2026-10-01")), "pass violated"),
    ('use of statins that is "started within 3 months" or "changed within 3 months" within 3 months', EX, drug("atorvastatin", start="2026-10-01"), "fail holds"),
    ("use of statins that is chronic", EX, drug("atorvastatin", start="2024-01-01"), "fail holds"),
    ("use of statins that is chronic", EX, drug("atorvastatin", start="2026-10-20"), "unknown not-recorded"),
    ("use of opioids that is chronic", EX, drug("oxycodone", start="2024-01-01"), "unknown not-recorded"),
    ("use of insulins that is on a daily basis", EX, drug("insulin glargine", start="2026-01-10"), "fail holds"),
    ("use of statins that is recent", EX, drug("atorvastatin"), "fail holds"),
    ("use of antibiotics that is recent", EX, merged(MEDS, drug("doxycycline", stop="2024-01-10")), "pass violated"),
    ("use of antibiotics that is recent", EX, merged(MEDS, drug("doxycycline", stop="2026-10-10")), "unknown not-recorded"),
    ('use of glucocorticoids that is "by any route"', EX, drug("fluticasone", route="inhaled"), "fail holds"),
    ('use of opioids that is "by any route of administration"', EX, drug("oxycodone"), "fail holds"),
    ('use of opioids that is "by any route"', EX, merged(MEDS, drug("metformin")), "pass violated"),
    ("past use of clozapine within 3 months", EX, merged(MEDS, drug("clozapine", start="2020-01-01", stop="2026-10-01")), "fail holds"),
    ("past use of clozapine within 3 months", EX, merged(MEDS, drug("clozapine", start="2020-01-01")), "review ambiguous"),
    ("past use of clozapine within 3 months", EX, merged(MEDS, drug("clozapine", stop="2022-01-01")), "pass violated"),
    ("use of colchicine that is in monotherapy", IN, merged(MEDS, drug("colchicine")), "pass holds"),
    ("use of colchicine that is in monotherapy", IN, merged(MEDS, drug("colchicine"), drug("warfarin")), "unknown not-recorded"),
    ("use of colchicine that is in monotherapy", IN, drug("colchicine"), "unknown not-recorded"),
    ("any use of CD22-targeted therapy", EX, drug("inotuzumab ozogamicin", stop="2025-01-01"), "fail holds"),
    ("any use of CD22-targeted therapy", EX, merged(MEDS, drug("metformin")), "pass violated"),
    ("any use of CD70-targeted therapy", EX, merged(MEDS, drug("cusatuzumab")), "unknown not-recorded"),
    ("any use of NGF inhibitors", EX, drug("tanezumab"), "fail holds"),
    ("any use of NGF inhibitors", EX, merged(MEDS, drug("ibuprofen")), "pass violated"),
]

FORMS: list[Row] = [
    ("use of BCG that is intravesical within 3 months", EX, drug("BCG", route="intravesical", start="2026-10-01"), "fail holds"),
    ("use of BCG that is intravesical within 3 months", EX, merged(MEDS, drug("BCG vaccine", start="2026-10-01")), "unknown not-recorded"),
    ("use of BCG that is intravesical within 3 months", EX, merged(MEDS, drug("BCG", start="2026-10-01")), "unknown not-recorded"),
    ("use of live vaccines", EX, drug("BCG vaccine"), "fail holds"),
    ('use of nicotine that is "by patches"', EX, drug("nicotine patch"), "fail holds"),
    ('use of nicotine that is "by patches"', EX, drug("nicotine", route="transdermal"), "fail holds"),
    ('use of fentanyl that is "by patches"', EX, merged(MEDS, drug("fentanyl", route="intravenous")), "pass violated"),
    ('use of hormonal contraceptives that is "by injections"', EX, merged(MEDS, drug("ethinyl estradiol / levonorgestrel", route="oral")), "pass violated"),
    ('use of testosterone that is "by injections"', EX, drug("testosterone", route="im"), "fail holds"),
    ('use of testosterone that is "by injections"', EX, merged(MEDS, drug("testosterone gel")), "pass violated"),
    ('use of antibiotics that is "by infusion"', EX, drug("ceftriaxone", route="intravenous"), "fail holds"),
    ('use of hormonal contraceptives that is "by injections"', EX, drug("ethinyl estradiol / levonorgestrel"), "unknown not-recorded"),
    ('use of lidocaine that is "by patches"', EX, drug("lidocaine", route="topical"), "unknown not-recorded"),
    ('use of progesterone that is "by cream"', EX, drug("progesterone", route="topical"), "unknown not-recorded"),
    ('use of antibiotics that is "by infusion"', EX, drug("ceftriaxone", route="intramuscular"), "unknown not-recorded"),
    ('use of testosterone that is "by pellets"', EX, drug("testosterone", route="subcutaneous"), "unknown not-recorded"),
]

REGULAR: list[Row] = [
    ("current use of antidepressants that is regular", EX, drug("sertraline", dose=50, unit="mg/day", start="2025-06-01"), "fail holds"),
    ("use of NSAIDs that is chronic", EX, drug("naproxen", dose=1000, unit="mg/day", start="2025-01"), "fail holds"),
    ("use of NSAIDs that is daily", EX, drug("meloxicam", dose=15, unit="mg daily", start="2026-01"), "fail holds"),
    ("use of NSAIDs that is regular", EX, drug("ibuprofen as needed", dose=400, unit="mg/day", start="2025-06-01"), "unknown not-recorded"),
    ("use of NSAIDs that is regular", EX, drug("ibuprofen", start="2025-06-01"), "unknown not-recorded"),
    ("use of NSAIDs that is regular", EX, drug("ibuprofen", dose=400, unit="mg/day", start="2026-11-10"), "unknown not-recorded"),
    ("use of NSAIDs that is chronic", EX, drug("ibuprofen", dose=400, unit="mg/day", start="2026-10-10"), "unknown not-recorded"),
    ("any use of NSAIDs that is chronic", EX, drug("ibuprofen", dose=400, unit="mg/day", start="2020", stop="2024"), "unknown not-recorded"),
]

ONE_SEX: list[Row] = [
    ("history of ovarian cancer", EX, MAN, "pass violated"),
    ("benign prostatic hyperplasia", EX, WOMAN, "pass violated"),
    ("underwent cesarean section", EX, MAN, "pass violated"),
    ("underwent hysterectomy", EX, MAN, "unknown not-recorded"),
    ("menopause", IN, MAN, "unknown not-recorded"),
    ("endometriosis", IN, MAN, "fail violated"),
    ("history of ovarian cancer", EX, WOMAN, "unknown not-recorded"),
    ("history of ovarian cancer", EX, {"sex": "male"}, "unknown not-recorded"),
    ("preeclampsia", EX, {"sex": "male", "age": 0}, "unknown not-recorded"),
    ("history of breast cancer", EX, MAN, "unknown not-recorded"),
    ("infertility", EX, MAN, "unknown not-recorded"),
    ("ovarian cyst", EX, merged(MAN, condition("ovarian cyst")), "unknown conflict"),
]

STATEMENTS: list[Row] = [
    ('statement "planning a pregnancy"', EX, {"sex": "male"}, "pass violated"),
    ('statement "planning a pregnancy"', EX, {"sex": "female", "childbearing_potential": False}, "pass violated"),
    ('statement "singleton pregnancy"', IN, condition("twin pregnancy"), "fail violated"),
    ('statement "planning a pregnancy"', EX, {"sex": "female"}, "unknown not-recorded"),
    ('statement "singleton pregnancy"', IN, {"sex": "female", "pregnant": True}, "unknown not-recorded"),
    ('statement "singleton pregnancy"', IN, condition("twin pregnancy", "resolved", until="2020"), "unknown not-recorded"),
]

_AFTER_MENOPAUSE: Facts = {"sex": "female", "age": 61, "childbearing_potential": False, "contraception": False}
CONTRACEPTION: list[Row] = [
    ("sex female and not contraception", EX, _AFTER_MENOPAUSE, "review ambiguous"),
    ("contraception and (underwent hysterectomy or menopause)", IN, _AFTER_MENOPAUSE, "unknown not-recorded"),
    ("when childbearing potential then contraception", IN, _AFTER_MENOPAUSE, "n/a not-concerned"),
    ("contraception", IN, {**_AFTER_MENOPAUSE, "contraception": True}, "pass holds"),
    ("sex female and not contraception", EX, {"sex": "female", "contraception": False}, "fail holds"),
]

TISSUES: list[Row] = [
    ("adenocarcinoma", IN, merged(ALL, condition("breast cancer", stage="IV")), "unknown not-recorded"),
    ("squamous cell carcinoma", IN, merged(ALL, condition("head and neck cancer")), "unknown not-recorded"),
    ("adenocarcinoma", IN, merged(ALL, condition("melanoma")), "fail violated"),
    ("squamous cell carcinoma", IN, merged(ALL, condition("colon cancer")), "fail violated"),
    ("adenocarcinoma", IN, condition("lung adenocarcinoma"), "pass holds"),
]

METASTASES: list[Row] = [
    ("active liver disease", EX, condition("liver metastases"), "unknown not-recorded"),
    ("lung disease", EX, condition("lung metastases"), "unknown not-recorded"),
    ("metastatic cancer", EX, condition("liver metastases"), "fail holds"),
    ("central nervous system metastases", EX, condition("brain metastases"), "fail holds"),
]

NAMES: list[Row] = [
    ("lower extremity injury", EX, condition("fracture of the left fibula", since="2026-10"), "fail holds"),
    ("cardiovascular event within 6 months", EX, condition("NSTEMI", since="2026-09-01"), "fail holds"),
    ("structural heart disease", EX, condition("hypertrophic cardiomyopathy"), "fail holds"),
    ("end-stage renal disease", EX, condition("CKD stage 5 on hemodialysis"), "fail holds"),
    ("diabetic gastroparesis", EX, merged(ALL, condition("idiopathic gastroparesis")), "pass violated"),
    ("underwent nerve block within 8 weeks", EX, procedure("greater occipital nerve block", "2026-10-15"), "fail holds"),
    ("underwent eye surgery", EX, procedure("phacoemulsification with lens implantation", "2020-10-10"), "fail holds"),
    ("underwent lower extremity surgery", EX, procedure("arthroscopic meniscectomy of the left knee", "2024-02-10"), "fail holds"),
    ("underwent pelvic radiotherapy", EX, merged(DONE, procedure("radiotherapy to the left breast", "2024-02-10")), "pass violated"),
    ("underwent blood donation within 30 days", EX, merged(DONE, procedure("blood donation", "2026-10-20")), "pass violated"),
    ("underwent blood donation within 30 days", EX, DONE, "unknown not-recorded"),
    ("underwent leadless pacemaker", EX, merged(DONE, procedure("dual chamber pacemaker implantation", "2022")), "pass violated"),
    ("underwent abdominal surgery", EX, procedure("appendectomy", "2010"), "fail holds"),
    ("underwent vaccination within 30 days", EX, drug("influenza vaccine", start="2026-11-10", stop="2026-11-10"), "fail holds"),
    ("any use of hormonal contraceptives", EX, drug("Yasmin"), "fail holds"),
    ("underwent major surgery", EX, merged(DONE, procedure("appendectomy", "2010")), "unknown not-recorded"),
    ("underwent vaccination within 30 days", EX, merged(DONE, drug("influenza vaccine", start="2026-01-10", stop="2026-01-10")), "pass violated"),
    ("lower extremity injury", EX, condition("fracture", since="2026-10"), "unknown not-recorded"),
    ("cardiovascular event within 6 months", EX, merged(ALL, condition("pulmonary embolism", since="2026-09-01")), "unknown not-recorded"),
]


@each_row(("check", "kind", "facts", "wanted"), [*ROUTES, *BEGUN, *FORMS, *REGULAR, *ONE_SEX, *STATEMENTS, *CONTRACEPTION, *TISSUES, *METASTASES, *NAMES])
def test_what_a_name_a_route_or_a_fact_tells(check: str, kind: str, facts: Facts, wanted: str) -> None:
    assert verdict(check, kind, facts) == wanted
