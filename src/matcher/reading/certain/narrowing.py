"""A check and the words behind it that can only restrict it: "requiring …", "for …", "without …"."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Measurement,
    Not,
    Procedure,
    Sex,
    Statement,
    Unread,
)
from matcher.model.trees import leaves
from matcher.reading.certain.finding import found_so
from matcher.reading.certain.stating import spans_of, stated
from matcher.reading.grammar.pieces import (
    JOINTS,
    clean,
    nodes,
    turns,
)
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token


def _of_all_or_last(read: Read, listed: Any, narrow: Check, words: tuple[tuple[int, int], ...]) -> Read:
    """ "A or B that bleeds": one of them is needed; the words behind are said of both, or A is enough without them."""
    before = listed.parts[:-1]
    spans = read.spans[: sum(1 for part in before for _ in leaves(part))]
    return Read(All((listed, Ambiguous((narrow, Any((*before, narrow)))))), (*read.spans, *words, *spans, *words))


def narrowed(tokens: Sequence[Token], context: Context) -> Read | None:
    """One check, then words that can only restrict it ("requiring…"): the check, and the unread rest."""
    if tokens[0].tag != "check" or any(token.tag in JOINTS or (token.tag == "check" and not _is_with_one(token)) for token in tokens[1:2]):
        return None
    rest = list(tokens[1:])
    while rest and rest[-1].tag in (*JOINTS, "stop", "colon"):
        rest.pop()
    if not rest:
        return None
    if [token.tag for token in rest] == ["shows", "check"]:
        return _measured(tokens[0].value, rest[1].value, context)
    if [token.tag for token in rest] == ["with", "check"] or (rest[0].tag == "check" and len(rest) == 1 and _WITHOUT.match(rest[0].text)):
        second: Read = rest[-1].value
        return _measured(tokens[0].value, second, context) or restricted(tokens[0].value, second.check, *second.spans)
    if len(rest) == 1 and _is_with_one(rest[0]):
        kind = stated(tokens[0].value.check, context.text[tokens[0].end : rest[0].end])
        return Read(kind, spans_of(kind, tokens[0].value, rest[0].end)) if kind is not None else None
    if rest[0].tag not in ("restrict", "during", "for") or turns(rest) or any(token.tag in ("or", "comma", "semicolon") for token in rest):
        return None
    if rest[0].tag == "restrict" and _REQUIRES.match(rest[0].text) and any(_of_diseases(token) for token in rest):
        return None
    if _OR_ELSE.search(context.words(rest)):
        return None
    if _of_some(tokens[0].value, rest, context):
        return None
    if rest[0].tag == "for" and not any(token.tag in ("check", "w") for token in rest[1:]):
        return None
    read: Read = tokens[0].value
    words = (rest[0].start, rest[-1].end)
    way = found_so(read.check, context.text[tokens[0].end : words[1]])
    if way is not None:
        return Read(way, read.spans)
    own = stated(read.check, context.text[tokens[0].end : words[1]], of_list=True)
    if own is not None and not any(isinstance(node, Not | Ambiguous | Any) for node in nodes(read.check)[1:]):
        return Read(own, spans_of(own, read, words[1]))
    if rest[0].tag == "during" or any(token.tag == "w" for token in rest):
        narrow: Check = Unread(clean(context.text[words[0] : words[1]]))
    else:
        narrow = Statement(clean(context.words(rest if isinstance(read.check, Not) else tokens)))
    return restricted(read, narrow, words)


_FOR_THOSE = Caseless(r"(?:for|in)\s+(?:the\s+|all\s+)?(?:patients?|subjects?|participants?|individuals?|those|persons?|people|children|adults?|infants?)\b")


def _of_some(read: Read, rest: Sequence[Token], context: Context) -> bool:
    """Whether a limit holds for some only, and there is another for the rest: "≥ 50 kg for men and ≥ 45 kg for women"."""
    if not any(isinstance(leaf, Age | Measurement) for leaf in leaves(read.check)):
        return False
    if _FOR_THOSE.match(context.text, rest[0].start):
        return True
    of_sex = any(token.tag in ("sex", "both") or (token.tag == "check" and any(isinstance(leaf, Sex) for leaf in leaves(token.value.check))) for token in rest)
    return of_sex or any(token.tag in ("quantity", "number", "range") or (token.tag == "check" and any(isinstance(leaf, Measurement) for leaf in leaves(token.value.check))) for token in rest)


# What is required is a treatment: a disease behind an "or" there may stand for itself.
_REQUIRES = Caseless(r".*\b(?:requir|need|necessitat)")


# Behind these words stands a fact of its own, which widens.
_OR_ELSE = Caseless(r"\bor\b.{0,20}\b(?:history|prior|previous(?:ly)?|current(?:ly)?|known)\b")


def _of_diseases(token: Token) -> bool:
    return token.tag == "check" and isinstance(token.value.check, Any) and any(isinstance(leaf, Condition) for leaf in leaves(token.value.check))


def _measured(test: Read, value: Read, context: Context) -> Read | None:
    """ "ECG with QTc > 470 ms": the value is asked for, by whichever test it came."""
    if not isinstance(test.check, Procedure) or test.check != Procedure(test.check.term) or not all(isinstance(leaf, Measurement) for leaf in leaves(value.check)):
        return None
    concept = context.vocabulary.procedure(test.check.term)
    return value if concept is not None and context.vocabulary.a_test(concept) else None


_WITH = Caseless(r"with\s+(?!or\b)")


def _is_with_one(token: Token) -> bool:
    """ "Head injury with loss of consciousness": a disease that goes with the first, and is seldom recorded by itself."""
    return token.tag == "check" and isinstance(token.value.check, Condition) and _WITH.match(token.text) is not None


_WITHOUT = Caseless(r"without\b|with no\b")


def restricted(read: Read, narrow: Check, *words: tuple[int, int]) -> Read | None:
    """The check with what narrows it; under a "no" the narrowing belongs inside."""
    if any(isinstance(node, Not | Ambiguous | Any) for node in nodes(read.check)[1:]):
        return None
    if isinstance(read.check, Not):
        return Read(Not(All((read.check.part, narrow))), (*read.spans, *words))
    if isinstance(read.check, Any):
        return _of_all_or_last(read, read.check, narrow, words)
    return Read(All((read.check, narrow)), (*read.spans, *words))
