"""Plates: neutral, inside the safe area, whatever is written on them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apexlang.render.titles import missing, plate


def ink(made: np.ndarray) -> tuple[int, int, int, int]:
    """The box of what is nearly opaque white: left, top, right, bottom."""
    y, x = np.nonzero((made[..., 3] > 200) & (made[..., 0] > 200))
    return int(x.min()), int(y.min()), int(x.max()), int(y.max())


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (480, 480)])
@pytest.mark.parametrize(
    "text", ["Berlin, 1949", "It is a long way home, and the last train leaves at dawn " * 3, "W" * 200, "x" * 5000]
)
def test_text_stays_in_the_safe_area(size: tuple[int, int], text: str) -> None:
    width, height = size
    made = plate(text, width, height)
    assert made.shape == (height, width, 4)
    left, top, right, bottom = ink(made)
    assert left >= width * 0.07 and right <= width * 0.93
    assert top >= height * 0.05 and bottom <= height * 0.85  # the subtitles' room stays free


def test_plates_are_neutral_and_repeat() -> None:
    made = plate("Ελλάδα — Москва", 320, 180)
    assert (made[..., 0] == made[..., 1]).all() and (made[..., 1] == made[..., 2]).all()
    assert (made == plate("Ελλάδα — Москва", 320, 180)).all()
    assert made[..., 3].max() > 220 and made[0, 0, 3] == 0


def test_letters_stand_apart_but_keep_their_kerning() -> None:
    wide = ink(plate("AVAVAV", 640, 360))
    plain = ink(plate("HNHNHN", 640, 360))
    assert wide[2] - wide[0] < plain[2] - plain[0]


def test_what_no_font_has_is_known() -> None:
    assert missing("Berlin, 1949 é ß Ł Ω Я “…”") == ""
    assert missing("a\U0010fff0") in ("", "\U0010fff0")


def test_nothing_to_write() -> None:
    assert not plate(" \n\t ", 64, 36).any()


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_any_text_makes_a_plate(text: str) -> None:
    assert plate(text, 128, 72).shape == (72, 128, 4)
