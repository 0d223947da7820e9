"""What each phrase about contraception asks, as a check: contraception of a kind, a test, to bear no children."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from matcher.model.dates import Span
from matcher.model.language import (
    All,
    Any,
    Check,
    Consent,
    Measurement,
    Not,
    Procedure,
    Sex,
    State,
    Statement,
    Unread,
    Window,
)
from matcher.model.patterns import later
from matcher.model.trees import all_of, any_of
from matcher.reading.people.fertility_words import Phrase

TWO, BARRIER, NO_HORMONES = "uses two methods of contraception", "uses a barrier method of contraception", "uses a non-hormonal method of contraception"
ABSTAINS = "abstains from sexual intercourse"
BEARING, FEMALE, MALE, _USED = State("childbearing potential"), Sex("female"), Sex("male"), State("contraception")
WOMEN: Check = All((FEMALE, BEARING))
STERILIZED = Procedure("surgical sterility")
DUTIES = frozenset(("contraception", "abstain", "tested", "not_fed", "donate", "plans", "sterile", "strict"))
JOINTS = frozenset(("or", "and", "comma"))
_LED = later(r"^(?:(?:and|also|to|must|should|will|agrees?|willing|,)\s+)+")
_ABSTAINS = later(r"abstin|abstain")
_BRACKETS = later(r"\([^()]*\)")
_TWO = later(r"\b(?:two|2|double|dual)\b|\bcondoms? (?:and|with|plus)\b")
_BARRIER = later(r"\bbarriers?\b|\bcondoms?\b")
_NO_HORMONES = later(r"\bnon-? ?hormonal\b")


def in_groups(said: Sequence[Phrase]) -> list[list[Phrase]] | None:
    """What is asked in groups of alternatives; a comma joins as the next word does; None where both stand between two."""
    duties = [(place, one) for place, one in enumerate(said) if one.what in DUTIES]
    if any(one.what in ("if", "partner") for one in said):
        return None
    again = [place for (before, one), (place, other) in pairwise(duties) if one.what == other.what == "contraception" and {each.what for each in said[before + 1 : place]} <= {"must"}]
    duties = [(place, one) for place, one in duties if place not in again]  # "a barrier method (condoms) of birth control"
    joints = []
    for (start, _), (end, _) in pairwise(duties):
        between = {one.what for one in said[start + 1 : end]} & JOINTS
        joints.append("" if {"or", "and"} <= between else "or" if "or" in between else "and" if "and" in between else "comma" if between else "and")
    if "" in joints:
        return None
    for place in range(len(joints) - 1, -1, -1):
        if joints[place] == "comma":
            joints[place] = joints[place + 1] if place + 1 < len(joints) else "and"
    if any(joint == "and" and {duties[place][1].what, duties[place + 1][1].what} <= {"contraception", "sterile", "strict"} and "sterile" in {duties[place][1].what, duties[place + 1][1].what} for place, joint in enumerate(joints)):
        return None
    groups = [[duties[0][1]]]
    for joint, (_, one) in zip(joints, duties[1:], strict=True):
        if joint == "or":
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def duty(one: Phrase, *, whose: Check) -> Check:
    """What a phrase asks of these people."""
    match one.what:
        case "contraception":
            return _used(one.text)
        case "abstain":
            return Statement(ABSTAINS)
        case "tested":
            window = Window(Span(Decimal(one.number), one.unit)) if one.number else None
            return Measurement("pregnancy test", words=("negative",), window=window)
        case "not_fed":
            return Not(nursing(one.text))
        case "sterile":
            return sterile(whose)
        case "strict":
            return All((sterile(whose), Unread(one.text)))
    return Consent(_LED.sub("", one.text))


def sterile(whose: Check) -> Check:
    """Who can have no children: women as the profile says it, men who were sterilized."""
    if whose in (FEMALE, WOMEN):
        return Not(BEARING)
    return STERILIZED if MALE in (whose, *(whose.parts if isinstance(whose, All) else ())) else Any((All((FEMALE, Not(BEARING))), STERILIZED))


def _used(said: str) -> Check:
    """Contraception, and what is asked of it beside."""
    named = _BRACKETS.sub(" ", said)
    beside = [Statement(words) for words, pattern in ((TWO, _TWO), (BARRIER, _BARRIER), (NO_HORMONES, _NO_HORMONES)) if pattern.search(named) and " or " not in f" {named} "]
    used = all_of([_USED, *(beside[:1] if beside[:1] == [Statement(TWO)] else beside)])
    return any_of([used, Statement(ABSTAINS)]) if _ABSTAINS.search(said) else used


def nursing(said: str) -> Check:
    """The states and plans that a phrase names."""
    states = [State(name) for name, sign in (("pregnant", "pregnan"), ("breastfeeding", "feed"), ("breastfeeding", "lactat"), ("breastfeeding", "nurs")) if sign in said]
    plans = [Statement("planning a pregnancy")] if "planning" in said or "intending" in said else []
    return any_of(list(dict.fromkeys([*states, *plans])))
