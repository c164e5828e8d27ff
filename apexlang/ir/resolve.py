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

WHOLE = ("look", "grade", "move", "hold", "compose", "palette", "lens", "generate")
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
    """All that holds for one shot. None: nothing was said, or `none`. `levels`: nearest first; `rigs`: the LIGHTs that the light
    in effect names, in their order, which say what no level does."""

    look: ir.Look | None
    grade: ir.Grade | None
    camera: ir.Camera | None
    light: ir.Light | None
    move: ir.Move | None
    hold: Time | None
    compose: tuple[str, ...] | None
    palette: tuple[str, ...] | None
    lens: tuple[float, ...] | None
    generate: ir.Generate | None
    levels: tuple[Level, ...]
    rigs: tuple[ir.LightRig, ...] = ()

    def where(self, field: str) -> Span | None:
        """The place that the value of `hold`, `camera.lens_mm` ... comes from; None if nothing said it."""
        said = self.trail(field)
        return said[0].span if said else None

    def trail(self, field: str) -> tuple[Said, ...]:
        """Everything that was said of a field, nearest first: the first holds, it overrode the others."""
        name, _, part = field.partition(".")
        if part:
            return (*self._said(name, part), *(self._of_rigs(part) if name == "light" and part != "rig" else ()))
        return self._said(name, part)

    def _of_rigs(self, part: str) -> Iterator[Said]:
        for rig in self.rigs:
            value = getattr(rig.light, part)
            if value is not None:
                yield Said(f"light {rig.name}", value, rig.light.where.get(part, rig.span))

    def _said(self, name: str, part: str) -> tuple[Said, ...]:
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
    """What holds for each shot of one film. Shots share their looks and grades, which are followed to their parents once.

    `before`: the settler of the film before an edit; what it knows of shots that are the same holds again, if the film and its
    definitions say what they said.
    """

    def __init__(self, film: ir.Film, before: Settler | None = None) -> None:
        self._film = film
        self._settled: dict[tuple[int, int], tuple[ir.Settings, ir.Settings, Effective]] = {}
        self._before = before._settled if before is not None and _says_the_same(film, before._film) else {}
        self._last = Level("film", film.settings)
        self._looks: dict[str | None, tuple[ir.Look | None, tuple[Level, ...]]] = {}
        self._grades: dict[str | None, ir.Grade | None] = {}
        self._moves: dict[int, ir.Move] = {}

    def settle(self, scene: ir.Scene, shot: ir.Shot) -> Effective:
        own, around = shot.settings, scene.settings
        key = id(own), id(around)  # a settler holds on to both
        known = self._settled.get(key) or self._before.get(key) or (own, around, self._settle(own, around))
        self._settled[key] = known
        return known[2]

    def _settle(self, own: ir.Settings, around: ir.Settings) -> Effective:
        film = self._last.settings
        name = own.look if own.look is not None else around.look if around.look is not None else film.look
        look, looks = self._look(name)
        rigs: tuple[ir.LightRig, ...] = ()
        levels = (Level("shot", own), Level("scene", around), *looks, self._last)
        light = _merged(levels, "light", ir.Light)
        if light is not None and light.rig and self._film.lights:
            light, rigs = self._rigged(light)
        return Effective(
            look=look,
            grade=self._grade(_nearest(levels, "grade")),
            camera=_merged(levels, "camera", ir.Camera),
            light=light,
            move=self._move(_nearest(levels, "move")),
            hold=_nearest(levels, "hold"),
            compose=_nearest(levels, "compose"),
            palette=_nearest(levels, "palette"),
            lens=_nearest(levels, "lens"),
            generate=_nearest(levels, "generate"),
            levels=levels,
            rigs=rigs,
        )

    def _rigged(self, light: ir.Light) -> tuple[ir.Light, tuple[ir.LightRig, ...]]:
        """The light with what its rigs say and it does not; `rig` then has moods alone."""
        rigs: list[ir.LightRig] = []
        moods: list[str] = []
        for name in light.rig or ():
            chain = ancestry(self._film.lights, name)
            rigs += [rig for rig in chain if rig not in rigs]
            said = next((rig.light.rig for rig in chain if rig.light.rig), ()) if chain else (name,)
            moods += [mood for mood in said if mood not in moods]
        fields: dict[str, Any] = {}
        where: dict[str, Span] = {}
        for part in PARTS["light"]:
            for each in (light, *(rig.light for rig in rigs)):
                value = getattr(each, part)
                if value is not None:
                    fields[part] = value
                    if part in each.where:
                        where[part] = each.where[part]
                    break
        fields["rig"] = tuple(moods)
        return ir.Light.made(**fields, where=where, span=light.span), tuple(rigs)

    def _move(self, move: ir.Move | None) -> ir.Move | None:
        """The move with what the MOVE that it begins from says and it does not."""
        if move is None or move.base is None:
            return move
        known = self._moves.get(id(move))
        if known is None:
            self._moves[id(move)] = known = flat_move(self._film, move)
        return known

    def _look(self, name: str | None) -> tuple[ir.Look | None, tuple[Level, ...]]:
        if name not in self._looks:
            chain = ancestry(self._film.looks, name)
            self._looks[name] = _flat_look(chain), tuple(Level(f"look {look.name}", look.settings) for look in chain)
        return self._looks[name]

    def _grade(self, name: str | None) -> ir.Grade | None:
        if name not in self._grades:
            self._grades[name] = flat_grade(self._film, name)
        return self._grades[name]


def _says_the_same(film: ir.Film, before: ir.Film) -> bool:
    return all(
        getattr(film, name) == getattr(before, name) for name in ("settings", "looks", "grades", "lights", "moves")
    )


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


Definition = TypeVar("Definition", ir.Look, ir.Grade, ir.LightRig, ir.MoveKind, ir.Delivery)


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


_MOVE_FIELDS = tuple(n for n in ir.Move.model_fields if n not in ("span", "where", "kind", "base"))


def flat_move(film: ir.Film, move: ir.Move) -> ir.Move:
    """A move with all that the MOVEs it begins from say and it does not."""
    chain = ancestry(film.moves, move.base)
    says_kind = "kind" in move.where or move.kind != "static"
    kind = move.kind if says_kind else next((m.move.kind for m in chain if m.says_kind), move.kind)
    fields: dict[str, Any] = {}
    where: dict[str, Span] = {}
    for part in _MOVE_FIELDS:
        for said in (move, *(m.move for m in chain)):
            value = getattr(said, part)
            if value is not None and value != ():
                fields[part] = value
                if part in said.where:
                    where[part] = said.where[part]
                break
    return ir.Move.made(**fields, kind=kind, base=move.base, where=where, span=move.span)


def flat_delivery(film: ir.Film, name: str) -> ir.Delivery | None:
    """A delivery format with all that its parents say and it does not."""
    chain = ancestry(film.deliveries, name)
    if not chain:
        return None
    fields: dict[str, Any] = {}
    where: dict[str, Span] = {}
    for part in _DELIVERY_FIELDS:
        said = next((d for d in chain if getattr(d, part) is not None), None)
        if said is not None:
            fields[part] = getattr(said, part)
            if part in said.where:
                where[part] = said.where[part]
    return ir.Delivery.made(name=name, doc=chain[0].doc, **fields, where=where, span=chain[0].span)


_DELIVERY_FIELDS = tuple(n for n in ir.Delivery.model_fields if n not in ("span", "where", "name", "parent", "doc"))
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
