"""Words behind a fact that say of which kind, place or cause it is: a state of it, asked as it stands.

"Infection requiring antibiotics" is an infection of which a person can say whether it requires them: the words belong to
the one recorded entry, as its severity does. What speaks of people, of the trial, of time or of amounts is no such state.
"""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.model.language import All, Ambiguous, Any, Check, Condition, Medication, Not, Procedure
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import FACTS, clean
from matcher.reading.grammar.rules import Read, Spans
from matcher.reading.tagging.caseless import Caseless

_NEEDS = r"(?:(?:currently |still |ever |previously |recently )?(?:requiring|needing|necessitating|warranting|having required|having needed|required|needed))"
_WAYS = (
    r"having|spreading|producing|due to|secondary to|owing to|because of|caused by|induced by|result(?:ing|ed) (?:from|in)|leading to|causing|associated with|related to|unrelated to|involving|affecting|impacting|invading|infiltrating|compressing|"
    r"not (?:\w+ly )?(?:treated|related to|caused by|due to|associated with|amenable to|responding to|normalized by|attributable to|requiring|induced by)|attributable to|as a (?:manifestation|complication|consequence) of|indicating|past|"
    r"in|of|to|at|on|with|without|from|for|under|by|despite|near|around|between|refractory to|resistant to|unresponsive to|responsive to|sensitive to|amenable to|treated (?:with|by)|managed (?:with|by)|"
    r"controlled (?:with|by|on)|(?:not|poorly|inadequately|well|adequately|un)\s?controlled(?: (?:with|by|on|despite))?|accompanied by|complicated by|complicating|limited to|confined to|localized to|located (?:in|on|at)|extending (?:to|into)|"
    r"arising (?:from|in)|originating (?:from|in)|characterized by|manifested by|presenting (?:with|as)|compatible with|consistent with|suggestive of|interfering with|limiting|impairing|preventing|precluding"
)
_NEED = Caseless(rf"\W*{_NEEDS}\s+\S.*?\W*")
_WAY = Caseless(rf"\W*(?:{_WAYS})\s+\S.*?\W*")
# A clause with "that" as the words that say the same: "that requires surgery", "that has spread", "which is due to…".
_CLAUSES = (
    (pattern_of(r"(?:that|which)\s+(?:is|are|was|were)\s+(?:currently\s+|still\s+|being\s+)?", re.IGNORECASE), ""),
    (pattern_of(r"(?:that|which)\s+(?:has|have|had)\s+", re.IGNORECASE), "having "),
    (pattern_of(r"(?:that|which)\s+(?:currently\s+)?requires?\s+", re.IGNORECASE), "requiring "),
    (pattern_of(r"(?:that|which)\s+(?:currently\s+)?needs?\s+", re.IGNORECASE), "needing "),
    (pattern_of(r"(?:that|which)\s+(?P<verb>required|needed)\s+", re.IGNORECASE), r"having \g<verb> "),
    (pattern_of(r"(?:that|which)\s+(?P<verb>affect|impact|involv|impair|limit|prevent|preclud|produc|caus)e?s?\s+", re.IGNORECASE), r"\g<verb>ing "),
)
_WORDS = pattern_of(r"[A-Za-z][\w -]*")
# What is said of people, of the trial, of somebody's opinion, or of something named elsewhere; what takes back or gives examples.
_NO_STATE = Caseless(
    r"[:;<>≥≤=%\[\]/\"“”]|\b(?:unless|except\w*|excluding|exclu\w+|other than|apart from|eligible|ineligible|allow\w*|permi\w+|acceptable|patients?|subjects?|participants?|individuals?|people|persons?|volunteers?|"
    r"women|men|males?|females?|children|infants?|adults?|who|whom|whose|trial|protocols?|sponsor|investigat\w+|physicians?|opinion|judg\w+|deemed|considered|criteria|guidelines?|defin\w+|classif\w+|"
    r"follow(?:ing|s)|below|above|mentioned|listed|described|specified|(?:at|one|two|more|any|each|either|some|all) of|e\.g|i\.e|eg|ie|etc|such as|includ\w+|like|for example|namely|especially|particularly|"
    r"may|might|could|would|should|must|shall|if|when|whether|but|however|and/or|nor|either|history|histories|known|suspected|risk|risks|possib\w+|potential\w*|"
    r"screening|enrol\w+|randomi[sz]\w+|inclusion|registration|baseline|consent|dosing|pre-?dose|(?:un)?suitable|(?:in)?appropriate|significant\w*|strat(?:um|a|ified)|evolution|even though|they|their|them|visits?|cohorts?|arms?|groups?|parts?|family|familial|parents?|mothers?|fathers?|partners?|donors?|relatives?|scores?|grades?|stages?|levels?|"
    r"studies|study(?! (?:eyes?|knees?|joints?|limbs?|tooth|teeth|hands?|side|lesions?|area|site|vessels?|artery|foot|legs?|hips?|shoulders?|ear|breast|organ))|measurable|evaluable|diagnosis|diagnosed|confirmed|documented|evidence)\b"
)
_TIME = Caseless(r"\b(?:within|during|prior|before|after|since|until|while|times?|age|ago|past|last|previous\w*|preceding|recent\w*|future|planned|next|current\w*|now|today|minutes?|hours?|days?|weeks?|months?|years?|daily|weekly|duration|period|course|births?|childhood)\b|\d")
_TIME_OF_NEED = Caseless(r"\s+(?:within|in|during|over)\s+(?:the\s+)?(?:(?:last|past|previous|preceding|prior)\s+)?\w+\s+(?:days?|weeks?|months?|years?)(?:\s+(?:prior to|before|of|preceding)\s+.{3,40})?$")
_CLAUSE = Caseless(r"\b(?:or|and)\s+(?:a |an |any |the )?(?:is|are|was|were|has|have|had|no|not|without|prior|active|acute|chronic|severe|current|ongoing|other|recent|uncontrolled|unstable|significant|metastatic|primary|secondary|advanced|recurrent|malignant|refractory|symptomatic|history|known|congenital|any)\b")
_ELSE = pattern_of(r"\b(?:OR|AND)\b")  # in capitals they part the members of a list, whatever stands before
_UNENDED = Caseless(r"\b(?:of|by|with|in|on|at|for|to|from|or|and|the|a|an|upper|lower|left|right|primary|secondary|any|other|degree|control|via)$")
_LONGEST = 12  # words of a state


def stated(check: Check, said: str, *, of_list: bool = False) -> Check | None:
    """The facts with the words behind them as a state of them; None where the words are none, or a list was not to be looked at."""
    facts = list(leaves(check))
    if (len(facts) > 1 and not of_list) or not all(isinstance(leaf, FACTS) for leaf in facts) or any(isinstance(leaf, Procedure) and leaf.findings for leaf in facts):
        return None
    words = _words(said, of_disease=all(isinstance(leaf, Condition) for leaf in facts), of_operation=all(isinstance(leaf, Procedure) for leaf in facts))
    if words is None:
        return None
    if isinstance(check, Not):
        inner = _put(check.part, words)
        return Not(inner) if inner is not None else None
    return _put(check, words)


_PHRASE = Caseless(rf"(?:^|\s)(?:{_NEEDS}|{_WAYS})\s")


# In brackets behind a disease or an operation: which of its kind, in adjectives.
_OF_KIND = pattern_of(
    r"[(\[]\s*(?P<kind>(?:(?:non-?)?(?:metastatic|localized|localised|recurrent|persistent|relapsed|refractory|advanced|locally advanced|early|late|early stage|advanced stage|chronic|acute|symptomatic|asymptomatic|unilateral|bilateral|primary|secondary|"
    r"resectable|unresectable|inoperable|operable|invasive|progressive|active|inactive|latent|stable|unstable|untreated|treated|uncontrolled|controlled|severe|moderate|mild|congenital|acquired|idiopathic|squamous|benign|malignant|ischemic|hemorrhagic|"
    r"viral|bacterial|fungal|parasitic|mycobacterial|protozoal|motor|sensory|autonomic|systemic|local|regional|distant|focal|generali[sz]ed|diffuse|clinical|subclinical|radiological|solid|hematologic(?:al)?|epithelial|epithelioid|biphasic|sarcomatoid|"
    r"partial|complete|total|subtotal|radical|open|closed|laparoscopic|endoscopic|elective|emergency|elemental|traumatic|postoperative|spontaneous|intermittent|paroxysmal|permanent|overt|occult|microscopic|macroscopic|transmural|mucosal|nodal|visceral|cutaneous|ocular|oral|genital|intracranial|extracranial)"
    r"(?:\s*(?:,\s*(?:or|and|and/or)\b|,|or|and/or|and|to|/)\s*(?=\w)|(?=\s*[)\]])))+)\s*[)\]]", re.IGNORECASE,
)
# What came before the disease: "after kidney transplantation".
_LATER = pattern_of(r"(?:after|following)\s+(?!the\b|at\b|this\b|these\b|criteri)(?=[a-z])", re.IGNORECASE)


def narrowed_by_words(fact: Check) -> bool:
    """Whether a fact has a state in words of its own, so that words further behind may speak of those and not of the fact."""
    return isinstance(fact, FACTS) and any(_PHRASE.search(state) for state in fact.states)


def _words(said: str, *, of_disease: bool, of_operation: bool = False) -> str | None:
    """The state that words behind a fact name."""
    text = re.sub(r"\s*\((?:[A-Z][A-Za-z-]{0,7}|s)\)", "", clean(said)).strip(" .,;")
    clause, instead = next(((one, words) for one, words in _CLAUSES if one.match(text)), (None, ""))
    text = clause.sub(instead, text, count=1) if clause is not None else text
    bracket = _OF_KIND.fullmatch(text) if of_disease or of_operation else None
    if bracket is not None:
        return clean(bracket["kind"])
    later = _LATER.match(text) if of_disease else None
    if later is not None:
        words = _words(f"with {text[later.end() :]}", of_disease=True)
        return f"{text[: later.end()]}{words[5:]}" if words is not None else None
    needs = _NEED.fullmatch(text)
    found = needs or _WAY.fullmatch(text) or (clause is _CLAUSES[0][0] and _WORDS.fullmatch(text))
    timed = _TIME_OF_NEED.search(text) if needs else None
    if not found or _ELSE.search(text) or _NO_STATE.search(text[: timed.start()] if timed else text) or "(" in text or ")" in text or _UNENDED.search(text) or len(text.split()) > _LONGEST + 1:
        return None
    if _TIME.search(text[: timed.start()] if timed else text):
        return None
    if needs is None and clause is not _CLAUSES[0][0] and (_CLAUSE.search(text) or ("," in text)):
        return None
    if not of_disease and needs is not None:
        return None
    return text


def _put(check: Check, words: str) -> Check | None:
    """The check with the state of its one fact; of a list, of every member or of the last one."""
    match check:
        case Condition() | Medication() | Procedure():
            return _with_state(check, words)
        case Any(parts) if all(isinstance(part, FACTS) for part in parts):
            every = tuple(_with_state(part, words) for part in parts)
            return Any((Ambiguous((any_of(list(parts[:-1])), any_of(list(every[:-1])))), every[-1]))
        case All(parts) if len(parts) > 1 and isinstance(parts[0], FACTS) and not any(isinstance(part, FACTS) for part in parts[1:]):
            return All((_with_state(parts[0], words), *parts[1:]))
    return None


def _with_state(fact: Check, words: str) -> Check:
    """The fact with one more state, in every alternative that it has."""
    assert isinstance(fact, FACTS)
    return replace(fact, states=tuple(f"{state} {words}" for state in fact.states) if fact.states else (words,))


def spans_of(check: Check, read: Read, end: int) -> Spans:
    """The places of the facts of a read check with the words behind it, which end at `end`; those before the last twice where they have two readings."""
    before = (*read.spans[:-1], (read.spans[-1][0], end))
    return before if sum(1 for _ in leaves(check)) == len(before) else (*before[:-1] * 2, before[-1])
