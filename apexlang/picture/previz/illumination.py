"""What light reaches each pixel: shadows of sun and lamps, practicals, ambient light with a bounce, mirror reflections.

Few rays a pixel, shared out over tiles of 4x4; `denoise` brings them together. Only light is filtered, never paint.
"""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from typing import Any

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz.arith import cos, sin
from apexlang.picture.previz.bvh import trace
from apexlang.picture.previz.denoise import tolerance
from apexlang.picture.previz.noise import bayer, hash3
from apexlang.picture.previz.primary import EYE, SKIN, between, face_normal, frame_of
from apexlang.picture.previz.scene import Air, Lamp, Sun, Surface, Triangles, Triple, View
from apexlang.picture.previz.sky import haze, haze_colour, ray, sky
from apexlang.picture.previz.surfaces import ASPHALT, PLANKS, WATER, paint

Array = Any

_TURN = 6.283185307179586
_SKIN_STEP = 0.022
_EYE_STEP = 0.010


@kernel
def _sunlit(
    sun: Sun, t: Triangles, stack: Array, px: float, py: float, pz: float, samples: int, x: int, y: int
) -> float:
    a1, a2, a3, b1, b2, b3 = frame_of(sun.toward[0], sun.toward[1], sun.toward[2])
    seen = 0.0
    for k in range(samples):
        radius = math.sqrt((k + bayer(x, y + 1)) / samples) * sun.spread
        angle = (bayer(x, y) + k * 0.37) * _TURN
        c = cos(angle) * radius
        d = sin(angle) * radius
        _, hit, _, _ = trace(
            t.corners, t.tree, stack, px, py, pz, sun.toward[0] + a1 * c + b1 * d, sun.toward[1] + a2 * c + b2 * d,
            sun.toward[2] + a3 * c + b3 * d, 0.0, 400.0, True,
        )  # fmt: skip
        if hit < 0:
            seen += 1.0 / samples
    return seen


@kernel
def _beam(lamp: Lamp, lx: float, ly: float, lz: float) -> float:
    """Share of a lamp's light along the way (lx, ly, lz) to it: 1 in the cone, soft at its edge."""
    if lamp.cone <= -1:
        return 1.0
    c = -(lx * lamp.axis[0] + ly * lamp.axis[1] + lz * lamp.axis[2]) / math.sqrt(lx * lx + ly * ly + lz * lz)
    q = min(1.0, max(0.0, (c - lamp.cone) / (1 - lamp.cone) * 2.2))
    return q * q * (3 - 2 * q)


@kernel
def _lamplit(
    lamp: Lamp, t: Triangles, stack: Array, px: float, py: float, pz: float, samples: int, x: int, y: int
) -> float:
    lx = lamp.position[0] - px
    ly = lamp.position[1] - py
    lz = lamp.position[2] - pz
    share = _beam(lamp, lx, ly, lz)
    if share <= 0:
        return 0.0
    seen = 0.0
    for k in range(samples):
        angle = (bayer(x, y) + k * 0.37) * _TURN
        radius = lamp.radius * math.sqrt((k + bayer(x, y + 1)) / samples)
        rise = (2 * bayer(x + 2, y + 1) - 1) * radius * 0.7
        a = lx + cos(angle) * radius
        b = ly + rise
        c = lz + sin(angle) * radius
        length = math.sqrt(a * a + b * b + c * c)
        k_ = 1 / length
        _, hit, _, _ = trace(
            t.corners, t.tree, stack, px, py, pz, a * k_, b * k_, c * k_, 0.0, length - 0.02, True
        )  # fmt: skip
        if hit < 0:
            seen += 1.0 / samples
    return seen * share


@kernel
def _practical(lights: Array, t: Triangles, stack: Array, px: float, py: float, pz: float, nx: float, ny: float, nz: float,
               wrap: float, picks: int, x: int, y: int) -> Triple:  # fmt: skip
    """Light of lamps in the set: `picks` of them are picked by how much each would give, and one shadow ray goes to each."""
    total = 0.0
    for k in range(len(lights)):
        lx, ly, lz = lights[k, 0] - px, lights[k, 1] - py, lights[k, 2] - pz
        d2 = lx * lx + ly * ly + lz * lz
        c = (lx * nx + ly * ny + lz * nz) / math.sqrt(d2 + 1e-9)
        c = (c + wrap) / (1 + wrap)
        if c > 0:
            total += c / (d2 + 0.15) * (lights[k, 3] + lights[k, 4] + lights[k, 5])
    if total < 2e-4:
        return 0.0, 0.0, 0.0
    tile = hash3(x >> 2, y >> 2, 5)
    r = 0.0
    g = 0.0
    b = 0.0
    for n in range(picks):
        aim = bayer(x, y) + tile
        aim = (n + aim - math.floor(aim)) / picks * total
        k = _picked(lights, aim, px, py, pz, nx, ny, nz, wrap)
        lx, ly, lz = lights[k, 0] - px, lights[k, 1] - py, lights[k, 2] - pz
        length = math.sqrt(lx * lx + ly * ly + lz * lz)
        _, hit, _, _ = trace(
            t.corners, t.tree, stack, px, py, pz, lx / length, ly / length, lz / length, 0.0,
            max(0.0, length - lights[k, 6]), True,
        )  # fmt: skip
        if hit < 0:
            share = total / (picks * (lights[k, 3] + lights[k, 4] + lights[k, 5]))
            r += share * lights[k, 3]
            g += share * lights[k, 4]
            b += share * lights[k, 5]
    return r, g, b


@kernel
def _picked(
    lights: Array, aim: float, px: float, py: float, pz: float, nx: float, ny: float, nz: float, wrap: float
) -> int:
    """The lamp in whose share of the whole `aim` falls."""
    mass = 0.0
    last = 0
    for k in range(len(lights)):
        lx, ly, lz = lights[k, 0] - px, lights[k, 1] - py, lights[k, 2] - pz
        d2 = lx * lx + ly * ly + lz * lz
        c = (lx * nx + ly * ny + lz * nz) / math.sqrt(d2 + 1e-9)
        c = (c + wrap) / (1 + wrap)
        if c > 0:
            mass += c / (d2 + 0.15) * (lights[k, 3] + lights[k, 4] + lights[k, 5])
            last = k
            if mass >= aim:
                return k
    return last


@kernel
def _ambient(air: Air, sun: Sun, t: Triangles, stack: Array, px: float, py: float, pz: float, nx: float, ny: float,
             nz: float, samples: int, x: int, y: int) -> Triple:  # fmt: skip
    """Sky or room light over the hemisphere; what is in the way gives back some of it in its own colour."""
    a1, a2, a3, b1, b2, b3 = frame_of(nx, ny, nz)
    r = 0.0
    g = 0.0
    b = 0.0
    for k in range(samples):
        u = (k + bayer(x, y)) / samples
        angle = (bayer(x + 2, y) + k * 0.618) * _TURN
        radius = math.sqrt(u)
        c = cos(angle) * radius
        d = sin(angle) * radius
        e = math.sqrt(1 - u)
        hx = a1 * c + b1 * d + nx * e
        hy = a2 * c + b2 * d + ny * e
        hz = a3 * c + b3 * d + nz * e
        length, hit, _, _ = trace(t.corners, t.tree, stack, px, py, pz, hx, hy, hz, 0.0, air.reach, False)
        if air.indoors:
            q = 0.5 + 0.5 * hy
            sr = air.ground[0] + (air.zenith[0] - air.ground[0]) * q
            sg = air.ground[1] + (air.zenith[1] - air.ground[1]) * q
            sb = air.ground[2] + (air.zenith[2] - air.ground[2]) * q
        elif hy > -0.02:
            sr, sg, sb = sky(air, sun, hx, hy, hz, False)
        else:
            sr, sg, sb = air.ground
        if hit >= 0:
            m = t.materials[t.material[hit]]
            q = (0.12 + 0.5 * (length / air.reach)) * 1.3
            sr = m[3] * 0.6 + m[0] * q * sr
            sg = m[4] * 0.6 + m[1] * q * sg
            sb = m[5] * 0.6 + m[2] * q * sb
        # lamps light through the practicals; without a lid one ray that meets a shade would be a firefly
        r += min(sr, 3.0)
        g += min(sg, 3.0)
        b += min(sb, 3.0)
    k_ = air.ambient / samples
    return r * k_, g * k_, b * k_


@kernel
def _reflection(kind: int, mirror: float, air: Air, sun: Sun, lights: Array, t: Triangles, stack: Array, out: Array, travelled: float,
                oy: float, px: float, py: float, pz: float, dx: float, dy: float, dz: float, nx: float, ny: float, nz: float,
                x: int, y: int) -> Triple:  # fmt: skip
    """Light along the mirror direction; wet asphalt and floors smear it upward, as they do."""
    k = 2 * (dx * nx + dy * ny + dz * nz)
    hx, hy, hz = dx - k * nx, dy - k * ny, dz - k * nz
    if kind != WATER:
        rough = 0.05 if kind == ASPHALT else 0.09 if kind == PLANKS else 0.04
        hx += (bayer(x, y) - 0.5) * rough * 0.6
        hz += (bayer(x, y + 1) - 0.5) * rough
        hy += (bayer(x + 2, y + 1) - 0.5) * rough * 2.6
    if ny > 0.7:
        hy = abs(hy) + 1e-3
    k = 1 / math.sqrt(hx * hx + hy * hy + hz * hz)
    hx *= k
    hy *= k
    hz *= k
    length, hit, u, v = trace(t.corners, t.tree, stack, px, py, pz, hx, hy, hz, 0.0, 1e4, False)
    if hit < 0:
        if air.indoors:
            return air.beyond
        r, g, b = sky(air, sun, hx, hy, hz, kind == WATER)
        return min(r, 6.0), min(g, 6.0), min(b, 6.0)
    m = t.materials[t.material[hit]]
    qx, qy, qz = px + hx * length, py + hy * length, pz + hz * length
    mx, my, mz = face_normal(t.corners, hit)
    if int(m[6]) < SKIN:
        a, b, c = between(t.coords, hit, u, v)
        paint(a, b, c, mx, my, mz, m, air, out)
    else:
        for j in range(6):
            out[j] = m[j]
    facing = abs(mx * sun.toward[0] + my * sun.toward[1] + mz * sun.toward[2]) * 0.35
    q = air.ambient * 0.6
    pr = 0.0
    pg = 0.0
    pb = 0.0
    for j in range(len(lights)):
        d2 = (lights[j, 0] - qx) ** 2 + (lights[j, 1] - qy) ** 2 + (lights[j, 2] - qz) ** 2 + 0.3
        pr += 0.5 * lights[j, 3] / d2
        pg += 0.5 * lights[j, 4] / d2
        pb += 0.5 * lights[j, 5] / d2
    r = out[0] * (air.horizon[0] * q + facing * sun.colour[0] + pr) + out[3]
    g = out[1] * (air.horizon[1] * q + facing * sun.colour[1] + pg) + out[4]
    b = out[2] * (air.horizon[2] * q + facing * sun.colour[2] + pb) + out[5]
    f = haze(air, travelled + length, oy, 0.0)
    fr, fg, fb = haze_colour(air, sun, hx, hy, hz)
    return min(r + (fr - r) * f, 4.0), min(g + (fg - g) * f, 4.0), min(b + (fb - b) * f, 4.0)


@kernel
def _step_out(kind: int, facing: float) -> float:
    """How far off the surface a figure's shadow ray starts: more where light grazes, which hides the mesh's own edges."""
    if kind < SKIN:
        return 0.0
    return (_EYE_STEP if kind == EYE else _SKIN_STEP) * min(1.0, max(0.0, (0.35 - facing) * 2.0))


@kernel
def _light_at(x: int, y: int, sx: int, sy: int, view: View, sun: Sun, key: Lamp, rim: Lamp, lights: Array, air: Air, t: Triangles,
              s: Surface, stack: Array, out: Array, light: Array, shadow_rays: int, ambient_rays: int,
              lamp_rays: int) -> None:  # fmt: skip
    """Light at one pixel; `sx`, `sy` choose its share of the samples."""
    ox, oy, oz = view.position
    i = s.triangle[y, x]
    dx, dy, dz, _ = ray(view, x + 0.5, y + 0.5)
    length = s.distance[y, x]
    kind = s.kind[y, x]
    nx, ny, nz = s.normal[y, x, 0], s.normal[y, x, 1], s.normal[y, x, 2]
    gx, gy, gz = face_normal(t.corners, i)
    if gx * dx + gy * dy + gz * dz > 0:
        gx, gy, gz = -gx, -gy, -gz
    e = 1e-4 + length * 2e-4
    px, py, pz = ox + dx * length + gx * e, oy + dy * length + gy * e, oz + dz * length + gz * e
    threshold = -0.45 if kind >= SKIN else 0.0
    # what the haze nearly hides needs no finesse
    faint = haze(air, length, oy, dy) > 0.7
    # on a set a tile's sixteen samples are enough; a face shows every one
    shadow_n = shadow_rays if kind >= SKIN else 1
    ambient_n = ambient_rays if kind >= SKIN and not faint else 1
    if sun.colour[0] + sun.colour[1] + sun.colour[2] > 0:
        facing = nx * sun.toward[0] + ny * sun.toward[1] + nz * sun.toward[2]
        plane = gx * sun.toward[0] + gy * sun.toward[1] + gz * sun.toward[2]
        if facing > threshold and (kind >= SKIN or plane > 0):
            w = _step_out(kind, facing)
            light[y, x, 0] = _sunlit(sun, t, stack, px + nx * w, py + ny * w, pz + nz * w, shadow_n, sx, sy)
    for j in range(2):
        lamp = key if j == 0 else rim
        if lamp.colour[0] + lamp.colour[1] + lamp.colour[2] <= 0:
            continue
        lx, ly, lz = lamp.position[0] - px, lamp.position[1] - py, lamp.position[2] - pz
        facing = (lx * nx + ly * ny + lz * nz) / math.sqrt(lx * lx + ly * ly + lz * lz)
        if facing > threshold:
            w = _step_out(kind, facing)
            rays = shadow_n if j == 0 else 1
            light[y, x, 1 + j] = _lamplit(lamp, t, stack, px + nx * w, py + ny * w, pz + nz * w, rays, sx, sy)
    if len(lights) > 0:
        w = 0.006 if kind >= SKIN else 0.0
        wrap = 0.2 if kind >= SKIN else 0.0
        picks = lamp_rays if kind >= SKIN else 1
        r, g, b = _practical(lights, t, stack, px + nx * w, py + ny * w, pz + nz * w, nx, ny, nz, wrap, picks, sx, sy)
        light[y, x, 3] = r
        light[y, x, 4] = g
        light[y, x, 5] = b
    r, g, b = _ambient(air, sun, t, stack, px, py, pz, nx, ny, nz, ambient_n, sx, sy)
    light[y, x, 3] += r
    light[y, x, 4] += g
    light[y, x, 5] += b
    if s.mirror[y, x] > 0.04:
        r, g, b = _reflection(
            kind, s.mirror[y, x], air, sun, lights, t, stack, out, length, oy, px, py, pz, dx, dy, dz, nx, ny, nz, sx, sy
        )  # fmt: skip
        light[y, x, 6] = r
        light[y, x, 7] = g
        light[y, x, 8] = b


@kernel
def _of_block(column: int, row: int, shape: tuple[int, int]) -> tuple[int, int]:
    """The pixel of a 2x2 block that is traced first: another corner from block to block, so that no edge is missed twice."""
    x = 2 * column + ((column + row) & 1)
    y = 2 * row + ((column + (row >> 1)) & 1)
    return min(shape[1] - 1, x), min(shape[0] - 1, y)


@kernel
def illuminate(first: int, last: int, view: View, sun: Sun, key: Lamp, rim: Lamp, lights: Array, air: Air, t: Triangles,
               s: Surface, light: Array, traced: Array, shadow_rays: int, ambient_rays: int, lamp_rays: int) -> None:  # fmt: skip
    """Light at one pixel of each 2x2 block, in the rows first..last of blocks: `light`, (h, w, 9) float32, and `traced`, (h, w)
    uint8, 1 where it was found. `lights`: (n, 7) position, colour, size of practicals."""
    stack = np.empty(192, np.int32)
    out = np.zeros(9)
    for row in range(first, last):
        for column in range((view.width + 1) // 2):
            x, y = _of_block(column, row, traced.shape)
            if s.triangle[y, x] >= 0:
                traced[y, x] = 1
                _light_at(
                    x, y, column, row + view.top // 2, view, sun, key, rim, lights, air, t, s, stack, out, light, shadow_rays,
                    ambient_rays, lamp_rays,
                )  # fmt: skip


_UNSURE = 0.3
"""A difference in what is seen of a lamp, by which pixels side by side lie at the edge of a shadow."""

_SOFT = 0.2
_SOFT_SUN = 0.05
"""Lamps of this radius, and suns of this spread, have no edge of shadow that is sharper than the pixels traced first."""


@kernel
def _is_clear(x: int, y: int, view: View, sun: Sun, key: Lamp, rim: Lamp, s: Surface, light: Array, traced: Array,
              seen: Array, shadows: bool) -> bool:  # fmt: skip
    """Whether the pixels traced around one tell what its light is: two at least of its own surface, and no edge of a hard shadow
    among them, two or more on either side. `seen`: (9, 3), the caller's."""
    height, width = traced.shape
    z = s.distance[y, x]
    nx, ny, nz = s.normal[y, x, 0], s.normal[y, x, 1], s.normal[y, x, 2]
    limit = 0.7 * tolerance(view, s, x, y) * z
    alike = 0
    n = 0
    for row in range(max(0, y - 2) >> 1, (min(height - 1, y + 2) >> 1) + 1):
        for column in range(max(0, x - 2) >> 1, (min(width - 1, x + 2) >> 1) + 1):
            xx, yy = _of_block(column, row, traced.shape)
            if traced[yy, xx] != 1:
                continue
            d = nx * s.normal[yy, xx, 0] + ny * s.normal[yy, xx, 1] + nz * s.normal[yy, xx, 2]
            if d < 0.9 or abs(s.distance[yy, xx] - z) > limit:
                continue
            if y - 2 <= yy < y + 2 and x - 2 <= xx < x + 2:
                alike += 1
            for k in range(3):
                seen[n, k] = light[yy, xx, k]
            n += 1
    if alike < 2 or not shadows:
        return alike >= 2
    for k in range(3):
        if (k == 0 and sun.spread >= _SOFT_SUN) or (k == 1 and key.radius >= _SOFT) or (k == 2 and rim.radius >= _SOFT):
            continue
        low, high = 9.0, -9.0
        for i in range(n):
            low, high = min(low, seen[i, k]), max(high, seen[i, k])
        if high - low <= _UNSURE:
            continue
        bright = 0
        for i in range(n):
            if seen[i, k] > 0.5 * (low + high):
                bright += 1
        if min(bright, n - bright) >= 2:
            return False
    return True


@kernel
def refine(first: int, last: int, view: View, sun: Sun, key: Lamp, rim: Lamp, lights: Array, air: Air, t: Triangles,
           s: Surface, light: Array, traced: Array, shadow_rays: int, ambient_rays: int, lamp_rays: int,
           shadows: bool) -> None:  # fmt: skip
    """Light at the other pixels of the rows first..last, where those around do not tell it: `traced` becomes 2 there. `shadows`: the
    edges of hard shadows are among them."""
    stack = np.empty(192, np.int32)
    out = np.zeros(9)
    seen = np.empty((9, 3))
    for y in range(first, last):
        for x in range(view.width):
            if (
                traced[y, x] == 0
                and s.triangle[y, x] >= 0
                and not _is_clear(x, y, view, sun, key, rim, s, light, traced, seen, shadows)
            ):
                traced[y, x] = 2
                _light_at(
                    x, y, x, y + view.top, view, sun, key, rim, lights, air, t, s, stack, out, light, shadow_rays, ambient_rays,
                    lamp_rays,
                )  # fmt: skip
