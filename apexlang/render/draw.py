"""From a plan's shots to finished frames: what a segment shows at its frame i, drawn by the engine.

Each frame depends on its shot and own frame number alone, so it is the same whoever draws it and in whatever order.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from apexlang.colour.cube import COARSE_ABOVE, Cube, CubeError, bake, read_cube
from apexlang.colour.lut import Lut
from apexlang.colour.tetrahedral import Codes
from apexlang.frames.engine import Engine, ShotFrames, prepare, reduced_size
from apexlang.frames.finish import Picture
from apexlang.frames.planes import shrink
from apexlang.motion.ease import ease
from apexlang.motion.path import magnification
from apexlang.picture.files import PictureError, read_rgb
from apexlang.plan.model import ClipFile, Grade, Plain, Plan, Segment, Shot, Slice
from apexlang.render.failure import Failure, RenderError
from apexlang.render.ffmpeg import Crew
from apexlang.render.footage import Footage, FootageError, drawable, drawn_size, frames, probe_footage
from apexlang.render.shelf import Shelf
from apexlang.render.store import Store

Rgb16 = npt.NDArray[np.uint16]

_LARGEST_LUT: Final = 64 << 20


class Studio:
    """The shots of one plan, made drawable when they are first needed and kept while they are likely to be needed again.
    Shared by all workers. RenderError where a shot's picture cannot be had."""

    def __init__(
        self,
        plan: Plan,
        folder: Path,
        store: Store,
        crew: Crew,
        keep: int = 4,
        note: Callable[[str], None] = print,
        shelf: Shelf | None = None,
    ) -> None:
        """`keep`: how many shots stay ready to be drawn. `shelf`: where to keep things beyond this studio, in place of that."""
        self._plan = plan
        self._folder = folder
        self._store = store
        self._crew = crew
        self._note = note
        self._guard = threading.Lock()
        self._baking: dict[str, threading.Lock] = {}
        self._draft = plan.encoding.streamed
        self._keeps_pictures = shelf is not None
        self._shelf = shelf or Shelf(most=keep)
        self._cubes: dict[str, Cube] = {}
        self._footage: dict[int, Footage] = {}

    @property
    def size(self) -> tuple[int, int]:
        return self._plan.format.width, self._plan.format.height

    def frames(self, segment: Segment, engine: Engine) -> Generator[Picture, None, None]:
        """The segment's frames in order, each valid until the next is asked for."""
        out: Picture | None = None
        with contextlib.ExitStack() as opened:
            a = opened.enter_context(contextlib.closing(self._slice(segment.a)))
            b = opened.enter_context(contextlib.closing(self._slice(segment.b))) if segment.b is not None else None
            for i in range(segment.frames):
                number = segment.a.first + i
                if b is None or segment.b is None:
                    shot = next(a)
                    if out is None or not (shot is None or shot.stands):
                        out = engine.frame(shot, number, out)
                else:
                    e = ease(segment.curve, (i + 0.5) / segment.frames)
                    out = engine.mix(next(a), number, next(b), segment.b.first + i, e, out)
                yield out

    def frame(self, segment: Segment, number: int, engine: Engine) -> Picture:
        """Frame `number` of a segment, by itself: the very one that `frames` gives in its turn."""
        a = segment.a.model_copy(update={"first": segment.a.first + number, "count": 1})
        with contextlib.closing(self._slice(a)) as one:
            first = next(one)
            if segment.b is None:
                return engine.frame(first, a.first)
            b = segment.b.model_copy(update={"first": segment.b.first + number, "count": 1})
            with contextlib.closing(self._slice(b)) as other:
                e = ease(segment.curve, (number + 0.5) / segment.frames)
                return engine.mix(first, a.first, next(other), b.first, e)

    def _slice(self, part: Slice) -> Generator[ShotFrames | None, None, None]:
        """For each frame of `part`, what its frame is drawn from; None is black."""
        if part.shot is None:
            for _ in range(part.count):
                yield None
            return
        shot = self._plan.shots[part.shot]
        if isinstance(shot.picture, ClipFile):
            yield from self._clip(shot, shot.picture, part)
            return
        still = self._still(shot)
        for _ in range(part.count):
            yield still

    def _clip(self, shot: Shot, clip: ClipFile, part: Slice) -> Generator[ShotFrames, None, None]:
        cube = self._cube(shot.grade, shot.label)
        path = self._folder / clip.path
        rate = self._plan.format.rate
        first = clip.start - shot.head + part.first
        try:
            footage = self._probe(shot, path)
            zoom = magnification(shot.move, (footage.width, footage.height), self.size)
            size = drawn_size(footage, *self.size, zoom)
            drawn = drawable(footage, size, cube, shot.grade, shot.move, shot.own_frames, self.size, shot.seed)
            with contextlib.closing(frames(self._crew, path, footage, rate, first, part.count, size)) as decoded:
                for frame in decoded:
                    yield drawn(frame)
        except FootageError as problem:
            raise RenderError(
                Failure(
                    "E0521",
                    f"the footage `{clip.path}` cannot be used: {problem.reason}",
                    path=clip.path,
                    label=shot.label,
                )
            ) from None

    def _probe(self, shot: Shot, path: Path) -> Footage:
        with self._guard:
            known = self._footage.get(shot.index)
        if known is None:
            known = probe_footage(path, self._plan.format.rate)
            with self._guard:
                self._footage[shot.index] = known
        return known

    def _still(self, shot: Shot) -> ShotFrames:
        def make() -> ShotFrames:
            return self._prepare(shot, self._reduced(shot), self._cube(shot.grade, shot.label))

        if not self._keeps_pictures:
            return self._shelf.get("shot", shot.index, make)
        look = (shot.grade.model_dump_json(exclude={"lut"}), shot.move, shot.own_frames, shot.seed)
        return self._shelf.get("shot", (self.size, _content(shot), *look), make, _weight)

    def _prepare(self, shot: Shot, picture: Codes, cube: Cube) -> ShotFrames:
        return prepare(picture, cube, shot.grade, shot.move, shot.own_frames, self.size, shot.seed)

    def _reduced(self, shot: Shot) -> Codes:
        """The shot's picture, not much larger than is needed; kept as it is and as it is reduced, for the next grade or move."""
        if isinstance(shot.picture, Plain):
            return self._picture(shot)
        if not self._keeps_pictures:
            picture = self._picture(shot)
            size = reduced_size((picture.shape[1], picture.shape[0]), shot.move, self.size, self._draft)
            return picture if size == (picture.shape[1], picture.shape[0]) else shrink(picture, *size)
        content = _content(shot)
        whole = self._shelf.get("picture", content, lambda: self._picture(shot), lambda made: made.nbytes)
        wide, high = whole.shape[1], whole.shape[0]
        size = reduced_size((wide, high), shot.move, self.size, self._draft)
        if size == (wide, high):
            return whole
        return self._shelf.get("reduced", (content, size), lambda: shrink(whole, *size), lambda made: made.nbytes)

    def _picture(self, shot: Shot) -> Codes:
        source = shot.picture
        if isinstance(source, Plain):
            width, height = self.size
            return np.broadcast_to(_codes(source.hex), (height, width, 3)).copy()
        if source.kind == "generated":
            made = self._store.path(source.key)
            if made is None:
                raise RenderError(Failure("E0606", f"the picture of #{shot.label} was not made", label=shot.label))
            return read_rgb(made)
        assert source.kind == "still"
        try:
            return read_rgb(self._folder / source.path)
        except PictureError as problem:
            raise RenderError(
                Failure(
                    "E0520",
                    f"the picture `{source.path}` cannot be used: {problem}",
                    path=source.path,
                    label=shot.label,
                )
            ) from None

    def _cube(self, grade: Grade, label: str) -> Cube:
        key = grade.model_dump_json(exclude={"vignette", "grain", "sharpen"})
        with self._guard:
            baking = self._baking.setdefault(key, threading.Lock())
        with baking:  # most shots of a film have one grade: who comes second waits for it
            known = self._cubes.get(key)
            if known is None:
                lut = grade.lut

                def make() -> Cube:
                    return bake(grade, self._lut(lut, label) if lut is not None else None)

                known = (
                    self._shelf.get("cube", key, make, lambda made: made.codes.nbytes)
                    if self._keeps_pictures
                    else make()
                )
                if known.probe > COARSE_ABOVE:
                    self._note(
                        f"the grade of #{label} has edges too hard for a look-up table: they are softened a little"
                    )
                self._cubes[key] = known
            return known

    def _lut(self, path: str, label: str) -> Lut:
        try:
            file = self._folder / path
            if file.stat().st_size > _LARGEST_LUT:
                raise CubeError("the file is larger than any cube")
            return read_cube(file.read_text(encoding="utf-8-sig", errors="replace"))
        except OSError as problem:
            reason = (
                "there is no such file" if isinstance(problem, FileNotFoundError) else str(problem.strerror or problem)
            )
        except CubeError as problem:
            reason = f"line {problem.line}: {problem.message}" if problem.line else problem.message
        raise RenderError(Failure("E0523", f"the cube `{path}` cannot be used: {reason}", path=path, label=label))


def _content(shot: Shot) -> tuple[str, str]:
    """What a shot's picture is, whatever the shot."""
    source = shot.picture
    match source.kind:
        case "generated":
            return "generated", source.key
        case "colour":
            return "colour", source.hex
        case _:
            return source.kind, source.digest


def _weight(shot: ShotFrames) -> int:
    return sum(plane.data.nbytes for plane in shot.planes)


def _codes(colour: str) -> Rgb16:
    """`#rrggbb` as 16-bit codes."""
    digits = colour.removeprefix("#")
    return np.array([int(digits[i : i + 2], 16) * 257 for i in (0, 2, 4)], np.uint16)
