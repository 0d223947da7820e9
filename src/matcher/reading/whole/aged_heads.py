"""Inclusions not read to their end that begin with people of an age: "Healthy adults aged 18 to 45 with odd habits" asks for that age, whatever else it asks.

The age stands right at the head, beside words that only say who the people are; a line that names other people or another
age, gives leave or supposes asks for none.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.model.language import Age, All, Ambiguous, Check, Sex, Statement, Unread, When
from matcher.model.trees import children, leaves
from matcher.reading.certain.disease_settled import gives_leave
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

Again = Callable[[str], Read]

_LONGEST = 600  # characters
_PEOPLE = r"(?:patients?|subjects?|participants?|individuals?|volunteers?|persons?|people|adults?|(?:in|out)-?patients?|residents?|adolescents?)"
_SEXES = r"(?:(?:both\s+)?(?:men|males?|women|females?|boys|girls)(?:\s*(?:and|or|and/or|/|&|,)\s*(?:men|males?|women|females?|boys|girls))?)"
_KIND = r"(?:healthy|adult|young|older|elderly|ambulatory|hospitali[sz]ed|consenting|consecutive|eligible|stable|obese|overweight|community-dwelling|independent|sedentary|inactive|chinese|japanese|caucasian|american|asian|black|white|hispanic|english-speaking|self-reported|premature|postmenopausal|premenopausal|non-?pregnant|nulliparous|smoking|non-?smoking)"
_YEARS = r"(?:\s*(?:years?|yrs?|y\.?o?\.?)(?:\s*[- ]?\s*(?:old|of\s+age))?|\s+of\s+age)"
_RANGE = rf"\d{{1,2}}{_YEARS}?\s*(?:-|–|to|and|through|until|up to)\s*(?:[<≤]=?\s*)?\d{{1,2}}"
_FROM = rf"(?:[≥>⩾<≤]\s*=?|=>|at\s+least|over|under|older\s+than|younger\s+than|less\s+than|minimum\s+of)\s*\d{{1,2}}(?:{_YEARS})?|\d{{1,2}}{_YEARS}?\s*(?:,\s*)?(?:or|and|&)\s*(?:older|over|above|greater|more|up)"
_AGED = r"(?:(?:who\s+are|are|is|being|of)\s+)?(?:aged?|ages|in\s+the\s+age\s+(?:range|group)\s+of|between\s+the\s+ages?\s+of|with\s+(?:an\s+)?ages?(?:\s+of)?|of\s+age)\s*(?:is\s+|are\s+|was\s+|from\s+|between\s+|range[sd]?\s+(?:from\s+)?|of\s+|:\s*)*"
_AGE = rf"(?:\(\s*)?(?P<age>{_AGED}(?:{_FROM}|{_RANGE})(?:{_YEARS})?|(?:between\s+|from\s+)?(?:{_FROM}|{_RANGE}){_YEARS}|(?:{_FROM})(?=,?\s+(?:male|female|men|women)))(?:\s*\))?"
_HEAD = Caseless(rf"\W*(?:(?:all|any|the|an?|other(?:wise)?|generally)\s+)*(?:{_KIND}[\s,]+)*(?:(?P<sex>{_SEXES})\b[\s,]*)?(?:{_KIND}[\s,]+)*(?:{_PEOPLE}\b[\s,]*)?(?:who\s+|must\s+be\s+|that\s+|and\s+)*{_AGE}(?![\d%/]|\s*(?:kg|weeks?|months?|days?|hours?|mg|ml|cm|mm|points?|per)\b)(?=\W)")
_ANOTHER_AGE = Caseless(rf"{_YEARS}\b|\bage[ds]?\b|\b(?:months?|weeks?)\s+old\b", needs=("year", "yr", "age", "old", " y"))
_SAME_AGE = Caseless(r"\bof\s+(?:legal\s+|any\s+)?age\b|\bage[- ]?(?:matched|appropriate|related|specific)\b|\b(?:same|old)\s+age\b|\bat\s+the\s+age\b|\byears?\s+(?:ago|before|prior|after|since|following|from|post)|(?:for|within|past|last|least|previous|preceding|than|every|per|first|every)\s+(?:the\s+)?(?:\w+\s+)?\d*\s*years?\b")
_OTHERS = Caseless(rf"(?:\b(?:or|and/or)\b|;)\s*(?:(?:healthy|any|those|all|other|the|if|with|who)\s+)*(?:{_PEOPLE}|men|women|males?|females?|children|infants|boys|girls|parents?|caregivers?|[≥>]|\d)|\b(?:or|and/or)\b[^.;]*\b(?:minors?|emancipat\w*|parent\w*|guardian\w*|legal\w*)\b|^\W*(?:or|and/or)\b|,\s*(?:or|and/or)\b|\bor\s+(?:with|without|who|having|in|on|at|of|if|when|for|by|from|any|all|every|an?|those|their|the)\b|\bor\s+(?:\w+\s+)?(?:smokers?|donors?|carriers?|relatives?|siblings?|spouses?|partners?|students?|workers?)\b|\bcontrols?\b|\brespectively\b")
# A span of years is one of people where these say so: not "at least 3 years since the last relapse".
_OF_PEOPLE = Caseless(rf"\bage[ds]?\b|\bold(?:er)?\b|\b{_SEXES}\b|\b{_PEOPLE}\b")
_AT_ANOTHER_TIME = Caseless(r"\b(?:at|before|after|since|prior to|post)[\s-]*(?:the\s+)?(?:time\s+of\s+)?(?:\w+\s+){0,3}(?:diagnos\w+|onset|surgery|operation|transplant\w*|birth|delivery|menopause|relapse|injury|treatment|death|infarction|stroke)\b|postpartum|"
    r"\bat\s+(?:the\s+)?(?:time|date|moment|day)\s+of\s+(?!(?:the\s+|study\s+|trial\s+|signing\s+|giving\s+|their\s+|written\s+|informed\s+)*(?:consent|icf|screening|enrol|inclusion|randomi|entry|study|recruit|registration|baseline|visit|participation))")
# "Aged 18 to 65 included", "drugs which may inhibit CYP3A4": no leave is given.
_NO_LEAVE = Caseless(r"^[\s,(]*(?:both )?(?:inclusive|included)\b\)?|\b(?:which|that|who)\s+(?:may|might|can|could)\s+(?=inhibit|induce|affect|interfere|interact|influence|cause|prolong|impair|alter)")
_DENIES = Caseless(r"\W*(?:no|not|without|never|except|excluding)\b")


def of_that_age(read: Read, text: str, again: Again) -> Read:
    """The reading with the age of those with whom a line begins, where it was not read as certain."""
    if len(text) > _LONGEST or "\n" in text.strip() or text.rstrip().endswith(":") or not any(isinstance(leaf, Unread | Statement) for leaf in leaves(read.check)) or any(_ages(read.check)):
        return read
    head = _HEAD.match(text)
    if head is None or not _OF_PEOPLE.search(text, 0, head.end()) or _AT_ANOTHER_TIME.search(text) or _DENIES.match(text) or gives_leave(_NO_LEAVE.without(text[head.end() :], " ")) or _OTHERS.search(text[head.end() :]) or " OR " in text:
        return read
    rest = _SAME_AGE.without(text[head.end() :], " ")
    if _ANOTHER_AGE.search(rest):
        return read
    aged = again(f"Age {head['age']}" if head["age"][:1].isdigit() or head["age"][:1] in "≥>⩾=<≤" else head["age"]).check
    if not isinstance(aged, Age):
        return read
    asked = _of_sex(aged, head["sex"])
    return Read(All((asked, read.check)), (*(head.span("age"),) * len(list(leaves(asked))), *read.spans))


def _of_sex(aged: Age, said: str | None) -> Check:
    """The age, asked of those of the one sex that the head names: others may be asked for another."""
    women, men = (any(word in (said or "").casefold() for word in words) for words in (("women", "female", "girl"), (" men", " male", "boy")))
    named = (said or "").casefold()
    men = men or named.startswith(("men", "male"))
    return aged if women == men else When(Sex("female" if women else "male"), aged)


def _ages(check: Check) -> list[Check]:
    """The ages that a check certainly asks for."""
    if isinstance(check, Ambiguous):
        return []
    parts = children(check)
    return [leaf for part in parts for leaf in _ages(part)] if parts else [check] if isinstance(check, Age) else []
