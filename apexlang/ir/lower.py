"""From the tree to the typed film: one function a kind of block."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from apexlang.diagnostics import error
from apexlang.ir import model as ir
from apexlang.ir.properties import (
    Context,
    Said,
    file,
    literal_place,
    look_up,
    move,
    node_fields,
    properties,
    settings,
    take_file,
    value_span,
)
from apexlang.ir.table import BY_NAME, EASINGS
from apexlang.ir.templates import items, laid_over
from apexlang.ir.text import prose, synopsis
from apexlang.ir.unit import Unit
from apexlang.source import STD, Span
from apexlang.syntax import heads
from apexlang.syntax.lines import Line, nfc
from apexlang.syntax.literals import Fault
from apexlang.syntax.tree import Block


def film_block(ctx: Context, unit: Unit, block: Block) -> dict[str, Any]:
    """What a FILM block says, as fields of `ir.Film`."""
    line = block.line
    title = heads.film(line.text)
    closed = re.match(r'"(?:[^"]|"")*"', line.text)
    if isinstance(title, Fault) and closed:
        rest = line.text[closed.end() :].strip()
        fault = Fault("E0107", closed.end(), len(line.text), f"`{rest}` cannot follow the title", "delete this", (), "")
        ctx.found.append(unit.fault(line, fault))
        title = heads.film(closed[0])
    if isinstance(title, Fault):
        fix = f'"{line.text}"' if '"' not in line.text else None
        ctx.found.append(unit.fault(line, Fault("E0107", 0, len(line.text), "a title stands between quotation marks",
                                                'write `FILM "…"`', (), fix)))  # fmt: skip
        title = None
    return {"title": nfc(title.text) if title else "", **_film_fields(ctx, unit, block)}


def _film_fields(ctx: Context, unit: Unit, block: Block) -> dict[str, Any]:
    said = properties(ctx, unit, block, "FILM")
    by_name = {s.name: s for s in said}
    cut = by_name.get("cut")
    deliver = by_name.get("deliver")
    return {
        "format": _format(unit, by_name["format"]) if "format" in by_name else ir.Format.made(),
        "settings": settings(ctx, unit, said),
        "music": tuple(m for s in said if s.name == "music" and (m := _music(ctx, unit, s))),
        "cut": _cut(unit, cut) if cut is not None and not cut.reading.off else None,
        "deliver": _deliveries(ctx, unit, deliver) if deliver is not None and not deliver.reading.off else (),
        "synopsis": synopsis(block.body),
    }


def variant(ctx: Context, unit: Unit, block: Block, chosen: bool, head: dict[str, Any]) -> dict[str, Any]:
    """What a VARIANT leaves of what FILM says: `head` with what it says itself over it, if it is the `chosen` one."""
    said = _film_fields(ctx, unit, block)
    if not chosen:
        return head
    lines = {
        line.word: line for line in block.body if isinstance(line, Line) and line.kind == "PROPERTY" and not line.muted
    }
    made = {**head, "settings": laid_over(said["settings"], head["settings"])}
    if "format" in lines:
        form: ir.Format = said["format"]
        own = {_FORMAT.get(name, name) for name in form.where} | (
            {"width", "height"} if "size" in form.where else set()
        )
        made["format"] = head["format"].model_copy(
            update={**{n: getattr(form, n) for n in own if n in ir.Format.model_fields}, "span": form.span,
                    "where": {**dict(head["format"].where), **dict(form.where)}}
        )  # fmt: skip
    for name in ("music", "cut", "deliver"):
        if name in lines:
            made[name] = said[name]
    made["synopsis"] = (*head["synopsis"], *said["synopsis"])
    return made


_FORMAT = {"space": "colour"}
"""Fields of a format that its forms call otherwise."""


def _cut(unit: Unit, said: Said) -> ir.CutOn:
    fields, where = node_fields(unit, said)
    return ir.CutOn.made(**fields, where=where, span=value_span(unit, said))


def _deliveries(ctx: Context, unit: Unit, said: Said) -> tuple[str, ...]:
    found = []
    for name in said.reading.plain["deliver"]:
        at = literal_place(unit, said, name) or value_span(unit, said)
        known = look_up(ctx, unit, "DELIVER", name, at)
        if known is not None:
            found.append(known)
    return tuple(dict.fromkeys(found))


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
    odd = _NO_NAME.search(name)
    if odd is not None:
        label = f"`{odd[0]}` is no part of a name"
        help_ = "each character has a CHARACTER of its own, and what is said of it stands indented under it"
        fault = Fault("E0209", 0, len(line.text), f"`{name}` is not a name to give", label, (help_,))
        ctx.found.append(unit.fault(line, fault))
        return None
    fields: dict[str, Any] = {}
    if "wears" in said:
        fields["wears"] = said["wears"].reading.fields["wears"]
    if "voice" in said:
        fields["voice"] = said["voice"].reading.fields["voice"]
    if "build" in said:
        fields["build"] = ", ".join(said["build"].reading.fields["build"])
    if "match" in said:
        fields["match"] = said["match"].reading.number("match")
    if "refs" in said:
        s = said["refs"]
        span = value_span(unit, s)
        paths = (
            file(ctx, unit, text, literal_place(unit, s, text) or span, "picture") for text in s.reading.fields["refs"]
        )
        fields["refs"] = tuple(p for p in paths if p)
    where = {n: value_span(unit, s) for n, s in said.items()}
    return ir.Character.made(
        name=name, description=" ".join(prose(block.body)), **fields, where=where, span=unit.line(line)
    )


def _first_words(form: str) -> tuple[str, ...]:
    first = form.split(" ", 1)[0]
    return () if first[0] in "<[" else tuple(first.split("|"))


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
    if not _plain_name(ctx, unit, line, head.name):
        return None
    parent, span = None, None
    if head.parent is not None:
        span = unit.span(line, head.parent.start, head.parent.end)
        parent = look_up(ctx, unit, line.kind, head.parent.text, span)
    return unit.prefix + name, parent, span


_TAKEN: Mapping[str, frozenset[str]] = {
    "MOVE": frozenset(word for clause in BY_NAME["move"].clauses for word in _first_words(clause.form))
    | frozenset(EASINGS),
    "LIGHT": frozenset({"key", "fill", "rim", "background", "practicals"}),
}
"""Words that a value of the kind's property begins with: a definition of that name could not be said."""


def _plain_name(ctx: Context, unit: Unit, line: Line, name: heads.Text) -> bool:
    if "." not in name.text:
        if (name.text == "none" or name.text in _TAKEN.get(line.kind, ())) and not unit.path.startswith(STD):
            fault = Fault(
                "E0209", name.start, name.end, f"`{name.text}` is not a name to give", "a word of the language"
            )
            ctx.found.append(unit.fault(line, fault))
            return False
        return True
    ctx.found.append(unit.fault(line, Fault("E0209", name.start, name.end, f"`{name.text}` is not a name to give",
                                            "a name has no dots", (), name.text.replace(".", "_"))))  # fmt: skip
    return False


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


def light_rig(ctx: Context, unit: Unit, block: Block) -> ir.LightRig | None:
    head = _definition_head(ctx, unit, block)
    fields: dict[str, Any] = {}
    where: dict[str, Span] = {}
    for s in properties(ctx, unit, block):
        own, places = node_fields(unit, s)
        fields |= own
        where |= dict(places)
    if head is None:
        return None
    name, parent, span = head
    return ir.LightRig.made(
        name=name, parent=parent, doc=" ".join(prose(block.body)), light=ir.Light.made(**fields, where=where),
        where={"parent": span} if span else {}, span=unit.line(block.line),
    )  # fmt: skip


def move_kind(ctx: Context, unit: Unit, block: Block) -> ir.MoveKind | None:
    head = _definition_head(ctx, unit, block)
    said = [s for s in properties(ctx, unit, block) if not s.reading.off]
    made = move(ctx, unit, said, unit.line(block.line)) or ir.Move.made()
    if head is None:
        return None
    name, parent, span = head
    says_kind = any("kind" in s.reading.fields for s in said)
    if parent is not None and made.base is not None:
        first = next(s for s in said if "base" in s.reading.fields)
        ctx.found.append(error("E0113", value_span(unit, first), f"MOVE `{name}` has its parent after FROM already",
                               "a second parent", helps=("say what is different: `zoom:`, `ease:`",)))  # fmt: skip
        made = made.model_copy(update={"base": None})
    return ir.MoveKind.made(
        name=name, parent=parent or made.base, doc=" ".join(prose(block.body)), move=made, says_kind=says_kind,
        where={"parent": span} if span else {}, span=unit.line(block.line),
    )  # fmt: skip


def delivery(ctx: Context, unit: Unit, block: Block) -> ir.Delivery | None:
    head = _definition_head(ctx, unit, block)
    fields: dict[str, Any] = {}
    where: dict[str, Span] = {}
    for s in properties(ctx, unit, block):
        own, places = node_fields(unit, s)
        if "size" in own:
            own["width"], own["height"] = own.pop("size")
        if "space" in own:
            own["colour"] = own.pop("space")
        if "bits" in own:
            own["bits"] = int(own["bits"])
        fields |= own
        where |= dict(places)
    if head is None:
        return None
    name, parent, span = head
    if span:
        where["parent"] = span
    return ir.Delivery.made(
        name=name, parent=parent, doc=" ".join(prose(block.body)), **fields, where=where, span=unit.line(block.line)
    )


_NO_NAME = re.compile(r"""^["“„«](?=.*["”“»]$)|[(（](?=[^()（）]*[)）]$)|#(?=[a-z][\w-]*$)""")
"""What shows that more than a name was written: quotation marks around it, something in brackets, or a label after it. Screenplays
have `MAN #1`, `MOM, DAD` and `VOICE FROM ABOVE`."""

DEFINITIONS: Mapping[str, Callable[[Context, Unit, Block], Any]] = {
    "LOOK": look, "GRADE": grade, "LIGHT": light_rig, "MOVE": move_kind, "DELIVER": delivery,
}  # fmt: skip
"""How each kind of definition that may be FROM another is made."""


def template(ctx: Context, unit: Unit, block: Block) -> None:
    """Checks the head of a TEMPLATE: what stands in it is made where it is used."""
    line = block.line
    head = heads.template(line.text)
    if isinstance(head, Fault):
        if not line.text:
            ctx.found.append(error("E0111", unit.word(line), "a TEMPLATE needs a name", "no name",
                                   helps=("like `TEMPLATE reaction (who, lens 85mm)`",)))  # fmt: skip
        else:
            help_ = "like `TEMPLATE reaction (who, lens 85mm)`: parameters, some with what they are by default"
            ctx.found.append(
                unit.fault(line, Fault(head.code, head.start, head.end, head.message, head.label, (help_,)))
            )
        return
    _plain_name(ctx, unit, line, head.name)
    if head.parent is not None:
        look_up(ctx, unit, "TEMPLATE", head.parent.text, unit.span(line, head.parent.start, head.parent.end))
    first: dict[str, heads.Given] = {}
    for given in head.parameters:
        if given.value is not None and given.value.text[0] in ":=":
            ctx.found.append(unit.fault(line, Fault(
                "E0107", given.value.start, given.value.start + 1,
                f"`{given.name.text}` and its default have no `{given.value.text[0]}` between them", "delete this", (), " ",
            )))  # fmt: skip
        known = first.setdefault(given.name.text, given)
        if known is not given:
            at, before = (unit.span(line, g.name.start, g.name.end) for g in (given, known))
            ctx.found.append(error("E0202", at, f"parameter `{given.name.text}` is defined twice", "defined again here",
                                   secondary=((before, "first defined here"),)))  # fmt: skip


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
        items=tuple(items(ctx, unit, block)),
        muted=line.muted,
        span=unit.line(line),
    )
