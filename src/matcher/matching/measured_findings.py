"""Values that the findings of procedures tell: "LVEF 30 %" of an echocardiogram, "210 m" of a six-minute walk test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from matcher.matching.readings import Reading
from matcher.matching.words import tells_of_another_time
from matcher.model.patterns import later
from matcher.model.profile import Lab, Procedure, Profile, Score
from matcher.vocabulary import Measure, Vocabulary, as_printed, same_unit
from matcher.vocabulary.measures import measure_of

_CLAUSE = later(r"[;,\n]+(?!\d)|(?<=[\w%])\.(?=\s|$)|\b(?:and|but|however)\b|\bwith\b", re.IGNORECASE)
_UNITS = (
    r"%(?:\s*(?:of\s+)?pred(?:icted|\.)?)?|percent(?:\s+predicted)?|mm\s?hg|m?sec|ms|k\s?pa|ppb|dB/m|cm(?:²|2|H2O|H₂O)?|mm|ml(?:/kg/min|/min/kg)?|(?:meters?|metres?|m)|l(?:/min)?|"
    r"(?:events?\s?)?(?:/\s?h(?:r|our)?|per hour)|bpm|beats/min|/\s?min|points?|letters|dioptres?|D"
)
_SIDE = r"(?:\s*[,(]?\s*(?:od|os|ou|re|le|left|right|bilateral(?:ly)?|both(?: eyes| sides)?|l|r|in the (?:left|right) (?:eye|leg)|at rest|on room air|by (?:simpson|biplane)\w*)\)?)?"
_TOLD = later(
    rf"(?P<name>[a-z][a-z0-9 /'’()-]*?)??\s*(?:\b(?:was|is|of|at|about|approximately|measured|estimated(?: at)?|calculated(?: at)?)\s+|[=:~]\s*)*(?P<sign>[<>≤≥]=?)?\s*"
    rf"(?P<number>-?\d+(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(?P<high>\d+(?:\.\d+)?))?(?P<whole>\s*/\s*\d{{1,3}})?\s*(?P<unit>{_UNITS})?{_SIDE}",
    re.IGNORECASE,
)
_LEADS = later(r"^(?:(?:the|a|an|shows?|showed|showing|demonstrates?|reveals?|mean|median|estimated|calculated|visual|left|right|total|overall|resting|reduced|decreased|low|preserved|normal|severely|mildly|moderately|markedly)\s+)+", re.IGNORECASE)
_KINDS = ("vital", "score")
_BESIDES = frozenset(("liver-stiffness",))  # what is measured from outside, among the laboratory's values
# Where what is measured is no value at rest: of an effort, a night, a drug that was tried, or the least or most of several.
_NOT_AT_REST = later(r"exerci|exerti|stress|treadmill|ergomet|holter|tilt|dobutamin|adenosin|provocation|challenge|\bsleep|polysomno|\b(?:max(?:imum|imal)?|peak|min(?:imum|imal)?|nadir|lowest|highest|during|after|post|pre|before)\b", re.IGNORECASE)
_AT_REST = frozenset(("heart-rate", "systolic", "diastolic", "spo2", "respiratory-rate", "fev1-percent", "fvc-percent", "fev1-fvc"))
# The test that a procedure is, where its finding is a bare value with its unit.
_BARE = (
    (later(r"six[- ]minute walk|6[- ]?(?:minute|min)?[- ]?walk|\b6\s?mwt?\b", re.IGNORECASE), "walk-6min"), (later(r"fibro-?scan|elastogra", re.IGNORECASE), "liver-stiffness"), (later(r"tonometry|intra-?ocular pressure", re.IGNORECASE), "iop"),
    (later(r"ankle[- ]brachial|\babi\b", re.IGNORECASE), "abi"), (later(r"post-?void|bladder scan", re.IGNORECASE), "post-void-residual"),
)  # fmt: skip


def measured_in(profile: Profile, vocabulary: Vocabulary) -> Iterator[Reading]:
    """The values that findings tell of what is measured on the patient, with the day of the examination; none of blood or other fluids."""
    for one in profile.procedures:
        if one.status != "absent" and one.finding and any(sign.isdigit() for sign in one.finding):
            for clause in _CLAUSE.split(one.finding):
                said = clause.strip(" .()")
                pressures = _PRESSURES.fullmatch(said)
                if pressures is not None and not _NOT_AT_REST.search(f"{one.name} {said}") and int(pressures["high"]) > int(pressures["low"]):
                    yield from _both(one, said, pressures)
                    continue
                told = _TOLD.fullmatch(said)
                reading = None if tells_of_another_time(said) else (told and _reading(one, said, told, vocabulary)) or _unread(one, said, vocabulary)
                if reading is not None:
                    yield reading


_PRESSURES = later(r"(?:(?:mean|average|office|clinic|seated|resting|ambulatory|24-?h(?:our)?)\s+)*(?:blood pressure|bp)?\s*(?:was|is|of|[:=])?\s*(?P<high>\d{2,3})\s*/\s*(?P<low>\d{2,3})\s*(?P<unit>mm\s?hg)?", re.IGNORECASE)
_OF_PRESSURE = later(r"\bbp\b|blood pressure", re.IGNORECASE)


def _both(one: Procedure, clause: str, told: re.Match[str]) -> Iterator[Reading]:
    """The two pressures of "BP 150/85", where the words, the unit or the examination tell that they are such."""
    if told["unit"] or _OF_PRESSURE.search(clause) or _OF_PRESSURE.search(one.name):
        for name, number in (("systolic", told["high"]), ("diastolic", told["low"])):
            measure = measure_of(name)
            yield Reading(Lab(test=measure.label, value=Decimal(number), unit="mmHg", date=one.date), f"{one.name}: {clause}", measure, "procedures")


def _unread(one: Procedure, clause: str, vocabulary: Vocabulary) -> Reading | None:
    """A value that is told in words that were not understood: it keeps an older one from deciding."""
    words = clause.split() if any(sign.isdigit() for sign in clause) else []
    for at in range(len(words)):
        for length in range(min(4, len(words) - at), 0, -1):
            name = " ".join(words[at : at + length]).strip(":,()")
            measure = vocabulary.recorded_measure(name) if name[:1].isalpha() else None
            if measure is not None and measure.kind == "vital" and not measure.order and not (measure.id in _AT_REST and _NOT_AT_REST.search(f"{one.name} {clause}")):
                return Reading(Lab(test=measure.label, value=clause, date=one.date), f"{one.name}: {clause}", measure, "procedures")
    return None


def _reading(one: Procedure, clause: str, told: re.Match[str], vocabulary: Vocabulary) -> Reading | None:
    name = _LEADS.sub("", (told["name"] or "").strip()).strip(" :(-")
    measure = vocabulary.recorded_measure(name) if name else _of_the_test(one, told["unit"], vocabulary)
    if measure is None or (measure.kind not in _KINDS and measure.id not in _BESIDES) or measure.order:
        return None
    unit = _unit(told["unit"], measure)
    if unit is None or (measure.id in _AT_REST and _NOT_AT_REST.search(f"{one.name} {clause}")):
        return None
    number = f"{told['sign'] or ''}{told['number']}"
    value = Decimal(told["number"]) if not told["sign"] else number
    shown = f"{one.name}: {clause}"
    entry: Lab | Score = Score(name=measure.label, value=value, date=one.date) if measure.kind == "score" and not unit else Lab(test=measure.label, value=value, unit=unit or None, date=one.date)
    if told["high"] is None:
        if told["whole"] and as_printed(measure, f"{number}{told['whole']}") != value:
            return None
        return Reading(entry, shown, measure, "procedures")
    low, high = Fraction(told["number"]), Fraction(told["high"])
    if low >= high or told["sign"] or (unit and not same_unit(unit, measure.unit)):
        return None
    return Reading(entry, shown, measure, "procedures", (low, high), f"from {shown}")


def _of_the_test(one: Procedure, unit: str | None, vocabulary: Vocabulary) -> Measure | None:
    """What a procedure measures whose finding is a bare value: its unit tells that it is one, or the procedure is named like the measure."""
    named = vocabulary.recorded_measure(one.name)
    if named is not None:
        return named
    label = next((name for pattern, name in _BARE if pattern.search(one.name)), None)
    found = measure_of(label) if label is not None else None
    return found if found is not None and (unit or not found.unit) else None


def _unit(said: str | None, measure: Measure) -> str | None:
    """The unit as the vocabulary writes it: "" where the measure has none, None where the one said is not of it."""
    unit = " ".join((said or "").split()).casefold()
    if not measure.unit:
        return "" if not unit or unit.startswith("point") else None
    if not unit:
        return ""
    plain = {"percent": "%", "percent predicted": "%", "msec": "ms", "mm hg": "mmHg", "mmhg": "mmHg", "k pa": "kPa", "kpa": "kPa", "bpm": "/min", "beats/min": "/min", "meters": "m", "metres": "m", "meter": "m", "metre": "m"}.get(unit, unit)
    plain = "%" if plain.startswith("%") else "/h" if "h" in plain and ("/" in plain or "per hour" in plain) and "min" not in plain else plain
    if plain == measure.unit.casefold() or same_unit(plain, measure.unit):
        return measure.unit
    return plain if plain in ("cm", "mm", "m", "ml", "ms", "mmHg", "kPa") else None


__all__ = ["measured_in"]
