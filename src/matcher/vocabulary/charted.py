"""A name as it stands in a chart: its abbreviations in full, the cause said before it, and what a name that is in doubt is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from matcher.model.patterns import later
from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.normal import normal
from matcher.vocabulary.vocabulary import Vocabulary

_TIMES = ("x", "q")  # "x2", "q6mo"
_LONGEST = 3  # words of an abbreviation
_SHORTEST_CAUSE = 3  # letters of a cause that is known by its name
_CANCER = "malignancy"
# What was done about it, said behind a name; commas, brackets and dashes part a name from what is said of it.
_DONE = later(r"\s+(?=(?:s/p|status[ -]post)\b)", re.IGNORECASE)
_PARTED = later(r"\s*[,;()\[\]]\s*|\s+[-\u2013\u2014]\s+")
# That it is over, or held down: whether it is there still is another question.
_CALMED = later(r"[\s,]+(?:resolved|(?:now )?in (?:\w+ ){0,3}remission(?: (?:on|with|since|after) .+)?|(?:(?:complete|partial|full|early|sustained|molecular|clinical) )?remission|having achieved remission)$|^resolved\s+", re.IGNORECASE)
_BEFORE = later(r"^(?:(?:personal |past |known |prior )?(?:medical )?(?:history|hx) of|h/o|s/p|status[ -]post|(?:st|z|zust)\.? ?[pn]\.?(?= )|(?:state|condition) after|prior|previous|remote|past|former|known|diagnosed with|pmh(?: of)?)\s+", re.IGNORECASE)
# What comes of, or along with, something named before it ("steroid-induced", "HIV-associated"), or behind it ("post-transplant"), with what follows.
_COMES_OF = later(r"[- ](?:(?P<causal>induced|associated|related|mediated|dependent|triggered|provoked|driven|linked|exacerbated|acquired)|resistant|refractory|responsive|requiring|sensitive|proven|confirmed|positive|(?P<denied>negative|naive)|limited|predominant|onset)(?![ ,]+(?:with|to|by|diseases?|syndromes?|disorders?|illness|conditions?)\b)(?=[ ,]+[A-Za-z]|\s*$)[ ,]*", re.IGNORECASE)
_AFTER = later(r"(?:^|(?<=[\s,]))(?<!status[ -])post[- ](?P<after>[A-Za-z0-9]+(?:[- ][A-Za-z0-9]+){0,2})", re.IGNORECASE)
_DUE_TO = later(r"[\s,]+(?:due to|secondary to|caused by|because of|associated with|related to|on a background of|in (?:the )?(?:context|setting) of|following|after|(?:in|during)(?= pregnancy$)|(?:of|in)(?= (?:the |a )?(?:[a-z]+ )?(?:transplant|graft|allograft)(?:ed kidney)?$))\s+(?:the |a )?(?P<cause>[A-Za-z][\w -]+)$", re.IGNORECASE)
_WORDS_BEFORE = later(r"[A-Za-z][\w]*(?:[- ][A-Za-z0-9]\w*){0,2}$")
_BETWEEN = later(r"[- ]")
_LEADING = later(r"^(?P<word>autoimmune|alcoholic|uremic|cirrhotic|malignant|cancer|tumor|multi-?drug[- ]resistant|(?:extensively )?drug[- ]resistant|treatment[- ]resistant|therapy[- ]resistant|medication[- ]refractory|invasive)\s+(?=[A-Za-z])", re.IGNORECASE)
# How a substance is not borne, said behind its name.
_REACTION = later(
    r"(?:\s*(?:[-\u2013:,(]|\bcauses\b|->)|\s)\s*(?:(?:severe|mild|moderate|bad|itchy|facial|lip|throat|skin|gi|stomach|unknown|childhood|possible|and|with|,|/)\s*)*(?:rash|hives|urticaria|itching|pruritus|anaphylaxis|angioedema|swelling|cough"
    r"|nausea|vomiting|n/v|diarrhea|upset|headaches?|dizziness|red man(?: syndrome)?|flushing|dyspnea|sob|wheezing|bronchospasm|myalgias?|reaction|intolerance|allergy|sjs|dress|syncope|hypotension|confusion|hallucinations|hitt?|heparin-induced thrombocytopenia|infusion reaction|flushing|unknown|childhood)\)?$",
    re.IGNORECASE,
)
# Words that leave open whether, when or in whom it is; the name itself then tells only what it is about.
_DOUBTED = later(
    r"^(?:suspected|possible|probable|likely|presumed|question(?:able)? of|rule[- ]out|r/o|(?:family|fam) (?:history|hx) of|fh(?:x)? of|exposure to|contact with|screening for|screen for|(?:at )?(?:increased |high )?risk (?:of|for)|negative for|no|not|without|denies|carrier of|prophylaxis (?:of|for|against)|prevention of)\s+"
    r"|[\s,]+(?:(?:ruled|r/o)[- ]?out|suspected|possible|likely|unlikely|carrier|exposure|screening|prophylaxis|survivor|(?:not|never) confirmed|unconfirmed|in (?:the )?(?:mother|father|sister|brother|family))$",
    re.IGNORECASE,
)


Reach = Literal["itself", "above", "kinds", "field", "all"]
Told = tuple[tuple[Concept, Reach], ...]
"""What a name may tell of: each of itself and what is broader only, the same for certain only, of its kinds as well, as a field of diseases (causes apart), or of all that may have to do with it."""


_REACHES: tuple[tuple[str, Reach], ...] = (("==", "above"), ("=", "itself"), ("~", "field"))


def told(vocabulary: Vocabulary, kind: str, labels: Iterable[str]) -> Told:
    """The concepts of labels with their kinds; one with a "=" behind it stands for itself only, with "==" for what is certain of it, with "~" for a field."""
    found: list[tuple[Concept, Reach]] = []
    for label in labels:
        sign, reach = next((one for one in _REACHES if label.endswith(one[0])), ("", "kinds"))
        concept: Concept | None = getattr(vocabulary, kind)(label.removesuffix(sign))
        found += [] if concept is None else [(concept, reach)]
    return tuple(found)


@cache
def _words() -> dict[tuple[str, tuple[str, ...]], tuple[str, ...]]:
    """Kind and written words → meant words."""
    return {(kind, tuple(written.split())): tuple(meant.split()) for kind, written, meant in table("chart_words.tsv")}


@cache
def _causes() -> dict[str, list[str]]:
    """A cause in normal form → the labels of what it may tell of."""
    return {name: list(filter(None, labels.split("|"))) for names, labels in table("causes.tsv") for name in names.split("|")}


def in_full(kind: str, wording: str) -> tuple[str, ...]:
    """The pieces of a name, each in normal words and with the abbreviations of charts in full."""
    joined = wording.strip() if kind == "treatment" else wording.strip().replace(" + ", ", ")
    return tuple(filter(None, (" ".join(spelled_out(kind, normal(piece))) for piece in pieces(joined))))


def pieces(wording: str) -> list[str]:
    """A name and what is said of it behind commas, dashes and "s/p", as it was written."""
    return _PARTED.split(_DONE.sub(", ", _BEFORE.sub("", _CALMED.sub("", wording.strip())).replace("2/2", "secondary to")))


def spelled_out(kind: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Words with the abbreviations of charts in full."""
    known, found, i = _words(), list[str](), 0
    while i < len(words):
        if words[i] in _TIMES and words[i + 1 : i + 2] and words[i + 1][0].isdigit():
            i += 2
            continue
        for length in range(min(_LONGEST, len(words) - i), 0, -1):
            written = words[i : i + length]
            meant = known.get((kind, written), known.get(("any", written)))
            if meant is not None:
                found += meant
                i += length
                break
        else:
            found.append(words[i])
            i += 1
    return tuple(found)


def without_cause(vocabulary: Vocabulary, wording: str) -> str:
    """A disease's name without the cause that is said before or behind it; the name itself where none is said that is known."""
    for start, end, _ in _causes_said(vocabulary, wording):
        rest = " ".join((wording[:start] + " " + wording[end:]).split()).strip(" ,-")
        if rest:
            return rest
    return wording


def causes_in(vocabulary: Vocabulary, wording: str, found: Sequence[Concept]) -> Told:
    """What the causes said in a name may tell of, and the organs of which it says more than the concepts that were found."""
    named = [cause for _, _, cause in _causes_said(vocabulary, wording)]
    known = {word for concept in found for word in normal(concept.label)}
    organs = [told(vocabulary, "condition", labels) for words, labels in _organs() if not words.isdisjoint(normal(wording)) and words.isdisjoint(known)]
    cancer = any(_CANCER in vocabulary.broader(concept) for concept in found)  # of a "malignant neoplasm" malignant tells nothing more
    more = [each for each in named if not (cancer and any(one.label == _CANCER for one, _ in each))]
    return tuple(dict.fromkeys(one for each in (*more, *organs) for one in each))


def _causes_said(vocabulary: Vocabulary, wording: str) -> Iterator[tuple[int, int, Told]]:
    """Where the causes stand that are said in a name and known, with all they may tell of."""
    for found in _COMES_OF.finditer(wording):
        before = _WORDS_BEFORE.search(wording[: found.start()])
        if before is None:
            continue
        starts = [before.start(), *(before.start() + gap.end() for gap in _BETWEEN.finditer(before[0]))]
        at_end = found.end() == len(wording)
        for start in starts:
            cause = _cause(vocabulary, wording[start : found.start()], named=found["causal"] is not None)
            if cause is not None and (not at_end or wording[:start].rstrip().endswith(",")):
                yield start, found.end(), () if found["denied"] else cause
                break
    for found in _AFTER.finditer(wording):
        ends = [found.end(), *(found.start("after") + gap.start() for gap in reversed(list(_BETWEEN.finditer(found["after"]))))]
        for end in ends:
            cause = _cause(vocabulary, wording[found.start("after") : end], named=True)
            if cause is not None:
                yield found.start(), end, cause
                break
    behind = _DUE_TO.search(wording)
    cause = None if behind is None else _cause(vocabulary, behind["cause"], named=True)
    if behind is not None and cause is not None:
        yield behind.start(), behind.end(), cause
    leading = _LEADING.match(wording)
    cause = None if leading is None else _cause(vocabulary, leading["word"], named=False)
    if leading is not None and cause is not None:
        yield 0, leading.end(), cause


def _cause(vocabulary: Vocabulary, said: str, *, named: bool) -> Told | None:
    """What a cause may tell of; None where it is not known. Where a name counts, a disease tells of itself, a drug of what drugs do, an operation of what its kind leaves behind."""
    labels = _causes().get(" ".join(normal(said)))
    if labels is not None:
        return told(vocabulary, "condition", labels)
    if not named or len(said) < _SHORTEST_CAUSE:
        return None
    disease = vocabulary.condition(said)
    if disease is not None:
        return ((disease, "kinds"),)
    if vocabulary.treatment(said) is not None:
        return told(vocabulary, "condition", _causes()["drug"])
    return None if vocabulary.procedure(said) is None else told(vocabulary, "condition", _causes().get(normal(said)[-1], []))


@cache
def _organs() -> list[tuple[frozenset[str], list[str]]]:
    return [(frozenset(words.split("|")), labels.split("|")) for words, labels in table("organs.tsv")]


def doubted(wording: str) -> str:
    """A name without the words that leave open whether, when or in whom it is; "" where it has none."""
    plain = _DOUBTED.sub("", wording.strip())
    return "" if plain == wording.strip() else plain.strip(" ,")


def without_reaction(substance: str) -> str:
    """A substance of a list of allergies without how it is not borne: "penicillin - rash"."""
    return _REACTION.sub("", substance.strip()) or substance
