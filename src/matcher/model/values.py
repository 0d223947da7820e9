"""`@value`: a frozen, slotted dataclass whose class is made in a third of the time.

What dataclasses generate for each of some eighty classes was a tenth of the start of a command: here all but the
initialiser is shared.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

Kind = TypeVar("Kind")

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import MISSING, FrozenInstanceError, dataclass, fields

    def value(*, kw_only: bool = False, frozen: bool, slots: bool) -> Any:
        """A frozen, slotted dataclass, equal to another of its class whose fields are equal."""
        del frozen, slots  # always so; said at each class, for its reader and for the type checker

        def made(kind: type[Any]) -> type[Any]:
            whole = dataclass(kind, init=False, repr=False, eq=False, slots=True, kw_only=kw_only)
            names = tuple(whole.__dataclass_fields__)
            parts = attrgetter(*names) if names else lambda _: ()

            def equal(one: object, other: object) -> Any:
                return parts(one) == parts(other) if one.__class__ is other.__class__ else NotImplemented

            whole.__init__ = _initialiser(whole)
            whole.__eq__ = equal
            whole.__hash__ = lambda one: hash(parts(one))
            whole.__repr__ = _shown
            whole.__setattr__ = whole.__delattr__ = _refused
            whole.__getstate__, whole.__setstate__ = _state, _restored
            return whole

        return made

    def _initialiser(kind: type[Any]) -> Any:
        """The `__init__` of a class: each field is set through its slot."""
        known: dict[str, Any] = {"_missing": MISSING}
        ordered, named, lines = [], [], []
        for one in fields(kind):
            known[f"_set_{one.name}"] = getattr(kind, one.name).__set__
            given = one.name
            if one.default_factory is not MISSING:
                known[f"_made_{one.name}"] = one.default_factory
                given = f"_made_{one.name}() if {one.name} is _missing else {one.name}"
            known[f"_usual_{one.name}"] = MISSING if one.default is MISSING else one.default
            usual = "" if one.default is MISSING and one.default_factory is MISSING else f"=_usual_{one.name}"
            (named if one.kw_only else ordered).append(one.name + usual)
            lines.append(f" _set_{one.name}(self, {given})")
        if hasattr(kind, "__post_init__"):
            lines.append(" self.__post_init__()")
        words = ", ".join(["self", *ordered, *(["*", *named] if named else [])])
        exec(f"def __init__({words}):\n" + "\n".join(lines or [" pass"]), known)
        return known["__init__"]

    def _shown(one: Any) -> str:
        return f"{type(one).__qualname__}({', '.join(f'{name}={getattr(one, name)!r}' for name in one.__dataclass_fields__)})"

    def _refused(one: Any, name: str, *_: object) -> None:
        raise FrozenInstanceError(f"{type(one).__qualname__}.{name} cannot be changed")

    def _state(one: Any) -> list[Any]:
        return [getattr(one, name) for name in one.__dataclass_fields__]

    def _restored(one: Any, state: list[Any]) -> None:
        for name, part in zip(one.__dataclass_fields__, state, strict=True):
            object.__setattr__(one, name, part)


def changed(one: Kind, **changes: Any) -> Kind:
    """A value with other things in some of its fields, as `dataclasses.replace` makes it, in a third of the time."""
    kind: Any = type(one)
    return kind(**{name: getattr(one, name) for name in kind.__dataclass_fields__} | changes)  # type: ignore[no-any-return]


__all__ = ["changed", "value"]
