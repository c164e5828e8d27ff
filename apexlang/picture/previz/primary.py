"""What each pixel sees: the first hit, its paint and the direction its surface faces, relief of skin and cloth included."""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from typing import Any

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz.arith import exp
from apexlang.picture.previz.noise import fractal, hash3
from apexlang.picture.previz.puppet.paint import relief as figure_relief
from apexlang.picture.previz.puppet.paint import surface as figure_surface
from apexlang.picture.previz.raster import met
from apexlang.picture.previz.scene import FAR, Air, Sun, Surface, Triangles, Triple, View
from apexlang.picture.previz.sky import ray, sky
from apexlang.picture.previz.surfaces import ASPHALT, WATER, paint

Array = Any

SKIN, EYE, HAIR, CLOTH = 20, 21, 22, 23


@kernel
def frame_of(nx: float, ny: float, nz: float) -> tuple[float, float, float, float, float, float]:
    """Two directions across a normal."""
    if abs(ny) < 0.9:
        ax, ay, az = nz, 0.0, -nx
    else:
        ax, ay, az = 0.0, -nz, ny
    k = 1 / math.sqrt(ax * ax + ay * ay + az * az)
    ax *= k
    ay *= k
    az *= k
    return ax, ay, az, ny * az - nz * ay, nz * ax - nx * az, nx * ay - ny * ax


@kernel
def face_normal(corners: Array, i: int) -> Triple:
    """Normal of a triangle's own plane."""
    x = corners[i, 4] * corners[i, 8] - corners[i, 5] * corners[i, 7]
    y = corners[i, 5] * corners[i, 6] - corners[i, 3] * corners[i, 8]
    z = corners[i, 3] * corners[i, 7] - corners[i, 4] * corners[i, 6]
    k = 1 / math.sqrt(x * x + y * y + z * z + 1e-30)
    return x * k, y * k, z * k


@kernel
def between(rows: Array, i: int, u: float, v: float) -> Triple:
    """A triple of the three corners, mixed at u, v."""
    w = 1 - u - v
    return (
        rows[i, 0] * w + rows[i, 3] * u + rows[i, 6] * v,
        rows[i, 1] * w + rows[i, 4] * u + rows[i, 7] * v,
        rows[i, 2] * w + rows[i, 5] * u + rows[i, 8] * v,
    )


@kernel
def _bump(kind: int, t: Triangles, i: int, a: float, b: float, c: float, footprint: float, m: Array, figure: Array,
          nx: float, ny: float, nz: float) -> Triple:  # fmt: skip
    """The normal bent by the relief of a figure: the height's slope, by stepping in part coordinates along the surface."""
    q = t.coords
    e = t.corners
    a1, a2, a3 = q[i, 3] - q[i, 0], q[i, 4] - q[i, 1], q[i, 5] - q[i, 2]
    b1, b2, b3 = q[i, 6] - q[i, 0], q[i, 7] - q[i, 1], q[i, 8] - q[i, 2]
    ex, ey, ez, fx, fy, fz = e[i, 3], e[i, 4], e[i, 5], e[i, 6], e[i, 7], e[i, 8]
    cx, cy, cz = ey * fz - ez * fy, ez * fx - ex * fz, ex * fy - ey * fx
    area = 1 / (cx * cx + cy * cy + cz * cz + 1e-30)
    # reciprocal basis: how u and v of the triangle change with a step in space
    ux, uy, uz = (fy * cz - fz * cy) * area, (fz * cx - fx * cz) * area, (fx * cy - fy * cx) * area
    vx, vy, vz = (cy * ez - cz * ey) * area, (cz * ex - cx * ez) * area, (cx * ey - cy * ex) * area
    p1, p2, p3, r1, r2, r3 = frame_of(nx, ny, nz)
    step = max(0.0004, footprint * 0.7)
    h = figure_relief(kind, a, b, c, footprint, m, figure)
    du = (p1 * ux + p2 * uy + p3 * uz) * step
    dv = (p1 * vx + p2 * vy + p3 * vz) * step
    s = figure_relief(kind, a + du * a1 + dv * b1, b + du * a2 + dv * b2, c + du * a3 + dv * b3, footprint, m, figure)
    s = min(1.2, max(-1.2, (s - h) / step))
    du = (r1 * ux + r2 * uy + r3 * uz) * step
    dv = (r1 * vx + r2 * vy + r3 * vz) * step
    w = figure_relief(kind, a + du * a1 + dv * b1, b + du * a2 + dv * b2, c + du * a3 + dv * b3, footprint, m, figure)
    w = min(1.2, max(-1.2, (w - h) / step))
    bx, by, bz = nx - s * p1 - w * r1, ny - s * p2 - w * r2, nz - s * p3 - w * r3
    k = 1 / math.sqrt(bx * bx + by * by + bz * bz)
    return bx * k, by * k, bz * k


@kernel
def _rings(x: float, z: float, size: float, seed: int) -> tuple[float, float]:
    """Slope of the rings that drops make on a wet ground: one ring in most cells of `size` metres, weaker as it widens."""
    i = math.floor(x / size)
    j = math.floor(z / size)
    if hash3(i, j, seed) < 0.35:
        return 0.0, 0.0
    dx = x - (i + 0.4 + 0.2 * hash3(i, j, seed + 1)) * size
    dz = z - (j + 0.4 + 0.2 * hash3(i, j, seed + 2)) * size
    d = math.sqrt(dx * dx + dz * dz) + 1e-6
    age = hash3(i, j, seed + 3)
    t = (d - (0.05 + 0.30 * age) * size) / (0.05 * size)
    if abs(t) > 2.6:
        return 0.0, 0.0
    q = -t * exp(-t * t) * (1.1 - age) / d
    return dx * q, dz * q


@kernel
def _ripples(
    kind: int, wet: float, rain: float, x: float, z: float, length: float, nx: float, ny: float, nz: float
) -> Triple:
    """The normal of water and of wet asphalt, gently uneven; flatter far away, where waves blend."""
    strength, size = (1.0, 0.9) if kind == WATER else (0.35 * wet, 3.0)
    k = 0.22 * strength / (1 + length * 0.01)
    nx += (fractal(x * size, 0.0, z * size * 1.6, 3) - 0.44) * k
    nz += (fractal(x * size + 50, 0.0, z * size * 1.6, 3) - 0.44) * k
    if rain >= 1 and kind != WATER and length < 30:
        k = 0.30 * wet / (1 + (length * 0.10) ** 2)
        for q in range(2):
            a, b = _rings(x + 0.13 * q, z + 0.07 * q, 0.30 - 0.11 * q, 21 + 10 * q)
            nx += a * k
            nz += b * k
    k = 1 / math.sqrt(nx * nx + ny * ny + nz * nz)
    return nx * k, ny * k, nz * k


@kernel
def see(first: int, last: int, view: View, sun: Sun, air: Air, t: Triangles, s: Surface, depth: Array) -> None:
    """Fills the rows first..last of `s`, whose `triangle` is known, as is the `depth` along the axis."""
    out = np.zeros(9)
    ox, oy, oz = view.position
    pixel = 2 * view.half[0] / view.width
    for y in range(first, last):
        for x in range(view.width):
            dx, dy, dz, axis = ray(view, x + 0.5, y + 0.5)
            i = s.triangle[y, x]
            if i < 0:
                s.distance[y, x] = FAR
                r, g, b = air.beyond if air.indoors else sky(air, sun, dx, dy, dz, True)
                if air.haze > 0 and not air.indoors:
                    # low sky drowns in the haze that the ground lies in
                    k = (1 - exp(-air.haze * 900)) * max(0.0, 1 - max(dy, 0.0) * 7) ** 2 * 0.85
                    hr, hg, hb = air.haze_colour
                    r += (hr - r) * k
                    g += (hg - g) * k
                    b += (hb - b) * k
                s.emission[y, x, 0] = r
                s.emission[y, x, 1] = g
                s.emission[y, x, 2] = b
                continue
            length, u, v = met(t.corners, i, ox, oy, oz, dx, dy, dz)
            if length <= 0:
                length = depth[y, x] * axis
            s.distance[y, x] = length
            nx, ny, nz = between(t.normals, i, u, v)
            k = 1 / math.sqrt(nx * nx + ny * ny + nz * nz + 1e-20)
            nx *= k
            ny *= k
            nz *= k
            gx, gy, gz = face_normal(t.corners, i)
            if gx * dx + gy * dy + gz * dz > 0:
                gx, gy, gz = -gx, -gy, -gz
            if nx * gx + ny * gy + nz * gz < 0:
                nx, ny, nz = -nx, -ny, -nz
            m = t.materials[t.material[i]]
            kind = int(m[6])
            a, b, c = between(t.coords, i, u, v)
            bx, by, bz = nx, ny, nz
            if kind < SKIN:
                paint(a, b, c, nx, ny, nz, m, air, out)
                if kind == WATER or (kind == ASPHALT and out[6] > 0.05):
                    nx, ny, nz = _ripples(kind, out[6], air.wet, a, c, length, nx, ny, nz)
                    bx, by, bz = nx, ny, nz
            else:
                figure = t.figures[int(m[9])]
                footprint = length * pixel
                figure_surface(kind, a, b, c, footprint, m, figure, out)
                if kind == HAIR:
                    tx, ty, tz = between(t.tangents, i, u, v)
                    k = tx * nx + ty * ny + tz * nz
                    tx -= k * nx
                    ty -= k * ny
                    tz -= k * nz
                    k = 1 / math.sqrt(tx * tx + ty * ty + tz * tz + 1e-20)
                    s.strand[y, x, 0] = tx * k
                    s.strand[y, x, 1] = ty * k
                    s.strand[y, x, 2] = tz * k
                if kind != EYE:
                    bx, by, bz = _bump(kind, t, i, a, b, c, footprint, m, figure, nx, ny, nz)
            s.normal[y, x, 0] = nx
            s.normal[y, x, 1] = ny
            s.normal[y, x, 2] = nz
            s.relief[y, x, 0] = bx
            s.relief[y, x, 1] = by
            s.relief[y, x, 2] = bz
            for j in range(3):
                s.albedo[y, x, j] = out[j]
                s.emission[y, x, j] = out[3 + j]
            s.kind[y, x] = kind
            s.mirror[y, x] = out[6]
            s.sheen[y, x] = out[7]
