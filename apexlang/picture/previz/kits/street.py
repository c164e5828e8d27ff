"""A city street: facades with windows, shop fronts, neon, lamps, parked cars, wet asphalt in the rain."""

from __future__ import annotations

import math

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.mesh import Mesh, turned
from apexlang.picture.previz.model import Array

_KERB = 5.0
_FACADE = 9.4
_WALLS = ((0.30, 0.22, 0.18), (0.28, 0.27, 0.26), (0.20, 0.22, 0.25), (0.36, 0.31, 0.25), (0.33, 0.20, 0.15))
_NEON = ((1.0, 0.16, 0.20), (0.14, 0.55, 1.0), (1.0, 0.45, 0.10), (0.95, 0.20, 0.75), (0.20, 0.95, 0.70))
_WARM = (1.0, 0.68, 0.36)
_COOL = (0.6, 0.85, 1.0)


def build(brief: Brief) -> Design:
    out = Design(haze=0.006 if not brief.night else 0.007, haze_fall=0.02)
    mesh = out.mesh
    asphalt = mesh.material((0.10, 0.10, 0.11), kind=k.ASPHALT, specular=0.08)
    walk = mesh.material((0.26, 0.25, 0.245), kind=k.MASONRY, scale=1.2)
    mesh.floor(-60, 60, -110, 240, 0.0, asphalt)
    for side in (-1, 1):
        mesh.box((side * (_KERB + 2.2), 0.09, 60), (2.2, 0.09, 170), walk)
    dice = brief.dice("street")
    for side in (-1, 1):
        z = -90.0
        number = 0
        while z < 190:
            depth = dice.between(9, 17)
            building(out, brief, brief.dice("building", side, number), side, z, depth, number)
            z += depth
            number += 1
    _lamps(out, brief)
    _cars(out, brief)
    for n in range(4):
        wire = brief.dice("wire", n)
        x, z, y = wire.between(8.5, 9.3), 9 + n * 13.0, 8 + n * 0.7
        dark = mesh.material((0.02, 0.02, 0.02))
        for i in range(6):
            a, b = i / 6, (i + 1) / 6
            sag_a, sag_b = 0.9 * (4 * a * (1 - a)), 0.9 * (4 * b * (1 - b))
            mesh.beam((-x + 2 * x * a, y - sag_a, z + 3 * a), (-x + 2 * x * b, y - sag_b, z + 3 * b), 0.018, dark, 5)
    red = mesh.material((0.35, 0.06, 0.04), specular=0.2)
    mesh.lathe((5.45, 0.18, 3.4), [(0.16, 0), (0.14, 0.5), (0.17, 0.52), (0.12, 0.7), (0, 0.78)], red, 12)
    mesh.beam((5.25, 0.6, 3.4), (5.65, 0.6, 3.4), 0.055, red, 8)
    if "bench" in brief.props:
        wood = mesh.material((0.20, 0.12, 0.07), kind=k.PLANKS, scale=0.1)
        for y, z in ((0.62, 4.6), (0.62, 4.75), (0.62, 4.9), (0.85, 5.05), (1.0, 5.08)):
            mesh.box((-5.9, y, z), (0.8, 0.02, 0.06), wood)
        for x in (-6.5, -5.3):
            mesh.box((x, 0.4, 4.8), (0.03, 0.22, 0.2), mesh.material((0.05, 0.05, 0.05), specular=0.3))
    return out


def building(out: Design, brief: Brief, dice: Dice, side: int, z: float, depth: float, number: int) -> None:
    """One house of a row, from z to z + depth."""
    mesh = out.mesh
    near = abs(z) < 60
    # low around the marks, so that the sun gets in from either side; towers further down make the depth
    tall = (
        dice.between(6.4, 9.0)
        if -30 < z < 13
        else dice.between(9, 15)
        if -50 < z < 30
        else dice.between(14, 30)
        if near
        else dice.between(20, 58)
    )
    colour = brief.tinted(dice.pick(_WALLS), dice.whole(3), 0.28)
    wall = mesh.material(colour, kind=k.FACADE, scale=dice.pick((1.7, 2.1, 2.6)), extra=(number * 2 + (side > 0), 4.2))
    x = side * (_FACADE + 7 + dice.between(0, 0.8))
    mesh.box((x, tall / 2, z + depth / 2), (7, tall / 2, depth / 2 - 0.06), wall)
    trim = mesh.material(tuple(0.8 * c for c in colour))
    mesh.box((x, tall + 0.25, z + depth / 2), (7.3, 0.3, depth / 2), trim)
    mesh.box((x - side * 0.05, 3.95, z + depth / 2), (7.12, 0.22, depth / 2 - 0.05), trim)
    face = x - side * 7.0
    for q in np.arange(z + 1.2, z + depth - 2, 3.4):
        _shop(out, brief, dice, side, face, float(q) + 1.3, near)
    chance = 0.75 if brief.night or "neon" in brief.props else 0.3
    if dice.unit() < chance:
        _sign(out, brief, dice, side, face, z + depth * 0.5, number, near)
    if dice.unit() < 0.4:
        tank = mesh.material((0.16, 0.11, 0.08), kind=k.PLANKS, scale=0.2)
        mesh.lathe((x - side * 3, tall + 0.5, z + depth * 0.5), [(1.2, 0), (1.2, 2.2), (0, 3.1)], tank, 12)


def _shop(out: Design, brief: Brief, dice: Dice, side: int, face: float, z: float, near: bool) -> None:
    mesh = out.mesh
    lit = dice.unit() < (0.66 if brief.night else 0.25)
    glow = _WARM if dice.unit() < 0.75 else _COOL
    number = dice.whole(997)
    if lit:
        level = 0.95 if brief.night else 0.3
        pane = mesh.material((0.05, 0.05, 0.05), tuple(level * c for c in glow), kind=k.SHOP, specular=0.3,
                             extra=(number, z, 1.25))  # fmt: skip
    else:
        pane = mesh.material(
            (0.05, 0.06, 0.07), (0.004, 0.004, 0.005), kind=k.SHOP, specular=0.5, gloss=60, extra=(number, z, 1.25)
        )
    mesh.box((face - side * 0.02, 1.75, z), (0.04, 1.25, 1.25), pane)
    sill = mesh.material((0.12, 0.11, 0.10))
    mesh.box((face - side * 0.05, 0.42, z), (0.08, 0.12, 1.4), sill)
    awning = mesh.material(
        brief.tinted(dice.pick(((0.34, 0.10, 0.08), (0.08, 0.20, 0.16), (0.10, 0.14, 0.28))), dice.whole(3), 0.4)
    )
    a = face - side * 0.02
    mesh.quad(
        (a, 3.35, z - 1.5),
        (a, 3.35, z + 1.5),
        (a - side * 0.95, 2.95, z + 1.5),
        (a - side * 0.95, 2.95, z - 1.5),
        awning,
    )
    mesh.quad((a - side * 0.95, 2.95, z - 1.5), (a - side * 0.95, 2.95, z + 1.5), (a - side * 0.95, 2.75, z + 1.5),
              (a - side * 0.95, 2.75, z - 1.5), awning)  # fmt: skip
    if lit and brief.night and near:
        out.light(face - side * 0.7, 1.9, z, glow, 2.4, 0.5)


def _sign(out: Design, brief: Brief, dice: Dice, side: int, face: float, z: float, number: int, near: bool) -> None:
    hue = dice.pick(_NEON)
    level = 2.3 if brief.night else 0.35
    y = dice.between(5.3, 8.5)
    half_width, half_height = dice.between(0.45, 0.6), dice.between(1.3, 1.9)
    x = face - side * (half_width + 0.35)
    sign = out.mesh.material(
        tuple(0.06 + 0.05 * c for c in hue), tuple(level * c for c in hue), kind=k.SIGN,
        extra=(number + (50 if side > 0 else 0), half_width, half_height, x, y),
    )  # fmt: skip
    dark = out.mesh.material((0.03, 0.03, 0.035), specular=0.3)
    out.mesh.box((x, y, z), (half_width, half_height, 0.07), sign)
    out.mesh.box((x, y, z + 0.01), (half_width + 0.03, half_height + 0.03, 0.05), dark)
    out.mesh.beam((face, y + 1, z), (x, y + 1, z), 0.03, dark, 6)
    if brief.night and near:
        out.light(x - side * 0.1, y - 0.4, z - 0.6, hue, 8.0, 0.7)


def _lamps(out: Design, brief: Brief) -> None:
    mesh = out.mesh
    iron = mesh.material((0.05, 0.05, 0.055), specular=0.3)
    glass = mesh.material((0.3, 0.3, 0.3), (9, 6.2, 3.2) if brief.night else (0.6, 0.6, 0.55))
    for i, z in enumerate(np.arange(-36, 130, 11.0)):
        side = 1 if i % 2 else -1
        x = side * 5.6
        z = float(z)
        mesh.lathe((x, 0.18, z), [(0.13, 0), (0.12, 0.35), (0.08, 0.5)], iron, 10)
        mesh.beam((x, 0.4, z), (x, 5.4, z), 0.065, iron, 10, 0.045)
        mesh.beam((x, 5.4, z), (x - side * 1.4, 5.65, z), 0.04, iron)
        mesh.box((x - side * 1.4, 5.62, z), (0.32, 0.05, 0.17), iron)
        mesh.box((x - side * 1.4, 5.555, z), (0.28, 0.02, 0.14), glass)
        if brief.night and z < 75:
            out.light(x - side * 1.4, 5.3, z, (1.0, 0.66, 0.34), 24, 0.3)


def _cars(out: Design, brief: Brief) -> None:
    paints = ((0.10, 0.11, 0.13), (0.28, 0.05, 0.04), (0.14, 0.20, 0.26), (0.30, 0.29, 0.27), (0.42, 0.27, 0.04))
    spots: list[tuple[float, float, float]] = [
        (4.0, 7.5, 0.0),
        (-4.0, 12.5, math.pi),
        (4.0, 18.5, 0.0),
        (-4.0, 26, math.pi),
    ]
    spots += [(4.0, -9.0, 0.0), (-4.0, -14.0, math.pi), (4.0, 34, 0.0)]
    if "car" in brief.props:
        spots.append((-2.4, 5.2, math.pi - 0.16))
    for n, (x, z, yaw) in enumerate(spots):
        dice = brief.dice("car", n)
        if n < 7 and dice.unit() < 0.15:
            continue
        colour = brief.tinted(dice.pick(paints), n, 0.2)
        car(out, x, z + dice.between(-0.6, 0.6), yaw, colour, brief.night)


def car(out: Design, x: float, z: float, yaw: float, colour: tuple[float, float, float], lit: bool) -> None:
    """A saloon of the eighties, 4.4 m long, its nose toward -z at yaw 0."""
    mesh = out.mesh
    place = np.array([x, 0.0, z])
    body = mesh.material(colour, specular=0.6, gloss=40)
    window = mesh.material((0.02, 0.025, 0.03), specular=0.8, gloss=80)
    tyre = mesh.material((0.02, 0.02, 0.02))
    chrome = mesh.material((0.5, 0.5, 0.5), specular=0.6)

    def put(p: object) -> Array:
        return turned(np.asarray(p, np.float64), yaw) + place

    def slab(profile: list[tuple[float, float]], half: float, material: int) -> None:
        def edge(sign: int) -> list[list[float]]:
            return [[sign * (half - (0.14 if y > 1.0 else 0.0)), y, zz] for zz, y in profile]

        a, b = np.array(edge(-1)), np.array(edge(1))
        n = len(profile)
        tris = []
        for i in range(n):
            j = (i + 1) % n
            tris += [[a[i], a[j], b[j]], [a[i], b[j], b[i]]]
        for side in (a, b):
            tris += [[side[0], side[i], side[i + 1]] for i in range(1, n - 1)]
        mesh.triangles(put(tris), material)

    slab(
        [
            (-2.18, 0.36),
            (-2.2, 0.72),
            (-1.25, 0.92),
            (-0.6, 1.40),
            (0.75, 1.42),
            (1.5, 0.98),
            (2.18, 0.90),
            (2.2, 0.40),
        ],
        0.86,
        body,
    )
    slab([(-1.05, 0.96), (-0.56, 1.35), (0.70, 1.37), (1.32, 1.0)], 0.885, window)
    slab([(-1.22, 0.95), (-0.63, 1.385), (-0.60, 1.36), (-1.15, 0.93)], 0.70, window)
    slab([(0.78, 1.40), (1.44, 1.02), (1.40, 0.98), (0.74, 1.36)], 0.70, window)
    for end in (-2.23, 2.23):
        _turned_box(mesh, put([0, 0.47, end]), (0.84, 0.07, 0.04), chrome, yaw)
    for wheel in (-1.35, 1.35):
        for side in (-1, 1):
            a, b = put([side * 0.62, 0.33, wheel]), put([side * 0.88, 0.33, wheel])
            mesh.beam(a, b, 0.33, tyre, 20)
            hub = put([side * 0.885, 0.33, wheel])
            for inner, outer, material in ((0.0, 0.20, chrome), (0.20, 0.33, tyre)):
                angles = np.arange(20) / 20 * 2 * math.pi
                ring = [
                    (turned(np.stack([0 * angles, r * np.cos(angles), r * np.sin(angles)], -1), yaw) + hub)
                    for r in (inner, outer)
                ]
                nxt = [np.roll(r, -1, axis=0) for r in ring]
                mesh.triangles(
                    np.concatenate([np.stack([ring[0], ring[1], nxt[1]], 1), np.stack([ring[0], nxt[1], nxt[0]], 1)]),
                    material,
                )
    for side in (-1, 1):
        for end, glow in ((-2.21, (5.0, 4.2, 3.0)), (2.21, (2.2, 0.12, 0.06))):
            on = glow if lit else tuple(0.06 * c for c in glow)
            lens = mesh.material((0.5, 0.5, 0.5) if end < 0 else (0.3, 0.03, 0.02), on)
            _turned_box(mesh, put([side * 0.62, 0.68, end]), (0.16, 0.075, 0.03), lens, yaw)


def _turned_box(mesh: Mesh, centre: Array, half: tuple[float, float, float], material: int, yaw: float) -> None:
    mesh.box(centre.tolist(), half, material, yaw)
