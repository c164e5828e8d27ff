"""The grade as mathematics: Rec.709 display codes in, Rec.709 display codes out, pointwise, so that it can be baked.

Working light is linear Rec.2020 (D65), 1.0 = diffuse white, .18 = mid-grey. Order: exposure and white (one matrix) ->
contrast -> saturation -> shoulder -> lookup table -> gamut. Each step is the exact identity at its neutral value, the
shoulder and the gamut too, so a grade that says nothing changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from apexlang.colour import spaces
from apexlang.colour.lut import Lut
from apexlang.colour.spaces import Array
from apexlang.plan.model import Grade

GREY: Final = 0.18
NEUTRAL_KELVIN: Final = 5600.0
_SLACK: Final = 1e-9  # a limit this near to 1 is 1: what the round trip through Rec.2020 leaves
_HUE_KEPT: Final = 0.6
_GAMUT_KNEE: Final = 0.85
_FURTHEST: Final = 1.5

Operator = Callable[[Array], Array]


def operator(grade: Grade, table: Lut | None = None) -> Operator:
    """The grade as one function from codes (n, 3) in 0..1 to codes (n, 3) in 0..1, float64.

    `table` is the lookup table that `grade.lut` names, already read; it is mixed in by `grade.lut_strength`.
    """
    matrix = _light_matrix(grade)
    if matrix is None and not (grade.contrast or grade.saturation or (table is not None and grade.lut_strength)):
        return _unchanged
    white = float(_primary(np.ones((1, 3)), grade, matrix).max())

    def in_working_light(code: Array) -> Array:
        light = spaces.apply(spaces.FROM_709, spaces.decode(np.asarray(code, np.float64)))
        light = roll_off(_primary(light, grade, matrix), white)
        return light if table is None else _through(table, light, grade.lut_strength)

    limit = _reach(in_working_light(lattice(17)))

    def graded(code: Array) -> Array:
        light = _into_709(in_working_light(code), limit)
        return np.clip(spaces.encode(np.clip(light, 0, 1)), 0, 1)

    return graded


def _unchanged(code: Array) -> Array:
    return np.clip(np.asarray(code, np.float64), 0, 1)


def lattice(size: int) -> Array:
    """(size³, 3) codes of a cube's points, red fastest, as `.cube` files order them."""
    axis = np.arange(size) / (size - 1)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    return np.stack([red, green, blue], -1).reshape(-1, 3)


def shoulder(x: Array, knee: float, white: float) -> Array:
    """Extended Reinhard (2002) above `knee`: smooth, sends `white` to 1, straight beyond it; identity if white is 1."""
    top = max((white - knee) / (1 - knee), 1.0)
    u = np.maximum(x - knee, 0) / (1 - knee)
    bent = np.where(u < top, u * (1 + u / (top * top)) / (1 + u), 1 + (u - top) * (2 / (top * (1 + top))))
    return np.where(x <= knee, x, knee + (1 - knee) * bent)


def roll_off(light: Array, white: float) -> Array:
    """Highlights drawn in, so that `white`, where the grade sends the source's white, lands on 1.

    Each channel takes the shoulder; that bends hues, and part of the bend is undone in OKLab.
    """
    if white <= 1 + _SLACK:
        return light
    knee = GREY + 0.52 / white
    rolled = shoulder(light, knee, white)
    hot = light.max(-1) > knee
    if hot.any():
        before, after = spaces.oklab(np.maximum(light[hot], 0)), spaces.oklab(np.maximum(rolled[hot], 0))
        chroma = np.hypot(after[:, 1], after[:, 2])
        have = np.arctan2(after[:, 2], after[:, 1])
        bend = (np.arctan2(before[:, 2], before[:, 1]) - have + np.pi) % (2 * np.pi) - np.pi
        hue = have + _HUE_KEPT * bend
        turned = np.stack([after[:, 0], chroma * np.cos(hue), chroma * np.sin(hue)], -1)
        # As a difference, so that nothing jumps where the knee begins.
        rolled[hot] += spaces.from_oklab(turned) - spaces.from_oklab(after)
    return rolled


def _light_matrix(grade: Grade) -> Array | None:
    """Exposure and the light's colour as one matrix in working light; None when both are neutral.

    Lower kelvin is warmer: the light that the picture shall seem lit by.
    """
    if (grade.exposure_st, grade.temperature_k, grade.tint) == (0.0, NEUTRAL_KELVIN, 0.0):
        return None
    xyz = spaces.to_xyz("rec2020")
    cat = spaces.adaptation(spaces.white(NEUTRAL_KELVIN), spaces.white(grade.temperature_k, grade.tint))
    adapted = np.stack([spaces.apply(cat, column) for column in xyz.T], -1)
    result: Array = np.linalg.solve(xyz, adapted) * 2.0**grade.exposure_st
    return result


def _primary(light: Array, grade: Grade, matrix: Array | None) -> Array:
    if matrix is not None:
        light = spaces.apply(matrix, light)
    if grade.contrast:  # a straight slope in log light about mid-grey: black stays black
        light = GREY * spaces.power(light / GREY, 1 + grade.contrast)
    if grade.saturation:
        code = spaces.encode(light)
        grey = spaces.luma(code)
        light = spaces.decode(grey + (1 + grade.saturation) * (code - grey))
    return light


def _through(table: Lut, light: Array, strength: float) -> Array:
    """The table reads and gives Rec.709 codes; the mix is made in light."""
    code = np.clip(spaces.encode(spaces.apply(spaces.TO_709, light)), 0, 1)
    looked_up = spaces.apply(spaces.FROM_709, spaces.decode(table(code)))
    return light + strength * (looked_up - light)


_LUMINANCE_709: Final = spaces.to_xyz("rec709")[1]


def _from_grey(light_709: Array) -> tuple[Array, Array]:
    """Luminance, and how far each colour stands from the grey of that luminance: 1 is on the gamut's face."""
    r, g, b = (float(v) for v in _LUMINANCE_709)
    luminance = (r * light_709[..., 0] + g * light_709[..., 1] + b * light_709[..., 2])[..., None]
    return luminance, (luminance - light_709.min(-1, keepdims=True)) / np.maximum(luminance, 1e-6)


def _reach(light: Array) -> float:
    """How far outside Rec.709 this working light goes, from 1 (not at all) to 1.5."""
    luminance, distance = _from_grey(spaces.apply(spaces.TO_709, light))
    distance = distance[luminance > 0.003]
    return float(np.clip(distance.max(), 1, _FURTHEST)) if distance.size else 1.0


def _into_709(light: Array, limit: float) -> Array:
    """Working light -> linear Rec.709; what lies outside slides to grey at constant luminance, by the same shoulder."""
    light_709 = spaces.apply(spaces.TO_709, light)
    if limit <= 1 + _SLACK:
        return light_709
    luminance, distance = _from_grey(light_709)
    near = np.maximum(distance, _GAMUT_KNEE)
    return luminance + (light_709 - luminance) * np.where(
        distance > _GAMUT_KNEE, shoulder(near, _GAMUT_KNEE, limit) / near, 1
    )
