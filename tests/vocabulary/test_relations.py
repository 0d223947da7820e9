"""How a recorded concept stands to an asked one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.is_a import Relation
from matcher.vocabulary.vocabulary import load

SAME, NARROWER, BROADER, UNRELATED, UNKNOWN = Relation

CONDITIONS = [
    ("lupus nephritis", "lupus nephritis", SAME),
    ("class V lupus nephritis", "lupus nephritis", NARROWER),
    ("lupus nephritis", "SLE", NARROWER),
    ("cirrhosis", "gastrointestinal disease", UNKNOWN),
    ("cirrhosis", "digestive system disease", NARROWER),
    ("Crohn disease", "gastrointestinal disease", NARROWER),
    ("macular degeneration", "vision problem", UNKNOWN),
    ("deep vein thrombosis", "blood clotting problem", UNKNOWN),
    ("neonatal diabetes", "monogenic diabetes", UNKNOWN),
    ("hypertension", "cardiovascular disease", UNKNOWN),
    ("portal hypertension", "vascular disease", UNKNOWN),
    ("hypertensive heart disease", "cardiovascular disease", NARROWER),
    ("colon polyp", "neoplasm", UNKNOWN),
    ("carpal tunnel syndrome", "peripheral neuropathy", UNKNOWN),
    ("myopia", "eye disease", UNKNOWN),
    ("kidney stone", "kidney disease", UNKNOWN),
    ("knee osteoarthritis", "Charcot arthropathy", UNRELATED),
    # whether these belong to the kind, or to the organ, is disputed, or depends on their cause
    ("pyelonephritis", "bacterial infection", UNKNOWN),
    ("surgical site infection", "bacterial infection", UNKNOWN),
    ("osteomyelitis", "bacterial infection", UNKNOWN),
    ("bronchitis", "viral infection", UNKNOWN),
    ("pneumothorax", "lung disease", UNKNOWN),
    ("ischemic stroke", "thromboembolism", UNKNOWN),
    ("low back pain", "musculoskeletal disease", UNKNOWN),
    ("hypothyroidism", "autoimmune disease", UNKNOWN),
    ("Down syndrome", "congenital anomaly", UNKNOWN),
    ("osteoporosis", "endocrine disease", UNKNOWN),
    ("preterm birth", "prematurity", UNKNOWN),
    ("cystitis", "tuberculosis", UNRELATED),
    ("ischemic stroke", "deep vein thrombosis", UNRELATED),
    ("back pain", "rheumatoid arthritis", UNRELATED),
    ("gout", "autoimmune disease", UNRELATED),
    ("asthma attack", "asthma", NARROWER),
    ("post-ET MF", "myelofibrosis", NARROWER),
    ("post-ET MF", "primary myelofibrosis", UNRELATED),
    ("uterine serous carcinoma", "endometrial cancer", NARROWER),
    ("uterine serous carcinoma", "endometrioid endometrial cancer", UNRELATED),
    ("anencephaly", "lethal anomaly", NARROWER),
    ("dental abscess", "infection", NARROWER),
    ("bacterial conjunctivitis", "eye infection", NARROWER),
    ("lupus nephritis", "glomerulonephritis", NARROWER),
    ("lupus nephritis", "kidney disease", NARROWER),
    ("lupus nephritis", "connective tissue disease", NARROWER),
    ("lupus nephritis", "autoimmune disease", NARROWER),
    ("SLE", "lupus nephritis", BROADER),
    ("takotsubo syndrome", "cardiomyopathy", NARROWER),
    ("IBD unclassified", "ulcerative colitis", UNKNOWN),
    ("indeterminate colitis", "inflammatory bowel disease", NARROWER),
    ("cystitis", "urinary tract infection", NARROWER),
    ("radiation cystitis", "urinary tract infection", UNKNOWN),
    ("interstitial cystitis", "urinary tract infection", UNKNOWN),
    ("membranous nephropathy", "glomerulonephritis", NARROWER),
    ("adenomyosis", "uterine disease", NARROWER),
    ("adenomyosis", "endometriosis", UNKNOWN),
    ("toxic multinodular goiter", "hyperthyroidism", NARROWER),
    ("toxic multinodular goiter", "hypothyroidism", UNRELATED),
    ("tuberculous lymphadenitis", "tuberculosis", NARROWER),
    ("tuberculous lymphadenitis", "pulmonary tuberculosis", UNRELATED),
    ("cerebral sinus thrombosis", "venous thromboembolism", NARROWER),
    ("portal vein thrombosis", "deep vein thrombosis", UNRELATED),
    ("von Willebrand disease type 3", "von Willebrand disease type 1", UNRELATED),
    ("diabetes due to chronic pancreatitis", "secondary diabetes", NARROWER),
    ("productive cough", "cough", NARROWER),
    ("dry cough", "productive cough", UNRELATED),
    ("diaphoresis", "hyperhidrosis", UNKNOWN),
    ("diaphoresis", "kidney disease", UNRELATED),
    ("carotid bruit", "carotid stenosis", UNKNOWN),
    ("crackles", "pneumonia", UNKNOWN),
    ("pallor", "anemia", UNKNOWN),
    ("facial droop", "stroke", UNKNOWN),
    ("chest pain", "fistula", UNRELATED),
    ("hypertension", "ulcer", UNRELATED),
    ("type 2 diabetes", "fistula", UNRELATED),
    ("Crohn disease", "fistula", UNKNOWN),
    ("diabetic foot", "ulcer", UNKNOWN),
    ("jaundice", "hepatic impairment", UNKNOWN),
    ("kidney disease", "lupus nephritis", BROADER),
    ("SLE", "kidney disease", UNRELATED),
    ("SLE", "rheumatoid arthritis", UNRELATED),
    ("neuropsychiatric lupus", "neurologic disease", NARROWER),
    ("NSTEMI", "myocardial infarction", NARROWER),
    ("NSTEMI", "STEMI", UNRELATED),
    ("hemorrhoids", "cardiovascular disease", UNKNOWN),
    ("headache", "neurologic disease", UNKNOWN),
    ("migraine", "neurologic disease", NARROWER),
    ("numbness", "neurologic disease", UNKNOWN),
    ("tachycardia", "heart disease", UNKNOWN),
    ("ventricular tachycardia", "heart disease", NARROWER),
    ("sick sinus syndrome", "arrhythmia", NARROWER),
    ("leukocytosis", "hematologic disease", UNKNOWN),
    ("vaginal bleeding", "gynecologic disease", UNKNOWN),
    ("iron deficiency anemia", "metabolic disease", UNKNOWN),
    ("iron deficiency anemia", "hematologic disease", NARROWER),
    ("glaucoma", "neurologic disease", UNKNOWN),
    ("eosinophilic esophagitis", "hematologic disease", UNKNOWN),
    ("Down syndrome", "psychiatric disorder", UNKNOWN),
    ("Gilbert syndrome", "liver disease", UNKNOWN),
    ("allergic rhinitis", "respiratory disease", UNKNOWN),
    ("pulmonary embolism", "thrombosis", UNKNOWN),
    ("hypersensitivity pneumonitis", "pneumonitis", UNKNOWN),
    ("hormone receptor-positive breast cancer", "metastatic breast cancer", UNKNOWN),
    ("HER2-positive breast cancer", "triple-negative breast cancer", UNRELATED),
    ("HER2-positive breast cancer", "inflammatory breast cancer", UNKNOWN),
    ("early breast cancer", "metastatic breast cancer", UNRELATED),
    ("invasive lobular carcinoma of breast", "HER2-negative metastatic breast cancer", UNKNOWN),
    ("lung adenocarcinoma", "non-squamous NSCLC", NARROWER),
    ("lung adenocarcinoma", "metastatic NSCLC", UNKNOWN),
    ("small cell lung cancer", "lung adenocarcinoma", UNRELATED),
    ("laryngeal cancer", "HNSCC", UNKNOWN),
    ("HFrEF", "acute heart failure", UNKNOWN),
    ("HFrEF", "HFpEF", UNRELATED),
    ("hip fracture", "osteoporotic fracture", UNKNOWN),
    ("low back pain", "chronic pain", UNKNOWN),
    ("low back pain", "chest pain", UNRELATED),
    ("allergic asthma", "severe asthma", UNKNOWN),
    ("allergic asthma", "asthma exacerbation", UNRELATED),
    ("myocardial infarction", "STEMI", BROADER),
    ("IPF", "interstitial lung disease", NARROWER),
    ("IPF", "pulmonary fibrosis", NARROWER),
    ("type 1 diabetes", "type 2 diabetes", UNRELATED),
    ("type 1 diabetes", "diabetes", NARROWER),
    ("diabetes", "type 2 diabetes", BROADER),
    ("gestational diabetes", "diabetes", UNKNOWN),
    ("latent tuberculosis", "tuberculosis", UNKNOWN),
    ("hepatitis B", "hepatitis C", UNRELATED),
    ("hepatitis B", "infection", NARROWER),
    ("hepatitis B", "hepatitis", NARROWER),
    ("chlamydia", "sexually transmitted infection", NARROWER),
    ("retrobulbar neuritis", "optic neuritis", NARROWER),
    ("CVID", "primary immunodeficiency", NARROWER),
    ("CVID", "immunocompromised", NARROWER),
    ("diabetes", "immunocompromised", UNKNOWN),
    ("beta thalassemia minor", "beta thalassemia major", UNRELATED),
    ("beta thalassemia", "beta thalassemia major", BROADER),
    ("squamous cell carcinoma of skin", "non-melanoma skin cancer", NARROWER),
    ("basal cell carcinoma", "malignancy", NARROWER),
    ("carcinoma in situ of cervix", "malignancy", UNKNOWN),
    ("carcinoma in situ of cervix", "cervical cancer", UNKNOWN),
    ("carcinoma in situ", "lung cancer", UNKNOWN),
    ("carcinoma in situ of cervix", "lung cancer", UNRELATED),
    ("malignancy", "carcinoma in situ", UNKNOWN),
    ("non-small cell lung cancer", "small cell lung cancer", UNRELATED),
    ("lung cancer", "adenocarcinoma", UNKNOWN),
    ("breast cancer", "metastatic cancer", UNKNOWN),
    ("metastatic cancer", "breast cancer", UNKNOWN),
    ("brain metastases", "metastatic cancer", NARROWER),
    ("CKD", "lupus nephritis", UNKNOWN),
    ("lupus nephritis", "chronic kidney disease", UNKNOWN),
    ("end-stage renal disease", "renal failure", NARROWER),
    ("kidney stone", "renal insufficiency", UNKNOWN),
    ("pitting edema", "edema", NARROWER),
    ("alcohol dependence", "substance use disorder", NARROWER),
    ("nicotine dependence", "substance abuse", UNKNOWN),
    ("alcoholism", "drug abuse", UNRELATED),
    ("asthma", "COPD", UNRELATED),
    ("sarcoidosis", "autoimmune disease", UNKNOWN),
    ("stroke", "transient ischemic attack", UNKNOWN),
    ("hypothyroidism", "hyperthyroidism", UNRELATED),
    ("autoimmune disease", "kidney disease", UNKNOWN),
    ("Alzheimer disease", "neurologic disease", NARROWER),
]
TREATMENTS = [
    ("NovoSeven", "blood products", UNKNOWN),
    ("prothrombin complex concentrate", "blood products", NARROWER),
    ("darbepoetin", "immunostimulants", UNRELATED),
    ("filgrastim", "immunostimulants", NARROWER),
    ("Grazax", "allergen immunotherapy", NARROWER),
    ("Grazax", "Acarizax", UNRELATED),
    ("Lactobacillus rhamnosus", "probiotics", NARROWER),
    ("MMR", "live vaccines", NARROWER),
    ("Extraneal", "Nutrineal", UNRELATED),
    ("tacrolimus", "calcineurin inhibitors", NARROWER),
    ("tacrolimus", "macrolide antibiotics", UNRELATED),
    ("tacrolimus", "cyclosporine", UNRELATED),
    ("calcineurin inhibitors", "tacrolimus", BROADER),
    ("MMF", "mycophenolic acid", NARROWER),
    ("Myfortic", "mycophenolates", NARROWER),
    ("MMF", "immunosuppressants", NARROWER),
    ("prednisone", "prednisolone", UNKNOWN),
    ("hydroxyurea", "cytotoxic chemotherapy", UNKNOWN),
    ("levothyroxine", "investigational drugs", UNRELATED),
    ("levothyroxine", "hormone therapy", UNKNOWN),
    ("carboplatin", "investigational drugs", UNRELATED),
    ("carboplatin", "anticancer therapy", NARROWER),
    ("hydroxychloroquine", "immunomodulators", UNKNOWN),
    ("ketoconazole", "hormone therapy", UNKNOWN),
    ("belimumab", "investigational drugs", UNKNOWN),
    ("mycophenolate mofetil", "antimetabolites", UNKNOWN),
    ("calcium carbonate", "calcium supplements", UNKNOWN),
    ("prednisone", "dexamethasone", UNRELATED),
    ("irinotecan", "camptothecin", UNKNOWN),
    ("sacituzumab govitecan", "camptothecin", UNKNOWN),
    ("etoposide", "camptothecin", UNRELATED),
    ("triamcinolone", "cortisone", UNKNOWN),
    ("levonorgestrel", "progesterone", UNKNOWN),
    ("capecitabine", "fluorouracil", UNKNOWN),
    ("esomeprazole", "omeprazole", UNKNOWN),
    ("esketamine", "ketamine", UNKNOWN),
    ("darbepoetin alfa", "epoetins", UNKNOWN),
    ("alprostadil", "prostaglandins", NARROWER),
    ("mesalamine", "salicylates", UNKNOWN),
    ("lecanemab", "antidementia drugs", UNKNOWN),
    ("mitoxantrone", "anthracyclines", UNKNOWN),
    ("doxorubicin", "anthracyclines", NARROWER),
    ("tisagenlecleucel", "gene therapy", UNKNOWN),
    ("propranolol", "antiarrhythmics", UNKNOWN),
    ("quetiapine", "mood stabilizers", UNKNOWN),
    ("pregabalin", "anxiolytics", UNKNOWN),
    ("romiplostim", "hematopoietic growth factors", UNKNOWN),
    ("naltrexone", "weight-loss drugs", UNKNOWN),
    ("insulin glargine", "biologics", UNRELATED),
    ("propranolol", "anticoagulants", UNRELATED),
    ("prednisone", "corticosteroids", NARROWER),
    ("prednisone", "immunosuppressants", UNKNOWN),
    ("hydroxychloroquine", "antimalarials", NARROWER),
    ("hydroxychloroquine", "immunosuppressants", UNKNOWN),
    ("steroids", "tacrolimus", UNRELATED),
    ("rituximab", "biologics", NARROWER),
    ("rituximab", "anti-CD20", NARROWER),
    ("belimumab", "anti-CD20", UNRELATED),
    ("etanercept", "monoclonal antibodies", UNRELATED),
    ("monoclonal antibodies", "TNF inhibitors", UNKNOWN),
    ("Dovato", "dolutegravir", NARROWER),
    ("Dovato", "lamivudine", NARROWER),
    ("Dovato", "integrase inhibitors", NARROWER),
    ("dolutegravir", "lamivudine", UNRELATED),
    ("dolutegravir", "Dovato", BROADER),
    ("galcanezumab", "CGRP antibodies", NARROWER),
    ("rimegepant", "CGRP antibodies", UNRELATED),
    ("Iressa", "EGFR inhibitors", NARROWER),
    ("cetuximab", "drugs that target the EGF receptor", NARROWER),
    ("clarithromycin", "strong CYP3A4 inhibitors", NARROWER),
    ("fluconazole", "strong CYP3A4 inhibitors", UNRELATED),
    ("fluconazole", "CYP3A4 inhibitors", NARROWER),
    ("ibuprofen", "CYP3A4 inhibitors", UNKNOWN),
    ("azathioprine", "cytotoxic chemotherapy", UNKNOWN),
    ("bupivacaine", "amide anesthetics", NARROWER),
    ("procaine", "amide anesthetics", UNRELATED),
    ("MMR vaccine", "live vaccines", NARROWER),
    ("recombinant zoster vaccine", "live vaccines", UNRELATED),
    ("zoster vaccine", "live vaccines", UNKNOWN),
    ("placebo", "immunosuppressants", UNRELATED),
    ("fludrocortisone", "antihypertensives", UNKNOWN),
    ("metformin", "insulin", UNRELATED),
    ("tamoxifen", "endocrine therapy", NARROWER),
    ("Tripterygium wilfordii", "traditional Chinese herbal medicine", NARROWER),
    ("hydroxyzine", "hydralazine", UNRELATED),
]
PROCEDURES = [
    ("renal biopsy", "biopsy", NARROWER),
    ("biopsy", "kidney biopsy", BROADER),
    ("liver biopsy", "kidney biopsy", UNRELATED),
    ("appendectomy", "major surgery", UNKNOWN),
    ("appendectomy", "minor surgery", UNRELATED),
    ("hernia repair", "major surgery", UNKNOWN),
    ("surgery", "major surgery", BROADER),
    ("chest X-ray", "major surgery", UNRELATED),
    ("kidney transplant", "solid organ transplant", NARROWER),
    ("kidney transplant", "stem cell transplant", UNRELATED),
    ("mesenchymal stem cell transplantation", "stem cell transplant", NARROWER),
    ("mesenchymal stem cell transplantation", "hematopoietic stem cell transplant", UNRELATED),
    ("allogeneic bone marrow transplantation", "autologous stem cell transplant", UNRELATED),
    ("transarterial chemoembolization", "hepatic artery-directed therapy", NARROWER),
    ("radiofrequency ablation", "hepatic artery-directed therapy", UNKNOWN),
    ("liver radiotherapy", "liver-directed therapy", NARROWER),
    ("hemodialysis", "dialysis", NARROWER),
    ("HRCT", "computed tomography", NARROWER),
    ("PCI", "CABG", UNRELATED),
    ("brachytherapy", "radiation therapy", NARROWER),
]


def _concept(kind: str, wording: str) -> Concept:
    found = getattr(load(), kind)(wording)
    assert isinstance(found, Concept), wording
    return found


@each_row(
    ("kind", "have", "asked", "relation"),
    [
        (kind, *case)
        for kind, cases in (("condition", CONDITIONS), ("treatment", TREATMENTS), ("procedure", PROCEDURES))
        for case in cases
    ],
)
def test_relation(kind: str, have: str, asked: str, relation: Relation) -> None:
    assert load().relation(_concept(kind, have), _concept(kind, asked)) is relation


@each_row(("label", "crossing", "apart"), [(label, crossing, "".join(apart)) for label, crossing, *apart in table("crossing.tsv")])
def test_kinds_that_cross_are_kinds_of_their_condition(label: str, crossing: str, apart: str) -> None:
    kinds = load()._parts["condition"].rows.children[label]
    named = [kind for group in (crossing, *apart.split(";")) for kind in group.split("|") if kind not in ("", "*")]
    assert set(named) <= set(kinds)


def test_concepts_of_different_kinds_are_not_compared() -> None:
    have, asked = _concept("condition", "lupus nephritis"), _concept("procedure", "kidney biopsy")
    assert load().relation(have, asked) is UNKNOWN


def test_a_concept_outside_the_tables_is_not_compared() -> None:
    stranger = Concept("condition:new-disease", "new disease", "condition")
    assert load().relation(stranger, _concept("condition", "SLE")) is UNKNOWN
    assert load().relation(stranger, stranger) is SAME
    assert not load().lifelong(stranger)


MIRROR = {SAME: SAME, NARROWER: BROADER, BROADER: NARROWER}
concepts = st.sampled_from([row.concept for part in load()._parts.values() for row in part.rows.values()])


@given(concepts, concepts)
def test_turned_around_a_path_is_the_other_path_and_no_path_stays_none(one: Concept, other: Concept) -> None:
    there, back = load().relation(one, other), load().relation(other, one)
    assert back is MIRROR[there] if there in MIRROR else back in (UNRELATED, UNKNOWN)


@given(concepts, concepts, concepts)
def test_narrower_of_narrower_is_narrower(one: Concept, two: Concept, three: Concept) -> None:
    relation = load().relation
    if relation(one, two) is NARROWER and relation(two, three) is NARROWER:
        assert relation(one, three) is NARROWER
