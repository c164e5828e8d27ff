"""Colour spaces as plain mathematics: primaries, the 2.4 display code, chromatic adaptation, OKLab.

Arrays have RGB, XYZ or Lab on their last axis, float64. Negative values are mirrored, not cut, so that nothing is lost
between stages. Matrices act by written-out sums: a BLAS may add in another order on another machine.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Space = Literal["rec709", "rec2020"]

D65: Final = (0.3127, 0.3290)
_PRIMARIES: Final = {
    "rec709": ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060)),  # ITU-R BT.709
    "rec2020": ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),  # ITU-R BT.2020
}
DISPLAY_GAMMA: Final = 2.4  # ITU-R BT.1886 with black at zero


def apply(matrix: ArrayLike, colours: Array) -> Array:
    """`matrix` (3, 3) times each colour of `colours` (..., 3)."""
    m = np.asarray(matrix, np.float64)
    a, b, c = colours[..., 0], colours[..., 1], colours[..., 2]
    return np.stack([row[0] * a + row[1] * b + row[2] * c for row in m], -1)


def power(x: Array, exponent: float) -> Array:
    """`x ** exponent`, odd about zero."""
    return np.copysign(np.abs(x) ** exponent, x)


def decode(code: Array) -> Array:
    """Display code -> linear light, 1.0 = diffuse white."""
    return power(code, DISPLAY_GAMMA)


def encode(linear: Array) -> Array:
    """Linear light -> display code; the inverse of `decode`."""
    return power(linear, 1 / DISPLAY_GAMMA)


def xyz_of_xy(x: float, y: float) -> Array:
    """XYZ of a chromaticity, Y = 1."""
    return np.array([x / y, 1.0, (1 - x - y) / y])


def to_xyz(space: Space) -> Array:
    """The normalised primary matrix RGB -> XYZ (SMPTE RP 177), white D65."""
    primaries = np.stack([xyz_of_xy(x, y) for x, y in _PRIMARIES[space]], -1)
    return primaries * np.linalg.solve(primaries, xyz_of_xy(*D65))


def between(source: Space, target: Space) -> Array:
    """The matrix from linear RGB of `source` to linear RGB of `target`."""
    return np.asarray(np.linalg.solve(to_xyz(target), to_xyz(source)), np.float64)


FROM_709: Final = between("rec709", "rec2020")
TO_709: Final = between("rec2020", "rec709")
LUMA_2020: Final = (0.2627, 0.6780, 0.0593)  # ITU-R BT.2020


def luma(rgb: Array) -> Array:
    """(..., 3) of Rec.2020 -> (..., 1), by the luma weights of BT.2020."""
    r, g, b = LUMA_2020
    return (r * rgb[..., 0] + g * rgb[..., 1] + b * rgb[..., 2])[..., None]


# --- white ------------------------------------------------------------------------------------------------------------
# CAT16 (Li and others 2017): of the usual three the one that gives no negative light inside Rec.2020.
_CAT16: Final = np.array(
    [[0.401288, 0.650173, -0.051461], [-0.250268, 1.204414, 0.045854], [-0.002079, 0.048952, 0.953127]]
)


def adaptation(source_white: Array, target_white: Array) -> Array:
    """XYZ -> XYZ, von Kries in CAT16: the matrix that takes `source_white` to `target_white`."""
    gain = apply(_CAT16, target_white) / apply(_CAT16, source_white)
    return np.asarray(np.linalg.solve(_CAT16, gain[:, None] * _CAT16), np.float64)


def _planckian(kelvin: float) -> Array:
    """CIE 1960 uv of a black body (Krystek 1985; within 1e-4 from 1,000 to 15,000 K, smooth beyond)."""
    t = kelvin
    u = (0.860117757 + 1.54118254e-4 * t + 1.28641212e-7 * t * t) / (1 + 8.42420235e-4 * t + 7.08145163e-7 * t * t)
    v = (0.317398726 + 4.22806245e-5 * t + 4.20481691e-8 * t * t) / (1 - 2.89741816e-5 * t + 1.61456053e-7 * t * t)
    return np.array([u, v])


def _normal(kelvin: float) -> tuple[Array, Array]:
    """Unit vectors along the locus and across it (towards green) in CIE 1960 uv."""
    along = _planckian(kelvin * 1.001) - _planckian(kelvin / 1.001)
    along = along / np.hypot(*along)
    across = np.array([along[1], -along[0]])
    if across[1] < 0:
        across = -across
    return np.array([-across[1], across[0]]), across


def white(kelvin: float, tint: float = 0.0) -> Array:
    """XYZ of a lamp, Y = 1, on a locus parallel to the Planckian one that passes through D65 at 6500 K.

    `tint` is 3000 x Duv, positive = magenta (below the locus). white(6500) is D65 exactly.
    """
    along, across = _normal(6500.0)
    x, y = D65
    d65 = np.array([4 * x, 6 * y]) / (-2 * x + 12 * y + 3)
    rest = d65 - _planckian(6500.0)
    distance_along = rest[0] * along[0] + rest[1] * along[1]
    distance_across = rest[0] * across[0] + rest[1] * across[1]
    along, across = _normal(kelvin)
    u, v = _planckian(kelvin) + across * (distance_across - tint / 3000) + along * distance_along
    scale = 2 * u - 8 * v + 4
    return xyz_of_xy(3 * u / scale, 2 * v / scale)


# --- OKLab (Ottosson 2020), from linear Rec.2020 ----------------------------------------------------------------------
_XYZ_TO_LMS: Final = np.array(
    [
        [0.8189330101, 0.3618667424, -0.1288597137],
        [0.0329845436, 0.9293118715, 0.0361456387],
        [0.0482003018, 0.2643662691, 0.6338517070],
    ]
)
_LMS_TO_LAB: Final = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_RGB_TO_LMS: Final = np.stack([apply(_XYZ_TO_LMS, column) for column in to_xyz("rec2020").T], -1)
_LMS_TO_RGB: Final = np.linalg.inv(_RGB_TO_LMS)
_LAB_TO_LMS: Final = np.linalg.inv(_LMS_TO_LAB)


def oklab(linear: Array) -> Array:
    """Linear Rec.2020 -> OKLab."""
    return apply(_LMS_TO_LAB, np.cbrt(apply(_RGB_TO_LMS, linear)))


def from_oklab(lab: Array) -> Array:
    """OKLab -> linear Rec.2020."""
    return apply(_LMS_TO_RGB, apply(_LAB_TO_LMS, lab) ** 3)


def difference(code: Array, other: Array) -> Array:
    """100 x Euclidean distance in OKLab of two sets of Rec.709 display codes (..., 3); about 1 is just visible."""
    a, b = (oklab(apply(FROM_709, decode(c))) for c in (code, other))
    distance: Array = 100 * np.sqrt(((a - b) ** 2).sum(-1))
    return distance
