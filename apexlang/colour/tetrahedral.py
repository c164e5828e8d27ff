"""The compiled lookup of a whole 16-bit picture in a cube."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from apexlang.jit import kernel


@kernel
def look_up(picture: NDArray[np.uint16], table: NDArray[np.float32], size: int, out: NDArray[np.float32]) -> None:
    """`picture` (n, 3) codes -> `out` (n, 3) in 0..1 through `table`, a flat (size, size, size, 3) of [blue, green, red].

    Tetrahedral: from the cell's low corner to its high one along the axes in order of their fractions, largest first.
    The weights are the differences of the sorted fractions.
    """
    last = size - 1
    scale, one = np.float32(last) / np.float32(65535), np.float32(1)
    red, green, blue = 3, 3 * size, 3 * size * size  # how far apart neighbours lie in the flat table
    for p in range(picture.shape[0]):
        r, g, b = picture[p, 0] * scale, picture[p, 1] * scale, picture[p, 2] * scale
        i, j, k = min(int(r), last - 1), min(int(g), last - 1), min(int(b), last - 1)
        x, y, z = r - np.float32(i), g - np.float32(j), b - np.float32(k)
        along_x, along_y, along_z = red, green, blue
        if x < y:
            x, y, along_x, along_y = y, x, along_y, along_x
        if y < z:
            y, z, along_y, along_z = z, y, along_z, along_y
        if x < y:
            x, y, along_x, along_y = y, x, along_y, along_x
        # unsigned, or every access would first ask whether it counts from the end
        corner = np.uint64(i * red + j * green + k * blue)
        second = corner + np.uint64(along_x)
        third = second + np.uint64(along_y)
        fourth = third + np.uint64(along_z)
        w0, w1, w2 = one - x, x - y, y - z
        for channel in range(3):
            c = np.uint64(channel)
            out[p, channel] = (w0 * table[corner + c] + w1 * table[second + c]) + (
                w2 * table[third + c] + z * table[fourth + c]
            )
