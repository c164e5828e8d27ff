"""What a kit is asked for and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.mesh import Mesh
from apexlang.picture.previz.model import Array

RGB = tuple[float, float, float]


@dataclass(frozen=True)
class Brief:
    """What shapes a set. `palette`: linear colours, the first the strongest; it tints the set, never the clothes."""

    place: str
    time: str
    rain: bool = False
    fog: bool = False
    snow: bool = False
    future: bool = False
    noir: bool = False
    props: frozenset[str] = frozenset()
    palette: tuple[RGB, ...] = ()

    @property
    def night(self) -> bool:
        return self.time == "NIGHT"

    def dice(self, *words: object) -> Dice:
        """Throws for one part of the set, so that a prop more changes nothing else."""
        return Dice(self.place, *words)

    def tinted(self, base: RGB, index: int = 0, share: float = 0.3) -> RGB:
        """A colour of the set, part of the way to the palette's, at its own brightness."""
        if not self.palette:
            return base
        p = self.palette[index % len(self.palette)]
        level = max(sum(p) / 3, 0.02)
        mean = sum(base) / 3
        k = share
        r, g, b = (base[i] * (1 - k) + k * mean * min(2.4, p[i] / level) for i in range(3))
        return r, g, b


def flat(x: float, z: float) -> float:
    return 0.0


@dataclass
class Design:
    """A built set. `lights`: (position, colour, size) of its practicals. `walls`: x0, x1, z0, z1 and height of a room, or None.
    `haze` per metre and its fall with height; `sun`: strength of sun or moon here; `toward_sun`: fixed by the building;
    `sun_lift`: degrees higher, where much is in its way; `seated`: the set has seats of its own, and people sit in
    them; `open_air`: a roof, and yet the light and the air of outside; `key`: the
    share of the usual key light that a place so small needs; `fill`: of the
    usual light from everywhere."""

    mesh: Mesh = field(default_factory=Mesh)
    lights: list[tuple[float, float, float, float, float, float, float]] = field(default_factory=list)
    ground: Callable[[float, float], float] = flat
    walls: tuple[float, float, float, float, float] | None = None
    haze: float = 0.004
    haze_fall: float = 0.0
    sun: float = 1.0
    toward_sun: tuple[float, float, float] | None = None
    shafts: float = 0.0
    snow: float = 0.0
    sun_lift: float = 0.0
    seated: bool = False
    open_air: bool = False
    key: float = 1.0
    fill: float = 1.0

    def light(self, x: float, y: float, z: float, colour: RGB, power: float, size: float) -> None:
        self.lights.append((x, y, z, colour[0] * power, colour[1] * power, colour[2] * power, size))

    def practicals(self) -> Array:
        return np.array(self.lights, np.float64).reshape(-1, 7)
