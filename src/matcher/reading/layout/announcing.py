"""Lines that only announce the criteria under them: "You may be eligible if you:", "Nobody may take part who has:".

What stands under such a line is asked by itself: all of an inclusion, any of an exclusion.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import (
    Age,
    Ambiguous,
    Check,
    Condition,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
    When,
)
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.tagging.caseless import Caseless

# Everybody; a line about women, infants or one group is a rule for these alone.
_WHO = r"(?:(?:all|the|any|an?|each|study|potential|prospective|eligible)\s+)*(?:patients?|subjects?|participants?|individuals?|volunteers?|people|persons?|candidates?|you|your child|they|those)"
_STUDY = r"(?:\s+(?:for|in|into|from|to|of|this|the|our|present|current|research|clinical|study|studies|trial|protocol|inclusion|participation|participate|enrollment|enrolment|be|included|enrolled|entry|enter|investigation|program|project|part)\b)*"
_MET = r"(?:[\s,]+(?:and|only|if|when|provided|that|they|you|he|she|he/she|he or she|s/he|the|all|of|each|every|both|these|following|below|criteria|criterion|conditions?|requirements?|statements?|items|apply|applies|are|is|be|met|fulfilled|satisfied|true|meet|meets|have|has|had|who|to|at|screening|baseline|inclusion|listed|as|follows?)\b)*"
_TO_ENTER = rf"(?:in order )?to (?:be (?:considered )?(?:eligible|included|enrolled|admitted)|participate|enrol|enroll|enter|take part|qualify){_STUDY}"
_ALL_OF_THEM = r"(?:(?:meet|fulfil|fulfill|satisfy|have|comply with)\s+)?(?:(?:all|each|every one)\s+(?:of\s+)?)?(?:the\s+|these\s+)?(?:following|below)?\s*(?:(?:inclusion|eligibility|entry|general|key|main)\s+)*(?:criteria|requirements|conditions)?(?:\s+(?:listed\s+)?(?:below|at (?:the time of )?(?:screening|baseline|enrol+ment|randomi[sz]ation|inclusion|study entry)|prior to (?:enrol+ment|randomi[sz]ation|inclusion|study entry)))*"
# Inclusions: whoever may enter if all of what follows holds.
_LETS_IN = Caseless(
    rf"\W*{_WHO}\s+(?:(?:may|can|could|might|will|would|shall|are|is)\s+)+(?:be\s+)?(?:considered\s+|potentially\s+|only\s+)?(?:eligible|included|enrolled|able|considered|invited|admitted|participate|join|enter|take part){_STUDY}\s+(?:only\s+)?(?:if|when|provided)\b{_MET}\s*:\W*"
    rf"|\W*{_TO_ENTER},?\s+{_WHO}\s+(?:must|should|shall|has to|have to|need to|needs to)\s*{_ALL_OF_THEM}\s*:\W*"
    rf"|\W*{_WHO}\s+(?:must|should|shall|will|has to|have to|need to)\s+{_ALL_OF_THEM}\s+{_TO_ENTER}\s*:\W*"
    rf"|\W*{_WHO}\s+(?:who|that)\s+{_ALL_OF_THEM.replace('meet|', 'meet|met|').replace('fulfill|', 'fulfill|fulfilled|').replace('satisfy|', 'satisfy|satisfied|')}\s+(?:are|were|will be|may be|can be)\s+(?:eligible|included|enrolled|recruited|invited){_STUDY}\s*:\W*"
    r"|\W*(?:(?:key|main|major|primary|principal|general|other|the|additional)\s+)*inclusion criteria\s+(?:for\s+(?:this|the)\s+(?:study|trial)\s+)?(?:include[sd]?|are|were)(?:\s+(?:as follows|the following))?\s*:\W*"
)
_ONE_OF_THEM = r"(?:(?:any one|any|one|one or more|at least one|either)\s+(?:of\s+)?)?(?:the|these)\s+following(?:\s+(?:prior|previous|current|concurrent|concomitant|medical|clinical|other|general|exclusion|health|underlying|serious|or|and|symptoms|signs|diseases?|disorders?|illnesses|criteri(?:a|on)|conditions?|characteristics|situations|circumstances|findings|items|factors))*(?:\s+(?:during|at) (?:the )?(?:screening|baseline)(?: evaluations?| visit)?)?"
# Exclusions: whoever may not enter, have or meet any of what follows.
_KEEPS_OUT = Caseless(
    rf"\W*{_WHO}\s+(?:(?:may|can|could|must|should|will|would|shall|do|are|is)\s+)*(?:cannot|not)\s+(?:be\s+)?(?:eligible|included|enrolled|considered|admitted|able|participate|join|enter|take part|have|has|meet|fulfil|fulfill|satisfy|allowed){_STUDY}"
    r"(?:\s+(?:if|when|in case))?(?:[\s,]+(?:they|you|he|she|he/she|he or she|any|one|either|or|more|of|the|these|this|following|below|criteria|criterion|conditions?|diseases?|disorders?|symptoms?|illnesses|statements?|exclusions?|exclusion|prior|previous|"
    r"apply|applies|are|is|met|fulfilled|true|to|you|meet|meets|have|has|had|who|with|listed|as|follows?|characteristics|signs|findings|history|current|medical|other)\b)*\s*:\W*"
    rf"|\W*(?:we (?:have )?excluded?\s+)?{_WHO}\s+(?:with|having|meeting|presenting|who (?:have|had|has|meet|met|fulfil|fulfill|fulfilled|present))\s+{_ONE_OF_THEM}(?:\s+(?:are|is|were|will be|shall be|must be|should be)\s+(?:excluded|ineligible|not eligible|not included){_STUDY})?\s*:\W*"
    rf"|\W*(?:the )?(?:presence|existence) of {_ONE_OF_THEM}(?:\s+(?:will|would|shall)?\s*(?:means?|makes?|renders?|excludes?)\s+(?:that\s+)?{_WHO}(?:\s+(?:are|is|will be))?(?:\s+(?:ineligible|excluded|not eligible))?{_STUDY})?\s*:\W*"
    rf"|\W*{_ONE_OF_THEM}(?:\s+(?:rules? out|excludes?|makes?|renders?)\s+{_WHO}(?:\s+ineligible)?{_STUDY}|\s+(?:are|is) (?:excluded|exclusionary|reasons? for exclusion|grounds for exclusion))?\s*:\W*"
    r"|\W*(?:(?:key|main|major|primary|principal|general|other|the|additional)\s+)*exclusion criteria\s+(?:for\s+(?:this|the)\s+(?:study|trial)\s+)?(?:include[sd]?|are|were)(?:\s+(?:but (?:are )?not limited to|as follows|the following))*\s*:\W*"
)


def announces(head: str, kind: str) -> bool:
    """Whether a line only announces the criteria of its kind under it."""
    said = head.strip()
    return said.endswith(":") and (_LETS_IN if kind == "inclusion" else _KEEPS_OUT).fullmatch(said) is not None


# Inclusions: whoever may enter if one of what follows holds.
_BY_ONE = Caseless(
    rf"\W*{_WHO}\s+(?:(?:may|can|could|might|will|would|shall|are|is)\s+)+(?:be\s+)?(?:considered\s+|potentially\s+)?(?:eligible|included|enrolled|considered|admitted|participate|join|enter|take part){_STUDY}\s+(?:only\s+)?(?:if|when|provided)\s+"
    r"(?:(?:they|you|he|she|he/she)\s+)?(?:(?:have|has|meet|meets|fulfil|fulfill|satisfy)\s+)?(?:any|one|at least one|one or more|either)(?:\s+\(?[1i]\)?)?(?:\s+or more)?(?:\s+of)?(?:\s+(?:the|these|following|below|criteria|criterion|conditions?|requirements?|statements?|apply|applies|are|is|met|fulfilled|true|at|screening))*\s*:\W*"
)


def lets_in_by_one(head: str, kind: str) -> bool:
    """Whether a line over a list lets in whoever has one of what it lists."""
    return kind == "inclusion" and _BY_ONE.fullmatch(head.strip()) is not None


_COUNTS_OR_TURNS = Caseless(
    r"\b(?:any|one|two|three|either|at least|or more|minimum|no|not|non|without|absence|except\w*|unless|other than|exclu\w+|ineligible|may|if|when|only|but|allowed|history|prior|previous\w*|cohorts?|arms?|groups?|parts?|abnormal\w*|impair\w*|inadequate|fail\w*|dysfunction|insufficien\w+|disease|disorder|syndrome|severe|active)\b|[<>≤≥]"
)
_OF_VALUES = Caseless(
    r"\b(?:functions?|blood counts?|counts|laborator(?:y|ies)|labs?|chemistr(?:y|ies)|ha?ematolog\w+|values?|parameters?|tests?|reserves?)\b", needs=("function", "count", "lab", "chemistr", "matolog", "value", "parameter", "test", "reserve")
)


def asks_for_values(head: str) -> bool:
    """Whether a line only speaks of functions and values, so that every limit under it is asked for."""
    return _OF_VALUES.search(head) is not None and _COUNTS_OR_TURNS.search(head) is None


_ABNORMAL_VALUES = Caseless(
    r"\W*(?:(?:patients?|subjects?|participants?|with|having|any|the|following|clinically|significant|relevant|an?|of|presence)\s+)*(?:abnormal|inadequate|out[- ]of[- ]range|deranged)\s+"
    r"(?:(?:screening|baseline|laboratory|lab|clinical|blood|serum|chemistry|ha?ematolog\w+|biochemical|biochemistry|safety|liver|renal|hepatic|kidney|bone marrow|organ|and|or|/|,|values?|of|an?)\s*)*"
    r"(?:values?|tests?|results?|parameters?|findings?|functions?|counts?|levels?|measurements?|chemistr(?:y|ies)|ha?ematology)(?:\s+(?:tests?|values?|results?|parameters?))?"
    r"(?:\s+(?:at|during|on|prior to|before|the|screening|baseline|visit|enrol+ment|inclusion|study entry|randomi[sz]ation|as|follows|defined|by|any|of|following|including))*\s*:\W*",
    needs=("abnormal", "inadequate", "range", "derange"),
)


def names_abnormal_values(head: str) -> bool:
    """Whether a line among exclusions only says that values are abnormal, so that any limit under it keeps out."""
    return _ABNORMAL_VALUES.fullmatch(head) is not None


# A first line that is a sentence of its own, or says what else is asked for with it; not one that only names whom, when or which of several.
_SENTENCE = Caseless(
    r"\W*(?:(?:the|all|any)\s+)?(?:(?:patients?|subjects?|participants?|individuals?|they)\s+(?:must|should|with|who|has|have|had|is|are)\b|must\b|has\b|have\b|is\b|"
    r"histological\w*|cytological\w*|pathological\w*|biopsy|confirmed|proven|documented|known|diagnos\w+|current|age[ds]?\b|newly|clinical\w*\s+diagnosis)"
)
_WITH_MORE = Caseless(r"\b(?:and|with|by|meet|meets|meeting|as|including|based|who|must)\b[^:]*\W*$")
_SOME_ONLY = Caseless(
    r"\b(?:or|and/or|either|if|unless|except\w*|cohorts?|arms?|groups?|parts?|phases?|strat\w+|may|allowed|permitted|eligible|acceptable|no|not|without|for\s+(?:patients|those|subjects|participants)|in\s+(?:patients|those)|optional|prefer\w+|note)\b|^\W*(?:for|in|if|when)\b"
)
_LETS_OTHERS = Caseless(r"^\W*(?:or|and/or|either|if|for|note|in case|except\w*|unless)\b|\b(?:unless|except\w*|other than|apart from|allowed|permitted|eligible|acceptable|may|cohorts?|arms?|parts?|instead|alternatively)\b")


def asks_by_itself(head: str, members: Sequence[str], first: Check) -> bool:
    """Whether what an inclusion's first line says is asked for whatever is listed under it: no member turns it, lets others in, or is another choice."""
    said = head.strip()
    if not all(isinstance(leaf, _FACTS) for leaf in leaves(first)) or any(isinstance(node, Ambiguous | Not | When) for node in nodes(first)):
        return False
    if not _SENTENCE.match(said) or _SOME_ONLY.search(said) or (said.endswith(":") and not _WITH_MORE.search(said)):
        return False
    return not any(map(_LETS_OTHERS.search, members))


_FACTS = (Age, Condition, Measurement, Medication, Procedure, Sex)
