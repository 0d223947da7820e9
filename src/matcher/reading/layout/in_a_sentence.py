"""The words "inclusion criteria" and "exclusion criteria" inside a sentence, where they open no list: "… as defined in the inclusion criteria:"."""

from __future__ import annotations

import re

from matcher.model.patterns import pattern_of

# Before one of these the criteria are spoken of; before "meet the following" or "Additional" they are announced.
_SPOKEN_OF = pattern_of(
    r"(?:\b(?:in|an|per|under|within|from|by|see|beyond|against|violat\w+|accord\w+ to|refer\w* to|relat\w+ to|specific to|oppos\w+ (?:of|to)|contrary to|outside(?: of)?|apart from|other than|except|beside)"
    r"(?:[ \t]+(?:(?:all|any|each|one)[ \t]+of[ \t]+)?(?:the|our|its|their|this|these|those|that|said|study|trial|protocol|main|above|general|other|same|corresponding|respective|diagnostic|laboratory))*|\bthe[ \t]+corresponding|\bthe above)$",
    re.IGNORECASE,
)
# "Those who do not meet the inclusion criteria:" are kept out by what stands elsewhere.
_NOT_MET = pattern_of(r"\b(?:(?:not|n't|cannot|never|fail\w*(?: to)?|without|inability to|unable to)[ \t]+(?:\w+[ \t]+)?(?:meet\w*|met|fulfil\w*|satisf\w+|match\w*|fit\w*)|lack\w*)(?:[ \t]+(?:any|all|each|one))?(?:[ \t]+of)?(?:[ \t]+(?:the|our|these|those|above|study|diagnostic|main|general))*$", re.IGNORECASE)
_WHO_MEETS = pattern_of(r"\bif (?:they|he|she|the patients?|the subjects?) (?:meet|meets|fulfil|fulfill|satisfy)(?: the)?$", re.IGNORECASE)
# What a bullet asks of whom the lists name: all of the one and none of the other, or something that speaks against an operation.
_ASKED_OF = pattern_of(
    r"[ \t]*(?:[•●*\-–—]|\d{1,2}[.)]|\(?[a-h][.)])[ \t]+(?:(?=.*\b(?:meet\w*|met|fulfil\w*|satisf\w+|have|has)\b).*\binclusion[ \t]+criteria\b.*\b(?:none|not|no|without|any)\b(?!.*\bfollowing\b).*|"
    r"(?:has|have|having)\b(?!.*\b(?:no|none|not|following)\b).*)",
    re.IGNORECASE,
)
_OF_A_TREATMENT = pattern_of(r"[ \t]*(?:[•●*\-–—]|\d{1,2}[.)]|\(?[a-h][.)])[ \t]+(?!.*\b(?:no|none|not|excluded|additional)\b).*\b(?:has|have|having|meet\w*|fulfil\w*)[ \t]+(?:\w+[ \t]+){0,5}\Z", re.IGNORECASE)
_ENDED = (".", ":", ";", "!", "?", ")")
_BULLET = pattern_of(r"[ \t]*(?:[•●*\-–—]|\d{1,2}[.)]|\(?[a-h][.)])[ \t]")


def in_a_sentence(text: str, found: re.Match[str]) -> bool:
    """Whether what looks like a heading is part of the sentence before it, on its line or on the line above."""
    start = text.rfind("\n", 0, found.start("kind")) + 1
    before = text[start : found.start("kind")].strip()
    small = found["kind"][0].islower()
    if not before and small:
        above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)]
        if not above.strip() or above.rstrip().endswith(_ENDED):
            return False
        if found["mark"] != ":":
            return True
        before = above.strip()
    if not before:
        return False
    if small and (_ASKED_OF.match(whole := text[start : found.start("kind")]) or (found["of"].lstrip().casefold().startswith("for ") and _OF_A_TREATMENT.match(whole))):
        return True
    unbalanced = small and found["of"].count(")") > found["of"].count("(")
    return unbalanced or _SPOKEN_OF.search(before) is not None or (found["kind"].casefold() == "inclusion" and _NOT_MET.search(before) is not None) or (small and _WHO_MEETS.search(before) is not None and not before[0].isupper())
