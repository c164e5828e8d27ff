"""The photograph of a lit scene: every pass in its order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from apexlang.picture.previz import denoise, edges, illumination, primary, raster, shading, shafts
from apexlang.picture.previz.bands import Bands
from apexlang.picture.previz.bvh import Tree, build, joined
from apexlang.picture.previz.mesh import Mesh, turned
from apexlang.picture.previz.model import FIGURE_PARAMETERS, Array, Figure, Photograph
from apexlang.picture.previz.scene import FAR, LIGHT_CHANNELS, Air, Lamp, Sun, Surface, Triangles, View, surface


@dataclass(frozen=True)
class Placed:
    """A figure on the set: feet at `position`, turned by `yaw` (positive: toward the left of the picture)."""

    figure: Figure
    position: tuple[float, float, float]
    yaw: float


@dataclass(frozen=True)
class Lighting:
    """All lights of a shot. `practicals`: (n, 7) position, colour, size. `shafts`: how much the air scatters of sun and key;
    `shaft_side`: the share of it that goes sideways, the rest goes on forward."""

    sun: Sun
    key: Lamp
    rim: Lamp
    air: Air
    practicals: Array
    sun_shafts: float = 0.0
    key_shafts: float = 0.0
    shaft_side: float = 0.25


@dataclass(frozen=True)
class Rays:
    """How many rays a pixel of a figure sends out to soft lights, to the ambient light and to the lamps of the set; how many points of
    the air are asked for light, on a grid of so many rows; `refined`: pixels at the edges of shadows are traced one by one;
    `quarters`: of a pixel at an edge, 2 or 4."""

    shadow: int = 2
    ambient: int = 2
    lamps: int = 4
    shaft: int = 14
    shaft_rows: int = 180
    refined: bool = True
    quarters: int = 4


_LEVEL = 0.8

FULL = Rays()
DRAFT = Rays(shadow=1, ambient=1, lamps=1, shaft=8, shaft_rows=90, refined=False, quarters=2)


@dataclass(frozen=True)
class Solid:
    """Triangles in the order of their own tree, ready to be put beside others: a set is one, and each figure."""

    corners: Array
    normals: Array
    coords: Array
    tangents: Array
    material: Array
    materials: Array
    tree: Tree


def _solid(
    corners: Array, normals: Array, coords: Array, tangents: Array | None, ids: Array, materials: Array
) -> Solid:
    tree, order = build(corners)
    c = corners[order]
    n = len(order)

    def rows(part: Array) -> Array:
        return np.ascontiguousarray(part.reshape(n, 9)[order], np.float32)

    return Solid(
        corners=np.ascontiguousarray(np.concatenate([c[:, 0], c[:, 1] - c[:, 0], c[:, 2] - c[:, 0]], axis=1), np.float32),
        normals=rows(normals), coords=rows(coords), tangents=np.zeros((n, 9), np.float32) if tangents is None else rows(tangents),
        material=ids[order].astype(np.int32), materials=materials, tree=tree,
    )  # fmt: skip


def solid_set(mesh: Mesh) -> Solid | None:
    """A set of at least one triangle, or None."""
    corners, normals, ids = mesh.arrays()
    if not len(corners):
        return None
    return _solid(corners, normals, corners, None, ids, np.asarray(mesh.materials, np.float64))


def solid_figure(placed: Placed, number: int) -> Solid | None:
    """A figure on its mark; `number`: the row of its parameters."""
    corners, normals, coords, tangents, ids, materials = [], [], [], [], [], []
    for n, part in enumerate(placed.figure.parts):
        row = np.asarray(part.material, np.float64).copy()
        row[9] = number
        materials.append(row)
        faces = part.faces
        corners.append((np.round(turned(part.vertices, placed.yaw), 6) + np.asarray(placed.position))[faces])
        normals.append(turned(part.normals, placed.yaw)[faces])
        coords.append(np.asarray(part.coords, np.float64)[faces])
        tangents.append(
            np.zeros((len(faces), 3, 3)) if part.tangent is None else turned(part.tangent, placed.yaw)[faces]
        )
        ids.append(np.full(len(faces), n, np.int32))
    if not corners:
        return None
    return _solid(
        np.concatenate(corners), np.concatenate(normals), np.concatenate(coords), np.concatenate(tangents),
        np.concatenate(ids), np.array(materials),
    )  # fmt: skip


def assemble(sets: tuple[Solid | None, ...], cast: tuple[Placed, ...]) -> Triangles:
    """All triangles of sets and figures, under one tree."""
    solids = [s for s in (*sets, *(solid_figure(p, n + 1) for n, p in enumerate(cast))) if s is not None]
    firsts = np.cumsum([0, *(len(s.materials) for s in solids)])
    figures = [np.zeros(FIGURE_PARAMETERS), *(np.asarray(p.figure.parameters, np.float64) for p in cast)]

    def all_of(name: str) -> Array:
        return np.concatenate([getattr(s, name) for s in solids])

    return Triangles(
        corners=all_of("corners"), normals=all_of("normals"), coords=all_of("coords"), tangents=all_of("tangents"),
        material=np.concatenate([s.material + np.int32(k) for s, k in zip(solids, firsts, strict=False)]),
        materials=all_of("materials"), figures=np.ascontiguousarray(figures),
        tree=joined([(s.tree, len(s.material)) for s in solids]),
    )  # fmt: skip


_STRIP = 1 << 20
"""Pixels of a strip: buffers of some 160 bytes a pixel are held for one strip at a time, whatever the size of the picture."""

_MARGIN = 16
"""Rows that a strip sees beyond its own, above and below: further than any filter reaches; strips begin at multiples of 8."""


def photograph(view: View, t: Triangles, light: Lighting, rays: Rays, bands: Bands,
               progress: Callable[[float], None] | None = None) -> Photograph:  # fmt: skip
    """Scene light of every pixel before the lens and the finish. The same bits for any number of threads."""
    h, w = view.height, view.width
    out = Photograph(
        linear=np.empty((h, w, 3), np.float32), depth=np.empty((h, w), np.float32), subject=np.empty((h, w), np.bool_),
        skin=np.empty((h, w), np.bool_), skin_albedo=np.empty((h, w), np.float32), owners=np.empty((h, w, 4), np.uint8),
        ground=np.empty((h, w), np.bool_),
    )  # fmt: skip
    distance = out.depth
    seen = raster.outlines(view, t)
    rows = max(64, _STRIP // w // 8 * 8)
    for first in range(0, h, rows):
        last = min(h, first + rows)
        top = max(0, first - _MARGIN)
        share = None
        if progress:
            share = _share(progress, 0.95 * first / h, 0.95 * last / h)
        _strip(
            view._replace(top=top),
            min(h, last + _MARGIN) - top,
            (first - top, last - top),
            t,
            seen,
            light,
            rays,
            bands,
            out,
            share,
        )
    if light.sun_shafts > 0 or light.key_shafts > 0:
        step = shafts.step_of(h, rays.shaft_rows)
        grid = np.zeros((-(-h // step), -(-w // step), 3), np.float32)
        soft = np.zeros_like(grid)
        far = 40.0 if light.air.indoors else 60.0
        bands.run(
            len(grid), lambda a, b: shafts.march(a, b, step, view, light.sun, light.key, light.practicals, t, distance, grid,
                                                 rays.shaft, far, light.sun_shafts, light.key_shafts, light.shaft_side),
        )  # fmt: skip
        bands.run(len(grid), lambda a, b: shafts.soften(a, b, step, distance, grid, soft))
        bands.run(h, lambda a, b: shafts.lay_over(a, b, step, distance, soft, out.linear))
    np.nan_to_num(out.linear, copy=False, nan=0.0, posinf=64.0, neginf=0.0)
    _to_axis_depth(view, distance)
    if progress:
        progress(1.0)
    return out


def _share(progress: Callable[[float], None], low: float, high: float) -> Callable[[float], None]:
    return lambda f: progress(low + (high - low) * f)


def _strip(view: View, height: int, own: tuple[int, int], t: Triangles, seen: raster.Outlines, light: Lighting, rays: Rays,
           bands: Bands, out: Photograph, progress: Callable[[float], None] | None) -> None:  # fmt: skip
    """The rows view.top + own[0] .. own[1] of `out`, whose `depth` holds ray lengths for now."""
    w = view.width
    s = surface(height, w)
    sun, key, rim, air, lamps = light.sun, light.key, light.rim, light.air, light.practicals

    def part(low: float, high: float) -> Callable[[float], None] | None:
        return _share(progress, low, high) if progress else None

    depth = np.empty((height, w))
    bands.run(height, _filled(view, seen, 0.5, 0.5, s.triangle, depth))
    bands.run(height, lambda a, b: primary.see(a, b, view, sun, air, t, s, depth), part(0.0, 0.25))
    buffer = np.zeros((height, w, LIGHT_CHANNELS), np.float32)
    traced = np.zeros((height, w), np.uint8)
    setting = (view, sun, key, rim, lamps, air, t, s, buffer, traced, rays.shadow, rays.ambient, rays.lamps)
    bands.run((height + 1) // 2, lambda a, b: illumination.illuminate(a, b, *setting), part(0.25, 0.5))
    bands.run(height, lambda a, b: illumination.refine(a, b, *setting, rays.refined), part(0.5, 0.8))
    other = np.zeros_like(buffer)
    for step, low, high in ((1, -2, 2), (2, -2, 2), (1, -2, 2)):
        bands.run(height, _gathered(view, s, buffer, traced, other, (step, low, high)))
        buffer, other = other, buffer
        traced = np.ones_like(traced)
    lit = np.zeros((height, w, 3), np.float32)
    bands.run(height, lambda a, b: shading.shade(a, b, view, sun, key, rim, air, t, s, buffer, lit))
    owners = np.full((height, w, 4), edges.ITSELF, np.uint8)
    quarter = np.empty((height, w), np.int32)
    for q, (fx, fy) in enumerate(edges.QUARTERS[: rays.quarters]):
        bands.run(height, _filled(view, seen, fx, fy, quarter, depth))
        bands.run(height, _owned(view, t, s, quarter, depth, q, owners))
    here, there = slice(*own), slice(view.top + own[0], view.top + own[1])
    solid, kind = s.triangle[here] >= 0, s.kind[here]
    skin = (kind == primary.SKIN) & solid
    out.linear[there] = lit[here]
    out.depth[there] = s.distance[here]
    out.subject[there] = (kind >= primary.SKIN) & solid
    out.skin[there] = skin
    out.skin_albedo[there] = np.where(skin, s.albedo[here][..., 0], np.float32(0.0))
    if rays.quarters == 2:
        owners[..., 2:] = owners[..., :2]
    out.owners[there] = owners[here]
    out.ground[there] = solid & (kind < primary.SKIN) & (s.normal[here][..., 1] > _LEVEL)


def _gathered(view: View, s: Surface, light: Array, known: Array, out: Array, window: tuple[int, int, int],
              ) -> Callable[[int, int], None]:  # fmt: skip
    return lambda a, b: denoise.gather(a, b, view, s, light, known, out, *window)


def _filled(
    view: View, seen: raster.Outlines, fx: float, fy: float, triangle: Array, depth: Array
) -> Callable[[int, int], None]:
    return lambda a, b: raster.fill(a, b, view, seen, fx, fy, triangle, depth)


def _owned(view: View, t: Triangles, s: Surface, triangle: Array, depth: Array, quarter: int, owners: Array,
           ) -> Callable[[int, int], None]:  # fmt: skip
    return lambda a, b: edges.find_owners(a, b, view, t, s, triangle, depth, quarter, owners)


def _to_axis_depth(view: View, distance: Array) -> None:
    """Ray lengths become metres along the camera's axis, in place; inf where a ray met nothing."""
    x = (2 * (np.arange(view.width) + 0.5) / view.width - 1) * view.half[0] + view.shift[0]
    y = (1 - 2 * (np.arange(view.height) + 0.5) / view.height) * view.half[1] + view.shift[1]
    for row in range(view.height):
        length = np.sqrt(1.0 + x**2 + y[row] ** 2)
        distance[row] = np.where(distance[row] >= FAR, np.float32(np.inf), (distance[row] / length).astype(np.float32))
