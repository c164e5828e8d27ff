"""Easings: their ends, their middles, and CSS's own examples."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apexlang.motion.ease import ease
from apexlang.plan.model import Curve

CURVES = [
    Curve(),
    Curve(name="ease-in"),
    Curve(name="ease-out"),
    Curve(name="ease-in-out"),
    Curve(name="sine"),
    Curve(name="gamma", args=(2.2,)),
    Curve(name="cubic-bezier", args=(0.25, 0.1, 0.25, 1.0)),
]


@pytest.mark.parametrize("curve", CURVES, ids=lambda c: c.name)
def test_begins_at_0_ends_at_1_and_only_rises(curve: Curve) -> None:
    values = [ease(curve, i / 200) for i in range(201)]
    assert values[0] == 0
    assert values[-1] == 1
    assert all(b > a for a, b in pairwise(values))
    assert ease(curve, -3) == 0
    assert ease(curve, 7) == 1


def test_middles() -> None:
    quarter = {c.name: ease(c, 0.25) for c in CURVES}
    assert quarter["linear"] == 0.25
    assert quarter["ease-in"] == 0.0625
    assert quarter["ease-out"] == 0.4375
    assert quarter["ease-in-out"] == 0.15625
    assert quarter["sine"] == pytest.approx((1 - math.cos(math.pi / 4)) / 2, abs=1e-9)
    assert quarter["gamma"] == pytest.approx(0.25**2.2, abs=1e-9)


def test_bezier_of_css_ease() -> None:
    assert ease(CURVES[-1], 0.5) == pytest.approx(0.8024033877, abs=1e-8)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_bezier_with_its_handles_on_the_diagonal_is_linear(a: float, b: float, t: float) -> None:
    assert ease(Curve(name="cubic-bezier", args=(a, a, b, b)), t) == pytest.approx(t, abs=1e-7)


def test_bezier_may_overshoot() -> None:
    assert max(ease(Curve(name="cubic-bezier", args=(0.3, 1.6, 0.6, 1.2)), i / 50) for i in range(51)) > 1.05


@pytest.mark.parametrize(
    "curve",
    [
        Curve(name="bounce"),
        Curve(name="gamma"),
        Curve(name="gamma", args=(0.0,)),
        Curve(name="cubic-bezier", args=(0.1, 0.2)),
        Curve(name="cubic-bezier", args=(1.5, 0.0, 0.5, 1.0)),
    ],
)
def test_an_unknown_curve_is_a_value_error_at_any_time(curve: Curve) -> None:
    for t in (0.0, 0.5, 1.0):
        with pytest.raises(ValueError, match="unknown curve"):
            ease(curve, t)
