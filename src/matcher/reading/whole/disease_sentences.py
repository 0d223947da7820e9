"""An inclusion that only asks for one disease, with words behind it that say how it was found, for how long it is there, or of which kind it is.

"Asthma, diagnosed according to GINA, for at least 6 months, treated with inhaled steroids" is read piece by piece from the
disease on, each piece only where it can do nothing but narrow; where one is left, the whole stays as it was read before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from matcher.model.dates import Span
from matcher.model.language import Age, All, Ambiguous, Check, Condition, Duration, Not, Sex
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, leaves
from matcher.reading.certain.disease_settled import gives_leave, needed_for_itself
from matcher.reading.certain.finding import found_so
from matcher.reading.certain.said_plainly import is_whole
from matcher.reading.certain.stating import stated
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Context, Read, ReadText
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Lexer, Token
from matcher.reading.whole.disease_durations import NUMBERS

_LONGEST = 260  # characters
_DISEASES = 3  # names behind which the head may end
_PIECES = 5
# Where a piece may end and the next begin.
_BOUNDARY = pattern_of(
    r"\s*[,;]\s+|\s+(?=\()|(?<=\))\s*|\s+(?=(?:and|with|without|for|that|which|as|based|according|confirmed|diagnosed|verified|documented|proven|requiring|defined|meeting|fulfilling|treated|in|per|by|using|on|at|of|after|following|despite|refractory|relapsed|not)\b)", re.IGNORECASE
)
_JOINT = Caseless(r"[\s,;]*(?:\band\b\s*)?")
_LASTING = Caseless(
    r"(?:\(\s*)?(?:(?:that has been |has been |being )?(?:present|existing|ongoing|persisting|lasting|symptomatic))?\s*(?:for|of|with|having|lasting)?\s*(?:an?\s+)?(?:(?:total |disease |symptom )?(?:duration|period|history)\s+(?:of\s+)?)?(?P<op>at least|a minimum of|minimum of|no less than|not less than|more than|longer than|greater than|over|>=|≥|>)\s*(?:the\s+)?(?:past\s+|last\s+|previous\s+)?"
    r"(?P<number>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s*(?:\(\d{1,2}\)\s*)?(?P<unit>day|week|month|year)s?'?(?:\s+(?:in\s+)?duration|\s+or\s+(?:more|longer))?"
    r"(?:\s+(?:prior to|before|preceding|at)\s+(?:the\s+)?(?:time of\s+)?(?:study\s+|trial\s+)?(?:screening|enrol+ment|inclusion|randomi[sz]ation|entry|baseline|study|trial|consent|visit 1|registration|recruitment)(?:\s+(?:visit|into the (?:study|trial)))?)?\s*\)?",
)
# A time alone may be the age of the patient.
_FOR_SO_LONG = Caseless(r"\(|(?:that has been |has been |being )?(?:present|existing|ongoing|persisting|lasting|symptomatic|for|of|with|having)\b|(?:total |disease |symptom )?(?:duration|period|history)\b")
_OVER = frozenset(("more than", "longer than", "greater than", "over", ">"))
# The set of criteria that is met, behind or around the disease.
_MEETING = Caseless(r"(?:and\s+)?(?:(?:who|that|which)\s+)?(?:meets?|meeting|fulfil(?:l?s|ling|l)?|satisf(?:y|ies|ying))\s+(?:the\s+)?(?P<what>[\w/ ,.'()-]{2,80}?\b(?:criteria|definition|classification|guidelines?)(?:\s+(?:for|of)\s+(?:the\s+)?(?:diagnosis|classification|definition))?(?:\s*\(?(?:19|20)\d\d\)?)?)")
_CRITERIA = Caseless(r"\(\s*(?P<what>[^()]{0,60}\b(?:criteria|classification|definition|guidelines?|dsm|icd|pcr|serology|culture)\b[^()<>≤≥=]{0,30})\)")
_NOT_MET = Caseless(r"\b(?:not|no|exclu\w+|inclusion|eligibility|following|below|above|these|one of|two|three|at least|any of|all|if|or)\b")
# Behind the disease, words of the course that it took, or of what was done for it.
_COURSE = Caseless(
    r"(?:(?:that|which)\s+(?:is|was|has been)\s+)?(?P<state>(?:(?:newly|recently|previously|currently|already|completely|poorly|inadequately|adequately|well|not|never|surgically|optimally|first|late|early|clinically|medically)\s+)*(?:relapsed|refractory|recurrent|persistent|progressive|metastatic|unresectable|resectable|resected|inoperable|operable|"
    r"treated|untreated|diagnosed|controlled|uncontrolled|stable|unstable|active|inactive|symptomatic|asymptomatic|advanced|locally advanced|localized|naive|treatment-?\s?na[iï]ve|drug-?\s?na[iï]ve|compensated|decompensated|moderate|severe|mild|bilateral|unilateral|incurable|measurable)"
    r"(?:\s*(?:,\s*|/|\s(?:and/or|and|or|to)\s)(?:(?:locally|newly|previously|surgically)\s+)?(?:relapsed|refractory|recurrent|persistent|progressive|metastatic|unresectable|inoperable|advanced|treated|untreated|symptomatic|moderate|severe|incurable|medically))*"
    r"|in\s+(?:complete|partial|stable|clinical|first|second|full|sustained)?\s*(?:remission|relapse|response))",
)
_WITH_LESIONS = Caseless(r"(?:and\s+|with\s+(?:at least one\s+)?|having\s+)?(?:radiologically\s+|radiographically\s+|bidimensionally\s+)?(?:measurable|evaluable)\s+(?:disease|lesions?)(?:\s+(?:by|per|according to|as per|as defined by|on|using)\s+[\w. ]{2,30})?")
_LEADS_TO = Caseless(r"^(?:according to|as per|per|based on|defined by|as defined by|by|using|meeting)\s+(?:the\s+)?")
_TWO_SENTENCES = pattern_of(r"[.;]\s+[A-Z]")
# No way of finding a disease: what else is asked of it.
_NO_WAY = Caseless(r"\b(?:stages?|grades?|class|T\d|N\d|characteri[sz]ed|treated|candidates?|measurable)\b")
# What a tumor looks like, of which the organ stands behind it: a cancer of the organ may be one without its list saying so.
_OF_NO_ORGAN = frozenset(("adenocarcinoma", "carcinoma", "metastatic adenocarcinoma", "metastatic cancer", "metastatic carcinoma", "neuroendocrine tumor", "sarcoma", "squamous cell carcinoma", "unresectable cancer", "advanced cancer"))
_OF_SOME = Caseless(r"\W*(?:for|in|among|if|when|of|with regard to)\b")
# In a state a joint may bring in a fact of its own, or another clause.
_FACTS = frozenset(("cond", "proc", "drug", "measure"))
_JOINED_BY = Caseless(r"\b(?:or|and|and/or)\b|[,/]")
_CLAUSE = Caseless(r"\b(?:or|and)\s+(?:was|were|is|are|has|have|had|not|never|without)\b")
_ADJECTIVES = pattern_of(r"[\w-]+(?: or [\w-]+)+")
_REFERENCE = pattern_of(r"[(\[]\s*(?:[A-Z][a-z]+(?:\s+et al\.?)?,?\s+(?:19|20)\d\d|(?:published (?:in|on) )?(?:19|20)\d\d|\d{1,2})\s*[)\]]")
_HOW = {"histolog": "histology", "patholog": "histology", "histopatholog": "histology", "cytolog": "cytology", "biopsy": "biopsy", "genetic": "genetic testing", "serolog": "serology", "radiolog": "imaging", "radiograph": "imaging", "endoscop": "endoscopy"}
_FOUND_SO = Caseless(rf"\(?\s*(?P<first>{'|'.join(_HOW)})(?:y|ic|ical|ically|ally)?(?:\s*(?:or|and/or|/)\s*(?P<second>{'|'.join(_HOW)})(?:y|ic|ical|ically|ally)?)?[\s-]*(?:confirmed|proven|documented|diagnosed|verified)\s*\)?")
# A sentence or a member of a list that begins without a sign.
_RUN_ON = pattern_of(r"[a-z)]\s+[A-Z][a-z]{2,}\s+[a-z]")
_JOINED = Caseless(r"\b(?:or|and/or)\b|/")
# Said of a time, somebody or something else than the disease.
_NO_TAIL = Caseless(r"\b(?:planned|plan|scheduled|undergoing|who|whom|their|availab\w+|willing|able|age[ds]?|years old|consent|participat\w+|enrol\w+|candidates?|specimen|sample|tissue|surgeons?|intention|intend\w*)\b|[:?*]")
# Introductions in other words than the usual.
_FOUND = r"(?:proof|documentation|documented|evidence|verification|verified|confirmation|confirmed|confirm|diagnosis|diagnosed|proven|proved)"
_LEADS = (
    (Caseless(rf"^\W*(?:patients?\s+with\s+)?(?:a\s+)?(?:histolog(?:y|ic|ical|ically)|histopatholog(?:y|ic|ical|ically)|patholog(?:y|ic|ical|ically))\s*(?:or|and/or|/|and|,)\s*cytolog(?:y|ic|ical|ically)\s*-?\s*{_FOUND}\s+(?:of|for)?\s*(?:a\s+)?(?:diagnosis\s+of\s+)?", needs=("cytolog",)), "histologically or cytologically confirmed "),
    (Caseless(rf"^\W*(?:patients?\s+with\s+)?(?:a\s+)?(?:histolog(?:ic|ical|ically)|histopatholog(?:ic|ical|ically)|patholog(?:ic|ical|ically))\s*-?\s*{_FOUND}\s+(?:of|for)?\s*(?:a\s+)?(?:diagnosis\s+of\s+)?", needs=("histo", "patho")), "histologically confirmed "),
    (Caseless(r"^\W*(?:patients?\s+with\s+|has\s+|have\s+)?(?:an?\s+|the\s+)?(?:unequivocal|definite|definitive|firm|clear|established|clinical|proven|documented|known|physician[- ]confirmed|confirmed)\s+(?:clinical\s+)?diagnosis\s+(?:of\s+)?(?:an?\s+)?", needs=("diagnosis",)), "diagnosis of "),
    (Caseless(r"^\W*(?:patients?\s+(?:who\s+)?|subjects?\s+)?(?:(?:is|are|was|were|been)\s+)?diagnosed\s+(?:as|to\s+be|to\s+have|by)\s+(?:having\s+)?(?:an?\s+)?", needs=("diagnosed",)), "diagnosed with "),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Seen:
    """The states of the disease before the words behind it, and whether words name a fact of their own."""

    states: tuple[str, ...]
    names: Callable[[str], bool]


def disease_sentence(text: str, lexer: Lexer, context: Context, read_text: ReadText) -> Read | None:
    """The one disease that an inclusion asks for, with all that is said of it; None where the words say anything else."""
    if len(text) > _LONGEST or gives_leave(text) or _OF_SOME.match(text) or _RUN_ON.search(text):
        return None
    tokens = lexer.tokens(text)

    def names(said: str) -> bool:
        return any(token.tag in _FACTS for token in lexer.tokens(said))

    if not any(token.tag == "cond" for token in tokens):
        return None
    usual = _in_usual_words(text)
    if usual != text:
        again = read_text(usual, context.kind)
        if is_whole(again.check) and _apart(again.check, context)[1] is not None:
            return _of_all(again.check, text)
    shift = len(text) - len(usual)
    ends = [token.end - shift for token in tokens if token.tag == "cond"][:_DISEASES]
    for end in reversed(ends):
        tail = usual[end:]
        if end <= 0 or not tail.strip(" .,;"):
            continue
        if _NO_TAIL.search(tail.replace("WHO", "")) or _chooses(tail, tokens, end + shift):
            return None  # as is all that stands behind a disease before it
        head = read_text(usual[:end], context.kind).check
        people, disease = _apart(head, context)
        if disease is None or not is_whole(head):
            continue
        found = _taken(disease, tail.strip(" .,;"), _PIECES, _Seen(disease.states, names))
        return _of_all(all_of([*people, found]), text) if found is not None else None
    return None


def _in_usual_words(text: str) -> str:
    """The text with a usual introduction in the place of a rare one."""
    for pattern, instead in _LEADS:
        found = pattern.match(text)
        if found is not None:
            return instead + text[found.end() :]
    return text


def _apart(check: Check, context: Context) -> tuple[tuple[Check, ...], Condition | None]:
    """What is said of the people who have a disease, and the disease, where it is needed for itself."""
    *people, disease = check.parts if isinstance(check, All) else (check,)
    if not isinstance(disease, Condition) or disease.term in _OF_NO_ORGAN or not needed_for_itself(disease, context):
        return (), None
    return tuple(people), disease if all(isinstance(leaf, Age | Sex) for part in people for leaf in leaves(part)) else None


def _chooses(tail: str, tokens: list[Token], end: int) -> bool:
    """Whether an "or" behind the disease may bring in another."""
    joint = _JOINED.search(tail)
    return joint is not None and any(token.tag == "cond" and token.start >= end + joint.start() for token in tokens)


def _taken(check: Check, tail: str, pieces: int, seen: _Seen) -> Check | None:
    """The disease with every piece of the words behind it; None where one is none that narrows it."""
    joint = _JOINT.match(tail)
    tail = tail[joint.end() :] if joint is not None else tail
    if not tail.strip(" .,;()"):
        return check
    if not pieces:
        return None
    for end in _ends(tail):
        with_piece = _with(check, tail[:end], seen)
        found = _taken(with_piece, tail[end:], pieces - 1, seen) if with_piece is not None else None
        if found is not None:
            return found
    return None


def _ends(tail: str) -> Iterator[int]:
    """Where a first piece may end, the longest first."""
    yield len(tail)
    yield from reversed([found.start() for found in _BOUNDARY.finditer(tail) if found.start() > 0])


def _with(check: Check, piece: str, seen: _Seen) -> Check | None:
    """The disease with one piece of the words behind it."""
    assert isinstance(check, Condition)
    said = piece.strip(" .,;")
    if _TWO_SENTENCES.search(said):
        return None
    if _explains(said, check) or _REFERENCE.fullmatch(said):
        return check
    how = _FOUND_SO.fullmatch(said)
    if how is not None:
        ways = tuple(dict.fromkeys(_HOW[how[name].casefold()] for name in ("first", "second") if how[name]))
        return replace(check, confirmed_by=ways) if not check.confirmed_by else None
    lasting = _LASTING.fullmatch(said) if _FOR_SO_LONG.match(said) else None
    if lasting is not None:
        return _for_so_long(check, lasting) if check.states == seen.states else None
    met = _MEETING.fullmatch(said) or _CRITERIA.fullmatch(said)
    if met is not None:
        what = _says_how(said[slice(*met.span("what"))])
        return replace(check, confirmed_by=(what,)) if not (check.confirmed_by or _NOT_MET.search(what) or _NO_WAY.search(what)) else None
    way = found_so(check, f" {said}") if not _NO_WAY.search(said) else None
    if way is not None and not _several(way):
        return way
    course = _COURSE.fullmatch(said) or _WITH_LESIONS.fullmatch(said)
    if course is not None:
        return _in_state(check, course.groupdict().get("state") or said)
    joint = _JOINED_BY.search(said)
    if joint is not None and (seen.names(said[joint.start() :]) or _CLAUSE.search(said)):
        return None
    state = stated(check, f" {said}")
    return state if state is not None and not _several(state) else None


def _says_how(said: str) -> str:
    """The name of a set of criteria without the words that lead to it."""
    return _LEADS_TO.without(said, "").strip()


def _several(check: Check) -> bool:
    """Whether a piece made more than one reading or fact of the disease."""
    return not isinstance(check, Condition) or any(isinstance(node, Ambiguous | Not) for node in nodes(check))


def _in_state(check: Condition, said: str) -> Condition:
    """The disease in a state that stands behind it, or in one of several."""
    words = " ".join(said.split())
    kinds = words.split(" or ") if _ADJECTIVES.fullmatch(words) else [words]
    return replace(check, states=tuple(f"{one} {kind}".strip() for one in check.states or ("",) for kind in kinds))


def _for_so_long(check: Condition, said: re.Match[str]) -> Condition | None:
    """The disease that has been there for so long."""
    number = Decimal(NUMBERS.get(said["number"].casefold(), 0) or said["number"])
    if check.lasting is not None or check.window is not None or check.phase:
        return None
    return replace(check, lasting=Duration(">" if said["op"].casefold() in _OVER else "≥", Span(number, said["unit"].casefold())))


_SHORT = pattern_of(r"\(\s*(?P<short>[A-Za-z][A-Za-z-]{1,9})s?\s*\)")


def _explains(said: str, check: Condition) -> bool:
    """Whether a bracket only holds an abbreviation of the disease."""
    found = _SHORT.fullmatch(said)
    if found is None or not found["short"][:2].isupper():
        return False
    letters = iter(check.term.casefold())
    return found["short"][0].casefold() in {word[0] for word in check.term.casefold().split()} and all(letter in letters for letter in found["short"].casefold() if letter.isalpha())


def _of_all(check: Check, text: str) -> Read:
    return Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))
