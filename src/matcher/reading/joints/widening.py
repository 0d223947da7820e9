"""Lists of alternatives in which some members were not read: "asthma, sinus trouble or epilepsy".

Among exclusions each member excludes by itself, so that a known member is certain whatever the others say; the same holds
for what a requirement denies ("no asthma, sinus trouble or epilepsy"). What stands before or behind a list may narrow all
of it; then the list is narrowed as a whole, or left as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    Condition,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
    State,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.certain.finding import HOW_FOUND
from matcher.reading.grammar.pieces import LOOSE, no_list, nodes, unread
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.grammar.splitting import members
from matcher.reading.joints.list_member import Alternative, alternative
from matcher.reading.joints.named_examples import with_examples
from matcher.reading.joints.said_of_all import OWN_HEAD, headed, of_itself, with_tail
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

# With one of these among them the members deny, permit, suppose or plan, or are somebody else's.
_TURNING = frozenset((
    "not", "never", "not-history", "not-current", "must-not", "allowed", "excluded", "included", "but", "consent", "must", "colon", "head", "minage", "either", "and", "participate", "only",
    "sex-scope", "potential-scope", "own-or-family", "family",
))
# Only the last member may have these, as what it is: they reach over all that follows.
_REACHING = frozenset((
    "unable", "unwilling", "planned", "become", "conceive", "willing", "agree", "able", "use", "treated", "allergy", "increase", "device", "contra", "if", "unless", "except",
    "exceptions", "for", "by", "since", "eg", "ie", "judge", "suspected", "only-suspected", "defined", "restrict",
))
_OTHERS = Caseless(
    r"\b(?:parents?|mothers?(?!-)|fathers?(?!\s+(?:a\s+|any\s+)?child)|maternal|paternal|partners?|spouses?|siblings?|relatives?|famil(?:y|ial)|donors?|caregivers?|carers?|offspring|fetus\w*|fetal|household|"
    r"risks?|prevent\w*|prophyla\w*|suspicio\w*|exposure|exposed|contact with|vaccin\w*|immuni[sz]\w*|candidates?|awaiting|waiting|eligib\w*|ineligib\w*|"
    r"free|lack\w*|negative|absen\w+|unlikely|without|nor|neither|none|no|cannot|refus\w*|declin\w*|avoid\w*|discontinu\w*|stopp?\w*|withdraw\w*|"
    r"stud(?:y|ies) (?:of|on|in)|trials? (?:of|on|in|for)|knowledge|fear|interest\w*|interact\w*|similar to|rather than|instead of|apart from|resol\w+|recovered|cured?|history of (?:a )?response|"
    r"allow\w*|permi\w+|acceptable|exempt\w*|provided|however|although|whereas|except\w*)\b",
)
# Words behind a known name that make something else of it and of the names before it.
_SHARED = Caseless(
    r"(?:treatments?|therap(?:y|ies)|medications?|drugs?|medicines?|agents?|surger(?:y|ies)|operations?|procedures?|risks?|symptoms?|signs|tests?|testing|screening|programs?|programmes?|trials?|stud(?:y|ies)|vaccin\w+|"
    r"prevention|prophylaxis|counsel\w+|clinics?|cent(?:er|re)s?|care|management|history|exposure|donors?|carriers?|genes?|mutations?|antibod\w+|antigens?|levels?|scores?|relatives|"
    r"inhibitors?|inducers?|substrates?|inhibition|deficienc\w+|abuse|dependence|dependency|addiction|misuse|overdose|intoxication|withdrawal|use|users?|intake|consumption|products?|supplements?|regimens?|"
    r"resistan\w+|intoleranc\w+|contra-?indications?|allerg\w+|hypersensitivit\w+|sensitivit\w+|reactions?|toxicit\w+|induced|related|associated|specialists?|wards?|units?|patients?|status|involvement|metastas[ie]s|lesions?)",
)
_OPENS = Caseless(r"\b(?:for|with|to|by|from|that|which|who|whose|because|due|against|including|like|affecting|causing|requiring|involving|between|than|as)\b")
# A requirement that goes on with these behind its "no" asks for something instead of denying it.
_ASKS = Caseless(
    r"\b(?:at least|since|stable|stably|controlled|treated|resolved|recovered|remission|only|adequate\w*|normal|must|eligible|allow\w*|permit\w*|acceptable|agree\w*|willing|able|has|have|had|completed|disease[- ]free|"
    r"greater|more than|less than|minimum|≥|≤|within normal|sufficient|other than|prior to)\b|[<>≥≤]",
)


def widened(tokens: Sequence[Token], context: Context) -> Read | None:
    """A list whose members exclude one by one, some of them unread; None where that is not so or not clear."""
    if _EXAMPLES.match(context.text, tokens[0].start):
        return None
    amount = _of_one_amount(tokens, context)
    if amount is not None:
        return amount
    examples = with_examples(tokens, context, widened) if any(token.tag == "eg" for token in tokens) else None
    return examples or (_any_of(tokens, context) if context.exclusion else _none_of(tokens, context))


_JOINTS = frozenset(("or", "comma", "slash", "check", "semicolon"))


_OTHER_WAY = Caseless(r"gains?|loss(?:es)?|increases?|decreases?|changes?|reductions?")


def _of_one_amount(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "Weight loss or weight gain > 5 % within 6 months": the amount behind a list of diseases is that of each."""
    first, rest = tokens[0], [token for token in tokens[1:] if token.tag != "stop"]
    listed = first.value.check if first.tag == "check" else None
    if context.exclusion and isinstance(listed, Condition) and len(rest) > 2 and rest[0].tag in ("or", "slash") and _OTHER_WAY.fullmatch(rest[1].text) and any(token.tag in ("quantity", "span") for token in rest):
        return unread(context, first.start, rest[-1].end)  # "weight loss or gain > 5 %"
    if not context.exclusion or not isinstance(listed, Any) or not all(isinstance(part, Condition) for part in listed.parts) or not rest:
        return None
    behind = rest[1:] if rest[0].tag == "of" else rest
    if not behind or behind[0].tag not in ("quantity", "span") or any(token.tag in _JOINTS for token in rest):
        return None
    read: Read = first.value
    words = (rest[0].start, rest[-1].end)
    return Read(All((listed, Unread(" ".join(context.text[slice(*words)].split())))), (*read.spans, words))


def _none_of(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "No A, B or C" in a requirement: whoever has one of them fails."""
    first = tokens[0]
    denial = first.tag == "check" and isinstance(first.value.check, Not) and not _NAIVE.search(first.text) and not any(isinstance(node, Not | Ambiguous) for node in nodes(first.value.check)[1:])
    if denial:
        no = _NO.match(first.text)
        start = first.start + (no.end() if no is not None else 0)
        inner: list[Token] = [replace(first, start=start, text=context.text[start : first.end], value=Read(first.value.check.part, first.value.spans)), *tokens[1:]]
    elif first.tag in ("not", "not-history") and len(tokens) > 1:
        inner = list(tokens[1:])
    else:
        return None
    if _ASKS.search(context.text, first.end, tokens[-1].end):
        return None
    if not any(token.tag == "or" for token in tokens) or any(token.tag == "check" and any(isinstance(leaf, Measurement | Age) for leaf in leaves(token.value.check)) for token in inner[1:]):
        return None
    found = _any_of(inner, replace(context, kind="exclusion"))
    if found is None or any(isinstance(node, Not) for node in nodes(found.check)):
        return None
    return Read(Not(found.check), found.spans)


# "Drug-naive or having had one earlier course": the word denies the drug before it, and nothing behind.
_NAIVE = Caseless(r"\b(?:na[iï]ve|free|untreated)\W*$", needs=("naive", "naïve", "free", "untreated"))
_NO = Caseless(r"(?:(?:must|should|may|do|does|has|have|had)\s+)*(?:no|not|without|never|absence of|free of|free from)\s+(?:have\s+|had\s+|has\s+)?")


def _any_of(tokens: Sequence[Token], context: Context) -> Read | None:
    groups, joints = members(tokens, context)
    if no_list(tokens, context):
        return None
    if len(groups) < 2 or not ("or" in joints or "slash" in joints or len(groups) > 2):
        return None
    if any(_WITH.match(context.words(group)) for group in groups[1:]) and "with" not in context.words(groups[0]).casefold():
        return None  # "a cough alone or with fever": no fever without the cough
    if any(HOW_FOUND.match(context.words(group)) and not any(token.tag == "check" for token in group) for group in groups[1:]):
        return None  # "a pressure > 160, documented on two visits": the limit is narrowed, not widened
    if any(_turns(group) for group in groups[:-1]):
        return None
    found = [_member(group, context) for group in groups]
    if _by_tests(found, context) or any(_only_people(one) and _SEXES.match(context.text, after.tokens[0].start) for one, after in pairwise(found)):
        return None
    if _turned(found, context) or ("slash" in joints and any(_is_amount(token) for token in tokens)):
        return None
    if not any(one.decided for one in found) or (all(one.known for one in found) and not any(token.tag in ("eg", "open") for token in tokens)):
        return None
    if any(not (_stands(one, found[i + 1], context) or (i and _parted(one, found[i + 1], context))) for i, one in enumerate(found[:-1])) or not _ends(found):
        return None
    if any(isinstance(node, Not | When) for one in found for node in nodes(one.read.check)):
        return None
    said = headed(found, context)
    return with_tail(found, said, context) if said is not None else None


# "Women of childbearing potential or men who are unwilling…": what is said of the last is said of the first too.
_SEXES = Caseless(r"\W*(?:wom[ae]n|females?|males?|m[ae]n|boys?|girls?|patients?|subjects?|participants?|those|partners?)\b")


def _only_people(one: Alternative) -> bool:
    """Whether a member only says which people are meant."""
    return all(isinstance(leaf, Age | Sex) or leaf == State("childbearing potential") for leaf in leaves(one.read.check))


_WITH = Caseless(r"(?:with\b(?! known\b)|(?:as|so) long as\b)")
# A sentence of examples, whose head is in the sentence before: what is an example of an exception excludes nobody.
_EXAMPLES = Caseless(r"\W*examples?\b", needs=("example",))
# "Odd cells on smear, scraping, or biopsy": a list of tests, by which something else was found.
_FOUND_ON = Caseless(r"\b(?:on|by|via|using|through) (?:an? |the |any )?[\w-]+(?: [\w-]+)?$")

_IN = Caseless(r"\bor (?:in|by|at|via|from)\b")


def _by_tests(found: Sequence[Alternative], context: Context) -> bool:
    """Whether a list may be one of tests that show what the words before it say."""
    first, *behind = found
    shown = [one for one in behind if not OWN_HEAD.match(one.tokens[0].text) and any(isinstance(leaf, Procedure) for leaf in leaves(one.read.check))]
    if any(_IN.search(context.text, max(0, one.tokens[0].start - 9), one.tokens[0].end) for one in shown):
        return True
    return bool(shown) and isinstance(first.read.check, Unread) and _FOUND_ON.search(context.words(first.tokens)) is not None


def _member(group: Sequence[Token], context: Context) -> Alternative:
    """A member as it stands by itself, with its examples in brackets."""
    one = alternative(group, context)
    examples = with_examples(group, context, widened) if any(token.tag == "eg" for token in group) else None
    return replace(one, read=examples, tail=len(one.tokens), closed=True) if examples is not None else one


def _is_amount(token: Token) -> bool:
    return token.tag in ("measure", "quantity", "number", "range") or (token.tag == "check" and any(isinstance(leaf, Measurement) for leaf in leaves(token.value.check)))


def _turned(found: Sequence[Alternative], context: Context) -> bool:
    """Whether a word outside brackets, and before what narrows the last member, denies, permits or supposes what is named."""
    for one in found:
        tokens = one.tokens[: one.tail] if one is found[-1] else one.tokens
        if one is found[-1] and of_itself(one, context):
            tokens = tokens[:1]
        if _turns(tokens):
            return True
        said = context.text[tokens[0].start : tokens[-1].end]
        if _OTHERS.search(_BRACKETS.sub(" ", said)):
            return True
    return False


def _turns(tokens: Sequence[Token]) -> bool:
    """Whether a word outside brackets denies, permits or excepts."""
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.tag, 0)
        if depth <= 0 and (token.tag in _TURNING or token.tag in ("except", "exceptions")):
            return True
    return False


_CLOSING = Caseless(r"\s*,\s*(?:and/)?or\s*")


def _parted(one: Alternative, after: Alternative, context: Context) -> bool:
    """ "X, Y affecting Z, or W": behind comma and "or" the last disease of a list stands beside the first, not with the words before it."""
    said = context.text[one.tokens[0].start : one.tokens[-1].end]
    alone = after.known and len(after.tokens) == 1 and all(isinstance(leaf, Condition) for leaf in leaves(after.read.check))
    return alone and one.decided and not _GOVERNS.search(said) and _CLOSING.fullmatch(context.text[one.tokens[-1].end : after.tokens[0].start]) is not None


_BRACKETS = pattern_of(r"\([^()]*\)?")


def _stands(one: Alternative, after: Alternative, context: Context) -> bool:
    """Whether a member that is not the last is closed: nothing in it reaches over what follows."""
    if one.closed:
        return True
    tokens = one.tokens
    rest = [token for token in tokens if token.tag != "check"]
    if _excepts(one, context) and _INDEPENDENT.match(after.tokens[0].text) is None:
        return False  # what stands behind an exception may be excepted too
    if one.known and len(rest) == len(tokens) - 1 and all(token.tag in LOOSE for token in rest):
        return True
    own = OWN_HEAD.match(after.tokens[0].text) is not None
    if not one.known and _BOTH.search(context.text, tokens[0].start, tokens[-1].end):
        return False
    if not one.known and not own and _GOVERNS.search(context.text, tokens[0].start, tokens[-1].end):
        return False
    reaching = {token.tag for token in rest} & _REACHING
    if reaching <= {"use", "treated"} and reaching:
        return (after.known and all(isinstance(leaf, Medication) for leaf in leaves(after.read.check))) or own
    if reaching:
        return own and (not reaching & _TIGHT or _INDEPENDENT.match(after.tokens[0].text) is not None)
    if tokens[0].tag in ("number", "quantity", "range", "cmp", "span", "time"):
        return False
    if any(token.tag == "degree" for token in tokens) and all(token.tag in ("degree", "current", "history", "weak") for token in tokens):
        return False
    said = context.text[tokens[0].start : tokens[-1].end]
    return own or not (_OPENS.search(said) or (_OF_PLACE.search(said) and _ORGAN.match(after.tokens[0].text)))


# "An odd disease and is on odd tonics, or any warfarin": the last two may be alternatives of what the first asks for too.
_BOTH = Caseless(r"\band (?:who |which |that )?(?:is|are|was|were|has|have|had|currently|receiv\w+|requir\w+|tak(?:es|ing)|treated|uses?|using|on)\b")
# "Complications of weak hearts, livers or kidneys": what is named behind may belong to the first words too.
_GOVERNS = Caseless(
    r"\b(?:(?:complications?|sequelae|consequences?|symptoms?|manifestations?|suspicion|inability|failures?|intolerance|responses?|indications?|needs?|onset|exacerbations?|types?|forms?|treatment|therapy|loss|lack|worsening|progression|"
    r"likelihood|possibility|probability|controls?|reversal|knowledge|awareness) (?:of|for|to)|suggestive of|consistent with|compatible with|indicative of|planned use of)\b"
)
# "A lesion of the brain or liver disease": whether the organs belong together is open.
_OF_PLACE = Caseless(r"\b(?:in|of|on|at|to)\s+(?:the\s+|both\s+|any\s+)?\w+$")
_ORGAN = Caseless(r"(?:liver|hepatic|kidney|renal|heart|cardi\w+|lung|pulmonary|brain|cerebral|bone|breast|skin|stomach|gastr\w+|bowel|intestinal|colon|bladder|prostate|ovar\w+|uter\w+|thyroid|spin\w+|eye|ocular|joint|muscle|vascular)\b")


def _excepts(one: Alternative, context: Context) -> bool:
    """Whether a member ends on an exception that no bracket closes."""
    if not any(getattr(leaf, "other_than", ()) for leaf in leaves(one.read.check)):
        return False
    said = context.text[one.tokens[0].start : one.tokens[-1].end + 1]
    return said.count("(") != said.count(")") or not said.rstrip(" ,;.").endswith((")", "]"))


# Over these only a fact with a time or state of its own breaks off.
_TIGHT = frozenset(("unable", "unwilling", "allergy", "if", "unless", "except", "exceptions", "planned", "eg", "device", "contra"))
_INDEPENDENT = Caseless(r"(?:current\w*|active\w*|ongoing|histor\w+|prior|previous\w*|known|presence|evidence|pregnan\w+|breast-?\s?feeding|lactat\w+|participat\w+)\b")


def _ends(found: Sequence[Alternative]) -> bool:
    """Whether no noun behind the last name of a list makes something else of the names before it."""
    for before, one in pairwise(found):
        if not before.known or one.closed or OWN_HEAD.match(one.tokens[0].text):
            continue
        end = one.tokens[: one.tail]
        at = next((i for i, token in enumerate(end) if token.tag == "check"), -1)
        behind = [token for token in end[at + 1 :] if token.tag not in LOOSE]
        if behind and _SHARED.fullmatch(behind[-1].text.split()[-1]):
            return False
    return True
