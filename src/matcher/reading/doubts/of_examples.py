"""What is said of a kind and so of its examples: "recurrent or chronic infections such as sinusitis", not any sinusitis."""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.model.language import All, Ambiguous, Any, Check, Condition, Exempt, Judgement, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Vocabulary

_WORD = r"(?:recurrent|recurring|frequent|chronic|severe|serious|major|uncontrolled|poorly controlled|unstable|untreated|advanced|decompensated|persistent|refractory|life-?\s?threatening|acute|debilitating|disabling|incapacitating|terminal|end-?\s?stage|fatal|critical|grave|(?:rapidly )?progress(?:ive|ing))"
_ADJECTIVES = pattern_of(_WORD, re.IGNORECASE)
_FEW = r"[^.;:,()]{2,70}?"
_WORDS = rf"\b(?P<words>{_WORD}(?:(?:\s*,\s*|\s+)(?:and/or\s+|or\s+|and\s+)?{_WORD})*)\s+"
_EXAMPLES = ("such as", "including", "for example", "for instance", "e.g", "eg", "like")
_OF_A_KIND = Caseless(rf"{_WORDS}{_FEW}(?:[\s,(]*\b(?:such as|including|for example|for instance|e\.?g\b\.?|like)|(?<!\w)(?:diseases?|disorders?|conditions?|illness(?:es)?|infections?|comorbidit(?:y|ies)|problems?)\s*:(?=\s*\S))", needs=(*_EXAMPLES, ":"))
# "Severe cognitive (e.g. dementia) or psychiatric disorders": of the second kind, too.
_OF_TWO_KINDS = Caseless(rf"{_WORDS}[\w-]+(?:ive|ic|al|ar|ac|ous)\s*\((?:e\.?g|such as|including|for example)[^()]*\)\s*(?:and/or|or|and)\b", needs=_EXAMPLES)
_NOT_LIMITED = pattern_of(r"[\s,(]*(?:but(?: is| are)? not limited to|without limitation)?[\s,:)]*\n", re.IGNORECASE)
# What opens a list of examples: "including the following:", "such as any of these conditions: 1.".
_LISTED = pattern_of(r"[\s,(]*(?:but(?: is| are)? not (?:limited|restricted) to|without limitation)?[\s,]*(?:(?:any|one or more|at least one|one|some)\s+(?:of\s+)?)?(?:(?:the|these)(?:\s+following)?(?:\s+[a-z]+){0,2})?\s*(?::|(?=\n|\(?(?:1|a|i)[.)]\s))\s*\S", re.IGNORECASE)
_LIST_ENDS = pattern_of(r"\.\s+(?=(?:Patients?|Subjects?|Participants?|Those|Any|All|Note)\b)")
_ENDS = pattern_of(r"[.;:](?=\s|$)|\b(?:who|that|which|with)\b", re.IGNORECASE)


def with_examples_as_said(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """A reading in which an example of what is so is itself so, or counts in whatever form: both stand."""
    if not any(isinstance(leaf, Condition) for leaf in leaves(read.check)):
        return read
    read = _as_judged(read, text)
    for said in filter(None, (words.search(text) for words in (_OF_A_KIND, _OF_TWO_KINDS))):
        read = _with_words(read, text, said, vocabulary)
    return _of_its_kinds(read, text, vocabulary) if _ADJECTIVE.search(text) else read


def _as_judged(read: Read, text: str) -> Read:
    """The examples listed behind a condition that is somebody's to judge, judged as it is, or whatever they are like."""
    head = next((leaf for leaf in leaves(read.check.parts[0]) if isinstance(leaf, Judgement)), None) if isinstance(read.check, Any) else None
    if head is None or not isinstance(read.check, Any) or any(isinstance(leaf, Condition) and leaf.term not in _AT_LARGE for leaf in leaves(read.check.parts[0])):
        return read
    link = _LINK.search(text, read.spans[0][0])
    if link is None or _LISTED.match(text, link.end()) is None:
        return read
    return rewritten_there(read, lambda leaf, place: Ambiguous((leaf, All((leaf, head)))) if isinstance(leaf, Condition) and leaf == Condition(leaf.term) and place[0] >= link.end() else None)


_AT_LARGE = frozenset(("disease", "systemic disease", "chronic disease", "intercurrent illness", "serious illness"))
_LINK = pattern_of(r"\b(?:including|include|such as|for example|for instance|e\.?\s?g\b\.?|like)", re.IGNORECASE)


def _with_words(read: Read, text: str, said: re.Match[str], vocabulary: Vocabulary) -> Read:
    states = tuple(dict.fromkeys(word.casefold() for word in _ADJECTIVES.findall(said["words"])))
    listed_behind = said[0].endswith(":")  # what stands behind a title is in doubt already, and in both readings as it stands
    open_ = {id(leaf) for part in nodes(read.check) if isinstance(part, Ambiguous) and not listed_behind for leaf in leaves(part)}
    end = _end(text, said)

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        start, stop = place
        whole = start <= said.start("words") + 1 or (start < said.end() < stop)
        listed = stop > said.end() if whole else said.end() <= start < end and not _ADJECTIVES.search(text[max(start - 25, said.end() if listed_behind else 0) : stop])
        return _either(leaf, states, vocabulary) if listed and id(leaf) not in open_ else None

    return rewritten_there(read, change)


def _end(text: str, said: re.Match[str]) -> int:
    """Where the examples end: with the bracket in which they stand, or with their clause."""
    start = said.end()
    within = text.count("(", said.start(), start) > text.count(")", said.start(), start)
    shut = text.find(")", start) if within else -1
    if not within and not said[0].endswith(":") and "\n" not in text[: said.start()] and _LISTED.match(text, start) is not None:
        over = _LIST_ENDS.search(text, start)
        return over.start() if over is not None else len(text)
    not_limited = _NOT_LIMITED.match(text, start)
    stop = _ENDS.search(text, not_limited.end() if not_limited is not None else start + 2)
    return shut if shut >= 0 else stop.start() if stop is not None else len(text)


def _either(leaf: Check, states: tuple[str, ...], vocabulary: Vocabulary) -> Check | None:
    if leaf == _INFECTED and not _BADLY.isdisjoint(states):
        return Ambiguous((leaf, replace(leaf, other_than=_MINOR)))
    if not isinstance(leaf, Condition) or leaf.phase == "active" or not _TOLD_BESIDE.issuperset(leaf.states) or leaf.stages or any(word in leaf.term.casefold() for word in states):
        return None
    named = vocabulary.condition(leaf.term)
    lasts = "chronic" in states and named is not None and vocabulary.lifelong(named)
    so = replace(leaf, states=states)
    return None if lasts else Ambiguous((leaf, All((leaf, so)) if leaf.states else so))


# A disease may be felt, or lie beneath another, and yet be held in check: "uncontrolled illness such as symptomatic heart failure".
_TOLD_BESIDE = frozenset(("symptomatic", "underlying"))
# Infections that nobody calls uncontrolled or serious: "uncontrolled illness including active infection" may mean any other.
_INFECTED = Condition("infection", "active")
_BADLY = frozenset(("severe", "serious", "major", "uncontrolled", "poorly controlled", "unstable", "life-threatening", "debilitating", "fatal", "critical"))
_MINOR = (Exempt("trivial infection"),)


# Words that name who has a disease, and behind the name of another say of which kind it is: "neuropathy, including diabetic", "osteoporosis, postmenopausal".
_OF_WHOM = r"(?:diabetic|alcoholic|psoriatic|cirrhotic|osteoporotic|asthmatic|coeliac|celiac|hypothyroid|hyperthyroid|typhoid|sarcoid|(?:post|peri|pre)?-?menopausal|h(?:a)?emophilic|an(?:a)?emic)"
_ADJECTIVE = Caseless(rf"\W\s*\b{_OF_WHOM}\s*(?:[,;.)/]|$|\b(?:or|and)\b)", needs=("diabetic", "alcoholic", "psoriatic", "otic", "asthmatic", "celiac", "coeliac", "thyroid", "typhoid", "sarcoid", "menopausal", "philic", "emic"))
_IS_ADJECTIVE = pattern_of(_OF_WHOM, re.IGNORECASE)
_SAID_OF_IT = pattern_of(r"(?:\s*[,(:–-]\s*|\s+(?=including|such|e\.?g|i\.?e|like|for ex))(?:(?P<such>including|such as|e\.?\s?g\b\.?|i\.?e\b\.?|like|for example)[\s,:]*(?:but not limited to[\s,]*)?)?(?:(?:either|both|or|and|and/or|[a-z-]+(?:ic|al|oid|ous|ive|ar|ed))[\s,/]+)*", re.IGNORECASE)
_SUCH = pattern_of(r"\b(?P<such>including|such as|e\.?\s?g\b\.?|i\.?e\b\.?|like|for example)", re.IGNORECASE)
_ENDS_SO = pattern_of(r"\W*$")
_BEHIND_IT = pattern_of(r"\s*(?:[,;.)/]|$|(?:or|and)\b)", re.IGNORECASE)


def _of_its_kinds(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """A disease of which such words say the kind: they ask for that kind, or for the disease at large."""
    named = list(zip(leaves(read.check), read.spans, strict=False))
    heads = [(leaf, place) for leaf, place in named if isinstance(leaf, Condition) and not leaf.term.endswith("menopause") and not _is_adjective(leaf, place, text, vocabulary)]
    kinds: dict[tuple[int, int], Check | None] = {}  # by the place of the disease

    def of_kind(leaf: Check, place: tuple[int, int]) -> Check | None:
        if not isinstance(leaf, Condition) or not _is_adjective(leaf, place, text, vocabulary):
            return None
        for nth, (head, there) in enumerate(heads):
            said = _SAID_OF_IT.fullmatch(text, there[1], place[0]) if there != place else _SUCH.search(text, *place)
            if said is None or (not said["such"] and nth):
                continue
            whole = vocabulary.condition(f"{text[slice(*place)]} {text[slice(*there)]}") if there != place else None
            alone = not said["such"] and whole is not None and _ENDS_SO.match(text, place[1]) is not None
            both = All((head, leaf))
            kinds.setdefault(there, replace(head, term=whole.label) if alone and whole is not None else Ambiguous((head, All((head, Unread(clean(text[there[1] :]).lstrip(",(-–:/ "))))))) if not said["such"] else None
            return kinds[there] if alone else both if whole is not None or said["such"] else Ambiguous((leaf, both))
        return None

    found = rewritten_there(read, of_kind)
    return rewritten_there(found, lambda leaf, place: kinds.get(place) if (leaf, place) in heads else None)


def _is_adjective(leaf: Condition, place: tuple[int, int], text: str, vocabulary: Vocabulary) -> bool:
    """Whether a disease was read from such a word, alone or among the kinds of another."""
    words = text[slice(*place)]
    if _IS_ADJECTIVE.fullmatch(words):
        return _BEHIND_IT.match(text, place[1]) is not None
    such = _SUCH.search(words)
    told = (vocabulary.condition(one[0]) for one in _IS_ADJECTIVE.finditer(words, such.end()) if _BEHIND_IT.match(words, one.end())) if such is not None else ()
    return any(one is not None and one.label == leaf.term for one in told)
