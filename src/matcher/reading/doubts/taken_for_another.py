"""Words that were read as one thing and may name another: a hormone in the blood, a child's age, an abbreviation of two meanings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Bound,
    Check,
    Condition,
    Exempt,
    Measurement,
    Medication,
    Procedure,
    Sex,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.doubts.another_day import OF_PAIN
from matcher.reading.doubts.for_cancer import AGAINST
from matcher.reading.doubts.milder_side import beside_its_disorder
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Relation, Vocabulary

# "Estradiol of 17 pg/ml": what is found in the blood, not what is taken.
_CONCENTRATION = Caseless(
    r"\W*(?:levels?|concentrations?|values?)?\W*(?:of|is|at|between|from)?\W*\d[\d.,]*\s*(?:(?:-|–|to|and)\s*\d[\d.,]*\s*)?(?:pg|ng|[µμu]g|mcg|pmol|nmol|[µμu]mol|mmol|m?iu|[mµμ]?u)\s*/\s*(?:d?l|ml|100 ?ml)\b"
)
# "Having an infant younger than 6 months": the age of the infant.
_A_CHILD = Caseless(
    r"\b(?:having|have|has|with|(?:loss|death|caring|caregivers?|carers?|parents?|mothers?|fathers?|guardians?|bereave\w*)\s+(?:of|for))\s+(?:(?:an?|one|the|their|at least one|least one|own|biological|only|healthy|term|preterm|first|youngest|living)\s+)*"
    r"(?:infants?|child(?:ren)?|bab(?:y|ies)|newborns?|sons?|daughters?|toddlers?|grandchild(?:ren)?|adolescents?|kids?)\b[^,;.]*$"
)
# "Pain disorder": a diagnosis of psychiatry.
_DISORDER = Caseless(r"\bpain\s+disorders?\b")
# An abbreviation of the cytokine release syndrome, of sinusitis, of an operation and of congenital rubella.
_CRS = pattern_of(r"CRS")
_OF_CYTOKINES = Caseless(r"cytokine|\bcar\b|car-?\s?t|neurotox|icans|\bcells?\b|bispecific|tocilizumab|\bgrade\b")
_PLURAL = pattern_of(r"[A-Z]{2,5}s\b")
# "4 prior lines of chemotherapy", whose sign is lost: at least, or at most so many.
_BARE_LINES = Caseless(r"\s*\d+\s+(?:prior|previous|earlier)\s+(?:systemic\s+)?(?:lines?|regimens?|courses?)\b")
# "Pain medication": a little aspirin is taken for the heart.
_ASPIRIN = Caseless(r"aspirin|acetylsalicyl|\basa\b|nsaid")
_A_LITTLE = Exempt("aspirin", dose=Bound("≤", Decimal(325), "mg/day"))
# "Other add. surgery": beside the operation of the trial.
_BESIDE = Caseless(r"\b(?:add|addit|addl|concom|simult|comb)\.\s*$")
# "Intellectual impairment for six months": a decline, and no disability from childhood on.
_DECLINE = Caseless(r"\bintellectual (?:impairments?|deteriorations?|declines?|dysfunctions?)\b", needs=("intellectual",))
_MAJOR, _MAJOR_BEFORE = Caseless(r"\bmajor\b"), Caseless(r"\bmajor\s+$")
# "Leptomeningeal carcinomatosis or metastasis": of the same site.
_ITS_SITE = Caseless(r"\b(?:lepto)?(?:meningeal|peritoneal|pleural|hepatic|pulmonary|cerebral|spinal|osseous|adrenal|dural|epidural|intramedullary)\s+[\w-]+\s*(?:/|\bor\b|\band/or\b)\s*$")
# "Exposure to radiation": at work or in studies, too.
_EXPOSED = Caseless(r"\bexpos\w+\s+to\s+(?:[\w-]+\s+){0,3}(?:ir)?radiation\b|\bradiation\s+(?:exposures?|dosimetry|burden|doses? limits?)\b", needs=("expos", "dosimetry", "burden", "dose"))
# "Desensitization before the transplant": of antibodies against the graft.
_OF_GRAFTS = Caseless(r"\bdesensiti[sz]\w+", needs=("desensiti",))
_OF_ALLERGENS = Caseless(r"allerg|pollen|mite|venom|food|peanut|asthma|rhinit|sublingual|immunotherap")
# "Vaccine therapy": against a tumor.
_VACCINES = Caseless(r"\bvaccine[- ](?:therap|treatment|based)|\b(?:cancer|tumou?r|dendritic|peptide|melanoma)[\w -]{0,12}vaccin", needs=("vaccin",))
# "Biologic therapy": against the tumor or the immune disease of the trial; not against brittle bones, migraine or a clotting defect.
_NO_BIOLOGICS = tuple(map(Exempt, ("denosumab", "romosozumab", "emicizumab", "PCSK9 inhibitors", "CGRP antibodies")))
_BIOLOGIC_THERAPY = Caseless(r"\bbiologic(?:al)?\s+(?:therap|treatment|response modif)")
_NAMED_BIOLOGICS = Caseless(r"denosumab|romosozumab|emicizumab|evolocumab|alirocumab|erenumab|\b(?:(?:all|any)\s+(?:(?:other|prior|previous|kinds? of|types? of|form of)\s+)*(?:biologic|(?:(?!or\b|and\b)[\w-]+\s+)?antibod)|anti-?\s?(?:cancer|tumou?r)\b|for\b)")
_AGAINST_CANCER = Caseless(r"\bchemotherap|\banti-?\s?cancer|\bradiotherap|\bradiation\b|\btargeted", needs=("chemotherap", "cancer", "radi", "targeted"))
# "Zidovudine for 0-6 months before entry": none at all, too.
_FROM_NONE = Caseless(r"\bfor\s+(?:0|zero|no)\s*(?:-|–|to)\s*\d", needs=("for",))
# "Women or are breastfeeding": words were lost.
_ALL_OF_THEM = Caseless(r"\W*(?:wom[ae]n|females?|m[ae]n|males?)\s+(?:or|and)\s+(?:is|are|was|were|who|that|have|has|plan)\b")

# "Elevated CRP": a protein, not the regional pain syndrome; "MCI-186": a drug's code.
_PROTEIN = pattern_of(r"\bCRP\b")
_CODE = pattern_of(r"-\d{2,}\b")
_ABBREVIATION = pattern_of(r"[A-Z]{2,5}")
# "1.25 times to normal": no bare number.
_TIMES = Caseless(r"[^\d;.]{0,40}\d+(?:\.\d+)?\s*-?\s*(?:times|folds?|x)\b")
# "Signing the ICD": a document.
_SIGNED = Caseless(r"\b(?:sign\w*|obtain\w*|consent|provid\w+|date[ds]?|approved|version|giving|informed)\b")
# "Long-term steroids defined by more than 10 mg/day", "opioids (e.g. an equivalent dose > 80 mg)": of that dose.
_DOSE_DEFINED = Caseless(r"\bdefined\s+(?:by|as)\b[^.;]*?\d[\d.,]*\s*(?:mg|mcg|[µμu]g|g|iu|units?)\b|\((?:[ei]\.?\s?[ge]\.?,?\s*)?[^()]*\b(?:dose|equivalents?)\b[^()]*(?:[<>≥≤]|than|least)\s*\d[^()]*\)", needs=("defined", "dose", "equivalent"))
# "Latent infection in the hip": of whatever kind; "cognitive limitation to understand": told by its purpose.
_LATENT = Caseless(r"\blatent infections?\b", needs=("latent",))
_TO_UNDERSTAND = Caseless(r"\s*(?:to\s+(?:understand|give|provide|sign|complete|follow|comply|participate)|(?:that|which)\s+(?:would|may|might|could|can|will)?\s*(?:prevent|preclud|limit|impair|interfer|affect|hinder)|(?:limiting|preventing|precluding|impairing|interfering|hindering)\b)")
# "Preterm infants of < 30 weeks": their age at birth; "abnormalities in the fetus"; "seropositive", "positive for a virus": no disease.
_INFANT = Caseless(r"\W*(?:(?:healthy|preterm|premature|term|near-?term|newborn|stable|all|singleton|low birth weight|very|extremely|any)\s+)*(?:infants?|neonates?|newborns?|bab(?:y|ies))\b")
_IN_A_FETUS = Caseless(r"\s*(?:in|of)\s+(?:the|their|her|an?)\s+(?:unborn\s+)?(?:f(?:o)?etus|baby|infant|newborn|neonate|embryo|offspring)\b")
_SEROPOSITIVE = Caseless(r"\W*(?:\d\s*|type\s*\d\s*|[ab]\s*)?sero-?\s?(?:positiv|prevalen|status)")
_POSITIVE_FOR = Caseless(r"\bpositive\s+for\s+(?:the\s+)?$")
_POSITIVE_IS_ILL = ("HIV infection", "COVID-19", "tuberculosis", "influenza")
# "Known CNS disease": spread of a cancer to there, more often than not; "HIV- or HCV-positive": no minus.
_CNS = Caseless(r"\b(?:cns|central nervous system)(?:\s*\(\s*cns\s*\))?\s+diseases?\b(?!\s*(?:[,(:]|such|including|like|e\.?g|other))", needs=("cns", "central nervous"))
_HANGING = Caseless(r"\w-\s*(?:,|/|\bor\b|\band\b|\band/or\b)\s*(?:\w+-\s*(?:,|/|\bor\b|\band\b|\band/or\b)?\s*){1,4}(?:sero)?positiv", needs=("positiv",))
# "An investigational or unregistered drug or vaccine": no vaccine in use; "a chronic disease that requires steroids".
_NEW_DRUG_OR = Caseless(r"\b(?:investigational|experimental|non-?\s?registered|unregistered|unlicensed|non-?\s?licensed|unapproved)\b[^.;,]{0,40}\b(?:drugs?|products?|agents?|medications?)\s*(?:or|and/or|/|,)\s*(?:any\s+)?vaccines?\b", needs=("vaccin",))
_CHRONIC_NEED = Caseless(r"\bchronic\s+(?:medical\s+)?(?:diseases?|conditions?|illness(?:es)?|disorders?)\s+(?:(?:that|which)\s+)?(?:requir|need|necessitat|treated)", needs=("chronic",))
# "Injection of a steroid into the knee": there only.
_PUT_INTO = Caseless(r"\b(?:injections?|infusions?|instillations?|applications?|infiltrations?|deliver(?:y|ies))\s+of\b[^.;]*?\b(?P<where>(?:in|into|onto|to|on|at|around|near)\s+(?:the|an?|either|both|any|his|her|their|target|study|index|affected)\b[^.;,]*)", needs=("injection", "infusion", "instillation", "application", "infiltration", "deliver"))

# "Spousal alcoholism": another's; "connective tissue disease (e.g. Marfan)": the heritable ones.
_KIN = Caseless(r"(?:spousal|parental|ancestral|grandparental|sibling|familial|maternal|paternal)\b")
_HERITABLE = Caseless(r"\b(?:marfan|ehlers?|loeys|stickler|osteogenesis)", needs=("marfan", "ehler", "loeys", "stickler", "osteogenesis"))

# "Cardio-cerebrovascular disease": half of a name.
_HALF = Caseless(r"\b[a-z]{3,}o(?:-\s?(?:and|or)\s)?-$")
# "An androgen-producing tumor": made in the body; "a male condom": whose method it is.
_PRODUCED = Caseless(r"[\s-]*(?:producing|secreting|releasing)\b")
_OF_A_METHOD = Caseless(r"\bmale\s+(?:or\s+female\s+|latex\s+)*(?:condoms?|barriers?|contracepti)", needs=("male",))
_A_MAN = Caseless(r"\b(?:males?|m[ae]n)\b(?!\s+(?:or\s+female\s+|latex\s+)*(?:condoms?|barriers?|contracepti|sterili))", needs=("male", "man", "men"))


# "Itching of at least 4 on the NRS": a scale of what is named, and no pain.
_HURTS = Caseless(r"pain|ache\b|aching|algia|algesi|dysmenorr|migraine|sore|tender|arthrit|arthros|cramp|hurt|sciatica|dynia|neuropath")
_SYMPTOM = Caseless(
    r"\b(?:itch\w*|prurit\w*|fatigue|tired\w*|hot flash\w*|hot flush\w*|flushing|nausea|dyspn\w*|breathless\w*|shortness|anxi\w*|tinnitus|dry\w*|satisfaction|sleep\w*|insomnia|stiff\w*|cough\w*|crav\w*|stress|burning|odou?r|bloat\w*|urgency|vertigo|dizz\w*|hunger|appetite|mood|depress\w*|numb\w*|tingl\w*|spastic\w*|"
    r"distress|fear|worry|sweat\w*|congestion|rhinitis|smell|taste|hoarse\w*|swelling|photophobia|redness|irritat\w*|discomfort)\b"
)
# "An allergic reaction (hives, rash) or intolerance to aspirin": to aspirin.
_REACTION_TO = Caseless(r"\b(?:allerg\w+|hypersensitivity|anaphyla\w+|adverse)\s+(?:reactions?|responses?)\s*\([^()]*\)\s*(?:,|/|or|and)[^.;]{0,60}?\bto\s", needs=("reaction", "response"))
# "No prior active infection": what everybody has had at some time.
_WAS_ACTIVE = Caseless(r"\b(?:prior|previous|past)\s+(?:or\s+|and/or\s+)?active\s", needs=("active",))
_HAD_BY_ALL = frozenset(("infection", "viral infection", "bacterial infection", "bleeding", "fever", "pain", "inflammation", "injury", "wound", "headache", "cough", "nausea", "vomiting", "diarrhea"))
# "Anorexia or bulimia": the disorder.
_OF_EATING = Caseless(r"bulimi|eating disorder|binge", needs=("bulimi", "eating", "binge"))
# "White cells ≥ 10 per mL" of a urinalysis, "glucose" of the spinal fluid: not those of the blood.
_OTHER_FLUID = Caseless(r"\b(?:urin(?:e|ary|alysis)|pyuria|dip-?\s?stick|csf|cerebrospinal|spinal fluid|lumbar puncture|ascit\w+|pleural|synovial|joint fluid|sputum|semen|bronchoalveolar|lavage|bal|stool|f(?:a)?ecal|peritoneal)\b", needs=("urin", "pyuria", "stick", "csf", "spinal", "lumbar", "ascit", "pleural", "synovial", "joint", "sputum", "semen", "lavage", "bal", "stool", "fecal", "faecal", "peritoneal"))
_OF_THE_BLOOD = frozenset(("white blood cells", "red blood cells", "neutrophils", "lymphocytes", "eosinophils", "plasma glucose", "sodium", "potassium", "chloride", "albumin", "total protein", "lactate dehydrogenase", "calcium", "creatinine"))
_IN_BLOOD = Caseless(r"\b(?:blood|serum|plasma|peripheral|hematolog\w*|haematolog\w*)\b")


# "MDS criteria for PDD", "MDS-UPDRS": the Movement Disorder Society.
_MOVEMENT = Caseless(r"parkinson|updrs|task force|movement|dyskinesi|dystonia|\bpdd?\b|lewy|tremor")


def perhaps_another(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """The reading with a leaf in doubt, or unread, where the words around it tell of another thing."""
    into, defined = _PUT_INTO.search(text), _DOSE_DEFINED.search(text)
    at_rest, always = "at rest" in text, _ALWAYS.search(text)
    conditions = frozenset(leaf.term for leaf in leaves(read.check) if isinstance(leaf, Condition))
    if _ONLY_A_HEAD.fullmatch(text):
        return Read(Unread(clean(text)), ((0, len(text)),))

    def told(leaf: Check, place: tuple[int, int]) -> Check | None:
        start, end = place
        named = text[start:end]
        match leaf:
            case Medication() if _CONCENTRATION.match(text, start + len(named.rstrip())) and not leaf.dose:
                return _doubted(leaf, named)
            case Medication() if (plural := _PLURAL.match(named)) is not None and not _is_plural(leaf, plural[0], vocabulary):
                return _doubted(leaf, named)
            case Medication() if _BARE_LINES.match(text):
                return _doubted(leaf, text)
            case Medication(term="analgesics", other_than=(), dose=()) if not _ASPIRIN.search(text):
                return Ambiguous((leaf, replace(leaf, other_than=(_A_LITTLE,))))
            case Age() if _A_CHILD.search(text, 0, end):
                return _doubted(leaf, text)
            case Condition(term="myelodysplastic syndrome") if "MDS" in named and _MOVEMENT.search(text):
                return Unread(named)
            case Condition(term="pain") if _DISORDER.search(text, start):
                return _doubted(leaf, named)
            case Condition(term="cytokine release syndrome") if _CRS.search(text) and not _OF_CYTOKINES.search(text):
                return _doubted(leaf, "CRS")
            case Condition(term="intellectual disability") if _DECLINE.search(text):
                return _doubted(leaf, named)
            case Condition(term="mood disorder" | "psychiatric disorder", states=()) if _MAJOR.search(named) or _MAJOR_BEFORE.search(text, 0, start):
                return _doubted(leaf, named)
            case Condition(term="metastatic cancer") if _ITS_SITE.search(text, 0, start):
                return _doubted(leaf, text)
            case Procedure(term="radiotherapy") if _EXPOSED.search(text, max(0, start - 30), end + 30):
                return _doubted(leaf, text)
            case Medication(term="allergen immunotherapy") if _OF_GRAFTS.search(text) and not _OF_ALLERGENS.search(text):
                return _doubted(leaf, text)
            case Medication(term="vaccines") if _VACCINES.search(text, max(0, start - 12), end + 12):
                return _doubted(leaf, text)
            case Medication(term="biologics", other_than=(), states=(), responses=(), setting="") if (_BIOLOGIC_THERAPY.search(named) or _AGAINST_CANCER.search(text)) and not _NAMED_BIOLOGICS.search(text):
                among_others = _BIOLOGIC_THERAPY.search(named) and _AGAINST_CANCER.search(text)
                return Ambiguous((leaf, replace(leaf, states=(AGAINST,)) if among_others else replace(leaf, other_than=_NO_BIOLOGICS)))
            case Condition() if any(map(_KIN.match, leaf.states)):
                return _doubted(leaf, named)
            case Condition(term="connective tissue disease") if _HERITABLE.search(text):
                return _doubted(leaf, text)
            case Condition() if _HALF.search(text, 0, start + len(named) - len(named.lstrip())) is not None:
                return _doubted(leaf, text)
            case Condition(term="allergic disease" | "anaphylaxis") if _REACTION_TO.search(text):
                return Unread(clean(named))
            case Condition(phase="history", window=None, states=(), stages=()) if leaf.term in _HAD_BY_ALL and _WAS_ACTIVE.search(text):
                return _doubted(leaf, named)
            case Condition(term="anorexia") if _OF_EATING.search(text):
                return replace(leaf, term="anorexia nervosa")
            case Condition(term="complex regional pain syndrome") if _PROTEIN.search(text) and "regional" not in text:
                return Unread(clean(text))
            case Condition() | Medication() if _CODE.match(text, end) and _ABBREVIATION.fullmatch(named[-5:].split()[-1] if named.split() else ""):
                return Unread(clean(text))
            case Procedure() if "ICD" in named and _SIGNED.search(text):
                return Unread(clean(named))
            case Medication(dose=()) if defined is not None and leaf.window is None:
                return _doubted(leaf, text[defined.start() : defined.end()])
            case Measurement(term="gestational age") if _INFANT.match(text):
                return _doubted(leaf, text)
            case Condition(term="disease arising from reactivation of latent virus") if _LATENT.search(text):
                return Unread(clean(named))
            case Condition(term="cognitive disorder" | "cognitive impairment") if _TO_UNDERSTAND.match(text, start + len(named.rstrip())):
                return _doubted(leaf, text)
            case Condition() if _IN_A_FETUS.match(text, start + len(named.rstrip())):
                return _doubted(leaf, text)
            case Condition() if "infection" in leaf.term or "herpes" in leaf.term:
                return _doubted(leaf, text) if leaf.term not in _POSITIVE_IS_ILL and (_SEROPOSITIVE.match(text, start + len(named.rstrip())) or _POSITIVE_FOR.search(text[: start + len(named) - len(named.lstrip())])) else None
            case Condition(term="central nervous system disease") if _CNS.search(text):
                return Ambiguous((leaf, All((leaf, Unread("of the cancer in question")))))
            case Condition() if at_rest and _AT_REST.match(text, start + len(named.removesuffix("at rest").rstrip())) and not any("rest" in state for state in leaf.states) and not _OF_REST.search(leaf.term):
                return replace(leaf, states=tuple(f"{state} at rest" for state in leaf.states) or ("at rest",))
            case Condition() if always is not None and 0 <= always.start() - (start + len(named.rstrip())) <= 1 and "permanent" not in leaf.term:
                return replace(leaf, states=(*leaf.states, always[0].casefold()) if not leaf.states else tuple(f"{state} {always[0].casefold()}" for state in leaf.states))
            case Condition(term=term, states=()) if term in _INFLAMED and _among_infections(read, text, place, term, vocabulary):
                graver = _GRAVER.search(text)
                if term != "hepatitis":
                    return Ambiguous((leaf, replace(leaf, states=("infectious",)))) if graver is None else None
                return Ambiguous((leaf, replace(leaf, term="viral hepatitis", states=(graver["how"].lower(),) if graver is not None else ())))
            case Measurement(words=("negative",)) if _HANGING.search(text):
                return replace(leaf, words=("positive",))
            case Medication(term="vaccines") if _NEW_DRUG_OR.search(text):
                return _doubted(leaf, text)
            case Medication(phase="current") if _CHRONIC_NEED.search(text):
                return All((leaf, Unread("for a chronic disease")))
            case Measurement(term=term) if term in OF_PAIN and _SYMPTOM.search(text) and not _HURTS.search(text):
                return Unread(clean(text))
            case Measurement(term=term) if term in _OF_THE_BLOOD and _of_another_fluid(text, start, end):
                return _doubted(leaf, text)
            case Measurement() if any(not bound.unit for bound in leaf.bounds) and _TIMES.match(text, start) is not None:
                return _doubted(leaf, text)
            case Medication(routes=()) if into is not None and into.start() < end and start < into.start("where"):
                return Ambiguous((Unread(clean(text[into.start() : into.end()])), leaf))
            case Medication() if _PRODUCED.match(text, start + len(named.rstrip(" -"))):
                return _doubted(leaf, text)
            case Sex("male") if _OF_A_METHOD.search(text) and not _A_MAN.search(text):
                return _doubted(leaf, text)
            case Medication() | Procedure() if leaf.window is not None and _FROM_NONE.search(text, start, end):
                return _doubted(leaf, named)
            case Sex() if _ALL_OF_THEM.match(text):
                return _doubted(leaf, text)
            case Procedure() if _BESIDE.search(text, 0, start):
                return _doubted(leaf, f"additional {named}")
        return beside_its_disorder(leaf, text, place, conditions)

    return rewritten_there(read, told)


# "For women,": whom the lines below it are about.
_ONLY_A_HEAD = Caseless(r"\W*(?:for|in|among|concerning|regarding|as (?:for|to)|with regard to|with respect to)\s+(?:(?:all|the|our|those|adult|healthy|pregnant|female|male|fertile|both|either|any)\s+)*(?:wom[ae]n|females?|m[ae]n|males?|patients?|subjects?|participants?|children|adults|girls|boys|infants|volunteers|controls|diabetics|smokers|cases|donors|recipients|sex(?:es)?|genders?)(?:\s+only)?[\s,.]*")
# "In atrial fibrillation all of the time": one that comes and goes is none.
_ALWAYS = Caseless(r"\b(?:(?:all|most|much) of the time|all the time|at all times|permanently|constantly|continuously)\b", needs=("time", "permanently", "constantly", "continuously"))
# "No dyspnea at rest": one on effort does not matter.
_AT_REST, _OF_REST = Caseless(r"\s*\(?at rest\b"), Caseless(r"coronary|angina|tremor|\brest")
# "HIV or hepatitis": that of a virus; "conjunctivitis, keratitis or other eye infections": those of germs.
_INFLAMED = frozenset((
    "hepatitis", "meningitis", "encephalitis", "endocarditis", "myocarditis", "conjunctivitis", "keratitis", "uveitis", "gastroenteritis", "colitis", "enteritis", "bronchitis", "chronic bronchitis", "sinusitis", "chronic sinusitis",
    "pharyngitis", "laryngitis", "tonsillitis", "rhinitis", "otitis", "otitis media", "otitis externa", "cystitis", "prostatitis", "urethritis", "vaginitis", "cervicitis", "endometritis", "dermatitis", "arthritis", "peritonitis",
    "cholangitis", "esophagitis", "gastritis", "proctitis", "balanitis", "blepharitis", "stomatitis", "periodontitis", "mastitis", "pericarditis", "lymphadenitis",
))  # fmt: skip
_OF_ANY_CAUSE = Caseless(r"\b(?:any|all|every|whatever)\s+(?:other\s+)?(?:cause|kind|type|form|(?:a?etiolog|origin))|\bother\s+(?:forms?|kinds?|types?|causes?)\s+of|\b(?:autoimmune|alcoholic|non-?infectious|toxic|drug)\b")
_GRAVER = Caseless(r"\b(?P<how>chronic|severe|serious|recurrent|persistent|uncontrolled|opportunistic)\s+(?:\w+\s+)?infections?\b", needs=("infection",))
_NEAR = 60  # letters


def _among_infections(read: Read, text: str, place: tuple[int, int], term: str, vocabulary: Vocabulary) -> bool:
    """Whether an inflammation stands in a row of infections: a hepatitis beside an infection of any kind, others beside "infection" itself."""
    infection = vocabulary.condition("infection")
    for other, (start, end) in zip(leaves(read.check), read.spans, strict=False):
        between = text[min(end, place[1]) : max(start, place[0])]
        if not isinstance(other, Condition) or other.term == term or len(between) > _NEAR or any(sign in between for sign in ".;\n"):
            continue
        named = vocabulary.condition(other.term)
        of_germs = named is not None and infection is not None and vocabulary.relation(named, infection) in (Relation.SAME, Relation.NARROWER)
        if of_germs and (term == "hepatitis" or "infection" in other.term) and not _OF_ANY_CAUSE.search(text):
            return True
    return False


def _of_another_fluid(text: str, start: int, end: int) -> bool:
    """Whether the clause of a value speaks of another fluid than the blood."""
    first = max((stop for _, stop in _CLAUSES.spans(text) if stop <= start), default=0)
    last = next((at for at, _ in _CLAUSES.spans(text) if at >= end), len(text))
    return _OTHER_FLUID.search(text, first, last) is not None and _IN_BLOOD.search(text, first, last) is None


_CLAUSES = Caseless(r"[;:.]\s|\n|,\s|\b(?:or|and)\b")


def _doubted(leaf: Check, words: str) -> Ambiguous:
    return Ambiguous((Unread(clean(words)), leaf))


def _is_plural(leaf: Medication, named: str, vocabulary: Vocabulary) -> bool:
    """Whether an abbreviation with an s behind it is the plural of the same drug's: "TKIs", but not "ICs"."""
    one = vocabulary.treatment(named[:-1])
    return one is not None and one.label == leaf.term
