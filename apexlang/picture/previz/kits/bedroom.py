"""A bedroom: a bed against the far wall, bedside lamps, a wardrobe."""

from __future__ import annotations

from apexlang.picture.previz.kits import furniture as f
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.kits.room import behind, by_windows
from apexlang.picture.previz.kits.shell import SASH, TALL, Room, homely, measured, shell


def build(brief: Brief) -> Design:
    r = measured(brief)
    out = by_windows(r, night=brief.night)
    shell(out, brief, r, brief.dice("bedroom").pick((SASH, TALL)), homely(brief))
    side = brief.dice("side").sign()
    _bed(out, brief, r, side)
    behind(out, brief, r, side)
    return out


def _bed(out: Design, brief: Brief, r: Room, side: int) -> None:
    mesh = out.mesh
    wood = mesh.material(f.WOOD, specular=0.15)
    sheet = mesh.material(brief.tinted((0.52, 0.50, 0.46), 2, 0.25))
    cover = mesh.material(brief.tinted((0.26, 0.20, 0.22), 1, 0.5))
    x = side * 0.9
    mesh.box((x, 0.65, r.far - 0.06), (0.95, 0.65, 0.05), wood)
    mesh.box((x, 0.22, r.far - 1.1), (0.92, 0.2, 1.0), wood)
    mesh.box((x, 0.48, r.far - 1.08), (0.90, 0.10, 0.98), sheet)
    mesh.box((x, 0.55, r.far - 1.45), (0.94, 0.06, 0.66), cover, 0, 0.97)
    for q in (-0.45, 0.45):
        mesh.stone((x + q, 0.64, r.far - 0.35), 0.3, sheet, brief.dice("pillow", q), 0.05, 3, (1.2, 0.36, 0.7), True)
    for q in (-1.3, 1.3):
        mesh.box((x + q, 0.28, r.far - 0.3), (0.24, 0.28, 0.22), wood)
    f.table_lamp(out, x - side * 1.3, 0.56, r.far - 0.3)
    f.picture(mesh, brief, r.far, x, 1.85, (0.5, 0.3), 0)
    wardrobe = -side * (r.half - 0.85)
    mesh.box((wardrobe, 1.1, r.far - 0.32), (0.75, 1.1, 0.3), wood)
    for q in (-0.37, 0.37):
        mesh.box(
            (wardrobe + q, 1.1, r.far - 0.63),
            (0.34, 1.02, 0.012),
            mesh.material(tuple(c * 1.2 for c in f.WOOD), specular=0.15),
        )
    f.rug(mesh, brief, 0.0, 0.2, (1.5, 1.0))
    f.plant(mesh, brief, -side * 1.35, r.far - 0.4)
