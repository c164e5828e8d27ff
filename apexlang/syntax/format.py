"""The one true layout of a film's text. Spaces move, words never do: prose, speech, comments and what is set aside stay as they are.

Each line goes to the depth that `fold` gives it. What does not stand in a sound block keeps its indentation, and a text that would
not read the same afterwards is given back as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from apexlang.source import Source
from apexlang.syntax import spacing
from apexlang.syntax.blocks import parse
from apexlang.syntax.fold import DEDENT, FORBIDDEN, INDENT, TAB, Folder
from apexlang.syntax.lines import OPENERS, Line, classify
from apexlang.syntax.spacing import Reads
from apexlang.syntax.tree import Block, Tree

_ENDS = re.compile(r"\r[\r \t]*(?:\n|\Z)")

STEP = 2
"""Columns of one level of indentation."""

WHITE = " \t\u3000"

_ANCESTORS = 64
"""How far up a comment looks for the block that it stands beside."""


@dataclass(slots=True, eq=False)
class _Place:
    """Where a line that means something stands: `old` and `new` column, what it stands in, whether a block is under it."""

    line: Line
    old: int
    new: int
    depth: int
    parent: _Place | None
    body: bool = False

    @property
    def block(self) -> str:
        return self.parent.line.kind if self.parent is not None else ""


@dataclass(slots=True, eq=False)
class _Row:
    """A line of the result. `aside` rows (comments, text set aside) go with what stands at their column below."""

    kind: Literal["line", "more", "aside", "blank", "still"]
    text: str
    column: int = 0
    place: _Place | None = None


def no_table(key: str, block: str) -> None:
    """Knows no property: values stay as they are."""
    del key, block


def layout(source: Source, reads: Reads = no_table, keys: Container[str] = ()) -> str:
    """The text in its layout. `reads` says how the value of a property is read; where it does not know, the value stays.
    `keys`: the names of the properties that there are.

    Lines end at LF. The text of `layout` is its own layout, and is the same film.
    """
    source = Source(source.path, _ENDS.sub("\n", source.text))
    before = parse(source, keys)
    for moves in (True, False):
        text = _lay_out(source, reads, keys, moves)
        if text == source.text or same(before, parse(Source(source.path, text), keys)):
            return text
    return source.text


def same(a: Tree, b: Tree) -> bool:
    """Whether two trees are one film, spaces apart. A tab in the indentation is no difference."""
    return _codes(a) == _codes(b) and _signature(a.items) == _signature(b.items)


def _codes(tree: Tree) -> Counter[str]:
    return Counter(d.code for d in tree.diagnostics if d.code != "E0101")


def _signature(items: Sequence[Line | Block]) -> list[object]:
    """All that a tree says. A stack and no recursion: a film may be nested deeper than Python likes."""
    out: list[object] = []
    waiting: list[Line | Block | None] = list(reversed(items))
    spoken = False
    while waiting:
        item = waiting.pop()
        if item is None:
            out.append("<")
            continue
        line = item.line if isinstance(item, Block) else item
        prose = line.kind == "PROSE"
        texts = [line.text, *(text for _, _, text in line.more)]
        if line.kind not in ("PROSE", "CUE", "SYNOPSIS", "SUPER", "TITLE"):
            texts = ["".join(text.split()) for text in texts]
        out.append((line.kind, line.word, line.how, line.muted, line.forced, prose and spoken and line.gap, *texts))
        spoken = prose
        if isinstance(item, Block):
            out.append(">")
            waiting += [None, *reversed(item.body)]
    return out


def _width(white: str) -> int:
    return sum(1 if c == " " else TAB for c in white)


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip(WHITE))


def _places(source: Source, keys: Container[str], moves: bool) -> tuple[dict[int, _Place], dict[int, _Place]]:
    """The place of each line that means something, and for each line that continues one, the place of that one, by number."""
    folder = Folder(source, keys)
    places: dict[int, _Place] = {}
    chunks: list[list[_Place]] = []
    open_blocks: list[_Place] = []
    above: _Place | None = None
    for kind, line in folder.tokens():
        if kind == INDENT:
            assert above is not None
            above.body = True
            open_blocks.append(above)
        elif kind == DEDENT:
            open_blocks.pop()
        else:
            depth = len(open_blocks)
            above = _Place(line, line.indent, STEP * depth, depth, open_blocks[-1] if open_blocks else None)
            places[line.number] = above
            if depth == 0 or not chunks:
                chunks.append([])
            chunks[-1].append(above)
    odd = {d.span.line for d in folder.found if d.code == "E0102" and d.span}
    odd |= {number for number, place in places.items() if FORBIDDEN.search(source.lines[number], 0, place.old)}
    for chunk in chunks:
        if not moves or (odd and any(place.line.number in odd for place in chunk)):
            for place in chunk:
                place.new = place.old
    flows = {number: place for place in places.values() for number, _, _ in place.line.more}
    return places, flows


def _lay_out(source: Source, reads: Reads, keys: Container[str], moves: bool) -> str:
    lines = source.lines[:-1] if source.lines[-1] == "" else source.lines
    places, flows = _places(source, keys, moves)
    rows = _spread(_squeezed(_rows(lines, places, flows, reads)))
    return "".join(" " * row.column + row.text + "\n" if row.text else "\n" for row in rows)


def _rows(lines: Sequence[str], places: dict[int, _Place], flows: dict[int, _Place], reads: Reads) -> Iterator[_Row]:
    following = _following(len(lines), places)
    above: _Place | None = None
    aside = False  # within `/*` and `*/`
    ready: dict[int, str] = {}
    for number, raw in enumerate(lines):
        white = _lead(raw)
        width = _width(raw[:white])
        if aside:
            aside = "*/" not in raw
            yield _Row("still", raw)
        elif number in places:
            above = places[number]
            if FORBIDDEN.search(raw, 0, above.line.indent):  # one stands in its indentation
                yield _Row("line", raw, 0, above)
                continue
            first, *rest = _inside(raw, above, lines, reads)
            ready |= {n: text for (n, _, _), text in zip(above.line.more, rest, strict=True)}
            yield _Row("line", first, above.new, above)
        elif number in flows:
            flow = flows[number]
            if number not in ready:  # it goes on with a line that stays as it is
                yield _Row("more", raw, 0)
                continue
            yield _Row("more", ready[number], flow.new + width - flow.old)
        elif not raw or raw.isspace():
            yield _Row("blank", "")
        else:
            kind = classify(raw, number).kind
            if kind not in ("COMMENT", "BONEYARD", "NOTHING") and above is not None and width > above.old:
                above.body = True  # the block of a word for a later version goes where its word goes
                yield _Row("more", raw[white:].rstrip(" \t"), above.new + width - above.old)
                continue
            column = _beside(width, above, following[number])
            aside = kind == "BONEYARD" and "*/" not in raw[white + 2 :]
            yield _Row("aside", raw[white:] if aside else raw[white:].rstrip(" \t"), column)


def _following(count: int, places: dict[int, _Place]) -> list[_Place | None]:
    """For each line, the next one that has a place."""
    out: list[_Place | None] = [None] * count
    after: _Place | None = None
    for number in range(count - 1, -1, -1):
        out[number] = after
        after = places.get(number, after)
    return out


def _beside(column: int, above: _Place | None, below: _Place | None) -> int:
    """Where a comment goes: with the line below if it stands beside that, else with the block of the line above."""
    if below is not None and (column == below.old or above is None):
        return below.new
    if above is None:
        return 0
    if above.line.kind in OPENERS and column > above.old:
        inside = below is not None and below.parent is above
        return below.new if inside and below is not None else above.new + STEP
    place: _Place | None = above
    for _ in range(_ANCESTORS):
        if place is None or place.old <= column:
            break
        place = place.parent
    return place.new if place is not None else 0


def _inside(raw: str, place: _Place, lines: Sequence[str], reads: Reads) -> list[str]:
    """A line and those that continue it, without their indentation, spaces in order."""
    numbers = [place.line.number, *(number for number, _, _ in place.line.more)]
    as_is = [_bare(lines[number]) for number in numbers]
    line = classify(raw, place.line.number)
    if line.kind != place.line.kind or any(FORBIDDEN.search(lines[number]) for number in numbers):
        return as_is
    texts = spacing.texts(place.line, place.block, reads)
    first = _first(raw, line, texts[0])
    if first is None or not _reads_as(first, line, texts[0]):
        return as_is
    out = [first]
    for (number, col, old), text in zip(place.line.more, texts[1:], strict=True):
        tail = _tail(lines[number], col + len(old))
        if tail is None:
            return as_is
        new = text + tail
        if _lead(new):
            return as_is
        again = classify(new, number)
        if again.kind != "PROSE" or again.forced or again.text != text:
            return as_is
        out.append(new)
    return out


def _bare(raw: str) -> str:
    """A line without the white space around it, unless that makes it something else."""
    text = raw[_lead(raw) :]
    short = text.rstrip(" \t")
    return short if classify(short, 0).kind == classify(text, 0).kind else text


def _reads_as(text: str, line: Line, meaning: str) -> bool:
    again = classify(text, line.number)
    return (
        (again.kind, again.word, again.how, again.muted, again.forced, again.text, again.indent)
        == (line.kind, line.word, line.how, line.muted, line.forced, meaning, 0)
    )  # fmt: skip


def _tail(raw: str, end: int) -> str | None:
    """The comment at the end of a line, two spaces before it. None where something else stands there."""
    rest = raw[end:].strip(" \t\r")
    if not rest:
        return ""
    return f"  {rest}" if rest.startswith("//") else None


def _first(raw: str, line: Line, text: str) -> str | None:
    """The line itself: mark, word, what joins them, meaning, comment."""
    tail = _tail(raw, line.text_col + len(line.text))
    if tail is None:
        return None
    joint = raw[line.col + len(line.word) : line.text_col]
    word = line.word
    match line.kind:
        case "PROSE":
            body = word + joint + text if line.forced else text
        case "CUE":
            body = spacing.cue(raw[line.col : line.text_col], bool(text)) + text
        case "HEADING" if word == ".":
            body = word + text
        case "SUPER" | "TITLE" if "：" in joint:
            body = word + joint.lstrip(" \t") + text
        case _:
            stop = joint.strip(" \t")
            space = " " if text and not text.startswith(",") else ""
            body = word + stop + space + text
    return ("/- " if line.muted else "") + body + tail


def _squeezed(rows: Iterator[_Row]) -> list[_Row]:
    """No blank line at the start or the end, and never two in a row."""
    out: list[_Row] = []
    for row in rows:
        if row.kind != "blank" or (out and out[-1].kind != "blank"):
            out.append(row)
    while out and out[-1].kind == "blank":
        out.pop()
    return out


def _spread(rows: list[_Row]) -> list[_Row]:
    """One blank line between blocks, none between a block's first line and the word that opens it."""
    out: list[_Row] = []
    before: dict[int, _Place] = {}
    depth = -1
    for row in rows:
        place = row.place
        if place is not None:
            for gone in range(place.depth + 1, depth + 1):
                before.pop(gone, None)
            depth = place.depth
            earlier = before.get(depth)
            at = len(out)
            while at and out[at - 1].kind in ("aside", "still") and _goes_with(out, at - 1, row.column):
                at -= 1
            if earlier is not None and earlier.parent is place.parent:
                if at and _apart(earlier, place) and out[at - 1].kind != "blank":
                    out.insert(at, _Row("blank", ""))
            elif (
                place.parent is not None
                and at > 1
                and out[at - 1].kind == "blank"
                and out[at - 2].place is place.parent
            ):
                del out[at - 1]
            before[depth] = place
        out.append(row)
    return out


def _goes_with(out: list[_Row], at: int, column: int) -> bool:
    """Whether an aside belongs to the line below: it begins at its column."""
    while at and out[at].kind == "still":
        at -= 1
    return out[at].column == column


def _apart(a: _Place, b: _Place) -> bool:
    return a.body or b.body or "HEADING" in (a.line.kind, b.line.kind)
