"""Lists that begin inside a line and go on below: "… such as: a) gout; b)" and "asthma; c) stroke" under it."""

from __future__ import annotations

import re

from matcher.model.patterns import pattern_of

_ENDS_IN_A_MARK = pattern_of(r"[:;,]\s*(?:and\s+|or\s+)?(?P<open>\(?)(?:[a-h]|\d{1,2}|ii|iii|iv|v|vi)\)$")
_MARK = pattern_of(r"\(?(?P<name>[b-h]|[2-9]|1\d)(?P<sign>[.)])")


def goes_on_inside(above: str, mark: str, below: str) -> bool:
    """Whether a line with a mark, or with none (""), is a member of the list inside the line above."""
    if not mark:
        ends = _ENDS_IN_A_MARK.search(above.rstrip())
        return ends is not None and (ends["open"] != "" or above.count(")") > above.count("("))
    found = _MARK.fullmatch(mark)
    if found is None or not below:
        return False
    last = str(int(found["name"]) - 1) if found["name"].isdigit() else chr(ord(found["name"]) - 1)
    begun = [at.start() for at in re.finditer(rf"[:;,]\s*\(?{last}{re.escape(found['sign'])}\s", above)]
    first = re.search(rf"[:;,]\s*\(?{'1' if last.isdigit() else 'a'}{re.escape(found['sign'])}\s", above)
    return bool(begun) and first is not None and first.start() <= begun[-1]
