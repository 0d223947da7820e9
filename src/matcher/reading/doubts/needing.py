"""Diseases that are told by the treatment they need: "diseases requiring steroids, e.g. asthma" are none without the steroids."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import All, Ambiguous, Check, Condition, Exempt, Medication, Procedure, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_NEED = r"(?:requir(?:es?|ing)|needs?|needing|necessitat(?:es?|ing)|(?:currently |being )*treated with|dependent (?:up)?on)"
_DISEASES = rf"(?:conditions?|diseases?|disorders?|illness(?:es)?|indications?|circumstances?|problems?)\s+(?:(?:that|which)\s+)?(?:(?:may|might|could|currently|usually)\s+)*{_NEED}\b"
_WITH_EXAMPLES = Caseless(rf"\b(?P<head>{_DISEASES}[^.;:]{{3,80}}?)(?P<led>[\s,(]+(?:e\.?\s?g\b\.?|such as|including|like|for example|i\.?\s?e\b\.?))", needs=("requir", "need", "necessitat", "treated with", "dependent"))
# Given to those who are well, too, so that no disease is.
_OTHER = Caseless(rf"\b(?P<words>(?:any\s+)?(?:an)?other\s+(?:[\w-]+\s+){{0,2}}?{_DISEASES})", needs=("other",))
_PREVENTIVE = frozenset(("anticoagulants", "heparins", "low molecular weight heparins", "antibiotics", "antibacterials", "anti-infectives", "antivirals", "antifungals", "antiplatelet agents", "antithrombotics"))
# "Immunosuppressive drugs, e.g. corticosteroids": what only takes the place of one's own hormone suppresses nothing.
_SUPPRESSING = Caseless(r"\bimmuno-?\s?suppress\w*\b[^.;]{0,60}?(?:\be\.?\s?g\b|\bsuch as\b|\bincluding\b|\bfor example\b|\blike\b|\()", needs=("suppress",))
_IN_PLACE_OF_ONES_OWN = (Exempt("hydrocortisone"), Exempt("cortisone"), Exempt("fludrocortisone"))
# "A condition that requires antibiotics before dental work": the condition excludes, though nothing is taken.
_BEFORE_A_PROCEDURE = Caseless(rf"\b{_DISEASES}[^.;:]{{3,60}}?\b(?:prior to|before|for)\s+(?:any\s+|routine\s+|the\s+)?(?:dental|surg\w+|invasive|procedures?|operations?|interventions?)\b", needs=("requir", "need", "necessitat", "treated with", "dependent"))


def with_what_they_need(read: Read, text: str) -> Read:
    """An exclusion in which examples of diseases that need a treatment count with it only, and what also prevents counts with such a disease only."""
    suppressing = _SUPPRESSING.search(text)
    if suppressing is not None:
        read = rewritten_there(read, lambda leaf, place: Ambiguous((leaf, replace(leaf, other_than=(*leaf.other_than, *_IN_PLACE_OF_ONES_OWN)))) if isinstance(leaf, Medication) and leaf.term == "glucocorticoids" and not leaf.dose and place[1] > suppressing.end() else None)
    ahead = _BEFORE_A_PROCEDURE.search(text)
    if ahead is not None:
        return rewritten_there(read, lambda leaf, place: Unread(clean(text[ahead.start() : ahead.end()])) if isinstance(leaf, Medication) and place[1] > ahead.start() else None)
    found, other = _WITH_EXAMPLES.search(text), _OTHER.search(text)
    if found is None and other is None:
        return read
    places = list(zip(leaves(read.check), read.spans, strict=False))
    needed = [leaf for leaf, place in places if found is not None and isinstance(leaf, Medication | Procedure) and found.start("head") <= place[1] <= found.end("head")]

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        if found is not None and needed and isinstance(leaf, Condition) and place[0] >= found.end("led"):
            return All((leaf, needed[-1]))
        if other is not None and isinstance(leaf, Medication) and leaf.term in _PREVENTIVE and leaf.phase == "current" and place[1] > other.start():
            return All((leaf, Unread(clean(text[other.start("words") : other.end("words")]))))
        return None

    return rewritten_there(read, change)
