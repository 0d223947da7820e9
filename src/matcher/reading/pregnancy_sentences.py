"""A whole criterion that only names pregnancy, breastfeeding and the wish for them: "pregnant, possibly pregnant, nursing, or planning to conceive during the study".

Each member of the list is one of these; the time of the trial may stand behind a plan. Anything else, another time too, leaves it unread.
"""

from __future__ import annotations

from matcher.model.language import Check, Not, State, Statement
from matcher.model.trees import any_of, leaves
from matcher.reading.caseless import Caseless
from matcher.reading.rules import Read

_WHO = Caseless(
    r"(?:(?:any|all|the|a|an|those|other|females?|wom[ae]n|girls?|patients?|subjects?|participants?|individuals?|volunteers?|persons?|people|mothers?|who|that|with|being|be|is|are|was|were|been|has|have|had|having|either|currently|they)\b[\s:-]*)*"
)
_PLANS = (
    r"(?:(?:currently|actively|also)\s+)?(?:planning|plans?|planned|intend(?:s|ed|ing)?|(?:an? |the )?intentions?|intent|wish(?:es|ing)?|(?:a |the )?desir(?:e|es|ing|ous)|attempting|trying|tries|expect(?:s|ing)?|hoping|hopes?|wants?|wanting|"
    r"contemplat(?:e|es|ing)|seeking|anticipat(?:e|es|ed|ing)|aiming|considering)\s+(?:(?:of|for|on|to|a|an|any|be|become|becoming|get|getting|attempt|achieve|try)\s+)*"
)
_ITEMS = (
    (("pregnant", "may be pregnant"), Caseless(r"(?:known|confirmed|proven) or (?:suspected|possible) pregnan(?:cy|t)\b")),
    (("may be pregnant",), Caseless(r"(?:possibly|potentially|suspected(?: to be| of being)?|may be|might be|could be|(?:a |the )?possible(?: case of)?|suspicion of(?: a)?)\s+pregnan(?:t|cy)\b")),
    (("planning to breastfeed",), Caseless(rf"{_PLANS}(?:breast-?\s?feed(?:ing)?|nurse|nursing|lactate)\b")),
    (("planning a pregnancy",), Caseless(rf"{_PLANS}(?:pregnant|pregnancy|pregnancies|conceive(?: (?:a )?child(?:ren)?)?|conceiving|conception)\b")),
    (("breastfeeding",), Caseless(r"(?:breast-?\s?feeding|lactating|lactation|nursing)\b(?:\s+(?:wom[ae]n|mothers?|females?|patients?|period)\b)?")),
    (("pregnant",), Caseless(r"(?:(?:on-?going |current )?pregnan(?:t|cy)(?:\s+(?:wom[ae]n|females?|patients?)\b)?)(?!\s*(?:test|<|>|\d))")),
)
_TO_FEED = Caseless(r"(?:to )?(?:breast-?\s?feed|nurse|lactate)\b(?!ing)")
_JOINT = Caseless(r"\s*(?:(?:,|;|/|\band/or\b|\bor\b|\band\b|\bnor\b)\s*)+")
_TIME = r"(?:during|within|in the|over the|throughout|while|before|prior to|until|at the time|at any time|at (?:present|this time)|through|to occur during|for the)\b"
_MORE = r"(?!(?:[^;]*\b(?:pregnan\w*|breast\w*|lactat\w*|nursing|concei\w+|unless|except\w*|if|who|whose|not|without|contracep\w*|birth control|has|have|partners?|males?|men|donat\w*|risk|because|cannot|is|are)\b)|(?:[^;]*\b(?:and|or)\s+(?!within|for|up to|until|during|at|\d|in the|through|after|before|follow|the (?:follow|next|study|treatment|trial)|throughout)))"
_OF_STUDY = r"(?=[^;]*\b(?:stud(?:y|ies)|trial|participation|treatment|program|protocol|investigation|research|doses?|dosing|drug|medication|enrol\w+|visit)\b)"
_UNTIL_END = Caseless(rf"\s*,?\s*{_TIME}{_OF_STUDY}{_MORE}[^;:()]{{2,160}}$")
_UNTIL_JOINT = Caseless(rf"\s+{_TIME}{_OF_STUDY}[^,;:()]{{2,60}}?(?=\s*(?:,|;|\bor\b|\band\b))")
_NOW = Caseless(r"\s*(?:at (?:the )?(?:time of )?(?:the )?(?:screening|enrol+ment|inclusion|randomi[sz]ation|study entry|baseline|present)(?: visit)?|during the (?:study|trial)(?: period)?)?[\s.;,]*$")
_DENIED = Caseless(r"\W*(?:(?:patients?|subjects?|participants?|females?|wom[ae]n|they|must|should|may|can|are|is|be)\s+)*(?:not|no|cannot|neither)\s+(?:(?:be|currently|is|are)\s+)*(?=\w)")
SPEAKS_OF_PREGNANCY = ("regnan", "oncei")


def pregnancy_sentence(text: str, kind: str) -> Read | None:
    """Who is excluded, or must not be so, where a sentence only lists pregnancy, breastfeeding and plans of them."""
    said = text.strip().rstrip(" .;,")
    denied = _DENIED.match(said) if kind == "inclusion" else None
    if kind == "inclusion" and denied is None:
        return None
    found = _listed(said[denied.end() if denied is not None else 0 :])
    if found is None or not any(name.startswith(("planning", "may")) for name in found):
        return None
    checks: list[Check] = [State(name) if name in ("pregnant", "breastfeeding") else Statement(name) for name in dict.fromkeys(found)]
    check = any_of(checks)
    check = Not(check) if denied is not None else check
    return Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))


def _listed(said: str) -> list[str] | None:
    """What a list names, in its order; None where a member is anything else."""
    found: list[str] = []
    place, planned = 0, False
    while True:
        who = _WHO.match(said, place)
        place = who.end() if who is not None else place
        place += len(said[place:]) - len(said[place:].lstrip())
        names, item = next(((names, one) for names, pattern in _ITEMS if (one := pattern.match(said, place)) is not None), ((), None))
        if item is None and planned and (item := _TO_FEED.match(said, place)) is not None:
            names = ("planning to breastfeed",)
        if item is None:
            return None
        found += names
        place, planned = item.end(), any(name.startswith("planning") for name in names)
        if _NOW.match(said, place) is not None or (planned and _UNTIL_END.match(said, place) is not None):
            return found
        time = _UNTIL_JOINT.match(said, place) if planned else None
        joint = _JOINT.match(said, time.end() if time is not None else place)
        if joint is None or joint.end() == place:
            return None
        place = joint.end()
