"""Frames that say which they are: a strip of 40 cells on top holds the frame's number in its piece, the piece, and its version.

`probe.js` reads them back from what a browser shows.
"""

from __future__ import annotations

import io
import subprocess
from fractions import Fraction
from functools import lru_cache

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray
from PIL import Image

CELLS = 40
FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
SAMPLES = 48_000
CHUNK_S = 2


def bits(offset: int, piece: int, version: int) -> list[int]:
    """12 bits of the frame's number, 12 of the piece, 8 of the version, 8 that check them; the lowest first."""
    check = ((offset & 255) ^ (offset >> 8) ^ (piece & 255) ^ (piece >> 8) ^ version ^ 0x5A) & 255
    return [
        value >> n & 1 for value, count in ((offset, 12), (piece, 12), (version, 8), (check, 8)) for n in range(count)
    ]


@lru_cache(8)
def _ground(width: int, height: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return x / width, y / height


def frame(offset: int, piece: int, version: int, width: int, height: int) -> NDArray[np.uint8]:
    """One frame in grey, (height, width)."""
    x, y = _ground(width, height)
    turn = piece * 1.7 + version * 0.9
    grey = 96 + 60 * np.sin(6 * x + turn + offset * 0.05) * np.cos(5 * y - turn) + 40 * (y - 0.5)
    out = grey.clip(16, 235).astype(np.uint8)
    strip, cell = max(12, height // 16), width // CELLS
    out[: strip + 4] = 16
    for n, bit in enumerate(bits(offset, piece, version)):
        out[:strip, n * cell : (n + 1) * cell] = 235 if bit else 16
    return out


@lru_cache(2048)
def jpeg(offset: int, piece: int, version: int, width: int, height: int, thumb: bool = False) -> bytes:
    """The frame as JPEG; a thumbnail is at most 320x180 and has a colour of its piece."""
    grey = Image.fromarray(frame(offset, piece, version, width, height))
    if thumb:
        grey = grey.crop((0, height // 12, width, height))
        grey.thumbnail((320, 180))
        hue = Image.new("L", grey.size, (piece * 47) % 256)
        grey = Image.merge("HSV", (hue, Image.new("L", grey.size, 90), grey)).convert("RGB")
    data = io.BytesIO()
    grey.save(data, "JPEG", quality=88)
    return data.getvalue()


@lru_cache(4096)
def segment(frames: int, piece: int, version: int, rate: Fraction, width: int, height: int) -> bytes:
    """A piece as the preview encodes it: baseline, no B-frames, closed groups of 12, fragmented, beginning at zero."""
    raw = b"".join(frame(n, piece, version, width, height).tobytes() for n in range(frames))
    size = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{width}x{height}", "-r", str(rate), "-i", "-"]
    code = (
        "-c:v libx264 -preset ultrafast -crf 23 -profile:v baseline -level 4.0 -g 12 -bf 0 -threads 1 -pix_fmt yuv420p"
    )
    colour = "-color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv"
    scale = str(rate.numerator if rate.denominator > 1 else rate.numerator * 1000)
    return _fragmented(
        [
            *size,
            *code.split(),
            "-x264-params",
            "open-gop=0:scenecut=0",
            *colour.split(),
            "-video_track_timescale",
            scale,
        ],
        raw,
    )


@lru_cache(256)
def chunk(number: int, version: int, samples: int) -> bytes:
    """Two seconds of the mix, or what is left of it: a quiet tone, with a click every half second."""
    return _fragmented(
        ["-f", "s16le", "-ar", str(SAMPLES), "-ac", "2", "-i", "-", "-c:a", "flac"],
        np.repeat(_mono(number, version, samples), 2).tobytes(),
    )


def peaks(seconds: float, version: int) -> bytes:
    """Lowest and highest of each hundredth of a second as int8."""
    t = np.arange(int(seconds * 100)) / 100
    high = 32 * _swell(t) + 70 * (t % 0.5 < 0.005)
    return np.stack([-32 * _swell(t), high], 1).astype(np.int8).tobytes()


def _swell(t: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.exp(-6 * (t * 2 % 1)) * (0.5 + 0.5 * np.sin(t * 0.7) ** 2)


def _mono(number: int, version: int, samples: int) -> NDArray[np.int16]:
    t = np.arange(samples) / SAMPLES + number * CHUNK_S
    wave = 0.25 * _swell(t) * np.sin(2 * np.pi * (220 + 40 * version) * t)
    wave[(t * SAMPLES % (SAMPLES // 2)) < 24] = 0.8
    return (wave * 32767).astype("<i2")


def _fragmented(arguments: list[str], data: bytes) -> bytes:
    end = ["-movflags", "+frag_keyframe+empty_moov+default_base_moof", "-f", "mp4", "-"]
    command = [FFMPEG, "-v", "error", "-nostdin", *arguments, *end]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout
