"""Hats and glasses, in the head frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.puppet.field import CUT, below, box, capped, cloth, cone, ellipsoid, field, fold
from apexlang.picture.previz.puppet.nets import Mesh, mesh
from apexlang.picture.previz.puppet.numeric import PI, cosines, sines
from apexlang.picture.previz.puppet.shapes import Piece, lathe, material, tube
from apexlang.picture.previz.puppet.spec import Spec, mixed

Array = npt.NDArray[Any]
Surface = Callable[[float, float], float]

_BLACK = (0.0, 0.0, 0.0)


def glasses_pieces(spec: Spec, surface: Surface, height: float) -> list[Piece]:
    """Frames and, for dark glasses, lenses; the clear ones have none."""
    f = spec.face
    dark = spec.glasses == "dark"
    frame = material(
        (0.012, 0.009, 0.008) if not spec.old else (0.055, 0.030, 0.014), 23, 0.6, 60, pattern=7, sheen=0.1
    )
    radius = max(f.eye_radius * 1.5, 0.116)
    z = min(surface(0.0, f.eye_y + 0.02), surface(f.eye_x, f.eye_y) - 0.055) - 0.020
    apart = max(f.eye_x, radius + 0.020)
    count = 36
    a = np.arange(count) / count * 2 * PI
    c, s = cosines(a), sines(a)
    square = spec.glasses != "round"
    fourth = 1 / np.sqrt(np.sqrt(c * c * c * c + s * s * s * s)) if square else np.ones(count)
    pieces = []
    for side in (-1, 1):
        x = side * apart + c * radius * fourth * (0.95 if square else 1.0)
        y = f.eye_y - 0.012 + s * radius * fourth * (0.74 if square else 1.0)
        rim = np.stack([x, y, z + 0.05 * (x / 0.3) ** 2], -1)
        pieces.append(Piece(tube(rim, 0.0115, 7, True), frame))
        temple = [
            (side * (apart + radius * 0.97), f.eye_y + 0.02, z + 0.09),
            (side * 0.36, f.eye_y + 0.02, z + 0.20),
            (side * 0.385, f.eye_y + 0.03, 0.05),
        ]
        pieces.append(Piece(tube(temple, 0.010, 6), frame))
        if dark:
            middle = rim.mean(0)
            fan = np.concatenate([rim, middle[None] - (0, 0, 0.012)])
            faces = np.array([(i, (i + 1) % count, count) for i in range(count)], np.int32)
            normals = np.tile((0.0, 0.0, -1.0), (count + 1, 1)) + (fan - middle) * (2, 2, 0)
            pieces.append(
                Piece(
                    Mesh(fan, faces, normals / np.sqrt((normals**2).sum(1))[:, None]),
                    material((0.012, 0.012, 0.014), 23, 0.7, 90, pattern=8, scale=0.1, sheen=0.0),
                )
            )
    x0 = apart - radius * 0.97
    bridge = [
        (-x0, f.eye_y + 0.02, z + 0.005),
        (-x0 * 0.4, f.eye_y + 0.045, z - 0.008),
        (x0 * 0.4, f.eye_y + 0.045, z - 0.008),
        (x0, f.eye_y + 0.02, z + 0.005),
    ]
    pieces.append(Piece(tube(bridge, 0.010, 6), frame))
    return [Piece(p.mesh, p.material, p.mesh.vertices * height) for p in pieces]


def _brimmed(spec: Spec, cell: float, wide: float, tall: float, pinch: bool) -> list[Piece]:
    """A felt hat: crown, brim turned up at the sides, ribbon."""
    felt = material(spec.hat_colour, 23, 0.04, 8, pattern=8, scale=0.0, sheen=1.2)

    def warp(v: Array) -> Array:
        x, z = v[..., 0], v[..., 2]
        r = np.sqrt(x * x + z * z)
        rise = (0.055 * (x / 0.6) ** 2 - 0.075 * np.clip(-z, 0, 1) ** 2) * np.clip((r - 0.44) / 0.15, 0, 1)
        out = v.copy()
        out[..., 1] += np.where(r > 0.47, rise, 0)
        return out

    crown = [
        cone((0, 0.24, 0.05), (0, 0.56 * tall, 0.05), 0.40, 0.335, 0.03, scale=(1, 1, 1.12)),
        below((0, -1, 0), -0.20, 0.02),
    ]
    if pinch:
        crown += [
            ellipsoid((0, 0.94, 0.05), (0.070, 0.26, 0.40), 0.14, CUT),
            ellipsoid((0.25, 0.68, -0.37), (0.15, 0.24, 0.17), 0.09, CUT),
            ellipsoid((-0.25, 0.68, -0.37), (0.15, 0.24, 0.17), 0.09, CUT),
            below((0, 1, 0.06), 0.80, 0.07),
        ]
    brim = [
        (0.36, 0.23),
        (0.36 + 0.14 * wide, 0.215),
        (0.36 + 0.24 * wide, 0.222),
        (0.36 + 0.295 * wide, 0.235),
        (0.36 + 0.308 * wide, 0.247),
        (0.36 + 0.295 * wide, 0.255),
        (0.36 + 0.22 * wide, 0.243),
        (0.45, 0.245),
        (0.36, 0.26),
    ]
    ribbon = [(0.40, 0.235), (0.413, 0.24), (0.408, 0.325), (0.396, 0.33)]
    back = (0.0, 0.0, 0.05)
    b, r = lathe(brim, 56, 1.0, 1.13, warp), lathe(ribbon, 48, 1.0, 1.12)
    return [
        Piece(mesh(field(crown), cell * 1.2), felt),
        Piece(Mesh(b.vertices + back, b.faces, b.normals), felt),
        Piece(
            Mesh(r.vertices + back, r.faces, r.normals), material(mixed(spec.hat_colour, _BLACK, 0.65), 23, 0.12, 14)
        ),
    ]


def _flat_cap(spec: Spec, cell: float) -> list[Piece]:
    """A tweed cap pulled forward over a short stiff peak."""
    tweed = material(spec.hat_colour, 23, 0.03, 8, mixed(spec.hat_colour, (0.4, 0.36, 0.28), 0.3), 5, 1.0, 1.1)
    crown = [
        ellipsoid((0, 0.265, 0.07), (0.415, 0.27, 0.445), 0.03),
        ellipsoid((0, 0.33, -0.04), (0.425, 0.185, 0.44), 0.10),
        ellipsoid((0, 0.255, -0.25), (0.31, 0.085, 0.26), 0.08),
        below((0, -1, -0.10), -0.165, 0.03),
    ]
    folds = [
        fold((0.22, 0.30, -0.30), (1, 0.2, 0.6), 0.22, 0.13, 0.012, 0.05),
        fold((-0.22, 0.30, -0.30), (-1, 0.2, 0.6), 0.22, 0.13, 0.012, 0.05),
        fold((0.0, 0.40, 0.10), (0.3, 0.2, 1), 0.34, 0.17, 0.010, 0.05),
    ]
    peak = [
        ellipsoid((0, 0.185, -0.36), (0.285, 0.050, 0.215), 0.02),
        ellipsoid((0, 0.10, -0.34), (0.36, 0.085, 0.30), 0.025, CUT),
        below((0, 0, 1), -0.24, 0.02),
    ]
    button = [ellipsoid((0, 0.555, 0.02), (0.030, 0.016, 0.030), 0.01)]
    band = [capped((0, 0.155, 0.055), (0, 0.235, 0.06), 0.392, 0.40, scale=(1, 1, 1.10), rounding=0.02)]
    return [
        Piece(mesh(field(crown, cloth(0.014, 6.0), folds), cell * 1.15, 0.02), tweed),
        Piece(mesh(field(peak), cell), tweed),
        Piece(mesh(field(button), cell * 0.8), tweed),
        Piece(mesh(field(band), cell * 1.2), tweed),
    ]


def _cap(spec: Spec, cell: float, peaked: bool) -> list[Piece]:
    main = material(spec.hat_colour, 23, 0.04, 9, sheen=0.6)
    dark = material(
        mixed(spec.hat_colour, _BLACK, 0.25 if not peaked else 0.85),
        23,
        0.05 if not peaked else 0.5,
        10 if not peaked else 60,
        pattern=0 if not peaked else 7,
    )
    if peaked:
        crown = [
            capped((0, 0.17, 0.05), (0, 0.27, 0.05), 0.405, 0.41, 0.03, scale=(1, 1, 1.1), rounding=0.02),
            capped((0, 0.30, 0.04), (0, 0.40, 0.02), 0.43, 0.475, 0.06, scale=(1, 1, 1.06), rounding=0.035),
        ]
    else:
        crown = [ellipsoid((0, 0.17, 0.05), (0.415, 0.40, 0.455), 0.03), below((0, -1, -0.10), -0.19, 0.025)]
    peak = [
        ellipsoid((0, 0.20, -0.36), (0.30, 0.055, 0.37 if not peaked else 0.26), 0.02),
        ellipsoid((0, 0.125, -0.36), (0.36, 0.075, 0.40), 0.03, CUT),
        below((0, 0, 1), -0.20, 0.02),
    ]
    pieces = [
        Piece(mesh(field(crown, cloth(0.010, 6.0)), cell * 1.2, 0.02), main),
        Piece(mesh(field(peak), cell), dark),
    ]
    if peaked:
        badge = [ellipsoid((0, 0.30, -0.45), (0.045, 0.055, 0.02), 0.01)]
        pieces.append(Piece(mesh(field(badge), cell * 0.6), material((0.55, 0.36, 0.09), 23, 0.8, 60, pattern=7)))
    else:
        pieces.append(Piece(mesh(field([ellipsoid((0, 0.57, 0.05), (0.035, 0.022, 0.035), 0.01)]), cell * 0.8), main))
    return pieces


def _beanie(spec: Spec, cell: float) -> list[Piece]:
    knit = material(spec.hat_colour, 23, 0.03, 8, pattern=1, scale=55.0, sheen=1.3)
    rib = material(mixed(spec.hat_colour, _BLACK, 0.18), 23, 0.03, 8, pattern=1, scale=55.0, sheen=1.3)
    crown = [
        ellipsoid((0, 0.22, 0.06), (0.405, 0.42, 0.45), 0.05),
        ellipsoid((0, 0.50, 0.10), (0.24, 0.18, 0.26), 0.10),
        below((0, -1, -0.14), -0.17, 0.02),
    ]
    m = mesh(
        field([capped((0, 0.17, 0.06), (0, 0.31, 0.075), 0.432, 0.425, scale=(1, 1, 1.11), rounding=0.03)]), cell * 1.1
    )
    tipped = m.vertices.copy()
    tipped[:, 1] -= 0.126 * tipped[:, 2]
    return [
        Piece(mesh(field(crown, cloth(0.02, 5.0)), cell * 1.2, 0.02), knit),
        Piece(Mesh(tipped, m.faces, m.normals), rib),
    ]


def _helmet(spec: Spec, cell: float) -> list[Piece]:
    shell = material(spec.hat_colour, 23, 0.5, 50, pattern=8, scale=0.16, sheen=0.1)
    crown = [
        ellipsoid((0, 0.15, 0.06), (0.445, 0.44, 0.49), 0.03),
        below((0, -1, -0.16), -0.15, 0.02),
        box((0, 0.55, 0.06), (0.05, 0.06, 0.36), 0.04, 0.06),
    ]
    m = mesh(
        field([capped((0, 0.15, 0.05), (0, 0.205, 0.055), 0.458, 0.452, scale=(1, 1, 1.12), rounding=0.015)]),
        cell * 1.1,
    )
    rim = m.vertices.copy()
    rim[:, 1] -= 0.15 * rim[:, 2]
    strap = material((0.011, 0.011, 0.012), 23, 0.1, 12)
    pieces = [
        Piece(mesh(field(crown), cell * 1.2), shell),
        Piece(Mesh(rim, m.faces, m.normals), material(mixed(spec.hat_colour, _BLACK, 0.5), 23, 0.4, 40, pattern=7)),
    ]
    for s in (-1, 1):
        pieces.append(
            Piece(
                tube(
                    [(s * 0.40, 0.12, 0.02), (s * 0.365, -0.15, -0.02), (s * 0.25, -0.40, -0.16), (0, -0.53, -0.24)],
                    0.017,
                    6,
                ),
                strap,
            )
        )
    return pieces


def _tall(spec: Spec, cell: float, bowler: bool) -> list[Piece]:
    silk = material(spec.hat_colour, 23, 0.15, 16, pattern=8, scale=0.03, sheen=0.8)
    if bowler:
        crown = [ellipsoid((0, 0.30, 0.05), (0.405, 0.34, 0.45), 0.03), below((0, -1, 0), -0.21, 0.02)]
    else:
        crown = [capped((0, 0.20, 0.05), (0, 0.86, 0.05), 0.375, 0.40, scale=(1, 1, 1.10), rounding=0.03)]
    brim = [
        (0.36, 0.21),
        (0.50, 0.20),
        (0.565, 0.222),
        (0.585, 0.25),
        (0.578, 0.262),
        (0.555, 0.240),
        (0.49, 0.226),
        (0.37, 0.24),
    ]
    ribbon = [(0.40, 0.225), (0.418, 0.23), (0.414, 0.31), (0.398, 0.316)]
    back = (0.0, 0.0, 0.05)
    b, r = lathe(brim, 56, 1.0, 1.12), lathe(ribbon, 48, 1.0, 1.11)
    return [
        Piece(mesh(field(crown), cell * 1.2), silk),
        Piece(Mesh(b.vertices + back, b.faces, b.normals), silk),
        Piece(Mesh(r.vertices + back, r.faces, r.normals), material(mixed(spec.hat_colour, _BLACK, 0.6), 23, 0.15, 16)),
    ]


def _hood(spec: Spec, cell: float) -> list[Piece]:
    """A hood over the head, in the top's cloth, its edge rolled round the face."""
    oiled = spec.outfit == "raincoat"
    stuff = material(
        spec.top, 23, 0.16 if oiled else 0.03, 30 if oiled else 8, pattern=8 if oiled else 0, scale=0.045, sheen=0.4
    )
    parts = [
        ellipsoid((0, 0.13, 0.08), (0.455, 0.47, 0.48), 0.05),
        cone((0, -0.10, 0.09), (0, -0.60, 0.12), 0.43, 0.43, 0.12, scale=(1, 1, 0.95)),
        ellipsoid((0, 0.53, 0.26), (0.16, 0.13, 0.18), 0.14),
        ellipsoid((0, -0.09, -0.56), (0.325, 0.50, 0.66), 0.08, CUT),
        ellipsoid((0, -0.42, 0.02), (0.29, 0.44, 0.27), 0.08, CUT),
    ]
    folds = [fold((s * 0.42, -0.28, 0.0), (0.2, 1, 0.5), 0.30, 0.15, 0.010, 0.04) for s in (-1, 1)]
    shell = mesh(field(parts, cloth(0.008, 4.0), folds), cell * 1.25, 0.02)
    return [Piece(shell, stuff)]


def hat_pieces(spec: Spec, cell: float, height: float) -> list[Piece]:
    """The hat, its cloth coordinates in metres; nothing for none."""
    makers: dict[str, Callable[[], list[Piece]]] = {
        "fedora": lambda: _brimmed(spec, cell, 1.0, 1.0, True),
        "wide": lambda: _brimmed(spec, cell, 1.45, 0.92, True),
        "flat-cap": lambda: _flat_cap(spec, cell),
        "cap": lambda: _cap(spec, cell, False),
        "peaked": lambda: _cap(spec, cell, True),
        "beanie": lambda: _beanie(spec, cell),
        "helmet": lambda: _helmet(spec, cell),
        "bowler": lambda: _tall(spec, cell, True),
        "top": lambda: _tall(spec, cell, False),
        "hood": lambda: _hood(spec, cell),
    }
    if spec.hat not in makers:
        return []
    return [Piece(p.mesh, p.material, p.mesh.vertices * height) for p in makers[spec.hat]()]
