"""Inclusions that deny what was not read to its end: "no symptomatic brain metastases in need of odd care".

Whoever has nothing of what each part of the denial begins with keeps it, whatever its unread words say.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    AtLeast,
    Check,
    Condition,
    Consent,
    Judgement,
    Measurement,
    Not,
    Sex,
    Statement,
    Unless,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.certain.kept import DECIDED
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.spelling import spaced
from matcher.reading.tagging.tokens import Lexer
from matcher.reading.whole.held_to_diseases import LIMIT, NAMED_ANYHOW, held_to_diseases, is_held
from matcher.reading.whole.held_to_drugs import held_to_drugs

_LONGEST = 320  # characters
_PEOPLE = r"\W*(?:(?:(?:the|all|any)\s+)?(?:patients?|subjects?|participants?|individuals?|volunteers?)\s+(?:who\s+)?)?"
_DENIAL = Caseless(
    rf"{_PEOPLE}(?:(?:(?:must|should|shall|will|do|does|did)\s+not\s+have(?:\s+(?:had|received|undergone|been treated with))?|(?:have|has|had)\s+not\s+(?:had|received|undergone|taken|been treated with|been diagnosed with)|(?:(?:must|should|shall)\s+)?(?:with|have|has|having)\s+no|no|without|absence\s+of|free\s+(?:of|from))\s+)"
    r"(?!or\b|women|men\b|lactating|pregnant|more|less|fewer|later|longer|greater|earlier|sooner|limit|age|upper|lower|restrict|requirement|one\b|need|exclusion|contraindicat|allerg|\w+ limit|\d)(?=\S)",
    needs=("no", "without", "absence", "free"),
)
_NOT_TAKING = Caseless(
    rf"{_PEOPLE}(?:(?:(?:must|should|shall|will|may)\s+not\s+(?:currently\s+)?be|(?:(?:is|are)\s+)?(?:currently\s+)?not)\s+)"
    r"(?=(?:(?:currently|presently|actively|chronically|regularly|previously|already)\s+)*(?:taking|receiving|using|on\s+(?!the\b)|(?:being\s+)?treated\s+(?:with|for)|undergoing|suffering|diagnosed|pregnan|nursing|lactating|breast-?\s?feeding|hospitali[sz]ed\s+for)\b)",
    needs=("not",),
)
_KEPT_OUT = Caseless(
    r"\W*(?:(?:the|all|any)\s+)?(?:patients?|subjects?|participants?|individuals?|volunteers?|those)\s+(?:with|who\s+(?:have|had|has))\s+(?P<who>\S[^.;:]*?)\s+(?:(?:are|is|will\s+be|were)\s+)(?:ineligible|excluded|not\s+eligible|not\s+included)"
    r"(?:\s+(?:for|from)\s+(?:participation\s+in\s+)?(?:the|this)?\s*(?:study|trial|participation|entry))?[\s.;]*",
    needs=("eligible", "excluded", "not included"),
)
# Behind one of these something else is asked, or allowed in its place.
_ASKS_MORE = Caseless(r"[.;:]\s+\S|\b(?:but|no|not|never|must|should|shall|agree\w*|willing\w*|consent\w*|required|able|ecog|karnofsky|aged?|adequate|measurable|instead|rather|nor|neither|OR progress\w+|normal|negative|stable|at least|antibod\w+|antigens?|serolog\w+|titers?|genes?|mutations?)\b")
# In which such words ask nothing: examples, what is let in, what the disease may do, a limit.
_ASKS_NOTHING = Caseless(
    r"(?:such as|including|e\.?g\.?|except(?:ions?)?(?: for| the following| being)?)\s*:\s|\bexcept\b[^.;]*$|\b(?:upper|lower)?\s*limits? of normal\b|\([^()]*\)|\b(?:prevent|preclud|interfer|impair|compromis|affect)\w*\s(?:[\w/]+\s){0,5}(?:informed\s+)?consent\b|\bwithin normal\b|\bnot (?:well |adequately )?controlled\b"
)
_ASKS_INSIDE = Caseless(r"\([^()]*\b(?:must|should|shall|agree\w*|willing\w*|required|but|aged?|ecog|off)\b")


def denied_and_held(read: Read, text: str, again: Callable[[str], Read], lexer: Lexer) -> Read:
    """The denial of what its words name, beside those that were not read; the reading itself where more is asked, or it is read."""
    first = next(iter(leaves(read.check)))
    if len(text) > _LONGEST or "\n" in text or text.rstrip().endswith(":") or not isinstance(first, Unread | Statement) or not isinstance(read.check, Unread | Statement | Ambiguous):
        return read
    begins, kept_out = _DENIAL.match(text) or _NOT_TAKING.match(text), _KEPT_OUT.fullmatch(text)
    said = text[begins.end() :] if begins is not None else text[slice(*kept_out.span("who"))] if kept_out is not None else ""
    if not said or _ASKS_INSIDE.search(said) or _ASKS_MORE.search(_ASKS_NOTHING.without(said, " # ")):
        return read
    rest = spaced(said)
    denied = again(rest)
    if is_held(denied.check):
        return _without_any(denied.check, rest, text) or read
    held = held_to_drugs(held_to_diseases(denied, rest, lexer), rest, lexer)
    if not is_held(held.check):
        return read
    if _ASKS_MORE.search(said) or rest.casefold().startswith("other "):
        return _without_any(held.check, rest, text) or read
    return Read(Not(held.check), ((0, len(text)),) * sum(1 for _ in leaves(held.check)))


_LIMIT_INSIDE = pattern_of(r"[(\[][^()]*(?:[<>≥≤=]|\d)")


def _without_any(denied: Check, said: str, text: str) -> Read | None:
    """Who has none of the facts of a denial keeps it; None where it may deny less than they are, or ask for more."""
    facts: list[Check] = list(dict.fromkeys(leaf for leaf in leaves(denied) if not isinstance(leaf, Unread | Judgement)))
    if any(isinstance(node, Not | When | Unless | AtLeast) for node in nodes(denied)) or any(isinstance(leaf, Age | Sex | Consent) for leaf in facts) or not any(isinstance(leaf, DECIDED) for leaf in facts):
        return None
    if any(isinstance(leaf, Measurement) for leaf in facts) and _LIMIT_INSIDE.search(said) is not None:
        return None
    if LIMIT.search(said) and not any(isinstance(leaf, Measurement) for leaf in facts) and any(isinstance(leaf, Condition) and not NAMED_ANYHOW.search(leaf.term) for leaf in facts):
        return None
    return Read(Not(All((any_of(facts), Unread(clean(said))))), ((0, len(text)),) * (len(facts) + 1))
