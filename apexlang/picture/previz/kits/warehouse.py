"""A warehouse: brick piers, high windows, trusses, hanging lamps, stacks of crates on both sides of an aisle."""

from __future__ import annotations

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.mesh import Mesh, turned

_X, _Z0, _Z1, _Y = 11.0, -24.0, 46.0, 8.5
_BAY = 5.0


def build(brief: Brief) -> Design:
    out = Design(walls=(-_X, _X, _Z0, _Z1, _Y), haze=0.004, sun=1.6, toward_sun=(0.72, 0.62, 0.30), shafts=0.016)
    mesh = out.mesh
    floor = mesh.material((0.20, 0.195, 0.19), kind=k.CONCRETE, specular=0.1)
    brick = mesh.material(brief.tinted((0.24, 0.15, 0.12), 0, 0.2), kind=k.MASONRY, scale=0.42)
    steel = mesh.material((0.07, 0.065, 0.065), specular=0.2)
    mesh.floor(-_X, _X, _Z0, _Z1, 0.0, floor)
    for z in (_Z0, _Z1):
        mesh.quad((-_X, 0, z), (_X, 0, z), (_X, _Y + 3, z), (-_X, _Y + 3, z), brick)
    _door(mesh, brief)
    middle = (_Z0 + _Z1) / 2
    for side in (-1, 1):
        x = side * (_X + 0.1)
        mesh.box((x, 2.2, middle), (0.1, 2.2, (_Z1 - _Z0) / 2), brick)
        mesh.box((x, _Y - 0.35, middle), (0.1, 0.35, (_Z1 - _Z0) / 2), brick)
        for z in np.arange(_Z0, _Z1 + 0.1, _BAY):
            z = float(z)
            mesh.box((x, 6.1, z), (0.1, 1.8, 0.75), brick)
            mesh.box((side * (_X - 0.15), _Y / 2, z), (0.16, _Y / 2, 0.16), steel)
            for bar in np.arange(z + 1.2, z + 4.4, 0.8):
                mesh.box((side * _X, 6.1, float(bar)), (0.03, 1.75, 0.025), steel)
            for y in (5.2, 6.1, 7.0):
                mesh.box((side * _X, y, z + _BAY / 2), (0.03, 0.025, 1.9), steel)
        mesh.quad(
            (side * _X, _Y, _Z0),
            (0, _Y + 3, _Z0),
            (0, _Y + 3, _Z1),
            (side * _X, _Y, _Z1),
            mesh.material((0.10, 0.10, 0.10)),
        )
    _trusses(mesh, steel)
    for z in (4.0, 14.0, 24.0, 34.0, -8.0):
        _hanging_lamp(out, z, steel)
    _stacks(mesh, brief)
    _barrels(mesh, brief)
    return out


def _door(mesh: Mesh, brief: Brief) -> None:
    """A big sliding door at the far end."""
    plate = mesh.material(brief.tinted((0.16, 0.20, 0.21), 1, 0.3), kind=k.PLANKS, scale=0.3, specular=0.2)
    mesh.box((0, 2.2, _Z1 - 0.1), (2.6, 2.2, 0.06), plate)
    mesh.box((0, 4.5, _Z1 - 0.12), (3.4, 0.1, 0.1), mesh.material((0.06, 0.06, 0.06), specular=0.3))


def _trusses(mesh: Mesh, steel: int) -> None:
    half = _X / 4
    for z in np.arange(_Z0, _Z1 + 0.1, _BAY):
        z = float(z)
        mesh.beam((-_X, _Y - 0.2, z), (_X, _Y - 0.2, z), 0.10, steel)
        for n in range(8):
            a = -_X + n * half
            top = _Y - 0.2 + 3 * (1 - abs(a + half / 2) / _X)
            mesh.beam((a, _Y - 0.2, z), (a + half / 2, top, z), 0.05, steel, 5)
            mesh.beam((a + half / 2, top, z), (a + half, _Y - 0.2, z), 0.05, steel, 5)


def _hanging_lamp(out: Design, z: float, steel: int) -> None:
    mesh = out.mesh
    mesh.beam((0, _Y + 2.8, z), (0, 5.2, z), 0.015, steel, 5)
    mesh.lathe(
        (0, 4.9, z), [(0.42, 0), (0.16, 0.25), (0.08, 0.38)], mesh.material((0.05, 0.06, 0.06), specular=0.3), 24
    )
    mesh.lathe((0, 4.93, z), [(0.2, 0), (0.0, 0.0)], mesh.material((1, 1, 1), (7, 5.2, 3.0)), 18)
    out.light(0, 4.75, z, (1.0, 0.72, 0.40), 22, 0.2)


def crate(mesh: Mesh, centre: tuple[float, float, float], half: float, material: int, yaw: float) -> None:
    """A cube of planks with battens along its edges and a diagonal."""
    c = np.asarray(centre)
    mesh.box(centre, (half * 0.95, half * 0.95, half * 0.95), material, yaw)
    w, t = half, 0.055
    for a in (-1, 1):
        for b in (-1, 1):
            for spot, size in (
                ((a * w, b * w, 0), (t, t, w + t)),
                ((0, b * w, a * w), (w + t, t, t)),
                ((a * w, 0, b * w), (t, w + t, t)),
            ):
                mesh.box((c + turned(np.array(spot, np.float64), yaw)).tolist(), size, material, yaw)


def _stacks(mesh: Mesh, brief: Brief) -> None:
    woods = [
        mesh.material(brief.tinted(c, i, 0.2), kind=k.PLANKS, scale=0.16)
        for i, c in enumerate(((0.34, 0.22, 0.11), (0.28, 0.19, 0.10), (0.38, 0.26, 0.15)))
    ]
    many = "crates" in brief.props
    for side in (-1, 1):
        dice = brief.dice("stacks", side)
        for z in np.arange(-8.0, 36.0, 2.4):
            x = side * dice.between(3.7, 5.0)
            high, count = 0.0, 1 + dice.whole(4 if many else 3)
            for _ in range(count):
                half = dice.between(0.52, 0.92)
                crate(
                    mesh,
                    (x + dice.bell() * 0.1, high + half + 0.055, float(z)),
                    half,
                    woods[dice.whole(3)],
                    dice.bell() * 0.12,
                )
                high += 2 * half + 0.11
            if dice.unit() < 0.6:
                half = dice.between(0.6, 1.0)
                outer = side * dice.between(6.2, 8.5)
                crate(mesh, (outer, half + 0.055, float(z) + 0.6), half, woods[dice.whole(3)], dice.bell() * 0.1)


def _barrels(mesh: Mesh, brief: Brief) -> None:
    dice: Dice = brief.dice("barrels")
    profile = [
        (0.0, 0.0),
        (0.29, 0),
        (0.31, 0.02),
        (0.29, 0.3),
        (0.31, 0.32),
        (0.29, 0.62),
        (0.31, 0.64),
        (0.29, 0.9),
        (0.0, 0.9),
    ]
    for n, (x, z) in enumerate(((-2.6, 1.8), (-3.1, 2.4), (2.9, 4.6), (3.3, -2.2))):
        colour = brief.tinted(dice.pick(((0.07, 0.14, 0.19), (0.28, 0.09, 0.05), (0.20, 0.19, 0.08))), n, 0.3)
        mesh.lathe((x, 0, z), profile, mesh.material(colour, specular=0.3), 24)
