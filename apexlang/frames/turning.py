"""Turned views: a roll as two shears at unit scale around the scaling along x, exact in place for any angle.

With U = A i + B j + U0 and V = D i + G j + V0 from output samples to the plane: columns slip by D/A, the plane is scaled along x by A,
rows slip by B/(A E), and what is left is a scaling along y by E = G - B D / A. Shears of more than 45 degrees would smear,
so a plane is turned by quarters first, which is exact. (Catmull and Smith 1980.)
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from apexlang.frames.planes import Plane, Planes
from apexlang.frames.resample import PAD, Floats, combine_line, spline36
from apexlang.jit import kernel
from apexlang.motion.path import View

_TAPS = 6


class Samples(NamedTuple):
    """From output samples (i, j) to a plane's px: U = a i + b j + u, V = d i + g j + v."""

    a: float
    b: float
    d: float
    g: float
    u: float
    v: float

    @property
    def down(self) -> float:
        """The scale along y that is left when both slips are made."""
        return self.g - self.b * self.d / self.a


def samples(view: View, plane: Plane, pitch: int) -> Samples:
    """Where the samples of a plane of the frame are taken: luma (`pitch` 1) at (i + 1/2, j + 1/2), chroma (2) at (2 i + 1/2, 2 j + 1),
    sited left."""
    x, y = 0.5, 0.5 * pitch
    return Samples(
        view.scale_x * pitch * plane.scale,
        view.slip_x * pitch * plane.scale,
        view.slip_y * pitch * plane.scale,
        view.scale_y * pitch * plane.scale,
        (view.scale_x * x + view.slip_x * y + view.left) * plane.scale,
        (view.slip_y * x + view.scale_y * y + view.top) * plane.scale,
    )


def quarters(view: View) -> int:
    """By how many quarters the still is to be turned, so that the view turns it by 45 degrees at most."""
    return round(math.degrees(math.atan2(view.slip_y, view.scale_x)) / 90) % 4


def quartered(view: View, turns: int, width: int, height: int) -> View:
    """The view of a still of `width` x `height` px that was turned by `turns` quarters, counter-clockwise."""
    a, g, left, top, b, d = view
    match turns:
        case 1:
            return View(d, -b, top, width - left, g, -a)
        case 2:
            return View(-a, -g, width - left, height - top, -b, -d)
        case 3:
            return View(-d, b, height - top, left, -g, a)
        case _:
            return view


def turned(planes: Planes, turns: int) -> Planes:
    """The planes of the still turned by `turns` quarters, counter-clockwise."""
    if turns == 0:
        return planes
    parts = [Plane(np.ascontiguousarray(_TURNS[turns](plane.data)), plane.scale) for plane in planes]
    width, height = (planes.height, planes.width) if turns % 2 else (planes.width, planes.height)
    return Planes(width, height, *parts)


_TURNS = {1: lambda data: data.T[:, ::-1], 2: lambda data: data[::-1, ::-1], 3: lambda data: data.T[::-1]}


@kernel
def slip_taps(shift: float, weights: Floats) -> int:
    """The six weights that move a line by `shift` samples, multiples of 2^-15 that sum to one, and the first sample's offset."""
    whole = math.floor(shift)
    part = shift - whole
    left, largest = 1.0, 0
    total = 0.0
    for k in range(6):
        total += spline36(k - 2 - part)
    for k in range(6):
        rounded = math.floor(spline36(k - 2 - part) / total * 32768.0 + 0.5) / 32768.0
        weights[k] = rounded
        left -= rounded
        if rounded > weights[largest]:
            largest = k
    weights[largest] += left
    return whole - 2


@kernel
def slip_columns(plane: Floats, first: int, slope: float, at: float, low: int, out: Floats) -> None:
    """out[c, r] = the plane's column first + c at row low + r + slope (column - at), both counted in px (a sample's place is its
    number and a half). `low` counts from the padded plane's first row, `first` from its first column."""
    columns, rows = out.shape
    last = plane.shape[1] - 1
    weights, line = np.empty(6, np.float32), np.empty(rows + 5, np.float32)
    for c in range(columns):
        source = plane[min(max(first + c, 0), plane.shape[0] - 1)]
        start = low + slip_taps(slope * (first + c - PAD + 0.5 - at), weights)
        if start >= 0 and start + rows + 5 <= last + 1:
            combine_line(out[c], source[start:], weights, rows)
        else:  # beyond the still its edge goes on
            for t in range(rows + 5):
                line[t] = source[min(max(start + t, 0), last)]
            combine_line(out[c], line, weights, rows)


@kernel
def slip_rows(wide: Floats, margin: int, slope: float, at: float, low: int, out: Floats) -> None:
    """out[r, i] = row r of `wide` at margin + i + slope (row - at); rows are counted from the plane's padded row `low`."""
    rows, columns = out.shape
    weights = np.empty(6, np.float32)
    for r in range(rows):
        start = margin + slip_taps(slope * (low + r - PAD + 0.5 - at), weights)
        combine_line(out[r], wide[r, start:], weights, columns)


def margins(slope: float, at: float, low: int, rows: int) -> tuple[int, int]:
    """How many samples beyond 0 and beyond the width the rows reach when they slip: (before, after)."""
    ends = [slope * (low + r - PAD + 0.5 - at) for r in (0, rows - 1)]
    return max(0, -math.floor(min(ends))) + _TAPS, max(0, math.ceil(max(ends))) + _TAPS
