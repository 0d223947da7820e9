"""Exceptions of which it is not sure what they except: "seizures except febrile", "lithium, except stable for 6 months".

An exception that is nothing of the kind of the fact says more than its name, and a length of time behind words that say how the
excepted is, is the exception's own.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from matcher.model.language import Ambiguous, Any, Check, Condition, Exempt, Medication, Not, Unless, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rewriting import rewritten, rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Relation, Vocabulary, conditions_in, load

_WORDS = ("except", "other than", "exclud", "apart from")
_EXCEPTION = Caseless(r"\b(?:except\w*|other than|excluding|apart from|with the exception of)\b[^.;()\n]*", needs=_WORDS)
_HOW = Caseless(
    r"\b(?:except\w*|other than|excluding|apart from|with the exception of)\b[^.;,()\n]*\b(?:stable|stably|unchanged|constant|taken|used|treated|controlled|maintained|established|tolerated|dose)\b[^.;()\n]*?\bfor\b",
    needs=_WORDS,
)


def with_exceptions_doubted(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """The check with those facts in doubt whose exceptions may mean something else than was read."""
    read = _let_in_behind(read, text, vocabulary)
    found = _EXCEPTION.search(text)
    if found is None:
        return read
    read = _without_examples(read, text)
    read = _watched(read, text) if any(map(text.__contains__, _UNDER)) else read
    settled = frozenset(leaf for part in nodes(read.check) if isinstance(part, Not | Ambiguous) for leaf in leaves(part))
    strange = frozenset(name for name in _excepted(read.check) if not any(_is_of_kind(leaf, name, vocabulary) for leaf in leaves(read.check)))
    return rewritten_there(read, partial(_in_doubt, Unread(clean(text[slice(*found.span())])), _HOW.search(text) is not None, settled, strange))


# "Other than mild conditions such as gout": gout is excepted, too.
_EXAMPLES_EXCEPTED = Caseless(
    r"\b(?:other than|except(?:ing|ions?)?(?:\s+for)?|excluding|apart from|with the exception of)\b[^.;()]*?(?:\([^()]*\)[^.;()]*?)?\b(?:such as|like|for example|e\.?\s?g\b\.?|including)\s*(?P<named>[^.;()]*)", needs=("such as", "like", "for example", "e.g", "eg", "e. g", "including")
)


def _without_examples(read: Read, text: str) -> Read:
    """The reading with what only exemplifies an exception shown in doubt."""
    found = _EXAMPLES_EXCEPTED.search(text)
    if found is None:
        return read
    start, end = found.span("named")
    return rewritten_there(read, lambda leaf, place: Unread(clean(text[start:end])) if isinstance(leaf, Condition | Medication) and not leaf.other_than and start <= place[0] + 1 and place[1] <= end + 1 else None)


# "Psychiatric disorder. Depression is fine": a later sentence about a kind of what is named first, that keeps nobody out itself.
_BEHIND = Caseless(r"[.;]\s+(?=\S)")
_SAYS_OF_IT = Caseless(
    r"(?<!that )(?<!which )(?<!who )\b(?:is|are|isn['’]?t|aren['’]?t|will|would|can|may|does|do|we|accept\w*|except\w*|aside|qualif\w+|welcome\w*|ok|okay|fine|ignor\w*|disregard\w*|tolerat\w*|allow\w*|permit\w*|eligible|exempt\w*|not)\b"
)
_OUT = Caseless(r"\b(?:exclu\w+|ineligib\w+|disqualif\w*|unacceptable|prohibit\w*|contraindicat\w*|must|should|forbidden|defined|includes?|assessed|measured|diagnosed|considered|because|(?:not|n['’]t)\s+(?:be\s+)?(?:eligible|allowed|permitted|accepted|acceptable|enrol\w+|included|tolerated)|(?:can|may)\s?not)\b")
_NOT_OUT = Caseless(r"\b(?:no|not|never|without|nor|isn['’]?t|aren['’]?t|won['’]?t|doesn['’]?t|n['’]t)\b[^.;]{0,30}?\b(?:exclu\w+|ineligib\w+|disqualif\w*|contraindicat\w*|prohibit\w*|considered)")


def _let_in_behind(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """The reading in which a disease perhaps does not catch a kind of it of which a later sentence says something, and that sentence in doubt."""
    if "\n" in text.strip() or not _BEHIND.search(text) or any(isinstance(node, Unless) for node in nodes(read.check)):
        return read  # or the sentence is read as what lets in
    pieces = [text[start:end].strip() for start, end in zip([0, *(end for _, end in _BEHIND.spans(text))], [*(start for start, _ in _BEHIND.spans(text)), len(text)], strict=True)]
    later = [piece for piece in pieces[1:] if len(piece) < _SHORT and _SAYS_OF_IT.search(piece) and (not _OUT.search(piece) or _NOT_OUT.search(piece))]
    told = {label: piece for piece in later for label in conditions_in(vocabulary, _NO.without(piece, "")) or _of_people(piece)}
    heads = [leaf for leaf in leaves(read.check) if isinstance(leaf, Condition) and not leaf.other_than] if told else []
    kinds = {head.term: label for head in heads for label in told if head.term != label and _is_kind(label, head.term, vocabulary)}
    if not kinds:
        return read

    def change(leaf: Check) -> Check | None:
        if not isinstance(leaf, Condition) or leaf.other_than:
            return None
        if leaf.term in kinds:
            return Ambiguous((leaf, replace(leaf, other_than=(Exempt(kinds[leaf.term]),))))
        return Ambiguous((Unread(clean(told[leaf.term])), leaf)) if leaf.term in kinds.values() else None

    return rewritten(read, change)


_NO = Caseless(r"^\W*not\s+(?:for\s+|in\s+)?")
_SHORT = 120  # letters of a sentence that says one thing
_ILL = {"depressed": "depression", "diabetic": "diabetes mellitus", "hypertensive": "hypertension", "asthmatic": "asthma", "epileptic": "epilepsy", "schizophrenic": "schizophrenia"}


def _of_people(piece: str) -> list[str]:
    """The diseases of those whom a sentence calls by them: "depressed patients"."""
    return [label for word, label in _ILL.items() if word in piece.casefold()]


def _is_kind(kind: str, head: str, vocabulary: Vocabulary) -> bool:
    named, whole = vocabulary.condition(kind), vocabulary.condition(head)
    return named is not None and whole is not None and vocabulary.relation(named, whole) is Relation.NARROWER


_UNDER = ("under ", "on ", "without ", "with ")
# "Any cancer except prostate cancer under surveillance": the excepted one is under it.
_SO_KEPT = Caseless(r"\b(?:except\w*(?:\s+for)?|other than|excluding|apart from|with the exception of)\s+(?:[\w'-]+\s+){1,5}?(?P<so>(?:under|on)\s+(?:active\s+|close\s+|stable\s+|adequate\s+|regular\s+)?(?:surveillance|treatment|therapy|control|observation|medication|follow-?\s?up|watchful waiting|replacement))\b")


def _watched(read: Read, text: str) -> Read:
    """The reading with what is said behind the excepted disease as a state of that, not of all."""
    found = _SO_KEPT.search(text)
    if found is None:
        return read
    so = text[slice(*found.span("so"))].casefold()

    def change(leaf: Check) -> Check | None:
        if not isinstance(leaf, Condition) or so not in leaf.states or not leaf.other_than:
            return None
        return replace(leaf, states=tuple(state for state in leaf.states if state != so), other_than=tuple(one if one.state else replace(one, state=so) for one in leaf.other_than))

    return rewritten(read, change)


def _excepted(check: Check) -> set[str]:
    """What is excepted of diseases by its name alone, and of drugs the classes that act in the whole body: "no NSAIDs other than aspirin or oral corticosteroids"."""
    diseases = {one.term for leaf in leaves(check) if isinstance(leaf, Condition) for one in leaf.other_than if one.term and not one.state}
    return diseases | {one.term for leaf in leaves(check) if isinstance(leaf, Medication) for one in leaf.other_than if _is_wide(one)}


_LOCAL = frozenset(("topical", "inhaled", "intranasal", "ophthalmic", "otic", "rectal", "vaginal"))
_FEW = 2  # drugs that a name may stand for and still be one


def _is_wide(one: Exempt) -> bool:
    concept = load().treatment(one.term) if not (one.state or one.dose) and (not one.routes or not _LOCAL.issuperset(one.routes)) else None
    return concept is not None and len(load().narrower("treatment", concept.label)) > _FEW


def _in_doubt(exception: Unread, says_how: bool, settled: frozenset[Check], strange: frozenset[str], leaf: Check, _place: tuple[int, int]) -> Check | None:
    if not isinstance(leaf, Condition | Medication) or not leaf.other_than or leaf in settled:
        return None
    foreign = any(one.term in strange for one in leaf.other_than)
    if isinstance(leaf, Medication) and foreign and " or " in exception.text:  # what is behind the "or" may be asked by itself
        return Any((leaf, exception))
    return Ambiguous((leaf, exception)) if (isinstance(leaf, Condition) and foreign) or (says_how and leaf.lasting is not None) else None


def _is_of_kind(leaf: Check, name: str, vocabulary: Vocabulary) -> bool:
    """Whether what is excepted is, or may be, of the kind of a fact."""
    if not isinstance(leaf, Condition | Medication):
        return False
    concept = vocabulary.condition if isinstance(leaf, Condition) else vocabulary.treatment
    asked, named = concept(leaf.term), concept(name)
    if {*leaf.term.split()[-1:]} == {*name.split()[-1:]}:  # two use disorders
        return True
    return asked is None or named is None or vocabulary.relation(named, asked) is not Relation.UNRELATED
