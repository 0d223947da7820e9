"""Whether limits say how well the organs work whose function a sentence calls enough: a creatinine of the kidneys, no ALT."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Measurement
from matcher.reading.tagging.caseless import Caseless

_BLOOD_COUNT = r"neutrophil|platelet|h[ae]?emoglobin|white blood|leu[ck]ocyte|lymphocyte|granulocyte|h[ae]?ematocrit|reticulocyte|erythrocyte|blast|\banc\b|\bwbc\b|\bcd4\b"
_KIDNEY = r"creatinine|clearance|\be?gfr|urea|\bbun\b|cystatin|urin|protein"
_LIVER = r"\balt\b|\bast\b|bilirubin|transaminase|aminotransferase|phosphatase|albumin|\binr\b|prothrombin|\bggt\b|child-pugh|\bmeld\b|\bs?g[op]t\b|ammonia"
_HEART = r"ejection|shortening|\bqt|blood pressure|nyha|heart rate|pulse|troponin|bnp|ecg|cardiac"
_LUNG = r"fev|fvc|dlco|saturation|spo2|pao2|sao2|capacity|oxygen|diffus|oximetry|respirat"
_CLOTTING = r"\binr\b|prothrombin|\ba?ptt\b|thromboplastin|fibrinogen|platelet|clotting|\bpt\b"
_PERFORMANCE = r"ecog|karnofsky|lansky|zubrod|performance|\bwho\b|\bkps\b"
# The words for an organ or for what works, each with the measures that tell of it.
_TELLING = tuple(
    (Caseless(rf"\b(?:{words})\b"), Caseless(measures))
    for words, measures in (
        (r"renal|kidneys?", _KIDNEY),
        (r"hepatic|liver", _LIVER),
        (r"(?:bone )?marrow|h[ae]?ematolog\w+|h[ae]?ematopoietic", _BLOOD_COUNT),
        (r"cardiac|heart|cardiovascular", _HEART),
        (r"pulmonary|lungs?|respiratory", _LUNG),
        (r"coagulation|clotting", _CLOTTING),
        (r"performance|functional|condition", rf"{_PERFORMANCE}|\basa\b"),
        (r"nutritional", r"albumin|protein|body mass|weight|nrs|must|sga|mna"),
        (r"metabolic", r"glucose|hba1c|sodium|potassium|calcium|magnesium|phosph|creatinine|alt|bilirubin"),
        (r"immune", r"cd4|lymphocyte|neutrophil|igg|immunoglobulin"),
        (r"cognitive|mental|psychological", r"mmse|moca|mini|cognit|cdr"),
        (r"health|venous|veins?|intravenous|iv|vascular|oral|dental|hygiene", r"(?!)"),
        (r"neurologic(?:al)?", r"gcs|coma|nihss|mrs|rankin|ecog"),
        (r"organs?|end-?organ|laboratory|blood|values?|parameters", "|".join((_BLOOD_COUNT, _KIDNEY, _LIVER, _HEART, _LUNG, _CLOTTING, "sodium|potassium|calcium|magnesium|glucose"))),
    )
)


def told_of(said: str, limits: Sequence[Measurement]) -> bool:
    """Whether every organ and function that is called enough has a limit among these that tells of it."""
    terms = " | ".join(one.term for one in limits)
    return all(measures.search(terms) is not None for words, measures in _TELLING if words.search(said) is not None)
