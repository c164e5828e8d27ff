"""The block grammar over whole lines, fed by hand: a line that does not fit is reported, and left out with its block."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import cache
from typing import NamedTuple

from lark import Token
from lark.lexer import Lexer

from apexlang.diagnostics import Diagnostic, Fix, error, in_order, suggest
from apexlang.source import Source, Span
from apexlang.syntax import grammars
from apexlang.syntax.automaton import END, State
from apexlang.syntax.fold import DEDENT, INDENT, Folder
from apexlang.syntax.lines import BLOCK_WORDS, DEFINITIONS, OPENERS, TRANSITION_WORDS, Line
from apexlang.syntax.near import near_misses, refused_as, speaks_oddly
from apexlang.syntax.tree import Block, Tree

NAMES = {
    "FILM": "FILM",
    "USE": "USE",
    "SET": "SET",
    "CHARACTER": "a CHARACTER",
    "LOOK": "a LOOK",
    "GRADE": "a GRADE",
    "LIGHT": "a LIGHT",
    "MOVE": "a MOVE",
    "DELIVER": "a DELIVER",
    "TEMPLATE": "a TEMPLATE",
    "VARIANT": "a VARIANT",
    "HEADING": "a scene heading",
    "SHOT": "a SHOT",
    "TRANSITION": "a transition",
    "SUPER": "a SUPER",
    "TITLE": "a TITLE",
    "PROPERTY": "a property",
    "PROSE": "prose",
    "SYNOPSIS": "a synopsis",
    "CUE": "dialogue",
}

HOMES = {
    "SHOT": "a SHOT stands in a scene, indented under its heading, or in a TEMPLATE",
    "CUE": "dialogue stands in a SHOT, indented under it",
    "SUPER": "a SUPER stands in the SHOT that it is shown over",
    "TITLE": "a TITLE is a card of its own, between shots or scenes; over a picture, write `SUPER:`",
    "PROPERTY": "a property stands indented under what it belongs to",
    "PROSE": "prose stands in a scene, a SHOT, a CHARACTER, or says what a definition is for",
    "SYNOPSIS": "a synopsis stands in FILM, a scene or a SHOT",
    "TRANSITION": "a transition stands between two shots, in line with them",
    "HEADING": "a scene begins at the left edge",
}
_TOP = "begins at the left edge, outside of every block"


class _ByHand(Lexer):
    """Lines come through `feed_token`; nothing is ever lexed."""

    def __init__(self, lexer_conf: object) -> None: ...

    def lex(self, lexer_state: object, parser_state: object) -> Iterable[Token]:  # type: ignore[override]
        return iter(())


@cache
def _beginning() -> State:
    return State(grammars.parser("blocks.lark", lexer=_ByHand, maybe_placeholders=False).parse_interactive())


def parse(source: Source, keys: Container[str] = ()) -> Tree:
    """The tree of a film file. Never raises: every problem becomes a diagnostic, and parsing goes on.

    `keys`: the names of the properties that there are; prose that is nearly one of them is told.
    """
    return parse_part(source, keys, 0, len(source.lines)).tree


class Part(NamedTuple):
    """The tree of some lines of a file. `is_flush`: its lines that are in no block are all at the left edge."""

    tree: Tree
    is_flush: bool


def parse_part(source: Source, keys: Container[str], first: int, end: int) -> Part:
    """As `parse`, of the lines from `first` up to `end`."""
    folder = Folder(source, keys, first, end)
    found: list[Diagnostic] = []
    state = _beginning()
    items: list[Line | Block] = []
    outer: list[list[Line | Block]] = []
    open_blocks: list[Line] = []
    above: Line | None = None
    skipping = 0
    refused: Line | None = None
    for kind, line in folder.tokens():
        if kind == INDENT:
            if skipping or refused is not None:
                skipping += 1
                refused = None
                continue
        elif kind == DEDENT:
            refused = None
            if skipping:
                skipping -= 1
                continue
        elif skipping:
            continue
        else:
            refused = None
            if kind == "PROSE" and not line.forced:
                found += near_misses(line, source.path, open_blocks[-1] if open_blocks else None, keys)
        following = state[kind]
        if following is None:
            found.append(_refusal(line, open_blocks, source.path, items[-1] if items else None, keys))
            refused = line
            continue
        state = following
        if kind == INDENT:
            assert above is not None
            open_blocks.append(above)
            outer.append(items)
            items = []
        elif kind == DEDENT:
            opener = open_blocks.pop()
            body, items = tuple(items), outer.pop()
            items[-1] = Block(opener, body)
        else:
            above = line
            items.append(Block(line) if kind in OPENERS else line)
    assert state[END] is not None
    return Part(Tree(source, tuple(items), in_order([*folder.found, *found])), folder.is_flush)


def _refusal(
    line: Line, open_blocks: list[Line], path: str, above: Line | Block | None, keys: Container[str]
) -> Diagnostic:
    """Why a line may not stand where it does, and where it may."""
    block = open_blocks[-1] if open_blocks else None
    better = refused_as(line, path, block, keys)
    if line.kind == "CUE":
        better = speaks_oddly(line, path, block.kind if block is not None else "TOP")
    if better is not None:
        return better
    word = line.word if line.word and line.kind not in ("PROSE", "SYNOPSIS", "HEADING") else ""
    start, end = (line.col, line.word_end) if word else (line.indent, line.end_col)
    span = Span(path, line.number, start, line.number, max(end, start + 1))
    what = {"PROPERTY": f"`{line.word}:`", "CUE": "dialogue"}.get(line.kind, NAMES.get(line.kind, f"`{line.word}`"))
    home = HOMES.get(line.kind, f"{what} {_TOP}")
    secondary: tuple[tuple[Span, str], ...] = ()
    if block is None:
        message = f"{what} cannot stand by itself at the left edge"
    else:
        name = block.word if block.kind != "HEADING" else "a scene"
        message = f"{what} cannot stand in {name}"
        if block.number != line.number:
            end = block.end_col
            secondary = ((Span(path, block.number, block.indent, block.number, end), "inside this"),)
    helps = [home]
    fixes: tuple[Fix, ...] = ()
    if line.kind in ("CUE", "SUPER") and isinstance(above, Block) and above.kind == "SHOT" and block is not None:
        first = above.body[0] if above.body else None
        column = first.indent if isinstance(first, Line) else above.line.indent + 2
        helps = [f"indent it by {column} spaces: it then stands in the SHOT above"]
        at = Span(path, line.number, 0, line.number, min(line.indent, line.col))
        return error("E0103", span, message, "not here", helps=tuple(helps), secondary=secondary,
                     fixes=(Fix(at, " " * column, "maybe"),))  # fmt: skip
    takes_prose = block is not None and block.kind in ("HEADING", "SHOT", "CHARACTER", *DEFINITIONS)
    if takes_prose and line.kind not in ("PROSE", "PROPERTY"):
        helps.append("if it is prose, begin the line with `!`")
        start = min(line.indent, line.col)
        at = Span(path, line.number, start, line.number, start)
        fixes = (Fix(at, "!", "maybe"),)
    return error("E0103", span, message, "not here", helps=tuple(helps), fixes=fixes, secondary=secondary)


def structure_word(word: str) -> str | None:
    """The reserved word nearest to `word`."""
    return suggest(word.upper(), (*BLOCK_WORDS, *TRANSITION_WORDS))
