"""How a text names a measure: abbreviations, two names with a slash, a formula, a unit, a name that is not known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from matcher.model.language import LLN, ULN, Bound, Duration, Measurement
from matcher.model.patterns import pattern_of
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Rule, check_token
from matcher.reading.limits.limited import estimated
from matcher.reading.limits.scores import abbreviated, grade_of_score, numeral_range
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Relation, canonical, normal
from matcher.vocabulary.measures import load_measures, recorded_aliases


def _alias(tokens: Sequence[Token], context: Context) -> Found:
    """A term and its abbreviation in brackets: "alanine aminotransferase (ALT)"."""
    term, inner = tokens[0], tokens[-2]
    if tokens[1].tag == "comma" and term.tag != "measure":
        return None
    if inner.tag == term.tag == "drug" and inner.value != term.value and _abbreviation(inner.text) and _of_class(term, inner, context):
        return [replace(term, end=tokens[-1].end)]
    if inner.tag == term.tag and inner.value != term.value:
        return [replace(inner, start=term.start, end=tokens[-1].end)] if (term.value, inner.value) in (("QTc", "QTcF"), ("QTc", "QTcB")) else None
    if inner.value != term.value and not _abbreviation(inner.text) and not _same_measure(term, inner, context):
        return None
    return [replace(term, end=tokens[-1].end, text=context.text[term.start : tokens[-1].end])]


def _of_class(term: Token, inner: Token, context: Context) -> bool:
    """Whether the letters in brackets name the class of the drug before them: "filgrastim (G-CSF)"."""
    drug, kind = (context.vocabulary.treatment(str(token.value)) for token in (term, inner))
    return drug is not None and kind is not None and context.vocabulary.relation(drug, kind) is Relation.NARROWER


def _same_measure(term: Token, inner: Token, context: Context) -> bool:
    """Whether the letters in brackets are a name of the measure before them, in small letters too: "hemoglobin (hgb)"."""
    measure = context.vocabulary.short_measure(inner.text) if term.tag == "measure" else None
    return measure is not None and measure.label == term.value


def _abbreviation(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    numeral = not set(letters) - set("IVX")  # "glioma (WHO III)": a grade
    return not numeral and len(text) <= 10 and sum(c.isupper() for c in letters) * 2 >= len(letters) > 0


def _day_long(tokens: Sequence[Token], context: Context) -> Found:
    """ "24-hour urinary protein": the hours belong to the name."""
    number, member = tokens[0].value, tokens[-1]
    measure = context.vocabulary.measure(str(member.value))
    if number.low != 24 or measure is None or not measure.unit.endswith("/24h"):
        return None
    return [replace(member, start=tokens[0].start, text=context.text[tokens[0].start : member.end])]


def as_measure(tokens: Sequence[Token], context: Context) -> Found:
    """A word that is a disease and a measure too ("proteinuria") is the measure where a limit follows."""
    measure = context.vocabulary.measure(tokens[0].text)
    return [replace(tokens[0], tag="measure", value=measure.label)] if measure else None


# Measures whose names with a slash between them make a ratio.
_RATIOS = {
    ("FEV1 % predicted", "FVC % predicted"): "FEV1/FVC ratio", ("FEV1 in liters", "FVC % predicted"): "FEV1/FVC ratio",
    ("arterial oxygen pressure", "FiO2"): "PaO2/FiO2 ratio",
}  # fmt: skip


def _of_two_names(tokens: Sequence[Token], context: Context) -> Found:
    """ "FEV1/FVC", "PaO2/FiO2 ratio": one measure, where the vocabulary knows it by the whole."""
    if tokens[1].tag == "colon" and (tokens[0].end != tokens[1].start or tokens[1].end != tokens[2].start):
        return None
    pair = _RATIOS.get((str(tokens[0].value), str(tokens[2].value)))
    if pair is not None:
        size = 4 if len(tokens) > 3 and tokens[3].text.casefold() in ("ratio", "index") else 3
        return [replace(tokens[0], end=tokens[size - 1].end, text=context.words(tokens[:size]), value=pair), *tokens[size:]]
    for last in range(len(tokens), 2, -1):
        words = context.words(tokens[:last])
        measure = context.vocabulary.measure(words) or context.vocabulary.measure(words.replace(" ", ""))
        if measure is not None:
            return [replace(tokens[0], tag="measure", end=tokens[last - 1].end, text=words, value=measure.label), *tokens[last:]]
    return None


# Letters that stand for several measures, told apart by the unit.
_BY_UNIT: Mapping[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "PVR": (("pulmonary-vascular-resistance", frozenset(("WU",))), ("post-void-residual", frozenset(("mL",)))),
    "PT": (("quick", frozenset(("%",))),),
    "T": (("temperature", frozenset(("°C", "°F"))),),
    "RR": (("respiratory-rate", frozenset(("/min",))),),
    "TG": (("thyroglobulin", frozenset(("ng/mL", "µg/L"))),),
    "Tg": (("thyroglobulin", frozenset(("ng/mL", "µg/L"))),),
    "BSA": (("bsa-affected", frozenset(("%",))),),
    "TLC": (("total-lung-capacity", frozenset(("%",))), ("wbc", frozenset(("/µL", "×10⁹/L", "×10³/µL")))),
}


def by_unit(tokens: Sequence[Token], context: Context) -> Found:
    """ "HR > 100 bpm": a short name of reports is the measure where the unit is one of its own."""
    name = tokens[0].text
    bounds: list[Bound] = [bound for token in tokens if token.tag == "quantity" for bound in token.value]
    measure_id = next((one for one, units in _BY_UNIT.get(name, ()) if {bound.unit for bound in bounds} <= units), recorded_aliases().get(normal(name)))
    measure = next((one for one in load_measures() if one.id == measure_id), None) if measure_id is not None else None
    if measure is None or not any(bound.unit for bound in bounds) or not any(letter.isupper() for letter in name):
        return None
    fits = all(bound.unit in ("", ULN, LLN) or (canonical(measure, bound.number, bound.unit) is not None) for bound in bounds)
    return [replace(tokens[0], tag="measure", value=measure.label), *tokens[1:]] if fits else None


# Words in brackets behind a measure that say how it is counted, and change nothing.
_ASIDE = frozenset(("accordingly", "according", "ifcc", "dcct", "ngsp", "as", "weight", "height", "kg", "m", "m2", "calculated", "defined", "version", "questionnaire", "scale", "total", "ratio"))


def _formula_of_bmi(tokens: Sequence[Token], context: Context) -> Found:
    """ "BMI (weight [kg]/height [m]²) between 18 and 30": the measure alone."""
    depth = 0
    for token in tokens[1:-1]:
        depth += (token.tag == "open") - (token.tag == "close")
        if depth < 1:
            return None
    return [tokens[0]] if tokens[0].value == "body mass index" and FORMULA_OF_BMI.fullmatch(context.words(tokens[2:-1])) else None


# How a body mass index is made of weight and height, in words and signs.
FORMULA_OF_BMI = pattern_of(
    r"(?:(?:is|was|as|inclusive|inclusively|defined|calculated|computed|determined|by|using|the|formula|your|his|her|their|ratio|quotient|body|weight|height|mass|index|BMI|in|of|to|divided|over|kgs?|kilograms?|kilogrammes|cm|m2|m|"
    r"met(?:er|re)s?|squared?|sq|with|and)\b|[\s,;:=()\[\]/^²2×x*·÷.-])+",
    re.IGNORECASE,
)


def _aside(tokens: Sequence[Token], context: Context) -> Found:
    """ "HbA1c (according to IFCC) 47…", "MMSE [18] score": the measure alone."""
    inner = tokens[2:-1]
    said = all(token.text.casefold() in _ASIDE for token in inner if token.tag == "w")
    bare = all(not token.value.unit and token.value.high is None for token in inner if token.tag == "number")
    return [tokens[0]] if said and bare else None


def gestation(tokens: Sequence[Token], context: Context) -> Found:
    """ "less than 37 weeks of gestation", "36 weeks gestational age at birth"."""
    if str(tokens[-1].value) not in ("gestational age", "gestational age at birth"):
        return None
    found = estimated([tokens[-1], tokens[0]], context)
    return check_token(found[0].value.check, tokens, context) if found else None


# Words that no name of a measured thing begins or ends with, and words that make a sentence of it.
_NO_NAME = Caseless(
    r"\b(?:patients?|subjects?|participants?|who|that|which|with|without|is|are|was|were|be|been|has|have|had|must|should|will|can|may|not|no|than|if|when|while|after|before|during|"
    r"within|since|until|from|to|for|by|at|on|per|least|most|more|less|received?|receiving|taking|taken|treated|treatment|therapy|use|used|using|drug|drugs|dose|doses|agents?|medications?|"
    r"expected|planned|history|prior|previous|other|another|any|all|either|each|some|one|two|three|four|such|following|need\w*|requir\w*|consum\w*|drink\w*|smok\w*|undergo\w*|measur\w*|"
    r"willing\w*|able|agree\w*|cohorts?|arms|groups?|parts|failed|failure|loss|change\w*|increase\w*|decrease\w*|reduc\w*|gain|difference|improve\w*|worsen\w*|units?|"
    r"live(?!r)\w*|liv(?!er)\w+|complet\w*|weeks?|days?|months?|years?|hours?|age|aged|ages|sessions?|cycles?|visits?|regimens?|lines?|courses?|exceed\w*|greater|presence|evidence|diagnos\w*|having|see|item|version|lasting|max|maximum|minimum|min|resulting|leading|\w{3,}ly)\b",
)
_OF_OTHERS = Caseless(r"famil|partner|donor|mother|father|matern|patern|sibling|target|goal")
_NO_NAME_ALONE = Caseless(r"(?:scores?|levels?|values?|counts?|diameters?|sizes?|clearance|average|mean|ratio|thickness|volume|length|width|number|pain|scale|index|rate|test|total)(?:\s+(?:scores?|levels?|values?|of))*")
_SIZED = Caseless(r"(?:size|diameter|thickness|volume|length|width|height|area|number|rate|index|ratio|density|depth|duration|score|velocity|gradient|pressure|scale|inventory|questionnaire|stenosis)s?$")
_WORD_OF_NAME = pattern_of(r"[A-Za-z][\w'’/%-]*")
_OF_THOSE_WITH = Caseless(r"\b(?:with|having|have|of)\s+$")


# When a value is taken is no part of what is measured.
_OF_NOW = pattern_of(r"^(?:(?:pre-?)?screening|baseline|current|initial)\s+(?=\w[\w-]+\s+\w)", re.IGNORECASE)


def unknown_measure(tokens: Sequence[Token], context: Context) -> Found:
    """ "Axial length ≥ 26 mm": a measure that the vocabulary does not know, by the name the text gives it."""
    amount = tokens[-1]
    named = [token for token in tokens[:-1] if token.tag not in ("of", "be", "ranging", "colon")]
    name = re.sub(r"\s+(?:of|is)$", "", context.words(tokens[: tokens.index(named[-1]) + 1])) if named else ""
    name = _OF_NOW.sub("", name)
    words = [token.text for token in named if token.tag not in ("level", "score")]
    if not 3 <= len(name) <= 60 or not words or not all(_WORD_OF_NAME.fullmatch(part) for word in words for part in word.split()) or _NO_NAME.search(" ".join(words)):
        return None
    if len(words[-1].split()[-1]) == 1 or _NO_NAME_ALONE.fullmatch(name) or (any(token.tag == "cond" for token in named) and not _SIZED.search(name)) or _OF_OTHERS.search(name):
        return None
    between = context.text[named[-1].end : amount.start]
    if any(bound.unit in (ULN, LLN) for bound in amount.value) and _OF_THOSE_WITH.search(context.text[: tokens[0].start]):
        return None  # "for those with bulky disease < 5 × ULN": who they are, and no measure
    if re.search(r"[A-Za-z]{3,}", re.sub(r"\b(?:of|is|are|be|must|should|the|value|score|level|to)\b", "", between)) or any(bound.op == "≥?" and not bound.unit for bound in amount.value):
        return None
    return check_token(Measurement(" ".join(name.split()), amount.value), tokens, context)


_OF_TIME = Caseless(r"(?:.*\b)?(?:duration|interval|period|time|latency|age|survival)")


def unknown_duration(tokens: Sequence[Token], context: Context) -> Found:
    """ "Disease duration ≥ 5 years": a length of time that the text names, as a measure by that name."""
    amount = tokens[-1]
    if amount.tag == "lasting":
        if not isinstance(amount.value, Duration) or not amount.text.casefold().startswith("duration"):
            return None
        bounds: tuple[Bound, ...] = (Bound(amount.value.op, amount.value.span.number, f"{amount.value.span.unit}s"),)
        name = context.text[tokens[0].start : amount.start + len("duration")]
        return check_token(Measurement(" ".join(name.split()), bounds), tokens, context) if _plain_name(name) else None
    named = [token for token in tokens[:-1] if token.tag not in ("of", "be", "ranging", "colon")]
    name = context.words(tokens[: tokens.index(named[-1]) + 1]) if named else ""
    if not _OF_TIME.fullmatch(name) or not _plain_name(name) or context.vocabulary.measure(name) is not None:
        return None
    return check_token(Measurement(" ".join(name.split()), amount.value), tokens, context)


def _plain_name(name: str) -> bool:
    """Whether words of which the last is one of time name a thing of the patient, and nothing done or to come."""
    words = name.split()
    return 2 <= len(words) <= 5 and len(name) <= 60 and all(_WORD_OF_NAME.fullmatch(word) for word in words) and not _NO_NAME.search(" ".join(words)) and not _OF_OTHERS.search(name) and not _TO_COME.search(name)


# Lengths of time that somebody plans or estimates, or that are of what is done: no fact of the patient.
_TO_COME = Caseless(r"\b(?:surg\w*|operati\w*|procedur\w*|admission|stay|hospital\w*|anticipated|estimated|predicted|likely|study|follow\w*|wash\w*|interval|exposure|anesthe\w*|anaesthe\w*|intervention|trial|run|screening|minimal|remission|response|survival|free|consent|cohort|arm|group|transit|infusion|ischemi[ac]|ischaemi[ac])\b")


_CLOTTING = ("INR", "activated partial thromboplastin time", "partial thromboplastin time")


def _clotting_time(tokens: Sequence[Token], context: Context) -> Found:
    """ "PT/PTT", "INR or PT": letters of many meanings are the prothrombin time beside another clotting value."""
    word = next(token for token in tokens if token.tag == "w")
    others = [str(token.value) for token in tokens if token.tag == "measure"]
    if word.text != "PT" or any(name not in _CLOTTING for name in others):
        return None
    return [replace(token, tag="measure", value="prothrombin time") if token is word else token for token in tokens]


def by_formula(tokens: Sequence[Token], context: Context) -> Found:
    """ "eGFR ≥ 60 by MDRD": a formula that makes a measure of its own is part of its name; several leave it open."""
    at = next((place for place, token in enumerate(tokens) if token.tag == "method"), None)
    if at is None:
        return None
    end = len(tokens)
    while end > at + 1 and (tokens[end - 1].tag in ("and", "or", "slash", "in", "of") or (tokens[end - 1].tag == "measure" and not _formula(tokens[end - 1].text))):
        end -= 1
    behind, tokens = tokens[end:], tokens[:end]
    said = " ".join(normal(context.text[tokens[at].start : tokens[-1].end])).replace("modification of diet in renal disease", "mdrd")
    named = [formula for formula, words in _FORMULAS.items() if words in said]
    measure = context.vocabulary.measure(f"{tokens[0].value} by {named[0]}") if len(named) == 1 else None
    if measure is None or measure.label == tokens[0].value:
        return None
    kept = [token for token in tokens[1:] if token.tag in ("level", "be", "colon", "quantity") and token.start < tokens[at].start]
    return [replace(tokens[0], value=measure.label), *kept, *behind]


def _formula(text: str) -> bool:
    """Whether a name is one of a formula: "CKD-EPI"."""
    said = " ".join(normal(text))
    return any(words in said for words in _FORMULAS.values())


_FORMULAS = {"MDRD": "mdrd", "CKD-EPI": "ckd epi", "Cockcroft-Gault": "cockcroft", "Fridericia": "fridericia", "Bazett": "bazett"}


def _spelled_out(tokens: Sequence[Token], context: Context) -> Found:
    """ "ASA (American Society of Anesthesiologists) class": the words that the letters stand for add nothing."""
    letters = [letter for letter in tokens[0].text if letter.isalpha()]
    words = re.findall(r"[A-Za-z]+", context.text[tokens[1].end : tokens[-1].start])
    initials = [word[0].casefold() for word in words if word.casefold() not in ("of", "the", "and", "for", "in")]
    if len(letters) < 2 or not tokens[0].text.isupper() or initials != [letter.casefold() for letter in letters]:
        return None
    return [replace(tokens[0], end=tokens[-1].end)]


def _with_dash(tokens: Sequence[Token], context: Context) -> Found:
    """ "QTc - interval": the name, written with a dash."""
    measure = context.vocabulary.measure(f"{tokens[0].text} {tokens[2].text}")
    if measure is None or measure.label != tokens[0].value:
        return None
    return [replace(tokens[0], end=tokens[-1].end, text=context.words(tokens))]


_SCALES = frozenset(("ECOG performance status", "Karnofsky performance status", "Lansky play score"))


def _with_scale(tokens: Sequence[Token], context: Context) -> Found:
    """ "Performance status (ECOG) ≤ 2": the scale that brackets name."""
    return [replace(tokens[2], start=tokens[0].start, end=tokens[3].end)] if tokens[2].value in _SCALES else None


ALIASES = (
    Rule("letters spelled out", "(measure|w) open (w|of|proc|cond|drug|degree|level|event|method|organ|measure){1,6} close", _spelled_out, "open"),
    Rule("formula in brackets", "measure open (by|w|of)* method+ (w|method|dash)* close", by_formula, "method"),
    Rule("clotting time", "(w ((slash|or|and|comma)+ measure)+|measure (slash|or|and|comma)+ w)", _clotting_time, "measure"),
    Rule("one name of two", "(measure|w|cond) (slash|colon) (measure|w|number) (number|w|level)? (w|level)?", _of_two_names, "slash colon"),
    Rule("measured over a day", "time measure", _day_long, "measure"),
    Rule("abbreviation", "(measure|cond|drug|proc) comma? open (measure|cond|drug|proc|w|number) close", _alias, "open"),
    Rule("abbreviation again", "(measure|cond|drug|proc) open (measure|cond|drug|proc|w) close", _alias, "open"),
    Rule("ratio of two", "measure slash measure (w|level)?", _of_two_names, "slash"),
    Rule("pressure and its letters", "bp open bp close", lambda t, c: [t[0]], "bp"),
    Rule("formula of the body mass index", "measure open (measure|w|slash|semicolon|colon|comma|open|close|number|time|by|in|of|method|and|to|degree|as|check|cmp|with)+ close (?=(of|be|level|colon|between)*(number (and|to)|quantity|range|cmp))", _formula_of_bmi, "open", ("weight", "height")),
    Rule("name with a dash", "measure dash (w|level|score|test)", _with_dash, "dash"),
    Rule("said in brackets", "measure open (method|by|of|to|number|w|slash)+ close (?=(of|be|level|score|colon|between|method)*(quantity|number|range|cmp|result))", _aside, "open"),
    Rule("repeated", "measure dash? measure", lambda t, c: [replace(t[0], end=t[-1].end, text=c.text[t[0].start : t[-1].end])] if t[0].value == t[-1].value else None, "measure"),
    Rule("performance status and its scale", "ps open measure close (?=(of|be|level|score|colon|stage)*(quantity|number|range|cmp))", _with_scale, "ps"),
    Rule("performance status named", "(ps (colon|comma|open|by|on|in|dash)* (?=measure)|(?<=measure) ps)", lambda t, c: [x for x in t if x.tag == "open"], "ps"),
    Rule("grade in a limit", "measure (of|be|level|score)* cmp stage (?=number)", lambda t, c: list(t[:-1]), "stage"),
    Rule("grade of a score", "measure (of|be|level|score)* stage (?=cmp|number|range|between)", grade_of_score, "stage"),
    Rule("abbreviated score", "w (?=(open|of|be|level|score|stage)*(stages|stage|range|number|route|w))", abbreviated, "w", ("asa", "gold")),
    Rule("range of numerals", "(?<=measure) (w|route) (w|route)", numeral_range, "measure"),
)
