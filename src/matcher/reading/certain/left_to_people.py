"""Words left unread that only a person can answer: what somebody thinks of a patient's fitness, and what the patient agrees to.

Such words are told by every one of them: nothing in them names a disease, a treatment, a value or a time that a record could
decide. What may also be read otherwise is left as it is.
"""

from __future__ import annotations

from pathlib import Path

from matcher.model.language import (
    All,
    Ambiguous,
    Check,
    Condition,
    Consent,
    Judgement,
    Measurement,
    Medication,
    Procedure,
    Statement,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Stems, Vocabulary, is_asked

_LONGEST = 400  # characters
_FEWEST = 2  # words
_WORD = pattern_of(r"[a-z][a-z'’-]*[a-z]")
_COUNTED = pattern_of(r"\d|[<>≥≤=%]")


def _word_lists() -> dict[str, frozenset[str]]:
    """The words of such sentences by what they belong to: every sentence, an opinion, a consent."""
    sections = (Path(__file__).parents[1] / "data" / "people_words.txt").read_text(encoding="utf-8").split("\n## ")[1:]
    return {name: frozenset(words.split()) for name, _, words in (section.partition("\n") for section in sections)}


_WORDS = _word_lists()
_OF_CONSENT = _WORDS["common"] | _WORDS["consent"]
_OF_OPINION = _OF_CONSENT | _WORDS["opinion"]
_SAYS_WHO = Caseless(
    r"\b(?:opinion|judge?ments?|discretion|(?:according to|by|of|based on) (?:the |a |an |his |her |study |treating |principal )*(?:investigators?|researchers?|physicians?|doctors?|clinicians?|sponsor|pi|team|surgeons?)|"
    r"(?:investigator|researcher|physician|doctor|clinician)(?:'?s'?)? (?:\w+ )?(?:assess\w+|decisions?|decid\w+|determin\w+|evaluat\w+|objection|thinks?|feels?|believes?))\b",
    needs=("of", "by", "judg", "doctor", "opinion", "based on", "physician", "clinician", "researcher", "discretion", "according to", "investigator"),
)
_SAYS_HOW = Caseless(
    r"\b(?:deem\w*|considered|judged|believed|thought (?:to|that|by)|decide[sd]?|unfit|unsuit\w+|suitab\w+|inappropriate|unsafe|undue|interest|safety concerns?|"
    r"interfer\w*|compromis(?:es?|ing)|hamper\w*|prevent\w*|preclud\w*|confound\w*|endanger\w*|jeopardi\w*|imped\w*|hinder\w*|limit(?:s|ing)?|impair(?:s|ing)?|influenc\w*|alter(?:s|ing)?|disturbs?|affect(?:s|ing)?|obscur\w*|impacts?|bias|complicates?|"
    r"(?:plac|put)\w* \w+ (?:\w+ )?at|mak(?:es?|ing) \w+ (?:un\w+|in\w+|difficult)|render(?:s|ing)?|pos(?:es?|ing)|contraindicates?|(?:does|do|did|would|will|can|may|might|could)(?:n't| not) (?:allow|permit|enable)|cannot (?:allow|permit)|(?:could|may|might) (?:be associated|lead|increase|make|place|put)|disables?)\b"
)
_SAYS_YES = Caseless(
    r"\b(?:consent\w*|assent\w*|willing\w*|unwilling\w*|agree[sd]?|agreement|disagree\w*|compl(?:y|ies|iance|iant|ying)|non-?complian\w*|adher\w*|non-?adheren\w*|co-?operat\w*|uncooperative|refus\w*|declin\w*|sign(?:s|ed|ing|ature)?|hipaa|voluntar\w*|commit\w*|"
    r"motivat\w*|oppos\w+|object\w*|wish\w*|accept\w*|decide)\b"
)
# What asks for the fact itself, or lets somebody in.
_OTHERWISE = Caseless(r"\b(?:unless|except\w*|other than|allowed|permitted|contracepti\w*|birth control|pregnan\w*|english|spanish|french|language barriers?|previous(?:ly)? (?:participat\w*|enrol\w*)|screening failure|completed|another|other (?:study|studies|trials?)|prior participation)\b")
# The day of the consent is a time.
_AT_CONSENT = Caseless(r"\W*(?:prior to|before|at (?:the )?(?:time|date|point|moment) of|since|until|on the day of)\b")
_OF_EITHER = Stems(
    r"opinion|judg|discretion|investigator|researcher|physician|doctor|clinician|sponsor|surgeon|deem|consider|determin|believ|thought|decide|unfit|suit|inappropriate|unsafe|undue|interest|safety|interfer|allow|permit|enable|compromis|hamper|prevent|preclud|confound|"
    r"endanger|jeopard|imped|hinder|limit|impair|influen|alter|disturb|affect|obscur|impact|bias|complicat|increas|plac|put|mak|render|pos|lead|contraindic|associated|risk|disabl|consent|assent|willing|agree|compl|adher|operat|refus|declin|sign|hipaa|"
    r"voluntar|commit|motivat|oppos|object|wish|accept"
)


def left_to_people(read: Read, vocabulary: Vocabulary, kind: str = "") -> Read:
    """The check with its unread words that only ask for somebody's opinion, or for the patient's will, as such.

    Beside a fact that excludes, words of a will leave the rest to nobody: they stay unread.
    """
    if isinstance(read.check, Ambiguous):
        return read
    bare = [leaf for leaf in leaves(read.check) if isinstance(leaf, Unread | Statement) and len(leaf.text) <= _LONGEST]
    if not any(_COUNTED.search(leaf.text) is None and _OF_EITHER.stand_in(leaf.text) for leaf in bare):
        return read
    open_ = {leaf for node in nodes(read.check) if isinstance(node, Ambiguous) for leaf in leaves(node)}
    narrowing = {part for node in nodes(read.check) if isinstance(node, All) and kind == "exclusion" for part in node.parts if any(isinstance(leaf, Condition | Medication | Procedure | Measurement) for leaf in leaves(node))}
    return rewritten(read, lambda leaf: None if leaf in open_ or (leaf in narrowing and isinstance(_of_people(leaf, vocabulary), Consent)) else _of_people(leaf, vocabulary))


def _of_people(leaf: Check, vocabulary: Vocabulary) -> Check | None:
    """The opinion or the consent that words ask for, if they ask for nothing else."""
    if not isinstance(leaf, Unread | Statement) or len(leaf.text) > _LONGEST or _COUNTED.search(leaf.text) or _OTHERWISE.search(leaf.text) or _AT_CONSENT.match(leaf.text) or is_asked(leaf.text, vocabulary):
        return None
    words = _WORD.findall(leaf.text.casefold().replace("’", "'"))
    if len(words) < _FEWEST or (len(words) == _FEWEST and "willing" in leaf.text) or leaf.text.rstrip().endswith(":"):
        return None
    if _SAYS_YES.search(leaf.text) and all(map(_OF_CONSENT.__contains__, words)):
        return Consent(leaf.text)
    if (_SAYS_WHO.search(leaf.text) or _SAYS_HOW.search(leaf.text)) and all(map(_OF_OPINION.__contains__, words)):
        return Judgement(leaf.text)
    return None
