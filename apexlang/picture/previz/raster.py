"""Which triangle each pixel sees first, by filling triangles rather than by following rays: a tenth of the time.

Triangles are tested in homogeneous coordinates (Olano and Greer, "Triangle scan conversion using 2D homogeneous coordinates",
1997): the three edge functions are linear in the pixel and stay true for corners behind the camera, so nothing is clipped.
"""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz.scene import Triangles, View

Array = Any

_NOTHING = 1e30


class Outlines(NamedTuple):
    """`edges`: (n, 9) float64, a, b, c of the three edge functions a x + b y + c, x and y in pixels of the whole picture, all not
    negative inside; `volume`: (n,) which over their sum is the depth along the axis; `boxes`: (n, 4) int32 first and last column,
    first and last row, an empty one where the triangle is not seen."""

    edges: Array
    volume: Array
    boxes: Array


def outlines(view: View, t: Triangles) -> Outlines:
    n = len(t.corners)
    out = Outlines(np.empty((n, 9)), np.empty(n), np.empty((n, 4), np.int32))
    _project(view, t.corners, out)
    return out


@kernel
def _project(view: View, corners: Array, out: Outlines) -> None:
    hx, hy = view.half
    sx, sy = view.shift
    w, h = view.width, view.height
    p = np.empty((3, 3))
    q = np.empty(3)
    ax, ay = 2 * hx / w, -2 * hy / h
    for i in range(len(corners)):
        for k in range(3):
            for j in range(3):
                q[j] = corners[i, j] - view.position[j]
                if k > 0:
                    q[j] += corners[i, 3 * k + j]
            p[k, 0] = q[0] * view.right[0] + q[1] * view.right[1] + q[2] * view.right[2]
            p[k, 1] = q[0] * view.up[0] + q[1] * view.up[1] + q[2] * view.up[2]
            p[k, 2] = q[0] * view.forward[0] + q[1] * view.forward[1] + q[2] * view.forward[2]
        low_x, high_x, low_y, high_y = _NOTHING, -_NOTHING, _NOTHING, -_NOTHING
        for k in range(3):
            m = (k + 1) % 3
            x, y, z = p[k, 0], p[k, 1], p[k, 2]
            for end in range(2):
                if end == 0:
                    if z < view.near:
                        continue
                else:
                    # where an edge passes the near plane
                    if (z < view.near) == (p[m, 2] < view.near):
                        continue
                    f = (view.near - z) / (p[m, 2] - z)
                    x += (p[m, 0] - x) * f
                    y += (p[m, 1] - y) * f
                    z = view.near
                u = ((x / z - sx) / hx + 1) * 0.5 * w
                v = (1 - (y / z - sy) / hy) * 0.5 * h
                low_x, high_x = min(low_x, u), max(high_x, u)
                low_y, high_y = min(low_y, v), max(high_y, v)
        out.boxes[i, 0] = max(0, math.ceil(max(-1.0, low_x - 1.0)))
        out.boxes[i, 1] = min(w - 1, math.floor(min(w + 1.0, high_x)))
        out.boxes[i, 2] = max(0, math.ceil(max(-1.0, low_y - 1.0)))
        out.boxes[i, 3] = min(h - 1, math.floor(min(h + 1.0, high_y)))
        volume = 0.0
        for k in range(3):
            a, b = (k + 1) % 3, (k + 2) % 3
            nx = p[a, 1] * p[b, 2] - p[a, 2] * p[b, 1]
            ny = p[a, 2] * p[b, 0] - p[a, 0] * p[b, 2]
            nz = p[a, 0] * p[b, 1] - p[a, 1] * p[b, 0]
            if k == 0:
                volume = p[0, 0] * nx + p[0, 1] * ny + p[0, 2] * nz
            out.edges[i, 3 * k] = nx * ax
            out.edges[i, 3 * k + 1] = ny * ay
            out.edges[i, 3 * k + 2] = nz + nx * (sx - hx) + ny * (sy + hy)
        if volume < 0:
            volume = -volume
            for k in range(9):
                out.edges[i, k] = -out.edges[i, k]
        out.volume[i] = volume
        if volume == 0:
            out.boxes[i, 3] = -1


@kernel
def _entry(view: View, u: float, v: float) -> float:
    """Depth at which what is seen at a point of the picture comes into the room, 0 with the camera inside, or without a room."""
    x0, x1, z0, z1 = view.room
    if x0 > x1:
        return 0.0
    px, _, pz = view.position
    if x0 < px < x1 and z0 < pz < z1:
        return 0.0
    a = (2 * u / view.width - 1) * view.half[0] + view.shift[0]
    b = (1 - 2 * v / view.height) * view.half[1] + view.shift[1]
    dx = view.forward[0] + a * view.right[0] + b * view.up[0]
    dz = view.forward[2] + a * view.right[2] + b * view.up[2]
    found = 0.0
    if px <= x0 and dx > 1e-9:
        found = max(found, (x0 - px) / dx)
    if px >= x1 and dx < -1e-9:
        found = max(found, (x1 - px) / dx)
    if pz <= z0 and dz > 1e-9:
        found = max(found, (z0 - pz) / dz)
    if pz >= z1 and dz < -1e-9:
        found = max(found, (z1 - pz) / dz)
    return found + 0.004


@kernel
def fill(first: int, last: int, view: View, o: Outlines, fx: float, fy: float, triangle: Array, depth: Array) -> None:
    """The rows first..last of `triangle` (int32, -1 for nothing) and `depth` (float64, metres along the axis), seen at
    the point fx, fy (0..1) of each pixel."""
    for y in range(first, last):
        for x in range(view.width):
            triangle[y, x] = -1
            depth[y, x] = _NOTHING
    top = first + view.top
    bottom = last - 1 + view.top
    for i in range(len(o.boxes)):
        if o.boxes[i, 2] > bottom or o.boxes[i, 3] < top or o.boxes[i, 0] > o.boxes[i, 1]:
            continue
        a0, b0, c0 = o.edges[i, 0], o.edges[i, 1], o.edges[i, 2]
        a1, b1, c1 = o.edges[i, 3], o.edges[i, 4], o.edges[i, 5]
        a2, b2, c2 = o.edges[i, 6], o.edges[i, 7], o.edges[i, 8]
        volume = o.volume[i]
        for row in range(max(top, o.boxes[i, 2]), min(bottom, o.boxes[i, 3]) + 1):
            v = row + fy
            r0, r1, r2 = b0 * v + c0, b1 * v + c1, b2 * v + c2
            begin, end = float(o.boxes[i, 0]), float(o.boxes[i, 1])
            for k in range(3):
                a = a0 if k == 0 else a1 if k == 1 else a2
                r = r0 if k == 0 else r1 if k == 1 else r2
                if a > 0:
                    begin = max(begin, -r / a - 2.0)
                elif a < 0:
                    end = min(end, -r / a + 1.0)
            y = row - view.top
            for x in range(int(math.ceil(begin)), int(math.floor(end)) + 1):
                u = x + fx
                e0, e1, e2 = a0 * u + r0, a1 * u + r1, a2 * u + r2
                if e0 < 0 or e1 < 0 or e2 < 0:
                    continue
                total = e0 + e1 + e2
                if total <= 0:
                    continue
                z = volume / total
                if view.near <= z < depth[y, x] and z >= _entry(view, u, v):
                    depth[y, x] = z
                    triangle[y, x] = i


@kernel
def met(
    corners: Array, i: int, ox: float, oy: float, oz: float, dx: float, dy: float, dz: float
) -> tuple[float, float, float]:
    """Ray length and barycentric u, v where a ray that is known to meet triangle `i` meets it."""
    px = dy * corners[i, 8] - dz * corners[i, 7]
    py = dz * corners[i, 6] - dx * corners[i, 8]
    pz = dx * corners[i, 7] - dy * corners[i, 6]
    det = corners[i, 3] * px + corners[i, 4] * py + corners[i, 5] * pz
    if abs(det) < 1e-18:
        return -1.0, 1 / 3, 1 / 3
    inv = 1 / det
    sx, sy, sz = ox - corners[i, 0], oy - corners[i, 1], oz - corners[i, 2]
    u = min(1.0, max(0.0, (sx * px + sy * py + sz * pz) * inv))
    qx = sy * corners[i, 5] - sz * corners[i, 4]
    qy = sz * corners[i, 3] - sx * corners[i, 5]
    qz = sx * corners[i, 4] - sy * corners[i, 3]
    v = min(1.0 - u, max(0.0, (dx * qx + dy * qy + dz * qz) * inv))
    return (corners[i, 6] * qx + corners[i, 7] * qy + corners[i, 8] * qz) * inv, u, v
