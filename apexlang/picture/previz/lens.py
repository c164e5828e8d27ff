"""Depth of field of a thin lens, as a function of a finished-sharp picture and its depth, so that it can follow a camera move.

What lies behind the focus is gathered from its own kind only (a sharp figure never bleeds into it), what is sharp stays, what lies
before the focus spreads over both, and shows at its soft edge what is behind it. Discs of every size are laid by a pyramid: a disc is
gathered, every pixel of it, at the size of picture where it is two to eight pixels in radius, so that time is bounded and there
is no sampling pattern.
"""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from typing import Any

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz.arith import log
from apexlang.picture.previz.bands import Bands
from apexlang.picture.previz.model import Array

_BASE = 4.0
"""Radius in pixels that the finest level is made for; each level after it, for twice the radius."""

_LEVELS = 7
_BRIGHTEST = 24.0
_TILE = 8

_Any = Any


def circle_of_confusion(
    depth: Array, focus: float, lens_mm: float, f_number: float, width: int, sensor_mm: float = 36.0
) -> Array:
    """(h, w) float32 radius in pixels, negative before the focus: f^2 / N / (s - f) * (z - s) / z, on the sensor's width."""
    f = lens_mm / 1000
    s = max(focus, f * 1.2 + 0.02)
    scale = f * f / max(f_number, 0.5) / (s - f) / (sensor_mm / 1000) * width * 0.5
    z = np.maximum(depth.astype(np.float64), 0.02)
    with np.errstate(divide="ignore", invalid="ignore"):
        radius = np.where(np.isinf(z), scale, scale * (1 - s / z))
    return np.asarray(radius, np.float32)


def defocus(picture: Array, depth: Array, focus: float, lens_mm: float, f_number: float, bands: Bands,
            sensor_mm: float = 36.0) -> Array:  # fmt: skip
    """`picture`: (h, w, 3) float32 linear; `depth`, `focus`: metres along the axis. A new picture of the same shape."""
    h, w = depth.shape
    # no disc is larger than a quarter of the picture: beyond it nothing can be told apart
    largest = 0.25 * min(w, h)
    radius = np.clip(circle_of_confusion(depth, focus, lens_mm, f_number, w, sensor_mm), -largest, largest)
    furthest, nearest = float(radius.max(initial=0.0)), float(-radius.min(initial=0.0))
    if max(furthest, nearest) < 0.5:
        return picture
    light = np.minimum(picture, _BRIGHTEST).astype(np.float32)
    out = light.copy()
    if furthest >= 0.5:
        _lay_far(light, radius, furthest, bands, out)
    if nearest >= 0.5:
        _lay_near(light, radius, nearest, bands, out)
    return out


def _count(largest: float) -> int:
    """How many levels discs up to `largest` pixels in radius need."""
    return min(_LEVELS, max(1, math.ceil(math.log2(max(1.0, largest / _BASE))) + 1))


def _lay_far(light: Array, radius: Array, furthest: float, bands: Bands, out: Array) -> None:
    h = len(radius)
    count = _count(furthest)
    colour, share, size = light, (radius > 0.25).astype(np.float32), np.maximum(radius, 0).astype(np.float32)
    for level in range(count):
        if level:
            colour, share, size = _smaller(colour, share, size, bands, level)
        hh, ww = share.shape
        blurred = np.zeros((hh, ww, 4), np.float32)
        bands.run(hh, lambda a, b, c=colour, s=share, r=size, o=blurred, n=level: _gather_far(a, b, c, s, r, n, o))  # type: ignore[misc]
        bands.run(h, lambda a, b, o=blurred, n=level: _add_far(a, b, radius, o, n, count, light, out))  # type: ignore[misc]


def _lay_near(light: Array, radius: Array, nearest: float, bands: Bands, out: Array) -> None:
    h, w = radius.shape
    count = _count(nearest)
    total = np.zeros((h, w, 4), np.float32)
    for level in range(count):
        step = 1 << level
        hh, ww = -(-h // step), -(-w // step)
        colour, size = np.zeros((hh, ww, 4), np.float32), np.zeros((hh, ww), np.float32)
        bands.run(hh, lambda a, b, c=colour, s=size, n=level: _near_of_level(a, b, light, radius, n, count, c, s))  # type: ignore[misc]
        tiles = _near_tiles(colour[..., 3], size)
        spread = np.zeros((hh, ww, 4), np.float32)
        bands.run(hh, lambda a, b, c=colour, s=size, t=tiles, o=spread: _spread_near(a, b, c, s, t, o))  # type: ignore[misc]
        bands.run(h, lambda a, b, o=spread, n=step: _add_near(a, b, o, n, total))  # type: ignore[misc]
    behind = _behind(out, radius)
    bands.run(h, lambda a, b: _over(a, b, total, behind, radius, out))


def _near_tiles(alpha: Array, size: Array) -> Array:
    """Which tiles a disc can reach: the near ones and their neighbours."""
    hh, ww = alpha.shape
    ph, pw = -(-hh // _TILE) * _TILE, -(-ww // _TILE) * _TILE
    full = np.zeros((ph, pw), np.bool_)
    full[:hh, :ww] = alpha > 0
    t = full.reshape(ph // _TILE, _TILE, pw // _TILE, _TILE).any(axis=(1, 3))
    reach = max(1, math.ceil((float(size.max(initial=0.0)) + 1) / _TILE))
    wide = np.pad(t, reach)
    out = np.zeros_like(t)
    for j in range(2 * reach + 1):
        for i in range(2 * reach + 1):
            out |= wide[j : j + t.shape[0], i : i + t.shape[1]]
    return out


def _behind(out: Array, radius: Array) -> Array:
    """What lies behind the near things, guessed from around them: known pixels averaged to ever smaller pictures, holes filled
    from the next smaller one (pull and push)."""
    known = (radius > -0.5).astype(np.float32)
    if known.all():
        return out
    levels = [(out * known[..., None], known)]
    while min(levels[-1][1].shape) > 2 and len(levels) < 10:
        c, k = levels[-1]
        h, w = k.shape
        c = np.pad(c, ((0, h % 2), (0, w % 2), (0, 0)))
        k = np.pad(k, ((0, h % 2), (0, w % 2)))
        levels.append((
            (c[0::2, 0::2] + c[0::2, 1::2]) + (c[1::2, 0::2] + c[1::2, 1::2]),
            (k[0::2, 0::2] + k[0::2, 1::2]) + (k[1::2, 0::2] + k[1::2, 1::2]),
        ))  # fmt: skip
    c, k = levels[-1]
    filled = c / np.maximum(k, 1e-6)[..., None]
    for c, k in reversed(levels[:-1]):
        h, w = k.shape
        up = np.repeat(np.repeat(filled, 2, axis=0), 2, axis=1)[:h, :w]
        filled = np.where((k > 0)[..., None], c / np.maximum(k, 1e-6)[..., None], up)
    return np.ascontiguousarray(filled, np.float32)


def _smaller(colour: Array, share: Array, size: Array, bands: Bands, level: int) -> tuple[Array, Array, Array]:
    """Half size of what is far: pixels too sharp for this level are left out."""
    h, w = share.shape
    hh, ww = (h + 1) // 2, (w + 1) // 2
    c, s, r = np.zeros((hh, ww, 3), np.float32), np.zeros((hh, ww), np.float32), np.zeros((hh, ww), np.float32)
    bands.run(hh, lambda a, b: _halve(a, b, colour, share, size, 0.30 * _BASE * 2.0 ** (level - 1), c, s, r))
    return c, s, r


@kernel
def _halve(
    first: int, last: int, colour: _Any, share: _Any, size: _Any, least: float, c: _Any, s: _Any, r: _Any
) -> None:
    h, w = share.shape
    for y in range(first, last):
        for x in range(c.shape[1]):
            total = 0.0
            a0 = 0.0
            a1 = 0.0
            a2 = 0.0
            q = 0.0
            for j in range(2):
                for i in range(2):
                    yy = 2 * y + j
                    xx = 2 * x + i
                    if yy < h and xx < w and size[yy, xx] >= least:
                        k = share[yy, xx]
                        total += k
                        a0 += k * colour[yy, xx, 0]
                        a1 += k * colour[yy, xx, 1]
                        a2 += k * colour[yy, xx, 2]
                        q += k * size[yy, xx]
            if total > 0:
                c[y, x, 0] = a0 / total
                c[y, x, 1] = a1 / total
                c[y, x, 2] = a2 / total
                r[y, x] = q / total
                s[y, x] = 0.25 * total


@kernel
def _level_of(radius: float, count: int) -> float:
    """The level, with a fraction, at which a disc of so many pixels is laid."""
    if radius <= _BASE:
        return 0.0
    return min(count - 1.0, log(radius / _BASE) * 1.4426950408889634)


@kernel
def _gather_far(first: int, last: int, colour: _Any, share: _Any, size: _Any, level: int, out: _Any) -> None:
    """`out`: colour and 1 where this level serves; a pixel takes from those within its own disc that are as blurred themselves."""
    height, width = share.shape
    scale = 1.0 / (1 << level)
    for y in range(first, last):
        for x in range(width):
            own = size[y, x] * scale
            if (
                share[y, x] <= 0
                or own < (0.25 if level == 0 else 0.48 * _BASE)
                or (own > 2.1 * _BASE and level < _LEVELS - 1)
            ):
                continue
            reach = int(own + 1.0)
            r = 0.0
            g = 0.0
            b = 0.0
            total = 0.0
            for yy in range(max(0, y - reach), min(height, y + reach + 1)):
                for xx in range(max(0, x - reach), min(width, x + reach + 1)):
                    k = share[yy, xx]
                    if k <= 0:
                        continue
                    j = yy - y
                    i = xx - x
                    q = min(own, size[yy, xx] * scale)
                    d2 = i * i + j * j
                    if d2 >= (q + 0.5) * (q + 0.5):
                        continue
                    w = k * min(1.0, q - math.sqrt(d2) + 0.5) / max(0.30, q * q)
                    r += w * colour[yy, xx, 0]
                    g += w * colour[yy, xx, 1]
                    b += w * colour[yy, xx, 2]
                    total += w
            if total > 0:
                out[y, x, 0] = r / total
                out[y, x, 1] = g / total
                out[y, x, 2] = b / total
                out[y, x, 3] = 1.0


@kernel
def _add_far(
    first: int, last: int, radius: _Any, blurred: _Any, level: int, count: int, light: _Any, out: _Any
) -> None:
    """Adds a level's share of what is behind, read between its pixels; `out` begins as the sharp picture."""
    width = radius.shape[1]
    h, w = blurred.shape[:2]
    step = 1 << level
    for y in range(first, last):
        for x in range(width):
            own = radius[y, x]
            if own <= 0.25:
                continue
            part = 1 - abs(_level_of(own, count) - level)
            if part <= 0:
                continue
            # a disc of less than a pixel is the pixel itself
            part *= min(1.0, max(0.0, (own - 0.25) / 0.75))
            cx = (x + 0.5) / step - 0.5
            cy = (y + 0.5) / step - 0.5
            ix = int(math.floor(cx))
            iy = int(math.floor(cy))
            fx = cx - ix
            fy = cy - iy
            r = 0.0
            g = 0.0
            b = 0.0
            total = 0.0
            for j in range(2):
                for i in range(2):
                    xx = min(w - 1, max(0, ix + i))
                    yy = min(h - 1, max(0, iy + j))
                    q = (fx if i == 1 else 1 - fx) * (fy if j == 1 else 1 - fy) * blurred[yy, xx, 3]
                    r += q * blurred[yy, xx, 0]
                    g += q * blurred[yy, xx, 1]
                    b += q * blurred[yy, xx, 2]
                    total += q
            if total <= 1e-4:
                continue
            out[y, x, 0] += part * (r / total - light[y, x, 0])
            out[y, x, 1] += part * (g / total - light[y, x, 1])
            out[y, x, 2] += part * (b / total - light[y, x, 2])


@kernel
def _near_of_level(
    first: int, last: int, light: _Any, radius: _Any, level: int, count: int, colour: _Any, size: _Any
) -> None:
    """A level's share of what is near, at its size: premultiplied colour and coverage, and the mean radius there."""
    h, w = radius.shape
    step = 1 << level
    area = 1.0 / (step * step)
    for y in range(first, last):
        for x in range(colour.shape[1]):
            total = 0.0
            q = 0.0
            for yy in range(y * step, min(h, (y + 1) * step)):
                for xx in range(x * step, min(w, (x + 1) * step)):
                    own = -radius[yy, xx]
                    if own <= 0.5:
                        continue
                    k = 1 - abs(_level_of(own, count) - level)
                    if k <= 0:
                        continue
                    k *= area
                    colour[y, x, 0] += k * light[yy, xx, 0]
                    colour[y, x, 1] += k * light[yy, xx, 1]
                    colour[y, x, 2] += k * light[yy, xx, 2]
                    total += k
                    q += k * own
            if total > 0:
                colour[y, x, 3] = total
                size[y, x] = q / total / step


@kernel
def _spread_near(first: int, last: int, colour: _Any, size: _Any, tiles: _Any, out: _Any) -> None:
    """Every near pixel over its own disc, of the same light in all."""
    height, width = size.shape
    for y in range(first, last):
        for x in range(width):
            if not tiles[y // _TILE, x // _TILE]:
                continue
            reach = int(2.1 * _BASE) + 1
            r = 0.0
            g = 0.0
            b = 0.0
            a = 0.0
            for yy in range(max(0, y - reach), min(height, y + reach + 1)):
                for xx in range(max(0, x - reach), min(width, x + reach + 1)):
                    if colour[yy, xx, 3] <= 0:
                        continue
                    q = size[yy, xx]
                    d2 = (xx - x) * (xx - x) + (yy - y) * (yy - y)
                    if d2 >= (q + 0.5) * (q + 0.5):
                        continue
                    w = min(1.0, q - math.sqrt(d2) + 0.5) / (3.14159265 * (q * q + 0.0833))
                    r += w * colour[yy, xx, 0]
                    g += w * colour[yy, xx, 1]
                    b += w * colour[yy, xx, 2]
                    a += w * colour[yy, xx, 3]
            out[y, x, 0] = r
            out[y, x, 1] = g
            out[y, x, 2] = b
            out[y, x, 3] = a


@kernel
def _add_near(first: int, last: int, spread: _Any, step: int, total: _Any) -> None:
    width = total.shape[1]
    h, w = spread.shape[:2]
    for y in range(first, last):
        for x in range(width):
            cx = (x + 0.5) / step - 0.5
            cy = (y + 0.5) / step - 0.5
            ix = int(math.floor(cx))
            iy = int(math.floor(cy))
            fx = cx - ix
            fy = cy - iy
            for j in range(2):
                for i in range(2):
                    xx = min(w - 1, max(0, ix + i))
                    yy = min(h - 1, max(0, iy + j))
                    q = (fx if i == 1 else 1 - fx) * (fy if j == 1 else 1 - fy)
                    if spread[yy, xx, 3] > 0:
                        for k in range(4):
                            total[y, x, k] += q * spread[yy, xx, k]


@kernel
def _over(first: int, last: int, near: _Any, behind: _Any, radius: _Any, out: _Any) -> None:
    """Lays the near layer over what is sharp and far, and over what is guessed to be behind the near things themselves."""
    for y in range(first, last):
        for x in range(radius.shape[1]):
            a = near[y, x, 3]
            if a <= 1e-4 and radius[y, x] > -0.5:
                continue
            cover = min(1.0, a)
            share = cover / a if a > 1e-4 else 0.0
            # a near pixel that is hardly blurred is itself
            own = min(1.0, max(0.0, (-radius[y, x] - 0.5) / 1.0))
            for k in range(3):
                under = out[y, x, k] + own * (behind[y, x, k] - out[y, x, k])
                out[y, x, k] = under * (1 - cover) + near[y, x, k] * share
