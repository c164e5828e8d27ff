"""Colour spaces against published numbers."""

from __future__ import annotations

import numpy as np
import pytest

from apexlang.colour import spaces


def test_primary_matrices_are_the_published_ones() -> None:
    rec709 = [[0.4123908, 0.3575843, 0.1804808], [0.2126390, 0.7151687, 0.0721923], [0.0193308, 0.1191948, 0.9505322]]
    rec2020 = [[0.6369580, 0.1446169, 0.1688810], [0.2627002, 0.6779981, 0.0593017], [0.0, 0.0280727, 1.0609851]]
    assert np.abs(spaces.to_xyz("rec709") - rec709).max() < 1e-7
    assert np.abs(spaces.to_xyz("rec2020") - rec2020).max() < 1e-7


@pytest.mark.parametrize(
    ("xyz", "lab"),
    [
        ((0.950, 1.000, 1.089), (1.000, 0.000, 0.000)),
        ((1.0, 0.0, 0.0), (0.450, 1.236, -0.019)),
        ((0.0, 1.0, 0.0), (0.922, -0.671, 0.263)),
        ((0.0, 0.0, 1.0), (0.153, -1.415, -0.449)),
    ],
)
def test_oklab_gives_its_authors_examples(xyz: tuple[float, ...], lab: tuple[float, ...]) -> None:
    rgb = np.linalg.solve(spaces.to_xyz("rec2020"), np.array(xyz))
    assert np.abs(spaces.oklab(rgb[None])[0] - lab).max() < 6e-4


def test_oklab_goes_there_and_back() -> None:
    light = np.random.default_rng(1).random((500, 3))
    assert np.abs(spaces.from_oklab(spaces.oklab(light)) - light).max() < 1e-12


def test_codes_go_there_and_back_and_keep_their_sign() -> None:
    code = np.linspace(-0.5, 1.5, 101)[:, None].repeat(3, 1)
    assert np.abs(spaces.encode(spaces.decode(code)) - code).max() < 1e-14


def test_white_of_6500_kelvin_is_d65() -> None:
    assert np.abs(spaces.white(6500.0) - spaces.xyz_of_xy(*spaces.D65)).max() < 1e-12


def test_whites_follow_the_black_body() -> None:
    # Illuminant A is a black body of 2856 K at (.4476, .4074); ours runs parallel to the locus, through D65.
    x, y, z = spaces.white(2856.0)
    assert np.hypot(x / (x + y + z) - 0.4476, y / (x + y + z) - 0.4074) < 0.012


def test_adaptation_takes_one_white_to_the_other() -> None:
    warm, cold = spaces.white(3200.0), spaces.white(9000.0, 12.0)
    assert np.abs(spaces.apply(spaces.adaptation(warm, cold), warm) - cold).max() < 1e-12
