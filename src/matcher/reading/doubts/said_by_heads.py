"""What the head of a list says of its members, where a joint stands between: a semicolon, a colon, an "including".

"Uncontrolled disease, such as asthma; heart or liver disease", "Antifungals: azoles", "diabetic complications including stroke",
"other treatment, e.g. surgery, within the specified time frames", "warfarin; c) heparin".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from matcher.model.language import All, Ambiguous, Any, Check, Condition, Medication, Not, Procedure, Statement, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.certain.kept import beside
from matcher.reading.doubts.words_of_all import OF_A_SYSTEM
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Relation, Vocabulary

_SUCH_AS = r"\W{0,3}\b(?:(?:such as|including|includes?|like|for example)\b|e\.?\s?g\b\.?|i\.?\s?e\b\.?)"
# A disease of whatever kind with adjectives, and examples of it that go on behind a semicolon.
_AT_LARGE = Caseless(
    r"\b(?P<said>(?:(?:clinically|medically)\s+)?(?:significant|relevant|important|uncontrolled|poorly controlled|severe|serious|unstable|active|major|symptomatic|decompensated|progressive)\b[\s,]*(?:(?:and/or|or|and|concomitant|concurrent|intercurrent|coexist\w+|co-?existing|"
    r"underlying|medical|psychiatric(?=\s+(?:and|or)\b)|(?<= or )psychiatric|(?<= and )psychiatric|systemic|chronic|acute|other|significant|relevant|important|uncontrolled|severe|serious|unstable|active|symptomatic|decompensated|progressive|co-?morbid|non-?malignant|physical|organ|internal)[\s,]+)*"
    rf"(?:diseases?|illness(?:es)?|conditions?|disorders?|problems?|co-?morbidit(?:y|ies))){_SUCH_AS}[^;.]*;",
    needs=(";",),
)
_BEGINS_ANEW = Caseless(r"\W*(?:or\s+|and\s+)?(?:known|histor\w+|presence|any|patients?|subjects?|participants?|those|diagnos\w+|evidence|previous\w*|prior|current\w*|having|has|have|with|presenting)\b")
# Those of something that is named.
_BARE = r"(?!(?:with|the|an?|any|other|of|or|and|no|these|such|serious|severe|major|minor|significant|important|relevant|acute|chronic|medical|clinical|known|current|previous|prior|active|possible|potential|life-threatening|uncontrolled|concomitant|concurrent|multiple|late|early|systemic|metabolic|obvious)\b)"
_AFTERMATH = Caseless(
    rf"(?P<said>\b{_BARE}[\w-]+\s+(?:complications|sequelae)|\b(?:complications|sequelae|consequences)\s+(?:of|from|due to|related to|associated with|secondary to)\s+[\w -]{{3,40}}?){_SUCH_AS}",
    needs=("complications", "sequelae", "consequences"),
)
# Their names say of what they are.
_OF_ITSELF = Caseless(r"ketoacid|ketosis|hyperosmol|hyperglyc|lactic|hepat|varic|ascites|portal|amputat|gangren")
# "Immunosuppressants for more than 6 months including A, B": A for so long.
_SO_LONG = Caseless(rf"(?P<said>\b(?:full|high|low|therapeutic|maximal)[- ]?(?:dose[sd]?)?(?:\s+(?:of\s+)?[\w-]+){{1,3}}|(?:\b(?:for|over|more than|longer than|greater than|at least)|[>≥])\s*(?:more than\s+|at least\s+|longer than\s+|[>≥]\s*)?(?:\d+|one|two|three|four|six|twelve)\s*(?:days?|weeks?|months?|years?))\s*[,(]?{_SUCH_AS}", needs=("day", "week", "month", "year", "full", "high", "low", "therapeutic", "maximal"))
# "Adverse events after A, B or C", "neuropathy due to: gout; lupus": no use of C, and no lupus by itself.
_REACTION_TO = Caseless(r"\b(?P<said>(?:adverse|allergic|hypersensitivity|anaphyla\w+|toxic|idiosyncratic|serious|severe)?\s*(?:reactions?|events?|toxicit(?:y|ies)|side[ -]effects?|intoleranc\w+)\b[^.;:]{0,60}?\b(?:after|following|upon)\s+(?:the\s+)?(?:administration|use|intake|receipt|exposure|treatment|therapy|injection|infusion)?)\b", needs=("after", "following", "upon"))
_CAUSED_BY = Caseless(r"\b(?P<said>(?:related|due|secondary|attributable|attributed|owing)\s+to|caused\s+by|resulting\s+from)\s*:", needs=(":",))
# "Incomplete healing from A or B": from either.
_HEALING = Caseless(r"\b(?P<said>(?:incomplete|inadequate|poor|insufficient|delayed|non-?)\s*(?:wound\s+)?(?:healing|recovery)\s+(?:from|of|after|following))\b", needs=("healing", "recovery"))
# "AIDS including cancers": those that come of it.
_INCLUDING_KINDS = Caseless(r"(?P<said>\bincluding\s+(?:any\s+|all\s+|its\s+)?(?:associated\s+|related\s+)?(?:cancers?|malignanc(?:y|ies)|tumou?rs?|neoplasms?|(?:opportunistic\s+)?infections?))\b\W*$", needs=("including",))
# "Respiratory disease such as uncontrolled asthma", "severe comorbidities (e.g. of the heart)": as bad as the example, and of its kind.
_BAD_EXAMPLE = Caseless(rf"(?P<said>\b(?P<noun>diseases?|disorders?|illness(?:es)?|conditions?|co-?\s?morbidit(?:y|ies))\s*[,(]?(?:{_SUCH_AS}[\s.,:]*(?:(?:an?|any|other)\s+)*(?!unstable angina|acute (?:coronary|myocardial|kidney|renal|lymph|leuk))(?:uncontrolled|poorly controlled|severe|unstable|decompensated|active|acute|advanced|symptomatic)\b))")
_WHATEVER = Caseless(rf"(?P<said>\b(?:severe|serious|significant|major|uncontrolled)\s+(?:[\w-]+\s+){{0,2}}co-?\s?morbidit(?:y|ies)\s*[,(]?{_SUCH_AS})")
_OF_ANY_KIND = frozenset(("disease",))
_SPECIFIED = Caseless(
    r"\b(?:within|during|in|inside|before)\s+(?:(?:the|a|an|their|its|respective|following)\s+)*(?:protocol[\s-]+|study[\s-]+|pre-?)?(?:specified|defined|prespecified|predefined|prohibited|prescribed|required|stipulated|designated|indicated)\s+(?:wash-?\s?out\s+|time\s*)*(?:times?|timeframes?|frames?|windows?|periods?|intervals?|limits?)\b",
    needs=("specified", "defined", "prohibited", "prescribed", "required", "stipulated", "designated", "indicated"),
)
# The letters or numbers of a list's members.
_LETTERS = pattern_of(r"(?:^|[;,.]|\bor|\band)\s*\(?(?P<letter>[a-h]|\d|i{1,3}|iv|v)\)\s", re.IGNORECASE)
_SAYS_HOW = Caseless(r"\b(?:treat\w*|us(?:e|es|ed|ing)|receiv\w+|taking|takes?|taken|therap\w+|prior|previous\w*|current\w*|stable|on|ha(?:s|ve|d|ving)|must|should)\b")
Change = Callable[[Check, tuple[int, int]], "Check | None"]


def said_by_heads(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """An exclusion whose members are narrowed by what their head says, where a joint stands between them."""
    if "\n" in text:
        return read
    for words, change in ((_AT_LARGE, _behind_semicolon), (_AFTERMATH, _of_what), (_SPECIFIED, _in_that_time), (_SO_LONG, _for_so_long), (_REACTION_TO, _after_which), (_CAUSED_BY, _of_which_cause), (_INCLUDING_KINDS, _which_come_of_it), (_HEALING, _not_healed), (_BAD_EXAMPLE, _as_bad), (_WHATEVER, _whatever)):
        found = words.search(text)
        read = _narrowed(read, partial(change, found, text)) if found is not None else read
    return _of_the_class(read, text, vocabulary) if ":" in text else read


def of_a_lost_head(read: Read, text: str) -> Read:
    """An inclusion whose denied examples are narrowed by their head, or that begins in the middle of a lettered list of drugs, or only names one, whose head is not known: it decides nothing."""
    if isinstance(read.check, Not) and (long := _SO_LONG.search(text)) is not None:
        return _narrowed(read, partial(_for_so_long, long, text))
    if _only_names_drugs(read.check) and (_TOPIC.fullmatch(text) or not (_SAYS_HOW.search(text) or _ASKED.search(text))) and "\n" not in text:
        return Read(Ambiguous((read.check, Statement(clean(text)))), (*read.spans, (0, len(text))))
    first = _LETTERS.search(text) if ")" in text else None
    if first is None or first["letter"].casefold() in ("a", "1", "i") or _SAYS_HOW.search(text):
        return read
    facts = [leaf for leaf in leaves(read.check) if not isinstance(leaf, Unread)]
    return beside(Read(Unread(clean(text)), ((0, len(text)),)), [read]) if facts and all(isinstance(leaf, Medication) for leaf in facts) else read


_ASKED = Caseless(r"\b(?:prescri\w*|requir\w*|need\w*|given|gets?|getting|administ\w*|users?|dependen\w*|daily|maint\w+|start\w*|initiat\w*|exposure|exposed|ongoing|chronic\w*|regular\w*|initial|first|previously|concomitant\w*|concurrent\w*|background|oral|patients?|subjects?|participants?|with|least)\b|\d")
_TOPIC = Caseless(r"\W*(?:gene|cell|targeted|biologic(?:al)?|hormonal|cytotoxic|immuno\w*)\s+therap(?:y|ies)\W*")


def _only_names_drugs(check: Check) -> bool:
    """Whether a check is nothing but drugs by their names, any of them."""
    parts = check.parts if isinstance(check, Any) else (check,)
    return all(isinstance(part, Medication) and part == Medication(part.term) for part in parts)


def _narrowed(read: Read, change: Change) -> Read:
    """The check with its leaves changed that no unread words narrow yet."""
    narrow = {leaf for part in nodes(read.check) if isinstance(part, All) and any(isinstance(one, Unread) for one in part.parts) for leaf in leaves(part)}
    return rewritten_there(read, lambda leaf, place: None if leaf in narrow else change(leaf, place))


def _behind_semicolon(found: re.Match[str], text: str, leaf: Check, place: tuple[int, int]) -> Check | None:
    """A bare disease behind the semicolon after the examples, within their sentence."""
    if not isinstance(leaf, Condition) or leaf != Condition(leaf.term) or place[0] < found.end() or ". " in text[found.end() : place[0]]:
        return None
    return None if _BEGINS_ANEW.match(text, text.rfind(";", 0, place[0]) + 1) else All((leaf, _words(found, text)))


def _of_what(found: re.Match[str], text: str, leaf: Check, place: tuple[int, int]) -> Check | None:
    """An example of the complications of something, unless its name says of what."""
    if not isinstance(leaf, Condition | Procedure) or place[1] <= found.end() or re.search(r"[;.]\s|\)", text[found.end() : place[0]]):
        return None
    if _OF_ITSELF.search(leaf.term):
        return None
    said = {word[:5] for word in found["said"].casefold().split() if len(word) > 4}
    return None if said.intersection(word[:5] for word in leaf.term.casefold().split()) else All((leaf, _words(found, text)))


def _in_that_time(found: re.Match[str], text: str, leaf: Check, place: tuple[int, int]) -> Check | None:
    """A treatment without a time of its own before a time that the protocol specifies."""
    if not isinstance(leaf, Medication | Procedure) or leaf.window is not None or place[0] > found.start() or re.search(r"[;.]\s+[A-Z]", text[place[1] : found.start()]):
        return None
    return All((leaf, Unread(text[slice(*found.span())])))


def _for_so_long(found: re.Match[str], text: str, leaf: Check, place: tuple[int, int]) -> Check | None:
    """A treatment named as an example of those of so long."""
    if not isinstance(leaf, Medication) or leaf.states or leaf.lasting is not None or leaf.window is not None or place[1] <= found.end() or re.search(r"[;.]\s", text[found.end() : place[0]]):
        return None
    return All((leaf, _words(found, text)))


def _not_healed(found: re.Match[str], text: str, leaf: Check, place: tuple[int, int]) -> Check | None:
    """An operation or a treatment from which one is not to have recovered."""
    return All((leaf, _words(found, text))) if isinstance(leaf, Procedure | Medication) and place[1] > found.end() and not re.search(r"[;.]\s", text[found.end() : place[0]]) else None


def _which_come_of_it(found: re.Match[str], text: str, leaf: Check, place: tuple[int, int]) -> Check | None:
    """A kind of disease at large named as a part of another."""
    return All((leaf, _words(found, text))) if isinstance(leaf, Condition) and place[1] > found.start() and leaf.term in _AT_LARGE_KINDS else None


_AT_LARGE_KINDS = ("malignancy", "neoplasm", "infection", "opportunistic infection")


def _after_which(found: re.Match[str], text: str, leaf: Check, place: tuple[int, int]) -> Check | None:
    """A drug named among those after which something happened."""
    if not isinstance(leaf, Medication) or place[0] < found.end() or re.search(r"[;.]\s", text[found.end() : place[0]]):
        return None
    return All((leaf, _words(found, text)))


def _of_which_cause(found: re.Match[str], text: str, leaf: Check, place: tuple[int, int]) -> Check | None:
    """A disease named among the causes of another."""
    return All((leaf, _words(found, text))) if isinstance(leaf, Condition) and place[0] >= found.end() and not re.search(r"\.\s", text[found.end() : place[0]]) else None


def _as_bad(found: re.Match[str], text: str, leaf: Check, place: tuple[int, int]) -> Check | None:
    """A disease at large before an example that says how bad, or of what kind, it is to be."""
    if not isinstance(leaf, Condition) or leaf.states or not place[0] <= found.start() < place[1]:
        return None
    whole = place[1] <= found.end("noun") + 1 or OF_A_SYSTEM.search(leaf.term)
    return Ambiguous((leaf, All((leaf, _words(found, text))))) if whole else None


def _whatever(found: re.Match[str], text: str, leaf: Check, _place: tuple[int, int]) -> Check | None:
    """A serious disease of whatever kind, of which examples say the kind."""
    return Ambiguous((leaf, All((leaf, _words(found, text))))) if isinstance(leaf, Condition) and leaf.term in _OF_ANY_KIND else None


def _words(found: re.Match[str], text: str) -> Unread:
    return Unread(clean(text[slice(*found.span("said"))]))


def _of_the_class(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """ "Antifungals: azoles": the class only says what those behind the colon are."""
    classes: dict[tuple[int, int], list[Medication]] = {}
    for leaf, place in zip(leaves(read.check), read.spans, strict=False):
        if isinstance(leaf, Medication) and ":" in text[slice(*place)]:
            classes.setdefault(place, []).append(leaf)
    heads = {place: named[0] for place, named in classes.items() if len(named) > 1 and all(_is_of(one, named[0], vocabulary) for one in named[1:])}
    return rewritten_there(read, lambda leaf, place: All((leaf, Unread(clean(text[slice(*place)])))) if place in heads and leaf == heads[place] else None)


def _is_of(one: Medication, whole: Medication, vocabulary: Vocabulary) -> bool:
    member, kind = vocabulary.treatment(one.term), vocabulary.treatment(whole.term)
    return member is not None and kind is not None and vocabulary.relation(member, kind) == Relation.NARROWER
