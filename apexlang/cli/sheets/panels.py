"""What a sheet says of each shot, in words, whatever it is drawn as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from apexlang.compiler import Film
from apexlang.ir import model as ir
from apexlang.plan.model import ClipFile, Generated, Plan, SceneLine, Shot, StillFile
from apexlang.render.events import Event, Note
from apexlang.render.run import Failure
from apexlang.units import timecode

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Panel:
    """One shot. `picture`: (h, w, 3) RGB, or the reason why there is none. Everything else is as it is shown; empty where there is
    nothing to say. `speech`: who says it, how, and what. `notes`: what the picture does not show."""

    picture: Pixels | str
    scene: int
    number: int
    label: str
    starts: str
    size: str
    camera: str
    move: str
    length: str
    action: str
    speech: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def details(self) -> str:
        """Size, lens, angle and move on one line."""
        return " · ".join(part for part in (self.size, self.camera, self.move) if part)


@dataclass(frozen=True)
class Sheet:
    title: str
    synopsis: tuple[str, ...]
    facts: str
    scenes: tuple[SceneLine, ...]
    panels: tuple[Panel, ...]


def panels(film: Film, plan: Plan) -> Iterator[Panel]:
    """The panel of each shot, its picture made as `apexc still` makes it."""
    placed = {p.index: p for p in film.timeline.shots} if film.timeline else {}
    for shot in plan.shots:
        notes: list[str] = []

        def listen(event: Event, notes: list[str] = notes) -> None:
            if isinstance(event, Note):
                notes.append(event.text.partition(": ")[2] or event.text)

        frame = film.still(shot.label, report=listen)
        at = placed.get(shot.index)
        said = at.shot.dialogue if at else ()
        seconds = float(plan.format.rate.seconds(shot.frames))
        yield Panel(
            picture=frame.message if isinstance(frame, Failure) else frame,
            scene=shot.scene,
            number=shot.index + 1,
            label=shot.label,
            starts=timecode(shot.start, plan.format.rate),
            size=shot.size,
            camera=_camera(shot),
            move=_move(at.effective.move if at else None),
            length=f"{shot.frames}f · {seconds:.2f}s",
            action=" ".join(" ".join(at.shot.prose).split()) if at else "",
            speech=tuple(f"{d.who} ({d.how}): {d.text}" if d.how else f"{d.who}: {d.text}" for d in said),
            notes=tuple(notes),
        )


def _camera(shot: Shot) -> str:
    match shot.picture:
        case Generated(request=request):
            angle = "" if request.angle == "eye level" else f" · {request.angle}"
            return f"{request.lens_mm:g}mm · f/{request.aperture:g}{angle}"
        case StillFile(path=path) | ClipFile(path=path):
            return path.rpartition("/")[2]
        case _:
            return ""


def _move(move: ir.Move | None) -> str:
    if move is None or move.kind in ("", "static"):
        return ""
    return f"{move.kind} {move.direction}" if move.direction else move.kind
