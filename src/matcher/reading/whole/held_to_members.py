"""Exclusions of many members, held to what each of them names, whatever its kind: without any of it nobody is excluded.

"Heart disease needing odd care, active treatment with digoxin, or creatinine > 2 mg/dL": no member means anybody who has none
of what the members begin with, and what is let in, or added of those who were named, means no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from matcher.model.language import (
    Age,
    All,
    Allergy,
    Ambiguous,
    Check,
    Condition,
    FamilyHistory,
    Judgement,
    Measurement,
    Medication,
    Not,
    Participation,
    Procedure,
    Smoking,
    State,
    Statement,
    Unless,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.certain.kept import BROAD
from matcher.reading.certain.necessary import SOMEBODY_ELSE
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.grammar.term import term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.spelling import spaced
from matcher.reading.tagging.tokens import Lexer, Token
from matcher.reading.whole.apart import Again
from matcher.reading.whole.held_to_diseases import (
    ANEW,
    BARS,
    BRACKET,
    COUNTS_MORE,
    JOINT,
    LIMIT,
    MODAL,
    NAMED_ANYHOW,
    NOT_LIMITED,
    Lexed,
    facts_of,
    goes_on,
    is_another,
    is_held,
    names_no_kind,
)
from matcher.reading.whole.held_to_drugs import BARS_OF_USE, HOW_TAKEN, treatments_of

_LONGEST = 400  # characters
_MOST = 14  # members
# From here on somebody is let in, or only what was named before is spoken of.
_LETS_IN = pattern_of(
    r"[\s,;]*\b(?:except(?:ing|ed)?(?:\s+(?:for|that|if|when|in|of|those))?\b|(?:with|the)\s+(?:the\s+|an?\s+)?exceptions?\s+(?:of|for|being)\b|unless\b|excluding\b|other\s+than\b|apart\s+from\b|but\s+(?:not(?!\s+(?:limited|restricted))|excluding)\b)", re.IGNORECASE
)
_LEAVE = Caseless(
    r"\b(?:eligible|allow(?:ed|able)|permi(?:tted|ssible)|acceptable|accepted|not (?:be )?(?:an exclusion|exclusionary|excluded|considered)|re-?screen\w*|may (?:still |also )?(?:be (?:included|enrol\w+|considered|admitted|entered)|participate|enrol\w*|enter)|can (?:still |also )?(?:be (?:included|enrol\w+|considered|admitted)|participate|enrol\w*|enter))\b"
)
_NO_LEAVE = Caseless(r"\b(?:not (?:be )?(?:eligible|allowed|permitted|acceptable|accepted)|ineligible|no longer|no other|none|only|must|should|shall|required?|cannot|may not|can not)\b")
_OF_THOSE = pattern_of(r"\W*(?:note\W+)?(?:these|those|such|they|this|it|in\s+(?:these|such|this|those)|if\s+(?:so|treated|present|positive|applicable))\b", re.IGNORECASE)
_KEPT_OUT = pattern_of(
    r"\s*,?\s*\b(?:(?:are|is|will\s+be|shall\s+be|must\s+be|should\s+be|would\s+be)\s+(?:excluded|ineligible|not\s+(?:eligible|allowed|permitted|included|enrolled))|(?:may|should|can|will|must|shall)\s?not\s+(?:participate|enrol\w*|be\s+(?:enrolled|included|eligible|entered)))(?:\s+(?:from|for|in|into)\s+(?:participation\s+in\s+|participating\s+in\s+)?(?:the|this)?\s*(?:present\s+|current\s+)?(?:study|trial|protocol|participation|enrol\w+))?\s*$", re.IGNORECASE
)
# What was there has to be over: those who never had it have nothing to recover from.
_RECOVERED = Caseless(r"\b(?:must|should|shall|need to|required to|has to|have to)\s+(?:also\s+)?(?:(?:have|be|been|on|an?|completely|adequately|fully|sufficiently|well|well-)\s*)*\b(?:recovered|resolved|stable|controlled|discontinued|stopped|tapered|interrupted|withdrawn|washed)\b")
# A word in capitals behind a name: another line that ran into this one.
_RUN_ON = pattern_of(r"(?<=[a-z0-9)] )(?!(?:Screening|Visit|Day|Baseline|Cycle|Week|Month|Study|Grade|Class|Stage|Child|Type|Phase|Randomi[sz]ation|Enrol\w*|Part|Investigator|Sponsor|Version|Heart|Association|Cancer|Institute|Syndrome|Disease|Virus|Mellitus|Criteria|Score|Scale|Group|Organi[sz]ation|Performance|Status|Common|Terminology|Edition|Axis)\b)[A-Z][a-z]{2,}")
_REASON = pattern_of(r"[\s,;(-]*\b(?:because|since\s+(?:the|these|this|they|it|there)|as\s+(?:the(?:y|re|se)|it|this)|due\s+to\s+(?:the\s+|an?\s+)?(?:possib\w+|potential|risks?|unknown|lack|increased))\b(?![^.;]*\bor\s+(?:any|histor\w+|who|use|current|have|has|are|is)\b)[^.;()]*", re.IGNORECASE)
_OWN = pattern_of(r"\s*(?:any\s+|a\s+|known\s+)?(?:histor(?:y|ies)|use|using|taking|receiving|prior|previous|current|pregnan\w+|lactat\w+|breast-?feeding|unable|inability|unwilling\w*|refus\w+|participat\w+|treatment|active|presence|diagnosis)\b", re.IGNORECASE)
_OTHER = pattern_of(r"\s*(?:any\s+|all\s+)?other\s+(?:[a-z-]+\s+){0,2}(?:abnormalit\w+|conditions?|diseases?|disorders?|illness\w*|findings?|reasons?|medications?|drugs?|treatments?|therap\w+|factors?|problems?)\b", re.IGNORECASE)
# Before a joint these end no phrase, so that what is joined goes on with the phrase.
_ATTRIBUTE = pattern_of(r"(?:\b\w{2,}(?:al|ic|ous|ive|ary|ent|ant|ible|able|less|ful|or)|\b(?:of|for|with|by|from|to|in|on|at|the|an?|least|than|more|less|major|minor|acute|chronic|severe|urgent|prior|current|new|oral|iv|home))\s*$", re.IGNORECASE)
_NO_ATTRIBUTE = pattern_of(r"\b(?:tumou?r|donor|inhibitor|factor|doctor|sponsor|investigator|behaviou?r|or|disorder|hospital|trial|patient|event|treatment|clinic|arrest|infant|parent|implant|transplant|accident|agent|animal|individual|material|withdrawal|removal|renewal|approval)\s*$", re.IGNORECASE)
_OPENS = pattern_of(r"\b(?:requir\w+|need\w*|necessitat\w+|despite|due|caus\w+|secondary|resulting|leading|affecting|involving|interfer\w+|that|which|for|of|in|on|at|by|from|within|during|before|after|prior|under|treated|managed|controlled|limiting|impairing|preventing|precluding)\b", re.IGNORECASE)
_OF_TAIL = pattern_of(
    r"\s*(?:(?:an?|the|any|other|further|additional|urgent|emergent|emergency|elective|medical|surgical|invasive|intravenous|iv|oral|parenteral|systemic|immediate|inpatient|outpatient|specific|active|ongoing|continuous|chronic|frequent|regular|clinical|supportive|close|dose)\s+)*"
    r"(?:treatments?|therap(?:y|ies)|interventions?|hospitali[sz]ations?|medications?|drugs?|evaluation|monitoring|care|management|attention|support|adjustments?|modifications?|visits?|admissions?|follow-?up|disability|death|impairment|limitations?|discomfort)\s*$", re.IGNORECASE
)
_PLACED = pattern_of(r"\s*(?:at|during|in|within|before|prior|since|after|following|by|from|to|until|through|throughout)\s+(?!(?:combination|need|risk|danger)\b)\S", re.IGNORECASE)
_TIMES = pattern_of(r"\s*(?:(?:at\s+least|for|within|less\s+than|more\s+than|over|up\s+to|the\s+last|past|last)\s+|[<>≤≥]=?\s*)*(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|ten|twelve)\s*(?:\(\d+\)\s*)?(?:x\s+|times\s+)?(?:the\s+)?(?:(?:elimination|biological|biologic|terminal|plasma|drug|known|published)\s+)*(?:half[-\s]?li(?:fe|ves)|days?|weeks?|months?|years?|hours?)\b", re.IGNORECASE)
# A last member that reaches back over no other: "…, or a family history of gout".
_GOVERNS = pattern_of(r"\s*(?:(?:an?|any|known|documented|positive|prior|previous|or|and|suspected)\s+)*(?:family\s+histor(?:y|ies)\s+of|(?:histor(?:y|ies)\s+of\s+)?(?:(?:severe|serious)\s+)?(?:allerg(?:y|ies|ic\s+reactions?)|hypersensitivity)\s+to)\b", re.IGNORECASE)
_SITUATION = Caseless(r"\b(?:situations?|circumstances?|social|reasons?|one of the following|any of the following|the following)\b", needs=("situation", "circumstance", "social", "reason", "following"))
_TO_COME = Caseless(r"\b(?:plan\w*|schedul\w*|expect\w*|anticipat\w*|await\w*|candidates?|intend\w*|intention\w*|upcoming|future|elective|indications?|indicated|need for|risks?|predispos\w+|expos\w+|contact|suspicio\w+)\b")
_PAST = Caseless(r"\b(?:histor\w+|ever|previous\w*|prior|past|last|preceding|within|any time|nadir|highest|lowest|peak|repeated\w*|occasions?|consecutive|months?|years?)\b")
_ANY_TIME = Caseless(r"\b(?:occasions?|consecutive|repeated\w*|nadir|highest|lowest|peak|any time|ever|twice|average)\b")


class _Part(NamedTuple):
    """One member: the joint before it, where it stands, and whether it only lets in, or speaks of those who were named."""

    joint: str
    start: int
    end: int
    aside: bool


def held_to_members(read: Read, text: str, lexer: Lexer, again: Again) -> Read:
    """An exclusion beside what its members name, where it was not read to its end and each of them names something."""
    if len(text) > _LONGEST or "\n" in text.strip() or text.rstrip().endswith(":") or is_held(read.check) or all(isinstance(leaf, Judgement | Statement) for leaf in leaves(read.check)):
        return read
    said = spaced(text).rstrip(" ;:,.")
    said = NOT_LIMITED.sub(" ", said) if "limited" in said or "restricted" in said else said
    said = said if ". " in said or ";" in said else _KEPT_OUT.sub("", said)
    said = MODAL.sub(lambda modal: f"{modal[1]} ", _REASON.sub("", said))
    plain = BRACKET.sub(lambda bracket: " " * len(bracket[0]), said)
    if "(" in plain or ")" in plain or "[" in plain:
        return read
    parts = list(_parts(plain))
    asserted = [plain[part.start : part.end] for part in parts if not part.aside]
    ahead = " ; ".join(asserted[:-1] if len(asserted) > 1 and _GOVERNS.match(asserted[-1]) and not names_no_kind(asserted[-2]) else asserted)
    if not 0 < len(parts) <= _MOST or BARS.search(ahead) or SOMEBODY_ELSE.search(ahead) or any(SOMEBODY_ELSE.search(bracket[0]) for bracket in BRACKET.finditer(said)) or _SITUATION.search(plain) or COUNTS_MORE.search(said):
        return read
    lexed = Lexed(lexer)
    named = _named(said, plain, parts, lexed, again) if _named(said, plain, parts, lexed, None) is not None else None
    if named is not None and _ANY_TIME.search(plain) and any(isinstance(one, Measurement) for one in named):
        return read
    if named is not None and "accin" in plain and any(isinstance(one, Condition) for one in named):
        return read
    treated = named is not None and any(isinstance(one, Medication | Procedure) for one in named)
    if not named or (treated and (_TO_COME.search(plain) or BARS_OF_USE.search(plain))) or not _all_among(read.check, named, lexer):
        return read
    whole = list(dict.fromkeys(named))
    return Read(All((any_of(whole), read.check)), (*((0, len(text)),) * len(whole), *read.spans))


def _parts(plain: str) -> Iterator[_Part]:
    """The members of a sentence, those behind words that let somebody in told from the others."""
    at, joint, aside = 0, "", False
    ends = [*((found.start(), found.end(), found[0]) for found in JOINT.finditer(plain)), (len(plain), len(plain), "")]
    for start, end, sign in ends:
        piece = plain[at:start]
        if piece.strip(" ."):
            opened = None if aside else _LETS_IN.search(piece)
            if opened is not None:
                if piece[: opened.start()].strip(" .,"):
                    yield _Part(joint, at, at + opened.start(), aside=False)
                yield _Part(",", at + opened.end(), start, aside=True)
                aside = True
            else:
                yield _Part(joint, at, start, aside=aside)
            joint = ""
        joint = (joint + sign).replace(" ", "")
        if "." in sign or ";" in sign:
            aside = _aside(plain[end:])
        at = end


def _aside(behind: str) -> bool:
    """Whether a later sentence lets somebody in, or asks something of those who were named."""
    sentence = re.split(r"\.\s+(?=[A-Z])|;", behind, maxsplit=1)[0]
    if _LEAVE.search(sentence) and not _NO_LEAVE.search(sentence):
        return True
    return (_OF_THOSE.match(sentence) is not None and not _MORE.search(sentence)) or _RECOVERED.search(sentence) is not None


_MORE = Caseless(r"\b(?:also|too|exclud\w+|ineligible|not (?:be )?eligible|not (?:be )?(?:included|enrolled))\b")


def _named(said: str, plain: str, parts: Sequence[_Part], lexer: Lexed, again: Again | None) -> list[Check] | None:
    """All that the members name; None where one may be about something else, without `again` as far as that is seen at once."""
    named: list[Check] = []
    last = next((plain[part.start : part.end] for part in reversed(parts) if not part.aside), "")
    before, known = "", False
    for place, part in enumerate(parts):
        body, whole = plain[part.start : part.end].rstrip(), said[part.start : part.end]
        told_now = bool(named) and isinstance(named[-1], Measurement | State | Age | Smoking)
        if (told_now and (_NUMERAL.match(body) or (_PAST.search(body) and not lexer.tokens(body)))) or _ran_on(body, lexer):
            return None
        if part.aside:
            aside = _of_aside(body, lexer)
            if aside is None:
                return None
            named += aside
            continue
        ahead = [plain[one.start : one.end] for one in parts[place + 1 :] if not one.aside]
        facts = _given(part.joint, body, before, lexer) or _facts(body, whole, last, lexer, again, stated=bool(before) and names_no_kind(before))
        if known and not facts and is_another(part.joint, body, before, [("", one) for one in ahead], lexer):
            return None
        if facts and _KIND_OF_ITS_OWN.search(before) and any(isinstance(one, Condition) and "metasta" in one.term for one in facts):
            return None  # "primary or metastatic disease"
        if facts:
            named += facts
            known = True
        elif facts is None or not (names_no_kind(body) or HOW_TAKEN.fullmatch(body) or (known and _continues(part.joint, body, before, ahead, lexer))) or (LIMIT.search(whole) and (told_now or not _met_without(named))):
            return None
        before = body
    inside = list(_in_brackets(said, lexer)) if known else [None]
    return None if None in inside else [*(one for one in inside if one is not None), *named]


_KIND_OF_ITS_OWN = pattern_of(r"\b(?:primary|recurrent|relapsed|advanced|locali[sz]ed|local|early|benign|malignant|resectable|unresectable|progressive|refractory|persistent|residual|new)\s*$", re.IGNORECASE)
_NUMERAL = pattern_of(r"\W*(?:[ivx]+|\d+)\b", re.IGNORECASE)


def _ran_on(body: str, lexer: Lexed) -> bool:
    """Whether a word in capitals stands behind a name that is no part of a name itself."""
    tokens = lexer.tokens(body)
    return any(not any(token.start <= word.start() < token.end for token in tokens) for word in _RUN_ON.finditer(body, tokens[0].end if tokens else len(body)))


def _met_without(named: Sequence[Check]) -> bool:
    """Whether no limit is met by those who have none of these diseases."""
    return all(NAMED_ANYHOW.search(one.term) for one in named if isinstance(one, Condition))


_GIVEN = pattern_of(r"\b(?:requir\w+|need(?:ing|s|ed)|necessitat\w+|leading\s+to|resulting\s+in|treated\s+with|despite|controlled\s+(?:by|with)|managed\s+with)\b", re.IGNORECASE)


def _given(joint: str, body: str, before: str, lexer: Lexed) -> list[Check]:
    """What is done for the member before it, or comes of it, and may be a member itself: "asthma needing steroids or hospitalization"."""
    ahead, tokens = lexer.tokens(before), lexer.tokens(body)
    opened = ahead and joint.strip(",") in ("or", "and", "and/or") and _GIVEN.search(before, ahead[0].end) is not None
    if not opened or not tokens or any(token.tag == "measure" for token in tokens) or len(body.split()) > 12 or LIMIT.search(body):
        return []
    return [one for one in map(_of_token, tokens) if one is not None]


def _facts(body: str, whole: str, last: str, lexer: Lexed, again: Again | None, *, stated: bool) -> list[Check] | None:
    """What one member is about: empty where it names nothing the vocabulary knows."""
    limited = LIMIT.search(whole) is not None
    facts = facts_of(body, lexer, last, stated=stated)
    if facts and (_met_without(facts) or not (limited or _MEASURED.search(whole) or any(token.tag == "measure" for token in lexer.tokens(whole)))):
        return None if any(one.term in BROAD for one in facts if isinstance(one, Condition | Procedure)) else facts
    if facts == [] and not lexer.tokens(body):
        return [] if _STATE.search(body) is None else [_SOME] if again is None else _states(again(whole).check, body)
    treatments = treatments_of(body, lexer.tokens(body)) if not limited else []
    if again is None and not treatments:
        return [_SOME]
    found = treatments or (_wide(again(whole).check, body) if again is not None else None)
    return found if not facts or found is None or any(isinstance(one, Measurement) for one in found) else None


_SOME = Condition("disease", "history")  # it is still to be read what a member is about


# Behind these a disease is told by a value: "abnormal thyroid function (TSH or free T4)".
_MEASURED = Caseless(r"\b(?:abnormal|elevated|increased|decreased|raised|low|high|reduced|impaired\b[^;]*\b(?:functions?|levels?|tests?|values?|counts?|enzymes?|parameters?|results?))\b")
_STATE = Caseless(r"\b(?:pregnan\w+|breast-?\s?feed\w*|lactat\w+|nursing|smok\w+|participat\w+|trials?|stud(?:y|ies)|aged?|years)\b")


def _states(check: Check, body: str) -> list[Check] | None:
    found = list(leaves(check))
    return _wide(check, body) if all(isinstance(leaf, State | Participation | Age | Smoking) for leaf in found) else []


def _wide(check: Check, body: str) -> list[Check] | None:
    """All without any of which a member means nobody, however far back it reaches."""
    if not is_held(check) or any(isinstance(node, Not | When | Unless) for node in nodes(check)):
        return None
    found: list[Check] = []
    for leaf in leaves(check):
        match leaf:
            case Unread():
                continue
            case Condition(term) if term not in BROAD:
                found.append(Condition(term, "history"))
            case Medication(term) if term not in BROAD:
                found.append(Medication(term, "any"))
            case Procedure(term) if term not in BROAD:
                found.append(Procedure(term))
            case Participation(kinds, drug):
                found.append(Participation(kinds, drug))
            case Measurement(bounds=bounds) if not (_PAST.search(body) or any("?" in bound.op for bound in bounds)):
                found.append(leaf)
            case State(name) if name in ("pregnant", "breastfeeding") and not _PAST.search(body):
                found.append(leaf)
            case Allergy() | FamilyHistory() if _GOVERNS.match(body) and isinstance(leaf, FamilyHistory) == ("amily" in body):
                found.append(leaf)
            case Age() | Smoking() if not _PAST.search(body):
                found.append(leaf)
            case _:
                return None
    return found


def _continues(joint: str, body: str, before: str, ahead: Sequence[str], lexer: Lexed) -> bool:
    """Whether a member that names nothing only goes on with what is said of the member before it."""
    if goes_on(joint, body, any(lexer.tokens(one) for one in (body, *ahead)), clause=before):
        return True
    if lexer.tokens(body) or len(body.split()) > 12:
        return False
    if not set(":;.") & set(joint) and (_TIMES.match(body) or _PLACED.match(body)):
        return True
    tokens = lexer.tokens(before)
    if joint not in ("or", "and", "and/or") or ANEW.search(body) or not tokens or _OPENS.search(before, tokens[0].end) is None:
        return False
    within = _ATTRIBUTE.search(before) is not None and _NO_ATTRIBUTE.search(before) is None
    return (within and len(body.split()) < 7) or _OF_TAIL.match(body) is not None


def _of_aside(body: str, lexer: Lexed) -> list[Check] | None:
    """What is named where somebody is let in: it might be one more member; None where it may be one that is not known."""
    tokens = lexer.tokens(body)
    if not tokens and _NO_LEAVE.search(body) and "recovered" not in body:
        return None
    if _OTHER.match(body) or (_OWN.match(body) and not tokens):
        return None
    if any(token.tag == "measure" for token in tokens) and not any(token.tag != "measure" for token in tokens):
        return None
    return [one for one in map(_of_token, tokens) if one is not None]


def _of_token(token: Token) -> Check | None:
    if token.tag == "measure" or term_of(token).label in BROAD:
        return None
    if token.tag == "cond":
        return Condition(str(token.value), "history")
    return Procedure(term_of(token).label) if token.tag == "proc" else Medication(term_of(token).label, "any")


_WIDENING = pattern_of(r"\s*(?:or|and|and/or|plus|also|as well as)\b|.*\b(?:included|too|as well|also)\s*$", re.IGNORECASE)
_SHOWN = pattern_of(r"\s*(?:as\s+)?(?:indicated|evidenced|manifested|demonstrated|shown|confirmed|documented|assessed|diagnosed|determined|proven|evident)\b", re.IGNORECASE)
_EQUALS = pattern_of(r"\s*or\s+(?:its\s+|an?\s+|the\s+)?(?:equivalents?|equal|more|higher|greater|above|less|lower|maximum|longer|for\s+at\s+least\s+\d|within\s+\d|\d)\b", re.IGNORECASE)
_SHORT = pattern_of(r"[A-Z]{2,5}s?")  # an abbreviation that is not known
_EXAMPLES = pattern_of(r"^\s*(?:(?:including|incl|e\.?\s?g|i\.?\s?e|such as|for example|like|namely|but|not|limited|to)\b[\s.,:]*)+", re.IGNORECASE)


def _in_brackets(said: str, lexer: Lexed) -> Iterator[Check | None]:
    """What the brackets name; None where one may hold a member that is not known."""
    for bracket in BRACKET.finditer(said):
        inside = bracket[1] or bracket[2] or ""
        tokens = [token for token in lexer.tokens(inside) if token.tag != "measure"]
        named = _EXAMPLES.sub("", inside)
        unknown = [one for one in JOINT.split(named) if one.strip(" .") and not lexer.tokens(one)]
        told = named == inside and not _SHOWN.match(inside)
        if _SHORT.fullmatch(inside.strip()):
            continue
        listed = tokens and told and not all(names_no_kind(one) or _TIMES.match(one) or _PLACED.match(one) for one in unknown)
        if listed or "(" in inside or "[" in inside or (_WIDENING.match(inside) and not tokens and not _EQUALS.match(inside)) or any(_SHORT.fullmatch(one.strip()) for one in unknown):
            yield None
        else:
            yield from (one for one in map(_of_token, tokens) if one is not None)


def _all_among(check: Check, named: Sequence[Check], lexer: Lexer) -> bool:
    """Whether everything that was read of the sentence is of what it is held to."""
    terms = [one.term for one in named if isinstance(one, Condition | Procedure | Medication)]
    uncertain = isinstance(check, Ambiguous) and any(isinstance(one, Unread) for one in check.readings)
    for leaf in leaves(check):
        if isinstance(leaf, Unread | Judgement | Statement) or leaf in named or (isinstance(leaf, Measurement) and uncertain) or (isinstance(leaf, Participation) and any(isinstance(one, Participation) for one in named)):
            continue
        if not isinstance(leaf, Condition | Procedure | Medication) or not any(leaf.term == term or lexer.vocabulary.is_kind(leaf.term, term) for term in terms):
            return False
    return not any(isinstance(node, When | Unless | Not) for node in nodes(check))
