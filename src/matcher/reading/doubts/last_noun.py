"""The noun at the end of a list that may be meant behind each disease before it: "hernia or gallbladder surgery", "HIV or alcohol related neuropathy"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Check, Condition, Medication, Procedure
from matcher.model.patterns import pattern_of
from matcher.reading.doubts.said_behind import Placed, either, one_list
from matcher.reading.grammar.rules import Spans
from matcher.reading.grammar.shared_place import is_general
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.terms.names import PLACES
from matcher.vocabulary import Concept, Relation, load

_TREATS = Caseless(
    r"(?P<of>(?!(?:or|and)\b)[\w-]+(?:\s+(?!(?:or|and)\b)[\w-]+)?)\s+(?P<noun>surger(?:y|ies)|operations?|repairs?|procedures?|medications?|medicines?|drugs?|treatments?|therap(?:y|ies))\b",
    needs=("surger", "operation", "repair", "procedure", "medic", "drug", "treatment", "therap"),
)
_CAUSED = pattern_of(r"[\w-]+?(?P<how>-(?:related|induced|associated))")


def of_last_noun(members: Sequence[Placed], text: str) -> list[Placed]:
    """Each disease before the last member as it stands, and as that of which the last member is another."""
    last, spans = members[-1]
    if not all(isinstance(one, Condition) and not (one.states or one.stages or one.other_than or one.phase == "active") and one_list(own, spans, text) for one, own in members[:-1]):
        return list(members)
    found = [(_so_caused(own, last, spans, text) or _treated(one, text[slice(*own[0])], last, text[slice(*spans[0])])) if isinstance(one, Condition) else None for one, own in members[:-1]]
    return [*(one if other is None else either(one, other) for one, other in zip(members, found, strict=False)), members[-1]]


def _so_caused(own: Spans, last: Check, spans: Spans, text: str) -> Check | None:
    """The last member with a disease of one word for the cause that is said of it."""
    caused = _CAUSED.fullmatch(last.states[0]) if isinstance(last, Condition) and last.states else None
    said = text[slice(*own[0])].casefold()
    if caused is None or not isinstance(last, Condition) or not said.isalpha() or caused[0].replace("-", " ") not in text[own[-1][1] : spans[0][1]].casefold():
        return None
    return replace(last, states=(f"{said}{caused['how']}", *last.states[1:]))


def _treated(one: Condition, said: str, last: Check, words: str) -> Check | None:
    """What a disease is treated by, named with the noun of the last member; None where nothing is called so, or the last member holds it anyway."""
    named = _TREATS.match(words) if isinstance(last, Procedure | Medication) and not is_general(one) else None
    if named is None or not isinstance(last, Procedure | Medication) or not _is_thing(named["of"]):
        return None
    other = _treatment(f"{said} {named['noun']}", last) or _treatment(f"{one.term} {named['noun']}", last)
    whole = _treatment(last.term, last)
    if other is None or whole is None or load().relation(other, whole) in (Relation.SAME, Relation.NARROWER):
        return None
    return replace(last, term=other.label)


def _is_thing(words: str) -> bool:
    """Whether an operation or a drug is named after a place of the body or a disease, as the one before it may be."""
    return all(word in PLACES for word in words.casefold().split()) or load().condition(words) is not None


def _treatment(name: str, like: Procedure | Medication) -> Concept | None:
    return load().procedure(name) if isinstance(like, Procedure) else load().treatment(name)
