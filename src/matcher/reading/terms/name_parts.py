"""Rules for names that stand in parts: "hypo- or hyperkalemia", "abuse of alcohol or opioids", "liver disease or dysfunction", "CMV colitis"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.pieces import JOINTS
from matcher.reading.grammar.rules import Context, Rule
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Concept

# Beginnings of words that are said once for two: "hypo- or hyperthyroidism".
_BEGINNINGS = (
    "hypo", "hyper", "tachy", "brady", "pre", "post", "peri", "mono", "poly", "uni", "bi", "tri", "intra", "extra", "micro", "macro", "para", "quadri", "tetra", "hemi", "di", "pan", "oligo", "a", "an", "dys", "eu",
    "myo", "endo", "epi", "cardio", "neuro", "cerebro", "thrombo", "leuko", "leuco", "neutro", "lympho", "pancyto", "thrombocyto", "granulocyto", "osteo", "chondro", "pneumo", "hemo", "haemo", "hydro", "pyo", "gastro", "duoden",
    "entero", "hepato", "spleno", "nephro", "retino", "kerato", "uve", "irido", "blephar", "ante", "sub", "supra", "infra", "inter", "meno", "ureth", "cyst", "esophag", "sphero", "ellipto", "glio", "lipo", "angio", "lip", "nano",
)
# Words of an addiction that stand before what it is to.
_ADDICTIONS = frozenset(("abuse", "misuse", "dependence", "dependency", "addiction", "intoxication", "overdose"))
# Words before "of" and a disease: times of being ill, and how much of it there is.
_TIMES = frozenset(("episode", "episodes", "attack", "attacks", "bout", "bouts", "spell", "spells"))
_AMOUNTS = frozenset(("degree", "kind", "sort"))
_ANY = Caseless(r"\b(?:any|all|some|whatever|every)\s+$")
# Where these stand before them the times of being ill are counted, or are not any time.
_COUNTED = Caseless(
    r"(?:\d|\b(?:one|two|three|four|five|six|several|multiple|many|few|first|second|third|last|latest|recent|index|each|per|single|least|most|more|than|number|frequency|repeated|consecutive))"
    r"\W*(?:\w+\W+)?$",
)
# Behind "or" these say the same of the organ that is named before it.
_GENERAL = frozenset((
    "disease", "diseases", "disorder", "disorders", "condition", "conditions", "illness", "illnesses", "dysfunction", "impairment", "insufficiency", "failure", "injury", "injuries",
    "abnormality", "abnormalities", "damage",
))


def _half_word(tokens: Sequence[Token], context: Context) -> Found:
    """ "hypo- or hyperkalemia": the end of the word belongs to both."""
    half, *joints, term = tokens
    own = half.text.casefold()
    word = term.text.casefold()
    wholes = (own + word[len(other) :] for other in _BEGINNINGS if own in _BEGINNINGS and other != own and word.startswith(other) and len(word) > len(other) + 3)
    whole, concept = next(((whole, found) for whole in wholes if (found := context.vocabulary.condition(whole)) is not None), ("", None))
    return None if concept is None else [replace(half, tag="cond", text=whole, value=concept.label), *(one for one in joints if one.tag != "dash"), term]


def _addicted(tokens: Sequence[Token], context: Context) -> Found:
    """ "abuse of alcohol or opioids", "dependence on opioids": of each of what is named."""
    head, _, *named = tokens
    if head.text.casefold() not in _ADDICTIONS:
        return None
    found: list[Token] = []
    for token in named:
        if token.tag == "other":
            continue
        concept = None if token.tag in JOINTS else context.vocabulary.condition(f"{token.text} {head.text}")
        if concept is None and token.tag not in JOINTS:
            return None
        found.append(token if concept is None else replace(token, tag="cond", value=concept.label))
    return [replace(found[0], start=head.start, text=context.words(tokens[:3])), *found[1:]]


def _some_of(tokens: Sequence[Token], context: Context) -> Found:
    """ "episodes of headache" are headaches, "any degree of renal impairment" is renal impairment; an attack of a lasting disease is known by a name of its own."""
    head, _, term = tokens
    word, before = head.text.casefold(), context.text[: head.start]
    if word in _AMOUNTS:
        return [replace(term, start=head.start)] if _ANY.search(before) else None
    if word not in _TIMES or _COUNTED.search(before):
        return None
    concept = context.vocabulary.condition(f"{term.text} {word}") or passing(context.vocabulary.condition(str(term.value)), context)
    return None if concept is None else [replace(term, start=head.start, value=concept.label)]


# An illness of these kinds is over when its episode is; between the attacks of asthma or gout the disease lasts.
_PASSING = frozenset(("symptom", "pain", "headache", "infection", "acidosis", "bleeding", "thrombosis", "seizure", "arrhythmia", "mood disorder", "hypoglycemia", "hyperglycemia", "pancreatitis", "psychotic episode"))


def passing(concept: Concept | None, context: Context) -> Concept | None:
    """The concept where it is over when its episode is."""
    vocabulary = context.vocabulary
    if concept is None or vocabulary.lifelong(concept) or concept.label.startswith("chronic"):
        return None
    passes = vocabulary.event(concept) or vocabulary.episodes(concept) or not _PASSING.isdisjoint((concept.label, *vocabulary.broader(concept)))
    return concept if passes else None


def _or_in_general(tokens: Sequence[Token], context: Context) -> Found:
    """ "liver disease or dysfunction": the organ is said once."""
    term, *joints, noun = tokens
    *organ, last = term.text.split()
    if not organ or noun.text.casefold() not in _GENERAL or last.casefold() not in _GENERAL:
        return None
    whole = " ".join((*organ, noun.text))
    concept = context.vocabulary.condition(whole)
    if concept is None or concept.label == term.value:
        return None if concept is None else [replace(term, end=noun.end)]
    return [term, *joints, replace(noun, tag="cond", text=whole, value=concept.label)]


def _by_its_germ(tokens: Sequence[Token], context: Context) -> Found:
    """ "CMV colitis": the infection before an inflammation says which one it is."""
    germ, term = tokens
    if context.text[germ.end : term.start].strip(" -"):
        return None
    cause, what = (context.vocabulary.condition(str(token.value)) for token in tokens)
    if cause is None or what is None or not _infects(cause, context) or _infects(what, context) or len(germ.text.split()) > 2:
        return None
    return [replace(germ, tag="degree", value=germ.text), term]


def _infects(concept: Concept, context: Context) -> bool:
    return concept.label == "infection" or "infection" in context.vocabulary.broader(concept)


# Degrees that are said before a name of which the last has its own: "second or third degree heart block".
_ORDINALS = {"first": "first", "1st": "first", "second": "second", "2nd": "second", "third": "third", "3rd": "third"}


def _of_each_degree(tokens: Sequence[Token], context: Context) -> Found:
    """ "Second- or third-degree AV block": a block of each of the degrees."""
    term = tokens[-1]
    ordinals = [token for token in tokens[:-1] if token.tag in ("w", "event") and token.text.casefold() != "degree"]
    first, _, rest = term.text.replace("-", " ").partition(" ")
    name = rest if first.casefold() in _ORDINALS else f"degree {term.text}"
    degrees = [*(token.text.casefold() for token in ordinals), *([first.casefold()] if first.casefold() in _ORDINALS else [])]
    if len(degrees) < 2 or not name.casefold().startswith("degree ") or any(degree not in _ORDINALS for degree in degrees):
        return None
    concepts = [context.vocabulary.condition(f"{_ORDINALS[degree]} {name}") for degree in degrees]
    found: list[Token] = []
    for i, concept in enumerate(concepts):
        if concept is None:
            return None
        place = ordinals[i] if i < len(ordinals) else term
        last = i == len(concepts) - 1
        joint = [] if last else [Token("or", place.end, place.end, "")]
        found += [replace(term, start=place.start, end=term.end if last else place.end, value=concept.label), *joint]
    return found


NAME_PARTS = (
    Rule("degrees of a block", "(w|event) dash? ((comma|or|and|slash)+ (w|event) dash?)* ((comma|or|and|slash)+ cond|w cond)", _of_each_degree, "cond", ("degree",)),
    Rule("half a word", "w dash? (or|and|slash)+ cond", _half_word, "cond"),
    Rule("abuse of each behind", "w (of|on|to|with) (drug|w|cond) ((comma|or|and|slash)+ other? (drug|w|cond))*", _addicted, "of on to with", tuple(_ADDICTIONS)),
    Rule("some of a disease", "w of cond", _some_of, "of"),
    Rule("in general behind a disease", "cond (or|and|slash)+ w (?!of|w|cond|drug|proc|degree|in|with|for)", _or_in_general, "cond"),
    Rule("infection before an inflammation", "cond cond", _by_its_germ, "cond"),
)

__all__ = ["NAME_PARTS"]
