"""What an inclusion denies at its head, certain where the rest only gives examples, says how it is known, or asks for recovery."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Any, Check, Condition, Medication, Not, Procedure, Unread
from matcher.model.trees import leaves
from matcher.reading.certain.kept import BROAD
from matcher.reading.certain.limits_settled import settled, told
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_PEOPLE = Caseless(r"\W*(?:(?:the|all|any)\s+)*(?:(?:patients?|subjects?|participants?|individuals?|persons?|people|they|must|have|has|should|be|with|who|are|is)\b\W*)*")
# Words that only give examples of what is denied, or say that each kind of it counts.
_EXAMPLES = r"(?:\(\s*(?:e\.?\s?g\b|eg\b|such as|for example)[^();]*\)?|(?:\(\s*|,\s*)?(?:including|even if|whether or not|regardless|of any (?:kind|cause|origin|type|etiology))\b[^();]*(?:\([^();]*\))?\)?)"
_KNOWN_BY = (
    r"(?:,\s*)?(?:as\s+)?(?:(?:determined|documented|confirmed|assessed|evidenced|shown|established|reported|verified|based|judged|ascertained)\s+)?(?:by|on|in|from|according to|per)\s+(?:(?:the|their|an?|his|her|any|participant|patient|subject|medical|clinical|self|report|history|records?|charts?|notes|"
    r"physical|exam|examination|interview|screening|laborator(?:y|ies)|lab|results?|tests?|testing|evaluation|assessment|imaging|ecg|electrocardiogram|x-?ray|chest|ct|mri|and|or|and/or|based|on|by)\b[\s,/-]*)+"
)
_RECOVERED = r"(?:\(\s*including\b[^()]*\)\s*)?,?\s*and\s+(?:(?:have|has|patients?|must|be|fully)\s+)*recovered\b[^;(]*"
_ONLY = Caseless(rf"\s*(?:{_EXAMPLES}|{_KNOWN_BY}|{_RECOVERED})[\s.;]*")
# With one of these what is denied is less than its name.
_LESS = Caseless(r"\b(?:unless|except\w*|excluding|other than|if|only|but|requir\w*|allow\w*|permit\w*|acceptab\w*|eligible|may|might|can|could|that|which|who|with|grade|class|planned|trial|study|stable|treated|untreated|controlled|uncontrolled|however)\b|[<>≤≥=%]")


# In the denial itself: how bad it has to be, or examples of it.
_QUALIFIED = Caseless(r"\b(?:like|such as|serious|severe|significant|major|other|another|uncontrolled|unstable|clinically|relevant|symptomatic)\b")


def with_denials_settled(read: Read, tokens: Sequence[Token], context: Context) -> Read:
    """An inclusion with the denial at its head told as needed, beside the rest that stays unread."""
    if context.exclusion or not any(leaf.__class__ is Unread for leaf in leaves(read.check)):
        return read
    token = next((one for one in tokens if one.tag == "check"), None)
    if token is None or not _denies(token.value.check) or token.value.check in told(read.check) or not _PEOPLE.fullmatch(context.text[: token.start]):
        return read
    if _QUALIFIED.search(token.text):
        return read
    behind = context.text[token.end :]
    if not behind.strip(" .;") or not _ONLY.fullmatch(behind) or _LESS.search(behind):
        return read
    check, spans = settled(read.check, iter(read.spans), [token])
    return Read(check, spans)


def _denies(check: Check) -> bool:
    """Whether a check denies diseases or treatments, all of each."""
    if not isinstance(check, Not):
        return False
    parts = check.part.parts if isinstance(check.part, Any) else (check.part,)
    return all(isinstance(part, Condition | Medication | Procedure) and part.term not in BROAD and not part.other_than and not part.states for part in parts)
