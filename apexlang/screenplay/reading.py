"""From the lines of a film back to the elements of a screenplay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from apexlang.screenplay import fountain
from apexlang.screenplay.lines import ALONE, BELOW, DUAL, SUNG, natural, of_comment, uncarried
from apexlang.screenplay.model import (
    Action,
    Boneyard,
    Centred,
    Dialogue,
    Element,
    Lyric,
    Note,
    PageBreak,
    Part,
    Section,
    Synopsis,
    Transition,
    notes_only,
    open_note,
)
from apexlang.source import Source
from apexlang.syntax.lines import OPENERS, Line, classify
from apexlang.syntax.tree import Block, Tree

_LASTS = re.compile(r"(?<=\S) for (?:\d+(?:\.\d+)?[ ]?(?:f|s|ms|beats?|bars?)[ ]?)+$")
"""How long a title stands: Apex's own."""

STORY_BLOCKS = frozenset({"HEADING", "SHOT", "TITLE"})


@dataclass(slots=True)
class Row:
    """One line of a film that says something to a screenplay. `text`: of a comment or a boneyard."""

    number: int
    kind: str
    line: Line | None = None
    text: str = ""
    column: int = 0


def from_template(row: Row) -> bool:
    """Whether a row is a shot that a template makes."""
    return row.kind == "SHOT" and row.line is not None and row.line.text.split(" ", 1)[0] == "FROM"


def rows(tree: Tree) -> list[Row]:
    """All lines of a film in order, with its comments and what is set aside."""
    found: list[Row] = []
    taken: set[int] = set()
    waiting: list[Line | Block] = list(reversed(tree.items))
    while waiting:
        item = waiting.pop()
        line = item.line if isinstance(item, Block) else item
        taken.add(line.number)
        taken.update(number for number, _, _ in line.more)
        if line.muted:
            end = _last(item)
            taken.update(range(line.number, end + 1))
            text = "\n".join(tree.source.lines[line.number : end + 1])
            found.append(Row(line.number, "MUTED", line, text, line.indent))
            continue
        found.append(Row(line.number, line.kind, line, column=line.indent))
        if isinstance(item, Block):
            waiting += reversed(item.body)
    found += _asides(tree.source, taken)
    return sorted(found, key=lambda row: row.number)


def _last(item: Line | Block) -> int:
    while isinstance(item, Block):
        item = item.body[-1] if item.body else item.line
    return item.last[0]


def _asides(source: Source, taken: set[int]) -> Iterator[Row]:
    lines = source.lines
    number = 0
    while number < len(lines):
        raw = lines[number]
        bare = raw.lstrip(" \t\u3000")
        if number in taken or bare[:1] != "/":
            number += 1
            continue
        kind = classify(raw, number).kind
        column = len(raw) - len(bare)
        if kind == "COMMENT":
            yield Row(number, "COMMENT", text=bare.rstrip(), column=column)
        elif kind == "BONEYARD":
            begun, text = number, bare[2:]
            while "*/" not in text and number + 1 < len(lines):
                number += 1
                text += "\n" + lines[number]
            yield Row(begun, "BONEYARD", text=text.split("*/", 1)[0], column=column)
        number += 1


class Reader:
    """Walks rows once. `page` is the title page after `elements` has run out."""

    def __init__(self, source: Source, found: Sequence[Row]) -> None:
        self.source = source
        self.page: list[tuple[str, tuple[str, ...]]] = []
        self.rows = found

    def elements(self) -> Iterator[Element]:
        at = 0
        while at < len(self.rows):
            made, at = self.one(at)
            yield from made

    def past(self, at: int) -> int:
        """Past a block and what stands in it."""
        column = self.rows[at].column
        at += 1
        while at < len(self.rows) and self.rows[at].column > column:
            at += 1
        return at

    def one(self, at: int) -> tuple[Iterable[Element], int]:
        """What one row, or a few of them together, say; and the row after."""
        row = self.rows[at]
        line = row.line
        if row.kind == "COMMENT":
            return self._comment(at)
        if row.kind == "BONEYARD":
            return [Boneyard(row.text)], at + 1
        if row.kind == "MUTED":
            told = line is not None and line.kind in STORY_BLOCKS and "*/" not in row.text
            return ([Boneyard(f"\n{row.text}\n")] if told else []), at + 1
        assert line is not None
        if row.kind == "FILM":
            return [], self._film(at)
        if row.kind in OPENERS and row.kind not in STORY_BLOCKS:
            return [], self.past(at)
        if row.kind == "PROSE":
            end = self._run(at)
            return paragraphs([r.line for r in self.rows[at:end] if r.line]), end
        if row.kind == "CUE":
            end = self._run(at)
            return [dialogue([r.line for r in self.rows[at:end] if r.line])], end
        single = one_line(line)
        return ([single] if single is not None else []), at + 1

    def _run(self, at: int) -> int:
        """The end of a paragraph, or of what one person says at a stretch."""
        first = self.rows[at].line
        assert first is not None
        at += 1
        while at < len(self.rows):
            line = self.rows[at].line
            if line is None or line.kind != first.kind or line.gap or (line.word != first.word and first.kind == "CUE"):
                break
            at += 1
        return at

    def _film(self, at: int) -> int:
        row = self.rows[at]
        assert row.line is not None
        title = film_title(row.line.text)
        at += 1
        page: list[tuple[str, list[str]]] = []
        while at < len(self.rows) and self.rows[at].column > row.column:
            text = self.rows[at].text[2:]
            at += 1
            if text.startswith("    ") and page:
                page[-1][1].append(uncarried(text.strip()))
            elif text.startswith(" "):
                key, colon, value = text.partition(":")
                if colon and key.strip():
                    page.append((uncarried(key.strip()), [uncarried(value.strip())] if value.strip() else []))
        said = next((i for i, (key, _) in enumerate(page) if key.casefold() == "title"), None)
        if title and (said is None or plain_title(page[said][1]) != title):
            if said is None:
                page.insert(0, ("Title", [title]))
            else:
                page[said] = (page[said][0], [title])
        self.page = [(key, tuple(lines)) for key, lines in page]
        return at

    def _comment(self, at: int) -> tuple[Iterable[Element], int]:
        row = self.rows[at]
        text = row.text
        if text.startswith(BELOW):
            return self._below(at)
        if text.startswith(ALONE):
            element = of_comment(text, ALONE)
            return ([element] if element is not None else []), at + 1
        bare = text[2:].removeprefix(" ")
        if bare == "===":
            return [PageBreak()], at + 1
        if bare[:1] == "#":
            single = fountain.single_line(bare)
            if isinstance(single, Section):
                return [single], at + 1
        if not bare.startswith("[["):
            return ([Note(f"[[{text}]]")] if bare and "]]" not in text else []), at + 1
        lines, noting = [bare], open_note(bare, False)
        at += 1
        while noting and at < len(self.rows) and self.rows[at].kind == "COMMENT":
            lines.append(self.rows[at].text[2:].removeprefix(" "))
            noting = open_note(lines[-1], noting)
            at += 1
        return [Note("\n".join(lines))], at

    def _below(self, at: int) -> tuple[Iterable[Element], int]:
        """What a comment carries for the lines below it: it holds as long as they are as they were."""
        row = self.rows[at]
        if row.text == BELOW:
            invented = at + 1 < len(self.rows) and self.rows[at + 1].kind == "HEADING"
            return [], at + 2 if invented else at + 1
        element = of_comment(row.text, BELOW)
        if element is None:
            return [], at + 1
        wanted = [" ".join(line.split()) for line in natural(element)]
        end = row.number + 1 + len(wanted)
        if [" ".join(line.split()) for line in self.source.lines[row.number + 1 : end]] != wanted:
            return [], at + 1
        at += 1
        while at < len(self.rows) and self.rows[at].number < end:
            at += 1
        return [element], at


def film_title(head: str) -> str:
    text = head.strip()
    return text[1:-1].replace('""', '"') if len(text) > 1 and text[0] == text[-1] == '"' else text


def plain_title(lines: Iterable[str]) -> str:
    """The title of a title page as the title of a film: one line, no emphasis, no quotation marks that Apex could not hold."""
    text = " ".join(" ".join(lines).split())
    return text.replace("*", "").replace("_", "").replace("//", "/ /").strip()


def paragraphs(lines: Sequence[Line]) -> list[Element]:
    """The elements of a paragraph of prose: sung lines are their own."""
    out: list[Element] = []
    told: list[Line] = []
    for line in lines:
        if not line.forced and line.text[:1] == "~":
            out += _action(told)
            out.append(Lyric(" ".join((line.text[1:].strip(), *(t for _, _, t in line.more)))))
            told = []
        else:
            told.append(line)
    return [*out, *_action(told)]


def _action(lines: Sequence[Line]) -> list[Element]:
    text = "\n".join(line.whole() for line in lines)
    if not text.strip():
        return []
    return [Note(text) if notes_only(text) and not lines[0].forced else Action(text)]


def dialogue(lines: Sequence[Line]) -> Dialogue:
    """What one person says at a stretch, a line of Apex for each way of saying it."""
    first = lines[0]
    name = first.word.removeprefix("@")
    pieces = [p for p in (piece.strip() for piece in (first.how or "").split(",")) if p]
    extensions = 0
    while extensions < len(pieces) and pieces[extensions].isupper():
        extensions += 1
    cue = " ".join((name, *(f"({piece})" for piece in pieces[:extensions])))
    hows = [", ".join(pieces[extensions:]), *(line.how or "" for line in lines[1:])]
    dual = first.text.startswith(DUAL)
    parts: list[Part] = []
    for index, (line, how) in enumerate(zip(lines, hows, strict=True)):
        text = line.text[len(DUAL) :].strip() if dual and index == 0 else line.text
        if how:
            parts.append(Part("parenthetical", f"({how})"))
        for said in (text, *(t for _, _, t in line.more)):
            if said.startswith(SUNG):
                parts.append(Part("lyric", said[len(SUNG) :].strip()))
            elif said:
                parts.append(fountain.part(said))
    return Dialogue(fountain.spaced_cue(cue), tuple(parts), dual)


def one_line(line: Line) -> Element | None:
    """The element that a line is by itself; None for what is Apex's own."""
    match line.kind:
        case "HEADING":
            text = line.text if line.word == "." else f"{line.word} {line.text}".strip()
            return fountain.heading(text)
        case "SUPER":
            return Action(f"SUPER: {_LASTS.sub('', line.text)}")
        case "TITLE":
            return Centred(film_title(_LASTS.sub("", line.text)))
        case "SYNOPSIS":
            return Synopsis(" ".join((line.text, *(t for _, _, t in line.more))))
        case "TRANSITION":
            return transition(line)
    return None


def transition(line: Line) -> Transition:
    """As it is written; lengths and curves are Apex's own. A plain `CUT` becomes `CUT TO:`."""
    rest = line.text.lstrip()
    if line.word.startswith("FADE"):
        mark = "." if line.word.endswith(("OUT", "BLACK")) else ":"
        return Transition(line.word + mark)
    return Transition(f"{line.word} TO BLACK." if rest.rstrip(".").endswith("BLACK") else f"{line.word} TO:")
