"""Where things stand in a frame, to thousandths of a pixel, and how evenly sharp they stay."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from apexlang.colour.cube import bake
from apexlang.frames.engine import MOVING_SOFTNESS, Engine, ShotFrames
from apexlang.frames.planes import Planes, planes
from apexlang.motion.path import View, views
from apexlang.plan.model import Curve, Grade, Key, Move

FRAME = (480, 270)
STILL = (640, 360)
SIGMA = 4.0
NEUTRAL = bake(Grade())


def ungraded(code: NDArray[np.float32], half_chroma: bool) -> Planes:
    """Codes 0..1 as planes, at 16 bits."""
    return planes(np.round(code * 65535).astype(np.uint16), NEUTRAL, half_chroma)


def spots(size: tuple[int, int], sigma: float = SIGMA) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """A black still with soft white spots, codes (h, w, 3), and their places in px."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width] + 0.5
    at = np.array(
        [
            ((i + 0.5) * width / 5 + 0.37 * ((7 * i + 3 * j) % 5), (j + 0.5) * height / 3 + 0.23 * ((3 * i + j) % 4))
            for j in range(3)
            for i in range(5)
        ]
    )
    grey = sum(np.exp(-((x - u) ** 2 + (y - v) ** 2) / (2 * sigma**2)) for u, v in at)
    return np.repeat((0.9 * np.asarray(grey))[..., None], 3, 2).astype(np.float32), at


def centroid(luma: NDArray[np.float64], near: NDArray[np.float64], radius: int) -> NDArray[np.float64]:
    """Centre of mass of a spot about `near`, by a Gaussian window that follows it."""
    x, y = near
    for _ in range(4):
        x0, y0 = round(x) - radius, round(y) - radius
        part = np.maximum(luma[y0 : y0 + 2 * radius, x0 : x0 + 2 * radius], 0)
        v, u = np.mgrid[y0 : y0 + 2 * radius, x0 : x0 + 2 * radius] + 0.5
        part = part * np.exp(-((u - x) ** 2 + (v - y) ** 2) / (2 * (radius / 2.5) ** 2))
        total = part.sum()
        x, y = x + 1.6 * ((part * u).sum() / total - x), y + 1.6 * ((part * v).sum() / total - y)
    return np.array([x, y])


def track(move: Move, frames: int, *, half_chroma: bool = True) -> NDArray[np.float64]:
    """Errors (frames, spots, 2) in px of the drawn spots against the analytic path, in 10 bits."""
    code, at = spots(STILL)
    view = views(move, frames, STILL, FRAME)
    shot = ShotFrames(ungraded(code, half_chroma), view, softness=MOVING_SOFTNESS)
    engine, errors = Engine(*FRAME, depth=10), []
    for n in range(frames):
        luma = engine.frame(shot, n)[: FRAME[0] * FRAME[1]].reshape(FRAME[1], FRAME[0]).astype(float) - 64
        v = view(n)
        truth = np.linalg.solve([[v.scale_x, v.slip_x], [v.slip_y, v.scale_y]], (at - (v.left, v.top)).T).T
        inside = ((truth > 24) & (truth < np.array(FRAME) - 24)).all(1)
        errors.append(
            [centroid(luma, t, 18) - t if ok else (np.nan, np.nan) for t, ok in zip(truth, inside, strict=True)]
        )
    found = np.array(errors)
    return found[:, ~np.isnan(found).any((0, 2))]


@pytest.mark.parametrize("turn", [90, 180, 270, 75.5, -100])
def test_a_turn_by_any_angle_shows_the_same_still(turn: float) -> None:
    """Against the still's own function, sampled at the turned places."""
    side, size = 256, (128, 128)
    radians = np.radians(turn)
    a, b = float(np.cos(radians)), float(np.sin(radians))
    y, x = np.mgrid[0:side, 0:side] + 0.5

    def grey(u: NDArray[np.float64], v: NDArray[np.float64]) -> NDArray[np.float64]:
        return 0.5 + 0.25 * np.sin(u / 9) * np.cos(v / 13) + 0.1 * np.sin((u + 2 * v) / 17)

    code = np.repeat(grey(x, y)[..., None], 3, 2).astype(np.float32)
    left, top = side / 2 - (a - b) * size[0] / 2, side / 2 - (a + b) * size[1] / 2
    shot = ShotFrames(ungraded(code, False), lambda n: View(a, a, left, top, -b, b))
    luma = Engine(*size, depth=10).frame(shot, 0)[: size[0] * size[1]].reshape(size[1], size[0])
    i, j = np.meshgrid(np.arange(size[0]) + 0.5, np.arange(size[1]) + 0.5)
    exact = 64 + 876 * grey(a * i - b * j + left, b * i + a * j + top)
    assert np.abs(luma - exact).max() < 1.6


@pytest.mark.parametrize(
    "move",
    [
        Move(zoom_from=1.02, zoom_to=1.09, curve=Curve()),
        Move(zoom_from=1.2, zoom_to=1.05, centre_from=(0.3, 0.3), centre_to=(0.6, 0.7)),
        Move(zoom_from=1.1, zoom_to=1.1, centre_from=(0.47, 0.5), centre_to=(0.50, 0.51), curve=Curve()),
        Move(roll=4.0),
        Move(roll=-30.0, curve=Curve()),
        Move(unrest=1.0, seconds_a_frame=1 / 24),
        Move(
            keys=(
                Key(at=0.0, zoom=1.0, centre=(0.5, 0.5)),
                Key(at=0.5, zoom=1.1, centre=(0.45, 0.5)),
                Key(at=1.0, zoom=1.05, centre=(0.5, 0.55)),
            )
        ),
    ],
    ids=["push", "ken burns", "slow pan", "roll", "a wide roll", "handheld", "keyframes"],
)
def test_a_move_is_exact_to_thousandths_of_a_pixel_and_does_not_tremble(move: Move) -> None:
    errors = track(move, 24)
    assert errors.shape[1] >= 3
    assert np.sqrt((errors**2).mean()) < 0.002
    assert np.abs(errors.mean((0, 1))).max() < 0.001  # no offset either: centres are where the convention puts them
    assert np.abs(np.diff(errors, 2, axis=0)).max() < 0.008


def test_a_still_of_the_frames_size_passes_through_unchanged() -> None:
    code = (np.random.default_rng(1).integers(0, 65536, (54, 96, 3)) / 65535).astype(np.float32)
    shot = ShotFrames(ungraded(code, True), lambda n: View(1.0, 1.0, 0.0, 0.0))
    luma = Engine(96, 54, depth=10).frame(shot, 0)[: 96 * 54].reshape(54, 96)
    exact = 64 + 876 * (code @ np.array([0.2126, 0.7152, 0.0722]))
    assert np.abs(luma - exact).max() < 0.51  # half a step; the points of the cube are whole numbers of 16 bits


@pytest.mark.parametrize("half_chroma", [True, False], ids=["half", "full"])
def test_chroma_is_sited_left(half_chroma: bool) -> None:
    """A blue-to-yellow ramp over the width and a red-to-cyan one over the height: a sample tells where it was taken."""
    width, height = 160, 90
    u = (np.arange(width) + 0.5) / width
    v = (np.arange(height) + 0.5) / height
    code = np.zeros((height, width, 3), np.float32)
    code[..., 2] = 0.2 + 0.6 * u
    code[..., 0] = 0.2 + 0.6 * v[:, None]
    code[..., 1] = 0.4
    shot = ShotFrames(ungraded(code, half_chroma), lambda n: View(1.0, 1.0, 0.0, 0.0))
    frame = Engine(width, height, depth=10).frame(shot, 0)[width * height :].reshape(2, height // 2, width // 2)
    x, y = (2 * np.arange(width // 2) + 0.5) / width, (2 * np.arange(height // 2) + 1.0)[:, None] / height
    r, g, b = 0.2 + 0.6 * y, 0.4, 0.2 + 0.6 * x
    luma = 0.2126 * r + 0.7152 * g + 0.0722 * b
    inside = (slice(4, -4), slice(4, -4))
    assert np.abs(frame[0] - (512 + 896 * (b - luma) / 1.8556))[inside].max() < 0.7
    assert np.abs(frame[1] - (512 + 896 * (r - luma) / 1.5748))[inside].max() < 0.7


@pytest.mark.parametrize("code", [0.0, 0.18, 0.5, 0.73, 1.0])
def test_what_is_flat_stays_flat_in_every_frame(code: float) -> None:
    flat = np.full((180, 320, 3), code, np.float32)
    view = views(Move(zoom_from=1.0, zoom_to=1.7, centre_to=(0.2, 0.8)), 9, (320, 180), (160, 90))
    shot = ShotFrames(ungraded(flat, True), view, sharpen=0.6, softness=MOVING_SOFTNESS)
    engine = Engine(160, 90, depth=10)
    for n in range(9):
        frame = engine.frame(shot, n)
        assert set(frame[: 160 * 90].tolist()) == {round(64 + 876 * code)}
        assert set(frame[160 * 90 :].tolist()) == {512}


def grating_contrast(softness: float, period: float, shift: float, still_per_frame: float = 1.0) -> float:
    """Contrast left of a fine grating, `period` in frame px, after a shift by a part of a pixel."""
    width, height = 256, 32
    wide = round((width + 16) * still_per_frame)
    x = (np.arange(wide) + 0.5) / still_per_frame
    row = 0.5 + 0.3 * np.cos(2 * np.pi * x / period)
    code = np.repeat(np.broadcast_to(row, (height * 2, wide))[..., None], 3, 2).astype(np.float32)
    view = View(still_per_frame, 1.0, (8 + shift) * still_per_frame, 8.0)
    shot = ShotFrames(ungraded(code, True), lambda n: view, softness=softness)
    luma = Engine(width, height, depth=10).frame(shot, 0)[: width * height].reshape(height, width)
    return float(luma[8:-8, 16:-16].astype(float).std() * np.sqrt(2) / (876 * 0.3))


def test_fine_detail_does_not_breathe_while_it_drifts_and_keeps_its_contrast() -> None:
    period = 2 / 0.7
    seen = [grating_contrast(MOVING_SOFTNESS, period, s) for s in np.linspace(0, 1, 9)]
    assert (max(seen) - min(seen)) / np.mean(seen) < 0.06
    assert 0.94 < np.mean(seen) < 1.06


def test_detail_too_fine_for_the_frame_does_not_alias() -> None:
    seen = [grating_contrast(MOVING_SOFTNESS, 2 / 1.4, s, 2.0) for s in np.linspace(0, 1, 5)]
    assert max(seen) < 0.02
