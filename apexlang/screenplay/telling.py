"""The screenplay that a film tells, wherever its scenes stand: in files that it uses, and in templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apexlang.ir import load_source
from apexlang.ir import model as ir
from apexlang.ir.unit import Gathering, Unit
from apexlang.screenplay.model import Action, Dialogue, Element, Part, Screenplay
from apexlang.screenplay.reading import Reader, from_template, rows
from apexlang.source import Source, World

Made = Mapping[tuple[str, int], list[ir.Shot]]


def screenplay(source: Source, world: World) -> Screenplay:
    """The screenplay of a film that stands at `source.path` in `world`. Camera, light, sound and time are left out.

    Never raises for what is in the film; what is wrong in it is left out.
    """
    gathering = Gathering(world)
    unit = gathering.film(source)
    templated = any(from_template(row) for used in gathering.in_order(unit) for row in rows(used.tree))
    made = _made(source, world) if templated else {}
    reader = Reader(source, rows(unit.tree))
    found = tuple(_elements(unit, reader, made, {unit.path}))
    return Screenplay(found, tuple(reader.page))


def _elements(unit: Unit, reader: Reader, made: Made, seen: set[str]) -> Iterator[Element]:
    """The elements of a file in order, those of a used file where it is used, each file once."""
    uses: dict[int, list[Unit]] = {}
    for index, used in unit.uses:
        item = unit.tree.items[index] if index < len(unit.tree.items) else None
        number = getattr(getattr(item, "line", item), "number", 0)
        uses.setdefault(number, []).append(used)
    at = 0
    while at < len(reader.rows):
        row = reader.rows[at]
        shots = made.get((unit.path, row.number)) if from_template(row) else None
        if shots is not None:
            yield from (element for shot in shots for element in _of_shot(shot))
            at = reader.past(at)
            continue
        for used in uses.get(row.number, ()) if row.kind == "USE" else ():
            if used.path not in seen:
                seen.add(used.path)
                yield from _elements(used, Reader(used.tree.source, rows(used.tree)), made, seen)
        found, at = reader.one(at)
        yield from found


def _made(source: Source, world: World) -> Made:
    """What templates make, by the place where they are used."""
    film = load_source(world, source).film
    found: dict[tuple[str, int], list[ir.Shot]] = {}
    for scene in film.scenes if film is not None else ():
        for item in scene.items:
            if isinstance(item, ir.Shot) and "template" in item.where and item.span is not None and not item.muted:
                found.setdefault((item.span.path, item.span.line), []).append(item)
    return found


def _of_shot(shot: ir.Shot) -> Iterator[Element]:
    yield from (Action(text) for text in shot.prose)
    yield from (Action(f"SUPER: {title.text}") for title in shot.supers if not title.card)
    for speech in shot.dialogue:
        how = (Part("parenthetical", f"({speech.how})"),) if speech.how else ()
        name = speech.who
        yield Dialogue(name, (*how, Part("speech", speech.text)))
