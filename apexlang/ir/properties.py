"""A block's properties as typed values: each is read by the table, its files are found, its names are looked up."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from apexlang.diagnostics import Fix, error, of_problem, suggest
from apexlang.ir import model as ir
from apexlang.ir import places
from apexlang.ir.places import Places, Values
from apexlang.ir.scope import Definition, folded
from apexlang.ir.table import BY_NAME, KINDS, names_in
from apexlang.ir.unit import Gathering, Unit
from apexlang.ir.values import Reading, read
from apexlang.source import STD, Problem, Span
from apexlang.syntax.lines import Line
from apexlang.syntax.tree import Block

BLOCK_CALLED = {"HEADING": "a scene"}


@dataclass(slots=True)
class Context:
    """What lowering carries along: the film's files and names, and what it has found wrong. `home`: the film's folder."""

    gathering: Gathering
    home: str
    wanted: dict[str, Definition] = field(default_factory=dict)
    _paths: dict[tuple[str, str], str | Problem] = field(default_factory=dict)

    @property
    def found(self) -> list[Any]:
        return self.gathering.found

    def path(self, unit: Unit, text: str) -> str | Problem:
        """A file that a film names, relative to the film's folder; a Problem if it may not be read or is not there."""
        folder = posixpath.dirname(unit.path)
        known = self._paths.get((folder, text))
        if known is None:
            world = self.gathering.world
            resolved = world.resolve(unit.path, text)
            known = resolved
            if isinstance(resolved, str):
                known = world.missing(resolved) or (posixpath.relpath(resolved, self.home) if self.home else resolved)
            self._paths[folder, text] = known
        return known


@dataclass(frozen=True, slots=True)
class Said:
    """A property as it stands in a block: its line and its reading."""

    line: Line
    reading: Reading

    @property
    def name(self) -> str:
        return self.line.word


def properties(ctx: Context, unit: Unit, block: Block, kind: str | None = None) -> list[Said]:
    """The properties of a block that can be used. Unknown, repeated, misplaced and unreadable ones are reported and left out."""
    kind = kind or block.kind
    said: list[Said] = []
    first: dict[str, Line] = {}
    for line in block.body:
        if not isinstance(line, Line) or line.kind != "PROPERTY":
            continue
        name = line.word
        row = BY_NAME.get(name)
        if row is None:
            _unknown(ctx, unit, line, kind)
            continue
        if row.later:
            if not (line.muted or block.line.muted):
                ctx.found.append(error("E0190", unit.word(line), f"`{name}:` is not in this version yet", "comes later",
                                       helps=("set it aside with `/-` before it",), fixes=(_mute(unit, line),)))  # fmt: skip
            continue
        if kind not in row.where:
            _misplaced(ctx, unit, line, kind)
            continue
        reading = read(name, line.whole())
        ctx.found.extend(unit.fault(line, fault) for fault in reading.faults
                         if not (fault.code == "E0190" and (line.muted or block.line.muted)))  # fmt: skip
        if line.muted:
            continue
        if name in first and not row.many:
            ctx.found.append(error("E0108", unit.word(line), f"`{name}:` is set twice here", "set again",
                                   helps=("only one of them can hold: delete the other",),
                                   secondary=((unit.word(first[name]), "first set here"),)))  # fmt: skip
            continue
        first.setdefault(name, line)
        if reading.usable:
            said.append(Said(line, reading))
    return said


def _mute(unit: Unit, line: Line) -> Fix:
    return Fix(Span(unit.path, line.number, line.col, line.number, line.col), "/- ")


def _called(kind: str) -> str:
    return BLOCK_CALLED.get(kind, kind)


def _unknown(ctx: Context, unit: Unit, line: Line, kind: str) -> None:
    here = names_in(kind)
    speaker = ctx.gathering.characters.get(folded(line.word)) if kind == "SHOT" else None
    if speaker is not None:
        cue = speaker.name.upper() if folded(speaker.name.upper()) == folded(speaker.name) else f"@{speaker.name}"
        span = unit.word(line)
        ctx.found.append(error("E0109", span, f"`{line.word}:` is a property: a speaker is written in capitals",
                               f"did you mean `{cue}:`?", fixes=(Fix(span, cue),)))  # fmt: skip
        return
    meant = suggest(line.word, here) or suggest(line.word, BY_NAME)
    span = unit.word(line)
    label = f"did you mean `{meant}`?" if meant else f"{_called(kind)} has no property of this name"
    takes_prose = kind not in ("FILM",)
    helps = [] if meant else [f"{_called(kind)} takes " + ", ".join(f"`{n}`" for n in here)]
    if takes_prose and not meant:
        helps.append("if it is prose, begin the line with `!`")
    fixes = (Fix(span, meant),) if meant else ()
    ctx.found.append(error("E0109", span, f"unknown property `{line.word}`", label, helps=tuple(helps), fixes=fixes))


def _misplaced(ctx: Context, unit: Unit, line: Line, kind: str) -> None:
    row = BY_NAME[line.word]
    homes = " or ".join(_called(w) for w in row.where)
    meant = suggest(line.word, names_in(kind))
    helps: tuple[str, ...] = (f"`{line.word}:` belongs in {homes}",)
    if meant:
        helps = (*helps, f"{_called(kind)} has `{meant}:`")
    ctx.found.append(
        error("E0110", unit.word(line), f"`{line.word}:` cannot stand in {_called(kind)}", "not here", helps=helps)
    )


def place(unit: Unit, said: Said, name: str) -> Span:
    """Where a field's value stands."""
    start, end = said.reading.places[name]
    return unit.span(said.line, start, end)


def value_span(unit: Unit, said: Said) -> Span:
    """Where the whole value stands."""
    return places.value(unit.path, said.line)


def node_fields(unit: Unit, said: Said) -> tuple[dict[str, Any], Places]:
    """The fields of a reading as the IR holds them, and where each stands."""
    return dict(said.reading.plain), Places(unit.path, said.line, said.reading.places)


def take_file(ctx: Context, unit: Unit, said: Said, name: str) -> str | None:
    """The file that a field names, relative to the film; None when there is none to use, which has then been said."""
    text = said.reading.one(name)
    return (
        file(ctx, unit, text, place(unit, said, name), said.reading.kinds.get(name, "")) if text is not None else None
    )


def file(ctx: Context, unit: Unit, text: str, span: Span, kind: str) -> str | None:
    path = Problem("E0504", "the library names no files") if unit.path.startswith(STD) else ctx.path(unit, text)
    if isinstance(path, Problem):
        ctx.found.append(of_problem(path, span))
        return None
    suffix = posixpath.splitext(path)[1].casefold()
    row = KINDS.get(kind)
    if row is not None and suffix not in row.suffixes:
        other = next((k for k in ("picture", "footage", "audio", "cube") if suffix in KINDS[k].suffixes), None)
        if other is not None:
            what = KINDS[other].says.partition(" (")[0]
            ctx.found.append(error("E0512", span, f"`{text}` is {what}", f"expected {row.says}"))
            return None
    return path


def curve(reading: Reading) -> ir.Curve | None:
    """The curve that a move or a transition names."""
    name = reading.one("curve")
    if name is None:
        return None
    if name == "gamma":
        return _curve("gamma", (float(reading.one("exponent")),))
    if name == "cubic-bezier":
        return _curve("cubic-bezier", reading.one("bezier"))
    return _curve(name, ())


@lru_cache(1024)
def _curve(name: str, args: tuple[float, ...]) -> ir.Curve:
    return ir.Curve.made(name=name, args=args)


def look_up(ctx: Context, unit: Unit, kind: str, name: str, span: Span) -> str | None:
    """The film's name for a LOOK or GRADE as this file writes it; None, and an error, if there is none."""
    definition = ctx.gathering.look_up(unit, kind, name)
    if definition is not None:
        ctx.wanted.setdefault(f"{kind} {definition.name}", definition)
        return definition.name
    what = kind.lower()
    library = [n for n in ctx.gathering.library_names() if n.startswith(f"std.{what}s.")]
    by_short = next((n for n in library if n.rpartition(".")[2] == name), None)
    helps: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    if by_short is not None:
        helps = (f"the library has it: `{by_short}`, or `USE {by_short}` at the top of the file",)
        fixes = (Fix(span, by_short),)
    else:
        meant = suggest(name, (*unit.scope.known(kind), *library))
        if meant is None and "." not in name:
            short = suggest(name, [n.rpartition(".")[2] for n in library])
            meant = f"std.{what}s.{short}" if short else None
        if meant is not None:
            helps = (f"a {what} with a similar name exists: `{meant}`",)
            fixes = (Fix(span, meant),)
        elif name.startswith("std."):
            helps = (f"the library has {', '.join(f'`{n}`' for n in library[:8])}",)
        elif unit.scope.known(kind):
            helps = (f"this file knows {', '.join(f'`{n}`' for n in unit.scope.known(kind)[:8])}",)
        else:
            helps = (
                f"define it: `{kind} {name}`, or take one of the library: {', '.join(f'`{n}`' for n in library[:4])}",
            )
    code = "E0312" if kind == "GRADE" else "E0311"
    ctx.found.append(error(code, span, f"unknown {what} `{name}`", f"no {what} of this name", helps=helps, fixes=fixes))
    return None


_SETTINGS = frozenset(ir.Settings.model_fields)


def settings(ctx: Context, unit: Unit, said: Iterable[Said], no_look: bool = False) -> ir.Settings:
    """What film, look, scene and shot may all say."""
    fields: dict[str, Any] = {}
    lines: dict[str, Line] = {}
    for s in said:
        name, reading = s.name, s.reading
        if name not in _SETTINGS or (name == "look" and no_look):
            continue
        span = value_span(unit, s)
        value: Any
        if reading.off:
            value = "none"
        elif name in ("look", "grade"):
            value = look_up(ctx, unit, name.upper(), reading.one("name"), span)
            if value is None:
                continue
        else:
            value = _setting(unit, s, span)
        fields[name] = value
        lines[name] = s.line
    if not fields:
        return EMPTY
    return ir.Settings.made(**fields, where=Values(unit.path, lines))


EMPTY = ir.Settings.made()


def _setting(unit: Unit, said: Said, span: Span) -> Any:
    name, reading = said.name, said.reading
    if name in ("compose", "palette", "hold"):
        value = reading.fields[name]
        return value[0] if name == "hold" else value
    fields, where = node_fields(unit, said)
    if name == "camera":
        if "shutter_s" in fields:
            fields["shutter_s"] = fields["shutter_s"].seconds
        return ir.Camera.made(**fields, where=where, span=span)
    if name == "light":
        return ir.Light.made(**fields, where=where, span=span)
    if name == "generate":
        return ir.Generate.made(
            order=fields["order"], takes=int(fields.get("takes", 1)), where=where, span=span
        )
    fields["curve"] = curve(reading)
    for extra in ("exponent", "bezier"):
        fields.pop(extra, None)
    return ir.Move.made(**fields, where=where, span=span)
