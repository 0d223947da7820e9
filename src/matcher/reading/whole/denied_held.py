"""Inclusions that deny what was not read to its end: "no symptomatic brain metastases in need of odd care".

Whoever has nothing of what each part of the denial begins with keeps it, whatever its unread words say.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.model.language import Ambiguous, Not, Statement, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.spelling import spaced
from matcher.reading.tagging.tokens import Lexer
from matcher.reading.whole.held_to_diseases import held_to_diseases, is_held
from matcher.reading.whole.held_to_drugs import held_to_drugs

_LONGEST = 320  # characters
_DENIAL = Caseless(
    r"\W*(?:(?:(?:the|all|any)\s+)?(?:patients?|subjects?|participants?|individuals?|volunteers?)\s+(?:who\s+)?)?"
    r"(?:(?:(?:must|should|shall|will|do|does|did)\s+not\s+have(?:\s+(?:had|received|undergone|been treated with))?|(?:have|has|had)\s+not\s+(?:had|received|undergone|taken|been treated with|been diagnosed with)|(?:(?:must|should|shall)\s+)?(?:with|have|has|having)\s+no|no|without|absence\s+of|free\s+(?:of|from))\s+)"
    r"(?!or\b|women|men\b|lactating|pregnant|more|less|fewer|later|longer|greater|earlier|sooner|limit|age|upper|lower|restrict|requirement|one\b|need|exclusion|other\b|contraindicat|allerg|\w+ limit|\d)(?=\S)",
    needs=("no", "without", "absence", "free"),
)
_KEPT_OUT = Caseless(
    r"\W*(?:(?:the|all|any)\s+)?(?:patients?|subjects?|participants?|individuals?|volunteers?|those)\s+(?:with|who\s+(?:have|had|has))\s+(?P<who>\S[^.;:]*?)\s+(?:(?:are|is|will\s+be|were)\s+)(?:ineligible|excluded|not\s+eligible|not\s+included)"
    r"(?:\s+(?:for|from)\s+(?:participation\s+in\s+)?(?:the|this)?\s*(?:study|trial|participation|entry))?[\s.;]*",
    needs=("eligible", "excluded", "not included"),
)
# Behind one of these something else is asked, or allowed in its place.
_ASKS_MORE = Caseless(r"[.;:]\s+\S|\b(?:but|no|not|never|must|should|shall|agree\w*|willing\w*|consent\w*|required|able|ecog|karnofsky|aged?|adequate|measurable|instead|rather|nor|neither|OR progress\w+|normal|negative|stable|at least)\b")


def denied_and_held(read: Read, text: str, again: Callable[[str], Read], lexer: Lexer) -> Read:
    """The denial of what its words name, beside those that were not read; the reading itself where more is asked, or it is read."""
    first = next(iter(leaves(read.check)))
    if len(text) > _LONGEST or "\n" in text or text.rstrip().endswith(":") or not isinstance(first, Unread | Statement) or not isinstance(read.check, Unread | Statement | Ambiguous):
        return read
    begins, kept_out = _DENIAL.match(text), _KEPT_OUT.fullmatch(text)
    said = text[begins.end() :] if begins is not None else text[slice(*kept_out.span("who"))] if kept_out is not None else ""
    if not said or _ASKS_MORE.search(said):
        return read
    rest = spaced(said)
    denied = again(rest)
    held = denied if is_held(denied.check) else held_to_drugs(held_to_diseases(denied, rest, lexer), rest, lexer)
    if held is denied or not is_held(held.check):
        return read
    return Read(Not(held.check), ((0, len(text)),) * sum(1 for _ in leaves(held.check)))
