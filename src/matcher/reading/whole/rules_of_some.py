"""Inclusions of which only the scope was read: "if taking metformin, the dose odd", "men must odd words about sperm".

Whoever is outside the scope is not concerned, whatever the rule says.
"""

from __future__ import annotations

import re

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Medication,
    Procedure,
    Sex,
    State,
    Statement,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.whole.apart import Again

_LONGEST = 520  # characters
_PEOPLE = r"(?:patients?|subjects?|participants?|individuals?|those|volunteers?|people)"
_IF = Caseless(
    rf"\W*(?:(?:if|when)\s+(?:(?:an?|the)\s+)?(?:{_PEOPLE}\s+(?:is|are|was|were|has|have)\s+(?:been\s+)?)?(?:(?:they|he|she)\s+(?:is|are|was|were|has|have)\s+(?:been\s+)?)?|(?:for|in)\s+(?:all\s+|any\s+|the\s+)?{_PEOPLE}\s+(?:who\s+(?:are|is|were|have|has)\s+(?:been\s+)?)?)"
    r"(?P<scope>(?:(?:currently|regularly|already|previously|concurrently|concomitantly)\s+)*(?:taking|on|receiving|using|treated with|with|diagnosed with|having|having had|who (?:had|received))\s+(?!one\b|more\b|at least\b|these\b|any of\b|a new\b|no\b|non\b)[^,:;.()]{3,80}?)\s*[,:]\s*(?P<rule>\S.*)"
)
_TURNS = Caseless(r"\b(?:no|not|never|without|unless|except\w*|other than|either|cohorts?|arms?|groups?|parts?|phases?|study|trial|suspected|possible|if)\b|[<>≥≤=]|\d")
# Behind a comma a rule has a verb: other members of a list have none.
_RULE = Caseless(r"\b(?:must|should|shall|will|needs?|required|is|are|has|have|had|been|was|were)\b")
_OF_ONE_SEX = Caseless(
    r"\W*(?:(?:all|any|each|every|for|the|adult|eligible|sexually|heterosexually|active|fertile|potent|non-?sterile|non-?sterilized|non-?vasectomi[sz]ed|unsterilized|pre-?menopausal|premenopausal)\s+)*(?P<sex>females?|wom[ae]n|males?|m[ae]n)\b"
    r"(?!\s*(?:and|or|/|,|&|and/or)\s*(?:[\w-]+\s+){0,2}(?:fe)?(?:males?|men|wom[ae]n)\b)(?:\s+(?:study\s+)?(?:patients?|subjects?|participants?|volunteers?|individuals?))?(?P<bearing>\s*(?:\(wocbp\)\s*)?(?:who\s+(?:are|is)\s+)?(?:of|with)\s+(?:child-?\s?bearing|reproductive)\s+(?:potential|age|capacity)\b)?"
)
_OF_CHILDREN = Caseless(r"contracept|birth control|child-?\s?bearing|pregnan|sperm|semen|donat\w+ (?:eggs|ova|oocytes)|steril|vasectom|hysterectom|breast-?\s?feed|lactat|abstinen|abstain|condom|reproductive", needs=("contracept", "birth control", "bearing", "pregnan", "sperm", "semen", "donat", "steril", "vasectom", "hysterectom", "feed", "lactat", "abst", "condom", "reproductive"))
_DUTY = Caseless(r"\b(?:must|should|shall|agrees?|agreed|will|needs? to|required|ha(?:s|ve) to|may not|cannot|are to|is to|commit\w*)\b")
_BRACKETS = pattern_of(r"\([^()]*\)")
_LETS_IN = Caseless(r"\b(?:eligible|allowed|permitted|may be (?:enrolled|included)|can be (?:enrolled|included)|exclu\w+|enrol\w*|recruit\w*)\b")
_WOMEN_TOO = pattern_of(r"(?:[.;]\s+|\band\s+|\bor\s+|,\s*)(?:all\s+|any\s+|for\s+)*(?:females?|women|woman)\b(?!\s+partners?)", re.IGNORECASE)
_MEN_TOO = pattern_of(r"(?:[.;]\s+|\band\s+|\bor\s+|,\s*)(?:all\s+|any\s+|for\s+)*(?:males?|men|man)\b(?!\s+(?:sexual\s+)?partners?)", re.IGNORECASE)


# "Prior neuropathy requires consultation with the investigator": what the staff does then, or how it must be with those who have it.
_REQUIRES = Caseless(
    rf"\W*(?:{_PEOPLE}\s+with\s+)?(?P<scope>(?P<ever>(?:(?:an?|any)\s+)?(?:prior|previous|past|histor(?:y|ies)\s+of)\s+)?(?:(?!\b(?:that|which|who|may|might|not|will|would|should|must|can|could|to|does|do|likely|and|or)\b)[\w'/-]+\s*){{1,7}}?)"
    r"(?:\s+(?:requires?|necessitates?|must be(?=\s+documented\b))\s+|\s*:\s*(?=(?:consult|contact|discuss|notify|call)\b))(?P<rule>[^;:]+)",
    needs=("require", "necessitate", "documented", "consult", "contact", "discuss", "notify", "call"),
)
_OF_THE_STAFF = Caseless(r"(?:(?:an?|the|prior|written|further|additional|specific)\s+)*(?:consult\w*|discuss\w*|approval|permission|review|notif\w*|clearance|contact\w*|agreement|waiver|evaluation|call)\b")


def of_those_with_it(read: Read, text: str, again: Again) -> Read:
    """The rule that a disease or a treatment "requires" as one for those who have it; in doubt where that may be asked of all."""
    found = _REQUIRES.fullmatch(text) if len(text) < _LONGEST and isinstance(next(iter(leaves(read.check))), Condition | Medication | Procedure) else None
    scope = _scope(text[slice(*found.span("scope"))], again) if found is not None else None
    if found is None or scope is None:
        return read
    rule: Check = When(scope, Unread(clean(text)))
    if not found["ever"] and not _OF_THE_STAFF.match(text, found.start("rule")):
        rule = Ambiguous((rule, read.check))
    return Read(rule, ((0, len(text)),) * len(leaves(rule)))


def of_some_only(read: Read, text: str, again: Again) -> Read:
    """The rule for those whom it concerns, where nothing of a criterion is certain; the reading itself where it may be one for all."""
    first = next(iter(leaves(read.check)))
    if len(text) > _LONGEST or "\n" in text or text.rstrip().endswith(":") or not isinstance(first, Unread | Statement) or not isinstance(read.check, Unread | Statement | Ambiguous):
        return read
    said = _IF.fullmatch(text)
    if said is not None and text[said.end("scope") :].lstrip().startswith(",") and not _RULE.search(text, said.start("rule")):
        return read
    scope = _scope(text[slice(*said.span("scope"))], again) if said is not None else _sex(text)
    if scope is None:
        return read
    words = read.check if said is None and not any(isinstance(node, When) for node in nodes(read.check)) else Unread(clean(text))
    return Read(When(scope, words), ((0, len(text)),) * (len(leaves(scope)) + len(leaves(words))))


def _scope(words: str, again: Again) -> Check | None:
    """Whom a condition names by what they have or take, whenever that was."""
    if _TURNS.search(words):
        return None
    check = again(f"patients {words}").check
    facts = [leaf for leaf in leaves(check) if isinstance(leaf, Condition | Medication | Procedure)]
    if not all(isinstance(node, Condition | Medication | Procedure | Any) for node in nodes(check)):
        return None
    return any_of(list(dict.fromkeys(map(_ever, facts))))


def _ever(fact: Condition | Medication | Procedure) -> Check:
    """Everything of the kind of a fact, whenever it was."""
    return Condition(fact.term, "history") if isinstance(fact, Condition) else Medication(fact.term, "any") if isinstance(fact, Medication) else Procedure(fact.term)


def _sex(text: str) -> Check | None:
    """The sex of those of whom a duty about children to come is asked."""
    found = _OF_ONE_SEX.match(text) if _OF_CHILDREN.search(text) and not _LETS_IN.search(text) else None
    if found is None or not _DUTY.search(_BRACKETS.sub(" ", text[found.end() :])):
        return None
    female = text[found.start("sex")].casefold() in "fw"
    if (_MEN_TOO if female else _WOMEN_TOO).search(text, found.end()):
        return None
    return All((Sex("female"), State("childbearing potential"))) if female and found["bearing"] else Sex("female" if female else "male")
