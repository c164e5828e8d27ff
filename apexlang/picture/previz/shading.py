"""From light and paint to colour. Sets are plain; the puppets' skin, eyes, hair and cloth each answer light in their own way.

Skin wraps light round the terminator, red furthest (as blood does); hair is Kajiya and Kay's strand with a white and a tinted
band ("Rendering fur with three dimensional textures", 1989); cloth has fuzz at grazing angles; the catch light in an eye is
placed, as a gaffer would, toward the key.
"""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from typing import Any

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz.arith import power
from apexlang.picture.previz.primary import EYE, HAIR, SKIN
from apexlang.picture.previz.scene import Air, Lamp, Sun, Surface, Triangles, Triple, View
from apexlang.picture.previz.sky import haze, haze_colour, ray
from apexlang.picture.previz.surfaces import ASPHALT, LEAF, WATER

Array = Any

_CATCH = 1.8
"""Brightness of a catch light against white paper in the same light."""


@kernel
def _toward(lamp: Lamp, px: float, py: float, pz: float) -> tuple[float, float, float, float]:
    """Direction to a lamp and how much its light has fallen off."""
    x, y, z = lamp.position[0] - px, lamp.position[1] - py, lamp.position[2] - pz
    d2 = x * x + y * y + z * z
    k = 1 / math.sqrt(d2 + 1e-12)
    return x * k, y * k, z * k, 1 / (d2 + 0.2)


@kernel
def _strand_band(tx: float, ty: float, tz: float, nx: float, ny: float, nz: float, tilt: float, hx: float, hy: float,
                 hz: float) -> float:  # fmt: skip
    """1 - (T.H)^2 with the strand tilted along the normal: 1 where the highlight band runs."""
    wx, wy, wz = tx + nx * tilt, ty + ny * tilt, tz + nz * tilt
    c = (wx * hx + wy * hy + wz * hz) / math.sqrt(wx * wx + wy * wy + wz * wz + 1e-9)
    return max(0.0, 1 - c * c)


@kernel
def _light_figure(kind: int, is_rim: bool, m: Array, sheen: float, facing: float, vis: float, cr: float, cg: float, cb: float,
                  n: Triple, l: Triple, d: Triple, strand: Triple, colour: Triple, acc: Array) -> None:  # noqa: E741 # fmt: skip
    """Adds one light to a figure's pixel: acc 0-2 diffuse, 3-5 specular. `cr..cb`: the light, fallen off; `vis` 0..1."""
    nl = n[0] * l[0] + n[1] * l[1] + n[2] * l[2]
    hx, hy, hz = l[0] - d[0], l[1] - d[1], l[2] - d[2]
    k = 1 / math.sqrt(hx * hx + hy * hy + hz * hz + 1e-9)
    hx *= k
    hy *= k
    hz *= k
    nh = max(0.0, n[0] * hx + n[1] * hy + n[2] * hz)
    edge = 1 - facing
    if kind == SKIN:
        er = power(max(0.0, (nl + 0.33) / 1.33), 1.25) * power(vis, 0.82)
        eg = power(max(0.0, (nl + 0.20) / 1.20), 1.12) * vis
        eb = power(max(0.0, (nl + 0.14) / 1.14), 1.10) * vis
        acc[0] += cr * er
        acc[1] += cg * eg
        acc[2] += cb * eb
        q = power(max(0.0, nl), 0.7) * vis
        s = (0.077 * nh**9 + 0.16 * nh**38) * sheen * q * (1 + 2.0 * edge**4)
        if is_rim:
            s += 0.45 * edge**3 * q
    elif kind == HAIR:
        tl = strand[0] * l[0] + strand[1] * l[1] + strand[2] * l[2]
        e = (0.45 * math.sqrt(max(0.0, 1 - tl * tl)) + 0.55) * max(0.0, (nl + 0.22) / 1.22) * vis
        acc[0] += cr * e
        acc[1] += cg * e
        acc[2] += cb * e
        q = max(0.0, min(1.0, (nl + 0.15) * 2.5)) * vis
        white = _strand_band(strand[0], strand[1], strand[2], n[0], n[1], n[2], 0.10, hx, hy, hz)
        tinted = _strand_band(strand[0], strand[1], strand[2], n[0], n[1], n[2], -0.16, hx, hy, hz)
        s = 0.030 * sheen * white**70 * q
        s2 = 0.75 * sheen * tinted**14 * q
        if is_rim:
            s2 += power(edge, 2.5) * q
            s += 0.06 * edge**3 * q
        acc[3] += cr * s2 * colour[0]
        acc[4] += cg * s2 * colour[1]
        acc[5] += cb * s2 * colour[2]
    elif kind == EYE:
        e = max(0.0, (nl + 0.35) / 1.35) * max(vis, 0.3)
        acc[0] += cr * e
        acc[1] += cg * e
        acc[2] += cb * e
        s = 0.0
    else:
        e = max(0.0, (nl + 0.15) / 1.15) * vis
        acc[0] += cr * e
        acc[1] += cg * e
        acc[2] += cb * e
        q = max(0.0, min(1.0, nl * 2.0 + 0.1)) * vis
        s = power(nh, m[8]) * m[7] * (m[8] + 8) / 25 * q * sheen
        fuzz = m[15] * edge**3 * q * 1.6
        acc[3] += cr * fuzz * (colour[0] * 0.8 + 0.05)
        acc[4] += cg * fuzz * (colour[1] * 0.8 + 0.05)
        acc[5] += cb * fuzz * (colour[2] * 0.8 + 0.05)
        if is_rim:
            s += 0.30 * edge**3 * q
    acc[3] += cr * s
    acc[4] += cg * s
    acc[5] += cb * s


@kernel
def _light_set(kind: int, m: Array, vis: float, cr: float, cg: float, cb: float, n: Triple,
               l: Triple, d: Triple, acc: Array) -> None:  # noqa: E741 # fmt: skip
    wrap = 0.30 if kind == LEAF else 0.08
    e = max(0.0, (n[0] * l[0] + n[1] * l[1] + n[2] * l[2] + wrap) / (1 + wrap)) * vis
    hx, hy, hz = l[0] - d[0], l[1] - d[1], l[2] - d[2]
    k = 1 / math.sqrt(hx * hx + hy * hy + hz * hz + 1e-9)
    gloss = 20.0 if kind == ASPHALT else m[8]
    s = power(max(0.0, (n[0] * hx + n[1] * hy + n[2] * hz) * k), gloss) * m[7] * (gloss + 8) / 25 * e
    acc[0] += cr * e
    acc[1] += cg * e
    acc[2] += cb * e
    acc[3] += cr * s
    acc[4] += cg * s
    acc[5] += cb * s


@kernel
def _catch_light(key: Lamp, sun: Sun, n: Triple, d: Triple, px: float, py: float, pz: float) -> float:
    """Strength 0..1 of the highlight on an eye: a spot in the mirror direction of a place above, on the key's side."""
    if key.colour[0] + key.colour[1] + key.colour[2] > 0:
        kx, ky, kz = key.position[0] - px, key.position[1] - py, key.position[2] - pz
    else:
        kx, ky, kz = sun.toward
    k = kx * d[0] + ky * d[1] + kz * d[2]
    kx -= k * d[0]
    ky -= k * d[1]
    kz -= k * d[2]
    k = 0.60 / math.sqrt(kx * kx + ky * ky + kz * kz + 1e-9)
    ax, ay, az = -d[0] + kx * k, -d[1] + ky * k + 0.40, -d[2] + kz * k
    k = 1 / math.sqrt(ax * ax + ay * ay + az * az)
    q = 2 * (d[0] * n[0] + d[1] * n[1] + d[2] * n[2])
    c = ((d[0] - q * n[0]) * ax + (d[1] - q * n[1]) * ay + (d[2] - q * n[2]) * az) * k
    return min(1.0, max(0.0, (c - 0.971) / 0.008))


@kernel
def shade(first: int, last: int, view: View, sun: Sun, key: Lamp, rim: Lamp, air: Air, t: Triangles, s: Surface, light: Array,
          out: Array) -> None:  # fmt: skip
    """Fills the rows first..last of `out`, (h, w, 3) float32: scene light at the camera, haze included."""
    acc = np.zeros(6)
    for y in range(first, last):
        for x in range(view.width):
            if s.triangle[y, x] < 0:
                for j in range(3):
                    out[y, x, j] = s.emission[y, x, j]
                continue
            dx, dy, dz, _ = ray(view, x + 0.5, y + 0.5)
            d = (dx, dy, dz)
            length = s.distance[y, x]
            px, py, pz = view.position[0] + dx * length, view.position[1] + dy * length, view.position[2] + dz * length
            m = t.materials[t.material[s.triangle[y, x]]]
            kind = s.kind[y, x]
            smooth_n = (np.float64(s.normal[y, x, 0]), np.float64(s.normal[y, x, 1]), np.float64(s.normal[y, x, 2]))
            n = smooth_n
            if kind >= SKIN:
                n = (np.float64(s.relief[y, x, 0]), np.float64(s.relief[y, x, 1]), np.float64(s.relief[y, x, 2]))
            facing = max(0.0, -(n[0] * dx + n[1] * dy + n[2] * dz))
            colour = (np.float64(s.albedo[y, x, 0]), np.float64(s.albedo[y, x, 1]), np.float64(s.albedo[y, x, 2]))
            strand = (np.float64(s.strand[y, x, 0]), np.float64(s.strand[y, x, 1]), np.float64(s.strand[y, x, 2]))
            for j in range(3):
                acc[j] = light[y, x, 3 + j]
                acc[3 + j] = 0.0
            if kind == EYE:
                acc[0] *= 1.25
                acc[1] *= 1.25
                acc[2] *= 1.25
            elif kind == SKIN:
                acc[0] *= 1.06
                acc[2] *= 0.97
            for j in range(3):
                if j == 0:
                    lx, ly, lz = sun.toward
                    fall = 1.0
                    cr, cg, cb = sun.colour
                else:
                    lamp = key if j == 1 else rim
                    lx, ly, lz, fall = _toward(lamp, px, py, pz)
                    cr, cg, cb = lamp.colour
                vis = np.float64(light[y, x, j])
                if vis <= 0 and kind != EYE:
                    continue
                towards = (lx, ly, lz)
                if kind >= SKIN:
                    _light_figure(
                        kind, j == 2, m, s.sheen[y, x], facing, vis, cr * fall, cg * fall, cb * fall, n, towards, d, strand,
                        colour, acc,
                    )  # fmt: skip
                else:
                    _light_set(kind, m, vis, cr * fall, cg * fall, cb * fall, n, towards, d, acc)
            if kind == EYE:
                # as bright as the light on the eye itself, so that it is clean and the iris keeps its colour in any light
                q = _CATCH * _catch_light(key, sun, smooth_n, d, px, py, pz)
                mean = (acc[0] + acc[1] + acc[2]) / 3
                for j in range(3):
                    acc[3 + j] += q * (0.5 * mean + 0.5 * acc[j])
            r = colour[0] * acc[0] + acc[3] + s.emission[y, x, 0]
            g = colour[1] * acc[1] + acc[4] + s.emission[y, x, 1]
            b = colour[2] * acc[2] + acc[5] + s.emission[y, x, 2]
            mirror = s.mirror[y, x]
            if mirror > 0.04:
                k = (
                    0.03 + 0.97 * (1 - facing) ** 4
                    if kind == WATER
                    else min(1.0, mirror * (0.12 + 0.88 * (1 - facing) ** 3))
                )
                r += (light[y, x, 6] - r) * k
                g += (light[y, x, 7] - g) * k
                b += (light[y, x, 8] - b) * k
            f = haze(air, length, view.position[1], dy)
            hr, hg, hb = haze_colour(air, sun, dx, dy, dz)
            out[y, x, 0] = r + (hr - r) * f
            out[y, x, 1] = g + (hg - g) * f
            out[y, x, 2] = b + (hb - b) * f
