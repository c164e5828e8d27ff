"""From a field to triangles: sparse naive surface nets, Newton steps onto the surface, normals from the gradient; and rays.

Surface nets after Gibson, "Constrained elastic surface nets" (1998), without the relaxation: one vertex a cell at the
mean of its edge crossings, then two Newton steps put it on the field itself.
"""
# mypy: disallow-untyped-decorators=False, disable-error-code=no-any-return

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from apexlang.jit import kernel
from apexlang.picture.previz.puppet.field import ADD, CAPPED, CONE, Field, distance

Array = npt.NDArray[Any]

_BLOCK = 4


class Mesh(NamedTuple):
    """(n, 3) vertices, (m, 3) faces (counter-clockwise from outside or not: the tracer does not care), (n, 3) normals."""

    vertices: Array
    faces: Array
    normals: Array


@kernel
def _sample(
    p: Array, e: Array, q: Array, g: Array, low: Array, cell: float, nx: int, ny: int, nz: int, slack: float
) -> Array:
    """Field values at the grid points; a block whose middle is far from the surface takes its value from there."""
    f = np.empty((nx, ny, nz), np.float32)
    half = _BLOCK * cell * 0.5
    far = half * 1.7321 * 1.25 + slack
    for bi in range(0, nx, _BLOCK):
        for bj in range(0, ny, _BLOCK):
            for bk in range(0, nz, _BLOCK):
                d = distance(
                    p, e, q, g, low[0] + bi * cell + half, low[1] + bj * cell + half, low[2] + bk * cell + half
                )
                skip = abs(d) > far
                for i in range(bi, min(nx, bi + _BLOCK)):
                    for j in range(bj, min(ny, bj + _BLOCK)):
                        for k in range(bk, min(nz, bk + _BLOCK)):
                            if skip:
                                f[i, j, k] = d
                            else:
                                f[i, j, k] = distance(
                                    p, e, q, g, low[0] + i * cell, low[1] + j * cell, low[2] + k * cell
                                )
    return f


@kernel
def _settle(
    p: Array, e: Array, q: Array, g: Array, x: float, y: float, z: float, cell: float
) -> tuple[float, float, float, float, float, float]:
    """A point after two Newton steps onto the surface, and the unit normal there."""
    h = cell * 0.35
    gx = 0.0
    gy = 0.0
    gz = 1.0
    for step in range(3):
        gx = (distance(p, e, q, g, x + h, y, z) - distance(p, e, q, g, x - h, y, z)) / (2 * h)
        gy = (distance(p, e, q, g, x, y + h, z) - distance(p, e, q, g, x, y - h, z)) / (2 * h)
        gz = (distance(p, e, q, g, x, y, z + h) - distance(p, e, q, g, x, y, z - h)) / (2 * h)
        if step == 2:
            break
        n2 = gx * gx + gy * gy + gz * gz + 1e-6
        w = distance(p, e, q, g, x, y, z) / math.sqrt(n2)
        w = min(cell * 0.5, max(-cell * 0.5, w)) / math.sqrt(n2)
        x -= w * gx
        y -= w * gy
        z -= w * gz
    s = 1 / math.sqrt(gx * gx + gy * gy + gz * gz + 1e-12)
    return x, y, z, gx * s, gy * s, gz * s


@kernel
def _nets(p: Array, e: Array, q: Array, g: Array, f: Array, low: Array, cell: float) -> tuple[Array, Array, Array]:
    nx, ny, nz = f.shape
    index = np.full((nx, ny, nz), -1, np.int32)
    n = 0
    v = np.empty((nx * ny * 4 + ny * nz * 4 + nx * nz * 4 + 64, 3))
    for i in range(nx - 1):
        for j in range(ny - 1):
            for k in range(nz - 1):
                s = 0
                for c in range(8):
                    s += f[i + (c & 1), j + (c >> 1 & 1), k + (c >> 2)] < 0
                if s == 0 or s == 8:
                    continue
                sx = 0.0
                sy = 0.0
                sz = 0.0
                m = 0
                for c in range(8):
                    for a in range(3):
                        if c >> a & 1:
                            continue
                        o = c | 1 << a
                        d0 = f[i + (c & 1), j + (c >> 1 & 1), k + (c >> 2)]
                        d1 = f[i + (o & 1), j + (o >> 1 & 1), k + (o >> 2)]
                        if (d0 < 0) == (d1 < 0):
                            continue
                        h = d0 / (d0 - d1)
                        m += 1
                        sx += (c & 1) + (h if a == 0 else 0.0)
                        sy += (c >> 1 & 1) + (h if a == 1 else 0.0)
                        sz += (c >> 2) + (h if a == 2 else 0.0)
                if n == len(v):
                    grown = np.empty((2 * n, 3))
                    grown[:n] = v
                    v = grown
                v[n, 0] = low[0] + (i + sx / m) * cell
                v[n, 1] = low[1] + (j + sy / m) * cell
                v[n, 2] = low[2] + (k + sz / m) * cell
                index[i, j, k] = n
                n += 1
    v = v[:n].copy()
    normals = np.empty((n, 3))
    for t in range(n):
        a0, a1, a2, b0, b1, b2 = _settle(p, e, q, g, v[t, 0], v[t, 1], v[t, 2], cell)
        v[t, 0] = a0
        v[t, 1] = a1
        v[t, 2] = a2
        normals[t, 0] = b0
        normals[t, 1] = b1
        normals[t, 2] = b2
    faces = np.empty((6 * n + 64, 3), np.int32)
    m = 0
    for i in range(1, nx - 1):
        for j in range(1, ny - 1):
            for k in range(1, nz - 1):
                inside = f[i, j, k] < 0
                for a in range(3):
                    if (f[i + (a == 0), j + (a == 1), k + (a == 2)] < 0) == inside:
                        continue
                    if a == 0:
                        q0, q1, q3 = index[i, j - 1, k - 1], index[i, j, k - 1], index[i, j - 1, k]
                    elif a == 1:
                        q0, q1, q3 = index[i - 1, j, k - 1], index[i, j, k - 1], index[i - 1, j, k]
                    else:
                        q0, q1, q3 = index[i - 1, j - 1, k], index[i, j - 1, k], index[i - 1, j, k]
                    q2 = index[i, j, k]
                    if q0 < 0 or q1 < 0 or q2 < 0 or q3 < 0 or m + 2 > len(faces):
                        continue
                    faces[m, 0], faces[m, 1], faces[m, 2] = q0, q1, q2
                    faces[m + 1, 0], faces[m + 1, 1], faces[m + 1, 2] = q0, q2, q3
                    m += 2
    return v, faces[:m].copy(), normals


def bounds(primitives: Array) -> tuple[Array, Array]:
    """The box around what a field adds, before its relief and blends."""
    low = np.full(3, 1e9)
    high = -low
    for p in primitives:
        if p[1] != ADD:
            continue
        if p[0] in (CONE, CAPPED):
            r = max(p[9], p[10]) * p[20:23]
            for c in (p[3:6], p[6:9]):
                low = np.minimum(low, c - r)
                high = np.maximum(high, c + r)
        else:
            axes = np.abs(p[11:20].reshape(3, 3))
            h = axes[0] * p[6] + axes[1] * p[7] + axes[2] * p[8]
            low = np.minimum(low, p[3:6] - h)
            high = np.maximum(high, p[3:6] + h)
    return low, high


def mesh(part: Field, cell: float, slack: float = 0.0, limits: tuple[Array, Array] | None = None) -> Mesh:
    """Triangles of a field at cells of size `cell`.

    `slack`: how far its relief may move the surface; `limits`: low and high corner to stay inside.
    """
    low, high = bounds(part.primitives)
    margin = slack + 2.2 * cell
    low, high = low - margin, high + margin
    if limits is not None:
        low, high = np.maximum(low, limits[0]), np.minimum(high, limits[1])
    n = np.maximum(4, np.ceil((high - low) / cell).astype(np.int64) + 1)
    args = (part.primitives, part.folds, part.relief, part.outline)
    f = _sample(*args, low, cell, int(n[0]), int(n[1]), int(n[2]), slack)
    return Mesh(*_nets(*args, f, low, cell))


@kernel
def _march(
    p: Array, e: Array, q: Array, g: Array, origins: Array, directions: Array, reach: float, inside: bool, h: float
) -> tuple[Array, Array]:
    n = len(origins)
    hits = np.empty((n, 3))
    normals = np.empty((n, 3))
    for i in range(n):
        dx, dy, dz = directions[i, 0], directions[i, 1], directions[i, 2]
        t = 0.0
        for _ in range(64):
            d = distance(p, e, q, g, origins[i, 0] + t * dx, origins[i, 1] + t * dy, origins[i, 2] + t * dz)
            if inside:
                d = -d
            if d < 1e-5 or t > reach:
                break
            t += max(d * 0.8, 1e-5)
        t = min(t, reach)
        x = origins[i, 0] + t * dx
        y = origins[i, 1] + t * dy
        z = origins[i, 2] + t * dz
        gx = distance(p, e, q, g, x + h, y, z) - distance(p, e, q, g, x - h, y, z)
        gy = distance(p, e, q, g, x, y + h, z) - distance(p, e, q, g, x, y - h, z)
        gz = distance(p, e, q, g, x, y, z + h) - distance(p, e, q, g, x, y, z - h)
        s = 1 / math.sqrt(gx * gx + gy * gy + gz * gz + 1e-18)
        hits[i, 0], hits[i, 1], hits[i, 2] = x, y, z
        normals[i, 0], normals[i, 1], normals[i, 2] = gx * s, gy * s, gz * s
    return hits, normals


def march(
    part: Field, origins: Array, directions: Array, reach: float, inside: bool = False, step: float = 0.002
) -> tuple[Array, Array]:
    """Where rays first meet a field, and the normals there: (n, 3) each.

    `inside`: the rays start within and go out. A ray that meets nothing ends at `reach`.
    """
    return _march(
        part.primitives,
        part.folds,
        part.relief,
        part.outline,
        np.ascontiguousarray(origins, np.float64),
        np.ascontiguousarray(directions, np.float64),
        reach,
        inside,
        step,
    )
