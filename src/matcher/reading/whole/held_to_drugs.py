"""Exclusions that were not read to their end, held to the treatment whose use they tell of: without it nobody is excluded.

"Use of estrogens for more than a month after the diagnosis", "taking drugs known to prolong labor": whatever the unread
words say, they describe some of those who took what stands at the head of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.language import (
    All,
    Check,
    Judgement,
    Medication,
    Procedure,
    Statement,
    Unread,
    Window,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.certain.necessary import SOMEBODY_ELSE
from matcher.reading.grammar.rules import Read
from matcher.reading.grammar.term import term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.spelling import spaced
from matcher.reading.tagging.tokens import Lexer, Token
from matcher.reading.whole.held_to_diseases import is_held

_LONGEST = 300  # characters
WHATEVER = "medicines of any kind"
_WHATEVER = pattern_of(r"(?:drugs?|medications?|medicines?|agents?|medicinal products?)", re.IGNORECASE)
# With one of these it may be about what is to come, about somebody else, or about what a drug did.
_BARS = Caseless(
    r"\b(?:must|should|shall|will|would|plan\w*|anticipat\w*|expect\w*|schedul\w*|intend\w*|intention\w*|future|need\w*|requir\w*|indicated|candidates?|eligib\w*|ineligib\w*|allow\w*|permit\w*|acceptab\w*|exclud\w*|included|includes|counts|counted|defined|regarded|also|"
    r"allerg\w+|hypersens\w+|intoleran\w+|reactions?|contra-?indicat\w*|abus\w+|dependen\w+|addict\w*|misus\w+|overdos\w+|toxicit\w+|naive|na[iï]ve|withdrawal|cohorts?|arms?|groups?|healthy|volunteers?|"
    r"throughout|until|while|whilst|during(?! (?:the )?(?:past|last|previous|preceding|prior|\d))|after|following|post|duration of|course of|unwilling\w*|unable|inability|refus\w+|either|both|neither)\b"
)
# The same of what members of a list may be given for, or with.
BARS_OF_USE = Caseless(
    r"\b(?:future|allerg\w+|hypersens\w+|intoleran\w+|reactions?|contra-?indicat\w*|abus\w+|dependen\w+|addict\w*|misus\w+|overdos\w+|toxicit\w+|naive|na[iï]ve|withdrawal|deficien\w+|resistan\w+|levels?|"
    r"throughout|until|while|whilst|during(?! (?:the )?(?:past|last|previous|preceding|prior|\d))|duration of|course of|unwilling\w*|unable|inability|refus\w+)\b"
)
_PEOPLE = r"patients?|subjects?|participants?|individuals?|people|persons?|adults?|wom[ae]n|men|males?|females?|children|child|those|anyone|who|that|with|is|are|was|were|be|been|being|has|have|had|having|histor(?:y|ies)|the|an?|any|all|some|other|another|currently|current|concurrent(?:ly)?|concomitant(?:ly)?|previous(?:ly)?|prior|past|recent(?:ly)?|ongoing|known|documented|ever|actively|of"
_USE = r"use|used|using|uses|usage|user|users|treatment|treated|therapy|therap(?:y|ies)|receiv(?:e|es|ed|ing)|receipt|tak(?:e|es|en|ing)|took|intake|administration|administered|exposure|exposed|ingestion|consumption|on|initiation|initiated|start|started|chang(?:e|es|ed)|medicated|given|under"
_HOW = r"chronic(?:ally)?|regular(?:ly)?|routine(?:ly)?|daily|continuous(?:ly)?|long-?term|prolonged|repeated|frequent(?:ly)?|intermittent(?:ly)?|systemic|oral|orally|topical|inhaled|intranasal|nasal|intravenous|iv|i\.v\.|parenteral|injectable|injected|subcutaneous|sc|sl|sublingual|intramuscular|im|intra-?articular|ocular|local|high-?dose|low-?dose|high|low|dose|doses|therapeutic|certain|specific|specified|prohibited|additional|standard|strong|moderate|potent|concomitant|supplemental|more than one|at least one|one or more|amount of|total of|of|with|in|to|the|an?|any|all|other|another|these|following|(?:approved|licensed|commercial|marketed) or (?:investigational|experimental)|(?:investigational|experimental) or (?:approved|licensed|commercial|marketed)"
_BEFORE = pattern_of(rf"\W*(?:(?:{_PEOPLE}|{_HOW})(?![\w-])\s*)*(?:(?:{_USE})(?![\w-])\s+(?!or\b|and\b))?(?:(?:{_HOW})(?![\w-])\s*)*", re.IGNORECASE)
HOW_TAKEN = pattern_of(rf"\W*(?:(?:{_PEOPLE}|{_HOW}|us(?:es|ed|ing)|treated|receiv(?:e|es|ed|ing)|tak(?:e|es|en|ing)|exposed|given)(?![\w-])\s*)*", re.IGNORECASE)
_NOUN = pattern_of(r"(?:\s*(?:-?containing|class|type|drugs?|agents?|medications?|medicines?|therap(?:y|ies)|treatments?|products?|preparations?|use|usage|administration|intake|injections?|infusions?|regimens?|tablets?|users?)\b)*", re.IGNORECASE)
_BETWEEN = pattern_of(rf"\s*(?:,\s*(?:and/or|or|and)?|/|\band/or\b|\bor\b|\band\b)\s*(?:(?:{_USE}|{_HOW})(?![\w-])\s*)*", re.IGNORECASE)
_TAIL = pattern_of(
    r"\s*(?:$|[.\])]\s*$|[<>≥≤=]|\d|(?:that|which|for|to|of|in|on|at|from|with|within|during|over|before|prior|since|by|per|as|unless|because|due|started|initiated|given|administered|taken|known|likely|associated|considered|believed|thought|suspected|affecting|interfering|influencing|altering|acting|prolonging|prescribed|containing|daily|twice|once|more|less|greater|longer|at least|currently|concurrently|concomitantly|regularly|chronically|except|other than|started|discontinued|stopped)(?![\w-]))",
    re.IGNORECASE,
)
_TAIL_OF_ANY = pattern_of(r"\s*(?:that|which|known|likely|considered|believed|thought|suspected|affecting|interfering|influencing|altering|acting|prolonging|to|for|with|containing|associated|metaboli[sz]ed|active)(?![\w-])", re.IGNORECASE)
# The same where the sentence begins with it: no more than what such drugs do.
_TAIL_OF_CLAUSE = pattern_of(
    r"\s*(?:(?:that|which)\s+(?:are\s+|is\s+)?(?:known|likely|considered|believed|thought|suspected|may|might|can|could|have|affect|interfer|influenc|alter|act|prolong|inhibit|induc|increas|decreas|reduc|lower|rais|modif|impair|caus|suppress|stimulat|metaboli|slow|delay|promot|enhanc|disturb|worsen)\w*|"
    r"known|likely|considered|believed|thought|suspected|affecting|interfering|influencing|altering|acting|prolonging|causing|lowering|raising|increasing|decreasing|reducing|inhibiting|inducing|associated|metaboli[sz]ed|with\s+(?:an?\s+)?(?:known\s+|potential\s+|high\s+|strong\s+|significant\s+|possible\s+)*(?:risk|potential|effects?|influence|impact|activity|action|\w+\s+(?:effects?|properties|activity|potential)))(?![\w-])",
    re.IGNORECASE,
)
_MORE = pattern_of(r"[;:/•*]|\.\s+\S|,|\b(?:or|and|and/or|as well as|plus|nor)\b", re.IGNORECASE)
_ACTING = pattern_of(r"\s*(?:(?:that|which|known|likely|considered|believed|thought|suspected|to|may|might|can|could|are|is|have|been|significantly|strongly|potentially|adversely)\s+)*(?:affect|interfer|interact|influenc|alter|act|prolong|inhibit|induc|increas|decreas|reduc|lower|rais|modif|impair|caus|suppress|stimulat)\w*\b", re.IGNORECASE)
_ELSE = Caseless(r"\b(?:histor\w+|known|any|patients?|subjects?|us(?:e|es|ing)|tak(?:e|ing)|receiv\w+|pregnan\w+|lactat\w+|breast\w*|current\w*|prior|previous\w*|smok\w*|alcohol\w*|drugs?|treat\w*|therap\w*|surger\w*|positive|abnormal\w*|no|non|not|other|compl\w+|coopera\w+|illitera\w+|opinion|judg\w+|investigator\w*|who|having|have|has|severe|active|within|participat\w+|enrol\w+)\b")
_NAMES = frozenset(("cond", "drug", "proc", "state", "measure"))
_WIDENS = pattern_of(r"[(\[]\s*(?:including|incl\.?|or|and|and/or|plus|with|as well as|also)\b", re.IGNORECASE)
_SAYS_NOTHING = pattern_of(r"\b(?:including|incl|or|and|but|not|limited|restricted|to|other|any|e\.?g|the|drugs?|agents?|therap(?:y|ies)|treatments?|medications?)\b|[\W_]", re.IGNORECASE)
_RUN_ON = pattern_of(r"(?<=[a-z0-9] )[A-Z][a-z]{3,}")  # "for whatever reason Steroids at …": another line that ran into this one
_BRACKET = pattern_of(r"[(\[][^()\[\]]*[)\]]")
_EARLIER = Caseless(r"\b(?:hours?|days?|weeks?|months?|years?|previous\w*|prior|past|last|recent\w*|since|ever|before|histor\w+|received|taken|used|had)\b")
_TIME = pattern_of(r"\b(?:hours?|days?|weeks?|months?|years?|hrs?|wks?|yrs?)\b", re.IGNORECASE)


def held_to_drugs(read: Read, text: str, lexer: Lexer) -> Read:
    """An exclusion beside the treatments without which it means nobody, where it was not read to its end."""
    if len(text) > _LONGEST or "\n" in text.strip() or text.rstrip().endswith(":") or is_held(read.check):
        return read
    said = spaced(text).rstrip(" ;:,.")
    plain = _BRACKET.sub(lambda bracket: " " * len(bracket[0]), said)
    if "(" in plain or ")" in plain or _BARS.search(said) or _RUN_ON.search(said) or SOMEBODY_ELSE.search(said):
        return read
    tokens = list(lexer.tokens(said))
    if any(_widened(bracket[0], bracket.start(), tokens) for bracket in _BRACKET.finditer(said)):
        return read
    named = _at_its_head(plain, tokens)
    inside = [token for token in tokens if token.tag in ("drug", "proc") and not plain[token.start : token.end].strip()]
    if not named or not _all_of_them(read.check, [*named, *inside]):
        return read
    now = not _EARLIER.search(said) and any(token.tag in ("use", "treated") and token.value == "current" for token in tokens if token.start < named[0].start)
    held = list(dict.fromkeys(_taken(token, read.check, said, now=now) for token in (*named, *inside)))
    return Read(All((any_of(held), read.check)), (*((0, len(text)),) * len(held), *read.spans))


def _widened(bracket: str, start: int, tokens: Sequence[Token]) -> bool:
    """Whether a bracket may name something besides the treatment before it that the vocabulary does not know."""
    if not _WIDENS.match(bracket):
        return False
    known = [(token.start - start, token.end - start) for token in tokens if token.tag in ("drug", "proc") and start <= token.start < start + len(bracket)]
    rest = list(bracket)
    for first, last in known:
        rest[first:last] = " " * (last - first)
    return bool(_SAYS_NOTHING.sub(" ", "".join(rest)).strip())


def _at_its_head(plain: str, tokens: Sequence[Token]) -> list[Token]:
    """The treatments, one or a list of them, that a sentence begins with; none where it may be about something else as well."""
    drugs = [token for token in tokens if plain[token.start : token.end].strip() and (token.tag in ("drug", "proc") or (token.tag == "event" and _WHATEVER.fullmatch(token.text)))]
    if not drugs or not _BEFORE.fullmatch(plain[: drugs[0].start]) or (drugs[0].tag == "proc" and not re.search(_USE, plain[: drugs[0].start], re.IGNORECASE)):
        return []
    found = [drugs[0]]
    noun = _NOUN.match(plain, drugs[0].end)
    end = noun.end() if noun else drugs[0].end
    for token in drugs[1:]:
        if not _BETWEEN.fullmatch(plain, end, token.start):
            break
        found.append(token)
        noun = _NOUN.match(plain, token.end)
        end = noun.end() if noun else token.end
    rest = plain[end:]
    whatever = any(token.tag == "event" for token in found)
    if (whatever and not (_TAIL_OF_CLAUSE if found[0].start == 0 else _TAIL_OF_ANY).match(rest)) or not _TAIL.match(rest):
        return []
    more = _MORE.search(rest)
    return found if more is None or _still_of_it(rest, more, [token for token in tokens if token.start >= end + more.start()]) else []


def treatments_of(part: str, tokens: Sequence[Token]) -> list[Check]:
    """The treatment that a member of a list is about, ever taken; none where it may be about something else."""
    named = _at_its_head(part, tokens)
    return [Medication(term_of(token).label, "any") if token.tag == "drug" else Procedure(term_of(token).label) for token in named if token.tag != "event"]


def _still_of_it(rest: str, more: re.Match[str], named: Sequence[Token]) -> bool:
    """Whether the list behind a treatment is of what it acts on: "drugs known to affect mood, sleep or appetite"."""
    listed = rest[more.start() :]
    acted_on = _ACTING.match(rest) is not None and not _ELSE.search(listed)
    return acted_on and not any(token.tag in _NAMES for token in named) and all(len(part.split()) < 5 for part in _MORE.split(listed))


def _all_of_them(check: Check, named: Sequence[Token]) -> bool:
    """Whether everything that was read of the sentence is of the treatments it begins with."""
    terms = {term_of(token).label for token in named if token.tag != "event"}
    return all(isinstance(leaf, Unread | Judgement | Statement) or (isinstance(leaf, Medication | Procedure) and leaf.term in terms) for leaf in leaves(check))


def _taken(token: Token, check: Check, said: str, *, now: bool) -> Check:
    """Having had a treatment, in the time that alone is said of it."""
    if token.tag == "event":
        return Medication(WHATEVER, "current" if now else "any")
    label = term_of(token).label
    times = {leaf.window for leaf in leaves(check) if isinstance(leaf, Medication | Procedure) and leaf.term == label}
    told = next(iter(times)) if len(times) == 1 and len(_TIME.findall(said)) == 1 else None
    window = told if isinstance(told, Window) and told.within is not None and told.beyond is None else None
    if token.tag == "proc":
        return Procedure(label, window=window)
    return Medication(label, "" if window else "current" if now else "any", window=window)
