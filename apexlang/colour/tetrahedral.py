"""The compiled lookup in a cube, for blocks of pixels.

Two stages, each a loop that the compiler turns into SIMD: where in the table (`locate`: arithmetic, comparisons, no branch), then
what stands there (`fetch`: four vertices of four floats a pixel). Three times as quick as pixel by pixel, where the order of
the fractions is a branch that no processor can foresee.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from apexlang.jit import kernel

Floats = NDArray[np.float32]
Codes = NDArray[np.uint8] | NDArray[np.uint16]

BLOCK = 256
"""Pixels in a block: what one needs of them lies in the nearest cache."""


@kernel
def scratch() -> tuple[NDArray[np.uint16], NDArray[np.int32], Floats, Floats]:
    """Room for a block: codes (3, BLOCK), places (3, BLOCK), weights (4, BLOCK), colours (BLOCK, 4)."""
    return (
        np.empty((3, BLOCK), np.uint16),
        np.empty((3, BLOCK), np.int32),
        np.empty((4, BLOCK), np.float32),
        np.empty((BLOCK, 4), np.float32),
    )


@kernel
def locate(
    codes: NDArray[np.uint16], from_pixel: int, size: int, places: NDArray[np.int32], weights: Floats, count: int
) -> None:
    """For each of `count` pixels of `codes` (3, any) the low corner of its cell, the second and the third vertex of its tetrahedron
    (the fourth is the corner across), and the four weights.

    From the low corner to the high one along the axes in the order of their fractions, largest first; the weights are the
    differences of the sorted fractions. Where two are equal a weight is zero, and their order does not matter.
    """
    one = np.float32(1)
    last, scale = np.int32(size - 2), np.float32(size - 1) / np.float32(65535)
    red, green, blue = np.int32(4), np.int32(4 * size), np.int32(4 * size * size)
    across = red + green + blue
    reds, greens, blues = codes[0, from_pixel:], codes[1, from_pixel:], codes[2, from_pixel:]
    first, second, third = places[0], places[1], places[2]
    w0, w1, w2, w3 = weights[0], weights[1], weights[2], weights[3]
    for p in range(count):
        r, g, b = np.float32(reds[p]) * scale, np.float32(greens[p]) * scale, np.float32(blues[p]) * scale
        i, j, k = min(np.int32(r), last), min(np.int32(g), last), min(np.int32(b), last)
        x, y, z = r - np.float32(i), g - np.float32(j), b - np.float32(k)
        high, low = max(x, max(y, z)), min(x, min(y, z))
        middle = max(min(x, y), min(max(x, y), z))
        along_high = red if x == high else (green if y == high else blue)
        along_low = blue if z == low else (green if y == low else red)
        corner = i * red + j * green + k * blue
        first[p], second[p], third[p] = corner, corner + along_high, corner + across - along_low
        w0[p], w1[p], w2[p], w3[p] = one - high, high - middle, middle - low, low


@kernel
def fetch(table: Floats, size: int, places: NDArray[np.int32], weights: Floats, out: Floats, count: int) -> None:
    """The weighted sum of the four vertices, into the first three of `out`'s four columns. `table` is flat, (size, size, size, 4) of
    [blue, green, red], the fourth unused."""
    # Unsigned, or every access would first ask whether it counts from the end; all is read before anything is written, or it would be
    # read again after each writing, which might have changed it.
    across, one, two, four = np.uint64(4 + 4 * size + 4 * size * size), np.uint64(1), np.uint64(2), np.uint64(4)
    first, second, third = places[0], places[1], places[2]
    all0, all1, all2, all3 = weights[0], weights[1], weights[2], weights[3]
    flat = out.reshape(-1)
    for pixel in range(count):
        p = np.uint64(pixel)
        a, b, c = np.uint64(first[p]), np.uint64(second[p]), np.uint64(third[p])
        d = a + across
        w0, w1, w2, w3 = all0[p], all1[p], all2[p], all3[p]
        x = (w0 * table[a] + w1 * table[b]) + (w2 * table[c] + w3 * table[d])
        y = (w0 * table[a + one] + w1 * table[b + one]) + (w2 * table[c + one] + w3 * table[d + one])
        z = (w0 * table[a + two] + w1 * table[b + two]) + (w2 * table[c + two] + w3 * table[d + two])
        i = p * four
        flat[i], flat[i + one], flat[i + two] = x, y, z


@kernel
def look_up(picture: Codes, widen: int, table: Floats, size: int, out: Floats) -> None:
    """`picture` (n, 3) codes -> `out` (n, 3) in 0..1. `widen`: what makes its codes 16-bit ones, 257 for 8 bits, 1 for 16."""
    codes, places, weights, colours = scratch()
    for start in range(0, picture.shape[0], BLOCK):
        count = min(BLOCK, picture.shape[0] - start)
        for p in range(count):
            for channel in range(3):
                codes[channel, p] = picture[start + p, channel] * widen
        locate(codes, 0, size, places, weights, count)
        fetch(table, size, places, weights, colours, count)
        for p in range(count):
            for channel in range(3):
                out[start + p, channel] = colours[p, channel]
