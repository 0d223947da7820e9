"""Inclusions of one record that ask for diseases nobody is asked to have at once: they are alternatives, and none keeps anybody out.

Two lines that each ask for another cancer are of two cohorts; so are two diseases of one family ("ulcerative colitis",
"Crohn disease"), three diseases that stand under each other with nothing else said, the states that make one gravely ill
("septic shock", "organ failure"), the indications for an operation, and lines that are only keywords; so are men and women, each with a line
of their own, and transplants of one organ or another.
Whoever has the disease of such a line meets it; for whoever has not, it is left open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Measurement,
    Not,
    Procedure,
    Sex,
    State,
    Statement,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.layout.laid import Laid
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Relation, Vocabulary

# How far a cancer has come, or where it has gone, is said beside what cancer it is.
_SPREAD = Caseless(r".*metastas[ei]s|(?:(?:locally|metastatic|advanced|recurrent|relapsed|refractory|unresectable|malignant|invasive|solid|primary|secondary|hematologic|haematologic)\s*)+(?:cancer|malignancy|neoplasm|tumou?r|disease|effusion|ascites|pleural effusion)|malignancy|neoplasm|(?:adeno)?carcinoma|carcinoma in situ|malignant .*effusion|.*(?:leptomening|carcinomat).*")
# What may stand before the disease in a line that says who is looked for.
_PEOPLE = Caseless(
    r"\W*(?:[a-e1-9ivx]{1,3}[.)]\s+)?(?:(?:all|adult|female|male|the|a|an|must|have|has|having|had|with|who|or|and|new|newly|previously)\s+)*(?:patients?|participants?|subjects?|individuals?|adults?|women|men|histolog\w+|cytolog\w+|patholog\w+|biops\w+|confirmed|diagnos\w+|documented|"
    r"known|primary|malignant|stage|locally|advanced|metastatic|recurrent|relapsed|refractory|unresectable|resectable|inoperable|operable|presence)\b"
)
_NAMED = 10  # words: a line that only names a disease has no more
_SAYS_MORE = Caseless(r"\b(?:must|should|shall|will|may|can|is|are|was|were|been|no|not|without|plus|also|both|and also|in addition|together|concomitant|comorbid\w*|co-?existing|at least|within|since|secondary|complicat\w+|due to|related to|history)\b|[<>≥≤=]")
# "Correction of deformity": what an operation is done for.
_FOR_AN_OPERATION = Caseless(r"\W*(?:treatment|correction|revision|management|fixation|salvage|reconstruction|repair|replacement|failed|failure)\b.{0,40}?\b(?:of|for|where)\b", needs=("of", "for", "where"))
# Families so wide that two of their members are often looked for in one patient.
_WIDE = Caseless(r"(?:[\w-]+ )?(?:diseases?|disorders?|events?|symptoms?|signs?|infections?|syndromes?|conditions?|failure|complications?|injury|injuries|finding|abnormality)|pain|anemia|cytopenia|arrhythmia|carcinoma|.*\bof (?:pregnancy|diabetes)")
_LISTED = 3  # diseases under each other
# Of the diseases of these families a person has one.
_EXCLUSIVE = frozenset(("diabetes mellitus", "inflammatory bowel disease", "neurodegenerative disease", "angle-closure glaucoma"))
# Who will have diabetes has none.
_BEFORE_DIABETES = "prediabetes"
_EITHER_DIABETES = frozenset(("diabetes mellitus", "type 1 diabetes", "type 2 diabetes"))
# Each of these alone makes a disease a grave one.
_GRAVE = frozenset(("respiratory failure", "shock", "septic shock", "multiple organ failure", "organ failure", "acute respiratory distress syndrome", "sepsis", "acute respiratory failure"))
_KEYWORD = pattern_of(r"[a-z0-9-]+(?:_[a-z0-9-]+)+")


def with_alternatives(laid: Sequence[Laid], reads: Sequence[Read], vocabulary: Vocabulary) -> list[Read]:
    """The readings, those open below which another line of the same people asks for an unlike disease instead."""
    found = list(reads)
    unread = _only_named(laid, reads)
    keywords = any(_KEYWORD.fullmatch(one.text) for one in laid)
    for places in _of_the_same_people(laid, reads):
        for place in _alternatives(places, laid, reads, vocabulary, unread, keywords=keywords):
            found[place] = left_open(reads[place], laid[place])
    for place in (*_healthy_or_ill(laid, reads), *_of_the_opposite(laid), *_of_either_sex(laid, reads), *_of_one_organ(laid, reads)):
        found[place] = left_open(reads[place], laid[place])
    return found


_HEALTHY = State("healthy volunteer")


def _healthy_or_ill(laid: Sequence[Laid], reads: Sequence[Read]) -> Iterator[int]:
    """The inclusions of one group that ask for healthy people, and those that ask for people with a disease."""
    healthy = [place for place, one in enumerate(laid) if one.kind == "inclusion" and not _denies(reads[place].check) and _HEALTHY in leaves(reads[place].check)]
    for place in healthy:
        ill = [at for at, one in enumerate(laid) if at != place and one.kind == "inclusion" and one.group == laid[place].group and _ILL.match(one.text) and not _denies(reads[at].check) and _terms(reads[at].check)]
        yield from [place, *ill] if ill else []


_ILL = Caseless(r"\W*(?:(?:\w+\s+){0,2}(?:patients?|participants?|subjects?|individuals?|adults?|children|volunteers?|people|women|men|those)\s+(?:who have|with|suffering|diagnosed|having|affected)\b|[\w' -]{3,40}\bpatients\W*$)")


# "Pregnant women" beside "Nonpregnant women".
_BEING = Caseless(r"\W*(?:(?:group|cohort|arm)\s+\w+\W+)?(?:(?:healthy|adult|current|female|male)\s+)*(?P<not>non-?\s?|not\s+|never[- ]?\s?)?(?P<state>pregnan|smok|diabet|obes|lactat|respond|drink|carrier|infected|vaccinat|asthmati)", needs=("pregnan", "smok", "diabet", "obes", "lactat", "respond", "drink", "carrier", "infected", "vaccinat", "asthmati"))
_PEOPLE_NAMED = Caseless(r"\b(?:patients?|participants?|subjects?|individuals?|adults?|children|volunteers?|people|women|men|(?:fe)?males?|smokers|diabetics|responders|drinkers|carriers|asthmatics)\b")
_TITLE = 8  # words


def _of_the_opposite(laid: Sequence[Laid]) -> list[int]:
    """The inclusions that each name people, of whom the ones are what the others are not."""
    found: dict[str, dict[bool, list[int]]] = {}
    for place, one in enumerate(laid):
        first = one.text.split("\n", 1)[0]
        named = _BEING.match(first) if one.kind == "inclusion" and len(first.split()) <= _TITLE and _PEOPLE_NAMED.search(first) else None
        if named is not None:
            found.setdefault(named["state"], {}).setdefault(named["not"] is not None, []).append(place)
    return [place for both in found.values() if len(both) > 1 for places in both.values() for place in places]


_OF_A_SEX = Caseless(r"\W*(?:(?:all|adult|healthy|elderly|young|older|post-?menopausal|pre-?menopausal|pregnant)\s+)*(?:(?P<men>men|males?)|wom[ae]n|females?)\b(?!\s+(?:and|or)\b|\s*/|\s*partners?)")


def _of_either_sex(laid: Sequence[Laid], reads: Sequence[Read]) -> list[int]:
    """The inclusions that ask for one sex, where another line of the list speaks of the other."""
    spoken: dict[tuple[str, bool], list[int]] = {}
    for place, one in enumerate(laid):
        said = _OF_A_SEX.match(one.text) if one.kind == "inclusion" else None
        if said is not None:
            spoken.setdefault((one.group, said["men"] is not None), []).append(place)
    both = [group for group, men in spoken if men and (group, False) in spoken]
    return [place for group in both for men in (True, False) for place in spoken[group, men] if _asks_for_a_sex(reads[place].check)]


def _asks_for_a_sex(check: Check) -> bool:
    return isinstance(check, Sex) or (isinstance(check, All) and any(isinstance(part, Sex) for part in check.parts))


_TRANSPLANT = Caseless(r"(?:kidney|liver|heart|lung|pancreas|intestin\w+|cornea\w*|islet) transplant(?:ation)?")


def _of_one_organ(laid: Sequence[Laid], reads: Sequence[Read]) -> list[int]:
    """The inclusions that only ask for a transplant of one organ, where others ask for one of another."""
    found = {place: read.check.term for place, (one, read) in enumerate(zip(laid, reads, strict=True)) if one.kind == "inclusion" and isinstance(read.check, Procedure) and _TRANSPLANT.fullmatch(read.check.term)}
    return list(found) if len(set(found.values())) > 1 else []


def _of_the_same_people(laid: Sequence[Laid], reads: Sequence[Read]) -> list[list[int]]:
    """The places of the inclusions that name a disease, by the group they are of."""
    found: dict[str, list[int]] = {}
    for place, (one, read) in enumerate(zip(laid, reads, strict=True)):
        if one.kind == "inclusion" and any(isinstance(leaf, Condition) for leaf in leaves(read.check)):
            found.setdefault(one.group, []).append(place)
    return [places for places in found.values() if len(places) > 1]


def _alternatives(places: Sequence[int], laid: Sequence[Laid], reads: Sequence[Read], vocabulary: Vocabulary, unread: frozenset[int], *, keywords: bool) -> set[int]:
    cancers = {place: list(_asked(reads[place].check, vocabulary)) for place in places}
    instead = {place: _mentioned(reads[place].check, vocabulary) if not cancers[place] and _is_of_people(laid[place].text) else frozenset() for place in places}
    found = {place for place in places if any(_unlike_any(own, cancers, instead, place, vocabulary) for own in cancers[place])}
    bare = [place for place in places if _only_names(laid[place].text, reads[place].check)]
    found.update(place for one, other in _pairs(bare) if _of_one_family(reads[one].check, reads[other].check, vocabulary) for place in (one, other))
    told = [place for place in places if all(isinstance(leaf, Condition) for leaf in leaves(reads[place].check)) and not _denies(reads[place].check)]
    found.update(place for one, other in _pairs(told) if {_BEFORE_DIABETES} in (_terms(reads[one].check), _terms(reads[other].check)) and _EITHER_DIABETES & (_terms(reads[one].check) | _terms(reads[other].check)) for place in (one, other))
    found.update(place for one, other in _pairs(told) if _of_one_family(reads[one].check, reads[other].check, vocabulary, _EXCLUSIVE) for place in (one, other))
    found.update(place for one, other in _pairs(list(places)) if _each_another(reads[one].check, reads[other].check) for place in (one, other))
    active = [place for place in places if _with_a_score(reads[place].check, vocabulary)]
    found.update(place for one, other in _pairs(active) if _unlike(_terms(reads[one].check), _terms(reads[other].check), vocabulary) for place in (one, other))
    grave = [place for place in places if _terms(reads[place].check) & _GRAVE and not _denies(reads[place].check)]
    if len(grave) > 1:
        found.update(grave)
    if keywords and len(bare) > 1:
        found.update(bare)
    operated = [place for place in places if _FOR_AN_OPERATION.match(laid[place].text)]
    if operated and len({*operated, *bare}) > 1:
        found.update((*operated, *bare))
    for run in _runs(bare, unread):
        if run[-1] - run[0] + 1 >= _LISTED and len(run) > 1 and not any(_SPREAD.fullmatch(term) for place in run for term in _terms(reads[place].check)) and all(not _related(reads[one].check, reads[other].check, vocabulary) for one, other in _pairs(run)):
            found.update(run)
    return found


# Of each of these sets a person has one.
_ONE_OF = (
    frozenset(("heart failure with reduced ejection fraction", "heart failure with mildly reduced ejection fraction", "heart failure with preserved ejection fraction")),
    frozenset(("relapsing-remitting multiple sclerosis", "secondary progressive multiple sclerosis", "primary progressive multiple sclerosis")),
    frozenset(("hemophilia A", "hemophilia B")), frozenset(("ST-elevation myocardial infarction", "non-ST-elevation myocardial infarction", "unstable angina")),
)


def _each_another(one: Check, other: Check) -> bool:
    """Whether two lines ask for two diseases of which a person has one."""
    if _denies(one) or _denies(other):
        return False
    first, second = _terms(one), _terms(other)
    return any(first & kinds and second & kinds and not first & second & kinds for kinds in _ONE_OF)


def _with_a_score(check: Check, vocabulary: Vocabulary) -> bool:
    """Whether a line asks for one disease and how active it is by a score, so that it is what the trial is about."""
    if not isinstance(check, All) or len(_terms(check)) != 1 or not all(isinstance(part, Condition | Measurement) for part in check.parts):
        return False
    named = [vocabulary.measure(part.term) for part in check.parts if isinstance(part, Measurement)]
    return bool(named) and all(measure is not None and measure.kind == "score" for measure in named)


def left_open(read: Read, laid: Laid) -> Read:
    """A line that whoever has what it names meets, and that keeps nobody out."""
    return read if _keeps_nobody_out(read.check) else Read(Any((read.check, Unread(clean(laid.text)))), (*read.spans, (0, len(laid.text))))


def _keeps_nobody_out(check: Check) -> bool:
    """Whether a line is in doubt as it stands, whatever a patient has."""
    match check:
        case Unread():
            return True
        case Ambiguous(readings):
            return any(isinstance(one, Unread) for one in readings)
        case All(parts):
            return all(map(_keeps_nobody_out, parts))
    return False


def _asked(check: Check, vocabulary: Vocabulary) -> Iterator[frozenset[str]]:
    """The cancers of which a line certainly asks for one."""
    match check:
        case Condition(term):
            if _is_cancer(check, vocabulary):
                yield frozenset((term,))
        case All(parts):
            for part in parts:
                yield from _asked(part, vocabulary)
        case Any(parts) | Ambiguous(parts):
            each = [next(_asked(part, vocabulary), None) for part in parts]
            if all(each):
                yield frozenset().union(*(one for one in each if one))


def _is_cancer(fact: Condition, vocabulary: Vocabulary) -> bool:
    return not fact.other_than and not _SPREAD.fullmatch(fact.term) and vocabulary.is_kind(fact.term, "neoplasm")


def _mentioned(check: Check, vocabulary: Vocabulary) -> frozenset[str]:
    """The cancers that a line in doubt may ask for."""
    if _denies(check):
        return frozenset()
    return frozenset(leaf.term for leaf in leaves(check) if isinstance(leaf, Condition) and _is_cancer(leaf, vocabulary))


# By such a word an unread line is known to name a disease or a finding and nothing else.
_ILLNESS = Caseless(r"(?:osis|itis|emia|aemia|pathy|plegia|oma|omas|uria|disease|diseases|syndrome|disorder|defect|deficiency|failure|pain|tenderness|injury|fracture|infection|malformation|anomaly|atresia|arteries|transposition|obstruction|eosinophilia|jaundice)\b")


def _only_named(laid: Sequence[Laid], reads: Sequence[Read]) -> frozenset[int]:
    """The places of the inclusions that are not read to their end, and which seem to do no more than name a disease."""
    return frozenset(
        place for place, (one, read) in enumerate(zip(laid, reads, strict=True))
        if one.kind == "inclusion" and len(one.text.split()) <= _FEW and any(isinstance(leaf, Unread | Statement) for leaf in leaves(read.check))
        and all(isinstance(leaf, Unread | Statement | Condition) for leaf in leaves(read.check)) and not _denies(read.check) and _ILLNESS.search(one.text) and not _SAYS_MORE.search(one.text)
    )


_FEW = 6  # words


def _is_of_people(text: str) -> bool:
    return _PEOPLE.match(text) is not None or len(text.split()) <= _NAMED


def _unlike_any(own: frozenset[str], cancers: dict[int, list[frozenset[str]]], instead: dict[int, frozenset[str]], place: int, vocabulary: Vocabulary) -> bool:
    others = [one for at, several in cancers.items() if at != place for one in several]
    others += [one for at, one in instead.items() if at != place and one]
    return any(_unlike(own, other, vocabulary) for other in others)


def _unlike(one: frozenset[str], other: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Whether none of some diseases has to do with one of the others."""
    return all(_relation(first, second, vocabulary) is Relation.UNRELATED for first in one for second in other)


def _relation(one: str, other: str, vocabulary: Vocabulary) -> Relation:
    first, second = vocabulary.condition(one), vocabulary.condition(other)
    return vocabulary.relation(first, second) if first is not None and second is not None else Relation.UNKNOWN


def _only_names(text: str, check: Check) -> bool:
    """Whether a line only names diseases."""
    facts = list(leaves(check))
    named = all(isinstance(leaf, Condition) and leaf.window is None and leaf.lasting is None and not leaf.other_than for leaf in facts)
    return named and len(text.split()) <= _NAMED and not _SAYS_MORE.search(text) and not _denies(check)


def _denies(check: Check) -> bool:
    return any(isinstance(node, Not) for node in nodes(check))


def _terms(check: Check) -> frozenset[str]:
    return frozenset(leaf.term for leaf in leaves(check) if isinstance(leaf, Condition))


def _of_one_family(one: Check, other: Check, vocabulary: Vocabulary, families: frozenset[str] = frozenset()) -> bool:
    """Whether two lines name diseases that stand under one name and none under the other; under one of `families` where any are given."""
    first, second = _terms(one), _terms(other)
    if not _unlike(first, second, vocabulary):
        return False
    above = [frozenset().union(*(_families(term, vocabulary) for term in terms)) for terms in (first, second)]
    shared = above[0] & above[1]
    return not shared.isdisjoint(families) if families else any(not _WIDE.fullmatch(family) for family in shared)


def _families(term: str, vocabulary: Vocabulary) -> frozenset[str]:
    concept = vocabulary.condition(term)
    return frozenset(vocabulary.kinds(concept)) if concept is not None else frozenset()


def _related(one: Check, other: Check, vocabulary: Vocabulary) -> bool:
    """Whether a disease of one line is one of the other, or a kind of it."""
    return any(_relation(first, second, vocabulary) in (Relation.SAME, Relation.NARROWER, Relation.BROADER) for first in _terms(one) for second in _terms(other))


def _pairs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((one, other) for at, one in enumerate(places) for other in places[at + 1 :])


def _runs(places: Sequence[int], between: frozenset[int]) -> list[list[int]]:
    """Places that follow each other, or have only some others between them, together."""
    found: list[list[int]] = [[place] for place in places[:1]]
    for before, place in pairwise(places):
        if between.issuperset(range(before + 1, place)):
            found[-1].append(place)
        else:
            found.append([place])
    return found
