"""Rules for lists of conditions, drugs, procedures and allergies with words shared before and after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Allergy,
    Ambiguous,
    Any,
    Check,
    Condition,
    Medication,
    Not,
    Procedure,
    Statement,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.certain.duties import DUTY, of_those_treated
from matcher.reading.doubts.other_members import with_others
from matcher.reading.doubts.own_times import has_its_own_time, led_on, may_be_at_any_time
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.members import BARE, Frame, Member, leaf_of, split
from matcher.reading.grammar.rules import Context, check_token
from matcher.reading.grammar.shared_place import perhaps_there, place_behind
from matcher.reading.grammar.term import TERM, Term, term_of
from matcher.reading.joints.beside_all import beside_all
from matcher.reading.joints.later_members import OF_THE_PATIENT, as_the_first_says, whose_history
from matcher.reading.limits.measures import combine, joints_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.sharing import STAGED
from matcher.vocabulary import Concept

_MODS = (
    "(history|current|weak|suspected|only-suspected|degree|confirmed|use|treated|allergy|family|not|not-history|not-current|must-not|never"
    "|route|other|stable|judge-mod|with|place)"
)


ITEM = f"({_MODS}|stages)* {TERM} stages?"


TAILS = "(window|lasting|confirmed|exceptions|stable|current|behind|anyhow (?!comma? eg))*"


_DENYING = frozenset(("not", "never", "not-history", "not-current", "must-not"))


def listed(tokens: Sequence[Token], context: Context) -> Found:
    """A list of terms with words shared before and after it."""
    tags = [token.tag for token in tokens]
    if sum(tag in _DENYING for tag in tags) > 1:
        return None
    if "comma" in tags and (together := beside_all(tokens, context, listed)) is not None:
        return together
    if "stable" in tags:
        bare = _without_stability(tokens, context)
        if bare is not None:
            return bare
        if tags[-1] == "stable" and "exceptions" in tags:
            return None  # what is stable is what is excepted
    members, tail = split(tokens)
    if _is_half_said(members, tokens, context):
        return None
    given = members
    if not context.exclusion and not members[0].own.negated:
        members = [_with_kinds_only(member, context) for member in members]
    first = carried = members[0].own
    checks, places = list[Check](), list[tuple[int, int]]()
    clause = _last_clause(members, context)
    for index, member in enumerate(members):
        behind = tail if index >= clause else BARE
        asks_any_time = tail.window is not None and index + 1 < len(members) and may_be_at_any_time(member, members[-1], tail.window)
        if asks_any_time or (index + 1 < len(members) and tail.window is not None and has_its_own_time(member, context.text)):
            behind = behind._replace(window=None)
        repeats = index > 0 and member.term == members[index - 1].term
        between = context.text[members[index - 1].token.end : member.token.start] if index else ""
        if (not member.own.head and _FINITE.search(between)) or (carried.head == "family" and OF_THE_PATIENT.search(between)):
            carried = BARE._replace(negated=carried.negated)
        if member.token.tag == "proc" and _of_the_day(member, context):
            member = member._replace(own=member.own._replace(lasts=True))
        gone_by = behind.window is not None or {carried.phase, member.own.phase} & {"history", "past", "over"}
        if member.token.tag == "cond" and not gone_by and _is_acute(member, context):
            member = member._replace(own=member.own._replace(degrees=(*member.own.degrees, ("acute",))))
        led = led_on(carried, members[0], member.own, behind.window)
        check = _member_check(member, led._replace(phase="") if repeats and led.phase else led, behind, later=index > 0)
        if index and led.head == "family" and (member.own.phase == "history" or behind.window is not None) and not member.own.head:
            check = whose_history(check, _member_check(member, led._replace(head="", head_phase=""), behind, later=True), between)
        others = _other_examples(given[index], members[index], context)
        if others is not None:
            check = _perhaps_with_others(check, _member_check(member._replace(term=others), carried, behind, later=index > 0))
        if member.own.head or member.own.phase:
            carried = member.own if member.own.negated == first.negated else member.own._replace(negated=first.negated)
        if index > 1 and check is not None and members[0].term == members[1].term and members[0].own.phase != members[1].own.phase and member.own == BARE:
            again = [one for one in (_member_check(member, told.own, behind, later=True) for told in members[:2]) if one is not None]
            check = any_of(list(dict.fromkeys([check, *again])))  # "current or recent X, Y": Y in either time
        if index and check is not None:
            check = as_the_first_says(check, index, members, context, context.text[tokens[0].start : members[0].token.start])
        if index and member.term.label == "transplantation" and _OF_ORGANS.search(context.text[tokens[0].start : member.token.start]):
            return None  # "liver or renal failure or transplant": of these organs, or of any
        reaction = next((one for one in members[index + 1 :] if one.own.head == "allergy"), None)
        if reaction is not None and isinstance(check, Condition) and check.term in _REACTIONS:
            check = Ambiguous((check, Allergy(reaction.term.label)))  # "anaphylaxis or allergy to X": to X, too, perhaps
        if check is not None and tail.window is not None and (index < clause or asks_any_time):
            check = _perhaps_within(check, member, carried, tail, later=index > 0)
        if isinstance(check, Medication) and not check.dose:
            check = _perhaps_at_the_dose(check, member, members[index + 1 :], context)
        if check is None:
            return None
        start = tokens[0].start if index == 0 else member.token.start
        end = tokens[-1].end if index == len(members) - 1 else member.token.end
        checks.append(check)
        places.append((start, end))
    checks = with_others(_of_one_object(checks, members, context), members, context)
    there = place_behind(checks[-1], context.text[members[-1].token.start : tokens[-1].end]) if len(checks) > 1 else ""
    checks = [perhaps_there(check, there) for check in checks[:-1]] + checks[-1:] if there else checks
    spans = [place for check, place in zip(checks, places, strict=True) for _ in leaves(check)]
    terms = [i for i, token in enumerate(tokens) if token.tag in ("cond", "drug", "proc")]
    joints = joints_of(tokens[terms[0] : terms[-1]])
    if not context.exclusion and joints == {"comma"} and len(checks) > 1:
        behind_all = _GOES_ON.match(context.text, tokens[-1].end)
        if behind_all is not None and _AND.search(behind_all[0]):
            return None
        joints = {"or"} if behind_all is not None else joints
    if first.negated:
        return _negated(checks, first, tokens, context, tuple(spans))
    check = any_of(checks) if context.exclusion and "and" in joints and (_of_one_noun(members) or _of_many(members, joints, tokens, context)) else combine(checks, joints, context)
    of_commas = joints == {"comma"} and all(member.token.tag == "cond" for member in members)
    if isinstance(check, All) and (of_commas or all(_is_cancer(one, context) for one in checks)):
        check = Ambiguous((check, Any(tuple(checks))))  # "patients with Hodgkin and non-Hodgkin lymphoma", "a herniated disc, spinal stenosis": few have both
    if tail.stable and not context.exclusion and DUTY.search(context.text, members[-1].token.end, tokens[-1].end):
        return of_those_treated(check, checks, spans, tokens, context)
    doubt = _in_doubt(check, checks, members, tokens, context)
    if doubt is not None:
        return check_token(doubt, tokens, context, tuple(spans) * 2 if len(checks) > 1 else (*spans, *spans))
    doubled = 2 if isinstance(check, Ambiguous) and len(checks) > 1 else 1
    return check_token(check, tokens, context, tuple(spans) * doubled)


def _of_one_object(checks: list[Check], members: Sequence[Member], context: Context) -> list[Check]:
    """ "Infection or suspected infection with X": what stands behind the noun said twice is said of both."""
    if len(checks) != 2 or not (isinstance(checks[0], Condition) and isinstance(checks[1], Condition)):
        return checks
    first, behind = members[0].token.text.casefold(), context.text[members[0].token.end : members[1].token.end].casefold()
    again = any(f" {first} {word} " in behind for word in ("with", "of", "by", "due"))
    return [replace(checks[0], term=checks[1].term), checks[1]] if again else checks


# "Cardiac and renal diseases": behind adjectives or organs a noun in the plural is one of each, and nobody is asked to have both.
_PLURAL = Caseless(r".*\b(?:diseases|disorders|illnesses|infections|malignancies|cancers|tumou?rs|neoplasms|carcinomas|impairments|insufficiencies|dysfunctions|abnormalities|injuries|deficiencies|syndromes|disease|disorder|illness)")
_TOGETHER = Caseless(r"\b(?:both|all of|combin\w+|together|simultaneous\w*|concurrent|coexist\w*|triad|(?<!patients )(?<!subjects )(?<!participants )(?<!individuals )(?<!people )(?<!persons )(?<!women )(?<!those )with)\b")
_BEFORE_NOUN = Caseless(r".*(?:al|ic|ar|ary|ory|ous|ive|oid|immune|brain|heart|liver|kidney|lung|eye|skin|bone|joint|muscle|thyroid|blood)")


def _of_one_noun(members: Sequence[Member]) -> bool:
    """Whether the members of a list are kinds of what the noun in the plural behind the last of them names."""
    *first, last = [member.token.text for member in members]
    return bool(first) and all(member.token.tag == "cond" for member in members) and _PLURAL.fullmatch(last) is not None and all(_BEFORE_NOUN.fullmatch(one) for one in first)


def _of_many(members: Sequence[Member], joints: set[str], tokens: Sequence[Token], context: Context) -> bool:
    """Whether a list names three diseases or more, of which nobody is asked to have all: "gout, stroke and cirrhosis"."""
    diseases = all(member.token.tag == "cond" for member in members)
    return joints == {"comma", "and"} and diseases and several_diseases({member.term.label for member in members}) and not _TOGETHER.search(context.text[max(0, tokens[0].start - 20) : tokens[-1].end])


def several_diseases(labels: set[str]) -> bool:
    """Whether three diseases or more are named, none of them a symptom, and not all such as often go together."""
    return len(labels) > 2 and not any(_SYMPTOM.search(label) for label in labels) and not all(map(_TOGETHER_OFTEN.search, labels))


_SYMPTOM = Caseless(r"pain|fever|cough|dyspnea|fatigue|nausea|vomiting|diarrhea|headache|rash|symptom|smok|chill|swelling|weight")
_TOGETHER_OFTEN = Caseless(r"obesity|hypertension|hyperlipid|cholesterol|diabetes|metabolic syndrome|coronary|cardiovascular")


# The names of a disease that say it to be new, where the disease itself goes on or stays on record for years.
_NEW = Caseless(r"acute\s+(?=\w)|ami$", needs=("mi", "cute"))


def _is_acute(member: Member, context: Context) -> bool:
    """ "Acute myocardial infarction" without a time is one that goes on now, not one of years ago, of which the name is the same."""
    said = _NEW.match(member.token.text)
    if said is None or "acute" in member.term.label or "exacerbation" in member.term.label:
        return False
    plain = context.vocabulary.condition(member.token.text[said.end() :] or member.term.label)
    return plain is not None and plain.label == member.term.label


_REACTIONS = frozenset(("anaphylaxis", "hypersensitivity", "allergic disease", "drug allergy", "allergy", "angioedema"))
# Behind a run of commas: members that were not read, and the joint before the last of them.
_GOES_ON = pattern_of(r"\s*,[^.;:()]*\bor\b[^.;:()]*", re.IGNORECASE)
_AND = Caseless(r"\band\b")
_OF_ORGANS = Caseless(r"\b(?:liver|hepatic|renal|kidney|heart|cardiac|lung|pulmonary|bone marrow|organ)\b")


def _perhaps_within(check: Check, member: Member, carried: Frame, tail: Frame, *, later: bool) -> Check:
    """A member before a new verb: whether the time behind the list is said of it too is open ("surgery or had a stroke within 4 weeks")."""
    within = _member_check(member, carried, BARE._replace(window=tail.window), later=later)
    return Ambiguous((check, within)) if within is not None and within != check else check


# What makes of a drug's name something else than its use, before the list or behind it.
_ABUSE_BEFORE = Caseless(r"\b(?:abus\w+|misus\w+|overus\w+|dependen\w+|addict\w*|overdos\w+|intoxicat\w+|withdrawal)\b[^.;:]*$", needs=("abus", "misus", "overus", "addict", "overdos", "dependen", "intoxicat", "withdrawal"))
_ABUSE_BEHIND = Caseless(
    r"\s*(?:abus\w+|misus\w+|overus\w+|dependen\w+|addict\w*|overdos\w+|intoxicat\w+|intake|deficien\w+|use disorders?|toxicity|poisoning|resistan\w+|levels?)\b",
)
_SHARED = Caseless(r"\b(?:deficien\w+|abuse|dependence|overdose|toxicity|use disorder|intoxication|poisoning)$")


# What goes on for a time and is asked of the day itself, unless the sentence speaks of another time.
_LASTS = pattern_of(r"dialysis$|diafiltration$|renal replacement|ventilation$|^CPAP$|bilevel|nasal oxygen|oxygen therapy|^hospitalization$|^intensive care$|nutrition$|insulin pump|^ECMO$|balloon pump|catheter$|^intubation$")
_OTHER_TIME = Caseless(
    r"\b(?:prior|previous\w*|histor(?:y|ies)|past|ever|never|had|received|underwent|undergone|required|needed|last|within|during|since|before|ago|recent\w*|was|were|been|after|following|"
    r"plan\w*|expect\w*|anticipat\w*|schedul\w*|need for|until|admitted|discharge\w*|preceding|post)\b|\d+\W?(?:h|d|hours?|days?|weeks?|months?|years?)\b",
)


def _of_the_day(member: Member, context: Context) -> bool:
    """Whether a procedure that goes on for a time is meant as going on: "hospitalized patients", "dialysis"."""
    lasts = _LASTS.search(member.term.label) is not None and "hyperbaric" not in member.term.label
    return lasts and not _OTHER_TIME.search(context.text)


_OF_ALLERGIES = frozenset(("sulfa", "sulpha", "sulfas"))  # said of what somebody does not bear, not of a drug in use


def _is_half_said(members: Sequence[Member], tokens: Sequence[Token], context: Context) -> bool:
    """Whether a drug of the list is no drug in use but half a word: "abuse of alcohol, opioids", "iron or folate deficiency"."""
    bare = [one for one in members if one.token.tag == "drug" and not one.own.head]
    if not bare or members[0].own.head:
        return False
    if any(one.token.text.casefold() in _OF_ALLERGIES for one in bare):
        return True
    if any(_SHARED.search(one.token.text) for one in members[members.index(bare[0]) :] if one.token.tag == "cond"):
        return True
    sentence = re.split(r"[.;]\s", context.text[: tokens[0].start])[-1]
    return bool(_ABUSE_BEFORE.search(sentence) or _ABUSE_BEHIND.match(context.text, tokens[-1].end))


def _is_cancer(check: Check, context: Context) -> bool:
    """Whether a check is of a kind of cancer, and not of its spread."""
    cancer = context.vocabulary.condition("malignancy")
    named = [context.vocabulary.condition(leaf.term) if isinstance(leaf, Condition) and "metasta" not in leaf.term else None for leaf in leaves(check)]
    return cancer is not None and all(one is not None and context.vocabulary.relation(one, cancer) == "narrower" for one in named)


_TOPIC = Caseless(r"(?:(?:biologic(?:al)?|endocrine|hormon(?:e|al)|radiation|immuno-?|chemo-?|radio-?)\s*therap(?:y|ies)|surgery)")
_TO_COME = Caseless(r"(?:(?:elective|emergency|emergent|urgent|planned|scheduled|revision|redo|simultaneous|combined|concomitant)\b[\w -]*)")
_DONE = Caseless(r"\b(?:prior|(?:pre-?)?existing|previous\w*|past|histor\w+|undergone|underwent|had|received|completed|status|s/p|post|after|following|since|within|ago|last|recent\w*|already|performed|done|ever|successful\w*|failed|treated|remov\w+|surviv\w+|recipients?)\b")
_BOTH = Caseless(r"\bboth\b", needs=("both",))


def _in_doubt(check: Check, checks: Sequence[Check], members: Sequence[Member], tokens: Sequence[Token], context: Context) -> Check | None:
    """A list with two readings: "both A and B" among exclusions; a bare name that may be a heading or what is to come."""
    if _names_operations(checks, tokens, context):
        return None if isinstance(check, Ambiguous) else Ambiguous((check, Statement(context.text.strip(" .;:,-"))))
    if len(checks) > 1:
        if isinstance(check, Ambiguous):
            return None
        said = context.text[max(0, tokens[0].start - 6) : tokens[-1].end]
        return Ambiguous((check, all_of(list(checks)))) if context.exclusion and _BOTH.search(said) and check != all_of(list(checks)) else None
    whole = context.text.strip(" .;:,-")
    alone = whole.casefold() == context.text[members[0].token.start : members[0].token.end].casefold()
    if not alone or isinstance(check, (Condition, Ambiguous)):
        return None
    wanted = not context.exclusion and _TOPIC.fullmatch(whole)
    return Ambiguous((check, Statement(whole))) if wanted or (isinstance(check, Procedure) and _TO_COME.fullmatch(whole)) else None


_PLACED = Caseless(r"\b(?:placement|insertion|implantation|cannulation|catheteri[sz]ation|intubation)\b")
_FOR = Caseless(r"(?:all|adult|patients?|subjects?|participants?|for|with|\W)*")


def _names_operations(checks: Sequence[Check], tokens: Sequence[Token], context: Context) -> bool:
    """Whether an inclusion only names operations, which may be yet to come: "primary total knee replacement"."""
    procedures = [one for one in checks if isinstance(one, Procedure) and one.window is None and not one.findings]
    if context.exclusion or len(procedures) < len(checks):
        return False
    if _FOR.fullmatch(context.text[: tokens[0].start]) is None or _FOR.fullmatch(context.text[tokens[-1].end :]) is None:
        return False
    return not _DONE.search(context.text) and (not any(one.current for one in procedures) or _PLACED.search(context.text) is not None)


def _perhaps_at_the_dose(check: Medication, member: Member, behind: Sequence[Member], context: Context) -> Check:
    """ "Prednisone or prednisolone > 20 mg/day": a dose behind drugs of one class may be that of each."""
    dosed = next((one.term for one in behind if one.token.tag == "drug" and one.term.dose), None)
    mine = context.vocabulary.treatment(member.term.label)
    other = context.vocabulary.treatment(dosed.label) if dosed is not None else None
    if dosed is None or mine is None or other is None or not {*context.vocabulary.kinds(mine), mine.label} & {*context.vocabulary.kinds(other), other.label}:
        return check
    return Ambiguous((check, replace(check, dose=dosed.dose, equivalent=dosed.equivalent)))


def _other_examples(given: Member, kept: Member, context: Context) -> Term | None:
    """The term with the examples that are its kinds, and those that are certainly none; None where there are none of these."""
    if not given.term.examples:
        return None
    resolve = getattr(context.vocabulary, {"cond": "condition", "drug": "treatment", "proc": "procedure"}[given.token.tag])
    asked = resolve(given.term.label)
    left = [one for one in given.term.examples if one not in kept.term.examples]
    others = [one for one in left if asked and (named := resolve(term_of(one).label)) is not None and context.vocabulary.relation(named, asked) == "unrelated"]
    return replace(given.term, examples=tuple(one for one in given.term.examples if one in kept.term.examples or one in others)) if others else None


def _perhaps_with_others(check: Check | None, wider: Check | None) -> Check | None:
    """ "Ovarian cancer, including cancer of the fallopian tube": whether what is no kind of it is let in too is open."""
    return check if check is None or wider is None or wider == check else Ambiguous((check, wider))


def _with_kinds_only(member: Member, context: Context) -> Member:
    """A member whose examples are kinds of it: in an inclusion a wider example would let everybody in who has it."""
    resolve = getattr(context.vocabulary, {"cond": "condition", "drug": "treatment", "proc": "procedure"}[member.token.tag])
    asked = resolve(member.term.label)
    kept = tuple(one for one in member.term.examples if asked and _is_kind(resolve(term_of(one).label), asked, context))
    return member._replace(term=replace(member.term, examples=kept)) if kept != member.term.examples else member


def _is_kind(concept: Concept | None, asked: Concept, context: Context) -> bool:
    return concept is not None and context.vocabulary.relation(concept, asked) in ("same", "narrower")


def _without_stability(tokens: Sequence[Token], context: Context) -> Found:
    """ "asthma stable for 3 months", "asthma must be stable": the disease, its being stable left for what reads around it."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "stable" and i and tokens[i - 1].tag == "cond"), None)
    if at is None:
        return None
    read = listed(tokens[:at], context)
    return [*read, *tokens[at:]] if read else None


def _last_clause(members: Sequence[Member], context: Context) -> int:
    """The first member of the last clause: what stands behind a list does not reach back over a new verb."""
    if len(members) == 1:
        return 0
    verbs = [
        index for index in range(1, len(members))
        if _FINITE.search(context.text[members[index - 1].token.end : members[index].token.start])
    ]
    return verbs[-1] if verbs else 0


_FINITE = Caseless(r"\b(?:is|are|was|were|has|have|had)\b", needs=("is", "was", "has", "are", "had", "were", "have"))


def _negated(checks: list[Check], first: Frame, tokens: Sequence[Token], context: Context, spans: tuple[tuple[int, int], ...]) -> Found:
    """ "no X or Y": neither; a negated exposure inside an exclusion has two readings."""
    inner: Check = checks[0] if len(checks) == 1 else Any(tuple(checks))
    exposed = first.head in ("use", "treated") or any(isinstance(leaf, Medication) for leaf in leaves(inner))
    if context.exclusion and (exposed or any(token.tag == "must-not" for token in tokens)):
        return check_token(Ambiguous((Not(inner), inner)), tokens, context, spans * 2)
    return check_token(Not(inner), tokens, context, spans)


def _member_check(member: Member, first: Frame, tail: Frame, *, later: bool) -> Check | None:
    own = member.own
    if later and own.head in ("use", "treated") and first.head not in ("use", "treated"):
        first = first._replace(phase="")  # "history of X or use of Y": the use is not of the past
    if later and member.token.tag == "cond" and first.head in ("use", "treated") and not own.head:
        first = first._replace(head="", head_phase="", phase="", routes=())  # a treatment's verb does not reach a disease
    if later and first.head == "allergy" and not own.degrees:
        own = own._replace(degrees=first.degrees)
    frame = own if tail is BARE and own.window is None and own.lasting is None and not own.exempts else own._replace(
        window=tail.window, lasting=tail.lasting, exempts=tail.exempts, stable=own.stable or tail.stable,
        confirmed=own.confirmed or tail.confirmed, degrees=own.degrees or tail.degrees, phase=own.phase or ("active" if tail.phase == "active" else ""),
    )
    if not later:
        return leaf_of(member, frame)
    frame = frame if first is BARE and not frame.other else frame._replace(
        head=frame.head or first.head, head_phase=frame.head_phase or first.head_phase,
        phase=frame.phase or first.phase, routes=frame.routes or first.routes, other=False,
        judged=frame.judged or ("" if member.token.tag == "proc" and (own.phase or own.head) else first.judged), stable=frame.stable or first.stable,
        confirmed=frame.confirmed or first.confirmed, negated=frame.negated or first.negated,
    )
    if (own.negated and not first.negated) or (frame.head == "allergy" and member.token.tag == "cond"):
        return None  # the head of a list of substances does not reach a disease
    if first.routes and not own.routes and member.token.tag == "drug" and frame.head != "allergy":
        routed, free = leaf_of(member, frame if own.degrees else frame._replace(degrees=first.degrees)), leaf_of(member, frame._replace(routes=()))
        return Ambiguous((routed, free)) if routed and free else None
    staged = member.token.text.split(" ")[0].casefold() in STAGED
    graded = member.token.tag != "proc" or all(one in _OF_OPERATIONS for degree in first.degrees for one in degree)
    anew = own.phase == "history" and first.phase != "history"  # "uncontrolled hypertension or history of stroke"
    if first.degrees and not (own.degrees or anew or staged) and graded:
        narrow, wide = leaf_of(member, frame._replace(degrees=first.degrees)), leaf_of(member, frame)
        return Ambiguous((narrow, wide)) if narrow and wide else None
    return leaf_of(member, frame)


_OF_OPERATIONS = frozenset(("major", "extensive", "minor", "emergency", "urgent", "elective", "ipsilateral", "contralateral", "homolateral", "unilateral", "palliative", "curative"))


def any_listed(tokens: Sequence[Token], context: Context) -> Found:
    """ "A, B, or …": the commas stand for the "or" that follows."""
    joint = Token("or", tokens[-1].end, tokens[-1].end, "")
    turned = [joint if token.tag == "comma" else token for token in tokens]
    return listed(turned, context)
