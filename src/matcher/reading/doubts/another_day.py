"""Values of another day or state than today's: before an operation, on admission, on an effort, behind a bronchodilator, an infant's corrected age, an age at diagnosis.

A record tells the value of today. Where the words ask for one of another day, their limit is in doubt.
"""

from __future__ import annotations

from matcher.model.language import Age, Ambiguous, Check, Measurement, Unread
from matcher.model.trees import leaves
from matcher.reading.certain.kept import beside
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

# What a value may lie before or behind, each at the beginning of a word; not "7 days before surgery", which is a time before the trial begins.
_UNIT = r"(?<!days )(?<!weeks )(?<!months )(?<!years )(?<!hours )(?<!day )(?<!week )(?<!month )(?<!year )(?<!hour )(?<!\dh )(?<!\dd )"
_TURN = (
    r"(?:surger(?:y|ies)|operations?|procedures?|interventions?|transplant\w*|pci|cabg|angioplasty|resection|hospitali[sz]ation|admission|arrival|presentation|discharge|pregnancy|conception|delivery|"
    r"(?:fluid |volume )?resuscitation|dialysis|stroke|event|injury|fracture|accident|trauma|bronchodilat\w*|salbutamol|albuterol)"
)
_BEFORE = (
    r"pre-?\s?(?:stroke|morbid|injury|trauma\w*|event|existing (?=mrs|modified|rankin|disabilit|functional)|fracture|pregnan\w+|operative\w*|procedur\w+|surg\w+|intervention\w*|bronchodilat\w*|bd|admission|hospital\w*)\b|"
    r"post-?\s?(?:operative\w*|procedur\w+|surg\w+|intervention\w*|bronchodilat\w*|bd|admission|resuscitation|stroke|injury)\b(?!\s+(?:protocol|course|care|outcomes?|recovery|management|complications?|follow))|"
)
_AT_A_TURN = (
    rf"(?=prior to|before|after|following){_UNIT}(?:prior to|before|after|following)\s+(?:(?:the|an?|any|index|qualifying|current|present|presenting|planned|scheduled|elective|initial|inhaled|short[ -]acting|cardiac|bariatric|hospital|icu)\s+)*{_TURN}\b|"
    r"(?:at|on|upon|during)\s+(?:(?:the|time of|hospital|icu|ed|index|initial|first|emergency|department|room|unit)\s+)*(?:admission|arrival|presentation|hospitali[sz]ation|discharge|birth|delivery|conception|(?:initial |first |primary )?diagnosis)\b|"
    rf"(?:at|by|on)\s+(?:the\s+)?(?:time|day|date|moment) of\s+(?:(?:the|an?|their|his|her|index|first|last|initial)\s+)*{_TURN}\b|"
    r"admission\s+(?!to\b|for\b|due\b|or\b|and\b|within\b|in\b|with\b|criteri)\w|"
)
_OF_OLD = (
    r"initial\s+(?:(?:serum|total|blood|diagnostic)\s+)*(?:psa|prostate|nihss|gcs|glasgow|score|white|wbc|leu[ck]ocyt\w*|hemoglobin|count|lactate)\b|"
    r"(?:worst|usual|lowest|highest|peak)\s+(?:(?:daily|average|reported|pain|ever|recorded|documented)\s+)*(?:pain|nrs|vas|nihss|gcs|score|psa|cd4|lvef|hemoglobin)\b|"
    r"historical(?:ly)?\b(?!\s+(?:controls?|or|and|persistent)\b)|(?:at|of|from|in)\s+(?:the\s+)?(?:baseline(?:\s+visit)?|(?:screening|entry|first|last|final) visit)\s+(?:of|in|for|from)\s+(?:the\s+|an?\s+|their\s+)?(?:previous|prior|parent|preceding|core|feeder|original|lead-?in|main|earlier|first|antecedent)\s+(?:[\w-]+\s+)?(?:stud(?:y|ies)|trials?)\b"
)
# "At some time during the disease", "before the device was implanted".
_AT_ANY_TIME = (
    r"|(?:at|in)\s+(?:any|some|one|a)\s+(?:(?:single|given|earlier|previous|prior)\s+)?(?:time|(?:time\s?)?point|stage|occasion|moment)\b(?!\s+(?:on|during)\s+(?:the\s+)?(?:study|trial))|"
    r"(?:prior to|before|following)\s+(?:(?!(?:study|trial|first|or|and)\b)[\w-]+\s+){0,4}(?:re-?)?implant\w*"
)
_NOT_TODAY = Caseless(
    rf"\b(?:{_BEFORE}{_AT_A_TURN}{_OF_OLD}{_AT_ANY_TIME})",
    needs=("pre", "post", "any ", "some ", "one ", " a ", "implant", "initial", "worst", "usual", "histor", "lowest", "highest", "peak", "admission", "arrival", "presentation", "hospitali", "discharge", "prior to", "before", "after", "following", "baseline", "visit", "birth", "delivery", "conception", "diagnosis", "time of", "day of", "date of", "moment of"),
)
# What is measured at rest is another value than the one that is asked for on an effort, asleep, standing up or over a whole day.
_EFFORT = r"(?:exercise|exertion|effort|walk(?:ing|s)?|6-?\s?mwt|treadmill|ergomet\w+|ambulation|stair\w*|sleep(?:ing)?|night|standing|tilt\w*|stress|activity|polysomnogra\w+)"
_NOT_AT_REST = Caseless(
    rf"\b(?:during|after|following|on|at|in|upon|with|while|when)\s+(?!rest\b)(?:(?!(?:and|or|rest|room|without)\b)[\w-]+\s+){{0,5}}?(?:[\w-]*-)?{_EFFORT}\b(?!\s+(?:program|rehab|intervention|therap|training))|\b(?:nocturnal|overnight|orthostatic|standing|ambulatory|exercise|exertional|walking|24[- ]?h(?:ou)?rs?)\s+(?:[\w-]+\s+){{0,2}}(?:oxygen|o2|spo2|sao2|saturation|pulse|heart|blood|bp|sbp|dbp|systolic|diastolic|respir\w+|desaturat\w+)",
    needs=("exerci", "exert", "effort", "walk", "mwt", "treadmill", "ergomet", "ambulat", "stair", "sleep", "night", "standing", "tilt", "stress", "activity", "polysomno", "nocturnal", "orthostatic", "24"),
)
_MOVING = Caseless(
    r"\b(?:during|on|at|in|upon|with|while|when|after)\s+(?:(?:the|active|passive|maximal|deep|any|hip|knee|neck|shoulder|arm|joint|first|full)\s+){0,3}(?:movements?|moving|motion|cough(?:ing)?|activit(?:y|ies)|walking|standing|sitting|night|swallowing|palpation|weight[- ]?bearing|mobili[sz]ation|flexion|extension|abduction|breathing|inspiration|intercourse|exertion|exercise|awakening|stairs?|lifting)\b|"
    r"\b(?:movement|motion|dynamic|nocturnal|night|activity|walking)[- ](?:evoked|related|induced|time)?\s*pain\b",
    needs=("move", "moving", "motion", "cough", "activit", "walking", "standing", "sitting", "night", "nocturnal", "swallow", "palpation", "bearing", "mobili", "flexion", "extension", "abduction", "breath", "inspiration", "intercourse", "exer", "awaken", "stair", "lifting", "dynamic"),
)
OF_PAIN = frozenset(("pain numeric rating scale", "pain VAS"))
_AT_REST = frozenset(("oxygen saturation", "heart rate", "respiratory rate", "systolic blood pressure", "diastolic blood pressure", "arterial oxygen pressure"))
_OTHER_AGE = Caseless(r"\b(?:corrected|adjusted)\s+(?:(?:chronological|post-?natal|gestational|birth)\s+)?age\b|\bages?\b[^,;.]{0,30}\b(?:corrected|adjusted)\b", needs=("corrected", "adjusted"))
# The day of which an age is told: whoever was older then is older now, but not the other way round.
_THEN = Caseless(
    r"\b(?:at|on|upon|by|when|before|after|until)\s+(?:the\s+)?(?:(?:time|date|day|age|moment)\s+(?:of|when)\s+)?(?:(?!(?:study|trial|this|signing|consent|informed|screening|enrol+ment|entry|and|or|with|to)\b)[\w'-]+\s+){0,4}?"
    r"(?:diagnos\w+|onset|debut|menarche|relapse|recurrence|birth|delivery|injury|surgery|operation|transplant\w*|symptoms?(?: start\w*)?)\b|\bdiagnosed\s+(?:at|before|by|when|between)\b",
    needs=("diagnos", "onset", "debut", "menarche", "relapse", "recurrence", "birth", "delivery", "injury", "surgery", "operation", "transplant", "symptom"),
)
# Where another sentence or member of a list begins, of which the words are not said.
_APART = Caseless(r"[;\n•]|\.\s")
_JOINT = Caseless(r",|\b(?:and|or)\b|[/&]")
_ADJECTIVE = Caseless(r"pre|post|initial|worst|usual|lowest|highest|peak|histor|admission|nocturnal|overnight|orthostatic|standing|ambulatory|exercise|exertional|walking|24")


def of_another_day(read: Read, text: str) -> Read:
    """A reading with its values in doubt where words of the same sentence ask for those of another day."""
    asked = [leaf for leaf in leaves(read.check) if not isinstance(leaf, Unread)]
    known = [pattern for of, pattern in _ASKED if any(map(of, asked))]
    found = {pattern: pattern.spans(text) for pattern in known}
    if not any(found.values()):
        return read
    if isinstance(read.check, Ambiguous) and isinstance(read.check.readings[0], Unread):
        return read
    if not _APART.search(text.strip()[:-1]) and all(isinstance(leaf, Measurement | Age) for leaf in asked) and len(asked) == 1:
        return beside(Read(Unread(" ".join(text.split())), ((0, len(text)),)), [read])

    def doubted(leaf: Check, place: tuple[int, int]) -> Check | None:
        patterns = [pattern for of, pattern in _ASKED if of(leaf)]
        said = next((words for pattern in patterns for words in found.get(pattern, ()) if _said_of(place, words, text)), None)
        return Ambiguous((Unread(clean(text[min(said[0], place[0]) : max(said[1], place[1])])), leaf)) if said is not None else None

    return rewritten_there(read, doubted)


def asks_another_day(check: Check, text: str) -> bool:
    """Whether words ask for a value of a check as it was on another day, or in another state."""
    return any(pattern.search(text) for of, pattern in _ASKED if any(map(of, leaves(check))))


def _of_rest(leaf: Check) -> bool:
    """Whether a leaf is a value that is told as it is at rest."""
    return isinstance(leaf, Measurement) and leaf.term in _AT_REST


def _of_pain(leaf: Check) -> bool:
    """Whether a leaf is a score of pain, which is another one at rest than in motion."""
    return isinstance(leaf, Measurement) and leaf.term in OF_PAIN


def _of_a_value(leaf: Check) -> bool:
    """Whether a leaf is a value of today, not one that is named by its day."""
    return isinstance(leaf, Measurement) and not leaf.term.endswith("at birth")


def _of_age(leaf: Check) -> bool:
    return isinstance(leaf, Age)


def _of_the_young(leaf: Check) -> bool:
    """Whether an age has an upper limit, which today's may have passed."""
    return isinstance(leaf, Age) and any(bound.op in ("<", "≤") for bound in leaf.bounds)


def _said_of(place: tuple[int, int], words: tuple[int, int], text: str) -> bool:
    """Whether words at a place are said of what was read from another: an adjective only of what follows it."""
    start, end = min(place[1], words[1]), max(place[0], words[0])
    if _APART.search(text, start, end):
        return False
    return words[0] < place[1] or not _ADJECTIVE.match(text, words[0]) or text[: words[1]].endswith("ly") or not _JOINT.search(text, start, end)


_ASKED = ((_of_a_value, _NOT_TODAY), (_of_pain, _MOVING), (_of_rest, _NOT_AT_REST), (_of_age, _OTHER_AGE), (_of_the_young, _THEN))
