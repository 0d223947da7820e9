"""Limits behind the name of a disorder that healthy people keep, too: "anemia (hemoglobin > 8 g/dL)" is an anemia that is no worse."""

from __future__ import annotations

from functools import cache

from matcher.model.language import All, Ambiguous, Check, Condition, Measurement
from matcher.reading.tagging.caseless import Caseless

_LIVER = r"(?:hepatic|liver)\s+(?:impairment|insufficiency|dysfunction|failure|disease)"
_KIDNEY = r"(?:renal|kidney)\s+(?:impairment|insufficiency|dysfunction|failure|disease)|\bckd\b(?!-?\s?epi)|impaired\s+(?:renal|kidney)\s+function|(?:renal|kidney)\s+function\s+impairment"
_HIGH = r"(?:elevated|raised|increased|high|abnormal)\s+(?:serum\s+|total\s+|plasma\s+|blood\s+|levels?\s+of\s+)*"
_LOW = r"(?:low|reduced|decreased|abnormal)\s+(?:serum\s+|total\s+|plasma\s+|blood\s+|levels?\s+of\s+)*"
# Of a measure: the disorder that an upper limit may follow, and the one that a lower limit may, each with its name in a text.
_SIDES: dict[str, tuple[tuple[str, str] | None, tuple[str, str] | None]] = {
    "creatinine": (("kidney impairment", rf"{_KIDNEY}|{_HIGH}creatinine"), None), "eGFR": (None, ("kidney impairment", _KIDNEY)), "creatinine clearance": (None, ("kidney impairment", _KIDNEY)),
    "hemoglobin": (("polycythemia", r"polycyth\w+"), ("anemia", rf"an(?:a)?emi[ac]\w*|{_LOW}h(?:a)?emoglobin")), "hematocrit": (("polycythemia", r"polycyth\w+"), ("anemia", r"an(?:a)?emi[ac]\w*")),
    "platelets": (("thrombocytosis", r"thrombocyt(?:h(?:a)?emia|osis)"), ("thrombocytopenia", rf"thrombocytop(?:a)?eni[ac]|{_LOW}platelets?")),
    "neutrophils": (("neutrophilia", r"neutrophilia"), ("neutropenia", r"neutrop(?:a)?eni[ac]")), "white blood cells": (("leukocytosis", r"leu[ck]ocytosis"), ("leukopenia", r"leu[ck]op(?:a)?eni[ac]")),
    "lymphocytes": (None, ("lymphopenia", r"lympho(?:cyto)?p(?:a)?eni[ac]")),
    "total bilirubin": (("hyperbilirubinemia", rf"hyperbilirubin\w+|jaundice|{_HIGH}bilirubin|{_LIVER}"), None), "ALT": (("elevated liver enzymes", rf"{_HIGH}(?:transaminases?|aminotransferases?|liver enzymes|liver function tests|alt|ast|lfts?)|{_LIVER}"), None),
    "AST": (("elevated liver enzymes", rf"{_HIGH}(?:transaminases?|aminotransferases?|liver enzymes|liver function tests|alt|ast|lfts?)|{_LIVER}"), None),
    "albumin": (None, ("hypoalbuminemia", rf"hypoalbumin\w+|{_LOW}albumin")), "triglycerides": (("hypertriglyceridemia", rf"hypertriglycerid\w+|{_HIGH}triglycerides?|hyperlipid\w+|dyslipid\w+"), None),
    "LDL cholesterol": (("hyperlipidemia", rf"hyperlipid\w+|hypercholesterol\w+|dyslipid\w+|{_HIGH}(?:ldl|cholesterol)"), None), "total cholesterol": (("hyperlipidemia", rf"hyperlipid\w+|hypercholesterol\w+|dyslipid\w+|{_HIGH}cholesterol"), None),
    "plasma glucose": (("hyperglycemia", rf"hyperglyc(?:a)?emi\w+|{_HIGH}glucose"), ("hypoglycemia", r"hypoglyc(?:a)?emi\w+")), "fasting plasma glucose": (("hyperglycemia", r"hyperglyc(?:a)?emi\w+|impaired fasting glucose|prediabet\w+"), None),
    "potassium": (("hyperkalemia", r"hyperkal(?:a)?emi\w+"), ("hypokalemia", r"hypokal(?:a)?emi\w+")), "sodium": (("hypernatremia", r"hypernatr(?:a)?emi\w+"), ("hyponatremia", r"hyponatr(?:a)?emi\w+")),
    "calcium": (("hypercalcemia", r"hypercalc(?:a)?emi\w+"), ("hypocalcemia", r"hypocalc(?:a)?emi\w+")), "corrected calcium": (("hypercalcemia", r"hypercalc(?:a)?emi\w+"), ("hypocalcemia", r"hypocalc(?:a)?emi\w+")),
    "phosphate": (("hyperphosphatemia", r"hyperphosphat\w+"), ("hypophosphatemia", r"hypophosphat\w+")), "magnesium": (("hypermagnesemia", r"hypermagnes\w+"), ("hypomagnesemia", r"hypomagnes\w+")), "uric acid": (("hyperuricemia", rf"hyperuric\w+|{_HIGH}uric acid"), None),
    "body mass index": (("overweight", r"obes(?:e|ity)|over-?weight"), ("underweight", r"under-?weight|malnutrition|malnourished|anorexia nervosa")), "oxygen saturation": (None, ("hypoxemia", r"hypox(?:emi)?[ai]\w*|desaturation")),
    "systolic blood pressure": (("hypertension", r"\bhypertens\w+|high blood pressure"), ("hypotension", r"\bhypotens\w+|low blood pressure")), "diastolic blood pressure": (("hypertension", r"\bhypertens\w+|high blood pressure"), ("hypotension", r"\bhypotens\w+|low blood pressure")),
    "heart rate": (("tachycardia", r"tachycardi\w+"), ("bradycardia", r"bradycardi\w+")), "TSH": (("hypothyroidism", r"hypothyroid\w+"), ("hyperthyroidism", r"hyperthyroid\w+")), "parathyroid hormone": (("hyperparathyroidism", r"hyperparathyroid\w+"), None),
    "ferritin": (("iron overload", r"iron overload|h(?:a)?emochromatosis"), ("iron deficiency", r"iron deficien\w+")), "25-hydroxyvitamin D": (None, ("vitamin D deficiency", r"vitamin d (?:deficien\w+|insufficien\w+)")), "QTc": (("QT prolongation", r"(?:prolonged|long)\s+qtc?|qtc?\s+prolong\w+"), None),
    "body temperature": (("fever", r"\bfever|pyrexia|febrile"), ("hypothermia", r"hypothermi\w+")), "urine protein-to-creatinine ratio": (("proteinuria", r"proteinuri\w+"), None), "24-hour urine protein": (("proteinuria", r"proteinuri\w+"), None),
}  # fmt: skip
_DENIED = Caseless(r"\b(?:no|not|non|without|absence|free|never|nor|lack|exclud\w+|other than|except\w*|normal|adequate|preserved|sufficient)\b")
_REACH = 60  # letters before the limit


def beside_its_disorder(leaf: Check, text: str, place: tuple[int, int], told: frozenset[str]) -> Check | None:
    """A limit of one side behind the name of what lies beyond the other: with the disorder itself, or perhaps alone; `told` are the conditions that the check asks for already."""
    if not isinstance(leaf, Measurement) or len(leaf.bounds) != 1:
        return None
    upper = leaf.bounds[0].op in ("<", "≤")
    sides = _SIDES.get(leaf.term, (None, None))
    side, other = sides if upper else sides[::-1]
    if side is None or leaf.bounds[0].op not in ("<", "≤", ">", "≥") or told:
        return None
    place = place if place[1] else (0, len(text))  # of one name for two values
    first = max(0, place[0] - _REACH)
    found = _named(side[1]).search(text, first, place[1])
    if found is None or any(sign in text[found.end() : place[0]] for sign in ".;\n") or _DENIED.search(text, max(0, found.start() - 25), found.start()):
        return None
    if other is not None and _named(other[1]).search(text, found.end(), place[1]):
        return None
    return Ambiguous((leaf, All((Condition(side[0]), leaf))))


@cache
def _named(pattern: str) -> Caseless:
    return Caseless(rf"\b(?:{pattern})")
