"""The shapes in which people write down who a patient is: one row for each, tried in this order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from matcher.model.patterns import pattern_of

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_BIRTH_CUE = (
    r"(?:\b(?:born|birth\s?da(?:te|y)|date\s+of\s+birth|year\s+of\s+birth|geb(?:oren|\.)|née?\s+le|nacid[oa]\s+el)"
    r"|\bd\.?\s?o\.?\s?b\b\.?|(?<![\w.])(?-i:b)\.)"
)
_BIRTH_DATE = (
    r"(?:\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s/.-]{{0,2}}{_MONTH}(?:[\s,/.-]*\d{{2,4}})?"
    rf"|{_MONTH}[\s,/.-]*\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:[\s,]+\d{{4}})?"
    rf"|{_MONTH}[\s,/-]*\d{{4}}"
    r"|\d{1,2}/\d{4}|\d{8})(?!\d)"
)
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİŁŃŇŐŒŘŚŞŠŤŪŮŰŹŻŽ]"
_AT = r"\s?(?:@|\(at\)|\[at\])\s?"
_DOT = r"(?:\.|\s?[(\[]dot[)\]]\s?)"
# A quantity goes on with a unit; an identifier does not.
_NO_UNIT = (
    r"(?!\d)(?![.,]\d)(?!\s?(?:[x×*/%^‰°µμ]|10\^|copies|cells?\b|cop/|iu\b|i\.u\.|u/|mi?u\b|miu|[kmgnpf]?mol|[munpk]?g\b"
    r"|[munp]?g/|kda|bp\b|[mµu]?l\b|mm\b|cm\b|m2\b|days?\b|weeks?\b|months?\b|years?\b|units?\b|particles|genomes|vg\b|cfu|pfu))"
)
_MARKER = r"(?:\s*(?:no\b\.?|nos\b\.?|nr\b\.?|num(?:ber)?\b|id(?:entifier)?\b|#|№))"
_JOIN = r"[ \t]*(?:[:=.#-]|\bis\b)?[ \t]*"
_STRONG = (
    r"\b(?:mrn|mr\s?#|medical\s+record|health\s+record|nhs|chi|ssn|social\s+security|medicare|medicaid|passport"
    r"|national\s+insurance|national\s+id(?:entity)?|health\s+(?:card|insurance)|driv(?:er['’]?s|ing)\s+licen[cs]e|urn|uhid|pesel|nino)(?![A-Za-z])"
)
_WEAK = (
    r"\b(?:hospital|patient|subject|case|chart|file|record|account|acct|admission|encounter|visit|accession|insurance|policy|member|unit"
    r"|bsn|nir|phn|ihi|ni|tax|pat(?:ient)?[.-]?)"
)
_TOKEN = r"(?!(?:NCT|EUCTR|ISRCTN|ACTRN|JPRN|DRKS|UMIN)\w*\d)[A-Za-z]{0,4}[-/ ]?\d(?:[ /-]?\d){%s,17}[A-Za-z]?(?!\w)"
_CODE_CUE = (
    r"\b(?:snomed(?:\s?ct)?|sctid|sct|loinc|pmid|pmcid|doi|eudract|ctis|umls|cui|rxnorm|icd(?:-?1[01])?|mesh|orpha(?:net)?|omim|mondo|hpo|atc|code"
    r"|gtin|lot|batch|protocol|study|trial|load|dna|rna|count|titre|titer|copies|genbank|dbsnp|rs)"
    r"(?:\s*(?:id|no\.?|number|code|was|is|of|level))?\s*[:=#]?\s*"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of writing an identifier: its pattern (group "it" where the cue is not part of it) and a further test."""

    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] = lambda found: True


def _digits(found: re.Match[str]) -> str:
    return re.sub(r"\D", "", found["it"])


def _over_89(found: re.Match[str]) -> bool:
    years = int(found["years"])
    if years != 90:
        return 90 < years <= 130
    before = found.string[max(0, found.start("years") - 15) : found.start("years")]
    return not (_OVER.search(before) or _OR_OVER.match(found.string, found.end("years")))


def _digits_between(fewest: int, most: int) -> Callable[[re.Match[str]], bool]:
    return lambda found: fewest <= len(_digits(found)) <= most


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits end in the check digit of an NHS number (modulus 11)."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check % 11 == int(digits[9]) and check != 10


def _is_long_number(found: re.Match[str]) -> bool:
    digits = _digits(found)
    before = found.string[max(0, found.start("it") - 40) : found.start("it")]
    return not digits.endswith("000") and not _CODE_BEFORE.search(before)


# "90 or over" names nobody.
_OVER = pattern_of(r"(?:[>≥]|\b(?:over|above|older than|more than|at least))\s*$", re.IGNORECASE)
_OR_OVER = pattern_of(
    r"\s*(?:\+|(?:years?|yrs?)?(?:\s*(?:old|of age))?\s*(?:or|and)\s+(?:over|older|above|more|up)\b)", re.IGNORECASE
)
_CODE_BEFORE = pattern_of(_CODE_CUE + "$", re.IGNORECASE)
_YEARS = r"(?P<years>\d{2,3})(?!\d)(?:[.,]\d+)?"
_AGE = r"(?<![\w.,/])" + _YEARS
_TEENS = r"(?:ninety|one[\s-]hundred)(?:[\s-](?:and[\s-])?(?:one|two|three|four|five|six|seven|eight|nine))?"


def _shape(kind: str, pattern: str, holds: Callable[[re.Match[str]], bool] = lambda found: True) -> Shape:
    return Shape(kind, pattern_of(pattern, re.IGNORECASE), holds)


SHAPES = (
    _shape("e-mail", rf"(?P<it>[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,6}})"),
    _shape("birth-date", rf"(?P<it>{_BIRTH_CUE}\)?(?:[:=,\s-]|\b(?:on|in|is|was|the)\b){{0,6}}{_BIRTH_DATE})"),
    _shape("record-number", rf"(?P<it>{_STRONG}{_MARKER}?{_JOIN}{_TOKEN % 2})"),
    _shape("record-number", rf"(?P<it>{_WEAK}{_MARKER}{_JOIN}{_TOKEN % 4})"),
    _shape("record-number", r"(?<![\w.-])(?P<it>\d{3}-\d{2}-\d{4})(?![\w-])"),
    _shape(
        "record-number",
        r"(?<![\w.,+-])(?P<it>\d{3} \d{3} \d{4})" + _NO_UNIT,
        lambda found: is_nhs_number(_digits(found)),
    ),
    _shape(
        "phone",
        r"(?<![\w^.+])(?P<it>(?:\+|00)[1-9]\d{0,2}(?:[ .-]?\(?\d{1,5}\)?){2,6})" + _NO_UNIT,
        _digits_between(9, 15),
    ),
    _shape("phone", r"(?<![\w^.+-])(?P<it>(?:1[-. ])?\(\d{3}\) ?\d{3}[-. ]\d{4})(?!\w)"),
    _shape("phone", r"(?<![\w^.+/-])(?P<it>(?:1[-. ])?\d{3}([-. ])\d{3}\2\d{4})(?!-)" + _NO_UNIT),
    _shape(
        "phone",
        r"(?<![\w^.,+/-])(?P<it>\(?0\d{2,5}\)?[ -]\d{3,8}(?:[ -]\d{2,6}){0,2})" + _NO_UNIT,
        _digits_between(9, 11),
    ),
    _shape("phone", r"(?<![\w^.,+/-])(?P<it>0\d(?:[ .-]?\d{2}){4})" + _NO_UNIT),
    _shape("phone", r"(?<![\w^.,+/-])(?P<it>0\d{9,10})" + _NO_UNIT),
    _shape(
        "phone",
        r"\b(?P<it>(?:tel(?:e?phone)?|phone|mobile|cell\s?phone|fax|whatsapp|contact|call|ring|extension)\b\.?"
        rf"(?:\s+(?:number|no\.?|on|at|her|him|them))*{_JOIN}[+(]?\d(?:[ ().-]{{0,2}}\d){{6,14}})" + _NO_UNIT,
    ),
    _shape("record-number", r"(?<![\w.,+/^:-])(?P<it>\d{9,14})(?![\w-])" + _NO_UNIT, _is_long_number),
    _shape("age", rf"{_AGE}(?P<it>\+?[\s-]*(?:years?|yrs?|y)\b\.?[\s-]*(?:old|of\s+age|o\b)\.?)", _over_89),
    _shape("age", rf"{_AGE}(?P<it>\s*[-/]?\s*(?:y\s*[/.]?\s*o\b|yo[mf]?\b|/\s?[mf]\b))", _over_89),
    _shape(
        "age",
        rf"\b(?P<it>(?:aged?|at\s+the\s+age\s+of)\s*[:=]?\s*(?:of\s+|is\s+|was\s+)?){_YEARS}"
        r"(?!\s*(?:-|%|th\b|percent|mo(?:nths?)?\b|w(?:ee)?ks?\b|d(?:ays?)?\b|h(?:ou)?rs?\b|min))",
        _over_89,
    ),
    _shape("age", rf"\b(?P<it>{_TEENS}[\s-]+years?[\s-]+(?:old|of\s+age))"),
    Shape("name", pattern_of(rf"\b(?P<it>(?:Mr|Mrs|Ms|Miss|Frau|Herrn?|Mme|Madame|Monsieur|Señora?)\b\.?\s+(?:[A-Z]\.?\s+){{0,2}}{_CAPITAL}(?:(?![A-Z])[^\W\d_]|['’-])+)")),
    Shape(
        "name",
        pattern_of(
            r"\b(?P<it>(?i:patient(?:'s)?\s+name|surname|first\s+name|full\s+name)\s*(?::|(?i:is))\s*"
            rf"{_CAPITAL}[\w'’-]+)"
        ),
    ),
)
