"""A flat roof above a city: parapet, vents, a water tank, masts; towers all around, lit at night."""

from __future__ import annotations

import math

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.kits.design import Brief, Design

_TOWERS = ((0.22, 0.22, 0.24), (0.28, 0.24, 0.21), (0.18, 0.20, 0.24), (0.32, 0.30, 0.27))


def build(brief: Brief) -> Design:
    dice = brief.dice("roof")
    half, far = round(dice.between(7, 10), 2), round(dice.between(6.0, 9.5), 2)
    out = Design(haze=0.0035, haze_fall=0.012)
    mesh = out.mesh
    tar = mesh.material((0.17, 0.165, 0.16), kind=k.CONCRETE, specular=0.08)
    mesh.floor(-half, half, -12, far, 0.0, tar)
    house = mesh.material((0.24, 0.21, 0.19), kind=k.FACADE, scale=2.2, extra=(3.0, -40.0))
    mesh.box((0, -15, (far - 12) / 2), (half + 0.25, 14.98, (far + 12) / 2 + 0.25), house)
    stone = dice.pick(((0.30, 0.20, 0.15), (0.32, 0.31, 0.29), (0.24, 0.24, 0.26)))
    wall = mesh.material(brief.tinted(stone, 0, 0.25), kind=k.MASONRY, scale=0.42)
    cap = mesh.material((0.36, 0.34, 0.31))
    for a, b in (((0, far), (half + 0.25, 0.25)), ((0, -12), (half + 0.25, 0.25))):
        mesh.box((a[0], 0.42, a[1]), (b[0], 0.42, b[1]), wall)
        mesh.box((a[0], 0.88, a[1]), (b[0] + 0.05, 0.05, b[1] + 0.05), cap)
    for side in (-1, 1):
        mesh.box((side * half, 0.42, (far - 12) / 2), (0.25, 0.42, (far + 12) / 2), wall)
        mesh.box((side * half, 0.88, (far - 12) / 2), (0.30, 0.05, (far + 12) / 2), cap)
    _things(out, brief, dice, half, far, wall)
    _city(out, brief)
    return out


def _things(out: Design, brief: Brief, dice: Dice, half: float, far: float, wall: int) -> None:
    mesh = out.mesh
    steel = mesh.material((0.28, 0.29, 0.30), specular=0.4)
    dark = mesh.material((0.06, 0.06, 0.065), specular=0.3)
    side = dice.sign()
    # the stair's head, with its door and a lamp
    x, z = -side * (half - 2.2), far - 2.6
    mesh.box((x, 1.3, z), (1.5, 1.3, 1.6), wall)
    mesh.box((x, 2.65, z), (1.65, 0.08, 1.75), dark)
    mesh.box(
        (x, 1.02, z - 1.62), (0.46, 1.02, 0.04), mesh.material(brief.tinted((0.20, 0.08, 0.06), 1, 0.3), specular=0.15)
    )
    glow = (6, 4.1, 2.0) if brief.night else (0.3, 0.28, 0.24)
    mesh.box((x, 2.3, z - 1.66), (0.14, 0.07, 0.06), mesh.material((0.5, 0.5, 0.5), glow))
    if brief.night:
        out.light(x, 2.2, z - 2.0, (1.0, 0.66, 0.34), 7.0, 0.2)
    if dice.unit() < 0.75:
        x, z = side * (half - 2.4), far - 2.2
        wood = mesh.material((0.20, 0.13, 0.085), kind=k.PLANKS, scale=0.16)
        for q in range(4):
            a = q * math.pi / 2 + 0.78
            mesh.beam(
                (x + 1.1 * math.cos(a), 0, z + 1.1 * math.sin(a)),
                (x + 0.95 * math.cos(a), 2.4, z + 0.95 * math.sin(a)),
                0.09,
                dark,
                6,
            )
        mesh.lathe((x, 2.4, z), [(0, 0), (1.35, 0.0), (1.35, 2.3)], wood, 22)
        mesh.lathe((x, 4.7, z), [(1.5, 0), (0.1, 0.9), (0, 0.9)], dark, 22)
        for y in (2.8, 3.6, 4.4):
            mesh.lathe((x, y, z), [(1.365, 0), (1.365, 0.05)], dark, 22)
    for n in range(5):
        x, z = dice.sign() * dice.between(2.6, half - 1.2), dice.between(-8, far - 1.2)
        if math.hypot(x, z) < 3:
            continue
        if n % 2:
            mesh.box((x, 0.45, z), (0.55, 0.45, 0.45), steel, dice.bell() * 0.1)
            mesh.lathe((x, 0.9, z), [(0.36, 0), (0.36, 0.1), (0.05, 0.12)], dark, 18)
        else:
            mesh.beam((x, 0, z), (x, 1.0, z), 0.14, steel, 12)
            mesh.lathe((x, 1.0, z), [(0.26, 0), (0.26, 0.06), (0, 0.22)], steel, 14)
    mast = (dice.sign() * dice.between(3.5, half - 1), far - 0.8)
    mesh.beam((mast[0], 0, mast[1]), (mast[0], 4.6, mast[1]), 0.03, dark, 6, 0.015)
    for y in (3.4, 3.9, 4.3):
        mesh.beam((mast[0] - 0.55, y, mast[1]), (mast[0] + 0.55, y, mast[1]), 0.012, dark, 5)
    for n in range(3):
        z = -3.0 + 4.2 * n
        mesh.beam((-half + 0.6, 0.12, z), (half - 0.6, 0.12, z + dice.between(-0.6, 0.6)), 0.05, steel, 8) if abs(
            z
        ) > 2 else None
    if brief.night and dice.unit() < 0.5:
        bulbs = mesh.material((1, 1, 1), (7.0, 4.4, 1.9))
        for n in range(26):
            t = n / 25
            bulb = (-half + 2 * half * t, 2.7 - 1.6 * (4 * t % 1) * (1 - (4 * t % 1)), far - 0.4)
            mesh.stone(bulb, 0.045, bulbs, dice, 0.0, 1, (1, 1, 1), True)
            if n % 5 == 2:
                out.light(bulb[0], bulb[1], bulb[2] - 0.2, (1.0, 0.66, 0.3), 1.4, 0.2)


def _city(out: Design, brief: Brief) -> None:
    """Towers in rings: near ones rise beside the roof, far ones make the skyline."""
    mesh = out.mesh
    for ring, (low, high, count) in enumerate(((26, 60, 16), (60, 140, 34), (140, 380, 70))):
        dice = brief.dice("city", ring)
        for n in range(count):
            angle = (n + dice.between(-0.35, 0.35)) / count * 2 * math.pi
            reach = dice.between(low, high)
            x, z = reach * math.sin(angle), reach * math.cos(angle)
            w, d = dice.between(5, 11), dice.between(5, 11)
            tall = (
                dice.between(-6, 16)
                if ring == 0
                else dice.between(-4, 34)
                if ring == 1
                else dice.between(0, 90) * dice.unit() + 6
            )
            # what stands right across the street stays low: the skyline is what a roof is for
            tall = min(tall, -3.0 - 4 * dice.unit()) if ring == 0 and abs(x) < 0.9 * abs(z) else tall
            stone = mesh.material(brief.tinted(dice.pick(_TOWERS), n, 0.3), kind=k.FACADE, scale=dice.pick((2.4, 3.0, 3.6)),
                                  extra=(n * 3.0 + ring, -60.0))  # fmt: skip
            mesh.box((x, (tall - 40) / 2, z), (w, (tall + 40) / 2, d), stone)
            if ring and dice.unit() < 0.3:
                mesh.box((x, tall + 2.0, z), (w * 0.5, 2.0, d * 0.5), stone)
            if ring == 2 and dice.unit() < 0.25:
                mesh.beam((x, tall, z), (x, tall + dice.between(8, 20), z), 0.35, stone, 5, 0.1)
                if brief.night:
                    mesh.box((x, tall + 8, z), (0.5, 0.5, 0.5), mesh.material((0.1, 0, 0), (6.0, 0.3, 0.2)))
    mesh.floor(-900, 900, -900, 900, -34.0, mesh.material((0.09, 0.09, 0.10), kind=k.PLAIN_CLEAN))
    if brief.night:
        for n in range(4):
            glow = brief.dice("glow", n)
            hue = glow.pick(((1.0, 0.3, 0.35), (0.3, 0.6, 1.0), (1.0, 0.6, 0.25)))
            x, y, z = glow.between(-16, 16), glow.between(2, 9), glow.between(20, 30)
            sign = mesh.material(
                (0.05, 0.05, 0.05), tuple(2.2 * c for c in hue), kind=k.SIGN, extra=(n + 11.0, 1.2, 3.0, x, y)
            )
            mesh.box((x, y, z), (1.2, 3.0, 0.1), sign)
            mesh.box((x, y - 6, z + 0.6), (1.6, 9.5, 0.4), mesh.material((0.08, 0.08, 0.09)))
            out.light(x, y, z - 2, hue, 30.0, 1.5)
