"""In which state of its own fact a rule does not hold: "gout, unless well controlled", "phenytoin, unless on a stable dose"."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import Any, Check, Condition, Medication, Procedure, Unless, Unread
from matcher.reading.tagging.caseless import Caseless

_SO = Caseless(r"(?:(?:it|this|that|they|the (?:disease|condition|infection|disorder|metastas[ie]s|malignancy))\s+(?:is|are|was|were|has been|have been)\s+)?(?:(?:known|felt|thought|judged|considered|clinically)\s+(?:to be\s+)?)?(?P<state>\S.*)")
_LIFTS = Caseless(r"pre-?existing|(?:(?:well|adequately|medically|previously|curatively|diet|drug|surgically|clinically|definitively|successfully|appropriately)[- ])?(?:controlled|treated|stable|resected|resolved|cured|compensated|inactive|asymptomatic|symptomatic|quiescent|in remission)(?:(?:,| and|, and)? (?:and )?(?:well |clinically |neurologically )?(?:controlled|treated|stable|resected|resolved|cured|inactive|asymptomatic))*(?: (?:by|with|on) [a-z]+(?: [a-z]+)?)?")


def lifted_in(rule: Check, words: Unread) -> Check | None:
    """The fact of a rule in the state in which the rule does not hold: "gout, unless well controlled"."""
    found = _SO.fullmatch(words.text.strip(" .,;"))
    if found is None or not isinstance(rule, Condition) or rule.states or not _LIFTS.fullmatch(found["state"]):
        return None
    return replace(rule, states=(found["state"].casefold(),))


_LONGEST = 14  # words
# How a clause begins that tells in which state a disease, a drug or an operation does not count.
_BEGINS = Caseless(
    r"(?:(?P<about>(?:(?:the|their|his|her|prescribed|current)\s+)*(?:doses?|dosages?|dosing|disease|condition|malignancy|cancer|tumou?rs?|lesions?|infections?|metastases|organ|graft|source of [a-z]+)\s+(?:is|are|was|were|has been|have been|has|have)\s|there\s+(?:is|are|was|were|has been|have been)\s)|"
    r"(?:(?:well|adequately|medically|previously|curatively|clinically|definitively|successfully|appropriately|completely|fully|surgically|exclusively|solely)[- ]?)?"
    r"(?:stable|treated|given|used|taken|prescribed|administered|controlled|resected|excised|corrected|repaired|removed|replaced|resolved|cured|healed|discontinued|stopped|completed|initiated|started|related to|caused by|due to|secondary to|in (?:complete )?remission|"
    r"free of|on (?:a )?(?:stable|chronic|maintenance|long|low)|at (?:a )?stable|for (?:the )?(?:treatment|prevention|prophylaxis|management|use|control)|as (?:a )?(?:prophylaxis|maintenance|replacement|physiologic|part)|within the (?:normal|range)|limited to|confined to|contraindicated)\b)"
)
# What is said of people, of a leave, of the trial or of somebody's opinion.
_ELSE = Caseless(
    r"[;:=*]|\.\s|[()\[\]]|\b(?:unless|except\w*|excluding|other than|eligible|ineligible|allow\w*|permi\w+|accept\w+|exclu\w+|includ\w+|patients?|subjects?|participants?|individuals?|women|females?|males?|they|he|she|who|which|would|will|should|must|may|might|can|could|shall|study|studies|trials?|protocols?|sponsor|chair|"
    r"investigat\w+|physicians?|opinion|judg\w+|deemed|considered|approv\w+|agree\w*|consent|enrol\w+|randomi[sz]\w+|inclusion|screening|baseline|cohorts?|arms?|groups?|if|provided|or|not)\b"
)


def lifted_each(rule: Check, words: Unread) -> Check | None:
    """Each fact of a rule, unless it is in the state that words behind an "unless" tell; None where they tell of anything else."""
    said = " ".join(words.text.strip(" .,;").split())
    found = _BEGINS.match(said)
    facts = rule.parts if isinstance(rule, Any) else (rule,)
    if found is None or _ELSE.search(said) or len(said.split()) > _LONGEST or not all(isinstance(one, Condition | Medication | Procedure) for one in facts):
        return None
    state = f"in which {said}" if found["about"] else said
    each = tuple(Unless(one, replace(one, states=(state,))) for one in facts if isinstance(one, Condition | Medication | Procedure))
    return each[0] if len(each) == 1 else Any(each)
