"""Checks joined by "and", "or" and commas, with members that were not read kept in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.model.language import (
    Age,
    All,
    Allergy,
    Ambiguous,
    Any,
    Check,
    Condition,
    Consent,
    FamilyHistory,
    Judgement,
    Measurement,
    Medication,
    Not,
    Participation,
    Procedure,
    Sex,
    Smoking,
    State,
    Statement,
    Unread,
    When,
    Window,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, all_or_any, any_of, leaves
from matcher.reading.grammar.pieces import (
    PREPOSITIONS,
    is_score,
    nodes,
    unread,
)
from matcher.reading.grammar.rules import Context, Read, Spans
from matcher.reading.grammar.shared_place import perhaps_there, place_behind
from matcher.reading.joints.entries import several_diseases
from matcher.reading.joints.of_people import any_of_people
from matcher.reading.joints.said_of_all import OWN_HEAD, TO_COME
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token


def joined_checks(tokens: Sequence[Token], context: Context) -> Read:
    """Checks with nothing but joints between them."""
    reads: list[Read] = []
    joints: list[str] = []
    between: set[str] = set()
    for token in tokens:
        if token.tag == "check":
            if reads and between & set(PREPOSITIONS):
                return unread(context, tokens[0].start, tokens[-1].end)
            if reads:
                joints.append(_joint(between))
            reads.append(token.value)
            between = set()
        else:
            between.add(token.tag)
    if len(reads) == 1:
        return reads[0]
    if not context.exclusion and any(token.tag == "slash" for token in tokens) and _limits_of_each(reads):
        checks = tuple(read.check for read in reads)
        return Read(Ambiguous((All(checks), Any(checks))), tuple(span for read in reads for span in read.spans) * 2)
    joined = _with_joints(reads, joints, context)
    and_those = not context.exclusion and any(token.tag == "or" and _AND_THOSE.match(token.text) for token in tokens)
    if and_those and isinstance(joined.check, Any):  # among inclusions others may be meant, or the same
        return Read(Ambiguous((joined.check, All(joined.check.parts))), joined.spans * 2)
    return joined


_AND_THOSE = Caseless(r"and\b(?!/)")


def _limits_of_each(reads: Sequence[Read]) -> bool:
    """ "Hemoglobin ≥ 9 g/dL / platelets ≥ 100,000/µL": limits of unlike values, each with its own."""
    limits = [read.check for read in reads if isinstance(read.check, Measurement) and read.check.bounds]
    return len(limits) == len(reads) == len({one.term for one in limits})


_NO = Caseless(r"\W*no\b")
_ANEW = Caseless(r"\bor(?:,? (?:they|she|women|patients?|females?|who))? (?:must|should|shall|need|has to|have to|is|are|be|use|agree|willing)\b")


def _ruled(first: When, rest: Sequence[Check], kinds: set[str], spans: Spans, context: Context) -> Read:
    """A rule for some with what is joined to it; a "no" of the rule may go on behind an "or": "no pregnant women or women without contraception"."""
    if "or" not in kinds or not isinstance(first.rule, Not) or _ANEW.search(context.text):
        rule = Any if "or" in kinds or kinds == {"comma"} else All
        return Read(When(first.scope, rule((first.rule, *rest))), spans)
    denied = All((first.rule, *(Not(All((one.scope, one.rule)) if isinstance(one, When) else one) for one in rest)))
    if _NO.match(context.text):
        return Read(When(first.scope, denied), spans)
    scope, said = spans[: len(list(leaves(first.scope)))], spans[len(list(leaves(first.scope))) :]
    return Read(When(first.scope, Ambiguous((denied, Any((first.rule, *rest))))), (*scope, *said, *said))


# A denial inside a word is not said of what stands behind it.
_OF_ITS_OWN = Caseless(r"\bna[iï]ve\b")


def _joint(between: set[str]) -> str:
    """How two neighbours are joined: or, and, comma, next to each other with other signs between them, or running on."""
    if "or" in between or "slash" in between:
        return "or"
    return next((joint for joint in ("and", "comma") if joint in between), "next" if between else "run on")


def _with_joints(reads: Sequence[Read], joints: Sequence[str], context: Context) -> Read:
    kinds = set(joints)
    spans = tuple(span for read in reads for span in read.spans)
    checks = _sharing_window(_sharing_manner(reads, context))
    if checks != [read.check for read in reads]:
        spans = tuple(span for read, check in zip(reads, checks, strict=True) for span in read.spans * (len(list(leaves(check))) // len(list(leaves(read.check)))))
    if len(checks) == 2 and kinds == {"comma"} and isinstance(checks[0], Condition) and is_score(checks[1], context):
        every, some = All(tuple(checks)), Any(tuple(checks))
        return Read(Ambiguous((every, some)), spans * 2) if context.exclusion else Read(every, spans)  # "stroke, ECOG 3" may be a list
    if isinstance(checks[0], When) and (kinds <= {"or", "comma"} or kinds == {"and"}):
        return _ruled(checks[0], checks[1:], kinds, spans, context)
    if kinds == {"or"} and not context.exclusion and _denies_the_unwilling(reads, context):
        return Read(All((checks[0], *(check.part for check in checks[1:] if isinstance(check, Not)))), spans)
    shared_no = not _OF_ITS_OWN.search(context.text[spans[0][0] : spans[0][1]])
    if isinstance(checks[0], Ambiguous) and all(isinstance(one, Not) for one in checks[0].readings) and kinds == {"or"} and not any(isinstance(check, Not | Ambiguous) for check in checks[1:]):
        return _denied_each(checks[0], checks[1:], spans)
    if isinstance(checks[0], Not) and shared_no and kinds & {"or", "and"} and not any(isinstance(check, Not) for check in checks[1:]):
        return _denied(checks, kinds, spans)
    if kinds == {"comma"} and shared_no and isinstance(checks[0], Not) and all(isinstance(leaf, Measurement) for check in checks for leaf in leaves(check)) and not any(isinstance(check, Not) for check in checks[1:]):
        return _denied(checks, {"and"}, spans)  # "no hemoglobin < 9 g/dL, platelets < 75"
    listed = _list_behind(reads, context) if kinds == {"comma"} and (isinstance(checks[0], Not) or not context.exclusion) else None
    if listed is not None:
        return _denied(checks, {"or"}, spans) if isinstance(checks[0], Not) and shared_no else _one_list(checks, listed, spans, context)
    if "or" in kinds and kinds <= {"or", "comma"}:
        joined = any_of(checks) if context.exclusion else any_of_people(checks, joints)
        return Read(joined, spans) if joined is not None else _whole_unread(reads, context)
    if context.exclusion and kinds == {"and"} and all(isinstance(leaf, Sex | State) for check in checks for leaf in leaves(check)):
        return Read(Any(tuple(checks)), spans)
    if context.exclusion and kinds == {"and"} and _with_more(reads, context):
        return _either_or_both(checks, spans) if not _of_a_list(reads, context) else Read(any_of(checks), spans)
    if kinds <= {"and"} or (kinds <= {"and", "comma"} and not context.exclusion):
        return Read(All(tuple(checks)), spans)
    if kinds == {"comma"} and any(isinstance(node, Not) for check in checks[1:] for node in nodes(check)) and not any(isinstance(node, Not) for node in nodes(checks[0])):
        return Read(Ambiguous((All(tuple(checks)), Any(tuple(checks)))), spans * 2)  # "eGFR < 30, not on dialysis" may be one patient
    if kinds <= {"comma", "and"}:
        return Read(Any(tuple(checks)), spans) if kinds == {"comma"} or _of_many(checks) else _whole_unread(reads, context)
    if "run on" in kinds and kinds <= {"run on", "and", "comma"} and not context.exclusion and (_of_several_values(checks) or _of_people(checks, context)):
        return Read(All(tuple(checks)), spans)  # "platelets ≥ 100,000/µL hemoglobin ≥ 10 g/dL": lines that lost their ends; "healthy adult smokers"
    if kinds & {"next", "run on"} or ("comma" in kinds and "or" in kinds and "and" in kinds):
        return _whole_unread(reads, context)
    return _mixed(reads, joints, spans)


_BEFORE_LAST = Caseless(r"\s*(?P<comma>,)?\s*(?:and/)?or\b.*")


def _list_behind(reads: Sequence[Read], context: Context) -> str | None:
    """The comma, if there is one, before the "or" of a last member that is read as a list of its own: "BMI > 30, diabetes, or statins"; None where nothing shows that the list begins there."""
    last = reads[-1]
    plain = isinstance(last.check, Any) and all(isinstance(part, Condition | Medication | Procedure | Allergy | Smoking | Measurement) for part in last.check.parts)
    if not plain or len(last.spans) != len(leaves(last.check)) or any(isinstance(read.check, Any | Ambiguous | When) for read in reads[:-1]) or any(isinstance(node, Not) for read in reads[1:] for node in nodes(read.check)):
        return None
    said = _BEFORE_LAST.fullmatch(context.text[last.spans[-2][1] : last.spans[-1][1]])
    return None if said is None else said["comma"] or ""


def _one_list(checks: Sequence[Check], comma: str, spans: Spans, context: Context) -> Read:
    """A list of an inclusion whose last members were read first: any of them, or the first and any of the others."""
    assert isinstance(checks[-1], Any)
    every, some = All(tuple(checks)), Any((*checks[:-1], *checks[-1].parts))
    of_whom = all(isinstance(leaf, Age | Sex | State) for leaf in leaves(checks[0])) or is_score(checks[0], context)
    if of_whom and not comma:
        return Read(every, spans)
    return Read(some, spans) if comma and not of_whom and not isinstance(checks[0], Condition) else Read(Ambiguous((every, some)), spans * 2)


_NONE_OF = Caseless(r"\W*(?:no|not|neither)\b")
_UNWILLING = Caseless(r"\bor\b[^.;]*\b(?:unwilling|unable|refus\w*|not willing|not able)\b")


def _denies_the_unwilling(reads: Sequence[Read], context: Context) -> bool:
    """ "No patients who are pregnant or unwilling to use contraception": the "no" holds for both."""
    if not _NONE_OF.match(context.text) or not all(isinstance(read.check, Not) for read in reads):
        return False
    return all(_UNWILLING.search(context.text[before.spans[-1][1] : read.spans[-1][1]]) for before, read in pairwise(reads))


def _of_several_values(checks: Sequence[Check]) -> bool:
    """Whether checks are limits on values, no two on one; grades of one tumor may stand beside its name ("T2 N0 M0 melanoma")."""
    checks = [part for check in checks for part in (check.parts if isinstance(check, All) and any(isinstance(one, Condition) for one in check.parts) else (check,))]
    values = [check for check in checks if not isinstance(check, Condition)]
    named = [frozenset(leaf.term for leaf in leaves(check) if isinstance(leaf, Measurement)) for check in values]
    plain = all(isinstance(leaf, Measurement) and (leaf.bounds or leaf.words) for check in values for leaf in leaves(check)) and not any(isinstance(node, Not | Ambiguous) for check in values for node in nodes(check))
    graded = len(values) == len(checks) or (len(checks) - len(values) == 1 and all(isinstance(check, Measurement) and check.words for check in values))
    return bool(values) and plain and graded and sum(map(len, named)) == len(frozenset().union(*named))


# Behind one of these an age may be that at which a disease began.
_THEN = Caseless(r"\b(?:diagnos\w*|onset|debut|began|since|first|start\w*|history|presented)\b")


def _of_people(checks: Sequence[Check], context: Context) -> bool:
    """Whether checks only say which people are meant: of what age, sex, habit and state, with one disease at most."""
    kinds = [{type(leaf) for leaf in leaves(check)} for check in checks]
    plain = all(kind <= {Age, Sex, State, Smoking, Condition} for kind in kinds) and not any(isinstance(node, Not | Ambiguous | Any) for check in checks for node in nodes(check))
    return plain and sum(Condition in kind for kind in kinds) <= 1 and len({kind for one in kinds for kind in one}) > 1 and not _THEN.search(context.text)


def _of_many(checks: Sequence[Check]) -> bool:
    """ "Gout, stroke, and odd cirrhosis" among exclusions: nobody is asked to have them all."""
    found = [leaf for check in checks for leaf in leaves(check)]
    plain = not any(isinstance(node, Not | All) or (isinstance(node, Ambiguous) and len({leaf.term for leaf in leaves(node) if isinstance(leaf, Condition)}) != 1) for check in checks for node in nodes(check))
    return plain and all(isinstance(leaf, Condition) for leaf in found) and several_diseases({leaf.term for leaf in found if isinstance(leaf, Condition)})


def _sharing_manner(reads: Sequence[Read], context: Context) -> list[Check]:
    """The checks, a treatment behind one by some route, or planned, perhaps so too: "intra-articular steroids …, or hyaluronic acid …"."""
    plans = ((i, TO_COME.match(read.check.text)) for i, read in enumerate(reads) if isinstance(read.check, Statement))
    at, planned = next((found for found in plans if found[1] is not None), (0, None))
    if planned is not None:
        return [read.check if i <= at else _maybe_planned(read, planned[0], context) for i, read in enumerate(reads)]
    last = reads[-1]
    place = place_behind(last.check, context.text[last.spans[0][0] : last.spans[-1][1]])
    if place:
        return [*(perhaps_there(read.check, place) for read in reads[:-1]), last.check]
    first = reads[0].check
    return [first, *(_maybe_by(read, first.routes, context) if isinstance(first, Medication) and first.routes else read.check for read in reads[1:])]


def _maybe_planned(read: Read, planned: str, context: Context) -> Check:
    """ "planned surgery or revascularization": whether the second has only to be planned is open."""
    check = all_or_any(read.check)[1]
    parts = check.parts if isinstance(check, Any) else (check,)
    plain = all(isinstance(part, Procedure | Medication) and part.window is None and not getattr(part, "phase", "") for part in parts)
    if not plain or OWN_HEAD.match(context.text, read.spans[0][0]) or _OWN_USE.match(context.text, read.spans[0][0]):
        return read.check
    return Ambiguous((check, any_of([Statement(f"{planned.casefold()} {context.text[slice(*span)]}") for span in read.spans[: len(parts)]])))


_OWN_USE = Caseless(r"(?:(?:any|the)\s+)?(?:use|treatment|therapy|receipt)\s+(?:of|with)\b")


def _maybe_by(read: Read, routes: tuple[str, ...], context: Context) -> Check:
    check = read.check
    if not isinstance(check, Medication) or check.routes or OWN_HEAD.match(context.text, read.spans[0][0]):
        return check
    return Ambiguous((check, replace(check, routes=routes)))


_EXPOSURES = (Medication, Procedure, Participation)


def _sharing_window(checks: Sequence[Check]) -> list[Check]:
    """Each exposure without a time of its own before one that has: the time behind the last may be said of all."""
    last = checks[-1].parts[0] if isinstance(checks[-1], All) and isinstance(checks[-1].parts[-1], Unread) else checks[-1]  # "… or A for B within 12 months"
    window = last.window if isinstance(last, _EXPOSURES) else None
    if window is None:
        return list(checks)
    return [_maybe_within(check, window) for check in checks]


def _maybe_within(check: Check, window: Window) -> Check:
    if isinstance(check, Not):
        return Not(_maybe_within(check.part, window))
    within = _within(check, window)
    return Ambiguous((check, within)) if within != check else check


def _within(check: Check, window: Window) -> Check:
    """The check with the window for every exposure in it that has no time of its own."""
    if isinstance(check, Any | All):
        return replace(check, parts=tuple(_within(part, window) for part in check.parts))
    if not isinstance(check, _EXPOSURES) or check.window is not None or getattr(check, "phase", "") == "current" or getattr(check, "current", False):
        return check
    return replace(check, window=window) if isinstance(check, (Procedure, Participation)) else replace(check, window=window, phase="")


# Facts of which an exclusion lists several with "and", meaning any of them.
_ONE_FACT = frozenset((Age, Consent, Condition, Medication, Procedure, Allergy, FamilyHistory, State, Judgement, Smoking, Participation, Statement))
_ADDED = Caseless(r"\b(?:as well as|plus|in addition to)\b")


def _with_more(reads: Sequence[Read], context: Context) -> bool:
    """Whether the facts of an exclusion that "and" joins may be a ground each: not the limits of one value, nor whose value, or in which disease, it is."""
    found = [leaves(read.check) for read in reads]
    if not all({type(leaf) for leaf in own} <= _ONE_FACT | {Measurement} for own in found):
        return False
    values = [own for own in found if any(isinstance(leaf, Measurement) for leaf in own)]
    if any(isinstance(leaf, Measurement) and not leaf.bounds for own in values for leaf in own) or any(isinstance(node, Not) for read in reads for node in nodes(read.check)):
        return False  # a marker says which disease it is: "MYCN-amplified neuroblastoma"
    if not values or _ADDED.search(context.text[reads[0].spans[-1][1] : reads[-1].spans[0][0]]):
        return True
    if len(values) == len(found):
        return len({leaf.term for own in found for leaf in own if isinstance(leaf, Measurement)}) > 1
    return _of_a_list(reads, context) or not all(isinstance(leaf, Age | Sex | Condition) for leaf in found[0]) or len(values) < len(found) - 1


def _of_a_list(reads: Sequence[Read], context: Context) -> bool:
    """ "Gout, stroke, and ALT > 3 × ULN": a list of grounds, whose first members were read before the value at its end."""
    first = reads[0]
    if not isinstance(first.check, Any) or not any(isinstance(read.check, Measurement) for read in reads[1:]) or len(first.spans) != len(first.check.parts):
        return False
    return all(context.text[before[1] : after[0]].strip(" \n") == "," for before, after in pairwise(first.spans))


_TO_BEAR = pattern_of(r"pregnan|conceiv|conception|breast-?\s?feed|nurs", re.IGNORECASE)
_BEARING = frozenset((State("pregnant"), State("breastfeeding")))


def _either_or_both(checks: Sequence[Check], spans: Spans) -> Read:
    """ "pregnant women and nursing mothers" excludes either; "stroke and seizure" may ask for both."""
    if all(leaf in _BEARING or (isinstance(leaf, Statement) and _TO_BEAR.search(leaf.text)) for check in checks for leaf in leaves(check)):
        return Read(Any(tuple(checks)), spans)
    return Read(Ambiguous((All(tuple(checks)), Any(tuple(checks)))), spans * 2)


def _denied(checks: Sequence[Check], kinds: set[str], spans: Spans) -> Read:
    """ "no A or B" is neither; "no A and B" may deny both or only the first."""
    assert isinstance(checks[0], Not)
    neither: Check = Not(Any((checks[0].part, *checks[1:])))
    if kinds <= {"or", "comma"}:
        return Read(neither, spans)
    return Read(Ambiguous((neither, All(tuple(checks)))), spans * 2)


def _denied_each(first: Ambiguous, others: Sequence[Check], spans: Spans) -> Read:
    """A denial that was read in two ways, gone on with behind an "or"."""
    rest, at = spans[len(leaves(first)) :], 0
    found: list[Check] = []
    places: list[tuple[int, int]] = []
    for one in first.readings:
        own = spans[at : (at := at + len(leaves(one)))]
        found.append(_denied((one, *others), {"or"}, ()).check)
        places += [*own, *rest]
    return Read(Ambiguous(tuple(found)), tuple(places))


def _mixed(reads: Sequence[Read], joints: Sequence[str], spans: Spans) -> Read:
    """ "A or B and C" has two groupings: both stand."""
    checks = [read.check for read in reads]
    loose = any_of([all_of(group) for group in _split_at(checks, joints, "or")])
    tight = all_of([any_of(group) for group in _split_at(checks, joints, "and")])
    denied = all_of([_denied_on(group) for group in _split_at(checks, joints, "and")])
    return Read(Ambiguous((loose, tight)), spans * 2) if denied == tight else Read(Ambiguous((loose, tight, denied)), spans * 3)


def _denied_on(group: Sequence[Check]) -> Check:
    """Any of the members, or, where a "no" before the first may go on, none of them: "no gout or ALT > 3 × ULN"."""
    first, *rest = group
    if not rest or not isinstance(first, Not) or any(isinstance(node, Not) for one in rest for node in nodes(one)):
        return any_of(list(group))
    return Not(any_of([first.part, *rest]))


def _split_at(checks: Sequence[Check], joints: Sequence[str], joint: str) -> list[list[Check]]:
    groups: list[list[Check]] = [[checks[0]]]
    for check, before in zip(checks[1:], joints, strict=True):
        if before == joint:
            groups.append([check])
        else:
            groups[-1].append(check)
    return groups


def _whole_unread(reads: Sequence[Read], context: Context) -> Read:
    spans = [span for read in reads for span in read.spans]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return unread(context, start, end)
