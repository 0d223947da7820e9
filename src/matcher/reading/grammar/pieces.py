"""Pieces that assembling shares: joints, words that turn a sentence round, unread text in its place."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Check, Condition, Measurement, Medication, Procedure, Unread
from matcher.model.trees import children
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

# What stands on a list of the patient's: with a window, states and exceptions.
FACTS = (Condition, Medication, Procedure)
JOINTS = ("comma", "or", "and", "slash")


LOOSE = frozenset((*JOINTS, "stop", "colon", "semicolon", "_", "of", "in", "with", "on", "at", "for", "to", "by", "open", "close", "dash", "from"))
# What a segment consists of that was read to its end.
READ = LOOSE | {"check"}
_BEFORE = frozenset((*JOINTS, "colon", "_", "with", "of", "close", "in", "dash"))
_BEHIND = frozenset((*JOINTS, "colon", "_", "open", "dash"))


# Words that may turn a sentence round: with one of them unread, nothing of it is certain.
TURNS = frozenset((
    "not", "never", "not-history", "except", "unless", "allowed", "excluded", "included", "but", "if", "eg", "either",
    "exceptions", "unable", "unwilling",
))


def unread(context: Context, start: int, end: int) -> Read:
    """The text between two places, kept as it stands."""
    return Read(Unread(clean(context.text[start:end]) or "(no text)"), ((start, end),))


def clean(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def turns(segment: Sequence[Token]) -> bool:
    """Whether a word stands among the tokens that may turn the sentence round."""
    return not TURNS.isdisjoint([token.tag for token in segment])


def trimmed(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without joints and brackets at either end."""
    found = list(tokens)
    while len(found) > 1 and found[0].tag in _BEFORE:
        found.pop(0)
    while len(found) > 1 and found[-1].tag in _BEHIND:
        found.pop()
    return found


def taken(check: Check, tokens: Sequence[Token], leaves: int = 1) -> Read:
    """A check read from all of the tokens; `leaves` is how many leaves share their place."""
    return Read(check, ((tokens[0].start, tokens[-1].end),) * leaves)


def is_score(check: Check, context: Context) -> bool:
    """Whether a check is a limit on a score."""
    measure = context.vocabulary.measure(check.term) if isinstance(check, Measurement) else None
    return measure is not None and measure.kind == "score"


def nodes(check: Check) -> list[Check]:
    """The check and every part below it."""
    found, parts = [check], children(check)
    for part in parts:
        found += nodes(part)
    return found


PREPOSITIONS = ("of", "in", "with", "on", "at", "for", "to", "by", "from")


# Words between the facts of a list that narrow, except or define: behind them nothing stands for itself.
_NO_LIST = Caseless(r"\bexcept(?:ing|ions?)?\b|\bexcluding\b|\bapart from\b|[,;]\s*(?:where|in which|in whom|provided|such that|as long as)\b|\b(?:as )?defined (?:as|by)\b[^;]*\d", needs=("except", "excluding", "apart from", "where", "in which", "in whom", "provided", "such that", "as long as", "defined"))
def no_list(tokens: Sequence[Token], context: Context) -> bool:
    """Whether what was not read between facts makes them no list whose members stand for themselves."""
    rest = context.text[tokens[0].start : tokens[-1].end]
    for token in tokens:
        if token.tag == "check" and token.text:
            rest = rest.replace(token.text, " ", 1)
    return _NO_LIST.search(rest) is not None or (_DEFINED.search(context.words(tokens)) is not None)


_DEFINED = Caseless(r"\bdefined (?:as|by)\b[^;]*[<>≥≤]\s*\d", needs=("defined",))
