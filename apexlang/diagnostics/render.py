"""Diagnostics for a terminal and for programs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from apexlang.diagnostics.model import Diagnostic, in_order
from apexlang.diagnostics.width import cells
from apexlang.source import Source, Span

SHOWN = 50
"""Of a flood of diagnostics, this many are shown and the rest is counted."""

WINDOW = 100
"""Cells of a long line that are shown around what matters."""

_RESET = "\x1b[0m"
_STYLE = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "bold": "\x1b[1m",
    "frame": "\x1b[1;34m",
    "second": "\x1b[34m",
}


def _visible(text: str) -> str:
    """Tabs as one space and control characters as a mark: nothing from a film moves the cursor."""
    return "".join(" " if c == "\t" else "\N{REPLACEMENT CHARACTER}" if _is_control(c) else c for c in text)


def _is_control(c: str) -> bool:
    return (
        unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")
        or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def render(diagnostic: Diagnostic, sources: Mapping[str, Source], colour: bool = False) -> str:
    """The diagnostic as a person reads it. `sources`: the files by path; one that is missing is named without its line."""

    def paint(style: str, text: str) -> str:
        return f"{_STYLE[style]}{text}{_RESET}" if colour and text else text

    d = diagnostic
    head = paint(d.severity, f"{d.severity}[{d.code}]") + paint("bold", f": {_visible(d.message)}")
    places = [(d.span, d.label, True)] if d.span else []
    places += [(span, text, False) for span, text in d.secondary]
    margin = len(str(max((span.line + 1 for span, _, _ in places), default=0)))
    pad = " " * margin
    out = [head]
    previous: str | None = None
    for span, label, is_first in places:
        arrow = "-->" if previous is None else ":::"
        if previous is None or previous != span.path or not is_first:
            out.append(f"{pad}{paint('frame', arrow)} {_visible(span.path)}:{span.line + 1}:{span.col + 1}")
        previous = span.path
        source = sources.get(span.path)
        if source is None or span.line >= len(source.lines):
            if label:
                out.append(f"{pad} {paint('frame', '=')} {_visible(label)}")
            continue
        text, before, width = _window(source.lines[span.line], span)
        mark = ("^" if is_first else "-") * width
        style = d.severity if is_first else "second"
        out.append(f"{pad} {paint('frame', '|')}")
        out.append(f"{paint('frame', f'{span.line + 1:>{margin}} |')} {text}".rstrip())
        under = f"{mark} {_visible(label)}".rstrip()
        out.append(f"{pad} {paint('frame', '|')} {' ' * before}{paint(style, under)}")
    tail = [("note", text) for text in d.notes] + [("help", text) for text in d.helps]
    if tail and d.span and d.span.path in sources:
        out.append(f"{pad} {paint('frame', '|')}")
    for kind, text in tail:
        first, *rest = _visible_lines(text)
        out.append(f"{pad} {paint('frame', '=')} {paint('bold', kind)}: {first}")
        out += [f"{pad}   {line}" for line in rest]
    return "\n".join(out)


def _visible_lines(text: str) -> list[str]:
    return [_visible(line) for line in text.split("\n")]


def _window(line: str, span: Span) -> tuple[str, int, int]:
    """What is shown of a line, the cells before the mark, and the mark's width in cells."""
    end = span.end_col if span.end_line == span.line else len(line)
    start = min(span.col, len(line))
    end = max(min(end, len(line)), start)
    a, b = 0, len(line)
    if len(line) > WINDOW:
        a = max(0, start - WINDOW // 3)
        b = min(len(line), a + WINDOW)
    shown = ("…" if a else "") + _visible(line[a:b]) + ("…" if b < len(line) else "")
    before = cells(_visible(line[a:start])) + (1 if a else 0)
    width = max(1, cells(_visible(line[start : min(end, b)])))
    return shown, before, width


def summary(found: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`; nothing when there is nothing."""
    listed = tuple(found)
    errors = sum(d.is_error for d in listed)
    warnings = len(listed) - errors
    parts = [f"{n} {word}{'s' if n > 1 else ''}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    return ", ".join(parts)


def render_all(found: Iterable[Diagnostic], sources: Mapping[str, Source], colour: bool = False) -> str:
    """Every diagnostic in order, at most `SHOWN` of them (errors are not hidden by warnings), and a count."""
    listed = in_order(found)
    if not listed:
        return ""
    shown = listed
    if len(listed) > SHOWN:
        shown = tuple(d for d in listed if d.is_error)[:SHOWN]
        shown = in_order((*shown, *[d for d in listed if not d.is_error][: SHOWN - len(shown)]))
    blocks = [render(d, sources, colour) for d in shown]
    if len(shown) < len(listed):
        blocks.append(f"... and {len(listed) - len(shown)} more")
    return "\n\n".join([*blocks, summary(listed)]) + "\n"
