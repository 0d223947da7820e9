"""Genes, receptors and their variants: "EGFR, ALK or ROS1 alterations", "KRAS wild type", "BRAF V600E/K mutated", "ER and/or PR positive"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.model.patterns import later, pattern_of
from matcher.reading.limits.marker_results import joined, with_own_results
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Vocabulary

# The symbols as they are written, in capitals ("eGFR" is no gene, "met" and "ret" are words), and letters of which some stand in each: the cheap looks before the rest.
_LETTERS = (
    "EGFR", "ALK", "ROS", "RAS", "BRAF", "BRCA", "IDH", "FLT", "NPM1", "TP53", "PIK3CA", "PALB2", "KIT", "MET", "RET", "NTRK", "FGFR", "CFTR", "F508del", "MSI", "MSS", "MMR", "ismatch repair", "icrosatellite", "ER", "PR", "PgR", "HR", "exon 19", "ex19",
    "L858R", "T790M", "BCR", "Philadelphia", "ESR1", "HRD", "strogen",
    "TERT", "PTEN", "SF3B1", "MYD88", "EZH2", "ATM", "CHEK2", "RB1", "STK11", "KEAP1", "NF1", "VHL", "ASXL1", "DNMT3A", "TET2", "RUNX1", "CEBPA", "MPL", "CALR", "AKT1", "SMARCB1", "MYCN", "LRRK2", "GBA", "SOD1", "TTR", "HRR",
)  # fmt: skip
_MARKER = pattern_of(r"EGFR|ALK\b|ROS-?1|RAS\b|BRAF|BRCA|IDH|FLT-?3|NPM1|TP53|PIK3CA|PALB2|[cC]-?KIT|MET\b|RET\b|NTRK|FGFR[23]|CFTR|F508del|HER-?2|MSI|MSS|MMR|ismatch repair|icrosatellite|\b(?:ER|PR|PgR|HR)\b|(?:exon 19|ex19)|L858R|T790M|BCR|Philadelphia|ESR1|HRD|strogen|\b(?:TERT|PTEN|SF3B1|MYD88|EZH2|ATM|CHEK2|RB1|STK11|KEAP1|NF1|VHL|ASXL1|DNMT3A|TET2|RUNX1|CEBPA|MPL|CALR|AKT1|SMARCB1|MYCN|LRRK2|GBA1?|SOD1|TTR|HRR)\b")
_GENE = r"EGFR|ALK|ROS-?1|[KN]-?RAS|RAS|BRAF|(?:g(?:ermline )?)?BRCA(?:[ -]?1\s?(?:/|or|and|and/or)\s?(?:BRCA[ -]?)?2|[ -]?[12])?|IDH[ -]?[12]|FLT-?3(?:-ITD)?|NPM1|TP53|PIK3CA|PALB2|c-?KIT|(?:c-?)?MET|RET|NTRK(?:1/2/3)?|FGFR[23]|CFTR|HER-?2|ESR1|TERT|PTEN|SF3B1|MYD88|EZH2|ATM|CHEK2|RB1|STK11|KEAP1|NF1|VHL|ASXL1|DNMT3A|TET2|RUNX1|CEBPA|MPL|CALR|HRAS|AKT1|SMARCB1|MYCN|LRRK2|GBA1?|SOD1|TTR|HRR|IDH(?![12])"
_RECEPTOR = r"ER|PR|PgR|HR"
_VARIANT = r"(?:exon[ -]?|ex)19[ -]?(?:deletions?|del)|del(?:etion)?[ -]?(?:of exon[ -]?)?19|(?:(?:exon[ -]?|ex)21[ -]?)?\(?L858R\)?|(?:(?:exon[ -]?|ex)20[ -]?)?T790M|(?:exon[ -]?|ex)20[ -]?ins(?:ertions?)?|(?:p\.)?V600(?:E/K|E|K)?|(?:p\.)?G12[CD]|(?:exon[ -]?|ex)14[ -]?skipping"
_ACTING = r"(?:[- ]?(?:activating|sensiti[sz]ing))"
_ALTERED = r"(?:gene\s+)?(?:mutations?|alterations?|rearrangements?|(?:gene\s+)?fusions?|translocations?|amplifications?|substitutions?|pathogenic variants?)"
_TAIL = (
    rf"[- ]?(?:(?P<none>{_ALTERED}[- ](?:negative|absent|not detected)|negative|wild[- ]?types?|WT\b|wt\b)|(?P<some>{_ALTERED}(?:[- ](?:positive|detected|present))?|mutated|mutant|rearranged|amplified|altered|positive))"
    r"(?!\w)(?!\s*(?:\(\w+\)\s*)?(?:status|test|testing|analysis|unknown|is unknown|assay|inhibitor|burden|carriers? status))"
)
_JOINT = r"\s*(?:,\s*(?:and/or|or|and)?|/|\band/or\b|\bor\b|\band\b)\s*"
_ITEM = rf"(?:(?:{_GENE})(?:{_ACTING})?(?:[- ]?(?:mutations?\s+)?(?:{_VARIANT}))?|{_VARIANT})"
_LISTED = later(rf"(?<![\w-])(?:(?P<acting>activating|sensiti[sz]ing)\s+)?(?P<items>{_ITEM}(?:{_JOINT}{_ITEM})*)(?:{_TAIL})?(?![\w])")
_RECEPTORS = later(rf"(?<![\w-])(?P<items>(?:{_RECEPTOR})(?:{_JOINT}(?:{_RECEPTOR}))*)[- ]?(?:(?P<none>negative)|(?P<some>positive))(?!\w)")
# "Estrogen and/or progesterone receptor positive": one noun for both.
_HORMONE = r"(?:[oO]?[eE]strogen|[pP]rogesterone)"
_SHARING = later(rf"(?<![\w-])(?P<items>{_HORMONE}-?{_JOINT}{_HORMONE})[- ]receptors?(?:\s+status)?(?:\s+(?:is|are|must be))?[- ]?(?:(?P<none>negative)|(?P<some>positive))(?!\w)")
_UNSTABLE = r"(?:MSI-?\s?(?:H|high)|[mM]icrosatellite instability[- ](?:high|H)(?:\s*\(MSI-?H\))?|dMMR|(?:MMR|[mM]ismatch repair(?:\s*\(MMR\))?)[- ]defici(?:ent|ency)(?:\s*\(dMMR\))?|[dD]eficient (?:mismatch repair|MMR)(?:\s*\(dMMR\))?)"
_STABLE = r"(?:MSS|pMMR|[mM]icrosatellite[- ]stable(?:\s*\(MSS\))?|(?:MMR|[mM]ismatch repair)[- ]proficien(?:t|cy)(?:\s*\(pMMR\))?|[pP]roficient (?:mismatch repair|MMR)(?:\s*\(pMMR\))?)"
_MISMATCH = later(rf"(?<![\w-])(?:(?P<some>{_UNSTABLE}(?:{_JOINT}{_UNSTABLE})*)|(?P<none>{_STABLE}(?:{_JOINT}{_STABLE})*))(?![\w-])")
_ONE = later(rf"(?P<gene>{_GENE}|{_RECEPTOR})?(?P<acting>{_ACTING})?[- ]?(?:mutations?\s+)?(?P<variant>{_VARIANT})?")
_BRACKET = later(rf"\s*\((?:i\.?e\.?,?\s*|either\s+)?(?P<items>{_ITEM}(?:\s*mutations?)?(?:{_JOINT}{_ITEM}(?:\s*mutations?)?)*)\)")
_SPLIT = later(_JOINT)
_KINDS = later(r"amplif|fusion|rearrang|transloc")
_REARRANGED = frozenset(("ALK", "ROS1"))
_FUSED = frozenset(("RET", "NTRK", "FGFR2"))
_RECEPTOR_OF = {"ER": "estrogen receptor status", "PR": "progesterone receptor status", "PGR": "progesterone receptor status", "HR": "hormone receptor status"}


@dataclass(frozen=True, slots=True)
class _Named:
    """Markers named together with what is said of all of them, and their places."""

    start: int
    end: int
    tokens: tuple[Token, ...]


def names_a_marker(text: str) -> bool:
    """Whether a symbol of a gene, a receptor or a repair of the kind stands in a text."""
    return any(map(text.__contains__, _LETTERS)) and _MARKER.search(text) is not None


def with_markers(tokens: list[Token], text: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens with each list of markers as measures and the one result that is said of them; diseases keep their names."""
    for named in [*_lists(text, vocabulary), *_receptors(text, vocabulary), *_stable(text)]:
        inside = [token for token in tokens if token.start < named.end and named.start < token.end]
        hormones = named.tokens[0].text.lower().endswith("gen")  # "estrogen" is a drug elsewhere
        if any(token.tag in ("cond", "proc") or (token.tag == "drug" and not hormones) or token.start < named.start or token.end > named.end for token in inside):
            continue
        if [token.tag for token in inside] == ["measure"] and len(named.tokens) == 2 and named.tokens[1].end > named.tokens[1].start:
            continue  # the vocabulary knows it by these words
        before, behind = [token for token in tokens if token.end <= named.start], [token for token in tokens if token.start >= named.end]
        tokens = [*_without_bearer(before, named, 1), *named.tokens, *_without_bearer(behind, named, 0)]
    return joined(with_own_results(tokens))


_BEARER = later(r"tumou?rs?|disease", re.IGNORECASE)


def _without_bearer(tokens: list[Token], named: _Named, at: int) -> list[Token]:
    """The tokens before or behind several markers without the tumor that bears them: "tumor must be ER or PR positive"."""
    several = sum(token.tag == "measure" for token in named.tokens) > 1
    place = (len(tokens) - 2 if tokens and tokens[-1].tag in ("must", "be") else -1) if at else 0
    if not several or not 0 <= place < len(tokens) or tokens[place].tag != "cond" or not _BEARER.fullmatch(tokens[place].text):
        return tokens
    return [*tokens[:place], *tokens[place + 1 :]]


def _lists(text: str, vocabulary: Vocabulary) -> Iterator[_Named]:
    for found in _LISTED.finditer(text):
        places = list(_items(found["items"], found.start("items")))
        gene, end = "", found.end()
        result = "negative" if found["none"] else "positive" if found["some"] or _part(places[-1][0], "variant") else ""
        bracket = _BRACKET.match(text, end) if result == "positive" and len(places) == 1 else None
        if bracket is not None:
            gene, end = _part(places[0][0], "gene"), bracket.end()
            places = list(_items(bracket["items"], bracket.start("items")))
        tail = found["some"] or found["none"] or ""
        labels = _labels([said for said, _, _ in places], vocabulary, gene=gene, acting=found["acting"] or "", tail=tail)
        if result and labels:
            yield _together(found.start(), end, places, labels, result, text)


def _part(said: str, name: str) -> str:
    """The gene or the variant that an item names; "" where it names none."""
    found = _ONE.match(said)
    return (found[name] or "") if found is not None else ""


def _receptors(text: str, vocabulary: Vocabulary) -> Iterator[_Named]:
    for found in [*_RECEPTORS.finditer(text), *(_SHARING.finditer(text) if "strogen" in text else ())]:
        places = list(_items(found["items"], found.start("items")))
        labels = [_RECEPTOR_OF.get(said.upper()) or f"{said.lower().strip('-').replace('oe', 'e')} receptor status" for said, _, _ in places]
        yield _together(found.start(), found.end(), places, labels, "negative" if found["none"] else "positive", text)


def _stable(text: str) -> Iterator[_Named]:
    for found in _MISMATCH.finditer(text):
        yield _together(found.start(), found.end(), [(found[0], *found.span())], ["microsatellite instability"], "positive" if found["some"] else "negative", text)


def _together(start: int, end: int, places: list[tuple[str, int, int]], labels: list[str], result: str, text: str) -> _Named:
    said = places[-1][2]
    measures: list[Token] = []
    for (_, at, to), label in zip(places, labels, strict=True):
        measures += _joint(text, measures[-1].end, at) if measures else []
        measures.append(Token("measure", at, to, text[at:to], label))
    return _Named(start, end, (*measures, Token("result", said, max(said, end), text[said:end].strip(" -") or result, result)))


def _joint(text: str, start: int, end: int) -> list[Token]:
    """What stands between two members: an "or" (also of "and/or"), an "and", a stroke or a comma."""
    said = text[start:end].strip().casefold()
    tag = "or" if "or" in said else "and" if "and" in said else "slash" if "/" in said else "comma"
    return [Token(tag, start, end, said)]


def _items(said: str, at: int) -> Iterator[tuple[str, int, int]]:
    """The members of a list with their places."""
    begins = 0
    for joint in [*_SPLIT.finditer(said), None]:
        ends = joint.start() if joint else len(said)
        if _within_a_gene(said, joint):
            continue
        yield said[begins:ends], at + begins, at + ends
        begins = joint.end() if joint else len(said)


def _within_a_gene(said: str, joint: re.Match[str] | None) -> bool:
    """Whether a joint stands inside one name: "BRCA1/2", "V600E/K", "NTRK1/2/3"."""
    return joint is not None and re.match(r"(?:2|K|3)\b", said[joint.end() :]) is not None


def _labels(items: list[str], vocabulary: Vocabulary, *, gene: str, acting: str, tail: str) -> list[str]:
    """The label of each marker; empty where the vocabulary does not know every one of them."""
    labels: list[str] = []
    for said in items:
        found = _ONE.match(said)
        if found is None:
            return []
        gene = found["gene"] or gene or ("EGFR" if found["variant"] else "")
        label = _label(_plain(gene), (found["variant"] or "").strip("()"), acting or found["acting"] or "", tail, vocabulary)
        if not label:
            return []
        labels.append(label)
    return labels


def _plain(gene: str) -> str:
    """A gene's symbol as the vocabulary writes it."""
    plain = re.sub(r"^c-?(?=KIT|MET)", "", gene)
    plain = re.sub(r"^g(?:ermline )?(?=BRCA)", "germline ", plain)
    plain = re.sub(r"BRCA.*2$", lambda two: "BRCA1/2" if "1" in two[0] else "BRCA2", plain)
    return re.sub(r"(?<=\w)[ -](?=\d|RAS)", "", plain).replace("NTRK1/2/3", "NTRK")


def _label(gene: str, variant: str, acting: str, tail: str, vocabulary: Vocabulary) -> str:
    if variant:
        name = re.sub(r"p\.", "", f"{gene} {variant}")
        name = re.sub(r"(?:exon[ -]?|ex)?19[ -]?(?:del\w*)|del(?:etion)?[ -]?(?:of exon[ -]?)?19", "exon 19 deletion", re.sub(r"(?:exon[ -]?|ex)2[01][ -]?(?=\(?[LT])", "", name)).replace("(", "").replace("E/K", "")
        name = re.sub(r"(?:exon[ -]?|ex)20[ -]?ins\w*", "exon 20 insertion", name)
        measure = vocabulary.measure(name) or vocabulary.measure(f"{name} mutation")
    elif acting:
        measure = vocabulary.measure(f"{gene} sensitizing mutation")
    elif gene == "HER2" and tail in ("positive", "negative"):
        measure = vocabulary.measure("HER2 status")
    else:
        measure = vocabulary.measure(f"{gene} {_kind(gene, tail)}")
    return measure.label if measure is not None and measure.kind == "biomarker" else ""


def _kind(gene: str, tail: str) -> str:
    """What of a gene is altered: as it is said, or as the gene is known to be ("ALK-positive")."""
    if gene in _REARRANGED:
        return "rearrangement"
    named = _KINDS.search(tail)
    if named is not None:
        return "amplification" if named[0] == "amplif" else "fusion"
    return "fusion" if gene in _FUSED and tail in ("positive", "negative") else "alteration" if gene in _FUSED and "alter" in tail else "mutation"
