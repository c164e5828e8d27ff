"""Filter of the light buffer: a joint bilateral window over pixels of the same surface."""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

from typing import Any

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz.scene import LIGHT_CHANNELS, Surface, View
from apexlang.picture.previz.sky import ray

Array = Any


@kernel
def tolerance(view: View, s: Surface, x: int, y: int) -> float:
    """By what share of its distance a pixel may differ from one on the same surface: more where the surface is seen aslant."""
    dx, dy, dz, _ = ray(view, x + 0.5, y + 0.5)
    facing = abs(dx * s.normal[y, x, 0] + dy * s.normal[y, x, 1] + dz * s.normal[y, x, 2])
    return 0.03 + 8 * view.half[0] / view.width / max(facing, 0.02)


@kernel
def gather(
    first: int,
    last: int,
    view: View,
    s: Surface,
    light: Array,
    known: Array,
    out: Array,
    step: int,
    low: int,
    high: int,
) -> None:
    """Means over offsets low..high-1 times `step` both ways, weighted by how alike distance and normal are. `known`: (h, w) uint8,
    0 where `light` says nothing yet."""
    height, width = s.distance.shape
    sums = np.zeros(LIGHT_CHANNELS, np.float32)
    for y in range(first, last):
        for x in range(width):
            if s.triangle[y, x] < 0:
                continue
            z = s.distance[y, x]
            nx, ny, nz = s.normal[y, x, 0], s.normal[y, x, 1], s.normal[y, x, 2]
            scale = 1 / (tolerance(view, s, x, y) * z)
            total = np.float32(0.0)
            for k in range(LIGHT_CHANNELS):
                sums[k] = 0
            for j in range(low, high):
                yy = y + j * step
                if yy < 0 or yy >= height:
                    continue
                for i in range(low, high):
                    xx = x + i * step
                    if xx < 0 or xx >= width or known[yy, xx] == 0 or s.triangle[yy, xx] < 0:
                        continue
                    d = nx * s.normal[yy, xx, 0] + ny * s.normal[yy, xx, 1] + nz * s.normal[yy, xx, 2]
                    if d < 0.8:
                        continue
                    dz = abs(s.distance[yy, xx] - z) * scale
                    if dz > 1:
                        continue
                    near = 1.0 if dz < 0.4 else (1 - dz) * 1.65
                    w = np.float32(min(1.0, (d - 0.8) * 9) * near + 1e-3)
                    total += w
                    for k in range(LIGHT_CHANNELS):
                        sums[k] += w * light[yy, xx, k]
            share = np.float32(1 / total)
            for k in range(LIGHT_CHANNELS):
                out[y, x, k] = sums[k] * share
