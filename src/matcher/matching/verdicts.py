"""From a finding to a verdict: what the statement's truth means for the patient's eligibility."""

from __future__ import annotations

from matcher.matching import truth as t
from matcher.matching.evaluate import evaluate
from matcher.matching.few_words import in_few_words
from matcher.matching.finding import Finding
from matcher.matching.patient import Patient
from matcher.model.language import Check
from matcher.model.verdict import ASKABLE, FOR_A_PERSON, Judged, Verdict


def judge_check(check: Check, kind: str, patient: Patient) -> Judged:
    """The verdict on one check; `kind` is inclusion, exclusion or registry (which has the polarity of inclusions)."""
    return judged(evaluate(check, patient), exclusion=kind == "exclusion")


def judged(finding: Finding, *, exclusion: bool) -> Judged:
    """The verdict of a finding."""
    verdict = _verdict(finding.truth, finding.causes, exclusion)
    if verdict is Verdict.NA:
        code = "not-concerned"
    elif verdict is Verdict.PASS or verdict is Verdict.FAIL:
        code = "holds" if (verdict is Verdict.PASS) != exclusion else "violated"
    else:
        code = next(code for code in (*ASKABLE, *FOR_A_PERSON) if code in finding.causes)
    open_ = verdict in (Verdict.UNKNOWN, Verdict.REVIEW)
    return Judged(
        verdict, _verdict(finding.presumed, finding.left, exclusion), code, in_few_words(finding.reason), finding.evidence,
        finding.questions if open_ else (), finding.clears if verdict is Verdict.FAIL else (),
        _verdict(t.said(finding.likely), finding.left, exclusion),
    )


def _verdict(truth: t.Truth, causes: tuple[str, ...], exclusion: bool) -> Verdict:
    bad = t.HOLDS if exclusion else t.VIOLATED
    if truth == t.CONCERNS_NOT:
        return Verdict.NA
    if truth == bad:
        return Verdict.FAIL
    if not truth & bad:
        return Verdict.PASS
    return Verdict.UNKNOWN if any(cause in ASKABLE for cause in causes) else Verdict.REVIEW
