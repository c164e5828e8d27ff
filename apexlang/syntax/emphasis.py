"""Emphasis in a line of text: Fountain's marks (`*italic*`, `**bold**`, `_underlined_`) to runs with styles, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

BOLD, ITALIC, UNDERLINE = "Bold", "Italic", "Underline"

_STYLES = {("*", 1): ITALIC, ("*", 2): BOLD, ("_", 1): UNDERLINE}
_OUTERMOST_FIRST = ((UNDERLINE, "_"), (BOLD, "**"), (ITALIC, "*"))
_MARK = re.compile(r"\\[*_\\]|\*{1,3}|_")
_UNESCAPED = re.compile(r"\\([*_\\])")
_ESCAPES = re.compile(r"[*_\\]")
"""Signs that get a `\\` before them where they are text."""


_MOST_OPEN = 16
"""Marks that wait to be closed, at most: a line of nothing but stars must cost no more than another."""


class Run(NamedTuple):
    """Text in one style."""

    text: str
    styles: frozenset[str] = frozenset()


class _Mark(NamedTuple):
    """A mark that means something: where it stands in the text, its style, and whether that begins or ends."""

    start: int
    end: int
    style: str
    begins: bool


def runs(text: str) -> list[Run]:
    """The runs of one line. A mark opens before a sign and closes after one, and what nothing closes is text."""
    out: list[Run] = []
    styles: list[str] = []
    at = 0
    for mark in sorted(_pairs(text)):
        out.append(Run(_UNESCAPED.sub(r"\1", text[at : mark.start]), frozenset(styles)))
        at = mark.end
        if mark.begins:
            styles.append(mark.style)
        else:
            styles.remove(mark.style)
    out.append(Run(_UNESCAPED.sub(r"\1", text[at:]), frozenset(styles)))
    return _joined(run for run in out if run.text)


def _pairs(text: str) -> list[_Mark]:
    """The marks that open and close something. A run of stars may be several, the inner ones next to what they mark; pairs
    never cross."""
    pairs: list[_Mark] = []
    open_: list[tuple[int, int]] = []
    for match in _MARK.finditer(text):
        start, end = match.span()
        sign = text[start]
        if sign == "\\":
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        within = sign == "_" and (before.isalnum() or before == "_")
        while start < end and before and not before.isspace() and not (sign == "_" and after.isalnum()):
            at = next(
                (i for i in reversed(range(len(open_))) if text[open_[i][0]] == sign and open_[i][1] < start), None
            )
            if at is None:
                break
            first, last = open_[at]
            size = 2 if sign == "*" and min(end - start, last - first) > 1 else 1
            style = _STYLES[sign, size]
            pairs += (_Mark(last - size, last, style, True), _Mark(start, start + size, style, False))
            start += size
            open_[at:] = [(first, last - size)] if last - size > first else []
        if start < end and after and not after.isspace() and not before.isdigit() and not within:
            open_ = [*open_[-_MOST_OPEN:], (start, end)]
    return pairs


def _joined(told: Iterable[Run]) -> list[Run]:
    out: list[Run] = []
    for run in told:
        if out and out[-1].styles == run.styles:
            out[-1] = Run(out[-1].text + run.text, run.styles)
        else:
            out.append(run)
    return out


def marked(told: Iterable[Run]) -> str:
    """The text of one line with marks. Space at the edges of a run stands outside of its marks; signs that would be read as
    marks are escaped."""
    wanted = _settled(told)
    for escaped in (False, True):
        text = _nested(wanted, escaped)
        if runs(text) == wanted:
            return text
    return "".join(_escaped(run.text) for run in wanted)


def _settled(told: Iterable[Run]) -> list[Run]:
    """Runs as marks can say them: space between two of them has the styles of both, at the ends none."""
    pieces = [piece for run in told for piece in _apart(run)]
    out: list[Run] = []
    for index, piece in enumerate(pieces):
        if piece.text.isspace():
            before = out[-1].styles if out else frozenset()
            after = next((p.styles for p in pieces[index:] if not p.text.isspace()), frozenset())
            piece = Run(piece.text, before & after)
        out.append(piece)
    return _joined(out)


def _apart(run: Run) -> Iterable[Run]:
    core = run.text.strip()
    if not core:
        return [Run(run.text)] if run.text else []
    at = run.text.index(core)
    pieces = (Run(run.text[:at]), Run(core, run.styles), Run(run.text[at + len(core) :]))
    return [piece for piece in pieces if piece.text]


def _nested(wanted: Sequence[Run], escaped: bool) -> str:
    """The runs with marks around them, the style that lasts longest outermost."""
    out: list[str] = []
    open_: list[str] = []
    for index, run in enumerate(wanted):
        lasts = {style: _until(wanted, index, style) for style, _ in _OUTERMOST_FIRST if style in run.styles}
        out.append(_closing(open_, run.styles))
        for style, mark in sorted(_OUTERMOST_FIRST, key=lambda pair: -lasts.get(pair[0], 0)):
            if style in run.styles and style not in open_:
                open_.append(style)
                out.append(mark)
        out.append(_escaped(run.text) if escaped else run.text)
    out.append(_closing(open_, frozenset()))
    return "".join(out)


def _until(wanted: Sequence[Run], index: int, style: str) -> int:
    while index < len(wanted) and style in wanted[index].styles:
        index += 1
    return index


def _closing(open_: list[str], kept: frozenset[str]) -> str:
    """Closes what is open down to the first style that goes on no more."""
    out = ""
    first = next((at for at, style in enumerate(open_) if style not in kept), len(open_))
    while len(open_) > first:
        out += dict(_OUTERMOST_FIRST)[open_.pop()]
    return out


def _escaped(text: str) -> str:
    return _ESCAPES.sub(lambda match: "\\" + match[0], text)


def plain(text: str) -> str:
    """The text without its marks."""
    return "".join(run.text for run in runs(text)) if any(c in text for c in "*_\\") else text
