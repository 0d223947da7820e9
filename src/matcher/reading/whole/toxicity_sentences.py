"""A whole criterion about what earlier treatments have left: "recovered to grade 1 from all toxicities of prior therapy, except alopecia".

Every word of it is one of treatments, their ill effects, grades and recovery; what is excepted is named. Anything else leaves it unread.
"""

from __future__ import annotations

import re

from matcher.model.language import All, Any, Check, Condition, Exempt, Not, Statement
from matcher.model.patterns import pattern_of
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Vocabulary

SPEAKS_OF_TOXICITY = ("oxicit", "any AE", "dverse", "ide effect", "ide-effect", "oxic effect", "cute effect")
TOXICITY = "toxicity of earlier treatment"
"""The concept that every ill effect of a treatment may be."""
_RECOVERED = "recovered from the effects of earlier treatment"  # as it is asked of people, whose answer settles it

_LEFT = Caseless(r"\b(?:toxicit(?:y|ies)|side[- ]effects?|adverse (?:events?|effects?|reactions?)|toxic (?:side )?effects?|acute effects|AEs?)\b")
_EARLIER = Caseless(r"\b(?:prior|previous|earlier|preceding|past|most recent|recent|last|previously|anti-?\s?(?:cancer|tumou?r|neoplastic)|cancer|such)\b")
_TREATMENT = Caseless(r"\b(?:therap(?:y|ies)|treatments?|chemotherap(?:y|ies)|radiotherapy|radiation|agents?|medications?|drugs?|surgery|immunotherapy|regimens?|interventions?)\b")
_GONE = Caseless(r"\b(?:recover(?:ed|y)?|resol(?:ved?|ution)|returned|return|improved|improvement|restored|subsided|reduced)\b")
_NOT_GONE = Caseless(r"\b(?:not|unresolved|persist(?:ent|ing|s)?|ongoing|residual|remaining|failure|failed|existing|continuing|unrecovered|no)\b")
_LEFT_OVER = Caseless(r"\b(?:unresolved|persist(?:ent|ing)|ongoing|residual|remaining|existing|continuing|unrecovered)\b")
_DENIED = Caseless(r"^\W*(?:(?:patients?|subjects?|participants?|must|should|have|has|with|there|is|are)\s+)*(?:no|without|absence of(?: any)?|free of)\b")
_NOT_YET = Caseless(r"\b(?:not(?: yet| fully| adequately| been| completely)*\s+(?:recovered|resolved|returned|improved|subsided|been|yet|fully|adequately|restored)|(?:did|does|do) not (?:fully |adequately )?recover|(?:inadequate|incomplete) recovery|failure to (?:fully |adequately )?recover|failed to recover)\b")
_DUTY = Caseless(r"\b(?:must|should|shall|need)\b")
_GRADED = pattern_of(r"(?P<op>≤|<=|=<|<|≥|>=|=>|>|less than or equal to|no (?:more|greater|higher) than|at least|greater than or equal to|equal to or greater than|greater than|more than|higher than|less than|below)?\s*(?:(?:nci|ctcae?|common|terminology|toxicity|criteria|for|adverse|events?|version|ver\.?|v\.?|[\d.]+(?=\s*(?:grade|\)|,|toxicity))|\(|\)|-|,)\s*)*(?:grade|level)s?\s*(?P<inner>≤|<=|=<|<|≥|>=|=>|>|less than or equal to|of|or)?\s*(?P<grade>[0-4]|I{1,3}|IV)(?P<more>\s*(?:or|and|/|-|to)\s*(?P<other>[0-4]|I{1,3}|less|lower|better|below|baseline|greater|higher|more|above|worse))?", re.IGNORECASE)
_LONG_AGO = Caseless(r"\b(?<=agents )(?:administered|received|given)\s+(?:more than|at least|over|>|≥)\s*\d+\s*(?:weeks?|days?|months?)\s+(?:earlier|previously|before|prior|ago)\b(?!\s+to\b)|(?<=agent )(?:administered|received|given)\s+(?:more than|at least|over|>|≥)\s*\d+\s*(?:weeks?|days?|months?)\s+(?:earlier|previously|before|prior|ago)\b(?!\s+to\b)")
_TWO_SENTENCES = pattern_of(r"[.;]\s+[A-Z]")
_UNREAD_LIMIT = pattern_of(r"grade|[<>≤≥]|(?<![\d.v])\d+(?![\d.])", re.IGNORECASE)
_VERSION = pattern_of(r"\b(?:version|ver\.?|v\.?)?\s?\d\.\d+|\b(?:version|v)\s?\d\b", re.IGNORECASE)
_EXCEPT = Caseless(r"[\s,;(\[]*\b(?:except(?:ing|ion)?(?:\s+(?:for|of|in the case of))?|excluding|other than|with(?: the)? exceptions?(?: of)?|not including|apart from|but not|aside from)\b[\s:]*")
_WORD = pattern_of(r"[a-z][a-z'’/-]*|[^\w\s]")
_WORDS = pattern_of(
    r"patients?|subjects?|participants?|individuals?|those|who|that|did|does|do|inadequate|incomplete|major|such|which|must|should|shall|need|have|has|had|having|be|been|being|is|are|was|were|to|of|from|due|related|relating|associated|attributed|attributable|caused|resulting|derived|arising|secondary|by|with|the|any|all|an?|and|or|and/or|not|no|yet|"
    r"adequate(?:ly)?|full(?:y)?|complete(?:ly)?|sufficient(?:ly)?|substantial(?:ly)?|appropriate(?:ly)?|clinically|significant|relevant|reversible|acute|chronic|late|toxic|toxicit(?:y|ies)|side|side-effects?|adverse|effects?|events?|reactions?|ae|aes|sequelae|complications?|post-?operative|symptoms|non-?h(?:a)?ematolog\w+|h(?:a)?ematolog\w+|therapy-related|treatment-related|drug-related|chemotherapy-related|radiation-related|"
    r"recover(?:ed|y)?|resolv(?:ed|e)|resolution|returned|return|improved|improvement|restored|subsided|reduced|unresolved|persist(?:ent|ing|s)?|ongoing|residual|remaining|failure|failed|existing|continuing|unrecovered|presence|documented|evidence|"
    r"prior|previous|previously|earlier|preceding|past|most|recent|last|administered|received|given|anti-?cancer|anticancer|anti-?tumou?r|antitumou?r|anti-?neoplastic|antineoplastic|cancer|tumou?r|systemic|local|cytotoxic|targeted|biologic(?:al)?|hormonal?|endocrine|investigational|approved|including|experimental|study|other|standard|"
    r"therap(?:y|ies)|treatments?|chemotherap(?:y|ies)|chemo|radiotherapy|radiation|chemoradiation|chemoradiotherapy|radio-?chemotherapy|immunotherapy|agents?|medications?|drugs?|surgery|surgeries|surgical|procedures?|regimens?|interventions?|modalities|"
    r"grades?|level|nci|nci-ctcae|nci-ctc|ctcae?|ctc|common|terminology|criteria|for|version|ver|v|national|institute|institute-|baseline|level|levels|or|less|lower|better|below|equal|greater|higher|more|above|worse|than|at|least|i|ii|iii|iv|ie|i\.e|eg|e|defined|as|according|per|on|in|"
    r"prior|before|start|first|dose|enrol+ment|registration|randomi[sz]ation|study|trial|entry|screening|time|inclusion|initiation|beginning|starting|this|their|its|such|severity|intensity|status|normal|"
    r"[≤≥<>=():,.;/\[\]•*-]",
    re.IGNORECASE,
)
_MAY_STAY = pattern_of(
    r"alopecia|hair|loss|thinning|neuropath(?:y|ies)|peripheral|sensory|motor|neurotoxicity|neurotoxicities|fatigue|asthenia|vitiligo|lymphopenia|leukopenia|an(?:a)?emia|thrombocytopenia|neutropenia|h(?:a)?emoglobin|skin|cutaneous|rash|pigmentation|hyperpigmentation|discoloration|discolouration|nail|changes?|hearing|ototoxicity|tinnitus|"
    r"endocrine|endocrinopath(?:y|ies)|hypothyroidism|hypothyroid|thyroid|adrenal|insufficiency|hormone|replacement|therapy|taste|dysgeusia|xerostomia|dry|mouth|libido|hot|flashes|infertility|menopause|nausea|anorexia|creatinine|clearance|"
    r"laboratory|values?|abnormalit(?:y|ies)|toxicit(?:y|ies)|toxic|adverse|events?|effects?|side|stable|chronic|irreversible|permanent|persistent|residual|controlled|managed|treated|clinically|significant|insignificant|non-significant|any|all|grades?|nci|ctcae|i|ii|or|and|and/or|less|lower|of|other|not|to|is|are|be|that|which|with|the|a|"
    r"such|as|than|equal|greater|due|chemotherapy-induced|induced|platinum|oxaliplatin|considered|safety|risk|for|patients?|subjects?|can|may|allowed|permitted|permissible|acceptable|eligible|eg|etc|[≤≥<>=():,.;/\[\]•*-]",
    re.IGNORECASE,
)
_ITEM = pattern_of(r"\s*(?:,|;|\band/or\b|\band\b|\bor\b(?!\s*(?:less|lower|equal|greater|higher)))\s*", re.IGNORECASE)
_OF_GRADE = pattern_of(r"[(\[]?\s*(?:of\s+)?(?:any grade|(?:(?:nci|ctcae)\s*)*grade\s*(?P<op>≤|<=|=<|<)?\s*(?P<grade>[1-3])(?P<or>\s*or (?:less|lower|below))?|(?P<before>≤|<=|=<)\s*grade\s*(?P<low>[1-3])|grade\s*1\s*(?:or|and|-|/)\s*(?P<top>[2-3]))\s*[)\]]?", re.IGNORECASE)


def toxicity_sentence(text: str, kind: str, vocabulary: Vocabulary) -> Read | None:
    """What may be left of earlier treatments, as a whole criterion says it; None where it says anything else."""
    cut = _EXCEPT.search(text)
    said, behind = (text[: cut.start()], text[cut.end() :]) if cut is not None else (text, "")
    said = _LONG_AGO.without(said)
    if _TWO_SENTENCES.search(said) or not (_LEFT.search(said) and _TREATMENT.search(said) and _EARLIER.search(said)) or not all(map(_WORDS.fullmatch, _WORD.findall(said.lower()))):
        return None
    left = _is_left(said, kind)
    grades = _grades(said, left=left)
    exempts = _exempts(behind, vocabulary)
    if left is None or grades is None or exempts is None:
        return None
    leaf = Condition(TOXICITY, stages=grades, other_than=exempts)
    recovered = Statement(_RECOVERED)
    check: Check = Any((Not(leaf), recovered)) if kind == "inclusion" else All((leaf, Not(recovered)))
    return Read(check, ((0, len(text)),) * 2)


def _is_left(said: str, kind: str) -> bool | None:
    """Whether the words tell of what is left, or of what is gone; None where an inclusion does not ask that nothing is left, nor an exclusion keep out for it."""
    if kind == "exclusion":
        left, not_yet = _LEFT_OVER.search(said) is not None, _NOT_YET.search(said) is not None
        return left if (left or not_yet) and not _DUTY.search(said) and not _DENIED.search(said) else None
    if _DENIED.search(said):
        return True if not _GONE.search(said) else None
    return False if _GONE.search(said) and not _NOT_GONE.search(said) else None


_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _ROMAN[said.upper()]


def _grades(said: str, *, left: bool | None) -> tuple[str, ...] | None:
    """The grades that may not be left: none for all; None where a grade is not understood."""
    found = list(_GRADED.finditer(said))
    if _UNREAD_LIMIT.search(_VERSION.sub(" ", _GRADED.sub(" ", said))):
        return None
    if not found:
        return ()
    limits = {_highest(one, left=left) for one in found}
    if len(limits) != 1 or None in limits:
        return None
    most = limits.pop()
    assert most is not None
    return tuple(str(grade) for grade in range(most + 1, 6))


def _highest(found: re.Match[str], *, left: bool | None) -> int | None:
    """The highest grade that may be left."""
    op = (found["inner"] or "").lower()
    op = op if op not in ("", "of", "or") else (found["op"] or "").lower()
    grade, other = _number(found["grade"]), (found["other"] or "").lower()
    if other in ("greater", "higher", "more", "above", "worse"):
        return grade - 1 if not op else None
    if other and other not in ("less", "lower", "better", "below", "baseline"):
        grade = max(grade, _number(other))
    if op in ("≥", ">=", "=>", "at least", "greater than or equal to", "equal to or greater than"):
        return grade - 1
    if op in (">", "greater than", "more than", "higher than"):
        return grade
    if op in ("<", "less than", "below"):
        return grade - 1
    if not op and left and not other:
        return None  # "grade 2 toxicity" that is left: of that grade, or from it on
    return grade


def _exempts(behind: str, vocabulary: Vocabulary) -> tuple[Exempt, ...] | None:
    """What may be left all the same; None where words there speak of something else."""
    words = behind.strip(" .;,)]")
    if not words:
        return ()
    if not all(map(_MAY_STAY.fullmatch, _WORD.findall(words.lower()))) or re.search(r"[.;]\s", words):
        return None
    found: list[Exempt] = []
    for item in _ITEM.split(words):
        plain = " ".join(_OF_GRADE.sub(" ", item).split()).strip(" ()[].,")
        graded = _OF_GRADE.search(item)
        concept = vocabulary.condition(plain)
        if concept is None or re.search(r"\d", plain):
            return (*dict.fromkeys(found), Exempt(state=" ".join(words.split())))
        found.append(Exempt(concept.label, stages=_stages(graded)))
    return tuple(dict.fromkeys(found))


def _stages(graded: re.Match[str] | None) -> tuple[str, ...]:
    said = graded and (graded["top"] or graded["low"] or graded["grade"])
    if graded is None or not said:
        return ()
    most = int(said) - (graded["op"] == "<")
    return tuple(str(grade) for grade in range(most + 1))
