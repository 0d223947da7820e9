"""Words of course before an "or" that wait for the disease behind it: "active or recent endocarditis", "severe, progressive or uncontrolled asthma".

Left as a member of its own such a word would stand for anything; it tells of the disease that its list names next, and nobody
without that disease is meant by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Judgement,
    Not,
    Unless,
    Unread,
    When,
)
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Spans
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import load

_Part = tuple[Check, Spans]

_COURSE = (
    r"active|acute|chronic|recent(?:ly)?|recurrent|recurring|persistent|current(?:ly)?|on-?going|existing|pre-?existing|concurrent|concomitant|severe|serious|significant|clinically|relevant|uncontrolled|controlled|poorly|unstable|stable|un-?treated|treated|symptomatic|asymptomatic|"
    r"progressive|progressing|refractory|relapsed|relapsing|advanced|moderate|mild|major|minor|intermittent|unresolved|resolved|known|documented|confirmed|diagnosed|newly|previously|suspected|past|previous|prior|former|presence|evidence|history|histories|frequent|repeated|significantly"
)
_WAITS = Caseless(rf"(?:(?:an?|any|the|with|has|have|having|is|are|of|other|personal|medical|clinical|{_COURSE})\b[\s-]*)+(?:\((?:within|in|during|over|<|≤|>)[^()]*\))?")
_HISTORY = Caseless(r"(?:an?\s+|any\s+)?(?:(?:personal|medical|clinical|known|documented|prior|previous|past)\s+)*(?:history|histories)(?:\s+of)?(?:\s+an?)?")
_NOW = Caseless(r"(?:an?\s+|any\s+)?(?:known\s+)?(?:active|current(?:ly)?|ongoing|on-going)(?:\s+an?)?")
_KNOWN = Caseless(r"(?:known|documented|confirmed|diagnosed|established)(?:\s+an?)?")
_SUSPECTED = Caseless(r"suspected(?:\s+an?)?")
_JOINT = Caseless(rf"\s*,?\s*(?:or|and/or|/)\s*(?:(?:an?|any|the|other|actively|{_COURSE})\b[\s-]*)*", needs=("or", "/"))
_COMMA = Caseless(r"\s*,\s*(?:an?\s+|any\s+|the\s+)?")
# A name that tells of a course itself is another kind of the disease, and no wider one.
_NAMES_COURSE = Caseless(rf"\b(?:{_COURSE}|metastatic|latent|congenital|systemic|local\w*|secondary|primary|[a-z-]*threatening|terminal|special|physical|mental)\b")


def with_orphans_told(parts: Sequence[_Part], text: str) -> list[_Part]:
    """The members of a list, each word of course before an "or" held to the disease behind it."""
    found: list[_Part] = []
    held: tuple[Condition, ...] = ()
    for i in range(len(parts) - 1, -1, -1):
        check, spans = parts[i]
        fact = _waits_for(parts[i], parts[i + 1 :], held, text) if i + 1 < len(parts) else ()
        if not fact or not isinstance(check, Unread):
            found.append(parts[i])
        else:
            first = all(isinstance(one, Unread) for one, _ in parts[:i])
            anew = _told(fact, check, exact=first and _is_bare(parts[-1], text), named=[text[start:end] for _, places in parts[i + 1 :] for start, end in places])
            found.append((anew, spans * sum(1 for _ in leaves(anew))))
        held = fact
    return found[::-1]


def _waits_for(orphan: _Part, behind: Sequence[_Part], held: tuple[Condition, ...], text: str) -> tuple[Condition, ...]:
    """The disease for which a member waits: the one behind an "or", or for which the member behind waits too."""
    (check, spans), (fact, places) = orphan, behind[0]
    if not isinstance(check, Unread) or not places or spans[0][1] > min(start for start, _ in places) or not _WAITS.fullmatch(check.text.strip(" ,")):
        return ()
    joint = text[spans[0][1] : min(start for start, _ in places)]
    if held:
        return held if _joined(joint) else ()
    if not _joined(joint) or any(isinstance(node, Not | Unless | When) for node in nodes(fact)):
        return ()
    named = [leaf for leaf in leaves(fact) if not isinstance(leaf, Unread | Judgement)]
    listed = isinstance(fact, Any) and all(isinstance(part, Condition) for part in fact.parts)
    if not named or not (listed or (isinstance(fact, Condition | All | Ambiguous) and len({getattr(leaf, "term", "") for leaf in named}) == 1)):
        return ()
    if not all(isinstance(leaf, Condition) and not _NAMES_COURSE.search(leaf.term) for leaf in named):
        return ()
    # its noun may stand behind the last of them only
    others = [leaf for other, _ in behind for leaf in leaves(other) if isinstance(leaf, Condition)]
    return tuple({leaf.term: leaf for leaf in others}.values())


def _with_wider(term: str, named: Sequence[str]) -> Iterator[str]:
    """A disease, or what it is a kind of where its name begins with a word of its own beside the orphan: "chronic or alcoholic liver disease"."""
    for said in named:
        words = said.strip(" .;,").split()
        behind = (load().condition(" ".join(words[place:])) for place in range(1, len(words)))
        wider = next((one.label for one in behind if one is not None and load().is_kind(term, one.label)), "")
        if wider and wider != term:
            yield wider
            return
    yield term


def _told(facts: tuple[Condition, ...], orphan: Unread, *, exact: bool, named: Sequence[str]) -> Check:
    """What a member that waits for a disease says: its history or presence as it stands, else the disease beside the words."""
    said = orphan.text.strip(" ,")
    for pattern, phase in ((_HISTORY, "history"), (_NOW, "active"), (_KNOWN, ""), (_SUSPECTED, "suspected")):
        if exact and pattern.fullmatch(said):
            return any_of([Condition(fact.term, phase) for fact in facts])
    wide = dict.fromkeys(Condition(one, "history") for fact in facts for one in _with_wider(fact.term, named))
    return All((any_of(list(wide)), orphan))


def _is_bare(last: _Part, text: str) -> bool:
    """Whether the disease that ends a list stands there by its name alone."""
    check, spans = last
    facts = check.parts if isinstance(check, Any) else (check,)
    plain = all(isinstance(fact, Condition) and replace(fact, phase="") == Condition(fact.term) for fact in facts)
    return plain and text[max(end for _, end in spans) :].strip(" .;") == ""


def _joined(joint: str) -> bool:
    return _JOINT.fullmatch(joint) is not None or _COMMA.fullmatch(joint) is not None
