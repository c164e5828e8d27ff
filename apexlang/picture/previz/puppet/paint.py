"""Paint and relief of the figures, evaluated a pixel at a time in each part's own coordinates, so crisp at any size.

`surface(kind, a, b, c, footprint, m, F, out)` paints, `relief(kind, a, b, c, footprint, m, F)` gives the height in metres.

kind: 20 skin ((a, b, c) in head coordinates; a > 50: skin of the body), 21 eye (direction within the eye, the gaze is -c),
22 hair (a across the strands, b along them, c height of the lock), 23 cloth (metres in the garment's frame).
footprint: width of a pixel on the surface in metres.

m, the material's 16 columns: 0-2 albedo, 3-5 emission, 6 kind, 7 specular, 8 gloss, 9 row of the figure's parameters,
10-12 second colour, 13 pattern (0 plain felt, 1 knit, 2 plaid, 3 pinstripe, 4 stripes, 5 tweed, 6 denim, 7 smooth,
8 wet or polished, 9 dots), 14 the pattern's scale (8: wetness), 15 sheen.

F, the figure's 64 parameters: 0 head height in metres; 1-3 lips; 4 blush; 5 stubble; 6 freckles; 7 lines of age; 8 frown; 9 eye
shadow; 10 half width of the mouth; 11 its y; 12 smile; 13 open up; 14 open down; 15 fullness of the lips; 16 skew; 17 teeth;
18 lip paint; 20-22 hair; 23 scalp paint; 24-26 iris; 27 its radius; 28 the pupil's; 30, 31 eye x and y; 32 eye radius; 33 cheek y;
34 smile lines; 35 scar; 36-38 beard; 40-48 heights and 49-57 depths of the hairline.

out: 0-2 albedo, 3-5 emission, 6 gloss of a wet coat (mirror-like, 0 none), 7 specular factor, 8 unused (0).
"""
# mypy: disallow-untyped-decorators=False, disable-error-code=no-any-return

from __future__ import annotations

import math
from typing import Any

import numpy.typing as npt

from apexlang.jit import kernel
from apexlang.picture.previz.noise import hash3 as cell_hash
from apexlang.picture.previz.noise import value as noise
from apexlang.picture.previz.puppet.field import hairline
from apexlang.picture.previz.puppet.numeric import arctangent, bell, sine

Array = npt.NDArray[Any]

SKIN, EYE, HAIR, CLOTH = 20, 21, 22, 23
PLAIN, KNIT, PLAID, PINSTRIPE, STRIPES, TWEED, DENIM, SMOOTH, POLISHED, DOTS = range(10)

_BODY = 50.0


@kernel
def _step(a: float, b: float, x: float) -> float:
    t = min(1.0, max(0.0, (x - a) / (b - a)))
    return t * t * (3 - 2 * t)


@kernel
def _to_segment(x: float, y: float, ax: float, ay: float, bx: float, by: float) -> float:
    dx = bx - ax
    dy = by - ay
    h = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
    px = x - ax - h * dx
    py = y - ay - h * dy
    return math.sqrt(px * px + py * py)


@kernel
def _resolved(footprint: float, wave: float) -> float:
    """1 where a pattern `wave` metres apart is seen, falling to 0 where a pixel swallows it."""
    q = (footprint / wave) ** 2
    return 1 / (1 + 3 * q + 40 * q * q)


@kernel
def _multiply(o: Array, r: float, g: float, b: float, k: float) -> None:
    o[0] *= 1 + (r - 1) * k
    o[1] *= 1 + (g - 1) * k
    o[2] *= 1 + (b - 1) * k


@kernel
def _blend(o: Array, r: float, g: float, b: float, k: float) -> None:
    o[0] += (r - o[0]) * k
    o[1] += (g - o[1]) * k
    o[2] += (b - o[2]) * k


@kernel
def _paint_mouth(a: float, b: float, footprint: float, F: Array, o: Array) -> None:
    x = abs(a)
    w = F[10]
    q = a / w
    e = max(0.0, 1 - q * q)
    reach = min(1.0, abs(q))
    middle = F[11] + F[12] * q * q + F[16] * q + 0.0035 * bell((x - 0.016) / 0.018) - 0.003 * bell(a / 0.012)
    upper = middle + F[13] * e
    lower = middle - F[14] * math.sqrt(e) * math.sqrt(math.sqrt(e))
    lip_up = F[15] * 0.028 * math.sqrt(e) * (1 - 0.26 * bell(a / 0.020))
    lip_down = F[15] * 0.038 * math.sqrt(e)
    soft = 0.004
    k = _step(upper + lip_up + soft, upper + lip_up - soft, b) * _step(
        lower - lip_down - soft, lower - lip_down + soft, b
    )
    k *= _step(1.04, 0.80, reach)
    _blend(o, F[1], F[2], F[3], k * F[18])
    if b > upper:
        _multiply(o, 0.86, 0.80, 0.80, k * 0.6)
    parted = upper - lower
    if parted > 0.010 and reach < 1:
        inside = _step(0.0, 0.005, b - lower) * _step(0.0, 0.005, upper - b)
        t = (upper - b) / parted
        full = F[13] + F[14]
        teeth = F[17] * _step(0.48 * full, 0.41 * full, upper - b) * _step(0.95, 0.82, reach)
        _blend(o, 0.085, 0.018, 0.018, inside)
        if parted > 0.06:
            tongue = inside * _step(0.60, 0.85, t) * _step(0.75, 0.40, reach)
            _blend(o, 0.34, 0.10, 0.10, tongue)
        _blend(o, 0.64, 0.60, 0.52, inside * teeth * (0.75 + 0.25 * _step(0.0, 0.02, upper - b)))
        o[7] *= 1 - 0.9 * inside
        _multiply(o, 0.45, 0.32, 0.32, 0.7 * bell(min(abs(b - upper), abs(b - lower)) / 0.006))
    else:
        d = abs(b - middle)
        if reach >= 1:
            d = math.sqrt(d * d + (x - w) * (x - w))
        width = 0.0052 * (0.55 + 0.45 * e) + 0.35 * footprint / F[0]
        _blend(o, o[0] * 0.20, o[1] * 0.10, o[2] * 0.10, 0.90 * bell(d / width) * min(1.0, 0.0052 / width + 0.25))
    corner = F[11] + F[12] + (F[16] if a > 0 else -F[16])
    dx = (x - w - 0.002) / 0.013
    dy = (b - corner) / 0.013
    _multiply(o, 0.72, 0.56, 0.56, 0.55 * bell(math.sqrt(dx * dx + dy * dy)))


@kernel
def _paint_skin(a: float, b: float, c: float, footprint: float, m: Array, F: Array, o: Array) -> None:
    if a > _BODY:
        _multiply(o, 1.10, 0.97, 0.96, noise(a * 30, b * 30, c * 30) - 0.5)
        return
    x = abs(a)
    mottle = noise(a * 7, b * 7, c * 7) - 0.5 + 0.5 * (noise(a * 19, b * 19, c * 19) - 0.5)
    _multiply(o, 1.06, 0.90, 0.88, mottle * 0.9)
    o[7] = m[7] * 12.5 * (0.75 + 0.5 * noise(a * 11, b * 11, c * 11))
    front = _step(-0.05, -0.22, c)
    ex = F[30]
    ey = F[31]
    # blood: cheeks, tip of the nose, rims of the ears
    d1 = (x - 0.20) / 0.105
    d2 = (b - F[33]) / 0.085
    k = bell(math.sqrt(d1 * d1 + d2 * d2)) * front * F[4]
    d1 = x / 0.075
    d2 = (b + 0.165) / 0.07
    k = max(k, 0.85 * bell(math.sqrt(d1 * d1 + d2 * d2)) * F[4] * _step(-0.38, -0.44, c))
    k = max(k, 0.6 * _step(0.335, 0.375, x) * F[4])
    _multiply(o, 1.10, 0.72, 0.68, k)
    # sockets, and paint on the lids
    d1 = (x - ex) / (F[32] * 1.75)
    d2 = (b - ey - 0.01) / (F[32] * 1.45)
    _multiply(o, 0.88, 0.80, 0.80, _step(1.1, 0.35, math.sqrt(d1 * d1 + d2 * d2)) * front * 0.6)
    if F[9] > 0:
        d1 = (x - ex) / (F[32] * 1.35)
        d2 = (b - ey - 0.035) / (F[32] * 0.95)
        _multiply(o, 0.62, 0.45, 0.55, _step(1.0, 0.5, math.sqrt(d1 * d1 + d2 * d2)) * front * F[9])
    d1 = x / 0.09
    d2 = (b - F[11] + 0.065) / 0.025
    _multiply(o, 0.92, 0.87, 0.86, bell(math.sqrt(d1 * d1 + d2 * d2)) * front)
    if F[6] > 0 and -0.24 < b < 0.0 and x < 0.28:
        i = math.floor(a * 38)
        j = math.floor(b * 38)
        if cell_hash(i, j, 3) < 0.45:
            d1 = a * 38 - i - 0.5
            d2 = b * 38 - j - 0.5
            k = _step(0.42, 0.12, math.sqrt(d1 * d1 + d2 * d2)) * F[6] * front * _resolved(footprint, 0.004)
            _multiply(o, 0.78, 0.62, 0.52, k * _step(-0.24, -0.15, b) * _step(0.0, -0.05, b))
    if F[23] > 0:
        g = c - hairline(F[40:49], F[49:58], b) + 0.03 * (noise(a * 25, b * 25, c * 25) - 0.5)
        grain = 0.86 + 0.2 * (noise(a * 90, b * 90, c * 90) - 0.5)
        _blend(o, F[20], F[21], F[22], F[23] * _step(0.0, 0.06, g) * grain)
    if F[5] > 0:
        d1 = x / F[10]
        d2 = (b - F[11]) / 0.055
        t = (
            _step(-0.16, -0.27, b)
            * _step(0.13, 0.02, c)
            * (1 - _step(1.15, 0.75, math.sqrt(d1 * d1 + d2 * d2)))
            * _step(-0.62, -0.52, b)
        )
        lip = _step(-0.215, -0.235, b) * _step(F[10] * 1.25, F[10], x) * _step(F[11] + 0.02, F[11] + 0.035, b) * front
        grain = 0.55 + 0.8 * (noise(a * 80, b * 80, c * 80) - 0.5) * _resolved(footprint, 0.003)
        _blend(o, F[36] * 0.8 + 0.03, F[37] * 0.8 + 0.025, F[38] * 0.8 + 0.022, F[5] * max(t, lip) * grain)
    if F[7] > 0 or F[34] > 0 or F[8] > 0:
        _multiply(o, 0.74, 0.58, 0.55, min(1.0, -_lines(a, b, c, F) * 1.0))
    if F[35] > 0 and c < -0.1:
        d = _to_segment(a, b, ex * 0.85, ey + 0.13, ex * 1.3, ey - 0.20)
        _blend(o, 0.52, 0.26, 0.22, 0.7 * bell(d / 0.008) * (1 - _step(F[32] * 1.1, F[32] * 0.9, abs(b - ey))))
    d1 = x / 0.17
    d2 = (b - F[11] - 0.02) / 0.10
    o[7] *= 1 - 0.86 * _step(1.25, 0.55, math.sqrt(d1 * d1 + d2 * d2)) * front
    if c < -0.16 and abs(b - F[11]) < 0.2 and x < F[10] * 1.35:
        _paint_mouth(a, b, footprint, F, o)


@kernel
def _paint_eye(a: float, b: float, c: float, F: Array, o: Array) -> None:
    r = math.sqrt(a * a + b * b)
    if c > 0:
        r = 2.0
    iris = F[27]
    o[0], o[1], o[2] = 0.60, 0.575, 0.54
    _multiply(o, 0.80, 0.62, 0.58, _step(0.55, 1.0, r) * 0.8)
    if r < iris + 0.04:
        t = min(1.0, r / iris)
        angle = arctangent(b, a)
        n = noise(angle * 7 + 20, t * 2, 1.0) * 0.6 + noise(angle * 17 + 40, t * 3, 2.0) * 0.4
        f = (0.55 + 0.75 * n) * (0.62 + 0.55 * _step(0.35, -0.75, b / iris)) * (1.15 if t < 0.55 else 1.0)
        limbus = 1 - 0.72 * _step(0.74, 0.97, t)
        _blend(o, F[24] * f * limbus, F[25] * f * limbus, F[26] * f * limbus, _step(iris + 0.025, iris - 0.025, r))
        _blend(o, 0.006, 0.006, 0.007, _step(F[28] + 0.03, F[28] - 0.03, r))


@kernel
def _paint_cloth(a: float, b: float, c: float, footprint: float, m: Array, o: Array) -> None:
    pattern = int(m[13])
    s = m[14]
    _multiply(o, 0.80, 0.80, 0.80, -(noise(a * 9, b * 9, c * 9) - 0.5) * 1.1)
    f = _resolved(footprint, 0.0025)
    if pattern != SMOOTH:
        _multiply(o, 0.72, 0.72, 0.72, (noise(a * 420, b * 420, c * 420) - 0.5) * 1.1 * f)
    if pattern == PLAID:
        x = a * s - math.floor(a * s)
        y = b * s - math.floor(b * s)
        k = (0.5 if x < 0.38 else 0.0) + (0.5 if y < 0.38 else 0.0)
        _blend(o, m[10], m[11], m[12], k * 0.75)
        if abs(x - 0.68) < 0.035 or abs(y - 0.68) < 0.035:
            _blend(o, 0.75, 0.70, 0.58, 0.55 * f)
    elif pattern == PINSTRIPE:
        x = a * s - math.floor(a * s)
        _blend(o, m[10], m[11], m[12], _step(0.07, 0.03, abs(x - 0.5)) * 0.55 * _resolved(footprint, 0.004))
    elif pattern == STRIPES:
        y = b * s - math.floor(b * s)
        _blend(o, m[10], m[11], m[12], _step(0.0, 0.04, y) * _step(0.54, 0.5, y))
    elif pattern == TWEED:
        n = noise(a * 800, b * 640, c * 800)
        _blend(o, m[10], m[11], m[12], _step(0.5, 0.75, n) * 0.5 * f)
        n = noise(a * 520 + 9, b * 520, c * 520)
        _multiply(o, 0.65, 0.65, 0.65, _step(0.62, 0.8, n) * f)
    elif pattern == DENIM:
        n = noise(a * 900 + b * 500, b * 420, c * 900)
        _blend(o, o[0] * 1.8 + 0.02, o[1] * 1.8 + 0.02, o[2] * 1.8 + 0.02, _step(0.55, 0.85, n) * 0.5 * f)
    elif pattern == KNIT:
        y = sine(6.2832 * b * s * 0.8 + sine(6.2832 * (a + c * 0.6) * s) * 1.2)
        _multiply(o, 0.70, 0.70, 0.70, (0.5 - 0.5 * y) * 0.5 * _resolved(footprint, 0.4 / s))
    elif pattern == DOTS:
        column = math.floor(a * s)
        x = a * s - column - 0.5
        y = b * s + 0.5 * (column % 2)
        y = y - math.floor(y) - 0.5
        _blend(o, m[10], m[11], m[12], _step(0.27, 0.2, math.sqrt(x * x + y * y)))
    o[7] = 0.6 + 0.8 * noise(a * 60, b * 60, c * 60)
    if pattern == POLISHED:
        o[6] = s


@kernel
def surface(kind: int, a: float, b: float, c: float, footprint: float, m: Array, F: Array, out: Array) -> None:
    """Paint of a point into `out` (9 numbers); see the module's docstring for every argument."""
    o = out
    for i in range(6):
        o[i] = m[i]
    o[6] = 0.0
    o[7] = 1.0
    o[8] = 0.0
    if kind == SKIN:
        _paint_skin(a, b, c, footprint, m, F, o)
    elif kind == EYE:
        _paint_eye(a, b, c, F, o)
    elif kind == HAIR:
        n = noise(a * 55, b * 2.5, 1.0) * 0.5 + noise(a * 150, b * 4.0, 7.0) * 0.5
        f = _resolved(footprint, 0.004)
        k = (1 + f * (n - 0.5) * 0.9 + 0.35 * (noise(a * 14, b * 1.3, 5.0) - 0.5)) * (0.62 + 0.55 * c)
        _multiply(o, k, k, k, 1.0)
        _multiply(o, 1.12, 1.0, 0.86, _step(0.4, 0.9, n) * 0.5)
        o[7] = (0.4 + 1.2 * n) * m[7] * 12.5
    elif kind == CLOTH:
        _paint_cloth(a, b, c, footprint, m, o)


@kernel
def _lines(a: float, b: float, c: float, F: Array) -> float:
    """Wrinkles: 0 on smooth skin down to -1 in a deep line."""
    if c > -0.08:
        return 0.0
    x = abs(a)
    h = 0.0
    w = F[10]
    smile = max(F[7], F[34] * 0.5)
    if smile > 0:
        d = _to_segment(x, b, 0.085, -0.155, w + 0.055, F[11] + F[12] * 0.5 + 0.01)
        h -= smile * 0.8 * bell(d / 0.013)
    if F[7] > 0:
        for i in range(3):
            y = 0.155 + 0.042 * i + 0.008 * sine(a * 24 + i * 2)
            h -= F[7] * 0.6 * bell((b - y) / 0.0075) * _step(0.24, 0.12, x)
            d = _to_segment(
                x, b, F[30] + F[32] * 1.15, F[31] + (i - 1) * 0.018, F[30] + F[32] * 1.15 + 0.06, F[31] + (i - 1) * 0.05
            )
            h -= F[7] * 0.5 * bell(d / 0.006)
        dy = (b - F[31]) * 1.1
        r = math.sqrt((x - F[30]) * (x - F[30]) + dy * dy)
        h -= F[7] * 0.7 * bell((r - F[32] * 1.5) / 0.011) * _step(-0.02, -0.05, b - F[31])
        d = _to_segment(x, b, w + 0.02, F[11] - 0.02, w + 0.03, F[11] - 0.10)
        h -= F[7] * 0.6 * bell(d / 0.011)
    if F[8] > 0:
        d = _to_segment(x, b, 0.028, 0.045, 0.038, 0.125)
        h -= F[8] * 0.8 * bell(d / 0.010)
    return h


@kernel
def relief(kind: int, a: float, b: float, c: float, footprint: float, m: Array, F: Array) -> float:
    """Height of the surface in metres above its mesh; see the module's docstring for every argument."""
    if kind == SKIN:
        if a > _BODY:
            return 0.00015 * noise(a * 380, b * 380, c * 380) * _resolved(footprint, 0.003)
        h = 0.00035 * noise(a * 34, b * 34, c * 34) * _resolved(footprint, 0.005)
        h += 0.00013 * noise(a * 120, b * 120, c * 120) * _resolved(footprint, 0.002)
        if F[7] > 0 or F[34] > 0 or F[8] > 0:
            h += 0.0042 * _lines(a, b, c, F) * _resolved(footprint, 0.004)
        return h
    if kind == HAIR:
        return (0.0024 * noise(a * 42, b * 2.0, 1.0) + 0.0010 * noise(a * 130, b * 3.0, 7.0)) * _resolved(
            footprint, 0.004
        )
    if kind == CLOTH:
        pattern = int(m[13])
        f = _resolved(footprint, 0.0025)
        if pattern in (SMOOTH, POLISHED):
            return 0.0006 * noise(a * 60, b * 60, c * 60)
        if pattern == KNIT:
            s = m[14]
            x = sine(6.2832 * (a + c * 0.6) * s)
            y = sine(6.2832 * b * s * 0.8 + x * 1.2)
            return (0.0014 * abs(x) + 0.0005 * y) * _resolved(footprint, 0.4 / s)
        weave = 0.0005 * noise(a * 420, b * 420, c * 420) + 0.00010 * sine(a * 1900) * sine(b * 1900)
        return weave * f + 0.0012 * noise(a * 45, b * 45, c * 45)
    return 0.0
