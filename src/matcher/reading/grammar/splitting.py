"""A list taken apart into its members: at the joints outside brackets, what goes on about a member staying with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.language import Any
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import LOOSE
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

SPLITS = ("comma", "or", "slash")


def cut(tokens: Sequence[Token], splits: Sequence[str]) -> tuple[list[list[Token]], set[str]]:
    """The tokens between joints outside brackets, and which joints those are."""
    groups: list[list[Token]] = [[]]
    joints: set[str] = set()
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.tag, 0)
        if depth <= 0 and token.tag in splits:
            joints.add(token.tag)
            groups.append([])
        else:
            groups[-1].append(token)
    return groups, joints


def members(tokens: Sequence[Token], context: Context, splits: Sequence[str] = SPLITS) -> tuple[list[list[Token]], set[str]]:
    """The tokens between joints outside brackets; what goes on about a member stays with it."""
    groups, joints = cut(tokens, splits)
    found: list[list[Token]] = []
    for group in groups:
        if not any(token.tag not in LOOSE for token in group):
            continue
        if found and _goes_on(found, group, context):
            found[-1] += group
        else:
            found += _apart(group, context)
    if any(token.tag == "check" and isinstance(token.value.check, Any) for group in groups for token in group):
        joints.add("or")
    return found, joints


_GOES_ON = ("restrict", "during", "window", "lasting", "since", "within", "defined", "judge", "eg", "ie", "if", "whether", "exceptions", "except", "unless")


# A day of the trial, which only ends a time ("before screening or baseline visit").
_DAY = Caseless(r"(?:the\s+)?(?:screening|baseline|visit|enrol\w+|randomi\w+|registration|inclusion|study|entry|start|first|dose|treatment|day|informed|consent|\d|\s|of|to|period)+")
_CLAUSE = Caseless(r"\b(?:that|which|who|whom|whose|where|when)\b")
_VERB = Caseless(r"\b(?:is|are|was|were|has|have|had|been|being)\b")


_GOING = Caseless(r"(?:starting|beginning|ending|lasting|continuing|extending|including|resulting|occurring|requiring|affecting|involving|defined|documented|confirmed|diagnosed|assessed|measured|regardless|irrespective|despite)")
_ANEW = Caseless(r"\W*(?:or|and/or)?\s*(?:(?:currently|a|an|any|the)\s+)*(?:wom[ae]n|females?|males?|m[ae]n|patients?|subjects?|participants?|those|history|prior|previous\w*|known|use|using|taking|breast\S*|lactat\w+|nursing|pregnan\w+|unwilling\w*|unable|inability)\b")


def _goes_on(found: Sequence[Sequence[Token]], group: Sequence[Token], context: Context) -> bool:
    """Whether words behind a joint go on about the member before it: "…, which is mild", "…, unrelated to it"."""
    first = group[0]
    if first.tag in _GOES_ON or _DAY.fullmatch(context.text[first.start : group[-1].end]):
        return True
    before = found[-1]
    gap = context.text[before[-1].end : first.start]
    comma = "," in gap and "or" not in gap.split()
    if _CLAUSE.search(gap) and comma:
        return True
    facts = [token for token in before if token.tag == "check"]
    if facts and _VERB.search(gap) and _CLAUSE.search(context.text[facts[0].end : before[-1].end]):
        return True
    if comma and _GOING.fullmatch(first.text):
        return True
    if not any(token.tag == "check" for token in group) and any(token.tag in ("planned", "become", "conceive") for token in before) and not _ANEW.match(context.text, before[-1].end):
        return True
    tied = len(group) > 1 and first.tag == "w" and group[1].tag in ("to", "by", "from") and not any(token.tag == "check" for token in group[:1])
    return comma and ((first.tag in ("with", "in", "for", "by", "on", "at") and context.text[found[0][0].start : found[0][0].end] != first.text) or tied)


_JOINT = pattern_of(r"[\s,;/]*(?:(?:and/or|or|and)\b)?\s*", re.IGNORECASE)


def _apart(group: Sequence[Token], context: Context) -> list[list[Token]]:
    """A read list with words behind its last member: the last member with these words is one by itself."""
    first = group[0]
    if first.tag != "check" or len(group) < 2 or all(token.tag in LOOSE for token in group[1:]) or not isinstance(first.value.check, Any):
        return [list(group)]
    read: Read = first.value
    *parts, last = read.check.parts  # type: ignore[union-attr]
    size = sum(1 for _ in leaves(last))
    done = max(end for _, end in read.spans[:-size])
    joint = _JOINT.match(context.text, done)
    cut = joint.end() if joint is not None else done
    if cut <= first.start or cut >= first.end:
        return [list(group)]
    before = Token("check", first.start, done, context.text[first.start : cut], Read(any_of(parts), read.spans[:-size]))
    behind = Token("check", cut, first.end, context.text[cut : first.end], Read(last, read.spans[-size:]))
    return [[before], [behind, *group[1:]]]
