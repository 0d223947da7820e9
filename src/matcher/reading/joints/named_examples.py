"""Examples behind what they are examples of: "serious lung disease (e.g. asthma, emphysema)", "illness including stroke or gout".

Among exclusions an example excludes by itself, in the state that the words before say of all; what is not an example stays
unread beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Judgement,
    Measurement,
    Medication,
    Not,
    Procedure,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, all_or_any, any_of, leaves
from matcher.reading.grammar.pieces import LOOSE, clean, nodes, trimmed
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.grammar.shared_place import is_general
from matcher.reading.grammar.splitting import SPLITS, members
from matcher.reading.joints.list_member import Alternative, alternative
from matcher.reading.joints.said_of_all import in_time
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.extending import SITE, extends, kind_of
from matcher.reading.terms.given_for import is_irradiation
from matcher.vocabulary import Relation

ReadList = Callable[[Sequence[Token], Context], "Read | None"]

_SPLITS = (*SPLITS, "and", "semicolon")
# With one of these before them examples are what is denied, allowed or planned, or what something else is for.
_BARS = frozenset((
    "not", "never", "not-history", "not-current", "must-not", "unless", "except", "allowed", "excluded", "included", "but", "if", "unable", "unwilling", "planned", "family", "allergy",
    "allergy-noun", "restrict", "for", "head", "consent", "become", "conceive", "must", "only", "colon", "device", "increase", "own-or-family", "minage", "quantity", "cmp", "defined", "lasting",
))
_OTHERS = Caseless(
    r"\b(?:risk|risks|prevent\w*|prophyla\w*|suspicio\w*|exposure|exposed|contact|vaccin\w*|immuni[sz]\w*|free|na[iï]ve|off|none|absent|lack\w*|absence|without|resol\w+|recovered|cured?|candidates?|negative|"
    r"famil\w+|relatives?|parents?|mothers?|partners?|donors?|caregivers?|carers?|caus\w+|due to|secondary to|interact\w*|affected by|metaboli[sz]ed|inhibit\w*|induc\w*|symptoms?|signs|knowledge|failure of|failed|intoleran\w+|respon\w+|"
    r"a?etiolog\w+|reactions?|allerg\w*|hypersensitiv\w*|components?|ingredients?|formulations?|excipients?|reasons?|origins?|extension|spread|dissemination|triggers?|characteri\w+|manifest\w+|consistent with|plan\w*|schedul\w*|expect\w*|criteria|stud(?:y|ies) (?:of|on)|features?|factors?(?! (?:that |which )?(?:may |can |could )?(?:significantly )?(?:affect|influenc|interfer|limit))|anticipat\w*|need for)\b|^\W*(?:this|these|it|they)\b",
)
_TURNS = ("except", "unless", "but", "allowed", "excluded", "included", "not", "never", "not-history", "must-not", "if", "head", "consent")
_OPINION = Caseless(r"\b(?:that|which|may|might|could|would|can|opinion|judg\w+|deemed|considered|sufficient|enough|interfer\w+|preclud\w+|compromis\w+|limit\w*|affect\w*|impair\w*|confound\w*)\b")
_STATES = pattern_of(r"\b(?:severe|serious|moderate|mild|uncontrolled|poorly controlled|unstable|symptomatic|active|current|acute|decompensated|progressive|recurrent|refractory|untreated|advanced|persistent|recent)\b")
_AND_SO_ON = Caseless(r"\W*(?:and|or)?\W*(?:etc\W*|and so on|others?|similar)\W*")
_ACTIVE = Caseless(r"\b(?:active\w*|current\w*|ongoing|acute)\b")


# A bracket that closes with words behind it.
_SHUT = pattern_of(r"\)\W*\w")


def with_examples(tokens: Sequence[Token], context: Context, listed: ReadList) -> Read | None:
    """What is named with its examples, each of them enough; None where the examples may be something else."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "eg"), 0)
    only_named = bool(at) and _only_named(tokens, at, context)
    if not at or not (context.exclusion or only_named):
        return None
    bracketed = tokens[at - 1].tag == "open"
    head = trimmed(tokens[: at - 1 if bracketed else at])
    if context.text[tokens[at].start - 1 : tokens[at].start] == "-" or (bracketed and _SHUT.search(context.text[tokens[at].end : tokens[-1].end]) and not any(token.tag == "close" for token in tokens[at:])):
        return None
    close = next((i for i in range(at, len(tokens)) if tokens[i].tag == "close"), len(tokens)) if bracketed else len(tokens)
    if any(token.tag not in LOOSE for token in tokens[close + 1 :]) or not any(token.tag not in LOOSE for token in head):
        return None
    if any(token.tag in _BARS or token.tag == "eg" for token in head if not _affects(token, context)) or _OTHERS.search(context.words(head)):
        return None
    if bracketed and len(members(head, context)[0]) > 1:
        return None
    named = alternative(head, context).read
    named = (listed(head, context) or named) if isinstance(named.check, Unread) else named
    if any(isinstance(leaf, Condition) and leaf.states and _TREATED_SO.search(leaf.states[-1]) for leaf in leaves(named.check)):
        return None  # "unstable despite medication (e.g. diuretics)": they are examples of what it is treated with
    examples = _examples(tokens[at + 1 : close], head, named.check, context, unknown=only_named)
    if examples is not None and isinstance(named.check, Unread):
        examples = [Read(all_of([read.check, named.check]), (*read.spans, *named.spans)) if _narrowed_by(read.check, named.check) else read for read in examples]
    if examples is not None and not bracketed:
        named = _perhaps_timed(named, examples)
    if examples is None or any(isinstance(node, Not | When) for node in nodes(named.check)):
        return None
    found = Read(any_of([named.check, *(read.check for read in examples)]), (*named.spans, *(span for read in examples for span in read.spans)))
    return found if bracketed else _perhaps_both(named, examples, found, context)


def _perhaps_both(named: Read, examples: Sequence[Read], found: Read, context: Context) -> Read:
    """ "Anemia, e.g. hemoglobin < 10 g/dL, and thrombocytopenia": behind a value that is an example, "and" may go on with what is asked together."""
    for at, (before, after) in enumerate(pairwise(examples), start=1):
        joint = context.text[before.spans[-1][1] : after.spans[0][0]]
        if isinstance(before.check, Measurement) and not isinstance(after.check, Measurement) and _AND.fullmatch(joint):
            first, rest = any_of([named.check, *(read.check for read in examples[:at])]), any_of([read.check for read in examples[at:]])
            return Read(Ambiguous((all_of([first, rest]), found.check)), found.spans * 2)
    return found


_AND = Caseless(r"\W*\band\s+")


_TREATED_SO = Caseless(r"\b(?:medications?|medicines?|therap(?:y|ies)|treatments?|drugs?|agents?|antibiotics?|interventions?|surger(?:y|ies)|procedures?|support)\W*$")
# A head that was not read and narrows its examples: whom it speaks of, how unstable it is, what the treatment is for.
_NARROWS = Caseless(
    r"\b(?:wom[ae]n|females?|m[ae]n|males?|arms?|cohorts?|staff|unstable|anti-?\s?(?:cancer|tumou?r|lymphoma|leuk\w+|neoplastic|myeloma)|(?:cancer|tumou?r) (?:therap(?:y|ies)|treatments?)|oncolog\w+)\b|"
    r"^\W*(?:(?:have|had|has|received?|receiving|any|previous|prior|concurrent|current|other)\s+)*(?:treatments?|therap(?:y|ies))\W*$"
)


# A head with a place, a time, a clause or such an adjective says more than what its examples are; what it forbids, they are.
_SAYS_WHICH = Caseless(
    r"\b(?:in|on|to|from|after|before|during|due|under|within|near|around|at|which|that|may|could|would|will|for|by)\b|"
    r"\b(?:unresolved|untreated|unstable|malignant|relevant|significant|important|unrelated|rare|metallic|peripheral|vascular|adverse skin|clinically|medically)\b"
)
_LEADING = pattern_of(r"^(?:\W*(?:patients?|subjects?|participants?|any|all|other|histor(?:y|ies)|past|present|prior|previous|presence|evidence|known|suspected|documented|current|or|and|of|with|who|have|has|had|an?|the|there|be)\b)*", re.IGNORECASE)
_FORBIDS = Caseless(r"\b(?:contra-?(?:indicat|dict)\w+|immun\w+ (?:function|deficienc\w+|suppress\w+|compromis\w+)|immuno(?:deficien|suppress|compromis)\w+|prohibited|forbidden|infections?)\b")


def _narrowed_by(example: Check, head: Unread) -> bool:
    """Whether what a head that was not read says may narrow an example: of a drug only whom and what it is for."""
    facts = [leaf for leaf in leaves(example) if not isinstance(leaf, Unread)]
    if not facts or head in leaves(example):
        return False
    if _NARROWS.search(head.text):
        return True
    own = _LEADING.sub("", head.text)
    return not all(isinstance(fact, Medication) for fact in facts) and _SAYS_WHICH.search(own) is not None and not _FORBIDS.search(own)


# Words in a list of examples with which it sets a limit, excepts, or goes on with the fact before it.
_MORE = Caseless(
    r"\b(?:if|unless|except\w*|other than|not|no|without|but|only|allowed|permitted|eligible|acceptable|may|must|should|can|within|during|prior|before|after|since|requiring|required?|requires|"
    r"need\w*|who|that|which|with|having|has|have|is|are|was|were|patients?|subjects?|participants?|defined|confirmed|family|risk|suspected|excluded?|included?)\b|\d",
)


def _only_named(tokens: Sequence[Token], at: int, context: Context) -> bool:
    """Whether nothing but one fact without a time stands before the examples, and nothing but names in them."""
    head = [token for token in tokens[:at] if token.tag not in ("open", "comma", "with", "weak")]
    if len(head) != 1 or head[0].tag != "check" or _MORE.search(context.text[tokens[at].end : tokens[-1].end]):
        return False
    return isinstance(head[0].value.check, Condition | Medication | Procedure) and head[0].value.check.window is None


def _perhaps_timed(named: Read, examples: Sequence[Read]) -> Read:
    """ "Events such as a stroke or gout within 6 months": a time behind the last example may be one of the whole."""
    window = next((leaf.window for leaf in leaves(examples[-1].check) if isinstance(leaf, Condition | Medication | Procedure) and leaf.window is not None), None)
    within = in_time(named.check, window) if window is not None and not isinstance(named.check, Unread) else named.check
    return named if within == named.check else Read(Ambiguous((named.check, within)), named.spans * 2)


_AFFECTS = Caseless(r"(?:factors?|drugs?|medications?|agents?|medicines?|conditions?|diseases?) $")


def _affects(token: Token, context: Context) -> bool:
    """ "factors affecting absorption": what is named behind is one of the factors."""
    return token.tag == "restrict" and token.text.casefold() == "affecting" and _AFFECTS.search(context.text[: token.start]) is not None


def _examples(tokens: Sequence[Token], head: Sequence[Token], named: Check, context: Context, *, unknown: bool) -> list[Read] | None:
    """The examples of what is `named`, one by one, all of them `unknown` or not, the last with what is said of it or, by another slash or a clause, of those before it too."""
    if any(token.tag in _TURNS for token in tokens):
        return None
    groups = [group for group in members(tokens, context, _SPLITS)[0] if not _AND_SO_ON.fullmatch(context.words(group))]
    found = [alternative(part, context) for group in groups for part in _apart(group, context)]
    reads = [_example(one, head, named, context) for one in found]
    known = [read for read in reads if read is not None]
    if not known or len(known) < len(reads) or not (unknown or any(not isinstance(leaf, Unread) for read in known for leaf in leaves(read.check))):
        return None
    last = found[-1]
    if not last.tailed or not _clause(last, context):
        return known
    words = (last.tokens[last.tail - 1].end, last.tokens[-1].end)
    tail = Unread(clean(context.text[words[0] : words[1]]))
    slashed = "/" in context.text[found[-2].tokens[-1].end : last.tokens[0].start] if len(found) > 1 else False
    if slashed:
        known[-2] = Read(all_of([known[-2].check, tail]), (*known[-2].spans, words))
        return known
    if any(one.tailed for one in found[:-1]):
        return known
    return [*(_told(read, tail, words) for read in known[:-1]), known[-1]]


_CLAUSE = Caseless(r"\W*(?:that|which|who|where|requiring|interfering|precluding|preventing|limiting|compromising|affecting|impairing|in the opinion|as (?:judged|determined|assessed))\b")


def _clause(last: Alternative, context: Context) -> bool:
    """Whether a clause stands behind the last example that may be said of all."""
    return _CLAUSE.match(context.text[last.tokens[last.tail - 1].end : last.tokens[-1].end]) is not None


def _told(read: Read, tail: Check, words: tuple[int, int]) -> Read:
    """An example with the clause behind the last one, unless it says its own state."""
    own = all(isinstance(leaf, Unread) or (isinstance(leaf, Condition) and (leaf.states or leaf.stages or leaf.window)) for leaf in leaves(read.check))
    return read if own else Read(all_of([read.check, tail]), (*read.spans, words))


def _apart(group: Sequence[Token], context: Context) -> list[list[Token]]:
    """The members of a read list one by one."""
    first = group[0]
    check = all_or_any(first.value.check)[1] if first.tag == "check" else None  # examples joined by "and" are examples all the same
    if not isinstance(check, Any):
        return [list(group)]
    found: list[list[Token]] = []
    place = 0
    spans = first.value.spans[: sum(1 for _ in leaves(check))]
    for part in check.parts:
        size = sum(1 for _ in leaves(part))
        own = spans[place : place + size]
        place += size
        start, end = min(at for at, _ in own), max(at for _, at in own)
        found.append([Token("check", start, end, context.text[start:end], Read(part, own))])
    return [*found[:-1], [*found[-1], *group[1:]]]


# How, when or for what a treatment is given: said of the kind, it is said of its examples.
_HOW = Caseless(
    r"\b(?:topical|oral|inhaled|dermatologic(?:al)?|dermal|cutaneous|ophthalmic|nebuli[sz]ed|intra-?\w+|epidural|transdermal|injectable|depot|systemic|parenteral|local|ocular|nasal|daily|regular(?:ly)?|chronic(?:ally)?|continuous|frequent|(?:long|short)[- ]term|"
    r"(?:high|low)[- ]?(?:dose|potency|intensity)|prophylactic|preventive|maintenance|rescue|adjuvant|neoadjuvant|for|before|after|during|against|prior to|following|since|until|within)\b"
)


_SECONDARY = Caseless(r"^\W*(?:[\w-]+\s+){0,3}secondary\s")
_ABUSE = Caseless(r"\b(?:abus\w+|dependenc\w+|addict\w+|use disorders?|misus\w+|overdos\w+|intoxication)\b")


_AGAINST_CANCER = frozenset(("anticancer therapy", "antineoplastic agents", "cytotoxic chemotherapy"))


# Kinds of which those against cancers are one part: `for_cancer` holds them to that.
_KINDS = frozenset(("hormone therapy", "endocrine therapy", "immunotherapy", "biologics", "monoclonal antibodies", "cytokines", "gene therapy"))


def _is_kind(example: Check) -> bool:
    return isinstance(example, Medication) and example.term in _KINDS


def _treats_so(example: Medication | Procedure, head: Medication, context: Context) -> bool:
    """Whether an example of a treatment is one of its kind, or may be: a biologic may be no anticancer therapy."""
    one = context.vocabulary.treatment(example.term) if isinstance(example, Medication) else None
    other = context.vocabulary.treatment(head.term)
    if other is None or (one is None and isinstance(example, Medication)):
        return True
    return one is not None and context.vocabulary.relation(one, other) in (Relation.SAME, Relation.NARROWER)


def _says_how(leaf: Check) -> bool:
    return isinstance(leaf, Medication) and bool(leaf.routes or leaf.dose or leaf.setting or leaf.lasting or leaf.responses or leaf.states)


def _example(one: Alternative, head: Sequence[Token], named: Check, context: Context) -> Read | None:
    """One example in the state that the head says of it."""
    check, spans = one.read.check, one.read.spans
    if any(isinstance(node, Not | When) for node in nodes(check)):
        return None
    if any(token.tag == "contra" for token in head) and any(isinstance(leaf, Medication) for leaf in leaves(check)):
        return None
    treated = next((token for token in head if token.tag in ("use", "treated")), None)
    if treated is not None and not all(isinstance(leaf, Medication | Unread) for leaf in leaves(check)):
        return None
    if isinstance(check, Unread):
        return one.read
    heads = [leaf for token in head if token.tag == "check" for leaf in leaves(token.value.check)]
    if isinstance(check, Medication) and (_ABUSE.search(context.words(head)) or any(isinstance(leaf, Condition) and _ABUSE.search(leaf.term) for leaf in heads)):
        return Read(Unread(clean(context.text[spans[0][0] : spans[-1][1]])), spans)  # who is treated with it does not abuse it
    timed = any(getattr(leaf, "window", None) is not None for leaf in heads) or any(token.tag == "window" for token in head)
    if timed and not all(getattr(leaf, "window", None) is not None for leaf in leaves(check)):
        return None
    contra = any(token.tag == "contra" for token in head)
    if not contra and all(isinstance(leaf, Medication | Procedure) for leaf in leaves(check)) and (_HOW.search(context.words(head)) or any(_says_how(leaf) for leaf in heads)):
        return Read(All((check, Unread(clean(context.words(head))))), (*spans, (head[0].start, head[-1].end)))
    drugs = [leaf for leaf in heads if isinstance(leaf, Medication) and leaf.term in _AGAINST_CANCER]
    if not contra and drugs and isinstance(check, Procedure) and is_irradiation(check.term) and not any(leaf.states for leaf in drugs) and {leaf.phase for leaf in drugs} in ({"any"}, {"current"}, {""}):
        now = {leaf.phase for leaf in drugs} == {"current"}
        if now or check.window is not None or drugs[0].phase == "any":
            return Read(replace(check, current=True) if now and check.window is None else check, spans)
    if not contra and drugs and isinstance(check, Medication | Procedure) and not (_is_kind(check) and not any(leaf.states for leaf in drugs)) and not any(_treats_so(check, leaf, context) for leaf in drugs):
        return Read(All((check, Unread(clean(context.words(head))))), (*spans, (head[0].start, head[-1].end)))
    if isinstance(check, Medication) and not check.phase and check.window is None:
        phase = str(treated.value or "") if treated is not None else next((leaf.phase for leaf in heads if isinstance(leaf, Medication)), "")
        return Read(replace(check, phase=phase), spans)
    if _placed(named) or (SITE.search(context.words(head)) and _anywhere(check, [*heads, *leaves(named)], context)):
        words = Unread(clean(context.words(head)))  # "surgery of the study eye including vitrectomy": not any vitrectomy
        return Read(All((check, words)), (*spans, (head[0].start, head[-1].end)))
    if isinstance(check, Condition) and _SECONDARY.search(context.words(head)):
        return Read(All((check, Unread(clean(context.words(head))))), (*spans, (head[0].start, head[-1].end)))  # its causes
    operations = [leaf for leaf in heads if isinstance(leaf, Procedure)]
    if isinstance(check, Procedure) and operations and SITE.search(context.words(head)) and not any(kind_of(check.term, leaf.term, context) for leaf in operations):
        return Read(All((check, Unread(clean(context.words(head))))), (*spans, (head[0].start, head[-1].end)))
    if isinstance(check, Procedure) or not any(isinstance(leaf, Condition) for leaf in leaves(check)):
        return one.read
    if isinstance(check, Condition) and check.phase == "active" and not _ACTIVE.search(context.text[max(0, spans[0][0] - 12) : spans[0][1]]):
        check = replace(check, phase="")
    kinds = [leaf.term for leaf in heads if isinstance(leaf, Condition)]
    if isinstance(check, Condition) and kinds and not any(extends(kind, check.term, context) for kind in kinds):
        return Read(All((check, Unread(clean(context.words(head))))), (*spans, (head[0].start, head[-1].end)))
    told = _narrowed(check, head, heads, context)
    return Read(told, (*spans, *(spans[-1:] * (sum(1 for _ in leaves(told)) - len(spans)))))


_PLACE = Caseless(r"\b(?:of|in|to|on|at|near|involving|affecting) \S")


def _placed(named: Check) -> bool:
    """Whether the head says where it is: "of the study eye", "to the chest"."""
    return any(_PLACE.search(state) for leaf in leaves(named) if isinstance(leaf, Condition | Procedure) for state in leaf.states)


def _anywhere(check: Check, heads: Sequence[Check], context: Context) -> bool:
    """Whether an example may be at another place than its head: "bowel obstruction such as cancer", "eye infection including herpes"."""
    if not isinstance(check, Condition) or is_general(check):
        return isinstance(check, Condition)
    named = [leaf.term for leaf in heads if isinstance(leaf, Condition)]
    return context.vocabulary.is_kind(check.term, "infection") and bool(named) and not any(context.vocabulary.is_kind(check.term, head) for head in named)


def _narrowed(check: Check, head: Sequence[Token], heads: Sequence[Check], context: Context) -> Check:
    """An example that says nothing of its own, narrowed by what the head says."""
    if any(isinstance(leaf, Measurement) or (isinstance(leaf, Condition) and (leaf.states or leaf.stages or leaf.window or leaf.phase or _STATES.search(leaf.term))) for leaf in leaves(check)):
        return check
    said = context.words(head)
    if any(token.tag == "contra" for token in head):
        return check
    stated = list(dict.fromkeys(_STATES.findall(said.lower())))
    opinions = [leaf.text for leaf in heads if isinstance(leaf, Judgement)] or [token.text for token in head if token.tag == "judge-mod"]
    if stated in (["active"], ["current"]) and isinstance(check, Condition):
        check = replace(check, phase="active")
    elif len(stated) == 1 and isinstance(check, Condition):
        check = replace(check, states=("severe" if stated[0] in ("serious", "severe") else stated[0],))
    elif stated:
        check = all_of([check, Unread(" ".join(stated))])
    if opinions:
        return all_of([check, Judgement(opinions[0])])
    told = _OPINION.search(said)
    return all_of([check, Unread(clean(said[told.start() :]))]) if told is not None and told.end() < len(said) else check
