"""`@value`: a frozen, slotted dataclass whose class is made in a third of the time.

What dataclasses generate for each of some eighty classes was a tenth of the start of a command: here all is shared
that classes have in common, the code of the initialisers too.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

Kind = TypeVar("Kind")

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import _FIELD, MISSING, Field, FrozenInstanceError, dataclass, field

    @dataclass(init=False, repr=False, eq=False, slots=True)
    class _Plain:
        """What dataclasses say of a class made so, for those who ask."""

    def value(*, kw_only: bool = False, frozen: bool, slots: bool) -> Any:
        """A frozen, slotted dataclass, equal to another of its class whose fields are equal."""
        del frozen, slots  # always so; said at each class, for its reader and for the type checker

        def made(kind: type[Any]) -> type[Any]:
            fields = {name: _field(kind, name, said, kw_only) for name, said in kind.__annotations__.items()}
            parts = attrgetter(*fields) if fields else lambda _: ()

            def equal(one: object, other: object) -> Any:
                return parts(one) == parts(other) if one.__class__ is other.__class__ else NotImplemented

            members = {name: one for name, one in kind.__dict__.items() if name not in fields and name not in ("__dict__", "__weakref__")}
            members |= {
                "__slots__": tuple(fields), "__match_args__": () if kw_only else tuple(fields), "__dataclass_fields__": fields,
                "__dataclass_params__": _Plain.__dataclass_params__, "__eq__": equal, "__hash__": lambda one: hash(parts(one)),
                "__repr__": _shown, "__setattr__": _refused, "__delattr__": _refused, "__getstate__": _state, "__setstate__": _restored,
            }  # fmt: skip
            whole = type(kind)(kind.__name__, kind.__bases__, members)
            whole.__init__ = _initialiser(whole, kw_only)
            return whole

        return made

    def _field(kind: type[Any], name: str, said: str, kw_only: bool) -> Field:
        given = kind.__dict__.get(name, MISSING)
        one = given if isinstance(given, Field) else field(default=given)
        one.name, one.type, one.kw_only, one._field_type = name, said, kw_only, _FIELD
        return one

    def _initialiser(kind: type[Any], kw_only: bool) -> Any:
        """The `__init__` of a class: each field is set through its slot."""
        fields = kind.__dataclass_fields__
        known: dict[str, Any] = {"_missing": MISSING}
        usual: dict[str, Any] = {}
        for place, (name, one) in enumerate(fields.items()):
            known[f"_set{place}"] = getattr(kind, name).__set__
            if one.default_factory is not MISSING:
                known[f"_made{place}"] = one.default_factory
                usual[name] = MISSING
            elif one.default is not MISSING:
                usual[name] = one.default
        made = tuple(one.default_factory is not MISSING for one in fields.values())
        code = _setting(made, kw_only, hasattr(kind, "__post_init__"))
        found = FunctionType(code.replace(co_varnames=("self", *fields)), known, "__init__", None if kw_only else tuple(usual.values()))
        found.__kwdefaults__ = usual if kw_only else None
        found.__qualname__ = f"{kind.__qualname__}.__init__"
        return found

    @cache
    def _setting(made: tuple[bool, ...], kw_only: bool, more: bool) -> CodeType:
        """The code that initialises every class with as many fields, of which some are `made` where they are not given."""
        lines = [f" _set{place}(self, _made{place}() if a{place} is _missing else a{place})" if one else f" _set{place}(self, a{place})" for place, one in enumerate(made)]
        lines += [" self.__post_init__()"] if more else []
        words = ["self", *(["*"] if kw_only and made else []), *(f"a{place}" for place in range(len(made)))]
        known: dict[str, Any] = {}
        exec(f"def __init__({', '.join(words)}):\n" + "\n".join(lines or [" pass"]), known)
        return known["__init__"].__code__

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
