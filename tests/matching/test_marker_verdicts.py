"""Markers of tumours and genotypes: which change a result tells of, what a later result can undo, shares of stained cells."""

from __future__ import annotations

from judging import EX, IN, Facts, Row, complete, condition, lab, merged, verdict
from rows import each_row

BREAST = merged(complete(conditions=True), condition("breast cancer"))
EARLIER = "2024-02-01"


def receptors(er: object, pr: object = 0, her2: str = "negative") -> Facts:
    """A breast cancer with these results; numbers are percent of stained cells."""
    unit = [None if isinstance(share, str) else "%" for share in (er, pr)]
    return merged(BREAST, lab("ER", er, unit[0]), lab("PR", pr, unit[1]), lab("HER2", her2))


CHANGES: list[Row] = [
    ("EGFR mutation is positive", IN, lab("EGFR", "mutated"), "pass holds"),
    ("EGFR mutation is positive", IN, lab("EGFR", "detected"), "pass holds"),
    ("EGFR mutation is positive", IN, lab("EGFR", "amplified"), "unknown not-recorded"),
    # a result with what bears it out, a grade or a share of stained cells as words
    ("EGFR mutation is positive", IN, lab("EGFR mutation", "positive; exon 19 deletion"), "pass holds"),
    ('"EGFR exon 19 deletion" is positive', IN, lab("EGFR mutation", "positive (exon 19 deletion)"), "pass holds"),
    ("EGFR mutation is negative", IN, lab("EGFR", "positive (L858R)"), "fail violated"),
    ("BRAF V600E mutation is positive", IN, lab("BRAF", "positive (V600E)"), "pass holds"),
    ("BRAF mutation is positive", EX, lab("BRAF mutation", "negative (by NGS)"), "pass violated"),
    ("HER2 status is positive", IN, lab("HER2", "3+"), "pass holds"),
    ("HER2 status is positive", IN, lab("HER2", "IHC 1+"), "fail violated"),
    ("HER2 status is positive", IN, lab("HER2", "positive (IHC 3+)"), "pass holds"),
    ("estrogen receptor status is positive", IN, lab("ER", "90%"), "pass holds"),
    ("estrogen receptor status is positive", IN, lab("ER", "<1%"), "fail violated"),
    ("estrogen receptor status is positive", IN, lab("ER", "positive (80%)"), "pass holds"),
    ("HER2 status is positive", IN, lab("HER2", "2+"), "unknown not-recorded"),
    ("HER2 status is positive", IN, lab("HER2", "positive (2+)"), "unknown imprecise"),
    ("HER2 status is positive", IN, lab("HER2", "negative (3+)"), "unknown imprecise"),
    ("estrogen receptor status is positive", IN, lab("ER", "5%"), "unknown imprecise"),
    ("estrogen receptor status is positive", IN, lab("ER", "positive (5%)"), "unknown imprecise"),
    ("BRAF mutation is positive", IN, lab("BRAF", "positive (uncertain significance)"), "unknown imprecise"),
    ("EGFR mutation is positive", IN, lab("EGFR", "positive (IHC)"), "unknown not-recorded"),
    ("EGFR mutation is positive", EX, lab("EGFR", "not amplified"), "unknown not-recorded"),
    # results that the name of a disease tells
    ("estrogen receptor status is positive", IN, condition("IDC left breast, ER+/PR+/HER2-"), "pass holds"),
    ("HER2 status is positive", IN, condition("IDC left breast, ER+/PR+/HER2-"), "fail violated"),
    ("HER2 status is positive", EX, condition("HER2-positive breast cancer"), "fail holds"),
    ("HER2 status is negative", IN, condition("triple-negative breast cancer"), "pass holds"),
    ("HER2 status is negative", IN, condition("breast cancer"), "unknown not-recorded"),
    ("HER2 status is negative", IN, merged(condition("triple-negative breast cancer"), lab("HER2", "positive")), "fail violated"),
    ("HER2 status is negative", IN, merged(condition("triple-negative breast cancer"), condition("HER2-positive breast cancer")), "unknown not-recorded"),
    ("HER2 status is negative", IN, condition("triple-negative breast cancer", "resolved"), "unknown not-recorded"),
    ("IDH mutation is negative", IN, condition("glioblastoma, IDH-wildtype"), "pass holds"),
    ("IDH1 mutation is positive", IN, condition("glioblastoma, IDH-wildtype"), "fail violated"),
    ("IDH1 mutation is positive", IN, condition("astrocytoma, IDH-mutant"), "unknown not-recorded"),
    ("EGFR mutation is positive", IN, condition("NSCLC stage IIIA, EGFR ex19del"), "pass holds"),
    ("EGFR mutation is positive", IN, condition("NSCLC stage IIIA, EGFR not tested"), "unknown not-recorded"),
    ("KRAS mutation is positive", EX, condition("CRC, MSS, KRAS G12D"), "fail holds"),
    ("KRAS mutation is positive", EX, condition("CRC, no KRAS mutation"), "unknown not-recorded"),
    ("microsatellite instability is positive", IN, condition("CRC, MSS, KRAS G12D"), "fail violated"),
    ("MET mutation is positive", EX, condition("MET positive lung cancer"), "unknown not-recorded"),
    ("FLT3-ITD mutation is positive", EX, condition("AML, FLT3-ITD negative"), "pass violated"),
    ("1p/19q codeletion is positive", IN, condition("oligodendroglioma, IDH-mutant and 1p/19q-codeleted"), "pass holds"),
    ("BRAF V600E mutation is positive", IN, lab("BRAF", "V600E mutation detected"), "pass holds"),
    ("BRAF V600E mutation is positive", IN, lab("BRAF", "V600E present"), "pass holds"),
    ("BRAF V600E mutation is positive", IN, lab("BRAF", "V600E not detected"), "unknown not-recorded"),
    ("BRAF V600E mutation is positive", IN, lab("BRAF", "no V600E mutation detected"), "unknown not-recorded"),
    ("IDH mutation is positive", IN, lab("IDH1", "mutated"), "pass holds"),
    ("IDH mutation is negative", IN, merged(lab("IDH1", "wild type"), lab("IDH2", "wild type")), "pass holds"),
    ("IDH mutation is negative", IN, lab("IDH1", "wild type"), "unknown not-recorded"),
    ("IDH1 mutation is positive", IN, lab("IDH", "wild type"), "fail violated"),
    ("IDH1 mutation is positive", IN, lab("IDH", "mutated"), "unknown not-recorded"),
    ("TERT promoter mutation is positive", IN, lab("TERT", "wild type"), "fail violated"),
    ("MYCN amplification is positive", EX, lab("MYCN", "amplified"), "fail holds"),
    ("MYCN amplification is positive", EX, lab("MYCN", "not amplified"), "pass violated"),
    ("1p/19q codeletion is positive", IN, lab("1p/19q", "codeleted"), "pass holds"),
    ("1p/19q codeletion is positive", IN, lab("1p/19q", "intact"), "fail violated"),
    ("STK11 mutation is positive", EX, lab("KEAP1", "mutated"), "unknown not-recorded"),
    ("CD20 expression is positive", IN, lab("CD20", "negative"), "fail violated"),
    ("HRR mutation is positive", IN, lab("BRCA2", "pathogenic variant"), "pass holds"),
    ("HRR mutation is negative", IN, lab("BRCA2", "wild type"), "unknown not-recorded"),
    ("anti-Ro/SSA antibody is positive", EX, lab("anti-SSA", "positive"), "fail holds"),
    ("anti-Ro/SSA antibody is positive", EX, lab("anti-SSB", "positive"), "unknown not-recorded"),
    ("CMV IgG is negative", EX, lab("CMV IgG", "nonreactive"), "fail holds"),
    ("EGFR mutation is positive", IN, lab("EGFR mutation", "amplified"), "unknown not-recorded"),
    ("EGFR mutation is positive", IN, lab("EGFR mutation", "rearranged"), "unknown imprecise"),
    ("EGFR mutation is positive", IN, lab("EGFR", "positive"), "unknown not-recorded"),
    ("EGFR mutation is positive", IN, lab("EGFR mutation", "positive"), "pass holds"),
    ("EGFR mutation is negative", IN, lab("EGFR mutation testing", "negative"), "pass holds"),
    ("KIT mutation is positive", IN, lab("KIT", "positive"), "unknown not-recorded"),
    ("TP53 mutation is positive", EX, lab("TP53", "negative"), "unknown not-recorded"),
    ("KRAS mutation is positive", EX, lab("KRAS", "negative"), "pass violated"),
    ("BRCA1 mutation is positive", IN, lab("BRCA1", "methylated"), "unknown imprecise"),
    ("BRCA1 mutation is positive", IN, lab("BRCA1", "deficient"), "unknown imprecise"),
    ("MET mutation is positive", IN, lab("MET", "amplified"), "unknown not-recorded"),
    ("MET amplification is positive", IN, lab("MET", "amplified"), "pass holds"),
    ("MET amplification is positive", EX, lab("MET", "mutated"), "unknown not-recorded"),
    ("ALK rearrangement is positive", IN, lab("ALK", "rearranged"), "pass holds"),
    ("ALK rearrangement is positive", IN, lab("ALK", "mutated"), "unknown imprecise"),
    ("ALK rearrangement is negative", IN, lab("ALK", "wild type"), "pass holds"),
    ("RET fusion is negative", IN, lab("RET", "not rearranged"), "pass holds"),
    ("HER2 status is positive", IN, lab("HER2", "amplified"), "pass holds"),
    ("HER2 status is positive", IN, lab("HER2", "mutated"), "unknown not-recorded"),
    ("HER2 status is negative", IN, lab("HER2", "wild type"), "unknown not-recorded"),
    ("microsatellite instability is positive", IN, lab("MMR", "deficient"), "pass holds"),
    ("microsatellite instability is negative", IN, lab("MMR", "proficient"), "pass holds"),
    ("microsatellite instability is positive", IN, lab("MMR", "positive"), "unknown not-recorded"),
    ("microsatellite instability is positive", EX, lab("mismatch repair protein expression", "negative"), "unknown not-recorded"),
    ("microsatellite instability is positive", IN, lab("MSI", "positive"), "pass holds"),
    ("MGMT promoter methylation is positive", IN, lab("MGMT promoter methylation", "methylated"), "pass holds"),
    ("MGMT promoter methylation is positive", IN, lab("MGMT promoter methylation", "mutated"), "unknown imprecise"),
]

UNDONE: list[Row] = [
    ("KRAS mutation is positive", EX, merged(lab("KRAS", "mutated", date=EARLIER), lab("KRAS", "not detected")), "unknown conflict"),
    ("KRAS mutation is negative", IN, merged(lab("KRAS G12C", "positive", date=EARLIER), lab("KRAS", "wild type")), "unknown conflict"),
    ("KRAS mutation is positive", IN, merged(lab("KRAS", "wild type", date=EARLIER), lab("KRAS", "mutated")), "pass holds"),
    ("KRAS mutation is negative", IN, merged(lab("KRAS", "wild type", date=EARLIER), lab("KRAS", "wild type")), "pass holds"),
    ("EGFR T790M mutation is positive", IN, merged(lab("EGFR T790M", "positive", date=EARLIER), lab("EGFR T790M", "not detected")), "unknown conflict"),
    ('"EGFR exon 19 deletion" is positive', IN, merged(lab("EGFR", "exon 19 deletion", date=EARLIER), lab("EGFR mutation", "not detected")), "unknown conflict"),
    ("HER2 status is positive", IN, merged(lab("HER2 IHC", "3+", date=EARLIER), lab("HER2", "negative")), "unknown conflict"),
    ("HER2-negative breast cancer", IN, merged(BREAST, lab("HER2", "positive", date=EARLIER), lab("HER2", "negative")), "unknown conflict"),
    ("HER2-negative breast cancer", IN, merged(BREAST, lab("HER2", "negative", date=EARLIER), lab("HER2", "negative")), "pass holds"),
    ("BCR-ABL1 is positive", IN, merged(lab("BCR-ABL1", "positive", date=EARLIER), lab("BCR-ABL1", "not detected")), "unknown conflict"),
    ("HIV antibody is positive", EX, merged(lab("HIV antibody", "positive", date=EARLIER), lab("HIV antibody", "negative")), "unknown conflict"),
    ("hepatitis B core antibody is negative", IN, merged(lab("anti-HBc", "positive", date=EARLIER), lab("anti-HBc", "negative")), "unknown conflict"),
    ("SARS-CoV-2 PCR is positive", EX, merged(lab("SARS-CoV-2 PCR", "positive", date=EARLIER), lab("SARS-CoV-2 PCR", "negative")), "pass violated"),
    ("HBsAg is positive", EX, merged(lab("HBsAg", "positive", date=EARLIER), lab("HBsAg", "negative")), "pass violated"),
    ("KRAS mutation is negative within 6 months", IN, merged(lab("KRAS", "mutated", date=EARLIER), lab("KRAS", "wild type")), "unknown conflict"),
]

# A negative result of a test that stays positive counts for a year, a grade that settles nothing leaves open what was known.
OLD: list[Row] = [
    ("HIV antibody is negative", IN, lab("HIV antibody", "negative", date="2026-03-01"), "pass holds"),
    ("HIV antibody is negative", IN, lab("HIV antibody", "negative", date="2016-03-01"), "unknown stale"),
    ("HIV antibody is positive", EX, lab("HIV antibody", "negative", date="2016"), "unknown stale"),
    ("HIV antibody is positive", EX, lab("HIV antibody", "positive", date="2016-03-01"), "fail holds"),
    ("HIV antibody is positive", EX, merged(lab("HIV antibody", "positive", date="2012-03-01"), lab("HIV antibody", "negative", date="2016-03-01")), "unknown conflict"),
    ("aquaporin-4 antibody is positive", IN, lab("AQP4 antibody", "negative", date="2016-03-01"), "unknown stale"),
    ("aquaporin-4 antibody is positive", IN, lab("AQP4 antibody", "positive", date="2016-03-01"), "pass holds"),
    ("hepatitis B core antibody is negative", IN, lab("anti-HBc", "negative", date="2019-01-01"), "unknown stale"),
    ("KRAS mutation is negative", IN, lab("KRAS", "wild type", date="2016-03-01"), "pass holds"),
    ("HLA-B*5701 is positive", EX, lab("HLA-B*5701", "negative", date="2016-03-01"), "pass violated"),
    ("HIV antibody is negative", IN, lab("HIV test", "no"), "unknown not-recorded"),
    ("HIV antibody is negative", IN, lab("HIV antibody", "no"), "pass holds"),
    ("HER2 status is negative", IN, merged(lab("HER2", "negative", date=EARLIER), lab("HER2 IHC", "2+")), "unknown imprecise"),
    ("HER2 status is negative", IN, merged(lab("HER2 FISH", "negative"), lab("HER2 IHC", "2+")), "pass holds"),
    ("HER2 status is negative", IN, merged(lab("HER2 FISH", "negative"), lab("HER2 IHC", "2+", date=EARLIER)), "pass holds"),
    ("HER2 status is positive", IN, merged(lab("HER2 FISH", "positive", date=EARLIER), lab("HER2 IHC", "2+")), "unknown imprecise"),
]

SHARES: list[Row] = [
    ("estrogen receptor status is positive", IN, lab("ER", 5, "%"), "unknown imprecise"),
    ("estrogen receptor status is negative", IN, lab("ER", 5, "%"), "unknown imprecise"),
    ("estrogen receptor status is negative", EX, lab("ER", 1, "%"), "unknown imprecise"),
    ("progesterone receptor status is positive", EX, lab("PR", 10, "%"), "unknown imprecise"),
    ("estrogen receptor status is positive", IN, lab("ER", 15, "%"), "pass holds"),
    ("estrogen receptor status is positive", IN, lab("ER", ">10", "%"), "pass holds"),
    ("estrogen receptor status is positive", IN, lab("ER", "5-20", "%"), "unknown imprecise"),
    ("progesterone receptor status is negative", IN, lab("PR", 0, "%"), "pass holds"),
    ("estrogen receptor status ≥ 1 %", IN, lab("ER", 5, "%"), "pass holds"),
    ("estrogen receptor status < 10 %", IN, lab("ER", 5, "%"), "pass holds"),
    ("triple-negative breast cancer", IN, receptors(0), "pass holds"),
    ("triple-negative breast cancer", IN, receptors(5), "unknown imprecise"),
    ("triple-negative breast cancer", EX, receptors(0, 10), "unknown imprecise"),
    ("triple-negative breast cancer", IN, receptors(80), "fail violated"),
    ("triple-negative breast cancer", IN, receptors(5, 60), "fail violated"),
    ("estrogen receptor-positive breast cancer", IN, receptors(5), "unknown imprecise"),
    ("estrogen receptor-positive breast cancer", IN, receptors(90), "pass holds"),
    ("hormone receptor-positive breast cancer", IN, receptors(5, 90), "pass holds"),
    ("hormone receptor status is positive", IN, lab("ER", 5, "%"), "unknown not-recorded"),
    # without a unit a small number may be a fraction
    ("PD-L1 tumor proportion score ≥ 50 %", IN, lab("PD-L1 TPS", "0.6"), "unknown no-unit"),
    ("PD-L1 tumor proportion score ≥ 50 %", IN, lab("PD-L1 TPS", 1), "unknown no-unit"),
    ("PD-L1 tumor proportion score ≥ 50 %", IN, lab("PD-L1 TPS", 60), "pass holds"),
    ("PD-L1 tumor proportion score ≥ 50 %", IN, lab("PD-L1 TPS", 0), "fail violated"),
    ("Ki-67 < 20 %", IN, lab("Ki-67", 0.3), "unknown no-unit"),
    ("Ki-67 < 20 %", IN, lab("Ki-67", 0.3, "%"), "pass holds"),
    ("blasts in bone marrow < 5 %", IN, lab("bone marrow blasts", 0.2), "unknown no-unit"),
]


@each_row(("check", "kind", "facts", "expected"), CHANGES + UNDONE + OLD + SHARES)
def test_a_marker_is_judged(check: str, kind: str, facts: Facts, expected: str) -> None:
    assert verdict(check, kind, facts) == expected
