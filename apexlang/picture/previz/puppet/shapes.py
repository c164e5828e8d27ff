"""Meshes made directly: tubes, turned profiles, sheets, spheres, and cloth draped on a field.

Draping keeps what a voxel mesh cannot: the crisp edge of a lapel, a belt, a cuff or a hem that is thinner than a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.puppet.field import Field
from apexlang.picture.previz.puppet.nets import Mesh, march
from apexlang.picture.previz.puppet.numeric import PI, compose, cosine, cosines, cross, sine, sines, unit, units, vec

Array = npt.NDArray[Any]


class Piece(NamedTuple):
    """A mesh in its maker's frame with its material; `coords` default to the vertices, `tangent` is for hair."""

    mesh: Mesh
    material: tuple[float, ...]
    coords: Array | None = None
    tangent: Array | None = None


def material(
    albedo: Sequence[float],
    kind: int = 23,
    specular: float = 0.04,
    gloss: float = 10.0,
    second: Sequence[float] = (0.0, 0.0, 0.0),
    pattern: int = 0,
    scale: float = 1.0,
    sheen: float = 0.5,
    emission: Sequence[float] = (0.0, 0.0, 0.0),
) -> tuple[float, ...]:
    """The 16 columns of a figure's material (see `paint`); column 9 is the stage's to fill."""
    return (*albedo, *emission, float(kind), specular, gloss, 0.0, *second, float(pattern), scale, sheen)


def vertex_normals(vertices: Array, faces: Array) -> Array:
    """Area-weighted normals, summed in face order."""
    a, b, c = vertices[faces[:, 0]], vertices[faces[:, 1]], vertices[faces[:, 2]]
    u, v = b - a, c - a
    n = np.stack(
        [
            u[:, 1] * v[:, 2] - u[:, 2] * v[:, 1],
            u[:, 2] * v[:, 0] - u[:, 0] * v[:, 2],
            u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0],
        ],
        -1,
    )
    out = np.zeros_like(vertices)
    for corner in range(3):
        for axis in range(3):
            out[:, axis] += np.bincount(faces[:, corner], n[:, axis], len(vertices))
    size = np.sqrt((out * out).sum(1))
    out[size < 1e-20] = (0.0, -1.0, 0.0)  # a vertex whose faces have all collapsed
    return out / np.where(size < 1e-20, 1.0, size)[:, None]


def sheet(grid: Array, closed: bool = False) -> tuple[Array, Array]:
    """Vertices and faces of an (m, n, 3) grid of points; `closed` joins the ends of its rows."""
    m, n, _ = grid.shape
    i, j = np.meshgrid(np.arange(m - 1), np.arange(n if closed else n - 1), indexing="ij")
    a = (i * n + j).ravel()
    b = (i * n + (j + 1) % n).ravel()
    faces = np.concatenate([np.stack([a, b, b + n], -1), np.stack([a, b + n, a + n], -1)])
    return grid.reshape(-1, 3), faces.astype(np.int32)


def smooth_sheet(grid: Array, closed: bool = False) -> Mesh:
    """A sheet with vertex normals."""
    v, f = sheet(grid, closed)
    return Mesh(v, f, vertex_normals(v, f))


def tube(
    points: Sequence[Sequence[float]] | Array,
    radius: float | Sequence[float] | Array,
    sides: int = 7,
    closed: bool = False,
) -> Mesh:
    """A round wire through points; `radius` one number or one a point."""
    p = np.asarray(points, np.float64)
    m = len(p)
    r = np.broadcast_to(np.asarray(radius, np.float64), (m,))
    along = np.roll(p, -1, 0) - np.roll(p, 1, 0) if closed else np.gradient(p, axis=0)
    along = units(along)
    angles = np.arange(sides) / sides * 2 * PI
    c, s = cosines(angles), sines(angles)
    rows, normals = [], []
    for i in range(m):
        a = unit(cross(along[i], vec(0, 0.3, 1.0)))
        b = cross(along[i], a)
        n = c[:, None] * a + s[:, None] * b
        rows.append(p[i] + n * r[i])
        normals.append(n)
    grid = np.array([*rows, rows[0]]) if closed else np.array(rows)
    nn = np.array([*normals, normals[0]]) if closed else np.array(normals)
    v, f = sheet(grid, True)
    if not closed:
        f = np.concatenate([f, _cap(0, sides), _cap((m - 1) * sides, sides)])
    return Mesh(v, f, nn.reshape(-1, 3))


def _cap(first: int, sides: int) -> Array:
    return np.array([(first, first + k, first + k + 1) for k in range(1, sides - 1)], np.int32)


def lathe(
    profile: Sequence[tuple[float, float]],
    sides: int = 40,
    x: float = 1.0,
    z: float = 1.0,
    warp: Callable[[Array], Array] | None = None,
) -> Mesh:
    """A profile of (radius, height) turned about the y axis, stretched by `x` and `z`, then bent by `warp`."""
    a = np.arange(sides) / sides * 2 * PI
    c, s = cosines(a), sines(a)
    p = np.asarray(profile, np.float64)
    grid = np.stack([p[:, :1] * c * x, np.repeat(p[:, 1:], sides, 1), p[:, :1] * s * z], -1)
    return smooth_sheet(grid if warp is None else warp(grid), True)


def sphere(levels: int) -> Mesh:
    """A unit icosphere, `levels` times subdivided."""
    g = 1.618033988749895
    v = [
        (-1, g, 0),
        (1, g, 0),
        (-1, -g, 0),
        (1, -g, 0),
        (0, -1, g),
        (0, 1, g),
        (0, -1, -g),
        (0, 1, -g),
        (g, 0, -1),
        (g, 0, 1),
        (-g, 0, -1),
        (-g, 0, 1),
    ]
    faces = [
        (0, 11, 5),
        (0, 5, 1),
        (0, 1, 7),
        (0, 7, 10),
        (0, 10, 11),
        (1, 5, 9),
        (5, 11, 4),
        (11, 10, 2),
        (10, 7, 6),
        (7, 1, 8),
        (3, 9, 4),
        (3, 4, 2),
        (3, 2, 6),
        (3, 6, 8),
        (3, 8, 9),
        (4, 9, 5),
        (2, 4, 11),
        (6, 2, 10),
        (8, 6, 7),
        (9, 8, 1),
    ]
    points = [unit(vec(*p)) for p in v]
    for _ in range(levels):
        middles: dict[tuple[int, int], int] = {}
        finer: list[tuple[int, int, int]] = []
        for a, b, c in faces:
            mids = []
            for i, j in ((a, b), (b, c), (c, a)):
                key = (min(i, j), max(i, j))
                if key not in middles:
                    middles[key] = len(points)
                    points.append(unit(points[i] + points[j]))
                mids.append(middles[key])
            ab, bc, ca = mids
            finer += [(a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca)]
        faces = finer
    p = np.array(points)
    return Mesh(p, np.array(faces, np.int32), p.copy())


def shifted(m: Mesh, offset: Sequence[float] | Array, scale: float = 1.0) -> Mesh:
    """A mesh made `scale` times as large, then moved."""
    return Mesh(m.vertices * scale + np.asarray(offset, np.float64), m.faces, m.normals)


def resample(line: Sequence[Sequence[float]] | Array, count: int) -> Array:
    """`count` points evenly spread along a polyline of any dimension."""
    p = np.asarray(line, np.float64)
    step = p[1:] - p[:-1]
    run = np.concatenate([[0.0], np.cumsum(np.sqrt((step * step).sum(1)))])
    t = np.linspace(0, run[-1], count)
    return np.stack([np.interp(t, run, p[:, k]) for k in range(p.shape[1])], -1)


def _edge(count: int, lip: int) -> Array:
    """0 at the edges and 1 in the middle of a draped piece: a rounded border of `lip` steps."""
    i = np.arange(count)
    t = np.clip(np.minimum(i, count - 1 - i) / lip, 0, 1)
    return np.sqrt(np.clip(1 - (1 - t) ** 2, 0, 1))


def _bordered(line: Array, border: float) -> Array:
    """A run of parameters 0..1 with two extra close steps at each end, `border` wide."""
    b = min(border, 0.2)
    return np.concatenate(
        [[0.0, b * 0.25, b], line[(line > b * 1.5) & (line < 1 - b * 1.5)], [1 - b, 1 - b * 0.25, 1.0]]
    )


def drape(
    part: Field,
    left: Sequence[tuple[float, float]],
    right: Sequence[tuple[float, float]],
    thickness: float,
    columns: int = 7,
    rows: int = 16,
    back: bool = False,
    lift: float = 0.0,
    sink: float = 0.003,
) -> Mesh:
    """A flat piece of cloth between two lines (x, y) seen from the front, laid on a field.

    It stands `lift` + `thickness` off the surface, rounded at its border, where it sinks `sink` below; `back` lays it on the back.
    """
    a, b = resample(left, 64), resample(right, 64)
    width = float(np.abs(a - b).sum(1).max()) + 1e-6
    height = float(np.abs(a[0] - a[-1]).sum() + np.abs(b[0] - b[-1]).sum()) * 0.5 + 1e-6
    border = thickness * 1.3 + 0.0015
    s = _bordered(np.linspace(0, 1, columns + 2), border / width)
    t = _bordered(np.linspace(0, 1, rows + 2), border / height)
    ta = np.stack([np.interp(t, np.linspace(0, 1, 64), a[:, k]) for k in range(2)], -1)
    tb = np.stack([np.interp(t, np.linspace(0, 1, 64), b[:, k]) for k in range(2)], -1)
    flat = ta[:, None] * (1 - s[None, :, None]) + tb[:, None] * s[None, :, None]
    start = 0.35 if back else -0.35
    origins = np.concatenate([flat.reshape(-1, 2), np.full((flat.shape[0] * flat.shape[1], 1), start)], 1)
    hits, normals = march(part, origins, np.tile((0.0, 0.0, -1.0 if back else 1.0), (len(origins), 1)), 0.35)
    profile = np.minimum(_edge(len(t), 2)[:, None], _edge(len(s), 2)[None, :]).ravel()
    out = hits + normals * (lift * np.minimum(1, profile * 3) + thickness * profile - sink * (1 - profile))[:, None]
    return smooth_sheet(out.reshape(len(t), len(s), 3))


def band(
    part: Field,
    a: Array,
    b: Array,
    thickness: float,
    sides: int = 40,
    rows: int = 5,
    tuck: bool = True,
    forward: Sequence[float] = (0.0, 0.0, -1.0),
    reach: float = 0.25,
    sink: float = 0.004,
) -> Mesh:
    """A band round a field from the point `a` on its axis to `b`: a belt, a cuff, a hem, a ribbed edge.

    With `tuck` its end at `b` turns inside and closes.
    """
    axis = unit(b - a)
    f = unit(vec(*forward) - axis * float(sum(x * y for x, y in zip(forward, axis, strict=True))))
    r = cross(axis, f)
    angles = np.arange(sides) / sides * 2 * PI
    spokes = cosines(angles)[:, None] * f + sines(angles)[:, None] * r
    heights = np.concatenate([[0.0, 0.04], np.linspace(0.15, 0.85, rows), [0.96, 1.0]])
    lifts = _edge(len(heights), 2)
    grid = []
    for h, k in zip(heights, lifts, strict=True):
        centre = a + (b - a) * h
        inner = a + (b - a) * min(h, 0.8)
        hits, _ = march(part, np.tile(inner, (sides, 1)), spokes, reach, True)
        d = hits - inner
        radius = np.sqrt((d * d).sum(1))
        grid.append(centre + spokes * (radius + thickness * k - sink * (1 - k) * (h < 0.5))[:, None])
    if tuck:
        grid.append(b - axis * 0.002 + (grid[-1] - b) * 0.80)
        grid.append(b - axis * 0.004 + (grid[-1] - b) * 0.02)
    return smooth_sheet(np.array(grid), True)


def turned(m: Mesh, matrix: Array, offset: Array) -> Mesh:
    """A mesh under a rotation, then moved."""
    from_left = compose(matrix, np.eye(3))
    v = np.stack(
        [
            m.vertices[:, 0] * from_left[i, 0] + m.vertices[:, 1] * from_left[i, 1] + m.vertices[:, 2] * from_left[i, 2]
            for i in range(3)
        ],
        -1,
    )
    n = np.stack(
        [
            m.normals[:, 0] * from_left[i, 0] + m.normals[:, 1] * from_left[i, 1] + m.normals[:, 2] * from_left[i, 2]
            for i in range(3)
        ],
        -1,
    )
    return Mesh(v + offset, m.faces, n)


def ring(count: int, opening: float = 0.0) -> tuple[Array, Array, Array]:
    """Angles round the y axis from the front (-z), their sines and cosines; `opening` leaves that much free each side."""
    a = np.linspace(opening, 2 * PI - opening, count) if opening else np.arange(count) / count * 2 * PI
    return a, sines(a), cosines(a)


def tilt(angle: float) -> tuple[float, float]:
    """Cosine and sine of one angle."""
    return cosine(angle), sine(angle)
