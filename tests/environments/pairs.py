"""Few cases that cover every pair of values: most of what goes wrong takes two causes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

Case = dict[str, str]


def pairwise(dimensions: Mapping[str, Sequence[str]]) -> list[Case]:
    """Cases in which each value of a dimension meets each value of every other one.

    Greedy: each case begins with a pair that is not covered yet, and takes in every other
    dimension the value that covers most.
    """
    left = set(_pairs(dimensions))
    cases: list[Case] = []
    while left:
        case = dict(min(left))
        for name, values in dimensions.items():
            if name not in case:
                case[name] = max(
                    values, key=lambda value: len(_covered({**case, name: value}) & left)
                )
        left -= _covered(case)
        cases.append(case)
    return cases


Pair = tuple[tuple[str, str], tuple[str, str]]


def _pairs(dimensions: Mapping[str, Sequence[str]]) -> Iterator[Pair]:
    for (first, values), (other, others) in combinations(dimensions.items(), 2):
        for value, another in product(values, others):
            yield _pair((first, value), (other, another))


def _covered(case: Case) -> set[Pair]:
    return {_pair(first, other) for first, other in combinations(case.items(), 2)}


def _pair(first: tuple[str, str], other: tuple[str, str]) -> Pair:
    return (first, other) if first < other else (other, first)
