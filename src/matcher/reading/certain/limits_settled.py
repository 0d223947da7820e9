"""Limits that an inclusion asks for whatever the rest of it asks: age, weight, body mass index, scores and laboratory values.

"Outpatients (seen at a clinic) aged ≥ 50 years" and "odd words, ECOG 0-1" may ask for more than was read, never for less: where no
word makes an alternative, a leave, a condition or a group of the line, the limit is needed beside what stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.model.language import (
    LLN,
    ULN,
    Age,
    All,
    Ambiguous,
    Any,
    Check,
    Measurement,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, leaves
from matcher.reading.certain.limits_aside import or_in_a_phrase, without_asides, without_same
from matcher.reading.certain.limits_needed import TOPIC
from matcher.reading.grammar.rules import Context, Read, Spans
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import canonical

# With one of these a line chooses, permits, supposes, tells a group or another person.
_BARS = Caseless(
    r"\b(?:either|may|might|can|could|will|would|should|shall|if|when\w*|where\w*|unless|until|except\w*|excluding|although|though|however|but|otherwise|instead|alternatively|provided|providing|in case|other than|rather than|"
    r"allow\w*|permit\w*|accept\w*|eligib\w*|ineligib\w*|exempt\w*|encourag\w*|recommend\w*|preferr?\w*|preferabl\w*|optional\w*|waive\w*|exclu\w*|qualif\w*|"
    r"any|some|one of|two of|three of|at least (?:one|two|three|1|2|3)\s+(?!year|month|week|day|hour|cm|mg|kg)|following|below|above|factors?|features?|risks?|criteri(?:a|on)(?=\W*$|\s*[:(,;])|(?:minor|major|these|following) criteri\w+|such as|like|e\.?g|eg|etc|respectively|"
    r"only|assent|pre|pre-?pregnan\w*|pregravid|chemoprophyla\w*|prophyla\w*|countr(?:y|ies)|selected|educat\w*|stud(?:y|ies) \d+|sub-?stud(?:y|ies)|regimens?|whose|those|"
    r"(?:an?|one|two|1|2|their|own) child(?:ren)?|child's|children's|donors?|partners?|mothers?|maternal|fathers?|paternal|parents?|infants?|newborns?|neonat\w*|birth|born|fet\w+|famil\w+|relatives?|siblings?|spouses?|care-?\s?givers?|carers?|guardians?|accompan\w+|household|wife|wives|husbands?|"
    r"cohorts?|arms?|groups?|parts?|phases?|strat\w+|sub-?groups?|subsets?|stages?|controls?(?!\s+(?:of|over)\b)|cases?|experimental|comparison|tiers?|population|category|target|goal|"
    r"for (?:all |any )?(?=patients|subjects|participants|those|men|women|males|females|children|adults|adolescents|people|persons|individuals|the (?:patients|subjects|group))|in (?=patients|subjects|participants|those|men\b|women\b|males|females|children|adults|adolescents)|with or|men|women|males?|females?|boys?|girls?|ladies|gentlemen|sex)\b",
)
# Beside a laboratory value also these: another day, a change, a denial.
_OF_VALUES = Caseless(
    r"\b(?:tolerat\w*|stop\w*|discontinu\w*|wash-?\s?out\w*|criteri\w+|includ(?:e|es|ed)|points?|while|gestation\w*|"
    r"nadir|lowest|highest|peak|worst|best|ever|maxim\w+|minim\w+|previous\w*|prior|past|former\w*|histor\w*|initial\w*|pre-?\w*treatment|post-?\s?\w*|pre-?operative\w*|before|after|onset|since|achiev\w*|maintain\w*|reach\w*|"
    r"chang\w*|differ\w*|variab\w*|reversib\w*|fall\w*|drop\w*|declin\w*|reduc\w*|increas\w*|decreas\w*|improv\w*|respon[sd]\w*|loss|gain|adjusted|ideal|corrected|percentile|deviations?|mean|average|median|repeat\w*|twice|consecutive|occasions?|"
    r"specific|against|ambulatory|daytime|night\w*|home|24|quartile|ratio of|versus|vs|not|no|non|never|none|neither|nor|without|lack|absen\w+|rul\w+ out|suspect\w*|predict\w* (?!normal|value)|expect\w*)\b",
)
# In the words directly before a limit on the patient these make it one of another day, or deny it.
_NOT_NOW = Caseless(
    r"\b(?:nadir|lowest|highest|peak|worst|best|ever|maxim\w+|previous\w*|prior|past|former\w*|histor\w*|initial\w*|post\w*|before|after|since|achiev\w*|reach\w*|chang\w*|differ\w*|fall\w*|drop\w*|declin\w*|reduc\w*|increas\w*|decreas\w*|improv\w*|loss|lost|gain\w*|"
    r"adjusted|ideal|corrected|percentile|deviations?|not|no|non|never|none|neither|nor|without|lack|absen\w+|suspect\w*|predict\w*|expect\w*|stop\w*|discontinu\w*|while)\b[^,;.)]*$",
)
# "(USA participants)" behind a limit, "patients with one lesion must have…": asked of some.
_PERSONS = r"\b(?:patients?|subjects?|participants?|volunteers?|individuals?|people|children|adults?|adolescents?)"
_OF_SOME_BEHIND = Caseless(rf"[(\[][^()]*{_PERSONS}\b[^()]*(?:[)\]]|$)")
_OF_SOME_BEFORE = Caseless(rf"[(\[][^()]*{_PERSONS}\b[^()]*$")
_SCOPED = Caseless(rf"{_PERSONS}\s+(?!must|need|should|are|is)\w[^.;]*\b(?:must|need to|needs to|required|have to|has to)\b")
# Another amount, which may be the same limit for others.
_AMOUNT = pattern_of(r"[<>≤≥=%]|\bat (?:least|most)\b|\b(?:more|less) than\b|\bup to\b|(?<![\w-])(?<!visit )(?<!day )(?<!type )\d+(?!\s*(?:days?|weeks?|hours?|months?)\b|\d)", re.IGNORECASE)
# Before an age that may be that of the illness.
_OF_ILLNESS = Caseless(r"\b(?:diagnosed|onset|develop\w*|occur\w*|beg[aiu]n\w*|start\w*|began|first|surgery|transplant\w*|treated|operated|implant\w*)\b")
_AT = Caseless(r"at (?!least|most)|by\b|before\b|after\b")
_AT_END = Caseless(r"\b(?:at|by)\W*$")
# A value on the day of what is to come is none of today.
_LATER = Caseless(r"\b(?:at|on|upon)\s+(?:the\s+)?(?:time|day|date)s?\s+of\s+(?!(?:the\s+)?(?:screening|enrol|randomi|registration|study|entry|inclusion|consent|signing|informed))")
# "A smear not older than 12 months".
_OLDER = Caseless(r"(?:not |no )?(?:older|younger)\b")
_PEOPLE = Caseless(r"(?:^\W*|\b(?:(?:in|out)?patients?|subjects?|participants?|volunteers?|individuals?|people|persons?|children|adults?|adolescents?|recipients|candidates|residents|students|workers|employees|veterans|athletes|smokers|users|(?:fe)?males?|(?:wo)?men|be|are|is)\s+)$")
_ALONE = Caseless(r"\s*(?:and|or|and/or|/|for|in|if)\b|.*\b(?:or|and/or)\W*$")
# Directly before a limit these make something else of it.
_OTHER = Caseless(r"(?:than|change|onset|diagnos\w*|symptoms?|duration|disease|mental|bone|developmental|biological|gestational|menstrual|chronological|skeletal|physiologic\w*|birth|dry|lean|fat|dose|visual|stable|diagnosed|started|treated|smok\w*|since|for|from|to|if|until|during|over the (?:last|past)|aged? at|[-/<>=≤≥%\d])\W*$")
_BEHIND_OTHER = Caseless(r"\s*(?:[-/<>=≤≥%+±*\d]|[(\[]\s*[<>=≤≥\d]|to\b|of (?!age\b)|ago\b|earlier|(?:old\s*)?(?:must|needs?|should|shall|ha(?:ve|s) to|are required|is required)\b|in (?:19|20)\d\d|(?:old\s+|of age\s+)?(?:demonstrate|shows?|have|receive|undergo|present|provide|give|agree|use|are|is)\b|(?:in |over |within |during )?(?:the )?(?:last|past|previous|preceding)\b|[(,]?\s*(?:old\s+|of age\s+)?[(,]?\s*(?:at|when|upon)\b[^.,;]{0,30}(?:diagnos|onset|first|initial)|for\b|from\b|duration|history|or\b|and\s*[<>=≤≥\d]|[,;]\s*(?:and\s*|&\s*)?[<>=≤≥\d]|at (?:diagnosis|onset|birth|surgery|the time of (?:diagnosis|surgery|transplant\w*|onset|first|initial))|higher|lower|greater|less|more|times|x\b)")
# Before a limit on the patient: it begins a member of the line, or is said of people or their age.
_BEGINS = Caseless(
    r"(?:^\W*|[,;:.()\[\]•]\s*|\b(?:and|with|plus|who|whose|has|have|having|had|be|is|are|must|aged?|ages|weigh(?:t|s|ing)?|of|an?|the|patients?|subjects?|participants?|volunteers?|individuals?|persons?|people|adults?|(?:in|out)patients?|recipients|candidates|residents|students|workers|employees|veterans|athletes|smokers|users|"
    r"(?:fe)?males?|(?:wo)?men|genders?|sex(?:es)?|current(?:ly)?|baseline|screening|confirmed|documented|adequate|(?:performance|physical) (?:status|shape|condition)|(?:co-?operative\s?)?oncology group)\W{1,2})$"
)
_BEGINS_ITSELF = Caseless(r"[^\w<>≤≥=]|(?:(?:ecog|who|zubrod)\b.*\b(?:ps|status|performance)|karnofsky|lansky|bmi|body mass index|age[sd]?|adults?|men|women|(?:fe)?males?|patients?|subjects?|participants?|volunteers?)\b")
# "Injury sustained over the age of 18": an age behind a verb is of that day.
_VERB = Caseless(r"(?:\w(?:ed|ing)|made|seen|found|given|taken|begun|began)\W*$")
# What is said of the young with other limits than an age may be asked of them only.
_YOUNG = Caseless(r"\b(?:adolescents?|child(?:ren)?|minors?|teenagers?|p(?:a)?ediatric\w*|elderly|geriatric)\b")
_AND = Caseless(r"\band\b|&|\+")
# A list of which all is asked for: "adequate function: A, B", "A - B - C".
_LISTED = Caseless(r"^[^:]*\b(?:adequate|normal|sufficient|acceptable)\b[^:]*\bfunctions?\b[^:]*:|\s-\s.*\s-\s")
_OR = Caseless(r"\bor\b")
# Before a limit on a laboratory value: it begins a member or is what the patient has.
_HAS = Caseless(r"(?:^|[,;:.(\[•]|\b(?:with|and|of|an?|the|have|has|having|had|is|are|be|by|as|that|who|whose|show\w*|demonstrat\w*|current|documented|baseline|screening|fasting|estimated|calculated|measured|adequate|confirmed|patients?|subjects?|participants?|plus))\s*$")
_ENDS = Caseless(r"\s*(?:$|[,;.)\](]|(?:and|at|with|without|who|within|by|as|on|in|during|according|using|measured|calculated|assessed|obtained|determined|derived|evaluated|documented|confirmed|demonstrated|tested|based|per|despite|inclusive|including|that|having|plus)\b)")
# "Liver metastases: ALT ≤ 5 × ULN": a head that says whose limit it is.
_HEAD_OF_SOME = Caseless(rf"{_PERSONS}\b|\bwith\b|metasta|diseases?\b|cancer|tumou?rs?\b|diabet|cirrho|syndrome")
_AGE_TOPIC = Caseless(r"\b(?:ages?|gender|sex|demograph\w*|bmi|weight|status known)\b")
_OF_THE_PATIENT = frozenset(("body mass index", "body weight", "ECOG performance status", "Karnofsky performance status", "Lansky play score"))
_OF_GRADES = frozenset(("NYHA class", "ASA physical status"))
_DEFINES = Caseless(r"\b(?:defined|definition|diagnos\w+|characteri[sz]ed|manifest\w+|evidenced|indicat\w+|severe|syndrome|failure|dysfunction|insufficiency|impairment|abnormal\w*|shock|hypotension|hypertension)\b")


def with_limits_settled(read: Read, tokens: Sequence[Token], context: Context) -> Read:
    """An inclusion with the limits in its unread words told as needed, each beside the rest that stays unread."""
    if context.exclusion or not any(leaf.__class__ is Unread for leaf in leaves(read.check)):
        return read
    limits = [limit for token in tokens if token.tag == "check" for limit in _limits(token, context)]
    if not limits:
        return read
    rest = without_asides(_rest(limits, context))
    if _chooses(limits, rest, context):
        return read
    known = told(read.check)
    certain = [token for token in limits if token.value.check not in known and _needed(token, limits, rest, context)]
    if not certain:
        return read
    check, spans = settled(read.check, iter(read.spans), certain)
    return Read(check, spans)


def _limits(token: Token, context: Context) -> Iterator[Token]:
    """The limits of a check, each with its own place, where all of it is asked for."""
    read: Read = token.value
    if isinstance(read.check, Age | Measurement):
        yield token
    elif isinstance(read.check, All) and not any(isinstance(part, All) for part in read.check.parts) and len(read.check.parts) == len(read.spans):
        for part, (start, end) in zip(read.check.parts, read.spans, strict=True):
            if isinstance(part, Age | Measurement):
                yield replace(token, start=start, end=end, text=context.text[start:end], value=Read(part, ((start, end),)))


def _chooses(limits: Sequence[Token], rest: str, context: Context) -> bool:
    """Whether the words outside the limits make a choice, a leave or a group of the line, or may."""
    if _ALONE.match(context.text):
        return True
    ages = [token for token in limits if isinstance(token.value.check, Age)]
    if len(ages) > 1 or (len(limits) > 1 and any(_tells_for_whom(token, context) for token in limits)):
        return True
    if sum(_of_laboratory(token.value.check) for token in limits) > 1 and not (_AND.search(rest) or _LISTED.search(context.text) or _are_adequate(limits, rest)):
        return True
    return _BARS.search(_OF_ONE_SEX.sub(" ", rest)) is not None or _SCOPED.search(rest) is not None


# At the head of a line: who is meant, for whom the limit is where no other is named.
_OF_ONE_SEX = re.compile(r"^\W*(?:(?:all|any|an?|the|adult|eligible|non-?pregnant|pregnant|postmenopausal|premenopausal|chinese|consecutive)\s+)*(?:(?:wo)?m[ae]n|(?:fe)?males?)\b(?=(?:\s+(?:patients?|subjects?|participants?|individuals?|volunteers?|adults?))?\W*(?:#|aged?\b|ages\b|with\b|who\b|of\b|at\b|between\b))", re.IGNORECASE)


# Values of which enough, and those of which not too much, is asked of organs that work; a list of such limits asks for all of them.
_ENOUGH = frozenset(("hemoglobin", "platelets", "neutrophils", "white blood cells", "lymphocytes", "albumin", "creatinine clearance", "eGFR", "left ventricular ejection fraction"))
_NOT_TOO_MUCH = frozenset(("creatinine", "total bilirubin", "AST", "ALT", "alkaline phosphatase", "INR", "aPTT", "prothrombin time"))
_OF_KIDNEYS = frozenset(("creatinine", "creatinine clearance", "eGFR"))


def _are_adequate(limits: Sequence[Token], rest: str) -> bool:
    """Whether a list without an "and" asks for organs that work, with no "or" and no two values of which one may be enough."""
    values = [token.value.check for token in limits if _of_laboratory(token.value.check)]
    kinds = {(one.term in _ENOUGH, bound.op[0]) for one in values for bound in one.bounds}
    known = all(one.term in _ENOUGH | _NOT_TOO_MUCH for one in values) and kinds <= {(True, "≥"), (True, ">"), (False, "≤"), (False, "<")}
    return known and len({one.term for one in values} & _OF_KIDNEYS) < 2 and not _OR.search(rest)


_FOR_AGE = Caseless(r"(?:[(\[]|\bfor|\bif|\bin)\W*(?:age[sd]?\W*)?$")
_WHO_MUST = Caseless(r"\s*(?:old\b|of age\b)?\s*(?:must|needs?|should|shall|ha(?:ve|s) to|are required|is required)\b")


def _tells_for_whom(token: Token, context: Context) -> bool:
    """Whether an age beside another limit says for whom that is: "Karnofsky ≥ 50 (over age 10)", "those under 18 must have…"."""
    if not isinstance(token.value.check, Age):
        return False
    return _FOR_AGE.ends(context.text, token.start) is not None or _WHO_MUST.match(context.text[token.end :]) is not None


def _rest(limits: Sequence[Token], context: Context) -> str:
    """The words of the line without those of its limits."""
    said: list[str] = []
    start = 0
    for token in sorted(limits, key=lambda one: one.start):
        said.append(context.text[start : token.start])
        start = max(start, token.end)
    return " # ".join((*said, context.text[start:]))


def _needed(token: Token, limits: Sequence[Token], rest: str, context: Context) -> bool:
    """Whether a limit is a whole one on what the patient is today."""
    check = token.value.check
    before, behind = context.text[: token.start], context.text[token.end :]
    if any(other is not token and _of_one_thing(other.value.check, check) for other in limits):
        return False
    graded = isinstance(check, Measurement) and check.term in _OF_GRADES
    if any(bound.op == "≥?" for bound in check.bounds) or not (graded or any(character.isdigit() for character in token.text)):
        return False
    if _OR.search(rest) and not (not _of_laboratory(check) and or_in_a_phrase(context.text, token.start, token.end)):
        return False
    if _OTHER.search(before[-40:]) or _BEHIND_OTHER.match(without_same(behind)) or _OF_SOME_BEFORE.search(before) or _OF_SOME_BEHIND.search(behind) or _NOT_NOW.search(before):
        return False
    head = before.rpartition(":")[0]
    if head and (_HEAD_OF_SOME.search(head) or not (TOPIC.match(f"{head}:") or _AGE_TOPIC.search(head))):
        return False
    if isinstance(check, Age):
        named = "age" in token.text.lower() and not _VERB.search(before[-40:])
        return (named or _begins(token, before)) and _of_today(token, before)
    if graded or check.term in _OF_THE_PATIENT:
        return _begins(token, before) and not _YOUNG.search(context.text)
    return _of_value(check, before, behind, rest, context)


def _begins(token: Token, before: str) -> bool:
    """Whether a limit begins a member of its line, so that no word that was not read belongs to it."""
    return _BEGINS.search(before[-40:]) is not None or _BEGINS_ITSELF.match(token.text) is not None


def _of_laboratory(check: Check) -> bool:
    """Whether a limit is on a laboratory value or sign, not on an age, a weight or a score."""
    return isinstance(check, Measurement) and check.term not in _OF_THE_PATIENT and check.term not in _OF_GRADES


def _of_today(token: Token, before: str) -> bool:
    """Whether an age is the patient's now, not that of an illness, a test or an operation."""
    at = _AT.match(token.text) or _AT_END.search(before[-40:])
    of_thing = _OLDER.match(token.text) and not _PEOPLE.search(before[-40:])
    return not (at or of_thing or _OF_ILLNESS.search(before))


def _of_value(check: Measurement, before: str, behind: str, rest: str, context: Context) -> bool:
    """Whether a limit on a laboratory value or sign stands as a member of its own, with no other amount beside it."""
    if not check.bounds or not _in_own_unit(check, context) or check.times > 1 or not _HAS.search(before[-40:]) or not _ENDS.match(behind):
        return False
    return not (_LATER.search(behind) or _OF_VALUES.search(rest) or _AMOUNT.search(rest) or _DEFINES.search(context.text))


def _in_own_unit(check: Measurement, context: Context) -> bool:
    """Whether a limit is in a unit of a known measure, or is a multiple of its usual limits."""
    measure = context.vocabulary.measure(check.term)
    return measure is not None and all(bound.unit in ("", ULN, LLN) or canonical(measure, bound.number, bound.unit) is not None for bound in check.bounds)


def told(check: Check) -> set[Check]:
    """What a check asks for certainly already."""
    return {one for part in check.parts for one in told(part)} if isinstance(check, All) else {check}


def _of_one_thing(one: Check, other: Check) -> bool:
    """Whether two limits are on one value, so that each may be for others."""
    return isinstance(one, Measurement) and isinstance(other, Measurement) and one.term == other.term


def settled(check: Check, places: Iterator[tuple[int, int]], certain: Sequence[Token]) -> tuple[Check, Spans]:
    """A part with its places; unread words in it narrow the limits that stand in them."""
    if isinstance(check, All):
        found = [settled(part, places, certain) for part in check.parts]
        return all_of([one for one, _ in found]), tuple(span for _, spans in found for span in spans)
    spans = tuple(next(places, (0, 0)) for _ in leaves(check))
    if isinstance(check, Any) and spans and any(leaf.__class__ is Unread for leaf in leaves(check)):
        start, end = min(place[0] for place in spans), max(place[1] for place in spans)
        inside = [token for token in certain if start <= token.start and token.end <= end]
        return (All((*(token.value.check for token in inside), check)), (*(span for token in inside for span in token.value.spans), *spans)) if inside else (check, spans)
    if not isinstance(check, Unread | Ambiguous) or not isinstance(next(iter(leaves(check))), Unread):
        return check, spans
    start, end = spans[0]
    inside = [token for token in certain if start <= token.start and token.end <= end]
    if not inside:
        return check, spans
    rest, left = _without(check, spans, [token.value.check for token in inside])
    limits = [token.value.check for token in inside]
    return All((*limits, rest)), (*(span for token in inside for span in token.value.spans), *left)


def _without(check: Check, spans: Spans, limits: Sequence[Check]) -> tuple[Check, Spans]:
    """What stays doubted of unread words with their readings when the limits are told apart."""
    if not isinstance(check, Ambiguous):
        return check, spans
    kept: list[Check] = []
    left: list[tuple[int, int]] = []
    places = iter(spans)
    for reading in check.readings:
        parts = reading.parts if isinstance(reading, All) else (reading,)
        placed = [(part, [next(places, (0, 0)) for _ in leaves(part)]) for part in parts]
        placed = [(part, own) for part, own in placed if part not in limits]
        if placed:
            kept.append(all_of([part for part, _ in placed]))
            left += [span for _, own in placed for span in own]
    return (Ambiguous(tuple(kept)) if len(kept) > 1 else kept[0]), tuple(left)
