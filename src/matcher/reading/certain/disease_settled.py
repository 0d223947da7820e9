"""The disease with which an inclusion begins, asked for whatever else of it was not read.

"Diagnosis of asthma of odd words and more" may ask for more than asthma, never for less: where the words before the disease
only introduce it, and those behind it go on about it, name no other and give no leave, the disease is needed beside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    Age,
    All,
    Any,
    Check,
    Condition,
    Measurement,
    Sex,
    State,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.certain.before_disease import introduced_from, is_alone, treated_for_it
from matcher.reading.certain.granted_details import without_details
from matcher.reading.certain.kept import BROAD
from matcher.reading.certain.limits_aside import EVERYBODY
from matcher.reading.certain.limits_settled import settled, told
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_FOUND = r"confirm(?:ed|ation)|proven|proof|proved|documented|documentation|established|verified|verification|histolog\w+|cytolog\w+|patholog\w+|histopatholog\w+|biops(?:y|ies)|radiolog\w+|radiograph\w+|diagnosed"
# An adjective before the name of a disease tells of a kind of it, unless it makes the disease another's, or none; those that are named
# below stand here too, since a word that two choices take is tried again and again.
_KIND = r"(?!anti|non|parental|maternal|paternal|familial|fraternal|spousal|potential|presumptive|suspicious|suggestive|prophylactic|surgical|hypothetical|experimental|diagnostic|historical|negative|positive|normal|several|general|initial|total|partial|additional|minimal|optimal|clinical|susceptible|histolog|histopatholog|cytolog|patholog|radiolog|radiograph|serolog|endoscop|electrocardiograph|ultrasonograph|sonograph|immunohistochem|angiograph|echocardiograph|microscop|molecular|genetic|medical|metastatic|(?:active|bear|bilateral|chronic|classic|classical|clear|consecutive|definitive|essential|eular|formal|idiopathic|invasive|multifocal|objective|official|previous|primary|progressive|provisional|residual|secondary|solitary|sporadic|symptomatic|typical|unequivocal|unifocal|unilateral|pediatric|paediatric|hospital|clinic|trial|referral|survival|withdrawal|removal|interval|approval|arrival|relative|representative|topic|scholar|similar|particular)\b)[a-z]+(?:al|ic|ous|ive|ary|ar|oid)(?=\s)"
# Words that may introduce the disease: people, how it was found, what kind of it.
_INTRODUCES = Caseless(
    r"\W*(?:(?:the|an?|all|eligible|wom[ae]n|m[ae]n|females?|males?|girls?|boys?|children|infants|adolescents|p(?:a)?ediatric|pregnant|hospitali[sz]ed|consenting|patients?|subjects?|participants?|individuals?|people|persons?|adults?|(?:in|out)-?patients?|volunteers?|who|that|are|is|was|were|be|been|being|must|have|has|had|having|with|received|developed|will|"
    r"suffer(?:s|ing)?|from|present(?:s|ed|ing)?|meet(?:s|ing)?|criteria(?: for)?|of|diagnosis|diagnostic|known|definite|definitive|clear|evidence|evidenced|presence|history|identified|echocardiographic(?:ally)?|self-reported|you|your|(?:doctor|physician)-diagnos(?:ed|is)|primarily|in line with|fulfil\w*|classification|revised|dsm(?:-?(?:iii|iv|v|5)(?:-?(?:tr|r))?)?|icd-?\d{1,2}|acr|eular|(?:19|20)\d\d|"
    rf"{_FOUND}|clinical(?:ly)?|microscopic(?:ally)?|medical(?:ly)?|laboratory|surgical(?:ly)?|molecular(?:ly)?|serolog\w+|genetic(?:ally)?|newly|recent(?:ly)?|first|new|current(?:ly)?|previous(?:ly)?|untreated|"
    r"locally|advanced|metastatic|recurrent|relapsed|relapsing|refractory|persistent|residual|progressive|unresectable|inoperable|resectable|operable|measurable|invasive|early|late|stage[sd]?|[iv]+[a-d]?\d?|"
    r"severe|mild|moderate(?:ly)?|very|chronic|acute|active|stable|symptomatic|primary|secondary|uncontrolled|controlled|inadequately|poorly|bilateral|unilateral|typical|classic(?:al)?|idiopathic|essential|uncomplicated|treatment-?\s?na[iï]ve|drug-?\s?na[iï]ve|previously-?treated|attacks?|episodes?|flares?|onset|cases?|any age|it|conforms?|conforming|carr(?:y|ies)|bear(?:s|ing)?|immunohistochem\w+|ihc|convincing|physician[- ]documented|ultrasound|ultrasonograph\w+|sonograph\w+|imaging|mri|ct|endoscop\w+|electrocardiograph\w+|angiograph\w+|provisional|affected|by|admitted|living|significant(?:ly)?|(?:treated|admitted|hospitali[sz]ed)\s+for|complaining|clinician|specialist|"
    r"consecutive|objective(?:ly)?|unequivocal(?:ly)?|reliabl[ey]|formal(?:ly)?|official(?:ly)?|single|solitary|multiple|isolated|unifocal|multifocal|recurring|incurable|de novo|sporadic|(?:low|intermediate|high|higher)[- ](?:grade|risk)(?!\s+(?:of|for|factor))|(?:low|intermediate|high)(?=\s*(?:,|or\b|/|to\b|-\s))|at least (?:one|two|three|\d)|one or more|(?:one|two|three)(?=\s*(?:,|or\b|to\b|-)?\s*(?:one|two|three|four|1|2|3|4)?\s*(?:or more\s+)?(?:segments?|levels?|measurable|distinct|separate|lesions?)\b)|[1-9](?:-[1-9])?(?=\s)|segments?|levels?|"
    r"(?!doctor-|physician-|clinician-|specialist-|self-)(?:[a-z]+-){1,2}(?:defined|confirmed|proven|documented|diagnosed|verified|based)|self[- ]?reports?|reports? of|(?:laborator(?:y|ies)|screening|test|pcr|rt-pcr|antigen|culture|swab)\s+(?:tests?\s+|results?\s+)?(?:positive\s+for|indicating)|positive\s+(?:tests?|results?|pcr|rt-pcr|swabs?|cultures?)\s+for|"
    r"(?:admitted|admission|referred|attending)\s+(?:to|at)\s+(?:(?:the|an?|our|hospital|icu|intensive|care|unit|ward|emergency|department|clinic|outpatient)\s+)+(?:with|for|due to|because of)|(?:(?<=naive )|(?<=naïve ))(?:(?:patients?|subjects?|participants?)\s+)?for|"
    rf"{_KIND}|"
    r"or|and|to|and/or)\b(?!-)[\s,:/()-]*)*",
)
# Whose criteria are met says nothing of the disease.
_MEETS = Caseless(
    r"\b(?:meet(?:s|ing)?|met|fulfil\w*|satisf(?:y|ies|ied|ying)|according to|as per|by|per|based on|using|in line with)\s+(?:the\s+)?(?:(?!\b(?:no|not|exclusion|inclusion|following|either|any|at least|one|two|three|symptoms?|risk|if|or|who|with)\b)[^.;:]){0,170}?\bcriteria\s+(?:for|of)\s+(?:(?:the|an?)\s+)?(?:(?:diagnosis|classification|clinical diagnosis|presence)\s+of\s+)?",
    needs=("criteria",),
)
# How a tumor is stained, or what is changed in it.
_MARKERS = Caseless(
    r"\b(?:(?:er|pr|pgr|her-?2(?:/neu)?|hr|egfr|alk|braf|kras|ph|hormone(?:[- ]receptors?)?|o?estrogen(?:[- ]receptors?)?|progesterone(?:[- ]receptors?)?|philadelphia(?:[- ]chromosome)?|bcr-?abl1?|cd\d{1,3}|pd-?l1)(?:\s*\((?:er|pr|pgr|hr|her2|ph)\))?"
    r"\s*(?:\+|-(?!\w)|[- ]?(?:positive|negative|mutated|mutant|amplified|over-?expressing)\b)(?:\s*(?:and/or|and|or|/|,)\s*(?=(?:er|pr|pgr|her|hr|hormone|o?estrogen|progesterone|cd\d)))?\s*)+",
    needs=("+", "-", "positive", "negative", "mutated", "mutant", "amplified", "expressing"),
)
# Before the disease: the first word of its name may be one of several kinds that are enough.
_NAMED = rf"{_FOUND}|diagnos[ei]s|evidence|presence|histor(?:y|ies)|criteria|findings?"
_CHOICE = Caseless(rf"(?:\b(?:or|and|to|and/or)\b|/|\b(?!(?:{_NAMED})\b)\w+\s*,)\W*(?:(?!(?:{_NAMED})\b)\w+\W+){{0,3}}$")
# Of these, the same disease may be in one or the other.
_STATE = r"(?:(?:locally\s+)?advanced|metastatic|recurrent|recurring|relapsed|relapsing|refractory|resistant|persistent|residual|progressive|unresectable|inoperable|resectable|operable|incurable|stages?\s+[iv]+[a-d]?\d?|[iv]+[a-d]?\d?|stable|mild|moderate|severe|symptomatic|asymptomatic|active|early|late|newly diagnosed|untreated|previously treated|low|intermediate|high|one|two|three|[1-4]|first|second|unilateral|bilateral|solitary|multiple|definite|probable)"
_STATES = Caseless(rf"(?:^|\W){_STATE}(?:[\s,]*(?:,|/|\bor\b|\band/or\b|\band\b|\bto\b)[\s,]*{_STATE})+(?:[- ]?(?:grade|risk|segments?|levels?))?\W*$", needs=("or", "/", ",", "and", "to"))
_SEXES = Caseless(r"\bmales?\b|men\b|\bsex|\bgender|/|\bor\b|\bat\b|prior|before")
_FOUND_FIRST = Caseless(rf"(?:{_FOUND})\b")
_SOMETHING_ELSE = Caseless(r"^other\b|\b(?:risks?|suspect\w*|vaccin\w*|prevent\w*|prophyla\w*|no|not|without|free|absence)\b")
# What a tumor looks like under the microscope: a cancer of an organ may be one without its list saying so.
_HISTOLOGIES = frozenset(("carcinoma", "adenocarcinoma", "squamous cell carcinoma", "sarcoma", "neuroendocrine tumor", "invasive carcinoma", "clear cell adenocarcinoma", "small cell carcinoma", "mucinous adenocarcinoma"))
_OF_WOMEN = frozenset(("menopause", "premenopause", "perimenopause"))
_PLACED = r"by|in|of|for|at|on|from|before|since|within|during|per|not|previously|prior to|"
_NARROWING = r"not\s+(?:amenable|suitable|eligible|a\s+candidate|candidates)|with|without|who|whom|whose|that|which|where|as|after|despite|undergoing|receiving|requiring|treated|meeting|scheduled|planned|planning|awaiting|hospitali[sz]ed|admitted|attending|referred|presenting|followed|living|residing|speaking|na[iï]ve|treatment-na[iï]ve|accompanied|visiting|registered|starting|beginning|seeking|"
_PHRASE = _PLACED + _NARROWING
_SAID = r"defined|confirmed|diagnosed|documented|according|based|determined|established|proven|verified|assessed|classified|characteri[sz]ed|evidenced|refractory|resistant|stages?|grade|class"
# Directly behind the disease: what opens a phrase about it, or ends it.
_GOES_ON = Caseless(
    rf"\s*(?:$|[,;.()\[]|[-\u2013]\s+(?:grade|stage|class|score|with|defined)\b|(?:{_PHRASE}{_SAID}|(?:symptoms?|disease|infection)(?=\s*(?:$|[,;.()]|\s(?:{_PHRASE}{_SAID})\b))|and\s+(?:on|with|who|whose|have|has|had|are|be|is|must|receiving|treated|taking|requiring|undergoing|experiencing|scheduled|planned|planning|currently|not|without)|"
    r"patients?(?=\s+(?:infected|with|who|whose|undergoing|receiving|treated|scheduled|referred|on|in|aged|having|diagnosed|already|currently)\b)|diagnosis(?=\s+(?:consistent|based|according|by|confirmed|made|established|as|per|meeting|in)\b)|"
    r"(?:genotypes?|phenotypes?)(?=\s*(?:\d|[IV]))|(?:being|currently|already|actively|previously|newly|recently|surgically|medically|histolog\w+|cytolog\w+|patholog\w+|radiolog\w+|radiograph\w+|clinically|genetically|serologically|endoscopically|inadequately|poorly|insufficiently|adequately|well)\s+\w+(?:ed|ing|on)|(?:due|secondary)\s+to|caused|must\s+(?:be|have\s+been)\s+(?:\w+ly\s+)?(?:confirmed|documented|proven|verified|established|diagnosed|made)|"
    r"(?:made|verified|found|seen|shown)\s+(?:by|on|with|via)|arising|originating|metastatic\s+to|harbou?ring|expressing|carrying|(?:that|which)|and\s+(?:meeting|meets?|fulfil\w*|stage|grade|class|at|in|no|indication|requiring|treatment|undergoing)|initiating|limited|confined|consistent)\b|\s*(?:[<>≥≤]|>=|<=)\s*\d+\s*(?:days?|weeks?|months?|years?)\b|\s+[-–]\s+(?:for|in|with|who|which|that)\b)",
)
# With one of these the line chooses, permits, supposes, compares, or tells a group, a rule for some or another person.
_BARS = Caseless(
    r"\b(?:may|might|can|could|would|should|shall|if|when\w*|unless|until|except\w*|excluding|exclud\w*|although|though|however|but|otherwise|instead|alternatively|alternative|provided|providing|other than|rather than|etc|namely|"
    r"allow\w*|permit\w*|accept\w*|eligib(?:le|ility)|ineligib\w*(?!\s+(?:for|to receive|to undergo)\s+(?!the\b|this\b|study|trial|participat|enrol|inclusion))|exempt\w*|prefer\w*|optional\w*|waive\w*|either|below|"
    r"suspect\w*|suspic\w*|possib\w*|probabl\w*|presum\w*|mimic\w*|controls|cohorts?|arms?|groups?|parts?|phases?|strat\w+|sub-?groups?|sub-?sets?|sub-?stud\w+|healthy|comparison|"
    r"famil\w+|relatives?|siblings?|sisters?|brothers?|daughters?|sons?|wives|wife|husbands?|widow\w*|mothers?|maternal|fathers?|parents?|partners?|spouses?|donors?|care-?\s?givers?|carers?|guardians?|infants?|newborns?|fet\w+|offspring|child(?:ren)?(?!\W?(?:pugh|turcotte))|staff|"
    r"n ?= ?\d+|rule[sd]? out|no longer(?!\s+(?:effective|available|appropriate|beneficial|suitable|responsive|responding|tolerated|working|amenable))|not required|required|requires?|needed|necessary|free of|note|n\.b|deleted?|amended)\b",
)
_OF_A_SOCIETY = Caseless(r"\b(?:oncology|working|study|cooperative|international|assessment) groups?\b", needs=("group",))
_WIDER = Caseless(r"[\s,(]*(?:and\s+)?(?:includ\w+|such as|e\.?g|or\b|and/or)")
_OR = pattern_of(r"\b(?:or|and/or)\b|(?<=[a-z]{3})/(?!days?\b|weeks?\b|months?\b|doses?\b)(?=[a-z]{3})", re.IGNORECASE)
# Between the disease and an "or": what the "or" then belongs to.
_NARROWS = Caseless(rf"\b(?:{_NARROWING}{_SAID})\b")
_PLACES = Caseless(rf"\b(?:{_PLACED[:-1]})\s+(?:\S+\s+){{0,3}}\S+$")
_DUTY = Caseless(r"\b(?:must|need(?:s|ed)?|ha(?:s|ve) to|will|are to|is to)\b")
_VERB = Caseless(r"\b(?:is|are|was|were|be|has|have|had|will|do|does|did|must|need|needs|shows?|showed|remains?|requires?|continue[sd]?|become|becomes)\b")
# Verbs that only go on about whoever has the disease, or say how it was found.
_AND_IS = Caseless(r"\band\s+(?:must|be|is|has|have|had|are|were|was)(?:\s+(?:be|have|been|had))*\b|\b(?:must\s+)?(?:be|have\s+been)\s+(?:\w+ly\s+)?(?:confirmed|documented|proven|verified|established|diagnosed|made)\b", needs=("and", "be"))
# A limit on the disease itself, which may be none; what stands behind it told of it; another sentence that is enough.
_AMOUNT = Caseless(r"\s*of\s*(?:[-+±<≤\d]|less|no more|up to|at most|between)")
_TOLD = Caseless(r"\s*(?:\([^()]*\))?\s*:")
_OR_ELSE = Caseless(r"[;.]\s*(?:and/)?or\b")
# What a value says: a list that does not name it may still be one of a patient who has it.
_BY_VALUE = Caseless(r"dysfunction|impair|insufficien|kidney failure|renal failure|liver failure|hypertension|obes|overweight|an(?:a)?emia|hyper\w+emia|hypo\w+emia|intoleran|uria\b|penia\b|hypox|shock|lipid|malnutrition|refractive|osteop|bone mass|prediabetes|microalbumin|hypogonad|amblyop|myopia")
_HAS_AMOUNT = Caseless(r"[<>≤≥=]|\b\d+(?:\.\d+)?\s*(?:%|m[gm]|g/|mmol|kg|µ)|defined|\bat (?:least|most)\b")
_RELATIVE = Caseless(r"\b(?:who|whose|whom|that|which|where)\b|\band\s+(?=(?:have|has|are)\b)")
# Behind a comma the line only goes on about the disease.
_ABOUT_IT = Caseless(rf",\s*(?:and\s+)?(?:{_PHRASE}{_SAID}|new york heart|nyha|figo|ann arbor|ajcc|bclc|international staging|salmon|child-pugh|newly|previously|currently|treated|receiving|requiring|excluding|except|regardless|irrespective)\b")
# Behind the disease these leave some of those who have it out, or tell which of them are meant.
_LEAVES_OUT = Caseless(r"\b(?:except(?:ing|ions?)?(?:\s+(?:for|of))?|excluding|other than|but\s+(?:not|no|without|with|who|have|has)|(?:in|of|with|by|for|on|at|has|have|as|receiving)\s+either|(?:chronic|accelerated|blast|acute|early|late)(?:\s*(?:,|or|and|/)\s*(?:chronic|accelerated|blast|acute|early|late))*\s+phases?)\b")
# Behind these stands what brought the disease on, what it is told by, or a stage of it: an "or" joins those.
_BROUGHT_ON = Caseless(r"\b(?:due to|caused by|secondary to|resulting from|because of|as a result of|owing to|complicated by|associated with)\b")
_TOLD_BY = Caseless(r"\b(?:defined (?:as|by)|characteri[sz]ed by|manifest(?:ed|ing)\s+(?:by|as)|evidenced by|as (?:shown|demonstrated|indicated) by|criteri(?:a|on)|at least (?:one|two|three|1|2|3) of|stages?|grades?|class)\b")
# A value or a treatment that is enough to be called so.
_BY_RECORD = Caseless(r"[<>≥≤]|\b(?:use of|medications?|treatment|therapy|treated|greater than|less than|at least \d|above|below|records?)\b")
_BEGINS_ANEW = Caseless(r"\W*(?:patients?|subjects?|participants?|those|with|who|have|has|having|had|histor\w+|diagnos\w+|known|documented|confirmed|proven|histolog\w+|positive|another|other|else|if|as|any other|on|receiving|treated)\b")
# Behind an "or": what somebody with the disease has tried, or cannot be given.
_ABOUT_AGAIN = Caseless(
    r"\s*(?:(?:for|in|to|of|by)\s+(?:which|whom)\b|(?:(?:that|who|which)\s+)?(?:is|are|was|were|has|have|had)\s+(?:been\s+|become\s+|since\s+|also\s+|subsequently\s+)*(?:progressed|relapsed|recurred|refractory|resistant|intolerant|ineligible|unsuitable|unresponsive|unable\s+to|failed|refused|declined|unresectable|inoperable|metastasi[sz]ed|no\s+longer|not\s+(?:an?\s+)?(?:amenable|suitable|candidates?|eligible|appropriate|effective|available|respond\w*|tolerat\w*))\b|"
    r"(?:(?:is|are)\s+)?(?:refractory|resistant|intolerant|unresponsive|ineligible|unsuitable|not\s+(?:amenable|suitable|eligible|responding|candidates?|a\s+candidate))\s+(?:to|for|of)\b|(?:who\s+)?(?:declines?|refuses?|progressed|relapsed|failed)\s+(?:on|after|during|to|at least|one|two|prior|standard|previous|first|or|all|any)\b)"
)
# In brackets among the words before the disease: more of who is meant, and no other choice.
_ASIDE = pattern_of(r"[(\[](?!\s*(?:or|and/or|incl|including|e\.?g|also|other|with or)\b)[^()\[\]]*[)\]]", re.IGNORECASE)
_NUMBERED = pattern_of(r"\W*(?:\d{1,2}|[a-z])[.)]\s*")


# Behind the disease, others may be meant by one of these.
_SEX = Caseless(r"\b(?:wom[ae]n|m[ae]n|females?|males?|girls?|boys?)\b")


def with_disease_settled(read: Read, tokens: Sequence[Token], context: Context) -> Read:
    """An inclusion with the disease with which it begins told as needed, beside the rest that stays unread."""
    if context.exclusion or not any(leaf.__class__ is Unread for leaf in leaves(read.check)):
        return read
    token = next((one for one in tokens if one.tag == "check" and _names_disease(one)), None)
    if token is None or not _GOES_ON.match(context.text, token.end) or _SOMETHING_ELSE.search(token.text):
        return read
    begins = _begins(token, tokens, context)
    if not begins and not is_alone(token, tokens, context, _of_people):
        return read
    needed = _plain(token.value.check, context) if not _DEFINED_BY_ANY.match(context.text, token.end) else None
    if needed is None or needed in told(read.check):
        return read
    if _COUNTED.search(context.text, 0, token.start) and any(_OF_PLACES.search(leaf.term) for leaf in leaves(needed) if isinstance(leaf, Condition)):
        return read
    context = replace(context, text=context.text[: token.end] + without_details(context.text[token.end :]))
    leave = context.text[: token.end] + _LEAVES_OUT.without(context.text[token.end :], " ")
    if gives_leave(leave) or _SEX.search(context.text, token.end) or not _goes_on(token, tokens, context):
        return read
    if _EARLIER.search(context.text, 0, token.start) or treated_for_it(token, context) or not begins:
        needed = any_of([replace(leaf, phase="history") if isinstance(leaf, Condition) else leaf for leaf in leaves(needed)])
    place = ((token.start, token.end),) * len(leaves(needed))
    check, spans = settled(read.check, iter(read.spans), [replace(token, value=Read(needed, place))])
    return Read(check, spans)


# Whoever meets one of these is meant, by whatever name a list calls it.
_DEFINED_BY_ANY = Caseless(r"[\s,(]*(?:as\s+)?defined\s+(?:as|by)\s+(?:having\s+|the presence of\s+|meeting\s+)?(?:at least\s+)?(?:any|either|one|two|1|2)\s+(?:or more\s+|one\s+)?of\b")
# So many lesions say of which size or place they are, and may be of another name.
_COUNTED = Caseless(r"\b(?:at least|one or more|measurable|evaluable|\d)\b")
_OF_PLACES = Caseless(r"lesion|metasta|tumou?r|neoplasm|mass\b|nodule|polyp|cyst\b")
_EARLIER = Caseless(r"\b(?:previous(?! untreated)|prior|past|histor(?:y|ies)|ever|had|episodes?|attacks?|recovered|resolved)\b")


# At the head of a line these are who is meant, and nobody else's children.
_YOUNG = Caseless(r"\W*(?:(?:preterm|premature|term|full-?term|newborn|young|hospitali[sz]ed|all|eligible)\s+)*(?:infants|newborns|neonates|children)(?:\s+(?:and|or|/)\s*(?:infants|newborns|neonates|children|adolescents|adults))?(?=\s+(?:with|who|having|diagnosed|suffering|presenting|hospitali[sz]ed|admitted|aged)\b(?!\s+(?:(?:an?|their|the)\s+)?(?:mother|father|parent|sibling|famil|relative)))")


def gives_leave(text: str) -> bool:
    """Whether a line chooses, permits, supposes or compares, or tells a group, a rule for some or another person."""
    young = _YOUNG.match(text)
    return _BARS.search(_OF_A_SOCIETY.without(text, " "), young.end() if young else 0) is not None


def needed_for_itself(check: Check, context: Context) -> bool:
    """Whether what was read is a disease that a record names when the patient has it."""
    return _plain(check, context) is not None


# With one of these a stage may be that of another day, or of some.
_ANOTHER_STAGE = Caseless(r"\b(?:initial\w*|original\w*|previous\w*|prior|former\w*|history|first|at (?:the time of )?diagnosis|recurr\w*|relaps\w*|metasta\w*|progress\w*|advanc\w*|unresect\w*|any|and/or|including|e\.?g|such as|except\w*|excluding|if|unless|plus)\b")


def _plain(check: Check, context: Context) -> Check | None:
    """The disease of a check, or any of several, without what narrows it; None for anything else."""
    if isinstance(check, Any):
        parts = [_plain(part, context) for part in check.parts]
        known = [part for part in parts if part is not None]
        return any_of(list(dict.fromkeys(known))) if len(known) == len(parts) else None
    if isinstance(check, All):
        parts = [_plain(part, context) for part in check.parts if not isinstance(part, Measurement) and not _of_people(part)]
        known = [part for part in parts if part is not None]
        return known[0] if len(known) == len(parts) == 1 else None
    if not isinstance(check, Condition) or check.term in BROAD or check.term in _OF_WOMEN or check.term in _HISTOLOGIES or not context.vocabulary.is_kind(check.term, "disease") or check.other_than or context.vocabulary.condition(check.term) is None:
        return None
    phase = "history" if check.phase in ("history", "past") or check.window is not None else check.phase.replace("active", "")
    staged = check.stages if phase == "" and not _OR.search(context.text) and not _ANOTHER_STAGE.search(context.text) else ()
    return Condition(check.term, phase, stages=staged)


def _begins(token: Token, tokens: Sequence[Token], context: Context) -> bool:
    """Whether the words before the disease only introduce it."""
    said, start = "", introduced_from(token, context, lambda said: _INTRODUCES.fullmatch(_ASIDE.sub(" ", said)) is not None)
    for one in tokens:
        if one.tag == "check" and start <= one.start and one.end <= token.start:
            if not all(map(_of_people, leaves(one.value.check))):
                return False
            said, start = said + context.text[start : one.start], one.end
    said += context.text[start : token.start]
    if _SEXES.search(said):
        said = EVERYBODY.without(said, " ")
    said = _MARKERS.without(_MEETS.without(said, " with "), " ")
    number = _NUMBERED.match(said)
    said = _ASIDE.sub(" ", said[number.end() :] if number else said)
    if not _INTRODUCES.fullmatch(said):
        return False
    return not _CHOICE.search(said) or _STATES.search(said) is not None or _FOUND_FIRST.match(token.text) is not None or _same_without_first(token, context)


def _of_people(leaf: Check) -> bool:
    """Whether a fact only tells of what age or sex somebody is, or that she is pregnant or past her menopause."""
    return isinstance(leaf, Age | Sex) or leaf == State("pregnant") or (isinstance(leaf, Condition) and leaf.term in _OF_WOMEN)


def _same_without_first(token: Token, context: Context) -> bool:
    """Whether the word behind a joint is no part of the disease's name: "recurrent or refractory lymphoma"."""
    if not isinstance(token.value.check, Condition):
        return False
    concept = context.vocabulary.condition(token.text.strip().partition(" ")[2])
    return concept is not None and concept.label == token.value.check.term


def _goes_on(token: Token, tokens: Sequence[Token], context: Context) -> bool:
    """Whether the words behind the disease go on about it and name no other."""
    behind = context.text[token.end :]
    if behind.rstrip().endswith(":") or _WIDER.match(behind):
        return False
    if (behind.startswith(",") and not _ABOUT_IT.match(behind)) or _AMOUNT.match(behind) or _TOLD.match(behind) or _OR_ELSE.search(behind):
        return False
    if any(isinstance(leaf, Condition) and _BY_VALUE.search(leaf.term) for leaf in leaves(token.value.check)) and _HAS_AMOUNT.search(behind):
        return False
    sentence = re.split(r"[;.](?=\s)", behind)[0]
    stated = _AND_IS.without(sentence, " ")
    relative, verb = _RELATIVE.search(stated), _VERB.search(stated)
    if (verb and (relative is None or verb.start() < relative.start())) or _DUTY.search(stated):
        return False
    named = {leaf.term for leaf in leaves(token.value.check) if isinstance(leaf, Condition)}
    others = [one.start - token.end for one in tokens if one.start >= token.end and _names_other(one, named)]
    if any(place > len(sentence) for place in others):
        return False
    facts = [one.start - token.end for one in tokens if one.start >= token.end and one.tag in ("check", "proc", "drug")]
    return all(_within(found.start(), found.end(), sentence, others, facts) for found in _OR.finditer(sentence))


def _names_disease(token: Token) -> bool:
    """Whether a read token names a disease."""
    return any(isinstance(leaf, Condition) and leaf.term not in _OF_WOMEN for leaf in leaves(token.value.check))


def _names_other(token: Token, named: set[str]) -> bool:
    """Whether a token names a disease that is none of those, nor any disease at all."""
    if token.tag == "cond":
        return token.value not in named and token.value not in BROAD
    return token.tag == "check" and any(isinstance(leaf, Condition) and leaf.term not in named and leaf.term not in BROAD for leaf in leaves(token.value.check))


def _within(start: int, end: int, sentence: str, diseases: Sequence[int], facts: Sequence[int]) -> bool:
    """Whether an "or" joins words inside a phrase about the disease, and no other disease."""
    before = sentence[:start].rstrip()
    if before and _ABOUT_AGAIN.match(sentence, end) and not any(place >= end for place in diseases):
        return True
    if before and not _BEGINS_ANEW.match(sentence, end):
        if (led := _last(_BROUGHT_ON, before)) and "," not in before[led:]:
            return True
        if (led := _last(_TOLD_BY, before)) and not _BY_RECORD.search(sentence, led) and _last(_TOLD_BY, sentence) == led and (any(led <= place < start for place in diseases) or not any(place >= end for place in diseases)):
            return True
    if not before or before[-1] in ",;)" or any(place >= end for place in diseases):
        return False
    if _NARROWS.search(before):
        return True
    return _PLACES.search(before) is not None and not any(place >= end for place in facts)


def _last(pattern: Caseless, said: str) -> int:
    """Where the last place ends, in no bracket that is closed behind it, at which a pattern matches; 0 where it does nowhere."""
    return max((end for _, end in pattern.spans(said) if said.count("(", end) >= said.count(")", end)), default=0)
