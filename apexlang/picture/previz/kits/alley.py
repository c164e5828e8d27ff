"""An alley: brick on both sides, fire escapes, back doors under lamps, bins and crates, a lit street at its end."""

from __future__ import annotations

import math

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.kits.design import Brief, Design

_BRICKS = ((0.26, 0.13, 0.10), (0.20, 0.16, 0.14), (0.30, 0.20, 0.14), (0.16, 0.15, 0.16))
_NEAR, _FAR = -26.0, 34.0


def build(brief: Brief) -> Design:
    dice = brief.dice("alley")
    half = round(dice.between(2.3, 3.1), 2)
    out = Design(
        haze=0.010 if brief.night else 0.0035,
        haze_fall=0.03,
        sun=0.9,
        sun_lift=22.0,
        shafts=0.006 if brief.night else 0.0,
    )
    mesh = out.mesh
    ground = mesh.material((0.11, 0.11, 0.115), kind=k.ASPHALT, specular=0.08)
    # the dashes of a road are painted at x = 0; the alley's own ground lies beside them
    gutter = mesh.material((0.16, 0.155, 0.15), kind=k.CONCRETE)
    mesh.floor(-60, 60, -90, 160, -0.02, ground)
    mesh.floor(-half, half, _NEAR, _FAR, 0.0, gutter)
    for side in (-1, 1):
        z, number = _NEAR, 0
        while z < _FAR:
            part = brief.dice("house", side, number)
            depth = part.between(6, 11)
            _house(out, brief, part, side, half, (z, min(_FAR, z + depth)))
            z += depth
            number += 1
    _bins(out, brief, half)
    _end(out, brief)
    for n in range(3):
        wire = brief.dice("wire", n)
        y, z = wire.between(4.6, 7.5), 3.0 + 6.5 * n
        dark = mesh.material((0.02, 0.02, 0.02))
        for i in range(6):
            a, b = i / 6, (i + 1) / 6
            mesh.beam(
                (-half + 2 * half * a, y - 1.6 * a * (1 - a), z),
                (-half + 2 * half * b, y - 1.6 * b * (1 - b), z),
                0.014,
                dark,
                5,
            )
        if wire.unit() < 0.6:
            _washing(out, brief, wire, half, y, z)
    return out


def _house(out: Design, brief: Brief, dice: Dice, side: int, half: float, length: tuple[float, float]) -> None:
    mesh = out.mesh
    z0, z1 = length
    middle, high = (z0 + z1) / 2, dice.between(8, 15)
    brick = mesh.material(brief.tinted(dice.pick(_BRICKS), dice.whole(3), 0.25), kind=k.MASONRY, scale=0.42)
    x = side * (half + 3)
    mesh.box((x, high / 2, middle), (3, high / 2, (z1 - z0) / 2), brick)
    face = side * half
    sill = mesh.material((0.30, 0.28, 0.25))
    for y in np.arange(3.6, high - 1.2, 2.9):
        for z in np.arange(z0 + 1.4, z1 - 1.0, 2.7):
            lit = dice.unit() < (0.45 if brief.night else 0.05)
            glow = dice.pick(((1.0, 0.62, 0.28), (0.9, 0.75, 0.5), (0.5, 0.7, 0.9)))
            pane = mesh.material(
                (0.04, 0.05, 0.06), tuple((0.9 if lit else 0.0) * c for c in glow), specular=0.5, gloss=50
            )
            mesh.box((face - side * 0.01, float(y), float(z)), (0.03, 0.62, 0.42), pane)
            mesh.box((face - side * 0.05, float(y) - 0.66, float(z)), (0.07, 0.05, 0.52), sill)
            for q in (-0.01, 0.42):
                mesh.box((face - side * 0.04, float(y) + q, float(z)), (0.02, 0.018, 0.42), sill)
    iron = mesh.material((0.05, 0.045, 0.045), specular=0.3)
    pipe = z0 + dice.between(0.3, 0.8)
    mesh.beam((face - side * 0.1, 0, pipe), (face - side * 0.1, high, pipe), 0.06, iron, 8)
    if dice.unit() < 0.65 and z1 - z0 > 6:
        _fire_escape(out, dice, side, face, middle, high, iron)
    if dice.unit() < 0.75:
        _back_door(out, brief, dice, side, face, z0 + dice.between(1.2, max(1.3, z1 - z0 - 1.2)), iron)


def _fire_escape(out: Design, dice: Dice, side: int, face: float, z: float, high: float, iron: int) -> None:
    mesh = out.mesh
    for n, y in enumerate(np.arange(3.2, high - 1.5, 2.9)):
        y = float(y)
        a, b = face - side * 0.02, face - side * 0.95
        for c in np.linspace(z - 1.6, z + 1.6, 17):
            mesh.box(((a + b) / 2, y, float(c)), (0.47, 0.018, 0.035), iron)
        for c in (z - 1.6, z + 1.6):
            mesh.beam((b, y, c), (b, y + 0.95, c), 0.02, iron, 5)
            mesh.beam((a, y - 0.7, c), (b, y, c), 0.025, iron, 5)
        for h in (0.5, 0.95):
            mesh.beam((b, y + h, z - 1.6), (b, y + h, z + 1.6), 0.018, iron, 5)
        way = 1 if n % 2 else -1
        for q in (-0.16, 0.16):
            mesh.beam(
                (b + side * (0.3 + q), y, z - way * 1.2), (b + side * (0.3 + q), y + 2.9, z + way * 0.9), 0.022, iron, 5
            )
        for t in np.linspace(0.05, 0.95, 10):
            mesh.box((b + side * 0.3, y + 2.9 * float(t), z + way * (-1.2 + 2.1 * float(t))), (0.16, 0.012, 0.05), iron)


def _back_door(out: Design, brief: Brief, dice: Dice, side: int, face: float, z: float, iron: int) -> None:
    mesh = out.mesh
    leaf = mesh.material(
        brief.tinted(dice.pick(((0.14, 0.20, 0.18), (0.24, 0.07, 0.05), (0.18, 0.18, 0.19))), 1, 0.3), specular=0.15
    )
    mesh.box((face - side * 0.03, 1.08, z), (0.05, 1.08, 0.52), mesh.material((0.12, 0.115, 0.11)))
    mesh.box((face - side * 0.07, 1.04, z), (0.03, 1.02, 0.46), leaf)
    mesh.box((face - side * 0.25, 0.08, z), (0.28, 0.08, 0.65), mesh.material((0.22, 0.21, 0.20), kind=k.CONCRETE))
    mesh.beam((face, 2.75, z), (face - side * 0.45, 2.85, z), 0.025, iron, 6)
    mesh.lathe((face - side * 0.45, 2.62, z), [(0.20, 0), (0.08, 0.14), (0.03, 0.22)], iron, 18)
    glow = (6, 4.1, 2.0) if brief.night else (0.3, 0.28, 0.24)
    mesh.lathe((face - side * 0.45, 2.63, z), [(0.11, 0), (0.0, 0.0)], mesh.material((1, 1, 1), glow), 14)
    if brief.night:
        out.light(face - side * 0.5, 2.5, z, (1.0, 0.62, 0.28), 7.0, 0.2)


def _bins(out: Design, brief: Brief, half: float) -> None:
    mesh = out.mesh
    dice = brief.dice("bins")
    steel = mesh.material((0.22, 0.22, 0.22), specular=0.35)
    bag = mesh.material((0.02, 0.02, 0.022), specular=0.5, gloss=30)
    green = mesh.material(brief.tinted((0.06, 0.14, 0.09), 1, 0.25), specular=0.15)
    wood = mesh.material((0.30, 0.20, 0.11), kind=k.PLANKS, scale=0.12)
    card = mesh.material((0.36, 0.25, 0.14))
    for n, z in enumerate(np.arange(-6.0, 26.0, 2.8)):
        side = dice.sign()
        z = float(z) + dice.between(-0.6, 0.6)
        x = side * (half - dice.between(0.45, 0.6))
        if abs(z) < 1.8 and abs(x) < 2.0:
            continue
        what = dice.whole(4)
        if what == 0:
            mesh.box((x - side * 0.25, 0.62, z), (0.55, 0.5, 0.9), green, 0, 1.06)
            mesh.box((x - side * 0.25, 1.16, z), (0.6, 0.04, 0.96), mesh.material((0.03, 0.035, 0.03)), 0)
            for q in (-0.7, 0.7):
                mesh.beam((x - side * 0.6, 0.08, z + q), (x - side * 0.5, 0.08, z + q), 0.08, bag, 10)
        elif what == 1:
            for q in range(2):
                c = z + 0.62 * q
                mesh.lathe(
                    (x, 0, c), [(0.25, 0), (0.29, 0.7), (0.31, 0.72), (0.31, 0.76), (0.1, 0.86), (0, 0.88)], steel, 18
                )
        elif what == 2:
            for q in range(4):
                mesh.stone((x + dice.bell() * 0.12, 0.22 + 0.16 * (q // 3), z + (q % 3 - 1) * 0.5), 0.30, bag, dice, 0.16, 2,
                           (1, 0.85, 1), True)  # fmt: skip
        else:
            for q in range(3):
                mesh.box(
                    (x + dice.bell() * 0.04, 0.18 + 0.34 * q, z),
                    (0.26, 0.16, 0.36),
                    wood if n % 2 else card,
                    dice.bell() * 0.1,
                )
    paper = mesh.material((0.5, 0.48, 0.42))
    for _ in range(26):
        x, z = dice.between(-half, half), dice.between(-4, 22)
        if math.hypot(x, z) > 0.8:
            mesh.box(
                (x, 0.006, z), (dice.between(0.05, 0.13), 0.004, dice.between(0.05, 0.13)), paper, dice.between(0, 3)
            )


def _washing(out: Design, brief: Brief, dice: Dice, half: float, y: float, z: float) -> None:
    mesh = out.mesh
    for n in range(5):
        x = -half * 0.7 + n * half * 0.33
        cloth = mesh.material(
            brief.tinted(dice.pick(((0.5, 0.48, 0.44), (0.30, 0.10, 0.08), (0.12, 0.20, 0.30))), n, 0.3)
        )
        top = y - 0.38
        mesh.box((x, top - 0.35, z), (0.26, 0.38, 0.012), cloth, 0, 0.92)


def _end(out: Design, brief: Brief) -> None:
    """The street across: a house front, a shop, a lamp, light in the mist."""
    mesh = out.mesh
    z = _FAR + 9.0
    wall = mesh.material(brief.tinted((0.24, 0.20, 0.18), 1, 0.3), kind=k.FACADE, scale=2.1, extra=(77.0, 4.2))
    mesh.box((0, 11, z + 6), (24, 11, 6), wall)
    glow = (0.95, 0.66, 0.36) if brief.night else (0.12, 0.10, 0.08)
    for n in range(-5, 6):
        shop = mesh.material((0.05, 0.05, 0.05), glow, kind=k.SHOP, specular=0.3, extra=(n + 20.0, n * 4.0, 1.5))
        mesh.box((n * 4.0, 1.75, z - 0.03), (1.5, 1.25, 0.04), shop)
    hue = brief.dice("end").pick(((1.0, 0.16, 0.20), (0.14, 0.55, 1.0), (1.0, 0.45, 0.10)))
    x = brief.dice("end", 1).between(-1.2, 1.2)
    level = 2.4 if brief.night else 0.35
    sign = mesh.material((0.06, 0.06, 0.06), tuple(level * c for c in hue), kind=k.SIGN, extra=(9, 0.7, 2.0, x, 6.0))
    mesh.box((x, 6.0, z - 0.3), (0.7, 2.0, 0.08), sign)
    if brief.night:
        out.light(x, 5.4, z - 1.5, hue, 26.0, 0.8)
        out.light(-2.0, 2.0, z - 1.5, (1.0, 0.68, 0.36), 16.0, 1.0)
        out.light(3.5, 2.0, z - 1.5, (1.0, 0.68, 0.36), 16.0, 1.0)
