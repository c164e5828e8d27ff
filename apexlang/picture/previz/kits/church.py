"""A church: a nave between pillars, pews, stained glass, an altar under a rose window."""

from __future__ import annotations

import math

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.kits import furniture as f
from apexlang.picture.previz.kits.design import Brief, Design

_BAY = 3.6


def build(brief: Brief) -> Design:
    dice = brief.dice("church")
    half, far, high = (
        round(dice.between(4.8, 6.2), 2),
        round(dice.between(17, 24), 2),
        round(dice.between(8.0, 10.5), 2),
    )
    near = -13.0
    out = Design(
        walls=(-half, half, near, far, high),
        haze=0.005,
        sun=1.8 if not brief.night else 0.7,
        toward_sun=(0.74, 0.62, 0.15),
        shafts=0.014,
    )
    mesh = out.mesh
    stone = mesh.material(
        brief.tinted(dice.pick(((0.36, 0.33, 0.28), (0.30, 0.30, 0.30))), 0, 0.2), kind=k.MASONRY, scale=0.9
    )
    pale = mesh.material(brief.tinted((0.42, 0.39, 0.33), 0, 0.15), kind=k.CONCRETE)
    floor = mesh.material((0.26, 0.24, 0.21), kind=k.TILES, scale=0.7, specular=0.15)
    wood = mesh.material(dice.pick(((0.15, 0.08, 0.045), (0.22, 0.13, 0.07))), kind=k.PLANKS, scale=0.3, specular=0.15)
    mesh.floor(-half, half, near, far, 0.0, floor)
    for z in (near, far):
        mesh.quad((-half, 0, z), (half, 0, z), (half, high + 2, z), (-half, high + 2, z), stone)
    roof = mesh.material((0.13, 0.085, 0.06), kind=k.PLANKS, scale=0.4)
    for side in (-1, 1):
        mesh.quad(
            (side * half, high - 1.5, near),
            (0, high + 1.6, near),
            (0, high + 1.6, far),
            (side * half, high - 1.5, far),
            roof,
        )
        _wall(out, brief, side, half, (near, far), high, stone)
    for z in np.arange(near + 1.0, far, _BAY):
        _bay(out, float(z), half, high, pale, wood)
    _pews(out, far, half, wood)
    _altar(out, brief, far, high, pale)
    if not brief.noir:
        runner = mesh.material(brief.tinted((0.26, 0.03, 0.035), 1, 0.4))
        mesh.box((0, 0.006, (near + far) / 2), (0.7, 0.006, (far - near) / 2), runner)
    for z in (-6.0, 3.2, 8.0, 13.0):
        _chandelier(out, brief, z, high)
    return out


def _wall(
    out: Design, brief: Brief, side: int, half: float, length: tuple[float, float], high: float, stone: int
) -> None:
    """Open at its windows, so that the sun comes in; leaded glass stands in them, thin as a grid."""
    mesh = out.mesh
    near, far = length
    x = side * (half + 0.2)
    bright = 2.6 if not brief.night else 0.16
    glass = mesh.material((0.05, 0.05, 0.05), (bright, bright, bright), kind=k.PATTERN, scale=0.34, extra=(k.STAINED,))
    low, top = 2.4, high - 2.2
    mesh.box((x, low / 2, (near + far) / 2), (0.2, low / 2, (far - near) / 2), stone)
    mesh.box((x, (top + high) / 2, (near + far) / 2), (0.2, (high - top) / 2, (far - near) / 2), stone)
    z = near
    while z < far:
        mesh.box((x, (low + top) / 2, z + 0.65), (0.2, (top - low) / 2, 1.25), stone)
        a, b = z + 1.9, z + _BAY - 0.6
        # half the window is glass, the other half lets the beam through
        for n in range(6):
            y0 = low + (top - low) * n / 6
            y1 = low + (top - low) * (n + 0.72) / 6
            mesh.quad((x, y0, a), (x, y0, b), (x, y1, b), (x, y1, a), glass)
        z += _BAY


def _bay(out: Design, z: float, half: float, high: float, stone: int, wood: int) -> None:
    mesh = out.mesh
    spring = high - 3.4
    for side in (-1, 1):
        x = side * (half - 1.7)
        shaft = [(0.46, 0), (0.46, 0.3), (0.34, 0.42), (0.31, 0.6)]
        shaft += [(0.30, spring - 0.5), (0.42, spring - 0.15), (0.46, spring)]
        mesh.lathe((x, 0, z), shaft, stone, 14)
        steps = 7
        for n in range(steps):
            # a pointed arch over the nave
            t0, t1 = n / steps, (n + 1) / steps
            a = (x * math.cos(t0 * math.pi / 2), spring + (high - spring + 0.7) * math.sin(t0 * math.pi / 2), z)
            b = (x * math.cos(t1 * math.pi / 2), spring + (high - spring + 0.7) * math.sin(t1 * math.pi / 2), z)
            mesh.beam(a, b, 0.16, stone, 7)
            # and one along the side
            t0, t1 = n / steps * math.pi, (n + 1) / steps * math.pi
            c = z + _BAY / 2
            mesh.beam(
                (x, spring + 1.5 * math.sin(t0), c - _BAY / 2 * math.cos(t0)),
                (x, spring + 1.5 * math.sin(t1), c - _BAY / 2 * math.cos(t1)), 0.14, stone, 7,
            )  # fmt: skip
    mesh.beam((-half, high - 1.4, z), (half, high - 1.4, z), 0.09, wood, 6)


def _pews(out: Design, far: float, half: float, wood: int) -> None:
    mesh = out.mesh
    wide = (half - 2.3 - 0.95) / 2
    for z in np.arange(-11.0, far - 6.5, 1.15):
        z = float(z)
        for side in (-1, 1):
            if -1.6 < z < 1.5:
                continue
            x = side * (0.95 + wide)
            mesh.box((x, 0.45, z), (wide, 0.025, 0.19), wood)
            mesh.box((x, 0.66, z - 0.2), (wide, 0.26, 0.02), wood)
            for q in (-1, 1):
                mesh.box((x + q * wide, 0.47, z - 0.04), (0.03, 0.47, 0.24), wood)


def _altar(out: Design, brief: Brief, far: float, high: float, stone: int) -> None:
    mesh = out.mesh
    z = far - 2.6
    for n in range(3):
        mesh.box((0, 0.08 + 0.16 * n, far - 2.0 + 0.3 * n), (3.4 - 0.5 * n, 0.08, 2.2 - 0.4 * n), stone)
    cloth = mesh.material(brief.tinted((0.52, 0.50, 0.46), 2, 0.2))
    mesh.box((0, 0.95, z + 1.0), (1.1, 0.45, 0.4), cloth)
    gold = mesh.material((0.50, 0.34, 0.10), specular=0.8, gloss=40)
    cross = mesh.material((0.16, 0.09, 0.05), specular=0.2)
    mesh.box((0, 3.3, far - 0.35), (0.11, 1.5, 0.08), cross)
    mesh.box((0, 3.9, far - 0.35), (0.75, 0.11, 0.08), cross)
    for x in (-0.8, -0.5, 0.5, 0.8):
        mesh.lathe((x, 1.4, z + 1.0), [(0.05, 0), (0.012, 0.04), (0.012, 0.2)], gold, 12)
        mesh.lathe((x, 1.6, z + 1.0), [(0.014, 0), (0.013, 0.18), (0, 0.185)], mesh.material((0.6, 0.56, 0.46)), 10)
        mesh.lathe((x, 1.79, z + 1.0), [(0, 0), (0.012, 0.02), (0, 0.07)], mesh.material((1, 1, 1), (9, 5.5, 2)), 8)
    out.light(0, 1.95, z + 0.6, (1.0, 0.62, 0.28), 5.0, 0.4)
    # the rose window
    bright = 2.8 if not brief.night else 0.2
    glass = mesh.material((0.05, 0.05, 0.05), (bright, bright, bright), kind=k.PATTERN, scale=0.30, extra=(k.STAINED,))
    y, radius = high - 2.0, 1.35
    for n in range(24):
        a, b = n / 24 * 2 * math.pi, (n + 1) / 24 * 2 * math.pi
        edge = [(radius * math.cos(t), y + radius * math.sin(t), far - 0.06) for t in (a, b)]
        mesh.triangles([[(0, y, far - 0.06), edge[0], edge[1]]], glass)
        mesh.beam(edge[0], edge[1], 0.10, stone, 6)
    for n in range(8):
        a = n / 8 * 2 * math.pi
        mesh.beam((0, y, far - 0.09), (radius * math.cos(a), y + radius * math.sin(a), far - 0.09), 0.04, stone, 5)
    if brief.night:
        return
    out.light(0, y, far - 1.2, (0.9, 0.75, 0.6), 4.0, 0.8)


def _chandelier(out: Design, brief: Brief, z: float, high: float) -> None:
    mesh = out.mesh
    iron = mesh.material((0.05, 0.045, 0.04), specular=0.4)
    y = 4.6
    mesh.beam((0, high, z), (0, y, z), 0.015, iron, 5)
    for n in range(10):
        a, b = n / 10 * 2 * math.pi, (n + 1) / 10 * 2 * math.pi
        p, q = (0.7 * math.cos(a), y, z + 0.7 * math.sin(a)), (0.7 * math.cos(b), y, z + 0.7 * math.sin(b))
        mesh.beam(p, q, 0.025, iron, 6)
        mesh.lathe((p[0], y, p[2]), [(0.022, 0), (0.02, 0.12)], mesh.material((0.6, 0.55, 0.45), (0.4, 0.25, 0.1)), 8)
        if brief.night:
            mesh.lathe(
                (p[0], y + 0.12, p[2]), [(0, 0), (0.014, 0.02), (0, 0.08)], mesh.material((1, 1, 1), (9, 5.5, 2)), 8
            )
    if brief.night:
        out.light(0, y + 0.1, z, f.LAMP, 9.0, 0.6)
