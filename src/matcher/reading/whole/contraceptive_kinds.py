"""Contraception of a kind ("non-hormonal", "two forms of"), of which the profile tells only whether there is any, and whose it is."""

from __future__ import annotations

import re

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Not,
    Sex,
    State,
    Statement,
    Unread,
)
from matcher.model.trees import leaves
from matcher.reading.certain.kept import beside
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read, Spans
from matcher.reading.people.fertility_duties import BARRIER, NO_HORMONES, TWO
from matcher.reading.tagging.caseless import Caseless

_ANY = State("contraception")
_NAMED = Caseless(r"contracepti\w+|birth[- ]control")
_KIND = Caseless(
    r"(?:\b(?:non-?\s?hormonal|hormonal|hormone[- ]based|oral|implant\w*|inject\w*|intra-?uterine|barrier|double|dual|two|2|systemic|vaginal|transdermal)\b[\s,/]*"
    r"(?:(?:or|and|of|highly|effective|reliable|adequate|acceptable|medically|approved|different|separate|independent|forms?|methods?|types?|kinds?|means|barrier|hormonal|oral|injected|injectable|implanted|implantable|transdermal|vaginal)\b[\s,/]*)*)$"
)
_OTHER_THAN = Caseless(r"[\s,(]*(?:methods?\s+|forms?\s+)?(?:other than|except\w*|without|excluding|not (?:including|containing)|that (?:is|are|do|does) not)\b")
_KINDS_ASKED = tuple(map(Statement, (TWO, BARRIER, NO_HORMONES)))
_DENIED = Caseless(r"\W*(?:no\b|(?:\w+\s+){0,3}(?:must|should|may|can|will) not\b)")


def with_kinds(read: Read, text: str, kind: str) -> Read:
    """A criterion about a kind of contraception with the kind beside it; a ban of one says nothing of who uses none."""
    found = list(leaves(read.check))
    named = _NAMED.search(text) if _ANY in found and not any(leaf in found for leaf in _KINDS_ASKED) else None
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


_OF_WOMEN = Caseless(r"\b(?:pregnan\w+|breast-?\s?feed\w*|lactat\w+|nursing|wom[ae]n|females?)\b")
_OF_MEN = Caseless(r"\b(?:m[ae]n|males?|partners?|sexes|both)\b")


def of_women(read: Read, text: str) -> Read:
    """An exclusion of the pregnant and of who uses no contraception: the second is said of women who can bear children, and perhaps of men where no women are named."""
    if not isinstance(read.check, Any) or not _OF_WOMEN.search(text) or _OF_MEN.search(text):
        return read
    check, spans = _scoped(read.check, read.spans, named=_NAMES_WOMEN.search(text) is not None)
    return Read(check, spans) if check != read.check else read


_NAMES_WOMEN = Caseless(r"\b(?:wom[ae]n|females?|girls?|mothers?|child-?\s?bearing)\b")


def _scoped(check: Check, spans: Spans, *, named: bool) -> tuple[Check, Spans]:
    """The alternatives with the scope before a "no contraception" that has none, and their places."""
    if check == Not(_ANY):
        of_women = All((Sex("female"), State("childbearing potential"), check))
        return (of_women, spans * 3) if named else (Ambiguous((of_women, All((Any((Sex("male"), State("childbearing potential"))), check)))), spans * 6)
    if not isinstance(check, Any):
        return check, spans
    parts, places, at = list[Check](), list[tuple[int, int]](), 0
    for part in check.parts:
        size = sum(1 for _ in leaves(part))
        found, own = _scoped(part, spans[at : at + size], named=named)
        parts.append(found)
        places += own
        at += size
    return Any(tuple(parts)), tuple(places)
