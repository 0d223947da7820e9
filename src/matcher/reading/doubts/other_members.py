"""What an "other" in a list is other than: "malignancy or history of other malignancy", "advanced HCC or any other malignancy"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Ambiguous, Check, Condition, Exempt, Medication
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.members import Member, another
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Vocabulary


def with_others(checks: Sequence[Check], members: Sequence[Member], context: Context) -> list[Check]:
    """The checks of a list of an exclusion: a disease named again as "other" is another than the trial's each time, a wider one none of those that are named with a limit."""
    if not context.exclusion or not any(member.own.other for member in members[1:]):
        return list(checks)
    again = {member.term.label for at, member in enumerate(members) if member.own.other and any(one.term == member.term for one in members[:at])}
    return [_other(check, member, members[:at], again, context) for at, (check, member) in enumerate(zip(checks, members, strict=True))]


def _other(check: Check, member: Member, before: Sequence[Member], again: set[str], context: Context) -> Check:
    if isinstance(check, Ambiguous):
        return Ambiguous(tuple(_other(one, member, before, again, context) for one in check.readings))
    if not isinstance(check, Condition):
        return check
    if member.term.label in again:
        return check if any("other than the one" in state for state in check.states) else another(check)
    asked = context.vocabulary.condition(check.term)
    if not member.own.other or asked is None:
        return check
    limited = [one.term.label for one in before if one.token.tag == "cond" and (one.own.degrees or one.own.window or one.term.stages)]
    limited += [label for one in before if one.token.tag == "cond" and (label := _at_large(one, context))]
    narrower = [label for label in limited if (named := context.vocabulary.condition(label)) is not None and context.vocabulary.relation(named, asked) == "narrower"]
    return replace(check, other_than=(*check.other_than, *(Exempt(term=label) for label in narrower)))


_DEGREE = pattern_of(r"^(?:acute|chronic|severe|active|advanced|unstable|uncontrolled)\s+|[\s,(]+(?:stage|grade|class)\s+\S+$", re.IGNORECASE)


def _at_large(member: Member, context: Context) -> str:
    """The disease of which a member names one degree, whose name the vocabulary has: the asthma of an "acute asthma"; "" where it names none."""
    said = context.text[member.token.start : member.token.end]
    plain = _DEGREE.sub("", said)
    named = context.vocabulary.condition(plain) if plain != said else None
    return named.label if named is not None and named.label != member.term.label else ""


_ANY = Caseless(r"\b(?:any|all)\s+(?:use of\s+|kinds? of\s+)?$")


def beyond_their_dose(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """An exclusion in which a class is none of its drugs that are named with a dose: "aspirin > 325 mg/day or other antiplatelet agents"."""
    drugs = [leaf for leaf in leaves(read.check) if isinstance(leaf, Medication)]
    dosed = [leaf for leaf in drugs if leaf.dose and all(bound.op in (">", "≥") for bound in leaf.dose)]
    if not dosed or len(drugs) == len(dosed):
        return read

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        if not isinstance(leaf, Medication) or leaf.dose or _ANY.ends(text, place[0]):
            return None
        asked = vocabulary.treatment(leaf.term)
        kinds = ("narrower", "unknown") if leaf.term.endswith("s") else ("narrower",)  # classes have their names in the plural
        named = [one.term for one in dosed if one.window == leaf.window and asked is not None and (drug := vocabulary.treatment(one.term)) is not None and vocabulary.relation(drug, asked) in kinds]
        new = tuple(Exempt(term=term) for term in dict.fromkeys(named) if Exempt(term=term) not in leaf.other_than)
        return replace(leaf, other_than=(*leaf.other_than, *new)) if new else None

    return rewritten_there(read, change)


__all__ = ["beyond_their_dose", "with_others"]
