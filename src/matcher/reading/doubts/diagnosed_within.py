"""Diseases "diagnosed within a year": the day of the diagnosis counts, not the days on which they were there."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import Ambiguous, Check, Condition, Duration
from matcher.reading.doubts.words_of_all import is_bare
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Vocabulary
from matcher.vocabulary.passing import passing

_DIAGNOSED = Caseless(
    r"\b(?:diagnosis\s+of|diagnosed\s+(?:with|as\s+having))\s(?=[^.;()]{3,90}?(?:\bwithin\b|\bin (?:the )?(?:last|past|previous|prior|preceding)\b|\bduring (?:the )?(?:last|past|previous|prior|preceding)\b|\bless than\b|\bno (?:more|longer|earlier) than\b|\bnot more than\b|<|≤|\bfewer than\b|\bup to\b))",
    needs=("diagnosis", "diagnosed"),
)
_REACH = 60  # characters behind "diagnosed with"
# What may be there and go, or is of many kinds: one found in the time, or one that was there in it.
_OF_MANY_KINDS = ("malignancy", "infection", "disease", "solid tumor", "hematologic malignancy")
_BY_INTERVIEW = frozenset(("psychiatric disorder", "substance use disorder"))  # a diagnosis of the time that is asked about, whenever it was first made


def of_the_diagnosis(read: Read, text: str, kind: str, vocabulary: Vocabulary) -> Read:
    """The reading with such a disease known for no longer than the time; of what happens, or passes, the time is that of itself.

    An exclusion may mean those who were ill in the time, too: both stand.
    """
    said = [found for _, found in _DIAGNOSED.spans(text)]

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        if not isinstance(leaf, Condition) or leaf.window is None or leaf.window.within is None or leaf.window.beyond is not None or leaf.phase == "history" or leaf.lasting is not None:
            return None
        if not any(end - _REACH / 2 <= place[0] <= end + _REACH or place[0] <= end <= place[1] for end in said):
            return None
        named = vocabulary.condition(leaf.term)
        if named is not None and (vocabulary.event(named) or passing(vocabulary, named) is not None):
            return None
        known = replace(leaf, window=None, lasting=Duration("≤", leaf.window.within))
        plain = kind == "inclusion" and named is not None and _BY_INTERVIEW.isdisjoint((named.label, *vocabulary.broader(named))) and leaf.term not in _OF_MANY_KINDS and is_bare(replace(leaf, window=None))
        return known if plain else Ambiguous((leaf, known))

    return rewritten_there(read, change) if said else read
