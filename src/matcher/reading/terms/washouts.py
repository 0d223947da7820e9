"""Rules for time since a treatment: half-lives beside a window, "at least 4 weeks since the last dose of X"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from matcher.model.dates import Span
from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Bound,
    Check,
    Condition,
    Duration,
    Exempt,
    Medication,
    Not,
    Participation,
    Procedure,
    Unread,
    Window,
)
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.amounts import Found, span_of
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Context, Read, Rule, check_token
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.numbers import Number, time_unit
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.times import TAIL


class HalfLives(NamedTuple):
    """So many half-lives beside a window, of which the longer or the shorter counts; the number is None where it is not certain."""

    which: str
    number: Decimal | None


def _count(token: Token) -> Decimal | None:
    """How many half-lives a number names."""
    if token.tag == "quantity":
        bounds: tuple[Bound, ...] = token.value
        return bounds[0].number if len(bounds) == 1 and not bounds[0].unit else None
    return token.value.low if token.tag == "number" and token.value.high is None and not token.value.unit else None


_HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}


def _says_no_more(fact: Check, half: HalfLives, context: Context) -> bool:
    """Whether so many half-lives of a drug are certainly over before its window is, where the longer counts, or after it, where the shorter does."""
    drug = context.vocabulary.treatment(fact.term) if isinstance(fact, Medication) else None
    known = context.vocabulary.half_life(drug) if drug is not None else None
    if known is None or half.number is None or not isinstance(fact, Medication) or fact.window is None or fact.window.within is None or fact.window.beyond is not None:
        return False
    hours = Fraction(fact.window.within.number) * _HOURS.get(fact.window.within.unit, 0)
    shortest, longest = (Fraction(half.number) * bound for bound in known)
    return 0 < hours <= shortest if half.which == "shorter" else longest <= hours


def _half_lives(tokens: Sequence[Token], context: Context) -> Found:
    """ "within 4 weeks or 5 half-lives, whichever is longer": the window, and the half-lives that no profile holds."""
    led = any(token.tag in ("within", "anchor", "ago", "in") for token in tokens)
    if not led or sum(one.tag == "open" for one in tokens) != sum(one.tag == "close" for one in tokens):
        return None
    at = next(i for i, token in enumerate(tokens) if token.tag == "halflife")
    amount = next(token for token in reversed(tokens[:at]) if token.tag in ("number", "quantity", "range"))
    which = next((str(token.value) for token in tokens if token.tag == "whichever"), "longer")
    half = Token("halflife", amount.start, tokens[at].end, context.text[amount.start : tokens[at].end], HalfLives(which, _count(amount)))
    time = next((token for token in tokens if token.tag in ("time", "span")), None)
    if time is None:
        return [replace(half, value=HalfLives("shorter", None))]
    span = _length(time)
    return [replace(time, tag="window", value=Window(span)), half] if span else None


def _length(token: Token) -> Span | None:
    if token.tag == "time":
        return None if token.value.high is not None else Span(token.value.low, time_unit(token.value.unit) or "year")
    bounds: tuple[Bound, ...] = token.value
    return span_of(bounds[0]) if len(bounds) == 1 and bounds[0].op != "≥?" else None


def _or_half_lives(tokens: Sequence[Token], context: Context) -> Found:
    """A fact in its window, or longer ago but within so many half-lives; where the shorter counts, both must hold."""
    read: Read = tokens[0].value
    half = tokens[-1]
    denied = isinstance(read.check, Not)
    inner = read.check.part if isinstance(read.check, Not) else read.check
    facts = list(leaves(inner))
    if not all(isinstance(fact, Medication | Procedure | Participation | Condition) for fact in facts) or isinstance(inner, Ambiguous):
        return None
    beside = half.value if isinstance(half.value, HalfLives) else HalfLives("longer", None)
    if all(_says_no_more(fact, beside, context) for fact in facts):
        return [tokens[0]]
    words = Unread(" ".join(half.text.split()))
    if beside.which == "shorter":
        found: Check = All((inner, words))
        spans = (*read.spans, (half.start, half.end))
    else:
        found = Any((inner, All((_changed(inner, _ever), words))))
        spans = (*read.spans, *read.spans, (half.start, half.end))
    return check_token(Not(found) if denied else found, tokens, context, spans)


def _ever(leaf: Check) -> Check:
    """The fact at any time."""
    match leaf:
        case Medication():
            return replace(leaf, window=None, phase="any")
        case Procedure() | Condition() | Participation():
            return replace(leaf, window=None)
    return leaf


def _changed(check: Check, change: Callable[[Check], Check]) -> Check:
    """The check with every fact of it changed."""
    match check:
        case All(parts):
            return All(tuple(_changed(part, change) for part in parts))
        case Any(parts):
            return Any(tuple(_changed(part, change) for part in parts))
    return change(check)


_LAST = Caseless(r"last|latest|most recent|prior|previous|completion|completed|complete|end|ending|elapsed|passed|final|recent|stopping|discontinuation|cessation|must|have|has")


def _since(tokens: Sequence[Token], context: Context) -> Found:
    """ "at least 4 weeks since the last chemotherapy": none within that time; "less than": some within it."""
    bounds: tuple[Bound, ...] = tokens[0].value
    read: Read = tokens[-1].value
    words = [token for token in tokens[1:-1] if token.tag == "w"]
    if len(bounds) != 1 or not all(_LAST.fullmatch(token.text) for token in words):
        return None
    bound = bounds[0]
    facts = list(leaves(read.check))
    if _of_diagnosis(tokens, context):
        if not all(isinstance(fact, Condition) and fact == Condition(fact.term) for fact in facts) or isinstance(read.check, Not | Ambiguous):
            return None
        return check_token(_changed(read.check, lambda fact: _lasting(fact, Duration(bound.op, span_of(bound)))), tokens, context, read.spans)
    if not isinstance(read.check, Any | Medication | Procedure | Condition | Participation) or not all(_datable(fact, context) for fact in facts):
        return None
    within = [_within(read.check, span) for span in _spans(bound)]
    if not within:
        return None
    found = tuple(within if bound.op in ("<", "≤") else map(Not, within))
    return check_token(found[0] if len(found) == 1 else Ambiguous(found), tokens, context, read.spans * len(found))


_OVER = Caseless(r"(?:completed|discontinued|stopped|finished|ended|concluded|ceased)")
_DUTY = Caseless(r"\b(?:must|should|shall|will|ha(?:s|ve) to|needs? to|required to)\b[^.;]*$")
_WHATEVER = Caseless(r"\b(?:all|any)(?: \w+)?$")
_LEAST = Caseless(r"\b(?:at least|minimum|or more|no less than|not less than)\b|[≥=]")


def _over_before(tokens: Sequence[Token], context: Context) -> Found:
    """ "Chemotherapy must be completed at least 4 weeks before": none within that time; without the duty it may have to have been given."""
    read: Read = tokens[0].value
    bound = _over_for(tokens[-1])
    if context.exclusion or not _OVER.fullmatch(tokens[1].text) or bound is None:
        return None
    facts = list(leaves(read.check))
    if not isinstance(read.check, Any | Medication | Procedure) or not all(isinstance(fact, Medication | Procedure) and _datable(fact, context) for fact in facts):
        return None
    none: list[Check] = [Not(_within(read.check, span)) for span in _spans(bound)]
    bound_to_all = _DUTY.search(context.text[: tokens[1].start]) or _WHATEVER.search(context.text[: tokens[0].start].rstrip()) or _WHATEVER.match(tokens[0].text)
    found = none if bound_to_all else [*none, *(All((_changed(read.check, _ever), one)) for one in none)]
    spans = read.spans * (sum(1 for one in found for _ in leaves(one)) // len(facts))
    return check_token(found[0] if len(found) == 1 else Ambiguous(tuple(found)), tokens, context, spans) if found else None


_LEFT_OFF = Caseless(r"(?:discontinu(?:ed|ation|ing)|stopp(?:ed|ing)|ceas(?:ed|ing)|cessation|withdrawal|completed|completing|completion)")


def _left_off(tokens: Sequence[Token], context: Context) -> Found:
    """ "Discontinuation of methotrexate within 4 weeks": taken in that time, and taken no more; who takes it still is asked."""
    word = next(token for token in tokens if token.tag == "w")
    read: Read = tokens[-1].value
    facts = list(leaves(read.check))
    plain = isinstance(read.check, Medication | Any) and all(isinstance(fact, Medication) and fact.phase in ("", "any") and fact.window is not None and fact.window.within is not None and fact.window.beyond is None for fact in facts)
    if not plain or not _LEFT_OFF.fullmatch(word.text):
        return None
    return check_token(_changed(read.check, lambda fact: replace(fact, phase="past") if isinstance(fact, Medication) else fact), tokens, context, read.spans)


_OF_ANY = Caseless(r"\b(?:any|all|prior|previous|last)\b.*\b(?:must|should|shall)\b")


def _if_there_was_any(tokens: Sequence[Token], context: Context) -> Found:
    """ "Prior surgery must have been more than 4 weeks ago": it may be asked of those only who had one."""
    read: Read = tokens[0].value
    fact = read.check
    if context.exclusion or not isinstance(fact, Medication | Procedure) or fact.window is None or fact.window.beyond is None or fact.window.within is not None:
        return None
    if not _OF_ANY.search(context.text[max(0, tokens[0].start - 8) : tokens[0].end]):
        return None
    bound = _over_for(replace(tokens[0], tag="window", value=fact.window))
    none = [Not(_within(replace(fact, window=None), span)) for span in _spans(bound)] if bound is not None else []
    return check_token(Ambiguous((fact, *none)), tokens, context, read.spans * (1 + len(none))) if none else None


def _over_for(token: Token) -> Bound | None:
    """How long something has been over: "at least 4 weeks before", "for more than 4 weeks"."""
    if token.tag == "lasting":
        duration: Duration = token.value
        return Bound(duration.op, duration.span.number, duration.span.unit) if duration.op in ("≥", ">") else None
    window: Window = token.value
    if window.beyond is None or window.within is not None:
        return None
    return Bound("≥" if _LEAST.search(token.text) else ">", window.beyond.number, window.beyond.unit)


def _lasting(fact: Check, duration: Duration) -> Check:
    return replace(fact, lasting=duration) if isinstance(fact, Condition) else fact


def _of_diagnosis(tokens: Sequence[Token], context: Context) -> bool:
    return re.search(r"diagnos|onset", context.text[tokens[0].end : tokens[-1].end], re.IGNORECASE) is not None


def _datable(fact: Check, context: Context) -> bool:
    """Whether a fact happens on a day or is taken: an operation, a treatment, an event such as a stroke."""
    match fact:
        case Medication() | Procedure(current=False) | Participation(current=False):
            return fact.window is None
        case Condition():
            concept = context.vocabulary.condition(fact.term)
            return fact == Condition(fact.term, fact.phase) and concept is not None and not context.vocabulary.lifelong(concept)
    return False


def _within(check: Check, span: Span) -> Check:
    def narrowed(leaf: Check) -> Check:
        match leaf:
            case Medication() | Condition():
                return replace(leaf, window=Window(span), phase="")
            case Procedure() | Participation():
                return replace(leaf, window=Window(span))
        return leaf

    return _changed(check, narrowed)


_SHORTEST = {"day": 1, "week": 7, "month": 28, "year": 365}


def _spans(bound: Bound) -> list[Span]:
    """The time in which nothing may have been: "at least" and "less than" leave out the last day, which months leave open."""
    span = span_of(bound)
    if bound.op in (">", "≤"):
        return [span]
    if span.unit == "hour" and bound.op in ("≥", "<") and span.number > 1:
        return [Span(span.number - 1, "hour")]
    days = span.number * _SHORTEST.get(span.unit, 0)
    if bound.op not in ("≥", "<") or days < 2 or days != int(days):
        return []
    if span.unit in ("day", "week"):
        return [Span(days - 1, "day")]
    return [span, Span(Decimal(int(span.number * Decimal("30.4")) - 3 if span.unit == "month" else int(days) - 1), "day")]


def _longer_for_some(tokens: Sequence[Token], context: Context) -> Found:
    """ "chemotherapy within 4 weeks (6 weeks for nitrosoureas)": those within the longer time, too; of those that a denial lets off sooner, the shorter alone."""
    first: Read = tokens[0].value
    some: Read = next(token for token in reversed(tokens) if token.tag == "check").value
    time = next((token for token in tokens if token.tag in ("time", "span", "window")), None)
    named: list[Check] = list(dict.fromkeys(map(_bare, leaves(some.check))))
    if not all(isinstance(leaf, Medication | Procedure) and leaf in (Medication(leaf.term), Procedure(leaf.term)) for leaf in named):
        return None
    denied = [node for node in _readings(first.check) if isinstance(node, Not)]
    span = _of_the_denied(some.check) if time is None else time.value.within if time.tag == "window" else _length(time)
    shorter = [leaf.window for leaf in leaves(first.check) if isinstance(leaf, Medication | Procedure) and leaf.window is not None]
    if span is None or not shorter or len(shorter) != sum(1 for _ in leaves(first.check)) or any(one.within is None or one.beyond for one in shorter):
        return None
    since = bool(denied) and (time is None or _SINCE.search(tokens[0].text) is not None)
    lengths = [span] if time is None else _spans(Bound("≥", span.number, span.unit)) if since else [span]
    within = [_within(any_of(named), length) for length in lengths]
    if not within or (denied and (len(denied) != len(_readings(first.check)) or _MORE.match(context.text[tokens[-1].end :]))):
        return None
    places = (*first.spans, *(some.spans[:1] * (len(named) * len(within))))
    none = [Not(one) for one in within]
    if any(_days(one.within) >= _days(span) for one in shorter if one.within is not None):
        let_off = rewritten(first, lambda leaf: replace(leaf, other_than=tuple(Exempt(one.term) for one in named if isinstance(one, Medication | Procedure))) if isinstance(leaf, Medication | Procedure) and not leaf.other_than else None)
        if not denied or let_off.check == first.check or {type(leaf) for leaf in leaves(first.check)} != {type(one) for one in named}:
            return None
        first = let_off
    elif not denied:
        return check_token(Any((first.check, within[0])), tokens, context, places)
    return check_token(All((first.check, none[0] if len(none) == 1 else Ambiguous(tuple(none)))), tokens, context, places)


def _bare(leaf: Check) -> Check:
    """A treatment that somebody had or has, whenever it was."""
    return replace(leaf, phase="", window=None) if isinstance(leaf, Medication) and leaf.phase in ("", "any") else replace(leaf, window=None) if isinstance(leaf, Procedure) else leaf


def _of_the_denied(check: Check) -> Span | None:
    """Within which time a denial denies treatments."""
    windows = {leaf.window for leaf in leaves(check) if isinstance(leaf, Medication | Procedure)}
    window = next(iter(windows)) if len(windows) == 1 and isinstance(check, Not) else None
    return window.within if window is not None and window.beyond is None else None


# Behind the bracket of a denial, one more treatment belongs to what is denied.
_MORE = Caseless(r"\W*(?:or|and|and/or)\b\s+(?!recover|have|has|must|with|fully|all|resol|no\b|not\b|at least|\d)|\s*[,/]\s*\w")
_SINCE = Caseless(r"\b(?:since|from|after|post|elapsed)\b")


def _readings(check: Check) -> tuple[Check, ...]:
    return check.readings if isinstance(check, Ambiguous) else (check,)


def _days(span: Span) -> Decimal:
    return span.number * {"day": 1, "week": 7, "month": 30, "year": 365}.get(span.unit, 0)


_IN_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}


def _number_in_words(tokens: Sequence[Token], context: Context) -> Found:
    """ "five half-lives": the number, in words before what is no unit of time."""
    number = _IN_WORDS.get(tokens[0].text.casefold())
    return [replace(tokens[0], tag="number", value=Number(Decimal(number), None, "", False, tokens[0].end)), *tokens[1:]] if number is not None else None


_HALF = "(cmp|at|within|up)* (number|quantity|range) (w|event|drug|degree|of)? halflife"
_WHICH = "((of|w|event|drug|study|investigational|for|in|dose)* (comma|open)* whichever close?)?"
HALF_LIVES = (
    Rule("half-lives in words", "w (w|drug|degree)? halflife", _number_in_words, "halflife"),
    Rule(
        "half-lives", f"(within|in|for)? of? ((time|span) (comma|open|or|and|slash)+ {_HALF}|{_HALF} (comma|open|or|and|slash)+ (at|within|cmp)* (time|span)) {_WHICH} comma? {TAIL}",
        _half_lives, "halflife"),
    Rule("half-lives alone", f"within of? {_HALF} {_WHICH} comma? {TAIL}", _half_lives, "halflife"),
)
WASHOUTS = (
    Rule("window or half-lives", "check comma? open? halflife", _or_half_lives, "halflife"),
    Rule("since", "span (have|w|must)* (since|from|after|post) (w|event|dose|of|history|the|treated|use|times)* check", _since, "since from after"),
    Rule("over before", "check w (window|lasting)", _over_before, "window lasting"),
    Rule("left off within", "^ (history|weak)* w (of|treated|use|event)* check (?=stop|semicolon|$)", _left_off, "check", ("iscontinu", "top", "eas", "essation", "ithdrawal", "omplet")),
    Rule("if there was any", "check", _if_there_was_any, "check", says=("must", "should", "shall")),
    Rule("longer for some", "check open (check|cmp? (time|span|window) (for|since|from|after|of|with|in|if|history|event|treated|use)* check) close", _longer_for_some, "open"),
)
