"""Open country: desert with mesas, a coast with a pier, a meadow before mountains. Ground by formula, near things by dice."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from apexlang.lexicon.words import words_of
from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.mesh import Mesh
from apexlang.picture.previz.model import Array


def axis(dense: int = 56, rings: int = 76) -> Array:
    """Grid lines, fine near the marks and ever coarser to half a kilometre."""
    far = np.geomspace(9, 620, rings)
    return np.concatenate([-far[::-1], np.linspace(-8.6, 8.6, dense), far])


def _rocks(mesh: Mesh, dice: Dice, material: int, count: int, height: object, spread: float) -> None:
    for _ in range(count):
        x, z = dice.bell() * spread, dice.between(0.5, 46)
        r = dice.between(0.1, 0.5) * (2.4 if dice.unit() < 0.14 else 1.0)
        if abs(x) > 1.6 + r:
            y = float(height(np.array(x), np.array(z)))  # type: ignore[operator]
            mesh.stone((x, y + r * 0.1, z), r, material, dice, 0.22, 3, (1.3, 0.75, 1.0), r < 0.3)


def _desert_height(x: Array, z: Array) -> Array:
    dunes = 1.6 * np.abs(np.sin(x * 0.055 + 0.35 * np.sin(z * 0.045) + 0.5 * np.sin(z * 0.02))) ** 1.2
    dunes = dunes + 2.8 * (1 - np.abs(np.sin(z * 0.028 + x * 0.012 + 0.6 * np.sin(x * 0.03)))) ** 2
    return np.asarray(dunes * np.clip((np.hypot(x, z) - 5) / 26, 0, 1))


def desert(brief: Brief) -> Design:
    """Sand, dunes, mesas on the horizon."""
    out = Design(
        ground=lambda x, z: round(float(_desert_height(np.array(x), np.array(z))), 6), haze=0.0016, haze_fall=0.02
    )
    mesh = out.mesh
    mesh.terrain(axis(), axis(), _desert_height, mesh.material(brief.tinted((0.56, 0.37, 0.20), 0, 0.15), kind=k.SAND))
    cliff = mesh.material(brief.tinted((0.42, 0.20, 0.11), 1, 0.2), kind=k.ROCK)
    dice = brief.dice("mesas")
    for n in range(10):
        x, z = (1 if n % 2 else -1) * dice.between(60, 420), dice.between(210, 520)
        h, r = dice.between(25, 75), dice.between(18, 60)
        profile = [
            (r * 1.75, 0),
            (r * 1.2, h * 0.34),
            (r, h * 0.42),
            (r * 0.96, h * 0.66),
            (r * 0.90, h * 0.7),
            (r * 0.86, h),
            (0, h * 1.02),
        ]
        _mesa(mesh, dice, (x, -5, z), profile, cliff)
    _rocks(mesh, brief.dice("rocks"), mesh.material((0.26, 0.17, 0.12)), 44, _desert_height, 14)
    bush = mesh.material((0.16, 0.17, 0.08), kind=k.LEAF)
    dice = brief.dice("scrub")
    for _ in range(46):
        x, z = dice.bell() * 16, dice.between(2, 60)
        if abs(x) > 2.0:
            tuft(mesh, dice, (x, float(_desert_height(np.array(x), np.array(z))), z), dice.between(0.18, 0.5), bush, 16)
    return out


def _mesa(
    mesh: Mesh, dice: Dice, foot: tuple[float, float, float], profile: list[tuple[float, float]], material: int
) -> None:
    """A lathe with an uneven rim."""
    n = 40
    rim = np.array([1 + 0.13 * math.sin(i * 0.9 + foot[0]) + 0.05 * dice.bell() for i in range(n)])
    angles = np.arange(n) / n * 2 * math.pi
    rings = [
        np.stack(
            [foot[0] + r * rim * np.cos(angles) * 1.5, np.full(n, foot[1] + h), foot[2] + r * rim * np.sin(angles)], -1
        )
        for r, h in profile
    ]
    for low, high in pairwise(rings):
        low2, high2 = np.roll(low, -1, 0), np.roll(high, -1, 0)
        mesh.triangles(np.concatenate([np.stack([low, high, high2], 1), np.stack([low, high2, low2], 1)]), material)


def tuft(mesh: Mesh, dice: Dice, at: tuple[float, float, float], size: float, material: int, blades: int) -> None:
    """Grass or scrub: thin blades from one root."""
    root = np.array(at)
    tris = []
    for _ in range(blades):
        angle, lean = dice.between(0, 6.28), dice.between(0.1, 0.6)
        tip = root + np.array(
            [math.cos(angle) * lean * size, size * dice.between(0.6, 1.1), math.sin(angle) * lean * size]
        )
        across = np.array([-math.sin(angle), 0, math.cos(angle)]) * size * 0.035
        base = root + np.array([math.cos(angle), 0, math.sin(angle)]) * size * 0.10
        tris += [[base - across, tip, base + across]]
    mesh.triangles(np.array(tris), material)


def _shore_height(x: Array, z: Array) -> Array:
    slope = -np.clip(z - 5 + 1.2 * np.sin(x * 0.12), -4, 99) * 0.10
    return np.asarray(
        slope
        + 0.10 * np.sin(x * 0.6 + z * 0.4) * np.clip((np.hypot(x, z) - 2) / 6, 0, 1)
        - 0.4 * np.clip((4 - z) / 60, -1, 0)
    )


_DECK = 0.44


def _pier_height(x: float, z: float) -> float:
    if abs(x) < 1.6 and z > -2.2:
        return _DECK
    return round(float(_shore_height(np.array(x), np.array(z))), 6)


def sea(brief: Brief) -> Design:
    """A shore with stones and headlands; a pier out into the water when the words ask for one."""
    pier = (
        bool(set(words_of(brief.place)) & {"pier", "jetty", "dock", "docks", "harbor", "harbour"})
        or "pier" in brief.props
    )
    out = Design(haze=0.0012, haze_fall=0.01)
    mesh = out.mesh
    sand = mesh.material(brief.tinted((0.46, 0.38, 0.27), 0, 0.12), kind=k.SAND)
    mesh.terrain(axis(), axis(), _shore_height, sand)
    water = mesh.material((0.015, 0.05, 0.06), kind=k.WATER, specular=0.8, gloss=200)
    mesh.floor(-3000, 3000, 1, 6000, -0.35, water)
    rock = mesh.material((0.07, 0.07, 0.075), kind=k.ROCK, specular=0.1)
    dice = brief.dice("shore")
    for _ in range(34):
        x, z = dice.sign() * dice.between(3, 28), dice.between(3, 22)
        mesh.stone((x, -0.3, z), dice.between(0.25, 1.4), rock, dice, 0.22, 3, (1.3, 0.8, 1.0))
    land = mesh.material((0.10, 0.11, 0.12), kind=k.ROCK)
    for x, z, r in ((-150, 330, 60), (-95, 300, 34), (210, 520, 80), (330, 480, 70)):
        mesh.stone((x, -8, z), r, land, dice, 0.22, 4, (1.6, 0.7, 1.0))
    if pier:
        out.ground = _pier_height
        _pier(out, brief)
    else:
        out.ground = lambda x, z: round(float(_shore_height(np.array(x), np.array(z))), 6)
    return out


def _pier(out: Design, brief: Brief) -> None:
    mesh = out.mesh
    wood = mesh.material((0.24, 0.17, 0.12), kind=k.BARK, specular=0.12)
    dark = mesh.material((0.13, 0.10, 0.08), kind=k.BARK)
    for n in range(150):
        z = -2.2 + n * 0.32
        mesh.box((0, _DECK - 0.03, z + 0.15), (1.62, 0.03, 0.147), wood)
    for side in (-1, 1):
        mesh.box((side * 1.3, _DECK - 0.14, 22), (0.08, 0.09, 24), dark)
        for z in np.arange(-1.0, 46.0, 3.2):
            mesh.beam((side * 1.5, -3, float(z)), (side * 1.5, 1.45, float(z)), 0.10, dark, 10)
            mesh.lathe((side * 1.5, 1.45, float(z)), [(0.10, 0), (0.08, 0.04), (0, 0.05)], dark, 10)
        for n in range(15):
            a, b = -1.0 + n * 3.2, -1.0 + (n + 1) * 3.2
            for q in range(6):
                s, t = q / 6, (q + 1) / 6
                mesh.beam(
                    (side * 1.5, 1.3 - 1.0 * s * (1 - s), a + (b - a) * s),
                    (side * 1.5, 1.3 - 1.0 * t * (1 - t), a + (b - a) * t),
                    0.022,
                    dark,
                    6,
                )
    if brief.time in ("NIGHT", "DUSK"):
        for z in (10.4, 23.2, 36.0):
            mesh.beam((1.5, 1.4, z), (1.5, 3.2, z), 0.04, dark, 8)
            mesh.lathe(
                (1.5, 3.2, z),
                [(0.07, 0), (0.10, 0.12), (0.06, 0.22)],
                mesh.material((0.8, 0.7, 0.5), (6, 3.9, 1.7)),
                14,
            )
            out.light(1.4, 3.15, z, (1.0, 0.62, 0.28), 8.0, 0.25)


def _meadow_height(x: Array, z: Array) -> Array:
    near = np.clip((np.hypot(x, z) - 3) / 14, 0, 1)
    return np.asarray(
        (0.9 * np.sin(x * 0.11) * np.cos(z * 0.09) + 0.22 * np.sin(x * 0.4 + z * 0.3)) * near
        + np.clip(z - 60, 0, 400) * 0.02
    )


def field(brief: Brief) -> Design:
    """A meadow, hedges and lone trees, hills or snowy mountains behind; a fence when the words ask for one."""
    words = set(words_of(brief.place))
    peaks = bool(words & {"mountain", "mountains", "cliff", "ridge", "alps", "valley"})
    out = Design(
        ground=lambda x, z: round(float(_meadow_height(np.array(x), np.array(z))), 6), haze=0.0018, haze_fall=0.008
    )
    mesh = out.mesh
    green = (0.13, 0.16, 0.07) if not brief.snow else (0.66, 0.68, 0.72)
    mesh.terrain(axis(), axis(), _meadow_height, mesh.material(brief.tinted(green, 0, 0.12), kind=k.GRASS))
    if peaks:
        out.snow = 30.0
    _hills(mesh, brief, peaks)
    leaves = [
        mesh.material(brief.tinted(c, i, 0.15), kind=k.LEAF)
        for i, c in enumerate(((0.07, 0.13, 0.04), (0.10, 0.15, 0.05), (0.06, 0.11, 0.05)))
    ]
    bark = mesh.material((0.10, 0.075, 0.05), kind=k.BARK)
    dice = brief.dice("trees")
    for n in range(40):
        x, z = dice.sign() * dice.between(5 if n > 3 else 4.5, 60), dice.between(12, 110)
        _round_tree(
            mesh, dice, (x, float(_meadow_height(np.array(x), np.array(z))), z), dice.between(3.2, 7.5), bark, leaves
        )
    grass = [
        mesh.material(brief.tinted(c, i, 0.1), kind=k.LEAF)
        for i, c in enumerate(((0.16, 0.19, 0.07), (0.22, 0.21, 0.09), (0.11, 0.16, 0.05)))
    ]
    dice = brief.dice("grass")
    for n in range(700 if not brief.snow else 90):
        reach = 3.0 + 22 * dice.unit() ** 1.5
        angle = dice.between(-1.25, 1.25)
        x, z = reach * math.sin(angle), reach * math.cos(angle) - 3.2
        if math.hypot(x, z) > 0.7:
            tuft(
                mesh,
                dice,
                (x, float(_meadow_height(np.array(x), np.array(z))), z),
                dice.between(0.14, 0.38),
                grass[n % 3],
                9,
            )
    _rocks(mesh, brief.dice("rocks"), mesh.material((0.20, 0.195, 0.18)), 16, _meadow_height, 15)
    if "fence" in brief.props or words & {"farm", "countryside", "camp", "village", "yard"}:
        _fence(mesh, brief)
    return out


def _hills(mesh: Mesh, brief: Brief, peaks: bool) -> None:
    layers = ((120, 30, 3), (260, 95, 11), (520, 210, 23)) if peaks else ((150, 16, 3), (300, 34, 11), (560, 70, 23))
    stone = mesh.material(brief.tinted((0.21, 0.21, 0.225), 1, 0.15), kind=k.ROCK)
    grassy = mesh.material(brief.tinted((0.11, 0.15, 0.09), 0, 0.15), kind=k.GRASS)
    for distance, high, seed in layers:
        dice = brief.dice("hills", seed)
        phase = [dice.between(0, 6) for _ in range(8)]

        def height(x: Array, z: Array, d: float = distance, h: float = high, ph: list[float] = phase) -> Array:
            y = np.zeros_like(x)
            for octave in range(6 if peaks else 3):
                f = 2.2 / d * 1.9**octave
                y = y + 0.52**octave * (
                    1 - np.abs(np.sin(x * f + ph[octave] + 0.5 * np.sin(z * f * 1.3 + ph[7 - octave])))
                )
            edge = np.clip(1 - np.abs(z - d) / (d * 0.30), 0, 1)
            return np.asarray((y / 2.2) ** (1.6 if peaks else 1.0) * h * 1.15 * edge**0.8 - h * 0.12 + h * 0.25 * edge)

        x = np.linspace(-distance * 2.2, distance * 2.2, 210 if peaks else 120)
        z = np.linspace(distance * 0.7, distance * 1.3, 60 if peaks else 40)
        mesh.terrain(x, z, height, stone if peaks else grassy, not peaks)


def _round_tree(
    mesh: Mesh, dice: Dice, foot: tuple[float, float, float], high: float, bark: int, leaves: list[int]
) -> None:
    x, y, z = foot
    mesh.lathe((x, y - 0.2, z), [(high * 0.06, 0), (high * 0.035, 0.6), (high * 0.028, high * 0.5)], bark, 10)
    leaf = leaves[dice.whole(len(leaves))]
    for n in range(5):
        angle, out = n * 2.4, 0.16 * high * (n > 0)
        centre = (x + math.cos(angle) * out, y + high * (0.72 + 0.05 * dice.bell()), z + math.sin(angle) * out)
        fine = 3 if math.hypot(x, z) < 22 else 2
        mesh.stone(centre, high * dice.between(0.20, 0.28), leaf, dice, 0.35, fine, (1.0, 0.9, 1.0))


def _fence(mesh: Mesh, brief: Brief) -> None:
    wood = mesh.material((0.22, 0.18, 0.14), kind=k.PLANKS, scale=0.12)
    z = 7.5
    for n in range(26):
        x = -26 + n * 2.1
        y = float(_meadow_height(np.array(x), np.array(z)))
        y2 = float(_meadow_height(np.array(x + 2.1), np.array(z)))
        mesh.box((x, y + 0.55, z), (0.06, 0.6, 0.06), wood)
        for rail in (0.5, 0.95):
            mesh.beam((x, y + rail, z), (x + 2.1, y2 + rail, z), 0.035, wood, 6)
