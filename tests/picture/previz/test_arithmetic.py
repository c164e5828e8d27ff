"""The stage's own arithmetic against the C library's."""

import math

import numpy as np
import pytest

from apexlang.picture.previz import arith
from apexlang.picture.previz.dice import Dice


@pytest.mark.parametrize("x", np.linspace(-30, 30, 61))
def test_exp_and_sin(x: float) -> None:
    assert arith.exp(x) == pytest.approx(math.exp(x), rel=1e-7)
    assert arith.sin(x) == pytest.approx(math.sin(x), abs=1e-7)
    assert arith.cos(x) == pytest.approx(math.cos(x), abs=1e-7)


@pytest.mark.parametrize("x", [1e-6, 0.01, 0.5, 0.70710678, 1.0, 3.7, 1e5])
def test_log_and_power(x: float) -> None:
    assert arith.log(x) == pytest.approx(math.log(x), abs=1e-8)
    assert arith.power(x, 1 / 2.4) == pytest.approx(x ** (1 / 2.4), rel=1e-7)


def test_power_of_nothing_is_nothing() -> None:
    assert arith.power(0.0, 0.5) == 0.0
    assert arith.power(-1.0, 0.5) == 0.0


def test_atan2_in_all_quadrants() -> None:
    for a in np.linspace(-3.1, 3.1, 40):
        assert arith.atan2(math.sin(a), math.cos(a)) == pytest.approx(a, abs=2e-5)


def test_dice_follow_from_words_alone() -> None:
    assert [Dice("street", 1).unit() for _ in range(2)] == [Dice("street", 1).unit()] * 2
    assert Dice("street", 1).unit() != Dice("street", 2).unit()
    dice = Dice("bell")
    throws = [dice.bell() for _ in range(4000)]
    assert abs(np.mean(throws)) < 0.06
    assert abs(np.std(throws) - 1) < 0.05
