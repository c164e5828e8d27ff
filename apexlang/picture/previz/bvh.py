"""A bounding volume hierarchy over triangles, and the one ray that walks it."""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from apexlang.jit import kernel

Array = Any

LEAF = 4
_BINS = 16
_DEEPEST = 192


class Tree(NamedTuple):
    """`bounds`: (n, 6) float32, low and high corner; `links`: (n, 3) int32, a leaf is (first triangle, count > 0, -), an inner
    node (left child, 0, axis) with the right child next to the left."""

    bounds: Array
    links: Array


@kernel
def _half_area(a: float, b: float, c: float) -> float:
    return a * b + b * c + c * a


@kernel
def _best_split(
    order: Array, begin: int, end: int, low: Array, high: Array, centre: Array, axis: int, origin: float, scale: float,
    count: Array, bins: Array, right: Array,
) -> int:  # fmt: skip
    """The bin before which the surface area heuristic splits best, or -1. The last three are the caller's scratch."""
    for q in range(_BINS):
        count[q] = 0
        for k in range(3):
            bins[q, k] = 1e30
            bins[q, k + 3] = -1e30
    for i in range(begin, end):
        t = order[i]
        q = int((centre[t, axis] - origin) * scale)
        count[q] += 1
        for k in range(3):
            bins[q, k] = min(bins[q, k], low[t, k])
            bins[q, k + 3] = max(bins[q, k + 3], high[t, k])
    x0, y0, z0, x1, y1, z1 = 1e30, 1e30, 1e30, -1e30, -1e30, -1e30
    n = 0
    for q in range(_BINS - 1, 0, -1):
        x0, y0, z0 = min(x0, bins[q, 0]), min(y0, bins[q, 1]), min(z0, bins[q, 2])
        x1, y1, z1 = max(x1, bins[q, 3]), max(y1, bins[q, 4]), max(z1, bins[q, 5])
        n += count[q]
        right[q] = n * _half_area(x1 - x0, y1 - y0, z1 - z0) if n > 0 else -1.0
    x0, y0, z0, x1, y1, z1 = 1e30, 1e30, 1e30, -1e30, -1e30, -1e30
    n = 0
    best_cost = 1e300
    best = -1
    for split in range(1, _BINS):
        q = split - 1
        x0, y0, z0 = min(x0, bins[q, 0]), min(y0, bins[q, 1]), min(z0, bins[q, 2])
        x1, y1, z1 = max(x1, bins[q, 3]), max(y1, bins[q, 4]), max(z1, bins[q, 5])
        n += count[q]
        if n == 0 or right[split] < 0:
            continue
        cost = n * _half_area(x1 - x0, y1 - y0, z1 - z0) + right[split]
        if cost < best_cost:
            best_cost = cost
            best = split
    return best


@kernel
def _build(low: Array, high: Array, centre: Array) -> tuple[Array, Array, Array]:
    n = len(centre)
    order = np.arange(n)
    bounds = np.zeros((2 * n + 1, 6), np.float32)
    links = np.zeros((2 * n + 1, 3), np.int32)
    stack = np.zeros((_DEEPEST, 3), np.int64)
    box = np.empty(6)
    c_low = np.empty(3)
    c_high = np.empty(3)
    count = np.empty(_BINS, np.int64)
    bins = np.empty((_BINS, 6))
    right = np.empty(_BINS)
    stack[0, 1] = n
    depth = 1
    used = 1
    while depth > 0:
        depth -= 1
        begin = stack[depth, 0]
        end = stack[depth, 1]
        me = stack[depth, 2]
        for k in range(3):
            box[k] = 1e30
            box[k + 3] = -1e30
            c_low[k] = 1e30
            c_high[k] = -1e30
        for i in range(begin, end):
            t = order[i]
            for k in range(3):
                box[k] = min(box[k], low[t, k])
                box[k + 3] = max(box[k + 3], high[t, k])
                c_low[k] = min(c_low[k], centre[t, k])
                c_high[k] = max(c_high[k], centre[t, k])
        for k in range(6):
            bounds[me, k] = box[k]
        axis = 0
        for k in range(1, 3):
            if c_high[k] - c_low[k] > c_high[axis] - c_low[axis]:
                axis = k
        extent = c_high[axis] - c_low[axis]
        if end - begin <= LEAF or extent < 1e-9 or depth > _DEEPEST - 4:
            links[me, 0] = begin
            links[me, 1] = end - begin
            continue
        scale = _BINS * 0.9999 / extent
        split = _best_split(order, begin, end, low, high, centre, axis, c_low[axis], scale, count, bins, right)
        i = begin
        j = end - 1
        while i <= j:
            if int((centre[order[i], axis] - c_low[axis]) * scale) < split:
                i += 1
            else:
                order[i], order[j] = order[j], order[i]
                j -= 1
        if i in (begin, end):
            i = (begin + end) // 2
        left = used
        used += 2
        links[me, 0] = left
        links[me, 2] = axis
        # the smaller half is built first, so that the stack stays shallow whatever the triangles are
        larger = 0 if i - begin > end - i else 1
        for side in range(2):
            at = depth if side == larger else depth + 1
            stack[at, 0] = begin if side == 0 else i
            stack[at, 1] = i if side == 0 else end
            stack[at, 2] = left + side
        depth += 2
    return bounds[:used].copy(), links[:used].copy(), order


def build(triangles: Array) -> tuple[Tree, Array]:
    """`triangles`: (n, 3, 3) float64, n >= 1. Returns the tree and the (n,) order in which it wants the triangles."""
    bounds, links, order = _build(
        np.ascontiguousarray(triangles.min(axis=1)),
        np.ascontiguousarray(triangles.max(axis=1)),
        (triangles[:, 0] + triangles[:, 1] + triangles[:, 2]) / 3.0,
    )
    # a hair wider than the float64 corners: rounding to float32 must not open a gap between a box and its triangles
    bounds[:, :3] -= 1e-5 + 1e-6 * np.abs(bounds[:, :3])
    bounds[:, 3:] += 1e-5 + 1e-6 * np.abs(bounds[:, 3:])
    return Tree(bounds, links), order


def joined(trees: list[tuple[Tree, int]]) -> Tree:
    """One tree over several, each with its number of triangles; the triangles stand one after the other in this order.

    The first root stays apart from the rest, so that what is built around a place costs a ray no more than it did alone.
    """
    tree, count = trees[0]
    for other, more in trees[1:]:
        a, b = len(tree.bounds), len(other.bounds)
        bounds = np.empty((a + b + 1, 6), np.float32)
        links = np.empty((a + b + 1, 3), np.int32)
        # the roots become neighbours, the rest of both follows
        bounds[1], bounds[2] = tree.bounds[0], other.bounds[0]
        bounds[3 : a + 2], bounds[a + 2 :] = tree.bounds[1:], other.bounds[1:]
        bounds[0, :3] = np.minimum(bounds[1, :3], bounds[2, :3])
        bounds[0, 3:] = np.maximum(bounds[1, 3:], bounds[2, 3:])
        ours, theirs = _moved(tree.links, 2, 0), _moved(other.links, a + 1, count)
        links[0] = (1, 0, int(np.argmax(bounds[0, 3:] - bounds[0, :3])))
        links[1], links[2] = ours[0], theirs[0]
        links[3 : a + 2], links[a + 2 :] = ours[1:], theirs[1:]
        tree, count = Tree(bounds, links), count + more
    return tree


def _moved(links: Array, nodes: int, triangles: int) -> Array:
    """Links of a tree whose inner nodes moved on by `nodes` and whose triangles by `triangles`."""
    out = links.copy()
    out[:, 0] += np.where(links[:, 1] > 0, triangles, nodes).astype(np.int32)
    return out


@kernel
def trace(corners: Array, tree: Tree, stack: Array, ox: float, oy: float, oz: float, dx: float, dy: float, dz: float,
          nearest: float, farthest: float, any_hit: bool) -> tuple[float, int, float, float]:  # fmt: skip
    """Ray length, triangle (-1: none) and barycentric u, v of the first hit in nearest..farthest (Moeller-Trumbore).

    `corners`: (n, 9) float32, a corner and two edges. `any_hit` stops at the first triangle met, for shadows.
    `stack`: (192,) int32 of the caller's, so that nothing is allocated for a ray.
    """
    ix = 1 / dx if abs(dx) > 1e-12 else 1e12
    iy = 1 / dy if abs(dy) > 1e-12 else 1e12
    iz = 1 / dz if abs(dz) > 1e-12 else 1e12
    bounds = tree.bounds
    links = tree.links
    best = farthest
    hit = -1
    hit_u = 0.0
    hit_v = 0.0
    depth = 0
    node = 0
    while True:
        a = (bounds[node, 0] - ox) * ix
        b = (bounds[node, 3] - ox) * ix
        enter = min(a, b)
        leave = max(a, b)
        a = (bounds[node, 1] - oy) * iy
        b = (bounds[node, 4] - oy) * iy
        enter = max(enter, min(a, b))
        leave = min(leave, max(a, b))
        a = (bounds[node, 2] - oz) * iz
        b = (bounds[node, 5] - oz) * iz
        enter = max(enter, min(a, b))
        leave = min(leave, max(a, b))
        if leave >= enter and leave > nearest and enter < best:
            count = links[node, 1]
            if count > 0:
                for i in range(links[node, 0], links[node, 0] + count):
                    px = dy * corners[i, 8] - dz * corners[i, 7]
                    py = dz * corners[i, 6] - dx * corners[i, 8]
                    pz = dx * corners[i, 7] - dy * corners[i, 6]
                    det = corners[i, 3] * px + corners[i, 4] * py + corners[i, 5] * pz
                    if abs(det) < 1e-14:
                        continue
                    inv = 1 / det
                    sx = ox - corners[i, 0]
                    sy = oy - corners[i, 1]
                    sz = oz - corners[i, 2]
                    u = (sx * px + sy * py + sz * pz) * inv
                    if u < 0 or u > 1:
                        continue
                    qx = sy * corners[i, 5] - sz * corners[i, 4]
                    qy = sz * corners[i, 3] - sx * corners[i, 5]
                    qz = sx * corners[i, 4] - sy * corners[i, 3]
                    v = (dx * qx + dy * qy + dz * qz) * inv
                    if v < 0 or u + v > 1:
                        continue
                    t = (corners[i, 6] * qx + corners[i, 7] * qy + corners[i, 8] * qz) * inv
                    if nearest < t < best:
                        best = t
                        hit = i
                        hit_u = u
                        hit_v = v
                        if any_hit:
                            return best, hit, hit_u, hit_v
            else:
                left = links[node, 0]
                axis = links[node, 2]
                if (axis == 0 and dx < 0) or (axis == 1 and dy < 0) or (axis == 2 and dz < 0):
                    stack[depth] = left
                    node = left + 1
                else:
                    stack[depth] = left + 1
                    node = left
                depth += 1
                continue
        if depth == 0:
            return best, hit, hit_u, hit_v
        depth -= 1
        node = stack[depth]
