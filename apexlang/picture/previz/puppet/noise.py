"""Value noise from an integer hash: the same on every machine."""
# mypy: disallow-untyped-decorators=False, disable-error-code=no-any-return

from __future__ import annotations

import math

import numpy as np

from apexlang.jit import kernel


@kernel
def cell_hash(x: float, y: float, z: float) -> float:
    """0..1 from three whole numbers."""
    n = (np.int64(x) * 73856093) ^ (np.int64(y) * 19349663) ^ (np.int64(z) * 83492791)
    n = (n ^ (n >> 13)) * 1274126177 & 0x7FFFFFFF
    n = (n ^ (n >> 15)) * 668265263 & 0x7FFFFFFF
    return (n ^ (n >> 11)) / 2147483647.0


@kernel
def noise(x: float, y: float, z: float) -> float:
    """Value noise, 0..1, one feature a unit."""
    fx = math.floor(x)
    fy = math.floor(y)
    fz = math.floor(z)
    u = x - fx
    v = y - fy
    w = z - fz
    u = u * u * (3 - 2 * u)
    v = v * v * (3 - 2 * v)
    w = w * w * (3 - 2 * w)
    a = cell_hash(fx, fy, fz) * (1 - u) + cell_hash(fx + 1, fy, fz) * u
    b = cell_hash(fx, fy + 1, fz) * (1 - u) + cell_hash(fx + 1, fy + 1, fz) * u
    c = cell_hash(fx, fy, fz + 1) * (1 - u) + cell_hash(fx + 1, fy, fz + 1) * u
    d = cell_hash(fx, fy + 1, fz + 1) * (1 - u) + cell_hash(fx + 1, fy + 1, fz + 1) * u
    a = a * (1 - v) + b * v
    c = c * (1 - v) + d * v
    return a * (1 - w) + c * w
