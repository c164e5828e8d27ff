"""Footage, frame for frame: whichever frame is asked for, wherever decoding begins."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from apexlang.frames.footage import Coding
from apexlang.render.ffmpeg import Crew
from apexlang.render.footage import Footage, FootageError, drawn_size, filters, frames, probe_footage
from apexlang.units import Rate

RATE = Rate(24)


def pictures(
    crew: Crew, path: Path, footage: Footage, rate: Rate, first: int, count: int, size: tuple[int, int]
) -> Any:
    """The frames as pictures of 16 bits, whichever way they are handed over: 4:2:0 by its matrix, chroma repeated."""
    for frame in frames(crew, path, footage, rate, first, count, size):
        if not isinstance(frame, tuple):
            yield frame.copy()
            continue
        zero, step, c_zero, c_step, from_red, g_blue, g_red, from_blue = (
            float(n) for n in Coding(footage.depth or 8, footage.matrix).numbers()
        )
        y = (frame[0].astype(float) - zero) * step
        cb, cr = ((c.astype(float).repeat(2, 0).repeat(2, 1) - c_zero) * c_step for c in frame[1:])
        rgb = np.stack([y + from_red * cr, y + g_blue * cb + g_red * cr, y + from_blue * cb], -1)
        yield (rgb.clip(0, 1) * 65535 + 0.5).astype(np.uint16)


def numbers(project: Any, path: Path, rate: Rate, first: int, count: int) -> list[int]:
    """Which frames of `counted.mkv` (grey of code 16 + 4 n) come out."""
    footage = probe_footage(path, rate)
    size = (footage.width, footage.height)
    found = pictures(Crew(project.ffmpeg), path, footage, rate, first, count, size)
    return [round((float(p.mean()) / 65535 * 219) / 4) for p in found]


def nearest(tick: int, rate: Rate, source: Fraction, last: int) -> int:
    """The source frame seen at a tick: the latest whose time is nearest to it or to a tick before."""
    return min(
        max(n for n in range(last + 1) if (Fraction(n) / source * rate.fps + Fraction(1, 2)).__floor__() <= tick), last
    )


@pytest.mark.parametrize("rate", [Rate(25), Rate(24), Rate.of("29.97"), Rate(50), Rate(12)])
def test_each_tick_shows_its_frame(project: Any, rate: Rate) -> None:
    path = project.folder / "counted.mkv"
    total = probe_footage(path, rate).frames
    want = [nearest(i, rate, Fraction(25), 49) for i in range(total)]
    assert numbers(project, path, rate, 0, total) == want
    for first in (1, 5, total // 2, total - 4):
        assert numbers(project, path, rate, first, 4) == want[first : first + 4]


def test_what_is_asked_for_does_not_depend_on_where_decoding_begins(project: Any, tmp_path: Path) -> None:
    """Long, with B-frames, few key frames and a start that is not zero."""
    path = tmp_path / "long.mp4"
    graph = "color=black:s=64x36:r=25:d=8,format=yuv420p,geq=lum='16+N':cb=128:cr=128"
    encoder = ["-c:v", "libx264", "-qp", "0", "-bf", "3", "-g", "120", "-preset", "veryfast"]
    crew = Crew(project.ffmpeg)
    crew.run(["-f", "lavfi", "-i", graph, *encoder, "-output_ts_offset", "3.2", f"file:{path}"])
    footage = probe_footage(path, Rate(25))
    assert footage.frames == 200
    for first in (0, 26, 100, 119, 121, 190):
        found = pictures(crew, path, footage, Rate(25), first, 5, (64, 36))
        assert [round(float(p.mean()) / 65535 * 219) for p in found] == list(range(first, first + 5))


def test_footage_that_ends_early(project: Any) -> None:
    path = project.folder / "counted.mkv"
    assert numbers(project, path, Rate(25), 47, 5) == [47, 48, 49, 49, 49]  # containers round: two frames are lent
    with pytest.raises(FootageError, match="ends after 50 frames; frame 55 is needed"):
        numbers(project, path, Rate(25), 46, 10)
    with pytest.raises(FootageError, match="ends"):
        numbers(project, path, Rate(25), 300, 10)
    assert numbers(project, path, Rate(25), -2, 4) == [0, 0, 0, 1]


@pytest.mark.parametrize("pixels", ["yuv444p", "yuv420p", "yuv420p10le"])
@pytest.mark.parametrize(("matrix", "spread"), [("bt709", "tv"), ("smpte170m", "tv"), ("bt709", "pc")])
def test_colours_by_the_files_own_matrix(project: Any, tmp_path: Path, matrix: str, spread: str, pixels: str) -> None:
    path = tmp_path / "c.mkv"
    rgb = np.array([200, 60, 120]) * 257
    make = f"color=0xc83c78:s=64x36:r=25:d=1,format=gbrp,zscale=m={matrix}:r={spread},format={pixels}"
    Crew(project.ffmpeg).run(["-f", "lavfi", "-i", make, "-c:v", "ffv1", "-color_range", spread, f"file:{path}"])
    footage = probe_footage(path, RATE)
    assert (footage.matrix, footage.full_range) == (matrix, spread == "pc")
    picture = next(pictures(Crew(project.ffmpeg), path, footage, RATE, 3, 1, (64, 36)))
    assert np.abs(picture[18, 32].astype(int) - rgb).max() < 300  # of 65,535: what 8 bits leave


def test_turned_and_stretched_footage(project: Any, tmp_path: Path) -> None:
    path, turned, wide = tmp_path / "a.mp4", tmp_path / "turned.mp4", tmp_path / "wide.mp4"
    crew = Crew(project.ffmpeg)
    crew.run(["-f", "lavfi", "-i", "testsrc2=s=96x64:d=1", "-c:v", "libx264", "-pix_fmt", "yuv420p", f"file:{path}"])
    crew.run(["-display_rotation", "90", "-i", f"file:{path}", "-c", "copy", f"file:{turned}"])
    crew.run(["-i", f"file:{path}", "-vf", "setsar=4/3", "-c:v", "libx264", f"file:{wide}"])
    assert (probe_footage(turned, RATE).width, probe_footage(turned, RATE).height) == (64, 96)
    assert (probe_footage(wide, RATE).width, probe_footage(wide, RATE).height) == (128, 64)
    footage = probe_footage(turned, RATE)
    picture = next(pictures(crew, turned, footage, RATE, 0, 1, (64, 96)))
    plain = next(pictures(crew, path, probe_footage(path, RATE), RATE, 0, 1, (96, 64)))
    assert np.abs(np.rot90(plain).astype(int) - picture).mean() < 2500


def test_large_footage_is_handed_over_no_larger_than_needed() -> None:
    footage = Footage(3840, 2160, 10, Fraction(0), "bt709", False)
    assert drawn_size(footage, 1280, 720, 1.0) == (1280, 720)
    assert drawn_size(footage, 1280, 720, 1.5) == (1920, 1080)
    assert drawn_size(footage, 1080, 1920, 1.0) == (3414, 1920)
    small = Footage(320, 240, 10, Fraction(0), "bt709", False)
    assert drawn_size(small, 1280, 720, 1.0) == (320, 240)
    assert "setpts" not in filters(footage, RATE, 0, 1, (8, 8))[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "no such file"),
        (b"", "empty"),
        (b"not a film at all" * 50, "broken"),
        (b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n", "broken"),
        (b"ffconcat version 1.0\nfile counted.mkv\n", "broken"),
    ],
)
def test_what_cannot_be_used_says_why(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "x.mp4"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FootageError, match=reason):
        probe_footage(path, RATE)
