"""From the tree to the typed film: one function a kind of block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apexlang.diagnostics import error
from apexlang.ir import model as ir
from apexlang.ir.properties import (
    Context,
    Said,
    file,
    look_up,
    node_fields,
    properties,
    settings,
    take_file,
    value_span,
)
from apexlang.ir.shots import later, shot, transition
from apexlang.ir.text import prose, synopsis
from apexlang.ir.unit import Unit
from apexlang.source import Span
from apexlang.syntax import heads
from apexlang.syntax.lines import nfc
from apexlang.syntax.literals import Fault, parse_value
from apexlang.syntax.tree import Block


def film_block(ctx: Context, unit: Unit, block: Block) -> dict[str, Any]:
    """What a FILM block says, as fields of `ir.Film`."""
    line = block.line
    title = heads.film(line.text)
    if isinstance(title, Fault):
        fix = f'"{line.text}"' if '"' not in line.text else None
        ctx.found.append(unit.fault(line, Fault("E0107", 0, len(line.text), "a title stands between quotation marks",
                                                'write `FILM "…"`', (), fix)))  # fmt: skip
        title = None
    said = properties(ctx, unit, block)
    form = next((s for s in said if s.name == "format"), None)
    return {
        "title": nfc(title.text) if title else "",
        "format": _format(unit, form) if form else ir.Format.made(),
        "settings": settings(ctx, unit, said),
        "music": tuple(m for s in said if s.name == "music" and (m := _music(ctx, unit, s))),
        "synopsis": synopsis(block.body),
    }


def _format(unit: Unit, said: Said) -> ir.Format:
    reading = said.reading
    width, height = reading.one("size") or (1920, 1080)
    fields, where = node_fields(unit, said)
    del fields
    return ir.Format.made(
        width=width,
        height=height,
        rate=reading.one("rate") or ir.Format.made().rate,
        colour=reading.one("space") or "rec709",
        span=value_span(unit, said),
        where=where,
    )


def _music(ctx: Context, unit: Unit, said: Said) -> ir.Music | None:
    if said.reading.off:
        return None
    path = take_file(ctx, unit, said, "path")
    if path is None:
        return None
    fields, where = node_fields(unit, said)
    return ir.Music.made(**{**fields, "path": path}, where=where, span=value_span(unit, said))


def character(ctx: Context, unit: Unit, block: Block) -> ir.Character | None:
    line = block.line
    name = nfc(" ".join(line.text.removeprefix("@").split()))
    said = {s.name: s for s in properties(ctx, unit, block)}
    if not name:
        ctx.found.append(
            error("E0111", unit.word(line), "a CHARACTER needs a name", "no name", helps=("like `CHARACTER SARAH`",))
        )
        return None
    fields: dict[str, Any] = {}
    if "wears" in said:
        fields["wears"] = said["wears"].reading.fields["wears"]
    if "build" in said:
        fields["build"] = ", ".join(said["build"].reading.fields["build"])
    if "match" in said:
        fields["match"] = said["match"].reading.number("match")
    if "refs" in said:
        s = said["refs"]
        span = value_span(unit, s)
        paths = (
            file(ctx, unit, text, _string_span(unit, s, text) or span, "picture") for text in s.reading.fields["refs"]
        )
        fields["refs"] = tuple(p for p in paths if p)
    where = {n: value_span(unit, s) for n, s in said.items()}
    return ir.Character.made(name=name, description=" ".join(prose(block.body)), **fields, where=where, span=unit.line(line))


def _string_span(unit: Unit, said: Said, text: str) -> Span | None:
    """Where a text of a value stands."""
    clauses = parse_value(said.line.whole())
    if isinstance(clauses, Fault):
        return None
    literal = next(
        (part for clause in clauses for part in clause if part.kind == "string" and part.value == text), None
    )
    return unit.span(said.line, literal.start, literal.end) if literal else None


def _definition_head(ctx: Context, unit: Unit, block: Block) -> tuple[str, str | None, Span | None] | None:
    """Name, the film's name of the parent and where it stands; None if the head cannot be read."""
    line = block.line
    head = heads.definition(line.text)
    if isinstance(head, Fault):
        if not line.text:
            ctx.found.append(error("E0111", unit.word(line), f"a {line.kind} needs a name", "no name",
                                   helps=(f"like `{line.kind} night`",)))  # fmt: skip
        else:
            help_ = f"like `{line.kind} night FROM day`; if it is prose, begin the line with `!`"
            ctx.found.append(
                unit.fault(line, Fault(head.code, head.start, head.end, head.message, head.label, (help_,)))
            )
        return None
    name = head.name.text
    if "." in name:
        ctx.found.append(unit.fault(line, Fault("E0209", head.name.start, head.name.end, f"`{name}` is not a name to give",
                                                "a name has no dots", (), name.replace(".", "_"))))  # fmt: skip
        return None
    parent, span = None, None
    if head.parent is not None:
        span = unit.span(line, head.parent.start, head.parent.end)
        parent = look_up(ctx, unit, line.kind, head.parent.text, span)
    return unit.prefix + name, parent, span


def look(ctx: Context, unit: Unit, block: Block) -> ir.Look | None:
    head = _definition_head(ctx, unit, block)
    said = properties(ctx, unit, block)
    own = settings(ctx, unit, said, no_look=True)
    if head is None:
        return None
    name, parent, span = head
    where = {"parent": span} if span else {}
    return ir.Look.made(
        name=name, parent=parent, doc=" ".join(prose(block.body)), settings=own, where=where, span=unit.line(block.line)
    )


def grade(ctx: Context, unit: Unit, block: Block) -> ir.Grade | None:
    head = _definition_head(ctx, unit, block)
    fields: dict[str, Any] = {}
    where: dict[str, Span] = {}
    for s in properties(ctx, unit, block):
        if s.reading.off:
            fields["lut"] = "none"
            where["lut"] = value_span(unit, s)
            continue
        inner, places = node_fields(unit, s)
        if s.name == "lut":
            path = take_file(ctx, unit, s, "lut")
            if path is None:
                continue
            inner["lut"] = path
        fields |= inner
        where |= dict(places)
    if head is None:
        return None
    name, parent, span = head
    if span:
        where["parent"] = span
    return ir.Grade.made(
        name=name, parent=parent, doc=" ".join(prose(block.body)), **fields, where=where, span=unit.line(block.line)
    )


def scene(ctx: Context, unit: Unit, block: Block) -> ir.Scene:
    line = block.line
    head = heads.heading(line.text)
    if not head.place:
        ctx.found.append(error("E0111", unit.word(line), "a scene heading needs a place", "no place",
                               helps=(f"like `{line.word if line.word != '.' else 'INT.'} WAREHOUSE - NIGHT`",)))  # fmt: skip
    return ir.Scene.made(
        setting=line.word if line.word != "." else "",
        place=head.place,
        time=head.time,
        number=head.number,
        synopsis=synopsis(block.body),
        prose=prose(block.body),
        settings=settings(ctx, unit, properties(ctx, unit, block)),
        items=tuple(_items(ctx, unit, block)),
        muted=line.muted,
        span=unit.line(line),
    )


def _items(ctx: Context, unit: Unit, block: Block) -> Iterator[ir.Shot | ir.Transition]:
    for item in block.body:
        if isinstance(item, Block):
            yield shot(ctx, unit, item)
        elif item.kind == "TRANSITION":
            made = transition(ctx, unit, item)
            if made is not None:
                yield made
        elif item.kind == "LATER":
            later(ctx, unit, item, block.line.muted)
