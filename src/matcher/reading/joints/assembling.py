"""Segments of a criterion, between semicolons and sentence ends, joined into one check."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matcher.model.language import (
    All,
    Allergy,
    Ambiguous,
    Any,
    Check,
    Condition,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
    State,
    Statement,
    Unless,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.certain.kept import DECIDED, beside, kept, limits_spoken_of
from matcher.reading.certain.narrowing import restricted
from matcher.reading.doubts.behind_comma import perhaps_at_once
from matcher.reading.doubts.earlier import left_open
from matcher.reading.doubts.own_exceptions import exceptions_go_on
from matcher.reading.grammar.pieces import (
    LOOSE,
    PREPOSITIONS,
    clean,
    nodes,
    turns,
    unread,
)
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.joints.added import with_added
from matcher.reading.joints.later_allergens import with_later_allergens
from matcher.reading.joints.segments import segment as read_segment
from matcher.reading.joints.sentences import ALL_PEOPLE, LIFTS, begins_with_limit, has_certain, later_sentences
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token


def assembled(tokens: Sequence[Token], context: Context) -> Read:
    """Segments between semicolons and sentence ends, joined: an inclusion asks for all, an exclusion for any."""
    pieces = _without_permissions(_spoken(_segments(tokens)), context)
    reads = [_any_of_them(left_open(read_segment(piece, context)), context.words(piece), context) for piece in pieces]
    if context.exclusion:
        reads = [perhaps_at_once(read, context.words(piece), piece[0].start) for read, piece in zip(reads, pieces, strict=True)]
    if len(pieces) > 1:
        reads = [_denied_exclusion(read, context.words(piece), context) for piece, read in zip(pieces, reads, strict=True)]
    if not reads:
        return unread(context, 0, len(context.text))
    if len(reads) > 1 and not has_certain(reads[0].check):
        told = _examples_from(pieces, context)
        reads = [read if not i or not has_certain(read.check) or (i < told and not _explains(pieces[i], context)) else unread(context, pieces[i][0].start, pieces[i][-1].end) for i, read in enumerate(reads)]
    if len(reads) == 1 and not context.exclusion and not isinstance(reads[0].check, Unread) and _lets_in(reads[0].check, context):
        return beside(unread(context, 0, len(context.text)), reads)  # what lets some in asks nobody to be like them
    if len(reads) == 1:
        return _denied_exclusion(_with_pieces(reads[0], pieces[0], context), context.text, context)
    relaxed = _relaxed(reads[0], pieces, context)
    if relaxed is not None:
        return relaxed
    if _goes_on_denying(pieces, reads, context) or any(_limits_again(piece) for piece in pieces[1:]):
        return _whole(reads[0], pieces, context)
    unclear = any(turns(piece) and isinstance(read.check, Unread) for piece, read in zip(pieces, reads, strict=True))
    if unclear or any(LIFTS.search(context.words(piece)) for piece in pieces[1:]):
        return later_sentences([_with_pieces(read, piece, context) for read, piece in zip(reads, pieces, strict=True)], pieces, context) or _added(reads[0], pieces, context) or _whole(reads[0], pieces, context)
    reads = with_later_allergens(reads, context)
    joined_ = None if exceptions_go_on(reads, context.vocabulary) else _with_fragments(reads, pieces, context)
    if joined_ is None:
        return _whole(reads[0], pieces, context)
    return _with_joints(joined_, pieces, context)


def _added(first: Read, pieces: Sequence[Sequence[Token]], context: Context) -> Read | None:
    """An exclusion's first sentence with the words behind it, where these can only add to it."""
    place = pieces[1][0].start
    return with_added(first, context.text[place:], place) if context.exclusion else None


# What is only wished for is asked of nobody.
_WISHED = Caseless(r"\b(?:preferabl[ey]|preferred|ideally|desirable|optional(?:ly)?|if possible)\b", needs=("ideally", "optional", "preferred", "preferabl", "desirable", "if possible"))


def _lets_in(check: Check, context: Context) -> bool:
    """Whether an inclusion says who may enter, or speaks of both sexes where one is asked for."""
    if _MAY_ENTER.search(context.text) or _WISHED.search(context.text):
        return True
    return isinstance(check, All) and Sex in map(type, _asked_of_all(check)) and _EITHER_SEX.search(context.text) is not None


# "Bloating includes gas and swelling": what a word means, of which the sentence before says something that was not read.
_EXPLAINS = Caseless(r"(?!\W*(?:this|these|those|patients?|subjects?|participants?|exclu\w+|inclu\w+|prohibited|criteria|conditions?|medications?|drugs?|treatments?|examples?)\b)\W*(?:[\w/-]+ ){1,4}(?:includes?|(?:is|are) defined|means?|refers? to|(?:is|are) considered)\b")


def _explains(piece: Sequence[Token], context: Context) -> bool:
    """Whether a later sentence only says what a word of the sentence before means."""
    return _EXPLAINS.match(context.words(piece)) is not None


# What is excluded only where it has to go on, and a sentence that names some of it.
_CANNOT_STOP = Caseless(r"\b(?:can ?not|unable|unless|not (?:able|willing))\b", needs=("can", "not ", "unable", "unless"))
_NAMES_SOME = Caseless(r"\W*(?:these|those|they|such|examples?|this)\b[^.;]{0,40}?\b(?:includ\w+|are|is|compris\w+|consist\w*)\b")


def _examples_from(pieces: Sequence[Sequence[Token]], context: Context) -> int:
    """Where the examples begin of what is excluded on a condition, which holds for each: "drugs that cannot be stopped. These include …"."""
    if not _CANNOT_STOP.search(context.words(pieces[0])):
        return len(pieces)
    return next((i for i, piece in enumerate(pieces) if i and _NAMES_SOME.match(context.words(piece))), len(pieces))


# "X, Y and other Z": nobody is asked to have them all.
_AND_OTHERS = Caseless(r"\band (?:any |all |some )?(?:other|others|similar|related)\b")


def _any_of_them(read: Read, words: str, context: Context) -> Read:
    """A list of an exclusion that may mean all or any of its members, where its end says that it means any."""
    check = read.check
    if not (context.exclusion and isinstance(check, Ambiguous) and len(check.readings) == 2 and _AND_OTHERS.search(words)):
        return read
    every, some = check.readings
    if not isinstance(every, All) or some != any_of(list(every.parts)):
        return read
    return Read(some, read.spans[len(read.spans) // 2 :])


_MAY_ENTER = Caseless(r"\b(?:may|can|could|might) (?:also |still )?(?:be (?:considered|enrolled|included|eligible|entered|allowed)|participate|enrol|enter)\b", needs=("may ", "can ", "could ", "might "))


def _limits_again(piece: Sequence[Token]) -> bool:
    """Whether a segment begins with a limit and names no value: it is another limit, for some, of the value before."""
    return piece[0].tag in ("quantity", "cmp", "multiple") and not any(token.tag in ("measure", "panel") for token in piece[:3])


def _with_joints(reads: Sequence[Read], pieces: Sequence[Sequence[Token]], context: Context) -> Read:
    """Segments as the words between them say; where they say nothing, all of an inclusion and any of an exclusion."""
    checks = [read.check for read in reads]
    spans = tuple(span for read in reads for span in read.spans)
    joints = [_joint(before, after, context) for before, after in pairwise(pieces)]
    if context.exclusion:
        if joints == ["and"] or (joints[-1:] == ["and"] and set(joints) == {"and", ";"} and any(_TELLS_ON.match(context.text, piece[-1].end) for piece in pieces[:-2])):
            return Read(Ambiguous((any_of(checks), all_of(checks))), spans * 2)
        return Read(any_of(checks), spans)
    if _of_either_sex(checks, pieces, context):
        return beside(unread(context, 0, len(context.text)), reads)
    if not {"or", "or."} & set(joints):
        told = beside(unread(context, 0, len(context.text)), reads) if set(joints) == {"."} and _of_one_tumor(checks, pieces, context) else None
        return told or Read(all_of(checks), spans)
    if (set(joints) <= {"or", ";"} and joints[-1] == "or") or set(joints) <= {"or", "or."}:
        return Read(any_of(checks), spans)
    return beside(unread(context, 0, len(context.text)), reads)


# "Ductal or lobular histology. Carcinoma in situ.": kinds of one tumor beside each other; which of them is enough is not said.
_KINDS = Caseless(r"\b(?:histolog\w+|sub-?types?|types|variants?)\W*$")
_ASKS = Caseless(r"\b(?:must|should|is|are|be|with|ha(?:s|ve|ving)|confirmed|proven|diagnos\w+|no|not|measurable|documented)\b")
_TUMOR = Caseless(r"(?:carcinoma|sarcoma|lymphoma|melanoma|leuka?emia|tumou?rs?|cancers?|histolog\w+|sub-?types?|in situ)\b")


def _of_one_tumor(checks: Sequence[Check], pieces: Sequence[Sequence[Token]], context: Context) -> bool:
    """Whether sentences without a verb only name kinds of a tumor, some of them in words of no table."""
    words = [context.words(piece) for piece in pieces] if len(pieces) == len(checks) else []
    if not words:
        return False
    listed = any(isinstance(check, Statement | Unread) and _KINDS.search(said) for check, said in zip(checks, words, strict=True))
    return listed and any(isinstance(leaf, Condition) for check in checks for leaf in leaves(check)) and all(_TUMOR.search(said) and not _ASKS.search(said) for said in words)


# "Had asthma; were treated with steroids; and could not stop them": one story, each part of which goes on with it.
_TELLS_ON = Caseless(r"\W*(?:had|have|has|were|was|are|is|could|did|do|does|can|cannot)\b")
_EITHER_SEX = Caseless(r"\b(?:(?:fe)?males?|(?:wo)?m[ae]n) (?:or|and) (?:non-?pregnant )?(?:(?:fe)?males?|(?:wo)?m[ae]n)\b")


def _asked_of_all(check: Check) -> list[Check]:
    """The parts that a conjunction asks for, of whatever depth."""
    return [leaf for part in check.parts for leaf in _asked_of_all(part)] if isinstance(check, All) else [check]


_WOMEN, _MEN = Caseless(r"\b(?:females?|wom[ae]n|girls?)\b"), Caseless(r"\b(?:males?|m[ae]n|boys?)\b")


def _of_either_sex(checks: Sequence[Check], pieces: Sequence[Sequence[Token]], context: Context) -> bool:
    """ "Men of 18 to 65; women of 18 to 60": nobody is asked to be of the sex of one sentence where another speaks of the other."""
    for i, check in enumerate(checks):
        asked = {part.sex for part in (check.parts if isinstance(check, All) else (check,)) if isinstance(part, Sex)}
        others = [context.words(piece) for at, piece in enumerate(pieces) if at != i] if asked else []
        if any((_WOMEN if sex == "male" else _MEN).search(words) for sex in asked for words in others):
            return True
    return False


_LEADS = Caseless(r"\s*[;.]\s*(or|and)\b")


def _joint(before: Sequence[Token], after: Sequence[Token], context: Context) -> str:
    """What joins two segments: "or", an "or" behind a full stop, "and", a semicolon or the end of a sentence."""
    found = {token.tag for token in (before[-1], after[0])} & {"or", "and"}
    swallowed = None if found else _LEADS.match(context.text, before[-1].end)  # a rule may have taken the joint with what it joins
    found = {swallowed[1].casefold()} if swallowed is not None else found
    sign = ";" if ";" in context.text[before[-1].start : after[0].end] else "."
    if found == {"or"}:
        return "or" if sign == ";" else "or."
    return "and" if found else sign


# A later sentence that lets in those of whom the first one speaks, or says that it does not count.
_LETS_IN = Caseless(
    r"\b(?:(?:are|is|will be|may (?:still )?be|can be|could be|remain)\s+(?:also\s+|still\s+|considered\s+|potentially\s+)?(?:eligible|allowed|permitted|acceptable|enrolled|included|permissible)|"
    r"(?:may|can) (?:participate|enrol\w*|enter)|(?:is|are) not (?:by itself )?(?:an exclusion\b|excluded|exclusionary|considered (?:an exclusion|exclusionary)))",
    needs=(" not ", "enrol", "enter", "allowed", "included", "eligible", "permitted", "acceptable", "permissible", "participate"),
)
_TAKES_BACK = Caseless(r"^\W*(?:no|none|neither|nothing|not)\b|\bno (?:other|prior|previous|concurrent|concomitant|more|further|additional)\b|\b(?:following|listed|maximum|up to|at most|must|should|shall|only|required?|not (?:be )?(?:eligible|allowed|permitted|acceptable|enrolled|included)|ineligible|no longer|will be excluded|are excluded|is excluded|cannot|prohibited|disallowed|exclude)\b")
_BRACKET = pattern_of(r"\([^()]*\)?")


def _relaxed(first: Read, pieces: Sequence[Sequence[Token]], context: Context) -> Read | None:
    """ "X. Those with Y are eligible.": without X nobody is excluded, and with X a requirement of it is met."""
    said = [context.text[before[-1].end : piece[-1].end].lstrip(" .;,)\n\t") for before, piece in pairwise(pieces)]
    if any(not _LETS_IN.search(_BRACKET.sub(" ", one.lstrip("("))) or _TAKES_BACK.search(one) or ALL_PEOPLE.match(one) for one in said):
        return None
    if any(map(begins_with_limit, pieces[1:])):
        return None
    if not any(isinstance(leaf, DECIDED) for leaf in leaves(first.check)) or any(isinstance(node, Ambiguous) for node in nodes(first.check)):
        return None
    words = (context.text.index(said[0], pieces[0][-1].end), pieces[-1][-1].end)
    rest = Unread(clean(context.text[words[0] : words[1]]))
    return Read(Unless(first.check, rest) if context.exclusion else Any((first.check, rest)), (*first.spans, words))


_BESIDE = frozenset(("number", "quantity", "range", "span", "time", "cmp", "if", "unless", "only", "except", "exceptions", "not", "must-not", "but"))
_PERMITS = Caseless(r"\b(?:is|are|will be)?\s*(?:also )?(?:allowed|permitted|acceptable)\W*$", needs=("allowed", "permitted", "acceptable"))


# "There is no upper age limit" asks for nothing.
_NO_BOUND = Caseless(r"\W*(?:there (?:is|are) |with )?no (?:specific )?(?:upper|lower|maximum|minimum)(?: or (?:upper|lower|maximum|minimum))? (?:age |bmi |weight )?(?:limits?|bounds?|age)\W*")


def _without_permissions(pieces: Sequence[Sequence[Token]], context: Context) -> list[Sequence[Token]]:
    """An inclusion's segments without sentences that allow a treatment no segment before them asks about."""
    found: list[Sequence[Token]] = []
    for piece in pieces:
        if found and _NO_BOUND.fullmatch(context.words(piece)):
            continue
        if found and not context.exclusion and _allows_treatment(piece, context) and not any(_of_treatment(token) for one in found for token in one):
            continue
        found.append(piece)
    return found


def _allows_treatment(piece: Sequence[Token], context: Context) -> bool:
    if any(token.tag in _BESIDE for token in piece) or not _PERMITS.search(context.words(piece)):
        return False
    checks = [token for token in piece if token.tag == "check"]
    return bool(checks) and all(_of_treatment(token) for token in checks)


def _of_treatment(token: Token) -> bool:
    return token.tag in ("drug", "proc") or (token.tag == "check" and any(isinstance(leaf, Medication | Procedure) for leaf in leaves(token.value.check)))


_DENIES = Caseless(r"\W*(?:(?:the\s+|all\s+|any\s+)?(?:patients?|subjects?|participants?)\s+(?:who\s+)?(?:with|have|has|having|are|is)\s+)?(?:no|not|without|absence of|absent|non-?(?:pregnant|lactating|nursing|breast-?feeding)|negative for|free (?:of|from)|na[iï]ve to|never)\b(?!\s+(?:\w+\s+)?(?:diagnosis|documented|documentation|confirmed|confirmation))")


def _goes_on_denying(pieces: Sequence[Sequence[Token]], reads: Sequence[Read], context: Context) -> bool:
    """Whether an inclusion's "no" may hold for facts behind its semicolons too: "no stroke; epilepsy; gout"."""
    if context.exclusion or not _NO.match(context.words(pieces[0])):
        return False
    for piece, read in zip(pieces[1:], reads[1:], strict=True):
        own = _NO.match(context.words(piece)) or _STOPPED.ends(context.text, piece[0].start)
        parts = list(leaves(read.check))
        if not own and any(isinstance(leaf, _FACTS) for leaf in parts) and all(isinstance(leaf, (*_FACTS, Unread, Statement)) for leaf in parts):
            return True
    return False


_FACTS = (Allergy, Condition, Medication, Procedure)
_NO = Caseless(r"\W*(?:and\s+|or\s+)?(?:no|not|without|absence|free|never|none|neither|nor)\b")
_STOPPED = Caseless(r"\.\W*$")


def _denied_exclusion(read: Read, text: str, context: Context) -> Read:
    """ "No epilepsy" among exclusions may exclude those without it, or be written as what is asked for: both stand."""
    check = read.check
    parts = check.parts if isinstance(check, All | Any) else (check,)
    denied = [part.part for part in parts if isinstance(part, Not)]
    if not (context.exclusion and len(denied) == len(parts) and _DENIES.match(text)) or State("contraception") in leaves(check):
        return read
    return Read(Ambiguous((check, any_of(denied))), read.spans * 2)


def _whole(first: Read, pieces: Sequence[Sequence[Token]], context: Context) -> Read:
    """All of a criterion unread, with what its first segment says where nothing in that may turn it, and its limits."""
    start, end = 0, len(context.text)
    tokens = pieces[0]
    read = kept(tokens, context, start, end) if turns(tokens) or isinstance(first.check, Unread) else beside(unread(context, start, end), [first])
    further = [limit for piece in pieces[1:] for limit in limits_spoken_of(piece, (), context)]
    return _with_further(read, further)


def _with_further(read: Read, further: Sequence[Read]) -> Read:
    """Unread words with what is read of them, and more readings beside those."""
    if not further:
        return read
    if not isinstance(read.check, Ambiguous):
        return beside(read, further)
    seen = set(leaves(read.check))
    new = [one for one in further if not seen & set(leaves(one.check))]
    return Read(Ambiguous((*read.check.readings, *(one.check for one in new))), (*read.spans, *(span for one in new for span in one.spans)))


def _with_pieces(read: Read, tokens: Sequence[Token], context: Context) -> Read:
    """A segment that was not read, with what can be read in it."""
    return kept(tokens, context, *read.spans[0]) if isinstance(read.check, Unread) else read


def _with_fragments(reads: Sequence[Read], segments: Sequence[Sequence[Token]], context: Context) -> list[Read] | None:
    """Segments with the fragments behind a stop that only restrict the one before ("…within 90 days. for the study eye.")."""
    found: list[Read] = []
    for read, segment in zip(reads, segments, strict=True):
        before = context.text[: segment[0].start].rstrip(" ([\n\t")
        fragment = before.endswith(".") and segment[0].tag in (*PREPOSITIONS, "open", "restrict", "during")
        if not (found and fragment and isinstance(read.check, Unread | Statement)):
            found.append(_with_pieces(read, segment, context))
            continue
        narrowed = restricted(found[-1], read.check, *read.spans)
        if narrowed is None:
            return None
        found[-1] = narrowed
    return found


def _spoken(segments: Sequence[Sequence[Token]]) -> list[Sequence[Token]]:
    return [segment for segment in segments if any(token.tag not in LOOSE for token in segment)]


def _without_mark(tokens: list[Token]) -> list[Token]:
    """A segment without the number or letter at its end that marks the line behind it: "gout 3. Asthma"; "INR ≤ 2 b. Gout"."""
    if len(tokens) < 2 or tokens[-2].tag != "check" or tokens[-1].start == tokens[-2].end:
        return tokens
    limit = any(isinstance(leaf, Measurement) for leaf in leaves(tokens[-2].value.check))
    marks = tokens[-1].tag == "w" and _LETTER.fullmatch(tokens[-1].text) if limit else tokens[-1].tag == "number" and tokens[-1].text.isdigit() and not tokens[-1].value.unit
    return tokens[:-1] if marks else tokens


_LETTER = pattern_of(r"[b-k]")


_DEPTH = {"open": 1, "close": -1}


def _segments(tokens: Sequence[Token]) -> list[list[Token]]:
    segments: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += _DEPTH.get(token.tag, 0)
        if depth <= 0 and token.tag in ("semicolon", "stop"):
            segments[-1] = _without_mark(segments[-1])
            segments.append([])
        else:
            segments[-1].append(token)
    return segments
