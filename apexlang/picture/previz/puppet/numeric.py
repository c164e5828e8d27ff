"""Elementary functions and small-vector arithmetic that give the same bits everywhere.

The C library's sine differs between systems, and a BLAS product between processors; a figure's vertices may not.
Everything here is plain IEEE additions and multiplications in a stated order. Accuracy is about 1e-10, far below the
rounding of the finished vertices (1e-6).
"""
# mypy: disallow-untyped-decorators=False, disable-error-code=no-any-return

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from apexlang.jit import kernel

Array = npt.NDArray[Any]

PI = 3.141592653589793
_LN2 = 0.6931471805599453


@kernel
def sine(x: float) -> float:
    """sin x, any x."""
    r = x - 2 * PI * math.floor(x / (2 * PI) + 0.5)
    if r > PI / 2:
        r = PI - r
    elif r < -PI / 2:
        r = -PI - r
    q = r * r
    s = 1 - q / 156 * (1 - q / 210 * (1 - q / 272))
    return r * (1 - q / 6 * (1 - q / 20 * (1 - q / 42 * (1 - q / 72 * (1 - q / 110 * s)))))


@kernel
def cosine(x: float) -> float:
    """cos x, any x."""
    return sine(x + PI / 2)


@kernel
def exponential(x: float) -> float:
    """e to the x; 0 below -60, and x is held to 60."""
    if x < -60:
        return 0.0
    x = min(x, 60.0)
    k = math.floor(x / _LN2 + 0.5)
    r = x - k * _LN2
    p = 1 + r * (1 + r / 2 * (1 + r / 3 * (1 + r / 4 * (1 + r / 5 * (1 + r / 6 * (1 + r / 7 * (1 + r / 8)))))))
    return math.ldexp(p, int(k))


@kernel
def bell(x: float) -> float:
    """exp(-x^2), the soft bump that paint and hair are made of."""
    return exponential(-x * x)


@kernel
def arctangent(y: float, x: float) -> float:
    """The angle of (x, y) in -pi..pi; 0 at the origin."""
    a, b = abs(x), abs(y)
    if a + b == 0:
        return 0.0
    t = min(a, b) / max(a, b)
    base = 0.0
    if t > 0.41421356237309503:
        t = (t - 1) / (t + 1)
        base = PI / 4
    q = t * t
    s = 1 / 15 - q * (1 / 17 - q * (1 / 19 - q / 21))
    s = 1 / 9 - q * (1 / 11 - q * (1 / 13 - q * s))
    r = base + t * (1 - q * (1 / 3 - q * (1 / 5 - q * (1 / 7 - q * s))))
    if b > a:
        r = PI / 2 - r
    if x < 0:
        r = PI - r
    return -r if y < 0 else r


@kernel
def _sines(a: Array, out: Array) -> None:
    for i in range(len(a)):
        out[i] = sine(a[i])


def sines(angles: Array) -> Array:
    """Sine of every element of a 1-D array."""
    a = np.ascontiguousarray(angles, np.float64)
    out = np.empty_like(a)
    _sines(a, out)
    return out


def cosines(angles: Array) -> Array:
    """Cosine of every element of a 1-D array."""
    return sines(np.asarray(angles, np.float64) + PI / 2)


def vec(x: float, y: float, z: float) -> Array:
    """A point or direction."""
    return np.array((x, y, z), np.float64)


def dot(a: Array, b: Array) -> float:
    """Inner product of two 3-vectors, summed in order."""
    return float(a[0] * b[0] + a[1] * b[1] + a[2] * b[2])


def length(a: Array) -> float:
    """Euclidean length of a 3-vector."""
    return math.sqrt(dot(a, a))


def unit(a: Array) -> Array:
    """A 3-vector made one long; a zero vector stays near zero."""
    return a / (length(a) + 1e-12)


def cross(a: Array, b: Array) -> Array:
    """Cross product of two 3-vectors."""
    return vec(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def across(a: Array, b: Array) -> Array:
    """Component of `a` at right angles to the unit vector `b`."""
    return a - dot(a, b) * b


def compose(a: Array, b: Array) -> Array:
    """Product of two (3, 3) matrices: first `b`, then `a`."""
    return np.stack([a[:, 0] * b[0, j] + a[:, 1] * b[1, j] + a[:, 2] * b[2, j] for j in range(3)], -1)


def turn(points: Array, matrix: Array) -> Array:
    """(n, 3) or (3,) points as columns under a (3, 3) matrix."""
    p = np.asarray(points, np.float64)
    x, y, z = p[..., 0], p[..., 1], p[..., 2]
    return np.stack([x * matrix[i, 0] + y * matrix[i, 1] + z * matrix[i, 2] for i in range(3)], -1)


def units(rows: Array) -> Array:
    """(n, 3) vectors, each made one long."""
    r = np.asarray(rows, np.float64)
    n = np.sqrt(r[:, 0] * r[:, 0] + r[:, 1] * r[:, 1] + r[:, 2] * r[:, 2]) + 1e-12
    return r / n[:, None]


def rotation(yaw: float = 0.0, pitch: float = 0.0, roll: float = 0.0) -> Array:
    """Matrix of a body's turn: roll to its left (-x), then pitch forward (-z), then yaw to its left. Radians."""
    cy, sy = cosine(yaw), sine(yaw)
    cp, sp = cosine(-pitch), sine(-pitch)
    cr, sr = cosine(roll), sine(roll)
    y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    p = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    r = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return compose(compose(y, p), r)


def local(x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Array:
    """Matrix from the world into a part turned by z, then x, then y (for a primitive's own axes). Radians."""
    cx, sx, cy, sy, cz, sz = cosine(x), sine(x), cosine(y), sine(y), cosine(z), sine(z)
    mx = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    my = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    mz = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return compose(compose(my, mx), mz).T.copy()
