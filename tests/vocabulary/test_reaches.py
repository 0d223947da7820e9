"""How a recorded condition stands to a category whose members are not all listed, and to what it may come of."""

from __future__ import annotations

from rows import each_row

from matcher.vocabulary import Concept, Relation, load
from matcher.vocabulary.concepts import table
from matcher.vocabulary.is_a import bare

SAME, NARROWER, BROADER, UNRELATED, UNKNOWN = Relation

FIELDS = [
    # A category whose members are not all listed lies within its field, and takes in what goes by its name elsewhere.
    ("STEMI", "kidney impairment", UNRELATED),
    ("HIV infection", "kidney impairment", UNRELATED),
    ("lupus nephritis", "kidney impairment", UNKNOWN),
    ("polycystic kidney disease", "kidney impairment", UNKNOWN),
    ("multiple myeloma", "kidney impairment", UNKNOWN),
    ("hypertension", "kidney impairment", UNRELATED),
    ("type 2 diabetes", "kidney impairment", UNRELATED),
    ("diabetic nephropathy", "kidney impairment", UNKNOWN),
    ("cardiovascular disease", "ischemia", BROADER),
    ("HIV infection", "hepatic impairment", UNRELATED),
    ("pneumonia", "hepatic impairment", UNRELATED),
    ("cirrhosis", "hepatic impairment", UNKNOWN),
    ("liver metastases", "hepatic impairment", UNKNOWN),
    ("esophageal varices", "hepatic impairment", UNKNOWN),
    ("psoriasis", "pulmonary dysfunction", UNRELATED),
    ("pulmonary embolism", "pulmonary dysfunction", UNKNOWN),
    ("sleep apnea", "pulmonary dysfunction", UNKNOWN),
    ("psoriasis", "cardiac dysfunction", UNRELATED),
    ("cough", "respiratory symptom", UNKNOWN),
    ("nausea", "gastrointestinal dysfunction", UNKNOWN),
    ("tremor", "neurologic dysfunction", UNKNOWN),
    ("low back pain", "kidney impairment", UNRELATED),
    ("edema", "kidney impairment", UNKNOWN),
    ("pulmonary hypertension", "cardiac dysfunction", UNKNOWN),
    ("gout", "ischemia", UNRELATED),
    ("asthma", "ischemia", UNRELATED),
    ("myocardial infarction", "ischemia", UNKNOWN),
    ("ischemic colitis", "ischemia", UNKNOWN),
    ("psoriasis", "macular disease", UNRELATED),
    ("cataract", "macular disease", UNRELATED),
    ("diabetic retinopathy", "macular disease", UNKNOWN),
    ("osteoarthritis", "knee pain", UNKNOWN),
    ("knee osteoarthritis", "knee pain", UNKNOWN),
    ("pneumonia", "knee pain", UNRELATED),
    ("cataract", "immunocompromised", UNRELATED),
    ("asplenia", "immunocompromised", UNKNOWN),
    ("breast cancer", "immunocompromised", UNKNOWN),
    ("hypertension", "immunocompromised", UNRELATED),
    ("urinary tract infection", "eye infection", UNRELATED),
    ("cataract", "eye infection", UNRELATED),
    ("keratitis", "eye infection", UNKNOWN),
    ("conjunctivitis", "eye infection", UNKNOWN),
    ("insomnia", "stricture", UNRELATED),
    ("Crohn disease", "stricture", UNKNOWN),
    ("aortic stenosis", "stricture", UNKNOWN),
    ("Kaposi sarcoma", "AIDS-defining illness", UNKNOWN),
    ("tuberculosis", "AIDS-defining illness", UNKNOWN),
    ("gout", "AIDS-defining illness", UNRELATED),
    ("hypertension", "hypovolemia", UNRELATED),
    ("constipation", "systemic infection", UNRELATED),
    ("sepsis", "systemic infection", UNKNOWN),
    ("dermatomyositis", "neuromuscular disease", UNKNOWN),
    ("sick sinus syndrome", "cardiac conduction disorder", UNKNOWN),
    ("urinary incontinence", "bladder disease", UNKNOWN),
    ("gambling disorder", "substance use disorder", UNKNOWN),
    ("keloid", "scar", UNKNOWN),
    ("amblyopia", "visual impairment", UNKNOWN),
    ("subependymal giant cell astrocytoma", "malignancy", UNKNOWN),
    ("glioblastoma", "malignancy", NARROWER),
    # What is mediated by the immune system is no lack of immunity; herpes is told of simplex and of zoster.
    ("hypogammaglobulinemia", "immune-mediated disease", UNRELATED),
    ("hypogammaglobulinemia", "immune system disease", NARROWER),
    ("psoriasis", "immune-mediated disease", NARROWER),
    ("asthma", "immune-mediated disease", UNKNOWN),
    ("depression", "immune-mediated disease", UNRELATED),
    ("systemic lupus erythematosus", "collagen vascular disorder", NARROWER),
    ("shingles", "herpes infection", UNKNOWN),
    ("cold sore", "herpes infection", NARROWER),
    ("influenza", "herpes infection", UNRELATED),
    # Infections of a place, diseases of the heart's layers, and pressure that is raised without being a disease.
    ("peritonitis", "intra-abdominal infection", UNKNOWN),
    ("gastritis", "intra-abdominal infection", UNRELATED),
    ("oral candidiasis", "oral infection", NARROWER),
    ("gonorrhea", "urogenital infection", UNKNOWN),
    ("HIV infection", "urogenital infection", UNRELATED),
    ("bronchiolitis", "lower respiratory tract infection", UNKNOWN),
    ("pericardial effusion", "pericardial disease", NARROWER),
    ("myocarditis", "myocardial disease", NARROWER),
    ("myocarditis", "cardiomyopathy", UNRELATED),
    ("liver cyst", "neoplasm", UNKNOWN),
    ("cocaine use disorder", "illicit drug use", UNKNOWN),
    ("hypertension", "elevated blood pressure", NARROWER),
    ("hypertension", "cardiovascular disease", UNKNOWN),
    # Shock of an infection, or of blood lost, is no heart disease of its own.
    ("septic shock", "cardiovascular disease", UNKNOWN),
    ("cardiogenic shock", "cardiovascular disease", NARROWER),
    ("obesity", "hepatic impairment", UNRELATED),
    ("schizophrenia", "suicidal intent", UNRELATED),
    ("suicide attempt", "suicidal intent", UNKNOWN),
    ("dehydration", "hypovolemia", UNKNOWN),
    # What comes of a disease, or is told as it, is no kind of what that is a kind of.
    ("cirrhosis", "infection", UNRELATED),
    ("cirrhosis", "chronic hepatitis C", UNKNOWN),
    ("chronic hepatitis C", "cirrhosis", UNKNOWN),
    ("hemochromatosis", "cirrhosis", UNKNOWN),
    ("chronic kidney disease", "diabetes", UNRELATED),
    ("chronic kidney disease", "diabetic nephropathy", UNKNOWN),
    ("diabetic nephropathy", "chronic kidney disease", UNKNOWN),
    ("infertility", "endometriosis", UNRELATED),
    ("endometriosis", "infertility", UNKNOWN),
    ("osteoporosis", "fracture", UNRELATED),
    ("osteoporotic fracture", "fracture", NARROWER),
    ("esophageal varices", "bleeding", UNRELATED),
    ("myocardial infarction", "neurologic disease", UNRELATED),
    ("atherosclerotic cardiovascular disease", "stroke", UNKNOWN),
    ("sleep apnea", "psychiatric disorder", UNRELATED),
    ("insomnia", "psychiatric disorder", UNKNOWN),
    ("sleep disorder", "psychiatric disorder", UNKNOWN),
    # A cancer is no inflammation, ulcer or dysfunction of its organ, unless the category names it; a disease of the organ may be one.
    ("lung cancer", "inflammatory disease", UNRELATED),
    ("lung disease", "inflammatory disease", UNKNOWN),
    ("breast cancer", "ulcer", UNRELATED),
    ("skin cancer", "ulcer", UNKNOWN),
    ("colorectal cancer", "fistula", UNRELATED),
    ("Crohn disease", "fistula", UNKNOWN),
    ("breast cancer", "AIDS-defining illness", UNRELATED),
    ("Hodgkin lymphoma", "AIDS-defining illness", UNKNOWN),
    ("ovarian cancer", "central nervous system involvement", UNRELATED),
    ("metastatic breast cancer", "central nervous system involvement", UNKNOWN),
    ("acute lymphoblastic leukemia", "central nervous system involvement", UNKNOWN),
    ("glioblastoma", "central nervous system involvement", UNKNOWN),
    ("multiple myeloma", "kidney impairment", UNKNOWN),
    ("renal cell carcinoma", "kidney impairment", UNKNOWN),
    ("prostate cancer", "kidney impairment", UNRELATED),
    # What is recorded by the name of an open category is none of the diseases that never are of it.
    ("motor fluctuation", "hypertension", UNRELATED),
    ("glaucoma suspect", "cirrhosis", UNRELATED),
    ("glaucoma suspect", "open-angle glaucoma", UNKNOWN),
    ("kidney impairment", "cystic fibrosis", UNRELATED),
    ("kidney impairment", "hearing loss", UNRELATED),
    ("kidney impairment", "chronic kidney disease", BROADER),
    ("impulse control disorder", "urinary tract infection", UNRELATED),
    ("brain lesion", "multiple sclerosis", UNKNOWN),
    ("pulmonary nodule", "lung cancer", UNKNOWN),
    ("pulmonary nodule", "malignancy", UNKNOWN),
    ("bloating", "stroke", UNRELATED),
    # A symptom is of the fields in which it shows.
    ("dysmenorrhea", "cardiac dysfunction", UNRELATED),
    ("cough", "pulmonary dysfunction", UNKNOWN),
    ("palpitations", "cardiac dysfunction", UNKNOWN),
    ("pruritus", "knee pain", UNRELATED),
    ("syncope", "ECG abnormality", UNKNOWN),
    # What nobody calls an inflammation, an ulcer or an opportunistic infection.
    ("fracture", "inflammatory disease", UNRELATED),
    ("arthritis", "inflammatory disease", UNKNOWN),
    ("cirrhosis", "ulcer", UNRELATED),
    ("Behcet disease", "ulcer", UNKNOWN),
    ("onychomycosis", "AIDS-defining illness", UNRELATED),
    ("urinary tract infection", "AIDS-defining illness", UNRELATED),
    ("esophageal candidiasis", "AIDS-defining illness", UNKNOWN),
    ("cryptosporidiosis", "AIDS-defining illness", UNKNOWN),
    ("HIV-associated dementia", "AIDS-defining illness", UNKNOWN),
    ("urinary tract infection", "fistula", UNRELATED),
    ("type 2 diabetes", "immune-mediated disease", UNRELATED),
    # A disease of the wide table that lies in other fields than the recorded one.
    ("cataract", "breast adenocarcinoma", UNRELATED),
    ("breast cancer", "breast adenocarcinoma", BROADER),
    ("lung adenocarcinoma", "breast adenocarcinoma", UNRELATED),
    ("cervical squamous cell carcinoma", "squamous cell lung cancer", UNRELATED),
    ("cervical squamous cell carcinoma", "cervical cancer", NARROWER),
    ("endometrium adenocarcinoma", "metastatic adenocarcinoma", UNKNOWN),
    ("mucinous ovarian cancer", "advanced cancer", UNKNOWN),
    ("metastatic carcinoma in the adrenal medulla", "breast cancer", UNKNOWN),
]

# What nobody means by a class of drugs, though not all that it holds is listed.
DRUGS = [
    ("influenza vaccines", "immunotherapy", UNRELATED),
    ("cancer vaccines", "immunotherapy", NARROWER),
    ("trastuzumab", "hormone therapy", UNRELATED),
    ("levothyroxine", "hormone therapy", UNKNOWN),
    ("prednisone", "anticancer therapy", UNKNOWN),
    ("botulinum toxin", "anticancer therapy", UNRELATED),
    ("adalimumab", "immunotherapy", UNKNOWN),
    ("denosumab", "investigational drugs", UNRELATED),
    ("mpox vaccine", "lapatinib", UNRELATED),
    ("mpox vaccine", "live vaccines", UNKNOWN),
    ("fludrocortisone", "opioids", UNRELATED),
    ("fludrocortisone", "glucocorticoids", UNKNOWN),
    ("cannabidiol", "herbal medicines", UNKNOWN),
    ("senna", "herbal medicines", UNKNOWN),
    ("melatonin", "dietary supplements", NARROWER),
    # Several drugs in one are what each of them is.
    ("R-CHOP", "anti-inflammatory drugs", UNKNOWN),
    ("dorzolamide/timolol", "hormone therapy", UNRELATED),
]


def _condition(name: str) -> Concept:
    found = load().condition(name)
    assert found is not None, name
    return found


@each_row(("have", "asked", "expected"), FIELDS)
def test_field(have: str, asked: str, expected: Relation) -> None:
    assert load().relation(_condition(have), _condition(asked)) is expected


@each_row(("have", "asked", "expected"), DRUGS)
def test_drug_of_a_class_at_large(have: str, asked: str, expected: Relation) -> None:
    vocabulary = load()
    one, other = vocabulary.treatment(have), vocabulary.treatment(asked)
    assert one is not None
    assert other is not None
    assert vocabulary.relation(one, other) is expected


@each_row(("category", "fields"), list(table("reaches.tsv")))
def test_what_a_category_reaches_into_is_known(category: str, fields: str) -> None:
    written = (category, *(field.removeprefix("-") for field in fields.split("|")))
    named = [getattr(load(), kind)(label) for label in written for kind in ("condition", "treatment", "procedure")]
    labels = {one.label for one in named if one is not None}
    assert labels.issuperset(written)


@each_row(("category", "members"), list(table("fringe.tsv")))
def test_what_is_at_the_edge_of_a_category_stands_below_it(category: str, members: str) -> None:
    vocabulary = load()
    broad = vocabulary.condition(category) or vocabulary.treatment(category)
    assert broad is not None
    assert broad.label == category
    for member in members.split("|"):
        one = vocabulary.condition(member.removeprefix("=")) or vocabulary.treatment(member.removeprefix("="))
        assert one is not None, member
        assert category in vocabulary.broader(one), member


def test_what_stands_above_or_is_disputed_is_never_told_apart() -> None:
    vocabulary = load()
    wrong = []
    for kind, files in (("condition", ("conditions",)), ("procedure", ("procedures",)), ("treatment", ("classes", "drugs"))):
        for label, _, parents, maybe, *_ in (line + [""] * 2 for file in files for line in table(f"{file}.tsv")):
            one = vocabulary.curated(kind, label)
            told = [*parents.split("|"), *(each for each in maybe.split("|") if each[:1] != "-")]
            for other, coming in ((vocabulary.curated(kind, bare(each)), "!" in each) for each in filter(None, told)):
                if one is not None and other is not None and (vocabulary.relation(one, other) is UNRELATED or (not coming and vocabulary.relation(other, one) is UNRELATED)):
                    wrong.append((one.label, other.label))
    assert wrong == []
