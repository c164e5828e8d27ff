"""A decoded frame of 4:2:0 footage, graded, as planes: from the decoder's own Y'CbCr to ours without a picture in between.

The chroma is brought to full size (cubic, sited left as in H.264), each pixel becomes R'G'B' of 16 bits by the footage's own matrix,
goes through the grade's cube, and is Y'CbCr of BT.709 again. Sixteen rows at a time, so that all of it stays in cache.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apexlang.colour.cube import Cube
from apexlang.colour.tetrahedral import BLOCK, Codes, fetch, locate
from apexlang.frames.planes import TILE, Plane, Planes, replicate_edges, table
from apexlang.frames.resample import PAD, Floats
from apexlang.jit import kernel

LUMA_SHARES = {
    "bt709": (0.2126, 0.0722),
    "fcc": (0.30, 0.11),
    "bt470bg": (0.299, 0.114),
    "smpte170m": (0.299, 0.114),
    "smpte240m": (0.212, 0.087),
    "bt2020nc": (0.2627, 0.0593),
}
"""What red and blue contribute to luma (ITU-T H.273, table 4), by the name of the matrix."""


@dataclass(frozen=True)
class Coding:
    """How footage is coded, in limited range: bits a sample (8 to 16) and matrix (a name in LUMA_SHARES)."""

    depth: int
    matrix: str

    def numbers(self) -> Floats:
        """Luma's zero and step, chroma's zero and step, then R' from Cr, G' from Cb, G' from Cr, B' from Cb."""
        red, blue = LUMA_SHARES[self.matrix]
        green, one = 1 - red - blue, 1 << (self.depth - 8)
        from_red, from_blue = 2 * (1 - red), 2 * (1 - blue)
        matrix = (from_red, -from_blue * blue / green, -from_red * red / green, from_blue)
        return np.array([16 * one, 1 / (219 * one), 128 * one, 1 / (224 * one), *matrix], np.float32)


class FootagePlanes:
    """Room for one frame's planes, filled again for each: a frame is drawn before the next is looked at."""

    def __init__(self, width: int, height: int, coding: Coding, cube: Cube, half_chroma: bool) -> None:
        """`width`, `height`: the footage's, even. `half_chroma`: as `planes`."""
        self._numbers = coding.numbers()
        self._cube = cube
        self._step = step = 2 if half_chroma else 1
        luma = np.empty((width + 2 * PAD, height + 2 * PAD), np.float32)
        blue, red = (np.empty((width // step + 2 * PAD, height // step + 2 * PAD), np.float32) for _ in range(2))
        self._planes = Planes(width, height, Plane(luma), Plane(blue, 1 / step), Plane(red, 1 / step))
        self._wide = np.empty((2, width), np.float32)
        self._codes = np.empty((TILE, 3, width), np.uint16)

    def fill(self, luma: Codes, blue: Codes, red: Codes) -> Planes:
        """The planes of a frame: luma (h, w), both colour differences (h/2, w/2). Valid until the next is filled in."""
        made = self._planes
        _fill(luma, blue, red, self._numbers, table(self._cube), self._cube.size, self._wide, self._codes,
              made.luma.data, made.blue.data, made.red.data, self._step)  # fmt: skip
        for plane in made:
            replicate_edges(plane.data)
        return made


@kernel
def _widen(chroma: Codes, row: int, zero: np.float32, step: np.float32, middle: Floats, out: Floats) -> None:
    """The chroma of luma row `row`: cubic (Keys 1981, a = -1/2) a quarter of a chroma row up or down, then between columns."""
    last, columns = chroma.shape[0] - 1, chroma.shape[1]
    near, towards = row // 2, 2 * (row % 2) - 1
    a, b, c, d = np.float32(-0.0703125), np.float32(0.8671875), np.float32(0.2265625), np.float32(-0.0234375)
    behind = chroma[min(max(near - towards, 0), last)]
    here = chroma[near]
    ahead = chroma[min(max(near + towards, 0), last)]
    beyond = chroma[min(max(near + 2 * towards, 0), last)]
    for i in range(columns):
        value = (a * np.float32(behind[i]) + b * np.float32(here[i])) + (
            c * np.float32(ahead[i]) + d * np.float32(beyond[i])
        )
        middle[i + 1] = (value - zero) * step
    middle[0], middle[columns + 1], middle[columns + 2] = middle[1], middle[columns], middle[columns]
    outer, inner = np.float32(-0.0625), np.float32(0.5625)
    for i in range(columns):
        out[2 * i] = middle[i + 1]
        out[2 * i + 1] = outer * (middle[i] + middle[i + 3]) + inner * (middle[i + 1] + middle[i + 2])


@kernel
def _to_rgb(
    luma: Codes,
    blue: Floats,
    red: Floats,
    numbers: Floats,
    reds: NDArray[np.uint16],
    greens: NDArray[np.uint16],
    blues: NDArray[np.uint16],
) -> None:
    """A row of luma and full-size chroma as R'G'B' of 16 bits."""
    zero, step = numbers[0], numbers[1]
    red_of, green_blue, green_red, blue_of = numbers[4], numbers[5], numbers[6], numbers[7]
    nothing, top, half = np.float32(0), np.float32(65535), np.float32(0.5)
    for j in range(luma.shape[0]):
        y = (np.float32(luma[j]) - zero) * step
        r = y + red_of * red[j]
        g = y + (green_blue * blue[j] + green_red * red[j])
        b = y + blue_of * blue[j]
        reds[j] = np.uint16(min(max(r * top + half, nothing), top))
        greens[j] = np.uint16(min(max(g * top + half, nothing), top))
        blues[j] = np.uint16(min(max(b * top + half, nothing), top))


@kernel
def _fill(
    luma: Codes,
    blue: Codes,
    red: Codes,
    numbers: Floats,
    table: Floats,
    size: int,
    wide: Floats,
    codes: NDArray[np.uint16],
    out: Floats,
    out_blue: Floats,
    out_red: Floats,
    step: int,
) -> None:
    height, width = luma.shape
    places, weights = np.empty((3, BLOCK), np.int32), np.empty((4, BLOCK), np.float32)
    colours = np.empty((TILE, BLOCK + 4, 4), np.float32)  # rows a power of two apart would share one place in the cache
    middle = np.empty(width // 2 + 3, np.float32)
    share = np.float32(1) / np.float32(step * step)
    for i0 in range(0, height, TILE):
        rows = min(TILE, height - i0)
        for i in range(rows):
            _widen(blue, i0 + i, numbers[2], numbers[3], middle, wide[0])
            _widen(red, i0 + i, numbers[2], numbers[3], middle, wide[1])
            _to_rgb(luma[i0 + i], wide[0], wide[1], numbers, codes[i, 0], codes[i, 1], codes[i, 2])
        for j0 in range(0, width, BLOCK):
            columns = min(BLOCK, width - j0)
            for i in range(rows):
                locate(codes[i], j0, size, places, weights, columns)
                fetch(table, size, places, weights, colours[i], columns)
            for j in range(columns):
                for i in range(rows):
                    out[j0 + j + PAD, i0 + i + PAD] = colours[i, j, 0]
            for j in range(0, columns, step):
                x = (j0 + j) // step + PAD
                for i in range(0, rows, step):
                    y = (i0 + i) // step + PAD
                    if step == 1:
                        out_blue[x, y], out_red[x, y] = colours[i, j, 1], colours[i, j, 2]
                    else:
                        out_blue[x, y] = share * (
                            (colours[i, j, 1] + colours[i, j + 1, 1])
                            + (colours[i + 1, j, 1] + colours[i + 1, j + 1, 1])
                        )
                        out_red[x, y] = share * (
                            (colours[i, j, 2] + colours[i, j + 1, 2])
                            + (colours[i + 1, j, 2] + colours[i + 1, j + 1, 2])
                        )
