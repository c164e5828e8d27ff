"""Every value that holds for a shot: what it is, who said it and where, and what it overrode. Defaults say that they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apexlang.ir import model as ir
from apexlang.ir.resolve import PARTS, WHOLE, Effective, ancestry
from apexlang.ir.table import BY_NAME
from apexlang.plan import model as plan
from apexlang.plan.shots import LENSES, lens
from apexlang.plan.timeline import DEFAULT_HOLD
from apexlang.reading.shots import Seen
from apexlang.reading.words import NOT_SAID, a, fields, worded
from apexlang.source import Span

DEFAULT = "default"

_REQUEST = plan.PictureRequest.model_fields
_PLAIN_GRADE = plan.Grade()


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said of a value. `level`: `shot`, `scene`, `look NAME`, `grade NAME`, `film`."""

    level: str
    value: str
    place: Span | None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a shot. `name` is dotted (`camera.lens_mm`). `level` is who said it, or `default`; `place` where, None for a
    default. `why`: a default's reason. `overrode`: what else was said of it, nearest first."""

    name: str
    value: str
    level: str
    place: Span | None
    why: str = ""
    overrode: tuple[Said, ...] = ()

    @property
    def is_default(self) -> bool:
        return self.level == DEFAULT


def values(film: ir.Film, seen: Seen) -> tuple[Value, ...]:
    """All values of a shot, defaults included, in a fixed order."""
    return (
        *_format(film),
        *_itself(seen),
        *(_whole(name, seen) for name in WHOLE if name in ("look", "grade")),
        *(_part(name, part, seen) for name in PARTS for part in PARTS[name]),
        *_moods(seen.effective),
        *(_whole(name, seen) for name in WHOLE if name not in ("look", "grade")),
        *_grade(film, seen.effective),
    )


def _format(film: ir.Film) -> Iterator[Value]:
    form = film.format
    sizes = (("size", f"{form.width}x{form.height}"), ("rate", worded(form.rate)), ("colour", worded(form.colour)))
    for name, text in sizes:
        where = form.where.get(name) or form.where.get("space" if name == "colour" else name)
        if where is not None:
            yield Value(f"format.{name}", text, "film", where)
        else:
            yield Value(f"format.{name}", text, DEFAULT, None)


def _itself(seen: Seen) -> Iterator[Value]:
    """What the shot's own head and body say."""
    shot = seen.shot
    yield Value("size", shot.size, "shot", shot.where.get("size", shot.span))
    if shot.subjects:
        yield Value("of", ", ".join(shot.subjects), "shot", shot.where.get("subjects", shot.span))
    if shot.source is not None:
        yield Value("picture", worded(shot.source), "shot", shot.source.span or shot.span)
    else:
        said = "its prose" if shot.prose else "its scene's prose" if seen.scene.prose else "its head alone"
        yield Value("picture", f"generated from {said}", "shot", shot.span)
    for cue in shot.sounds:
        yield Value("sound", worded(cue), "shot", cue.span or shot.span)
    for line in shot.supers:
        yield Value("super", worded(line), "shot", line.span or shot.span)
    for transition in seen.into:
        yield Value("transition into it", worded(transition), "scene", transition.span)


def _moods(effective: Effective) -> Iterator[Value]:
    """What the LIGHTs that are named say of the mood."""
    if effective.rigs and effective.light is not None and effective.light.rig:
        rig = next((r for r in effective.rigs if r.light.rig), effective.rigs[0])
        where = rig.light.where.get("rig", rig.span)
        yield Value("light.moods", worded(effective.light.rig, "light.rig"), f"light {rig.name}", where)


def _trail(effective: Effective, name: str) -> tuple[Said, ...]:
    return tuple(Said(s.level, worded(s.value, name), s.span) for s in effective.trail(name))


def _whole(name: str, seen: Seen) -> Value:
    said = _trail(seen.effective, name)
    if not said:
        text, why = _default(name, seen)
        return Value(name, text, DEFAULT, None, why)
    first, *others = said
    move = seen.effective.move
    if name == "move" and move is not None and move.base is not None:
        return Value(name, worded(move), first.level, first.place, "", tuple(others))
    if first.value == "none":
        text, why = _default(name, seen)
        return Value(name, text, first.level, first.place, f"switched off{_because(why)}", tuple(others))
    return Value(name, first.value, first.level, first.place, "", tuple(others))


def _part(name: str, part: str, seen: Seen) -> Value:
    field = f"{name}.{part}"
    said = _trail(seen.effective, field)
    text, why = _default(field, seen)
    if not said and field == "camera.lens_mm":
        return _of_set(field, seen, said)
    if not said:
        return Value(field, text, DEFAULT, None, why)
    first, *others = said
    held = getattr(seen.effective, name)
    if field == "camera.lens_mm" and lens(seen.shot.size, seen.effective)[1] != "camera":
        return _of_set(field, seen, said)
    if held is None or getattr(held, part) is None:
        return Value(field, text, first.level, first.place, f"{name} switched off{_because(why)}", tuple(others))
    return Value(field, first.value, first.level, first.place, "", tuple(others))


def _of_set(field: str, seen: Seen, said: tuple[Said, ...]) -> Value:
    """The lens where the camera does not say it: the one of a set that suits the size, or what the size is shot with."""
    mm, source = lens(seen.shot.size, seen.effective)
    usual = worded(LENSES.get(seen.shot.size, 40.0), field)
    if source != "lens":
        why = f"the lens {a(seen.shot.size)} is shot with"
        if not said:
            return Value(field, worded(mm, field), DEFAULT, None, why)
        return Value(field, worded(mm, field), said[0].level, said[0].place, f"camera switched off; {why}", said[1:])
    chosen = seen.effective.trail("lens")[0]
    return Value(field, worded(mm, field), chosen.level, chosen.span, f"of the lens set, the nearest to {usual}", said)


def _because(why: str) -> str:
    return f"; {why}" if why else ""


def _default(field: str, seen: Seen) -> tuple[str, str]:
    """What the planner takes where nothing is said, and why that."""
    size = seen.shot.size
    name, _, part = field.rpartition(".")
    match field:
        case "camera.lens_mm":
            return worded(LENSES.get(size, 40.0), field), f"the lens {a(size)} is shot with"
        case "hold":
            return worded(DEFAULT_HOLD), ""
        case "move":
            return worded(ir.Move()), ""
        case "generate":
            return worded(ir.Generate(order=("previz",))), ""
        case "look" | "grade":
            return "none", ""
    if name == "camera" and part in _REQUEST and _REQUEST[part].default is not None:
        return worded(_REQUEST[part].default, field), ""
    row = BY_NAME.get(name or field)
    return NOT_SAID, row.default if row is not None and name == "light" else ""


def _grade(film: ir.Film, effective: Effective) -> Iterator[Value]:
    """Every number of the grade, through all its parents."""
    chain = ancestry(film.grades, effective.grade.name if effective.grade else None)
    switched_off = False
    for part, plain in ((n, v) for n, v in fields(ir.Grade(name="")) if n not in ("name", "parent", "doc")):
        field = f"grade.{part}"
        said = [(g.name, value, g.where.get(part, g.span)) for g in chain if (value := getattr(g, part)) is not None]
        trail = tuple(Said(f"grade {name}", worded(value, field), place) for name, value, place in said)
        neutral = worded(getattr(_PLAIN_GRADE, part, plain), field) if part != "lut" else "none"
        if part == "lut":
            switched_off = bool(said) and said[0][1] == "none"
        if not said:
            yield Value(field, neutral, DEFAULT, None, "" if chain else "no grade holds")
        elif getattr(effective.grade, part) is None:
            why = (
                "switched off"
                if part == "lut"
                else "the LUT is switched off"
                if switched_off
                else "goes with another LUT"
            )
            yield Value(field, neutral, trail[0].level, trail[0].place, why, trail[1:])
        else:
            yield Value(field, trail[0].value, trail[0].level, trail[0].place, "", trail[1:])


def by_name(found: tuple[Value, ...]) -> dict[str, Value]:
    """The values by name; of those that may be said several times, the first."""
    table: dict[str, Value] = {}
    for value in found:
        table.setdefault(value.name, value)
    return table


def data(value: Value, path: Any = str) -> dict[str, Any]:
    """As JSON has it: places are `{file, line}` (lines from 1) or null. `path` says how a file is named."""

    def place(span: Span | None) -> dict[str, Any] | None:
        return {"file": path(span.path), "line": span.line + 1} if span else None

    return {
        "name": value.name,
        "value": value.value,
        "from": value.level,
        "place": place(value.place),
        "why": value.why,
        "overrode": [{"from": s.level, "value": s.value, "place": place(s.place)} for s in value.overrode],
    }
