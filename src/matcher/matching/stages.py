"""Stages, classes and grades as people write them: "IV+V", "IIIB", "NYHA II", "T2N0M0", "class III or IV"."""

from __future__ import annotations

import re
from itertools import pairwise

from matcher.matching import truth as t
from matcher.model.patterns import later

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_NUMERAL = later(r"(?<![a-z0-9.])(viii|vii|vi|iv|v|iii|ii|i|[0-8])([a-h]\d?|s)?(?![a-z0-9])")
_TNM = later(r"(?<![a-z0-9])([cpy]{0,2}t(?:\d[a-d]?|is|x)) ?(n(?:\d[a-c]?|x))? ?(m(?:\d[a-c]?|x))?")
_PLAIN = later(r"[a-z0-9]+")
_EITHER = later(r"\W*(?:-|–|~|to|through|or)\W*(?:class|stage|grade)?\W*")
_BOTH = later(r"\W*(?:\+|and|&|,|with)\W*(?:class|stage|grade)?\W*")
# Words and signs by which a recorded stage is a bound, a doubt, a denial or an earlier one.
_HEDGED = later(
    r"[?<>≤≥~≈]|\b(?:not|no|non|without|except|excluded|least|most|higher|lower|above|below|over|under|more|less|than|up"
    r"|possibl[ey]|probabl[ey]|suspected|likely|unlikely|unknown|unclear|pending|approximately|about|previous(?:ly)?"
    r"|former(?:ly)?|initial(?:ly)?|earlier|was|were|until|before|then|now|later|prior|history|diagnosis|restaged)\b"
)
_SCALES = frozenset(
    ["nyha", "killip", "ccs", "figo", "ajcc", "uicc", "lugano", "who", "ckd", "kdigo", "rai", "binet", "iss", "bclc", "gold", "ecog", "ishak", "metavir", "asa", "fuhrman", "isup", "dukes", "marsh", "fontaine", "rutherford", "hurley", "tanner", "hoehn", "mgfa", "braak", "inss", "inrg", "masaoka", "forrester", "arbor", "pugh"]
)

Numeral = tuple[int, str]


def numerals(text: str) -> frozenset[Numeral]:
    """The stage numbers of a wording, roman and arabic alike, each with its letter: "IIIB" → {(3, "b")}."""
    return frozenset(_listed(text.casefold()))


def hedged(recorded: str) -> bool:
    """Whether a recorded stage is a bound, a doubt, a denial or an earlier one."""
    return _HEDGED.search(recorded.casefold()) is not None


def matches(recorded: str, asked: tuple[str, ...], *, tumor: bool = False) -> t.Truth:
    """Whether a recorded stage is one of those asked; undecided where the record is coarser, doubtful or of another kind.

    "IV+V" is both at once; "III-IV" and "III or IV" are one of the two, and "III/IV" may be meant either way. A `tumor` has
    a grade beside its stage, and one tells nothing of the other.
    """
    if hedged(recorded):
        return t.OPEN
    have = _readings(recorded.casefold())
    truths = {t.disjoin([_matches_one(recorded.casefold(), one, asked_one.casefold(), tumor) for asked_one in asked]) for one in have}
    return truths.pop() if len(truths) == 1 else t.OPEN


def _matches_one(recorded: str, have: frozenset[Numeral], asked: str, tumor: bool) -> t.Truth:
    if _PLAIN.findall(recorded) == _PLAIN.findall(asked) and len(have) < 2:
        return t.HOLDS
    want = _listed(asked)
    if not have or not want or _is_tnm(recorded) != _is_tnm(asked):
        return t.VIOLATED if {recorded.strip(), asked.strip()} == {"limited", "extensive"} else t.OPEN
    if _other_scale(recorded, asked, tumor):
        return t.OPEN
    each = [_has(have, one) for one in want]
    if len(want) == 1 or "+" in asked:
        return t.conjoin(each)
    if _joints(asked) == {"both"}:
        return t.conjoin(each) if t.conjoin(each) == t.disjoin(each) else t.OPEN
    return t.disjoin([_has(have, one) for one in _spread(asked)])


def _readings(text: str) -> list[frozenset[Numeral]]:
    """What a recorded stage may be: all its numerals at once, or one of them."""
    together, joints = frozenset(_listed(text)), _joints(text)
    if joints <= {"both"}:
        return [together]
    singles = [frozenset((one,)) for one in _spread(text)]
    return singles if joints == {"either"} else [together, *singles]


def _listed(text: str) -> list[Numeral]:
    return [(_ROMAN.get(number) or int(number), letter or "") for number, letter in _NUMERAL.findall(text)]


def _joints(text: str) -> set[str]:
    """How the numerals of a stage are joined: both, either, or unclear."""
    found = list(_NUMERAL.finditer(text))
    between = [text[one.end() : other.start()] for one, other in pairwise(found)]
    return {"either" if _EITHER.fullmatch(it) else "both" if _BOTH.fullmatch(it) else "unclear" for it in between}


def _spread(text: str) -> list[Numeral]:
    """The numerals one by one, with those inside a range."""
    found = _listed(text)
    low, high = found[0], found[-1]
    ranged = len(found) == 2 and not low[1] and not high[1] and not re.search(r"\bor\b|/", text)
    return [low, *((number, "") for number in range(low[0] + 1, high[0])), high] if ranged else found


def _has(have: frozenset[Numeral], want: Numeral) -> t.Truth:
    number, letter = want
    letters = [one for value, one in have if value == number]
    if not letters:
        return t.VIOLATED
    if any(one.startswith(letter) for one in letters):
        return t.HOLDS
    return t.OPEN if any(letter.startswith(one) for one in letters) else t.VIOLATED


def _is_tnm(text: str) -> bool:
    return bool(_TNM.search(text))


def _other_scale(recorded: str, asked: str, tumor: bool) -> bool:
    """Whether the two name different scales; a grade in figures is not taken for a stage in roman numerals, nor any of a tumor for its stage."""
    have, want = set(_PLAIN.findall(recorded)), set(_PLAIN.findall(asked))
    if have & _SCALES and want & _SCALES:
        return not have & want & _SCALES
    scripts = {any(number in _ROMAN for number, _ in _NUMERAL.findall(text)) for text in (recorded, asked)}
    return ("grade" in have) != ("grade" in want) and (tumor or len(scripts) == 2)
