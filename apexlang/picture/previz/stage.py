"""The stage: a request is read, a set is built, people take their marks, lights are set, a photograph is taken."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from apexlang.picture.model import Plate
from apexlang.picture.previz import camera, composition, lights, objects, staging
from apexlang.picture.previz.bands import Bands
from apexlang.picture.previz.clearing import cleared
from apexlang.picture.previz.develop import Printing, develop
from apexlang.picture.previz.finish import exposure
from apexlang.picture.previz.frame import Frame
from apexlang.picture.previz.kits.catalogue import KITS
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.kits.named import set_out
from apexlang.picture.previz.limits import clamped
from apexlang.picture.previz.mesh import Mesh, turned
from apexlang.picture.previz.model import Array, Figure, Photograph
from apexlang.picture.previz.people import Role
from apexlang.picture.previz.puppet import Detail, Spec, describe, outline
from apexlang.picture.previz.puppet import build as build_figure
from apexlang.picture.previz.reading import Reading, read
from apexlang.picture.previz.scene import View
from apexlang.picture.previz.tracer import DRAFT, FULL, Lighting, Placed, Solid, assemble, photograph, solid_set
from apexlang.plan.model import PictureRequest

T = TypeVar("T")

_DETAILS: dict[str, Detail] = {
    "close-up": "cu", "extreme close-up": "cu", "medium close-up": "cu", "over the shoulder": "cu", "medium": "ms", "two-shot": "ms",
    "medium wide": "ms", "full": "ws", "wide": "ws", "pov": "ws", "extreme wide": "ews", "establishing": "ews",
}  # fmt: skip

_COARSER: dict[Detail, Detail] = {"cu": "draft cu", "ms": "draft ms", "ws": "draft ws", "ews": "draft ews"}
"""What a draft, a quarter as large, shows of a figure."""

_BRIGHTEST = 60000.0
"""Half floats end a little above."""

_DEEP = ("extreme wide", "establishing")
"""Sizes in which all is sharp."""


class _Shelf:
    """The last few things made, for one generator's lifetime; safe from several threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._things: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]  # type: ignore[return-value]
        thing = make()
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._room:
                self._things.popitem(last=False)
        return thing


@dataclass(frozen=True)
class Shown:
    """`linear` sharp scene light, `depth`, what printing needs, and where the camera and the people stood."""

    photo: Photograph
    reading: Reading
    focus: float
    sensor_mm: float
    lens_mm: float
    f_number: float
    iso: float | None
    sheltered: bool
    view: View
    cast: tuple[Placed, ...]


class Stage:
    """Makes the pictures of one generator. `threads` shape the time taken, never the bits."""

    def __init__(self, threads: int) -> None:
        self._bands = Bands(threads)
        self._sets = _Shelf(6)
        self._figures = _Shelf(12)

    def shoot(self, request: PictureRequest, progress: Callable[[float], None] | None = None) -> Shown:
        """The sharp photograph of a request."""
        request, clampings = clamped(request)
        reading = read(request)
        reading = replace(reading, notes=(*clampings, *reading.notes))
        design, solid = self._design(reading)
        if design.seated:
            reading = _seated(reading)
        detail = _DETAILS.get(reading.size, "ms")
        if request.quality == "draft":
            detail = _COARSER[detail]
        figures = tuple(outline(describe_role(r), r.pose, r.emotion, detail, r.prop) for r in reading.roles)
        heights = tuple(describe_role(role).height for role in reading.roles)
        at = staging.frame_of(reading)
        ground = _ground_of(design, at)
        roll = composition.roll_of(reading)
        shot = camera.Shot(
            reading.size, request.lens_mm, reading.angle, reading.shift, request.width, request.height, roll
        )
        extra = Mesh()
        if not figures:
            framing, extra = self._without_people(reading, design)
            marks: tuple[staging.Mark, ...] = ()
            head = framing.aim
        else:
            rough = _measured(staging.place(reading, heights, ground, 2.0), figures, heights, reading, design)
            _, distance = camera.frame(shot, composition.composed(camera.framing(reading.size, rough), reading))
            marks = staging.place(reading, heights, ground, distance)
            figures = tuple(self._figure(m.role, detail, m.head_turn, m.gaze, m.head_nod) for m in marks)
            heights = tuple(describe_role(m.role).height for m in marks)
            measured = _measured(marks, figures, heights, reading, design)
            framing = composition.composed(camera.framing(reading.size, measured), reading)
            if any(m.foreground for m in marks):
                tall = max(float(f.eyes[1]) for f, m in zip(figures, marks, strict=True) if m.foreground)
                framing = replace(
                    framing, rise=framing.rise + min(0.35, max(0.0, 0.10 + 0.8 * (tall - measured.centre[1])))
                )
            head = measured.centre
            for mark in marks:
                if mark.role.pose in ("sit", "type", "drive") and not design.seated:
                    objects.seat(extra, at.point(mark.position), at.yaw(mark.yaw), describe_role(mark.role).height)
        lift = ground(framing.aim[0], framing.aim[2] - 2.0)
        ceiling = design.walls[4] if design.walls else math.inf
        if at.azimuth == 0 and design.walls:
            x0, x1, z0, z1, high = design.walls
            ax, az = at.anchor
            framing = camera.indoors(framing, shot, (x0 - ax, x1 - ax, z0 - az, z1 - az, high), lift)
        view, distance = camera.frame(shot, framing, lift, ceiling)
        ground_below = ground(view.position[0], view.position[2])
        if view.position[1] < ground_below + 0.25:
            view, distance = camera.frame(shot, framing, ground_below, ceiling)
        near = Mesh()
        composition.foreground(near, reading, distance, view.half, view.position[1])
        composition.ranked(near, reading, framing, view.half[0] / view.half[1], ground)
        view = at.view(view)
        cast = tuple(Placed(f, at.point(m.position), at.yaw(m.yaw)) for f, m in zip(figures, marks, strict=True))
        triangles = assemble((solid, solid_set(extra), solid_set(near.moved(at.point))), cast)
        view = cleared(view, triangles, at.point(head), design, distance, near.count)
        lit = replace(reading, interior=reading.interior and not design.open_air)
        lighting = lights.light(lit, design, head, framing.frame, len([m for m in marks if not m.foreground]), at)
        lighting = _with_lanterns(lighting, cast)
        rays = DRAFT if request.quality == "draft" else FULL
        photo = photograph(view, triangles, lighting, rays, self._bands, progress)
        sensor_mm, _ = camera.sensor(request.width, request.height)
        focus = _axis_distance(view, at.point(head)) if marks else distance
        stop = composition.f_number(request.aperture, reading)
        return Shown(photo, lit, focus, sensor_mm, request.lens_mm, stop, request.iso, reading.interior, view, cast)

    def plate(self, shown: Shown) -> Plate:
        """What lens and print begin with."""
        reading, photo = shown.reading, shown.photo
        look = lights.look(reading, lights.exposure_stops(reading, shown.f_number, shown.iso))
        falling = "" if shown.sheltered else "snow" if reading.snow else "rain" if reading.rain else ""
        night = reading.time == "NIGHT"
        k = (3.2 if reading.rain else 12.0) if night else 0.45 if reading.rain else 1.0
        r, g, b = lights.HOURS[reading.time].haze
        printing = Printing(exposure(photo, look), look, falling, (r * k, g * k, b * k))
        return Plate(
            linear=np.minimum(photo.linear, _BRIGHTEST).astype(np.float16), depth=photo.depth, subject=photo.subject,
            ground=photo.ground, owners=photo.owners, focus_m=round(shown.focus, 6), lens_mm=shown.lens_mm, f_number=shown.f_number,
            sensor_mm=round(shown.sensor_mm, 6), printing=printing.plain(),
        )  # fmt: skip

    def develop(self, plate: Plate) -> Array:
        """(h, w, 3) uint16 code values."""
        return develop(plate, self._bands)

    def _design(self, reading: Reading) -> tuple[Design, Solid | None]:
        brief = Brief(
            place=reading.place, time=reading.time, rain=reading.rain, fog=reading.fog, snow=reading.snow, future=reading.future,
            noir=reading.noir, props=reading.props, palette=reading.palette,
        )  # fmt: skip

        def make() -> tuple[Design, Solid | None]:
            design = KITS[reading.kit](brief)
            set_out(design, brief, reading.kit)
            return design, solid_set(design.mesh)

        return self._sets.get((reading.kit, brief), make)

    def _figure(
        self, role: Role, detail: Detail, head_turn: float, gaze: tuple[float, float] | None, nod: float
    ) -> Figure:
        spec = describe_role(role)
        key = (spec, role.pose, role.emotion, detail, head_turn, gaze, nod, role.prop)
        return self._figures.get(
            key,
            lambda: build_figure(
                spec, role.pose, role.emotion, detail, head_turn=head_turn, gaze=gaze, prop=role.prop, head_nod=nod
            ),
        )

    def _without_people(self, reading: Reading, design: Design) -> tuple[camera.Framing, Mesh]:
        """An empty place, or an insert of a thing on a table or on the ground."""
        extra = Mesh()
        ground = design.ground(0.0, 0.0)
        if reading.size in ("insert", "close-up", "extreme close-up", "medium close-up"):
            height = objects.still_life(extra, reading.place, reading.props, reading.interior, ground)
            return camera.Framing(0.32, (0.0, height, 0.03), 0.30), extra
        return camera.framing("wide" if reading.size not in _DEEP else reading.size, _nobody(design)), extra


_INSIDE = "medium"
"""How far back a camera can stand from people in a car."""


def _seated(reading: Reading) -> Reading:
    """Everybody on the seats of the set, the second (or the only one, where driving is spoken of) at the wheel."""
    last = len(reading.roles) - 1
    cast = tuple(
        replace(r, pose="drive" if r.pose == "drive" or (n == last and last > 0) else "sit", away=False)
        for n, r in enumerate(reading.roles[:2])
    )
    far = reading.size in ("wide", "full", "medium wide", "extreme wide", "establishing", "pov")
    return replace(reading, roles=cast, size=("two-shot" if len(cast) > 1 else _INSIDE) if far else reading.size)


def _ground_of(design: Design, at: Frame) -> Callable[[float, float], float]:
    """Height of the ground at a point as the shot sees it."""

    def ground(x: float, z: float) -> float:
        px, _, pz = at.point((x, 0.0, z))
        return design.ground(px, pz)

    return ground


def describe_role(role: Role) -> Spec:
    """The person who plays a role."""
    s = role.subject
    return describe(s.name, s.description, s.wears, s.build)


def _measured(marks: tuple[staging.Mark, ...], figures: tuple[Figure, ...], heights: tuple[float, ...], reading: Reading,
              design: Design) -> camera.Measure:  # fmt: skip
    """Of whom the frame is made; of someone unseen at the middle of the set where there is nothing but a back."""
    if all(m.foreground for m in marks):
        return _nobody(design)
    return staging.measure(marks, _sizes(figures, heights), reading.size)


def _nobody(design: Design) -> camera.Measure:
    ground = design.ground(0.0, 0.0)
    return camera.Measure(1.76, 0.30, (0.0, 1.61 + ground, 0.0), ground)


def _sizes(figures: tuple[Figure, ...], heights: tuple[float, ...]) -> tuple[tuple[float, float, camera.Point], ...]:
    return tuple(
        (h, float(f.head), (float(f.head_centre[0]), float(f.head_centre[1]), float(f.head_centre[2])))
        for f, h in zip(figures, heights, strict=True)
    )


def _axis_distance(view: View, point: camera.Point) -> float:
    return sum((point[i] - view.position[i]) * view.forward[i] for i in range(3))


def _with_lanterns(lighting: Lighting, cast: tuple[Placed, ...]) -> Lighting:
    """The lighting with a lamp wherever a figure holds one."""
    rows = [lighting.practicals]
    for placed in cast:
        if placed.figure.lantern is not None:
            p = turned(np.asarray(placed.figure.lantern), placed.yaw) + np.asarray(placed.position)
            rows.append(np.array([[p[0], p[1], p[2], 3.6, 1.9, 0.7, 0.07]]))
    return replace(lighting, practicals=np.round(np.concatenate(rows), 6))
