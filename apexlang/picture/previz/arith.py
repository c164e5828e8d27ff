"""Arithmetic that gives the same bits on every machine: only + - * /, comparisons and exact integer steps.

The C library's `exp`, `log` and `sin` differ in the last bit between systems and between processors of one system;
one such bit can move a rounding in the picture. These series are good to about 1e-9, far below a code value of 16 bits.
"""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math

import numpy as np

from apexlang.jit import kernel

_LOG2E = 1.4426950408889634
_LN2 = 0.6931471805599453
_SQRT_HALF = 0.7071067811865476
_HALF_PI = 1.5707963267948966
_PI = 3.141592653589793
_POWERS = np.array([2.0**k for k in range(-127, 128)])


@kernel
def exp(x: float) -> float:
    """e**x; saturates outside about -87..87."""
    x = min(87.0, max(-87.0, x))
    k = math.floor(x * _LOG2E + 0.5)
    r = x - k * _LN2
    s = 1 + r * (
        1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r / 40320))))))
    )
    return s * _POWERS[int(k) + 127]


@kernel
def log(x: float) -> float:
    """Natural logarithm of x > 0."""
    m, e = math.frexp(max(x, 1e-30))
    if m < _SQRT_HALF:
        m *= 2
        e -= 1
    s = (m - 1) / (m + 1)
    q = s * s
    return 2 * s * (1 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9 + q * (1 / 11 + q / 13)))))) + e * _LN2


@kernel
def power(x: float, y: float) -> float:
    """x**y for x >= 0."""
    if x <= 0:
        return 0.0
    return exp(y * log(x))


@kernel
def sin(x: float) -> float:
    k = math.floor(x / _PI + 0.5)
    r = x - k * _PI
    q = r * r
    s = r * (1 - q / 6 * (1 - q / 20 * (1 - q / 42 * (1 - q / 72 * (1 - q / 110 * (1 - q / 156))))))
    return -s if int(k) & 1 else s


@kernel
def cos(x: float) -> float:
    return sin(x + _HALF_PI)


@kernel
def atan2(y: float, x: float) -> float:
    """Angle of (x, y), -pi..pi, to about 1e-5 (used for the place of stars only)."""
    a, b = abs(x), abs(y)
    if a + b == 0:
        return 0.0
    t = min(a, b) / max(a, b)
    q = t * t
    r = t * (0.99997726 + q * (-0.33262347 + q * (0.19354346 + q * (-0.11643287 + q * (0.05265332 - q * 0.01172120)))))
    if b > a:
        r = _HALF_PI - r
    if x < 0:
        r = _PI - r
    return -r if y < 0 else r


@kernel
def smooth(a: float, b: float, x: float) -> float:
    """0 at a, 1 at b, smooth between; a may be greater than b."""
    t = min(1.0, max(0.0, (x - a) / (b - a)))
    return t * t * (3 - 2 * t)
