"""From elements to the text of a Fountain file. Reading it gives the same elements."""

from __future__ import annotations

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


def write(screenplay: Screenplay) -> str:
    """The text of a Fountain file: its title page, and its elements with a blank line between each two."""
    blocks = [_title_page(screenplay.title_page)] if screenplay.title_page else []
    blocks += [one(element) for element in screenplay.elements]
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
            mark = "." if element.forced or not fountain.is_heading(element.text + " ") else ""
            return mark + element.text + number
        case Action():
            return _action(element)
        case Centred():
            return f"> {element.text} <"
        case Lyric():
            return f"~{element.text}"
        case Dialogue():
            return _dialogue(element)
        case Transition():
            forced = element.forced or not fountain.is_transition(element.text)
            return f"> {element.text}" if forced else element.text
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


def _paused(text: str) -> str:
    return "\n".join(line or "  " for line in text.split("\n"))


def _dialogue(element: Dialogue) -> str:
    forced = element.forced or not fountain.is_cue(element.cue)
    cue = ("@" if forced else "") + element.cue + (" ^" if element.dual else "")
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
            out.append(("!" if element.forced or needs_mark(lines) else "") + line)
        else:
            out.append(f"!{line}" if bare[:1] == "!" or fountain.marked(bare) else line)
        noting = open_note(line, noting)
    return "\n".join(out)


def needs_mark(lines: list[str]) -> bool:
    """Whether the first line of an action would be read as something else."""
    bare = lines[0].strip()
    if not bare:
        return False
    if bare[0] == "!" or fountain.single_line(bare) is not None:
        return True
    if len(lines) < 2:
        return False
    cue = bare.removeprefix("@").strip().removesuffix("^").rstrip()
    return bool(cue) and (bare[0] == "@" or fountain.is_cue(cue))
