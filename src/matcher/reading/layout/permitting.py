"""Lines that allow what a line above them asks against: that line is then not certain by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from matcher.model.patterns import pattern_of
from matcher.model.values import changed
from matcher.reading.layout.laid import Laid
from matcher.reading.tagging.caseless import Caseless

# Words without one of which nothing is allowed: looked for first, for speed.
_SIGNS = (
    "allowed", "permitted", "acceptable", "eligible", "not exclu", "not be exclu", "may ", "can ", "not preclude", "not disqualify", "not count", "exempt",
    "exception", "unless", "except", "however",
)  # fmt: skip
_ALLOWS = Caseless(
    r"\b(?:(?<!not )(?:allowed|permitted|acceptable|eligible)|not (?:be )?(?:excluded|exclusionary)|(?:may|can) (?:still |also |nevertheless )?(?:be (?:included|enrolled|eligible|considered|entered)|enrol\w*|participate|enter)|"
    r"(?:does|do|will) not (?:exclude|preclude|disqualify|count)|exempt(?:ed)?)\b|^(?:exceptions?|unless|except|however)\b",
    needs=_SIGNS,
)
_BRACKETS = pattern_of(r"\([^()]*\)|\[[^\[\]]*\]")
_OWN = Caseless(r"(?:no|not|must|at least|≥|≤|<|>)\b")
_WORD = pattern_of(r"[^\W\d_]{5,}")
_LOOKED_AT = 3  # lines above
# Words that stand in most criteria and make no two of them speak of one thing.
_COMMON = frozenset(
    ["patie", "subje", "parti", "study", "treat", "thera", "disea", "histo", "withi", "prior", "curre", "month", "weeks", "years", "other", "known", "which", "their", "these", "those", "under", "after", "befor", "durin", "least", "enrol", "screen", "eligi", "allow", "permi", "accep", "exclu", "inclu", "recei", "requi", "condi", "clini", "conse", "follo", "basel", "inves", "stabl", "activ", "sever", "signi", "docum", "diagn", "provi", "inten", "plann", "women", "males", "femal", "adult", "child", "perso", "indiv", "volun", "time", "first", "dose", "drugs", "medic", "agent", "recen", "disor", "posit", "negat", "entry", "crite", "limit", "norma", "upper", "lower", "poten", "beari", "concu", "cance", "tumor", "start", "servi", "probl", "physi", "progr", "insti", "measu", "evide", "appen", "relat"]
)


def with_permissions(laid: Sequence[Laid]) -> list[Laid]:
    """The lines with those in doubt that a line below them allows for some."""
    found: list[Laid] = []
    for one in laid:
        allowed = _allowed(one.text)
        if allowed:
            _doubt(found, one, stems(allowed))
        found.append(one)
    return _in_paragraphs(_in_groups(found))


# "Allowed:" above the heading of a group: what that group may take is asked of nobody.
_LEAVE = Caseless(r"\b(?:allowed|permitted|acceptable)\s*:\W*$", needs=("allowed", "permitted", "acceptable"))


def _in_groups(laid: list[Laid]) -> list[Laid]:
    """The lines of the group whose heading stands under "Allowed:", each in doubt."""
    found: list[Laid] = []
    leave: Laid | None = None
    group = ""
    for one in laid:
        if _LEAVE.search(one.text):
            leave, group = one, ""
        elif leave is not None and (one.kind != leave.kind or not one.group or one.group == leave.group or group not in ("", one.group) or one.text.rstrip().endswith(":")):
            leave = None
        elif leave is not None:
            group, one = one.group, changed(one, doubtful=True)
        found.append(one)
    return found


def _in_paragraphs(laid: list[Laid]) -> list[Laid]:
    """The paragraphs under a line that ends in "Allowed:", to the next heading, each in doubt; a list of one of them does not end it."""
    found: list[Laid] = []
    left = 0
    for one in laid:
        if one.kind == "inclusion" and not one.marked and not one.group and _LEAVE.search(one.text.split("\n", 1)[0]) and len(one.text.split("\n", 1)[0].split()) <= _TITLE:
            left = _PARAGRAPHS
        elif left and (one.kind != "inclusion" or one.marked or one.group or one.note.rstrip().endswith(":") or one.text.rstrip().endswith(":") or _DEMANDS.search(one.text)):
            left = 0
        elif left:
            left, one = left - 1, changed(one, doubtful=True)
        found.append(one)
    return found


_TITLE, _PARAGRAPHS = 4, 12
_DEMANDS = Caseless(r"\b(?:must|required|shall|eligible if|informed consent)\b")


def _allowed(text: str) -> str:
    """What the first sentence of a line allows; "" where it allows nothing, or asks for something besides."""
    small = text.lower()
    if not any(map(small.__contains__, _SIGNS)):
        return ""
    plain = _BRACKETS.sub(" ", text)
    found = _ALLOWS.search(plain)
    if found is None or "\n" in text or _OWN.match(plain) or re.search(r"[.;:]\s", plain[: found.start()]):
        return ""
    return plain[: found.start()] or plain


def _doubt(found: list[Laid], one: Laid, said: frozenset[str]) -> None:
    for at in range(len(found) - 1, max(-1, len(found) - 1 - _LOOKED_AT), -1):
        above = found[at]
        if (above.kind, above.group) != (one.kind, one.group):
            return
        if said & stems(above.text) and not _ALLOWS.search(above.text):
            found[at] = changed(above, doubtful=True, allowed=one.text)
            return


@lru_cache(maxsize=256)
def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that tell what a text speaks of."""
    return frozenset(word[:5] for word in _WORD.findall(text.casefold())) - _COMMON
