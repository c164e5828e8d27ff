"""A corridor: of an old house, hotel or hospital, or of a ship among the stars when the words say so."""

from __future__ import annotations

import numpy as np

from apexlang.lexicon.words import words_of
from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.kits.design import RGB, Brief, Design

_X, _Z0, _Z1, _Y = 1.75, -14.0, 40.0, 2.9


def build(brief: Brief) -> Design:
    out = Design(walls=(-_X, _X, _Z0, _Z1, _Y), haze=0.016, sun=0.0, shafts=0.004)
    if brief.future:
        _ship(out, brief)
    elif set(words_of(brief.place)) & {"tunnel", "subway", "metro", "sewer", "underpass"}:
        _tunnel(out, brief)
    else:
        _old(out, brief)
    return out


def _shell(out: Design, floor: int, wall: int, ceiling: int) -> None:
    mesh = out.mesh
    mesh.floor(-_X, _X, _Z0, _Z1, 0.0, floor)
    mesh.floor(-_X, _X, _Z0, _Z1, _Y, ceiling)
    for z in (_Z0, _Z1):
        mesh.quad((-_X, 0, z), (_X, 0, z), (_X, _Y, z), (-_X, _Y, z), wall)
    for side in (-1, 1):
        mesh.quad((side * _X, 0, _Z0), (side * _X, 0, _Z1), (side * _X, _Y, _Z1), (side * _X, _Y, _Z0), wall)


def _ceiling_lights(
    out: Design, brief: Brief, colour: RGB, half: tuple[float, float], power: float, failing: float
) -> None:
    mesh = out.mesh
    dice = brief.dice("lights")
    for z in np.arange(_Z0 + 1.5, _Z1, 3.0):
        on = dice.unit() >= failing
        glow = tuple((3.6 if on else 0.03) * c for c in colour)
        mesh.box((0, _Y - 0.02, float(z)), (half[0], 0.03, half[1]), mesh.material((0.5, 0.5, 0.5), glow))
        if on:
            out.light(0, _Y - 0.25, float(z), colour, power, 0.25)


def _ship(out: Design, brief: Brief) -> None:
    mesh = out.mesh
    floor = mesh.material((0.16, 0.165, 0.18), kind=k.CONCRETE, specular=0.25)
    wall = mesh.material(brief.tinted((0.33, 0.35, 0.38), 0, 0.25), specular=0.15)
    rib = mesh.material(brief.tinted((0.20, 0.21, 0.23), 1, 0.25), specular=0.25)
    panel = mesh.material((0.14, 0.15, 0.17), specular=0.35, gloss=40)
    _shell(out, floor, wall, wall)
    accent = brief.palette[-1] if brief.palette else (1.0, 0.25, 0.06)
    top = max(max(accent), 1e-3)
    strip = mesh.material((0.2, 0.2, 0.2), tuple(2.4 * c / top for c in accent))
    dice = brief.dice("ship")
    for side in (-1, 1):
        for z in np.arange(_Z0, _Z1, 3.0):
            z = float(z)
            mesh.box((side * (_X - 0.08), _Y / 2, z), (0.14, _Y / 2, 0.16), rib)
            mesh.box((side * (_X - 0.30), _Y - 0.24, z), (0.34, 0.12, 0.15), rib)
            mesh.box((side * (_X - 0.22), 0.14, z), (0.26, 0.14, 0.15), rib)
            mesh.box((side * (_X - 0.03), 0.35, z + 1.5), (0.03, 0.025, 1.2), strip)
            mesh.box((side * (_X - 0.03), 1.5, z + 1.5), (0.035, 0.55, 0.95), panel)
            for n in range(4):
                y = 1.2 + 0.17 * n
                lamp = dice.pick(((0.1, 0.9, 0.6), (0.9, 0.5, 0.1), (0.2, 0.5, 1.0), (0.05, 0.05, 0.06)))
                mesh.box((side * (_X - 0.075), y, z + 0.85), (0.01, 0.02, 0.03), mesh.material((0.1, 0.1, 0.1), lamp))
            mesh.beam((side * (_X - 0.12), 2.35, z), (side * (_X - 0.12), 2.35, z + 3.0), 0.05, rib, 10)
            mesh.beam((side * (_X - 0.10), 2.22, z), (side * (_X - 0.10), 2.22, z + 3.0), 0.03, panel, 8)
    _ceiling_lights(out, brief, (0.75, 0.90, 1.0), (0.45, 0.6), 3.2, 0.0)
    mesh.box((0, 1.25, _Z1 - 0.1), (0.9, 1.25, 0.08), panel)
    mesh.box((0, 1.25, _Z1 - 0.2), (0.02, 1.25, 0.02), strip)


def _old(out: Design, brief: Brief) -> None:
    mesh = out.mesh
    clinic = bool(
        set(words_of(brief.place)) & {"hospital", "asylum", "clinic", "school", "prison", "lab", "laboratory"}
    )
    floor = mesh.material((0.30, 0.28, 0.24), kind=k.TILES, scale=0.6, specular=0.2)
    paper = (
        (0.40, 0.43, 0.40)
        if clinic
        else brief.dice("paper").pick(((0.40, 0.36, 0.28), (0.32, 0.20, 0.16), (0.26, 0.32, 0.28)))
    )
    wall = mesh.material(brief.tinted(paper, 0, 0.3), kind=k.WALLPAPER, scale=0.6, specular=0.1)
    _shell(out, floor, wall, mesh.material((0.42, 0.41, 0.38)))
    leaf = mesh.material(brief.tinted((0.16, 0.09, 0.06) if not clinic else (0.34, 0.38, 0.38), 1, 0.3), specular=0.15)
    frame = mesh.material((0.30, 0.27, 0.23))
    brass = mesh.material((0.5, 0.36, 0.14), specular=0.8)
    for side in (-1, 1):
        for n, z in enumerate(np.arange(_Z0, _Z1, 3.0)):
            z = float(z)
            mesh.box((side * (_X - 0.05), _Y / 2, z), (0.07, _Y / 2, 0.14), frame)
            mesh.box((side * (_X - 0.03), 1.05, z + 1.5), (0.03, 1.13, 0.56), frame)
            mesh.box((side * (_X - 0.05), 1.03, z + 1.5), (0.03, 1.03, 0.47), leaf)
            for y, high in ((0.55, 0.36), (1.45, 0.40)):
                mesh.box((side * (_X - 0.085), y, z + 1.5), (0.008, high, 0.33), leaf)
                mesh.box((side * (_X - 0.083), y, z + 1.5), (0.004, high + 0.03, 0.36), frame if clinic else leaf)
            mesh.stone((side * (_X - 0.11), 1.0, z + 1.12), 0.03, brass, brief.dice("knob"), 0.0, 2, (1, 1, 1), True)
            mesh.box((side * (_X - 0.09), 1.72, z + 1.5), (0.008, 0.04, 0.08), brass)
            if n % 2 == 0 and not clinic:
                shade = mesh.material((0.6, 0.5, 0.35), (1.6, 1.0, 0.45))
                mesh.lathe((side * (_X - 0.16), 1.75, z), [(0.06, 0), (0.10, 0.17)], shade, 16)
                out.light(side * (_X - 0.3), 1.85, z, (1.0, 0.62, 0.30), 1.3, 0.2)
    _ceiling_lights(
        out, brief, (0.80, 1.0, 0.92) if clinic else (1.0, 0.80, 0.52), (0.30, 0.30), 2.8, 0.35 if brief.night else 0.1
    )
    if not clinic:
        runner = mesh.material(brief.tinted((0.30, 0.05, 0.05), 2, 0.4), kind=k.TILES, scale=0.3)
        mesh.box((0, 0.006, (_Z0 + _Z1) / 2), (0.65, 0.006, (_Z1 - _Z0) / 2), runner)
    mesh.box((0, 1.05, _Z1 - 0.05), (0.5, 1.05, 0.04), leaf)


def _tunnel(out: Design, brief: Brief) -> None:
    mesh = out.mesh
    floor = mesh.material((0.16, 0.155, 0.15), kind=k.CONCRETE, specular=0.15)
    tile = mesh.material(brief.tinted((0.40, 0.41, 0.38), 0, 0.3), kind=k.MASONRY, scale=0.3, specular=0.25)
    iron = mesh.material((0.08, 0.075, 0.07), specular=0.3)
    _shell(out, floor, tile, mesh.material((0.24, 0.235, 0.22), kind=k.CONCRETE))
    for side in (-1, 1):
        for y, r in ((2.5, 0.07), (2.3, 0.04)):
            mesh.beam((side * (_X - 0.12), y, _Z0), (side * (_X - 0.12), y, _Z1), r, iron, 12)
        for z in np.arange(_Z0, _Z1, 3.0):
            mesh.box((side * (_X - 0.04), _Y / 2, float(z)), (0.06, _Y / 2, 0.12), iron)
    _ceiling_lights(out, brief, (0.80, 1.0, 0.85), (0.07, 0.6), 2.8, 0.3)
