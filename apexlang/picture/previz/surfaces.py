"""Paint of the set: colour, glow and wetness of each kind of material at a point, in the set's own metres."""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from typing import Any

from apexlang.jit import kernel
from apexlang.picture.previz.noise import fractal, hash3
from apexlang.picture.previz.scene import Air

Array = Any

PLAIN, FACADE, ASPHALT, PLANKS, MASONRY, WATER, SAND, PLAIN_CLEAN, TILES, WALLPAPER = range(10)
UNDERGROWTH, CONCRETE, SIGN, ROCK, SHOP, BARK, LEAF, CANVAS, GRASS, PATTERN = range(10, 20)
"""Kinds of material. Extra columns: FACADE 10 its number, 11 height where its windows begin; SIGN 10 its number, 11 half width,
12 half height, 13-14 centre (along, y); SHOP 10 its number, 11 centre along, 12 half width; CANVAS 10-12 second colour;
PATTERN 10 which of those below."""

PANELS, STAINED, STARS, SCREEN, SHINGLES = 1.0, 2.0, 3.0, 4.0, 5.0
"""Patterns: panels of wood, glass in lead, a starry sky beyond a window, a screen with lines of light, shingles of a roof."""


@kernel
def _glyph(u: float, v: float, number: float, wide: float, high: float) -> float:
    """1 on the strokes of made-up letters in a column down a sign; u, v from its centre in metres."""
    cell = wide * 1.25
    row = math.floor((v + high * 0.9) / cell)
    if row < 0 or (row + 1) * cell > high * 1.9:
        return 0.0
    x = (u / (wide * 0.62) + 1) * 2.5
    y = ((v + high * 0.9) / cell - row) * 6 - 0.5
    if x < 0 or x >= 5 or y < 0 or y >= 5:
        return 0.0
    i = math.floor(x)
    j = math.floor(y)
    stroke = (
        hash3(row * 7 + number, 1.0 + i // 2, 3.0) < 0.62 if i % 2 == 0 else hash3(row * 7 + number, j // 2, 5.0) < 0.6
    )
    if i % 2 == 1 and j % 2 == 1:
        stroke = False
    return 1.0 if stroke else 0.0


@kernel
def _pattern(which: float, along: float, y: float, scale: float) -> tuple[float, float, float, float]:
    """How much of the albedo is left, and the colour that its glow is multiplied by."""
    w, er, eg, eb = 1.0, 1.0, 1.0, 1.0
    if which == PANELS:
        a = along / scale - math.floor(along / scale)
        row = y / (scale * 1.9)
        c = row - math.floor(row)
        edge = min(min(a, 1 - a) * scale, min(c, 1 - c) * scale * 1.9)
        if edge < 0.02:
            w = 0.55
        elif edge < 0.06:
            w = 1.12
        elif edge < 0.075:
            w = 0.62
        w *= 0.9 + 0.25 * fractal(along * 16, y * 1.4, math.floor(along / scale), 2)
    elif which == STAINED:
        i, j = math.floor(along / scale), math.floor(y / scale)
        a, c = along / scale - i, y / scale - j
        if int(i + j) % 2 == 0:
            a = 1 - a
        half = 1.0 if a + c > 1 else 0.0
        if min(min(a, c), min(1 - a, 1 - c)) < 0.05 or abs(a + c - 1) < 0.05:
            return 0.3, 0.0, 0.0, 0.0
        tone = hash3(i * 2 + half, j, 17)
        er, eg, eb = 0.95, 0.12, 0.08
        if tone > 0.3:
            er, eg, eb = 0.10, 0.28, 0.95
        if tone > 0.55:
            er, eg, eb = 1.0, 0.72, 0.16
        if tone > 0.75:
            er, eg, eb = 0.12, 0.62, 0.25
        if tone > 0.88:
            er, eg, eb = 0.9, 0.86, 0.75
        q = 0.6 + 0.6 * hash3(i * 2 + half, j, 23)
        return 0.5, er * q, eg * q, eb * q
    elif which == STARS:
        u, v = along * 7, y * 7
        i, j = math.floor(u), math.floor(v)
        q = hash3(i, j, 31)
        glow = 0.10 * max(0.0, fractal(along * 0.5, y * 0.5, 3.0, 4) - 0.42)
        er, eg, eb = glow * 0.5, glow * 0.6, glow
        if q > 0.86:
            a = u - i - 0.2 - 0.6 * hash3(i, j, 33)
            c = v - j - 0.2 - 0.6 * hash3(i, j, 35)
            star = max(0.0, 1 - (a * a + c * c) * 260) * (0.3 + 8 * (q - 0.86))
            er += star
            eg += star
            eb += star * 1.1
    elif which == SCREEN:
        row = math.floor(y / scale)
        c = y / scale - row
        long = 0.15 + 0.8 * hash3(row, 7, 41)
        block = math.floor(along / (scale * 0.9))
        on = (
            c > 0.35 and along / scale * 0.09 - math.floor(along / scale * 0.09) < long and hash3(block, row, 43) > 0.25
        )
        q = 1.0 if on else 0.06
        return 1.0, q, q, q
    else:
        row = math.floor(y / (scale * 0.6))
        a = along / scale + 0.5 * (row % 2)
        fa, c = a - math.floor(a), y / (scale * 0.6) - row
        w = 0.75 + 0.4 * hash3(math.floor(a), row, 5)
        if fa < 0.06 or c < 0.14:
            w *= 0.5
    return w, er, eg, eb


@kernel
def paint(x: float, y: float, z: float, nx: float, ny: float, nz: float, m: Array, air: Air, out: Array) -> None:
    """out: albedo 0-2, emission 3-5, mirror 6, sheen 7. `m`: a row of materials."""
    kind = int(m[6])
    r, g, b = m[0], m[1], m[2]
    er, eg, eb = m[3], m[4], m[5]
    scale = m[9]
    mirror = 0.0
    along = x if abs(nz) > abs(nx) else z
    if kind not in (WATER, PLAIN_CLEAN, SIGN):
        w = 1 + 0.32 * (fractal(x * 1.3, y * 1.3, z * 1.3, 3) - 0.44)
        r *= w
        g *= w
        b *= w
    if kind == FACADE:
        if abs(ny) < 0.5 and y > m[11]:
            a = along / scale
            c = (y - m[11]) / (scale * 1.25)
            column = math.floor(a)
            storey = math.floor(c)
            fa = a - column
            fc = c - storey
            if 0.22 < fa < 0.78 and 0.2 < fc < 0.8:
                side = m[10] * 13 + (1 if nx > 0 else 0) + (2 if nz > 0 else 0)
                r = 0.05
                g = 0.06
                b = 0.08
                mirror = 0.35
                if hash3(column, storey, side) < air.lit_windows:
                    w = 0.3 + 0.9 * hash3(column, storey * 5 + 1, side)
                    cool = hash3(column, storey, side + 7) > 0.8
                    blind = 0.2 + 0.6 * hash3(column, storey, side + 3)
                    glow = w * (0.62 + 0.38 * (fc - 0.2) / 0.6) * 1.5
                    if fc > 0.8 - blind * 0.35:
                        glow *= 0.55
                    er = 1.0 * glow if not cool else 0.62 * glow
                    eg = 0.62 * glow if not cool else 0.82 * glow
                    eb = 0.28 * glow if not cool else 1.0 * glow
                if abs(fa - 0.5) < 0.02 or abs(fc - 0.5) < 0.015:
                    r = 0.12
                    g = 0.12
                    b = 0.12
                    er *= 0.2
                    eg *= 0.2
                    eb *= 0.2
            elif 0.17 < fa < 0.83 and 0.13 < fc < 0.86:
                r *= 1.18
                g *= 1.18
                b *= 1.18
            else:
                row = math.floor(y * 9)
                brick = along * 4.2 + 0.5 * (row % 2)
                w = 0.86 + 0.26 * hash3(math.floor(brick), row, 3)
                r *= w
                g *= w
                b *= w
                if fc < 0.05:
                    r *= 0.7
                    g *= 0.7
                    b *= 0.7
    elif kind == ASPHALT:
        w = 0.7 + 0.6 * fractal(x * 9, 0.0, z * 9, 3)
        pool = fractal(x * 0.55 + 5, 1.0, z * 0.4, 4)
        mirror = air.wet * (0.16 + 0.84 * min(1.0, max(0.0, (pool - 0.38) * 5)))
        w *= 1 - 0.45 * mirror
        r *= w
        g *= w
        b *= w
        dash = z - math.floor(z / 6) * 6
        if abs(x) < 0.07 and dash < 3 and fractal(x * 6, 2.0, z * 6, 2) > 0.2:
            r = 0.42
            g = 0.38
            b = 0.29
    elif kind == PLANKS:
        a = x / scale
        i = math.floor(a)
        c = (z + hash3(i, 3, 1) * 4) / 2.6
        j = math.floor(c)
        w = (0.72 + 0.5 * hash3(i, j, 9)) * (0.86 + 0.3 * fractal(x * 14, 1.0, z * 1.1 + i * 7, 3))
        if a - i < 0.025 or c - j < 0.006:
            w *= 0.35
        r *= w
        g *= w
        b *= w
        mirror = 0.10 + air.wet * 0.3
    elif kind == MASONRY:
        row = math.floor(y / (scale * 0.5))
        if abs(ny) > 0.5:
            row = math.floor(z / scale)
            along = x
        a = along / scale + 0.5 * (row % 2)
        fa = a - math.floor(a)
        fy = y / (scale * 0.5) - row if abs(ny) < 0.5 else z / scale - row
        w = 0.82 + 0.36 * hash3(math.floor(a), row, 5)
        if fa < 0.04 or fy < 0.06:
            w *= 0.62
        r *= w
        g *= w
        b *= w
        if ny > 0.5:
            mirror = air.wet * 0.35
    elif kind == WATER:
        mirror = 1.0
    elif kind == SAND:
        ripple = math.floor(z * 2.6 + fractal(x * 0.8, 0.0, z * 0.8, 3) * 2.3)
        f = z * 2.6 + fractal(x * 0.8, 0.0, z * 0.8, 3) * 2.3 - ripple
        w = 0.90 + 0.16 * abs(2 * f - 1) + 0.25 * (fractal(x * 5, 0.0, z * 5, 3) - 0.44)
        r *= w
        g *= w
        b *= w
        mirror = air.wet * 0.15
    elif kind == TILES:
        a = math.floor(x / scale)
        c = math.floor(z / scale)
        fa = x / scale - a
        fc = z / scale - c
        w = 1.0 if int(a + c) % 2 == 0 else 0.52
        if fa < 0.015 or fc < 0.015:
            w *= 0.6
        r *= w
        g *= w
        b *= w
        mirror = 0.22
    elif kind == WALLPAPER:
        f = along / scale - math.floor(along / scale)
        w = 1.03 if f < 0.5 else 0.95
        if y < 1.0:
            w *= 0.62
        if y < 0.14 or abs(y - 1.0) < 0.03:
            w *= 0.7
        r *= w
        g *= w
        b *= w
    elif kind == UNDERGROWTH:
        w = 0.45 + 1.15 * fractal(x * 2.2, 0.0, z * 2.2, 4)
        moss = fractal(x * 0.5, 3.0, z * 0.5, 3)
        needle = 0.8 + 0.4 * fractal(x * 19, 5.0, z * 13, 2)
        r *= w * (0.7 + 0.7 * moss) * needle
        g *= w * needle
        b *= w * 0.9 * needle
        mirror = air.wet * 0.06
    elif kind == CONCRETE:
        w = 0.8 + 0.45 * fractal(x * 1.2, 0.0, z * 1.2, 4)
        fx = x / 3 - math.floor(x / 3)
        fz = z / 3 - math.floor(z / 3)
        if fx < 0.006 or fz < 0.006:
            w *= 0.5
        r *= w
        g *= w
        b *= w
        mirror = 0.14 + air.wet * 0.25 * min(1.0, max(0.0, (fractal(x * 0.5, 2.0, z * 0.5, 3) - 0.35) * 6))
    elif kind == SIGN:
        u = along - m[13]
        v = y - m[14]
        edge = min(m[11] - abs(u), m[12] - abs(v))
        tube = 1.0 if 0.04 < edge < 0.085 else 0.0
        letter = _glyph(u, v, m[10], m[11], m[12])
        w = 0.10 + 0.9 * max(tube, letter)
        if letter > 0:
            er = er * 0.6 + 0.5 * max(er, max(eg, eb))
            eg = eg * 0.6 + 0.4 * max(er, max(eg, eb))
            eb = eb * 0.6 + 0.4 * max(er, max(eg, eb))
        er *= w
        eg *= w
        eb *= w
    elif kind == SHOP:
        u = (along - m[11]) / m[12]
        v = (y - 0.5) / 2.5
        w = 0.45 + 0.75 * v
        pane = abs(u * 1.5 - math.floor(u * 1.5 + 0.5))
        shelf = v * 3.2 - math.floor(v * 3.2)
        item = math.floor(u * 7 + 40)
        tall = 0.25 + 0.5 * hash3(item, math.floor(v * 3.2), m[10])
        if v < 0.62 and shelf < tall and abs(u * 7 + 40 - item - 0.5) < 0.36:
            w *= 0.18 + 0.5 * hash3(item, math.floor(v * 3.2), m[10] + 4)
        if shelf < 0.05 and v < 0.62:
            w *= 0.4
        if pane < 0.018 or abs(u) > 0.96 or v < 0.03:
            w *= 0.06
        r = 0.04
        g = 0.045
        b = 0.05
        er *= w
        eg *= w
        eb *= w
        mirror = 0.2
    elif kind == ROCK:
        w = 0.75 + 0.5 * fractal(x * 0.03, y * 0.12, z * 0.03, 4)
        r *= w
        g *= w
        b *= w
        if air.snow > 0 and ny + 0.35 * fractal(x * 0.05, y * 0.05, z * 0.05, 3) > 0.82 and y > air.snow:
            r = 0.85
            g = 0.88
            b = 0.95
    elif kind == BARK:
        w = 0.5 + 1.0 * fractal(x * 11 + z * 5, y * 1.6, z * 11, 3)
        r *= w
        g *= w
        b *= w
        moss = fractal(x * 2, y * 0.8, z * 2 + 9, 3) * max(0.0, 1.6 - y) / 1.6
        g *= 1 + moss * 0.9
    elif kind == LEAF:
        w = 0.72 + 0.6 * fractal(x * 3.1, y * 3.1, z * 3.1, 2)
        r *= w
        g *= w
        b *= w
    elif kind == CANVAS:
        # a small abstract landscape, for a frame on a wall
        hill = 0.5 + 0.25 * (fractal(along * 2.2, m[13], 1.0, 3) - 0.44) * 4
        v = (y - m[14]) / m[15] * 0.5 + 0.5
        if v < hill:
            r = m[10] * (0.7 + 0.5 * v)
            g = m[11] * (0.7 + 0.5 * v)
            b = m[12] * (0.7 + 0.5 * v)
        w = 0.85 + 0.35 * fractal(along * 30, y * 30, 3.0, 2)
        r *= w
        g *= w
        b *= w
    elif kind == PATTERN:
        w, qr, qg, qb = _pattern(m[10], along, y, scale)
        r *= w
        g *= w
        b *= w
        er *= qr
        eg *= qg
        eb *= qb
    elif kind == GRASS:
        w = 0.55 + 0.9 * fractal(x * 3.5, 0.0, z * 3.5, 4)
        dry = fractal(x * 0.12, 4.0, z * 0.12, 3)
        r *= w * (0.6 + 0.9 * dry)
        g *= w
        b *= w * (1.2 - 0.6 * dry)
    out[0] = r
    out[1] = g
    out[2] = b
    out[3] = er
    out[4] = eg
    out[5] = eb
    out[6] = mirror
    out[7] = 1.0
