"""Rain and snow in the air, drawn as streaks and flakes at three depths, each behind what is nearer."""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from typing import Any

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz.model import Array
from apexlang.picture.previz.noise import hash3

_Any = Any

_RAIN = ((1500, 0.020, 22.0, 0.055, 0.50), (600, 0.040, 8.0, 0.075, 0.75), (130, 0.095, 2.6, 0.07, 1.2))
_SNOW = ((1500, 0.0018, 18.0, 0.55, 0.0), (500, 0.0032, 7.0, 0.6, 0.0), (110, 0.0065, 2.4, 0.42, 0.0))
"""Layers: how many, length (rain) or radius (snow) in picture heights, depth in metres, strength, half width in 1080ths."""


@kernel
def _streaks(
    mask: _Any, depth: _Any, count: int, length: float, far: float, half: float, lean: float, seed: int
) -> None:
    h, w = mask.shape
    for n in range(count):
        x0 = hash3(n, seed, 1) * w * 1.2
        y0 = (hash3(n, seed, 2) * 1.2 - 0.1) * h
        tall = length * h * (0.6 + 0.8 * hash3(n, seed, 3))
        bright = 0.45 + 0.55 * hash3(n, seed, 4)
        for y in range(max(0, int(y0)), min(h, int(y0 + tall))):
            t = (y - y0) / tall
            centre = x0 - (y - y0) * lean
            k = bright * 4 * t * (1 - t)
            for x in range(max(0, int(centre - half - 1)), min(w, int(centre + half + 2))):
                if depth[y, x] > far:
                    c = max(0.0, 1 - abs(x + 0.5 - centre) / (half + 0.5))
                    mask[y, x] = max(mask[y, x], k * c)


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


def fall(picture: Array, depth: Array, snow: bool, brightness: tuple[float, float, float]) -> Array:
    """`picture` with rain or snow laid over: it takes on `brightness`, the light in the air, and what shines behind it."""
    h, w = depth.shape
    out = picture
    for seed, (count, size, far, strength, width) in enumerate(_SNOW if snow else _RAIN):
        mask = np.zeros((h, w), np.float32)
        number = int(count * max(0.5, w / h / (16 / 9)))
        if snow:
            _flakes(mask, depth, number, size, far, 31 + seed)
        else:
            _streaks(mask, depth, number, size, far, max(0.35, width * h / 1080), 0.12, 11 + seed)
        light = np.asarray(brightness, np.float32) * np.float32(0.4 if not snow else 1.0) + out * np.float32(
            1.6 if not snow else 0.3
        )
        if snow:
            k = (mask * np.float32(strength))[..., None]
            out = out * (1 - k) + light * k
        else:
            out = out + mask[..., None] * np.float32(strength) * light
    return np.asarray(out, np.float32)
