"""Medications: class, phase, washout, dose and equivalents, route, response, setting, how long and how steady."""

from __future__ import annotations

from datetime import date

from judging import EX, IN, Facts, Row, allergy, complete, drug, judge, merged, procedure, study, verdict
from rows import each_row

ALL = complete(medications=True)
MTX = drug("methotrexate", dose=15, unit="mg/week", start="2026-01-01")
STEROID = "use of corticosteroids dose > 10 mg/day as prednisone"
LOW_STEROID = "current use of corticosteroids other than (any dose ≤ 10 mg/day as prednisone)"

PHASES: list[Row] = [
    # a change of the dose is no new beginning, a gap is
    ("current use of loop diuretics for ≥ 3 months", IN, merged(drug("furosemide", dose=40, unit="mg/day", start="2019", stop="2026-11-01"), drug("furosemide", dose=80, unit="mg/day", start="2026-11-01")), "pass holds"),
    ("current use of furosemide for ≥ 3 months", IN, merged(complete(medications=True), drug("furosemide", dose=40, unit="mg/day", start="2019", stop="2026-08-01"), drug("furosemide", dose=80, unit="mg/day", start="2026-11-01")), "fail violated"),
    ("current use of loop diuretics for ≥ 3 months", IN, merged(complete(medications=True), drug("bisoprolol", start="2019", stop="2026-11-01"), drug("furosemide", start="2026-11-01")), "fail violated"),
    ("current use of methotrexate", EX, MTX, "fail holds"),
    ("current use of methotrexate", EX, merged(ALL, drug("methotrexate", stop="2026-09-01")), "pass violated"),
    ("current use of methotrexate", EX, drug("methotrexate", stop="2026-09-01"), "unknown not-recorded"),
    ("current use of methotrexate", EX, complete(medications="current"), "pass violated"),
    ("any use of methotrexate", EX, complete(medications="current"), "unknown not-recorded"),
    ("use of methotrexate", EX, complete(medications="current"), "unknown not-recorded"),
    ("any use of methotrexate", EX, drug("MTX", status="past"), "fail holds"),
    ("any use of methotrexate", EX, MTX, "fail holds"),
    ("any use of rituximab", EX, {}, "unknown not-recorded"),
    ("any use of rituximab", EX, MTX, "unknown not-recorded"),
    ("any use of rituximab", EX, merged(ALL, MTX), "pass violated"),
    ("any use of rituximab", EX, merged(ALL, drug("qwxzumab")), "unknown not-recorded"),
    ("any use of rituximab", EX, drug("rituximab", status="absent"), "pass violated"),
    ("any use of rituximab", EX, merged(drug("rituximab", status="absent"), drug("qwxzumab")), "pass violated"),
    ("any use of rituximab", EX, merged(drug("rituximab", status="absent"), drug("MabThera")), "unknown conflict"),
    ("use of methotrexate", EX, merged(ALL, drug("methotrexate", stop="2026-09-01")), "review ambiguous"),
    ("past use of methotrexate", IN, drug("methotrexate", stop="2026-09-01"), "pass holds"),
    ("past use of methotrexate", IN, ALL, "fail violated"),
    ("use of methotrexate", EX, merged(ALL, drug("methotrexate", status="absent", stop="2026-06-20")), "unknown conflict"),
    ("use of methotrexate", EX, drug("methotrexate", status="absent"), "pass violated"),
    ("not any use of rituximab", IN, ALL, "pass holds"),
]

CLASSES: list[Row] = [
    ("any use of camptothecin", EX, merged(ALL, drug("irinotecan", stop="2025-03")), "unknown not-recorded"),
    ("any use of fluorouracil", EX, merged(ALL, drug("capecitabine", stop="2025-03")), "unknown not-recorded"),
    ("use of progesterone", EX, merged(ALL, drug("levonorgestrel")), "unknown not-recorded"),
    ("use of ketamine", EX, merged(ALL, drug("Spravato")), "unknown not-recorded"),
    # A product of its own is of no class but those above it, and may hold what it is made of.
    ("use of warfarin", EX, merged(ALL, drug("multivitamin"), drug("calcium + vitamin D"), drug("artificial tears")), "pass violated"),
    ("use of antibiotics", EX, merged(ALL, drug("combined oral contraceptive"), drug("magnesium")), "pass violated"),
    ("use of folic acid", EX, merged(ALL, drug("multivitamin")), "unknown not-recorded"),
    ("use of estrogens", EX, merged(ALL, drug("combined oral contraceptive")), "fail holds"),
    ("use of ethinyl estradiol", EX, merged(ALL, drug("combined oral contraceptive")), "unknown not-recorded"),
    ("use of combined oral contraceptives", EX, merged(ALL, drug("Yasmin")), "unknown not-recorded"),
    ("use of herbal medicines", EX, merged(ALL, drug("multivitamin")), "unknown not-recorded"),
    ("use of live vaccines", EX, merged(ALL, drug("influenza vaccine (inactivated)"), drug("COVID-19 booster")), "pass violated"),
    ("use of live vaccines", EX, merged(ALL, drug("influenza vaccine, live attenuated")), "fail holds"),
    ("use of inhaled corticosteroids", EX, merged(ALL, drug("ICS/LABA")), "fail holds"),
    ("any use of camptothecin", EX, merged(ALL, drug("paclitaxel", stop="2025-03")), "pass violated"),
    ("current use of calcineurin inhibitors", EX, drug("tacrolimus"), "fail holds"),
    ("current use of calcineurin inhibitors", EX, drug("Advagraf"), "fail holds"),
    ("current use of calcineurin inhibitors", EX, merged(ALL, MTX), "pass violated"),
    ("any use of monoclonal antibodies", EX, drug("Avastin", stop="2025-11-24"), "fail holds"),
    ("any use of tacrolimus", EX, merged(ALL, drug("calcineurin inhibitors")), "unknown imprecise"),
    ("any use of tacrolimus", EX, drug("calcineurin inhibitors", status="absent"), "pass violated"),
    ("any use of calcineurin inhibitors", EX, drug("tacrolimus", status="absent"), "unknown not-recorded"),
    ("current use of corticosteroids other than (prednisone)", EX, merged(ALL, drug("prednisone")), "pass violated"),
    ("current use of corticosteroids other than (prednisone)", EX, merged(drug("prednisone"), drug("dexamethasone")), "fail holds"),
    ("current use of corticosteroids other than (any by topical or inhaled)", EX, merged(ALL, drug("budesonide", route="inhaled")), "pass violated"),
    ("current use of corticosteroids other than (any by topical or inhaled)", EX, drug("prednisone", route="oral"), "fail holds"),
    ("current use of corticosteroids other than (any by topical or inhaled)", EX, merged(ALL, drug("budesonide")), "unknown not-recorded"),
    ("current use of corticosteroids other than (any by topical)", EX, merged(ALL, drug("dexamethasone", route="eye drops")), "unknown imprecise"),
    (
        "current use of corticosteroids other than (any dose ≤ 10 mg/day as prednisone)", EX,
        merged(ALL, drug("methylprednisolone", dose=8, unit="mg/day")), "pass violated",
    ),
    (
        "current use of corticosteroids other than (any dose ≤ 10 mg/day as prednisone)", EX,
        drug("methylprednisolone", dose=9, unit="mg/day"), "fail holds",
    ),
]

MIXTURES: list[Row] = [
    ("use of antibiotics other than (trimethoprim)", EX, drug("co-trimoxazole"), "fail holds"),
    ("use of antibiotics other than (sulfonamides; trimethoprim)", EX, merged(ALL, drug("co-trimoxazole")), "pass violated"),
    ("use of corticosteroids other than (budesonide)", EX, merged(ALL, drug("budesonide/formoterol")), "pass violated"),
    ("use of corticosteroids other than (budesonide)", EX, drug("fluticasone/salmeterol"), "unknown imprecise"),
    ("use of corticosteroids other than (budesonide)", EX, drug("methylprednisolone"), "fail holds"),
    ("use of CYP3A4 inhibitors other than (ritonavir)", EX, merged(ALL, drug("lopinavir/ritonavir")), "unknown imprecise"),
    ("use of corticosteroids other than (any by inhaled)", EX, merged(ALL, drug("Symbicort", route="inhaled")), "pass violated"),
    ("use of thiazide diuretics", EX, drug("lisinopril/hydrochlorothiazide"), "fail holds"),
    ("use of medicines of any kind within 14 days", EX, drug("amlodipine"), "fail holds"),
    ("use of medicines of any kind within 14 days", EX, ALL, "pass violated"),
    ("use of medicines of any kind within 14 days", EX, merged(ALL, drug("vitamin D")), "unknown not-recorded"),
    ("use of medicines of any kind within 14 days", EX, merged(ALL, drug("ciprofloxacin", route="ocular")), "unknown imprecise"),
    ("use of medicines of any kind other than (acetaminophen) within 14 days", EX, merged(ALL, drug("acetaminophen")), "pass violated"),
    ("use of prescription drugs within 14 days", EX, drug("amlodipine"), "fail holds"),
    ("use of prescription drugs within 14 days", EX, merged(ALL, drug("ibuprofen")), "unknown not-recorded"),
    ("use of insulins dose > 100 IU/day", EX, merged(ALL, drug("insulin glargine", dose=60, unit="U/day"), drug("insulin lispro", dose=60, unit="U/day")), "unknown imprecise"),
    ("use of insulins dose > 100 IU/day", EX, merged(ALL, drug("insulin glargine", dose=60, unit="U/day"), drug("insulin lispro", dose=30, unit="U/day")), "pass violated"),
    ("use of insulins dose > 100 IU/day", EX, merged(drug("insulin glargine", dose=110, unit="U/day"), drug("insulin lispro", dose=60, unit="U/day")), "fail holds"),
    ("use of insulins dose ≤ 100 IU/day", IN, merged(drug("insulin glargine", dose=60, unit="U/day"), drug("insulin lispro", dose=60, unit="U/day")), "unknown imprecise"),
    ("use of insulins dose ≤ 100 IU/day", IN, merged(drug("insulin glargine", dose=60, unit="U/day"), drug("insulin lispro")), "unknown imprecise"),
    (STEROID, EX, merged(ALL, drug("prednisone", dose=7.5, unit="mg/day", stop="2026-01-01"), drug("prednisone", dose=5, unit="mg/day", start="2026-02-01")), "pass violated"),
    (STEROID, EX, merged(ALL, drug("prednisone", dose=7.5, unit="mg/day"), drug("prednisone eye drops", dose=5, unit="mg/day", route="ocular")), "unknown imprecise"),
    ("use of lisinopril dose > 10 mg/day", EX, drug("lisinopril/HCTZ", dose=20, unit="mg/day"), "unknown imprecise"),
    ("use of metformin dose > 1000 mg/day", EX, drug("Janumet", dose=2000, unit="mg/day"), "unknown imprecise"),
    ("use of biguanides dose > 1000 mg/day", EX, drug("Janumet", dose=2000, unit="mg/day"), "unknown imprecise"),
    ("use of Janumet dose > 1000 mg/day", EX, drug("Janumet", dose=2000, unit="mg/day"), "fail holds"),
    # what is made by chemistry is no herb; what is not said to be may be one
    ("use of \"herbal medicines\"", EX, merged(ALL, drug("CellCept")), "pass violated"),
    ("use of \"traditional Chinese herbal medicine\"", EX, merged(ALL, drug("tripterygium wilfordii")), "fail holds"),
    ("use of \"herbal medicines\"", EX, merged(ALL, drug("digoxin")), "unknown not-recorded"),
    # another salt or ester weighs otherwise
    ("use of \"mycophenolic acid\" dose > 1440 mg/day", EX, merged(ALL, drug("CellCept", dose=2, unit="g/day")), "unknown imprecise"),
    ("use of \"mycophenolic acid\" dose > 1440 mg/day", EX, merged(ALL, drug("Myfortic", dose=1440, unit="mg/day")), "pass violated"),
    ("use of \"mycophenolic acid\" other than (any dose ≤ 720 mg/day)", EX, merged(ALL, drug("MMF", dose=500, unit="mg/day")), "unknown imprecise"),
    # a limit on a whole class may be meant as an equivalent: it decides where both say the same
    ("use of corticosteroids dose > 10 mg/day", EX, merged(ALL, drug("hydrocortisone", dose=20, unit="mg/day")), "unknown imprecise"),
    ("use of corticosteroids dose > 10 mg/day", EX, merged(ALL, drug("dexamethasone", dose=4, unit="mg/day")), "unknown imprecise"),
    ("use of corticosteroids dose > 10 mg/day", EX, drug("dexamethasone", dose=12, unit="mg/day"), "fail holds"),
    ("use of corticosteroids dose > 10 mg/day", EX, drug("prednisolone", dose=12.5, unit="mg/day"), "fail holds"),
    ("use of corticosteroids dose > 10 mg/day", EX, merged(ALL, drug("hydrocortisone", dose=10, unit="mg/day")), "pass violated"),
    ("use of hydrocortisone dose > 10 mg/day", EX, drug("hydrocortisone", dose=20, unit="mg/day"), "fail holds"),
    ("use of \"ACE inhibitors\" dose > 10 mg/day", EX, drug("lisinopril", dose=20, unit="mg/day"), "fail holds"),
]

STUDIED: list[Row] = [
    ("use of investigational drugs within 30 days", EX, merged(ALL, study(name="a", drug="b", start="2026-10-01")), "unknown not-recorded"),
    ("use of investigational drugs within 30 days", EX, merged(ALL, study(name="a", drug="b", start="2026-01-01", stop="2026-05-01")), "pass violated"),
    ("use of investigational drugs within 30 days", EX, merged(ALL, study(name="a", kind="behavioural", start="2026-10-01")), "pass violated"),
    ("use of investigational drugs within 30 days", EX, study(kind="drug", drug="QX-4711", start="2026-09-01", stop="2026-11-05"), "fail holds"),
    ("use of investigational drugs within 30 days", EX, merged(ALL, study(kind="drug", drug="QX-4711", start="2025-09-01", stop="2025-11-05")), "pass violated"),
    ("use of investigational drugs within 30 days", EX, drug("study drug QX-4711"), "fail holds"),
    ("current use of investigational drugs", EX, merged(ALL, study(name="a", kind="drug", start="2026-10-01", stop="2026-11-01")), "pass violated"),
    ("use of metformin", EX, merged(ALL, study(name="a", drug="b", start="2026-10-01")), "pass violated"),
    ("use of antidiabetics", EX, merged(ALL, study(name="a", drug="b", start="2026-10-01")), "unknown imprecise"),
]

STRENGTHS: list[Row] = [
    ("use of strong CYP3A4 inhibitors/inducers", EX, drug("rifampicin"), "fail holds"),
    ("use of strong CYP3A4 inhibitors/inducers", EX, merged(ALL, drug("efavirenz")), "pass violated"),
    ("use of moderate/strong CYP3A4 inducers", EX, drug("efavirenz"), "fail holds"),
    ("use of moderate/strong CYP3A4 inhibitors", EX, merged(ALL, drug("rifampicin")), "pass violated"),
    ("use of CYP3A4 inhibitors", EX, drug("itraconazole"), "fail holds"),
]

# The route that a drug's form says.
FORMS: list[Row] = [
    ("use of corticosteroids by systemic", EX, merged(ALL, drug("hydrocortisone cream")), "pass violated"),
    ("use of corticosteroids by systemic", EX, drug("prednisone tablets"), "fail holds"),
    ("use of corticosteroids by systemic", EX, merged(ALL, drug("hydrocortisone")), "unknown not-recorded"),
    ("use of corticosteroids by systemic", EX, drug("hydrocortisone cream", route="oral"), "fail holds"),
    ("use of corticosteroids other than (any by topical)", EX, merged(ALL, drug("betamethasone ointment")), "pass violated"),
    ("use of corticosteroids dose > 10 mg/day as prednisone", EX, merged(ALL, drug("budesonide inhaler", dose=32, unit="mg/day")), "unknown imprecise"),
]

BOTH_STOPPED_AND_TAKEN = drug("tacrolimus", status="current", stop="2026-09-01")
CONTRADICTIONS: list[Row] = [
    ("current use of tacrolimus", EX, merged(ALL, BOTH_STOPPED_AND_TAKEN), "unknown conflict"),
    ("use of tacrolimus within 1 month", EX, merged(ALL, BOTH_STOPPED_AND_TAKEN), "unknown conflict"),
    ("use of tacrolimus within 6 months", EX, BOTH_STOPPED_AND_TAKEN, "fail holds"),
    ("any use of tacrolimus", EX, BOTH_STOPPED_AND_TAKEN, "fail holds"),
    ("current use of methotrexate", EX, merged(ALL, BOTH_STOPPED_AND_TAKEN), "pass violated"),
]

WINDOWS: list[Row] = [
    ("use of tacrolimus within 1 month", EX, drug("tacrolimus", start="2026-01-01", stop="2026-11-05"), "fail holds"),
    ("use of tacrolimus within 1 month", EX, drug("tacrolimus", stop="2026-10-21"), "fail holds"),
    ("use of tacrolimus within 1 month", EX, merged(ALL, drug("tacrolimus", stop="2026-10-20")), "pass violated"),
    ("use of tacrolimus within 1 month", EX, merged(ALL, drug("tacrolimus", stop="2026-10")), "unknown partial-date"),
    ("use of tacrolimus within 6 months", EX, merged(ALL, drug("Advagraf", start="2024-03", stop="2026-05")), "unknown partial-date"),
    ("use of tacrolimus within 6 months", EX, drug("tacrolimus", start="2024-03", stop="2026-06"), "fail holds"),
    ("use of tacrolimus within 6 months", EX, drug("tacrolimus"), "fail holds"),
    ("use of tacrolimus within 6 months", EX, merged(ALL, drug("tacrolimus", status="past")), "unknown partial-date"),
    ("use of tacrolimus within 6 months", EX, complete(medications="2026-05-21"), "pass violated"),
    ("use of tacrolimus within 6 months", EX, complete(medications="2026-05-22"), "unknown not-recorded"),
    ("use of tacrolimus within 6 months", EX, drug("tacrolimus", status="absent", start="2026-03-01"), "pass violated"),
    ("use of tacrolimus within 6 months", EX, drug("tacrolimus", status="absent", start="2026-06-01"), "unknown not-recorded"),
    ("use of tacrolimus within 12 hours", EX, drug("tacrolimus"), "fail holds"),
    ("use of tacrolimus within 12 months but over 3 months ago", EX, drug("tacrolimus", start="2026-01-01", stop="2026-02-01"), "fail holds"),
    (
        "use of tacrolimus within 12 months but over 3 months ago", EX,
        merged(ALL, drug("tacrolimus", start="2026-10-01", stop="2026-11-01")), "pass violated",
    ),
    (
        "use of tacrolimus within 12 months but over 3 months ago", EX,
        merged(ALL, drug("tacrolimus", stop="2026-11-01")), "unknown partial-date",
    ),
    ("use of tacrolimus within 6 months", EX, {"as_of": None, **merged(ALL, drug("tacrolimus", stop="2001"))}, "unknown partial-date"),
    ("use of tacrolimus over 5 years ago", EX, merged(ALL, drug("tacrolimus", start="2020")), "fail holds"),
]

DOSES: list[Row] = [
    (STEROID, EX, drug("prednisone", dose=20, unit="mg/day"), "fail holds"),
    (STEROID, EX, merged(ALL, drug("prednisone", dose=10, unit="mg/day")), "pass violated"),
    (STEROID, EX, drug("methylprednisolone", dose=12, unit="mg/day"), "fail holds"),
    (STEROID, EX, merged(ALL, drug("hydrocortisone", dose=20, unit="mg/day")), "pass violated"),
    (STEROID, EX, drug("prednisone", dose=10, unit="mg bid"), "fail holds"),
    (STEROID, EX, merged(ALL, drug("prednisone")), "unknown not-recorded"),
    (STEROID, EX, merged(ALL, drug("prednisone", dose=20, unit="mg")), "unknown no-unit"),
    (STEROID, EX, merged(ALL, drug("budesonide", dose=9, unit="mg/day")), "unknown imprecise"),
    # a limit on one glucocorticoid may be meant as an equivalent
    ("use of prednisone dose > 10 mg/day", EX, merged(ALL, drug("prednisolone", dose=20, unit="mg/day")), "unknown imprecise"),
    ("use of prednisone dose > 10 mg/day", EX, merged(ALL, drug("methylprednisolone", dose=16, unit="mg/day")), "unknown imprecise"),
    ("use of prednisone dose ≤ 10 mg/day", IN, merged(ALL, drug("dexamethasone", dose=0.75, unit="mg/day")), "unknown imprecise"),
    ("use of prednisone dose > 10 mg/day", EX, merged(ALL, drug("prednisolone", dose=5, unit="mg/day")), "pass violated"),
    ("use of prednisone dose > 10 mg/day", EX, merged(ALL, drug("methylprednisolone", dose=4, unit="mg/day")), "pass violated"),
    ("use of prednisone dose > 10 mg/day", EX, merged(ALL, drug("ibuprofen", dose=400, unit="mg/day")), "pass violated"),
    ("use of prednisone dose > 10 mg/day", EX, drug("prednisone", dose=20, unit="mg/day"), "fail holds"),
    # equivalents are those by mouth or vein
    (STEROID, EX, drug("methylprednisolone", dose=500, unit="mg/day", route="intravenous"), "fail holds"),
    (STEROID, EX, merged(ALL, drug("hydrocortisone", dose=100, unit="mg/day", route="topical")), "unknown imprecise"),
    (STEROID, EX, merged(ALL, drug("triamcinolone", dose=40, unit="mg/day", route="intra-articular")), "unknown imprecise"),
    (STEROID, EX, merged(ALL, drug("dexamethasone", dose=0.1, unit="mg/day", route="eye drops")), "unknown imprecise"),
    (LOW_STEROID, EX, merged(ALL, drug("betamethasone", dose=5, unit="mg/day", route="cutaneous")), "unknown imprecise"),
    (f"{STEROID} within 3 months", EX, merged(ALL, drug("prednisone", dose=5, unit="mg/day", stable_since="2026-10-15")), "unknown not-recorded"),
    (f"{STEROID} within 3 months", EX, merged(ALL, drug("prednisone", dose=5, unit="mg/day", stable_since="2026-06-15")), "pass violated"),
    (
        f"{STEROID} within 3 months", EX,
        merged(ALL, drug("prednisone", dose=5, unit="mg/day", start="2026-10-15", stable_since="2026-10-15")), "pass violated",
    ),
    (f"{STEROID} within 3 months", EX, drug("prednisone", dose=15, unit="mg/day", stable_since="2026-10-15"), "fail holds"),
    ("use of methotrexate dose ≥ 0.2 mg/kg/week", IN, merged(MTX, {"weight_kg": 75}), "pass holds"),
    ("use of methotrexate dose ≥ 0.2 mg/kg/week", IN, merged(ALL, MTX, {"weight_kg": 76}), "fail violated"),
    ("use of methotrexate dose ≥ 0.2 mg/kg/week", IN, MTX, "unknown no-unit"),
    ("use of methotrexate dose 10 to 20 mg/week", IN, MTX, "pass holds"),
    ("use of methotrexate dose ≥? 10 mg/week", IN, MTX, "review lost-operator"),
    ("use of methotrexate dose ≥? 15 mg/week", IN, MTX, "pass holds"),
    ("use of \"mycophenolate mofetil\" dose ≤ 3 g/day", IN, drug("MMF", dose=2000, unit="mg/day"), "pass holds"),
]

DETAILS: list[Row] = [
    ("use of cyclophosphamide by intravenous", EX, drug("cyclophosphamide", route="IV"), "fail holds"),
    ("use of cyclophosphamide by intravenous", EX, merged(ALL, drug("cyclophosphamide", route="oral")), "pass violated"),
    ("use of cyclophosphamide by intravenous", EX, merged(ALL, drug("cyclophosphamide")), "unknown not-recorded"),
    ("use of cyclophosphamide by intravenous", EX, merged(ALL, drug("cyclophosphamide", route="parenteral")), "unknown imprecise"),
    ("use of prednisone by systemic", EX, drug("prednisone", route="oral"), "fail holds"),
    ("use of prednisone by systemic", EX, merged(ALL, drug("prednisone", route="topical")), "pass violated"),
    ("use of prednisone by oral", EX, drug("prednisone", route="intravenous", status="absent"), "unknown not-recorded"),
    ("any use of methotrexate response inadequate", IN, drug("methotrexate", response="inadequate"), "pass holds"),
    ("any use of methotrexate response inadequate", IN, drug("methotrexate", response="none"), "pass holds"),
    ("any use of methotrexate response inadequate", IN, merged(ALL, drug("methotrexate", response="complete")), "fail violated"),
    ("any use of methotrexate response inadequate", IN, merged(ALL, drug("methotrexate")), "unknown not-recorded"),
    ("any use of methotrexate response inadequate", IN, merged(ALL, drug("methotrexate", response="partial")), "unknown imprecise"),
    ("any use of methotrexate response inadequate", IN, drug("methotrexate", stop_reason="Lack of efficacy"), "pass holds"),
    ("any use of methotrexate response inadequate", IN, merged(ALL, drug("methotrexate", stop_reason="toxicity")), "unknown not-recorded"),
    ("any use of methotrexate response complete", IN, merged(ALL, drug("methotrexate", stop_reason="lack of efficacy")), "unknown not-recorded"),
    ('any use of methotrexate that is "followed by progression"', IN, drug("methotrexate", stop_reason="disease progression"), "pass holds"),
    ('any use of methotrexate that is "followed by progression"', EX, merged(ALL, drug("methotrexate", stop_reason="toxicity")), "unknown not-recorded"),
    ('any use of methotrexate that is "followed by progression"', EX, merged(ALL, drug("methotrexate", stop_reason="no progression")), "unknown not-recorded"),
    ('any use of methotrexate that is "followed by progression"', IN, ALL, "fail violated"),
    ("allergy to methotrexate", EX, merged(ALL, drug("methotrexate", stop_reason="side effects")), "unknown imprecise"),
    # a "drug" alone is that of the trial
    ("allergy to drug", EX, merged(ALL, allergy("penicillins")), "unknown imprecise"),
    ("allergy to medication", EX, complete(allergies=True), "pass violated"),
    ("allergy to any drug", EX, merged(ALL, allergy("penicillins")), "fail holds"),
    ("allergy to drugs", EX, merged(ALL, allergy("penicillins")), "fail holds"),
    ("any use of methotrexate setting rheumatoid arthritis", EX, drug("methotrexate", indication="rheumatoid arthritis"), "fail holds"),
    ("any use of methotrexate setting autoimmune disease", EX, drug("methotrexate", indication="rheumatoid arthritis"), "fail holds"),
    ("any use of methotrexate setting rheumatoid arthritis", EX, merged(ALL, drug("methotrexate", indication="psoriasis")), "unknown not-recorded"),
    # "for cancer": a drug against cancers only was given for one
    ("use of cytotoxic chemotherapy setting malignancy", EX, drug("oxaliplatin"), "fail holds"),
    ("use of cytotoxic chemotherapy setting malignancy", EX, drug("methotrexate"), "unknown not-recorded"),
    ("any use of methotrexate setting adjuvant", EX, drug("methotrexate", setting="adjuvant"), "fail holds"),
    ("any use of methotrexate setting adjuvant", EX, merged(ALL, drug("methotrexate", setting="metastatic")), "pass violated"),
    ("any use of methotrexate setting adjuvant", EX, merged(ALL, drug("methotrexate", setting="maintenance")), "unknown imprecise"),
    ("any use of methotrexate setting adjuvant", EX, merged(ALL, drug("methotrexate")), "unknown not-recorded"),
    ("use of prednisone stable for ≥ 4 weeks", IN, drug("prednisone", stable_since="2026-10-24"), "pass holds"),
    ("use of prednisone stable for ≥ 4 weeks", IN, merged(ALL, drug("prednisone", stable_since="2026-10-25")), "fail violated"),
    ("use of prednisone stable for ≥ 4 weeks", IN, drug("prednisone", stable_since="2026-10"), "unknown partial-date"),
    ("use of prednisone stable for ≥ 4 weeks", IN, drug("prednisone", start="2020-01-01"), "unknown not-recorded"),
    ("use of prednisone stable for ≥ 4 weeks", IN, merged(ALL, drug("prednisone", start="2026-11-01")), "fail violated"),
    ("use of prednisone for ≥ 3 months", IN, drug("prednisone", start="2026-08-21"), "pass holds"),
    # which days before the window count is said only where all or none of them decide
    ("use of opioids within 90 days for > 30 days", EX, drug("morphine", start="2025-01-01", stop="2026-09-01"), "review ambiguous"),
    ("use of opioids within 90 days for > 30 days", EX, drug("morphine", start="2025-01-01", stop="2026-10-15"), "fail holds"),
    ("use of opioids within 90 days for > 30 days", EX, merged(ALL, drug("morphine", start="2026-08-01", stop="2026-08-25")), "pass violated"),
    ("use of opioids within 90 days for > 30 days", EX, drug("morphine", start="2026-09-01", stop="2026-10-15"), "fail holds"),
    ("use of opioids within 4 weeks for > 3 months", EX, drug("morphine", start="2025-01-01", stop="2026-11-01"), "fail holds"),
    ("use of mycophenolate within 12 weeks for ≥ 8 weeks", IN, drug("mycophenolate mofetil", start="2022-04", stop="2026-09-10"), "review ambiguous"),
    ("use of prednisone for ≥ 3 months", IN, merged(ALL, drug("prednisone", start="2026-08-22")), "fail violated"),
    ("use of prednisone for ≥ 3 months", IN, drug("prednisone", start="2026-08"), "unknown partial-date"),
    ("any use of prednisone for ≥ 3 months", IN, drug("prednisone", start="2020-01-01", stop="2020-05-01"), "pass holds"),
    ("any use of prednisone for ≥ 3 months", IN, merged(ALL, drug("prednisone", start="2020-01-01", stop="2020-02-01")), "fail violated"),
    ("any use of prednisone for ≥ 3 months", IN, merged(ALL, drug("prednisone", start="2020-01-01", status="past")), "unknown partial-date"),
]

ECG = "electrocardiogram"
NORMAL = f"{ECG} showing normal"
RHYTHM = f"{ECG} showing sinus rhythm"


def _ecg(finding: str, date: str | None = "2026-11-12") -> Facts:
    return procedure(ECG, date, finding=finding)


# An examination that tells how the patient is now: the last one counts, and a disease that it names is not normal.
LEFT_IN_PLACE: list[Row] = [
    ("underwent colostomy", EX, procedure("colostomy", "2012"), "fail holds"),
    ("underwent colostomy", EX, merged(ALL, procedure("colostomy", "2012", until="2013")), "review ambiguous"),
    ("underwent colostomy", EX, merged(ALL, procedure("colostomy", "2012"), procedure("colostomy reversal", "2013")), "review ambiguous"),
    ("underwent tracheostomy", EX, merged(ALL, procedure("tracheostomy", "2012"), procedure("decannulation", "2013")), "review ambiguous"),
    ("underwent ventriculoperitoneal shunt", EX, procedure("VP shunt", "2012", until="2014"), "review ambiguous"),
    ("underwent pacemaker", EX, procedure("pacemaker implantation", "2012", until="2020"), "review ambiguous"),
    ("underwent biliary stent", EX, merged(ALL, procedure("biliary stent placement", "2026-05"), procedure("biliary stent removal", "2026-02")), "fail holds"),
    ("underwent coronary artery bypass grafting", EX, procedure("CABG", "2012", until="2012"), "fail holds"),
    ("underwent platelet transfusion", EX, procedure("platelet transfusion", "2025-01", until="2025-02"), "fail holds"),
]

EXAMINED: list[Row] = [
    (NORMAL, IN, _ecg("normal"), "pass holds"),
    (NORMAL, IN, _ecg("normal sinus rhythm, no abnormalities"), "pass holds"),
    (NORMAL, IN, _ecg("within normal limits"), "pass holds"),
    (NORMAL, IN, _ecg("left bundle branch block"), "fail violated"),
    (NORMAL, IN, _ecg("abnormal"), "fail violated"),
    (NORMAL, IN, _ecg("normal rate with left bundle branch block"), "fail violated"),
    (NORMAL, IN, _ecg("normal axis"), "unknown imprecise"),
    (NORMAL, IN, _ecg("possible left bundle branch block"), "unknown imprecise"),
    (NORMAL, IN, merged(_ecg("normal", "2026-09-01"), _ecg("atrial fibrillation")), "fail violated"),
    (NORMAL, IN, merged(_ecg("atrial fibrillation", "2026-09-01"), _ecg("normal")), "pass holds"),
    (RHYTHM, IN, _ecg("sinus rhythm, 72/min"), "pass holds"),
    (RHYTHM, IN, _ecg("sinus rhythm with left bundle branch block"), "pass holds"),
    (RHYTHM, IN, _ecg("atrial fibrillation"), "fail violated"),
    (RHYTHM, IN, _ecg("left bundle branch block"), "unknown imprecise"),
    (RHYTHM, IN, _ecg("no sinus rhythm"), "unknown imprecise"),
]
ROWS = EXAMINED + LEFT_IN_PLACE + PHASES + MIXTURES + FORMS + STRENGTHS + STUDIED + CONTRADICTIONS + CLASSES + WINDOWS + DOSES + DETAILS


@each_row(("check", "kind", "facts", "expected"), ROWS)
def test_a_treatment_is_judged(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, facts) == expected


@each_row(
    ("check", "facts", "clears"),
    [
        ("use of tacrolimus within 1 month", drug("tacrolimus", stop="2026-11-05"), (date(2026, 12, 6),)),
        ("use of tacrolimus within 1 month", drug("tacrolimus", stop="2026-10-31"), (date(2026, 12, 1),)),
        ("use of tacrolimus within 4 weeks", drug("tacrolimus", stop="2026-11-05"), (date(2026, 12, 4),)),
        ("use of tacrolimus within 30 days", drug("tacrolimus", stop="2026-11"), (date(2026, 12, 22),)),
        ("use of tacrolimus within 1 month", drug("tacrolimus"), ()),
        ("current use of tacrolimus", drug("tacrolimus"), ()),
        ("any use of tacrolimus", drug("tacrolimus", stop="2026-11-05"), ()),
        ("use of calcineurin inhibitors within 1 month", merged(drug("tacrolimus", stop="2026-11-05"), drug("cyclosporine")), ()),
        (
            "use of calcineurin inhibitors within 1 month",
            merged(drug("tacrolimus", stop="2026-11-05"), drug("cyclosporine", stop="2026-11-01")),
            (date(2026, 12, 6), date(2026, 12, 2)),
        ),
    ],
)
def test_a_washout_names_the_day_it_clears(check: str, facts: Facts, clears: tuple[date, ...]) -> None:
    assert judge(check, EX, facts).clears == clears
