"""Statements that many trials ask in many words: the one wording in which each is asked, recorded and found again."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from matcher.model.patterns import later, pattern_of
from matcher.vocabulary.concepts import table
from matcher.vocabulary.needed import Needed
from matcher.vocabulary.stems import Stems
from matcher.vocabulary.vocabulary import Vocabulary

# Behind a statement: that it is so during the study, which every one of them is about.
_DURING: Final = (
    r"(?:\s*,?\s*(?:at any time\s+)?(?:during|throughout|while|in|over|for|within|on)\s+(?:(?:the|this|their|entire|whole|course of|duration of|period of|time of|near|next|planned|expected|conduct of|clinical|active|"
    r"participating in|participation in|on|enrolled in|receiving|taking|course|duration)\s+)*(?:study|trial|participation|treatment|study treatment|study period|trial period|study participation|treatment period|protocol|therapy|"
    r"study duration|investigation|study drug|follow-up|follow-up period|enrol+ment|study or follow-up|study course)(?:\s+(?:period|participation|duration|drug|treatment|visit|itself|course))?"
    r"|\s*,?\s*(?:within|during) the (?:projected|planned|expected) duration of the (?:study|trial)(?:,? (?:starting|beginning) (?:with|from|at) the [a-z -]{3,40}?(?:visit|period)?,? (?:through|until|to|up to) [a-z\d ]{1,16} (?:days?|weeks?|months?|year) (?:after|following|beyond) the (?:last|final) dose of [a-z ]{3,40})?"
    r")?"
)
_GOING_ON: Final = ("during ", "throughout ", "while ", "in ", "over ", "for ", "within ", "on ")  # of which one stands in all of that
# The long patterns are made when a text first needs them: few ever do.
_pattern: Final = cache(re.compile)
_BY_THE_WAY: Final = _DURING + r"$"
_LONGEST: Final = 220
_WORD: Final = later(r"[a-z]+")
_LANGUAGES: Final = (
    "english", "spanish", "french", "german", "dutch", "danish", "swedish", "norwegian", "finnish", "italian", "portuguese", "chinese", "mandarin", "cantonese", "japanese", "korean", "hebrew", "arabic", "hindi",
    "turkish", "russian", "polish", "greek", "czech", "hungarian", "thai", "vietnamese", "persian", "farsi", "urdu", "bengali",
)  # fmt: skip
_LANGUAGE: Final = rf"(?:{'|'.join(_LANGUAGES)})"
_OF_LANGUAGES: Final = frozenset(_LANGUAGES)
_SPEAKS: Final = (
    rf"(?:(?:patients?|subjects?|participants?|must|be|is|are|should|who|can|also|have|has|the|the ability to|sufficient(?:ly)?|adequate(?:ly)?|good|well|basic|primarily|comfortable|comfort|enough|proficient)\s+)*(?P<no>(?:un|in)(?=able|ability)|not\s+|non[- ]|cannot\s+|does not\s+|do not\s+|(?:insufficient|inadequate|limited|poor|lack of|no)\s+(?=(?:\S+\s+){{0,4}}\S*(?:knowledge|skill|proficien|command|fluen|comprehension|understanding)))?"
    rf"(?P<how>(?:(?:able|ability|fluent|fluency|fluently|proficien\w+|literate|understanding|comprehension|to|of|in|speaks?|speaking|read|reads|reading|writes?|writing|written|spoken|understands?|understanding|"
    rf"comprehend|communicate|communication|converse|verbal|oral|orally|knowledge|command|mastery|skills?|clearly|effectively|sufficient(?:ly)?|adequate(?:ly)?|good|well|enough|both|either|and|or|the|and/or)\b[\s,/]*)+)?(?P<languages>{_LANGUAGE}(?:\s*(?:,|or|and|and/or|/)+\s*{_LANGUAGE})*)(?:\s+languages?)?(?P<behind>[- ](?:speaking|speakers?|fluency|fluently|proficiency|skills?|knowledge))*(?:\s+(?:is )?required)?"
)
# What the language is needed for, and how it is known.
_FOR_THE_TRIAL: Final = (
    r"(?:\s*,?\s*(?:sufficiently|adequately|adequate|sufficient|at a level|well|enough)?\s*(?:well\s+|enough\s+|sufficient\s+|adequate\s+)*(?:in order to|to|for|since|because|as)\s+(?:(?:complete|completing|completion|participate|participation|participating|understand|follow|fill|provide|"
    r"give|giving|consent|answer|respond|engage|engaging|perform|comply|communicate|the|all|in|of|out|with|and|a|an|any|study|trial|materials?|questionnaires?|surveys?|interviews?|instructions?|assessments?|procedures?|forms?|measures?|informed|written|research|tests?|testing|evaluations?|protocol|"
    r"requirements?|treatment|therapy|intervention|staff|personnel|is|are|only|available|will|be|app|sessions?|visits?|neurocognitive|cognitive|neuropsychological|validated|used|they|cannot|english|this|on|questions?|self-report|diary|diaries|documents?)[\s,/]*)+)?(?:\s*\([^()]*\))?"
)
_VERBS: Final = {
    "speak": r"speak|verbal|\boral|convers|communicat", "read": r"\bread|literate", "write": r"\bwrit(?:e|es|ing)\b", "understand": r"understand|comprehen|spoken|knowledge|command|mastery|skill",
}  # fmt: skip
_SLOTS: Final = (
    pattern_of(r"(?P<head>contraindication to|requires|unable to stop|planned|candidate for|indication for|(?:severe|serious|life-threatening|moderate|known|immediate|grade \d(?: or \d)*) allergy to) (?P<name>.+)"),
)
_OF_DISEASE: Final = later(r"(?:currently )?(?:(?:treated|surgery|medication|hospitalized) for|symptoms of|given (?:other )?(?:systemic |oral |topical |intravenous |inhaled )?treatment for) (?P<name>.+?)(?: within \d+ (?:hour|day|week|month|year)s?)?")
_TO_COME: Final = frozenset(  # words of which the pattern needs one
    ("planned", "planning", "plan", "plans", "scheduled", "upcoming", "anticipated", "anticipation", "undergoing", "awaiting", "elective", "candidate", "candidates", "suitable", "eligible", "fit", "indication", "indications", "indicated", "requiring", "requires", "require", "need", "needs", "requirement", "requirements", "unable", "inability", "cannot", "incapable", "able")
)
_WHO: Final = r"(?:(?:has|have|is|are|be|being|must|should|patients?|subjects?|participants?|individuals?|adults?|who|any|a|an|the|with|in|of|clinical|good|acceptable|appropriate|considered|deemed|consecutive|all)\s+)*"
_NAMED: Final = r"(?:(?:a|an|any|their|the|to|undergo|have|receive|be treated (?:with|by)|treatment with|therapy with|elective|routine|first)\s+)*(?P<name>[a-z][a-z /-]{2,60}?)(?:\s+\([a-z-]{2,8}\))?"
_WAYS: Final = {
    "planned": _WHO + r"(?:planned|planning|scheduled|upcoming|anticipated(?: need for)?|anticipation of(?: the)?(?: need for)?|awaiting|elective|about|plans?|undergoing(?=\s+(?:\S+\s+){0,5}\S*(?:surger|ectom|plast|replace|repair|bypass|transplant|scop|resect|extract|section|deliver|catheteri|biops|fusion|ablation|cesarean)))\s+(?:(?:for|to|undergo|have|receive)\s+)*" + _NAMED,
    "candidate for": _WHO + r"(?:candidates?|suitable|eligible|fit)\s+(?:for|to (?:undergo|receive|have))\s+" + _NAMED,
    "unable to stop": _WHO + r"(?:unwilling or )?(?:unable|not able|inability|incapable|cannot|can not)(?: or unwilling)?\s+(?:to\s+|be taken off\s+|be off\s+|of\s+)*(?:(?:safely|temporarily|permanently)\s+)?(?:(?:discontinu|stopp?|ceas|withhold|suspend|interrupt|come off|go without)(?:e|ing)?|forgo|forego|hold|abstain from|refrain from)\s+(?:(?:taking|receiving|using|use of|the use of|treatment with|therapy with|current|concomitant|chronic|their|all)\s+)*" + _NAMED,
    "indication for": _WHO + r"(?:indications?\s+(?:for|to|of)|indicated for)\s+" + _NAMED,
    "requires": _WHO + r"(?:in need of|requir(?:ing|es?)|needs?(?: for| of)?|requirements? (?:for|of))\s+" + _NAMED,
}


# An operation or a treatment in plain words: "laparoscopic ventral hernia repair", "resection of the pancreas".
_NO_NAME: Final = (
    r"(?!(?:study|trial|protocol|investigational|experimental|participat\w+|enrol\w+|inclusion|all|both|one|two|some|either|these|this|that|such|its|their|following|use|used|other|any|another|second|additional|further|required|concomitant|it|index|same|"
    r"standard|or|and|which|who|as|by|per|due|according|including|because|if|when|unless|except|than|not|no|to|after|before|during|within|since|until|at|on|is|are|was|were|will|may|between|next|days?|weeks?|months?|years?|visits?|day|therapeutic|medical|clinical|scheduled|planned|informed|consent|signed|hospitals?|university|cent(?:er|re)s?|clinics?|known|concurrent|combined|imminent|possible|potential|emergent|concomitant|or/and|types?|kinds?|sort)\b)"
)
_OPERATION: Final = (
    r"(?:\S*(?:surger(?:y|ies)|ectom(?:y|ies)|plast(?:y|ies)|scop(?:y|ies)|otom(?:y|ies)|ostom(?:y|ies)|centesis|graphy)|replacements?|repairs?|bypass(?:es)?|transplantations?|transplants?|resections?|extractions?|cesarean sections?|caesarean sections?|catheteri[sz]ations?|fusions?|ablations?|implantations?|"
    r"grafting|stenting|arthrodesis|reconstructions?|exenterations?|embolizations?|debridement|lithotripsy|hemodialysis|dialysis|anesthesia|anaesthesia|radiotherapy|chemotherapy|immunotherapy|radiation therapy|tavr|tavi|pci|cabg|tka|tha|mechanical ventilation|procedures?|operations?|removal)"
)
_FREELY: Final = rf"{_NO_NAME}[a-z][a-z/-]+(?: {_NO_NAME}[a-z][a-z/-]*){{0,6}}"
_FREE_OPERATION: Final = rf"(?=(?:\S+ ){{0,6}}{_OPERATION}(?: (?:of|for|with|in|under|via|using|from)\b.*)?$)(?!(?:\S+ )?(?:procedures?|operations?|removal)$){_FREELY}"
# Letters of which some stand in the name of each.
_OF_OPERATIONS: Final = (
    "surg", "ectom", "plast", "scop", "otom", "ostom", "centesis", "graphy", "replacement", "repair", "bypass", "transplant", "resection", "extraction", "section", "catheter", "fusion", "ablation", "implantation", "grafting", "stenting",
    "arthrodesis", "reconstruction", "exenteration", "embolization", "debridement", "lithotripsy", "dialysis", "esthesia", "therapy", "tavr", "tavi", "pci", "cabg", "tka", "tha", "ventilation", "procedure", "operation", "removal",
)  # fmt: skip
_CAPITALS: Final = later(r"\b[A-Z]{2,6}\b")
_AGAINST: Final = "contraindication to"
_CONTRAINDICATED: Final = (
    r"(?:(?:patients?|subjects?|participants?|individuals?|persons?|who|with|have|has|having|a|an|any|the|known|absolute|relative|medical|general|formal|clear|other|specific|presence of|existing|history of|there is)\s+)*"
    r"contra-?\s?indications? (?:to|for|against)\s+(?:(?:the|any|a|an|undergoing|undergo|performing|perform|receiving|receive|having|use of|taking|administration of|performance of)\s+)*(?P<name>\S.*)"
)
_FREE_NAME: Final = (
    r"(?!(?:study|trial|protocol|investigational|experimental|treatments?|therap(?:y|ies)|drugs?|medications?|products?|agents?|interventions?|procedures?|participat\w+|enrol\w+|inclusion|all|both|one|some|either|these|this|such|its|following|use|used|other|required|concomitant|it|the|a|an)\b)[a-z0-9-]{3,}"
    r"(?: (?!(?:or|and|that|which|who|as|in|with|by|per|due|according|including|such|because|if|from|when|unless|except|other|than|not|following|to|for|of|at|on|eg|ie|study|trial|drugs?|medications?|treatments?|products?|ingredients?|components?|excipients?|used|is|are)\b)[a-z0-9-]+){0,4}"
)


# The code under which a drug is tried, of which no table tells more.
_CODED: Final = r"[A-Z]{2,6}-?\d{3,7}[A-Z]?"
_CODE: Final = pattern_of(r"[A-Z](?<!\w.)[A-Z]{1,5}-?\d{3,7}[A-Z]?\b")  # the same as a word; its first letter is looked for fast
_EARLIER: Final = "earlier treatment with "
_TREATED_BEFORE: Final = (
    r"(?i:(?:(?:patients?|subjects?|participants?|individuals?|who|that|have|has|had|been|any|a|the)\s+)*(?:(?:prior|previous|previously|past|earlier|ever)\s+)+(?:(?:been|treatment|therapy|exposure|treated|exposed|received?|receipt|administration|use|usage|dosing|dosed)\s+)+(?:(?:with|to|of|any)\s+)*)"
    rf"(?P<name>{_CODED})"
)


class Asked(NamedTuple):
    """A statement in the wording in which it is asked, and whether the text says that it is so."""

    label: str
    holds: bool


class _Wording(NamedTuple):
    """How a statement is worded, and the letters of which one piece stands in every such text."""

    asked: Asked
    needs: tuple[str, ...]
    pattern: str

    def words(self, said: str) -> bool:
        """Whether a text is worded so; the pattern is made when a text first comes near it."""
        return any(map(said.__contains__, self.needs)) and _made(self.pattern, any(map(said.__contains__, _GOING_ON))).fullmatch(said) is not None


@cache
def _made(pattern: str, going_on: bool) -> re.Pattern[str]:
    """The pattern of a wording; only of a text that may go on behind it also what may stand there."""
    return pattern_of(f"(?:{pattern}){_DURING}" if going_on else pattern)


@cache
def _wordings() -> tuple[_Wording, ...]:
    rows = table("statements.tsv")
    return tuple(_Wording(Asked(label.removeprefix("!"), label[0] != "!"), tuple(needs.split("|")), wording) for label, needs, wording in rows)


@cache
def _needed() -> Needed:
    return Needed(one.needs for one in _wordings())


@cache
def _labels() -> frozenset[str]:
    return frozenset(one.asked.label for one in _wordings())


# One of these stands in every wording: the cheap look before the patterns.
_SPOKEN_OF: Final = Stems(
    r"plan|possib|potentially|suspect|might|could|father|inten|participat|enrol|randomi|wish|desir|attempt|try|tries|expect|hoping|want|contemplat|seek|anticipat|aiming|considering|schedul|upcoming|undergoing|awaiting|elective|candidate|suitable|eligible|\bfit\b|indicat|requir|swallow|oral|mouth|prison|incarcer|jail|mri|magnetic|\bmr\b|veins?\b|venous|depriv|custody|detent|detain|liberty|freedom|guardian|curator|"
    r"trustee|tutel|tutor|language|bed|wheel|mov|relocat|shift|night|intubate|computer|lie|lying|protect|justice|incapacity|capacity|incompetent|incapacit|social|insur|health|phone|internet|litera|\bread\b|homeless|handed|employee|staff|personnel|relative|famil|walk|ambulat|resuscitat|dnr|dni|"
    rf"contraindication|requires|\bneeds?\b|discontinu|\bstop|\bceas|withhold|suspend|interrupt|forgo|\bhold\b|abstain|refrain|allergy|contracept|birth control|barrier|sexual|abstin|abstain|partner|e-?mail|out-?patient|care-?giv|caretak|carer|informant|companion|communit|single|presentation|membrane|nullipar|primipar|multipar|legal|child|minor|adolescen|teenage|pediatr|paediatr|chinese|japanese|korean|asian|hispanic|latin|african|black|caucasian|white|device|measurable|recovere?d?|{'|'.join(_LANGUAGES)}"
)


def asked_as(text: str, vocabulary: Vocabulary) -> Asked | None:
    """The statement that a text words, and whether it says that it is so; None where the vocabulary holds none."""
    return _asked_as(text, vocabulary) if len(text) <= _LONGEST and may_be_asked(text) else None


def may_be_asked(text: str) -> bool:
    """Whether a statement of the vocabulary may stand in a text, or in a part of it."""
    return _SPOKEN_OF.stand_in(text) or _CODE.search(text) is not None


@lru_cache(maxsize=4096)
def _asked_as(text: str, vocabulary: Vocabulary) -> Asked | None:
    said = " ".join(text.casefold().replace("’", "'").split()).strip(" .,;:")
    if _is_asked(text, vocabulary, _names):
        return Asked(text, True)
    rows = _wordings()
    found = next((rows[place].asked for place in _needed().rows(said) if rows[place].words(said)), None)
    return found or _spoken(said) or _planned(said, text, vocabulary) or _contraindicated(said, vocabulary) or _treated_before(text, vocabulary)


def is_asked(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is a statement of the vocabulary in the wording in which it is asked."""
    return _is_asked(text, vocabulary, _names_so)


def _is_asked(text: str, vocabulary: Vocabulary, names: Callable[[str, Vocabulary], bool]) -> bool:
    if text in _labels() or (text.startswith(_OF_SPEECH) and _pattern(_LANGUAGE_LABEL).fullmatch(text)):
        return True
    if text.startswith(_EARLIER) and _CODE.fullmatch(text[len(_EARLIER) :]):
        return True
    of_disease = _OF_DISEASE.fullmatch(text)
    if of_disease is not None:
        concept = vocabulary.condition(of_disease["name"])
        return concept is not None and concept.label == of_disease["name"]
    for slot in _SLOTS:
        found = slot.fullmatch(text)
        if found is not None:
            if found["head"].endswith("allergy to") or names(found["name"], vocabulary):
                return True
            return _pattern(_FREE_NAME).fullmatch(found["name"]) is not None if found["head"] == _AGAINST else _is_operation(found["name"].casefold())
    return False


def _is_operation(name: str) -> bool:
    """Whether a name in small letters is that of an operation or a treatment in plain words."""
    return any(map(name.__contains__, _OF_OPERATIONS)) and _pattern(_FREE_OPERATION).fullmatch(name) is not None


def _names(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name is the label of a treatment or a procedure."""
    concept = vocabulary.treatment(name) or vocabulary.procedure(name)
    return concept is not None and concept.label == name


def _names_so(name: str, vocabulary: Vocabulary) -> bool:
    """The same with the way in which a treatment is needed: words that rules put there, and no part of a text that was not read."""
    plain = _pattern(_IN_WHAT_WAY).sub("", name)
    return _names(name, vocabulary) or (plain != name and (vocabulary.treatment(plain) or vocabulary.procedure(plain)) is not None)


# How a treatment is needed, before its name, and for what or how long, behind it.
_IN_WHAT_WAY: Final = (
    r"^(?:(?:chronic|long[- ]term|continuous|ongoing|prolonged|permanent|lifelong|daily|regular|frequent|intermittent|maintenance|systemic|oral|inhaled|intravenous|parenteral|topical|subcutaneous|injectable|intramuscular|therapeutic|full-dose|high-dose|low-dose|"
    r"supplemental|home|nocturnal|concomitant|concurrent|additional|new|(?:at least|more than) \d|\d or more|two or more) )+| (?:for|before|prior to|at least|within) \w.{1,60}$"
)


_OF_SPEECH: Final = ("fluent in ", "able to ")
_LANGUAGE_LABEL: Final = rf"(?:fluent in(?: spoken and written)?|able to (?:speak|read|write|understand)(?:(?:,| and|, and)? (?:speak|read|write|understand))*) (?i:{_LANGUAGE})(?: or (?i:{_LANGUAGE}))*"


def _spoken(said: str) -> Asked | None:
    """ "Fluent in English or Danish", "non-English speaking": which languages somebody has to master, and how."""
    if _OF_LANGUAGES.isdisjoint(_WORD.findall(said)):
        return None
    plain = _pattern(_BY_THE_WAY).sub("", said)
    found = _pattern(_SPEAKS).fullmatch(plain) or _pattern(_SPEAKS + _FOR_THE_TRIAL).fullmatch(plain)
    if found is None or not (found["how"] or found["behind"]):
        return None
    words = f"{found['how'] or ''} {found['behind'] or ''}"
    words = words if re.search(r"fluen|proficien|speak|read|writ(?:e|es|ing)\b|understand|comprehen|communicat|convers|verbal|knowledge|command|mastery|skill", words) else f"{plain[: found.start('languages')]} {words}"
    verbs = [verb for verb, pattern in _VERBS.items() if re.search(pattern, words)]
    fluent = re.search(r"fluen|proficien", words) is not None
    written, spoken = "written" in words, re.search(r"spoken|\boral", words) is not None
    if written and spoken and "write" not in verbs and not re.search(r"\bor\b|/|communicat", words):
        fluent, verbs = (True, ["written"]) if fluent and verbs in (["understand"], ["speak"]) else (fluent, ["read", "understand"] if verbs in (["understand"], ["speak", "understand"]) else [])
    if (fluent and verbs not in ([], ["speak"], ["written"])) or (written and "write" not in verbs and verbs not in (["written"], ["read", "understand"])):
        return None  # what is written has to be read, or written
    languages = list(dict.fromkeys(re.findall(_LANGUAGE, found["languages"])))
    if found["no"] is None and len(verbs) > 1 and re.search(r"\bor\b", found["how"] or ""):
        return None
    if not (verbs or fluent) or (len(languages) > 1 and re.search(r"\band\b", found["languages"])):
        return None
    skill = "fluent in spoken and written" if verbs == ["written"] else "fluent in" if fluent else f"able to {verbs[0]}" if len(verbs) == 1 else f"able to {', '.join(verbs[:-1])} and {verbs[-1]}"
    return Asked(f"{skill} {' or '.join(language.capitalize() for language in languages)}", found["no"] is None)


def _contraindicated(said: str, vocabulary: Vocabulary) -> Asked | None:
    """ "Any contraindication to exercise": to what is named in plain words, and is nothing of this trial."""
    found = _pattern(_CONTRAINDICATED).fullmatch(said) if "indicat" in said else None
    if found is None or _pattern(_FREE_NAME).fullmatch(found["name"]) is None:
        return None
    concept = vocabulary.procedure(found["name"]) or vocabulary.treatment(found["name"])
    return Asked(f"{_AGAINST} {concept.label if concept is not None else found['name']}", True)


def _treated_before(text: str, vocabulary: Vocabulary) -> Asked | None:
    """ "Previous exposure to AB-1234": to a drug that no table knows."""
    found = _pattern(_TREATED_BEFORE).fullmatch(" ".join(text.split()).strip(" .,;:")) if _CODE.search(text) else None
    return Asked(_EARLIER + found["name"], True) if found is not None and vocabulary.treatment(found["name"]) is None else None


def _planned(said: str, whole: str, vocabulary: Vocabulary) -> Asked | None:
    """ "Planned surgery during the study": a treatment that is to come."""
    if _TO_COME.isdisjoint(_WORD.findall(said)):
        return None
    text = _pattern(_BY_THE_WAY).sub("", said)
    for way, pattern in _WAYS.items():
        found = _pattern(pattern).fullmatch(text)
        concept = (vocabulary.procedure(found["name"]) or vocabulary.treatment(found["name"])) if found is not None else None
        if concept is not None:
            return Asked(f"{way} {concept.label}", True)
        if found is not None and _is_operation(found["name"]):
            capitals = {word.casefold(): word for word in _CAPITALS.findall(whole)}
            return Asked(f"{way} {' '.join(capitals.get(word, word) for word in found['name'].split())}", True)
    return None
