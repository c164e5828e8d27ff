"""Smooth edges: where neighbours differ, four points a pixel ask which of the nine pixels around they belong to.

The answer is kept apart from the picture, so that a lens can blur what lies behind a figure first: an edge that is resolved
after the blur stays smooth on both sides, with no cut-out fringe.
"""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from typing import Any

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz.primary import face_normal
from apexlang.picture.previz.scene import FAR, Surface, Triangles, View
from apexlang.picture.previz.sky import ray

Array = Any

QUARTERS = np.array([[0.125, 0.375], [0.875, 0.625], [0.375, 0.875], [0.625, 0.125]])
"""Where in a pixel it is asked: a turned grid, as smooth for upright edges as for level ones."""

ITSELF = 4


@kernel
def _material(t: Triangles, i: int) -> int:
    return t.material[i] if i >= 0 else -1


@kernel
def _is_edge(s: Surface, t: Triangles, x: int, y: int) -> bool:
    z = s.distance[y, x]
    me = _material(t, s.triangle[y, x])
    for q in range(4):
        yy = y + (q == 0) - (q == 1)
        xx = x + (q == 2) - (q == 3)
        if _material(t, s.triangle[yy, xx]) != me:
            return True
        z2 = s.distance[yy, xx]
        if abs(z2 - z) > 0.02 * min(z, z2):
            return True
        d = s.normal[yy, xx, 0] * s.normal[y, x, 0] + s.normal[yy, xx, 1] * s.normal[y, x, 1]
        if me >= 0 and d + s.normal[yy, xx, 2] * s.normal[y, x, 2] < 0.85:
            return True
    return False


@kernel
def find_owners(
    first: int, last: int, view: View, t: Triangles, s: Surface, seen: Array, depth: Array, quarter: int, owners: Array
) -> None:
    """Rows first..last of `owners`, (h, w, 4) uint8: whose colour a quarter of a pixel has, 0-8 of the nine around, 4 itself.
    `seen`, `depth`: what is met at the quarter's point, a triangle and metres along the axis."""
    height, width = s.distance.shape
    fx, fy = QUARTERS[quarter, 0], QUARTERS[quarter, 1]
    for y in range(first, last):
        for x in range(width):
            owners[y, x, quarter] = ITSELF
            i = seen[y, x]
            if x == 0 or y == 0 or x == width - 1 or y == height - 1:
                continue
            if i == s.triangle[y, x] or not _is_edge(s, t, x, y):
                continue
            _, _, _, axis = ray(view, x + fx, y + fy)
            z = depth[y, x] * axis if i >= 0 else FAR
            material = _material(t, i)
            nx, ny, nz = face_normal(t.corners, max(i, 0))
            best = 1e9
            for j in range(-1, 2):
                for k in range(-1, 2):
                    z2 = s.distance[y + j, x + k]
                    theirs = _material(t, s.triangle[y + j, x + k])
                    cost = abs(z2 - z) / min(z2, z) * 20 + (0.0 if theirs == material else 1.0)
                    cost += 0.15 * math.sqrt((j + 0.5 - fy) ** 2 + (k + 0.5 - fx) ** 2)
                    if i >= 0 and theirs >= 0:
                        c = nx * s.normal[y + j, x + k, 0] + ny * s.normal[y + j, x + k, 1]
                        cost += 1 - abs(c + nz * s.normal[y + j, x + k, 2])
                    if cost < best:
                        best = cost
                        owners[y, x, quarter] = (j + 1) * 3 + k + 1


@kernel
def resolve(first: int, last: int, owners: Array, picture: Array, brightest: float, out: Array) -> None:
    """Rows first..last of `out`: `picture` with its edges smooth; there light above `brightest` is held, in its own colour, so that
    a lamp's edge is smooth too."""
    height, width = owners.shape[:2]
    for y in range(first, last):
        for x in range(width):
            alone = True
            for q in range(4):
                if owners[y, x, q] != ITSELF:
                    alone = False
            if alone:
                for k in range(3):
                    out[y, x, k] = picture[y, x, k]
                continue
            r = 0.0
            g = 0.0
            b = 0.0
            for q in range(4):
                owner = int(owners[y, x, q])
                yy = min(height - 1, max(0, y + owner // 3 - 1))
                xx = min(width - 1, max(0, x + owner % 3 - 1))
                c0, c1, c2 = picture[yy, xx, 0], picture[yy, xx, 1], picture[yy, xx, 2]
                k_ = 0.25 * min(1.0, brightest / max(brightest, max(c0, max(c1, c2))))
                r += k_ * c0
                g += k_ * c1
                b += k_ * c2
            out[y, x, 0] = r
            out[y, x, 1] = g
            out[y, x, 2] = b
