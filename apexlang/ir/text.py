"""The running text of blocks: paragraphs, synopses, lines joined with what continues them."""

from __future__ import annotations

from collections.abc import Iterable

from apexlang.syntax.emphasis import plain
from apexlang.syntax.lines import Line, nfc
from apexlang.syntax.tree import Block


def prose(body: Iterable[Line | Block]) -> tuple[str, ...]:
    """The paragraphs of a block: lines that follow each other are one, a blank line or anything else between ends it."""
    paragraphs: list[list[str]] = []
    going = False
    for line in body:
        if isinstance(line, Line) and line.kind == "PROSE":
            if not (going and not line.gap):
                paragraphs.append([])
            paragraphs[-1].append(flowing(line))
            going = True
        else:
            going = False
    return tuple(text for p in paragraphs if (text := " ".join(part for part in p if part)))


def flowing(line: Line) -> str:
    """The text of a line and its continuations as one line, without notes for people and marks of emphasis."""
    text = " ".join(part for part in (line.text, *(t for _, _, t in line.more)) if part)
    if "[[" in text:
        text = _without_notes(text)
    if "*" in text or "_" in text:
        text = plain(text)
    return nfc(text)


def _without_notes(text: str) -> str:
    out, at = [], 0
    while (start := text.find("[[", at)) >= 0:
        end = text.find("]]", start + 2)
        if end < 0:
            break
        out.append(text[at:start])
        at = end + 2
    out.append(text[at:])
    return " ".join("".join(out).split())


def synopsis(body: Iterable[Line | Block]) -> tuple[str, ...]:
    return tuple(flowing(line) for line in body if isinstance(line, Line) and line.kind == "SYNOPSIS" and line.text)
