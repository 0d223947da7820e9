"""What is said of a kind and so of its examples: "recurrent or chronic infections such as sinusitis", not any sinusitis."""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.model.language import All, Ambiguous, Check, Condition, Exempt
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Vocabulary

_WORD = r"(?:recurrent|recurring|frequent|chronic|severe|serious|major|uncontrolled|poorly controlled|unstable|untreated|advanced|decompensated|persistent|refractory|life-?\s?threatening|acute|debilitating|disabling|incapacitating|terminal|end-?\s?stage|fatal|critical|grave|(?:rapidly )?progress(?:ive|ing))"
_ADJECTIVES = re.compile(_WORD, re.IGNORECASE)
_FEW = r"[^.;:,()]{2,70}?"
_WORDS = rf"\b(?P<words>{_WORD}(?:(?:\s*,\s*|\s+)(?:and/or\s+|or\s+|and\s+)?{_WORD})*)\s+"
_EXAMPLES = ("such as", "including", "for example", "for instance", "e.g", "eg", "like")
_OF_A_KIND = Caseless(rf"{_WORDS}{_FEW}(?:[\s,(]*\b(?:such as|including|for example|for instance|e\.?g\b\.?|like)|(?<!\w)(?:diseases?|disorders?|conditions?|illness(?:es)?|infections?|comorbidit(?:y|ies)|problems?)\s*:(?=\s*\S))", needs=(*_EXAMPLES, ":"))
# "Severe cognitive (e.g. dementia) or psychiatric disorders": of the second kind, too.
_OF_TWO_KINDS = Caseless(rf"{_WORDS}[\w-]+(?:ive|ic|al|ar|ac|ous)\s*\((?:e\.?g|such as|including|for example)[^()]*\)\s*(?:and/or|or|and)\b", needs=_EXAMPLES)
_NOT_LIMITED = re.compile(r"[\s,(]*(?:but(?: is| are)? not limited to|without limitation)?[\s,:)]*\n", re.IGNORECASE)
_ENDS = re.compile(r"[.;:](?=\s|$)|\b(?:who|that|which|with)\b", re.IGNORECASE)


def with_examples_as_said(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """A reading in which an example of what is so is itself so, or counts in whatever form: both stand."""
    if not any(isinstance(leaf, Condition) for leaf in leaves(read.check)):
        return read
    for said in filter(None, (words.search(text) for words in (_OF_A_KIND, _OF_TWO_KINDS))):
        read = _with_words(read, text, said, vocabulary)
    return read


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
