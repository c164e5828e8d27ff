"""Depth of field of a thin lens, as a function of a finished-sharp picture and its depth, so that it can follow a camera move.

Every pixel is spread to the disc that the lens makes of it. Pixels are sorted by the radius of that disc into bins some 12 % apart
(each shared between the two bins around it, so that nothing steps); a bin is blurred with one round kernel, at a size at which that
kernel is a few pixels wide: any lens costs about the same, and every pixel of a disc is read, so that there is no sampling pattern.
What lies behind the focus is laid from far to near, each bin over those beyond; what is sharp lies over that and bleeds into
nothing; what lies before the focus spreads over both, and what it hides is filled in from around it.
"""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz.bands import Bands
from apexlang.picture.previz.camera import held_lens
from apexlang.picture.previz.model import Array

_LARGEST = 0.25
"""Radius of the largest disc, in picture widths (of 16:9): twice that of a 135 mm lens at f/1.4 that frames an eye."""

_SHARP = 0.35
"""Radius in pixels up to which a pixel is left as it is."""

_BRIGHTEST = 40.0
"""Scene light above which a lamp's disc would only grow whiter."""

_RIM = 0.25
"""How much brighter a disc is at its rim: an over-corrected lens, as most fast ones are."""

_STEPS = ((7.0, 1), (24.0, 2), (72.0, 4), (200.0, 8), (math.inf, 16))
"""Up to which radius a bin is blurred at which part of the picture's size."""

_Any = Any


def circle_of_confusion(
    depth: Array, focus: float, lens_mm: float, f_number: float, width: int, sensor_mm: float = 36.0
) -> Array:
    """(h, w) float32 radius in pixels, negative before the focus: f^2 / N / (s - f) * (z - s) / z, on the sensor's width."""
    f = held_lens(lens_mm) / 1000
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
    largest = _LARGEST * math.sqrt(w * h * 16 / 9)
    radius = np.clip(circle_of_confusion(depth, focus, lens_mm, f_number, w, sensor_mm), -largest, largest)
    widest = float(np.abs(radius).max(initial=0.0))
    if widest < 0.75:
        return picture
    light = np.minimum(picture, _BRIGHTEST).astype(np.float32)
    radii = _bins(widest)
    place = np.empty((h, w), np.float32)
    edges = np.array(radii)
    bands.run(h, lambda a, b: _sort(a, b, radius, edges, place))
    last = [math.floor(float((side * place).max(initial=0.0))) + 1 for side in (1, -1)]
    far: Array | None = None
    near: Array | None = None
    for step in (16, 8, 4, 2, 1):
        shape = (-(-h // step), -(-w // step), 4)
        far, near = _enlarged(far, shape, bands), _enlarged(near, shape, bands)
        for n in range(len(radii) - 1, 0, -1):
            if _step(radii[n]) != step:
                continue
            kern = _disc(radii[n] / step)
            if n <= last[0]:
                far = np.zeros(shape, np.float32) if far is None else far
                _lay(n, light, place, step, kern, far, bands, True)
            if n <= last[1]:
                near = np.zeros(shape, np.float32) if near is None else near
                _lay(-n, light, place, step, kern, near, bands, False)
    out = np.empty_like(light)
    far = np.zeros((h, w, 4), np.float32) if far is None else far
    bands.run(h, lambda a, b: _lay_sharp(a, b, light, place, far))
    if near is None:
        bands.run(h, lambda a, b: _finish(a, b, far, far, far, False, out))
        return out
    hidden = _filled(far, bands)
    bands.run(h, lambda a, b: _finish(a, b, far, hidden, near, True, out))
    return out


def _bins(widest: float) -> list[float]:
    """Radii of the bins: 0, 1, then half a pixel or 12 % more each, to one beyond `widest`."""
    radii = [0.0, 1.0]
    while radii[-1] < widest:
        radii.append(radii[-1] + max(0.5, 0.12 * radii[-1]))
    return [*radii, radii[-1] * 1.12]


def _step(radius: float) -> int:
    return next(step for most, step in _STEPS if radius < most)


@lru_cache(maxsize=256)
def _disc(radius: float) -> Array:
    """(2 m + 1, 2 m + 1) float32, sum 1: a disc with a smooth edge, as wide as a disc of even light of that radius."""
    m = math.ceil(radius + 0.5)
    y, x = np.mgrid[-m : m + 1, -m : m + 1].astype(np.float64)
    d2 = x * x + y * y
    d = np.sqrt(d2)
    edge = radius
    for _ in range(4):
        disc = np.clip(edge + 0.5 - d, 0.0, 1.0) * (1 + _RIM * np.minimum(1.0, d2 / max(radius, 1.0) ** 2))
        disc /= math.fsum(disc.ravel().tolist())
        # a smooth edge and a bright rim make it wider than it should be
        edge *= radius / math.sqrt(2 * math.fsum((disc * d2).ravel().tolist()))
    return np.asarray(disc, np.float32)


def _lay(n: int, light: Array, place: Array, step: int, kern: Array, onto: Array, bands: Bands, behind: bool) -> None:
    """Bin n, blurred, over `onto` (`behind` the focus) or added to it."""
    hh, ww, _ = onto.shape
    layer = np.zeros((4, hh, ww), np.float32)
    filled = np.zeros((hh, 2), np.int32)
    bands.run(hh, lambda a, b: _reduce(a, b, n, light, place, step, layer, filled))
    if not filled[:, 1].any():
        return
    bands.run(hh, lambda a, b: _blur(a, b, layer, filled, kern, onto, behind))


@kernel
def _sort(first: int, last: int, radius: _Any, radii: _Any, place: _Any) -> None:
    """Rows of `place`: bin of each pixel as a fraction, negative before the focus: 2.25 is three quarters bin 2, a quarter bin 3."""
    width = radius.shape[1]
    count = len(radii)
    for y in range(first, last):
        for x in range(width):
            r = abs(radius[y, x])
            if r <= radii[1]:
                v = min(1.0, max(0.0, (r - _SHARP) / (1 - _SHARP)))
            else:
                low = 1
                high = count - 1
                while high - low > 1:
                    middle = (low + high) // 2
                    if radii[middle] <= r:
                        low = middle
                    else:
                        high = middle
                v = low + min(1.0, (r - radii[low]) / (radii[low + 1] - radii[low]))
            place[y, x] = v if radius[y, x] > 0 else -v


@kernel
def _reduce(first: int, last: int, n: int, light: _Any, place: _Any, step: int, layer: _Any, filled: _Any) -> None:
    """Rows of `layer`, (4, h, w): colour times share and share of bin n, mean of step x step pixels; `filled`: from and to which
    column there is any."""
    h, w = place.shape
    ww = layer.shape[2]
    for yy in range(first, last):
        y1 = min(h, (yy + 1) * step)
        begin = ww
        end = 0
        for xx in range(ww):
            x1 = min(w, (xx + 1) * step)
            r = 0.0
            g = 0.0
            b = 0.0
            a = 0.0
            for y in range(yy * step, y1):
                for x in range(xx * step, x1):
                    share = 1.0 - abs(place[y, x] - n)
                    if share > 0:
                        r += share * light[y, x, 0]
                        g += share * light[y, x, 1]
                        b += share * light[y, x, 2]
                        a += share
            if a > 0:
                k = 1.0 / ((y1 - yy * step) * (x1 - xx * step))
                layer[0, yy, xx] = r * k
                layer[1, yy, xx] = g * k
                layer[2, yy, xx] = b * k
                layer[3, yy, xx] = a * k
                begin = min(begin, xx)
                end = xx + 1
        filled[yy, 0] = begin
        filled[yy, 1] = end


@kernel
def _mirrored(i: int, n: int) -> int:
    while i < 0 or i >= n:
        i = -1 - i if i < 0 else 2 * n - 1 - i
    return i


@kernel
def _blur(first: int, last: int, layer: _Any, filled: _Any, kern: _Any, onto: _Any, behind: bool) -> None:
    """Rows of `onto`: `layer` blurred with `kern`, beyond the picture's edges mirrored."""
    hh, ww, _ = onto.shape
    m = kern.shape[0] // 2
    begin = ww
    end = 0
    for j in range(first - m, last + m):
        yy = _mirrored(j, hh)
        begin = min(begin, filled[yy, 0])
        end = max(end, filled[yy, 1])
    if end == 0:
        return
    begin = max(0, begin - m)
    end = min(ww, end + m)
    wide = end - begin
    # the rows in hand with what is beyond their ends, so that the inner loop is one straight run
    rows = np.zeros((last - first + 2 * m, wide + 2 * m), np.float32)
    total = np.zeros((4, last - first, wide), np.float32)
    for c in range(4):
        for j in range(len(rows)):
            yy = _mirrored(first - m + j, hh)
            for x in range(wide + 2 * m):
                rows[j, x] = layer[c, yy, _mirrored(begin - m + x, ww)]
        for y in range(last - first):
            into = total[c, y]
            for j in range(2 * m + 1):
                if filled[_mirrored(first - m + y + j, hh), 1] == 0:
                    continue
                for i in range(2 * m + 1):
                    k = kern[j, i]
                    if k > 0:
                        row = rows[y + j, i : i + wide]
                        for x in range(wide):
                            into[x] += k * row[x]
    for y in range(last - first):
        for x in range(wide):
            a = min(np.float32(1.0), total[3, y, x])
            if a <= 0:
                continue
            o = onto[first + y, begin + x]
            if behind and o[3] > 0:
                # what is beyond is whole where any of it is seen; kept times its cover
                cover = a + (1 - a) * o[3]
                for c in range(3):
                    o[c] = (total[c, y, x] + (1 - a) * o[c] / o[3]) * cover
                o[3] = cover
            else:
                for c in range(3):
                    o[c] += total[c, y, x]
                o[3] += a


def _enlarged(layer: Array | None, shape: tuple[int, int, int], bands: Bands) -> Array | None:
    if layer is None or layer.shape == shape:
        return layer
    out = np.empty(shape, np.float32)
    bands.run(shape[0], lambda a, b: _enlarge(a, b, layer, out))
    return out


@kernel
def _enlarge(first: int, last: int, small: _Any, out: _Any) -> None:
    """Rows of `out`, twice the size of `small`, between whose pixels it is read."""
    h, w, n = small.shape
    for y in range(first, last):
        y0 = min(h - 1, y // 2)
        y1 = min(h - 1, max(0, y0 + (1 if y % 2 else -1)))
        for x in range(out.shape[1]):
            x0 = min(w - 1, x // 2)
            x1 = min(w - 1, max(0, x0 + (1 if x % 2 else -1)))
            for c in range(n):
                a = 0.75 * small[y0, x0, c] + 0.25 * small[y0, x1, c]
                b = 0.75 * small[y1, x0, c] + 0.25 * small[y1, x1, c]
                out[y, x, c] = 0.75 * a + 0.25 * b


@kernel
def _lay_sharp(first: int, last: int, light: _Any, place: _Any, far: _Any) -> None:
    """Rows of `far` with what is sharp over it: colour and cover, no longer times it."""
    width = place.shape[1]
    for y in range(first, last):
        for x in range(width):
            a = max(0.0, 1.0 - abs(place[y, x]))
            cover = far[y, x, 3]
            for c in range(3):
                if cover > 0:
                    far[y, x, c] = a * light[y, x, c] + (1 - a) * far[y, x, c] / cover
                else:
                    far[y, x, c] = light[y, x, c] if a > 0 else 0.0
            far[y, x, 3] = a + (1 - a) * cover


def _filled(far: Array, bands: Bands) -> Array:
    """(h / 2, w / 2, 3): `far` with its holes filled from around them, by halving until there are none and coming back."""
    levels = [far]
    while max(levels[-1].shape[:2]) > 1:
        h, w, _ = levels[-1].shape
        small = np.empty((-(-h // 2), -(-w // 2), 4), np.float32)
        big = levels[-1]
        bands.run(len(small), lambda a, b, i=big, o=small: _halve(a, b, i, o))  # type: ignore[misc]
        levels.append(small)
    whole = levels[-1]
    for level in levels[-2:0:-1]:
        up = _enlarged(whole, level.shape, bands)
        bands.run(len(level), lambda a, b, i=level, o=up: _fill(a, b, i, o))  # type: ignore[misc]
        assert up is not None
        whole = up
    return whole


@kernel
def _halve(first: int, last: int, big: _Any, out: _Any) -> None:
    h, w, _ = big.shape
    for y in range(first, last):
        for x in range(out.shape[1]):
            total = 0.0
            for c in range(3):
                out[y, x, c] = 0.0
            for j in range(2 * y, min(h, 2 * y + 2)):
                for i in range(2 * x, min(w, 2 * x + 2)):
                    k = big[j, i, 3]
                    for c in range(3):
                        out[y, x, c] += k * big[j, i, c]
                    total += k
            for c in range(3):
                out[y, x, c] = out[y, x, c] / total if total > 0 else 0.0
            out[y, x, 3] = min(1.0, total)


@kernel
def _fill(first: int, last: int, level: _Any, out: _Any) -> None:
    """Rows of `out`, which is the coarser level, with `level` over it as far as it is known."""
    for y in range(first, last):
        for x in range(level.shape[1]):
            k = min(1.0, level[y, x, 3])
            for c in range(3):
                out[y, x, c] += (level[y, x, c] - out[y, x, c]) * k


@kernel
def _finish(first: int, last: int, far: _Any, hidden: _Any, near: _Any, spread: bool, out: _Any) -> None:
    """Rows of `out`: what is before the focus over the rest."""
    h, w, _ = hidden.shape
    for y in range(first, last):
        y0 = min(h - 1, y // 2)
        y1 = min(h - 1, max(0, y0 + (1 if y % 2 else -1)))
        for x in range(out.shape[1]):
            a = near[y, x, 3] if spread else np.float32(0.0)
            if a <= 0:
                for c in range(3):
                    out[y, x, c] = far[y, x, c]
                continue
            x0 = min(w - 1, x // 2)
            x1 = min(w - 1, max(0, x0 + (1 if x % 2 else -1)))
            known = min(1.0, 3 * far[y, x, 3])
            alpha = min(1.0, 1.02 * a)
            for c in range(3):
                base = far[y, x, c]
                if known < 1:
                    up = 0.75 * hidden[y0, x0, c] + 0.25 * hidden[y0, x1, c]
                    down = 0.75 * hidden[y1, x0, c] + 0.25 * hidden[y1, x1, c]
                    base = base * known + (0.75 * up + 0.25 * down) * (1 - known)
                out[y, x, c] = base + (near[y, x, c] / a - base) * alpha
