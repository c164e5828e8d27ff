"""Fountain: the kinds of its lines, and from its text to elements. Never raises; every text is a screenplay.

The syntax is that of fountain.io, 1.1. Where it leaves a choice, a line keeps its text and becomes action.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    notes_only,
    open_note,
)

_HEADING = re.compile(r"(?:INT\.?/EXT|EXT\.?/INT|INT|EXT|EST|I/E)(?:\.|[ \t])", re.I)
_FORCED_HEADING = re.compile(r"\.[^\W_]")
_NUMBER = re.compile(r"[ \t]*#([^#\s]+)#$")
_PAGE = re.compile(r"={3,}")
_SECTION = re.compile(r"(#+)[ \t]*(.*)")
_SYNOPSIS = re.compile(r"=(?!=)[ \t]*(.*)")
_FADES = re.compile(
    r"(?:FADE (?:IN|OUT|UP|TO (?:BLACK|WHITE))|(?:SMASH )?CUT TO (?:BLACK|WHITE)|IRIS (?:IN|OUT))(?: ON| FROM BLACK)?[.:]?"
)
_CUE = re.compile(r"(?P<name>[^()]+)(?P<more>(?:\([^()]*\)[ \t]*)*)")
_BRACKETS = re.compile(r"\)\s*\(")
KEY = re.compile(r"([^\W\d_][\w ./&-]{0,40}?)[ \t]*:[ \t]*(.*)")

TITLE_KEYS = frozenset(
    {
        *(
            "title",
            "credit",
            "author",
            "authors",
            "source",
            "draft date",
            "date",
            "contact",
            "contact info",
            "copyright",
        ),
        *(
            "notes",
            "revision",
            "episode",
            "series",
            "format",
            "credits",
            "written by",
            "draft",
            "version",
            "font",
            "lang",
        ),
    }
)
"""A title page has at least one of these; the others of its keys are free."""


def is_heading(line: str) -> bool:
    """Whether a line is a scene heading by its own text."""
    return _HEADING.match(line) is not None


def is_transition(line: str) -> bool:
    """Whether a line is a transition by its own text: capitals that end in `TO:`, and the fades."""
    return (line.endswith("TO:") and line.isupper() and not line.startswith("[[")) or _FADES.fullmatch(line) is not None


def is_cue(line: str) -> bool:
    """Whether a line of capitals with something below it is a cue. `^` at its end is taken off already."""
    match = _CUE.fullmatch(line)
    return match is not None and match["name"].isupper() and not line.startswith("[[")


def is_forced_heading(line: str) -> bool:
    return _FORCED_HEADING.match(line) is not None


def is_centred(line: str) -> bool:
    return len(line) > 1 and line[0] == ">" and line[-1] == "<"


def marked(line: str) -> bool:
    """Whether a line is something else than action by its first sign, wherever it stands in a paragraph."""
    first = line[:1]
    if first == "#":
        return _SECTION.match(line) is not None
    if first == "=":
        return _PAGE.fullmatch(line) is not None or _SYNOPSIS.match(line) is not None
    return first == ">" and is_centred(line)


def read(text: str) -> Screenplay:
    """A screenplay from the text of a Fountain file."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    page, rest = title_page(text)
    return Screenplay(tuple(elements(rest)), page)


def elements(text: str) -> Iterator[Element]:
    """The elements of a text without a title page, its lines parted by LF."""
    return _Reader(_set_aside(text)).elements()


def title_page(text: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], str]:
    """The entries of the title page, and the text after it."""
    start = len(text) - len(text.lstrip("\n"))
    first = text[start:].split("\n", 1)[0]
    match = KEY.fullmatch(first)
    if match is None or is_transition(first.strip()) or is_heading(first):
        return (), text
    end = text.find("\n\n", start)
    end = len(text) if end < 0 else end
    entries: list[tuple[str, list[str]]] = []
    for line in text[start:end].split("\n"):
        if not line:
            continue
        indented = line[:1] == "\t" or line[:3] == "   "
        match = None if indented else KEY.fullmatch(line)
        if match is not None:
            entries.append((match[1], [match[2].strip()] if match[2].strip() else []))
        elif entries and indented:
            if line.strip():
                entries[-1][1].append(line.strip())
        else:
            return (), text
    if not any(key.casefold() in TITLE_KEYS for key, _ in entries):
        return (), text
    return tuple((key, tuple(lines)) for key, lines in entries), text[end:]


LONGEST_LINE = 2_000
"""Characters of a line in the middle of which something may stand set aside. A longer one is no person's."""


def _set_aside(text: str) -> Iterator[str | Boneyard]:
    """Lines without what is set aside, and that, where it ends."""
    at = begun = size = 0
    line: list[str] = []
    while (start := text.find("/*", at)) >= 0:
        end = text.find("*/", start + 2)
        if end < 0:
            break
        *whole, last = text[begun:start].split("\n")
        if whole:
            yield "".join((*line, whole[0]))
            yield from whole[1:]
            line, size = [], 0
        line.append(last)
        size += len(last)
        aside = text[start + 2 : end]
        at = begun = end + 2
        before = "".join(line) if size <= LONGEST_LINE else "…"
        noted = before.endswith("[[") and text.startswith("]]", at) and stays_in_line(before[:-2], aside, noted=True)
        if size <= LONGEST_LINE and (noted or stays_in_line(before, aside)):
            line.append(f"/*{aside}*/" if noted else f"[[/*{aside}*/]]")
            size += len(line[-1])
            continue
        yield Boneyard(aside)
        if not before.strip():
            # It had its lines for itself: the end of the last one is no blank line.
            rest = text.find("\n", at)
            if not text[at : rest if rest >= 0 else len(text)].strip():
                at = begun = rest + 1 if rest >= 0 else len(text)
                line, size = [], 0
    first, *more = text[begun:].split("\n")
    yield "".join((*line, first))
    yield from more


def stays_in_line(before: str, aside: str, noted: bool = False) -> bool:
    """Whether what is set aside in the middle of a line keeps its place there, as a note: `He [[/* never */]] sleeps.`

    `before`: the line up to it; `noted`: it is such a note already.
    """
    if any(sign in aside for sign in ("\n", "[[", "]]")) or before.count("[[") != before.count("]]"):
        return False
    begun = before.strip()
    return noted or not (not begun or begun[0] in "#=>.@~" or begun.isupper() or is_heading(begun))


def _blank(line: str) -> bool:
    return not line or line.isspace()


def _pause(line: str) -> bool:
    """A line of two spaces: blank to the eye, and it ends nothing."""
    return len(line) > 1 and line.isspace()


class _Reader:
    """Walks the lines once."""

    def __init__(self, lines: Iterator[str | Boneyard]) -> None:
        self._aside: dict[int, list[Boneyard]] = {}
        self._lines: list[str] = []
        for line in lines:
            if isinstance(line, Boneyard):
                self._aside.setdefault(len(self._lines), []).append(line)
            else:
                self._lines.append(line)

    def elements(self) -> Iterator[Element]:
        at, count = 0, len(self._lines)
        aside = sorted(self._aside)
        told = 0
        while at < count:
            element = None
            if _blank(self._lines[at]):
                at += 1
            else:
                element, at = self._one(at)
            # What was set aside within an element comes before it: a `/*` in its text that nothing closes must stay the last.
            while told < len(aside) and aside[told] < at:
                yield from self._aside[aside[told]]
                told += 1
            if element is not None:
                yield element
        for place in aside[told:]:
            yield from self._aside[place]

    def _one(self, at: int) -> tuple[Element | None, int]:
        """The element that begins at a line which begins a paragraph, and where the next one may begin."""
        line = self._lines[at].strip()
        below = self._lines[at + 1] if at + 1 < len(self._lines) else ""
        single = single_line(line)
        if single is not None:
            return single, at + 1
        if not _blank(below) and line[0] != "!":
            dialogue = self._dialogue(line, at)
            if dialogue is not None:
                return dialogue
        return self._paragraph(at)

    def _dialogue(self, line: str, at: int) -> tuple[Element, int] | None:
        forced = line[0] == "@"
        cue = line[1:].strip() if forced else line
        dual = cue.endswith("^")
        cue = spaced_cue(cue[:-1] if dual else cue)
        if not cue or not (forced or is_cue(cue)):
            return None
        parts: list[Part] = []
        at += 1
        while at < len(self._lines) and (not _blank(self._lines[at]) or _pause(self._lines[at])):
            parts.append(part(self._lines[at].strip()))
            at += 1
        while parts and parts[-1] == Part("speech", ""):
            parts.pop()
        return Dialogue(cue, tuple(parts), dual), at

    def _paragraph(self, at: int) -> tuple[Element | None, int]:
        lines: list[str] = []
        forced = False
        noting = False
        while at < len(self._lines):
            line = self._lines[at].rstrip().replace("\t", "    ")
            if not line and not (noting and _pause(self._lines[at])):
                break
            bare = line.strip()
            if not noting and lines and marked(bare):
                break
            if not noting and bare[:1] == "!":
                forced = forced or not lines
                line = line.lstrip()[1:]
            lines.append(line)
            noting = open_note(line, noting)
            at += 1
        text = "\n".join(lines).rstrip()
        if not forced and notes_only(text):
            return Note(text.strip()), at
        if not text:
            return None, at
        return Action(text), at


def needs_mark(lines: list[str]) -> bool:
    """Whether an action would be read as something else without a `!` before its first line."""
    bare = lines[0].strip()
    if not bare:
        return False
    if bare[0] == "!" or single_line(bare) is not None or notes_only("\n".join(lines)):
        return True
    return len(lines) > 1 and (bare[0] == "@" or is_cue(bare.removesuffix("^").rstrip()))


def part(line: str) -> Part:
    """What a line of dialogue is."""
    if line[:1] == "(" and line[-1:] == ")":
        return Part("parenthetical", line)
    if line[:1] == "~":
        return Part("lyric", line[1:].strip())
    return Part("speech", line)


def single_line(line: str) -> Element | None:
    """What a line that begins a paragraph is by its own text, if it is anything by that."""
    first = line[0]
    if first == "=":
        if _PAGE.fullmatch(line):
            return PageBreak()
        match = _SYNOPSIS.fullmatch(line)
        return Synopsis(match[1]) if match else None
    if first == "#":
        match = _SECTION.fullmatch(line)
        return Section(len(match[1]), match[2]) if match else None
    if first == "~":
        return Lyric(line[1:].strip())
    if first == ">":
        if is_centred(line):
            return Centred(line[1:-1].strip())
        return Transition(line[1:].strip())
    if first == ".":
        return heading(line[1:]) if is_forced_heading(line) else None
    if is_heading(line):
        return heading(line)
    if is_transition(line):
        return Transition(line)
    return None


def heading(text: str) -> Heading:
    """A heading with its number taken apart. Between its words one space is as good as two."""
    text = " ".join(text.split())
    match = _NUMBER.search(text)
    if match is None or not match.start():
        return Heading(text)
    return Heading(text[: match.start()], match[1])


def spaced_cue(cue: str) -> str:
    """A cue with one space between its words and before each bracket: `SARAH (V.O.) (CONT'D)`."""
    return _BRACKETS.sub(") (", " ".join(cue.split()))
