"""Things that the prose names, set where they would stand in any kit that has none of its own."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.kits import furniture as f
from apexlang.picture.previz.kits import people
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.kits.forest import fire
from apexlang.picture.previz.kits.street import car
from apexlang.picture.previz.mesh import turned
from apexlang.picture.previz.objects import THINGS

_OWN: dict[str, frozenset[str]] = {
    "table": frozenset(["room", "kitchen", "bar", "diner", "office"]),
    "bench": frozenset(["street", "church"]),
    "car": frozenset(["street", "car"]),
    "fence": frozenset(["field"]),
    "sofa": frozenset(["room"]),
    "plant": frozenset(["room", "office", "bedroom"]),
    "crates": frozenset(["warehouse"]),
    "barrel": frozenset(["warehouse"]),
    "bed": frozenset(["bedroom"]),
    "fire": frozenset(["forest", "room"]),
    "screen": frozenset(["office", "bridge"]),
    "tree": frozenset(["forest", "field"]),
    "rocks": frozenset(["forest", "desert", "mountain", "field", "sea"]),
    "lamp": frozenset(["room", "bedroom", "office"]),
}
"""Kits that have the thing anyway, or see to it themselves."""


def set_out(out: Design, brief: Brief, kit: str) -> None:
    """Adds what the prose names and the kit lacks, beside the marks and behind them, never on them."""
    side = brief.dice("named").sign()
    spots = [(side * 1.55, 1.5), (-side * 1.7, 1.9), (side * 2.2, 2.8), (-side * 1.5, 3.4)]
    if out.walls is not None:
        x0, x1, _, z1, _ = out.walls
        spots = [(min(x1 - 0.5, max(x0 + 0.5, x)), min(z1 - 0.7, z)) for x, z in spots]
    for name in sorted(_THINGS):
        if name in brief.props and kit not in _OWN.get(name, frozenset()) and spots:
            x, z = spots.pop(0)
            _THINGS[name](out, brief, x, out.ground(x, z), z)
    small = [name for name in THINGS if name in brief.props][:3]
    if small and spots:
        x, z = spots.pop(0)
        y = out.ground(x, z)
        if "table" not in brief.props or kit in _OWN["table"]:
            _table(out, brief, x, y, z)
        for n, name in enumerate(small):
            THINGS[name](out.mesh, (x + (n - 1) * 0.26, y + 0.76, z - 0.12 + 0.1 * (n % 2)), brief.dice("small", name))
    if "crowd" in brief.props:
        people.crowd(out, brief)


def _table(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    wood = out.mesh.material(f.WOOD, kind=k.PLANKS, scale=0.14, specular=0.15)
    out.mesh.box((x, y + 0.74, z), (0.55, 0.02, 0.38), wood)
    for a in (-0.5, 0.5):
        for b in (-0.33, 0.33):
            out.mesh.box((x + a, y + 0.36, z + b), (0.028, 0.36, 0.028), wood)


def _bench(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    wood = out.mesh.material((0.22, 0.14, 0.08), kind=k.PLANKS, scale=0.1)
    iron = out.mesh.material((0.05, 0.05, 0.05), specular=0.3)
    for h, d in ((0.45, -0.15), (0.45, 0.0), (0.45, 0.15), (0.68, 0.26), (0.84, 0.29)):
        out.mesh.box((x, y + h, z + d), (0.75, 0.018, 0.055), wood)
    for q in (-0.62, 0.62):
        out.mesh.box((x + q, y + 0.22, z), (0.025, 0.22, 0.18), iron)
        out.mesh.box((x + q, y + 0.62, z + 0.27), (0.025, 0.26, 0.02), iron)


def _car(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    dice = brief.dice("named car")
    colour = brief.tinted(dice.pick(((0.10, 0.11, 0.13), (0.30, 0.05, 0.04), (0.14, 0.22, 0.28))), 0, 0.2)
    if out.walls is None or out.walls[1] - out.walls[0] > 12:
        car(out, x * 2.1, z + 3.4, 0.5 if x > 0 else -0.5, colour, brief.night)


def _crates(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    dice = brief.dice("named crates")
    wood = out.mesh.material((0.34, 0.22, 0.11), kind=k.PLANKS, scale=0.14)
    for n, (a, h) in enumerate(((0.0, 0.0), (0.62, 0.0), (0.25, 0.56))):
        out.mesh.box((x + a, y + h + 0.28, z + dice.between(-0.1, 0.1)), (0.28, 0.27, 0.28), wood, 0.1 * n)


def _barrel(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    steel = out.mesh.material(brief.tinted((0.10, 0.16, 0.20), 1, 0.3), specular=0.3)
    out.mesh.lathe((x, y, z), [(0.29, 0), (0.31, 0.3), (0.31, 0.6), (0.29, 0.9), (0, 0.9)], steel, 22)


def _plant(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    if abs(y) < 0.01:
        f.plant(out.mesh, brief, x, z)


def _bed(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    wood = out.mesh.material(f.WOOD, specular=0.15)
    sheet = out.mesh.material(brief.tinted((0.50, 0.48, 0.44), 2, 0.3))
    out.mesh.box((x, y + 0.22, z), (0.5, 0.16, 0.95), wood)
    out.mesh.box((x, y + 0.45, z), (0.48, 0.09, 0.92), sheet)
    out.mesh.box((x, y + 0.5, z + 0.92), (0.52, 0.5, 0.03), wood)
    out.mesh.stone((x, y + 0.58, z + 0.65), 0.24, sheet, brief.dice("pillow"), 0.05, 2, (1.3, 0.4, 0.7), True)


def _tree(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    if out.walls is not None:
        return
    dice = brief.dice("named tree")
    bark = out.mesh.material((0.11, 0.08, 0.055), kind=k.BARK)
    leaf = out.mesh.material(brief.tinted((0.08, 0.14, 0.05), 0, 0.15), kind=k.LEAF)
    x, z = x * 1.9, z + 2.5
    out.mesh.lathe((x, y - 0.2, z), [(0.34, 0), (0.22, 0.5), (0.18, 2.6)], bark, 12)
    for n in range(9):
        angle = n * 2.4
        reach = 0.9 * (n > 0)
        centre = (x + reach * math.cos(angle), y + 3.1 + 0.35 * dice.bell() * 0.5, z + reach * math.sin(angle))
        out.mesh.stone(centre, dice.between(0.7, 1.0), leaf, dice, 0.4, 3, (1.0, 0.85, 1.0))


def _rocks(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    dice = brief.dice("named rocks")
    stone = out.mesh.material((0.21, 0.20, 0.19), kind=k.ROCK)
    for n in range(4):
        out.mesh.stone(
            (x + 0.4 * n, y + 0.1, z + dice.between(-0.4, 0.6)), dice.between(0.2, 0.5), stone, dice, 0.25, 3
        )


def _lamp(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    if out.walls is not None:
        f.floor_lamp(out, x, z)


def _fire(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    if out.walls is None:
        fire(out, brief, x * 0.75, 0.9, out.ground)


def _screen(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    _table(out, brief, x, y, z)
    glow = out.mesh.material((0.02, 0.02, 0.02), (0.4, 0.75, 1.1), kind=k.PATTERN, scale=0.02, extra=(k.SCREEN,))
    out.mesh.box((x, y + 0.98, z + 0.1), (0.24, 0.15, 0.012), out.mesh.material((0.03, 0.03, 0.03)))
    a = z + 0.085
    out.mesh.quad(
        (x - 0.22, y + 0.85, a), (x + 0.22, y + 0.85, a), (x + 0.22, y + 1.11, a), (x - 0.22, y + 1.11, a), glow
    )
    out.light(x, y + 1.0, z - 0.2, (0.4, 0.7, 1.0), 0.5, 0.2)


def _bicycle(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    frame = out.mesh.material(brief.tinted((0.30, 0.05, 0.04), 0, 0.3), specular=0.4)
    black = out.mesh.material((0.02, 0.02, 0.02))

    def at(a: float, b: float) -> tuple[float, float, float]:
        q = turned(np.array([a, 0.0, 0.0]), 0.4)
        return x + float(q[0]), y + b, z + float(q[2])

    for hub in (-0.52, 0.52):
        ring = [at(hub + 0.33 * math.cos(n / 18 * 6.2832), 0.34 + 0.33 * math.sin(n / 18 * 6.2832)) for n in range(19)]
        for a, b in pairwise(ring):
            out.mesh.beam(a, b, 0.018, black, 6)
        for n in range(0, 18, 3):
            out.mesh.beam(at(hub, 0.34), ring[n], 0.003, frame, 4)
    joints = ((-0.52, 0.34), (-0.12, 0.34), (0.36, 0.82), (-0.22, 0.82), (-0.12, 0.34))
    for c, d in pairwise(joints):
        out.mesh.beam(at(*c), at(*d), 0.016, frame, 8)
    out.mesh.beam(at(-0.52, 0.34), at(-0.22, 0.82), 0.012, frame, 8)
    out.mesh.beam(at(0.52, 0.34), at(0.34, 0.98), 0.014, frame, 8)
    out.mesh.box(at(-0.24, 0.92), (0.11, 0.025, 0.05), black, 0.4)
    out.mesh.beam(at(0.24, 1.02), at(0.44, 1.0), 0.012, black, 6)


def _bus(out: Design, brief: Brief, x: float, y: float, z: float) -> None:
    if out.walls is not None:
        return
    mesh = out.mesh
    body = mesh.material(brief.tinted((0.40, 0.07, 0.05), 0, 0.25), specular=0.4)
    glass = mesh.material(
        (0.03, 0.035, 0.04), (0.5, 0.42, 0.28) if brief.night else (0.0, 0.0, 0.0), specular=0.7, gloss=60
    )
    x, z = math.copysign(3.3, x), z + 6.5
    mesh.box((x, y + 1.75, z), (1.2, 1.4, 4.6), body)
    mesh.box((x, y + 2.15, z), (1.215, 0.5, 4.2), glass)
    mesh.box((x, y + 2.0, z - 4.6), (1.05, 0.75, 0.02), glass)
    for a in (-3.0, 3.0):
        for b in (-1.1, 1.1):
            mesh.beam(
                (x + b * 0.95, y + 0.48, z + a),
                (x + b * 1.1, y + 0.48, z + a),
                0.48,
                mesh.material((0.02, 0.02, 0.02)),
                18,
            )
    for b in (-0.8, 0.8):
        mesh.box(
            (x + b, y + 0.9, z - 4.62),
            (0.16, 0.11, 0.02),
            mesh.material((0.5, 0.5, 0.5), (6, 5, 3.6) if brief.night else (0.4, 0.4, 0.3)),
        )


_THINGS = {
    "table": _table, "bench": _bench, "car": _car, "crates": _crates, "barrel": _barrel, "plant": _plant, "bed": _bed, "tree": _tree,
    "rocks": _rocks, "lamp": _lamp, "fire": _fire, "screen": _screen, "bicycle": _bicycle, "bus": _bus,
}  # fmt: skip
