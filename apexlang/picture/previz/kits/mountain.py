"""High country: a stony shoulder with a path, boulders, pines, a cliff to one side and ranges of peaks behind."""

from __future__ import annotations

import math

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.kits.open_land import axis, tuft
from apexlang.picture.previz.mesh import Mesh
from apexlang.picture.previz.model import Array


class _Land:
    """The shape of the ground: level at the marks, a slope up to one side and down to the other, a valley before the peaks."""

    def __init__(self, brief: Brief) -> None:
        dice = brief.dice("land")
        self.side = dice.sign()
        self.steep = dice.between(0.35, 0.6)
        self.phase = [dice.between(0, 6.28) for _ in range(6)]

    def height(self, x: Array, z: Array) -> Array:
        p = self.phase
        away = np.clip((np.hypot(x, z) - 2.5) / 9, 0, 1)
        rough = 0.30 * np.sin(x * 0.5 + p[0]) * np.cos(z * 0.43 + p[1]) + 0.12 * np.sin(x * 1.3 + z * 1.1 + p[2])
        rough = rough + 1.4 * np.abs(np.sin(x * 0.09 + p[3]) * np.sin(z * 0.07 + p[4]))
        up = np.clip(x * self.side - 5, 0, 90) * self.steep
        down = -np.clip(-x * self.side - 6, 0, 60) * 0.25
        valley = -np.clip(z - 26, 0, 70) * 0.38
        return np.asarray(rough * away + up + down + valley - np.clip(-z - 20, 0, 60) * 0.1)

    def at(self, x: float, z: float) -> float:
        return round(float(self.height(np.array(x), np.array(z))), 6)


def build(brief: Brief) -> Design:
    land = _Land(brief)
    out = Design(ground=land.at, haze=0.0016, haze_fall=0.004, snow=30.0 if not brief.snow else -50.0)
    mesh = out.mesh
    turf = (0.15, 0.15, 0.08) if not brief.snow else (0.66, 0.68, 0.73)
    mesh.terrain(axis(), axis(), land.height, mesh.material(brief.tinted(turf, 0, 0.12), kind=k.GRASS))
    _path(mesh, land, brief)
    _ranges(mesh, brief)
    stone = mesh.material(brief.tinted((0.22, 0.205, 0.19), 1, 0.12), kind=k.ROCK)
    dice = brief.dice("boulders")
    for n in range(70):
        x, z = dice.bell() * 13, dice.between(-6, 34)
        r = dice.between(0.15, 0.55) * (3.4 if dice.unit() < 0.16 else 1.0)
        if abs(x) > 1.8 + r:
            mesh.stone(
                (x, land.at(x, z) + r * 0.15, z), r, stone, dice, 0.3, 3 if r > 0.5 else 2, (1.2, 0.8, 1.0), n % 3 == 0
            )
    greens = ((0.045, 0.10, 0.055), (0.06, 0.12, 0.05), (0.05, 0.085, 0.06))
    if brief.snow:
        greens = ((0.40, 0.45, 0.47), (0.16, 0.20, 0.19), (0.30, 0.35, 0.36))
    needles = [mesh.material(brief.tinted(c, i, 0.15), kind=k.LEAF) for i, c in enumerate(greens)]
    bark = mesh.material((0.10, 0.07, 0.05), kind=k.BARK)
    dice = brief.dice("pines")
    for n in range(60):
        x, z = dice.sign() * dice.between(5.5, 46), dice.between(5, 62)
        fir(mesh, dice, (x, land.at(x, z), z), dice.between(3.5, 9.5), bark, needles[n % 3])
    if not brief.snow:
        grass = [mesh.material(c, kind=k.LEAF) for c in ((0.22, 0.20, 0.09), (0.15, 0.17, 0.07), (0.27, 0.23, 0.12))]
        dice = brief.dice("grass")
        for n in range(420):
            reach, angle = 2.2 + 22 * dice.unit() ** 1.5, dice.between(-math.pi, math.pi)
            x, z = reach * math.sin(angle), reach * math.cos(angle)
            if abs(x) > 0.9:
                tuft(mesh, dice, (x, land.at(x, z), z), dice.between(0.12, 0.30), grass[n % 3], 8)
    return out


def fir(mesh: Mesh, dice: Dice, foot: tuple[float, float, float], high: float, bark: int, green: int) -> None:
    """A fir as skirts of needles, each with a ragged hem: some hundred triangles, for the middle distance."""
    x, y, z = foot
    mesh.lathe((x, y - 0.3, z), [(high * 0.03, 0), (high * 0.022, high * 0.25)], bark, 7)
    skirts, points = 7, 11
    spread = high * dice.between(0.17, 0.23)
    tris = []
    for n in range(skirts):
        f = n / skirts
        base = y + high * (0.12 + 0.80 * f)
        top = np.array([x, base + high * 0.26, z])
        radius = spread * (1 - f) ** 0.85 + high * 0.02
        first = dice.between(0, 6.28)
        ring = []
        for b in range(points * 2):
            angle = first + b / (points * 2) * 2 * math.pi
            r = radius * (1.0 if b % 2 == 0 else 0.66) * dice.between(0.85, 1.12)
            drop = 0.0 if b % 2 else -0.05 * high * dice.between(0.5, 1.2)
            ring.append(np.array([x + r * math.cos(angle), base + drop, z + r * math.sin(angle)]))
        tris += [[top, ring[b], ring[(b + 1) % len(ring)]] for b in range(len(ring))]
    mesh.triangles(np.array(tris), green)


def _path(mesh: Mesh, land: _Land, brief: Brief) -> None:
    dice = brief.dice("path")
    earth = mesh.material((0.21, 0.17, 0.125) if not brief.snow else (0.50, 0.50, 0.52), kind=k.SAND)
    bend, phase = dice.between(0.6, 1.6), dice.between(0, 6.28)
    # no further than the ground is finely drawn, and ending in points
    steps = np.linspace(-8.4, 8.4, 57)
    middle = bend * np.sin(steps * 0.16 + phase) * np.clip(np.abs(steps) / 10, 0, 1)
    for i in range(len(steps) - 1):
        corners = []
        for j in (i, i + 1):
            for edge in (-0.62, 0.62):
                wide = (
                    edge * (1 + 0.12 * math.sin(j * 1.7 + edge)) * math.sqrt(max(0.0, 1 - (float(steps[j]) / 8.4) ** 2))
                )
                x, z = float(middle[j]) + wide, float(steps[j])
                corners.append((x, land.at(x, z) + 0.018, z))
        mesh.quad(corners[0], corners[1], corners[3], corners[2], earth)


def _ranges(mesh: Mesh, brief: Brief) -> None:
    """Three ranges, each higher and further: ridged noise with a few true summits, so that the skyline has a shape."""
    stone = mesh.material(brief.tinted((0.23, 0.225, 0.24), 1, 0.12), kind=k.ROCK)
    for number, (distance, high) in enumerate(((150, 46), (300, 128), (560, 250))):
        dice = brief.dice("range", number)
        summits = [
            (dice.between(-1.6, 1.6) * distance, dice.between(0.55, 1.0), dice.between(0.22, 0.5) * distance)
            for _ in range(6)
        ]
        phase = [dice.between(0, 6.28) for _ in range(8)]

        def height(x: Array, z: Array, d: float = distance, h: float = high, ph: list[float] = phase,
                   tops: list[tuple[float, float, float]] = summits) -> Array:  # fmt: skip
            peak = np.zeros_like(x)
            for at, tall, wide in tops:
                away = np.hypot((x - at) / wide, (z - d) / (wide * 0.75))
                peak = np.maximum(peak, tall * np.clip(1 - away, 0, 1) ** 1.15)
            ridge = np.zeros_like(x)
            for octave in range(6):
                f = 6.0 / d * 1.95**octave
                bend = 0.8 * np.sin(z * f * 0.7 + ph[7 - octave])
                ridge = ridge + 0.5**octave * (
                    1 - np.abs(np.sin(x * f + ph[octave] + bend) * np.cos(z * f * 0.8 + ph[octave] * 2))
                )
            edge = np.clip(1 - np.abs(z - d) / (d * 0.36), 0, 1) ** 0.7
            return np.asarray((peak * (0.55 + 0.32 * ridge) + 0.10 * ridge) * h * edge - 22 - h * 0.06)

        x = np.linspace(-distance * 2.1, distance * 2.1, 190)
        z = np.linspace(distance * 0.66, distance * 1.34, 56)
        mesh.terrain(x, z, height, stone, False)
