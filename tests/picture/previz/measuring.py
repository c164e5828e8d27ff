"""How the tests measure pictures of the stage: requests, cameras, masks, colours."""

from __future__ import annotations

import os
from functools import cache

import numpy as np

from apexlang.picture.previz import camera
from apexlang.picture.previz.bands import Bands
from apexlang.picture.previz.generator import Previz
from apexlang.picture.previz.mesh import Mesh
from apexlang.picture.previz.model import Array
from apexlang.picture.previz.raster import fill, outlines
from apexlang.picture.previz.scene import View
from apexlang.picture.previz.stage import Shown, Stage
from apexlang.picture.previz.tracer import assemble, solid_set
from apexlang.plan.model import PictureRequest, Subject

FORMATS = {"16:9": (480, 270), "9:16": (270, 480), "1:1": (360, 360), "2.39:1": (574, 240)}

SIZES = (
    "extreme wide", "wide", "full", "medium wide", "medium", "medium close-up", "close-up", "extreme close-up",
)  # fmt: skip


def many(short: int) -> int:
    """How many of a random family are tried: `APEX_STAGE=200` asks for the long run."""
    return int(os.environ.get("APEX_STAGE", str(short)))


@cache
def stage() -> Stage:
    return Stage(2)


@cache
def previz() -> Previz:
    return Previz(threads=2)


def asked(**said: object) -> PictureRequest:
    """A small draft of a street by day, where nothing else is said."""
    values: dict[str, object] = {
        "width": 96, "height": 54, "quality": "draft", "setting": "EXT.", "place": "STREET", "time": "DAY", "aperture": 16.0,
    }  # fmt: skip
    return PictureRequest(**{**values, **said})  # type: ignore[arg-type]


def photographed(**said: object) -> Shown:
    """The sharp photograph, with where camera and people stood."""
    return stage().shoot(asked(**said))


def printed(**said: object) -> tuple[Shown, Array]:
    """The photograph and (h, w, 3) code values, 0..1."""
    request = asked(**said)
    shown = stage().shoot(request)
    return shown, stage().develop(stage().plate(shown)).astype(np.float64) / 65535


def person(name: str = "SARAH", description: str = "A woman in her thirties with brown hair.", *wears: str) -> Subject:
    return Subject(name=name, description=description, wears=wears or ("red coat",))


def focal_pixels(width: int, height: int, mm: float) -> float:
    """The focal length in pixels: a sensor of the format's shape with the area of 36 x 20.25 mm."""
    tall = (36 * 20.25 * height / width) ** 0.5
    return mm * height / tall


def projected(view: View, points: Array, mm: float) -> Array:
    """(n, 2) pixels, x to the right and y down, of points in metres: a pinhole, its focal length from the film's words."""
    d = np.asarray(points, np.float64) - np.array(view.position)
    x, y, z = (d @ np.array(axis) for axis in (view.right, view.up, view.forward))
    f = focal_pixels(view.width, view.height, mm)
    offset = view.shift[0] / view.half[0] * view.width / 2
    return np.stack([view.width / 2 + f * x / z - offset, view.height / 2 - f * y / z], -1)


def seen(mesh: Mesh, view: View) -> tuple[Array, Array]:
    """(h, w) index of the triangle in the order in which the tree has them, -1 for none, and metres along the axis: what the stage's
    own camera sees of a set, without light."""
    t = assemble((solid_set(mesh),), ())
    o = outlines(view, t)
    triangle, depth = np.empty((view.height, view.width), np.int32), np.empty((view.height, view.width))
    Bands(2).run(view.height, lambda a, b: fill(a, b, view, o, 0.5, 0.5, triangle, depth))
    material = np.where(triangle >= 0, t.material[np.maximum(triangle, 0)], -1)
    return material, depth


def shot(width: int, height: int, mm: float, size: str = "wide", angle: str = "eye") -> camera.Shot:
    return camera.Shot(size, mm, angle, 0.0, width, height)


def lab(rgb: Array) -> Array:
    """CIE L*a*b* (D65) of code values 0..1 as a display at 2.4 shows them."""
    linear = np.clip(rgb, 0, 1) ** 2.4
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = linear @ to_xyz.T / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)
