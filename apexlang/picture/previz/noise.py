"""Value noise from integer hashes: the grain of every painted surface, equal on all machines."""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math

import numpy as np

from apexlang.jit import kernel

BAYER = np.array([0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5], np.float64) / 16
"""Ordered 4x4 offsets: the sixteen pixels of a tile share out one set of samples, and the filter brings them together."""


@kernel
def bayer(x: int, y: int) -> float:
    return BAYER[(y & 3) * 4 + (x & 3)]


@kernel
def _mixed(n: np.int64) -> float:
    a = (n ^ (n >> 13)) * 1274126177 & 0x7FFFFFFF
    b = (a ^ (a >> 15)) * 668265263 & 0x7FFFFFFF
    return float((b ^ (b >> 11)) * (1 / 2147483647.0))


@kernel
def hash3(x: float, y: float, z: float) -> float:
    """0..1 from three whole numbers."""
    n = (np.int64(x) * 73856093) ^ (np.int64(y) * 19349663) ^ (np.int64(z) * 83492791)
    return _mixed(n)


@kernel
def value(x: float, y: float, z: float) -> float:
    """Smooth noise of wavelength 1, 0..1."""
    fx = math.floor(x)
    fy = math.floor(y)
    fz = math.floor(z)
    u = x - fx
    v = y - fy
    w = z - fz
    u = u * u * (3 - 2 * u)
    v = v * v * (3 - 2 * v)
    w = w * w * (3 - 2 * w)
    x0 = np.int64(fx) * 73856093
    y0 = np.int64(fy) * 19349663
    z0 = np.int64(fz) * 83492791
    x1 = x0 + 73856093
    y1 = y0 + 19349663
    z1 = z0 + 83492791
    a = _mixed(x0 ^ y0 ^ z0) * (1 - u) + _mixed(x1 ^ y0 ^ z0) * u
    b = _mixed(x0 ^ y1 ^ z0) * (1 - u) + _mixed(x1 ^ y1 ^ z0) * u
    c = _mixed(x0 ^ y0 ^ z1) * (1 - u) + _mixed(x1 ^ y0 ^ z1) * u
    d = _mixed(x0 ^ y1 ^ z1) * (1 - u) + _mixed(x1 ^ y1 ^ z1) * u
    a = a * (1 - v) + b * v
    c = c * (1 - v) + d * v
    return a * (1 - w) + c * w


@kernel
def fractal(x: float, y: float, z: float, octaves: int) -> float:
    """Sum of octaves of `value`, each of half the height: mean about .44 for three octaves, .47 for four."""
    total = 0.0
    height = 0.5
    for _ in range(octaves):
        total += height * value(x, y, z)
        x = x * 2.03 + 7.1
        y = y * 2.03 + 3.7
        z = z * 2.03 + 1.3
        height *= 0.5
    return total
