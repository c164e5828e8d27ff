"""Inside a car: seats, a wheel, windows, and the street or the land that passes by. The camera looks in where the windscreen was."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.kits.street import building

_FLOOR = -0.02
_HALF = 0.78


def build(brief: Brief) -> Design:
    out = Design(haze=0.004, haze_fall=0.02, seated=True, open_air=True, key=0.3, sun=1.0 if not brief.night else 0.4)
    mesh = out.mesh
    dice = brief.dice("car")
    leather = dice.pick(((0.10, 0.06, 0.04), (0.05, 0.05, 0.055), (0.22, 0.17, 0.12), (0.20, 0.04, 0.035)))
    hide = mesh.material(brief.tinted(leather, 1, 0.3), specular=0.25)
    trim = mesh.material((0.045, 0.045, 0.05), specular=0.2)
    roof = mesh.material((0.30, 0.28, 0.25))
    chrome = mesh.material((0.5, 0.5, 0.5), specular=0.8)
    colour = dice.pick(((0.10, 0.11, 0.13), (0.28, 0.05, 0.04), (0.12, 0.20, 0.26), (0.40, 0.36, 0.28)))
    paint = mesh.material(brief.tinted(colour, 0, 0.2), specular=0.6, gloss=40)
    high = 1.42
    mesh.box((0, high, 0.45), (_HALF, 0.02, 0.95), roof)
    mesh.box((0, high + 0.03, 0.45), (_HALF + 0.05, 0.015, 1.0), paint)
    mesh.floor(-_HALF, _HALF, -1.2, 1.6, _FLOOR, trim)
    for x in (-0.40, 0.40):
        _seat(out, x, 0.26, hide)
    mesh.box((0, 0.30, 1.22), (_HALF - 0.04, 0.12, 0.28), hide)
    mesh.box((0, 0.62, 1.46), (_HALF - 0.04, 0.28, 0.08), hide)
    mesh.box((0, 0.84, 1.70), (_HALF, 0.02, 0.22), trim)
    for side in (-1, 1):
        x = side * _HALF
        mesh.box((x, 0.38, 0.2), (0.05, 0.42, 1.35), trim)
        mesh.box((x, 0.81, 0.2), (0.055, 0.025, 1.35), hide)
        mesh.box((x - side * 0.05, 0.62, 0.1), (0.03, 0.03, 0.25), hide)
        mesh.box((x - side * 0.055, 0.66, -0.25), (0.012, 0.015, 0.06), chrome)
        mesh.beam((x, 0.82, 0.62), (x * 0.95, high, 0.60), 0.045, trim, 8)
        mesh.beam((x, 0.82, 1.62), (x * 0.92, high, 1.30), 0.055, trim, 8)
        mesh.beam((x, 0.80, -1.05), (x * 0.94, high, -0.42), 0.035, trim, 8)
        mesh.beam((x * 0.94, high - 0.01, -0.45), (x * 0.92, high - 0.01, 1.3), 0.03, trim, 8)
    _dashboard(out, brief, trim, chrome)
    mesh.box((0, 1.30, -0.36), (0.12, 0.035, 0.012), mesh.material((0.02, 0.02, 0.022), specular=0.8))
    if brief.night:
        # the light of the instruments, and of lamps that go by
        out.light(0, 0.72, -0.72, (0.35, 0.75, 0.9), 0.35, 0.2)
        out.light(0.9, 1.7, 1.4, (1.0, 0.62, 0.3), 1.2, 0.3)
    _outside(out, brief)
    return out


def _seat(out: Design, x: float, z: float, hide: int) -> None:
    mesh = out.mesh
    mesh.box((x, 0.27, z - 0.12), (0.27, 0.08, 0.28), hide)
    mesh.box((x, 0.62, z + 0.22), (0.26, 0.36, 0.07), hide, 0.0, 0.86)
    mesh.box((x, 1.08, z + 0.24), (0.13, 0.09, 0.05), hide, 0.0, 0.9)
    for q in (-0.06, 0.06):
        mesh.beam(
            (x + q, 0.92, z + 0.24), (x + q, 1.02, z + 0.24), 0.01, mesh.material((0.4, 0.4, 0.4), specular=0.7), 6
        )


def _dashboard(out: Design, brief: Brief, trim: int, chrome: int) -> None:
    """Low, so that who sits behind it is seen; the wheel before the seat on the right of the picture."""
    mesh = out.mesh
    mesh.box((0, 0.58, -0.90), (_HALF, 0.10, 0.18), trim)
    glow = (0.5, 0.9, 1.0) if brief.night else (0.05, 0.06, 0.06)
    for x in (0.30, 0.50):
        mesh.lathe((x, 0.60, -0.74), [(0.05, 0), (0.045, 0.01), (0, 0.01)], mesh.material((0.1, 0.1, 0.1), glow), 18)
    x, y, z, radius = 0.40, 0.66, -0.52, 0.185
    rim = mesh.material((0.03, 0.03, 0.03), specular=0.3)
    points = []
    for n in range(25):
        a = n / 24 * 2 * math.pi
        points.append((x + radius * math.cos(a), y + radius * math.sin(a) * 0.86, z + radius * math.sin(a) * 0.5))
    for a_, b_ in pairwise(points):
        mesh.beam(a_, b_, 0.016, rim, 8)
    for n in (2, 10, 18):
        mesh.beam((x, y, z), points[n], 0.012, chrome, 6)
    mesh.beam((x, y, z), (x, 0.56, -0.86), 0.03, trim, 10)


def _outside(out: Design, brief: Brief) -> None:
    """What is seen through the windows: a street with other cars, or open land."""
    mesh = out.mesh
    asphalt = mesh.material((0.10, 0.10, 0.11), kind=k.ASPHALT, specular=0.08)
    mesh.floor(-60, 60, -60, 240, -0.42, asphalt)
    z = -26.0
    for side in (-1, 1):
        number, z = 0, -30.0
        while z < 150:
            dice = brief.dice("outside", side, number)
            depth = dice.between(9, 17)
            building(out, brief, dice, side, z, depth, number)
            z += depth
            number += 1
    dice = brief.dice("traffic")
    for n, z in enumerate(np.arange(6.5, 60, 8.0)):
        x = (-3.4, 0.1)[n % 2] + dice.bell() * 0.2
        body = mesh.material(
            brief.tinted(dice.pick(((0.1, 0.1, 0.11), (0.3, 0.3, 0.3), (0.25, 0.04, 0.03))), n, 0.2), specular=0.5
        )
        mesh.box((x, 0.22, float(z)), (0.85, 0.35, 2.0), body)
        mesh.box(
            (x, 0.72, float(z) + 0.2), (0.75, 0.28, 1.1), mesh.material((0.02, 0.025, 0.03), specular=0.7), 0.0, 0.8
        )
        for q in (-0.6, 0.6):
            lamp = (6.0, 5.2, 3.8) if brief.night else (0.4, 0.4, 0.36)
            mesh.box((x + q, 0.28, float(z) - 2.02), (0.14, 0.07, 0.02), mesh.material((0.5, 0.5, 0.5), lamp))
    if brief.night:
        for n, z in enumerate(np.arange(4.0, 90, 11.0)):
            side = 1 if n % 2 else -1
            mesh.box((side * 4.6, 5.2, float(z)), (0.3, 0.05, 0.15), mesh.material((0.3, 0.3, 0.3), (9, 6.2, 3.2)))
            mesh.beam(
                (side * 5.6, -0.4, float(z)), (side * 5.6, 5.3, float(z)), 0.06, mesh.material((0.05, 0.05, 0.05)), 6
            )
            out.light(side * 4.5, 5.0, float(z), (1.0, 0.66, 0.34), 22, 0.3)
