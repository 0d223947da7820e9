"""Members of an exclusion's list that stand for themselves, where others of them were not read.

"Asthma, or history of odd fits", "odd ails; active hepatitis B", "pregnant, or without contraception": what was read to its end
excludes by itself, where nothing before or behind it reaches over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from matcher.model.language import (
    Allergy,
    Ambiguous,
    Any,
    Check,
    Condition,
    Measurement,
    Medication,
    Not,
    Participation,
    Procedure,
    Smoking,
    State,
    Unless,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

Again = Callable[[str], Read]
BRACKET = pattern_of(r"\s*\(([^()]*)\)|\s*\[([^\[\]]*)\]")
_FACTS = (Allergy, Condition, Measurement, Medication, Participation, Procedure, Smoking, State)


def sure(read: Read) -> Check | None:
    """The check of a part that is read to its end, and asserts facts; None where it is not."""
    check = read.check
    if not all(isinstance(leaf, _FACTS) for leaf in leaves(check)):
        return None
    return None if any(isinstance(node, Not | When | Unless) for node in nodes(check)) else check


_NO_CLAUSES = Caseless(
    r"\b(?:absen\w+|lack\w*|no|not|non|never|neither|without|except\w*|unless|other than|excluding|apart from|if|only|both|all of|at least|following|combination|together|famil\w+|parents?|mothers?|relatives?|siblings?|donors?|risks?|plan\w*|scheduled|awaiting|allerg\w+|hypersensitiv\w+|intoleran\w+|"
    r"including|such as|e\.g|i\.e|eg|ie|must|should|may|can|could|will|would|eligible|allow\w*|permit\w*|however|but|these|those|this|such|which|either|defined|criteria|them|they)\b|:"
)
_OF_USE = Caseless(r"\b(?:us(?:e|es|ed|ing)|tak(?:es|en|ing)|receiv\w+|treat\w+|therapy|current\w*|prior|previous\w*|histor\w+|within)\b")


def by_clauses(text: str, again: Again) -> Check | None:
    """The clauses between semicolons that stand for themselves."""
    parts = [part for part in text.split(";") if part.strip(" .")]
    if len(parts) < 2 or _NO_CLAUSES.search(BRACKET.sub(" ", text)) or text.count("(") != text.count(")") or any(part.count("(") != part.count(")") for part in parts):
        return None
    found: list[Check] = []
    rest: list[str] = []
    for part in parts:
        check = sure(again(part)) if len(found) + len(rest) < 6 else None
        treated = check is not None and any(isinstance(leaf, Medication | Procedure) for leaf in leaves(check))
        if check is None or not _asserted(check) or (treated and not _OF_USE.search(part)):
            rest.append(part.strip())
        else:
            found.append(check)
    return any_of([*found, Unread(clean("; ".join(rest)))]) if found and rest else None


_JOINT = pattern_of(r"\s*(?:[,;]\s*(?:and/or|or|and)?\b|\.\s+(?=[A-Z])|\b(?:and/or|or)\b)\s*", re.IGNORECASE)
_MOST = 3  # parts that are tried in each direction
# With one of these a list denies, permits, supposes, excepts or counts: no member of it stands for itself.
_LIST_TURNS = Caseless(
    r"\b(?:no|not|non|nor|never|neither|without|except\w*|unless|other than|excluding|apart from|allow\w*|permit\w*|accept\w*|eligible|however|if|only|must|should|may|can|could|would|will|both|either of|all of|one of|two|three|at least|following|"
    r"combination|together|respectively|famil\w+|parents?|mothers?|relatives?|partners?|siblings?|donors?|child|fetus|infants?|risks?|prevent\w*|prophyla\w*|suspi\w+|suspected|possible|potential\w*|candidates?|vaccin\w*|unknown|negative|free|resolved|cured|controlled|remission|"
    r"recover\w*|stable|absen\w+|lack|rather|instead|similar|same|defined|planned|planning|plans|scheduled|awaiting|whether|then|but|cannot|ruled?|example|e\.g|i\.e|eg|ie|gains?|loss(?:es)?|increases?|decreases?|changes?)\b|:"
)
FIRST_DENIES = Caseless(
    r"\b(?:no|not|non|nor|never|neither|without|except\w*|unless|other than|excluding|apart from|if|only|both|either of|all of|at least|two|following|combination|together|famil\w+|parents?|mothers?|relatives?|partners?|siblings?|donors?|risks?|prevent\w*|prophyla\w*|suspi\w+|candidates?|planned|planning|plans|"
    r"scheduled|awaiting|defined|allerg\w+|hypersensitiv\w+|intoleran\w+)\b|:"
)
_OWN = Caseless(
    r"(?:(?:or|and)\s+)?(?:(?:an?|any|the|who|with|having|has|have|had|is|are)\s+)*(?:patients?|subjects?|participants?|individuals?|wom[ae]n|females?|men|histor(?:y|ies)\s+of|presence\s+of|evidence\s+of|diagnosis\s+of|known|pregnan\w+|breast-?\s?feed\w*|lactat\w+|nursing\s+(?:mothers?|wom[ae]n)|"
    r"use\s+of|treatment\s+with|participation\s+in|needs?\s+for|requirements?\s+for|unwilling\w*|unable|inability|current\w*\s+(?:use|treatment|smok)|receiving|taking|prior\s+(?:use|treatment|history)|previous\s+(?:use|treatment|history)|any\s+(?:other\s+)?(?:[a-z-]+\s+){0,2}(?:conditions?|diseases?|illness(?:es)?|disorders?|problems?)\s+(?:requir|need|that|which))\w*\b"
)
ANY_OTHER = Caseless(r"(?:\bor any other|, (?:or|and/or) any) (?:[a-z-]+ ){0,2}(?:conditions?|diseases?|illness(?:es)?|disorders?|problems?)\b", needs=("or any ",))
# What may be said of all members, at the end of the last.
_TIMED_TAIL = Caseless(r"\b(?:within|in|during|over|for|prior|before|after|since|ago|last|past|previous|preceding|recent\w*|from|until|at|following|hours?|days?|weeks?|months?|years?)\b")
TAIL = Caseless(r"\b(?:of|to|in|on|at|for|by|with|from|that|which|who|whose|where|when|requiring|required|requires?|needing|treated|treatable|due|caus\w+|secondary|result\w*|affect\w*|involv\w*|interfer\w*|despite|under|receiving|associated|related|confirmed|documented|as|than|within|during|since|prior|before|after|ago)\b")
# A noun behind the last name that makes something else of the names before it; of an organ or an adjective, also a disease.
_USES = (
    r"treatments?|therap(?:y|ies)|medications?|drugs?|medicines?|agents?|surger(?:y|ies)|operations?|procedures?|symptoms?|signs?|tests?|testing|screening|programs?|trials?|stud(?:y|ies)|vaccines?|care|management|history|exposure|carriers?|genes?|mutations?|"
    r"antibod\w+|antigens?|levels?|scores?|inhibitors?|inducers?|substrates?|deficienc\w+|abuse|dependence|dependency|addiction|misuse|overdose|intoxication|withdrawal|use|users?|intake|consumption|products?|supplements?|regimens?|injections?|infusions?|resistance|intolerance|contra-?indications?|"
    r"allerg\w+|hypersensitivit\w+|sensitivit\w+|reactions?|toxicit\w+|induced|related|associated|patients?|status|involvement|metastas[ie]s|lesions?|states?|episodes?|attacks?|origin|origins"
)
_SHARED = Caseless(rf"\b(?:{_USES})$")
_SHARED_EVER = Caseless(rf"\b(?:{_USES}|conditions?|diseases?|disorders?|syndromes?|infections?|failure|dysfunction|insufficiency|impairment|cancers?|carcinomas?|tumou?rs?|problems?|abnormalit\w+)$")
_ORGAN = Caseless(r"\b(?:liver|hepatic|kidney|renal|heart|cardiac|lung|pulmonary|brain|cerebral|bone|breast|skin|stomach|gastric|bowel|colon|bladder|prostate|thyroid|spine|eye|joint|muscle|alcohol|drug|substance|blood|viral|bacterial|fungal)\s*$")
_BEAR = r"(?:pregnan(?:t|cy|cies)|(?:breast-?\s?feed|lactat)(?:ing|ion)|nursing)(?![\w-])"
_WHO = r"(?:(?:wom[ae]n|females?|mothers?|patients?|subjects?|participants?)\b\s*)?"
_BEARING = Caseless(
    rf"\W*(?:(?:any|all|the|wom[ae]n|females?|patients?|subjects?|participants?|who|that|is|are|be|being|currently|either|known)\s+)*{_BEAR}\s*{_WHO}"
    rf"(?:(?:\s*(?:,|/|\bor\b|\band\b|\band/or\b))+\s*(?:(?:who|are|is|any|currently)\s+)*{_BEAR}\s*{_WHO})*"
)
_SAYS_MORE = Caseless(r"\s*(?:[.;,]|\((?![^()]*(?:\d|trimester|only))|\((?=[^()]*\b(?:pregnancy tests?|hcg|contracepti\w+|birth control)\b)|confirmed by\b|and (?:for )?(?:pre-?\s?menopausal |fertile )?(?:women|females)\b|or\b|and/or\b|(?:at|as|where pregnancy|will be excluded|during the (?:study|trial|course))\b)")
_OF_SOME = Caseless(r"[\s,]*(?:for|in|if|when|among|with|where(?! pregnancy))\b")
_LETS_IN = Caseless(r"\b(?:unless|except\w*|however|if|only|(?:may|can|could|might) (?:also |still )?(?:be (?:included|enrol\w+|eligible|considered|admitted|allowed)|participate|enrol\w*|enter|join|continue)|(?:are|is|be|will be) (?:still |also )?(?:eligible|allowed|permitted|included|enrol\w+)|not (?:be )?(?:excluded|an exclusion))\b")
_ADJECTIVAL = Caseless(r"(?:\w+(?:ic|al|ous|ed|ive|able|ible|ary|ar|ant|ent|ly|ing|oid|less|like|ful)|[ivx]+|\d\S*|\w{1,2}|higher|greater|more|above|worse|less|lower|later|beyond|other|others|both|severe|acute|late|early|mild|moderate|newer|older|unstable|type|stage|grade|class|etc)$")
_NO_START = Caseless(r"[\W\d]|(?:\w{1,2}|[ivx]+|higher|greater|more|above|worse|less|lower|later|beyond|type|stage|grade|class|as|including|such|which|who|that|whose|where|when|while|due|e\.g|i\.e|defined|equivalent|equal|with|without|requiring|treated|because|then|older|younger|male|female|otherwise)\b")
_FIRST_TURNS = Caseless(r"\W*(?:if|when|for|in|both|during|among|at|one|two|either one|all|combination|cohort|part|group|arm)\b")
_OF_PEOPLE = ("pregnant", "breastfeeding")


def by_members(text: str, again: Again) -> Check | None:
    """The first members of a list that stand for themselves, whatever the rest says."""
    if _FIRST_TURNS.match(text):
        return None
    borne = bearing(text, again)
    if borne is not None:
        return borne
    tried = 0
    for end, start in _cuts(text):
        if not _stands_apart(text[:end], text[end:start], text[start:]):
            continue
        tried += 1
        first = sure(again(text[:end]))
        if first is not None and _asserted(first):
            return Any((first, Unread(clean(text[start:]))))
        if tried == _MOST:
            break
    return None


def bearing(text: str, again: Again) -> Check | None:
    """Pregnancy and breastfeeding at the beginning, which exclude whatever is said behind them of tests and contraception."""
    found = _BEARING.match(text)
    if found is None or _LETS_IN.search(text, found.end()):
        return None
    before, behind = text[: found.end()], text[found.end() :]
    if not _SAYS_MORE.match(behind) or _OF_SOME.match(behind):
        return None
    check = sure(again(before))
    bearing = check is not None and all(isinstance(leaf, State) and leaf.name in _OF_PEOPLE for leaf in leaves(check))
    return Any((check, Unread(clean(behind.lstrip(" ,;.-"))))) if check is not None and bearing else None


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """The joints outside brackets, the last first: where what stands before ends, and what stands behind begins."""
    depths, depth = [], 0
    for sign in text:
        depth += {"(": 1, ")": -1, "[": 1, "]": -1}.get(sign, 0)
        depths.append(depth)
    joints = [joint for joint in _JOINT.finditer(text) if joint.start() > 2 and joint.end() < len(text.rstrip(" .;")) - 2 and depths[joint.start()] <= 0]
    for joint in reversed(joints):
        yield joint.start(), joint.end()


def _stands_apart(before: str, joint: str, behind: str) -> bool:
    """Whether nothing behind a joint reaches over what stands before it."""
    if _NO_START.match(behind) or _LIST_TURNS.search(behind) or FIRST_DENIES.search(before):
        return False
    own = _OWN.match(behind)
    clause = ";" in joint or "." in joint
    first = re.split(r"[,;(]|\b(?:or|and)\b", behind, maxsplit=1)[0].strip(" .")
    listed = bool(re.search(r"\bor\b", joint)) or re.search(r"\bor\b|,.*,", behind) is not None or clause
    if not first or not listed or (own is None and _ADJECTIVAL.search(first)):
        return False
    if own is not None or clause:
        return clause or own is None or not _TIMED_TAIL.search(behind, own.end())
    *inner, last = re.split(r",\s*(?:or|and)\b|[,;]|\b(?:or|and)\b", behind)
    if TAIL.search(last) or (inner and (_TIMED_TAIL.search(" ".join(inner)) or ("," not in joint and TAIL.search(inner[0])))):
        return False
    nouns = _SHARED_EVER if _ADJECTIVAL.search(before.rstrip(" )").split()[-1]) or _ORGAN.search(before) else _SHARED
    return not any(nouns.search(part.strip(" .")) for part in (*inner, last))


def _asserted(check: Check) -> bool:
    """Whether facts are such as stand for themselves in a list."""
    if any(isinstance(node, Ambiguous) for node in nodes(check)):
        return False
    return all(not isinstance(leaf, State) or leaf.name in _OF_PEOPLE for leaf in leaves(check))
