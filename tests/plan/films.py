"""Films built by hand, for the planner's tests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from apexlang.ir import model as ir
from apexlang.plan import model as plan
from apexlang.plan.build import Planned, build
from apexlang.plan.keys import Tools
from apexlang.units import Rate, Time

TOOLS = Tools(engine="engine 1", titles="titles 1", mixer="mixer 1", ffmpeg="FFmpeg 9")


class Assets:
    """Files that are what they are called; clips of 100 frames."""

    def digest(self, path: str) -> str:
        return hashlib.sha256(path.rpartition("/")[2].encode()).hexdigest()

    def footage_frames(self, path: str) -> int | None:
        return 100

    def own_words(self) -> tuple[tuple[str, str, str], ...]:
        return ()


class Generators:
    def choose(self, order: Sequence[str]) -> tuple[str, str]:
        return order[0], "1"


def shot(label: str | None = None, frames: int = 48, prose: str = "", **more: object) -> ir.Shot:
    settings = more.pop("settings", None) or ir.Settings(hold=Time(frames=frames))
    return ir.Shot.model_validate({"label": label, "prose": (prose,) if prose else (), "settings": settings, **more})


def dissolve(frames: int = 12, curve: str = "linear") -> ir.Transition:
    return ir.Transition(kind="dissolve", length=Time(frames=frames), curve=ir.Curve.model_validate({"name": curve}))


def fade(kind: str, frames: int = 24) -> ir.Transition:
    return ir.Transition.model_validate({"kind": kind, "length": Time(frames=frames)})


def film(*items: ir.Shot | ir.Transition, rate: Rate | None = None, **more: object) -> ir.Film:
    scene = ir.Scene(setting="INT.", place="ROOM", time="DAY", items=tuple(items))
    form = ir.Format(width=64, height=36, rate=rate or Rate(24))
    return ir.Film.model_validate({"title": "A film", "format": form, "scenes": (scene,), **more})


def planned(made: ir.Film, **more: object) -> Planned:
    return build(made, assets=Assets(), generators=Generators(), tools=TOOLS, **more)  # type: ignore[arg-type]


def plan_of(*items: ir.Shot | ir.Transition, **more: object) -> plan.Plan:
    made = planned(film(*items, **more))  # type: ignore[arg-type]
    assert made.plan is not None, made.diagnostics
    return made.plan
