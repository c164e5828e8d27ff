"""Compiled kernels that scale and place a plane to a small fraction of a pixel: separable, polyphase, antialiased.

A plane is float32, *transposed* (its columns lie contiguous) and has PAD replicated samples on every side. Each pass is
then a sum of whole rows times a scalar, which the compiler turns into SIMD without a gather:

    scale along x -> transpose into row order -> scale along y -> a finished row, while it is in the nearest cache.

The kernel is spline36: piecewise polynomials, because the last bit of `sin` differs between machines. Weights are
multiples of 2^-15 that sum to one exactly, so what is flat stays flat. float32 without fused or reordered sums: the
same bits everywhere.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from apexlang.jit import kernel

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

PAD: Final = 64
BLOCK: Final = 32
"""Columns scaled at a time before they are transposed."""
RADIUS: Final = 3.0
U2, U3, U4, U5, U6, U7 = (np.uint64(n) for n in range(2, 8))


@kernel
def spline36(x: float) -> float:
    """The six-tap cubic spline (Helmut Dersch's Panorama Tools), zero from 3 on."""
    x = abs(x)
    if x < 1.0:
        return ((13 / 11 * x - 453 / 209) * x - 3 / 209) * x + 1.0
    if x < 2.0:
        x -= 1.0
        return ((-6 / 11 * x + 270 / 209) * x - 156 / 209) * x
    if x < 3.0:
        x -= 2.0
        return ((1 / 11 * x - 45 / 209) * x + 26 / 209) * x
    return 0.0


@kernel
def fill_taps(
    origin: float, step: float, stretch: float, radius: float, sharpen: float, starts: Indices, weights: Floats
) -> None:
    """For outputs i at plane coordinate origin + i * step: the first sample (padded) and the weights from it on.

    `sharpen` a folds the filter [-a, 1 + 2a, -a], one output pixel apart, into the kernel.
    """
    count = weights.shape[1]
    raw = np.empty(count)
    for i in range(weights.shape[0]):
        centre = origin + i * step - 0.5  # counted between sample centres
        first = math.floor(centre - radius * stretch) + 1
        total = 0.0
        for k in range(count):
            x = (first + k - centre) / stretch
            w = spline36(x)
            if sharpen != 0.0:
                beside = spline36(x - step / stretch) + spline36(x + step / stretch)
                w = (1 + 2 * sharpen) * w - sharpen * beside
            raw[k] = w
            total += w
        left, largest = 1.0, 0
        for k in range(count):
            rounded = math.floor(raw[k] / total * 32768.0 + 0.5) / 32768.0
            weights[i, k] = rounded
            left -= rounded
            if rounded > weights[i, largest]:
                largest = k
        weights[i, largest] += left
        starts[i] = first + PAD


def taps(
    origin: float, step: float, count: int, padded: int | None, softness: float, sharpen: float
) -> tuple[Indices, Floats]:
    """Tables for `count` outputs at plane coordinate origin + i * step, of a plane `padded` samples long with its PADs; None:
    of one whose ends are looked after elsewhere.

    The kernel is stretched by the reduction and by `softness`; never past the PAD (a reduction of 18 and more aliases).
    """
    radius = RADIUS + (1.0 if sharpen else 0.0)
    stretch = min(max(1.0, step) * softness, (PAD - 2) / radius)
    width = max(6, 2 * math.ceil(radius * stretch))
    starts = np.empty(count, np.int64)
    weights = np.empty((count, width), np.float32)
    fill_taps(origin, step, stretch, radius, sharpen, starts, weights)
    if padded is not None:
        np.clip(starts, 0, padded - width, out=starts)
    return starts, weights


# --- sums of rows -----------------------------------------------------------------------------------------------------
# Indices are unsigned, so that no sign is looked at, and rows lie `d` apart in one flat array: a slice for each row would cost
# more than the sum of a short one.
@kernel
def _six(out: Floats, s: Floats, d: int, w: Floats, n: int) -> None:
    w0, w1, w2, w3, w4, w5 = w[0], w[1], w[2], w[3], w[4], w[5]
    d1 = np.uint64(d)
    d2, d3, d4, d5 = d1 * U2, d1 * U3, d1 * U4, d1 * U5
    for j in range(n):
        i = np.uint64(j)
        out[i] = (w0 * s[i] + w1 * s[i + d1]) + (w2 * s[i + d2] + w3 * s[i + d3]) + (w4 * s[i + d4] + w5 * s[i + d5])


@kernel
def combine_line(out: Floats, s: Floats, w: Floats, n: int) -> None:
    """out[:n] = sum over twelve k of w[k] * s[k : k + n]: a line moved along itself."""
    w0, w1, w2, w3, w4, w5 = w[0], w[1], w[2], w[3], w[4], w[5]
    w6, w7, w8, w9, w10, w11 = w[6], w[7], w[8], w[9], w[10], w[11]
    for i in range(n):
        first = (w0 * s[i] + w1 * s[i + 1]) + (w2 * s[i + 2] + w3 * s[i + 3]) + (w4 * s[i + 4] + w5 * s[i + 5])
        then = (w6 * s[i + 6] + w7 * s[i + 7]) + (w8 * s[i + 8] + w9 * s[i + 9]) + (w10 * s[i + 10] + w11 * s[i + 11])
        out[i] = first + then


@kernel
def _eight_more(out: Floats, s: Floats, d: int, w: Floats, n: int) -> None:
    w0, w1, w2, w3, w4, w5, w6, w7 = w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]
    d1 = np.uint64(d)
    d2, d3, d4, d5, d6, d7 = d1 * U2, d1 * U3, d1 * U4, d1 * U5, d1 * U6, d1 * U7
    for j in range(n):
        i = np.uint64(j)
        four = out[i] + ((w0 * s[i] + w1 * s[i + d1]) + (w2 * s[i + d2] + w3 * s[i + d3]))
        out[i] = four + ((w4 * s[i + d4] + w5 * s[i + d5]) + (w6 * s[i + d6] + w7 * s[i + d7]))


@kernel
def _four_more(out: Floats, s: Floats, d: int, w: Floats, n: int) -> None:
    w0, w1, w2, w3 = w[0], w[1], w[2], w[3]
    d1 = np.uint64(d)
    d2, d3 = d1 * U2, d1 * U3
    for j in range(n):
        i = np.uint64(j)
        out[i] += (w0 * s[i] + w1 * s[i + d1]) + (w2 * s[i + d2] + w3 * s[i + d3])


@kernel
def _two_more(out: Floats, s: Floats, d: int, w: Floats, n: int) -> None:
    w0, w1 = w[0], w[1]
    d1 = np.uint64(d)
    for j in range(n):
        i = np.uint64(j)
        out[i] += w0 * s[i] + w1 * s[i + d1]


@kernel
def combine(out: Floats, source: Floats, first: int, low: int, w: Floats, n: int) -> None:
    """out[:n] = sum over k of w[k] * source[first + k, low : low + n]; w is even in number, six at least."""
    d, count = source.shape[1], w.shape[0]
    s = source.reshape(-1)[first * d + low :]
    _six(out, s, d, w, n)
    k = 6
    while k + 8 <= count:
        _eight_more(out, s[k * d :], d, w[k:], n)
        k += 8
    if k + 4 <= count:
        _four_more(out, s[k * d :], d, w[k:], n)
        k += 4
    if k < count:
        _two_more(out, s[k * d :], d, w[k:], n)


@kernel
def _transpose(source: Floats, out: Floats, rows: int, columns: int) -> None:
    """out[c, r] = source[r, c] in tiles that keep both sides in cache; `rows` is a multiple of 8."""
    for c0 in range(0, columns, 16):
        c1 = min(c0 + 16, columns)
        for r in range(0, rows, 8):
            for c in range(c0, c1):
                for j in range(8):
                    out[c, r + j] = source[r + j, c]


@kernel
def scale_columns(
    plane: Floats, starts: Indices, weights: Floats, low: int, span: int, work: Floats, turned: Floats
) -> None:
    """Scale along x: `turned` (span rows, at least as many columns as starts, in whole BLOCKs) from the plane's samples
    `low` .. `low + span` along y. `work` is scratch of BLOCK columns."""
    for x0 in range(0, starts.shape[0], BLOCK):
        for i in range(min(BLOCK, starts.shape[0] - x0)):
            combine(work[i], plane, starts[x0 + i], low, weights[x0 + i], span)
        _transpose(work, turned[:, x0:], BLOCK, span)
