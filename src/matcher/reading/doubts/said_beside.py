"""What stands directly before or behind a fact and makes it another thing: "EMG-confirmed", "investigational drug, biologic", "steroid-, …-induced"."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import (
    All,
    Allergy,
    Ambiguous,
    Any,
    Check,
    Condition,
    Medication,
    Procedure,
    Statement,
    Unread,
)
from matcher.reading.doubts.words_of_all import is_bare
from matcher.reading.grammar.pieces import FACTS
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import load
from matcher.vocabulary.brands import routes_of

_ANY_LETTERS = ("-", "nfection or", "nvestigational", "xperimental", "egular", "abitual", "aily use", "aily intake", "aily consumption", "aily treatment", "immun", "mmuno", "ontraindic", "ancer", "umor", "umour", "neoplas", "ngoing or", "urrent or", "elated", "ssociated", "dministration of", "dose of", "start of", "nitiation of", "ctive or", "njection", "nfusion", "shot", "drop", "cream", "intment", "patch", "spray", "mplant", "nema", " gel", " ring", " gum", "ellet", "otion", "ozenge", "onat", "onor", "ombination")

# "Investigational drug, biologic or device": all of them are.
_TRIED = Caseless(
    r"\b(?:investigational|experimental)\s+(?:new\s+)?(?:(?:or|and/or)\s+\w+\s+)?(?:(?:drugs?|devices?|agents?|medications?|products?|biologics?|biological (?:agents?|products?)|vaccines?|treatments?|therap(?:y|ies)|compounds?|medicinal products?|medicines?)"
    r"(?:\s*\([^()]*\))?(?:\s*[,/]\s*(?:and/or|or|and)?\s*|\s+(?:and/or|or|and)\s+))+$"
)
# What is named behind a joint with a hyphen is only the beginning of a word: "glucocorticoid-, or drug-induced".
_BEGINS_A_WORD = Caseless(r"\s?-\s*(?:,|/|\b(?:or|and)\b)(?![^.;]{0,60}-\s?(?:based|containing)\b)")
_OF_A_TEST = Caseless(r"\s?-\s?(?:confirmed|proven|documented|verified|diagnosed|detected|guided|based|defined)\b")
_RELATED = Caseless(r"\s*(?:/\s*[\w\s]{2,40}?(?:\([^()]*\)\s*)?)?-\s?(?:related|associated)\b")
_OR_RELATED = Caseless(r"\s+or\s+(?:[\w-]+\s+){0,2}?[\w]+-\s?(?:related|associated)\s+(?:malignan|complication|cancer)\w*")
_MEASURED_FROM = Caseless(r"\b(?:prior to|before|after|within [\w\s]{3,20} of)\s+(?:the\s+)?(?:first\s+)?(?:administration|doses?|start|initiation)\s+of\s+[\w-]+\s+(?:and/or|or|and)\s+$")
# "Donated blood or blood products": both were given away; "LAMA/LABA combinations": both at a time.
_DONATED = Caseless(r"\b(?:donat(?:ed|es?|ing)\s+(?:of\s+)?|donations?\s+of\s+|donors?\s+of\s+)(?:(?:\d[\d.]*\s*\w+\s+(?:of\s+)?)?[\w-]+(?:\s[\w-]+)?\s*(?:,|/|\bor\b|\band/or\b|\band\b)\s*)*(?:or\s+)?(?:any\s+|other\s+)?$", needs=("donat", "donor"))
_COMBINED = Caseless(r"[\w-]+(?:\s[\w-]+){0,3}?(?P<joint>\s*(?:/|\+|\bplus\b)\s*)[\w-]+(?:[\s-][\w-]+){0,3}?\s+(?:fixed[- ]dose\s+)?combinations?\b(?!\s+(?:chemo|antiretro|regimens?))", needs=("combination",))
_TREATED = Caseless(r"\b(?:treated with|treatment with|therapy with|receiv\w+)\b[^.;]*$")
_TRIED_SUCH_AS = Caseless(r"\b(?:investigational|experimental)\s+(?:drugs?|agents?|medications?|products?)\s*[(,]\s*(?:e\.?g\.?,?|such as|including)[^().;]*$")
_CONDITION_OF = Caseless(r"\s+(?:or|and|and/or|/)\s+immuno(?:deficien|compromis)\w+\s+(?:conditions?|states?|diseases?|disorders?|illness)")
# The form in which it is given, named behind it: only that form is meant.
_GIVEN_SO = Caseless(
    r"(?:(?!(?:including|includes?|such|like|or|and|with|as|for|by|in|from|within|during|after|before|who|that|using)\s)[\w-]+\s){1,5}?"
    r"(?P<form>injections?|infusions?|shots?|drops?|creams?|ointments?|gels?|patch(?:es)?|sprays?|implants?|rings?|enemas?|pellets?|lotions?|lozenges?|gum)\b(?!\s*(?:sites?|reactions?|pumps?))",
    needs=("injection", "infusion", "shot", "drop", "cream", "ointment", "gel", "patch", "spray", "implant", "ring", "enema", "pellet", "lotion", "lozenge", "gum"),
)
# What is given by injection or infusion as a rule, so that the word adds nothing.
_INJECTED = frozenset(("intravenous", "subcutaneous", "intramuscular", "parenteral", "intravitreal", "intrathecal"))
_INJECTED_CLASSES = frozenset((
    "insulins", "botulinum toxins", "vaccines", "heparins", "low molecular weight heparins", "blood products", "monoclonal antibodies", "biologics", "immunoglobulins", "intravenous iron", "contrast agents",
    "erythropoiesis-stimulating agents", "colony-stimulating factors", "gonadotropins", "growth hormones", "interferons", "injectable contraceptives", "long-acting injectable antipsychotics", "allergen immunotherapy",
    "cytotoxic chemotherapy", "VEGF inhibitors", "cell therapy", "gene therapy", "platelet-rich plasma", "albumin", "clotting factors", "vasopressors", "vasoactive drugs", "intravenous anesthetics", "neuromuscular blockers",
))  # fmt: skip
_AGAINST = Caseless(r"\bcontra-?indicat\w+\s+(?:to|for|against)\b[^.;:()]*$", needs=("indicat",))
_REGULAR = Caseless(r"\b(?P<how>regular|habitual|frequent|prolonged|daily)\s+(?:use|intake|consumption|treatment|therapy|administration)\b[^.;:]*$", needs=("regular", "habitual", "frequent", "prolonged", "daily"))
# "Known infection or history of tuberculosis": the infection may be that with it.
_OR_HISTORY = Caseless(r"\s+or\s+(?:(?:an?|any|known|prior|previous)\s+)*(?:histor(?:y|ies)\s+of|positive\s+tests?\s+for)\s+(?:hiv|human immun|aids|(?:chronic |viral )?hepatitis|hbv|hcv|htlv|tubercul|syphilis|herpes|cmv|cytomegalo|malaria|covid|sars)")
_GOING_ON_OR = Caseless(r"\b(?:ongoing|current|active)\s+or\s+(?:[\w-]+\s+){1,2}[\w-]+$")


def with_words_beside(read: Read, text: str) -> Read:
    """The check with the facts changed that the words at their sides make something else."""
    if not any(map(text.__contains__, _ANY_LETTERS)):
        return read

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        return _changed(leaf, place, text) if isinstance(leaf, FACTS) else None

    return rewritten_there(read, change)


def _changed(leaf: Condition | Medication | Procedure, place: tuple[int, int], text: str) -> Check | None:
    start, end = place
    behind = text[end : end + 2].strip()[:1]
    if behind in ("-", "/", "("):
        if isinstance(leaf, Medication) and _BEGINS_A_WORD.match(text, end):
            return Unread(text[start:end])
        if isinstance(leaf, Procedure) and _OF_A_TEST.match(text, end):
            return Unread(" ".join(text[start:].split()[:2]).strip(" ,.;"))
        if isinstance(leaf, Condition) and behind == "/" and _RELATED.match(text, end):
            return Unread(text[start:end])
    if isinstance(leaf, Condition) and _OR_RELATED.match(text, end):
        return Ambiguous((leaf, Unread(text[start:end])))
    if isinstance(leaf, Medication | Procedure) and leaf.term != "blood donation" and _DONATED.ends(text, start):
        return Statement(f"donated {text[start:end]}")
    together = _COMBINED.match(text, start) if isinstance(leaf, Medication) else None
    if together is not None and together.start("joint") >= end:
        return Unread(text[start : together.end()])
    if isinstance(leaf, Medication) and _MEASURED_FROM.ends(text, start):
        return Unread(text[start:end])
    if isinstance(leaf, Condition) and leaf.term == "infection" and is_bare(leaf) and _OR_HISTORY.match(text, end):
        return Ambiguous((leaf, All((leaf, Unread(text[start:].split(",")[0].strip(" ."))))))
    if isinstance(leaf, Condition):
        return _of_a_condition(leaf, start, text)
    if isinstance(leaf, Medication) and leaf.term in ("biologics", "vaccines", "gene therapy", "cell therapy") and _TRIED.ends(text, start):
        return replace(leaf, states=tuple(f"investigational {state}" for state in leaf.states) or ("investigational",))
    if isinstance(leaf, Medication) and leaf.term == "immunosuppressants" and _CONDITION_OF.match(text, end):
        return Unread(text[start:end])
    if isinstance(leaf, Medication) and not leaf.states and _TRIED_SUCH_AS.ends(text, start):
        return replace(leaf, states=("investigational",))
    given = _GIVEN_SO.match(text, start) if isinstance(leaf, Medication) and not (leaf.routes or leaf.states) else None
    if given is not None and isinstance(leaf, Medication) and given.start("form") <= end + 1 and not _as_a_rule(leaf.term, given["form"]):
        return replace(leaf, states=(f"by {given['form']}",))
    if isinstance(leaf, Medication) and _AGAINST.ends(text, start):
        return Any((Allergy(leaf.term), Statement(f"contraindication to {leaf.term}")))
    return _as_regular(leaf, start, text) if isinstance(leaf, Medication) and not (leaf.states or leaf.dose) and leaf.lasting is None else None


def _as_a_rule(term: str, form: str) -> bool:
    """Whether a treatment is injected or infused anyhow, or its own name says the form: insulin injections, contraceptive implants."""
    if form[:4] in term or (form[:4] in ("inje", "infu", "shot") and term in _INJECTED_CLASSES):
        return True
    known = load().treatment(term)
    if known is None or form[:4] not in ("inje", "infu", "shot"):
        return False
    routes = routes_of(load(), known)
    return not _INJECTED_CLASSES.isdisjoint(load().broader(known)) or (bool(routes) and _INJECTED.issuperset(routes))


def _as_regular(leaf: Medication, start: int, text: str) -> Check | None:
    """ "Regular use of A or B": of A for certain, of B perhaps."""
    there = _REGULAR_THERE.match(text, start)
    if there is not None:
        return replace(leaf, states=(there["how"],))
    found = _REGULAR.ends(text, start)
    if found is None:
        return None
    narrowed = replace(leaf, states=(text[slice(*found.span("how"))].casefold(),))
    return Ambiguous((narrowed, leaf)) if _JOINT.search(text[found.end("how") : start]) else narrowed


_JOINT = Caseless(r",|\bor\b")
_REGULAR_THERE = Caseless(r"(?:(?:current(?:ly)?|prior|previous|past|recent|ongoing|concomitant|any|or|and|history of)\s+)*(?P<how>regular|habitual|frequent|prolonged|daily)\s+(?:use|intake|consumption|treatment|therapy|administration)\b")


def _of_a_condition(leaf: Condition, start: int, text: str) -> Check | None:
    if leaf.term == "immunocompromised" and text[start : start + 30].casefold().lstrip().startswith("immunosup") and _TREATED.ends(text, start):
        return Unread("immunosuppression")
    if leaf.phase == "active" and leaf.window is not None and _GOING_ON_OR.ends(text, start):
        return Ambiguous((leaf, replace(leaf, window=None)))
    return None
