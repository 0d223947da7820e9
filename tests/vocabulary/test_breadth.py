"""The vocabulary at breadth: how much it holds, and that the classes hold what their sources name."""

from __future__ import annotations

from matcher.vocabulary import Relation, load
from matcher.vocabulary.concepts import Part
from matcher.vocabulary.measures import load_measures

TREATMENTS = Part("treatment", (("classes.tsv", "class"), ("drugs.tsv", "drug"), ("rare_drugs.tsv", "drug")))
YES, NO, OPEN = (Relation.NARROWER, Relation.SAME), (Relation.UNRELATED,), (Relation.UNKNOWN,)

# Class, drugs that belong to it, and drugs that do not though they are near.
MEMBERS = {
    "calcineurin inhibitors": ("tacrolimus ciclosporin voclosporin", "sirolimus everolimus MMF"),
    "TNF inhibitors": ("infliximab adalimumab etanercept golimumab", "rituximab tocilizumab"),
    "interleukin-6 inhibitors": ("tocilizumab sarilumab clazakizumab", "secukinumab anakinra"),
    "interleukin-17 inhibitors": ("secukinumab ixekizumab brodalumab", "ustekinumab guselkumab"),
    "anti-CD20 antibodies": ("rituximab ocrelizumab obinutuzumab", "belimumab daratumumab"),
    "JAK inhibitors": ("tofacitinib upadacitinib ritlecitinib", "imatinib ibrutinib"),
    "platinum compounds": ("cisplatin carboplatin oxaliplatin", "docetaxel"),
    "taxanes": ("paclitaxel docetaxel nab-paclitaxel cabazitaxel", "vincristine"),
    "anthracyclines": ("doxorubicin epirubicin pirarubicin", "bleomycin"),
    "CDK4/6 inhibitors": ("palbociclib ribociclib abemaciclib dalpiciclib", "everolimus"),
    "PD-1 inhibitors": ("pembrolizumab nivolumab cemiplimab", "atezolizumab ipilimumab"),
    "PD-L1 inhibitors": ("atezolizumab durvalumab avelumab", "pembrolizumab"),
    "tyrosine kinase inhibitors": ("imatinib erlotinib sunitinib pirtobrutinib", "bortezomib trastuzumab"),
    "antiretrovirals": ("zidovudine dolutegravir efavirenz", "acyclovir sofosbuvir"),
    "strong CYP3A4 inhibitors": ("ketoconazole clarithromycin ritonavir cobicistat Paxlovid", "fluconazole erythromycin"),
    "moderate CYP3A4 inhibitors": ("fluconazole erythromycin diltiazem verapamil", "ketoconazole"),
    "strong CYP3A4 inducers": ("rifampin carbamazepine phenytoin enzalutamide", "efavirenz bosentan"),
    "moderate CYP3A4 inducers": ("efavirenz bosentan", "rifampin"),
    "strong CYP2D6 inhibitors": ("fluoxetine paroxetine bupropion quinidine terbinafine", "citalopram metformin"),
    "QT-prolonging drugs": ("amiodarone sotalol haloperidol ondansetron methadone", ""),
    "P-glycoprotein inhibitors": ("verapamil quinidine ciclosporin", ""),
    "live vaccines": ("MMR-vaccine varicella-vaccine BCG-vaccine", "mRNA-1273 Shingrix"),
    "NSAIDs": ("ibuprofen celecoxib diclofenac", "acetaminophen"),
    "statins": ("atorvastatin rosuvastatin", "ezetimibe fenofibrate"),
    "opioids": ("morphine tramadol fentanyl pentazocine", "naloxone gabapentin"),
    "antipsychotics": ("olanzapine haloperidol pimozide", "lithium"),
    "antidepressants": ("sertraline venlafaxine mirtazapine vilazodone", "lorazepam"),
    "GLP-1 receptor agonists": ("semaglutide liraglutide tirzepatide", "sitagliptin"),
    "SGLT2 inhibitors": ("empagliflozin dapagliflozin ipragliflozin", "metformin"),
    "anticoagulants": ("warfarin apixaban enoxaparin betrixaban", "clopidogrel aspirin"),
    "antihypertensives": ("lisinopril amlodipine losartan nitrendipine", "atorvastatin"),
    "antidiabetics": ("metformin insulin-glargine empagliflozin teneligliptin", "levothyroxine"),
    "immunosuppressants": ("azathioprine MMF tacrolimus cyclophosphamide rituximab", "ibuprofen"),
}


def test_how_much_there_is() -> None:
    measures = load_measures()
    scores = [one for one in measures if one.kind == "score"]
    assert len([row for row in TREATMENTS.rows.values() if row.concept.kind == "class"]) >= 330
    assert len([row for row in TREATMENTS.rows.values() if row.concept.kind == "drug"]) >= 2300
    assert (len(measures) >= 530, len(scores) >= 270, len([one for one in scores if one.order]) >= 60) == (True, True, True)
    assert all(one.question and one.low < one.high for one in measures)


def test_classes_hold_what_their_sources_name() -> None:
    wrong = []
    for name, (members, others) in MEMBERS.items():
        asked = load().treatment(name)
        assert asked is not None, name
        for wanted, drugs in ((YES, members), (NO, others)):
            for drug in drugs.split():
                have = load().treatment(drug)
                if have is None or load().relation(have, asked) not in wanted:
                    wrong.append((name, drug))
    assert wrong == []


def test_of_an_open_class_no_drug_is_certainly_outside() -> None:
    asked = load().treatment("QT-prolonging drugs")
    metformin = load().treatment("metformin")
    assert asked is not None
    assert metformin is not None
    assert load().relation(metformin, asked) in OPEN


def test_what_a_match_of_common_drugs_loads_leaves_out_the_rare_ones() -> None:
    from matcher.vocabulary.vocabulary import Vocabulary

    vocabulary = Vocabulary()
    assert vocabulary.treatment("tacrolimus") is not None
    assert vocabulary.candidates("MS")
    assert "rows" not in vars(vocabulary._parts["treatment"])
    assert vocabulary.treatment("ensitrelvir") is not None
    assert "rows" in vars(vocabulary._parts["treatment"])


def test_relations_of_common_drugs_are_the_same_with_the_rare_ones_loaded() -> None:
    vocabulary = load()
    rare, first = vocabulary._parts["treatment"].is_a, vocabulary._first["treatment"]
    labels = sorted(first.rows)[::7]
    classes = [label for label in labels if first.rows[label].concept.kind == "class"]
    differing = [(one, other) for one in labels for other in classes if first.is_a.relation(one, other) != rare.relation(one, other)]
    assert [pair for pair in differing if rare.relation(*pair) != Relation.UNKNOWN] == []
