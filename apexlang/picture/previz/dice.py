"""A small generator of random numbers (splitmix64) of our own, so that a set looks the same under every version of NumPy."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_MASK = (1 << 64) - 1


class Dice:
    """Throws that follow from words alone: equal words, equal throws."""

    def __init__(self, *words: object) -> None:
        self._state = zlib.crc32("\x1f".join(str(word) for word in words).encode("utf-8", "replace"))

    def unit(self) -> float:
        """0 <= x < 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((z ^ (z >> 31)) >> 11) / float(1 << 53)

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.unit()

    def whole(self, count: int) -> int:
        """0 .. count - 1."""
        return min(count - 1, math.floor(self.unit() * count))

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.whole(len(choices))]

    def sign(self) -> int:
        return 1 if self.unit() < 0.5 else -1

    def bell(self) -> float:
        """About normal, mean 0, deviation 1, never beyond 6."""
        return sum(self.unit() for _ in range(12)) - 6.0
