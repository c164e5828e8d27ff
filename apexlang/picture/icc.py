"""Colour profiles of matrix-and-curve kind (Display P3, Adobe RGB, ProPhoto, sRGB), to sRGB code values in floating point.

ICC.1:2022: tag types `XYZ ` (10.31), `curv` (10.6), `para` (10.18). Profiles of other kinds (look-up tables, CMYK) are None here;
`files` hands those to LittleCMS, which works at eight bits.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Curve = Callable[[Floats], Floats]

_SRGB_FROM_D50 = (
    (3.1341359, -1.6173863, -0.4906619),
    (-0.9787955, 1.9162544, 0.0334430),
    (0.0719706, -0.2289907, 1.4052994),
)
"""Linear sRGB from XYZ under D50 (the inverse of the D50-adapted sRGB primaries, Bradford)."""


@dataclass(frozen=True)
class MatrixProfile:
    """`curves`: device value 0..1 to linear light, one a channel; `matrix`: linear device RGB to XYZ under D50."""

    curves: tuple[Curve, Curve, Curve]
    matrix: tuple[tuple[float, float, float], ...]

    def to_srgb(self, rgb: Floats) -> Floats:
        """(..., 3) device values 0..1 to sRGB code values 0..1; colours outside of sRGB are clipped channel by channel."""
        linear = [curve(rgb[..., i]) for i, curve in enumerate(self.curves)]
        xyz = [sum_of_three(row, linear) for row in self.matrix]
        srgb = np.stack([sum_of_three(row, xyz) for row in _SRGB_FROM_D50], axis=-1).clip(0.0, 1.0)
        return np.where(srgb <= 0.0031308, srgb * 12.92, 1.055 * np.power(srgb, 1 / 2.4) - 0.055)

    @property
    def is_srgb(self) -> bool:
        """Whether the profile moves no value of a coarse grid by more than one step in 255: then pixels pass untouched."""
        steps = np.linspace(0.0, 1.0, 6)
        grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1)
        return bool(np.abs(self.to_srgb(grid) - grid).max() <= 1 / 255)


def sum_of_three(weights: tuple[float, ...], parts: list[Floats]) -> Floats:
    """A row of a 3x3 product, written out: a matrix library may add in another order on another machine."""
    return weights[0] * parts[0] + weights[1] * parts[1] + weights[2] * parts[2]


def matrix_profile(data: bytes) -> MatrixProfile | None:
    """The profile, if it is of this kind and whole; else None."""
    try:
        if data[16:20] != b"RGB " or data[36:40] != b"acsp" or data[20:24] != b"XYZ ":
            return None
        (count,) = struct.unpack_from(">I", data, 128)
        tags: dict[bytes, bytes] = {}
        for i in range(min(count, 100)):
            name, offset, size = struct.unpack_from(">4sII", data, 132 + 12 * i)
            tags[name] = data[offset : offset + size]
        if b"A2B0" in tags:
            return None
        columns = [_xyz(tags[name]) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
        r, g, b = (_curve(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC"))
    except (KeyError, ValueError, struct.error):
        return None
    matrix = tuple((columns[0][i], columns[1][i], columns[2][i]) for i in range(3))
    return MatrixProfile((r, g, b), matrix)


def _fixed(data: bytes, offset: int, count: int) -> list[float]:
    return [value / 65536 for value in struct.unpack_from(f">{count}i", data, offset)]


def _xyz(tag: bytes) -> list[float]:
    if tag[:4] != b"XYZ ":
        raise ValueError("not an XYZ tag")
    return _fixed(tag, 8, 3)


def _curve(tag: bytes) -> Curve:
    if tag[:4] == b"curv":
        (count,) = struct.unpack_from(">I", tag, 8)
        if count == 0:
            return lambda v: v
        values = struct.unpack_from(f">{count}H", tag, 12)
        if count == 1:
            return _power(values[0] / 256)
        table = np.asarray(values, np.float64) / 65535
        places = np.linspace(0.0, 1.0, count)
        return lambda v: np.interp(v, places, table)
    if tag[:4] == b"para":
        (kind,) = struct.unpack_from(">H", tag, 8)
        return _parametric(kind, _fixed(tag, 12, (1, 3, 4, 5, 7)[kind] if kind < 5 else 0))
    raise ValueError("not a curve")


def _power(gamma: float) -> Curve:
    return lambda v: np.power(v, gamma)


def _parametric(kind: int, p: list[float]) -> Curve:
    """Table 68 of ICC.1:2022, all five kinds as one: (a v + b)^g + e from d on, c v + f below."""
    if kind > 4:
        raise ValueError("unknown parametric curve")
    g = p[0]
    a, b = (p[1], p[2]) if kind else (1.0, 0.0)
    c, d, e, f = 0.0, 0.0, 0.0, 0.0
    if kind in (1, 2):
        if a == 0:
            raise ValueError("a curve without a slope")
        d = -b / a
        e = f = p[3] if kind == 2 else 0.0
    elif kind >= 3:
        c, d = p[3], p[4]
        e, f = (p[5], p[6]) if kind == 4 else (0.0, 0.0)
    return lambda v: np.where(v >= d, np.power(np.maximum(a * v + b, 0.0), g) + e, c * v + f)
