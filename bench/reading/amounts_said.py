"""A second, plain reading of an annotated amount ("≥ 1.5 x ULN", "18 to 30 kg/m2"), apart from the reader it judges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from matcher.model.language import Bound
from matcher.vocabulary.unit_text import read_unit

_NUMBER = r"\d{1,3}(?:,\s?\d{3})+(?:\.\d+)?|\d{1,3}(?:\.000)+|\d+(?:[.,·]\d+)?|\.\d+"
_WORD_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TWICE = {"twice": "2 x", "double": "2 x", "triple": "3 x"}
# Comparators as annotators mark them, the longer before the shorter; read before and after a number.
_BEFORE = (
    ("≥", r"≥|⩾|≧|>\s*(?:/|or)?\s*=|=\s*>|\bgreater\s+(?:than\s+)?or\s+equal(?:\s+(?:to|than))?"
          r"|\b(?:more|higher|larger|above)\s+(?:than\s+)?or\s+equal(?:\s+(?:to|than))?"
          r"|\bequal\s+(?:to\s+)?or\s+(?:greater|more|higher|larger|above)(?:\s+than)?|\bat\s+least|\bminimum(?:\s+of)?|\bmin\b\.?"
          r"|\b(?:no|not)\s+(?:less|lower|fewer)\s+than|>\s*or\s+equal\s+to|\bfrom\b"),
    ("≤", r"≤|⩽|≦|<\s*(?:/|or)?\s*=|=\s*<|\b(?:less|lower|smaller|fewer|below)\s+(?:than\s+)?or\s+equal(?:\s+(?:to|than))?"
          r"|\bequal\s+(?:to\s+)?or\s+(?:less|lower|smaller|below)(?:\s+than)?|\bat\s+most|\bmaximum(?:\s+of)?|\bmax\b\.?"
          r"|\b(?:no|not)\s+(?:more|greater|higher)\s+than|\b(?:not\s+exceed(?:ing)?|up\s+to|within)|<\s*or\s+equal\s+to"),
    (">", r">|＞|\b(?:greater|more|higher|larger|longer|older)\s+th[ae]n|\babove|\bover\b|\bexceed(?:ing|s)?|\bbeyond"),
    ("<", r"<|＜|‹|\b(?:less|lower|smaller|fewer|shorter|younger)\s+th[ae]n|\bbelow|\bunder\b"),
    ("=", r"=|\bequals?(?:\s+to)?"),
)  # fmt: skip
_AFTER = (
    ("≥", r"\b(?:or|and)\s+(?:greater|more|above|higher|over|better|longer|older|up)\b|\b(?:and|or)\s+>|\+$"),
    ("≤", r"\b(?:or|and)\s+(?:less|lower|below|under|fewer|smaller|shorter|younger)\b"),
)
_LIMIT = re.compile(
    r"^(?:[x×*]|times?|fold|-fold)?\s*(?:(?:above|over|greater\s+than|the|of|institution\w*|laborator\w*|local|site\w*|reference|lab)\s*)*"
    r"(ULN|UNL|upper\s+(?:limits?|normal|range|level)|LLN|LNL|lower\s+(?:limits?|normal|range))"
    r"|^(?:[x×*]|times)\s*(?:the\s+)?normal",
    re.IGNORECASE,
)
# Visual acuity, gestational weeks with days and their like: a slash between numbers that is no blood pressure.
_SNELLEN = re.compile(r"(?<![\d.])(?!1\d\d\s*/\s*\d\d|9\d\s*/\s*\d\d)\d+\s*/\s*\d")
_PRESSURES = re.compile(r"^(.*?)(\d{2,3})\s*/\s*(\d{2,3})(\D*)$")
# A word between two limits that point away from each other, or a comma or "or" before a second comparator.
_OR_ELSE = re.compile(
    r"(?<=[\w%²])\s*(?:,|\bor\b|(?<=\d)\s*\band\b(?=\s*>))\s*"
    r"(?=(?:[<>≥≤]|(?:less|lower|fewer|greater|higher|more)\s+than|over\b|below\b|above\b)\s*=?\s*\d)",
    re.IGNORECASE,
)
# "7.0 % = HbA1c = 11.0 %": a range written around the name of the measure, whose signs are lost or not.
_AROUND_NAME = re.compile(r"^([\d.,]+)\s*%?\s*[=≤<]\s*[A-Za-z][\w ()-]*?\s*([=≤<])\s*([\d.,]+.*)$")
_JOIN = r"\s*(?:-|–|—|~|to|and|through|but|,|&)\s*"


@dataclass(frozen=True, slots=True)
class Amount:
    """What an annotation says: limits that hold together (of a blood pressure, side by side), or a choice of bare numbers."""

    bounds: tuple[Bound, ...] = ()
    choices: frozenset[Decimal] = frozenset()
    pressure: bool = False


def amounts_said(text: str) -> tuple[Amount, ...]:
    """The amounts in an annotation, more than one where it gives alternatives ("< 5 or > 26").

    Empty where it names no plain number ("positive", "class III", "20/30").
    """
    plain = _plain(text)
    if _SNELLEN.search(plain):
        return ()
    parts = _OR_ELSE.split(plain)
    found = [amount for part in parts if (amount := _amount(part)) is not None]
    return tuple(found) if len(found) == len(parts) else ()


def _amount(plain: str) -> Amount | None:
    choice = _choice(plain)
    if choice is not None:
        return choice
    pair = _pair(plain)
    if pair:
        return Amount(pair, pressure=True)
    bounds = _range(plain) or _single(plain)
    return Amount(bounds) if bounds else None


def same_amount(said: Bound, read: Bound) -> bool:
    """Whether two limits name one comparator, number and unit; a lost sign (=) agrees with a doubtful one (≥?)."""
    if {said.op, read.op} not in ({said.op}, {"=", "≥?"}):
        return False
    one, other = _scaled(said), _scaled(read)
    return one == other


def _plain(text: str) -> str:
    plain = re.sub(r"\\([<>~^*=\[\]])", r"\1", text).replace("≧", "≥").replace("≦", "≤").replace("％", "%")
    plain = " ".join(plain.split()).strip(" ,;:").removesuffix("/").replace("•", ".")
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)(?=\s?(?:-|–|to|and)\s?\d)", "", plain)
    plain = re.sub(r"(?<=\d\d)[-+]0(?=\s?weeks)", "", plain)
    plain = re.sub(r"(?<=/)1,73(?=\s?m)", "1.73", plain)
    plain = _AROUND_NAME.sub(lambda found: f"≥ {found[1]} to {'<' if found[2] == '<' else '≤'} {found[3]}", plain)
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)?\s?(?:(?:per)?centiles?|%\s?iles?)\b", " percentile", plain, flags=re.IGNORECASE)
    plain = re.sub(r"(?<=\d)\s?D\b", " diopters", plain)
    plain = re.sub(r"\bcompleted\s+(?=weeks?\b)", "", plain, flags=re.IGNORECASE)
    plain = plain.strip("()") if plain.count("(") != plain.count(")") else plain
    for number, word in enumerate(_WORD_NUMBERS):
        plain = re.sub(rf"\b{word}\b(?!\s+of\b)", str(number), plain, flags=re.IGNORECASE)
    for word, put in _TWICE.items():
        plain = re.sub(rf"\b{word}\b", put, plain, flags=re.IGNORECASE)
    return plain


def _comparator(text: str) -> tuple[str, str]:
    """The comparator a text opens with ("" = none), and the text behind it."""
    for sign, pattern in _BEFORE:
        found = re.match(rf"\s*(?:{pattern})\s*(?:of\s+|to\s+|a\s+|an\s+)?", text, re.IGNORECASE)
        if found:
            return sign, text[found.end() :]
    found = re.match(r"\s*(?:(?:of|scores?|a|an|is|grade|class|stage|level)\s+)+", text, re.IGNORECASE)
    return ("", text[found.end() :]) if found else ("", text)


def _single(text: str) -> tuple[Bound, ...]:
    """One limit: comparator, number, unit — the comparator before or behind."""
    sign, rest = _comparator(text)
    for _ in range(2):
        again, rest = _comparator(rest)
        sign = sign or again
    if not rest[:1].isdigit() and sign and _LIMIT.match(rest):
        return (Bound(sign, Decimal(1), _unit(rest) or ""),)
    found = re.match(rf"\s*({_NUMBER})\s*(.*)$", rest)
    if not found:
        return ()
    tail = found[2]
    for after, pattern in _AFTER:
        hit = re.search(pattern, tail, re.IGNORECASE)
        if hit:
            sign, tail = after, (tail[: hit.start()] + tail[hit.end() :]).strip()
            break
    unit = _unit(tail)
    return () if unit is None else (Bound(sign or "=", _number(found[1]), unit),)


def _pair(text: str) -> tuple[Bound, ...]:
    """A blood pressure: both limits with the one comparator."""
    found = _PRESSURES.match(text)
    if found is None:
        return ()
    tail = found[4] if re.search(r"mm\s*hg|torr", found[4], re.IGNORECASE) else f" mmHg{found[4]}"
    high, low = (_single(f"{found[1]}{number}{tail}") for number in (found[2], found[3]))
    return (*high, *low)


def _range(text: str) -> tuple[Bound, ...]:
    """Two limits that hold together: "18-30 kg/m2", "between > 17 and = 28", "≥ 100 but ≤ 2000 mg/day"."""
    opened = re.sub(r"^\s*(?:is\s+)?(?:between|from|range\s*(?:of)?|of|score|grade|class)\s+", "", text, flags=re.IGNORECASE)
    low_sign, rest = _comparator(opened)
    low = re.match(rf"\s*({_NUMBER})", rest)
    if not low:
        return ()
    join = re.match(rf"([^\d<>=≥≤&]*?)(?:{_JOIN}(?=[\d.<>=≥≤]|less|up|no\b|not\b|at\b)|(?=\s*[<≤]))", rest[low.end() :], re.IGNORECASE)
    if not join:
        return ()
    high_sign, tail = _comparator(rest[low.end() + join.end() :])
    high = re.match(rf"\s*({_NUMBER})\s*(.*)$", tail)
    unit = _unit(high[2]) if high else None
    if high is None or unit is None:
        return ()
    first, last = _number(low[1]), _number(high[1])
    if first > last or (not low_sign and high_sign):
        return ()
    low_unit = _unit(join[1]) or unit
    low_unit = unit if unit.startswith(f"{low_unit}/") else low_unit
    return Bound(_edge(low_sign, "≥"), first, low_unit), Bound(_edge(high_sign, "≤"), last, unit)


def _edge(sign: str, usual: str) -> str:
    return usual if sign in ("", "=") else sign


def _choice(text: str) -> Amount | None:
    """Bare numbers to choose from: "0, 1 or 2"."""
    parts = [part for part in re.split(r"\s*(?:,|/|&|\bor\b|\band\b)\s*", re.sub(r"^\s*(?:class|grade|stage)\s+", "", text, flags=re.IGNORECASE), flags=re.IGNORECASE) if part]
    if len(parts) < 2 or not all(re.fullmatch(r"\d+", part) for part in parts):
        return None
    return Amount(choices=frozenset(map(Decimal, parts)))


def _number(text: str) -> Decimal:
    plain = text.replace("·", ".").replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        return Decimal(plain.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.000)+", plain):
        return Decimal(plain.replace(".", ""))
    return Decimal(plain.replace(",", "."))


def _unit(text: str) -> str | None:
    """A unit as written, × ULN and × LLN in one spelling; None where the words are no unit."""
    plain = re.sub(r"\b(?:inclusive|in total|systolic|diastolic)\b|\binclusively\b", "", text, flags=re.IGNORECASE).strip(" ,;:.()")
    plain = re.sub(r"^per\s?cent\b", "%", plain, flags=re.IGNORECASE)
    if not plain:
        return ""
    limit = _LIMIT.match(plain)
    if plain in ("x", "×"):
        return "× ULN"
    if limit:
        return "× ULN" if limit[1] is None or limit[1][0] in "uU" else "× LLN"
    plain = re.split(r"\s*[(\[,;]", plain)[0].strip(" .")
    if re.fullmatch(r"points?|scores?|letters?|or|and", plain, re.IGNORECASE):
        return ""
    return plain if read_unit(plain) or len(plain.split()) <= 2 else None


def _scaled(bound: Bound) -> tuple[object, ...]:
    """Number and unit in base units, letters and points being none, so that 100,000/µL and 100 ×10⁹/L are one; unknown units by their letters."""
    if bound.unit in ("letters", "points"):
        return (bound.number, "")
    if not bound.unit or bound.unit.startswith("×"):
        scales = None if bound.unit in ("", "× ULN", "× LLN") else read_unit(bound.unit)
    else:
        scales = read_unit(bound.unit)
    if not scales:
        return (bound.number, "".join(bound.unit.casefold().split()))
    unit = scales[0]
    return (bound.number * unit.size.numerator / unit.size.denominator, unit.above, unit.below, unit.log10)
