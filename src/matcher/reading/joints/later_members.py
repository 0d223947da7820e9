"""What the first member of a list may say of a later one too: how strong, of which organ, of which grade, how grave, another than what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    Ambiguous,
    Any,
    Check,
    Condition,
    Procedure,
    Statement,
)
from matcher.model.trees import all_of
from matcher.reading.grammar.members import BARE, GROWS, Member, another, states_of
from matcher.reading.grammar.rules import Context
from matcher.reading.grammar.shared_place import is_general
from matcher.reading.joints.said_of_all import OWN_HEAD
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Relation


def as_the_first_says(check: Check, index: int, members: Sequence[Member], context: Context, before: str) -> Check:
    """A later member as what stands before it in its list leaves it; `before` are the words before the first name."""
    member, first = members[index], members[0]
    check = _perhaps_of_its_organ(check, member, members[index - 1], context)
    check = _perhaps_so_of_either_course(check, member, members[:index], context)
    check = _perhaps_so_grave(_perhaps_as_strong(check, member, first), member, first, context)
    check = _perhaps_as_its_neighbour(check, member, members[index - 1], context) if index > 1 else check
    return _of_another(_perhaps_of_its_grade(check, member, first, before), member, members[:index], context)


_HERS = Caseless(r"\b(?:personal|own|previous|prior|past)\b", needs=("personal", "own", "previous", "prior", "past"))


def whose_history(familys: Check | None, own: Check | None, joint: str) -> Check | None:
    """ "Family history of gout or personal history of stones": one's own; without such a word, one's own or the family's."""
    if own is None or familys is None or _HERS.search(joint):
        return own
    return own if own == familys else Ambiguous((own, familys))


# Words before a member that speak of the patient again, behind a disease of the family.
OF_THE_PATIENT = Caseless(r"\b(?:patients?|subjects?|participants?|individuals?|people|persons?|those|who|with|current(?:ly)?|active|present|personal)\b")
_OR = Caseless(r"\s*(?:or|and/or|/|and)\s*")


def _perhaps_as_its_neighbour(check: Check, member: Member, before: Member, context: Context) -> Check:
    """ "Gout, uncontrolled hypertension or diabetes": whether the state in the middle of the list is said of the next one too is open."""
    if not isinstance(check, Condition) or check.states or member.own != BARE or before.token.tag != "cond" or not before.own.degrees:
        return check
    if _COURSE.match(member.token.text) and all(_COURSE.match(row[0]) for row in before.own.degrees):
        return check  # nothing is subacute and chronic
    between = context.text[before.token.end : member.token.start]
    of_one_noun = member.token.text.split()[-1].casefold() == before.term.label.split()[-1]
    if not (_OR.fullmatch(between) or (of_one_noun and _OR.fullmatch(between.lstrip(" ,")))):
        return check
    return Ambiguous((replace(check, states=states_of(before.own.degrees)), check))


_COURSE = Caseless(r"(?:sub-?)?(?:acute|chronic)\b", needs=("acute", "chronic"))


def _perhaps_so_of_either_course(check: Check, member: Member, before: Sequence[Member], context: Context) -> Check:
    """ "Serious chronic or acute illness": whether the state before the first is said of the other course too is open."""
    first = before[0]
    graver = tuple(row for row in first.own.degrees if not _COURSE.match(row[0]))
    if not isinstance(check, Condition) or check.stages or member.own._replace(degrees=()) != BARE or not graver:
        return check
    if not _of_a_course(member) or not all(map(_of_a_course, before)) or not _OR.fullmatch(context.text[before[-1].token.end : member.token.start].lstrip(" ,") or "/"):
        return check
    own = states_of((*graver, *member.own.degrees))
    return check if own == check.states else Ambiguous((replace(check, states=own), check))


def _of_a_course(member: Member) -> bool:
    """Whether a member says whether it is acute or chronic, and nothing else but how grave it is."""
    return _COURSE.match(member.token.text) is not None or any(_COURSE.match(row[0]) for row in member.own.degrees)


def _of_another(check: Check, member: Member, before: Sequence[Member], context: Context) -> Check:
    """ "HIV infection or other malignancies": none of those before is one, so that "other" tells them from the trial's own."""
    if not (member.own.other and context.exclusion) or not isinstance(check, Condition) or not all(one.token.tag == "cond" for one in before):
        return check
    if not GROWS.search(check.term) and not check.term.endswith("disease"):
        return check
    asked = context.vocabulary.condition(member.term.label)
    named = [context.vocabulary.condition(one.term.label) for one in before]
    told = (Relation.UNRELATED, Relation.UNKNOWN) if GROWS.search(check.term) else (Relation.UNRELATED,)
    apart = asked is not None and all(one is not None and context.vocabulary.relation(one, asked) in told for one in named)
    return another(check) if apart else check


# Before a list of drugs that act so, the strength may be said of each.
_STRENGTH = Caseless(r"(?:strong|potent|moderate|weak)\b")
_ACTING = Caseless(r"\b(?:inhibitors?|inducers?|substrates?)\b")


def _perhaps_as_strong(check: Check, member: Member, first: Member) -> Check:
    """ "potent CYP3A4 inhibitors or CYP2D6 inhibitors": whether the strength is said of a later member too is open."""
    strong = _STRENGTH.match(first.token.text) if member.token.tag == "drug" else None
    if strong is None or not _ACTING.search(member.token.text) or _STRENGTH.match(member.token.text) or _STRENGTH.match(member.term.label):
        return check
    return Ambiguous((check, all_of([check, Statement(f"{strong[0].casefold()} {member.term.label}")])))


def _perhaps_of_its_organ(check: Check, member: Member, before: Member, context: Context) -> Check:
    """ "endometrial hyperplasia/cancer", "coronary bypass or angioplasty": whether the organ in the name before is meant again is open."""
    words = before.token.text.split()
    if not isinstance(check, Condition | Procedure) or not is_general(check) or member.own != BARE or before.token.tag != member.token.tag or OWN_HEAD.search(context.text, before.token.end, member.token.start):
        return check
    resolve = context.vocabulary.condition if isinstance(check, Condition) else context.vocabulary.procedure
    asked = resolve(check.term)
    found = [resolve(" ".join((*words[:count], member.token.text))) for count in range(len(words) - 1, 0, -1)]
    narrower = next((one for one in found if one is not None and asked is not None and context.vocabulary.relation(one, asked) == "narrower"), None)
    return Ambiguous((replace(check, term=narrower.label), check)) if narrower is not None else check


_GRADED = Caseless(r"\bgrade\b")


def _perhaps_of_its_grade(check: Check, member: Member, first: Member, before: str) -> Check:
    """ "grade ≥ 2 nausea or vomiting": whether the grade before the first name is said of a later disease too is open."""
    if not isinstance(check, Condition) or check.stages or not first.term.stages or member.own != BARE or not _GRADED.search(before):
        return check
    return Ambiguous((check, replace(check, stages=first.term.stages)))


# A state that is part of the first name, and may be said of those behind it too; of some only where such a disease has a name.
_STATE_IN_NAME = Caseless(r"(?P<state>severe|serious|advanced|metastatic|decompensated|symptomatic|uncontrolled|refractory)\s+(?=\w)")
_KIND_IN_NAME = Caseless(r"(?P<state>acute|malignant|congenital|traumatic|neonatal|hereditary|drug-induced|fungal|bacterial|viral|radiation|allergic)\s+(?=\w)")


def _perhaps_so_grave(check: Check, member: Member, first: Member, context: Context) -> Check:
    """ "severe asthma or COPD": whether the state in the first name is said of a later disease too is open."""
    if isinstance(check, Any) and check.parts and member.term.examples:  # "serious medical or psychiatric illness, including X"
        head = _perhaps_so_grave(check.parts[0], member, first, context)
        return Ambiguous((replace(check, parts=(head.readings[0], *check.parts[1:])), check)) if isinstance(head, Ambiguous) else check
    if not isinstance(check, Condition) or check.states or check.stages or check.phase == "active" or member.own._replace(other=False) != BARE:
        return check
    said = _STATE_IN_NAME.match(first.token.text) or _KIND_IN_NAME.match(first.token.text)
    if said is None or first.own.degrees or _STATE_IN_NAME.match(member.token.text) or _KIND_IN_NAME.match(member.token.text):
        return check
    state = said["state"].casefold()
    if _KIND_IN_NAME.match(first.token.text):
        narrower = context.vocabulary.condition(f"{state} {member.term.label}")
        return check if narrower is None or narrower.label == member.term.label else Ambiguous((replace(check, term=narrower.label), check))
    return Ambiguous((replace(check, states=("severe" if state == "serious" else state,)), check))
