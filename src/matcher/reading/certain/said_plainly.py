"""A criterion without what says nothing in it, where nothing is left unread then: marks, abbreviations, asides, idle tails.

"Central nervous system (CNS) metastases", "E-18. Gout", "asthma of any cause (see Appendix B)". What is left out becomes
blank, so that every place in the text stays where it was.
"""

from __future__ import annotations

import re

from matcher.model.language import Check, Consent, Judgement, Statement, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.tagging.caseless import Caseless

_EXPLAINED = pattern_of(r"(?<=[a-zA-Z0-9]) ?\((?P<short>[A-Za-z][A-Za-z0-9/+&.-]{1,9})\)(?:-(?=[a-z]))?")
_BEFORE = 7  # words
_REACH = 100  # characters
_CUT = pattern_of(r"[^\w\s'/-]")
_CAPITALS = 2
_SHORTEST_OF_ONE = 4  # letters of an abbreviation of a single word: "tuberculosis (TB)"
_MARK = pattern_of(r"\W*(?:\(?(?:[A-Z]-?)?\d{1,2}(?:\.\d{1,2})?[.):]\s*|\(?[a-hA-H][.)]\s+|[IVX]{1,4}[.)]\s+)(?=['\"A-Z])")
_STUDY = r"(?:study|trial)"
_ASIDE = Caseless(
    r"\s?[(\[](?:(?:please )?(?:see|refer to|cf\.?) (?:also )?(?:the )?(?:appendix|appendices|section|below|above|table|protocol|definitions?|annex|note)[^()\[\]]{0,50}|(?:appendix|annex|table|section) [\w.]{1,6}|inclusive|including(?: (?:the )?(?:cut-?\s?off|boundary|border|limit)(?: values?)?)?|(?:(?:both|cut-?\s?off|boundary|border|limit) )?(?:values? )?included|"
    r"both (?:sexes|genders)|(?:whether )?(?:treated|diagnosed|symptomatic|controlled|resected|cured) or (?:not|un[a-z]+|asymptomatic)|(?:all|any) (?:kinds?|types?|causes?|forms?|subtypes?|etiolog(?:y|ies)|stages?)|of any (?:kind|type|cause)|(?:(?:according to|as per|per|by|on)\s+)?(?:the\s+)?(?:\d(?:th)?\s+(?:edition\s+)?)?(?:ajcc|uicc|tnm|figo|iaslc|aasld|who|ada|ats|gold|acr|eular|dsm|icd|idsa|nccn|esmo|world health organization|american [a-z]+ (?:association|society|college)[a-z ]*)(?=[^()]*(?:criteria|classification|guideline|edition|version|staging|system|definition))(?:[\s/-]+(?:criteria|classification|guidelines?|staging|system|definitions?|manual|edition|version(?: \d{1,2})?|v\d|\d{4}|\d{1,2}th|and))*|(?:visit|day|week) [-–]?\d{1,3}|v-?\d{1,2}|(?:at |during )?(?:the )?(?:screening|baseline)(?: (?:visit|period))?)[)\]]",
    needs=("(", "["),
)
_PREGNANT = Caseless(r"(?<=pregnan)(?P<ending>t|cy)\s?\((?:(?:as )?(?:defined as|confirmed by|evidenced by|i\.?e\.?,?|a|the|with)\s+)*positive\s+(?:(?:serum|urine|blood|or|and|/|β|beta|b|hcg|-|beta-hcg|β-hcg|human chorionic gonadotropin)[\s/-]*)*(?:pregnancy )?(?:tests?|hcg)?(?: results?)?\)", needs=("positive",))
_WHEN = rf"(?:(?:the )?(?:time|date|moment|day) of )?(?:the )?(?:{_STUDY} )?(?:screening|baseline|enrol+ment|inclusion|randomi[sz]ation|study entry|entry|recruitment|presentation|assessment|registration)(?: visit| period| examination)?(?:,? (?:into|in|to) (?:the |this )?{_STUDY})?"
_TAIL = Caseless(
    rf"(?:[\s,]+(?:at {_WHEN}|of any (?:duration|cause|a?etiology|origin|type|kind|severity|degree)|(?:due to|for) any (?:cause|reason)|(?:as )?(?:documented|recorded|noted|verified|confirmed|reported) (?:in|from|by|on) (?:their |the |his |her |his/her )?(?:medical|clinical|hospital|patient)?\s?(?:records?|charts?|notes)|"
    r"in (?:their |the |his |her |his/her )?medical (?:records?|charts?|notes)|using any technique|by (?:medical |patient )?history|(?:and|or)? so on|\((?:all|any) types?\)))[\s.;,]*$",
    needs=("at ", " type", "notes", "chart", " any ", "record", " so on", "history", "medical "),
)
_AND_SO_ON = Caseless(r"(?<=[a-z)])[\s,]*(?:\.{3}|…|,?\s*etc\.?)(?=[\s.;)]*$)")
_EXAMPLES = Caseless(r"\b(?:including|such as|e\.?g|for example|like)\b")
_SIGNS = pattern_of(r"[®™†‡§]|(?<=\w)\*+(?=\s|$)")
_WIDE = str.maketrans("（），：；［］", "(),:;[]")
# Letters and figures behind a name: the code under which a drug was first tried ("seladelpar (MBX-8025)").
_CODE = pattern_of(r"(?<=[a-z]) ?\([A-Z]{2,5}[- ]?\d{3,7}[A-Z]?\)")
_ANY_SEX = Caseless(r"(?:^\W*|[\s,;(]+(?:and\s+|with\s+|there\s+(?:is|are)\s+)?)(?:(?:no|without|unlimited|regardless of|irrespective of)\s+(?:sex|gender)(?:\s+(?:limitations?|limits?|restrictions?|preferences?|requirements?))?|(?:sex|gender)\s+(?:is\s+)?(?:unlimited|not limited))\)?(?=[\s,;.]|$)", needs=("gender", "sex"))
_ON_ECG = Caseless(r"\s*\b(?:on|by|in|at)\s+(?:(?:the|a|an|any|screening|baseline|initial|12-lead|12 lead|resting|standard|surface|triplicate)\s+)*(?:ecgs?|ekgs?|electrocardiograms?)(?:\s*\((?:ecg|ekg)\))?(?=[\s.;)]*$)", needs=("ecg", "ekg", "electrocardiogram"))
_METASTATIC, _M1 = Caseless(r"metasta"), Caseless(r"\s?\(m1[a-d]?\)(?=[\s.;,]*$)", needs=("(m1",))
_QT = pattern_of(r"\bQTc?")
_SEX = Caseless(r"\W*(?:sex|gender)\s*[:：-]\s*(?=(?:both|all|any|fe?male|male|men|women)\b)")
_LEADS = Caseless(
    r"\W*(?:(?:the|all|any)\s+)*(?:consecutive\s+)?(?:patients?|subjects?|participants?|individuals?|persons?|people|those)\s+(?:who\s+)?(?:(?:are|were)\s+)?(?:reporting|(?:presenting|presents?|presented)\s+with|exhibit(?:ing|s)?|display(?:ing|s)?|carrying|bearing|(?:combined|complicated|accompanied|comorbid)\s+(?:with|by))\s+(?=[a-z])|"
    r"\W*(?:combined|complicated|accompanied|comorbid)\s+(?:with|by)\s+(?=[a-z])",
)
_TOTAL = Caseless(r"\btotal (?=(?:white blood|lymphocyte|leu[kc]ocyte|neutrophil|platelet|wbc)\b)", needs=("total ",))
_LIVE = Caseless(r"(?<=\blive)\s?,(?=\s(?:or )?attenuated)", needs=(",",))
_SCAN = r"(?:an?\s+)?(?:(?:2d|transthoracic|cardiac)[ -])?(?:echo(?:cardiogra(?:m|phy|phic))?|muga|mri|(?:multi-?\s?gated|radionuclide) (?:acquisition|angiography|ventriculography))(?:\s+scans?)?(?:\s*\([a-z]{3,6}\))?"
_BY_SCAN = Caseless(rf"(?<=[%\d])\s*[,(]?\s*(?:(?:as )?(?:measured|determined|assessed|evaluated|confirmed|documented)\s+)?(?:on|by|via|using|with|per)\s+(?:either\s+)?{_SCAN}(?:\s*(?:,|/|or|and/or)+\s*(?:by\s+)?{_SCAN})+\)?(?=[\s.;]*$)", needs=("echo", "muga", "mri", "acquisition", "angiography", "ventriculography"))
_BY_FORMULA = Caseless(r"[\s,(]+(?:as )?(?:estimated|calculated|measured|determined|computed|assessed)?\s*(?:by|using|per|with|according to|based on)(?: the)? (?:modified )?cockcroft[- –](?:and[- ])?gault(?: (?:equation|formula|method))?\)?(?=[\s.;]*$)", needs=("cockcroft",))
_EJECTION, _CLEARANCE = Caseless(r"ejection fraction|\bl?vef\b|\bef\b"), Caseless(r"creatinine clearance|\bcr?cl(?:cr)?\b")
_CONSECUTIVE = Caseless(r"(?<=all )consecutive (?=patients|subjects|participants|adults|adult)", needs=("consecutive ",))
# What is left out may be part of what is excepted.
_EXCEPTS = Caseless(r"\b(?:except\w*|unless|other than|excluding|exclud\w+|apart from|if|but|only|allowed|permitted|eligible)\b")
# One of these stands in whatever is left out: letters, a mark at the beginning, or a word, of which the first letter is looked for.
_LETTERS = (
    "(", "（", "[", "®", "™", "†", "‡", "§", "*", "…", "：", "，", "etc", "otal", "LVEF", "raction", "learance", "sex", "Sex", "ender", "eport", "ecord", "hart", "resent", "xhibit", "isplay", "arrying", "onsecutive",
    "ombined", "omplicated", "ccompanied", "omorbid", "nlimited",
)  # fmt: skip
_MARKED = pattern_of(r"\W*(?:(?:[A-Z]-?)?\d|[a-zA-Z]{1,4}[.)])")
_WORD = pattern_of(r"a(?<=\ba)(?:ny|t)\b|A(?<=\bA)t\b|l(?<=\bl)ive\b|Q(?<=\bQ)T|history\W*$")


def _says_nothing_somewhere(text: str) -> bool:
    """Whether something that may be left out stands in a text."""
    return any(map(text.__contains__, _LETTERS)) or _MARKED.match(text) is not None or _WORD.search(text) is not None


def plainer(text: str, kind: str) -> str:
    """The text with what says nothing in it blank; the text itself where there is nothing of the kind."""
    if not _says_nothing_somewhere(text) or _EXCEPTS.search(text):
        return text
    plain = text.translate(_WIDE)
    for found in list(_EXPLAINED.finditer(plain)):
        before = _CUT.split(plain[max(0, found.start() - _REACH) : found.start()])[-1].split()[-_BEFORE:]
        if sum(map(str.isupper, found["short"])) >= _CAPITALS and any(_abbreviates(found["short"], before[at:]) for at in range(len(before))):
            plain = _blank(plain, found.start(), found.end())
    for pattern in (_MARK, _SEX, _LEADS):
        lead = pattern.match(plain)
        plain = plain if lead is None else _blank(plain, 0, lead.end())
    for pattern in (_PREGNANT, _ASIDE, _CODE, _ANY_SEX, _CONSECUTIVE, _SIGNS, _TOTAL, _LIVE):
        for found in _all(pattern, plain):
            plain = _blank(plain, found.start() + (len(found["ending"]) if pattern is _PREGNANT else 0), found.end())
    end = _AND_SO_ON.search(plain) if kind == "exclusion" and _EXAMPLES.search(plain) else None
    plain = plain if end is None else _blank(plain, end.start(), end.end())
    for what, how in ((_EJECTION, _BY_SCAN), (_CLEARANCE, _BY_FORMULA), (_QT, _ON_ECG), (_METASTATIC, _M1)):
        by = how.search(plain)
        plain = plain if by is None or not what.search(plain) else _blank(plain, by.start(), by.end())
    tail = _TAIL.search(plain)
    return plain if tail is None else _blank(plain, tail.start(), tail.end())


def _all(pattern: Caseless | re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Every place where a pattern stands."""
    found: list[re.Match[str]] = []
    place = pattern.search(text, 0)
    while place is not None and place.end() > place.start():
        found.append(place)
        place = pattern.search(text, place.end())
    return found


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _abbreviates(short: str, words: list[str]) -> bool:
    """Whether the letters stand in the words in their order, the first at the first of a word each time they can."""
    letters = iter("".join(words).casefold())
    return (len(words) > 1 or (short.isupper() and len(short) <= _SHORTEST_OF_ONE and not set(short) <= set("IVX"))) and short[0].casefold() == words[0][0].casefold() and all(letter in letters for letter in short.casefold().removesuffix("s") if letter.isalnum())


def is_whole(check: Check) -> bool:
    """Whether nothing of a criterion is left unread or asked as it stands."""
    return not any(isinstance(leaf, Unread | Statement) for leaf in leaves(check))


def says_the_same(check: Check, text: str) -> bool:
    """Whether words that are shown as they stand are those of the text."""
    shown = clean(text)
    return all(leaf.text in shown or (leaf.text.startswith("life expectancy") and _SURVIVES.search(shown) is not None) for leaf in leaves(check) if isinstance(leaf, Judgement | Consent))


_SURVIVES = Caseless(r"surviv|to (?:live|die|expire)\b|expectanc", needs=("surviv", "to live", "to die", "to expire", "expectanc"))
