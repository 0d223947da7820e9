"""Values: what a frozen, slotted dataclass does, they do."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, field, replace

import pytest

from matcher.model.values import value


@value(frozen=True, slots=True)
class _Dose:
    amount: int
    unit: str = "mg"
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(self.amount)


@value(frozen=True, slots=True, kw_only=True)
class _Named:
    name: str = ""


def test_a_value_is_made_compared_changed_and_sent_as_a_dataclass_is() -> None:
    one = _Dose(2)
    assert (one, repr(one)) == (_Dose(2, "mg", []), "_Dose(amount=2, unit='mg', notes=[])")
    assert one != _Dose(3)
    assert one not in (_Dose(3), _Named(name="2"))
    assert _Dose(1).notes is not _Dose(1).notes
    assert replace(one, unit="g") == _Dose(2, "g")
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    assert hash(_Named(name="a")) == hash(_Named(name="a"))


def test_a_value_stays_as_it_was_made() -> None:
    with pytest.raises(ValueError, match="-1"):
        _Dose(-1)
    with pytest.raises(ValueError, match="-1"):
        replace(_Dose(1), amount=-1)
    with pytest.raises(TypeError):
        _Named("a")  # type: ignore[call-arg]
    for name in ("amount", "other"):
        with pytest.raises(FrozenInstanceError):
            setattr(_Dose(1), name, 2)
    with pytest.raises(FrozenInstanceError):
        delattr(_Dose(1), "unit")
