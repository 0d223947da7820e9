"""Words that no rule takes into a check though they change it: of each it is known beside which facts it does so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.model.language import (
    Age,
    All,
    Allergy,
    Any,
    Check,
    Condition,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
    Smoking,
    State,
    Unread,
)
from matcher.model.trees import leaves
from matcher.reading.grammar.members import GROWS
from matcher.reading.grammar.pieces import nodes
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Needed

Facts = Sequence[Check]
_FACTS = (Condition, Measurement, Medication, Procedure)
_TREATMENTS = (Medication, Procedure)


def _immunoglobulin(leaf: Check) -> bool:
    return isinstance(leaf, Measurement) and leaf.term in ("IgG", "IgM", "IgA", "IgE")


def _timed(leaf: Check) -> bool:
    return isinstance(leaf, Condition) and leaf.window is not None


def _ejection(leaf: Check) -> bool:
    return isinstance(leaf, Measurement) and leaf.term == "left ventricular ejection fraction"


def _short_growth(leaf: Check) -> bool:
    return isinstance(leaf, Condition) and leaf.lasting is not None and GROWS.search(leaf.term) is not None


def _prevention(leaf: Check) -> bool:
    return isinstance(leaf, State) and leaf.name == "contraception"


def _temperature(leaf: Check) -> bool:
    return isinstance(leaf, Measurement) and leaf.term == "body temperature"


def _gleason_grade(leaf: Check) -> bool:
    """Whether a Gleason score is asked for that nobody gives: a number up to five is the grade of one pattern, not the sum of two."""
    return isinstance(leaf, Measurement) and leaf.term == "Gleason score" and all(bound.number <= 5 for bound in leaf.bounds) and all(word in ("1", "2", "3", "4", "5") for word in leaf.words)


# What is borne, and is no substance: of a chemotherapy, too, it is asked whether the patient is fit for it.
BORNE = Caseless(
    r"surger|surgical (?:procedure|intervention|treatment)|operation|procedure|ana?esthesi|exerci|exertion|activit|effort|intake|feeding|nutrition|diet\b|meal|fluid|lying|supine|prone|position|stand|orthosta|heat\b|cold\b|chemotherapy|radiothe|radiation|irradiation|transplant|transfus|"
    r"dialysis\b(?! (?:membrane|fluid|solution))|ventilat|cpap|mask\b|intubat|scan|imaging|\bmri\b(?! contrast)|biops|catheter|endoscop|colonoscop|puncture|training|rehabilit|walking|travel",
    needs=("surger", "surgical", "operation", "procedure", "anesthesi", "anaesthesi", "exerci", "exertion", "activit", "effort", "intake", "feeding", "nutrition", "diet", "meal", "fluid", "lying", "supine", "prone", "position", "stand", "orthosta", "heat", "cold", "chemotherapy", "radiothe", "radiation", "irradiation", "transplant", "transfus", "dialys", "ventilat", "cpap", "mask", "intubat", "scan", "imaging", "mri", "biops", "catheter", "endoscop", "colonoscop", "puncture", "training", "rehabilit", "walking", "travel"),
)


def _of_fitness(leaf: Check) -> bool:
    return isinstance(leaf, Allergy) and BORNE.search(leaf.term) is not None


# Adjectives of organs and germs: two in a row without a comma may be two of a list.
_IN_A_ROW = Caseless(r"(?:cardiac|renal|hepatic|pulmonary|neurologic(?:al)?|gastrointestinal|hematologic(?:al)?|endocrine|metabolic|cardiovascular|respiratory|bacterial|viral|fungal|parasitic|cerebral|cerebrovascular|psychiatric|immunologic(?:al)?)(?:\s+(?:cardiac|renal|hepatic|pulmonary|neurologic(?:al)?|gastrointestinal|hematologic(?:al)?|endocrine|metabolic|bacterial|viral|fungal|psychiatric))+")


_GERMS = frozenset(("bacterial", "viral", "fungal", "parasitic"))


def _organs_in_a_row(leaf: Check) -> bool:
    germs = isinstance(leaf, Condition) and leaf.term in ("viral infection", "bacterial infection", "fungal infection") and not _GERMS.isdisjoint(leaf.states)
    return germs or (isinstance(leaf, Condition) and any(_IN_A_ROW.fullmatch(state) for state in leaf.states))


def _injury(leaf: Check) -> bool:
    return isinstance(leaf, Condition) and leaf.term == "injury"


def _filtration(leaf: Check) -> bool:
    return isinstance(leaf, Measurement) and (leaf.term.startswith("eGFR") or leaf.term == "creatinine clearance")


def _kidney_stage(leaf: Check) -> bool:
    return isinstance(leaf, Measurement) and leaf.term == "CKD stage"


# Severe allergies of whatever kind, beside those to what is named.
TO_WHATEVER = Caseless(r"\b(?:severe|multiple|serious) allerg(?:y|ies)\s*(?:,|;|\bor\b|\band\b)(?!\s+(?:hypersensitivit|intoleranc|reaction)\w*\s+to\b)", needs=("allergy", "allergies"))

# People of one disease or kind, of whom the rest is said: "Asthmatic patients must ...", "Smokers must ...".
_PEOPLE_OF = (
    r"(?:(?:a?symptomatic|obese|elderly|infected|positive|transplanted|smoking|older|younger|depressed|pregnant|(?!(?:specific|symptomatic|academic|public|potential|clinic|diagnostic|therapeutic|pediatric|paediatric|geriatric|basic|generic|non-?hispanic|hispanic)\b)\w{3,}(?:ic|otic|itic|ive|oid|emic|pathic|penic))"
    r" (?:patients?|subjects?|participants?|individuals?|persons?|people|volunteers?)"
    r"|(?:diabetics|smokers|nonsmokers|non-smokers|asthmatics|cirrhotics|hypertensives|epileptics|alcoholics|drinkers|plw?h(?:iv)?|plwha|seropositives|(?:the )?elderly|hemophiliacs|haemophiliacs|anemics|obese|carriers|\w+ users|\w+ recipients|\w+ carriers|\w+ survivors))"
)

# Kinds of facts beside which words tell, which of them, and the words: an antibody against something, allergies
# to whatever it be, and the stages of an acute injury, which are not those of a chronic disease.
_BESIDE: tuple[tuple[tuple[type, ...], Callable[[Check], bool] | None, Caseless], ...] = (
    ((Measurement,), _immunoglobulin, Caseless(r"\b(?:anti-?\s?[a-z0-9]\w+|[\w-]+-?specific)\s+(?:antibod\w+\s+)?(?:immunoglobulin|ig)")),
    ((Allergy,), None, TO_WHATEVER),
    # A disease before the name of its treatment, a marker that may not have been looked for, a blood test that tells of no disease.
    ((Condition,), _timed, Caseless(r"\b(?:last|prior|previous|since|from)\s[^.;,]{0,30}\b(?:tumou?r|cancer|malignan\w+)\s+(?:cancer\s+)?(?:chemotherap\w*|radiotherap\w*|radiation|therap(?:y|ies)|treatments?|surgery)\b", needs=("tumor", "tumour", "cancer", "malignan"))),
    ((Condition,), None, Caseless(r"\bknown or (?:not tested|untested|unknown|not known)\b(?! (?:origin|cause|a?etiolog))", needs=("known or",))),
    ((Condition,), None, Caseless(r"\babsence of\b[^.;]{0,60}\b(?:antibod(?:y|ies)\b|as (?:determined|documented|confirmed|assessed|demonstrated|shown) by)", needs=("absence of",))),
    (_TREATMENTS, None, Caseless(r"\brequired\s+(?:for|in|of)\s+(?:the\s+|all\s+)?(?:[\w+-]+\s+){0,7}?(?:patients?|participants?|subjects?|those|women|men|cohorts?|arms?|tumou?rs?)\b", needs=("required",))),
    (_FACTS, None, Caseless(r"\b(?:treatment|therapy|treated|medications?)\s+for\s+(?:any|all)\s+(?:known|active|concurrent|existing|other|opportunistic)\b", needs=("for any", "for all"))),
    ((Condition,), None, Caseless(r"\bin the absence of\b[^.;]*,", needs=("in the absence of",))),
    # A grade that is to be low, and what only some patients must have.
    ((Condition,), None, Caseless(r"^\W*(?:low|minimal|minor|little|mild or no|no or mild|no or minimal|no more than mild)\s[^.;(]{3,50}\([^()]*(?:or less|or lower|or below|at most|≤|<)", needs=("low", "minimal", "minor", "little", "mild"))),
    (_FACTS, None, Caseless(rf"\b(?:a?symptomatic|diabetic|hypertensive|obese|elderly|infected|positive|transplanted|smoking|older|younger) (?:patients?|subjects?|participants?|individuals?) (?:should|must|shall|need to|are required to)\b|^\W*{_PEOPLE_OF} (?:should|must|shall|need to|(?:are|is) required to)\b|^\W*(?:as for|in (?:the )?(?:case|event) of) [^.;,]{{3,40}}, |^\W*should (?:the|a|any) (?:patient|subject|participant|individual)s? (?:be|have|suffer|take|receive)\b", needs=(" must", " shall", " should", " need to", " required to", "as for", "case of", "event of", "should "))),
    (_FACTS, None, Caseless(r"^\W*(?:participants|patients|subjects|individuals|those) (?:without|with no|who do not have)\b[^:.;]*\bor\b[^:.;]*:\s", needs=("without", "with no", "who do not"))),
    ((Condition,), None, Caseless(r"^\W*no\b(?!\W+or\b)[^.;]*\bor\s+(?:on\s+)?(?:an?\s+)?stable\b", needs=("stable",))),
    (_TREATMENTS, None, Caseless(r"^\W*no\b(?!\W+or\b)[^.;]*\bor\s+(?:on\s+)?(?:an?\s+)?stable\b", needs=("stable",))),
    ((Measurement,), None, Caseless(r";\s*(?:<|≤|=<|up to|less than|no more than)[^.;]{0,40}\b(?:if|for|in|with)\b[^.;]*(?:metasta|involvement|gilbert)", needs=(";",))),
    ((Measurement,), _ejection, Caseless(r"gall ?bladder|\bhida\b|cholecysto|\bcck\b|biliary|right ventric\w+ ejection", needs=("gall", "hida", "chole", "cck", "biliary", "right"))),
    ((Condition,), _short_growth, Caseless(r"\bfor\s+(?:less|fewer)\s+than\b", needs=("for less", "for fewer"))),
    # A heading of a record of old with nothing under it; a kind of contraception not planned; an injury seen under the microscope.
    (_FACTS, None, Caseless(r"(?:^|[.:;])\W*not specified\b", needs=("not specified",))),
    ((State,), _prevention, Caseless(r"^\W*not\s+(?:\w+\s+)?(?:plan\w*|intend\w*|willing|going)\b[^.;]*\b(?:hormon\w+|oral|systemic|combined)\b", needs=("hormon", "oral", "systemic", "combined"))),
    ((Measurement,), _temperature, Caseless(r"\baxillary\b", needs=("axillary",))),
    ((Condition,), _injury, Caseless(r"\bhistolog\w+\s+(?:\w+\s+)?(?:injur|lesion|damage)", needs=("histolog",))),
    # An age on the day of something that was, or will be.
    (
        (Age,),
        None,
        Caseless(
            r"(?:\b(?:years?|yrs?|months?|old|aged?)|\d)\W{1,3}(?:old\W{1,3}|of age\W{1,3})?(?:at|when)\s+(?:(?:the\s+)?(?:time|date|moment)\s+of\s+)?(?:(?:the|their|first|initial|original|disease|symptom|cancer|tumou?r)\s+){0,3}"
            r"(?:diagnos\w*|onset|presentation|appearance|surgery|operation|transplant\w*|implant\w*|injury|trauma|accident|delivery|conception|birth|menarche|menopause|death|symptoms?|episode|attack|seizure|relapse)\b",
            needs=("diagnos", "onset", "presentation", "appearance", "surgery", "operation", "transplant", "implant", "injury", "trauma", "accident", "delivery", "conception", "birth", "menarche", "menopause", "death", "symptom", "episode", "attack", "seizure", "relapse"),
        ),
    ),
    # What somebody finds good for the patient; a filtration that was measured; those who live with somebody, or are to keep away from them.
    (_FACTS, None, Caseless(r"\b(?:determined|judged|deemed|considered|felt|thought)\s+(?:by\s+[^.;,]{3,40}\s+)?(?:to be\s+)?(?:beneficial|desirable|needed|necessary|helpful|useful|advisable)\b", needs=("beneficial", "desirable", "needed", "necessary", "helpful", "useful", "advisable"))),
    ((Measurement,), _filtration, Caseless(r"\bmeasured\s+(?:glomerular|gfr|clearance)|\bmgfr\b|\biohexol|\biothalamate|\binulin\b|\bedta\b", needs=("measured", "mgfr", "iohexol", "iothalamate", "inulin", "edta"))),
    (
        (Age, Condition, State, Medication, Procedure, Measurement),
        None,
        Caseless(
            r"\b(?:avoid\w*|refrain\w*|no|without|minimi[sz]e|limit)\b[^.;]{0,40}\bcontacts?(?:\s*\([^()]*\))?\s+(?:with|to)\b|\b(?:household|family|intimate|close|physical|direct)(?:\s+(?:or|and)\s+\w+)?\s+contacts?\s+(?:with|of|to)\b|\bcontacts?\s+(?:with|of)\s+(?:an?\s+|any\s+|other\s+)?(?:person|people|individual|someone|anyone|case|patient|child|infant)|"
            r"\b(?:living|lives?|resid(?:es?|ing)|cohabit\w*|shar(?:es?|ing) (?:a|the) (?:house|home|room)\w*|sleep(?:s|ing)?)\s+(?:together\s+)?with\s+(?!(?:hiv|aids|diabetes|cancer|pain|a\s+diagnos|the\s+(?:disease|condition))\b)(?:an?|any|some\w*|people|persons?|individuals?|other|another|others|child\w*|infants?|pregnant|immuno\w+|elderly|family|relatives?)\b",
            needs=("contact", "living", "live", "resid", "cohabit", "shar", "sleep"),
        ),
    ),
    # What a limit may not be reached by.
    ((Measurement,), None, Caseless(r"\([^()]*(?:transfus|growth factor|csf|epo|erythropo|support|stimulat|filgrastim|thrombopo|agonist|infusion|supplement)[^()]*\bnot (?:be )?(?:allowed|permitted|acceptable|accepted)\b[^()]*\)|\(or (?:requir|depend|need|receiv)\w+[^()]*\)", needs=("not allowed", "not be allowed", "not permitted", "not be permitted", "not accept", "not be accept", "(or "))),
    # Somebody else smokes; a grade is no sum; what is borne is no substance; a number behind "GCS" is that of a coma.
    ((Smoking,), None, Caseless(r"\bliv(?:es?|ing)\s+(?:together\s+)?with\b|\bpassive(?:ly)?\b|\bsecond-?\s?hand\b|\bsmokers?\s+(?:at|in)\s+(?:the\s+)?(?:home|house)", needs=("living", "live", "passive", "second", "smoker"))),
    ((Measurement,), _gleason_grade, Caseless(r"gleason", needs=("gleason",))),
    ((Allergy,), _of_fitness, Caseless(r"tolera", needs=("tolera",))),
    ((Condition,), _organs_in_a_row, Caseless(r"\b(?:cardiac|renal|hepatic|pulmonary|neurologic|gastrointestinal|hematologic|endocrine|metabolic|cardiovascular|respiratory|bacterial|viral|fungal|parasitic|cerebral|psychiatric|immunologic)", needs=("cardi", "renal", "hepatic", "pulmonary", "neurologic", "gastrointestinal", "hematologic", "endocrine", "metabolic", "respiratory", "bacterial", "viral", "fungal", "parasitic", "cerebral", "psychiatric", "immunologic"))),
    ((Measurement,), _kidney_stage, Caseless(r"\bacute (?:kidney|renal)|\baki\b", needs=("acute", "aki"))),
)
_NEEDED = Needed(words.needs for _, _, words in _BESIDE)


# An "or" among inclusions that stands within what is said of the first fact, or a slash between results that go together.
_WITHIN_AN_OR = Caseless(r",\s*(?:(?:and\s+)?(?:who\s+(?:have|has)\s+been\s+|having\s+been\s+)?previously\s+)?treated with\b[^.;]*\bor\b|\bbased (?:up)?on\b[^.;]*(?:,|and/or)|\b(?:negative|positive)\s*/\s*\w[^/]*\b(?:negative|positive)\b")
# "Women must be non-pregnant, or postmenopausal": the "non-" ends with its word.
_NOT_PREGNANT_OR = Caseless(r"\b(?:non-?\s?(?:pregnant|lactating|nursing)|not pregnant)\b[^.;]*\bor\s[^.;]*(?:menopaus|steril|hysterectom)")
# A rule for women with another verb, or with a clause before its verb; what is allowed.
_FOR_WOMEN = Caseless(r"^\W*(?:any |all )?(?:wom[ae]n|females?)\s+(?:\w+\s+){0,2}of\s+child-?\s?bearing\b[^.;]*\b(?:requires?|needs?|must|should|shall|will)\b")
_ALLOWED = Caseless(r"^\W*(?!no\b)[^.;()]*\b(?:is|are)\s+(?:also\s+)?(?:permissible|permitted|allowed|acceptable)\W*$")

# "Antidepressants (provided the dose is stable)", "a stable dose of drugs for comorbid conditions": of those who take them.
_IF_STABLE = Caseless(r"\b(?:provided|as long as|if)\b[^.;]*\b(?:stable|unchanged|not changed)\b|\bstable\b[^.;]*\bfor\s+(?:an?y?\s+|the\s+|their\s+|other\s+)*(?:co-?\s?morbid\w*|concomitant|concurrent|coexist\w+)", needs=("stable", "changed"))


# "0-2 years of age and 18 years or greater": two ages of which nobody has both.
_ANOTHER_AGE = Caseless(r"\s*(?:[<>≥≤]=?\s*)?\d{1,2}\s*(?:years?|months?)\b(?!\s*(?:ago|before|prior))|\W*\d{1,2}\s*(?:-|–|to)\s*\d{1,2}\s*(?:,|/|\bor\b|\band\b)\W*(?:or\s+|and\s+)?\d")
# "No therapy after a first recurrence or diagnosis of metastatic disease": after either.
_AFTER_THIS = Caseless(r"\b(?:after|since|before|following|upon)\s+[\w\s-]+$")


# "Must be fit for surgery. (Heart failure, angina.)": a sentence in brackets, of those who are not.
_OWN_BRACKET = Caseless(r"[a-z]{2}\.\s+\((?!this\b|for\b|see\b|note|only\b|if\b|as\b)[^()]*(?:,|\bor\b)[^()]*\)\W*$")


# "Asthma, patients with gout are excluded": asthma is asked for; "drugs such as metformin and a statin": the statin is no such drug.
_ARE_OUT = Caseless(r"\w[^,;.]*,\s[^;.]*\b(?:is|are|will be|being)\s+(?:also\s+)?(?:excluded|ineligible|not\s+(?:allowed|eligible|permitted|included|acceptable|accepted))\b", needs=("excluded", "ineligible", "not "))
# "Subjects taking warfarin and subjects on dialysis are excluded": either.
_TWO_KINDS = Caseless(r"\w[^.;]*\band\s+(?:also\s+)?(?:patients|subjects|participants|individuals|persons|people|those|women|men|volunteers)\b[^.;]*\b(?:excluded|ineligible|not\s+(?:be\s+)?(?:eligible|allowed|permitted|included|acceptable|accepted|enrolled|recruited))\b", needs=("excluded", "ineligible", "not "))
_AND_ANOTHER = Caseless(r"\b(?:such as|e\.?\s?g\.?,?|like|for example)\s+[\w-]+(?:\s[\w-]+)?,?\s+and\s+(?:an?|the|one)\s+", needs=("such as", "e.g", "eg", "e. g", "like", "for example"))


# "Immunosuppressants such as A, B, high-dose C": an example with a dose of its own is none more than the others.
_OF_EXAMPLES = Caseless(r"\b(?:such as|e\.?\s?g\.?,?|including|like|for example|for instance)\b", needs=("such as", "e.g", "eg", "e. g", "including", "like", "for example", "for instance"))
_TOGETHER = Caseless(r"\b(?:and|both|with|plus|along|combin\w*|concomitant\w*|concurrent\w*|together|associated)\b|[+&]")
# "Patients receiving A and patients receiving B": two kinds of people.
_PEOPLE_AND_PEOPLE = Caseless(r"\b(?:patients|subjects|participants|individuals|persons|people|those|women|men)\b[^.;]*\band\s+(?:also\s+)?(?:patients|subjects|participants|individuals|persons|people|those)\s+(?:receiving|taking|having|treated|on\b|with|who)", needs=("and patients", "and subjects", "and participants", "and individuals", "and persons", "and people", "and those", "and also"))
# What is done where a value is bad: behind a comma or a semicolon it is another reason, not one more.
_INSTEAD = frozenset(("dialysis", "hemodialysis", "peritoneal dialysis", "renal replacement therapy", "mechanical ventilation", "invasive mechanical ventilation", "non-invasive ventilation", "intubation", "ECMO", "blood transfusion", "high-flow nasal oxygen", "oxygen", "vasopressors", "insulins"))


def _joined_wrongly(check: All, text: str) -> bool:
    """Whether what an inclusion asks together may be a list of which each alone counts."""
    if _PEOPLE_AND_PEOPLE.search(text):
        return True
    kinds = [{leaf.__class__ for leaf in leaves(part)} for part in check.parts]
    drugs = all(kind == {Medication} for kind in kinds) and not any(isinstance(part, Not) for part in check.parts)
    if drugs and (_OF_EXAMPLES.search(text) or (len(check.parts) > 2 and not _TOGETHER.search(text))):
        return True
    instead = any(isinstance(part, _TREATMENTS) and part.term in _INSTEAD for part in check.parts[1:])
    return instead and kinds[0] == {Measurement} and not _TOGETHER.search(text)


def time_behind_a_class(check: Check) -> bool:
    """ "Infarction, NYHA class III heart failure or stroke within a year": the class keeps the time from those before it, which may have it too."""
    if not isinstance(check, Any) or len(check.parts) < 3:
        return False
    last = check.parts[-1]
    classed = any(isinstance(part, All) and {leaf.__class__ for leaf in leaves(part)} == {Condition, Measurement} for part in check.parts[1:-1])
    untimed = any(isinstance(leaf, Condition) and leaf.window is None for leaf in leaves(check.parts[0]))
    return classed and untimed and isinstance(last, Condition) and last.window is not None


def wrongly_asked(check: Check, facts: Facts, text: str) -> bool:
    """Whether what an inclusion asks is an alternative within a clause, whom its rule is for, or what it allows."""
    if isinstance(check, All) and any(isinstance(leaf, Condition) for leaf in facts) and _OWN_BRACKET.search(text):
        return True
    if isinstance(check, Not) and (_ARE_OUT.search(text) or (isinstance(check.part, All) and _TWO_KINDS.search(text))):
        return True
    if isinstance(check, All) and _joined_wrongly(check, text):
        return True
    if _AND_ANOTHER.search(text) and any(isinstance(part, Any) for part in nodes(check)):
        return True
    if isinstance(check, Any) and _WITHIN_AN_OR.search(text):
        return True
    if any(isinstance(leaf, State) for leaf in facts) and _NOT_PREGNANT_OR.search(text):
        return True
    unread = [leaf.text for leaf in leaves(check) if isinstance(leaf, Unread)]
    if any(isinstance(leaf, Age) for leaf in facts) and any(map(_ANOTHER_AGE.match, unread)):
        return True
    if isinstance(check, Not) and isinstance(check.part, Any) and isinstance(check.part.parts[0], Unread) and _AFTER_THIS.search(check.part.parts[0].text):
        return True
    if _asks_for_a_sex(check) and _FOR_WOMEN.search(text):
        return True
    treated = any(isinstance(leaf, _TREATMENTS) for leaf in facts)
    if treated and _IF_STABLE.search(text):
        return True
    return isinstance(check, All) and treated and _ALLOWED.search(text) is not None


def _asks_for_a_sex(check: Check) -> bool:
    """Whether one has to be of a sex: no scope of a rule."""
    return isinstance(check, Sex) or (isinstance(check, All) and any(map(_asks_for_a_sex, check.parts)))


def changes(facts: Facts, text: str) -> bool:
    """Whether the text has words that change one of the facts, which does not say so."""
    kinds = {leaf.__class__ for leaf in facts}
    for place in _NEEDED.rows(text.lower()):
        of, told, words = _BESIDE[place]
        if not kinds.isdisjoint(of) and (told is None or any(map(told, facts))) and words.search(text):
            return True
    return False


_OF_KIDNEYS = ("creatinine",), ("creatinine clearance", "eGFR", "eGFR by MDRD", "eGFR by CKD-EPI")


def of_either_kidney_value(check: Check) -> Check | None:
    """ "AST ≤ …, bilirubin ≤ …, creatinine ≤ … or clearance ≥ …": the "or" may join the last two alone; None where it cannot."""
    if not isinstance(check, Any) or len(check.parts) < len(_OF_KIDNEYS) + 1 or not all(isinstance(part, Measurement) for part in check.parts):
        return None
    last = check.parts[-len(_OF_KIDNEYS) :]
    if not all(isinstance(part, Measurement) and part.term in terms for part, terms in zip(last, _OF_KIDNEYS, strict=True)):
        return None
    return All((*check.parts[: -len(_OF_KIDNEYS)], Any(last)))
