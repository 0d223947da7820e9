"""Members of a list that share words with a neighbour: "heart, liver or kidney disease", "hepatitis B or C", "type 1 or 2 diabetes"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from matcher.model.language import Ambiguous, Check, Condition
from matcher.model.patterns import pattern_of
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.pieces import JOINTS
from matcher.reading.grammar.rules import Context, Read, Rule, made
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Concept

# Words of stage and state: before a list they may be meant of all its members: a name is made with them only where none is made without, and of the term but one word.
STAGED = frozenset((
    "acute", "chronic", "severe", "mild", "moderate", "active", "recurrent", "congenital", "primary", "secondary", "advanced", "progressive", "malignant",
    "benign", "symptomatic", "uncontrolled", "metastatic", "invasive", "locally advanced", "unresectable", "resectable", "inoperable", "operable", "relapsed",
    "refractory", "newly diagnosed", "early", "late", "untreated", "stable", "unstable", "localized", "disseminated", "persistent", "new",
))
Resolve = Callable[[str], "Concept | None"]
_RESOLVERS = {"cond": "condition", "drug": "treatment", "proc": "procedure"}
_SHORT = pattern_of(r"[A-Za-z]?\d?|\d{1,2}|[IVX]{1,4}")
_LONGEST = 4


def _shared_end(tokens: Sequence[Token], context: Context) -> Found:
    """Members before a term, completed with its last words; only as far back from the term as each one resolves."""
    term = tokens[-1]
    groups, joints = _groups(tokens[:-1])
    if all(joint.tag == "comma" for joint in joints[-1]) or _BEGINS_ANEW.search(context.text, joints[-1][-1].end, term.start):
        return None
    strong = _as_strong(groups[0][0], term, context)
    if strong is None:
        return None
    found: list[Token] = [*joints[-1], strong]
    done = False
    for at in range(len(groups) - 1, -1, -1):
        built = _completed(groups[at], groups[0], term, context)
        if built is None:
            if not done:
                return None
            rest = [token for group, joint in zip(groups[: at + 1], joints[: at + 1], strict=True) for token in (*group, *joint)]
            return [*rest[: len(rest) - len(joints[at])], *joints[at], *found] if at + 1 < len(groups) else None
        done = True
        found = [*(joints[at - 1] if at else ()), *built, *found]
    return found


# A verb before the last member begins another fact: "a recent trauma or had surgery".
_BEGINS_ANEW = Caseless(r"\b(?:have|has|had|having|is|are|was|were|been|being|who|with|received|underwent|undergone)\b")
_ANY_DISEASE = frozenset(("disease", "diseases", "disorder", "disorders", "illness", "illnesses", "condition", "conditions", "problem", "problems"))
_STRENGTHS = frozenset(("strong", "potent", "moderate", "weak"))


def _as_strong(first: Token, term: Token, context: Context) -> Token | None:
    """ "strong inhibitors/inducers of CYP3A4": the strength is said of the last as well; None where no such class is known."""
    strength = first.text.casefold()
    if term.tag != "drug" or strength not in _STRENGTHS or term.text.split()[0].casefold() in _STRENGTHS:
        return term
    concept = context.vocabulary.treatment(f"{strength} {term.text}")
    return replace(term, value=concept.label) if concept is not None else None


def _numbered(tokens: Sequence[Token], context: Context) -> Found:
    """ "type 1 or 2 diabetes": numbers or letters that all belong to the name behind the last of them."""
    term = tokens[-1]
    groups, joints = _groups(tokens[:-1])
    built = [_completed(group, groups[0], term, context) for group in groups]
    if any(group is None or len(group) != 1 for group in built):
        return None
    found = [token for group, joint in zip(built, joints, strict=True) for token in (*(group or ()), *joint)]
    return [*found[:-1], replace(found[-1], end=term.end, text=context.text[found[-1].start : term.end])]


def _groups(tokens: Sequence[Token]) -> tuple[list[list[Token]], list[list[Token]]]:
    """The runs between joints, and the joints behind each."""
    groups: list[list[Token]] = []
    joints: list[list[Token]] = []
    for token in tokens:
        if token.tag in JOINTS:
            joints[-1].append(token)
        elif not groups or joints[-1]:
            groups.append([token])
            joints.append([])
        else:
            groups[-1].append(token)
    return groups, joints


def _completed(group: Sequence[Token], first: Sequence[Token], term: Token, context: Context) -> list[Token] | None:
    """One run with the term's last words behind it, as a term of the same kind; words before it stay."""
    if len(group) == 1 and group[0].text.casefold() in (*STAGED, "serious") and term.text.split()[-1].casefold() in _ANY_DISEASE:
        return None  # "severe or unstable lung disease" names no "severe disease"
    resolve = getattr(context.vocabulary, _RESOLVERS[term.tag])
    starts = list(range(max(0, len(group) - _LONGEST), len(group)))
    starts.sort(key=lambda start: group[start].text.casefold() in STAGED)
    for start in starts:
        words = context.words(group[start:])
        numbered = start == 0 and group is not first and _SHORT.fullmatch(words)
        head = f"{' '.join(context.words(first).split()[:-1])} {words}" if numbered else words
        tails = term.text.split()
        staged = any(token.text.casefold() in STAGED for token in group[start:])
        alone = term.tag == "proc" and not numbered and context.vocabulary.condition(words) is not None  # "trauma or major surgery"
        label = None if alone else _ended(head, tails, resolve, least=max(1, len(tails) - 1) if staged else 1)
        if label is not None:
            return [*group[:start], Token(term.tag, group[start].start, group[-1].end, words, label)]
    return _staged(group, term, resolve)


def _staged(group: Sequence[Token], term: Token, resolve: Resolve) -> list[Token] | None:
    """ "locally advanced or metastatic colorectal cancer": a stage before the name that is left without its own."""
    first, *rest = term.text.split()
    concept = resolve(" ".join(rest)) if rest and first.casefold() in STAGED and group[-1].tag == "degree" else None
    end = group[-1].end
    return [*group, Token(term.tag, end, end, term.text, concept.label)] if concept is not None else None


def _ended(head: str, tails: Sequence[str], resolve: Resolve, *, least: int) -> str | None:
    """The label of what the head names with some, and at least that many, of the last words behind it."""
    numbered = re.fullmatch(r"\d|[IV]{1,3}", head.split()[-1]) is not None
    most = len(tails) - 1 if len(tails) > 1 and not numbered else len(tails)  # the term's own first word is what the head stands beside
    for size in range(most, min(least, most) - 1, -1):
        concept = resolve(f"{head} {' '.join(tails[-size:])}")
        if concept is not None:
            return concept.label
    return None


def _shared_beginning(tokens: Sequence[Token], context: Context) -> Found:
    """Letters or numbers behind a term: the term with its last word replaced."""
    term = tokens[0]
    resolve = getattr(context.vocabulary, _RESOLVERS[term.tag])
    end = tokens[-1] if tokens[-1].tag == term.tag else None
    words = re.split(r"[\s-]+", term.text)
    found: list[Token] = [term]
    for token in tokens[1 : len(tokens) - 1 if end else len(tokens)]:
        if token.tag in JOINTS:
            found.append(token)
            continue
        concept = _replaced(words, token, end, resolve) if _SHORT.fullmatch(token.text) else None
        if concept is None:
            return None
        found.append(replace(token, tag=term.tag, value=concept))
    if end is not None:
        found[-1] = replace(found[-1], end=end.end)
    return found


def _replaced(words: Sequence[str], token: Token, end: Token | None, resolve: Resolve) -> str | None:
    """The label of the term with one of its words replaced by the token's."""
    for at in range(len(words) - 1, 0, -1):
        if _SHORT.fullmatch(words[at]):
            concept = resolve(" ".join([*words[:at], token.text, *words[at + 1 :], *([end.text] if end else [])]))
            return concept.label if concept is not None else None
    return None


def _phase_or_stage(tokens: Sequence[Token], context: Context) -> Found:
    """ "active or chronic infection": active infection, or chronic infection; with a comma it is one that is both."""
    phase, *joints, term = tokens
    first, *rest = term.text.split()
    concept = getattr(context.vocabulary, _RESOLVERS[term.tag])(" ".join(rest)) if rest and first.casefold() in (*STAGED, "serious", "latent", "inactive", "dormant") else None
    if concept is None or (phase.tag == "current" and _OF_THE_PAST.search(context.text[: phase.start])):
        return None
    if all(joint.tag == "comma" for joint in joints):
        return [phase, term]
    bare = Token(term.tag, term.end, term.end, term.text, concept.label)
    if phase.tag.startswith("not-"):
        return [replace(phase, tag="not"), term, *joints, Token(phase.tag.removeprefix("not-"), term.end, term.end, phase.text), bare]
    return [replace(term, start=phase.start), *joints, Token(phase.tag, term.end, term.end, phase.text), bare]


# "History of active or latent tuberculosis": active then, not now.
_OF_THE_PAST = Caseless(r"\b(?:history|histories|prior|previous(?:ly)?|past|ever|had)\b[^.;:]*$")

# Where nothing stands behind a name that would have to be said of all members.
CLOSED = pattern_of(r"\s*(?:[.;,)]|$)")


def perhaps_stated(tokens: Sequence[Token], at: int, name: str, context: Context) -> list[Token]:
    """ "Uncontrolled hereditary or acquired gout": whether the acquired one must be uncontrolled too is open."""
    behind = tokens[at + 1 :]
    if not CLOSED.match(context.text, tokens[-1].end):
        return [replace(token, tag="w", value=None) for token in behind]
    phase = tokens[0].tag if tokens[0].tag in ("history", "current") else ""
    own = " ".join(token.text.casefold() for token in behind[:-1])
    state = next(token.text.casefold() for token in tokens[:at] if token.tag == "degree")
    found: Check = Ambiguous((Condition(name, phase, (f"{state} {own}",)), Condition(name, phase, (own,))))
    return made("check", behind, context, Read(found, ((behind[0].start, behind[-1].end),) * 2))


def _same_beginning(tokens: Sequence[Token], context: Context) -> Found:
    """ "Atrial fibrillation or flutter": a word of no table that makes a name with the first words of the one before it."""
    *before, word = tokens
    term = before[0]
    words = re.split(r"[\s-]+", term.text)
    resolve = getattr(context.vocabulary, _RESOLVERS[term.tag])
    if len(words) < 2 or not word.text.isalpha() or len(word.text) < _LEAST or _ANY_NOUN.fullmatch(word.text) or not _IS_LAST.match(context.text, word.end) or all(token.tag == "comma" for token in before[1:]):
        return None
    for size in range(len(words) - 1, 0, -1):
        concept = resolve(" ".join([*words[:size], word.text]))
        if concept is not None and concept.label != str(term.value):
            return [*before, replace(word, tag=term.tag, value=concept.label)]
    return None


def _of_one_disorder(tokens: Sequence[Token], context: Context) -> Found:
    """ "A bleeding or clotting disorder": a disorder of each, and no bleeding by itself."""
    first, last = tokens[0], tokens[-1]
    *before, noun = last.text.split()
    if not before or noun.casefold() not in ("disorder", "disorders") or not _GERUND.fullmatch(first.text):
        return None
    concept = context.vocabulary.condition(f"{first.text} {noun}")
    return [replace(first, value=concept.label), *tokens[1:]] if concept is not None and concept.label != str(first.value) else None


_GERUND = pattern_of(r"[a-z]+ing", re.IGNORECASE)
_ANY_NOUN = pattern_of(r"(?:disease|disorder|condition|illness|problem|syndrome|symptom|involvement|state)s?", re.IGNORECASE)
_LEAST = 4  # letters of a noun that shares the words before another
_IS_LAST = pattern_of(r"\s*(?:[.;,)]|$|\((?!.*\w\)\s*\w)|(?:within|in the|at|during|requiring|that)\b)")


_OF_PLACE = pattern_of(r"(?P<what>.*?)\s+(?P<where>of\s+(?:the\s+)?[\w\s-]{3,30})$", re.IGNORECASE)
_HISTOLOGY = pattern_of(r"(?:carcinoma|sarcoma|cancer|tumou?r|neoplasm|melanoma|lymphoma)s?$", re.IGNORECASE)


def _of_one_place(tokens: Sequence[Token], context: Context) -> Found:
    """ "squamous cell carcinoma or adenocarcinoma of the cervix": both are of the cervix."""
    placed = _OF_PLACE.match(tokens[-1].text)
    names = [token for token in tokens[:-1] if token.tag == "cond"]
    if placed is None or not _HISTOLOGY.search(placed["what"]) or not all(_HISTOLOGY.search(token.text) for token in names):
        return None
    found: list[Token] = []
    for token in tokens[:-1]:
        concept = context.vocabulary.condition(f"{token.text} {placed['where']}") if token.tag == "cond" else None
        found.append(replace(token, value=concept.label) if concept is not None else token)
    return [*found, tokens[-1]]


_SPREAD = pattern_of(r"metastas[ie]s|metastatic disease|mets", re.IGNORECASE)
_SPREADS = pattern_of(r"tumou?rs?|cancers?|lesions?|disease|involvement|neoplasms?|malignanc(?:y|ies)", re.IGNORECASE)


_PRIMARY = pattern_of(r"cancers?|neoplasms?|malignanc(?:y|ies)", re.IGNORECASE)  # whose metastases may be anywhere


def _spread_there(tokens: Sequence[Token], context: Context) -> Found:
    """ "brain tumors or metastases": metastases in the same place."""
    first, joint, last = tokens[0], tokens[1:-1], tokens[-1]
    words = first.text.split()
    if not _SPREAD.fullmatch(last.text) or len(words) < 2 or not _SPREADS.fullmatch(words[-1]):
        return None
    concept = None if _PRIMARY.fullmatch(words[-1]) else context.vocabulary.condition(" ".join([*words[:-1], "metastases"]))
    return [first, *joint, replace(last, value=concept.label)] if concept is not None else made("w", tokens, context)


_RUN = "(w|degree|organ|number)"
_SEP = "(comma|or|and|slash)"
_BEFORE = "(?<!in)(?<!on)(?<!to)(?<!at)(?<!by)(?<!from)(?<!of)(?<!for)(?<!cmp)(?<!w)(?<!degree)(?<!organ)(?<!number)"
SHARING = (
    Rule("spread there", "cond (comma|or|and|slash)+ cond", _spread_there, "cond", ("metasta", "mets")),
    Rule("of one place", "cond ((comma|or|and|slash)+ cond)+", _of_one_place, "cond"),
    Rule("phase or stage", "(not-current|current|not-history|history) (or|slash|comma)+ cond", _phase_or_stage, "cond"),
    Rule("shared beginning", f"(cond|drug) ({_SEP}+ (w|number|degree))+ cond?", _shared_beginning, "cond drug"),
    Rule("shared beginning of two", f"(cond|drug) ({_SEP}+ (w|number))+", _shared_beginning, "cond drug"),
    Rule("of one disorder", "cond (or|slash|and) cond", _of_one_disorder, "cond"),
    Rule("same beginning", "(cond|proc) (comma|or|and|slash)+ w", _same_beginning, "cond proc"),
    Rule("numbered", f"w (number|w) ({_SEP}+ (number|w))+ cond", _numbered, "cond"),
    Rule("shared end", f"{_BEFORE}{_RUN}+ ({_SEP}+ {_RUN}+)* {_SEP}+ (cond|proc|drug)", _shared_end, "or and comma slash"),
    Rule("shared end of routes", f"route ({_SEP}+ route)* {_SEP}+ proc", _shared_end, "route"),
)
