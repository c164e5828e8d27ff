"""Names in braces: what SET and a template's parameters stand for, put into the lines that name them.

Lines are filled before anything is made of them, so that nothing later has to know. A filled line still knows where each of its
characters was written: a message about it points at the braces.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from operator import is_
from typing import NamedTuple

from apexlang.diagnostics import Diagnostic, Fix, error, suggest
from apexlang.ir.scope import Filling
from apexlang.source import Span
from apexlang.syntax.lines import Line
from apexlang.syntax.tree import Block

LONGEST = 10_000
"""Characters that a filled line may have: names that stand for names could grow without end."""

_RUNNING = frozenset({"PROSE", "CUE", "SYNOPSIS", "HEADING", "SUPER", "TITLE"})
_BRACES = re.compile(r"\{\{|\}\}|\{[ \t]*([^\W\d][\w.-]*)[ \t]*\}")


class Piece(NamedTuple):
    """What was put in: its place in the new text, and the place of its braces in the text as written."""

    start: int
    end: int
    old_start: int
    old_end: int
    name: str


class Filled(NamedTuple):
    """A text with its braces filled, and where. `unknown`: names that stand for nothing, with their places as written."""

    text: str
    pieces: tuple[Piece, ...]
    unknown: tuple[tuple[str, int, int], ...]


def fill(text: str, values: Mapping[str, Filling], running: bool = False) -> Filled:
    """`text` with each `{name}` replaced by what it stands for; `{{` and `}}` are braces.

    What stands for a text in quotation marks loses them in `running` text and within quotation marks.
    """
    out: list[str] = []
    pieces: list[Piece] = []
    unknown: list[tuple[str, int, int]] = []
    at = length = 0
    for match in _BRACES.finditer(text):
        name = match[1]
        put = match[0][0] if name is None else None
        if name is not None:
            known = values.get(name)
            if known is None or known.broken:
                unknown.append((name, match.start(), match.end()))
                continue
            put = known.text
            if len(put) > 1 and put[0] == put[-1] == '"' and (running or text.count('"', 0, match.start()) % 2):
                put = put[1:-1].replace('""', '"')
        before = text[at : match.start()]
        out += (before, put or "")
        length += len(before)
        end = length + len(put or "")
        pieces.append(Piece(length, end, match.start(), match.end(), name or ""))
        length, at = end, match.end()
    return Filled("".join((*out, text[at:])), tuple(pieces), tuple(unknown))


def _column(pieces: tuple[Piece, ...], offset: int, at_end: bool) -> int:
    """Where a place of the new text was written."""
    moved = 0
    for piece in pieces:
        if offset < piece.start or (offset == piece.start and (at_end or piece.end > piece.start)):
            if offset == piece.start and not at_end:
                return piece.old_start
            break
        if offset < piece.end or (offset == piece.end and at_end):
            return piece.old_end if at_end else piece.old_start
        moved = piece.old_end - piece.end
    return offset + moved


@dataclass(slots=True, eq=False)
class FilledLine(Line):
    """A line with its braces filled. `written` is the line as it stands; `rows`: what was put into each of its lines."""

    written: Line | None = None
    rows: tuple[tuple[Piece, ...], ...] = ()

    @property
    def end_col(self) -> int:
        return self.written.end_col if self.written is not None else self.word_end

    @property
    def word_end(self) -> int:
        return self.written.word_end if self.written is not None else self.col

    @property
    def last(self) -> tuple[int, int]:
        return self.written.last if self.written is not None else (self.number, self.end_col)

    def place(self, offset: int, at_end: bool = False) -> tuple[int, int]:
        row, start = 0, 0
        texts = [self.text, *(text for _, _, text in self.more)]
        while row < len(texts) - 1 and offset > start + len(texts[row]):
            start += len(texts[row]) + 1
            row += 1
        within = _column(self.rows[row], min(offset - start, len(texts[row])), at_end)
        number, col = (self.number, self.text_col) if row == 0 else self.more[row - 1][:2]
        return number, col + within


class Filler:
    """Fills the lines of one file. `used`: the places of braces that were filled, where a fix would overwrite a name."""

    def __init__(self, path: str, found: Callable[[Diagnostic], None], used: set[Span]) -> None:
        self._path = path
        self._found = found
        self._used = used

    def tree(self, items: Iterable[Line | Block], values: Mapping[str, Filling]) -> tuple[Line | Block, ...]:
        """Lines and blocks with their braces filled. A TEMPLATE is left as it is: its parameters are filled where it is used."""
        return tuple(made for item in items if (made := self._item(item, values)) is not None)

    def _item(self, item: Line | Block, values: Mapping[str, Filling]) -> Line | Block | None:
        if isinstance(item, Line):
            return self.line(item, values)
        if item.kind in ("TEMPLATE", "SET"):
            return item
        head = self.line(item.line, values)
        if head is None and item.kind != "HEADING":
            self.tree(item.body, values)  # what else is wrong in it is said in the same run
            return None
        head = head or item.line
        body = self.tree(item.body, values)
        same = head is item.line and len(body) == len(item.body) and all(map(is_, body, item.body))
        return item if same else Block(head, body)

    def line(self, line: Line, values: Mapping[str, Filling]) -> Line | None:
        """The line filled. None for a property that names what is not there: nothing can be made of it, and that was said."""
        texts = [line.text, *(text for _, _, text in line.more)]
        word, how = line.word, line.how
        if not any("{" in text or "}" in text for text in texts) and "{" not in word and "{" not in (how or ""):
            return line
        running = line.kind in _RUNNING
        filled = [fill(text, values, running) for text in texts]
        spans = [(line.number, line.text_col), *((number, col) for number, col, _ in line.more)]
        wrong = False
        for (number, col), row in zip(spans, filled, strict=True):
            for name, start, end in row.unknown:
                wrong = True
                if name not in values:
                    self._unknown(name, Span(self._path, number, col + start, number, col + end), values)
            for piece in row.pieces:
                self._used.add(Span(self._path, number, col + piece.old_start, number, col + piece.old_end))
        if line.kind == "CUE":
            word = fill(word, values, True).text
            how = fill(how, values, True).text if how else how
        if sum(len(row.text) for row in filled) > LONGEST:
            span = Span(self._path, line.number, line.text_col, line.number, max(line.end_col, line.text_col + 1))
            self._found(error("E0211", span, "this line grows too long when its names are filled in",
                              f"more than {LONGEST:,} characters"))  # fmt: skip
            return None
        if wrong and line.kind != "PROSE":
            return None
        given = {f.name: getattr(line, f.name) for f in fields(Line)}
        given |= {"word": word, "how": how, "text": filled[0].text}
        given["more"] = [(n, c, row.text) for (n, c, _), row in zip(line.more, filled[1:], strict=True)]
        return FilledLine(**given, written=line, rows=tuple(row.pieces for row in filled))

    def _unknown(self, name: str, span: Span, values: Mapping[str, Filling]) -> None:
        meant = suggest(name, values)
        label = f"did you mean `{{{meant}}}`?" if meant else "no SET or parameter of this name"
        fixes = (Fix(span, f"{{{meant}}}"),) if meant else ()
        helps = (
            ()
            if meant
            else (f"define it: `{name}: …` under SET at the top of the file", "for a brace, double it: `{{`")
        )
        self._found(error("E0210", span, f"`{{{name}}}` stands for nothing", label, helps=helps, fixes=fixes))


def settled(
    path: str, said: Iterable[Line], around: Mapping[str, Filling], found: Callable[[Diagnostic], None]
) -> dict[str, Filling]:
    """What the names of SET stand for, names within them filled in. A circle and what grows too long are reported and left out.

    `said`: the lines of SET blocks, each name once; `around`: what names stand for besides.
    """
    lines = {line.word: line for line in said}
    done: dict[str, Filling] = {}
    failed: set[str] = set()
    known = ChainMap(done, dict(around))

    def span_of(line: Line) -> Span:
        number, col = line.last
        return Span(path, line.number, line.text_col, number, col if line.more else max(col, line.text_col + 1))

    for first in lines:
        waiting = [first]
        while waiting:
            name = waiting[-1]
            if name in done or name in failed:
                waiting.pop()
                continue
            line = lines[name]
            text = " ".join(line.whole().split("\n"))
            inner = [m[1] for m in _BRACES.finditer(text) if m[1] in lines and m[1] not in done and m[1] not in failed]
            if inner and inner[0] in waiting:
                circle = " -> ".join(f"`{{{n}}}`" for n in [*waiting[waiting.index(inner[0]) :], inner[0]])
                found(
                    error(
                        "E0204",
                        span_of(line),
                        f"`{inner[0]}` stands for itself",
                        "names go in a circle",
                        notes=(circle,),
                    )
                )
                failed.add(name)
                continue
            if inner:
                waiting.append(inner[0])
                continue
            filled = fill(text, known)
            waiting.pop()
            for unknown, start, end in filled.unknown:
                if unknown not in failed and unknown not in around:
                    meant = suggest(unknown, (*lines, *around))
                    number, col = line.number, line.text_col
                    at = Span(path, number, col + start, number, col + end) if not line.more else span_of(line)
                    label = f"did you mean `{{{meant}}}`?" if meant else "no SET of this name"
                    found(error("E0210", at, f"`{{{unknown}}}` stands for nothing", label))
            if filled.unknown or len(filled.text) > LONGEST:
                failed.add(name)
                if len(filled.text) > LONGEST:
                    found(error("E0211", span_of(line), f"`{name}` grows too long when its names are filled in",
                                f"more than {LONGEST:,} characters"))  # fmt: skip
                continue
            done[name] = Filling(filled.text.strip(), span_of(line))
    broken = {name: Filling("", span_of(lines[name]), broken=True) for name in failed}
    return {**done, **broken}
