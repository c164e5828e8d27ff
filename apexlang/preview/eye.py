"""One true frame, quickly: drawn in this warm process by the engine that draws the film, with its titles, as a JPEG."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Final

import av
import numpy as np
import numpy.typing as npt
from PIL import Image

from apexlang.frames import engine
from apexlang.frames.engine import Engine
from apexlang.picture.model import Picture
from apexlang.plan.model import Generated, Plan, Segment, Shot, Title
from apexlang.preview.film import Cut
from apexlang.preview.jobs import Shop
from apexlang.render.draw import Studio
from apexlang.render.failure import Cancelled
from apexlang.render.ffmpeg import Crew
from apexlang.render.generate import wanted
from apexlang.render.rgb import to_rgb8
from apexlang.render.run import PROBLEMS
from apexlang.render.titles import plate

QUALITY: Final = 88
THUMB: Final = (320, 180)
_THUMB_QUALITY: Final = 78
_SKETCH: Final = 448
"""Px of the longer side of a sketch: a picture that is there in a second, a fifth of the work of the draft's."""

Rgb8 = npt.NDArray[np.uint8]


def warm() -> None:
    """Compiles every kernel that a frame needs (some seconds the first time on a machine, then they are on disk)."""
    engine.warm()
    jpeg(to_rgb8(np.zeros(6, np.uint8), 2, 2, 8))


class Eye:
    """Draws for one thread."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._crew = Crew(shop.bench.ffmpeg)
        self._engine: Engine | None = None
        self._studio: tuple[Plan, Studio] | None = None

    def frame(self, cut: Cut, index: int, k: int) -> bytes | None:
        """Frame `k` of a piece as JPEG; None where its picture is not made, or cannot be had."""
        segment = cut.pieces[index].segment
        if self.lacks(cut, index):
            return None
        try:
            rgb = self._drawn(cut.plan, segment, k)
        except PROBLEMS:
            return None
        return jpeg(rgb)

    def lacks(self, cut: Cut, index: int) -> list[int]:
        """The shots of a piece whose pictures are still to be made."""
        return [shot for shot, _ in lacking(self._shop, cut.plan, cut.pieces[index].segment)]

    def sketch(self, cut: Cut, index: int, k: int, stopped: Callable[[], bool]) -> bytes | None:
        """Frame `k` of a piece from pictures that are made for it now, small: None where a generator made none, or `stopped`."""

        def progress(share: float) -> None:
            if stopped():
                raise Cancelled

        plan = cut.plan
        shots = list(plan.shots)
        for number, source in lacking(self._shop, plan, cut.pieces[index].segment):
            generator = self._shop.bench.known.get(source.generator)
            if generator is None or source.generator != "previz":  # the others are not quicker for being small
                return None
            scale = min(1.0, _SKETCH / max(source.request.width, source.request.height))
            small = {"width": _even(source.request.width * scale), "height": _even(source.request.height * scale)}
            key = f"sketch {source.key}"
            try:
                made = generator.make(source.request.model_copy(update=small), progress)
            except Cancelled:
                return None
            if not isinstance(made, Picture):
                return None
            self._shop.shelf.put("picture", ("generated", key), made.rgb, made.rgb.nbytes)
            shots[number] = shots[number].model_copy(update={"picture": source.model_copy(update={"key": key})})
        sketched = plan.model_copy(update={"shots": tuple(shots)})
        try:
            return jpeg(self._drawn(sketched, cut.pieces[index].segment, k))
        except PROBLEMS:
            return None

    def close(self) -> None:
        self._crew.stop()

    def _drawn(self, plan: Plan, segment: Segment, k: int) -> Rgb8:
        width, height = plan.format.width, plan.format.height
        if self._engine is None or (self._engine.width, self._engine.height) != (width, height):
            self._engine = Engine(width, height)
        if self._studio is None or self._studio[0] is not plan:
            bench = self._shop.bench
            studio = Studio(
                plan, self._shop.folder, bench.store, self._crew, note=lambda text: None, shelf=self._shop.shelf
            )
            self._studio = plan, studio
        rgb = to_rgb8(self._studio[1].frame(segment, k, self._engine), width, height, 8)
        for title in segment.titles:
            rgb = _titled(rgb, title, segment.start + k)
        return rgb


def lacking(shop: Shop, plan: Plan, segment: Segment) -> list[tuple[int, Generated]]:
    """The shots of a segment whose generated pictures the store has not, with what is to be made."""
    shown = frozenset(part.shot for part in (segment.a, segment.b) if part is not None and part.shot is not None)
    keys = {key for key in wanted(plan, shown) if not shop.bench.store.has(key)}
    found = []
    for number in sorted(shown):
        shot: Shot = plan.shots[number]
        if isinstance(shot.picture, Generated) and shot.picture.key in keys:
            found.append((number, shot.picture))
    return found


def jpeg(rgb: Rgb8, quality: int = QUALITY) -> bytes:
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "JPEG", quality=quality)
    return out.getvalue()


def thumb(data: bytes) -> bytes:
    """A JPEG made small."""
    with Image.open(io.BytesIO(data)) as image:
        image.draft("RGB", THUMB)
        image.thumbnail(THUMB)
        return jpeg(np.asarray(image.convert("RGB")), _THUMB_QUALITY)


def from_segment(path: Path, k: int, fps: Fraction) -> bytes | None:
    """Frame `k` of an encoded segment, small, as JPEG; None if it cannot be read."""
    try:
        with av.open(f"file:{path}") as container:
            stream = container.streams.video[0]
            assert stream.time_base is not None
            want = round(k / fps / stream.time_base)
            if k:
                container.seek(want, stream=stream)
            for frame in container.decode(stream):
                if frame.pts is not None and frame.pts >= want:
                    rgb = frame.reformat(format="rgb24", src_colorspace="ITU709", dst_colorspace="ITU709").to_ndarray()
                    image = Image.fromarray(rgb)
                    image.thumbnail(THUMB)
                    return jpeg(np.asarray(image), _THUMB_QUALITY)
    except (av.FFmpegError, OSError, IndexError):
        pass
    return None


@lru_cache(16)
def _plate(text: str, width: int, height: int, card: bool) -> Rgb8:
    return plate(text, width, height, card)


def _titled(rgb: Rgb8, title: Title, at: int) -> Rgb8:
    """The title as it stands over the film's frame `at`, faded as FFmpeg's `fade` does."""
    n = at - title.start
    fade = min(title.fade, title.frames // 2)
    if not 0 <= n < title.frames:
        return rgb
    share = min(1.0, n / fade, (title.frames - n) / fade) if fade > 0 else 1.0
    height, width = rgb.shape[:2]
    laid = _plate(title.text, width, height, title.card)
    alpha = laid[..., 3:].astype(np.float32) * np.float32(share / 255)
    mixed: Rgb8 = np.rint(rgb * (1 - alpha) + laid[..., :3] * alpha).astype(np.uint8)
    return mixed


def _even(value: float) -> int:
    return max(16, round(value / 2) * 2)
