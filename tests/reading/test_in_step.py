"""Works in stages make what they make alone, and in step no stage of one is ahead of another's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.tagging.in_step import InStages, alone, in_step


def _work(name: int, stages: int, told: list[tuple[int, int]]) -> InStages[tuple[int, int]]:
    for stage in range(stages):
        told.append((stage, name))
        yield
    return name, stages


@given(st.lists(st.integers(0, 5), max_size=6))
def test_in_step_each_work_makes_what_it_makes_alone(stages: list[int]) -> None:
    told: list[tuple[int, int]] = []
    made = in_step(_work(name, many, told) for name, many in enumerate(stages))
    assert made == [alone(_work(name, many, [])) for name, many in enumerate(stages)]
    assert told == sorted(told)
