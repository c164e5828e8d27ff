"""Garments of the upper body: one field for trunk, skirt and sleeves, with folds where cloth gathers.

Torso frame, figure heights. A hem follows the legs, so that no stride comes through a coat.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.puppet.body import UPPER_ARM, ArmJoints, Body, Joints, to_torso, torso
from apexlang.picture.previz.puppet.field import (
    CUT,
    Field,
    below,
    capped,
    chain,
    cloth,
    cone,
    ellipsoid,
    field,
    fold,
    opening,
)
from apexlang.picture.previz.puppet.numeric import unit, vec
from apexlang.picture.previz.puppet.pose import bend
from apexlang.picture.previz.puppet.shapes import material
from apexlang.picture.previz.puppet.spec import Colour, Spec

Array = npt.NDArray[Any]
Material = tuple[float, ...]

_PATTERNS: Final = MappingProxyType(
    {
        "none": (0, 14.0),
        "plaid": (2, 16.0),
        "pinstripe": (3, 45.0),
        "stripes": (4, 24.0),
        "tweed": (5, 1.0),
        "denim": (6, 1.0),
        "dots": (9, 26.0),
        "knit": (1, 38.0),
        "leather": (8, 0.06),
        "glossy": (8, 0.12),
    }
)


@dataclass(frozen=True)
class Cut:
    """How a garment hangs: `ease` of the sleeves, `off` the body, `hem` below the hips, V of an open front as a share of the
    torso (0 closed), short sleeves."""

    ease: float
    off: float
    hem: float
    vee: float = 0.0
    short: bool = False


CUTS: Final = MappingProxyType(
    {
        "coat": Cut(1.25, 0.0114, -0.265, 0.55),
        "raincoat": Cut(1.28, 0.0115, -0.215),
        "hoodie": Cut(1.28, 0.0114, -0.045),
        "jacket": Cut(1.12, 0.0080, -0.052, 0.42),
        "suit": Cut(1.10, 0.0068, -0.052, 0.46),
        "sweater": Cut(1.16, 0.0074, -0.045),
        "dress": Cut(0.95, 0.0030, -0.235, short=True),
        "tee": Cut(1.12, 0.0034, -0.030, short=True),
        "uniform": Cut(1.10, 0.0045, -0.040),
        "tactical": Cut(1.16, 0.0080, -0.036),
        "vest": Cut(1.06, 0.0034, -0.022),
        "apron": Cut(1.05, 0.0034, -0.030),
        "shirt": Cut(1.06, 0.0034, -0.034),
        "spacesuit": Cut(1.24, 0.0100, -0.020),
    }
)


@dataclass(frozen=True)
class Fitting:
    """What every seam needs: the person, their measures and joints, the cut, and the cell of the mesh."""

    spec: Spec
    body: Body
    joints: Joints
    cut: Cut
    hem: float
    cell: float

    @property
    def seated(self) -> bool:
        """Sitting, kneeling or crouching."""
        return self.joints.pose.seated

    @property
    def long(self) -> bool:
        """A hem well down the thighs."""
        return self.hem < -0.1


def fabric(colour: Colour, spec: Spec, pattern: str = "none", specular: float = 0.03, sheen: float = 0.6) -> Material:
    """A woven or knitted material in a pattern of `words.PATTERNS`."""
    index, scale = _PATTERNS[pattern]
    if index == 8:
        return material(colour, 23, 0.35, 40, spec.second, 8, scale, 0.2)
    return material(
        colour,
        23,
        0.02 if index == 1 else specular,
        8 if index == 1 else 9,
        spec.second,
        index,
        scale,
        1.1 if index == 1 else sheen,
    )


def main_material(spec: Spec) -> Material:
    """The outfit's own cloth."""
    if spec.outfit == "raincoat":
        return material(spec.top, 23, 0.16, 30, spec.second, 8, 0.045, 0.35)
    if spec.outfit == "vest":
        return fabric(spec.shirt, spec)
    return fabric(spec.top, spec, spec.pattern)


def fit(spec: Spec, body: Body, joints: Joints, cell: float) -> Fitting:
    """The outfit on a posed body."""
    cut = CUTS[spec.outfit]
    hem = cut.hem
    if joints.pose.seated:
        hem = max(hem, -0.055)
    elif max(leg.heel for leg in joints.legs) > 1.0:
        # a runner's coat flies open: its skirt stops at mid thigh
        hem = max(hem, -0.115)
    return Fitting(spec, body, joints, cut, hem, cell)


def leg_lines(f: Fitting, drop: float) -> list[list[Array]]:
    """For each leg its line from the hip down to the height `drop`, in the torso frame."""
    out = []
    for leg in f.joints.legs:
        hip, knee, ankle = (to_torso(p, f.joints) for p in (leg.hip, leg.knee, leg.ankle))
        if knee[1] < drop:
            t = (drop - hip[1]) / (knee[1] - hip[1] - 1e-9)
            out.append([hip, hip + (knee - hip) * t])
        else:
            t = (drop - knee[1]) / (ankle[1] - knee[1] - 1e-9)
            out.append([hip, knee, knee + (ankle - knee) * min(1.0, max(0.0, t))])
    return out


def _trunk(f: Fitting) -> list[Array]:
    """Trunk and skirt, without its hem's cut."""
    b, off, hem = f.body, f.cut.off, f.hem
    w = b.width
    parts = torso(b, off)
    if f.seated and f.cut.hem < -0.1:
        for leg in f.joints.legs:
            hip, knee, ankle = (to_torso(p, f.joints) for p in (leg.hip, leg.knee, leg.ankle))
            parts.append(cone(hip, knee + (ankle - knee) * 0.10, 0.068 * w + off, 0.050 * w + off, 0.045))
    elif f.spec.outfit == "dress":
        parts.append(cone((0, 0.065, 0), (0, hem - 0.03, 0.004), 0.068 * w, 0.140 * w, 0.03, scale=(1, 1, 0.92)))
        for line in leg_lines(f, hem - 0.04):
            parts += chain(line, [0.060 * w, *[0.070 * w] * (len(line) - 1)], 0.06)
    elif f.long:
        wide = 0.100 * w + off * 0.8
        parts.append(cone((0, 0.05, 0), (0, hem - 0.02, 0.004), 0.080 * w + off, wide, 0.04, scale=(1, 1, 0.86)))
        for line in leg_lines(f, hem - 0.03):
            parts += chain(line, [0.058 * w + off, *[0.056 * w + off] * (len(line) - 1)], 0.07)
    else:
        parts.append(
            cone(
                (0, 0.02, 0.002),
                (0, hem - 0.02, 0.004),
                (0.082 + 0.006 * b.feminine) * w + off,
                (0.086 + 0.006 * b.feminine) * w + off,
                0.04,
                scale=(1, 1, 0.76),
            )
        )
    return parts


def _sleeve(f: Fitting, arm: ArmJoints) -> tuple[list[Array], list[Array]]:
    """Primitives and folds of one sleeve."""
    limb = f.body.limb * f.cut.ease
    r1, r2, r3 = 0.0315 * limb, 0.0255 * limb, 0.0205 * limb
    s = arm.side
    d1, d2 = unit(arm.elbow - arm.shoulder), unit(arm.wrist - arm.elbow)
    gather = [fold(arm.shoulder + vec(-s * 0.022, -0.045, -0.03), (s * 0.8, -0.6, 0), 0.034, 0.030, 0.0028, 0.03)]
    if f.cut.short and not f.spec.long_sleeves:
        end = arm.shoulder + d1 * UPPER_ARM * 0.52
        return [capped(arm.shoulder - d1 * 0.012 - vec(0, 0.002, 0), end, r1 * 1.14, r1 * 1.18, 0.022)], gather
    bent = bend(d1, d2) * 2
    cuff = arm.wrist - d2 * 0.008
    parts = [
        cone(arm.shoulder + vec(-s * 0.006, -0.008, 0), arm.elbow, r1 * 1.04, r2, 0.026),
        capped(arm.elbow, cuff, r2, r3 * (1.18 if f.cut.ease > 1.08 else 1.08), 0.012),
        ellipsoid(arm.elbow, (r2 * 1.03,) * 3, 0.01),
    ]
    if arm.hand == "pocket":
        d = unit(vec(-s * 0.25, -1.0, -0.1))
        parts.append(ellipsoid(arm.wrist + d * 0.032, (0.026, 0.036, 0.020), 0.025))
    amp = 0.0046 * (1.2 if f.cut.ease > 1.1 else 0.8)
    gather += [
        fold(arm.elbow, d1 + d2 + vec(0.3 * s, 0.2, 0.1), 0.030, 0.026, amp * min(1.3, 0.35 + 0.8 * bent), 0.030),
        fold(cuff - d2 * 0.012, d2 + vec(0.35 * s, 0, 0.3), 0.020, 0.019, amp * 0.5, 0.02),
        fold(arm.shoulder + d1 * 0.03, d1 * 0.6 + vec(-0.8 * s, 0.3, 0), 0.034, 0.036, amp * 0.45, 0.03),
    ]
    return parts, gather


def body_folds(f: Fitting) -> list[Array]:
    s = f.body.torso
    out = [
        fold((-0.035, s * 0.24, -0.06), (0.5, 1, 0), 0.044, 0.044, 0.0030, 0.04),
        fold((0.055, s * 0.12, -0.05), (-0.7, 1, 0), 0.040, 0.040, 0.0030, 0.04),
        fold((0, s * 0.30, 0.06), (0.2, 1, 0), 0.055, 0.046, 0.0032, 0.05),
    ]
    if f.long:
        out += [fold((k * 0.07, -0.15, -0.03), (1, 0.08, 0.5 * k), 0.085, 0.055, 0.0048, 0.05) for k in (-1, 1)]
        out += [fold((k * 0.05, -0.14, 0.06), (1, 0.08, 0.3 * k), 0.085, 0.060, 0.0040, 0.05) for k in (-1, 1)]
    return out


@dataclass(frozen=True)
class Garment:
    """The field with sleeves, the trunk alone that things are sewn on, one field a sleeve."""

    whole: Field
    trunk: Field
    sleeves: tuple[Field, Field]


def garment(f: Fitting) -> Garment:
    """Fields of the outfit's main piece."""
    s = f.body.torso
    relief = cloth(0.0026, 12.0, (9, 0.010, 0.06, 0.20) if f.spec.outfit == "dress" and not f.seated else None)
    trunk = [*_trunk(f), below((0, -1, 0), -f.hem, 0.010)]
    folds = body_folds(f)
    sleeves = [_sleeve(f, arm) for arm in f.joints.arms]
    everything = list(folds)
    for _, gather in sleeves:
        everything += gather
    wide = f.spec.outfit == "dress"
    neckline = s + 0.034 + (0.010 if f.cut.vee else 0.002 if not wide else -0.026)
    hole = 0.046 if f.cut.vee else 0.058 if wide else 0.047
    hole *= 0.6 + 0.4 * f.body.neck / 0.0215
    program = [*trunk, ellipsoid((0, neckline + 0.030, -0.004), (hole, 0.042, hole * 0.95), 0.014, CUT)]
    for parts, _ in sleeves:
        program += parts
    outline = None
    if f.cut.vee:
        v = f.cut.vee * s
        outline = np.array(
            [(-0.042, s + 0.085), (0.042, s + 0.085), (0.034, s), (0.008, v + 0.004), (-0.008, v + 0.004), (-0.034, s)]
        )
        relief = opening(relief, 0.012, 0.008)
    whole = field(program, relief, everything, outline)
    return Garment(
        whole,
        field(trunk, cloth(0.0026, 12.0), everything),
        (field(sleeves[0][0], relief, everything), field(sleeves[1][0], relief, everything)),
    )
