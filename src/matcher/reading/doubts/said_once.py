"""What is said once in a list, before its first member or behind its last: of the others it may be said too, and both readings stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Allergy,
    Ambiguous,
    Any,
    Check,
    Condition,
    Judgement,
    Measurement,
    Medication,
    Not,
    Participation,
    Procedure,
    Smoking,
    Unread,
    Window,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.doubts.last_noun import of_last_noun
from matcher.reading.doubts.said_behind import (
    Placed,
    either,
    of_first_route,
    of_last_degree,
    of_last_grade,
    one_list,
)
from matcher.reading.doubts.words_of_all import is_bare
from matcher.reading.grammar.members import GROWS
from matcher.reading.grammar.pieces import FACTS, clean
from matcher.reading.grammar.rules import Read
from matcher.reading.grammar.shared_place import is_general
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Relation, load

_STAGED = Caseless(r"\b(?:stage|grade|class)\b")
_JOINED = Caseless(r"\s*(?:,|/|\bor\b|\band/or\b|\band\b|,\s*or\b)+\s*")
# A time at the end of words that were not read, which may be that of the members before them.
_TIMED = Caseless(r"\b(?:within|in the (?:last|past|previous|preceding)|during the (?:last|past|previous|preceding))\s[^.;:]{0,60}\b(?:hours?|days?|weeks?|months?|years?)\b[^.;:]{0,60}$")
_AIMED = Caseless(r"\b(?:therap(?:y|ies)|treatments?|regimens?)\b[^.;]*\bfor\s+(?:the\s+)?[\w\s-]{3,40}$")
_OWN_VERB = Caseless(r"\W*(?:use of|use|treatment|treated|history|received?|receiving|participation|had|has|have|prior|previous|current|recent)\b")


def said_of_others(read: Read, text: str) -> Read:
    """The check with what one member of a list says alone, perhaps said of the others."""
    if read.check.__class__ not in (All, Any, Not) or not any(isinstance(node, All | Any) for node in _alternatives(read.check)):
        return read
    check, spans = _changed(read.check, iter(read.spans), text)
    return Read(check, spans) if check != read.check else read


def _alternatives(check: Check) -> Iterator[Check]:
    """The check and what it is made of, but for what is read in several ways already."""
    yield check
    if isinstance(check, All | Any):
        for part in check.parts:
            yield from _alternatives(part)
    elif isinstance(check, Not):
        yield from _alternatives(check.part)


def _changed(check: Check, places: Iterator[tuple[int, int]], text: str) -> Placed:
    match check:
        case Any(parts):
            found = [_changed(part, places, text) for part in parts]
            found = _of_first_time(found, text)
            for change in (of_last_noun, _of_one_treatment, _of_one_effect, _of_one_place, _of_last_reaction, _of_last_aim, _of_one_stage, of_last_grade, of_last_degree, of_first_route, _of_one_aim, _of_one_count, _of_one_time, _of_last_time, _of_one_limit, _of_one_head, _of_one_thing):
                found = change(found, text)
            return Any(tuple(one for one, _ in found)), tuple(span for _, own in found for span in own)
        case All(parts):
            found = [_changed(part, places, text) for part in parts]
            if len(found) == 2 and isinstance(parts[0], Condition) and isinstance(parts[1], Unread) and _NAMES.match(parts[1].text) and not _SAYS_MORE.search(parts[1].text):
                return Ambiguous(parts), tuple(span for _, own in found for span in own)
            return All(tuple(one for one, _ in found)), tuple(span for _, own in found for span in own)
        case Not(part):
            inner, own = _changed(part, places, text)
            return Not(inner), own
    return check, tuple(next(places, (0, 0)) for _ in leaves(check))


def _of_one_stage(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "NYHA class III or IV angina or heart failure": the class stands before both."""
    first, spans = members[0]
    start = min(at for at, _ in spans)
    told: Callable[[Condition], Check] | None = None
    if isinstance(first, Condition) and first.stages and _STAGED.search(text, start, min(start + 12, len(text))):
        told = lambda fact: replace(fact, stages=first.stages)  # noqa: E731
    elif isinstance(first, All) and len(first.parts) == 2 and isinstance(first.parts[0], Condition) and isinstance(first.parts[1], Measurement) and _before(spans[1], spans[0]):
        told = lambda fact: All((fact, first.parts[1]))  # noqa: E731
    if told is None:
        return list(members)
    found, end = [members[0]], max(at for _, at in spans)
    for one, own in members[1:]:
        again = isinstance(one, Condition) and not one.stages and one.window is None and _JOINED.fullmatch(text[end : own[0][0]]) is not None and _of_one_kind(first, one, text[end : own[0][0]])
        found.append(either((one, own), told(one)) if again and isinstance(one, Condition) else (one, own))
        end = own[-1][1] if again else len(text)
    return found


# What has a class of the New York Heart Association.
_OF_THE_HEART = frozenset(("heart failure", "angina pectoris", "cardiomyopathy", "heart disease", "ischemic heart disease", "coronary artery disease", "valvular heart disease", "cardiac dysfunction"))


def _of_one_kind(first: Check, one: Condition, joint: str) -> bool:
    """Whether a stage or class may be said of both: of two cancers, of two heart diseases, of what a plain "or" joins."""
    if isinstance(first, Condition) and GROWS.search(first.term):
        return GROWS.search(one.term) is not None
    return "," not in joint and (isinstance(first, Condition) or one.term in _OF_THE_HEART)


def _before(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[0] or (one[0] == other[0] and one[1] < other[1])


def _of_one_aim(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Chemotherapy, radiotherapy or biologic/targeted therapy for any malignancy": all of them are for it."""
    last = members[-1][0]
    if not isinstance(last, Medication) or not last.setting or not text[slice(*members[-1][1][-1])].casefold().find("for ") > 0:
        return list(members)
    if any(isinstance(one, Medication) and one.setting for one, _ in members[:-1]):
        return list(members)
    aim = Unread(f"for {last.setting}")
    return [either(one, All((one[0], aim))) if isinstance(one[0], Medication | Procedure) and one_list(one[1], members[-1][1], text) else one for one in members[:-1]] + [members[-1]]


def _of_one_time(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Etanercept, adalimumab or any other such agent within 2 last months": the time may be that of all."""
    last, spans = members[-1]
    if not isinstance(last, Unread) or not (_TIMED.search(last.text) or _AIMED.search(last.text)) or _OWN_VERB.match(last.text) or any(getattr(one, "window", None) is not None for one, _ in members[:-1]):
        return list(members)
    found = []
    for one, own in members[:-1]:
        listed = isinstance(one, (*FACTS, Smoking)) and getattr(one, "window", None) is None and getattr(one, "phase", "") not in ("current", "active") and _CLAUSE.search(text[own[-1][1] : spans[0][0]]) is None
        found.append((All((one, last)), (*own, spans[0])) if listed else (one, own))
    return [*found, members[-1]]


def _of_one_count(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "More than 2 lines of chemotherapy or immunotherapy": the count may be that of both."""
    first, spans = members[0]
    counted = next((leaf.states for leaf in leaves(first) if isinstance(leaf, Medication) and len(leaf.states) == 1 and _COUNT.match(leaf.states[0])), ())
    if not counted:
        return list(members)
    return [members[0], *(either((one, own), _so_often(one, counted)) if _so_often(one, counted) != one and one_list(spans, own, text) and not _OWN_COUNT.search(text[spans[-1][1] : own[-1][1]]) else (one, own) for one, own in members[1:])]


def _so_often(check: Check, counted: tuple[str, ...]) -> Check:
    """A treatment, in one reading or several, with a count said of another."""
    if isinstance(check, Ambiguous):
        return replace(check, readings=tuple(_so_often(one, counted) for one in check.readings))
    return replace(check, states=counted) if isinstance(check, Medication | Procedure) and not check.states else check


# With one of these a member is asked for by itself.
_OWN_COUNT = Caseless(r"\b(?:any|use[ds]?|using|prior|previous\w*|current\w*|ongoing|treatment|treated|history|received|within|transplant\w*|surgery)\b")
_COUNT = pattern_of(r"in (?:at least|more than) \d+ (?:line|course|cycle|regimen)")
# A time that begins the criterion: "less than two weeks from A or B".
_LED_BY_TIME = Caseless(r"\W*(?:(?:patients?|subjects?|participants?|who are|are|is)\s+)*(?:less than|fewer than|within|at least|<|≤|≥|>=|under)\s+(?:\d+|\w+)\s+(?:days?|weeks?|months?|years?)\s+(?:must have elapsed\s+|have elapsed\s+)?(?:from|since|of|after)\b")


def _of_first_time(members: Sequence[Placed], text: str) -> list[Placed]:
    """The members behind a time with which the criterion begins, in it too."""
    first = next((one for one in leaves(members[0][0]) if isinstance(one, (*FACTS, Participation))), None)
    if first is None or first.window is None or members[0][1][0][0] > _BEGINNING or not _LED_BY_TIME.match(text):
        return list(members)
    return [members[0], *(either((one, own), replace(one, window=first.window)) if isinstance(one, FACTS) and one.window is None else (one, own) for one, own in members[1:])]


_BEGINNING = 40  # characters before the first member, at most


def _of_last_time(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Drugs such as A, B and C, within 30 days": a time behind a comma is everybody's."""
    last, spans = members[-1]
    window = last.window if isinstance(last, (*FACTS, Measurement)) else None
    if window is None or not (isinstance(last, Measurement) or _BEHIND_A_COMMA.search(text[slice(*spans[-1])]) or _BEHIND_A_COMMA.match(text, spans[-1][1])):
        return list(members)
    found = []
    for one, own in members[:-1]:
        timed = _in_time(one, window) if _CLAUSE.search(text[own[-1][1] : spans[0][0]]) is None else one
        found.append(either((one, own), timed) if timed != one else (one, own))
    return [*found, members[-1]]


def _in_time(check: Check, window: Window) -> Check:
    """A fact without a time, or alternatives of them, in a time."""
    if isinstance(check, Any):
        return Any(tuple(_in_time(part, window) for part in check.parts))
    return replace(check, window=window) if isinstance(check, FACTS) and check.window is None else check


def _of_one_treatment(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Investigational drugs (e.g. analgesics)", "cancer therapy, including biologics": the examples are of that kind."""
    first, spans = members[0]
    if not isinstance(first, Medication) or (first.term not in _KINDS and first.term not in _AIMS):
        return list(members)
    found = [members[0]]
    for one, own in members[1:]:
        example = isinstance(one, Medication) and own[0] == spans[0] and not one.states and one.term != first.term
        if not (example and isinstance(one, Medication)):
            found.append((one, own))
        elif first.term in _AIMS:
            found.append((one if one.setting or _is_of(one.term, first.term) else replace(one, setting=_AIMS[first.term]), own))
        else:
            named = first.term == "investigational drugs" or one.term == "biologics"
            found.append((replace(one, states=(_KINDS[first.term],)) if named else one, own))
    return found


def _is_of(member: str, kind: str) -> bool:
    """Whether a treatment is one of a class, whatever it is given for."""
    vocabulary = load()
    one, whole = vocabulary.treatment(member), vocabulary.treatment(kind)
    return one is not None and whole is not None and vocabulary.relation(one, whole) in (Relation.SAME, Relation.NARROWER)


_KINDS = {"investigational drugs": "investigational", "anticancer therapy": "against the cancer", "antineoplastic agents": "against the cancer"}
# Classes named after what they are given for: an example that is given for other diseases too counts only where it is given for that.
_AIMS = {
    "weight-loss drugs": "obesity", "antimigraine drugs": "migraine", "migraine prophylaxis": "migraine", "acute migraine medication": "migraine", "ADHD medication": "attention deficit hyperactivity disorder",
    "opioid agonist therapy": "opioid use disorder", "antiarrhythmics": "arrhythmia", "antidiabetics": "diabetes mellitus", "antihypertensives": "hypertension", "antiepileptics": "epilepsy",
    "antituberculosis drugs": "tuberculosis", "asthma drugs": "asthma", "COPD drugs": "COPD", "antiparkinson drugs": "Parkinson disease", "antimalarials": "malaria", "heart failure drugs": "heart failure",
    "antianginals": "angina pectoris", "antiglaucoma drugs": "glaucoma", "overactive bladder drugs": "overactive bladder", "acne drugs": "acne", "gout drugs": "gout", "COVID-19 treatment": "COVID-19",
    "HCV antivirals": "hepatitis C", "nucleos(t)ide analogues for hepatitis B": "hepatitis B", "MS disease-modifying therapies": "multiple sclerosis", "hormone replacement therapy": "menopause",
    "ovulation induction drugs": "infertility", "bone-modifying agents": "osteoporosis",
}  # fmt: skip


def _of_one_effect(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Bowel disease or surgery likely to alter absorption": what is likely may be said of both."""
    at = next((i for i, (one, _) in enumerate(members) if i and isinstance(one, All) and len(one.parts) == 2 and isinstance(one.parts[1], Unread | Judgement) and _EFFECT.match(one.parts[1].text)), 0)
    told = members[at][0] if at else None
    if not isinstance(told, All):
        return list(members)
    found = [either((one, own), All((one, told.parts[1]))) if isinstance(one, FACTS) and one_list(own, members[at][1], text) else (one, own) for one, own in members[:at]]
    return [*found, *members[at:]]


_EFFECT = Caseless(r"\W*(?:(?:not|very|highly|potentially|otherwise)\s+)*(?:likely|liable|expected|anticipated|thought|felt|believed|deemed|considered|judged|sufficient|known|bound|prone|enough|(?:severe|serious) enough)\s+(?:to|of)\b")


def _of_one_place(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Infection or odd inflammation at the site": what may be anywhere is there too."""
    members = _of_two_places(members)
    last, spans = members[-1]
    treated = isinstance(last, Unread) and _AT_THE_TREATED.search(last.text) is not None
    if not isinstance(last, Unread) or not (treated or _AT_A_PLACE.match(last.text)):
        return list(members)
    return [(All((one, last)), (*own, spans[0])) if (is_general(one) or (treated and is_bare(one))) and getattr(one, "window", None) is None and one_list(own, spans, text) else (one, own) for one, own in members]


def _of_two_places(members: Sequence[Placed]) -> Sequence[Placed]:
    """ "Bacterial or viral infection of the cornea or odd place": where the second is, the first may be meant to be, too."""
    named = len(members)
    while named > 1 and isinstance(last := members[named - 1][0], Unread) and _A_PLACE.match(last.text):
        named -= 1
    there = members[named - 1][0]
    if named < 2 or not isinstance(there, Condition) or len(there.states) != 1 or not there.states[0].startswith("of "):
        return members
    noun = there.term.split()[-1]
    found = []
    for one, own in members[: named - 1]:
        alike = isinstance(one, Condition) and (is_bare(one) or (len(one.states) == 1 and " of " not in f" {one.states[0]}")) and one.term.split()[-1] == noun
        found.append(either((one, own), replace(one, states=(" ".join((*one.states, *there.states)),))) if alike and isinstance(one, Condition) else (one, own))
    return [*found, *members[named - 1 :]]


_A_PLACE = Caseless(r"(?:the |an? )?[\w-]+(?: [\w-]+){0,2}$")


def _of_last_reaction(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Heparin, bisulfite or fish allergy", "warfarin or heparin associated bleeding": each treatment is named for what ends the list."""
    spans = members[-1][1]
    found = _ENDS_IN_A_REACTION.match(text, spans[0][0])
    if found is None or _OWN_VERB.match(text, spans[0][0]) or _USED.ends(text, members[0][1][0][0]):
        return list(members)
    words = text[found.start("head") : found.end("head")]

    def so(one: Check, said: str) -> Check:
        plain = isinstance(one, Medication) and one == Medication(one.term) and not _OWN_VERB.match(said)
        if not plain or not isinstance(one, Medication):
            return one
        return Allergy(one.term) if _ALLERGY.match(words) else Unread(f"{said} {words}")

    return [(so(one, text[slice(*own[0])]), own) if one_list(own, spans, text) else (one, own) for one, own in members[:-1]] + [members[-1]]


_ENDS_IN_A_REACTION = Caseless(
    r"(?!.*\b(?:or|and)\b)(?:[\w-]+\s+){1,3}?(?P<head>(?:allerg(?:y|ies)|hypersensitivit(?:y|ies)|intolerances?|sensitivit(?:y|ies)|anaphylaxis|toxicity|overdose|poisoning|dependence|dependency|addiction|abuse|misuse|withdrawal|resistance|deficiency)\b|-?\s?(?:associated|related|induced)\s+[\w\s-]{3,40})(?=\W*$|\s*[.;(,])"
)
_ALLERGY = Caseless(r"allerg|hypersens|sensitiv|anaphyl")
_USED = Caseless(r"\b(?:use|using|taking|receiv\w+|treat\w+|therapy|on|of|administration)\s+(?:[\w-]+\s+){0,2}$")


def _of_last_aim(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Vaccines or antibodies against X": what one is made against may be that of each class before it that is made against something."""
    last = len(members) - 1
    aimed = next((place for place in range(1, last) if _AIMED_AT.search(text, members[place][1][0][0], members[place][1][-1][1])), last)
    spans = members[aimed][1]
    found = _AIMED_AT.search(text, spans[0][0])
    if found is None or _OWN_VERB.match(text, spans[0][0]):
        return list(members)
    words = Unread(clean(text[found.start() : found.end()]))
    return [either((one, own), All((one, words))) if getattr(one, "term", "") in _MADE_AGAINST and is_bare(one) and one_list(own, spans, text) else (one, own) for one, own in members[:aimed]] + list(members[aimed:])


_AIMED_AT = Caseless(r"\b(?:targeting|(?:directed|active|acting) (?:against|at|to)|against|containing|specific (?:for|to)|based on|that (?:target|inhibit|block|contain)s?|with activity against)\s+[^.;,]{2,60}")
_MADE_AGAINST = frozenset((
    "vaccines", "vaccination", "monoclonal antibodies", "antibody-drug conjugates", "bispecific antibodies", "biologics", "cell therapy", "gene therapy", "CAR-T cell therapy", "kinase inhibitors", "tyrosine kinase inhibitors", "immunotherapy",
    "cancer immunotherapy", "targeted therapy", "anticancer therapy", "antivirals", "antibacterials", "investigational drugs", "immune checkpoint inhibitors",
))  # fmt: skip
_AT_A_PLACE = Caseless(r"(?!.*\b(?:study|trial|protocol|screening|participation|treatment|therapy|course|time|years?|months?|weeks?|days?|hours?|investigator|opinion|patients?|subjects?)\b).*\b(?:in|at|on|near|around|of)\s+(?:the|either|both|any|his|her|their)\s+(?:[\w-]+\s+){0,3}[\w-]+$")
# A place that is told by what is done, or to be done, there: whatever stands before it is there.
_AT_THE_TREATED = Caseless(
    r"\b(?:of|in|to|on|at|near|around|within|over)\s+(?:the\s+|an?\s+|any\s+|either\s+)?(?:(?:index|target|affected|treated|proposed|intended|planned|study|surgical)\s+)?(?:areas?|regions?|sites?|zones?|fields?|tooth|teeth|limbs?|legs?|arms?|eyes?|ears?|joints?|knees?|hips?|shoulders?|feet|foot|hands?|skin|lesions?|quadrants?|implants?|segments?|levels?)\s+"
    r"(?:(?:that|which)\s+(?:is|are|will be)\s+)?(?:(?:to be|being)\s+\w+|under\s+\w+|of interest|where\s+[\w\s]{3,40}|(?:for|of)\s+(?:the\s+)?(?:treatment|injection|surgery|application|implantation|study|operation|intervention|procedure))\b.{0,40}$",
)


def _of_one_limit(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Elevated transaminases, or elevations greater than three times the limit": the limit may be that of both."""
    last, spans = members[-1]
    if not isinstance(last, Unread) or not _LIMIT.search(last.text):
        return list(members)
    return [(All((one, last)), (*own, spans[0])) if isinstance(one, Measurement) and len(one.bounds) == 1 and one.bounds[0].number == 1 and one_list(own, spans, text) else (one, own) for one, own in members]


def _of_one_head(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Unstable condition including infection or kidney disease": what begins the list, and was not read, is said of all."""
    first, spans = members[0]
    behind = text[spans[0][1] : spans[0][1] + 30]
    if not isinstance(first, Unread) or not (_HEAD.search(first.text) or (_EXAMPLES.match(behind) and _AGAINST_CANCER.search(first.text))):
        return list(members)
    found = [members[0]]
    for one, own in members[1:]:
        bare = all(isinstance(leaf, Medication | Procedure) or (isinstance(leaf, Condition) and leaf.phase != "active" and not (leaf.states or leaf.stages or leaf.window)) for leaf in leaves(one))
        listed = _CLAUSE.search(text[spans[0][1] : own[0][0]]) is None and first not in leaves(one)
        found.append((All((one, first)), (*own, spans[0])) if bare and listed else (one, own))
    return found


# What begins a list and narrows it, a limit beside which another is none, names in a bracket.
_HEAD = Caseless(
    r"^\W*(?:infants?|neonates?|children|wom[ae]n|m[ae]n)\b|"
    r"\b(?:unstable|uncontrolled|decompensated|severe|untreated|progressive)\b[^.;]*\b(?:including|such as)\b|"
    r"^\W*(?:(?:patients?|subjects?|participants?|with|have|has|an?|any|known|history|of)\s+)*(?:severe?|serious|unstable|uncontrolled|decompensated|advanced|progressive|untreated)\s+(?!or\b|and\b)[\w\s,/-]{2,80}$"
)
_EXAMPLES = Caseless(r"[\s,(]*(?:including|such as|e\.?g)\b")
_AGAINST_CANCER = Caseless(r"\banti-?\s?(?:cancer|tumou?r|lymphoma|leuk\w+|neoplastic|myeloma)|\b(?:cancer|tumou?r)\s+(?:therap|treatment)|\boncolog")
_CLAUSE = Caseless(r"[.;:\n]|\b(?:who|that|which|have|has|had)\b")
_BEHIND_A_COMMA = Caseless(r"\s*,\s*(?:all\s+)?(?:within|in the|during|over the)\b")
_LIMIT = Caseless(r"\b(?:times|fold)\b[^.;]*\b(?:upper|uln|limit|normal)\b", needs=("fold", "times"))
_NAMES = Caseless(r"(?=.*(?:itis|osis|oma|emia|pathy|disease|syndrome|cancer|ulcer|stroke|infarction|failure))\((?!e\.?g|i\.?e|such|including|for example)[a-z][^()\d]*,[^()\d]*(?:\bor\b|\betc\b|,)[^()\d]*\)")
_SAYS_MORE = Caseless(r"\b(?:that|which|who|with|within|without|requiring|treated|if|not|no|except for|during|before|after|confirmed|defined|diagnosed|stage|grade|class)\b")


def _of_one_thing(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Hemorrhage or bleeding of grade 3", "elevated ALT or ALT > 3 × ULN": of the same thing the narrower may be all that is meant."""
    members = _known_or_stated(members, text)
    narrow = {fact.term: fact for fact, _ in members if (isinstance(fact, Condition) and fact.stages) or (isinstance(fact, Measurement) and len(fact.bounds) == 1 and fact.bounds[0].number > 1)}
    if not narrow:
        return list(members)
    found = []
    for one, own in members:
        other = narrow.get(one.term) if isinstance(one, Condition | Measurement) else None
        found.append(either((one, own), other) if other is not None and _narrower(other, one) else (one, own))
    return found


_KNOWN_OR = Caseless(r"\b(?:known|suspected|documented|diagnosed|existing)\s+or\s", needs=("or",))


def _known_or_stated(members: Sequence[Placed], text: str) -> Sequence[Placed]:
    """ "Known or pre-existing severe liver disease": the state is that of the known one too."""
    if len(members) != 2 or not _KNOWN_OR.search(text):
        return members
    (first, own), (second, _) = members
    told = second.parts[0] if isinstance(second, All) else second
    same = isinstance(first, Condition) and isinstance(told, Condition) and bool(told.states) and replace(told, states=(), phase=first.phase) == first
    return [either((first, own), second), members[1]] if same else members


def _narrower(one: Check, than: Check) -> bool:
    """Whether one fact is the other with a stage, or with a limit further out, and nothing else."""
    if isinstance(one, Condition) and isinstance(than, Condition):
        return bool(one.stages) and not than.stages and replace(one, stages=()) == than
    if not isinstance(one, Measurement) or not isinstance(than, Measurement) or len(one.bounds) != 1 or len(than.bounds) != 1:
        return False
    far, near = one.bounds[0], than.bounds[0]
    return one.term == than.term and far.op in (">", "≥") and near.op == ">" and near.number == 1 and near.unit == far.unit == "× ULN" and far.number > near.number
