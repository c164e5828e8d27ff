"""The bridge of a ship among the stars: consoles, a wide window, a planet."""

from __future__ import annotations

import math

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.mesh import turned

_HALF, _NEAR, _FAR, _HIGH = 4.4, -6.0, 5.2, 3.3


def build(brief: Brief) -> Design:
    out = Design(walls=(-_HALF, _HALF, _NEAR, _FAR, _HIGH), haze=0.0012, sun=0.0, fill=0.55)
    mesh = out.mesh
    dice = brief.dice("bridge")
    floor = mesh.material((0.10, 0.105, 0.12), kind=k.TILES, scale=0.9, specular=0.3)
    hull = mesh.material(
        brief.tinted(dice.pick(((0.30, 0.32, 0.36), (0.36, 0.34, 0.31), (0.16, 0.18, 0.22))), 0, 0.25), specular=0.2
    )
    rib = mesh.material(brief.tinted((0.15, 0.16, 0.18), 1, 0.25), specular=0.3)
    accent = brief.palette[-1] if brief.palette else dice.pick(((0.1, 0.6, 1.0), (1.0, 0.35, 0.08), (0.2, 1.0, 0.6)))
    top = max(*accent, 1e-3)
    strip = mesh.material((0.2, 0.2, 0.2), tuple(2.2 * c / top for c in accent))
    mesh.floor(-_HALF, _HALF, _NEAR, _FAR, 0.0, floor)
    mesh.floor(-_HALF, _HALF, _NEAR, _FAR, _HIGH, hull)
    mesh.quad((-_HALF, 0, _NEAR), (_HALF, 0, _NEAR), (_HALF, _HIGH, _NEAR), (-_HALF, _HIGH, _NEAR), hull)
    for side in (-1, 1):
        x = side * _HALF
        mesh.quad((x, 0, _NEAR), (x, 0, _FAR), (x, _HIGH, _FAR), (x, _HIGH, _NEAR), hull)
        for z in np.arange(_NEAR, _FAR + 0.1, 1.6):
            mesh.box((x - side * 0.1, _HIGH / 2, float(z)), (0.16, _HIGH / 2, 0.12), rib)
            mesh.box((x - side * 0.55, _HIGH - 0.16, float(z)), (0.5, 0.14, 0.11), rib)
        for z in (-4.2, -1.4, 1.4):
            _wall_panel(out, brief, side, z, strip)
        mesh.box((x - side * 0.06, 0.3, (_NEAR + _FAR) / 2), (0.03, 0.02, (_FAR - _NEAR) / 2), strip)
    _window(out, brief, rib)
    _consoles(out, brief, rib, strip)
    mesh.box((0, 1.15, _NEAR + 0.06), (0.75, 1.15, 0.05), rib)
    mesh.box((0, 1.15, _NEAR + 0.12), (0.015, 1.1, 0.01), strip)
    for z in (-3.6, -0.6, 2.2):
        mesh.box((0, _HIGH - 0.03, z), (0.9, 0.03, 0.16), mesh.material((0.5, 0.5, 0.5), (1.5, 1.75, 2.0)))
        out.light(0, _HIGH - 0.3, z, (0.72, 0.86, 1.0), 1.7, 0.5)
    return out


def _wall_panel(out: Design, brief: Brief, side: int, z: float, strip: int) -> None:
    mesh = out.mesh
    dice = brief.dice("panel", side, z)
    x = side * (_HALF - 0.08)
    dark = mesh.material((0.03, 0.035, 0.04), specular=0.4)
    mesh.box((x, 1.5, z), (0.05, 0.62, 0.62), dark)
    glow = dice.pick(((0.2, 0.75, 1.0), (0.2, 1.0, 0.6), (1.0, 0.6, 0.15)))
    screen = mesh.material(
        (0.01, 0.01, 0.01), tuple(0.9 * c for c in glow), kind=k.PATTERN, scale=0.045, extra=(k.SCREEN,)
    )
    a = x - side * 0.055
    mesh.quad((a, 0.98, z - 0.52), (a, 0.98, z + 0.52), (a, 2.02, z + 0.52), (a, 2.02, z - 0.52), screen)
    out.light(a - side * 0.3, 1.5, z, glow, 0.5, 0.4)
    mesh.box((a, 0.8, z), (0.02, 0.03, 0.5), strip)


def _window(out: Design, brief: Brief, rib: int) -> None:
    mesh = out.mesh
    space = mesh.material((0, 0, 0), (2.4, 2.4, 2.4), kind=k.PATTERN, extra=(k.STARS,))
    z = _FAR
    mesh.quad((-30, -14, z + 9), (30, -14, z + 9), (30, 22, z + 9), (-30, 22, z + 9), space)
    mesh.box((0, 0.35, z), (_HALF, 0.35, 0.12), rib)
    mesh.box((0, _HIGH - 0.14, z), (_HALF, 0.14, 0.12), rib)
    for x in (-_HALF, -1.9, 1.9, _HALF):
        mesh.beam((x, 0.5, z), (x * 0.86, _HIGH - 0.1, z), 0.10, rib, 8)
    dice = brief.dice("planet")
    if dice.unit() < 0.75:
        x, y, radius = dice.sign() * dice.between(2.0, 4.5), dice.between(1.8, 4.2), dice.between(1.3, 2.6)
        colour = dice.pick(((0.10, 0.22, 0.42), (0.42, 0.20, 0.10), (0.34, 0.28, 0.20)))
        world = mesh.material(brief.tinted(colour, 1, 0.3), tuple(0.30 * c for c in colour), kind=k.ROCK, scale=1.0)
        mesh.stone((x, y, z + 7.5), radius, world, dice, 0.0, 4, (1, 1, 1), True)
        out.light(x * 0.4, y * 0.6, z - 0.3, (0.5, 0.65, 1.0), 1.5, 0.8)


def _consoles(out: Design, brief: Brief, rib: int, strip: int) -> None:
    """Desks under the window, two chairs before them, the captain's to one side of the marks."""
    mesh = out.mesh
    dark = mesh.material((0.03, 0.035, 0.04), specular=0.4)
    leather = mesh.material(brief.tinted((0.06, 0.06, 0.07), 1, 0.3), specular=0.25)
    for n, x in enumerate((-2.9, -1.0, 1.0, 2.9)):
        z = _FAR - 0.9
        mesh.box((x, 0.42, z), (0.85, 0.42, 0.30), rib)
        dice = brief.dice("console", n)
        glow = dice.pick(((0.2, 0.7, 1.0), (0.25, 1.0, 0.6), (1.0, 0.55, 0.15), (0.9, 0.25, 0.2)))
        screen = mesh.material(
            (0.01, 0.01, 0.01), tuple(1.1 * c for c in glow), kind=k.PATTERN, scale=0.035, extra=(k.SCREEN,)
        )
        mesh.quad(
            (x - 0.75, 0.84, z - 0.28),
            (x + 0.75, 0.84, z - 0.28),
            (x + 0.75, 1.12, z + 0.16),
            (x - 0.75, 1.12, z + 0.16),
            screen,
        )
        mesh.box((x, 0.82, z - 0.05), (0.82, 0.02, 0.28), dark)
        mesh.box((x, 0.45, z - 0.31), (0.7, 0.015, 0.006), strip)
        out.light(x, 1.15, z - 0.35, glow, 0.55, 0.3)
    for x, z, yaw in ((-1.9, 3.0, math.pi), (1.9, 3.0, math.pi), (2.3, 0.9, 0.5)):

        def put(
            a: float, y: float, c: float, at: tuple[float, float, float] = (x, z, yaw)
        ) -> tuple[float, float, float]:
            q = turned(np.array([a, y, c]), at[2])
            return at[0] + float(q[0]), float(q[1]), at[1] + float(q[2])

        mesh.lathe((x, 0, z), [(0.3, 0), (0.06, 0.05), (0.06, 0.4)], rib, 16)
        mesh.box(put(0, 0.46, 0), (0.28, 0.06, 0.28), leather, yaw)
        mesh.box(put(0, 0.90, 0.27), (0.27, 0.42, 0.06), leather, yaw, 0.9)
        for q in (-0.31, 0.31):
            mesh.box(put(q, 0.62, 0.02), (0.05, 0.04, 0.24), rib, yaw)
