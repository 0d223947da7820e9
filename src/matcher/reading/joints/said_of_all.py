"""What is said once for all members of a list: before the first of them, or behind the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from matcher.model.language import (
    All,
    Allergy,
    Ambiguous,
    Any,
    Check,
    Condition,
    FamilyHistory,
    Judgement,
    Medication,
    Participation,
    Procedure,
    Statement,
    Unread,
    Window,
)
from matcher.model.trees import any_of, leaves
from matcher.reading.certain.tails import ANCHORS, unanchored, window_words
from matcher.reading.grammar.members import without_other
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.grammar.shared_place import ANYWHERE, is_general, perhaps_all_there, place_behind
from matcher.reading.joints.list_member import Alternative, alternative
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

# A member that begins with one of these says by itself when or how it counts.
OWN_HEAD = Caseless(
    r"(?:any|known|current\w*|active\w*|ongoing|histor\w+|prior|previous\w*|past|recent\w*|use|using|taking|receiving|treatment|presence|evidence|diagnos\w+|suspected|un\w+|severe|serious|significant|major|acute|chronic|"
    r"symptomatic|clinical\w*|positive|pregnan\w+|breast-?\s?feeding|lactat\w+|nursing|other|another|concurrent|concomitant|participat\w+|allerg\w+|hypersensitiv\w+|planned|abnormal|other|poorly|patients?|subjects?|participants?|having)\b",
)


def headed(found: Sequence[Alternative], context: Context) -> list[Read] | None:
    """The members with what the first of them says for all: an allergy to each, the time of a treatment, a state."""
    first = found[0]
    head = leaves(first.read.check)[0]
    if any(isinstance(leaf, FamilyHistory) for one in found for leaf in leaves(one.read.check)):
        return None
    used = next((token for token in first.tokens if token.tag in ("use", "treated")), None)
    if isinstance(head, Unread) and used is not None:
        head = Medication("-", str(used.value or ""))
    leading = list(takewhile(lambda token: token.tag in ("other", "weak", "degree", "current", "history", "judge-mod"), first.tokens))
    if any(_bare_treatment(one) and not _of_treatments(found[:i]) for i, one in enumerate(found) if i):
        return None  # "large amounts of honey or caffeine": what is said of the first may be said of the drug
    degrees = [token.text.casefold() for token in leading if token.tag in ("degree", "judge-mod")] if not first.known else _state_before(first)
    joined = len(found) == 2 and isinstance(first.read.check, Unread) and "," not in context.text[first.tokens[-1].end : found[1].tokens[0].start]
    place = first.tokens[0].text.split()[0] if joined and len(first.tokens) > 1 and first.tokens[0].tag in ("w", "degree", "place", "organ", "check") else ""
    manner = _manner(first, context)
    reads = [first.read]
    for one in found[1:]:
        check = without_other(one.read.check)
        if manner and _of_manner(check, manner) and (_OTHER.match(one.tokens[0].text) or not OWN_HEAD.match(one.tokens[0].text)):
            reads.append(Read(All((check, Unread(manner))), (*one.read.spans[: sum(1 for _ in leaves(check))], (first.tokens[0].start, first.tokens[0].end))))
            continue
        read = Read(check, one.read.spans[: sum(1 for _ in leaves(check))])
        planned = next((plan for before in reads if isinstance(before.check, Statement | Unread) and (plan := TO_COME.match(before.check.text))), None)
        if planned is not None and isinstance(check, Procedure) and check == Procedure(check.term) and not OWN_HEAD.match(one.tokens[0].text):
            reads.append(Read(Ambiguous((check, Statement(f"{planned[0].casefold()} {one.tokens[0].text}"))), read.spans * 2))
            continue
        if not isinstance(check, Unread | Judgement) and not OWN_HEAD.match(one.tokens[0].text):
            before = next((leaf for read in reads[1:] for leaf in leaves(read.check) if isinstance(leaf, Allergy)), head) if isinstance(check, Medication) else head
            said = _placed(check, place) if place and is_general(check) else _under(check, before, degrees if one.known else ())
            if said is None:
                return None
            doubled = 2 if isinstance(said, Ambiguous) and not isinstance(check, Ambiguous) else 1
            read = Read(said, (*(read.spans * doubled), *((read.spans[-1],) if place and said == All((check, Unread(place))) else ())))
        reads.append(read)
    return reads


TO_COME = Caseless(r"(?:planned|planning|scheduled|anticipated|expected|intended|will (?:have|undergo|receive))\b")
# When or how something is given or comes: before a list it may be said of all that the list names.
_SETTING = Caseless(r"(?:intra|peri|pre|post)-?\s?(?:operative|partum|procedural|natal)\b")
_USED = r"(?:(?:any|the|use|usage|administration|receipt|taking|receiving|receive[sd]?|treatment|therapy|treated|treating|need|required|requiring|of|with|for|on|in)\s+)*"
_MANNER = Caseless(
    _USED + r"(?P<manner>(?:(?:intra|peri|pre|post)-?\s?(?:operative|partum|procedural|natal)|intrathecal|epidural|intra\w+|subcutaneous|topical|inhaled|inhalational|nebulized|transdermal|oral|parenteral|prophylactic|preventive|therapeutic|adjuvant|neoadjuvant|regular|daily|"
    r"frequent|continuous|intermittent|routine|scheduled|(?:high|low)(?:[- ]dose)?|long(?:[- ]term)?|short(?:[- ]term)?|rescue|maintenance|chronic)\b)(?!\s*(?:or|and|/|,))"
)


def _manner(first: Alternative, context: Context) -> str:
    """The setting, or the way of giving, that stands before the first name; empty where there is none."""
    found = _MANNER.match(context.text, first.tokens[0].start)
    return context.text[found.start("manner") : found.end("manner")] if found is not None else ""


_OTHER = Caseless(r"(?:an)?other\b")


def _of_manner(check: Check, manner: str) -> bool:
    """Whether a plain fact may be meant in the setting, or given in the way, that stands before the list."""
    kinds = (Condition, Medication, Procedure) if _SETTING.fullmatch(manner) else (Medication,)
    return all(isinstance(part, kinds) for part in (check.parts if isinstance(check, Any) else (check,)))


def _bare_treatment(one: Alternative) -> bool:
    """Whether a member is a drug by its name alone, without a word of use."""
    plain = all(isinstance(leaf, Medication) and not leaf.phase for leaf in leaves(one.read.check))
    return one.known and plain and OWN_HEAD.match(one.tokens[0].text) is None


def _of_treatments(before: Sequence[Alternative]) -> bool:
    """Whether a list is one of treatments: one was read, or a word of use stands before it."""
    return any(token.tag in ("use", "treated", "drug", "allergy", "route") for one in before for token in one.tokens) or any(
        isinstance(leaf, Medication | Procedure | Allergy) for one in before for leaf in leaves(one.read.check)
    )


def _under(check: Check, head: Check, degrees: Sequence[str]) -> Check | None:
    """A plain member under what stands before the first one."""
    if isinstance(head, Allergy):
        return _allergies(check)
    if isinstance(head, Medication) and (head.responses or head.states):
        return _answered(check, head)
    if isinstance(head, Medication) and head.phase:
        return _phased(check, head.phase)
    return _perhaps(check, degrees) if degrees else check


def _placed(check: Check, place: str) -> Check:
    """ "Wrist pain or fracture": whether what can be anywhere is meant of the place before it is open."""
    return All((check, Unread(place)))


def _allergies(check: Check) -> Check | None:
    """Substances behind the head of an allergy are what the allergy is to; a disease is none."""
    if isinstance(check, Any):
        parts = [_allergies(part) for part in check.parts]
        return Any(tuple(part for part in parts if part is not None)) if all(parts) else None
    if isinstance(check, Allergy | Unread):
        return check
    if isinstance(check, All):
        inner = [_allergies(part) for part in check.parts]
        return All(tuple(part for part in inner if part is not None)) if all(inner) else None
    return Allergy(check.term) if isinstance(check, Medication) and check == Medication(check.term) else None


def _answered(check: Check, head: Medication) -> Check:
    """ "Failure of X, an odd tonic or Y": whether Y was to have failed too is open."""
    if not isinstance(check, Medication) or check.phase or check.responses or check.window is not None:
        return check
    return Ambiguous((check, replace(check, phase=head.phase, responses=head.responses, states=head.states or check.states)))


def _phased(check: Check, phase: str) -> Check:
    """Treatments in the time of the first one, where they say none of their own."""
    if isinstance(check, Any | All):
        return replace(check, parts=tuple(_phased(part, phase) for part in check.parts))
    if not isinstance(check, Medication) or check.phase or check.window is not None:
        return check
    return replace(check, phase=phase)


def _state_before(first: Alternative) -> list[str]:
    """The state that stands before the name of a first member ("uncontrolled gout"): it may be said of all."""
    states = [state for leaf in leaves(first.read.check) for state in getattr(leaf, "states", ())]
    states += ["severe" for leaf in leaves(first.read.check) if getattr(leaf, "term", "").startswith("severe ")]
    return [state for state in states if first.tokens[0].text.casefold().startswith(state)][:1]


def _perhaps(check: Check, degrees: Sequence[str]) -> Check:
    """Plain diseases behind a member with a state: whether the state is said of them too is open."""
    parts = check.parts if isinstance(check, Any) else (check,)
    plain = [part for part in parts if isinstance(part, Condition) and not (part.states or part.phase or part.stages or part.window)]
    if len(plain) < len(parts) or (len(parts) > 1 and not _STATE.fullmatch(degrees[0])):
        return check
    return Ambiguous((check, any_of([replace(part, states=(degrees[0],)) for part in plain])))


_STATE = Caseless(r"(?:very )?(?:severe|serious|unstable|uncontrolled|poorly controlled|advanced|symptomatic|decompensated|acute|chronic|recurrent|refractory|untreated|open|displaced)")
_MINDS = Caseless(r"psychiatric|social|mental|psycholog|alcohol|substance|drug abuse|addict")
_GENERIC = Caseless(r"(?:any|other|another|some|all)\b")
_SHOWS = Caseless(r"indicat|suggest|show|demonstrat|consist|planned|expect")


def with_tail(found: Sequence[Alternative], reads: Sequence[Read], context: Context) -> Read | None:
    """The alternatives, and behind the last what narrows all of them unless it is said of the last alone."""
    last = found[-1]
    if last.tailed and last.tokens[last.tail].tag == "window" and last.tail == len(last.tokens) - 1:
        name = alternative(last.tokens[: last.tail], context).read
        return _timed([*reads[:-1], name], last.tokens[last.tail], found)
    place = _AT_A_PLACE.search(context.words(last.tokens)) if not last.tailed and isinstance(last.read.check, Unread) else None
    if place is not None and any(_anywhere(one) for one in found[:-1]):
        core = _either(reads)
        return Read(All((core.check, Unread(place[0]))), (*core.spans, (last.tokens[-1].end - len(place[0]), last.tokens[-1].end)))
    if not last.tailed or _of_last_alone(found, context):
        there = place_behind(last.read.check, context.words(last.tokens))
        reads = [*(perhaps_all_there(read, there) for read in reads[:-1]), reads[-1]] if there else reads
        return _either(reads) if of_itself(last, context) else _timed(reads, None, found)
    tail = last.tokens[last.tail :]
    words = clean(context.text[last.tokens[last.tail - 1].end : tail[-1].end])
    if _WIDENS.match(words) or _goes_on(tail, last.tokens[last.tail - 1].end, context):
        return None
    narrow: Check = Judgement(words) if any(token.tag in ("judge", "judge-mod") for token in tail) else Unread(words)
    core = _either([*reads[:-1], alternative(last.tokens[: last.tail], context).read])
    if ANCHORS.match(context.text, last.tokens[last.tail - 1].end) and any(token.tag not in _OF_THE_TRIAL for token in tail) and any(getattr(leaf, "window", None) for leaf in leaves(core.check)):
        wider, window = unanchored(core.check), window_words(last.tokens[last.tail - 1], context)  # "in the 5 months before surgery": nobody knows from which day
        if wider is None or window is None:
            return None
        told = Unread(clean(context.text[window.start : tail[-1].end]))
        return Read(All((wider, told)), (*core.spans, (window.start, tail[-1].end)))
    return Read(All((core.check, narrow)), (*core.spans, (tail[0].start, tail[-1].end)))


# These say nothing of another day: "within 5 months before the visit".
_OF_THE_TRIAL = frozenset(("open", "close", "stop", "weak", "of", "with", "in", "to", "at", "on", "anchor", "event", "times", "_", "from", "anyhow", "comma"))


_FACTS = frozenset(("check", "cond", "proc", "drug", "treated", "use", "history", "current", "window", "pregnancy", "allergy", "participate", "measure", "device"))
_THINGS = Caseless(r"\b(?:procedures?|surger(?:y|ies)|operations?|treatments?|therap(?:y|ies)|diseases?|disorders?|infections?|conditions?|injur(?:y|ies)|illness(?:es)?|interventions?|medications?|drugs?|injections?)\b")
_CLAUSE = Caseless(r"\W*(?:that|which|who|whose|requir\w+|need\w+|caus\w+|involv\w+|affect\w+|includ\w+|treated|with|due|between|for|by|because)\b")


def _goes_on(tail: Sequence[Token], start: int, context: Context) -> bool:
    """Whether behind an "and" in the tail another fact stands, which may be a member of the list by itself."""
    if not context.exclusion or _CLAUSE.match(context.text, start):
        return False
    depth = 0
    for i, token in enumerate(tail):
        depth += {"open": 1, "close": -1}.get(token.tag, 0)
        if token.tag == "and" and not depth:
            behind = tail[i + 1 :]
            return any(one.tag in _FACTS for one in behind) or bool(behind and _THINGS.search(context.text, behind[0].start, behind[-1].end))
    return False


_SOME_TIME = Caseless(r"\b(?:within|in the (?:last|past|previous|preceding)|during the (?:last|past|previous)|(?:last|past|previous) \d|ago|prior to|since)\b")
_WIDENS = Caseless(r"\W*(?:or|and)\b")
_TIMED = (Condition, Medication, Procedure, Participation)


def _timed(reads: Sequence[Read], window: Token | None, found: Sequence[Alternative]) -> Read | None:
    """The members in the time that stands behind one of them, which may be said of those before it too."""
    if window is None and isinstance(reads[-1].check, Unread) and _SOME_TIME.search(reads[-1].check.text) and _hidden(found[-1]) is None and not OWN_HEAD.match(found[-1].tokens[0].text):
        return None
    said: list[Read] = []
    time: Window | None = window.value if window is not None else None
    sure, kinds = True, _kinds(reads[-1])
    for read, one in reversed(list(zip(reads, found, strict=True))):
        own = next((leaf.window for leaf in leaves(read.check) if isinstance(leaf, _TIMED) and leaf.window is not None), None)
        own = own or next((token.value for token in one.tokens if token.tag == "window"), None) or _hidden(one)
        if time is not None and one is found[-1]:
            read = _within(read, time, window, sure=True)
        elif time is not None and own is None and not any(token.text.casefold() == "ever" for token in one.tokens):
            read = _within(read, time, None, sure=sure and (not kinds or bool(kinds & _kinds(read))))
        if own is not None:
            time, sure, kinds = own, OWN_HEAD.match(one.tokens[0].text) is None, _kinds(read)
        if time is not None and time.beyond is not None:
            return None
        said.append(read)
    return _either(said[::-1])


def _kinds(read: Read) -> set[bool]:
    """Whether a member is of diseases, of treatments, or of both."""
    return {isinstance(leaf, Condition) for leaf in leaves(read.check) if isinstance(leaf, _TIMED)}


def _hidden(one: Alternative) -> Window | None:
    """The time of a fact that stands in a member without being read with it."""
    found = (leaf.window for token in one.tokens if token.tag == "check" for leaf in leaves(token.value.check) if isinstance(leaf, _TIMED))
    return next((window for window in found if window is not None), None)


def _within(read: Read, window: Window, said: Token | None, *, sure: bool) -> Read:
    """A member with a time that it does not say itself: of an unread one the words are kept."""
    check = read.check
    if isinstance(check, Unread) and said is not None:
        return Read(Unread(clean(f"{check.text} {said.text}")), ((read.spans[0][0], said.end),))
    within = in_time(check, window)
    if sure or within == check:
        return Read(within, read.spans)
    return Read(Ambiguous((check, within)), read.spans * 2)


def in_time(check: Check, window: Window) -> Check:
    """The facts of a check in a time, where they say none of their own and do not go on."""
    if isinstance(check, Any | All):
        return replace(check, parts=tuple(in_time(part, window) for part in check.parts))
    if isinstance(check, Condition):
        return replace(check, window=window) if check.phase in ("", "history") and check.lasting is None else check
    if isinstance(check, Medication):
        return replace(check, window=window, phase="") if check.phase != "current" and check.lasting is None and check.stable_for is None else check
    if isinstance(check, Procedure | Participation) and not check.current:
        return replace(check, window=window)
    return check


# A last member with people, a plan or a refusal of its own: what stands behind is said of these.
_OWN_SUBJECT = Caseless(
    r"\W*(?:(?:or|and/or)\s+)?(?:(?:any|all|those|who|is|are|a|the|currently|sexually|fertile|active|potentially|if)\s+)*(?:wom[ae]n|females?|males?|m[ae]n|those|childbearing|child-bearing|reproductive|of child|fertile|sexually active|"
    r"plan\w*|inten\w+|expect\w*|desir\w*|wish\w*|unwilling\w*|unable|inability|not (?:using|willing|practi\w+|agree\w*)|refus\w*|who (?:are|do|will|can))\b"
)


def of_itself(last: Alternative, context: Context) -> bool:
    """Whether a last member that was not read speaks of people of its own, or of what they mean to do."""
    if not isinstance(last.read.check, Unread):
        return False
    before = context.text[: last.tokens[0].start].rstrip()
    start = len(before) - len(before.split()[-1]) if before and before.split()[-1].casefold() in _PEOPLE else last.tokens[0].start
    return _OWN_SUBJECT.match(context.text, start) is not None


_PEOPLE = ("women", "woman", "females", "female", "males", "male", "men", "those", "patients", "who")


def _of_last_alone(found: Sequence[Alternative], context: Context) -> bool:
    """Whether the words behind the last member are said of it alone: others have theirs, or it is of another kind."""
    last = found[-1]
    start = last.tokens[0]
    if any(one.tailed and one.tokens[one.tail].tag != "open" for one in found[:-1]):
        return True
    minds = _MINDS.match(start.text) is not None and not any(_MINDS.search(context.words(one.tokens)) for one in found[:-1])
    if of_itself(last, context) or minds or start.tag in ("other", "planned", "become", "conceive", "unable", "unwilling"):
        return True
    tail = last.tokens[last.tail]
    if tail.tag == "of":
        return not any((_noun(one) and _noun(one) == _noun(last)) or _anywhere(one) for one in found[:-1])
    if any(token.tag in ("planned", "become", "conceive") for token in last.tokens[: last.tail]) or _SHOWS.match(tail.text):
        return True
    if tail.tag == "open":
        inner = last.tokens[last.tail :]
        return not any(token.tag in ("window", "restrict", "judge", "during", "within", "lasting", "since", "exceptions", "except") for token in inner)
    unread = not any(token.tag == "check" for token in last.tokens[: last.tail])
    gap = context.text[max(0, start.start - 6) : start.end]
    return unread and _GENERIC.search(gap) is not None


_AT_A_PLACE = Caseless(r"\b(?:of|in) (?:the |both |either |left |right |upper |lower )*[\w-]+$")
# Diseases and operations of which the place behind the last is likely that of the others: "arthritis or fracture of the wrist".
_OF_A_PLACE = frozenset(("arthritis", "osteoarthritis", "surgery", "major surgery", "radiotherapy", "biopsy", "burn", "hypertrophy", "calcification", "dislocation"))


def _anywhere(one: Alternative) -> bool:
    """Whether a member names what can be in any place of the body, and says none itself."""
    facts = [leaf for leaf in leaves(one.read.check) if isinstance(leaf, Condition | Procedure)]
    return any(fact.term in ANYWHERE | _OF_A_PLACE and not fact.states for fact in facts)


def _noun(one: Alternative) -> str:
    """The last word of a disease: two of one noun share what stands behind it."""
    named = next((leaf.term for token in one.tokens if token.tag == "check" for leaf in leaves(token.value.check) if isinstance(leaf, Condition)), "")
    return named.split()[-1] if named else ""


def _either(reads: Sequence[Read]) -> Read:
    """Any of the members, those that are lists themselves among them one by one."""
    checks: list[Check] = []
    spans: list[tuple[int, int]] = []
    for read in reads:
        place = 0
        for part in read.check.parts if isinstance(read.check, Any) else (read.check,):
            size = sum(1 for _ in leaves(part))
            if part not in checks:
                checks.append(part)
                spans += read.spans[place : place + size]
            place += size
    return Read(any_of(checks), tuple(spans))
