"""A finished frame as RGB, for people's eyes: stills, sheets, previews."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from apexlang.jit import kernel

Plane = npt.NDArray[np.unsignedinteger]


def to_rgb8(frame: Plane, width: int, height: int, depth: int) -> npt.NDArray[np.uint8]:
    """yuv420p of `depth` bits (one-dimensional; BT.709, limited, chroma sited left) -> (height, width, 3) uint8 R'G'B'."""
    luma, chroma = width * height, width * height // 4
    y = frame[:luma].reshape(height, width)
    cb, cr = (frame[luma + n * chroma : luma + (n + 1) * chroma].reshape(height // 2, width // 2) for n in (0, 1))
    out = np.empty((height, width, 3), np.uint8)
    _convert(y, cb, cr, np.float32(1 / (1 << (depth - 8))), out)
    return out


@kernel
def _convert(y: Plane, cb: Plane, cr: Plane, scale: np.float32, out: npt.NDArray[np.uint8]) -> None:
    height, width = y.shape
    rows, columns = cb.shape
    zero, one, full, half = np.float32(0), np.float32(1), np.float32(255), np.float32(0.5)
    near, far = np.float32(0.75), np.float32(0.25)
    for i in range(height):
        # Chroma rows lie halfway between two rows of luma; its columns on every other column of luma.
        r0 = i // 2
        r1 = max(r0 - 1, 0) if i % 2 == 0 else min(r0 + 1, rows - 1)
        for j in range(width):
            c0 = j // 2
            b = near * np.float32(cb[r0, c0]) + far * np.float32(cb[r1, c0])
            r = near * np.float32(cr[r0, c0]) + far * np.float32(cr[r1, c0])
            if j % 2 == 1:
                c1 = min(c0 + 1, columns - 1)
                b = half * (b + near * np.float32(cb[r0, c1]) + far * np.float32(cb[r1, c1]))
                r = half * (r + near * np.float32(cr[r0, c1]) + far * np.float32(cr[r1, c1]))
            light = (np.float32(y[i, j]) * scale - np.float32(16)) / np.float32(219)
            blue_less = (b * scale - np.float32(128)) / np.float32(224)
            red_less = (r * scale - np.float32(128)) / np.float32(224)
            red = light + np.float32(1.5748) * red_less
            blue = light + np.float32(1.8556) * blue_less
            green = (light - np.float32(0.2126) * red - np.float32(0.0722) * blue) / np.float32(0.7152)
            out[i, j, 0] = np.uint8(min(max(red, zero), one) * full + half)
            out[i, j, 1] = np.uint8(min(max(green, zero), one) * full + half)
            out[i, j, 2] = np.uint8(min(max(blue, zero), one) * full + half)
