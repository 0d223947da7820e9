"""What is granted or advised of examinations behind a disease: "(imaging is not required)", ". Test results may be used."

Whoever is asked for the disease is asked for it all the same.
"""

from __future__ import annotations

from matcher.reading.tagging.caseless import Caseless

# What is asked, advised or granted in brackets or sentences behind the disease, if it is of examinations, results and visits alone.
_DETAIL = Caseless(r"\([^()]*\)|(?<=[.;])\s+[^.;]+[.;]?", needs=("(", "."))
_GRANTS = Caseless(r"\b(?:may|might|can|could|would|should|shall|if|when\w*|until|allow\w*|permit\w*|accept\w*|prefer\w*|optional\w*|not required|required|requires?|needed|necessary|note)\b")
_OF_EXAMINATIONS = Caseless(
    r"\W*(?:note\W+)?(?:(?:an?|the|all|any|if|repeat|additional|further|new|fresh|central|local|prior|previous|baseline|initial|source|original|pre-?operative|radiologic\w*|radiographic\w*|histolog\w+|patholog\w+|cytolog\w+|biochemical|genetic|laboratory|diagnostic|confirmatory|clinical|brain|chest|bone|tumou?r|tissue)\s+)*"
    r"(?:biops(?:y|ies)|imaging|scans?|mri|ct|pet|x-?rays?|ultrasound|ecg|echocardiogra\w+|colonoscop\w+|endoscop\w+|tests?|testing|test results?|results?|reports?|records?|confirmation|verification|documentation|review|slides?|specimens?|samples?|blocks?|analys[ei]s|assessments?|examinations?|diagnos[ei]s)\b(?!\W?(?:proven|confirmed|positive|verified|documented|diagnosed))"
)
# In a detail these speak of other people, or of less than the disease.
_OF_OTHERS = Caseless(r"\b(?:eligib\w*|also|exclu\w*|includ\w*|enrol\w*|without|suspect\w*|suspic\w*|presum\w*|probab\w*|possib\w*|healthy|controls?|except\w*|unless|other than|instead|either|negative|absen\w*|cohorts?|arms?|groups?|strat\w+|famil\w+|relatives?|instead|alternativ\w*|in lieu|substitut\w*|waive\w*)\b")


def without_details(behind: str) -> str:
    """The words behind the disease, with blanks for what is granted or advised of examinations alone."""
    cut = [(start, end) for start, end in _DETAIL.spans(behind) if _OF_EXAMINATIONS.match(behind[start:end]) and _GRANTS.search(behind[start:end]) and not _OF_OTHERS.search(behind[start:end])]
    for start, end in cut:
        behind = behind[:start] + " " * (end - start) + behind[end:]
    return behind
