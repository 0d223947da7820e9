"""The kinds over which the precision sample is drawn, and the draw itself."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matcher.commands.stats import eligibility_text
from matcher.model.language import (
    Age,
    Allergy,
    Ambiguous,
    Check,
    Condition,
    Consent,
    FamilyHistory,
    Judgement,
    Leaf,
    Measurement,
    Medication,
    Participation,
    Procedure,
    Sex,
    Smoking,
    State,
)
from matcher.model.trees import children
from matcher.model.wording import parse
from matcher.reading import ReadCriterion, read_eligibility
from matcher.vocabulary import load

# The rarer before the more frequent: a criterion counts for the first of its kinds that still wants one.
STRATA = (
    "smoking", "allergy", "participation", "pregnancy", "score", "procedure", "lab", "medication", "age or sex", "condition",
    "judgement", "consent",
)  # fmt: skip
_KINDS: dict[type, str] = {
    Age: "age or sex", Sex: "age or sex", State: "pregnancy", Condition: "condition", FamilyHistory: "condition",
    Medication: "medication", Procedure: "procedure", Allergy: "allergy", Smoking: "smoking", Participation: "participation",
    Judgement: "judgement", Consent: "consent",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """One criterion of the sample: where it stands, and the digest of its words."""

    stratum: str
    record: str
    place: str
    text: str


def draw(records: Iterable[dict[str, object]], seed: int, each: int) -> list[Drawn]:
    """The sample: of every kind the criteria whose digests with the seed come first, so that it hardly moves with the reader."""
    candidates: dict[str, list[tuple[str, Drawn]]] = defaultdict(list)
    for record in records:
        number = str(record["nct_id"])
        for one in read_eligibility([("both", eligibility_text(record))]):
            text = digest(one.text)
            order = digest(f"{seed} {number} {text}")
            for stratum in strata(one):
                candidates[stratum].append((order, Drawn(stratum, number, one.id, text)))
    taken: set[str] = set()
    found: list[Drawn] = []
    for stratum in STRATA:
        wanted = each
        for _, drawn in sorted(candidates[stratum], key=lambda pair: pair[0]):
            if wanted and drawn.text not in taken:
                taken.add(drawn.text)
                found.append(drawn)
                wanted -= 1
    return found


def strata(one: ReadCriterion) -> set[str]:
    """The kinds of the leaves of a criterion that may decide something; a reading among several decides nothing alone."""
    return {kind for leaf in certain(parse(one.check)) if (kind := _kind(leaf))} if one.check else set()


def certain(check: Check) -> Iterator[Leaf]:
    """Every leaf that is no reading among several."""
    if isinstance(check, Ambiguous):
        return
    parts = children(check)
    if not parts:
        yield check  # type: ignore[misc]
    for part in parts:
        yield from certain(part)


def digest(text: str) -> str:
    """A short digest of a text, its white space made even."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def _kind(leaf: Leaf) -> str:
    if isinstance(leaf, Measurement):
        measure = load().measure(leaf.term)
        return "score" if measure is not None and measure.kind in ("score", "stage") else "lab"
    if leaf == State("healthy volunteer"):
        return "age or sex"
    return _KINDS.get(type(leaf), "")
