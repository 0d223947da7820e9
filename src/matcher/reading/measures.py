"""Rules for laboratory values, vital signs, biomarkers and scores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from matcher.model.language import (
    ULN,
    All,
    Ambiguous,
    Any,
    Bound,
    Check,
    Condition,
    Judgement,
    Measurement,
    Not,
    Sex,
    When,
    Window,
    all_of,
    any_of,
)
from matcher.reading.amounts import Found, bounds_of
from matcher.reading.rules import Context, Rule, check_token
from matcher.reading.tokens import Token

_ONE = "(measure|panel) (level|score|of)*"
_LIST = f"{_ONE} ((comma|or|and|slash)+ (level|of)* {_ONE})*"
# Names that stand for several measures.
PANELS = {
    "liver": ("ALT", "AST", "alkaline phosphatase", "total bilirubin"),
    "enzyme": ("ALT", "AST", "alkaline phosphatase"),
    "transaminase": ("ALT", "AST"),
    "lipid": ("total cholesterol", "triglycerides", "LDL cholesterol"),
}


def combine(parts: list[Check], joints: set[str], context: Context, *, shared_limit: str = "") -> Check:
    """Members of a list: "or" any, "and" all; where a list leaves it open, both readings stand.

    `shared_limit` is the operator that all members share: "ALT or AST ≤ 2 × ULN" as an inclusion may mean both.
    """
    if len(parts) == 1:
        return parts[0]
    every, some = All(tuple(parts)), Any(tuple(parts))
    if "or" in joints or "slash" in joints:
        upper = not context.exclusion and shared_limit in ("<", "≤", "≥?")
        return Ambiguous((every, some)) if upper and "and" not in joints else some
    if context.exclusion:
        return Ambiguous((every, some)) if "and" in joints else some
    return every


def joints_of(tokens: Sequence[Token]) -> set[str]:
    """Which joints stand between the members of a list."""
    return {token.tag for token in tokens if token.tag in ("or", "and", "slash", "comma", "semicolon")}


def _members(tokens: Sequence[Token]) -> list[Token]:
    """The measures of a list, an abbreviation that repeats the one before it left out."""
    found: list[Token] = []
    for token in tokens:
        if token.tag == "panel":
            found += [replace(token, value=name) for name in PANELS[str(token.value)]]
        elif token.tag == "measure" and (not found or found[-1].value != token.value):
            found.append(token)
    return found


def _limited(tokens: Sequence[Token], context: Context) -> Found:
    """Measure (or measure)* limit."""
    members = _members(tokens)
    if re.search(r"\bany\s+$", context.text[: tokens[0].start], re.IGNORECASE):
        return None
    quantity = next(token for token in tokens if token.tag in ("quantity", "span", "age-quantity"))
    if quantity.tag != "quantity" and len(members) > 1:
        return None
    bounds: tuple[Bound, ...] = _in_own_unit(str(members[0].value), quantity.value, context)
    window = _window_of(tokens)
    leaves: list[Check] = [Measurement(str(member.value), bounds, window=window) for member in members]
    end = quantity.end
    spans = tuple((member.start, end if index == len(members) - 1 else member.end) for index, member in enumerate(members))
    if quantity.start < members[0].start:
        spans = tuple((quantity.start if index == 0 else member.start, member.end) for index, member in enumerate(members))
    before = [t for t in tokens if t.start < members[-1].start and t.start >= members[0].start]
    check = combine(leaves, joints_of(before) or _panel_joint(tokens, context), context, shared_limit=bounds[0].op)
    return check_token(check, tokens, context, spans * (2 if isinstance(check, Ambiguous) else 1))


def _panel_joint(tokens: Sequence[Token], context: Context) -> set[str]:
    """A panel alone: any of its members excludes, all of them are required."""
    return {"or" if context.exclusion else "and"} if any(token.tag == "panel" for token in tokens) else set()


def _window_of(tokens: Sequence[Token]) -> Window | None:
    token = next((token for token in tokens if token.tag == "window"), None)
    return token.value if token else None


def _alternatives(tokens: Sequence[Token], context: Context) -> Found:
    """Measure limit or limit."""
    member = next(token for token in tokens if token.tag == "measure")
    quantities = [token for token in tokens if token.tag == "quantity"]
    unit = next((b.unit for token in quantities for b in token.value if b.unit), "")
    bounded = [tuple(replace(b, unit=b.unit or unit) for b in token.value) for token in quantities]
    leaves: list[Check] = [Measurement(str(member.value), bounds) for bounds in bounded]
    spans = tuple((token.start, token.end) for token in quantities)
    return check_token(any_of(leaves), tokens, context, ((member.start, spans[0][1]), *spans[1:]))


def _resulted(tokens: Sequence[Token], context: Context) -> Found:
    """Measure (or measure)* positive."""
    members = _members(tokens)
    result = next(token for token in tokens if token.tag == "result")
    window = _window_of(tokens)
    leaves: list[Check] = [Measurement(str(member.value), words=(str(result.value),), window=window) for member in members]
    spans = tuple((member.start, member.end) for member in members)
    spans = ((min(spans[0][0], result.start), max(spans[0][1], result.end)),) if len(spans) == 1 else spans
    inner = [t for t in tokens if members[0].start <= t.start < members[-1].start]
    if any(token.tag == "panel" for token in tokens):
        check = any_of(leaves) if result.value in ("abnormal", "positive") else all_of(leaves)
    else:
        check = combine(leaves, joints_of(inner), context)
    return check_token(check, tokens, context, spans * (2 if isinstance(check, Ambiguous) else 1))


def _blood_pressure(tokens: Sequence[Token], context: Context) -> Found:
    """Blood pressure ≥ 160/100 mmHg: above is either, below is both."""
    numbers = [token for token in tokens if token.tag in ("number", "quantity")]
    first = numbers[0]
    op = first.value[0].op if first.tag == "quantity" else "≥?"
    low = first.value[0].number if first.tag == "quantity" else first.value.low
    last = numbers[1].value.low if numbers[1].tag == "number" else Decimal(0)
    parts: list[Check] = [
        Measurement("systolic blood pressure", (Bound(op, low, "mmHg"),)),
        Measurement("diastolic blood pressure", (Bound(op, last, "mmHg"),)),
    ]
    check = all_of(parts) if op in ("<", "≤") else any_of(parts)
    span = (first.start, numbers[1].end)
    return check_token(check, tokens, context, (span, span))


def _multiple(tokens: Sequence[Token], context: Context) -> Found:
    """ "bilirubin 1.5 × ULN": whether at least or at most is lost."""
    bound: Bound = tokens[-1].value
    lost = replace(tokens[-1], tag="quantity", value=(Bound("≥?", bound.number, bound.unit),))
    return _limited([*tokens[:-1], lost], context)


def _ordered_words(tokens: Sequence[Token], context: Context) -> Found:
    """ "Child-Pugh class A or B": words of the score's own order."""
    member = _members(tokens)[0]
    measure = context.vocabulary.measure(str(member.value))
    words = [token for token in tokens if token.tag == "w"]
    if measure is None or not measure.order:
        return None
    found = [_as_ordered(word.text, measure.order) for word in words]
    if any(word is None for word in found) or any(token.tag in ("dash", "to") for token in tokens):
        return None
    return check_token(Measurement(str(member.value), words=tuple(str(word) for word in found)), tokens, context)


def _raised(tokens: Sequence[Token], context: Context) -> Found:
    """ "elevated creatinine (> 2 mg/dL)": the limit says what is meant."""
    return _limited([token for token in tokens if token.tag in ("measure", "quantity")], context)


def _estimate(tokens: Sequence[Token], context: Context) -> Found:
    """A time that somebody estimates, such as life expectancy."""
    return check_token(Judgement(" ".join(context.words(tokens).split())), tokens, context)


def _staged_disease(tokens: Sequence[Token], context: Context) -> Found:
    """ "NYHA class III/IV heart failure": the class and the disease, each a part of its own."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "stages")
    staged = _staged_score(tokens[: at + 1], context)
    joint = Token("and", tokens[at].end, tokens[at].end, "and")
    return [*staged, joint, *tokens[at + 1 :]] if staged else None


def _marked_disease(tokens: Sequence[Token], context: Context) -> Found:
    """ "HIV negative": the test where there is one, else the disease or its absence."""
    name, word = str(tokens[0].value), str(tokens[1].value)
    if word not in ("positive", "negative") or tokens[0].tag != "cond":
        return None
    test = context.vocabulary.measure(f"{tokens[0].text} antibody") or context.vocabulary.measure(f"anti-{tokens[0].text}")
    if test is not None:
        return check_token(Measurement(test.label, words=(word,)), tokens, context)
    check: Check = Condition(name)
    return check_token(check if word == "positive" else Not(check), tokens, context)


def _by_sex(tokens: Sequence[Token], context: Context) -> Found:
    """Measure ≥ 9 for women and ≥ 10 for men: a limit for each."""
    member = _members(tokens)[0]
    limits: list[tuple[str, tuple[Bound, ...], Token]] = []
    quantity: Token | None = None
    for token in tokens:
        if token.tag in ("quantity", "number"):
            quantity = token
        elif token.tag == "sex" and quantity is not None:
            first = limits[0][1] if limits else ()
            bounds = quantity.value if quantity.tag == "quantity" else bounds_of(quantity.value, first[0].op if first else "=")
            limits.append((str(token.value), bounds, quantity))
    if len(limits) != 2 or limits[0][0] == limits[1][0]:
        return None
    unit = limits[0][1][0].unit or limits[1][1][0].unit
    rules = [When(Sex(sex), Measurement(str(member.value), tuple(replace(b, unit=b.unit or unit) for b in bounds))) for sex, bounds, _ in limits]
    spans = tuple((quantity.start, quantity.end) for _, _, quantity in limits for _ in (0, 1))
    return check_token(All(tuple(rules)) if not context.exclusion else Any(tuple(rules)), tokens, context, spans)


def _one_of(tokens: Sequence[Token], context: Context) -> Found:
    """Measure 0, 1 or 2: one of the values named."""
    member = _members(tokens)[0]
    measure = context.vocabulary.measure(str(member.value))
    numbers = [token for token in tokens if token.tag == "number"]
    if measure is None or measure.unit or any(number.value.unit for number in numbers):
        return None
    words = tuple(f"{number.value.low:f}" for number in numbers)
    return check_token(Measurement(str(member.value), words=words), tokens, context, ((member.start, numbers[-1].end),))


def _within_limit(tokens: Sequence[Token], context: Context) -> Found:
    """Measure within the upper limit of normal."""
    members = _members(tokens)
    leaves: list[Check] = [Measurement(str(member.value), (Bound("≤", Decimal(1), ULN),)) for member in members]
    check = combine(leaves, joints_of(tokens) or _panel_joint(tokens, context), context, shared_limit="≤")
    return check_token(check, tokens, context, tuple((m.start, m.end) for m in members) * (2 if isinstance(check, Ambiguous) else 1))


def _marked(tokens: Sequence[Token], context: Context) -> Found:
    """ "HER2-negative breast cancer": the marker and the disease, each a part of its own."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "measure")
    leaf = Measurement(str(tokens[at].value), words=(str(tokens[at + 1].value),))
    joint = Token("and", tokens[at + 1].end, tokens[at + 1].end, "and")
    return [*check_token(leaf, tokens[at : at + 2], context), joint, *tokens[:at], *tokens[at + 2 :]]


def _repeated(tokens: Sequence[Token], context: Context) -> Found:
    """Measure twice within two weeks, both limit."""
    member = _members(tokens)[0]
    quantity = next(token for token in tokens if token.tag == "quantity")
    times = int(str(next(token.value for token in tokens if token.tag == "repeated")))
    window = _window_of(tokens)
    spread = window.within if window else None
    leaf = Measurement(str(member.value), _in_own_unit(str(member.value), quantity.value, context), times=times, spread=spread)
    return check_token(leaf, tokens, context)


def _in_own_unit(term: str, bounds: tuple[Bound, ...], context: Context) -> tuple[Bound, ...]:
    """A mass for a measure per day, as registries write "24-hour protein > 1 g", is that mass per 24 hours."""
    measure = context.vocabulary.measure(term)
    if measure is None or not measure.unit.endswith("/24h"):
        return bounds
    return tuple(replace(b, unit=f"{b.unit}/24h") if b.unit in ("g", "mg") else b for b in bounds)


def _plain_number(tokens: Sequence[Token], context: Context) -> Found:
    """Measure number: whether at least or at most is meant is lost, unless a range is given."""
    member, number = _members(tokens)[0], next(token for token in tokens if token.tag in ("number", "range"))
    bounds = bounds_of(number.value, "≥?")
    return check_token(Measurement(str(member.value), bounds), tokens, context, ((member.start, number.end),))


def _staged_score(tokens: Sequence[Token], context: Context) -> Found:
    """Measure I, II or III: a score or class in words."""
    member = _members(tokens)[0]
    stage = next(token for token in tokens if token.tag == "stages")
    measure = context.vocabulary.measure(str(member.value))
    if measure is None or not measure.order:
        return None
    words = tuple(_as_ordered(word, measure.order) for word in stage.value)
    if any(word is None for word in words):
        return None
    leaf = Measurement(str(member.value), words=tuple(str(word) for word in words))
    return check_token(leaf, tokens, context, ((member.start, stage.end),))


_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6"}


def _as_ordered(word: str, order: tuple[str, ...]) -> str | None:
    for spelled in (word, word.upper(), _ROMAN.get(word.upper(), ""), {v: k for k, v in _ROMAN.items()}.get(word, "")):
        if spelled in order:
            return spelled
    return None


def _alias(tokens: Sequence[Token], context: Context) -> Found:
    """A term and its abbreviation in brackets: "alanine aminotransferase (ALT)"."""
    term, inner = tokens[0], tokens[2]
    if inner.tag == term.tag and inner.value != term.value:
        return None
    if inner.value != term.value and not _abbreviation(inner.text):
        return None
    return [replace(term, end=tokens[-1].end, text=context.text[term.start : tokens[-1].end])]


def _abbreviation(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(text) <= 10 and sum(c.isupper() for c in letters) * 2 >= len(letters) > 0


def _day_long(tokens: Sequence[Token], context: Context) -> Found:
    """ "24-hour urinary protein": the hours belong to the name."""
    number, member = tokens[0].value, tokens[-1]
    measure = context.vocabulary.measure(str(member.value))
    if number.low != 24 or measure is None or not measure.unit.endswith("/24h"):
        return None
    return [replace(member, start=tokens[0].start, text=context.text[tokens[0].start : member.end])]


def _graded(tokens: Sequence[Token], context: Context) -> Found:
    """Measure ≥ III, or "≥ grade III NYHA": an ordered word as a limit."""
    member = _members(tokens)[0]
    stage = next(token for token in tokens if token.tag in ("stages", "w"))
    stage = stage if stage.tag == "stages" else replace(stage, value=(stage.text,))
    op = next(token for token in tokens if token.tag == "cmp")
    measure = context.vocabulary.measure(str(member.value))
    word = _as_ordered(stage.value[0], measure.order) if measure and len(stage.value) == 1 else None
    if measure is None or word is None:
        return None
    digits = re.match(r"\d+", word)
    rank = int(digits[0]) if digits else measure.order.index(word) + 1
    sign = "≥?" if op.value == "=" and context.lost else str(op.value)
    return check_token(Measurement(str(member.value), (Bound(sign, Decimal(rank)),)), tokens, context)


ALIASES = (
    Rule("measured over a day", "time measure", _day_long, "measure"),
    Rule("abbreviation", "(measure|cond|drug|proc) open (measure|cond|drug|proc|w|number) close", _alias, "open"),
    Rule("repeated", "measure dash? measure", lambda t, c: [replace(t[0], end=t[-1].end, text=c.text[t[0].start : t[-1].end])] if t[0].value == t[-1].value else None, "measure"),
)
def _as_measure(tokens: Sequence[Token], context: Context) -> Found:
    """A word that is a disease and a measure too ("proteinuria") is the measure where a limit follows."""
    measure = context.vocabulary.measure(tokens[0].text)
    return [replace(tokens[0], tag="measure", value=measure.label)] if measure else None


MEASURES = (
    Rule("a measure after all", "(cond|drug|proc) (?=(level|of|be|test)*(quantity|range|result))", _as_measure, "quantity range result"),
    Rule("blood pressure", "(degree|only)? bp (control|of|by|drug|event|w|be|open|colon)* (quantity|number) slash number close?", _blood_pressure, "bp"),
    Rule("repeated", "measure (be|w|test|result|level)* repeated window? (comma|of|w|each|to)* quantity", _repeated, "repeated"),
    Rule("marked disease", "(confirmed|degree|history|weak|current)* measure result (degree|confirmed)* cond", _marked, "result"),
    Rule("staged disease", "measure (of|be|level|score)* stages (degree|confirmed)* cond", _staged_disease, "stages"),
    Rule("disease as result", "(?<!and)(?<!or)(?<!comma)(?<!slash) cond result", _marked_disease, "result"),
    Rule("by sex", "measure (level|of|be|comma|open)* (quantity|number) (for|in|if|comma|open)* sex close? (and|or|comma|slash|semicolon)* (quantity|number) (for|in|if|open)* sex close?", _by_sex, "sex"),
    Rule("method", "(quantity|measure) open? judge? (method|dash)+ (w|proc|method|and|or|slash|of|event|level|in)* close?", lambda t, c: [t[0]] if (t[1].tag == "open") == (t[-1].tag == "close") else None, "method"),
    Rule("one of", "measure (of|be|level|score)* number ((comma|or|slash)+ number)+", _one_of, "measure"),
    Rule("within the limit", f"{_LIST} within uln", _within_limit, "uln"),
    Rule("alternatives", "measure (level|of|be)* quantity ((or) quantity)+", _alternatives, "quantity"),
    Rule("raised", "result (level)? measure (level)* open quantity close", _raised, "result"),
    Rule("multiple without a sign", f"{_LIST} multiple", _multiple, "multiple"),
    Rule("estimated time", "measure (of|be)* span", _estimate, "span"),
    Rule("limits", f"{_LIST} (of|be|colon|comma|level|score|from|between)* (open quantity close|quantity) window?", _limited, "quantity"),
    Rule("limit first", f"quantity (of|for|in)? {_LIST}", _limited, "quantity"),
    Rule("result", f"{_LIST} (be|level|for|test)* result window?", _resulted, "result"),
    Rule("result first", f"result (for|of|w|level)* {_LIST} window? (?!(or|comma|slash|and)+(cond|drug|proc))", _resulted, "result"),
    Rule("ordered words", "measure (of|be|level|score|stage)* w ((or|comma|slash|dash|to|and)+ w)*", _ordered_words, "measure"),
    Rule("graded", "(measure (of|be|level|score|stage)* cmp (stages|w)|cmp stages (of)? measure)", _graded, "stages"),
    Rule("class", "measure (of|be|level|stage|score)* stages", _staged_score, "stages"),
    Rule("number", "measure (of|be|level|score)* (number|range)", _plain_number, "measure"),
)

