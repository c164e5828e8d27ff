"""A blue-noise tile for the rounding to 8 bits: banding becomes a fine, fixed texture without clumps.

Made by void and cluster (Ulichney 1993) in integers and shipped as `bluenoise.npy`, because making it takes a second.
"""

from __future__ import annotations

import io
import math
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

SIDE: Final = 64
_SIGMA: Final = 1.9


@lru_cache(maxsize=1)
def thresholds() -> NDArray[np.float32]:
    """(SIDE, SIDE), each value (k + 1/2) / SIDE² once: what is added before a code is cut to a whole number."""
    raw = files("apexlang.frames").joinpath("bluenoise.npy").read_bytes()
    ranks = np.load(io.BytesIO(raw), allow_pickle=False)
    values: NDArray[np.float32] = ((ranks.astype(np.float64) + 0.5) / SIDE**2).astype(np.float32)
    return values


def void_and_cluster() -> NDArray[np.uint16]:
    """The ranks 0 .. SIDE² - 1 behind `thresholds`."""
    count = SIDE * SIDE
    bell = _energy()
    chosen = np.zeros(count, bool)
    state = 1
    while chosen.sum() < count // 10:  # a first scatter, by a small generator that is the same everywhere
        state = (state * 1103515245 + 12345) % 2**31
        chosen[(state >> 8) % count] = True
    energy = np.zeros((SIDE, SIDE), np.int64)
    for start in np.flatnonzero(chosen):
        energy += _at(bell, start)

    def tightest() -> int:
        return int(np.where(chosen, energy.ravel(), -1).argmax())

    def emptiest() -> int:
        return int(np.where(chosen, np.iinfo(np.int64).max, energy.ravel()).argmin())

    while True:  # spread the scatter until the tightest cluster, taken away, leaves the largest void
        out = tightest()
        chosen[out] = False
        energy -= _at(bell, out)
        into = emptiest()
        chosen[into] = True
        energy += _at(bell, into)
        if into == out:
            break
    ranks = np.empty(count, np.uint16)
    first, first_energy = chosen.copy(), energy.copy()
    for rank in range(int(first.sum()) - 1, -1, -1):
        place = tightest()
        chosen[place] = False
        energy -= _at(bell, place)
        ranks[place] = rank
    chosen, energy = first, first_energy
    for rank in range(int(first.sum()), count):
        place = emptiest()
        chosen[place] = True
        energy += _at(bell, place)
        ranks[place] = rank
    return ranks.reshape(SIDE, SIDE)


def _energy() -> NDArray[np.int64]:
    """A bell about (0, 0) on the torus, in whole numbers so that sums have no order."""
    distance = [min(i, SIDE - i) for i in range(SIDE)]
    weight = [math.exp(-d * d / (2 * _SIGMA**2)) for d in distance]
    return np.array([[round(2**24 * a * b) for b in weight] for a in weight], np.int64)


def _at(bell: NDArray[np.int64], place: int | np.integer[Any]) -> NDArray[np.int64]:
    return np.roll(bell, (int(place) // SIDE, int(place) % SIDE), (0, 1))
