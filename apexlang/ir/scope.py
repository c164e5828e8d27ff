"""Which names a file sees, and what they stand for: its own definitions, those of the files it uses, and the library's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apexlang import resources
from apexlang.source import Span

LIBRARY = "std"

SECTIONS: Mapping[str, str] = {
    "looks": "LOOK",
    "grades": "GRADE",
    "light": "LIGHT",
    "moves": "MOVE",
    "deliver": "DELIVER",
}
"""The library's files of definitions and what each defines."""


NAMED = (*SECTIONS.values(), "TEMPLATE", "VARIANT")
"""Kinds of blocks that are known by a name of their own kind."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition: its kind, the name by which the film knows it, and where it stands."""

    kind: str
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Filling:
    """What a name in braces stands for, and where that was said. `broken`: nothing, which has been reported."""

    text: str
    span: Span
    broken: bool = False


@dataclass(slots=True)
class Scope:
    """What the names of one file mean. `names`: by kind (LOOK, GRADE ...), then by the name as this file writes it; `values`: the
    names of SET with what they stand for."""

    names: dict[str, dict[str, Definition]] = field(default_factory=lambda: {kind: {} for kind in NAMED})
    values: dict[str, Filling] = field(default_factory=dict)

    def find(self, kind: str, name: str) -> Definition | None:
        return self.names[kind].get(name)

    def known(self, kind: str) -> tuple[str, ...]:
        return tuple(self.names[kind])


def folded(name: str) -> str:
    """A character's name as names are compared: capitals, a leading `@` and the space between words count for nothing."""
    return " ".join(name.removeprefix("@").casefold().split())


def library_name(name: str) -> tuple[str, str] | None:
    """`std.grades.night` as section and name; None for a name that is not of this shape."""
    parts = name.split(".")
    if len(parts) != 3 or parts[0] != LIBRARY:
        return None
    return parts[1], parts[2]


def library_file(section: str) -> str | None:
    """The library's file for a section, as `World.read` takes it."""
    name = f"{section}.apex"
    return f"std:{name}" if section in SECTIONS and name in resources.stdlib_names() else None
