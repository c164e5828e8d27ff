"""Four walls, a floor and a ceiling: what every room of a house begins with, of a size, with windows and papers of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.kits.design import RGB, Brief, Design
from apexlang.picture.previz.kits.furniture import WOOD
from apexlang.picture.previz.mesh import Mesh


@dataclass(frozen=True)
class Windows:
    """Openings of both side walls: where along them each begins and ends, from which height to which; `panes` across and up."""

    spans: tuple[tuple[float, float], ...]
    sill: float
    head: float
    panes: tuple[int, int]
    curtains: bool = True


SASH = Windows(((-1.9, -0.3), (0.55, 2.15)), 0.9, 2.4, (2, 2))
TALL = Windows(((-2.1, -1.0), (-0.4, 0.7), (1.3, 2.2)), 0.25, 2.45, (2, 4))
WIDE = Windows(((-1.6, 2.0),), 0.85, 2.3, (4, 1))
HIGH = Windows(((-1.7, -0.5), (0.7, 1.9)), 1.45, 2.4, (3, 2), False)


@dataclass(frozen=True)
class Room:
    """Half its width, the wall behind the camera, the wall behind the people, its height; metres."""

    half: float
    near: float
    far: float
    high: float

    @property
    def walls(self) -> tuple[float, float, float, float, float]:
        return -self.half, self.half, self.near, self.far, self.high


@dataclass(frozen=True)
class Finish:
    """What a room is lined with: a colour and a kind of wall, of floor."""

    wall: RGB
    wall_kind: int
    wall_scale: float
    floor: RGB
    floor_kind: int
    floor_scale: float
    ceiling: RGB = (0.5, 0.48, 0.45)


def measured(brief: Brief, small: float = 1.0) -> Room:
    """The size of a room of a house, by the place's own dice."""
    dice = brief.dice("size")
    return Room(
        round(dice.between(2.9, 3.8) * small, 2), round(-dice.between(4.6, 6.4), 2), round(dice.between(2.6, 3.6), 2),
        round(dice.between(2.65, 3.2), 2),
    )  # fmt: skip


def shell(out: Design, brief: Brief, r: Room, windows: Windows, finish: Finish) -> None:
    """Walls with their openings; skirting, cornice; a door in the wall behind the camera."""
    mesh = out.mesh
    floor = mesh.material(finish.floor, kind=finish.floor_kind, scale=finish.floor_scale, specular=0.12)
    wall = mesh.material(
        brief.tinted(finish.wall, 0, 0.45), kind=finish.wall_kind, scale=finish.wall_scale, extra=(k.PANELS,)
    )
    frame = mesh.material((0.55, 0.52, 0.47))
    mesh.floor(-r.half, r.half, r.near, r.far, 0.0, floor)
    mesh.floor(-r.half, r.half, r.near, r.far, r.high, mesh.material(finish.ceiling))
    for z in (r.near, r.far):
        mesh.quad((-r.half, 0, z), (r.half, 0, z), (r.half, r.high, z), (-r.half, r.high, z), wall)
    head = min(windows.head, r.high - 0.2)
    stops = [r.near, *(q for w in windows.spans for q in w), r.far]
    for side in (-1, 1):
        x = side * (r.half + 0.1)
        for a, b in zip(stops[::2], stops[1::2], strict=True):
            mesh.box((x, r.high / 2, (a + b) / 2), (0.1, r.high / 2, (b - a) / 2), wall)
        for a, b in windows.spans:
            _window(mesh, brief, r, windows, (side, a, b, head), wall, frame)
    skirting = mesh.material((0.30, 0.28, 0.25))
    for z, way in ((r.far, -1), (r.near, 1)):
        mesh.box((0, 0.07, z + way * 0.02), (r.half, 0.07, 0.02), skirting)
        mesh.box((0, r.high - 0.05, z + way * 0.03), (r.half, 0.05, 0.03), frame)
    door(mesh, brief, r, brief.dice("door").sign() * r.half * 0.45)


def _window(mesh: Mesh, brief: Brief, r: Room, windows: Windows, place: tuple[int, float, float, float], wall: int,
            frame: int) -> None:  # fmt: skip
    side, a, b, head = place
    x = side * (r.half + 0.1)
    sill, middle, half = windows.sill, (a + b) / 2, (b - a) / 2
    mesh.box((x, sill / 2, middle), (0.1, sill / 2, half), wall)
    mesh.box((x, (head + r.high) / 2, middle), (0.1, (r.high - head) / 2, half), wall)
    mesh.box((x - side * 0.12, sill, middle), (0.1, 0.02, half + 0.06), frame)
    across, up = windows.panes
    for n in range(across + 1):
        mesh.box((side * r.half, (sill + head) / 2, a + 2 * half * n / across), (0.05, (head - sill) / 2, 0.028), frame)
    for n in range(up + 1):
        mesh.box((side * r.half, sill + 0.02 + (head - sill - 0.04) * n / up, middle), (0.05, 0.028, half), frame)
    if brief.noir or "window" in brief.props:
        for y in np.arange(sill + 0.05, head, 0.075):
            mesh.box((side * (r.half - 0.06), float(y), middle), (0.022, 0.006, half), frame)
        return
    if not windows.curtains:
        return
    dice = brief.dice("curtain")
    cloth = mesh.material(brief.tinted(dice.pick(((0.36, 0.12, 0.10), (0.16, 0.22, 0.18), (0.38, 0.30, 0.18))), 1, 0.5))
    low = max(0.12, sill - 0.7)
    for edge, way in ((a - 0.14, 1), (b + 0.14, -1)):
        for fold in range(4):
            z = edge + way * (fold * 0.085 - 0.05)
            tall = head + 0.2 - low
            mesh.lathe((side * (r.half - 0.13), low, z), [(0.075, 0), (0.055, tall / 2), (0.06, tall)], cloth, 10)
    rod = mesh.material(WOOD, specular=0.2)
    mesh.beam(
        (side * (r.half - 0.13), head + 0.22, a - 0.35), (side * (r.half - 0.13), head + 0.22, b + 0.35), 0.016, rod
    )


def door(mesh: Mesh, brief: Brief, r: Room, x: float) -> None:
    """A panelled door in the wall behind the camera, which a reverse shot looks at."""
    z = r.near
    leaf = mesh.material(brief.tinted((0.20, 0.12, 0.075), 1, 0.3), specular=0.15)
    frame = mesh.material((0.42, 0.39, 0.34))
    mesh.box((x, 1.06, z + 0.03), (0.56, 1.1, 0.03), frame)
    mesh.box((x, 1.03, z + 0.06), (0.46, 1.03, 0.02), leaf)
    for y, high in ((0.5, 0.34), (1.45, 0.42)):
        for q in (-0.21, 0.21):
            mesh.box((x + q, y, z + 0.085), (0.16, high, 0.008), leaf)
    mesh.stone((x + 0.38, 1.0, z + 0.11), 0.03, mesh.material((0.5, 0.36, 0.14), specular=0.8), brief.dice("knob"), 0.0, 2,
               (1, 1, 1), True)  # fmt: skip


PAPERS: tuple[RGB, ...] = (
    (0.42, 0.40, 0.36), (0.34, 0.38, 0.36), (0.44, 0.36, 0.28), (0.32, 0.36, 0.42), (0.40, 0.30, 0.27), (0.27, 0.33, 0.28),
)  # fmt: skip
FLOORS: tuple[RGB, ...] = ((0.24, 0.13, 0.075), (0.30, 0.20, 0.12), (0.15, 0.09, 0.06), (0.34, 0.27, 0.19))


def homely(brief: Brief) -> Finish:
    """Papered or painted walls over boards."""
    dice = brief.dice("shell")
    kind, scale = dice.pick(((k.WALLPAPER, 0.5), (k.WALLPAPER, 0.24), (k.PLAIN, 1.0), (k.PATTERN, 0.42)))
    return Finish(dice.pick(PAPERS), kind, scale, dice.pick(FLOORS), k.PLANKS, dice.pick((0.12, 0.19)))
