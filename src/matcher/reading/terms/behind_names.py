"""Rules for what stands beside a name and tells how it is meant: suspected or proven, for how long, its members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Bound, Condition, Duration, Procedure
from matcher.reading.grammar.amounts import Found, span_of
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Context, Read, Rule, made
from matcher.reading.grammar.term import term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Relation

_NOW = Caseless(r"\b(?:active|current\w*|ongoing|past|prior|previous|history)\b[^,;.]*$")
_LONG = ("chronic", "long term", "long-term", "prolonged", "continuous", "long standing")


def _suspected_behind(tokens: Sequence[Token], context: Context) -> Found:
    """ "tuberculosis (suspected or proven)", "gout, known or suspected"."""
    if _NOW.search(context.text[: tokens[0].start]):
        return None  # which of the two is asked for is not said
    said = next(token for token in tokens if token.tag == "suspected")
    return [replace(said, start=tokens[0].start, end=tokens[0].start), replace(tokens[0], end=tokens[-1].end)]


def _long_use(tokens: Sequence[Token], context: Context) -> Found:
    """ "chronic (> 14 days) use of steroids": the bracket says how long that is."""
    bounds: tuple[Bound, ...] = next(token for token in tokens if token.tag == "span").value
    span = span_of(bounds[0]) if len(bounds) == 1 and bounds[0].op in ("≥", ">") else None
    use = next((token for token in tokens if token.tag == "use"), None)
    if span is None or str(tokens[0].value or tokens[0].text).casefold() not in _LONG:
        return None
    if use is None and next(token for token in tokens if token.tag == "w").text.casefold() not in ("use", "treatment", "therapy"):
        return None
    head = use or Token("use", tokens[0].start, tokens[0].start, "")
    lasting = Token("lasting", tokens[-1].end, tokens[-1].end, "", Duration(bounds[0].op, span))
    return [replace(head, start=tokens[0].start, end=tokens[0].start), *(token for token in tokens[1:] if token.tag in ("route", "drug")), lasting]


def _members(tokens: Sequence[Token], context: Context) -> Found:
    """ "Growth factors: filgrastim, sargramostim" among exclusions: any of the class, those that are named among them."""
    head, named = tokens[0], [token for token in tokens[2:] if token.tag == "drug"]
    whole = context.vocabulary.treatment(term_of(head).label)
    members = [context.vocabulary.treatment(term_of(token).label) for token in named] if context.exclusion else []
    if whole is None or not members or any(one is None or context.vocabulary.relation(one, whole) != Relation.NARROWER for one in members):
        return None
    return made(head.tag, tokens, context, replace(term_of(head), examples=tuple(named)))


def without_recent(read: Read) -> Read:
    """The check without a "recent" where the time says what is recent: "recent stroke (within 6 months)"."""

    def changed(leaf: object) -> Condition | Procedure | None:
        if not isinstance(leaf, Condition | Procedure) or leaf.window is None or not leaf.states:
            return None
        states = tuple(" ".join(word for word in state.split() if word != "recent") for state in leaf.states)
        return replace(leaf, states=tuple(dict.fromkeys(state for state in states if state))) if states != leaf.states else None

    return rewritten(read, changed)


BEHIND_NAMES = (
    Rule("suspected behind a disease", "cond (comma suspected|open suspected close) (?=stop|semicolon|comma|$)", _suspected_behind, "suspected"),
    Rule("long use", "(degree open span close (use|w of)|degree w open span close of) route* drug", _long_use, "span", ("chronic", "long", "continuous")),
    Rule("members behind a class", "drug colon drug ((comma|or|and|slash)+ drug)* (?=stop|semicolon|$)", _members, "colon"),
)

__all__ = ["BEHIND_NAMES", "without_recent"]
