"""What follows from what is recorded: the nature of a disease, another one beside the trial's, its treatment, a drug's purpose."""

from __future__ import annotations

from judging import EX, IN, Row, answer, complete, condition, drug, lab, merged, procedure, verdict
from rows import each_row

ALL, MEDS, DONE = complete(conditions=True), complete(medications=True), complete(procedures=True)

NATURES: list[Row] = [
    ("gastrointestinal disease that is chronic", EX, condition("ulcerative colitis"), "fail holds"),
    ("lung disease that is chronic", EX, condition("bronchiectasis"), "fail holds"),
    ("skin disease that is autoimmune", EX, condition("bullous pemphigoid"), "fail holds"),
    ('gastrointestinal disease that is "chronic inflammatory"', EX, condition("Crohn's disease"), "fail holds"),
    ("gastrointestinal disease that is acute", EX, condition("acute appendicitis"), "fail holds"),
    ("gastrointestinal disease that is chronic", EX, merged(ALL, condition("acute appendicitis")), "pass violated"),
    ("infection that is bacterial", EX, merged(ALL, condition("influenza")), "pass violated"),
    ("kidney disease that is genetic", EX, condition("autosomal dominant polycystic kidney disease"), "fail holds"),
    ("bleeding disorder that is inherited", EX, condition("hemophilia A"), "fail holds"),
    ("brain tumor that is primary", IN, condition("glioblastoma"), "pass holds"),
    ("heart failure that is symptomatic", EX, condition("heart failure", stage="NYHA III"), "fail holds"),
    ("heart failure that is symptomatic", EX, merged(ALL, condition("heart failure", stage="NYHA I")), "pass violated"),
    ("malignancy that is invasive", EX, condition("breast cancer", stage="II"), "fail holds"),
    ("triple-negative breast cancer that is metastatic", IN, condition("triple-negative breast cancer", stage="IV"), "pass holds"),
    ("triple-negative breast cancer that is metastatic", IN, merged(ALL, condition("triple-negative breast cancer", stage="I")), "fail violated"),
    # what a record does not tell
    ("pancreatitis that is chronic", EX, condition("pancreatitis"), "unknown not-recorded"),
    ("gastrointestinal disease that is chronic", EX, condition("gastric ulcer"), "unknown not-recorded"),
    ("infection that is acute", EX, condition("HIV infection"), "unknown not-recorded"),
    ("infection that is chronic", EX, condition("diabetic foot infection"), "unknown not-recorded"),
    ("heart disease that is chronic", EX, condition("acute coronary syndrome"), "unknown not-recorded"),
    ("liver disease that is chronic", EX, condition("Gilbert syndrome"), "unknown not-recorded"),
    ("heart failure that is symptomatic", EX, condition("heart failure"), "unknown not-recorded"),
    ("heart failure that is symptomatic", EX, condition("heart failure", stage="not NYHA III"), "unknown not-recorded"),
    ("malignancy that is invasive", EX, condition("breast cancer"), "unknown not-recorded"),
    ("triple-negative breast cancer that is metastatic", IN, condition("triple-negative breast cancer", stage="III"), "unknown not-recorded"),
    ("asthma that is severe", EX, condition("asthma"), "unknown not-recorded"),
    ("genetic disease that is inherited", EX, condition("Down syndrome"), "unknown not-recorded"),
    # an answer goes before what follows
    ("gastrointestinal disease that is chronic", EX, merged(ALL, condition("ulcerative colitis"), answer("chronic gastrointestinal disease", False)), "pass violated"),
]

AT_LARGE: list[Row] = [
    ("chronic disease", EX, condition("rheumatoid arthritis"), "unknown not-recorded"),
    ("chronic infection", EX, condition("HIV infection"), "fail holds"),
    ("systemic disease", EX, condition("systemic lupus erythematosus"), "fail holds"),
    ("inflammatory disease that is rheumatologic", EX, condition("rheumatoid arthritis"), "unknown not-recorded"),
    ('chronic infection other than (mild asthma if "treated")', EX, condition("HIV infection"), "fail holds"),
    ("disease that is underlying", EX, condition("cirrhosis"), "unknown not-recorded"),
    ("disease that is chronic", EX, condition("cirrhosis"), "unknown not-recorded"),
    ("disease that is coexisting", EX, merged(condition("Crohn's disease"), condition("acute appendicitis")), "unknown not-recorded"),
    ("obstructive lung disease that is chronic", EX, condition("asthma"), "unknown not-recorded"),
    ("psychiatric disorder that is chronic", EX, condition("schizophrenia"), "unknown not-recorded"),
    ("serious illness", EX, condition("schizophrenia"), "unknown not-recorded"),
    ("kidney disease that is severe", EX, merged(ALL, condition("end-stage renal disease", "resolved", until="2019")), "unknown not-recorded"),
    ("psychiatric disorder that is severe", EX, condition("schizophrenia"), "fail holds"),
    ("chronic disease", EX, condition("pneumonia"), "unknown not-recorded"),
    ("chronic infection", EX, condition("pneumonia"), "unknown not-recorded"),
    ("systemic disease", EX, condition("psoriasis"), "unknown not-recorded"),
    ('chronic disease other than (mild asthma if "treated")', EX, condition("asthma"), "unknown not-recorded"),
    ('type 1 diabetes that is "new onset"', IN, condition("type 1 diabetes", diagnosed="2005"), "fail violated"),
    ('breast cancer that is "newly diagnosed"', IN, condition("breast cancer", diagnosed="2026-11-10"), "pass holds"),
    ('breast cancer that is "newly diagnosed"', IN, condition("breast cancer", since="2020"), "unknown not-recorded"),
    ('type 1 diabetes that is "new onset"', IN, condition("type 1 diabetes", diagnosed="2026-10"), "unknown not-recorded"),
    ('"CKD stage" is 4 or 5', EX, condition("end-stage renal disease"), "fail holds"),
    ('"CKD stage" is 4 or 5', EX, condition("chronic kidney disease"), "unknown not-recorded"),
]

PRESENT: list[Row] = [
    ('cardiovascular disease that is "pre existing"', EX, condition("atrial fibrillation"), "fail holds"),
    ("lung disease that is underlying", EX, condition("COPD"), "fail holds"),
    ('diabetes that is "pre existing"', EX, condition("gestational diabetes"), "unknown not-recorded"),
    ('hypertension that is "pre existing"', EX, merged({"pregnant": True, "sex": "female"}, condition("hypertension")), "unknown not-recorded"),
    ('lung disease that is "pre existing"', EX, condition("pneumonia", "resolved"), "unknown not-recorded"),
    ("myocardial infarction that is recent within 6 months", EX, condition("myocardial infarction", since="2026-09-01"), "fail holds"),
    ("underwent blood donation that is recent within 30 days", EX, procedure("blood donation", "2026-11-10"), "fail holds"),
    ('nervous system disease that is "pre existing"', EX, condition("ischemic stroke"), "unknown not-recorded"),
    ('nervous system disease that is "pre existing"', EX, condition("ischemic stroke", since="2024-05"), "fail holds"),
    ('nervous system disease that is "pre existing"', EX, condition("epilepsy", since="2026-11-15"), "unknown not-recorded"),
    ('nervous system disease that is "pre existing"', EX, condition("epilepsy"), "fail holds"),
    ('malignancy that is "pre existing"', EX, condition("breast cancer"), "unknown not-recorded"),
    ("myocardial infarction that is recent", EX, condition("myocardial infarction", since="2026-01-01"), "unknown not-recorded"),
]

_OTHER = '"other than the one of the trial"'
BESIDE: list[Row] = [
    (f"malignancy that is {_OTHER}", EX, merged(condition("gastric adenocarcinoma"), condition("papillary thyroid cancer")), "fail holds"),
    ("gastrointestinal disease that is coexisting", EX, merged(condition("Crohn's disease"), condition("acute appendicitis")), "fail holds"),
    ('malignancy that is "invasive other than the one of the trial"', EX, merged(condition("breast cancer", stage="II"), condition("lung adenocarcinoma", stage="III")), "fail holds"),
    (f"malignancy that is {_OTHER} within 3 years", EX, merged(condition("breast cancer", stage="IV"), condition("melanoma", "resolved", since="2025-03", until="2025-06")), "fail holds"),
    # one alone is that of the trial, beside nothing that few people have
    (f"malignancy that is {_OTHER}", EX, merged(ALL, condition("gastric adenocarcinoma")), "pass violated"),
    (f"active malignancy that is {_OTHER}", EX, merged(ALL, condition("breast cancer", stage="IV"), condition("brain metastases"), condition("hypertension")), "pass violated"),
    ("second primary malignancy", EX, merged(ALL, condition("colon cancer")), "pass violated"),
    (f"history of malignancy that is {_OTHER} other than (non-melanoma skin cancer)", EX, merged(ALL, condition("breast cancer", stage="IV"), condition("basal cell carcinoma", "resolved")), "pass violated"),
    (f"malignancy that is {_OTHER}", EX, condition("gastric adenocarcinoma"), "unknown not-recorded"),
    (f"malignancy that is {_OTHER}", EX, merged(ALL, condition("gastric adenocarcinoma"), condition("psoriasis")), "unknown not-recorded"),
    (f"malignancy that is {_OTHER}", EX, merged(ALL, condition("gastric adenocarcinoma", "resolved", until="2025-01")), "unknown not-recorded"),
    (f"malignancy that is {_OTHER}", EX, merged(ALL, condition("gastric adenocarcinoma"), condition("acute myeloid leukemia", "suspected")), "unknown suspected"),
    (f"history of malignancy that is {_OTHER} other than (skin cancer; any over for 3 years)", EX, merged(ALL, condition("breast cancer", stage="IV"), condition("colon cancer", "resolved", until="2025-01")), "fail holds"),
    (f"liver disease that is {_OTHER}", EX, merged(ALL, condition("cirrhosis")), "unknown not-recorded"),
    (f"malignancy that is {_OTHER}", EX, merged(condition("breast cancer"), condition("brain metastases")), "unknown not-recorded"),
    (f"malignancy that is {_OTHER}", EX, merged(condition("acute myeloid leukemia"), condition("myelodysplastic syndrome")), "unknown not-recorded"),
    (f"malignancy that is {_OTHER}", EX, merged(condition("non-small cell lung cancer"), condition("small cell lung cancer")), "unknown not-recorded"),
    (f"malignancy that is {_OTHER} within 3 years", EX, merged(condition("breast cancer"), condition("melanoma", "resolved", since="2010", until="2011")), "unknown not-recorded"),
    (f"malignancy that is {_OTHER}", EX, merged(condition("colon cancer", stage="IV"), condition("adenocarcinoma of the liver")), "unknown not-recorded"),
    (f"liver disease that is {_OTHER}", EX, merged(condition("cirrhosis"), condition("chronic hepatitis C")), "unknown not-recorded"),
    ("bowel disease that is coexisting", EX, merged(condition("Crohn's disease"), condition("bowel obstruction")), "unknown not-recorded"),
    ("kidney disease that is coexisting", EX, merged(condition("lupus nephritis"), condition("systemic lupus erythematosus")), "unknown not-recorded"),
]

TREATED: list[Row] = [
    ("hypothyroidism that is untreated", EX, merged(ALL, condition("hypothyroidism"), drug("levothyroxine")), "pass violated"),
    ("hypertension that is untreated", EX, merged(ALL, condition("hypertension"), drug("amlodipine", indication="hypertension")), "pass violated"),
    ('infection that is "requiring antibiotics"', EX, merged(condition("cellulitis"), drug("cephalexin", indication="cellulitis")), "fail holds"),
    ('diabetes that is "requiring insulin"', EX, merged(condition("type 2 diabetes"), drug("insulin glargine")), "fail holds"),
    ('epilepsy that is "requiring treatment"', EX, merged(condition("epilepsy"), drug("levetiracetam")), "fail holds"),
    ("hypothyroidism that is untreated", EX, merged(ALL, condition("hypothyroidism")), "unknown not-recorded"),
    ("hypothyroidism that is untreated", EX, merged(ALL, condition("hypothyroidism"), drug("levothyroxine", stop="2026-02")), "unknown not-recorded"),
    ("hypertension that is untreated", EX, merged(ALL, condition("hypertension"), drug("propranolol", indication="migraine")), "unknown not-recorded"),
    ("hypertension that is untreated", EX, merged(ALL, condition("hypertension"), condition("heart failure"), drug("bisoprolol")), "unknown not-recorded"),
    ('diabetes that is "requiring insulin"', EX, merged(condition("type 2 diabetes"), drug("metformin")), "unknown not-recorded"),
    ('infection that is "requiring antibiotics"', EX, merged(condition("cellulitis"), drug("ibuprofen")), "unknown not-recorded"),
    # in the words for it, of one of several, by a route
    ("psychiatric disorder that is requiring medication therapy", EX, merged(condition("major depressive disorder"), drug("sertraline", indication="depression")), "fail holds"),
    ("invasive fungal infection that is requiring ongoing antifungal treatment", EX, merged(condition("invasive aspergillosis"), drug("voriconazole", indication="invasive aspergillosis")), "fail holds"),
    ('infection that is "requiring IV antibiotics, antivirals, or antifungals"', EX, merged(condition("pneumonia"), drug("ceftriaxone", indication="pneumonia", route="IV")), "fail holds"),
    ("asthma that is requiring oral corticosteroids", EX, merged(condition("asthma"), drug("prednisone", indication="asthma", route="oral")), "fail holds"),
    ("psychiatric disorder that is requiring medication therapy", EX, merged(condition("major depressive disorder"), drug("sertraline", stop="2026-01")), "unknown not-recorded"),
    ("psychiatric disorder that is requiring medication therapy", EX, merged(condition("major depressive disorder"), drug("sertraline", indication="neuropathic pain")), "unknown not-recorded"),
    ("asthma that is requiring oral corticosteroids", EX, merged(condition("asthma"), drug("budesonide", indication="asthma", route="inhaled")), "unknown not-recorded"),
    ('infection that is "requiring intravenous antibiotics or antivirals"', EX, merged(condition("herpes zoster"), drug("valaciclovir", indication="herpes zoster", route="oral")), "unknown not-recorded"),
    # by what was done for it
    ("acute kidney injury that is requiring dialysis", EX, merged(condition("acute renal failure", since="2026-11-18"), procedure("hemodialysis", "2026-11-19")), "fail holds"),
    ("end-stage renal disease that is requiring dialysis", EX, merged(condition("end-stage renal disease", since="2022"), procedure("hemodialysis", "2023-05-02")), "fail holds"),
    ("anemia that is requiring transfusion", EX, merged(condition("anemia", since="2026-10"), procedure("red blood cell transfusion", "2026-11-10")), "fail holds"),
    ("pneumonia that is requiring mechanical ventilation", EX, merged(condition("pneumonia", since="2026-11-17"), procedure("mechanical ventilation", "2026-11-18")), "fail holds"),
    ("acute kidney injury that is requiring dialysis", EX, merged(condition("acute renal failure", since="2026-11-18"), procedure("hemodialysis", "2025-02-01")), "unknown not-recorded"),
    ("acute kidney injury that is requiring dialysis", EX, merged(condition("acute renal failure", "resolved", since="2026-09"), procedure("hemodialysis", "2026-11-19")), "unknown not-recorded"),
    ("anemia that is requiring transfusion", EX, merged(condition("anemia", since="2026-10"), condition("gastrointestinal bleeding"), procedure("red blood cell transfusion", "2026-11-10")), "unknown not-recorded"),
    ("anemia that is requiring transfusion", EX, merged(condition("anemia", since="2026-10"), procedure("bone marrow biopsy", "2026-11-10")), "unknown not-recorded"),
]

NEVER = merged(MEDS, DONE)
TREATED_FOR: list[Row] = [
    ('statement "surgery for Parkinson disease"', EX, merged(condition("Parkinson's disease"), procedure("deep brain stimulation", "2024-01-02")), "fail holds"),
    ('statement "treated for depression"', EX, drug("sertraline", stop="2024-02", indication="depression"), "fail holds"),
    ('statement "currently treated for hypertension"', EX, merged(condition("hypertension"), drug("amlodipine")), "fail holds"),
    ('statement "medication for epilepsy"', EX, merged(condition("epilepsy"), drug("levetiracetam")), "fail holds"),
    ('statement "surgery for Parkinson disease"', EX, merged(NEVER, condition("Parkinson's disease")), "pass violated"),
    ('statement "surgery for Parkinson disease"', EX, merged(NEVER, condition("Parkinson's disease"), procedure("appendectomy", "2001")), "pass violated"),
    ('statement "medication for epilepsy"', EX, merged(MEDS, condition("epilepsy"), drug("amlodipine", indication="hypertension")), "pass violated"),
    # a reason that is not told, another list, another time
    ('statement "surgery for Parkinson disease"', EX, condition("Parkinson's disease"), "unknown not-recorded"),
    ('statement "surgery for epilepsy"', EX, merged(condition("epilepsy"), condition("Parkinson's disease"), procedure("deep brain stimulation", "2024-01-02")), "unknown not-recorded"),
    ('statement "treated for depression"', EX, merged(MEDS, condition("depression")), "unknown not-recorded"),
    ('statement "currently treated for malignancy"', EX, merged(condition("prostate cancer"), drug("leuprolide")), "fail holds"),
    ('statement "currently treated for malignancy"', EX, merged(condition("prostate cancer"), drug("prednisone")), "unknown not-recorded"),
    ('statement "currently treated for malignancy"', EX, merged(condition("prostate cancer"), drug("prednisone", indication="prostate cancer")), "fail holds"),
    ('statement "currently treated for depression"', EX, drug("sertraline", stop="2024-02", indication="depression"), "unknown not-recorded"),
    ('statement "medication for epilepsy"', EX, merged(MEDS, condition("epilepsy"), drug("topiramate")), "fail holds"),
    ('statement "medication for epilepsy"', EX, merged(MEDS, condition("epilepsy"), condition("migraine"), drug("topiramate")), "unknown not-recorded"),
    # a cancer is untreated that was never treated
    ("B-cell lymphoma that is untreated", IN, merged(condition("diffuse large B-cell lymphoma"), NEVER), "pass holds"),
    ("B-cell lymphoma that is untreated", IN, merged(condition("diffuse large B-cell lymphoma"), drug("rituximab", stop="2025-06", indication="diffuse large B-cell lymphoma"), ALL), "fail violated"),
    ("B-cell lymphoma that is untreated", IN, merged(condition("diffuse large B-cell lymphoma"), MEDS), "unknown not-recorded"),
    ("B-cell lymphoma that is untreated", IN, merged(condition("diffuse large B-cell lymphoma"), NEVER, procedure("splenectomy", "2026-02")), "unknown not-recorded"),
    ("B-cell lymphoma that is untreated", IN, merged(condition("diffuse large B-cell lymphoma"), ALL, drug("allopurinol", indication="gout")), "unknown not-recorded"),
]

ONCE: list[Row] = [
    # nobody has two of these: what is recorded of the one is all there is
    ("non-small cell lung cancer stage III or IV", IN, condition("lung adenocarcinoma", stage="IB"), "fail violated"),
    ("multiple myeloma that is newly diagnosed", IN, condition("multiple myeloma", diagnosed="2019-02-03"), "fail violated"),
    ("respiratory failure that is severe", IN, merged(ALL, condition("ARDS", severity="moderate")), "unknown imprecise"),
    ("respiratory failure that is severe", IN, merged(ALL, condition("respiratory failure", severity="moderate")), "fail violated"),
    ("aortic stenosis that is severe", EX, condition("aortic stenosis", severity="mild"), "pass violated"),
    ("peripheral neuropathy stage 2, 3 or 4", EX, condition("peripheral neuropathy", stage="grade 1"), "pass violated"),
    ("diabetes mellitus for < 1 year", EX, condition("type 2 diabetes", diagnosed="2026-06-01", since="2026-06-01"), "fail holds"),
    ("diabetes mellitus for < 1 year", EX, condition("type 2 diabetes", diagnosed="2019-06-01", since="2019-06-01"), "pass violated"),
    ("B-cell lymphoma that is untreated", IN, merged(condition("diffuse large B-cell lymphoma"), drug("rituximab", stop="2025-06", indication="diffuse large B-cell lymphoma")), "fail violated"),
    ("metastatic breast cancer", IN, condition("breast cancer", stage="II"), "fail violated"),
    # of these one may have several, or another than that recorded
    ("malignancy stage IV", EX, condition("breast cancer", stage="II"), "unknown not-recorded"),
    ("squamous cell carcinoma of skin stage III", EX, condition("squamous cell carcinoma of the skin", stage="I"), "unknown not-recorded"),
    ("knee osteoarthritis that is severe", EX, condition("knee osteoarthritis", severity="mild"), "unknown not-recorded"),
    ("stroke within 6 months", EX, condition("stroke", since="2019-02"), "unknown not-recorded"),
    ("lupus nephritis stage IV", IN, condition("lupus nephritis", stage="II"), "unknown not-recorded"),
    ("breast cancer stage IV", EX, condition("breast cancer", "resolved", stage="II"), "unknown not-recorded"),
    ("metastatic breast cancer", IN, merged(condition("breast cancer", stage="II"), condition("bone metastases")), "unknown imprecise"),
    ("metastatic breast cancer", IN, merged(condition("breast cancer"), condition("bone metastases")), "pass holds"),
    ("renal cell carcinoma that is metastatic", IN, merged(condition("clear cell renal cell carcinoma", stage="IV"), condition("lung metastases")), "pass holds"),
    ("metastatic colorectal cancer", IN, merged(condition("colon cancer"), condition("liver metastases"), condition("lymph node metastases")), "pass holds"),
    ("metastatic breast cancer", IN, merged(condition("breast cancer"), condition("melanoma"), condition("bone metastases")), "unknown imprecise"),
    ("metastatic breast cancer", IN, merged(condition("breast cancer"), condition("lymph node metastases")), "unknown imprecise"),
    ("metastatic breast cancer", IN, merged(condition("breast cancer", "resolved"), condition("bone metastases")), "unknown imprecise"),
    ("metastatic breast cancer", IN, merged(condition("breast cancer"), condition("bone metastases", "suspected")), "unknown imprecise"),
    ("metastatic breast cancer", IN, condition("breast cancer", stage="II", diagnosed="2018-02"), "unknown imprecise"),
    # kinds of which one has one at a time
    ("type 2 diabetes", IN, condition("type 1 diabetes"), "fail violated"),
    ("beta thalassemia major", EX, merged(condition("beta thalassemia trait"), condition("microcytic anemia")), "pass violated"),
    ("transfusion-dependent beta thalassemia", EX, condition("beta thalassemia major"), "fail holds"),
    ("thalassemia", EX, condition("beta thalassemia minor"), "fail holds"),
    ("Crohn disease", EX, condition("ulcerative colitis"), "pass violated"),
    ("paroxysmal atrial fibrillation", IN, condition("persistent atrial fibrillation"), "fail violated"),
    ("type 2 diabetes", IN, condition("gestational diabetes"), "unknown not-recorded"),
    ("type 2 diabetes", IN, merged(condition("type 1 diabetes"), condition("type 2 diabetes")), "unknown conflict"),
    ("history of Crohn disease", EX, condition("ulcerative colitis"), "unknown not-recorded"),
    ("atrial fibrillation", EX, condition("atrial flutter"), "unknown not-recorded"),
    # words of which one holds at a time
    ("hypertension that is uncontrolled", EX, condition("hypertension", severity="controlled"), "pass violated"),
    ("hypertension that is uncontrolled", EX, condition("well controlled hypertension"), "pass violated"),
    ("asthma that is controlled", IN, condition("asthma", severity="uncontrolled"), "fail violated"),
    ("aortic stenosis that is symptomatic", EX, condition("aortic stenosis", severity="asymptomatic"), "pass violated"),
    ("knee osteoarthritis that is symptomatic", IN, merged(ALL, condition("knee osteoarthritis", severity="asymptomatic")), "fail violated"),
    ("hypertension that is uncontrolled", EX, condition("hypertension", severity="mild"), "unknown not-recorded"),
    ("inguinal hernia that is unilateral", IN, condition("bilateral inguinal hernia"), "unknown not-recorded"),
    ("skin prick test showing positive", IN, merged(DONE, procedure("skin prick test", "2026-11-01", finding="negative")), "fail violated"),
]

CONFIRMED: list[Row] = [
    ('Crohn disease confirmed by "radiographic, endoscopic or histologic criteria"', IN, condition("Crohn's disease", confirmed_by=["endoscopy"]), "pass holds"),
    ('type 1 diabetes confirmed by "American diabetes association criteria"', IN, condition("type 1 diabetes", confirmed_by=["ADA criteria"]), "pass holds"),
    ('schizophrenia confirmed by "Diagnostic and Statistical Manual of Mental Disorders, Fifth Edition"', IN, condition("schizophrenia", confirmed_by=["DSM-5"]), "pass holds"),
    ('schizophrenia confirmed by "DSM-IV or ICD-10"', IN, condition("schizophrenia", confirmed_by=["ICD-10"]), "pass holds"),
    ("pneumonia confirmed by radiological examination", IN, condition("pneumonia", confirmed_by=["chest X-ray"]), "pass holds"),
    ('Crohn disease confirmed by "radiographic, endoscopic or histologic criteria"', IN, condition("Crohn's disease", confirmed_by=["fecal calprotectin"]), "unknown not-recorded"),
    ('rheumatoid arthritis confirmed by "American College of Rheumatology 2010 criteria"', IN, condition("rheumatoid arthritis", confirmed_by=["1987 ACR"]), "unknown not-recorded"),
    ('schizophrenia confirmed by "DSM-IV criteria"', IN, condition("schizophrenia", confirmed_by=["DSM-5"]), "unknown not-recorded"),
    ('pulmonary embolism confirmed by "CT angiography"', IN, condition("pulmonary embolism", confirmed_by=["MRI"]), "unknown not-recorded"),
    ('stroke confirmed by "CT imaging"', IN, condition("stroke", confirmed_by=["MRI"], since="2026-11-19"), "unknown not-recorded"),
]

TOGETHER: list[Row] = [
    ('hypertension that is "uncontrolled requiring use of spironolactone"', EX, merged(condition("hypertension", severity="uncontrolled"), drug("spironolactone", indication="hypertension")), "fail holds"),
    ('hypertension that is "uncontrolled requiring use of spironolactone"', EX, condition("hypertension", severity="controlled"), "pass violated"),
    ('hypertension that is "uncontrolled requiring use of spironolactone"', EX, condition("hypertension", severity="uncontrolled"), "unknown not-recorded"),
    ("opportunistic infection that is newly diagnosed hiv-related", EX, merged(condition("HIV infection"), condition("Pneumocystis pneumonia", diagnosed="2026-11-10")), "fail holds"),
    ("opportunistic infection that is newly diagnosed hiv-related", EX, condition("Pneumocystis pneumonia", diagnosed="2026-11-10"), "unknown not-recorded"),
]

BY_TEST: list[Row] = [
    ("COVID-19 confirmed by positive test", IN, lab("SARS-CoV-2 PCR", "positive"), "pass holds"),
    ("COVID-19 confirmed by PCR", EX, lab("SARS-CoV-2 PCR", "negative"), "pass violated"),
    ("COVID-19 confirmed by PCR", IN, merged(lab("SARS-CoV-2 PCR", "negative"), condition("COVID-19", confirmed_by=["PCR"])), "pass holds"),
    ("COVID-19", EX, lab("SARS-CoV-2 PCR", "negative"), "unknown not-recorded"),
    ("COVID-19 confirmed by antigen test", EX, lab("SARS-CoV-2 PCR", "negative"), "unknown not-recorded"),
    ("history of second primary malignancy", EX, merged(condition("ovarian cancer"), condition("breast cancer", "resolved", since="2015")), "fail holds"),
    ("second primary malignancy other than (basal cell carcinoma of skin)", EX, merged(condition("ovarian cancer"), condition("basal cell carcinoma")), "unknown not-recorded"),
    ("history of second primary malignancy", EX, condition("ovarian cancer"), "unknown not-recorded"),
]

AGAINST = "use of monoclonal antibodies that is against the cancer"
PURPOSES: list[Row] = [
    ("use of anticancer therapy within 4 weeks", EX, merged(MEDS, condition("Crohn's disease"), drug("azathioprine", start="2024-01")), "pass violated"),
    ("use of antineoplastic agents", EX, merged(MEDS, drug("methotrexate", indication="rheumatoid arthritis")), "pass violated"),
    ("use of anticancer therapy", EX, drug("methotrexate", indication="breast cancer"), "fail holds"),
    ("use of anticancer therapy", EX, merged(condition("breast cancer"), drug("tamoxifen")), "fail holds"),
    ("use of anticancer therapy", EX, merged(MEDS, ALL, condition("psoriasis"), drug("methotrexate")), "pass violated"),
    ("use of anticancer therapy", EX, drug("paclitaxel"), "fail holds"),
    ("use of antihypertensives", EX, drug("doxazosin", indication="hypertension"), "fail holds"),
    ("use of antihypertensives", EX, drug("doxazosin", indication="benign prostatic hyperplasia"), "unknown not-recorded"),
    ("use of hormone replacement therapy", EX, drug("estradiol", indication="menopausal symptoms"), "fail holds"),
    ("use of hormone replacement therapy", EX, drug("estradiol", indication="hypogonadism"), "unknown not-recorded"),
    ("use of hormone replacement therapy", EX, drug("venlafaxine", indication="hot flashes"), "unknown not-recorded"),
    ("use of hormonal contraceptives", EX, drug("norethisterone", indication="contraception"), "fail holds"),
    ("use of hormonal contraceptives", EX, drug("norethisterone", indication="endometriosis"), "unknown not-recorded"),
    ("use of antidepressants", EX, drug("amitriptyline", indication="migraine"), "fail holds"),
    ("use of cytotoxic chemotherapy", EX, drug("cyclophosphamide", indication="lupus nephritis"), "fail holds"),
    ("use of antimetabolites", EX, drug("methotrexate", indication="rheumatoid arthritis"), "fail holds"),
    ("use of anticancer therapy", EX, merged(MEDS, drug("methotrexate")), "unknown not-recorded"),
    ("use of anticancer therapy", EX, merged(MEDS, condition("psoriasis"), drug("methotrexate")), "unknown not-recorded"),
    ("use of anticancer therapy", EX, merged(MEDS, condition("breast cancer"), condition("rheumatoid arthritis"), drug("methotrexate")), "unknown not-recorded"),
    ("use of anticancer therapy", EX, merged(MEDS, condition("breast cancer", "resolved"), drug("rituximab")), "unknown not-recorded"),
    ("any use of angiogenesis inhibitors", EX, merged(MEDS, drug("ranibizumab", route="intravitreal", stop="2023")), "unknown imprecise"),
    ("use of antineoplastic agents", EX, merged(MEDS, drug("rituximab", indication="lupus nephritis", setting="maintenance")), "pass violated"),
    ("use of antineoplastic agents", EX, merged(MEDS, drug("paclitaxel", indication="keloid")), "unknown not-recorded"),
    ("use of antineoplastic agents", EX, merged(MEDS, drug("busulfan", indication="sickle cell disease")), "pass violated"),
    ("current use of antineoplastic agents", EX, merged(MEDS, drug("dexamethasone", indication="multiple myeloma")), "unknown imprecise"),
    ("current use of antineoplastic agents", EX, merged(MEDS, drug("dexamethasone", indication="asthma")), "pass violated"),
    ("current use of antibiotics", EX, merged(MEDS, drug("dexamethasone", indication="multiple myeloma")), "pass violated"),
    # any drug, against the cancer
    (AGAINST, EX, drug("adalimumab"), "unknown not-recorded"),
    (AGAINST, EX, drug("adalimumab", indication="rheumatoid arthritis"), "unknown not-recorded"),
    (AGAINST, EX, merged(MEDS, drug("adalimumab", indication="rheumatoid arthritis")), "pass violated"),
    (AGAINST, EX, merged(MEDS, ALL, condition("psoriasis"), drug("adalimumab")), "pass violated"),
    (AGAINST, EX, merged(MEDS, condition("lung cancer"), drug("adalimumab")), "unknown not-recorded"),
    (AGAINST, EX, merged(MEDS, drug("rituximab")), "unknown not-recorded"),
    (AGAINST, EX, merged(MEDS, drug("denosumab", indication="a giant cell lesion")), "unknown not-recorded"),
    (AGAINST, EX, merged(condition("follicular lymphoma"), drug("rituximab")), "fail holds"),
    (AGAINST, EX, drug("denosumab", indication="breast cancer"), "fail holds"),
    (AGAINST, EX, drug("cetuximab"), "fail holds"),
    (AGAINST, EX, drug("bevacizumab", setting="metastatic"), "fail holds"),
    ("use of cytotoxic chemotherapy that is against the cancer", EX, drug("cyclophosphamide", indication="vasculitis"), "unknown not-recorded"),
    ("use of cytotoxic chemotherapy that is against the cancer", EX, merged(MEDS, drug("cyclophosphamide", indication="vasculitis")), "pass violated"),
    ("use of cytotoxic chemotherapy that is against the cancer", EX, drug("cyclophosphamide", indication="breast cancer"), "fail holds"),
    ("use of cytotoxic chemotherapy that is against the cancer", EX, drug("docetaxel"), "fail holds"),
    ("use of glucocorticoids that is against the cancer", EX, merged(condition("lymphoma"), drug("prednisone")), "unknown not-recorded"),
    ("use of glucocorticoids that is against the cancer", EX, drug("prednisone", indication="lymphoma"), "fail holds"),
    ("use of glucocorticoids that is against the asthma", EX, drug("prednisone", indication="asthma"), "unknown not-recorded"),
]


@each_row(("check", "kind", "facts", "wanted"), [*NATURES, *AT_LARGE, *PRESENT, *BESIDE, *TREATED, *TREATED_FOR, *ONCE, *CONFIRMED, *TOGETHER, *BY_TEST, *PURPOSES])
def test_what_follows_from_the_record(check: str, kind: str, facts: dict[str, object], wanted: str) -> None:
    assert verdict(check, kind, facts) == wanted
