"""From classified lines to the tokens of the block grammar: continuations joined, blocks opened and closed by indentation."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from apexlang.diagnostics import Diagnostic, Fix, error
from apexlang.source import Source, Span
from apexlang.syntax.habits import STRUCTURE_KEYS
from apexlang.syntax.lines import FLOWING, OPENERS, TRANSITION_WORDS, Line, classify, comment_start
from apexlang.syntax.near import meant_as_structure, refused_as

TAB = 2
"""Columns that a tab in the indentation stands for, until it is put right."""

INDENT, DEDENT = "_INDENT", "_DEDENT"

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


FURTHEST = 40
"""Lines that are looked at to see whether a block stands under a line that reads as prose."""


def _with_block(lines: Sequence[Line], at: int) -> bool:
    """Whether lines that prose cannot have stand under the line at `at`: prose may go on in deeper prose, and in nothing else."""
    column = lines[at].indent
    for below in range(at + 1, min(at + 1 + FURTHEST, len(lines))):
        if lines[below].indent <= column:
            return False
        if lines[below].kind != "PROSE":
            return True
    return False


def _continues(line: Line, flow: Line) -> bool:
    """Whether a line that is deeper than `flow` goes on with it: plain text, and for prose, of the same paragraph."""
    return line.kind == "PROSE" and not line.forced and not (flow.kind == "PROSE" and line.gap)


class Folder:
    """Walks the lines of one source once. After `tokens` has run out, `found` holds what was wrong.

    `keys`: the names of the properties that there are, to tell their near misses. `is_flush` says afterwards whether every line
    that is in no block is at the left edge.
    """

    def __init__(self, source: Source, keys: Container[str] = (), first: int = 0, end: int | None = None) -> None:
        self.source = source
        self.is_flush = True
        self._range = first, end
        self.keys = keys
        self.found: list[Diagnostic] = []
        self._path = source.path

    def tokens(self) -> Iterator[tuple[str, Line]]:
        """Kind and line, block by block; `_INDENT` and `_DEDENT` carry the line that they come before."""
        blocks: list[tuple[int, list[int]]] = [(-1, [0])]  # the column of what opened it, the columns of its lines
        above: Line | None = None
        flow: Line | None = None
        naming: int | None = None  # the column of a SET, under which words are names
        lines = list(self._lines())
        for at, line in enumerate(lines):
            if naming is not None and line.indent <= naming:
                naming = None
            if line.kind == "PROSE" and not line.forced and (flow is None or line.indent <= flow.indent):
                line = self._as_meant(lines, at, len(blocks) == 1 or line.indent <= 0)
            elif (line.kind == "PROPERTY" and line.word in STRUCTURE_KEYS and naming is None) or (
                line.kind == "CUE" or (line.kind == "TRANSITION" and line.word not in TRANSITION_WORDS)
            ):
                line = self._structural(line)
            if flow is not None and line.indent > flow.indent and _continues(line, flow):
                flow.goes_on(line)
                continue
            while line.indent <= blocks[-1][0]:
                blocks.pop()
                yield DEDENT, line
            columns = blocks[-1][1]
            opens = above is not None and above.kind in OPENERS and line.indent > above.indent
            if opens and above is not None and above.indent in columns:
                blocks.append((above.indent, [line.indent]))
                yield INDENT, line
            elif line.indent not in columns:
                self._misplaced(line, columns[0], above)
                columns.append(line.indent)
            above = line
            naming = line.indent if line.kind == "SET" else naming
            flow = line if line.kind in FLOWING else None
            yield line.kind, line
        for _ in blocks[1:]:
            assert above is not None
            yield DEDENT, above
        self.is_flush = blocks[0][1] == [0]

    def _as_meant(self, lines: Sequence[Line], at: int, at_top: bool) -> Line:
        """A line of prose that can only be a slip for a structure line: at the left edge, or with a block of its own under it.

        It is reported, and read as what was meant, so that its block is not lost.
        """
        line = lines[at]
        if not at_top and not _with_block(lines, at):
            return line
        found = refused_as(line, self._path, None, self.keys)
        if found is None or not found.fixes:
            return line
        fix = found.fixes[0]
        if not at_top and not fix.replacement.isupper():
            return line
        return self._read_as(line, found, fix)

    def _structural(self, line: Line) -> Line:
        """A property or a cue whose name is a word of structure, read as that structure."""
        found = meant_as_structure(line, self._path)
        return line if found is None or not found.fixes else self._read_as(line, found, found.fixes[0])

    def _read_as(self, line: Line, found: Diagnostic, fix: Fix) -> Line:
        """The line with a fix made, which is reported; the line itself where that makes no structure of it."""
        text = self.source.lines[line.number]
        meant = classify(text[: fix.span.col] + fix.replacement + text[fix.span.end_col :], line.number)
        if meant.kind not in OPENERS and meant.kind not in ("USE", "TRANSITION", "SUPER"):
            return line
        self.found.append(found)
        meant.indent, meant.gap = line.indent, line.gap
        shift = len(fix.replacement) - (fix.span.end_col - fix.span.col)
        meant.text_col -= shift
        meant.width = len(meant.word) - shift
        return meant

    def _lines(self) -> Iterator[Line]:
        """The lines that mean something, classified. Blank lines and comments leave a mark: `gap`."""
        boneyard: int | None = None
        gap = False
        tabs: list[tuple[int, str, int]] = []
        first, end = self._range
        for number, text in enumerate(self.source.lines[first:end], first):
            if boneyard is not None:
                if "*/" in text:
                    after = text.split("*/", 1)[1].strip()
                    if after:
                        col = text.index("*/") + 2
                        self._say("E0103", number, col, len(text), "text after `*/`", "start a new line for it")
                    boneyard = None
                continue
            if not text or text.isspace():
                gap = True
                continue
            if not text.isprintable() and FORBIDDEN.search(text):
                text = self._forbidden(number, text)
            line = classify(text, number)
            if line.kind == "COMMENT" or line.kind == "BLANK":
                continue
            if line.kind == "BONEYARD":
                closing = text.find("*/", line.indent + 2)
                if closing < 0:
                    boneyard = number
                elif text[closing + 2 :][: comment_start(text[closing + 2 :], False)].strip():
                    self._say("E0103", number, closing + 2, len(text), "text after `*/`", "start a new line for it")
                continue
            if "\t" in text[: line.indent] or "\u3000" in text[: line.indent]:
                white = text[: line.indent]
                line.indent = sum(TAB if c != " " else 1 for c in white)
                tabs.append((number, white, line.indent))
            if line.kind == "NOTHING":
                self._nothing_muted(line)
                continue
            line.gap, gap = gap, False
            yield line
        if tabs:
            self._tabs(tabs)
        if boneyard is not None:
            text = self.source.lines[boneyard]
            start = text.index("/*")
            self._say("E0105", boneyard, start, start + 2, "this `/*` is never closed", "everything below is set aside")

    def _span(self, number: int, start: int, end: int) -> Span:
        return Span(self._path, number, start, number, max(end, start + 1))

    def _say(self, code: str, number: int, start: int, end: int, message: str, label: str) -> None:
        self.found.append(error(code, self._span(number, start, end), message, label))

    def _forbidden(self, number: int, text: str) -> str:
        for match in list(FORBIDDEN.finditer(text))[:3]:
            at, c = match.start(), match[0]
            what = "text that turns its direction around" if c in _BIDI else "a control character"
            span = Span(self._path, number, at, number, at + 1)
            self.found.append(
                error("E0106", span, f"{what} (U+{ord(c):04X}) does not belong in a film", fixes=(Fix(span, ""),),
                      helps=("delete it",))
            )  # fmt: skip
        return FORBIDDEN.sub(" ", text)

    def _tabs(self, tabs: list[tuple[int, str, int]]) -> None:
        """One error for all the tabs of a file; its fix is for every one of them."""
        fixes = [(self._span(number, 0, len(white)), " " * columns) for number, white, columns in tabs]
        span, spaces = fixes[0]
        more = len(tabs) - 1
        note = f"{more:,} more line{'s' if more > 1 else ''} of this file begin{'' if more > 1 else 's'} so"
        what = "a tab" if "\t" in tabs[0][1] else "a full-width space"
        self.found.append(
            error("E0101", span, f"{what} in the indentation", "indent with spaces", notes=(note,) if more else (),
                  helps=(f"replace {what.replace('a ', 'each ', 1)} by {TAB} spaces: `apexc fmt` does it",),
                  fixes=(Fix(span, spaces, also=tuple(fixes[1:])),))
        )  # fmt: skip

    def _misplaced(self, line: Line, column: int, above: Line | None) -> None:
        """A line that is beside no other of its block. Said once a block and column: more would be echoes."""
        if above is None:
            why = "nothing is above this line to stand under"
        elif line.indent > above.indent:
            why = "deeper than the line above, which takes no block"
        else:
            why = "in line with nothing above"
        text = self.source.lines[line.number]  # where a tab is one letter, whatever it stands for
        span = self._span(line.number, 0, len(text) - len(text.lstrip(" \t\u3000")))
        spaces = f"{column} space{'s' if column != 1 else ''}"
        self.found.append(
            error(
                "E0102",
                span,
                "this indentation fits no block",
                why,
                helps=(f"{spaces} would put it beside the lines around it" if column else "begin it at the left edge",),
                fixes=(Fix(span, " " * column, "maybe"),),
            )
        )

    def _nothing_muted(self, line: Line) -> None:
        span = self._span(line.number, line.col, line.col + len(line.text))
        self.found.append(
            error(
                "E0107",
                span,
                "`/-` mutes a structure line, a heading or a property",
                "none of these follows",
                helps=("to set this line aside, write `//` before it",),
                fixes=(Fix(self._span(line.number, line.col, line.col + 2), "//"),),
            )
        )
