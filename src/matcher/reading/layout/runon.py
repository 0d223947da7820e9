"""Old registry records that run headings and sentences together: "Age: 18 and over Hepatic: Not specified Renal: …"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matcher.model.patterns import pattern_of
from matcher.model.values import changed
from matcher.reading.layout.laid import Laid

_CHAPTER = r"(?:DISEASE CHARACTERISTICS|PATIENT CHARACTERISTICS|PRIOR(?: |/)CONCURRENT THERAPY|PROTOCOL ENTRY CRITERIA)\s*:|--\s*[A-Z][A-Za-z/ ]{3,40}?\s*--"
_ORGAN = (
    r"(?:Age(?: at enrollment)?|Sex|Menopausal status|Performance status|Life expectancy|Hematopoietic|Hematologic|Hepatic|Renal|Cardiovascular|Pulmonary|Neurologic|Immunologic|"
    r"Gastrointestinal|Metabolic|Other|Biologic therapy|Chemotherapy|Endocrine therapy|Radiotherapy|Surgery|Hormone receptor status|Menopausal Status|Race/ethnicity)\s*:"
)
_CHAPTERS = pattern_of(_CHAPTER)
_OLD = ("--", "CHARACTERISTICS", "CONCURRENT THERAPY", "ENTRY CRITERIA")  # one of these is in every chapter's heading
_HEADS = pattern_of(rf"(?:^|(?<=\s))(?:{_CHAPTER}|{_ORGAN})")
# In such a record a line that is nothing but a heading's words is that heading, colon or not.
_TITLE = pattern_of(_ORGAN.removesuffix(r"\s*:"))
# A capital on one of these words begins a sentence where the text has no stops.
_BEGINS = pattern_of(
    r"(?<=[a-zLUNx0-9%)\]])\s+(?=(?:No|Not|None|At least|At most|More than|Less than|Greater than|Over|Must|Prior|Concurrent|Recovered|See|Any|Fertile|Negative|Adequate|Acceptable|"
    r"Measurable|Evaluable|Histologically|Pathologically|Cytologically|Platelets?|Hemoglobin|Granulocytes?|Bilirubin|Creatinine|Calcium|Albumin|Absolute|Previously|Patients|"
    r"Documented|Eligible|Ineligible|Alkaline|Neutrophils?|Lymphocytes?|Hematocrit|WBC|ANC|AGC|AST|ALT|SGOT|SGPT|PT|PTT|INR|DLCO|LVEF|Able|Willing|Normal|Does|Did|"
    r"Has|Have|Failed|Newly|HIV (?:positive|negative)|Able|Life expectancy|Performance status|Karnofsky|ECOG|Zubrod|SWOG|Lansky|Other|Effective|Contraception|Oral|Inhaled|"
    r"Ejection|Urine|Serum|Total|BUN|Pleural|SGPT/SGOT|SGOT/SGPT|AST/ALT|ALT/AST|FEV1|QTc|CPK|Uric acid|Amylase|Lipase|Triglycerides|Fibrinogen)\b)"
)
_JOINED = pattern_of(r"(?:\b(?:No|Not|Nor|Neither|Without|OR|AND|or|and|of|the|with|to|than|by|for|in|on|at|plus|including|following|either|both|no|not|any|other|include[sd]?|a|an|as|is|are|were|least|stage|grade|Stage|Grade|if|when|unless|provided|because|that|who|which|whose|causes?|affects?|prolongs?|induces?|elevated|increased?|decreased?|protocol)|[:,;(/-])$")
# What is told in a list of what does not count, or in one of limits ("no failing marrow, as shown by: ANC < 2,000 Platelets < 100,000"),
# goes on until a sentence that asks something begins.
_GOES_ON = pattern_of(
    r"\bfollowing\b[^:]{0,40}\bnot\b[^:]{0,40}:|\bnot (?:be )?(?:considered|counted|regarded)\b[^:]{0,40}:|"
    r"\b(?:following|such as|(?:evidenced|shown|defined|demonstrated|indicated|manifested|documented|characterized) by|(?:any|more|one|1|two|2|all) of)\b[^:.;]{0,60}:[^:]*\d"
)
_ASKS = pattern_of(r"\s*(?:No|Not|None|At|More|Less|Greater|Over|Must|Prior|Recovered|See|Fertile|Patients|Eligible|Ineligible|Able|Willing|Does|Did|Has|Have|Failed|Measurable|Evaluable|Histologically|Pathologically|Cytologically)\b")


def is_run_on(text: str) -> bool:
    """Whether a text is of the kind that runs headings together."""
    return any(sign in text for sign in _OLD) and _CHAPTERS.search(text) is not None


def parted(laid: Iterable[Laid]) -> list[Laid]:
    """Each heading and each sentence of such lines as a line of its own."""
    found: list[Laid] = []
    for one in laid:
        found += _parts(one)
    return found


def _parts(one: Laid) -> Sequence[Laid]:
    if _TITLE.fullmatch(one.text):
        return [changed(one, text=f"{one.text}:", marked="")]
    heads = list(_HEADS.finditer(one.text))
    if not heads and one.marked:
        pieces = _sentences(one.text)
        return [one] if len(pieces) == 1 else [changed(one, text=piece) for piece in pieces]
    found: list[Laid] = [changed(one, text=piece) for piece in _sentences(one.text[: heads[0].start()] if heads else one.text)]
    for index, head in enumerate(heads):
        until = heads[index + 1].start() if index + 1 < len(heads) else len(one.text)
        title = head[0].strip().strip("-").strip()
        found.append(changed(one, text=title if title.endswith(":") else f"{title}:", marked=""))
        found += [changed(one, text=piece) for piece in _sentences(one.text[head.end() : until])]
    return found


def _sentences(text: str) -> list[str]:
    """The sentences of a text without stops, cut where a capital begins one."""
    found: list[str] = []
    start = 0
    for cut in _BEGINS.finditer(text):
        said = text[start : cut.start()]
        if said and not _JOINED.search(said) and not (_GOES_ON.search(said) and not _ASKS.match(text, cut.start())) and text.count("(", start, cut.start()) == text.count(")", start, cut.start()):
            found.append(text[start : cut.start()].strip())
            start = cut.end()
    found.append(text[start:].strip())
    return [piece for piece in found if piece]
