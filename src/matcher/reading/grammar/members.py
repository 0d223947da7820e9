"""One member of a list of terms: what the words around it say of it, and the leaf that makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from matcher.model.dates import Span
from matcher.model.language import (
    All,
    Allergy,
    Ambiguous,
    Any,
    Check,
    Condition,
    Duration,
    Exempt,
    FamilyHistory,
    Judgement,
    Medication,
    Procedure,
    Statement,
    Unread,
    Window,
)
from matcher.model.trees import all_of
from matcher.reading.grammar.term import Term, term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_ZERO = Decimal(0)


class Frame(NamedTuple):
    """What the words around a term say of it."""

    head: str = ""
    head_phase: str = ""
    phase: str = ""
    negated: bool = False
    degrees: tuple[tuple[str, ...], ...] = ()
    confirmed: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    other: bool = False
    judged: str = ""
    stable: bool = False
    lasts: bool = False
    window: Window | None = None
    lasting: Duration | None = None
    exempts: tuple[Exempt, ...] = ()


# Nothing is said around the term.
BARE = Frame()


def noted(frame: Frame, token: Token) -> Frame:
    """The frame with what one more word says."""
    match token.tag:
        case "use" | "treated" | "allergy" | "family" if not frame.head or token.tag in ("allergy", "family"):
            return frame._replace(head=token.tag, head_phase=str(token.value or ""))
        case "use" | "treated" if token.value == "current" and frame.head in ("use", "treated"):
            return frame._replace(head_phase="current")
        case "history":
            return frame._replace(phase=_gone_by(token))
        case "current":
            return frame._replace(phase="history" if frame.phase == "over" else frame.phase if frame.phase in ("history", "past") else "active")
        case "suspected" | "only-suspected":
            return frame._replace(phase=frame.phase if frame.phase in ("history", "past", "over") else "suspected")
        case "never":
            return frame._replace(negated=True, phase=frame.phase or "history")
        case "not" | "must-not":
            return frame._replace(negated=True)
        case "not-current":
            return frame._replace(negated=True, phase="active")
        case "not-history":
            return frame._replace(negated=True, phase=_gone_by(token))
        case "degree" | "behind":
            return frame._replace(degrees=(*frame.degrees, tuple(str(token.value).split(" to "))))
        case "confirmed":
            return frame._replace(confirmed=tuple(str(token.value).split(" or ")))
        case "route":
            return frame._replace(routes=(*frame.routes, str(token.value)))
        case "place":
            return frame._replace(places=(*frame.places, token.text))
        case "window":
            return frame._replace(window=token.value)
        case "lasting":
            return frame._replace(lasting=token.value)
        case "exceptions":
            return frame._replace(exempts=(*frame.exempts, *token.value))
        case "judge-mod":
            return frame._replace(judged=token.text)
        case "other":
            return frame._replace(other=True)
        case "stable":
            return frame._replace(stable=True)
    return frame


_PREVIOUS = Caseless(r"(?:no )?(?:prior|previous(?:ly)?|past|former)")
# A treatment of the past is over; a prior one may go on.
_OVER = Caseless(r"(?:no )?(?:past|former)")


def _gone_by(token: Token) -> str:
    return "over" if _OVER.fullmatch(token.text) else "past" if _PREVIOUS.fullmatch(token.text) else "history"


class Member(NamedTuple):
    """One member of a list: its token, its term and the words of its own."""

    token: Token
    term: Term
    own: Frame
    start: int = 0


def split(tokens: Sequence[Token]) -> tuple[list[Member], Frame]:
    """The members with their own words, and what stands behind the last one."""
    members: list[Member] = []
    frame = BARE
    stages: tuple[str, ...] = ()
    start = tokens[0].start
    for token in tokens:
        start = start if start >= 0 else token.start
        if token.tag in ("cond", "drug", "proc"):
            term = term_of(token)
            members.append(Member(token, replace(term, stages=stages) if stages else term, _as_state(frame, term) if token.tag == "cond" else frame, start))
            frame, stages = BARE, ()
        elif token.tag == "stages" and members and not stages and frame == BARE and start != token.start:
            last = members[-1]
            members[-1] = last._replace(term=replace(last.term, stages=token.value))
        elif token.tag == "stages":
            stages = token.value
        elif token.tag in ("comma", "or", "and", "slash"):
            frame, start = BARE, -1
        else:
            frame = noted(frame, token)
    return members, frame


def _as_state(frame: Frame, term: Term) -> Frame:
    """ "Systemic malignancy": a route before a disease says which it is; the IV of DSM-IV says nothing of it."""
    routes = tuple(route for route in frame.routes if route != "intravenous" or "drug" in term.label)
    return frame._replace(degrees=(*frame.degrees, routes) if routes else frame.degrees, routes=())


def leaf_of(member: Member, frame: Frame) -> Check | None:
    """The check of one member: by its head first, then by what it names."""
    term = member.term
    if frame.places and member.token.tag in ("cond", "proc"):
        frame = frame._replace(degrees=(*frame.degrees, *((sited(place),) for place in frame.places)), places=())
    if frame.head == "allergy":
        found: Check = Allergy(term.label, frame.exempts)
        if frame.degrees or term.dose:
            found = All((found, Statement(" ".join(filter(None, (_row(frame.degrees), "allergy to", term.label, "at the dose said" if term.dose else ""))))))
        if term.stages:
            found = All((found, Statement(f"grade {' or '.join(term.stages)} allergy to {term.label}")))
        if term.counted:
            found = All((found, Statement(term.allergies())))
    elif frame.head == "family":
        found = FamilyHistory(term.label, tuple(frame.head_phase.split(" or ")) if frame.head_phase else ())
        if frame.degrees:
            found = All((found, Statement(f"family history of {_row(frame.degrees)} {term.label}")))
    elif member.token.tag == "cond" and (frame.head in ("use", "treated") or _is_any_illness(term, frame)):
        return None
    elif member.token.tag == "cond":
        found = _free_of(term, frame) if frame.negated and frame.lasting and frame.window is None else _condition(term, frame)
    elif member.token.tag == "drug":
        lines = term.counted if term.counted.startswith("in ") else ""
        frame = frame._replace(routes=("systemic",)) if not frame.routes and _SYSTEMIC.match(member.token.text) and not _SYSTEMIC.match(term.label) and term.label in _BY_ROUTE else frame
        found = _with_words(_medication(term, frame), lines)
        found = All((found, Statement(term.counted))) if term.counted and not lines else found
    elif frame.confirmed or frame.lasting or frame.stable or term.stages:
        return None
    else:
        going_on = frame.head_phase == "current" and frame.phase not in ("history", "past", "over")  # "receiving prior radiotherapy" is not
        current = frame.window is None and (frame.phase == "active" or going_on or frame.lasts)
        found = Procedure(term.label, frame.exempts, frame.window, states=states_of(frame.degrees) if frame.degrees else (), current=current)
    if frame.other and term.label not in _ALWAYS_OTHER and isinstance(found, Condition | Medication | Procedure):
        found, frame = _with_words(found, OF_ANOTHER), frame._replace(other=False)
    if term.examples and term.dose and isinstance(found, Medication):
        found = _of_examples_at_a_dose(found, term, frame._replace(degrees=(), judged="", other=False))
    elif term.examples:
        plain = frame._replace(degrees=(), judged="", other=False)
        named = [_example(one, plain, frame.degrees) for one in term.examples]
        head = Unread(term.label) if (term.label in _ANY_ILLNESS or (term.label == "infection" and frame.phase == "history")) and not frame.degrees else found
        found = Any((head, *(one for one in named if one is not None))) if any(named) else found
    if frame.places:
        found = All((found, Statement(" ".join((*frame.places, term.label)))))
    extra: list[Check] = [Judgement(frame.judged)] if frame.judged else []
    extra += [Unread("other")] if frame.other and term.label not in _ALWAYS_OTHER else []
    return all_of([found, *extra])


def _of_examples_at_a_dose(found: Medication, term: Term, plain: Frame) -> Check:
    """ "NSAIDs, including aspirin > 325 mg/day": the dose is that of the example, or that of the whole class."""
    named = list(map(term_of, term.examples))
    at_the_dose = [leaf_of(Member(token, replace(one, dose=term.dose), BARE), plain) for token, one in zip(term.examples, named, strict=True)]
    examples = [one for one in at_the_dose if one is not None]
    others = replace(found, dose=(), equivalent="", other_than=(*found.other_than, *(Exempt(one.label) for one in named)))
    return Ambiguous((Any((others, *examples)), Any((found, *examples))))


# The route in a name of a class of which some are also put where they are to act.
_SYSTEMIC = Caseless(r"systemic\b", needs=("systemic",))
_BY_ROUTE = frozenset(("cytotoxic chemotherapy", "immunosuppressants", "antineoplastic agents"))
# "Other investigational drugs": those of other trials, which all of them are.
_ALWAYS_OTHER = frozenset(("investigational drugs",))


# Labels that stand for any illness at all: nobody is excluded by one of them alone.
_ANY_ILLNESS = frozenset(("disease", "symptom", "syndrome", "abnormality"))

# "Advanced disease": that of the trial, whichever it is.
_OF_THE_TRIAL = frozenset(("advanced", "locally advanced", "progressive", "recurrent", "relapsed", "refractory", "stable", "residual", "early", "newly diagnosed", "untreated"))


# The state of what is another than that of the trial: "other malignancy" is none of the patients' own for which they are in it.
OF_ANOTHER = "other than the one of the trial"


def _with_words(fact: Condition | Medication | Procedure, words: str) -> Condition | Medication | Procedure:
    """A fact with words said of it as a state, in every alternative that it has."""
    return replace(fact, states=tuple(f"{state} {words}" for state in fact.states) if fact.states else (words,)) if words else fact


def another(fact: Condition) -> Condition:
    """A fact that is another than the one of the trial."""
    return replace(fact, states=tuple(f"{state} {OF_ANOTHER}" for state in fact.states) or (OF_ANOTHER,))


def without_other(check: Check) -> Check:
    """A check without the "other" that only tells it from a member before it in its list."""
    if isinstance(check, Condition | Medication | Procedure):
        return replace(check, states=tuple(rest for state in check.states if (rest := state.removesuffix(OF_ANOTHER).rstrip())))
    if isinstance(check, All) and Unread("other") in check.parts:
        return all_of([without_other(part) for part in check.parts if part != Unread("other")])
    if isinstance(check, All | Any):
        return replace(check, parts=tuple(without_other(part) for part in check.parts))
    return check


def _is_any_illness(term: Term, frame: Frame) -> bool:
    if term.label in _ANY_ILLNESS and any("severe" in alternatives or "serious" in alternatives for alternatives in frame.degrees) and not (term.examples or term.stages):
        return True
    own = all(word in _OF_THE_TRIAL for alternatives in frame.degrees for word in alternatives)
    return term.label in _ANY_ILLNESS and own and not (term.examples or term.stages)


def _free_of(term: Term, frame: Frame) -> Check:
    """What is denied for a time ("no seizures for 6 months") was not there in that time; "for more than" may be a length."""
    assert frame.lasting is not None
    within = _condition(term, frame._replace(lasting=None, window=Window(frame.lasting.span)))
    if frame.lasting.op == "≥":
        return within
    lasting = _condition(term, frame)
    return Ambiguous((within, lasting)) if frame.lasting.op == ">" else lasting


def _example(token: Token, plain: Frame, degrees: tuple[tuple[str, ...], ...]) -> Check | None:
    """An example of what is named; whether a state before the name is said of it too is open."""
    member = Member(token, term_of(token), Frame())
    found = leaf_of(member, plain)
    narrow = leaf_of(member, plain._replace(degrees=degrees)) if degrees and token.tag in ("cond", "drug") else None
    return Ambiguous((found, narrow)) if found is not None and narrow is not None else found


def _row(degrees: Sequence[tuple[str, ...]]) -> str:
    """Adjectives in a row as they are said: "moderate to severe", "symptomatic uncontrolled"."""
    return " ".join(" to ".join(alternatives) for alternatives in degrees)


def sited(place: str) -> str:
    """A place as it is said of a disease: "upper", "abdominal", "of lower limb"."""
    said = place.casefold() if place[1:].islower() else place
    return said if _ADJECTIVE.search(said) else f"of {said}"


# How an adjective of place ends; and those that end otherwise.
_ADJECTIVE = Caseless(r"(?:al|ic|ar|ary|or|ory|ous|ac|ive|ian|uterine|upper|lower|left|right|large|small)$")


def states_of(degrees: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Adjectives in a row as one state, in every alternative that they name: "moderate chronic", "severe chronic"."""
    return tuple(dict.fromkeys(" ".join(dict.fromkeys(row)) for row in product(*degrees)))


# A previous one of these is another than the one for which a patient is in the trial.
GROWS = Caseless(r"malignan|cancer|neoplas|tumor|carcinoma|lymphoma|leukemia|sarcoma|melanoma|myeloma|glioma|metastas")


def _condition(term: Term, frame: Frame) -> Condition:
    degrees = (("stable",), *frame.degrees) if frame.stable else frame.degrees
    states = states_of(degrees) if degrees else ()
    gone_by = frame.phase in ("past", "over")
    phase = ("past" if GROWS.search(term.label) else "history") if gone_by else frame.phase
    return Condition(
        term.label, phase, states, term.stages, frame.confirmed, frame.exempts, frame.window, frame.lasting
    )


def _medication(term: Term, frame: Frame) -> Medication:
    phase = {"history": "any", "past": "any", "over": "past", "active": "current"}.get(frame.phase, frame.head_phase)
    window, lasting, stable = frame.window, frame.lasting, None
    if frame.stable and lasting is None and window is not None and window.within is not None and window.beyond is None:
        lasting, window = Duration("≥", window.within), None
    if frame.stable:
        phase, stable, lasting = "current", lasting or Duration("≥", Span(number=_ZERO, unit="day")), None
    if frame.negated and window is None and lasting is not None:
        window, lasting = Window(lasting.span), None
    if window is not None:
        phase = ""
    return Medication(
        term.label, phase, term.dose, term.equivalent, frame.routes,
        setting=term.setting, other_than=frame.exempts, window=window, lasting=lasting, stable_for=stable,
        states=states_of(frame.degrees) if frame.degrees else (),
    )
