"""Building a set out of triangles: boxes, beams, lathes, stones, ground. Vertices are rounded to a micrometre, so that the
last bit of a sine never reaches a picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.model import MATERIAL_COLUMNS, Array

Point = Sequence[float] | Array


def turned(points: Array, yaw: float) -> Array:
    """Points or directions turned about the y axis; what faced -z faces -x for a positive yaw."""
    c, s = round(math.cos(yaw), 9), round(math.sin(yaw), 9)
    out = np.array(points, np.float64)
    x, z = out[..., 0].copy(), out[..., 2].copy()
    out[..., 0] = c * x + s * z
    out[..., 2] = c * z - s * x
    return out


def unit(vectors: Array) -> Array:
    """Vectors over their length, along the last axis; no BLAS."""
    v = np.asarray(vectors, np.float64)
    length = np.sqrt(v[..., 0] ** 2 + v[..., 1] ** 2 + v[..., 2] ** 2)
    return np.asarray(v / (length[..., None] + 1e-20))


class Mesh:
    """Triangles with normals and a material each. `coords` are set coordinates: paint stays where it is when the set turns."""

    def __init__(self) -> None:
        self.materials: list[tuple[float, ...]] = []
        self._corners: list[Array] = []
        self._normals: list[Array] = []
        self._ids: list[Array] = []
        self._known: dict[tuple[float, ...], int] = {}

    def material(self, albedo: Point, emission: Point = (0.0, 0.0, 0.0), kind: int = 0, specular: float = 0.05,
                 gloss: float = 20.0, scale: float = 1.0, extra: Sequence[float] = ()) -> int:  # fmt: skip
        """The index of a material (equal ones are shared); `extra` fills the kind's own columns, 10 and on."""
        row = [*albedo, *emission, kind, specular, gloss, scale, *extra]
        key = tuple(round(float(v), 6) for v in row + [0.0] * (MATERIAL_COLUMNS - len(row)))
        if key not in self._known:
            self._known[key] = len(self.materials)
            self.materials.append(key)
        return self._known[key]

    def triangles(self, corners: Array | Sequence[Any], material: int, normals: Array | None = None) -> None:
        """`corners`: (n, 3, 3), or anything that reshapes to it; flat shaded without normals. Slivers are dropped."""
        v = np.round(np.asarray(corners, np.float64).reshape(-1, 3, 3), 6)
        cross = np.cross(v[:, 1] - v[:, 0], v[:, 2] - v[:, 0])
        keep = (cross**2).sum(axis=1) > 1e-16
        if not keep.any():
            return
        flat = np.repeat(unit(cross)[:, None, :], 3, axis=1)
        n = flat if normals is None else np.asarray(normals, np.float64).reshape(-1, 3, 3)
        self._corners.append(v[keep])
        self._normals.append(n[keep])
        self._ids.append(np.full(int(keep.sum()), material, np.int32))

    @property
    def count(self) -> int:
        """How many triangles there are."""
        return sum(len(ids) for ids in self._ids)

    def moved(self, place: Callable[[tuple[float, float, float]], tuple[float, float, float]]) -> Mesh:
        """The same things moved as a whole, flat shaded: `place` takes a point and gives where it goes."""
        out = Mesh()
        out.materials, out._known = list(self.materials), dict(self._known)
        for corners, ids in zip(self._corners, self._ids, strict=True):
            points = [place((float(x), float(y), float(z))) for x, y, z in corners.reshape(-1, 3)]
            for number in np.unique(ids):
                out.triangles(np.array(points).reshape(-1, 3, 3)[ids == number], int(number))
        return out

    def arrays(self) -> tuple[Array, Array, Array]:
        """(n, 3, 3) corners, (n, 3, 3) normals, (n,) material indices."""
        if not self._corners:
            return np.zeros((0, 3, 3)), np.zeros((0, 3, 3)), np.zeros(0, np.int32)
        return np.concatenate(self._corners), np.concatenate(self._normals), np.concatenate(self._ids)

    def quad(self, a: Point, b: Point, c: Point, d: Point, material: int) -> None:
        self.triangles(np.array([[a, b, c], [a, c, d]], np.float64), material)

    def floor(self, x0: float, x1: float, z0: float, z1: float, y: float, material: int) -> None:
        self.quad((x0, y, z0), (x1, y, z0), (x1, y, z1), (x0, y, z1), material)

    def box(self, centre: Point, half: Point, material: int, yaw: float = 0.0, taper: float = 1.0) -> None:
        """`half`: half sizes; `taper` scales the top."""
        x, y, z = half
        t = taper
        p = np.array(
            [
                [-x, -y, -z], [x, -y, -z], [x, -y, z], [-x, -y, z],
                [-x * t, y, -z * t], [x * t, y, -z * t], [x * t, y, z * t], [-x * t, y, z * t],
            ]
        )  # fmt: skip
        p = turned(p, yaw) + np.asarray(centre, np.float64)
        sides = ((0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7), (4, 5, 6, 7), (3, 2, 1, 0))
        self.triangles(np.array([[[p[a], p[b], p[c]], [p[a], p[c], p[d]]] for a, b, c, d in sides]), material)

    def lathe(self, foot: Point, profile: Sequence[tuple[float, float]], material: int, sides: int = 12,
              smooth: bool = True, yaw: float = 0.0) -> None:  # fmt: skip
        """A profile of (radius, height) swept around an upright axis at `foot`."""
        a = np.arange(sides) / sides * (2 * math.pi) + yaw
        ring = np.stack(
            [np.stack([r * np.cos(a), np.full(sides, h), r * np.sin(a)], -1) for r, h in profile]
        ) + np.asarray(foot, np.float64)
        low, high = ring[:-1], ring[1:]
        low2, high2 = np.roll(low, -1, axis=1), np.roll(high, -1, axis=1)
        tris = np.concatenate(
            [np.stack([low, high, high2], 2).reshape(-1, 3, 3), np.stack([low, high2, low2], 2).reshape(-1, 3, 3)]
        )
        normals = None
        if smooth:
            slope = [(b[0] - a_[0], b[1] - a_[1]) for a_, b in pairwise(profile)]
            rows = []
            for dr, dh in slope:
                length = math.sqrt(dr * dr + dh * dh) + 1e-12
                rows.append((dh / length, -dr / length))
            out = np.array(rows)
            n0 = np.stack([np.stack([s * np.cos(a), np.full(sides, u), s * np.sin(a)], -1) for s, u in out])
            n1 = np.roll(n0, -1, axis=1)
            normals = np.concatenate(
                [np.stack([n0, n0, n1], 2).reshape(-1, 3, 3), np.stack([n0, n1, n1], 2).reshape(-1, 3, 3)]
            )
        self.triangles(tris, material, normals)

    def beam(self, a: Point, b: Point, radius: float, material: int, sides: int = 8, end_radius: float | None = None,
             ) -> None:  # fmt: skip
        """A round rod from a to b, open at its ends."""
        start, end = np.asarray(a, np.float64), np.asarray(b, np.float64)
        along = unit(end - start)
        u = unit(np.cross(along, [0, 0, 1.0] if abs(along[2]) < 0.9 else [1.0, 0, 0]))
        w = np.cross(along, u)
        angles = np.arange(sides) / sides * (2 * math.pi)
        around = np.cos(angles)[:, None] * u + np.sin(angles)[:, None] * w
        low, high = start + around * radius, end + around * (radius if end_radius is None else end_radius)
        low2, high2, next_ = np.roll(low, -1, 0), np.roll(high, -1, 0), np.roll(around, -1, 0)
        self.triangles(
            np.concatenate([np.stack([low, high, high2], 1), np.stack([low, high2, low2], 1)]),
            material,
            np.concatenate([np.stack([around, around, next_], 1), np.stack([around, next_, next_], 1)]),
        )

    def stone(self, centre: Point, radius: float, material: int, dice: Dice, rough: float = 0.22, fineness: int = 2,
              squash: Point = (1.3, 0.75, 1.0), smooth: bool = False) -> None:  # fmt: skip
        """A bumpy ball: a rock, a bush, a flower head."""
        points, faces = _icosphere(fineness)
        waves = np.array([[dice.bell() * 1.7 for _ in range(3)] for _ in range(5)])
        phases = np.array([dice.between(0, 6.28) for _ in range(5)])
        bump = np.zeros(len(points))
        for wave, phase in zip(waves, phases, strict=True):
            bump += np.sin((points * wave).sum(axis=1) + phase) / 5
        jitter = np.array([dice.bell() * 0.11 for _ in range(len(points))])
        v = points * (1 + rough * (bump + jitter))[:, None] * radius * np.asarray(squash) + np.asarray(centre)
        tris = v[faces]
        normals = unit((tris - np.asarray(centre)) / np.asarray(squash) ** 2) if smooth else None
        self.triangles(tris, material, normals)

    def terrain(self, x: Array, z: Array, height: Callable[[Array, Array], Array], material: int,
                smooth: bool = True) -> None:  # fmt: skip
        """Ground over the grid of x and z; `height` takes and gives arrays."""
        gx, gz = np.meshgrid(x, z, indexing="ij")
        gy = height(gx, gz)
        grid = np.stack([gx, gy, gz], -1)
        slope_x, slope_z = np.gradient(gy, x, axis=0), np.gradient(gy, z, axis=1)
        normals = unit(np.stack([-slope_x, np.ones_like(gy), -slope_z], -1))

        def pairs(q: Array) -> Array:
            return np.concatenate(
                [
                    np.stack([q[:-1, :-1], q[:-1, 1:], q[1:, 1:]], 2).reshape(-1, 3, 3),
                    np.stack([q[:-1, :-1], q[1:, 1:], q[1:, :-1]], 2).reshape(-1, 3, 3),
                ]
            )

        self.triangles(pairs(grid), material, pairs(normals) if smooth else None)


@cache
def _icosphere(fineness: int) -> tuple[Array, Array]:
    t = (1 + 5**0.5) / 2
    points = [
        (-1, t, 0), (1, t, 0), (-1, -t, 0), (1, -t, 0), (0, -1, t), (0, 1, t),
        (0, -1, -t), (0, 1, -t), (t, 0, -1), (t, 0, 1), (-t, 0, -1), (-t, 0, 1),
    ]  # fmt: skip
    faces = [
        (0, 11, 5), (0, 5, 1), (0, 1, 7), (0, 7, 10), (0, 10, 11), (1, 5, 9), (5, 11, 4), (11, 10, 2), (10, 7, 6), (7, 1, 8),
        (3, 9, 4), (3, 4, 2), (3, 2, 6), (3, 6, 8), (3, 8, 9), (4, 9, 5), (2, 4, 11), (6, 2, 10), (8, 6, 7), (9, 8, 1),
    ]  # fmt: skip
    v = [unit(np.array(p, np.float64)) for p in points]
    for _ in range(fineness):
        middles: dict[tuple[int, int], int] = {}
        finer = []

        def middle(a: int, b: int, middles: dict[tuple[int, int], int] = middles) -> int:
            key = (min(a, b), max(a, b))
            if key not in middles:
                v.append(unit(v[a] + v[b]))
                middles[key] = len(v) - 1
            return middles[key]

        for a, b, c in faces:
            x, y, z = middle(a, b), middle(b, c), middle(c, a)
            finer += [(a, x, z), (b, y, x), (c, z, y), (x, y, z)]
        faces = finer
    return np.array(v), np.array(faces)
