"""A block of lines pasted from a laboratory report, as rows to confirm; what is not surely a result is left out and said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from matcher.intake.guard import identifiers
from matcher.intake.typed import typed_date, typed_number
from matcher.model.dates import PartialDate
from matcher.model.patterns import pattern_of
from matcher.model.profile import Lab
from matcher.vocabulary import Measure, Vocabulary, canonical, same_unit, unit_label, units_of

_LONGEST_NAME = 6  # words
_MOST_LINES = 500
_DATE = r"(?:\d{4}-\d{2}(?:-\d{2})?|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{4})"
_DATED = pattern_of(rf"(?:(?:date|collected|collection date|drawn|sampled?|specimen(?: date)?|reported|result date|laboratory|labs?|results?)(?: (?:on|of|from))?\s*[:,]?\s*)?(?P<date>{_DATE})(?:[ T]+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\s*:?", re.IGNORECASE)
# A line that says, beside other words, when the material was taken; what it says of another day is no such line.
_HEADED = pattern_of(
    rf"(?:\b(?:collected|collection|drawn|sampled?|sampling|specimen|taken|obtained|report(?:ed)?|results?|laborator(?:y|ies)|labs?)\b[^\d]{{0,30}}(?<![\d./-]){_DATE}(?![\d/-])"
    rf"|(?<![\d./-]){_DATE}(?:[ T]+\d{{1,2}}:\d{{2}})?[\s,:(-]{{1,3}}(?:collected|drawn|sampled|taken|reported)\b)",
    re.IGNORECASE,
)
_OTHER_DAY = pattern_of(r"\b(?:birth|born|dob|previous|prior|last|next|due|until|before|compar\w*|repeat\w*|since|order\w*|request\w*|expir\w*)\b", re.IGNORECASE)
_ANY_DATE = pattern_of(rf"(?<![\d./-]){_DATE}(?![\d/-])")
_NUMBER = r"\d+(?:[.,]\d+)?"
_FLAG = pattern_of(r"\s*(?:\(?(?:HH?|LL?|N|high|low|normal|abnormal|critical)\)?|[*↑↓!+]+)(?=\s|[,;]|$)", re.IGNORECASE)
_VALUE = pattern_of(rf"\s*(?P<sign><=|>=|[<>≤≥])?\s*(?P<number>[+-]?{_NUMBER})(?![\d:]|/\s*\d)")
_WORD = pattern_of(r"\s*(positive|negative|non[- ]?reactive|not reactive|reactive|not detected|not detectable|undetectable|detected|undetected|pos|neg)\b\.?", re.IGNORECASE)
_TITER = pattern_of(r"\s*(1\s?:\s?\d{1,6})(?![\d:])")
_PRESSURES = pattern_of(r"(?:(?:arterial )?blood pressure|nibp|bp|rr)\s*[:=]?\s*(?P<above>\d{2,3})\s*/\s*(?P<below>\d{2,3})\s*(?:mm\s?hg)?(?P<rest>.*)", re.IGNORECASE)
_LEAD = r"\s*[\[(]?\s*(?:(?:reference|ref|normal)(?:\.|\s+(?:range|interval|limits))?\s*[:.]?\s*)?"
_RANGE = pattern_of(rf"{_LEAD}(?:(?P<low>{_NUMBER})\s*(?:-|–|—|to)\s*(?P<high>{_NUMBER})|(?:<=?|≤|up to)\s*(?P<most>{_NUMBER})|(?:>=?|≥)\s*(?P<least>{_NUMBER}))", re.IGNORECASE)
_UNIT = pattern_of(r"\s*(?:x\s?)?(?:[^\s\[\]();,]|(?<=\d),(?=\d))+(?:\s(?:1\.73\s?)?m(?:2|²|\^2)(?!\w))?")
_ON = pattern_of(rf"\s*[(,;]?\s*(?:on\s+)?(?P<date>{_DATE})\s*[),;]?", re.IGNORECASE)
_24_HOURS = pattern_of(r"\b24[\s-]?(?:hours?|hrs?|h)\b[\s,]*", re.IGNORECASE)
_AGAIN = pattern_of(rf"\s*[(\[=]\s*(?P<number>{_NUMBER})\s*(?P<unit>[^\s\d()\[\]][^\s()\[\]]*)\s*[)\]]?")
_ALIKE = 0.03  # by how much a value may differ from itself in another unit, rounded
_TO_COME = "“{}” is no day, or one still to come"
_LONGEST_SAID = 40  # letters
_BULLET = pattern_of(r"^\s*(?:[-*•·]\s+)?")
_REST = pattern_of(r"[\s.,;:|]*")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a pasted block holds: results with the line of each, lines left out with the reason, and how many lines could tell who it is."""

    labs: tuple[tuple[Lab, str], ...]
    left: tuple[tuple[str, str], ...]
    personal: int = 0


def read_labs(text: str, vocabulary: Vocabulary, day: date) -> Pasted:
    """The results in pasted lines, each to be confirmed; a line that says the day of the material dates those after it."""
    labs: list[tuple[Lab, str]] = []
    left: list[tuple[str, str]] = []
    personal = 0
    when: PartialDate | None = None
    for line in _lines(text):
        if identifiers(line) and not _DATED.fullmatch(line):
            personal += 1
        elif (headed := _headed(line, vocabulary)) is not None:
            when = _day(headed, day)
            left += [] if when is not None else [(line, f"{_TO_COME.format(headed)}: the results beneath it have none")]
        elif pressures := _pressures(line, when, day):
            labs += [(one, line) for one in pressures]
        else:
            lab = _result(line, vocabulary, when, day)
            if isinstance(lab, Lab):
                labs.append((lab, line))
            else:
                left.append((line, lab))
    return Pasted(tuple(labs), tuple(left), personal)


def _lines(text: str) -> Iterator[str]:
    """The lines of a block that say something, tabs and bars as gaps."""
    for line in text.splitlines()[:_MOST_LINES]:
        plain = " ".join(_BULLET.sub("", line.replace("\t", "  ").replace("|", "  ")).split())
        if plain:
            yield plain


def _headed(line: str, vocabulary: Vocabulary) -> str | None:
    """The one day that a heading gives for what was collected or reported; None for a line about a test, or with two days."""
    if dated := _DATED.fullmatch(line):
        return dated["date"]
    dates = _ANY_DATE.findall(line)
    if len(dates) != 1 or not _HEADED.search(line) or _OTHER_DAY.search(line) or _named(line, vocabulary) is not None:
        return None
    return str(dates[0])


def _pressures(line: str, when: PartialDate | None, day: date) -> tuple[Lab, ...]:
    """Both values of a blood pressure, a row each."""
    found = _PRESSURES.fullmatch(line)
    dated, rest = _dated(found["rest"], when, day) if found else (None, "-")
    if found is None or not _REST.fullmatch(rest):
        return ()
    return tuple(Lab(test=f"{name} blood pressure", value=Decimal(found[value]), unit="mmHg", date=dated) for name, value in (("systolic", "above"), ("diastolic", "below")))


def _day(text: str, day: date) -> PartialDate | None:
    try:
        found = typed_date(text, day)
    except ValueError:
        return None
    return found if found.first <= day else None


def _result(line: str, vocabulary: Vocabulary, when: PartialDate | None, day: date) -> Lab | str:
    """The row of a line that is a known test, its result, and nothing that is not understood; else why it is none."""
    named = _named(line, vocabulary)
    if named is None:
        return "it begins with no test that matcher knows" if re.search(r"\d", line) else "no result is in it"
    measure, rest = named
    rest = rest[found.end() :] if (found := re.match(r"\s*[:=]", rest)) else rest
    rest = rest[found.end() :] if (found := _FLAG.match(rest)) else rest
    word = _WORD.match(rest) or _TITER.match(rest)
    if word is not None:
        dated, rest = _dated(rest[word.end() :], when, day)
        return Lab(test=measure.label, value=_spelled(word[1]), date=dated) if _REST.fullmatch(rest) else _not_understood(rest, measure)
    return _measured(measure, rest, when, day)


def _spelled(word: str) -> str:
    said = word.casefold().replace(" :", ":").replace(": ", ":")
    return {"pos": "positive", "neg": "negative", "undetected": "not detected", "not detectable": "not detected", "not reactive": "non-reactive"}.get(said, said)


def _named(line: str, vocabulary: Vocabulary) -> tuple[Measure, str] | None:
    """The test that a line begins with, by the longest name, and what follows it."""
    words = list(re.finditer(r"\S+", line))[: _LONGEST_NAME + 1]
    for last in range(len(words) - 1, -1, -1):
        name = line[: words[last].end()].rstrip(":=, ")
        if not name[-1:].isalnum() and name[-1:] not in (")", "+", "."):
            continue
        measure = vocabulary.recorded_measure(_whole_day(name)) or _named_twice(name, vocabulary) or vocabulary.recorded_measure(re.sub(r"^(?:serum|plasma|blood|s|p|b)[- ](?=\w)", "", name, flags=re.IGNORECASE)) or vocabulary.recorded_measure(name)
        if measure is not None:
            return measure, line[len(name) :]
    return None


def _named_twice(name: str, vocabulary: Vocabulary) -> Measure | None:
    """The one test that both names mean: "ALT (GPT)", "AST/GOT"."""
    names = [one for one in re.split(r"\s*[()/]\s*", name) if one]
    measures = {vocabulary.recorded_measure(one) for one in names} if len(names) == 2 else set()
    return measures.pop() if len(measures) == 1 else None


def _whole_day(name: str) -> str:
    """A name with "24 h", however that is written and wherever it stands, in front of it."""
    found = _24_HOURS.search(name)
    return f"24 hour {' '.join(f'{name[: found.start()]} {name[found.end() :]}'.split())}" if found else name


def _not_understood(rest: str, measure: Measure) -> str:
    if dated := _ON.fullmatch(rest):
        return _TO_COME.format(dated["date"])
    return f"“{' '.join(rest.split())[:_LONGEST_SAID]}” behind {measure.label} is not understood"


def _measured(measure: Measure, rest: str, when: PartialDate | None, day: date) -> Lab | str:
    found = _VALUE.match(rest)
    if found is None:
        return _not_understood(rest, measure) if rest.strip() else f"no result stands behind {measure.label}"
    unit = ""
    limits: tuple[Decimal | None, Decimal | None] = (None, None)
    rest = rest[found.end() :]
    try:
        number = typed_number(found["number"])
        while rest.strip(" .,;:)]"):
            before = rest
            dated, rest = _dated(rest, None, day)
            when = dated or when
            rest = rest[flag.end() :] if (flag := _FLAG.match(rest)) else rest
            if unit and (again := _AGAIN.match(rest)) and _is_same(measure, (number, unit), again):
                rest = rest[again.end() :]
            rest = rest.lstrip(" )],;")
            if limits == (None, None) and (ranged := _RANGE.match(rest)):
                limits, rest = _limits(ranged), rest[ranged.end() :]
            elif (said := _UNIT.match(rest)) and (known := _known_unit(measure, number, said[0].strip())) and unit in ("", known):
                unit, rest = known, rest[said.end() :]
            if rest == before:
                return _not_understood(rest, measure)
    except ValueError as error:
        return str(error)
    value = f"{found['sign']}{number:f}" if found["sign"] else number
    return Lab(test=measure.label, value=value, unit=unit or None, lln=limits[0], uln=limits[1], date=when)


def _is_same(measure: Measure, first: tuple[Decimal, str], again: re.Match[str]) -> bool:
    """Whether a value is given again in another unit: "7.9 % (63 mmol/mol)"."""
    value, other = canonical(measure, *first), canonical(measure, typed_number(again["number"]), again["unit"])
    return value is not None and other is not None and abs(value - other) <= abs(value) * Fraction(_ALIKE)


def _dated(rest: str, when: PartialDate | None, day: date) -> tuple[PartialDate | None, str]:
    found = _ON.match(rest)
    own = _day(found["date"], day) if found else None
    return (own, rest[found.end() :]) if found and own else (when, rest)


def _limits(found: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """The lower and the upper limit of normal that a range prints."""
    low, high = found["low"] or found["least"], found["high"] or found["most"]
    return (typed_number(low) if low else None), (typed_number(high) if high else None)


def _known_unit(measure: Measure, number: Decimal, unit: str) -> str:
    """The unit as it is written here, where it is one of the measure's."""
    if not unit:
        return ""
    fits = canonical(measure, number, unit) is not None or any(same_unit(unit, one) for one in units_of(measure))
    return unit_label(unit) if fits else ""
