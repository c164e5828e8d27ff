"""A decoded picture through cube, planes and engine, against the grade's own mathematics, in CIEDE2000."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from apexlang.colour.cube import bake
from apexlang.colour.grade import operator
from apexlang.frames.engine import Engine, ShotFrames, prepare, warm
from apexlang.frames.planes import shrink
from apexlang.plan.model import Curve, Grade, Move

Array = NDArray[np.float64]
BLOCK, ACROSS, DOWN = 16, 40, 22
WIDTH, HEIGHT = BLOCK * ACROSS, BLOCK * DOWN


def patches() -> Array:
    """880 codes: random, neutral, skin-like and on the faces of the gamut."""
    rng = np.random.default_rng(7)
    count = ACROSS * DOWN
    neutral = np.repeat(np.linspace(0, 1, 160)[:, None], 3, 1)
    skin = np.array([0.78, 0.58, 0.47]) * rng.uniform(0.3, 1.2, (160, 1)) * rng.uniform(0.95, 1.05, (160, 3))
    faces = rng.random((160, 3))
    faces[np.arange(160), rng.integers(0, 3, 160)] = rng.integers(0, 2, 160)
    return np.clip(np.concatenate([rng.random((count - 480, 3)), neutral, skin, faces]), 0, 1)


def picture(codes: Array) -> NDArray[np.uint16]:
    grid = np.round(codes * 65535).astype(np.uint16).reshape(DOWN, ACROSS, 3)
    return np.ascontiguousarray(np.repeat(np.repeat(grid, BLOCK, 0), BLOCK, 1))


def codes_of(frame: NDArray[np.generic], depth: int) -> Array:
    """RGB codes (h, w, 3) of a yuv420p frame by the definition of BT.709; chroma repeated: patches do not mind."""
    steps = 2 ** (depth - 8)
    count = WIDTH * HEIGHT
    y = (frame[:count].reshape(HEIGHT, WIDTH).astype(float) - 16 * steps) / (219 * steps)
    blue, red = (frame[count:].reshape(2, HEIGHT // 2, WIDTH // 2).astype(float) - 128 * steps) / (224 * steps)
    blue, red = (np.repeat(np.repeat(c, 2, 0), 2, 1) for c in (blue, red))
    r, b = y + 1.5748 * red, y + 1.8556 * blue
    return np.stack([r, (y - 0.2126 * r - 0.0722 * b) / 0.7152, b], -1)


def centres(rgb: Array) -> tuple[Array, Array]:
    """One px and the mean of the inner 8x8 px of each patch."""
    tiles = rgb.reshape(DOWN, BLOCK, ACROSS, BLOCK, 3)
    return tiles[:, 7, :, 7].reshape(-1, 3), tiles[:, 4:12, :, 4:12].mean((1, 3)).reshape(-1, 3)


def lab(code: Array) -> Array:
    """CIE Lab of Rec.709 display codes, BT.1886, D65."""
    matrix = np.array(
        [[0.4123908, 0.3575843, 0.1804808], [0.2126390, 0.7151687, 0.0721923], [0.0193308, 0.1191948, 0.9505322]]
    )
    xyz = np.clip(code, 0, 1) ** 2.4 @ matrix.T / matrix.sum(1)
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], -1)


def ciede2000(one: Array, two: Array) -> Array:
    """Sharma, Wu, Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one.T, two.T
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25.0**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180
    turn = np.where(c1 * c2 == 0, 0, turn)
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = np.where(c1 * c2 == 0, h1 + h2, h1 + turn / 2)
    t = 1 - 0.17 * np.cos(np.radians(hm - 30)) + 0.24 * np.cos(np.radians(2 * hm))
    t = t + 0.32 * np.cos(np.radians(3 * hm + 6)) - 0.20 * np.cos(np.radians(4 * hm - 63))
    sl = 1 + 0.015 * (lm - 50) ** 2 / np.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rt = -2 * np.sqrt(cm**7 / (cm**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((hm % 360 - 275) / 25) ** 2))))
    dl, dc, dh = (l2 - l1) / sl, (c2 - c1) / sc, dh / sh
    return np.sqrt(dl**2 + dc**2 + dh**2 + rt * dc * dh)


def test_the_measure_gives_its_authors_examples() -> None:
    one = np.array([[50, 2.6772, -79.7751], [50, 0, 0], [60.2574, -34.0099, 36.2677], [2.0776, 0.0795, -1.1350]])
    two = np.array([[50, 0, -82.7485], [50, -1, 2], [60.4626, -34.1751, 39.4387], [0.9033, -0.0636, -0.5514]])
    assert np.abs(ciede2000(one, two) - [2.0425, 2.3669, 1.2644, 0.9082]).max() < 2e-4


LOOK = Grade(exposure_st=0.2, contrast=0.15, saturation=0.1, temperature_k=5000, tint=3)


@pytest.mark.parametrize(
    ("grade", "depth", "mean", "worst", "block_mean"),
    [
        (Grade(), 8, 0.32, 2.0, 0.08),
        (LOOK, 8, 0.40, 2.5, 0.09),
        (Grade(), 10, 0.06, 0.4, 0.09),
        (LOOK, 10, 0.08, 0.4, 0.11),
    ],
    ids=["plain 8", "look 8", "plain 10", "look 10"],
)
def test_a_still_reaches_the_encoder_with_its_colours(
    grade: Grade, depth: int, mean: float, worst: float, block_mean: float
) -> None:
    codes = patches()
    still = picture(codes)
    shot = prepare(still, bake(grade), grade, Move(), 2, (WIDTH, HEIGHT), 1)
    one, block = centres(codes_of(Engine(WIDTH, HEIGHT, depth).frame(shot, 0), depth))
    truth = lab(operator(grade)(np.round(codes * 65535) / 65535))
    error = ciede2000(lab(one), truth)
    assert error.mean() < mean
    assert error.max() < worst
    assert ciede2000(lab(block), truth).mean() < block_mean


def mean_code(shot: ShotFrames, size: tuple[int, int]) -> float:
    frame = Engine(*size, depth=10).frame(shot, 0)
    return float((frame[: size[0] * size[1]].mean() - 64) / 876)


def test_a_large_still_is_reduced_in_light() -> None:
    """Alternate black and white lines become the code of half the light, .75; reduced in gamma they would give .5."""
    lines = np.zeros((720, 1280, 3), np.uint16)
    lines[::2] = 65535
    shot = prepare(lines, bake(Grade()), Grade(), Move(), 2, (160, 90), 1)
    assert 240 <= shot.planes.width <= 256  # one and a half px for each of the frame's, or the next step above
    assert mean_code(shot, (160, 90)) == pytest.approx(0.5 ** (1 / 2.4), abs=0.01)


def test_reducing_keeps_flat_pictures_and_places() -> None:
    flat = np.full((300, 400, 3), 31007, np.uint16)
    assert np.abs(shrink(flat, 123, 91).astype(int) - 31007).max() <= 1
    ramp = np.round(np.linspace(0, 1, 401)[:-1] * 65535).astype(np.uint16)
    small = (
        shrink(np.ascontiguousarray(np.broadcast_to(ramp[None, :, None], (40, 400, 3))), 100, 10)[5, 10:-10, 0] / 65535
    )
    want = (np.arange(10, 90) * 4 + 1.5) / 400
    assert np.abs(small - want).max() < 0.002


def test_a_still_of_another_shape_is_cropped_and_a_small_one_magnified() -> None:
    tall = np.zeros((200, 100, 3), np.uint16)
    tall[60:140] = 65535  # the middle: the largest 16:9 window is 100 x 56.25
    shot = prepare(tall, bake(Grade()), Grade(), Move(), 2, (320, 180), 1)
    assert shot.planes.blue.scale == 1.0
    assert mean_code(shot, (320, 180)) == pytest.approx(1.0, abs=1e-6)


def test_a_plain_colour_goes_through_the_same_door() -> None:
    colour = np.broadcast_to(np.array([0xC8, 0x40, 0x20], np.uint16) * 257, (9, 16, 3)).copy()
    shot = prepare(colour, bake(Grade()), Grade(), Move(zoom_to=1.5), 5, (WIDTH, HEIGHT), 1)
    rgb = codes_of(Engine(WIDTH, HEIGHT, 10).frame(shot, 3), 10)
    assert np.abs(rgb - np.array([0xC8, 0x40, 0x20]) / 255).max() < 0.002


@pytest.mark.parametrize("zoom", [3.0, 12.0, 60.0])
def test_extreme_zooms_are_drawn(zoom: float) -> None:
    shot = prepare(picture(patches()), bake(Grade()), Grade(), Move(zoom_to=zoom, curve=Curve()), 9, (64, 36), 1)
    engine = Engine(64, 36)
    means = [float(engine.frame(shot, n)[: 64 * 36].mean()) for n in range(9)]
    assert all(16 <= m <= 235 for m in means)


def test_warming_up_draws() -> None:
    warm()
    warm(10)
