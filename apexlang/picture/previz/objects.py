"""Things: a seat for who sits, and the small things of an insert, on a table or on the ground."""

from __future__ import annotations

import math

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.mesh import Mesh, turned

Point = tuple[float, float, float]


def seat(mesh: Mesh, position: Point, yaw: float, height: float) -> None:
    """A plain wooden chair under someone who sits, its back behind them."""
    wood = mesh.material((0.19, 0.11, 0.065), kind=k.PLANKS, scale=0.09, specular=0.12)
    top = 0.215 * height
    centre = np.asarray(position)

    def put(x: float, y: float, z: float) -> list[float]:
        return list((turned(np.array([x, y, z]), yaw) + centre).tolist())

    mesh.box(put(0, top - 0.02, 0.06), (0.21, 0.02, 0.21), wood, yaw)
    for x in (-0.18, 0.18):
        mesh.box(put(x, top / 2, -0.11), (0.02, top / 2, 0.02), wood, yaw)
        mesh.box(put(x, 0.46, 0.25), (0.02, 0.46, 0.02), wood, yaw)
    for y in (0.62, 0.78):
        mesh.box(put(0, y, 0.25), (0.18, 0.045, 0.012), wood, yaw)


def still_life(mesh: Mesh, place: str, props: frozenset[str], interior: bool, ground: float) -> float:
    """Puts what the words name (at most three things) on a table indoors or on the ground outside; the height to aim at."""
    dice = Dice(place, "insert", *sorted(props))
    base = ground
    if interior:
        wood = mesh.material((0.22, 0.125, 0.07), kind=k.PLANKS, scale=0.14, specular=0.15)
        base = ground + 0.75
        mesh.box((0.0, base - 0.02, 0.25), (0.75, 0.02, 0.5), wood)
        for x in (-0.7, 0.7):
            for z in (-0.2, 0.7):
                mesh.box((x, (base - 0.04 + ground) / 2, z), (0.03, (base - 0.04 - ground) / 2, 0.03), wood)
    things = [name for name in THINGS if name in props][:3] or ["letter"]
    spots = ((0.0, 0.0), (-0.15, 0.12), (0.15, 0.10))
    for (x, z), name in zip(spots, things, strict=False):
        THINGS[name](mesh, (x, base, z), dice)
    return base + 0.045


def _paper(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    yaw = dice.between(-0.3, 0.3)
    paper = mesh.material((0.62, 0.58, 0.48))
    ink = mesh.material((0.06, 0.055, 0.07))
    mesh.box((x, y + 0.002, z), (0.075, 0.001, 0.105), paper, yaw)
    for row in range(9):
        width = 0.055 if row < 8 else 0.025
        spot = turned(np.array([-0.055 + width, 0.0, 0.08 - row * 0.018]), yaw)
        mesh.box((x + spot[0], y + 0.0033, z + spot[2]), (width, 0.0003, 0.0022), ink, yaw)


def _key(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    brass = mesh.material((0.50, 0.34, 0.11), specular=0.6, gloss=40)
    for i in range(20):
        a, b = i / 20 * 2 * math.pi, (i + 1) / 20 * 2 * math.pi
        mesh.beam((x - 0.05 + 0.018 * math.cos(a), y + 0.006, z + 0.018 * math.sin(a)),
                  (x - 0.05 + 0.018 * math.cos(b), y + 0.006, z + 0.018 * math.sin(b)), 0.004, brass, 8)  # fmt: skip
    mesh.beam((x - 0.032, y + 0.006, z), (x + 0.05, y + 0.006, z), 0.0042, brass, 10)
    for q in (0.034, 0.044):
        mesh.box((x + q, y + 0.006, z - 0.009), (0.003, 0.002, 0.008), brass)


def _cup(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    glaze = mesh.material((0.50, 0.46, 0.40), specular=0.4, gloss=40)
    mesh.lathe(
        (x, y, z), [(0.0, 0.0), (0.030, 0.0), (0.038, 0.02), (0.042, 0.09), (0.038, 0.09), (0.035, 0.075)], glaze, 32
    )
    mesh.lathe(
        (x, y + 0.075, z), [(0.036, 0.0), (0.0, 0.0)], mesh.material((0.05, 0.025, 0.012), specular=0.5, gloss=60), 24
    )
    for i in range(10):
        a, b = -1.3 + i * 0.26, -1.3 + (i + 1) * 0.26
        mesh.beam((x + 0.040 + 0.024 * math.cos(a), y + 0.047 + 0.026 * math.sin(a), z),
                  (x + 0.040 + 0.024 * math.cos(b), y + 0.047 + 0.026 * math.sin(b), z), 0.005, glaze, 8)  # fmt: skip


def _bottle(mesh: Mesh, at: Point, dice: Dice) -> None:
    glass = mesh.material((0.03, 0.09, 0.045), specular=0.8, gloss=80)
    profile = [
        (0.0, 0.0),
        (0.036, 0.0),
        (0.037, 0.15),
        (0.030, 0.185),
        (0.014, 0.215),
        (0.013, 0.27),
        (0.016, 0.275),
        (0.0, 0.28),
    ]
    mesh.lathe(at, profile, glass, 28)
    mesh.lathe((at[0], at[1] + 0.05, at[2]), [(0.0376, 0.0), (0.0376, 0.075)], mesh.material((0.55, 0.50, 0.38)), 28)


def _glass(mesh: Mesh, at: Point, dice: Dice) -> None:
    mesh.lathe(
        at,
        [(0.0, 0.0), (0.032, 0.0), (0.037, 0.09), (0.034, 0.09)],
        mesh.material((0.25, 0.28, 0.30), specular=0.9, gloss=90),
        28,
    )
    whisky = mesh.material((0.35, 0.13, 0.02), specular=0.6, gloss=60)
    mesh.lathe((at[0], at[1] + 0.035, at[2]), [(0.033, 0.0), (0.0, 0.0)], whisky, 24)


def _book(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    yaw = dice.between(-0.4, 0.4)
    cover = mesh.material(dice.pick(((0.28, 0.05, 0.04), (0.05, 0.12, 0.20), (0.10, 0.16, 0.09))), specular=0.12)
    mesh.box(
        (x, y + 0.018, z), (0.070, 0.014, 0.10), mesh.material((0.55, 0.50, 0.40), kind=k.PLANKS, scale=0.004), yaw
    )
    for q in (0.002, 0.034):
        mesh.box((x, y + q, z), (0.075, 0.002, 0.105), cover, yaw)


def _phone(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    mesh.box((x, y + 0.004, z), (0.037, 0.004, 0.078), mesh.material((0.02, 0.02, 0.022), specular=0.5, gloss=60), 0.25)
    mesh.box(
        (x, y + 0.0085, z),
        (0.034, 0.0006, 0.072),
        mesh.material((0.05, 0.07, 0.09), (0.25, 0.42, 0.6), specular=0.5),
        0.25,
    )


def _photo(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    mesh.box((x, y + 0.001, z), (0.055, 0.001, 0.065), mesh.material((0.68, 0.66, 0.60)), -0.2)
    mesh.box((x, y + 0.0025, z + 0.008), (0.046, 0.0004, 0.046), mesh.material((0.16, 0.13, 0.11), specular=0.3), -0.2)


def _gun(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    steel = mesh.material((0.05, 0.05, 0.055), specular=0.6, gloss=40)
    mesh.box((x, y + 0.014, z + 0.03), (0.095, 0.013, 0.017), steel, 0.2)
    mesh.box(
        (x + 0.062, y + 0.014, z - 0.03), (0.022, 0.012, 0.05), mesh.material((0.14, 0.08, 0.05), specular=0.2), 0.45
    )


def _knife(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    mesh.box(
        (x - 0.06, y + 0.004, z), (0.085, 0.0015, 0.013), mesh.material((0.5, 0.52, 0.54), specular=0.9, gloss=60), 0.1
    )
    mesh.box(
        (x + 0.075, y + 0.008, z - 0.013), (0.05, 0.008, 0.011), mesh.material((0.11, 0.06, 0.035), specular=0.2), 0.1
    )


def _watch(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    gold = mesh.material((0.50, 0.34, 0.11), specular=0.7, gloss=50)
    mesh.lathe(at, [(0.0, 0.0), (0.036, 0.0), (0.040, 0.008), (0.036, 0.014), (0.032, 0.014)], gold, 32)
    mesh.lathe((x, y + 0.0125, z), [(0.034, 0.0), (0.0, 0.0)], mesh.material((0.72, 0.70, 0.64)), 32)
    dark = mesh.material((0.02, 0.02, 0.02))
    for i in range(12):
        a = i / 12 * 2 * math.pi
        mesh.box((x + 0.027 * math.sin(a), y + 0.0132, z + 0.027 * math.cos(a)), (0.0012, 0.0003, 0.003), dark, a)
    for a, length in ((0.9, 0.022), (-1.1, 0.015)):
        mesh.beam((x, y + 0.0145, z), (x + length * math.sin(a), y + 0.0145, z + length * math.cos(a)), 0.0011, dark, 6)


def _flower(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    mesh.beam(
        (x - 0.12, y + 0.006, z - 0.02), (x + 0.04, y + 0.018, z + 0.01), 0.003, mesh.material((0.06, 0.16, 0.05)), 8
    )
    red = mesh.material((0.42, 0.03, 0.04), specular=0.1)
    for i in range(14):
        a = i * 2.4
        r = 0.006 + 0.0018 * i
        mesh.stone(
            (x + 0.05 + 0.3 * r, y + 0.024 + r * math.sin(a), z + 0.015 + r * math.cos(a)),
            0.014,
            red,
            dice,
            0.12,
            2,
            (0.9, 1, 1),
            True,
        )


def _candle(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    mesh.lathe(at, [(0.05, 0.0), (0.052, 0.008), (0.012, 0.012)], mesh.material((0.40, 0.28, 0.10), specular=0.6), 24)
    mesh.lathe(
        (x, y + 0.01, z),
        [(0.013, 0.0), (0.012, 0.11), (0.0, 0.112)],
        mesh.material((0.62, 0.58, 0.48), (0.05, 0.03, 0.01)),
        20,
    )
    mesh.lathe(
        (x, y + 0.125, z),
        [(0.0, 0.0), (0.006, 0.010), (0.004, 0.022), (0.0, 0.036)],
        mesh.material((1, 1, 1), (9, 5.5, 2.0)),
        12,
    )


def _coin(mesh: Mesh, at: Point, dice: Dice) -> None:
    mesh.lathe(
        at,
        [(0.0, 0.0), (0.014, 0.0), (0.015, 0.002), (0.013, 0.003), (0.0, 0.0026)],
        mesh.material((0.50, 0.36, 0.12), specular=0.7),
        32,
    )


def _radio(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    mesh.box((x, y + 0.06, z + 0.05), (0.12, 0.06, 0.04), mesh.material((0.20, 0.10, 0.05), specular=0.25))
    mesh.box(
        (x - 0.04, y + 0.06, z + 0.008),
        (0.06, 0.045, 0.003),
        mesh.material((0.30, 0.26, 0.17), kind=k.PLANKS, scale=0.006),
    )
    mesh.box((x + 0.07, y + 0.08, z + 0.008), (0.035, 0.018, 0.003), mesh.material((0.4, 0.35, 0.2), (0.5, 0.32, 0.10)))


def _case(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    hide = mesh.material((0.16, 0.08, 0.04), specular=0.2)
    mesh.box((x, y + 0.11, z + 0.12), (0.17, 0.11, 0.05), hide)
    brass = mesh.material((0.50, 0.36, 0.12), specular=0.7)
    for q in (-0.09, 0.09):
        mesh.box((x + q, y + 0.16, z + 0.068), (0.015, 0.012, 0.004), brass)
    mesh.beam((x - 0.05, y + 0.235, z + 0.12), (x + 0.05, y + 0.235, z + 0.12), 0.008, hide, 8)


def _lantern(mesh: Mesh, at: Point, dice: Dice) -> None:
    x, y, z = at
    iron = mesh.material((0.05, 0.05, 0.05), specular=0.4)
    mesh.lathe(at, [(0.0, 0.0), (0.05, 0.0), (0.05, 0.02), (0.04, 0.03)], iron, 20)
    mesh.lathe(
        (x, y + 0.03, z),
        [(0.034, 0.0), (0.040, 0.05), (0.034, 0.10)],
        mesh.material((0.8, 0.7, 0.5), (3.2, 1.9, 0.7)),
        20,
    )
    mesh.lathe((x, y + 0.13, z), [(0.045, 0.0), (0.03, 0.025), (0.0, 0.035)], iron, 20)


THINGS = {
    "letter": _paper, "key": _key, "cup": _cup, "bottle": _bottle, "glass": _glass, "book": _book, "phone": _phone, "photo": _photo,
    "gun": _gun, "knife": _knife, "watch": _watch, "flower": _flower, "candle": _candle, "coin": _coin, "radio": _radio, "case": _case,
    "lantern": _lantern,
}  # fmt: skip
