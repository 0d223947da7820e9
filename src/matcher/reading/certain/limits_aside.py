"""Words beside a limit that ask for nothing: who everybody is, how a value is measured, what may have helped it to its limit."""

from __future__ import annotations

import re

from matcher.model.patterns import pattern_of
from matcher.reading.tagging.caseless import Caseless

# What is said of everybody: taken out of a line before it is asked for words that make a choice or a group.
EVERYBODY = Caseless(
    r"\b(?:fe)?males?\s*(?:and/or|and|or|/|&)\s*(?:non-?\s?pregnant\s+)?(?:fe)?males?\b|\b(?:wo)?men\s*(?:and/or|and|or|/|&)\s*(?:wo)?men\b|\b(?:either|both)\s+(?:sex(?:es)?|genders?)\b|"
    r"\bof\s+(?:any|either)\s+(?:sex|gender|race)\b|\b(?:patients?|subjects?|participants?)\s*(?:or|/)\s*(?:patients?|subjects?|participants?|volunteers?)\b|\b(?:at|prior to|before)\s+(?:(?:the\s+)?(?:time|day|date)\s+of\s+)?(?:the\s+)?"
    r"(?:screening|enrol\w*|randomi[sz]\w*|registration|study|entry|inclusion|consent|informed|signing)\b",
)
_SOCIETY = r"\b(?:co-?operative\s*oncology|oncology|working|study) groups?\b"
_WAY = r"measured|calculated|estimated|documented|assessed|determined|evaluated|demonstrated|obtained|evidenced"
_MEANS = (
    r"an?|the|either|or|and|2-?d(?:imensional)?|two-dimensional|doppler|trans-?thoracic|resting|cardiac|modified|local|central|institutional|laborator(?:y|ies)|scans?|muga|echo|echocardiogra\w+|multi-?\s?(?:ple)?[\s-]?gated|acquisition|"
    r"radionuclide|ventriculogra\w+|angiogra\w+|mri|magnetic resonance|imaging|nuclear|cockcroft|cockroft|gault|ckd-?epi|mdrd|cg|formulas?|formulae|equations?|methods?|24[\s-]?h(?:ou)?rs?|urine|collection|ecg|electrocardiogra\w+"
)
_MEASURED = rf"(?:,\s*)?(?:\bas\s+)?(?:\b(?:{_WAY})\s+)?\b(?:by|on|with|using|via|per|according to)\s+(?:(?:{_MEANS})\b[\s,()/.-]*)+(?=$|[,;.)\w])"
# "(not transfused within 7 days)", "(may have received growth factors)": what may or may not have helped a value; what may still help it is none of it.
_HELPED = (
    r"[(\[](?!\W*(?:or|unless|except\w*|if|for|in)\b)(?![^()]*(?:\b(?:may|can) be\b|(?<!not )achiev|reach|maintain|\b(?:lower|below|less|values?|levels?|accept\w*|eligib\w*)\b))(?!(?![^()]*\bnot?\b)[^()]*\b(?:allow|permi))"
    r"[^()\[\]<>≤≥=]*\b(?:transfus\w+|growth factors?|erythropoietin|g-?csf)\b[^()\[\]<>≤≥=]*[)\]]"
)
_UNAIDED = r"\b(?:without|independent of)\s+(?:the\s+)?(?:use\s+of\s+|support\s+of\s+)?(?:[\w-]+\s+){0,3}?(?:transfus\w+|growth factors?|filgrastim|erythropoietin|g-?csf)(?:\s+support)?(?:\s+or\s+(?:other\s+)?(?:growth factors?|transfusions?|erythropoietin))?\b"
_EQUAL = r"\b(?:less|greater|more|lower|higher)\s+than\s+or\s+equal(?:\s+to)?\b|\bequal\s+to\s+or\s+(?:less|greater|more|lower|higher)\s+than\b"
_EITHER_WAY = rf"\b(?:{_WAY})\s+or\s+(?:{_WAY})\b"
# Behind a limit the same in another unit, or what is usual.
_SAME = r"\s*[(\[]\s*(?:(?:or|i\.?e\.?,?|=)\s*)?(?:[<>≤≥]=?\s*)?\d[\d.,]*(?:\s*[-–]\s*\d[\d.,]*)?\s*(?:mmol/mol|[mµμu]?mol/l|mmol/litre|kpa|mm\s?hg|[mgkµμ]*g/d?l|g/l|lbs?|pounds|kg|cm|inches|%)\s*[)\]]"
_USUAL = r"[(\[]\s*(?:the\s+)?(?:normal|reference)(?:\s+(?:range|values?|limits?))?\s*(?:[=:]|is|of)?[^()\[\]]*[)\]]"
_SAME_AGAIN = pattern_of(_SAME, re.IGNORECASE)
# Words that bear on some, suppose or permit: nothing that holds one of them is an aside.
_NO_ASIDE = r"\b(?:if|unless|except\w*|for|may|might|can|could|allow\w*|permit\w*|patients?|subjects?|participants?|those|whichever|either|otherwise|prefer\w*)\b"
_SHORT_OF_LIMITS = r"[^.;,()<>≥≤=]"
# How, where and with what help a value is found: "obtained at any certified laboratory", "without G-CSF or other support"; it can only narrow.
_FOUND_SO = rf"\b(?:obtained|derived|determined|assessed|evaluated|measured|calculated|estimated|documented|confirmed|performed|demonstrated|verified|tested)\s+(?:by|on|with|using|via|per|from|through|within|at|in|during)\b(?!{_SHORT_OF_LIMITS}*{_NO_ASIDE}){_SHORT_OF_LIMITS}*"
_NO_HELP = rf"\b(?:without|with no|in the absence of|independent of)\s+(?={_SHORT_OF_LIMITS}{{0,60}}(?:transfus|growth factors?|filgrastim|erythropoie|g-?\s?csf|colony|support))(?!{_SHORT_OF_LIMITS}*{_NO_ASIDE})(?:{_SHORT_OF_LIMITS}|\([a-z-]{{2,8}}\))*"
# A bracket that names no other limit and lets nobody in.
_IN_BRACKETS = rf"\((?!\W*(?:or|and|and/or|plus)\b)(?![^()]*(?:{_NO_ASIDE}|\b(?:only|groups?|cohorts?|arms?|parts?|phases?|stages?|stud(?:y|ies)|controls?|population|healthy|metasta\w*|presence|absence|disease|unit|score|target|goal|must|should|values?|elevated|higher|lower|above|below|requir\w*|falling|declining)\b|\d|[<>≥≤=]))[^()]*\)"
_ASIDE = Caseless("|".join((_FOUND_SO, _NO_HELP, _IN_BRACKETS, _SAME, _USUAL, _SOCIETY, _HELPED, _UNAIDED, _EQUAL, _EITHER_WAY, _MEASURED)))
# Without one of these nothing of it is there.
_SPEAKS_SO = Caseless(r"\b(?:groups?|or|any|without|no)\b|[(\[]|transfus|growth|filgrastim|erythropoietin|csf")


def without_asides(words: str) -> str:
    """The words of a line without those that ask for nothing."""
    plain = EVERYBODY.without(words, " ")
    return _ASIDE.without(plain, " ") if _SPEAKS_SO.search(plain) else plain


def without_same(words: str) -> str:
    """The words behind a limit without the same limit in another unit, in brackets."""
    found = _SAME_AGAIN.match(words)
    return words[found.end() :] if found is not None else words


# Behind a limit on the patient an "or" belongs to a phrase of its own: "aged ≥ 50 with gout or asthma".
_OPENS = Caseless(r"\b(?:with|who|whose|in|on|at|from|of|having|has|have|diagnosed|undergoing|receiving|presenting|requiring|admitted|hospitali[sz]ed|referred|scheduled|living|residing|and)\b")
_OR = pattern_of(r"\bor\b|\band/or\b", re.IGNORECASE)
_STARTS_ANEW = Caseless(r"\s*(?:patients?|subjects?|participants?|those|any\b|older|over|under|younger|above|below|if\b|as\b|when\b|age|adults?|(?:fe)?males?|(?:wo)?men|weigh|bmi|body|at least|more|less|another|other|else|one of|two|[<>≤≥=\d])")
_OF_LIFE = Caseless(r"menopaus|amenorr|menses|steril|child-?\s?bearing|risk|hysterectom|emancipat|legal|guardian|parent|alternativ")


def or_in_a_phrase(text: str, start: int, end: int) -> bool:
    """Whether every "or" of a line with a limit at a place joins words of a phrase behind it."""
    before, behind = without_asides(text[:start]), without_asides(text[end:])
    if _OR.search(before) or _OF_LIFE.search(text):
        return False
    for found in _OR.finditer(behind):
        said = behind[: found.start()].rstrip()
        if not said or said[-1] in ",;.)]:" or found[0].isupper() or not _OPENS.search(said) or _STARTS_ANEW.match(behind, found.end()):
            return False
    return True
