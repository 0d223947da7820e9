"""An inclusion that only says how old people are, in roundabout words: "18 years < age < 65 years", "men ≥ 40 and women ≥ 50 years"."""

from __future__ import annotations

import re
from decimal import Decimal

from matcher.model.language import Age, All, Ambiguous, Any, Bound, Check, Sex
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.rules import Read
from matcher.reading.people.ages_told import people_of_an_age
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.spelling import plain

_SPEAKS = ("age", "Age", "AGE", "year", "Year", "old", "sex", "Sex", "ender", "ale", "men", "ot specified")
_LONGEST = 200  # characters
_YEARS = r"(?:[\s-]*(?:years?|yrs?|y/?o)\b\.?)?(?:[\s-]*(?:of age|old)\b)?"
_CONSENT = r"(?:(?:the|time|date|day|moment|of|at|on|giving|signing|signature|informed|written|consent(?: form)?|icf|enrol+ment|inclusion|screening|recruitment|registration|randomi[sz]ation|study|trial|entry|into|visit)\b\s*)+"
# Roundabout words, and the usual ones.
_USUAL = (
    (Caseless(r"^\W*\d{1,2}\s?[.)]\s+(?=[a-z])"), ""),
    (Caseless(r"\bbetween\s*,?\s*(?:and|both)\s+including\s*,?", needs=("including",)), "between "),
    (Caseless(r"(?<=age )(?:interval|range|limits?|group)\s*:", needs=(":",)), "is "),
    (Caseless(r"\?\W*$", needs=("?",)), " "),
    (Caseless(rf"(?P<low>\d{{1,3}}){_YEARS}\s*(?P<over>[<≤]\s?=?)\s*(?:the\s+)?(?:patient'?s?'?\s+)?ages?\s*(?P<under>[<≤]\s?=?)\s*(?P<high>\d{{1,3}})(?={_YEARS})"), r"age \g<over>\g<low> years and \g<under>\g<high>"),
    (Caseless(rf"\bages?\s+(?:at|of|on)\s+{_CONSENT}(?:must be|should be|has to be|will be|is|was|were|:)?", needs=("at ", "of ", "on ")), "age "),
    (Caseless(r"\(?\s*(?:i\.?e\.?,?\s*)?(?:from|on or after)\s+(?:the\s+|their\s+)?(?P<first>\d{1,3})(?:st|nd|rd|th)\s+birthday(?:\s*,?\s+and\s+before\s+(?:the\s+|their\s+)?(?P<last>\d{1,3})(?:st|nd|rd|th)\s+birthday)?\s*\)?", needs=("birthday",)), ""),
    (Caseless(r",?\s*(?:as )?verified per (?:the )?(?:site|local) (?:standard operating procedures?(?: \(sops?\))?|sops?)", needs=("verified",)), ""),
    (Caseless(r"\bnot yet\b(?= \d)", needs=("not yet",)), "under"),
    (Caseless(r"\bat or (?:above|over) the age of\b", needs=("at or",)), "age at least"),
    (Caseless(r"\bat or (?:below|under) the age of\b", needs=("at or",)), "age up to"),
    (Caseless(r"\bat (?:the )?time of (?:the )?visit for\b", needs=("visit",)), "at"),
    (Caseless(r"\((?P<state>non-?\s?pregnant)\)", needs=("pregnant",)), r"\g<state>"),
    (Caseless(r"^\W*is the (?=subject|patient|participant)", needs=("is the",)), ""),
    (Caseless(r"\(\s*years?\s*\)"), ""),
    (Caseless(r"\byears?[ -]*of[ -]+age\b", needs=("of",)), "years of age"),
    (Caseless(r"(?P<low>\d{2})\s*(?:-|to)\s*(?P<high>\d{2})\s+aged\b", needs=("aged",)), r"aged \g<low> to \g<high> years"),
    (Caseless(r"\bas of (?:the )?(?:study )?(?:index|enrol+ment|screening|inclusion|consent) date\b", needs=("as of",)), ""),
    (Caseless(r"\bon the date of consent for the (?:trial|study)\b", needs=("consent",)), ""),
)  # fmt: skip
# Words that let everybody in, whatever the sex and age; and an age that stands beside a sex without a unit.
_EVERYBODY = Caseless(
    r"\W*(?:(?:sex|sexes|gender|genders|age|ages|race|races|ethnicity|males?|females?|m[ae]n|wom[ae]n|boys?|girls?|any|all|both|either|and|or|of|the|is|are|there|with|without|no|none|limits?|limitations?|restrictions?|restricted|unrestricted|unlimited|not limited|regardless|irrespective|included?|includes|"
    r"eligible|accepted|patients?|subjects?|participants?|people|for|to|enter|entry|inclusion|participate|participation|in|this|study|trial)\b[\s,:;/.-]*)+",
)
_NOBODY_KEPT_OUT = Caseless(r"\b(?:males?|m[ae]n|boys?)\b\W+(?:(?:and|or|and/or)\W+)?\b(?:females?|wom[ae]n|girls?)\b|\b(?:females?|wom[ae]n|girls?)\b\W+(?:(?:and|or|and/or)\W+)?\b(?:males?|m[ae]n|boys?)\b|\b(?:any|all|both|either|no|without|regardless of|irrespective of|unrestricted|unlimited)\b[^.;]{0,20}\b(?:sex(?:es)?|genders?|ages?|restrictions?|limits?|limitations?)\b")
_SAYS_SO = Caseless(r"\b(?:any|all|no|without|regardless|irrespective|unrestricted|unlimited|limited|eligible|included?|includes|accepted|either|both)\b|^\W*(?:sex|gender)\b")
_NOT_SPECIFIED = Caseless(r"\W*(?:menopausal|hormone receptor|(?:o?estrogen|progesterone)(?: receptor)?|sex|gender|race|performance|nodal|her2|her-2)\s*status\W*(?:(?:is|was)\s+)?(?:not specified|unspecified|any)\W*")
_BARE_AGE = Caseless(r"(?P<who>\W*(?:healthy\s+)?(?:(?:males?|females?|m[ae]n|wom[ae]n)(?:\s*[/,]\s*|\s+)(?:(?:and|or|and/or)\s+)?)+(?:(?:patients?|subjects?|participants?|volunteers?|adults?)\s+)?)(?P<limit>(?:[≥>]\s?=?\s*)?\d{2}(?:\s*(?:-|to|and)\s*\d{2})?)\W*")
_PLACE = r"(?:the\s+)?(?:united states|us|usa|uk|eu|japan|taiwan|korea|south korea|republic of korea|singapore|thailand|europe|germany|france|italy|china|hong kong)\b"
_PLACES = rf"{_PLACE}(?:\s*(?:,|/|\band\b|\bor\b)+\s*{_PLACE})*\s*"
_ELSEWHERE = Caseless(
    rf"[\s,]*\(?\s*(?:or\s+|and\s+)?(?:(?:aged?|≥|>=|at least|from)\s*)*(?P<years>\d{{2}})(?:\s*(?:years?|yrs?)\b)?(?:\s*(?:of age|old|or older|and older|or above)\b)*\s*,?\s*(?:(?:(?:if|for|in)\s+)(?:(?:patients?|subjects?|participants?|those|enrolled|living|sites?|located|in|from)\s+)*{_PLACES}(?:only\s*|sites?\s*)?|(?:as|if|where) required by (?:local|national|country) (?:regulations?|laws?|requirements?)\s*)\)?",
    needs=("japan", "taiwan", "korea", "united states", " us", " uk", " eu", "singapore", "thailand", "germany", "france", "italy", "china", "hong kong", "required by"),
)
_YOUNG, _OLD = 12, 90
_TURNED = {"<": ">", "≤": "≥"}
_SIGN = pattern_of(r"^age ([<≤])\s?(=?)", re.IGNORECASE)
_MEN, _WOMEN = r"(?:(?:adult|healthy)\s+)?(?:men|males?)", r"(?:(?:adult|healthy|non-?\s?pregnant)\s+)?(?:women|females?)"


def _floor(who: str) -> str:
    """An age that those of one sex must have reached."""
    return (
        rf"\s*,?\s*\(?\s*(?:(?:who are|are|is|must be|should be|aged?|of|with)\s+)*(?P<{who}>[≥>]\s?=?|at least|over|above|older than|more than)?\s*"
        rf"(?P<{who}_years>\d{{2}}){_YEARS}(?P<{who}_up>\s*(?:or|and)\s+(?:older|over|above|more)|\s*\+)?{_YEARS}\s*\)?"
    )


_LEAD, _JOINT = r"\W*(?:patients?|subjects?|participants?|age:?)?\W*", r"\s*[,;/]?\s*(?:and/or|and|or)?\s*(?:for\s+)?"
_BY_SEX = (
    Caseless(rf"{_LEAD}{_MEN}{_floor('men')}{_JOINT}{_WOMEN}{_floor('women')}\W*"),
    Caseless(rf"{_LEAD}{_WOMEN}{_floor('women')}{_JOINT}{_MEN}{_floor('men')}\W*"),
)
_NAMES_YEARS = Caseless(r"\b(?:years?|yrs?|y/?o|aged?|ages|old)\b")
_YOUNGEST, _OLDEST = 16, 90  # a number outside these beside a sex may be no age


def age_sentence(text: str) -> Read | None:
    """The ages that a whole inclusion asks for; None where it says anything else."""
    if len(text) > _LONGEST or not any(map(text.__contains__, _SPEAKS)):
        return None
    said = plain(text).replace("\\", " ")
    check = _two_ranges(said) or _by_sex(said) or _in_usual_words(said) or _everybody(said) or _by_country(said)
    return Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check))) if check is not None else None


_PEOPLE = r"(?:(?:healthy|younger|older|young|elderly|all|male|female|and|or)\s+)*(?:adults?|patients?|subjects?|participants?|volunteers?|people|persons?|individuals?|(?:wo)?men|(?:fe)?males?|children)?"
_RANGE = rf"{_PEOPLE}\s*(?:\(|,)?\s*(?:(?:aged?|ages|between|from|is|are|of)\s*)*[:(]?\s*(?P<{{0}}_low>\d{{{{1,3}}}}){_YEARS.replace('{', '{{').replace('}', '}}')}\s*(?:-|–|~|to|and)\s*(?P<{{0}}_high>\d{{{{1,3}}}}){_YEARS.replace('{', '{{').replace('}', '}}')}\)?"
_TWO_RANGES = Caseless(rf"\W*{_RANGE.format('first')}\s*(?:,?\s*(?:and|or|and/or)|[,;/&])\s*{_RANGE.format('second')}\W*")


def _two_ranges(said: str) -> Check | None:
    """ "Ages 18-30 and 60-85 years": of the one age or the other."""
    found = _TWO_RANGES.fullmatch(said)
    if found is None or not _NAMES_YEARS.search(said):
        return None
    low, high, again, last = (int(found[one]) for one in ("first_low", "first_high", "second_low", "second_high"))
    if not low < high <= again < last or last > _OLDEST + 10:
        return None
    return Any(tuple(Age((Bound("≥", Decimal(start), "years"), Bound("≤", Decimal(end), "years"))) for start, end in ((low, high), (again, last))))


def _in_usual_words(said: str) -> Check | None:
    usual = said
    for pattern, instead in _USUAL:
        found = pattern.search(usual)
        if found is None or (instead == "" and not _repeats(found, usual)):
            continue
        usual = usual[: found.start()] + _upright(found.expand(instead)) + usual[found.end() :]
    return people_of_an_age(" ".join(usual.split()))


def _by_country(said: str) -> Check | None:
    """ "≥ 18 years (≥ 20 years in Japan)": one age or the other, by where the patient lives."""
    found = _ELSEWHERE.search(said)
    if found is None:
        return None
    here = _in_usual_words(f"{said[: found.start()]} {said[found.end() :]}")
    there = people_of_an_age(f"age ≥ {found['years']} years")
    return Ambiguous((here, All((here, there)))) if isinstance(here, Age | All) and there is not None else None


def _everybody(said: str) -> Check | None:
    """Of either sex, where nobody is kept out; or of a sex and an age that has no unit."""
    if _NOT_SPECIFIED.fullmatch(said) or (_EVERYBODY.fullmatch(said) and _NOBODY_KEPT_OUT.search(said) and _SAYS_SO.search(said)):
        return Any((Sex("female"), Sex("male")))
    bare = _BARE_AGE.fullmatch(said)
    numbers = [int(number) for number in re.findall(r"\d+", bare["limit"])] if bare is not None else []
    if bare is None or not all(_YOUNG <= number <= _OLD for number in numbers) or (len(numbers) == 1 and bare["limit"].isdigit()):
        return None
    return people_of_an_age(f"{said[slice(*bare.span('who'))].strip()} aged {bare['limit']} years")


def _repeats(found: re.Match[str], said: str) -> bool:
    """Whether the birthdays that are named are those of the ages told."""
    rest = said[: found.start()]
    return all(re.search(rf"\b{number}\b", rest) is not None for number in found.groupdict().values() if number)


def _upright(words: str) -> str:
    """ "18 < age" as "age > 18"."""
    sign = _SIGN.match(words)
    return words if sign is None else f"age {_TURNED[sign[1]]}{sign[2]}{words[sign.end() :]}"


def _by_sex(said: str) -> Check | None:
    """An age for men and another for women, either of which is a floor."""
    found = next((one for pattern in _BY_SEX if (one := pattern.fullmatch(said)) is not None), None)
    if found is None or not _NAMES_YEARS.search(said):
        return None
    limits: list[Check] = []
    for sex, who in (("male", "men"), ("female", "women")):
        signs, years = (found[who] or "").casefold(), Decimal(found[f"{who}_years"])
        if not (signs or found[f"{who}_up"]) or not _YOUNGEST <= years <= _OLDEST:
            return None
        over = signs and signs[0] not in "≥a" and "=" not in signs and not found[f"{who}_up"]
        limits.append(All((Sex(sex), Age((Bound(">" if over or signs == "above" else "≥", years, "years"),)))))
    return Any(tuple(limits))
