"""Signed-distance fields of a figure's parts: a short program of primitives, then a relief of cloth or hair.

A field is a list of primitives (rows of `PRIMITIVE` numbers) combined in order, each with a blend of its own, then
displaced by one relief (folds of cloth, locks or curls of hair), then optionally cut by an outline seen from the front.
One evaluator serves every part, so that everything compiles once. Distances are in the part's own unit: a head is one
high, a body is one tall. The fields are not exact distances; `nets` steps with care.

Row of a primitive: 0 shape, 1 operation, 2 blend, 3-5 centre or first end (a plane: its normal), 6-8 radii, half sizes or
second end (a plane: 6 is its offset), 9 and 10 end radii (a box: 9 is its rounding), 11-19 matrix into its own axes,
20-22 axis scales of a cone, 23 edge rounding of a capped cone.

Smooth minimum: quadratic polynomial, after Inigo Quilez, "Smooth minimum".
"""
# mypy: disallow-untyped-decorators=False, disable-error-code=no-any-return

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from apexlang.jit import kernel
from apexlang.picture.previz.noise import hash3 as cell_hash
from apexlang.picture.previz.noise import value as noise
from apexlang.picture.previz.puppet.numeric import arctangent, bell, length, sine

Array = npt.NDArray[Any]
Point = Sequence[float] | Array

PRIMITIVE = 24
ELLIPSOID, CONE, BOX, PLANE, CAPPED = range(5)
ADD, CUT, KEEP, RELIEF, GROUP, JOIN = range(6)

NO_RELIEF, CLOTH, GROWN, CURLS, LOCKS = range(5)
FROM_CROWN, COMBED_BACK, FROM_PARTING, HANGING = range(4)

RELIEF_NUMBERS = 48
"""Numbers of a relief. 0 its kind; then, by kind:
CLOTH: 1 unevenness, 2 its frequency, 4-7 pleats of a skirt (count, height, top y, run-in).
GROWN: 1 thickness at the sides, 2 on top, 3 in front, 4 lock height, 5-6 quiff height and x, 7 parting x (0 none),
8-11 flow kind, x, z, twist; 12 locks a unit of flow, 13 seed, 14 raggedness of the hairline, 15 receding, 16 softness of
its edge; 20-28 heights and 29-37 depths of the hairline; 44 notch round the ears.
CURLS: 4 frequency, 5 height, 6 unevenness. LOCKS: 4 height, 8-13 as GROWN.
All: 40 locks over everything after it (height, uses 8-13); 41 one if the outline is cut out, in front of z 42, blend 43."""

NO_FOLDS = np.zeros((0, 10))
NO_OUTLINE = np.zeros((0, 2))


def primitive(
    shape: int,
    op: int,
    blend: float,
    a: Point,
    b: Point,
    r0: float = 0.0,
    r1: float = 0.0,
    axes: Array | None = None,
    scale: Point = (1, 1, 1),
    rounding: float = 0.006,
) -> Array:
    """One row; see the module's docstring."""
    p = np.zeros(PRIMITIVE)
    p[0], p[1], p[2] = shape, op, max(blend, 1e-5)
    p[3:6], p[6:9], p[9], p[10] = a, b, r0, r1
    p[11:20] = (np.eye(3) if axes is None else axes).ravel()
    p[20:23], p[23] = scale, rounding
    return p


def ellipsoid(centre: Point, radii: Point, blend: float = 0.02, op: int = ADD, axes: Array | None = None) -> Array:
    """An ellipsoid; the distance is a first-order estimate."""
    return primitive(ELLIPSOID, op, blend, centre, radii, axes=axes)


def cone(
    a: Point, b: Point, ra: float, rb: float, blend: float = 0.02, op: int = ADD, scale: Point = (1, 1, 1)
) -> Array:
    """A cone with round ends from `a` (radius `ra`) to `b` (`rb`), its cross-section stretched by `scale`."""
    return primitive(CONE, op, blend, a, b, ra, rb, scale=scale)


def capped(
    a: Point,
    b: Point,
    ra: float,
    rb: float,
    blend: float = 0.02,
    op: int = ADD,
    scale: Point = (1, 1, 1),
    rounding: float = 0.004,
) -> Array:
    """A cone with flat ends, its edges rounded."""
    return primitive(CAPPED, op, blend, a, b, ra, rb, scale=scale, rounding=rounding)


def box(
    centre: Point, half: Point, rounding: float = 0.01, blend: float = 0.02, op: int = ADD, axes: Array | None = None
) -> Array:
    """A rounded box of half sizes `half`."""
    return primitive(BOX, op, blend, centre, half, rounding, axes=axes)


def below(normal: Point, offset: float, blend: float = 0.01) -> Array:
    """Keeps what lies where normal . p < offset."""
    return primitive(PLANE, KEEP, blend, normal, (offset, 0, 0))


def relief_here() -> Array:
    """Displace what has been built so far; what follows stays smooth."""
    return primitive(ELLIPSOID, RELIEF, 0.01, (0, 0, 0), (1, 1, 1))


def group(parts: Iterable[Array], blend: float) -> list[Array]:
    """`parts` as a shape of its own, cuts included, then blended with what was built before it."""
    mark = primitive(ELLIPSOID, GROUP, 0.01, (0, 0, 0), (1, 1, 1))
    return [mark, *parts, primitive(ELLIPSOID, JOIN, blend, (0, 0, 0), (1, 1, 1))]


def chain(
    points: Sequence[Point], radii: Sequence[float], blend: float = 0.02, op: int = ADD, scale: Point = (1, 1, 1)
) -> list[Array]:
    """Cones from point to point."""
    return [cone(points[i], points[i + 1], radii[i], radii[i + 1], blend, op, scale) for i in range(len(points) - 1)]


def fold(centre: Point, axis: Point, reach: float, wave: float, height: float, wander: float = 0.0) -> Array:
    """An emitter of folds: ridges across `axis`, `wave` apart and `height` high, dying away over `reach`."""
    a = np.asarray(axis, np.float64)
    a = a / (length(a) + 1e-9)
    return np.array((*centre, *a, reach * 1.15, wave, height, wander))


@dataclass(frozen=True)
class Field:
    """A part's field: (n, 24) primitives, (m, 10) folds, 48 numbers of relief, (k, 2) outline."""

    primitives: Array
    folds: Array
    relief: Array
    outline: Array


def field(
    primitives: Iterable[Array], relief: Array | None = None, folds: Sequence[Array] = (), outline: Array | None = None
) -> Field:
    """A field of these primitives; `relief` from `cloth`, `grown`, `curls` or `locks`."""
    return Field(
        np.array(list(primitives)),
        np.array(list(folds)) if len(folds) else NO_FOLDS,
        np.zeros(RELIEF_NUMBERS) if relief is None else relief,
        NO_OUTLINE if outline is None else np.asarray(outline, np.float64),
    )


def cloth(unevenness: float, frequency: float, pleats: tuple[float, float, float, float] | None = None) -> Array:
    """Relief of cloth; `pleats`: how many, height, top y, run-in."""
    q = np.zeros(RELIEF_NUMBERS)
    q[0], q[1], q[2] = CLOTH, unevenness, frequency
    if pleats is not None:
        q[4:8] = pleats
    return q


def opening(relief: Array, front_of: float, blend: float) -> Array:
    """`relief`, and the field's outline cut out of it in front of z = `front_of`."""
    q = relief.copy()
    q[41:44] = 1.0, front_of, blend
    return q


def locks(height: float, flow: int, z: float = 0.0, twist: float = 0.0, count: float = 9.0, seed: float = 1.0) -> Array:
    """Relief of carved locks along a flow."""
    q = np.zeros(RELIEF_NUMBERS)
    q[0], q[4], q[8], q[10], q[11], q[12], q[13] = LOCKS, height, flow, z, twist, count, seed
    return q


def curls(frequency: float, height: float, unevenness: float = 0.09) -> Array:
    """Relief of curls: rounded cells."""
    q = np.zeros(RELIEF_NUMBERS)
    q[0], q[4], q[5], q[6], q[12], q[13] = CURLS, frequency, height, unevenness, 9, 2
    return q


@kernel
def _ramp(x: float) -> float:
    return min(1.0, max(0.0, x))


@kernel
def smooth_min(a: float, b: float, k: float) -> float:
    """Minimum, rounded over a width k."""
    h = max(k - abs(a - b), 0.0) / k
    return min(a, b) - h * h * k * 0.25


@kernel
def _primitive_distance(p: Array, x: float, y: float, z: float) -> float:
    shape = int(p[0])
    if shape in (CONE, CAPPED):
        sx = 1 / p[20]
        sy = 1 / p[21]
        sz = 1 / p[22]
        least = min(p[20], min(p[21], p[22]))
        ax = (x - p[3]) * sx
        ay = (y - p[4]) * sy
        az = (z - p[5]) * sz
        bx = (p[6] - p[3]) * sx
        by = (p[7] - p[4]) * sy
        bz = (p[8] - p[5]) * sz
        bb = bx * bx + by * by + bz * bz + 1e-12
        h = (ax * bx + ay * by + az * bz) / bb
        t = _ramp(h)
        if shape == CONE:
            ax -= t * bx
            ay -= t * by
            az -= t * bz
            return (math.sqrt(ax * ax + ay * ay + az * az) - (p[9] + (p[10] - p[9]) * t)) * least
        cx = ax - h * bx
        cy = ay - h * by
        cz = az - h * bz
        k = p[23]
        side = math.sqrt(cx * cx + cy * cy + cz * cz) - (p[9] + (p[10] - p[9]) * t) + k
        end = (abs(h - 0.5) - 0.5) * math.sqrt(bb) + k
        o = math.sqrt(max(side, 0.0) ** 2 + max(end, 0.0) ** 2)
        return (min(max(side, end), 0.0) + o - k) * least
    if shape == PLANE:
        return p[3] * x + p[4] * y + p[5] * z - p[6]
    dx = x - p[3]
    dy = y - p[4]
    dz = z - p[5]
    lx = p[11] * dx + p[12] * dy + p[13] * dz
    ly = p[14] * dx + p[15] * dy + p[16] * dz
    lz = p[17] * dx + p[18] * dy + p[19] * dz
    if shape == ELLIPSOID:
        a = lx / p[6]
        b = ly / p[7]
        c = lz / p[8]
        k0 = math.sqrt(a * a + b * b + c * c)
        a /= p[6]
        b /= p[7]
        c /= p[8]
        k1 = math.sqrt(a * a + b * b + c * c)
        return k0 * (k0 - 1) / (k1 + 1e-9)
    a = abs(lx) - p[6] + p[9]
    b = abs(ly) - p[7] + p[9]
    c = abs(lz) - p[8] + p[9]
    outside = math.sqrt(max(a, 0.0) ** 2 + max(b, 0.0) ** 2 + max(c, 0.0) ** 2)
    return outside + min(max(a, max(b, c)), 0.0) - p[9]


@kernel
def _outline_distance(corners: Array, x: float, y: float) -> float:
    n = len(corners)
    d = 1e18
    s = 1.0
    j = n - 1
    for i in range(n):
        ex = corners[j, 0] - corners[i, 0]
        ey = corners[j, 1] - corners[i, 1]
        wx = x - corners[i, 0]
        wy = y - corners[i, 1]
        h = _ramp((wx * ex + wy * ey) / (ex * ex + ey * ey + 1e-12))
        bx = wx - ex * h
        by = wy - ey * h
        d = min(d, bx * bx + by * by)
        above = y >= corners[i, 1]
        under = y < corners[j, 1]
        left = ex * wy > ey * wx
        if (above and under and left) or (not above and not under and not left):
            s = -s
        j = i
    return s * math.sqrt(d)


@kernel
def flow(kind: int, x: float, y: float, z: float, wx: float, wz: float, twist: float) -> float:
    """The coordinate across the strands of hair: constant along a strand."""
    if kind == FROM_CROWN:
        return (arctangent(x - wx, -(z - wz)) + twist * y) * 0.40
    if kind == COMBED_BACK:
        return arctangent(x - wx, y + 0.25) * 0.62 + twist * z
    if kind == FROM_PARTING:
        return z + twist * y
    return arctangent(x - wx, -(z - wz)) * 0.32


@kernel
def lock(u: float, v: float, count: float, seed: float) -> float:
    """Height of a carved lock, 0 in its groove to 1 on its ridge, at flow `u` and along the strand `v`."""
    t = u * count + 0.55 * noise(u * count * 0.35 + seed, v * 2.2, 3.0) + 0.22 * noise(u * count * 0.8, v * 6.0, seed)
    i = math.floor(t)
    q = 2 * (t - i) - 1
    w = 0.62 + 0.38 * cell_hash(i, 5, seed)
    t2 = t * 2.7 + 0.4 * noise(v * 5.0, u * 3.0, 1.0)
    q2 = 2 * (t2 - math.floor(t2)) - 1
    ridge = math.sqrt(max(0.0, 1 - q * q * 0.90))
    return w * ridge * (0.90 + 0.10 * math.sqrt(max(0.0, 1 - q2 * q2 * 0.8)))


@kernel
def hairline(heights: Array, depths: Array, y: float) -> float:
    """z of the front edge of the hair at height y, from nine heights (descending) and depths."""
    n = len(heights)
    if y >= heights[0]:
        return depths[0]
    for i in range(n - 1):
        if y >= heights[i + 1]:
            h = (y - heights[i + 1]) / (heights[i] - heights[i + 1])
            return depths[i + 1] + (depths[i] - depths[i + 1]) * h
    return depths[n - 1]


@kernel
def _cloth(d: float, x: float, y: float, z: float, folds: Array, q: Array) -> float:
    s = q[2]
    d -= q[1] * (noise(x * s, y * s * 0.7, z * s) - 0.5 + 0.5 * (noise(x * s * 2.1, y * s * 1.3, z * s * 2.1) - 0.5))
    for i in range(len(folds)):
        cx = x - folds[i, 0]
        cy = y - folds[i, 1]
        cz = z - folds[i, 2]
        r = (cx * cx + cy * cy + cz * cz) / (folds[i, 6] * folds[i, 6])
        if r < 4:
            a = cx * folds[i, 3] + cy * folds[i, 4] + cz * folds[i, 5]
            a += 0.55 * folds[i, 7] * (noise(x * 24 + i * 7, y * 24, z * 24) - 0.5)
            a += folds[i, 9] * (noise(x * 9, y * 9 + i * 3, z * 9) - 0.5)
            t = sine(math.pi * a / folds[i, 7])
            w = 1 - r * 0.25
            d -= folds[i, 8] * w * w * (0.65 - 1.3 * math.sqrt(t * t + 0.012))
    if q[5] > 0 and y < q[6]:
        w = min(1.0, (q[6] - y) / q[7])
        an = arctangent(x, z)
        d -= q[5] * w * sine(an * q[4] + 1.6 * noise(an * 2, y * 5, 0.0))
    return d


@kernel
def _grown(d: float, x: float, y: float, z: float, q: Array) -> float:
    u = flow(int(q[8]), x, y, z, q[9], q[10], q[11])
    lk = lock(u, z if q[8] == COMBED_BACK else y, q[12], q[13])
    top = _ramp((y - 0.10) / 0.30)
    front = _ramp((0.05 - z) / 0.35)
    th = q[1] * (1 - top) + q[2] * top + q[3] * front * top
    if q[5] > 0:
        th += q[5] * bell((x - q[6]) / 0.16) * front
    if q[7] != 0 and y > 0.15:
        groove = bell((x - q[7]) / 0.022) * min(1.0, (y - 0.15) * 8) * min(1.0, max(0.0, 0.32 - z) * 5)
        th -= (q[2] + q[3] * front) * 0.42 * groove
    th *= 0.80 + 0.40 * noise(u * 4.0 + 7, y * 3.0, q[13])
    th += q[4] * (lk - 0.55)
    temple = q[15] * bell((abs(x) - 0.19) / 0.09) * _ramp((y - 0.05) * 5)
    g = z - hairline(q[20:29], q[29:38], y) + q[14] * (lk - 0.5) - temple
    e = _ramp((g + 0.02) / (2.1 * q[16]))
    e = 1 - (1 - e) * (1 - e)
    if q[44] > 0:
        dy = (y + 0.02) / 1.45
        dz = z - 0.048
        e *= _ramp((math.sqrt(dy * dy + dz * dz) - 0.058 * q[44]) / 0.05)
    return d + 0.035 - (th + 0.035) * e


@kernel
def _curls(d: float, x: float, y: float, z: float, q: Array) -> float:
    s = q[4]
    px = x * s
    py = y * s
    pz = z * s
    fx = math.floor(px)
    fy = math.floor(py)
    fz = math.floor(pz)
    best = 9.0
    for i in range(-1, 2):
        for j in range(-1, 2):
            for k in range(-1, 2):
                a = fx + i
                b = fy + j
                c = fz + k
                dx = a + 0.15 + 0.7 * cell_hash(a, b, c) - px
                dy = b + 0.15 + 0.7 * cell_hash(a, b, c + 77) - py
                dz = c + 0.15 + 0.7 * cell_hash(a + 31, b, c) - pz
                best = min(best, dx * dx + dy * dy + dz * dz)
    return d - q[5] * (0.62 - math.sqrt(best)) - q[6] * (noise(x * 3.1, y * 3.1, z * 3.1) - 0.5)


@kernel
def _displaced(d: float, x: float, y: float, z: float, folds: Array, q: Array) -> float:
    kind = int(q[0])
    if kind == CLOTH:
        return _cloth(d, x, y, z, folds, q)
    if kind == GROWN:
        return _grown(d, x, y, z, q)
    if kind == CURLS:
        return _curls(d, x, y, z, q)
    if kind == LOCKS:
        u = flow(int(q[8]), x, y, z, q[9], q[10], q[11])
        return d - q[4] * (lock(u, y, q[12], q[13]) - 0.5)
    return d


@kernel
def distance(primitives: Array, folds: Array, q: Array, outline: Array, x: float, y: float, z: float) -> float:
    """The field's value at a point: negative inside. Arguments are those of `Field`, in order."""
    d = 1e9
    held = 1e9
    done = False
    for i in range(len(primitives)):
        op = int(primitives[i, 1])
        if op == RELIEF:
            d = _displaced(d, x, y, z, folds, q)
            done = True
            continue
        if op == GROUP:
            held = d
            d = 1e9
            continue
        if op == JOIN:
            d = smooth_min(held, d, primitives[i, 2])
            continue
        e = _primitive_distance(primitives[i], x, y, z)
        k = primitives[i, 2]
        if op == ADD:
            d = e if d > 1e8 else smooth_min(d, e, k)
        elif op == CUT:
            d = -smooth_min(-d, e, k)
        else:
            d = -smooth_min(-d, -e, k)
    if not done:
        d = _displaced(d, x, y, z, folds, q)
    if q[40] > 0:
        d -= q[40] * (lock(flow(int(q[8]), x, y, z, q[9], q[10], q[11]), y, q[12], q[13]) - 0.5)
    if q[41] > 0:
        d = -smooth_min(-d, max(_outline_distance(outline, x, y), z - q[42]), q[43])
    return d
