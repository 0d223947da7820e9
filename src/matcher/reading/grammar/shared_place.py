"""The place, or the aim, that stands behind the last member of a list: "surgery or radiotherapy to the neck"."""

from __future__ import annotations

from matcher.model.language import All, Ambiguous, Any, Check, Condition, Medication, Procedure, Unread
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import normal

ANYWHERE = frozenset((
    "fracture", "pain", "neoplasm", "infection", "injury", "wound", "lesion", "hemorrhage", "bleeding", "ulcer", "edema", "inflammation", "stenosis", "thrombosis", "abscess", "malignancy",
    "malformation", "trauma", "swelling", "weakness", "deformity", "obstruction", "perforation", "fistula", "cyst", "tumor", "paralysis", "paresis",
    "scar", "atrophy", "hematoma", "necrosis", "contracture", "laceration", "burn", "keloid", "numbness", "spasm", "gangrene", "calcification", "fibrosis", "polyp",
))
"""What can be in any place of the body."""
# What can be done to any organ or vessel.
_ON_ANY_ORGAN = frozenset(("angioplasty", "stent placement", "bypass surgery", "surgery", "major surgery", "transplantation", "biopsy", "resection", "ablation", "catheterization", "radiotherapy", "endoscopy", "reconstruction",
    "stenting", "cryotherapy", "drainage", "laser therapy", "embolization", "injection", "excision", "debridement", "phototherapy", "dilation", "irradiation", "implantation", "arthroscopy"))


def is_general(check: Check) -> bool:
    """Whether a check is of a disease that can be in any place of the body, or of an operation that can be on any."""
    return isinstance(check, Condition | Procedure) and check.term in ANYWHERE | _ON_ANY_ORGAN and not check.states


_PLACE = Caseless(r"\b(?:of|in|to|on|at|for|involving|affecting) (?:the |a |an |either |both |any )?(?:[\w-]+ )?(?P<noun>(?!drugs?$|stud(?:y|ies)$|trials?$|treatments?$|therap(?:y|ies)$|medications?$|agents?$|patients?$|malignanc(?:y|ies)$)[\w-]+)$")


def place_behind(last: Check, text: str) -> str:
    """The place or aim at the end of the last member's text that its check says: "to the neck", "for breast cancer"."""
    found = _PLACE.search(text) if isinstance(last, Condition | Procedure | Medication) else None
    if found is None or not isinstance(last, Condition | Procedure | Medication):
        return ""
    said = normal(" ".join((last.term, *last.states, last.setting if isinstance(last, Medication) else "")))
    return found[0] if set(normal(found["noun"])) <= set(said) else ""


def perhaps_there(check: Check, place: str) -> Check:
    """A member that can be in any place, or have any aim, perhaps in that of the last one: both readings stand."""
    aim = place.casefold().startswith("for ") and isinstance(check, Medication | Procedure) and not check.states
    return Ambiguous((check, All((check, Unread(place))))) if is_general(check) or aim else check


def perhaps_all_there(read: Read, place: str) -> Read:
    """The same of a member that may be a list itself, with its places in the text."""
    parts = read.check.parts if isinstance(read.check, Any) else (read.check,)
    found, spans, at = [], [], 0
    for part in parts:
        said, size = perhaps_there(part, place), len(list(leaves(part)))
        found.append(said)
        spans += [*read.spans[at : at + size]] * (len(list(leaves(said))) // size)
        at += size
    return Read(any_of(found), tuple(spans))
