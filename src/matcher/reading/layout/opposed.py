"""Criteria of one record that nobody can meet together: they are of different groups, or one of them means less than it says.

"Healthy controls" beside "rheumatoid arthritis", "autoimmune disease" excluded beside it, "history of stroke" in a trial of
an acute one: what contradicts what the record asks for elsewhere is shown with another reading, and decides nothing alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Exempt,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
    Smoking,
    State,
    Unread,
    When,
)
from matcher.model.trees import leaves
from matcher.reading.certain.kept import DECIDED, beside
from matcher.reading.certain.limits_kept import only_limits, set_again_for_some
from matcher.reading.doubts.less_than_said import OF_ORGANS, turned
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.layout.laid import Laid
from matcher.reading.layout.under_diseases import with_rules_of_some
from matcher.reading.layout.unlike_diseases import with_alternatives
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Concept, Relation, Vocabulary

_HEALTHY = State("healthy volunteer")
_DAYS = {"years": 365.25, "months": 30.4375, "weeks": 7, "days": 1}


def reconciled(laid: Sequence[Laid], reads: Sequence[Read], vocabulary: Vocabulary) -> list[Read]:
    """The readings of a record's criteria, in doubt where two of them that are for everyone contradict each other."""
    asked = [() if one.group else (*_asked(read.check, one.kind == "inclusion"), *_of_controls(one)) for one, read in zip(laid, reads, strict=True)]
    included = [place for place, one in enumerate(laid) if one.kind == "inclusion" and asked[place]]
    found = list(reads)
    for place, one in enumerate(laid):
        if not asked[place]:
            continue
        others = [ask for other in included if other != place for ask in asked[other]]
        if any(_contradict(own, other, vocabulary) for own in asked[place] for other in others if one.kind == "inclusion" or not isinstance(own[1], _RECORDED)):
            found[place] = _doubted(reads[place], one)
        elif one.kind == "exclusion":
            wanted = [leaf for holds, leaf in others if holds]
            found[place] = rewritten(reads[place], _beside(wanted, vocabulary)) if wanted else reads[place]
    found = _with_limits_of_some(laid, found)
    return with_rules_of_some(laid, with_alternatives(laid, _with_turned_signs(laid, found), vocabulary), vocabulary)


_SOME_MAY = Caseless(r"\b(?:patients?|subjects?|participants?|individuals?|those)\s+with\s+[^.;:]{3,60}?\b(?:may|can|must|should)\s+(?:have|be)\b|\b(?:if|for|in)\b[^.;:]{0,40}\bmetasta", needs=("with ", "metasta"))
_NEXT = 2  # lines
_PERSONS = r"(?:patients?|subjects?|participants?|individuals?|those|people|persons)"
# "Subjects with liver metastases: AST ≤ 5 × ULN", "If the patient has liver metastases, …", "≤ 5 × ULN for patients with …".
_FOR_SOME = Caseless(
    rf"\W*(?:(?:or|but|except|however)\W+)?(?:(?:for|in|if|when|among)\s+)?(?:the\s+)?{_PERSONS}\s+(?:with|on|receiving|taking|who|having|has|have|is|are)\b[^.;]{{2,90}}?(?:[:,–—-]|\s(?=[<≤=]))\s*\S.*\d|[^.;]*\d[^.;]{{0,30}}\b(?:for|in|if)\s+(?:the\s+)?(?:{_PERSONS}\s+(?:with|on|receiving|taking|who|having|has|have)\b|(?:liver|hepatic|bone)\s+metasta|gilbert)",
    needs=("patient", "subject", "participant", "individual", "those", "people", "person", "metasta", "gilbert"),
)
_A_LIMIT = Caseless(r"(?:[<≤]|up to|at most|less than|no more than|not exceed\w*)\s*=?\s*\d[\d.]*\s*(?:x|×|times|\*)?\s*(?:the\s+)?(?:institutional\s+)?(?:uln|upper limit)\b", needs=("uln", "upper limit"))


def _with_limits_of_some(laid: Sequence[Laid], reads: Sequence[Read]) -> list[Read]:
    """The readings with the limit of an inclusion left open to those for whom one of the next sets another: "patients with liver metastases may have AST ≤ 5 × ULN"."""
    found = list(reads)
    for place, one in enumerate(laid):
        behind = [(laid[later], reads[later]) for later in range(place + 1, min(place + 1 + _NEXT, len(laid))) if laid[later].kind == one.kind == "inclusion"]
        if not behind or not only_limits(found[place].check):
            continue
        terms = {leaf.term for leaf in leaves(found[place].check) if isinstance(leaf, Measurement)}
        for at, (other, read) in enumerate(behind):
            same = any(isinstance(leaf, Measurement) and leaf.term in terms for leaf in leaves(read.check))
            if same and isinstance(read.check, When):
                found[place] = set_again_for_some([found[place], read])[0]
            elif (same and (_SOME_MAY.search(other.text) is not None or _FOR_SOME.match(other.text) is not None)) or (not at and _sets_again(other, read)):
                found[place] = Read(Any((found[place].check, Unread(" ".join(other.text.split())))), (*found[place].spans, (0, len(one.text))))
    return found


def _sets_again(one: Laid, read: Read) -> bool:
    """Whether a line gives a limit for some and does not name the value, which is that of the line above."""
    return not any(isinstance(leaf, Measurement) for leaf in leaves(read.check)) and _FOR_SOME.match(one.text) is not None and _A_LIMIT.search(one.text) is not None


def _with_turned_signs(laid: Sequence[Laid], reads: Sequence[Read]) -> list[Read]:
    """The readings with a limit in doubt that asks for a failing organ where the others of the record ask for sound ones."""
    limits = [[leaf for _, leaf in _asked(read.check, holds=True) if isinstance(leaf, Measurement) and leaf.bounds] if one.kind == "inclusion" else [] for one, read in zip(laid, reads, strict=True)]
    sound = {leaf.term for found in limits for leaf in found if leaf.term in OF_ORGANS and not turned(leaf)}
    if len(sound) < _SOUND:
        return list(reads)
    return [_doubted(read, one) if any(map(turned, found)) else read for one, read, found in zip(laid, reads, limits, strict=True)]


_SOUND = 2  # limits of other organs that tell what the list is for


_RECORDED = Condition | Medication | Procedure
_CONTROLS = Caseless(r"\W*(?:[\w-]+ ){0,2}(?:(?:healthy|normal) (?:[\w-]+ ){0,2}(?:volunteers?|subjects?|participants?|individuals?|persons?|people|adults|men|women|donors)|controls|control (?:group|subjects?|participants?|patients?|arm))\W*", needs=("normal", "healthy", "controls", "control "))


def _of_controls(laid: Laid) -> tuple[tuple[bool, Check], ...]:
    """What a line asks that only names the people who are compared with the ill."""
    return ((True, _HEALTHY),) if laid.kind == "inclusion" and _CONTROLS.fullmatch(laid.text) else ()


def _asked(check: Check, holds: bool) -> Iterator[tuple[bool, Check]]:
    """The facts that whoever is let in must have, or must not have."""
    match check:
        case All(parts) if holds:
            for part in parts:
                yield from _asked(part, holds)
        case Any(parts) if not holds:
            for part in parts:
                yield from _asked(part, holds)
        case Not(part):
            yield from _asked(part, not holds)
        case _ if isinstance(check, DECIDED):
            yield holds, check


def _contradict(one: tuple[bool, Check], other: tuple[bool, Check], vocabulary: Vocabulary) -> bool:
    """Whether nobody can meet both demands of two criteria; of an excluded disease or treatment another reading is found."""
    (wanted, leaf), (also, beside_it) = one, other
    if wanted != also:
        return leaf == beside_it
    if not wanted:
        return False
    match leaf, beside_it:
        case (Sex(), Sex()):
            return leaf != beside_it
        case (Smoking(), Smoking()):
            return set(leaf.statuses).isdisjoint(beside_it.statuses)
        case (Age(), Age()):
            return not _overlap(leaf, beside_it)
        case (Measurement(), Measurement()):
            return leaf.term == beside_it.term and leaf.window == beside_it.window and _apart(leaf, beside_it)
        case (Condition(), Condition()) if leaf.stages and beside_it.stages:
            return replace(leaf, stages=beside_it.stages) == beside_it and set(leaf.stages).isdisjoint(beside_it.stages)
        case (Condition(), Condition()) if leaf.stages or beside_it.stages:
            return any(one.stages and _FAR not in one.stages and other.term == f"metastatic {one.term}" for one, other in ((leaf, beside_it), (beside_it, leaf)))
        case (State(), Condition()):
            return leaf == _HEALTHY and _ill(beside_it, vocabulary)
        case (Condition(), State()):
            return beside_it == _HEALTHY and _ill(leaf, vocabulary)
    return False


_FAR = "IV"  # the stage of what has spread


def _apart(one: Measurement, other: Measurement) -> bool:
    """Whether no value keeps the limits of both, or is told in the words of both."""
    if not one.bounds or not other.bounds:
        return bool(one.words) and bool(other.words) and set(one.words).isdisjoint(other.words)
    if len({bound.unit for bound in (*one.bounds, *other.bounds)}) > 1:
        return False
    lowest = max(((bound.number, bound.op == ">") for bound in (*one.bounds, *other.bounds) if bound.op in (">", "≥")), default=None)
    highest = min(((bound.number, bound.op != "<") for bound in (*one.bounds, *other.bounds) if bound.op in ("<", "≤")), default=None)
    if lowest is None or highest is None:
        return False
    return lowest[0] > highest[0] or (lowest[0] == highest[0] and (lowest[1] or not highest[1]))


def _overlap(one: Age, other: Age) -> bool:
    """Whether somebody can be of both ages."""
    edges = [(bound.op, float(bound.number) * _DAYS[bound.unit]) for bound in (*one.bounds, *other.bounds)]
    lowest = max((days for op, days in edges if op in (">", "≥", "≥?")), default=0.0)
    highest = min((days for op, days in edges if op in ("<", "≤", "≤?")), default=lowest)
    return lowest <= highest


def _ill(fact: Condition, vocabulary: Vocabulary) -> bool:
    """Whether a fact is a disease that a healthy volunteer does not have."""
    if fact.phase not in ("", "active") or fact.other_than:
        return False
    return vocabulary.is_kind(fact.term, "disease") and not any(vocabulary.is_kind(fact.term, state) for state in _OF_THE_HEALTHY)


# What a healthy volunteer may be or have.
_OF_THE_HEALTHY = ("menopause", "pregnancy", "overweight", "obesity", "psychological stress")


def _doubted(read: Read, laid: Laid) -> Read:
    """A criterion beside its own words: nothing of it is certain."""
    return beside(Read(Unread(" ".join(laid.text.split())), ((0, len(laid.text)),)), [read])


def _beside(wanted: Sequence[Check], vocabulary: Vocabulary) -> Callable[[Check], Check | None]:
    """What an excluded fact is beside the facts that the record wants: of what is broader than one of these, the rest may be meant."""

    def change(leaf: Check) -> Check | None:
        if not isinstance(leaf, _RECORDED) or leaf.other_than or _narrow(leaf):
            return None
        same = [other for other in wanted if isinstance(other, type(leaf)) and _at_that_time(leaf, other)]
        relations = {other.term: _relation(other, leaf, vocabulary) for other in same if isinstance(other, _RECORDED)}
        if Relation.SAME in relations.values():
            return Ambiguous((leaf, Unread(leaf.term)))
        kinds = tuple(Exempt(term=term) for term, relation in relations.items() if relation is Relation.NARROWER)
        return Ambiguous((leaf, replace(leaf, other_than=kinds))) if kinds else None

    return change


def _narrow(leaf: Condition | Medication | Procedure) -> bool:
    """Whether a fact is said of one kind, dose, way or length only, so that another of its kind is none of it."""
    match leaf:
        case Condition():
            return bool(leaf.states or leaf.stages or leaf.confirmed_by or leaf.lasting or leaf.phase == "past")
        case Medication():
            return bool(leaf.dose or leaf.routes or leaf.responses or leaf.setting or leaf.lasting or leaf.stable_for or leaf.states or leaf.phase == "past")
        case Procedure():
            return bool(leaf.states or leaf.findings)


def _at_that_time(excluded: Condition | Medication | Procedure, wanted: Check) -> bool:
    """Whether what is wanted falls into the time for which the other is excluded."""
    if not isinstance(wanted, Condition | Medication | Procedure):
        return False
    if excluded.window is not None:
        within, own = excluded.window.within, wanted.window.within if wanted.window is not None else None
        if excluded.window.beyond is not None or within is None:
            return False
        now = not isinstance(wanted, Procedure) and wanted.phase in ("active", "current")
        return now or (own is not None and own.days <= within.days)
    if isinstance(excluded, Procedure) or isinstance(wanted, Procedure):
        return True
    return excluded.phase in ("history", "any") or wanted.phase in ("", "active", "current")


def _relation(one: Condition | Medication | Procedure, other: Condition | Medication | Procedure, vocabulary: Vocabulary) -> Relation:
    kind = {Condition: "condition", Medication: "treatment", Procedure: "procedure"}[type(one)]
    find: Callable[[str], Concept | None] = getattr(vocabulary, kind)
    first, second = find(one.term), find(other.term)
    return vocabulary.relation(first, second) if first is not None and second is not None else Relation.UNKNOWN
