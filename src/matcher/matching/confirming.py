"""How a recorded disease was confirmed: by a biopsy that found it, an examination, or a set of criteria."""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.matching import truth as t
from matcher.matching.articles import of_hers
from matcher.matching.entries import Part
from matcher.matching.finding import Finding
from matcher.matching.findings import doubted
from matcher.matching.parts import window_part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.periods import period
from matcher.matching.shown import shown_by
from matcher.matching.words import listed, window_words
from matcher.model.language import Condition, Measurement, Window
from matcher.model.patterns import later
from matcher.model.verdict import Question
from matcher.vocabulary import Concept, Relation, normal

_HISTOLOGY = frozenset({"biopsy", "histology", "histological", "histologically", "histopathology", "pathology", "pathological", "histologic", "pathologically", "histopathological", "histopathologic"})
_IMAGES = frozenset({"mri", "ct", "hrct", "pet", "scan", "ultrasound", "sonography", "radiograph", "radiography", "radiology", "angiography", "echocardiography", "xray", "ray", "mammography", "imaging", "radiological", "radiologic", "radiographic"})
# Ways at large, with the words of which each is enough.
_AT_LARGE = (
    (frozenset({"imaging", "radiographic", "radiological", "radiologic", "radiology", "radiologically", "radiographically"}), _IMAGES),
    (frozenset({"endoscopy", "endoscopic", "endoscopically"}), frozenset({"endoscopy", "endoscopic", "colonoscopy", "gastroscopy", "sigmoidoscopy", "esophagogastroduodenoscopy", "enteroscopy", "ileocolonoscopy"})),
    (frozenset({"genetic", "genetically", "molecular"}), frozenset({"genetic", "genetics", "molecular", "genotyping", "sequencing", "mutation", "karyotype"})),
    (frozenset({"serology", "serologic", "serological", "serologically"}), frozenset({"serology", "serologic", "serological", "antibody", "elisa"})),
    (frozenset({"microbiology", "microbiological", "microbiologically", "bacteriological"}), frozenset({"culture", "microbiology", "microbiological", "pcr"})),
)
_OR = later(r"\s*(?:,\s*(?:or\b)?|\bor\b|\band/or\b)\s*")
# Societies, and sets of criteria, by their letters.
_LETTERS = {
    ("american", "college", "of", "rheumatology"): "acr", ("european", "league", "against", "rheumatism"): "eular", ("european", "alliance", "of", "associations", "for", "rheumatology"): "eular", ("american", "diabetes", "association"): "ada",
    ("world", "health", "organization"): "who", ("world", "health", "organisation"): "who", ("american", "psychiatric", "association"): "apa", ("global", "initiative", "for", "asthma"): "gina", ("international", "league", "against", "epilepsy"): "ilae",
    ("diagnostic", "and", "statistical", "manual", "of", "mental", "disorders"): "dsm", ("diagnostic", "and", "statistical", "manual", "of", "mental", "disorder"): "dsm", ("european", "society", "of", "cardiology"): "esc", ("american", "heart", "association"): "aha",
    ("international", "classification", "of", "headache", "disorders"): "ichd", ("international", "classification", "of", "headache", "disorder"): "ichd", ("international", "classification", "of", "diseases"): "icd", ("international", "myeloma", "working", "group"): "imwg",
    ("american", "thoracic", "society"): "ats", ("european", "respiratory", "society"): "ers", ("american", "academy", "of", "neurology"): "aan",
}  # fmt: skip
_NUMBERS = {"iii": "3", "iv": "4", "v": "5", "fourth": "4", "fifth": "5", "third": "3", "4th": "4", "5th": "5", "3rd": "3"}
_NO_NAME = frozenset(("criteria", "criterion", "classification", "the", "of", "for", "test", "testing", "analysis", "examination", "edition", "diagnostic", "diagnosis", "revised"))
# Sets of criteria of which there is one edition: without its year it is the same.
_ONE_EDITION = frozenset(("slicc", "caspar"))


# Infections that a test shows while they are there, with the test.
TESTED = {"COVID-19": "SARS-CoV-2 PCR"}
_A_TEST = later(r"^(?!.*antigen).*\b(?:pcr|naat|nucleic|positive test|test(?:ed|ing)?|swab|laborator\w*)\b", re.IGNORECASE)


def by_its_test(leaf: Condition, patient: Patient, asked: Concept | None) -> Finding | None:
    """Whether an infection that is to be confirmed by its test is there, as the recorded test tells; None where it does not."""
    test = TESTED.get(asked.label) if asked is not None else None
    if test is None or not any(map(_A_TEST.search, leaf.confirmed_by)) or leaf != Condition(leaf.term, leaf.phase, confirmed_by=leaf.confirmed_by, window=leaf.window) or leaf.phase not in ("", "active"):
        return None
    from matcher.matching.measurements import judge_measurement  # values derive from conditions, too

    found = judge_measurement(Measurement(test, words=("positive",), window=leaf.window), patient)
    held = any(one.concept == asked and one.entry.status != "absent" for one in patient.conditions)
    return found if found.truth == t.HOLDS or (found.truth == t.VIOLATED and not held) else None


def confirmed_part(leaf: Condition, patient: Patient, one: Resolved, label: str) -> Part:
    """Whether a recorded disease was confirmed in one of the ways that a criterion names."""
    ways = leaf.confirmed_by
    ask = Question("conditions", label, "text", None, f"Was {of_hers(label)} confirmed by {listed(ways)}?")
    found = [_confirmed(patient, one, way, label) for way in ways]
    truth = t.disjoin(found)
    if truth == t.OPEN:
        return Part(truth, "not-recorded", f"whether it was confirmed by {listed(ways)} is not recorded", ask)
    if truth == t.HOLDS and leaf.window is not None and not _found_in(leaf.window, patient, one):
        return Part(t.OPEN, "not-recorded", f"whether it was confirmed{window_words(leaf.window)} is not recorded", ask)
    return Part(truth, why=f"it was answered that it is not confirmed by {listed(ways)}")


def _found_in(window: Window, patient: Patient, one: Resolved) -> bool:
    """Whether a disease began, or was seen in a finding, in the time in which it was to be confirmed."""
    dates = [one.entry.since, one.entry.diagnosed, *(done.entry.date for done in _findings(patient, one))]
    return patient.as_of is not None and any(
        window_part(patient, window, period(day, day, ongoing=False, as_of=patient.as_of)).truth == t.HOLDS for day in dates if day is not None
    )


# What a recorded disease is confirmed by as it is recorded: the record itself, and whoever writes it.
_BY_THE_RECORD = frozenset(
    ("medical", "record", "records", "chart", "charts", "history", "clinical", "physician", "physicians", "doctor", "clinician", "patient", "patients", "self", "report", "reports", "reported", "notes", "documentation", "documented",
     "icd", "9", "10", "11", "cm", "code", "codes", "coding", "electronic", "health", "healthcare", "hospital", "review", "of", "by", "the", "a", "ehr", "emr", "past", "diagnosis", "provider", "professional", "available")
)  # fmt: skip


def _confirmed(patient: Patient, one: Resolved, way: str, label: str) -> t.Truth:
    if _BY_THE_RECORD.issuperset(normal(way)) and one.entry.status != "suspected":
        return t.HOLDS
    each = _OR.split(way) if _OR.search(way) else [way]
    if any(_same_way(named, recorded) for recorded in one.entry.confirmed_by for named in each):
        return t.HOLDS
    if set(normal(way)) & _HISTOLOGY and any(_findings(patient, one)):
        return t.HOLDS
    held = patient.answered(f"{label} confirmed by {way}")
    return t.OPEN if held is None else t.of(held)


def _same_way(asked: str, recorded: str) -> bool:
    want, have = _by_letters(asked), _by_letters(recorded)
    if doubted(recorded):
        return False
    if want & _HISTOLOGY and have & _HISTOLOGY:
        return True
    if any(want & named and have & enough and not want & (enough - named) for named, enough in _AT_LARGE):
        return True
    asks, told = want - _NO_NAME, have - _NO_NAME
    return bool(asks) and (asks <= have or (bool(told & _ONE_EDITION) and told == {word for word in asks if not word.isdigit()}))


def _by_letters(said: str) -> set[str]:
    """The words of a way, with societies and sets of criteria by their letters and their editions in figures."""
    words = list(normal(said))
    for name, letters in _LETTERS.items():
        at = next((i for i in range(len(words) - len(name) + 1) if tuple(words[i : i + len(name)]) == name), None)
        if at is not None:
            words[at : at + len(name)] = [letters]
    return {_NUMBERS.get(word, word) if "dsm" in words else word for word in words}


def _findings(patient: Patient, one: Resolved) -> Iterator[Resolved]:
    """The biopsies, and the operations that took something out, that found the disease."""
    biopsy = patient.vocabulary.procedure("biopsy")
    name = one.concept.label if one.concept else one.wording
    words = normal(name)
    for done in patient.procedures:
        if done.entry.status != "done" or not done.entry.finding or biopsy is None:
            continue
        taken = (done.concept is not None and patient.vocabulary.relation(done.concept, biopsy) in ("same", "narrower")) or _TAKEN_OUT.search(done.wording) is not None
        if taken and not doubted(done.entry.finding) and (_contains(normal(done.entry.finding), words) or _names(patient, done, one)):
            yield done


# What is taken out is looked at under the microscope, too.
_TAKEN_OUT = later(r"\b(?:biops(?:y|ies)|\w*ectomy|(?:wide |local |surgical )*(?:resection|excision)|polypectomy|curettage|turbt?)\b", re.IGNORECASE)


def _names(patient: Patient, done: Resolved, one: Resolved) -> bool:
    """Whether a finding names the disease by another name, or a kind of it: a ductal carcinoma in a breast."""
    return one.concept is not None and any(patient.vocabulary.relation(concept, one.concept) in (Relation.SAME, Relation.NARROWER) for concept in shown_by(patient, done))


def _contains(text: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(text[i : i + len(words)] == words for i in range(len(text) - len(words) + 1))
