"""Inclusions that may ask for less than they say: of those who take a drug, for one of several diseases, of one part of the study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    Bound,
    Check,
    Condition,
    Consent,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
    Smoking,
    State,
    Statement,
    Unread,
    When,
)
from matcher.model.trees import leaves
from matcher.reading.certain.limits_kept import set_again_within
from matcher.reading.doubts.words_of_all import of_one_origin
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rewriting import rewritten, rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import load

# A phrase without a verb that says how long a treatment is to be stable, or how long ago it was: of those who have it.
_STABLE_DOSE = Caseless(r"^\W*(?:an?\s+|any\s+)?(?:stable|unchanged|constant)\s+(?:[\w-]+\s+)?(?:dos(?:es?|age|ing)|regimens?|treatment|therapy|use)\b", needs=("stable", "unchanged", "constant"))
_AGO = Caseless(r"^\W*(?:(?:any|prior|previous|last|most recent)\s+)*[\w -]{4,40}?\s+(?:(?:more than|at least|over|greater than|>=?|≥)\s*)?(?:\d+|one|two|three|four|six)\s+(?:days?|weeks?|months?|years?)\s+(?:ago|earlier|prior|before)\b")
_DONE = Caseless(r"\b(?:had|ha(?:s|ve)|having|must|received?|receiving|underwent|undergone|treated|completed|finished|history|status|patients?|subjects?|participants?|on|with|who|require[sd]?|taking|using|after|following|s/p)\b")
_PRIOR_FOR = Caseless(r"^\W*(?:prior|previous)\s+[\w -]{4,40}?\s*(?:>=?|≥|more than|at least|over)\s*(?:\d+|one|two|three|four|six)\s+(?:days?|weeks?|months?)\W*$", needs=("prior", "previous"))
# Right behind a limit: of which part of the study, or of whom, it is.
_OF_A_PART = Caseless(
    r"(?:years?|old|older|over|above|younger|under|ages?|\d)\W{0,3}[(\[]\s*(?:for\s+|in\s+)?(?:the\s+)?(?:parts?|cohorts?|arms?|groups?|phases?|stages?|stud(?:y|ies)|sub-?stud(?:y|ies))\s+(?:\d|[ivx]+|[a-h])\b[^()]*[)\]]|\b(?:for|in)\s+(?:the\s+)?(?:parts?|cohorts?|arms?|groups?|phases?|stages?|sub-?stud(?:y|ies))\s+(?:\d|[ivx]+|[a-h])\b|"
    r"\bin the [\w-]+ (?:phase|part|cohort|arm|stage)\b",
    needs=("part", "cohort", "arm", "group", "phase", "stage", "stud"),
)
_OF_SOME = Caseless(r"\W*(?:for|in)\s+(?:all\s+|the\s+|our\s+)?(?:[\w-]+\s+){0,2}?(?:adolescents?|child(?:ren)?|adults?|elderly|minors?|teenagers?|infants?|(?:fe)?males?|(?:wo)?men|girls?|boys?|smokers?|diabetics?)\b")
_AMONG = Caseless(r"\bamong\s+(?:those|patients|subjects|participants|people|persons|individuals|(?:wo)?men)\b", needs=("among",))
_FOR_THOSE = Caseless(r"\W*(?:among|if|in case of|in the (?:case|presence) of|for)\s+(?!(?:at least|the (?:last|past|previous|study|trial|purpose)|more|over|up to|a (?:minimum|period)|entry|eligibility|inclusion|enrol\w*|height|age|gender|sex|weight|body)\b|\d)", needs=("among", "if", "in case", "in the", "for"))
# "A or B, currently C": the last is asked for beside either.
_BESIDE_EITHER = Caseless(r"\bor\b[^,;.:]*,\s*(?:who\s+(?:are|is)\s+)?(?:currently|presently|taking|receiving|using|treated with|on (?!the\b)|not)\b(?![^.;]*\bor\b)", needs=("or",))
_WILLING_TO_TAKE = Caseless(r"\b(?:willing|agree[sd]?|agreeing|prepared|able|ready)\s+to\s+[^:;.]{0,40}\b(?:take|switch|receive|use|start|change|be treated)\b[^:;.]*\bfollowing\b", needs=("following",))
# "Neuropathy no worse than grade 1": nobody has to have it.
_AT_MOST = Caseless(r"\b(?:no|not)\s+(?:worse|more\s+severe|greater|higher)\s+than\s+(?:nci|ctc\w*|grade|stage|mild|moderate)\b|\bnot\s+exceeding\s+(?:nci|ctc\w*|grade|stage|mild)\b|\bif\s+present\b", needs=("no", "if "))
# An examination that screening may still ask for within the time; what the words tell of as done is none of it.
_EXAMINES = Caseless(r"muga|x-ray|radiograph|electrocardiogra|echocardiogra|magnetic resonance|tomograph|ultraso|electroencephalogra|mammogra|spirometr|pulmonary function|endoscop|colonoscop|gastroscop|cystoscop|bronchoscop|angiogra|scintigra|densitometr|\b(?:ct|mri|pet|ecg|eeg|dexa|dxa)\b|\bscan\b")
_WAS_DONE = Caseless(r"\b(?:had|undergone|underwent|history of|previously|previous(?!\s+(?:\d|one|two|three|four|six|twelve))|after|following(?!\s+(?:an?\s+|inhaled\s+|the\s+|short[ -]acting\s+)*(?:beta|bronchodilat|salbutamol|albuterol))|who\s+(?:received|were))\b")
# "At least three weeks since A, B and/or C": the time is that of each.
_SINCE = Caseless(r"\b(?:days?|weeks?|months?|years?)\b[^.;]{0,25}\b(?:since|from|after|elapsed)\b", needs=("since", "from", "after", "elapsed"))
_GENERAL_TUMOUR = frozenset(("metastatic adenocarcinoma", "metastatic cancer", "unresectable cancer", "advanced cancer", "carcinoma", "adenocarcinoma", "malignancy", "neoplasm", "solid tumor", "sarcoma", "neuroendocrine tumor", "squamous cell carcinoma"))
_FROM = Caseless(r"(?:originat\w+|aris\w+|of the|from)\b")
# What was only offered, or is to be done in the trial.
_NOT_DONE = Caseless(r"\b(?:been|were|was|are|is)\s+(?:\w+\s+)?(?:offered|recommended|advised|proposed)\b|\bas part of (?:this|the) (?:protocol|study|trial)\b|\b(?:per|on|under) (?:this |the |study )?protocol\b", needs=("offered", "recommended", "advised", "proposed", "part of", "protocol"))
# "Should remain on antivirals throughout the study": who takes them.
_STAYS_ON = Caseless(r"\b(?:must|should|shall|will|needs? to|have to|agrees? to|required to)\s+(?:also\s+)?(?:remain|stay|be\s+(?:maintained|kept|continued)|continue|maintain)\s+(?:on\b|taking\b|using\b|with\b|to\s+(?:take|receive|use)\b|(?:their|any|his|her)\b|[\w-]+(?:\s+[\w-]+){0,2}\s+(?:therapy|treatment|medications?)\b|[a-z]+\s+(?:at|throughout|during)\b)", needs=("remain", "stay", "maintain", "kept", "continue"))
# "Aged > 50 or patients over 18 with at least one of:": what stands below is asked of the latter.
_ONE_OF_LATTER = Caseless(r"\d[^.;]{0,25}\bor\b\W*(?:(?:patients?|subjects?|participants?|those|people|adults?|(?:wo)?men)\b|aged?\b)[^.;]*\d[^.;]*\bwith\s+(?:at least (?:one|two|1|2)|one|any)\b", needs=("or",))
_ONE_OF_HEAD = Caseless(r"\bor\b\W*(?:patients?|subjects?|participants?|those|people|adults?|(?:wo)?men|aged?|over|above|[>≥])[^.;]*\b(?:at least (?:one|two|1|2)|one|any)\b", needs=("or",))
# "Female subjects up to 65 must have a negative test, females of childbearing potential must use contraception": two rules.
_ALL_AND_SOME = Caseless(
    r"\b(?:females?|wom[ae]n)(?:\s+(?:patients?|subjects?|participants?))?\b(?!\s+(?:of|with|who|capable|able|in))[^.;,]{0,40}\b(?:must|should|shall|will|need|required)\b[^.;]*[,;.]\s*(?:and\s+|while\s+|whereas\s+)?(?:females?|wom[ae]n|those)\s+(?:(?:patients?|subjects?|participants?)\s+)?(?:of|with|who)\b",
    needs=("female", "woman", "women"),
)
# "After an adjuvant therapy or a therapy for metastatic disease": the disease is what one of two therapies is for.
_FOR_METASTASES = r"\b(?:therap(?:y|ies)|treatments?|regimens?|lines?|chemotherapy|drugs?)\s+(?:for|in|of)\s+(?:[\w-]+\s+){0,3}?metasta\w+"
_THERAPY_OR = Caseless(rf"\bor\b[^.;]*{_FOR_METASTASES}|{_FOR_METASTASES}[^.;]*\bor\b", needs=("metasta",))
# "Suspected A and B or C", without a comma that would part them.
_AND_OR = Caseless(r"\band\b[^.;,:()]*\s(?:or|and/or)\b", needs=("or",))
# A bare list whose first member is contraception: one of them is enough.
_CONTRACEPTION_OR = Caseless(r"\W*(?:(?:an?|use of|using|effective|adequate|reliable|acceptable|appropriate|highly|medically|approved|accepted)\s+)*(?:contracepti(?:on|ves?)|birth[- ]control)(?:\s+(?:methods?|measures?|use))?\s*,[^.;:]*,?\s*\bor\b[^,.;:]*\W*", needs=("contracepti", "birth"))


# A line that only names women who may bear, or begins with the pregnant before others' contraception, is a piece of another rule.
_NAMES_WOMEN = Caseless(r"\W*(?:females?|wom[ae]n)(?:\s+(?:patients?|subjects?|participants?))?\s+of\s+child-?\s?bearing\s+(?:potential|age|capacity)\W*")
_HEADS_PEOPLE = Caseless(r"\W*(?:(?:fe)?males?|(?:wo)?men)(?:\s+(?:patients?|subjects?|participants?))?\s*[-–—]+\s*")
_PREGNANT_FIRST = Caseless(r"\W*(?:pregnancy|pregnant(?:\s+or\s+[\w-]+)?\s+(?:women|females|patients|subjects))\s*\.\s.*\b(?:contracepti|birth control)", needs=("pregnan",))
_IN_SITU = Caseless(r"\W*(?:(?:any|an?|treated|curatively|adequately|cured|prior|previous)\s+)*(?:carcinoma in[- ]situ|in[- ]situ (?:carcinoma|cancer)s?)(?:\s+of\s+(?:the\s+)?(?:uterine\s+)?(?:cervix|skin|breast))?\W*")
_RULE_FOR_WOMEN = Caseless(r"\W*(?:females?|wom[ae]n)(?:\s+(?:patients?|subjects?|participants?))?\s+of\s+(?:non-?\s?|no\s+)?child-?\s?bearing\b", needs=("child",))
_MEN = Caseless(r"\b(?:males?|m[ae]n)\b")
_NO_SURGERY = Caseless(r"\W*no\s+(?:(?:prior|previous|major)\s+)+surger(?:y|ies)(?:\s+(?:except|other than)\b.*)?\W*", needs=("surger",))
_HAS_ENDED = Caseless(r"\b(?:ended|completed|finished|stopped|discontinued)\b", needs=("ended", "completed", "finished", "stopped", "discontinued"))
# "Any antiviral drug, if its dose is stable": what is allowed, under a lost heading.
_ANY_DRUG = Caseless(r"\W*any\s+(?:[\w-]+\s+){1,3}?(?:medications?|drugs?|agents?|therap(?:y|ies)|treatments?)\b[^;]*\b(?:for which|if|provided|as long as|whose)\b", needs=("for which", "if", "provided", "as long as", "whose"))
_COUNTED = Caseless(r"\s*(?:(?:and|or|/|&)\s+(?:[\w-]+\s+){0,2}|tissue\s+)?(?:samples?|specimens?|blocks?)\b|\s*(?:(?:and|or|/)\s*(?:(?!blasts?\b|[\w-]*cells?\b|[\w-]+cytes?\b)[\w-]+\s+){1,3})?(?:\([a-z]{1,4}\)\s*)?counts?\b")


def _asks_for_women(check: Check) -> bool:
    """Whether nobody but women can meet a check, its scopes apart."""
    if isinstance(check, All | Any):
        return any(map(_asks_for_women, check.parts))
    return check == Sex("female")


def less_perhaps(read: Read, text: str) -> Read:
    """An inclusion with what it may ask for beside what it says, where that is less."""
    facts = leaves(read.check)
    if any(isinstance(leaf, Measurement) and leaf.bounds == _BELOW_NORMAL for leaf in facts) and _NAMES_LOWER.search(text) is None:
        read = rewritten(read, lambda leaf: replace(leaf, bounds=_UP_TO_NORMAL) if isinstance(leaf, Measurement) and leaf.bounds == _BELOW_NORMAL and leaf.term in _LOW_IS_GOOD else None)
    read = set_again_within(read) if isinstance(read.check, All) and any(isinstance(part, When) for part in read.check.parts) else read
    if _RULE_FOR_WOMEN.match(text) and _asks_for_women(read.check) and not _MEN.search(text):
        return Read(When(Sex("female"), read.check), (read.spans[0], *read.spans))
    if any(map(text.casefold().__contains__, ("count", "sample", "specimen", "block"))) and any(isinstance(leaf, Condition) for leaf in facts) and not any(isinstance(leaf, Measurement) and load().measure(leaf.term) is not None for leaf in facts):
        read = rewritten_there(read, lambda leaf, place: Ambiguous((Unread(clean(text[slice(*place)])), leaf)) if isinstance(leaf, Condition) and _COUNTED.match(text, place[1]) else None)
    if any(isinstance(part, Not) for part in nodes(read.check)):
        read = of_one_origin(read, text)
    if isinstance(read.check, Not) and isinstance(read.check.part, All) and _EACH_OUT.search(text) and all(isinstance(part, Condition) for part in read.check.part.parts):
        each = Not(Any(read.check.part.parts))
        if not _OF_ONE_PERSON.search(text):
            return Read(each, read.spans)
        return read if _AT_A_TIME.search(text) else Read(Ambiguous((read.check, each)), read.spans * 2)
    if _NO_SURGERY.fullmatch(text):
        return rewritten(read, lambda leaf: All((leaf, Unread("of the disease in question"))) if isinstance(leaf, Procedure) and leaf.term in ("surgery", "major surgery") else None)
    if isinstance(read.check, All) and read.check.parts[0] == State("contraception") and isinstance(read.check.parts[-1], Any) and _CONTRACEPTION_OR.fullmatch(text):
        return Read(Any(tuple(one for part in read.check.parts for one in (part.parts if isinstance(part, Any) else (part,)))), read.spans)
    if any(isinstance(leaf, Medication | Procedure) for leaf in facts):
        read = _of_the_treated(read, text)
        read = rewritten(read, _since_it_was) if _HAS_ENDED.search(text) and not any(isinstance(part, Not | When) for part in nodes(read.check)) else read
        read = rewritten(read, lambda leaf: All((leaf, Unread(leaf.term))) if leaf == _SURGERY else None) if _among_cancer_treatments(read.check) else read
    if any(isinstance(leaf, Procedure) and _may_be_done(leaf) for leaf in facts) and (not _WAS_DONE.search(text) or _BEFORE_IT.search(text)) and not any(isinstance(leaf, Unread) and leaf.text.endswith(_TO_BE_DONE) for leaf in facts):
        read = rewritten(read, lambda leaf: Any((leaf, Unread(f"{leaf.term}{_TO_BE_DONE}"))) if isinstance(leaf, Procedure) and _may_be_done(leaf) else None)
    if isinstance(read.check, All) and (named := _EXAMPLES.search(text)) is not None and not any(isinstance(part, Not | When) for part in nodes(read.check)):
        read = _with_examples_in_doubt(read, text, named.end())
    if isinstance(read.check, All) and _lists_diseases(read.check, text):
        return Read(Ambiguous((read.check, Any(read.check.parts))), read.spans * 2)
    if isinstance(read.check, Any) and _pressures(read.check):
        return Read(Ambiguous((read.check, All(read.check.parts))), read.spans * 2)
    return read


# "Immunosuppressed patients, including those with a transplant, HIV and cancer": none of them has all that is named.
_EXAMPLES = Caseless(r"\w[\s,:(]+(?:including|includes?|such as|for example|for instance|e\.g\.?)\b", needs=("includ", "such as", "for example", "for instance", "e.g"))


def _with_examples_in_doubt(read: Read, text: str, begin: int) -> Read:
    """What is asked for behind "including" beside what stands before it may only be an example of that."""
    asked = _asked(read.check)
    if not any(place[0] < begin for leaf, place in zip(leaves(read.check), read.spans, strict=False) if leaf in asked):
        return read

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        if place[0] < begin or leaf not in asked or not isinstance(leaf, Condition | Procedure | Medication | State | Smoking):
            return None
        return Ambiguous((leaf, Unread(clean(text[slice(*place)]))))

    return rewritten_there(read, change)


_BEFORE_IT = Caseless(r"\b(?:prior to|before)\s+(?:the\s+)?(?:surgery|operation|registration|randomi[sz]ation|enrol\w+|entry|study|biopsy|treatment)\b")
# "Gout and asthma are excluded": each of them.
_EACH_OUT = Caseless(r"\band\b[^.;]*\bare\s+(?:also\s+|both\s+)?(?:excluded|exclusions?|ineligible|exclusionary|not\s+(?:allowed|eligible|permitted|acceptable|accepted|included))\W*$", needs=("excluded", "exclusion", "ineligible", "not "))
_OF_ONE_PERSON = Caseless(r"\b(?:patients?|subjects?|participants?|individuals?|those|people|persons?|women|men|volunteers?)\s+(?:with|who|having)\b|\bboth\b|\bco-?\s?exist|\bconcomitant|\bconcurrent|\bcombined")
_AT_A_TIME = Caseless(r"\bboth\b|\bco-?\s?exist|\bconcomitant|\bconcurrent|\bcombined", needs=("both", "exist", "concomitant", "concurrent", "combined"))
_TO_BE_DONE = " to be done"
_SURGERY = Procedure("surgery")


def _may_be_done(leaf: Procedure) -> bool:
    """Whether a procedure is an examination that the trial may ask for yet."""
    return not leaf.current and ((leaf.window is None and not leaf.findings) or (leaf.window is not None and leaf.window.within is not None and leaf.window.beyond is None)) and _EXAMINES.search(leaf.term) is not None


def _asked(check: Check) -> list[Check]:
    """What a check asks for certainly."""
    return [one for part in check.parts for one in _asked(part)] if isinstance(check, All) else [check]


_AGAINST_CANCER = frozenset(("radiotherapy", "cytotoxic chemotherapy", "hormone therapy", "immunotherapy", "neoadjuvant therapy", "adjuvant therapy", "endocrine therapy", "antineoplastic agents", "anticancer therapy"))
_PRESSURES = frozenset(("systolic blood pressure", "diastolic blood pressure"))


def _among_cancer_treatments(check: Check) -> bool:
    """Whether surgery stands in a list with other treatments of a cancer, so that it is that of the cancer."""
    lists = [part for part in nodes(check) if isinstance(part, Any) and _SURGERY in part.parts]
    return any(isinstance(leaf, Medication | Procedure) and leaf.term in _AGAINST_CANCER for part in lists for leaf in leaves(part))


def _pressures(check: Any) -> bool:
    """Whether an "or" joins upper limits of both blood pressures, which both have to be met."""
    parts = [part for part in check.parts if isinstance(part, Measurement)]
    return len(parts) == len(check.parts) and {part.term for part in parts} == _PRESSURES and all(bound.op in ("<", "≤") for part in parts for bound in part.bounds)


def asked_of_some(check: Check, facts: Sequence[Check], text: str) -> bool:
    """Whether what is asked for is that of a part of the study, some of the people, or stands beside an "or"."""
    if any(isinstance(leaf, Age | Measurement) for leaf in facts) and ((any(isinstance(leaf, Age) for leaf in facts) and _OF_A_PART.search(text)) or _AMONG.search(text) or any(_scoped(part, text) for part in nodes(check))):
        return True
    if any(isinstance(leaf, Condition) and leaf.term in _GENERAL_TUMOUR and any(map(_FROM.match, leaf.states)) for leaf in facts) and not any(isinstance(part, Not) for part in nodes(check)):
        return True
    if any(isinstance(leaf, Medication | Procedure) for leaf in facts) and (_NOT_DONE.search(text) or _STAYS_ON.search(text)):
        return True
    if _HEADS_PEOPLE.fullmatch(text):
        return True
    if _NAMES_WOMEN.fullmatch(text) or (_ANY_DRUG.match(text) and any(isinstance(leaf, Medication) for leaf in facts)) or _PREGNANT_FIRST.match(text) or _IN_SITU.fullmatch(text):
        return True
    if any(isinstance(leaf, Medication) for leaf in facts) and _WILLING_TO_TAKE.search(text):
        return True
    if _AT_MOST.search(text) and any(isinstance(part, Condition) for part in _asked(check)):
        return True
    if _SINCE.search(text) and any(isinstance(part, Not) and _timed_in_part(part.part) for part in nodes(check)):
        return True
    if isinstance(check, All) and any(isinstance(leaf, Age) for leaf in facts) and _ONE_OF_LATTER.search(text):
        return True
    if any(isinstance(part, Condition) and "metastatic" in part.term for part in _asked(check)) and _THERAPY_OR.search(text):
        return True
    if _of_two_groups(check, facts, text) or _of_two_ages(check, facts) or ("\n" not in text and isinstance(check, All) and _looser_in_doubt(check)):
        return True
    if any(isinstance(leaf, Condition) for leaf in facts) and _FROM_THERAPY.search(text) and not any(isinstance(part, Not) for part in nodes(check)):
        return True
    if any(isinstance(leaf, Age) for leaf in facts) and _FOR_AGED.search(text):
        return True
    if isinstance(check, All) and any(isinstance(part, Condition) for part in check.parts) and any(isinstance(part, Unread) and (at := text.find(part.text)) > 0 and _OR_AHEAD.search(text, max(0, at - 6), at) for part in check.parts):
        return True
    if isinstance(check, Any) and _ENOUGH.search(text) and _of_the_liver(check) and not _ONE_OF_THEM.search(text):
        return True
    if _ENOUGH.search(text) and any(isinstance(leaf, Measurement) and turned(leaf) for leaf in facts):
        return True
    if isinstance(check, All) and any(isinstance(leaf, Measurement) for leaf in facts) and WORSE_MUST.search(text) and not any(isinstance(part, When) for part in nodes(check)):
        return True
    if any(_of_a_group(part) for part in nodes(check)):
        return True
    alternatives = [part for part in nodes(check) if isinstance(part, Any)]
    return bool(alternatives) and (_BESIDE_EITHER.search(text) is not None or ("\n" in text and _ONE_OF_HEAD.search(text.strip().partition("\n")[0]) is not None))


_LOW_IS_GOOD = ("total bilirubin", "direct bilirubin", "AST", "ALT", "alkaline phosphatase", "creatinine", "INR")
_HIGH_IS_GOOD = ("platelets", "neutrophils", "hemoglobin", "white blood cells", "creatinine clearance", "eGFR")


# "INR < normal limit": nobody is asked for less than the least that is normal, where only more is ill.
_BELOW_NORMAL, _UP_TO_NORMAL = (Bound("<", Decimal(1), "× LLN"),), (Bound("<", Decimal(1), "× ULN"),)
_NAMES_LOWER = Caseless(r"\blower|\blln\b", needs=("lower", "lln"))


OF_ORGANS = frozenset((*_LOW_IS_GOOD, *_HIGH_IS_GOOD))


def _of_the_liver(check: Any) -> bool:
    """Whether transaminases and bilirubin are alternatives of each other."""
    terms = [{leaf.term for leaf in leaves(part) if isinstance(leaf, Measurement)} for part in check.parts]
    return any("total bilirubin" in one for one in terms) and any(one & {"AST", "ALT"} and "total bilirubin" not in one for one in terms)


def turned(leaf: Check) -> bool:
    """Whether a limit asks for a value as it is in failing organs."""
    if not isinstance(leaf, Measurement) or not leaf.bounds:
        return False
    ops = {bound.op for bound in leaf.bounds}
    return (leaf.term in _LOW_IS_GOOD and ops <= {">", "≥"}) or (leaf.term in _HIGH_IS_GOOD and ops <= {"<", "≤"})


def _of_two_groups(check: Check, facts: Sequence[Check], text: str) -> bool:
    """Whether a duty of all women stands before one of some, or a suspected disease and one of two others leave open what goes together."""
    if isinstance(check, When) and _ALL_AND_SOME.search(text):
        return True
    suspected = any(isinstance(leaf, Condition) and leaf.phase == "suspected" for leaf in facts)
    return suspected and isinstance(check, All) and any(isinstance(part, Any) for part in nodes(check)) and _AND_OR.search(text) is not None


def _of_two_ages(check: Check, facts: Sequence[Check]) -> bool:
    """Whether an age is asked for beside words in doubt that name another, of which nobody is: "30 to 55 (cohorts 1 to 5); 65 to 85 (cohort 6)"."""
    sure = [part for part in _asked(check) if isinstance(part, Age)]
    others = [leaf for leaf in facts if isinstance(leaf, Age) and leaf not in sure] if sure else []
    return any(_below(one, other) or _below(other, one) for one in sure for other in others)


def _looser_in_doubt(check: All) -> bool:
    """Whether words that were not all read set a limit again, and a looser one: "platelets > 90; those with a large spleen: platelets > 40"."""
    doubted = [one for part in check.parts for one in ([part] if not isinstance(part, All) else part.parts) if isinstance(one, Ambiguous) and isinstance(one.readings[0], Unread)]
    again = [leaf for one in doubted for leaf in leaves(one) if isinstance(leaf, Measurement) and len(leaf.bounds) == 1]
    sure = [leaf for part in check.parts for one in ([part] if not isinstance(part, All) else part.parts) if one not in doubted for leaf in leaves(one)] if again else []
    return any(_is_looser(other.bounds[0], one.bounds[0]) for one in sure if isinstance(one, Measurement) and len(one.bounds) == 1 for other in again if other.term == one.term)


def _is_looser(one: Bound, other: Bound) -> bool:
    """Whether a limit lets in more than another one."""
    if one.op in ("<", "≤"):
        return other.op in ("<", "≤") and (one.unit != other.unit or one.number > other.number)
    return one.op in (">", "≥") and other.op in (">", "≥") and (one.unit != other.unit or one.number < other.number)


def _below(one: Age, other: Age) -> bool:
    """Whether whoever is of the one age is younger than anybody of the other."""
    highest = [bound.number for bound in one.bounds if bound.op in ("<", "≤") and bound.unit == "years"]
    lowest = [bound.number for bound in other.bounds if bound.op in (">", "≥") and bound.unit == "years"]
    return bool(highest and lowest) and highest[0] <= lowest[0]


def _scoped(part: Check, text: str) -> bool:
    """Whether a limit stands beside unread words that say whose it is."""
    if not isinstance(part, All):
        return False
    aside = [one for one in part.parts if isinstance(one, Unread) or ("\n" not in text and isinstance(one, Ambiguous) and isinstance(one.readings[0], Unread))]
    said = [one.text for one in (each.readings[0] if isinstance(each, Ambiguous) else each for each in aside) if isinstance(one, Unread)]
    if not said or not any(isinstance(leaf, Age | Measurement) for one in part.parts if one not in aside for leaf in ((one,) if "\n" in text else leaves(one))):
        return False
    return any(_OF_SOME.match(one) or _OF_A_PART.match(one) or _FOR_THOSE.match(one) or _LIMIT_OF_SOME.match(one) or (_SETS_LIMIT.search(one) and _IN_THOSE.search(text[: max(0, text.find(one))])) for one in said)


_SETS_LIMIT = Caseless(r"(?:[<>≤≥]|up to|at most|at least|no (?:more|greater|less)|than)\D{0,20}\d")
_IN_THOSE = Caseless(r"[;.,(]\s*(?:for|in|if|when)\s+(?:the\s+|those\s+|any\s+)?(?:patients?|subjects?|participants?|people|individuals?|those)\s+(?:with|who have|having)\s+$")
# "With liver metastases < 5 × ULN", "Gilbert's syndrome: up to 3 mg/dL": another limit, and who it is for.
_LIMIT_OF_SOME = Caseless(r"\W*(?:when|for|in|if|unless|except\w*|(?:with\s+)?(?:the\s+|any\s+|known\s+)?(?:(?:liver|hepatic|bone) (?:metasta\w+|involvement|disease|lesions?|tumou?rs?)|gilbert\S*)|(?:patients|subjects|participants|those|people)\s+(?:with|who))\b(?!\s*(?:at (?:least|most)|an?\s+(?:minimum|period|total)|more|the (?:last|past|previous|duration)|up to|no|not)\b)[^<>≤≥\d;.]{3,80}?(?:[<>≤≥]|=<|up to|at most|at least|no (?:more|greater|higher|less|lower)|not exceed\w*|(?:less|lower|greater|more|higher) than)\D{0,20}\d", needs=("<", ">", "≤", "≥", "up to", "at most", "at least", "no ", "exceed", "than"))


# "(for the diabetic group)", "(control arm only)", "[cases]": whom the line is for.
_GROUP = r"(?:groups?|arms?|cohorts?|controls?|cases|sub-?stud(?:y|ies))"
_BRACKET_OF_GROUP = Caseless(rf"\W*[(\[]\s*(?:only\s+)?(?:(?:for|in)\s+(?:[\w-]+\s+){{0,4}}?(?:{_GROUP}|patients|subjects|participants|volunteers)|(?:[\w-]+\s+){{0,3}}?{_GROUP})(?:\s+(?:only|\w{{1,2}}))?\s*[)\]]\W*")
# "Those under 18 willing to join need a guardian", "women in their fertile years should use …": a duty of some.
_DUTY = Caseless(r"\b(?:should|must|shall|needs?|requires?|required|have to|has to)\b")
# "Radiotherapy to no more than a third of the marrow": whoever had none keeps it.
_CEILING = Caseless(r"\W*(?:(?:to|of|in|with|for|covering|involving|affecting)\s+)?(?:an?\s+|the\s+)?(?:not to exceed|not exceeding|no|not|less|fewer|up to|at most|maximum|max|<|≤|=<)\W*(?:[\w]+\s+){0,5}?(?:\d|one|half|a\s|third|quarter)")


# "Those on a chelator will require a wash-out": nobody needs to be on one.
_WILL_NEED = Caseless(r"\W*(?:(?:patients?|subjects?|participants?|who|therapy|treatment)\s+)*(?:will|would|must|should|shall|requires?|required|needs?|may|can|have to|has to|undergo)\b")
# "At least 3 weeks from prior therapy for gout": of those who had it; "for elderly patients (over 60)": of those.
_FROM_THERAPY = Caseless(r"\b(?:from|since|after|following)\s+(?:any\s+|the\s+|all\s+)?(?:(?:prior|previous|last|earlier|most recent)\s+)+(?:[\w-]+\s+){0,2}?(?:treatments?|therap(?:y|ies)|surger(?:y|ies)|medications?|interventions?)\s+(?:for|of)\b", needs=("therap", "treatment", "surger", "medication", "intervention"))
_FOR_AGED = Caseless(r"\bfor\s+(?:the\s+)?(?:elderly|older|younger|p(?:a)?ediatric|adolescent|adult|aged|young|senior)\s+(?:patients|subjects|participants|individuals|people|adults|children)?\s*\(", needs=("for",))
# "Creatinine < 1.5. Those with more must have a clearance > 60": of those with more.
# "Adequate kidneys (creatinine > 1.5)": a sign that was turned.
_ENOUGH = Caseless(r"\b(?:normal|adequate|sufficient|acceptable|good)\b[^.;:(]{0,60}\b(?:functions?|counts?|reserves?)\b", needs=("function", "count", "reserve"))
# "Adequate liver: AST …; bilirubin …; or ALP …": the "or" joins the last two.
_ONE_OF_THEM = Caseless(r"\b(?:one|any|either)\b")
WORSE_MUST = Caseless(r"(?:^|[.;]\s+)\W*(?:patients?|subjects?|participants?|those|individuals?|women|men)\s+with\s+[^.;]*?\d[^;]*?\b(?:must|should|shall|needs?|are required|is required|will|have to)\b", needs=("must", "should", "shall", "need", "required", "will", "have to"))
_OR_AHEAD = Caseless(r"\bor\s+$")


def _of_a_group(part: Check) -> bool:
    """Whether a fact stands beside unread words that say of whom it is asked, or that set it a ceiling."""
    if not isinstance(part, All):
        return isinstance(part, Procedure) and any(map(_CEILING.match, part.states))
    said = [one.text for one in part.parts if isinstance(one, Unread | Consent | Statement)]
    if not said or all(isinstance(one, Unread | Consent | Statement) for one in part.parts):
        return False
    if any(map(_BRACKET_OF_GROUP.fullmatch, said)):
        return True
    people = any(isinstance(one, Sex) or (isinstance(one, Age) and any(bound.op in ("<", "≤") and bound.number <= _OF_AGE for bound in one.bounds)) for one in part.parts)
    treated = any(isinstance(one, Medication | Procedure) for one in part.parts)
    if treated and any(map(_WILL_NEED.match, said)):
        return True
    return (people and any(map(_DUTY.search, said))) or (treated and any(map(_CEILING.match, said)))


_OF_AGE = 21


def _timed_in_part(check: Check) -> bool:
    """Whether some treatments of a list have a time and others have none."""
    found = [leaf.window is None for leaf in leaves(check) if isinstance(leaf, Medication | Procedure)]
    return len(set(found)) > 1


def _lists_diseases(check: All, text: str) -> bool:
    """Whether an "and" closes a list of three diseases or more, of which one may be enough."""
    parts = check.parts
    return len(parts) > 2 and "," in text and all(isinstance(part, Condition) for part in parts) and _OF_PATIENTS.search(text) is not None and _WITH.search(text) is None


_OF_PATIENTS = Caseless(r"\b(?:diagnos\w+|criteria|patients?|subjects?|participants?|individuals?|persons?|people)\b")
_WITH = Caseless(r"\b(?:all|both|plus|together|combined|combination|simultaneous\w*|as well as|also|triad|each)\b|\w\s+with\b.*\bwith\b")


def _of_the_treated(read: Read, text: str) -> Read:
    """A duty of those who are treated, where the words say no more than how the treatment is to be."""
    if any(isinstance(part, Not | When) for part in nodes(read.check)):
        return read
    if _STABLE_DOSE.match(text) and not _DONE.search(text.partition(" for ")[0]):
        return rewritten(read, lambda leaf: Ambiguous((leaf, When(Medication(leaf.term, "current"), leaf))) if isinstance(leaf, Medication) and leaf.stable_for is not None and leaf.phase == "current" else None)
    if _AGO.match(text) and not _DONE.search(text.partition(" prior to")[0].partition(" before")[0]):
        return rewritten(read, _since_it_was)
    if _PRIOR_FOR.match(text):
        return rewritten(read, lambda leaf: Ambiguous((leaf, Unread(" ".join(text.split())))) if isinstance(leaf, Medication) and leaf.lasting is not None else None)
    return read


def _since_it_was(leaf: Check) -> Check | None:
    """A treatment that is to lie back so long, of those who had it."""
    if isinstance(leaf, Procedure) and leaf.window is not None and leaf.window.beyond is not None:
        return Ambiguous((leaf, When(Procedure(leaf.term), leaf)))
    if isinstance(leaf, Medication) and leaf.window is not None and leaf.window.beyond is not None:
        return Ambiguous((leaf, When(Medication(leaf.term, "any"), leaf)))
    return None
