"""A whole exclusion about what somebody is allergic to, where its list was not read: "allergy, or intolerance, to A, B or drugs like them".

The sentence is a head that names allergies only, "to", and names of substances. Everything else in it leaves it unread.
"""

from __future__ import annotations

import re

from matcher.model.language import Allergy, Check, Not, Statement
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.doubts.doubted_words import BORNE, TO_WHATEVER
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Lexer
from matcher.reading.terms.allergies import AND_SO_ON, GOES_ON, SO_MANY, SUBSTANCE
from matcher.vocabulary import Vocabulary

_PEOPLE = r"(?:(?:patients?|subjects?|participants?|individuals?|persons?|people|volunteers?|those|who|that|the|any|a|an|all|has|have|had|having|with|is|are|be|being|of|or|presence|evidence|to|in|suspicion|demonstrated|current)\s+)*"
_SEVERE = r"(?:severe|serious|life[- ]threatening|major)"
_SAID = r"(?:(?:known|suspected|documented|confirmed|previous(?:ly)?|prior|past|personal|medical|history|of|or|and/or|and|an?|any|having|experienced|demonstrated|immediate|delayed|type|possible|potential|to be|established|antecedents|presence)[\s,/]+)*"
_ONE = (
    r"(?:(?:drug-specific\s+)?(?:pseudo-?)?(?:allerg(?:y|ies|ic)|hyper-?\s?sensitivit(?:y|ies)|hyper-?sensitive|hyper-?sensibility|sensitivit(?:y|ies)|intoleran(?:ces?|t)|anaphyla(?:xis|ctic)|idiosyncra(?:sy|tic))"
    r"(?:\s+(?:shock|(?:drug\s+)?reactions?|responses?|type reactions?|history|disorders?))?(?:\(s\))?)"
)
_HEAD = Caseless(
    rf"\W*{_PEOPLE}{_SAID}(?P<severe>{_SEVERE}(?:\s+(?:or|and/or)\s+{_SEVERE})?\s+(?!(?:or|and|and/or)\b))?{_SAID}(?P<heads>{_ONE}(?:\s*(?:,|/|\bor\b|\band/or\b|\band\b)+\s*{_SAID}{_ONE}|\s+or\s+who\s+have\s+{_SAID}{_ONE})*)"
    rf"(?P<graded>\s*\((?:≥|>=|>|=>)?\s*(?:ctcae\s+|nci\s+)?grade\s*(?:≥|>=|>)?\s*[34](?:\s*(?:or|and|/|-)\s*(?:4|higher|greater|above|more))?\))?"
    rf"\s+(?:to|toward|towards|against|attributed to)(?:\s*,?\s*(?:or|and|and/or)\s+{_SAID}{_ONE}\s+(?:to|of|with),?)?\s+(?:(?:the\s+)?(?:study|trial)\s+(?:drugs?|medications?|products?|treatments?|agents?)\s*:\s*)?(?=\S)",
)
_ONLY_ANAPHYLAXIS = Caseless(r"[^a-z]*anaphyla\w+(?:\s+(?:shock|reactions?))?[^a-z]*")
_PLACES = Caseless(
    r"(?:\s+(?:at (?:screening|baseline)|(?:is|are) not eligible|(?:are|is|will be|must be|should be) excluded(?: from (?:the|this) study)?))?[\s.;,]*$"
)
_SPLIT = pattern_of(r"\s*(?:,?\s*\b(?:including|such as|like|especially|for example|e\.g\.),?\s(?!but\b)|,\s*(?:and/or|or|and)\b|,|;|\band/or\b|\bor\b(?:\s+to\b)?)\s*", re.IGNORECASE)
_BRACKET = pattern_of(r"\s*\([^()]*\)")
_OTHER = pattern_of(r"^(?:(?:to|against)\s+)*(?:any\s+(?!of\b))?(?:other\s+|another\s+)?", re.IGNORECASE)
_AGAIN = pattern_of(rf"^{_SAID}(?:allerg(?:y|ies)|hyper-?sensitivit(?:y|ies)|intolerances?)\s+to\s+", re.IGNORECASE)
# Letters and figures that name a substance: no dose, no grade.
_CODE = pattern_of(r"\b[A-Za-z]{1,6}-?\d{2,7}(?:-\d+)?[A-Z]?\b|\b(?:polysorbate|tween)[- ]\d{2}\b", re.IGNORECASE)
_LONGEST = 9  # words of a name
SPEAKS_OF_ALLERGY = ("llerg", "LLERG", "ensitiv", "ENSITIV", "ensibil", "ntoleran", "diosyncra", "naphyla")
# Words that say something of a substance, of a time or of somebody, and are no part of its name.
_SAYS = Caseless(
    r"\b(?:that|which|who|whom|whose|was|were|been|being|has|have|had|will|would|may|might|can|could|should|must|if|when|while|unless|except\w*|but|not|no|without|other than|within|after|before|during|following|since|until|prior|previous\w*|"
    r"history|current\w*|require\w*|requiring|prevent\w*|preclud\w*|interfer\w*|caus\w*|resulting|defined|including|such as|e\.g|pregnan\w*|breast\w*|lactat\w*|unable|unwilling\w*|participat\w*|using|taking|receiving|undergo\w*|known|"
    r"presence|evidence|diagnos\w*|abuse|planned|contraindicat\w*|women|men|patients?|subjects?|following|these|days?|weeks?|months?|years?|life|death|serious|severe|uncontrolled|chronic|acute|disease|disorders?|infection|surgery|asthma|"
    r"urticaria|anaphyla\w*|allerg\w*|hyper-?sensi\w*|sensitivity|intoleran\w*|difficulty|idiosyncra\w*|induced|\w+penia|abnormal|values?|above|below|mentioned|i\.e|reactions?|responses?|tests?|grade|exclu\w*|conditions?|syndrome|all|both|either|exposure|failure|toxicity|resistance|adverse|events?|heat|cold|exercise|activity|pain|light|because|due|for|in|at|as|by|from|on|with|and|is|are)\b|[<>≥≤=:]|\d{2}",
)
_MAY_STAND = pattern_of(
    r"\b(?:(?:drugs?|medications?|compounds?|agents?|medicines?|products?|substances?|chemicals?) (?:(?:of|with|in|from) (?:a |the |its |their )?(?:similar|same|like|comparable|related) (?:chemical(?:ly)? |chemical or biologic |biologic |structural )?(?:class(?:es)?|structures?|composition|related|origin)?|used in (?:the|this) (?:study|trial))|"
    r"(?:chemical(?:ly)? |structurally )?(?:related|similar) (?:drugs?|compounds?|agents?|medications?)|(?:drugs?|agents?|products?|medications?) (?:that (?:are|is) )?(?:formulated|prepared) (?:with|in)|in (?:the|this) (?:study|trial|formulation|vaccine|study drug)|used in (?:the|this) (?:study|trial)|in its formulation)\b",
    re.IGNORECASE,
)
_NAMED = Caseless(rf"\W*{_PEOPLE}{_SAID}(?P<severe>{_SEVERE}\s+)?(?P<name>(?:[a-z0-9-]+ ){{1,3}})(?:allergy|hypersensitivity)[\s.;]*$")
_NO_NAME = Caseless(
    r"\b(?:drugs?|foods?|multiple|several|many|seasonal|environmental|perennial|skin|contact|active|acute|recent|relevant|inhalant|medication|immune|mediated|type|i|iv|delayed|immediate|no|not|non|without|history|or|and|of|to|any|other|for|from|significant|"
    r"severe|atopic|known|tooth|teeth|dentin|pain|insulin|airway|bronchial|cold|\w+(?:al|ic|ous|ary|ar|ed|ing|able|ible))\b"
)


# Before what an inclusion denies.
_DENIED = Caseless(rf"\W*{_PEOPLE}(?:(?:must|may|should|do|does|can|are|is)\s+not\s+(?:have|be|had)|no|without|absence of|not)\s+(?=\S)")


def denied_allergies(text: str, vocabulary: Vocabulary) -> Read | None:
    """The allergies that a whole inclusion says nobody has: "must have no known allergy to A or B"."""
    lead = _DENIED.match(text)
    read = allergy_sentence(text[lead.end() :], vocabulary) if lead is not None else None
    return None if read is None else Read(Not(read.check), ((0, len(text)),) * len(read.spans))


def allergy_sentence(text: str, vocabulary: Vocabulary) -> Read | None:
    """The allergies that a whole exclusion names; None where it says anything else."""
    if TO_WHATEVER.search(text):
        return None
    head = _HEAD.match(text)
    if head is None:
        return _one_named(text, vocabulary)
    end = _PLACES.search(text, head.end())
    rest = text[head.end() : end.start() if end is not None else len(text)]
    if _ONLY_ANAPHYLAXIS.fullmatch(head["heads"]):
        return None
    names = _names(rest, vocabulary)
    if names is None or ("tolera" in head["heads"].lower() and any(map(BORNE.search, names))):
        return None
    severe = head["severe"] is not None or head["graded"] is not None
    checks = [_allergy(name, vocabulary, severe=severe) for name in names]
    return _whole(any_of(checks), text)


def _names(rest: str, vocabulary: Vocabulary) -> list[str] | None:
    """The substances that the end of a sentence lists; None where something there is no substance."""
    found: list[str] = []
    if rest.count("(") != rest.count(")"):
        return None
    hidden = _BRACKET.sub(lambda bracket: bracket[0].replace(",", "\0").replace(" or ", " \1 "), rest)
    for part in _SPLIT.split(hidden):
        name = part.replace("\0", ",").replace("\1", "or").strip(" .;,-")
        name = _AGAIN.sub("", name) if found else name
        plain = _BRACKET.sub("", name)
        if not name or AND_SO_ON.fullmatch(name):
            continue
        if SO_MANY.match(name):
            return None
        if any(_SAYS_MORE.search(bracket[0]) for bracket in _BRACKET.finditer(name)):
            return None  # the names of what is meant, or those whom it concerns
        if len(plain) < 3 or len(plain.split()) > _LONGEST or _SAYS.search(_CODE.sub(" ", _MAY_STAND.sub(" ", plain))) or "(" in plain:
            return None
        if found and ((_RELATED.search(found[-1]) and not _ANEW.match(name)) or not _is_substance(plain, vocabulary)):
            return None  # "components of A or B": perhaps those of B
        if any(token.tag in _NO_SUBSTANCE for token in Lexer(vocabulary, {}).tokens(plain)):
            return None
        found.append(name)
    adjectives = [_ADJECTIVE.fullmatch(_BRACKET.sub("", name)) is not None for name in found]
    if any(adjectives):
        return [" ".join(rest.split()).strip(" .;,-")] if all(adjectives[:-1]) and not adjectives[-1] else None
    return [_plain_name(name) for name in found] or None


_NO_SUBSTANCE = frozenset(("cond", "proc", "state", "history", "age", "sex"))


def _is_substance(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name behind a joint goes on with the list of substances."""
    words = name.split()
    return vocabulary.treatment(name) is not None or GOES_ON.match(name) is not None or SUBSTANCE.search(name) is not None or len(words) == 1 or all(word[0].isupper() or word[0].isdigit() for word in words)


_SAYS_MORE = Caseless(r",|\b(?:for|patients?|subjects?|participants?|assigned|arms?|cohorts?|groups?|if|unless|except\w*|only|when|who)\b")
_OF_THIS_TRIAL = ("investigational drugs",)
_RELATED = Caseless(r"\b(?:of|to|in|containing|with)\b")
_ANEW = Caseless(r"(?:to|any|the|its|their|other|another|drugs?|agents?|compounds?|medications?|excipients?|components?|ingredients?|related|similar|topical)\b")
_ADJECTIVE = Caseless(r"(?:(?:the|any|other|of)\s+)*(?:recombinant\s+)?(?:human(?:i[sz]ed)?|murine|chimeric|mouse|bovine|recombinant|active|inactive|oral|topical|local|natural|synthetic|chemical(?:ly)?|biologic(?:al)?)")
_GENERIC = Caseless(r"(?:drugs?|agents?|medications?|medicines?|products?|substances?|compounds?|components?|treatments?|antibod(?:y|ies))")


def _plain_name(name: str) -> str:
    """A name without "to any other" before it, where what stands behind that is more than "drugs"."""
    bare = _OTHER.sub("", name)
    return name.removeprefix("to ") if _GENERIC.fullmatch(bare) else bare


def _one_named(text: str, vocabulary: Vocabulary) -> Read | None:
    """ "Beef allergy"."""
    found = _NAMED.fullmatch(text)
    if found is None or _NO_NAME.search(found["name"]):
        return None
    name = text[found.start("name") : found.end("name")].strip()
    return _whole(_allergy(name, vocabulary, severe=found["severe"] is not None), text)


def _allergy(name: str, vocabulary: Vocabulary, *, severe: bool) -> Check:
    concept = vocabulary.treatment(_BRACKET.sub("", name))
    term = concept.label if concept is not None and concept.label not in _OF_THIS_TRIAL else name
    return all_of([Allergy(term), Statement(f"severe allergy to {term}")]) if severe else Allergy(term)


def _whole(check: Check, text: str) -> Read:
    return Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))
