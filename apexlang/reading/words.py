"""How a value is said to a filmmaker: `85mm`, `f/2`, `+15%`, `push in 1 -> 1.2, ease-out`. Units come from the table of properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from typing import Any

from pydantic import BaseModel

from apexlang.ir import model as ir
from apexlang.ir.forms import Group, Kind, Part, Slot, compile_form
from apexlang.ir.table import KINDS, PROPERTIES
from apexlang.units import Rate, Time

NOT_SAID = "not said"

_UNITS = ("_mm", "_st", "_k", "_s", "_db", "_hex")
_CALLED = {
    "shutter_deg": "shutter angle",
    "iso": "ISO",
    "lut": "LUT",
    "lut_strength": "LUT strength",
    "doc": "description",
    "lens": "lens set",
}


def called(field: str) -> str:
    """What people call a field: `camera.lens_mm` is the lens, `light.key_side` the light's key side."""
    group, _, name = field.rpartition(".")
    plain = _CALLED.get(name) or next((name.removesuffix(u) for u in _UNITS if name.endswith(u)), name)
    plain = plain.replace("_", " ")
    return plain if group in ("", "camera") else f"{group} {plain}"


@cache
def _kinds() -> dict[str, Kind]:
    """The kind of each field that the table's forms name. A field of one name has one unit in the whole table."""
    found: dict[str, Kind] = {}

    def walk(parts: Iterable[Part]) -> None:
        for part in parts:
            if isinstance(part, Slot):
                found.setdefault(part.field, KINDS[part.kind])
            elif isinstance(part, Group):
                walk(part.parts)

    for row in PROPERTIES:
        for clause in row.clauses:
            walk(compile_form(clause.form))
    return found


def worded(value: Any, field: str = "") -> str:
    """A value as a film would say it. `field` (`lens_mm`, `camera.lens_mm`) gives a number its unit."""
    name = field.rpartition(".")[2]
    kind = _kinds().get(name)
    if value is None:
        return NOT_SAID
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Time):
        return _time(value)
    if isinstance(value, Rate):
        return f"{float(value.fps):.5g}fps"
    if isinstance(value, BaseModel):
        return _node(value)
    if isinstance(value, Fraction) and name == "shutter_s":
        return f"{value}s"
    if isinstance(value, int | float | Fraction):
        return _number(value, kind)
    if isinstance(value, tuple):
        return _several(value, field, kind)
    if isinstance(value, str) and kind is not None and kind.suffixes and value != "none":
        return f'"{value}"'
    return str(value)


def _number(value: int | float | Fraction, kind: Kind | None) -> str:
    number = float(value)
    if kind is None:
        return f"{number:.6g}"
    if kind.literal == "percent":
        return f"{number * 100:+.6g}%" if kind.signed and number else f"{number * 100:.6g}%"
    if kind.literal == "aperture":
        return f"f/{number:.6g}"
    if kind.literal == "stops":
        return f"{number:+.6g}st" if number else "0st"
    return f"{number:.6g}{kind.unit}"


def _several(value: tuple[Any, ...], field: str, kind: Kind | None) -> str:
    if not value:
        return "none"
    if all(isinstance(part, float) for part in value) and not (kind is not None and kind.unit):
        return f"({', '.join(f'{part:.6g}' for part in value)})"
    between = " " if kind is not None and kind.literal == "colour" else ", "
    return between.join(worded(part, field) for part in value)


def _time(value: Time) -> str:
    parts = (
        value.timecode or "",
        f"{float(value.seconds):.6g}s" if value.seconds else "",
        f"{value.frames}f" if value.frames else "",
        f"{float(value.beats):.6g} beats" if value.beats else "",
        f"{float(value.bars):.6g} bars" if value.bars else "",
    )
    return " ".join(part for part in parts if part) or "0f"


def fields(node: BaseModel) -> Iterator[tuple[str, Any]]:
    """What a node says: its fields without its places."""
    for name in type(node).model_fields:
        if name not in ("span", "where"):
            yield name, getattr(node, name)


def _node(value: BaseModel) -> str:
    match value:
        case ir.Move():
            return _move(value)
        case ir.Generate():
            takes = "1 take" if value.takes == 1 else f"{value.takes} takes"
            return f"{' or '.join(value.order)}, {takes}"
        case ir.Curve():
            args = f" {worded(value.args)}" if len(value.args) > 1 else f" {value.args[0]:g}" if value.args else ""
            return value.name + args
        case ir.Still(path=path):
            return f'still "{path}"'
        case ir.Clip(path=path, start=start):
            return f'clip "{path}"' + (f" from {_time(start)}" if start != Time() else "")
        case ir.Colour(hex=code):
            return f"color {code}"
        case ir.SoundCue(path=path, at=at, gain_db=gain):
            when = f" at {_time(at)}" if at != Time() else ""
            return f'"{path}"{when}' + (f", {gain:g}dB" if gain else "")
        case ir.Super(text=text, length=length):
            return f"“{text}”" + (f" for {_time(length)}" if length is not None else "")
        case ir.Music():
            return _music(value)
        case ir.Transition():
            return _transition(value)
    said = (worded(part, name) for name, part in fields(value) if part is not None and part != ())
    return ", ".join(said)


def _transition(value: ir.Transition) -> str:
    """`dissolve 12f, ease-in-out`, `smash cut`, `cut on beat`, `whip pan left 8f`."""
    said = dict(fields(value))
    words = [said.pop("style", None), said.pop("kind"), said.pop("direction", None)]
    on, within, length, curve = (said.pop(n, None) for n in ("on", "within", "length", "curve"))
    words += [_time(length) if length else None, f"on {on}" if on else None]
    words += [f"within {_time(within)}" if within else None]
    said.pop("muted", None)
    more = [worded(curve)] if curve not in (None, ir.Curve()) else []
    more += [f"{called(name)} {worded(part, name)}" for name, part in said.items() if part not in (None, (), False)]
    return ", ".join([" ".join(word for word in words if word), *more])


def _move(value: ir.Move) -> str:
    """`pan left 1.2`, `push in 1 -> 1.2, ease-out`; what this does not know of a move is said by its name."""
    known = {"base", "kind", "direction", "point_from", "zoom_from", "point_to", "zoom_to", "curve"}
    begin = [worded(v, n) for n in ("point_from", "zoom_from") if (v := getattr(value, n)) is not None]
    end = [worded(v, n) for n in ("point_to", "zoom_to") if (v := getattr(value, n)) is not None]
    head = " ".join(
        [value.kind, *([value.direction] if value.direction else []), *begin, *(["->", *end] if end else [])]
    )
    more = [worded(value.curve)] if value.curve is not None else []
    more += [
        f"{called(name)} {worded(part, name)}"
        for name, part in fields(value)
        if name not in known and part not in (None, (), False)
    ]
    text = ", ".join([head, *more])
    if value.base is None:
        return text
    return value.base if text == "static" else f"{text} ({value.base})"


def _music(value: ir.Music) -> str:
    known = {"path", "start", "fade_in", "fade_out", "gain_db"}
    parts = [f'"{value.path}"']
    parts += [f"from {_time(value.start)}"] if value.start else []
    parts += [f"fade in {_time(value.fade_in)}"] if value.fade_in else []
    parts += [f"fade out {_time(value.fade_out)}"] if value.fade_out else []
    parts += [f"{value.gain_db:g}dB"] if value.gain_db else []
    parts += [
        f"{called(n)} {worded(part, n)}"
        for n, part in fields(value)
        if n not in known and part not in (None, (), False)
    ]
    return ", ".join(parts)


def a(noun: str) -> str:
    """The noun with its article: `a close-up`, `an insert`."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def heading(scene: ir.Scene) -> str:
    """`INT. WAREHOUSE - NIGHT`, without its number."""
    head = f"{scene.setting} {scene.place}".strip()
    return f"{head} - {scene.time}" if scene.time else head
