"""Members of a list that let somebody in, or say that something does not count: what they take back, and what stands.

A member with such words is read like any other line. What it may take back is what speaks of the same thing; the rest of
the list stands as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import All, Ambiguous, Any, Not, Unread, When
from matcher.model.trees import leaves
from matcher.reading.certain.kept import DECIDED, beside
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rules import Read, ReadText
from matcher.reading.joints.sentences import LIFTS
from matcher.reading.layout.permitting import stems
from matcher.reading.tagging.caseless import Caseless


def lifts_any(members: Sequence[str]) -> bool:
    """Whether a member lets somebody in."""
    return any(LIFTS.search(member) for member in members)


def lifts_more(members: Sequence[str], head: str) -> bool:
    """Whether the members that let somebody in may take back the whole list: they are many, or speak of what its line says."""
    lifting = [member for member in members if LIFTS.search(member)]
    if not lifting:
        return False
    said = _of(head)
    return not head.endswith(":") or _ADVICE.search(head) is not None or len(lifting) * 2 > len(members) or any(said & _of(member) for member in lifting) or any(_ALONE.match(member) for member in lifting)


_ADVICE = Caseless(r"\b(?:recommend\w*|allow\w*|permit\w*|discourag\w*|suggest\w*|encourag\w*|acceptable)\b")
# Beginnings of words of limits, which make no two of them speak of one thing.
_OF_LIMITS = frozenset(("great", "equal", "total", "serum", "blood", "count", "value", "level", "witho", "suppo", "funct", "absol", "adequ", "durin", "speci", "times", "lesst", "calcu", "bound", "since", "after"))


def _of(text: str) -> frozenset[str]:
    return stems(text) - _OF_LIMITS


# A permission that names nothing of its own is one of the whole list.
_ALONE = Caseless(r"\W*(?:exceptions?|except|unless|however|note|but|these|such|they|this|those|patients?|subjects?|participants?|individuals?|otherwise|any of)\b")


def with_lifted(texts: Sequence[str], places: Sequence[int], reads: Sequence[Read]) -> list[Read]:
    """The members, those in doubt that speak of the same thing as one that lets somebody in."""
    lifting = [text for text in texts if LIFTS.search(text)]
    found: list[Read] = []
    for text, place, read in zip(texts, places, reads, strict=True):
        doubt = any(text is not other and _of(text) & _of(other) for other in lifting)
        whole = Read(Unread(clean(text)), ((place, place + len(text)),))
        found.append(beside(whole, [read]) if doubt and not isinstance(read.check, Unread) else read)
    return found


# A member that does nothing but let more in.
_ALLOWS = Caseless(r"\b(?:allowed|permitted|eligible|acceptable|permissible)\W*$")
_BESIDES = Caseless(r"\b(?:not|no|only|if|unless|except\w*|provided|must|should|but|at least|all|any)\b")


def let_in(head: str, members: Sequence[str], text: str, kind: str, read: ReadText) -> Read | None:
    """A requirement with lines under it that only let more in: whoever has what it asks for meets it."""
    said = head.strip()
    if kind != "inclusion" or said.endswith(":") or _OPEN.search(said) or any(not _ALLOWS.search(member) or _BESIDES.search(member) for member in members):
        return None
    first = read(said, kind)
    if any(isinstance(node, Ambiguous | Not) for node in nodes(first.check)) or not any(isinstance(leaf, DECIDED) for leaf in leaves(first.check)):
        return None
    place = text.index("\n") + 1 if "\n" in text else len(head)
    rest = clean(text[place:])
    return Read(Any((first.check, Unread(rest))), (*first.spans, (place, len(text)))) if rest else None


_RELAXES = Caseless(r"^\W*or\b|\bor\W*$|\bor (?:patients?|subjects?|participants?|those|else|who|if|has|have|is|are|age|at least)\b|\b(?:if|unless|except\w*|may|might|can|could|optional\w*|not required|no requirement|either|any|one of|alternativ\w*|instead|otherwise|provided|however|note|no longer)\b|:\s*$")
_OPEN = Caseless(r"(?:following|below|defined(?: as)?|with|of|either|by|follows?|including|one|as|for)\W*$")


def headed(head: str, members: Sequence[str], text: str, kind: str, read: ReadText) -> Read | None:
    """A requirement with lines under it that only say more of it: it is needed, whatever these ask besides."""
    said = head.strip()
    if kind != "inclusion" or said.endswith(":") or _OPEN.search(said) or any(LIFTS.search(member) or _RELAXES.search(member) for member in (said, *members)):
        return None
    first = read(said, kind)
    if any(isinstance(node, Ambiguous) for node in nodes(first.check)) or not any(isinstance(leaf, DECIDED) for leaf in leaves(first.check)):
        return None
    place = text.index("\n") + 1 if "\n" in text else len(head)
    rest = clean(text[place:])
    return Read(All((first.check, Unread(rest))), (*first.spans, (place, len(text)))) if rest else None


_PERSONS = r"(?:patients?|subjects?|participants?|individuals?|people|persons|volunteers?|those|women|men|children|adults)"
# "Patients with brain metastases must:", "HBsAg positive participants:"
_OF_PEOPLE = Caseless(
    rf"\W*(?:(?:for|in)\s+)?(?:(?:all|any|the)\s+)?(?P<who>{_PERSONS}\s+(?:with|who have|who had|who have had|having|receiving|taking|treated with|who (?:have )?received|who are (?:on|taking|receiving))\s+[^:;.]{{3,100}}?)[\s,]+(?:must|should|shall|need to|needs to|have to|are required to)\b[^:;.]{{0,90}}:\W*"
    rf"|\W*(?P<tested>[\w /+-]{{2,40}}?(?:positive|infected|reactive)\s+{_PERSONS})\s*(?:(?:must|should|shall|need to|have to)\b[^:;.]{{0,60}})?:\W*",
    needs=("must", "should", "shall", "need", "have to", "required", "positive", "infected", "reactive"),
)


def of_people(read_: Read, head: str, kind: str, read: ReadText) -> Read:
    """What a list asks whose line names people by what they have: it may be a rule for these alone."""
    found = _OF_PEOPLE.fullmatch(head) if kind == "inclusion" and any(isinstance(leaf, DECIDED) for leaf in leaves(read_.check)) else None
    if found is None:
        return read_
    who = read(head[slice(*found.span("who" if found["who"] else "tested"))], kind)
    if not all(isinstance(leaf, DECIDED) for leaf in leaves(who.check)) or any(isinstance(node, Ambiguous | Not | When) for node in nodes(who.check)):
        return Read(Ambiguous((Unread(clean(head)), read_.check)), ((0, len(head)), *read_.spans))
    return Read(Ambiguous((When(who.check, read_.check), read_.check)), (*((0, len(head)),) * len(who.spans), *read_.spans, *read_.spans))
