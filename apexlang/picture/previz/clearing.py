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
def _obstacle(t: Triangles, origin: Array, target: Array, start: float) -> float:
    """Ray length to the last thing of the set between two points, from `start` on, or 0."""
    stack = np.empty(192, np.int32)
    d = target - origin
    length = np.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2])
    d = d / length
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


def _outside(view: View, target: Array) -> float:
    """Metres on the way to a point of a room that lie outside of it."""
    x0, x1, z0, z1 = view.room
    if x0 > x1:
        return 0.0
    way = target - np.array(view.position)
    length = float(np.sqrt((way**2).sum()))
    share = 0.0
    for axis, low, high in ((0, x0, x1), (2, z0, z1)):
        p, d = view.position[axis], float(way[axis])
        if p <= low and d > 1e-9:
            share = max(share, (low - p) / d)
        if p >= high and d < -1e-9:
            share = max(share, (high - p) / d)
    return min(1.0, share) * length + (0.01 if share > 0 else 0.0)


def cleared(view: View, t: Triangles, head: camera.Point, design: Design, distance: float, kept: int = 0) -> View:
    """The view with walls, trunks and crates that stand before the subject cut away, as a set is struck on a stage. `kept`: with
    things put before the camera on purpose nothing is cut that they would go with."""
    if design.walls is not None:
        x0, x1, z0, z1, _ = design.walls
        view = view._replace(room=(x0, x1, z0, z1))
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
        hit = _obstacle(t, origin, target, _outside(view, target))
        if hit > 0:
            near = max(near, hit + 0.35)
    near = view.near if kept else min(near, max(0.05, distance - 0.6))
    return view._replace(near=round(near, 6))
