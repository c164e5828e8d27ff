"""A graded still as planes ready to be drawn from: Y'CbCr of BT.709 in limited range, float32, transposed and padded.

Values are 8-bit code values (luma 16..235, chroma 16..240 about 128) whatever the film's depth. Chroma is kept at half
size when the move never magnifies the still, else at full size. Where the frame samples it is for the drawing to say.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from apexlang.frames.resample import BLOCK, PAD, Floats, scale_columns, scale_rows, taps
from apexlang.jit import kernel

LUMA_BASE: Final = 16.0
CHROMA_BASE: Final = 128.0


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


def planes(code: Floats, half_chroma: bool) -> Planes:
    """Rec.709 codes 0..1 (h, w, 3) -> planes. `half_chroma`: each chroma sample is the mean of 2x2 px."""
    height, width = code.shape[:2]
    step = 2 if half_chroma else 1
    rows, columns = -(-height // step), -(-width // step)
    luma = np.empty((width + 2 * PAD, height + 2 * PAD), np.float32)
    blue = np.empty((columns + 2 * PAD, rows + 2 * PAD), np.float32)
    red = np.empty_like(blue)
    _fill_planes(code, luma, blue, red, step)
    for data in (luma, blue, red):
        replicate_edges(data)
    return Planes(width, height, Plane(luma), Plane(blue, 1 / step), Plane(red, 1 / step))


def shrink(picture: NDArray[np.uint16], width: int, height: int) -> NDArray[np.uint16]:
    """A 16-bit picture (h, w, 3) reduced to `height` x `width` in light: fine bright detail keeps its brightness."""
    out = np.empty((height, width, 3), np.uint16)
    source_height, source_width = picture.shape[:2]
    plane = np.empty((source_width + 2 * PAD, source_height + 2 * PAD), np.float32)
    step_x, step_y = source_width / width, source_height / height
    starts_x, weights_x = taps(step_x / 2, step_x, width, plane.shape[0], 1.0, 0.0)
    starts_y, weights_y = taps(step_y / 2, step_y, height, plane.shape[1], 1.0, 0.0)
    work = np.empty((BLOCK, plane.shape[1]), np.float32)
    turned = np.empty((plane.shape[1], -(-width // BLOCK) * BLOCK), np.float32)
    reduced = np.empty((height, width), np.float32)
    for channel in range(3):
        _to_light(picture, channel, plane)
        replicate_edges(plane)
        scale_columns(plane, starts_x, weights_x, 0, plane.shape[1], work, turned)
        scale_rows(turned, starts_y, weights_y, 0, reduced)
        _from_light(reduced, channel, out)
    return out


# BT.709: Y' = .2126 R' + .7152 G' + .0722 B', 219 steps; Cb, Cr = (B' - Y') / 1.8556, (R' - Y') / 1.5748, 224 steps.
_YR, _YG, _YB = np.float32(219 * 0.2126), np.float32(219 * 0.7152), np.float32(219 * 0.0722)
_BR, _BG, _BB = np.float32(-224 * 0.2126 / 1.8556), np.float32(-224 * 0.7152 / 1.8556), np.float32(112)
_RR, _RG, _RB = np.float32(112), np.float32(-224 * 0.7152 / 1.5748), np.float32(-224 * 0.0722 / 1.5748)


@kernel
def _fill_planes(code: Floats, luma: Floats, blue: Floats, red: Floats, step: int) -> None:
    height, width = code.shape[0], code.shape[1]
    share = np.float32(1) / np.float32(step * step)
    y_base, c_base = np.float32(16), np.float32(128)
    for i0 in range(0, height, 16):  # tiles, so that both the reading and the transposed writing stay in cache
        for j0 in range(0, width, 16):
            for j in range(j0, min(j0 + 16, width)):
                for i in range(i0, min(i0 + 16, height)):
                    r, g, b = code[i, j, 0], code[i, j, 1], code[i, j, 2]
                    luma[j + PAD, i + PAD] = y_base + (_YR * r + _YG * g + _YB * b)
            for j in range(j0, min(j0 + 16, width), step):
                for i in range(i0, min(i0 + 16, height), step):
                    r = g = b = np.float32(0)
                    for di in range(step):
                        for dj in range(step):
                            y, x = min(i + di, height - 1), min(j + dj, width - 1)
                            r += code[y, x, 0]
                            g += code[y, x, 1]
                            b += code[y, x, 2]
                    r *= share
                    g *= share
                    b *= share
                    blue[j // step + PAD, i // step + PAD] = c_base + (_BR * r + _BG * g + _BB * b)
                    red[j // step + PAD, i // step + PAD] = c_base + (_RR * r + _RG * g + _RB * b)


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
def _to_light(picture: NDArray[np.uint16], channel: int, plane: Floats) -> None:
    scale, half = np.float32(1) / np.float32(65535), np.float32(0.5)
    height, width = picture.shape[0], picture.shape[1]
    for i0 in range(0, height, 16):
        for j0 in range(0, width, 16):
            for j in range(j0, min(j0 + 16, width)):
                for i in range(i0, min(i0 + 16, height)):
                    v = np.float32(picture[i, j, channel]) * scale
                    plane[j + PAD, i + PAD] = v * v * half + v * v * v * half


@kernel
def _from_light(light: Floats, channel: int, out: NDArray[np.uint16]) -> None:
    zero, half, one = np.float32(0), np.float32(0.5), np.float32(1)
    for i in range(light.shape[0]):
        for j in range(light.shape[1]):
            want = min(max(light[i, j], zero), one)
            x = np.float32(math.sqrt(want))
            for _ in range(4):
                error = x * x * half + x * x * x * half - want
                x -= error / (x + np.float32(1.5) * x * x + np.float32(1e-6))
            out[i, j, channel] = np.uint16(min(max(x, zero), one) * np.float32(65535) + half)
