"""What a tailor adds to a garment: collars, lapels, plackets, pockets, buttons, cuffs. Torso frame, figure heights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.puppet.body import Body
from apexlang.picture.previz.puppet.field import Field
from apexlang.picture.previz.puppet.nets import Mesh, march
from apexlang.picture.previz.puppet.numeric import cosines, cross, sines, unit, vec
from apexlang.picture.previz.puppet.shapes import band, drape, ring, smooth_sheet, sphere, tube

Array = npt.NDArray[Any]
Line = Sequence[tuple[float, float]]


def mirrored(line: Line, side: int) -> list[tuple[float, float]]:
    """A line on the left (side 1) or right (-1)."""
    return [(x * side, y) for x, y in line]


def collar(
    body: Body,
    height: float = 0.030,
    radius: float = 1.10,
    gap: float = 0.5,
    flap: float = 0.030,
    spread: float = 1.0,
    drop: float = 0.10,
    taper: float = 0.0,
) -> Mesh:
    """A stand-and-fall collar: a folded ring round the neck, open by `gap` radians each side of the front.

    `spread` of the fall, `drop` from nape to throat, `taper` of the stand toward its ends.
    """
    a, _, _ = ring(44, gap)
    r = (body.neck * 1.16 + 0.004) * radius
    end = np.minimum(a - gap, 2 * np.pi - gap - a)
    front = 1 / (1 + (end / 0.40) ** 4)
    y0 = body.torso + 0.032
    rows = []
    for rad, y, fall in (
        (0.96, -0.012, 0.0),
        (1.00, 0.5 * height, 0.0),
        (1.03, height, 0.0),
        (1.075, height * 1.10, 0.0),
        (1.13, height * 0.98, 0.08),
        (1.20, height * 0.72, 0.25),
        (1.36, height * 0.20, 0.6),
        (1.60, -flap * 0.55, 1.0),
        (1.63, -flap * 0.70, 1.0),
        (1.56, -flap * 0.76, 1.0),
        (1.36, -flap * 0.2, 0.7),
        (1.18, 0.1 * height, 0.4),
    ):
        rr = r * (1 + (rad - 1) * spread) * (1 + 0.08 * fall * front)
        opened = a + np.where(a < np.pi, 1.0, -1.0) * 0.26 * fall * front
        s, c = sines(opened), cosines(opened)
        lowered = y * (1 - taper * front) if y > 0 else y
        rows.append(
            np.stack(
                [s * rr, y0 + lowered - 0.018 * fall * front - c * drop * r, 0.012 - c * rr * (1 + 0.04 * fall)], -1
            )
        )
    return smooth_sheet(np.array(rows))


def stand_collar(
    body: Body, height: float, radius: float = 1.16, gap: float = 0.16, lean: float = 0.10, thick: float = 0.006
) -> Mesh:
    """A standing collar with a rounded top edge, nearly closed in front."""
    a, s, c = ring(48, gap) if gap else ring(48)
    del a
    r = (body.neck * 1.16 + 0.004) * radius
    y0 = body.torso + 0.020
    rows = []
    for rad, y in (
        (1.16, -0.020),
        (1.13, 0.0),
        (1.09, height * 0.5),
        (1.10, height * 0.93),
        (1.085, height),
        (1.04, height + thick * 0.4),
        (1.0, height),
        (0.98, height * 0.9),
        (0.98, 0.0),
    ):
        rr = r * rad
        rows.append(np.stack([s * rr, y0 + y - c * lean * r * (0.4 + 0.6 * y / height), 0.012 - c * rr], -1))
    return smooth_sheet(np.array(rows), closed=not gap)


def button(garment: Field, x: float, y: float, radius: float) -> Mesh:
    """A button on the garment's front, turned to lie on the cloth."""
    hits, normals = march(garment, np.array([(x, y, -0.35)]), np.array([(0.0, 0.0, 1.0)]), 0.5)
    n = normals[0]
    right = unit(cross(vec(0, 1, 0), n))
    up = cross(n, right)
    ball = sphere(2)
    p = ball.vertices
    flat = np.clip(p[:, 2] * 1.6, -1, 1) * 0.38
    v = hits[0] + radius * (p[:, :1] * right + p[:, 1:2] * up + flat[:, None] * n)
    normals_ = p[:, :1] * right * 0.6 + p[:, 1:2] * up * 0.6 + p[:, 2:] * n
    return Mesh(v, ball.faces, normals_ / np.sqrt((normals_**2).sum(1))[:, None])


def placket(
    garment: Field, x: float, top: float, bottom: float, half: float = 0.010, thickness: float = 0.0022
) -> Mesh:
    """The strip that buttons sit on."""
    return drape(
        garment, [(x - half, top), (x - half, bottom)], [(x + half, top), (x + half, bottom)], thickness, 4, 26
    )


def patch(
    garment: Field,
    left: Line,
    right: Line,
    thickness: float = 0.003,
    rows: int = 8,
    columns: int = 8,
    back: bool = False,
    lift: float = 0.0,
) -> Mesh:
    """A pocket, flap or badge."""
    return drape(garment, left, right, thickness, columns, rows, back, lift)


def pocket(garment: Field, x: float, y: float, half: float, tall: float, side: int) -> list[Mesh]:
    """A patch pocket with a flap, its top edge at `y`."""
    body_ = patch(
        garment,
        [(side * (x - half), y), (side * (x - half), y - tall * 0.85), (side * (x - half * 0.7), y - tall)],
        [(side * (x + half), y), (side * (x + half), y - tall * 0.85), (side * (x + half * 0.7), y - tall)],
        0.0028,
    )
    flap = patch(
        garment,
        [
            (side * (x - half * 1.06), y + 0.004),
            (side * (x - half * 1.06), y - tall * 0.24),
            (side * x - side * 0.002, y - tall * 0.40),
        ],
        [
            (side * (x + half * 1.06), y + 0.004),
            (side * (x + half * 1.06), y - tall * 0.24),
            (side * x + side * 0.002, y - tall * 0.40),
        ],
        0.0030,
        lift=0.0032,
    )
    return [body_, flap]


def welt(garment: Field, x: float, y: float, half: float, tall: float, side: int, slant: float = 0.0) -> Mesh:
    """A pocket's flap on the hip."""
    return patch(
        garment,
        [(side * (x - half), y - slant), (side * (x - half), y - slant - tall)],
        [(side * (x + half), y + slant), (side * (x + half), y + slant - tall)],
        0.0030,
        5,
        8,
    )


def lapels(garment: Field, body: Body, bottom: float, width: float) -> list[Mesh]:
    """Two lapels from the collar to the first button at height `bottom`, each with its notch."""
    s = body.torso
    out = []
    for side in (-1, 1):
        inner = [(0.037, s + 0.022), (0.026, s - 0.004), (0.003, bottom)]
        outer = [
            (0.046, s + 0.021),
            (width + 0.016, s - 0.022),
            (width + 0.012, s - 0.032),
            (width + 0.022, s - 0.040),
            (0.010, bottom + 0.006),
        ]
        a, b = mirrored(inner, side), mirrored(outer, side)
        out.append(drape(garment, a, b, 0.0042, 8, 26, lift=0.0012))
    return out


def hem_band(garment: Field, y: float, tall: float, thickness: float, centre: tuple[float, float] = (0.0, 0.0)) -> Mesh:
    """A turned hem or ribbing round the bottom of a garment: crisp where the voxels are not."""
    return band(garment, vec(centre[0], y + tall, centre[1]), vec(centre[0], y, centre[1]), thickness, 56, 4)


def cuff_band(sleeve: Field, elbow: Array, wrist: Array, tall: float, thickness: float) -> Mesh:
    """A cuff at the end of a sleeve."""
    d = unit(wrist - elbow)
    return band(sleeve, wrist - d * tall, wrist, thickness, 28, 3, forward=(0.1, 0.2, -1.0), reach=0.06)


def ribbed_ring(body: Body, height: float, radius: float, y: float, thick: float) -> Mesh:
    """A rolled or ribbed collar that closes round the neck."""
    a, s, c = ring(40)
    del a
    r = (body.neck * 1.16 + 0.004) * radius
    rows = []
    for rad, h in (
        (1.0 + thick * 1.1, -0.10),
        (1 + thick * 1.25, 0.15),
        (1 + thick * 1.25, 0.7),
        (1 + thick, 0.95),
        (1 + thick * 0.45, 1.06),
        (1.0, 1.0),
        (0.97, 0.8),
        (0.95, 0.2),
    ):
        rr = r * rad * (1.10 - 0.10 * h)
        rows.append(np.stack([s * rr, y + h * height - c * 0.16 * r, 0.013 - 0.006 * h - c * rr], -1))
    return smooth_sheet(np.array(rows), closed=True)


def cord(points: Array, radius: float = 0.0028) -> Mesh:
    """A drawstring, cable or strap of round section."""
    return tube(points, radius, 6)
