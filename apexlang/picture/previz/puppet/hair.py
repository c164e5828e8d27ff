"""Hair: carved like a puppet's, with a hairline, grooves along the strands and soft ends.

Every piece carries part coordinates (across the strands, along them, height of the lock) and the strand's direction.
"""
# mypy: disallow-untyped-decorators=False, disable-error-code=no-any-return

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

from apexlang.jit import kernel
from apexlang.picture.previz.noise import hash3 as cell_hash
from apexlang.picture.previz.puppet import field as fd
from apexlang.picture.previz.puppet.face import HAIRLINE_DEPTHS, HAIRLINE_HEIGHTS, skull
from apexlang.picture.previz.puppet.field import (
    ADD,
    COMBED_BACK,
    CUT,
    FROM_CROWN,
    FROM_PARTING,
    HANGING,
    RELIEF_NUMBERS,
    below,
    capped,
    chain,
    cone,
    ellipsoid,
    field,
)
from apexlang.picture.previz.puppet.nets import Mesh, mesh
from apexlang.picture.previz.puppet.numeric import PI, cosine, local, sine, unit, vec
from apexlang.picture.previz.puppet.shapes import Piece, material
from apexlang.picture.previz.puppet.spec import Spec

Array = npt.NDArray[Any]

_PERIOD = {FROM_CROWN: 2 * PI * 0.40, COMBED_BACK: 2 * PI * 0.62, FROM_PARTING: 1e9, HANGING: 2 * PI * 0.32}
_HATTED = ("short", "side", "slick", "quiff", "messy", "pixie")


def grown(
    side: float,
    top: float,
    front: float,
    lock_height: float,
    flow: int,
    count: float,
    seed: float,
    *,
    x: float = 0.0,
    z: float = 0.12,
    twist: float = 0.0,
    ragged: float = 0.05,
    receding: float = 0.0,
    quiff: float = 0.0,
    quiff_x: float = 0.0,
    parting: float = 0.0,
    soft: float = 0.12,
    nape: float = 0.0,
    brow: float = 0.0,
    ear: float = 1.0,
    temple: float = 0.0,
) -> Array:
    """Relief of hair grown from the skull; thicknesses in heads, see `field.RELIEF_NUMBERS`.

    `nape` moves the hairline's depth behind the ears, `brow` over the forehead; `temple` at the temples; `ear` the size of
    the notch round the ears.
    """
    q = np.zeros(RELIEF_NUMBERS)
    q[0:17] = (
        fd.GROWN,
        side,
        top,
        front,
        lock_height,
        quiff,
        quiff_x,
        parting,
        flow,
        x,
        z,
        twist,
        count,
        seed,
        ragged,
        receding,
        soft,
    )
    depths = np.array(HAIRLINE_DEPTHS)
    depths[2:6] += brow
    depths[6:] += nape
    depths[4:6] += temple
    q[20:29], q[29:38], q[44] = HAIRLINE_HEIGHTS, depths, ear
    return q


@kernel
def _strands(v: Array, n: Array, q: Array, period: float) -> tuple[Array, Array]:
    """Hair coordinates (u, v, lock height) and strand directions at vertices."""
    count = len(v)
    coords = np.empty((count, 3))
    tangents = np.empty((count, 3))
    kind = int(q[8])
    e = 1e-3
    g = np.empty(3)
    for i in range(count):
        x, y, z = v[i, 0], v[i, 1], v[i, 2]
        u = fd.flow(kind, x, y, z, q[9], q[10], q[11])
        along = z if kind == 1 else y
        coords[i, 0], coords[i, 1] = u, along
        coords[i, 2] = fd.lock(u, along, q[12], q[13])
        for a in range(3):
            d = fd.flow(kind, x + e * (a == 0), y + e * (a == 1), z + e * (a == 2), q[9], q[10], q[11])
            d -= fd.flow(kind, x - e * (a == 0), y - e * (a == 1), z - e * (a == 2), q[9], q[10], q[11])
            if d > period / 2:
                d -= period
            elif d < -period / 2:
                d += period
            g[a] = d
        t0 = n[i, 1] * g[2] - n[i, 2] * g[1]
        t1 = n[i, 2] * g[0] - n[i, 0] * g[2]
        t2 = n[i, 0] * g[1] - n[i, 1] * g[0]
        s = 1 / (np.sqrt(t0 * t0 + t1 * t1 + t2 * t2) + 1e-9)
        tangents[i, 0], tangents[i, 1], tangents[i, 2] = t0 * s, t1 * s, t2 * s
    return coords, tangents


def combed(m: Mesh, q: Array, mat: tuple[float, ...]) -> Piece:
    """A hair mesh with its coordinates; the seam of an angular flow is split, so that no triangle spans it."""
    period = _PERIOD[int(q[8])]
    coords, tangents = _strands(m.vertices, m.normals, q, period)
    v, f, n = m
    u = coords[:, 0][f]
    torn = u.max(1) - u.min(1) > period / 2 if len(f) else np.zeros(0, bool)
    if torn.any():
        f = f.copy()
        again = np.unique(f[torn][u[torn] < 0])
        new = np.full(len(v), -1, np.int64)
        new[again] = len(v) + np.arange(len(again))
        corner = f[torn]
        f[torn] = np.where(coords[:, 0][corner] < 0, new[corner], corner)
        v, n = np.concatenate([v, v[again]]), np.concatenate([n, n[again]])
        tangents = np.concatenate([tangents, tangents[again]])
        coords = np.concatenate([coords, coords[again] + (period, 0, 0)])
    return Piece(Mesh(v, f, n), mat, coords, tangents)


def grow(
    parts: list[Array],
    q: Array,
    cell: float,
    mat: tuple[float, ...],
    slack: float = 0.16,
    hanging: list[Array] | None = None,
) -> Piece:
    """A piece of hair; `hanging` primitives are added after the relief of the skull's own hair."""
    program = [*parts, fd.relief_here(), *hanging] if hanging else parts
    return combed(mesh(field(program, q), cell, slack), q, mat)


def _curtain(long: bool, hatted: bool) -> list[Array]:
    """What hangs from a bob or long hair: one volume round head and neck, open for the face and hollow at the neck.

    Its top stays under the hair that grows from the skull.
    """
    parts = [
        ellipsoid((0, -0.12, 0.085), (0.425, 0.40, 0.42), 0.08),
        cone((0, -0.22, 0.085), (0, -0.32, 0.085), 0.412, 0.425 if not long else 0.40, 0.10, scale=(1, 1, 0.98)),
    ]
    if long:
        parts += [cone((0, -0.40, 0.20), (0, -0.86, 0.27), 0.39, 0.35, 0.12, scale=(1, 1, 0.62))]
    parts.append(below((0, -1, 0.10 if not long else -0.12), 0.47 if not long else 0.98, 0.10))
    parts.append(
        ellipsoid((0, -0.10 if not long else -0.45, -0.60), (0.335, 0.72 if not long else 1.05, 0.62), 0.06, CUT)
    )
    if not long:
        parts.append(ellipsoid((0, -0.62, 0.02), (0.30, 0.34, 0.28), 0.06, CUT))
    parts.append(below((0, 0.6, -1), 0.125 if not long else 0.06, 0.08))
    parts.append(ellipsoid((0, 0.55, 0.0), (0.8, 0.40, 0.8), 0.10, CUT))
    if hatted:
        parts.append(below((0, 1, 0), 0.14, 0.03))
    return parts


def _tufts(spec: Spec, sign: float) -> list[Array]:
    parts: list[Array] = []
    for i in range(15):
        h = [cell_hash(i, k, spec.seed % 977) for k in range(2)]
        a, y = -2.6 + 5.2 * h[0], 0.18 + 0.28 * h[1]
        r = max(0.02, 1 - ((y - 0.12) / 0.46) ** 2) ** 0.5
        x, z = 0.40 * r * sine(a), 0.07 - 0.44 * r * cosine(a)
        d = unit(vec(x * 0.9 + 0.30 * sign, 0.26 - 0.22 * (abs(a) < 1.1), (z - 0.05) * 0.5 - 0.12))
        p = vec(x, y, z) * 0.96
        parts += chain(
            [p - d * 0.06, p + d * 0.05 + vec(0, 0.02, 0), p + d * 0.14, p + d * 0.21 - vec(0, 0.045, 0)],
            [0.055, 0.062, 0.040, 0.006],
            0.03,
        )
    return parts


def _ponytail(cell: float, mat: tuple[float, ...], seed: float, band: tuple[float, ...]) -> list[Piece]:
    parts = chain(
        [(0, 0.26, 0.44), (0.0, 0.28, 0.58), (0.03, 0.04, 0.70), (0.02, -0.36, 0.66), (-0.02, -0.70, 0.55)],
        [0.07, 0.105, 0.125, 0.095, 0.012],
        0.07,
    )
    tail = grow(parts, fd.locks(0.040, HANGING, 0.64, 0, 9, seed), cell * 1.1, mat, 0.05)
    tie = mesh(field([capped((0, 0.255, 0.43), (0, 0.275, 0.51), 0.086, 0.086, rounding=0.02)]), cell)
    return [tail, Piece(tie, band)]


def _braids(cell: float, mat: tuple[float, ...], seed: float, band: tuple[float, ...]) -> list[Piece]:
    pieces: list[Piece] = []
    for s in (-1, 1):
        parts = [ellipsoid((s * 0.36, -0.12, 0.10), (0.07, 0.08, 0.07), 0.03)]
        for i in range(7):
            k = 1 - 0.05 * i
            x, y, z = s * (0.375 - 0.012 * i), -0.20 - i * 0.092, 0.07 - 0.035 * i
            parts += [
                ellipsoid(
                    (x + d * 0.026 * k, y + d * 0.02, z),
                    (0.036 * k, 0.075 * k, 0.055 * k),
                    0.008,
                    ADD,
                    local(0, 0, d * 0.65),
                )
                for d in (-1, 1)
            ]
        parts.append(cone((s * 0.29, -0.86, -0.17), (s * 0.285, -1.0, -0.19), 0.05, 0.012, 0.02))
        pieces.append(grow(parts, fd.locks(0.006, FROM_PARTING, 0, 0, 30, seed), cell * 0.85, mat, 0.02))
        tie = mesh(
            field([capped((s * 0.296, -0.835, -0.165), (s * 0.293, -0.875, -0.172), 0.05, 0.05, rounding=0.01)]),
            cell * 0.8,
        )
        pieces.append(Piece(tie, band))
    return pieces


def _curly(spec: Spec, cell: float, mat: tuple[float, ...], hatted: bool) -> Piece:
    k = 0.17 if spec.hair == "afro" else 0.085
    parts = [
        ellipsoid((0, 0.17 + k * 0.35, 0.07), (0.355 + k, 0.36 + k, 0.40 + k), 0.05),
        ellipsoid((0, 0.0, 0.20), (0.345 + k, 0.33 + k * 0.8, 0.27 + k), 0.1),
        ellipsoid((0, -0.19, -0.47), (0.30, 0.40, 0.37), 0.05, CUT),
        ellipsoid((0, -0.72, 0.05), (0.6, 0.42, 0.7), 0.06, CUT),
    ]
    if hatted:
        parts.append(below((0, 1, 0), 0.20, 0.03))
    q = fd.curls(6.2 if spec.hair == "afro" else 8.0, 0.075 if spec.hair == "afro" else 0.07)
    m = mesh(field(parts, q), cell * 1.25, 0.10)
    v = m.vertices
    coords = np.stack([v[:, 0] * 3 + v[:, 1] * 1.7, v[:, 1] * 2.5 + v[:, 2] * 2, np.full(len(v), 0.75)], -1)
    tangent = np.stack([v[:, 1] * 2 + 0.3, v[:, 0] * -2 + 0.2, v[:, 2] * 2 - 0.1], -1)
    tangent /= np.sqrt((tangent * tangent).sum(1))[:, None] + 1e-9
    return Piece(m, mat, coords, tangent)


def _cap(spec: Spec, seed: float, sign: float) -> Array | None:
    """Relief of the styles that are only grown from the skull; None for the others."""
    rec = 0.14 if spec.old and not spec.woman else 0.05 if spec.age > 38 and not spec.woman else 0.0
    style = spec.hair
    if style == "buzz":
        return grown(0.004, 0.006, 0, 0.002, FROM_CROWN, 12, seed, receding=rec, soft=0.10, ragged=0.01)
    if style == "short":
        return grown(0.045, 0.085, 0.03, 0.040, FROM_CROWN, 6.5, seed, receding=rec, twist=0.6, ragged=0.10)
    if style == "pixie":
        return grown(
            0.052,
            0.075,
            0.030,
            0.046,
            FROM_PARTING,
            9,
            seed,
            twist=0.55 * sign,
            parting=-0.17 * sign,
            quiff=0.045,
            quiff_x=0.09 * sign,
            ragged=0.11,
            brow=-0.028,
            nape=-0.035,
            soft=0.10,
        )
    if style == "side":
        return grown(
            0.040,
            0.095,
            0.035,
            0.030,
            FROM_PARTING,
            10,
            seed,
            twist=0.55,
            parting=-0.15 * sign,
            receding=rec,
            quiff=0.05,
            quiff_x=0.10 * sign,
            ragged=0.06,
        )
    if style == "slick":
        return grown(0.030, 0.060, 0.03, 0.022, COMBED_BACK, 9, seed, receding=rec + 0.03, ragged=0.03)
    if style == "quiff":
        return grown(
            0.022,
            0.085,
            0.05,
            0.034,
            COMBED_BACK,
            8,
            seed,
            twist=0.5 * sign,
            quiff=0.11,
            quiff_x=0.03 * sign,
            ragged=0.05,
            receding=rec,
        )
    if style == "messy":
        return grown(
            0.065,
            0.100,
            0.03,
            0.055,
            FROM_CROWN,
            5.5,
            seed,
            twist=1.6 * sign,
            ragged=0.10,
            brow=-0.02,
            receding=rec * 0.6,
        )
    return None


def _fringe_of_the_bald(seed: float) -> Array:
    q = grown(0.016, 0.016, 0, 0.013, HANGING, 14, seed, z=0.05, ragged=0.06, soft=0.16)
    q[20:29] = (0.50, 0.24, 0.15, 0.08, 0.05, 0.03, -0.13, -0.25, -0.38)
    q[29:38] = (0.9, 0.64, 0.36, 0.10, 0.0, -0.03, 0.06, 0.10, 0.16)
    return q


def hair_pieces(spec: Spec, cell: float) -> list[Piece]:
    """The hair of the head, in the head frame; `cell` in heads."""
    seed = float(zlib.crc32((spec.name + "hair").encode()) % 89 + 1)
    sign = 1.0 if cell_hash(spec.seed % 4096, 7, 3) < 0.6 else -1.0
    hatted = spec.hat != "none"
    light = max(spec.hair_colour)
    gloss = 0.015 if spec.hair in ("afro", "curly") else 0.035 + 0.045 * min(1.0, light / 0.12)
    mat = material(spec.hair_colour, 22, gloss, 10)
    tie = material(spec.accent, 23, 0.05, 12, pattern=7)
    bone = skull(spec)
    style = spec.hair
    if spec.hat == "hood" and style in ("pony", "bun", "afro", "curly", "long"):
        style = "slick"
    if style == "bald":
        return [grow(bone, _fringe_of_the_bald(seed), cell * 1.1, mat)] if spec.age > 38 else []
    if style in ("curly", "afro"):
        return [_curly(spec, cell, mat, hatted)]
    under_hat = grown(0.030, 0.01, -0.02, 0.014, FROM_CROWN, 8, seed)
    relief = _cap(spec, seed, sign)
    if relief is not None:
        pieces = [grow(bone, under_hat if hatted and style in _HATTED else relief, cell * 1.3, mat)]
        if style == "messy" and not hatted:
            pieces.append(grow(_tufts(spec, sign), fd.locks(0.006, FROM_CROWN, 0.10, 0, 18, 5), cell * 0.9, mat, 0.02))
        return pieces
    if style in ("bob", "long"):
        long = style == "long"
        q = grown(
            0.070,
            0.080,
            0.015,
            0.028,
            HANGING,
            11,
            seed,
            z=0.05,
            parting=(-0.06 if long else -0.13) * sign,
            ragged=0.035,
            soft=0.11,
            brow=0.16 if long else 0.02,
            nape=-0.2,
            ear=0.0,
            temple=-0.05,
        )
        if hatted:
            q = grown(0.05, 0.01, -0.02, 0.0, HANGING, 11, seed, z=0.05, ragged=0.03)
        q[4], q[40] = 0.0, 0.032
        if spec.hat == "hood":
            fringe = grown(0.022, 0.020, 0.0, 0.016, HANGING, 11, seed, z=0.05, ragged=0.035, brow=0.03, temple=-0.05)
            return [grow(bone, fringe, cell * 1.38, mat, 0.12)]
        return [grow(bone, q, cell * 1.38, mat, 0.12, fd.group(_curtain(long, hatted), 0.09))]
    if style == "braids":
        q = (
            under_hat
            if hatted
            else grown(0.045, 0.055, 0.0, 0.022, FROM_PARTING, 11, seed, twist=-0.2, parting=0.001, ragged=0.03)
        )
        return [grow(bone, q, cell * 1.3, mat), *_braids(cell, mat, seed, tie)]
    q = (
        grown(0.03, 0.01, 0, 0.016, COMBED_BACK, 9, seed)
        if hatted
        else grown(0.045, 0.065, 0.035, 0.026, COMBED_BACK, 10, seed, ragged=0.03, twist=0.15 * sign, brow=0.015)
    )
    pieces = [grow(bone, q, cell * 1.3, mat)]
    if style == "pony":
        pieces += _ponytail(cell, mat, seed, tie)
    if style == "bun":
        bun = [ellipsoid((0, 0.36, 0.38), (0.17, 0.155, 0.17), 0.03)]
        pieces.append(grow(bun, fd.locks(0.035, FROM_CROWN, 0.38, 9.0, 5, seed), cell * 0.9, mat, 0.05))
    return pieces
