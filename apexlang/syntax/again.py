"""A file parsed again after an edit: only what the edit touches is read; the rest of the tree is taken over.

A file is a row of pieces: each item of the top level with the lines up to the next. A piece is parsed by itself to the same
tree as within its file, since nothing of a block reaches beyond it, with four exceptions: tabs (told once a file), a `/*`
(sets aside what follows), a line that stands beside nothing at the top level (told once a column), and a first item that is
not at the left edge. Files with these are parsed whole.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from apexlang.diagnostics import Diagnostic
from apexlang.source import Source
from apexlang.syntax.blocks import Part, parse_part
from apexlang.syntax.lines import Line
from apexlang.syntax.tree import Block, Tree


class Moved(Block):
    """A scene that stands as it stood, some lines further down or up: its own line is in place, those of `body` are not yet.

    `real` is the scene as it was parsed, `by` how far it has moved since. `before` is what stood for it in the tree before.
    """

    __slots__ = ("before", "by", "real")

    def __init__(self, real: Block, by: int, before: Block) -> None:
        super().__init__(_moved_line(real.line, by), real.body)
        self.real, self.by, self.before = real, by, before

    def in_place(self) -> Block:
        """The scene with all of its lines where they stand now."""
        return _moved_block(self.real, self.by)


@dataclass(frozen=True, slots=True)
class _Piece:
    """An item with the lines from `first` up to `end`, and what was found wrong in them."""

    item: Line | Block
    first: int
    end: int
    found: tuple[Diagnostic, ...]


class Parsed:
    """A file's tree with what parsing it again needs to know."""

    def __init__(self, source: Source, keys: Container[str]) -> None:
        self.keys = keys
        part = parse_part(source, keys, 0, len(source.lines))
        self.tree = part.tree
        self._pieces = _pieces(self.tree, 0, len(source.lines)) if _is_plain(part) else None

    def again(self, source: Source) -> Parsed:
        """The file with another text. The trees of both live on; what is the same in both is the same object."""
        if source.text == self.tree.source.text:
            return self
        return self._edited(source) or Parsed(source, self.keys)

    def _edited(self, source: Source) -> Parsed | None:
        pieces = self._pieces
        if not pieces or "\t" in source.text or "\u3000" in source.text:
            return None
        old, new = self.tree.source.lines, source.lines
        first, last_old = _changed(old, new)
        by = len(new) - len(old)
        last_new = last_old + by
        if any("/*" in line or "*/" in line for line in (*old[first:last_old], *new[first:last_new])):
            return None
        # A blank line before a piece tells of it too, and a line that comes to the left edge ends the piece before.
        a = max(0, next((n for n, p in enumerate(pieces) if p.end > first), len(pieces) - 1) - 1)
        z = min(len(pieces), next((n for n, p in enumerate(pieces) if p.first >= last_old), len(pieces)) + 1)
        begin, end = pieces[a].first, pieces[z - 1].end + by
        part = parse_part(source, self.keys, begin, end)
        if not _is_plain(part) or (a > 0 and _item_line(part.tree.items[0]).number != begin):
            return None
        middle = _pieces(part.tree, begin, end)
        _item_line(middle[0].item).gap = _gap(pieces[a].item) if a > 0 else _gap(middle[0].item)
        kept: list[_Piece] = []
        before = {p.first: p for p in pieces[a:z] if p.end <= first}
        after = {p.first + by: p for p in pieces[a:z] if p.first >= last_old}
        for piece in middle:
            same, moved = (before.get(piece.first), 0) if piece.end <= first else (after.get(piece.first), by)
            if same is not None and same.end + moved == piece.end and _gap(same.item) == _gap(piece.item):
                piece = _moved_piece(same, moved, self.tree)
            kept.append(piece)
        rest = pieces[z:] if not by else [_moved_piece(p, by, self.tree) for p in pieces[z:]]
        made = object.__new__(Parsed)
        made.keys = self.keys
        made._pieces = [*pieces[:a], *kept, *rest]
        if "{" in source.text or "}" in source.text:  # names are filled in by places: every line must be in its own
            made._pieces = [
                replace(p, item=p.item.in_place()) if isinstance(p.item, Moved) else p for p in made._pieces
            ]
        items = tuple(p.item for p in made._pieces)
        made.tree = Tree(source, items, tuple(d for p in made._pieces for d in p.found))
        return made


def _changed(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[int, int]:
    """The lines of `old` that are not as in `new`: the first, and the one after the last."""
    shorter = min(len(old), len(new))
    first = 0
    while first < shorter and old[first] == new[first]:
        first += 1
    tail = 0
    while tail < shorter - first and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return first, len(old) - tail


def _is_plain(part: Part) -> bool:
    """Whether each piece can be parsed by itself."""
    tabs_or_open = ("E0101", "E0105")
    return part.is_flush and bool(part.tree.items) and not any(d.code in tabs_or_open for d in part.tree.diagnostics)


def _pieces(tree: Tree, first: int, end: int) -> list[_Piece]:
    starts = [_item_line(item).number for item in tree.items]
    starts[0] = first
    bounds = [*starts[1:], end]
    found: list[list[Diagnostic]] = [[] for _ in starts]
    at = 0
    for d in tree.diagnostics:
        assert d.span is not None
        while bounds[at] <= d.span.line and at < len(bounds) - 1:
            at += 1
        found[at].append(d)
    return [_Piece(item, a, b, tuple(ds)) for item, a, b, ds in zip(tree.items, starts, bounds, found, strict=True)]


def _item_line(item: Line | Block) -> Line:
    return item if isinstance(item, Line) else item.line


def _gap(item: Line | Block) -> bool:
    return _item_line(item).gap


def _moved_piece(piece: _Piece, by: int, tree: Tree) -> _Piece:
    if not by:
        return piece
    item = piece.item
    moved: Line | Block
    if isinstance(item, Line):
        moved = _moved_line(item, by)
    elif isinstance(item, Moved):
        moved = Moved(item.real, item.by + by, item)
    elif item.kind == "HEADING":
        moved = Moved(item, by, item)
    else:
        moved = _moved_block(item, by)
    found = tuple(d.moved(by, tree.source.path, piece.first, piece.end) for d in piece.found)
    return _Piece(moved, piece.first + by, piece.end + by, found)


def _moved_line(line: Line, by: int) -> Line:
    more = [(number + by, col, text) for number, col, text in line.more] if line.more else line.more
    return replace(line, number=line.number + by, more=more)


def _moved_block(block: Block, by: int) -> Block:
    body = tuple(_moved_line(i, by) if isinstance(i, Line) else _moved_block(i, by) for i in block.body)
    return Block(_moved_line(block.line, by), body)
