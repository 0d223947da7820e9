"""Rules for conditions, drugs, procedures and allergies: lists with shared heads and tails, doses, exceptions, examples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from matcher.model.dates import Span
from matcher.model.language import (
    All,
    Allergy,
    Ambiguous,
    Any,
    Bound,
    Check,
    Condition,
    Duration,
    Exempt,
    FamilyHistory,
    Judgement,
    Medication,
    Not,
    Procedure,
    Statement,
    Unread,
    Window,
    all_of,
    leaves,
)
from matcher.reading.amounts import Found
from matcher.reading.measures import combine, joints_of
from matcher.reading.rules import Context, Read, Rule, check_token, made
from matcher.reading.tokens import Token

_ZERO = Decimal(0)
_MODS = (
    "(history|current|weak|suspected|only-suspected|degree|confirmed|use|treated|allergy|family|not|not-history|not-current|must-not|never"
    "|route|other|stable|judge-mod|with)"
)
_TERM = "(cond|drug|proc)"
_ITEM = f"({_MODS}|stages)* {_TERM} stages?"
_TAILS = "(window|lasting|confirmed|exceptions|stable|current)*"
_USE_NOUNS = frozenset(("use", "intake", "administration", "injections", "treatment", "therapy", "medication", "medications", "drug", "drugs", "therapies", "treatments"))


@dataclass(frozen=True, slots=True)
class Term:
    """A vocabulary term as it stands in a sentence, with what belongs to it alone."""

    label: str
    examples: tuple[Token, ...] = ()
    dose: tuple[Bound, ...] = ()
    equivalent: str = ""
    stages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the words around a term say of it."""

    head: str = ""
    head_phase: str = ""
    phase: str = ""
    negated: bool = False
    degrees: tuple[tuple[str, ...], ...] = ()
    confirmed: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    other: bool = False
    judged: str = ""
    stable: bool = False
    window: Window | None = None
    lasting: Duration | None = None
    exempts: tuple[Exempt, ...] = ()


def term_of(token: Token) -> Term:
    """The term of a token, as the lexer left it or as a rule enriched it."""
    return token.value if isinstance(token.value, Term) else Term(str(token.value))


def _noted(frame: _Frame, token: Token) -> _Frame:
    """The frame with what one more word says."""
    match token.tag:
        case "use" | "treated" | "allergy" | "family" if not frame.head or token.tag in ("allergy", "family"):
            return replace(frame, head=token.tag, head_phase=str(token.value or ""))
        case "history":
            return replace(frame, phase="history")
        case "current":
            return replace(frame, phase="active")
        case "suspected" | "only-suspected":
            return replace(frame, phase="suspected")
        case "never":
            return replace(frame, negated=True, phase=frame.phase or "history")
        case "not" | "must-not":
            return replace(frame, negated=True)
        case "not-current":
            return replace(frame, negated=True, phase="active")
        case "not-history":
            return replace(frame, negated=True, phase="history")
        case "degree":
            return replace(frame, degrees=(*frame.degrees, tuple(str(token.value).split(" to "))))
        case "confirmed":
            return replace(frame, confirmed=tuple(str(token.value).split(" or ")))
        case "route":
            return replace(frame, routes=(*frame.routes, str(token.value)))
        case "window":
            return replace(frame, window=token.value)
        case "lasting":
            return replace(frame, lasting=token.value)
        case "exceptions":
            return replace(frame, exempts=(*frame.exempts, *token.value))
        case "judge-mod":
            return replace(frame, judged=token.text)
        case "other":
            return replace(frame, other=True)
        case "stable":
            return replace(frame, stable=True)
    return frame


@dataclass(frozen=True, slots=True)
class _Member:
    """One member of a list: its token, its term and the words of its own."""

    token: Token
    term: Term
    own: _Frame
    start: int = 0


def _split(tokens: Sequence[Token]) -> tuple[list[_Member], _Frame]:
    """The members with their own words, and what stands behind the last one."""
    members: list[_Member] = []
    frame = _Frame()
    stages: tuple[str, ...] = ()
    start = tokens[0].start
    for token in tokens:
        start = start if start >= 0 else token.start
        if token.tag in ("cond", "drug", "proc"):
            term = term_of(token)
            members.append(_Member(token, replace(term, stages=stages) if stages else term, frame, start))
            frame, stages = _Frame(), ()
        elif token.tag == "stages" and members and not stages and frame == _Frame():
            last = members[-1]
            members[-1] = replace(last, term=replace(last.term, stages=token.value))
        elif token.tag == "stages":
            stages = token.value
        elif token.tag in ("comma", "or", "and", "slash"):
            frame, start = _Frame(), -1
        else:
            frame = _noted(frame, token)
    return members, frame


def _listed(tokens: Sequence[Token], context: Context) -> Found:
    """A list of terms with words shared before and after it."""
    if sum(token.tag in ("not", "never", "not-history", "not-current", "must-not") for token in tokens) > 1:
        return None
    members, tail = _split(tokens)
    first = carried = members[0].own
    checks: list[Check] = []
    spans: list[tuple[int, int]] = []
    clause = _last_clause(members, context)
    for index, member in enumerate(members):
        behind = tail if index >= clause else _Frame()
        repeats = index > 0 and member.term.label == members[index - 1].term.label
        check = _member_check(member, replace(carried, phase="") if repeats else carried, behind, later=index > 0)
        if member.own.head or member.own.phase:
            carried = replace(member.own, negated=first.negated)
        if check is None:
            return None
        start = tokens[0].start if index == 0 else member.token.start
        end = tokens[-1].end if index == len(members) - 1 else member.token.end
        checks.append(check)
        spans += [(start, end)] * sum(1 for _ in leaves(check))
    terms = [i for i, token in enumerate(tokens) if token.tag in ("cond", "drug", "proc")]
    joints = joints_of(tokens[terms[0] : terms[-1]])
    if first.negated:
        return _negated(checks, first, tokens, context, tuple(spans))
    check = combine(checks, joints, context)
    doubled = 2 if isinstance(check, Ambiguous) and len(checks) > 1 else 1
    return check_token(check, tokens, context, tuple(spans) * doubled)


def _last_clause(members: Sequence[_Member], context: Context) -> int:
    """The first member of the last clause: what stands behind a list does not reach back over a new verb."""
    verbs = [
        index for index in range(1, len(members))
        if _FINITE.search(context.text[members[index - 1].token.end : members[index].token.start])
    ]
    return verbs[-1] if verbs else 0


_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had)\b", re.IGNORECASE)


def _negated(checks: list[Check], first: _Frame, tokens: Sequence[Token], context: Context, spans: tuple[tuple[int, int], ...]) -> Found:
    """ "no X or Y": neither; a negated exposure inside an exclusion has two readings."""
    inner: Check = checks[0] if len(checks) == 1 else Any(tuple(checks))
    exposed = first.head in ("use", "treated") or any(isinstance(leaf, Medication) for leaf in leaves(inner))
    if context.exclusion and (exposed or any(token.tag == "must-not" for token in tokens)):
        return check_token(Ambiguous((Not(inner), inner)), tokens, context, spans * 2)
    return check_token(Not(inner), tokens, context, spans)


def _member_check(member: _Member, first: _Frame, tail: _Frame, *, later: bool) -> Check | None:
    own = member.own
    frame = replace(
        own, window=tail.window, lasting=tail.lasting, exempts=tail.exempts, stable=own.stable or tail.stable,
        confirmed=own.confirmed or tail.confirmed, phase=own.phase or ("active" if tail.phase == "active" else ""),
    )
    if not later:
        return _leaf(member, frame)
    frame = replace(
        frame, head=frame.head or first.head, head_phase=frame.head_phase or first.head_phase,
        phase=frame.phase or first.phase, routes=frame.routes or first.routes, other=first.other,
        judged=frame.judged or first.judged, stable=frame.stable or first.stable,
        confirmed=frame.confirmed or first.confirmed, negated=frame.negated or first.negated,
    )
    if own.negated and not first.negated:
        return None
    if first.degrees and not own.degrees and member.token.tag == "cond":
        narrow, wide = _leaf(member, replace(frame, degrees=first.degrees)), _leaf(member, frame)
        return Ambiguous((narrow, wide)) if narrow and wide else None
    return _leaf(member, frame)


def _any_listed(tokens: Sequence[Token], context: Context) -> Found:
    """ "A, B, or …": the commas stand for the "or" that follows."""
    joint = Token("or", tokens[-1].end, tokens[-1].end, "")
    turned = [joint if token.tag == "comma" else token for token in tokens]
    return _listed(turned, context)


def _leaf(member: _Member, frame: _Frame) -> Check | None:
    """The check of one member: by its head first, then by what it names."""
    term = member.term
    if frame.head == "allergy":
        found: Check = Allergy(term.label, frame.exempts)
    elif frame.head == "family":
        found = FamilyHistory(term.label)
        if frame.degrees:
            found = All((found, Statement(f"family history of {_row(frame.degrees)} {term.label}")))
    elif member.token.tag == "cond":
        found = _condition(term, frame)
        if len(frame.degrees) > 1:
            found = All((found, *(Statement(f"{_row([degree])} {term.label}") for degree in frame.degrees[1:])))
    elif member.token.tag == "drug":
        found = _medication(term, frame)
        if frame.degrees:
            found = All((found, Statement(f"{_row(frame.degrees)} {term.label}")))
    elif frame.confirmed or frame.lasting or frame.stable or term.stages:
        return None
    elif frame.phase == "active" or frame.head_phase == "current":
        found = Statement(f"current {term.label}")
    else:
        found = Procedure(term.label, frame.exempts, frame.window)
        if frame.degrees:
            found = All((found, Statement(f"{_row(frame.degrees)} {term.label}")))
    if term.examples:
        named = [_leaf(_Member(one, term_of(one), _Frame()), frame) for one in term.examples]
        found = Any((found, *(one for one in named if one is not None))) if any(named) else found
    extra: list[Check] = [Judgement(frame.judged)] if frame.judged else []
    extra += [Unread("other")] if frame.other else []
    return all_of([found, *extra])


def _row(degrees: Sequence[tuple[str, ...]]) -> str:
    """Adjectives in a row as they are said: "moderate to severe", "symptomatic uncontrolled"."""
    return " ".join(" to ".join(alternatives) for alternatives in degrees)


def _condition(term: Term, frame: _Frame) -> Condition:
    return Condition(
        term.label, frame.phase, frame.degrees[0] if frame.degrees else (), term.stages, frame.confirmed, frame.exempts, frame.window, frame.lasting
    )


def _medication(term: Term, frame: _Frame) -> Medication:
    phase = {"history": "any", "active": "current"}.get(frame.phase, frame.head_phase)
    window, lasting, stable = frame.window, frame.lasting, None
    if frame.stable:
        phase, stable, lasting = "current", lasting or Duration("≥", Span(number=_ZERO, unit="day")), None
    if frame.negated and window is None and lasting is not None:
        window, lasting = Window(lasting.span), None
    if window is not None:
        phase = ""
    return Medication(
        term.label, phase, term.dose, term.equivalent, frame.routes,
        other_than=frame.exempts, window=window, lasting=lasting, stable_for=stable,
    )


def _use_noun(tokens: Sequence[Token], context: Context) -> Found:
    """ "statin therapy" is statins."""
    if any(token.text.casefold() not in _USE_NOUNS for token in tokens[1:]):
        return None
    return made("drug", tokens, context, term_of(tokens[0]))


def _on_treatment(tokens: Sequence[Token], context: Context) -> Found:
    """ "on warfarin", "on dialysis": in treatment with it now; "on chest X-ray" is not."""
    if tokens[1].tag == "proc" and not re.search(r"dialysis|ventilation|oxygen|support|transfusion", term_of(tokens[1]).label):
        return None
    return [replace(tokens[0], tag="treated", value="current"), tokens[1]]


def _drug_allergy(tokens: Sequence[Token], context: Context) -> Found:
    """ "penicillin allergy"."""
    return check_token(Allergy(term_of(tokens[0]).label), tokens, context)


def _long_ago(tokens: Sequence[Token], context: Context) -> Found:
    """ "more than 4 weeks since prior chemotherapy": none within 4 weeks; "at least" leaves the last day itself open."""
    bounds: tuple[Bound, ...] = tokens[0].value
    check = tokens[-1].value.check
    parts = check.parts if isinstance(check, Any) else (check,)
    if len(bounds) != 1 or bounds[0].op not in (">", "≥") or not all(_bare_treatment(part) for part in parts):
        return None
    span = Span(bounds[0].number, bounds[0].unit.rstrip("s"))
    if bounds[0].op == "≥":
        days = {"day": 1, "week": 7}.get(span.unit, 0) * span.number
        if days < 2 or days != int(days):
            return None
        span = Span(days - 1, "day")
    narrowed = [replace(part, window=Window(span), phase="") if isinstance(part, Medication) else replace(part, window=Window(span)) for part in parts]
    inner: Check = narrowed[0] if len(narrowed) == 1 else Any(tuple(narrowed))
    return check_token(Not(inner), tokens, context, tokens[-1].value.spans)


def _bare_treatment(check: Check) -> bool:
    return isinstance(check, Medication | Procedure) and check.window is None


def _examples(tokens: Sequence[Token], context: Context) -> Found:
    """A term with examples behind it: the term or any of them."""
    term = term_of(tokens[0])
    named = tuple(token for token in tokens[1:] if token.tag in ("cond", "drug", "proc"))
    if not named or any(token.tag != tokens[0].tag for token in named):
        return None
    return made(tokens[0].tag, tokens, context, replace(term, examples=(*term.examples, *named)))


def _dosed(tokens: Sequence[Token], context: Context) -> Found:
    """A drug with a dose: "prednisone ≤ 20 mg/day or equivalent"."""
    drug = next(token for token in tokens if token.tag == "drug")
    quantity = next(token for token in tokens if token.tag == "quantity")
    bounds: tuple[Bound, ...] = tuple(bound for bound in quantity.value if not (bound.op == "≥" and bound.number == 0))
    if any(re.search(r"/(?:[dmµ]?L|100)", bound.unit, re.IGNORECASE) for bound in bounds):
        return None
    if not bounds or not all("g" in bound.unit.casefold() or "iu" in bound.unit.casefold() for bound in bounds):
        return None
    equal = next((token for token in tokens if token.tag == "equivalent"), None)
    equivalent = (str(equal.value) or term_of(drug).label) if equal else ""
    return made("drug", tokens, context, replace(term_of(drug), dose=bounds, equivalent=equivalent))


def _class_dose(tokens: Sequence[Token], context: Context) -> Found:
    """A class with a dose of a member in brackets: "oral corticosteroids (≤ 20 mg/day, prednisone or equivalent)"."""
    drugs = [token for token in tokens if token.tag == "drug"]
    inner = _dosed(tokens[1:], context)
    if inner is None or len(drugs) != 2:
        return None
    dose: Term = inner[0].value
    return made("drug", tokens, context, replace(term_of(drugs[0]), dose=dose.dose, equivalent=term_of(drugs[1]).label))


def _exceptions(tokens: Sequence[Token], context: Context) -> Found:
    """ "except X or Y": what is named, known or not, is excepted."""
    groups: list[list[Token]] = []
    group: list[Token] = []
    for token in [*(one for one in tokens[1 if tokens[0].tag != "comma" else 2 :] if one.tag != "except"), None]:
        if token is None or token.tag in ("comma", "or", "and", "slash", "close"):
            if group and not all(one.text.casefold().endswith("ly") for one in group):
                groups.append(group)
                group = []
        elif token.tag != "open":
            group.append(token)
    if any(term_of(one).examples for one in tokens if one.tag in ("cond", "drug", "proc")):
        return None
    exempts = tuple(_exempt(one, groups, context) for one in groups)
    if exempts and exempts[0].state and context.words(groups[0]).startswith(exempts[0].state):
        exempts = tuple(one if one.state else replace(one, state=exempts[0].state) for one in exempts)
    return made("exceptions", tokens, context, exempts) if exempts else None


# What may be said of an excepted disease beside its name: how it was dealt with, which is asked as a state.
_TREATED = re.compile(
    r"(?:adequately|curatively|completely|fully|properly|successfully|definitively|surgically|appropriately|effectively|previously|locally|"
    r"treated|cured|resected|excised|removed|controlled|resolved|managed|with|no|evidence|of|recurrence|disease|without|been|has|have|that|"
    r"which|was|were|is|are|and|by|surgery|excision|resection|non-invasive|noninvasive|localized|low-risk|stage|grade|\d+|\W)+",
    re.IGNORECASE,
)


_TREATED_FIRST = re.compile(
    r"(?:(?:adequately|curatively|completely|fully|properly|successfully|definitively|surgically|appropriately|effectively|previously|locally|"
    r"treated|cured|resected|excised|removed|or|and)\s+)+",
    re.IGNORECASE,
)


def _exempt(group: Sequence[Token], groups: Sequence[Sequence[Token]], context: Context) -> Exempt:
    """One exception: a known name with how it was treated, a name completed from its neighbours, else the words as they stand."""
    named = [token for token in group if token.tag in ("cond", "drug", "proc")]
    rest = [token for token in group if token.tag not in ("cond", "drug", "proc", "of", "in", "for", "history", "route")]
    routes = tuple(str(token.value) for token in group if token.tag == "route")
    said = context.words(rest) if rest else ""
    if len(named) == 1 and (not said or _TREATED.fullmatch(said)):
        return Exempt(term_of(named[0]).label, routes=routes, state=said)
    if not named and routes and not rest:
        return Exempt(routes=routes)
    words = context.words(group)
    state = said_first[0].strip() if (said_first := _TREATED_FIRST.match(words)) else ""
    bare = words[len(said_first[0]) :] if said_first else words
    found = _completed(bare, [context.words(one) for one in groups if one is not group], context)
    return Exempt(found, state=state) if found else Exempt(words)


def _completed(words: str, others: Sequence[str], context: Context) -> str | None:
    """ "basal cell or squamous cell skin cancer": the name that the words make with the end or the beginning of another."""
    for other in others:
        parts = other.split()
        for size in range(1, min(5, len(parts))):
            for whole in (f"{words} {' '.join(parts[-size:])}", f"{' '.join(parts[:-size])} {words}"):
                concept = context.vocabulary.condition(whole)
                if concept is not None:
                    return concept.label
    return None


def _meets_criteria(tokens: Sequence[Token], context: Context) -> Found:
    """ "fulfilling the 2012 SLICC criteria for SLE": the disease, confirmed by the set of criteria."""
    cond = next((token for token in tokens if token.tag == "cond"), None)
    at = next(i for i, token in enumerate(tokens) if token.tag == "criteria")
    if cond is None:
        return None
    inner = [token for token in tokens[1 : at + 1] if token.tag not in ("cond", "of", "for") or token.start < cond.start]
    named = context.words([token for token in inner if token is not cond and token.tag not in ("for",)])
    if cond.start < tokens[at].start:
        named = context.text[tokens[1].start : cond.start].strip() or named
    leaf = Condition(term_of(cond).label, confirmed_by=(" ".join(named.split()),) if named else ())
    return check_token(leaf, tokens, context)


def _by_criteria(tokens: Sequence[Token], context: Context) -> Found:
    """ "SLE according to the SLICC 2012 criteria"."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "cond")
    named = [token for token in tokens[at + 1 :] if token.tag not in ("method", "by", "as", "weak")]
    phase = next(({"history": "history", "current": "active"}[token.tag] for token in tokens[:at] if token.tag in ("history", "current")), "")
    leaf = Condition(term_of(tokens[at]).label, phase, confirmed_by=(" ".join(context.words(named).split()),))
    return check_token(leaf, tokens, context)


def _since_diagnosis(tokens: Sequence[Token], context: Context) -> Found:
    """ "time from diagnosis of X ≥ 3 months"."""
    cond = next(token for token in tokens if token.tag == "cond")
    span = next(token for token in tokens if token.tag == "span")
    if len(span.value) != 1:
        return None
    bound: Bound = span.value[0]
    duration = Duration(bound.op, Span(bound.number, bound.unit.rstrip("s")))
    return check_token(Condition(term_of(cond).label, lasting=duration), tokens, context)


def _under(tokens: Sequence[Token], context: Context) -> Found:
    """ "under dialysis", "under warfarin": in treatment with it."""
    if tokens[0].text.casefold() != "under":
        return None
    return [replace(tokens[0], tag="treated", value="current"), tokens[1]]


def _adjectives(tokens: Sequence[Token], context: Context) -> Found:
    """ "active or uncontrolled infection": active infection or uncontrolled infection."""
    label = term_of(tokens[-1]).label
    if {"acute", "chronic"} & set(label.split()) and any(token.value in ("acute", "chronic") for token in tokens):
        return None
    if any(token.tag == "history" for token in tokens) and any(token.tag == "current" for token in tokens):
        kept = [token for token in tokens if token.tag not in ("current", "or", "slash")]
        return kept if all(token.tag == "history" for token in kept[:-1]) else None
    at = next(i for i, token in enumerate(tokens) if token.tag in ("or", "slash"))
    return [*tokens[:at], tokens[-1], *tokens[at:]]


_ADJECTIVE = "(history|current|degree|confirmed|only-suspected)"
def _with_finding(tokens: Sequence[Token], context: Context) -> Found:
    """ "chest X-ray showing an infiltrate", "an infiltrate on chest X-ray", "abnormal gastric emptying scan"."""
    proc = next(token for token in tokens if token.tag == "proc")
    window = next((token.value for token in tokens if token.tag == "window"), None)
    skipped = ("proc", "window", "history", "weak", "shows", "on", "in", "by", "only-suspected")
    finding = [token for token in tokens if token.tag not in skipped]
    if not finding or any(token.tag in ("comma", "and") for token in finding) or (tokens[0].tag == "proc" and tokens[1].tag != "shows"):
        return None
    text = _finding_text(finding, context)
    return check_token(Procedure(term_of(proc).label, window=window, findings=(text,)), tokens, context) if text else None


def _finding_text(finding: Sequence[Token], context: Context) -> str:
    """The finding without the adjectives before it ("new or progressive infiltrate" is an infiltrate that is new…)."""
    return "" if any(token.tag in ("or", "slash") for token in finding) else " ".join(context.words(finding).split())


def _narrowed_place(tokens: Sequence[Token], context: Context) -> Found:
    """ "radiotherapy to the pelvis within 30 days": the treatment in the window, narrowed by what is not read."""
    window = tokens[-1]
    inner = tokens[1:-1]
    read = _listed([tokens[0], window], context)
    if read is None or not inner:
        return None
    found: Read = read[0].value
    words = Unread(" ".join(context.words(inner).split()))
    spans = (*found.spans, (inner[0].start, inner[-1].end))
    return check_token(All((found.check, words)), tokens, context, spans)


_NAMES = f"{_TERM} ((comma|or|and|slash)+ {_TERM})*"
_LOOSE = "(cond|drug|proc|w|of|in|for|degree|route|history|number|current|from|to|stages|on)"
TERMS = (
    Rule("under treatment", "cmp (drug|proc)", _under, "cmp"),
    Rule("adjectives", f"{_ADJECTIVE}+ (or|slash) ({_ADJECTIVE}|weak)+ cond", _adjectives, "cond"),
    Rule("same phases", "(not-current|current) (or|and|slash) current", lambda t, c: [t[0]], "current"),
    Rule("noun of use", "drug (event|w)+", _use_noun, "drug"),
    Rule("on a treatment", "on (drug|proc)", _on_treatment, "on"),
    Rule("drug allergy", "drug allergy-noun", _drug_allergy, "allergy-noun"),
    Rule("examples", f"{_TERM} (open eg comma? {_NAMES} (comma|w)* close|comma? eg {_NAMES})", _examples, "eg"),
    Rule("class dose", "drug open quantity (comma|of)* drug (or|comma)* equivalent close", _class_dose, "drug"),
    Rule("dose", "drug (dose|of|be|level|at|open)* quantity (of)? ((comma|or)* equivalent)? close?", _dosed, "drug"),
    Rule("dose first", "quantity (of|level|dose)? drug ((comma|or)* equivalent)? (?!(slash|or|and|comma)+drug)", _dosed, "drug"),
    Rule("exceptions", f"comma? (open except|except) (for|of|in)? {_LOOSE}+ ((comma|or|and|slash)+ {_LOOSE}+)* close?", _exceptions, "except"),
)
def _unknown_allergy(tokens: Sequence[Token], context: Context) -> Found:
    """An allergy to something the vocabulary does not know: it is asked by its own name."""
    named = " ".join(context.words(tokens[1:]).split())
    return check_token(Allergy(named), tokens, context) if len(named) > 2 else None


ENTRIES = (
    Rule("unknown allergy", "allergy w w? w? (?=stop|semicolon|$)", _unknown_allergy, "allergy"),
    Rule("finding behind", "(history|weak)* proc shows (w|cond|degree|current)+ (stages)? window?", _with_finding, "shows"),
    Rule("finding before", "(history)* result proc window?", _with_finding, "result"),
    Rule("treatment in a place", "(proc|drug) (to|of|for|on) (w|of|to|quantity|number|degree|level)+ window", _narrowed_place, "window"),
    Rule("criteria set", "meets (w|number|open|close|of|plus|event|history|for|cond|all|any|slash|dash|degree)* criteria ((of|for) (w|number|of|open|close)* )? cond?", _meets_criteria, "criteria"),
    Rule("by criteria", "(history|current|weak)* cond (method|by|as|weak)+ (w|number|of|slash|open|close|degree|dash)* criteria", _by_criteria, "criteria"),
    Rule("since diagnosis", "(event|times|w) (from|since|of) cond (diagnosis|weak)? span", _since_diagnosis, "span"),
    Rule("list before an or", f"{_ITEM} (comma {_ITEM})+ (?=comma? or (?!{_ITEM}))", _any_listed, "cond drug proc"),
    Rule("list", f"{_ITEM} ((comma|or|and|slash)+ {_ITEM})* {_TAILS}", _listed, "cond drug proc"),
    Rule("long ago", "span (since|from) check", _long_ago, "since from"),
)
