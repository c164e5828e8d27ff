"""Vignette, grain, dither and dissolves, measured on the frames that leave the engine."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from apexlang.colour.cube import bake
from apexlang.frames.dither import SIDE, thresholds, void_and_cluster
from apexlang.frames.engine import Engine, ShotFrames, prepare
from apexlang.frames.finish import FULL_GRAIN, falloff, grain_offset, grain_tile
from apexlang.plan.model import Grade, Move

SIZE = (320, 180)
PIXELS = 320 * 180
NEUTRAL = bake(Grade())


def plain(codes: tuple[float, float, float] = (0.5, 0.5, 0.5)) -> NDArray[np.uint16]:
    return np.broadcast_to(np.round(np.array(codes) * 65535).astype(np.uint16), (180, 320, 3)).copy()


def scene(seed: int = 1) -> NDArray[np.uint16]:
    y, x = np.mgrid[0:270, 0:480] / 270
    waves = [0.5 + 0.4 * np.sin(9 * x * k + seed) * np.cos(7 * y + k) for k in (1, 2, 3)]
    return np.round(np.stack(waves, -1) * 65535).astype(np.uint16)


def shot_of(picture: NDArray[np.uint16], grade: Grade, move: Move | None = None, seed: int = 3) -> ShotFrames:
    return prepare(picture, NEUTRAL, grade, move or Move(), 24, SIZE, seed)


def luma(frame: NDArray[np.generic]) -> NDArray[np.float64]:
    return frame[:PIXELS].reshape(180, 320).astype(np.float64)


# --- vignette
@pytest.mark.parametrize("amount", [0.3, 1.0])
def test_a_vignette_is_a_factor_on_light(amount: float) -> None:
    frame = Engine(*SIZE, depth=10).frame(shot_of(plain((0.8, 0.5, 0.3)), Grade(vignette=amount)), 0)
    y, x = np.mgrid[0:180, 0:320] + 0.5
    light = 1 - amount * falloff(x, y, *SIZE)
    code = np.array([0.8, 0.5, 0.3])[:, None, None] * light ** (1 / 2.4)
    exact = 64 + 876 * np.tensordot([0.2126, 0.7152, 0.0722], code, 1)
    assert np.abs(luma(frame) - exact).max() < 0.55
    assert luma(frame).mean() == pytest.approx(exact.mean(), abs=0.1)  # the flat middle rounds one way
    # the colour stays the same colour: Cr over Y' is what it was
    red = frame[PIXELS + PIXELS // 4 :].reshape(90, 160).astype(float) - 512
    grey = luma(frame)[::2, ::2] - 64
    lit = light[::2, ::2] > 0.2
    y_code = 0.2126 * 0.8 + 0.7152 * 0.5 + 0.0722 * 0.3
    assert np.abs(red[lit] / 896 - (grey[lit] / 876 / y_code) * (0.8 - y_code) / 1.5748).max() < 0.004


def test_the_vignettes_middle_is_untouched_and_its_corners_keep_the_rest() -> None:
    assert falloff(np.array([160.0]), np.array([90.0]), *SIZE)[0] == 0
    assert falloff(np.array([0.0]), np.array([0.0]), *SIZE)[0] == pytest.approx(1.0)


# --- grain
def test_grain_is_near_gaussian_of_the_stated_strength_at_mid_grey() -> None:
    engine, shot = Engine(*SIZE, depth=10), shot_of(plain(), Grade(grain=0.25))
    values = np.concatenate([luma(engine.frame(shot, n)).ravel() for n in range(6)]) / 4
    values -= values.mean()
    assert values.std() == pytest.approx(FULL_GRAIN * 0.25, rel=0.02)
    assert (values**4).mean() / (values**2).mean() ** 2 == pytest.approx(3.0, abs=0.15)
    assert abs((values**3).mean()) / values.std() ** 3 < 0.05


def test_grain_leaves_the_mean_black_white_and_colour_alone() -> None:
    engine = Engine(*SIZE, depth=10)
    for level, exact in ((0.0, 64), (1.0, 940)):
        assert set(luma(engine.frame(shot_of(plain((level,) * 3), Grade(grain=1.0)), 0)).ravel()) == {exact}
    noisy, clean = (engine.frame(shot_of(plain((0.6, 0.4, 0.5)), Grade(grain=g)), 1) for g in (0.5, 0.0))
    assert np.array_equal(noisy[PIXELS:], clean[PIXELS:])
    assert luma(noisy).mean() == pytest.approx(luma(clean).mean(), abs=0.5)


def test_grain_never_stands_still_and_never_repeats_a_neighbour() -> None:
    engine, shot = Engine(*SIZE, depth=10), shot_of(plain(), Grade(grain=0.3))
    frames = [luma(engine.frame(shot, n)) - 502 for n in range(8)]
    for a, b in pairwise(frames):
        assert abs((a * b).mean() / (a.std() * b.std())) < 0.05
    other = luma(engine.frame(shot_of(plain(), Grade(grain=0.3), seed=4), 0)) - 502
    assert abs((frames[0] * other).mean() / (other.std() * frames[0].std())) < 0.05


def test_grain_offsets_fill_the_tile() -> None:
    places = {grain_offset(9, n) for n in range(400)}
    assert len(places) > 395
    rows = np.array([p[0] for p in places])
    assert rows.min() < 30
    assert rows.max() > 480
    assert grain_offset(9, 5) != grain_offset(9 + 2**40, 5)


def test_the_tile_repeats_without_a_seam_and_has_unit_deviation() -> None:
    tile = grain_tile(64)
    assert tile.shape == (512, 576)
    assert np.array_equal(tile[:, :64], tile[:, 512:])
    assert tile[:, :512].std() == pytest.approx(1.0, abs=0.01)


# --- dither
def test_dither_keeps_a_faint_ramp_where_plain_rounding_makes_bands() -> None:
    ramp = np.linspace(0.40, 0.42, 320)
    picture = np.round(np.broadcast_to(ramp[None, :, None], (180, 320, 3)) * 65535).astype(np.uint16)
    frame = luma(Engine(*SIZE).frame(shot_of(np.ascontiguousarray(picture), Grade()), 0))
    blocks = frame[:160].reshape(10, 16, 20, 16).mean((1, 3))
    exact = (16 + 219 * ramp).reshape(20, 16).mean(1)
    assert np.abs(blocks - exact).max() < 0.07  # plain rounding is wrong by up to half a code here
    assert np.abs(frame - (16 + 219 * ramp)).max() < 1.0


def test_the_tile_holds_each_threshold_once_and_is_what_its_maker_makes() -> None:
    tile = thresholds()
    assert len(np.unique(tile)) == SIDE**2
    assert tile.min() > 0
    assert tile.max() < 1
    ranks = void_and_cluster()
    assert np.array_equal(((ranks + 0.5) / SIDE**2).astype(np.float32), tile)


def test_the_tile_is_blue() -> None:
    power = np.abs(np.fft.fft2(thresholds() - 0.5)) ** 2
    f = np.hypot(*np.meshgrid(np.fft.fftfreq(SIDE), np.fft.fftfreq(SIDE)))
    assert power[(f > 0) & (f < 0.12)].mean() < 0.05 * power[f > 0.3].mean()


def test_black_white_and_grey_of_whole_codes_are_not_dithered() -> None:
    for level, exact in ((0.0, 16), (1.0, 235)):
        frame = Engine(*SIZE).frame(shot_of(plain((level,) * 3), Grade()), 0)
        assert set(frame[:PIXELS].tolist()) == {exact}
        assert set(frame[PIXELS:].tolist()) == {128}


# --- dissolves
LOOK = Grade(vignette=0.4, grain=0.15, sharpen=0.3)


def test_a_dissolve_begins_and_ends_with_its_shots() -> None:
    a, b = shot_of(scene(1), LOOK, Move(zoom_to=1.2)), shot_of(scene(2), Grade(grain=0.3), seed=8)
    engine = Engine(*SIZE)
    assert np.array_equal(engine.mix(a, 7, b, 2, 0.0), engine.frame(a, 7))
    assert np.array_equal(engine.mix(a, 7, b, 2, 1.0), engine.frame(b, 2))
    assert np.array_equal(engine.mix(None, 0, b, 2, 0.0), engine.frame(None, 0))
    near = engine.mix(a, 7, b, 2, 1e-6).astype(int) - engine.frame(a, 7)  # and nothing jumps at the ends
    assert np.abs(near).max() <= 1
    assert (near != 0).mean() < 0.02


def test_a_dissolve_mixes_the_two_with_their_own_vignettes() -> None:
    clean = Grade(vignette=0.6)
    a, b = shot_of(scene(1), clean, Move(zoom_to=1.2)), shot_of(scene(2), Grade())
    engine = Engine(*SIZE, depth=10)
    first, second = engine.frame(a, 7).astype(float), engine.frame(b, 2).astype(float)
    for e in (0.2, 0.5, 0.9):
        assert np.abs(engine.mix(a, 7, b, 2, e) - (first * (1 - e) + second * e)).max() < 1.01


def test_grain_keeps_its_strength_through_a_dissolve() -> None:
    a, b = shot_of(plain(), Grade(grain=0.2), seed=1), shot_of(plain(), Grade(grain=0.2), seed=2)
    engine = Engine(*SIZE, depth=10)
    for e in (0.1, 0.5, 0.8):
        assert luma(engine.mix(a, 3, b, 4, e)).std() / 4 == pytest.approx(FULL_GRAIN * 0.2, rel=0.04)


def test_a_fade_goes_to_true_black() -> None:
    shot = shot_of(scene(), LOOK)
    engine = Engine(*SIZE)
    black = engine.frame(None, 0)
    assert set(black[:PIXELS].tolist()) == {16}
    assert set(black[PIXELS:].tolist()) == {128}
    levels = [luma(engine.mix(shot, 5, None, 0, e)).mean() for e in (0, 0.25, 0.5, 0.75, 1)]
    assert levels[2] - 16 == pytest.approx((levels[0] - 16) / 2, abs=0.1)
    assert levels[-1] == 16
    assert np.array_equal(engine.mix(shot, 5, None, 0, 0.3), engine.mix(None, 9, shot, 5, 0.7))


# --- purity
def test_frames_are_the_same_in_any_order_and_from_any_thread() -> None:
    a = shot_of(scene(1), LOOK, Move(zoom_to=1.2, centre_to=(0.3, 0.6)))
    b = shot_of(scene(2), LOOK, seed=77)

    def draw(engine: Engine, n: int) -> bytes:
        return (engine.mix(a, n, b, n, n / 24) if n % 3 == 0 else engine.frame(a, n)).tobytes()

    one = Engine(*SIZE)
    forward = [draw(one, n) for n in range(16)]
    other = Engine(*SIZE)
    assert [draw(other, n) for n in reversed(range(16))] == forward[::-1]
    engines = [Engine(*SIZE), Engine(*SIZE)]
    with ThreadPoolExecutor(2) as pool:
        halves = list(pool.map(lambda k: [draw(engines[k], n) for n in range(k, 16, 2)], range(2)))
    assert [halves[n % 2][n // 2] for n in range(16)] == forward


def test_a_buffer_of_ones_own_is_filled_and_returned() -> None:
    shot, engine = shot_of(scene(), LOOK), Engine(*SIZE)
    mine = np.zeros(PIXELS * 3 // 2, np.uint8)
    assert engine.frame(shot, 3, mine) is mine
    assert np.array_equal(mine, engine.frame(shot, 3))
    assert memoryview(mine).contiguous
    with pytest.raises(ValueError, match="not a frame"):
        engine.frame(shot, 3, np.zeros(7, np.uint8))


@pytest.mark.parametrize("bad", [(319, 180, 8), (320, 181, 8), (0, 180, 8), (320, 180, 9)])
def test_sizes_that_cannot_be_are_refused(bad: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"4:2:0|bits"):
        Engine(*bad)


def test_sharpening_raises_contrast_of_an_edge_and_nothing_else() -> None:
    edge = plain((0.3,) * 3)
    edge[:, 160:] = round(0.6 * 65535)
    engine = Engine(*SIZE, depth=10)
    soft, sharp = (luma(engine.frame(shot_of(edge, Grade(sharpen=s)), 0)) for s in (0.0, 0.5))
    assert np.array_equal(soft[:, :150], sharp[:, :150])
    overshoot = (sharp[90, 160:165].max() - soft[90, 170]) / (soft[90, 170] - soft[90, 100])
    assert overshoot == pytest.approx(0.125, abs=0.01)
    assert math.isclose(sharp.mean(), soft.mean(), abs_tol=0.3)
