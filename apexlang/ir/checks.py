"""What is checked of a whole film once it is typed: an ordered tuple of small functions, one rule each."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from apexlang.diagnostics import Diagnostic, error, warning
from apexlang.ir import model as ir
from apexlang.ir.unit import Gathering
from apexlang.source import Span

Check = Callable[[ir.Film, Gathering], Iterator[Diagnostic]]


def labels_are_unique(film: ir.Film, gathering: Gathering) -> Iterator[Diagnostic]:
    """Two shots with one label could not be told apart. Muted shots do not count."""
    first: dict[str, ir.Shot] = {}
    for scene in film.scenes:
        if scene.muted:
            continue
        for shot in scene.items:
            if not isinstance(shot, ir.Shot) or shot.label is None or shot.muted:
                continue
            if shot.label not in first:
                first[shot.label] = shot
                continue
            here, before = (s.where.get("label", s.span) for s in (shot, first[shot.label]))
            yield error("E0203", here, f"two shots are labelled `#{shot.label}`", "the same label again",
                        secondary=((before, "first defined here"),) if before else (),
                        helps=("a label names one shot: give this one another",))  # fmt: skip


def parents_end(film: ir.Film, gathering: Gathering) -> Iterator[Diagnostic]:
    """FROM must come to an end."""
    templates = tuple(_Named(name, t.head.parent.text if t.head.parent else None, t.unit.line(t.block.line))
                      for name, t in gathering.templates.items())  # fmt: skip
    kinds: tuple[tuple[str, Sequence[Any]], ...] = (
        ("LOOK", film.looks), ("GRADE", film.grades), ("LIGHT", film.lights), ("MOVE", film.moves),
        ("DELIVER", film.deliveries), ("TEMPLATE", templates),
    )  # fmt: skip
    for kind, defined in kinds:
        by_name = {d.name: d for d in defined}
        ended: set[str] = set()
        for d in defined:
            walked: dict[str, None] = {}
            name: str | None = d.name
            while name is not None and name in by_name and name not in walked and name not in ended:
                walked[name] = None
                name = by_name[name].parent
            if name is not None and name in walked:
                names = list(walked)
                circle = [*names[names.index(name) :], name]
                first = by_name[name]
                yield error("E0204", first.where.get("parent", first.span), f"{kind} `{name}` comes from itself",
                            "FROM goes in a circle", notes=(_arrows(circle),))  # fmt: skip
            ended.update(walked)


class _Named(NamedTuple):
    name: str
    parent: str | None
    span: Span
    where: Mapping[str, Span] = MappingProxyType({})


def _arrows(names: list[str]) -> str:
    """A circle of names; of a long one, its beginning and its end."""
    shown = [f"`{n}`" for n in names]
    return " -> ".join(shown if len(shown) < 12 else [*shown[:5], "…", *shown[-2:]])


def something_is_shot(film: ir.Film, gathering: Gathering) -> Iterator[Diagnostic]:
    """A film without a shot renders nothing: usual for a file of definitions, worth saying."""
    if not any(isinstance(item, ir.Shot) for scene in film.scenes for item in scene.items) and not any(
        d.is_error for d in gathering.found
    ):
        where = film.scenes[0].span if film.scenes else None
        yield warning("W0111", where, "no shots: there is nothing to render", "a scene without a shot" if where else "",
                      helps=("a scene needs a SHOT under its heading, like `SHOT wide`",))  # fmt: skip


def names_are_of_one_alphabet(film: ir.Film, gathering: Gathering) -> Iterator[Diagnostic]:
    """A name that mixes alphabets is not the name that it seems to be."""
    named: list[tuple[str, Span | None]] = [(d.name, d.span) for d in gathering.characters.values()]
    for defined in (film.looks, film.grades, film.lights, film.moves, film.deliveries):
        named += [(d.name, d.span) for d in defined]
    for scene in film.scenes:
        named += [
            (i.label, i.where.get("label"))
            for i in scene.items
            if isinstance(i, ir.Shot) and i.label is not None and not i.label.isascii()
        ]
    for name, span in named:
        if name.isascii():
            continue
        for part in name.split("."):  # `cast.Ольга` is the name of a file and a name in it
            alphabets = {_alphabet(c) for c in part if c.isalpha()} & {"LATIN", "CYRILLIC", "GREEK"}
            if len(alphabets) < 2:
                continue
            odd = next(c for c in part if c.isalpha() and not c.isascii() and _alphabet(c) in alphabets)
            yield warning("W0201", span, f"`{name}` mixes letters of two alphabets", "letters that look alike are not the same",
                          notes=(f"`{odd}` is {unicodedata.name(odd).capitalize()}",))  # fmt: skip


def _alphabet(c: str) -> str:
    return unicodedata.name(c, "?").split(" ")[0]


CHECKS: tuple[Check, ...] = (labels_are_unique, parents_end, names_are_of_one_alphabet, something_is_shot)
