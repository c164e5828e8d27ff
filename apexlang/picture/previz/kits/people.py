"""People in the distance: low puppets of a few hundred triangles, where nobody looks closely."""

from __future__ import annotations

import math

import numpy as np

from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.mesh import Mesh, turned

_CLOTHES = (
    (0.10, 0.12, 0.16), (0.24, 0.07, 0.06), (0.07, 0.12, 0.22), (0.30, 0.25, 0.18), (0.06, 0.06, 0.065), (0.13, 0.19, 0.12),
    (0.38, 0.34, 0.28), (0.33, 0.20, 0.06), (0.20, 0.10, 0.20),
)  # fmt: skip
_SKINS = ((0.72, 0.48, 0.36), (0.55, 0.34, 0.23), (0.32, 0.18, 0.12), (0.16, 0.09, 0.06))
_HAIRS = ((0.02, 0.015, 0.012), (0.10, 0.05, 0.025), (0.30, 0.18, 0.07), (0.35, 0.34, 0.33))

_CLEAR = (2.6, -3.0, 2.6)
"""Half width and length of the marks, which stay free."""


def crowd(out: Design, brief: Brief) -> None:
    """Some thirty people about the place: in rows on the floor of a room, along the ways outside."""
    dice = brief.dice("crowd")
    x0, x1, z0, z1 = (-9.0, 9.0, -14.0, 34.0)
    if out.walls is not None:
        x0, x1, z0, z1 = (
            out.walls[0] + 0.6,
            out.walls[1] - 0.6,
            max(out.walls[2] + 0.6, -14.0),
            min(out.walls[3] - 0.7, 30.0),
        )
    count = 34 if out.walls is None or (x1 - x0) * (z1 - z0) > 120 else 9
    placed = 0
    for _ in range(600):
        if placed == count:
            return
        x, z = dice.between(x0, x1), dice.between(z0, z1)
        if abs(x) < _CLEAR[0] and _CLEAR[1] < z < _CLEAR[2]:
            continue
        if abs(x) < 1.2 and z < 0:  # where the camera stands
            continue
        person(out.mesh, dice, (x, out.ground(x, z), z), dice.between(0, 2 * math.pi))
        placed += 1


def person(mesh: Mesh, dice: Dice, foot: tuple[float, float, float], yaw: float) -> None:
    """Somebody standing or walking, facing `yaw`; coat, trousers, head and hair, arms."""
    x, y, z = foot
    high = dice.between(1.55, 1.88)
    top = mesh.material(dice.pick(_CLOTHES))
    legs = mesh.material(dice.pick(_CLOTHES))
    skin = mesh.material(dice.pick(_SKINS), specular=0.1)
    hair = mesh.material(dice.pick(_HAIRS))
    stride = dice.pick((0.0, 0.0, 0.16, 0.22))

    def at(a: float, b: float, c: float) -> tuple[float, float, float]:
        q = turned(np.array([a * high, 0.0, c * high]), yaw)
        return x + float(q[0]), y + b * high, z + float(q[2])

    long = dice.unit() < 0.4
    for side, way in ((-1, 1), (1, -1)):
        mesh.beam(at(side * 0.05, 0.46, 0), at(side * 0.055, 0.03, way * stride), 0.046 * high, legs, 7, 0.032 * high)
        mesh.beam(
            at(side * 0.055, 0.025, way * stride + 0.02),
            at(side * 0.06, 0.02, way * stride - 0.075),
            0.028 * high,
            legs,
            6,
        )
        hand = at(side * 0.135, 0.44, -way * stride * 0.6 - 0.02)
        mesh.beam(at(side * 0.095, 0.76, 0), hand, 0.036 * high, top, 6, 0.026 * high)
        mesh.stone(hand, 0.028 * high, skin, dice, 0.0, 1, (1, 1, 1), True)
    foot_of_coat = 0.26 if long else 0.44
    base = at(0, foot_of_coat, 0)
    w = high
    profile = [
        (0.115 * w if long else 0.10 * w, 0.0), (0.095 * w, (0.56 - foot_of_coat) * w), (0.112 * w, (0.74 - foot_of_coat) * w),
        (0.07 * w, (0.79 - foot_of_coat) * w), (0.03 * w, (0.81 - foot_of_coat) * w),
    ]  # fmt: skip
    mesh.lathe(base, profile, top, 10)
    mesh.stone(at(0, 0.895, -0.01), 0.082 * high, skin, dice, 0.0, 2, (0.86, 1.05, 0.92), True)
    mesh.stone(at(0, 0.925, 0.018), 0.086 * high, hair, dice, 0.1, 2, (0.92, 0.9, 0.92), True)
    if dice.unit() < 0.25:
        mesh.lathe(
            at(0, 0.955, 0.0), [(0.13 * w, 0), (0.085 * w, 0.008), (0.075 * w, 0.06 * w), (0, 0.065 * w)], top, 12
        )
