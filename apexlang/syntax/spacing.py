"""Spaces within a line: one rule for what stands between the words of heads and values. Text that people wrote is not touched.

Each function returns the text with its spaces put in order, or the very text where that could mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, Literal

from apexlang.syntax import heads
from apexlang.syntax.lines import DEFINITIONS, Line
from apexlang.syntax.literals import Clause, Fault, parse_value

Reads = Callable[[str, str], Literal["clauses", "phrases"] | None]
"""How the value of a property in a kind of block is read: as clauses, as free phrases; None where it is not known."""

_PIECES = re.compile(r'"(?:[^"\n]|"")*"|[ \t]*,[ \t]*|[ \t]+')
_CUE = re.compile(
    r"(?P<who>.*?)(?P<gap>[ \t]*)(?P<parens>[(（][^)）]*[)）])?[ \t]*(?P<colon>[:：])(?P<space>[ \t]*)", re.S
)
_NUMBER = re.compile(r"(.*?)[ \t]*(#[^#\s]+#)[ \t]*", re.S)
_DASH = re.compile(r"[ \t]+([-–—])[ \t]+")
_LABEL = re.compile(r"(?<=[^\s#])(#[^\s#]+)$")

_TIGHT = frozenset({"arrow", "string", "point", "four", "tuple"})
"""Literals that have a space on both sides, written so or not."""


def _singly(text: str) -> str:
    """One space for each run of them, none before a comma, one after it; what stands in quotation marks as it is."""

    def put(match: re.Match[str]) -> str:
        piece = match[0]
        return piece if piece[0] == '"' else ", " if "," in piece else " "

    return _PIECES.sub(put, text).strip(" ")


def _meaning(value: Any) -> Any:
    """What a head says, without places."""
    if isinstance(value, heads.Text):
        return value.text
    if isinstance(value, tuple | list):
        return tuple(_meaning(v) for v in value)
    if is_dataclass(value):
        return tuple(_meaning(getattr(value, f.name)) for f in fields(value))
    return value


def _by_parser(text: str, parse: Callable[[str], Any]) -> str:
    said = parse(text)
    if isinstance(said, Fault):
        return text
    new = _singly(text)
    again = parse(new)
    return new if not isinstance(again, Fault) and _meaning(again) == _meaning(said) else text


def _shot(text: str) -> str:
    new = _by_parser(text, heads.shot)
    apart = _LABEL.sub(r" \1", new)
    if apart == new or isinstance(heads.shot(new), Fault):
        return new
    return apart if _meaning(heads.shot(apart)) == _meaning(heads.shot(new)) else new


def _heading(text: str) -> str:
    match = _NUMBER.fullmatch(text)
    place, number = (match[1], match[2]) if match else (text, "")
    new = " ".join(part for part in (_DASH.sub(r" \1 ", place), number) if part)
    return new if heads.heading(new) == heads.heading(text) else text


def _name(text: str) -> str:
    return " ".join(text.split(" ")) if "\t" in text else re.sub(" +", " ", text)


def head(kind: str, text: str) -> str:
    """What stands after a structure word."""
    match kind:
        case "FILM":
            return _by_parser(text, heads.film)
        case "USE":
            return _by_parser(text, heads.use)
        case "SHOT":
            return _by_parser(text, heads.instance) if heads.is_instance(text) else _shot(text)
        case "HEADING":
            return _heading(text)
        case "CHARACTER":
            return _name(text)
        case "TRANSITION":
            return value(text)
        case "TEMPLATE":
            return _by_parser(text, heads.template)
        case "VARIANT":
            return _by_parser(text, heads.variant)
    if kind in DEFINITIONS:
        return _by_parser(text, heads.definition)
    return text


def cue(prefix: str, speaks: bool) -> str:
    """`SARAH(low) :` as `SARAH (low): `. Full-width colons and brackets keep what is around them."""
    match = _CUE.fullmatch(prefix)
    if match is None:
        return prefix
    who, parens, colon = match["who"], match["parens"] or "", match["colon"]
    gap = match["gap"] if parens.startswith("（") else " " if parens else ""
    after = (" " if colon == ":" else match["space"]) if speaks else ""
    return f"{who}{gap}{parens}{colon}{after}"


def _between(text: str, before: Any, after: Any, comma: bool) -> str:
    """What stands between two literals; line breaks stay where they are."""
    gap = text[before.end : after.start]
    if comma:
        left, _, right = gap.partition(",")
        return "\n" * left.count("\n") + "," + ("\n" * right.count("\n") or " ")
    if "\n" in gap:
        return "\n" * gap.count("\n")
    if not gap and before.kind == "word" and after.kind in ("point", "four", "tuple"):
        return ""  # `rgb(255, 0, 16)`: not of the language, and the message about it knows it by this shape
    return " " if gap or before.kind in _TIGHT or after.kind in _TIGHT else ""


def _same(a: tuple[Clause, ...], b: tuple[Clause, ...] | Fault) -> bool:
    if isinstance(b, Fault) or len(a) != len(b):
        return False
    return all([(x.kind, x.value) for x in p] == [(y.kind, y.value) for y in q] for p, q in zip(a, b, strict=True))


@lru_cache(16384)
def value(text: str) -> str:
    """A value's clauses: `a , b` as `a, b`, `1.0->1.2` as `1.0 -> 1.2`, `(0.3,0.3)` as `(0.3, 0.3)`."""
    clauses = parse_value(text)
    if isinstance(clauses, Fault):
        return text
    out: list[str] = []
    before = None
    for clause in clauses:
        for index, literal in enumerate(clause):
            written = text[literal.start : literal.end]
            if "\n" in written:
                return text
            if before is None:
                out.append("\n" * text[: literal.start].count("\n"))
            else:
                out.append(_between(text, before, literal, index == 0))
            if literal.kind in ("point", "four", "tuple"):
                written = f"({', '.join(n.strip() for n in written[1:-1].split(','))})"
            out.append(literal.text if literal.kind == "time" else written)
            before = literal
    new = "".join(out)
    return new if new.count("\n") == text.count("\n") and _same(clauses, parse_value(new)) else text


def phrases(text: str) -> str:
    """Free phrases between commas."""
    return "\n".join(
        re.sub(r"[ \t]+", " ", re.sub(r"[ \t]*,[ \t]*", ", ", line)).strip(" ") for line in text.split("\n")
    )


def texts(line: Line, block: str, reads: Reads) -> list[str]:
    """The meaning of a line with its spaces in order: that of its first line, and of each that continues it."""
    whole = line.whole()
    if line.kind == "PROPERTY":
        how = reads(line.word, block)
        new = value(whole) if how == "clauses" else phrases(whole) if how == "phrases" else whole
    else:
        new = head(line.kind, line.text) if not line.more else whole
    pieces = new.split("\n")
    return pieces if len(pieces) == 1 + len(line.more) else whole.split("\n")
