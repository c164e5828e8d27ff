"""Beards and moustaches, carved like the hair, in the head frame."""

from __future__ import annotations

import zlib

from apexlang.picture.previz.puppet import field as fd
from apexlang.picture.previz.puppet.field import CUT, HANGING, chain, ellipsoid
from apexlang.picture.previz.puppet.hair import grow
from apexlang.picture.previz.puppet.shapes import Piece, material
from apexlang.picture.previz.puppet.spec import Spec


def beard_pieces(spec: Spec, cell: float, surface_y: float = 0.0) -> list[Piece]:
    """Beard and moustache, in the head frame."""
    if spec.beard in ("none", "stubble"):
        return []
    f = spec.face
    seed = float(zlib.crc32((spec.name + "beard").encode()) % 89 + 1)
    mat = material(spec.beard_colour, 22, 0.035, 10)
    w, y, j = f.mouth, f.mouth_y + surface_y, f.jaw
    pieces = []
    if spec.beard in ("full", "goatee"):
        if spec.beard == "full":
            drop = 0.10 if spec.old else 0.05
            parts = [ellipsoid((0, -0.40, -0.24), (0.16, 0.11, 0.12), 0.08)]
            for s in (-1, 1):
                parts += chain(
                    [
                        (s * 0.315 * (0.5 + 0.5 * j), 0.0, -0.04),
                        (s * 0.268 * j, -0.20, -0.06),
                        (s * 0.15 * j, -0.42, -0.20),
                        (s * 0.02, -0.47 - drop, -0.27),
                    ],
                    [0.022, 0.080, 0.115, 0.105],
                    0.08,
                )
        else:
            parts = [ellipsoid((0, -0.45, -0.30), (0.085, 0.11, 0.072), 0.05)]
        parts.append(ellipsoid((0, y - 0.012, -0.44), (w * 1.12, 0.046, 0.16), 0.03, CUT))
        pieces.append(grow(parts, fd.locks(0.030, HANGING, 0.10, 0, 12, seed), cell * 1.15, mat, 0.05))
    big = 1.25 if spec.beard == "moustache" else 1.0
    parts = []
    for s in (-1, 1):
        parts += chain(
            [(s * 0.012, y + 0.052, -0.412), (s * 0.07, y + 0.042, -0.40), (s * w * 1.22 * big, y + 0.004, -0.335)],
            [0.020 * big, 0.028 * big, 0.008],
            0.02,
        )
    pieces.append(grow(parts, fd.locks(0.010, HANGING, -0.30, 0, 8, seed), cell * 0.6, mat, 0.02))
    return pieces
