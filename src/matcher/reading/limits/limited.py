"""Measures with their limits: lists that share one, results in words, values within the normal range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from matcher.model.language import (
    LLN,
    ULN,
    All,
    Ambiguous,
    Any,
    Bound,
    Check,
    Judgement,
    Measurement,
    Window,
)
from matcher.model.trees import all_of, any_of
from matcher.reading.grammar.amounts import Found, bounds_of
from matcher.reading.grammar.meant import meant
from matcher.reading.grammar.rules import Context, check_token
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.numbers import FACTOR
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import canonical
from matcher.vocabulary.measures import unit_rules

# Names that stand for several measures.
PANELS = {
    "liver": ("ALT", "AST", "alkaline phosphatase", "total bilirubin"),
    "enzyme": ("ALT", "AST", "alkaline phosphatase"),
    "transaminase": ("ALT", "AST"),
    "lipid": ("total cholesterol", "triglycerides", "LDL cholesterol"),
}


# Scores of which the age says which one is taken: "Karnofsky/Lansky ≥ 50".
_BY_AGE = {"Karnofsky performance status", "Lansky play score"}


def combine(parts: list[Check], joints: set[str], context: Context, *, shared_limit: str = "") -> Check:
    """Members of a list: "or" any, "and" all; where a list leaves it open, both readings stand.

    `shared_limit` is the operator that all members share: "ALT or AST ≤ 2 × ULN" as an inclusion may mean both, "ALT/AST" does.
    """
    if len(parts) == 1:
        return parts[0]
    every, some = All(tuple(parts)), Any(tuple(parts))
    if "slash" in joints and {part.term for part in parts if isinstance(part, Measurement)} == _BY_AGE:
        return some
    if "slash" in joints and "or" not in joints and shared_limit and not context.exclusion:
        return every if shared_limit in ("<", "≤", "≥?") else Ambiguous((every, some))
    if "and" in joints and joints & {"or", "slash"}:
        return Ambiguous((every, some))  # however "A and B or C" is grouped, it lies between the two
    if "or" in joints or "slash" in joints:
        upper = not context.exclusion and shared_limit in ("<", "≤", "≥?")
        return Ambiguous((every, some)) if upper else some
    if context.exclusion:
        return Ambiguous((every, some)) if "and" in joints else some
    return every


def joints_of(tokens: Sequence[Token]) -> set[str]:
    """Which joints stand between the members of a list."""
    return {token.tag for token in tokens if token.tag in ("or", "and", "slash", "comma", "semicolon")}


def members_of(tokens: Sequence[Token]) -> list[Token]:
    """The measures of a list, an abbreviation that repeats the one before it left out."""
    found: list[Token] = []
    for token in tokens:
        if token.tag == "panel":
            found += [replace(token, value=name) for name in PANELS[str(token.value)]]
        elif token.tag == "measure" and (not found or found[-1].value != token.value):
            found.append(token)
    return found


_ANY = Caseless(r"\bany\s+$", needs=("any",))
# A change of a value, its spread, or the value of somebody else: no limit on the value itself.
_CHANGE = Caseless(
    r"\b(?:loss|gain|change|changes|variation|variability|fluctuations?|increase|decrease|reduction|fall|drop|rise|decline|difference|improvement|worsening|delta|elevation|deviation|"
    r"increased|decreased|lost|gained|dropp?ed|fell|rose|reduced|excess|target|goal|family|partner|donor|mother|father|maternal|paternal|sibling|non)s?-?"
    r"(?:\s+(?:of|in|from|by|for|the|their|his|her|with|a|an|whose|body|serum|blood|plasma|total|mean|baseline))*\s*$",
)


def _sensible(members: Sequence[Token], bounds: tuple[Bound, ...], context: Context) -> bool:
    """Whether a limit in per cent, below zero or without a unit is one of measures that are counted so."""
    if not all(plausible(str(member.value), bounds, context) for member in members):
        return False
    if not any(bound.unit == "%" or bound.number < 0 for bound in bounds):
        return True
    measures = [context.vocabulary.measure(str(member.value)) for member in members]
    if any(bound.number < 0 for bound in bounds):
        return all(measure is not None and measure.low < 0 for measure in measures)
    return all(measure is None or not measure.unit or canonical(measure, bounds[0].number, "%") is not None for measure in measures)


_AMINO_ACIDS = ([1, 84], [1, 34], [7, 84])  # "PTH (1-84)" is a drug


def plausible(term: str, bounds: tuple[Bound, ...], context: Context) -> bool:
    """Whether a number without a unit can be a value of the measure in one of its units."""
    measure = context.vocabulary.measure(term)
    rules = unit_rules(measure.id) if measure is not None else None
    if measure is None or rules is None:
        return True
    bare = [bound.number for bound in bounds if not bound.unit]
    if bare in _AMINO_ACIDS and measure.id == "pth":
        return False
    return not bare or any(
        all((value := canonical(measure, number, unit)) is not None and measure.low <= value <= measure.high for number in bare)
        for unit in (rules.offered if measure.unit else ("",))
    )


def limited(tokens: Sequence[Token], context: Context) -> Found:
    """Measure (or measure)* limit."""
    members = members_of(tokens)
    if _ANY.ends(context.text, tokens[0].start):
        return None
    quantity = next(token for token in tokens if token.tag in ("quantity", "span", "age-quantity"))
    if _CHANGE.ends(context.text, tokens[0].start) or not _sensible(members, quantity.value, context):
        return None
    if quantity.tag != "quantity" and len(members) > 1:
        return None
    if context.text[quantity.start - 1 : quantity.start] in ("-", "\u2212") and any(_below_zero(member, context) for member in members):
        return None
    if any(bound.unit == FACTOR for bound in quantity.value):
        if not _OF_LIMIT.match(context.text, quantity.end):
            return None
        quantity = replace(quantity, value=tuple(replace(bound, unit=ULN if bound.unit == FACTOR else bound.unit) for bound in quantity.value))
    told = [meant(str(member.value), in_own_unit(str(members[0].value), quantity.value, context), context) for member in members]
    known = [one for one in told if one is not None]
    if len(known) < len(told):
        return None
    bounds: tuple[Bound, ...] = known[0][1]
    window = window_of(tokens)
    leaves: list[Check] = [Measurement(name, limits, window=window) for name, limits in known]
    end = quantity.end
    spans = tuple((member.start, end if index == len(members) - 1 else member.end) for index, member in enumerate(members))
    if quantity.start < members[0].start:
        spans = tuple((quantity.start if index == 0 else member.start, member.end) for index, member in enumerate(members))
    before = [t for t in tokens if t.start < members[-1].start and t.start >= members[0].start]
    joints = {"and"} if not context.exclusion and _NEITHER.match(context.text, quantity.start) else joints_of(before) or _panel_joint(tokens, context)
    check = combine(leaves, joints, context, shared_limit=bounds[0].op)
    return check_token(check, tokens, context, spans * (2 if isinstance(check, Ambiguous) else 1))


# "AST or ALT no greater than 2 × ULN": neither of them is.
_NEITHER = Caseless(r"(?:(?:is|are|must|should|can)\s+)?(?:no|not)\s+(?:be\s+)?(?:greater|more|higher|exceed\w*|over|above|elevated)\b")
# Behind "AST < 3x, creatinine < 2x the upper limit of normal" the limit stands once, for all.
_OF_LIMIT = Caseless(r"(?:[^.;]|\.\d)*?(?:\buln\b|\bunl\b|upper (?:limit|normal)|upper institutional|institutional normal)")


def _below_zero(member: Token, context: Context) -> bool:
    """Whether a measure has values below zero, so that a dash before a number may be their sign."""
    measure = context.vocabulary.measure(str(member.value))
    return measure is not None and measure.low < 0


def _panel_joint(tokens: Sequence[Token], context: Context) -> set[str]:
    """A panel alone: any of its members excludes, all of them are required."""
    return {"or" if context.exclusion else "and"} if any(token.tag == "panel" for token in tokens) else set()


def window_of(tokens: Sequence[Token]) -> Window | None:
    """The window that stands among the tokens."""
    token = next((token for token in tokens if token.tag == "window"), None)
    return token.value if token else None


def alternatives(tokens: Sequence[Token], context: Context) -> Found:
    """Measure limit or limit."""
    member = next(token for token in tokens if token.tag == "measure")
    quantities = [token for token in tokens if token.tag == "quantity"]
    unit = next((b.unit for token in quantities for b in token.value if b.unit), "")
    bounded = [tuple(replace(b, unit=b.unit or unit) for b in token.value) for token in quantities]
    if (any(token.tag == "and" for token in tokens) and not _apart(bounded)) or _OTHERWISE.match(context.text, tokens[-1].end):
        return None
    told = [meant(str(member.value), bounds, context) for bounds in bounded]
    leaves: list[Check] = [Measurement(*one) for one in told if one is not None]
    if len(leaves) < len(told):
        return None
    spans = tuple((token.start, token.end) for token in quantities)
    return check_token(any_of(leaves), tokens, context, ((member.start, spans[0][1]), *spans[1:]))


# What makes the last of two limits one of another state: "> 30 mmHg at rest or > 55 mmHg following exercise".
_OTHERWISE = Caseless(r"\W*(?:following|after|during|upon|post)\b(?!\W+(?:the )?(?:screening|baseline|enrol\w*|randomi\w*|study|consent|run-in|lead-in))")
_HIGH, _LOW = (Bound(">", Decimal(1), ULN),), (Bound("<", Decimal(1), LLN),)
# Words that say on which side of normal a value lies.
_SIDES = {
    "elevated": _HIGH, "raised": _HIGH, "high": _HIGH, "increased": _HIGH, "elevation of": _HIGH, "elevation in": _HIGH, "increase in": _HIGH,
    "low": _LOW, "decreased": _LOW, "reduced": _LOW,
}  # fmt: skip


def sided(tokens: Sequence[Token], context: Context) -> Found:
    """ "low serum albumin", "raised ALT": below or above the normal range."""
    word = tokens[0].text.casefold()
    if word not in _SIDES or (tokens[0].tag == "result" and word != "elevated"):
        return None
    return resulted([replace(tokens[0], tag="result", value="abnormal"), *tokens[1:]], context)


def _apart(bounded: Sequence[tuple[Bound, ...]]) -> bool:
    """Whether two limits leave a gap between them, so that "and" can only mean either: "< 90 and > 160"."""
    if len(bounded) != 2 or any(len(bounds) != 1 for bounds in bounded) or len({bounds[0].unit for bounds in bounded}) > 1:
        return False
    low, high = sorted((bounds[0] for bounds in bounded), key=lambda bound: bound.number)
    return low.op in ("<", "≤") and high.op in (">", "≥")


# "Elevated > 3 × ULN": the limit says what is meant.
_LIMIT_BEHIND = Caseless(r"\s*,?\s*\(?\s*(?:[<>≥≤=]|(?:more|greater|higher|less|lower) than|(?:above|over|at least|by|to|of)\s+(?:more than\s+|at least\s+)?\d|\d)")


# Their amount in the blood is neither positive nor negative: "rubella IgG positive" is of antibodies.
_IMMUNOGLOBULINS = frozenset(("IgG", "IgM", "IgA", "total IgE"))


def resulted(tokens: Sequence[Token], context: Context) -> Found:
    """Measure (or measure)* positive."""
    members = members_of(tokens)
    result = next(token for token in tokens if token.tag == "result")
    window = window_of(tokens)
    side = _SIDES.get(result.text.casefold())
    kinds = {measure.kind for member in members if (measure := context.vocabulary.measure(str(member.value))) is not None and measure.unit}
    if result.value in ("positive", "negative") and any(str(member.value) in _IMMUNOGLOBULINS for member in members):
        return None
    if side is not None and (kinds != {"lab"} or _LIMIT_BEHIND.match(context.text, tokens[-1].end)):
        return None
    leaves: list[Check] = [
        Measurement(str(member.value), side, window=window) if side else Measurement(str(member.value), words=(str(result.value),), window=window)
        for member in members
    ]
    spans = tuple((member.start, member.end) for member in members)
    spans = ((min(spans[0][0], result.start), max(spans[0][1], result.end)),) if len(spans) == 1 else spans
    inner = [t for t in tokens if members[0].start <= t.start < members[-1].start]
    if any(token.tag == "panel" for token in tokens):
        check = any_of(leaves) if result.value in ("abnormal", "positive") else all_of(leaves)
    else:
        bound = "≤" if result.value in ("normal", "negative") else ""
        joints = joints_of(inner)
        none = context.exclusion and result.value == "negative" and len(leaves) > 1 and "or" not in joints  # "ER/PR negative": most often both
        check = Ambiguous((all_of(leaves), any_of(leaves))) if none else combine(leaves, joints, context, shared_limit=bound)
    return check_token(check, tokens, context, spans * (2 if isinstance(check, Ambiguous) else 1))


def multiple(tokens: Sequence[Token], context: Context) -> Found:
    """ "bilirubin 1.5 × ULN": whether at least or at most is lost."""
    bound: Bound = tokens[-1].value
    lost = replace(tokens[-1], tag="quantity", value=(Bound("≥?", bound.number, bound.unit),))
    return limited([*tokens[:-1], lost], context)


def or_a_multiple(tokens: Sequence[Token], context: Context) -> Found:
    """ "Creatinine no greater than 2 mg/dL or 1.5 × ULN": the sign is that of both."""
    read, last = tokens[0].value, tokens[-1]
    head = read.check
    number, unit = (last.value.number, last.value.unit) if last.tag == "multiple" else (last.value.low, last.value.unit)
    if not isinstance(head, Measurement) or len(head.bounds) != 1 or unit not in (ULN, LLN) or head.bounds[0].unit == unit or getattr(last.value, "high", None) is not None:
        return None
    other = replace(head, bounds=(replace(head.bounds[0], number=number, unit=unit),))
    return check_token(Any((head, other)), tokens, context, (*read.spans, (tokens[-1].start, tokens[-1].end)))


def raised(tokens: Sequence[Token], context: Context) -> Found:
    """ "elevated creatinine (> 2 mg/dL)": the limit says what is meant."""
    return limited([token for token in tokens if token.tag in ("measure", "quantity")], context)


def estimated(tokens: Sequence[Token], context: Context) -> Found:
    """A time that somebody estimates, such as life expectancy; a time that is measured, such as gestational age."""
    member = next((token for token in tokens if token.tag == "measure"), None)
    measure = context.vocabulary.measure(str(member.value)) if member else None
    span = next(token for token in tokens if token.tag == "span")
    if measure is None or measure.id != "life-expectancy":
        known = measure is not None and all(canonical(measure, bound.number, bound.unit) is not None for bound in span.value)
        return check_token(Measurement(measure.label, span.value), tokens, context) if measure and known else None
    return check_token(Judgement(" ".join(context.words(tokens).split())), tokens, context)


def within_limit(tokens: Sequence[Token], context: Context) -> Found:
    """Measure within the upper limit of normal."""
    members = members_of(tokens)
    leaves: list[Check] = [Measurement(str(member.value), (Bound("≤", Decimal(1), ULN),)) for member in members]
    check = combine(leaves, joints_of(tokens) or _panel_joint(tokens, context), context, shared_limit="≤")
    return check_token(check, tokens, context, tuple((m.start, m.end) for m in members) * (2 if isinstance(check, Ambiguous) else 1))


def repeated(tokens: Sequence[Token], context: Context) -> Found:
    """Measure twice within two weeks, both limit."""
    member = members_of(tokens)[0]
    quantity = next(token for token in tokens if token.tag == "quantity")
    times = int(str(next(token.value for token in tokens if token.tag == "repeated")))
    window = window_of(tokens)
    spread = window.within if window else None
    leaf = Measurement(str(member.value), in_own_unit(str(member.value), quantity.value, context), times=times, spread=spread)
    return check_token(leaf, tokens, context)


def in_own_unit(term: str, bounds: tuple[Bound, ...], context: Context) -> tuple[Bound, ...]:
    """A mass for a measure per day, as registries write "24-hour protein > 1 g", is that mass per 24 hours."""
    measure = context.vocabulary.measure(term)
    if measure is None or not measure.unit.endswith("/24h"):
        return bounds
    return tuple(replace(b, unit=f"{b.unit}/24h") if b.unit in ("g", "mg") else b for b in bounds)


def plain_number(tokens: Sequence[Token], context: Context) -> Found:
    """Measure number: whether at least or at most is meant is lost, unless a range is given."""
    member, number = members_of(tokens)[0], next(token for token in tokens if token.tag in ("number", "range"))
    if context.text[member.end : member.end + 1] == "-" and number.start == member.end + 1:
        return None  # "glucose-6-phosphate"
    found = meant(str(member.value), bounds_of(number.value, "≥?"), context)
    return check_token(Measurement(*found), tokens, context, ((member.start, number.end),)) if found else None
