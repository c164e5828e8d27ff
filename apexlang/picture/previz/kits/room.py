"""A living room: a sofa or armchairs, books or a hearth, pictures, lamps."""

from __future__ import annotations

from apexlang.picture.previz.kits import furniture as f
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.kits.shell import SASH, TALL, WIDE, Room, homely, measured, shell


def by_windows(r: Room, shafts: float = 0.012, night: bool = False) -> Design:
    """A room that the sun or the moon looks into from the side."""
    return Design(walls=r.walls, haze=0.0, sun=1.5 if not night else 0.8, toward_sun=(0.80, 0.42, -0.25), shafts=shafts)


def build(brief: Brief) -> Design:
    r = measured(brief)
    out = by_windows(r, night=brief.night)
    dice = brief.dice("living")
    shell(out, brief, r, dice.pick((SASH, TALL, WIDE)), homely(brief))
    mesh, side = out.mesh, brief.dice("side").sign()
    hearth = "fire" in brief.props or dice.unit() < 0.35
    colour = brief.dice("sofa").pick(((0.24, 0.10, 0.08), (0.09, 0.15, 0.18), (0.20, 0.18, 0.10), (0.16, 0.20, 0.14)))
    if hearth:
        f.fireplace(out, brief, r.far, side * 0.55)
        f.picture(mesh, brief, r.far - 0.06, side * 0.55, 1.85, (0.36, 0.28), 0)
        f.armchair(mesh, brief, side * 2.1, r.far - 1.2, colour, side * 0.9)
        f.armchair(mesh, brief, -side * 1.05, r.far - 0.95, colour, -side * 0.7)
        f.bookcase(mesh, brief, r.far, -side * (r.half - 0.9), brief.dice("books"), 5 if r.high > 2.9 else 4)
    else:
        f.bookcase(mesh, brief, r.far, -side * min(2.2, r.half - 0.9), brief.dice("books"))
        f.picture(mesh, brief, r.far, side * 0.2, 1.78, (0.44, 0.32), 0)
        f.picture(mesh, brief, r.far, side * 1.35, 1.72, (0.27, 0.35), 1)
        f.sofa(mesh, brief, r.far, side * 0.95, colour)
        f.floor_lamp(out, -side * 1.0, r.far - 0.55)
    f.rug(mesh, brief, 0.0, 0.4, (1.7, 1.2))
    f.round_table(mesh, brief, side * 1.75, 0.95)
    f.plant(mesh, brief, side * (r.half - 0.5), r.far - 0.45)
    if hearth:
        f.floor_lamp(out, side * (r.half - 0.9), r.far - 0.6)
    _behind(out, brief, r, side)
    return out


def _behind(out: Design, brief: Brief, r: Room, side: int) -> None:
    """The wall that a reverse shot sees."""
    x = -brief.dice("door").sign() * r.half * 0.4
    f.sideboard(out.mesh, brief, r.near, x)
    f.picture(out.mesh, brief, r.near, x, 1.75, (0.40, 0.30), 2, 1)
    f.table_lamp(out, x + side * 0.55, 0.88, r.near + 0.28)


behind = _behind
