"""A disease as a classification words it (ICD-10, SNOMED CT): "Migraine, unspecified, not intractable, without status migrainosus"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from matcher.model.patterns import later
from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.is_a import Relation
from matcher.vocabulary.normal import normal
from matcher.vocabulary.vocabulary import Vocabulary

_I = re.IGNORECASE
_BRACKETED = later(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_BRACKETS = later(r"[()\[\]]")
# What is left open, or denied, behind a name; what a visit was for; how an injury heals.
_SITE_OF = later(r"\b(?:(?:unspecified|other|multiple|other specified|overlapping) )?(?:parts?|sites?|portions?) of (?:the )?", _I)
_LEFT_OPEN = later(
    r",?\s*\b(?:(?:initial|subsequent) (?:encounter|visit|episode)\b.*|sequelae?$|not elsewhere classified|not otherwise specified|n\.?e\.?c\.?$|n\.?o\.?s\.?$"
    r"|(?:of |at )?(?:unspecified|other|multiple|other specified) (?:site|part|location|organism|cause|type|degree|severity|stage|eye|ear|knee|hip|side|laterality|episode|trimester|nature|etiology)s?(?: of)?\b"
    r"|(?:site|organism|cause|type|stage|severity|location|etiology|bacteria|virus|episode|trimester|control status) (?:not specified|unspecified|unknown)|(?:first|second|third|unspecified) trimester"
    r"|not specified as [^,]+|not stated as [^,]+|so stated|single episode|uncomplicated|not intractable|intractable(?=,)|with routine healing|diet controlled|undelivered|(?:of )?(?:uncertain or unknown|unknown or unspecified|uncertain|unknown) (?:etiology|cause)"
    r"|affecting (?:the )?(?:left|right|unspecified)[^,]*side|(?:involving|affecting) [^,]*side|(?:early|late|mild|moderate|severe|advanced|intermediate|indeterminate)(?: dry| wet)? stage|(?:oral|oropharyngeal|pharyngeal|esophageal|pharyngoesophageal) phase"
    r"|with (?:other |unspecified |other specified )complications?|not having achieved remission|of B-cell type|(?:extranodal and solid organ sites|(?:intra-?[a-z]+ |)lymph nodes(?: of [^,]+)?)$|for closed fracture"
    r"|confirmed (?:by|bacteriologically|histologically)[^,]*|since (?:childhood|birth|infancy|adolescence|(?:the )?age (?:of )?\d+|(?:[a-z]+ )?(?:19|20)\d\d|\d+ years?)$|(?:personal|self)[- ]report(?:ed)?$"
    r"|limited to breakdown of skin|with unspecified (?:severity|complications?)|in diseases classified elsewhere|(?:drug|agent) [^,]*unspecified)",
    _I,
)
_DENIED = later(r",?\s*\b(?:and |or )?(?:(?:with or )?without|not (?:associated|complicated)(?: with)?)\b[^,]*|,?\s*\bor unspecified\b.*", _I)
# What only narrows a place or a kind, where the name is not known with it.
_PLACED = later(
    r",?\s*\b(?:(?:of |in )?(?:the )?(?:cervical|thoracic|lumbar|lumbosacral|sacral|sacrococcygeal|thoracolumbar|cervicothoracic|perianal|inguinal|umbilical) region|of (?:muscles?|fascia|tendons?|ligaments?)(?:(?:,| and|, and| or) (?:muscles?|fascia|tendons?|ligaments?))*"
    r"|(?:one|both|right|left|bilateral) eyes?(?=,|$)|stage \d through stage \d)\b",
    _I,
)
_OPENING = later(r"^(?:(?:personal )?(?:history|hx) of\s+)?(?:(?:other|unspecified|certain|specified|pure|nonspecific|supervision of)(?: and unspecified| specified| or unspecified)?\s+)+", _I)
_INSIDE = later(r"\b(?:other|unspecified|specified|nonspecific|nonrheumatic|current|condition|resulting from|due to excess calories)\b|\b(?:region|site|status|state|type)s?$", _I)
_LAST = later(r"(?:,?\s*\b(?:unspecified|adult|site|region|status|condition))+$", _I)
_DISORDER = later(r"^(?:structural |functional )?(?:disorders?|diseases?) of (?:the )?(?P<site>.+)$", _I)
_NEOPLASM = later(
    r"^(?P<kind>(?:primary )?malignant (?:\(primary\) |primary )?(?:neoplasms?|tumou?rs?)|secondary (?:and unspecified )?malignant neoplasms?|benign (?:neoplasms?|tumou?rs?)|carcinoma in situ|neoplasms? of (?:uncertain|unspecified) behaviou?r)"
    r"(?: (?:of|in|involving) (?:the )?(?P<site>.+))?$",
    _I,
)
_OF_NEOPLASMS = ("neoplasm", "tumor", "tumour", "carcinoma in situ")  # of which one stands in each
_SITES = later(r"\s*,\s*|\s+(?:and|or|of)\s+(?:the )?", _I)
_SIDE = later(r"\b(?:unspecified|left|right|upper|lower|middle|inner|outer|female|male|overlapping|other|specified|main|sites?|parts?|lobe|bilateral|central portion|quadrant|head|body|tail)\b\s*", _I)
_TISSUE = later(r"\b(?:connective|soft tissue|skin|lymph|bones?|cartilage|nerves?|mening\w+|vessels?|peritone\w+)\b.*\bof\b", _I)
# By kind of a neoplasm: how its names are made of that of the organ, and what it is at large.
_MADE = {"m": (("{} cancer", "{} carcinoma"), "malignancy"), "s": (("metastasis to {}", "{} metastasis"), "metastatic cancer"), "b": (("benign {} tumor", "benign {} neoplasm"), "benign neoplasm"), "c": (("{} carcinoma in situ",), "carcinoma in situ"), "n": ((), "neoplasm")}


class Title(NamedTuple):
    """What a title that names no disease is about: labels, and the `kind` of name that stands behind its opening ("" where none counts)."""

    labels: tuple[str, ...]
    kind: str
    rest: str


def plainer(wording: str) -> Iterator[str]:
    """A title without what it leaves open or denies, the wording that says most first; none where it has nothing of the kind."""
    seen = {wording}
    joined = _SITE_OF.sub("", wording).replace(", and ", " and ")
    for bare in (joined, _BRACKETED.sub("", joined), _BRACKETS.sub(" ", joined)):
        for text in _shorter(" ".join(bare.split())):
            if text and text not in seen:
                seen.add(text)
                yield text


def _shorter(bare: str) -> Iterator[str]:
    yield bare
    closed = _repeated(_LEFT_OPEN, bare)
    for text in (closed, _repeated(_DENIED, closed)):
        plain = _tidy(_LAST.sub("", text))
        yield plain
        opened = _tidy(_LAST.sub("", _tidy(_INSIDE.sub("", _OPENING.sub("", plain)))))
        yield opened
        yield _tidy(_PLACED.sub("", opened))
        found = _DISORDER.match(opened)
        if found is not None:
            yield from (f"{site} {head}" for site in (found["site"], *_SITES.split(found["site"])) for head in ("disease", "disorder"))


def _repeated(pattern: re.Pattern[str], text: str) -> str:
    while (shorter := _tidy(pattern.sub("", text))) != text:
        text = shorter
    return text


def _tidy(text: str) -> str:
    return re.sub(r"(?:\s*,)+", ",", " ".join(text.split())).strip(" ,;-")


def neoplasm(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """What a neoplasm named by its organ is: "malignant neoplasm of upper lobe, right bronchus or lung" a lung cancer; at large where the organ is not known or there are several."""
    if not any(word in wording.casefold() for word in _OF_NEOPLASMS):
        return ()
    found = _NEOPLASM.match(_tidy(_LAST.sub("", _repeated(_LEFT_OPEN, _OPENING.sub("", _SITE_OF.sub("", wording))))))
    if found is None:
        return ()
    made, at_large = _MADE[found["kind"][0].lower()]
    named = {_concept(vocabulary, made, site) for site in _organs(found["site"] or "")} - {None}
    narrowest = [one for one in named if one is not None and not any(other is not None and vocabulary.relation(other, one) is Relation.NARROWER for other in named)]
    general = vocabulary.condition(at_large)
    return (narrowest[0],) if len(narrowest) == 1 else () if general is None else (general,)


def _organs(site: str) -> list[str]:
    whole = _tidy(_SIDE.sub("", site))
    parts = () if _TISSUE.search(whole) else _SITES.split(whole)  # the connective tissue of a breast is no breast
    return list(filter(None, (whole, *(_tidy(one).removeprefix("of ") for one in parts))))


def closed(wording: str) -> str:
    """A title without what it leaves open: "multiple myeloma not having achieved remission" is a multiple myeloma."""
    return _repeated(_LEFT_OPEN, wording)


def _concept(vocabulary: Vocabulary, made: tuple[str, ...], organ: str) -> Concept | None:
    return next((one for form in made if (one := vocabulary.condition(form.format(organ))) is not None), None)


def title(wording: str) -> Title | None:
    """What a title that begins in a known way is about: "Encounter for screening for ...", "Long term (current) use of ..."; None for any other."""
    plain = " ".join(normal(wording))
    for opening, kind, labels in _openings():
        if plain == opening or plain.startswith(f"{opening} "):
            return Title(labels, kind, plain[len(opening) :].strip())
    return None


@cache
def _openings() -> list[tuple[str, str, tuple[str, ...]]]:
    """Longer openings first, each in normal words."""
    rows = [(opening, kind, tuple(filter(None, labels.split("|")))) for openings, kind, labels in table("titles.tsv") for opening in openings.split("|")]
    return sorted(rows, key=lambda row: -len(row[0]))
