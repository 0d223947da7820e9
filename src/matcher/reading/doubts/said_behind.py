"""What stands behind the last member of a list, and perhaps of all: a grade, a degree, an origin; and a route before the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import All, Ambiguous, Check, Condition, Medication, Procedure, Unread
from matcher.model.trees import leaves
from matcher.reading.doubts.words_of_all import is_bare
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Spans
from matcher.reading.tagging.caseless import Caseless

Placed = tuple[Check, Spans]
"""A member of a list, and the places its leaves were read from."""

_SEPARATE = Caseless(r"[.;:\n]|\b(?:who|that|which|have|has|had|such as|including|includes?|e\.?g|i\.?e|like)\b")


def either(one: Placed, other: Check) -> Placed:
    """A member in both readings."""
    extra = sum(1 for _ in leaves(other)) - len(one[1])
    return Ambiguous((one[0], other)), (*one[1], *one[1], *one[1][-1:] * extra)


def one_list(one: Spans, last: Spans, text: str) -> bool:
    """Whether nothing but members of a list stands between two of them."""
    return _SEPARATE.search(text[one[-1][1] : last[0][0]]) is None


def of_last_grade(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Motor or sensory neuropathy of grade 2": one name, so that the grade is that of either kind; of other effects in the list it may be the grade, too."""
    last = next(iter(leaves(members[-1][0])))
    if not isinstance(last, Condition) or not last.stages or not all(isinstance(one, Condition) and one.stages == last.stages for one in leaves(members[-1][0])):
        return list(members)
    name, found = last.term.split()[-1], []
    behind = _OF_GRADE.search(text, members[-1][1][0][0]) is not None
    for one, own in members[:-1]:
        plain = isinstance(one, Condition) and not one.stages and one.window is None
        shares = plain and one.term.split()[-1] == name and name not in text[slice(*own[0])].casefold()  # type: ignore[union-attr]
        staged = replace(one, stages=last.stages) if isinstance(one, Condition) else one
        near = plain and behind and _GRADED.search(one.term) is not None and one_list(own, members[-1][1], text)  # type: ignore[union-attr]
        found.append((staged, own) if shares else either((one, own), staged) if near else (one, own))
    return [*found, members[-1]]


_OF_GRADE = Caseless(r"\bgrade\b")
# Effects that are graded where they are asked about, whatever else is.
_GRADED = Caseless(
    r"diarrhea|nausea|vomiting|neuropathy|fatigue|mucositis|stomatitis|rash|pain|bleeding|hemorrhage|proteinuria|edema|pruritus|constipation|dyspnea|ototoxicity|hearing loss|penia\b|anemia|itis\b|toxicity|weakness|headache|dizziness|fever|infection|thrombo|"
    r"hypertension|arrhythmia|cough|insomnia|alopecia|myalgia|arthralgia|anorexia|weight loss|effusion|\bhyp(?:o|er)\w+emia|dermat|alopecia|creatinine|liver enzymes|reaction"
)
_DEGREE = Caseless(
    r"\W*(?:that (?:is|are|was) )?(?:of|with|at|in)\s+(?:an?\s+|any\s+)?(?:[\w/-]+\s+){0,5}?(?:degree|intensity|severity|origin|a?etiology|nature|cause|stage|type|character)s?\W*$",
    needs=("degree", "intensity", "severity", "origin", "etiology", "nature", "cause", "stage", "type", "character"),
)


def of_last_degree(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Nausea, vomiting or diarrhea of more than mild intensity": that of each of them, perhaps."""
    words = _said_behind(members[-1], text)
    if not words or not _DEGREE.match(words):
        return list(members)
    last, said = members[-1], Unread(clean(words))
    return [either(one, All((one[0], said))) if isinstance(one[0], Condition) and is_bare(one[0]) and one[0].phase != "active" and one_list(one[1], last[1], text) else one for one in members[:-1]] + [last]


def _said_behind(last: Placed, text: str) -> str:
    """The words behind the name of the last member, where they make a state of it, or were not read."""
    check, _ = last
    own = list(leaves(check))
    if isinstance(check, Condition | Procedure) and check.states and len(own) == 1:
        return check.states[-1]
    if isinstance(check, All) and isinstance(own[-1], Unread) and isinstance(own[0], Condition | Procedure) and not own[0].window:
        return own[-1].text
    if isinstance(check, Unread):
        at = _PREPOSITION.search(check.text)
        return check.text[at.start() :] if at is not None and at.start() else ""
    return ""


_PREPOSITION = Caseless(r"\s(?:of|with|at|in)\s")


# A route that stands before a list of drugs, and changes what they are.
_LOCAL = Caseless(r"\b(?P<route>inhaled|intranasal|nasal|topical|ophthalmic|intra-?articular|rectal|vaginal|intravitreal)\s+$", needs=("inhaled", "nasal", "topical", "ophthalmic", "articular", "rectal", "vaginal", "vitreal"))
_NAMED = Caseless(r"\b(?:inhaled|intranasal|nasal|topical|ophthalmic|intra-?articular|rectal|vaginal|intravitreal)\s")


def of_first_route(members: Sequence[Placed], text: str) -> list[Placed]:
    """ "Inhaled corticosteroids, beta agonists or anticholinergics": the others may be meant as inhaled, too."""
    first, spans = members[0]
    if not isinstance(first, Medication) or first.window is not None:
        return list(members)
    said = _NAMED.match(text, spans[0][0]) or _LOCAL.ends(text, spans[0][0])
    if said is None:
        return list(members)
    words = Unread(clean(text[said.start() : said.end()]))
    found = [members[0]]
    for one, own in members[1:]:
        listed = isinstance(one, Medication) and not one.routes and not one.states and not one.dose and _NAMED.match(text, own[0][0]) is None and one_list(spans, own, text)
        found.append(either((one, own), All((one, words))) if listed else (one, own))
    return found
