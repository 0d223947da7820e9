"""Inclusions that would ask one person to be of both sexes: they name groups, of which either may enter.

"Postmenopausal women, and men aged 18 to 60" lets in both; which age or state is asked of whom is not certain.
"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.model.language import Age, All, Ambiguous, Any, Check, Sex, Unread, When
from matcher.model.trees import children, leaves
from matcher.reading.certain.kept import beside
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

# Men or women who are named beside those of the sex that is asked for, and are nobody's partners.
_MEN = Caseless(r"(?:\band|\bor|,|/)\s*(?:[\w-]+\s+){0,3}(?:men|males?)\b(?!\s+(?:partners?|sexual|condom|contracep|donors?|sex|infants?|offspring|relatives?|child|condoms))(?<!female)", needs=("men", "male"))
_WOMEN = Caseless(r"(?:\band|\bor|,|/)\s*(?:[\w-]+\s+){0,3}(?:women|females?)\b(?!\s+(?:partners?|sexual|condom|contracep|donors?|sex|infants?|offspring|relatives?|child|condoms))", needs=("women", "female"))


# What only women are is not asked of the men beside them.
_OF_SOME_WOMEN = Caseless(
    r"\b(?:(?:post|pre|peri)-?\s?menopausal|(?:surgically )?sterile|steril\w+|hysterectomi[sz]ed)\s+(?:women|females?)\b[^.;]{0,60}?(?:,|\band\b|\bor\b)\s*(?:[\w-]+\s+){0,2}(?:men|males?)\b(?!\s+partner)|"
    r"\b(?:men|males?)\s*(?:,|\band\b|\bor\b)[\s,]*(?:and |or )?(?:(?:post|pre|peri)-?\s?menopausal|(?:surgically )?sterile|steril\w+|hysterectomi[sz]ed)\s+(?:women|females?)\b",
    needs=("menopausal", "steril", "hysterectom"),
)


def of_either_sex(read: Read, text: str, kind: str) -> Read:
    """The reading of an inclusion, in doubt where nobody could be all that it asks for."""
    read = _of_those_aged_so(_of_that_age(read), text) if kind == "inclusion" else read
    if kind != "inclusion" or not (any(isinstance(leaf, Sex) for leaf in leaves(read.check)) or _OF_SOME_WOMEN.search(text)):
        return read
    if not (_OF_SOME_WOMEN.search(text) and not any(_either(node) for node in _nodes(read.check))) and not any(_impossible(node) for node in _nodes(read.check)) and not _speaks_of_others(read.check, text):
        return read
    return beside(Read(Unread(clean(text)), ((0, len(text)),)), [read])


def _of_that_age(read: Read) -> Read:
    """ "Men or postmenopausal women aged 40 to 75": the age that stands behind the women may be that of the men, too."""
    check = read.check
    if not isinstance(check, Any) or not any(_asked(part) and not any(isinstance(leaf, Age) for leaf in leaves(part)) for part in check.parts):
        return read
    ages = list(dict.fromkeys(leaf for part in check.parts if isinstance(part, All) and _asked(part) for leaf in leaves(part) if isinstance(leaf, Age)))
    if len(ages) != 1:
        return read
    both = Ambiguous((check, All((ages[0], check))))
    return Read(both, (*read.spans, read.spans[0], *read.spans))


_PEOPLE = r"(?:\s+(?:patients?|subjects?|participants?|volunteers?|individuals?))?"
# "Male, or female aged over 60 years": a comma, or a second "any", sets the second group apart.
_APART = Caseless(
    rf"\W*(?:any\s+|all\s+)?(?P<first>(?:fe)?males?|(?:wo)?m[ae]n){_PEOPLE}(?:\s*,\s*or\s+(?:any\s+|all\s+)?|\s+or\s+(?:any|all)\s+)(?P<second>(?:fe)?males?|(?:wo)?m[ae]n){_PEOPLE}\s+"
    r"(?:who\s+(?:is|are)\s+|aged?\s+|of\s+|with\s+)*(?:over|above|older than|more than|at least|>|≥|\d)",
    needs=("male", "men", "man"),
)
_OF_AGE = 25  # years: below it, it is the age of all who take part


def _of_those_aged_so(read: Read, text: str) -> Read:
    """ "Men, or women over 60": the age may be that of the women alone."""
    ages = [leaf for leaf in leaves(read.check) if isinstance(leaf, Age)]
    if len(ages) != 1 or any(isinstance(leaf, Sex) for leaf in leaves(read.check)) or (said := _APART.match(text)) is None:
        return read
    first, second = ("female" if said[name].casefold().startswith(("f", "w")) else "male" for name in ("first", "second"))
    bound = ages[0].bounds[0]
    if first == second or len(ages[0].bounds) > 1 or bound.op not in (">", "≥") or bound.unit != "years" or bound.number < _OF_AGE:
        return read
    return rewritten(read, lambda leaf: Ambiguous((leaf, Any((Sex(first), All((Sex(second), leaf)))))) if leaf == ages[0] else None)


def _nodes(check: Check) -> Iterator[Check]:
    yield check
    for part in children(check):
        yield from _nodes(part)


def _impossible(check: Check) -> bool:
    """Whether a conjunction asks for both sexes, or a rule for those of one for the other."""
    match check:
        case All():
            return len(_asked(check)) > 1
        case When(scope, rule):
            scoped = _asked(scope)
            return len(scoped) == 1 and bool({node.sex for node in _nodes(rule) if isinstance(node, Sex)} - scoped)
    return False


def _either(check: Check) -> bool:
    """Whether a choice has those of each sex among its members."""
    return isinstance(check, Any) and len({sex for part in check.parts for sex in _asked(part)}) > 1


def _asked(check: Check) -> set[str]:
    """The sexes that a check asks for in all of its parts."""
    if isinstance(check, Sex):
        return {check.sex}
    return {sex for part in check.parts for sex in _asked(part)} if isinstance(check, All) else set()


def _speaks_of_others(check: Check, text: str) -> bool:
    """Whether those of the other sex are named beside the one that is asked for."""
    asked = _asked(check)
    return (asked == {"female"} and _MEN.search(text) is not None) or (asked == {"male"} and _WOMEN.search(text) is not None)
