"""Wordings whose joints leave open what belongs together: their reading stands beside the whole text, and decides nothing."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import All, Any, Check, Condition, Medication, Unread
from matcher.model.trees import leaves
from matcher.reading.caseless import Caseless
from matcher.reading.kept import beside
from matcher.reading.rewriting import rewritten
from matcher.reading.rules import Read

# "Type 2 diabetes that is or was treated": the "or" stands within a relative clause.
_DANGLING = Caseless(r"\b(?:that|which)\s+(?:is|are|was|were|has|have|had)(?:\s+been)?\s+(?:and/or|or|and)\b", needs=("that", "which"))
_DANGLING_END = Caseless(r"\b(?:that|which)\s+(?:is|are|was|were|has|have|had)(?:\s+been)?(?:\s+(?:and/or|or|and))?\W*$", needs=("that", "which"))
# "Active or history of clinically significant X": the judgement may be said of both.
_OF_BOTH = Caseless(r"\b(?:active|current|ongoing|present)\s+(?:and/or|or|and)\s+(?:an?\s+|any\s+)?(?:(?:prior|past|previous)\s+)?history of\s+(?:any\s+)?(?:clinically\s+|medically\s+)?(?:significant|relevant|important|meaningful)\b", needs=("history of",))
# A time in words that were not read: "are using herbs with such effects within a month".
_TIMED = Caseless(r"\b(?:within|in the (?:last|past|previous)|from|during the (?:last|past|previous))\b[^.;]*\b(?:hours?|days?|weeks?|months?|years?)\b")
_NOW = Caseless(r"\b(?:current\w*|now|ongoing|concomitant\w*|concurrent\w*|at present)\b")
# "ST segment elevation or depression": no mood.
_OF_THE_HEART = Caseless(r"\bst(?:[ -]segment)?[ -](?:elevations?|changes?)\s*(?:and/or|or|and|/)\s*depression", needs=("depression",))
_STAGED = Caseless(r"\bstages?\b")


def with_doubts(read: Read, text: str, kind: str) -> Read:
    """A reading, in doubt where the words may go together in another way."""
    if not any(True for leaf in leaves(read.check) if not isinstance(leaf, Unread)):
        return read
    if kind == "exclusion" and _TIMED.search(text) and not _NOW.search(text):
        read = Read(_in_its_time(read.check), read.spans)
    if _OF_THE_HEART.search(text):
        read = rewritten(read, _of_the_heart)
    whole = Read(Unread(" ".join(text.split())), ((0, len(text)),))
    if _DANGLING_END.search(text):
        return whole
    doubted = _DANGLING.search(text) or (kind == "exclusion" and _OF_BOTH.search(text)) or (kind == "inclusion" and _stages_apart(read, text))
    return beside(whole, [read]) if doubted else read


def _stages_apart(read: Read, text: str) -> bool:
    """ "Gout, hardly treatable stage II or stage III": stages behind a comma that no rule took with the disease are no alternatives to it."""
    if not isinstance(read.check, Any) or "," not in text or len(read.check.parts) != len(read.spans):
        return False
    first, *rest = read.check.parts
    comma = text.find(",", read.spans[0][0])
    return isinstance(first, Condition) and not first.stages and 0 <= comma < read.spans[1][0] and any(isinstance(part, Unread) and _STAGED.search(part.text) for part in rest)


def _of_the_heart(leaf: Check) -> Check | None:
    return replace(leaf, term="ST segment depression") if isinstance(leaf, Condition) and leaf.term == "depression" else None


def _in_its_time(check: Check) -> Check:
    """A check in which a use beside an unread time is one at any time, not only one of today."""
    if isinstance(check, Any):
        return Any(tuple(map(_in_its_time, check.parts)))
    if isinstance(check, All) and any(isinstance(part, Unread) and _TIMED.search(part.text) for part in check.parts):
        return All(tuple(replace(part, phase="any") if isinstance(part, Medication) and part.phase == "current" and part.window is None else part for part in check.parts))
    return check
