"""A kind of contraception that a criterion asks for ("non-hormonal", "two forms of"): the profile tells only whether there is any."""

from __future__ import annotations

import re

from matcher.model.language import All, Check, State, Unread
from matcher.model.trees import leaves
from matcher.reading.caseless import Caseless
from matcher.reading.kept import beside
from matcher.reading.rewriting import rewritten
from matcher.reading.rules import Read

_ANY = State("contraception")
_NAMED = Caseless(r"contracepti\w+|birth[- ]control")
_KIND = Caseless(
    r"(?:\b(?:non-?\s?hormonal|hormonal|hormone[- ]based|oral|implant\w*|inject\w*|intra-?uterine|barrier|double|dual|two|2|systemic|vaginal|transdermal)\b[\s,/]*"
    r"(?:(?:or|and|of|highly|effective|reliable|adequate|acceptable|medically|approved|different|separate|independent|forms?|methods?|types?|kinds?|means|barrier|hormonal|oral|injected|injectable|implanted|implantable|transdermal|vaginal)\b[\s,/]*)*)$"
)
_OTHER_THAN = Caseless(r"[\s,(]*(?:methods?\s+|forms?\s+)?(?:other than|except\w*|without|excluding|not (?:including|containing)|that (?:is|are|do|does) not)\b")
_DENIED = Caseless(r"\W*(?:no\b|(?:\w+\s+){0,3}(?:must|should|may|can|will) not\b)")


def with_kinds(read: Read, text: str, kind: str) -> Read:
    """A criterion about a kind of contraception with the kind beside it; a ban of one says nothing of who uses none."""
    named = _NAMED.search(text) if _ANY in leaves(read.check) else None
    if named is None:
        return read
    clause = re.split(r"[.;:(]", text[: named.start()])[-1]
    before = _KIND.search(clause)
    if before is None and not _OTHER_THAN.match(text, named.end()):
        return read
    if kind == "exclusion" and _DENIED.match(text):
        return beside(Read(Unread(" ".join(text.split())), ((0, len(text)),)), [read])
    words = Unread(" ".join((clause[before.start() :] if before is not None else text[named.start() :]).split()).strip(" ,.;"))

    def change(leaf: Check) -> Check | None:
        return All((_ANY, words)) if leaf == _ANY else None

    return rewritten(read, change)
