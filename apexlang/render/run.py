"""A plan becomes a film: pictures, segments, sound, mux. The edge at which everything that went wrong becomes a value."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from apexlang.frames.engine import Engine, warm
from apexlang.jit import is_warm
from apexlang.plan.model import Plan, Segment, Shot, Slice, Title
from apexlang.plan.reasons import Reasoned
from apexlang.render import deliver
from apexlang.render.encode import distinct, hash_frames, make_segments, make_whole, plate_key, whole_key
from apexlang.render.events import Event, Kind, Note, RunStarted
from apexlang.render.failure import Failure, RenderError
from apexlang.render.ffmpeg import Crew, Ffmpeg, FfmpegError
from apexlang.render.footage import FootageError
from apexlang.render.generate import depth_key, make_pictures, notes_key, wanted
from apexlang.render.once import make_once
from apexlang.render.rgb import to_rgb8
from apexlang.render.store import Store, StoreError
from apexlang.render.titles import over, plate
from apexlang.render.work import RenderOptions, Work

__all__ = ["Failure", "RenderOptions", "Report", "frame_hashes", "render", "still"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """What a render did. `made`, `reused`: (kind, label). `unchanged`: `out` already was this film, nothing was done.
    `why`: each thing that was made and why, where that is known."""

    out: Path
    frames: int
    seconds: Fraction
    made: tuple[tuple[Kind, str], ...]
    reused: tuple[tuple[Kind, str], ...]
    notes: tuple[str, ...]
    wall_s: float
    unchanged: bool = False
    why: tuple[Reasoned, ...] = ()


def ignore(event: Event) -> None:
    """For those who want no events."""


def render(
    plan: Plan,
    folder: Path,
    out: Path,
    store: Store,
    ffmpeg: Ffmpeg,
    options: RenderOptions | None = None,
    report: Callable[[Event], None] = ignore,
) -> Report | Failure:
    """Makes the film of `plan` at `out`; `folder` is what the plan's paths are relative to. What the store has is not made again.

    KeyboardInterrupt passes through when everything has been ended and tidied; what was finished stays in the store.
    """
    began = time.monotonic()
    options = options or RenderOptions()

    def work_on(work: Work) -> Report:
        if not plan.segments:
            raise RenderError(Failure("E0604", "there is nothing to render: the film has no shots"))
        unchanged = deliver.is_there(store, plan, out, options.whole)
        if not unchanged:
            _make(work, out)
        return Report(
            out=out,
            frames=plan.frames,
            seconds=plan.format.rate.seconds(plan.frames),
            made=tuple(work.made),
            reused=tuple(work.reused),
            notes=tuple(work.notes),
            wall_s=time.monotonic() - began,
            unchanged=unchanged,
        )

    return _edge(plan, folder, store, ffmpeg, options, report, work_on)


def frame_hashes(
    plan: Plan, folder: Path, store: Store, ffmpeg: Ffmpeg, options: RenderOptions | None = None, *, whole: bool
) -> list[str] | Failure:
    """The MD5 of every frame of the film as it enters the encoder: from the one graph, or from the segments' graphs."""

    def work_on(work: Work) -> list[str]:
        make_pictures(work)
        return hash_frames(work, whole)

    return _edge(plan, folder, store, ffmpeg, options or RenderOptions(), ignore, work_on)


def still(
    plan: Plan,
    label: str,
    own_frame: int | None,
    folder: Path,
    store: Store,
    ffmpeg: Ffmpeg,
    options: RenderOptions | None = None,
    report: Callable[[Event], None] = ignore,
) -> npt.NDArray[np.uint8] | Failure:
    """The finished frame `own_frame` of a shot (None: the one in the middle between its cuts) as (h, w, 3) uint8 RGB, by the
    engine that draws the film, in 10 bits. Of titles, a card's own; a SUPER is left away. KeyError if no shot has this label."""
    shot = next((s for s in plan.shots if s.label == label), None)
    if shot is None:
        raise KeyError(label)
    number = shot.head + shot.frames // 2 if own_frame is None else min(max(own_frame, 0), shot.own_frames - 1)
    piece = Segment(index=0, start=0, frames=1, a=Slice(shot=shot.index, first=number, count=1))

    def work_on(work: Work) -> npt.NDArray[np.uint8]:
        make_pictures(work, frozenset({shot.index}))
        width, height = work.studio.size
        engine = Engine(width, height, depth=10)
        (frame,) = (to_rgb8(f, width, height, 10) for f in work.studio.frames(piece, engine))
        for title in _cards(plan, shot):
            frame = over(frame, plate(title.text, width, height, title.card))
        return frame

    return _edge(plan, folder, store, ffmpeg, options or RenderOptions(), report, work_on)


def _cards(plan: Plan, shot: Shot) -> list[Title]:
    """The cards of a shot that is one: they are its picture."""
    own = {t for s in plan.segments if s.a.shot == shot.index for t in s.titles if t.card}
    return [t for t in own if shot.start <= t.start < shot.start + shot.frames]


def _make(work: Work, out: Path) -> None:
    plan = work.plan
    work.store.sweep()
    place = deliver.Place(out)
    try:
        work.store.hold(relied_on(plan, work.crew.ffmpeg.version))
        lacking = [s for s in distinct(plan.segments) if work.store.path(s.key) is None]
        pictures = [key for key in wanted(plan) if not work.store.has(key)]
        frames = plan.frames if work.options.whole else sum(s.frames for s in lacking)
        reused = len(distinct(plan.segments)) - len(lacking)
        work.tell(RunStarted(len(pictures), len(lacking), frames, reused))
        if frames and not is_warm():
            work.tell(Note("preparing the stage and the engine, once on this machine: about a minute"))
        sound = deliver.sound_tasks(work, deliver.make_mix(work))
        if work.options.whole:
            make_pictures(work)
            warm()
            make_once(work, sound)
            deliver.join(work, [(make_whole(work), plan.frames)], deliver.sound_file(work), place)
        else:
            if lacking:
                make_pictures(work, _shown(lacking))
                warm()
            make_segments(work, sound)
            deliver.join(work, deliver.segment_files(work, plan.segments), deliver.sound_file(work), place)
    finally:
        place.leave()


def relied_on(plan: Plan, ffmpeg_version: str) -> set[str]:
    """The keys that a render of `plan` uses or makes."""
    sounds = {plan.mix_key, deliver.sound_key(plan, ffmpeg_version)}
    pictures = wanted(plan)
    beside = {of(key) for key in pictures for of in (depth_key, notes_key)}
    plates = {plate_key(t, plan.format.width, plan.format.height) for s in plan.segments for t in s.titles}
    return {*pictures, *beside, *plates, *(s.key for s in plan.segments), *sounds, whole_key(plan.film_key)}


def _shown(segments: list[Segment]) -> frozenset[int]:
    """The shots that are seen in `segments`: a picture whose segments are all there is not needed."""
    parts = (p for s in segments for p in (s.a, s.b) if p is not None)
    return frozenset(p.shot for p in parts if p.shot is not None)


def _edge(
    plan: Plan,
    folder: Path,
    store: Store,
    ffmpeg: Ffmpeg,
    options: RenderOptions,
    report: Callable[[Event], None],
    work_on: Callable[[Work], T],
) -> T | Failure:
    crew = Crew(ffmpeg)
    try:
        return work_on(Work(plan, folder, store, crew, options, report))
    except PROBLEMS as problem:
        return failure_of(problem)
    finally:
        crew.stop()


PROBLEMS = (RenderError, StoreError, FfmpegError, FootageError)
"""All that can go wrong while something is made."""


def failure_of(problem: Exception) -> Failure:
    """One of PROBLEMS as a value."""
    match problem:
        case RenderError():
            return problem.failure
        case FfmpegError():
            return _of_ffmpeg(problem)
        case StoreError():
            return Failure("E0601", problem.reason)
        case FootageError():
            return Failure("E0521", problem.reason)
        case _:
            raise problem


def _of_ffmpeg(problem: FfmpegError) -> Failure:
    text = "\n".join(problem.tail)
    if "No space left on device" in text:
        return Failure("E0601", "the disk is full: FFmpeg could not write", notes=problem.tail[-3:])
    helps = (f"to see it again: {problem.command}",) if problem.command else ()
    return Failure("E0603", problem.reason, notes=problem.tail[-12:], helps=helps)
