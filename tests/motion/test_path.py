"""Camera paths: inside the still, straight, of steady zoom, and pure."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apexlang.motion.path import moves, tightest, views, window
from apexlang.plan.model import Curve, Key, Move

LINEAR = Curve()
FRAME = (1920, 1080)
STILL = (2560, 1440)
SMALL = (480, 270)


def test_a_still_of_the_frames_size_is_seen_as_it_is() -> None:
    assert views(Move(), 10, FRAME, FRAME)(5) == (1.0, 1.0, 0.0, 0.0, 0.0, 0.0)


def test_zoom_1_is_the_largest_window_of_the_frames_shape_in_the_middle() -> None:
    assert window(1.0, (0.5, 0.5), (4000, 3000), FRAME) == pytest.approx((0, 375, 4000, 2250))
    assert window(1.0, (0.5, 0.5), (1000, 3000), FRAME) == pytest.approx((0, 1218.75, 1000, 562.5))


def test_a_wide_still_can_be_panned_over_at_zoom_1() -> None:
    pan = Move(centre_from=(0.0, 0.5), centre_to=(1.0, 0.5), curve=LINEAR)
    view = views(pan, 101, (4320, 1080), FRAME)
    assert [view(n).left for n in (0, 50, 100)] == [0, 1200, 2400]
    assert {view(n).scale_x for n in range(101)} == {1.0}


def test_a_zoom_is_steady_to_the_eye_and_one_point_stands_still() -> None:
    view = views(Move(zoom_to=1.5, centre_to=(0.7, 0.4), curve=LINEAR), 49, STILL, FRAME)
    seen = [view(n) for n in range(49)]
    ratios = [b.scale_x / a.scale_x for a, b in pairwise(seen)]
    assert max(ratios) - min(ratios) < 1e-8
    # u = s x + l is the same for every frame at x = -dl/ds
    fixed = [-(v.left - seen[0].left) / (v.scale_x - seen[0].scale_x) for v in seen[1:]]
    assert max(fixed) - min(fixed) < 1e-3


def test_the_first_and_last_own_frames_are_the_moves_ends() -> None:
    view = views(Move(zoom_from=1.02, zoom_to=1.07), 72, STILL, FRAME)
    assert view(0).scale_x == pytest.approx(STILL[0] / 1.02 / FRAME[0], abs=1e-9)
    assert view(71).scale_x == pytest.approx(STILL[0] / 1.07 / FRAME[0], abs=1e-9)


def test_a_shot_of_one_frame_has_a_view() -> None:
    assert views(Move(zoom_to=2.0), 1, STILL, FRAME)(0) == views(Move(), 1, STILL, FRAME)(0)


def test_views_lie_on_a_grid_that_hides_the_last_bit() -> None:
    v = views(Move(zoom_to=1.3, centre_to=(0.2, 0.9)), 60, STILL, FRAME)(17)
    assert all(x * 2**20 == int(x * 2**20) for x in (v.left, v.top))


@settings(max_examples=200)
@given(
    st.floats(1, 8), st.floats(1, 8), *[st.floats(0, 1)] * 4, st.integers(16, 6000), st.integers(16, 6000),
    st.sampled_from([LINEAR, Curve(name="ease-out"), Curve(name="cubic-bezier", args=(0.2, 2.0, 0.7, -1.0))]),
)  # fmt: skip
def test_no_window_leaves_the_still(
    z0: float, z1: float, x0: float, y0: float, x1: float, y1: float, width: int, height: int, curve: Curve
) -> None:
    move = Move(zoom_from=z0, zoom_to=z1, centre_from=(x0, y0), centre_to=(x1, y1), curve=curve)
    view = views(move, 25, (width, height), FRAME)
    for n in range(25):
        v = view(n)
        assert v.left >= 0
        assert v.top >= 0
        assert v.left + v.scale_x * FRAME[0] <= width + 1e-4
        assert v.top + v.scale_y * FRAME[1] <= height + 1e-4
        assert v.scale_x == v.scale_y > 0


def test_tightest_is_the_smallest_window() -> None:
    assert tightest(Move(zoom_from=1.6, zoom_to=1.2), STILL, FRAME) == pytest.approx(STILL[0] / FRAME[0] / 1.6)
    assert tightest(Move(), (960, 540), FRAME) == 0.5


def test_moves() -> None:
    assert not moves(Move(zoom_from=1.2, zoom_to=1.2))
    assert moves(Move(zoom_to=1.1))
    assert moves(Move(centre_to=(0.5, 0.6)))


@pytest.mark.parametrize("still", [(400, 300), (640, 360), (300, 500)])
@pytest.mark.parametrize(
    "move",
    [
        Move(roll=12.0),
        Move(roll=-200.0, curve=Curve()),
        Move(unrest=1.0, seconds_a_frame=1 / 24),
        Move(unrest=0.3, seconds_a_frame=1 / 60),
    ],
    ids=["roll", "over and over", "a running shoulder", "a shoulder"],
)
def test_a_turned_window_never_leaves_the_still(move: Move, still: tuple[int, int]) -> None:
    view = views(move, 97, still, SMALL, seed=7)
    scales = set()
    for n in range(97):
        v = view(n)
        scales.add(round(math.hypot(v.scale_x, v.slip_y), 6))
        for x, y in ((0, 0), (SMALL[0], 0), (0, SMALL[1]), SMALL):
            u = v.scale_x * x + v.slip_x * y + v.left
            w = v.slip_y * x + v.scale_y * y + v.top
            assert -1e-3 <= u <= still[0] + 1e-3
            assert -1e-3 <= w <= still[1] + 1e-3
    assert len(scales) == 1  # drawn in once, for the furthest turn: nothing breathes


def test_a_roll_goes_from_upright_to_its_angle_clockwise() -> None:
    view = views(Move(roll=10.0, curve=Curve()), 11, (640, 360), SMALL)
    angles = [math.degrees(math.atan2(view(n).slip_y, view(n).scale_x)) for n in range(11)]
    assert angles == pytest.approx(list(range(11)), abs=1e-5)


def test_unrest_is_its_seeds_own_and_goes_by_the_clock() -> None:
    slow = views(Move(unrest=0.5, seconds_a_frame=1 / 24), 240, (640, 360), SMALL, seed=1)
    fast = views(Move(unrest=0.5, seconds_a_frame=1 / 48), 480, (640, 360), SMALL, seed=1)
    assert [slow(n) for n in range(0, 240, 5)] == [fast(2 * n) for n in range(0, 240, 5)]
    other = views(Move(unrest=0.5, seconds_a_frame=1 / 24), 240, (640, 360), SMALL, seed=2)
    assert slow(100) != other(100)
    steps = [abs(slow(n + 1).left - slow(n).left) for n in range(239)]
    assert max(steps) < 2.0 < sum(steps)  # px of 480: it sways, it does not jump


def test_keyframes_hold_before_the_first_and_after_the_last() -> None:
    keys = tuple(Key(at=at, zoom=zoom, centre=(0.5, 0.5)) for at, zoom in ((0.2, 1.0), (0.5, 2.0), (0.8, 1.5)))
    view = views(Move(keys=keys, curve=Curve()), 101, (640, 360), SMALL)
    zooms = [(640 / SMALL[0]) / view(n).scale_x for n in range(101)]
    assert zooms[:21] == pytest.approx([1.0] * 21, abs=1e-6)
    assert zooms[50] == pytest.approx(2.0, abs=1e-6)
    assert zooms[80:] == pytest.approx([1.5] * 21, abs=1e-6)
    assert tightest(Move(keys=keys), (640, 360), SMALL) == pytest.approx(640 / SMALL[0] / 2)
