"""What a set, a figure and a picture of the stage are made of. Metres; x right, y up, z away from the camera; linear RGB."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

MATERIAL_COLUMNS = 16
"""albedo 0-2, emission 3-5, kind 6, specular 7, gloss 8, scale (figures: index of the figure's parameters) 9, the kind's own 10-15.
Kinds below 20 are the set's (`tracer`), 20 and over the figures' (`puppet.paint`): 20 skin, 21 eye, 22 hair, 23 cloth."""

FIGURE_PARAMETERS = 64
"""Numbers of one figure that paint reads: the face, lips, hairline table; listed in `puppet.paint`."""


@dataclass(frozen=True)
class Part:
    """A triangle mesh of one material. `coords`: (n, 3) part coordinates that paint reads; `tangent`: (n, 3), hair only."""

    vertices: Array
    faces: Array
    normals: Array
    coords: Array
    material: tuple[float, ...]
    tangent: Array | None = None


@dataclass(frozen=True)
class Figure:
    """One character, standing at the origin, facing -z (toward the camera); feet on y = 0.

    `height` crown above the ground in this pose, `head` height of the head, `head_centre` and `eyes` points in metres,
    `lantern` where a light in hand stands, or None.
    """

    parts: tuple[Part, ...]
    parameters: Array
    height: float
    head: float
    head_centre: Array
    eyes: Array
    lantern: Array | None = None
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Photograph:
    """`linear`: (h, w, 3) float32 scene light before the finish; `depth`: (h, w) float32 metres along the axis, inf for sky;
    `subject`: (h, w) bool, where a figure is; `skin`: where its skin is, `skin_albedo`: (h, w) float32, the red albedo of
    that skin, 0 elsewhere; `owners`: (h, w, 4) uint8 of `edges.find_edges`, with which edges are made smooth after the lens;
    `ground`: where level ground is seen."""

    linear: npt.NDArray[np.float32]
    depth: npt.NDArray[np.float32]
    subject: npt.NDArray[np.bool_]
    skin: npt.NDArray[np.bool_]
    skin_albedo: npt.NDArray[np.float32]
    owners: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.bool_]
