"""Words behind a fact that say how, when or where it was found: a disease is confirmed so, a value is none the less the value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from matcher.model.dates import Span
from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Measurement,
    Not,
    Unless,
    When,
    Window,
)
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.tagging.caseless import Caseless

# Behind one of these stands what a disease was found with, or by whom.
_BY = Caseless(
    r"\W*(?:(?:as|and|was|is|has been|been|previously|clinically|definitively|objectively|currently)\s+)*"
    r"(?:(?:confirmed|documented|diagnosed|proven|verified|established|ascertained|evidenced|demonstrated|detected|identified|shown|seen|visuali[sz]ed|visible|evident|apparent|assessed|determined|evaluated|classified|"
    r"detectable|found|defined|made)\s+(?:clinically\s+)?(?P<how>by|on|using|via|through|according to|as per|per|in accordance with|based on|based upon|following|with the use of|in)"
    r"|(?P<alone>according to|as per|per|in accordance with|based on|based upon|on the basis of|as defined by|as defined in|defined by|as stated by|as stated in|as described by|as described in|as specified by|in line with|identified by|as determined by|as assessed by|as evidenced by|as documented by|as shown by|as confirmed by|as diagnosed by|as measured by|using|by))\s+(?P<what>.+?)\W*$",
)
_ON = Caseless(r"\W*(?:on|at|in)\s+(?P<what>.*\b(?:x-?rays?|radiographs?|radiography|mri|magnetic resonance imaging|ct|computed tomography|scans?|imaging|ultrasound|ultrasonography|sonography|echocardiograph\w*|echocardiogram|ecg|ekg|eeg|electrocardiogra\w+|biops(?:y|ies)|histology|histopathology|"
    r"cytology|pathology|endoscopy|colonoscopy|gastroscopy|bronchoscopy|angiogra\w+|mammogra\w+|tomography|polysomnography|physical examination|clinical examination|fundoscopy|laparoscopy|cystoscopy|examination|autopsy|culture|pcr))\W*$")
# The name of a set of criteria, or of a test, in brackets: "(McDonald criteria 2010)", "(RT-PCR)".
_BRACKETED = Caseless(
    r"\W*[(\[]\s*(?:(?:as per|per|by|according to|based on|meeting|using|on|in)\s+)?(?!(?:with|without|additional|further|other)\b)(?P<what>[^()\[\]]{0,50}\b(?:criteria|definition|classification|guidelines?|dsm|icd|pcr|elisa|western blot|biopsy|histology|cytology|self-report|questionnaire|interview)(?:[- ]?[ivx\d.]{1,5})?(?:[- ]tr)?(?:[ ,]+(?:version )?\d[\d.]*)?(?:\s+swab)?)\s*[)\]]\W*",
)
# What is no way of finding: a time, another fact, a number, a person of whom the fact is told, a cause.
_NO_WAY = Caseless(
    r"\d\s*(?:%|mg|ml|mm|cm|days?|weeks?|months?|years?|hours?|g\b|x\b)|[<>≤≥=]|\b(?:within|during|before|after|prior|since|ago|until|past|previous\w*|least|more|less|than|if|unless|except|not|no|without|neither|nor|but|who|that|which|whom|whose|patients?|subjects?|participants?|"
    r"will|would|may|might|can|could|should|must|are|is|was|were|has|have|had|be|being|following|below|above|one of|two|three|any of|all of|either|surgery|resection|transplant\w*|chemotherap\w*|radiotherap\w*|radiation|treatment|therapy|therapies|drugs?|medications?|vaccin\w+|"
    r"famil\w+|relatives?|parents?|mothers?|caregivers?|trauma|alcohol|viral|virus|bacteria\w*|mutations?|self|birth|time|age|childhood|pregnancy|presence|least|history of|symptoms? of|need|use of|requirement)\b",
)
_RECORDS = Caseless(r"\b(?:records?|charts?|notes?|files?|documentation|medical history)\b")
_UNENDED = Caseless(r"\b(?:of|by|with|in|on|at|for|to|from|or)$")
_TESTS = Caseless(
    r"\b(?:mri|ct|pet|eeg|ecg|emg|pcr|rt-pcr|elisa|\w*blot|\w*tests?|\w*testing|assays?|scans?|biops(?:y|ies)|\w*patholog\w*|\w*histolog\w*|\w*cytolog\w*|imaging|\w+graph(?:y|ic|s)?|\w+grams?|\w+scop(?:y|ic)|culture|examinations?|exam|"
    r"criteria|guidelines?|ultraso\w+|sonar|x-?rays?|echo|serolog\w*|antigens?|antibod(?:y|ies)|squid|smear|sequencing|karyotyp\w*|questionnaires?|interviews?|physicians?|doctors?|cardiologists?|neurologists?|records?)\b",
)
_LONGEST = 12  # words of the way

# Behind a value these say how or where it was taken, which changes nothing of it.
_WORD_OF_METHOD = (
    r"as|and|or|the|a|an|by|with|on|using|via|through|in|at|from|per|of|to|for|is|was|be|has been|which|"
    r"measured|assessed|determined|calculated|estimated|evaluated|obtained|documented|demonstrated|evidenced|confirmed|recorded|performed|taken|tested|done|noted|detected|shown|based|according|both|either|"
    r"echocardiogra\w+|echo|2d|3d|two-dimensional|transthoracic|tte|muga|multi-?gated|multiple|gated|acquisition|radionuclide|ventriculogra\w+|nuclear|blood|pool|scans?|scanning|cardiac|mri|cmr|ct|magnetic|resonance|imaging|ultrasound|ultrasonography|ultrasonic|"
    r"ecgs?|ekgs?|electrocardiogra\w*|12-?lead|12|lead|standard|resting|rest|triplicate|x-?ray|radiograph\w*|dxa|dexa|tomography|computed|"
    r"cockcroft\w*|cockroft\w*|gault|mdrd|ckd-?epi|formulas?|formulae|equations?|method\w*|modified|modification|diet|renal|disease|chronic|kidney|epidemiology|collaboration|schwartz|bedside|fridericia\w*|fredericia\w*|bazett\w*|corrected|correction|"
    r"pulse|oximetry|oximeter|dipstick|urine dipstick|dipstick urinalysis|laborator(?:y|ies)|lab|local|central|certified|institutional|institution|site|analy[sz]\w*|assays?|test|tests|testing|samples?|immunohistochemistry|ihc|pcr|"
    r"screening|baseline|enrol+ment|randomi[sz]ation|registration|inclusion|study|entry|visit|visits|day|day 1|admission|presentation|hospital|clinic|physician|investigator|medical|record|records|chart|physical|examination|exam|history|"
    r"visuali[sz]ed|sonogra\w+|mammogra\w+|doppler|plain|films?|rx|spirometr\w+|catheteri[sz]ation|right|heart|holter|polysomnogra\w+|elastogra\w+|fibroscan|automated|manual|devices?|dynamometer|"
    r"scale|scales|score|questionnaire|index|criteria|eastern|cooperative|oncology|group|ecog|who|world|health|organization|room|air|ambient|breathing|sitting|seated|supine|standing|position"
)
_OF_METHOD = Caseless(rf"\W*(?:(?:{_WORD_OF_METHOD})\b\W*)+")
_BEGINS_METHOD = Caseless(r"\W*(?:as|by|with|on|using|via|through|at|from|per|according|measured|assessed|determined|calculated|estimated|evaluated|obtained|documented|demonstrated|evidenced|confirmed|recorded|performed|taken|tested|done|noted|detected|shown|based|in)\b")
_REPEATED = Caseless(r"\b(?:and|both|either|two|each|visits|triplicate)\b")
_OBTAINED = Caseless(
    r"\W*(?:(?:as|and|must be|to be|which was|was)\s+)?(?:measured|assessed|determined|calculated|evaluated|obtained|documented|performed|taken|tested|done|collected|drawn|resulted)\s+within\s+(?:the\s+)?(?:\w+\s+\()?(?P<number>\d+)\)?\s+(?P<unit>day|week|month)s?\s+"
    r"(?:of|prior to|before|preceding|from)\s+(?:the\s+)?(?:first\s+)?(?:study\s+)?(?:enrol+ment|randomi[sz]ation|registration|inclusion|entry|study entry|treatment|dose|day 1|baseline|screening|start of (?:study )?treatment|initiation of (?:study )?treatment|therapy|start|visit|cycle 1 day 1|c1d1|consent|informed consent|leukapheresis)(?:\s+of\s+(?:study\s+)?(?:drug|treatment|therapy|medication))?\W*",
)
_SAYS_NOTHING = Caseless(
    r"\W*(?:regardless|irrespective|independent(?:ly)?) of (?:the )?(?:(?:biological )?(?:sex|gender|age|race|ethnicity|ethnic (?:origin|group|background)|nationality|religion|severity|cause|a?etiology|origin|stage|type|subtype|treatment|therapy|duration|symptoms?|status)(?:,? (?:and|or|and/or) )?,?\s*)+\W*|"
    r"\W*for (?:the |that |this )?(?:local |central |institutional |testing |site |clinical )?lab(?:oratory)?\W*|\W*(?:verified )?per (?:the )?(?:local|institutional|site|central) (?:clinical )?(?:lab(?:oratory)? )?(?:standards?|sops?|polic(?:y|ies))\W*|"
    r"\W*(?:of|from) (?:any|all|either|both) (?:(?:racial|races?|genders?|sex(?:es)?|ethnic(?:ity|ities)?|origins?|groups?|and|or)\b\W*)+|\W*(?:without|with no) (?:an? )?upper (?:age )?limits?(?: (?:of|on|for) age)?\W*|"
    r"\W*(?:as )?(?:defined|specified|described|listed|outlined|stated) (?:in|by|per) the (?:study )?protocol\W*|\W*inclusive\W*|\W*(?:at|on) (?:the )?(?:screening|baseline|study entry|enrol+ment|admission|presentation|inclusion|randomi[sz]ation|day of (?:inclusion|screening))\W*"
)


# What a value means, in brackets: "(moderately ill or worse)".
_SEVERITY = Caseless(
    r"\W*\(\s*(?:(?:at least|indicating|i\.e\.?,?|mild(?:ly)?|moderate(?:ly)?|marked(?:ly)?|severe(?:ly)?|ill|or|to|worse|more|greater|higher|disease|symptoms?|depression|anxiety|pain|severity|impairment|disability|above|clinically|extremely)\b\W*)+",
)
# A day of the trial on which a value is taken.
_ON_A_DAY = Caseless(
    r"\W*(?:(?:at|on|during|by|before|prior to)\b\W*(?:(?:the|time|date|of|and|at|or)\b\W*)*(?:pre-?screening|screening|baseline|recruitment|enrol+ment|(?:study )?entry|study recruitment|observation|run-?in)\b\W*(?:(?:period|phase|visit|visits|and|or|at|baseline)\b\W*)*|(?:at|on)\b\W*)(?:(?:the|a|an|first|screening|baseline|pre-?treatment|week|day|visit|cycle|month|run-?in|check-?in|entry|study|enrol+ment|randomi[sz]ation|inclusion|registration|admission|period|phase|time|of|or|at|on|v|d|c)\b\W*|[-−+]?\d{1,2}\b\W*)*",
)


def found_so(check: Check, said: str) -> Check | None:
    """The fact with the words behind it taken in; None where they say something else."""
    if _SAYS_NOTHING.fullmatch(said):
        return check
    if any(isinstance(node, Ambiguous | When | Unless) for node in _inner(check)):
        return None
    kinds = {type(leaf) for leaf in leaves(check)}
    if kinds <= {Condition}:
        ways = _ways(said)
        twice = any(isinstance(leaf, Condition) and leaf.confirmed_by for leaf in leaves(check))
        return _each(check, lambda leaf: replace(leaf, confirmed_by=ways) if isinstance(leaf, Condition) else leaf) if ways and not twice else None
    if not kinds <= {Measurement, Age}:
        return None
    obtained = _OBTAINED.fullmatch(said)
    if obtained is not None and kinds == {Measurement} and not any(getattr(leaf, "window", None) for leaf in leaves(check)):
        window = Window(Span(Decimal(obtained["number"]), obtained["unit"].casefold()))
        return _each(check, lambda leaf: replace(leaf, window=window) if isinstance(leaf, Measurement) else leaf)
    if _ON_A_DAY.fullmatch(said):
        return check
    if kinds == {Measurement} and _SEVERITY.fullmatch(said):
        return check
    if _BEGINS_METHOD.match(said) and _OF_METHOD.fullmatch(said) and not _REPEATED.search(said):
        return check
    return None


def _ways(said: str) -> tuple[str, ...]:
    """The ways of finding that the words name, one of which is enough."""
    found = _ON.fullmatch(said) or _BY.fullmatch(said) or _BRACKETED.fullmatch(said)
    if found is None:
        return ()
    how = (found.groupdict().get("how") or "").casefold()
    start, end = found.span("what")
    what = re.sub(r"^(?:the|a|an|any|either)\s+", "", clean(said[start:end]), flags=re.IGNORECASE).strip(" .;,")
    what = re.sub(r"\s+and\s+(?:confirmed|documented|verified)$", "", what, flags=re.IGNORECASE)
    if _NO_WAY.search(what.replace("WHO", "")) or _UNENDED.search(what) or len(what.split()) > _LONGEST or what.count("(") != what.count(")") or not re.search(r"[A-Za-z]{2}", what):
        return ()
    if how == "in" and not _RECORDS.search(what):
        return ()
    if re.search(r"\band\b", what):
        return (what,)
    parts = [re.sub(r"^(?:by|on|the|a|an)\s+", "", part.strip(), flags=re.IGNORECASE).strip(" ,") for part in re.split(r",\s*(?:and/or|or)\s+|\s+(?:and/or|or)\s+|,\s+", what)]
    return tuple(part for part in parts if part)


def more_ways(before: str, behind: str) -> bool:
    """Whether words behind a joint name one more way of finding what the words before the joint tell of: "by ELISA and Western blot"."""
    told = _FOUND.match(before) or _BY.match(before)
    return told is not None and len(behind.split()) <= 6 and _TESTS.search(behind) is not None and not _NO_WAY.search(behind)


_FOUND = Caseless(r"\W*(?:as\s+)?(?:on|confirmed|documented|diagnosed|proven|verified|measured|assessed|determined|evaluated|calculated|estimated)\b")


def _each(check: Check, change: Callable[[Check], Check]) -> Check:
    """The check with every fact of it changed."""
    if isinstance(check, Not):
        return Not(_each(check.part, change))
    if isinstance(check, All | Any):
        return replace(check, parts=tuple(_each(part, change) for part in check.parts))
    return change(check)


def _inner(check: Check) -> list[Check]:
    parts = getattr(check, "parts", None) or getattr(check, "readings", None) or ((check.part,) if isinstance(check, Not) else ())
    return [check, *(node for part in parts for node in _inner(part))]


# "Documented on three occasions, at least 10 minutes apart": how often, when and how a fact was found is no other fact.
HOW_FOUND = Caseless(
    r"(?:as )?(?:documented|confirmed|verified|measured|assessed|determined|evaluated|evidenced|recorded|obtained|repeated|calculated|averaged|observed|reported|taken|based (?:up)?on)\b|(?:at least |more than )?\w+ (?:minutes?|hours?|days?|weeks?|months?) apart\b|"
    r"(?:on|in|at) (?:at least |more than )?(?:\w+ )?(?:separate |consecutive |different )?(?:occasions?|measurements?|readings?|visits?|time ?points?)\b|at rest\b|on repeat\w*",
)
