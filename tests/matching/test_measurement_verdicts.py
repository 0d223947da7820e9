"""Measured values: units, limits of normal, lost operators, freshness, windows, conflicts, words and grades."""

from __future__ import annotations

from datetime import date

from judging import AS_OF, EX, IN, Facts, Row, judge, lab, merged, score, verdict
from rows import each_row

from matcher.matching import judge_check, prepare
from matcher.model.wording import parse
from matcher.storage.toml_files import profile_from_plain
from matcher.vocabulary import load

PLT, ALT = "platelets < 50 ×10⁹/L", "ALT > 1.5 × ULN"

UNITS: list[Row] = [
    ("systolic blood pressure < 140 mmHg", IN, lab("BP", "128/76", "mmHg"), "pass holds"),
    ("diastolic blood pressure > 90 mmHg", EX, lab("blood pressure", "150/96"), "fail holds"),
    ("systolic blood pressure > 160 mmHg", EX, lab("blood pressure", "96/150"), "unknown not-recorded"),
    (PLT, EX, lab("PLT", 182, "10^9/L"), "pass violated"),
    (PLT, EX, lab("platelets", 45000, "/uL"), "fail holds"),
    (PLT, EX, lab("thrombocytes", 50, "10^9/L"), "pass violated"),
    ("platelets ≤ 50 ×10⁹/L", EX, lab("platelets", 50000, "/µL"), "fail holds"),
    (PLT, EX, lab("platelets", 45000), "fail holds"),
    (PLT, EX, lab("platelets", 45), "fail holds"),
    ("hemoglobin ≥ 10 g/dL", IN, lab("Hb", 8), "unknown no-unit"),
    (PLT, EX, lab("platelets", 45, "mg/dL"), "unknown no-unit"),
    (PLT, EX, lab("platelets", "45,000", "/µL"), "unknown imprecise"),
    (PLT, EX, lab("platelets", "<20", "10^9/L"), "fail holds"),
    (PLT, EX, lab("platelets", ">100", "10^9/L"), "pass violated"),
    (PLT, EX, lab("platelets", ">20", "10^9/L"), "unknown imprecise"),
    (PLT, EX, lab("platelets", "low", "10^9/L"), "unknown imprecise"),
    ("hemoglobin ≥ 8 g/dL", IN, lab("haemoglobin", 4.9, "mmol/L"), "fail violated"),
    ("hemoglobin ≥ 8 g/dL", IN, lab("Hb", 81, "g/L"), "pass holds"),
    ("hemoglobin ≥ 8 g/dL", IN, lab("Hb", 81), "pass holds"),
    ("creatinine ≤ 200 µmol/L", IN, lab("creatinine", 1.9, "mg/dL"), "pass holds"),
    ("creatinine ≤ 2", IN, lab("creatinine", 1.9, "mg/dL"), "pass holds"),
    ("HIV-1 RNA < 50 copies/mL", IN, lab("HIV-1 RNA", 1.8, "log10 copies/mL"), "fail violated"),
    ("HbA1c ≥ 11 %", EX, lab("HbA1c", 99, "mmol/mol"), "fail holds"),
    # where the rounding of one unit to the other decides, the report is asked
    ("HbA1c > 8 %", EX, lab("HbA1c", 64, "mmol/mol"), "unknown imprecise"),
    ("HbA1c > 8 %", EX, lab("HbA1c", 65, "mmol/mol"), "fail holds"),
    ("HbA1c > 8 %", EX, lab("HbA1c", 63, "mmol/mol"), "pass violated"),
    ("creatinine > 1.4 mg/dL", EX, lab("creatinine", 124, "µmol/L"), "unknown imprecise"),
    ("creatinine > 1.4 mg/dL", EX, lab("creatinine", 123, "µmol/L"), "pass violated"),
    ("creatinine > 1.4 mg/dL", EX, lab("creatinine", 125, "µmol/L"), "fail holds"),
    ("creatinine > 177 µmol/L", EX, lab("creatinine", 2, "mg/dL"), "unknown imprecise"),
    ("platelets ≥ 100000 /µL", IN, lab("platelets", 100, "10^9/L"), "pass holds"),
    ("hemoglobin ≥ 80 g/L", IN, lab("Hb", 8, "g/dL"), "pass holds"),
    ("24-hour urine protein ≥ 1 g/24h", IN, lab("24-hour urine protein", 2100, "mg/24h"), "pass holds"),
    ("24-hour urine protein ≥ 1 g/24h", IN, lab("24-hour urine protein", "3+"), "unknown imprecise"),
    ("INR > 1.5", EX, lab("INR", 2), "fail holds"),
    ("INR > 1.5", EX, lab("INR", 40, "%"), "unknown no-unit"),
    ("INR > 40 %", EX, lab("INR", 2), "unknown no-unit"),
    ("potassium > 5.5 mmol/L", EX, lab("K", 4.1, "mmol/L"), "pass violated"),
    ("hematocrit < 30 %", EX, lab("Hct", 28, "%"), "fail holds"),
    ("heart rate > 100 /min", EX, lab("HR", 72, "bpm"), "pass violated"),
    ("total bilirubin ≤ 1.5 mg/L", IN, lab("total bilirubin", 0.7, "mg/dL"), "review ambiguous"),
    ("total bilirubin > 3 mg/L", EX, lab("total bilirubin", 12, "µmol/L"), "review ambiguous"),
    ("AST < 2.5 U/L", IN, lab("AST", 22, "U/L"), "review ambiguous"),
    ("alkaline phosphatase ≤ 5 U/L", IN, lab("ALP", 80, "U/L"), "review ambiguous"),
    ("ALT < 40 U/L", IN, lab("ALT", 22, "U/L"), "pass holds"),
    ("anti-Müllerian hormone > 3.5 ng/dL", IN, lab("AMH", "0.7", "ng/mL"), "review ambiguous"),
    ("anti-Müllerian hormone > 3.5 ng/dL", IN, lab("AMH", "8.1", "ng/mL"), "pass holds"),
    ("anti-Müllerian hormone > 3.5 ng/mL", IN, lab("AMH", "0.7", "ng/mL"), "fail violated"),
    ("anti-Müllerian hormone < 1.1 ng/dL", EX, lab("AMH", "0.7", "ng/mL"), "review ambiguous"),
    ("PSA < 4 ng/dL", IN, lab("PSA", 2, "ng/mL"), "review ambiguous"),
    ("PSA < 4 ng/mL", IN, lab("PSA", 2, "ng/mL"), "pass holds"),
    ("total testosterone < 30 ng/mL", IN, lab("testosterone", 420, "ng/dL"), "review ambiguous"),
    ("total testosterone < 30 ng/dL", IN, lab("testosterone", 420, "ng/dL"), "fail violated"),
    ("IgA > 2 g/dL", IN, lab("IgA", 250, "mg/dL"), "fail violated"),
    ("cortisol < 100 ng/mL", EX, lab("cortisol", 12, "µg/dL"), "pass violated"),
    ("hemoglobin > 9", IN, lab("Hb", "13.1", "g/dL"), "pass holds"),
    ("hemoglobin < 10", EX, lab("Hb", "9.1", "g/dL"), "fail holds"),
    ("hemoglobin ≥ 8", IN, lab("Hb", "13.1", "g/dL"), "pass holds"),
    ("hemoglobin ≥ 8", IN, lab("Hb", "7.1", "g/dL"), "fail violated"),
    ("hemoglobin ≥ 8", IN, lab("Hb", 10, "g/dL"), "review ambiguous"),
    ("ALT > 100", EX, lab("ALT", 30, "U/L"), "pass violated"),
    ("ALT > 100", EX, lab("ALT", 130, "U/L"), "fail holds"),
    ("ALT ≤ 3", IN, lab("ALT", 30, "U/L"), "review ambiguous"),
    ("ALT ≤ 3", IN, lab("ALT", 190, "U/L"), "review ambiguous"),
    ("total bilirubin > 2", EX, lab("total bilirubin", "0.7", "mg/dL"), "pass violated"),
    ("total bilirubin > 35", EX, lab("total bilirubin", 12, "µmol/L"), "pass violated"),
    ("total bilirubin > 20", EX, lab("total bilirubin", 30, "µmol/L"), "review ambiguous"),
    ("HbA1c > 10", EX, lab("HbA1c", "7.5", "%"), "pass violated"),
    ("HbA1c < 53", IN, lab("HbA1c", "6.5", "%"), "pass holds"),
    ("arterial oxygen pressure < 60", EX, lab("PaO2", 82, "mmHg"), "pass violated"),
    ("C-reactive protein > 10", EX, lab("CRP", 3, "mg/L"), "review ambiguous"),
    ("body weight ≥ 90", IN, {"weight_kg": 95}, "review ambiguous"),
    ("total bilirubin ≤ 1.5 mg/dL", IN, lab("total bilirubin", 0.3, "mg/dL"), "pass holds"),
    ("\"foo factor\" > 3 U/mL", EX, lab("foo factor", 5, "U/mL"), "fail holds"),
    ("\"foo factor\" > 3 U/mL", EX, lab("foo factor", 5), "unknown no-unit"),
    ("\"foo factor\" > 3 U/mL", EX, lab("foo factor", 5, "mg/L"), "unknown no-unit"),
    ("\"foo factor\" > 3", EX, lab("foo factor", 5), "fail holds"),
    ("body weight ≥ 50 kg", IN, {"weight_kg": 61.5}, "pass holds"),
    ("body weight ≥ 50 kg", IN, {}, "unknown not-recorded"),
    ("body weight > 143 lb", EX, {"weight_kg": 64.86370891}, "pass violated"),
    ("body weight ≥ 143 lb", EX, {"weight_kg": 64.86370891}, "fail holds"),
    ("height > 64 in", EX, {"height_cm": 162.56}, "pass violated"),
    ("height ≥ 64 in", IN, {"height_cm": 162.56}, "pass holds"),
    ("body weight ≥ 50 kg within 7 days", IN, {"weight_kg": 49}, "fail violated"),
    ("body mass index > 30 kg/m²", EX, {"weight_kg": 61.5, "height_cm": 165}, "pass violated"),
    ("body mass index > 30 kg/m²", EX, {"weight_kg": 61.5}, "unknown not-recorded"),
    ("body mass index > 30 kg/m²", EX, {"weight_kg": 90, "height_cm": 165}, "fail holds"),
    ("platelets 100 to 400 ×10⁹/L", IN, lab("platelets", 100, "10^9/L"), "pass holds"),
    ("platelets 100 to 400 ×10⁹/L", IN, lab("platelets", 400, "10^9/L"), "pass holds"),
    ("platelets 100 to 400 ×10⁹/L", IN, lab("platelets", 401, "10^9/L"), "fail violated"),
    ("Gleason score ≥ 7", IN, score("Gleason", "3+4"), "pass holds"),
    # nothing found is a small number, and a large number is something found
    ("HIV-1 RNA < 50 copies/mL", IN, lab("HIV-1 RNA", "not detected"), "pass holds"),
    ("HIV-1 RNA < 20 copies/mL", IN, lab("HIV-1 RNA", "undetectable"), "unknown imprecise"),
    ("HBV DNA > 2000 IU/mL", IN, lab("HBV DNA", "negative"), "fail violated"),
    ("HCV RNA is positive", IN, lab("HCV RNA", 15000, "IU/mL"), "pass holds"),
    ("HCV RNA is negative", IN, lab("HCV RNA", 15000, "IU/mL"), "fail violated"),
    ("HCV RNA is positive", IN, lab("HCV RNA", 20, "IU/mL"), "unknown no-limit"),
    ("hemoglobin < 8 g/dL", EX, lab("hemoglobin", "not detected"), "unknown imprecise"),
    # normal by the limits that every laboratory uses
    ("potassium is normal", IN, lab("potassium", 4.2, "mmol/L"), "pass holds"),
    ("potassium is normal", IN, lab("potassium", 6.2, "mmol/L"), "fail violated"),
    ("potassium is normal", IN, lab("potassium", 5.1, "mmol/L"), "unknown no-limit"),
    ("ALT is normal", IN, lab("ALT", 20, "U/L", uln=40), "pass holds"),
    ("ALT is abnormal", EX, lab("ALT", 60, "U/L", uln=40), "fail holds"),
    ("pregnancy test is positive", EX, {"sex": "male"}, "n/a not-concerned"),
    ("pregnancy test is positive", EX, {"sex": "female"}, "unknown not-recorded"),
    ("Gleason score ≥ 7", IN, score("Gleason", "3 + 3 = 6"), "fail violated"),
    ("antinuclear antibody > 80 titer", EX, lab("ANA", "1:160"), "fail holds"),
    ("antinuclear antibody ≥ 80 titer", IN, lab("ANA", "1/80"), "pass holds"),
    ("antinuclear antibody ≥ 80 titer", IN, lab("ANA", "< 1:40"), "fail violated"),
    ("body mass index > 97 percentile", EX, lab("BMI", 31, "kg/m2"), "unknown no-unit"),
    ("bone mineral density T-score ≤ -2.5", IN, lab("T-score", -3), "pass holds"),
    ("bone mineral density T-score ≤ -2.5", IN, lab("T-score", -1.5), "fail violated"),
    ("sweat chloride ≥ 60 mmol/L", IN, lab("chloride", 101, "mmol/L"), "unknown not-recorded"),
    ("pulmonary vascular resistance > 3 WU", IN, lab("pulmonary vascular resistance", 4.5, "Wood units"), "pass holds"),
    ("gestational age < 258 days", EX, lab("gestational age", 34, "weeks", "2026-11-20"), "fail holds"),
]

LIMITS: list[Row] = [
    (ALT, EX, lab("ALT", 70, "U/L", uln=40), "fail holds"),
    (ALT, EX, lab("ALT", 60, "U/L", uln=40), "pass violated"),
    (ALT, EX, lab("ALT", 20, "U/L"), "pass violated"),
    (ALT, EX, lab("ALT", 300, "U/L"), "fail holds"),
    (ALT, EX, lab("ALT", 70, "U/L"), "unknown no-limit"),
    (ALT, EX, lab("ALT", "normal"), "unknown imprecise"),
    # a printed limit in another unit than the value
    ("creatinine > 1.5 × ULN", EX, lab("creatinine", 180, "µmol/L", uln=1.2), "unknown no-limit"),
    ("creatinine > 1.5 × ULN", EX, lab("creatinine", 1.7, "mg/dL", uln=104), "unknown no-limit"),
    ("creatinine > 1.5 × ULN", EX, lab("creatinine", 180, "µmol/L", uln=104), "fail holds"),
    ("hemoglobin < 1 × LLN", EX, lab("hemoglobin", 13, "g/dL", lln=120), "unknown no-limit"),
    ("\"foo factor\" > 2 × ULN", EX, lab("foo factor", 5, "U/mL"), "unknown no-limit"),
    ("\"foo factor\" > 2 × ULN", EX, lab("foo factor", 5, "U/mL", uln=2), "fail holds"),
    ("platelets < 1 × LLN", EX, lab("platelets", 182, "10^9/L"), "pass violated"),
    ("platelets < 1 × LLN", EX, lab("platelets", 100, "10^9/L"), "fail holds"),
    ("platelets < 1 × LLN", EX, lab("platelets", 150, "10^9/L"), "unknown no-limit"),
    ("platelets < 1 × LLN", EX, lab("platelets", 150, "10^9/L", lln=150), "pass violated"),
    ("platelets < 1 × LLN", EX, lab("platelets", 149, "10^9/L", lln=150), "fail holds"),
    (f"{ALT} or AST > 1.5 × ULN", EX, lab("ALT", 30, "U/L", uln=40), "unknown not-recorded"),
    (f"{ALT} or AST > 1.5 × ULN", EX, lab("ALT", 70, "U/L", uln=40), "fail holds"),
]

# A scale that only the text names is found again without the word for what it yields, and without its initials.
NAMED: list[Row] = [
    ("Oldham Restlessness Scale score > 11", IN, score("Oldham Restlessness Scale", 14), "pass holds"),
    ("Oldham Restlessness Scale > 11", IN, score("Oldham Restlessness Scale (ORS) total score", 9), "fail violated"),
    ("Oldham Restlessness Scale > 11", IN, score("Oldham Restlessness Scale (evening) score", 14), "unknown not-recorded"),
    ("Oldham Restlessness Scale score > 11", IN, score("Oldham Restlessness Subscale score", 14), "unknown not-recorded"),
]
# Converted, and rounded as reports of the other unit print it: what both say is decided.
ROUNDED: list[Row] = [
    ("HbA1c ≤ 8.5 %", IN, lab("HbA1c", 69, "mmol/mol"), "pass holds"),
    ("HbA1c > 8.5 %", EX, lab("HbA1c", 69, "mmol/mol"), "pass violated"),
    ("HbA1c ≤ 8.5 %", IN, lab("HbA1c", 70, "mmol/mol"), "fail violated"),
    ("HbA1c > 7 %", IN, lab("HbA1c", 53, "mmol/mol"), "unknown imprecise"),
    ("HbA1c ≥ 7 %", IN, lab("HbA1c", 53, "mmol/mol"), "pass holds"),
    ("hemoglobin ≥ 9 g/dL", IN, lab("hemoglobin", 5.6, "mmol/L"), "pass holds"),
    ("hemoglobin > 9 g/dL", IN, lab("hemoglobin", 5.6, "mmol/L"), "unknown imprecise"),
    ("creatinine ≤ 1.9 mg/dL", IN, lab("creatinine", 168, "µmol/L"), "unknown imprecise"),
]
LOST: list[Row] = [
    ("SLEDAI ≥? 8", IN, score("SLEDAI", 12), "review lost-operator"),
    ("SLEDAI ≥? 8", IN, score("SLEDAI", 2), "review lost-operator"),
    ("SLEDAI ≥? 8", IN, score("SLEDAI", 8), "pass holds"),
    ("SLEDAI ≥? 8", IN, {}, "unknown not-recorded"),
    ("age ≥? 18 years", IN, {"age": 34}, "review lost-operator"),
    ("age ≥? 18 years", IN, {"age": 18}, "pass holds"),
    ("ALT ≥? 3 × ULN", EX, lab("ALT", 120, "U/L", uln=40), "fail holds"),
    ("ALT ≥? 3 × ULN", EX, lab("ALT", 30, "U/L", uln=40), "review lost-operator"),
    ("ALT ≥? 3 × ULN", EX, lab("ALT", 30, "U/L"), "review lost-operator"),
    ("SLEDAI ≥? 8 and age ≥ 18 years", IN, merged(score("SLEDAI", 12), {"age": 12}), "fail violated"),
]

AGEING: list[Row] = [
    (PLT, EX, lab("platelets", 182, "10^9/L", "2026-08-23"), "pass violated"),
    (PLT, EX, lab("platelets", 182, "10^9/L", "2026-08-22"), "unknown stale"),
    (PLT, EX, lab("platelets", 182, "10^9/L", "2026-08"), "unknown partial-date"),
    (PLT, EX, lab("platelets", 182, "10^9/L", "2026-09"), "pass violated"),
    (PLT, EX, lab("platelets", 182, "10^9/L", "2026"), "unknown partial-date"),
    (PLT, EX, lab("platelets", 182, "10^9/L", "2025"), "unknown stale"),
    (PLT, EX, lab("platelets", 182, "10^9/L", None), "pass violated"),
    ("HbA1c ≥ 11 %", EX, lab("HbA1c", 6, "%", "2026-06-01"), "pass violated"),
    ("HbA1c ≥ 11 %", EX, lab("HbA1c", 6, "%", "2026-05-01"), "unknown stale"),
    ("EGFR mutation is positive", IN, lab("EGFR mutation", "positive", None, "2019-01-01"), "pass holds"),
    (f"{PLT} within 14 days", EX, lab("platelets", 182, "10^9/L", None), "unknown partial-date"),
    (f"{PLT} within 14 days", EX, lab("platelets", 182, "10^9/L", "2026-11-07"), "pass violated"),
    (f"{PLT} within 14 days", EX, lab("platelets", 182, "10^9/L", "2026-11-06"), "unknown stale"),
    (f"{PLT} within 14 days", EX, lab("platelets", 182, "10^9/L", "2026-11"), "unknown partial-date"),
    (f"{PLT} within 2 years", EX, lab("platelets", 182, "10^9/L", "2025-01-01"), "pass violated"),
    (f"{PLT} within 12 months but over 3 months ago", EX, lab("platelets", 40, "10^9/L", "2026-08-21"), "fail holds"),
    (f"{PLT} within 12 months but over 3 months ago", EX, lab("platelets", 40, "10^9/L", "2026-08-22"), "unknown stale"),
    (PLT, EX, merged(lab("platelets", 40, "10^9/L", "2026-10-01"), lab("platelets", 182, "10^9/L", "2026-11-01")), "pass violated"),
    (PLT, EX, merged(lab("platelets", 182, "10^9/L", "2026-11-01"), lab("platelets", 40, "10^9/L", "2026-10-01")), "pass violated"),
]

CONFLICTS: list[Row] = [
    (PLT, EX, merged(lab("platelets", 40, "10^9/L"), lab("platelets", 182, "10^9/L")), "unknown conflict"),
    (PLT, EX, merged(lab("platelets", 40, "10^9/L"), lab("platelets", 45000, "/µL")), "fail holds"),
    (PLT, EX, merged(lab("platelets", 182, "10^9/L"), lab("platelets", 200, "10^9/L")), "pass violated"),
    (PLT, EX, merged(lab("platelets", 40, "10^9/L", "2026-11"), lab("platelets", 182, "10^9/L", "2026-11-10")), "unknown conflict"),
    (PLT, EX, merged(lab("platelets", 40, "10^9/L", "2026-10"), lab("platelets", 182, "10^9/L", "2026-11-10")), "pass violated"),
    (PLT, EX, merged(lab("platelets", 40, "10^9/L", None), lab("platelets", 182, "10^9/L")), "unknown conflict"),
    (PLT, EX, merged(lab("platelets", 190, "10^9/L", None), lab("platelets", 182, "10^9/L")), "pass violated"),
    (PLT, EX, merged(lab("platelets", 40, "10^9/L"), lab("platelets", 3, "mg/dL")), "unknown no-unit"),
    ("SLEDAI ≥ 8", IN, merged(score("SLEDAI", 12), score("SLEDAI-2K", 4)), "unknown conflict"),
    ("HBsAg is positive", EX, merged(lab("HBsAg", "positive"), lab("HBsAg", "negative")), "unknown conflict"),
]

WORDS: list[Row] = [
    ("HBsAg is positive", EX, lab("HBsAg", "positive"), "fail holds"),
    ("HBsAg is positive", EX, lab("HBsAg", "negative"), "pass violated"),
    ("HBsAg is positive", EX, lab("HBsAg", "not detected"), "pass violated"),
    ("HBsAg is positive", EX, lab("HBsAg", "reactive"), "fail holds"),
    ("HBsAg is positive", EX, lab("HBsAg", "indeterminate"), "unknown imprecise"),
    ("HBsAg is positive", EX, {}, "unknown not-recorded"),
    ("HBsAg is reactive", EX, lab("HBsAg", "positive"), "fail holds"),
    ("anti-dsDNA is positive", IN, lab("anti-dsDNA", 120, "IU/mL", uln=30), "pass holds"),
    ("anti-dsDNA is positive", IN, lab("anti-dsDNA", 20, "IU/mL", uln=30), "fail violated"),
    ("HER2 IHC is 3+", IN, lab("HER2 IHC", "3+"), "pass holds"),
    ("HER2 IHC is 3+", IN, lab("HER2 IHC", "2+"), "fail violated"),
    ("HER2 status is negative", IN, lab("HER2 IHC", "3+"), "fail violated"),
    ("HER2 status is negative", IN, lab("HER2 IHC", "1+"), "pass holds"),
    ("HER2 status is negative", IN, lab("HER2 IHC", "2+"), "unknown not-recorded"),
    ("HER2 status is positive", IN, merged(lab("HER2 IHC", "3+"), lab("HER2 status", "negative")), "unknown conflict"),
    # a kind of a marker, a variant as a value, shares of stained cells
    ("EGFR mutation is positive", IN, lab("EGFR", "exon 19 deletion"), "pass holds"),
    ("EGFR mutation is positive", IN, lab("EGFR mutation", "L858R"), "pass holds"),
    ("EGFR sensitizing mutation is positive", IN, lab("EGFR L858R", "detected"), "pass holds"),
    ("EGFR sensitizing mutation is positive", IN, lab("EGFR T790M", "positive"), "unknown not-recorded"),
    ("EGFR sensitizing mutation is positive", IN, lab("EGFR exon 20 insertion", "positive"), "unknown not-recorded"),
    ("EGFR L858R mutation is positive", IN, lab("EGFR mutation", "positive"), "unknown not-recorded"),
    ("EGFR L858R mutation is positive", IN, lab("EGFR mutation", "wild type"), "fail violated"),
    ("EGFR mutation is positive", EX, lab("EGFR L858R", "negative"), "unknown not-recorded"),
    ("EGFR mutation is negative", IN, lab("EGFR", "wild type"), "pass holds"),
    ("EGFR mutation is positive", EX, lab("eGFR", "normal"), "unknown not-recorded"),
    ("HER2-negative breast cancer", IN, merged({"conditions": [{"name": "breast cancer"}]}, lab("HER2 IHC", "1+")), "pass holds"),
    ("HER2-negative breast cancer", IN, merged({"conditions": [{"name": "breast cancer"}], "complete": {"conditions": True}}, lab("HER2 IHC", "3+")), "fail violated"),
    ("HER2-negative breast cancer", IN, {"conditions": [{"name": "breast cancer"}]}, "unknown not-recorded"),
    ("HER2-negative breast cancer", IN, merged({"conditions": [{"name": "gastric cancer"}]}, lab("HER2", "negative")), "unknown not-recorded"),
    ("HER2-negative metastatic breast cancer", IN, merged({"conditions": [{"name": "breast cancer", "stage": "IV"}]}, lab("HER2", "negative")), "pass holds"),
    ("HER2-negative metastatic breast cancer", IN, merged({"conditions": [{"name": "breast cancer"}]}, lab("HER2", "negative")), "unknown imprecise"),
    ("triple-negative breast cancer", IN, merged({"conditions": [{"name": "breast cancer"}]}, lab("HER2", "negative"), lab("ER", 0, "%"), lab("PR", "negative")), "pass holds"),
    ("triple-negative breast cancer", EX, merged({"conditions": [{"name": "breast cancer"}]}, lab("HER2", "negative"), lab("ER", 0, "%")), "unknown not-recorded"),
    ("eGFR ≥ 30 mL/min/1.73m²", IN, lab("EGFR", "exon 19 deletion"), "unknown not-recorded"),
    ("BRAF mutation is positive", IN, lab("BRAF", "V600E"), "pass holds"),
    ("BRAF V600E mutation is positive", IN, lab("BRAF", "V600K"), "unknown not-recorded"),
    ("BRAF V600E mutation is positive", IN, lab("BRAF", "no V600E"), "unknown not-recorded"),
    ("RAS mutation is negative", IN, lab("KRAS", "wild type"), "unknown not-recorded"),
    ("RAS mutation is negative", IN, merged(lab("KRAS", "wild type"), lab("NRAS", "wild-type")), "pass holds"),
    ("RAS mutation is negative", IN, merged(lab("KRAS", "G12C"), lab("NRAS", "wild type")), "fail violated"),
    ("germline BRCA1/2 mutation is positive", IN, lab("BRCA1", "pathogenic variant"), "unknown not-recorded"),
    ("hormone receptor status is positive", IN, lab("ER", 90, "%"), "pass holds"),
    ("hormone receptor status is negative", IN, lab("ER", "negative"), "unknown not-recorded"),
    ("estrogen receptor status is positive", IN, lab("ER", 90, "%"), "pass holds"),
    ("estrogen receptor status is positive", IN, lab("ER", 0, "%"), "fail violated"),
    ("estrogen receptor status is negative", IN, lab("ER", "<1", "%"), "pass holds"),
    ("estrogen receptor status is negative", IN, lab("ER", 3), "unknown no-limit"),
    ("ALT is abnormal", EX, lab("ALT", 96, "U/L", uln=40), "fail holds"),
    ("ALT is abnormal", EX, lab("ALT", 20, "U/L", uln=40), "pass violated"),
    ("ALT is abnormal", EX, lab("ALT", 20, "U/L", uln=40, lln=5), "pass violated"),
    ("\"foo titer\" is 1:160", EX, lab("foo titer", "1:160"), "fail holds"),
    ("\"foo titer\" is \"<1:160\"", EX, lab("foo titer", ">1:160"), "unknown imprecise"),
]

# Results as laboratories print them in one piece.
PRINTED: list[Row] = [
    ("CD4 count > 350 /µL", EX, lab("CD4 count", "412 cells/uL"), "fail holds"),
    ("CD4 count > 350 /µL", EX, lab("CD4 count", "412 furlongs"), "unknown imprecise"),
    ("HbA1c > 8.5 %", EX, lab("HbA1c", "9.0%"), "fail holds"),
    ("creatinine > 2 mg/dL", EX, lab("creatinine", "1.2 mg/dL", "µmol/L"), "unknown imprecise"),
    ("potassium > 5.5 mmol/L", EX, lab("potassium", "5.9 (H)", "mmol/L"), "fail holds"),
    ("left ventricular ejection fraction < 40 %", EX, lab("LVEF", "55-60%"), "pass violated"),
    ("left ventricular ejection fraction < 40 %", EX, lab("LVEF", "35-45", "%"), "unknown imprecise"),
    ("HIV-1 RNA < 50 copies/mL", EX, lab("HIV-1 RNA", "<20 copies/mL"), "fail holds"),
    ("HCV RNA is positive", EX, lab("HCV RNA", "<15 IU/mL, not detected"), "pass violated"),
    ('urine protein by dipstick is "2+", "3+" or "4+"', EX, lab("urine protein by dipstick", "++"), "fail holds"),
    ('urine protein by dipstick is "2+", "3+" or "4+"', EX, lab("urine protein by dipstick", "(+)"), "pass violated"),
    ("urine protein by dipstick is positive", EX, lab("urine protein by dipstick", "3+"), "fail holds"),
    ("ALT > 80 U/L", EX, lab("S-ALAT", 1.6, "mkat/L"), "fail holds"),
    ("BRCA1/2 mutation is positive", EX, lab("BRCA1/2", "no pathogenic variant"), "pass violated"),
]

GRADES: list[Row] = [
    ("Child-Pugh is A or B", IN, score("Child-Pugh", "B"), "pass holds"),
    ("Child-Pugh is A or B", IN, score("Child-Pugh", 7), "pass holds"),
    ("Child-Pugh is A", IN, score("Child-Pugh", 7), "fail violated"),
    ("Child-Pugh ≤ 7", IN, score("Child-Pugh", "B"), "unknown imprecise"),
    ("Child-Pugh ≤ 6", IN, score("Child-Pugh", "C"), "fail violated"),
    ("NYHA ≥ 3", EX, score("NYHA", "II"), "pass violated"),
    ("NYHA is III or IV", EX, score("NYHA", 3), "fail holds"),
    ("NYHA is III or IV", EX, score("NYHA", "II-III"), "unknown imprecise"),
    ("\"CKD stage\" is 3b", EX, score("CKD stage", "3a"), "pass violated"),
    ("\"CKD stage\" is 3b", EX, score("CKD stage", 3), "unknown imprecise"),
    ("\"CKD stage\" ≥ 3", EX, score("CKD stage", "3a"), "fail holds"),
    ("ASA physical status is I, II or III", IN, score("ASA physical status", 3.0), "pass holds"),
    ("urine protein by dipstick ≥ 2", EX, lab("urine protein by dipstick", "3+"), "fail holds"),
    *PRINTED,
    ("ECOG ≤ 2", IN, score("ECOG", 1), "pass holds"),
    ("ECOG ≤ 2", IN, score("ECOG", 3), "fail violated"),
]

REPEATED: list[Row] = [
    ("24-hour urine protein ≥ 1 g/24h twice", IN, lab("24-hour urine protein", 2, "g/24h"), "unknown not-recorded"),
    (
        "24-hour urine protein ≥ 1 g/24h twice in 2 weeks", IN,
        merged(lab("24-hour urine protein", 2, "g/24h"), lab("24-hour urine protein", 3, "g/24h", "2026-11-01")), "pass holds",
    ),
    (
        "24-hour urine protein ≥ 1 g/24h twice in 2 weeks", IN,
        merged(lab("24-hour urine protein", 2, "g/24h"), lab("24-hour urine protein", 3, "g/24h", "2026-10-01")),
        "unknown not-recorded",
    ),
    (
        "24-hour urine protein ≥ 1 g/24h 3 times", EX,
        merged(*(lab("24-hour urine protein", 2, "g/24h", f"2026-11-0{day}") for day in (1, 2, 3))), "fail holds",
    ),
    # twice is on two days
    (f"{PLT} twice", EX, merged(lab("platelets", 40, "10^9/L"), lab("platelets", 45, "10^9/L")), "unknown not-recorded"),
    (
        f"{PLT} twice", EX,
        merged(lab("platelets", 40, "10^9/L"), lab("platelets", 45, "10^9/L", "2026-11-01"), lab("platelets", 95, "10^9/L", "2026-11-01")),
        "unknown not-recorded",
    ),
]

ROWS = UNITS + LIMITS + NAMED + ROUNDED + LOST + AGEING + CONFLICTS + WORDS + GRADES + REPEATED


@each_row(("check", "kind", "facts", "expected"), ROWS)
def test_a_measured_value_is_judged(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, facts) == expected


@each_row(
    ("check", "facts", "said"),
    [
        (PLT, lab("platelets", 45000, "/µL"), "45 ×10⁹/L"),
        (PLT, lab("platelets", 45), "taken as ×10⁹/L"),
        (PLT, lab("platelets", 182, "10^9/L", None), "undated"),
        (PLT, lab("platelets", 182, "10^9/L", "2025-01-01"), "182"),
        (ALT, lab("ALT", 20, "U/L"), "usual upper limit"),
        ("body weight > 143 lb", {"weight_kg": 64.86370891}, "Body weight 64.9 kg on"),
        (ALT, lab("ALT", 70, "U/L", uln=40), "from the report"),
    ],
)
def test_the_reason_says_what_was_assumed_or_converted(check: str, facts: Facts, said: str) -> None:
    assert said in judge(check, EX, facts).reason


def test_a_missing_value_is_asked_with_its_unit() -> None:
    (ask,) = judge(PLT, EX, {}).missing
    assert (ask.list, ask.name, ask.answer, ask.unit) == ("labs", "platelets", "number", "×10⁹/L")


def test_the_shelf_life_is_measured_from_the_day_of_the_facts() -> None:
    """A later day of judgement moves windows and nothing else."""
    profile = profile_from_plain({"schema": 1, "id": "T", "as_of": AS_OF, **lab("platelets", 182, "10^9/L")}, "t")
    later = prepare(profile, load(), date(2028, 1, 1))
    assert judge_check(parse(PLT), EX, later).verdict == "pass"
    assert judge_check(parse(f"{PLT} within 14 days"), EX, later).verdict == "unknown"
