"""A whole criterion about another cancer than the one of the trial, with what it excepts: "no other malignancy within 5 years, except A, B, or any cured for 3 years".

The sentence is a head that asks for cancers at large, a time, and exceptions that speak of cancers only. An exception that is
not understood to its end leaves open whether a recorded cancer is one; words of anything else leave the sentence unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from matcher.model.dates import Span
from matcher.model.language import Any, Check, Condition, Exempt, Not, Statement, Unread, Window
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.certain.said_plainly import is_whole
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.whole.toxicity_sentences import SPEAKS_OF_TOXICITY, toxicity_sentence
from matcher.vocabulary import Vocabulary

SPEAKS_OF_CANCER = (*SPEAKS_OF_TOXICITY, "alignan", "ancer", "eoplas", "ALIGNAN", "ANCER", "arcinoma")
_MALIGNANCY, _ANOTHER = "malignancy", "other than the one of the trial"

_PEOPLE = r"(?:(?:patients?|subjects?|participants?|individuals?|persons?|people|those|women|men|recipients?|who|that|the|any|a|an|all|has|have|had|having|with|is|are|be|been|being|presence of|evidence of|diagnos(?:is|ed) (?:of|with)|existence of|known to have|suffering from|clinical|clinically evident|there (?:is|must be|should be))[\s:]+)*"
_DENIED = r"(?P<no>(?:(?:must|may|should|can|do|does|did|has|have|had)\s?not\s+(?:have\s+|had\s+|be\s+)?(?:had\s+|an?\s+|any\s+|evidence of\s+)*|cannot\s+have\s+|no\s+(?!longer)(?:(?:known|evidence|presence|documented|clinical|history|diagnosis|personal|medical|of|an?|any)\s+)*|without\s+(?:(?:any|an?|evidence of|known)\s+)*|absence of\s+(?:any\s+)?|free (?:of|from)\s+(?:any\s+)?|not having\s+))?"
_SAYS = (
    r"(?P<said>(?:(?:prior|previous(?:ly)?|past|preceding|(?:a\s+)?(?:known\s+|personal\s+|medical\s+|past\s+)*history of|diagnosis of|current(?:ly)?|present|active|ongoing|existing|concurrent|concomitant|coincident|synchronous|simultaneous|co-?existing|coexistent|metachronous|other|another|additional|different|"
    r"second(?:ary)?|primary|any|known|an?|the|clinically|evident|invasive|documented|and/or|and|or)[\s,/]+)*)"
)
_NOUN = r"(?P<noun>malignanc(?:y|ies)|malignant\s+(?:diseases?|tumou?rs?|neoplasms?|neoplastic diseases?|neoplasia)|cancers?|(?:active )?neoplastic diseases?|neoplasms?)(?:\(s\))?(?!\s*(?:cells?|related|associated|patients?|therap|treat|syndrome|drug|chemo|screening|vaccin|surg|trial|stud|pain))"
_YEARS = r"(?:(?P<{0}>\d+(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten)(?:\s*\((?:\d+|one|two|three|four|five|ten)\))?(?:\s+or\s+more)?[\s-]*(?P<{0}_unit>years?|yrs?|months?|mos?\b))"
_START = r"(?:(?:of|prior to|before|preceding|from|to|at)\s+(?:the\s+)?(?:(?:start|time|date|day|beginning|initiation|first|dose|administration|signing|informed|consent|icf|study|trial|entry|enrol?lment|enrolling|randomi[sz]ation|registration|inclusion|screening|baseline|visit|treatment|drug|day 1|c1d1|in|into|of|the|to|on|this|for|entering|starting|participation|protocol|therapy|medication|accrual|a|1)\b[\s.]*)+)?"
_TIME = rf"(?:(?:diagnosed\s+|treated\s+|that (?:was|were|has been|had been)\s+(?:diagnosed|treated)\s+)?(?:within|in|during|over|for)\s+(?:the\s+)?(?:last|past|previous|preceding|prior)?\s*|(?:≤|<=|=<|<|less than)\s*){_YEARS.format('n')}(?:'|’)?(?:\s+ago)?\s*{_START}"
_SITE = r"(?:(?:at|of|in)\s+(?:any\s+|an?\s*)?(?:other|another)\s+(?:organ\s+)?(?:sites?|organs?|systems?)|of any (?:organ system|organ|kind|type|site)(?:,?\s*treated or untreated)?)"
_EXCEPT = r"(?:except(?:ions?)?(?:ing)?(?:\s+(?:for|in(?!\s*-?situ)|are|include|of))?(?:\s+the following)?|other than|with(?: the)? exceptions?(?: (?:of|for|to))?(?:\s+the following)?|excluding|unless|apart from|aside from|not including|but not including|does not include|not including|outside of)"
_HEAD = Caseless(
    rf"\W*{_PEOPLE}{_DENIED}{_SAYS}{_NOUN}(?:\s*,?\s*{_SITE})?(?P<allowed>\s+(?:is|are|will be)\s+(?:allowed|permitted|eligible|acceptable))?"
    rf"(?:\s*,?\s*[(\[]?\s*{_TIME}[)\]]?)?\s*(?P<rest>[\s,;:(\[.–-]*(?:and\s+)?\b{_EXCEPT}\b.*|[\s.;,]*)$"
)
_EXCEPTED = Caseless(rf"[\s,;:(\[.–-]*(?:and\s+)?{_EXCEPT}\b[\s:,]*(?:(?:the following|for|those|of)[\s:,]+)*")
_END_TIME = Caseless(rf"[\s,;)\]]*\b(?:within\s+(?:the\s+)?(?:last|past|previous|preceding|prior)?|(?:in|during|over)\s+the\s+(?:last|past|previous|preceding|prior))\s*{_YEARS.format('n')}\s*{_START}[\s.;)\]]*$")
_PAST = Caseless(r"\b(?:prior|previous(?:ly)?|past|preceding)\b")
_HISTORY = Caseless(r"history of")
_NOW = Caseless(r"\b(?:current(?:ly)?|present|active|ongoing|existing|concurrent|concomitant|coincident|synchronous|simultaneous|co-?existing|coexistent)\b")
_OTHER = Caseless(r"\b(?:other|another|additional|different|second(?:ary)?|concurrent|concomitant|coincident|synchronous|simultaneous|co-?existing|coexistent|metachronous)\b")

# Every word that an exception of this kind may hold: cancers, their stages and places, what was done about them, and how long ago.
_A_WORD = pattern_of(r"[a-z][a-z'’-]*[a-z]|[a-z]\d\w*|[a-z]")
_OF_CANCERS = pattern_of(
    r"[b-h]|non|plus|achieved|during|anticipated|[a-z]*carcinomas?|cancers?|cancerous|malignan\w+|tumou?rs?|neoplas\w+|melanom\w+|non-?melanom\w+|melanoti?c|leuk[a]?emias?|lymphomas?|sarcomas?|basalioma\w*|epitheliomas?|lesions?|disease|"
    r"dcis|lcis|cis|cin|nmsc|bcc|scc|bowen'?s?|basal|squamous|cells?|skin|cutaneous|epidermis|in|situ|insitu|in-situ|cervix|cervical|uteri|uterus|uterine|endometri\w+|breasts?|ductal|lobular|"
    r"intraductal|bladder|prostat\w+|thyroid|papillary|follicular|differentiated|medullary|urotheli\w+|transitional|colon|colorectal|rectal|rectum|gastric|stomach|anal|anus|vulva\w*|vagina\w*|"
    r"esophag\w*|oesophag\w*|laryn\w+|oral|lung|renal|kidney|testic\w+|ovar\w+|mucosa\w*|intramucosal|glands?|head|neck|contralateral|ipsilateral|intraepithelial|kaposi(?:['’]?s)?|dysplasia|"
    r"polyps?|gist|carcinoid|neuroendocrine|hematologic\w*|solid|mgus|adequate(?:ly)?|appropriate(?:ly)?|successful(?:ly)?|effective(?:ly)?|complete(?:ly|d)?|curative(?:ly)?|curable|"
    r"curatively-treated|definitive(?:ly)?|proper(?:ly)?|full(?:y)?|surgical(?:ly)?|local(?:ly)?|radical(?:ly)?|potentially|presumably|sufficient(?:ly)?|well|treat(?:ed|ment)|therap(?:y|ies)|"
    r"resect(?:ed|ion|able)|excis(?:ed|ion)|remov(?:ed|al)|cured?|cures?|managed|controlled|controllable|cone-?biops\w+|biopsied|surgery|prostatectomy|radiation|radiotherapy|chemotherapy|hormon\w+|"
    r"endocrine|systemic|surveillance|observation|active|inactive|intent|intention|measures?|procedures?|localized|localised|superficial|non-?invasive|invasive|non-?muscle|minimally|muscle|"
    r"metastatic|non-?metastatic|low|very|risk|high|early|late|grade|stages?|stage|t[0-4][abc]?|ta|tis|n0|m0|p?t[1-4]?[abc]?|ia|ib|ii?a?|iii?|[0-9]+|\d+(?:\.\d+)?|gleason|score|psa|undetectable|"
    r"normal|stable|ng/ml|organ|confined|capsule|incidental(?:ly)?|indolent|small|asymptomatic|primary|secondary|second|first|prior|previous(?:ly)?|past|history|histor\w+|concurrent|concomitant|"
    r"additional|remote|other|another|any|all|some|type|types|site|remission|disease-?free|free|relapse[ds]?|recurr\w+|progress\w+|evidence|residual|survival|follow-?up|interval|period|considered|"
    r"deemed|believed|judged|expected|negligible|life-?expectancy|limiting|without|no|not|none|has|have|had|been|being|is|are|was|were|be|which|that|who|whom|whose|from|for|of|the|a|an|with|by|at|"
    r"as|to|on|or|and|and/or|but|if|their|this|those|these|it|its|only|alone|either|both|such|also|now|more|than|least|over|greater|longer|equal|years?|yrs?|months?|ago|earlier|previously|before|"
    r"since|within|last|after|following|subsequent(?:ly)?|current(?:ly)?|ongoing|present|end|completion|time|duration|diagnos\w+|undergone|received|receiv\w+|required?|requir\w+|need\w*|"
    r"continuous(?:ly)?|patients?|subjects?|participants?|study|trial|entry|enrol+\w*|randomi[sz]ation|registration|inclusion|screening|treating|eligible|allowed|permitted|acceptable|excluded|can|"
    r"may|will|must|eg|etc|ie|so-?called|nature|like|including|include[sd]?|unless|except\w*|excluding|does|do"
)
# What would take back what was excepted, or set a further condition.
_TURNS = Caseless(r"\b(?:exclud(?:es|e)\b|are excluded|is excluded|will be excluded|ineligible|not (?:be )?(?:eligible|allowed|permitted)|except\w*\b[^.;]*\bexcept|less than|fewer|not been (?:treated|disease)|not (?:in|disease|considered))")
_OTHER_SIGNS = pattern_of(r"[^\w\s,;:.()\[\]/&≥≤<>=•*–'’\"-]")
# A treatment, or an illness, as a member of its own: the list of what is excepted has ended before it.
_THERAPY = r"(?:(?:chemo|radio|immuno|hormon\w*|systemic|radiation|endocrine)[\s-]*)*(?:therap(?:y|ies)|treatments?|surgery|radiation|disease|lesions?|procedures?|observation|surveillance|relapsed?|progress\w+|recurrence)"
_BY_THERAPY = Caseless(rf"\b(?:by|with|after|following|plus|without|requir\w+|than|no|of|for|from|need\w*|received?|under|surgical|local|active|additional|hormonal)\s+(?:(?:any|an?|the|only|active|further|evidence of|ongoing|systemic|additional|local|either)\s+)*{_THERAPY}(?:\s+(?:alone|only))?(?:\s*(?:,|/|\bor\b|\band\b|\band/or\b|\bplus\b)+\s*{_THERAPY})*")
_NEXT_THERAPY = Caseless(rf"(?:[,;]|\bor\b|\band\b)\s*(?:(?:any|an?|the|prior|previous|current|concurrent|concomitant|other|ongoing|history of|undergone|active|also|patients?|who|has|have|had|receiv\w+|requir\w+|with)\s+)*{_THERAPY}\b")
_A_SENTENCE = pattern_of(r"(?<=[a-z)\]])[.;]\s+(?=[A-Z])")
_A_LIST = Caseless(r";\s*(?:and|or|unless|any|other|those|patients)\b|[a-h1-5][.)]\s")
_LETS_IN_ALL = Caseless(r"\b(?:allowed|permitted|eligible|acceptable)\b")
_LETS_IN = Caseless(r"\b(?:eligible|allowed|permitted|acceptable|not (?:be )?excluded|may (?:be )?enrol+|disease-?\s?free|in remission)\b")


# What the rules take for a disease at large, or for cancers of a place.
_RATHER = Caseless(r"\b(?:concurrent|concomitant|coincident|synchronous|simultaneous|co-?existing|coexistent)\b|\bin[\s-]?situ\s+\w+\s+(?:or|and)\s+\w+\s+(?:carcinoma|cancer)", needs=("con", "situ", "co-", "coex", "coinc", "syn", "simul"))


def malignancy_reading(text: str, kind: str, vocabulary: Vocabulary, read: Check) -> Read | None:
    """The same, or what treatments have left, in place of what was `read` in part, is only asked of people, or takes a concurrent cancer for any."""
    whole = is_whole(read) and any(not isinstance(leaf, Statement) for leaf in leaves(read))
    toxicity = toxicity_sentence(text, kind, vocabulary) if not whole and any(map(text.__contains__, SPEAKS_OF_TOXICITY)) else None
    if toxicity is None and isinstance(read, Any) and kind == "exclusion" and any(map(text.__contains__, SPEAKS_OF_TOXICITY)):
        toxicity = _among_others(read, text, vocabulary)
    if toxicity is not None:
        return toxicity
    return malignancy_sentence(text, kind, vocabulary) if not whole or _RATHER.search(text) else None


def _among_others(read: Any, text: str, vocabulary: Vocabulary) -> Read | None:
    """Alternatives of which one that was not read is what treatments have left."""
    told = [(part, toxicity_sentence(part.text, "exclusion", vocabulary) if isinstance(part, Unread) else None) for part in read.parts]
    if not any(found is not None for _, found in told):
        return None
    check = Any(tuple(part if found is None else found.check for part, found in told))
    return Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))


def malignancy_sentence(text: str, kind: str, vocabulary: Vocabulary) -> Read | None:
    """The cancers that a whole criterion keeps out, with those it excepts; None where it says anything else."""
    head = _HEAD.match(text)
    if head is None or (head["no"] is not None) is not (kind == "inclusion" or head["allowed"] is not None):
        return None
    said, rest = head["said"] or "", text[head.start("rest") :]
    window = _window(head, "n")
    opened = _EXCEPTED.match(rest)
    exempts: tuple[Exempt, ...] = ()
    if opened is not None:
        rest = rest[opened.end() :]
        last = _END_TIME.search(rest) if window is None and not _HOW_LONG.search(rest) else None
        if last is not None:
            window, rest = _window(last, "n"), rest[: last.start()]
        found = _exempts(rest, vocabulary)
        if found is None:
            return None
        exempts = found
    elif not _OTHER.search(said):
        return None
    return _made(text, text[: head.start("noun")], "neoplasm" if head["noun"].startswith("neoplas") else _MALIGNANCY, window, exempts, denied=kind == "inclusion")


_HOW_LONG = Caseless(r"\b(?:free|remission|cured|treated|evidence|disease|recurrence|survival|inactive|relapse\w*|active)\b[^,;)]*$")


def _made(text: str, said: str, noun: str, window: Window | None, exempts: tuple[Exempt, ...], *, denied: bool) -> Read:
    """The leaf of what is said before the noun."""
    past, now, history = _PAST.search(said) is not None, _NOW.search(said) is not None, _HISTORY.search(said) is not None
    phase = "history" if history or (past and now) else "past" if past else "active" if now else ""
    state = " ".join([*(["invasive"] if "invasive" in said.casefold() else []), *([_ANOTHER] if _OTHER.search(said) else [])])
    leaf = Condition(noun, phase, (state,) if state else (), other_than=exempts, window=window)
    check: Check = Not(leaf) if denied else leaf
    return Read(check, ((0, len(text)),))


_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _window(found: re.Match[str], group: str) -> Window | None:
    span = _span(found, group)
    return Window(span) if span is not None else None


def _span(found: re.Match[str], group: str) -> Span | None:
    said = found[group]
    if said is None:
        return None
    number = Decimal(said) if said[0].isdigit() else Decimal(_NUMBERS.index(said) + 1)
    return Span(number, "year" if found[f"{group}_unit"].startswith("y") else "month")


_TREATED = r"(?:adequately|appropriately|successfully|effectively|completely|curatively|definitively|properly|sufficiently|fully|surgically|locally|radically|previously|well)"
_DONE = r"(?:treated|resected|excised|removed|cured|managed|controlled)"
_QUALITY = Caseless(
    rf"((?:(?:{_TREATED}(?:\s+and\s+{_TREATED})?[\s-]+)?{_DONE}|curable|localized|localised|superficial|non-?invasive|non-?metastatic|low[- ]risk|low[- ]grade|early[- ]stage|inactive|incidental|very low[- ]risk|(?:clinical(?:ly)?\s+)?stages?\s+(?:0|i{{1,3}}|[1-3])[abc]?(?:\s*(?:,|or|and|-|to|/)\s*(?:i{{1,3}}|[1-3])[abc]?)*|organ[- ]confined|stable|indolent|asymptomatic)(?:,?\s+(?:or|and)\s+|,\s+|\s+))+"
)
_WEAK = Caseless(r"(?:(?:any|an?|the|other|prior|previous|past|history of(?: an?)?|cutaneous(?=\s+(?:basal|squamous))|those with|patients with|for|of|either)\s+)+")
_IN_SITU = r"in[\s-]?situ"
_PLACE = r"(?:(?:the\s+)?(?:uterine\s+)?(?:cervix(?:\s+uteri)?|breast|skin|bladder|prostate|colon|anus|vulva|endometrium|stomach|larynx|esophagus|oesophagus|rectum|vagina))"
_ADJECTIVE = r"(?:(?:uterine\s+)?cervi(?:cal|x)|breast|bladder|prostate|anal|vulvar|colon|endometrial|gastric|skin|ductal|lobular)"
_ONE_CIS = Caseless(
    rf"(?:carcinomas?|cancers?|malignanc(?:y|ies)|ca)\s*,?\s*{_IN_SITU}(?:\s+(?:carcinomas?|cancers?))?(?:\s+of\s+(?P<places>{_PLACE}(?:\s*(?:,|\bor\b|\band/or\b|\band\b|/)+\s*(?:of\s+)?{_PLACE})*))?"
    rf"|(?:carcinomas?|cancers?)\s+of\s+(?P<placed>{_PLACE})\s+{_IN_SITU}"
    rf"|{_IN_SITU}\s+(?P<adjectives>{_ADJECTIVE}(?:\s*(?:,|\bor\b|\band/or\b|\band\b|/)+\s*{_ADJECTIVE})*)\s+(?:carcinomas?|cancers?|neoplasms?)"
    rf"|(?P<first>{_ADJECTIVE}(?:\s*(?:,|\bor\b|\band/or\b|\band\b|/)+\s*{_ADJECTIVE})*)\s+(?:(?:carcinomas?|cancers?|ca|neoplasms?)\s+)?{_IN_SITU}(?:\s+(?:carcinomas?|cancers?))?(?:\s+of\s+the\s+breast)?"
    rf"|{_IN_SITU}\s+(?:carcinomas?|cancers?|neoplasms?|malignanc(?:y|ies))(?:\s+(?:of|at|in)\s+any\s+(?:organ|site|type|kind))?(?:\s+of\s+(?P<sites>{_PLACE}(?:\s*(?:,|\bor\b|\band\b|/)+\s*(?:of\s+)?{_PLACE})*))?"
)
_NAMED_CIS = {"cervical": "cervix", "uterine cervical": "cervix", "cervix uteri": "cervix", "uterine cervix": "cervix", "anal": "anus", "vulvar": "vulva", "endometrial": "endometrium", "gastric": "stomach"}
_KIND = r"(?:basal|squamous)(?:[\s-]+cells?)?"
_SKIN = Caseless(
    rf"(?P<kinds>{_KIND}(?:\s*(?:,|\bor\b|\band/or\b|\band\b|/)+\s*{_KIND})*)(?:\s+(?:skin|type|cutaneous))*(?:\s+(?:cancers?|carcinomas?|epitheliomas?|tumou?rs?|malignancies|lesions))?(?P<skin>\s+of\s+(?:the\s+)?skin|\s+skin\s+(?:cancers?|carcinomas?|tumou?rs?))?"
    rf"|(?P<nmsc>non-?\s?melan(?:oma|omatous|omous|omic|otic)\s+(?:(?:skin|cutaneous)\s+(?:cancers?|carcinomas?|tumou?rs?|malignanc(?:y|ies)|neoplasms?|lesions?)|(?:cancers?|carcinomas?|tumou?rs?|malignancies)\s+of\s+(?:the\s+)?skin)|nmsc\b|skin\s+cancers?\s*\((?:non-?\s?melanoma|not melanoma|except melanoma|excluding melanoma|other than melanoma)\)|skin\s+cancers?\s+(?:other than|except|excluding)\s+melanoma)"
)
_BLADDER = Caseless(r"(?:superficial|non-?\s?muscle[- ]invasive|non-?invasive)\s+(?:(?:papillary|transitional|urothelial|cell)\s+)*(?:bladder|urothelial)\s+(?:cancers?|carcinomas?|tumou?rs?)(?:\s+of the bladder)?(?:\s*[\[(]\s*(?:stage\s+)?(?:ta|tis|t1|cis|and|or|&|,|/|\s)+[\])])?")
_ANY_OTHER = r"(?:any\s+|an?\s+|other\s+|another\s+|prior\s+|previous\s+|solid\s+|all\s+|past\s+|invasive\s+|(?:adequately|curatively|appropriately|successfully|effectively|definitively)\s+|treated\s+)*(?:malignanc(?:y|ies)|cancers?|malignant\s+(?:diseases?|tumou?rs?|neoplasms?)|tumou?rs?|neoplasms?)"
_OVER = Caseless(
    rf"(?:{_ANY_OTHER}\s*,?\s*)?(?:(?:(?:from|for|in|of)\s+which|that|which|who|whose)\s+)?(?:(?:(?:the|such|that|this|their)\s+)?(?:patients?|subjects?|participants?|individuals?|disease|it|they|malignancy|cancer)\s+)?(?:(?:has|have|had|is|are|was|were)\s+(?:been\s+|remained\s+)?)?(?:(?:continuously|considered)\s+)?"
    rf"(?:(?:clinically\s+|completely\s+)?disease[\s-]+free(?:\s+survival)?|free\s+of\s+(?:the\s+|that\s+)?(?:disease|cancer|malignancy)|inactive|in\s+(?:complete\s+|continuous\s+|full\s+)*remission|cured|(?:with(?:out|\s+no)\s+|(?:has|have|had)\s+no\s+|no\s+)(?:evidence\s+of\s+)?(?:(?:disease|recurrent disease|active disease|malignancy)(?:\s+recurrence)?|recurrence|relapse))"
    rf"(?:\s+(?:from|of)\s+(?:that|the|their|prior|previous|malignancy|cancer|disease|\s)+)?\s*(?:for\s*|since\s*)?(?:a\s+(?:minimum|period)\s+of\s+|at\s+least\s+|(?:≥|>=|=>|>|more than|greater than|over|longer than|>\s*or\s*=|≥\s*or\s*=)\s*)*{_YEARS.format('n')}(?:\s+or\s+(?:more|longer|greater))?(?:\s+(?:prior|ago|previously|earlier))?\s*{_START}"
)
_OVER_SINCE = Caseless(
    rf"(?:(?:that|the|this|such|any|an?|other|another|prior|previous|all|solid)\s+)*(?:malignanc(?:y|ies)|cancers?|tumou?rs?|neoplasms?|malignant\s+(?:tumou?rs?|neoplasms?|diseases?))\s+(?:(?:that|which)\s+)?(?:(?:was|were|has been|have been|is|had been)\s+)?(?:diagnosed\s+and\s+)?(?:(?:adequately|curatively|definitively|successfully|effectively|completely|radically)\s+)*(?:treated|resected|cured)(?:\s+(?:curatively|with curative intent|definitively))?\s*"
    rf"(?:at\s+least|more\s+than|≥|>=|>|over|greater than)\s*{_YEARS.format('n')}\s*(?:ago|previously|earlier|before|prior)?\s*{_START}(?:,?\s*(?:with|and|without)\s+(?:have\s+had\s+)?(?:no\s+|any\s+)*(?:subsequent\s+|known\s+)*(?:evidence\s+of\s+|signs?\s+of\s+)?(?:recurrent\s+)?(?:recurrence|disease|relapse|active disease)(?:\s+since)?)?"
)
_AFTER_THE_LIST = Caseless(rf"[\s)\].;,]*(?:(?:has|have|had) been (?:diagnosed|treated)\s*)?{_START}[\s)\].;,]*$")
_BEHIND = Caseless(r"\s*,?\s*(?:that|which)\s+(?:has|have|is|are|was|were)\s+(?:been\s+)?(?P<said>(?:(?:adequately|appropriately|successfully|effectively|completely|curatively|definitively|properly|surgically|fully)\s+)?(?:treated|resected|excised|cured|removed|controlled))(?=\s*(?:$|[.,;)\]]))|\s*\(?(?:adequately|successfully|curatively)\s+treated\)?(?=\s*(?:$|[.,;)\]]))")
_JOINT = Caseless(r"(?:\bunless\b|[\s,;:.•*()\[\]–-]|\band/or\b|\bor\b(?!\s+(?:more|longer))|\band\b|\d\s?[.)](?=\s)|(?<![a-z])[a-h]\)|(?<=\()[a-h0-9](?=\)))*")


def _exempts(rest: str, vocabulary: Vocabulary) -> tuple[Exempt, ...] | None:
    """The exceptions that the end of a criterion lists; None where it speaks of anything but cancers."""
    if not all(map(_OF_CANCERS.fullmatch, _A_WORD.findall(rest.lower()))) or _OTHER_SIGNS.search(rest) or _TURNS.search(rest):
        return None
    if ";" in rest.rstrip(" .;") and _A_LIST.search(rest) is None:
        return None  # what stands behind it may be asked by itself
    if _LETS_IN_ALL.search(_A_SENTENCE.split(rest)[0]):
        return None
    if _NEXT_THERAPY.search(_BY_THERAPY.without(rest)):
        return None
    if any(not _LETS_IN.search(one) for one in _A_SENTENCE.split(rest)[1:]):
        return None
    close = _AFTER_THE_LIST.search(rest)
    rest = rest[: close.start()] if close is not None else rest
    found: list[Exempt] = []
    for one in _members(rest, vocabulary):
        found += one
    return tuple(dict.fromkeys(found)) or None


def _plain(words: str) -> str:
    return " ".join(words.replace('"', " ").split()).strip(" .,;:()[]-")


def _members(rest: str, vocabulary: Vocabulary) -> Iterator[list[Exempt]]:
    """What each member of a list excepts; from one that is not understood on, the words as they stand."""
    place, quality = 0, ""
    while True:
        joint = _JOINT.match(rest, place)
        place = joint.end() if joint is not None else place
        if place >= len(rest):
            return
        start = place
        over = _OVER.match(rest, place) or _OVER_SINCE.match(rest, place)
        span = _span(over, "n") if over is not None else None
        if over is not None and span is not None and _ends(rest, over.end()):
            yield [Exempt(over_for=span)]
            place = over.end()
            continue
        weak = _WEAK.match(rest, place)
        place = weak.end() if weak is not None else place
        told = _QUALITY.match(rest, place)
        bladder = _BLADDER.match(rest, place)
        if told is not None and bladder is None:
            quality, place = " ".join(rest[place : told.end()].split()).strip(" ,"), told.end()
            quality = _LAST_JOINT.sub("", quality)
            weak = _WEAK.match(rest, place)
            place = weak.end() if weak is not None else place
        named = _named(rest, place, vocabulary)
        if named is None:
            yield [Exempt(state=_plain(rest[start:]))]
            return
        terms, place = named
        behind = _BEHIND.match(rest, place)
        if behind is not None:
            quality, place = " ".join(behind["said"].split()) if behind["said"] else quality or "adequately treated", behind.end()
        if not _ends(rest, place):
            yield [Exempt(state=_plain(rest[start:]))]
            return
        yield [Exempt(term, state=quality) for term in terms]
        quality = quality if _SHARED.search(quality) else ""


_SHARED = Caseless(r"(?:treated|resected|excised|removed|cured|managed|controlled)$")
_LAST_JOINT = pattern_of(r"[\s,]+(?:or|and)$", re.IGNORECASE)
_FOLLOWS = Caseless(r"\s*(?:\((?:dcis|lcis|cis|cin|bcc|scc|nmsc)\)\s*)?(?:$|[,;.:)\]/•*]|(?:and/or|and|or|unless)\b(?!\s+(?:has|have|is|are|was|were|who|which|that|with|without|no|not|in remission|currently|considered)\b))")


def _ends(rest: str, place: int) -> bool:
    """Whether a name ends at a place: a joint follows, or the next of a list that lost its marks begins with a capital letter."""
    return _FOLLOWS.match(rest, place) is not None or re.match(r"\s+[A-Z][a-z]", rest[place:]) is not None


def _named(rest: str, place: int, vocabulary: Vocabulary) -> tuple[list[str], int] | None:
    """The cancers named at a place, and where their name ends."""
    skin = _SKIN.match(rest, place)
    if skin is not None:
        if skin["nmsc"]:
            return ["non-melanoma skin cancer"], skin.end()
        kinds = [f"{one} cell carcinoma of skin" for one in ("basal", "squamous") if one in skin["kinds"]]
        of_skin = "skin" in rest[place : skin.end()].casefold() or "cutaneous" in rest[:place].casefold()[-14:]
        if of_skin or len(kinds) == 2 or kinds == ["basal cell carcinoma of skin"]:
            return kinds, skin.end()
        return None
    cis = _ONE_CIS.match(rest, place)
    if cis is not None:
        return _in_situ(cis), cis.end()
    bladder = _BLADDER.match(rest, place)
    if bladder is not None:
        return ["non-muscle-invasive bladder cancer"], bladder.end()
    words = _NAME.match(rest, place)
    for end in reversed([word.end() for word in _WORD.finditer(rest, place, words.end())] if words is not None else []):
        concept = vocabulary.condition(rest[place:end])
        if concept is not None and not vocabulary.broader(concept).isdisjoint(_KINDS):
            return [concept.label], end
    return None


_NAME = pattern_of(r"(?:[A-Za-z'’-]+\s*){1,5}")
_WORD = pattern_of(r"[A-Za-z'’-]+")
_KINDS = frozenset((_MALIGNANCY, "carcinoma in situ", "neoplasm", "dysplasia of cervix"))


def _in_situ(found: re.Match[str]) -> list[str]:
    """The carcinomas in situ of the places that are named."""
    named = next((said for group in ("places", "placed", "adjectives", "first", "sites") if (said := found[group])), None)
    if named is None:
        return ["carcinoma in situ"]
    places = [" ".join(one.replace("the ", " ").replace("of ", " ").split()) for one in _LISTED.split(named.casefold())]
    return [f"{one} carcinoma in situ" if one in ("ductal", "lobular") else f"carcinoma in situ of {_NAMED_CIS.get(one, one)}" for one in places if one]


_LISTED = pattern_of(r"\s*(?:,|\bor\b|\band/or\b|\band\b|/)+\s*")
