"""What holds for a shot: film < look < scene < shot, the nearest wins.

Every value knows the line that said it, and what it overrode.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from apexlang.ir import model as ir
from apexlang.source import Span
from apexlang.units import Time

PARTS = {"camera": tuple(n for n in ir.Camera.model_fields if n not in ("span", "where")),
         "light": tuple(n for n in ir.Light.model_fields if n not in ("span", "where"))}  # fmt: skip
"""Settings that merge field by field, with their fields."""

WHOLE = ("look", "grade", "move", "hold", "compose", "palette", "generate")
"""Settings that are taken as a whole."""


class Level(NamedTuple):
    """One place that settings come from. `name`: `film`, `look NAME`, `scene`, `shot`."""

    name: str
    settings: ir.Settings


@dataclass(frozen=True, slots=True)
class Said:
    """A value, the level that said it and the place where."""

    level: str
    value: Any
    span: Span | None


class Effective(NamedTuple):
    """All that holds for one shot. None: nothing was said, or `none`. `levels`: nearest first."""

    look: ir.Look | None
    grade: ir.Grade | None
    camera: ir.Camera | None
    light: ir.Light | None
    move: ir.Move | None
    hold: Time | None
    compose: tuple[str, ...] | None
    palette: tuple[str, ...] | None
    generate: ir.Generate | None
    levels: tuple[Level, ...]

    def where(self, field: str) -> Span | None:
        """The place that the value of `hold`, `camera.lens_mm` ... comes from; None if nothing said it."""
        said = self.trail(field)
        return said[0].span if said else None

    def trail(self, field: str) -> tuple[Said, ...]:
        """Everything that was said of a field, nearest first: the first holds, it overrode the others."""
        name, _, part = field.partition(".")
        found: list[Said] = []
        for level in self.levels:
            value = getattr(level.settings, name)
            if value is None:
                continue
            span = level.settings.where.get(name)
            if part and value != "none":
                inner = getattr(value, part)
                if inner is None:
                    continue
                found.append(Said(level.name, inner, value.where.get(part, span)))
            else:
                found.append(Said(level.name, value, span))
        return tuple(found)

    def fields(self) -> Iterator[str]:
        """The names of everything that was said, parts of camera and light singly."""
        for name in WHOLE:
            if self.trail(name):
                yield name
        for name, parts in PARTS.items():
            for part in parts:
                if self.trail(f"{name}.{part}"):
                    yield f"{name}.{part}"


def effective(film: ir.Film, scene: ir.Scene, shot: ir.Shot) -> Effective:
    """What holds for `shot` of `scene`. A look or grade that the film does not define counts as not said."""
    return Settler(film).settle(scene, shot)


class Settler:
    """What holds for each shot of one film. Shots share their looks and grades, which are followed to their parents once."""

    def __init__(self, film: ir.Film) -> None:
        self._film = film
        self._last = Level("film", film.settings)
        self._looks: dict[str | None, tuple[ir.Look | None, tuple[Level, ...]]] = {}
        self._grades: dict[str | None, ir.Grade | None] = {}

    def settle(self, scene: ir.Scene, shot: ir.Shot) -> Effective:
        own, around, film = shot.settings, scene.settings, self._last.settings
        name = own.look if own.look is not None else around.look if around.look is not None else film.look
        look, looks = self._look(name)
        levels = (Level("shot", own), Level("scene", around), *looks, self._last)
        return Effective(
            look=look,
            grade=self._grade(_nearest(levels, "grade")),
            camera=_merged(levels, "camera", ir.Camera),
            light=_merged(levels, "light", ir.Light),
            move=_nearest(levels, "move"),
            hold=_nearest(levels, "hold"),
            compose=_nearest(levels, "compose"),
            palette=_nearest(levels, "palette"),
            generate=_nearest(levels, "generate"),
            levels=levels,
        )

    def _look(self, name: str | None) -> tuple[ir.Look | None, tuple[Level, ...]]:
        if name not in self._looks:
            chain = ancestry(self._film.looks, name)
            self._looks[name] = _flat_look(chain), tuple(Level(f"look {look.name}", look.settings) for look in chain)
        return self._looks[name]

    def _grade(self, name: str | None) -> ir.Grade | None:
        if name not in self._grades:
            self._grades[name] = flat_grade(self._film, name)
        return self._grades[name]


def _nearest(levels: tuple[Level, ...], name: str) -> Any:
    for level in levels:
        value = getattr(level.settings, name)
        if value is not None:
            return None if value == "none" else value
    return None


def _merged(levels: tuple[Level, ...], name: str, make: Callable[..., Any]) -> Any:
    """Camera or light: each field from the nearest level that says it, down to the nearest `none`."""
    said: list[Any] = []
    for level in levels:
        value = getattr(level.settings, name)
        if value == "none":
            break
        if value is not None:
            said.append(value)
    if len(said) < 2:
        return said[0] if said else None
    fields: dict[str, Any] = {}
    where: dict[str, Span] = {}
    for part in PARTS[name]:
        for value in said:
            inner = getattr(value, part)
            if inner is not None:
                fields[part] = inner
                if part in value.where:
                    where[part] = value.where[part]
                break
    return make(**fields, where=where, span=said[0].span)


Definition = TypeVar("Definition", ir.Look, ir.Grade)


def ancestry(defined: tuple[Definition, ...], name: str | None) -> tuple[Definition, ...]:
    """The definition of this name, its parent, its parent's parent ...; a circle ends where it closes."""
    by_name = {d.name: d for d in defined}
    chain: list[Definition] = []
    while name is not None and name in by_name:
        chain.append(by_name.pop(name))
        name = chain[-1].parent
    return tuple(chain)


def _flat_look(chain: tuple[ir.Look, ...]) -> ir.Look | None:
    """The look itself; what it says of itself may be its parent's words."""
    if not chain:
        return None
    doc = next((look.doc for look in chain if look.doc), "")
    return chain[0] if chain[0].doc == doc else chain[0].model_copy(update={"doc": doc})


_GRADE_FIELDS = tuple(n for n in ir.Grade.model_fields if n not in ("span", "where", "name", "parent", "doc"))


def flat_grade(film: ir.Film, name: str | None) -> ir.Grade | None:
    """A grade with all that its parents say and it does not. `lut` switched off takes its strength along."""
    chain = ancestry(film.grades, name)
    if not chain:
        return None
    if len(chain) == 1 and chain[0].lut != "none":
        return chain[0]
    fields: dict[str, Any] = {}
    where: dict[str, Span] = {}
    for part in _GRADE_FIELDS:
        for grade in chain:
            value = getattr(grade, part)
            if value is not None:
                fields[part] = value
                if part in grade.where:
                    where[part] = grade.where[part]
                break
    fields.pop("lut_strength", None)
    said = next((grade for grade in chain if grade.lut is not None), None)
    if said is None or said.lut == "none":
        fields.pop("lut", None)
    elif said.lut_strength is not None:
        fields["lut_strength"] = said.lut_strength
    return ir.Grade.made(name=chain[0].name, doc=chain[0].doc, **fields, where=where, span=chain[0].span)
