"""Exclusions that list in one line what a head before a colon says of each: "have had any of the following within 6 months: X, Y or Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from matcher.model.language import (
    Ambiguous,
    Check,
    Condition,
    Medication,
    Participation,
    Procedure,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.whole.apart import Again, sure

_PEOPLE = r"(?:(?:the|all|any|a|an|patients?|subjects?|participants?|individuals?|persons?|people|volunteers?|those|who|with|has|have|having|is|are|were|was|be|been|presence\s+of|presenting|suffering\s+from)\s+)*"
_TIME = r"(?:\s*,?\s*(?:at\s+(?:the\s+)?(?:screening|baseline|enrol\w+|any\s+time)(?:\s+visit)?|(?P<time{0}>(?:within|in|during|over)\s+(?:the\s+)?(?:(?:last|past|previous|preceding|prior)\s+)?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s*(?:\(\d+\)\s*)?(?:hours?|days?|weeks?|months?|years?))(?:\s+(?:of|prior|before|preceding)\b(?:(?!\b(?:unless|except\w*|if|only|not|other|without)\b)[^:;])*)?))?"
_HEAD = pattern_of(
    rf"\W*{_PEOPLE}(?:(?:within|in|during)\s+the\s+(?:last|past|previous)\s+(?P<lead>\d+\s+(?:days?|weeks?|months?|years?))\s+)?{_PEOPLE}"
    r"(?P<verb>(?:(?:(?:known|personal|medical|documented|previous|prior|past|current|clinical|or|active)\s+)*(?:histor(?:y|ies)|diagnos[ie]s|experience|evidence)(?:\s+of)?|had|experienced|diagnosed\s+with|"
    r"(?:(?:current(?:ly)?|prior|previous(?:ly)?|concomitant|concurrent|recent|chronic)\s+)*(?:use\s+of|treatment\s+with|therapy\s+with|receipt\s+of|administration\s+of|received|taken|used|receiving|taking|using|treated\s+with|on))\s+)?"
    + _TIME.format("1")
    + r"\s*(?:of\s+)?(?:(?:any|either|one)(?:\s+(?:one\s+)?or\s+more)?\s+)?(?:of\s+)?(?:the\s+)?following"
    r"(?:\s+(?:medications?|medication\(s\)|drugs?|agents?|therap(?:y|ies)|treatments?|medicines?|conditions?|diseases?|disorders?|illness(?:es)?|events?|procedures?|co-?morbidit(?:y|ies)|diagnos[ie]s|problems?|findings?|complications?|cardiovascular|cardiac|"
    r"psychiatric|medical|neurologic(?:al)?|pulmonary|hepatic|renal|ocular|concomitant|prohibited|excluded|biologic(?:al)?|antipsychotic|mood|stabili[sz]ers?|antimicrobials?|antibiotics?|substrates?|occurring|occurred|or|and)\b)*" + _TIME.format("2") + r"\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_OF_USE = Caseless(r"\b(?:use|treatment|therapy|receipt|administration|received|taken|used|receiving|taking|using|treated|on)\b")
_NOW = Caseless(r"\b(?:current\w*|receiving|taking|using|on|concomitant|concurrent)\b")
_EVER = Caseless(r"\b(?:histor(?:y|ies)|had|experienced|previous\w*|prior|past|experience)\b")
_NUMBER = pattern_of(r"^\s*(?:\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})[.)]\)?\s+|[-•*]\s*)")
# At the end of the last member these may be said of all.
_OF_ALL = Caseless(r"\b(?:within|in the (?:past|last|previous|preceding)|prior to|before|during|since|ago|that|which|who|requir\w+|if|unless|except\w*|other than|excluding|as (?:determined|judged|per|assessed)|opinion|discretion|at (?:screening|baseline|any time)|according|allowed|permitted|eligible|days?|weeks?|months?|years?)\b")
_SENTENCE = pattern_of(r"\.\s+[A-Z]|:")
_JOINT = pattern_of(r"^(?:and/or|or|and)\s+", re.IGNORECASE)
_OWN_TIME = Caseless(r"\b(?:hours?|days?|weeks?|months?|years?|current\w*|active|ongoing|histor\w+)\b")


def the_following(text: str, again: Again) -> Check | None:
    """What is listed behind a colon, each with what the head says of it; None where the head says more, or nothing was read."""
    head = _HEAD.match(text)
    if head is None:
        return None
    listed = text[head.end() :].strip(" .;")
    members = members_of(listed)
    times = [f"within {head['lead']}" if head["lead"] else "", head["time1"] or "", head["time2"] or ""]
    time = next((one for one in times if one), "")
    if len(members) < 2 or _SENTENCE.search(listed) or sum(map(bool, times)) > 1 or (_OF_ALL.search(members[-1]) and not (time and _OWN_TIME.search(members[-1]))):
        return None
    verb = head["verb"] or ""
    used = _OF_USE.search(verb) is not None
    word = ("use of" if time else "current use of" if _NOW.search(verb) else "prior use of") if used else "history of" if _EVER.search(verb) else ""
    found: list[Check] = []
    rest: list[str] = []
    said = _Said(word, time, used, again)
    if used and _ROUTES.search(members[-1]):
        return None
    led = False
    for member in members:
        whole = said.of(member)
        for piece in [member] if whole is not None else members_of(member):
            check = whole if whole is not None else said.of(piece) if piece != member else None
            own = _LEADS.match(piece) is not None
            if check is None or (led and not own and not all(isinstance(leaf, Procedure) or _ALONE.search(leaf.term) for leaf in leaves(check) if isinstance(leaf, Condition | Medication | Procedure))):
                rest.append(piece)
            else:
                found.append(check)
            led = led or own
    if not found:
        return None
    return any_of([*found, *([Unread(clean(", ".join(rest)))] if rest else [])])


# Before a member these may be said of those behind it as well, but for events and diseases that are whole by themselves.
_LEADS = pattern_of(
    r"(?:an?\s+|any\s+|other\s+|the\s+)*(?:uncontrolled|poorly|inadequately|severe|serious|unstable|active|significant|clinically|symptomatic|recent|untreated|decompensated|moderate|major|chronic|ongoing|current|newly|new|progressive|advanced|"
    r"systemic|systemically|oral|orally|topical|inhaled|intranasal|nasal|intravenous|iv|parenteral|injectable|injected|high-?dose|low-?dose|strong|potent|regular|therapeutic|long-acting|short-acting)\b", re.IGNORECASE
)
_ALONE = Caseless(r"stroke|ischemic attack|infarction|embolism|thrombosis|cardiac arrest|hemorrhage|bleeding|hiv|hepatitis|tuberculosis|sclerosis|epilep|lupus|syncope|fibrillation|schizo|bipolar|investigational|vaccin")
_ROUTES = Caseless(r"\([^()]*\b(?:oral|intravenous|intramuscular|topical|inhaled|systemic|subcutaneous|parenteral|iv|im)\b[^()]*\)[\s.]*$")


class _Said(NamedTuple):
    """What a head says of each member: a word before it, and a time behind."""

    word: str
    time: str
    used: bool
    again: Again

    def of(self, member: str) -> Check | None:
        """A member as its head has it; None where it is not read to its end, or is of another kind."""
        own = _OWN_TIME.search(member) is not None
        check = sure(self.again(" ".join(f"{'' if own and not self.used else self.word} {member} {'' if own else self.time}".split())))
        return check if check is not None and not any(isinstance(node, Ambiguous) for node in nodes(check)) and self._fits(check, member) else None

    def _fits(self, check: Check, member: str) -> bool:
        """Whether what was read is of the kind that the head speaks of, and of the word that the member says."""
        kinds = (Medication, Procedure) if self.used else (Condition, Procedure, Medication, Participation) if self.word else ()
        infectious = "infectious" in member and any(isinstance(leaf, Condition) and leaf.term == "infection" for leaf in leaves(check))
        return not infectious and (not kinds or all(isinstance(leaf, kinds) for leaf in leaves(check)))


_CLAUSE = pattern_of(r"(?:which|that|who|whose|where|when|with|without|requir\w+|needing|in\s+particular|particularly|especially|e\.?\s?g\b|i\.?\s?e\b|such\s+as|including|diagnosed|defined|treated|confirmed|except\w*|unless|not|but|if|recurrent|metastatic|inoperable|etc)\b", re.IGNORECASE)


def members_of(listed: str) -> list[str]:
    """The members of a list, each with what goes on about it."""
    return _with_clauses(_members(listed))


def _with_clauses(members: Iterator[str]) -> list[str]:
    """The members, each with the clauses behind commas that go on about it."""
    found: list[str] = []
    for member in members:
        if found and _CLAUSE.match(member):
            found[-1] = f"{found[-1]}, {member}"
        else:
            found.append(member)
    return found


def _members(listed: str) -> Iterator[str]:
    """The members of a list, at its semicolons, or at its commas where it has none."""
    depth, signs = 0, []
    for at, sign in enumerate(listed):
        depth += (sign in "([") - (sign in ")]")
        if depth <= 0 and sign in ",;" and not (sign == "," and listed[at + 1 : at + 4].isdigit()):
            signs.append((at, sign))
    cut = ";" if any(sign == ";" for _, sign in signs) else ","
    start = 0
    for at in [*(at for at, sign in signs if sign == cut), len(listed)]:
        piece = _JOINT.sub("", _NUMBER.sub("", _JOINT.sub("", listed[start:at].strip(" .")))).strip()
        start = at + 1
        if piece:
            yield piece
