"""How much alcohol is drunk: "regular alcohol intake of more than 21 units a week for men or 14 for women"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from matcher.model.language import All, Bound, Check, Measurement, Sex, Unread, When
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_NUMBER = r"\d{1,3}(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten|fourteen|fifteen|twenty|twenty-one"
_WORDS = {word: at for at, word in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))} | {"fourteen": 14, "fifteen": 15, "twenty": 20, "twenty-one": 21}
_MORE = r">\s?=|≥|>|more than|greater than or equal to|greater than|over or equal to|over|above|exceed(?:s|ing)|in excess of|at least|an average of more than|an average of over"
_LESS = r"<\s?=|≤|<|no more than|not more than|less than or equal to|less than|fewer than|up to|at most|under|below|not exceeding"
_OF_WHAT = r"(?:standard |alcoholic |alcohol )*(?:units?|drinks?|beverages?|servings?|grams?|g|glasses)(?: of (?:pure |absolute )?(?:alcohol|ethanol|alcoholic beverages?|alcoholic drinks?|wine or beer))?"
_AMOUNT = rf"(?:(?P<op§>{_MORE}|{_LESS})\s*)?(?P<number§>{_NUMBER})(?:\s*\(\d+\))?\s*(?P<unit§>{_OF_WHAT})(?:\s*(?:per|/|an?|each|every|in a|on a)\s*(?P<per§>day|d|week|wk)\b|\s+(?P<daily§>daily|weekly))?"
_SEX = r"(?:\s*,?\s*\(?(?:for|in|if|by)?\s*(?:an? )?(?:healthy |adult )?(?P<sex§>males?|men|man|females?|women|woman)(?: (?:subjects?|patients?|participants?))?\)?)"
_LEAD = (
    r"\W*(?:(?:subjects?|patients?|participants?|individuals?|volunteers?|those|who|has|have|had|with|a|an|the|any|of|is|are|on|as|by|or|and|current(?:ly)?|history|regular(?:ly)?|routine(?:ly)?|habitual(?:ly)?|heavy|excessive(?:ly)?|chronic|"
    r"average|mean|daily|weekly|typical|significant|known|self-?\s?report(?:s|ed)?|consum(?:es?|ed|ing|ption)|drinks?|drinking|drank|intake|ingest(?:s|ion)|use|uses|usage|abuse|alcohols?|alcoholic|ethanol|beverages?|defined|that|exceed|which|admission)\b[\s,:(/-]*)*?"
)
_TAIL = r"(?:(?:\s*[(\[](?:\*?\s*(?:one|1|a)\s+(?:unit|drink|standard|serving|glass)|males?|females?|on average|self)[^()\[\]]*(?:\([^()]*\)[^()]*)*[)\]]?)?(?:\s*,?\s*(?P<time>(?:within|in|during|over|for|prior to|before)\b[^.;]{3,60})|\s*,?\s*(?:on average|as per [\w\s]{3,30}|by history|as reported[\w\s]{0,20}))?)\s*[.;]*"
_DRINKS = Caseless(
    _LEAD + f"{_AMOUNT}(?:{_SEX}".replace("§", "1") + rf"(?:\s*(?:,|;|/|and|or|and/or|;\s*or)\s*{_AMOUNT}{_SEX})?)?".replace("§", "2") + _TAIL,
)
_SIGNS = ("lcohol", "drink", "Drink", "drank", "thanol", "ALCOHOL")  # without one of these it is not tried, for speed
_LONGEST = 300  # characters
_ABUSED_OR = pattern_of(r"\babuse\b[^.;(]*\bor\b(?!\s+(?:misuse|use|excessive|heavy)\b)", re.IGNORECASE)  # the amount is another thing than the abuse
_OF_ALCOHOL = pattern_of(r"alcohol|ethanol|\bdrink", re.IGNORECASE)


def alcohol_intake(tokens: Sequence[Token], context: Context) -> Read | None:
    """The amounts, each of the sex it is for; a time in which it was drunk, unread."""
    if not any(map(context.text.__contains__, _SIGNS)):
        return None
    said = clean(context.words(tokens))
    if len(said) > _LONGEST or not _OF_ALCOHOL.search(said):
        return None
    found = _DRINKS.fullmatch(said)
    if found is None or not found["op1"] or not (found["per1"] or found["daily1"] or found["per2"] or re.search(r"\b(?:daily|weekly)\b", said, re.IGNORECASE)):
        return None
    if _ABUSED_OR.search(said, 0, found.start("number1")):
        return None
    limits = [_limit(found, n, said) for n in (1, 2) if found[f"number{n}"]]
    rules: list[Check] = [
        limit if sex is None else (All((Sex(sex), limit)) if context.exclusion else When(Sex(sex), limit)) for limit, sex in ((limits[n - 1], _sex(found[f"sex{n}"])) for n in range(1, len(limits) + 1))
    ]
    check = any_of(rules) if context.exclusion else all_of(rules)
    if found["time"]:
        check = All((check, Unread(found["time"].strip(" .;,"))))
    return Read(check, ((tokens[0].start, tokens[-1].end),) * sum(1 for _ in leaves(check)))


def _limit(found: re.Match[str], n: int, said: str) -> Measurement:
    """The amount with its sign and its time, which a second amount may have from the first."""
    sign = found[f"op{n}"] or found["op1"]
    op = _sign(sign.replace(" ", ""), sign)
    number = Decimal(_WORDS[found[f"number{n}"]]) if found[f"number{n}"] in _WORDS else Decimal(found[f"number{n}"])
    unit = found[f"unit{n}"]
    kind = "g" if re.match(r"(?:grams?|g)\b", unit) else "U" if "unit" in unit else "drinks"
    return Measurement("alcohol intake", (Bound(op, number, f"{kind}/{_per(found, n, said)}"),))


def _per(found: re.Match[str], n: int, said: str) -> str:
    for at in (n, 1, 2):
        told = found[f"per{at}"] or found[f"daily{at}"]
        if told:
            return "day" if told in ("day", "d", "daily") else "week"
    return "day" if re.search(r"\bdaily\b", said, re.IGNORECASE) else "week"


def _sign(bare: str, sign: str) -> str:
    if bare in (">=", "≥", "atleast") or ("or equal" in sign and re.match(_MORE, sign)):
        return "≥"
    if re.fullmatch(_MORE, sign):
        return ">"
    return "<" if sign in ("<", "less than", "fewer than", "under", "below") else "≤"


def _sex(word: str | None) -> str | None:
    return None if word is None else "male" if word.startswith("m") else "female"

