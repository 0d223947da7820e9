"""Results of markers that the name of a recorded disease tells: "IDC, ER+/PR+/HER2-", "glioblastoma, IDH-wildtype", "triple-negative breast cancer"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matcher.matching.readings import NEGATIVE, POSITIVE, Reading
from matcher.model.profile import Lab
from matcher.vocabulary import Concept, Measure, Vocabulary, normal
from matcher.vocabulary.markers import changes, marked_diseases

_LONGEST = 5  # words of a marker's name
_RESULTS = ("wild type", "not amplified", "co deleted", "not mutated", "non codeleted")
_DENIED = frozenset(("no", "non", "not", "without", "or"))
# What a marker's name says of itself, where no result stands behind it.
_CHANGED = ("exon 19 deletion", "exon 20 insertion", "L858R mutation", "T790M mutation", "V600E mutation", "V600K mutation", "G12C mutation", "G12D mutation", "G12V mutation", "17p deletion")
# Genes whose protein is stained too: "positive" may be of either.
_STAINED = frozenset(f"{gene}-mutation" for gene in ("egfr", "met", "kit", "tp53", "atm", "pdgfra", "fgfr3", "ezh2", "ret", "pten", "smarcb1"))
_INSTABILITY = "microsatellite instability"


def named_results(diseases: Iterable[tuple[str, Concept | None]], recorded: Sequence[Reading], vocabulary: Vocabulary) -> list[Reading]:
    """The results that the names of diseases that go on tell, of markers that were not recorded otherwise; none where two names differ."""
    known = {one.measure.id for one in recorded if one.measure is not None}
    told: dict[str, list[Reading]] = {}
    for wording, concept in diseases:
        for measure, result in [*_of_words(wording, vocabulary), *_of_disease(concept, vocabulary)]:
            if measure.id not in known:
                told.setdefault(measure.id, []).append(Reading(Lab(test=measure.label, value=result), f"{measure.label} from {wording}", measure, "derived", basis=f"from {wording}"))
    return [found[0] for found in told.values() if len({str(one.entry.value) for one in found}) == 1]


def _of_disease(concept: Concept | None, vocabulary: Vocabulary) -> Iterator[tuple[Measure, str]]:
    for marker, result in marked_diseases()[concept.label][1] if concept is not None and concept.label in marked_diseases() else ():
        measure = vocabulary.measure(marker)
        if measure is not None:
            yield measure, result


def _of_words(wording: str, vocabulary: Vocabulary) -> Iterator[tuple[Measure, str]]:
    words = normal(wording)
    i = 0
    while i < len(words):
        end, measure = _marker(words, i, vocabulary)
        denied = i > 0 and words[i - 1] in _DENIED
        behind = " ".join(words[end : end + 2]) if end else ""
        said = behind if behind in _RESULTS else behind.partition(" ")[0]
        if measure is None and changes().get(words[i], ("", ()))[1] == ("instability",) and not denied:
            measure, result, end = vocabulary.measure(_INSTABILITY), changes()[words[i]][0], i + 1
        elif measure is not None:
            result = _result(said, measure) or (_result(words[end - 1], measure) if end > i + 1 else "")
        if measure is not None and result and not denied and words[end + 1 : end + 2] != ("or",):
            yield measure, result
        i = max(end, i + 1)


def _marker(words: Sequence[str], start: int, vocabulary: Vocabulary) -> tuple[int, Measure | None]:
    """The marker whose name begins at a word, the longest, with where it ends; 0 and None where none does."""
    for end in range(min(len(words), start + _LONGEST), start, -1):
        measure = vocabulary.short_measure(" ".join(words[start:end]))
        if measure is not None and measure.kind == "biomarker" and measure.answer == "posneg":
            return end, measure
    return 0, None


def _result(said: str, measure: Measure) -> str:
    """What a word behind a marker says of it: "positive", "negative", or "" where it says neither, or of another change."""
    told = changes().get(said.replace("co deleted", "codeleted").replace("non codeleted", "not codeleted"))
    if told is not None:
        return told[0] if measure.label.endswith(told[1]) else ""
    plain = "positive" if said in POSITIVE else "negative" if said in NEGATIVE and said not in ("no", "-") else ""
    plain = "" if measure.id in _STAINED else plain
    return plain or ("positive" if measure.label.endswith(_CHANGED) and said not in ("no", "not", "status") else "")
