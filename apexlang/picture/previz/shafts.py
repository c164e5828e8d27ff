"""Light shafts: what the air itself scatters toward the camera, found on a coarse grid and laid over by distance."""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from typing import Any

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz.bvh import trace
from apexlang.picture.previz.noise import bayer
from apexlang.picture.previz.scene import Lamp, Sun, Triangles, View
from apexlang.picture.previz.sky import ray

Array = Any


def step_of(height: int, rows: int) -> int:
    """Pixels between grid points: light in the air is soft, so the grid is as coarse on a large picture as on a small one."""
    return max(2, round(height / rows))


@kernel
def _at(distance: Array, step: int, x: int, y: int) -> float:
    """Distance at a grid point."""
    height, width = distance.shape
    return distance[min(height - 1, y * step + step // 2), min(width - 1, x * step + step // 2)]


@kernel
def march(first: int, last: int, step: int, view: View, sun: Sun, key: Lamp, lights: Array, t: Triangles, distance: Array, out: Array,
          samples: int, farthest: float, sun_amount: float, key_amount: float, side: float) -> None:  # fmt: skip
    """Rows first..last of `out` (h/step, w/step, 3): light gathered from `samples` points of each ray, shadows traced."""
    stack = np.empty(192, np.int32)
    width = out.shape[1]
    kr, kg, kb = key.colour
    for y in range(first, last):
        for x in range(width):
            px_x = min(view.width - 1, x * step + step // 2)
            px_y = min(view.height - 1, y * step + step // 2)
            dx, dy, dz, _ = ray(view, px_x + 0.5, px_y + 0.5)
            reach = min(distance[px_y, px_x], farthest)
            from_sun = 0.0
            from_key = 0.0
            r = 0.0
            g = 0.0
            b = 0.0
            piece = reach / samples
            for k in range(samples):
                d = (k + bayer(x, y)) * piece
                px, py, pz = view.position[0] + dx * d, view.position[1] + dy * d, view.position[2] + dz * d
                if sun_amount > 0:
                    _, hit, _, _ = trace(
                        t.corners,
                        t.tree,
                        stack,
                        px,
                        py,
                        pz,
                        sun.toward[0],
                        sun.toward[1],
                        sun.toward[2],
                        0.0,
                        300.0,
                        True,
                    )
                    if hit < 0:
                        from_sun += piece
                if key_amount > 0:
                    lx, ly, lz = key.position[0] - px, key.position[1] - py, key.position[2] - pz
                    length = math.sqrt(lx * lx + ly * ly + lz * lz)
                    c = -(lx * key.axis[0] + ly * key.axis[1] + lz * key.axis[2]) / length
                    c = min(1.0, max(0.0, (c - key.cone) / (1 - key.cone) * 2.2))
                    if c > 0:
                        _, hit, _, _ = trace(
                            t.corners,
                            t.tree,
                            stack,
                            px,
                            py,
                            pz,
                            lx / length,
                            ly / length,
                            lz / length,
                            0.0,
                            length - 0.05,
                            True,
                        )
                        if hit < 0:
                            from_key += c * piece / (length * length + 0.5)
                for m in range(len(lights)):
                    d2 = (lights[m, 0] - px) ** 2 + (lights[m, 1] - py) ** 2 + (lights[m, 2] - pz) ** 2 + 0.12
                    c = piece / d2
                    r += c * lights[m, 3]
                    g += c * lights[m, 4]
                    b += c * lights[m, 5]
            c = max(0.0, dx * sun.toward[0] + dy * sun.toward[1] + dz * sun.toward[2])
            # mist scatters forward: a broad lobe and a narrow one about the sun
            a = from_sun * (side + (1 - side) * (0.4 * c**3 + 0.6 * c**14)) * sun_amount
            e = from_key * key_amount
            p = max(sun_amount, key_amount) * 0.14
            out[y, x, 0] = a * sun.colour[0] + e * kr + r * p
            out[y, x, 1] = a * sun.colour[1] + e * kg + g * p
            out[y, x, 2] = a * sun.colour[2] + e * kb + b * p


@kernel
def soften(first: int, last: int, step: int, distance: Array, grid: Array, out: Array) -> None:
    """Mean of 7x7 grid points at a like distance."""
    height, width = grid.shape[:2]
    for y in range(first, last):
        for x in range(width):
            z = _at(distance, step, x, y)
            total = 0.0
            r = 0.0
            g = 0.0
            b = 0.0
            for j in range(-3, 4):
                for i in range(-3, 4):
                    xx = min(width - 1, max(0, x + i))
                    yy = min(height - 1, max(0, y + j))
                    z2 = _at(distance, step, xx, yy)
                    k = 1.0 if max(z2 / z, z / z2) < 1.25 else 1e-5
                    total += k
                    r += k * grid[yy, xx, 0]
                    g += k * grid[yy, xx, 1]
                    b += k * grid[yy, xx, 2]
            out[y, x, 0] = r / total
            out[y, x, 1] = g / total
            out[y, x, 2] = b / total


@kernel
def lay_over(first: int, last: int, step: int, distance: Array, grid: Array, picture: Array) -> None:
    """Adds the grid to the rows first..last of `picture`, each pixel from the grid points at its own distance."""
    h, w = grid.shape[:2]
    width = picture.shape[1]
    for y in range(first, last):
        for x in range(width):
            z = distance[y, x]
            cx = (x - step * 0.5) / step
            cy = (y - step * 0.5) / step
            ix = int(math.floor(cx))
            iy = int(math.floor(cy))
            total = 0.0
            r = 0.0
            g = 0.0
            b = 0.0
            for j in range(2):
                for i in range(2):
                    xx = min(w - 1, max(0, ix + i))
                    yy = min(h - 1, max(0, iy + j))
                    ratio = _at(distance, step, xx, yy) / z
                    if ratio < 1:
                        ratio = 1 / ratio
                    k = (1.02 - abs(cx - ix - i)) * (1.02 - abs(cy - iy - j)) * (1e-4 + 1 / ratio**8)
                    total += k
                    r += k * grid[yy, xx, 0]
                    g += k * grid[yy, xx, 1]
                    b += k * grid[yy, xx, 2]
            picture[y, x, 0] += r / total
            picture[y, x, 1] += g / total
            picture[y, x, 2] += b / total
