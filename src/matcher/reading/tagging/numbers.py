"""Numbers with their units in running text: "50×10^9/L", "18-75 years", "0,5 mg/dL", "50,000/mm3", "1.5"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from matcher.model.patterns import pattern_of
from matcher.vocabulary import unit_label

# "100.000", "1.500/mm3", "15, 000": marks of thousands, where no decimal can be meant.
_DOTTED = r"(?:\d{1,3}(?:\.\d{3}){2,}|\d{2,3}\.000|\d{1,3}\.000(?=\s?(?:copies|cells)\b)|\d{1,3}\.\d{3}(?=\s?(?:cel(?:l?s)?|copies|plat\w+|leu[ck]\w+)?\s?(?:/|per\s)\s?(?:mm|[µu]l\b|mcl\b|cu)))(?![\d.]\d)"
_SPACED = r"\d{1,3}, 000(?!\d)"
_NUMBER = rf"(?:{_DOTTED}|{_SPACED}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?: 000)+(?=\s?(?:/|cells|copies))|\d+(?:[.,]\d+)?|\.\d+)"
_RANGE = pattern_of(
    rf"(?P<low>{_NUMBER})\s*(?P<inner>%|[a-zA-Zµ°][a-zA-Z/µ°0-9^]{{0,12}})?\s*(?:-|~|to|and|through|thru)\s*(?P<high>{_NUMBER})", re.IGNORECASE
)
_ONE = pattern_of(_NUMBER)
_POWER = r"(?:(?:[x×*·]\s*)?10\s*(?:\^|\*\s?\*|\*|E)?\s*\(?\s*\d{1,2}\)?|(?:[x×*·]\s*)?10[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?:[x×*·]\s*)10E\d{1,2}|(?<=\d)E\+\d{1,2}(?=\s?/))"
_ATOM = (
    r"(?:mm\.?\s?Hg\.?|millimet(?:er|re)s?\sof\smercury|cm\s?H2O|mm\s?\^?3|mm\(3\)|mm³|(?:cu|cubic)\.?\s?mm|(?:cubic|square)\s(?:milli|centi)?met(?:er|re)s?|mm\s?\^?2|mm²|mm|cm\s?\^?2|cm²|cm\s?\^3|cm3(?!\.)|cm³|cm|kgs?|(?:mg|gm?)\s?%|mcg|µg|ug|mg|ng|pg|fL|gms?|gr\.?|g|"
    r"[mµ]kat|mmoles|mmol|[µu]mol|nmol|pmol|mol|(?:milli|micro|nano|pico)mol(?:e|ar)?s?|[mnpµu]M|kPa|kilo\s?pascals?|mOsm|ohms?|Hz|rpm|microns?|[µu]m|[mµu]V|"
    r"mEq|mIU|MlU|UI|MFI|milli-?(?:international\s?)?units?|[µu]IU|kIU|IU|MIU|mU|kU|U|[µun]L|mL|dL|L|m\s?\^?\s?2|m²|mcL|microL|cells?|cels|copies|platelets|leukocytes|lymphocytes|neutrophils|"
    r"bpm|beats?|breaths?|times?(?=\s?(?:\/|per)\s?min)|milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|mn|hours?|hrs?|h|days?|d|weeks?|wks?|months?|years?|%|per\s?cent|(?:°|º|deg(?:rees?)?\.?)\s?(?:C|F|Celsius|Fahrenheit)|(?:st|nd|rd|th)?\s?(?:per)?centiles?|%\s?iles?|degrees?|celsius|centigrade|fahrenheit|oC|℃|℉|°|C|F|c?Gy|kcal|"
    r"creatinine|Cr|log10|log|pack[- ]?years?|lbs?|pounds|points?|microliters?|microlitres?|milliliters?|millilitres?|deciliters?|decilitres?|"
    r"liters?|litres?|grams?|kilograms?|kilos?|milligrams?|micrograms?|nanograms?|picograms?|centimet(?:er|re)s?|millimet(?:er|re)s?|met(?:er|re)s?(?:\s?squared|\s?2)?|"
    r"units?|letters|diopters?|dioptres?|inches|feet|cc|woods?\sunits?|WU|BU|bethesda\sunits?|ppm|ppb|dB|cigarettes|drinks|episodes|events|G|K|m)"
)
_UNIT = pattern_of(
    rf"\s*(?P<unit>(?:{_POWER}\s*)?(?:(?:/|per\s+)\s*)?{_ATOM}(?![a-zA-Z])"
    rf"(?:\s*(?:/|\bper\b)\s*(?:\d+(?:[.,]\d+)?\s?-?\s?)?{_ATOM}(?![a-zA-Z]))*)",
    re.IGNORECASE,
)
_BARE_POWER = pattern_of(rf"\s*(?P<unit>[x×*·]\s*{_POWER.replace('(?:[x×*·]', '(?:[x×*·]')})", re.IGNORECASE)
# "30 kg.m-2", "30 kg·m²", "30 kg m-2": per square metre, written as a product.
_PER_SQUARE = pattern_of(
    r"\s*(?P<unit>kgs?\s?[.·*\s]?\s?m\s?(?:-2|\^-2|⁻²|²|2)|(?:kgs?|kilograms?)(?:\s?\(kg\))?\s?(?:/|per\b)\s?(?:(?:square|sq\.?)\s?met(?:er|re)s?|met(?:er|re)s?\s?(?:squared?|\^?\s?2|²)|m\s?\^?\s?\(2\)|m\s?\^\s?\^?\s?2|m\s?sq(?:uared?)?\.?)|m2\s?/\s?kg|m\s?/\s?kg2|kg\s?\^\s?m2)"
    r"(?:\s?\(\s?kg\s?/\s?m\s?\^?\s?\(?(?:2|²)\)?\s?\))?(?![\w])",
    re.IGNORECASE,
)
# "-6.50 D", "3.0D": diopters, which are written with decimals, or beside a word of the eye.
_DIOPTERS = pattern_of(r"\s?D(?![\w-])")
_OPTICAL = pattern_of(r"myop|refract|spher|cylind|astigm|ametrop|hyperop|dio?pt", re.IGNORECASE)
# "5 h-1": per hour.
_INVERSE = pattern_of(r"\s*(?P<unit>h|min|s)\s?(?:\^?-1|⁻¹)(?!\d)")
# A unit said again in brackets: "40 percent (%)", "2 grams/deciliter (g/dL)".
_AGAIN = pattern_of(rf"\s?\(\s?(?P<unit>{_ATOM}(?:\s*/\s*(?:\d+(?:[.,]\d+)?\s?-?\s?)?{_ATOM})*)\s?\)", re.IGNORECASE)
# "0. 6 x 10^9/L": a blank behind the mark of the decimals.
_BROKEN = pattern_of(r"(?P<whole>\d)\. (?P<part>\d+)(?=\s?[x×*]\s?10)", re.IGNORECASE)
# "10^4 IU/mL": a power of ten by itself.
_TENS = pattern_of(r"10\s?(?:\^|\*\*?)\s?(?P<power>\d{1,2})\*?(?=\s?(?:k?IU|copies|cells|cfu|u|/|gc)\b|\s?/)", re.IGNORECASE)
# "3x", "2-fold": a factor, which a limit of normal must follow.
_FACTOR = pattern_of(r"(?:\s?[x×*](?=\s*(?:$|[a-zA-Z(,;]))(?!\s*10)|\s?-?\s?fold\b)", re.IGNORECASE)
FACTOR = "fold"
# "36+6 weeks", "24+0 to 33+6", "36 6/7 weeks", "37-0 weeks": weeks of pregnancy, and days.
_DAYS_OF = r"(?:\s?\+\s?[0-6](?![\d/.])|(?<=[1-4]\d)-[0-6](?=\s(?:completed\s)?w(?:ee)?ks?\b)|\s?[+-]?\s?[0-6]/7)"
_WEEKS_AND_DAYS = pattern_of(
    rf"(?P<weeks>\d{{1,2}})(?P<days>{_DAYS_OF})(?:\s*(?:weeks?|wks?|w)?\s*(?:-|–|to|and|through)\s*(?P<late>\d{{1,2}})(?P<later>{_DAYS_OF}))?(?:\s*(?:completed\s+)?(?:weeks?|wks?|w)\b)?", re.IGNORECASE
)
_PREGNANCY = pattern_of(r"\bweeks?\b|\bwks\b|gestation|\bGA\b", re.IGNORECASE)
# "5th-85th percentile", "10th and 90th centile".
_CENTILES = pattern_of(r"(?P<low>\d{1,2})\s?(?:st|nd|rd|th)?\s*(?:-|–|to|and|through)\s*(?:the\s)?(?P<high>\d{1,2})\s?(?:st|nd|rd|th)?\s+(?:per)?centiles?\b", re.IGNORECASE)
# "0,1, or 2", "of 1,2": neighbours of a scale, not a decimal comma; a comparator before or a unit behind makes it one.
_NEIGHBOURS = pattern_of(r"(?P<first>[0-8]),(?P<second>[1-9])(?![\d%]|\.\d)(?!\s?[a-zA-Zµ/×^]*[/^×]|\s?(?:m?g|mm?ol|%|cm|mm)\b)")
_COMPARED = pattern_of(r"(?:[<>≤≥=]|\bthan|\bto|\babove|\bbelow|\bleast|\bover|\bunder|\bmost|\bexceed\w*)\s*$", re.IGNORECASE)
_MULTIPLE = pattern_of(r"\s*[x×*]?\s*(?:the\s+)?(?:(?P<limit>I?ULN|UNL|LLN|LNL)\b|(?-i:(?<=[x×*] )N|(?<=[\dx×*])N)\b(?!\s?\d))", re.IGNORECASE)
# What goes on with a unit and is none that is known: never half a unit.
_GOES_ON = pattern_of(r"(?:/|\*(?=[a-z]))(?!(?:ULN|UNL|LLN)\b)[a-zµ][\w.³²^]*")
_STRANGE = pattern_of(r"(?P<unit>/\s?[a-zA-Zµ][\w.³²^µ]*)")
_TIME = pattern_of(r"\s*-?\s*(?:(?:completed|consecutive|continuous|full|complete|calendar|gestational)\s+(?=(?:hour|day|week|month|year)s?\b))?(?P<unit>y\.\s?o\.(?!\w)|(?:hours?|hrs?|h|days?|d|weeks?|wks?|months?|mos?|years?|yrs?|ys|yo|y/o|y)\b)(?:(?<=yrs)\.|(?<=yr)\.|(?<=hrs)\.|(?<=wks)\.|(?<=mos)\.|\.(?=\s+(?:before|prior|preceding|after|following|of|from|until)\b))?(?!\s*/)", re.IGNORECASE)
_DAILY = pattern_of(r"\s*(?:(?:per|a|each|/)\s*(?P<per>day|d|week|wk|kg)\b|(?P<adverb>daily|weekly|qd|q\.d\.|od|bid|b\.i\.d\.|twice daily|once daily|twice a day))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or a closed range, with the unit as written ("" = none) and where it ends in the text."""

    low: Decimal
    high: Decimal | None
    unit: str
    time: bool
    end: int


# What most numbers are: a few digits before a time in full, or before what no number or unit goes on with.
_PLAIN = pattern_of(r"(?P<digits>\d{1,3})(?:[ -](?P<unit>(?:hour|day|week|month|year)s?)\b(?!\s*(?:[/(~-]|per\b|(?i:to|and|thr(?:ough|u))))|(?=[);]|\.?$))")


def number_at(text: str, start: int) -> Number | None:
    """The number or range that begins at `start`, with its unit; None where there is none."""
    if (plain := _PLAIN.match(text, start)) is not None:
        return Number(Decimal(plain["digits"]), None, plain["unit"] or "", plain["unit"] is not None, plain.end())
    if (pair := _NEIGHBOURS.match(text, start)) and int(pair["second"]) == int(pair["first"]) + 1 and not _COMPARED.search(text, max(0, start - 12), start):
        return Number(Decimal(pair["first"]), None, "", False, pair.end("first"))
    if (pregnancy := _WEEKS_AND_DAYS.match(text, start)) is not None and _PREGNANCY.search(text):
        return _of_pregnancy(pregnancy)
    if (centiles := _CENTILES.match(text, start)) and (lower := Decimal(centiles["low"])) <= (upper := Decimal(centiles["high"])):
        return Number(lower, upper, "percentile", False, centiles.end())
    ranged = _RANGE.match(text, start)
    if ranged is not None and _is_range(text, ranged):
        low, high, end = _at(text, ranged.start("low"), ranged["low"]), _at(text, ranged.start("high"), ranged["high"]), ranged.end()
        unit, time, end = _unit(text, end)
        own = time_unit(ranged["inner"]) if ranged["inner"] else None
        if low <= high and (own is None or own == (time_unit(unit) if time else None)) and not _of_two_units(ranged["inner"], unit):
            return Number(low, high, unit, time, end)
    one = _ONE.match(text, start)
    if one is None:
        return None
    if (broken := _BROKEN.match(text, start)) is not None:
        unit, time, end = _unit(text, broken.end())
        return Number(Decimal(f"{broken['whole']}.{broken['part']}"), None, unit, time, end)
    if one[0] == "10" and (power := _TENS.match(text, start)) is not None:
        unit, time, end = _unit(text, power.end())
        return Number(Decimal(10) ** int(power["power"]), None, unit, time, end)
    unit, time, end = _unit(text, one.end())
    return Number(_at(text, start, one[0]), None, unit, time, end)


def _of_two_units(first: str | None, last: str) -> bool:
    """Whether the ends of a range are told in different units: "5 kg to 100 lb"."""
    if not first or not last or first.casefold() in ("to", "and") or time_unit(first) is not None:
        return False
    return unit_label(first).casefold() != unit_label(last).casefold()


def _of_pregnancy(found: re.Match[str]) -> Number:
    """Weeks and days of a pregnancy as weeks where they are whole, else as days."""
    ends = [(int(found["weeks"]), int(re.search(r"[0-6](?=/7|$)", found["days"])[0]))]  # type: ignore[index]
    if found["late"]:
        ends.append((int(found["late"]), int(re.search(r"[0-6](?=/7|$)", found["later"])[0])))  # type: ignore[index]
    whole = all(days == 0 for _, days in ends)
    numbers = [Decimal(weeks if whole else weeks * 7 + days) for weeks, days in ends]
    return Number(numbers[0], numbers[1] if len(numbers) > 1 else None, "weeks" if whole else "days", True, found.end())


_THOUSANDS = pattern_of(rf"(?:\d{{1,3}}(?:\.\d{{3}})+\s?(?:-|to|and)\s?)?(?P<last>{_DOTTED})", re.IGNORECASE)


def _at(text: str, start: int, written: str) -> Decimal:
    """The number that stands at a place; its dots are marks of thousands where what follows says so."""
    thousands = "." in written and _THOUSANDS.match(text, start) is not None and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written) is not None
    return Decimal(written.replace(".", "")) if thousands else decimal(written)


def _is_range(text: str, found: re.Match[str]) -> bool:
    """A range, not a product (`x 10`), a list ("3 and 5 mg"), or a number and the next one's comparator."""
    between = text[found.end("low") : found.start("high")].casefold()
    if "and" in between:
        return False
    if re.search(r"\s(?:to|and)\s+[-\u2212]$", between):
        return False  # "-1 to -6": the sign of the second number
    inner = found["inner"]
    if inner and inner.casefold() in ("to", "and"):
        return True
    return not inner or bool(re.fullmatch(_ATOM + r"(?:/" + _ATOM + r")*|years?|yrs?|y", inner, re.IGNORECASE))


# What most numbers stand before: a sign with which no unit begins, or a time in full that nothing goes on with.
_NO_UNIT = pattern_of(r"\s?(?:[,;:)<>≤≥=]|\.(?:\s|$)|$)")
_PLAIN_TIME = pattern_of(r"[ -](?P<unit>(?:hour|day|week|month|year)s?)\b(?!\s*(?:/|per\b|\())")


def _unit(text: str, end: int) -> tuple[str, bool, int]:
    if _NO_UNIT.match(text, end) is not None:
        return "", False, end
    if (span := _PLAIN_TIME.match(text, end)) is not None:
        return span["unit"], True, span.end()
    found = _unit_itself(text, end)
    again = _AGAIN.match(text, found[2]) if "(" in text[found[2] : found[2] + 2] else None
    if again is None:
        return found
    said = {unit_label(found[0]), unit_label(found[0].rsplit("/", 1)[-1])}
    if found[1] or found[0] == FACTOR or (found[0] and unit_label(again["unit"]) not in said):
        return found
    return found[0] or again["unit"], False, again.end()


def _unit_itself(text: str, end: int) -> tuple[str, bool, int]:
    multiple = _MULTIPLE.match(text, end)
    if multiple is not None:
        return "× LLN" if (multiple["limit"] or "").upper().startswith("L") else "× ULN", False, multiple.end()
    factor = _FACTOR.match(text, end)
    if factor is not None:
        return FACTOR, False, factor.end()
    if (diopters := _DIOPTERS.match(text, end)) is not None and ("." in text[end - 3 : end] or _OPTICAL.search(text)):
        return "diopters", False, diopters.end()
    inverse = _INVERSE.match(text, end)
    if inverse is not None:
        return f"/{inverse['unit']}", False, inverse.end()
    area = _PER_SQUARE.match(text, end)
    if area is not None:
        return "kg/m²", False, area.end()
    time = _TIME.match(text, end)
    found = _UNIT.match(text, end)
    if time is not None and (found is None or found.end() <= time.end()):
        return time["unit"], True, time.end()
    if found is None and (strange := _STRANGE.match(text, end)):
        return strange["unit"], False, strange.end()
    if found is None:
        power = _BARE_POWER.match(text, end)
        return (power["unit"], False, power.end()) if power else ("", False, end)
    if rest := _GOES_ON.match(text, found.end()):
        return text[found.start("unit") : rest.end()], False, rest.end()
    daily = _DAILY.match(text, found.end())
    if daily is not None:
        return f"{found['unit']}{_per(daily)}", False, daily.end()
    written = found["unit"]
    if written[-1:] in "Cc" and written.casefold() == "oc":
        return "°C", False, found.end()
    return "percentile" if "ile" in written.casefold() else _PER_CENT.sub("percent", written), False, found.end()


_PER_CENT = pattern_of(r"per\s+cent", re.IGNORECASE)


def _per(daily: re.Match[str]) -> str:
    if daily["per"]:
        return "/" + {"d": "day", "wk": "week"}.get(daily["per"].casefold(), daily["per"].casefold())
    return {"weekly": "/week"}.get(daily["adverb"].casefold(), "/day" if daily["adverb"].casefold() in ("daily", "qd", "od", "q.d.", "once daily") else " twice daily")


def decimal(text: str) -> Decimal:
    """A number as written: 50,000 and 150.000 have a thousands mark, 0,5 a decimal comma."""
    if text.isdecimal():
        return Decimal(text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return Decimal(text.replace(",", ""))
    if " " in text:
        return Decimal(re.sub(r"[, ]", "", text))
    return Decimal(text.replace(",", "."))


_TIME_UNITS = {"h": "hour", "hr": "hour", "d": "day", "wk": "week", "mo": "month", "yr": "year", "y": "year", "yo": "year", "y/o": "year", "y.o.": "year", "y. o.": "year"}


def time_unit(word: str) -> str | None:
    """hour, day, week, month or year for any spelling of it."""
    low = word.casefold().rstrip("s")
    unit = _TIME_UNITS.get(low, low)
    return unit if unit in ("hour", "day", "week", "month", "year") else None
