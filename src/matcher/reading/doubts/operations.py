"""Operations and tests that are named for something else than that they were done: to come, where a thing was seen, for what one was treated."""

from __future__ import annotations

from typing import TypeGuard

from matcher.model.language import All, Ambiguous, Check, Medication, Not, Procedure, Statement, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rewriting import rewritten, rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

# "In the history or on a chest X-ray": where it was seen.
_SEEN_ON = Caseless(
    r"\bor (?:up)?on (?:(?:an?|the|any|screening|baseline|recent|routine|initial)\s+){0,3}(?:chest\s+|brain\s+|abdominal\s+|pelvic\s+|cardiac\s+|12-lead\s+)?"
    r"(?:x-?\s?rays?|radiograph\w*|ct\b|mri\b|ecg\b|ekg\b|electrocardiogra\w+|echocardiogra\w+|mammogra\w+|ultraso\w+|computed tomograph\w+|magnetic resonance\w*|endoscop\w+|colonoscop\w+|biops\w+|imaging)",
    needs=(" on ", " upon "),
)
_SHOWS = Caseless(r"x-ray|radiograph|electrocardiogra|echocardiogra|magnetic resonance|computed tomograph|ultraso|mammogra|endoscop|colonoscop|biops|imaging")
# The operation by which one was treated is that of the disease.
_TREATED_WITH = Caseless(r"\btreated\s+(?:only\s+|either\s+)?(?:with|by)\s[^.;]*\bsurger(?:y|ies)\b", needs=("treated",))
# "Absence of acute infection, injury, surgery": of what is there today.
_PRESENT = Caseless(r"\W*(?:(?:no|any)\s+)?(?:presence|absence)\s+of\b", needs=("presence", "absence"))
_WHILE_SCREENED = Caseless(r"\bduring\s+(?:the\s+)?(?:screening|run-?in|wash-?out|lead-?in|baseline)\b", needs=("during",))
# What is said to come: all that follows in the list, up to a word of what was done or of another thing.
_AHEAD = Caseless(
    r"\b(?:plan(?:s|ned|ning)?|scheduled|expected|intend(?:s|ed|ing)?|anticipated|likely|awaiting|requirements?|need(?:s|ed|ing)?|candidates?|listed)\s+(?:(?:to\s+(?:undergo|have|receive|need|require|get|start|begin|be\s+(?:treated\s+with|given|started\s+on))|for|of|an?|any|the|a\s+future)\s+)+",
    needs=("plan", "schedul", "expect", "inten", "anticipat", "likely", "awaiting", "requirement", "need", "candidate", "listed"),
)
_BEHIND = Caseless(r"\b(?:has|have|had|having|with|prior|previous\w*|past|histor\w+|recent\w*|undergone|underwent|received|within|after|following|since|who|current\w*|use|using|on|during|before|status)\b|[.;:()]")


# "Spinal anesthesia for orthopedic surgery", "heparin during PCI": what is given on an occasion that is to come, or is the trial's own.
_ON_OCCASION = Caseless(
    r"\b(?:for|during|in|under|at|on|before|prior to|while undergoing|undergoing)\s+(?:(?:the|an?|their|his|her|elective|planned|scheduled|emergency|urgent|routine|primary|major|minor|open|laparoscopic|orthop(?:a)?edic|cardiac|abdominal|thoracic|spin(?:e|al)|gyna?ecologic\w*|urologic\w*|dental|ophthalmic|pediatric|coronary|percutaneous|noncardiac|non-cardiac|vaginal|ca?esarean|induction of|day|outpatient|diagnostic|screening|upper|lower|total|knee|hip|bowel|colorectal|cataract|bariatric|neuro|general|gi)\s+){0,4}"
    r"(?:\w*surger(?:y|ies)|operations?|procedures?|interventions?|labou?r|delivery|ca?esareans?(?:\s+(?:section|delivery))?|births?|\w*scop(?:y|ies)|pci|angioplasty|catheteri[sz]ation|angiograph\w+|intubation|an(?:a)?esthesia|arthroplast(?:y|ies)|replacements?|\w+ectom(?:y|ies)|bypass|cabg|craniotom\w+|ct|mri|imaging|biops(?:y|ies)|resections?|transplantation|extractions?|cardioversion|ivf|oocyte retrieval|embryo transfer|ablation)\b",
)
_NOT_TO_COME = Caseless(r"\b(?:prior|previous\w*|history|past|underwent|undergone|after|following|since|status post|s/p|had|ago|within|last|current treatment|long-?term|chronic\w*|stable|daily)\b")


# "Total knee arthroplasty for osteoarthritis", "antibiotics for pneumonia": what only names an operation or a treatment, with words behind it, may name what is to come.
_ONLY_NAMED = Caseless(
    r"\W*(?:(?:all|adults?|patients?|subjects?|participants?|women|men|children|people|individuals|for|with|elective|primary|unilateral|bilateral|isolated|open|first|single|new|newly|prescriptions?|prescribed|to receive|total|complete|partial|either|one|a|an|the|(?!medical|clinical|historical)[\w-]+(?:al|ic|ive|ar|ous|ant))\W+)*$"
)
_TO_BE_GIVEN = Caseless(r"(?<=\w\s)prescri(?:bed|ptions?)\b|^\W*prescriptions?\b|\b(?:vaccination|immuni[sz]ation)\W*$", needs=("prescri", "vaccination", "immuni"))
_WAS_DONE = Caseless(r"\b(?:prior|previous\w*|past|histor\w+|underw\w+|undergo\w*|undergone|had|received?|receiving|completed?|status|s/p|since|within|ago|last|recent\w*|already|performed|done|ever|failed|failure|(?:un)?treated|recipients?|current\w*|ongoing|stable|taking|days?|weeks?|months?|years?|before|scheduled|planned|must|should|will|who|dose|use[sd]?|treatment with|therapy with)\b")


def _only_named(read: Read, text: str) -> Read:
    """An inclusion that names operations or treatments, and what hangs on them, left open."""
    facts = [leaf for leaf in leaves(read.check) if not isinstance(leaf, Unread) and leaf != Statement(clean(text))]
    if not facts or not all(isinstance(leaf, Procedure | Medication) for leaf in facts) or isinstance(read.check, Not | Ambiguous) or "\n" in text or _WAS_DONE.search(text):
        return read
    first, last = min(read.spans, default=(1, 1)), max((place[1] for place in read.spans), default=0)
    if _ONLY_NAMED.fullmatch(text[: first[0]]) is None or not (last < len(text.rstrip(" .;")) or any((isinstance(leaf, Procedure) and leaf.states) or (isinstance(leaf, Medication) and (leaf.setting or leaf.states or _TO_BE_GIVEN.search(text))) for leaf in facts)):
        return read
    return Read(Ambiguous((read.check, Statement(clean(text)))), (*read.spans, (0, last))) if all((_bare(leaf) and not leaf.current) or (isinstance(leaf, Medication) and leaf.window is None and leaf.phase == "") for leaf in facts) else read


def on_occasion(read: Read, text: str) -> Read:
    """An inclusion with what is given or done on an occasion left open: no record tells it beforehand."""
    occasion = _ON_OCCASION.search(text)
    if occasion is None or _NOT_TO_COME.search(text):
        return _only_named(read, text)
    words = Unread(text[occasion.start() : occasion.end()])
    return rewritten_there(read, lambda leaf, place: Ambiguous((leaf, words)) if isinstance(leaf, Procedure | Medication) and place[0] < occasion.start() and ((isinstance(leaf, Medication) and leaf.window is None and leaf.phase != "any") or _bare(leaf)) else None)


def _is_ahead(text: str, stop: int) -> bool:
    """Whether what is named up to a place stands in the list of what is to come."""
    said, end = _AHEAD.search(text, 0, stop), 0
    while said is not None:
        end = said.end()
        said = _AHEAD.search(text, end, stop)
    return end > 0 and _BEHIND.search(text, end, stop) is None


def of_operations(read: Read, text: str) -> Read:
    """A reading in which what such words say of an operation or a test is kept beside it."""
    kinds = {type(leaf) for leaf in leaves(read.check)}
    if not kinds & {Procedure, Medication}:
        return read
    if _AHEAD.search(text):
        read = rewritten_there(read, lambda leaf, place: Unread(f"planned {leaf.term}") if _may_come(leaf) and _is_ahead(text, place[1]) else None)
    if Procedure not in kinds:
        return read
    if _PRESENT.match(text):
        read = rewritten(read, lambda leaf: Unread(leaf.term) if _bare(leaf) and leaf.term.endswith("surgery") else None)
    if _SEEN_ON.search(text):
        read = rewritten(read, lambda leaf: Unread(leaf.term) if _bare(leaf) and _SHOWS.search(leaf.term) else None)
    if _TREATED_WITH.search(text):
        read = rewritten(read, lambda leaf: _beside_words(leaf, "treated with surgery") if _bare(leaf) and leaf.term == "surgery" else None)
    said = _WHILE_SCREENED.search(text)
    return rewritten(read, lambda leaf: Unread(f"{leaf.term} {said[0]}") if _bare(leaf) else None) if said else read


def _may_come(leaf: Check) -> TypeGuard[Procedure | Medication]:
    """Whether a treatment is named with no time at which it was done or taken."""
    return _bare(leaf) or (isinstance(leaf, Medication) and leaf.window is None and leaf.phase == "")


def _bare(leaf: Check) -> TypeGuard[Procedure]:
    return isinstance(leaf, Procedure) and leaf.window is None and not leaf.findings


def _beside_words(leaf: Check, words: str) -> Check:
    return All((leaf, Unread(words)))
