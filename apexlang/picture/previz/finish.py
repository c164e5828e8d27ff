"""From scene light to code values: exposure, bloom, filmic curve, a restrained split-tone, Rec.709 code values (2.4)."""

# mypy: disallow-untyped-decorators=False
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from apexlang.jit import kernel
from apexlang.picture.previz.arith import log, power
from apexlang.picture.previz.bands import Bands
from apexlang.picture.previz.model import Array, Photograph

_Any = Any
_LUMA = (0.2126, 0.7152, 0.0722)


@dataclass(frozen=True)
class Look:
    """`mean`: where the log mean is put; `face`: where a light skin is put; `ceiling`: the most a scene is
    brought up, as a factor; `lift`: by how much more
    a face may bring it up;
    `shadows`, `highlights`: split-tone colours about 1; `saturation`; `contrast` about 1, pivoted at mid-grey;
    `stops` off the exposure found."""

    mean: float = 0.20
    face: float = 0.40
    ceiling: float = 4.0
    lift: float = 3.0
    shadows: tuple[float, float, float] = (1.0, 1.0, 1.0)
    highlights: tuple[float, float, float] = (1.0, 1.0, 1.0)
    saturation: float = 0.96
    contrast: float = 1.0
    stops: float = 0.0


@kernel
def _log_mean(linear: _Any) -> float:
    """exp of the mean log luminance, added up in a fixed order."""
    h, w, _ = linear.shape
    total = 0.0
    for y in range(h):
        row = 0.0
        for x in range(w):
            row += log(0.2126 * linear[y, x, 0] + 0.7152 * linear[y, x, 1] + 0.0722 * linear[y, x, 2] + 1e-4)
        total += row
    return total / (h * w)


def exposure(photo: Photograph, look: Look) -> float:
    """The factor that brings the scene to its mean, and a face (the brighter fifth of its skin left out) to where
    its own tone belongs:
    the target follows albedo ** .62, so that dark skin stays dark and rich."""
    gain = look.mean / math.exp(round(float(_log_mean(photo.linear)), 9))
    skin = photo.skin
    if skin is not None and photo.skin_albedo is not None and int(skin.sum()) > skin.size * 0.0008:
        c = photo.linear[skin].astype(np.float64)
        luma = c[:, 0] * _LUMA[0] + c[:, 1] * _LUMA[1] + c[:, 2] * _LUMA[2]
        own = np.clip((photo.skin_albedo[skin].astype(np.float64) / 0.62) ** 0.62, 0.30, 1.15)
        tones = np.sort(luma / own)
        tone = max(float(tones[int(len(tones) * 0.82)]), 1e-3)
        # a face that fills the frame decides; a small one has a say
        share = 0.30 + 0.50 * min(1.0, float(skin.sum()) / skin.size / 0.05)
        wanted = gain ** (1 - share) * (look.face / tone) ** share
        # a dark face in a dark scene may not turn the scene into day, nor a pale one in the sun put out the light
        gain = min(gain * look.lift, max(gain * 0.35, wanted))
    return round(min(look.ceiling, max(0.2, gain)) * 2.0**look.stops, 6)


@kernel
def _blur_rows(first: int, last: int, src: _Any, dst: _Any, radius: int) -> None:
    """Running mean along x, edges held."""
    _, w, n = src.shape
    for y in range(first, last):
        for k in range(n):
            total = 0.0
            for i in range(-radius, radius + 1):
                total += src[y, min(w - 1, max(0, i)), k]
            for x in range(w):
                dst[y, x, k] = total / (2 * radius + 1)
                total += src[y, min(w - 1, x + radius + 1), k] - src[y, max(0, x - radius), k]


def blurred(picture: Array, sigma: float, bands: Bands) -> Array:
    """About a Gaussian: three running means each way (at least one pixel)."""
    radius = max(1, round(math.sqrt(sigma * sigma * 4 + 1) / 2))
    a = np.ascontiguousarray(picture, np.float64)
    for _ in range(2):
        for _ in range(3):
            b = np.empty_like(a)
            bands.run(a.shape[0], lambda y0, y1, s=a, d=b: _blur_rows(y0, y1, s, d, radius))  # type: ignore[misc]
            a = b
        a = np.ascontiguousarray(a.transpose(1, 0, 2))
    return a


def _reduced(picture: Array, by: int) -> Array:
    """Mean of by x by pixels, edges held."""
    h, w, _ = picture.shape
    p = np.pad(picture, ((0, -h % by), (0, -w % by), (0, 0)), mode="edge")
    total = np.zeros((p.shape[0] // by, p.shape[1] // by, 3))
    for j in range(by):
        for i in range(by):
            total += p[j::by, i::by]
    return total / (by * by)


@kernel
def _develop(first: int, last: int, linear: _Any, gain: float, glows: _Any, by: int, shadows: _Any, highlights: _Any,
             saturation: float, contrast: float, out: _Any) -> None:  # fmt: skip
    h, w, _ = linear.shape
    gh, gw, _ = glows.shape
    c = np.zeros(3)
    for y in range(first, last):
        for x in range(w):
            gx = (x + 0.5) / by - 0.5
            gy = (y + 0.5) / by - 0.5
            ix = math.floor(gx)
            iy = math.floor(gy)
            fx = gx - ix
            fy = gy - iy
            x0 = min(gw - 1, max(0, int(ix)))
            x1 = min(gw - 1, max(0, int(ix) + 1))
            y0 = min(gh - 1, max(0, int(iy)))
            y1 = min(gh - 1, max(0, int(iy) + 1))
            luma = 0.0
            for k in range(3):
                glow = (glows[y0, x0, k] * (1 - fx) + glows[y0, x1, k] * fx) * (1 - fy)
                glow += (glows[y1, x0, k] * (1 - fx) + glows[y1, x1, k] * fx) * fy
                v = (linear[y, x, k] * gain + glow) * 0.80
                # filmic curve after Narkowicz (2015)
                v = (v * (2.51 * v + 0.03)) / (v * (2.43 * v + 0.59) + 0.14)
                v = min(1.0, max(0.0, v))
                if contrast != 1.0:
                    # about mid-grey (.18 of white): a power below it, its mirror above, so that both ends stay
                    v = 0.18 * power(v / 0.18, contrast) if v < 0.18 else 1 - 0.82 * power((1 - v) / 0.82, contrast)
                c[k] = v
            luma = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]
            u = (x + 0.5) / w - 0.5
            v = (y + 0.5) / h - 0.5
            edge = 1 - 0.12 * min(1.6, (u * u * 1.2 + v * v) * 4) ** 2 * 0.6
            for k in range(3):
                q = c[k] * ((1 - luma) * shadows[k] + luma * highlights[k])
                q = (luma + (q - luma) * saturation) * edge
                out[y, x, k] = np.uint16(power(min(1.0, max(0.0, q)), 1 / 2.4) * 65535.0 + 0.5)


def develop(photo: Photograph, look: Look, bands: Bands) -> npt.NDArray[np.uint16]:
    """(h, w, 3) uint16 code values. Exposure is judged on the photograph before the lens's blur and weather are laid on."""
    return print_light(photo.linear, exposure(photo, look), look, bands)


def print_light(linear: Array, gain: float, look: Look, bands: Bands) -> npt.NDArray[np.uint16]:
    """As `develop`, of any picture at a given exposure."""
    h, w, _ = linear.shape
    by = max(1, round(w / 480))
    scale = math.sqrt(w * h / (1920 * 1080)) / by
    bright = np.minimum(np.maximum(_reduced(linear.astype(np.float64) * gain, by) - 0.8, 0.0), 6.0)
    glow = np.zeros_like(bright)
    if float(bright.max(initial=0.0)) > 0:
        for strength, sigma in ((0.10, 10.0), (0.10, 36.0), (0.06, 110.0)):
            glow += strength * blurred(bright, sigma * scale, bands)
    out = np.empty((h, w, 3), np.uint16)
    shadows, highlights = np.array(look.shadows), np.array(look.highlights)
    bands.run(
        h, lambda a, b: _develop(a, b, linear, gain, glow, by, shadows, highlights, look.saturation, look.contrast, out)
    )
    return out
