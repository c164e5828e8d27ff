"""Furniture that several rooms share. Each piece stands where it is put; what hangs on or leans at the far wall takes its depth."""

from __future__ import annotations

import math

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.kits.design import RGB, Brief, Design
from apexlang.picture.previz.mesh import Mesh, turned

WOOD = (0.17, 0.09, 0.05)
LAMP = (1.0, 0.60, 0.27)


def picture(mesh: Mesh, brief: Brief, far: float, x: float, y: float, half: tuple[float, float], number: int, way: int = -1,
            ) -> None:  # fmt: skip
    """A framed landscape on the wall at `far`, facing -z, or +z with `way` 1."""
    frame = mesh.material(WOOD, specular=0.2)
    w, h = half
    sky = tuple(0.10 + 0.55 * c for c in brief.tinted((0.4, 0.4, 0.4), number, 0.5))
    land = brief.tinted((0.16, 0.13, 0.09), number + 1, 0.5)
    art = mesh.material(sky, kind=k.CANVAS, extra=(*land, number * 3.7, y, h))
    mesh.box((x, y, far + way * 0.03), (w + 0.05, h + 0.05, 0.022), frame)
    mesh.box((x, y, far + way * 0.05), (w + 0.01, h + 0.01, 0.012), mesh.material((0.55, 0.52, 0.46)))
    mesh.box((x, y, far + way * 0.06), (w - 0.04, h - 0.04, 0.006), art)


def bookcase(mesh: Mesh, brief: Brief, far: float, x: float, dice: Dice, shelves: int = 4) -> None:
    wood = mesh.material(WOOD, kind=k.PLANKS, scale=0.3, specular=0.15)
    dark = mesh.material((0.03, 0.02, 0.015))
    z = far - 0.2
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


def floor_lamp(out: Design, x: float, z: float) -> None:
    mesh = out.mesh
    brass = mesh.material((0.30, 0.20, 0.08), specular=0.6, gloss=40)
    mesh.lathe((x, 0, z), [(0.16, 0), (0.15, 0.02), (0.03, 0.035)], brass, 24)
    mesh.beam((x, 0.02, z), (x, 1.5, z), 0.014, brass, 10)
    mesh.lathe((x, 1.42, z), [(0.25, 0), (0.15, 0.33)], mesh.material((0.7, 0.55, 0.35), (2.4, 1.45, 0.62)), 32)
    out.light(x, 1.52, z - 0.05, LAMP, 3.4, 0.35)


def table_lamp(out: Design, x: float, y: float, z: float) -> None:
    mesh = out.mesh
    base = mesh.material((0.10, 0.16, 0.15), specular=0.5, gloss=40)
    mesh.lathe((x, y, z), [(0.06, 0), (0.08, 0.06), (0.04, 0.16), (0.015, 0.2), (0.012, 0.26)], base, 20)
    mesh.lathe((x, y + 0.24, z), [(0.15, 0), (0.10, 0.19)], mesh.material((0.7, 0.55, 0.35), (2.4, 1.45, 0.62)), 28)
    out.light(x, y + 0.32, z, LAMP, 2.4, 0.22)


def sofa(mesh: Mesh, brief: Brief, far: float, x: float, colour: RGB) -> None:
    cloth = mesh.material(brief.tinted(colour, 1, 0.45))
    z = far - 0.62
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


def plant(mesh: Mesh, brief: Brief, x: float, z: float) -> None:
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


def rug(mesh: Mesh, brief: Brief, x: float, z: float, half: tuple[float, float]) -> None:
    w, d = half
    mesh.box(
        (x, 0.006, z), (w, 0.006, d), mesh.material(brief.tinted((0.30, 0.10, 0.08), 1, 0.5), kind=k.TILES, scale=0.35)
    )
    mesh.box(
        (x, 0.007, z),
        (w - 0.12, 0.006, d - 0.12),
        mesh.material(brief.tinted((0.34, 0.22, 0.15), 2, 0.4), kind=k.TILES, scale=0.21),
    )


def round_table(mesh: Mesh, brief: Brief, x: float, z: float) -> None:
    wood = mesh.material(WOOD, specular=0.2)
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


def sideboard(mesh: Mesh, brief: Brief, r_near: float, x: float) -> None:
    """A low cupboard with a bowl, against the wall behind the camera."""
    wood = mesh.material(WOOD, kind=k.PLANKS, scale=0.3, specular=0.15)
    z = r_near + 0.28
    mesh.box((x, 0.46, z), (0.8, 0.38, 0.22), wood)
    mesh.box((x, 0.86, z), (0.86, 0.02, 0.26), wood)
    for q in (-0.4, 0.4):
        mesh.box(
            (x + q, 0.46, z + 0.225), (0.36, 0.32, 0.01), mesh.material(tuple(c * 1.25 for c in WOOD), specular=0.15)
        )
    glaze = mesh.material(brief.tinted((0.30, 0.30, 0.26), 2, 0.4), specular=0.4, gloss=40)
    mesh.lathe((x, 0.88, z), [(0.06, 0), (0.17, 0.09), (0.16, 0.09), (0.0, 0.03)], glaze, 24)


def fireplace(out: Design, brief: Brief, far: float, x: float) -> None:
    """A chimney breast with a mantel; its fire burns at night or where the words have one."""
    mesh = out.mesh
    stone = mesh.material(brief.tinted((0.30, 0.27, 0.24), 1, 0.25), kind=k.MASONRY, scale=0.3)
    dark = mesh.material((0.02, 0.018, 0.016))
    wood = mesh.material(WOOD, specular=0.2)
    z = far - 0.2
    for q in (-0.62, 0.62):
        mesh.box((x + q, 0.5, z), (0.2, 0.5, 0.2), stone)
    mesh.box((x, 1.75, z + 0.04), (0.82, 0.95, 0.16), stone)
    mesh.box((x, 0.9, z), (0.82, 0.12, 0.2), stone)
    mesh.box((x, 1.06, z - 0.06), (0.95, 0.04, 0.28), wood)
    mesh.box((x, 0.4, far - 0.02), (0.44, 0.4, 0.01), dark)
    for q in (-0.12, 0.02, 0.14):
        mesh.beam(
            (x + q - 0.2, 0.07, z),
            (x + q + 0.2, 0.1, z + 0.06),
            0.05,
            mesh.material((0.06, 0.04, 0.03), kind=k.BARK),
            8,
        )
    if brief.night or "fire" in brief.props:
        for n, (glow, tall) in enumerate((((7.0, 2.3, 0.35), 0.34), ((8.0, 3.8, 0.8), 0.24), ((8.0, 5.8, 2.2), 0.14))):
            flame = mesh.material((0.1, 0.05, 0.02), glow)
            for q in (-0.14, 0.0, 0.13):
                mesh.lathe(
                    (x + q, 0.12, z),
                    [(0, 0), (0.07 - 0.015 * n, tall * 0.25), (0.03, tall * 0.65), (0, tall)],
                    flame,
                    10,
                )
        out.light(x, 0.4, z - 0.25, (1.0, 0.46, 0.14), 6.0, 0.25)


def armchair(mesh: Mesh, brief: Brief, x: float, z: float, colour: RGB, yaw: float) -> None:
    """A deep chair facing `yaw` (0: toward the camera)."""
    cloth = mesh.material(brief.tinted(colour, 1, 0.45))

    def put(a: float, y: float, c: float) -> tuple[float, float, float]:
        q = turned(np.array([a, y, c]), yaw)
        return x + float(q[0]), float(q[1]), z + float(q[2])

    mesh.box(put(0, 0.24, 0), (0.40, 0.20, 0.38), cloth, yaw)
    mesh.box(put(0, 0.48, -0.04), (0.34, 0.07, 0.34), cloth, yaw)
    mesh.box(put(0, 0.74, 0.34), (0.40, 0.42, 0.10), cloth, yaw, 0.94)
    for q in (-0.44, 0.44):
        mesh.box(put(q, 0.42, 0.0), (0.09, 0.30, 0.40), cloth, yaw)


def pendant(
    out: Design, x: float, y: float, z: float, high: float, shade: RGB, power: float, size: float = 0.22
) -> None:
    """A lamp on a cord from a ceiling at `high`."""
    mesh = out.mesh
    dark = mesh.material(shade, specular=0.4)
    mesh.beam((x, high, z), (x, y + 0.2, z), 0.008, dark, 6)
    mesh.lathe((x, y, z), [(size, 0), (size * 0.5, 0.15), (0.03, 0.2)], dark, 24)
    mesh.lathe((x, y + 0.005, z), [(size * 0.6, 0), (0.0, 0.0)], mesh.material((1, 1, 1), (5.0, 3.5, 1.8)), 16)
    out.light(x, y - 0.06, z, (1.0, 0.68, 0.36), power, size)


def stool(mesh: Mesh, x: float, z: float, seat: int, leg: int, high: float = 0.78) -> None:
    mesh.lathe((x, 0, z), [(0.2, 0), (0.03, 0.03), (0.03, high - 0.08), (0.05, high - 0.07)], leg, 16)
    mesh.lathe((x, high - 0.07, z), [(0.17, 0), (0.19, 0.04), (0.16, 0.08), (0, 0.085)], seat, 20)
