"""A screenplay as its elements, whatever file it came from. Fountain, Final Draft and Apex are three ways to write these.

Texts are as a person wrote them: emphasis marks stay, lines of a paragraph are parted by LF. Whether a line needs a mark that says
its kind (`!`, `@`, `.`, `>` in Fountain) follows from its text and is not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """`number` is what stands between `#`s: `12A`."""

    text: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """A paragraph of description."""

    text: str


@dataclass(frozen=True, slots=True)
class Centred:
    text: str


@dataclass(frozen=True, slots=True)
class Lyric:
    """A sung line that belongs to nobody's dialogue."""

    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One line of dialogue. A parenthetical keeps its brackets."""

    kind: Literal["speech", "parenthetical", "lyric"]
    text: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A cue with what is spoken. `cue` is the name with its extensions: `SARAH (V.O.)`; `dual`: beside the one before."""

    cue: str
    parts: tuple[Part, ...]
    dual: bool = False

    @property
    def name(self) -> str:
        return self.cue.partition("(")[0].strip()

    @property
    def extension(self) -> str:
        """With its brackets, or nothing."""
        _, bracket, rest = self.cue.partition("(")
        return bracket + rest


@dataclass(frozen=True, slots=True)
class Transition:
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """`depth` counts from 1."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Synopsis:
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph of notes only, with its brackets: `[[check the font]]`."""

    text: str


@dataclass(frozen=True, slots=True)
class Boneyard:
    """Text set aside: what stands between `/*` and `*/`."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Element: TypeAlias = (
    Heading | Action | Centred | Lyric | Dialogue | Transition | Section | Synopsis | Note | Boneyard | PageBreak
)

STORY = (Heading, Action, Centred, Lyric, Dialogue, Transition)
"""What an audience would meet. The rest is for the people who make the film."""


@dataclass(frozen=True, slots=True)
class Screenplay:
    """`title_page`: keys with the lines of their values, in order."""

    elements: tuple[Element, ...] = ()
    title_page: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def empty(self) -> bool:
        return not self.elements and not self.title_page


def notes_only(text: str) -> bool:
    """Whether a text is one or more closed notes and nothing else."""
    at, found = 0, False
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text):
            return found
        if not text.startswith("[[", at):
            return False
        end = text.find("]]", at + 2)
        if end < 0:
            return False
        at, found = end + 2, True


def open_note(line: str, was_open: bool) -> bool:
    """Whether a note is open after this line."""
    opened, closed = line.rfind("[["), line.rfind("]]")
    return was_open if opened == closed else opened > closed
