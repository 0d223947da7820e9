"""Names of diseases that hold a stage, a class, a grade or a severity: "stage IIIB lung cancer", "COPD GOLD 3", "moderate asthma"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from matcher.model.patterns import later, pattern_of
from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.vocabulary import Vocabulary


def graded_beside_its_stage(vocabulary: Vocabulary, disease: Concept) -> bool:
    """Whether a disease is a tumor that has a grade beside its stage: those of the brain have grades alone."""
    return "neoplasm" in vocabulary.curated_above(disease) and "brain tumor" not in vocabulary.lineage(disease)


class Staged(NamedTuple):
    """The name of a disease without what it says of its stage and its severity; both are "" where it says nothing of them."""

    rest: str
    stage: str
    severity: str


_NUMERAL = r"(?:viii|vii|vi|iv|v|iii|ii|i|\d)(?:[a-e]\d?)?(?![\w.])"
_VALUES = {
    "n": rf"{_NUMERAL}(?:\s*(?:-|–|/|\+|to\b|or\b|and\b)\s*(?:(?:stage|class|grade)\s*)?{_NUMERAL})?",
    "a": r"[a-e]\d?(?![\w.])(?:\s*(?:-|–|/|to|or)\s*[a-e](?![\w.]))?",
    "f": r"f?[0-4](?![\w.])(?:\s*(?:-|–|/|to|or)\s*f?[0-4](?![\w.]))?",
    "p": r"\d{1,2}(?:\.\d)?(?:\s*\(?\s*\d\s*\+\s*\d\s*\)?|\s*\+\s*\d(?:\s*=\s*\d{1,2})?)?(?![\w.])",
}
_KEYWORD = r"(?:functional\s+class|stage|class|grade|group|score|category|level|status|type)"
_SEVERITY = r"very severe|severe|moderate|mild"
_SEVERE = later(rf"(?P<lead>{_SEVERITY})\s+(?P<behind>\S.*)|(?P<before>.*\S)\s*[,(–-]\s*(?P<trail>{_SEVERITY})\)?", re.IGNORECASE)
_TNM = r"[cpyr]{0,2}t(?:\d[a-d]?|is|x)[ ,]?n(?:\d[a-c]?|x)(?:[ ,]?m(?:\d[a-c]?|x))?(?!\w)"
_OF_KIDNEYS = later(r"(?P<rest>ckd|chronic kidney disease|chronic renal (?:disease|failure|insufficiency))[\s,(-]*(?:stage\s*|kdigo\s*|grade\s*)*g?(?P<stage>[1-5][ab]?)(?:\s*[/,]?\s*a[1-3])?\)?", re.IGNORECASE)
_LEFT = later(r"\(\s*\)|\[\s*\]|\s*[,;:–-]\s*(?=[,;:)]|$)|^\s*[,;:–-]\s*|(?<=[,;(])\s*[,;]")


# Where the stage is one of another time, or doubted, or of somebody else.
_ONCE = pattern_of(
    r"\b(?:history|h/o|hx|prior|previous(?:ly)?|past|former(?:ly)?|old|initial(?:ly)?|originally|at (?:diagnosis|onset|presentation|birth)|was|were|suspected|suspicion|possibl[ey]|probabl[ey]|likely|query|rule[sd]? out|r/o|no|not|"
    r"without|except|family|risk|resolved|healed|status post|s/p|until|since|then|now|progress\w*|evolv\w*|improv\w*|(?:down|up|re)[- ]?stag\w*|through|screen\w*)\b",
    re.IGNORECASE,
)


def staged_name(name: str) -> Staged | None:
    """The parts of a disease's name; None where it says nothing of a stage or a severity, or of two stages."""
    if _ONCE.search(name):
        return None
    kidneys = _OF_KIDNEYS.fullmatch(name.strip())
    if kidneys is not None:
        return Staged(kidneys["rest"], kidneys["stage"].casefold(), "")
    found = list(_expressions(_scales_in(name)).finditer(name)) if _MAY_BE_STAGED.search(name) else []
    told = [one for one in found if "stage" in one[0].casefold()] if len(found) > 1 else found
    if len(told) > 1 or (found and not told):
        return None
    rest = _without(name, found)
    graded = _SEVERE.fullmatch(rest)
    if graded is not None:
        rest = (graded["behind"] or graded["before"]).strip()
    severity = (graded["lead"] or graded["trail"]).casefold() if graded is not None else ""
    stage = re.sub(r"^stage\s+", "", _said(told[0]), flags=re.IGNORECASE) if told else ""
    return Staged(rest, stage, severity) if told or severity else None


_MAY_BE_STAGED = later(r"\d|\b(?:[iv]+[a-e]?|[a-e])\b", re.IGNORECASE)


_JOINING = later(r"\s+(?:with|and|of|at|in)$", re.IGNORECASE)


def _without(name: str, found: list[re.Match[str]]) -> str:
    for one in reversed(found):
        name = f"{name[: one.start()]} {name[one.end() :]}"
    previous = ""
    while name != previous:
        previous, name = name, " ".join(_LEFT.sub(" ", name).split())
    return _JOINING.sub("", name.replace(" ,", ",").replace(" )", ")").replace("( ", "(").strip(" ,;"))


def _said(one: re.Match[str]) -> str:
    """The stage as a profile has it: the scale by the name that the vocabulary knows, and the value."""
    number = next((place for place, row in enumerate(_rows()) if row.scale and one.re.groupindex.get(f"s{place}") and one[f"s{place}"]), None)
    return " ".join(one[0].split()) if number is None else f"{_rows()[number].scale} {one[f'v{number}']}"


class _Scale(NamedTuple):
    names: tuple[str, ...]
    scale: str
    values: str


@cache
def _rows() -> tuple[_Scale, ...]:
    return tuple(_Scale(tuple(sorted(names.split("|"), key=len, reverse=True)), scale, values) for names, scale, values, *_ in table("scales.tsv"))


_LETTERS = pattern_of(r"[a-z]+")


def _scales_in(name: str) -> tuple[int, ...]:
    """The rows of the scales of which a name may speak, by the first letters of theirs: a pattern is made of no others."""
    words = set(_LETTERS.findall(name.casefold()))
    return tuple(place for place, row in enumerate(_rows()) if any(first[0] in words for one in row.names if (first := _LETTERS.findall(one))))


@cache
def _expressions(rows: tuple[int, ...]) -> re.Pattern[str]:
    each = []
    for number in rows:
        names, scale, values = _rows()[number]
        spelled = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
        value = f"(?P<v{number}>{_VALUES[values]})" if scale else f"(?:{_VALUES[values]})"
        lead = f"(?P<s{number}>{spelled})" if scale else f"(?:{spelled})"
        each.append(rf"{lead}(?:[\s-]+{_KEYWORD})*[\s:=-]*{value}")
    each.append(rf"(?:stage|class|grade)[\s:=-]*{_VALUES['n']}")
    each.append(_TNM)
    return pattern_of(rf"(?<!\w)(?:{'|'.join(each)})", re.IGNORECASE)


__all__ = ["Staged", "graded_beside_its_stage", "staged_name"]
