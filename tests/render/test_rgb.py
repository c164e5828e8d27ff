"""Frames for people's eyes against the definition of BT.709."""

from __future__ import annotations

import numpy as np
import pytest

from apexlang.render.rgb import to_rgb8


@pytest.mark.parametrize("depth", [8, 10])
@pytest.mark.parametrize("rgb", [(0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (128, 64, 200)])
def test_plain_colours_come_back(rgb: tuple[int, int, int], depth: int) -> None:
    r, g, b = (c / 255 for c in rgb)
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    scale = 1 << (depth - 8)
    codes = [(16 + 219 * y) * scale, (128 + 224 * (b - y) / 1.8556) * scale, (128 + 224 * (r - y) / 1.5748) * scale]
    kind = np.uint8 if depth == 8 else np.uint16
    frame = np.concatenate([np.full(n, round(c), kind) for n, c in zip((64, 16, 16), codes, strict=True)])
    found = to_rgb8(frame, 8, 8, depth).astype(int)
    assert np.abs(found - rgb).max() <= (2 if depth == 8 else 1)


def test_chroma_is_sited_left_and_halfway_down() -> None:
    luma = np.full(64, 126, np.uint8)
    ramp = np.repeat(np.array([[100, 110, 120, 130]], np.uint8), 4, 0)
    found = to_rgb8(np.concatenate((luma, np.full(16, 128, np.uint8), ramp.ravel())), 8, 8, 8).astype(float)
    red = found[4, :, 0]
    assert red[2] - red[0] == pytest.approx(10 * 255 / 224 * 1.5748, abs=1)
    assert red[1] == pytest.approx((red[0] + red[2]) / 2, abs=1)
    turned = to_rgb8(np.concatenate((luma, np.full(16, 128, np.uint8), ramp.T.ravel())), 8, 8, 8).astype(float)[:, 4, 0]
    assert turned[1] - turned[0] == 0 or turned[2] - turned[1] == pytest.approx(5 * 255 / 224 * 1.5748, abs=1.5)
