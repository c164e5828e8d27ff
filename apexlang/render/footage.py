"""Footage: what a file holds, and its frames at the film's rate as pictures for the engine.

FFmpeg decodes, picks the frame that is seen at each tick of the film's rate (counted from the footage's own first frame, so it
does not matter where decoding began), and turns it into 16-bit R'G'B' by the matrix and range that the file says. What the file
leaves unsaid is BT.709, limited. From there on footage is drawn as stills are: same grade, moves, grain and dissolves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import numpy as np
import numpy.typing as npt

from apexlang.colour.cube import Cube
from apexlang.colour.tetrahedral import Codes
from apexlang.frames.engine import ShotFrames, prepare, shot_frames
from apexlang.frames.footage import Coding, FootagePlanes
from apexlang.motion.path import Size, tightest
from apexlang.plan.model import Grade, Move
from apexlang.render import arguments
from apexlang.render.ffmpeg import Crew
from apexlang.units import Rate

Rgb16 = npt.NDArray[np.uint16]

_SEEK_BEFORE_S: Final = Fraction(1, 4)
"""Containers find the key frame before a time by the order of decoding, which is a few frames off that of showing."""
_LENT: Final = 2
"""Frames that may be missing at the end of footage: containers round their durations. The last frame is held."""
_MATRICES: Final = {1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020nc"}
_DEPTHS: Final = {"yuv420p": 8, "nv12": 8, "yuv420p10le": 10, "p010le": 10, "yuv420p12le": 12}
_LARGEST: Final = 16384


class FootageError(Exception):
    """Footage that cannot be used; `reason` is a clause for a person, such as "the file is empty"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Footage:
    """`width`, `height` as shown: upright, in square pixels. `frames` at the rate that was asked about. `first` is the time of
    the first frame in the file, in seconds. `matrix` and `full_range` are what its colours are made by. `depth`: bits a sample,
    where its frames are 4:2:0 of even size in limited range, upright and in square pixels, as most are; else None."""

    width: int
    height: int
    frames: int
    first: Fraction
    matrix: str
    full_range: bool
    depth: int | None = None


def probe_footage(path: Path, rate: Rate) -> Footage:
    """Looks into a file and decodes its first frame. FootageError if there is no picture to be had."""
    try:
        if not path.is_file():
            raise FootageError("there is no such file" if not path.exists() else "it is not a file")
        if path.stat().st_size == 0:
            raise FootageError("the file is empty")
        options = {"protocol_whitelist": "file", "format_whitelist": arguments.CONTAINERS}
        with av.open(arguments.url(path), options=options) as container:
            return _examine(container, rate)
    except (av.FFmpegError, ValueError):
        raise FootageError("the file is broken, or not footage that can be read") from None
    except OSError as problem:
        raise FootageError(f"the file cannot be read ({problem.strerror or problem})") from None


def _examine(container: Any, rate: Rate) -> Footage:
    if not container.streams.video:
        raise FootageError("there is no picture in the file")
    stream = container.streams.video[0]
    first = next(container.decode(stream), None)
    if first is None:
        raise FootageError("there is no frame in the file")
    base = stream.time_base
    start = Fraction(stream.start_time or 0) * base
    if stream.duration:
        seconds = Fraction(stream.duration) * base
    elif container.duration:
        seconds = Fraction(container.duration, av.time_base)
    else:
        seconds = _measured(container, stream, start)
    width, height = first.width, first.height
    aspect = stream.sample_aspect_ratio or Fraction(1)
    if aspect > 0:
        width = max(1, round(width * Fraction(aspect)))
    if round(abs(first.rotation)) % 180 == 90:
        width, height = height, width
    if max(width, height) > _LARGEST:
        raise FootageError(f"frames of {width}x{height} are larger than {_LARGEST} pixels")
    name = first.format.name
    if name.startswith(("rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "pal8")):
        return Footage(width, height, rate.frames(seconds), start, "gbr", True)
    full = name.startswith("yuvj") or int(first.color_range) == 2  # AVCOL_RANGE_JPEG
    plain = (width, height) == (first.width, first.height) and width % 2 == height % 2 == 0
    matrix = _MATRICES.get(int(first.colorspace), "bt709")
    return Footage(
        width, height, rate.frames(seconds), start, matrix, full, _DEPTHS.get(name) if plain and not full else None
    )


def _measured(container: Any, stream: Any, start: Fraction) -> Fraction:
    """The length of a stream whose container does not say it: by its packets."""
    end = Fraction(0)
    step = Fraction(0)
    container.seek(0)
    for packet in container.demux(stream):
        if packet.pts is not None:
            at = packet.pts * stream.time_base - start
            step = Fraction(packet.duration or 0) * stream.time_base or step
            end = max(end, at + step)
    return end


def drawn_size(footage: Footage, width: int, height: int, zoom: float) -> tuple[int, int]:
    """The size at which footage is handed to the engine for frames of `width` x `height`: its own, or smaller where even the
    tightest window (`zoom`) would not see the difference."""
    need = max(width * zoom / footage.width, height * zoom / footage.height)
    if need >= 1:
        return footage.width, footage.height
    return max(width, math.ceil(footage.width * need)), max(height, math.ceil(footage.height * need))


def filters(footage: Footage, rate: Rate, first: int, count: int, size: tuple[int, int]) -> tuple[str, str]:
    """From decoded frames, with the file's own times, to `count` of them from footage frame `first` on, and the pixel format they are
    in: as they were decoded where the engine can take them so, 16-bit planar RGB elsewhere."""
    chain = []
    if footage.first:
        chain.append(f"setpts=round(PTS-({footage.first.numerator})/{footage.first.denominator}/TB)")
    chain += [f"fps=fps={rate.num}/{rate.den}:round=near", f"trim=start_pts={first}:end_pts={first + count}"]
    if footage.depth is not None and size == (footage.width, footage.height):
        pixels = "yuv420p" if footage.depth == 8 else f"yuv420p{footage.depth}le"
        return ",".join([*chain, f"format={pixels}"]), pixels
    spread = "full" if footage.full_range else "limited"
    tags = f"setparams=range={spread}:colorspace={footage.matrix}:color_primaries=bt709:color_trc=bt709"
    chain += [
        tags if footage.matrix == "gbr" else f"{tags}:chroma_location=left",
        f"zscale=w={size[0]}:h={size[1]}:f=spline36:m=gbr:r=full:d=none:threads=1",
        "format=gbrp16le",
    ]
    return ",".join(chain), "gbrp16le"


Frame = tuple[Codes, Codes, Codes]
"""Luma and both colour differences of one frame, (h, w) and twice (h/2, w/2)."""


def frames(
    crew: Crew, path: Path, footage: Footage, rate: Rate, first: int, count: int, size: tuple[int, int]
) -> Generator[Frame | Rgb16, None, None]:
    """`count` frames from footage frame `first` on, as `filters` has them: the parts of a frame, or a picture (h, w, 3) uint16.
    Each is valid until the next is asked for. Close the iterator to end FFmpeg. FootageError if the footage ends too early,
    FfmpegError if it cannot be decoded."""
    early = min(max(0, -first), count)
    start, want = max(first, 0), max(count - early, 1)
    seek = max(Fraction(0), rate.seconds(start) - _SEEK_BEFORE_S)  # FFmpeg adds the start of the file
    chain, pixels = filters(footage, rate, start, want, size)
    buffer, seen = _room(pixels, *size)
    given, there = 0, False
    with crew.start(arguments.decode(path, float(seek), chain, pixels), gives=True) as process:
        while given < count and process.read_into(buffer):
            there = True
            for _ in range(early if given == 0 else 0):
                yield seen()
                given += 1
            if given < count:
                yield seen()
                given += 1
    if not there or count - given > _LENT:
        raise FootageError(f"the footage ends after {start + given - early} frames; frame {start + want - 1} is needed")
    for _ in range(count - given):
        yield seen()


def _room(pixels: str, width: int, height: int) -> tuple[memoryview, Callable[[], Frame | Rgb16]]:
    """Room for a frame as FFmpeg gives it, and the frame that is in it."""
    if pixels == "gbrp16le":
        planes = np.empty((3, height, width), "<u2")
        return planes.data.cast("B"), lambda: np.ascontiguousarray(np.moveaxis(planes[[2, 0, 1]], 0, 2))
    luma, chroma = width * height, width * height // 4
    samples = np.empty(luma + 2 * chroma, np.uint8 if pixels == "yuv420p" else np.dtype("<u2"))
    parts = (
        samples[:luma].reshape(height, width),
        samples[luma : luma + chroma].reshape(height // 2, width // 2),
        samples[luma + chroma :].reshape(height // 2, width // 2),
    )
    return samples.data.cast("B"), lambda: parts


def drawable(
    footage: Footage,
    size: tuple[int, int],
    cube: Cube,
    grade: Grade,
    move: Move,
    own_frames: int,
    frame: Size,
    seed: int,
) -> Callable[[Frame | Rgb16], ShotFrames]:
    """What makes each frame of `frames` drawable. What it gives is valid until it is asked again."""
    if footage.depth is None or size != (footage.width, footage.height):
        return lambda picture: prepare(picture, cube, grade, move, own_frames, frame, seed)  # type: ignore[arg-type]
    coding = Coding(footage.depth, footage.matrix)
    room = FootagePlanes(*size, coding, cube, half_chroma=tightest(move, size, frame) >= 1.0)
    shot: ShotFrames | None = None

    def draw(parts: Frame | Rgb16) -> ShotFrames:
        nonlocal shot
        planes = room.fill(*parts)
        if shot is None:  # the planes stay the same, what is in them changes
            shot = shot_frames(planes, grade, move, own_frames, frame, seed)
        shot.forget()
        return shot

    return draw
