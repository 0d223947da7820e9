"""Diseases that are named beside a limit or a state, and only say whom or what it is for."""

from __future__ import annotations

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Measurement,
    Medication,
    Procedure,
    Unread,
    When,
)
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.certain.kept import beside
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

# "Spinal cord compression controlled": if there is one.
_CALM_BEHIND = Caseless(r"[^,;:.]*\w\s+(?:(?:well|adequately|fully|previously|clinically)\s+)?(?:controlled|treated|stable|stabili[sz]ed|resolved)(?:\s+(?:and|or|and/or)\s+(?:(?:clinically|neurologically)\s+)?(?:controlled|stable|stabili[sz]ed|resolved))?\W*$", needs=("controlled", "treated", "stab", "resolved"))
_VERB = Caseless(r"\b(?:is|are|must|should|has|have|with|be|being|been|was|were|had|who|that)\b")
# "…; liver metastases, AST ≤ 5 × ULN": between two limits, without a word that asks for it.
_OWN_PIECE = Caseless(r"[;,.]\s*$")
_BEFORE_LIMIT = Caseless(r"\s*[,:]\s*\w")
_DEFINES = Caseless(r"\s*[,:]\s*(?:(?:an?|the|with|defined\s+(?:as|by)|estimated|calculated|serum)\s+)*\w")
_OR = Caseless(r"\b(?:or|and)\b|;")
# "Except controlled basal cell carcinoma; in situ cancer; …": a list of exceptions that goes on.
_EXCEPT = Caseless(r"\b(?:except\w*|other than|excluding|with the exception of)\b[^;]*;", needs=("except", "other than", "excluding"))
_HARMLESS = Caseless(r"\bin[- ]situ\b|non-?\s?melanom|\bbasal cell|\bsquamous cell|\bnon-?invasive|\bsuperficial\b|\b(?:low|very low)[- ](?:risk|grade)\b")


def with_scopes(read: Read, text: str, kind: str) -> Read:
    """The reading in doubt where a treatment is only accepted or refused, a disease may be a scope, a limit its definition, or a tumour behind a semicolon an exception."""
    read = _accepted(read, text)
    if kind == "inclusion":
        read = _who_need(_with_limits(read, text), text)
        scoped = _calm_if_there(read.check, text) or _between_limits(read, text)
        return beside(Read(Unread(" ".join(text.split())), ((0, len(text)),)), [read]) if scoped else read
    return _defined(_further_exceptions(read, text), text)


# "With liver metastases: AST ≤ 5 × ULN": the limit of those who have them.
_WITH = Caseless(r"\W*(?:with|if|in case of|in the presence of|in patients with|for patients with|patients with)\b[^;:,.]*[;:,]")
# "Gout or other diseases of those who need oxygen": whoever has gout needs it, too.
_OR_OTHERS_WHO = Caseless(r"\bor\s+(?:any\s+|some\s+)?other\s+[^,;.:]{3,60}?\b(?P<clause>(?:who|requiring|needing|necessitating|that require|which require|that need|which need)\b[^;.]*)", needs=("other",))


# "Unwilling to accept supportive measures (e.g. transfusion)": nobody needs to have had one.
_ACCEPT = Caseless(r"\b(?:unwilling\w*|willing\w*|refus\w+|declin\w+|agree\w*|objects?|objections?)\b[^.;]{0,30}\b(?:to|of|accept\w*|receiv\w*|undergo\w*)\b[^.;]*?[(,]\s*(?:e\.?g\b|such as|including|for example)", needs=("willing", "refus", "declin", "agree", "object"))


def _accepted(read: Read, text: str) -> Read:
    """Treatments named as examples of what somebody accepts or refuses, in doubt."""
    words = _ACCEPT.search(text) if any(isinstance(leaf, Medication | Procedure) for leaf in leaves(read.check)) else None
    if words is None:
        return read
    return rewritten_there(read, lambda leaf, place: Ambiguous((Unread(" ".join(text[words.start() : place[1]].split())), leaf)) if isinstance(leaf, Medication | Procedure) and place[0] >= words.end() else None)


def _with_limits(read: Read, text: str) -> Read:
    """A disease at the head of limits, as the scope of them."""
    if not isinstance(read.check, All) or not _WITH.match(text):
        return read
    head, *limits = read.check.parts
    if not isinstance(head, Condition) or not limits or not all(isinstance(leaf, Measurement | Unread) for limit in limits for leaf in leaves(limit)) or not any(isinstance(leaf, Measurement) for limit in limits for leaf in leaves(limit)):
        return read
    return Read(When(head, all_of(limits)), read.spans)


def _who_need(read: Read, text: str) -> Read:
    """What is named before "or others who need …", of those who do."""
    others = _OR_OTHERS_WHO.search(text)
    if others is None:
        return read
    words = Unread(text[others.start("clause") : others.end("clause")].strip())
    return rewritten_there(read, lambda leaf, place: All((leaf, words)) if isinstance(leaf, Condition) and place[1] <= others.start() + 1 and leaf == Condition(leaf.term, leaf.phase) else None)


def _calm_if_there(check: Check, text: str) -> bool:
    if not _CALM_BEHIND.match(text) or _VERB.search(text) or isinstance(check, Ambiguous):
        return False
    return all(isinstance(leaf, Condition | Unread) for leaf in leaves(check))


def _between_limits(read: Read, text: str) -> bool:
    """Whether a disease stands alone between two limits of laboratory values."""
    if not isinstance(read.check, All):
        return False
    found = list(zip(leaves(read.check), read.spans, strict=False))
    limits = [place for leaf, place in found if isinstance(leaf, Measurement)]
    for leaf, (start, end) in found:
        if not isinstance(leaf, Condition) or not _OWN_PIECE.search(text, 0, start) or not _BEFORE_LIMIT.match(text, end):
            continue
        if any(place[1] <= start for place in limits) and any(place[0] >= end for place in limits):
            return True
    return False


def _defined(read: Read, text: str) -> Read:
    """ "Chronic kidney disease, eGFR < 30": both, or either of them."""
    match read.check:
        case Any((Condition() as disease, *limits)) if len(read.spans) == len(limits) + 1 and all(isinstance(limit, Measurement) for limit in limits):
            (_, end), (start, _) = read.spans[:2]
            if _DEFINES.match(text, end) and not _OR.search(text, 0, start):
                return Read(Ambiguous((All((disease, any_of(limits))), read.check)), read.spans * 2)
    return read


def _further_exceptions(read: Read, text: str) -> Read:
    """The tumours that are harmless behind the semicolon of an exception, in doubt."""
    found = _EXCEPT.search(text)
    if found is None:
        return read
    first = found.end()

    def doubted(leaf: Check, place: tuple[int, int]) -> Check | None:
        if not isinstance(leaf, Condition) or place[0] < first:
            return None
        start = text.rfind(";", 0, place[0]) + 1
        end = text.find(";", place[1])
        piece = text[start : end if end >= 0 else len(text)]
        return Ambiguous((Unread(" ".join(piece.split())), leaf)) if _HARMLESS.search(piece) else None

    return rewritten_there(read, doubted)
