"""What looks decided and is not, and what a guideline decides: events long past, allergies at large, severity by stage, what a drug is given for."""

from __future__ import annotations

from itertools import chain

from judging import EX, IN, Facts, Row, allergy, complete, condition, drug, lab, merged, procedure, study, verdict
from rows import each_row

from matcher.vocabulary import load
from matcher.vocabulary.concepts import table
from matcher.vocabulary.indications import given_for

ALL = complete(conditions=True, medications=True, procedures=True)
EVERY = complete(conditions=True, medications=True, procedures=True, allergies=True)

PAST: list[Row] = [
    ("stroke", EX, condition("stroke", since="2015"), "review ambiguous"),
    ("stroke", EX, condition("ischemic stroke", since="2026"), "review ambiguous"),
    ("stroke", EX, condition("stroke", since="2026-11-01"), "fail holds"),
    ("stroke", EX, condition("stroke"), "fail holds"),
    ("history of stroke", EX, condition("stroke", since="2015"), "fail holds"),
    ("stroke within 20 years", EX, condition("stroke", since="2015"), "fail holds"),
    ("cerebrovascular disease", EX, condition("stroke", since="2015"), "fail holds"),
    ("coronary artery disease", EX, condition("myocardial infarction", since="2010"), "fail holds"),
    ("myocardial infarction", EX, condition("inferior myocardial infarction", since="2010"), "review ambiguous"),
    ("myocardial infarction", IN, condition("STEMI", since="2010"), "review ambiguous"),
    ("pneumonia", EX, condition("Mycoplasma pneumonia", since="2010"), "unknown imprecise"),
    ("seizure", EX, condition("seizure", since="2015"), "unknown imprecise"),
    ("seizure", EX, condition("epilepsy", since="2015"), "fail holds"),
    ("meningitis", EX, condition("meningitis", since="2005"), "unknown imprecise"),
    ("liver disease", EX, condition("hepatic encephalopathy", since="2020"), "fail holds"),
    ("tuberculosis", EX, condition("pulmonary tuberculosis", since="2005"), "unknown imprecise"),
    ("tuberculosis infection", EX, condition("latent tuberculosis", since="2005"), "fail holds"),
    ("respiratory failure", EX, condition("chronic respiratory failure", since="2020"), "fail holds"),
    ("diarrhea", EX, condition("chronic diarrhea", since="2020"), "fail holds"),
]

REMOVED: list[Row] = [
    ("chronic renal failure", EX, merged(ALL, condition("end-stage renal disease", "resolved", until="2021-03")), "review ambiguous"),
    ("history of chronic renal failure", EX, merged(ALL, condition("end-stage renal disease", "resolved", until="2021-03")), "fail holds"),
    ("congenital anomaly", EX, merged(ALL, condition("patent ductus arteriosus"), {"age": 0.1}), "unknown not-recorded"),
    ("congenital anomaly", EX, merged(ALL, condition("patent ductus arteriosus"), {"age": 30}), "fail holds"),
    ("congenital anomaly", EX, merged(ALL, condition("cleft palate"), {"age": 0.1}), "fail holds"),
    ("cholelithiasis", EX, merged(condition("gallstones", since="2012"), procedure("cholecystectomy", "2013")), "unknown imprecise"),
    ("cholelithiasis", EX, merged(condition("gallstones", since="2012"), procedure("appendectomy", "2013")), "fail holds"),
    ("cataract", EX, merged(condition("cataract", since="2020"), procedure("cataract surgery", "2013")), "fail holds"),
    ("history of cataract", EX, merged(condition("cataract", since="2012"), procedure("cataract surgery", "2013")), "fail holds"),
    ("uterine fibroids", EX, merged(condition("uterine fibroids"), procedure("total hysterectomy")), "unknown imprecise"),
    ("cirrhosis", EX, merged(condition("cirrhosis", since="2015"), procedure("liver transplant", "2020")), "unknown imprecise"),
]

ALLERGIES: list[Row] = [
    ("allergic disease", EX, merged(EVERY, allergy("penicillin")), "unknown not-recorded"),
    ("allergic disease", EX, merged(EVERY, condition("penicillin allergy")), "unknown not-recorded"),
    ("allergic disease", EX, condition("allergic rhinitis"), "fail holds"),
    ("atopy", EX, condition("atopic dermatitis"), "fail holds"),
    ("allergic constitution", EX, merged(EVERY, allergy("penicillin")), "unknown not-recorded"),
    ("allergic constitution", EX, EVERY, "pass violated"),
    ("food allergy", EX, merged(EVERY, allergy("penicillin")), "pass violated"),
    ("drug allergy", EX, allergy("penicillin"), "fail holds"),
]

# A reaction that a stopped drug or a condition tells of: whether it was an allergy is for the nurse.
REACTIONS: list[Row] = [
    *((f"allergy to {asked}", EX, merged(EVERY, drug(had, status="past", stop_reason=why)), "unknown imprecise") for asked, had, why in (
        ("lamotrigine", "lamotrigine", "rash"), ("penicillins", "amoxicillin", "rash, resolved"), ("ACE inhibitors", "lisinopril", "cough"), ("statins", "atorvastatin", "myalgia"),
        ("metformin", "metformin", "diarrhoea"), ("monoclonal antibodies", "rituximab", "infusion reaction"), ("sulfonamides", "sulfasalazine", "see letter"), ("metformin", "metformin", "GI side effects"),
    )),
    *((f"allergy to {asked}", EX, merged(EVERY, drug(had, status="past", stop_reason=why)), "pass violated") for asked, had, why in (
        ("lamotrigine", "lamotrigine", "no longer needed"), ("penicillins", "amoxicillin", "course completed"), ("ACE inhibitors", "lisinopril", "patient's wish"), ("statins", "atorvastatin", "pregnancy"),
        ("metformin", "metformin", "switched"), ("monoclonal antibodies", "rituximab", "lack of efficacy"), ("penicillins", "lisinopril", "cough"), ("sulfonamides", "metformin", "progression"),
    )),
    *((f"allergy to {asked}", EX, merged(EVERY, condition(had)), "unknown imprecise") for asked, had in (
        ("penicillins", "penicillin anaphylaxis"), ("ACE inhibitors", "ACE inhibitor cough"), ("heparins", "heparin-induced thrombocytopenia"), ("statins", "statin-induced myopathy"), ("latex", "latex anaphylaxis"),
        ("carbamazepine", "carbamazepine-induced Stevens-Johnson syndrome"), ("sulfonamides", "drug rash due to sulfamethoxazole"), ("NSAIDs", "aspirin-exacerbated respiratory disease"), ("succinylcholine", "malignant hyperthermia"),
        ("opioids", "Opioid-induced pruritus"), ("penicillins", "Stevens-Johnson syndrome"), ("contrast agents", "contrast anaphylaxis"), ("vancomycin", "red man syndrome"),
    )),
    *((f"allergy to {asked}", EX, merged(EVERY, facts), expected) for asked in ("any drug", "medications") for facts, expected in (
        (allergy("penicillin"), "fail holds"), (allergy("latex"), "pass violated"), (condition("penicillin anaphylaxis"), "unknown imprecise"), (drug("lamotrigine", status="past", stop_reason="rash"), "unknown imprecise"),
        (drug("lamotrigine", status="past", stop_reason="no longer needed"), "pass violated"), (condition("hypertension"), "pass violated"),
    )),
    *((f"allergy to {asked}", EX, merged(EVERY, condition(had)), "pass violated") for asked, had in (
        ("penicillins", "ACE inhibitor cough"), ("vitamin D", "vitamin D deficiency"), ("insulins", "insulin resistance"), ("latex", "bee sting anaphylaxis"), ("statins", "hypertension"), ("glucocorticoids", "steroid-dependent asthma"),
    )),
]

# What an answer, an indication, the reason of a stop, a confirmation or the finding of an examination tells against a closed list.
TOLD_BESIDE: list[Row] = [
    *((check, EX, merged(EVERY, {"answers": [{"statement": statement, "holds": True}]}), expected) for check, statement, expected in (
        ("history of stroke", "history of stroke", "unknown conflict"), ("asthma", "has asthma", "unknown conflict"), ("use of aspirin", "takes aspirin", "unknown conflict"),
        ("allergy to penicillins", "allergic to penicillin", "unknown conflict"), ("underwent radiotherapy", "prior radiotherapy", "unknown conflict"),
        ("history of stroke", "no history of stroke", "pass violated"), ("stroke", "family history of stroke", "pass violated"), ("asthma", "candidate for asthma therapy", "pass violated"),
    )),
    ("pregnant", EX, merged(EVERY, {"sex": "female", "pregnant": False}, condition("pregnancy")), "unknown conflict"),
    ("pregnant", EX, merged(EVERY, {"sex": "female", "pregnant": False}, condition("pregnancy", "resolved")), "pass violated"),
    ("smoking current", EX, merged(EVERY, {"smoking": "never"}, condition("tobacco use disorder")), "unknown conflict"),
    ("smoking current", EX, merged(EVERY, {"smoking": "never"}, condition("asthma")), "pass violated"),
    *(("smoking current", EX, merged(EVERY, {"smoking": "former"}, condition(name)), "unknown conflict") for name in (
        "Tobacco use, current", "Current every day smoker", "cigarette smoker", "Smoker", "tobacco use", "smokes 10 cigarettes a day",
    )),
    ("smoking current", EX, merged(EVERY, {"smoking": "never"}, condition("heavy smoker")), "unknown conflict"),
    *(("smoking current", EX, merged(EVERY, {"smoking": "former"}, condition(name, *status)), "pass violated") for name, *status in (
        ("tobacco use disorder",), ("history of tobacco use",), ("former smoker",), ("ex-smoker",), ("non-smoker",), ("tobacco use", "resolved"),
    )),
    ("smoking current", EX, merged(EVERY, {"smoking": "current"}, condition("smoker")), "fail holds"),
    ("healthy volunteer", IN, merged(EVERY, {"healthy": True}, condition("type 1 diabetes")), "unknown conflict"),
    ("healthy volunteer", IN, merged(EVERY, {"healthy": True}, condition("myopia")), "pass holds"),
    *((check, EX, merged(EVERY, drug(name, indication=text)), expected) for check, name, text, expected in (
        ("breast cancer", "tamoxifen", "breast cancer", "unknown not-recorded"), ("history of transient ischemic attack", "aspirin", "after TIA", "unknown not-recorded"),
        ("undergoing dialysis", "epoetin", "dialysis anemia", "unknown not-recorded"), ("underwent organ transplant", "tacrolimus", "kidney transplant", "unknown not-recorded"),
        ("deep vein thrombosis", "enoxaparin", "DVT prophylaxis", "pass violated"), ("asthma", "warfarin", "DVT", "pass violated"),
    )),
    *((check, EX, merged(EVERY, drug(name, status="past", stop_reason=text)), expected) for check, name, text, expected in (
        ("drug-induced liver injury", "isoniazid", "hepatotoxicity", "unknown not-recorded"), ("history of gastrointestinal bleeding", "aspirin", "GI bleeding", "unknown not-recorded"),
        ("heparin-induced thrombocytopenia", "heparin", "HIT", "unknown not-recorded"), ("peripheral neuropathy", "paclitaxel", "neuropathy grade 2", "unknown not-recorded"),
        ("pancreatitis", "azathioprine", "no longer needed", "pass violated"), ("pancreatitis", "azathioprine", "no pancreatitis", "pass violated"),
    )),
    ("underwent liver biopsy", EX, merged(EVERY, condition("lymphoma", confirmed_by=["liver biopsy"])), "unknown imprecise"),
    ("underwent kidney biopsy", EX, merged(EVERY, condition("lymphoma", confirmed_by=["liver biopsy"])), "pass violated"),
    *(("emphysema", EX, merged(EVERY, procedure("CT of the chest", "2026-10-10", finding=text)), "unknown not-recorded") for text in (
        "emphysema without nodules", "emphysema (no mass)", "emphysema cannot be excluded", "emphysema not ruled out", "emphysema in the absence of fibrosis", "emphysema not previously seen", "emphysema not present on the prior study",
        "no nodules; emphysema", "emphysema, nodules not seen", "emphysema, not requiring treatment",
    )),
    *(("emphysema", EX, merged(EVERY, procedure("CT of the chest", "2026-10-10", finding=text)), "pass violated") for text in (
        "no emphysema", "emphysema absent", "emphysema: none", "emphysema ruled out", "emphysema is not seen", "neither emphysema nor fibrosis", "free of emphysema", "fibrosis without emphysema", "no residual emphysema",
    )),
]

# Values that the finding of an examination tells; a newer one counts for more than a laboratory's.
MEASURED_IN: list[Row] = [
    *((check, EX, merged(EVERY, procedure(name, "2026-10-15", finding=text)), expected) for check, name, text, expected in (
        ("left ventricular ejection fraction < 40 %", "echocardiogram", "LVEF 30%", "fail holds"), ("left ventricular ejection fraction < 40 %", "echo", "ejection fraction is 30 percent", "fail holds"),
        ("left ventricular ejection fraction < 40 %", "echo", "EF 25-30%", "fail holds"), ("left ventricular ejection fraction < 40 %", "echo", "EF 35-45%", "unknown imprecise"),
        ("left ventricular ejection fraction < 40 %", "echo", "moderate MR, LVEF was 55%", "pass violated"), ("left ventricular ejection fraction < 40 %", "echo", "previous LVEF 55%", "unknown not-recorded"),
        ("QTcF > 470 ms", "ECG", "sinus rhythm, QTcF 512 ms", "fail holds"), ("FEV1 % predicted < 50 %", "spirometry", "FEV1 38% predicted", "fail holds"), ("FEV1 % predicted < 50 %", "spirometry", "FEV1 1.2 L", "unknown imprecise"),
        ("liver stiffness > 15 kPa", "FibroScan", "22 kPa", "fail holds"), ("six-minute walk distance < 300 m", "6-minute walk test", "410 m", "pass violated"), ("intraocular pressure > 21 mmHg", "tonometry", "IOP 31 mmHg OD", "fail holds"),
        ("systolic blood pressure > 160 mmHg", "clinic visit", "BP 170/85", "fail holds"), ("diastolic blood pressure > 90 mmHg", "24-hour blood pressure monitoring", "mean 138/82 mmHg", "pass violated"),
        ("heart rate > 100 /min", "treadmill test", "HR 165", "unknown not-recorded"), ("heart rate > 100 /min", "ECG", "peak HR 165", "unknown not-recorded"), ("heart rate > 100 /min", "ECG", "HR 118", "fail holds"),
        ("systolic blood pressure > 160 mmHg", "stress echocardiography", "BP 210/90", "unknown not-recorded"),
        ("MMSE < 24", "MMSE", "19/30", "fail holds"), ("bone mineral density T-score < -2.5", "DXA", "lumbar spine T-score -1.4", "pass violated"), ("white blood cells > 11 ×10⁹/L", "lumbar puncture", "WBC 120", "unknown not-recorded"),
    )),
    *(("left ventricular ejection fraction < 40 %", EX, merged(EVERY, lab("LVEF", 55, "%", "2026-09-15"), procedure("echocardiogram", day, finding=text)), expected) for day, text, expected in (
        ("2026-10-15", "LVEF 30%", "fail holds"), ("2026-08-15", "LVEF 30%", "pass violated"), ("2026-10-15", "LVEF improved from 25 to 45%", "unknown imprecise"), ("2026-10-15", "no pericardial effusion", "pass violated"),
    )),
]

# Facts that are newer than a recorded stage, and what a note tells.
OVERTAKEN: list[Row] = [
    *((check, EX, merged(EVERY, condition("colon cancer", stage="III"), condition(beside)), expected) for check, beside, expected in (
        ("colon cancer stage IV", "peritoneal carcinomatosis", "unknown conflict"), ("colon cancer stage I, II or III", "liver metastases", "unknown conflict"),
        ("colon cancer stage I, II or III", "lymph node metastases", "fail holds"), ("colon cancer stage IV", "asthma", "pass violated"),
    )),
    ("colon cancer stage IV", EX, merged(EVERY, condition("colon cancer", stage="IVA"), condition("liver metastases")), "fail holds"),
    ('"CKD stage" 1 to 2', EX, merged(EVERY, condition("CKD stage 2"), lab("eGFR", 18, "mL/min/1.73m2", "2026-10-15")), "unknown conflict"),
    ('"CKD stage" 1 to 2', EX, merged(EVERY, condition("CKD stage 3"), procedure("hemodialysis", "2026-10-01")), "pass violated"),
    ('"CKD stage" 4 to 5', EX, merged(EVERY, condition("CKD stage 3"), procedure("hemodialysis", "2026-10-01")), "unknown conflict"),
    ('"CKD stage" 1 to 2', EX, merged(EVERY, condition("CKD stage 3"), lab("eGFR", 40, "mL/min/1.73m2", "2026-10-15")), "pass violated"),
    *((check, EX, merged(EVERY, {"note": text}), expected) for check, text, expected in (
        ("history of stroke", "stroke 2011, full recovery", "unknown not-recorded"), ("use of aspirin", "takes aspirin now and then", "unknown not-recorded"), ("allergy to penicillins", "allergic to penicillin (rash)", "unknown imprecise"),
        ("malignancy", "All lists are gone through; it went down.", "pass violated"), ("malignancy", "ALL as a child.", "unknown not-recorded"), ("transcutaneous electrical nerve stimulation", "Seen ten days ago.", "pass violated"),
        ("hepatorenal syndrome", "Sleeps 8 hrs.", "pass violated"), ("use of antiretrovirals", "Likes the arts.", "pass violated"),
        ("stroke", "Mother had a stroke.", "pass violated"), ("stroke", "no stroke", "pass violated"), ("allergy to penicillins", "takes penicillin well", "pass violated"), ("asthma", "seen in clinic", "pass violated"),
    )),
]

# What is confirmed by the record itself, and an allergy to anything.
BY_THE_RECORD: list[Row] = [
    *((f"asthma confirmed by {way}", EX, condition("asthma"), "fail holds") for way in ("medical record", "medical history", "physician", "self report", "ICD-10 code")),
    *((f"asthma confirmed by {way}", EX, condition("asthma"), "unknown not-recorded") for way in ("spirometry", "a specialist", "GINA criteria")),
    ("asthma confirmed by medical record", EX, condition("asthma", "suspected"), "unknown suspected"),
    ("allergy to any substance", EX, merged(EVERY, allergy("penicillin")), "fail holds"), ("allergy to any substance", EX, EVERY, "pass violated"),
    ("allergy to any substance", EX, merged(EVERY, condition("hay fever")), "unknown imprecise"), ("allergy to any substance", EX, merged(EVERY, condition("gout")), "pass violated"),
]

GRADED: list[Row] = [
    ("chronic obstructive pulmonary disease that is severe", EX, condition("COPD", stage="GOLD III"), "fail holds"),
    ("chronic obstructive pulmonary disease that is severe", EX, merged(ALL, condition("COPD", stage="2")), "pass violated"),
    ("chronic obstructive pulmonary disease that is severe", EX, condition("COPD", stage="GOLD D"), "unknown not-recorded"),
    ("chronic obstructive pulmonary disease that is severe", EX, condition("COPD", stage="GOLD 2-3"), "unknown not-recorded"),
    ("chronic obstructive pulmonary disease that is severe", EX, condition("COPD", stage="NYHA III"), "unknown not-recorded"),
    ("chronic kidney disease that is severe", EX, condition("CKD", stage="G4"), "fail holds"),
    ("chronic kidney disease that is severe", EX, condition("CKD", stage="3b"), "unknown not-recorded"),
    ("hypertension that is severe", EX, condition("hypertension", stage="stage 3"), "unknown not-recorded"),
    ("hypertension that is severe", EX, condition("hypertension", stage="grade 3"), "fail holds"),
    ("peripheral neuropathy that is severe", EX, condition("peripheral neuropathy", stage="CTCAE grade 3"), "fail holds"),
    ("peripheral neuropathy that is severe", EX, condition("peripheral neuropathy", stage="grade 3"), "unknown not-recorded"),
    ("heart failure that is severe", EX, condition("heart failure", stage="NYHA III"), "unknown not-recorded"),
]

GIVEN: list[Row] = [
    ("hypertension", EX, merged(ALL, drug("amlodipine"), drug("lisinopril")), "unknown not-recorded"),
    ("hypertension", EX, merged(ALL, drug("lisinopril"), condition("heart failure")), "pass violated"),
    ("hypertension", EX, merged(ALL, drug("amlodipine", status="past")), "pass violated"),
    ("hypertension", EX, merged(ALL, drug("amlodipine"), condition("hypertension", "absent")), "pass violated"),
    ("hypertension", EX, merged(ALL, drug("metformin")), "pass violated"),
    ("hypertension", IN, merged(ALL, drug("losartan")), "unknown not-recorded"),
    ("rheumatoid arthritis", EX, merged(ALL, drug("adalimumab", status="past")), "unknown not-recorded"),
    ("rheumatoid arthritis", EX, merged(ALL, drug("adalimumab"), condition("psoriasis")), "pass violated"),
    ("bacterial infection", EX, merged(ALL, drug("amoxicillin")), "unknown not-recorded"),
    ("tuberculosis", EX, merged(ALL, drug("amoxicillin")), "pass violated"),
    ("asthma", EX, merged(ALL, drug("prednisone", indication="gout")), "pass violated"),
    ("gout", EX, merged(ALL, drug("prednisone", indication="gout")), "unknown not-recorded"),
    ("chronic pain", EX, merged(ALL, drug("paracetamol")), "unknown not-recorded"),
    ("underwent organ transplant", EX, merged(ALL, drug("tacrolimus")), "unknown not-recorded"),
    ("underwent organ transplant", EX, merged(ALL, drug("tacrolimus"), condition("lupus nephritis")), "pass violated"),
]

SPEAKING: list[Row] = [
    ("malignancy", EX, merged(ALL, procedure("mastectomy", "2020")), "unknown not-recorded"),
    ("malignancy", EX, merged(ALL, procedure("appendectomy", "2020")), "pass violated"),
    ("obesity", EX, merged(ALL, condition("status post gastric bypass")), "unknown imprecise"),
    ("fracture", EX, merged(ALL, procedure("knee replacement", "2020")), "pass violated"),
    ("history of hepatic decompensation", EX, merged(ALL, condition("ascites", "resolved")), "unknown not-recorded"),
    ("liver disease", EX, merged(ALL, lab("ALT", 400, "U/L", uln=40)), "unknown not-recorded"),
    ("anemia", EX, merged(ALL, {"sex": "male"}, lab("hemoglobin", 12.5, "g/dL")), "unknown not-recorded"),
    ("anemia", EX, merged(ALL, {"sex": "female"}, lab("hemoglobin", 12.5, "g/dL")), "pass violated"),
    ("underwent general anesthesia within 1 month", EX, merged(ALL, procedure("appendectomy", "2026-11-10")), "unknown not-recorded"),
    ("underwent general anesthesia within 1 month", EX, merged(ALL, procedure("appendectomy", "1998")), "pass violated"),
    ("underwent major abdominal surgery", EX, merged(ALL, procedure("appendectomy", "2026-08-14")), "unknown not-recorded"),
    ("use of immunosuppressants", EX, merged(ALL, procedure("liver transplant", "2020"), condition("cirrhosis")), "unknown not-recorded"),
    ("HIV infection", EX, merged(ALL, procedure("liver transplant", "2020")), "pass violated"),
    ("menopause", IN, merged(ALL, {"sex": "female", "age": 60}), "unknown not-recorded"),
]

ORDINARY: list[Row] = [
    ("use of investigational drugs within 30 days", EX, merged(ALL, drug("tiotropium")), "pass violated"),
    ("use of investigational drugs within 30 days", EX, merged(ALL, drug("BAY 123456")), "unknown not-recorded"),
    ("use of investigational drugs within 30 days", EX, merged(ALL, drug("metformin"), study(name="X", kind="drug", start="2026-10-01")), "unknown not-recorded"),
    ("use of anticancer therapy", EX, merged(ALL, drug("metformin")), "pass violated"),
    ("use of herbal medicines", EX, merged(ALL, drug("senna")), "unknown not-recorded"),
    ("use of phenothiazines", EX, merged(ALL, drug("promethazine")), "unknown not-recorded"),
    ("use of migraine prophylaxis", EX, merged(ALL, drug("topiramate")), "unknown not-recorded"),
    ("use of hormone therapy", EX, merged(ALL, drug("levothyroxine")), "unknown not-recorded"),
]

LOCAL: list[Row] = [
    ("use of beta blockers", EX, drug("timolol eye drops"), "unknown imprecise"),
    ("use of strong CYP3A4 inhibitors", EX, drug("ketoconazole", route="topical"), "unknown imprecise"),
    ("use of strong CYP3A4 inhibitors", EX, drug("ketoconazole", route="oral"), "fail holds"),
    ("use of timolol", EX, drug("timolol eye drops"), "fail holds"),
    ("use of ketoconazole", EX, drug("ketoconazole", route="topical"), "unknown imprecise"),
    ("use of ketoconazole", EX, drug("ketoconazole", route="oral"), "fail holds"),
    ("use of ketoconazole", EX, drug("ketoconazole"), "fail holds"),
    ("use of diclofenac", EX, drug("diclofenac gel"), "unknown imprecise"),
    ("use of diclofenac by topical", EX, drug("diclofenac gel"), "fail holds"),
    ("use of antiglaucoma drugs", EX, drug("latanoprost eye drops"), "fail holds"),
    ("use of glucocorticoids by topical", EX, drug("hydrocortisone cream"), "fail holds"),
    ("use of biologics", EX, drug("aflibercept"), "unknown imprecise"),
    ("use of biologics", EX, drug("Eylea"), "unknown imprecise"),
    ("use of biologics", EX, drug("Zaltrap"), "fail holds"),
    ("use of biologics", EX, drug("brolucizumab"), "unknown imprecise"),
    ("use of monoclonal antibodies", EX, drug("bevacizumab", route="intravitreal"), "unknown imprecise"),
    ("use of monoclonal antibodies", EX, drug("bevacizumab", route="intravenous"), "fail holds"),
    ("use of glucocorticoids", EX, drug("Ozurdex"), "unknown imprecise"),
    ("use of VEGF inhibitors by intravitreal", EX, drug("ranibizumab"), "fail holds"),
    ("use of faricimab", EX, drug("faricimab"), "fail holds"),
]

CARRIED: list[Row] = [
    # an infection that is only carried does not tell that there was one in these weeks
    ("infection within 2 weeks", EX, merged(ALL, condition("HIV infection", since="2012")), "unknown not-recorded"),
    ("infection within 2 weeks", EX, merged(ALL, condition("human papillomavirus infection", since="2024")), "unknown not-recorded"),
    ("infection within 2 weeks", EX, merged(ALL, condition("pneumonia", since="2026-11-15")), "fail holds"),
    ("HIV infection within 2 weeks", EX, merged(ALL, condition("HIV infection", since="2012")), "fail holds"),
    ("active infection", EX, condition("latent tuberculosis"), "unknown imprecise"),
    ("bacterial infection", EX, condition("latent tuberculosis"), "unknown not-recorded"),
    ("bacterial infection", EX, condition("cellulitis", "active"), "fail holds"),
    ("infection", IN, condition("genital herpes", "active"), "unknown not-recorded"),
    ("infection", EX, condition("wart", "active"), "unknown not-recorded"),
    ("viral infection", EX, condition("genital herpes", "active"), "fail holds"),
    ("active infection other than (trivial infection)", EX, condition("molluscum contagiosum", "active"), "unknown not-recorded"),
    ("active infection other than (trivial infection)", EX, condition("pneumonia", "active"), "fail holds"),
    ("active infection", EX, condition("HIV infection"), "unknown imprecise"),
    ("active infection", EX, condition("genital herpes"), "unknown imprecise"),
    ("active infection", EX, condition("pneumonia", since="2026-11-15"), "fail holds"),
    ("active viral hepatitis", EX, condition("chronic hepatitis C"), "fail holds"),
    ("active infection other than (HIV infection)", EX, merged(ALL, condition("HIV infection")), "pass violated"),
    ("infection", EX, condition("HIV infection"), "fail holds"),
]

SPREAD: list[Row] = [
    ("advanced cancer", IN, merged(ALL, condition("acute myeloid leukemia")), "unknown not-recorded"),
    ("metastatic cancer", IN, merged(ALL, condition("acute myeloid leukemia")), "fail violated"),
    ("metastatic cancer", EX, merged(ALL, condition("colon adenocarcinoma", stage="IV")), "fail holds"),
    ("metastatic cancer", EX, merged(ALL, condition("colon adenocarcinoma")), "unknown not-recorded"),
    ("metastatic cancer", EX, merged(ALL, condition("colon adenocarcinoma", stage="II")), "pass violated"),
    *(("lymph node metastases", EX, merged(ALL, condition("colon adenocarcinoma", stage=one)), "fail holds") for one in ("T2N1M0", "pT4 pN2b cM0", "stage III, node-positive", "N1")),
    *(("lymph node metastases", EX, merged(ALL, condition("colon adenocarcinoma", stage=one)), "pass violated") for one in ("T2N0M0", "pT3 pN0", "IA", "node-negative")),
    *(("lymph node metastases", EX, merged(ALL, condition("colon adenocarcinoma", stage=one)), "unknown not-recorded") for one in ("III", "T2NxM0", "IIB", None)),
    ("lymph node metastases", EX, merged(ALL, condition("colon adenocarcinoma", stage="III"), condition("lymph node metastases", status="absent")), "pass violated"),
    ("lymph node metastases", EX, merged(ALL, condition("follicular lymphoma", stage="III")), "pass violated"),
    *(("locally advanced cancer", EX, merged(ALL, condition("colon adenocarcinoma", stage=one)), "fail holds") for one in ("locally advanced", "Locally-advanced, unresectable")),
    *(("locally advanced cancer", EX, merged(ALL, condition("colon adenocarcinoma", stage=one)), "unknown not-recorded") for one in ("III", "T4N2M0", None)),
    ("locally advanced cancer", EX, merged(ALL, condition("colon adenocarcinoma", stage="I")), "pass violated"),
    ("metastatic breast cancer", EX, merged(ALL, condition("colon adenocarcinoma", stage="IV")), "pass violated"),
    ("metastatic cancer", EX, merged(ALL, condition("laryngeal cancer", stage="IVA")), "unknown not-recorded"),
    ("metastatic renal cell carcinoma", IN, condition("clear cell renal cell carcinoma", stage="IV"), "unknown not-recorded"),
    ("advanced renal cell carcinoma", IN, condition("clear cell renal cell carcinoma", stage="IV"), "pass holds"),
    ("clear cell renal cell carcinoma that is advanced", IN, condition("clear cell renal cell carcinoma", stage="stage 4"), "pass holds"),
    ("clear cell renal cell carcinoma that is locally advanced", IN, condition("clear cell renal cell carcinoma", stage="IV"), "unknown not-recorded"),
    ("advanced solid tumor", IN, condition("gastric cancer", stage="IVB"), "pass holds"),
    ("advanced solid tumor", IN, condition("gastric cancer", stage="III-IV"), "unknown not-recorded"),
    ("advanced solid tumor", IN, merged(ALL, condition("glioblastoma", stage="grade IV")), "unknown not-recorded"),
    ("advanced solid tumor", IN, merged(ALL, condition("Hodgkin lymphoma", stage="IV")), "fail violated"),
    ("malignancy other than (breast cancer)", EX, merged(ALL, condition("breast cancer", stage="IV")), "pass violated"),
    ("active tuberculosis", EX, merged(ALL, condition("latent tuberculosis")), "pass violated"),
    ("active tuberculosis", EX, condition("latent tuberculosis"), "unknown not-recorded"),
    ("active pulmonary tuberculosis", EX, merged(ALL, condition("tuberculosis")), "unknown imprecise"),
]

SMOKING: list[Row] = [
    ("tobacco use", EX, ALL, "unknown not-recorded"),
    ("tobacco use", EX, {"smoking": "current"}, "fail holds"),
    ("tobacco use", EX, merged(ALL, {"smoking": "former"}), "review ambiguous"),
    ("history of tobacco use", EX, {"smoking": "former"}, "fail holds"),
    ("tobacco use within 5 years", EX, {"smoking": "former", "smoking_stopped": "2025-01"}, "fail holds"),
    ("tobacco use", EX, merged(ALL, {"smoking": "never"}), "pass violated"),
    ("tobacco use disorder", EX, ALL, "unknown not-recorded"),
    ("current use of tobacco products", EX, ALL, "unknown not-recorded"),
    ("tobacco smoking within 5 years", EX, {"smoking": "never"}, "pass violated"),
    ("tobacco smoking within 5 years", EX, {"smoking": "current"}, "fail holds"),
    ("tobacco smoking within 5 years", EX, {"smoking": "former", "smoking_stopped": "2018"}, "pass violated"),
    ("tobacco smoking within 5 years", EX, {"smoking": "former", "smoking_stopped": "2024-02"}, "fail holds"),
    ("tobacco smoking within 5 years", EX, {"smoking": "former"}, "unknown partial-date"),
    ("tobacco smoking within 5 years", EX, ALL, "unknown not-recorded"),
    ("tobacco use within 5 years", EX, {"smoking": "never"}, "unknown not-recorded"),
    ("current use of tobacco products", EX, {"smoking": "current"}, "fail holds"),
    ("use of caffeine", EX, ALL, "unknown not-recorded"),
    ("use of methamphetamine within 10 days", EX, ALL, "unknown not-recorded"),
    ("underwent blood donation within 8 weeks", EX, ALL, "unknown not-recorded"),
    ("underwent contact lenses", EX, ALL, "unknown not-recorded"),
    ("use of illicit drugs", EX, merged(ALL, drug("cocaine")), "fail holds"),
    ("tobacco use disorder", EX, merged(ALL, {"smoking": "current"}), "unknown not-recorded"),
]

TESTS: list[Row] = [
    ("bone marrow biopsy showing negative", IN, ALL, "unknown not-recorded"),
    ("bone marrow biopsy showing normal", EX, ALL, "unknown not-recorded"),
    ("bone marrow biopsy showing lymphoma", EX, ALL, "pass violated"),
    ("electrocardiogram showing normal", IN, ALL, "unknown not-recorded"),
    ("electrocardiogram showing normal", IN, merged(ALL, lab("ECG", "normal")), "pass holds"),
    ("mammography within 1 year showing negative", IN, merged(ALL, lab("mammogram", "negative")), "pass holds"),
    ("chest X-ray showing abnormality", EX, ALL, "unknown not-recorded"),
    ("chest X-ray showing infiltrate", EX, merged(ALL, procedure("chest X-ray", "2026-11-10", finding="no infiltrate")), "pass violated"),
    ("underwent chest X-ray", IN, ALL, "fail violated"),
    ("kidney biopsy showing class IV", IN, ALL, "fail violated"),
    ("ECG abnormality", EX, ALL, "unknown not-recorded"),
    ("ECG abnormality", EX, merged(ALL, condition("ECG abnormality", "absent")), "pass violated"),
]


@each_row(("check", "kind", "facts", "expected"), PAST + REMOVED + ALLERGIES + REACTIONS + TOLD_BESIDE + MEASURED_IN + OVERTAKEN + BY_THE_RECORD + GRADED + GIVEN + SPEAKING + ORDINARY + LOCAL + CARRIED + SPREAD + SMOKING + TESTS)
def test_what_is_doubtful_is_judged_with_care(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, facts) == expected


@each_row("label", [label for label, *_ in table("indications.tsv")])
def test_what_a_treatment_is_given_for_is_in_the_vocabulary(label: str) -> None:
    vocabulary = load()
    treatment = vocabulary.treatment(label) or vocabulary.procedure(label)
    assert treatment is not None
    assert treatment.label == label
    for one in chain.from_iterable(row.indications for row in given_for(vocabulary, treatment)):
        found = vocabulary.condition(one.label) or vocabulary.procedure(one.label)
        assert found is not None
        assert found.label == one.label


@each_row("label", [label for label, *_ in table("severities.tsv") if label != "*"])
def test_what_has_a_word_of_severity_is_in_the_vocabulary(label: str) -> None:
    found = load().condition(label)
    assert found is not None
    assert found.label == label


@each_row(("condition_label", "operation"), [tuple(row[:2]) for row in table("removed.tsv")])
def test_what_an_operation_removes_is_in_the_vocabulary(condition_label: str, operation: str) -> None:
    found, done = load().condition(condition_label), load().procedure(operation)
    assert found is not None
    assert done is not None
    assert (found.label, done.label) == (condition_label, operation)
