"""A room with windows in both side walls: what stands in it follows from the place's own words (kitchen, bedroom, office, bar)."""

from __future__ import annotations

import math

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.kits.design import RGB, Brief, Design
from apexlang.picture.previz.mesh import Mesh
from apexlang.picture.previz.words import words_of

_X, _Z0, _Z1, _Y = 3.4, -6.0, 3.0, 2.9
_WINDOWS = ((-1.9, -0.3), (0.55, 2.15))
_WOOD = (0.17, 0.09, 0.05)
_LAMP = (1.0, 0.60, 0.27)


def build(brief: Brief) -> Design:
    out = Design(walls=(-_X, _X, _Z0, _Z1, _Y), haze=0.0, sun=1.5 if not brief.night else 0.8, toward_sun=(0.80, 0.42, -0.25),
                 shafts=0.012)  # fmt: skip
    _shell(out, brief)
    words = set(words_of(brief.place))
    side = brief.dice("side").sign()
    if words & {"kitchen"}:
        _kitchen(out, brief, side)
    elif words & {"bedroom", "nursery", "hotel"}:
        _bedroom(out, brief, side)
    elif words & {"office", "study", "library", "studio", "classroom", "interrogation"}:
        _office(out, brief, side)
    elif words & {"bar", "pub", "diner", "cafe", "café", "restaurant", "lounge"}:
        _bar(out, brief, side)
    else:
        _living(out, brief, side)
    return out


def _shell(out: Design, brief: Brief) -> None:
    mesh = out.mesh
    dice = brief.dice("shell")
    floor = mesh.material((0.24, 0.13, 0.075), kind=k.PLANKS, scale=0.19, specular=0.12)
    paper = dice.pick(((0.42, 0.40, 0.36), (0.34, 0.38, 0.36), (0.44, 0.36, 0.28), (0.32, 0.36, 0.42)))
    wall = mesh.material(brief.tinted(paper, 0, 0.45), kind=k.WALLPAPER, scale=0.5)
    ceiling = mesh.material((0.5, 0.48, 0.45))
    frame = mesh.material((0.55, 0.52, 0.47))
    mesh.floor(-_X, _X, _Z0, _Z1, 0.0, floor)
    mesh.floor(-_X, _X, _Z0, _Z1, _Y, ceiling)
    for z in (_Z0, _Z1):
        mesh.quad((-_X, 0, z), (_X, 0, z), (_X, _Y, z), (-_X, _Y, z), wall)
    stops = [_Z0, *(q for w in _WINDOWS for q in w), _Z1]
    for side in (-1, 1):
        x = side * (_X + 0.1)
        for a, b in zip(stops[::2], stops[1::2], strict=True):
            mesh.box((x, _Y / 2, (a + b) / 2), (0.1, _Y / 2, (b - a) / 2), wall)
        for a, b in _WINDOWS:
            _window(mesh, brief, side, a, b, wall, frame)
    mesh.box((0, 0.07, _Z1 - 0.02), (_X, 0.07, 0.02), mesh.material((0.30, 0.28, 0.25)))
    mesh.box((0, _Y - 0.05, _Z1 - 0.03), (_X, 0.05, 0.03), frame)


def _window(mesh: Mesh, brief: Brief, side: int, a: float, b: float, wall: int, frame: int) -> None:
    x = side * (_X + 0.1)
    middle, half = (a + b) / 2, (b - a) / 2
    mesh.box((x, 0.45, middle), (0.1, 0.45, half), wall)
    mesh.box((x, 2.65, middle), (0.1, 0.25, half), wall)
    mesh.box((x - side * 0.12, 0.9, middle), (0.1, 0.02, half + 0.06), frame)
    for z in (a, middle, b):
        mesh.box((side * _X, 1.65, z), (0.05, 0.78, 0.028), frame)
    for y in (0.92, 1.65, 2.38):
        mesh.box((side * _X, y, middle), (0.05, 0.028, half), frame)
    if brief.noir or "window" in brief.props:
        for y in np.arange(0.95, 2.4, 0.075):
            mesh.box((side * (_X - 0.06), float(y), middle), (0.022, 0.006, half), frame)
        return
    dice = brief.dice("curtain")
    cloth = mesh.material(brief.tinted(dice.pick(((0.36, 0.12, 0.10), (0.16, 0.22, 0.18), (0.38, 0.30, 0.18))), 1, 0.5))
    for edge, way in ((a - 0.14, 1), (b + 0.14, -1)):
        for fold in range(4):
            z = edge + way * (fold * 0.085 - 0.05)
            mesh.lathe((side * (_X - 0.13), 0.22, z), [(0.075, 0), (0.055, 1.2), (0.06, 2.38)], cloth, 10)
    mesh.beam(
        (side * (_X - 0.13), 2.62, a - 0.35),
        (side * (_X - 0.13), 2.62, b + 0.35),
        0.016,
        mesh.material(_WOOD, specular=0.2),
    )


def _picture(mesh: Mesh, brief: Brief, x: float, y: float, half: tuple[float, float], number: int) -> None:
    """A framed landscape on the far wall."""
    frame = mesh.material(_WOOD, specular=0.2)
    w, h = half
    sky = tuple(0.10 + 0.55 * c for c in brief.tinted((0.4, 0.4, 0.4), number, 0.5))
    land = brief.tinted((0.16, 0.13, 0.09), number + 1, 0.5)
    art = mesh.material(sky, kind=k.CANVAS, extra=(*land, number * 3.7, y, h))
    mesh.box((x, y, _Z1 - 0.03), (w + 0.05, h + 0.05, 0.022), frame)
    mesh.box((x, y, _Z1 - 0.05), (w + 0.01, h + 0.01, 0.012), mesh.material((0.55, 0.52, 0.46)))
    mesh.box((x, y, _Z1 - 0.06), (w - 0.04, h - 0.04, 0.006), art)


def _bookcase(mesh: Mesh, brief: Brief, x: float, dice: Dice, shelves: int = 4) -> None:
    wood = mesh.material(_WOOD, kind=k.PLANKS, scale=0.3, specular=0.15)
    dark = mesh.material((0.03, 0.02, 0.015))
    z = _Z1 - 0.2
    high = 0.15 + shelves * 0.48
    for side in (-1, 1):
        mesh.box((x + side * 0.74, high / 2, z), (0.025, high / 2, 0.17), wood)
    mesh.box((x, high, z), (0.79, 0.03, 0.19), wood)
    mesh.box((x, high / 2, z + 0.15), (0.74, high / 2, 0.01), dark)
    covers = (
        (0.35, 0.08, 0.06),
        (0.07, 0.14, 0.20),
        (0.34, 0.25, 0.12),
        (0.10, 0.17, 0.10),
        (0.22, 0.19, 0.16),
        (0.40, 0.34, 0.22),
    )
    for row in range(shelves):
        y = 0.07 + row * 0.48
        mesh.box((x, y, z), (0.72, 0.018, 0.15), wood)
        at = -0.68
        while at < 0.64:
            if dice.unit() < 0.07:
                pot = mesh.material(brief.tinted((0.30, 0.26, 0.22), row, 0.5), specular=0.3)
                mesh.lathe(
                    (x + at + 0.09, y + 0.02, z),
                    [(0.04, 0), (0.075, 0.07), (0.05, 0.15), (0.055, 0.17), (0.0, 0.16)],
                    pot,
                    16,
                )
                at += 0.2
                continue
            width, tall = dice.between(0.022, 0.055), dice.between(0.20, 0.34)
            colour = brief.tinted(dice.pick(covers), dice.whole(3), 0.2)
            mesh.box(
                (x + at + width / 2, y + 0.018 + tall / 2, z - 0.03),
                (width / 2 * 0.94, tall / 2, 0.09),
                mesh.material(colour, specular=0.1),
            )
            at += width + 0.003


def _floor_lamp(out: Design, x: float, z: float) -> None:
    mesh = out.mesh
    brass = mesh.material((0.30, 0.20, 0.08), specular=0.6, gloss=40)
    mesh.lathe((x, 0, z), [(0.16, 0), (0.15, 0.02), (0.03, 0.035)], brass, 24)
    mesh.beam((x, 0.02, z), (x, 1.5, z), 0.014, brass, 10)
    mesh.lathe((x, 1.42, z), [(0.25, 0), (0.15, 0.33)], mesh.material((0.7, 0.55, 0.35), (2.4, 1.45, 0.62)), 32)
    out.light(x, 1.52, z - 0.05, _LAMP, 3.4, 0.35)


def _table_lamp(out: Design, x: float, y: float, z: float) -> None:
    mesh = out.mesh
    base = mesh.material((0.10, 0.16, 0.15), specular=0.5, gloss=40)
    mesh.lathe((x, y, z), [(0.06, 0), (0.08, 0.06), (0.04, 0.16), (0.015, 0.2), (0.012, 0.26)], base, 20)
    mesh.lathe((x, y + 0.24, z), [(0.15, 0), (0.10, 0.19)], mesh.material((0.7, 0.55, 0.35), (2.4, 1.45, 0.62)), 28)
    out.light(x, y + 0.32, z, _LAMP, 2.4, 0.22)


def _sofa(mesh: Mesh, brief: Brief, x: float, colour: RGB) -> None:
    cloth = mesh.material(brief.tinted(colour, 1, 0.45))
    z = _Z1 - 0.62
    mesh.box((x, 0.22, z), (1.0, 0.16, 0.42), cloth)
    for q in (-0.48, 0.48):
        mesh.box((x + q, 0.44, z - 0.03), (0.46, 0.075, 0.40), cloth)
        mesh.box((x + q, 0.74, z + 0.22), (0.45, 0.26, 0.10), cloth, 0.0, 0.96)
    mesh.box((x, 0.62, z + 0.36), (1.0, 0.42, 0.09), cloth)
    for q in (-1.06, 1.06):
        mesh.box((x + q, 0.40, z), (0.10, 0.32, 0.44), cloth)
        mesh.beam((x + q, 0.72, z - 0.44), (x + q, 0.72, z + 0.44), 0.115, cloth, 14)
    for q, tint in ((-0.7, 2), (0.66, 0)):
        pillow = mesh.material(brief.tinted((0.42, 0.34, 0.22), tint, 0.5))
        mesh.box((x + q, 0.68, z + 0.06), (0.19, 0.17, 0.06), pillow, q * 0.5, 0.9)


def _plant(mesh: Mesh, brief: Brief, x: float, z: float) -> None:
    dice = brief.dice("plant")
    mesh.lathe(
        (x, 0, z),
        [(0.13, 0), (0.19, 0.34), (0.17, 0.34), (0.16, 0.30), (0.0, 0.30)],
        mesh.material((0.35, 0.17, 0.09)),
        22,
    )
    leaf = mesh.material((0.05, 0.14, 0.045), kind=k.LEAF, specular=0.2)
    for n in range(26):
        angle, reach, rise = n * 2.4, dice.between(0.22, 0.5), dice.between(0.45, 1.05)
        c, s = math.cos(angle), math.sin(angle)
        root = np.array([x, 0.3, z])
        middle = root + np.array([c * reach * 0.5, rise * 0.75, s * reach * 0.5])
        tip = root + np.array([c * reach, rise * 0.85, s * reach])
        across = np.array([-s, 0, c]) * 0.055
        mesh.triangles([[root, middle - across, middle + across], [middle - across, tip, middle + across]], leaf)


def _rug(mesh: Mesh, brief: Brief, x: float, z: float, half: tuple[float, float]) -> None:
    w, d = half
    mesh.box(
        (x, 0.006, z), (w, 0.006, d), mesh.material(brief.tinted((0.30, 0.10, 0.08), 1, 0.5), kind=k.TILES, scale=0.35)
    )
    mesh.box(
        (x, 0.007, z),
        (w - 0.12, 0.006, d - 0.12),
        mesh.material(brief.tinted((0.34, 0.22, 0.15), 2, 0.4), kind=k.TILES, scale=0.21),
    )


def _round_table(mesh: Mesh, brief: Brief, x: float, z: float) -> None:
    wood = mesh.material(_WOOD, specular=0.2)
    mesh.lathe((x, 0, z), [(0.24, 0), (0.05, 0.05), (0.04, 0.68), (0.5, 0.70), (0.52, 0.74), (0, 0.745)], wood, 32)
    vase = mesh.material(brief.tinted((0.28, 0.30, 0.34), 1, 0.5), specular=0.5, gloss=40)
    mesh.lathe((x + 0.1, 0.745, z), [(0.06, 0), (0.09, 0.12), (0.05, 0.22), (0.06, 0.26), (0.0, 0.24)], vase, 20)
    dice = brief.dice("flowers")
    for n in range(9):
        angle = dice.between(0, 6.28)
        bloom = mesh.material(
            brief.tinted(dice.pick(((0.55, 0.12, 0.14), (0.60, 0.42, 0.16), (0.55, 0.50, 0.46))), n, 0.3)
        )
        top = (x + 0.1 + 0.11 * math.cos(angle), 1.10 + dice.between(0, 0.12), z + 0.11 * math.sin(angle))
        mesh.beam((x + 0.1, 0.95, z), top, 0.004, mesh.material((0.06, 0.14, 0.05)), 5)
        mesh.stone(top, 0.045, bloom, dice, 0.25, 2, (1, 0.8, 1), True)


def _living(out: Design, brief: Brief, side: int) -> None:
    mesh = out.mesh
    _bookcase(mesh, brief, -side * 2.2, brief.dice("books"))
    _picture(mesh, brief, side * 0.2, 1.78, (0.44, 0.32), 0)
    _picture(mesh, brief, side * 1.35, 1.72, (0.27, 0.35), 1)
    _sofa(
        mesh, brief, side * 0.95, brief.dice("sofa").pick(((0.24, 0.10, 0.08), (0.09, 0.15, 0.18), (0.20, 0.18, 0.10)))
    )
    _rug(mesh, brief, 0.0, 0.4, (1.7, 1.2))
    _floor_lamp(out, -side * 1.0, _Z1 - 0.55)
    _round_table(mesh, brief, side * 1.75, 0.95)
    _plant(mesh, brief, side * 2.85, _Z1 - 0.45)


def _kitchen(out: Design, brief: Brief, side: int) -> None:
    mesh = out.mesh
    front = mesh.material(brief.tinted((0.40, 0.42, 0.38), 1, 0.4), specular=0.15)
    stone = mesh.material((0.30, 0.28, 0.26), specular=0.4)
    tile = mesh.material(brief.tinted((0.52, 0.52, 0.48), 0, 0.2), kind=k.MASONRY, scale=0.18, specular=0.2)
    steel = mesh.material((0.35, 0.36, 0.37), specular=0.6)
    z = _Z1 - 0.32
    mesh.box((0, 0.43, z), (3.3, 0.43, 0.30), front)
    mesh.box((0, 0.89, z - 0.02), (3.32, 0.025, 0.33), stone)
    mesh.box((0, 1.22, _Z1 - 0.015), (3.3, 0.30, 0.01), tile)
    for n in range(7):
        x = -2.85 + n * 0.95
        mesh.box((x, 0.43, z - 0.305), (0.45, 0.39, 0.012), front)
        mesh.box((x, 0.72, z - 0.33), (0.12, 0.012, 0.014), steel)
        if n != 3:
            mesh.box((x, 1.95, _Z1 - 0.18), (0.45, 0.42, 0.17), front)
            mesh.box((x, 1.95, _Z1 - 0.36), (0.42, 0.39, 0.012), front)
            mesh.box((x + 0.34, 1.70, _Z1 - 0.385), (0.012, 0.08, 0.012), steel)
    mesh.box((0, 1.75, _Z1 - 0.2), (0.42, 0.10, 0.2), steel, 0, 0.6)
    mesh.box((0, 2.4, _Z1 - 0.2), (0.14, 0.55, 0.12), steel)
    mesh.box((side * 2.9, 1.0, _Z1 - 0.36), (0.38, 1.0, 0.36), mesh.material((0.55, 0.53, 0.48), specular=0.3))
    dice = brief.dice("pots")
    for n in range(7):
        x = dice.between(-2.4, 2.4)
        pot = mesh.material(
            brief.tinted(dice.pick(((0.5, 0.48, 0.44), (0.34, 0.10, 0.06), (0.30, 0.20, 0.09))), n, 0.3), specular=0.4
        )
        r, h = dice.between(0.05, 0.10), dice.between(0.10, 0.24)
        mesh.lathe(
            (x, 0.915, z + dice.between(0, 0.16)), [(r, 0), (r * 1.05, h), (r * 0.5, h * 1.05), (0, h * 1.15)], pot, 18
        )
    lamp = mesh.material((0.06, 0.07, 0.07), specular=0.4)
    mesh.beam((side * 0.8, _Y, 0.9), (side * 0.8, 2.05, 0.9), 0.008, lamp, 6)
    mesh.lathe((side * 0.8, 1.88, 0.9), [(0.22, 0), (0.10, 0.15), (0.03, 0.2)], lamp, 24)
    mesh.lathe((side * 0.8, 1.87, 0.9), [(0.09, 0), (0.0, 0.0)], mesh.material((1, 1, 1), (5.0, 3.6, 2.0)), 16)
    out.light(side * 0.8, 1.82, 0.9, (1.0, 0.72, 0.42), 4.0, 0.2)
    _round_table(mesh, brief, side * 1.7, 0.7)


def _bedroom(out: Design, brief: Brief, side: int) -> None:
    mesh = out.mesh
    wood = mesh.material(_WOOD, specular=0.15)
    sheet = mesh.material(brief.tinted((0.52, 0.50, 0.46), 2, 0.25))
    cover = mesh.material(brief.tinted((0.26, 0.20, 0.22), 1, 0.5))
    x = side * 0.9
    mesh.box((x, 0.65, _Z1 - 0.06), (0.95, 0.65, 0.05), wood)
    mesh.box((x, 0.22, _Z1 - 1.1), (0.92, 0.2, 1.0), wood)
    mesh.box((x, 0.48, _Z1 - 1.08), (0.90, 0.10, 0.98), sheet)
    mesh.box((x, 0.55, _Z1 - 1.45), (0.94, 0.06, 0.66), cover, 0, 0.97)
    for q in (-0.45, 0.45):
        mesh.stone((x + q, 0.64, _Z1 - 0.35), 0.3, sheet, brief.dice("pillow", q), 0.05, 3, (1.2, 0.36, 0.7), True)
    for q in (-1.3, 1.3):
        mesh.box((x + q, 0.28, _Z1 - 0.3), (0.24, 0.28, 0.22), wood)
    _table_lamp(out, x - side * 1.3, 0.56, _Z1 - 0.3)
    _picture(mesh, brief, x, 1.85, (0.5, 0.3), 0)
    wardrobe = -side * 2.5
    mesh.box((wardrobe, 1.1, _Z1 - 0.32), (0.75, 1.1, 0.3), wood)
    for q in (-0.37, 0.37):
        mesh.box(
            (wardrobe + q, 1.1, _Z1 - 0.63),
            (0.34, 1.02, 0.012),
            mesh.material(tuple(c * 1.2 for c in _WOOD), specular=0.15),
        )
    _rug(mesh, brief, 0.0, 0.2, (1.5, 1.0))
    _plant(mesh, brief, -side * 1.35, _Z1 - 0.4)


def _office(out: Design, brief: Brief, side: int) -> None:
    mesh = out.mesh
    wood = mesh.material(_WOOD, kind=k.PLANKS, scale=0.25, specular=0.18)
    metal = mesh.material((0.16, 0.18, 0.17), specular=0.3)
    x, z = side * 0.9, 1.75
    mesh.box((x, 0.74, z), (0.9, 0.025, 0.4), wood)
    for q in (-0.66, 0.66):
        mesh.box((x + q, 0.36, z), (0.2, 0.36, 0.36), wood)
    _table_lamp(out, x + side * 0.6, 0.765, z + 0.1)
    dice = brief.dice("desk")
    for n in range(5):
        mesh.box((x - side * (0.1 + 0.13 * n), 0.77 + 0.006 * n, z + dice.between(-0.1, 0.15)), (0.105, 0.012, 0.15),
                 mesh.material(dice.pick(((0.60, 0.57, 0.50), (0.45, 0.38, 0.24), (0.22, 0.10, 0.08)))),
                 dice.between(-0.3, 0.3))  # fmt: skip
    _bookcase(mesh, brief, -side * 2.2, brief.dice("books"))
    for n in range(2):
        c = -side * 0.85 + n * side * 0.5
        for row in range(4):
            mesh.box((c, 0.17 + row * 0.33, _Z1 - 0.35), (0.235, 0.155, 0.33), metal)
            mesh.box(
                (c, 0.21 + row * 0.33, _Z1 - 0.69), (0.07, 0.012, 0.014), mesh.material((0.4, 0.4, 0.4), specular=0.5)
            )
    _picture(mesh, brief, side * 0.9, 1.75, (0.5, 0.34), 0)
    _picture(mesh, brief, side * 2.1, 1.75, (0.24, 0.32), 1)
    _plant(mesh, brief, side * 2.85, _Z1 - 0.45)
    _rug(mesh, brief, 0.0, 0.2, (1.5, 1.0))


def _bar(out: Design, brief: Brief, side: int) -> None:
    mesh = out.mesh
    wood = mesh.material(_WOOD, kind=k.PLANKS, scale=0.22, specular=0.25)
    dark = mesh.material((0.035, 0.025, 0.02), specular=0.2)
    mesh.box((0, 0.52, 1.65), (2.6, 0.52, 0.28), wood)
    mesh.box((0, 1.07, 1.62), (2.7, 0.03, 0.36), mesh.material((0.10, 0.05, 0.03), specular=0.5, gloss=50))
    mesh.box((0, 1.45, _Z1 - 0.1), (2.4, 0.9, 0.08), dark)
    dice = brief.dice("bottles")
    for row in range(3):
        y = 0.95 + row * 0.45
        mesh.box((0, y, _Z1 - 0.24), (2.3, 0.016, 0.13), wood)
        mesh.box((0, y - 0.02, _Z1 - 0.20), (2.3, 0.008, 0.02), mesh.material((0.4, 0.3, 0.2), (0.9, 0.5, 0.18)))
        x = -2.2
        while x < 2.2:
            tint = dice.pick(
                ((0.05, 0.14, 0.06), (0.28, 0.12, 0.02), (0.30, 0.30, 0.28), (0.22, 0.03, 0.03), (0.06, 0.10, 0.20))
            )
            glass = mesh.material(
                brief.tinted(tint, dice.whole(3), 0.15), tuple(0.10 * c for c in tint), specular=0.8, gloss=70
            )
            r, h = dice.between(0.032, 0.045), dice.between(0.24, 0.34)
            mesh.lathe(
                (x, y + 0.016, _Z1 - 0.25),
                [(r, 0), (r, h * 0.55), (r * 0.4, h * 0.72), (r * 0.38, h), (0, h)],
                glass,
                12,
            )
            x += dice.between(0.10, 0.17)
    for n in range(4):
        x = -1.8 + n * 1.2
        mesh.lathe((x, 0, 0.95), [(0.2, 0), (0.03, 0.03), (0.03, 0.7), (0.17, 0.72), (0.18, 0.78), (0, 0.8)], dark, 18)
    for x in (-1.7, 0.0, 1.7):
        mesh.beam((x, _Y, 1.6), (x, 2.25, 1.6), 0.008, dark, 6)
        mesh.lathe(
            (x, 2.08, 1.6),
            [(0.15, 0), (0.12, 0.13), (0.03, 0.18)],
            mesh.material((0.10, 0.20, 0.13), (0.10, 0.20, 0.10)),
            22,
        )
        mesh.lathe((x, 2.085, 1.6), [(0.11, 0), (0.0, 0.0)], mesh.material((1, 1, 1), (5.0, 3.2, 1.4)), 16)
        out.light(x, 2.0, 1.55, (1.0, 0.62, 0.28), 3.4, 0.15)
    hue = (1.0, 0.18, 0.22) if brief.dice("neon").unit() < 0.5 else (0.2, 0.6, 1.0)
    sign = mesh.material(
        (0.05, 0.04, 0.05), tuple(2.2 * c for c in hue), kind=k.SIGN, extra=(7, 0.28, 0.42, side * 2.85, 1.8)
    )
    mesh.box((side * 2.85, 1.8, _Z1 - 0.06), (0.28, 0.42, 0.03), sign)
    out.light(side * 2.6, 1.8, _Z1 - 0.4, hue, 2.2, 0.3)
