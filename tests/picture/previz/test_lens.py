"""Depth of field against what a thin lens gives."""

import numpy as np
import pytest

from apexlang.picture.previz.bands import Bands
from apexlang.picture.previz.lens import circle_of_confusion, defocus

BANDS = Bands(1)


def test_circle_of_confusion_of_a_thin_lens() -> None:
    # 50 mm, f/2, focused at 2 m: a point at infinity is a disc of f^2 / N / (s - f) = .641 mm diameter on the sensor
    radius = circle_of_confusion(np.full((1, 1), np.inf, np.float32), 2.0, 50, 2.0, 1920)
    assert float(radius[0, 0]) == pytest.approx(0.05**2 / 2 / 1.95 / 0.036 * 1920 / 2, rel=1e-5)
    sharp = circle_of_confusion(np.full((1, 1), 2.0, np.float32), 2.0, 50, 2.0, 1920)
    assert float(sharp[0, 0]) == 0.0
    near = circle_of_confusion(np.full((1, 1), 1.0, np.float32), 2.0, 50, 2.0, 1920)
    assert float(near[0, 0]) < 0


def test_flat_light_stays_flat_at_any_depth() -> None:
    rng = np.random.default_rng(0)
    depth = rng.uniform(0.7, 30, size=(90, 160)).astype(np.float32)
    picture = np.full((90, 160, 3), 0.5, np.float32)
    out = defocus(picture, depth, 2.0, 85, 1.4, BANDS)
    assert np.abs(out - 0.5).max() < 1e-5


def test_focus_plane_is_untouched_and_does_not_bleed() -> None:
    depth = np.full((120, 200), 20.0, np.float32)
    depth[:, 60:140] = 2.0
    picture = np.zeros((120, 200, 3), np.float32)
    picture[:, 60:140] = 1.0
    out = defocus(picture, depth, 2.0, 85, 1.4, BANDS)
    assert np.array_equal(out[:, 62:138], picture[:, 62:138])
    assert out[:, 140:].max() < 0.02  # a sharp figure leaves no halo on what is behind it


def test_a_closed_lens_changes_nothing() -> None:
    depth = np.linspace(1, 40, 64 * 36, dtype=np.float32).reshape(36, 64)
    picture = np.random.default_rng(2).random((36, 64, 3)).astype(np.float32)
    assert defocus(picture, depth, 3.0, 24, 16.0, BANDS) is picture


def test_the_same_bits_on_any_number_of_threads() -> None:
    rng = np.random.default_rng(3)
    depth = np.repeat(np.repeat(rng.uniform(0.8, 20, (9, 16)), 10, 0), 10, 1).astype(np.float32)
    picture = rng.random((90, 160, 3)).astype(np.float32)
    assert np.array_equal(defocus(picture, depth, 2.0, 85, 2.0, BANDS), defocus(picture, depth, 2.0, 85, 2.0, Bands(3)))
