"""One version of a film, read and planned for comparison: nothing is made, no store and no tool is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from apexlang.diagnostics import Diagnostic, in_order
from apexlang.ir import model as ir
from apexlang.ir.load import load
from apexlang.lexicon.own import Row, own_words
from apexlang.plan import model as plan
from apexlang.plan.build import build
from apexlang.plan.keys import Tools
from apexlang.plan.shots import Generators
from apexlang.plan.timeline import Timeline, lay_out
from apexlang.reading.shots import Reel, reel
from apexlang.source import Source, World

SAME_TOOLS = Tools(engine="", titles="", mixer="", ffmpeg="")
"""Both versions are planned for the same tools: what differs is what the films say."""


class FirstNamed:
    """The first generator of an order, whether or not it can be used here."""

    def choose(self, order: Sequence[str]) -> tuple[str, str]:
        return order[0], ""


@dataclass(frozen=True)
class Contents:
    """The planner's view of a version's files. One that cannot be read counts as one of its name; footage is not looked into."""

    world: World

    def digest(self, path: str) -> str:
        try:
            return self.world.digest(path)
        except OSError:
            return f"missing {path}"

    def footage_frames(self, path: str) -> int | None:
        return None

    def own_words(self) -> tuple[Row, ...]:
        return own_words(self.world).rows


@dataclass(frozen=True)
class Side:
    """`called`: what people call this version. `plan` None: there are errors of time in it."""

    called: str
    film: ir.Film
    timeline: Timeline
    reel: Reel
    plan: plan.Plan | None
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: dict[str, Source] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        return self.plan is None or any(d.is_error for d in self.diagnostics)


@dataclass(frozen=True)
class Unreadable:
    """A version that has no film in it."""

    called: str
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source] = field(default_factory=dict)


def side(world: World, name: str, called: str, generators: Generators | None = None) -> Side | Unreadable:
    """The film `name` of a world, planned. `generators` decides between those that a film names; by default the first."""
    loaded = load(world, name)
    if loaded.film is None:
        return Unreadable(called, loaded.diagnostics, loaded.sources)
    return of_film(loaded.film, world, called, generators, loaded.diagnostics, loaded.sources)


def of_film(
    film: ir.Film,
    world: World,
    called: str,
    generators: Generators | None = None,
    diagnostics: tuple[Diagnostic, ...] = (),
    sources: dict[str, Source] | None = None,
    tools: Tools = SAME_TOOLS,
    draft: bool = False,
) -> Side:
    """As `side`, from a typed film."""
    timeline = lay_out(film)
    made = build(film, assets=Contents(world), generators=generators or FirstNamed(), tools=tools, draft=draft)
    found = in_order((*diagnostics, *made.diagnostics))
    return Side(called, film, timeline, reel(film, timeline), made.plan, found, sources or {})


def orders(film: ir.Film) -> set[tuple[str, ...]]:
    """The orders of preference for generators that a film names. With no more than one in both versions, who serves it here
    makes no difference."""
    return {s.effective.generate.order for s in reel(film, lay_out(film)).live if s.effective.generate is not None}
