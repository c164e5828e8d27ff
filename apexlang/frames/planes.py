"""A graded still as planes ready to be drawn from: Y'CbCr of BT.709 in limited range, float32, transposed and padded.

Values are 8-bit code values (luma 16..235, chroma 16..240 about 128) whatever the film's depth. Chroma is kept at half
size when the move never magnifies the still, else at full size. Where the frame samples it is for the drawing to say.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from apexlang.colour.cube import Cube, widening
from apexlang.colour.tetrahedral import BLOCK as TILE_PIXELS
from apexlang.colour.tetrahedral import Codes, fetch, locate, scratch
from apexlang.frames.resample import BLOCK, PAD, Floats, Indices, combine, scale_columns, taps
from apexlang.jit import kernel

LUMA_BASE: Final = 16.0
CHROMA_BASE: Final = 128.0
TILE: Final = 16
"""Side of the square that is graded at a time."""
assert TILE * TILE == TILE_PIXELS
STRIP: Final = 128
"""Rows of a picture that are reduced along x at a time: in light, and transposed, they stay in cache."""


@dataclass(frozen=True, eq=False)
class Plane:
    """`data` is (width + 2 PAD, height + 2 PAD): transposed, edges replicated outward.

    `scale`: samples of the plane for each px of the still; the plane's edge is the still's edge.
    """

    data: Floats
    scale: float = 1.0


@dataclass(frozen=True, eq=False)
class Planes:
    """A still of `width` x `height` px as luma and two colour differences."""

    width: int
    height: int
    luma: Plane
    blue: Plane
    red: Plane

    def __iter__(self) -> Iterator[Plane]:
        return iter((self.luma, self.blue, self.red))


def planes(picture: Codes, cube: Cube, half_chroma: bool) -> Planes:
    """A picture (h, w, 3) of 8- or 16-bit Rec.709 codes, graded by `cube`, as planes. `half_chroma`: each chroma sample is the
    mean of 2x2 px."""
    height, width = picture.shape[:2]
    step = 2 if half_chroma else 1
    rows, columns = -(-height // step), -(-width // step)
    luma = np.empty((width + 2 * PAD, height + 2 * PAD), np.float32)
    blue = np.empty((columns + 2 * PAD, rows + 2 * PAD), np.float32)
    red = np.empty_like(blue)
    _fill_planes(picture, widening(picture), table(cube), cube.size, luma, blue, red, step)
    for data in (luma, blue, red):
        replicate_edges(data)
    return Planes(width, height, Plane(luma), Plane(blue, 1 / step), Plane(red, 1 / step))


def shrink(picture: Codes, width: int, height: int) -> NDArray[np.uint16]:
    """A picture (h, w, 3) of 8 or 16 bits reduced, at 16, to `height` x `width` in light: fine bright detail keeps its brightness."""
    out = np.empty((height, width, 3), np.uint16)
    source_height, source_width = picture.shape[:2]
    step_x, step_y = source_width / width, source_height / height
    columns = taps(step_x / 2, step_x, width, source_width + 2 * PAD, 1.0, 0.0)
    rows = taps(step_y / 2, step_y, height, source_height + 2 * PAD, 1.0, 0.0)
    strip = np.empty((source_width + 2 * PAD, STRIP), np.float32)
    turned = np.empty((source_height + 2 * PAD, -(-width // BLOCK) * BLOCK), np.float32)
    for channel in range(3):
        _reduce(picture, np.float32(widening(picture)), channel, *columns, *rows, strip, turned, out)
    return out


@lru_cache(maxsize=8)
def table(cube: Cube) -> Floats:
    """The cube's points as Y'CbCr, flat, four floats a point. Looking up is linear between points, so what is looked up here is
    what a matrix would make of the looked-up R'G'B', and the matrix costs nothing."""
    r, g, b = (cube.codes[..., n].astype(np.float32) / np.float32(65535) for n in range(3))
    # BT.709: Y' = .2126 R' + .7152 G' + .0722 B', 219 steps; Cb, Cr = (B' - Y') / 1.8556, (R' - Y') / 1.5748, 224 steps.
    light = np.float32(0.2126) * r + np.float32(0.7152) * g + np.float32(0.0722) * b
    points = np.zeros((*r.shape, 4), np.float32)
    points[..., 0] = np.float32(LUMA_BASE) + np.float32(219) * light
    points[..., 1] = np.float32(CHROMA_BASE) + np.float32(224 / 1.8556) * (b - light)
    points[..., 2] = np.float32(CHROMA_BASE) + np.float32(224 / 1.5748) * (r - light)
    return points.reshape(-1)


@kernel
def _fill_planes(
    picture: Codes, widen: int, table: Floats, size: int, luma: Floats, blue: Floats, red: Floats, step: int
) -> None:
    """Grades tile by tile, so that the reading, the graded colours and the transposed writing all stay in cache. A tile has whole
    2x2 squares; beyond the picture's edge its last row and column go on."""
    height, width = picture.shape[0], picture.shape[1]
    codes, places, weights, colours = scratch()
    share = np.float32(1) / np.float32(step * step)
    for i0 in range(0, height, TILE):
        rows = min(TILE, height - i0)
        for j0 in range(0, width, TILE):
            columns = min(TILE, width - j0)
            for i in range(TILE):
                y = min(i0 + i, height - 1)
                for j in range(TILE):
                    x = min(j0 + j, width - 1)
                    for channel in range(3):
                        codes[channel, j * TILE + i] = picture[y, x, channel] * widen
            locate(codes, 0, size, places, weights, TILE_PIXELS)
            fetch(table, size, places, weights, colours, TILE_PIXELS)
            for j in range(columns):
                for i in range(rows):
                    luma[j0 + j + PAD, i0 + i + PAD] = colours[j * TILE + i, 0]
            for j in range(0, columns, step):
                for i in range(0, rows, step):
                    p, x, y = j * TILE + i, (j0 + j) // step + PAD, (i0 + i) // step + PAD
                    if step == 1:
                        blue[x, y], red[x, y] = colours[p, 1], colours[p, 2]
                    else:
                        q = p + TILE
                        blue[x, y] = share * ((colours[p, 1] + colours[p + 1, 1]) + (colours[q, 1] + colours[q + 1, 1]))
                        red[x, y] = share * ((colours[p, 2] + colours[p + 1, 2]) + (colours[q, 2] + colours[q + 1, 2]))


@kernel
def replicate_edges(data: Floats) -> None:
    """Fill the PAD of a plane from its outermost samples."""
    n, m = data.shape
    for i in range(PAD, n - PAD):
        for j in range(PAD):
            data[i, j] = data[i, PAD]
            data[i, m - 1 - j] = data[i, m - 1 - PAD]
    for i in range(PAD):
        data[i] = data[PAD]
        data[n - 1 - i] = data[n - 1 - PAD]


# Light here is (v^2 + v^3) / 2: near v^2.4, and turned back by square roots and Newton's steps with the same bits on
# every machine, which `pow` would not give.
@kernel
def _to_light(picture: Codes, widen: np.float32, channel: int, first: int, rows: int, strip: Floats) -> None:
    """Rows of the picture, transposed, with both ends of each row going on."""
    scale, half = np.float32(1) / np.float32(65535), np.float32(0.5)
    width = picture.shape[1]
    for i0 in range(0, rows, 16):
        for j0 in range(0, width, 16):
            for j in range(j0, min(j0 + 16, width)):
                for i in range(i0, min(i0 + 16, rows)):
                    v = np.float32(picture[first + i, j, channel]) * widen * scale
                    strip[j + PAD, i] = v * v * half + v * v * v * half
    for j in range(PAD):
        strip[j] = strip[PAD]
        strip[width + PAD + j] = strip[width + PAD - 1]


@kernel
def _reduce(
    picture: Codes,
    widen: np.float32,
    channel: int,
    starts_x: Indices,
    weights_x: Floats,
    starts_y: Indices,
    weights_y: Floats,
    strip: Floats,
    turned: Floats,
    out: NDArray[np.uint16],
) -> None:
    """One channel, strip by strip of rows along x and then along y."""
    height, columns = picture.shape[0], out.shape[1]
    work, row = np.empty((BLOCK, STRIP), np.float32), np.empty(turned.shape[1], np.float32)
    for first in range(0, height, STRIP):
        rows = min(STRIP, height - first)
        _to_light(picture, widen, channel, first, rows, strip)
        scale_columns(strip, starts_x, weights_x, 0, rows, work, turned[PAD + first :])
    for i in range(PAD):
        turned[i] = turned[PAD]
        turned[PAD + height + i] = turned[PAD + height - 1]
    for i in range(out.shape[0]):
        combine(row, turned, starts_y[i], 0, weights_y[i], columns)
        _codes_of(row, columns)
        for j in range(columns):
            out[i, j, channel] = np.uint16(row[j])


@kernel
def _newton(x: np.float32, want: np.float32) -> np.float32:
    half = np.float32(0.5)
    return x - (x * x * half + x * x * x * half - want) / (x + np.float32(1.5) * x * x + np.float32(1e-6))


@kernel
def _codes_of(row: Floats, n: int) -> None:
    """From light to 16-bit codes and a half."""
    # A loop of its own, over a row alone, and four steps said one by one: the compiler makes SIMD of it.
    zero, half, one = np.float32(0), np.float32(0.5), np.float32(1)
    for j in range(n):
        want = min(max(row[j], zero), one)
        x = _newton(_newton(_newton(_newton(np.float32(math.sqrt(want)), want), want), want), want)
        row[j] = min(max(x, zero), one) * np.float32(65535) + half
