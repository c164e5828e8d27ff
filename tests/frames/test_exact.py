"""Frames before they are encoded, against a slow reference that shares none of the engine's loops: every sample for itself, in
float64, with the grade as its formula instead of a cube."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from apexlang.colour.cube import bake
from apexlang.colour.grade import operator
from apexlang.frames.engine import Engine, prepare
from apexlang.frames.finish import falloff
from apexlang.motion.path import View, views
from apexlang.plan.model import Grade, Key, Move

Array = NDArray[np.float64]
FRAME = (128, 72)
STILL = (208, 120)
FRAMES = 6
LEAST_DB = 55.0
TURNED_DB = 50.0
"""Of a wide roll of a still with detail up to its own Nyquist limit in every direction, which a lens does not leave: a slip folds the
finest diagonal detail. With the blur of a lens it too keeps LEAST_DB."""
GRADE = Grade(exposure_st=0.2, contrast=0.08, saturation=0.12, temperature_k=5900, vignette=0.35, sharpen=0.3)


def photograph(seed: int, blur: float) -> NDArray[np.uint16]:
    """Noise whose detail falls off as that of photographs does (amplitude as 1/f), colours correlated, at 16 bits.
    `blur`: of the lens, the deviation of a Gaussian in px."""
    rng = np.random.default_rng(seed)
    width, height = STILL
    pitch = np.hypot(np.fft.fftfreq(width)[None], np.fft.fftfreq(height)[:, None])
    pitch[0, 0] = 1.0
    kept = np.exp(-2 * (np.pi * blur * pitch) ** 2) / pitch
    layers = [np.fft.ifft2(np.fft.fft2(rng.normal(size=(height, width))) * kept).real for _ in range(4)]
    mixed = np.stack([layers[0] + 0.4 * layers[n + 1] for n in range(3)], -1)
    mixed = (mixed - mixed.mean()) / mixed.std()
    return np.round(np.clip(0.45 + 0.16 * mixed, 0.02, 0.98) * 65535).astype(np.uint16)


def spline36(x: Array) -> Array:
    """Of PanoTools: three cubic pieces."""
    x = np.abs(x)
    pieces = (
        ((13 / 11 * x - 453 / 209) * x - 3 / 209) * x + 1,
        ((-6 / 11 * (x - 1) + 270 / 209) * (x - 1) - 156 / 209) * (x - 1),
        ((1 / 11 * (x - 2) - 45 / 209) * (x - 2) + 26 / 209) * (x - 2),
    )
    return np.where(x < 1, pieces[0], np.where(x < 2, pieces[1], np.where(x < 3, pieces[2], 0.0)))


def weights(place: Array, count: int, step: float, softness: float, sharpen: float) -> Array:
    """(places, count): what each sample of a line gives to each place, in the line's own px; beyond its ends it repeats."""
    stretch = max(1.0, step) * softness
    reach = 40
    at = np.arange(-reach, count + reach)
    x = (at[None] + 0.5 - place[:, None]) / stretch
    w = spline36(x)
    w = (1 + 2 * sharpen) * w - sharpen * (spline36(x - step / stretch) + spline36(x + step / stretch))
    w /= w.sum(1, keepdims=True)
    folded = np.zeros((len(place), count))
    np.add.at(folded.T, np.clip(at, 0, count - 1), w.T)
    return folded


def sampled(plane: Array, view: View, scale: float, pitch: int, softness: float, sharpen: float) -> Array:
    """A plane (h, w), `scale` samples for each px of the still, seen by a view: samples `pitch` apart, sited as BT.709 has them."""
    width, height = FRAME[0] // pitch, FRAME[1] // pitch
    i, j = np.meshgrid(pitch * np.arange(width) + 0.5, pitch * (np.arange(height) + 0.5))
    u = scale * (view.scale_x * i + view.slip_x * j + view.left)
    v = scale * (view.slip_y * i + view.scale_y * j + view.top)
    step = scale * pitch
    if view.slip_x or view.slip_y:
        return turned(
            plane, u, v, np.array([[view.scale_x, view.slip_x], [view.slip_y, view.scale_y]]) * step, softness, sharpen
        )
    across = weights(u[0], plane.shape[1], step * view.scale_x, softness, sharpen)
    down = weights(v[:, 0], plane.shape[0], step * view.scale_y, softness, sharpen)
    return down @ plane @ across.T


def turned(plane: Array, u: Array, v: Array, steps: Array, softness: float, sharpen: float) -> Array:
    """The same for a view that turns: the kernel lies along the frame's axes, and so askew in the plane."""
    lengths = steps[0, 0], float(np.linalg.det(steps)) / steps[0, 0]
    back = np.linalg.inv(steps)
    reach = math.ceil(4 * softness * max(1.0, *np.abs(lengths)) * 1.2) + 1
    near = np.arange(-reach, reach + 1)
    total, sums = np.zeros(u.shape), np.zeros(u.shape)
    for dy in near:
        for dx in near:
            x, y = np.floor(u) + dx, np.floor(v) + dy
            weight = np.ones(u.shape)
            for row, length in zip(back, lengths, strict=True):
                stretch = max(1.0, length) * softness / length  # in samples of the frame
                at = (row[0] * (x + 0.5 - u) + row[1] * (y + 0.5 - v)) / stretch
                beside = spline36(at - 1 / stretch) + spline36(at + 1 / stretch)
                weight *= (1 + 2 * sharpen) * spline36(at) - sharpen * beside
            inside = np.clip(y, 0, plane.shape[0] - 1).astype(int), np.clip(x, 0, plane.shape[1] - 1).astype(int)
            total += weight * plane[inside]
            sums += weight
    return total / sums


def halved(plane: Array) -> Array:
    return plane.reshape(plane.shape[0] // 2, 2, plane.shape[1] // 2, 2).mean((1, 3))


def reference(picture: NDArray[np.uint16], grade: Grade, view: View, softness: float, sharpen: float) -> list[Array]:
    """Luma and both colour differences of a frame in 8-bit codes, not rounded."""
    code = operator(grade)(picture / 65535.0)
    light = code @ np.array([0.2126, 0.7152, 0.0722])
    blue, red = (code[..., 2] - light) / 1.8556, (code[..., 0] - light) / 1.5748
    y = 16 + sampled(219 * light, view, 1.0, 1, softness, sharpen)
    parts = [y, *(128 + sampled(224 * halved(c), view, 0.5, 2, softness, 0.0) for c in (blue, red))]
    for n, (part, base) in enumerate(zip(parts, (16, 128, 128), strict=True)):
        pitch = 1 if n == 0 else 2
        x = pitch * np.arange(part.shape[1]) + 0.5
        down = pitch * (np.arange(part.shape[0]) + 0.5)
        left = 1 - grade.vignette * falloff(x[None], down[:, None], *FRAME)
        parts[n] = base + (part - base) * left ** (1 / 2.4)
    return parts


def dither(engine: Engine) -> Array:
    """What is added on purpose before 8 bits are cut off, less the half that rounds: 0 on average, and no error."""
    rows = (FRAME[1], FRAME[1] // 2, FRAME[1] // 2)
    return np.concatenate(
        [
            np.resize(tile, (height, tile.shape[1])).ravel() - 0.5
            for tile, height in zip(engine._noise, rows, strict=True)
        ]
    )


def decibels(move: Move, depth: int, mixed: bool = False, blur: float = 0.5) -> float:
    """Peak signal to noise, over all samples of some frames of a move (or of a dissolve between two)."""
    pictures = [photograph(n, blur) for n in range(1 + mixed)]
    cube = bake(GRADE)
    shots = [prepare(p, cube, GRADE, move, FRAMES, FRAME, 3) for p in pictures]
    view = views(move, FRAMES, STILL, FRAME, 3)
    softness = shots[0].softness
    sharpen = (0.064 if softness > 1 else 0.0) + 0.25 * GRADE.sharpen
    engine, errors = Engine(*FRAME, depth), []
    for n in range(0, FRAMES, 2):
        e = n / FRAMES
        exact = np.concatenate([p.ravel() for p in reference(pictures[0], GRADE, view(n), softness, sharpen)])
        drawn = engine.frame(shots[0], n)
        if mixed:
            other = np.concatenate([p.ravel() for p in reference(pictures[1], GRADE, view(n), softness, sharpen)])
            exact, drawn = exact * (1 - e) + other * e, engine.mix(shots[0], n, shots[1], n, e)
        errors.append(drawn / 2.0 ** (depth - 8) - exact - (dither(engine) if depth == 8 else 0))
    return float(20 * np.log10(255 / np.sqrt(np.mean(np.square(errors)))))


MOVES = {
    "still": Move(),
    "push": Move(zoom_from=1.02, zoom_to=1.09),
    "ken burns": Move(zoom_to=1.15, centre_to=(0.62, 0.41)),
    "handheld": Move(unrest=1.0, seconds_a_frame=1 / 24),
    "roll": Move(roll=1.5),
    "keyframes": Move(keys=(Key(at=0.0, zoom=1.0, centre=(0.5, 0.5)), Key(at=1.0, zoom=1.2, centre=(0.4, 0.55)))),
}


@pytest.mark.parametrize("depth", [8, 10])
@pytest.mark.parametrize("name", MOVES)
def test_frames_are_those_of_the_slow_reference(name: str, depth: int) -> None:
    found = decibels(MOVES[name], depth)
    print(f"{name}, {depth} bits: {found:.1f} dB")
    assert found >= LEAST_DB


@pytest.mark.parametrize("depth", [8, 10])
def test_dissolves_are_those_of_the_slow_reference(depth: int) -> None:
    found = decibels(MOVES["ken burns"], depth, mixed=True)
    print(f"dissolve, {depth} bits: {found:.1f} dB")
    assert found >= LEAST_DB


@pytest.mark.parametrize(("blur", "least"), [(0.0, TURNED_DB), (0.5, LEAST_DB)], ids=["no lens", "a lens"])
def test_a_wide_roll_is_that_of_the_slow_reference(blur: float, least: float) -> None:
    found = decibels(Move(roll=7.0), 10, blur=blur)
    print(f"roll by 7 degrees, blur of {blur:g} px: {found:.1f} dB")
    assert found >= least
