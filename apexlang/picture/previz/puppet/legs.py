"""Legs, trousers, skirts' bare legs, shoes and boots. Figure frame, figure heights."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from apexlang.picture.previz.puppet.body import Body, Joints, LegJoints
from apexlang.picture.previz.puppet.field import below, capped, cloth, cone, ellipsoid, field, fold
from apexlang.picture.previz.puppet.garment import fabric
from apexlang.picture.previz.puppet.nets import mesh
from apexlang.picture.previz.puppet.numeric import rotation, unit, vec
from apexlang.picture.previz.puppet.pose import ANKLE, bend
from apexlang.picture.previz.puppet.shapes import Piece, band, material, turned
from apexlang.picture.previz.puppet.spec import Spec, mixed

Array = npt.NDArray[Any]

_BARE = ("dress",)


def _shoe(spec: Spec, leg: LegJoints, cell: float) -> list[Piece]:
    """A shoe and its sole; made at the ankle, then turned with the foot."""
    k = (1.0 if spec.woman else 1.1) * (1.1 if spec.child else 1.0)
    y = -ANKLE
    upper = [
        ellipsoid((0, y + 0.030, -0.010), (0.027 * k, 0.030, 0.036), 0.02),
        ellipsoid((0, y + 0.022, -0.060), (0.030 * k, 0.024, 0.052), 0.03),
        ellipsoid((0, y + 0.021, -0.088), (0.029 * k, 0.021, 0.030), 0.02),
        cone((0, y + 0.03, 0.002), (0, y + 0.062, 0.006), 0.024 * k, 0.023 * k, 0.015),
        below((0, -1, 0), -(y + 0.006), 0.008),
    ]
    sole = [
        ellipsoid((0, y + 0.006, -0.050), (0.032 * k, 0.020, 0.074), 0.01),
        ellipsoid((0, y + 0.006, 0.012), (0.029 * k, 0.02, 0.030), 0.01),
        below((0, -1, 0), -(y + 0.0004), 0.002),
        below((0, 1, 0), y + 0.012, 0.003),
    ]
    turn_ = rotation(-leg.yaw, leg.heel)
    leather = material(spec.shoe_colour, 23, 0.28, 30, pattern=7, sheen=0.1)
    rubber = material((0.008, 0.006, 0.005), 23, 0.1, 12, pattern=7)
    return [
        Piece(turned(mesh(field(upper), cell), turn_, leg.ankle), leather),
        Piece(turned(mesh(field(sole), cell * 0.85), turn_, leg.ankle), rubber),
    ]


def _boot_shaft(spec: Spec, leg: LegJoints, limb: float, cell: float) -> Piece:
    d = unit(leg.knee - leg.ankle)
    top = 0.115 if spec.outfit == "raincoat" else 0.075
    parts = [
        capped(leg.ankle - d * 0.012, leg.ankle + d * top, 0.0290 * limb, 0.0350 * limb, 0.01, rounding=0.006),
        ellipsoid(leg.ankle, (0.029 * limb, 0.030, 0.031 * limb), 0.015),
    ]
    return Piece(
        mesh(field(parts, cloth(0.002, 18.0)), cell, 0.004),
        material(spec.shoe_colour, 23, 0.28, 30, pattern=7, sheen=0.1),
    )


def _trousers(spec: Spec, body: Body, joints: Joints, cell: float, hidden: bool) -> list[Piece]:
    w, limb = body.width, body.limb
    shorts = spec.bottom == "shorts"
    k = 0.84 if hidden else 1.0
    r0, r1, r2 = 0.050 * limb * k, 0.034 * limb, 0.0265 * limb
    hips = joints.hips
    parts = [
        cone(hips + vec(-0.030, 0.004, 0), hips + vec(0.030, 0.004, 0), 0.056 * w * k, 0.056 * w * k, 0.03),
        ellipsoid(hips + vec(0, 0.035, 0), (0.080 * w * k, 0.05, 0.058 * w * k), 0.03),
    ]
    folds, cuffs = [], []
    for leg in joints.legs:
        s = leg.side
        d1, d2 = unit(leg.knee - leg.hip), unit(leg.ankle - leg.knee)
        bent = bend(d1, d2) * 2
        if shorts:
            end = leg.hip + (leg.knee - leg.hip) * 0.86
            parts.append(capped(leg.hip, end, r0 * 1.04, r1 * 1.32, 0.020))
            cuffs.append((leg.hip, end))
            continue
        end = leg.ankle + d2 * (0.004 if spec.shoes != "boots" else -0.050)
        parts += [
            cone(leg.hip, leg.knee, r0, r1, 0.020),
            capped(leg.knee, end, r1, r2 * 1.16, 0.012),
            ellipsoid(leg.knee, (r1 * 1.02,) * 3, 0.012),
        ]
        folds += [
            fold(
                leg.knee + vec(0, 0, 0.012),
                d1 + d2 + vec(0.3 * s, 0, 0),
                0.032,
                0.030,
                0.0042 * (0.8 + 0.7 * bent),
                0.03,
            ),
            fold(end - d2 * 0.016, d2 + vec(0.45 * s, 0, 0.4), 0.028, 0.023, 0.0056, 0.03),
            fold(leg.hip + vec(-s * 0.01, -0.02, -0.045), (s * 0.8, 1, 0), 0.038, 0.032, 0.0042, 0.03),
        ]
        cuffs.append((leg.knee, end))
    cloth_ = fabric(
        spec.bottom_colour if spec.outfit != "spacesuit" else spec.top,
        spec,
        "denim" if spec.bottom == "jeans" else "none",
    )
    whole = field(parts, cloth(0.0026, 16.0), folds)
    pieces = [Piece(mesh(whole, cell, 0.012), cloth_)]
    if spec.shoes != "boots" or shorts:
        for a, b in cuffs:
            d = unit(b - a)
            leg_only = field(
                [cone(a, b + d * 0.01, r1, r2 * 1.16 if not shorts else r1 * 1.32)], cloth(0.0026, 16.0), folds
            )
            pieces.append(
                Piece(band(leg_only, b - d * 0.014, b, 0.0022, 28, 3, forward=(0, 0.2, -1), reach=0.07), cloth_)
            )
    return pieces


def _bare(spec: Spec, body: Body, leg: LegJoints, cell: float, skin: tuple[float, ...]) -> Piece:
    limb = body.limb
    calf = leg.knee + (leg.ankle - leg.knee) * 0.3 + vec(0, 0, 0.008)
    parts = [
        cone(leg.hip, leg.knee, 0.040 * limb, 0.027 * limb, 0.02),
        cone(leg.knee, leg.ankle, 0.026 * limb, 0.0145 * limb, 0.02),
        ellipsoid(calf, (0.025 * limb, 0.055, 0.025 * limb), 0.03),
        ellipsoid(leg.knee + vec(0, 0.004, -0.010), (0.020 * limb,) * 3, 0.02),
    ]
    tights = (
        material(mixed(spec.accent, (0.02, 0.02, 0.025), 0.8), 23, 0.06, 12, pattern=7)
        if spec.seed % 2 and spec.bottom != "shorts"
        else skin
    )
    return Piece(mesh(field(parts), cell), tights)


def leg_pieces(spec: Spec, body: Body, joints: Joints, cell: float, skin: tuple[float, ...]) -> list[Piece]:
    """Everything below the garment's hem, in the figure frame."""
    bare = spec.outfit in _BARE or spec.bottom == "skirt"
    pieces: list[Piece] = []
    if bare or spec.bottom == "shorts":
        pieces += [_bare(spec, body, leg, cell, skin) for leg in joints.legs]
    if not bare:
        pieces += _trousers(spec, body, joints, cell, spec.outfit in ("coat", "raincoat"))
    for leg in joints.legs:
        pieces += _shoe(spec, leg, cell * 0.66)
        if spec.shoes == "boots":
            pieces.append(_boot_shaft(spec, leg, body.limb, cell * 0.8))
    return pieces
