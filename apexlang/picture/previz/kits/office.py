"""An office: a desk with a lamp and papers, filing cabinets, shelves; or a modern one with screens."""

from __future__ import annotations

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.kits import furniture as f
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.kits.room import behind, by_windows
from apexlang.picture.previz.kits.shell import HIGH, PAPERS, SASH, TALL, WIDE, Finish, Room, homely, measured, shell


def build(brief: Brief) -> Design:
    r = measured(brief)
    out = by_windows(r, night=brief.night)
    dice = brief.dice("office")
    modern = brief.future or "screen" in brief.props or dice.unit() < 0.4
    finish = Finish(dice.pick(PAPERS), k.PLAIN, 1.0, (0.22, 0.22, 0.23), k.CONCRETE, 1.0) if modern else homely(brief)
    shell(out, brief, r, dice.pick((WIDE, TALL)) if modern else dice.pick((SASH, HIGH)), finish)
    side = brief.dice("side").sign()
    if modern:
        _open_plan(out, brief, r, side)
    else:
        _study(out, brief, r, side)
    behind(out, brief, r, side)
    return out


def _study(out: Design, brief: Brief, r: Room, side: int) -> None:
    mesh = out.mesh
    wood = mesh.material(f.WOOD, kind=k.PLANKS, scale=0.25, specular=0.18)
    metal = mesh.material((0.16, 0.18, 0.17), specular=0.3)
    x, z = side * 0.9, 1.75
    mesh.box((x, 0.74, z), (0.9, 0.025, 0.4), wood)
    for q in (-0.66, 0.66):
        mesh.box((x + q, 0.36, z), (0.2, 0.36, 0.36), wood)
    f.table_lamp(out, x + side * 0.6, 0.765, z + 0.1)
    dice = brief.dice("desk")
    for n in range(5):
        mesh.box((x - side * (0.1 + 0.13 * n), 0.77 + 0.006 * n, z + dice.between(-0.1, 0.15)), (0.105, 0.012, 0.15),
                 mesh.material(dice.pick(((0.60, 0.57, 0.50), (0.45, 0.38, 0.24), (0.22, 0.10, 0.08)))),
                 dice.between(-0.3, 0.3))  # fmt: skip
    f.bookcase(mesh, brief, r.far, -side * 2.2, brief.dice("books"))
    for n in range(2):
        c = -side * 0.85 + n * side * 0.5
        for row in range(4):
            mesh.box((c, 0.17 + row * 0.33, r.far - 0.35), (0.235, 0.155, 0.33), metal)
            mesh.box(
                (c, 0.21 + row * 0.33, r.far - 0.69), (0.07, 0.012, 0.014), mesh.material((0.4, 0.4, 0.4), specular=0.5)
            )
    f.picture(mesh, brief, r.far, side * 0.9, 1.75, (0.5, 0.34), 0)
    f.picture(mesh, brief, r.far, side * 2.1, 1.75, (0.24, 0.32), 1)
    f.plant(mesh, brief, side * (r.half - 0.5), r.far - 0.45)
    f.rug(mesh, brief, 0.0, 0.2, (1.5, 1.0))


def _open_plan(out: Design, brief: Brief, r: Room, side: int) -> None:
    """Two rows of white desks with screens, strip lights, a whiteboard."""
    mesh = out.mesh
    white = mesh.material((0.48, 0.48, 0.46), specular=0.2)
    steel = mesh.material((0.25, 0.26, 0.27), specular=0.5)
    dark = mesh.material((0.03, 0.03, 0.035), specular=0.3)
    chair = mesh.material(brief.tinted((0.10, 0.14, 0.18), 1, 0.5))
    for n, (x, z) in enumerate(((side * 1.0, 1.7), (-side * 1.5, 2.0), (side * 2.4, 0.9), (-side * 2.5, 0.6))):
        if abs(x) > r.half - 0.5:
            continue
        dice = brief.dice("desk", n)
        mesh.box((x, 0.73, z), (0.7, 0.02, 0.36), white)
        for q in (-0.62, 0.62):
            mesh.box((x + q, 0.36, z), (0.025, 0.36, 0.32), steel)
        glow = dice.pick(((0.35, 0.6, 0.95), (0.4, 0.9, 0.75), (0.9, 0.75, 0.5)))
        screen = mesh.material(
            (0.02, 0.02, 0.02), tuple(1.3 * c for c in glow), kind=k.PATTERN, scale=0.022, extra=(k.SCREEN,)
        )
        mesh.box((x, 1.02, z + 0.1), (0.29, 0.18, 0.015), dark)
        mesh.quad(
            (x - 0.27, 0.86, z + 0.08),
            (x + 0.27, 0.86, z + 0.08),
            (x + 0.27, 1.18, z + 0.08),
            (x - 0.27, 1.18, z + 0.08),
            screen,
        )
        mesh.box((x, 0.8, z + 0.12), (0.03, 0.08, 0.02), dark)
        mesh.box((x, 0.755, z - 0.14), (0.2, 0.008, 0.07), dark)
        mesh.box((x + 0.1, 0.46, z + 0.55), (0.22, 0.03, 0.22), chair, dice.between(-0.4, 0.4))
        mesh.box((x + 0.1, 0.78, z + 0.76), (0.21, 0.24, 0.025), chair, dice.between(-0.2, 0.2))
        mesh.beam((x + 0.1, 0.05, z + 0.55), (x + 0.1, 0.45, z + 0.55), 0.025, steel, 8)
        if dice.unit() < 0.6:
            mesh.lathe(
                (x - 0.5, 0.75, z),
                [(0.035, 0), (0.04, 0.09), (0.03, 0.09)],
                mesh.material(brief.tinted((0.4, 0.1, 0.06), n, 0.4)),
                14,
            )
        out.light(x, 1.02, z - 0.15, glow, 0.35, 0.2)
    board = mesh.material((0.62, 0.63, 0.62), specular=0.3)
    mesh.box((-side * 0.7, 1.6, r.far - 0.03), (0.95, 0.5, 0.02), board)
    ink = mesh.material((0.08, 0.12, 0.30))
    dice = brief.dice("board")
    for n in range(9):
        mesh.box(
            (-side * 0.7 + dice.between(-0.7, 0.5), 1.25 + n * 0.08, r.far - 0.055),
            (dice.between(0.05, 0.25), 0.006, 0.002),
            ink,
        )
    f.picture(mesh, brief, r.far, side * 1.4, 1.7, (0.4, 0.4), 1)
    f.plant(mesh, brief, side * (r.half - 0.45), r.far - 0.45)
    for z in (-2.2, 0.2, 2.2):
        mesh.box((0, r.high - 0.02, z), (1.1, 0.025, 0.09), mesh.material((0.5, 0.5, 0.5), (3.0, 3.2, 3.3)))
        if brief.night:
            out.light(0, r.high - 0.2, z, (0.85, 0.95, 1.0), 3.4, 0.4)
