"""Turned views: a roll as two shears of the still before it is scaled, exact in place for any angle.

With U = A i + B j + U0 and V = D i + G j + V0 from output samples to the plane, and E = G - B D / A: columns slip by D/A, rows slip
by B/E, and what is left is a scaling by A and E, as of a view that does not turn. Both slips are made at the still's own
resolution: what they soften, above .35 of its sampling rate, the scaling mostly removes; between the scalings it would be
the frame's finest detail. Shears of more than 45 degrees would smear, so a plane is turned by quarters first, which is exact.
(Catmull and Smith 1980.)
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from apexlang.frames.planes import Plane, Planes
from apexlang.frames.resample import PAD, Floats, combine_line
from apexlang.jit import kernel
from apexlang.motion.path import View

SLIP_TAPS: Final = 12
"""Samples from which a slipped one is made: what lies below .35 of the sampling rate, and so all that a frame of a still one and a
half times as fine can show, is equally sharp at every place."""
_BETA: Final = 7.0


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
def _window(x: float) -> float:
    """Kaiser's, -1..1 across, by the series of the Bessel function I0: sums and products only, so the same on every machine."""
    z = _BETA * _BETA / 4 * (1 - x * x)
    total = 0.0
    for k in range(18, 0, -1):
        total = (total + 1.0) * z / (k * k)
    return total + 1.0


@kernel
def slip_taps(shift: float, weights: Floats) -> int:
    """The weights that move a line by `shift` samples, multiples of 2^-15 that sum to one, and the first sample's offset.

    A windowed sinc: sin(pi d) / d for d = k - part alternates in sign and is otherwise 1 / d times what all have in common.
    """
    whole = math.floor(shift)
    part = shift - whole
    half = SLIP_TAPS // 2
    raw = np.zeros(SLIP_TAPS)
    if part < 2.0**-20 or part > 1.0 - 2.0**-20:
        raw[half - 1 if part < 0.5 else half] = 1.0
    else:
        for k in range(SLIP_TAPS):
            d = k - (half - 1) - part
            raw[k] = (_window(d / half) if k % 2 else -_window(d / half)) / d
    total = 0.0
    for k in range(SLIP_TAPS):
        total += raw[k]
    left, largest = 1.0, 0
    for k in range(SLIP_TAPS):
        rounded = math.floor(raw[k] / total * 32768.0 + 0.5) / 32768.0
        weights[k] = rounded
        left -= rounded
        if rounded > weights[largest]:
            largest = k
    weights[largest] += left
    return whole - (half - 1)


@kernel
def slip_columns(plane: Floats, first: int, slope: float, at: float, low: int, out: Floats) -> None:
    """out[c, r] = the plane's column first + c at row low + r + slope (column - at), both counted in px (a sample's place is its
    number and a half). `low` counts from the padded plane's first row, `first` from its first column."""
    columns, rows = out.shape
    last = plane.shape[1] - 1
    weights, line = np.empty(SLIP_TAPS, np.float32), np.empty(rows + SLIP_TAPS - 1, np.float32)
    for c in range(columns):
        source = plane[min(max(first + c, 0), plane.shape[0] - 1)]
        start = low + slip_taps(slope * (first + c - PAD + 0.5 - at), weights)
        if start >= 0 and start + rows + SLIP_TAPS - 1 <= last + 1:
            combine_line(out[c], source[start:], weights, rows)
        else:  # beyond the still its edge goes on
            for t in range(rows + SLIP_TAPS - 1):
                line[t] = source[min(max(start + t, 0), last)]
            combine_line(out[c], line, weights, rows)


@kernel
def slip_rows(slipped: Floats, margin: int, slope: float, at: float, low: int, out: Floats) -> None:
    """out[c, r] = `slipped` at column margin + c + slope (row - at), row r; rows are counted from the plane's padded row `low`, and
    are a multiple of 8 in number: so many are laid along memory, moved, and laid back while they are in cache."""
    columns, rows = out.shape
    wide = slipped.shape[0]
    weights = np.empty(SLIP_TAPS, np.float32)
    lines, moved = np.empty((8, wide), np.float32), np.empty((8, columns), np.float32)
    for r in range(0, rows, 8):
        for c in range(wide):
            for j in range(8):
                lines[j, c] = slipped[c, r + j]
        for j in range(8):
            start = margin + slip_taps(slope * (low + r + j - PAD + 0.5 - at), weights)
            combine_line(moved[j], lines[j, start:], weights, columns)
        for c in range(columns):
            for j in range(8):
                out[c, r + j] = moved[j, c]


def margins(slope: float, at: float, low: int, rows: int) -> tuple[int, int]:
    """How many samples beyond 0 and beyond the width the rows reach when they slip: (before, after)."""
    ends = [slope * (low + r - PAD + 0.5 - at) for r in (0, rows - 1)]
    return max(0, -math.floor(min(ends))) + SLIP_TAPS, max(0, math.ceil(max(ends))) + SLIP_TAPS
