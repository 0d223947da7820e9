"""Unread words behind an excluded fact that go on with an alternative of their own: "hypoxia or requires oxygen".

They may narrow the fact, but what stands behind their "or" may exclude by itself: without the fact nobody passes.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import All, Any, Check, Statement, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.grammar.rules import Read, Spans
from matcher.reading.tagging.caseless import Caseless

_BRACKETS = pattern_of(r"\([^()]*\)|\[[^\[\]]*\]")
_ANEW = Caseless(
    r"\bor\s+(?:(?:an?|the|any)\s+)?(?:(?:recent|prior|previous|known|positive|personal|family|past|current|active)\s+)?(?:who|has|have|had|is|are|was|were|requir(?:es|ed)|needs?|receiv(?:es?|ed|ing)|underwent|undergo\w*|use of|treatment with|"
    r"taking|history|diagnosis|any|patients?|subjects?|participants?|women|men|those|prior|previous|other|planned)\b"
)
# "Carcinoma with treatment, psychological, or psychiatric disorders": the end of the whole list.
_LAST_OF_A_LIST = Caseless(r",\s+or\s+(?:[\w-]+\s+){0,3}(?:disorders?|diseases?|illness(?:es)?|history)\b")
_RELATIVE = Caseless(r"\W*(?:that|which|who|whose|where|if|when|unless|with|because|due)\b")
_RELATIVE_BEFORE = Caseless(r"\b(?:that|which|who|whose)(?:\s+(?:is|are|has|have|was|were))?\s*$")
_OR_BEFORE = Caseless(r"\b(?:and/)?or\s*$")
_VERB = Caseless(r"\W*(?:await|waiting|listed|schedul|plan|candidate|indication|likely|about to|requir|need|receiv|undergo|underwent|has|have|had|is|are|was|were|takes?|taking|uses?)")


def with_own_clauses(read: Read, text: str) -> Read:
    """An exclusion whose unread words may exclude by themselves, so read that their absence lets nobody in."""
    if not any(isinstance(leaf, Unread | Statement) for leaf in leaves(read.check)):
        return read
    check, spans = _changed(read.check, read.spans, text)
    return Read(check, spans) if check != read.check else read


def _changed(check: Check, spans: Spans, text: str) -> tuple[Check, Spans]:
    """The check anew with the places of its leaves."""
    if not isinstance(check, All | Any):
        return check, spans
    parts, places, at = list[Check](), list[Spans](), 0
    for part in check.parts:
        size = sum(1 for _ in leaves(part))
        found, own = _changed(part, spans[at : at + size], text)
        parts.append(found)
        places.append(own)
        at += size
    own_spans = tuple(span for place in places for span in place)
    if isinstance(check, All) and isinstance(parts[-1], Unread | Statement) and places[-1][0][0] >= max(end for place in places[:-1] for _, end in place):
        alone = _stands_alone(parts[-1], text[places[-1][0][0] :], text[: places[-1][0][0]])
        if alone == parts[-1]:
            return Any((all_of(parts[:-1]), alone)), own_spans
        if alone is not None:
            return Any((All(tuple(parts)), alone)), (*own_spans, places[-1][0])
    return _once(parts, places) if isinstance(check, Any) else (All(tuple(parts)), own_spans)


def _once(parts: Sequence[Check], places: Sequence[Spans]) -> tuple[Check, Spans]:
    """Alternatives with what one of them says no second time beside it."""
    said = {inner for part in parts if isinstance(part, Any) for inner in part.parts}
    kept = [(part, own) for part, own in zip(parts, places, strict=True) if part not in said or not isinstance(part, Unread | Statement)]
    return any_of([part for part, _ in kept]), tuple(span for _, own in kept for span in own)


def _stands_alone(words: Unread | Statement, said: str, before: str) -> Check | None:
    """Those of the words behind the facts of a conjunction that are an alternative to them."""
    if _OR_BEFORE.search(before) and _VERB.match(said):
        return words
    if isinstance(words, Statement):
        return None
    outside = _BRACKETS.sub("", words.text)
    listed = _LAST_OF_A_LIST.search(outside)
    if listed is not None:
        return Unread(" ".join(outside[listed.start() :].lstrip(" ,").removeprefix("or").split()))
    anew = _ANEW.search(outside)
    if anew is None or words.text.startswith("(") or _RELATIVE.match(outside) or _RELATIVE_BEFORE.search(before):
        return None
    return Unread(" ".join(outside[anew.start() :].removeprefix("or").split()))
