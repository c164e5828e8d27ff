"""A pine forest: trunks, needles in whorls, ferns, stones, a way between the trees where people stand."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.mesh import Mesh
from apexlang.picture.previz.model import Array

_TREES = 165
_FERNS = 190


def _height(x: Array, z: Array) -> Array:
    hills = 0.35 * np.sin(x * 0.22 + 1) * np.cos(z * 0.17) + 0.15 * np.sin(x * 0.7 + z * 0.5)
    flat = np.clip((np.hypot(x, z) - 1.5) / 5, 0, 1)
    return np.asarray(hills * flat + np.clip(np.abs(x) - 14, 0, 99) * 0.12)


def ground(x: float, z: float) -> float:
    return round(float(_height(np.array(x), np.array(z))), 6)


def build(brief: Brief) -> Design:
    out = Design(ground=ground, haze=0.010, haze_fall=0.10, shafts=0.012, sun=1.6, sun_lift=16.0)
    mesh = out.mesh
    earth = (0.14, 0.12, 0.06) if not brief.snow else (0.62, 0.64, 0.68)
    floor = mesh.material(brief.tinted(earth, 0, 0.2), kind=k.UNDERGROWTH)
    mesh.terrain(np.linspace(-64, 64, 130), np.linspace(-74, 120, 180), _height, floor)
    bark = [
        mesh.material(tuple(c * f for c in (0.12, 0.08, 0.055)), kind=k.BARK, specular=0.02) for f in (0.7, 1.0, 1.3)
    ]
    greens = ((0.06, 0.13, 0.05), (0.09, 0.16, 0.05), (0.045, 0.10, 0.06))
    if brief.snow:
        greens = ((0.35, 0.40, 0.42), (0.12, 0.17, 0.15), (0.28, 0.33, 0.35))
    needles = [mesh.material(brief.tinted(c, i, 0.25), kind=k.LEAF, specular=0.03) for i, c in enumerate(greens)]
    dice = brief.dice("trees")
    placed = 0
    for _ in range(2000):
        if placed >= _TREES:
            break
        x, z = dice.between(-34, 34), dice.between(-34, 76)
        path = abs(x) < 2.2 + 0.11 * abs(z - 2) and z < 45
        if path or (abs(x) < 5.0 and z < -0.5) or math.hypot(x, z) < 3.0:
            continue
        _pine(mesh, dice, x, z, bark[dice.whole(3)], needles[dice.whole(3)])
        placed += 1
    for _ in range(_FERNS):
        x, z = dice.between(-15, 15), dice.between(-2.5, 30)
        if abs(x) > 1.3 + 0.04 * z:
            _fern(mesh, dice, x, z, needles[dice.whole(3)])
    stone = mesh.material((0.15, 0.15, 0.14), kind=k.MASONRY, scale=40.0)
    for _ in range(24):
        x, z = dice.between(-9, 9), dice.between(0.5, 22)
        if abs(x) > 1.4:
            mesh.stone((x, ground(x, z) + 0.05, z), dice.between(0.18, 0.7), stone, dice, 0.2, 3, (1.2, 0.7, 1.0), True)
    _log(mesh, brief, bark[1])
    if "fire" in brief.props:
        dice = brief.dice("fire")
        fire(out, brief, dice.sign() * 1.1, 0.6, ground)
    return out


def _pine(mesh: Mesh, dice: Dice, x: float, z: float, bark: int, green: int) -> None:
    y = ground(x, z)
    r, h = dice.between(0.16, 0.42), dice.between(13, 22)
    lean_x, lean_z = dice.bell() * 0.35, dice.bell() * 0.35
    mesh.lathe(
        (x, y - 0.2, z), [(r * 2.1, 0), (r * 1.35, 0.35), (r * 1.08, 0.9), (r, 1.6)], bark, 12, True, dice.between(0, 6)
    )
    mesh.beam((x, y + 1.35, z), (x + lean_x, y + h, z + lean_z), r, bark, 12, r * 0.25)
    low = y + dice.between(3.2, 7.0) + (3.5 if z < 2 else 0)
    for n in range(5):
        # dead twigs below the crown
        angle, at = dice.between(0, 6.28), dice.between(1.8, 5.5)
        reach = dice.between(0.35, 0.9)
        a = np.array([x + lean_x * at / h, y + at, z + lean_z * at / h])
        mesh.beam(
            a,
            a + np.array([math.cos(angle) * (reach + r), -0.15 - 0.05 * n, math.sin(angle) * (reach + r)]),
            0.018,
            bark,
            5,
            0.006,
        )
    spread = dice.between(1.5, 2.4)
    whorls = 13
    tris = []
    for n in range(whorls):
        f = n / whorls
        radius = (1 - f) ** 0.8 * spread * dice.between(0.8, 1.15) + 0.15
        middle = np.array([x + lean_x * f, low + f * (y + h - low + 1.6), z + lean_z * f])
        first = dice.between(0, 6.28)
        for b in range(11):
            angle = first + b / 11 * 6.2832
            reach = radius * dice.between(0.7, 1.15)
            c, s = math.cos(angle), math.sin(angle)
            tip = middle + np.array([c * reach, -0.38 * reach - 0.1, s * reach])
            top = middle + np.array([0, 0.6, 0])
            # three fingers a branch: a ragged edge instead of a card's
            for w, share in ((-0.30, 0.72), (0.0, 1.0), (0.30, 0.74)):
                ca, sa = math.cos(angle + w), math.sin(angle + w)
                end = middle + np.array([ca * reach * share, -0.36 * reach * share - 0.08, sa * reach * share])
                left = middle + np.array(
                    [math.cos(angle + w - 0.15) * reach * 0.5, -0.12 * reach, math.sin(angle + w - 0.15) * reach * 0.5]
                )
                right = middle + np.array(
                    [math.cos(angle + w + 0.15) * reach * 0.5, -0.12 * reach, math.sin(angle + w + 0.15) * reach * 0.5]
                )
                end = tip if w == 0.0 else end
                tris += [[top, left, right], [left, end, right]]
    mesh.triangles(np.array(tris), green)


def _fern(mesh: Mesh, dice: Dice, x: float, z: float, green: int) -> None:
    root = np.array([x, ground(x, z), z])
    fronds, size = 6 + dice.whole(4), dice.between(0.32, 0.72)
    tris = []
    for n in range(fronds):
        angle = n / fronds * 6.28 + dice.unit()
        way = np.array([math.cos(angle), 0, math.sin(angle)]) * size
        across = np.array([-way[2], 0, way[0]])
        spine = [root + way * t + np.array([0, size * (1.5 * t - 1.25 * t * t), 0]) for t in (0.0, 0.3, 0.6, 0.85, 1.1)]
        for i in range(4):
            a, b = spine[i], spine[i + 1]
            wide = 0.17 * (1 - i / 5)
            tris += [[a, b, a + (b - a) * 0.9 + across * wide], [a, a + (b - a) * 0.9 - across * wide, b]]
    mesh.triangles(np.array(tris), green)


def _log(mesh: Mesh, brief: Brief, bark: int) -> None:
    dice = brief.dice("log")
    side = dice.sign()
    a = np.array([side * 2.2, ground(side * 2.2, 2.4) + 0.2, 2.4])
    b = np.array([side * 5.2, ground(side * 5.2, 3.4) + 0.25, 3.4])
    mesh.beam(a, b, 0.26, bark, 16, 0.2)
    mesh.stone(
        (float(a[0]), float(a[1]), float(a[2])),
        0.255,
        mesh.material((0.26, 0.18, 0.10), kind=k.BARK),
        dice,
        0.04,
        3,
        (0.3, 1, 1),
        True,
    )


def fire(out: Design, brief: Brief, x: float, z: float, level: Callable[[float, float], float]) -> None:
    """A camp fire in a ring of stones; `level`: of the ground."""
    mesh, dice = out.mesh, brief.dice("flames")
    y = level(x, z)
    wood = mesh.material((0.05, 0.035, 0.025), kind=k.BARK)
    stone = mesh.material((0.14, 0.14, 0.13))
    for n in range(6):
        angle = n / 6 * 6.28
        mesh.beam((x + 0.34 * math.cos(angle), y + 0.04, z + 0.34 * math.sin(angle)), (x, y + 0.34, z), 0.045, wood, 8)
    for n in range(11):
        angle = n / 11 * 6.28
        mesh.stone(
            (x + 0.5 * math.cos(angle), y + 0.05, z + 0.5 * math.sin(angle)),
            0.11,
            stone,
            dice,
            0.2,
            2,
            (1, 0.8, 1),
            True,
        )
    for n, (colour, high) in enumerate((((8.0, 2.6, 0.4), 0.75), ((9.0, 4.2, 0.9), 0.5), ((9.0, 6.5, 2.4), 0.3))):
        flame = mesh.material((0.1, 0.05, 0.02), colour)
        for q in range(3):
            ox, oz = dice.bell() * 0.06, dice.bell() * 0.06
            mesh.lathe(
                (x + ox, y + 0.08, z + oz),
                [(0.0, 0), (0.11 - 0.025 * n, high * 0.2), (0.05, high * 0.6), (0.0, high * (0.8 + 0.1 * q))],
                flame,
                10,
            )
    out.light(x, y + 0.5, z - 0.15, (1.0, 0.46, 0.13), 14.0, 0.3)
