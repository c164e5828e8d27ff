"""From a file to the typed film: read it and what it uses, lower every block, run the checks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from apexlang import collector
from apexlang.diagnostics import Diagnostic, error, in_order, of_problem, suggest
from apexlang.ir import lower, shots, templates
from apexlang.ir import model as ir
from apexlang.ir.checks import CHECKS
from apexlang.ir.properties import Context
from apexlang.ir.text import synopsis
from apexlang.ir.unit import Gathering, Unit
from apexlang.source import Problem, Source, Span, World
from apexlang.syntax import heads
from apexlang.syntax.lines import Line
from apexlang.syntax.literals import Fault
from apexlang.syntax.tree import Block


class Loaded(NamedTuple):
    """A film, all that is to say about its text, and the sources that were read, by path."""

    film: ir.Film | None
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source]


def load(world: World, path: str | Path, variant: str | None = None) -> Loaded:
    """The film at `path` (in the world's project) with every USE taken in, and the VARIANT of that name over its FILM.

    `film` is None only if the file cannot be read or has nothing in it; a film with errors lacks what was wrong and can still be
    planned, so that errors of time show in the same run. Never raises for what is in a file.
    """
    source = world.read(path)
    if isinstance(source, Problem):
        return Loaded(None, (of_problem(source, None),), {})
    return load_source(world, source, variant)


def load_source(world: World, source: Source, variant: str | None = None) -> Loaded:
    """As `load`, from a text that is at hand; `source.path` is where it would stand in the project."""
    with collector.paused():
        return lowered(Gathering(world), source, variant, _Afresh())


class Scenes(Protocol):
    """Who makes the scenes: afresh, or what is known of them from before (`ir.session`)."""

    def begin(self, ctx: Context) -> None:
        """All files are read; the first scene comes."""

    def scene(self, ctx: Context, unit: Unit, block: Block) -> ir.Scene: ...

    def end(self, ctx: Context) -> None:
        """The last scene is made."""


class _Afresh:
    def begin(self, ctx: Context) -> None: ...

    def scene(self, ctx: Context, unit: Unit, block: Block) -> ir.Scene:
        return lower.scene(ctx, unit, block)

    def end(self, ctx: Context) -> None: ...


def lowered(gathering: Gathering, source: Source, variant: str | None, maker: Scenes) -> Loaded:
    """The typed film of a source, its scenes made by `maker`."""
    unit = gathering.film(source)
    if not unit.tree.items and not unit.tree.diagnostics:
        nothing = error("E0120", None, f"`{source.path}` is empty", helps=('a film begins with `FILM "Title"`',))
        return Loaded(None, (nothing,), {source.path: source})
    film = _film(gathering, unit, variant, maker)
    for check in CHECKS:
        gathering.found += check(film, gathering)
    used = {path: u.tree.source for path, u in gathering.units.items()}
    return Loaded(film, in_order(told_once(gathering.found, gathering.filled)), used)


@dataclass
class _Definitions:
    """The film's definitions by kind and name, its people, and what FILM and its variants say."""

    named: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in lower.DEFINITIONS})
    characters: dict[str, ir.Character] = field(default_factory=dict)
    film: tuple[Line, dict[str, Any]] | None = None
    variants: list[Block] = field(default_factory=list)

    def add(self, kind: str, made: Any) -> None:
        if made is not None:
            self.named[kind].setdefault(made.name, made)


def _film(gathering: Gathering, unit: Unit, variant: str | None, maker: Scenes) -> ir.Film:
    ctx = Context(gathering, posixpath.dirname(unit.path))
    known = _Definitions()
    for u in gathering.in_order(unit):
        _define(ctx, u, known, u is unit)
    head: dict[str, Any] = known.film[1] if known.film is not None else dict(_NOTHING_SAID)
    said_first = synopsis(unit.tree.items)
    if said_first and known.film is not None:
        head["synopsis"] = (*said_first, *head["synopsis"])
    head, names = _variants(ctx, unit, known, head, variant)
    maker.begin(ctx)
    scenes = tuple(_scenes(ctx, unit, set(), maker))
    maker.end(ctx)
    for u in gathering.in_order(unit):
        templates.unused(ctx, u)
    _library(ctx, known)
    return ir.Film.made(
        **head,
        path=unit.path,
        variant=variant if variant in names else None,
        variants=names,
        characters=tuple(known.characters.values()),
        looks=tuple(known.named["LOOK"].values()),
        grades=tuple(known.named["GRADE"].values()),
        lights=tuple(known.named["LIGHT"].values()),
        moves=tuple(known.named["MOVE"].values()),
        deliveries=tuple(known.named["DELIVER"].values()),
        scenes=scenes,
        where={},
        span=Span(unit.path, 0, 0, 0, 1),
    )


_NOTHING_SAID: dict[str, Any] = {
    "title": "", "format": ir.Format.made(), "settings": ir.Settings.made(), "music": (), "cut": None, "deliver": (),
    "synopsis": (),
}  # fmt: skip


def _define(ctx: Context, unit: Unit, known: _Definitions, first: bool) -> None:
    """Takes in the definitions of a file, and what its FILM says if it is the `first` file."""
    for item in unit.tree.items:
        if isinstance(item, Line):
            continue
        muted = item.line.muted
        if item.kind in lower.DEFINITIONS:
            made = lower.DEFINITIONS[item.kind](ctx, unit, item)
            if not muted:
                known.add(item.kind, made)
        elif item.kind == "CHARACTER":
            person = lower.character(ctx, unit, item)
            if person is not None and not muted:
                known.characters.setdefault(person.name, person)
        elif item.kind == "TEMPLATE":
            lower.template(ctx, unit, item)
        elif item.kind == "VARIANT" and first:
            known.variants.append(item)
        elif item.kind == "FILM":
            said = lower.film_block(ctx, unit, item)
            if muted or not first:
                continue
            if known.film is not None:
                ctx.found.append(error("E0112", unit.word(item.line), "a film has one FILM block", "a second one",
                                       secondary=((unit.word(known.film[0]), "the first"),)))  # fmt: skip
                continue
            known.film = item.line, said


def _variants(
    ctx: Context, unit: Unit, known: _Definitions, head: dict[str, Any], chosen: str | None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What FILM says with the chosen VARIANT over it, and the names of all."""
    names: dict[str, None] = {}
    for block in known.variants:
        line = block.line
        name = heads.variant(line.text)
        if isinstance(name, Fault):
            ctx.found.append(error("E0111", unit.word(line), "a VARIANT needs a name", "no name" if not line.text else "not a name",
                                   helps=("like `VARIANT vertical`",)))  # fmt: skip
            lower.variant(ctx, unit, block, False, head)
            continue
        usable = not line.muted and name.text not in names
        if usable:
            names[name.text] = None
        head = lower.variant(ctx, unit, block, usable and name.text == chosen, head)
    if chosen is not None and chosen not in names:
        meant = suggest(chosen, names)
        has = "its variants: " + ", ".join(f"`{n}`" for n in names) if names else "it has no VARIANT"
        ctx.found.append(error("E0213", None, f"this film has no variant `{chosen}`",
                               helps=(f"did you mean `{meant}`?" if meant else has,)))  # fmt: skip
    return head, tuple(names)


def _scenes(ctx: Context, unit: Unit, seen: set[str], maker: Scenes) -> Iterator[ir.Scene]:
    """The scenes of a file in order, those of a used file where it is used. What stands between two scenes, transitions and
    cards, belongs to the one before; before the first, to that."""
    seen.add(unit.path)
    waiting: ir.Scene | None = None
    early: list[ir.Shot | ir.Transition] = []
    uses: dict[int, list[Unit]] = {}
    for index, used in unit.uses:
        uses.setdefault(index, []).append(used)
    for index, item in enumerate(unit.tree.items):
        for used in uses.get(index, ()):
            if used.path in seen:
                continue
            for scene in _scenes(ctx, used, seen, maker):
                if waiting is not None:
                    yield waiting
                waiting = _with(scene, early, ())
                early = []
        made: ir.Shot | ir.Transition | None = None
        if isinstance(item, Block) and item.kind == "HEADING":
            if waiting is not None:
                yield waiting
            waiting = _with(maker.scene(ctx, unit, item), early, ())
            early = []
        elif isinstance(item, Block) and item.kind == "TITLE":
            made = shots.card(ctx, unit, item)
        elif isinstance(item, Line) and item.kind == "TRANSITION":
            made = shots.between(ctx, unit, item)
        if made is not None and waiting is not None:
            waiting = _with(waiting, (), (made,))
        elif made is not None:
            early.append(made)
    if waiting is None and any(isinstance(item, ir.Shot) for item in early):
        waiting = ir.Scene.made(setting="", place="Titles", items=tuple(early), span=next(i.span for i in early))
    if waiting is not None:
        yield waiting


def _with(
    scene: ir.Scene, before: Sequence[ir.Shot | ir.Transition], after: Sequence[ir.Shot | ir.Transition]
) -> ir.Scene:
    if not before and not after:
        return scene
    return scene.model_copy(update={"items": (*before, *scene.items, *after)})


def _library(ctx: Context, known: _Definitions) -> None:
    """Takes in the library's definitions that the film names, and what those name."""
    done: set[str] = set()
    while waiting := [key for key in ctx.wanted if key not in done]:
        for key in waiting:
            done.add(key)
            definition, place = ctx.wanted[key]
            if not definition.name.startswith("std."):
                continue
            unit = ctx.gathering.units[definition.span.path]
            for item in unit.tree.items:
                if isinstance(item, Block) and item.line.number == definition.span.line:
                    found, before = len(ctx.found), set(ctx.wanted)
                    known.add(item.kind, lower.DEFINITIONS[item.kind](ctx, unit, item))
                    ctx.found[found:] = [_where_named(d, place) for d in ctx.found[found:]]
                    ctx.wanted.update((k, w._replace(span=place)) for k, w in ctx.wanted.items() if k not in before)


def _where_named(d: Diagnostic, place: Span) -> Diagnostic:
    """What is to be said of a definition of the library, said where the film names it."""
    if d.span is None:
        return d
    return replace(d, span=place, fixes=(), secondary=((d.span, d.label or "it is said here"), *d.secondary))


def told_once(found: Iterable[Diagnostic], filled: set[Span]) -> list[Diagnostic]:
    """What is found in a template is found at each of its uses, and what is not rendered yet wherever it is said: each is told
    once. A fix that would overwrite a name in braces is left out."""
    found = list(found)
    unfit = {(d.span.path, d.span.line) for d in found if d.code == "E0102" and d.span is not None}
    out: list[Diagnostic] = []
    seen: set[tuple[str, Span | None, str]] = set()
    late: dict[str, tuple[int, int]] = {}
    for d in found:
        key = (d.code, d.span, d.message)
        if d.code == "E0103" and d.span is not None and (d.span.path, d.span.line) in unfit:
            continue  # once it is indented as it should be, it may well belong there
        if key in seen:
            continue
        seen.add(key)
        if d.code == "W0190":
            at, more = late.setdefault(d.message, (len(out), -1))
            late[d.message] = at, more + 1
            if more >= 0:
                continue
        if filled and d.fixes:
            d = replace(d, fixes=tuple(f for f in d.fixes if not any(_meet(f.span, span) for span in filled)))
        out.append(d)
    for at, more in late.values():
        if more:
            note = f"it is said {more} more time{'s' if more > 1 else ''} in this film"
            out[at] = replace(out[at], notes=(*out[at].notes, note))
    return out


def _meet(a: Span, b: Span) -> bool:
    return a.path == b.path and (a.line, a.col) < (b.end_line, b.end_col) and (b.line, b.col) < (a.end_line, a.end_col)
