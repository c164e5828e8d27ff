"""The grade's operators against formulas written out a second time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apexlang.colour import spaces
from apexlang.colour.grade import lattice, operator, shoulder
from apexlang.colour.lut import Lut
from apexlang.plan.model import Grade

RANDOM = np.random.default_rng(3).random((2000, 3))
GREYS = np.linspace(0, 1, 400)[:, None].repeat(3, 1)


def test_a_grade_that_says_nothing_changes_nothing() -> None:
    for codes in (RANDOM, GREYS, lattice(9)):
        assert np.abs(operator(Grade())(codes) - codes).max() < 2e-7


def test_finish_and_names_do_not_touch_the_colour() -> None:
    finish = Grade(vignette=0.5, grain=0.2, sharpen=0.4)
    assert np.array_equal(operator(finish)(RANDOM), operator(Grade())(RANDOM))


@pytest.mark.parametrize("stops", [-3.0, -1.0, -0.25])
def test_less_exposure_is_a_factor_on_light(stops: float) -> None:
    assert np.abs(operator(Grade(exposure_st=stops))(RANDOM) - RANDOM * 2 ** (stops / 2.4)).max() < 1e-9


@pytest.mark.parametrize("stops", [0.5, 1.0, 2.0])
def test_more_exposure_is_a_factor_below_the_shoulder_and_white_stays_white(stops: float) -> None:
    grade = operator(Grade(exposure_st=stops))
    knee = 0.18 + 0.52 / 2**stops
    below = GREYS[(GREYS[:, 0] ** 2.4) * 2**stops < knee * 0.999]
    assert np.abs(grade(below) - below * 2 ** (stops / 2.4)).max() < 1e-9
    assert np.abs(grade(np.ones((1, 3))) - 1).max() < 1e-9
    ramp = grade(GREYS)
    assert (np.diff(ramp, axis=0) > 0).all()
    assert np.abs(ramp - ramp[:, :1]).max() < 1e-6  # greys stay grey under the shoulder


def test_contrast_is_a_slope_in_log_light_about_mid_grey() -> None:
    grey = 0.18 ** (1 / 2.4)
    grade = operator(Grade(contrast=0.3))
    assert np.abs(grade(np.full((1, 3), grey)) - grey).max() < 1e-12
    assert np.abs(grade(np.zeros((1, 3)))).max() == 0
    # under the knee: log2 of the light about .18 is 1.3 times what it was
    light = np.array([0.02, 0.05, 0.1, 0.3])
    got = grade((light ** (1 / 2.4))[:, None].repeat(3, 1))[:, 0] ** 2.4
    assert np.abs(np.log2(got / 0.18) - 1.3 * np.log2(light / 0.18)).max() < 1e-9


def test_no_saturation_is_grey_by_the_luma_of_bt2020() -> None:
    got = operator(Grade(saturation=-1.0))(RANDOM)
    assert np.abs(got - got[:, :1]).max() < 1e-9
    wide = np.linalg.solve(spaces.to_xyz("rec2020"), spaces.to_xyz("rec709") @ (RANDOM**2.4).T).T ** (1 / 2.4)
    assert np.abs(got[:, 0] - wide @ [0.2627, 0.6780, 0.0593]).max() < 1e-9


def test_saturation_leaves_greys_alone() -> None:
    assert np.abs(operator(Grade(saturation=0.5))(GREYS) - GREYS).max() < 1e-9


def test_saturation_is_never_cut_hard() -> None:
    """Colours pushed outside Rec.709 are drawn in: two different ones stay different."""
    line = np.stack([np.linspace(0.5, 1, 50), np.full(50, 0.1), np.full(50, 0.1)], -1)
    got = operator(Grade(saturation=0.4))(line)
    assert (np.abs(np.diff(got, axis=0)).max(-1) > 1e-4).all()


def test_lower_kelvin_is_warmer_and_keeps_the_luminance_of_grey() -> None:
    grey = np.full((1, 3), 0.4)
    warm, cold = operator(Grade(temperature_k=4000))(grey)[0], operator(Grade(temperature_k=8000))(grey)[0]
    assert warm[0] > 0.4 > warm[2]
    assert cold[0] < 0.4 < cold[2]
    weights = spaces.to_xyz("rec709")[1]
    for colour in (warm, cold):
        assert abs((colour**2.4) @ weights - 0.4**2.4) < 5e-4 * 0.4**2.4


def test_positive_tint_is_magenta() -> None:
    red, green, blue = operator(Grade(tint=20))(np.full((1, 3), 0.4))[0]
    assert green < 0.4 < min(red, blue)


def test_the_shoulder_is_the_identity_at_white_and_smooth_at_its_knee() -> None:
    x = np.linspace(0, 1, 1001)
    assert np.abs(shoulder(x, 0.7, 1.0) - x).max() < 1e-15
    knee, step = 0.4, 1e-6
    slope = np.diff(shoulder(np.array([knee - step, knee, knee + step]), knee, 3.0)) / step
    assert abs(slope[0] - slope[1]) < 1e-4
    assert shoulder(np.array([3.0]), knee, 3.0)[0] == pytest.approx(1.0, abs=1e-12)


def negative() -> Lut:
    return Lut((1 - lattice(2)).reshape(2, 2, 2, 3))


def test_a_table_is_mixed_in_light_by_its_strength() -> None:
    full = operator(Grade(lut="x"), negative())(RANDOM)
    assert np.abs(full - (1 - RANDOM)).max() < 1e-9
    none = operator(Grade(lut="x", lut_strength=0.0), negative())(RANDOM)
    assert np.abs(none - RANDOM).max() < 2e-7
    half = operator(Grade(lut="x", lut_strength=0.5), negative())(RANDOM)
    assert np.abs(half**2.4 - (RANDOM**2.4 + (1 - RANDOM) ** 2.4) / 2).max() < 1e-9


@settings(max_examples=40, deadline=None)
@given(st.floats(-4, 4), st.floats(-0.9, 1), st.floats(-1, 1), st.floats(2000, 12000), st.floats(-100, 100))
def test_any_grade_gives_codes(exposure: float, contrast: float, saturation: float, kelvin: float, tint: float) -> None:
    grade = Grade(exposure_st=exposure, contrast=contrast, saturation=saturation, temperature_k=kelvin, tint=tint)
    got = operator(grade)(lattice(5))
    assert np.isfinite(got).all()
    assert got.min() >= 0
    assert got.max() <= 1
