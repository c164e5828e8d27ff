"""Lookup tables as functions: 3D by tetrahedral interpolation and 1D by straight lines, in float64."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apexlang.colour.spaces import Array


@dataclass(frozen=True, eq=False)
class Lut:
    """A table over a domain. `table` is (n, n, n, 3), indexed [blue, green, red], or (n, 3) for one curve a channel.

    Called with codes (..., 3); what lies outside the domain takes the value at its edge.
    """

    table: Array
    low: tuple[float, float, float] = (0.0, 0.0, 0.0)
    high: tuple[float, float, float] = (1.0, 1.0, 1.0)
    title: str = ""

    @property
    def size(self) -> int:
        return int(self.table.shape[0])

    def __call__(self, code: Array) -> Array:
        low, high = np.array(self.low), np.array(self.high)
        place = np.clip((np.asarray(code, np.float64) - low) / (high - low), 0, 1)
        if self.table.ndim == 2:
            axis = np.arange(self.size) / (self.size - 1)
            return np.stack([np.interp(place[..., c], axis, self.table[:, c]) for c in range(3)], -1)
        return tetrahedral(self.table, place)


def tetrahedral(table: Array, place: Array) -> Array:
    """`table` (n, n, n, 3) at `place` (..., 3), red green blue in 0..1.

    A cell falls into six tetrahedra by the order of the three fractions; the walk goes from its low corner to its high
    one, along the axis of the largest fraction first.
    """
    last = table.shape[0] - 1
    scaled = place.reshape(-1, 3) * last
    cell = np.minimum(scaled.astype(np.int64), last - 1)
    fraction = scaled - cell
    order = np.argsort(-fraction, axis=-1, kind="stable")
    sorted_fraction = np.take_along_axis(fraction, order, -1)
    corner = cell.copy()
    rows = np.arange(len(cell))
    value = table[corner[:, 2], corner[:, 1], corner[:, 0]]
    result = value.astype(np.float64)
    for step in range(3):
        corner[rows, order[:, step]] += 1
        following = table[corner[:, 2], corner[:, 1], corner[:, 0]]
        result = result + sorted_fraction[:, step, None] * (following - value)
        value = following
    whole: Array = result.reshape(place.shape)
    return whole
