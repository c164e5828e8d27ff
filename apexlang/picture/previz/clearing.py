"""Striking the set: what stands between the camera and the subject is cut away."""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import numpy as np

from apexlang.jit import kernel
from apexlang.picture.previz import camera
from apexlang.picture.previz.bvh import trace
from apexlang.picture.previz.kits.design import Design
from apexlang.picture.previz.model import Array
from apexlang.picture.previz.primary import SKIN
from apexlang.picture.previz.scene import Triangles, View


@kernel
def _obstacle(t: Triangles, origin: Array, target: Array) -> float:
    """Ray length to the last thing of the set between two points, or 0."""
    stack = np.empty(192, np.int32)
    d = target - origin
    length = np.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2])
    d = d / length
    start = 0.0
    last = 0.0
    for _ in range(64):
        z, i, _, _ = trace(
            t.corners, t.tree, stack, origin[0], origin[1], origin[2], d[0], d[1], d[2], start, length - 0.45, False
        )
        if i < 0:
            break
        if t.materials[t.material[i], 6] < SKIN:
            last = z
        start = z + 1e-3
    return last


def cleared(view: View, t: Triangles, head: camera.Point, design: Design, distance: float) -> View:
    """The view with walls, trunks and crates that stand before the subject cut away, as a set is struck on a stage."""
    origin = np.array(view.position)
    near = view.near
    across = min(0.5, distance * view.half[0] * 0.5)
    for dx, dy in (
        (0.0, 0.0),
        (0.0, -0.25),
        (-across, -0.1),
        (across, -0.1),
        (-across * 0.5, 0.05),
        (across * 0.5, 0.05),
    ):
        target = np.array([head[0] + dx, head[1] + dy, head[2]])
        hit = _obstacle(t, origin, target)
        if hit > 0:
            near = max(near, hit + 0.35)
    if design.walls is not None:
        z0 = design.walls[2]
        if view.position[2] < z0 + 0.1:
            near = max(near, z0 + 0.1 - view.position[2])
    near = min(near, max(0.05, distance - 0.6))
    return view._replace(near=round(near, 6))
