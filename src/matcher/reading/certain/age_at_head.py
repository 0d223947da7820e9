"""The age of people at the head of an inclusion, asked for whatever else of the line was not read.

"Otherwise healthy adults aged 18 to 70 years with odd signs or asthma" may ask for more than the age, never for less: where the
words up to the age name people alone, and those behind it name no other age and give no leave, the age is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.model.language import Age, All, Judgement, Unread, When
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, leaves
from matcher.reading.certain.limits_aside import or_in_a_phrase
from matcher.reading.certain.limits_settled import told
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.people.ages_told import people_of_an_age
from matcher.reading.tagging.caseless import Caseless

_FARTHEST = 150  # characters: behind them stands no head
# Where a head may end, and words that open what is said of the people.
_BREAK = pattern_of(
    r"[,;.(]|(?<=\))(?=\s)|\s(?=(?:with|without|who|whose|whom|in|on|of|from|having|has|have|diagnosed|undergoing|receiving|presenting|requiring|admitted|hospitali[sz]ed|referred|scheduled|living|residing|and|meeting|suffering|attending|treated|seeking|planned|planning|inactive|experiencing|enrolled|that|whether|regardless)\b)|\s*$",
    re.IGNORECASE,
)
_SPEAKS_OF_AGE = pattern_of(r"\d\+?[\s-]*(?:years?|yrs?|months?|y/?o)\b|[Aa]ge[sd]?\b[^.;]*\d|older|(?:[Aa]dults?|[mM]en|ales?)\b[^.;]*\d\d")
# Of what kind people are says nothing of their age.
_KIND = Caseless(
    r"^\W*(?:(?:otherwise|generally|apparently|clinically|healthy|ambulatory|community-dwelling|hospitali[sz]ed|consenting|eligible|post-?menopausal|pre-?menopausal|obese|overweight|sedentary|active|adolescent|young|older|elderly|"
    r"japanese|chinese|korean|indian|asian|caucasian|american|african|european|hispanic|black|white|veteran|military|nulliparous|pregnant|infertile|smoking|non[- ]?smoking)\b[\s,]*)+(?=[a-z])"
)
_BRACKET = pattern_of(r"\s*\([^()\d]*\)")
_SUCH = Caseless(r"\b(?!(?:of|and|or|the|non|not|no|control|controls|index|with)\b)[a-z-]+ (?=(?:in|out)?patients\b)")
# In the head these make the age another's; behind it they choose, permit or tell of another age or group.
_OTHERS = Caseless(r"menopaus.*\b(?:or|m[ae]n|males?)\b|\b(?:or|and|and/or)\s*$|\b(?:have|has|having|of children|of patients|parents?|mothers?|fathers?|relatives?|siblings?|caregivers?|controls?|cohorts?|groups?|arms?)\b|:|\d[^,]*\bor\s+(?!\W*(?:older|over|above|more|greater|up|upwards|equal|younger|under|below|less)\b)")
_SOMEBODY = Caseless(r"\b(?:age[sd]?|old|patients?|subjects?|participants?|volunteers?|individuals?|people|persons?|adults?|(?:fe)?males?|(?:wo)?m[ae]n|children|boys|girls|adolescents?)\b")
# A bracket that was left out of the head and tells of others.
_NOT_BESIDE = Caseless(r"\([^()]*\b(?:or|at|when|upon|diagnos\w*|onset|surgery|only|local|laws?|legal|regulat\w*|requir\w*|depend\w*|exclud\w*|except\w*|groups?|cohorts?|controls?|arms?|parts?|regimens?|older|younger|adults?)\b[^()]*\)", needs=("(",))
_BARS = Caseless(
    r"\b(?:eligib\w*|unless|except\w*|allow\w*|permit\w*|may|can|could|might|provided|if|exempt\w*|waive\w*|consents? (?:is|are|may|for)|cohorts?|arms?|groups?|parts?|phases?|regimens?|strat\w+|controls?|countr(?:y|ies)|japan|local|legal|laws?|regulat\w*|"
    r"age[sd]?|older|younger|minors?|child(?:ren)?|adults|adolescents?|infants?|babies|neonates?|elderly|(?:above|below|over|under)\s+(?:the\s+age|\d)|years? old|months? old|y/?o|parents?|mothers?|fathers?|relatives?|siblings?|caregivers?|exclud\w*|not eligible|girls|boys|(?:in|for|of) (?:the )?(?:fe)?males?|(?:in|for|of) (?:wo)?men)\b|\b(?:at|on) (?:the )?(?:time|date|day) of (?!(?:the |signing |written |first )*(?:screen|enrol|consent|randomi|inclusion|entry|sign|informed|study|baseline))|\d\s*(?:years?|yrs?)\s+(?:old|of age)"
)
# Behind an "or" stand others, or what has nothing to do with the phrase before it; without a phrase before it every "or" is one.
_OR_OTHERS = Caseless(
    r"^(?:(?!\b(?:with|who|whose|in|on|having|has|have|diagnosed|undergoing|receiving|presenting|requiring|admitted|hospitali[sz]ed|referred|scheduled|living|residing)\b)[^.;])*\bor\b|\bOR\b|"
    r"\bor\b\W*(?:patients?|subjects?|participants?|those|any|older|over|under|younger|(?:fe)?males?|(?:wo)?m[ae]n|healthy|if|as|when|with|who|whose|at least|more|less|another|other|else|one of|two|weigh\w*|bmi|body|in (?:the )?(?:case|event)|[<>≥≤=\d])|[.;]\s*\bor\b|menopaus|steril|child-?\s?bearing|guardian|emancipat"
)
_AT_ANOTHER_TIME = pattern_of(r"\W*(?:(?:at|when|upon|by|before|after|since|during|until|ago|to|or)\b|and\s+(?:older|over|above|under|[≥>\d])|of\b|[-–<>≥≤=\d])", re.IGNORECASE)


def with_age_at_head(read: Read, text: str) -> Read:
    """The reading with the age of the people at its head asked for beside the rest, where that was not read."""
    if not any(isinstance(leaf, Unread | Judgement) for leaf in leaves(read.check)) or "\n" in text.strip() or any(isinstance(one, Age) for one in told(read.check)) or any(isinstance(one, When) for one in nodes(read.check)):
        return read
    for age, end in _ages(text):
        behind = text[end:]
        if _AT_ANOTHER_TIME.match(behind) or _BARS.search(behind) or (behind.strip(" .;)") and not or_in_a_phrase(text, 0, end) and _OR_OTHERS.search(behind)):
            return read
        return Read(all_of([age, read.check]), ((0, end), *read.spans))
    return read


def _ages(text: str) -> Iterator[tuple[Age, int]]:
    """The age that the words up to a break tell of people, and where they end; the longest such head first."""
    opening = text[:_FARTHEST]
    if _SPEAKS_OF_AGE.search(opening) is None:
        return
    for found in sorted(_BREAK.finditer(opening), key=lambda one: -one.start()):
        head = _BRACKET.sub("", text[: found.start()])
        if _OTHERS.search(head) or not _SOMEBODY.search(head) or _NOT_BESIDE.search(text, 0, found.start()):
            continue
        check = people_of_an_age(_SUCH.without(_KIND.without(head, ""), ""))
        parts = check.parts if isinstance(check, All) else (check,)
        age = next((part for part in parts if isinstance(part, Age)), None)
        if age is not None and any(bound.number for bound in age.bounds):
            yield age, found.start()
