"""Limits among words that ask for nothing: who the patient is, how, where and when a value is taken, the names of its measure.

"The patient's latest estimated glomerular filtration rate (eGFR) by the laboratory must be ≥ 60 mL/min" asks for the eGFR. Where
every word of an unread text is one of `idle_words.txt`, or of the names of what is limited there, the limits are all it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from matcher.model.language import Age, All, Ambiguous, Any, Check, Measurement, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read, Spans
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Vocabulary, normal
from matcher.vocabulary.measures import measure_aliases

_Place = tuple[int, int]
_LONGEST = 300  # characters
# Formulas, leads, visits and brackets that are no more than idle words together, though none of them is alone.
_PHRASES = Caseless(
    r"\bmodification of (?:the )?diet in renal disease\b|\bchronic kidney disease[- ]epidemiology collaboration\b|\bckd[- ]?epi(?:[ (]*(?:2009|2012|2021)\)?)?|\b(?:12|twelve)[- ]?leads?\b|\b(?:visit|v|day|week) ?-?\d{1,2}\b|"
    r"\b(?:at|of) (?:first|second) (?:visit|screening)\b|\b(?:prior to|before) (?=(?:the )?(?:study|trial|enrol\w*|random\w*|inclusion|entry|registration|screening|baseline|informed consent|signing)\b)|\b(?:prior to|before) (?:the )?(?:start|initiation|beginning|commencement) of (?:the )?(?:study |trial |protocol )?(?:treatment|therapy|drug|medication|dosing)\b|\bappendix \w{1,3}\b|\bmost recent(?:ly)?\b|\bfirst[- ]morning\b|\bmultiple[- ]gated acquisition\b|\b(?:two|2)[- ]dimensional\b|\bambient air\b|\bat rest\b|\b(?:fe)?males? (?:and|or) (?:fe)?males?\b|\b(?:wo)?men (?:and|or) (?:wo)?men\b|\bi\.e\.,?|\binformed consent\b|\b(?:17|9|10|15)[- ]?item\b",
)
_WORDS = pattern_of(r"[^\W_]+|[<>≥≤=%±+/&*~]")
_SIGN = Caseless(r"(?:[<>≤≥=]|\bthan\b|\bup to\b|\bat (?:least|most)\b|\b(?:above|below|over|under|between|exceed\w*|maximum|minimum)\b)(?=\D{0,25}\d)")
_SPACE = pattern_of(r"[<>≥≤=%±+/&~\d]")
_WITHIN = Caseless(r"\bwithin (?:the )?(?:last |past |previous )?\d{1,2} (?:days?|weeks?|months?)(?: (?:prior to|before|preceding|of))?\b", needs=("within",))
_JOINS = frozenset(("and", "or"))
# A number of these may be one of letters, of a fraction or of a chart.
_IN_SEVERAL_WAYS = frozenset(("bcva",))
# Words of names that tell of another state or of more than one value.
_OF_A_STATE = frozenset(("post", "pre", "bronchodilator", "worst", "average", "mean", "peak", "least", "daily", "week", "trough", "random", "left", "right", "premorbid", "preoperative", "maximum", "maximal", "minimum", "highest", "lowest", "and", "or"))
@cache
def _idle() -> frozenset[str]:
    """The words that ask for nothing, as they are compared."""
    return _listed(0)


@cache
def _of_limits() -> frozenset[str]:
    """The words of which a limit consists, beside the name of what is limited."""
    return _listed(1)


def _listed(part: int) -> frozenset[str]:
    """The words of a part of the table."""
    text = (Path(__file__).parents[1] / "data" / "idle_words.txt").read_text(encoding="utf-8").split("\n## ")[part]
    return frozenset(word for line in text.splitlines()[1:] for one in line.split() for word in normal(one))


@cache
def _names() -> dict[str, frozenset[str]]:
    """The words of all names of each measure."""
    found: dict[str, set[str]] = {}
    for words, measure in measure_aliases().items():
        found.setdefault(measure, set()).update(words)
    return {measure: frozenset(words) for measure, words in found.items()}


def without_idle_words(read: Read, text: str, vocabulary: Vocabulary, kind: str) -> Read:
    """The reading without the unread texts in which nothing but its own limits is asked."""
    known = list(leaves(read.check))
    if len(text) > _LONGEST or "\n" in text or len(known) != len(read.spans) or not any(isinstance(leaf, Unread) for leaf in known) or not any(isinstance(leaf, Measurement | Age) for leaf in known):
        return read
    check, spans = _Around(text, vocabulary, kind).told(read.check, iter(read.spans))
    return rewritten(Read(check, spans), lambda leaf: _by_label(leaf, vocabulary)) if check != read.check else read


def _by_label(leaf: Check, vocabulary: Vocabulary) -> Check | None:
    """A limit named by more than an abbreviation, under the name that the vocabulary gives to its measure."""
    measure = vocabulary.measure(leaf.term) if isinstance(leaf, Measurement) and " " in leaf.term else None
    return replace(leaf, term=measure.label) if measure is not None and isinstance(leaf, Measurement) else None


_WITH = Caseless(r"\W*with\b", needs=("with",))


def _of_the_last(check: All, found: list[tuple[Check, Spans]]) -> list[tuple[Check, Spans]]:
    """ "A or B with an LVEF < 35 % (on the latest test)": said of both, or A is enough without it."""
    match check.parts, found:
        case (Any(listed), Ambiguous((Unread(words), *_))), [(_, places), (Measurement() as limit, (place, *_))] if _WITH.match(words) and not any(isinstance(leaf, Unread) for part in listed for leaf in leaves(part)):
            before = places[: sum(1 for part in listed[:-1] for _ in leaves(part))]
            return [found[0], (Ambiguous((limit, Any((*listed[:-1], limit)))), (place, *before, place))]
    return found


class _Around:
    """One text, and what is said in it around limits."""

    def __init__(self, text: str, vocabulary: Vocabulary, kind: str) -> None:
        self._text, self._vocabulary, self._kind = text, vocabulary, kind

    def told(self, check: Check, places: Iterator[_Place]) -> tuple[Check, Spans]:
        """A part with its places, without what is idle in it."""
        if isinstance(check, Ambiguous):
            spans = tuple(next(places) for _ in leaves(check))
            return self._one_reading(check, spans) or (check, spans)
        if isinstance(check, All | Any):
            parts = [(part, self.told(part, places)) for part in check.parts]
            found = [now for _, now in parts]
            if isinstance(check, All):
                found = _of_the_last(check, self._needed(found))
            if len(found) == 1:
                return found[0]
            return type(check)(tuple(part for part, _ in found)), tuple(span for _, spans in found for span in spans)
        return check, tuple(next(places) for _ in leaves(check))

    def _needed(self, found: Sequence[tuple[Check, Spans]]) -> list[tuple[Check, Spans]]:
        """The parts that are asked for together without those that say nothing beside the others."""
        limits = [(leaf, span) for part, spans in found for leaf, span in zip(leaves(part), spans, strict=True) if isinstance(leaf, Measurement | Age)]
        kept = [(part, spans) for part, spans in found if not (isinstance(part, Unread) and self._says_nothing(part, spans[0], limits) == frozenset())]
        return kept if any(isinstance(leaf, Measurement | Age) for part, _ in kept for leaf in leaves(part)) else list(found)

    def _one_reading(self, check: Ambiguous, spans: Spans) -> tuple[Check, Spans] | None:
        """What is told beside the whole text, where the text asks for no more."""
        first, *others = check.readings
        if not isinstance(first, Unread):
            return None
        limits = list(zip((leaf for one in others for leaf in leaves(one)), spans[1:], strict=True))
        if not all(isinstance(leaf, Measurement | Age) for leaf, _ in limits) or any(isinstance(one, Ambiguous) for one in others):
            return None
        joints = self._says_nothing(first, spans[0], limits)
        if joints is None or (len(others) == 1 and joints):
            return None
        if len(others) == 1:
            return others[0], spans[1:]
        if joints != frozenset(("or",) if self._kind == "exclusion" else ("and",)):
            return None
        return (Any if self._kind == "exclusion" else All)(tuple(others)), spans[1:]

    def _says_nothing(self, unread: Unread, place: _Place, limits: Sequence[tuple[Check, _Place]]) -> frozenset[str] | None:
        """The joints among the words of an unread text where all others are idle; None where something is asked there."""
        if clean(self._text[place[0] : place[1]]) != unread.text:
            return None
        own: set[str] = set()
        for leaf, _ in limits:
            names = self._names_of(leaf)
            if names is None:
                return None
            own |= names
        inside = [(leaf, (start, end)) for leaf, (start, end) in limits if place[0] <= start and end <= place[1]]
        for _, (start, end) in inside:
            sign = _SIGN.search(self._text, start, end)
            if sign is not None and any(word[0].isdigit() and word not in own for word in normal(_PHRASES.without(self._text[start : sign.start()], " "))):
                return None  # "BMI 18 up to 30"
            if any(word not in _of_limits() and word not in own and word not in _idle() and not word[0].isdigit() for word in normal(_PHRASES.without(self._text[start:end], " "))):
                return None
        rest = self._outside(place, [span for _, span in inside])
        if any(getattr(leaf, "window", None) is not None for leaf, _ in limits):
            rest = _WITHIN.without(rest, " ")
        rest = _PHRASES.without(rest, " ")
        if _SPACE.search(rest):
            return None
        said = set(normal(rest))
        return frozenset(said & _JOINS) if said - _JOINS <= own | _idle() else None

    def _names_of(self, leaf: Check) -> frozenset[str] | None:
        """The words by which what is limited goes; None for what the vocabulary does not know."""
        if isinstance(leaf, Age):
            return frozenset(("age", "aged", "year", "old"))
        measure = self._vocabulary.measure(leaf.term) if isinstance(leaf, Measurement) else None
        if measure is not None and (measure.id in _IN_SEVERAL_WAYS or (measure.label.startswith("eGFR") and "easured" in self._text)):
            return None  # a filtration that is measured is none that is estimated
        return (_names().get(measure.id, frozenset()) - _OF_A_STATE) | set(normal(measure.label)) if measure is not None else None

    def _outside(self, place: _Place, spans: Sequence[_Place]) -> str:
        """The text of a place without those of the facts in it."""
        said, at = "", place[0]
        for start, end in sorted(spans):
            said += self._text[at : max(at, start)] + " "
            at = max(at, end)
        return said + self._text[at : place[1]]
