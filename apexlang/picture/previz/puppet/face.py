"""Heads: the sculpted skull and features, eyes with lids that turn on hinges, and brows that slide.

Head frame: 1 from chin to crown, origin in its middle, face toward -z; `build` stretches it by the face's width and length.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.puppet.emotion import EMOTIONS, Emotion
from apexlang.picture.previz.puppet.field import CUT, Field, chain, cone, ellipsoid, field
from apexlang.picture.previz.puppet.nets import Mesh, march, mesh
from apexlang.picture.previz.puppet.numeric import (
    compose,
    cosine,
    cosines,
    local,
    sine,
    sines,
    turn,
    units,
    vec,
)
from apexlang.picture.previz.puppet.shapes import Piece, material, sheet, smooth_sheet, sphere, tube
from apexlang.picture.previz.puppet.spec import Spec, mixed

Array = npt.NDArray[Any]
Surface = Callable[[float, float], float]

NECK_TURN: Final = vec(0, -0.52, 0.10)
"""The point the head turns about."""

HAIRLINE_HEIGHTS: Final = (0.50, 0.36, 0.27, 0.17, 0.075, -0.04, -0.11, -0.24, -0.36)
HAIRLINE_DEPTHS: Final = (-0.60, -0.355, -0.285, -0.215, -0.135, -0.058, 0.09, 0.17, 0.29)

_TIPS: Final = {  # tip of the nose, its radius, the wings' size, the hump
    "button": ((0, -0.150, -0.425), 0.050, 0.034, 0.0),
    "straight": ((0, -0.168, -0.442), 0.040, 0.030, 0.0),
    "hook": ((0, -0.190, -0.445), 0.038, 0.031, 0.055),
    "broad": ((0, -0.165, -0.420), 0.052, 0.046, 0.0),
    "ski": ((0, -0.142, -0.455), 0.039, 0.028, 0.0),
    "bulb": ((0, -0.170, -0.442), 0.060, 0.036, 0.0),
}


def skull(spec: Spec, grow: float = 0.0) -> list[Array]:
    """Cranium and the mass of the face, `grow` larger: what hair and hats sit on."""
    j = spec.face.jaw
    return [
        ellipsoid((0, 0.13, 0.05), (0.355 + grow, 0.37 + grow, 0.40 + grow)),
        ellipsoid((0, -0.12, -0.05), (0.300 * (0.55 + 0.45 * j) + grow, 0.37 + grow, 0.318 + grow), 0.08),
    ]


def neck_radius(spec: Spec) -> float:
    """Radius of the neck in heads."""
    slim = 0.118 if spec.woman or spec.child else 0.142
    return slim * {"heavy": 1.18, "athletic": 1.08, "slim": 0.95}.get(spec.build, 1.0)


def _nose(spec: Spec) -> list[Array]:
    f = spec.face
    tip, radius, wing, hump = _TIPS[f.nose]
    root = vec(0, f.eye_y + 0.055, -0.345)
    t = vec(*tip)
    t[2] = -0.36 + (t[2] + 0.36) * f.nose_length
    t[1] = f.eye_y + (t[1] - f.eye_y) * (0.55 + 0.45 * f.nose_length)
    radius *= 0.6 + 0.4 * f.nose_width
    w = f.nose_width
    if hump:
        middle = (0, (root[1] + t[1]) * 0.5 + 0.03, -0.36 - 0.105 * f.nose_length)
        parts = chain([root, middle, t], [0.026 * w, 0.033 * w, radius * 0.9], 0.045)
    elif f.nose == "ski":
        parts = chain([root, (0, (root[1] + t[1]) * 0.5, -0.385), t], [0.026 * w, 0.027 * w, radius], 0.045)
    else:
        parts = [cone(root, t, 0.028 * w, radius, 0.045)]
    for s in (-1, 1):
        parts.append(
            ellipsoid(
                (s * (0.030 + wing * 0.75) * w, t[1] - 0.005, t[2] + 0.048), (wing * w * 0.9, 0.028, 0.040), 0.040
            )
        )
        parts.append(ellipsoid((s * 0.026 * w, t[1] - radius * 0.80, t[2] + 0.030), (0.013, 0.011, 0.017), 0.014, CUT))
    return parts


def _mouth(spec: Spec, e: Emotion) -> list[Array]:
    """A soft muzzle, two quiet lips, a dip under the lower one. The line itself is painted."""
    f = spec.face
    y, w, lips = f.mouth_y, f.mouth * e.width, f.lips
    up, down = e.open_up, e.open_down
    parts = [ellipsoid((0, y - 0.002, -0.286), (0.150, 0.098, 0.090), 0.08)]
    for s in (-1, 1):
        corner = y + e.smile + e.skew * s
        parts.append(
            cone(
                (s * w * 0.86, corner + up * 0.1, -0.334),
                (s * 0.020, y + 0.013 + up, -0.356),
                0.003,
                0.009 + 0.009 * lips,
                0.045,
            )
        )
        parts.append(
            cone(
                (s * w * 0.78, corner - 0.004 - down * 0.2, -0.334),
                (0, y - 0.022 - down, -0.362),
                0.003,
                0.010 + 0.011 * lips,
                0.045,
            )
        )
        if e.cheek > 0.5 or abs(e.skew) > 0.01:
            parts.append(ellipsoid((s * (w + 0.016), corner, -0.356), (0.008, 0.018, 0.012), 0.05, CUT))
    parts.append(ellipsoid((0, y - 0.080 - down, -0.408), (0.075, 0.016, 0.024), 0.05, CUT))
    if up + down > 0.012:
        parts.append(ellipsoid((0, y + (up - down) / 2, -0.40), (w * 0.86, (up + down) * 0.50, 0.085), 0.012, CUT))
    return parts


def _ears(spec: Spec) -> list[Array]:
    f = spec.face
    parts = []
    for s in (-1, 1):
        axes = local(0, s * (0.25 + f.ear_out), s * 0.10)
        c = (s * (0.350 + 0.02 * f.ear_out), -0.035, 0.045)
        parts.append(ellipsoid(c, (0.030, 0.105 * f.ear, 0.066 * f.ear), 0.030, axes=axes))
        parts.append(
            ellipsoid(
                (c[0] + s * 0.031, c[1] + 0.014, c[2] - 0.016), (0.027, 0.070 * f.ear, 0.040 * f.ear), 0.016, CUT, axes
            )
        )
        parts.append(ellipsoid((c[0] + s * 0.016, c[1] - 0.012, c[2] - 0.040), (0.012, 0.024, 0.012), 0.012, axes=axes))
    return parts


def head_field(spec: Spec, e: Emotion) -> Field:
    """The head with its features and the top of its neck."""
    f = spec.face
    j = f.jaw
    parts = skull(spec)
    for s in (-1, 1):
        parts.append(cone((s * 0.228 * j, -0.18, 0.02), (s * 0.095 * j, -0.400, -0.205), 0.095, 0.085, 0.10))
    parts.append(ellipsoid((0, -0.425, -0.262), (0.095 * (0.7 + 0.3 * f.chin), 0.075, 0.070 + 0.022 * f.chin), 0.07))
    for s in (-1, 1):
        parts.append(
            ellipsoid(
                (s * 0.20, -0.125 + 0.025 * e.cheek, -0.255), (0.092 * f.cheek, 0.080, 0.080 + 0.012 * f.cheek), 0.12
            )
        )
    if spec.build == "heavy":
        parts.append(ellipsoid((0, -0.44, -0.10), (0.20, 0.10, 0.16), 0.10))
    if not spec.woman and not spec.child:
        parts.append(cone((-0.17, f.eye_y + 0.10, -0.335), (0.17, f.eye_y + 0.10, -0.335), 0.050, 0.050, 0.08))
    for s in (-1, 1):
        parts.append(
            ellipsoid(
                (s * f.eye_x, f.eye_y + 0.005, -0.425), (f.eye_radius * 1.42, f.eye_radius * 1.12, 0.105), 0.07, CUT
            )
        )
    parts += _nose(spec)
    parts += _mouth(spec, e)
    if not hides_ears(spec):
        parts += _ears(spec)
    n = neck_radius(spec)
    parts.append(cone((0, -0.30, 0.10), (0, -0.80, 0.195), n * 0.97, n * 0.99, 0.09))
    return field(parts)


def hides_ears(spec: Spec) -> bool:
    """Whether the hair or hat hangs over the ears."""
    return spec.hat == "hood" or (spec.hair in ("bob", "long", "afro", "curly") and spec.hat != "helmet")


def surface_of(head: Field) -> Surface:
    """z of the face at (x, y), from the front."""

    def at(x: float, y: float) -> float:
        hits, _ = march(head, np.array([(x, y, -0.62)]), np.array([(0.0, 0.0, 1.0)]), 0.9)
        return float(hits[0, 2])

    return at


def _shows_teeth(emotion: str) -> bool:
    e = EMOTIONS[emotion]
    return e.open_up + e.open_down > 0.03 and emotion != "surprised"


def parameters(spec: Spec, emotion: str, height: float) -> Array:
    """The 64 numbers that `paint` reads for this face; see there for what each is. `height` of the head in metres."""
    e, f = EMOTIONS[emotion], spec.face
    p = np.zeros(64)
    light = max(spec.skin)
    if spec.lipstick:
        lips = tuple(c * (0.6 + 0.5 * light) for c in (0.42, 0.035, 0.045))
    else:
        lips = (spec.skin[0] * 0.76, spec.skin[1] * 0.50, spec.skin[2] * 0.49)
    lines = min(1.0, max(0.0, (spec.age - 42) / 24))
    p[0], p[1:4] = height, lips
    p[4] = 0.85 if light > 0.45 else 0.55
    p[5] = {"stubble": 0.6, "goatee": 0.35, "moustache": 0.25, "full": 0.5}.get(spec.beard, 0.0)
    p[6], p[7], p[8], p[9] = float(spec.freckles), 0.95 * lines, e.frown, 0.8 if spec.lipstick else 0.0
    paint = 0.92 if spec.lipstick else 0.74 if spec.woman else 0.45
    p[10:19] = f.mouth * e.width, f.mouth_y, e.smile, e.open_up, e.open_down, f.lips, e.skew, 0.0, paint
    p[20:23] = spec.hair_colour
    p[23] = 0.0 if spec.hair in ("bald", "long", "bob") else 0.9
    p[24:27], p[27], p[28] = spec.eyes, 0.54, {"afraid": 0.17, "surprised": 0.20}.get(emotion, 0.25)
    p[30:35] = f.eye_x, f.eye_y, f.eye_radius, -0.135 + 0.03 * e.cheek, e.cheek if e.cheek > 0.3 else 0.0
    p[35], p[36:39] = float(spec.scar), spec.beard_colour
    p[40:49], p[49:58] = HAIRLINE_HEIGHTS, HAIRLINE_DEPTHS
    return p


def _lid(radius: float, edge: Array, across: Array, behind: float, upper: bool) -> Mesh:
    """A lid: rows from its rim to behind the eye, turning about the eye's x axis."""
    shell = radius * (1.13 if upper else 1.085)
    s, c = sines(across), cosines(across)

    def row(r: float, angle: Array) -> Array:
        return np.stack([s * r, c * sines(angle) * r, -c * cosines(angle) * r], -1)

    inner = row(radius * 1.005, edge)
    rows = [inner, row(shell, edge) * 0.75 + inner * 0.25]
    for i in range(9):
        t = i / 8
        rows.append(row(shell, edge * (1 - t) + behind * t) * (1, 1, 1.02))
    v, f = sheet(np.array(rows))
    n = units(v)
    down = -1.0 if upper else 1.0
    k = len(across)
    n[:k, 1] += down * 1.5
    n[k : 2 * k, 1] += down * 0.8
    return Mesh(v, f, units(n))


def _lash(radius: float, edge: Array, across: Array, side: int, spec: Spec) -> Mesh:
    """A dark tapered fringe along the upper lid."""
    s, c = sines(across), cosines(across)
    taper = np.sqrt(np.clip(1 - (across / 1.34) ** 2, 0, 1) + 0.02)
    outward = np.clip(across * side, 0, 2)
    long = (0.10 + 0.09 * outward if spec.woman else 0.045 + 0.009 * outward) * taper

    def row(r: Array, angle: Array) -> Array:
        return np.stack([s * r, c * sines(angle) * r, -c * cosines(angle) * r], -1)

    one = np.ones_like(across)
    rows = [
        row(radius * 1.135 * one, edge + 0.10),
        row(radius * 1.15 * one, edge),
        row(radius * (1.135 + long), edge + 0.02 + long * 0.5),
        row(radius * 1.09 * one, edge - 0.035),
    ]
    v, f = sheet(np.array(rows))
    return Mesh(v, f, units(v))


def _eye(
    spec: Spec, e: Emotion, side: int, surface: Surface, gaze: tuple[float, float], fine: bool, height: float
) -> list[Piece]:
    f = spec.face
    r = f.eye_radius
    centre = vec(f.eye_x * side, f.eye_y, surface(f.eye_x * side, f.eye_y) - 0.030 + r * 0.78)
    gx, gy = gaze
    cx, sx, cy, sy = cosine(gx), sine(gx), cosine(gy), sine(gy)
    looking = compose(
        np.array([[cx, 0, -sx], [0, 1, 0], [sx, 0, cx]]), np.array([[1, 0, 0], [0, cy, sy], [0, -sy, cy]])
    )
    ball = sphere(3 if fine else 2)
    pieces = [
        Piece(
            Mesh(ball.vertices * r + centre, ball.faces, ball.normals),
            material((0.6, 0.58, 0.55), 21, 0.4, 90),
            turn(ball.vertices, looking.T.copy()),
        )
    ]
    lean = side * (f.tilt + e.slant * 0.55)
    c, s = cosine(lean), sine(lean)
    tilted = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]])
    across = np.linspace(-1.42, 1.42, 26)
    up = e.upper * 0.78 + gy * 0.35 + (0.06 if spec.child else -0.06 if spec.old else 0.0)
    low = -(e.lower * 0.78 + 0.10) + min(0.0, gy) * 0.35 - (0.06 if spec.child else 0.0)
    slant = e.slant * side
    upper = up * (1 - 0.10 * across * across) + slant * 0.72 * across
    lower = low * (1 - 0.05 * across * across) + slant * 0.1 * across
    light = max(spec.skin)
    skin = material(
        (spec.skin[0] * 0.93, spec.skin[1] * 0.84, spec.skin[2] * 0.82), 20, 0.03 + 0.06 * min(1, light / 0.6), 14
    )
    for edge, behind, is_upper in ((upper, 1.75, True), (lower, -1.7, False)):
        m = _lid(r, edge, across, behind, is_upper)
        v = turn(m.vertices, tilted) + centre
        pieces.append(Piece(Mesh(v, m.faces, turn(m.normals, tilted)), skin))
    lash_run = np.linspace(-1.30, 1.30, 26)
    m = _lash(r, up * (1 - 0.10 * lash_run * lash_run) + slant * 0.72 * lash_run, lash_run, side, spec)
    v = turn(m.vertices, tilted) + centre
    pieces.append(
        Piece(
            Mesh(v, m.faces, turn(m.normals, tilted)),
            material((0.016, 0.010, 0.008), 23, 0.05, 12, pattern=7),
            v * height,
        )
    )
    return pieces


def _cubic(x: Array, y: Array, t: Array) -> Array:
    """Lagrange's cubic through four points."""
    out = np.zeros_like(t)
    for i in range(4):
        term = np.full_like(t, y[i])
        for j in range(4):
            if j != i:
                term = term * (t - x[j]) / (x[i] - x[j])
        out = out + term
    return out


def brow_height(spec: Spec) -> float:
    """y of the resting brows above the eye line."""
    return spec.face.eye_radius * 1.12 + (0.058 if not spec.woman else 0.064)


def _brow(spec: Spec, e: Emotion, side: int, surface: Surface) -> Piece:
    f = spec.face
    at = np.array([0, 0.33, 0.66, 1.0])
    x = np.array([-0.088, -0.03, 0.045, 0.118]) * f.brow_spread + f.eye_x
    x[0] = max(x[0], 0.036) - 0.010 * e.frown
    y = (
        f.eye_y
        + brow_height(spec)
        + e.brow_in * (1 - at)
        + e.brow_out * at
        + f.brow_arch * np.array([-0.1, 0.6, 0.9, -0.9])
    )
    r = np.array([0.0155, 0.0185, 0.0150, 0.0045]) * f.brow
    t = np.linspace(0, 1, 15)
    xs, ys, rs = np.interp(t, at, x), _cubic(at, y, t), _cubic(at, r, t)
    rs = np.maximum(rs, 0.002) * np.sqrt(np.clip(np.minimum(t / 0.10, (1 - t) / 0.16), 0.05, 1))
    zs = np.array([surface(side * a, b) for a, b in zip(xs, ys, strict=True)])
    padded = np.pad(zs, 2, mode="edge")
    zs = sum((padded[k : k + 15] for k in range(5)), np.zeros(15)) / 5 - 0.003
    m = tube(np.stack([side * xs, ys, zs], -1), rs, 9)
    v = m.vertices * (1, 1, 1)
    coords = np.stack([v[:, 1] * 1.4, v[:, 0] * 2.2, np.full(len(v), 0.75)], -1)
    colour = mixed(spec.hair_colour, spec.beard_colour, 0.5) if spec.beard == "full" else spec.hair_colour
    colour = mixed(colour, (0.02, 0.015, 0.012), 0.25 if max(colour) < 0.25 else 0.05)
    return Piece(m, material(colour, 22, 0.03, 10), coords, np.tile((float(side), -0.2, 0.4), (len(v), 1)))


def _teeth(spec: Spec, e: Emotion, surface: Surface, height: float) -> Piece:
    """The upper teeth: a smooth white arch hung behind the upper lip."""
    f = spec.face
    w, y = f.mouth * e.width, f.mouth_y
    full = e.open_up + e.open_down
    rows = []
    for q in np.linspace(-0.84, 0.84, 15):
        e_ = 1 - q * q
        edge = y + e.smile * q * q + e.skew * q + e.open_up * e_
        x = q * w
        z = surface(x, edge + 0.012) + 0.009 + 0.006 * q * q
        tall = 0.40 * full * e_ + 0.004
        rows.append(
            [
                (x, edge + 0.010, z + 0.006),
                (x, edge, z),
                (x, edge - tall * 0.8, z),
                (x, edge - tall, z + 0.004),
                (x, edge - tall, z + 0.03),
            ]
        )
    m = smooth_sheet(np.array(rows))
    return Piece(m, material((0.52, 0.49, 0.43), 23, 0.2, 40, pattern=7, sheen=0.0), m.vertices * height)


def face_pieces(
    spec: Spec, emotion: str, cell: float, gaze: tuple[float, float], height: float
) -> tuple[list[Piece], Surface]:
    """Head, eyes, lids and brows in the head frame, and its surface for what is set on it.

    `cell` in heads; `gaze` (x to the figure's left, y up, radians) within the head; `height` of the head in metres.
    """
    e = EMOTIONS[emotion]
    head = head_field(spec, e)
    light = max(spec.skin)
    skin = material(spec.skin, 20, 0.026 + 0.046 * min(1.0, light / 0.6), 14)
    m = mesh(head, cell, limits=(vec(-1, -0.62, -1), vec(1, 1, 1)))
    pieces = [Piece(m, skin)]
    surface = surface_of(head)
    if _shows_teeth(emotion):
        pieces.append(_teeth(spec, e, surface, height))
    for side in (-1, 1):
        pieces += _eye(spec, e, side, surface, gaze, cell < 0.04, height)
        pieces.append(_brow(spec, e, side, surface))
    return pieces, surface
