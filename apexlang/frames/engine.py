"""Frames of a shot, drawn from its planes: contiguous yuv420p (or yuv420p10), BT.709, limited range, chroma sited left.

Each frame is a pure function of the shot and its own frame number: whoever draws it, in whatever order, gets the same
bytes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from apexlang.colour.cube import Cube, bake
from apexlang.colour.tetrahedral import Codes
from apexlang.frames.dither import SIDE, thresholds
from apexlang.frames.finish import FULL_GRAIN, Picture, finish_rows, grain_offset, grain_tile, keep_rows, vignette
from apexlang.frames.planes import CHROMA_BASE, LUMA_BASE, Plane, Planes, planes, shrink
from apexlang.frames.resample import BLOCK, Floats, Indices, scale_columns, taps
from apexlang.frames.turning import Samples, margins, quartered, quarters, samples, slip_columns, slip_rows, turned
from apexlang.motion.path import Size, View, moves, tightest, views
from apexlang.plan.model import Grade, Move

ENGINE_VERSION: Final = "4"
"""Enters keys; changes whenever any frame's bytes would."""

MOVING_SOFTNESS: Final = 1.15
"""How much wider than need be the kernel is while the window moves: fine detail then stays equally sharp at every
sub-pixel place, instead of breathing."""
_REGAINED: Final = 0.064  # sharpening that gives back the contrast which that softness takes
_FULL_SHARPEN: Final = 0.25
_SHRINK_ABOVE, _SHRINK_TO = 1.65, 1.5  # still px for each frame px in the tightest window
_SHRINK_DRAFT: Final = 1.12
_STEP: Final = 1.09  # below _SHRINK_ABOVE / _SHRINK_TO, so that no reduction is reduced again
_DITHER_SHIFTS: Final = ((0, 0), (37, 11), (19, 45))  # so that the three planes do not share one pattern


@dataclass(frozen=True, eq=False)
class ShotFrames:
    """All that a shot's frames are drawn from. `vignette`, `grain` and `sharpen` in 0..1. `stands`: every frame is the same, so one
    need be drawn."""

    planes: Planes
    view: Callable[[int], View]
    vignette: float = 0.0
    grain: float = 0.0
    sharpen: float = 0.0
    softness: float = 1.0
    seed: int = 0
    stands: bool = False
    _quarters: dict[int, Planes] = field(default_factory=dict, repr=False)

    def seen(self, own_frame: int) -> tuple[View, Planes]:
        """The view of a frame and the planes that it is of: those of the still, or of the still turned by quarters."""
        view = self.view(own_frame)
        turns = quarters(view) if view.slip_y or view.scale_x < 0 else 0
        if turns == 0:
            return view, self.planes
        known = self._quarters.get(turns)
        if known is None:
            self._quarters[turns] = known = turned(self.planes, turns)
        return quartered(view, turns, self.planes.width, self.planes.height), known

    def forget(self) -> None:
        """To be called when what is in the planes has changed."""
        self._quarters.clear()


def prepare(
    picture: Codes, cube: Cube, grade: Grade, move: Move, own_frames: int, frame: Size, seed: int
) -> ShotFrames:
    """A decoded picture (h, w, 3) of 8- or 16-bit Rec.709 codes as drawable frames of `frame` (width, height).

    Zoom 1 shows the largest window of the frame's shape; smaller pictures are magnified, far larger ones reduced once.
    `cube` is `bake`d from `grade`, of which only vignette, grain and sharpen are read here.
    """
    width, height = reduced_size((picture.shape[1], picture.shape[0]), move, frame)
    if (width, height) != (picture.shape[1], picture.shape[0]):
        picture = shrink(picture, width, height)
    ratio = tightest(move, (width, height), frame)
    made = planes(picture, cube, half_chroma=ratio >= 1.0)
    shot = shot_frames(made, grade, move, own_frames, frame, seed)
    return replace(shot, stands=not moves(move) and grade.grain <= 0)


def shot_frames(made: Planes, grade: Grade, move: Move, own_frames: int, frame: Size, seed: int) -> ShotFrames:
    """Planes that are graded already as drawable frames of `frame` (width, height)."""
    return ShotFrames(
        planes=made,
        view=views(move, own_frames, (made.width, made.height), frame, seed),
        vignette=grade.vignette,
        grain=grade.grain,
        sharpen=grade.sharpen,
        softness=MOVING_SOFTNESS if moves(move) else 1.0,
        seed=seed,
    )


def reduced_size(still: Size, move: Move, frame: Size, draft: bool = False) -> Size:
    """The size to which `prepare` reduces a still before it is graded: its own where it is not far larger than needed. Sizes go
    by steps, so that a move a little wider or tighter mostly needs the same; what has been reduced stays as it is. A `draft` is
    reduced as much as can hardly be seen, but not where that costs more than it saves: after an edit one waits for it."""
    ratio = tightest(move, still, frame)
    to = _SHRINK_DRAFT if draft else _SHRINK_TO
    if ratio <= _SHRINK_ABOVE:
        return still
    factor = _STEP ** -math.floor(math.log(ratio / to, _STEP))
    return max(math.ceil(still[0] * factor), 1), max(math.ceil(still[1] * factor), 1)


class Engine:
    """Draws frames of one size and depth. It owns scratch memory: one for each thread.

    A shot may be None: black. Frames are one-dimensional arrays, uint8 or (for 10 bits) uint16, of width x height x 3/2
    samples: luma, then Cb, then Cr. `out` may be such an array, to be filled and returned; otherwise a new one is made.
    """

    def __init__(self, width: int, height: int, depth: int = 8) -> None:
        """ValueError if a side is odd or not positive, or `depth` is neither 8 nor 10."""
        if width <= 0 or height <= 0 or width % 2 or height % 2:
            raise ValueError(f"a frame of {width}x{height} cannot be 4:2:0")
        if depth not in (8, 10):
            raise ValueError(f"{depth} bits a sample")
        self.width, self.height, self.depth = width, height, depth
        self._scale = np.float32(1 << (depth - 8))
        self._noise = tuple(_noise(width if n == 0 else width // 2, depth, *_DITHER_SHIFTS[n]) for n in range(3))
        self._no_mask = np.empty((0, 1), np.float32)
        self._no_grain = np.zeros((1, 1), np.float32)
        self._black = tuple(
            np.full((1, width // pitch), base, np.float32) for pitch, base in ((1, LUMA_BASE), (2, CHROMA_BASE))
        )
        self._row = np.empty(width, np.float32)
        self._scratch: dict[str, Floats] = {}

    def frame(self, shot: ShotFrames | None, own_frame: int, out: Picture | None = None) -> Picture:
        """The finished frame `own_frame` of `shot`."""
        out = self._output(out)
        if shot is None:
            luma = self.width * self.height
            out[:luma] = int(LUMA_BASE) * int(self._scale)
            out[luma:] = int(CHROMA_BASE) * int(self._scale)
            return out
        self._draw(shot, own_frame, out, None, 1.0, ((shot, own_frame, 1.0),))
        return out

    def mix(
        self,
        a: ShotFrames | None,
        frame_a: int,
        b: ShotFrames | None,
        frame_b: int,
        e: float,
        out: Picture | None = None,
    ) -> Picture:
        """a (1 - e) + b e, e kept in 0..1, mixed in codes before the finish.

        Each shot has its own vignette. Each brings its own grain, weighted by the square root of its share: so the
        grain's strength goes evenly from one to the other, without a dip in the middle. At e = 0 and 1 it is `frame`.
        """
        e = min(max(e, 0.0), 1.0)
        if e == 0.0 or (a is None and b is None):
            return self.frame(a, frame_a, out)
        if e == 1.0:
            return self.frame(b, frame_b, out)
        out = self._output(out)
        if a is None:
            assert b is not None
            self._draw(b, frame_b, out, self._black_under(), e, ((b, frame_b, e),))
        elif b is None:
            self._draw(a, frame_a, out, self._black_under(), 1 - e, ((a, frame_a, 1 - e),))
        else:
            under = self._keep(a, frame_a)
            self._draw(b, frame_b, out, under, e, ((a, frame_a, 1 - e), (b, frame_b, e)))
        return out

    # --- inside ---
    def _output(self, out: Picture | None) -> Picture:
        count = self.width * self.height * 3 // 2
        if out is None:
            return np.empty(count, np.uint8) if self.depth == 8 else np.empty(count, np.uint16)
        if out.shape != (count,) or out.dtype != (np.uint8 if self.depth == 8 else np.uint16):
            raise ValueError("`out` is not a frame of this engine")
        return out

    def _black_under(self) -> tuple[Floats, Floats, Floats]:
        return self._black[0], self._black[1], self._black[1]

    def _parts(self, frame: Picture) -> tuple[Picture, Picture, Picture]:
        w, h = self.width, self.height
        luma, chroma = w * h, w * h // 4
        return (
            frame[:luma].reshape(h, w),
            frame[luma : luma + chroma].reshape(h // 2, w // 2),
            frame[luma + chroma :].reshape(h // 2, w // 2),
        )

    def _room(self, name: str, rows: int, columns: int) -> Floats:
        have = self._scratch.get(name)
        if have is None or have.size < rows * columns:
            have = self._scratch[name] = np.zeros(rows * columns, np.float32)
        return have[: rows * columns].reshape(rows, columns)

    def _masks(self, shot: ShotFrames) -> tuple[Floats, Floats, Floats]:
        if shot.vignette <= 0:
            return self._no_mask, self._no_mask, self._no_mask
        luma, chroma = vignette(self.width, self.height, shot.vignette)
        return luma, chroma, chroma

    def _draw(
        self,
        shot: ShotFrames,
        own_frame: int,
        out: Picture,
        under: tuple[Floats, Floats, Floats] | None,
        share: float,
        grains: tuple[tuple[ShotFrames, int, float], ...],
    ) -> None:
        view, parts = shot.seen(own_frame)
        offsets, gains = np.zeros(4, np.int64), np.zeros(2, np.float32)
        for n, (of, number, weight) in enumerate(grains):
            offsets[2 * n : 2 * n + 2] = grain_offset(of.seed, number)
            gains[n] = FULL_GRAIN * of.grain * math.sqrt(weight)
        tile = grain_tile(self.width) if gains.any() else self._no_grain
        none = np.zeros(2, np.float32)
        masks = self._masks(shot)
        for n, (plane, part) in enumerate(zip(parts, self._parts(out), strict=True)):
            drawn, starts, weights, low = self._scale_x(shot, plane, view, n)
            finish_rows(
                drawn,
                starts,
                weights,
                low,
                np.float32(LUMA_BASE if n == 0 else CHROMA_BASE),
                masks[n],
                self._no_mask if under is None else under[n],
                np.float32(share),
                tile,
                offsets,
                gains if n == 0 else none,
                self._noise[n],
                self._scale,
                self._row,
                part,
            )

    def _keep(self, shot: ShotFrames, own_frame: int) -> tuple[Floats, Floats, Floats]:
        (view, parts), masks = shot.seen(own_frame), self._masks(shot)
        kept = []
        for n, plane in enumerate(parts):
            drawn, starts, weights, low = self._scale_x(shot, plane, view, n)
            pitch = 1 if n == 0 else 2
            rows = self._room(f"kept {n}", self.height // pitch, self.width // pitch)
            base = np.float32(LUMA_BASE if n == 0 else CHROMA_BASE)
            keep_rows(drawn, starts, weights, low, base, masks[n], rows)
            kept.append(rows)
        return kept[0], kept[1], kept[2]

    def _scale_x(self, shot: ShotFrames, plane: Plane, view: View, n: int) -> tuple[Floats, Indices, Floats, int]:
        """All up to the scaling along y: the turned plane, the tables for y and the first row they count from."""
        pitch = 1 if n == 0 else 2
        sharpen = self._sharpen(shot) if n == 0 else 0.0
        width, height = self.width // pitch, self.height // pitch
        at = samples(view, plane, pitch)
        columns, rows = plane.data.shape
        slips = bool(at.b or at.d)
        starts_y, weights_y = taps(at.v, at.down, height, None if slips else rows, shot.softness, sharpen)
        low = int(starts_y.min())
        span = int(starts_y.max()) + weights_y.shape[1] - low
        if slips:
            return self._slip_x(plane, at, width, low, span, (shot.softness, sharpen)), starts_y, weights_y, low
        starts_x, weights_x = taps(at.u, at.a, width, columns, shot.softness, sharpen)
        work = self._room("work", BLOCK, rows)
        turned = self._room("turned", rows, -(-width // BLOCK) * BLOCK)
        scale_columns(plane.data, starts_x, weights_x, low, span, work, turned)
        return turned, starts_y, weights_y, low

    def _slip_x(
        self, plane: Plane, at: Samples, width: int, low: int, span: int, kernel: tuple[float, float]
    ) -> Floats:
        """The same for a view that turns: `span` rows from `low` on, with both slips made."""
        rows = -(-span // 8) * 8
        slope = at.b / at.down
        starts, weights = taps(at.u, at.a, width, None, *kernel)
        first = int(starts.min())
        columns = int(starts.max()) + weights.shape[1] - first
        before, after = margins(slope, at.v, low, rows)
        slipped = self._room("slipped", before + columns + after, rows)
        slip_columns(plane.data, first - before, at.d / at.a, at.u, low, slipped)
        both = self._room("slipped twice", columns, rows)
        slip_rows(slipped, before, slope, at.v, low, both)
        work = self._room("work", BLOCK, rows)
        turned = self._room("turned", rows, -(-width // BLOCK) * BLOCK)
        scale_columns(both, starts - first, weights, 0, rows, work, turned)
        return turned

    @staticmethod
    def _sharpen(shot: ShotFrames) -> float:
        return (_REGAINED if shot.softness > 1 else 0.0) + _FULL_SHARPEN * min(max(shot.sharpen, 0.0), 1.0)


def warm(depth: int = 8) -> None:
    """Compile every kernel (some seconds the first time on a machine, then they are on disk) by drawing tiny frames."""
    grade = Grade(vignette=0.3, grain=0.1, sharpen=0.2)
    cube = bake(Grade())
    engine = Engine(32, 18, depth)
    large = np.zeros((72, 128, 3), np.uint16)
    a = prepare(large, cube, grade, Move(zoom_to=1.1), 2, (32, 18), 1)
    b = prepare(large, cube, grade, Move(roll=3.0), 2, (32, 18), 1)
    engine.mix(a, 0, b, 1, 0.5)


def _noise(width: int, depth: int, down: int, along: int) -> Floats:
    """What is added before the fraction is cut. Only 8 bits are dithered: 10 are enough without."""
    if depth != 8:
        return np.full((1, width), 0.5, np.float32)
    tile = np.roll(thresholds(), (down, along), (0, 1))
    return np.ascontiguousarray(np.tile(tile, (1, -(-width // SIDE)))[:, :width])
