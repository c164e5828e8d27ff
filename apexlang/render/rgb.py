"""A finished frame as RGB, for people's eyes: stills, sheets, previews."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def to_rgb8(frame: npt.NDArray[np.unsignedinteger], width: int, height: int, depth: int) -> npt.NDArray[np.uint8]:
    """yuv420p of `depth` bits (one-dimensional; BT.709, limited, chroma sited left) -> (height, width, 3) uint8 R'G'B'."""
    luma, chroma = width * height, width * height // 4
    scale = np.float32(1 / (1 << (depth - 8)))
    values = frame.astype(np.float32) * scale
    y = (values[:luma].reshape(height, width) - 16) / 219
    cb, cr = (
        (_upsample(values[luma + n * chroma : luma + (n + 1) * chroma].reshape(height // 2, width // 2)) - 128) / 224
        for n in (0, 1)
    )
    red = y + np.float32(1.5748) * cr
    blue = y + np.float32(1.8556) * cb
    green = (y - np.float32(0.2126) * red - np.float32(0.0722) * blue) / np.float32(0.7152)
    rgb = np.stack((red, green, blue), axis=2)
    return np.rint(np.clip(rgb, 0, 1) * 255).astype(np.uint8)


def _upsample(plane: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Twice the size, linear: columns sited on every other one, rows halfway between two."""
    height, width = plane.shape
    right = np.concatenate((plane[:, 1:], plane[:, -1:]), axis=1)
    wide = np.empty((height, 2 * width), np.float32)
    wide[:, 0::2] = plane
    wide[:, 1::2] = (plane + right) / 2
    above = np.concatenate((wide[:1], wide[:-1]))
    below = np.concatenate((wide[1:], wide[-1:]))
    out = np.empty((2 * height, 2 * width), np.float32)
    out[0::2] = (3 * wide + above) / 4
    out[1::2] = (3 * wide + below) / 4
    return out
