"""Limits in words that were not read, on what the text names and the vocabulary does not: "longest diameter ≥ 2 cm".

They stand beside the unread words as one reading of them and decide nothing; a nurse sees what is compared with what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.model.language import (
    LLN,
    ULN,
    Bound,
    Condition,
    Duration,
    Measurement,
    Procedure,
    Statement,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.limits.limited import plausible
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import canonical

# What a name consists of, beside words.
_NAMING = frozenset(("w", "degree", "level", "score", "event", "measure", "panel", "cond", "organ", "proc", "age", "stage", "ps", "bp", "shows", "result", "of", "study", "confirmed", "current", "equivalent", "equal", "method", "only"))
_LINKS = frozenset(("be", "colon", "of", "from", "between", "dash", "comma-less", "ranging", "at", "within", "as"))
_MOST_WORDS = 6
# Words that end a name where it begins, because they are about people, times, treatment or the sentence.
_STOPS = Caseless(
    r"\b(?:patients?|subjects?|participants?|individuals?|women|men|children|infants|who|that|which|with|without|is|are|was|were|be|been|has|have|had|having|must|should|will|can|may|not|no|than|if|when|while|"
    r"after|before|during|within|since|until|from|to|for|by|at|on|per|and|or|a|an|the|either|both|following|defined|demonstrat\w+|showing|shows?|evidenced?|evidence|indicated|documented|least|most|using|via|"
    r"any|all|each|their|his|her|as|whose|where|presence|including|currently|screening|having|been|also|only|other|least|then|there)\b",
)
_NO_NAME = Caseless(
    r"\b(?:doses?|mg|therap(?:y|ies)|treatments?|treated|drugs?|agents?|medications?|received?|receiving|taken|taking|use|used|visits?|cycles?|courses?|regimens?|lines?|prior|previous\w*|history|"
    r"interval|washout|wash-?out|half-?li\w+|criteria|criterion|occasions?|episodes?|flares?|relapses?|attempts?|consum\w*|drink\w*|smok\w*|cigarettes?|alcohol|failed|failures?|surger(?:y|ies)|"
    r"radiotherapy|radiation|chemotherapy|donat\w*|blood loss|contracept\w*|days?|weeks?|months?|years?|hours?|old|older|younger|age group|version|protocol|study|trial|items?|section|table|appendix|prednis\w+|sensitivity|cohorts?|donat\w*|trough|pearl|tolerat\w*|"
    r"^(?:average|period|duration|interval|number|age|levels?|values?)$|episodes?)\b",
)
_CHANGED = ("drop", "fall", "gain", "goal", "loss", "rise", "chang", "delta", "target", "decline", "deviation", "variation", "worsening", "difference", "fluctuation", "improvement")
# A change of a value, or a value to come, is no limit on the value itself.
_CHANGES = Caseless(r"\b(?:chang\w*|difference\w*|variation\w*|fluctuation\w*|target\w*|goals?|delta|deviation|(?<!weight )(?<!hearing )(?:loss|gain)|drop|fall|decline|rise|improvement|worsening)\b", needs=_CHANGED)
_CHANGE_OF = Caseless(
    r"\b(?:chang\w*|difference|variation|variability|fluctuations?|increas\w*|decreas\w*|reduc\w*|(?<!weight )(?<!hearing )(?:loss|gain)|rise|drop\w*|fall|decline\w*|improvement|worsening|target|goal|elevation|excess)"
    r"(?:\s+(?:of|in|from|by|for|the|a|an|his|her|their|body|serum|total))*\s*$",
    needs=(*_CHANGED, "variability", "increas", "decreas", "reduc", "elevation", "excess"),
)
_SAID_BEFORE = 120  # characters: what says so is never longer
_OF_TIME = Caseless(r"\b(?:duration|interval|time|period|length|width|age|expectancy|survival|latency|gestation\w*|gestational)\b")
_OF_SCALE = Caseless(r"(?:equivalents?|scores?|scales?|index|indices|inventory|ratio|rating|stages?|grades?|class(?:ification)?|status|questionnaire|count|number|severity)\b")
# What ends the name of something that is measured, or is one by itself.
_MEASURED = Caseless(
    r"(?:scores?|scales?|index|indices|inventory|ratio|rating|questionnaire|counts?|number|severity|grades?|stages?|size|diameters?|dimensions?|axis|thickness|volume|length|width|height|depth|area|space|density|"
    r"pressure|gradient|velocity|rate|frequency|intensity|amplitude|angle|distance|duration|interval|period|time|age|weight|circumference|concentration|titer|titre|levels?|values?|stenosis|narrowing|blasts?|"
    r"myeloblasts?|plasma cells|staining|positivity|expression|burden|load|output|flow|fraction|saturation|capacity|resistance|compliance|clearance|excretion|intake|loss|gain|equivalents?|"
    r"bone|septum|involvement|surface|body surface area|BSA|component|mismatch|percentile|variability|acuity|probability|risk|extent|glycemia|myopia|refraction|equivalent|cylinder|sphere|impedance|threshold|"
    r"temperature|glucose|protein|cholesterol|antibod(?:y|ies)|antigen|DNA|RNA|mass|oxygen|dioxide|tension|reserve|latency|symptoms?|lesions?|tumou?rs?|nodules?|nodes?|deformity|contracture)(?:\s*\w{1,2})?$",
)
_LETTERS = pattern_of(r"(?:\w+ )?(?=\w*[A-Z]\w*[A-Z])[\w-]{2,12}")
_LETTERS_LAST = pattern_of(r"[(\[](?P<letters>[A-Z][A-Z\d-]{1,11})[)\]]$")
_BEHIND = frozenset(("of", "in", "on", "by", "for", "with"))
# Names that name nothing by themselves where another name stands behind the amount.
_BARE = Caseless(r"(?:total )?(?:scores?|values?|levels?|measure|number|rate|points?)")
_NOT_LAST = Caseless(r"(?:ing|ly|enrol?lment|baseline|screening|oversight)$")
_WORD = pattern_of(r"[A-Za-zµ][\w'’/%.®+-]*")


AMOUNTS = frozenset(("quantity", "span", "multiple", "lasting"))


def named_limits(tokens: Sequence[Token], context: Context) -> Iterator[Read]:
    """A limit for every amount that no rule took and that a name stands before or behind."""
    for i, token in enumerate(tokens):
        bounds = _bounds(token) if token.tag in AMOUNTS else None
        if bounds is None:
            continue
        fraction = [one.tag for one in tokens[i + 1 : i + 3]] == ["slash", "number"]
        if (fraction and bounds[0].number == 20) or _changes(context.text, token.start):
            continue
        before, behind = _before(tokens[:i], context), _behind(tokens[i + 1 :], context)
        if token.tag == "lasting":
            before, behind = _lasting(before, token, context), None
        if behind is not None and not _MEASURED.search(behind[0]) and context.vocabulary.measure(behind[0]) is None:
            behind = None
        if before is not None and _BARE.fullmatch(before[0]) and behind is not None:
            before = None
        named = next((name for name in (before, _letters_before(tokens[:i]), behind) if name is not None and _fits(name[0], bounds, context)), None)
        named = named or _measure_before(tokens[:i], token, bounds, context)
        if named is not None:
            start, end = min(named[1], token.start), max(named[2], token.end)
            yield Read(Measurement(named[0], bounds), ((start, end),))


def _changes(text: str, start: int) -> bool:
    """Whether what stands before a place makes the value behind it a change of one."""
    return _CHANGE_OF.search(text[max(0, start - _SAID_BEFORE) : start]) is not None


def _bounds(token: Token) -> tuple[Bound, ...] | None:
    """The limits of an amount; of a multiple without a sign that is at least or at most it."""
    if token.tag in ("quantity", "span"):
        found: tuple[Bound, ...] = token.value
        return found
    if token.tag == "multiple":
        return (Bound("≥?", token.value.number, token.value.unit),)
    if token.tag == "lasting" and isinstance(token.value, Duration) and token.text.casefold().startswith("duration"):
        return (Bound(token.value.op, token.value.span.number, f"{token.value.span.unit}s"),)
    return None


def _lasting(before: tuple[str, int, int] | None, token: Token, context: Context) -> tuple[str, int, int] | None:
    """ "disease duration of at least 5 years": the word for the length of time belongs to the name."""
    if before is None:
        return None
    end = token.start + len("duration")
    return " ".join(context.text[before[1] : end].split()), before[1], end


def _names(token: Token) -> bool:
    """Whether a token may be of a name: a word, or a fact that was read and is no value."""
    if token.tag == "check":
        return all(isinstance(leaf, Condition | Procedure | Statement) for leaf in leaves(token.value.check))
    return token.tag in _NAMING or (token.tag == "weak" and token.text.casefold() == "clinical")


def _before(tokens: Sequence[Token], context: Context) -> tuple[str, int, int] | None:
    """The name that ends directly before an amount, with its place."""
    rest = list(tokens)
    while rest and rest[-1].tag in _LINKS:
        rest.pop()
    if rest and rest[-1].tag == "close":
        opened = next((i for i in range(len(rest) - 1, -1, -1) if rest[i].tag == "open"), None)
        if opened is None or len(rest) - opened > 6:
            return None
        rest = rest[:opened]
    at = len(rest)
    while at and _names(rest[at - 1]):
        at -= 1
    return _name(rest[at:], context, last=True)


def _letters_before(tokens: Sequence[Token]) -> tuple[str, int, int] | None:
    """The letters in brackets directly before an amount, with their place: "pain (VPS) > 3"."""
    if tokens and tokens[-1].tag == "check" and (found := _LETTERS_LAST.search(tokens[-1].text)) and _names(tokens[-1]):
        start = tokens[-1].start + found.start("letters")
        return found["letters"], start, start + len(found["letters"])
    if len(tokens) < 3 or [token.tag for token in tokens[-3:]] != ["open", "w", "close"] or not _LETTERS.fullmatch(tokens[-2].text):
        return None
    return tokens[-2].text, tokens[-2].start, tokens[-2].end


# Between a measure and its limit: how, when and where it is measured.
_BETWEEN = frozenset(("w", "level", "score", "of", "at", "in", "on", "by", "during", "with", "event", "method", "be", "from", "close", "open", "number", "degree", "for", "study", "anchor", "weak", "confirmed", "colon", "proc", "only", "current"))


def _measure_before(tokens: Sequence[Token], amount: Token, bounds: tuple[Bound, ...], context: Context) -> tuple[str, int, int] | None:
    """A known measure farther before an amount in a unit of its own: "mRS before the encephalitis > 3"."""
    for token in reversed(tokens[-9:]):
        if token.tag == "measure":
            measure = context.vocabulary.measure(str(token.value))
            units = {bound.unit for bound in bounds} - {"", ULN, LLN}
            own = measure is not None and all(canonical(measure, bound.number, bound.unit) is not None for bound in bounds if bound.unit in units)
            likely = measure is not None and all(measure.low <= bound.number <= measure.high for bound in bounds)
            if measure is None or not own or not plausible(measure.label, bounds, context) or not (units or measure.kind == "score" or likely) or _changes(context.text, token.start):
                return None
            if _CHANGES.search(context.text[token.end : amount.start]):
                return None
            return measure.label, token.start, token.end
        if token.tag not in _BETWEEN and not (token.tag == "check" and all(isinstance(leaf, Procedure | Condition) for leaf in leaves(token.value.check))):
            return None
    return None


def _behind(tokens: Sequence[Token], context: Context) -> tuple[str, int, int] | None:
    """The name that begins directly behind an amount, with its place."""
    rest = list(tokens)
    while rest and rest[0].tag in _BEHIND:
        rest.pop(0)
    size = next((i for i, token in enumerate(rest) if not _names(token)), len(rest))
    return _name(rest[:size], context, last=False)


def _name(tokens: Sequence[Token], context: Context, *, last: bool) -> tuple[str, int, int] | None:
    """The words of a name: the last ones behind a word that cannot be of it, or the first ones before such a word."""
    if not tokens:
        return None
    start, end = tokens[0].start, tokens[-1].end
    text = context.text[start:end]
    stops = _STOPS.spans(text)
    if last and stops:
        start += stops[-1][1]
    elif stops:
        end = start + stops[0][0]
    name = context.text[start:end]
    start += len(name) - len(name.lstrip(" -,:"))
    name = name.strip(" -,:")
    words = name.split()
    if not 2 <= len(name) <= 60 or not 1 <= len(words) <= _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return None
    if _CHANGES.search(name) or _changes(context.text, start):
        return None
    if _NO_NAME.search(name) or (len(name) < 4 and not name[:1].isupper()) or words[0].casefold() in ("of", "in") or words[-1].casefold() in ("of", "in"):
        return None
    return name, start, start + len(name)


def _fits(name: str, bounds: tuple[Bound, ...], context: Context) -> bool:
    """Whether the name may be of something measured in that unit."""
    units = {bound.unit for bound in bounds}
    measure = context.vocabulary.measure(name)
    if measure is not None:
        return plausible(name, bounds, context) and all(bound.unit in ("", "%", ULN, LLN) or canonical(measure, bound.number, bound.unit) is not None for bound in bounds)
    if context.vocabulary.treatment(name) is not None or _NOT_LAST.search(name):
        return False
    letters = _LETTERS.fullmatch(name) is not None and (len(name) > 2 or units != {""})
    if not letters and not _MEASURED.search(name) and not _OF_SCALE.search(name):
        return False
    if units == {""} and len(bounds) == 2 and letters:
        return False
    if units & {"hours", "days", "weeks", "months", "years"}:
        return _OF_TIME.search(name) is not None
    return bool(units - {""}) or _OF_SCALE.search(name) is not None or letters
