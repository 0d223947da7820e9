"""Headings over the rules of some people only: a cohort, a part of the trial, controls, donors, those who are treated in one way.

What stands under such a heading is met by whoever meets it, and keeps nobody out: who is not of these people is not asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.values import changed
from matcher.reading.layout.laid import Laid
from matcher.reading.tagging.caseless import Caseless

_LONGEST = 240  # characters of a sentence that announces the rules of some
_TITLE = 12  # words: no name for people is longer
_LINES = 12  # under a heading whose end nothing shows
# Letters of which some stand in every such heading.
_CUES = ("for", "group", "cohort", "arm", "part", "strat", "stud", "extension", "expansion", "escalation", "phase", "stage", "control", "healthy", "volunteer", "donor", "caregiver", "carer", "parent", "relative", "sibling", "partner")
_LED = r"\W*(?:[a-e1-9ivx]{1,3}[.)]\s+)?(?:(?:in addition|additionally|additional|also|and|only|further|specific|special|inclusion|exclusion|eligibility|criteria|amended|as follows)[,:]?\s+)*"
_UNIT = r"(?:cohorts?|groups?|subgroups?|arms?|parts?|stratum|strata|sub-?stud(?:y|ies)|sub-?populations?|modules?|extension|expansion|escalation|phases?\s+(?:[1-4]|i{1,3}v?)[ab]?\b|(?:stages?|stud(?:y|ies)|steps?)\s+(?:[1-9]|[a-d]|i{1,3}v?)(?=\s*(?:[:(–-]|$)))"
_NOUN = r"(?:patients?|subjects?|participants?|individuals?|volunteers?|people|persons?|those|women|men|girls|boys|females?|males?|children|adults?|adolescents?|infants?|neonates?|seniors|healthy|controls?|donors?|recipients?|caregivers?|carers?|parents?|mothers?|fathers?|partners?|siblings?|relatives?)"
# "For infants:", "In the patients of the second centre:"; not "For all patients:", "For this study:", "For inclusion:".
_FOR = Caseless(
    rf"{_LED}(?:for|in(?=\s+(?:the\s+)?(?:[\w/+'’-]+\s+){{0,4}}?(?:{_UNIT}|{_NOUN})\b))\s+(?!(?:the\s+)?(?:all|any|both|every|each|either|everyone|everybody|entire|whole|general|eligible|enrol\w*|inclusion|exclusion|entry|participation|participating|participate|randomi[sz]\w+|registration|screening|baseline|(?:\w+ )?(?:pre-?)?screening|treatment|surveillance|follow-?up|(?:the )?(?:core|main) study|(?:24|12|48)[- ]hours?|"
    r"which|whom|whose|diagnos\w+|determination|assessment|determining|pre-?registration|eligibility|selection|(?:patients?|participants?|subjects?) to\b|example|instance|more|further|details|reference|information|this|purposes?|present|current|study|trial|protocol|target|index|safety|at least|the past|past|last|previous|case|order|addition)\b)"
    r"(?!(?:the )?(?:study|treated|target|index|other) eyes?\b)[^.;:]{2,100}:\W*", needs=("for", "in "),
)
# "Healthy controls:", "Related donors:"
_OTHERS = Caseless(
    r"\W*(?:[\w/'’-]+\s+){0,3}?(?:controls?|healthy\s+(?:(?:adult|male|female|young|older|elderly|normal)\s+)*(?:volunteers?|subjects?|participants?|adults?|individuals?|people|persons|controls?|donors?|men|women|children)|normal\s+(?:[\w-]+\s+)?(?:volunteers?|subjects?|participants?|controls?)|"
    r"donors?|caregivers?|carers?|parents?|relatives?|siblings?|partners?)(?:\s+(?:group|arm|cohort|participants?|subjects?|volunteers?|only|selection|eligibility))*(?:\s*\([^()]{0,60}\))?\s*:\W*",
    needs=("control", "healthy", "normal", "donor", "care", "parent", "relative", "sibling", "partner"),
)
# "Dose expansion cohorts (phase 2):", "Study arm diabetes:", "Extension study 1:"
_PART = Caseless(rf"\W*(?:[\w/+'’&,-]+\s+){{0,6}}?(?:study-)?{_UNIT}(?![\w-])(?:\s+[\w/+'’&,()-]+){{0,8}}?\s*(?:\([^()]{{0,80}}\))?\s*:\W*")
# "For trial part 1, the following applies:", "To enter the training cohort a volunteer must:"
_SENTENCE = Caseless(
    rf".{{0,160}}\b(?:for|of|in|into|to|enter|join|from)\s+(?:the\s+)?(?:(?!all\b|both\b|any\b|either\b|every\b|each\b|one\b)[\w/+'’-]+\s+){{0,4}}?{_UNIT}(?![\w-]).{{0,120}}:\W*|"
    rf"{_LED}(?:for\s+)?(?:patients?|subjects?|participants?|individuals?|those|children|women|men)\s+(?:who\s+(?:are|will be|were)\s+)?(?:randomi[sz]ed|assigned|allocated|enrolled|enrolling|entering|stratified)\s+(?:in|to|into|on|onto)\s+(?!(?:the|this)\s+(?:study|trial))[^.;:]{{2,80}}:\W*"
)
_EVERYBODY = Caseless(r"\b(?:all|both|every|each|either|any|entire|whole|no|not in)\s+(?:of\s+)?(?:the\s+)?(?:[\w-]+\s+){0,2}(?:cohorts?|arms?|groups?|parts?|phases?|stages?|strata|patients?|subjects?|participants?|volunteers?|people|persons|populations?|individuals?|studies|controls?|donors?)\b|\bparts? of (?:the )?(?:study|trial|body)|\bto (?:take )?part\b|\bin part\b")
# No group of the trial, or one through which everybody goes.
_NO_PART = Caseless(
    r"\b(?:oncology|collaborative|cooperative|working|study|research|risk|age|drug|adjudication|who|pah|blood|ethnic|racial|minority|function|support|peer|therapeutic|pharmacological)\s+groups?\b|\bgroups? of (?:drugs?|medic\w+|diseases?|disorders?|symptoms?)\b|\bgroup (?:care|therap\w+|sessions?|treatments?|program\w*|homes?|exercise|class\w*|visits?|meetings?|psychotherapy|interventions?)\b|\b(?:pah|who|pulmonary (?:arterial )?hypertension) (?:\w+ )?group\b|"
    r"\b(?:screening|run-?in|lead-?in|baseline|qualification|observation|wash-?out|acute|chronic|luteal|follicular|accelerated|blast|upper|lower)\s+(?:part|phase|stage)\b|\bage strat(?:a|um)\b|\bdose (?:escalation|reduction)s? (?:is|are|of)\b|\barms?\s+(?:or|and|/)\s+legs?\b|\b(?:left|right|upper|lower|affected) arms?\b|"
    r"\b(?:organ|body|other|blood|vaccine|drug|product|device|study drug|treatment) parts?\b"
)
_ASKS = Caseless(r"[<>≥≤=]|\b(?:years?|months?|weeks?|days?)\b|\b(?:histolog|cytolog|pathologic)\w+")


# The same without a colon: "For patients with gout" over bullets.
FOR_PEOPLE = Caseless(r"^for\s+(?!all\b|any\b|the purpose)(?:the\s+)?(?:patients?|subjects?|participants?|individuals?|those|women|men|females?|males?|children|adults?|adolescents?|healthy)\b[^.;:,]{0,70}:?$", needs=("for",))


def of_some(text: str) -> bool:
    """Whether a line is a heading over the rules of some people only."""
    said = text.strip()
    if not said.endswith(":") or len(said) > _LONGEST or "\n" in said:
        return False
    if names_people(said) and not _BOTH.match(said):
        return True
    small = said.lower()
    if not any(map(small.__contains__, _CUES)) or _EVERYBODY.search(said) or _NO_PART.search(said):
        return False
    if len(said.split()) <= _TITLE and (_OTHERS.fullmatch(said) or (_PART.fullmatch(said) and not _ASKS.search(said))):
        return True
    return _FOR.fullmatch(said) is not None or _SENTENCE.fullmatch(said) is not None


def names_people(text: str) -> bool:
    """Whether a line is nothing but a name for some of the people: "Adolescents:", "Infants", "Both"."""
    return len(text) < _TITLE * _TITLE and _PEOPLE.fullmatch(text.strip()) is not None


_BOTH = Caseless(r"\W*both\b")
_PEOPLE = Caseless(
    r"\W*(?!(?:all|any|eligible|ineligible|study|potential|enrolled|included|excluded|target|the|our|each|every|these|those|human|adult|gender|no|not|with|without|for|in|of|or|and|if|are|is)\b)(?:[\w/'’-]+\s+){0,2}?"
    r"(?:adolescents|children|adults|infants|newborns|neonates|women|men|females|males|girls|boys|mothers|fathers|partners|couples|parents|caregivers|patients|cases|outpatients|inpatients|(?:icu|hospitali[sz]ed|healthy|normal|diabetic|affected)\s+(?:patients|subjects|participants|controls|volunteers)|controls|both|both groups)\s*:?\W*"
)


def names_some(text: str) -> bool:
    """Whether a line says nothing but of whom the rules under it are."""
    said = text.strip()
    return of_some(said) and not _OF_MORE.search(said) and (_FOR.fullmatch(said) is not None or len(said.split()) <= _TITLE)


# Behind a sentence, or beside what is asked, there is more than a heading.
_OF_MORE = Caseless(r"[.;]\s+[a-z]|\b(?:diagnos\w+|histolog\w+|measurable|cancer|carcinoma|tumou?rs?|therapy|history|evidence|treatment|requirement|presence|confirm\w+)\b(?!.*\b(?:cohorts?|arms?|groups?|parts?)\W*$)")


def with_rules_of_some(laid: Sequence[Laid]) -> list[Laid]:
    """The lines, those in doubt that stand under a heading of some people, or that begin with one."""
    heads = [place for place, one in enumerate(laid) if not one.group and _heads(one, laid[place + 1 : place + 2])]
    found = list(laid)
    for place in heads:
        head = laid[place]
        said = head.text.split("\n", 1)[0].strip(" :")
        under = _under(laid, place)
        if _names_all(laid, place, heads, under, f"{said}:"):
            continue
        if "\n" in head.text:
            found[place] = changed(head, doubtful=True, beside=head.beside or said)
            continue
        for at in under:
            found[at] = changed(found[at], doubtful=True, beside=found[at].beside or said)
    return found


# A group that is all who take part, whatever it is called.
_WHOLE = Caseless(r"\b(?:all|each|every|both|either|primary|main|target|whole|entire|general|study)\s*(?:study\s+)?(?:groups?|cohorts?|populations?|participants?|patients?|subjects?|arms?|parts?|volunteers?|stud(?:y|ies))\b|^\W*(?:population|patients?|subjects?|participants?|volunteers?|adults?)\W*$")
# A group of the name of which there are more participants than those in it.
_SOME_ONLY = Caseless(r"\bonly\b|sub-?\s?(?:stud(?:y|ies)|groups?|sets?)|\boptional\b|\bextension\b", needs=("only", "sub", "optional", "extension"))


def with_lone_groups(laid: Sequence[Laid]) -> list[Laid]:
    """The lines, those of groups in doubt that are a part only of all who take part: the one group that is named, or sub-studies."""
    groups = {one.group for one in laid if one.group}
    if not groups or not any(not one.group and one.kind == "inclusion" for one in laid):
        return list(laid)
    lone = len(groups) == 1 and not any(map(_WHOLE.search, groups))
    parts = groups if lone or all(map(_SOME_ONLY.search, groups)) else set[str]()
    return [changed(one, doubtful=True, beside=one.beside or one.group) if one.group in parts and not _WHOLE.search(one.group) else one for one in laid]


def _heads(one: Laid, below: Sequence[Laid]) -> bool:
    """Whether a line, or the first of a list, is a heading of some people."""
    if ":" in one.text:
        return of_some(one.text.split("\n", 1)[0])
    return bool(below and below[0].marked and below[0].kind == one.kind) and not one.marked and (FOR_PEOPLE.match(one.text.strip()) is not None or (names_people(one.text) and not _BOTH.match(one.text)))


def _names_all(laid: Sequence[Laid], place: int, heads: Sequence[int], under: Sequence[int], said: str) -> bool:
    """Whether a name for people stands over a whole list, and no other beside it: then all are of them."""
    kind = laid[place].kind
    whole = [at for at, one in enumerate(laid) if one.kind == kind] == [place, *under]
    return whole and not any(laid[other].kind == kind for other in heads if other != place) and (_OTHERS.fullmatch(said) is not None or _PART.fullmatch(said) is not None or names_people(said))


def _under(laid: Sequence[Laid], place: int) -> list[int]:
    """The places of the lines under a heading: to the next heading, or as far as their marks, their indent or the blank lines show."""
    head = laid[place]
    behind = place + 1
    while behind + 1 < len(laid) and laid[behind].kind == head.kind and laid[behind].text.rstrip().endswith(":") and not of_some(laid[behind].text):
        behind += 1  # a heading below this one
    if behind >= len(laid) or laid[behind].kind != head.kind:
        return []
    first = laid[behind]
    shown = bool(first.marked) and (not head.marked or first.indent > head.indent)
    found = list(range(place + 1, behind))
    for under in range(behind, len(laid)):
        one = laid[under]
        if one.kind != head.kind or one.group or (not shown and under - behind >= _LINES):
            break
        if shown and (not one.marked or one.indent < first.indent):
            break
        if under > behind and not shown and not first.gap and one.gap:
            break
        if under > behind and "\n" not in one.text and one.text.rstrip().endswith(":") and (of_some(one.text) or _EVERYBODY.search(one.text) is not None):
            break
        found.append(under)
    return found
