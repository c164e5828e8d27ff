"""The forms that a clause may take: how they are written and read.

A form is written as it is shown to people: `key [<quality>] [from <side>] [<kelvin>]`. It is made of
words that stand for themselves (`at`, `take|takes`), values `<field:kind>` (`<kind>` where both have one name),
optional parts in `[ ]` and repeated parts in `{ }`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Kind:
    """A kind of value: which literals it takes, its bounds in the literal's own unit, and how people call it.

    `literal`: a literal's kind, or `words` with the phrases in `words` (True in `open_words`: any one word; `alone`: only one
    that is its whole clause).
    `check` says what is wrong with a value, or None. `suffixes` are those of files of this kind. A `signed` amount is a change
    and ought to say its sign. `unit` is put after bounds in messages; bounds of percentages are fractions.
    """

    says: str
    literal: str
    low: Fraction | None = None
    high: Fraction | None = None
    unit: str = ""
    words: tuple[str, ...] = ()
    open_words: bool = False
    alone: bool = False
    whole: bool = False
    code: str = "E0307"
    aliases: Mapping[str, str] | None = None
    check: Callable[[Any], str | None] | None = None
    suffixes: tuple[str, ...] = ()
    signed: bool = False

    @cached_property
    def phrases(self) -> Mapping[str, str]:
        """What may be written, and which of `words` it means."""
        own = {phrase: phrase for phrase in self.words}
        return {**own, **{alias: word for alias, word in (self.aliases or {}).items() if word in own}}

    @cached_property
    def longest(self) -> int:
        """Words of the longest phrase."""
        return max((len(phrase.split(" ")) for phrase in self.phrases), default=1)


class Found(NamedTuple):
    """A value that a form named: its field, the value, and its place in the text."""

    field: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slot:
    field: str
    kind: str


@dataclass(frozen=True, slots=True)
class Word:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    parts: tuple[Part, ...]
    repeated: bool


Part = Slot | Word | Group

_PART = re.compile(r"\s*(<[^<>]+>|[\[\]{}]|->|[^\s<>\[\]{}]+)")


@cache
def compile_form(form: str) -> tuple[Part, ...]:
    """The parts of a form. ValueError for one that is written wrongly."""
    pieces = _PART.findall(form)
    parts, rest = _parts(pieces, 0, "")
    if rest != len(pieces):
        raise ValueError(f"`{form}` closes more than it opens")
    return parts


def _parts(pieces: Sequence[str], at: int, closing: str) -> tuple[tuple[Part, ...], int]:
    parts: list[Part] = []
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if piece == closing:
            return tuple(parts), at
        if piece in "[{":
            inner, at = _parts(pieces, at, "]" if piece == "[" else "}")
            parts.append(Group(inner, piece == "{"))
        elif piece in "]}":
            return tuple(parts), at - 1
        elif piece.startswith("<"):
            field, _, kind = piece[1:-1].partition(":")
            parts.append(Slot(field, kind or field))
        else:
            parts.append(Word(tuple(piece.split("|"))))
    if closing:
        raise ValueError("a form opens more than it closes")
    return tuple(parts), at


def bounds(kind: Kind) -> str:
    """`, 4mm to 1200mm`; nothing for a kind without bounds."""

    def show(x: Fraction) -> str:
        x = x * 100 if kind.literal == "percent" else x
        text = f"{float(x):g}"
        return f"f/{text}" if kind.literal == "aperture" else f"{text}{kind.unit}"

    if kind.low is not None and kind.high is not None:
        return f", {show(kind.low)} to {show(kind.high)}"
    if kind.low is not None:
        return f", {show(kind.low)} or more"
    return f", {show(kind.high)} or less" if kind.high is not None else ""


def shown(form: str) -> str:
    """A form as people read it: each value by its kind, the first of words that mean the same."""
    form = re.sub(r"<\w+:([\w-]+)>", r"<\1>", form)
    return re.sub(r"(\w+)(?:\|\w+)+", r"\1", form)
