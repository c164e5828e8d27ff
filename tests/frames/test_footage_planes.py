"""Frames of footage as planes, against the same mathematics in float64, pixel by pixel."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from apexlang.colour.cube import apply, bake
from apexlang.frames.footage import Coding, FootagePlanes
from apexlang.frames.resample import PAD
from apexlang.plan.model import Grade

GRADES = [Grade(), Grade(exposure_st=0.3, contrast=0.2, saturation=0.2, temperature_k=4800)]


def keys(t: float) -> NDArray[np.float64]:
    """Cubic convolution, a = -1/2, between the second and the third of four samples."""
    d = np.abs(np.array([1 + t, t, 1 - t, 2 - t]))
    near, far = 1.5 * d**3 - 2.5 * d**2 + 1, -0.5 * d**3 + 2.5 * d**2 - 4 * d + 2
    return np.where(d <= 1, near, far)


def full_size(chroma: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chroma sited left: column c at luma column 2c, row r between the luma rows 2r and 2r + 1."""
    height, width = chroma.shape
    out = np.empty((2 * height, 2 * width))
    for y in range(2 * height):
        at = (y - 0.5) / 2
        low = int(np.floor(at))
        rows = np.clip(np.arange(low - 1, low + 3), 0, height - 1)
        line = keys(at - low) @ chroma[rows]
        out[y, ::2] = line
        columns = np.clip(np.arange(width)[:, None] + np.arange(-1, 3), 0, width - 1)
        out[y, 1::2] = line[columns] @ keys(0.5)
    return out


@pytest.mark.parametrize("half", [True, False], ids=["half", "full"])
@pytest.mark.parametrize("matrix", ["bt709", "smpte170m", "bt2020nc"])
@pytest.mark.parametrize("depth", [8, 10])
@pytest.mark.parametrize("grade", GRADES, ids=["neutral", "graded"])
def test_planes_are_the_graded_frame(grade: Grade, depth: int, matrix: str, half: bool) -> None:
    width, height, one = 70, 38, 1 << (depth - 8)
    rng = np.random.default_rng(3)
    kind = np.uint8 if depth == 8 else np.uint16
    luma = rng.integers(16 * one, 235 * one, (height, width)).astype(kind)
    blue, red = (rng.integers(90 * one, 166 * one, (height // 2, width // 2)).astype(kind) for _ in range(2))
    cube = bake(grade)
    made = FootagePlanes(width, height, Coding(depth, matrix), cube, half).fill(luma, blue, red)

    zero, step, c_zero, c_step, from_red, g_blue, g_red, from_blue = Coding(depth, matrix).numbers().astype(float)
    y = (luma.astype(float) - zero) * step
    cb, cr = (full_size((c.astype(float) - c_zero) * c_step) for c in (blue, red))
    rgb = np.stack([y + from_red * cr, y + g_blue * cb + g_red * cr, y + from_blue * cb], -1).clip(0, 1)
    code = apply((rgb * 65535 + 0.5).astype(np.uint16), cube).astype(float)
    light = code @ [0.2126, 0.7152, 0.0722]
    wanted = 16 + 219 * light, 128 + 224 / 1.8556 * (code[..., 2] - light), 128 + 224 / 1.5748 * (code[..., 0] - light)
    for n, (plane, want) in enumerate(zip(made, wanted, strict=True)):
        if n and half:
            want = want.reshape(height // 2, 2, width // 2, 2).mean((1, 3))
        found = plane.data[PAD:-PAD, PAD:-PAD].T
        assert np.abs(found - want).max() < 0.01  # of 8-bit codes: what rounding to 16 bits leaves, in a steep grade
    assert np.array_equal(made.luma.data[0], made.luma.data[PAD])  # edges go on outward
