"""A whole criterion that only names pregnancy, breastfeeding and the wish for them: "pregnant, possibly pregnant, nursing, or planning to conceive during the study".

Each member of the list is one of these, a positive test, or at the end women without contraception; the time of the trial may stand
behind a plan. Anything else, another time too, leaves it unread.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.model.language import Check, Measurement, Not, State, Statement
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_WHO = Caseless(
    r"(?:(?:any|all|the|a|an|those|other|females?|wom[ae]n|girls?|ladies|lady|patients?|subjects?|participants?|individuals?|volunteers?|persons?|people|mothers?|who|that|with|for|being|be|is|are|was|were|been|has|have|had|having|either|currently|they|wocbp|"
    r"(?:of|with) (?:child-?\s?bearing|reproductive) (?:potential|age|capacity)(?=,? (?:who|that|and) (?:are|is) (?:either )?(?:pregnan|lactat|breast|nurs)))\b[\s:-]*)*"
)
_PLANS = (
    r"(?:(?:currently|actively|also)\s+)?(?:planning|plans?|planned|intend(?:s|ed|ing)?|(?:an? |the )?intentions?|intent|wish(?:es|ing)?|(?:a |the )?desir(?:e|es|ing|ous)|attempting|trying|tries|expect(?:s|ing)?|hoping|hopes?|wants?|wanting|"
    r"contemplat(?:e|es|ing)|seeking|anticipat(?:e|es|ed|ing)|aiming|considering)\s+(?:(?:of|for|on|to|a|an|any|be|become|becoming|get|getting|attempt|achieve|try)\s+)*"
)
_TESTED = r"(?:(?:an?|any|the|known|confirmed)\s+)*positive\s+(?:(?:results?\s+(?:of|for|in|on)|serum|urine|blood|urinary|or|and|/|β-?|beta-?|hcg|a|the|human chorionic gonadotropin)[\s/-]*)*(?:pregnancy[\s-]+tests?(?:ing)?|hcg tests?)(?:\s+results?)?(?:\s*\((?:(?:serum|urine|blood|or|and|hcg|/|,)\s*)+\))?"
_ITEMS = (
    (("pregnant", "may be pregnant"), Caseless(r"(?:known|confirmed|proven) or (?:suspected|possible) pregnan(?:cy|t)\b")),
    (("may be pregnant",), Caseless(r"(?:possibly|potentially|suspected(?: to be| of being)?|may be|might be|could be|(?:a |the )?possible(?: case of)?|suspicion of(?: a)?)\s+pregnan(?:t|cy)\b")),
    (("planning to conceive or father a child",), Caseless(rf"{_PLANS}(?:conceive|pregnant|pregnancy)(?: (?:a )?child(?:ren)?)? or (?:to )?father(?:ing)? (?:a )?child(?:ren)?\b")),
    (("pregnancy test",), Caseless(_TESTED)),
    ((), Caseless(r"becom(?:e|es|ing) pregnant(?: during the (?:study|trial))?(?=[\s.,;]*$)")),
    (("planning to breastfeed",), Caseless(rf"{_PLANS}(?:breast-?\s?feed(?:ing)?|nurse|nursing|lactate)\b")),
    (("planning a pregnancy",), Caseless(rf"{_PLANS}(?:pregnant|pregnancy|pregnancies|conceive(?: (?:a )?child(?:ren)?)?|conceiving|conception)\b")),
    (("breastfeeding",), Caseless(r"(?:breast-?\s?feeding|lactating|lactation|nursing)\b(?:\s+(?:(?:(?:a|an|the|their|her)\s+)?(?:child|children|infants?|bab(?:y|ies))|(?:female )?(?:patients?|subjects?|participants?)|wom[ae]n|mothers?|females?|ladies|period)\b)?(?:\s*\((?:lactating|nursing|breast-?\s?feeding)\)(?:\s+(?:wom[ae]n|mothers?|females?))?)?")),
    (("pregnant",), Caseless(r"(?:(?:on-?going |current )?pregnan(?:t|cy)(?:\s+(?:(?:female )?(?:patients?|subjects?|participants?)|wom[ae]n|females?|ladies)\b)?)(?!\s*(?:test|<|>|\d))")),
)
# What only says how a pregnancy is known, or why it excludes.
_IDLE = Caseless(
    r"\s*\((?:as )?(?:(?:defined as|confirmed by|evidenced by|verified by|determined by|i\.?e\.?,?|by|history or|a|the|with)\s+)*(?:positive\s+)?(?:(?:serum|urine|blood|or|and|/|β|beta|b|hcg|-|human chorionic gonadotropin)[\s/-]*)*(?:pregnancy\s+)?tests?(?: results?)?\)|"
    r"\s*,?\s*(?:where\s+)?pregnancy is defined as the state of a (?:female|woman) after conception (?:and )?until the (?:termination|end) of (?:the )?gestation(?:\s*,?\s*confirmed by a positive (?:(?:human chorionic gonadotropin )?\(?hcg\)?\s+)?(?:laboratory |pregnancy )?test(?:\s*\([<>≥]?\s*\d+\s*m?iu/ml\))?)?[\s.]*$|"
    r"\s*,?\s*(?:because|due to|as (?=the (?:effects?|safety|risks?)))\s+(?![^.;]*\b(?:unless|except\w*|however|but|should|must|may be|if|women|or who|(?:or|and) (?:\w+ )?(?:nursing|lactat\w+|breast-?\s?feed\w+|pregnan\w+|planning))\b)[^.;,]{3,160}[\s.]*$",
    needs=("test", "pregnancy is defined", "because", "due to", "as the"),
)
_TO_FEED = Caseless(r"(?:to )?(?:breast-?\s?feed|nurse|lactate)\b(?!ing)")
_JOINT = Caseless(r"\s*(?:(?:,|;|/|\band/or\b|\bor\b|\band\b|\bnor\b)\s*)+")
_TIME = r"(?:during|within|in the|over the|throughout|while|before|prior to|until|at the time|at any time|at (?:present|this time)|through|to occur during|for the)\b"
_MORE = r"(?!(?:[^;]*\b(?:pregnan\w*|breast\w*|lactat\w*|nursing|concei\w+|unless|except\w*|if|who|whose|not|without|contracep\w*|birth control|has|have|partners?|males?|men|donat\w*|risk|because|cannot|is|are)\b)|(?:[^;]*\b(?:and|or)\s+(?!within|for|up to|until|during|at|\d|in the|through|after|before|follow|screening|the (?:follow|next|study|treatment|trial)|throughout)))"
_OF_STUDY = r"(?=[^;]*\b(?:stud(?:y|ies)|trial|participation|treatment|program|protocol|investigation|research|doses?|dosing|drug|medication|enrol\w+|visit)\b)"
_UNTIL_END = Caseless(rf"\s*,?\s*{_TIME}{_OF_STUDY}{_MORE}[^;:()]{{2,160}}$")
_UNTIL_JOINT = Caseless(rf"\s+{_TIME}{_OF_STUDY}[^,;:()]{{2,60}}?(?=\s*(?:,|;|\bor\b|\band\b))")
_NOW = Caseless(r"\s*(?:at (?:the )?(?:time of )?(?:the )?(?:screening|enrol+ment|inclusion|randomi[sz]ation|study entry|baseline|present)(?: visit)?|during the (?:study|trial)(?: period)?)?[\s.;,]*$")
_DENIED = Caseless(r"\W*(?:(?:patients?|subjects?|participants?|females?|wom[ae]n|they|must|should|may|can|are|is|be)\s+)*(?:not|no|cannot|neither)\s+(?:(?:be|currently|is|are)\s+)*(?=\w)")
SPEAKS_OF_PREGNANCY = ("regnan", "oncei")


def pregnancy_sentence(text: str, kind: str, without_contraception: Callable[[str], Check | None] | None = None) -> Read | None:
    """Who is excluded, or must not be so, where a sentence only lists pregnancy, breastfeeding and plans of them; the last member may be without contraception."""
    said = _IDLE.without(text).strip().rstrip(" .;,") if kind == "exclusion" else text.strip().rstrip(" .;,")
    denied = _DENIED.match(said) if kind == "inclusion" else None
    if kind == "inclusion" and denied is None:
        return None
    found, place = _listed(said[denied.end() if denied is not None else 0 :])
    last = without_contraception(said[place:].strip(" ,;")) if found and place and without_contraception is not None else None
    if not found or (place and last is None) or (kind == "inclusion" and not any(name.startswith(("planning", "may")) for name in found)):
        return None
    checks: list[Check] = [*(_as_check(name) for name in dict.fromkeys(found)), *([last] if last is not None else [])]
    check = any_of(checks)
    check = Not(check) if denied is not None else check
    return Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))


def _as_check(name: str) -> Check:
    """The state, the test or the statement of a name."""
    if name == "pregnancy test":
        return Measurement(name, words=("positive",))
    return State(name) if name in ("pregnant", "breastfeeding") else Statement(name)


def _listed(said: str) -> tuple[list[str], int]:
    """What a list names, in its order, and where the rest of it begins (0: there is none); nothing where no member is known."""
    found: list[str] = []
    place, planned, begun = 0, False, 0
    while True:
        who = _WHO.match(said, place)
        place = who.end() if who is not None else place
        place += len(said[place:]) - len(said[place:].lstrip())
        names, item = next(((names, one) for names, pattern in _ITEMS if (one := pattern.match(said, place)) is not None), ((), None))
        if item is None and planned and (item := _TO_FEED.match(said, place)) is not None:
            names = ("planning to breastfeed",)
        if item is None:
            return found, begun
        found += names
        place, planned = item.end(), any(name.startswith("planning") for name in names)
        if _NOW.match(said, place) is not None or (planned and _UNTIL_END.match(said, place) is not None):
            return found, 0
        time = _UNTIL_JOINT.match(said, place) if planned else None
        joint = _JOINT.match(said, time.end() if time is not None else place)
        if joint is None or joint.end() == place:
            return [], 0
        place = begun = joint.end()
