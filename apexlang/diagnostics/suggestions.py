"""The name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

LONGEST = 64
"""Names longer than this are not compared: no one mistypes a paragraph, and the work stays bounded."""

MOST_SEEN, MOST_COMPARED = 2_000, 200
"""Candidates that are looked at, and that are compared letter by letter: ten thousand unknown words among ten thousand names must
not take their product."""


def distance(a: str, b: str, limit: int) -> int:
    """Edits from `a` to `b` (insert, delete, replace, swap of neighbours: Damerau 1964, restricted); above `limit`: limit + 1."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, above, row = row, before, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate nearest to `word`, if any is near enough; capitals, `-`, `_` and spaces count for nothing."""
    if not word or len(word) > LONGEST:
        return None
    plain = _plain(word)
    letters = frozenset(plain)
    best, best_key = None, (len(plain) // 3 + 1, "")
    compared = 0
    for candidate in dict.fromkeys(islice(candidates, MOST_SEEN)):
        other = _plain(candidate)
        limit = max(1, max(len(plain), len(other)) // 3)
        if len(other) > LONGEST or abs(len(other) - len(plain)) > limit or len(letters - _letters(candidate)) > limit:
            continue
        compared += 1
        if compared > MOST_COMPARED:
            break
        d = distance(plain, other, limit)
        if d > limit or d >= max(len(plain), len(other)):
            continue
        key = (d, candidate)
        if best is None or key < best_key:
            best, best_key = candidate, key
    return best


@lru_cache(4096)
def _letters(word: str) -> frozenset[str]:
    return frozenset(_plain(word))


@lru_cache(4096)
def _plain(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "").replace(" ", "")
