"""An inclusion that only asks for a negative pregnancy test, in the many words for it: of whom, how it is done, and when.

What is said is put in the usual words, which the reader knows; a test that is to be made later, or anything else, leaves it as it was.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.model.language import All, Check, Measurement, Sex, State, When
from matcher.model.trees import all_of, leaves
from matcher.reading.caseless import Caseless
from matcher.reading.rules import Read

ReadText = Callable[[str, str], Read]

SPEAKS_OF_TESTS = ("regnancy test", "regnancy stud", "for pregnancy", "hCG", "HCG", "hcg", "horionic")
_LONGEST = 330  # characters
_BEAR = r"(?:child-?\s?(?:bearing|birth)|reproductive|procreative)(?:\s+(?:potential|age|capacity|ability|capability|status|years))?"
_FEMALES = r"(?:(?:female|woman)\s+(?:patients?|subjects?|participants?|volunteers?)|females?|wom[ae]n)"
_SHORT = r"(?:\s*\((?:[A-Z]{4,7}|i\.?e\.?,?\s+(?:those )?(?:not|who are not|non)[ -](?:surgically )?(?:sterili\w+|postmenopausal|sterile)[^()]{0,60}|(?:not|neither) (?:surgically )?(?:steril\w+|post-?\s?menopausal)[^()]{0,60}|women who are not [^()]{0,70})\))?"
_BEARING = rf"(?:{_FEMALES}(?:\s+who\s+(?:are|is))?\s+(?:(?:of|with|in|at|retaining|having)\s+)?(?:a\s+)?{_BEAR}{_SHORT}|(?:fertile|wocbp|fcbp|focbp|pre-?menopausal)\s*(?:{_FEMALES})?{_SHORT}|(?:patients?|subjects?|participants?|individuals?|people|persons)\s+of\s+child-?\s?bearing\s+(?:potential|age))"
_WHO = rf"(?:(?:(?:all|any|for|if|in|an?|the)\s+)*(?:(?P<bearing>{_BEARING})|(?P<females>{_FEMALES}|(?:patients?|subjects?|participants?)\s+(?:is|are)\s+females?))|(?:(?:patients?|subjects?|participants?)\s*)?)"
_DUTY = r"(?:(?:must|should|shall|will|needs?|has|have|had|to|be|with|presents?|provide|obtain|undergo|demonstrate|show|require[sd]?|who|and|also|test(?=ed|s|\s+negative)|tested|tests|required|confirmed|documented|documentation of|either|at least one|an?|the|by|is|are)\b[\s,]*)*"
_KIND = r"(?:(?:serum|urine|urinary|blood|plasma|or|and|and/or|/|β|ß|beta|b|-|human|chorionic|gonadotropin|gonadotrophin|hcg|β-hcg|ß-hcg|beta-hcg|b-hcg|\(|\)|quantitative|qualitative|dipstick|highly|high|sensitive|standard|local|rapid|screening|point-of-care|an?|the)[\s-]*)*"
_NAME = rf"{_KIND}(?:pregnancy[\s-]+(?:tests?(?:ing)?|study|stud(?:y|ies))|tests? for pregnancy|(?:β-?|ß-?|beta-?|b-?)?\s?hcg(?:\s+tests?)?)(?:\s+results?)?(?:\s*\((?:(?:serum|urine|urinary|blood|or|and|/|,|β-?hcg|beta-?hcg|hcg|of|a|wocbp only|human chorionic gonadotrop[hi]+n)[\s,-]*)+\))?"
_ASIDE = r"(?:\s*[,(]\s*(?:with\s+)?(?:a\s+)?(?:minimum\s+)?sensitivity\s+(?:of\s+)?(?:at least\s+)?\d+\s*m?iu/m?l(?:\s+or\s+equivalent\s+units(?:\s+of\s+(?:β-|beta-)?(?:hcg|human chorionic gonadotropin))?)?\s*\)?)?"
_NEGATIVE = (
    rf"(?:negative\s*(?:\(-\))?\s*(?:results?\s+)?(?:(?:of|on|for|in|from)\s+)?{_NAME}|{_NAME}\s*(?:that\s+(?:is|are)|which\s+is|must be|is|was|to be|has to be|shall be|should be)\s+negative|(?:test\s+)?negative\s+for\s+pregnancy(?:\s+by\s+{_NAME})?)"
)
_TRIAL = (
    r"(?:the|a|an|any|of|to|in|on|for|and|or|being|receiving|starting|start|beginning|initiation|initiating|first|initial|dose|doses|dosing|administration|administering|study|trial|protocol|treatments?|therapy|drugs?|medications?|investigational|products?|agents?|ip|imp|"
    r"randomi[sz]ation|randomi[sz]ed|registration|registered|registering|enrol+ment|enrol+ed|enrol+ing|entry|entering|inclusion|baseline|screening|visit|visits|cycle|c1d1|d1|day|1|0|-1|chemotherapy|radiotherapy|vaccination|infusion|injection|procedure|surgery|imaging|leukapheresis|conditioning|transplantation|intervention|retreatment|preparative|week|application|with|"
    r"allocation|consent|signing|each|step|part|phase|run-in|double-blind|open-label|exposure|this|prep|v\d|participation)"
)
_TIME = (
    rf"(?:[\s,(]*(?:(?:performed|obtained|done|taken|documented|conducted|collected|completed|resulted)\s+)?(?:(?:within|in|at least|no more than|not more than|no later than|up to|<=|≤|=<)\s+(?:the\s+)?(?:last\s+)?)?(?P<number>\d{{1,2}})\s*[- ]?(?P<unit>hour|day|week)s?(?:\s+or\s+less)?\s*\)?\s+(?:prior to|before|of|preceding|from)\s+(?:{_TRIAL}[\s/-]*)+(?:(?<=dose of )[a-z]{{5,20}}(?![\w-]))?)?"
    rf"(?:[\s,(]*(?:(?:performed|obtained|done|taken|documented)\s+)?(?:at|on|during|prior to|before|immediately before|upon)\s+(?:{_TRIAL}[\s/-]*)+(?:(?<=dose of )[a-z]{{5,20}}(?![\w-]))?)?"
)
_WHY = r"(?:\s*,?\s*(?:because of|due to|to exclude|to rule out|as)\s+(?:the\s+)?(?:potential(?:ly)?|early|possible|unknown|an?|dangerous|harmful|teratogenic|pregnancy|effects?|risks?|of|the|treatment|preparative|chemotherapy|regimen|drug|on|to|fetus|foetus|\s)+)?"
_BEHIND = rf"(?:[\s,(]*(?:for|in|if|of)?\s*(?:all\s+|a\s+)?(?P<behind>{_BEARING})(?:\s+only)?\s*\)?)?"
_ASKED = Caseless(rf"\W*{_WHO}[\s,:-]*{_DUTY}{_NEGATIVE}{_ASIDE}{_TIME}{_WHY}{_BEHIND}[\s.;,)]*(?P<rest>$|(?<=[\s,;])and\s+.*)")
_LATER = Caseless(r"\b(?:during|monthly|every|repeat\w*|again|additional|each|follow-?up|thereafter|after)\b")
_MUST = Caseless(r"(?:and\s+)?(?:(?:also|must|should|will|have to|need to|to|be|is|are)\s+)*")
_OF_WOMEN = (Sex("female"), State("childbearing potential"))


def pregnancy_test_sentence(text: str, read_text: ReadText) -> Read | None:
    """A negative pregnancy test asked of women, perhaps with contraception beside it; None where the words say anything else."""
    if len(text) > _LONGEST:
        return None
    found = _ASKED.fullmatch(text)
    if found is None:
        return None
    who = "Women of childbearing potential" if found["bearing"] or found["behind"] else "Women" if found["females"] else ""
    time = f" within {found['number']} {found['unit'].casefold()}s before enrollment" if found["number"] else ""
    plain = f"{who} must have a negative pregnancy test{time}" if who else f"Negative pregnancy test{time}"
    check = read_text(plain, "inclusion").check
    if not all(leaf in _OF_WOMEN or isinstance(leaf, Measurement) for leaf in leaves(check)):
        return None
    rest = text[slice(*found.span("rest"))].strip(" .;,")
    whole = _with_rest(check, who, rest, read_text) if rest else check
    return Read(whole, ((0, len(text)),) * sum(1 for _ in leaves(whole))) if whole is not None else None


def _with_rest(check: Check, who: str, rest: str, read_text: ReadText) -> Check | None:
    """The test with the contraception that the same people are asked for."""
    lead = _MUST.match(rest)
    if not isinstance(check, When) or lead is None or _LATER.search(rest[:30]):
        return None
    other = read_text(f"{who} must {rest[lead.end() :]}", "inclusion").check
    if not isinstance(other, When) or other.scope != check.scope or not all(isinstance(leaf, State) and leaf.name == "contraception" for leaf in leaves(other.rule)):
        return None
    return When(check.scope, all_of([*_parts(check.rule), *_parts(other.rule)]))


def _parts(check: Check) -> tuple[Check, ...]:
    return check.parts if isinstance(check, All) else (check,)
