"""Rain and snow in the air, drawn as streaks and flakes at several depths, each behind what is nearer; drops that splash.

Rain is seen by the light behind it: a streak takes its brightness from the lamps and the sky around the place it falls through.
"""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz.bands import Bands
from apexlang.picture.previz.finish import blurred
from apexlang.picture.previz.model import Array
from apexlang.picture.previz.noise import hash3

_Any = Any

_RAIN = ((2600, 38.0, 0.50), (1500, 15.0, 0.60), (560, 6.5, 0.75), (150, 2.8, 0.85), (26, 1.3, 0.60))
"""Layers of rain: how many streaks a 16:9 picture holds, metres from the camera, strength."""

_STREAK = 0.20
"""Metres a drop falls while the shutter is open, at a 48th of a second and nine metres a second."""

_DROP = 0.0016
_LONGEST = 0.15
_LEAN = 0.11

_SNOW = ((1500, 0.0018, 18.0, 0.55), (500, 0.0032, 7.0, 0.6), (110, 0.0065, 2.4, 0.42))
"""Layers of snow: how many flakes, their radius in picture heights, metres from the camera, strength."""

_SPLASHES = 1500
_SPLASH = 0.030
_FARTHEST = 11.0
_GLOW = 8


@kernel
def _streaks(
    mask: _Any, depth: _Any, count: int, length: float, far: float, half: float, lean: float, seed: int
) -> None:
    """`length` and `half` width in pixels. A streak is brightest in its middle; thinner than a pixel it is fainter, not wider."""
    h, w = mask.shape
    thin = min(1.0, half / 0.5)
    half = max(half, 0.5)
    for n in range(count):
        x0 = hash3(n, seed, 1) * w * 1.2
        y0 = (hash3(n, seed, 2) * 1.3 - 0.2) * h
        tall = length * (0.7 + 0.6 * hash3(n, seed, 3))
        bright = thin * (0.35 + 0.65 * hash3(n, seed, 4))
        slope = lean * (0.85 + 0.3 * hash3(n, seed, 5))
        for y in range(max(0, int(y0)), min(h, int(y0 + tall) + 1)):
            t = min(1.0, max(0.0, (y + 0.5 - y0) / tall))
            centre = x0 - (y - y0) * slope
            k = bright * 4 * t * (1 - t)
            for x in range(max(0, int(centre - half - 1)), min(w, int(centre + half + 2))):
                if depth[y, x] > far:
                    c = min(1.0, max(0.0, half + 0.5 - abs(x + 0.5 - centre)))
                    mask[y, x] = max(mask[y, x], k * c)


@kernel
def _splashes(
    mask: _Any, depth: _Any, ground: _Any, scale: float, blur: _Any, count: int, farthest: float, seed: int
) -> None:
    """A flat ring and a crown of droplets wherever a drop has met level ground; `scale`: pixels of a metre one metre away."""
    h, w = mask.shape
    for n in range(count):
        cx = hash3(n, seed, 1) * w
        cy = hash3(n, seed, 2) * h
        z = depth[int(cy), int(cx)]
        # as many to the square metre near and far: near the camera a pixel holds less ground
        if not ground[int(cy), int(cx)] or z > farthest or blur[int(cy), int(cx)] > 1.5 or hash3(n, seed, 3) > z / 6:
            continue
        age = hash3(n, seed, 4)
        rx = scale / z * _SPLASH * (0.35 + 0.9 * age)
        if rx < 1.2:
            continue
        ry = rx * 0.34
        strength = 1.0 - 0.7 * age
        for y in range(max(0, int(cy - rx * 1.6) - 1), min(h, int(cy + ry) + 2)):
            for x in range(max(0, int(cx - rx) - 1), min(w, int(cx + rx) + 2)):
                dx = (x + 0.5 - cx) / rx
                dy = (y + 0.5 - cy) / ry
                d = abs(math.sqrt(dx * dx + dy * dy) - 0.85) * ry
                k = 0.50 * strength * min(1.0, max(0.0, 0.9 - d))
                for q in range(5):
                    # droplets thrown up, highest in the middle
                    px = cx + rx * (0.4 * q - 0.8) * (0.7 + 0.3 * hash3(n, q, seed + 5))
                    py = cy - rx * (1.25 - 0.16 * (q - 2) * (q - 2)) * (0.35 + 0.65 * hash3(n, q, seed + 6)) * (
                        1.2 - age
                    )
                    r = max(0.5, rx * 0.055)
                    e = math.sqrt((x + 0.5 - px) ** 2 + (y + 0.5 - py) ** 2)
                    k = max(k, 0.7 * strength * min(1.0, max(0.0, r + 0.5 - e)))
                mask[y, x] = max(mask[y, x], k)


@kernel
def _flakes(mask: _Any, depth: _Any, count: int, size: float, far: float, seed: int) -> None:
    h, w = mask.shape
    for n in range(count):
        cx = hash3(n, seed, 1) * w
        cy = hash3(n, seed, 2) * h
        radius = max(0.8, size * h * (0.6 + 0.8 * hash3(n, seed, 3)))
        bright = 0.5 + 0.5 * hash3(n, seed, 4)
        for y in range(max(0, int(cy - radius - 1)), min(h, int(cy + radius + 2))):
            for x in range(max(0, int(cx - radius - 1)), min(w, int(cx + radius + 2))):
                if depth[y, x] > far:
                    d = math.sqrt((x + 0.5 - cx) ** 2 + (y + 0.5 - cy) ** 2) / radius
                    mask[y, x] = max(mask[y, x], bright * max(0.0, 1 - d * d))


def _light_around(picture: Array, bands: Bands) -> Array:
    """Light that the air at each pixel is lit by: the picture, wide out of focus, as high and wide as it."""
    h, w, _ = picture.shape
    by = _GLOW if min(h, w) >= 8 * _GLOW else 1
    p = np.pad(np.minimum(picture, 6.0), ((0, -h % by), (0, -w % by), (0, 0)), mode="edge")
    small = np.zeros((p.shape[0] // by, p.shape[1] // by, 3))
    for j in range(by):
        for i in range(by):
            small += p[j::by, i::by]
    soft = blurred(small / (by * by), 0.055 * h / by, bands)
    wide = np.repeat(np.repeat(soft, by, axis=0), by, axis=1)[:h, :w]
    return np.asarray(wide, np.float32)


def rain(picture: Array, depth: Array, ground: Array, air: tuple[float, float, float], scale: float,
         blur: Callable[[Array], Array], bands: Bands) -> Array:  # fmt: skip
    """`picture` with rain laid over. `ground`: where level ground is seen; `air`: light of the open sky on a drop; `scale`: pixels
    of a metre one metre away; `blur`: the lens's circle of confusion in pixels for an array of depths."""
    h, w = depth.shape
    share = w / h / (16 / 9)
    around = _light_around(picture, bands)
    lit = np.asarray(air, np.float32) + around * np.float32(1.1)
    out = picture
    for seed, (count, far, strength) in enumerate(_RAIN):
        mask = np.zeros((h, w), np.float32)
        soft = float(np.abs(blur(np.array([[far]], np.float32)))[0, 0])
        if soft > 2.5 * h / 720 and far > 10:
            # far out of focus, rain is only a veil
            continue
        half = 0.5 * _DROP * scale / far * (1.6 if far > 10 else 1.0)
        long = min(_LONGEST * h, max(7.0 * h / 720, _STREAK * scale / far))
        # out of focus a streak keeps its light and spreads it
        faint = max(0.10, 1 / (1 + soft / max(0.7, half)))
        _streaks(
            mask, depth, int(count * max(0.4, share)), long, far, max(0.35 * h / 720, half) + soft, _LEAN, 11 + seed
        )
        out = out + mask[..., None] * np.float32(strength * faint) * lit
    mask = np.zeros((h, w), np.float32)
    _splashes(mask, depth, ground, scale, np.abs(blur(depth)), int(_SPLASHES * share), _FARTHEST, 71)
    return np.asarray(out + mask[..., None] * np.float32(0.6) * lit, np.float32)


def snow(picture: Array, depth: Array, air: tuple[float, float, float]) -> Array:
    """`picture` with snow laid over: a flake is as bright as the light in the `air`, and a little of what shines behind it."""
    h, w = depth.shape
    out = picture
    for seed, (count, size, far, strength) in enumerate(_SNOW):
        mask = np.zeros((h, w), np.float32)
        _flakes(mask, depth, int(count * max(0.5, w / h / (16 / 9))), size, far, 31 + seed)
        k = (mask * np.float32(strength))[..., None]
        out = out * (1 - k) + (np.asarray(air, np.float32) + out * np.float32(0.3)) * k
    return np.asarray(out, np.float32)
