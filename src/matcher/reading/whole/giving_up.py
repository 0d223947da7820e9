"""Exclusions of who cannot give up a drug: "unable to discontinue statins", "takes warfarin that cannot be stopped".

Nobody is meant who does not take it; whether those who do could give it up is asked.
"""

from __future__ import annotations

from matcher.model.language import All, Check, Medication, Statement
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.whole.apart import Again, sure

SIGNS = ("nable", "nability", "nwilling", "annot", "not able", "not willing", "an not", "not be")
_ENDS = r"(?:discontinu\w*|stop(?:ped|ping)?|interrupt\w*|withh(?:old|eld)\w*|suspend\w*|ceas\w+|withdrawn?|wean\w*|taper\w*|off|hold|forgo|forego|go without|abstain from|refrain from)"
_CANNOT = r"(?:(?:unable|unwilling|not able|not willing|inability|unwillingness|cannot|can not|refusal|refuses?)(?:\s+or\s+(?:unable|unwilling|inability|unwillingness|able|willing))?)"
_PEOPLE = r"(?:(?:the|any|patients?|subjects?|participants?|individuals?|persons?|those|who|is|are|have|has|an?)\s+)*"
_UNABLE = Caseless(
    rf"\W*{_PEOPLE}{_CANNOT}\s+(?:to\s+)?(?:safely\s+|temporarily\s+|be\s+)*{_ENDS}\s+(?:(?:off|from|the|their|his|her|all|any|other|current|concomitant|concurrent|prior|present|chronic|use|using|taking|administration|treatment|therapy|intake|of|with)\s+)*"
    r"(?P<drug>[^.;:()]+?)(?P<tail>\s+(?:for|during|prior|before|while|at least|within|\d+|from|until|throughout|up to|after|on day|in order|as required|due)\b[^.;]*)?[\s.;]*",
)
_WHICH = Caseless(
    rf"(?P<head>[^.;:]+?),?\s+(?P<tail>(?:and|who|that|which|but)\s+(?:who\s+)?(?:(?:is|are|the\s+treatment|treatment|they|it|therapy)\s+)*(?:{_CANNOT}|(?:may|can|could)\s+not)[\s,][^.;]*{_ENDS}[^;]*)",
)


def giving_up(text: str, again: Again) -> Check | None:
    """Who takes what cannot be given up; None where an exclusion says anything else."""
    found = _UNABLE.fullmatch(text)
    if found is not None:
        used = _drugs(again(f"current use of {text[slice(*found.span('drug'))]}"))
        return All((used, any_of(_asked(used, found["tail"] or "")))) if used is not None else None
    found = _WHICH.fullmatch(text)
    used = _drugs(again(text[: found.end("head")])) if found is not None else None
    return All((used, any_of(_asked(used, "") if _NO_MORE.search(text) else [Statement(clean(text))]))) if used is not None and found is not None else None


_LATER = Caseless(r"\s*(?:(?:for|during|before|prior to|throughout|while|within|up to|until|on)\s+)+(?:(?:the|this|entire|whole|duration|of|course|study|trial|participation|treatment|period|in|on|taking|baseline|visits?)\s*)*[\s.;]*")
_NO_MORE = Caseless(r"\b(?:discontinued|stopped|interrupted|withheld|suspended|withdrawn)[\s.;]*$")


def _asked(used: Check, tail: str) -> list[Check]:
    """Whether somebody cannot give up each of the drugs, for as long as is said."""
    for_so_long = "" if not tail or _LATER.fullmatch(tail) else f" {clean(tail)}"
    return [Statement(f"unable to stop {leaf.term}{for_so_long}") for leaf in leaves(used) if isinstance(leaf, Medication)]


def _drugs(read: Read) -> Check | None:
    check = sure(read)
    return check if check is not None and all(isinstance(leaf, Medication) and leaf.phase in ("", "current") for leaf in leaves(check)) else None
