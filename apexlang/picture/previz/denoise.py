"""Filter of the light buffer: a joint bilateral window over pixels of the same surface."""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

from typing import Any

from apexlang.jit import kernel
from apexlang.picture.previz.scene import LIGHT_CHANNELS, Surface

Array = Any


@kernel
def gather(first: int, last: int, s: Surface, light: Array, out: Array, step: int, low: int, high: int) -> None:
    """Means over offsets low..high-1 times `step` both ways, weighted by how alike distance and normal are."""
    height, width = s.distance.shape
    for y in range(first, last):
        for x in range(width):
            if s.triangle[y, x] < 0:
                continue
            z = s.distance[y, x]
            nx, ny, nz = s.normal[y, x, 0], s.normal[y, x, 1], s.normal[y, x, 2]
            total = 0.0
            for k in range(LIGHT_CHANNELS):
                out[y, x, k] = 0
            for j in range(low, high):
                yy = y + j * step
                if yy < 0 or yy >= height:
                    continue
                for i in range(low, high):
                    xx = x + i * step
                    if xx < 0 or xx >= width or s.triangle[yy, xx] < 0:
                        continue
                    d = nx * s.normal[yy, xx, 0] + ny * s.normal[yy, xx, 1] + nz * s.normal[yy, xx, 2]
                    if d < 0.8:
                        continue
                    dz = abs(s.distance[yy, xx] - z) / z
                    if dz > 0.03:
                        continue
                    near = 1.0 if dz < 0.012 else max(0.0, 1 - (dz - 0.012) * 55)
                    w = min(1.0, (d - 0.8) * 9) * near + 1e-3
                    total += w
                    for k in range(LIGHT_CHANNELS):
                        out[y, x, k] += w * light[yy, xx, k]
            for k in range(LIGHT_CHANNELS):
                out[y, x, k] /= total
