"""Whether a disease that is there is active: what is treated, stable or in remission may be active no more."""

from __future__ import annotations

from judging import EX, IN, Row, answer, complete, condition, drug, merged, procedure, verdict
from rows import each_row

ALL, UTIS = complete(conditions=True), condition("recurrent urinary tract infection")
BRAIN = condition("brain metastases", diagnosed="2025-06")
ROWS: list[Row] = [
    ("active infection", EX, condition("pulmonary tuberculosis"), "fail holds"),
    ("active infection", EX, condition("latent tuberculosis"), "unknown imprecise"),
    ("active infection", EX, condition("chronic hepatitis B"), "unknown imprecise"),
    ("active central nervous system metastases", EX, merged(BRAIN, procedure("stereotactic radiosurgery", "2025-09")), "unknown imprecise"),
    ("active brain metastases", EX, merged(BRAIN, drug("osimertinib")), "unknown imprecise"),
    ("not active brain metastases", IN, condition("brain metastases", severity="stable"), "unknown imprecise"),
    ("active leptomeningeal disease", EX, condition("leptomeningeal disease", severity="controlled"), "unknown imprecise"),
    ("active malignancy", EX, condition("breast cancer", severity="in remission"), "unknown imprecise"),
    ("active ulcerative colitis", IN, condition("ulcerative colitis", severity="in remission"), "unknown imprecise"),
    # blood that has run out is not known to run
    ("active bleeding", EX, condition("subdural hematoma", since="2026-11-18"), "unknown imprecise"),
    ("active bleeding", EX, condition("hematoma"), "unknown imprecise"),
    ("active bleeding", EX, condition("intracerebral hemorrhage", since="2026-11-01"), "unknown imprecise"),
    ("active seizure", EX, condition("epilepsy", since="2010"), "unknown imprecise"),
    ("active epilepsy", EX, condition("epilepsy", since="2010"), "fail holds"),
    ("active bleeding", EX, condition("gastrointestinal bleeding"), "fail holds"),
    ("active intracranial hemorrhage", EX, condition("subdural hematoma", since="2026-11-18"), "fail holds"),
    # nothing speaks against it, or somebody answered it
    ("active brain metastases", EX, BRAIN, "fail holds"),
    ("active brain metastases", EX, condition("brain metastases", severity="progressing"), "fail holds"),
    ("active brain metastases", EX, condition("brain metastases", severity="untreated"), "fail holds"),
    ("active brain metastases", EX, merged(BRAIN, procedure("radiotherapy", "2018-02")), "fail holds"),
    ("active brain metastases", EX, merged(condition("brain metastases", severity="stable"), answer("brain metastases is active", True)), "fail holds"),
    ("brain metastases", EX, condition("brain metastases", severity="stable"), "fail holds"),
    ("active schizophrenia", IN, condition("schizophrenia", severity="stable"), "pass holds"),
    ("active hypertension", EX, condition("hypertension", severity="controlled"), "fail holds"),
    ("active ulcerative colitis", IN, condition("ulcerative colitis", severity="moderate"), "pass holds"),
    # every event was acute when it came: a time within which it was, or a history, asks no more
    ("myocardial infarction that is acute within 3 months", EX, condition("NSTEMI", status="resolved", since="2026-10-02"), "fail holds"),
    ("history of ischemic stroke that is acute", EX, condition("ischemic stroke", status="resolved", since="2021"), "fail holds"),
    ("acute stroke within 3 months", EX, condition("ischemic stroke", status="resolved", since="2026-10-02"), "fail holds"),
    ("acute stroke within 3 months", EX, merged(complete(conditions=True), condition("ischemic stroke", status="resolved", since="2026-03-02")), "pass violated"),
    ("stroke that is acute", EX, condition("ischemic stroke", since="2026-10-02"), "unknown not-recorded"),
    ("deep vein thrombosis that is acute within 3 months", EX, condition("deep vein thrombosis", since="2026-10-02"), "unknown not-recorded"),
    # what comes again need not be there now: an episode of its own is, and who is asked for its coming again has it
    ("active infection", EX, merged(ALL, UTIS), "unknown imprecise"),
    ("urinary tract infection", EX, merged(ALL, UTIS, condition("urinary tract infection", "resolved", until="2026-11-01")), "unknown imprecise"),
    ("active urinary tract infection", EX, merged(ALL, UTIS, condition("urinary tract infection", since="2026-11-15")), "fail holds"),
    ("active urinary tract infection", EX, merged(ALL, UTIS, answer("an episode of recurrent urinary tract infection is present", True)), "fail holds"),
    ("active urinary tract infection", EX, merged(ALL, UTIS, answer("an episode of recurrent urinary tract infection is present", False)), "pass violated"),
    ("urinary tract infection within 4 weeks", EX, merged(ALL, UTIS), "unknown not-recorded"),
    ("history of urinary tract infection", EX, merged(ALL, UTIS), "fail holds"),
    ("recurrent urinary tract infection", IN, merged(ALL, UTIS), "pass holds"),
    ("tonsillitis that is recurrent", IN, merged(ALL, condition("recurrent tonsillitis")), "pass holds"),
    ("active tonsillitis", EX, merged(ALL, condition("recurrent tonsillitis")), "unknown imprecise"),
    ("active infection", EX, merged(ALL, condition("recurrent respiratory tract infections")), "unknown imprecise"),
    ("active Clostridioides difficile infection", EX, merged(ALL, condition("recurrent C. difficile infection")), "unknown imprecise"),
    ("glioblastoma", IN, condition("recurrent glioblastoma"), "pass holds"),
    ("active tuberculosis", EX, condition("recurrent tuberculosis"), "fail holds"),
    ("gout", EX, condition("recurrent gout"), "fail holds"),
    ("depression", EX, condition("recurrent depression"), "fail holds"),
]


@each_row(("check", "kind", "facts", "wanted"), ROWS)
def test_active(check: str, kind: str, facts: dict[str, object], wanted: str) -> None:
    assert verdict(check, kind, facts) == wanted
