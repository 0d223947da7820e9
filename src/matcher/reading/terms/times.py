"""Rules for times: windows before a day of the trial, and how long something lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.model.dates import Span
from matcher.model.language import Duration, Window
from matcher.reading.grammar.amounts import Found, first_of, single_span, span_of
from matcher.reading.grammar.rules import Context, Rule, made
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token


def _window(tokens: Sequence[Token], context: Context) -> Found:
    planned = next((i for i, (joint, one) in enumerate(pairwise(tokens)) if joint.tag == "or" and one.tag == "planned"), 0)
    if planned:  # "before the visit or plan to receive it": the plan is another thing
        window = _window(tokens[:planned], context)
        return [*window, *tokens[planned:]] if window is not None else None
    token = first_of(tokens, "time", "span", "time-unit")
    assert token is not None
    if token.tag == "span" and len(token.value) == 2:
        low, high = token.value
        return made("window", tokens, context, Window(span_of(high), span_of(low)))
    span = single_span(token)
    if span is None:
        return None
    op = token.value[0].op if token.tag == "span" else "≤"
    if op == "≥?":
        return None
    if token.tag == "span" and re.match(r"(?:over|under)\s+the\b", token.text, re.IGNORECASE):
        op = "≤"
    if tokens[0].tag == "for" and op in (">", "≥", "<"):
        return made("lasting", tokens, context, Duration(op, span))
    led = any(one.tag in ("within", "in") for one in tokens[: tokens.index(token)])  # not "prior to inclusion in the study"
    return made("window", tokens, context, Window(_below(span) if op == "<" else span) if op in ("<", "≤") or led else Window(None, span))


_DAYS = {"day": 1, "week": 7}


def _below(span: Span) -> Span:
    """The days of less than so many: 14 days ago is not "less than 14 days ago"; how many days months have is open, and stays within them."""
    days = span.number * _DAYS.get(span.unit, 0)
    return Span(days - 1, "day") if days > 1 and days == int(days) else span


def _up_to(tokens: Sequence[Token], context: Context) -> Found:
    """ "≤ 30 days of registration": within them."""
    bounds = tokens[0].value
    return _window(tokens, context) if len(bounds) == 1 and bounds[0].op in ("≤", "<") else None


def _lasting(tokens: Sequence[Token], context: Context) -> Found:
    token = first_of(tokens, "time", "span", "time-unit")
    span = single_span(token) if token else None
    if span is None or token is None:
        return None
    op = token.value[0].op if token.tag == "span" else "≥"
    return made("lasting", tokens, context, Duration(op, span))


def _so_long(tokens: Sequence[Token], context: Context) -> Found:
    """ "of at least 6 months' duration", "lasting more than 3 months"."""
    word = next(token for token in tokens if token.tag == "w")
    if word.text.casefold() not in ("duration", "lasting", "persisting") or (word is tokens[-1] and word.text.casefold() != "duration"):
        return None
    found = _lasting(tokens, context)
    return found if found and found[0].value.op in ("<", "≤", ">", "≥") else None


_ANCHORED = Caseless(
    r"\b(?:doses?|administration|infusion|injection|initiation|start|starting|beginning|receiving|receipt|commencement|initiating|commencing)\b(?:\s+(?:of|with|the|study|first|a|an|subject's|patient's|dose))*\s*$",
)


def _dose_of_product(tokens: Sequence[Token], context: Context) -> Found:
    """ "within 4 weeks of the first dose of AB-123": the product of the trial is what the time is measured from."""
    named = [i for i, token in enumerate(tokens) if token.tag in ("w", "number", "drug")]
    before = context.text[tokens[0].start : tokens[named[0]].start]
    code = all(token.tag == "drug" or any(letter.isupper() or letter.isdigit() for letter in token.text) for token in tokens[named[0] :])
    if any(tokens[i].tag == "drug" for i in named) and not re.search(r"\b(?:first|initial|prior to|before)\b", before, re.IGNORECASE):
        return None
    if not _ANCHORED.search(before) or not code or len(named) > 3 or not re.search(r"\b(?:of|before|prior|from|to|preceding)\b", before, re.IGNORECASE):
        return None
    return made("window", tokens, context, tokens[0].value)


TAIL = "((of|anchor|from|to|at|since|preceding|on) (of|to|or|and|event|consent|anchor|in|history|current|times|dose|study|treated|use|investigational|participate|for|planned)* w{0,2} (of|event|dose|to|planned)* (event|consent|study|dose) number?)?"
# Behind "before" these are days of the trial.
_DAYS_OF_TRIAL = frozenset(("consent", "consenting", "assent", "enrollement", "inclusion", "enrolment", "enrollment", "entering", "joining", "participation", "accrual"))
_OF_VISIT = Caseless(r"(?:day|visit|cycle|week)\b")


def _day_of_trial(tokens: Sequence[Token], context: Context) -> Found:
    """ "prior to consent": the day on which it is given."""
    if tokens[-1].text.casefold() not in _DAYS_OF_TRIAL:
        return None
    return [*tokens[:-1], replace(tokens[-1], tag="event")]


def _behind_its_fact(tokens: Sequence[Token], context: Context) -> Found:
    """ "recent (within 6 months) stroke": the time of the stroke."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "open")
    if not re.search(r"\b(?:recent|recently|prior|previous|previously|past|history|history of)\W*$", context.text[: tokens[at].start], re.IGNORECASE):
        return None
    before = [token for token in tokens[:at] if token.text.casefold() not in ("recent", "recently")]
    return [*before, *tokens[at + 3 :], replace(tokens[at + 1], start=tokens[-1].end, end=tokens[-1].end)]


_SEVERAL = Caseless(r"\b(?:or|and|nor|active|current\w*|ongoing)\b|[,;/(]")


def _behind_one(tokens: Sequence[Token], context: Context) -> Found:
    """ "no stroke (within 6 weeks)": the time of the only fact; behind a list it may be that of the last."""
    return None if _SEVERAL.search(context.text, 0, tokens[0].end) else [tokens[0], tokens[2]]


def _with_day(tokens: Sequence[Token], context: Context) -> Found:
    """ "within 28 days prior to cycle 1, day 1": the day is that of the cycle."""
    if not all(_OF_VISIT.match(token.text) for token in tokens if token.tag == "event"):
        return None
    return made("window", tokens, context, tokens[0].value)


TIMES = (
    Rule("day of the trial", "anchor (w|of)? w", _day_of_trial, "anchor"),
    Rule("measured from", f"within (of|history)? (time|span|time-unit) {TAIL}", _window, "within"),
    Rule("before an operation", "(in|during) (time|span) (?=anchor (of|to|event|times)* (w|degree){0,2} proc)", _window, "anchor"),
    Rule("in the n before", "(in|for|during|at)? (time|span) (ago|anchor (?!(of|to|event|times)* (w|degree){0,2} proc)) ((of|to|or|and|event|consent|dose|in|times|study|treated|investigational)* w{0,2} (event|consent|study|dose) number?)?", _window, "anchor ago"),
    Rule("up to n of", "(?<!for)(?<!of)(?<!lasting)span (of|from) (of|to|or|and|event|consent|dose|study)* w{0,2} (event|consent|dose) number? (?!to|of|drug|proc)", _up_to, "span"),
    Rule("in the month before", "(in|during|within) time-unit anchor ((of|to|or|and|event|consent|dose|in|times|study|treated|investigational)* w{0,2} (event|consent|study|dose) number?)?", _window, "time-unit"),
    Rule("time behind a comma", "comma (?=window stop* $)", lambda tokens, context: [], "window"),
    Rule("day of a cycle", "window comma event number?", _with_day, "window"),
    Rule("time in brackets", "degree? open window close (history|degree|weak|of)* (cond|proc|drug)", _behind_its_fact, "window"),
    Rule("time in brackets behind one", "(cond|proc|drug) open window close (?=(stop|semicolon)* $)", _behind_one, "window"),
    Rule("so long", "(of|with|for)* (span|time) (in|of)? w", _so_long, "span time"),
    Rule("lasting so long", "with? w of? (span|time)", _so_long, "span time"),
    Rule("for n", "for (within)? (time|span|time-unit)", _lasting, "for"),
    Rule("dose of the product", "window (dose|event|of|anchor|use|treated)* (w|number|drug)+ (?=stop|semicolon|comma|close|or|and|$)", _dose_of_product, "window"),
    Rule("now", "(at|during|on) (anchor|of|times|event|and|or)* (event|consent)+ number? (open event+ number? close)?", lambda tokens, context: [], "event"),
)
