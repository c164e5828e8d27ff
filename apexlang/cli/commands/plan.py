"""`apexc plan`: the timeline in frames, and what there is to make."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Literal

from apexlang.cli import say
from apexlang.options import Options
from apexlang.plan.model import ClipFile, Generated, Job, Picture, Plan, Shot, StillFile
from apexlang.units import timecode

_Kind = Literal["generate", "segment", "mix", "mux"]
KINDS: dict[_Kind, str] = {"generate": "picture", "segment": "segment", "mix": "mix of the sound", "mux": "film"}


def run(file: Path, options: Options, as_data: bool, graph: bool) -> int:
    film = say.opened(file, options)
    if not film.ok:
        return say.FAILED
    if graph:
        say.out(film.graph())
        return say.DONE
    plan = film.plan()
    say.out(plan.model_dump_json(indent=2) if as_data else "\n".join(_lines(plan)))
    return say.DONE


def _lines(plan: Plan) -> list[str]:
    rate = plan.format.rate
    fps = f"{float(rate.fps):.6g}"
    lines = [
        plan.title or "Untitled",
        f"{plan.format.width}x{plan.format.height}, {fps} frames a second, {plan.frames} frames, {timecode(plan.frames, rate)}",
        "",
    ]
    widest = max((len(shot.label) for shot in plan.shots), default=0)
    scene: int | None = None
    for shot in plan.shots:
        if shot.scene != scene:
            scene = shot.scene
            if scene < len(plan.scenes):
                lines += [""] if lines[-1] else []
                lines.append(_heading(plan, scene))
        lines.append(_shot(shot, plan, widest))
    return [*lines, "", *_work(plan.jobs)]


def _heading(plan: Plan, scene: int) -> str:
    said = plan.scenes[scene]
    return f"{said.heading}  #{said.number}#" if said.number else said.heading


def _shot(shot: Shot, plan: Plan, widest: int) -> str:
    handles = f"  (+{shot.head} before, +{shot.tail} after)" if shot.head or shot.tail else ""
    where = timecode(shot.start, plan.format.rate)
    return f"  {where}  {shot.frames:>5}f  {shot.label:<{widest}}  {shot.size:<16}  {source(shot.picture)}{handles}"


def source(picture: Picture) -> str:
    """Where a shot's picture comes from, in a few words."""
    if isinstance(picture, Generated):
        return picture.generator
    if isinstance(picture, StillFile | ClipFile):
        return picture.path
    return picture.hex


def _work(jobs: tuple[Job, ...]) -> list[str]:
    waiting, there = Counter(j.kind for j in jobs if not j.done), Counter(j.kind for j in jobs if j.done)
    if not waiting:
        return ["Nothing to make: everything is there."]

    def listed(count: Counter[_Kind]) -> str:
        return ", ".join(
            say.plural(count[kind], noun) if kind != "mix" else f"the {noun}"
            for kind, noun in KINDS.items()
            if count[kind]
        )

    return [f"To make: {listed(waiting)}", *([f"There already: {listed(there)}"] if there else [])]
