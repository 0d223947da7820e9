"""Inclusions that were not read to their end, beside the treatment that they certainly ask for.

"Currently on a stable dose of dulaglutide for 6 months", "progressed on or after a CDK4/6 inhibitor combined with odd words": whatever
the unread words say, nobody keeps the requirement who never had what stands at its head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.language import All, Ambiguous, Check, Medication, Procedure, Statement, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.certain.disease_settled import gives_leave
from matcher.reading.certain.duties import DUTY
from matcher.reading.certain.kept import BROAD
from matcher.reading.certain.necessary import SOMEBODY_ELSE
from matcher.reading.grammar.rules import Read
from matcher.reading.grammar.term import term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Lexer, Token

_LONGEST = 400  # characters
_WHO = r"(?:(?:(?:the|all|any|eligible|adult|study|ambulatory)\s+)*(?:patients?|subjects?|participants?|individuals?|adults|disease|tumou?rs?)\s+)?(?:(?:who|that|must|should|shall|needs? to|have|has|had|be|been|is|are|being|currently|presently|already|also|previously|recently|documented|radiographic(?:ally)?|confirmed)\s+)*"
_TAKEN = r"(?:received|receiving|treated (?:with|by|on)|treatment with|taking|(?:maintained|stabili[sz]ed|established) on|on|exposed to|undergone|underwent|completed)"
_FAILED = (
    r"(?:(?:disease\s+)?progress(?:ed|ion|ive disease|ing)(?:\s+(?:of|from) (?:the\s+)?disease)?(?:\s+per\s+[\w .]{3,14}?)?(?:\s+or\s+(?:relapsed?|recur(?:red|rence)|intoleran\w+))?\s+(?:on|after|during|following|despite|while (?:on|receiving)|under|with|to)(?:\s*(?:/|,|or|and/or)\s*(?:on|after|during|following|within))*|"
    r"relapsed\s+(?:after|from|on|following)|refractory to|resistant to|fail(?:ed|ure)(?:\s+(?:of|on|to|to respond to|to tolerate|with))?|"
    r"(?:inadequate|insufficient|suboptimal|incomplete|poor|lack of|no|loss of|an inadequate|inadequately|not)\s+(?:clinical\s+)?(?:respon(?:se|ses|ded|sive|d)|controlled|control)(?:\s*(?:/|,|or|and/or)\s*(?:loss of response|intoleran(?:ce|t)))*\s+(?:to|on|with|by|of))"
)
_SO_MANY = r"(?:(?:at least|≥|>=|a minimum of|minimum of|exactly|only)?\s*(?:\d|one|two|three|four)(?:\s*\(\w+\))?(?:\s*(?:-|–|to|or|and)\s*(?:\d|one|two|three|four|more))?\s+(?:or more\s+)?(?:prior|previous)\b)"
_LEAD = Caseless(rf"\W*(?:\d{{1,2}}[.)]\s*)?{_WHO}(?:{_TAKEN}|{_FAILED}|(?={_SO_MANY}))\s*")
# What may stand between the verb and the name of the treatment.
_HOW = Caseless(
    r"(?:(?:an?|the|of|either|at|least|exactly|only|one|two|three|four|\d(?:-\d)?|≥|>=|or|to|more|than|prior|previous|lines?|regimens?|courses?|cycles?|doses?|dosage|dosing|stable|unchanged|standard(?:-of-care)?|systemic|first-?line|front-?line|second-?line|oral|orally|intravenous|subcutaneous|inhaled|injectable|topical|approved|fda[- ]approved|licensed|marketed|"
    r"maximum|maximal|maximally|tolerated|adequate|optimal|optimi[sz]ed|appropriate|daily|twice-daily|once-daily|weekly|current|chronic|long-?term|continuous|regular|background|maintenance|treatments?|therap(?:y|ies)|with|neo-?adjuvant|\(neo\)\s?adjuvant|adjuvant|induction|salvage|combination|combined|same|full|their|an?other|"
    r"high|low|dose|prescribed|some|form|type|kind|class(?:es)?|drugs?|agents?|medications?|containing|consisting|included|includes|including|additional|anti-?cancer|anti-?tumor|platinum-based|curative|palliative|definitive|radical|primary|complete|prescription|antidiabetic|new|novel|synthetic|classic(?:al)?|conventional|biologic(?:al)?|first|non-?steroidal|inactivated)\b[\s,/-]*|[(]\s*\w{1,6}\s*[)]\s*|[≥>]=?\s*)*"
)
_BETWEEN = Caseless(r"\s*(?:\([^()]*\)\s*)?(?:[,;]?\s*(?:and/or|or|and|plus)\b|,|/|\+)\s*(?:(?:an?|the|at least|one|prior|previous|any|either|with|oral|systemic|standard|another)\s+)*")
_NOUN = Caseless(r"(?:[\s-]*(?:-?based|-?containing|drugs?|agents?|medications?|therap(?:y|ies)|treatments?|regimens?|chemotherapy|chemotherapeutic|monotherapy|combinations?|inhibitors?|alone|backbone|tablets?|injections?|use)\b)*")
# What may stand behind: the end, a bracket, or a phrase about it.
_TAIL = Caseless(
    r"\s*(?:$|[.;](?:\s|$)|\(|\[|,\s*(?!or\b|and/or\b)|(?:and|with|without|for|in|as|at|on|after|before|within|during|prior|since|of|by|per|that|which|who|from|to|until|up|over|once|twice|daily|weekly|given|administered|containing|consisting|including|followed|completed|initiated|started|stable|plus|despite|due|≥|>=|>|≤|<|\d)(?![\w-]))"
)
# Behind the treatment an "or" may open another way in.
_OR = Caseless(r"\b(?:or|and/or)\b|/\s*(?=[a-z])")
_OR_OF_IT = Caseless(r"\s*(?:(?:at\s+)?(?:within|during|after|following|on|before|more|greater|longer|less|older|later|higher|lower|equal|\d+|both|metastatic|adjuvant|neoadjuvant|advanced|unresectable|recurrent|locally|relapsed|refractory|maintenance|mg\b|days?|weeks?|months?|years?)\b)")
_EITHER = Caseless(r"\beither\b(?:\s+of\b)?", needs=("either",))
_TURNS = Caseless(r"\b(?:no|not|never|without|na[iï]ve|free|refus\w*|declin\w*|ineligib\w*|eligib\w*|contraindicat\w*|candidates?|unsuitable|unwilling|willing|agree\w*|plan\w*|scheduled|will|donors?|placebo|parent study|rollover|previous study|this study|controls?|cohorts?|arms?)\b")
_WIDENS = pattern_of(r"[(\[]\s*(?:or|and|and/or|including|incl\.?|plus)\b", re.IGNORECASE)
_BRACKET = pattern_of(r"[(\[][^()\[\]]*[)\]]")
_OPERATIONS = Caseless(r"surg|transplant|ectomy|plasty|dialysis|ventilat|radiotherapy|irradiation|radiosurgery|stent|bypass|resection|ablation|intubation")
_VAGUE = Caseless(r"vaccin|investigational|study (?:drug|treatment)|medication$|supplement|placebo|pre-exposure|contracepti")


def with_treatment_needed(read: Read, text: str, lexer: Lexer) -> Read:
    """The reading beside the treatments of which an inclusion asks for one at least, where nothing of it is certain."""
    first = next(iter(leaves(read.check)))
    if len(text) > _LONGEST or "\n" in text or text.rstrip().endswith(":") or not isinstance(first, Unread | Statement) or not isinstance(read.check, Unread | Statement | Ambiguous):
        return read
    lead = _LEAD.match(text)
    if lead is None or lead.end() < 2:
        return read
    named = _at_its_head(text, lead.end(), lexer)
    return read if not named else Read(All((any_of(named), read.check)), (*((0, len(text)),) * len(named), *read.spans))


_DONE = Caseless(r"\b(?:have|has|had|been|received|undergone|underwent|completed|previously|fail\w*|progress\w*|relaps\w*|refractory|resistant|respon\w+|control\w*|prior|previous)\b")
# What is taken now, where the words say that it is so already; the support that goes on.
_ALREADY = Caseless(r"\b(?:currently|presently|already|stable|unchanged|ongoing|chronic\w*|maintenance|background|long-?term|(?:at least|minimum of|more than|≥|>=|>|past|last|previous)\s*(?:the\s+)?\(?(?:\d+|one|two|three|four|five|six|twelve)\)?\s*(?:\(\d+\)\s*)?(?:consecutive\s+)?(?:hours?|days?|weeks?|months?|years?))\b")
_GOES_ON = Caseless(r"dialysis|ventilat|intubation")


def _is_so_already(text: str, end: int, token: Token) -> bool:
    """Whether words tell of what was done or goes on, and not of what is to be done."""
    if _DONE.search(text, 0, end):
        return True
    return _ALREADY.search(text) is not None and (token.tag == "drug" or _GOES_ON.search(term_of(token).label) is not None)


def _at_its_head(text: str, start: int, lexer: Lexer) -> list[Check]:
    """The treatments, one or a list of them, behind the words at a head; none where another way in may be open."""
    if gives_leave(_EITHER.without(text, " ")) or SOMEBODY_ELSE.search(text) or _WIDENS.search(text):
        return []
    plain = _BRACKET.sub(lambda bracket: " " * len(bracket[0]), text)
    tokens = [token for token in lexer.tokens(text) if token.tag in ("drug", "proc", "cond") and plain[token.start : token.end].strip()]
    drugs = [token for token in tokens if token.tag != "cond" and token.start >= start]
    if not drugs or not _HOW.fullmatch(text[start : drugs[0].start]) or not _is_treatment(drugs[0]) or not _is_so_already(text, drugs[0].start, drugs[0]):
        return []
    found, end = [drugs[0]], _behind(plain, drugs[0].end)
    for token in drugs[1:]:
        if not _is_treatment(token) or not _BETWEEN.fullmatch(plain[end : token.start]):
            break
        found, end = [*found, token], _behind(plain, token.end)
    rest = plain[end:]
    if not _TAIL.match(rest) or DUTY.search(rest) or _TURNS.search(plain[:end]) or _lets_in_otherwise(rest, end, tokens):
        return []
    return list(dict.fromkeys(Medication(term_of(token).label, "any") if token.tag == "drug" else Procedure(term_of(token).label) for token in found))


def _behind(text: str, place: int) -> int:
    """Where the words end that only say that a name is one of a treatment."""
    noun = _NOUN.match(text, place)
    return noun.end() if noun is not None else place


def _is_treatment(token: Token) -> bool:
    """Whether a name is one of a treatment that a record would hold."""
    label = term_of(token).label
    return label not in BROAD and not _VAGUE.search(label) and (token.tag == "drug" or _OPERATIONS.search(label) is not None)


def _lets_in_otherwise(rest: str, end: int, tokens: Sequence[Token]) -> bool:
    """Whether an "or" behind the treatment may open another way in."""
    for start, stop in _OR.spans(rest):
        if any(token.tag != "cond" and token.start >= end + stop for token in tokens) or not _OR_OF_IT.match(rest, stop) or rest[:start].rstrip().endswith((",", ";")):
            return True
    return False
