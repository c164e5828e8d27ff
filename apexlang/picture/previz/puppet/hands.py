"""Hands: mittens with fingers, posed by two curls a finger. Lengths in figure heights."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.puppet.field import chain, cone, ellipsoid
from apexlang.picture.previz.puppet.numeric import across, cosine, cross, sine, unit, vec

Array = npt.NDArray[Any]


class Grip(NamedTuple):
    """Curl at the knuckles and at the middle joints (rad), the thumb's spread (out, toward the palm), the palm's facing."""

    knuckle: float
    middle: float
    thumb: tuple[float, float]
    palm: tuple[float, float, float]


GRIPS: Final = MappingProxyType(
    {
        "rest": Grip(0.45, 0.70, (0.50, 0.40), (-1.0, 0, 0.25)),
        "fist": Grip(1.42, 1.55, (0.05, 0.85), (-1.0, -0.1, 0)),
        "flat": Grip(0.10, 0.16, (0.62, 0.30), (0, -0.5, 0.9)),
        "point": Grip(1.4, 1.5, (0.10, 0.80), (-0.4, -1, 0)),
        "grip": Grip(0.70, 0.80, (0.62, 0.45), (-0.4, 0, 1.0)),
        "phone": Grip(0.75, 0.85, (0.62, 0.40), (-1.0, 0.2, 0.2)),
        "wrap": Grip(0.50, 0.60, (0.40, 0.30), (-0.3, 0, 1.0)),
        "open": Grip(0.06, 0.12, (0.80, 0.15), (0, 0, -1.0)),
        "guard": Grip(0.20, 0.30, (0.70, 0.25), (0, 0.2, -1.0)),
        "palm": Grip(0.12, 0.20, (0.85, 0.10), (0, 1.0, -0.2)),
        "flat hand": Grip(0.04, 0.06, (0.30, 0.30), (0, -1.0, -0.3)),
        "chin": Grip(1.15, 1.2, (0.45, 0.55), (-0.2, 0.6, 0.8)),
    }
)
"""How each kind of hand is held; `palm` for the left hand, its x mirrored for the right."""

HIDDEN: Final = ("pocket", "tucked")
"""Hands that are out of sight and are not built."""


def direction(kind: str, side: int, forearm: Array) -> Array:
    """Where the hand points, given the forearm's direction: `side` -1 right, 1 left."""
    if kind == "rest":
        return forearm + vec(0, -0.35, -0.05)
    if kind == "flat":
        return forearm * 0.12 + vec(0, -0.06, -0.7)
    if kind == "palm":
        return forearm * 0.3 + vec(side * 0.3, 0.05, -0.8)
    if kind == "flat hand":
        return vec(-side * 1.0, 0.25, 0.1)
    if kind == "phone":
        return vec(0, 1.0, 0.25)
    if kind == "open":
        return vec(side * 0.12, 1.0, -0.1)
    if kind == "guard":
        return forearm * 0.5 + vec(0, 0.8, -0.1)
    if kind == "chin":
        return forearm + vec(-side * 0.3, 0.5, 0.1)
    return forearm.copy()


def hand(kind: str, side: int, wrist: Array, forearm: Array, size: float = 1.0) -> list[Array]:
    """Primitives of a hand at `wrist`: palm, four tapering fingers, a thumb. `kind` of `GRIPS`, `side` -1 right, 1 left."""
    g = GRIPS[kind]
    d = unit(direction(kind, side, forearm))
    palm = vec(g.palm[0] * side, g.palm[1], g.palm[2])
    n = unit(across(palm, d))
    out = cross(d, n) * side
    u = size
    middle = wrist + d * 0.030 * u
    parts = [
        cone(wrist - d * 0.022 * u, wrist + d * 0.012 * u, 0.0140 * u, 0.0165 * u, 0.01),
        ellipsoid(middle + d * 0.004 * u, (0.0255 * u, 0.033 * u, 0.0140 * u), 0.012, axes=np.stack([out, d, n])),
        ellipsoid(middle - d * 0.006 * u + out * 0.012 * u + n * 0.006 * u, (0.011 * u, 0.016 * u, 0.009 * u), 0.012),
    ]
    for i, reach in enumerate((0.046, 0.052, 0.049, 0.038)):
        spread = (1.5 - i) * 0.0128 * u
        root = wrist + d * (0.054 - 0.004 * abs(1.2 - i)) * u + out * spread
        c1, c2 = (0.05, 0.05) if kind == "point" and i == 0 else (g.knuckle, g.middle)
        c1 += 0.05 * i
        fan = out * (spread * (3.0 if kind == "open" else 0.8))
        first = unit(d * cosine(c1) + n * sine(c1) + fan)
        second = d * cosine(c1 + c2) + n * sine(c1 + c2)
        long = reach * u
        knee = root + first * long * 0.52
        parts += chain(
            [root - d * 0.010 * u, knee, knee + second * long * 0.5], [0.0090 * u, 0.0084 * u, 0.0066 * u], 0.005
        )
    base = wrist + d * 0.018 * u + out * 0.020 * u
    t = unit(d * 0.70 + out * g.thumb[0] + n * g.thumb[1])
    parts += chain(
        [base, base + t * 0.026 * u, base + t * 0.030 * u + (d * 0.9 + n * 0.35) * 0.016 * u],
        [0.0120 * u, 0.0098 * u, 0.0075 * u],
        0.008,
    )
    return parts
