"""Drugs as prescriptions, labels and hospital systems write them: "24 HR metoprolol 50 MG Extended Release Oral Tablet [Toprol]", "predniSONE (DELTASONE) 5 mg tablet", "Lantus 20 units at bedtime"."""

from __future__ import annotations

import re
from functools import cache

from matcher.model.patterns import later
from matcher.vocabulary.charted import spelled_out
from matcher.vocabulary.concepts import Concept, Words, table
from matcher.vocabulary.is_a import A_KIND, Relation
from matcher.vocabulary.normal import normal
from matcher.vocabulary.places import data_file
from matcher.vocabulary.vocabulary import Vocabulary

_MOST = 30  # words: a longer text is no name
_UNITS = r"(?:mg|mcg|ug|µg|μg|micrograms?|milligrams?|ng|kg|g|grams?|gm|ml|l|unt|units?|iu|ie|u|meq|mmol|%|percent|cells?|ppm|mbq|mci|bau|amb|actuat(?:ion)?|hr|hours?|h|day|days)"
_PER = rf"(?:{_UNITS}|d|dose|spray|puff|drop|act|tablet|tab|cap|each|sqcm|cm2|vial|nebule|application|inhalation)"
_STRENGTH = later(
    rf"(?<![A-Za-z0-9])\d[\d.,]*(?:\s*(?:-|–|to|x|×)\s*\d[\d.,]*)*\s*-?\s*{_UNITS}(?![A-Za-z])(?:\s*/\s*(?:\d[\d.,]*\s*)?{_PER}(?![A-Za-z]))*|(?<=\s)\d[\d.,]*(?:\s*[-/]\s*\d[\d.,]*)+(?=\s|$)", re.IGNORECASE
)
# What a preparation is without, which is not its drug; and things for the giving of a drug, which are none.
_WITHOUT = later(r"\b(?:sugar|cfc|preservative|lactose|gluten|dye|alcohol|latex|paraben|aluminium|aluminum|thimerosal|fragrance|sodium)[ -]free\b|\bpreservative\b|\bunflavou?red\b", re.IGNORECASE)
_NO_DRUG = later(r"\binsulin (?:pen |pump )?(?:syringes?|needles?|pump|supplies|cartridges?|strips?)\b|/ ?placebo\b|\bplacebo ?/|\b(?:or|vs\.?) placebo\b", re.IGNORECASE)
_PREMIXED = later(r"\b(?:insulin|novolog|humalog|humulin|novolin|novomix|mixtard)\b.*(?:\b(?:70/30|75/25|50/50|30/70|25/75|mix ?\d\d|m[1-5])\b)", re.IGNORECASE)
# The fluid in which a drug is given.
_CARRIER = later(r"\s+in\s+(?:(?:0\.9 ?%|5 ?%)\s+)?(?:nacl|sodium chloride|dextrose|d5w|ns|normal saline|saline|sterile water|water|lr|lactated ringer'?s?)\b[^,;]*$", re.IGNORECASE)
_FORM = later(r"\b(?:tab(?:let)?s?|cap(?:sule)?s?|solution|suspension|injection|inhaler|spray|cream|ointment|patch|syringe|syrup|infusion|IVPB)\b", re.IGNORECASE)
_ASIDE = later(r"\s*(?:\((?P<round>[^()]*)\)|\[(?P<square>[^\[\]]*)\])")
_PACK = later(r"^\{(?P<items>.+)\}\s*pack\b\s*(?:\[(?P<brand>[^\[\]]+)\])?$", re.IGNORECASE)
_ITEM = later(r"\d+\s*\((?P<what>(?:[^()]|\([^()]*\))*)\)")
_PARTS = later(r"\s*/\s*|\s*\+\s*")
_HYPHEN = later(r"(?<=[A-Za-z]{3})-(?=[A-Za-z]{3})")
_OF_A_BIOSIMILAR = later(r"(?<=[a-z]{4})(?<=mab|ept|tim|gin|art|pro)-[a-z]{4}\b(?!-)", re.IGNORECASE)
# When it is taken, said behind it: "prn sleep", "as needed for pain", "per INR".
_WHEN = later(r"[\s,]+(?:prn|as needed|as required|if needed|when required|as directed|per (?:inr|sliding scale|protocol|cardiology|pharmacy|md|pcp))(?:[\s,]+(?:for )?(?P<what>[a-z][a-z /]{2,30}))?$", re.IGNORECASE)
_WHAT_FOR = frozenset(("sleep", "pain", "anxiety", "cough", "nausea", "vomiting", "fever", "headache", "itching", "allergies", "constipation", "diarrhea", "heartburn", "wheezing", "shortness of breath", "sob", "insomnia", "muscle spasms", "spasm", "chest pain", "rash", "dizziness", "migraine", "agitation", "indigestion", "congestion", "pain or fever", "swelling", "severe pain", "moderate pain", "mild pain", "motility", "gut motility", "ovulation induction", "rate control", "appetite", "secretions", "bladder spasms", "neuropathic pain", "bp", "blood pressure", "steroid cover", "bowel prep"))  # fmt: skip
_INERT = later(r"^inert ingredients?\b", re.IGNORECASE)
_CAPITALS = later(r"[A-Z]{4,}(?:[ -][A-Z0-9]{1,12}){0,2}")
_SAID_OF_IT = frozenset(("HELD", "HOLD", "ON HOLD", "STOP", "STOPPED", "STUDY", "STUDY DRUG", "ALLERGY", "ALLERGIC", "PENDING", "REFUSED", "DECLINED", "DISCONTINUED", "INACTIVE", "COMPLETED", "EXPIRED", "NONE", "NEVER", "NOT TAKING", "PAST", "PRIOR", "FORMER", "PLACEBO", "BLINDED", "TRIAL", "PLANNED", "FUTURE", "FAMILY", "UNKNOWN", "CANCELLED", "INTOLERANT", "AVOID", "WIFE", "HUSBAND", "MOTHER"))  # fmt: skip
_CLOSE = (*A_KIND, Relation.BROADER)
# Of two names beside a slash each is given where one of them is a nutrient; of two classes of drugs it may be either.
_NUTRIENTS = ("vitamins", "dietary supplements", "mineral supplements", "laxatives")


def dispensed(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """The drugs of a prescription or a label; empty where a word of it is no name, form, strength, salt or time."""
    text = wording.strip().strip(".;, ")
    pack = _PACK.match(text)
    if pack is not None:
        return _of_pack(vocabulary, pack)
    text = _without_when(vocabulary, _CARRIER.sub(" ", _WITHOUT.sub(" ", text.replace("w/", "with "))))
    brands, plain = _without_asides(vocabulary, text)
    if plain is None:
        return ()
    found = _of_label(vocabulary, _STRENGTH.sub(" ", _OF_A_BIOSIMILAR.sub("", plain)))
    return found if all(_goes_with(vocabulary, brand, found) for brand in brands) else ()


def as_a_whole(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...] | None:
    """What a name is whose words tell otherwise one by one: a thing for the giving of a drug, one that may be a placebo, a mixture of insulins; None for any other."""
    if _NO_DRUG.search(wording) is not None:
        return ()
    return tuple(filter(None, (vocabulary.treatment("insulins"),))) if _PREMIXED.search(wording) is not None else None


def _of_pack(vocabulary: Vocabulary, pack: re.Match[str]) -> tuple[Concept, ...]:
    """What a pack of several tablets holds, but for those of no drug."""
    items = [item["what"] for item in _ITEM.finditer(pack["items"]) if _INERT.match(item["what"]) is None]
    found = [dispensed(vocabulary, item) for item in items]
    return tuple(dict.fromkeys(one for drugs in found for one in drugs)) if found and all(found) else ()


def _without_when(vocabulary: Vocabulary, text: str) -> str:
    """A text without when, or for what, it is taken."""
    said = _WHEN.search(text)
    if said is None or not (said["what"] is None or said["what"].casefold().strip() in _WHAT_FOR or vocabulary.condition(said["what"]) is not None):
        return text
    return text[: said.start()]


def _without_asides(vocabulary: Vocabulary, text: str) -> tuple[list[Concept], str | None]:
    """The brands that stand in brackets, and the text without them; None for a text where something else stands there."""
    brands: list[Concept] = []
    labelled = _STRENGTH.search(text) is not None or _FORM.search(text) is not None
    for aside in _ASIDE.finditer(text):
        said = aside["round"] if aside["round"] is not None else aside["square"]
        for one in re.split(r"[;,/]|\bor\b", said):
            named = _name(vocabulary, normal(one))
            if named:
                brands += named
            elif not says_no_more(normal(_STRENGTH.sub(" ", one))) and not (labelled and (aside["square"] is not None or _is_brand(one))):
                return [], None
    return brands, _ASIDE.sub(" ", text)


def _is_brand(said: str) -> bool:
    """Whether a name that is not known stands in capitals, as brands do beside the drug that they are."""
    return _CAPITALS.fullmatch(said.strip()) is not None and said.strip() not in _SAID_OF_IT


def _of_label(vocabulary: Vocabulary, text: str) -> tuple[Concept, ...]:
    """The one drug, or the drugs of a combination, that a text without strengths names."""
    if len(text.split()) > _MOST:
        return ()
    whole = _one(vocabulary, text)
    if whole:
        return whole
    return _each(vocabulary, _PARTS.split(text), sliced="/" in text) or _each(vocabulary, [one for part in _PARTS.split(text) for one in _HYPHEN.split(part)], sliced="/" in text)


def _each(vocabulary: Vocabulary, parts: list[str], *, sliced: bool) -> tuple[Concept, ...]:
    """The drugs of a combination; a part that says no more than a form is none."""
    named = [part for part in parts if not _is_form(normal(part))]
    bare = [tuple(word for word in normal(part) if word not in _forms() and not word[0].isdigit()) for part in named]
    mixed = vocabulary.treatment(" ".join(word for words in bare for word in words)) if len(bare) > 1 and all(bare) else None
    if mixed is not None and mixed.kind == "drug":
        return (mixed,)
    found = [_one(vocabulary, part) for part in named]
    drugs = tuple(dict.fromkeys(one for several in found for one in several))
    if not found or not all(found):
        return ()
    doubtful = sliced and len(named) > 1 and any(one.kind == "class" and not _is_nutrient(vocabulary, one) for one in drugs)
    return () if doubtful else drugs


def _is_form(words: Words) -> bool:
    """Whether a part says no more than a form; a salt alone may be a drug."""
    return says_no_more(words) and _SALTS.isdisjoint(words)


def _is_nutrient(vocabulary: Vocabulary, one: Concept) -> bool:
    return not {one.label, *vocabulary.broader(one)}.isdisjoint(_NUTRIENTS)


def _one(vocabulary: Vocabulary, text: str) -> tuple[Concept, ...]:
    """The drug, or the drugs of a product, that a text names, all other words of which are of forms and times."""
    return _name(vocabulary, normal(text.replace(",", " ")))


def _name(vocabulary: Vocabulary, words: Words) -> tuple[Concept, ...]:
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            if says_no_more((*words[:start], *words[end:])):
                found = _called(vocabulary, words[start:end])
                if found:
                    return found
        if not says_no_more(words[: start + 1]) or words[start] in _SALTS:
            return ()
    return ()


def _called(vocabulary: Vocabulary, words: Words) -> tuple[Concept, ...]:
    if len(words) == 1 and words[0] in _LOOSE:
        return ()
    meant = spelled_out("treatment", words)
    mixed = _mixtures().get(words)
    if mixed is not None:
        return tuple(filter(None, map(vocabulary.treatment, mixed)))
    found = vocabulary.treatment(" ".join(words)) or (vocabulary.treatment(" ".join(meant)) if meant and meant != words else None)
    return () if found is None else (found,)


_SALTS = frozenset(("sodium", "potassium", "calcium", "magnesium", "arginine", "base"))
# Words of forms that are names as well: by themselves they are a form here.
_LOOSE = frozenset(("cream", "ointment", "lotion", "gel", "shampoo", "drop", "eye", "patch", "ring", "implant", "depot", "rinse", "mouthwash"))


def bare(wording: str) -> Words:
    """The words of a medication without its strengths."""
    return normal(_STRENGTH.sub(" ", _OF_A_BIOSIMILAR.sub("", wording)))


def says_no_more(words: Words) -> bool:
    """Whether words are of forms, strengths and times only."""
    return all(word in _forms() or word[0].isdigit() for word in words)


def _goes_with(vocabulary: Vocabulary, brand: Concept, found: tuple[Concept, ...]) -> bool:
    """Whether a brand is one of what was found."""
    made_of = (brand, *vocabulary.ingredients(brand))
    return any(vocabulary.relation(one, other) in _CLOSE for one in made_of for other in found)


@cache
def _mixtures() -> dict[Words, list[str]]:
    """The names of products that have no row of their own, with their drugs."""
    return {normal(name): drugs.split("|") for file in ("trade_names.tsv", "mixtures.tsv") for names, drugs in table(file) for name in names.split("|")}


@cache
def _forms() -> frozenset[str]:
    text = data_file("dispensed.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for item in line.split() for word in normal(item))
