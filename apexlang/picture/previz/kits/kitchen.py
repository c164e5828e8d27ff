"""A kitchen: cupboards along the far wall, a hob, a fridge, pots, a table under a lamp."""

from __future__ import annotations

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.kits import furniture as f
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.kits.room import behind, by_windows
from apexlang.picture.previz.kits.shell import PAPERS, SASH, WIDE, Finish, Room, measured, shell

_FRONTS = ((0.40, 0.42, 0.38), (0.16, 0.24, 0.22), (0.30, 0.17, 0.09), (0.48, 0.45, 0.36))


def build(brief: Brief) -> Design:
    r = measured(brief)
    out = by_windows(r, night=brief.night)
    dice = brief.dice("kitchen")
    tiles = Finish(dice.pick(PAPERS), dice.pick((k.PLAIN, k.WALLPAPER)), 0.5, dice.pick(((0.34, 0.32, 0.28), (0.36, 0.24, 0.17))),
                   dice.pick((k.TILES, k.PLANKS)), dice.pick((0.4, 0.25)))  # fmt: skip
    shell(out, brief, r, dice.pick((SASH, WIDE)), tiles)
    side = brief.dice("side").sign()
    _fitted(out, brief, r, side)
    behind(out, brief, r, side)
    return out


def _fitted(out: Design, brief: Brief, r: Room, side: int) -> None:
    mesh = out.mesh
    front = mesh.material(
        brief.tinted(
            brief.dice("fronts").pick(_FRONTS),
            1,
            0.4,
        ),
        specular=0.15,
    )
    stone = mesh.material((0.30, 0.28, 0.26), specular=0.4)
    tile = mesh.material(brief.tinted((0.52, 0.52, 0.48), 0, 0.2), kind=k.MASONRY, scale=0.18, specular=0.2)
    steel = mesh.material((0.35, 0.36, 0.37), specular=0.6)
    z = r.far - 0.32
    mesh.box((0, 0.43, z), (r.half - 0.1, 0.43, 0.30), front)
    mesh.box((0, 0.89, z - 0.02), (r.half - 0.08, 0.025, 0.33), stone)
    mesh.box((0, 1.22, r.far - 0.015), (r.half - 0.1, 0.30, 0.01), tile)
    count = int((2 * r.half - 0.2) / 0.95)
    for n in range(count):
        x = (n - (count - 1) / 2) * 0.95
        mesh.box((x, 0.43, z - 0.305), (0.45, 0.39, 0.012), front)
        mesh.box((x, 0.72, z - 0.33), (0.12, 0.012, 0.014), steel)
        if n != count // 2:
            mesh.box((x, 1.95, r.far - 0.18), (0.45, 0.42, 0.17), front)
            mesh.box((x, 1.95, r.far - 0.36), (0.42, 0.39, 0.012), front)
            mesh.box((x + 0.34, 1.70, r.far - 0.385), (0.012, 0.08, 0.012), steel)
    mesh.box((0, 1.75, r.far - 0.2), (0.42, 0.10, 0.2), steel, 0, 0.6)
    mesh.box((0, 2.4, r.far - 0.2), (0.14, 0.55, 0.12), steel)
    mesh.box(
        (side * (r.half - 0.45), 1.0, r.far - 0.36), (0.38, 1.0, 0.36), mesh.material((0.55, 0.53, 0.48), specular=0.3)
    )
    dice = brief.dice("pots")
    for n in range(7):
        x = dice.between(-2.4, 2.4)
        pot = mesh.material(
            brief.tinted(dice.pick(((0.5, 0.48, 0.44), (0.34, 0.10, 0.06), (0.30, 0.20, 0.09))), n, 0.3), specular=0.4
        )
        radius, h = dice.between(0.05, 0.10), dice.between(0.10, 0.24)
        mesh.lathe(
            (x, 0.915, z + dice.between(0, 0.16)),
            [(radius, 0), (radius * 1.05, h), (radius * 0.5, h * 1.05), (0, h * 1.15)],
            pot,
            18,
        )
    lamp = mesh.material((0.06, 0.07, 0.07), specular=0.4)
    mesh.beam((side * 0.8, r.high, 0.9), (side * 0.8, 2.05, 0.9), 0.008, lamp, 6)
    mesh.lathe((side * 0.8, 1.88, 0.9), [(0.22, 0), (0.10, 0.15), (0.03, 0.2)], lamp, 24)
    mesh.lathe((side * 0.8, 1.87, 0.9), [(0.09, 0), (0.0, 0.0)], mesh.material((1, 1, 1), (5.0, 3.6, 2.0)), 16)
    out.light(side * 0.8, 1.82, 0.9, (1.0, 0.72, 0.42), 4.0, 0.2)
    f.round_table(mesh, brief, side * 1.7, 0.7)
