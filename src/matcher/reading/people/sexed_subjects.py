"""Lines not read to their end that begin with women or men: "Women who attend an antenatal clinic" asks for a woman, whatever else it asks.

Among exclusions it keeps no man out, among inclusions it lets none in. Mothers and fathers may be those of the patient. A line that gives those of one sex a duty or a leave
("women must …", "men may …"), speaks of their fertility, or goes on with other people asks for nobody's sex.
"""

from __future__ import annotations

import re

from matcher.model.language import All, Ambiguous, Any, Check, Not, Sex, State, Statement, Unless, Unread, When
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import is_asked, load

_ADJECTIVE = r"(?:healthy|adult|young|older|elderly|aged|obese|overweight|infertile|subfertile|(?:post|pre|peri)-?\s?menopausal|non-?pregnant|nulliparous|multiparous|primiparous|parous|postpartum|married|sexually active|breastfeeding|lactating|nursing|non-?smoking|hypertensive|diabetic|asymptomatic|symptomatic)"
_PEOPLE = r"(?:patients?|subjects?|participants?|individuals?|volunteers?|persons?|adults?|adolescents?|students?|nurses?|workers?|veterans?|prisoners?|inmates?)"
_WOMEN = rf"(?:(?:women|woman|females?|girls?|(?<=nursing )mothers?|(?<=lactating )mothers?|(?<=feeding )mothers?|(?<=pregnant )mothers?|(?<=postpartum )mothers?)(?:\s+{_PEOPLE})?|(?:nulliparas?|multiparas?|primigravid\w*|multigravid\w*|parturients?)(?:\s+(?:women|mothers|{_PEOPLE}))?)"
_MEN = rf"(?:(?:men|man|males?|boys?)(?:\s+{_PEOPLE})?)"
_NARROWS = r"(?:who|whose|whom|that|with|without|attending|having|in|at|of|under|over|aged|using|taking|receiving|undergoing|planning|planned|presenting|diagnosed|suffering|carrying|living|from|requiring|seeking|currently|unable|unwilling|wishing|intending|desiring|trying|admitted|delivering|giving|referred|scheduled|between|during|on|to|working|working|seen|recruited|exposed|experiencing|recovering|treated|carrying|serving|enrolled|registered|booked|visiting|for)\b|(?:[≥>≤<]=?\s*)?\d"
_LEADING = r"\W*(?:(?:or|and|and/or|for|any|all|the|being|a|an|only|healthy)\s+)*"
_OF_WOMEN = Caseless(rf"{_LEADING}(?:{_ADJECTIVE}\s+){{0,2}}(?P<pregnant>(?<!non-)(?<!not )pregnant\s+)?(?:{_ADJECTIVE}\s+)?{_WOMEN}(?:\s+(?:{_NARROWS})|,\s+not using\b)", needs=("wom", "female", "girl", "mother", "para", "gravid", "parturient"))
_OF_MEN = Caseless(rf"{_LEADING}(?:{_ADJECTIVE}\s+){{0,2}}{_MEN}\s+(?:{_NARROWS})", needs=("men ", "man ", "male", "boy"))
# Behind a joint only these go on about the same people; anything else may be another member of a list, and about everybody.
_GOES_ON = (
    r"(?:who|whom|that|which|whose|are|is|was|were|has|have|had|do|does|did|not|cannot|can|could|would|might|may|will|be|been|unable|inab\w+|unwilling\w*|refus\w+|plan\w*|intend\w*|wish\w*|desir\w*|try\w*|attempt\w*|want\w*|consider\w*|suspect\w*|"
    r"breast-?\s?feed\w*|lactat\w*|nursing|pregnan\w*|becom\w*|conceiv\w*|gestat\w*|fertile|child-?\s?bearing|sexually|contracept\w*|birth|barrier|hormonal|condoms?|sperm\w*|abstin\w*|abstain\w*|diaphragm|cervical|intra-?\s?uterine|iud|"
    r"effective|adequate\w*|reliable|acceptable|accepted|medically|highly|appropriate|consistent\w*|correct\w*|safe|older|above|over|more|greater|younger|under|below|less|willing|able|agree\w*|using|use|taking|practi[cs]\w*|currently|already|still|within|during|throughout|until|before|after|for|in|at|on|of|to|by|from|with|without|"
    r"(?:the|this|their|her|his)\s+(?:study|trial|course|period|duration|treatment|screening|last|next|past|first|partners?))\b"
)
_OTHERS = Caseless(rf"(?:\b(?:or|and|and/or|as well as|plus)\b|,(?!\d)|\s[/&]\s)[\s,]*(?!(?:(?:or|and|and/or)\s+)?{_GOES_ON})\S|[.;:]\s+\S|\n")
_FEMALE = Caseless(r"\b(?:wom[ae]n|females?|girls?|mothers?|wives|wife|sisters?|daughters?)\b")
_MALE = Caseless(r"\b(?:m[ae]n|males?|boys?|fathers?|husbands?|brothers?|sons?)\b")
# A duty, a leave or a condition; and what is asked of those who may bear or beget a child.
_NO_DEMAND = Caseless(
    r"\b(?:must|should|shall|will|may|might|can|could|need|needs|agree\w*|required|requires|eligible|allowed|permitted|acceptable|includ\w*|welcome|if|unless|except\w*|either|not|no|excluded|willing\w*|have to|"
    r"contracept\w*|birth control|child-?\s?bearing|fertil\w*|reproductive|steril\w*|hysterectom\w*|pregnancy test\w*|partners?|sperm|condoms?|become pregnant|becoming pregnant|breast-?\s?feeding|lactating|nursing|ovulat\w*|menopaus\w*|menstr\w*|menses|amenorrh\w*|cycles?|intercourse|abstain\w*|abstinen\w*|"
    r"controls?|cohorts?|groups?|arms?|parts?|phases?|stage [12])\b"
)

# "If female, subjects must …": all of it is a rule for women, where no other sentence follows and nobody else is named.
_IF_OF_A_SEX = Caseless(
    r"\W*(?:if|where|when)\s+(?:(?:the\s+)?(?:patient|subject|participant|volunteer)\s+)?(?:(?:is|are)\s+)?(?:an?\s+)?(?P<sex>(?:fe)?male|woman|man)(?:\s+(?:patient|subject|participant|volunteer))?(?:\s*[,:–-]|\s+(?:and|of|who|with|must|should|she|he)\b)",
    needs=("male", "woman", "man"),
)
_EXAMPLE = Caseless(r"\b(?:e\.\s?g|i\.\s?e)\.")
_ANOTHER_SENTENCE = Caseless(r"[.;?!]\s+\S|\n")
_OR_ELSE = Caseless(r"\b(?:all|both|each|every|everyone|either sex|any sex)\b")


def for_one_sex(read: Read, text: str, kind: str) -> Read:
    """An unread inclusion of one sentence that begins with "if female" or "if male", as a rule for those of that sex."""
    if kind != "inclusion" or not isinstance(read.check, Unread | Statement | Ambiguous) or any(isinstance(leaf, Sex) for leaf in leaves(read.check)):
        return read
    found = _IF_OF_A_SEX.match(text)
    if found is None:
        return read
    woman, rest = found["sex"].casefold() in ("female", "woman"), _EXAMPLE.without(text[found.end() :], " ")
    if _ANOTHER_SENTENCE.search(rest) or _OR_ELSE.search(rest) or (_MALE if woman else _FEMALE).search(rest):
        return read
    return Read(When(Sex("female" if woman else "male"), read.check), ((0, found.end()), *read.spans))


def of_one_sex(read: Read, text: str, kind: str) -> Read:
    """The reading with the sex of those whom an unread line is about beside it."""
    found = list(leaves(read.check))
    if kind == "exclusion" and isinstance(read.check, Any) and isinstance(read.check.parts[0], Sex) and (_OF_WOMEN.match(text) or _OF_MEN.match(text)):
        theirs = All((read.check.parts[0], any_of(list(read.check.parts[1:]))))  # "women who are taking or have taken X": not all women
        return Read(theirs, read.spans) if _asked(text, kind) == read.check.parts[:1] else Read(Ambiguous((theirs, read.check)), read.spans * 2)
    if not any(isinstance(leaf, Unread | Statement) for leaf in found) or not (_OF_WOMEN.match(text) or _OF_MEN.match(text) or kind == "exclusion"):
        return read
    if any(isinstance(leaf, Sex) or leaf == State("pregnant") for leaf in found):
        return _of_each(read) if kind == "exclusion" else read
    whole = read.check.readings[0] if isinstance(read.check, Ambiguous) else read.check
    if isinstance(whole, Unread | Statement) or (kind == "inclusion" and isinstance(whole, All)):
        asked = _asked(text, kind)
        return Read(all_of([*asked, *(read.check.parts if isinstance(read.check, All) else (read.check,))]), (*((0, len(text)),) * len(asked), *read.spans)) if asked else read
    return _of_each(read) if kind == "exclusion" else read


def _of_each(read: Read) -> Read:
    """An exclusion with the sex beside each of its members that nobody read and that is about women, or men."""
    bearing = any(isinstance(leaf, State) and leaf.name in _BEARING for leaf in leaves(read.check)) and not any(isinstance(node, Not | Unless) for node in nodes(read.check))
    return rewritten(read, lambda leaf: All((*asked, leaf)) if isinstance(leaf, Unread | Statement) and (asked := _asked(leaf.text, "exclusion") or _of_bearing(leaf.text, bearing and not _known(leaf))) else None)


def _known(leaf: Unread | Statement) -> bool:
    """Whether it is a statement that many trials ask: what makes it false is known."""
    return isinstance(leaf, Statement) and is_asked(leaf.text, load())


_BEARING = ("pregnant", "breastfeeding")
_BEARS = Caseless(r"\b(?:wom[ae]n|females?|pregnan\w+|child-?\s?bearing|breast-?\s?feed\w*|lactat\w+|nursing|post-?\s?partum)\b")
# Of a child that is a patient, of a man who begets one, and of everybody.
_OF_THE_CHILD = Caseless(r"\b(?:maternal|mothers?|infants?|newborns?|neonat\w*|child(?!-?\s?bearing)|children|f(?:o)?et(?:al|us)|born|births?(?! control)|deliver\w*|gestat\w*|labou?r)\b")
_WARNS = Caseless(r"\bnursing infants(?: secondary to treatment of the mother[^.;]*)?|\bbreast-?\s?feeding should be discontinued if the mother\b")
_BEGETS = Caseless(r"\b(?:partners?|sperm\w*|father\w*|spous\w+|couples?|wife|wives|semen|condoms?|beget\w*|surroga\w+|donat\w+)\b")
_PREVENTS = Caseless(r"\b(?:contracept\w*|birth control|abst[ai]\w*|steril\w*)\b")
_OF_HERS = Caseless(r"\b(?:wom[ae]n|females?|child-?\s?bearing|risk of pregnancy)\b")
_MEMBERS = re.compile(r",|/|;|\b(?:or|and)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")


def _of_bearing(text: str, bearing: bool) -> tuple[Check, ...]:
    """A woman, where beside pregnancy or nursing something is said that is only of women in each of its sentences."""
    if not bearing or _BEGETS.search(text) or _MALE.search(text) or _OF_THE_CHILD.search(_WARNS.without(text)):
        return ()
    return (Sex("female"),) if all(map(_only_of_her, _SENTENCES.split(text))) else ()


def _only_of_her(sentence: str) -> bool:
    """Whether a sentence speaks of who bears or nurses a child, and goes on about nobody else."""
    first = next(filter(str.strip, _MEMBERS.split(sentence)), "")  # "under 18 years or pregnant" is of a boy, too
    return _BEARS.search(first) is not None and not _OTHERS.search(sentence.rstrip(" .;")) and (not _PREVENTS.search(sentence) or _OF_HERS.search(sentence) is not None)


def _asked(text: str, kind: str) -> tuple[Check, ...]:
    """What a line asks of whom it is about: nothing where others may be meant."""
    women = _OF_WOMEN.match(text)
    if (women is None and _OF_MEN.match(text) is None) or text.rstrip().endswith(":"):
        return ()
    if _OTHERS.search(text) or (_MALE if women is not None else _FEMALE).search(text) or (kind == "inclusion" and _NO_DEMAND.search(text)):
        return ()
    if women is None:
        return (Sex("male"),)
    return (State("pregnant"),) if women["pregnant"] else (Sex("female"),)
