"""Recorded wordings that say more than a name: "bilateral pitting oedema of the legs", "bronchoscopy with biopsy"."""

from __future__ import annotations

import re
from functools import lru_cache

from matcher.model.patterns import later
from matcher.vocabulary.charted import doubted, in_full, spelled_out, without_cause
from matcher.vocabulary.concepts import Concept, table, worded
from matcher.vocabulary.dispensed import as_a_whole, dispensed
from matcher.vocabulary.is_a import Relation
from matcher.vocabulary.kinds import kind_above, kinds, says_done, says_results
from matcher.vocabulary.normal import normal
from matcher.vocabulary.places import data_file
from matcher.vocabulary.titles import closed, neoplasm, plainer, title
from matcher.vocabulary.vaccinated import vaccinated
from matcher.vocabulary.vocabulary import Vocabulary

_LONGEST = 14  # words: a longer wording is a sentence, and sentences are not taken apart here
_LONGEST_GERM = 4
_LONGEST_NAME = 8  # words of a name that is looked for inside a title
_DENYING = frozenset(("non", "without", "not", "no", "excluding"))
_JOINS = frozenset(("with", "and", "plus"))
_SIDES = frozenset(("left", "right", "bilateral", "both", "unspecified"))
# Names of classifications, behind which a class stands: "GOLD 3", "Fontaine IIb", "Child-Pugh B".
_CLASSIFICATIONS = frozenset(
    ["gold", "fontaine", "rutherford", "nyha", "ccs", "who", "figo", "binet", "rai", "bclc", "hurley", "child", "pugh", "kellgren", "lawrence", "hoehn", "yahr", "isup", "gleason", "grade", "class", "stage", "group", "score", "degree", "genotype", "tnm", "asa", "killip", "type"]
)
_CLASS = later(r"\d+[a-e]?|[ivx]+[a-e]?|[a-e]")
# Words that make of a disease's name that of its treatment.
_OF_TREATMENTS = frozenset(["surgery", "procedure", "session", "course", "cycle", "infusion", "spray", "patch", "inhaler", "pill", "injection"])
# How a disease is treated, or from what it comes, said behind its name.
_TREATED = later(r"^(?P<name>.{3,}?)[\s,]+(?:on|under|with|(?:treated|managed|controlled|maintained) (?:with|by|on)|requiring|receiving)\s+(?P<treatment>.{3,})$", re.IGNORECASE)
_CAUSED = later(r"^(?P<name>.{3,}?)[\s,]+(?:due to|secondary to|caused by|because of|associated with|related to|complicated by|on)\s+(?P<cause>.{3,})$", re.IGNORECASE)
# How a disease was treated, said by itself: "s/p lumpectomy", "on insulin".
_EPONYMS = ("disease", "syndrome", "arteritis", "sarcoma", "tumor", "contracture", "phenomenon", "palsy", "lymphoma", "chorea", "cyst")
_TREATMENT = later(r"^(?:s p|status post|post|after|on|under|(?:treated|managed|controlled) (?:with|by)|with) (?P<treatment>.{3,})$")
# A word that can only be that of an operation.
_OPERATION = later(r"(?:ectomy|otomy|ostomy|plasty|rrhaphy|pexy|oscopy|centesis|repair|resection|excision|removal|dilation|evacuation|fixation|fusion|ablation|bypass|transplant|graft|drainage|debridement|reconstruction)$")
_PUT_IN = later(r" (?:placement|insertion|implantation|implant|creation)$")
_FOR = later(r"^(?P<name>.{3,}?) (?:for|of|to|due to|secondary to|because of) (?:an? |the )?(?P<disease>.{3,})$")
# A part of the body said behind the name: "fracture of the left fibula", "radiotherapy to the right breast".
_OF_PART = later(r"^(?P<name>[^,;()]{3,}?) (?:of|to|in|on) (?:the )?(?:(?:left|right|both|bilateral) )?(?P<part>[^,;()]{3,})$", re.IGNORECASE)
_ALLERGY = later(r"(?:(?:food |drug |environmental )?allergy|hypersensitivity) to (?P<to>.+)|(?P<of>.+?) (?:allergy|hypersensitivity)$", re.IGNORECASE)
_COMBINED = later(r"\s*(?:/|\+)\s*|(?<=[A-Za-z]{4})-(?=[A-Za-z]{4})")
_STRENGTHS = later(r"(?<=\s)\d[\d./]*(?:\s?(?:mg|mcg))?(?=\s|$)", re.IGNORECASE)
# What kind of a drug it is, said behind its name: "influenza vaccine (inactivated)", "insulin, regular".
_OF_A_STUDY = later(r"^(?:investigational|experimental|study|trial) (?:drug|agent|product|medication|compound|medicinal product)\s*[:(-]?\s*[A-Z]{1,6}[- ]?\d{2,8}[A-Z]?\)?$")
_INVERTED = later(r"^(?P<name>[^(),]{3,}?)\s*(?:,\s*|\()(?P<kind>[A-Za-z][A-Za-z -]+)\)?$")


@lru_cache(maxsize=1)
def _modifiers() -> frozenset[str]:
    text = data_file("modifiers.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in line.split()) - _DENYING


@lru_cache(maxsize=1)
def infections_by_germ() -> dict[tuple[str, ...], str]:
    """The names of germs with the labels of their infections."""
    return {name: label for names, label in table("germs.tsv") for name in worded(names)}


def understood(vocabulary: Vocabulary, kind: str, wording: str) -> tuple[Concept, ...]:
    """The concepts that a recorded wording certainly is: its exact name, a certain misspelling, or names and modifiers.

    Several concepts mean that the entry is each of them at once. Empty where a single word is not understood.
    """
    exact: Concept | None = getattr(vocabulary, kind)(wording) or vocabulary.misspelt(kind, wording)
    if exact is not None:
        return (exact,)
    whole = as_a_whole(vocabulary, wording) if kind == "treatment" else None
    if whole is not None:
        return whole
    named = kinds(vocabulary, wording) or neoplasm(vocabulary, wording) or _of_a_side(vocabulary, wording) if kind == "condition" else ()
    found = named or _as_written(vocabulary, kind, wording) or _charted(vocabulary, kind, wording)
    found = _narrowest(vocabulary, found) if kind == "condition" else found
    return found or (_titled(vocabulary, wording) if kind == "condition" else dispensed(vocabulary, wording) or vaccinated(vocabulary, wording) if kind == "treatment" else ())


def _titled(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """As a classification of diseases is written: "Chronic systolic (congestive) heart failure", "Malignant neoplasm of prostate"."""
    if doubted(closed(wording)) or title(wording) is not None:
        return ()
    for plain in plainer(wording):
        exact = vocabulary.condition(plain)
        found = (exact,) if exact is not None else kinds(vocabulary, plain) or _as_written(vocabulary, "condition", plain) or _charted(vocabulary, "condition", plain)
        if found:
            return _narrowest(vocabulary, found)
    return ()


def _narrowest(vocabulary: Vocabulary, found: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """What of several concepts says most: the "disease" behind a virus is no other one."""
    return tuple(one for one in found if not any(vocabulary.relation(other, one) is Relation.NARROWER for other in found)) if len(found) > 1 else found


def _as_written(vocabulary: Vocabulary, kind: str, wording: str) -> tuple[Concept, ...]:
    found = _inverted(vocabulary, wording) if kind == "treatment" else _of_part(vocabulary, kind, wording)
    return found or kinds_above(vocabulary, kind, wording) or (_combined(vocabulary, wording) if kind == "treatment" else _with_clause(vocabulary, kind, wording))


def _charted(vocabulary: Vocabulary, kind: str, wording: str) -> tuple[Concept, ...]:
    """As a chart is written: abbreviations in full, said of it behind a comma, its cause before it, what an operation is for behind it."""
    if doubted(wording):
        return ()
    plain = without_cause(vocabulary, wording) if kind == "condition" else wording
    if plain != wording:
        found = understood(vocabulary, kind, plain)
        return () if all(one.label == "disease" for one in found) else found
    pieces = in_full(kind, wording)
    found = _in_pieces(vocabulary, kind, pieces) or (_of_eponym(vocabulary, wording) if kind == "condition" else ())
    if found:
        return found
    return _for_something(vocabulary, pieces[0]) if kind == "procedure" and len(pieces) == 1 else ()


def _of_eponym(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """ "Huntington's": the one disease or syndrome of that name; empty where there are several."""
    if not wording.rstrip().endswith(("'s", "\u2019s")):
        return ()
    named = {vocabulary.condition(f"{wording.strip()} {head}") for head in _EPONYMS} - {None}
    return tuple(one for one in named if one is not None) if len(named) == 1 else ()


def _in_pieces(vocabulary: Vocabulary, kind: str, pieces: tuple[str, ...]) -> tuple[Concept, ...]:
    """A name with what is said of it behind commas: more names of the kind, sides and sizes, and what was done about it."""
    if not pieces or (kind == "treatment" and len(pieces) > 1):
        return ()
    turned: Concept | None = _turned(vocabulary, kind, *pieces) if len(pieces) == 2 else None
    if turned is not None:
        return (turned,)
    found: list[Concept] = []
    for piece in pieces:
        exact: Concept | None = getattr(vocabulary, kind)(piece)
        named = (exact,) if exact is not None else (kind == "condition" and kinds(vocabulary, piece)) or _as_written(vocabulary, kind, piece) or (_germ_alone(vocabulary, piece) if kind == "condition" and found and _infects(vocabulary, found[0]) else ())
        if not named and not (found and says_no_more(vocabulary, kind, piece)):
            return ()
        found += named
    return tuple(dict.fromkeys(found))


def _of_a_side(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """A disease with its part of the body behind a comma; empty for any other wording."""
    named = in_full("condition", wording) if wording.count(",") == 1 else ()
    found = _turned(vocabulary, "condition", *named) if len(named) == 2 else None
    return () if found is None else (found,)


def _turned(vocabulary: Vocabulary, kind: str, name: str, part: str) -> Concept | None:
    """ "unilateral primary osteoarthritis, right knee": the disease of that part, sides and what only narrows it left out."""
    bare = " ".join(word for word in part.split() if word not in _SIDES)
    words = name.split()
    heads = (" ".join(words[i:]) for i in range(len(words)) if all(word in _modifiers() for word in words[:i]))
    return next((found for head in heads for placed in dict.fromkeys((part, bare)) if placed and (found := getattr(vocabulary, kind)(f"{placed} {head}")) is not None), None)


def _germ_alone(vocabulary: Vocabulary, piece: str) -> tuple[Concept, ...]:
    """The infection by a germ that is named behind a disease: "endocarditis, MSSA"."""
    label = infections_by_germ().get(tuple(piece.removesuffix(" positive").split()))
    return tuple(filter(None, (vocabulary.condition(label),))) if label is not None else ()


def says_no_more(vocabulary: Vocabulary, kind: str, piece: str) -> bool:
    """Whether a piece behind a name only narrows it, or tells how it was treated."""
    words = tuple(piece.split())
    if all(_narrowing(words, i) or (words[i] == "and" and 0 < i < len(words) - 1) for i in range(len(words))) or (kind == "condition" and (says_results(words) or says_done(words))):
        return True
    done = _TREATMENT.match(piece) if kind == "condition" else None
    if done is not None and piece.startswith(("s p ", "status post ")) and _OPERATION.search(piece):
        return True
    return done is not None and any(understood(vocabulary, other, done["treatment"]) for other in ("procedure", "treatment"))


def only_narrows(word: str) -> bool:
    """Whether a word of a chart only makes a name narrower, or says nothing: "mod", "2019", "left"."""
    return all(one in _modifiers() or one[0].isdigit() for one in spelled_out("condition", (word,)))


def _narrowing(words: tuple[str, ...], i: int) -> bool:
    return words[i] in _modifiers() or words[i][0].isdigit() or words[i] in _CLASSIFICATIONS or (i > 0 and words[i - 1] in _CLASSIFICATIONS and _CLASS.fullmatch(words[i]) is not None)


def _for_something(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """ "craniotomy for meningioma", "nasogastric tube placement": the operation, where what stands behind it is a disease, or only says that it was put in."""
    plain = _PUT_IN.sub("", wording)
    if plain != wording:
        return understood(vocabulary, "procedure", plain)
    found = _FOR.match(wording)
    if found is None or not understood(vocabulary, "condition", found["disease"]):
        return ()
    return understood(vocabulary, "procedure", found["name"])


def _of_part(vocabulary: Vocabulary, kind: str, wording: str) -> tuple[Concept, ...]:
    """ "fracture of the left fibula" is a fibula fracture, "stage 5 kidney disease on dialysis" that disease; empty for any other wording."""
    found = _OF_PART.match(wording.strip())
    if found is not None:
        named = vocabulary.curated(kind, f"{found['part']} {found['name']}")
        if named is not None:
            return (named,)
    treated = _TREATED.match(wording) if kind == "condition" else None
    exact = vocabulary.curated("condition", treated["name"]) if treated is not None else None
    if treated is None or exact is None or not any(understood(vocabulary, other, treated["treatment"]) for other in ("treatment", "procedure")):
        return ()
    return (exact,)


def _inverted(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """ "influenza vaccine (inactivated)": the drug whose kind is said behind it, "investigational drug AB-123" one of a study; empty for any other wording."""
    if _OF_A_STUDY.match(wording.strip()):
        return tuple(filter(None, (vocabulary.treatment("investigational drug"),)))
    found = _INVERTED.match(wording.strip())
    named = vocabulary.treatment(f"{found['kind']} {found['name']}") if found is not None else None
    return () if named is None else (named,)


def kinds_above(vocabulary: Vocabulary, kind: str, wording: str) -> tuple[Concept, ...]:
    """The concepts of which a wording that says more than a name is a kind: "stage IV breast cancer" is breast cancer."""
    words = normal(wording)
    found = _taken_apart(vocabulary, kind, words) or _taken_apart(vocabulary, kind, words, later=True) if 1 < len(words) <= _LONGEST else ()
    return () if "secondary" in words and any(_is_tumor(vocabulary, one) for one in found) else found  # "secondary liver cancer" has come there


def _is_tumor(vocabulary: Vocabulary, one: Concept) -> bool:
    tumor = vocabulary.condition("neoplasm") if one.kind == "condition" else None
    return tumor is not None and vocabulary.relation(one, tumor) in (Relation.SAME, Relation.NARROWER)


def conditions_in(vocabulary: Vocabulary, text: str) -> tuple[str, ...]:
    """The labels of the conditions that a title or a list of diseases names, each once: of names inside each other the longest."""
    names, words = vocabulary.scanned_of("condition"), normal(text)
    found, i = dict[str, None](), 0
    while i < len(words):
        end = next((end for end in range(min(len(words), i + _LONGEST_NAME), i, -1) if " ".join(words[i:end]) in names), i)
        if end > i and not _denied(words[max(0, i - 2) : i]):
            found[names[" ".join(words[i:end])]] = None
        i = max(end, i + 1)
    return tuple(found)


def _denied(before: tuple[str, ...]) -> bool:
    """Whether a name stands behind words that deny it: "without diabetes", "non-small", "free of pain"."""
    return before[-1:] != () and (before[-1] in _DENYING or " ".join(before) == "free of")


def _combined(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """ "lisinopril/HCTZ", "calcium + vitamin D": each of the drugs; of two classes beside a slash it may be either, so that neither is certain."""
    parts = _COMBINED.split(_STRENGTHS.sub(" ", wording).strip())
    if not 2 <= len(parts) <= 4:
        return ()
    found = [understood(vocabulary, "treatment", part) if part.strip() else () for part in parts]
    if not all(found) or ("/" in wording and any(concept.kind == "class" for one in found for concept in one)):
        return ()
    return tuple(dict.fromkeys(concept for one in found for concept in one))


def _with_clause(vocabulary: Vocabulary, kind: str, wording: str) -> tuple[Concept, ...]:
    """ "renal failure on dialysis" is renal failure, "cirrhosis due to hepatitis C" is both."""
    if kind != "condition":
        return ()
    allergy = _ALLERGY.match(wording.strip())
    if allergy is not None and understood(vocabulary, "treatment", allergy["to"] or allergy["of"]):
        return tuple(filter(None, (vocabulary.condition("drug allergy"),)))
    if allergy is not None and allergy["to"] and (substance := vocabulary.condition(f"{allergy['to']} allergy")) is not None:
        return (substance,)
    treated = _TREATED.match(wording)
    if treated is not None and any(understood(vocabulary, other, treated["treatment"]) for other in ("treatment", "procedure")):
        return understood(vocabulary, kind, treated["name"])
    caused = _CAUSED.match(wording)
    if caused is None:
        return ()
    named, cause = (understood(vocabulary, kind, caused[part]) for part in ("name", "cause"))
    if named and not cause and any(understood(vocabulary, other, caused["cause"]) for other in ("treatment", "procedure")):
        return named
    return tuple(dict.fromkeys((*named, *cause))) if named and cause else ()


def _taken_apart(vocabulary: Vocabulary, kind: str, words: tuple[str, ...], *, later: bool = False) -> tuple[Concept, ...]:
    """The names in the words, all others of which only narrow them; of two that overlap the one that begins sooner, or `later`."""
    found: list[Concept] = []
    joined = True
    i = 0
    while i < len(words):
        named = _named(vocabulary, kind, words, i)
        named = _longer(named, vocabulary, kind, words, i) if later else named
        narrows = words[i] in _modifiers() and not (kind == "condition" and words[i] in _OF_TREATMENTS)
        germ = _germ(vocabulary, words, i) if kind == "condition" and joined and (named is None or named[1] < len(words)) else None
        if germ is not None:
            concept, i = germ
            found.append(concept)
        elif named is not None and joined and not (narrows and named[1] == i + 1 < len(words) and _named_behind(vocabulary, kind, words, i + 1)):
            concept, i = named
            found.append(concept)
            joined = False
        elif words[i] in _JOINS and found and kind != "treatment":
            joined = True
            i += 1
        elif words[i] in _CLASSIFICATIONS and i + 1 < len(words) and (_CLASS.fullmatch(words[i + 1]) or words[i + 1] in _CLASSIFICATIONS):
            i += 1 if words[i + 1] in _CLASSIFICATIONS else 2
        elif narrows or words[i][0].isdigit():
            i += 1
        else:
            return ()
    return tuple(dict.fromkeys(found)) if not joined else ()


def _longer(named: tuple[Concept, int] | None, vocabulary: Vocabulary, kind: str, words: tuple[str, ...], i: int) -> tuple[Concept, int] | None:
    """A name, unless its first word only narrows a longer one behind it: "chronic migraine without aura"."""
    if named is None or words[i] not in _modifiers() or named[1] == i + 1:
        return named
    behind = _named(vocabulary, kind, words, i + 1)
    return None if behind is not None and behind[1] > named[1] else named


def _germ(vocabulary: Vocabulary, words: tuple[str, ...], i: int) -> tuple[Concept, int] | None:
    """The infection that a germ's name tells of before that of a disease ("MRSA bacteremia"), with where it ends."""
    for end in range(min(len(words) - 1, i + _LONGEST_GERM), i, -1):  # a germ alone is no disease
        label = infections_by_germ().get(words[i:end])
        concept = vocabulary.condition(label) if label is not None else None
        disease = next((named[0] for at in range(end, len(words)) if (named := _named(vocabulary, "condition", words, at)) is not None), None) if concept is not None else None
        if concept is not None and disease is not None and _infects(vocabulary, disease):
            return concept, end
    return None


def _infects(vocabulary: Vocabulary, disease: Concept) -> bool:
    """Whether a disease may be an infection that goes on: a meningitis, and no cardiomyopathy."""
    infection = vocabulary.condition("infection")
    return infection is not None and vocabulary.relation(disease, infection) is not Relation.UNRELATED


def _named_behind(vocabulary: Vocabulary, kind: str, words: tuple[str, ...], start: int) -> bool:
    """Whether a name stands at `start` or behind it: a word before it only narrows it ("menopausal hot flushes")."""
    return any(_named(vocabulary, kind, words, i) is not None for i in range(start, len(words)))


def _named(vocabulary: Vocabulary, kind: str, words: tuple[str, ...], start: int) -> tuple[Concept, int] | None:
    look = getattr(vocabulary, kind)
    for end in range(len(words), start, -1):
        name = " ".join(words[start:end])
        concept: Concept | None = look(name) or (kind_above(vocabulary, name) if kind == "condition" else None)
        if concept is not None:
            return concept, end
    return None
