"""From elements to the text of a Fountain file. Reading it gives the same elements."""

from __future__ import annotations

import re
from collections.abc import Iterable

from apexlang.screenplay import fountain
from apexlang.screenplay.model import (
    Action,
    Boneyard,
    Centred,
    Dialogue,
    Element,
    Heading,
    Lyric,
    Note,
    PageBreak,
    Part,
    Screenplay,
    Section,
    Synopsis,
    Transition,
    open_note,
)

_ASIDE = re.compile(r"\[\[/\*((?:(?!\*/).)*)\*/\]\]")
"""What stands set aside in the middle of a line."""


def write(screenplay: Screenplay) -> str:
    """The text of a Fountain file: its title page, and its elements with a blank line between each two."""
    blocks = [_title_page(screenplay.title_page)] if screenplay.title_page else []
    blocks += [one(element) for element in screenplay.elements]
    if not screenplay.title_page and blocks and fountain.title_page(blocks[0])[0]:
        blocks[0] = ("@" if isinstance(screenplay.elements[0], Dialogue) else "!") + blocks[
            0
        ]  # `NOTES: …` is no title page here
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _title_page(page: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    out: list[str] = []
    for key, lines in page:
        if len(lines) == 1:
            out.append(f"{key}: {lines[0]}")
        else:
            out += [f"{key}:", *(f"    {line}" for line in lines)]
    return "\n".join(out)


def one(element: Element) -> str:
    """The text of one element. Lines of two spaces stand where a blank line would end it."""
    match element:
        case Heading():
            number = f" #{element.number}#" if element.number else ""
            text = element.text + number
            return text if fountain.is_heading(text) else f".{text}"
        case Action():
            return _asides(_action(element))
        case Centred():
            return f"> {element.text} <"
        case Lyric():
            return f"~{element.text}"
        case Dialogue():
            return _asides(_dialogue(element))
        case Transition():
            return element.text if fountain.is_transition(element.text) else f"> {element.text}"
        case Section():
            return f"{'#' * element.depth} {element.text}".rstrip()
        case Synopsis():
            return f"= {element.text}".rstrip()
        case Note():
            return _paused(element.text)
        case Boneyard():
            return f"/*{element.text}*/"
        case PageBreak():
            return "==="


def _asides(text: str) -> str:
    if "[[/*" not in text:
        return text

    def put(match: re.Match[str]) -> str:
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        return f"/*{match[1]}*/" if fountain.stays_in_line(before, match[1]) else match[0]

    return _ASIDE.sub(put, text)


def _paused(text: str) -> str:
    """Notes. An empty line within one is two spaces, between two of them a mark."""
    out: list[str] = []
    noting = False
    for line in text.split("\n"):
        out.append(line if line.strip() else "  " if noting else "!")
        noting = open_note(line, noting)
    return "\n".join(out)


def _dialogue(element: Dialogue) -> str:
    cue = element.cue + (" ^" if element.dual else "")
    plain = fountain.is_cue(element.cue) and cue[0] not in "!@" and fountain.single_line(cue) is None
    cue = cue if plain else f"@{cue}"
    return "\n".join([cue, *(_part(p) or "  " for p in element.parts)])


def _part(part: Part) -> str:
    return f"~{part.text}" if part.kind == "lyric" else part.text


def _action(element: Action) -> str:
    out: list[str] = []
    noting = False
    lines = element.text.split("\n")
    for index, line in enumerate(lines):
        bare = line.strip()
        if noting:
            out.append(line or "  ")
        elif index == 0:
            out.append(("!" if not bare or fountain.needs_mark(lines) else "") + line)
        else:
            out.append(f"!{line}" if not bare or bare[0] == "!" or fountain.marked(bare) else line)
        noting = open_note(line, noting)
    return "\n".join(out)
