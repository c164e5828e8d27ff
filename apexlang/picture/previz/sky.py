"""The sky and the air: gradient, sun and moon, clouds, stars, haze that thins with height."""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math

from apexlang.jit import kernel
from apexlang.picture.previz.arith import atan2, exp
from apexlang.picture.previz.noise import fractal, hash3
from apexlang.picture.previz.scene import Air, Sun, Triple, View


@kernel
def ray(view: View, x: float, y: float) -> tuple[float, float, float, float]:
    """Direction through the point (x, y) of the buffers in hand, in pixels, and the ray length of one metre along the axis."""
    a = (2 * x / view.width - 1) * view.half[0] + view.shift[0]
    b = (1 - 2 * (y + view.top) / view.height) * view.half[1] + view.shift[1]
    dx = view.forward[0] + a * view.right[0] + b * view.up[0]
    dy = view.forward[1] + a * view.right[1] + b * view.up[1]
    dz = view.forward[2] + a * view.right[2] + b * view.up[2]
    length = math.sqrt(dx * dx + dy * dy + dz * dz)
    return dx / length, dy / length, dz / length, length


@kernel
def sky(air: Air, sun: Sun, dx: float, dy: float, dz: float, sharp: bool) -> Triple:
    """Light of the sky from a direction; `sharp` draws clouds, stars and the disc of sun or moon as well."""
    k = exp(-max(dy, 0.0) * 4.5)
    r = air.zenith[0] + (air.horizon[0] - air.zenith[0]) * k
    g = air.zenith[1] + (air.horizon[1] - air.zenith[1]) * k
    b = air.zenith[2] + (air.horizon[2] - air.zenith[2]) * k
    c = max(0.0, dx * sun.toward[0] + dy * sun.toward[1] + dz * sun.toward[2])
    glow = air.glow * (0.35 * c**6 + 0.9 * c**60)
    peak = max(sun.colour[0], max(sun.colour[1], sun.colour[2])) + 1e-6
    veil = 0.0
    if sharp and air.cloud > 0 and dy > 0.015:
        s = 1.6 / (dy + 0.12)
        q = fractal(dx * s * 1.1 + 3.0, dz * s * 0.55, air.cloud_seed, 5)
        veil = min(max((q - (0.62 - 0.28 * air.cloud)) * 5, 0.0), 1.0) * min(1.0, dy * 9) * 0.85
        if veil > 0:
            x = (dx + sun.toward[0] * 0.08) * s * 1.1 + 3.0
            q2 = fractal(x, (dz + sun.toward[2] * 0.08) * s * 0.55, air.cloud_seed, 4)
            lit = min(max(0.55 + (q - q2) * 3.5, 0.0), 1.3) * (1 + 0.8 * c**4)
            r = r * (1 - veil) + veil * (air.cloud_colour[0] * lit + r * 0.25)
            g = g * (1 - veil) + veil * (air.cloud_colour[1] * lit + g * 0.25)
            b = b * (1 - veil) + veil * (air.cloud_colour[2] * lit + b * 0.25)
            glow *= 1 - 0.6 * veil
    r += glow * sun.colour[0] / peak
    g += glow * sun.colour[1] / peak
    b += glow * sun.colour[2] / peak
    if sharp:
        if air.stars > 0 and dy > 0:
            u = atan2(dx, dz) * 160
            v = atan2(dy, math.sqrt(dx * dx + dz * dz)) * 160
            q = hash3(math.floor(u), math.floor(v), 7)
            if q > 0.985:
                du = u - math.floor(u) - 0.5
                dv = v - math.floor(v) - 0.5
                star = max(0.0, 1 - (du * du + dv * dv) * 9) * air.stars * (q - 0.985) * 66 * min(1.0, dy * 5)
                star *= 1 - veil
                r += star
                g += star
                b += star * 1.15
        if c > air.disc_cosine and air.disc > 0:
            e = min(1.0, (c - air.disc_cosine) / (1 - air.disc_cosine) * 6) * air.disc * (1 - 0.9 * veil)
            r += e * sun.colour[0] / peak
            g += e * sun.colour[1] / peak
            b += e * sun.colour[2] / peak
    return r, g, b


@kernel
def haze_colour(air: Air, sun: Sun, dx: float, dy: float, dz: float) -> Triple:
    """The haze glows toward the sun."""
    c = max(0.0, dx * sun.toward[0] + dy * sun.toward[1] + dz * sun.toward[2])
    k = air.glow * 0.3 * c**5 / (max(sun.colour[0], max(sun.colour[1], sun.colour[2])) + 1e-6)
    return (
        air.haze_colour[0] + k * sun.colour[0],
        air.haze_colour[1] + k * sun.colour[1],
        air.haze_colour[2] + k * sun.colour[2],
    )


@kernel
def haze(air: Air, length: float, oy: float, dy: float) -> float:
    """How much of what lies `length` away is hidden: density falls as exp(-fall * height), integrated along the ray."""
    fall = air.haze_fall
    if fall <= 0:
        return 1 - exp(-air.haze * length)
    q = dy * fall
    s = length if abs(q) < 1e-5 else (1 - exp(-max(-30.0, q * length))) / q
    return 1 - exp(-min(40.0, max(0.0, air.haze * exp(-fall * max(oy, -2.0)) * s)))
