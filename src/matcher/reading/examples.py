"""A fact with examples of it, some of which were not read: "autoimmune disease (e.g. lupus, …)" holds with the fact itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    Ambiguous,
    Any,
    Check,
    Condition,
    Medication,
    Not,
    Procedure,
    Unread,
)
from matcher.model.trees import any_of, leaves
from matcher.reading.caseless import Caseless
from matcher.reading.pieces import JOINTS, clean, nodes
from matcher.reading.rules import Context, Read
from matcher.reading.tokens import Token

# Words in a list of examples with which it is more than a list: it sets a limit, excepts, or goes on with the fact before it.
_MORE = Caseless(
    r"\b(?:if|unless|except\w*|other than|not|no|without|but|only|allowed|permitted|eligible|acceptable|may|must|should|can|within|during|prior|before|after|since|requiring|required?|requires|"
    r"need\w*|who|that|which|with|having|has|have|is|are|was|were|patients?|subjects?|participants?|defined|confirmed|family|risk|suspected|excluded?|included?)\b",
)
_NUMBERED = frozenset(("quantity", "number", "cmp", "range", "span", "time", "window", "lasting", "anchor", "restrict", "exceptions", "measure", "eg", "ie", "colon"))


def exemplified(tokens: Sequence[Token], context: Context) -> Read | None:
    """The fact, or an example that was read, or the examples that were not; None where more than examples stands behind the fact."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "eg"), 0)
    if not at:
        begun = tokens[0].tag == "check" and _BEGUN.search(tokens[0].text) and not tokens[0].text.rstrip().endswith((")", "]"))
        at = 0 if begun and len(tokens) > 1 and tokens[1].tag in JOINTS else len(tokens)
    head = [token for token in tokens[: at + 1] if token.tag not in ("open", "comma", "with", "stop", "eg")]
    behind = [token for token in tokens[at + 1 :] if token.tag not in ("comma", "stop", "colon", "close")]
    if len(head) != 1 or not behind or not _named(head[0]) or not _closed(tokens, at):
        return None
    facts = [token for token in behind if token.tag == "check"]
    if any(token.tag in _NUMBERED for token in behind) or _MORE.search(context.text[tokens[at].end : tokens[-1].end]) or not all(_named(token) for token in facts):
        return None
    fact: Read = head[0].value
    parts, spans = [fact.check], list(fact.spans)
    for group in _groups(tokens[at + 1 :]):
        read = _in_the_same_state(group[0].value, fact, context) if len(group) == 1 and group[0].tag == "check" else Read(Unread(clean(context.words(group))), ((group[0].start, group[-1].end),))
        parts.append(read.check)
        spans += read.spans
    return Read(Any(tuple(parts)), tuple(spans))


_STATED = Caseless(r"\b(?:active|ongoing|current|acute|symptomatic|unstable|uncontrolled|severe|serious|decompensated)\W+$")


def _in_the_same_state(example: Read, fact: Read, context: Context) -> Read:
    """ "uncontrolled illness, including diabetes": whether an example without a state of its own is meant in that of the fact is open."""
    states = fact.check.states if isinstance(fact.check, Condition) else ()
    members = example.check.parts if isinstance(example.check, Any) else (example.check,)
    if not states or len(members) != len(example.spans):
        return example
    checks: list[Check] = []
    spans: list[tuple[int, int]] = []
    for member, span in zip(members, example.spans, strict=True):
        said = context.text[max(0, span[0] - 20) : span[0]] + context.text[span[0] : span[0] + 20].split(" ")[0] + " "
        if not isinstance(member, Condition) or member.states or _STATED.search(context.text[: span[0]]) or _STATED.search(said):
            checks.append(member)
            spans.append(span)
        else:
            checks.append(Ambiguous((member, replace(member, states=states))))
            spans += [span, span]
    return Read(any_of(checks), tuple(spans))


def _groups(tokens: Sequence[Token]) -> list[list[Token]]:
    """The examples between commas, "or" and "and"."""
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.tag in JOINTS:
            found.append([])
        elif token.tag not in ("open", "close", "stop", "colon", "dash"):
            found[-1].append(token)
    return [group for group in found if group]


# A list of examples of which a rule has taken the first ones with the fact.
_BEGUN = Caseless(r"\b(?:e\.?g\b|such as|including|for example|like|for instance)")


def _named(token: Token) -> bool:
    """Whether a token names diseases or treatments and says nothing else of them."""
    if token.tag != "check" or any(isinstance(node, Not | Ambiguous) for node in nodes(token.value.check)):
        return False
    return all(isinstance(leaf, Condition | Medication | Procedure) and not getattr(leaf, "window", None) for leaf in leaves(token.value.check))


def _closed(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing stands behind the bracket in which the examples stand."""
    depth = sum({"open": 1, "close": -1}.get(token.tag, 0) for token in tokens[:at])
    for i, token in enumerate(tokens[at + 1 :], at + 1):
        depth += {"open": 1, "close": -1}.get(token.tag, 0)
        if depth == 0 and token.tag == "close":
            return all(one.tag == "stop" for one in tokens[i + 1 :])
    return depth <= 1
