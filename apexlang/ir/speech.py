"""Prose that was meant as dialogue: near misses that only the film's characters can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from apexlang.diagnostics import Diagnostic, Fix, warning
from apexlang.ir.scope import Definition, folded
from apexlang.ir.unit import Unit
from apexlang.source import Span
from apexlang.syntax.lines import Line
from apexlang.syntax.tree import Block

_SPEAKER = re.compile(r"(@?[^\s:：(（\"][^:：(（\"]{0,59}?)[ \t]*(?:[(（][^)）]*[)）])?[ \t]*(?:：|:(?=[ \t]|$))")
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
                span = Span(unit.path, line.number, line.text_col, line.number, line.text_col + len(match[1]))
                yield warning("W0102", span, f"`{match[1]}:` is prose: a speaker is written in capitals",
                              f"did you mean `{cue}:`?", fixes=(Fix(span, cue),),
                              helps=("begin the line with `!` to keep it as prose",))  # fmt: skip
            continue
        if len(line.text) > 80 or not (line.text.isupper() or line.text[0] == "@" or "(" in line.text or "（" in line.text):
            continue
        match = _NAME_ALONE.fullmatch(line.text)
        known = characters.get(folded(match[1])) if match else None
        if match is None or known is None or not (match[1].isupper() or match[1].startswith("@")):
            continue
        speech = _below(line, body[index + 1] if index + 1 < len(body) else None)
        if speech is None:
            continue
        number, col = speech
        span = Span(unit.path, line.number, line.text_col, line.number, line.text_col + len(match[1]))
        join = Fix(Span(unit.path, line.number, line.text_col + len(line.text), number, col), ": ")
        yield warning("W0105", span, f"`{match[1]}` alone on its line is prose", f"did you mean `{match[1]}: …`?", fixes=(join,),
                      helps=(f"write the speech on the same line: `{match[1]}: …`",
                             "begin the line with `!` to keep it as prose"))  # fmt: skip


def _below(line: Line, after: Line | Block | None) -> tuple[int, int] | None:
    """Where the speech under a name alone begins, if there is any."""
    if line.more:
        number, col, _ = line.more[0]
        return number, col
    if isinstance(after, Line) and after.kind == "PROSE" and not after.gap:
        return after.number, after.text_col
    return None
