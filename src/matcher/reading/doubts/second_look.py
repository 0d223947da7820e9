"""Inclusions that name something in passing: weeks that may be those of a pregnancy, drugs withheld, operations to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from matcher.model.language import (
    ULN,
    Age,
    All,
    Ambiguous,
    Any,
    Bound,
    Check,
    Condition,
    Measurement,
    Medication,
    Not,
    Procedure,
    State,
    Unread,
    When,
)
from matcher.model.trees import any_of, leaves
from matcher.reading.certain.kept import beside
from matcher.reading.doubts.either_people import of_either
from matcher.reading.doubts.less_than_said import WORSE_MUST, turned
from matcher.reading.doubts.members_told import beside_narrower
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import load

_PREGNANCY = range(20, 45)  # weeks that are more often those of a pregnancy than of a life
_WITHHELD = Caseless(r"\b(?:withhold\w*|withheld)\b", needs=("withh",))
# "Without diabetes, or with diabetes and HbA1c < 8 %": the denial ends before "or with".
_OR_WITH = Caseless(
    r"\b(?:without|no|free of|free from|absence of|not having)\s+(?:(?!(?:or|and)\b)[\w/-]++\s*+){1,5}?,?\s*\b(?:or|or else)\s+(?:with|having|who have|has|have)\b|"
    r"\b(?:not|never)\s+(?:\w+\s+){0,2}?(?P<verb>on|taking|receiving|received|treated|using|taken|had|undergone|diabetic|hypertensive)\b[^.;]{0,50}?\bor\s+(?:who\s+)?(?:(?:have|has|are|is|been)\s+)*(?P=verb)\b",
    needs=("or ",),
)
# "All therapy, with the exception of X, must stop 3 weeks before": it is not to be taken.
_MUST_STOP = Caseless(r"\b(?:must|should|shall|has to|have to|needs? to|will)\s+(?:also\s+)?(?:stop|end|cease|be (?:stopped|discontinued|ended|ceased|withheld|interrupted|suspended|paused))\b", needs=("stop", "end", "cease", "discontinued", "withheld", "interrupted", "suspended", "paused"))
# "Platelets 100 > ULN": a number that no rule took.
_SO_MANY_ULN = Caseless(r"[a-z]\s+\d[\d.,]*\s*[<>≥≤]\s*(?:the\s+)?(?:uln|lln|upper limit|lower limit)", needs=("uln", "lln", "limit"))
_DONE = Caseless(
    r"\b(?:prior|previous\w*|past|histor\w+|had|having|has|have|status|s/p|post\w*|after|following|since|within|ago|last|recent\w*|already|ever|fail\w*|surviv\w+|recipients?|(?!(?:isolated|combined|planned|intended|proposed|anticipated|expected|listed|referred|selected|scheduled|staged|assisted|guided|needed|required|indicated)\b)[a-z]+(?:ed|gone|went|own|ile))\b",
)

# An operation that one is having, or that is named with its purpose, was not yet done.
_HAVING = Caseless(
    r"\W*(?:(?:patients?|subjects?|participants?|individuals?|adults?|women|men|who|are|will|be)\s+)*(?:having|getting|to have)\s+"
    r"(?!had\b|undergone\b|received\b|completed\b|failed\b|been\b|no\b|not\b|never\b|at least\b|(?:an? |any )?(?:history|prior|previous|recent|functioning|permanent)\b|[^.;]*\b(?:pacemakers?|stents?|implants?|devices?|shunts?|grafts?|ostom\w+|cathet\w+|lines?|ports?)\b)",
)
_FOR_ITS_PURPOSE = Caseless(r"\bfor\s+(?:an?y?\s+|either\s+)?(?:(?:therapeutic|diagnostic|curative|palliative|cosmetic|elective)\s*(?:,|/|and/or|or|and)?\s*)+(?:purposes?|reasons?|indications?|intents?)", needs=("purpose", "reason", "indication", "intent"))


# "Both patients and healthy volunteers will be adults": whoever is either.
_BOTH_PEOPLE = Caseless(r"\b(?:patients|subjects|cases|participants)\s+(?:and|or|&|and/or)\s+(?:normal\s+|healthy\s+)*(?:volunteers|controls|subjects)", needs=("volunteers", "controls", "subjects"))


# "A healthy oral mucosa": a part, not the person.
_HEALTHY_PART = Caseless(
    r"\bhealthy\s+(?:[\w-]+\s+){0,2}?(?:mucosa\w*|skin|tooth|teeth|dentition|gums?|gingiva\w*|periodont\w+|veins?|arter\w+|eyes?|retina|cornea|kidneys?|liver|heart|lungs?|tissues?|bone|muscles?|weight|diet|lifestyle|nails?|hair|scalp|joints?|knees?|limbs?|hands?|feet|foot|ovar\w+|uter\w+|"
    r"placenta|pregnan\w+|f(?:o)?etus|singleton|babies|baby|infants?|newborns?|sib\w+|partners?|spouses?|mothers?|donors?|arm|leg|side|ears?|hearing|cells?|marrow|implants?)\b",
    needs=("healthy",),
)


def looked_at_again(read: Read, text: str, kind: str) -> Read:
    """The reading, in doubt where an age may be that of a pregnancy; of an inclusion too where a drug is not to be taken, or an operation is to come."""
    if any(isinstance(leaf, Measurement) and _is_off_scale(leaf) for leaf in leaves(read.check)):
        return beside(Read(Unread(clean(text)), ((0, len(text)),)), [read])
    if _SO_MANY_ULN.search(text) and any(isinstance(leaf, Measurement) and any(bound.unit == ULN and bound.number == 1 for bound in leaf.bounds) for leaf in leaves(read.check)):
        return beside(Read(Unread(clean(text)), ((0, len(text)),)), [read])
    if kind != "inclusion":
        return rewritten(read, _perhaps_of_pregnancy) if "eek" in text and any(isinstance(leaf, Age) for leaf in leaves(read.check)) else read
    read = of_either(read, text)
    named = list(leaves(read.check))
    withheld = any(isinstance(leaf, Medication) for leaf in named) and _WITHHELD.search(text)
    stopped = _MUST_STOP.search(text) is not None and any(isinstance(leaf, Medication) for leaf in named) and not isinstance(read.check, Not | When | Ambiguous)
    at_most = len(named) == 1 and any(isinstance(leaf, Medication) and leaf.lasting is not None and leaf.lasting.op in ("≤", "<") for leaf in named)
    if withheld or stopped or at_most or (any(isinstance(part, Not) for part in nodes(read.check)) and _OR_WITH.search(text)) or (text.startswith("(for ") and text.rstrip(" .;").endswith(")")) or _names_what_is_to_come(named, text):
        return beside(Read(Unread(clean(text)), ((0, len(text)),)), [read])
    if isinstance(read.check, All) and any(isinstance(leaf, Measurement) for leaf in named) and WORSE_MUST.search(text) and not any(isinstance(part, When) for part in nodes(read.check)):
        return beside(Read(Unread(clean(text)), ((0, len(text)),)), [read])
    if isinstance(read.check, All) and all(isinstance(leaf, Measurement) for leaf in named) and len([leaf for leaf in named if turned(leaf)]) > 1:
        return beside(Read(Unread(clean(text)), ((0, len(text)),)), [read])  # blood that hardly anybody has: the signs may be turned
    if State("healthy volunteer") in named and (_BOTH_PEOPLE.search(text) or _HEALTHY_PART.search(text)):
        read = rewritten(read, lambda leaf: Ambiguous((Unread(clean(text)), leaf)) if isinstance(leaf, State) else None)
    told = [leaf for leaf in named if isinstance(leaf, Condition)]
    if told and isinstance(read.check, Not):
        read = beside_narrower(read, text)
    if told and isinstance(read.check, All) and _SINCE_TREATED.match(text) and all(isinstance(leaf, Condition | Unread) for leaf in named):
        read = Read(When(any_of([*told]), Unread(clean(text))), (*(place for leaf, place in zip(named, read.spans, strict=False) if isinstance(leaf, Condition)), (0, len(text))))
    if told and isinstance(read.check, All):
        read = _as_measured(read, text)
    if told and _IF_THERE.match(text) and isinstance(read.check, Condition | All) and any("metastas" in leaf.term for leaf in told):
        scope = next(leaf for leaf in told if "metastas" in leaf.term)
        read = Read(Ambiguous((read.check, When(Condition(scope.term), read.check))), (*read.spans, read.spans[0], *read.spans))
    if any(isinstance(leaf, Medication) and leaf.dose for leaf in named) and _AT_MOST.search(text):
        settled = {id(leaf) for part in nodes(read.check) if isinstance(part, Not | Ambiguous | When) for leaf in leaves(part)}
        read = rewritten(read, lambda leaf: None if id(leaf) in settled else _or_none(leaf))
    return rewritten(read, _perhaps_of_pregnancy) if any(isinstance(leaf, Age) for leaf in named) else read


# "Received at most 360 mg/m² of doxorubicin": a ceiling, that of none is below, too.
_AT_MOST = Caseless(r"[<≤]|\b(?:less than|lower than|below|under|no more than|not more than|no greater than|not (?:to )?exceed\w*|up to|at most|a maximum|maximum|maximal\w*|fewer than|no higher than)\b")


# "At least 30 days since therapy for sarcoma": of those who have one.
_SINCE_TREATED = Caseless(
    r"\W*(?:(?:patients?|subjects?|participants?|must|have|has|had|be|should|are|is|an?|interval of|period of)\s+)*(?:at least|more than|greater than|a minimum of|minimum of|minimum|no less than|[>≥]=?)\s*(?:\d+|one|two|three|four|six|twelve)\s*(?:\(\d+\)\s*)?(?:days?|weeks?|months?|years?)\s+"
    r"(?:(?:must |should )?(?:have |has )?(?:elapsed|passed)\s+)?(?:since|from|after|post|off|out from|beyond)\b"
)
# "Stable brain metastases for 4 weeks" lets those in who have them.
_IF_THERE = Caseless(
    r"\W*(?:(?:patients?|subjects?|participants?|with|who|have|has|had|a|an|any|history|of|and|or|previously|clinically|radiologically|neurologically|adequately|definitively|only)\s+|(?:and|or)/(?:and|or)\s+|,\s*)*"
    r"(?:stable|treated|controlled|asymptomatic|inactive|irradiated|resected)\b[^.;:]{0,40}\b(?:brain|cns|central nervous system|cerebral|leptomeningeal|intracranial)\b[^.;:]{0,25}\bmetasta"
)
# "Elevated insulin resistance (HOMA-IR > 2.5)": the value says whether it is so.
_SO_MUCH = Caseless(r"\b(?:elevated|high|higher|increased|raised|low|lower|reduced|decreased|abnormal|impaired|excessive|poor|insufficient|marked)\s+(?:[\w-]+\s+){1,4}?\(", needs=("(",))


def _as_measured(read: Read, text: str) -> Read:
    """A state that nobody enters as a disease, with the value in brackets that defines it: the value alone, or both."""
    found = _SO_MUCH.search(text)
    if found is None or not isinstance(read.check, All):
        return read
    size = len(read.spans)
    limits = [(leaf, place) for leaf, place in zip(leaves(read.check), read.spans, strict=False) if isinstance(leaf, Measurement) and place[0] >= found.end() - 1]
    if len(limits) != 1 or size != sum(1 for _ in leaves(read.check)) or any(isinstance(leaf, Medication | Procedure | Age) for leaf in leaves(read.check)):
        return read
    return Read(Ambiguous((limits[0][0], read.check)), (limits[0][1], *read.spans))


def _or_none(leaf: Check) -> Check | None:
    """A treatment in a dose that has an upper limit only: or none of it, perhaps."""
    if not isinstance(leaf, Medication) or not leaf.dose or leaf.stable_for is not None or any(bound.op not in ("<", "≤") for bound in leaf.dose):
        return None
    return Ambiguous((leaf, Any((leaf, Not(replace(leaf, dose=(), equivalent="", states=(), lasting=None))))))


def _is_off_scale(leaf: Measurement) -> bool:
    """Whether a number is none of the scale of a score: "ECOG 0 or 17" is a 1 with the mark of a note."""
    measure = load().measure(leaf.term)
    if measure is None or measure.unit or measure.kind != "score":
        return False
    return any(bound.number > measure.high for bound in leaf.bounds if not bound.unit) or any(word.isdigit() and int(word) > measure.high for word in leaf.words)


def _names_what_is_to_come(named: Sequence[Check], text: str) -> bool:
    """Whether operations stand alone among words not understood, and none is said to be done: "general anesthesia, intravenous"."""
    known = [leaf for leaf in named if not isinstance(leaf, Unread)]
    to_come = [isinstance(leaf, Procedure) and leaf.window is None and not leaf.current and not leaf.findings for leaf in known]
    if not known or not all(to_come):
        return False
    return _HAVING.match(text) is not None or (not _DONE.search(text) and (len(known) < len(named) or _FOR_ITS_PURPOSE.search(text) is not None))


def _perhaps_of_pregnancy(leaf: Check) -> Check | None:
    """ "Age ≥ 37 weeks" of newborns: an age, or how long the pregnancy lasted."""
    if not isinstance(leaf, Age) or any(bound.unit != "weeks" or bound.number not in _PREGNANCY for bound in leaf.bounds):
        return None
    return Ambiguous((leaf, Measurement("gestational age", leaf.bounds)))


_WEEKS_OF_IT = Caseless(r"\bpregnan(?:t|cy|cies)\b(?:(?!\bor\b|[/.;])\D){0,40}\d", needs=("pregnan",))


def of_one_pregnancy(read: Read, text: str) -> Read:
    """ "Pregnant at 34 weeks or more": the weeks are those of the pregnancy, and do not exclude beside it."""
    check = read.check
    if not isinstance(check, Any) or _WEEKS_OF_IT.search(text) is None or len(check.parts) != len(read.spans):
        return read
    at = next((i for i, (one, after) in enumerate(pairwise(check.parts)) if one == State("pregnant") and _its_age(after) is not None), None)
    if at is None:
        return read
    both = All((check.parts[at], _its_age(check.parts[at + 1]) or check.parts[at + 1]))
    parts = (*check.parts[:at], both, *check.parts[at + 2 :])
    return Read(Any(parts) if len(parts) > 1 else both, read.spans)


_WEEKS = Caseless(r"(?:at|of|with|in|beyond)?\s*(?:a gestational age (?:of )?)?(?P<op>>=|<=|[≥≤<>]|more than|greater than|over|beyond|at least|less than|under|below)\s*(?P<number>\d{1,2})\s*(?:completed )?(?:weeks?|wks?)(?: (?:of )?(?:gestation|pregnancy))?", needs=("week", "wk"))
_OPS = {">=": "≥", "at least": "≥", "<=": "≤", "more than": ">", "greater than": ">", "over": ">", "beyond": ">", "less than": "<", "under": "<", "below": "<"}


def _its_age(check: Check) -> Check | None:
    """The age of a pregnancy that a part of a list tells of, read or not."""
    if isinstance(check, Measurement):
        return check if check.term == "gestational age" else None
    found = _WEEKS.fullmatch(check.text.strip(" ,.()")) if isinstance(check, Unread) else None
    if found is None:
        return None
    said = found["op"].casefold()
    return Measurement("gestational age", (Bound(_OPS.get(said, said), Decimal(found["number"]), "weeks"),))
