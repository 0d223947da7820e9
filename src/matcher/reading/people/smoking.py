"""Rules for smoking: who smokes, how much, and in which time: "has not smoked for 6 months", "quit within the last year"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from matcher.model.dates import Span
from matcher.model.language import All, Any, Bound, Check, Condition, Measurement, Not, Smoking, Statement, When, Window
from matcher.model.trees import all_of, any_of
from matcher.reading.grammar.amounts import Found, single_span
from matcher.reading.grammar.rules import Context, Rule, check_token
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_HABIT = "tobacco smoking"
_CIGARETTES = "cigarettes smoked per day"
_BY_WHOM = Caseless(r"\s+by\b")
_STATUSES = ("never", "former", "current", "never or former")


def _smoking(tokens: Sequence[Token], context: Context) -> Found:
    told = next((i for i, token in enumerate(tokens) if token.tag == "smoking" and token.value not in _STATUSES), len(tokens))
    if told < len(tokens):  # "non-smokers, or those who smoked less than": the first part by itself
        end = max((i for i, token in enumerate(tokens[:told]) if token.tag == "smoking"), default=-1) + 1
        first = _smoking(tokens[:end], context) if end else None
        return [*first, *tokens[end:]] if first else None
    if _BY_WHOM.match(context.text, tokens[-1].end):
        return None  # "smoking by anybody in the room"
    phases = {"current": "current", "history": "former"}
    if any(token.tag == "current" and "never" in str(after.value) for token, after in pairwise(tokens)):
        tokens = [token for token in tokens if token.tag != "current"]  # a current non-smoker does not smoke
    words = [word for token in tokens for word in (phases.get(token.tag) or str(token.value if token.tag == "smoking" else "")).split(" or ") if word]
    return check_token(Smoking(tuple(dict.fromkeys(words))), tokens, context)


def _smokes_much(tokens: Sequence[Token], context: Context) -> Found:
    """ "smokes more than 10 cigarettes a day": smoking now, and as much as it says."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "smoking")
    first = next(i for i, token in enumerate(tokens) if token.tag in ("quantity", "number", "cmp", "range"))
    idle = (*(token.text for token in tokens[:at] if token.tag == "degree"), *(token.text for token in tokens[at:first] if token.tag == "w"))
    if tokens[at].value != "current" or not all(map(_ON_AVERAGE.fullmatch, idle)) or (sum(token.tag == "open" for token in tokens) != sum(token.tag == "close" for token in tokens)):
        return None
    words = " ".join(context.words(tokens).split())
    span = (tokens[0].start, tokens[-1].end)
    if any((token.tag == "quantity" and token.value[0].op in ("<", "≤")) or (token.tag == "cmp" and token.value in ("<", "≤")) for token in tokens):
        few = _a_day(words)  # who smokes nothing at all smokes less than that, too
        return check_token(few, tokens, context) if context.exclusion else check_token(Any((Smoking(("never", "former")), few)), tokens, context, (span, span))
    return check_token(all_of([Smoking(("current",)), _a_day(words)]), tokens, context, (span, span))


_DAILY = Caseless(
    r"(?P<op>at least|≥|>=|more than|greater than|over|>|less than|fewer than|under|≤|<=|<|up to|at most)?\s*(?P<number>\d{1,3})\s*(?:(?:-|–|to)\s*(?P<last>\d{1,3})\s*)?(?P<more>or more|or fewer|or less)?\s*(?:tobacco\s+)?(?:cigarettes?|cigs?)\s*(?:(?:per|a|/|each|every)\s*day|daily)",
    needs=("cig",),
)
_OPS = {">=": "≥", "at least": "≥", "more than": ">", "greater than": ">", "over": ">", "<=": "≤", "up to": "≤", "at most": "≤", "less than": "<", "fewer than": "<", "under": "<", "or more": "≥", "or fewer": "≤", "or less": "≤"}


def _a_day(words: str) -> Measurement | Statement:
    """How many cigarettes a day are meant; the words themselves where they tell it in another way."""
    found = _DAILY.search(words)
    said = (found["op"] or found["more"] or "").casefold() if found is not None else ""
    if found is None or (bool(said) == bool(found["last"])) or (found["op"] and found["more"]):
        return Statement(words)
    first = Bound("≥" if found["last"] else _OPS.get(said, said), Decimal(found["number"]))
    return Measurement(_CIGARETTES, (first, Bound("≤", Decimal(found["last"]))) if found["last"] else (first,))


_ON_AVERAGE = Caseless(r"regular(?:ly)?|daily|habitual(?:ly)?|heavy|average|minimum|mean")
_DUTY = Caseless(r"\b(?:must|should|shall|has to|have to|needs? to|required to)\b")
_NOW, _SOME_DAYS = Caseless(r"current|active|present"), 7
_STOPPED = frozenset(("stopped", "quit", "ceased", "quitted"))
# What is wanted or to come, and what is said of others.
_TO_COME = Caseless(r"\b(?:to|will|wants?|plan\w*|willing\w*|motivat\w*|intend\w*|intention\w*|attempt\w*|try\w*|trie[sd]|unable|refus\w*|if|until|unless|partners?|parents?|mothers?|household|passive|refrain\w*|abstain\w*|abstinen\w*)\W*(?:\w+\W+){0,2}$")


def _smoked_then(tokens: Sequence[Token], context: Context) -> Found:
    """Smoking in a time, its end in a time, or none for a time; smokers who stopped are former ones."""
    time = next(token for token in reversed(tokens) if token.tag in ("window", "lasting", "span"))
    said = [str(token.value) for token in tokens if token.tag == "smoking"]
    if len(tokens) > 1 and tokens[0].tag == "current" and tokens[1].tag in ("or", "slash"):
        said.insert(0, "current")  # "current or former smokers (quit …)": of either
    words = [token.text.casefold() for token in tokens if token.tag == "w"]
    limit = _limit(time)
    if limit is None or any(word not in _STOPPED for word in words) or _TO_COME.search(context.text[: tokens[0].start]):
        return None
    span, since = limit
    if span.unit == "hour" or (span.unit == "day" and span.number < _SOME_DAYS):
        return None  # who smokes need not have smoked today
    last = max(i for i, token in enumerate(tokens) if token.tag == "smoking")
    apart = any(token.tag == "or" for token in tokens[last + 1 :])  # "smokers, or who have quit": not smokers who stopped
    stopped, denied = bool(words) or "quit" in said, any(token.tag in ("not", "not-history") for token in tokens)
    check = _timed(said, Condition(_HABIT, window=Window(span)), stopped=stopped, apart=apart, since=since, denied=denied, now=_NOW.match(next(token.text for token in reversed(tokens) if token.tag in ("smoking", "current"))) is not None)
    if check is None or (context.exclusion and isinstance(check, Not)):
        return None
    start, end = tokens[0].start, tokens[-1].end
    if said[:1] == ["former"] and stopped and not context.exclusion and isinstance(check, All) and _DUTY.search(context.text, start, end):
        check = When(*check.parts)  # what is asked of those who have stopped asks nobody to be one of them
    return check_token(check, tokens, context, ((start, end),) * (1 if isinstance(check, Not | Condition) else 3 if isinstance(check, Any) else 2))


def _timed(said: Sequence[str], then: Condition, *, stopped: bool, apart: bool, since: bool, denied: bool, now: bool) -> Check | None:
    """The check of smoking in a time (`since`: of none in it); None where the words say nothing certain."""
    former, none = Smoking(("former",)), Not(then)
    smokes = "current" in said
    if denied:
        return none if not stopped and set(said) <= {"current", "smoked"} and not now else None
    if stopped:
        if any("never" in one for one in said):
            return none if since and not smokes else None
        lately = all_of([former, none if since else then])
        return any_of([Smoking(("current",)), lately]) if smokes and (apart or said[-1] != "current") else lately if not now else None
    if any("never" in one for one in said):
        return none if not smokes and not now else None
    if [one for one in said if one != "smoked"] == ["former"]:
        return all_of([former, none if since else then])
    if since or (now and "former" not in said):
        return None
    return then


def _limit(time: Token) -> tuple[Span, bool] | None:
    """How long ago a time reaches, and whether it is one since the last smoking; None where it has two ends."""
    if time.tag == "window":
        if time.value.within is not None and time.value.beyond is not None:
            return None
        return (time.value.within, False) if time.value.within is not None else (time.value.beyond, True)
    if time.tag == "lasting":
        return (time.value.span, True) if time.value.op in ("≥", ">") else None
    span = single_span(time)
    return None if span is None or time.value[0].op not in ("<", "≤", "≥", ">") else (span, time.value[0].op in ("≥", ">"))


def _none_or_some(tokens: Sequence[Token], context: Context) -> Found:
    """ "no smokers or smokers of less than 10 a day": the denial is of the first alone."""
    few = next((token.value if token.tag == "cmp" else token.value[0].op for token in tokens if token.tag in ("quantity", "cmp")), "")
    if context.exclusion or tokens[1].value != "current" or few not in ("<", "≤"):
        return None
    return [replace(tokens[0], tag="smoking", value="never or former", end=tokens[1].end, text=context.text[tokens[0].start : tokens[1].end]), *tokens[2:]]


SMOKING = (
    Rule("no smokers or some", "not smoking or smoking (of|open|comma)* (w of)? (quantity|number|cmp|range)", _none_or_some, "smoking"),
    Rule("how much is smoked", "(current|degree)? smoking (of|open|comma)* (w of)? (quantity|number|cmp|range) (w|slash|time-unit|of|daily|number|dash|after)* close?", _smokes_much, "smoking"),
    Rule("smoking in a time", "(not|not-history)? ((current|history|weak)(or|and|comma)*)* smoking ((or|and|comma|slash|have)* smoking)* (or|and|comma)* open? w? of? (window|lasting|span) close?", _smoked_then, "smoking"),
    Rule("smoking", "((current|history)(or|and|comma)*)* smoking ((or|and|comma|slash)+ smoking)* (?!window)", _smoking, "smoking"),
)
