"""Diagnostics for a terminal: the lines concerned with what is wrong marked under them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from apexlang.diagnostics.model import Diagnostic, in_order
from apexlang.diagnostics.width import cells
from apexlang.source import Source, Span

SHOWN = 50
"""Of a flood of diagnostics, this many are shown and the rest is counted."""

WINDOW = 100
"""Columns of a long line that are shown around what matters."""

LINES = 4
"""A span of more lines than this is shown by its first and its last."""

_RESET = "\x1b[0m"
_STYLE = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "bold": "\x1b[1m",
    "frame": "\x1b[1;34m",
    "second": "\x1b[34m",
}

_TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that turn the direction of text around."""


def visible(text: str) -> str:
    """Tabs as one space, what would move the cursor or turn text around as a mark: safe for a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_seen, text))


@lru_cache(4096)
def _seen(c: str) -> str:
    if c == "\t":
        return " "
    hidden = c in _TURNS or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")
    return "\N{REPLACEMENT CHARACTER}" if hidden else c


def as_is(path: str) -> str:
    return path


class _Pen:
    """Writes one diagnostic: `margin` columns for line numbers, colour or none."""

    def __init__(self, margin: int, colour: bool) -> None:
        self._colour = colour
        self._margin = margin
        self.pad = " " * margin

    def paint(self, style: str, text: str) -> str:
        return f"{_STYLE[style]}{text}{_RESET}" if self._colour and text else text

    def frame(self, text: str) -> str:
        return self.paint("frame", text)

    def bar(self) -> str:
        return f"{self.pad} {self.frame('|')}"

    def place(self, span: Span, label: str, source: Source, style: str, mark: str) -> Iterator[str]:
        """The lines of a span with marks under them, the label after the last."""
        lines = source.lines
        last = min(span.end_line, len(lines) - 1)
        stop = span.end_col if last == span.end_line else len(lines[last])
        while last > span.line and not lines[last][:stop].strip():  # it ends before anything of its last line
            last -= 1
            stop = len(lines[last].rstrip())
        yield self.bar()
        cut = last - span.line >= LINES
        for number in (span.line, last) if cut else range(span.line, last + 1):
            if cut and number == last:
                yield f"{self.pad} {self.frame('…')}"
            line = lines[number]
            start = span.col if number == span.line else len(line) - len(line.lstrip())
            end = stop if number == last else len(line.rstrip())
            text, before, width = _window(line, start, end)
            yield f"{self.frame(f'{number + 1:>{self._margin}} |')} {text}".rstrip()
            said = visible(label) if number == last else ""
            yield f"{self.bar()} {' ' * before}{self.paint(style, f'{mark * width} {said}'.rstrip())}"


def render(
    diagnostic: Diagnostic,
    sources: Mapping[str, Source],
    colour: bool = False,
    named: Callable[[str], str] = as_is,
) -> str:
    """The diagnostic as a person reads it. `sources`: the files by path; one that is missing is named without its line.
    `named`: what a path is called."""
    d = diagnostic
    places = [(d.span, d.label, True)] if d.span else []
    places += [(span, text, False) for span, text in d.secondary]
    margin = len(str(max((max(span.line, span.end_line) + 1 for span, _, _ in places), default=0)))
    pen = _Pen(margin, colour)
    out = [pen.paint(d.severity, f"{d.severity}[{d.code}]") + pen.paint("bold", f": {visible(d.message)}")]
    for span, label, is_first in places:
        where = f"{visible(named(span.path))}:{span.line + 1}:{span.col + 1}"
        out.append(f"{pen.pad}{pen.frame('-->' if is_first else ':::')} {where}")
        source = sources.get(span.path)
        if source is None or span.line >= len(source.lines):
            out += [f"{pen.pad} {pen.frame('=')} {visible(label)}"] if label else []
            continue
        out += pen.place(span, label, source, d.severity if is_first else "second", "^" if is_first else "-")
    tail = [("note", text) for text in d.notes] + [("help", text) for text in d.helps]
    if tail and d.span and d.span.path in sources:
        out.append(pen.bar())
    for kind, text in tail:
        first, *rest = (visible(line) for line in text.split("\n"))
        out.append(f"{pen.pad} {pen.frame('=')} {pen.paint('bold', kind)}: {first}")
        out += [f"{pen.pad}   {line}" for line in rest]
    return "\n".join(out)


def _window(line: str, start: int, end: int) -> tuple[str, int, int]:
    """What is shown of a line, the columns before the mark, and the mark's columns. A long line is cut around the mark."""
    start = min(start, len(line))
    end = max(min(end, len(line)), start)
    a, b = 0, len(line)
    if len(line) > WINDOW // 2 and (len(line) > 4 * WINDOW or cells(visible(line)) > WINDOW):
        a = _back(line, start, WINDOW // 3)
        b = _on(line, a, WINDOW)
    shown = ("…" if a else "") + visible(line[a:b]) + ("…" if b < len(line) else "")
    before = cells(visible(line[a:start])) + (1 if a else 0)
    width = max(1, cells(visible(line[start : min(end, b)])))
    return shown, before, width


def _back(line: str, start: int, columns: int) -> int:
    """So far back from `start` as `columns` reach, and not into the middle of what is seen as one."""
    at = max(0, start - columns)
    while at < start and cells(visible(line[at:start])) > columns:
        at += 1
    while 0 < at < start and cells(visible(line[at - 1 : at + 1])) <= cells(visible(line[at - 1])):
        at += 1
    return at


def _on(line: str, start: int, columns: int) -> int:
    """As far on from `start` as `columns` reach."""
    end = min(len(line), start + columns)
    while end > start and cells(visible(line[start:end])) > columns:
        end -= 1
    while start < end < len(line) and cells(visible(line[start : end + 1])) == cells(visible(line[start:end])):
        end += 1
        if end - start > 2 * columns:  # a heap of marks upon one letter
            break
    return end


def _counted(found: Iterable[Diagnostic], more: str = "") -> str:
    listed = tuple(found)
    errors = sum(d.is_error for d in listed)
    counts = ((errors, "error"), (len(listed) - errors, "warning"))
    return ", ".join(f"{n:,} {more}{word}{'s' if n > 1 else ''}" for n, word in counts if n)


def summary(found: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`; nothing when there is nothing."""
    return _counted(found)


def render_all(
    found: Iterable[Diagnostic],
    sources: Mapping[str, Source],
    colour: bool = False,
    named: Callable[[str], str] = as_is,
) -> str:
    """Every diagnostic in order, at most `SHOWN` of them (errors are not hidden by warnings), and a count."""
    listed = in_order(found)
    if not listed:
        return ""
    shown = listed
    hidden: list[Diagnostic] = []
    if len(listed) > SHOWN:
        by_weight = [*(d for d in listed if d.is_error), *(d for d in listed if not d.is_error)]
        shown, hidden = in_order(by_weight[:SHOWN]), by_weight[SHOWN:]
    blocks = [render(d, sources, colour, named) for d in shown]
    if hidden:
        blocks.append(f"... and {_counted(hidden, 'more ')}")
    return "\n\n".join([*blocks, summary(listed)]) + "\n"
