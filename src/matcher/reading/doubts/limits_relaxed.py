"""Inclusions of a limit that words behind it relax for some: "bilirubin ≤ 2 × ULN unless due to Gilbert's syndrome".

Where not all of it was read, the limit alone still lets in whoever keeps it; only who does not is left open. Words that may
ask for more, set a stricter limit, or are said of somebody else do not relax.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from matcher.model.language import All, Ambiguous, Any, Check, Measurement, Medication, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_SOME = r"\b(?:if|for|in|with|when|who|whose|due|where|during)\b"
_LIMIT = r"(?:or\s+)?(?:must\s+be\s+)?(?P<op>[<>≤≥]\s*=?|=\s*[<>]|up to|at most|at least|no (?:greater|more|higher|less|lower) than|(?:less|greater|more) than(?: or equal to)?)\s*(?P<number>\d+(?:[.,]\d+)?)"
# Where words begin that let some in in spite of the limit before them.
_RELAXES = Caseless(
    r"[\s,;(]*\b(?:unless|except(?:ing|ions?)?\b|with the exception)|"
    rf"\s*[,;]?\s*[(\[]\s*{_LIMIT}[^()\[\]]*{_SOME}|"
    r"[\s.;,(]*(?:note:?\s*)?(?:in (?:the )?(?:case|event) (?:of |that )?(?:one or both|any|either|one) of (?:these|the)\b[^.]*\b(?:exceeded|not met)|(?:levels?|values?|results?|patients|subjects|participants|those)\b(?!\s+(?:are|is|may|can|will|could)\b)[^.;()]*\b(?:allowed|permitted|eligible|acceptable|may (?:be|participate|enrol)\w*|can be (?:included|enrolled)))"
)
# With one of these the words may ask for more, or say of whom all of it is asked.
_ASKS_MORE = Caseless(
    r"\b(?:must|should|shall|only|required?|needs?|no more|not more|ha(?:s|ve) to|confirmed|documented within|stable|obtained|repeat\w*|consecutive|without)\b|(?:^|[.;,)])\s*(?:and|plus)\b|[.;]\s+(?!note\b|patients|subjects|participants|those|in (?:the )?(?:case|event))\S"
)
# Another limit in the same list.
_MORE_LIMITS = Caseless(
    r"[),;.]\s*(?:and\s+|plus\s+)?(?:(?:the|total|serum|absolute|plasma|direct|estimated|calculated|measured)\s+)*(?:creatinine|h(?:a)?emoglobin|hgb?|platelets?|neutrophils?|anc|wbc|white blood|albumin|bilirubin|alt|ast|sgot|sgpt|alp|alkaline|inr|prothrombin|a?ptt|e?gfr|glomerular|aspartate|alanine|transaminases?|lvef|qtc\w?|potassium|calcium|leu[kc]ocytes?|lymphocytes?|uric|lipase|amylase|ldh|crcl)\b[^,;]{0,60}?(?:[<>≥≤]|\b(?:less|more|greater|at least|at most|within)\b)"
)
_MORE = pattern_of(r"^(?:[<≤]|=\s*<|up|at most|no (?:g|m|h)|less)", re.IGNORECASE)  # upper limits


def limits_relaxed(read: Read, text: str, again: Callable[[str], Read]) -> Read:
    """The limit, or what relaxes it unread, where an inclusion was in doubt as a whole."""
    check = read.check
    if isinstance(check, Any) and any(isinstance(part, Unread) and _WHO_TAKE.fullmatch(part.text) for part in check.parts) and _UNLESS.search(text):
        return rewritten(read, lambda leaf: _those_on(leaf.text, again) if isinstance(leaf, Unread) else None)
    if not isinstance(check, Ambiguous) or not isinstance(check.readings[0], Unread) or "\n" in text or not any(isinstance(leaf, Measurement) for leaf in leaves(check)):
        return read
    found = _RELAXES.search(text)
    if found is None or found.start() < _SHORTEST or _ASKS_MORE.search(text, found.start() + 1):
        return read
    first = again(text[: found.start()]).check
    if _MORE_LIMITS.search(text, found.start() + 1) or not _only_limits(first) or (found["number"] is not None and not _is_looser(first, found["op"], found["number"])):
        return read
    places = ((0, found.start()),) * sum(1 for _ in leaves(first))
    return Read(Any((first, Unread(clean(text[found.start() :].lstrip(" ,;."))))), (*places, (found.start(), len(text))))


# "Unless receiving anticoagulants, as long as …": a treatment, and perhaps what is asked of those who have it.
_UNLESS = Caseless(r"\b(?:unless|except)")
_WHO_TAKE = Caseless(
    r"(?:(?:who|is|are|currently|already|concurrently|(?:patients?|subjects?|participants?))\s+)*(?:receiving|on|taking|using|treated with)\s+(?P<drug>[a-z][a-z -]{4,50}?)"
    r"(?P<rest>\s*[,;(]?\s*\b(?:as long as|provided|in which case|in whom|for whom|where|and|if|who|then|which)\b.*)?[\s.;)]*",
)
_ADDS_NOTHING = Caseless(r"\b(?:therapeutic|concurrent|concomitant|stable|doses?|intended|active|systemic)\s+")


def _those_on(said: str, again: Callable[[str], Read]) -> Check | None:
    """Those who have the treatment that unread words name; what is asked of them beside it stays unread."""
    found = _WHO_TAKE.fullmatch(said)
    if found is None:
        return None
    drug = again(f"current use of {_ADDS_NOTHING.without(said[slice(*found.span('drug'))], '')}").check
    if not isinstance(drug, Medication) or drug.phase != "current" or drug.dose:
        return None
    rest = clean(said[slice(*found.span("rest"))].strip(" ,;.()")) if found["rest"] else ""
    return All((drug, Unread(rest))) if rest else drug


_SHORTEST = 5  # characters of a limit


def _only_limits(check: Check) -> bool:
    """Whether a check asks for limits of values and nothing else."""
    return all(isinstance(leaf, Measurement) and bool(leaf.bounds) and all(bound.op != "≥?" for bound in leaf.bounds) for leaf in leaves(check)) and not any(type(node).__name__ in ("Not", "When", "Unless") for node in nodes(check))


def _is_looser(check: Check, said: str, number: str) -> bool:
    """Whether a limit of some is looser than each limit before it."""
    upper, asked = _MORE.match(said.strip()) is not None, Decimal(number.replace(",", "."))
    bounds = [bound for leaf in leaves(check) if isinstance(leaf, Measurement) for bound in leaf.bounds]
    return all((bound.op in ("<", "≤")) == upper and (asked > bound.number if upper else asked < bound.number) for bound in bounds)
