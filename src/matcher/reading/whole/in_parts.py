"""Exclusions in doubt as a whole, read again in parts: without what says nothing, apart from a bracket, member by member.

"Ejection fraction < 40 % obtained by any method", "renal insufficiency (creatinine > 2 mg/dL)", "asthma, odd ails, or epilepsy":
a part is taken only where it is read to its end, and says the same whatever stands unread beside it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Consent,
    Judgement,
    Measurement,
    Medication,
    Not,
    State,
    Statement,
    Unless,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.certain.said_plainly import says_the_same
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.grammar.shared_place import ANYWHERE
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.simpler_words import simpler
from matcher.reading.whole.acuity_sentences import SPEAKS_OF_ACUITY, acuity_sentence
from matcher.reading.whole.apart import (
    ANY_OTHER,
    BRACKET,
    FIRST_DENIES,
    TAIL,
    Again,
    bearing,
    by_clauses,
    by_members,
    sure,
)
from matcher.reading.whole.giving_up import SIGNS, giving_up
from matcher.reading.whole.the_following import the_following
from matcher.reading.whole.two_heads import two_heads
from matcher.vocabulary import is_asked, load

_LONGEST = 320  # characters
# Where one of these stands in what a person is to judge, facts may stand beside it.
_PLAIN_BESIDE = ("Pugh", "history", "annot", "unless")
_LONGEST_PLAINLY = 520


def read_in_parts(read: Read, text: str, again: Again) -> Read:
    """An exclusion in doubt as a whole, as its parts say it; the reading itself where they do not."""
    if "\n" not in text and len(text) <= _LONGEST_LIST and (listed := _by_bullets(text, again)) is not None:
        return Read(listed, ((0, len(text)),) * sum(1 for _ in leaves(listed)))
    judged = _by_drug_examples(text, again) if isinstance(read.check, Judgement) and len(text) <= _LONGEST else None
    if judged is not None:
        return Read(judged, ((0, len(text)),) * sum(1 for _ in leaves(judged)))
    if len(text) > _LONGEST_PLAINLY or "\n" in text or not any(isinstance(leaf, Unread | Statement) or (isinstance(leaf, Judgement) and any(map(leaf.text.__contains__, _PLAIN_BESIDE))) for leaf in leaves(read.check)):
        return read
    sharpness = acuity_sentence(text) if any(map(text.__contains__, SPEAKS_OF_ACUITY)) else None
    if sharpness is not None:
        return sharpness
    found = _plainly(text, again) or (the_following(text, again) if "ollowing" in text and ":" in text else None)
    if found is None and len(text) > _LONGEST:
        return read
    found = found or (_in_spite_of_treatment(text, again) if any(map(text.__contains__, _SPITE_SIGNS)) else None) or _or_ever(text, again) or (two_heads(text, again) if "or " in text and any(isinstance(leaf, Unread) or (isinstance(leaf, Statement) and " " not in leaf.text) for leaf in leaves(read.check)) else None) or (_unless_judged(text, again) if isinstance(read.check, Judgement) else None) or (giving_up(text, again) if any(map(text.__contains__, SIGNS)) else None)
    found = found or (_by_drug_examples(text, again) if not isinstance(read.check, Any) and any(isinstance(leaf, Unread) for leaf in leaves(read.check)) else None)
    if found is None and isinstance(read.check, Ambiguous) and isinstance(read.check.readings[0], Unread):
        found = _by_bracket(text, again) or _by_definition(text, again) or _by_examples(text, again) or by_clauses(text, again) or by_members(text, again) or _by_repetition(text, again)
    elif found is None and (isinstance(read.check, Unread) or (isinstance(read.check, All) and isinstance(next(iter(leaves(read.check))), State))):
        found = bearing(text, again) or (by_members(text, again) if ANY_OTHER.search(text) else None)
    elif found is None and isinstance(read.check, All) and ANY_OTHER.search(text):
        found = by_members(text, again)
    return Read(found, ((0, len(text)),) * sum(1 for _ in leaves(found))) if found is not None else read


# Marks of a list in one line: a dash or a bullet behind the end of a sentence, and a new one.
_LISTED_IN_LINE = pattern_of(r"(?<=[.;])\s+(?:[-–]|[•*])\s+(?=[A-Z][a-z])")
_LONGEST_LIST = 2400
_NUMBERED = pattern_of(r"(?<=\s)(?:\d|[a-h])\)\s")


def _by_bullets(text: str, again: Again) -> Check | None:
    """The criteria that stand in one line, each behind a mark: each by itself, where the first does not announce them."""
    parts = [part.strip() for part in _LISTED_IN_LINE.split(text)]
    if len(parts) < 2 or any((plain := _NUMBERED.sub(" ", part)).count("(") != plain.count(")") for part in parts) or _ANNOUNCES.search(parts[0]):
        return None
    return any_of([again(part).check for part in parts])


_ANNOUNCES = Caseless(r":|\b(?:follow\w*|below|these|all of|both|either of|two or more|at least)\b")

# --- what says nothing -----------------------------------------------------------------------------------------------

_PROTOCOL = Caseless(
    r"[.;,\s]+(?:note\W+)?(?:other|additional|further)\s+(?:protocol[- ]?(?:defined|specified|related)\s+)?(?:inclusion|exclusion|eligibility|in-?)?(?:\s*(?:/|and|or|and/or)\s*(?:inclusion|exclusion))?\s*criteria\s+(?:may|could|might|can|will)?\s*(?:also\s+)?appl(?:y|ies)[\s.;]*$",
    needs=("criteria",),
)
_BECAUSE = Caseless(
    r"(?:[\s,]+(?:are|is|will be)\s+(?:excluded|ineligible|not eligible)(?:\s+(?:from|for)\s+(?:participation\s+in\s+)?(?:the|this)?\s*(?:present\s+)?(?:study|trial|protocol))?[\s,]+|,\s+)(?:because|due to (?:the|an?)?\s*(?:possib\w+|potential|unknown|risk|increased risk|lack of|concern)|since (?:the|these|there|it)|as (?:the (?:effects?|safety|risk)|these|there (?:is|are)))\b",
    needs=("because", "due to", "since the", "since it", "as the"),
)
_GOES_ON = Caseless(r"\b(?:except\w*|unless|however|but|eligible|allow\w*|permit\w*|if|only|may be (?:included|enrolled)|provided|other than|also|and (?:patients|those|women)|require\w*|within|longer)\b|[;:<>≥≤]|\d|\.\s+\w")
_METHOD = Caseless(
    r"[\s,(]+(?:as\s+)?(?:obtained|measured|determined|assessed|evaluated|calculated|estimated|computed|documented|confirmed|performed|demonstrated|shown|seen)\s+(?:either\s+)?(?:by|on|with|using|via|from|through|according to|per)\s[^;:<>≥≤=]*$",
    needs=("obtained", "measured", "determined", "assessed", "evaluated", "calculated", "estimated", "computed", "documented", "confirmed", "performed", "demonstrated", "shown", "seen"),
)
_NO_METHOD = Caseless(r"\b(?:and|within|at least|twice|two|three|occasions?|consecutive|repeated|home|ambulatory|24|standing|supine|sitting|orthostatic|exercise|stress|if|unless|except\w*|who|which|that|patients?|change\w*|increase\w*|decrease\w*|history|or (?:history|known|any|other|patients|presence)|months?|weeks?|days?|years?)\b")
_IDLE = Caseless(r"\((?:\s|\b(?:hx|well|previously|medically|clinically|documented|known|confirmed|proven|diagnosed|recorded|self-?reported|reported|any|or|and|of any kind|of any type|child-?pugh|score|class|stage|grade|cause|either|total|partial|complete|incomplete|current|past|present|previous|both|all|forms?|types?|kinds?|definite|verified|objectively|by history)\b|[,/-])+\)")
_HISTORY_OR = Caseless(r"\bhistory,\s*(?:and/or|or)\s+(?:an?\s+)?(?:current|present|active|ongoing|known)\s+(?:diagnosis|evidence|presence|history|suspicion),?\s+of\b", needs=("history,",))


_ANY_OF = Caseless(
    r"(?:(?:patients?|subjects?|participants?|individuals?|those|who|with|have|has|having|presence|of)\s+)*(?:any(?:\s+one)?(?:\s+or\s+more)?|one(?:\s+or\s+more)?|either)\s+(?:of\s+)?(?:the\s+)?following"
    r"(?:\s+(?:abnormal|abnormalities|laboratory|lab|clinical|ha?ematolog\w+|hepatic|renal|liver|kidney|cardiac|cardiovascular|biochemical|biochemistry|blood|serum|organ|function|functions|values?|results?|findings?|parameters?|tests?|criteria|conditions?|diseases?|disorders?|medical|concomitant|comorbidit\w+|comorbid|"
    r"ecg|electrocardiogram|at\s+screening|screening|baseline|at\s+baseline|is\s+(?:met|present)|are\s+(?:met|present)|apply|applies|and|or)\b)*\s*:\s*(?=\S)", needs=("following",)
)


def _plainly(text: str, again: Again) -> Check | None:
    """The criterion without what says nothing in it."""
    plain = text
    for pattern in (_PROTOCOL, _BECAUSE):
        tail = pattern.search(plain)
        if tail is not None and tail.start() > 3 and (pattern is _PROTOCOL or not _GOES_ON.search(plain, tail.end())):
            plain = plain[: tail.start()]
    idle = _IDLE.search(plain)
    plain = plain if idle is None else plain[: idle.start()] + plain[idle.end() :]
    any_of_them = _ANY_OF.match(plain)
    plain = plain if any_of_them is None else plain[any_of_them.end() :]
    before = _HISTORY_OR.search(plain)
    plain = plain if before is None else plain[: before.start()] + plain[before.start() : before.end()].replace(",", "") + plain[before.end() :]
    said = " ".join(simpler(plain).split())
    if said != " ".join(plain.split()) and (told := _understood(again(said).check, text)) is not None:
        return told
    if plain != text:
        return sure(again(plain))
    method = _METHOD.search(plain)
    if method is None or _NO_METHOD.search(plain, method.start()):
        return None
    found = sure(again(plain[: method.start()]))
    return found if found is not None and all(isinstance(leaf, Measurement) for leaf in leaves(found)) else None


def _understood(check: Check, text: str) -> Check | None:
    """What plainer words say, where it is no more than facts, statements that many trials ask, and opinions in the words of the text."""
    unclear = any(isinstance(leaf, Unread | Consent) or (isinstance(leaf, Statement) and not is_asked(leaf.text, load())) for leaf in leaves(check))
    return None if unclear or not says_the_same(check, text) else check


# --- a bracket -------------------------------------------------------------------------------------------------------

_GLUED = pattern_of(r"[/<>=≤≥-]$")
_GLUED_BEHIND = Caseless(r"[\w/-]|\s+(?!(?:with|of|in|on|at|for|by|from|to|within|during|before|prior|after|since|requiring|treated|despite|and|or|that|which|who|as|is|are|has|have|had|will|must|defined|confirmed|not|other|based|due|caused|under|while)\b)\w")
_LEAD = Caseless(r"\W*(?:(?P<eg>e\.?\s?g\b\.?|ex\b\.?|such as|like|including(?: but not limited to)?|for example|for instance|examples?:?)|(?P<ie>i\.?\s?e\b\.?|that is|namely|meaning|(?:as\s+)?defined (?:as|by)|=))[\s,:]*")
_TURNS = Caseless(
    r"\b(?:no|not|non|nor|never|without|except\w*|unless|other than|excluding|exclud\w*|apart from|allowed|permitted|acceptable|eligible|if|only|must|should|may|can|will|cured|resolved|removed|free|absence|included|also|too|as well|history|prior|previous\w*|past|family|planned|"
    r"parents?|relatives?|partner|women|men|females?|males?|patients with|subjects with|for patients|prophyla\w*|prevent\w*|risk|suspected|possible|candidates?|any time|ever|highest|lowest|mean|average|repeated|both|at least (?:one|two|1|2)|normal)\b",
)
_EXCEPTS = Caseless(r"\s*(?:other than|except(?:ing)?(?: for)?|excluding|with the exception of)\s", needs=("other than", "except", "excluding"))
_TIMED = Caseless(r"\s*(?:(?:occurring|diagnosed|performed|treated|received|within|in|during|over)\s+)?(?:(?:within|in|during|over)\s+)?(?:the\s+)?(?:(?:last|past|previous|less than|<|≤|under|preceding)\s+)*(?:\d+|one|two|three|four|six|twelve)\s*[- ]?(?:hours?|days?|weeks?|months?|years?)\b[^,;()]*$")
_HAS_TIME = Caseless(r"\b(?:within|since|during|hours?|days?|weeks?|months?|years?)\b|\bfor\b")
_REQUIRED = Caseless(r"\b(?:is|are)?\s*required\W*$")
_NAMES_FACT = pattern_of(r"\d|[<>≥≤=]")
_ADJECTIVE = Caseless(r"\b(?:uncontrolled|not\s+(?:\w+\s+)?controlled|poorly|inadequately|severe|moderate|significant|marked|advanced|serious|major|abnormal|elevated|impaired|inadequate|insufficient)\b")


def _by_bracket(text: str, again: Again) -> Check | None:
    """What stands outside the only bracket of a criterion, and what stands in it."""
    found = list(BRACKET.finditer(text))
    if len(found) != 1 or found[0].start() < 3 or _GLUED.search(text[: found[0].start()]) or _GLUED_BEHIND.match(text, found[0].end()):
        return None
    said = found[0][1] if found[0][1] is not None else found[0][2]
    outside = text[: found[0].start()] + text[found[0].end() :]
    ends = not text[found[0].end() :].strip(" .;,")
    if (ends and _EXCEPTS.match(said)) or (_TIMED.fullmatch(said) and not _HAS_TIME.search(outside)):
        return sure(again(f"{text[: found[0].start()]} {said} {text[found[0].end() :]}".replace("  ", " ")))
    if _TURNS.search(said):
        return None
    lead = _LEAD.match(said)
    named = said[lead.end() :] if lead is not None else said
    outer = sure(again(outside)) if clean(named) else None
    if outer is None or any(isinstance(node, Ambiguous) for node in nodes(outer)):
        return None
    inner = again(named).check
    whole = sure(Read(inner, ()))
    if lead is not None and lead["eg"]:
        return Ambiguous((outer, any_of([outer, whole]))) if whole is not None else Any((outer, Unread(clean(named))))
    if whole is not None:
        return _told_by(outer, whole, outside)
    if lead is None and _REQUIRED.search(named) and not re.search(r"\b(?:or|if)\b", named):
        return All((outer, Unread(clean(named))))
    if lead is None and not _NAMES_FACT.search(named) and not re.search(r"\b(?:or|and)\b|[,;/]", named) and all(isinstance(leaf, Unread | Statement) for leaf in leaves(inner)):
        return All((outer, Unread(clean(named))))
    return None


_REPEATED = Caseless(
    r"[\s,(]+(?:(?:as\s+)?(?:confirmed|documented|measured|verified|obtained|found|seen|recorded)\s+)?(?:(?:on|by|in|at)\s+(?:at least |more than )?(?:two|2|three|3|both|repeated|multiple|several|consecutive|successive|serial)\s+(?:or more\s+)?(?:of (?:the )?(?:two|2|three|3|five|5)\s+)?(?:[a-z-]+\s+){0,2}"
    r"(?:occasions?|measurements?|readings?|visits?|tests?|samples?|determinations?|time ?points?|ecgs?|assessments?|days)|twice)\b[^;:<>≥≤]*$",
    needs=("occasion", "measurement", "reading", "visit", "test", "sample", "determination", "point", "ecg", "assessment", "days", "twice"),
)
_EARLIER = Caseless(r"\b(?:history|ever|previous\w*|prior|past|last|preceding|within|during|since|any time|documented)\b")


def _by_repetition(text: str, again: Again) -> Check | None:
    """ "Systolic blood pressure > 160 mmHg on two occasions": the limit, and that it was found more than once."""
    found = _REPEATED.search(text)
    if found is None or _EARLIER.search(text):
        return None
    value = sure(again(text[: found.start()]))
    if value is None or any(isinstance(node, Ambiguous) for node in nodes(value)) or not all(isinstance(leaf, Measurement) for leaf in leaves(value)):
        return None
    return All((value, Unread(clean(text[found.start() :]))))


# A blood pressure that is high though it is treated: the limit tells who is not meant, and the treatment is asked.
_SPITE_SIGNS = ("espite", "spite of", "ven after", "ven with", "ptimal", "ptimi")
_GIVEN = (
    r"(?:(?:the|an?|her|his|their|of|on|with|use|being|receiving|taking|treated|optimal(?:ly)?|optimum|optimi[sz]ed|adequate|appropriate|maxim(?:al|um|ally)|tolerated|best|standard|current|ongoing|medical(?:ly)?|pharmacolog\w+|drug|anti-?\s?hypertensives?|blood|pressure|bp|lowering|"
    r"combination|stable|active|conventional|proper|intensive|aggressive|available|at|least|one|two|three|four|\d|or|more|oral|multiple|sufficient|reasonable|effective|regular|concomitant|continuous)[\s-]+)*"
    r"(?:therap(?:y|ies)|treatments?|management|medications?|drugs?|agents?|medicines?|care|regimens?|anti-?\s?hypertensives?)"
)
_SPITE = Caseless(rf"[\s,]*(?P<open>\()?\s*(?:that (?:is|are|persists?)\s+)?(?:(?:despite|in spite of|even (?:after|with|under|on))\s+{_GIVEN}|(?:with|under|on)\s+(?:optimal(?:ly)?|optimi[sz]ed)\s+{_GIVEN})\b(?P<close>\s*\))?")
_UNCONTROLLED = Statement("blood pressure uncontrolled in spite of treatment")


def _in_spite_of_treatment(text: str, again: Again) -> Check | None:
    """ "Uncontrolled hypertension (systolic > 160 mmHg) despite optimal treatment": the limit, and that it is so in spite of treatment."""
    found = _SPITE.search(text)
    if found is None or _SPITE.search(text, found.end()) is not None:
        return None
    closing = ")" if found["close"] and not found["open"] else ""
    high = sure(again(f"{text[: found.start()]}{closing}{text[found.end() :]}"))
    told = list(leaves(high)) if high is not None else []
    sure_of = any(isinstance(leaf, Measurement) for leaf in told) and all(leaf.term in _PRESSURES if isinstance(leaf, Measurement) else isinstance(leaf, Condition) and leaf.term == "hypertension" for leaf in told)
    return All((high, _UNCONTROLLED)) if high is not None and sure_of else None


_PRESSURES = frozenset(("systolic blood pressure", "diastolic blood pressure", "mean arterial pressure"))

_UNLESS_JUDGED = Caseless(r"[\s,]+unless\b(?=[^;]*\b(?:investigator|opinion|sponsor|monitor|physician|deemed|judged|considered|approved)\b)(?!.*\b(?:or|and) (?:use|history|any|current|known|prior|treatment)\b)", needs=("unless",))


def _unless_judged(text: str, again: Again) -> Check | None:
    """ "X, unless deemed acceptable by the investigator": nobody is meant without it."""
    found = _UNLESS_JUDGED.search(text)
    head = sure(again(text[: found.start()])) if found is not None and "." not in text[:-1].replace("e.g.", "").replace("i.e.", "") else None
    return Unless(head, Judgement(clean(text[found.end() :]).strip(" ,"))) if head is not None and found is not None else None


_DEFINED = Caseless(r"\s*,?\s*(?:which (?:is|are) )?(?:as )?defined (?:as|by)\s*:?\s+", needs=("defined",))
_PEOPLE_NOW = Caseless(r"(?:(?:the|any|all|patients?|subjects?|participants?|individuals?|who|with|has|have|having|had|an?|known|concurrent|current|active|present|presence of|diagnosis of)\s+)+")
_HISTORY_OF_IT = Caseless(r"(?:or|and/or)\s+(?:a |any )?(?:(?:prior|past|previous)\s+)?history\s+(?:of\s+(?:it|this|the same|such)|thereof)[\s.;]*$", needs=("history",))


def _or_ever(text: str, again: Again) -> Check | None:
    """ "X, or a history of it"."""
    found = _HISTORY_OF_IT.search(text)
    if found is None:
        return None
    said = text[: found.start()].rstrip(" ,")
    defined = _DEFINED.search(said)
    people = _PEOPLE_NOW.match(said)
    now = sure(again(said))
    ever = sure(again(f"history of {said[people.end() if people is not None else 0 : defined.start() if defined is not None else None]}"))
    return any_of([now, ever]) if now is not None and ever is not None else None


def _by_definition(text: str, again: Again) -> Check | None:
    """ "X defined as Y"."""
    found = _DEFINED.search(text)
    if found is None or found.start() < 3 or _TURNS.search(text):
        return None
    outer, inner = sure(again(text[: found.start()])), sure(again(text[found.end() :]))
    if outer is None or inner is None or any(isinstance(node, Ambiguous) for node in nodes(outer)):
        return None
    return _told_by(outer, inner, text[: found.start()])


# --- examples of what was not read -----------------------------------------------------------------------------------

_SUCH_AS = Caseless(r"\s*[,(]?\s*\b(?:such as|including(?: but not limited to)?|for example|e\.\s?g\.?)[\s,:]+", needs=("such as", "including", "for example", "e.g", "e. g"))
_KIND = Caseless(r"(?:diseases?|disorders?|conditions?|illness(?:es)?|syndromes?|infections?|malignanc(?:y|ies)|cancers?|pathology|pathologies|abnormalities|problems|arthropath\w+|neuropath\w+|myopath\w+|comorbidit(?:y|ies)|diagnos[ei]s)\W*$")
_NO_HEAD = Caseless(
    r"\b(?:to|for|from|by|in|on|unable|consent\w*|sensitiv\w+|severe|serious|uncontrolled|unstable|active|acute|chronic|significant\w*|major|poorly|symptomatic|advanced|recent\w*|current\w*|that|which|who|whose|requir\w+|within|during|since|treated|needing|affect\w*|interfer\w*|caus\w+|due|related|associated|secondary|with an?|of the|in the|risk|"
    r"factors?|symptoms?|signs?|causes?|history|prior|previous\w*|past|decompensated|untreated|progressive|congenital|hereditary|malignant|inherited|functional|impair\w+|abnormal\w*|plann?\w*)\b|\d"
)
_AND_SO_ON = Caseless(r"[\s,]*(?:\betc\b\.?|\band so on|\band others?|\.\.\.|…)?\s*\)?[\s.;,]*$")


def _by_examples(text: str, again: Again) -> Check | None:
    """Examples that exclude by themselves, of something that was not read and is told by no more than its name."""
    led = _SUCH_AS.search(text)
    if led is None or led.start() < 3 or _SUCH_AS.search(text, led.end()) or not _KIND.search(text[: led.start()]) or _NO_HEAD.search(text[: led.start()]) or FIRST_DENIES.search(text) or TAIL.search(text, led.end()) or "," in text[: led.start()]:
        return None
    end = _AND_SO_ON.search(text, led.end())
    named = sure(again(text[led.end() : end.start() if end is not None else len(text)]))
    if named is None or not all(isinstance(leaf, Condition) and leaf.term not in ANYWHERE for leaf in leaves(named)) or any(isinstance(node, Ambiguous) for node in nodes(named)):
        return None
    return Any((named, Unread(clean(text[: led.start()]))))


_OF_DRUGS = Caseless(
    r"^\W*(?P<use>(?:(?:patients?|subjects?|participants?|individuals?|those|who|with|are|is|have|has|had|been|being|any|the|an?|other|certain|of|or|and|to|on|under|history|chronic(?:ally)?|ongoing|planned|current(?:ly)?|concurrent(?:ly)?|concomitant(?:ly)?|regular(?:ly)?|daily|"
    r"long-term|prior|previous(?:ly)?|recent|past|present|simultaneous|continuous|systemic|oral|use|usage|intake|administration|ingestion|taking|taken|received?|receiving|treatment|therapy|treated|using|exposure|prescribed)\b[\s,/]*)*)"
    r"(?P<kind>(?:(?!\b(?:for|with|such|like|including|within|during|and|or|of|by|to|from|in|on|at|un\w+|need\w*|fail\w*|refus\w*)\b)[a-z][\w-]*\s+){0,4}?(?:medications?|drugs?|agents?|medicines?|substances?|compounds?|(?:medicinal |herbal |natural )?products?|supplements?)\b(?P<does>[^.;:()\d]*?))"
    r"\s*[,(\[]?\s*\b(?:such as|like|e\.\s?g\.?|eg|for example|for instance|including(?: but not limited to)?)[\s,:]+(?P<named>[^;:()\[\]]+?)(?:[\s,]*\b(?:etc\b\.?|and so on|and others?|among others))?\s*(?:[)\]]\s*(?P<when>(?:with)?in\s[^.;:()]{3,60})?)?[\s.;]*$",
    needs=("such as", "like", "e.g", "e. g", "eg", "for example", "for instance", "including"),
)
_DOES = Caseless(r"\W*(?:(?:that|which|known|likely|thought|believed|expected|reported|potentially|having|with|of|affect\w*|alter\w*|influenc\w*|interfer\w*|act\w*|lower\w*|reduc\w*|increas\w*|rais\w*|prolong\w*|inhibit\w*|induc\w*|impair\w*|suppress\w*|modif\w*|modulat\w*|caus\w*|may|might|can|could|would)\b.*)?")
_NOT_ALL = Caseless(r"\b(?:for|dos(?:e|es|age|ing)|high|low|unless|except\w*|not|no|without|if|within|during|prior|before|after|since|more|less|than|at|when|while|combination|study|trial|investigational|allerg\w*|hypersensitiv\w*|abus\w*|illicit|recreational|contain\w*|requir\w*|interact\w*|same|similar)\b")


def _by_drug_examples(text: str, again: Again) -> Check | None:
    """ "Use of drugs that affect the endothelium, such as nitrates": each drug that is named, or another that does so."""
    found = _OF_DRUGS.match(text)
    if found is None or not _DOES.fullmatch(found["does"]) or _NOT_ALL.search(found["kind"]) or _SUCH_AS.search(found["named"]) or FIRST_DENIES.search(text, found.start("kind")):
        return None
    use = "current use of " if re.search(r"\bor\b|[,/]", found["use"]) and re.search(r"\b(?:current|ongoing|concomitant|concurrent|present)", found["use"], re.IGNORECASE) else found["use"]
    if sure(again(f"{use}{found['kind']}")) is not None:
        return None
    named = sure(again(f"{use}{re.sub(r',? and (?=[^,]*$)', ' or ', found['named'])} {found['when'] or ''}".strip()))
    if named is None or not all(isinstance(leaf, Medication) for leaf in leaves(named)) or any(isinstance(node, Ambiguous | All | Not) for node in nodes(named)):
        return None
    return Any((named, Unread(clean(text[: found.end("kind")]))))


def _told_by(outer: Check, inner: Check, outside: str) -> Check:
    """A fact and what stands in brackets behind it: both, or what the bracket says; a limit says what an adjective means."""
    limits = all(isinstance(leaf, Measurement) for leaf in leaves(inner))
    if limits and _ADJECTIVE.search(outside) and isinstance(outer, Condition) and outer.states:
        return Ambiguous((All((replace(outer, states=()), inner)), inner))
    return Ambiguous((outer, inner)) if outer != inner else outer


