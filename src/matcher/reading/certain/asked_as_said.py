"""Words that were not read and yet state a fact of the patient: asked as they stand, not left to somebody's judgement.

"Scheduled for an odd operation", "has a tooth implant in the upper jaw": no table knows what is meant, and whoever knows the
patient can say whether it is so. A piece of a sentence is no question; what gives leave, defines, supposes or asks what
somebody thinks or agrees to stays unread.
"""

from __future__ import annotations

import re

from matcher.model.language import Ambiguous, Statement, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_LONGEST = 250  # characters: longer words ask for more than one answer
_WORDS = pattern_of(r"[A-Za-z]{3,}")
_FEWEST = 2
_BEFORE = pattern_of(
    r"(?:^|[.;])\W*(?:(?:the|all|any|an?|both|male|female|adult|male or female|known|patients?|subjects?|participants?|individuals?|persons?|people|adults?|children|wom[ae]n|m[ae]n|volunteers?|those|who|whom|that|with|having|have|has|had|must|should|shall|will|is|are|was|were|be|been)\s+)*$",
    re.IGNORECASE,
)
_BEHIND = pattern_of(r"\W*(?:$|(?<=[.;])\s|;)")
# What somebody thinks, or agrees to.
_OF_PEOPLE = Caseless(
    r"\b(?:opinion|investigators?|discretion|judg\w+|deem\w*|considered|consent\w*|assent\w*|willing\w*|unwilling\w*|agree\w*|refus\w+|compl(?:y|iance|iant|ies)|adher\w+|appropriate\w*|inappropriate|suitab\w+|unsuitab\w+|"
    r"clinically (?:significant|relevant)|may|might|could|would|interfer\w+|preclud\w+|motivat\w+|voluntar\w+|abnormal\w*|interest\w*|commit\w*|wish\w*|desir\w+)\b"
)
# What gives leave, supposes, defines or points elsewhere: no question to be answered with yes or no.
_NO_QUESTION = Caseless(
    r"\b(?:allow\w*|permit\w*|eligib\w+|ineligib\w+|acceptable|accepted|not (?:required|necessary|specified|applicable|exclu\w+)|can be|will be|if|unless|except\w*|provided that|should|note|defined|definition|criteri\w+|following|exclu\w+|"
    r"includ(?:ed|e|es)|must not|protocol|enrol\w+|cohorts?|arms?|groups?|strat\w+|see|appendix|section|table|healthy|controls?|n/?a|respectively|etc)\b|[:?]\s*$|\n|^\s*[(•-]|\s[•-]\s"
)


def asked_as_said(read: Read, text: str, kind: str) -> Read:
    """The check with its unread words of this text asked as statements where they can be answered with yes or no.

    Beside another reading of an exclusion they stay unread: there they may stand for a doubt about what is excluded.
    """
    if Unread not in map(type, leaves(read.check)):
        return read
    whole = " ".join(text.split())
    doubted = {leaf for node in nodes(read.check) if isinstance(node, Ambiguous) for leaf in leaves(node)} if kind == "exclusion" else set()
    return rewritten(read, lambda leaf: Statement(leaf.text) if isinstance(leaf, Unread) and leaf not in doubted and _is_sentence(leaf.text, whole) and _is_question(leaf.text) else None)


def _is_sentence(said: str, whole: str) -> bool:
    """Whether words are all of a text or of one of its sentences, but for those that only say of whom it speaks."""
    at = whole.find(said)
    return at >= 0 and _BEFORE.search(whole[:at]) is not None and _BEHIND.match(whole, at + len(said)) is not None


def _is_question(said: str) -> bool:
    """Whether whoever knows the patient can say whether it is so."""
    return len(said) <= _LONGEST and len(_WORDS.findall(said)) >= _FEWEST and not _OF_PEOPLE.search(said) and not _NO_QUESTION.search(said)
