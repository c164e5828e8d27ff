"""Prose that was meant as dialogue or as a property: near misses that only the film's characters and the table can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from apexlang.diagnostics import Diagnostic, Fix, warning
from apexlang.ir.filling import FilledLine
from apexlang.ir.scope import Definition, folded
from apexlang.ir.unit import Unit
from apexlang.ir.values import read
from apexlang.source import Span
from apexlang.syntax.lines import Line
from apexlang.syntax.tree import Block

_SPEAKER = re.compile(r"(@?[^\s:：(（\"][^:：(（\"]{0,59}?)[ \t]*(?:[(（][^)）]*[)）])?[ \t]*(?:：|:(?=[ \t]|$))")
_MANNER = re.compile(r"[(（][^)）]*[)）]")
_NAME_ALONE = re.compile(r"(@?[^:：(（]{1,60}?)[ \t]*(?:[(（][^)）]*[)）])?")


def nearly_spoken(
    unit: Unit, body: Sequence[Line | Block], characters: Mapping[str, Definition]
) -> Iterator[Diagnostic]:
    """Warnings for `Sarah: hello` and for `SARAH` alone on a line above her speech."""
    for index, line in enumerate(body):
        if not isinstance(line, Line) or line.kind != "PROSE" or line.forced:
            continue
        if ":" in line.text or "：" in line.text:
            match = _SPEAKER.match(line.text)
            known = characters.get(folded(match[1])) if match else None
            if match and known:
                name = known.name
                cue = name if name.isupper() else name.upper() if folded(name.upper()) == folded(name) else f"@{name}"
                cue = cue if cue.isupper() or cue.startswith("@") else f"@{name}"
                if isinstance(line, FilledLine) and match[1].isupper():
                    start = Span(unit.path, line.number, line.text_col, line.number, line.text_col)
                    yield warning("W0102", unit.line(line), f"`{match[1]}:` is prose: a speaker in braces begins with `@`",
                                  "write `@` before it", fixes=(Fix(start, "@"),),
                                  helps=("begin the line with `!` to keep it as prose",))  # fmt: skip
                    continue
                span = Span(unit.path, line.number, line.text_col, line.number, line.text_col + len(match[1]))
                yield warning("W0102", span, f"`{match[1]}:` is prose: a speaker is written in capitals",
                              f"did you mean `{cue}:`?", fixes=(Fix(span, cue),),
                              helps=("begin the line with `!` to keep it as prose",))  # fmt: skip
            continue
        if len(line.text) > 80 or not (
            line.text.isupper() or line.text[0] == "@" or "(" in line.text or "（" in line.text
        ):
            continue
        match = _NAME_ALONE.fullmatch(line.text)
        known = characters.get(folded(match[1])) if match else None
        if match is None or known is None or not (match[1].isupper() or match[1].startswith("@")):
            continue
        speech = _below(line, body[index + 1 : index + 3])
        if speech is None:
            continue
        number, col, manner = speech
        span = Span(unit.path, line.number, line.text_col, line.number, line.text_col + len(match[1]))
        cue = line.text if not manner else f"{match[1]} {manner}"
        join = Fix(
            Span(unit.path, line.number, line.text_col + len(line.text), number, col),
            f" {manner}: " if manner else ": ",
        )
        yield warning("W0105", span, f"`{match[1]}` alone on its line is prose", f"did you mean `{cue}: …`?", fixes=(join,),
                      helps=(f"write the speech on the same line: `{cue}: …`",
                             "begin the line with `!` to keep it as prose"))  # fmt: skip


def _below(line: Line, after: Sequence[Line | Block]) -> tuple[int, int, str] | None:
    """Where the speech under a name alone begins, and what stands in brackets between: how it is said."""
    rows = [*line.more, *((a.number, a.text_col, a.text) for a in _following(line, after))]
    if not rows:
        return None
    number, col, text = rows[0]
    if _MANNER.fullmatch(text) and len(rows) > 1:
        return rows[1][0], rows[1][1], text
    return number, col, ""


def _following(line: Line, after: Sequence[Line | Block]) -> Iterator[Line]:
    """The lines of prose right under a name that has none of its own."""
    for item in () if line.more else after:
        if not isinstance(item, Line) or item.kind != "PROSE" or item.gap:
            return
        yield item


_VALUES = {"move": "kind", "camera": "", "hold": "hold"}
"""Properties whose values are known by themselves, and the field that they then have."""


def nearly_said(unit: Unit, body: Sequence[Line | Block]) -> Iterator[Diagnostic]:
    """Warnings for values without their property: `zoom in`, `35mm, f/2`, `2s`."""
    said: set[str] | None = None
    for line in body:
        if not isinstance(line, Line) or line.kind != "PROSE" or line.forced or line.more or len(line.text) > 60:
            continue
        text = line.text
        if not text or not (text[0].islower() or text[0].isdigit() or text[:3] == "ISO") or text[-1] in ".!?…":
            continue
        if said is None:
            said = {item.word for item in body if isinstance(item, Line) and item.kind == "PROPERTY"}
        for name, field in _VALUES.items():
            reading = read(name, text) if name not in said else None
            if reading is None or not reading.usable or not reading.fields or (field and field not in reading.fields):
                continue
            at = Span(unit.path, line.number, line.text_col, line.number, line.text_col)
            span = Span(unit.path, line.number, line.text_col, line.number, line.text_col + len(text))
            yield warning("W0103", span, f"`{text}` is prose: a property begins with its name", f"did you mean `{name}: {text}`?",
                          fixes=(Fix(at, f"{name}: "),), helps=("begin the line with `!` to keep it as prose",))  # fmt: skip
            break
