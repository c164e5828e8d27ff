"""Tools of a landscape painter: noise, skies, ridges, terrain and the print.

Pictures are (height, width, 3) float64 arrays of linear light, 1 = paper white. `y` runs down, `x` to the right, both in
pixels; `S` is the size all pictures share. Everything random comes from a seed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

Array = npt.NDArray[np.float64]

W, H = 2400, 1350
X = np.arange(W) + 0.5
Y = (np.arange(H) + 0.5)[:, None]


def hexed(colour: str) -> Array:
    """`#F2C9A0` as linear light."""
    code = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def smooth(low: float, high: float, value: Array) -> Array:
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def mix(a: Array, b: Array, t: Array) -> Array:
    return a + (b - a) * t


def ramp(position: Array, *stops: tuple[float, str]) -> Array:
    """Colours along `position` (any shape); the stops' positions rise. Blended in a perceptual scale, so no muddy middle."""
    places = [p for p, _ in stops]
    colours = np.stack([hexed(c) for _, c in stops]) ** (1 / 2.4)
    return np.stack([np.interp(position, places, colours[:, k]) for k in range(3)], axis=-1) ** 2.4


def _lattice(ix: npt.NDArray[np.int64], iy: npt.NDArray[np.int64], seed: int) -> Array:
    h = (ix * 374761393 + iy * 668265263 + seed * 974711) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((h ^ (h >> 16)) & 0xFFFF) / 32767.5 - 1.0


def noise(x: Array, y: Array, seed: int) -> Array:
    """Smooth value noise, about -1..1, one feature a unit."""
    fx, fy = np.floor(x), np.floor(y)
    ix, iy = fx.astype(np.int64), fy.astype(np.int64)
    u, v = x - fx, y - fy
    u, v = u * u * u * (u * (6 * u - 15) + 10), v * v * v * (v * (6 * v - 15) + 10)
    top = _lattice(ix, iy, seed) * (1 - u) + _lattice(ix + 1, iy, seed) * u
    bottom = _lattice(ix, iy + 1, seed) * (1 - u) + _lattice(ix + 1, iy + 1, seed) * u
    return top * (1 - v) + bottom * v


def fbm(x: Array, y: Array, octaves: int, seed: int, gain: float = 0.5, ridged: bool = False) -> Array:
    """Octaves of noise, each turned a little so that no grid shows; `ridged` makes sharp crests."""
    x, y = np.broadcast_arrays(x, y)
    total, amplitude, norm = np.zeros(x.shape), 1.0, 0.0
    for octave in range(octaves):
        n = noise(x, y, seed + 31 * octave)
        total += amplitude * ((1 - 2 * np.abs(n)) if ridged else n)
        norm += amplitude
        amplitude *= gain
        x, y = 1.62 * x - 1.18 * y + 7.3, 1.18 * x + 1.62 * y - 3.1
    return total / norm


def blur(picture: Array, radius: float) -> Array:
    """A wide soft blur, done small: for glows and mist, where a little error is invisible."""
    step = max(1, int(radius // 4))
    small = Image.fromarray(np.clip(tonecurve(picture) * 255, 0, 255).astype(np.uint8))
    small = small.resize((W // step, H // step), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(radius / step))
    big = np.asarray(small.resize((W, H), Image.Resampling.BICUBIC)) / 255.0
    return big**2.4 if picture.ndim == 3 else big


def tonecurve(linear: Array) -> Array:
    return np.clip(linear, 0, 1) ** (1 / 2.4)


def coverage(top: Array) -> Array:
    """(H, W): how much of each pixel lies below the line `top` (W,) in pixels."""
    return np.clip(Y + 0.5 - top[None, :], 0, 1)


def ridge(base: float, relief: float, width: float, seed: int, octaves: int = 8, gain: float = 0.46) -> Array:
    """A skyline (W,): `base` and `relief` in heights of the picture, `width` features across it."""
    x = X / W * width
    crest = 0.55 * fbm(x, np.full(W, seed * 1.7), octaves, seed, gain) + 0.45 * fbm(
        x * 1.3, np.full(W, 9.1), octaves, seed + 5, gain, ridged=True
    )
    return H * (base - relief * crest)


def firs(ground: Array, count: int, tall: float, seed: int, spread: float = 0.34) -> Array:
    """The skyline of a fir wood standing on `ground` (W,); `tall` pixels is a grown tree."""
    random = np.random.Generator(np.random.PCG64(seed))
    top = ground.copy()
    for centre in np.sort(random.uniform(-40, W + 40, count)):
        height = (
            tall
            * random.uniform(0.4, 1.15)
            * (0.75 + 0.5 * noise(np.array([centre / 260.0]), np.array([0.5]), seed)[0])
        )
        half = height * spread * random.uniform(0.42, 0.62)
        first, last = max(0, int(centre - half)), min(W, int(centre + half) + 1)
        if first >= last:
            continue
        away = np.minimum(np.abs(X[first:last] - centre) / half, 1.0)
        tiers = 0.13 * np.abs(
            ((away * random.uniform(5, 7) + random.uniform(0, 1)) % 1.0) - 0.5
        ) + 0.03 * random.standard_normal(last - first)
        foot = ground[min(W - 1, max(0, int(centre)))]
        crown = foot - height * np.clip((1 - away) ** 1.12 * (1 - tiers * (0.3 + away)), 0, 1)
        top[first:last] = np.minimum(top[first:last], crown)
    return top


def branched_firs(ground: Array, count: int, tall: float, seed: int) -> Array:
    """(H, W): coverage by near firs whose drooping branches can be told apart; they stand on `ground` (W,)."""
    random = np.random.Generator(np.random.PCG64(seed))
    mask = Image.new("L", (W, H), 0)
    draw = ImageDraw.Draw(mask)
    for centre in random.uniform(-60, W + 60, count):
        height = tall * random.uniform(0.5, 1.15)
        foot = float(ground[min(W - 1, max(0, int(centre)))]) + 10
        tiers = int(height / 17) + 6
        slim = random.uniform(0.17, 0.23)
        for side in (-1, 1):
            outline = [(centre, foot - height)]
            for tier in range(1, tiers + 1):
                down = tier / tiers
                reach = height * slim * down**0.85 * random.uniform(0.72, 1.12)
                level = foot - height * (1 - 0.93 * down)
                step = height / tiers
                outline += [
                    (centre + side * reach, level + 0.75 * step),
                    (centre + side * reach * 0.80, level + 0.62 * step),
                ]
                outline += [(centre + side * reach * random.uniform(0.42, 0.58), level + 0.30 * step)]
            outline += [(centre, foot - 0.03 * height)]
            draw.polygon(outline, fill=255)
        draw.rectangle((centre - height * 0.012, foot - height * 0.1, centre + height * 0.012, foot), fill=255)
    return np.asarray(mask.filter(ImageFilter.GaussianBlur(0.8))) / 255.0


def glow(cx: float, cy: float, radius: float, power: float = 1.0) -> Array:
    """(H, W): 1 at the centre (in shares of the picture), falling as 1 / (1 + (r / radius)^2)^power; radius in widths."""
    r2 = ((X[None, :] - cx * W) ** 2 + (Y - cy * H) ** 2) / (radius * W) ** 2
    return 1 / (1 + r2) ** power


def disc(cx: float, cy: float, radius: float) -> Array:
    """(H, W): a round disc with a clean edge; `radius` in pixels."""
    r = np.sqrt((X[None, :] - cx * W) ** 2 + (Y - cy * H) ** 2)
    return np.clip(radius - r + 0.5, 0, 1)


def stars(seed: int, count: int) -> Array:
    """(H, W, 3) of small stars, most of them faint, a few with colour."""
    random = np.random.Generator(np.random.PCG64(seed))
    sky = np.zeros((H, W, 3))
    xs, ys = random.integers(2, W - 3, count), random.integers(2, H - 3, count)
    magnitude = random.pareto(1.7, count).clip(0, 14) * 0.07
    tint = np.array([1.0, 0.95, 0.9]) + random.uniform(-0.16, 0.16, (count, 1)) * np.array([1, 0.1, -1.2])
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            np.add.at(sky, (ys + dy, xs + dx), tint * (magnitude * np.exp(-(dx * dx + dy * dy) / 0.55))[:, None])
    return sky


class Terrain:
    """A height map seen by a camera at (0, eye, 0) looking along +z. `heights` (n, n) metres over a square of `side` metres
    whose near edge is z = 0 and whose middle column is x = 0."""

    def __init__(self, heights: Array, side: float) -> None:
        self.heights, self.side = heights, side
        step = side / (len(heights) - 1)
        dz, dx = np.gradient(heights, step)
        self.slope_x, self.slope_z = dx, dz

    def sample(self, grid: Array, x: Array, z: Array) -> Array:
        n = len(grid) - 1
        u = np.clip((x / self.side + 0.5) * n, 0, n - 1e-6)
        v = np.clip(z / self.side * n, 0, n - 1e-6)
        i, j = u.astype(np.int64), v.astype(np.int64)
        u, v = u - i, v - j
        flat, width = grid.ravel(), grid.shape[1]
        at = j * width + i
        return (flat[at] * (1 - u) + flat[at + 1] * u) * (1 - v) + (
            flat[at + width] * (1 - u) + flat[at + width + 1] * u
        ) * v

    def see(
        self, eye: float, horizon: float, focal: float, near: float, slices: int = 2400
    ) -> tuple[Array, Array, Array]:
        """What each pixel sees: world x and z (H, W), and z = inf for sky. `horizon` in heights, `focal` in widths."""
        z = near * (self.side * 0.98 / near) ** (np.arange(slices) / (slices - 1))
        across = (X / W - 0.5) / focal
        lines = np.empty((slices, W))
        for first in range(0, slices, 200):
            zz = z[first : first + 200, None]
            lines[first : first + 200] = (
                horizon * H + (eye - self.sample(self.heights, across * zz, zz + 0 * across)) / zz * focal * W
            )
        lines = np.minimum.accumulate(lines, axis=0)
        depth = np.empty((H, W))
        rows = Y[:, 0]
        for column in range(W):
            line = -lines[:, column]
            hit = np.searchsorted(line, -rows)
            back = np.clip(hit - 1, 0, slices - 1)
            hit_in = np.clip(hit, 0, slices - 1)
            part = np.clip((-rows - line[back]) / np.maximum(line[hit_in] - line[back], 1e-9), 0, 1)
            depth[:, column] = np.where(hit >= slices, np.inf, z[back] + (z[hit_in] - z[back]) * part)
        return across * np.where(np.isinf(depth), 0, depth), depth, lines[-1]

    def light(
        self, x: Array, z: Array, sun: tuple[float, float, float], reach: float, steps: int = 40
    ) -> tuple[Array, Array]:
        """(lambert 0..1, shadow 0..1 with a soft edge) at points on the ground, for a sun direction (x, y, z)."""
        direction = np.array(sun) / np.linalg.norm(sun)
        sx, sz = self.sample(self.slope_x, x, z), self.sample(self.slope_z, x, z)
        lambert = np.clip((direction[1] - sx * direction[0] - sz * direction[2]) / np.sqrt(1 + sx * sx + sz * sz), 0, 1)
        ground = self.sample(self.heights, x, z)
        open_sky = np.ones_like(x)
        for k in range(1, steps + 1):
            far = reach * (k / steps) ** 1.6
            clear = (
                ground + far * direction[1] - self.sample(self.heights, x + far * direction[0], z + far * direction[2])
            )
            open_sky = np.minimum(open_sky, np.clip(0.5 + clear / (0.05 * far + 0.02 * reach / steps), 0, 1))
        return lambert, open_sky


def save(
    path: Path, linear: Array, seed: int, bloom: float = 0.10, grain: float = 0.010, vignette: float = 0.10
) -> None:
    """The print: a little bloom, a shoulder that keeps the highlights, a darker corner, fine grain; JPEG."""
    glowing = blur(np.clip(linear, 0, 1) ** 1.4, 60)
    picture = linear * (1 - bloom) + bloom * (glowing + linear)
    away = ((X[None, :] / W - 0.5) ** 2 + (Y / H - 0.5) ** 2) / 0.5
    picture = picture * (1 - vignette * away)[..., None]
    picture = np.where(picture < 0.6, picture, 0.6 + 0.4 * np.tanh((picture - 0.6) / 0.4))
    code = np.clip(picture, 0, 1)
    code = np.where(code <= 0.0031308, 12.92 * code, 1.055 * code ** (1 / 2.4) - 0.055)
    random = np.random.Generator(np.random.PCG64(seed))
    code += grain * random.standard_normal((H, W, 1)) * np.sqrt(np.clip(code * (1.1 - code), 0.01, 1))
    Image.fromarray((np.clip(code, 0, 1) * 255 + 0.5).astype(np.uint8)).save(
        path, quality=85, subsampling="4:2:0", optimize=True
    )
    print(f"{path.name}: {path.stat().st_size / 1024:.0f} KB")
