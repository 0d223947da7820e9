"""One criterion's text → a check: tags, rules, and what no rule took kept as unread text in its logical place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from matcher.model.language import (
    Age,
    All,
    Allergy,
    Ambiguous,
    Any,
    Check,
    Condition,
    Consent,
    Judgement,
    Measurement,
    Not,
    Sex,
    State,
    Statement,
    Unread,
    When,
    all_of,
    any_of,
    children,
    leaves,
)
from matcher.reading.amounts import NUMBERS, TIMES
from matcher.reading.entries import ENTRIES, TERMS
from matcher.reading.definitions import DEFINITIONS
from matcher.reading.measures import ALIASES, MEASURES
from matcher.reading.nested import combined, opened
from matcher.reading.people import PEOPLE, SEX
from matcher.reading.rules import Context, Read, Rule, Spans, apply
from matcher.reading.stages import STAGES
from matcher.reading.tokens import Lexer, Token
from matcher.vocabulary import Phrase, Vocabulary

_SAYS_NOTHING = ("_", "subject", "be", "have", "must", "who", "that", "either", "quote")
_RULES: tuple[Rule, ...] = (
    *ALIASES, *STAGES, *NUMBERS, *TIMES, *TERMS, *PEOPLE, *MEASURES, *ENTRIES, *SEX, *DEFINITIONS,
)
_JOINTS = ("comma", "or", "and", "slash")
_LOOSE = (*_JOINTS, "stop", "colon", "semicolon", "_", "of", "in", "with", "on", "at", "for", "to", "by", "open", "close", "dash", "from")
# Words that may turn a sentence round: with one of them unread, nothing of it is certain.
_TURNS = frozenset((
    "not", "never", "not-history", "except", "unless", "allowed", "excluded", "included", "but", "if", "eg", "either",
    "exceptions", "unable", "unwilling",
))
# Words of duty: inside an exclusion they turn what follows into a requirement, and nothing of it is certain.
_REQUIRES = re.compile(r"must|shall|should|required|need|have to|are to", re.IGNORECASE)
_FACTS = ("cond", "drug", "proc", "measure", "check", "state", "age", "span", "quantity", "number", "range", "time", "sex", "age-quantity")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads criteria with one vocabulary; `local` are abbreviations the record explains, `lost` whether its ≥ ≤ are lost."""

    vocabulary: Vocabulary
    local: Mapping[tuple[str, ...], Phrase] = field(default_factory=dict)
    lost: bool = True

    def read(self, text: str, kind: str) -> Read:
        """The check of one criterion with the places its leaves were read from; never raises, whatever the text."""
        if "\n" in text.strip():
            return self._nested(text, kind)
        context = Context(text, kind, self.vocabulary, self.lost)
        tokens = _unnumbered(Lexer(self.vocabulary, self.local).tokens(text))
        if kind == "exclusion" and any(token.tag == "must" and _REQUIRES.search(token.text) for token in tokens):
            return _unread(context, 0, len(text))
        kept = [token for token in _sex_scopes(tokens) if token.tag not in _SAYS_NOTHING]
        if not kept or text.rstrip().endswith(":"):
            return _unread(context, 0, len(text))
        if all(token.tag in ("both", *_LOOSE) for token in kept) and any(token.tag == "both" for token in kept):
            return _as(Any((Sex("female"), Sex("male"))), kept, 2)
        found = apply(_RULES, kept, context)
        return _assembled(found, context)

    def _nested(self, text: str, kind: str) -> Read:
        """A criterion with a list under it: its members, or all of it unread where the first line says more."""
        found = opened(text, kind)
        if found is None:
            return Read(Unread(_clean(text)), ((0, len(text)),))
        reads = [(place, self.read(member, kind)) for place, member in found.members]
        spans = tuple((place + start, place + end) for place, read in reads for start, end in read.spans)
        return Read(combined([read.check for _, read in reads], found.at_least), spans)


def _sex_scopes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a sex that only says whom a rule concerns ("women must…") told from one that is asked for."""
    found: list[Token] = []
    for i, token in enumerate(tokens):
        after = [one.tag for one in tokens[i + 1 : i + 5] if one.tag not in ("of", "with", "_", "subject")]
        if token.tag == "sex" and after[:1] == ["must"]:
            token = replace(token, tag="sex-scope")
        elif token.tag == "sex" and token.value == "female" and after[:2] == ["potential", "must"]:
            token = replace(token, tag="potential-scope")
        found.append(token)
    return found


def _unnumbered(tokens: list[Token]) -> list[Token]:
    """The tokens without a number or code that only counts the criterion ("2.", "E28.")."""
    first = next((i for i, token in enumerate(tokens[:3]) if token.tag in ("stop", "close")), None)
    if first in (1, 2) and tokens[first - 1].tag == "number" and not tokens[first - 1].value.unit and len(tokens) > first + 1:
        head = tokens[: first - 1]
        if all(token.tag == "open" or (token.tag == "w" and len(token.text) == 1) for token in head):
            return tokens[first + 1 :]
    return tokens


def _unread(context: Context, start: int, end: int) -> Read:
    return Read(Unread(_clean(context.text[start:end]) or "(no text)"), ((start, end),))


def _clean(text: str) -> str:
    return " ".join(text.split())


def _assembled(tokens: Sequence[Token], context: Context) -> Read:
    """Segments between semicolons and sentence ends, joined: an inclusion asks for all, an exclusion for any."""
    segments = _segments(tokens)
    reads = [_segment(segment, context) for segment in segments if any(token.tag not in _LOOSE for token in segment)]
    if not reads:
        return _unread(context, 0, len(context.text))
    if len(reads) == 1:
        return reads[0]
    if any(_turns(segment) and isinstance(read.check, Unread) for segment, read in zip(_spoken(segments), reads, strict=True)):
        return _unread(context, 0, len(context.text))
    joined_ = _with_fragments(reads, _spoken(segments), context)
    if joined_ is None:
        return _unread(context, 0, len(context.text))
    checks = [read.check for read in joined_]
    spans = tuple(span for read in joined_ for span in read.spans)
    return Read(any_of(checks) if context.exclusion else all_of(checks), spans)


def _with_fragments(reads: Sequence[Read], segments: Sequence[Sequence[Token]], context: Context) -> list[Read] | None:
    """Segments with the fragments behind a stop that only restrict the one before ("…within 90 days. for the study eye.")."""
    found: list[Read] = []
    for read, segment in zip(reads, segments, strict=True):
        before = context.text[: segment[0].start].rstrip(" ([\n\t")
        fragment = before.endswith(".") and segment[0].tag in (*_PREPOSITIONS, "open", "restrict", "during")
        if not (found and fragment and isinstance(read.check, Unread | Statement)):
            found.append(read)
            continue
        narrowed = _restricted(found[-1], read.check, *read.spans)
        if narrowed is None:
            return None
        found[-1] = narrowed
    return found


def _spoken(segments: Sequence[Sequence[Token]]) -> list[Sequence[Token]]:
    return [segment for segment in segments if any(token.tag not in _LOOSE for token in segment)]


def _turns(segment: Sequence[Token]) -> bool:
    return any(token.tag in _TURNS for token in segment)


def _segments(tokens: Sequence[Token]) -> list[list[Token]]:
    segments: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.tag, 0)
        if token.tag in ("semicolon", "stop") and depth <= 0:
            segments.append([])
        else:
            segments[-1].append(token)
    return segments


def _segment(tokens: Sequence[Token], context: Context) -> Read:
    """One segment: fully read, read and narrowed by what follows, or a person's."""
    tokens = _trimmed(tokens)
    if tokens[0].tag in ("sex-scope", "potential-scope") and len(tokens) > 1:
        return _of_one_sex(tokens, context)
    tokens = _age_alone(tokens, context)
    checks = [token for token in tokens if token.tag == "check"]
    rest = [token for token in tokens if token.tag not in ("check", *_LOOSE)]
    if checks and not rest:
        return _narrowed(tokens, context) or _joined(tokens, context)
    if any(token.tag == "consent" for token in tokens):
        return _consent(tokens, checks, context)
    if any(token.tag in ("judge", "judge-mod") for token in tokens):
        return _judgement(tokens, checks, context)
    if checks and tokens[-1].tag == "excluded" and not any(_turns([token]) for token in tokens[:-1]):
        return _excluded(_segment(tokens[:-1], context), context)
    if checks and context.exclusion and tokens[0].tag == "if" and all(isinstance(leaf, State) for one in checks for leaf in leaves(one.value.check)):
        return _segment(tokens[1:], context)
    if _HEADS.match(context.words(tokens)) and any(token.tag == "colon" for token in tokens[:5]):
        at = next(i for i, token in enumerate(tokens) if token.tag == "colon")
        if not any(token.tag == "check" for token in tokens[:at]):
            return _segment(tokens[at + 1 :], context)
    narrowed = _narrowed(tokens, context) if checks else None
    if narrowed is not None:
        return narrowed
    listed = (_listed(tokens, context) or _including(tokens, context)) if checks else None
    if listed is not None:
        return listed
    if not checks and (any(token.tag == "planned" for token in tokens) or _unknown_fact(tokens, context)):
        return _as(Statement(_clean(context.words(tokens))), tokens)
    return _unread(context, tokens[0].start, tokens[-1].end)


_HEADS = re.compile(
    r"(?:h[ae]?ematopoietic|h[ae]?ematologic(?:al)?|hepatic|renal|cardiovascular|cardiac|pulmonary|neurologic(?:al)?|metabolic|"
    r"endocrine|gastrointestinal|immunologic|liver|kidney|bone marrow|coagulation|laboratory(?: values)?|other|performance status|"
    r"biologic therapy|chemotherapy|endocrine therapy|radiotherapy|surgery|vital signs?|diagnosis|disease status)\s*:",
    re.IGNORECASE,
)


def _excluded(read: Read, context: Context) -> Read:
    """ "… are excluded": a denial among inclusions, the plain statement among exclusions."""
    return read if context.exclusion or isinstance(read.check, Unread) else Read(Not(read.check), read.spans)


def _age_alone(tokens: list[Token], context: Context) -> list[Token]:
    """A time in years that is all a segment says is an age."""
    spoken = [token for token in tokens if token.tag not in _LOOSE]
    if len(spoken) != 1 or spoken[0].tag not in ("span", "quantity", "age-quantity"):
        return tokens
    span = spoken[0]
    bounds = tuple(replace(bound, unit=bound.unit or "years") for bound in span.value)
    said = span.tag == "span" or re.search(r"old|over|under|young|above|up", span.text)
    if not said or any(bound.unit != "years" or not 0 < bound.number <= 120 for bound in bounds):
        return tokens
    return [replace(span, tag="check", value=Read(Age(bounds), ((span.start, span.end),)))]


def _of_one_sex(tokens: Sequence[Token], context: Context) -> Read:
    """ "Women must…": a rule for women."""
    sex: Check = Sex(str(tokens[0].value))
    spans: Spans = ((tokens[0].start, tokens[0].end),)
    rest = list(tokens[1:])
    if tokens[0].tag == "potential-scope":
        at = next(i for i, token in enumerate(tokens) if token.tag == "potential")
        sex = All((sex, State("childbearing potential")))
        spans = (*spans, (tokens[at].start, tokens[at].end))
        rest = list(tokens[at + 1 :])
    if not rest:
        return _unread(context, tokens[0].start, tokens[-1].end)
    rule = _segment(rest, context)
    spans = (*spans, *rule.spans)
    return Read(All((sex, rule.check)) if context.exclusion else When(sex, rule.check), spans)


_LONGEST_FACT = 25
_TERMS = frozenset(("cond", "drug", "proc", "measure", "quantity", "span", "range", "age-quantity", "lasting", "check", "window", "exceptions", "state", "age", "result", "unless", "except", "if", "colon"))


def _unknown_fact(tokens: Sequence[Token], context: Context) -> bool:
    """Whether a segment is one short fact in which nothing is of the vocabulary: it can only be asked as it stands."""
    return (
        len(tokens) <= _LONGEST_FACT
        and not any(token.tag in _TERMS or token.tag in ("allowed", "excluded", "included", "but", "eg") for token in tokens)
        and any(token.tag not in _LOOSE for token in tokens)
        and len(context.words(tokens)) > 3
    )


def _trimmed(tokens: Sequence[Token]) -> list[Token]:
    found = list(tokens)
    while len(found) > 1 and found[0].tag in (*_JOINTS, "colon", "_", "with", "of", "close", "in", "dash"):
        found.pop(0)
    while len(found) > 1 and found[-1].tag in (*_JOINTS, "colon", "_", "open", "dash"):
        found.pop()
    return found


def _as(check: Check, tokens: Sequence[Token], leaves: int = 1) -> Read:
    return Read(check, ((tokens[0].start, tokens[-1].end),) * leaves)


def _joined(tokens: Sequence[Token], context: Context) -> Read:
    """Checks with nothing but joints between them."""
    reads: list[Read] = []
    joints: list[str] = []
    between: set[str] = set()
    for token in tokens:
        if token.tag == "check":
            if reads and between & set(_PREPOSITIONS):
                return _unread(context, tokens[0].start, tokens[-1].end)
            if reads:
                joints.append(_joint(between))
            reads.append(token.value)
            between = set()
        else:
            between.add(token.tag)
    if len(reads) == 1:
        return reads[0]
    return _with_joints(reads, joints, context)


def _is_score(check: Check, context: Context) -> bool:
    measure = context.vocabulary.measure(check.term) if isinstance(check, Measurement) else None
    return measure is not None and measure.kind == "score"


def _joint(between: set[str]) -> str:
    """How two neighbours are joined: or, and, comma, or merely next to each other."""
    if "or" in between or "slash" in between:
        return "or"
    return next((joint for joint in ("and", "comma") if joint in between), "next")


def _with_joints(reads: Sequence[Read], joints: Sequence[str], context: Context) -> Read:
    kinds = set(joints)
    spans = tuple(span for read in reads for span in read.spans)
    checks = [read.check for read in reads]
    if len(checks) == 2 and kinds == {"comma"} and isinstance(checks[0], Condition) and _is_score(checks[1], context):
        return Read(All(tuple(checks)), spans)
    if isinstance(checks[0], When) and kinds <= {"or", "comma"} or isinstance(checks[0], When) and kinds == {"and"}:
        rule = Any if "or" in kinds or kinds == {"comma"} else All
        return Read(When(checks[0].scope, rule((checks[0].rule, *checks[1:]))), spans)
    if isinstance(checks[0], Not) and kinds & {"or", "and"} and not any(isinstance(check, Not) for check in checks[1:]):
        return _denied(checks, kinds, spans)
    if "or" in kinds and kinds <= {"or", "comma"}:
        return Read(Any(tuple(checks)), spans)
    if kinds <= {"and"} or (kinds <= {"and", "comma"} and not context.exclusion):
        return Read(All(tuple(checks)), spans)
    if kinds <= {"comma", "and"}:
        return Read(Any(tuple(checks)), spans) if kinds == {"comma"} else _whole_unread(reads, context)
    if "next" in kinds or ("comma" in kinds and "or" in kinds and "and" in kinds):
        return _whole_unread(reads, context)
    return _mixed(reads, joints, spans)


def _denied(checks: Sequence[Check], kinds: set[str], spans: Spans) -> Read:
    """ "no A or B" is neither; "no A and B" may deny both or only the first."""
    assert isinstance(checks[0], Not)
    neither: Check = Not(Any((checks[0].part, *checks[1:])))
    if kinds <= {"or", "comma"}:
        return Read(neither, spans)
    return Read(Ambiguous((neither, All(tuple(checks)))), spans * 2)


def _mixed(reads: Sequence[Read], joints: Sequence[str], spans: Spans) -> Read:
    """ "A or B and C" has two groupings: both stand."""
    checks = [read.check for read in reads]
    loose = any_of([all_of(group) for group in _split_at(checks, joints, "or")])
    tight = all_of([any_of(group) for group in _split_at(checks, joints, "and")])
    return Read(Ambiguous((loose, tight)), spans * 2)


def _split_at(checks: Sequence[Check], joints: Sequence[str], joint: str) -> list[list[Check]]:
    groups: list[list[Check]] = [[checks[0]]]
    for check, before in zip(checks[1:], joints, strict=True):
        if before == joint:
            groups.append([check])
        else:
            groups[-1].append(check)
    return groups


def _whole_unread(reads: Sequence[Read], context: Context) -> Read:
    spans = [span for read in reads for span in read.spans]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return _unread(context, start, end)


def _consent(tokens: Sequence[Token], checks: Sequence[Token], context: Context) -> Read:
    """Consent; said of some ("volunteers of 18-19 must…") it is theirs; beside other facts it is one part of them."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "consent")
    first = at
    while first > 0 and tokens[first - 1].tag in ("w", "willing", "able", "agree", "and", "or", "to", "event", "with", "of", "by", "for", "_", "comma"):
        first -= 1
    while first < at and tokens[first].tag in ("and", "or", "with", "of", "by", "for", "_", "comma", "to"):
        first += 1
    words = _as(Consent(_clean(context.words(tokens[first:]))), tokens[first:])
    if any(token.tag in _FACTS for token in tokens[first:]):
        return _unread(context, tokens[0].start, tokens[-1].end)
    before = _trimmed(tokens[:first]) if first else []
    read_before = any(token.tag == "check" for token in before) and all(token.tag in ("check", *_LOOSE) for token in before)
    if not read_before or any(token.tag == "check" for token in tokens[at:]):
        if any(token.tag in _FACTS for token in tokens):
            return _unread(context, tokens[0].start, tokens[-1].end)
        return _as(Consent(_clean(context.words(tokens))), tokens)
    scope = _joined(before, context)
    if any(token.tag in ("willing", "able", "agree") for token in tokens[first:at]):
        return Read(When(scope.check, words.check), scope.spans + words.spans)
    return Read(All((scope.check, words.check)), scope.spans + words.spans)


def _judgement(tokens: Sequence[Token], checks: Sequence[Token], context: Context) -> Read:
    """Words that ask for an opinion; a disease that is named first still has to be there."""
    if checks and tokens[0].tag == "check" and not any(token.tag in ("or", "and", "comma", *_TURNS) for token in tokens):
        rest = tokens[1:]
        if len(checks) == 1 and rest:
            judged = _restricted(checks[0].value, Judgement(_clean(context.words(rest))), (rest[0].start, rest[-1].end))
            if judged is not None:
                return judged
    return _as(Judgement(_clean(context.words(tokens))), tokens)


def _narrowed(tokens: Sequence[Token], context: Context) -> Read | None:
    """One check, then words that can only restrict it ("requiring…"): the check, and the unread rest."""
    if tokens[0].tag != "check" or any(token.tag in ("check", *_JOINTS) for token in tokens[1:2]):
        return None
    rest = list(tokens[1:])
    while rest and rest[-1].tag in (*_JOINTS, "stop", "colon"):
        rest.pop()
    if not rest:
        return None
    if [token.tag for token in rest] == ["with", "check"] or (rest[0].tag == "check" and len(rest) == 1 and _WITHOUT.match(rest[0].text)):
        second: Read = rest[-1].value
        return _restricted(tokens[0].value, second.check, *second.spans)
    if rest[0].tag not in ("restrict", "during", "for", "head") or _turns(rest) or any(token.tag in ("or", "comma", "semicolon") for token in rest):
        return None
    if rest[0].tag == "for" and not any(token.tag in ("check", "w") for token in rest[1:]):
        return None
    read: Read = tokens[0].value
    words = (rest[0].start, rest[-1].end)
    if rest[0].tag == "during" or any(token.tag == "w" for token in rest):
        narrow: Check = Unread(_clean(context.text[words[0] : words[1]]))
    else:
        narrow = Statement(_clean(context.words(rest if isinstance(read.check, Not) else tokens)))
    return _restricted(read, narrow, words)


_WITHOUT = re.compile(r"without\b|with no\b", re.IGNORECASE)


def _restricted(read: Read, narrow: Check, *words: tuple[int, int]) -> Read | None:
    """The check with what narrows it; under a "no" the narrowing belongs inside."""
    if any(isinstance(node, Not | Ambiguous | Any) for node in _nodes(read.check)[1:]):
        return None
    if isinstance(read.check, Not):
        return Read(Not(All((read.check.part, narrow))), (*read.spans, *words))
    if isinstance(read.check, Any):
        last = Any((*read.check.parts[:-1], All((read.check.parts[-1], narrow))))
        return Read(Ambiguous((All((read.check, narrow)), last)), (*read.spans, *words) * 2)
    return Read(All((read.check, narrow)), (*read.spans, *words))


def _nodes(check: Check) -> list[Check]:
    return [check, *(node for part in children(check) for node in _nodes(part))]


def _listed(tokens: Sequence[Token], context: Context) -> Read | None:
    """A list in which some members were read and others were not, joined by one kind of joint."""
    if _turns(tokens) or any(token.tag in ("open", "close", "restrict", "defined", "colon") for token in tokens):
        return None
    members: list[list[Token]] = [[]]
    joints: set[str] = set()
    for token in tokens:
        if token.tag in _JOINTS:
            joints.add("or" if token.tag == "slash" else token.tag)
            members.append([])
        else:
            members[-1].append(token)
    if "or" in joints and "and" in joints or not joints or (joints == {"comma"}):
        return None
    reads = [_member(member, context) for member in members if member]
    if any(read is None for read in reads) or _shared_unread(members, reads):
        return None
    found = [read for read in reads if read is not None]
    if "and" in joints and context.exclusion:
        return None
    kinds = {type(leaf) for read in found for leaf in leaves(read.check)}
    if Allergy in kinds and kinds - {Allergy, Unread}:
        return None
    windowed = {bool(getattr(leaf, "window", None)) for read in found for leaf in leaves(read.check) if hasattr(leaf, "window")}
    if len(windowed) > 1 and Unread in kinds:
        return None
    if ("or" in joints or _NEGATOR.match(context.words(tokens))) and any(isinstance(node, Not) for read in found for node in _nodes(read.check)):
        return None
    checks = [read.check for read in found]
    if isinstance(checks[0], When):
        rule = Any if "or" in joints else All
        check: Check = When(checks[0].scope, rule((checks[0].rule, *checks[1:])))
    else:
        check = any_of(checks) if "or" in joints else all_of(checks)
    return Read(check, tuple(span for read in found for span in read.spans))


def _including(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "serious illness including heart failure": what is named is among what is meant, the rest is unread."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "eg"), None)
    head_tokens = [token for token in tokens[: at or 0] if token.tag not in ("open", "comma")]
    if at is None or not head_tokens or not _naming(head_tokens, context):
        return None
    rest = [token for token in tokens[at + 1 :] if token.tag != "close"]
    if not rest or any(token.tag not in ("check", "comma", "or", "and", "slash") for token in rest) or tokens[0].tag == "check":
        return None
    named = [token.value for token in rest if token.tag == "check"]
    head = _unread(context, tokens[0].start, tokens[at - 1].end)
    return Read(any_of([head.check, *(read.check for read in named)]), (*head.spans, *(s for read in named for s in read.spans)))


# Tags an unread member of a list may have, and words that would make it say something of its neighbours.
_NAMING = frozenset(("w", "degree", "of", "history", "current", "other", "dash", "weak", "only", "event"))
_SAYING = re.compile(
    r"\b(?:is|are|was|were|be|been|should|must|may|might|can|will|shall|has|have|had|who|which|that|with|within|for|against"
    r"|than|by|during|after|before|until|stable|treated|taking|receiving|following|any)\b",
    re.IGNORECASE,
)


def _naming(tokens: Sequence[Token], context: Context) -> bool:
    """Whether an unread member of a list only names something, so that nothing in it bears on the other members."""
    if tokens[0].tag == "other" and not any(token.tag in ("stable", "lasting", "window", "quantity") for token in tokens):
        return not re.search(r"\b(?:is|are|was|were|be|should|must|may|can|will|shall)\b", context.words(tokens), re.IGNORECASE)
    return all(token.tag in _NAMING for token in tokens) and not _SAYING.search(context.words(tokens))


_NEGATOR = re.compile(r"no\b|not\b|without\b|never\b|absence\b|free\b|lack\b|neither\b", re.IGNORECASE)
_PREPOSITIONS = ("of", "in", "with", "on", "at", "for", "to", "by", "from")
_OPENING = re.compile(r"allerg|hypersens|sensitiv|intoler|reaction|vaccin|risk|relative|famil|exposure|donor|mother|father", re.IGNORECASE)


def _shared_unread(members: Sequence[Sequence[Token]], reads: Sequence[Read | None]) -> bool:
    """Whether an unread member may say something of the read ones after it: an adjective, a time, a reaction to them."""
    open_ = False
    for member, read in zip([one for one in members if one], reads, strict=True):
        if read is not None and isinstance(read.check, Unread):
            tags = {token.tag for token in member}
            if tags & {"degree", "current", "history"} or _OPENING.search(read.check.text):
                open_ = True
        elif open_:
            return True
    return any(all(token.tag == "degree" for token in member) for member in members if member)


def _member(tokens: Sequence[Token], context: Context) -> Read | None:
    if tokens[-1].tag in _PREPOSITIONS:
        return None
    facts = [token for token in tokens if token.tag == "check"]
    rest = [token for token in tokens if token.tag not in ("check", *_LOOSE)]
    if facts and not rest and len(facts) == 1:
        found: Read = facts[0].value
        return found
    if facts or not _naming(tokens, context):
        return None
    return _unread(context, tokens[0].start, tokens[-1].end)
