"""The photograph of a lit scene: every pass in its order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from apexlang.picture.previz import denoise, edges, illumination, primary, shading, shafts
from apexlang.picture.previz.bands import Bands
from apexlang.picture.previz.bvh import build
from apexlang.picture.previz.mesh import Mesh, turned
from apexlang.picture.previz.model import FIGURE_PARAMETERS, Array, Figure, Photograph
from apexlang.picture.previz.scene import FAR, LIGHT_CHANNELS, Air, Lamp, Sun, Triangles, View, surface


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
    """How many rays a pixel sends out to soft lights, to the ambient light, and into the shafts."""

    shadow: int = 2
    ambient: int = 2
    shaft: int = 14


_LEVEL = 0.8

FULL = Rays()
DRAFT = Rays(shadow=1, ambient=2, shaft=8)


def assemble(sets: tuple[Mesh, ...], cast: tuple[Placed, ...]) -> Triangles:
    """All triangles of sets and figures in tree order."""
    corners: list[Array] = []
    normals: list[Array] = []
    coords: list[Array] = []
    tangents: list[Array] = []
    materials_of: list[Array] = []
    materials: list[Array] = []
    for mesh in sets:
        v, n, ids = mesh.arrays()
        corners.append(v)
        normals.append(n)
        coords.append(v.reshape(-1, 9))
        tangents.append(np.zeros((len(v), 9)))
        materials_of.append((ids + len(materials)).astype(np.int32))
        materials += [np.asarray(row, np.float64) for row in mesh.materials]
    figures = [np.zeros(FIGURE_PARAMETERS)]
    for placed in cast:
        figures.append(np.asarray(placed.figure.parameters, np.float64))
        for part in placed.figure.parts:
            row = np.asarray(part.material, np.float64).copy()
            row[9] = len(figures) - 1
            materials.append(row)
            faces = part.faces
            corners.append((np.round(turned(part.vertices, placed.yaw), 6) + np.asarray(placed.position))[faces])
            normals.append(turned(part.normals, placed.yaw)[faces])
            coords.append(np.asarray(part.coords, np.float64)[faces].reshape(-1, 9))
            if part.tangent is None:
                tangents.append(np.zeros((len(faces), 9)))
            else:
                tangents.append(turned(part.tangent, placed.yaw)[faces].reshape(-1, 9))
            materials_of.append(np.full(len(faces), len(materials) - 1, np.int32))
    all_corners = np.concatenate(corners)
    tree, order = build(all_corners)
    c = all_corners[order]
    edges_of = np.concatenate([c[:, 0], c[:, 1] - c[:, 0], c[:, 2] - c[:, 0]], axis=1)

    def rows(parts: list[Array]) -> Array:
        return np.ascontiguousarray(np.concatenate([p.reshape(-1, 9) for p in parts])[order], np.float32)

    return Triangles(
        corners=np.ascontiguousarray(edges_of, np.float32), normals=rows(normals), coords=rows(coords), tangents=rows(tangents),
        material=np.ascontiguousarray(np.concatenate(materials_of)[order]), materials=np.ascontiguousarray(materials),
        figures=np.ascontiguousarray(figures), tree=tree,
    )  # fmt: skip


def photograph(view: View, t: Triangles, light: Lighting, rays: Rays, bands: Bands,
               progress: Callable[[float], None] | None = None) -> Photograph:  # fmt: skip
    """Scene light of every pixel before the lens and the finish. The same bits for any number of threads."""
    h, w = view.height, view.width
    s = surface(h, w)
    sun, key, rim, air, lamps = light.sun, light.key, light.rim, light.air, light.practicals

    def part(low: float, high: float) -> Callable[[float], None] | None:
        return (lambda f: progress(low + (high - low) * f)) if progress else None

    bands.run(h, lambda a, b: primary.see(a, b, view, sun, air, t, s), part(0.0, 0.2))
    buffer = np.zeros((h, w, LIGHT_CHANNELS), np.float32)
    bands.run(
        h, lambda a, b: illumination.illuminate(a, b, view, sun, key, rim, lamps, air, t, s, buffer, rays.shadow, rays.ambient),
        part(0.2, 0.75),
    )  # fmt: skip
    other = np.zeros_like(buffer)
    for step, low, high in ((1, -2, 2), (2, -2, 3), (1, -2, 2)):
        source, target = buffer, other
        bands.run(h, lambda a, b, i=source, o=target, q=(step, low, high): denoise.gather(a, b, s, i, o, *q))  # type: ignore[misc]
        buffer, other = other, buffer
    lit = np.zeros((h, w, 3), np.float32)
    bands.run(h, lambda a, b: shading.shade(a, b, view, sun, key, rim, air, t, s, buffer, lit), part(0.75, 0.85))
    if light.sun_shafts > 0 or light.key_shafts > 0:
        rows = (h + shafts.STEP - 1) // shafts.STEP
        columns = (w + shafts.STEP - 1) // shafts.STEP
        grid, soft = np.zeros((rows, columns, 3), np.float32), np.zeros((rows, columns, 3), np.float32)
        far = 40.0 if air.indoors else 60.0
        bands.run(
            rows, lambda a, b: shafts.march(a, b, view, sun, key, lamps, t, s, grid, rays.shaft, far, light.sun_shafts,
                                            light.key_shafts, light.shaft_side),
            part(0.85, 0.95),
        )  # fmt: skip
        bands.run(rows, lambda a, b: shafts.soften(a, b, s, grid, soft))
        bands.run(h, lambda a, b: shafts.lay_over(a, b, s, soft, lit))
    owners = np.empty((h, w, 4), np.uint8)
    bands.run(h, lambda a, b: edges.find_edges(a, b, view, t, s, owners), part(0.95, 1.0))
    figure = s.kind >= primary.SKIN
    skin = (s.kind == primary.SKIN) & (s.triangle >= 0)
    return Photograph(
        linear=np.nan_to_num(lit, nan=0.0, posinf=64.0, neginf=0.0),
        depth=_axis_depth(view, s.distance),
        subject=figure & (s.triangle >= 0),
        skin=skin,
        skin_albedo=np.where(skin, s.albedo[..., 0], np.float32(0.0)),
        owners=owners,
        ground=(s.triangle >= 0) & (s.kind < primary.SKIN) & (s.normal[..., 1] > _LEVEL),
    )


def _axis_depth(view: View, distance: Array) -> Array:
    """Ray lengths as metres along the camera's axis; inf where a ray met nothing."""
    x = (2 * (np.arange(view.width) + 0.5) / view.width - 1) * view.half[0] + view.shift[0]
    y = (1 - 2 * (np.arange(view.height) + 0.5) / view.height) * view.half[1] + view.shift[1]
    length = np.sqrt(1.0 + x[None, :] ** 2 + y[:, None] ** 2)
    depth = (distance / length).astype(np.float32)
    return np.asarray(np.where(distance >= FAR, np.float32(np.inf), depth))
