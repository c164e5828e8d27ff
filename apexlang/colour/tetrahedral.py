"""The compiled lookup of a whole 16-bit picture in a cube."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from apexlang.colour.jit import kernel


@kernel
def look_up(picture: NDArray[np.uint16], table: NDArray[np.float32], out: NDArray[np.float32]) -> None:
    """`picture` (n, 3) codes -> `out` (n, 3) in 0..1 through `table` (m, m, m, 3), indexed [blue, green, red].

    Tetrahedral: from the cell's low corner to its high one along the axes in order of their fractions, largest first.
    """
    last = table.shape[0] - 1
    scale = np.float32(last) / np.float32(65535)
    one = np.float32(1)
    for p in range(picture.shape[0]):
        r, g, b = picture[p, 0] * scale, picture[p, 1] * scale, picture[p, 2] * scale
        i, j, k = min(int(r), last - 1), min(int(g), last - 1), min(int(b), last - 1)
        x, y, z = r - np.float32(i), g - np.float32(j), b - np.float32(k)
        # (i1, j1, k1) and (i2, j2, k2): the first and second corner on the way; f1 >= f2 >= f3 the sorted fractions
        i1, j1, k1, i2, j2, k2 = i, j, k, i + 1, j + 1, k + 1
        if x >= y:
            if y >= z:
                i1, k2 = i + 1, k
                f1, f2, f3 = x, y, z
            elif x >= z:
                i1, j2 = i + 1, j
                f1, f2, f3 = x, z, y
            else:
                k1, j2 = k + 1, j
                f1, f2, f3 = z, x, y
        elif z >= y:
            k1, i2 = k + 1, i
            f1, f2, f3 = z, y, x
        elif z >= x:
            j1, i2 = j + 1, i
            f1, f2, f3 = y, z, x
        else:
            j1, k2 = j + 1, k
            f1, f2, f3 = y, x, z
        w0, w1, w2 = one - f1, f1 - f2, f2 - f3
        for c in range(3):
            out[p, c] = (w0 * table[k, j, i, c] + w1 * table[k1, j1, i1, c]) + (
                w2 * table[k2, j2, i2, c] + f3 * table[k + 1, j + 1, i + 1, c]
            )
