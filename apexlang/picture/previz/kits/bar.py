"""A bar with its bottles; a diner with its booths and chequered floor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.kits import furniture as f
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.kits.room import by_windows
from apexlang.picture.previz.kits.shell import SASH, WIDE, Finish, Room, homely, measured, shell

_NEON = ((1.0, 0.18, 0.22), (0.2, 0.6, 1.0), (1.0, 0.45, 0.8))


def build(brief: Brief) -> Design:
    """A counter before shelves of bottles, stools, small tables."""
    r = measured(brief, 1.1)
    out = by_windows(r, night=brief.night)
    shell(out, brief, r, SASH, homely(brief))
    side = brief.dice("side").sign()
    _bar(out, brief, r, side)
    _tables(out, brief, r)
    return out


def _tables(out: Design, brief: Brief, r: Room) -> None:
    """Small tables behind the camera, a candle on each."""
    mesh = out.mesh
    wood = mesh.material(f.WOOD, specular=0.25)
    for x, z in ((-2.2, -1.8), (2.3, -2.6), (-1.9, -3.8), (1.7, -4.2)):
        if z < r.near + 0.6:
            continue
        mesh.lathe((x, 0, z), [(0.22, 0), (0.04, 0.04), (0.035, 0.7), (0.36, 0.71), (0.37, 0.75), (0, 0.755)], wood, 24)
        mesh.lathe((x, 0.755, z), [(0.04, 0), (0.045, 0.08)], mesh.material((0.5, 0.2, 0.08), (1.6, 0.7, 0.2)), 14)
        out.light(x, 0.95, z, (1.0, 0.55, 0.2), 0.5, 0.1)
    f.picture(mesh, brief, r.near, -brief.dice("door").sign() * r.half * 0.4, 1.7, (0.5, 0.34), 3, 1)


def diner(brief: Brief) -> Design:
    """Booths along the windows, a counter with stools, chrome and neon."""
    size = brief.dice("size")
    r = Room(round(size.between(3.3, 4.2), 2), -5.5, round(size.between(4.0, 5.6), 2), 2.8)
    out = by_windows(r, 0.006, brief.night)
    dice = brief.dice("diner")
    tone = dice.pick(((0.40, 0.05, 0.04), (0.05, 0.24, 0.26), (0.42, 0.24, 0.05)))
    finish = Finish((0.52, 0.50, 0.42), k.PLAIN, 1.0, (0.42, 0.40, 0.36), k.TILES, 0.45)
    shell(out, brief, r, replace(WIDE, curtains=False), finish)
    mesh, side = out.mesh, brief.dice("side").sign()
    vinyl = mesh.material(brief.tinted(tone, 1, 0.35), specular=0.35, gloss=40)
    chrome = mesh.material((0.42, 0.43, 0.45), specular=0.9, gloss=60)
    top = mesh.material((0.52, 0.50, 0.46), specular=0.4)
    for z in np.arange(-4.3, r.far - 0.4, 1.75):
        _booth(out, side, side * (r.half - 0.75), float(z), (vinyl, chrome, top))
        f.pendant(out, side * (r.half - 0.75), 1.75, float(z), r.high, tone, 1.5 if brief.night else 0.8, 0.18)
    bar = -side * (r.half - 1.35)
    mesh.box((bar, 0.5, 0.4), (0.30, 0.5, r.far - 0.9), vinyl)
    mesh.box((bar, 1.02, 0.4), (0.38, 0.03, r.far - 0.85), top)
    for y in (0.3, 0.5, 0.7):
        mesh.box((bar + side * 0.305, y, 0.4), (0.008, 0.02, r.far - 0.9), chrome)
    for z in np.arange(-3.2, r.far - 0.8, 0.85):
        if abs(float(z)) > 1.3:
            f.stool(mesh, bar + side * 0.72, float(z), vinyl, chrome)
    hue = dice.pick(_NEON)
    x = -side * 0.5
    sign = mesh.material((0.05, 0.04, 0.05), tuple(2.2 * c for c in hue), kind=k.SIGN, extra=(5, 0.9, 0.26, x, 2.15))
    mesh.box((x, 2.15, r.far - 0.06), (0.9, 0.26, 0.03), sign)
    out.light(x, 2.1, r.far - 0.4, hue, 2.4, 0.4)
    _jukebox(out, side * 0.75, r.far - 0.35, hue)
    tiles = mesh.material(brief.tinted((0.45, 0.42, 0.36), 2, 0.3), kind=k.MASONRY, scale=0.2)
    mesh.box((x, 1.05, r.far - 0.05), (1.2, 0.55, 0.03), tiles)
    for z in (-2.5, 0.5, r.far - 1.2):
        mesh.box((0, r.high - 0.02, z), (0.5, 0.03, 0.12), mesh.material((0.5, 0.5, 0.5), (2.6, 2.6, 2.4)))
        if brief.night:
            out.light(0, r.high - 0.25, z, (1.0, 0.92, 0.8), 2.0, 0.4)
    return out


def _booth(out: Design, side: int, x: float, z: float, materials: tuple[int, int, int]) -> None:
    mesh = out.mesh
    vinyl, chrome, top = materials
    mesh.box((x, 0.24, z + 0.72), (0.62, 0.24, 0.26), vinyl)
    mesh.box((x, 0.80, z + 0.92), (0.62, 0.42, 0.08), vinyl)
    mesh.box((x, 1.24, z + 0.92), (0.64, 0.025, 0.095), chrome)
    mesh.box((x, 0.24, z - 0.55), (0.62, 0.24, 0.22), vinyl)
    mesh.box((x, 0.74, z), (0.62, 0.025, 0.36), top)
    mesh.box((x, 0.74, z), (0.635, 0.018, 0.375), chrome)
    mesh.beam((x, 0.02, z), (x, 0.72, z), 0.05, chrome, 10)
    for q, colour in ((0.18, (0.45, 0.04, 0.03)), (0.28, (0.55, 0.40, 0.05))):
        mesh.lathe(
            (x + side * q, 0.765, z), [(0.028, 0), (0.03, 0.11), (0.01, 0.17), (0, 0.18)], mesh.material(colour), 12
        )


def _jukebox(out: Design, x: float, z: float, hue: tuple[float, ...]) -> None:
    mesh = out.mesh
    body = mesh.material((0.20, 0.08, 0.05), specular=0.3)
    mesh.box((x, 0.6, z), (0.36, 0.6, 0.24), body)
    mesh.lathe((x, 1.2, z), [(0.36, 0), (0.30, 0.18), (0.18, 0.3), (0, 0.34)], body, 24)
    for q in (-0.3, 0.3):
        mesh.box(
            (x + q, 0.65, z - 0.245), (0.035, 0.5, 0.01), mesh.material((0.1, 0.1, 0.1), tuple(2.0 * c for c in hue))
        )
    mesh.box((x, 0.95, z - 0.245), (0.22, 0.16, 0.01), mesh.material((0.1, 0.1, 0.1), (1.6, 1.1, 0.4)))
    mesh.box((x, 0.45, z - 0.245), (0.22, 0.22, 0.01), mesh.material((0.3, 0.25, 0.12), kind=k.PLANKS, scale=0.03))


def _bar(out: Design, brief: Brief, r: Room, side: int) -> None:
    mesh = out.mesh
    wood = mesh.material(f.WOOD, kind=k.PLANKS, scale=0.22, specular=0.25)
    dark = mesh.material((0.035, 0.025, 0.02), specular=0.2)
    mesh.box((0, 0.52, 1.65), (r.half - 0.8, 0.52, 0.28), wood)
    mesh.box((0, 1.07, 1.62), (r.half - 0.7, 0.03, 0.36), mesh.material((0.10, 0.05, 0.03), specular=0.5, gloss=50))
    mesh.box((0, 1.45, r.far - 0.1), (2.4, 0.9, 0.08), dark)
    dice = brief.dice("bottles")
    tints = ((0.05, 0.14, 0.06), (0.28, 0.12, 0.02), (0.30, 0.30, 0.28), (0.22, 0.03, 0.03), (0.06, 0.10, 0.20))
    for row in range(3):
        y = 0.95 + row * 0.45
        mesh.box((0, y, r.far - 0.24), (2.3, 0.016, 0.13), wood)
        mesh.box((0, y - 0.02, r.far - 0.20), (2.3, 0.008, 0.02), mesh.material((0.4, 0.3, 0.2), (0.9, 0.5, 0.18)))
        x = -2.2
        while x < 2.2:
            tint = dice.pick(tints)
            glow = tuple(0.10 * c for c in tint)
            glass = mesh.material(brief.tinted(tint, dice.whole(3), 0.15), glow, specular=0.8, gloss=70)
            q, h = dice.between(0.032, 0.045), dice.between(0.24, 0.34)
            profile = [(q, 0), (q, h * 0.55), (q * 0.4, h * 0.72), (q * 0.38, h), (0, h)]
            mesh.lathe((x, y + 0.016, r.far - 0.25), profile, glass, 12)
            x += dice.between(0.10, 0.17)
    for n in range(4):
        x = -1.8 + n * 1.2
        mesh.lathe((x, 0, 0.95), [(0.2, 0), (0.03, 0.03), (0.03, 0.7), (0.17, 0.72), (0.18, 0.78), (0, 0.8)], dark, 18)
    for x in (-1.7, 0.0, 1.7):
        f.pendant(out, x, 2.08, 1.6, r.high, dice.pick(((0.08, 0.18, 0.12), (0.30, 0.16, 0.05))), 3.2, 0.15)
    hue = _NEON[0] if brief.dice("neon").unit() < 0.5 else _NEON[1]
    x = side * (r.half - 0.5)
    sign = mesh.material((0.05, 0.04, 0.05), tuple(2.2 * c for c in hue), kind=k.SIGN, extra=(7, 0.28, 0.42, x, 1.8))
    mesh.box((x, 1.8, r.far - 0.06), (0.28, 0.42, 0.03), sign)
    out.light(x - side * 0.25, 1.8, r.far - 0.4, hue, 2.2, 0.3)
