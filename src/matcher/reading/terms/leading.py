"""Words before a fact that only introduce it or make it narrower: "a severe episode of", "definite", "left"."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Check, Condition, Medication, Not, Procedure
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.names import SIDES

# Before a fact: words that only introduce it or narrow it.
_LEADING = frozenset(("weak", "history", "current", "degree", "confirmed", "with", "of", "stage", "stages", "suspected", "judge-mod", "_", "only", "use", "treated"))
# Adjectives and adverbs by their endings, and some more; none of them takes anything back.
ATTRIBUTE = Caseless(
    r"(?!(?:suspected|excluded|planned|scheduled|refused|declined|avoided|failed|required|needed|indicated|expected|stopped|discontinued|resolved|recovered|cured|proposed|"
    r"considered|allowed|permitted|prevented|screened|tested|vaccinated|exposed|unexposed|limited|unlikely|likely|possibly|potentially|presumably|family|only|clinic|topic|negative|"
    r"preventive|alternative|relative|candidate|fetal|prophylactic|antibiotic|generic|supposed|assumed|alleged|feared|denied|controlled|nearly|hardly|barely|rarely|seldom)$)"
    r"(?:.{3,}(?:ive|ic|ous|oid|ed|ly)|singleton|typical|lateral|cervical|focal|partial|residual|terminal|permanent|intermittent|frequent|pre-?existent|dominant|hereditary|primary|secondary|ambulatory|refractory|"
    r"neonatal|perinatal|radial|viable|measurable|demonstrable|detectable|subclinical|postoperative|idiopathic|unspecified|viral|bacterial|fungal|rapid|mild-to-moderate|moderate-to-severe|"
    r"definite|open|total|baseline|daily|already|additional|certain|manifest|immediate|present|similar|single|double|full|whole|major|minor|large|small|"
    r"multi|bilateral|unilateral|premorbid|therapeutic|allogeneic|extended|conventional|standard|routine|regular|outpatient|inpatient|long|short|high|low|dose|intensity|volume|fixed)",
)
# Adjectives by endings that nouns have too: before the name of a disease they tell its kind.
_KIND = Caseless(
    r"(?!(?:infant|patient|parent|agent|treatment|event|management|content|consent|equipment|department|accident|incident|instrument|implant|transplant|variant|plant|ligament|pollutant|component|segment|fragment|movement|impairment|involvement|"
    r"assessment|attachment|replacement|increment|stent|extent|percent|moment|element|trial|hospital|animal|signal|removal|arrival|refusal|denial|withdrawal|approval|referral|interval|proposal|survival|material|journal|potential|"
    r"normal|abnormal|nominal|hypothetical|conditional|negligible|possible|impossible|probable|improbable|presumable|questionable|avoidable|preventable|table|cable|variable|vegetable|summary|library|salary|diary|boundary|"
    r"parental|maternal|paternal|fetal|familial|experimental|control|eligible|ineligible|susceptible|vulnerable|irreversible|grant|pregnant|adjuvant|neoadjuvant|relevant|important|present|absent|recent|current|different|equivalent|independent|dependent|capable|available|"
    r"consistent|compatible|congruent|concordant|reminiscent|attendant|apparent|imminent|incipient|latent|reliable|acceptable|suitable|comparable|similar|particular|ulcer|cancer|fever|user|mother|father|donor|other|general|oral|social|mental|medical|surgical|dental|clinical|historical|previous)$).{4,}(?:al|ar|ary|ant|ent|able|ible)",
)
# "Grade 2 or worse", "two or more".
AND_UP = Caseless(r"(?:or\s+)?(?:worse|greater|higher|more|above|over)")
# "An episode of", "complications of": whoever had it had the disease.
_EVENT_OF = Caseless(
    r"(?:episodes?|exacerbations?|onset|recurrences?|relapses?|cases?|attacks?|complications?|progression|worsening|courses?|manifestations?|periods?|forms?|types?|kinds?|variants?|"
    r"degrees?|flares?|flare-ups?|bouts?|aggravation|deterioration|reactivation|decompensation|persistence|presence|spells?|instances?)",
)


# Nouns that stay what they are under whatever word stands before them: a forefoot ulcer is an ulcer, a heat stroke no stroke.
_KEEPS_KIND = Caseless(
    r".*\b(?:infections?|ulcers?|fractures?|bleeding|ha?emorrhages?|stenos[ie]s|strictures?|thrombos[ie]s|embolisms?|metastas[ie]s|\w*carcinomas?|cancers?|tumou?rs?|neoplasms?|malignanc(?:y|ies)|lymphomas?|\w*sarcomas?|"
    r"\w*leuka?emias?|myelomas?|gliomas?|dementias?|burns?|wounds?|fibroids?|obstructions?|psoriasis|\w*o?edema|injur(?:y|ies)|diseases?|cysts?|abscess(?:es)?|aneurysms?|hernias?|diabetes(?: mellitus)?|nsclc|crc|\w{3,}(?:itis|opathy|opathies|omas?))",
)
# Words before a noun that deny, doubt, plan or prevent it, make it another's or a sham, or are verbs and titles of something else.
_NO_KIND = Caseless(
    r"(?!(?:devastating|debilitating|disabling|evolving|(?:pre-?|co-?)?existing|persisting|remaining|infiltrating|wasting|blistering|fluctuating|deteriorating|worsening|progressing|relapsing|remitting|re-?occurring|recurring|underlying|life-threatening|lasting|long-?standing)$).*ing|.*(?:s|ed|ly)|.{1,2}|(?:non|anti|post|pre|peri|pseudo|sub|para|likely|unlikely|possible|probable|potential|apparent|imminent|consistent|compatible|suggestive|alternative|presumptive|predisposition|susceptible|eligible|"
    r"no|not|nor|never|without|cannot|can|hypo|hyper|extra|supra|infra|inter|contra|micro|macro|even|free|lack|absent|negative|sham|placebo|mock|simulated|dummy|former|past|remote|future|near|almost|control|contact|donor|recipient|partner|spouse|family|familial|maternal|paternal|fetal|fetus|mother|father|parent|parental|sibling|child|animal|mouse|rat|dog|plant|"
    r"household|caregiver|risk|fear|concern|report|self|screen|test|exam|examination|trial|study|clinic|center|centre|hospital|ward|unit|service|registry|program|programme|vaccine|vaccination|prophylaxis|prevention|knowledge|education|research|questionnaire|scale|score|index|"
    r"treat|prevent|avoid|deny|refuse|decline|donate|care|fail|failure|rule|exclude|include|cause|mimic|expect|suspect|assess|evaluate|manage|monitor|discuss|understand|support|maintain|carry|made|make|used|use|need|require|want|plan|prefer|agree|choose|stop|quit|switch|change|"
    r"clear|similar|same|other|another|unlike|like|off|out|while|whilst|where|when|once|if|unless|most|more|less|least|few|fewer|than|versus|vs|against|despite|before|after|during|through|via|per|upon|about|under|over|above|below|between|toward|towards|until|throughout|and|or|also|may|might|can|could|should|must|will|would|shall|any|some|dose|level|rate|ratio|count|stage|grade|group|cohort|arm|part|class|type|model|gene|antibody|antigen|toxin|scan|image|imaging|response|resistance|allergy|intolerance|sensitivity|reaction)",
)
_WORD = pattern_of(r"[^\W\d_][^\W\d_-]*(?:-[^\W\d_]+)*|[A-Z]{2,}")


def _keeps_kind(fact: Token, parts: Sequence[Check]) -> bool:
    """Whether a fact is what it says under whatever word stands right before it: such a disease, or a treatment that was given."""
    if all(isinstance(leaf, Condition) for leaf in parts):
        return _KEEPS_KIND.fullmatch(fact.text.split("(")[0].strip()) is not None
    return all(isinstance(leaf, Medication | Procedure) and bool(leaf.window or getattr(leaf, "phase", "")) for leaf in parts)


def says_kind(word: str, name: str, *, of_disease: bool) -> bool:
    """Whether a word before the name of a disease or treatment can only tell which kind of it is meant."""
    if of_disease and (ATTRIBUTE.fullmatch(word) or _KIND.fullmatch(word)):
        return True
    return _WORD.fullmatch(word) is not None and not _NO_KIND.fullmatch(word) and (not of_disease or _KEEPS_KIND.fullmatch(name) is not None)


# In a bracket before a fact these only say which one is meant: "active (untreated or resistant)".
_QUALIFIES = frozenset(("w", "degree", "stages", "stage", "current", "or", "and", "comma", "slash", "weak", "number", "ie", "setting"))


def _without_brackets(before: Sequence[Token]) -> list[Token]:
    """The words before a fact without brackets that only say which one is meant."""
    found: list[Token] = []
    bracket: list[Token] = []
    for token in before:
        if token.tag == "open" or bracket:
            bracket.append(token)
            if token.tag == "close":
                plain = bool(found) and all(one.tag in _QUALIFIES and not (one.tag == "w" and _NO_KIND.fullmatch(one.text) and not ATTRIBUTE.fullmatch(one.text)) for one in bracket[1:-1])
                found += [] if plain else bracket
                bracket = []
        else:
            found.append(token)
    return found + bracket


def leads(before: Sequence[Token], fact: Token) -> bool:
    """Whether the words before a fact only introduce it or make it narrower: "a severe episode of", "definite"; any, where it keeps its kind."""
    parts = list(leaves(fact.value.check))
    of_disease = all(isinstance(leaf, Condition) for leaf in parts)
    kind = _keeps_kind(fact, parts)
    before = _without_brackets(before) if kind else before
    for i, token in enumerate(before):
        if token.tag in _LEADING:
            continue
        if token.text.casefold() in SIDES or (i and before[i - 1].tag == "stages" and AND_UP.fullmatch(token.text)):
            continue
        behind = before[i + 1].tag if i + 1 < len(before) else ""
        if not i and token.text.casefold() == "children" and not isinstance(fact.value.check, Not) and behind in ("", "with", "degree", "current", "history"):
            continue  # "children with asthma" need asthma
        if of_disease and token.tag == "w" and behind != "of" and _KIND.fullmatch(token.text):
            continue
        behind_it = before[i + 1] if i + 1 < len(before) else fact
        tied = behind_it.start - token.end <= 1 and behind_it.tag in ("w", "degree", "stages", "stage", "check")
        if kind and token.tag == "w" and tied and _WORD.fullmatch(token.text) and not _NO_KIND.fullmatch(token.text):
            continue
        if token.tag != "w" or not (ATTRIBUTE.fullmatch(token.text) if behind != "of" else _EVENT_OF.fullmatch(token.text)):
            return False
    return True
