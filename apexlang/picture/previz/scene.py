"""What the tracer is given: plain records of numbers that compiled code reads. Metres, linear RGB, directions of length one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from apexlang.picture.previz.bvh import Tree

Array = Any
Triple = tuple[float, float, float]


class View(NamedTuple):
    """The camera. `half`: tangent of half the field of view, across and up; `shift`: of the frustum, in the same unit;
    `near`: distance along the axis before which nothing is seen (a wall behind which the camera stands); `height` is the whole
    picture's; `top`: the row of it at which the buffers in hand begin, a multiple of 8; `room`: x0, x1, z0, z1 of walls that are
    open to a camera outside of them (none where x0 > x1)."""

    position: Triple
    right: Triple
    up: Triple
    forward: Triple
    half: tuple[float, float]
    shift: tuple[float, float]
    near: float
    width: int
    height: int
    top: int = 0
    room: tuple[float, float, float, float] = (1.0, -1.0, 1.0, -1.0)


class Sun(NamedTuple):
    """A light so far away that its rays are parallel; `toward` it; `spread`: tangent of its half angle."""

    toward: Triple
    colour: Triple
    spread: float


class Lamp(NamedTuple):
    """A film light: `radius` of its face (soft or hard), pointing along `axis` into a cone (`cone`: cosine, below -1 for none)."""

    position: Triple
    colour: Triple
    radius: float
    axis: Triple
    cone: float


class Air(NamedTuple):
    """Sky, haze and ambient light. `reach`: how far ambient rays look for something in their way; `beyond`: what is seen where a
    ray leaves a room."""

    zenith: Triple
    horizon: Triple
    ground: Triple
    ambient: float
    indoors: bool
    haze: float
    haze_colour: Triple
    haze_fall: float
    reach: float
    glow: float
    stars: float
    cloud: float
    cloud_colour: Triple
    cloud_seed: float
    disc: float
    disc_cosine: float
    wet: float
    lit_windows: float
    snow: float
    beyond: Triple


class Triangles(NamedTuple):
    """`corners`: a corner and two edges; `normals`, `coords`, `tangents`: of three corners; each (n, 9) float32.
    `material`: (n,) int32 row of `materials` (m, 16) float64; `figures`: (f, 64) float64."""

    corners: Array
    normals: Array
    coords: Array
    tangents: Array
    material: Array
    materials: Array
    figures: Array
    tree: Tree


class Surface(NamedTuple):
    """What each pixel shows, (h, w, ...): `distance` ray length, `triangle` -1 for the sky, `normal` for shadows, `relief` for
    light, `albedo` and `emission` (the sky's own light too), `kind`, `mirror` how much it reflects, `strand` of hair, `sheen`."""

    distance: Array
    triangle: Array
    normal: Array
    relief: Array
    albedo: Array
    emission: Array
    kind: Array
    mirror: Array
    strand: Array
    sheen: Array


FAR = 1e5
"""Ray length of the sky."""

LIGHT_CHANNELS = 9
"""Of the light buffer: visibility of sun, key, rim 0-2; practicals and ambient 3-5; reflection 6-8."""


def surface(height: int, width: int) -> Surface:
    """Empty buffers."""

    def floats(*shape: int) -> Array:
        return np.zeros((height, width, *shape), np.float32)

    return Surface(
        distance=floats(), triangle=np.full((height, width), -1, np.int32), normal=floats(3), relief=floats(3),
        albedo=floats(3), emission=floats(3), kind=np.zeros((height, width), np.int32), mirror=floats(), strand=floats(3),
        sheen=floats(),
    )  # fmt: skip
