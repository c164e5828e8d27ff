"""A block's properties as typed values: each is read by the table, its files are found, its names are looked up."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from apexlang.diagnostics import Fix, error, of_problem, suggest
from apexlang.ir import misnamed, places
from apexlang.ir import model as ir
from apexlang.ir.kinds import kind_of_file
from apexlang.ir.places import Places, Values
from apexlang.ir.scope import SECTIONS, Definition
from apexlang.ir.table import BY_NAME, EASINGS, KINDS, MOODS, MOVES
from apexlang.ir.unit import Gathering, Unit
from apexlang.ir.values import Reading, read
from apexlang.source import STD, Problem, Span
from apexlang.syntax.lines import Line
from apexlang.syntax.literals import Fault, parse_value
from apexlang.syntax.tree import Block


@dataclass(slots=True)
class Count:
    """Shots that templates have made, and whether it was said that they are too many."""

    made: int = 0
    said: bool = False


class Wanted(NamedTuple):
    """A definition that the film names, and where it does so first."""

    definition: Definition
    span: Span


@dataclass(slots=True)
class Context:
    """What lowering carries along: the film's files and names, and what it has found wrong. `home`: the film's folder."""

    gathering: Gathering
    home: str
    wanted: dict[str, Wanted] = field(default_factory=dict)
    templated: Count = field(default_factory=Count)
    paths: dict[tuple[str, str], str | Problem] = field(default_factory=dict)
    asked: set[tuple[str, str]] = field(default_factory=set)
    """The keys of `paths` that were asked for."""

    @property
    def found(self) -> list[Any]:
        return self.gathering.found

    def path(self, unit: Unit, text: str) -> str | Problem:
        """A file that a film names, relative to the film's folder; a Problem if it may not be read or is not there."""
        folder = posixpath.dirname(unit.path)
        self.asked.add((folder, text))
        known = self.paths.get((folder, text))
        if known is None:
            world = self.gathering.world
            resolved = world.resolve(unit.path, text)
            known = resolved
            if isinstance(resolved, str):
                known = world.missing(resolved) or (posixpath.relpath(resolved, self.home) if self.home else resolved)
            self.paths[folder, text] = known
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
    words: frozenset[str] = frozenset()
    for line in block.body:
        if not isinstance(line, Line) or line.kind != "PROPERTY":
            continue
        name = line.word
        row = BY_NAME.get(name)
        if row is None:
            words = words or misnamed.words(block)
            ctx.found.append(misnamed.unknown(unit, line, kind, words, ctx.gathering.characters))
            continue
        if kind not in row.where:
            words = words or misnamed.words(block)
            ctx.found.append(misnamed.misplaced(unit, line, kind, words))
            continue
        reading = read(name, line.whole())
        ctx.found.extend(unit.fault(line, fault) for fault in reading.faults
                         if not (fault.code == "W0190" and (line.muted or block.line.muted)))  # fmt: skip
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
        elif "rig" in reading.fields:
            light(ctx, unit, Said(line, reading), unit.line(line))  # what else is wrong in it is said in the same run
        elif "base" in reading.fields:
            move(ctx, unit, (Said(line, reading),), unit.line(line))
    return said


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
    row = KINDS.get(kind)
    if row is not None and posixpath.splitext(path)[1].casefold() not in row.suffixes:
        what = kind_of_file(path)
        if what is not None:
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


CODES = {"LOOK": "E0311", "GRADE": "E0312", "LIGHT": "E0314", "MOVE": "E0317", "DELIVER": "E0318", "TEMPLATE": "E0205"}
"""The code of a name that no definition of a kind has."""

_WORDS: dict[str, tuple[str, ...]] = {"LIGHT": MOODS, "MOVE": MOVES}
"""What may be said besides the name of a definition."""


def look_up(ctx: Context, unit: Unit, kind: str, name: str, span: Span) -> str | None:
    """The film's name for a definition as this file writes it; None, and an error, if there is none."""
    definition = ctx.gathering.look_up(unit, kind, name)
    if definition is not None:
        ctx.wanted.setdefault(f"{kind} {definition.name}", Wanted(definition, span))
        return definition.name
    what = "delivery format" if kind == "DELIVER" else kind.lower()
    if name.casefold() in ("none", "null", "off", "false", "no"):
        ctx.found.append(error(CODES[kind], span, f"no {what} is called `{name}`", "did you mean `none`?", fixes=(Fix(span, "none"),),
                               helps=("`none` switches off what is inherited",)))  # fmt: skip
        return None
    section = next((s for s, k in SECTIONS.items() if k == kind), "")
    library = [n for n in ctx.gathering.library_names() if n.startswith(f"std.{section}.")]
    by_short = next((n for n in library if n.rpartition(".")[2] == name.removeprefix("std.").replace(" ", "_")), None)
    known = unit.scope.known(kind)
    helps: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    label = f"no {what} of this name"
    other = SECTIONS.get(name.split(".")[1]) if name in ctx.gathering.library_names() else None
    if other is not None:
        called = "delivery format" if other == "DELIVER" else other.lower()
        helps = (f"`{name}` is a {called}: it is said with `{other.lower()}:`",)
    elif by_short is not None:
        label = f"did you mean `{by_short}`?"
        helps = (f"the library has it: `{by_short}`, or `USE {by_short}` at the top of the file",)
        fixes = (Fix(span, by_short),)
    else:
        words = (*_WORDS.get(kind, ()), *(EASINGS if kind == "MOVE" else ()))
        meant = suggest(name, (*known, *words, *library))
        if meant is None and "." not in name:
            short = suggest(name, [n.rpartition(".")[2] for n in library])
            meant = f"std.{section}.{short}" if short else None
        if meant is not None:
            label = f"did you mean `{meant}`?"
            word = meant in words
            helps = (f"did you mean `{meant}`?" if word else f"a {what} with a similar name exists: `{meant}`",)
            fixes = (Fix(span, meant),)
        elif name.startswith("std."):
            helps = (f"the library has {_some(library)}",)
        elif kind in _WORDS:
            helps = (f"it may be {_some(_WORDS[kind])}, or a {kind} that is defined: {_some((*known, *library))}",)
        elif known:
            helps = (f"this file knows {_some(known)}",)
        elif library:
            helps = (f"define it: `{kind} {name}`, or take one of the library: {_some(library)}",)
        else:
            helps = (f"define it: `{kind} {name}`",)
    ctx.found.append(error(CODES[kind], span, f"unknown {what} `{name}`", label, helps=helps, fixes=fixes))
    return None


def _some(names: Sequence[str], most: int = 6) -> str:
    shown = ", ".join(f"`{n}`" for n in names[:most])
    return f"{shown} …" if len(names) > most else shown


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
            value = _setting(ctx, unit, s, span)
            if value is None:
                continue
        fields[name] = value
        lines[name] = s.line
    if not fields:
        return EMPTY
    return ir.Settings.made(**fields, where=Values(unit.path, lines))


EMPTY = ir.Settings.made()


def _setting(ctx: Context, unit: Unit, said: Said, span: Span) -> Any:
    name, reading = said.name, said.reading
    if name == "hold":
        return reading.fields[name][0]
    if name in ("compose", "palette", "lens"):
        return reading.plain[name]
    if name == "light":
        return light(ctx, unit, said, span)
    if name == "move":
        return move(ctx, unit, (said,), span)
    fields, where = node_fields(unit, said)
    if name == "generate":
        return ir.Generate.made(order=fields["order"], takes=int(fields.get("takes", 1)), where=where, span=span)
    if "shutter_s" in fields:
        fields["shutter_s"] = fields["shutter_s"].seconds
    return ir.Camera.made(**fields, where=where, span=span)


def light(ctx: Context, unit: Unit, said: Said, span: Span, moods_only: bool = False) -> ir.Light:
    """What a value says of the light. A rig is a LIGHT that the file sees, else a mood, which is a word of the language."""
    fields, where = node_fields(unit, said)
    if "rig" in fields and not moods_only:
        rigs = []
        for name in fields["rig"]:
            at = literal_place(unit, said, name) or span
            known = next((n for n in (name, name.replace(" ", "_")) if ctx.gathering.look_up(unit, "LIGHT", n)), None)
            found = name if known is None and name in MOODS else look_up(ctx, unit, "LIGHT", known or name, at)
            rigs += [found] if found else []
        fields["rig"] = tuple(rigs)
    return ir.Light.made(**fields, where=where, span=span)


def move(ctx: Context, unit: Unit, parts: Sequence[Said], span: Span) -> ir.Move | None:
    """A move from all that is said of it. None for one that begins from a MOVE that is not there."""
    fields: dict[str, Any] = {}
    where: dict[str, Span] = {}
    for said in parts:
        own, places = node_fields(unit, said)
        reading = said.reading
        bend = curve(reading)
        if bend is not None:
            own["curve"] = bend
        if "key_at" in own:
            rows = zip(*(reading.plain_all(f"key_{n}") for n in ("at", "point", "zoom")), strict=True)
            own["keys"] = tuple(rows)
        if "base" in own and "kind" in own:
            word = own.pop("base")
            at = literal_place(unit, said, word) or span
            meant = suggest(word, EASINGS)
            ctx.found.append(
                error(
                    "E0307",
                    at,
                    f"unknown word `{word}`",
                    f"did you mean `{meant}`?" if meant else "no easing of this name",
                    helps=() if meant else (f"a move goes {_some(EASINGS)}",),
                    fixes=(Fix(at, meant),) if meant else (),
                )
            )
        if "base" in own:
            own["base"] = look_up(ctx, unit, "MOVE", own["base"], literal_place(unit, said, own["base"]) or span)
            if own["base"] is None:
                return None
        for extra in ("exponent", "bezier", "key_at", "key_point", "key_zoom"):
            own.pop(extra, None)
        fields |= own
        where |= dict(places)
    return ir.Move.made(**fields, where=where, span=span)


def literal_place(unit: Unit, said: Said, value: str) -> Span | None:
    """Where a text or a word of a value stands."""
    clauses = parse_value(said.line.whole())
    if isinstance(clauses, Fault):
        return None
    for clause in clauses:
        words = " ".join(part.value for part in clause if part.kind == "word")
        if words == value:
            return unit.span(said.line, clause[0].start, clause[-1].end)
        for part in clause:
            if part.kind in ("string", "word") and part.value == value:
                return unit.span(said.line, part.start, part.end)
    return None
