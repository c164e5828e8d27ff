"""Depth of field of a thin lens, as a function of a finished-sharp picture and its depth, so that it can follow a camera move.

Three layers: what lies behind the focus is gathered from its own kind only (a sharp figure never bleeds into it), what is sharp
stays as it is, and what lies before the focus spreads over both. Every pixel of the disc is read, at half size where the disc is
large: there is no sampling pattern.
"""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from typing import Any

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz.bands import Bands
from apexlang.picture.previz.model import Array

_LARGEST = 0.0135
"""Radius of the largest disc, in picture widths (of 16:9): a restrained lens, and a bound on the time."""

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
    largest = _LARGEST * math.sqrt(w * h * 16 / 9)
    radius = np.clip(circle_of_confusion(depth, focus, lens_mm, f_number, w, sensor_mm), -largest, largest)
    if float(np.abs(radius).max(initial=0.0)) < 0.75:
        return picture
    light = np.minimum(picture, 12.0).astype(np.float32)
    step = 2 if largest > 5 else 1
    small, small_radius = _halved(light, radius) if step == 2 else (light, radius)
    hh, ww = small_radius.shape
    far = np.zeros((hh, ww, 4), np.float32)
    near = np.zeros((hh, ww, 4), np.float32)
    reach = int(math.ceil(largest / step)) + 1
    bands.run(hh, lambda a, b: _gather(a, b, small, (small_radius / step).astype(np.float32), reach, far, near))
    out = np.empty_like(light)
    bands.run(h, lambda a, b: _combine(a, b, light, radius, far, near, step, out))
    return out


def _halved(light: Array, radius: Array) -> tuple[Array, Array]:
    """Half size: colour averaged over those of four pixels that share a side of the focus with the sharpest,
    which gives the radius."""
    h, w = radius.shape
    ph, pw = (h + 1) // 2 * 2, (w + 1) // 2 * 2
    c = np.pad(light, ((0, ph - h), (0, pw - w), (0, 0)), mode="edge")
    r = np.pad(radius, ((0, ph - h), (0, pw - w)), mode="edge")
    quads = [(c[j::2, i::2], r[j::2, i::2]) for j in (0, 1) for i in (0, 1)]
    best = quads[0][1]
    for _, q in quads[1:]:
        best = np.where(np.abs(q) < np.abs(best), q, best)
    total = np.zeros((*best.shape, 3), np.float32)
    weight = np.zeros(best.shape, np.float32)
    for colour, q in quads:
        alike = (np.abs(q - best) < 1.5).astype(np.float32)
        total += colour * alike[..., None]
        weight += alike
    return total / weight[..., None], best


@kernel
def _gather(first: int, last: int, picture: _Any, radius: _Any, reach: int, far: _Any, near: _Any) -> None:
    """`far`: colour and 1; `near`: colour and coverage of what spreads from before the focus. Radii in pixels of this size."""
    height, width = radius.shape
    for y in range(first, last):
        for x in range(width):
            own = radius[y, x]
            fr = 0.0
            fg = 0.0
            fb = 0.0
            fw = 0.0
            nr = 0.0
            ng = 0.0
            nb = 0.0
            nw = 0.0
            for j in range(-reach, reach + 1):
                yy = y + j
                if yy < 0 or yy >= height:
                    continue
                for i in range(-reach, reach + 1):
                    d2 = i * i + j * j
                    xx = x + i
                    if xx < 0 or xx >= width:
                        continue
                    r = radius[yy, xx]
                    if r < -0.3:
                        # before the focus: it reaches here if its own disc does
                        size = -r
                        if d2 < (size + 1) * (size + 1):
                            d = math.sqrt(d2)
                            w = min(1.0, max(0.0, size - d + 0.5)) / max(1.0, 3.14159265 * size * size)
                            nr += w * picture[yy, xx, 0]
                            ng += w * picture[yy, xx, 1]
                            nb += w * picture[yy, xx, 2]
                            nw += w
                    elif own > 0:
                        # behind: no further than this pixel's own disc, and only from pixels that are as blurred themselves
                        size = min(own, r)
                        if d2 < (size + 1) * (size + 1):
                            d = math.sqrt(d2)
                            w = min(1.0, max(0.0, size - d + 0.5)) / max(1.0, size * size)
                            fr += w * picture[yy, xx, 0]
                            fg += w * picture[yy, xx, 1]
                            fb += w * picture[yy, xx, 2]
                            fw += w
            if fw > 0:
                far[y, x, 0] = fr / fw
                far[y, x, 1] = fg / fw
                far[y, x, 2] = fb / fw
            else:
                for k in range(3):
                    far[y, x, k] = picture[y, x, k]
            far[y, x, 3] = min(8.0, max(0.0, own))
            if nw > 0:
                near[y, x, 0] = nr / nw
                near[y, x, 1] = ng / nw
                near[y, x, 2] = nb / nw
            near[y, x, 3] = min(1.0, nw)


@kernel
def _combine(first: int, last: int, picture: _Any, radius: _Any, far: _Any, near: _Any, step: int, out: _Any) -> None:
    """Sharp under far under near, the layers read between their pixels; the far layer only from pixels that are behind as well."""
    width = radius.shape[1]
    h, w = far.shape[:2]
    for y in range(first, last):
        for x in range(width):
            cx = (x + 0.5) / step - 0.5
            cy = (y + 0.5) / step - 0.5
            ix = math.floor(cx)
            iy = math.floor(cy)
            fx = cx - ix
            fy = cy - iy
            r = 0.0
            g = 0.0
            b = 0.0
            total = 0.0
            nr = 0.0
            ng = 0.0
            nb = 0.0
            cover = 0.0
            for j in range(2):
                for i in range(2):
                    xx = min(w - 1, max(0, int(ix) + i))
                    yy = min(h - 1, max(0, int(iy) + j))
                    k = (fx if i == 1 else 1 - fx) * (fy if j == 1 else 1 - fy)
                    q = k * (far[yy, xx, 3] + 1e-4)
                    r += q * far[yy, xx, 0]
                    g += q * far[yy, xx, 1]
                    b += q * far[yy, xx, 2]
                    total += q
                    q = k * near[yy, xx, 3]
                    nr += q * near[yy, xx, 0]
                    ng += q * near[yy, xx, 1]
                    nb += q * near[yy, xx, 2]
                    cover += q
            own = radius[y, x]
            k = min(1.0, max(0.0, (own - 0.5) / 1.2))
            a0 = picture[y, x, 0]
            a1 = picture[y, x, 1]
            a2 = picture[y, x, 2]
            if total > 0:
                a0 += (r / total - a0) * k
                a1 += (g / total - a1) * k
                a2 += (b / total - a2) * k
            if cover > 0:
                # a slightly blurred near pixel is mostly itself: its own disc hides nothing of it
                k = min(1.0, cover * (1.0 if own < -0.5 else 1.15))
                if own < 0:
                    k = max(k, min(1.0, max(0.0, (-own - 0.5) / 1.2)))
                    if own > -1.7:
                        k = min(k, min(1.0, max(0.0, (-own - 0.3) / 1.4)))
                a0 += (nr / cover - a0) * k
                a1 += (ng / cover - a1) * k
                a2 += (nb / cover - a2) * k
            out[y, x, 0] = a0
            out[y, x, 1] = a1
            out[y, x, 2] = a2
