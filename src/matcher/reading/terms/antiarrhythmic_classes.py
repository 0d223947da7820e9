"""Antiarrhythmic drugs of one class or of several: "class Ia, Ib or Ic antiarrhythmics" are those of class I, and no others."""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.model.language import Ambiguous, Check, Medication, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_ONE = r"(?:i{1,3}|iv|[1-4])\s?[abc]?"
_CLASSES = Caseless(
    rf"\bclass(?:es)?\s+(?P<named>{_ONE}\b(?:(?:\s*\([^()]*\))?(?:\s*,\s*(?:and/or|or|and)?\s*|\s*(?:/|\band/or\b|\bor\b|\band\b)\s*)(?:class\s+)?{_ONE}\b)*)(?:\s*\([^()]*\))?\s+anti-?\s?arrhythmi",
    needs=("class",),
)
_BRACKET = pattern_of(r"\([^()]*\)")
_EACH = pattern_of(rf"\b{_ONE}\b", re.IGNORECASE)
_NUMERALS = {"1": "i", "2": "ii", "3": "iii", "4": "iv"}
_GENERAL = "antiarrhythmics"
_KNOWN = {"i": "class I antiarrhythmics", "ia": "class IA antiarrhythmics", "ic": "class IC antiarrhythmics", "iii": "class III antiarrhythmics"}
_WHOLE_OF_FIRST = {"ia", "ib", "ic"}


def of_their_classes(read: Read, text: str) -> Read:
    """The reading with the classes that are named in the place of antiarrhythmic drugs of any; in doubt where one is not known."""
    found = _CLASSES.search(text)
    if found is None:
        return read
    named = {_numeral(one) for one in _EACH.findall(_BRACKET.sub(" ", text[slice(*found.span("named"))]))}
    if named >= _WHOLE_OF_FIRST:
        named = (named - _WHOLE_OF_FIRST) | {"i"}
    words = " ".join(text[found.start() : found.end("named")].split())

    def change(leaf: Check) -> Check | None:
        if not isinstance(leaf, Medication) or leaf.term != _GENERAL:
            return None
        known = [replace(leaf, term=_KNOWN[one]) for one in sorted(named & set(_KNOWN))]
        of_classes = any_of(list(known)) if known else leaf
        return of_classes if named <= set(_KNOWN) else Ambiguous((Unread(words), of_classes))

    return rewritten(read, change)


def _numeral(said: str) -> str:
    """A class in small roman numerals, with its letter."""
    small = said.casefold().replace(" ", "")
    return _NUMERALS.get(small[0], small[0]) + small[1:]
