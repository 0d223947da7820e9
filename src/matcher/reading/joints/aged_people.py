"""People of an age with a word before it that was not read: "outpatients aged 18 to 75", "Japanese adults over 20"."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Age, All, Sex, Unread
from matcher.model.trees import leaves
from matcher.reading.certain.necessary import SOMEBODY_ELSE
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_BEFORE = frozenset(("w", "degree", "minor", "both", "and", "current", "weak"))
_BEHIND = frozenset(("stop", "comma", "open", "close", "semicolon"))
_LONGEST = 4  # words
# Somebody else, some of the people, something that is old, or another age than that of the patient today.
_NOT_ALL = Caseless(
    r"\b(?:providers?|nurses?|physicians?|doctors?|teachers?|practitioners?|workers?|professionals?|employees|your|bab(?:y|ies)|born|cohorts?|arms?|groups?|parts?|strat(?:um|a)|phase|stage|controls?|couples?|probands?|cases?|index|"
    r"non?|not|if|when|some|other|onset|debut|menarche|menopause|manifestation|diagnos\w*|mental|physiologic\w*|biological|gestation\w*|post-?menstrual|corrected|developmental|reading|bone|starting|start|began|first|last|most|least|mean|average|median|minimum|maximum|interval|recordings?|scans?|images?|imaging|tests?|results?|samples?|specimens?|biops\w+|reports?|smears?|x-?rays?|radiograph\w*|films?|tissues?|blocks?|documents?|owners?|pets?|dogs?|cats?|recipients?|deceased|potential|younger|either)\b"
)
# "Fits noticed between 18 and 60 years": the age of that day.
_ON_A_DAY = Caseless(r"(?:\w{3}ed|made|seen|found|given|begun|began)\W*$")


def aged_people(tokens: Sequence[Token], context: Context) -> Read | None:
    """The age that an inclusion asks for, with the words before it unread."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "check"), 0)
    if context.exclusion or not 0 < at <= _LONGEST or any(token.tag not in _BEFORE for token in tokens[:at]) or any(token.tag not in _BEHIND for token in tokens[at + 1 :]):
        return None
    read: Read = tokens[at].value
    said = context.words(tokens[:at])
    parts = list(leaves(read.check))
    if not isinstance(read.check, Age | All) or not any(isinstance(part, Age) for part in parts) or not all(isinstance(part, Age | Sex) for part in parts):
        return None
    if SOMEBODY_ELSE.search(said) or _NOT_ALL.search(said) or _ON_A_DAY.search(said) or any(token.tag == "and" for token in (tokens[0], tokens[at - 1])):
        return None
    return Read(All((read.check, Unread(clean(said)))), (*read.spans, (tokens[0].start, tokens[at - 1].end)))
