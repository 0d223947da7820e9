"""A segment that only says of what age, and of what sex, people are: "males or non-pregnant females, 18 to < 75 years of age"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from matcher.model.language import Age, Any, Bound, Check, Not, Sex, State, When
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.grammar.pieces import taken
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.spelling import plain
from matcher.reading.tagging.tokens import Token

_NUMBERS = {word: str(number) for number, word in enumerate(("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "twenty-one"), 12)}
_N = r"\d{1,3}(?:\.\d)?"
_UNIT = r"[\s-]*(?P<{0}>years?|yrs?|yo|y/o|months?|weeks?)\b\.?"
_OLD = r"(?:[\s-]*(?:of\s+)?(?:age\b|old\b))*+"
# Whatever a word or a sign could be part of in two ways is taken once and for all ("*+", "(?>"): trying both ways at every
# word doubles the time with each.
# People, and words that only lead to their age.
_PEOPLE = (
    r"(?:(?:patients?|subjects?|participants?|volunteers?|individuals?|persons?|people|chronological|legal|intervals?|desired|adults?|males?|females?|m[ae]n|wom[ae]n|boys?|girls?|genders?|sex(?:es)?|children|m/f|they|who|that|which|their|the|all|any|each|every|either|both|pa?ediatric|adolescents?|elderly|teenagers?|infants?|young|"
    r"is|are|be|being|must|should|will|of|and|or|in|with|at|between|from|aged?|ages|years?|group|ranges?|ranging|ranged|healthy|study|enrol+ment|a|an|have|has|having|to|limit|requirement)\b(?:(?<=age)\s*:|(?<=ages)\s*:|(?<=sex)\s*:|(?<=gender)\s*:)?[\s,;/(-]*+|"
    r"non-?\s?pregnant[\s,/]*+|non-?\s?(?:lactating|nursing|breast-?\s?feeding)[\s,/]*+|[-(,•*]\s*+)*?"
)
_FLOOR = r"(?P<floor>[≥>]\s?=?|=\s?>|at least|a?\s*minimum(?: age)?(?: of| is|:)?|more than or equal to|greater than or equal to|older than or equal to|equal to or (?:greater|older|more) than|(?:greater|more|older|higher) than|over|above|not younger than|no younger than|not less than|no less than)?"
_CEILING = r"(?P<ceiling>[≤<]\s?/?\s?=?|=\s?<|less than or equal to|younger than or equal to|equal to or (?:less|younger) than|(?:less|younger) than|under|below|up to|at most|not older than|no older than|not more than|no more than|not exceeding|maximum(?: age)?(?: of| is|:)?)?"
_JOIN = r"(?>\s*(?:,?\s*(?P<join>to|[-–—~]|through|until|till|but|and/or|and|or|,)\s*)+)(?:of\s+|is\s+|are\s+|aged?\s+|ages\s+|including,?\s+)*"
_EDGES = r"(?:\s*\(?(?:both\s+)?(?:inclusive(?:ly)?|incl\.?|included|(?:including|inclusive of|include[sd]?)\s+(?:(?:the|both|boundary|critical|threshold|limit|limits|end|ends|endpoints?|extremes?|range|ranges|values?|and|or|years?|old|of|age|\d{1,3}(?!\d)(?:th)?|birthday)\s*)+|(?:bounds|limits|both ends|extremes|boundaries) included)\)?)?"
_TIME_OF = r"(?:screening|baseline|enrol+ment|inclusion|(?:study\s+)?entry|randomi[sz]ation|registration|recruitment|consent(?:ing)?|visit|signing|signature|participation|study|trial|informed|assent|form|icf|document|vaccination|the|a|an|of|first|initial|written|obtained|is(?!\s+(?:included|eligible|enrolled|recruited))|was|subscription|pre-?study|agreement|and|or|start|start of)"
# Behind the age: when it is counted, and that sex, race or an upper limit do not matter.
_TAIL = (
    r"(?:[\s,;]*\([^()]{0,40}\b(?:consent|assent|guardians?|parents?)\b[^()]{0,60}\)|[\s,;(]*(?:(?:at|on|as of|by|upon|prior to)\s+(?:the\s+)?(?:time|date|day|moment)?\s*(?:of\s+)?(?:" + _TIME_OF + r"\b[\s/()]*)+|(?:are|is|will be|may be)\s+(?:included|eligible|enrolled|recruited)|"
    r"(?:(?:with|without|no|and|there\s+is|there\s+are)\s+)+(?:an?\s+)?(?:upper|higher|maximum)\s+(?:age\s+)?limits?(?:\s+(?:of|on|for)\s+age)?|(?:both\s+)?(?:males?|m[ae]n)\s+(?:and|or)\s+(?:females?|wom[ae]n)(?:\s+are\s+(?:not limited|eligible|included))?|"
    r"(?:(?:of|from|regardless of|regardless|irrespective of)\s+)?(?:any|either|both|all|the)?\s*(?:(?:race|races|gender|genders|sex|sexes|ethnicity|ethnic|ethnicities|origins?|groups?|racial|and|or)\b[\s,]*)+(?:(?:is|are)\s+(?:not limited|unlimited|eligible|included))?|"
    r"(?:males?|m[ae]n|females?|wom[ae]n|adults?|patients?|subjects?|volunteers?|participants?|individuals?)|inclusive(?:ly)?|in age|[).]))*+[\s.,;)]*"
)
_RANGE = Caseless(
    rf"\W*{_PEOPLE}{_FLOOR}\s*(?P<low>{_N}|birth)(?:{_UNIT.format('unit')})?{_OLD}{_EDGES}(?P<open>\s*(?:or|and)\s+(?:older|over|above|more))?{_JOIN}{_CEILING}\s*(?P<high>{_N})\s*\)?\s*(?:{_UNIT.format('last')})?(?P<year>[\s-]*years?)?{_OLD}(?P<down>\s*(?:or|and)\s+(?:younger|under|below|less))?{_EDGES}{_TAIL}",
)
_ONE = Caseless(
    rf"\W*{_PEOPLE}(?:{_FLOOR}|(?P<most>under|below|younger than|less than|<|≤|<=|up to|at most|no older than|not older than|maximum(?: age)?(?: of)?))\s*(?P<low>{_N})(?P<plus>\s?\+)?(?:{_UNIT.format('unit')})?{_OLD}"
    rf"(?P<up>\s*,?\s*(?:\(?(?:or|and|of|or older)\s+(?:(?:the\s+)?(?:older|over|above|more|greater|up(?:wards)?)|older)\)?))?{_OLD}{_EDGES}(?:{_UNIT.format('last')})?{_OLD}{_TAIL}",
)
_ANY_AGE = Caseless(rf"\W*+{_PEOPLE}(?:any|all)\s+ages?(?:\s+groups?)?{_TAIL}")
# An age that is not that of the patient today, or not in years.
_OTHER_AGE = Caseless(r"gestation|menstrual|corrected|bone|mental|develop|diagnos|onset|debut|menarche|hours?\b|average|mean|median|duration|history|since|experience|partner|child of|weight|bmi|kg|\bat least one\b|\bany ages?\b[^.;]*\d|\d[^.;]*\bany ages?\b|\b(?:m[ae]n|males?)\s*,\s*or\s+(?:wom[ae]n|females?)\b")
_WOMEN, _MEN = pattern_of(r"\b(?:females?|wom[ae]n|girls?|f)\b", re.IGNORECASE), pattern_of(r"\b(?:males?|m[ae]n|boys?|m)\b", re.IGNORECASE)
_EVERYBODY = pattern_of(r"\b(?:either|both|any|all)\s+(?:genders?|sex(?:es)?)\b", re.IGNORECASE)
_PREGNANT, _NURSING = pattern_of(r"non-?\s?pregnant", re.IGNORECASE), pattern_of(r"non-?\s?(?:lactating|nursing|breast-?\s?feeding)", re.IGNORECASE)
_AGED = Caseless(r"\b(?:age[ds]?|years?|yrs?|old|yo|y/o|adults?)\b|\dy(?:ea)?rs?\b", needs=("age", "year", "yr", "old", "yo", "y/o", "adult"))
_NUMBERED = Caseless(r"\d|twe|teen|(?:any|all)\s+age")  # without one of these no age is told
_HEALTHY = pattern_of(r"\bhealthy\b", re.IGNORECASE)
_OLDEST = 110
_LONGEST = 220  # characters
_ONLY_PEOPLE = Caseless(rf"\W*+{_PEOPLE}{_TAIL}")
# Without one of these a time alone is nobody's age.
_OF_SOMEBODY = pattern_of(r"\b(?:age[ds]?|ages|old|older|yo|y/o|adults?|patients?|subjects?|participants?|volunteers?|individuals?|persons?|people|(?:fe)?males?|(?:wo)?m[ae]n|boys?|girls?|children)\b", re.IGNORECASE)


def ages_told(tokens: Sequence[Token], context: Context) -> Read | None:
    """The age that an inclusion asks for, and the sex, where the words say nothing else."""
    if context.exclusion:
        return None
    said = _sentence(context.text, tokens)
    if len(said) > _LONGEST or not _NUMBERED.search(said) or not _AGED.search(said) or _OTHER_AGE.search(said):
        return None
    check = _aged_people(_in_digits(plain(said).replace("\\", " ")))
    return taken(check, tokens, sum(1 for _ in leaves(check))) if check is not None else None


def people_of_an_age(said: str) -> Check | None:
    """The age, and the sex, that a whole line asks for; None where it says anything else."""
    if not _NUMBERED.search(said) or not _AGED.search(said) or _OTHER_AGE.search(said):
        return None
    return _aged_people(_in_digits(said))


def _aged_people(said: str) -> Check | None:
    bounds = _bounds(said)
    return all_of([*_people(said), Age(bounds)]) if bounds is not None else None


# "Male and females are eligible", "any ethnicity is eligible": everybody is let in.
_EVERYONE = pattern_of(
    r"\W*(?:(?:males?|females?|m[ae]n|wom[ae]n|gender|sex|sexes|genders|race|races|racial|ethnic|ethnicity|ethnicities|origins?|backgrounds?|groups?|patients?|subjects?|participants?|people|persons|individuals|"
    r"both|all|any|either|every|of|and|or|from|the|a|an|with|no limits?|not limited|is|are|will be|can be|may be|be|eligible|included|enrolled|accepted|allowed|for|to|in|this|study|trial|participate|participation|inclusion)\b[\s,/:]*+)+\W*",
    re.IGNORECASE,
)
_LET_IN = Caseless(r"\b(?:eligible|included|enrolled|accepted|allowed|not limited|no limits?)\b", needs=("eligible", "included", "enrolled", "accepted", "allowed", "limit"))
_ALL_OF = pattern_of(r"\b(?:males?|m[ae]n)\b.*\b(?:females?|wom[ae]n)\b|\b(?:females?|wom[ae]n)\b.*\b(?:males?|m[ae]n)\b|\b(?:any|all|both|either|every)\b[\w\s]{0,20}\b(?:sex|sexes|genders?|races?|racial|ethnic\w*)\b", re.IGNORECASE)


def everyone(tokens: Sequence[Token], context: Context) -> Read | None:
    """Words that let everybody in, whatever the sex, race or origin."""
    if context.exclusion or not _LET_IN.search(context.text):
        return None
    said = _sentence(context.text, tokens)
    if len(said) > _LONGEST or not (_LET_IN.search(said) and _ALL_OF.search(said) and _EVERYONE.fullmatch(said)):
        return None
    return taken(Any((Sex("female"), Sex("male"))), tokens, 2)


def not_pregnant(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "Males or non-pregnant, non-lactating females": a rule for the women among them."""
    if context.exclusion or "non" not in context.text.casefold():
        return None
    said = _sentence(context.text, tokens)
    if len(said) > _LONGEST or not (_PREGNANT.search(said) or _NURSING.search(said)) or not _ONLY_PEOPLE.fullmatch(said):
        return None
    adults: list[Check] = [Age((Bound("≥", Decimal(18), "years"),))] if _ADULTS.search(said) and not _YOUNG.search(said) else []
    check = all_of([*adults, *_people(said)])
    return taken(check, tokens, sum(1 for _ in leaves(check)))


_ADULTS, _YOUNG = Caseless(r"\badults?\b"), Caseless(r"\b(?:adolescents?|children|pa?ediatric|boys?|girls?)\b")


def _sentence(text: str, tokens: Sequence[Token]) -> str:
    """The words between two stops in which the tokens stand, with those that were passed over as saying nothing."""
    start = max(text.rfind(mark, 0, tokens[0].start) for mark in (". ", ";", "\n")) + 1
    return text[start : tokens[-1].end]


def _in_digits(said: str) -> str:
    return re.sub(r"\b(?:twenty-one|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty)\b", lambda found: _NUMBERS[found[0].casefold()], said, flags=re.IGNORECASE)


def _bounds(said: str) -> tuple[Bound, ...] | None:
    """The limits of the age; one nobody is below where any age will do."""
    if _ANY_AGE.fullmatch(said):
        return (Bound("≥", Decimal(0), "years"),)
    found = _RANGE.fullmatch(said)
    if found is not None:
        return _between(found)
    found = _ONE.fullmatch(said)
    return _single(found) if found is not None else None


def _between(found: re.Match[str]) -> tuple[Bound, ...] | None:
    low, high = Decimal(0) if found["low"].casefold() == "birth" else Decimal(found["low"]), Decimal(found["high"])
    last = _unit(found["last"]) or "years"
    unit = _unit(found["unit"]) or last
    floor, ceiling, joint = (found["floor"] or "").casefold(), (found["ceiling"] or "").casefold(), found["join"].casefold()
    joined = joint in ("and", "or", "and/or", ",")
    said = re.search(r"\b(?:between|from)\b", found[0], re.IGNORECASE) is not None
    if unit != last or low >= high or high > (_OLDEST if last == "years" else 1200) or (joined and not ceiling and not said) or (joint in ("or", "and/or", ",") and not (floor and ceiling)):
        return None
    if joined and not floor and not said and not found["open"]:
        return Bound("≥?", low, unit), Bound(_sign(ceiling, "≤"), high, unit)  # a sign before the first number was lost
    return Bound(_sign(floor, "≥"), low, unit), Bound(_sign(ceiling, "≤"), high, unit)


def _single(found: re.Match[str]) -> tuple[Bound, ...] | None:
    low, unit = Decimal(found["low"]), _unit(found["unit"]) or _unit(found["last"]) or "years"
    floor, most = (found["floor"] or "").casefold(), (found["most"] or "").casefold()
    up = bool(found["plus"] or found["up"])
    named = found["unit"] or found["last"] or re.search(r"\bage", found[0], re.IGNORECASE)
    if low > (_OLDEST if unit == "years" else 1200) or (most and up) or not named or not _OF_SOMEBODY.search(found[0]):
        return None
    if not (floor or most or up):  # the sign was lost
        return (Bound("≥?", low, unit),) if re.search(r"\bage", found[0], re.IGNORECASE) else None
    return (Bound(_sign(most, "≤"), low, unit),) if most else (Bound("≥" if up else _sign(floor, "≥"), low, unit),)


def _sign(words: str, usual: str) -> str:
    """The comparator that words before a number mean."""
    if not words:
        return usual
    if "=" in words or "≥" in words or "≤" in words or "equal" in words or re.match(r"(?:at|a?\s*min|max|not|no|up)\b|min|max", words):
        return usual
    return usual.replace("≥", ">").replace("≤", "<")


def _unit(words: str | None) -> str:
    small = (words or "").casefold()
    return "" if not small else "months" if small.startswith("month") else "weeks" if small.startswith("week") else "years"


def _people(said: str) -> list[Check]:
    """Of what sex, how healthy and in what state those are of whom an age is asked."""
    found: list[Check] = [State("healthy volunteer")] if _HEALTHY.search(said) else []
    women, men = _WOMEN.search(said) is not None, _MEN.search(said) is not None
    everybody = (women and men) or _EVERYBODY.search(said) is not None
    if not everybody and (women or men):
        found.append(Sex("female" if women else "male"))
    states = [*([State("pregnant")] if _PREGNANT.search(said) else []), *([State("breastfeeding")] if _NURSING.search(said) else [])]
    if states:
        denied: Check = Not(any_of(list(states)))
        found.append(When(Sex("female"), denied) if everybody or not women else denied)
    return found
