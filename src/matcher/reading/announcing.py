"""Lines that only announce the criteria under them: "You may be eligible if you:", "Nobody may take part who has:".

What stands under such a line is asked by itself: all of an inclusion, any of an exclusion.
"""

from __future__ import annotations

from matcher.reading.caseless import Caseless

# Everybody; a line about women, infants or one group is a rule for these alone.
_WHO = r"(?:(?:all|the|any|an?|each|study|potential|prospective|eligible)\s+)*(?:patients?|subjects?|participants?|individuals?|volunteers?|people|persons?|candidates?|you|they|those)"
_STUDY = r"(?:\s+(?:for|in|into|from|to|of|this|the|our|present|current|research|clinical|study|studies|trial|protocol|inclusion|participation|participate|enrollment|enrolment|be|included|enrolled|entry|enter|investigation|program|project|part)\b)*"
_MET = r"(?:[\s,]+(?:and|only|if|when|provided|that|they|you|he|she|he/she|he or she|s/he|the|all|of|each|every|both|these|following|below|criteria|criterion|conditions?|requirements?|statements?|items|apply|applies|are|is|be|met|fulfilled|satisfied|true|meet|meets|have|has|had|who|to|at|screening|baseline|inclusion|listed|as|follows?)\b)*"
# Inclusions: whoever may enter if all of what follows holds.
_LETS_IN = Caseless(
    rf"\W*{_WHO}\s+(?:(?:may|can|could|might|will|would|shall|are|is)\s+)+(?:be\s+)?(?:considered\s+|potentially\s+|only\s+)?(?:eligible|included|enrolled|able|considered|invited|admitted|participate|join|enter|take part){_STUDY}\s+(?:only\s+)?(?:if|when|provided)\b{_MET}\s*:\W*"
    r"|\W*(?:(?:key|main|major|primary|principal|general|other|the|additional)\s+)*inclusion criteria\s+(?:for\s+(?:this|the)\s+(?:study|trial)\s+)?(?:include[sd]?|are|were)(?:\s+(?:as follows|the following))?\s*:\W*"
)
# Exclusions: whoever may not enter, have or meet any of what follows.
_KEEPS_OUT = Caseless(
    rf"\W*{_WHO}\s+(?:(?:may|can|could|must|should|will|would|shall|do|are|is)\s+)*(?:cannot|not)\s+(?:be\s+)?(?:eligible|included|enrolled|considered|admitted|able|participate|join|enter|take part|have|has|meet|fulfil|fulfill|satisfy|allowed){_STUDY}"
    r"(?:\s+(?:if|when|in case))?(?:[\s,]+(?:they|you|he|she|he/she|he or she|any|one|either|or|more|of|the|these|this|following|below|criteria|criterion|conditions?|diseases?|disorders?|symptoms?|illnesses|statements?|exclusions?|exclusion|prior|previous|"
    r"apply|applies|are|is|met|fulfilled|true|to|you|meet|meets|have|has|had|who|with|listed|as|follows?|characteristics|signs|findings|history|current|medical|other)\b)*\s*:\W*"
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
