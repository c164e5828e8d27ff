"""The finish of a frame, in its own pixels, after the move: vignette, dissolve, grain, dither, whole numbers.

Rows are float32 in 8-bit code values. Each step is a small loop over one row while it is in the nearest cache.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from apexlang.frames.resample import Floats, Indices, combine
from apexlang.jit import kernel

Picture = NDArray[np.uint8] | NDArray[np.uint16]
"""Finished samples of 8 or of 10 bits."""

FULL_GRAIN: Final = 12.0
"""Standard deviation of grain at mid-grey, in 8-bit codes, of a grade that says 100 %."""

GRAIN_SIDE: Final = 512
_GRAIN_SEED: Final = 7
_VIGNETTE_START = 0.45
_ROUNDNESS = 0.5
_MASK_STEPS = 65536.0


# --- vignette ---------------------------------------------------------------------------------------------------------
def falloff(x: NDArray[np.float64], y: NDArray[np.float64], width: int, height: int) -> NDArray[np.float64]:
    """The vignette's shape at frame px (x, y): 0 in the middle, 1 in the corners, between an ellipse and a circle."""
    u, v = x / width * 2 - 1, y / height * 2 - 1
    aspect = width / height
    ellipse = np.hypot(u, v) / math.sqrt(2)
    circle = np.hypot(u * aspect, v) / math.hypot(aspect, 1)
    t = np.clip((ellipse * (1 - _ROUNDNESS) + circle * _ROUNDNESS - _VIGNETTE_START) / (1 - _VIGNETTE_START), 0, 1)
    return t * t * (3 - 2 * t)


@lru_cache(maxsize=4)
def vignette(width: int, height: int, amount: float) -> tuple[Floats, Floats]:
    """Masks for luma and chroma: what is left of the code's distance from black. Their upper halves, a middle row included; the
    lower ones mirror them.

    Light in the corners falls to 1 - amount. In 2.4 codes that is a factor m^(1/2.4) on Y' and on both colour
    differences alike, which is exact. Rounded, so that `pow` may differ in its last bit between machines.
    """

    def mask(x: NDArray[np.float64], y: NDArray[np.float64]) -> Floats:
        light = 1 - min(max(amount, 0.0), 1.0) * falloff(x, y, width, height)
        return (np.floor(light ** (1 / 2.4) * _MASK_STEPS + 0.5) / _MASK_STEPS).astype(np.float32)

    x = np.arange(width, dtype=np.float64) + 0.5
    y = np.arange(height // 2, dtype=np.float64) + 0.5
    top = mask(x[None, : width // 2], y[:, None])
    luma = np.concatenate([top, top[:, ::-1]], 1)
    chroma_x = 2 * np.arange(width // 2, dtype=np.float64) + 0.5
    chroma_y = 2 * np.arange((height // 2 + 1) // 2, dtype=np.float64) + 1.0
    return luma, mask(chroma_x[None], chroma_y[:, None])


# --- grain ------------------------------------------------------------------------------------------------------------
@kernel
def mix_bits(x: int) -> int:
    """A 32-bit integer hash (Wellons 2018), in 64 bits with the mask said aloud: products may not spill."""
    x = x & 0xFFFFFFFF
    x = ((x ^ (x >> 16)) * 0x7FEB352D) & 0xFFFFFFFF
    x = ((x ^ (x >> 15)) * 0x846CA68B) & 0xFFFFFFFF
    return x ^ (x >> 16)


@kernel
def _fill_grain(seed: int, out: Floats) -> None:
    side = out.shape[0]
    raw = np.empty((side, side), np.int64)
    for i in range(side):
        for j in range(side):
            h = mix_bits(seed ^ mix_bits(i * side + j + 1))
            raw[i, j] = (h & 255) + ((h >> 8) & 255) + ((h >> 16) & 255) + (h >> 24) - 510
    # Four bytes' sum has a deviation of 147.8; the blur [4; 2 on four sides] multiplies it by sqrt(32).
    scale = 1.0 / (147.80 * math.sqrt(32.0))
    for i in range(side):
        up, down = (i - 1) % side, (i + 1) % side
        for j in range(out.shape[1]):
            x, before, after = j % side, (j - 1) % side, (j + 1) % side
            total = 4 * raw[i, x] + 2 * (raw[up, x] + raw[down, x] + raw[i, before] + raw[i, after])
            out[i, j] = np.float32(total * scale)


@lru_cache(maxsize=2)
def grain_tile(width: int) -> Floats:
    """(512, 512 + width): near-Gaussian noise a little coarser than a pixel, unit deviation, repeating every 512 px."""
    out = np.empty((GRAIN_SIDE, GRAIN_SIDE + width), np.float32)
    _fill_grain(_GRAIN_SEED, out)
    return out


def grain_offset(seed: int, own_frame: int) -> tuple[int, int]:
    """Where in the tile a frame's grain begins, (row, column): hashed, so that the same frame always has the same."""
    low, high = seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF
    h = int(mix_bits(int(mix_bits(int(mix_bits(low + 1)) ^ high)) ^ (own_frame & 0xFFFFFFFF)))
    return h & (GRAIN_SIDE - 1), (h >> 9) & (GRAIN_SIDE - 1)


# --- rows -------------------------------------------------------------------------------------------------------------
@kernel
def _shade(row: Floats, base: np.float32, mask: Floats, n: int) -> None:
    for i in range(n):
        row[i] = base + (row[i] - base) * mask[i]


@kernel
def _blend(row: Floats, under: Floats, share: np.float32, n: int) -> None:
    rest = np.float32(1) - share
    for i in range(n):
        row[i] = row[i] * share + under[i] * rest


@kernel
def _add_grain(row: Floats, first: Floats, second: Floats, gain: np.float32, other_gain: np.float32, n: int) -> None:
    """Strongest at mid-grey, gone at black and white: as sqrt(4 c (1 - c))."""
    black, white, zero = np.float32(16), np.float32(235), np.float32(0)
    scale = np.float32(4.0 / (219.0 * 219.0))
    for i in range(n):
        room = max((row[i] - black) * (white - row[i]) * scale, zero)
        row[i] += (first[i] * gain + second[i] * other_gain) * np.sqrt(room)


@kernel
def _store(row: Floats, noise: Floats, scale: np.float32, out: Picture, n: int) -> None:
    """Whole numbers in 1..254 of 8 bits and its like in more: 0 and 255 are kept for timing signals."""
    low, high = scale, np.float32(255) * scale - np.float32(1)
    for i in range(n):
        out[i] = min(max(row[i] * scale + noise[i], low), high)


@kernel
def keep_rows(
    turned: Floats, starts: Indices, weights: Floats, low: int, base: np.float32, mask: Floats, out: Floats
) -> None:
    """Scale along y and shade, into a float picture: the shot that lies under a dissolve. `mask` without rows: none."""
    n = out.shape[1]
    for j in range(out.shape[0]):
        combine(out[j], turned, starts[j] - low, 0, weights[j], n)
        if mask.shape[0] > 0:
            _shade(out[j], base, mask[min(j, out.shape[0] - 1 - j)], n)


@kernel
def finish_rows(
    turned: Floats,
    starts: Indices,
    weights: Floats,
    low: int,
    base: np.float32,
    mask: Floats,
    under: Floats,
    share: np.float32,
    grain: Floats,
    offsets: Indices,
    gains: Floats,
    noise: Floats,
    scale: np.float32,
    row: Floats,
    out: Picture,
) -> None:
    """Scale along y, shade, lay over `under`, add grain and noise, store.

    mask     as `vignette` gives it; without rows: none
    under    (h, w) or (1, w): what shows through by 1 - share; not read if share is 1
    offsets  row and column in `grain` of the first and of the second pattern; gains, of each, in codes
    noise    (m, w), repeated down the frame: a half without dither, 0..1 with it
    scale    steps of the output in one 8-bit code: 1 or 4
    """
    height, n = out.shape
    side = grain.shape[0]
    for j in range(height):
        combine(row, turned, starts[j] - low, 0, weights[j], n)
        if mask.shape[0] > 0:
            _shade(row, base, mask[min(j, height - 1 - j)], n)
        if share != np.float32(1):
            _blend(row, under[j % under.shape[0]], share, n)
        if gains[0] != np.float32(0) or gains[1] != np.float32(0):
            first = grain[(j + offsets[0]) % side, offsets[1] :]
            second = grain[(j + offsets[2]) % side, offsets[3] :]
            _add_grain(row, first, second, gains[0], gains[1], n)
        _store(row, noise[j % noise.shape[0]], scale, out[j], n)
