"""What stands in another list: operations among the conditions, vaccinations among the procedures, signs of a disease."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

from judging import (
    EX,
    IN,
    Facts,
    Row,
    allergy,
    complete,
    condition,
    drug,
    judge,
    lab,
    merged,
    procedure,
    score,
    study,
    verdict,
)
from rows import each_row

from matcher.matching import prepare
from matcher.matching.listed_signs import WIDE
from matcher.matching.speaking import _speaks_for, signs_of, speaking
from matcher.matching.spoken import ITSELF, OR_A_KIND
from matcher.model.language import Condition, Measurement
from matcher.model.trees import leaves
from matcher.model.wording import parse, wording
from matcher.storage.toml_files import profile_from_plain
from matcher.vocabulary import Relation, load
from matcher.vocabulary.concepts import table
from matcher.vocabulary.places import data_file
from matcher.vocabulary.signs import Sign, signs

ALL = complete(conditions=True, medications=True, procedures=True)
AT = "2026-10-10"

PROCEDURES: list[Row] = [
    ("underwent organ transplant", EX, merged(ALL, condition("kidney transplant recipient")), "fail holds"),
    ("underwent coronary artery bypass grafting", EX, merged(ALL, condition("status post CABG")), "fail holds"),
    ("underwent hysterectomy", EX, merged(ALL, condition("hysterectomy", "resolved")), "fail holds"),
    ("underwent pacemaker", EX, condition("presence of pacemaker"), "fail holds"),
    ("underwent splenectomy", EX, merged(ALL, condition("asplenia")), "unknown not-recorded"),
    ("underwent hysterectomy", EX, merged(ALL, condition("hysterectomy", "suspected")), "unknown imprecise"),
    ("underwent hysterectomy", EX, merged(ALL, condition("hysterectomy", "absent")), "pass violated"),
    ("underwent hysterectomy", EX, merged(ALL, condition("awaiting hysterectomy")), "pass violated"),
    ("underwent coronary artery bypass grafting within 3 months", EX, merged(ALL, condition("status post CABG", since="2020")), "pass violated"),
    ("underwent coronary artery bypass grafting within 3 months", EX, merged(ALL, condition("status post CABG", since="2026-11-01")), "fail holds"),
    ("undergoing dialysis", EX, merged(ALL, condition("end-stage renal disease on hemodialysis")), "unknown imprecise"),
    ("undergoing dialysis", EX, merged(ALL, condition("gout")), "pass violated"),
    ("underwent radiotherapy", EX, merged(ALL, drug("radiotherapy", stop="2024")), "fail holds"),
    ("underwent blood transfusion within 4 weeks", EX, merged(ALL, drug("red blood cell transfusion", start="2026-11-10", stop="2026-11-10")), "fail holds"),
    ("underwent blood transfusion within 4 weeks", EX, merged(ALL, drug("iron")), "pass violated"),
]

MEDICATIONS: list[Row] = [
    ("any use of cytotoxic chemotherapy", EX, merged(ALL, procedure("chemotherapy", "2024-01")), "fail holds"),
    ("current use of cytotoxic chemotherapy", EX, merged(ALL, procedure("chemotherapy", "2026-11-01")), "unknown not-recorded"),
    ("any use of cytotoxic chemotherapy", EX, merged(ALL, procedure("hepatic arterial infusion chemotherapy", "2024-01")), "unknown imprecise"),
    ("any use of cytotoxic chemotherapy", EX, merged(ALL, procedure("HIPEC", "2024-01")), "unknown imprecise"),
    ("any use of cytotoxic chemotherapy", EX, merged(ALL, procedure("TACE", "2024-01")), "unknown not-recorded"),
    ("any use of cytotoxic chemotherapy", EX, merged(ALL, procedure("allogeneic stem cell transplant", "2024-01")), "unknown not-recorded"),
    ("any use of cytotoxic chemotherapy", EX, merged(ALL, procedure("appendectomy", "2024-01")), "pass violated"),
    ("use of live vaccines within 30 days", EX, merged(ALL, procedure("yellow fever vaccination", "2026-11-10")), "fail holds"),
    ("use of live vaccines within 30 days", EX, merged(ALL, procedure("influenza vaccination", "2026-11-10", until="2026-11-10")), "unknown not-recorded"),
    ("use of IVIG within 3 months", EX, merged(ALL, procedure("IVIG infusion", "2026-11-01")), "fail holds"),
    ("use of anticoagulants", EX, merged(ALL, condition("atrial fibrillation on warfarin")), "unknown imprecise"),
    ("use of anticoagulants", EX, merged(ALL, condition("long-term anticoagulation")), "unknown imprecise"),
    ("use of glucocorticoids", EX, merged(ALL, condition("steroid-dependent asthma")), "unknown imprecise"),
    ("use of anticoagulants", EX, merged(ALL, condition("atrial fibrillation")), "pass violated"),
    # who is allergic to a drug has had it once, and the reaction may have been severe
    ("any use of nevirapine", EX, merged(ALL, allergy("nevirapine")), "unknown not-recorded"),
    ("any use of biologics", EX, merged(ALL, allergy("infliximab")), "unknown not-recorded"),
    ("current use of nevirapine", EX, merged(ALL, allergy("nevirapine")), "pass violated"),
    ("any use of nevirapine within 3 months", EX, merged(ALL, allergy("nevirapine")), "pass violated"),
    ("any use of zidovudine", EX, merged(ALL, allergy("nevirapine")), "pass violated"),
    ("any use of nevirapine", EX, merged(ALL, allergy("nevirapine", "absent")), "pass violated"),
    ("history of severe allergic reaction", EX, merged(ALL, complete(allergies=True), allergy("peanut")), "unknown not-recorded"),
    ("history of severe allergic reaction", EX, merged(ALL, complete(allergies=True)), "pass violated"),
    # a drug in the name of a disease may be the one asked for, and is not taken for one of any class
    ("use of warfarin", EX, merged(ALL, condition("warfarin toxicity")), "unknown imprecise"),
    ("use of anticoagulants", EX, merged(ALL, condition("warfarin toxicity")), "unknown imprecise"),
    ("any use of cytotoxic chemotherapy", EX, merged(ALL, condition("alcohol use disorder")), "pass violated"),
    ("use of herbal medicines", EX, merged(ALL, condition("vitamin D deficiency")), "pass violated"),
]

# What the title of a classification among the diseases says was done, put in or given; the day of the entry is not that of the deed.
TITLED: list[Row] = [
    ("underwent mastectomy", EX, merged(ALL, condition("Acquired absence of left breast")), "fail holds"),
    ("underwent mastectomy", EX, merged(ALL, condition("Z90.12 Acquired absence of left breast and nipple")), "fail holds"),
    ("underwent mastectomy", EX, merged(ALL, condition("Acquired absence of right breast", "absent")), "pass violated"),
    ("underwent mastectomy", EX, merged(ALL, condition("Acquired absence of right breast", "suspected")), "unknown imprecise"),
    ("underwent mastectomy within 3 months", EX, merged(ALL, condition("Acquired absence of right breast", since="2019")), "unknown partial-date"),
    ("underwent mastectomy", EX, merged(ALL, condition("Congenital absence of breast")), "pass violated"),
    ("underwent mastectomy", EX, merged(ALL, condition("Acquired absence of kidney")), "pass violated"),
    ("underwent mastectomy", EX, merged(ALL, condition("Presence of cardiac pacemaker")), "pass violated"),
    ("underwent nephrectomy", EX, merged(ALL, condition("Acquired absence of kidney")), "fail holds"),
    ("underwent hysterectomy", EX, merged(ALL, condition("Acquired absence of both cervix and uterus")), "fail holds"),
    ("underwent hysterectomy", EX, merged(ALL, condition("Acquired absence of cervix with remaining uterus")), "unknown imprecise"),
    ("underwent amputation", EX, merged(ALL, condition("Acquired absence of right great toe")), "fail holds"),
    ("underwent bowel resection", EX, merged(ALL, condition("Acquired absence of other specified parts of digestive tract")), "unknown imprecise"),
    ("underwent cholecystectomy", EX, merged(ALL, condition("Acquired absence of other specified parts of digestive tract")), "unknown imprecise"),
    ("underwent lobectomy", EX, merged(ALL, condition("Acquired absence of lung [part of]")), "unknown imprecise"),
    ("underwent implantable cardioverter defibrillator", EX, merged(ALL, condition("Presence of automatic (implantable) cardiac defibrillator")), "fail holds"),
    ("underwent coronary artery bypass grafting", EX, merged(ALL, condition("Presence of aortocoronary bypass graft")), "fail holds"),
    ("underwent coronary artery bypass grafting", EX, merged(ALL, condition("Presence of coronary angioplasty implant and graft")), "pass violated"),
    ("underwent percutaneous coronary intervention", EX, merged(ALL, condition("Presence of coronary angioplasty implant and graft")), "fail holds"),
    ("underwent coronary stent", EX, merged(ALL, condition("Z95.5 Presence of coronary angioplasty implant and graft")), "fail holds"),
    ("underwent hip replacement", EX, merged(ALL, condition("Presence of left artificial hip joint")), "fail holds"),
    ("underwent knee replacement", EX, merged(ALL, condition("Presence of left artificial hip joint")), "pass violated"),
    ("underwent knee replacement", EX, merged(ALL, condition("Presence of artificial shoulder joint")), "unknown imprecise"),
    ("underwent ventriculoperitoneal shunt", EX, merged(ALL, condition("Presence of cerebrospinal fluid drainage device")), "unknown imprecise"),
    ("undergoing mechanical ventilation", EX, merged(ALL, condition("Dependence on respirator [ventilator] status")), "unknown not-recorded"),
    ("any use of glucocorticoids", EX, merged(ALL, condition("Long term (current) use of systemic steroids")), "unknown imprecise"),
    ("any use of systemic glucocorticoids", EX, merged(ALL, condition("Long term (current) use of systemic steroids")), "unknown imprecise"),
    ("current use of immunosuppressants", EX, merged(ALL, condition("Long term (current) use of systemic steroids")), "unknown imprecise"),
    ("any use of statins", EX, merged(ALL, condition("Long term (current) use of systemic steroids")), "pass violated"),
    ("any use of antiplatelets", EX, merged(ALL, condition("Long term (current) use of antithrombotics/antiplatelets")), "unknown imprecise"),
    ("any use of NSAIDs", EX, merged(ALL, condition("Long term (current) use of non-steroidal anti-inflammatories (NSAID)")), "unknown imprecise"),
    ("any use of cytotoxic chemotherapy", EX, merged(ALL, condition("Personal history of antineoplastic chemotherapy")), "unknown imprecise"),
    ("any use of cytotoxic chemotherapy", EX, merged(ALL, condition("Personal history of malignant neoplasm of breast")), "pass violated"),
    ("history of suicide attempt", EX, merged(ALL, condition("Personal history of self-harm")), "unknown not-recorded"),
    ("history of epilepsy", EX, merged(ALL, condition("Personal history of self-harm")), "pass violated"),
]

# What an allergen shows as, what an operation was done on, what ventilation tells, and what is measured, not listed.
TOLD_BESIDE: list[Row] = [
    ("seasonal allergic rhinitis", EX, merged(ALL, complete(allergies=True), allergy("grass pollen")), "unknown not-recorded"),
    ("allergic rhinitis", IN, merged(ALL, complete(allergies=True), allergy("cat dander")), "unknown not-recorded"),
    ("allergic conjunctivitis", EX, merged(ALL, complete(allergies=True), allergy("birch")), "unknown not-recorded"),
    ("pollen allergy", EX, merged(ALL, complete(allergies=True), allergy("grass")), "fail holds"),
    ("pollen allergy", EX, merged(ALL, complete(allergies=True), allergy("cat")), "pass violated"),
    ("pollen allergy", EX, merged(ALL, complete(allergies=True), condition("hay fever")), "fail holds"),
    ("celiac disease", EX, merged(ALL, complete(allergies=True), allergy("gluten")), "unknown not-recorded"),
    ("celiac disease", EX, merged(ALL, complete(allergies=True), allergy("peanut")), "pass violated"),
    ("contact dermatitis", EX, merged(ALL, complete(allergies=True), allergy("nickel")), "unknown not-recorded"),
    ("seasonal allergic rhinitis", EX, merged(ALL, complete(allergies=True), allergy("penicillin")), "pass violated"),
    ("respiratory disease", EX, merged(ALL, complete(allergies=True), allergy("grass pollen")), "pass violated"),
    ("history of epilepsy", EX, merged(ALL, procedure("epilepsy surgery", "2016")), "unknown not-recorded"),
    ("history of endometriosis", EX, merged(ALL, procedure("excision of endometriosis", "2016")), "unknown not-recorded"),
    ("history of lung cancer", EX, merged(ALL, procedure("resection of lung cancer", "2016")), "unknown not-recorded"),
    ("history of hepatitis B", EX, merged(ALL, procedure("hepatitis B vaccination", "2016")), "pass violated"),
    ("history of breast cancer", EX, merged(ALL, procedure("breast cancer screening", "2016")), "pass violated"),
    ("history of nephrolithiasis", EX, merged(ALL, procedure("PCNL", "2016")), "unknown not-recorded"),
    ("history of asthma", EX, merged(ALL, procedure("PCNL", "2016")), "pass violated"),
    ("history of pseudophakia", EX, merged(ALL, procedure("phacoemulsification", "2016")), "unknown not-recorded"),
    ("spinal muscular atrophy", EX, merged(ALL, drug("nusinersen")), "unknown not-recorded"),
    ("scabies", EX, merged(ALL, drug("permethrin")), "unknown not-recorded"),
    ("scabies", EX, merged(ALL, drug("metformin")), "pass violated"),
    ("current use of oxygen", IN, merged(ALL, procedure("mechanical ventilation", "2026-11-20")), "unknown not-recorded"),
    ("current use of oxygen", IN, merged(ALL, procedure("nasal cannula 3 L/min", "2026-11-20")), "unknown imprecise"),
    ("current use of oxygen", IN, merged(ALL, procedure("LTOT", "2024")), "unknown imprecise"),
    ("current use of oxygen", IN, merged(ALL, condition("LTOT")), "unknown imprecise"),
    ("current use of oxygen", EX, merged(ALL, procedure("mechanical ventilation", "2016")), "pass violated"),
    ("current use of oxygen", EX, merged(ALL, procedure("hyperbaric oxygen therapy", "2016")), "pass violated"),
    ("any use of tamoxifen", EX, merged(ALL, condition("tamoxifen-induced hot flashes")), "unknown imprecise"),
    ("use of statins", EX, merged(ALL, condition("statin-associated myopathy")), "unknown imprecise"),
    ("use of antibiotics", EX, merged(ALL, condition("exercise-induced asthma")), "pass violated"),
    ("underwent amputation", EX, merged(ALL, condition("phantom limb pain")), "unknown not-recorded"),
    ("any use of androgen deprivation therapy", EX, merged(ALL, condition("castration-resistant prostate cancer")), "unknown not-recorded"),
    ("alcohol abuse", EX, merged(ALL, condition("alcohol withdrawal")), "unknown not-recorded"),
    ("fever", IN, ALL, "unknown not-recorded"),
    ("fever", IN, merged(ALL, lab("body temperature", 36.7, "°C", date="2026-11-21")), "fail violated"),
    ("hypokalemia", EX, merged(ALL, lab("potassium", 4.1, "mmol/L")), "pass violated"),
    ("hypokalemia", EX, ALL, "unknown not-recorded"),
    ("history of fever", EX, ALL, "pass violated"),
    ("asthma", IN, ALL, "fail violated"),
    ("refractive error", IN, ALL, "unknown not-recorded"),
]

LOW = lab("hemoglobin", 7, "g/dL")
SIGNS: list[Row] = [
    ("anemia", EX, merged(ALL, LOW), "unknown not-recorded"),
    ("anemia", EX, merged(ALL, lab("hemoglobin", 13, "g/dL")), "pass violated"),
    ("anemia", EX, merged(ALL, lab("hemoglobin", 7, "g/dL", date="2024-01-01")), "pass violated"),
    ("anemia", EX, merged(LOW, condition("anemia", "absent")), "unknown conflict"),
    ("anemia", IN, merged(ALL, LOW), "unknown not-recorded"),
    ("hematologic disease", EX, merged(ALL, LOW), "unknown not-recorded"),
    ("aplastic anemia", EX, merged(ALL, LOW, condition("iron deficiency anemia")), "pass violated"),
    ("asthma", EX, merged(ALL, LOW), "pass violated"),
    ("hepatitis B", EX, merged(ALL, lab("HBsAg", "positive")), "unknown not-recorded"),
    ("hepatitis B", EX, merged(ALL, lab("HBsAg", "negative")), "pass violated"),
    # a result that says an infection does not go on, beside an antibody of the past
    ("active hepatitis C", EX, merged(ALL, lab("anti-HCV", "positive"), lab("HCV RNA", "not detected")), "pass violated"),
    ("active hepatitis C", EX, merged(ALL, lab("anti-HCV", "positive")), "unknown not-recorded"),
    ("hepatitis C", EX, merged(ALL, lab("anti-HCV", "positive"), lab("HCV RNA", "not detected")), "unknown not-recorded"),
    ("active hepatitis B", EX, merged(ALL, lab("anti-HBc", "positive"), lab("HBsAg", "negative")), "pass violated"),
    ("active hepatitis B", EX, merged(ALL, lab("HBV DNA", "positive"), lab("HBsAg", "negative")), "unknown not-recorded"),
    ("use of vaccines within 30 days", EX, merged(ALL, procedure("vaccination", "2026-11-10")), "fail holds"),
    ("use of live vaccines within 30 days", EX, merged(ALL, procedure("vaccination", "2026-11-10")), "unknown imprecise"),
    ("CMV viremia", EX, merged(ALL, lab("CMV PCR", 12000, "IU/mL")), "unknown not-recorded"),
    ("CMV viremia", EX, merged(ALL, lab("CMV PCR", "negative")), "pass violated"),
    ("obesity", EX, merged(ALL, {"weight_kg": 120, "height_cm": 160}), "unknown not-recorded"),
    ("diabetes", EX, merged(ALL, drug("insulin glargine")), "unknown not-recorded"),
    ("type 1 diabetes", EX, merged(ALL, drug("insulin glargine"), condition("type 2 diabetes")), "pass violated"),
    ("diabetes", EX, merged(ALL, drug("insulin glargine", stop="2020")), "pass violated"),
    ("end-stage renal disease", EX, merged(ALL, procedure("hemodialysis", "2026-01")), "unknown not-recorded"),
    ("tobacco use disorder", EX, merged(ALL, {"smoking": "current"}), "unknown not-recorded"),
    ("depression", EX, merged(ALL, score("PHQ-9", 22)), "unknown not-recorded"),
    ("history of breast cancer", EX, merged(ALL, procedure("breast biopsy", "2020", finding="invasive ductal carcinoma")), "unknown not-recorded"),
    ("underwent hemodialysis", EX, merged(ALL, condition("end-stage renal disease")), "unknown not-recorded"),
    ("use of androgen deprivation therapy", EX, merged(ALL, procedure("orchiectomy", "2020")), "unknown not-recorded"),
    ("use of blood products", EX, merged(ALL, procedure("platelet transfusion", "2026-11-01")), "review ambiguous"),
    ("use of blood products within 3 months", EX, merged(ALL, procedure("platelet transfusion", "2026-11-01")), "fail holds"),
    ("use of blood products within 3 months", EX, merged(ALL, procedure("platelet transfusion", "2026-01-01")), "pass violated"),
    ("coronary artery disease", EX, merged(ALL, procedure("CABG", "2020")), "unknown not-recorded"),
    ("history of malignancy", EX, merged(ALL, drug("tamoxifen", stop="2020")), "unknown not-recorded"),
    ("tuberculosis", EX, merged(ALL, drug("isoniazid")), "unknown not-recorded"),
    ("underwent kidney transplant", EX, merged(ALL, condition("kidney transplant failure")), "unknown imprecise"),
    ("underwent thyroidectomy", EX, merged(ALL, condition("post-thyroidectomy hypothyroidism")), "unknown imprecise"),
    ("prehypertension", IN, merged(ALL, lab("systolic blood pressure", 126, "mmHg")), "unknown not-recorded"),
    ("cardiovascular disease", EX, merged(ALL, lab("systolic blood pressure", 126, "mmHg")), "pass violated"),
    ("impaired fasting glucose", IN, merged(ALL, lab("glucose", 114, "mg/dL")), "unknown not-recorded"),
    ("pulmonary dysfunction", EX, merged(ALL, lab("FEV1", 45, "%")), "unknown not-recorded"),
    ("pulmonary dysfunction", EX, merged(ALL, lab("FEV1", 98, "%")), "pass violated"),
    ("vitamin B12 deficiency", EX, merged(ALL, lab("vitamin B12", 90, "pg/mL")), "unknown not-recorded"),
    ("iron overload", EX, merged(ALL, lab("ferritin", 250, "ng/mL")), "pass violated"),
    # The way in of an operation, and what holds another.
    ("underwent laparotomy", EX, merged(ALL, procedure("total hysterectomy", "2019")), "unknown not-recorded"),
    ("underwent laparotomy", EX, merged(ALL, procedure("cataract surgery", "2019")), "pass violated"),
    ("underwent thoracotomy", EX, merged(ALL, procedure("lobectomy", "2019")), "unknown not-recorded"),
    ("underwent coronary angiography within 6 months", EX, merged(ALL, procedure("percutaneous coronary intervention", "2026-09-01")), "unknown not-recorded"),
    ("underwent open heart surgery", EX, merged(ALL, procedure("CABG", "2019")), "unknown not-recorded"),
    ("renal cyst", EX, merged(ALL, condition("polycystic kidney disease")), "unknown not-recorded"),
    ("depression", EX, merged(ALL, condition("bipolar disorder")), "unknown not-recorded"),
    ("depression", EX, merged(ALL, condition("schizophrenia")), "pass violated"),
    # What a disease carries by its nature, and one that does not, or is over.
    ("active psychotic symptoms", EX, merged(ALL, condition("schizophrenia")), "unknown not-recorded"),
    ("psychotic episode that is acute", EX, merged(ALL, condition("paranoid schizophrenia")), "unknown not-recorded"),
    ("history of psychotic symptoms", IN, merged(ALL, condition("schizophrenia")), "unknown not-recorded"),
    ("active psychotic symptoms", EX, merged(ALL, condition("panic disorder")), "pass violated"),
    ("proteinuria", EX, merged(ALL, condition("nephrotic syndrome")), "unknown not-recorded"),
    ("proteinuria", EX, merged(ALL, condition("gout")), "pass violated"),
    ("chronic cough", EX, merged(ALL, condition("cystic fibrosis")), "unknown not-recorded"),
    ("chronic cough", EX, merged(ALL, condition("pneumonia", "resolved", until="2024-01")), "pass violated"),
    ("bleeding", EX, merged(ALL, condition("hemophilia A")), "unknown not-recorded"),
    ("bleeding", EX, merged(ALL, condition("osteoarthritis")), "pass violated"),
    ("visual impairment", EX, merged(ALL, condition("macular degeneration")), "unknown not-recorded"),
    ("ascites", EX, merged(ALL, condition("decompensated cirrhosis")), "unknown not-recorded"),
    ("respiratory tract infection within 4 weeks", EX, merged(ALL, condition("chronic Pseudomonas aeruginosa infection")), "unknown not-recorded"),
    ("respiratory tract infection within 4 weeks", EX, merged(ALL, condition("onychomycosis")), "pass violated"),
    ("allergy to eggs", EX, merged(complete(allergies=True), condition("egg allergy")), "fail holds"),
    ("allergy to eggs", EX, merged(complete(allergies=True), condition("peanut allergy")), "pass violated"),
    ("use of blood products", EX, merged(ALL, procedure("appendectomy", "2026-11-01")), "pass violated"),
    ("underwent intra-articular steroid injection within 3 months", EX, merged(ALL, drug("triamcinolone", route="intra-articular", start="2026-10-01", stop="2026-10-01")), "unknown not-recorded"),
    ("frailty", EX, merged(ALL, score("Clinical Frailty Scale", 6)), "unknown not-recorded"),
    ("frailty", EX, merged(ALL, score("Clinical Frailty Scale", 3)), "pass violated"),
    ("insomnia", IN, merged(ALL, score("ISI", 19)), "unknown not-recorded"),
    ("insomnia", IN, merged(ALL, score("ISI", 3)), "fail violated"),
    ("coma", EX, merged(ALL, score("GCS", 7)), "unknown not-recorded"),
    ("depression", EX, merged(ALL, score("MADRS", 21)), "unknown not-recorded"),
    ("depression", EX, merged(ALL, score("MADRS", 4)), "pass violated"),
    ("osteoporosis", EX, merged(ALL, lab("T-score femoral neck", -2.9)), "unknown not-recorded"),
    ("vitamin D deficiency", EX, merged(ALL, lab("vitamin D", 9, "ng/mL")), "unknown not-recorded"),
    ("vitamin D deficiency", EX, merged(ALL, lab("vitamin D", 41, "ng/mL")), "pass violated"),
    ("QT prolongation", EX, merged(ALL, {"sex": "female"}, lab("QTc", 466, "ms")), "unknown not-recorded"),
    ("QT prolongation", EX, merged(ALL, {"sex": "male"}, lab("QTc", 455, "ms")), "unknown not-recorded"),
    ("QT prolongation", EX, merged(ALL, {"sex": "female"}, lab("QTc", 455, "ms")), "pass violated"),
    ("acidosis", EX, merged(ALL, lab("arterial pH", 7.21)), "unknown not-recorded"),
    ("prematurity", IN, merged(ALL, {"age": 0.05}, lab("gestational age at birth", 31, "weeks")), "unknown not-recorded"),
    ("preeclampsia", EX, merged(ALL, {"sex": "female", "pregnant": True}, lab("systolic blood pressure", 158, "mmHg")), "unknown not-recorded"),
    ("gestational diabetes", EX, merged(ALL, {"sex": "female", "pregnant": True}, lab("fasting glucose", 99, "mg/dL")), "unknown not-recorded"),
    ("cardiac arrest", EX, merged(ALL, procedure("cardiopulmonary resuscitation", AT)), "unknown not-recorded"),
    ("malnutrition", EX, merged(ALL, lab("albumin", 24, "g/L")), "unknown not-recorded"),
    ("malnutrition", EX, merged(ALL, lab("albumin", 36, "g/L")), "pass violated"),
    ("hypocalcemia", EX, merged(ALL, lab("calcium", 1.8, "mmol/L")), "unknown not-recorded"),
    ("hypocalcemia", EX, merged(ALL, lab("calcium", 2.3, "mmol/L")), "pass violated"),
    ("nephrotic syndrome", IN, merged(ALL, lab("24-hour urine protein", 6, "g/24h")), "unknown not-recorded"),
    ("nephrotic syndrome", IN, merged(ALL, lab("24-hour urine protein", 0.2, "g/24h")), "fail violated"),
    ("sepsis", EX, merged(ALL, lab("procalcitonin", 24, "ng/mL", "2026-11-20")), "unknown not-recorded"),
    ("rheumatoid arthritis", EX, merged(ALL, lab("anti-CCP", "positive")), "unknown not-recorded"),
    ("rheumatoid arthritis", EX, merged(ALL, lab("anti-CCP", "negative")), "pass violated"),
    ("antiphospholipid syndrome", EX, merged(ALL, lab("lupus anticoagulant", "positive")), "unknown not-recorded"),
    ("hemophilia A", EX, merged(ALL, lab("factor VIII activity", 2, "%")), "unknown not-recorded"),
    ("peripheral arterial disease", EX, merged(ALL, lab("ankle-brachial index", 0.5)), "unknown not-recorded"),
    ("peripheral arterial disease", EX, merged(ALL, lab("ankle-brachial index", 1.1)), "pass violated"),
    ("fatty liver", EX, merged(ALL, lab("controlled attenuation parameter", 320, "dB/m")), "unknown not-recorded"),
    ("first-degree AV block", EX, merged(ALL, lab("PR interval", 260, "ms")), "unknown not-recorded"),
    ("erectile dysfunction", IN, merged(ALL, {"sex": "male"}, score("IIEF-5", 6)), "unknown not-recorded"),
    ("neuropathic pain", IN, merged(ALL, score("DN4", 7)), "unknown not-recorded"),
    ("neuropathic pain", IN, merged(ALL, score("DN4", 1)), "fail violated"),
    ("lower urinary tract symptoms", IN, merged(ALL, score("IPSS", 24)), "unknown not-recorded"),
    ("hearing loss", EX, merged(ALL, procedure("cochlear implantation", AT)), "unknown not-recorded"),
    ("psoriasis", EX, merged(ALL, drug("calcipotriol")), "unknown not-recorded"),
    ("weight loss within 3 months", IN, ALL, "unknown not-recorded"),
    ("weight loss within 3 months", IN, merged(ALL, condition("weight loss", since="2026-10")), "pass holds"),
    ("narcolepsy", IN, merged(ALL, drug("sodium oxybate")), "unknown not-recorded"),
    ("narcolepsy", IN, merged(ALL, drug("calcipotriol")), "fail violated"),
    ("benign prostatic hyperplasia", IN, merged(ALL, {"sex": "male"}, condition("lower urinary tract symptoms"), drug("tamsulosin")), "unknown not-recorded"),
    ("osteoporosis", EX, merged(ALL, condition("vertebral compression fracture")), "unknown not-recorded"),
    # results in words: what is not plainly negative may be positive
    ("bacteremia", EX, merged(ALL, lab("blood culture", "positive")), "unknown not-recorded"),
    ("bacteremia", EX, merged(ALL, lab("blood culture", "Klebsiella in two bottles")), "unknown not-recorded"),
    ("bacteremia", EX, merged(ALL, lab("blood culture", "no growth")), "pass violated"),
    ("urinary tract infection", EX, merged(ALL, lab("urine culture", "E. coli > 100,000")), "unknown not-recorded"),
    ("gout", EX, merged(ALL, lab("urine culture", "positive")), "pass violated"),
    ("syphilis", EX, merged(ALL, lab("RPR", "1:32")), "unknown not-recorded"),
    ("syphilis", EX, merged(ALL, lab("RPR", "non-reactive")), "pass violated"),
    ("pulmonary tuberculosis", IN, merged(ALL, lab("sputum culture for M. tuberculosis", "positive")), "unknown not-recorded"),
    ("opioid use disorder", EX, merged(ALL, lab("urine drug screen", "positive for opiates")), "unknown not-recorded"),
    ("opioid use disorder", EX, merged(ALL, lab("urine drug screen", "negative")), "pass violated"),
    ("delirium", EX, merged(ALL, score("CAM-ICU", "positive", "2026-11-20")), "unknown not-recorded"),
]

SHOWN: list[Row] = [
    ("liver metastases", EX, merged(ALL, procedure("CT of the abdomen", AT, finding="two liver metastases")), "unknown not-recorded"),
    ("liver metastases", EX, merged(ALL, procedure("CT of the abdomen", AT, finding="no liver metastases")), "pass violated"),
    ("brain metastases", EX, merged(ALL, procedure("CT of the abdomen", AT, finding="two liver metastases")), "pass violated"),
    ("atrial fibrillation", EX, merged(ALL, procedure("ECG", AT, finding="atrial fibrillation, rate 90")), "unknown not-recorded"),
    ("atrial fibrillation", EX, merged(ALL, procedure("ECG", AT, finding="sinus rhythm")), "pass violated"),
    ("pleural effusion", EX, merged(ALL, procedure("chest X-ray", AT, finding="Heart of normal size. Small left pleural effusion.")), "unknown not-recorded"),
    ("myocardial infarction", EX, merged(ALL, procedure("PCI for STEMI", AT)), "unknown not-recorded"),
    ("pleural effusion", EX, merged(ALL, condition("pleural effusion", "absent"), procedure("chest X-ray", "2020", finding="pleural effusion")), "pass violated"),
    ("history of drug allergy", EX, merged(ALL, complete(allergies=True), drug("amoxicillin", stop="2025", stop_reason="anaphylaxis")), "unknown not-recorded"),
    ("history of drug allergy", EX, merged(ALL, complete(allergies=True), drug("amoxicillin", stop="2025", stop_reason="completed")), "pass violated"),
    ("underwent radiotherapy", EX, merged(ALL, drug("radium-223", stop="2025")), "unknown not-recorded"),
    ("underwent blood transfusion within 3 months", EX, merged(ALL, drug("packed red cells", start=AT, stop=AT)), "fail holds"),
    ("use of glucocorticoids within 3 months", EX, merged(ALL, procedure("epidural injection of triamcinolone", AT)), "unknown imprecise"),
    ("use of glucocorticoids within 3 months", EX, merged(ALL, procedure("intra-articular steroid injection", AT)), "unknown imprecise"),
    ("use of glucocorticoids within 3 months", EX, merged(ALL, procedure("intra-articular steroid injection", "2024-10-10")), "pass violated"),
    ("pregnant", EX, merged({"sex": "female", "pregnant": False}, lab("serum pregnancy test", "positive", None, "2026-11-12")), "unknown conflict"),
    ("pregnant", EX, merged({"sex": "female", "pregnant": False}, lab("urine pregnancy test", "negative", None, "2026-11-12")), "pass violated"),
    ("pregnant", EX, merged({"sex": "female", "pregnant": False}, lab("urine pregnancy test", "positive", None, "2024-11-12")), "pass violated"),
]

OF_STUDIES: list[Row] = [
    ("any use of PD-1 inhibitors", EX, merged(ALL, study(drug="nivolumab", start="2024-01", stop="2024-06")), "unknown imprecise"),
    ("any use of PD-1 inhibitors", IN, merged(ALL, study(drug="nivolumab", kind="drug")), "unknown imprecise"),
    ("use of pembrolizumab within 6 months", EX, merged(ALL, study(drug="pembrolizumab vs. placebo", start="2026-09")), "unknown imprecise"),
    ("use of antidiabetics", EX, merged(ALL, study(drug="metformin plus XY-77", start="2026-01")), "unknown imprecise"),
    ("any use of TNF inhibitors", EX, merged(ALL, study(drug="XY-77", start="2024")), "unknown imprecise"),
    ("current use of apixaban", EX, merged(ALL, study(drug="apixaban", start="2026-01")), "unknown imprecise"),
    ("any use of PD-1 inhibitors", EX, merged(drug("nivolumab", stop="2024-06"), study(drug="nivolumab", start="2024-01", stop="2024-06")), "fail holds"),
    # another time, another drug, or none
    ("use of nivolumab within 6 months", EX, merged(ALL, study(drug="nivolumab", start="2024-01", stop="2024-06")), "pass violated"),
    ("current use of nivolumab", EX, merged(ALL, study(drug="nivolumab", start="2024-01", stop="2024-06")), "pass violated"),
    ("any use of warfarin", EX, merged(ALL, study(drug="nivolumab", start="2024-01")), "pass violated"),
    ("any use of warfarin", EX, merged(ALL, study(drug="XY-77", start="2024-01")), "pass violated"),
    ("any use of PD-1 inhibitors", EX, merged(ALL, study(drug="placebo", start="2024-01")), "pass violated"),
    ("any use of PD-1 inhibitors", EX, merged(ALL, study(kind="observational", start="2024-01")), "pass violated"),
]


@each_row(("check", "kind", "facts", "expected"), PROCEDURES + MEDICATIONS + TITLED + SIGNS + TOLD_BESIDE + SHOWN + OF_STUDIES)
def test_what_stands_elsewhere_is_not_overlooked(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, facts) == expected


def test_the_fact_names_the_list_where_it_stands() -> None:
    found = judge("underwent organ transplant", EX, condition("kidney transplant recipient"))
    assert [fact.fact for fact in found.evidence] == ["conditions: kidney transplant recipient"]
    found = judge("anemia", EX, merged(ALL, LOW))
    assert found.reason == "Hemoglobin 7 g/dL on 2026-11-10 is below 12 g/dL: it speaks for anemia, of which nothing is recorded."
    assert [fact.fact for fact in found.evidence] == ["labs: hemoglobin"]
    found = judge("diabetes", EX, merged(ALL, drug("insulin glargine")))
    assert found.reason == "Insulin glargine (current): it is for diabetes mellitus, of which nothing is recorded."


@each_row("sign", signs())
def test_a_sign_names_what_the_vocabulary_knows(sign: Sign) -> None:
    named = getattr(load(), sign.kind)(sign.label)
    assert named.label == sign.label
    assert load().held(named) or sign.label in WIDE  # else it would be passed over
    assert wording(parse(sign.check)) == sign.check
    found = list(leaves(parse(sign.check)))
    assert 1 <= len(found) <= 2
    # What lets a sign be passed over is what it asks for, and nothing else.
    assert sign.of == "" or [one.term for one in found if isinstance(one, Measurement)] == [sign.of]
    assert sign.when == "" or [(one.term, one.window) for one in found if isinstance(one, Condition)] == [(sign.when, None)]


def test_no_sign_is_passed_over_that_speaks_for_what_is_asked() -> None:
    facts = merged(ALL, LOW, drug("insulin glargine"), lab("potassium", 6, "mmol/L"), lab("platelets", 60, "10^9/L"), lab("HBsAg", "positive"))
    patient = prepare(profile_from_plain({"schema": 1, "id": "T", "as_of": "2026-11-21", **facts}, "here"), load(), None)
    spoken = [one for one in speaking(patient) if one.kind == "condition"]
    assert len({one.concept for one in spoken}) > 3
    for label, *_ in [*islice(table("conditions.tsv"), 0, None, 9), ("disease",), ("restrictive pulmonary disease",)]:
        asked = load().condition(label)
        assert signs_of(patient, "condition", asked) == [one for one in spoken if asked is not None and _speaks_for(patient, one.concept, asked, OR_A_KIND if one.kinds else ITSELF)]


def test_no_disease_is_passed_over_that_a_sign_asks_for() -> None:
    asked = [found for name in sorted({one.when for one in signs()} - {""}) if (found := load().condition(name)) is not None]
    for label, *_ in islice(table("conditions.tsv"), 0, None, 9):
        one = load().curated("condition", label)
        assert one is not None
        above = {one.label, *load().broader(one)}
        assert [other.label for other in asked if load().relation(one, other) in (Relation.SAME, Relation.NARROWER) and other.label not in above] == [], label


@each_row("name", [line for line in data_file("everyday.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")])
def test_what_is_everyday_is_in_the_vocabulary(name: str) -> None:
    assert getattr(load().curated("condition", name), "label", None) == name


@each_row(("label", "of"), [(label, "".join(of)) for label, _, *of in table("passing.tsv")])
def test_what_passes_is_in_the_vocabulary(label: str, of: str) -> None:
    for name in filter(None, (label, of)):
        found = load().condition(name)
        assert found is not None
        assert found.label == name


GERMS = [line.split("\t") for line in (Path(__file__).parent / "germs.tsv").read_text(encoding="utf-8").splitlines()[2:]]
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(?: (\D+))?")


@each_row("asked, test, result, day, expected", GERMS)
def test_what_tests_for_germs_leave_open(asked: str, test: str, result: str, day: str, expected: str) -> None:
    number = _AMOUNT.fullmatch(result)
    found = lab(test, float(number[1]) if number else result, number[2] if number else None, day)
    assert judge(asked, EX, merged(ALL, found)).verdict == expected


FOUND: list[Row] = [
    ("active infection", EX, merged(condition("pneumonia", "resolved", since="2020-01", until="2020-02"), lab("urine culture", "E. coli > 100000")), "unknown not-recorded"),
    ("active infection", EX, merged(condition("pneumonia", "resolved", since="2020-01", until="2020-02"), lab("urine culture", "no growth")), "pass violated"),
    ("active COVID-19", EX, merged(condition("COVID-19", "resolved", since="2021-01", until="2021-02"), lab("SARS-CoV-2 PCR", "positive")), "unknown not-recorded"),
    ("active COVID-19", EX, merged(condition("COVID-19", "resolved", since="2026-11-09", until="2026-11-15"), lab("SARS-CoV-2 PCR", "positive")), "pass violated"),
    ("history of COVID-19", EX, merged(condition("COVID-19", "resolved", since="2021-01", until="2021-02"), lab("SARS-CoV-2 PCR", "positive")), "fail holds"),
    ("hepatitis B", EX, merged(condition("chronic hepatitis B", "active"), lab("HBeAg", "positive")), "fail holds"),
    ("hepatitis B", IN, lab("HBeAg", "positive"), "unknown not-recorded"),
    ("malaria", IN, lab("malaria rapid test", "negative"), "fail violated"),
    ("Pneumocystis pneumonia", EX, procedure("bronchoscopy", AT, finding="lavage positive for Pneumocystis jirovecii"), "unknown not-recorded"),
    ("Helicobacter pylori infection", EX, procedure("gastroscopy with biopsy", AT, finding="chronic gastritis with Helicobacter organisms"), "unknown not-recorded"),
    ("Helicobacter pylori infection", EX, procedure("gastroscopy", AT, finding="gastritis, H. pylori negative"), "pass violated"),
]


@each_row("check, kind, facts, expected", FOUND)
def test_infections_that_were_found_are_asked_beside_those_of_old(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, merged(ALL, facts)) == expected


@each_row(("kind", "label"), [(kind, label) for _, _, kind, labels in table("titled_deeds.tsv") for label in labels.split("|")])
def test_what_a_title_tells_of_is_in_the_vocabulary(kind: str, label: str) -> None:
    assert getattr(load(), kind)(label).label == label
